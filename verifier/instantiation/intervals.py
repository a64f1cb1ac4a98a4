"""Intervals with rational ends, and small numbers in them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from verifier.instantiation.outcomes import NoModel
from verifier.instantiation.structured_matrices import Drawer

TRIES = 8
STEPS = (Fraction(1), Fraction(1, 2), Fraction(2), Fraction(1, 8))
PARTS = tuple(Fraction(k, 8) for k in (1, 2, 4, 6, 7))


@dataclass(slots=True)
class Interval:
    """The numbers between two ends, each of which may be absent or excluded; ends are elements of the rationals."""

    low: Any = None
    low_excluded: bool = False
    high: Any = None
    high_excluded: bool = False

    def narrow(self, relation: str, limit: Any) -> None:
        """Keep the numbers x with x < limit, x ≤ limit, x > limit or x ≥ limit."""
        excluded = len(relation) == 1
        if relation[0] == ">":
            if self.low is None or limit > self.low or (limit == self.low and excluded):
                self.low, self.low_excluded = limit, excluded
        elif self.high is None or limit < self.high or (limit == self.high and excluded):
            self.high, self.high_excluded = limit, excluded

    def contains(self, number: Any) -> bool:
        """Whether a number lies within."""
        if self.low is not None and (number < self.low or (self.low_excluded and number == self.low)):
            return False
        return self.high is None or number < self.high or (number == self.high and not self.high_excluded)

    def pick(self, draw: Drawer) -> Any:
        """A number within; a small one where one is found. Raises NoModel if there is none."""
        for _ in range(TRIES):
            number = draw.entry()
            for candidate in (number, -number):
                if self.contains(candidate):
                    return candidate
        if self.low is None or self.high is None:
            step = draw.ring.number(draw.random.choice(STEPS))
            return self.low + step if self.high is None else self.high - step
        number = self.low + (self.high - self.low) * draw.ring.number(draw.random.choice(PARTS))
        if not self.contains(number):
            raise NoModel("bounds that leave no room")
        return number
