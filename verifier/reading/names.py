"""Names: what a letter with its marks stands for, and what each mark means for its kind."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from verifier.kernel.linear import Linear, variable
from verifier.kernel.shapes import Shape, column
from verifier.kernel.terms import Term, substitute_indices
from verifier.reading.actions import act, at_entries, subscripted, within_dimension
from verifier.reading.elaboration import Elaboration, Misread
from verifier.reading.environment import Meaning
from verifier.reading.indices import bound_form, index_form, looks_like_index
from verifier.reading.marks import (
    BARE,
    Marks,
    base_and_marks,
    index_nodes,
    is_layer,
    is_transpose,
    only_part,
    plain_name,
    rendered,
)
from verifier.reading.pseudoinverses import has_pseudoinverses
from verifier.reading.syntax import EMPTY, Node, of_node, walk
from verifier.reading.tokens import ReadingError

# what a name with marks stands for


def name_term(read: Elaboration, node: Node) -> Term:
    """A name with its marks, or an expression with scripts."""
    base, marks = base_and_marks(_accent_inside(node))
    name = plain_name(base)
    if name is None:
        value = _bracketed(read, base, marks)
        if value.head in ("ones", "zeros"):
            marks = marks._replace(subscript=EMPTY)
        return act(read, value, marks._replace(star=""), node)
    if name == "e" and read.meaning("e") is None and _only_a_power(marks):
        exponent = read.term(marks.actions[0].parts[0])
        return at_entries(read, "exp", exponent, node)
    value, left = resolve(read, name, marks, node)
    return act(read, value, left, node)


def _only_a_power(marks: Marks) -> bool:
    """e^{…} where nobody declared e."""
    if len(marks.actions) != 1 or marks != Marks(actions=marks.actions):
        return False
    parts = marks.actions[0].parts
    return len(parts) == 1 and not is_transpose(parts[0])


def _accent_inside(node: Node) -> Node:
    """\\hat{y_k} is (\\hat y)_k."""
    return _moved_inside(node) if node.kind in ("accent", "face", "script") else node


@of_node
def _moved_inside(node: Node) -> Node:
    if node.kind in ("accent", "face") and only_part(node.parts[0]).kind == "script":
        inner = only_part(node.parts[0])
        accented = replace(node, parts=(inner.parts[0],))
        return _accent_inside(replace(inner, parts=(accented, *inner.parts[1:]), start=node.start, end=node.end))
    if node.kind == "script":
        base = _accent_inside(node.parts[0])
        return node if base is node.parts[0] else replace(node, parts=(base, *node.parts[1:]))
    return node


def _bracketed(read: Elaboration, base: Node, marks: Marks) -> Term:
    """(…)^+ is ReLU, \\underbrace{…} and the like are what is inside."""
    if base.kind in ("face", "accent"):
        if base.kind == "accent":
            raise ReadingError("an accent on more than a letter", base.start, base.end, "a letter")
        base = base.parts[0]
        if base.kind == "number" and base.text in ("0", "1"):
            return _bold_number(read, base, marks)
    if base.kind == "number" and base.text == "0" and marks.subscript is not EMPTY:
        return _bold_number(read, base, marks)
    value = read.term(base)
    if marks.star == "+" and not value.space().is_scalar and has_pseudoinverses(read.environment):
        if value.space().is_vector:
            message = "a plus above a vector can be its pseudo-inverse or its positive part"
            raise ReadingError(message, base.start, base.end, "a matrix, or \\operatorname{relu}(…)")
        return read.make("pseudoinverse", value)
    if marks.star == "+" and base.kind == "group":
        return read.make("elementwise", value, data=("relu", 0, ()))
    if marks.star:
        raise ReadingError(f"a bracket with {marks.star}", base.start, base.end, "a name")
    return value


def _bold_number(read: Elaboration, base: Node, marks: Marks) -> Term:
    """\\mathbf{1}_n is the vector of ones; \\mathbf{0} is a zero, whose shape the other side gives."""
    if base.text == "0" and marks.subscript is EMPTY:
        return read.number(0)
    size = read.dimensions.resolve(variable(f"?ones@{base.start}.0"))
    if marks.subscript is not EMPTY:
        nodes = index_nodes(marks.subscript)
        if nodes is None or len(nodes) != 1:
            raise ReadingError("ones of what size?", base.start, base.end, "\\mathbf{1}_n")
        size = bound_form(read, nodes[0])
    return Term("ones" if base.text == "1" else "zeros", (), (column(size),))


def resolve(read: Elaboration, name: str, marks: Marks, node: Node) -> tuple[Term, Marks]:
    """The symbol, entry or member that a name with marks is, and the marks that are left to act on it."""
    if name in read.bound and marks == Marks(actions=marks.actions):
        return Term("index", (), (variable(name),)), marks
    for full, left in _literal_names(read, name, marks):
        meaning = read.meaning(full)
        if meaning is not None and meaning.kind == "alias" and full.endswith(("_", "^")) and not full.endswith("^()"):
            continue
        if meaning is not None and _is_another(read, meaning, left):
            continue
        if meaning is not None:
            return _declared(read, meaning, left, node)
    member = _member_without_brackets(read, name, marks)
    if member is not None:
        return resolve(read, name, member, node)
    return _undeclared(read, name, marks, node)


def _member_without_brackets(read: Elaboration, name: str, marks: Marks) -> Marks | None:
    """x^k is x^{(k)} where x^{(k)} is declared to be a vector, x is not, and k is an index: a vector has no powers."""
    family = read.meaning(f"{name}^()")
    if family is None or family.kind != "symbol" or family.shape.is_square or not marks.actions:
        return None
    first, *rest = marks.actions
    letter = plain_name(first.parts[0]) if len(first.parts) == 1 else None
    if marks.iteration is not EMPTY or letter is None or read.range_of(letter) is None or is_transpose(first.parts[0]):
        return None
    return marks._replace(iteration=first, actions=tuple(rest))


def _is_another(read: Elaboration, meaning: Meaning, marks: Marks) -> bool:
    """Whether marks make another name of a declared symbol: x' and x_1 of a number, x_new of a vector."""
    if meaning.kind != "symbol" or meaning.is_family:
        return False
    if marks.subscript is not EMPTY:
        return meaning.shape.is_scalar or not looks_like_index(read, marks.subscript)
    return bool(marks.primes) and meaning.shape.is_scalar


