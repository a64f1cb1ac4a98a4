"""Names: letters with their accents, faces, primes, subscripts and superscripts, and what each mark means for its kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from verifier.kernel.linear import Linear, constant, minus, plus, times, variable
from verifier.kernel.shapes import Shape, column
from verifier.kernel.terms import Term, name_of, substitute_indices, subterms
from verifier.notation import is_matrix_function
from verifier.reading.elaboration import Elaboration, Misread
from verifier.reading.environment import Meaning
from verifier.reading.syntax import EMPTY, Node, walk
from verifier.reading.tokens import ReadingError

INDEX_LETTERS = frozenset(
    [
        "i",
        "j",
        "k",
        "l",
        "m",
        "n",
        "p",
        "q",
        "r",
        "s",
        "t",
        "h",
        "a",
        "b",
        "c",
        "u",
        "v",
        "w",
        "z",
        "ell",
        "T",
        "K",
        "N",
        "M",
        "L",
        "d",
        "tau",
        "alpha",
        "beta",
    ]
)
TRANSPOSE_NAMES = frozenset(("T", "top", "intercal", "t"))


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands around a name: subscript, iteration superscript, stars, primes, and marks that act on the value."""

    subscript: Node = EMPTY
    iteration: Node = EMPTY
    star: str = ""
    primes: int = 0
    actions: tuple[Node, ...] = ()


BARE = Marks()


def plain_name(node: Node) -> str | None:
    """The plain name of a letter with accents and faces; None for anything else."""
    match node.kind:
        case "name" | "word":
            return node.text
        case "face":
            return plain_name(node.parts[0])
        case "accent":
            inner = plain_name(_only(node.parts[0]))
            return None if inner is None else f"{node.text}({inner})"
        case "group" if node.text == "{" and len(node.parts) == 1:
            return plain_name(node.parts[0])
    return None


def composite_name(node: Node) -> str | None:
    """δω as one symbol: the plain names of letters side by side."""
    if node.kind != "product" or len(node.parts) > 3:
        return None
    names = [plain_name(part) for part in node.parts]
    return " ".join(name for name in names if name) if all(names) else None


def _only(node: Node) -> Node:
    return node.parts[0] if node.kind in ("group", "list", "script list") and len(node.parts) == 1 else node


def base_and_marks(node: Node) -> tuple[Node, Marks]:
    """The base of nested scripts, and all of their marks."""
    if node.kind != "script":
        return node, BARE
    marks = BARE
    layers: list[Node] = []
    while node.kind == "script":
        layers.append(node)
        node = node.parts[0]
    for layer in reversed(layers):
        _, subscript, superscript = layer.parts
        if _is_entry_of_transpose(layer):
            node = Node("group", (Node("script", (node, EMPTY, superscript), "", node.start, superscript.end),), "{")
            node = replace(node, start=layer.start, end=superscript.end)
            superscript = EMPTY
        if subscript is not EMPTY and subscript.kind != "empty":
            if _is_plus(subscript):
                marks = replace(marks, star=marks.star + "+")
            elif marks.subscript is not EMPTY or marks.actions:
                marks = replace(marks, actions=(*marks.actions, subscript))
            else:
                marks = replace(marks, subscript=subscript)
        if layer.text:
            marks = replace(marks, primes=marks.primes + len(layer.text))
        if superscript.kind != "empty":
            marks = _superscript(marks, superscript)
    return node, marks


def _is_entry_of_transpose(layer: Node) -> bool:
    """A^T_{ij} is (A^T)_{ij}, A^{-1}_{ij} is (A^{-1})_{ij}."""
    _, subscript, superscript = layer.parts
    if subscript.kind == "empty" or superscript.kind == "empty" or layer.parts[0].kind == "script":
        return False
    nodes = index_nodes(subscript, 2)
    turned = _is_turned(superscript)
    return turned and nodes is not None and len(nodes) == 2 and superscript.start < subscript.start


