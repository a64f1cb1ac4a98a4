"""Arithmetic of normal forms: sums, products, powers, summation over an index, closing over indices.

Every operation returns a normal form of the result wherever the operands are defined. What makes an operand
undefined (a zero denominator, a root of a negative number) is not looked at here: the side conditions of a
claim are the domains of its own subterms, which ``domains`` collects from the claim as it was written.
"""

from __future__ import annotations

from fractions import Fraction

from verifier.kernel.exponents import is_even, multiply_exponents, primes
from verifier.kernel.polynomials import (
    Base,
    BudgetExceeded,
    Exponent,
    Factor,
    NormalForm,
    OutsideDomain,
    content,
    is_integral,
    scale_exponent,
)
from verifier.kernel.products import EXPANDED_POWER, INDICATORS, Products


class Algebra(Products):
    """The arithmetic of one space of normal forms: what ``Products`` has, with powers, roots and absolute values."""

    # powers

    def power(self, form: NormalForm, exponent: Exponent) -> NormalForm:
        """form ** exponent. Raises OutsideDomain for a power of zero that is not defined."""
        if exponent == 1:
            return form
        if exponent == 0:
            return self.number(1)
        if not form:
            if isinstance(exponent, tuple) or exponent < 0:
                raise OutsideDomain("zero has no such power")
            return {}
        if isinstance(exponent, int) and 0 < exponent <= EXPANDED_POWER:
            result = form
            for _ in range(exponent - 1):
                result = self.multiply(result, form)
            return result
        if len(form) == 1:
            ((monomial, coefficient),) = form.items()
            simple = not monomial.bound and not any(f.base.kind in INDICATORS for f in monomial.factors)
            if simple:
                return self._monomial_power(coefficient, monomial.factors, exponent)
        return self._polynomial_power(form, exponent)

    def _polynomial_power(self, form: NormalForm, exponent: Exponent) -> NormalForm:
        size = content(form)
        form = self.scale(1 / size, form)
        outside = self.number_power(size, exponent)
        closed, slots = self.close(form)
        if is_integral(exponent):
            other, other_slots = self.close(self.scale(Fraction(-1), form))
            if other.key > closed.key:
                closed, slots = other, other_slots
                outside = self.multiply(outside, self.number_power(Fraction(-1), exponent))
        base = self.base("power", "", closed=(closed,))
        return self.multiply(outside, self.factor(base, slots, exponent))

    def _monomial_power(self, coefficient: Fraction, factors: tuple[Factor, ...], exponent: Exponent) -> NormalForm:
        if is_integral(exponent):
            raised = [Factor(f.base, f.slots, multiply_exponents(f.exponent, exponent)) for f in factors]
            return self.multiply(self.number_power(coefficient, exponent), self.monomial(Fraction(1), raised, {}))
        positive = [f for f in factors if _is_positive(f.base)]
        rest = [f for f in factors if f not in positive]
        outside = self.number_power(abs(coefficient), exponent)
        raised = [Factor(f.base, f.slots, multiply_exponents(f.exponent, exponent)) for f in positive]
        outside = self.multiply(outside, self.monomial(Fraction(1), raised, {}))
        sign = 1 if coefficient > 0 else -1
        inner = self.monomial(Fraction(sign), rest, {})
        if not rest and sign > 0:
            return outside
        halves = [
            Factor(f.base, f.slots, f.exponent // 2)
            for f in rest
            if isinstance(f.exponent, int) and is_even(f.exponent)
        ]
        if sign > 0 and len(halves) == len(rest) and not isinstance(exponent, tuple):
            root = self.absolute(self.monomial(Fraction(1), halves, {}))
            return self.multiply(outside, self.power(root, scale_exponent(2, exponent)))
        if sign > 0 and len(rest) == 1 and rest[0].exponent != 0 and not is_even(rest[0].exponent):
            only = rest[0]
            return self.multiply(
                outside, self.factor(only.base, only.slots, multiply_exponents(only.exponent, exponent))
            )
        closed, slots = self.close(inner)
        return self.multiply(outside, self.factor(self.base("power", "", closed=(closed,)), slots, exponent))

    def number_power(self, number: Fraction, exponent: Exponent) -> NormalForm:
        """A rational number to a power; what is irrational in it stays a factor for each prime."""
        if number == 1:
            return self.number(1)
        if isinstance(exponent, int):
            size = max(number.numerator.bit_length(), number.denominator.bit_length())
            if size * abs(exponent) > 20_000:
                raise BudgetExceeded(f"{number} to the power {exponent} is too large to write out")
            return self.number(number**exponent)
        factors = [Factor(self.base("number", str(p)), (), scale_exponent(k, exponent)) for p, k in primes(number)]
        return self.monomial(Fraction(1), factors, {})

    # absolute values

    def oriented(self, form: NormalForm) -> bool:
        """Of a form and its negative, exactly one (if it is not zero) is oriented."""
        primitive = self.primitive(form)
        here, _ = self.close(primitive)
        opposite, _ = self.close(self.scale(Fraction(-1), primitive))
        return here.key >= opposite.key

    def positive_part(self, form: NormalForm) -> NormalForm:
        """max(u, 0): u [u > 0], which is u + v [v > 0] with v = -u."""
        if not form:
            return {}
        if self.oriented(form):
            return self.multiply(form, self.step(form))
        negative = self.scale(Fraction(-1), form)
        return self.add(form, self.multiply(negative, self.step(negative)))

    def absolute(self, form: NormalForm) -> NormalForm:
        """|u| = 2 max(u, 0) - u"""
        return self.subtract(self.scale(Fraction(2), self.positive_part(form)), form)


def _is_positive(base: Base) -> bool:
    """Whether the base is positive wherever it is defined."""
    if base.kind == "number":
        return int(base.name) > 0
    return base.kind == "constant" or (base.kind == "function" and base.name == "exp")
