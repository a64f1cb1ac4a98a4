"""Attacks on expectations by declared moments: each was accepted once, and each is false."""

from __future__ import annotations

from typing import Any

import pytest

from tests.kernel.building import N, add, div, mul, num, sym
from tests.kernel.test_moments import (
    HOLE,
    NORMAL_FORM,
    T,
    a,
    declared,
    equal,
    independent,
    mean,
    member,
    random,
    v,
    x,
    y,
    z,
)
from verifier.kernel.context import CertificateError
from verifier.kernel.linear import ONE, Linear, constant, variable
from verifier.kernel.polynomials import Unsupported
from verifier.kernel.sequents import Sequent
from verifier.kernel.serialization import term_to_data
from verifier.kernel.shapes import SCALAR
from verifier.kernel.terms import Term
from verifier.kernel.theorems import Theorem, prove

Indices = tuple[tuple[str, tuple[Linear, Linear | None]], ...]


def accepted(
    conclusion: Term, hypotheses: tuple[Term, ...], certificate: Any = NORMAL_FORM, indices: Indices = ()
) -> Theorem:
    return prove(Sequent(conclusion, hypotheses, indices=indices, dimensions=(N,)), certificate)


def for_all(name: str, low: Linear, high: Linear | None, body: Term) -> Term:
    return Term("for_all", (body,), (name, low, high))


def splits(left: Term, right: Term) -> Term:
    return equal(mean(mul(left, right)), mul(mean(left), mean(right)))


# the range of a quantified index is read outside of the quantifier


def test_a_range_does_not_see_the_index_that_it_bounds() -> None:
    """For all t from t on, where the claim's t is at least 5: says nothing of x₁ and y₁."""
    first = member("x", constant(1)), member("y", constant(1))
    independence = for_all("t", T, None, independent(member("x"), member("y")))
    within = (("t", (constant(5), constant(10))),)
    with pytest.raises((CertificateError, Unsupported)):
        accepted(splits(*first), (*random(*first), independence), indices=within)
    assert accepted(
        splits(member("x"), member("y")), (*random(*first), independence), indices=(("t", (ONE, constant(3))),)
    )


def test_a_range_does_not_see_an_index_that_is_bound_further_inside() -> None:
    """s goes to the t of the claim, which is at most 3, and not to the t that is quantified under s."""
    ninth, tenth = member("x", constant(9)), member("y", constant(10))
    inner = for_all("t", ONE, constant(10), independent(member("x", variable("s")), member("y")))
    with pytest.raises((CertificateError, Unsupported)):
        accepted(
            splits(ninth, tenth),
            (*random(ninth, tenth), for_all("s", ONE, T, inner)),
            indices=(("t", (ONE, constant(3))),),
        )


# a moment that is conditional is random itself


def test_a_conditional_mean_is_random() -> None:
    """From z = 0 wherever E[y | x] = 0, and E[y | x] = 0 at one outcome, E z = 0 does not follow."""
    conditional = equal(Term("expectation", (y,), (("x",),)), num(0))
    given = Term("implies", (conditional, equal(z, num(0))))
    relation = {"implication": {"fact": 3}, "proof": {"rule": "fact", "fact": 4}}
    proof = {"rule": "linear", "uses": [{"context": term_to_data(mean(HOLE)), "relation": relation}]}
    goal = Term("implies", (conditional, equal(mean(z), num(0))))
    with pytest.raises((CertificateError, Unsupported)):
        accepted(goal, (*random(x, y, z), given), {"rule": "implies", "proof": proof})


# what is spoken of as random is no constant

ENTRY = Term("entry", (v,), ((ONE,),))
IS_RANDOM = random(x)[0]
SPOKEN_OF = {
    "it is Gaussian": (x, declared("gaussian", x)),
    "its entries are independent": (ENTRY, declared("independent_entries", v)),
    "it is independent of another": (x, independent(x, z)),
    "it is random in a case": (x, Term("implies", (equal(a, num(0)), IS_RANDOM))),
    "it is random or not": (x, Term("or", (IS_RANDOM, equal(a, num(0))))),
    "an entry of it is": (ENTRY, random(ENTRY)[0]),
    "a member of it is": (member("x"), for_all("t", ONE, None, declared("independent_members", member("x")))),
}


@pytest.mark.parametrize("name", SPOKEN_OF)
def test_what_is_spoken_of_as_random_is_no_constant(name: str) -> None:
    symbol, said = SPOKEN_OF[name]
    goal = equal(mean(mul(symbol, y)), mul(symbol, mean(y)))
    with pytest.raises((CertificateError, Unsupported)):
        accepted(goal, (*random(y), said), indices=(("t", (ONE, N)),))


def test_what_the_conclusion_takes_as_random_is_no_constant() -> None:
    goal = Term("implies", (IS_RANDOM, equal(mean(mul(x, y)), mul(x, mean(y)))))
    with pytest.raises((CertificateError, Unsupported)):
        accepted(goal, random(y), {"rule": "implies", "proof": NORMAL_FORM})


def test_other_symbols_are_constants() -> None:
    assert accepted(equal(mean(mul(a, y)), mul(a, mean(y))), (*random(y), declared("gaussian", y)))
    assert accepted(equal(mean(sym("c", SCALAR)), sym("c", SCALAR)), random(y))


# what is averaged is defined at every outcome, or nowhere


def divided(by: Term) -> Term:
    return equal(mean(div(mul(z, by), by)), mean(z))


def in_a_case(condition: Term, lemma: Term) -> Any:
    """cases on a condition, in the first of which a lemma is cut"""
    then = {"rule": "cut", "lemma": term_to_data(lemma), "proof": NORMAL_FORM, "then": NORMAL_FORM}
    return {"rule": "cases", "on": term_to_data(condition), "then": then, "else": NORMAL_FORM}


def test_a_lemma_is_not_averaged_where_it_is_defined_at_one_outcome_only() -> None:
    """E[z x/x] says nothing where x may be 0 at another outcome; of a constant, a case says enough."""
    goal = equal(mean(add(z, x)), add(mean(z), mean(x)))
    not_zero = Term("not_equal", (x, num(0)))
    with pytest.raises(CertificateError, match="not defined"):
        accepted(goal, random(x, z), in_a_case(not_zero, divided(x)))
    not_zero = Term("not_equal", (a, num(0)))
    assert accepted(goal, random(x, z), in_a_case(not_zero, divided(a)))
