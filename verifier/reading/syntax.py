"""The structure of a formula as it is written, before anybody knows what its letters are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import TypeVar


@dataclass(frozen=True, slots=True)
class Node:
    """A kind, parts, a text that belongs to the kind, and the place in the source.

    kinds: number, name (text: plain name), word (a function or label written in letters), text (words in a formula),
    dots, partial, differential, nabla, infinity, big (Σ Π ∫ lim max argmin …), placeholder;
    product (items as written, operators between them as ``operator`` nodes), sum (text: one sign for each part),
    fraction, root, script (base, subscript, superscript; absent ones are ``empty``; text: primes), accent,
    group (text: bracket; items with ``separator`` nodes), absolute, norm, matrix (text: rows×columns), cases, brace
    (body, label), bar (body, subscript, superscript: evaluated at), quantifier, unreadable (its fault),
    chain (sides; text: relations, one a line), connective (two statements; text: implies or iff), list (statements).
    """

    kind: str
    parts: tuple[Node, ...] = ()
    text: str = ""
    start: int = 0
    end: int = 0


EMPTY = Node("empty")
REMEMBERED = 50_000
Value = TypeVar("Value")


def of_node(function: Callable[[Node], Value]) -> Callable[[Node], Value]:
    """The function, with what it said of a node remembered: of that very node, which is kept and compared by ``is``."""
    known: dict[int, tuple[Node, Value]] = {}

    @wraps(function)
    def remembered(node: Node) -> Value:
        found = known.get(id(node))
        if found is not None and found[0] is node:
            return found[1]
        if len(known) >= REMEMBERED:
            known.clear()
        value = function(node)
        known[id(node)] = node, value
        return value

    return remembered


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it."""
    stack = [node]
    while stack:
        here = stack.pop()
        yield here
        stack.extend(reversed(here.parts))


def relations(chain: Node) -> list[str]:
    """The relations of a chain."""
    return chain.text.split("\n")
