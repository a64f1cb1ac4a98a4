"""Subscripts as indices: i, t + 1, 3, and what looks like one."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.kernel.linear import Linear, constant, minus, plus, times, variable
from verifier.reading.elaboration import Elaboration, Misread
from verifier.reading.marks import plain_name, rendered
from verifier.reading.syntax import Node, walk
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
    raise Misread("this is no index", node.start, node.end, "an index such as i, t + 1 or 3")


def _index_name(read: Elaboration, node: Node) -> str:
    name = rendered(node)
    if name is None:
        raise Misread("this is no index", node.start, node.end, "an index such as i, t + 1 or 3")
    inside = {part.text for part in walk(node) if part.kind == "name"} - {name}
    if node.kind == "script" and inside & (read.bound.keys() | read.free.keys()):
        raise Misread("an index that depends on an index", node.start, node.end, "an index such as i, t + 1 or 3")
    meaning = read.meaning(name)
    if read.range_of(name) is None and not (meaning is not None and meaning.kind == "dimension"):
        if name in read.environment.dimension_names or read.assumed(name) == "dimension":
            return name
        if meaning is not None and meaning.kind != "index":
            raise ReadingError(f"{name} is no index", node.start, node.end, "an index")
        read.new_index(name)
    return name


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
            return all(p.kind in ("separator", "colon") or looks_like_index(read, p) for p in node.parts)
        case "colon":
            return True
    return False


def bound_form(read: Elaboration, node: Node) -> Linear:
    """A limit of a sum: a number, a dimension, an index in force. A new name there is a dimension."""
    for part in _leaves(node):
        name = plain_name(part)
        known = name is None or read.range_of(name) is not None or read.meaning(name) is not None
        if known or name is None or name in read.environment.dimension_names:
            continue
        if read.kind(name) not in ("dimension", "index"):
            raise Misread(f"{name} as a limit of a sum", part.start, part.end, "a dimension")
    return index_form(read, node)


def _leaves(node: Node) -> Iterator[Node]:
    if node.kind in ("sum", "product", "group", "script list"):
        for part in node.parts:
            yield from _leaves(part)
    else:
        yield node
