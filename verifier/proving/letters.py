"""Letters of matrices: normal forms taken apart into chains, and the term that each letter is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations

from verifier.kernel.context import Context
from verifier.kernel.linear import CONSTANT, ONE, Linear, single, times, variable
from verifier.kernel.matrices import POWER
from verifier.kernel.polynomials import (
    TEMPORARY,
    Base,
    Exponent,
    Factor,
    Monomial,
    NormalForm,
    Range,
    rename_factor,
    whole,
)
from verifier.kernel.products import INDICATORS
from verifier.kernel.shapes import column
from verifier.kernel.terms import Term
from verifier.proving.chains import LEFT, RIGHT, Alphabet, Polynomial, Summand, accumulate
from verifier.proving.graphs import Edge, NoChains, words
from verifier.proving.readback import NotWritten, Writer

LARGEST_POWER = 8
ENTRY = TEMPORARY - 1
"""Stands for the index of the entry of a vector of which all entries are known."""


@dataclass
class Letters:
    """The letters of a claim: bases of normal forms, each with the term that it is."""

    context: Context
    writer: Writer
    alphabet: Alphabet = field(default_factory=Alphabet)
    terms: dict[int, Term] = field(default_factory=dict)
    powers: dict[Base, Term] = field(default_factory=dict)
    inverses: list[tuple[Summand, int]] = field(default_factory=list)
    reciprocals: dict[tuple[Base, tuple[Linear, ...]], int] = field(default_factory=dict)
    _letters: dict[tuple[Base, tuple[Linear | None, ...]], int] = field(default_factory=dict)
    diagonals: dict[int, int] = field(default_factory=dict)
    _units: dict[tuple[Linear, Linear], int] = field(default_factory=dict)
    _vectors_of_ones: dict[Linear, int] = field(default_factory=dict)
    _wholes: dict[tuple[Factor, Linear | None], int] = field(default_factory=dict)
    _numbers: dict[Linear, Polynomial] = field(default_factory=dict)

    def polynomial(self, form: NormalForm, axes: tuple[int | None, ...]) -> Polynomial:
        """A normal form with these free axes, as chains. Raises NoChains."""
        ends = {axis: end for axis, end in zip(axes, (LEFT, RIGHT), strict=True) if axis is not None}
        result: Polynomial = {}
        for monomial, coefficient in form.items():
            accumulate(result, self._summand(monomial, ends), coefficient)
        return result

    def _summand(self, monomial: Monomial, ends: Mapping[int, int]) -> Summand:
        scalars: list[tuple[int, int | Fraction]] = []
        edges: list[Edge] = [(end, (axis,)) for axis, end in ends.items()]
        for factor in monomial.factors:
            self._read(factor, monomial, ends, scalars, edges)

        def ones(place: int) -> int:
            return self._ones(self._range(place, monomial)[1])

        chains, cycles = words(edges, self.alphabet.turned, self._diagonal, ones)
        return self.alphabet.summand(chains, cycles, scalars)

    def _range(self, atom: int, monomial: Monomial) -> Range:
        """The range of an index, which starts at 1."""
        within = monomial.bound[atom] if atom < len(monomial.bound) else self.context.algebra.ranges.get(atom)
        if within is None or within[0] != ONE:
            raise NoChains("an index without a dimension")
        return within

    def _read(
        self,
        factor: Factor,
        monomial: Monomial,
        ends: Mapping[int, int],
        scalars: list[tuple[int, int | Fraction]],
        edges: list[Edge],
    ) -> None:
        base, slots, exponent = factor
        if base.kind == "delta" and {abs(c) for _, c in slots[0]} == {1} and {a for a, _ in slots[0]} == ends.keys():
            edges.append((None, tuple(ends)))
            return
        if base.kind == "delta":
            edges.append(self._at_unit(slots[0], ends))
            return
        if base.kind in INDICATORS:
            raise NoChains("an indicator")
        sizes = self._axes(base, slots)
        parts = _parts(exponent, any(size is not None for size in sizes))
        if len(parts) > 1:
            for part in parts:
                self._read(Factor(base, slots, part), monomial, ends, scalars, edges)
            return
        moving = {a for slot in slots for a, _ in slot if isinstance(a, int) and (a < len(monomial.bound) or a in ends)}
        if not moving and isinstance(exponent, int) and exponent < 0:
            scalars.append((self._reciprocal(base, slots), -exponent))
        elif not moving and isinstance(exponent, tuple):
            scalars.append((self._scalar(factor), 1))
        elif len(moving) == 1 and (exponent != 1 or not any(sizes)):
            (atom,) = moving
            edges.append((self._vector(factor, int(atom), self._range(int(atom), monomial)[1]), (int(atom),)))
        else:
            self._read_entry(factor, sizes, monomial, moving, scalars, edges)

    def _read_entry(
        self,
        factor: Factor,
        sizes: tuple[Linear | None, ...],
        monomial: Monomial,
        moving: set[int],
        scalars: list[tuple[int, int | Fraction]],
        edges: list[Edge],
    ) -> None:
        """An entry of a matrix or a vector, or a scalar."""
        base, slots, exponent = factor
        places: list[int] = []
        pattern: list[Linear | None] = []
        for slot, size in zip(slots, sizes, strict=True):
            atom = single(slot)
            if isinstance(atom, int) and atom in moving:
                if size is not None and self._range(atom, monomial) != (ONE, size):
                    raise NoChains("a sum over a part of a dimension")
                if size is None and base.kind == "symbol":
                    raise NoChains("a sum over a family")
                places.append(atom)
                pattern.append(None)
            elif any(a in moving for a, _ in slot):
                raise NoChains("an index form in a sum")
            elif size is not None:
                places.append(-1 - len(edges))
                pattern.append(None)
                edges.append((self._unit(size, slot), (-1 - len(edges),)))
            else:
                pattern.append(slot)
        if not places:
            scalars.append((self._letter(base, tuple(pattern), sizes), exponent))  # type: ignore[arg-type]
            return
        if exponent != 1 or len(places) > 2:
            raise NoChains("a tensor, or an entrywise power")
        edges.append((self._letter(base, tuple(pattern), sizes), tuple(places)))

    def _axes(self, base: Base, slots: tuple[Linear, ...]) -> tuple[Linear | None, ...]:
        """The dimension along each slot; None for the index of a family, or a parameter."""
        if base.kind == "symbol":
            shape = self.writer.shapes.get(base.name)
            axes = () if shape is None else tuple(axis for axis in shape.axes if axis != ONE)
            return (*(None for _ in range(len(slots) - len(axes))), *axes)
        if base.kind in ("inverse", "opaque") and base.own >= 2:
            own = base.sizes[::-1] if base.name == "pseudoinverse" else base.sizes
            return (*own, *(None for _ in slots[2:]))
        return tuple(None for _ in slots)

    def _at_unit(self, form: Linear, ends: Mapping[int, int]) -> Edge:
        """δ of a free index and a fixed form: the unit vector there. Raises NoChains for another δ."""
        free = [(atom, c) for atom, c in form if atom in ends]
        if len(free) != 1 or abs(free[0][1]) != 1 or any(isinstance(a, int) and a < TEMPORARY for a, _ in form):
            raise NoChains("an indicator")
        ((axis, sign),) = free
        place = times(-sign, tuple(item for item in form if item != (axis, sign)))
        within = self.context.algebra.ranges.get(axis)
        if within is None or not isinstance(axis, int):
            raise NoChains("an index without a range")
        return self._unit(within[1], place), (axis,)

    def _unit(self, size: Linear, form: Linear) -> int:
        found = self._units.get((size, form))
        if found is None:
            found = self._units[size, form] = self.alphabet.letter(self.number(size))
            self.terms[found] = Term("unit", (), (size, self.writer.form(form)))
        return found

    def _ones(self, size: Linear) -> int:
        found = self._vectors_of_ones.get(size)
        if found is None:
            found = self._vectors_of_ones[size] = self.alphabet.letter(self.number(size))
            self.terms[found] = Term("ones", (), (column(size),))
        return found

    def _diagonal(self, vector: int) -> int:
        """The letter of diag(v), which is its own transpose."""
        found = self.diagonals.get(vector)
        if found is None:
            found = self.diagonals[vector] = self.alphabet.letter(self.alphabet.rows[vector])
            self.terms[found] = Term("diag", (self.terms[vector],))
        return found

    def _scalar(self, factor: Factor) -> int:
        """The letter of a power whose exponent is an index."""
        found = self._wholes.get((factor, None))
        if found is None:
            found = self._wholes[factor, None] = self.alphabet.letter()
            self.terms[found] = self.writer.factor(factor)
        return found

    def _vector(self, factor: Factor, place: int, size: Linear) -> int:
        """The letter of the vector with these entries, which are no entries of a symbol: powers, functions of one."""
        entry = rename_factor(factor, {place: variable(ENTRY)})
        found = self._wholes.get((entry, size))
        if found is None:
            term = self.writer.shaped({Monomial((entry,), ()): Fraction(1)}, column(size), (ENTRY, None))
            found = self._wholes[entry, size] = self.alphabet.letter(self.number(size))
            self.terms[found] = term
        return found

    @property
    def commuting(self) -> Iterable[tuple[Summand, Summand]]:
        """Products of diagonal matrices and vectors that are the same entry by entry."""
        letters = list(self.diagonals.items())
        for (first, one), (second, other) in combinations(letters, 2):
            if self.alphabet.rows[first] != self.alphabet.rows[second]:
                continue
            yield self._chain(LEFT, one, other, RIGHT), self._chain(LEFT, other, one, RIGHT)
            yield self._chain(LEFT, one, second), self._chain(LEFT, other, first)
        for vector, diagonal in letters:
            for ones in self._vectors_of_ones.values():
                if self.alphabet.rows[ones] == self.alphabet.rows[vector]:
                    yield self._chain(LEFT, diagonal, ones), self._chain(LEFT, vector)

    def _chain(self, *word: int) -> Summand:
        return self.alphabet.summand([word])

    @property
    def units(self) -> Iterable[int]:
        """The letters of unit vectors."""
        return self._units.values()

    def number(self, size: Linear) -> Polynomial:
        """A dimension as a number."""
        found = self._numbers.get(size)
        if found is None:
            found = self._numbers[size] = self.polynomial(self.context.algebra.value(size), (None, None))
        return found

    def _letter(self, base: Base, pattern: tuple[Linear | None, ...], sizes: tuple[Linear | None, ...]) -> int:
        key = (base, pattern)
        if key not in self._letters:
            axes = [size for size, fixed in zip(sizes, pattern, strict=True) if fixed is None]
            symmetric = any(len(group) == 2 for group in base.symmetric) and len(axes) == 2
            counts = [self.number(size) if size is not None else {} for size in axes]
            if len(axes) == 2 and not symmetric:
                new = self.alphabet.letter(counts[0], counts[1])
            else:
                new = self.alphabet.letter(*counts[:1])
            self._letters[key] = new
            if base.name == POWER and base.kind == "opaque":
                self.alphabet.weigh(new, _weight(base, pattern[2]))
            self.terms[new] = self._term(base, pattern, tuple(axes))
        return self._letters[key]

    def weigh_symbol(self, symbol: Term, more: int) -> None:
        """Let the letter of a symbol weigh more, if it has one."""
        for letter, term in self.terms.items():
            if term == symbol:
                self.alphabet.weigh(letter, more)

    def _reciprocal(self, base: Base, slots: tuple[Linear, ...]) -> int:
        """The letter 1/p. If p is a sum it stays one; otherwise p is written too, and p · 1/p = 1 by normal form."""
        found = self.reciprocals.get((base, slots))
        if found is None:
            found = self.reciprocals[base, slots] = self.alphabet.letter()
            minus_one = Term("number", (), (Fraction(-1),))
            self.terms[found] = Term("power", (self.writer.base(Factor(base, slots, 1)), minus_one))
            if base.kind != "power":
                inverted = self._summand(Monomial((Factor(base, slots, 1),), ()), {})
                self.inverses.append((inverted, found))
        return found

    def _term(self, base: Base, pattern: tuple[Linear | None, ...], axes: tuple[Linear | None, ...]) -> Term:
        fixed = tuple(form for form in pattern if form is not None)
        if (base, fixed) in self.writer.matrices:
            return self.writer.matrices[base, fixed]
        if base in self.powers:
            return Term("power", (self.powers[base], Term("index", (), (self.writer.form(fixed[0]),))))
        if base.kind == "symbol":
            shape = self.writer.shapes[base.name]
            return Term("symbol", (), (base.name, shape, tuple(self.writer.form(form) for form in fixed)))
        if axes:
            raise NotWritten(f"the {base.kind} {base.name} as a matrix")
        return self.writer.base(Factor(base, fixed, 1))


def _parts(exponent: Exponent, written_out: bool) -> list[Exponent]:
    """An exponent as a sum: k + 2 is k and 2; a small whole one of an entry is so many times 1."""
    if isinstance(exponent, tuple):
        number = dict(exponent).get(CONSTANT, 0)
        rest = tuple(item for item in exponent if item[0] != CONSTANT)
        return [rest, *_parts(whole(number), written_out)] if number else [exponent]
    if written_out and isinstance(exponent, int) and 1 < exponent <= LARGEST_POWER:
        return [1] * exponent
    return [exponent]


def _weight(base: Base, exponent: Linear | None) -> int:
    """What Mᵉ weighs beyond 1: it is more than MᵃMᵇ for e = a + b, and more than Mᵃ M for e = a + 1, M written out."""
    most = max((len(monomial.factors) for monomial in base.closed[0].terms), default=0)
    return sum((most + 1 if a == CONSTANT else most + 2) * abs(c) for a, c in exponent or ()) - 2
