"""What running text says of a symbol beside it: "let A be symmetric", "a positive definite matrix A"."""

from __future__ import annotations

import re

from verifier.kernel.heads import TermError
from verifier.kernel.shapes import ShapeError
from verifier.reading.declarations import Declared, Declarer
from verifier.reading.elaboration import NeedKind
from verifier.reading.names import plain_name
from verifier.reading.prose import FORMULA
from verifier.reading.syntax import Node, relations
from verifier.reading.tokens import ReadingError
from verifier.reading.vocabulary import SAYS_MORE, properties_in

AFTER = re.compile(r"^\s*,?\s*(?:(?:to )?be|is|are|being|denote[sd]?|which (?:is|are)|has|have|with)\b([^,;:.]*)")
BEFORE = re.compile(r"((?:\b[a-z]+(?:-[a-z]+)*[\s-]+){0,6})$")
LEADS = r"\b(?:let|assume|suppose|and|be|is|are|where|for|given|with|if|when|consider|then|that|has|have)\b"
NOUN = re.compile(r"\b(?:matrix|matrices|vectors?|scalars?|numbers?|constants?|reals?|functions?)\b")


def described_names(node: Node) -> list[Node]:
    """The symbols that a formula introduces or just mentions: A, or x and y of x, y ∈ ℝⁿ."""
    names: list[Node] = []
    for part in node.parts if node.kind == "list" else (node,):
        if part.kind == "chain" and relations(part)[0] == "\\in":
            names.append(part.parts[0])
        elif plain_name(part) is not None:
            names.append(part)
        elif part.kind not in ("separator", "text"):
            return []
    return names


def description(before: str, after: str) -> str:
    """The words beside a formula that may say what its symbols are."""
    first = after.split(FORMULA, maxsplit=1)[0].lower()
    follows = AFTER.match(first)
    leads = BEFORE.search(before.lower())
    lead = re.split(LEADS, leads.group(1))[-1] if leads else ""
    if NOUN.search(lead) is None and not any(properties_in(lead)[:2]):
        lead = ""
    return f"{lead} {follows.group(1) if follows else ''}".strip()


def take_in(into: Declared, declarer: Declarer, node: Node, words: str) -> bool:
    """Enter what the words say of the symbols. False if they say nothing that is known.

    Words that say something which is not understood leave the symbols unread.
    """
    names = described_names(node)
    properties, signs, rest = properties_in(words)
    if not names or not (properties or signs or SAYS_MORE.search(rest)):
        return False
    for name in names:
        try:
            declarer.described(into, name, words)
        except (ReadingError, ShapeError, TermError, NeedKind):
            declarer.not_understood(into, name)
    return True
