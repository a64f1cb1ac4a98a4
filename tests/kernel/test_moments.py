"""Randomness in the kernel: what follows from what is declared, and near it what does not."""

from __future__ import annotations

from typing import Any

import pytest

from tests.kernel.building import SQUARE, VECTOR, N, add, div, fn, idx, mul, num, power, sub, sym, total, tr
from verifier.kernel.context import CertificateError
from verifier.kernel.heads import TermError
from verifier.kernel.linear import ONE, Linear, constant, plus, variable
from verifier.kernel.polynomials import Unsupported
from verifier.kernel.sequents import Definition, Sequent
from verifier.kernel.serialization import sequent_from_data, sequent_to_data, term_to_data
from verifier.kernel.shapes import SCALAR
from verifier.kernel.terms import Term
from verifier.kernel.theorems import Theorem, prove

NORMAL_FORM = {"rule": "normal form"}
T = variable("t")
x, y, z, w, a, b, mu = (sym(name) for name in ("x", "y", "z", "w", "a", "b", "mu"))
v, A, S = sym("v", VECTOR), sym("A", SQUARE), sym("S", SQUARE)


def mean(body: Term) -> Term:
    return Term("expectation", (body,), ((),))


def var(body: Term) -> Term:
    return Term("variance", (body,), ((),))


def cov(left: Term, right: Term) -> Term:
    return Term("covariance", (left, right), ((),))


def equal(left: Term, right: Term) -> Term:
    return Term("equal", (left, right))


def random(*symbols: Term) -> tuple[Term, ...]:
    return tuple(Term("property", (symbol,), ("random",)) for symbol in symbols)


def independent(*symbols: Term) -> Term:
    return Term("independent", symbols, ((1,) * len(symbols),))


def declared(head: str, *symbols: Term) -> Term:
    return Term(head, symbols)


def for_t(body: Term, low: Linear = ONE, high: Linear | None = N) -> Term:
    return Term("for_all", (body,), ("t", low, high))


def member(name: str, form: Linear = T) -> Term:
    return sym(name, SCALAR, form)


def use(fact: int, context: Term) -> dict[str, Any]:
    return {"context": term_to_data(context), "relation": {"fact": fact}}


def linear(*uses: dict[str, Any]) -> dict[str, Any]:
    return {"rule": "linear", "uses": list(uses)}


HOLE = sym("□")
XY = random(x, y)
LATER = plus(T, ONE)
MEMBERS = (for_t(random(member("x"))[0]), for_t(random(member("y"))[0]))

FOLLOWS = {
    "E is linear": (equal(mean(add(mul(a, x), b)), add(mul(a, mean(x)), b)), XY),
    "E of a constant": (equal(mean(b), b), XY),
    "E of E": (equal(mean(mul(x, mean(x))), power(mean(x), 2)), XY),
    "Var by definition": (equal(var(x), sub(mean(power(x, 2)), power(mean(x), 2))), XY),
    "Var of a multiple": (equal(var(add(mul(a, x), b)), mul(power(a, 2), var(x))), XY),
    "Var of a sum": (equal(var(add(x, y)), add(add(var(x), mul(num(2), cov(x, y))), var(y))), XY),
    "Cov of vectors": (equal(var(mul(A, v)), mul(A, var(v), tr(A))), random(v)),
    "Cov is symmetric": (equal(var(v), tr(var(v))), random(v)),
    "a quadratic form": (
        equal(mean(mul(tr(v), A, v)), add(Term("trace", (mul(A, var(v)),)), mul(tr(mean(v)), A, mean(v)))),
        random(v),
    ),
    "a product of independent ones": (equal(mean(mul(x, y)), mul(mean(x), mean(y))), (*XY, independent(x, y))),
    "powers of independent ones": (
        equal(mean(mul(power(x, 2), power(y, 3))), mul(mean(power(x, 2)), mean(power(y, 3)))),
        (*XY, independent(x, y)),
    ),
    "three independent ones": (
        equal(mean(mul(x, y, z)), mul(mean(x), mean(y), mean(z))),
        (*random(x, y, z), independent(x, y, z)),
    ),
    "one of a pair is independent": (
        equal(mean(mul(x, y, z)), mul(mean(mul(x, y)), mean(z))),
        (*random(x, y, z), Term("independent", (x, y, z), ((2, 1),))),
    ),
    "the fourth moment of a Gaussian": (
        equal(mean(power(sub(x, mean(x)), 4)), mul(num(3), power(var(x), 2))),
        (*XY, declared("gaussian", x)),
    ),
    "members at different indices": (
        equal(cov(member("x"), member("x", LATER)), num(0)),
        (*MEMBERS, for_t(declared("independent_members", member("x")), ONE, None)),
    ),
    "pairs of members at different indices": (
        equal(cov(member("x"), member("y", LATER)), num(0)),
        (*MEMBERS, for_t(declared("independent_members", member("x"), member("y")), ONE, None)),
    ),
    "a sum of independent members": (
        equal(var(total(member("x"), "t")), total(var(member("x")), "t")),
        (*MEMBERS, for_t(declared("independent_members", member("x")))),
    ),
    "independent at every index": (
        equal(mean(mul(member("x"), member("y"))), mul(mean(member("x")), mean(member("y")))),
        (*MEMBERS, for_t(independent(member("x"), member("y")), ONE, None)),
    ),
}

