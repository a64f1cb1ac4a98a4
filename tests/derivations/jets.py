"""Numbers with nilpotent parts: exact derivatives of any order, in any ring, without limits or differences.

A jet is Σ c_S ε_S over sets S of letters. Letters come in classes, one class for each derivative that is being taken
and one letter of it for each entry of the variable; the product of two letters of one class is 0. The coefficient of ε
in f(x + ε) is f'(x). Scalars have + - * and can be divided by a positive integer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from itertools import combinations_with_replacement
from math import factorial, prod
from operator import mul, or_
from typing import Any, Protocol

Scalar = Any
Orders = tuple[int, ...]
# A set of letters is a number: for each class 16 bits, of which the lowest says that a letter of the class is there.
WIDTH, DEEPEST = 16, 8
CLASSES = sum(1 << WIDTH * k for k in range(DEEPEST))


class NotHere(ArithmeticError):
    """What is undefined at the point, or at every point."""


class Arithmetic(Protocol):
    """Scalars of one kind, and the functions whose values are no rational expressions."""

    def number(self, value: Fraction) -> Scalar:
        """A rational number."""

    def drawn(self) -> Scalar:
        """The value of an entry of a symbol."""

    def product(self, left: Sequence[Sequence[Scalar]], right: Sequence[Sequence[Scalar]]) -> list[list[Scalar]]:
        """The product of two matrices of one row at least."""

    def reciprocal(self, u: Scalar) -> Scalar:
        """1/u. Raises NotHere where u = 0."""

    def exp(self, u: Scalar) -> Scalar:
        """exp u"""

    def log(self, u: Scalar) -> Scalar:
        """log u. Raises NotHere unless u > 0."""

    def power(self, u: Scalar, exponent: Fraction) -> Scalar:
        """u to an exponent that is no integer. Raises NotHere unless u > 0."""

    def sign(self, u: Scalar) -> Scalar:
        """1 or -1. Raises NotHere where u = 0."""

    def unknown(self, name: str, orders: Orders, at: Sequence[Scalar]) -> Scalar:
        """A partial derivative of a smooth function of which nothing is known."""

    def pivots(self, rows: Sequence[Sequence[Scalar]]) -> tuple[list[int], list[int]]:
        """Rows and columns of a minor that is not 0, as large as the rank."""


@dataclass(frozen=True, slots=True)
class Jet:
    """The coefficients by their sets of letters; what is missing is 0."""

    parts: Mapping[int, Scalar]

    @property
    def base(self) -> Scalar:
        """The value without the letters."""
        return self.parts[0]

    @property
    def is_constant(self) -> bool:
        """Whether it has no letters."""
        return len(self.parts) == 1

    def __add__(self, other: Jet) -> Jet:
        parts = dict(self.parts)
        for letters, c in other.parts.items():
            parts[letters] = parts[letters] + c if letters in parts else c
        return Jet(parts)

    def __neg__(self) -> Jet:
        return Jet({letters: -c for letters, c in self.parts.items()})

    def __sub__(self, other: Jet) -> Jet:
        return self + -other

    def __mul__(self, other: Jet) -> Jet:
        parts: dict[int, Scalar] = {}
        for s, a in self.parts.items():
            for t, b in other.parts.items():
                if not s & t & CLASSES:
                    parts[s | t] = parts[s | t] + a * b if s | t in parts else a * b
        return Jet(parts)

    def moved(self, letter: int) -> Jet:
        """u + ε for a letter of a class that is new to u."""
        return Jet({**self.parts, letter: self.base * 0 + 1})

    def slope(self, letter: int) -> Jet:
        """The coefficient of a letter: the derivative, where the letter was added to the variable."""
        mask = (letter & CLASSES) * ((1 << WIDTH) - 1)
        found = {letters ^ letter: c for letters, c in self.parts.items() if letters & mask == letter}
        return Jet({0: self.base * 0, **found})


def letter_of(group: int, place: int) -> int:
    """A letter of a class."""
    if group >= DEEPEST or place >= 1 << (WIDTH - 1):
        raise NotImplementedError("so many derivatives, or entries")
    return (2 * place + 1) << WIDTH * group


def compose(jets: Sequence[Jet], derivative: Callable[[Orders], Scalar]) -> Jet:
    """f(u₁ + N₁, u₂ + N₂, …) = Σ f^(α)(u) N^α / α!, where ``derivative`` gives f^(α)(u)."""
    nilpotent = [Jet({letters: c for letters, c in jet.parts.items() if letters}) for jet in jets]
    moving = [k for k, part in enumerate(nilpotent) if part.parts]
    total = Jet({0: derivative((0,) * len(jets))})
    classes = reduce(or_, (letters & CLASSES for jet in jets for letters in jet.parts), 0)
    for degree in range(1, classes.bit_count() + 1):
        for chosen in combinations_with_replacement(moving, degree):
            power = reduce(mul, (nilpotent[k] for k in chosen))
            if power.parts:
                orders = tuple(chosen.count(k) for k in range(len(jets)))
                weight = derivative(orders) / prod(map(factorial, orders))
                total = total + Jet({0: weight}) * power
    return total


# functions of a jet


def reciprocal(field: Arithmetic, jet: Jet) -> Jet:
    """dᵏ/duᵏ u⁻¹ = (-1)ᵏ k! u⁻ᵏ⁻¹"""
    inverse = field.reciprocal(jet.base)
    return compose([jet], lambda k: inverse ** (k[0] + 1) * ((-1) ** k[0] * factorial(k[0])))


def exp(field: Arithmetic, jet: Jet) -> Jet:
    """dᵏ/duᵏ exp u = exp u"""
    value = field.exp(jet.base)
    return compose([jet], lambda k: value)


def log(field: Arithmetic, jet: Jet) -> Jet:
    """dᵏ/duᵏ log u = (-1)ᵏ⁻¹ (k - 1)! u⁻ᵏ for k ≥ 1"""
    value, inverse = field.log(jet.base), field.reciprocal(jet.base)
    return compose([jet], lambda k: inverse ** k[0] * ((-1) ** (k[0] - 1) * factorial(k[0] - 1)) if k[0] else value)


def power(field: Arithmetic, jet: Jet, exponent: Fraction) -> Jet:
    """dᵏ/duᵏ uᶜ = c (c - 1) … (c - k + 1) uᶜ u⁻ᵏ"""
    if exponent.denominator == 1:
        base = jet if exponent >= 0 else reciprocal(field, jet)
        return reduce(mul, [base] * abs(int(exponent)), Jet({0: field.number(Fraction(1))}))
    value, inverse = field.power(jet.base, exponent), field.reciprocal(jet.base)
    return compose(
        [jet],
        lambda k: value * inverse ** k[0] * field.number(prod((exponent - j for j in range(k[0])), start=Fraction(1))),
    )


def sign(field: Arithmetic, jet: Jet) -> Jet:
    """Constant on each side of 0."""
    return Jet({0: field.sign(jet.base)})


def unknown(field: Arithmetic, name: str, orders: Orders, jets: Sequence[Jet]) -> Jet:
    """A partial derivative of an undeclared smooth function."""
    at = [jet.base for jet in jets]
    return compose(jets, lambda more: field.unknown(name, tuple(map(sum, zip(orders, more, strict=True))), at))
