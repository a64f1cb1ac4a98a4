"""The two channels do not contradict each other: what one refutes, the other does not prove."""

from __future__ import annotations

from random import Random

import pytest

from derivations import matrix_calculus
from tests.instantiation.false_claims import FALSE
from tests.instantiation.true_claims import TRUE
from verifier.identity import identities
from verifier.kernel.sequents import Sequent
from verifier.notation import latex
from verifier.proving import NotProved, find_proof

from .mutating import mutants
from .reference import holds

CLAIMS = [claim for identity in identities(matrix_calculus).values() for claim in identity.steps()]
BATCHES, BATCH = 8, 12


def is_proved(claim: Sequent) -> bool:
    try:
        find_proof(claim)
    except NotProved:
        return False
    return True


@pytest.mark.parametrize("name", FALSE)
def test_no_false_claim_is_proved(name: str) -> None:
    assert not is_proved(FALSE[name])


def test_many_true_claims_are_proved() -> None:
    assert sum(map(is_proved, TRUE.values())) >= len(TRUE) // 2


@pytest.mark.parametrize("batch", range(BATCHES))
def test_claims_changed_in_two_or_three_places_are_proved_only_if_true(batch: int) -> None:
    random = Random(batch)
    for _ in range(BATCH):
        claim = random.choice(CLAIMS)
        for _ in range(random.choice((2, 3))):
            claim = random.choice([changed for _, changed in mutants(claim)] or [claim])
        if is_proved(claim):
            assert holds(claim), latex(claim.conclusion)
