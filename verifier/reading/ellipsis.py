"""Ellipses: [c_1, c_2, …, c_n], x_1² + … + x_n², rows and columns of a matrix: read by generalising first and last."""

from __future__ import annotations

from dataclasses import replace

from verifier.kernel.linear import ONE, Linear, constant_value
from verifier.kernel.terms import Term
from verifier.reading.elaboration import Elaboration
from verifier.reading.indices import bound_form, index_form
from verifier.reading.reach import product_of
from verifier.reading.syntax import Node, walk
from verifier.reading.tokens import ReadingError

LETTERS = ("i", "j", "k", "l", "r", "s")


def has_dots(node: Node) -> bool:
    """Whether an ellipsis stands in the node itself or directly in a row."""
    return node.kind == "dots" or (node.kind == "row" and any(part.kind == "dots" for part in node.parts))


def generalized_list(read: Elaboration, cells: list[Node], node: Node, by_rows: bool) -> Term:
    """A column (by rows) or row of cells; with dots, of a general cell of which those given are instances."""
    cells = [c for c in cells if c.kind != "placeholder" and not (c.kind == "product" and not c.parts)]
    dots = [k for k, cell in enumerate(cells) if cell.kind == "dots"]
    if not cells:
        raise ReadingError("an empty list", node.start, node.end, "a term")
    if not dots:
        terms = [read.term(cell) for cell in cells]
        data = (len(terms), 1) if by_rows else (1, len(terms))
        return read.make("block", *terms, data=data) if len(terms) > 1 else terms[0]
    if len(dots) > 1 or dots[0] == 0 or dots[0] != len(cells) - 2:
        raise ReadingError("an ellipsis", node.start, node.end, "first, perhaps second, dots, last")
    first, last = cells[0], cells[-1]
    name, general, low, high = _general(read, first, last, node)
    if constant_value(low) != 1:
        raise ReadingError("a list that does not start at 1", first.start, first.end, "an index that starts at 1")
    for k, cell in enumerate(cells[1 : dots[0]], start=2):
        _check_instance(cell, general, name, k)
    with read.binding(name, (ONE, high)):
        body = read.term(general)
    return read.make("build_rows" if by_rows else "build_columns", body, data=(name, high))


def with_sign_after_dots(node: Node) -> Node:
    """a_1 + a_2 + … a_n is a_1 + a_2 + … + a_n: the last term, whose sign is left out."""
    parts: list[Node] = []
    signs: list[str] = []
    for sign, part in zip(node.text.split(" "), node.parts, strict=True):
        dots, *rest = part.parts if part.kind == "product" else (part,)
        if sign == "+" and parts and rest and dots.kind == "dots" and rest[0].kind != "operator":
            parts += [dots, product_of(rest)]
            signs += ["+", "+"]
        else:
            parts.append(part)
            signs.append(sign)
    return replace(node, parts=tuple(parts), text=" ".join(signs))


def sum_with_dots(read: Elaboration, node: Node, signs: list[str]) -> Term:
    """a_1 + a_2 + … + a_n, with terms before it"""
    place = next(k for k, part in enumerate(node.parts) if part.kind == "dots")
    if place == 0 or place != len(node.parts) - 2 or signs[place] != "+" or signs[-1] != "+":
        raise ReadingError("an ellipsis in a sum", node.start, node.end, "first + … + last")
    last = node.parts[-1]
    start = place - 1
    while start > 0 and signs[start] == "+" and _differ_by_index(node.parts[start - 1], last):
        start -= 1
    name, general, low, high = _general(read, node.parts[start], last, node)
    for k, cell in enumerate(node.parts[start + 1 : place], start=(constant_value(low) or 0) + 1):
        _check_instance(cell, general, name, k)
    with read.binding(name, (low, high)):
        body = read.term(general)
    total = read.make("sum", body, data=(name, low, high))
    if signs[start] == "-":
        raise ReadingError("an ellipsis in a difference", node.start, node.end, "first + … + last")
    if start == 0:
        return total
    before = (
        node.parts[0]
        if start == 1 and signs[0] == "+"
        else replace(node, parts=node.parts[:start], text=" ".join(signs[:start]))
    )
    return read.make("add", read.term(before), total)


def _general(read: Elaboration, first: Node, last: Node, node: Node) -> tuple[str, Node, Linear, Linear]:
    """The index, the general cell, and the values of the index in the first and last."""
    taken = {part.text for cell in (first, last) for part in walk(cell) if part.kind == "name"} | set(read.bound)
    name = next((letter for letter in LETTERS if letter not in taken and read.meaning(letter) is None), "i°")
    ends: list[tuple[Node, Node]] = []
    general = _unify(_spread(first), _spread(last), name, ends)
    if general is None or not ends:
        raise ReadingError(
            "an ellipsis between terms that differ by more than an index",
            node.start,
            node.end,
            "terms that differ by one index",
        )
    forms = {(index_form(read, a), index_form(read, _as_limit(read, b))) for a, b in ends}
    if len(forms) != 1:
        raise ReadingError("an ellipsis with several indices", node.start, node.end, "one index that runs")
    low, high = forms.pop()
    return name, general, low, high


def _as_limit(read: Elaboration, node: Node) -> Node:
    bound_form(read, node)
    return node


def _spread(node: Node) -> Node:
    """Subscripts such as 11 and 1n in one form: products of single characters."""
    parts = tuple(_spread(part) for part in node.parts)
    node = replace(node, parts=parts) if parts != node.parts else node
    if node.kind == "script" and node.parts[1].kind == "script list" and len(node.parts[1].parts) == 1:
        only = node.parts[1].parts[0]
        if only.kind == "number" and len(only.text) == 2:
            digits = tuple(Node("number", (), d, only.start, only.end) for d in only.text)
            spread = replace(node.parts[1], parts=(Node("product", digits, "", only.start, only.end),))
            return replace(node, parts=(node.parts[0], spread, node.parts[2]))
    return node


def _unify(first: Node, last: Node, name: str, ends: list[tuple[Node, Node]]) -> Node | None:
    """The node of which both are instances; ends collects what the index is in each."""
    same = first.kind == last.kind and first.text == last.text and len(first.parts) == len(last.parts)
    if same and first.kind in ("name", "number") and not first.parts:
        return first
    if not same:
        limits = ("number", "name", "sum", "script")
        if first.kind == "number" and first.text.isdigit() and last.kind in limits:
            ends.append((first, last))
            return Node("name", (), name, first.start, first.end)
        return None
    parts: list[Node] = []
    for a, b in zip(first.parts, last.parts, strict=True):
        part = _unify(a, b, name, ends)
        if part is None:
            return None
        parts.append(part)
    return replace(first, parts=tuple(parts))


def _differ_by_index(cell: Node, last: Node) -> bool:
    ends: list[tuple[Node, Node]] = []
    return _unify(_spread(cell), _spread(last), "i", ends) is not None and bool(ends)


def _check_instance(cell: Node, general: Node, name: str, value: int) -> None:
    if cell.kind == "dots":
        return
    expected = _put(general, name, value)
    if _shape_of(_spread(cell)) != _shape_of(expected):
        raise ReadingError("an ellipsis whose terms do not follow one pattern", cell.start, cell.end, "the next term")


def _put(node: Node, name: str, value: int) -> Node:
    if node.kind == "name" and node.text == name:
        return replace(node, kind="number", text=str(value))
    return replace(node, parts=tuple(_put(part, name, value) for part in node.parts))


def _shape_of(node: Node) -> tuple[object, ...]:
    return (node.kind, node.text, *(_shape_of(part) for part in node.parts))
