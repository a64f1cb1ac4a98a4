"""Truth in a model: known to hold, known to fail, or neither, where balls overlap or a float is NaN."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple


class Truth(NamedTuple):
    """Two truth values (or, for a batch, two arrays of them) of which at most one is true."""

    holds: Any
    fails: Any

    def negated(self) -> Truth:
        """¬ φ"""
        return Truth(self.fails, self.holds)


TRUE = Truth(True, False)
FALSE = Truth(False, True)
UNKNOWN = Truth(False, False)


def known(value: bool) -> Truth:
    """The truth of something decided."""
    return TRUE if value else FALSE


def conjunction(parts: Iterable[Truth]) -> Truth:
    """φ ∧ ψ ∧ …"""
    result = TRUE
    for part in parts:
        if part is not TRUE:
            result = Truth(result.holds & part.holds, result.fails | part.fails)
    return result


def disjunction(parts: Iterable[Truth]) -> Truth:
    """φ ∨ ψ ∨ …"""
    return conjunction(part.negated() for part in parts).negated()
