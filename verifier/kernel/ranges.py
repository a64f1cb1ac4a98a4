"""Free indices and their ranges: what an index form can be, at least and at most."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from verifier.kernel import linear
from verifier.kernel.linear import CONSTANT, ONE, Atom, Linear, minus, plus, times, variable
from verifier.kernel.polynomials import TEMPORARY, Range

NOTHING: Mapping[int, Range] = MappingProxyType({})


class Ranges:
    """Fresh indices with their ranges. ``positive`` are forms of dimensions known to be at least 1, such as N - d."""

    def __init__(self, positive: Iterable[Linear] = ()) -> None:
        self.positive = tuple(positive)
        self.ranges: dict[Atom, Range] = {}
        self.lowest: dict[Atom, Linear] = {}
        self._named: dict[tuple[str, Linear | None, Linear | None], int] = {}
        self._next = TEMPORARY

    def temporary(self, lower: Linear | None = None, upper: Linear | None = None) -> int:
        """A fresh free index, with its range if it has one."""
        self._next += 1
        if lower is not None and upper is not None:
            self.ranges[self._next] = (lower, upper)
        elif lower is not None:
            self.lowest[self._next] = lower
        return self._next

    def named(self, name: str, lower: Linear | None, upper: Linear | None) -> int:
        """The free index for a declared index, the same at each call with the same ends (None where none is known)."""
        key = (name, lower, upper)
        if key not in self._named:
            self._named[key] = self.temporary(lower, upper)
        return self._named[key]

    def extremes(self, form: Linear, bound: Mapping[int, Range]) -> tuple[Linear, Linear] | None:
        """The least and greatest value of an index form, in dimensions; None where an index has no range."""
        low: Linear = ()
        high: Linear = ()
        for atom, coefficient in form:
            if isinstance(atom, int):
                ends = bound.get(atom) or self.ranges.get(atom)
            else:
                ends = (ONE, ONE) if atom == CONSTANT else (variable(atom), variable(atom))
            if ends is None:
                return None
            first, last = ends if coefficient > 0 else ends[::-1]
            low, high = plus(low, times(coefficient, first)), plus(high, times(coefficient, last))
        return low, high

    def least(self, form: Linear, bound: Mapping[int, Range] = NOTHING) -> Linear | None:
        """The least value of an index form, in dimensions, which may have no greatest; None where it is not known."""
        ends = self.extremes(form, bound)
        if ends is not None:
            return ends[0]
        low: Linear = ()
        for atom, coefficient in form:
            known = self.extremes(((atom, coefficient),), bound)
            if known is not None:
                low = plus(low, known[0])
            elif coefficient > 0 and atom in self.lowest:
                low = plus(low, times(coefficient, self.lowest[atom]))
            else:
                return None
        return low

    def contained(self, form: Linear, within: Range, bound: Mapping[int, Range]) -> bool | None:
        """Whether an index form lies in a range: True, False, or None where neither is known."""
        ends = self.extremes(form, bound)
        if ends is None:
            return None
        if self.at_least(ends[0], within[0]) and self.at_least(within[1], ends[1]):
            return True
        if self.at_least(ends[0], plus(within[1], ONE)) or self.at_least(within[0], plus(ends[1], ONE)):
            return False
        return None

    def may_vanish(self, form: Linear) -> bool:
        """Whether the form is the difference of two free indices of one range, which are neither the same nor apart."""
        if len(form) != 2 or form[0][1] + form[1][1] != 0 or abs(form[0][1]) != 1:
            return False
        within = self.ranges.get(form[0][0])
        return within is not None and within == self.ranges.get(form[1][0])

    def at_least(self, left: Linear, right: Linear) -> bool:
        """Whether left ≥ right for all dimensions."""
        return linear.at_least(minus(left, right), 0, self.positive)
