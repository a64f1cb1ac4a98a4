"""Dual numbers: a value with its derivatives by several seeds, over any ring, nested for higher derivatives."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

Seed = Hashable
Tangents = dict[Seed, Any]


class Dual:
    """value + Σ tangents[s] ε_s with ε_s ε_r = 0.

    ``tag`` numbers the derivative that is being taken. Value and tangents may be duals of smaller tags: of two tags
    the larger belongs to the inner derivative, for which the other number is a constant. A seed that is absent is one
    on which the number does not depend; a tangent that happens to be zero stays.
    """

    __slots__ = ("tag", "tangents", "value")
    __array_ufunc__ = None

    def __init__(self, tag: int, value: Any, tangents: Tangents) -> None:
        self.tag = tag
        self.value = value
        self.tangents = tangents

    def __add__(self, other: Any) -> Dual:
        if isinstance(other, Dual):
            if other.tag == self.tag:
                return Dual(self.tag, self.value + other.value, _merged(self.tangents, other.tangents))
            if other.tag > self.tag:
                return Dual(other.tag, self + other.value, other.tangents)
        return Dual(self.tag, self.value + other, self.tangents)

    def __radd__(self, other: Any) -> Dual:
        return Dual(self.tag, other + self.value, self.tangents)

    def __neg__(self) -> Dual:
        return Dual(self.tag, -self.value, {s: -t for s, t in self.tangents.items()})

    def __sub__(self, other: Any) -> Dual:
        if isinstance(other, Dual):
            return self.__add__(-other)
        return Dual(self.tag, self.value - other, self.tangents)

    def __rsub__(self, other: Any) -> Dual:
        return self.__neg__().__add__(other)

    def __mul__(self, other: Any) -> Dual:
        if isinstance(other, Dual):
            if other.tag == self.tag:
                return self._times(other)
            if other.tag > self.tag:
                return Dual(other.tag, self * other.value, {s: self * t for s, t in other.tangents.items()})
        return Dual(self.tag, self.value * other, {s: t * other for s, t in self.tangents.items()})

    def _times(self, other: Dual) -> Dual:
        a, b = self.value, other.value
        tangents = {s: t * b for s, t in self.tangents.items()}
        for s, t in other.tangents.items():
            tangents[s] = tangents[s] + a * t if s in tangents else a * t
        return Dual(self.tag, a * b, tangents)

    def __rmul__(self, other: Any) -> Dual:
        return Dual(self.tag, other * self.value, {s: other * t for s, t in self.tangents.items()})

    def __truediv__(self, other: Any) -> Dual:
        if isinstance(other, Dual):
            return self.__mul__(1 / other)
        return Dual(self.tag, self.value / other, {s: t / other for s, t in self.tangents.items()})

    def __rtruediv__(self, other: Any) -> Dual:
        inverse = 1 / self.value
        slope = -(inverse * inverse)
        return Dual(self.tag, inverse, {s: slope * t for s, t in self.tangents.items()}).__rmul__(other)

    def __pow__(self, exponent: int) -> Any:
        if exponent == 0:
            return self * 0 + 1
        slope = exponent * self.value ** (exponent - 1) if exponent != 1 else 1
        return Dual(self.tag, self.value**exponent, {s: slope * t for s, t in self.tangents.items()})


def _merged(left: Tangents, right: Tangents) -> Tangents:
    merged = dict(left)
    for s, t in right.items():
        merged[s] = merged[s] + t if s in merged else t
    return merged


def plain(number: Any) -> Any:
    """The value without any tangents."""
    while isinstance(number, Dual):
        number = number.value
    return number


def tangent(number: Any, tag: int, seed: Seed, zero: Any) -> Any:
    """The derivative by one seed of the derivative that has this tag."""
    if isinstance(number, Dual) and number.tag == tag:
        return number.tangents.get(seed, zero)
    return zero
