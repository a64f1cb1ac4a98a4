"""Sums a + Σ c log p of a rational number and logarithms of primes, with rational c, exactly.

Each number has one such form: the logarithms of the primes are independent over ℚ, as no prime is a product of powers
of others; together with 1 they are so too, as e to a rational power other than 0 is transcendental (Hermite, 1873).
What balls cannot tell apart is decided here: log 4 = 2 log 2, or an entropy that is at its largest.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from flint import arb, fmpq

from verifier.instantiation.balls import precision
from verifier.instantiation.combinations import Combination
from verifier.instantiation.outcomes import NeedsBalls
from verifier.instantiation.rings import Rationals, Ring
from verifier.instantiation.truth import FALSE, TRUE, Truth

RATIONALS = Rationals()
LARGEST = 96  # bits of a number that is factored


class Logarithm(Combination):
    """a + Σ c log p; ``parts`` maps each prime p to its c, and 1 to a; none of them is 0."""

    __slots__ = ()

    def rational(self) -> fmpq:
        """The rational number that it is. Raises NeedsBalls if it is none."""
        if self.parts.keys() <= {1}:
            return self.parts.get(1, fmpq(0))
        raise NeedsBalls("a product, or a function, of logarithms")

    def __mul__(self, other: Any) -> Any:
        if not self.takes(other):
            return NotImplemented
        left, right = self, self.lifted(other)
        if not left.parts.keys() <= {1}:
            left, right = right, left
        scale = left.rational()
        return Logarithm({p: c * scale for p, c in right.parts.items()})

    def __truediv__(self, other: Any) -> Any:
        return self * (1 / self.lifted(other).rational()) if self.takes(other) else NotImplemented

    def __rtruediv__(self, other: Any) -> Any:
        return self.lifted(1 / self.rational()) * other

    __rmul__ = __mul__

    def __pow__(self, exponent: int) -> Any:
        return self if exponent == 1 else self.lifted(self.rational() ** exponent)

    def is_positive(self) -> bool:
        """Whether it is greater than 0: by balls, which are apart from 0 once they are small enough."""
        bits = 64
        while self.parts:
            with precision(bits):
                ball = sum((arb(c) * (arb(p).log() if p > 1 else 1) for p, c in self.parts.items()), arb(0))
                if not ball.contains(0):
                    return bool(ball > 0)
            bits *= 2
        return False

    def __str__(self) -> str:
        text = " + ".join(_part_text(p, c) for p, c in sorted(self.parts.items()))
        return text.replace("+ -", "- ") or "0"


def _part_text(prime: int, count: fmpq) -> str:
    if prime == 1:
        return str(count)
    size = "" if abs(count) == 1 else f"{abs(count)} "
    return f"{'-' if count < 0 else ''}{size}log {prime}"


def logarithm(number: fmpq) -> Logarithm:
    """log of a positive rational number, by its prime factors."""
    if max(number.p.bit_length(), number.q.bit_length()) > LARGEST:
        raise NeedsBalls("the logarithm of a long number")
    parts: dict[int, fmpq] = {}
    for part, sign in ((number.p, 1), (number.q, -1)):
        for prime, count in part.factor():
            parts[int(prime)] = parts.get(int(prime), fmpq(0)) + sign * int(count)
    return Logarithm(parts)


class Logarithms(Ring):
    """The rational numbers with linear combinations of logarithms. Products of these raise NeedsBalls."""

    def number(self, value: Fraction | int) -> Any:
        """A rational number."""
        return Logarithm({1: RATIONALS.number(value)})

    def convert(self, value: Any) -> Any:
        """A rational element."""
        return Logarithm.lifted(value)

    def less(self, left: Any, right: Any) -> Truth:
        """left < right"""
        return TRUE if (right - left).is_positive() else FALSE

    def function(self, name: str, x: Any) -> Any:
        """A logarithm; other functions where they are rational at sight."""
        return logarithm(x.rational()) if name == "log" else Logarithm.lifted(RATIONALS.function(name, x.rational()))

    def power(self, base: Any, exponent: Fraction) -> Any:
        """The value if it is rational."""
        return Logarithm.lifted(RATIONALS.power(base.rational(), exponent))

    def real_power(self, base: Any, exponent: Any) -> Any:
        """The value if it is rational."""
        return Logarithm.lifted(RATIONALS.real_power(base.rational(), exponent.rational()))

    def constant(self, name: str) -> Any:
        """Raises NeedsBalls."""
        raise NeedsBalls(f"the constant {name}")
