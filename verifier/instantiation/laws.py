"""Finite laws with declared moments: independent coordinates of a few values, tied together where that is allowed.

A random vector with mean m and covariance S = L D Lᵀ is m + L z, where the entries of z have variances D. Each takes
three values with mean 0 and that variance; for a Gaussian so many that its moments are the Gaussian's as far as the
claim asks. Members that nothing declares independent are made dependent by a factor 1 + c Σ g g of the probabilities,
with E g = 0, which leaves the law of each member alone; within a member also E[g z] = 0, which leaves its covariance.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product
from math import prod, sqrt
from random import Random

from verifier.instantiation.outcomes import NoModel

MOST_OUTCOMES = 260
NODES = {5: (1.0, 2.8), 7: (0.9, 2.0, 3.7), 9: (0.7, 1.6, 2.9, 4.5)}
STRETCHES = tuple(Fraction(k, 2) for k in (2, 3, 4, 4, 6))
TIES = ("apart", "tied", "even", "tied")

Key = tuple[str, tuple[int, ...]]
Vector = list[Fraction]
Rows = list[Vector]


@dataclass(frozen=True, slots=True)
class Unit:
    """The entries of a member (by number) that have one mean and covariance; ``group`` is what they may depend on.

    ``values`` are the numbers that the entries may be, where an equation says so. What is ``alike`` has the same law.
    """

    key: Key
    entries: tuple[int, ...]
    mean: Vector
    covariance: Rows
    gaussian: bool
    group: int
    values: tuple[Fraction, ...] = ()
    alike: str = ""


@dataclass(frozen=True, slots=True)
class Law:
    """Probabilities of outcomes, and the entries of each member at each outcome."""

    probabilities: tuple[Fraction, ...]
    members: dict[Key, tuple[tuple[Fraction, ...], ...]]

    def merged(self) -> Law:
        """The same law, outcomes of the same values taken together."""
        found: dict[tuple[tuple[Fraction, ...], ...], Fraction] = {}
        for k, probability in enumerate(self.probabilities):
            here = tuple(values[k] for values in self.members.values())
            found[here] = found.get(here, Fraction(0)) + probability
        members = {key: tuple(here[place] for here in found) for place, key in enumerate(self.members)}
        return Law(tuple(found.values()), members)


@dataclass(frozen=True, slots=True)
class _Coordinate:
    """A number z of mean 0: its values with their probabilities."""

    atoms: tuple[tuple[Fraction, Fraction], ...]

    def odd(self) -> list[Fraction]:
        """z, scaled to at most 1."""
        largest = max((abs(z) for z, _ in self.atoms), default=Fraction(0))
        return [z / largest if largest else Fraction(0) for z, _ in self.atoms]

    def even(self) -> list[Fraction]:
        """z² - a z - b with E g = E[g z] = 0, scaled to at most 1."""
        second, third = (sum((p * z**k for z, p in self.atoms), Fraction(0)) for k in (2, 3))
        slope = third / second if second else Fraction(0)
        found = [z * z - slope * z - second for z, _ in self.atoms]
        largest = max(map(abs, found), default=Fraction(0))
        return [g / largest if largest else Fraction(0) for g in found]


def law_of(units: Sequence[Unit], sizes: dict[Key, int], order: int, seed: int) -> Law:
    """A law in which each unit has its mean and covariance. Raises NoModel if there is none, or it is too large."""
    random = Random(seed)  # noqa: S311
    tie = TIES[seed % len(TIES)]
    factors = [_factored(unit.covariance) for unit in units]
    skew = _skew if 3 ** sum(len(unit.entries) for unit in units) <= MOST_OUTCOMES else _of_two
    coordinates = [
        [_coordinate(unit, k, d, order, skew, numbers) for k, d in enumerate(diagonal)]
        for unit, (_, diagonal), numbers in zip(units, factors, _numbers(units, seed, random), strict=True)
    ]
    everything = [c for of_unit in coordinates for c in of_unit]
    if prod(len(c.atoms) for c in everything) > MOST_OUTCOMES:
        raise NoModel("a law of too many outcomes")
    ties = list(_ties(units, coordinates, tie, random))
    probabilities: list[Fraction] = []
    members: dict[Key, list[tuple[Fraction, ...]]] = {key: [] for key in sizes}
    for chosen in product(*(range(len(c.atoms)) for c in everything)):
        weight = prod((c.atoms[k][1] for c, k in zip(everything, chosen, strict=True)), start=Fraction(1))
        for one in ties:
            weight *= one.factor(chosen)
        if not weight:
            continue
        probabilities.append(weight)
        for key, entries in _entries(units, factors, everything, chosen, sizes).items():
            members[key].append(entries)
    return Law(tuple(probabilities), {key: tuple(entries) for key, entries in members.items()})


def _numbers(units: Sequence[Unit], seed: int, random: Random) -> Iterator[Random]:
    """What each unit is drawn with: the same numbers for those that are alike."""
    for unit in units:
        yield Random(f"{seed}/{unit.alike}") if unit.alike else random  # noqa: S311


def _entries(
    units: Sequence[Unit],
    factors: Sequence[tuple[Rows, Vector]],
    coordinates: Sequence[_Coordinate],
    chosen: tuple[int, ...],
    sizes: dict[Key, int],
) -> dict[Key, tuple[Fraction, ...]]:
    """The entries of each member at one outcome: m + L z."""
    found = {key: [Fraction(0)] * size for key, size in sizes.items()}
    start = 0
    for unit, (lower, diagonal) in zip(units, factors, strict=True):
        places = range(start, start + len(diagonal))
        z = [coordinates[k].atoms[chosen[k]][0] for k in places]
        for row, entry in enumerate(unit.entries):
            value = unit.mean[row] + sum((lower[row][k] * z[k] for k in range(len(z))), Fraction(0))
            found[unit.key][entry] = value
        start += len(diagonal)
    return {key: tuple(entries) for key, entries in found.items()}


def _factored(covariance: Rows) -> tuple[Rows, Vector]:
    """L and D with S = L D Lᵀ. Raises NoModel unless S is positive semidefinite."""
    size = len(covariance)
    lower = [[Fraction(int(r == c)) for c in range(size)] for r in range(size)]
    diagonal: Vector = []
    for c in range(size):
        d = covariance[c][c] - sum((lower[c][k] ** 2 * diagonal[k] for k in range(c)), Fraction(0))
        if d < 0:
            raise NoModel("a covariance that is not positive semidefinite")
        for r in range(c, size):
            known = sum((lower[r][k] * lower[c][k] * diagonal[k] for k in range(c)), Fraction(0))
            rest = covariance[r][c] - known
            if covariance[r][c] != covariance[c][r] or (not d and rest):
                raise NoModel("a covariance that is not positive semidefinite")
            if r > c:
                lower[r][c] = rest / d if d else Fraction(0)
        diagonal.append(d)
    return lower, diagonal


# coordinates


Draw = Callable[[Fraction, Random], _Coordinate]


def _coordinate(unit: Unit, k: int, variance: Fraction, order: int, skew: Draw, random: Random) -> _Coordinate:
    if unit.values:
        return _of_values(unit, k, variance)
    if not variance:
        return _Coordinate(((Fraction(0), Fraction(1)),))
    return _gaussian(variance, order, random) if unit.gaussian else skew(variance, random)


def _of_values(unit: Unit, k: int, variance: Fraction) -> _Coordinate:
    """Of an entry that is one of two numbers: its mean says how often. Raises NoModel if it is between no two."""
    low, high = min(unit.values), max(unit.values)
    if low == high or not low <= unit.mean[k] <= high:
        raise NoModel("a mean that is not between the values")
    often = (unit.mean[k] - low) / (high - low)
    if variance != often * (1 - often) * (high - low) ** 2:
        raise NoModel("a variance that the values do not have")
    atoms = ((low - unit.mean[k], 1 - often), (high - unit.mean[k], often))
    return _Coordinate(tuple(atom for atom in atoms if atom[1]))


def _skew(variance: Fraction, random: Random) -> _Coordinate:
    """a and -b, now and then 0, with the mean 0 and the variance."""
    root = Fraction(round(4 * sqrt(variance)) or 1, 4)
    a, b = (root * random.choice(STRETCHES) for _ in range(2))
    while a * b <= variance:
        a *= 2
    p, q = variance / (a * (a + b)), variance / (b * (a + b))
    return _Coordinate(((a, p), (-b, q), (Fraction(0), 1 - p - q)))


def _of_two(variance: Fraction, random: Random) -> _Coordinate:
    """a and -b, with the mean 0 and the variance."""
    a = Fraction(round(4 * sqrt(variance)) or 1, 4) * Fraction(random.choice((4, 5, 6, 8)), 4)
    b = variance / a
    return _Coordinate(((a, b / (a + b)), (-b, a / (a + b))))


def _gaussian(variance: Fraction, order: int, random: Random) -> _Coordinate:
    """Values and probabilities with the moments of the Gaussian up to an order."""
    if order <= 3:
        a = Fraction(round(4 * sqrt(variance)) or 1, 4) * random.choice(STRETCHES[2:])
        p = variance / (2 * a * a)
        return _Coordinate(((a, p), (-a, p), (Fraction(0), 1 - 2 * p)))
    count = next((n for n in NODES if n >= order), None)
    if count is None:
        raise NoModel("a moment of a high order")
    for _ in range(20):
        scale = Fraction(round(16 * sqrt(variance)) or 1, 16)
        nodes = [scale * Fraction(round(32 * node * random.uniform(0.97, 1.03)), 32) for node in NODES[count]]
        weights = _weights(nodes, variance)
        if all(w > 0 for w in weights) and sum(weights) < Fraction(1, 2):
            sides = [(sign * a, w) for a, w in zip(nodes, weights, strict=True) for sign in (1, -1)]
            return _Coordinate((*sides, (Fraction(0), 1 - 2 * sum(weights, Fraction(0)))))
    raise NoModel("no finite law was found with the moments of a Gaussian")


def _weights(nodes: list[Fraction], variance: Fraction) -> Vector:
    """w with 2 Σ w a²ᵏ = (2k - 1)!! vᵏ for k = 1, 2, …"""
    size = len(nodes)
    rows, moment = [], Fraction(1)
    for k in range(1, size + 1):
        moment *= (2 * k - 1) * variance
        rows.append([2 * a ** (2 * k) for a in nodes] + [moment])
    for c in range(size):
        pivot = next((r for r in range(c, size) if rows[r][c]), None)
        if pivot is None:
            return [Fraction(-1)] * size
        rows[c], rows[pivot] = rows[pivot], rows[c]
        rows[c] = [e / rows[c][c] for e in rows[c]]
        for r in range(size):
            if r != c:
                rows[r] = [e - rows[r][c] * f for e, f in zip(rows[r], rows[c], strict=True)]
    return [row[-1] for row in rows]


# ties


@dataclass(frozen=True, slots=True)
class _Tie:
    """The factor 1 + c Σ g g of the coordinates of one group."""

    pairs: tuple[tuple[int, list[Fraction], int, list[Fraction]], ...]
    strength: Fraction

    def factor(self, chosen: tuple[int, ...]) -> Fraction:
        return 1 + self.strength * sum((g[chosen[i]] * h[chosen[j]] for i, g, j, h in self.pairs), Fraction(0))


def _ties(
    units: Sequence[Unit], coordinates: Sequence[Sequence[_Coordinate]], tie: str, random: Random
) -> Iterator[_Tie]:
    if tie == "apart":
        return
    starts = [sum(len(c) for c in coordinates[:k]) for k in range(len(units))]
    for group in sorted({unit.group for unit in units}):
        inside = [k for k, unit in enumerate(units) if unit.group == group]
        pairs: list[tuple[int, list[Fraction], int, list[Fraction]]] = []
        for u in inside:
            if not units[u].gaussian and not units[u].values:
                for i, j in combinations(range(len(coordinates[u])), 2):
                    left, right = coordinates[u][i], coordinates[u][j]
                    pairs.append((starts[u] + i, left.even(), starts[u] + j, right.even()))
        for u, v in combinations(inside, 2):
            for i, left in enumerate(coordinates[u]):
                for j, right in enumerate(coordinates[v]):
                    g, h = (left.odd(), right.odd()) if tie == "tied" else (left.even(), right.even())
                    pairs.append((starts[u] + i, g, starts[v] + j, h))
        if pairs:
            alike = len(inside) == 1 and units[inside[0]].alike
            yield _Tie(tuple(pairs), Fraction(1 if alike else random.choice((1, -1)), len(pairs)))


__all__ = ["MOST_OUTCOMES", "Key", "Law", "Unit", "law_of"]
