"""± in equations; factorials and binomial coefficients."""

from __future__ import annotations

from fractions import Fraction

from verifier.instantiation import confirm, instantiate
from verifier.kernel.sequents import Sequent
from verifier.kernel.terms import Term
from verifier.language import Expression, equals, index, jacobian, number, scalars, sqrt, summation

from .claims import claim, within
from .condition_claims import is_

x, a, b, c = scalars("x a b c")
m, k = index("m"), index("k")
natural = [within("m", (), None), within("k", (), (("m", 1),))]


def plus_minus(left: Expression, right: Expression) -> Expression:
    """left ± right"""
    return Expression(Term("plus_minus", (left.term, right.term)))


def factorial(argument: Expression) -> Expression:
    """n!"""
    return Expression(Term("factorial", (argument.term,)))


def binomial(top: Expression, bottom: Expression) -> Expression:
    """n over k"""
    return Expression(Term("binomial", (top.term, bottom.term)))


def refuted(sequent: Sequent) -> bool:
    """Whether there is a counterexample, which is confirmed."""
    outcome = instantiate(sequent)
    assert not outcome.undecidable
    if outcome.counterexample is not None:
        assert confirm(sequent, outcome.counterexample)
    else:
        assert outcome.evidence.model_found
    return outcome.counterexample is not None


quadratic = [is_(x**2 + 2 * b * x + c, 0)]


def test_a_value_with_both_signs_is_one_of_two() -> None:
    assert not refuted(claim(equals(x, plus_minus(-b, sqrt(b**2 - c))), given=quadratic))
    assert refuted(claim(equals(x, plus_minus(b, sqrt(b**2 - c))), given=quadratic))
    assert refuted(claim(equals(x, -b + sqrt(b**2 - c)), given=quadratic))
    assert not refuted(claim(equals(x**2, a**2), given=[equals(x, plus_minus(number(0), a))]))
    assert refuted(claim(equals(x, a), given=[equals(x, plus_minus(number(0), a))]))


def test_signs_on_both_sides_go_together() -> None:
    right = plus_minus(a**2 + b**2, 2 * a * b)
    assert not refuted(claim(equals(plus_minus(a, b) ** 2, right)))
    assert refuted(claim(equals(plus_minus(a, b) ** 2, plus_minus(a**2 + b**2, -(2 * a * b)))))


def test_other_uses_are_not_evaluated() -> None:
    for statement in (plus_minus(a, b) <= c, equals(x, plus_minus(plus_minus(number(0), a), b))):
        assert "plus minus" in instantiate(claim(statement)).undecidable


def test_counting() -> None:
    pascal = equals(
        binomial(number(m + 1), number(k + 1)), binomial(number(m), number(k)) + binomial(number(m), number(k + 1))
    )
    assert not refuted(claim(pascal, indices=natural))
    ratio = factorial(number(m)) / (factorial(number(k)) * factorial(number(m) - number(k)))
    assert not refuted(claim(equals(binomial(number(m), number(k)), ratio), indices=natural))
    assert refuted(claim(equals(factorial(number(m)), number(m) * factorial(number(m))), indices=natural[:1]))
    total = summation(binomial(number(m), number(k)) * a ** number(k), k, 0, m)
    assert not refuted(claim(equals(total, (1 + a) ** number(m)), indices=natural[:1]))
    assert refuted(claim(equals(total, (1 - a) ** number(m)), indices=natural[:1]))


def test_only_natural_numbers_are_counted() -> None:
    assert instantiate(claim(equals(factorial(a * 0 + Fraction(1, 2)), 1))).counterexample is None
    assert instantiate(claim(equals(jacobian(factorial(a), a), 0))).counterexample is None
    assert instantiate(claim(equals(factorial(a), a), given=[equals(a, 10**9)])).counterexample is None
