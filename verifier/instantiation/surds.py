"""Sums of square roots, exactly: Σ c √d with rational c and different squarefree d, of which each has one such form.

What balls cannot tell apart is decided here: √2 √8 = 4, or (1 + √2)² ≥ 3 + 2√2. Also models that are irrational, such
as x = √2 for x² = 2, are evaluated here.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from flint import arb, fmpq, fmpz

from verifier.instantiation.balls import precision
from verifier.instantiation.combinations import Combination
from verifier.instantiation.outcomes import NeedsBalls, Unsupported
from verifier.instantiation.rings import Rationals, Ring
from verifier.instantiation.truth import FALSE, TRUE, Truth
from verifier.kernel.terms import Term

MOST_ROOTS = 16
LARGEST_RADICAND = 96  # bits of a number that is factored
RATIONALS = Rationals()
PART = re.compile(r"([+-]?)(?:(\d+(?:/\d+)?)(?:\*√(\d+))?|√(\d+))")


class Surd(Combination):
    """Σ c √d; ``parts`` maps each d to its c, which is not 0."""

    __slots__ = ()

    def __init__(self, parts: dict[int, fmpq]) -> None:
        super().__init__(parts)
        if len(self.parts) > MOST_ROOTS:
            raise NeedsBalls("a sum of many roots")

    def rational(self) -> fmpq | None:
        """The rational number that it is; None if it is none."""
        if not self.parts:
            return fmpq(0)
        return self.parts.get(1) if len(self.parts) == 1 else None

    def __mul__(self, other: Any) -> Any:
        if not self.takes(other):
            return NotImplemented
        parts: dict[int, fmpq] = {}
        for d, c in self.parts.items():
            for e, b in self.lifted(other).parts.items():
                common = int(fmpz(d).gcd(e))
                key = d * e // common**2
                parts[key] = parts.get(key, fmpq(0)) + b * c * common
        return Surd(parts)

    def __truediv__(self, other: Any) -> Any:
        return self * self.lifted(other).reciprocal() if self.takes(other) else NotImplemented

    def __rtruediv__(self, other: Any) -> Any:
        return self.reciprocal() * other

    __rmul__ = __mul__

    def __pow__(self, exponent: int) -> Surd:
        result, square = ONE, self
        while exponent:
            if exponent & 1:
                result = result * square
            square, exponent = square * square if exponent > 1 else square, exponent >> 1
        return result

    def reciprocal(self) -> Surd:
        """1/(a + b√p) = (a - b√p)/(a² - p b²), for the primes p under the roots in turn."""
        top, bottom = ONE, self
        while bottom.rational() is None:
            prime = int(fmpz(max(bottom.parts)).factor()[0][0])
            other = Surd({d: -c if d % prime == 0 else c for d, c in bottom.parts.items()})
            top, bottom = top * other, bottom * other
        number = bottom.rational() or fmpq(0)
        return Surd({d: c / number for d, c in top.parts.items()})

    def is_positive(self) -> bool:
        """Whether it is greater than 0: by balls, which are apart from 0 once they are small enough."""
        if not self.parts or self.rational() is not None:
            return bool(self.parts) and self.parts[1] > 0
        bits = 64
        while True:
            with precision(bits):
                ball = self.ball()
                if not ball.contains(0):
                    return bool(ball > 0)
            bits *= 2

    def ball(self) -> Any:
        """A ball around it."""
        return sum((arb(c) * arb(d).sqrt() for d, c in self.parts.items()), arb(0))

    def __str__(self) -> str:
        text = "".join(_part_text(d, c) for d, c in sorted(self.parts.items()))
        return text.removeprefix("+") or "0"


ONE = Surd({1: fmpq(1)})


def _part_text(d: int, c: fmpq) -> str:
    sign, size = "-" if c < 0 else "+", abs(c)
    if d == 1:
        return f"{sign}{size}"
    return f"{sign}√{d}" if size == 1 else f"{sign}{size}*√{d}"


def root(number: Any) -> Surd:
    """√x of a surd x ≥ 0. Raises NeedsBalls where it is not seen to be a surd."""
    rational = number.rational()
    if rational is not None:
        return _root_of_rational(rational)
    if len(number.parts) == 2 and 1 in number.parts:
        (d, b), a = next(item for item in number.parts.items() if item[0] != 1), number.parts[1]
        norm = _root_of_rational(a * a - b * b * d).rational() if a * a > b * b * d else None
        if norm is not None:
            rest = _root_of_rational((a - norm) / 2)
            total: Surd = _root_of_rational((a + norm) / 2) + (rest if b > 0 else -rest)
            return total
    raise NeedsBalls("a root of a sum of roots")


def _root_of_rational(number: fmpq) -> Surd:
    """√(p/q) = √(pq)/q, the squares taken out."""
    radicand = number.p * number.q
    if radicand == 0:
        return Surd({})
    if radicand.bit_length() > LARGEST_RADICAND:
        raise NeedsBalls("a root of a large number")
    outside, inside = 1, 1
    for prime, count in radicand.factor():
        outside *= int(prime) ** (int(count) // 2)
        inside *= int(prime) ** (int(count) % 2)
    return Surd({inside: fmpq(outside) / number.q})


def rationals(rows: list[list[Any]]) -> list[list[fmpq]]:
    """The rows as rational numbers. Raises NeedsBalls."""
    table = [[entry.rational() for entry in row] for row in rows]
    if any(entry is None for row in table for entry in row):
        raise NeedsBalls("an irrational number")
    return table


class Surds(Ring):
    """The sums of square roots of rational numbers, which are a field."""

    def number(self, value: Fraction | int) -> Any:
        """A rational number."""
        return Surd({1: RATIONALS.number(value)})

    def convert(self, value: Any) -> Any:
        """A rational element."""
        return Surd.lifted(value)

    def less(self, left: Any, right: Any) -> Truth:
        """left < right"""
        return TRUE if (right - left).is_positive() else FALSE

    def function(self, name: str, x: Any) -> Any:
        """A root, or what is rational at sight; else raises NeedsBalls."""
        if name == "sqrt":
            return root(x)
        rational = x.rational()
        if rational is None:
            raise NeedsBalls(f"{name} of an irrational number")
        return Surd.lifted(RATIONALS.function(name, rational))

    def power(self, base: Any, exponent: Fraction) -> Any:
        """Powers of roots; others where they are rational."""
        if exponent.denominator == 2:
            power = root(base) ** abs(exponent.numerator)
            return power if exponent > 0 else power.reciprocal()
        rational = base.rational()
        if rational is None:
            raise NeedsBalls("a root of a high degree")
        return Surd.lifted(RATIONALS.power(rational, exponent))

    def real_power(self, base: Any, exponent: Any) -> Any:
        """Powers whose exponent is a multiple of 1/2; others where they are rational."""
        power, rational = exponent.rational(), base.rational()
        if power is None or (rational is None and power.q > 2):
            raise NeedsBalls("a real exponent")
        if rational is not None and power.q != 2:
            return Surd.lifted(RATIONALS.real_power(rational, power))
        if abs(power.p) > MOST_ROOTS:
            raise NeedsBalls("a high power of roots")
        whole = (root(base) if power.q == 2 else base) ** abs(int(power.p))
        return whole if power > 0 else whole.reciprocal()

    def constant(self, name: str) -> Any:
        """Raises NeedsBalls."""
        raise NeedsBalls(f"the constant {name}")


# as text and as terms


def parse(text: str) -> Surd:
    """The surd that ``str`` wrote. Raises ValueError if the text is none."""
    total, place = Surd({}), 0
    while place < len(text):
        found = PART.match(text, place)
        if found is None or (place and not found[1]):
            raise ValueError(f"{text!r} is no sum of square roots")
        size = Fraction(found[2] or 1)
        part = root(Surd({1: fmpq(int(found[3] or found[4] or 1))})) * RATIONALS.number(size)
        total, place = total + (-part if found[1] == "-" else part), found.end()
    if not text:
        raise ValueError("an empty number")
    return total


def term_of(number: Surd) -> Term:
    """The number as a term."""
    total: Term | None = None
    for d, c in sorted(number.parts.items()):
        part = Term("number", (), (Fraction(int(c.p), int(c.q)),))
        if d != 1:
            part = Term("multiply", (part, Term("elementwise", (Term("number", (), (Fraction(d),)),), ("sqrt", 0, ()))))
        total = part if total is None else Term("add", (total, part))
    if total is None:
        raise Unsupported("0 is no surd to be written as a term")
    return total