def _is_turned(superscript: Node) -> bool:
    """Whether a superscript is a transpose or an inverse."""
    only = superscript.parts[0] if len(superscript.parts) == 1 else superscript
    inverse = only.kind == "sum" and only.text == "-" and only.parts[0].text == "1"
    return inverse or is_transpose(only)


def _is_plus(script: Node) -> bool:
    """[…]_+"""
    return len(script.parts) == 1 and script.parts[0].kind == "sign" and script.parts[0].text == "+"


def _superscript(marks: Marks, node: Node) -> Marks:
    """Split a superscript into an iteration index, a star, and actions (transpose, inverse, power)."""
    parts = node.parts
    if len(parts) == 1 and parts[0].kind == "product" and parts[0].parts[0].kind in ("group", "name"):
        first, *rest = parts[0].parts
        last_is_transpose = rest and all(is_transpose(r) for r in rest)
        if last_is_transpose:
            inner = _superscript(marks, replace(node, parts=(first,)))
            return replace(inner, actions=(*inner.actions, *(_listed(r, node) for r in rest)))
    if len(parts) == 1 and parts[0].kind == "group" and parts[0].text == "(":
        return replace(marks, iteration=parts[0])
    if len(parts) == 1 and (parts[0].kind == "sign" or parts[0].kind == "operator"):
        sign = {"ast": "*", "star": "*", "times": "*", "dagger": "+"}.get(parts[0].text, parts[0].text)
        if sign in "*+-":
            return replace(marks, star=marks.star + sign)
    return replace(marks, actions=(*marks.actions, node))


def _listed(node: Node, around: Node) -> Node:
    return Node("script list", (node,), "", around.start, around.end)


def is_transpose(node: Node) -> bool:
    """Whether a superscript is ⊤, T or the like."""
    if node.kind == "transpose":
        return True
    return plain_name(node) in TRANSPOSE_NAMES and plain_name(node) != "t"


# indices


def index_nodes(script: Node, wanted: int | None = None) -> list[Node] | None:
    """The index expressions of a subscript, one for each axis; None if it does not look like indices."""
    items: list[list[Node]] = [[]]
    for part in script.parts:
        if part.kind == "separator" and part.text == ",":
            items.append([])
        elif part.kind == "separator" and part.text == ":":
            items[-1].append(Node("colon", (), ":", part.start, part.end))
        else:
            items[-1].append(part)
    if any(len(item) != 1 for item in items):
        return None
    nodes = [item[0] for item in items]
    if len(nodes) == 1 and wanted is not None and wanted > 1:
        only = nodes[0]
        if only.kind == "product" and len(only.parts) == wanted and all(p.kind != "operator" for p in only.parts):
            return list(only.parts)
        if only.kind == "number" and len(only.text) == wanted:
            return [Node("number", (), digit, only.start, only.end) for digit in only.text]
    return nodes


def index_form(read: Elaboration, node: Node) -> Linear:
    """An index expression as a linear form. Raises ReadingError for anything else."""
    match node.kind:
        case "number" if node.text.isdigit() and len(node.text) < 10:
            return constant(int(node.text))
        case "name" | "word" | "face" | "accent" | "script":
            return variable(_index_name(read, node))
        case "group" if len(node.parts) == 1:
            return index_form(read, node.parts[0])
        case "script list" if len(node.parts) == 1:
            return index_form(read, node.parts[0])
        case "sum":
            total: Linear = ()
            for sign, part in zip(node.text.split(" "), node.parts, strict=True):
                form = index_form(read, part)
                total = plus(total, form) if sign == "+" else minus(total, form)
            return total
        case "product" if len(node.parts) == 2 and node.parts[0].kind == "number" and node.parts[0].text.isdigit():
            return times(int(node.parts[0].text), index_form(read, node.parts[1]))
    raise ReadingError("this is no index", node.start, node.end, "an index such as i, t + 1 or 3")


