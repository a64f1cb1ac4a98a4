"""What x ∈ … says: shapes ℝ, ℝⁿ, ℝ^{m×n}; ranges ℕ, {1, …, n}; intervals; ℤ; O(n), 𝕊ⁿ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from verifier.kernel.linear import ONE, Linear, constant
from verifier.kernel.shapes import SCALAR, column, rectangle
from verifier.reading.elaboration import Elaboration
from verifier.reading.environment import Meaning
from verifier.reading.indices import index_form
from verifier.reading.marks import Marks, base_and_marks, plain_name, rendered
from verifier.reading.syntax import EMPTY, Node
from verifier.reading.tokens import ReadingError

REALS = ("bb(R)", "R", "reals")
BOUNDS: Mapping[str, str] = {
    ">0": "greater",
    "++": "greater",
    "\\geq0": "greater_equal",
    "\\ge0": "greater_equal",
    "\\geqslant0": "greater_equal",
    "<0": "less",
    "\\leq0": "less_equal",
    "\\le0": "less_equal",
    "\\neq0": "not_equal",
    "\\ne0": "not_equal",
}


@dataclass(frozen=True, slots=True)
class Space:
    """A set as a declaration: the meaning of its members, properties, and bounds: a head and a node, None for 0."""

    meaning: Meaning
    properties: tuple[str, ...] = ()
    bounds: tuple[tuple[str, Node | None], ...] = ()


def space_of(read: Elaboration, source: str, node: Node) -> Space:
    """The set that a node stands for. Raises ReadingError for one that is not known."""
    base, marks = base_and_marks(node)
    name = plain_name(base)
    if name in REALS:
        return _reals(read, source, node, marks)
    if name in ("bb(N)", "N"):
        return Space(Meaning("", "index", range=(_least_natural(source, node, marks), None)))
    if name in ("bb(Z)", "Z"):
        return _integers(source, node, marks)
    if name == "bb(S)":
        return _symmetric(read, source, node, marks)
    if node.kind == "product" and len(node.parts) == 2 and plain_name(node.parts[0]) == "O":
        size = size_of(read, node.parts[1])
        return Space(Meaning("", shape=rectangle(size, size)), ("orthogonal",))
    if node.kind == "group" and node.text == "lbrace":
        return _listed(read, node)
    if node.kind == "group" and node.text in ("(", "["):
        return _interval(source, node)
    raise unknown_set(node)


def unknown_set(node: Node) -> ReadingError:
    """The error for a set that is not in the table."""
    expected = "\\mathbb{R}, \\mathbb{R}^n, \\mathbb{R}^{m \\times n}, an interval, \\mathbb{N}, \\mathbb{Z}"
    return ReadingError("a set that is not known", node.start, node.end, expected)


def size_of(read: Elaboration, node: Node) -> Linear:
    """A dimension: n, N - d, 3; a new name becomes one."""
    for part in (node, *node.parts, *(p for q in node.parts for p in q.parts)):
        name = plain_name(part)
        if name is not None and read.range_of(name) is None and read.meaning(name) is None:
            read.kinds = {**read.kinds, name: "dimension"}
    return index_form(read, node)


def _below(source: str, marks: Marks) -> str:
    """What stands below a set, without spaces and braces: >0, ++."""
    text = source[marks.subscript.start : marks.subscript.end] if marks.subscript is not EMPTY else ""
    return "".join(text.split()).strip("{}")


def _reals(read: Elaboration, source: str, node: Node, marks: Marks) -> Space:
    below = _below(source, marks)
    if (below and below not in BOUNDS) or marks.star or marks.primes or len(marks.actions) > 1:
        raise ReadingError(
            "ℝ with this mark", node.start, node.end, "\\mathbb{R}_{>0}, \\mathbb{R}_{\\geq 0}, or x > 0"
        )
    bounds = ((BOUNDS[below], None),) if below else ()
    above = marks.actions[0] if marks.actions else marks.iteration
    if above is EMPTY:
        return Space(Meaning("", shape=column(ONE)), (), bounds)
    if rendered(above) in ("+", "++"):
        raise ReadingError(
            "ℝ with this mark", node.start, node.end, "\\mathbb{R}_{>0}, \\mathbb{R}_{\\geq 0}, or x > 0"
        )
    sizes = [size_of(read, axis) for axis in _axes(above)]
    if len(sizes) > 2:
        raise ReadingError("an array of three axes", node.start, node.end, "\\mathbb{R}^{m \\times n}")
    shape = column(sizes[0]) if len(sizes) == 1 else rectangle(*sizes)
    if bounds and shape != SCALAR:
        raise ReadingError("bounds on every entry", node.start, node.end, "x_i > 0")
    return Space(Meaning("", shape=shape), (), bounds)


def _least_natural(source: str, node: Node, marks: Marks) -> Linear:
    below = _below(source, marks)
    above = rendered(marks.actions[0]) if marks.actions else ""
    if below in ("", "0", "\\geq0", "\\ge0") and not above:
        return constant(0)
    if below in (">0", "+", "\\geq1", "\\ge1", "1") or (not below and above in ("+", "*")) or marks.star == "*":
        return constant(1)
    raise unknown_set(node)


def _integers(source: str, node: Node, marks: Marks) -> Space:
    below = _below(source, marks)
    if below in (">0", "\\geq1", "\\ge1"):
        return Space(Meaning("", "index", range=(constant(1), None)))
    if below in ("\\geq0", "\\ge0"):
        return Space(Meaning("", "index", range=(constant(0), None)))
    if below or marks.actions or marks.star:
        raise unknown_set(node)
    return Space(Meaning("", shape=SCALAR), ("integer",))


def _symmetric(read: Elaboration, source: str, node: Node, marks: Marks) -> Space:
    prop = {"": "symmetric", "+": "positive_semidefinite", "++": "positive_definite"}.get(_below(source, marks))
    above = marks.actions[0] if marks.actions else marks.iteration
    if prop is None or above is EMPTY:
        raise unknown_set(node)
    (size, *more) = [size_of(read, axis) for axis in _axes(above)]
    if more and more != [size]:
        raise unknown_set(node)
    return Space(Meaning("", shape=rectangle(size, size)), (prop,))


def _listed(read: Elaboration, node: Node) -> Space:
    """{1, …, n}"""
    parts = [p for p in node.parts if p.kind != "separator"]
    dots = [k for k, p in enumerate(parts) if p.kind == "dots"]
    if len(dots) != 1 or dots[0] == 0 or dots[0] < len(parts) - 2:
        raise unknown_set(node)
    last = size_of(read, parts[-1]) if dots[0] == len(parts) - 2 else None
    return Space(Meaning("", "index", range=(size_of(read, parts[0]), last)))


def _interval(source: str, node: Node) -> Space:
    """(0, 1], [a, ∞)"""
    ends = [p for p in node.parts if p.kind != "separator"]
    closing = source[node.end - 1 : node.end]
    if len(ends) != 2 or closing not in (")", "]"):
        raise unknown_set(node)
    low, high = ends
    bounds: list[tuple[str, Node | None]] = []
    if not _is_infinite(low):
        bounds.append(("greater" if node.text == "(" else "greater_equal", low))
    if not _is_infinite(high):
        bounds.append(("less" if closing == ")" else "less_equal", high))
    return Space(Meaning("", shape=SCALAR), (), tuple(bounds))


def _is_infinite(node: Node) -> bool:
    return node.kind == "infinity" or (node.kind == "sum" and all(p.kind == "infinity" for p in node.parts))


def _axes(script: Node) -> list[Node]:
    """n × d, (n x d), n"""
    only = script.parts[0] if len(script.parts) == 1 else script
    while only.kind == "group" and len(only.parts) == 1 and only.parts[0].kind != "sum":
        only = only.parts[0]
    if only.kind == "product":
        parts = [p for p in only.parts if not (p.kind == "operator" and p.text == "times")]
        if len(parts) == 3 and plain_name(parts[1]) == "x":
            parts = [parts[0], parts[2]]
        if len(parts) < len(only.parts):
            return parts
    return [only]
