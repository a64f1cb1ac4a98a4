"""Attacks on models with random symbols: hypotheses that no law satisfies have no model."""

from __future__ import annotations

import pytest

from tests.kernel.building import N, mul, num, power
from tests.kernel.test_moments import cov, declared, equal, mean, member, random, var
from verifier.instantiation import instantiate
from verifier.kernel.linear import ONE, Linear, constant, plus, variable
from verifier.kernel.sequents import Sequent
from verifier.kernel.terms import Term

S = variable("s")
FIRST, SEVENTH = member("x", ONE), member("x", constant(7))
PAIR = member("x", S), member("x")


def for_all(name: str, low: Linear, body: Term) -> Term:
    return Term("for_all", (body,), (name, low, None))


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
