"""Noncommutative matrix algebra from the literature: what is proved for every size, and near misses that are not."""

from __future__ import annotations

import pytest

from tests.proving.literature import TRUE
from tests.proving.near_misses import FALSE, RARE
from verifier.instantiation import instantiate
from verifier.kernel.theorems import prove
from verifier.proving import NotProved, find_proof


@pytest.mark.parametrize("name", TRUE)
def test_proved_under_all_of_its_hypotheses(name: str) -> None:
    for claim in TRUE[name].steps():
        theorem = find_proof(claim)
        assert prove(claim, theorem.certificate).sequent == claim
        assert set(theorem.hypotheses) == set(claim.hypotheses)


@pytest.mark.parametrize("name", TRUE)
def test_true_of_matrices(name: str) -> None:
    for claim in TRUE[name].steps():
        outcome = instantiate(claim, small=name in RARE)
        assert outcome.counterexample is None
        assert outcome.evidence.model_found


@pytest.mark.parametrize("name", FALSE)
def test_a_near_miss_is_not_proved(name: str) -> None:
    for claim in FALSE[name].steps():
        with pytest.raises(NotProved):
            find_proof(claim)


@pytest.mark.parametrize("name", FALSE)
def test_a_near_miss_has_a_counterexample(name: str) -> None:
    small = name in RARE
    assert any(instantiate(claim, small=small).counterexample is not None for claim in FALSE[name].steps())


def test_there_are_many() -> None:
    assert len(TRUE) >= 60
    assert len(FALSE) >= 30
