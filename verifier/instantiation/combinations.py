"""Sums Σ c x over ℚ of real numbers x that are independent over it, so that each number has one such form."""

from __future__ import annotations

from typing import Any, Self

from flint import fmpq


class Combination:
    """Σ c x; ``parts`` maps a whole number that stands for each x to its c, which is not 0; 1 stands for 1."""

    __slots__ = ("parts",)

    def __init__(self, parts: dict[int, fmpq]) -> None:
        self.parts = {x: c for x, c in parts.items() if c != 0}

    @classmethod
    def lifted(cls, value: Any) -> Self:
        """A rational number as a combination; one that it is already as it is."""
        return value if isinstance(value, cls) else cls({1: fmpq(value)})

    @classmethod
    def takes(cls, value: object) -> bool:
        """Whether a value can be lifted."""
        return isinstance(value, (cls, int, fmpq))

    def height_bits(self) -> int:
        """The length of the longest coefficient."""
        return max((int(c.height_bits()) for c in self.parts.values()), default=0)

    def __add__(self, other: Any) -> Any:
        if not self.takes(other):
            return NotImplemented
        parts = dict(self.parts)
        for x, c in self.lifted(other).parts.items():
            parts[x] = parts.get(x, fmpq(0)) + c
        return type(self)(parts)

    __radd__ = __add__

    def __neg__(self) -> Self:
        return type(self)({x: -c for x, c in self.parts.items()})

    def __sub__(self, other: Any) -> Any:
        return self + -self.lifted(other) if self.takes(other) else NotImplemented

    def __rsub__(self, other: Any) -> Any:
        return -self + other

    def __eq__(self, other: object) -> bool:
        return self.takes(other) and self.parts == self.lifted(other).parts

    def __hash__(self) -> int:
        return hash(frozenset((x, str(c)) for x, c in self.parts.items()))
