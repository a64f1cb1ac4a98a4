"""Random models of hypotheses: values are drawn when they are first asked for, from what a plan knows of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from verifier.instantiation import matrices, structured_matrices
from verifier.instantiation.arithmetic import literal
from verifier.instantiation.duals import Dual
from verifier.instantiation.evaluation import evaluator
from verifier.instantiation.evaluator import Environment, Evaluator, Index, Link, Value, number_at, pack, rows_of
from verifier.instantiation.facts import Fact
from verifier.instantiation.intervals import Interval
from verifier.instantiation.laws import Law
from verifier.instantiation.matrices import flat
from verifier.instantiation.orders import Between
from verifier.instantiation.outcomes import AnotherRing, NoModel, Undefined, Unsupported, Work
from verifier.instantiation.plans import Equation, Plan
from verifier.instantiation.propositions import instances
from verifier.instantiation.randomising import DrawnOdds
from verifier.instantiation.rings import Ring
from verifier.instantiation.structured_matrices import Drawer
from verifier.instantiation.undeclared import Polynomial, random_polynomial
from verifier.kernel import linear
from verifier.kernel.linear import Atom
from verifier.kernel.shapes import Shape
from verifier.kernel.terms import Term

Key = tuple[str, Index]
FunctionKey = tuple[str, Index, Index]
ORDERS = 20


@dataclass(frozen=True, slots=True)
class Start:
    """What a model starts from: values that were drawn, and what was chosen beside them."""

    values: Mapping[Key, Value]
    shapes: Mapping[Key, Shape]
    polynomials: Mapping[FunctionKey, Polynomial]
    indices: Mapping[Atom, int]
    targets: tuple[str | None, ...]
    terms: Mapping[Key, Term] = field(default_factory=dict)
    law: Law | int = 0


class Model:
    """Values of the free symbols of a claim in an exact ring.

    ``values`` are those that were drawn, ``solved`` those that a linear equation corrected; what an equation gives is
    evaluated in the ring of whoever asks. A model that starts with values keeps them: so the shrinker changes them.
    ``terms`` are irrational numbers of the model. ``law`` is that of its random symbols, or the seed to draw it with.
    """

    def __init__(
        self,
        plan: Plan,
        draw: Drawer,
        dimensions: Mapping[Atom, int],
        work: Work,
        start: Start | None = None,
    ) -> None:
        self.plan, self.draw, self.work = plan, draw, work
        self.ring: Ring = draw.ring
        self.dimensions = dict(dimensions)
        self.values: dict[Key, Value] = {} if start is None else dict(start.values)
        self.shapes: dict[Key, Shape] = {} if start is None else dict(start.shapes)
        self.polynomials: dict[FunctionKey, Polynomial] = {} if start is None else dict(start.polynomials)
        self.terms: dict[Key, Term] = {} if start is None else dict(start.terms)
        self.solved: dict[Key, Value] = {}
        self.asked: set[Key | FunctionKey] = set()
        self._solving: set[Key] = set()
        self._drawing: set[Key] = set()
        self.targets: tuple[str | None, ...] = self._targets() if start is None else start.targets
        self.indices: dict[Atom, int] = self._indices() if start is None else dict(start.indices)
        self.law: Law | int = 0 if start is None else start.law
        if start is None and plan.problem.chance.names:
            self.law = draw.random.getrandbits(32)
        self.odds: DrawnOdds | None = DrawnOdds(self, self.law) if plan.problem.chance.names else None
        self.exact = self.evaluator(self.ring)
        self.exact.native = True

    def evaluator(self, ring: Ring) -> Evaluator:
        """An evaluator of this model over a ring."""
        return evaluator(ring, self, self.plan.problem.dependence, self.work)

    def start(self) -> Start:
        """What a model like this one starts from."""
        return Start(self.values, self.shapes, self.polynomials, self.indices, self.targets, self.terms, self.law)

    def pruned(self) -> Model:
        """The model without the values for which nothing that was evaluated in it has asked."""
        start = Start(
            {key: value for key, value in self.values.items() if key in self.asked},
            {key: shape for key, shape in self.shapes.items() if key in self.asked},
            {key: polynomial for key, polynomial in self.polynomials.items() if key in self.asked},
            self.indices,
            self.targets,
            self.terms,
            self.law,
        )
        return Model(self.plan, self.draw, self.dimensions, self.work, start)

    # what the evaluator asks for

    def origin(self, name: str, index: Index) -> tuple[Term, dict[Atom, int]] | None:
        """The term that a condition says a member is, and the indices in it; or its irrational value."""
        if (name, index) in self.terms:
            return self.terms[name, index], {}
        for fact in self.plan.values.get(name, ()):
            found = fact.at(index, self._numbers())
            if found is not None and fact.term is not None:
                return fact.term, found
        return None

    def drawn(self, name: str, index: Index, shape: Shape) -> Value:
        """The value in the exact ring of a symbol that no equation gives."""
        key = self.key(name, index)
        self.shapes[key] = shape
        self.asked.add(key)
        if key in self.solved:
            return self.solved[key]
        if name not in self.targets:
            return self._base(key, shape)
        equations = [e for e, target in zip(self.plan.equations, self.targets, strict=True) if target == name]
        if key in self._solving:
            raise NoModel(f"{name} is needed to solve for itself")
        self._solving.add(key)
        try:
            self.solved[key] = self._solve(key, shape, equations)
        finally:
            self._solving.discard(key)
        return self.solved[key]

    def key(self, name: str, index: Index) -> Key:
        """The member whose value a member has: of a family that is constant from some member on, that one."""
        last = self.plan.constant_from.get(name)
        return (name, index) if last is None or index[0] <= last else (name, (last,))

    def polynomial(self, name: str, index: Index, place: Index, arity: int) -> Polynomial:
        """The polynomial for an entry of an undeclared function, the same throughout the model."""
        key = (name, index, place)
        self.asked.add(key)
        found = self.polynomials.get(key)
        if found is None or found.arity != arity:
            found = random_polynomial(self.draw.random, arity) if found is None else found.of(arity)
            self.polynomials[key] = found
        return found

    # indices

    def _indices(self) -> dict[Atom, int]:
        if not self.plan.problem.sequent.indices:
            return {}
        values: dict[Atom, int] = dict(self.dimensions)
        for name, (lower, upper) in self.plan.problem.sequent.indices:
            try:
                low = linear.value(lower, values)
                high = low + self.draw.random.choice((1, 2, 3)) if upper is None else linear.value(upper, values)
            except KeyError as error:
                raise Unsupported(f"the range of the index {name}") from error
            if high < low:
                raise NoModel(f"no value for the index {name}")
            values[name] = self.draw.random.choice((low, high, self.draw.random.randint(low, high)))
        return {name: value for name, value in values.items() if name not in self.dimensions}

    # drawing

    def kinds(self, key: Key) -> frozenset[str]:
        """The properties stated of a member."""
        facts, base = self.plan.kinds.get(key[0], ()), self._numbers()
        return frozenset(f.kind for f in facts if f.kind != "rank" and f.at(key[1], base) is not None)

    def _numbers(self) -> dict[Atom, int]:
        return {**self.dimensions, **self.indices}

    def _base(self, key: Key, shape: Shape) -> Value:
        """The value drawn. Raises NoModel while it is being drawn: a bound of it asks for itself."""
        if key in self.values:
            return self.values[key]
        if key in self._drawing:
            raise NoModel(f"{key[0]} is bounded by itself")
        self._drawing.add(key)
        try:
            height, width = (number_at(axis, self.dimensions) for axis in shape.axes)
            self.work.spend(height * width)
            self.values[key] = pack(self._fresh(key, height, width), shape)
        finally:
            self._drawing.discard(key)
        return self.values[key]

    def _fresh(self, key: Key, height: int, width: int) -> matrices.Rows:
        if not self.plan.says_of(key[0]):
            return self.draw.rows(height, width)
        rank = self._rank(key)
        if rank is not None:
            return structured_matrices.of_rank(self.draw, height, width, rank)
        kinds = self.kinds(key)
        between = self._between(key)
        if between is not None:
            return between.pick(self.draw, kinds)
        bounds: Sequence[Fact] = () if self.draw.field else self.plan.bounds.get(key[0], ())
        if not bounds or not kinds <= structured_matrices.LINEAR | structured_matrices.TRIVIAL:
            rows = structured_matrices.build(self.draw, kinds, height, width)
            return self.draw.rows(height, width) if rows is None else rows
        rows = [[self.draw.zero] * width for _ in range(height)]
        for r in range(height):
            for c in range(width):
                found = structured_matrices.parameter(kinds, r, c)
                if found is None:
                    continue
                (p, q), sign = found
                rows[r][c] = rows[p][q] * sign if (p, q) < (r, c) else self._bounded(key, bounds, (r, c))
        return rows

    def _rank(self, key: Key) -> int | None:
        for fact in self.plan.kinds.get(key[0], ()):
            found = fact.at(key[1], self._numbers()) if fact.kind == "rank" else None
            if found is None or fact.term is None:
                continue
            try:
                number = literal(self.exact, fact.term, Environment(found))
            except KeyError:
                continue
            return None if number is None or number.denominator != 1 else int(number)
        return None

    def _between(self, key: Key) -> Between | None:
        """The matrices that bound a member in the Loewner order, if there are any."""
        between, found_any = Between(), False
        for fact in self.plan.orders.get(key[0], ()):
            found = fact.at(key[1], self._numbers())
            limit = None if found is None or fact.term is None else self._limit(fact.term, found)
            if limit is not None:
                between.narrow(fact.kind, rows_of(limit))
                found_any = True
        return between if found_any else None

    def _limit(self, term: Term, found: dict[Atom, int]) -> Any:
        """The value of a bound; None where it is not rational, or waits for what is being drawn."""
        try:
            return self.exact.value(term, Environment(found))
        except (AnotherRing, NoModel, Undefined):
            return None

    def _bounded(self, key: Key, bounds: Sequence[Fact], place: tuple[int, int]) -> Any:
        """An entry between its bounds. Raises NoModel if they leave no room."""
        interval, numbers = Interval(), self._numbers()
        for fact in bounds:
            here: Index = ()
            if fact.place is not None:
                here = (place[0] + 1, place[1] + 1) if len(fact.place) == 2 else (max(place) + 1,)
            found = fact.at((*key[1], *here), numbers)
            limit = None if found is None or fact.term is None else self._limit(fact.term, found)
            if limit is not None:
                interval.narrow(fact.kind, limit)
        return interval.pick(self.draw)

    # solving

    def _targets(self) -> tuple[str | None, ...]:
        """For each linear equation, the symbol drawn last; None where the equation is not linear in it."""
        equations = self.plan.equations
        if not equations:
            return ()
        names = sorted(frozenset(name for e in equations for name in e.names))
        best: tuple[str | None, ...] = ()
        for _ in range(ORDERS):
            self.draw.random.shuffle(names)
            last = [max(e.names, key=names.index) for e in equations]
            targets = tuple(t if t in e.candidates else None for t, e in zip(last, equations, strict=True))
            if not best or targets.count(None) < best.count(None):
                best = targets
            if None not in best:
                break
        return best

    def _solve(self, key: Key, shape: Shape, equations: list[Equation]) -> Value:
        """The value nearest at hand: the drawn one, corrected in the coordinates of the pivots."""
        base = rows_of(self._base(key, shape))
        kinds, tag, one = self.kinds(key), self.exact.tag(), self.ring.number(1)
        seeded = [list(row) for row in base]
        for r, row in enumerate(base):
            for c, entry in enumerate(row):
                found = structured_matrices.parameter(kinds, r, c)
                if found is not None:
                    seeded[r][c] = Dual(tag, entry, {found[0]: one * found[1]})
        link = Link(key[0], key[1], pack(seeded, shape), None, self.plan.followers(key[0]))
        seeds = list(dict.fromkeys(s for row in seeded for e in row if isinstance(e, Dual) for s in e.tangents))
        residuals = [entry for equation in equations for entry in self._residuals(equation, link)]
        zero = self.ring.number(0)
        carried = [e if isinstance(e, Dual) and e.tag == tag else Dual(tag, e, {}) for e in residuals]
        if not carried or not seeds:
            return pack(base, shape)
        table = [[e.tangents.get(s, zero) for s in seeds] for e in carried]
        change = matrices.solve(self.ring, table, [-e.value for e in carried])
        if change is None:
            raise NoModel(f"the equations for {key[0]} have no solution here")
        step = dict(zip(seeds, change, strict=True))
        moved = [
            [e.value + sum(step[s] * t for s, t in e.tangents.items()) if isinstance(e, Dual) else e for e in row]
            for row in seeded
        ]
        return pack(moved, shape)

    def _residuals(self, equation: Equation, link: Link) -> list[Any]:
        environments = [Environment(dict(self.exact.base.indices), {}, link)]
        for quantifier in equation.condition.quantifiers:
            holder = Term("for_all", (equation.condition.body,), quantifier)
            environments = [inner for env in environments for inner in instances(self.exact, holder, env)]
        entries: list[Any] = []
        for env in environments:
            left, right = (self.exact.value(arg, env) for arg in equation.condition.body.args)
            entries += [a - b for a, b in zip(flat(left), flat(right), strict=True)]
        return entries
