"""Attacks on the kernel: tampered certificates, forged theorems, open terms, vacuous and circular claims."""

from __future__ import annotations

from typing import Any

import pytest

from tests.kernel.building import (
    HOLE,
    NORMAL_FORM,
    A,
    N,
    a,
    add,
    b,
    c,
    claim,
    der,
    div,
    entry,
    eq,
    fn,
    linear,
    mul,
    neg,
    num,
    power,
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
from verifier.derivation import Claim, Place, Verdict
from verifier.judging import Options, judge_claim
from verifier.kernel.context import CertificateError
from verifier.kernel.heads import TermError
from verifier.kernel.linear import ONE, constant, minus, plus, variable
from verifier.kernel.polynomials import Unsupported
from verifier.kernel.sequents import ClaimError, Definition
from verifier.kernel.serialization import sequent_to_data, term_from_data
from verifier.kernel.shapes import SCALAR, ShapeError, column
from verifier.kernel.terms import Term, substitute_indices

REFUSED = (CertificateError, ClaimError, TermError, ShapeError, Unsupported)


# open terms, loose and clashing indices


@pytest.mark.parametrize(
    "build",
    [
        lambda: claim(eq(entry(x, "i"), entry(x, "i"))),
        lambda: claim(eq(total(entry(x, "j")), a)),
        lambda: claim(eq(Term("entry", (x,), ((plus(variable("i"), ONE),),)), a), indices=(("i", (ONE, N)),)),
        lambda: claim(eq(Term("entry", (x,), ((constant(0),),)), a)),
        lambda: claim(eq(Term("entry", (x,), ((constant(2),),)), a)),
        lambda: claim(eq(total(Term("entry", (x,), ((plus(variable("i"), ONE),),))), a)),
        lambda: claim(eq(entry(x, "n"), entry(x, "n")), indices=(("n", (ONE, N)),)),
        lambda: claim(eq(Term("unit", (), (N, plus(N, ONE))), x)),
        lambda: claim(eq(Term("row", (A,), (variable("k"),)), tr(x))),
        lambda: claim(eq(sym("w", SCALAR, variable("q")), a)),
        lambda: claim(eq(Term("index", (), (variable("q"),)), a)),
        lambda: claim(a),
        lambda: claim(eq(sym("a", SCALAR), sym("b", SCALAR)), eq(sym("a", x.space()), x)),
        lambda: claim(eq(sym("a", SCALAR, variable("k")), a), indices=(("k", (ONE, None)),)),
    ],
)
def test_open_or_inconsistent_claims_cannot_be_built(build: Any) -> None:
    with pytest.raises((ClaimError, TermError)):
        build()


@pytest.mark.parametrize(
    "build",
    [
        lambda: Term("add", (x, A)),
        lambda: Term("multiply", (x, x)),
        lambda: Term("inverse", (x,)),
        lambda: Term("trace", (x,)),
        lambda: Term("divide", (a, x)),
        lambda: Term("power", (x, num(2))),
        lambda: Term("equal", (x, tr(x))),
        lambda: Term("less", (x, x)),
        lambda: Term("gradient", (x, x)),
        lambda: Term("add", (A, num(1))),
        lambda: column(constant(0)),
        lambda: column(minus((), N)),
        lambda: Term("block", (x, A), (1, 2)) if False else Term("block", (x, tr(x)), (1, 2)),
    ],
)
def test_wrong_shapes_cannot_be_built(build: Any) -> None:
    with pytest.raises(ShapeError):
        build()


@pytest.mark.parametrize(
    "data",
    [
        ["symbol", [], "a"],
        ["symbol", [], "", [[["", 1]], [["", 1]]], []],
        ["number", [], "1e999999999"],
        ["number", [], "0x10"],
        ["number", [], 3],
        ["eval", ["1"]],
        ["add", [["number", [], "1"]]],
        "a",
        None,
        {"head": "add"},
        ["sum", [["number", [], "1"]], "i", [["", "1"]], None],
        ["identity", [], [["n", True]]],
    ],
)
def test_plain_data_that_is_no_term(data: Any) -> None:
    with pytest.raises((TermError, ShapeError)):
        term_from_data(data)


def test_deep_data_is_refused_in_bounded_depth() -> None:
    data: Any = ["number", [], "1"]
    for _ in range(5000):
        data = ["negate", [data]]
    with pytest.raises(TermError):
        term_from_data(data)


# capture


def test_substitution_does_not_capture_an_index() -> None:
    body = total(mul(entry(x, "i"), entry(y, "j")))
    moved = substitute_indices(body, {"j": variable("i")})
    assert moved.data[0] != "i"
    same = eq(moved, total(mul(entry(x, "k"), entry(y, "i")), "k"))
    assert proves(same, indices=(("i", (ONE, N)),)).conclusion == same


def test_a_loose_index_in_a_multiplier_is_refused() -> None:
    context = mul(entry(x, "i"), HOLE)
    with pytest.raises(REFUSED):
        proves(eq(total(mul(entry(x, "i"), a)), total(mul(entry(x, "i"), b))), linear(use(context, fact=0)), eq(a, b))


def test_the_hole_is_no_symbol_of_a_claim() -> None:
    with pytest.raises(REFUSED):
        proves(eq(HOLE, num(0)), linear(use(HOLE, fact=0)), eq(HOLE, num(0)))


def test_a_quantified_instance_keeps_its_range() -> None:
    """A fact about x_1 … x_{n-1} says nothing of x_n."""
    hypothesis = Term("for_all", (eq(entry(x, "i"), num(0)),), ("i", ONE, minus(N, ONE)))
    context = total(mul(entry(y, "i"), sym("□", SCALAR, variable("i"))))
    with pytest.raises(REFUSED):
        proves(eq(mul(tr(y), x), num(0)), linear(use(context, fact=0)), hypothesis, dimensions=(minus(N, ONE),))


# definitions


def test_circular_definitions() -> None:
    first, second = Definition("p", add(sym("q"), num(1))), Definition("q", sym("p"))
    with pytest.raises(ClaimError, match="circular"):
        claim(eq(sym("p"), sym("q")), definitions=(first, second))
    with pytest.raises(ClaimError, match="circular"):
        claim(eq(sym("p"), num(0)), definitions=(Definition("p", add(sym("p"), num(1))),))


def test_a_name_is_defined_once() -> None:
    with pytest.raises(ClaimError, match="twice"):
        claim(eq(sym("p"), num(1)), definitions=(Definition("p", num(1)), Definition("p", num(2))))


def test_a_defined_member_outside_its_range() -> None:
    family = Definition("w", num(1), indices=(("k", (ONE, constant(3))),))
    inside = eq(sym("w", SCALAR, constant(2)), num(1))
    assert proves(inside, definitions=(family,)).conclusion == inside
    for index in (constant(4), constant(0), N):
        with pytest.raises(ClaimError):
            claim(eq(sym("w", SCALAR, index), num(1)), definitions=(family,), dimensions=(N,))


def test_derivatives_by_a_defined_symbol_hold_it() -> None:
    """With φ = relu(w x + b): ∂L/∂φ is φ - y, ∂L/∂w is (φ - y) x [w x + b > 0]."""
    w, u, v = sym("w"), sym("u"), sym("v")
    phi = sym("phi")
    definition = Definition("phi", fn("relu", add(mul(w, u), v)))
    loss = mul(num("1/2"), power(sub(phi, b), 2))
    by_phi = eq(der(loss, phi), sub(phi, b))
    by_w = eq(der(loss, w), mul(sub(phi, b), mul(fn("step", add(mul(w, u), v)), u)))
    for goal in (by_phi, by_w):
        assert proves(goal, definitions=(definition,)).conclusion == goal
    with pytest.raises(CertificateError):
        proves(eq(der(loss, w), sub(phi, b)), definitions=(definition,))


@pytest.mark.parametrize("body", [sym("L"), add(sym("L"), num(1)), power(sub(fn("relu", mul(a, c)), b), 2)])
def test_a_derivative_is_not_zero_because_nobody_defined_the_term(body: Term) -> None:
    phi = sym("phi")
    definition = Definition("phi", fn("relu", mul(a, c)))
    with pytest.raises(Unsupported, match="nothing says"):
        proves(eq(der(body, phi), num(0)), definitions=(definition,))


def test_a_gradient_at_a_point_is_taken_before_substitution() -> None:
    square = mul(tr(x), x)
    at_zero = Term("substitute", (Term("gradient", (square, x)), x, Term("zeros", (), (x.space(),))))
    assert proves(eq(at_zero, Term("zeros", (), (x.space(),))))
    inner = Term("substitute", (square, x, y))
    with pytest.raises(REFUSED):
        proves(eq(Term("gradient", (inner, x)), mul(num(2), x)))


def test_substitution_does_not_capture_a_symbol() -> None:
    """(∂/∂a (a + b)) at b := a is 1, not 2."""
    goal = eq(Term("substitute", (der(add(a, b), a), b, a)), num(1))
    assert proves(goal).conclusion == goal
    with pytest.raises(CertificateError):
        proves(eq(Term("substitute", (der(add(a, b), a), b, a)), num(2)))


def _apply(name: str, *arguments: Term) -> Term:
    return Term("apply", arguments, (name, SCALAR, ()))


@pytest.mark.parametrize(
    ("term", "value", "captured"),
    [
        (_apply("f", a), a, mul(num(2), a)),
        (der(_apply("f", a), a), num(1), num(2)),
        (_apply("f", power(a, 2)), power(a, 2), mul(num(3), power(a, 2))),
        (_apply("g", a), mul(num(2), power(a, 2)), mul(num(3), power(a, 2))),
        (der(_apply("g", a), a), mul(num(4), a), mul(num(6), a)),
    ],
)
def test_an_argument_is_no_variable_of_a_derivative_in_the_body(term: Term, value: Term, captured: Term) -> None:
    """f(u) := ∂(u a)/∂a is u, also where u is a; g(u) := ∂(u a²)/∂a is 2 u a."""
    u = sym("u")
    f, g = (Definition(name, der(mul(u, power(a, k)), a), (u,)) for k, name in enumerate("fg", start=1))
    proves(eq(term, value), definitions=(f, g))
    with pytest.raises(CertificateError):
        proves(eq(term, captured), definitions=(f, g))


def test_a_derivative_of_a_derivative_by_the_same_symbol() -> None:
    """∂²(a³)/∂a² = 6a, with and without a value put for a inside, and with a meaning of a given around."""
    twice = der(der(power(a, 3), a), a)
    proves(eq(twice, mul(num(6), a)))
    proves(eq(Term("substitute", (twice, a, b)), mul(num(6), b)))
    proves(eq(der(Term("substitute", (der(power(a, 3), a), a, power(a, 2))), a), mul(num(12), power(a, 3))))
    proves(eq(twice, mul(num(6), power(b, 2))), definitions=(Definition("a", power(b, 2)),))
    with pytest.raises(CertificateError):
        proves(eq(der(Term("substitute", (mul(a, b), b, a)), a), a))  # it is 2a


# side conditions are the domains, and all of them


@pytest.mark.parametrize(
    ("goal", "conditions"),
    [
        (eq(div(a, a), num(1)), {"not_equal"}),
        (eq(mul(a, power(a, -1)), num(1)), {"not_equal"}),
        (eq(fn("log", mul(num(2), a)), add(fn("log", num(2)), fn("log", a))), {"greater"}),
        (eq(power(power(a, "1/2"), 2), a), {"greater_equal"}),
        (eq(der(fn("abs", a), a), sub(mul(num(2), fn("step", a)), num(1))), {"not_equal"}),
        (eq(total(div(entry(x, "i"), entry(x, "i"))), Term("index", (), (N,))), {"for_all"}),
        (eq(tr(Term("inverse", (A,))), Term("inverse", (tr(A),))), {"property"}),
        (eq(div(a, add(num(1), fn("exp", b))), mul(a, power(add(num(1), fn("exp", b)), -1))), set()),
        (eq(power(a, 0), num(1)), set()),
    ],
)
def test_side_conditions(goal: Term, conditions: set[str]) -> None:
    assert {p.head for p in proves(goal).side_conditions} == conditions


def test_a_norm_has_a_kink_and_its_square_has_none() -> None:
    """∇√(1 + ‖x‖²) exists everywhere, ∇(‖x‖ + ‖x‖²) not at 0, whatever else the same norm is part of."""
    norm = Term("norm", (x,), ("2",))
    for body, condition in (
        (power(add(num(1), power(norm, 2)), "1/2"), {"greater"}),
        (add(norm, power(norm, 2)), {"greater"}),
        (power(norm, 2), set()),
        (power(norm, 3), {"greater"}),
        (power(Term("norm", (fn("abs", x),), ("2",)), 2), {"for_all"}),
    ):
        conditions = proves(eq(Term("gradient", (body, x)), Term("gradient", (body, x)))).side_conditions
        assert {p.head for p in conditions} <= condition, body
        at_the_norm = any(p.head == "greater" and p.args[0] == norm for p in conditions)
        assert at_the_norm == (body.head == "add" or body == power(norm, 3)), body


def test_a_stated_condition_is_no_side_condition() -> None:
    theorem = proves(eq(div(a, a), num(1)), NORMAL_FORM, rel("greater", a, num(0)))
    assert theorem.side_conditions == ()
    assert theorem.hypotheses == (rel("greater", a, num(0)),)


def test_a_restricted_sum_asks_only_for_its_own_terms() -> None:
    gap = sub(entry(x, "h"), entry(x, "i"))
    condition = rel("not_equal", Term("index", (), (variable("i"),)), Term("index", (), (variable("h"),)))
    term = total(div(num(1), gap), condition=condition)
    (side,) = proves(eq(term, term), indices=(("h", (ONE, N)),)).side_conditions
    assert side.args[0].head == "implies"


# what is known is known only where it is known


def test_a_fact_about_one_index_is_no_fact_about_another() -> None:
    goal = rel("greater", entry(x, "k"), num(0))
    indices = (("h", (ONE, N)), ("k", (ONE, N)))
    with pytest.raises(CertificateError):
        proves(goal, {"rule": "sign"}, rel("greater", entry(x, "h"), num(0)), indices=indices)


def test_a_case_is_not_known_outside_of_it() -> None:
    positive = rel("greater", a, num(0))
    certificate = {"rule": "cut", "lemma": sequent_to_data(claim(positive))["conclusion"], "proof": {"rule": "sign"}}
    with pytest.raises(CertificateError):
        proves(positive, {**certificate, "then": {"rule": "fact", "fact": 0}})


def test_contradictory_hypotheses_are_left_to_the_search_for_a_model() -> None:
    """The kernel proves from a contradiction; judging asks for a model of the hypotheses before it says proved."""
    goal = eq(num(1), num(0))
    certificate = linear(use(neg(HOLE), fact=0), use(HOLE, fact=1))
    hypotheses = (eq(a, num(1)), eq(a, num(0)))
    assert proves(goal, certificate, *hypotheses).hypotheses == hypotheses
    sequent = claim(goal, *hypotheses)
    judgement = judge_claim(Claim("c1", Place(1, 1, 1, 2), sequent=sequent), Options())
    assert judgement.verdict is Verdict.UNDECIDED