DOES_NOT_FOLLOW = {
    "nothing is random": (equal(mean(x), x), ()),
    "E of a square": (equal(mean(power(x, 2)), power(mean(x), 2)), XY),
    "E x xᵀ = μ μᵀ": (equal(mean(mul(v, tr(v))), mul(mean(v), tr(mean(v)))), random(v)),
    "E of a reciprocal": (equal(mean(div(num(1), x)), div(num(1), mean(x))), XY),
    "E of a function": (equal(mean(fn("tanh", x)), fn("tanh", mean(x))), XY),
    "E of an undeclared function": (equal(mean(fn("f", x)), fn("f", mean(x))), XY),
    "E |x| = 0": (equal(mean(fn("abs", x)), num(0)), XY),
    "E x = x": (equal(mean(x), x), XY),
    "Var of a sum": (equal(var(add(x, y)), add(var(x), var(y))), XY),
    "a product": (equal(mean(mul(x, y)), mul(mean(x), mean(y))), XY),
    "a product, of which one is independent of another": (
        equal(mean(mul(x, y)), mul(mean(x), mean(y))),
        (*random(x, y, z), independent(x, z)),
    ),
    "pairwise independence is not joint": (
        equal(mean(mul(x, y, z)), mul(mean(x), mean(y), mean(z))),
        (*random(x, y, z), independent(x, y), independent(y, z), independent(x, z)),
    ),
    "within a block nothing is independent": (
        equal(mean(mul(x, y, z)), mul(mean(x), mean(y), mean(z))),
        (*random(x, y, z), Term("independent", (x, y, z), ((2, 1),))),
    ),
    "E[N² w]": (equal(mean(mul(power(x, 2), w)), mul(mean(power(x, 2)), mean(w))), random(x, w)),
    "the fourth moment of what is not Gaussian": (
        equal(mean(power(sub(x, mean(x)), 4)), mul(num(3), power(var(x), 2))),
        XY,
    ),
    "Gaussian each, not jointly": (
        equal(cov(power(x, 2), y), mul(num(2), mean(x), cov(x, y))),
        (*XY, declared("gaussian", x), declared("gaussian", y)),
    ),
    "independent entries are not Gaussian": (
        equal(mean(power(sub(x, mean(x)), 4)), mul(num(3), power(var(x), 2))),
        (*XY, declared("independent_entries", x)),
    ),
    "one index and the same": (
        equal(cov(member("x"), member("x")), num(0)),
        (*MEMBERS, for_t(declared("independent_members", member("x")), ONE, None)),
    ),
    "pairs at one index": (
        equal(cov(member("x"), member("y")), num(0)),
        (*MEMBERS, for_t(declared("independent_members", member("x"), member("y")), ONE, None)),
    ),
    "two families of independent members": (
        equal(cov(member("x"), member("y", LATER)), num(0)),
        (
            *MEMBERS,
            for_t(declared("independent_members", member("x")), ONE, None),
            for_t(declared("independent_members", member("y")), ONE, None),
        ),
    ),
    "independent at every index is not so across": (
        equal(mean(mul(member("x"), member("y", LATER))), mul(mean(member("x")), mean(member("y", LATER)))),
        (*MEMBERS, for_t(independent(member("x"), member("y")), ONE, None)),
    ),
    "before the first index": (
        equal(cov(member("x"), member("x", plus(T, constant(-1)))), num(0)),
        (*MEMBERS, for_t(declared("independent_members", member("x")), ONE, None)),
    ),
    "after the last index": (
        equal(cov(member("x"), member("x", LATER)), num(0)),
        (*MEMBERS, for_t(declared("independent_members", member("x")))),
    ),
}
INDICES = (("t", (ONE, N)),)


def theorem(conclusion: Term, hypotheses: tuple[Term, ...], certificate: Any = NORMAL_FORM, **more: Any) -> Theorem:
    return prove(Sequent(conclusion, hypotheses, indices=INDICES, dimensions=(N,), **more), certificate)


