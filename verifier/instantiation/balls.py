"""Balls: real numbers with rigorous error bounds. Balls that do not meet are different numbers; that is a proof."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from threading import RLock
from typing import Any

from flint import arb, ctx, fmpq

from verifier.instantiation.outcomes import Inconclusive, Undefined, Unsupported
from verifier.instantiation.rings import Ring
from verifier.instantiation.truth import FALSE, TRUE, UNKNOWN, Truth

PRECISIONS = (128, 512)
_PRECISION = RLock()


@contextmanager
def precision(bits: int) -> Iterator[None]:
    """The working precision of balls, restored afterwards. FLINT keeps one for all threads: one of them at a time."""
    with _PRECISION, ctx.workprec(bits):
        yield


class Balls(Ring):
    """ℝ by balls at the precision in force. ``radius`` is the largest radius at which a comparison stayed open."""

    exact = False

    def __init__(self) -> None:
        self.radius = arb(0)

    def number(self, value: Fraction | int) -> Any:
        """The ball of a rational number."""
        return arb(value) if isinstance(value, int) else arb(fmpq(value.numerator, value.denominator))

    def convert(self, value: Any) -> Any:
        """The ball of a rational element."""
        return arb(value)

    def equal(self, left: Any, right: Any) -> Truth:
        """Exact balls that are the same are equal; balls that do not meet are not; else it is open."""
        if left == right:
            return TRUE
        return UNKNOWN if self._open(left, right) else FALSE

    def less(self, left: Any, right: Any) -> Truth:
        """Known where the balls do not meet."""
        if left < right:
            return TRUE
        if left >= right:
            return FALSE
        self._open(left, right)
        return UNKNOWN

    def _open(self, left: Any, right: Any) -> bool:
        difference = left - right
        if not difference.is_finite():
            raise Inconclusive("a ball without bounds")
        if not difference.contains(0):
            return False
        self.radius = max(self.radius, difference.rad())
        return True

    def function(self, name: str, x: Any) -> Any:
        """A rigorous enclosure. Raises Inconclusive if it has no bounds."""
        match name:
            case "sigmoid":
                value = 1 / (1 + (-x).exp())
            case "softplus":
                value = (1 + x.exp()).log()
            case "arctan":
                value = x.atan()
            case _:
                value = getattr(x, name)()
        if not value.is_finite():
            raise Inconclusive(f"{name} without bounds")
        return value

    def power(self, base: Any, exponent: Fraction) -> Any:
        """A rigorous enclosure of a root."""
        if base == 0:
            return arb(0)
        root = base.sqrt() if exponent.denominator == 2 else base.root(exponent.denominator)
        return root**exponent.numerator

    def real_power(self, base: Any, exponent: Any) -> Any:
        """exp(e log b)"""
        return (exponent * base.log()).exp()

    def constant(self, name: str) -> Any:
        """A rigorous enclosure."""
        match name:
            case "pi":
                return arb.pi()
            case "e":
                return arb.const_e()
        raise Unsupported(f"the constant {name}")

    def undecided(self, truth: Truth, left: Any, right: Any) -> Any:
        """A ball that contains both."""
        if truth.holds or truth.fails:
            raise Inconclusive("a choice that is decided")
        return left.union(right)

    def pivot(self, column: Sequence[Any]) -> int | None:
        """The entry farthest from 0. Raises Inconclusive where an entry may be zero."""
        sizes = [entry.abs_lower() for entry in column]
        best = max(range(len(column)), key=sizes.__getitem__, default=None)
        if best is not None and sizes[best] > 0:
            return best
        if all(entry == 0 for entry in column):
            return None
        raise Inconclusive("a pivot that may be zero")

    def need_nonzero(self, x: Any, what: str) -> None:
        """Raises Undefined at 0, Inconclusive near it."""
        if x.contains(0):
            raise Undefined(what) if x == 0 else Inconclusive(what)

    def need_positive(self, x: Any, what: str) -> None:
        """Raises Undefined at or below 0, Inconclusive near it."""
        if not x > 0:
            raise Undefined(what) if x <= 0 else Inconclusive(what)

    def need_non_negative(self, x: Any, what: str) -> None:
        """Raises Undefined below 0, Inconclusive near it."""
        if not x >= 0:
            raise Undefined(what) if x < 0 else Inconclusive(what)