def _index_name(read: Elaboration, node: Node) -> str:
    name = rendered(node)
    if name is None:
        raise ReadingError("this is no index", node.start, node.end, "an index such as i, t + 1 or 3")
    meaning = read.meaning(name)
    if read.range_of(name) is None and not (meaning is not None and meaning.kind == "dimension"):
        if name in read.environment.dimension_names() or read.assumed(name) == "dimension":
            return name
        if meaning is not None and meaning.kind != "index":
            raise ReadingError(f"{name} is no index", node.start, node.end, "an index")
        read.new_index(name)
    return name


def rendered(node: Node) -> str | None:
    """The plain text of a subscript that is a label: max, (1), i, new."""
    match node.kind:
        case "name" | "word" | "face" | "accent":
            return plain_name(node)
        case "number":
            return node.text
        case "text":
            return node.text.strip() or None
        case "infinity":
            return "infty"
        case "big":
            return node.text
        case "script list" | "group":
            texts = [rendered(p) if p.kind != "separator" else p.text for p in node.parts]
            joined = "".join(t for t in texts if t is not None)
            return joined if texts and None not in texts else None
        case "product":
            texts = [rendered(p) for p in node.parts]
            return "".join(t or "" for t in texts) if None not in texts else None
        case "script":
            base, marks = base_and_marks(node)
            stem, label = rendered(base), rendered(marks.subscript) if marks.subscript is not EMPTY else ""
            iteration = rendered(marks.iteration) if marks.iteration is not EMPTY else ""
            if stem is None or label is None or iteration is None or marks.actions:
                return None
            stem += f"^({iteration})" if iteration else ""
            return stem + (f"_{label}" if label else "") + marks.star + "'" * marks.primes
        case "sum":
            texts = [rendered(p) for p in node.parts]
            signs = node.text.split(" ")
            if None in texts:
                return None
            text = "".join(s + (t or "") for s, t in zip(signs, texts, strict=True))
            return text.removeprefix("+")
        case "chain":
            texts = [rendered(p) for p in node.parts]
            return "=".join(t or "" for t in texts) if None not in texts else None
        case "sign":
            return "*" if node.text in ("ast", "star", "*") else node.text
    return None


def looks_like_index(read: Elaboration, node: Node) -> bool:
    """Whether a subscript is an index rather than a label: bound letters, i, j, k, numbers, sums of them."""
    match node.kind:
        case "number":
            return True
        case "name":
            known = node.text in read.bound or node.text in read.free
            meaning = read.meaning(node.text)
            declared = meaning is not None and meaning.kind in ("index", "dimension")
            return known or declared or (meaning is None and node.text in INDEX_LETTERS)
        case "sum" | "product":
            return all(looks_like_index(read, p) for p in node.parts)
        case "group" | "script list":
            return all(p.kind == "separator" or p.kind == "colon" or looks_like_index(read, p) for p in node.parts)
        case "colon":
            return True
    return False


def bound_form(read: Elaboration, node: Node) -> Linear:
    """A limit of a sum: a number, a dimension, an index in force. A new name there is a dimension."""
    for part in _leaves(node):
        name = plain_name(part)
        known = name is None or read.range_of(name) is not None or read.meaning(name) is not None
        if not known and name is not None and name not in read.environment.dimension_names():
            if read.kind(name) not in ("dimension", "index"):
                raise Misread(f"{name} as a limit of a sum", part.start, part.end, "a dimension")
    return index_form(read, node)


def _leaves(node: Node) -> Iterator[Node]:
    if node.kind in ("sum", "product", "group", "script list"):
        for part in node.parts:
            yield from _leaves(part)
    else:
        yield node


# what a name with marks stands for


