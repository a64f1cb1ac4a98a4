"""How far a Σ reaches where nothing but its index tells."""

from __future__ import annotations

from dataclasses import replace

from verifier.reading.elaboration import Elaboration
from verifier.reading.marks import base_and_marks
from verifier.reading.syntax import Node


def with_reach(read: Elaboration, node: Node, signs: list[str]) -> Node:
    """Σ_i a_i - b_i is Σ_i (a_i - b_i) where nothing else says what i is."""
    for k, part in enumerate(node.parts[:-1]):
        items = list(part.parts) if part.kind == "product" else [part]
        place = next((p for p, item in enumerate(items) if summed_index(item)), None)
        name = summed_index(items[place]) if place is not None else ""
        if (
            place is None
            or place + 1 >= len(items)
            or read.range_of(name) is not None
            or read.meaning(name) is not None
        ):
            continue
        last = max((m for m in range(k + 1, len(node.parts)) if holds_free(node.parts[m], name)), default=k)
        if last == k:
            continue
        body = product_of(items[place + 1 :])
        inner = Node(
            "sum", (body, *node.parts[k + 1 : last + 1]), " ".join(["+", *signs[k + 1 : last + 1]]), body.start
        )
        inner = replace(inner, end=node.parts[last].end)
        group = Node("group", (inner,), "(", inner.start, inner.end)
        whole = product_of([*items[: place + 1], group])
        parts = (*node.parts[:k], whole, *node.parts[last + 1 :])
        left = [*signs[: k + 1], *signs[last + 1 :]]
        return parts[0] if len(parts) == 1 and left == ["+"] else replace(node, parts=parts, text=" ".join(left))
    return node


def product_of(items: list[Node]) -> Node:
    """Items side by side as one node."""
    return items[0] if len(items) == 1 else Node("product", tuple(items), "", items[0].start, items[-1].end)


def summed_index(item: Node) -> str:
    """The index of a Σ that binds one."""
    base, marks = base_and_marks(item)
    if base.kind != "big" or base.text != "sum" or len(marks.subscript.parts) != 1:
        return ""
    side = first_side(marks.subscript.parts[0])
    return side.text if side.kind == "name" else ""


def holds_free(node: Node, name: str) -> bool:
    """Whether an index stands in a formula outside every Σ over it."""
    if node.kind == "name":
        return node.text == name
    items = node.parts
    if node.kind == "product":
        bound = next((k for k, item in enumerate(items) if _binds(item, name)), len(items))
        items = items[:bound]
    return any(holds_free(part, name) for part in items)


def _binds(item: Node, name: str) -> bool:
    """Whether a Σ, Π or the like binds an index."""
    base, marks = base_and_marks(item)
    sides = [first_side(part) for part in marks.subscript.parts] if base.kind == "big" else []
    return any(side.kind == "name" and side.text == name for side in sides)


def first_side(node: Node) -> Node:
    """The left side of a relation, or what stands alone."""
    return node.parts[0] if node.kind == "chain" else node
