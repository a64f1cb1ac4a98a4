"""Letters that grow in a limit and stand in exponents alone: t in lim_{t → ∞} aᵗ."""

from __future__ import annotations

import re
from collections.abc import Iterable

from verifier.reading.syntax import Node, walk

TOWARDS = re.compile(r"\s*\{?\s*([A-Za-z])\s*\\(?:to|rightarrow|longrightarrow)\s*\+?\s*\\infty\s*\}?\s*")


def towards_infinity(text: str) -> str | None:
    """t in t \\to \\infty."""
    found = TOWARDS.fullmatch(text)
    return None if found is None else found.group(1)


def only_counts(letter: str, nodes: Iterable[Node]) -> bool:
    """Whether a letter stands in the nodes, and only in exponents such as t, 2 t and t + 1."""
    parts = [part for node in nodes for part in walk(node)]
    everywhere = sum(_is_letter(part, letter) for part in parts)
    exponents = [part.parts[2] for part in parts if part.kind == "script"]
    counting = sum(_is_letter(part, letter) for e in exponents if _is_linear(e) for part in walk(e))
    return 0 < everywhere == counting


def _is_letter(node: Node, letter: str) -> bool:
    return node.kind == "name" and node.text == letter


def _is_linear(exponent: Node) -> bool:
    """Whether an exponent is made of letters and whole numbers, their products and sums."""
    return all(
        part.kind in ("name", "product", "sum", "group", "list", "script list")
        or (part.kind == "number" and part.text.isdigit())
        for part in walk(exponent)
    )
