"""What comes out of an instantiation besides counterexamples: evidence, reasons, bounds, budgets."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest

from verifier.instantiation import confirm, instantiate
from verifier.instantiation.outcomes import Undefined
from verifier.instantiation.undeclared import Polynomial, parse
from verifier.kernel.linear import ONE
from verifier.kernel.terms import Term
from verifier.language import (
    Expression,
    cases,
    define,
    determinant,
    equals,
    exp,
    gradient,
    implies,
    log,
    norm,
    not_equal,
    number,
    positive_definite,
    rank,
    relu,
    scalar,
    sqrt,
    step,
    summation,
    trace,
    zeros,
)

from .claims import (
    A,
    B,
    a,
    always,
    applied,
    are,
    claim,
    evaluate,
    eye,
    f,
    i,
    is_,
    n,
    p,
    pseudo,
    said,
    t,
    w,
    within,
    x,
    y,
)
from .false_claims import FALSE
from .true_claims import TRUE

# points outside of the domain

UNDEFINED: dict[str, tuple[Expression, dict[str, Any]]] = {
    "division by 0": (a / p, {"a": 1, "p": 0}),
    "0 / 0": (a / a, {"a": 0}),
    "inverse of a singular matrix": (A.inverse, {"A": [[1, 1], [1, 1]]}),
    "inverse of 0": ((x.T @ x).inverse, {"x": [[0], [0]]}),
    "negative power of 0": (a**-2, {"a": 0}),
    "negative power of a singular matrix": (
        Expression(Term("power", (A.term, number(-1).term))),
        {"A": [[0, 0], [0, 1]]},
    ),
    "logarithm of 0": (log(a), {"a": 0}),
    "logarithm of a negative number": (log(a), {"a": -1}),
    "root of a negative number": (sqrt(a), {"a": -1}),
    "odd root of a negative number": (a ** Fraction(1, 3), {"a": -8}),
    "real power of a negative number": (a**p, {"a": -1, "p": 2}),
    "real power of 0": (a**p, {"a": 0, "p": 2}),
    "an entry outside": (x[3], {"x": [[1], [2]]}),
    "a row outside": (A[3, :], {"A": [[1, 2], [3, 4]]}),
    "a dimension of 0": (trace(Expression(Term("identity", (), ((("", -2), ("n", 1)),)))), {}),
    "kink of relu": (gradient(relu(a), a), {"a": 0}),
    "kink of the norm": (gradient(norm(x), x), {"x": [[0], [0]]}),
    "jump of step": (gradient(step(a), a), {"a": 0}),
}


@pytest.mark.parametrize("name", UNDEFINED)
def test_undefined_points(name: str) -> None:
    expression, values = UNDEFINED[name]
    with pytest.raises(Undefined):
        evaluate(expression, values, {"n": 2})


def test_undefined_points_are_discarded() -> None:
    for true in (equals(a / a, 1), equals(A @ A.inverse, eye), equals(exp(log(a)), a), equals(sqrt(a) ** 2, a)):
        outcome = instantiate(claim(true))
        assert outcome.counterexample is None
        assert outcome.evidence.model_found
    counterexample = instantiate(claim(equals(log(a), 0))).counterexample
    assert counterexample is not None
    assert Fraction(counterexample.values["a"]) > 0


def test_a_branch_that_is_not_taken_need_not_be_defined() -> None:
    safe = cases((not_equal(a, 0), 1 / a), otherwise=a)
    assert float(evaluate(safe, {"a": 0}, {})) == 0
    outcome = instantiate(claim(not_equal(safe, 0)))
    assert outcome.counterexample is not None
    assert outcome.counterexample.values == {"a": "0"}
    entry = said("implies", are(i, 1, "not_equal"), equals(1 / (number(i) - 1) * (number(i) - 1), 1))
    guarded = said("for_all", entry, data=("i", ONE, n.form))
    assert instantiate(claim(guarded, dimensions=[n])).counterexample is None


def test_a_claim_that_is_never_defined() -> None:
    outcome = instantiate(claim(equals(a / (p - p), a)))
    assert outcome.counterexample is None
    assert not outcome.evidence.model_found
    assert outcome.evidence.reason.startswith("the claim is undefined where its hypotheses hold: division by 0")


# hypotheses without models

CONTRADICTORY: dict[str, list[Any]] = {
    "signs": [a > 0, a < 0],
    "equal and unequal": [equals(a, p), not_equal(a, p)],
    "two values": [equals(a, 1), equals(a, 2)],
    "circular": [equals(a, p + 1), equals(p, a + 1)],
    "definite and 0": [positive_definite(A), equals(A, 0 * A)],
    "negative square": [equals(x.T @ x, -1)],
    "nilpotent and invertible": [equals(A @ A, 0 * A), is_("invertible", A)],
    "dimensions": [are(n, 0, "less")],
    "rank": [equals(rank(A), number(n) + 1)],
}


@pytest.mark.parametrize("name", CONTRADICTORY)
def test_contradictory_hypotheses_have_no_model(name: str) -> None:
    terms = equals(a * p * trace(A) * (x.T @ y), 7)
    outcome = instantiate(claim(terms, given=CONTRADICTORY[name]))
    assert outcome.counterexample is None
    assert not outcome.evidence.model_found
    assert outcome.evidence.reason


def test_a_premise_that_never_holds() -> None:
    outcome = instantiate(claim(implies(a**2 < 0, equals(a, 1).whole)))
    assert outcome.counterexample is None
    assert not outcome.evidence.model_found


def test_reasons_name_the_hypothesis() -> None:
    outcome = instantiate(claim(equals(a, 0), given=[a > 0, a**2 < 0]))
    assert outcome.evidence.reason.startswith("no model of the hypotheses was found: hypothesis 2 does not hold")


def test_models_in_one_dimension_only() -> None:
    """AB - BA = I has no solution at all; xyᵀ = I has one for n = 1 alone, which is said."""
    outcome = instantiate(claim(equals(x.T @ y, number(n)), given=[equals(x @ y.T, eye)]))
    assert outcome.counterexample is None
    assert not outcome.evidence.model_found
    assert outcome.evidence.reason == "every model that was found has a dimension of 1"
    forced = claim(equals(x.T @ y, number(n)), given=[equals(x @ y.T, eye), are(n, 1)])
    assert instantiate(forced).evidence.model_found


# evidence


def test_evidence_of_an_identity() -> None:
    evidence = instantiate(TRUE["gradient of a quadratic form"], samples=6, seed=3).evidence
    assert evidence.seed == 3
    assert evidence.models == 7
    assert (
        evidence.bound == "an identity that fails at these dimensions passes with probability ≤ 3/(2^64 - 59) per model"
    )
    assert {"n": 1} in evidence.shapes
    assert any(shape["n"] >= 3 for shape in evidence.shapes)
    assert evidence.model_found
    assert evidence.reason == ""


def test_bounds_count_solves() -> None:
    chances = [
        int(instantiate(claim(equals(left, right))).evidence.bound.split("≤ ")[1].split("/")[0])
        for left, right in (
            (trace(A @ B), trace(B @ A)),
            (trace(A.inverse @ B), trace(B @ A.inverse)),
            (determinant(A @ B), determinant(B @ A)),
        )
    ]
    assert chances[0] == 2
    assert chances[1] > 8
    assert chances[2] >= 6


def test_evidence_by_balls() -> None:
    evidence = instantiate(TRUE["exp of a sum"]).evidence
    assert evidence.bound == "the sides are not apart by balls of radius ≤ 2^-90"
    assert evidence.models >= 6


def test_shapes_are_rectangular_and_allowed() -> None:
    shapes = instantiate(TRUE["Frobenius norm"]).evidence.shapes
    assert any(len(set(shape.values())) == 3 for shape in shapes)
    assert {"m": 1, "n": 1, "k": 1} in [dict(shape) for shape in shapes]
    for shape in instantiate(TRUE["degrees of freedom"]).evidence.shapes:
        assert shape["N"] > shape["d"]


def test_samples_are_counted() -> None:
    assert [instantiate(TRUE["trace is cyclic"], samples=count).evidence.models for count in (1, 2, 5)] == [2, 3, 6]


@pytest.mark.parametrize(
    "name", ["products commute", "functions are linear", "step size, wrong bound", "sine of the double"]
)
def test_the_same_seed_gives_the_same_outcome(name: str) -> None:
    assert instantiate(FALSE[name], seed=5) == instantiate(FALSE[name], seed=5)


# what is not evaluated

UNDECIDABLE: dict[str, tuple[Any, str]] = {
    "2-norm of a matrix": (norm(A, "2") >= 0, "the 2-norm of a matrix"),
    "nuclear norm": (norm(A, "nuclear") >= 0, "the nuclear norm"),
    "1-norm of a matrix": (norm(A, "1") >= 0, "the 1-norm of a matrix"),
    "derivative of a spectral norm": (equals(gradient(norm(a * A), a), 0), "the derivative of a spectral norm"),
    "expectation": (equals(Expression(Term("expectation", (a.term,), (("a",),))), 0), "expectation"),
    "infinite sum": (equals(Expression(Term("sum", ((p ** number(t)).term,), ("t", (), None))), 1), "an infinite sum"),
    "approximation": (said("approximately", a, p), "approximately"),
    "stated in words": (is_("stated", A), "the property 'stated'"),
    "infinity": (a <= Expression(Term("constant", (), ("infty",))), "the constant infty"),
    "derivative of a pseudo-inverse": (
        equals(gradient(trace(pseudo(a * A)), a), 0),
        "the derivative of a pseudo-inverse",
    ),
    "a builtin as an undeclared function": (equals(applied("exp", a), 0), "exp as an undeclared function"),
    "a symbolic power of a matrix": (
        equals(trace(Expression(Term("power", (A.term, p.term)))), 0),
        "a power of a matrix",
    ),
}


@pytest.mark.parametrize("name", UNDECIDABLE)
def test_what_is_not_evaluated(name: str) -> None:
    conclusion, reason = UNDECIDABLE[name]
    outcome = instantiate(claim(conclusion))
    assert reason in outcome.undecidable
    assert outcome.counterexample is None
    assert not outcome.evidence.model_found
    assert outcome.evidence.models == 0


def test_a_hypothesis_that_is_not_evaluated() -> None:
    noise = equals(Expression(Term("expectation", (x.term,), (("x",),))), zeros(n))
    assert "expectation" in instantiate(claim(equals(x, zeros(n)), given=[noise])).undecidable
    mean = define(scalar("mu"), Expression(Term("expectation", (a.term,), (("a",),))))
    assert "expectation" in instantiate(claim(equals(scalar("mu"), 0), definitions=[mean])).undecidable
    assert instantiate(claim(equals(a, a), definitions=[mean])).undecidable == ""


def test_infinite_ranges() -> None:
    """A finite part of an infinite range refutes, and never proves."""
    squares = always(t, (), None, w(t) ** 2 >= 0)
    assert instantiate(claim(squares)).counterexample is None
    zero = instantiate(claim(always(t, (), None, equals(number(t), 0)))).counterexample
    assert zero is not None
    assert zero.where == "t = 1"
    assert instantiate(claim(said("exists", equals(number(t), 10**6), data=("t", (), None)))).counterexample is None


# budgets


def test_budgets() -> None:
    deep = summation(x[i], i, 1, 10**9)
    assert instantiate(claim(equals(summation(number(i) * a, i, 1, 10**9), 0)), budget=10**5).counterexample is None
    assert (
        "budget"
        in instantiate(claim(equals(number(t) * a, 0 * a), indices=[within("t", ONE, None)]), budget=3).evidence.reason
    )
    assert deep.shape.is_scalar


def test_numbers_do_not_explode() -> None:
    """Definitions that square one another would have 2³⁰ digits."""
    names = [scalar(f"s{k}") for k in range(30)]
    definitions = [define(names[0], a + 2), *(define(u, v * v) for v, u in pairwise(names))]
    outcome = instantiate(claim(names[-1] >= 0, definitions=definitions))
    assert outcome.counterexample is None
    nested: Expression = a
    for _ in range(25):
        nested = f(nested)
    assert instantiate(claim(nested > nested - 1)).counterexample is None


def test_counterexamples_survive_a_small_budget() -> None:
    for budget in (300, 1000, 3000, 10_000):
        outcome = instantiate(FALSE["products commute"], budget=budget)
        if outcome.counterexample is not None:
            assert confirm(FALSE["products commute"], outcome.counterexample)


# polynomials


@pytest.mark.parametrize(
    "terms",
    [
        (),
        ((Fraction(1), ()),),
        ((Fraction(-1, 2), (0, 0, 1)), (Fraction(3), (2,)), (Fraction(-2), ())),
        ((Fraction(1), (1, 1, 1)), (Fraction(-1), (0,))),
    ],
)
def test_polynomials_are_read_back(terms: tuple[tuple[Fraction, tuple[int, ...]], ...]) -> None:
    for arity in (3, 4):
        polynomial = Polynomial(terms, arity)
        assert parse(str(polynomial), arity) == polynomial
    with pytest.raises(Undefined):
        parse("x1 + y", 2)
    with pytest.raises(Undefined):
        parse("x3", 2)