def _literal_names(read: Elaboration, name: str, marks: Marks) -> list[tuple[str, Marks]]:
    """Names that marks may be part of, the longest first."""
    if marks is BARE:
        return [(name, marks)]
    label = rendered(marks.subscript) if marks.subscript is not EMPTY else None
    iteration = rendered(marks.iteration) if marks.iteration is not EMPTY else None
    decorated = marks.star + "'" * marks.primes
    bare = marks._replace(star="", primes=0)
    found: list[tuple[str, Marks]] = []
    stems = [(name, marks)]
    if marks.iteration is not EMPTY:
        with_it = marks._replace(iteration=EMPTY)
        stems = [(f"{name}^()", marks)]
        if iteration is not None:
            stems.insert(0, (f"{name}^({iteration})", with_it))
    for stem, left in stems:
        plain = left._replace(star="", primes=0)
        if label is not None:
            without = plain._replace(subscript=EMPTY)
            if decorated:
                found += [(f"{stem}_{label}{decorated}", without), (f"{stem}{decorated}_{label}", without)]
            found.append((f"{stem}_{label}", left._replace(subscript=EMPTY)))
            if not decorated:
                found.append((f"{stem}_", left))
        if decorated:
            found.append((f"{stem}{decorated}", plain))
        if marks.star:
            found.append((f"{stem}{marks.star}", left._replace(star="")))
        else:
            found.append((stem, left))
    if marks.iteration is EMPTY and decorated == "" and label is None:
        found = [(name, bare)]
    return found


def _declared(read: Elaboration, meaning: Meaning, marks: Marks, node: Node) -> tuple[Term, Marks]:
    if marks.star:
        raise Misread(
            f"{meaning.name}{marks.star} is not declared",
            node.start,
            node.end,
            "a declaration, as in w^* \\in \\mathbb{R}",
        )
    match meaning.kind:
        case "alias":
            return _alias(read, meaning, marks, node)
        case "index" | "dimension":
            return Term("index", (), (variable(meaning.name),)), marks
        case "identity":
            return _identity(read, meaning, marks, node)
        case "unit":
            return _unit(read, meaning, marks, node)
        case "ones" | "zeros":
            return Term(meaning.kind, (), (read.dimensions.shape(meaning.shape),)), marks
        case "constant":
            return Term("constant", (), (meaning.target or meaning.name,)), marks
        case "number":
            return Term("number", (), (Fraction(meaning.target),)), marks
        case "function" | "map":
            return _bare_function(read, meaning, marks, node)
        case "pseudoinverse":
            value, _ = resolve(read, meaning.target, BARE, node)
            return _entry(read, read.make("pseudoinverse", value), marks, node)
        case "named":
            raise ReadingError(f"the function {meaning.name} without an argument", node.start, node.end, "its argument")
    if meaning.is_family:
        return _member(read, meaning, marks, node)
    if marks.iteration is not EMPTY:
        raise Misread(
            f"{meaning.name} has no iterations",
            marks.iteration.start,
            marks.iteration.end,
            "a name that is declared as w^{(k)}",
        )
    sliced = _slice_by_alias(read, meaning, marks, node)
    if sliced is not None:
        return sliced
    symbol = Term("symbol", (), (meaning.name, read.dimensions.shape(meaning.shape), ()))
    return _entry(read, symbol, marks, node)


