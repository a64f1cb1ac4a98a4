"""Canonical numbering of summed indices, and orders of free ones.

What is chosen here decides which equal terms are recognised as equal, never whether unequal terms are taken for
equal: ``relabel`` applies any numbering as a renaming, and refuses one that is no permutation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import islice, permutations

from verifier.kernel.linear import Atom, Linear, times, variable
from verifier.kernel.polynomials import (
    Factor,
    Monomial,
    NormalForm,
    Range,
    arranged,
    base_key,
    monomial_text,
    relabel,
    rename_factors,
    slot_text,
)

LEAVES = 24


def canonical(factors: Sequence[Factor], bound: Mapping[int, Range]) -> Monomial:
    """The monomial with its summed indices (in ``bound``) numbered canonically, as far as LEAVES trials find it."""
    if not bound:
        return arranged(rename_factors(factors, {}), ())
    distinct = len({f.base for f in factors}) == len(factors)
    numbering = _by_bases(factors, bound) if distinct else None
    if numbering is not None:
        return relabel(factors, bound, numbering)
    if len(bound) < 2:
        return relabel(factors, bound, dict.fromkeys(bound, 0))
    places = {index: k for k, index in enumerate(bound)}
    simple = _simple(factors, places)
    quick = None if simple is None else _by_first_use(simple, len(bound))
    if quick is not None:
        return relabel(factors, bound, dict(zip(bound, quick, strict=True)))
    factors, bound = _numbered(factors, places), dict(enumerate(bound.values()))
    start = [slot_text(low) + ".." + slot_text(high) for low, high in bound.values()]
    ranks = {text: rank for rank, text in enumerate(sorted(set(start)))}
    refine = _refiner(factors, simple)
    leaves = islice(_leaves(refine, refine([ranks[text] for text in start])), LEAVES)
    return min((relabel(factors, bound, dict(enumerate(numbers))) for numbers in leaves), key=monomial_text)


def _numbered(factors: Iterable[Factor], places: Mapping[int, int]) -> list[Factor]:
    """The factors with each summed index called by its place."""
    values: dict[Atom, Linear] = {index: variable(place) for index, place in places.items() if index != place}
    return rename_factors(factors, values)


def _by_bases(factors: Sequence[Factor], bound: Mapping[int, Range]) -> dict[int, int] | None:
    """The numbering by first use in the factors, of which no two have the same base, in the order of their bases.

    None where a factor or a slot can be written in several ways, or an index is not used.
    """
    numbering: dict[int, int] = {}
    for base, slots, exponent in sorted(factors, key=base_key):
        if not base.rigid or type(exponent) is tuple:
            return None
        for form in slots:
            for atom, coefficient in form:
                if atom in bound:
                    if len(form) > 1 or coefficient != 1:
                        return None
                    if atom not in numbering:
                        numbering[atom] = len(numbering)  # type: ignore[index]
    return numbering if len(numbering) == len(bound) else None


Refine = Callable[[list[int]], list[int]]
Look = tuple[str, int | Fraction, tuple[str, ...]]
Simple = tuple[Look, tuple[int | str, ...], tuple[tuple[int, ...], ...]]


def _by_first_use(factors: list[Simple], count: int) -> list[int] | None:
    """The numbering by first use: first in the factors that look like no other, then in others as they are told apart.

    None where this does not number every index.
    """
    alike: dict[Look, list[Simple]] = {}
    for factor in sorted(factors, key=_look):
        alike.setdefault(factor[0], []).append(factor)
    numbering: dict[int, int] = {}
    waiting = [group for group in alike.values() if len(group) > 1 or not _number(group[0], numbering)]
    while len(numbering) < count:
        before = len(numbering)
        later: list[list[Simple]] = []
        for group in waiting:
            described = sorted((_described(factor, numbering), k) for k, factor in enumerate(group))
            distinct = all(described[k][0] != described[k + 1][0] for k in range(len(group) - 1))
            if not distinct or not all(_number(group[k], numbering) for _, k in described):
                later.append(group)
        if len(numbering) == before:
            return None
        waiting = later
    return [numbering[k] for k in range(count)]


def _look(factor: Simple) -> Look:
    return factor[0]


def _number(factor: Simple, numbering: dict[int, int]) -> bool:
    """Number the indices of a factor in the order of its slots; False if slots to be permuted have two new ones."""
    _, places, groups = factor
    for group in groups:
        if sum(type(places[k]) is int and places[k] not in numbering for k in group) > 1:
            return False
    for p in places:
        if type(p) is int and p not in numbering:
            numbering[p] = len(numbering)
    return True


def _described(factor: Simple, numbering: dict[int, int]) -> list[int]:
    """The numbers of the summed indices of a factor, -1 for one that has none; slots that may be permuted in order."""
    _, places, groups = factor
    seen = [numbering.get(p, -1) if type(p) is int else -2 for p in places]
    for group in groups:
        for k, number in zip(group, sorted(seen[k] for k in group), strict=True):
            seen[k] = number
    return seen


def _refiner(factors: Sequence[Factor], simple: list[Simple] | None) -> Refine:
    """Colour refinement of the summed indices of these factors."""
    if simple is None:
        return lambda colours: _refine(factors, colours)
    return lambda colours: _refine_simple(simple, colours)


def _simple(factors: Sequence[Factor], places: Mapping[int, int]) -> list[Simple] | None:
    """Each factor as its look, its slots (a number for a summed index) and their groups, where no slot is a sum of two.

    The look is what does not depend on the summed indices: the base, the exponent, the other slots.

    Whether that is so does not depend on how the indices are numbered.
    """
    result: list[Simple] = []
    for base, slots, exponent in factors:
        if base.kind == "delta" or isinstance(exponent, tuple):
            return None
        held: list[int | str] = []
        for form in slots:
            if len(form) == 1 and form[0][1] == 1 and form[0][0] in places:
                held.append(places[form[0][0]])  # type: ignore[index]
            elif any(a in places for a, _ in form):
                return None
            else:
                held.append(slot_text(form))
        fixed = [p if type(p) is str else "" for p in held]
        for group in base.symmetric:
            for k, text in zip(group, sorted(fixed[k] for k in group), strict=True):
                fixed[k] = text
        result.append(((base.key, exponent, tuple(fixed)), tuple(held), base.symmetric))
    return result


def _refine_simple(factors: list[Simple], colours: list[int]) -> list[int]:
    """Colour refinement: indices that are used differently get different colours."""
    count = len(colours)
    while True:
        uses: list[list[tuple[Look, tuple[tuple[int, int | str], ...], int]]] = [[] for _ in range(count)]
        for text, places, groups in factors:
            seen = [(1, colours[p]) if type(p) is int else (0, p) for p in places]
            position = list(range(len(places)))
            for group in groups:
                for k, entry in zip(group, sorted(seen[k] for k in group), strict=True):
                    seen[k] = entry
                    position[k] = group[0]
            signature = tuple(seen)
            for k, p in enumerate(places):
                if type(p) is int:
                    uses[p].append((text, signature, position[k]))
        described = [(colours[k], sorted(uses[k])) for k in range(count)]
        distinct: list[tuple[int, list[tuple[Look, tuple[tuple[int, int | str], ...], int]]]] = []
        for one in sorted(described):
            if not distinct or distinct[-1] != one:
                distinct.append(one)
        refined = [distinct.index(one) for one in described]
        if len(distinct) in (count, len(set(colours))):
            return refined
        colours = refined


def _slot_signature(form: tuple[tuple[str | int, int | Fraction], ...], colours: Sequence[int]) -> str:
    inside = (f"{c}*<{colours[a]}>" if isinstance(a, int) and 0 <= a < len(colours) else f"{c}*{a!r}" for a, c in form)
    return "+".join(sorted(inside))


def _signature(factor: Factor, colours: Sequence[int]) -> tuple[str, list[str]]:
    forms = [_slot_signature(form, colours) for form in factor.slots]
    if factor.base.kind == "delta":
        forms = [min(forms[0], _slot_signature(times(-1, factor.slots[0]), colours))]
    for group in factor.base.symmetric:
        for position, text in zip(group, sorted(forms[k] for k in group), strict=True):
            forms[position] = text
    exponent = factor.exponent
    power = _slot_signature(exponent, colours) if isinstance(exponent, tuple) else str(exponent)
    return f"{factor.base.key}[{','.join(forms)}]^{power}", forms


def _refine(factors: Sequence[Factor], colours: list[int]) -> list[int]:
    """Colour refinement: indices that are used differently get different colours."""
    count = len(colours)
    while True:
        uses: list[list[str]] = [[] for _ in range(count)]
        for factor in factors:
            text, _ = _signature(factor, colours)
            grouped = {k: group[0] for group in factor.base.symmetric for k in group}
            for position, form in enumerate(factor.slots):
                for atom, coefficient in form:
                    if isinstance(atom, int) and 0 <= atom < count:
                        sign = abs(coefficient) if factor.base.kind == "delta" else coefficient
                        uses[atom].append(f"{text}@{grouped.get(position, position)}*{sign}")
            if isinstance(factor.exponent, tuple):
                for atom, power in factor.exponent:
                    if isinstance(atom, int) and 0 <= atom < count:
                        uses[atom].append(f"{text}^{power}")
        described = [(colours[k], sorted(uses[k])) for k in range(count)]
        distinct: list[tuple[int, list[str]]] = []
        for one in sorted(described):
            if not distinct or distinct[-1] != one:
                distinct.append(one)
        refined = [distinct.index(one) for one in described]
        if len(distinct) == len(set(colours)):
            return refined
        colours = refined


def _leaves(refine: Refine, colours: list[int]) -> Iterator[list[int]]:
    """Numberings: where colours tie, each member of the first tie in turn is set apart."""
    count = len(colours)
    if len(set(colours)) == count:
        yield colours
        return
    tie = min(c for c in colours if colours.count(c) > 1)
    for k in range(count):
        if colours[k] == tie:
            apart = [2 * c + (1 if c == tie and j != k else 0) for j, c in enumerate(colours)]
            yield from _leaves(refine, refine(_ranked(apart)))


def _ranked(colours: list[int]) -> list[int]:
    ranks = {c: rank for rank, c in enumerate(sorted(set(colours)))}
    return [ranks[c] for c in colours]


def free_of(form: NormalForm) -> set[int]:
    """The numbered indices that occur, bound ones of monomials included."""
    found: set[int] = set()
    for monomial in form:
        for factor in monomial.factors:
            for slot in factor.slots:
                found.update(a for a, _ in slot if isinstance(a, int))
            if isinstance(factor.exponent, tuple):
                found.update(a for a, _ in factor.exponent if isinstance(a, int))
    return found


def orders(form: NormalForm, outer: list[int]) -> Iterable[tuple[int, ...]]:
    """Orders of the parameters worth trying: by how each is used, ties in every order while they are few."""
    if len(outer) < 2:
        return [tuple(outer)]
    uses: dict[int, list[str]] = {a: [] for a in outer}
    for monomial, coefficient in form.items():
        for factor in monomial.factors:
            for position, slot in enumerate(factor.slots):
                for atom, multiple in slot:
                    if atom in uses:
                        uses[atom].append(f"{coefficient}{factor.base.key}@{position}*{multiple}")
    if len(outer) == 2:
        first, second = outer
        return [(first, second), (second, first)]
    described = sorted((sorted(uses[a]), a) for a in outer)
    ordered = [a for _, a in described]
    distinct = all(described[k][0] != described[k + 1][0] for k in range(len(described) - 1))
    if distinct or len(outer) > 4:
        return [tuple(ordered)]
    return list(permutations(ordered))
