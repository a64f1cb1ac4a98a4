"""Attacks on models with random symbols: hypotheses that no law satisfies have no model."""

from __future__ import annotations

import pytest

from tests.kernel.building import N, add, mul, num, power, sub, sym
from tests.kernel.test_moments import T, cov, declared, equal, mean, member, random, var
from verifier.instantiation import instantiate
from verifier.kernel.linear import ONE, Linear, constant, plus, variable
from verifier.kernel.sequents import Sequent
from verifier.kernel.terms import Term

S, ZERO = variable("s"), constant(0)
FIRST, SEVENTH = member("x", ONE), member("x", constant(7))
PAIR = member("x", S), member("x")


def for_all(name: str, low: Linear, body: Term) -> Term:
    return Term("for_all", (body,), (name, low, None))


def from_zero(body: Term) -> Term:
    return for_all("t", ZERO, body)


def of_every(body: Term) -> Term:
    return for_all("t", ONE, body)


def of_every_pair(body: Term) -> Term:
    return for_all("s", ONE, for_all("t", plus(S, ONE), body))


IS_RANDOM = of_every(random(member("x"))[0])
CONTRADICTORY = {
    "a member beyond the first few": (of_every(equal(mean(member("x")), num(1))), equal(mean(SEVENTH), num(2))),
    "two numbers that are never apart": (
        of_every(equal(power(member("x"), 2), num(1))),
        of_every_pair(equal(mul(*PAIR), num(-1))),
    ),
    "all correlations are -1/4, which five numbers may have": (
        of_every(equal(var(member("x")), num(1))),
        of_every_pair(equal(cov(*PAIR), num("-1/4"))),
    ),
}


@pytest.mark.parametrize("name", CONTRADICTORY)
def test_what_no_law_satisfies_has_no_model(name: str) -> None:
    sequent = Sequent(equal(mean(FIRST), mean(FIRST)), (IS_RANDOM, *CONTRADICTORY[name]), dimensions=(N,))
    assert not instantiate(sequent, seed=0, samples=4).evidence.model_found


def test_what_is_said_of_all_members_is_said_of_those_in_the_claim() -> None:
    hypotheses = (IS_RANDOM, of_every(equal(mean(member("x")), num(1))))
    sequent = Sequent(equal(mean(SEVENTH), num(1)), hypotheses, dimensions=(N,))
    outcome = instantiate(sequent, seed=0, samples=4)
    assert outcome.evidence.model_found
    assert outcome.counterexample is None


def test_independent_members_have_a_model() -> None:
    hypotheses = (IS_RANDOM, of_every(declared("independent_members", member("x"))))
    sequent = Sequent(equal(cov(FIRST, member("x", constant(2))), num(0)), hypotheses, dimensions=(N,))
    assert instantiate(sequent, seed=0, samples=4).evidence.model_found


U, W, CUBIC = sym("u"), sym("w"), sub(power(sym("u"), 3), mul(num(4), sym("u")))
MADE = {
    "what an equation gives is 0": (equal(W, CUBIC), equal(W, num(0))),
    "two equations give one symbol": (equal(W, CUBIC), equal(W, mul(num(2), CUBIC))),
    "a constant is a function of it": (equal(sym("c"), CUBIC),),
    "it is what itself is not": (equal(U, power(U, 3)),),
}


@pytest.mark.parametrize("name", MADE)
def test_a_gaussian_has_not_the_outcomes_of_the_law_that_stands_for_it(name: str) -> None:
    """A finite law with the moments of a Gaussian may satisfy equations of outcomes that no Gaussian satisfies."""
    said = declared("gaussian", U), equal(mean(U), num(0)), equal(var(U), num(1)), *MADE[name]
    hypotheses = (*random(U, W), *said)
    for seed in range(4):
        outcome = instantiate(Sequent(equal(mean(power(U, 2)), num(2)), hypotheses, dimensions=(N,)), seed=seed)
        assert outcome.counterexample is None
        assert not outcome.evidence.model_found


def test_what_is_made_of_a_gaussian_has_a_model() -> None:
    said = declared("gaussian", U), equal(mean(U), num(0)), equal(var(U), num(1)), equal(W, CUBIC)
    hypotheses = (*random(U, W), *said)
    assert instantiate(Sequent(equal(mean(W), num(0)), hypotheses, dimensions=(N,)), seed=0).evidence.model_found


V = sym("v")
IID = (*random(U, V, W), *(declared("gaussian", one) for one in (U, V)), Term("independent", (U, V), ((1, 1),)))
STANDARD = tuple(equal(moment, value) for one in (U, V) for moment, value in ((mean(one), num(0)), (var(one), num(1))))


def test_what_a_law_makes_independent_by_chance_is_not_so() -> None:
    """u³ - 4u is 0 on the law of three values, and independent of u there: of no Gaussian."""
    said = equal(W, CUBIC), Term("independent", (W, U), ((1, 1),))
    hypotheses = (*IID, *STANDARD, *said)
    for seed in range(4):
        outcome = instantiate(Sequent(equal(mean(power(U, 2)), num(2)), hypotheses, dimensions=(N,)), seed=seed)
        assert outcome.counterexample is None
        assert not outcome.evidence.model_found


def test_that_sum_and_difference_are_independent_is_not_refuted() -> None:
    plus_and_minus = (equal(W, add(U, V)), equal(sym("d"), sub(U, V)))
    claim = Term("independent", (W, sym("d")), ((1, 1),))
    outcome = instantiate(Sequent(claim, (*IID, *random(sym("d")), *STANDARD, *plus_and_minus), dimensions=(N,)))
    assert outcome.counterexample is None


def test_all_moments_of_what_follows_a_recurrence_are_those_of_a_gaussian() -> None:
    """w₁ = u₀² w₀ and w₀ = 1: E w₁² = E u₀⁴ = 3."""
    step = equal(member("w", plus(T, ONE)), mul(power(member("u"), 2), member("w")))
    said = (*random(member("w")), *random(member("u")), declared("gaussian", member("u")))
    noise = equal(mean(member("u")), num(0)), equal(var(member("u")), num(1))
    hypotheses = (*map(from_zero, (*said, *noise, step)), equal(member("w", ZERO), num(1)))
    for seed in range(4):
        claim = Sequent(equal(mean(power(member("w", ONE), 2)), num(3)), hypotheses, dimensions=(N,))
        assert instantiate(claim, seed=seed).counterexample is None