def name_term(read: Elaboration, node: Node) -> Term:
    """A name with its marks, or an expression with scripts."""
    base, marks = base_and_marks(_accent_inside(node))
    name = plain_name(base)
    if name is None:
        value = _bracketed(read, base, marks)
        if value.head in ("ones", "zeros"):
            marks = replace(marks, subscript=EMPTY)
        return act(read, value, replace(marks, star=""), node)
    if name == "e" and read.meaning("e") is None and _only_a_power(marks):
        exponent = read.term(marks.actions[0].parts[0])
        return at_entries(read, "exp", exponent, node)
    value, left = resolve(read, name, marks, node)
    return act(read, value, left, node)


def at_entries(read: Elaboration, function: str, argument: Term, node: Node) -> Term:
    """A function of the table at every entry. Raises ReadingError for exp(A) of a square matrix, which is another."""
    if is_matrix_function(function, argument):
        message = f"{function} of a square matrix can be a function of the matrix or of its entries"
        raise ReadingError(message, node.start, node.end, f"\\{function}^{{\\odot}}(…) for entries")
    return read.make("elementwise", argument, data=(function, 0, ()))


def _only_a_power(marks: Marks) -> bool:
    """e^{…} where nobody declared e."""
    if len(marks.actions) != 1 or marks != Marks(actions=marks.actions):
        return False
    parts = marks.actions[0].parts
    return len(parts) == 1 and not is_transpose(parts[0])


def _accent_inside(node: Node) -> Node:
    """\\hat{y_k} is (\\hat y)_k."""
    if node.kind in ("accent", "face") and _only(node.parts[0]).kind == "script":
        inner = _only(node.parts[0])
        accented = replace(node, parts=(inner.parts[0],))
        return _accent_inside(replace(inner, parts=(accented, *inner.parts[1:]), start=node.start, end=node.end))
    if node.kind == "script":
        return replace(node, parts=(_accent_inside(node.parts[0]), *node.parts[1:]))
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
    return _undeclared(read, name, marks, node)


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
    bare = replace(marks, star="", primes=0)
    found: list[tuple[str, Marks]] = []
    stems = [(name, marks)]
    if marks.iteration is not EMPTY:
        with_it = replace(marks, iteration=EMPTY)
        stems = [(f"{name}^()", marks)]
        if iteration is not None:
            stems.insert(0, (f"{name}^({iteration})", with_it))
    for stem, left in stems:
        plain = replace(left, star="", primes=0)
        if label is not None:
            without = replace(plain, subscript=EMPTY)
            if decorated:
                found += [(f"{stem}_{label}{decorated}", without), (f"{stem}{decorated}_{label}", without)]
            found.append((f"{stem}_{label}", replace(left, subscript=EMPTY)))
            if not decorated:
                found.append((f"{stem}_", left))
        if decorated:
            found.append((f"{stem}{decorated}", plain))
        if marks.star:
            found.append((f"{stem}{marks.star}", replace(left, star="")))
        else:
            found.append((stem, left))
    if marks.iteration is EMPTY and decorated == "" and label is None:
        found = [(name, bare)]
    return found


def _declared(read: Elaboration, meaning: Meaning, marks: Marks, node: Node) -> tuple[Term, Marks]:
    if marks.star:
        raise Misread(f"{meaning.name}{marks.star} is not declared", node.start, node.end)
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
        case "named":
            raise ReadingError(f"the function {meaning.name} without an argument", node.start, node.end)
    if meaning.is_family:
        return _member(read, meaning, marks, node)
    if marks.iteration is not EMPTY:
        raise Misread(f"{meaning.name} has no iterations", marks.iteration.start, marks.iteration.end)
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
            return _alias(read, above, replace(marks, subscript=first, actions=tuple(rest)), node)
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
        raise ReadingError(f"{meaning.name} takes {len(names)} indices", node.start, node.end)
    values: dict[str | int, Linear] = {n: index_form(read, x) for n, x in zip(names, nodes or [], strict=True)}
    term = substitute_indices(template, values)
    for form in values.values():
        _note_ranges(read, term, form)
    left = replace(marks, subscript=EMPTY, iteration=EMPTY) if names else marks
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
            size = index_form(read, nodes[0])
            return Term("identity", (), (size,)), replace(marks, subscript=EMPTY)
    size = read.dimensions.resolve(variable(f"?{meaning.name}@{node.start}"))
    return Term("identity", (), (size,)), marks


