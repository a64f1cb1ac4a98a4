"""Products: what a function, a Σ, a ∇ or a ∂/∂x takes in of the items after it, and what stands for which product."""

from __future__ import annotations

from dataclasses import replace

from verifier.kernel.shapes import ShapeError
from verifier.kernel.terms import Term
from verifier.notation import GREEK
from verifier.reading.actions import act, subscripted
from verifier.reading.applications import application, bracket_after
from verifier.reading.elaboration import Elaboration, Misread, TwoEntries
from verifier.reading.indices import looks_like_index
from verifier.reading.marks import Marks, base_and_marks, plain_name
from verifier.reading.reach import product_of
from verifier.reading.relations import proposition
from verifier.reading.syntax import Node
from verifier.reading.tokens import ReadingError


def product_term(read: Elaboration, node: Node) -> Term:
    """Items side by side, from the left."""
    items = _with_composites(read, list(node.parts))
    value: Term | None = None
    operator, place = "", 0
    while place < len(items):
        if items[place].kind == "operator":
            operator, place = items[place].text, place + 1
            continue
        if items[place].kind == "placeholder" and value is not None:
            place += 1
            continue
        if not operator and place:
            _refuse_adjacent_numbers(items, place)
        indexed = _index_bracket(read, items, place) if read.entries == "product" and value is not None else None
        if indexed is not None and value is not None and _is_beside_matrix(read, items, place):
            whole = combine(read, value, operator, read.term(items[place]), items[place])
            entry = subscripted(read, whole, replace(indexed[0], kind="script list"))
            value, operator, place = act(read, entry, indexed[1], items[place]), "", place + 2
            continue
        start = place
        term, place = _entrywise_factor(read, items, place, operator)
        if operator == "slash":
            _refuse_ambiguous_slash(items, place)
        if value is None:
            value = term
        else:
            value, place = _combined(read, value, operator, term, items, start, place)
        operator = ""
    if value is None:
        raise ReadingError("an empty product", node.start, node.end, "a factor")
    return value


def _refuse_adjacent_numbers(items: list[Node], place: int) -> None:
    """2 3 is no product, and 2½ is a number to one reader and a product to another."""
    before, here = items[place - 1], items[place]
    after = items[place + 1] if place + 1 < len(items) else None
    if before.kind != "number" and not (before.kind == "script" and before.parts[0].kind == "number"):
        return
    mixed = before.kind == here.kind == "number" or (
        before.kind == "number"
        and here.kind == "fraction"
        and all(p.kind == "number" for part in here.parts for p in _leaves_of(part))
        and (after is None or after.kind in ("name", "number", "script", "face"))
    )
    if mixed or (before.kind == "script" and here.kind == "number"):
        raise ReadingError(
            "two numbers side by side: a product, or one number", before.start, here.end, "\\cdot between them"
        )


def _leaves_of(node: Node) -> tuple[Node, ...]:
    return node.parts if node.kind in ("group", "product") else (node,)


def _with_composites(read: Elaboration, items: list[Node]) -> list[Node]:
    """Letters side by side that were declared to be one symbol, such as δω, and Δ b, as one name."""
    result: list[Node] = []
    for item in items:
        base, _ = base_and_marks(item)
        name, before = plain_name(base), plain_name(result[-1]) if result else None
        joined = f"{before} {name}"
        change = before == "Delta" and read.meaning("Delta") is None and item.kind in ("name", "script", "face")
        if name is not None and before is not None and (change or read.meaning(joined) is not None):
            result[-1] = _renamed(item, base, joined, result[-1].start)
        else:
            result.append(item)
    return result


def _renamed(item: Node, base: Node, name: str, start: int) -> Node:
    if item is base or item.kind != "script":
        return Node("name", (), name, start, item.end)
    return replace(item, parts=(_renamed(item.parts[0], base, name, start), *item.parts[1:]), start=start)


def _refuse_ambiguous_slash(items: list[Node], place: int) -> None:
    """a/2b is (a/2)b to one reader and a/(2b) to another."""
    before, after = items[place - 1], items[place : place + 1]
    if before.kind in ("number", "name", "script") and after and after[0].kind in ("name", "script", "number"):
        here = after[0]
        raise ReadingError("a product after a slash can be read in two ways", here.start, here.end, "parentheses")


