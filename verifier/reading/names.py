"""Names: what a letter with its marks stands for, and what each mark means for its kind."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from verifier.kernel.linear import Linear, variable
from verifier.kernel.shapes import column
from verifier.kernel.terms import Term, substitute_indices
from verifier.reading.actions import act, at_entries
from verifier.reading.elaboration import Elaboration, Misread
from verifier.reading.environment import Meaning
from verifier.reading.indices import bound_form, index_form, looks_like_index
from verifier.reading.marks import (
    BARE,
    Marks,
    base_and_marks,
    index_nodes,
    is_transpose,
    only_part,
    plain_name,
    rendered,
)
from verifier.reading.pseudoinverses import has_pseudoinverses
from verifier.reading.subscripts import entry, family_indices, identity, member, unit
from verifier.reading.syntax import EMPTY, Node, of_node
from verifier.reading.tokens import ReadingError
from verifier.reading.undeclared import undeclared

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
    bracketed = _member_without_brackets(read, name, marks)
    if bracketed is not None:
        return resolve(read, name, bracketed, node)
    return undeclared(read, name, marks, node)


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
            return identity(read, meaning, marks, node)
        case "unit":
            return unit(read, meaning, marks, node)
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
            return entry(read, read.make("pseudoinverse", value), marks, node)
        case "named":
            raise ReadingError(f"the function {meaning.name} without an argument", node.start, node.end, "its argument")
    if meaning.is_family:
        return member(read, meaning, marks, node)
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
    return entry(read, symbol, marks, node)


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
    return (term, left) if names else entry(read, term, left, node)


def _note_ranges(read: Elaboration, term: Term, form: Linear) -> None:
    term = term.args[0] if term.head == "transpose" else term
    if term.head in ("row", "column", "entry"):
        shape = term.args[0].space()
        size = shape.columns if term.head == "column" else shape.rows
        if len(form) == 1 and isinstance(form[0][0], str) and form[0][0]:
            read.index_within(form[0][0], size)


def _bare_function(read: Elaboration, meaning: Meaning, marks: Marks, node: Node) -> tuple[Term, Marks]:
    """A function without its argument stands for its value at the parameters that it was defined with."""
    definition = meaning.definition
    if definition is None or not definition.parameters:
        raise ReadingError(f"the function {meaning.name} without an argument", node.start, node.end, "its argument")
    indices, left = family_indices(read, meaning, marks, node)
    head = "elementwise" if meaning.kind == "map" else "apply"
    data = (meaning.name, 0, indices) if head == "elementwise" else (meaning.name, meaning.shape, indices)
    return Term(head, definition.parameters, data), left
