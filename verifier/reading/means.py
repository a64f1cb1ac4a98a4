"""Means in words: "x and y have mean m", "both have an expectation value of m"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from verifier.reading.grammar import parse
from verifier.reading.prose import FORMULA, Sentence
from verifier.reading.syntax import Node

SAYS = (
    r"(?:each\s+|both\s+)?(?:have|has)\s+(?:an?\s+|the\s+)?(?:same\s+)?(?:expectation|expected|mean)(?:\s+value)?"
    r"\s*(?:of|equal\s+to)?"
)
BEFORE_VALUE = re.compile(rf"(?P<names>{FORMULA}(?:\s*(?:,|,?\s*and)\s*{FORMULA})?)\s+{SAYS}\s*$")
GIVEN = re.compile(r"\b(?:assume|suppose|let|where|with|if|given|know|known|recall)\b")
AFTER_NAME = re.compile(rf"^\s*(?:(?:,|,?\s*and)\s*{FORMULA}\s+)?{SAYS}\s*{FORMULA}")


def has_mean(sentence: Sentence) -> bool:
    """Whether the words after a formula say what its mean is, in another formula."""
    return AFTER_NAME.match(sentence.later.lower()) is not None


def is_known(sentence: Sentence) -> bool:
    """Whether what a sentence says is known or supposed, rather than claimed or denied."""
    return GIVEN.search(sentence.words.lower()) is not None and not sentence.denies()


def means_said(sentence: Sentence, earlier: Sequence[Node], node: Node, source: str) -> list[Node]:
    """E[x] = m for the x before, at the formula m of "x has mean m"; none of anything else."""
    words = sentence.words.lower()
    found = BEFORE_VALUE.search(words) if is_known(sentence) else None
    count = 0 if found is None else found["names"].count(FORMULA)
    if not count or len(earlier) < count or len(node.parts) != 1:
        return []
    value = source[node.start : node.end]
    return [parse(rf"\mathbb{{E}}[{source[x.start : x.end]}] = {value}", 0, {}).parts[0] for x in earlier[-count:]]


__all__ = ["has_mean", "is_known", "means_said"]