def _unit(read: Elaboration, meaning: Meaning, marks: Marks, node: Node) -> tuple[Term, Marks]:
    nodes = index_nodes(marks.subscript) if marks.subscript is not EMPTY else None
    if not nodes or len(nodes) != 1:
        raise ReadingError(f"{meaning.name} needs one index", node.start, node.end)
    form = index_form(read, nodes[0])
    size = read.dimensions.resolve(meaning.shape.rows)
    _within(read, form, size)
    return Term("unit", (), (size, form)), replace(marks, subscript=EMPTY)


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
        raise Misread(f"{meaning.name} without its index", node.start, node.end)
    nodes = index_nodes(script, len(meaning.indices))
    if nodes is None:
        raise ReadingError("this is no index", script.start, script.end)
    used = nodes[: len(meaning.indices)]
    forms = tuple(index_form(read, n) for n in used)
    for form, (_, high) in zip(forms, meaning.indices, strict=False):
        if high is not None:
            _within(read, form, high)
    rest = nodes[len(meaning.indices) :]
    left = replace(marks, iteration=EMPTY) if iterated else replace(marks, subscript=EMPTY)
    if rest and not iterated:
        left = replace(left, subscript=_joined(rest, script))
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
                marks = replace(marks, subscript=_joined(nodes, marks.subscript))
                break
    indices, left = family_indices(read, meaning, marks, node)
    symbol = Term("symbol", (), (meaning.name, read.dimensions.shape(meaning.shape), indices))
    return _entry(read, symbol, left, node)


def _within(read: Elaboration, form: Linear, size: Linear) -> None:
    if len(form) > 1 and any(str(a).startswith("?") for a, _ in size) and any(a in read.free for a, _ in form):
        raise Misread("an index that leaves the dimension", 0, 0)
    if len(form) == 1 and form[0][1] == 1 and isinstance(form[0][0], str) and form[0][0]:
        read.index_within(form[0][0], size)


def _entry(read: Elaboration, value: Term, marks: Marks, node: Node) -> tuple[Term, Marks]:
    """The entry, row or column that the subscript takes of a vector or matrix."""
    script = marks.subscript
    if script is EMPTY:
        return value, marks
    return subscripted(read, value, script), replace(marks, subscript=EMPTY)


def subscripted(read: Elaboration, value: Term, script: Node) -> Term:
    """value with a subscript: x_i, A_{ij}, A_{i,:}, A_{:j}"""
    shape = value.space()
    wanted = 1 if shape.is_vector else 2
    nodes = index_nodes(script, wanted)
    if nodes is None or shape.is_scalar:
        raise Misread("a subscript that is no index of this", script.start, script.end, "an index")
    if len(nodes) == 1 and nodes[0].kind == "product" and nodes[0].parts[0].kind == "colon":
        nodes = list(nodes[0].parts)
    nodes = _split_colons(nodes)
    if len(nodes) != wanted:
        raise Misread(f"{len(nodes)} indices of {shape}", script.start, script.end, f"{wanted} indices")
    if any(n.kind == "colon" for n in nodes):
        which = "row" if nodes[1].kind == "colon" else "column"
        form = index_form(read, nodes[0] if which == "row" else nodes[1])
        _within(read, form, shape.rows if which == "row" else shape.columns)
        return Term(which, (value,), (form,))
    forms = tuple(index_form(read, n) for n in nodes)
    sizes = (shape.length,) if wanted == 1 else shape.axes
    for form, size in zip(forms, sizes, strict=True):
        _within(read, form, size)
    return Term("entry", (value,), (forms,))


