"""Holes that a kernel of ours had: each was a false theorem with a certificate, and is refused now."""

from __future__ import annotations

from typing import Any

import pytest

from tests.kernel.building import (
    HOLE,
    NORMAL_FORM,
    A,
    M,
    N,
    a,
    add,
    axiom,
    b,
    der,
    div,
    entry,
    eq,
    every,
    fn,
    idx,
    linear,
    mul,
    neg,
    num,
    power,
    proves,
    rel,
    sym,
    total,
    use,
    x,
)
from verifier.kernel.context import CertificateError
from verifier.kernel.heads import TermError
from verifier.kernel.linear import ONE, constant, minus, plus, variable
from verifier.kernel.polynomials import Unsupported
from verifier.kernel.sequents import ClaimError, Definition
from verifier.kernel.serialization import linear_to_data, term_to_data
from verifier.kernel.shapes import SCALAR, Shape, ShapeError, column, rectangle
from verifier.kernel.terms import Term

REFUSED = (CertificateError, ClaimError, TermError, ShapeError, Unsupported)
I_IN_N = (("i", (ONE, N)),)
UNFOLD = {"rule": "unfold", "proof": NORMAL_FORM}
p, q, w, w1 = (sym(name) for name in ("p", "q", "w", "w'"))


def _f(*arguments: Term) -> Term:
    return Term("apply", arguments, ("f", SCALAR, ()))


# dimensions and ranges


def test_a_multiplier_states_nothing_about_dimensions() -> None:
    """∀ 5 ≤ i ≤ n: a = b says nothing for n = 4; a multiplier with a matrix of n - 4 rows does not make n > 4."""
    hypothesis = every("i", eq(a, b), N, constant(5))
    small = minus(N, constant(4))
    one = add(num(1), Term("trace", (Term("zeros", (), (rectangle(small, small),)),)))
    context = mul(one, sym("□", SCALAR, constant(5)))
    with pytest.raises(REFUSED, match="is a dimension"):
        proves(eq(a, b), linear(use(context, fact=0)), hypothesis, dimensions=(N,))


def test_a_lemma_states_nothing_about_dimensions() -> None:
    small = column(minus(N, constant(4)))
    lemma = eq(Term("zeros", (), (small,)), Term("zeros", (), (small,)))
    certificate = {"rule": "cut", "lemma": term_to_data(lemma), "proof": NORMAL_FORM, "then": NORMAL_FORM}
    with pytest.raises(REFUSED, match="is a dimension"):
        proves(eq(a, a), certificate, dimensions=(N,))


def test_the_range_of_an_inner_index_follows_the_outer_one() -> None:
    """A_ij = 0 for j ≤ i says nothing of A_1n."""
    hypothesis = every("i", every("j", eq(entry(A, "i", "j"), num(0)), variable("i")))
    goal = eq(Term("entry", (A,), ((ONE, variable("i")),)), num(0))
    multiplier = sym("□", SCALAR, ONE, variable("i"))
    with pytest.raises(REFUSED, match="outside"):
        proves(goal, linear(use(multiplier, fact=0)), hypothesis, indices=I_IN_N)


def test_an_index_may_be_zero_where_a_dimension_may_not() -> None:
    """∀ 1 ≤ j ≤ k: a = b says nothing at k = 0."""
    hypothesis = every("j", eq(a, b), variable("k"))
    certificate = linear(use(HOLE, fact=0, at=[linear_to_data(ONE)]))
    with pytest.raises(REFUSED, match="outside"):
        proves(eq(a, b), certificate, hypothesis, indices=(("k", ((), N)),), dimensions=(N,))


def test_a_binder_of_the_same_name_does_not_change_a_range() -> None:
    """With i ≤ j ≤ m, the j of Σ_{j ≤ n} is another one: x_i may lie outside of x ∈ R^n."""
    j_inside = total(entry(x, "i"), "j")
    with pytest.raises(ClaimError, match="outside"):
        proves(eq(j_inside, j_inside), indices=(("j", (ONE, M)), ("i", (ONE, variable("j")))), dimensions=(M,))


def test_a_hole_has_the_shape_of_its_relation() -> None:
    """A relation between vectors of R^n is not used at the places of R^m."""

    def marks(size: Any) -> Term:
        inside = Term("indicator", (rel("less_equal", idx("i"), idx("n")),))
        return Term("build_rows", (inside,), ("i", size))

    hypothesis = eq(marks(N), Term("ones", (), (column(N),)))
    goal = eq(marks(M), Term("ones", (), (column(M),)))
    with pytest.raises(REFUSED, match="is used as"):
        proves(goal, linear(use(sym("□", column(M)), fact=0)), hypothesis)


# names


