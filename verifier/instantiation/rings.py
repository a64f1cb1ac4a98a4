"""The exact rings: a prime field, which only screens, and the rationals, in which refutations are evaluated.

A ring knows its elements' equality, order and functions; + - * / are the elements' own. Balls and floats are in
``balls`` and ``floats``.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from hashlib import blake2b
from math import isqrt
from typing import Any

from flint import fmpq, nmod

from verifier.instantiation.outcomes import NeedsBalls, NeedsOrder, Undefined, Unsupported
from verifier.instantiation.truth import FALSE, TRUE, Truth, known

PRIME = 2**64 - 59
LARGEST_EXPONENT = 64
SMALL_RESIDUES = {k: nmod(k % PRIME, PRIME) for k in (-1, 0, 1, 2)}
SMALL_RATIONALS = {k: fmpq(k) for k in (-1, 0, 1, 2)}
CONSTANTS = ("pi", "e")
AT_ZERO: dict[str, int | Fraction] = {
    "exp": 1,
    "tanh": 0,
    "sigmoid": Fraction(1, 2),
    "sin": 0,
    "cos": 1,
    "tan": 0,
    "arctan": 0,
    "sinh": 0,
    "cosh": 1,
}
FUNCTIONS = frozenset((*AT_ZERO, "log", "sqrt", "softplus", "relu", "abs", "step", "sign"))


class Ring:
    """What evaluation asks of a ring. Elements are numbers of the ring, never duals.

    ``exact`` rings decide equality; what a ``rigorous`` one decides is so.
    """

    exact = True
    rigorous = True

    def number(self, value: Fraction | int) -> Any:
        """The element that a rational number is."""
        raise NotImplementedError

    def convert(self, value: Any) -> Any:
        """The element for a value that was drawn in the exact ring below."""
        return value

    def equal(self, left: Any, right: Any) -> Truth:
        """left = right"""
        return known(left == right)

    def less(self, left: Any, right: Any) -> Truth:
        """left < right. Raises NeedsOrder in a field without one."""
        raise NotImplementedError

    def function(self, name: str, x: Any) -> Any:
        """A function of ``FUNCTIONS`` that is smooth, where it is defined."""
        raise NotImplementedError

    def power(self, base: Any, exponent: Fraction) -> Any:
        """base ** exponent for an exponent that is no integer, base ≥ 0 (base > 0 if the exponent is negative)."""
        raise NotImplementedError

    def real_power(self, base: Any, exponent: Any) -> Any:
        """base ** exponent for an element as exponent, base > 0."""
        raise NotImplementedError

    def constant(self, name: str) -> Any:
        """π or e."""
        raise NotImplementedError

    def undecided(self, truth: Truth, left: Any, right: Any) -> Any:
        """The value of ``left if φ else right`` where φ is not known."""
        raise NotImplementedError

    def pivot(self, column: Sequence[Any]) -> int | None:
        """The place of an entry that is not zero; None if all are zero."""
        return next((k for k, entry in enumerate(column) if entry != 0), None)

    def need_nonzero(self, x: Any, what: str) -> None:
        """Raises Undefined unless x ≠ 0."""
        if x == 0:
            raise Undefined(what)

    def need_positive(self, x: Any, what: str) -> None:
        """Raises Undefined unless x > 0."""
        if not self.less(self.number(0), x).holds:
            raise Undefined(what)

    def need_non_negative(self, x: Any, what: str) -> None:
        """Raises Undefined unless x ≥ 0."""
        if not self.less(x, self.number(0)).fails:
            raise Undefined(what)


class PrimeField(Ring):
    """GF(2⁶⁴ - 59). Transcendental functions are random oracles, the same throughout a model."""

    def __init__(self, salt: str = "") -> None:
        self.salt = salt

    def number(self, value: Fraction | int) -> Any:
        """The residue. Raises Undefined for a denominator that is one of 0."""
        if isinstance(value, int):
            return SMALL_RESIDUES[value] if value in SMALL_RESIDUES else nmod(value % PRIME, PRIME)
        if value.denominator % PRIME == 0:
            raise Undefined("division by the characteristic")
        return nmod(value.numerator % PRIME, PRIME) / nmod(value.denominator % PRIME, PRIME)

    def less(self, left: Any, right: Any) -> Truth:
        """Raises NeedsOrder."""
        raise NeedsOrder(f"{left} < {right}")

    def function(self, name: str, x: Any) -> Any:
        """A random oracle; tan is sin / cos, and a square root raises NeedsOrder."""
        if name == "sqrt":
            raise NeedsOrder("a square root")
        if name == "tan":
            cosine = self.function("cos", x)
            self.need_nonzero(cosine, "tan at a zero of cos")
            return self.function("sin", x) / cosine
        return self._oracle(f"{name}({int(x)})")

    def _oracle(self, question: str) -> Any:
        digest = blake2b(f"{self.salt}:{question}".encode(), digest_size=16).digest()
        return nmod(int.from_bytes(digest) % PRIME, PRIME)

    def power(self, base: Any, exponent: Fraction) -> Any:
        """Raises NeedsOrder."""
        raise NeedsOrder(f"{base} to the power {exponent}")

    def real_power(self, base: Any, exponent: Any) -> Any:
        """Raises NeedsOrder."""
        raise NeedsOrder(f"{base} to the power {exponent}")

    def constant(self, name: str) -> Any:
        """A random element for each constant."""
        if name not in CONSTANTS:
            raise Unsupported(f"the constant {name}")
        return self._oracle(name)

    def need_positive(self, x: Any, what: str) -> None:
        """The order is left out: the field only screens."""

    def need_non_negative(self, x: Any, what: str) -> None:
        """The order is left out: the field only screens."""


class Rationals(Ring):
    """ℚ. What is irrational raises NeedsBalls."""

    def number(self, value: Fraction | int) -> Any:
        """The number itself."""
        if isinstance(value, int):
            return SMALL_RATIONALS[value] if value in SMALL_RATIONALS else fmpq(value)
        return fmpq(value.numerator, value.denominator)

    def less(self, left: Any, right: Any) -> Truth:
        """left < right"""
        return TRUE if left < right else FALSE

    def function(self, name: str, x: Any) -> Any:
        """The value where it is rational at sight; else raises NeedsBalls."""
        if name == "sqrt":
            return self.power(x, Fraction(1, 2))
        if name == "log" and x == 1:
            return fmpq(0)
        if name in AT_ZERO and x == 0:
            return self.number(AT_ZERO[name])
        raise NeedsBalls(f"{name} of a rational number")

    def power(self, base: Any, exponent: Fraction) -> Any:
        """The value if it is rational; else raises NeedsBalls."""
        parts = [_root(int(part), exponent.denominator) for part in (base.p, base.q)]
        if None in parts:
            raise NeedsBalls("an irrational root")
        return fmpq(*parts) ** exponent.numerator

    def real_power(self, base: Any, exponent: Any) -> Any:
        """The value if it is rational at sight; else raises NeedsBalls."""
        if exponent.q == 1 and abs(int(exponent.p)) <= LARGEST_EXPONENT:
            return base ** int(exponent.p)
        if base == 1:
            return base
        if exponent.q <= 4 and abs(int(exponent.p)) <= LARGEST_EXPONENT:
            return self.power(base, Fraction(int(exponent.p), int(exponent.q)))
        raise NeedsBalls("a real exponent")

    def constant(self, name: str) -> Any:
        """Raises NeedsBalls."""
        if name not in CONSTANTS:
            raise Unsupported(f"the constant {name}")
        raise NeedsBalls(f"the constant {name}")


def _root(number: int, degree: int) -> int | None:
    """The integer whose power is the number, if there is one."""
    if number < 0:
        return None
    if degree == 2:
        root = isqrt(number)
    else:
        low, high = 0, 1 << (number.bit_length() // degree + 1)
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if middle**degree <= number else (low, middle - 1)
        root = low
    return root if root**degree == number else None


def fraction(element: Any) -> Fraction:
    """A rational element as a fraction of Python."""
    return Fraction(int(element.p), int(element.q))
