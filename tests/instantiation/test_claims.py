"""True claims are never refuted; false ones are, with a counterexample that stands up and is as small as can be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from verifier.instantiation import confirm, instantiate

from .false_claims import FALSE, MINIMAL
from .true_claims import TRUE

SEEDS = range(3)


def test_there_are_many_claims() -> None:
    assert len(TRUE) >= 60
    assert len(FALSE) >= 60
    assert len(MINIMAL) >= 40


@pytest.mark.parametrize("name", TRUE)
def test_true_claims_are_not_refuted(name: str) -> None:
    for seed in SEEDS:
        outcome = instantiate(TRUE[name], seed=seed)
        assert outcome.undecidable == ""
        assert outcome.counterexample is None
        assert outcome.evidence.model_found, outcome.evidence.reason
        assert outcome.evidence.models >= 6
        assert outcome.evidence.bound


@pytest.mark.parametrize("name", FALSE)
def test_false_claims_are_refuted(name: str) -> None:
    for seed in SEEDS:
        counterexample = instantiate(FALSE[name], seed=seed).counterexample
        assert counterexample is not None
        assert confirm(FALSE[name], counterexample)
        assert _entries(counterexample.values) <= 12


@pytest.mark.parametrize("name", MINIMAL)
def test_counterexamples_are_minimal(name: str) -> None:
    dimensions, values = MINIMAL[name]
    for seed in SEEDS:
        counterexample = instantiate(FALSE[name], seed=seed).counterexample
        assert counterexample is not None
        assert (counterexample.dimensions, counterexample.values) == (dimensions, values)


@pytest.mark.parametrize(
    ("name", "left", "right", "where"),
    [
        ("inverse of a sum", [["1/2"]], [["2"]], "entry (1, 1)"),
        ("sum of the first numbers", "3", "4", ""),
        ("every entry", "1/4", "1/2", "i = 1"),
        ("second part", "-1", "0", "part 2 of the conjunction"),
        ("negation", None, None, "what is denied holds"),
        ("idempotent is I or 0", None, None, "no part of the disjunction holds"),
        ("there is a zero entry", None, None, "it holds for no index"),
        ("product of symmetric matrices", None, None, "it is not symmetric"),
        ("step size, wrong bound", None, None, "the left side holds, the right side fails"),
    ],
)
def test_both_sides_are_shown(name: str, left: Any, right: Any, where: str) -> None:
    counterexample = instantiate(FALSE[name]).counterexample
    assert counterexample is not None
    assert counterexample.exact
    assert (counterexample.left, counterexample.right, counterexample.where) == (left, right, where)


def test_balls_are_shown_with_their_radius() -> None:
    counterexample = instantiate(FALSE["sine of the double"]).counterexample
    assert counterexample is not None
    assert not counterexample.exact
    assert counterexample.left == "0.90929742682568169540 ± 3.99e-21"


def test_functions_are_shown() -> None:
    counterexample = instantiate(FALSE["inner derivative missing"]).counterexample
    assert counterexample is not None
    assert counterexample.functions == {"g": "x"}


def _entries(values: Mapping[str, Any]) -> int:
    return sum(1 for value in values.values() for _ in _flat(value))


def _flat(value: Any) -> list[str]:
    return [entry for part in value for entry in _flat(part)] if isinstance(value, list) else [value]