@pytest.mark.parametrize("number", range(1_000_000, 1_000_006))
def test_no_symbol_is_a_letter_of_the_normal_form(number: int) -> None:
    """∂(a + L)/∂a = 2, if L could be given the name by which the normal form calls a."""
    with pytest.raises(TermError):
        sym(f"∂{number}")
    plain = ["symbol", [], f"∂{number}", [[["", 1]], [["", 1]]], []]
    lemma = ["equal", [["derivative", [["add", [term_to_data(a), plain]], term_to_data(a)], "numerator"], num_two()]]
    with pytest.raises(REFUSED):
        proves(eq(a, b), {"rule": "cut", "lemma": lemma, "proof": NORMAL_FORM, "then": NORMAL_FORM})


def num_two() -> Any:
    return term_to_data(num(2))


@pytest.mark.parametrize(
    "form", [((1, 1),), (("n", 1), ("n", 1)), (("n", 0),), (("n", 1), ("", 1)), (("n", True),), [("n", 1)], (("n",),)]
)
def test_index_forms_are_canonical_and_over_names(form: Any) -> None:
    """An integer in an index form would be a bound index of the normal form."""
    with pytest.raises(TermError):
        Term("index", (), (form,))
    with pytest.raises((ShapeError, TypeError)):
        Shape((form, ONE))


def test_constants_are_those_whose_sign_is_known() -> None:
    for name in ("minus_one", "infty"):
        with pytest.raises(REFUSED):
            proves(rel("greater", Term("constant", (), (name,)), num(0)), {"rule": "sign"})
    assert proves(rel("greater", Term("constant", (), ("pi",)), num(0)), {"rule": "sign"})


# capture in unfolding


def test_unfolding_does_not_capture_an_index() -> None:
    """With p := x_i, Σ_i p is n p, not Σ_i x_i."""
    definition = Definition("p", entry(x, "i"))
    with pytest.raises(REFUSED):
        proves(eq(total(p), total(entry(x, "i"))), UNFOLD, definitions=(definition,), indices=I_IN_N)
    true = eq(total(p), mul(idx("n"), p))
    for certificate in (UNFOLD, NORMAL_FORM):
        assert proves(true, certificate, definitions=(definition,), indices=I_IN_N).conclusion == true


NESTED = (Definition("g", add(q, p), (q,)), Definition("f", Term("apply", (p,), ("g", SCALAR, ())), (p,)))
UNFOLDINGS = {
    "a global of the name of a renamed parameter": (
        _f(a),
        add(a, sym("q°")),
        mul(num(2), a),
        (Definition("f", add(q, sym("q°")), (q,)),),
    ),
    "a parameter under a derivative": (_f(w), w, mul(num(2), w), (Definition("f", der(mul(q, w), w), (q,)),)),
    "a global of the name of a parameter of the caller": (_f(a), add(a, p), mul(num(2), a), NESTED),
    "a value under a substitution": (
        _f(w),
        mul(num(3), mul(w, w1)),
        mul(num(9), w1),
        (Definition("f", Term("substitute", (mul(mul(w, q), w1), w, num(3))), (q,)),),
    ),
    "a substitution reaches definitions": (
        Term("substitute", (p, w, num(3))),
        num(9),
        power(w, 2),
        (Definition("p", power(w, 2)),),
    ),
    "a substitution does not reach parameters": (
        Term("substitute", (_f(num(2)), w, num(5))),
        num(10),
        num(25),
        (Definition("f", mul(q, w), (q,)),),
    ),
    "a gradient of a defined loss at a point": (
        Term("substitute", (Term("gradient", (p, w)), w, a)),
        mul(num(2), a),
        mul(num(2), w),
        (Definition("p", power(w, 2)),),
    ),
    "two parameters, one derivative": (
        _f(b, a),
        a,
        b,
        (Definition("f", der(mul(p, q), p), (p, q)),),
    ),
}


@pytest.mark.parametrize("name", UNFOLDINGS)
@pytest.mark.parametrize("certificate", [UNFOLD, NORMAL_FORM], ids=["unfolded", "normal form"])
def test_unfolding_and_the_normal_form_mean_the_same(name: str, certificate: Any) -> None:
    term, value, wrong, definitions = UNFOLDINGS[name]
    assert proves(eq(term, value), certificate, definitions=definitions).conclusion == eq(term, value)
    with pytest.raises(CertificateError):
        proves(eq(term, wrong), certificate, definitions=definitions)


def test_one_substitutes_for_a_symbol_not_for_a_member_of_a_family() -> None:
    here, after = (sym("w", SCALAR, form) for form in (variable("k"), plus(variable("k"), ONE)))
    with pytest.raises(TermError, match="family"):
        Term("substitute", (after, here, num(0)))
    with pytest.raises(ClaimError, match="family"):
        Definition("f", after, (here,))


