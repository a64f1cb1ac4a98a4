"""Positivstellensatz certificates: polynomials cannot all be ≥ 0 (some > 0), because a sum of products vanishes.

Σ cⱼ · (product of gaps) · (square) + Σ (polynomial) · (equation) = 0 with cⱼ ≥ 0 and a strict summand is sought by
linear programming over the products of at most three gaps, then with squares that the last failure asks for
(Krivine 1964, Stengle 1974; Handelman 1988 for products of linear gaps).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, combinations_with_replacement

from verifier.proving.gaps import Equality, Gap, Known
from verifier.proving.programs import Answer, Moments, combination, largest_eigenvector
from verifier.proving.rings import Number, Polynomial, Power, Ring, TooLarge, add, degree_of, scale, variables_of

MOST_COLUMNS = 1200
MOST_ROWS = 400
MOST_GENERATED = 200
ROUNDS = 12
MOST_SQUARES = 60
FEW = 4
MOST_TRIPLED = 10
MOST_PAIRED = 20
FEW_COLUMNS = 120
RADII = (1, 2, 3, 5)
ENOUGH = 1e-7
SMALLEST_PROGRAM = 100
FEW_GAPS = 6
LARGEST_BASIS = 40
LAST_LEVEL = 3


@dataclass(frozen=True)
class Column:
    """A summand: a product of gaps and squares, or a multiple of an equation, which may be negative."""

    polynomial: Polynomial
    strict: bool = False
    gaps: tuple[Gap, ...] = ()
    squares: tuple[Polynomial, ...] = ()
    equality: Equality | None = None
    multiplier: Polynomial | None = None


@dataclass(frozen=True)
class Summand:
    """A column with its coefficient, which is positive unless it is a multiple of an equation."""

    coefficient: Fraction
    column: Column


UNIT: Polynomial = {(): 1}


class Search:
    """A search for a vanishing sum over the gaps and equations of one claim."""

    def __init__(self, ring: Ring, gaps: Sequence[Gap], equalities: Sequence[Equality], since: int) -> None:
        self.since = since
        self.ring = ring
        self.gaps = tuple(_distinct(gaps))
        self.equalities = tuple(equalities)
        self._held: dict[tuple[int, int], tuple[list[Power], Moments]] = {}
        self._columns: list[Column] = [Column(UNIT, strict=True)]
        self._second: list[Column] = []
        self._level = 0

    def run(self, deepest: int = LAST_LEVEL, *, generate: bool = True) -> list[Summand] | None:
        """The summands of a vanishing sum with a strict one, or None; ``generate`` makes squares on the way.

        A second call goes on where the first ended.
        """
        columns, first = self._columns, self._level + 1
        self._level = LAST_LEVEL
        try:
            for level in range(first, deepest + 1):
                columns += (
                    self._products(level) if level < 3 or len(self.gaps) <= MOST_TRIPLED else self._fitting(columns)
                )
                columns += self._multiples(level)
                found = self._nearest_first(columns)
                if found is None and level > 1:
                    columns += self._squares(columns, level)
                    found = self._nearest_first(columns)
                if found is not None:
                    return found
                if level <= 2:
                    self._second = list(columns)
            self._level = deepest
            if generate and len(self._second) <= MOST_GENERATED:
                return self._attempt(self._second, ROUNDS)
        except TooLarge:
            if self.ring.budget.is_spent:
                raise
        return None

    def is_assumed(self, gap: Gap) -> bool:
        """Whether the gap is that of an assumption made for this search."""
        return gap.fact is not None and gap.fact >= self.since

    # columns

    def _products(self, count: int) -> Iterator[Column]:
        for chosen in combinations_with_replacement(self.gaps, count):
            polynomial = chosen[0].polynomial
            for gap in chosen[1:]:
                polynomial = self.ring.multiply(polynomial, gap.polynomial)
            yield Column(polynomial, all(gap.strict for gap in chosen), chosen)

    def _fitting(self, columns: Sequence[Column]) -> Iterator[Column]:
        """The products of a gap and two that are single variables, whose terms all occur."""
        occurring = {power for column in columns for power in column.polynomial}
        single = [gap for gap in self.gaps if len(gap.polynomial) == 1 and degree_of(gap.polynomial) == 1]
        for chosen in combinations_with_replacement(single, 2):
            beside = self.ring.multiply(chosen[0].polynomial, chosen[1].polynomial)
            for gap in self.gaps:
                polynomial = self.ring.multiply(gap.polynomial, beside)
                if occurring.issuperset(polynomial):
                    yield Column(polynomial, gap.strict and all(one.strict for one in chosen), (gap, *chosen))

    def _multiples(self, level: int) -> Iterator[Column]:
        """The multiples of equations by monomials of degree level - 1 in the variables that occur."""
        if not self.equalities:
            return
        variables = sorted(self._variables())
        for power in combinations_with_replacement(variables, level - 1):
            monomial: Polynomial = {tuple(power): 1}
            for equality in self.equalities:
                polynomial = self.ring.multiply(equality.polynomial, monomial)
                for sign in (1, -1):
                    yield Column(scale(sign, polynomial), equality=equality, multiplier=scale(sign, monomial))

    def _variables(self) -> set[int]:
        known: tuple[Known, ...] = (*self.gaps, *self.equalities)
        return variables_of(one.polynomial for one in known)

    def _squares(self, columns: Sequence[Column], level: int) -> Iterator[Column]:
        """h², (h ± k)² where h² or hk occurs, or of single variables if they are few; beside gaps on the last level."""
        occurring = self._with_roots({power for column in columns for power in column.polynomial})
        linear = {(variable,) for variable in self._variables()}
        few = linear if len(linear) <= FEW else set()
        roots = sorted({power[::2] for power in occurring if power[::2] == power[1::2]} | {()} | few, key=_size)
        bases: list[Polynomial] = [{root: 1} for root in roots if root]
        for left, right in sorted(combinations(roots, 2), key=lambda pair: _size(pair[0] + pair[1])):
            if tuple(sorted(left + right)) in occurring or (left in few and right in few):
                bases += [{left: 1, right: 1}, {left: 1, right: -1}]
        stated = self._with_roots({power for gap in self.gaps for power in gap.polynomial})

        def rank(base: Polynomial) -> tuple[int, int]:
            """Those first whose squares are among what is stated."""
            return sum(tuple(sorted(root + root)) not in stated for root in base), degree_of(base)

        factors = [((gap,), gap.polynomial, _ends(gap.polynomial)) for gap in self.gaps]
        pairs = [column for column in columns if len(column.gaps) == 2 and not column.squares]
        several = [(pair.gaps, pair.polynomial, _ends(pair.polynomial)) for pair in pairs]
        simple = sorted(bases, key=degree_of)[: MOST_SQUARES // 2]
        bases = [*self._completed(), *sorted(bases, key=rank)][:MOST_SQUARES]
        for base in [*bases, *(one for one in simple if one not in bases)]:
            square = self.ring.multiply(base, base)
            if level == 2:
                yield Column(square, squares=(base,))
                continue
            paired = several if degree_of(base) == 1 and len(self.gaps) <= MOST_PAIRED else []
            ends = _ends(square)
            for gaps, factor, others in (*factors, *paired):
                if self._may_fit(occurring, ends, others):
                    polynomial = self.ring.multiply(square, factor)
                    if occurring.issuperset(polynomial):
                        yield Column(polynomial, gaps=gaps, squares=(base,))

    def _may_fit(self, occurring: set[Power], ends: Sequence[Power], others: Sequence[Power]) -> bool:
        """Whether the least and the greatest term of a product occur: those of the factors give them, uncancelled."""
        if self.ring.has_roots:
            return True
        return all(tuple(sorted(one + other)) in occurring for one, other in zip(ends, others, strict=False))

    def _with_roots(self, powers: set[Power]) -> set[Power]:
        """The monomials, and those in which p is also written r², for a root r of p."""
        found = set(powers)
        for below, root in self.ring.square_roots().items():
            for power in powers:
                if below in power:
                    rest = list(power)
                    rest.remove(below)
                    found.add(tuple(sorted((*rest, root, root))))
        return found

    def _completed(self) -> Iterator[Polynomial]:
        """The squares that are completed in the gaps: v + b/2a of av² + bv + c, then those of what is left."""
        for gap in self.gaps[:FEW_GAPS]:
            variables = sorted(variables_of([gap.polynomial]))
            for k in range(len(variables)):
                rest = gap.polynomial
                for variable in variables[k:] + variables[:k]:
                    found = _root_of_square(rest, variable)
                    if found is not None:
                        size, root = found
                        rest = add(rest, scale(-size, self.ring.multiply(root, root)))
                        yield root

    # solving

    def _nearest_first(self, columns: Sequence[Column]) -> list[Summand] | None:
        """A vanishing sum; of many columns, first among those whose terms are near what was assumed.

        The terms of an assumption are at distance 0, and those of a column one farther than its nearest term.
        """
        live = _pruned(columns)
        if len(live) <= FEW_COLUMNS:
            return self._attempt(live, 0)
        size = 0
        for radius in RADII:
            near = _pruned(self._within(live, radius))
            if len(near) == size:
                continue
            size = len(near)
            if size > MOST_COLUMNS:
                return None
            found = self._attempt(near, 0)
            if found is not None:
                return found
        return self._attempt(live, 0) if size < len(live) <= MOST_COLUMNS else None

    def _within(self, columns: Sequence[Column], radius: int) -> list[Column]:
        """The columns whose terms are all within a distance of what was assumed."""
        near: set[Power] = {()}.union(*(gap.polynomial for gap in self.gaps if self.is_assumed(gap)))
        for _ in range(radius):
            near = near.union(*(c.polynomial for c in columns if not near.isdisjoint(c.polynomial)))
        return [column for column in columns if near.issuperset(column.polynomial)]

    def _attempt(self, columns: Sequence[Column], rounds: int) -> list[Summand] | None:
        """A vanishing sum of these columns, and of squares that are made on the way."""
        if not any(column.strict for column in columns):
            return None
        columns = list(columns)
        for k in range(rounds + 1):
            self.ring.budget.spend(SMALLEST_PROGRAM + sum(len(column.polynomial) for column in columns))
            answer, rows = self._program(columns)
            if answer is None:
                return None
            if answer.coefficients is not None:
                return [Summand(value, columns[k]) for k, value in sorted(answer.coefficients.items())]
            extra = self._asked(rows, answer.residual) if k < rounds and answer.residual else None
            if extra is None:
                return None
            columns.append(extra)
        return None

    def _program(self, columns: Sequence[Column]) -> tuple[Answer | None, dict[Power, int]]:
        """Σ c · column = 0 with Σ c = 1 over the strict ones."""
        rows: dict[Power, int] = {}
        table: list[dict[int, Number]] = []
        for column in columns:
            held = {rows.setdefault(power, len(rows) + 1): c for power, c in column.polynomial.items()}
            table.append(held | {0: 1} if column.strict else held)
        if len(rows) > MOST_ROWS:
            return None, rows
        return combination(table, len(rows) + 1, {0: 1}), rows

    def _asked(self, rows: dict[Power, int], residual: Sequence[float]) -> Column | None:
        """The square, or the square times a gap, that the residual wants most: an eigenvector of its moments."""
        weights = [*residual, -1e3, 0.0]  # the last two are for squares, and products, with terms that do not occur
        best: tuple[float, Polynomial, Gap | None] | None = None
        for gap in (None, *self.gaps):
            basis, moments = self._moments(rows, gap)
            if not basis or len(basis) > LARGEST_BASIS:
                continue
            value, vector = largest_eigenvector(moments, weights)
            if value > ENOUGH and (best is None or value > best[0]):
                rounded = _rounded(vector)
                base: Polynomial = {power: value for power, value in zip(basis, rounded, strict=True) if value}
                best = (value, base, gap)
        if best is None or not best[1]:
            return None
        _, root, gap = best
        square = self.ring.multiply(root, root)
        if gap is None:
            return Column(square, squares=(root,))
        return Column(self.ring.multiply(square, gap.polynomial), gaps=(gap,), squares=(root,))

    def _moments(self, rows: dict[Power, int], gap: Gap | None) -> tuple[list[Power], Moments]:
        """Monomials, and in which rows the products of any two of them, times a gap, have their terms."""
        key = id(gap), len(rows)
        if key not in self._held:
            around = gap.polynomial if gap is not None else UNIT
            basis = _basis(rows, degree_of(around))
            moments = Moments(len(basis))
            small = range(len(basis)) if len(basis) <= LARGEST_BASIS else ()
            for i, j in combinations_with_replacement(small, 2):
                product = self.ring.multiply(self.ring.multiply({basis[i]: 1}, {basis[j]: 1}), around)
                if all(power in rows for power in product):
                    moments.add(i, j, [(rows[power], float(c)) for power, c in product.items()])
                else:
                    moments.add(i, j, [(-2 if i == j else -1, 1.0)])
            self._held[key] = basis, moments
        return self._held[key]


def _rounded(vector: Iterable[float]) -> list[Fraction]:
    """A vector of small fractions in nearly the same direction."""
    values = list(vector)
    largest = max(values, key=abs)
    return [Fraction(value / largest).limit_denominator(8) for value in values]


def _basis(rows: Iterable[Power], degree: int) -> list[Power]:
    """Monomials that may be squared beside a polynomial of a degree, within the degree of all rows."""
    rows = list(rows)
    highest = max((len(power) for power in rows), default=0)
    variables = sorted({v for power in rows for v in power})
    found: list[Power] = []
    for count in range((highest - degree) // 2 + 1):
        found += combinations_with_replacement(variables, count)
        if len(found) > 60:
            return []
    return found


def _root_of_square(polynomial: Polynomial, variable: int) -> tuple[Number, Polynomial] | None:
    """s and r = mv + …, with s r² = s m²v² + bv + …, for a polynomial s m²v² + bv + c; None for another form."""
    parts: dict[int, Polynomial] = {}
    for power, coefficient in polynomial.items():
        count = power.count(variable)
        parts.setdefault(count, {})[tuple(v for v in power if v != variable)] = coefficient
    if max(parts, default=0) != 2 or len(parts[2]) != 1:
        return None
    ((square, size),) = parts[2].items()
    if square[::2] != square[1::2]:
        return None
    beside = square[::2]
    root: Polynomial = {tuple(sorted((*beside, variable))): 1}
    for power, coefficient in parts.get(1, {}).items():
        left = list(power)
        for factor in beside:
            if factor not in left:
                return None
            left.remove(factor)
        root[tuple(left)] = Fraction(coefficient) / (2 * size)
    return size, root


def _distinct(gaps: Iterable[Gap]) -> list[Gap]:
    """Each polynomial once, as strict as it is known."""
    found: dict[frozenset[tuple[Power, Number]], Gap] = {}
    for gap in gaps:
        key = frozenset(gap.polynomial.items())
        if key not in found or (gap.strict and not found[key].strict):
            found[key] = gap
    return list(found.values())


def _ends(polynomial: Polynomial) -> tuple[Power, ...]:
    """The least and the greatest term, by degree and then by letters; none of 0."""
    return (min(polynomial, key=_size), max(polynomial, key=_size)) if polynomial else ()


def _size(power: Power) -> tuple[int, Power]:
    return len(power), power


def _pruned(columns: Sequence[Column]) -> list[Column]:
    """Without columns that hold a term which nothing can cancel."""
    live = [(column, *_of_signs(column.polynomial)) for column in columns]
    while True:
        above = set[Power]().union(*[positive for _, positive, _ in live])
        both = above & set[Power]().union(*[negative for _, _, negative in live])
        kept = [one for one in live if both.issuperset(one[1]) and both.issuperset(one[2])]
        if len(kept) == len(live):
            return [column for column, _, _ in kept]
        live = kept


def _of_signs(polynomial: Polynomial) -> tuple[list[Power], list[Power]]:
    """The monomials with positive coefficients, and those with negative ones."""
    positive = [power for power, coefficient in polynomial.items() if coefficient > 0]
    return positive, [power for power, coefficient in polynomial.items() if coefficient < 0]


__all__ = ["Column", "Search", "Summand"]