def _split_colons(nodes: list[Node]) -> list[Node]:
    """``:c`` and ``i:`` without a comma."""
    result: list[Node] = []
    for node in nodes:
        result += node.parts if node.kind == "list" else (node,)
    return result


# undeclared names


def _undeclared(read: Elaboration, name: str, marks: Marks, node: Node) -> tuple[Term, Marks]:
    """A name that nobody declared, by the kind assumed for it."""
    if marks.star or marks.primes:
        decorated = name + marks.star + "'" * marks.primes
        if marks.star or read.assumed(decorated) is not None or not _may_be_transposed(read, name):
            name, marks = decorated, replace(marks, star="", primes=0)
    if marks.iteration is not EMPTY:
        name, marks = _iterated(read, name, marks)
        if name.endswith("^()"):
            return _undeclared_member(read, name, read.kind(name), marks, node)
    if name in read.bound or (name in read.free and marks.subscript is EMPTY):
        return Term("index", (), (variable(name),)), marks
    if marks == Marks(actions=marks.actions) and name in read.environment.dimension_names():
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
            raise Misread(f"{name} without its argument or index", node.start, node.end)
    symbol = Term("symbol", (), (name, read.undeclared_shape(name, form), ()))
    return _entry(read, symbol, marks, node)


def _may_be_transposed(read: Elaboration, name: str) -> bool:
    return read.assumed(name) in ("vector", "matrix", "square")


def _iterated(read: Elaboration, name: str, marks: Marks) -> tuple[str, Marks]:
    """x^{(i)} is a member of a family where (i) is an index, W^{(1)} is a name of its own."""
    inner = marks.iteration
    label = rendered(inner)
    numeral = len(inner.parts) == 1 and inner.parts[0].kind == "number"
    if numeral and read.assumed(f"{name}^()") is None and label is not None:
        return f"{name}^({label})", replace(marks, iteration=EMPTY)
    if looks_like_index(read, inner) or numeral:
        return f"{name}^()", marks
    if label is None:
        raise ReadingError("a superscript that is neither an index nor a label", inner.start, inner.end)
    return f"{name}^({label})", replace(marks, iteration=EMPTY)


def _labelled(read: Elaboration, name: str, marks: Marks, node: Node) -> tuple[Term, Marks]:
    """σ_max, w_new, v_1: a name of its own."""
    label = rendered(marks.subscript)
    if label is None:
        raise ReadingError("a subscript that is neither an index nor a label", node.start, node.end)
    inside = {part.text for part in walk(marks.subscript) if part.kind == "name"}
    if inside & (read.bound.keys() | read.free.keys()):
        raise Misread("an index as a label", node.start, node.end)
    full = f"{name}_{label}"
    form = read.kind(full)
    return _plain_symbol(read, full, form, replace(marks, subscript=EMPTY), node)


def _undeclared_member(read: Elaboration, name: str, form: str, marks: Marks, node: Node) -> tuple[Term, Marks]:
    """x^{(i)}, x_i where x is a family: a symbol with index arguments, another than a bare x."""
    full = name if name.endswith("^()") else f"{name}_"
    shape: Shape = read.undeclared_shape(full, form.removeprefix("family").strip() or "scalar")
    script = marks.iteration if name.endswith("^()") else marks.subscript
    if script is EMPTY:
        raise Misread(f"{name} without its index", node.start, node.end)
    nodes = index_nodes(script)
    if nodes is None:
        raise ReadingError("this is no index", script.start, script.end)
    if len(nodes) == 1 and nodes[0].kind == "product" and all(looks_like_index(read, p) for p in nodes[0].parts):
        nodes = list(nodes[0].parts)
    count = len(nodes) if shape.is_scalar else 1
    forms = tuple(index_form(read, n) for n in nodes[:count])
    symbol = Term("symbol", (), (full, shape, forms))
    if name.endswith("^()"):
        return _entry(read, symbol, replace(marks, iteration=EMPTY), node)
    rest = nodes[count:]
    left = replace(marks, subscript=_joined(rest, script) if rest else EMPTY)
    return _entry(read, symbol, left, node)


