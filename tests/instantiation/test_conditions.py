"""Systems of conditions on numbers: models of them are found, and claims that are nearly true are refuted in one."""

from __future__ import annotations

import pytest

from verifier.instantiation import confirm, instantiate

from .condition_claims import FALSE, TRUE

SEEDS = range(2)


def test_there_are_many_claims() -> None:
    assert len(TRUE) >= 60
    assert len(FALSE) >= 60


@pytest.mark.parametrize("name", TRUE)
def test_true_claims_are_not_refuted(name: str) -> None:
    for seed in SEEDS:
        outcome = instantiate(TRUE[name], seed=seed, small=True)
        assert outcome.undecidable == ""
        assert outcome.counterexample is None
        assert outcome.evidence.model_found, outcome.evidence.reason


@pytest.mark.parametrize("name", FALSE)
def test_false_claims_are_refuted(name: str) -> None:
    sequent, smallest = FALSE[name]
    for seed in SEEDS:
        counterexample = instantiate(sequent, seed=seed).counterexample
        assert counterexample is not None
        assert confirm(sequent, counterexample)
        assert smallest is None or counterexample.values == smallest


def test_outcomes_are_the_same_each_time() -> None:
    for name in ("momentum, thin", "thinner strip", "circle, thin", "2×2 definite, thin"):
        sequent, _ = FALSE[name]
        assert instantiate(sequent) == instantiate(sequent)
