"""Claims whose truth is known: each true one is proved, each near miss refuted."""

from __future__ import annotations

import pytest

from tests.proving import claims_of_given_variables, claims_of_logarithms, claims_of_recurrences, claims_with_entries
from tests.proving.claims_of_given_variables import c, d, p
from tests.proving.deciding import is_found_false, is_found_true
from verifier.identity import Identity, identity
from verifier.language import equals, not_equal
from verifier.proving import find_proof

SUBJECTS = {
    "entries": claims_with_entries,
    "given variables": claims_of_given_variables,
    "logarithms": claims_of_logarithms,
    "recurrences": claims_of_recurrences,
}
TRUE = [pytest.param(m, id=f"{s}: {n}") for s, subject in SUBJECTS.items() for n, m in subject.TRUE.items()]
FALSE = [pytest.param(m, id=f"{s}: {n}") for s, subject in SUBJECTS.items() for n, m in subject.FALSE.items()]


@pytest.mark.parametrize("made", TRUE)
def test_it_is_proved(made: Identity) -> None:
    is_found_true(made)


@pytest.mark.parametrize("made", FALSE)
def test_a_near_miss_is_refuted_and_not_proved(made: Identity) -> None:
    is_found_false(made)


def test_a_side_condition_that_follows_is_not_listed_beside_one_that_does_not() -> None:
    """That c = 1/p is defined is no proof of p ≠ 0."""
    (claim,) = identity(equals(c * p * d / d, 1), given=[equals(c, 1 / p), d >= 1]).steps()
    assert find_proof(claim).side_conditions == (not_equal(p, 0).term,)
