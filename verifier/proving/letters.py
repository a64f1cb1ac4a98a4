"""Letters of matrices: normal forms taken apart into chains, and the term that each letter is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from verifier.kernel.context import Context
from verifier.kernel.linear import CONSTANT, ONE, Linear, single, times
from verifier.kernel.matrices import POWER
from verifier.kernel.polynomials import TEMPORARY, Base, Factor, Monomial, NormalForm
from verifier.kernel.products import INDICATORS
from verifier.kernel.terms import Term
from verifier.proving.chains import LEFT, RIGHT, Alphabet, Polynomial, Summand, Word, accumulate
from verifier.proving.readback import NotWritten, Writer

Edge = tuple[int | None, tuple[int, ...]]
"""A letter (None for an identity) and the indices on its axes: two of a matrix, one of a vector."""


class NoChains(Exception):
    """A normal form that is no sum of products of matrices."""


@dataclass
class Letters:
    """The letters of a claim: bases of normal forms, each with the term that it is."""

    context: Context
    writer: Writer
    alphabet: Alphabet = field(default_factory=Alphabet)
    terms: dict[int, Term] = field(default_factory=dict)
    powers: dict[Base, Term] = field(default_factory=dict)
    inverses: list[tuple[int, int]] = field(default_factory=list)
    reciprocals: dict[tuple[Base, tuple[Linear, ...]], int] = field(default_factory=dict)
    _letters: dict[tuple[Base, tuple[Linear | None, ...]], int] = field(default_factory=dict)
    _units: dict[tuple[Linear, Linear], int] = field(default_factory=dict)

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
        chains, cycles = self._words(edges)
        return self.alphabet.summand(chains, cycles, scalars)

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
        running = range(len(monomial.bound))
        places: list[int] = []
        pattern: list[Linear | None] = []
        sizes = self._axes(base, slots)
        for slot, size in zip(slots, sizes, strict=True):
            atom = single(slot)
            if isinstance(atom, int) and (atom in running or atom in ends):
                if atom in running and size is not None and monomial.bound[atom] != (ONE, size):
                    raise NoChains("a sum over a part of a dimension")
                if size is None and base.kind == "symbol":
                    raise NoChains("a sum over a family")
                places.append(atom)
                pattern.append(None)
            elif any(isinstance(a, int) and (a in running or a in ends) for a, _ in slot):
                raise NoChains("an index form in a sum")
            elif size is not None:
                places.append(-1 - len(edges))
                pattern.append(None)
                edges.append((self._unit(size, slot), (-1 - len(edges),)))
            else:
                pattern.append(slot)
        if isinstance(exponent, tuple):
            raise NoChains("a symbolic exponent")
        if base.kind in INDICATORS:
            raise NoChains("an indicator")
        if not places:
            if isinstance(exponent, int) and exponent < 0:
                scalars.append((self._reciprocal(base, tuple(pattern), sizes), -exponent))
            else:
                scalars.append((self._letter(base, tuple(pattern), sizes), exponent))
            return
        if not isinstance(exponent, int) or exponent < 1 or len(places) > 2:
            raise NoChains("a tensor, or an entrywise power")
        edges.extend([(self._letter(base, tuple(pattern), sizes), tuple(places))] * exponent)

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

    def _words(self, edges: list[Edge]) -> tuple[list[Word], list[Word]]:
        """Chains and cycles of the graph whose vertices are indices. Raises NoChains unless each is on two slots."""
        at: dict[int, list[tuple[int, int]]] = {}
        for k, (_, places) in enumerate(edges):
            for side, place in enumerate(places):
                at.setdefault(place, []).append((k, side))
        if any(len(uses) != 2 for uses in at.values()):
            raise NoChains("an index that is not on two factors")
        done: set[int] = set()
        chains = [self._walk(k, edges, at, done) for k, edge in enumerate(edges) if len(edge[1]) == 1 and k not in done]
        cycles = [self._walk(k, edges, at, done) for k in range(len(edges)) if k not in done]
        return chains, cycles

    def _walk(self, start: int, edges: list[Edge], at: dict[int, list[tuple[int, int]]], done: set[int]) -> Word:
        letter, places = edges[start]
        word = [] if letter is None else [letter]
        done.add(start)
        k, side = start, len(places) - 1
        while True:
            one, other = at[edges[k][1][side]]
            k, side = other if one == (k, side) else one
            if k in done:
                return tuple(word)
            done.add(k)
            letter, places = edges[k]
            if letter is not None:
                word.append(letter if side == 0 else self.alphabet.turned[letter])
            if len(places) == 1:
                return tuple(word)
            side = 1 - side

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

    def number(self, size: Linear) -> Polynomial:
        """A dimension as a number."""
        return self.polynomial(self.context.algebra.value(size), (None, None))

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

    def _reciprocal(self, base: Base, pattern: tuple[Linear | None, ...], sizes: tuple[Linear | None, ...]) -> int:
        """The letter 1/p. If p is a sum it stays one; otherwise p is a letter too, and p · 1/p = 1 by normal form."""
        slots = tuple(form for form in pattern if form is not None)
        found = self.reciprocals.get((base, slots))
        if found is None:
            found = self.reciprocals[base, slots] = self.alphabet.letter()
            minus_one = Term("number", (), (Fraction(-1),))
            self.terms[found] = Term("power", (self.writer.base(Factor(base, slots, 1)), minus_one))
            if base.kind != "power":
                self.inverses.append((self._letter(base, pattern, sizes), found))
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


def _weight(base: Base, exponent: Linear | None) -> int:
    """What Mᵉ weighs beyond 1: it is more than MᵃMᵇ for e = a + b, and more than Mᵃ M for e = a + 1, M written out."""
    most = max((len(monomial.factors) for monomial in base.closed[0].terms), default=0)
    return sum((most + 1 if a == CONSTANT else most + 2) * abs(c) for a, c in exponent or ()) - 2