def _slice_by_alias(read: Elaboration, meaning: Meaning, marks: Marks, node: Node) -> tuple[Term, Marks] | None:
    """A_h and A^h where they are declared to be rows or columns of A."""
    below = read.meaning(f"{meaning.name}_")
    if below is not None and below.template is not None and marks.subscript is not EMPTY:
        nodes = index_nodes(marks.subscript)
        if nodes is not None and len(nodes) == len(below.template[0]) and not _is_pair(read, meaning, nodes):
            return _alias(read, below, marks, node)
    above = read.meaning(f"{meaning.name}^")
    if above is not None and marks.actions and marks.subscript is EMPTY:
        first, *rest = marks.actions
        if len(first.parts) == 1 and looks_like_index(read, first.parts[0]) and not is_transpose(first.parts[0]):
            return _alias(read, above, marks._replace(subscript=first, actions=tuple(rest)), node)
    return None


def _is_pair(read: Elaboration, meaning: Meaning, nodes: list[Node]) -> bool:
    """Whether a subscript such as ij or 11 is two indices of a matrix."""
    only = nodes[0]
    two = only.kind == "product" and len(only.parts) == 2 and all(looks_like_index(read, p) for p in only.parts)
    return len(nodes) == 1 and (two or (only.kind == "number" and len(only.text) == 2)) and not meaning.shape.is_vector


def _alias(read: Elaboration, meaning: Meaning, marks: Marks, node: Node) -> tuple[Term, Marks]:
    names, template = meaning.template or ((), read.number(0))
    script = marks.iteration if marks.iteration is not EMPTY else marks.subscript
    nodes = index_nodes(script, len(names)) if names else []
    if names and (nodes is None or len(nodes) != len(names)):
        raise ReadingError(
            f"{meaning.name} takes {len(names)} indices", node.start, node.end, "as many as it is declared with"
        )
    values: dict[str | int, Linear] = {n: index_form(read, x) for n, x in zip(names, nodes or [], strict=True)}
    term = substitute_indices(template, values)
    for form in values.values():
        _note_ranges(read, term, form)
    left = marks._replace(subscript=EMPTY, iteration=EMPTY) if names else marks
    return (term, left) if names else _entry(read, term, left, node)


def _note_ranges(read: Elaboration, term: Term, form: Linear) -> None:
    term = term.args[0] if term.head == "transpose" else term
    if term.head in ("row", "column", "entry"):
        shape = term.args[0].space()
        size = shape.columns if term.head == "column" else shape.rows
        if len(form) == 1 and isinstance(form[0][0], str) and form[0][0]:
            read.index_within(form[0][0], size)


def _identity(read: Elaboration, meaning: Meaning, marks: Marks, node: Node) -> tuple[Term, Marks]:
    if marks.subscript is not EMPTY:
        nodes = index_nodes(marks.subscript)
        if nodes and len(nodes) == 1:
            name = plain_name(nodes[0])
            known = name is None or name in read.environment.dimension_names or read.range_of(name) is not None
            if name is not None and not known and read.meaning(name) is None:
                read.kind(name)
            size = index_form(read, nodes[0])
            return Term("identity", (), (size,)), marks._replace(subscript=EMPTY)
    size = read.dimensions.resolve(variable(f"?{meaning.name}@{node.start}"))
    return Term("identity", (), (size,)), marks


