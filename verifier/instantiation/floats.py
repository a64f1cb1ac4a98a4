"""Batches of floats: the same evaluation at many points at once. They only find candidates; they decide nothing."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from verifier.instantiation.outcomes import Unsupported
from verifier.instantiation.rings import Ring
from verifier.instantiation.truth import Truth

TOLERANCE = 1e-9


class Floats(Ring):
    """Arrays of shape (batch,). What is undefined is NaN or infinite: of it, nothing holds and nothing fails."""

    exact = False
    rigorous = False

    def number(self, value: Fraction | int) -> Any:
        """The nearest float."""
        return np.float64(float(value))

    def equal(self, left: Any, right: Any) -> Truth:
        """Equality up to a relative tolerance."""
        gap, scale = np.abs(left - right), TOLERANCE * (1 + np.abs(left) + np.abs(right))
        known = np.isfinite(gap)
        return Truth((gap <= scale) & known, (gap > scale) & known)

    def less(self, left: Any, right: Any) -> Truth:
        """Known where both are finite."""
        known = np.isfinite(left) & np.isfinite(right)
        return Truth(np.less(left, right) & known, np.greater_equal(left, right) & known)

    def function(self, name: str, x: Any) -> Any:
        """NumPy's value."""
        match name:
            case "sigmoid":
                return 1 / (1 + np.exp(-x))
            case "softplus":
                return np.logaddexp(0, x)
            case _:
                return getattr(np, name)(x)

    def power(self, base: Any, exponent: Fraction) -> Any:
        """NumPy's value."""
        return np.power(base, float(exponent))

    def real_power(self, base: Any, exponent: Any) -> Any:
        """NumPy's value."""
        return np.power(base, exponent)

    def constant(self, name: str) -> Any:
        """The nearest float."""
        if name not in ("pi", "e"):
            raise Unsupported(f"the constant {name}")
        return getattr(np, name)

    def undecided(self, truth: Truth, left: Any, right: Any) -> Any:
        """Sample by sample; NaN where the condition is not known."""
        return np.where(truth.holds, left, np.where(truth.fails, right, np.nan))

    def pivot(self, column: Sequence[Any]) -> int | None:
        """The first: elimination without pivots, good at almost every sample."""
        return 0 if len(column) else None

    def need_nonzero(self, x: Any, what: str) -> None:
        """Division by zero gives NaN or an infinity."""

    def need_positive(self, x: Any, what: str) -> None:
        """The function gives NaN."""

    def need_non_negative(self, x: Any, what: str) -> None:
        """The root gives NaN."""