@pytest.mark.parametrize("name", FOLLOWS)
def test_what_follows_is_proved(name: str) -> None:
    assert theorem(*FOLLOWS[name]).conclusion == FOLLOWS[name][0]


@pytest.mark.parametrize("name", DOES_NOT_FOLLOW)
def test_what_does_not_follow_is_rejected(name: str) -> None:
    with pytest.raises((CertificateError, Unsupported)):
        theorem(*DOES_NOT_FOLLOW[name])


@pytest.mark.parametrize("name", [n for n, (_, h) in FOLLOWS.items() if h[-1].head not in ("property", "for_all")])
def test_without_the_last_declaration_it_does_not_follow(name: str) -> None:
    conclusion, hypotheses = FOLLOWS[name]
    with pytest.raises((CertificateError, Unsupported)):
        theorem(conclusion, hypotheses[:-1])


def test_the_declarations_that_are_used_are_listed() -> None:
    proved = theorem(equal(mean(mul(x, y)), mul(mean(x), mean(y))), (*XY, independent(x, y), declared("gaussian", x)))
    assert [h.head for h in proved.hypotheses] == ["property", "property", "independent"]


def test_a_declared_mean_is_an_equation_like_others() -> None:
    hypotheses = (*XY, equal(mean(x), mu), equal(var(x), a))
    goal = equal(mean(power(x, 2)), add(a, power(mu, 2)))
    proof = linear(use(3, HOLE), use(2, mul(HOLE, mean(x))), use(2, mul(HOLE, mu)))
    assert theorem(goal, hypotheses, proof).hypotheses == hypotheses[:1] + hypotheses[1:]
    with pytest.raises(CertificateError):
        theorem(goal, hypotheses, linear(use(3, HOLE), use(2, mul(HOLE, mean(x)))))


def test_what_is_divided_by_is_not_zero_at_any_outcome() -> None:
    proved = theorem(equal(mean(div(x, x)), num(1)), XY)
    assert proved.side_conditions == (Term("not_equal", (x, num(0))),)


# hypotheses under E


def test_what_holds_at_every_outcome_may_be_used_under_e() -> None:
    goal = equal(mean(mul(y, power(x, 2))), mean(mul(y, x)))
    assert theorem(goal, (*XY, equal(power(x, 2), x)), linear(use(2, mean(mul(y, HOLE)))))
    assert theorem(equal(cov(power(x, 2), y), cov(x, y)), (*XY, equal(power(x, 2), x)), linear(use(2, cov(HOLE, y))))


def test_what_holds_in_a_case_may_not_be_used_under_e() -> None:
    """x = 1 or x = 0 gives E x² = E x; but from x = 0 in one case, E x = 0 does not follow there."""
    zero = equal(x, num(0))
    goal = Term("implies", (zero, equal(mean(x), num(0))))
    with pytest.raises(CertificateError):
        theorem(goal, XY, {"rule": "implies", "proof": linear(use(2, mean(HOLE)))})
    assert theorem(
        Term("implies", (zero, equal(mul(x, mean(y)), num(0)))), XY, {"rule": "implies", "proof": _times(mean(y))}
    )


def _times(factor: Term) -> dict[str, Any]:
    return linear(use(2, mul(HOLE, factor)))


def test_cases_do_not_reach_under_e() -> None:
    """E x = 0 from the cases x = 0 and x ≠ 0 would prove that every mean is zero."""
    goal = equal(mul(mean(x), sub(mean(x), num(1))), num(0))
    for then in (use(2, mul(mean(HOLE), sub(mean(x), num(1)))), use(3, mul(mean(HOLE), sub(mean(x), num(1))))):
        proof = {"rule": "cases", "on": term_to_data(equal(x, num(0))), "then": linear(then), "else": linear(then)}
        with pytest.raises(CertificateError):
            theorem(goal, XY, proof)


def test_a_lemma_about_one_outcome_stays_there() -> None:
    """In the case x = 0, the lemma x y = 0 holds at this outcome, and E[x y] = 0 does not follow."""
    lemma = equal(mul(x, y), num(0))
    proof = {"lemma": term_to_data(lemma), "proof": linear(use(2, mul(HOLE, y)))}
    inner = {"rule": "linear", "uses": [{"context": term_to_data(mean(HOLE)), "relation": proof}]}
    goal = Term("implies", (equal(x, num(0)), equal(mean(mul(x, y)), num(0))))
    with pytest.raises(CertificateError):
        theorem(goal, XY, {"rule": "implies", "proof": inner})
    cut = {"rule": "cut", "lemma": proof["lemma"], "proof": proof["proof"], "then": linear(use(3, mean(HOLE)))}
    with pytest.raises(CertificateError):
        theorem(goal, XY, {"rule": "implies", "proof": cut})


