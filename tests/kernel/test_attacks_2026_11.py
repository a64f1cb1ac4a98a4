"""Attacks of November 2026: each find is a false theorem with a certificate; near misses are pinned beside them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.kernel.building import (
    HOLE,
    NORMAL_FORM,
    SQUARE,
    A,
    B,
    M,
    N,
    a,
    add,
    axiom,
    b,
    der,
    div,
    eq,
    every,
    fn,
    idx,
    inv,
    linear,
    mul,
    num,
    power,
    prop,
    proves,
    rel,
    sym,
    tr,
    use,
)
from verifier.kernel.context import CertificateError
from verifier.kernel.linear import ONE, constant, plus, times, variable
from verifier.kernel.polynomials import Unsupported
from verifier.kernel.sequents import ClaimError, Definition
from verifier.kernel.serialization import linear_to_data, term_to_data
from verifier.kernel.shapes import ShapeError, column
from verifier.kernel.terms import Term, TermError

REFUSED = (CertificateError, ClaimError, TermError, ShapeError, Unsupported)
K = variable("k")
s, u, y = sym("s"), sym("u"), sym("y")
ZERO = num(0)


def _at(form: Any) -> Term:
    """An index form as a number."""
    return Term("index", (), (form,))


# 1. the inverse of a transpose is not symmetric


@pytest.mark.parametrize(
    "goal",
    [
        eq(inv(tr(B)), inv(B)),
        eq(tr(inv(tr(B))), inv(tr(B))),
        eq(mul(inv(tr(B)), A), mul(inv(B), A)),
        eq(Term("trace", (mul(inv(tr(A)), B),)), Term("trace", (mul(inv(tr(A)), tr(B)),))),
        eq(inv(inv(tr(B))), inv(inv(B))),
        eq(inv(mul(tr(B), tr(A))), tr(inv(mul(tr(B), tr(A))))),
        eq(power(tr(B), -1), power(B, -1)),
    ],
)
def test_the_inverse_of_a_transpose_is_not_the_inverse(goal: Term) -> None:
    """B⁻¹ for B = [0, 1; -1, 0] is not symmetric, whichever of B and Bᵀ is read first."""
    with pytest.raises(REFUSED):
        proves(goal, NORMAL_FORM, prop("invertible", A), prop("invertible", B))


def test_the_inverse_is_not_the_inverse_of_the_transpose() -> None:
    """The same, B read first."""
    with pytest.raises(REFUSED):
        proves(eq(inv(B), inv(tr(B))))


def test_the_inverse_of_a_symmetric_form_is_symmetric() -> None:
    """What the fix must keep."""
    proves(eq(tr(inv(mul(tr(B), B))), inv(mul(tr(B), B))))
    proves(eq(inv(tr(B)), tr(inv(B))))
    proves(eq(tr(inv(B)), inv(tr(B))))


# 2. the least value of an index that a proof has fixed


def test_a_multiplier_is_defined_at_the_first_index_too() -> None:
    """s a = 0 does not give sᵏ a = 0 for all k ≥ 0 (s = 0, a = 1, k = 0), though sᵏ⁻¹ · (s a) is sᵏ a."""
    multiplier = mul(power(s, _at(plus(K, constant(-1)))), HOLE)
    goal = every("k", eq(mul(power(s, idx("k")), a), ZERO), None, ())
    certificate = {"rule": "generalise", "proof": linear(use(multiplier, fact=0))}
    with pytest.raises(REFUSED):
        proves(goal, certificate, eq(mul(s, a), ZERO))


def test_an_argument_of_an_axiom_is_defined_at_every_index() -> None:
    """s a = 0 does not give a = 0: s a sᵏ is not defined at k = -1."""
    product = mul(s, a)
    argument = mul(product, power(s, idx("k")))
    premise = linear(use(mul(power(s, _at(times(2, K))), product, HOLE), fact=0))
    indices = [["k", linear_to_data(constant(-1)), linear_to_data(constant(5))]]
    row = axiom("gram_eq_zero", argument, premises=[premise], indices=indices)
    with pytest.raises(REFUSED):
        proves(eq(a, ZERO), linear(use(HOLE, **row, at=[linear_to_data(constant(-1))])), eq(product, ZERO))


@pytest.mark.parametrize("head", ["cut", "cases", "square", "congruence"])
def test_other_terms_of_a_proof_are_defined_at_the_first_index_too(head: str) -> None:
    """1/s ≠ 0 etc. may not be spoken of at k = 0 as s^(k - 1)."""
    partial = power(s, _at(plus(K, constant(-1))))
    inner: dict[str, Any] = {
        "cut": {"rule": "cut", "lemma": term_to_data(eq(partial, partial)), "proof": NORMAL_FORM, "then": NORMAL_FORM},
        "cases": {
            "rule": "cases",
            "on": term_to_data(rel("greater", partial, ZERO)),
            "then": NORMAL_FORM,
            "else": NORMAL_FORM,
        },
        "square": {
            "rule": "nonnegative",
            "summands": [{"coefficient": "1", "squares": [term_to_data(mul(partial, ZERO))]}, {"coefficient": "1"}],
        },
        "congruence": linear(
            {
                "context": term_to_data(mul(ZERO, HOLE)),
                "relation": {"congruence": {"fact": 0}, "context": term_to_data(mul(partial, HOLE))},
            }
        ),
    }[head]
    goal = rel("less_equal", ZERO, num(1)) if head == "square" else eq(a, a)
    with pytest.raises(REFUSED):
        proves(every("k", goal, None, ()), {"rule": "generalise", "proof": inner}, eq(mul(s, a), ZERO))


# 3. a comparison for all indices of a range that may be empty


@pytest.mark.parametrize("ends", [(constant(5), N), (constant(2), constant(1)), (plus(N, ONE), M)])
def test_a_comparison_over_an_empty_range_says_nothing(ends: Any) -> None:
    """∀ 5 ≤ i ≤ n: a > 0 says nothing of a for n = 4."""
    hypothesis = every("i", rel("greater", a, ZERO), ends[1], ends[0])
    with pytest.raises(REFUSED):
        proves(rel("greater", a, ZERO), {"rule": "sign"}, hypothesis, dimensions=(N, M))


def test_a_comparison_over_an_empty_range_covers_no_side_condition() -> None:
    hypothesis = every("i", rel("greater", a, ZERO), N, constant(5))
    theorem = proves(eq(mul(div(b, a), a), b), NORMAL_FORM, hypothesis, dimensions=(N,))
    assert theorem.side_conditions == (rel("not_equal", a, ZERO),)


def test_a_comparison_over_a_range_that_is_not_empty_may_drop_its_index() -> None:
    """What the fix may keep."""
    hypothesis = every("i", rel("greater", a, ZERO))
    proves(rel("greater", a, ZERO), {"rule": "sign"}, hypothesis, dimensions=(N,))


# 4. kinks that a substitution, or the condition of a sum, hides from the derivative


def test_a_kink_in_the_body_of_a_substitution() -> None:
    """∂/∂s max(y, 0)[y := s] is not defined at s = 0."""
    body = Term("substitute", (fn("relu", y), y, s))
    assert proves(eq(der(body, s), fn("step", s))).side_conditions == (rel("not_equal", s, ZERO),)


def test_a_root_in_the_body_of_a_substitution() -> None:
    """∇‖v‖[v := w] is not defined at w = 0."""
    v, w = sym("v", column(N)), sym("w", column(N))
    body = Term("substitute", (Term("norm", (v,), ("2",)), v, w))
    norm = Term("norm", (w,), ("2",))
    gradient = Term("gradient", (body, w))
    assert proves(eq(Term("multiply", (norm, gradient)), w)).side_conditions


def test_a_kink_in_the_condition_of_a_sum() -> None:
    """∂/∂s Σ_{i ≤ n, s > 0} 1 is not defined at s = 0."""
    body = Term("sum", (num(1), rel("greater", s, ZERO)), ("i", ONE, N))
    assert proves(eq(der(body, s), ZERO), NORMAL_FORM, dimensions=(N,)).side_conditions


@pytest.mark.parametrize("kind", ["2", "F"])
@pytest.mark.parametrize("inner", [s, mul(s, Term("unit", (), (N, ONE)))])
def test_the_norm_of_a_number_has_a_kink(kind: str, inner: Term) -> None:
    """∂‖s‖/∂s is not defined at s = 0; the normal form of ‖s‖ has no root but a step."""
    norm = Term("norm", (inner,), (kind,))
    goal = eq(der(norm, s), add(mul(num(2), fn("step", s)), num(-1)))
    assert proves(goal, NORMAL_FORM, dimensions=(N,)).side_conditions


def test_the_square_of_the_norm_of_a_number_has_none() -> None:
    """What the fix must keep."""
    square = power(Term("norm", (s,), ("2",)), 2)
    assert not proves(eq(der(square, s), mul(num(2), s))).side_conditions


# 5. a definition with the name of a function of the table


def test_an_axiom_is_not_about_a_function_that_the_claim_defines() -> None:
    """With log(u) := u, log ab = log a + log b would say ab = a + b."""
    fact = [{"rule": "fact", "fact": 0}, {"rule": "fact", "fact": 1}]
    certificate = linear(use(HOLE, **axiom("log_mul", a, b, premises=fact)))
    positive = (rel("greater", a, ZERO), rel("greater", b, ZERO))
    with pytest.raises(REFUSED):
        proves(eq(mul(a, b), add(a, b)), certificate, *positive, definitions=(Definition("log", u, (u,)),))


@pytest.mark.parametrize(("name", "goal"), [("step", eq(mul(num(10), a), a)), ("abs", eq(mul(a, a), a))])
def test_no_axiom_knows_a_defined_function(name: str, goal: Term) -> None:
    """With step(u) := 5, a step(a) + a step(-a) = a would say 10 a = a."""
    body = num(5) if name == "step" else mul(u, u)
    row = (
        axiom("mul_step_reflect", a)
        if name == "step"
        else axiom("abs_of_nonneg", a, premises=[{"rule": "fact", "fact": 0}])
    )
    with pytest.raises(REFUSED):
        proves(
            goal,
            linear(use(HOLE, **row)),
            rel("greater_equal", a, ZERO),
            definitions=(Definition(name, body, (u,)),),
        )


# near misses


def test_a_power_of_a_matrix_is_not_symmetric() -> None:
    """(Bᵀ)ᵏ is (Bᵏ)ᵀ, not Bᵏ."""
    k = (("k", (ONE, None)),)
    for goal in (eq(power(tr(B), idx("k")), power(B, idx("k"))), eq(power(B, idx("k")), power(tr(B), idx("k")))):
        with pytest.raises(REFUSED):
            proves(goal, NORMAL_FORM, indices=k)
    proves(eq(power(tr(B), idx("k")), tr(power(B, idx("k")))), NORMAL_FORM, indices=k)


def test_a_determinant_of_a_matrix_under_an_index_keeps_its_index() -> None:
    """(G_i)⁻¹ read at one index is not that at another."""

    def member(k: str) -> Term:
        return inv(sym("G", SQUARE, variable(k)))

    indices = (("i", (ONE, N)), ("j", (ONE, N)))
    with pytest.raises(REFUSED):
        proves(eq(mul(member("i"), member("j")), mul(member("j"), member("j"))), NORMAL_FORM, indices=indices)


def test_an_inverse_read_before_is_not_used_where_its_name_is_held() -> None:
    """A⁻¹ + A⁻¹[A := B] is not 2 A⁻¹."""
    inside = Term("substitute", (inv(A), A, B))
    with pytest.raises(REFUSED):
        proves(eq(add(inv(A), inside), add(inv(A), inv(A))))
    proves(eq(add(inv(A), inside), add(inv(A), inv(B))))