def _unit(read: Elaboration, meaning: Meaning, marks: Marks, node: Node) -> tuple[Term, Marks]:
    nodes = index_nodes(marks.subscript) if marks.subscript is not EMPTY else None
    if not nodes or len(nodes) != 1:
        raise ReadingError(f"{meaning.name} needs one index", node.start, node.end, "one index, as in e_i")
    form = index_form(read, nodes[0])
    size = read.dimensions.resolve(meaning.shape.rows)
    within_dimension(read, form, size)
    return Term("unit", (), (size, form)), marks._replace(subscript=EMPTY)


def _bare_function(read: Elaboration, meaning: Meaning, marks: Marks, node: Node) -> tuple[Term, Marks]:
    """A function without its argument stands for its value at the parameters that it was defined with."""
    definition = meaning.definition
    if definition is None or not definition.parameters:
        raise ReadingError(f"the function {meaning.name} without an argument", node.start, node.end, "its argument")
    indices, left = family_indices(read, meaning, marks, node)
    head = "elementwise" if meaning.kind == "map" else "apply"
    data = (meaning.name, 0, indices) if head == "elementwise" else (meaning.name, meaning.shape, indices)
    return Term(head, definition.parameters, data), left


def family_indices(read: Elaboration, meaning: Meaning, marks: Marks, node: Node) -> tuple[tuple[Linear, ...], Marks]:
    """The index arguments that the marks give a family, and the marks that are left."""
    if not meaning.is_family:
        return (), marks
    iterated = meaning.name.endswith("^()")
    script = marks.iteration if iterated else marks.subscript
    if script is EMPTY:
        raise Misread(f"{meaning.name} without its index", node.start, node.end, "an index, as in w_t or w^{(k)}")
    nodes = index_nodes(script, len(meaning.indices))
    if nodes is None:
        raise ReadingError("this is no index", script.start, script.end, "a number, or a letter such as i")
    used = nodes[: len(meaning.indices)]
    forms = tuple(index_form(read, n) for n in used)
    for form, (_, high) in zip(forms, meaning.indices, strict=False):
        if high is not None:
            within_dimension(read, form, high)
    rest = nodes[len(meaning.indices) :]
    left = marks._replace(iteration=EMPTY) if iterated else marks._replace(subscript=EMPTY)
    if rest and not iterated:
        left = left._replace(subscript=_joined(rest, script))
    return forms, left


def _joined(nodes: list[Node], around: Node) -> Node:
    parts: list[Node] = []
    for node in nodes:
        parts += [Node("separator", (), ",", node.start, node.start)] if parts else []
        parts.append(node)
    return Node("script list", tuple(parts), "", around.start, around.end)


def _member(read: Elaboration, meaning: Meaning, marks: Marks, node: Node) -> tuple[Term, Marks]:
    if not meaning.name.endswith("^()") and marks.subscript is not EMPTY:
        wanted = len(meaning.indices) + (0 if meaning.shape.is_scalar else 1 if meaning.shape.is_vector else 2)
        for count in (wanted, len(meaning.indices)):
            nodes = index_nodes(marks.subscript, count)
            if nodes is not None and len(nodes) == count:
                marks = marks._replace(subscript=_joined(nodes, marks.subscript))
                break
    indices, left = family_indices(read, meaning, marks, node)
    symbol = Term("symbol", (), (meaning.name, read.dimensions.shape(meaning.shape), indices))
    return _entry(read, symbol, left, node)


def _entry(read: Elaboration, value: Term, marks: Marks, node: Node) -> tuple[Term, Marks]:
    """The entry, row or column that the subscript takes of a vector or matrix."""
    script = marks.subscript
    if script is EMPTY:
        return value, marks
    return subscripted(read, value, script), marks._replace(subscript=EMPTY)


# undeclared names


def _undeclared(read: Elaboration, name: str, marks: Marks, node: Node) -> tuple[Term, Marks]:
    """A name that nobody declared, by the kind assumed for it."""
    if marks.star or marks.primes:
        decorated = name + marks.star + "'" * marks.primes
        if marks.star or read.assumed(decorated) is not None or not _may_be_transposed(read, name):
            name, marks = decorated, marks._replace(star="", primes=0)
    if marks.iteration is not EMPTY:
        name, marks = _iterated(read, name, marks)
        if name.endswith("^()"):
            return _undeclared_member(read, name, read.kind(name), marks, node)
    if name in read.bound or (name in read.free and marks.subscript is EMPTY):
        return Term("index", (), (variable(name),)), marks
    if marks == Marks(actions=marks.actions) and name in read.environment.dimension_names:
        return Term("index", (), (variable(name),)), marks
    if marks.subscript is EMPTY:
        return _plain_symbol(read, name, read.kind(name), marks, node)
    if not looks_like_index(read, marks.subscript):
        return _labelled(read, name, marks, node)
    form = read.kind(f"{name}_")
    if form == "labelled":
        return _labelled(read, name, marks, node)
    if form.startswith("family"):
        return _undeclared_member(read, name, form, marks, node)
    return _plain_symbol(read, name, read.kind(name), marks, node)


