"""The parts of a formula as statements: lists taken apart, what is said of several names, labels left out."""

from __future__ import annotations

from dataclasses import replace

from verifier.reading.environment import Environment
from verifier.reading.governing import ORDERS
from verifier.reading.marks import base_and_marks, plain_name
from verifier.reading.syntax import Node, relations, walk

SILENT = ("text", "separator", "placeholder")
STATEMENTS = ("chain", "connective", "list", "quantifier")


def flattened(node: Node) -> list[Node]:
    """The parts of a formula, those of lists and boxes among them."""
    parts: list[Node] = []
    for part in node.parts:
        boxed = part.kind == "group" and part.text == "{" and part.parts and part.parts[0].kind in STATEMENTS
        parts += flattened(part) if part.kind == "list" or boxed else [part]
    return parts


def distributed(parts: list[Node]) -> list[Node]:
    """a, b > 0 says a > 0 and b > 0."""
    items = [part for part in parts if part.kind not in SILENT]
    if len(items) < 2 or any(part.kind == "text" and part.text.strip() for part in parts):
        return parts
    *names, last = items
    if last.kind != "chain" or not ORDERS.issuperset(relations(last)) or plain_name(last.parts[0]) is None:
        return parts
    if any(plain_name(base_and_marks(name)[0]) is None or name.kind == "chain" for name in names):
        return parts
    return [*(replace(last, parts=(name, *last.parts[1:]), start=name.start) for name in names), last]


def without_membership(node: Node) -> Node:
    """a = b ∈ R^n says a = b."""
    signs = relations(node)
    if signs and signs[-1] in ("\\in", "\\notin", "\\subset") and len(signs) > 1:
        return replace(node, parts=node.parts[:-1], text="\n".join(signs[:-1]))
    return node


def without_label(node: Node, environment: Environment) -> Node:
    """(ii) w > 0 is w > 0: roman numerals in brackets at the start are a label."""
    first = node.parts[0] if node.kind == "chain" else node
    if first.kind != "product" or first.parts[0].kind != "group" or first.parts[0].text != "(":
        return node
    letters = "".join(p.text for p in walk(first.parts[0]) if p.kind == "name")
    if letters not in ("i", "ii", "iii", "iv", "vi", "vii") or environment.find("i") is not None:
        return node
    rest = first.parts[1:]
    side = rest[0] if len(rest) == 1 else replace(first, parts=rest, start=rest[0].start)
    return replace(node, parts=(side, *node.parts[1:])) if node.kind == "chain" else side