def test_what_follows_from_constants_in_a_case_may_be_used_under_e() -> None:
    goal = Term("implies", (equal(a, num(0)), equal(mean(mul(a, x)), num(0))))
    assert theorem(goal, XY, {"rule": "implies", "proof": linear(use(2, mean(mul(HOLE, x))))})


def test_a_definition_that_is_random_is_known_to_be_so() -> None:
    """O := x + y is random: what is assumed of it holds at one outcome."""
    total_of = sym("O")
    goal = Term("implies", (equal(total_of, num(0)), equal(mean(total_of), num(0))))
    proof = {"rule": "implies", "proof": linear(use(2, mean(HOLE)))}
    with pytest.raises(CertificateError):
        theorem(goal, XY, proof, definitions=(Definition("O", add(x, y)),))
    assert theorem(equal(mean(total_of), add(mean(x), mean(y))), XY, definitions=(Definition("O", add(x, y)),))


# binding


def test_a_random_value_is_not_put_in_under_e() -> None:
    """f(u) := E[u x] is E[x] u, so f(x) is x E[x], and neither E[x²] nor a constant."""
    f = Definition("f", mean(mul(sym("u"), x)), (sym("u"),))
    of_x = Term("apply", (x,), ("f", SCALAR, ()))
    of_b = Term("apply", (b,), ("f", SCALAR, ()))
    for goal in (equal(of_x, mean(power(x, 2))), equal(of_x, mul(x, mean(x)))):
        for certificate in (NORMAL_FORM, {"rule": "unfold", "proof": NORMAL_FORM}):
            with pytest.raises(Unsupported):
                theorem(goal, XY, certificate, definitions=(f,))
    assert theorem(equal(of_b, mul(b, mean(x))), XY, definitions=(f,))


def test_a_random_symbol_is_not_put_in_for_another() -> None:
    put = Term("substitute", (mean(mul(b, x)), b, x))
    bound = Term("substitute", (mean(x), x, num(3)))
    for goal in (equal(put, mean(power(x, 2))), equal(bound, num(3)), equal(bound, mean(x))):
        with pytest.raises(Unsupported):
            theorem(goal, XY)
    constant_put = Term("substitute", (mean(mul(b, x)), b, num(3)))
    assert theorem(equal(constant_put, mul(num(3), mean(x))), XY)


def test_a_moment_is_not_differentiated_by_what_it_binds() -> None:
    by_x = Term("derivative", (mean(power(x, 2)), x), ("numerator",))
    for right in (num(0), mul(num(2), x), mean(mul(num(2), x))):
        with pytest.raises(Unsupported):
            theorem(equal(by_x, right), XY)
    by_b = Term("derivative", (mean(power(sub(mul(b, x), y), 2)), b), ("numerator",))
    inside = mean(Term("derivative", (power(sub(mul(b, x), y), 2), b), ("numerator",)))
    assert theorem(equal(by_b, inside), XY)


def test_a_lemma_may_not_put_random_values_in_either() -> None:
    lemma = equal(Term("substitute", (mean(mul(b, x)), b, x)), mean(power(x, 2)))
    proof = {"rule": "cut", "lemma": term_to_data(lemma), "proof": NORMAL_FORM, "then": NORMAL_FORM}
    with pytest.raises((Unsupported, CertificateError)):
        theorem(equal(mean(x), mean(x)), XY, proof)


def test_a_random_symbol_is_not_defined() -> None:
    with pytest.raises(Unsupported):
        theorem(equal(x, mean(x)), XY, definitions=(Definition("x", mu),))


def test_a_conditional_moment_is_not_decided() -> None:
    given = Term("expectation", (x,), (("y",),))
    with pytest.raises(Unsupported):
        theorem(equal(given, mean(x)), XY)


def test_moments_of_a_high_order_are_not_decided() -> None:
    with pytest.raises(Unsupported):
        theorem(equal(mean(power(x, 9)), mean(power(x, 9))), XY)


# terms


def test_declarations_are_about_symbols() -> None:
    with pytest.raises(TermError):
        independent(add(x, y), z)
    with pytest.raises(TermError):
        Term("independent", (x, y), ((2,),))
    with pytest.raises(TermError):
        Term("independent", (x, y), ((1, 0, 1),))
    with pytest.raises(TermError):
        declared("gaussian")


def test_declarations_are_plain_data() -> None:
    sequent = Sequent(equal(mean(x), idx("n")), (*XY, Term("independent", (x, y), ((1, 1),))), dimensions=(N,))
    assert sequent_from_data(sequent_to_data(sequent)) == sequent
