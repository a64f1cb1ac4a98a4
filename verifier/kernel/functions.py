"""Functions of one real number, applied entrywise: normal forms and derivatives.

Each rule is an equation that holds wherever both sides are defined. What needs a sign to be known,
such as log(ab) = log a + log b, is no rule here but an axiom with premises.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from verifier.kernel.algebra import Algebra
from verifier.kernel.exponents import primes
from verifier.kernel.polynomials import Factor, Monomial, NormalForm, Unsupported

Rule = Callable[[Algebra, NormalForm], NormalForm]


@dataclass(frozen=True, slots=True)
class Function:
    """One row: derivative f'(u) as a normal form, values f(c) at rational c, parity, and a special rule."""

    derivative: Rule
    at_zero: Fraction | None = None
    parity: str = ""
    rule: Rule | None = None


def apply(algebra: Algebra, name: str, order: int, form: NormalForm) -> NormalForm:
    """The function (its derivative of that order, if it is undeclared) at a normal form."""
    row = FUNCTIONS.get(name)
    if row is None:
        return _opaque(algebra, name, order, form)
    if order:
        raise Unsupported(f"{name} is written with {order} primes: write its derivative out")
    if row.rule is not None:
        return row.rule(algebra, form)
    if not form and row.at_zero is not None:
        return algebra.number(row.at_zero)
    if row.parity and form and not algebra.oriented(form):
        inner = apply(algebra, name, 0, algebra.scale(Fraction(-1), form))
        match row.parity:
            case "even":
                return inner
            case "odd":
                return algebra.scale(Fraction(-1), inner)
            case _:
                return algebra.subtract(algebra.number(1), inner)
    return _opaque(algebra, name, 0, form)


def derivative(algebra: Algebra, name: str, order: int, form: NormalForm) -> NormalForm:
    """f'(u) for the function f = name, or for the derivative of that order of an undeclared one."""
    row = FUNCTIONS.get(name)
    return _opaque(algebra, name, order + 1, form) if row is None else row.derivative(algebra, form)


def _opaque(algebra: Algebra, name: str, order: int, form: NormalForm) -> NormalForm:
    closed, slots = algebra.close(form)
    return algebra.factor(algebra.base("function", name, (order,), (closed,)), slots)


def _exp(algebra: Algebra, form: NormalForm) -> NormalForm:
    """exp(Σ c m) = Π exp(m)^c, and exp(c log u) = u^c."""
    factors: list[Factor] = []
    result = algebra.number(1)
    for monomial, coefficient in form.items():
        inside = _logarithm(monomial)
        if inside is not None:
            argument = algebra.argument(inside)
            result = algebra.multiply(result, algebra.power(argument, _integer(coefficient)))
            continue
        closed, slots = algebra.close({monomial: Fraction(1)})
        factors.append(Factor(algebra.base("function", "exp", (0,), (closed,)), slots, _integer(coefficient)))
    return algebra.multiply(result, algebra.monomial(Fraction(1), factors, {}))


def _integer(number: Fraction) -> int | Fraction:
    return number.numerator if number.denominator == 1 else number


def _logarithm(monomial: Monomial) -> Factor | None:
    if len(monomial.factors) != 1 or monomial.bound:
        return None
    factor = monomial.factors[0]
    return factor if factor.base.name == "log" and factor.base.kind == "function" and factor.exponent == 1 else None


def _log(algebra: Algebra, form: NormalForm) -> NormalForm:
    """log(c exp(u) q) = log c + u + log q for a rational c > 0."""
    if len(form) != 1:
        return _opaque(algebra, "log", 0, form) if form else _undefined("log 0")
    ((monomial, coefficient),) = form.items()
    if monomial.bound:
        return _opaque(algebra, "log", 0, form)
    result: NormalForm = {}
    rest: list[Factor] = []
    for factor in monomial.factors:
        if factor.base.kind == "function" and factor.base.name == "exp":
            inner = algebra.argument(factor)
            result = algebra.add(result, algebra.multiply(algebra.exponent_value(factor.exponent), inner))
        elif factor.base.kind == "number" and int(factor.base.name) > 0 and not isinstance(factor.exponent, tuple):
            prime = _log_number(algebra, Fraction(int(factor.base.name)))
            result = algebra.add(result, algebra.scale(Fraction(factor.exponent), prime))
        else:
            rest.append(factor)
    result = algebra.add(result, _log_number(algebra, abs(coefficient)))
    sign = Fraction(1 if coefficient > 0 else -1)
    if not rest and sign > 0:
        return result
    return algebra.add(result, _opaque(algebra, "log", 0, algebra.monomial(sign, rest, {})))


