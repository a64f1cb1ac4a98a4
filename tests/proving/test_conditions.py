"""Conditions from texts on optimisation: the true ones are proved, and their near misses refuted and not proved."""

from __future__ import annotations

import pytest

from tests.proving.conditions import CONDITIONS, FALSE, TOPICS, TRUE
from tests.proving.conditions_not_yet import NOT_YET
from verifier.instantiation import confirm, instantiate
from verifier.kernel.theorems import prove
from verifier.proving import NotProved, find_proof

NOT_PROVED_YET = pytest.mark.xfail(raises=NotProved, strict=True, reason="no engine proves it yet")
CLAIMS = [pytest.param(name, marks=[NOT_PROVED_YET] if name in NOT_YET else []) for name in TRUE]


@pytest.mark.parametrize("name", CLAIMS)
def test_a_condition_is_proved(name: str) -> None:
    claim = TRUE[name]
    theorem = find_proof(claim)
    assert prove(claim, theorem.certificate).sequent == claim
    assert set(theorem.hypotheses) <= set(claim.hypotheses)


@pytest.mark.parametrize("name", TRUE)
def test_a_condition_holds_in_models(name: str) -> None:
    outcome = instantiate(TRUE[name])
    assert outcome.undecidable == ""
    assert outcome.counterexample is None
    assert outcome.evidence.model_found
    assert outcome.evidence.models >= 6


@pytest.mark.parametrize("name", FALSE)
def test_a_near_miss_is_not_proved(name: str) -> None:
    with pytest.raises(NotProved):
        find_proof(FALSE[name])


@pytest.mark.parametrize("name", FALSE)
def test_a_near_miss_has_a_counterexample(name: str) -> None:
    found = instantiate(FALSE[name]).counterexample
    assert found is not None
    assert confirm(FALSE[name], found)


def test_there_are_many_of_every_topic() -> None:
    assert len(TRUE) >= 80
    assert len(TRUE) == sum(map(len, TOPICS.values()))
    assert all(len(topic) >= 10 for topic in TOPICS.values())
    assert len(set(TRUE.values())) == len(TRUE)
    assert not set(TRUE.values()) & set(FALSE.values())


def test_what_is_not_proved_yet_is_named_as_it_is() -> None:
    assert CONDITIONS.keys() >= NOT_YET