def _entrywise_factor(read: Elaboration, items: list[Node], place: int, operator: str) -> tuple[Term, int]:
    following = items[place + 1].text if place + 1 < len(items) and items[place + 1].kind == "operator" else ""
    beside = {"odot", "circ", "oslash"} & {operator, following}
    before = read.entrywise
    read.entrywise = before or bool(beside)
    try:
        return factor(read, items, place)
    finally:
        read.entrywise = before


def _combined(
    read: Elaboration, value: Term, operator: str, term: Term, items: list[Node], start: int, place: int
) -> tuple[Term, int]:
    """The product so far with the next factor; A xᵀ y and x · A y are bracketed in the only way that fits."""
    try:
        return combine(read, value, operator, term, items[start]), place
    except ShapeError:
        if place >= len(items) or operator in ("otimes", "slash", "oslash"):
            raise
        entrywise = operator in ("odot", "circ")
        if entrywise and items[place].kind == "operator":
            raise
        operators = (k for k in range(place, len(items)) if items[k].kind == "operator")
        stop = next(operators, len(items)) if entrywise else len(items)
        whole = product_term(read, product_of(items[start:stop]))
        return combine(read, value, operator, whole, items[start]), stop


def combine(read: Elaboration, left: Term, operator: str, right: Term, node: Node) -> Term:
    """left operator right, by the kinds of both."""
    first, second = left.space(), right.space()
    match operator:
        case "odot" | "circ" | "oslash":
            if first.is_scalar or second.is_scalar:
                return read.make("multiply", left, right)
            return read.make("hadamard" if operator != "oslash" else "hadamard_divide", left, right)
        case "otimes":
            return read.make("kronecker", left, right)
        case "slash":
            return read.make("divide", left, right)
        case "dot" if first.is_vector and second.is_vector and _is_inner(left, right):
            return read.make("dot", left, right)
        case "" | "dot" | "times":
            return read.make("multiply", left, right)
    raise ReadingError(f"the operator {operator}", node.start, node.end, "an operator of algebra")


def _is_inner(left: Term, right: Term) -> bool:
    """a · b of two vectors is the inner product, unless they are a row and a column, or a column and a transpose."""
    rows = left.space().columns != right.space().columns
    if not rows:
        return True
    row_first = left.space().columns != () and left.space().rows == right.space().columns and right.space().is_vector
    if row_first and left.space().rows == ((("", 1),)):
        return False
    return right.head != "transpose"


# one factor


def factor(read: Elaboration, items: list[Node], place: int) -> tuple[Term, int]:
    """The factor that starts at an item, with what it takes in, and the place after it."""
    node = items[place]
    base, marks = base_and_marks(node)
    handler = read.prefixes.get(base.kind)
    if handler is not None:
        return handler(read, items, place)
    if is_derivative_operator(node):
        return read.prefixes["fraction"](read, items, place)
    indicated = _indicator(read, items, place)
    if indicated is not None:
        return indicated
    name = plain_name(base)
    if name is not None:
        applied = application(read, name, marks, items, place)
        if applied is not None:
            return applied
        _refuse_operator(read, name, items, place)
        _refuse_variation(read, name, marks, items, place)
        return _indexed(read, items, place)
    return read.term(node), place + 1


def _indexed(read: Elaboration, items: list[Node], place: int) -> tuple[Term, int]:
    """x[i], x_{t+1}[i]: an entry of a vector or matrix."""
    value = read.term(items[place])
    bracket = _index_bracket(read, items, place)
    if bracket is None:
        return value, place + 1
    group, outer = bracket
    if read.entries != "factor" and _is_beside_matrix(read, items, place):
        raise TwoEntries("an entry of the last factor, or of the product", group.start, group.end, "brackets")
    entry = subscripted(read, value, replace(group, kind="script list"))
    return act(read, entry, outer, items[place]), place + 2


def _index_bracket(read: Elaboration, items: list[Node], place: int) -> tuple[Node, Marks] | None:
    """The [i] after the name of a vector or matrix."""
    bracket = bracket_after(items, place, ("[",))
    if bracket is None or plain_name(base_and_marks(items[place])[0]) is None:
        return None
    cells = [p for p in bracket[0].parts if p.kind != "separator"]
    relation = any(p.kind == "chain" for p in bracket[0].parts)
    if relation or not cells or read.term(items[place]).space().is_scalar:
        return None
    return bracket if all(looks_like_index(read, cell) for cell in cells) else None