def _plain_symbol(read: Elaboration, name: str, form: str, marks: Marks, node: Node) -> tuple[Term, Marks]:
    match form:
        case "dimension":
            return Term("index", (), (variable(name),)), marks
        case "index":
            read.new_index(name)
            return Term("index", (), (variable(name),)), marks
        case "identity":
            return _identity(read, Meaning(name, "identity"), marks, node)
        case "function" | "map" | "vector function":
            raise Misread(f"{name} without its argument or index", node.start, node.end, "its argument or index")
    symbol = Term("symbol", (), (name, read.undeclared_shape(name, form), ()))
    return _entry(read, symbol, marks, node)


def _may_be_transposed(read: Elaboration, name: str) -> bool:
    return read.assumed(name) in ("vector", "matrix", "square")


def _iterated(read: Elaboration, name: str, marks: Marks) -> tuple[str, Marks]:
    """x^{(i)} is a member of a family where (i) is an index, W^{(1)} is a name of its own."""
    inner = marks.iteration
    label = rendered(inner)
    numeral = len(inner.parts) == 1 and inner.parts[0].kind == "number"
    if is_layer(inner):
        return f"{name}^({label})", marks._replace(iteration=EMPTY)
    if numeral and read.assumed(f"{name}^()") is None and label is not None:
        return f"{name}^({label})", marks._replace(iteration=EMPTY)
    if looks_like_index(read, inner) or numeral:
        return f"{name}^()", marks
    if label is None:
        raise ReadingError(
            "a superscript that is neither an index nor a label",
            inner.start,
            inner.end,
            "an index such as (k), or a power",
        )
    return f"{name}^({label})", marks._replace(iteration=EMPTY)


def _labelled(read: Elaboration, name: str, marks: Marks, node: Node) -> tuple[Term, Marks]:
    """σ_max, w_new, v_1: a name of its own."""
    label = rendered(marks.subscript)
    if label is None:
        raise ReadingError(
            "a subscript that is neither an index nor a label",
            node.start,
            node.end,
            "an index, or a label in \\text{…}",
        )
    inside = {part.text for part in walk(marks.subscript) if part.kind == "name"}
    if inside & (read.bound.keys() | read.free.keys()):
        raise Misread("an index as a label", node.start, node.end, "a label in \\text{…}")
    full = f"{name}_{label}"
    form = read.kind(full)
    if form == "identity" and not any(part.kind in ("word", "text") for part in walk(marks.subscript)):
        return _identity(read, Meaning(name, "identity"), marks, node)
    return _plain_symbol(read, full, form, marks._replace(subscript=EMPTY), node)


def _undeclared_member(read: Elaboration, name: str, form: str, marks: Marks, node: Node) -> tuple[Term, Marks]:
    """x^{(i)}, x_i where x is a family: a symbol with index arguments, another than a bare x."""
    full = name if name.endswith("^()") else f"{name}_"
    shape: Shape = read.undeclared_shape(full, form.removeprefix("family").strip() or "scalar")
    script = marks.iteration if name.endswith("^()") else marks.subscript
    if script is EMPTY:
        raise Misread(f"{name} without its index", node.start, node.end, "an index, as in w_t or w^{(k)}")
    nodes = index_nodes(script)
    if nodes is None:
        raise Misread("this is no index", script.start, script.end, "a number, or a letter such as i")
    if len(nodes) == 1 and nodes[0].kind == "product" and all(looks_like_index(read, p) for p in nodes[0].parts):
        nodes = list(nodes[0].parts)
    count = len(nodes) if shape.is_scalar else 1
    forms = tuple(index_form(read, n) for n in nodes[:count])
    symbol = Term("symbol", (), (full, shape, forms))
    if name.endswith("^()"):
        return _entry(read, symbol, marks._replace(iteration=EMPTY), node)
    rest = nodes[count:]
    left = marks._replace(subscript=_joined(rest, script) if rest else EMPTY)
    return _entry(read, symbol, left, node)