def _log_number(algebra: Algebra, number: Fraction) -> NormalForm:
    result: NormalForm = {}
    for prime, count in primes(number):
        result = algebra.add(result, algebra.scale(Fraction(count), _opaque(algebra, "log", 0, algebra.number(prime))))
    return result


def _undefined(what: str) -> NormalForm:
    raise Unsupported(f"{what} is not defined")


def _step(algebra: Algebra, form: NormalForm) -> NormalForm:
    return algebra.step(form)


def _sign(algebra: Algebra, form: NormalForm) -> NormalForm:
    return algebra.subtract(algebra.step(form), algebra.step(algebra.scale(Fraction(-1), form)))


def _one_minus_square(algebra: Algebra, form: NormalForm) -> NormalForm:
    return algebra.subtract(algebra.number(1), algebra.power(apply(algebra, "tanh", 0, form), 2))


def _logistic(algebra: Algebra, form: NormalForm) -> NormalForm:
    value = apply(algebra, "sigmoid", 0, form)
    return algebra.multiply(value, algebra.subtract(algebra.number(1), value))


def _negative(name: str) -> Rule:
    return lambda algebra, form: algebra.scale(Fraction(-1), apply(algebra, name, 0, form))


def _is(name: str) -> Rule:
    return lambda algebra, form: apply(algebra, name, 0, form)


def _zero(algebra: Algebra, form: NormalForm) -> NormalForm:
    return {}


def _power(exponent: int | Fraction, scale: Fraction = Fraction(1)) -> Rule:
    return lambda algebra, form: algebra.scale(scale, algebra.power(form, exponent))


def _over(bottom: Rule, sign: int = 1) -> Rule:
    return lambda algebra, form: algebra.scale(Fraction(sign), algebra.power(bottom(algebra, form), -1))


def _one_plus_square(algebra: Algebra, form: NormalForm) -> NormalForm:
    return algebra.add(algebra.number(1), algebra.multiply(form, form))


def _cosine_square(algebra: Algebra, form: NormalForm) -> NormalForm:
    return algebra.power(apply(algebra, "cos", 0, form), 2)


def _tangent(algebra: Algebra, form: NormalForm) -> NormalForm:
    return algebra.multiply(apply(algebra, "sin", 0, form), algebra.power(apply(algebra, "cos", 0, form), -1))


def _softplus(algebra: Algebra, form: NormalForm) -> NormalForm:
    """log(1 + exp(u))"""
    return _log(algebra, algebra.add(algebra.number(1), _exp(algebra, form)))


_ZERO, _ONE, _HALF = Fraction(0), Fraction(1), Fraction(1, 2)

FUNCTIONS: dict[str, Function] = {
    "exp": Function(_is("exp"), _ONE, rule=_exp),
    "log": Function(_power(-1), rule=_log),
    "sqrt": Function(_power(Fraction(-1, 2), _HALF), _ZERO, rule=_power(Fraction(1, 2))),
    "tanh": Function(_one_minus_square, _ZERO, "odd"),
    "sigmoid": Function(_logistic, _HALF, "complement"),
    "softplus": Function(_is("sigmoid"), rule=_softplus),
    "relu": Function(_step, _ZERO, rule=Algebra.positive_part),
    "abs": Function(_sign, _ZERO, rule=Algebra.absolute),
    "step": Function(_zero, _ZERO, rule=_step),
    "sign": Function(_zero, _ZERO, rule=_sign),
    "sin": Function(_is("cos"), _ZERO, "odd"),
    "cos": Function(_negative("sin"), _ONE, "even"),
    "tan": Function(_over(_cosine_square), _ZERO, rule=_tangent),
    "arctan": Function(_over(_one_plus_square), _ZERO, "odd"),
    "sinh": Function(_is("cosh"), _ZERO, "odd"),
    "cosh": Function(_is("sinh"), _ONE, "even"),
}
