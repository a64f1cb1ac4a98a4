"""The data of normal forms: sums of (rational) × (product of factors with indices), some indices summed over.

    Σ_{0 ≤ k < n}  2 · A[i, k] · x[k]        is  {Monomial((A[i, 0], x[0]), bound=(1..n,)): 2}

A factor is a base with index slots and an exponent. A base is a symbol, δ, a dimension used as a number, or
a function, power, inverse, … of a *closed* normal form, that is one whose outer indices are parameters: how
it depends on the indices around it is said by its slots alone. So every level is flat, and a summed index
can be renamed without looking inside a base.

Index atoms are integers here. In a monomial 0, 1, … are its summed indices; from TEMPORARY on they are free
(stand for indices of the claim, or for sums not closed yet); in a closed form -1, -2, … are its axes and
parameters. Dimension names are strings.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from math import gcd, lcm
from operator import attrgetter
from typing import NamedTuple

from verifier.kernel.linear import CONSTANT, ONE, Atom, Linear, order, substitute, times, variable

TEMPORARY = 1_000_000
CUMULANT = "cumulant"  # a base of this kind is named by the JSON of a list: how it is written, and its symbols
PLAIN = frozenset(("symbol", "function", "apply", "inverse", "determinant", "opaque", "constant"))

Exponent = int | Fraction | tuple[tuple[str | int, int | Fraction], ...]
Range = tuple[Linear, Linear]


class Unsupported(Exception):
    """A construct that the normal form does not express: the claim is undecided, and this says why."""


class BudgetExceeded(Unsupported):
    """The work allowed for one claim is spent."""


class OutsideDomain(Unsupported):
    """A term that is nowhere defined, such as 1/0."""


class Base:
    """What is raised to a power in a factor. Made by ``Algebra.base`` only, once for each key, so ``is`` compares.

    ``closed`` are the closed arguments, ``sizes`` the dimensions of their axes; ``own`` is the number of slots
    before those of their parameters; ``order`` says which derivative of an undeclared function is meant;
    ``symmetric`` are groups of slots that may be permuted; ``names`` the symbols inside; ``rigid`` says that the slots
    of a factor are what they are, with no other way to write them; ``plain`` that its powers are neither written out
    nor decided.
    """

    __slots__ = ("closed", "key", "kind", "name", "names", "order", "own", "plain", "rigid", "sizes", "symmetric")

    def __init__(
        self,
        kind: str,
        name: str,
        key: str,
        order: tuple[int, ...] = (),
        closed: tuple[Closed, ...] = (),
        own: int = 0,
        symmetric: tuple[tuple[int, ...], ...] = (),
        sizes: tuple[Linear, ...] = (),
    ) -> None:
        self.kind, self.name, self.key, self.order = kind, name, key, order
        self.closed, self.own, self.symmetric, self.sizes = closed, own, symmetric, sizes
        self.rigid = kind != "delta" and not symmetric
        self.plain = kind in PLAIN
        inside: frozenset[str] = frozenset(
            n for form in closed for m in form.terms for f in m.factors for n in f.base.names
        )
        self.names: frozenset[str] = inside | ({name} if kind in ("symbol", "apply") else frozenset())
        if kind == CUMULANT:
            self.names = frozenset(json.loads(name)[1:])

    def __repr__(self) -> str:
        return self.key


class Factor(NamedTuple):
    """base[slots] ** exponent"""

    base: Base
    slots: tuple[Linear, ...]
    exponent: Exponent


class Monomial(NamedTuple):
    """A product of factors, summed over the indices 0 … len(bound) - 1."""

    factors: tuple[Factor, ...]
    bound: tuple[Range, ...]


NormalForm = dict[Monomial, Fraction]
UNIT = Monomial((), ())


class Closed(NamedTuple):
    """A normal form with ``axes`` indices of its own (-1 … -axes) and ``parameters`` more after them."""

    key: str
    axes: int
    parameters: int
    terms: dict[Monomial, Fraction]
    symmetric: tuple[tuple[int, ...], ...]

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Closed) and self.key == other.key

    def __ne__(self, other: object) -> bool:
        return not self == other


@lru_cache(maxsize=65536)
def slot_text(form: tuple[tuple[str | int, int | Fraction], ...]) -> str:
    """An index form as text; equal texts are equal forms (names are quoted, so none can imitate another form)."""
    if len(form) == 1 and form[0][1] == 1 and not isinstance(form[0][0], str):
        return str(form[0][0])
    return "+".join(f"{c}*{a!r}" for a, c in form)


@lru_cache(maxsize=65536)
def slots_text(slots: tuple[Linear, ...]) -> str:
    """Index forms as text; equal texts are equal forms."""
    return ",".join(map(slot_text, slots))


def exponent_text(exponent: Exponent) -> str:
    """An exponent as text; equal texts are equal exponents: that of an index is in braces, unlike any number."""
    if type(exponent) is not tuple:
        return str(exponent)
    return "{" + "+".join(f"{c}*{a!r}" for a, c in exponent) + "}"


def factor_text(factor: Factor) -> str:
    """A factor as text; equal texts are equal factors."""
    base, slots, exponent = factor
    return f"{base.key}[{slots_text(slots)}]^{'1' if exponent == 1 else exponent_text(exponent)}"


def monomial_text(monomial: Monomial) -> str:
    """A monomial as text; equal texts are equal monomials."""
    sums = ";".join(f"{slot_text(low)}..{slot_text(high)}" for low, high in monomial.bound)
    return "·".join(map(factor_text, monomial.factors)) + (f"|{sums}" if sums else "")


def form_text(form: NormalForm) -> str:
    """A normal form as text; equal texts are equal forms."""
    return " + ".join(sorted(f"{c}·{monomial_text(m)}" for m, c in form.items()))


def add_exponents(left: Exponent, right: Exponent) -> Exponent:
    """left + right"""
    if not isinstance(left, tuple) and not isinstance(right, tuple):
        return whole(left + right)
    total: dict[str | int, int | Fraction] = {}
    for part in (left, right):
        for atom, coefficient in part if isinstance(part, tuple) else ((CONSTANT, part),):
            total[atom] = total.get(atom, 0) + coefficient
    return _exponent(total)


def scale_exponent(factor: int | Fraction, exponent: Exponent) -> Exponent:
    """factor · exponent"""
    if isinstance(exponent, tuple):
        return _exponent({a: factor * c for a, c in exponent})
    return whole(factor * exponent)


def whole(exponent: int | Fraction) -> int | Fraction:
    """The number, as an int where it is one."""
    return exponent.numerator if exponent.denominator == 1 else exponent


def _exponent(total: dict[str | int, int | Fraction]) -> Exponent:
    kept = {a: whole(c) for a, c in total.items() if c}
    if not kept.keys() - {CONSTANT}:
        return kept.get(CONSTANT, 0)
    return tuple(sorted(kept.items(), key=order))


def is_integral(exponent: Exponent) -> bool:
    """Whether the exponent is an integer whatever its indices and dimensions are."""
    coefficients = [c for _, c in exponent] if isinstance(exponent, tuple) else [exponent]
    return all(c.denominator == 1 for c in coefficients)


def rename_exponent(exponent: Exponent, values: Mapping[Atom, Linear]) -> Exponent:
    """The exponent with index atoms replaced."""
    if not isinstance(exponent, tuple) or not any(a in values for a, _ in exponent):
        return exponent
    total: Exponent = 0
    for atom, coefficient in exponent:
        form = values.get(atom, ONE if atom == CONSTANT else variable(atom))
        total = add_exponents(total, scale_exponent(coefficient, form))
    return total


def rename_factor(factor: Factor, values: Mapping[Atom, Linear]) -> Factor:
    """The factor with index atoms replaced, its interchangeable slots in order."""
    base, slots, exponent = factor
    if not values:
        if base.rigid:
            return factor
    elif slots:
        slots = tuple([substitute(form, values) for form in slots])
        if base.rigid:
            return Factor(base, slots, rename_exponent(exponent, values) if type(exponent) is tuple else exponent)
    if base.kind == "delta":
        slots = (min(slots[0], times(-1, slots[0]), key=slot_text),)
    for group in base.symmetric:
        replaced = list(slots)
        for position, form in zip(group, sorted((slots[k] for k in group), key=slot_text), strict=True):
            replaced[position] = form
        slots = tuple(replaced)
    return Factor(base, slots, rename_exponent(exponent, values))


def rename_factors(factors: Iterable[Factor], values: Mapping[Atom, Linear]) -> list[Factor]:
    """Each factor with index atoms replaced, as ``rename_factor`` has it."""
    result: list[Factor] = []
    get = values.get
    for factor in factors:
        base, slots, exponent = factor
        if not base.rigid or type(exponent) is tuple:
            result.append(rename_factor(factor, values))
        elif values:
            moved = [
                get(form[0][0], form) if len(form) == 1 and form[0][1] == 1 else substitute(form, values)
                for form in slots
            ]
            result.append(Factor(base, tuple(moved), exponent))
        else:
            result.append(factor)
    return result


def relabel(factors: Sequence[Factor], bound: Mapping[int, Range], numbering: Mapping[int, int]) -> Monomial:
    """The monomial in which summed index k is called numbering[k]. Raises ValueError unless those are 0, 1, …."""
    count = len(bound)
    if sorted(numbering.values()) != list(range(count)):
        raise ValueError(f"{numbering} is no numbering of {list(bound)}")
    values: dict[Atom, Linear] = {}
    ranges = list(bound.values())
    for old, new in numbering.items():
        ranges[new] = bound[old]
        if old != new:
            values[old] = variable(new)
    return arranged(rename_factors(factors, values), tuple(ranges))


def arranged(factors: list[Factor], bound: tuple[Range, ...]) -> Monomial:
    """The monomial of these factors, which are put in order."""
    if len(factors) > 1:
        distinct = len({f.base for f in factors}) == len(factors)
        factors.sort(key=base_key if distinct else _sort_key)
    return Monomial(tuple(factors), bound)


base_key = attrgetter("base.key")


def _sort_key(factor: Factor) -> tuple[str, str, str]:
    base, slots, exponent = factor
    return base.key, slots_text(slots), "1" if exponent == 1 else exponent_text(exponent)


def merged(factors: list[Factor]) -> list[Factor]:
    """The factors with the powers of one entry put together."""
    if len({f.base for f in factors}) == len(factors):
        return factors
    merged: dict[tuple[Base, tuple[Linear, ...]], Exponent] = {}
    for base, slots, exponent in factors:
        key = (base, slots)
        merged[key] = add_exponents(merged[key], exponent) if key in merged else exponent
    return [Factor(base, slots, exponent) for (base, slots), exponent in merged.items()]


def accumulate(form: NormalForm, monomial: Monomial, coefficient: Fraction) -> None:
    """form += coefficient · monomial, in place."""
    if not coefficient:
        return
    count = len(form)
    before = form.setdefault(monomial, coefficient)
    if len(form) == count:
        total = before + coefficient
        if total:
            form[monomial] = total
        else:
            del form[monomial]


def content(form: NormalForm) -> Fraction:
    """The positive number by which the coefficients are integers without a common factor."""
    numerator = gcd(*[coefficient.numerator for coefficient in form.values()])
    denominator = lcm(*[coefficient.denominator for coefficient in form.values()])
    return Fraction(numerator, denominator)
