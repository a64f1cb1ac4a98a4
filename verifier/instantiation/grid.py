"""Models of few numbers on a grid of small rationals, thousands at once in floats, the simplest first.

Conditions such as 0 < η < 1/σ² have simple models, at which claims that are nearly true often fail: at an end of an
interval, at equal values, at 0. Floats point to them; each is then evaluated exactly elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from fractions import Fraction
from itertools import islice
from random import Random
from typing import Any

from flint import fmpq

from verifier.instantiation.dimensions import Dimensions
from verifier.instantiation.evaluation import evaluator
from verifier.instantiation.evaluator import Environment, Evaluator, Index, Link, Odds, Value, pack
from verifier.instantiation.matrices import flat
from verifier.instantiation.outcomes import InstantiationError, NoModel, Unsupported, Work
from verifier.instantiation.plans import Plan
from verifier.instantiation.rings import Rationals
from verifier.instantiation.sampling import Key, Model, Start
from verifier.instantiation.shrinking import weight
from verifier.instantiation.small import mixed
from verifier.instantiation.structured_matrices import Drawer
from verifier.instantiation.undeclared import Polynomial
from verifier.kernel import linear
from verifier.kernel.linear import Atom
from verifier.kernel.sequents import Indices
from verifier.kernel.shapes import Shape
from verifier.kernel.terms import Term, subterms

COUNT = 20_000
MOST = 12
LEAST_PER_NUMBER = 5
RANDOM_PER_NUMBER = 11
CHECKED = 12
FEW = 30
PARTS = tuple(Fraction(k, 2**power) for power in (4, 6, 8, 10) for k in (1, -1))
INDEX_VALUES = 4
INDEX_CHOICES = 8

SIMPLE = (
    *("0", "1", "-1", "2", "-2", "1/2", "-1/2", "3", "3/2", "3/4", "1/4", "-3", "1/3", "4", "-3/2", "2/3", "-1/4"),
    *("-4", "-3/4", "5/2", "5", "5/4", "-1/3", "-2/3", "6", "1/8", "7/8", "1/5", "3/5", "4/5"),
)
WHOLE = (8, 10, 100, 1000)


def _numbers() -> tuple[Fraction, ...]:
    """The numbers of a grid, in the order in which they are taken."""
    found = dict.fromkeys(map(Fraction, SIMPLE))
    small = sorted((p + q, q, p) for p in range(1, 13) for q in range(1, 13))
    for _, q, p in small:
        found.setdefault(Fraction(p, q))
        found.setdefault(Fraction(-p, q))
    for number in WHOLE:
        found.setdefault(Fraction(number))
        found.setdefault(Fraction(-number))
    return tuple(found)


NUMBERS = _numbers()


Place = tuple[Key, int, int]


class Pool:
    """The numbers from which one unknown takes its values, in that order; as floats, and how complex they are."""

    def __init__(self, numbers: Sequence[Fraction]) -> None:
        self.numbers = numbers
        self.floats = [float(number) for number in numbers]
        self.weights = [weight([fmpq(number.numerator, number.denominator)]) for number in numbers]


EVERY = Pool(NUMBERS)


class Unknowns:
    """A source that hands out the entries of the symbols that are asked for, and remembers them.

    What the conditions of a plan say that a symbol is, a recurrence above all, stays computed.
    """

    def __init__(self, base: Model) -> None:
        self.base = base
        self.dimensions, self.indices = base.dimensions, base.indices
        self.entries: dict[Key, list[list[Any]]] = {}
        self.shapes: dict[Key, Shape] = {}

    def origin(self, name: str, index: Index) -> tuple[Term, dict[Atom, int]] | None:
        """The term that a condition says a member is."""
        return self.base.origin(name, index)

    def polynomial(self, name: str, index: Index, place: Index, arity: int) -> Polynomial:
        """Undeclared functions are the same in all models."""
        return self.base.polynomial(name, index, place, arity)

    def drawn(self, name: str, index: Index, shape: Shape) -> Value:
        """The entries of a symbol, made when they are first asked for."""
        key = self.base.key(name, index)
        if key not in self.entries:
            height, width = (linear.value(axis, self.dimensions) for axis in shape.axes)
            self.shapes[key] = shape
            self.entries[key] = [[self.entry(key, (r, c)) for c in range(width)] for r in range(height)]
        return pack(self.entries[key], shape)

    def entry(self, key: Key, place: tuple[int, int]) -> Any:
        """One unknown number."""
        raise NotImplementedError

    def model(self, value: Mapping[Place, Fraction | int], terms: Mapping[Key, Term] | None = None) -> Model:
        """The model in which the entries have these values, and some symbols irrational ones."""
        ring = self.base.ring
        values = {
            key: pack(
                [[ring.number(value.get((key, r, c), 0)) for c in range(len(row))] for r, row in enumerate(rows)],
                self.shapes[key],
            )
            for key, rows in self.entries.items()
            if key not in (terms or {})
        }
        start = Start(values, dict(self.shapes), self.base.polynomials, self.indices, self.base.targets, terms or {})
        return Model(self.base.plan, self.base.draw, self.dimensions, self.base.work, start)


class _Floats(Unknowns):
    """Entries that are arrays of floats; numbers for which the base solves equations are computed from the others."""

    odds: Odds | None = None

    def __init__(self, base: Model) -> None:
        from verifier.instantiation.floats import Floats  # noqa: PLC0415

        super().__init__(base)
        self.ev: Evaluator = evaluator(Floats(), self, base.plan.problem.dependence, base.work)
        self.ev.window_suffices = True
        self.solved: set[Key] = set()

    def drawn(self, name: str, index: Index, shape: Shape) -> Value:
        """The entries of a symbol, or the number that solves an equation."""
        key = (name, index)
        if name not in self.base.targets:
            return super().drawn(name, index, shape)
        if key not in self.entries:
            if key in self.solved:
                raise NoModel(f"{name} is needed to solve for itself")
            self.solved.add(key)
            self.shapes[key] = shape
            self.entries[key] = [[self._solution(name)]]
        return self.entries[key][0][0]

    def _solution(self, name: str) -> Any:
        """x with r(0) + x (r(1) - r(0)) = 0, for the residual r of the equation."""
        equation = self.base.plan.equations[self.base.targets.index(name)]
        followers, residuals = self.base.plan.followers(name), []
        for number in (0, 1):
            link = Link(name, (), self.ev.ring.number(number), None, followers)
            env = Environment(dict(self.ev.base.indices), {}, link)
            left, right = (self.ev.value(arg, env) for arg in equation.condition.body.args)
            residuals.append(left - right)
        return -residuals[0] / (residuals[1] - residuals[0])

    def places(self) -> list[Place]:
        """The entries that are not computed."""
        return [
            (key, r, c)
            for key, rows in self.entries.items()
            if key not in self.solved
            for r, row in enumerate(rows)
            for c in range(len(row))
        ]

    def marks(self) -> tuple[Any, Any]:
        """Where no hypothesis fails, and where the conclusion does, by floats."""
        import numpy as np  # noqa: PLC0415 -- 100 ms, and most claims never need it

        problem = self.base.plan.problem
        with np.errstate(all="ignore"):
            allowed: Any = np.ones(1, dtype=bool)
            for hypothesis in problem.hypotheses:
                allowed = allowed & np.logical_not(self.ev.truth(hypothesis, self.ev.base).fails)
            return allowed, np.logical_and(self.ev.truth(problem.conclusion, self.ev.base).fails, True)


class _Names(_Floats):
    """Finds out which entries a claim asks for."""

    def entry(self, key: Key, place: tuple[int, int]) -> Any:  # noqa: ARG002
        import numpy as np  # noqa: PLC0415 -- 100 ms, and most claims never need it

        if sum(len(flat(rows)) for rows in self.entries.values()) > MOST:
            raise Unsupported("too many numbers for a grid")
        return np.full(1, 0.5)


class _Points(_Floats):
    """All points of a grid at once (random ones, if it has too many)."""

    def __init__(self, base: Model, columns: Mapping[Place, Any]) -> None:
        super().__init__(base)
        self.columns = columns

    def entry(self, key: Key, place: tuple[int, int]) -> Any:
        return self.columns[(key, *place)]


def bases(plan: Plan, wanted: Sequence[Dimensions], draw: Drawer, work: Work) -> Iterator[Model]:
    """Models without values, at small dimensions and indices; nothing is solved for in them."""
    targets = tuple(None for _ in plan.equations)
    small = sorted(wanted, key=lambda d: sum(d.values()))
    for dimensions in small[:2]:
        for indices in islice(_indices(plan, dimensions), INDEX_CHOICES):
            yield Model(plan, draw, dimensions, work, Start({}, {}, {}, indices, targets))


def _indices(plan: Plan, dimensions: Dimensions) -> Iterator[dict[Atom, int]]:
    """The first values of the indices of the claim."""
    with suppress(KeyError):
        for values in _within(plan.problem.sequent.indices, dict(dimensions)):
            yield {name: value for name, value in values.items() if name not in dimensions}


def _within(ranges: Indices, values: dict[Atom, int]) -> Iterator[dict[Atom, int]]:
    """The values with the first ones of the indices in their ranges. Raises KeyError for a range that is not known."""
    if not ranges:
        yield values
        return
    (name, (lower, upper)), *others = ranges
    first = linear.value(lower, values)
    last = first + INDEX_VALUES - 1 if upper is None else min(first + INDEX_VALUES - 1, linear.value(upper, values))
    for value in range(first, last + 1):
        yield from _within(tuple(others), {**values, name: value})


def grid_models(plan: Plan, wanted: Sequence[Dimensions], seed: int, work: Work) -> Iterator[Model]:
    """Models in which, by floats, the hypotheses hold: first those in which the conclusion fails, then others."""
    draw = Drawer(Rationals(), Random(f"{seed}/grid"), "generic")  # noqa: S311
    for base in bases(plan, wanted, draw, work):
        targets = tuple(
            _single(plan, k, name) for k, name in enumerate(Model(plan, draw, base.dimensions, work).targets)
        )
        solving = Model(plan, draw, base.dimensions, work, Start({}, {}, {}, base.indices, targets))
        for model in (base,) if set(targets) <= {None} else (solving, base):
            try:
                yield from _of_one_shape(model, seed)
            except InstantiationError:
                continue


def _single(plan: Plan, number: int, name: str | None) -> str | None:
    """The symbol, if it is a number, and its equation one between numbers."""
    condition = plan.equations[number].condition
    if name is None or condition.quantifiers or not condition.body.args[0].space().is_scalar:
        return None
    symbols = (part for part in subterms(condition.body) if part.head == "symbol" and part.data[0] == name)
    return name if all(part.space().is_scalar for part in symbols) else None


def _of_one_shape(base: Model, seed: int) -> Iterator[Model]:
    import numpy as np  # noqa: PLC0415

    names = _Names(base)
    names.marks()
    places = names.places()
    if not places:
        return
    pools = [_pool(base, key) for key, _, _ in places]
    picks = _picks([len(pool.numbers) for pool in pools], seed)
    columns = {place: np.array(pool.floats)[pick] for place, pool, pick in zip(places, pools, picks, strict=True)}
    points = _Points(base, columns)
    allowed, failing = points.marks()
    count = len(picks[0])
    weights = sum(np.array(pool.weights)[pick] for pool, pick in zip(pools, picks, strict=True))
    for marks in (allowed & failing, allowed & ~failing):
        found = np.flatnonzero(np.broadcast_to(marks, (count,)))
        for k in found[np.argsort(weights[found], kind="stable")[:CHECKED]]:
            yield points.model({p: pool.numbers[pick[k]] for p, pool, pick in zip(places, pools, picks, strict=True)})


def _picks(sizes: list[int], seed: int) -> list[Any]:
    """For each number, which of its pool is taken at each point: all combinations, or random ones."""
    import numpy as np  # noqa: PLC0415

    most = max(sizes)
    while most > LEAST_PER_NUMBER and _product(sizes, most) > COUNT:
        most -= 1
    if _product(sizes, most) <= COUNT:
        numbers, picks = np.arange(_product(sizes, most)), []
        for size in sizes:
            here = min(size, most)
            picks.append(numbers % here)
            numbers = numbers // here
        return picks
    numbers = np.arange(COUNT, dtype=np.uint64)
    random = Random(f"{seed}/grid/points")  # noqa: S311
    return [mixed(numbers + np.uint64(random.getrandbits(63))) % min(size, RANDOM_PER_NUMBER) for size in sizes]


def _product(sizes: list[int], most: int) -> int:
    result = 1
    for size in sizes:
        result *= min(size, most)
    return result


def _pool(base: Model, key: Key) -> Pool:
    """The numbers that plain bounds such as σ > 0 leave a symbol; where few are left, those near the bounds."""
    limits = [(f.kind, f.term.data[0]) for f in base.plan.bounds.get(key[0], ()) if f.term and f.term.head == "number"]
    if not limits:
        return EVERY
    pool = [number for number in NUMBERS if all(_keeps(number, *limit) for limit in limits)]
    if len(pool) < FEW:
        near = (limit + number for _, limit in limits for number in (*NUMBERS, *PARTS))
        pool += [number for number in dict.fromkeys(near) if all(_keeps(number, *limit) for limit in limits)]
    return Pool(pool or NUMBERS[:1])


def _keeps(number: Fraction, relation: str, limit: Fraction) -> bool:
    match relation:
        case "<":
            return number < limit
        case "<=":
            return number <= limit
        case ">":
            return number > limit
    return number >= limit
