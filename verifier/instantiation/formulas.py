"""Terms as formulas of real arithmetic: the evaluator's ring whose numbers are quotients of polynomials in unknowns.

A number is a numerator over a denominator, both terms of z3; comparing clears the denominators. That these are not 0,
that what is under a root is not negative, and that a root is one, is written down beside the formulas. All this only
proposes models: each is evaluated exactly afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from verifier.instantiation.outcomes import Inconclusive
from verifier.instantiation.rings import LARGEST_EXPONENT, Ring
from verifier.instantiation.truth import Truth, known

LARGEST_ROOT = 6
LARGEST_BITS = 2_000


class Formula:
    """A formula that is not decided, as a truth value: it has no ``bool``."""

    __slots__ = ("term",)

    def __init__(self, term: Any) -> None:
        self.term = term

    def __and__(self, other: Any) -> Any:
        if isinstance(other, bool):
            return self if other else False
        return Formula(_z3().And(self.term, other.term))

    def __or__(self, other: Any) -> Any:
        if isinstance(other, bool):
            return True if other else self
        return Formula(_z3().Or(self.term, other.term))

    __rand__ = __and__
    __ror__ = __or__

    def __bool__(self) -> bool:
        raise Inconclusive("a formula where a truth value is needed")


def _z3() -> Any:
    import z3  # noqa: PLC0415 -- 200 ms, and most claims never need it

    return z3


class Quotient:
    """A number of the ring: top / bottom, or a rational number."""

    __slots__ = ("bottom", "number", "ring", "top")

    def __init__(self, ring: Formulas, top: Any, bottom: Any = None, number: Fraction | None = None) -> None:
        self.ring, self.top, self.bottom, self.number = ring, top, bottom, number

    def __add__(self, other: Any) -> Any:
        if not isinstance(other, NUMBERS):
            return NotImplemented
        right = self.ring.lifted(other)
        if right.number is not None and self.number is not None:
            return self.ring.number(self.number + right.number)
        if right.number == 0:
            return self
        if self.number == 0:
            return right
        if self.bottom is None and right.bottom is None:
            return Quotient(self.ring, self.top + right.top)
        if self.bottom is not None and right.bottom is not None and self.bottom.eq(right.bottom):
            return Quotient(self.ring, self.top + right.top, self.bottom)
        top = _times(self.top, right.bottom) + _times(right.top, self.bottom)
        return Quotient(self.ring, top, _times(self.bottom, right.bottom))

    def __mul__(self, other: Any) -> Any:
        if not isinstance(other, NUMBERS):
            return NotImplemented
        right = self.ring.lifted(other)
        if right.number is not None and self.number is not None:
            return self.ring.number(self.number * right.number)
        if 0 in (self.number, right.number):
            return self.ring.number(0)
        if right.number == 1:
            return self
        if self.number == 1:
            return right
        return Quotient(self.ring, self.top * right.top, _times(self.bottom, right.bottom))

    def __truediv__(self, other: Any) -> Any:
        if not isinstance(other, NUMBERS):
            return NotImplemented
        return self * self.ring.reciprocal(self.ring.lifted(other))

    def __neg__(self) -> Any:
        return self * -1

    def __sub__(self, other: Any) -> Any:
        return self + -self.ring.lifted(other) if isinstance(other, NUMBERS) else NotImplemented

    def __rsub__(self, other: Any) -> Any:
        return -self + other

    def __rtruediv__(self, other: Any) -> Any:
        return self.ring.reciprocal(self) * other

    __radd__, __rmul__ = __add__, __mul__

    def __pow__(self, exponent: int) -> Any:
        result: Any = self
        for _ in range(exponent - 1):
            result = result * self
        return result


NUMBERS = (Quotient, int)


def _times(left: Any, right: Any) -> Any:
    """The product of two factors, of which None is 1."""
    if left is None or right is None:
        return right if left is None else left
    return left * right


class Formulas(Ring):
    """Quotients of polynomials over ℝ, in the unknowns of one context of z3. ``beside`` is what holds beside."""

    exact = False
    rigorous = False

    def __init__(self, context: Any) -> None:
        self.context = context
        self.beside: list[Any] = []
        self._numbers: dict[Fraction, Quotient] = {}
        self._roots: dict[tuple[Any, ...], Quotient] = {}

    def unknown(self, name: str) -> Quotient:
        """A new unknown."""
        return Quotient(self, _z3().Real(name, self.context))

    def lifted(self, value: Any) -> Quotient:
        """A whole number of Python as a number of the ring."""
        return value if isinstance(value, Quotient) else self.number(value)

    def number(self, value: Fraction | int) -> Quotient:
        """A rational number."""
        fraction = Fraction(value)
        if max(fraction.numerator.bit_length(), fraction.denominator.bit_length()) > LARGEST_BITS:
            raise Inconclusive("a long number in a formula")
        if fraction not in self._numbers:
            self._numbers[fraction] = Quotient(self, _z3().RealVal(str(fraction), self.context), None, fraction)
        return self._numbers[fraction]

    def convert(self, value: Any) -> Any:
        """A rational element as a number of the ring; others are such already."""
        return value if isinstance(value, Quotient) else self.number(Fraction(int(value.p), int(value.q)))

    def reciprocal(self, x: Quotient) -> Quotient:
        """1 / x, which is written down to be defined."""
        if x.number is not None:
            if x.number == 0:
                raise Inconclusive("division by 0")
            return self.number(1 / x.number)
        self.beside.append(x.top != 0)
        return Quotient(self, self.number(1).top if x.bottom is None else x.bottom, x.top)

    def equal(self, left: Any, right: Any) -> Truth:
        """left = right"""
        gap = left - right
        if gap.number is not None:
            return known(gap.number == 0)
        return Truth(Formula(gap.top == 0), Formula(gap.top != 0))

    def less(self, left: Any, right: Any) -> Truth:
        """left < right, multiplied by the square of the denominator."""
        gap = left - right
        if gap.number is not None:
            return known(gap.number < 0)
        side = _times(gap.top, gap.bottom)
        return Truth(Formula(side < 0), Formula(side >= 0))

    def function(self, name: str, x: Any) -> Any:
        """A square root. Raises Inconclusive for other functions."""
        if name != "sqrt":
            raise Inconclusive(f"{name} in a formula")
        return self.power(x, Fraction(1, 2))

    def power(self, base: Any, exponent: Fraction) -> Any:
        """A power of the unknown r ≥ 0 with r^q = base."""
        if exponent.denominator > LARGEST_ROOT or abs(exponent.numerator) > LARGEST_EXPONENT:
            raise Inconclusive("a root of a high degree in a formula")
        key = (base.top.get_id(), None if base.bottom is None else base.bottom.get_id(), exponent.denominator)
        if key not in self._roots:
            root = self.unknown(f"root {len(self._roots)}")
            self.beside += [root.top >= 0, self.equal(root**exponent.denominator, base).holds.term]
            self._roots[key] = root
        power = self._roots[key] ** abs(exponent.numerator)
        return power if exponent > 0 else self.reciprocal(power)

    def real_power(self, base: Any, exponent: Any) -> Any:
        """Raises Inconclusive unless the exponent is a rational number, and no large one."""
        if exponent.number is None or abs(exponent.number) > LARGEST_EXPONENT:
            raise Inconclusive("a real exponent in a formula")
        if exponent.number.denominator > 1:
            return self.power(base, exponent.number)
        power = base ** abs(int(exponent.number)) if exponent.number else self.number(1)
        return power if exponent.number >= 0 else self.reciprocal(power)

    def constant(self, name: str) -> Any:
        """Raises Inconclusive."""
        raise Inconclusive(f"the constant {name} in a formula")

    def undecided(self, truth: Truth, left: Any, right: Any) -> Any:
        """left if φ, right if not."""
        if not isinstance(truth.holds, Formula):
            raise Inconclusive("a condition that is not in a formula")
        z3, one = _z3(), self.number(1).top
        left, right = self.lifted(left), self.lifted(right)
        top = z3.If(truth.holds.term, left.top, right.top)
        if left.bottom is None and right.bottom is None:
            return Quotient(self, top)
        bottoms = (one if side.bottom is None else side.bottom for side in (left, right))
        return Quotient(self, top, z3.If(truth.holds.term, *bottoms))

    def pivot(self, column: Sequence[Any]) -> int | None:
        """The first entry, which is written down not to be 0."""
        for k, entry in enumerate(column):
            if entry.number is None:
                self.beside.append(entry.top != 0)
            if entry.number != 0:
                return k
        return None

    def need_nonzero(self, x: Any, what: str) -> None:
        """Dividing writes it down."""
        if x.number is None:
            self.beside.append(x.top != 0)
        elif x.number == 0:
            raise Inconclusive(what)

    def need_positive(self, x: Any, what: str) -> None:
        """It is written down."""
        self._need(self.less(self.number(0), x).holds, what)

    def need_non_negative(self, x: Any, what: str) -> None:
        """It is written down."""
        self._need(self.less(x, self.number(0)).fails, what)

    def _need(self, truth: Any, what: str) -> None:
        if isinstance(truth, Formula):
            self.beside.append(truth.term)
        elif not truth:
            raise Inconclusive(what)
