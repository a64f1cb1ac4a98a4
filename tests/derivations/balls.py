"""Real numbers as balls that contain them (Arb): a ball without 0 is a proof that a number is not 0.

Undeclared functions are fixed analytic ones, whose derivatives of every order are written out.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import prod
from random import Random
from typing import Any
from zlib import crc32

from flint import arb, arb_mat

from .jets import NotHere, Orders


class Balls:
    """Arithmetic at a random real point; values are multiples of 1/64, all positive if that is asked for."""

    def __init__(self, random: Random, positive: bool) -> None:
        self._random = random
        self._low = 0 if positive else -100

    def number(self, value: Fraction) -> Any:
        return arb(value.numerator) / value.denominator

    def drawn(self) -> Any:
        return arb(2 * self._random.randint(self._low, 99) + 1) / 64

    def product(self, left: Sequence[Sequence[Any]], right: Sequence[Sequence[Any]]) -> list[list[Any]]:
        product: list[list[Any]] = (arb_mat(left) * arb_mat(right)).tolist()
        return product

    def reciprocal(self, u: Any) -> Any:
        if u.contains(0):
            raise NotHere("division by 0")
        return 1 / u

    def exp(self, u: Any) -> Any:
        return u.exp()

    def log(self, u: Any) -> Any:
        return _positive(u).log()

    def power(self, u: Any, exponent: Fraction) -> Any:
        return _positive(u) ** self.number(exponent)

    def sign(self, u: Any) -> Any:
        if u.contains(0):
            raise NotHere("0 has no sign")
        return arb(1 if u > 0 else -1)

    def unknown(self, name: str, orders: Orders, at: Sequence[Any]) -> Any:
        """∂^α of exp(Σ aᵢ xᵢ) + sin(Σ bᵢ xᵢ) + Σ exp(bᵢ xᵢ), where the coefficients depend on the name."""
        seed = crc32(name.encode()) % 97
        slow = [arb(1) / (3 + (seed + k) % 11) for k in range(len(at))]
        fast = [arb(seed % 7 + 9 + k) / 8 for k in range(len(at))]
        growth = sum((a * x for a, x in zip(slow, at, strict=True)), arb(0))
        phase = sum((b * x for b, x in zip(fast, at, strict=True)), arb.pi() * sum(orders) / 2)
        apart = [b**k * (b * x).exp() for b, k, x in zip(fast, orders, at, strict=True) if k == sum(orders)]
        return _monomial(slow, orders) * growth.exp() + _monomial(fast, orders) * phase.sin() + sum(apart, arb(0))

    def pivots(self, rows: Sequence[Sequence[Any]]) -> tuple[list[int], list[int]]:
        """By elimination, where a ball with 0 counts as 0: the rank is never less than what is found."""
        table, held, across = [list(row) for row in rows], list[int](), list[int]()
        while True:
            places = [(r, c) for r, row in enumerate(table) for c, e in enumerate(row) if not e.contains(0)]
            places = [(r, c) for r, c in places if r not in held]
            if not places:
                return sorted(held), sorted(across)
            r, c = max(places, key=lambda place: abs(float(table[place[0]][place[1]].mid())))
            held.append(r)
            across.append(c)
            for k, row in enumerate(table):
                if k not in held:
                    ratio = row[c] / table[r][c]
                    table[k] = [
                        arb(0) if j == c else a - ratio * b for j, (a, b) in enumerate(zip(row, table[r], strict=True))
                    ]


def _positive(u: Any) -> Any:
    if not u > 0:
        raise NotHere("a logarithm, or a broken power, of what is not positive")
    return u


def _monomial(bases: Sequence[Any], orders: Orders) -> Any:
    return prod((a**k for a, k in zip(bases, orders, strict=True)), start=arb(1))
