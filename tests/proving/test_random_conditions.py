"""Random conditions, and true ones with something changed: whatever is proved holds at every point that is tried."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest

from tests.proving.at_points import fault
from tests.proving.conditions import TRUE
from tests.proving.random_conditions import Maker
from verifier.kernel.sequents import Sequent
from verifier.kernel.terms import Term
from verifier.kernel.theorems import Theorem
from verifier.proving import NotProved, find_proof

COUNT = 40
WORK = 20_000
POINTS = 120


def found(claim: Sequent) -> Theorem | None:
    """The theorem, if it is found with little work."""
    try:
        return find_proof(claim, work=WORK)
    except NotProved:
        return None


def check(claims: Iterator[Sequent], random: Random) -> int:
    """How many claims are proved; each of them holds wherever its side conditions do."""
    proved = 0
    for claim in claims:
        theorem = found(claim)
        if theorem is not None:
            proved += 1
            assert fault(claim, theorem.side_conditions, random, POINTS) is None, claim
    return proved


@pytest.mark.parametrize("seed", range(4))
def test_what_is_proved_holds_at_points(seed: int) -> None:
    make = Maker(seed)
    assert check((make.claim() for _ in range(COUNT)), Random(seed)) >= COUNT // 10


def test_what_is_true_but_for_a_change_is_proved_only_if_it_holds() -> None:
    """A constant, a relation or an operation of a true condition is changed, or a hypothesis is left out."""
    random = Random(5)
    names = random.sample([name for name in sorted(TRUE) if is_evaluated(TRUE[name])], 40)
    check((changed(TRUE[name], seed) for seed, name in enumerate(names)), random)


def changed(claim: Sequent, seed: int) -> Sequent:
    """The claim with one thing changed; as it is, where the change would not be a claim."""
    make = Maker(seed)
    for _ in range(20):
        try:
            conclusion, given = make.changed(claim.conclusion, claim.hypotheses)
            other = Sequent(conclusion, given, (), claim.indices)
        except Exception:  # noqa: S112
            continue
        if other != claim:
            return other
    return claim


def is_evaluated(claim: Sequent) -> bool:
    """Whether the points of these tests decide the claim: numbers and columns, no definitions."""
    if claim.definitions:
        return False
    try:
        return fault(claim, (), Random(0), 20) is None
    except (NotImplementedError, KeyError, TypeError, AttributeError, ValueError, IndexError):
        return False


# what was proved, and is false


def test_the_points_find_what_is_false() -> None:
    random = Random(1)
    a, b = (Term("symbol", (), (name, TRUE_SHAPE, ())) for name in "ab")
    for head, left, right in (("less", a, b), ("less", a, a), ("equal", a, b), ("not_equal", a, b)):
        assert fault(Sequent(Term(head, (left, right))), (), random, 50) is not None
    quotient = Term("divide", (a, b))
    assert fault(Sequent(Term("equal", (quotient, quotient))), (), random, 50) == (
        "undefined",
        {"a": 0, "b": 0, "n": 1},
    )
    assert fault(Sequent(Term("equal", (a, a))), (), random, 50) is None


TRUE_SHAPE = Term("index", (), ((("", 1),),)).space()