# laws of numbers


def test_a_law_of_numbers_is_not_for_matrices() -> None:
    """A step(A) + A step(-A) = A is false of matrix products."""
    goal = eq(add(mul(A, fn("step", A)), mul(A, fn("step", neg(A)))), A)
    with pytest.raises(REFUSED):
        proves(goal, {"rule": "axiom", **axiom("mul_step_reflect", A)})


def test_congruence_stays_outside_expectations() -> None:
    """From |ε| = ε, known in one case only, E|ε| = E ε does not follow."""
    for head, data in (("expectation", (("a",),)), ("limit", ("a",)), ("optimum", ("min",))):
        args = (HOLE, a) if head == "optimum" else (HOLE,)
        context = Term(head, args, data)
        relation = {"congruence": {"fact": 0}, "context": term_to_data(context)}
        certificate = {"rule": "linear", "uses": [{"context": term_to_data(HOLE), "relation": relation}]}
        with pytest.raises(CertificateError, match="congruence"):
            proves(eq(num(1), num(0)), certificate, eq(a, num(1)))


# derivatives under a condition


def test_the_premise_of_an_implication_ties_what_is_differentiated() -> None:
    """b = a² ⟹ ∂(ab)/∂a = b: whether b is held is not said."""
    slope = eq(der(mul(a, b), a), b)
    for goal, hypotheses in (
        (slope, (eq(b, power(a, 2)),)),
        (Term("implies", (eq(b, power(a, 2)), slope)), ()),
        (Term("implies", (rel("greater", a, num(0)), Term("implies", (eq(b, power(a, 2)), slope)))), ()),
    ):
        with pytest.raises(Unsupported, match="ties"):
            proves(goal, NORMAL_FORM, *hypotheses)
    free = Term("implies", (eq(a, num(2)), slope))
    assert proves(free, {"rule": "implies", "proof": NORMAL_FORM}).conclusion == free


def _member(index: str, *, after: int = 0) -> Term:
    return sym("w", SCALAR, plus(variable(index), constant(after)))


def test_members_of_a_family_that_a_recurrence_ties() -> None:
    """w_{t+1} = 2 w_t for every t: by w_s alone w_{s+1} is not differentiated."""
    here, following = _member("s"), _member("s", after=1)
    recurrence = every("t", eq(_member("t", after=1), mul(num(2), _member("t"))), None, constant(0))
    indices = (("s", (constant(0), None)),)
    for goal in (
        eq(der(mul(following, here), here), following),
        eq(der(add(following, here), here), num(1)),
    ):
        with pytest.raises(Unsupported, match="ties"):
            proves(goal, NORMAL_FORM, recurrence, indices=indices)
        assert proves(goal, NORMAL_FORM, indices=indices).conclusion == goal


def test_entries_that_a_condition_ties() -> None:
    """x_1 = x_2 does not give ∂(x_1 x_2)/∂x_1 = x_2."""
    first, second = (Term("entry", (x,), ((constant(k),),)) for k in (1, 2))
    goal = eq(der(mul(first, second), first), second)
    with pytest.raises(Unsupported, match="ties"):
        proves(goal, NORMAL_FORM, eq(first, second), dimensions=(minus(N, ONE),))
    assert proves(goal, NORMAL_FORM, dimensions=(minus(N, ONE),)).conclusion == goal


# domains


TAU = sym("τ")
DOMAINS = {
    "the derivative of a defined function": (
        eq(mul(a, fn("g", a, 1)), num(1)),
        (Definition("g", fn("log", TAU), (TAU,)),),
        "greater",
    ),
    "a defined function at the entries of a vector": (
        every("i", eq(mul(entry(x, "i"), entry(fn("g", x), "i")), num(1))),
        (Definition("g", div(num(1), TAU), (TAU,)),),
        "for_all",
    ),
    "a root of a square under a derivative": (
        eq(mul(a, der(power(power(a, 2), "1/2"), a)), power(power(a, 2), "1/2")),
        (),
        "greater",
    ),
    "a power whose exponent is bound and begins at -1": (
        eq(
            mul(a, Term("sum", (power(a, Term("index", (), (plus(variable("k"), constant(-1)),))),), ("k", (), N))),
            Term("sum", (power(a, idx("k")),), ("k", (), N)),
        ),
        (),
        "not_equal",
    ),
}


@pytest.mark.parametrize("name", DOMAINS)
def test_domains_that_were_not_stated(name: str) -> None:
    goal, definitions, head = DOMAINS[name]
    certificate = {"rule": "generalise", "proof": NORMAL_FORM} if goal.head == "for_all" else NORMAL_FORM
    theorem = proves(goal, certificate, definitions=definitions, dimensions=(N,))
    assert {condition.head for condition in theorem.side_conditions} == {head}
