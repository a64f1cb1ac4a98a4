"""Finite laws: they have the moments that are asked for, exactly, and are independent where that is declared."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product
from math import prod

import pytest

from verifier.identity import identity
from verifier.instantiation import confirm, instantiate
from verifier.instantiation.averaging import are_independent
from verifier.instantiation.laws import Law, Unit, law_of
from verifier.instantiation.outcomes import NoModel
from verifier.kernel.sequents import Sequent
from verifier.language import equals, expectation, gaussian, independent, is_random, number, scalars, variance

KEY, OTHER = ("x", ()), ("y", ())
MEAN = [Fraction(1), Fraction(-2)]
COVARIANCE = [[Fraction(2), Fraction(1)], [Fraction(1), Fraction(3)]]
x, y, z, s, mu = scalars("x y z \\sigma \\mu")


def mean_of(law: Law, key: tuple[str, tuple[int, ...]], *places: int, about: list[Fraction] | None = None) -> Fraction:
    centre = about or [Fraction(0)] * 9
    pairs = zip(law.probabilities, law.members[key], strict=True)
    return sum((p * prod(v[k] - centre[k] for k in places) for p, v in pairs), Fraction(0))


@pytest.mark.parametrize(("seed", "normal"), list(product(range(8), (False, True))))
def test_a_law_has_its_mean_and_covariance(seed: int, normal: bool) -> None:
    law = law_of([Unit(KEY, (0, 1), MEAN, COVARIANCE, normal, 0)], {KEY: 2}, 4, seed)
    assert sum(law.probabilities) == 1
    assert min(law.probabilities) >= 0
    assert [mean_of(law, KEY, k) for k in range(2)] == MEAN
    found = [[mean_of(law, KEY, r, c, about=MEAN) for c in range(2)] for r in range(2)]
    assert found == COVARIANCE


@pytest.mark.parametrize("seed", range(6))
def test_a_gaussian_has_the_moments_of_a_gaussian(seed: int) -> None:
    """Isserlis: E a⁴ = 3 v², E a²b² = v w + 2 c², E a⁶ = 15 v³."""
    law = law_of([Unit(KEY, (0, 1), MEAN, COVARIANCE, True, 0)], {KEY: 2}, 5, seed)
    assert mean_of(law, KEY, 0, 0, 0, 0, about=MEAN) == 12
    assert mean_of(law, KEY, 0, 0, 1, 1, about=MEAN) == 8
    assert mean_of(law, KEY, 0, 0, 1, about=MEAN) == 0
    one = law_of([Unit(KEY, (0,), MEAN[:1], [[Fraction(2)]], True, 0)], {KEY: 1}, 6, seed)
    assert mean_of(one, KEY, *[0] * 6, about=MEAN) == 120


def test_two_laws_differ_in_what_is_not_declared() -> None:
    unit = Unit(KEY, (0,), MEAN[:1], [[Fraction(2)]], False, 0)
    fourth = {mean_of(law_of([unit], {KEY: 1}, 0, seed), KEY, 0, 0, 0, 0, about=MEAN) for seed in range(8)}
    third = {mean_of(law_of([unit], {KEY: 1}, 0, seed), KEY, 0, 0, 0, about=MEAN) for seed in range(8)}
    assert len(fourth) > 1
    assert len(third) > 1
    assert Fraction(12) not in fourth


@pytest.mark.parametrize("seed", range(8))
def test_groups_are_independent_and_members_of_one_group_may_not_be(seed: int) -> None:
    units = [Unit(key, (0,), [Fraction(0)], [[Fraction(1)]], False, group) for group, key in ((0, KEY), (1, OTHER))]
    sizes = {KEY: 1, OTHER: 1}
    apart = law_of(units, sizes, 0, seed)
    assert are_independent(apart.probabilities, list(apart.members.values()))
    together = law_of([replace(unit, group=0) for unit in units], sizes, 0, seed)
    assert are_independent(together.probabilities, list(together.members.values())) == (seed % 4 == 0)
    assert mean_of(together, KEY, 0, 0) == mean_of(together, OTHER, 0, 0) == 1


def test_a_covariance_that_is_none_has_no_law() -> None:
    for bad in (
        [[Fraction(1), Fraction(2)], [Fraction(2), Fraction(1)]],
        [[Fraction(1), Fraction(1)], [Fraction(0), Fraction(1)]],
    ):
        with pytest.raises(NoModel):
            law_of([Unit(KEY, (0, 1), MEAN, bad, False, 0)], {KEY: 2}, 0, 0)


def test_pairwise_independence_is_not_joint() -> None:
    """The three coordinates of (1, 1, 1), (1, -1, -1), (-1, 1, -1), (-1, -1, 1), each with probability 1/4."""
    outcomes = [(1, 1, 1), (1, -1, -1), (-1, 1, -1), (-1, -1, 1)]
    columns = [[(Fraction(o[k]),) for o in outcomes] for k in range(3)]
    quarter = [Fraction(1, 4)] * 4
    assert all(are_independent(quarter, [columns[a], columns[b]]) for a, b in ((0, 1), (0, 2), (1, 2)))
    assert not are_independent(quarter, columns)


# claims

RANDOM = [is_random(x), is_random(y)]


def claim(statement: object, *given: object) -> Sequent:
    return identity(statement, given=given).whole()  # type: ignore[arg-type]


def test_a_claim_about_a_gaussian_fails_for_the_second_law_where_only_two_moments_are_declared() -> None:
    moments = (equals(expectation(x), 0), equals(variance(x), s**2))
    fourth = equals(expectation(x**4), 3 * s**4)
    assert instantiate(claim(fourth, is_random(x), *moments)).counterexample is not None
    outcome = instantiate(claim(fourth, is_random(x), *moments, gaussian(x)))
    assert outcome.counterexample is None
    assert outcome.evidence.model_found


def test_a_gaussian_outside_of_polynomials_is_undecided() -> None:
    claims = (equals(expectation(1 / x), 1 / expectation(x)), equals(expectation(x**12), number(0)))
    for statement in claims:
        outcome = instantiate(claim(statement, is_random(x), gaussian(x)))
        assert outcome.counterexample is None
        assert "Gaussian" in outcome.undecidable


def test_a_counterexample_is_evaluated_again() -> None:
    sequent = claim(equals(variance(x + y), variance(x) + variance(y)), *RANDOM)
    found = instantiate(sequent).counterexample
    assert found is not None
    assert confirm(sequent, found) == found
    laws = dict(found.functions)
    weights = laws["probabilities"].split("; ")
    for bad in ("; ".join(["2", *weights[1:]]), "; ".join(["-1", *weights[1:]]), "; ".join(weights[1:])):
        assert confirm(sequent, replace(found, functions={**laws, "probabilities": bad})) is None


def test_a_law_that_is_not_as_declared_is_no_counterexample() -> None:
    """The law of a counterexample without independence does not refute the claim with it, nor that of a Gaussian."""
    statement = equals(variance(x + y), variance(x) + variance(y))
    found = instantiate(claim(statement, *RANDOM)).counterexample
    assert found is not None
    assert confirm(claim(statement, *RANDOM, independent(x, y)), found) is None
    moments = (equals(expectation(x), 0), equals(variance(x), s**2))
    fourth = equals(expectation(x**4), 3 * s**4)
    skew = instantiate(claim(fourth, is_random(x), *moments)).counterexample
    assert skew is not None
    assert confirm(claim(fourth, is_random(x), *moments, gaussian(x)), skew) is None
