"""Each rule of the kernel: what it accepts, and what it must not."""

from __future__ import annotations

from typing import Any

import pytest

from tests.kernel.building import (
    HOLE,
    HOLE_SQUARE,
    NORMAL_FORM,
    SQUARE,
    A,
    B,
    C,
    I,
    N,
    X,
    a,
    add,
    axiom,
    b,
    c,
    claim,
    der,
    div,
    entry,
    eq,
    every,
    fn,
    idx,
    inv,
    linear,
    mul,
    neg,
    num,
    over,
    power,
    prop,
    proves,
    rel,
    sub,
    sym,
    total,
    tr,
    use,
    x,
    y,
)
from verifier.kernel.context import CertificateError
from verifier.kernel.linear import ONE, constant, plus, variable
from verifier.kernel.polynomials import Unsupported
from verifier.kernel.sequents import ClaimError, Definition
from verifier.kernel.serialization import linear_to_data, term_to_data
from verifier.kernel.terms import Term

ACCEPTED = {
    "quadratic form": eq(der(mul(tr(x), A, x), x), mul(tr(x), add(A, tr(A)))),
    "denominator layout": eq(der(mul(tr(x), A, x), x, "denominator"), mul(add(A, tr(A)), x)),
    "transpose of a product": eq(tr(mul(A, B)), mul(tr(B), tr(A))),
    "trace rotates": eq(Term("trace", (mul(A, B, C),)), Term("trace", (mul(B, C, A),))),
    "rectangular trace": eq(Term("trace", (mul(X, tr(X)),)), Term("trace", (mul(tr(X), X),))),
    "sum as product": eq(total(mul(entry(x, "i"), entry(y, "i"))), mul(tr(x), y)),
    "restricted sum": eq(
        total(total(entry(A, "i", "j"), "j", condition=rel("not_equal", idx("j"), idx("i")))),
        sub(total(total(entry(A, "i", "j"), "j")), Term("trace", (A,))),
    ),
    "unused index": eq(total(a), mul(idx("n"), a)),
    "transpose of an inverse": eq(tr(inv(A)), inv(tr(A))),
    "relu of a multiple": eq(fn("relu", mul(num(2), a)), mul(num(2), fn("relu", a))),
    "absolute square": eq(power(fn("abs", a), 2), power(a, 2)),
    "root of a square": eq(power(power(a, 2), "1/2"), fn("abs", a)),
    "exponential of a sum": eq(fn("exp", add(a, b)), mul(fn("exp", a), fn("exp", b))),
    "odd": eq(fn("tanh", neg(a)), neg(fn("tanh", a))),
    "max by |·|": eq(mul(num(2), Term("maximum", (a, b))), add(add(a, b), fn("abs", sub(a, b)))),
}
REJECTED = {
    "lost transpose": eq(der(mul(tr(x), A, x), x), mul(num(2), tr(x), A)),
    "product order": eq(mul(A, B), mul(B, A)),
    "transpose of a product": eq(tr(mul(A, B)), mul(tr(A), tr(B))),
    "log of a square": eq(fn("log", power(a, 2)), mul(num(2), fn("log", fn("abs", b)))),
    "root of a square": eq(power(power(a, 2), "1/2"), a),
    "a step and its reflection": eq(add(fn("step", a), fn("step", neg(a))), num(1)),
    "sign squared": eq(power(fn("sign", a), 2), num(1)),
    "zero to the zero": eq(power(a, 0), num(0)),
    "inverse of a sum": eq(inv(add(A, B)), add(inv(A), inv(B))),
    "inverse of a product": eq(inv(mul(A, B)), mul(inv(A), inv(B))),
    "square of a sum": eq(power(add(A, B), 2), add(add(power(A, 2), mul(num(2), A, B)), power(B, 2))),
    "diagonal sum": eq(total(entry(A, "i", "i")), total(total(entry(A, "i", "j"), "j"))),
    "relu of a negative multiple": eq(fn("relu", mul(num(-2), a)), mul(num(-2), fn("relu", a))),
    "tr of a product": eq(Term("trace", (mul(A, B),)), mul(Term("trace", (A,)), Term("trace", (B,)))),
    "one dimension": eq(A, mul(Term("trace", (A,)), I)),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_normal_form_accepts(name: str) -> None:
    assert proves(ACCEPTED[name], dimensions=(N,)).conclusion == ACCEPTED[name]


@pytest.mark.parametrize("name", REJECTED)
def test_normal_form_rejects(name: str) -> None:
    with pytest.raises(CertificateError):
        proves(REJECTED[name])


@pytest.mark.parametrize("rule", ["", "sorry", "normal form ", None, 3, []])
def test_unknown_rules(rule: Any) -> None:
    with pytest.raises(CertificateError):
        proves(eq(a, a), {"rule": rule})


@pytest.mark.parametrize("certificate", [None, [], "normal form", 7, {"uses": []}, {}])
def test_no_certificate(certificate: Any) -> None:
    with pytest.raises(CertificateError):
        proves(eq(a, a), certificate)


# linear combinations


def test_linear_uses_a_hypothesis() -> None:
    theorem = proves(eq(mul(A, C), mul(B, C)), linear(use(mul(HOLE_SQUARE, C), fact=0)), eq(A, B))
    assert theorem.hypotheses == (eq(A, B),)


def test_linear_needs_the_right_side() -> None:
    with pytest.raises(CertificateError):
        proves(eq(mul(A, C), mul(B, C)), linear(use(mul(C, HOLE_SQUARE), fact=0)), eq(A, B))


def test_linear_uses_an_instance_of_a_family() -> None:
    hypothesis = every("i", eq(entry(x, "i"), entry(y, "i")))
    context = total(mul(entry(sym("z", x.space()), "i"), sym("□", a.space(), variable("i"))))
    goal = eq(mul(tr(sym("z", x.space())), x), mul(tr(sym("z", x.space())), y))
    assert proves(goal, linear(use(context, fact=0)), hypothesis).hypotheses == (hypothesis,)


def test_an_instance_out_of_range_is_refused() -> None:
    hypothesis = Term("for_all", (eq(entry(x, "i"), entry(y, "i")),), ("i", constant(2), N))
    context = total(mul(entry(sym("z", x.space()), "i"), sym("□", a.space(), variable("i"))))
    goal = eq(mul(tr(sym("z", x.space())), x), mul(tr(sym("z", x.space())), y))
    with pytest.raises((CertificateError, ClaimError)):
        proves(goal, linear(use(context, fact=0)), hypothesis)


def test_a_multiplier_that_is_not_linear_is_refused() -> None:
    context = fn("tanh", HOLE)
    with pytest.raises(CertificateError, match="linear in □"):
        proves(eq(fn("tanh", a), fn("tanh", b)), linear(use(context, fact=0)), eq(a, b))


def test_a_relation_is_not_carried_across_a_derivative() -> None:
    """From x = 1 nothing follows for dx/dx."""
    context = der(HOLE, x if False else a)
    with pytest.raises(CertificateError, match="linear in □"):
        proves(eq(der(a, a), num(0)), linear(use(context, fact=0)), eq(a, num(1)))


def test_symmetry_is_not_carried_across_a_derivative() -> None:
    """A = Aᵀ must not make ∂tr(AB)/∂A symmetric."""
    trace = Term("trace", (mul(A, B),))
    goal = eq(der(trace, A), tr(der(trace, A)))
    context = der(Term("trace", (mul(HOLE_SQUARE, B),)), A)
    for certificate in (NORMAL_FORM, linear(use(context, fact=0)), linear(use(HOLE_SQUARE, fact=0))):
        with pytest.raises((CertificateError, Unsupported)):
            proves(goal, certificate, eq(A, tr(A)))


def test_differentiating_by_a_tied_symbol_is_undecided() -> None:
    with pytest.raises(Unsupported, match="ties"):
        proves(eq(der(mul(a, b), a), b), NORMAL_FORM, eq(b, mul(a, a)))


def test_a_multiplier_needs_no_new_domain() -> None:
    with pytest.raises(CertificateError, match="not defined"):
        proves(eq(a, b), linear(use(mul(div(num(1), c), mul(c, HOLE)), fact=0)), eq(a, b))


def test_congruence() -> None:
    relation = {"congruence": {"fact": 0}, "context": term_to_data(fn("tanh", HOLE))}
    certificate = {"rule": "linear", "uses": [{"context": term_to_data(HOLE), "relation": relation}]}
    assert proves(eq(fn("tanh", a), fn("tanh", b)), certificate, eq(a, b)).conclusion.head == "equal"


@pytest.mark.parametrize(
    "context",
    [der(HOLE, a), Term("gradient", (HOLE, a)), Term("substitute", (HOLE, a, b)), total(HOLE)],
)
def test_congruence_stays_outside_binders(context: Term) -> None:
    relation = {"congruence": {"fact": 0}, "context": term_to_data(context)}
    certificate = {"rule": "linear", "uses": [{"context": term_to_data(HOLE), "relation": relation}]}
    with pytest.raises((CertificateError, Unsupported)):
        proves(eq(num(1), num(0)), certificate, eq(a, num(1)))


# axioms


def test_an_axiom_with_its_premise() -> None:
    law = axiom("reciprocal", a, premises=[{"rule": "fact", "fact": 0}])
    goal = eq(mul(a, power(a, -1)), num(1))
    assert proves(goal, {"rule": "axiom", **law}, rel("not_equal", a, num(0))).axioms == ("reciprocal",)


def test_an_axiom_without_its_premise() -> None:
    law = axiom("log_mul", a, b)
    goal = eq(fn("log", mul(a, b)), add(fn("log", a), fn("log", b)))
    with pytest.raises(CertificateError, match="premises"):
        proves(goal, {"rule": "axiom", **law})


def test_a_premise_that_does_not_hold() -> None:
    law = axiom("step_of_pos", a, premises=[{"rule": "sign"}])
    with pytest.raises(CertificateError, match="sign"):
        proves(eq(fn("step", a), num(1)), {"rule": "axiom", **law})


def test_an_axiom_for_every_index() -> None:
    i = entry(x, "i")
    law = axiom("mul_step_reflect", i, indices=[over("i")])
    goal = every("i", eq(add(mul(i, fn("step", i)), mul(i, fn("step", neg(i)))), i))
    assert proves(goal, {"rule": "axiom", **law}).axioms == ("mul_step_reflect",)


# logic


def test_cases_on_a_condition() -> None:
    goal = rel("greater_equal", fn("abs", a), num(0))
    law = axiom("abs_of_nonneg", a, premises=[{"rule": "fact", "fact": 0}])
    then = {
        "rule": "nonnegative",
        "uses": [{"context": term_to_data(HOLE), "relation": law}],
        "summands": [{"coefficient": "1", "gaps": [{"fact": 0}]}],
    }
    with pytest.raises(CertificateError):
        proves(goal, {"rule": "cases", "on": term_to_data(rel("greater_equal", a, num(0))), "then": then})


def test_cut_and_implication() -> None:
    lemma = eq(mul(a, b), mul(b, a))
    certificate = {
        "rule": "cut",
        "lemma": term_to_data(lemma),
        "proof": NORMAL_FORM,
        "then": {"rule": "fact", "fact": 0},
    }
    assert proves(lemma, certificate).conclusion == lemma
    with pytest.raises(CertificateError):
        proves(eq(a, b), {**certificate, "lemma": term_to_data(eq(a, b))})


def test_an_implication_assumes_its_premise_only() -> None:
    goal = Term("implies", (eq(a, b), eq(mul(a, c), mul(b, c))))
    certificate = {"rule": "implies", "proof": linear(use(mul(HOLE, c), fact=0))}
    assert proves(goal, certificate).hypotheses == ()
    with pytest.raises(CertificateError):
        proves(Term("and", (goal, eq(a, b))), {"rule": "and", "proofs": [certificate, {"rule": "fact", "fact": 0}]})


def _powers(exponent: Term) -> Term:
    return eq(power(a, exponent), power(b, exponent))


def test_induction() -> None:
    k = idx("k")
    goal = every("k", eq(mul(power(a, k), power(b, k)), power(mul(a, b), k)), None, ())
    certificate = {"rule": "induction", "base": NORMAL_FORM, "step": NORMAL_FORM}
    assert proves(goal, certificate).conclusion == goal


def test_induction_on_an_index_free_in_a_hypothesis() -> None:
    goal = every("k", eq(a, b), None, ())
    certificate = {"rule": "induction", "base": {"rule": "fact", "fact": 0}, "step": {"rule": "fact", "fact": 1}}
    with pytest.raises((CertificateError, ClaimError)):
        proves(goal, certificate, eq(mul(idx("k"), a), mul(idx("k"), b)), indices=(("k", ((), None)),))


def test_induction_needs_its_base() -> None:
    goal = every("k", eq(a, b), None, ())
    step = {"rule": "fact", "fact": 0}
    with pytest.raises(CertificateError):
        proves(goal, {"rule": "induction", "base": NORMAL_FORM, "step": step})


def test_induction_stops_at_the_end_of_a_range() -> None:
    """From x_1 = 0 and x_{t+1} = x_t for t < n: the step is not asked for beyond n."""
    zero = eq(entry(x, "t"), num(0))
    first = eq(Term("entry", (x,), ((ONE,),)), num(0))
    following = Term("entry", (x,), ((plus(variable("t"), ONE),),))
    recurrence = Term("for_all", (eq(following, entry(x, "t")),), ("t", ONE, plus(N, constant(-1))))
    goal = every("t", zero)
    at = [linear_to_data(variable("t"))]
    step = linear(use(HOLE, fact=1, at=at), use(HOLE, fact=2))
    certificate = {"rule": "induction", "base": {"rule": "fact", "fact": 0}, "step": step}
    assert proves(goal, certificate, first, recurrence).conclusion == goal


def test_generalisation_over_an_index_of_a_hypothesis() -> None:
    goal = every("h", eq(entry(x, "h"), entry(y, "h")))
    certificate = {"rule": "generalise", "proof": {"rule": "fact", "fact": 0}}
    with pytest.raises((CertificateError, ClaimError)):
        proves(goal, certificate, eq(entry(x, "h"), entry(y, "h")), indices=(("h", (ONE, N)),))


def test_a_witness_in_range() -> None:
    goal = Term("exists", (eq(entry(x, "i"), Term("entry", (x,), ((ONE,),))),), ("i", ONE, N))
    assert proves(goal, {"rule": "witness", "at": linear_to_data(ONE), "proof": NORMAL_FORM}).conclusion == goal
    outside = linear_to_data(plus(N, ONE))
    with pytest.raises((CertificateError, ClaimError)):
        proves(goal, {"rule": "witness", "at": outside, "proof": NORMAL_FORM})


def test_unfolding_a_definition() -> None:
    definition = Definition("z", add(mul(A, x), y))
    goal = eq(sym("z", x.space()), add(mul(A, x), y))
    assert proves(goal, NORMAL_FORM, definitions=(definition,)).conclusion == goal


@pytest.mark.parametrize(
    ("goal", "hypotheses"),
    [
        (prop("invertible", A), (prop("positive_definite", A),)),
        (eq(tr(A), A), (prop("symmetric", A),)),
    ],
)
def test_properties_by_axioms(goal: Term, hypotheses: tuple[Term, ...]) -> None:
    name = "positive_definite_invertible" if goal.head == "property" else "symmetric"
    law = axiom(name, A, premises=[{"rule": "fact", "fact": 0}])
    assert proves(goal, {"rule": "axiom", **law}, *hypotheses).axioms == (name,)
    with pytest.raises(CertificateError):
        proves(goal, {"rule": "axiom", **law})


def test_the_inverse_has_two_sides_only_when_square() -> None:
    law = axiom("inverse_mul", A, premises=[{"rule": "fact", "fact": 0}])
    goal = eq(mul(inv(A), A), I)
    assert proves(goal, {"rule": "axiom", **law}, prop("invertible", A)).conclusion == goal
    assert claim(eq(a, a)).hypotheses == ()
    assert SQUARE.is_square
