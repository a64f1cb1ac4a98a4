"""How the conditions of the tests are written: a true claim with neighbours that are false."""

from __future__ import annotations

from typing import NamedTuple

from verifier.expressions import Dimension, Statement
from verifier.identity import identity
from verifier.kernel.sequents import Sequent
from verifier.kernel.terms import Term
from verifier.language import Chain


class Condition(NamedTuple):
    """A true claim and near misses of it, each of them false somewhere."""

    claim: Sequent
    near_misses: tuple[Sequent, ...]


def of(claim: Sequent, *near_misses: Sequent) -> Condition:
    """The condition. Raises ValueError without a near miss, or if the claim is one of its own."""
    if not near_misses or claim in near_misses:
        raise ValueError(f"{claim.conclusion} needs neighbours that differ from it")
    return Condition(claim, near_misses)


def claim(conclusion: Statement | Chain, *given: Statement | Chain, each: tuple[Dimension, ...] = ()) -> Sequent:
    """hypotheses ⊢ conclusion, for every whole number ≥ 0 that ``each`` names."""
    return identity(conclusion, given=given, indices=dict.fromkeys(each, (0, None))).whole()


def entries(conclusion: Statement | Chain, i: Dimension, n: Dimension, *given: Statement) -> Sequent:
    """hypotheses ⊢ conclusion, for every i from 1 to n."""
    return identity(conclusion, given=given, indices={i: (1, n)}).whole()


def iff(left: Statement, right: Statement) -> Statement:
    """left ⟺ right"""
    return Statement(Term("iff", (left.term, right.term)))
