"""The parts of a formula as statements: lists taken apart, what is said of several names, labels left out."""

from __future__ import annotations

from dataclasses import replace

from verifier.reading.environment import Environment
from verifier.reading.governing import ORDERS
from verifier.reading.marks import base_and_marks, plain_name
from verifier.reading.syntax import Node, relations, walk
from verifier.reading.tokens import ReadingError

SILENT = ("text", "separator", "placeholder")
STATEMENTS = ("chain", "connective", "list", "quantifier")


def flattened(node: Node) -> list[Node]:
    """The parts of a formula, those of lists and boxes among them."""
    parts: list[Node] = []
    for part in node.parts:
        boxed = part.kind == "group" and part.text == "{" and part.parts and part.parts[0].kind in STATEMENTS
        parts += flattened(part) if part.kind == "list" or boxed else [part]
    return parts


def systems_apart(parts: list[Node]) -> list[Node]:
    """Equations below one another in a brace, each by itself."""
    apart: list[Node] = []
    for part in parts:
        if part.kind != "cases" or not is_system(part):
            apart.append(part)
            continue
        for row in part.parts:
            apart += [Node("separator", (), "newline", row.start, row.start), *flattened(row)]
    return apart


def is_system(cases: Node) -> bool:
    """Whether cases are equations or inequalities below one another, rather than values with conditions."""
    rows = [[part for part in flattened(row) if part.kind not in SILENT] for row in cases.parts]
    return all(len(row) == 1 and row[0].kind == "chain" for row in rows)


def distributed(parts: list[Node]) -> list[Node]:
    """a, b > 0 says a > 0 and b > 0."""
    items = [part for part in parts if part.kind not in SILENT]
    if len(items) < 2 or any(part.kind == "text" and part.text.strip() for part in parts):
        return parts
    *names, last = items
    if last.kind != "chain" or not is_spread(names, last):
        return parts
    return compared(names, last)


def is_spread(names: list[Node], chain: Node) -> bool:
    """Whether what a chain says of its first side it says of the names before it."""
    orders = ORDERS.issuperset(relations(chain)) and plain_name(base_and_marks(chain.parts[0])[0]) is not None
    return orders and all(plain_name(base_and_marks(name)[0]) is not None for name in names)


def compared(names: list[Node], chain: Node) -> list[Node]:
    """The chain for each of the names and itself. Raises ReadingError if it does not speak of them."""
    if names and not is_spread(names, chain):
        first = names[0]
        raise ReadingError("a symbol with nothing said of it", first.start, first.end, "∈, :=, a relation or words")
    return [*(replace(chain, parts=(name, *chain.parts[1:]), start=name.start) for name in names), chain]


def source_of(node: Node, source: str) -> str:
    """A node as it is written; of a, b > 0 what is said of a: a > 0."""
    text = source[node.start : node.end]
    if node.kind == "chain" and "," in source[node.parts[0].end : node.parts[1].start]:
        first, sign = node.parts[0], relations(node)[0]
        text = f"{source[first.start : first.end]} {sign} {source[node.parts[1].start : node.end]}"
    return " ".join(text.split())


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