def _is_beside_matrix(read: Elaboration, items: list[Node], place: int) -> bool:
    before = items[place - 1] if place else None
    return before is not None and before.kind != "operator" and not read.term(before).space().is_scalar


def _refuse_operator(read: Elaboration, name: str, items: list[Node], place: int) -> None:
    """A word that nobody declared is no factor of what follows it: what it does is not known."""
    follows = place + 1 < len(items) and items[place + 1].kind not in ("operator", "placeholder")
    letter = len(name) == 1 or name in GREEK or not (name.isalpha() or name.startswith("cal("))
    letter = letter or base_and_marks(items[place])[0].kind == "name"
    if not follows or letter or read.meaning(name) is not None:
        return
    here, base = items[place], base_and_marks(items[place])[0]
    if bracket_after(items, place, ("(",)) is not None:
        raise Misread(f"{name} beside a bracket", here.start, here.end, "a declaration of the function")
    if base.kind == "word" or name.startswith("cal("):
        raise ReadingError(f"nothing declares the operator {name}", here.start, here.end, "a declaration, or a sign")


def _refuse_variation(read: Elaboration, name: str, marks: Marks, items: list[Node], place: int) -> None:
    """d x, δ x, Δ x of symbols that nobody declares: a factor to one reader, a small change of x to another."""
    if name not in ("d", "delta", "Delta") or marks != Marks() or place + 1 >= len(items):
        return
    undeclared = read.meaning(name) is None and name not in read.environment.dimension_names
    if undeclared and items[place + 1].kind not in ("operator", "placeholder", "number", "fraction"):
        here = items[place]
        message = f"{name} before a symbol can be a factor, or say that the symbol changes"
        raise ReadingError(message, here.start, here.end, f"a declaration of {name}, or of {name} x as one symbol")


def _indicator(read: Elaboration, items: list[Node], place: int) -> tuple[Term, int] | None:
    """1{y = k}, \\mathbb{1}[i = k]"""
    base, marks = base_and_marks(items[place])
    inner = base.parts[0] if base.kind in ("face", "accent") else base
    bracket = bracket_after(items, place)
    plain = base.kind == "number" and base.text == "1"
    if bracket is None or not (inner.kind == "number" and inner.text == "1") or marks != Marks():
        return None
    group, outer = bracket
    relation = [p for p in group.parts if p.kind == "chain"]
    if len(relation) != 1 or len(group.parts) != 1 or (plain and group.text == "("):
        return None
    value = read.make("indicator", proposition(read, relation[0]))
    return act(read, value, outer, items[place]), place + 2


def is_derivative_operator(node: Node) -> bool:
    """∂/∂x, d/dx with nothing above but ∂ or d."""
    if node.kind != "fraction":
        return False
    top, _ = base_and_marks(_ungrouped(node.parts[0]))
    bottom = node.parts[1]
    first = bottom.parts[0] if bottom.kind in ("product",) else bottom
    inner = _ungrouped(bottom)
    first = inner.parts[0] if inner.kind == "product" else inner
    below, _ = base_and_marks(first)
    return _is_d(top) and _is_d(below) and inner.kind == "product"


def _is_d(node: Node) -> bool:
    return node.kind in ("partial", "differential") or (node.kind == "name" and node.text == "d")


def _ungrouped(node: Node) -> Node:
    while node.kind == "group" and node.text == "{" and len(node.parts) == 1:
        node = node.parts[0]
    return node


def operand(read: Elaboration, items: list[Node], place: int, whole_product: bool) -> tuple[Term, int]:
    """What an operator acts on: the bracket after it, else the rest of the product (or one factor)."""
    if place >= len(items):
        last = items[-1]
        raise ReadingError("an operator with nothing to act on", last.start, last.end, "a term")
    if items[place].kind == "operator":
        raise ReadingError("an operator before an operator", items[place].start, items[place].end, "a term")
    base, _ = base_and_marks(items[place])
    if base.kind == "group" and base.text in ("(", "[", "lbrace"):
        return read.term(items[place]), place + 1
    if whole_product:
        return read.term(product_of(items[place:])), len(items)
    return factor(read, items, place)
