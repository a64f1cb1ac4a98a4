"""Smaller counterexamples: dimensions first, then indices, then entries to 0, ±1 and small numbers.

A shrinker is an order on models and steps down in it; a step is accepted only by an exact check that all hypotheses
hold, that the claim is defined, and that the conclusion fails.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any

from verifier.instantiation.dimensions import Shapes
from verifier.instantiation.evaluator import Value, pack, rows_of
from verifier.instantiation.matrices import Rows, entrywise, flat, identity
from verifier.instantiation.outcomes import BudgetExceeded, InstantiationError, Unsupported
from verifier.instantiation.rings import fraction
from verifier.instantiation.sampling import FunctionKey, Key, Model
from verifier.instantiation.structured_matrices import PATTERNS, Drawer, parameter
from verifier.instantiation.undeclared import Polynomial
from verifier.kernel import linear
from verifier.kernel.linear import Atom, Linear

CHECKS = 400
CHECKS_OF_SHAPES = 120
SMALL = tuple(Fraction(k, 2) for k in (0, 2, -2, 4, -4, 6, -6, 1, -1))
FRESH = ("generic", "sparse", "tied")


def complexity(number: Fraction) -> tuple[int, int, bool]:
    """The order of numbers: 0, 1, -1, 2, -2, …, 1/2, -1/2, 3/2, …"""
    return number.denominator, abs(number.numerator), number < 0


def weight(value: Value) -> int:
    """The complexity of all entries together, which every step lessens."""
    numbers = [fraction(entry) for entry in flat(value)]
    return sum(1000 * (n.denominator - 1) + 2 * abs(n.numerator) - (n > 0) for n in numbers)


class Shrinker:
    """Shrinks one model, with a bounded number of checks; no model is checked twice."""

    def __init__(self, shapes: Shapes, fails: Callable[[Model], bool], seed: str, checks: int = CHECKS) -> None:
        self.shapes, self.seed, self.checks = shapes, seed, checks
        self._fails = fails
        self._failed: set[Hashable] = set()

    def fails(self, model: Model) -> bool:
        """Whether every hypothesis holds and the conclusion does not. False once the checks are used up."""
        state = _state(model)
        if model.values and state in self._failed:
            return False
        self._failed.add(state)
        self.checks -= 1
        if self.checks < 0:
            return False
        try:
            return self._fails(model)
        except (BudgetExceeded, Unsupported):
            self.checks = 0
            return False
        except InstantiationError:
            return False

    def shrink(self, model: Model) -> Model:
        """A model from which no step leads to a simpler one, unless the checks are used up before."""
        fresh: tuple[str, ...] = FRESH * 2 if model.plan.components else FRESH
        while True:
            before = model
            model = self._smaller_indices(self._smaller_dimensions(model, fresh))
            model = self._simpler_together(model)
            for key in sorted(model.values):
                model = self._simpler_value(model, key)
            for name in sorted(model.polynomials):
                model = self._simpler_polynomial(model, name)
            if model is before or self.checks <= 0:
                return model
            fresh = ()

    # dimensions and indices

    def _smaller_dimensions(self, model: Model, fresh: tuple[str, ...]) -> Model:
        least = self.checks - CHECKS_OF_SHAPES
        for dimensions in self.shapes.smaller(model.dimensions):
            for candidate in self._at(model, dimensions, fresh):
                if self.checks < least:
                    return model
                if self.fails(candidate):
                    return candidate.pruned()
        return model

    def _at(self, model: Model, dimensions: Mapping[Atom, int], fresh: tuple[str, ...]) -> Iterator[Model]:
        for ends in ("first", "last", "filled"):
            yield self._changed(model, values=_cut(model, dimensions, ends), dimensions=dimensions)
        for number, mode in enumerate(fresh):
            draw = Drawer(model.ring, Random(f"{self.seed}/{dimensions}/{number}"), mode)  # noqa: S311
            try:
                drawn = Model(model.plan, draw, dimensions, model.work)
            except InstantiationError:
                continue
            yield drawn

    def _smaller_indices(self, model: Model) -> Model:
        for name, (lower, _) in self.shapes.problem.sequent.indices:
            try:
                low = linear.value(lower, {**model.dimensions, **model.indices})
            except KeyError:
                continue
            for value in range(low, model.indices[name]):
                candidate = self._changed(model, indices={**model.indices, name: value})
                if self.shapes.inside({**candidate.dimensions, **candidate.indices}) and self.fails(candidate):
                    model = candidate.pruned()
                    break
        return model

    # values

    def _changed(self, model: Model, **parts: Any) -> Model:
        """The model with some of its parts replaced; what is missing is drawn."""
        dimensions = parts.pop("dimensions", model.dimensions)
        return Model(model.plan, model.draw, dimensions, model.work, replace(model.start(), **parts))

    def _simpler_value(self, model: Model, key: Key) -> Model:
        shape, kinds = model.shapes[key], model.kinds(key)
        old = model.values[key]
        for rows in _whole(model, rows_of(old)):
            if weight(rows) >= weight(old):
                continue
            candidate = self._changed(model, values={**model.values, key: pack(rows, shape)})
            if self.fails(candidate):
                model = candidate
                break
        rows = rows_of(model.values[key])
        for r in range(len(rows)):
            for c in range(len(rows[0])):
                if not kinds & PATTERNS or parameter(kinds, r, c) == ((r, c), 1):
                    model = self._simpler_entry(model, key, (r, c), kinds)
        return model

    def _simpler_together(self, model: Model) -> Model:
        """Numbers that occur more than once, replaced everywhere at once: what has to be equal stays equal."""
        counts = Counter(fraction(entry) for value in model.values.values() for entry in flat(value))
        for number in sorted((n for n, count in counts.items() if count > 1), key=complexity, reverse=True):
            old = model.ring.number(number)
            for other in simpler(number):
                new = model.ring.number(other)
                values = {
                    key: entrywise(lambda entry, old=old, new=new: new if entry == old else entry, value)
                    for key, value in model.values.items()
                }
                candidate = self._changed(model, values=values)
                if self.fails(candidate):
                    model = candidate
                    break
        return model

    def _simpler_entry(self, model: Model, key: Key, place: tuple[int, int], kinds: frozenset[str]) -> Model:
        rows = rows_of(model.values[key])
        for number in simpler(fraction(rows[place[0]][place[1]])):
            changed = _with_entry(model, rows, place, number, kinds)
            candidate = self._changed(model, values={**model.values, key: pack(changed, model.shapes[key])})
            if self.fails(candidate):
                return candidate
        return model

    def _simpler_polynomial(self, model: Model, name: FunctionKey) -> Model:
        for polynomial in _simpler_polynomials(model.polynomials[name]):
            candidate = self._changed(model, polynomials={**model.polynomials, name: polynomial})
            if self.fails(candidate):
                return self._simpler_polynomial(candidate, name)
        return model


def _state(model: Model) -> Hashable:
    values = tuple((key, tuple(flat(model.values[key]))) for key in sorted(model.values))
    functions = tuple(sorted(model.polynomials.items(), key=lambda item: item[0]))
    return tuple(model.dimensions.items()), tuple(model.indices.items()), values, functions


def simpler(number: Fraction) -> list[Fraction]:
    """Simpler numbers, the simplest first."""
    whole, back = Fraction(int(number)), 1 if number > 0 else -1
    close = {whole, whole - back, whole + back, Fraction(int(number / 2)), Fraction(round(number * 2), 2), *SMALL}
    return sorted((n for n in close if complexity(n) < complexity(number)), key=complexity)


def _cut(model: Model, dimensions: Mapping[Atom, int], ends: str) -> dict[Key, Value]:
    """The first rows and columns of the values, the last, or those along each dimension that are not 0 throughout."""
    filled = _filled(model) if ends == "filled" else {}
    values: dict[Key, Value] = {}
    for key, value in model.values.items():
        shape, rows = model.shapes[key], rows_of(value)
        kept = []
        for axis, old in zip(shape.axes, (len(rows), len(rows[0])), strict=True):
            new = linear.value(axis, dimensions)
            own = filled.get(axis, set())
            first = [*sorted(own), *(place for place in range(old) if place not in own)]
            kept.append(sorted(first[:new]) if ends != "last" else list(range(old - new, old)))
            if new > old:
                break
        else:
            values[key] = pack([[rows[r][c] for c in kept[1]] for r in kept[0]], shape)
    return values


def _filled(model: Model) -> dict[Linear, set[int]]:
    """For each axis, the places at which some value is not 0."""
    places: dict[Linear, set[int]] = {}
    for key, value in model.values.items():
        for r, row in enumerate(rows_of(value)):
            for c, entry in enumerate(row):
                if entry != 0:
                    for axis, place in zip(model.shapes[key].axes, (r, c), strict=True):
                        places.setdefault(axis, set()).add(place)
    return places


def _whole(model: Model, rows: Rows) -> Iterator[Rows]:
    """Simpler matrices of the size: 0, and for a square one a coordinate projection, I, I backwards, -I."""
    zero, size = model.ring.number(0), len(rows)
    yield [[zero] * len(rows[0]) for _ in rows]
    if size == len(rows[0]) > 1:
        eye = identity(model.ring, size)
        yield [eye[0], *([zero] * size for _ in range(size - 1))]
        yield eye
        yield eye[::-1]
        yield [[-entry for entry in row] for row in eye]


def _with_entry(model: Model, rows: Rows, place: tuple[int, int], number: Fraction, kinds: frozenset[str]) -> Rows:
    """The rows with an entry replaced, and with it the entries that the structure ties to it."""
    changed, value = [list(row) for row in rows], model.ring.number(number)
    own = parameter(kinds, *place)
    for r, row in enumerate(rows):
        for c in range(len(row)):
            other = parameter(kinds, r, c)
            if (r, c) == place or (own is not None and other is not None and other[0] == own[0]):
                changed[r][c] = value if (r, c) == place or other is None else value * other[1]
    return changed


def _simpler_polynomials(polynomial: Polynomial) -> Iterator[Polynomial]:
    terms = polynomial.terms
    for k in range(len(terms)):
        yield Polynomial((*terms[:k], *terms[k + 1 :]), polynomial.arity)
    for k, (coefficient, variables) in enumerate(terms):
        for number in simpler(coefficient):
            if number:
                yield Polynomial((*terms[:k], (number, variables), *terms[k + 1 :]), polynomial.arity)
        if variables and (coefficient, variables[1:]) not in terms:
            yield Polynomial((*terms[:k], (coefficient, variables[1:]), *terms[k + 1 :]), polynomial.arity)