# marks that act on a value


def act(read: Elaboration, value: Term, marks: Marks, node: Node) -> Term:
    """Transposes, inverses, powers and subscripts, in the order in which they are written."""
    if marks.iteration is not EMPTY:
        raise Misread("an iteration index on something without iterations", node.start, node.end)
    if marks.star:
        value = _starred(read, value, marks, node)
    for _ in range(marks.primes):
        if value.space().is_scalar:
            raise Misread("a prime on a number", node.start, node.end)
        if any(part.head == "symbol" and read.meaning(part.data[0]) is None for part in subterms(value)):
            message = "a prime on symbols that nobody declares: a transpose or a derivative"
            raise ReadingError(message, node.start, node.end, "^T, or declarations")
        value = read.make("transpose", value)
    if marks.subscript is not EMPTY:
        value = subscripted(read, value, marks.subscript)
    for action in marks.actions:
        if value.head == "entry" and len(value.data[0]) == 2 and _is_turned(action):
            message = "the transpose or inverse of an entry, or an entry of it"
            raise ReadingError(message, node.start, node.end, "(A^T)_{ij}, (A_{ij})^{-1}")
        value = _apply_action(read, value, action)
    return value


def _starred(read: Elaboration, value: Term, marks: Marks, node: Node) -> Term:
    if marks.star == "+" and not value.space().is_scalar:
        return read.make("pseudoinverse", value)
    raise Misread(f"a mark {marks.star} that means nothing here", node.start, node.end)


def _apply_action(read: Elaboration, value: Term, action: Node) -> Term:
    parts = action.parts
    if len(parts) == 1:
        only = parts[0]
        if is_transpose(only) and _transposes(read, value, only):
            return read.make("transpose", value)
        if only.kind == "sum" and only.text == "-" and len(only.parts) == 1:
            inner = only.parts[0]
            if is_transpose(inner):
                return read.make("transpose", read.make("inverse", value))
            if inner.kind == "number" and inner.text == "1" and not value.space().is_scalar:
                return read.make("inverse", value)
        if (
            only.kind == "product"
            and len(only.parts) == 2
            and only.parts[0].kind == "operator"
            and only.parts[0].text == "odot"
        ):
            return read.make("hadamard_power", value, read.term(only.parts[1]))
        return power(read, value, only)
    if action.parts and parts[0].kind == "operator" and parts[0].text == "odot" and len(parts) == 2:
        return read.make("hadamard_power", value, read.term(parts[1]))
    raise ReadingError("a superscript of several parts", action.start, action.end, "a power, T, -1 or (k)")


def _transposes(read: Elaboration, value: Term, node: Node) -> bool:
    if node.kind == "transpose" or not value.space().is_scalar:
        return True
    name = plain_name(node) or ""
    known = read.range_of(name) is not None or read.meaning(name) is not None
    if known or read.assumed(name) is not None:
        return False
    leaves = [part for part in subterms(value) if part.head in ("symbol", "apply", "elementwise")]
    guessed = any(name_of(part) in read.undeclared for part in leaves)
    if guessed and all(part.space().is_scalar for part in leaves):
        raise Misread("the transpose of a number", node.start, node.end)
    return True


def power(read: Elaboration, value: Term, exponent: Node) -> Term:
    """value ** exponent: a power of a scalar or of a square matrix; beside ⊙, of a vector, entry by entry"""
    term = read.term(exponent)
    if read.entrywise and not value.space().is_square:
        return read.make("hadamard_power", value, term)
    return read.make("power", value, term)
