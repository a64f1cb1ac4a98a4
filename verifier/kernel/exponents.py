"""Powers of numbers: exponents multiplied, the rational part of a power, the primes of a number."""

from __future__ import annotations

from fractions import Fraction
from math import floor

from verifier.kernel.linear import CONSTANT
from verifier.kernel.polynomials import Exponent, Unsupported, add_exponents, scale_exponent


def multiply_exponents(left: Exponent, right: Exponent) -> Exponent:
    """left · right. Raises Unsupported where both are symbolic."""
    if isinstance(left, tuple) and isinstance(right, tuple):
        raise Unsupported("a product of two symbolic exponents")
    if isinstance(left, tuple):
        left, right = right, left
    return scale_exponent(left, right) if not isinstance(left, tuple) else left


def is_even(exponent: Exponent) -> bool:
    """Whether an even integer, or symbolic, so that it may be one."""
    return isinstance(exponent, tuple) or (exponent.denominator == 1 and exponent % 2 == 0)


def fold(number: int, exponent: Exponent) -> tuple[Fraction, Exponent]:
    """The rational part of number ** exponent, and the exponent that stays."""
    if isinstance(exponent, tuple):
        whole = floor(dict(exponent).get(CONSTANT, 0))
        rest = add_exponents(exponent, -whole)
        if number == -1 and isinstance(rest, tuple):
            reduced = tuple((a, Fraction(c) % 2) for a, c in rest if Fraction(c) % 2)
            rest = tuple((a, int(c) if c.denominator == 1 else c) for a, c in reduced) or 0
        return Fraction(number) ** whole, rest
    whole = floor(exponent)
    return Fraction(number) ** whole, add_exponents(exponent, -whole)


def primes(number: Fraction) -> list[tuple[int, int]]:
    """Bases and exponents whose product is the number; large cofactors stay whole."""
    found: list[tuple[int, int]] = [(-1, 1)] if number < 0 else []
    for whole, sign in ((abs(number.numerator), 1), (number.denominator, -1)):
        p, part = 2, whole
        while p * p <= part and p < 2000:
            count = 0
            while part % p == 0:
                part, count = part // p, count + 1
            if count:
                found.append((p, sign * count))
            p += 1
        if part > 1:
            found.append((part, sign))
    return found
