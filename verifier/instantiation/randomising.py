"""A finite law for a model: which members of random symbols it needs, on what each may depend, which moments it has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cached_property
from random import Random
from typing import TYPE_CHECKING

from verifier.instantiation.chance import Chance, Declaration
from verifier.instantiation.evaluation import evaluator
from verifier.instantiation.evaluator import Environment, Index, Value, number_at, pack
from verifier.instantiation.facts import Fact
from verifier.instantiation.laws import MOST_OUTCOMES, Key, Law, Rows, Unit, Vector, law_of
from verifier.instantiation.matrices import flat
from verifier.instantiation.outcomes import BudgetExceeded, InstantiationError, NoModel
from verifier.instantiation.problems import Condition, conditions
from verifier.instantiation.recording import Recorder
from verifier.instantiation.rings import Rationals, fraction
from verifier.kernel.linear import Atom
from verifier.kernel.shapes import Shape
from verifier.kernel.terms import Term, subterms

if TYPE_CHECKING:
    from verifier.instantiation.sampling import Model

MEANS = tuple(Fraction(k) for k in (1, 2, -1, 3, 0, -2))
SPREADS = tuple(Fraction(k, 2) for k in (2, 1, 4, 3, 6))
ONE = (Fraction(1),)
ALIKE = ("identically_distributed",)
TWO = Term("number", (), (Fraction(2),))


class DrawnOdds:
    """The outcomes of a model: of a law that is given, or one that is drawn when it is first needed.

    What is declared of moments and independence holds in it as far as its patterns are known; whether it does is
    evaluated afterwards.
    """

    def __init__(self, model: Model, law: Law | int) -> None:
        chance = model.plan.problem.chance
        self.names, self.tainted, self.order = chance.names, chance.tainted, chance.order
        self._model, self._drawing = model, False
        self._law = law if isinstance(law, Law) else None
        self._seed = 0 if isinstance(law, Law) else law

    @property
    def law(self) -> Law:
        """The law. Raises NoModel where none is found, or while it is being drawn."""
        if self._law is None:
            if not isinstance(self._model.ring, Rationals) or self._drawing:
                raise NoModel("a moment that is needed to draw a law")
            self._drawing = True
            try:
                self._law = _Drawing(self._model, self._seed).law()
            finally:
                self._drawing = False
        return self._law

    def probabilities(self) -> list[Value]:
        """The probabilities of the outcomes."""
        return [self._model.ring.number(p) for p in self.law.probabilities]

    def at(self, name: str, index: Index, shape: Shape, outcome: int) -> Value:
        """The value of a random symbol at an outcome. Raises NoModel if the law does not have it."""
        entries = self.law.members.get((name, index))
        if entries is None:
            raise NoModel(f"no law for {name}{list(index) or ''}")
        height, width = (number_at(axis, self._model.dimensions) for axis in shape.axes)
        numbers = [self._model.ring.number(entry) for entry in entries[outcome]]
        return pack([numbers[r * width : (r + 1) * width] for r in range(height)], shape)

    def members(self, name: str) -> dict[Index, tuple[tuple[Fraction, ...], ...]]:
        """The entries of each member of a random family at each outcome."""
        return {key[1]: entries for key, entries in self.law.members.items() if key[0] == name}

    def sources(self, symbol: Term, index: Index) -> frozenset[Key] | None:
        """Asked where there are Gaussian symbols: what the finite law for them makes independent may not be so."""
        if not any(one.head == "gaussian" for one in self._model.plan.problem.chance.declarations):
            return None
        return self._reached.reach(symbol, index)

    @cached_property
    def _reached(self) -> _Drawing:
        return _Drawing(self._model, 0)


class _Drawing:
    def __init__(self, model: Model, seed: int) -> None:
        self.model, self.seed = model, seed
        self.random = self._draw = Random(seed)  # noqa: S311
        self.problem = model.plan.problem
        self.chance: Chance = self.problem.chance
        self.numbers: dict[Atom, int] = {**model.dimensions, **model.indices}
        own = conditions(self.problem.hypotheses)
        given = model.plan.given
        self.conditions = [c for c in own if c.body.head == "equal" and c.source not in given]
        self.reached: dict[Key, frozenset[Key]] = {}

    def law(self) -> Law:
        shapes = self._members()
        if not shapes:
            return Law(ONE, {})
        sizes = {key: self._size(shape) for key, shape in shapes.items()}
        if 2 ** sum(sizes.values()) > MOST_OUTCOMES:
            raise NoModel("a law of too many outcomes")
        places = [place for key in shapes for place in self._places(key, sizes[key])]
        groups = self._groups(places)
        units = [self._unit(key, entries, sizes[key], groups[key, entries]) for key, entries in places]
        law = law_of(units, sizes, self.chance.order, self.seed)
        self.model.work.spend(len(law.probabilities) * sum(sizes.values()))
        return law

    def _size(self, shape: Shape) -> int:
        height, width = (number_at(axis, self.model.dimensions) for axis in shape.axes)
        return height * width

    # which members there are

    def _members(self) -> dict[Key, Shape]:
        recorder = Recorder(self.model)
        statements = (*self.problem.hypotheses, self.problem.conclusion)
        for statement in (*statements, *statements):  # again, for what is said of all members that were met
            ev = evaluator(self.model.ring, recorder, self.problem.dependence, self.model.work)
            ev.native = True
            ev.window_suffices = statement is not self.problem.conclusion
            try:
                ev.truth(statement, ev.base)
            except BudgetExceeded:
                raise
            except InstantiationError:
                continue
        return dict(sorted(recorder.asked.items()))

    def reach(self, symbol: Term, index: Index) -> frozenset[Key]:
        """The members on which a member depends: itself, or those in what an equation says that it is."""
        key = (str(symbol.data[0]), index)
        if key not in self.reached:
            recorder = Recorder(self.model)
            ev = evaluator(self.model.ring, recorder, self.problem.dependence, self.model.work)
            ev.native = True
            ev.member(key[0], index, symbol.space(), ev.base.link)
            self.reached[key] = frozenset(recorder.asked)
        return self.reached[key]

    # independence

    def _places(self, key: Key, size: int) -> Iterator[tuple[Key, tuple[int, ...]]]:
        """The entries of a member together, or one by one, if they are independent."""
        if size > 1 and self._is_declared("independent_entries", key):
            yield from ((key, (entry,)) for entry in range(size))
        else:
            yield key, tuple(range(size))

    def _is_declared(self, head: str, key: Key) -> bool:
        return any(
            one.at(symbol, key[1], self.numbers) is not None
            for one in self.chance.declarations
            if one.head == head
            for block in one.blocks
            for symbol in block
            if symbol.data[0] == key[0]
        )

    def _are_alike(self, key: Key) -> bool:
        """Whether the members of a family, or the entries of a symbol, are said to have one law."""
        said = (part for h in self.problem.hypotheses for part in subterms(h) if part.data == ALIKE)
        return any(symbol.data[0] == key[0] for part in said for symbol in subterms(part) if symbol.head == "symbol")

    def _groups(self, places: list[tuple[Key, tuple[int, ...]]]) -> dict[tuple[Key, tuple[int, ...]], int]:
        """Groups that are independent of one another, no two of them in different blocks of a declaration."""
        apart = [frozenset(self._blocks(one, {key for key, _ in places})) for one in self.chance.declarations]
        groups: list[list[tuple[Key, tuple[int, ...]]]] = []
        order = list(places)
        self.random.shuffle(order)
        found = {}
        for place in order:
            number = next((k for k, g in enumerate(groups) if all(self._may_tie(place, p, apart) for p in g)), None)
            if number is None:
                number = len(groups)
                groups.append([])
            groups[number].append(place)
            found[place] = number
        return found

    def _may_tie(
        self,
        left: tuple[Key, tuple[int, ...]],
        right: tuple[Key, tuple[int, ...]],
        apart: Iterable[frozenset[tuple[tuple[int, ...], int, Key]]],
    ) -> bool:
        if left[0] == right[0]:
            return False
        for blocks in apart:
            ours = {(at, block) for at, block, key in blocks if key == left[0]}
            theirs = {(at, block) for at, block, key in blocks if key == right[0]}
            if any(a == b and x != y for a, x in ours for b, y in theirs):
                return False
        return True

    def _blocks(self, one: Declaration, keys: set[Key]) -> Iterator[tuple[tuple[int, ...], int, Key]]:
        """The blocks in which members stand: at which index, the number of the block, the member."""
        if one.head not in ("independent", "independent_members"):
            return
        for number, block in enumerate(one.blocks):
            for symbol in block:
                for at, index in self._indices_of(one, symbol, keys):
                    for key in self.reach(symbol, index):
                        if one.head == "independent":
                            yield at, number, key
                        else:
                            yield (), hash(at), key

    def _indices_of(self, one: Declaration, symbol: Term, keys: set[Key]) -> Iterator[tuple[tuple[int, ...], Index]]:
        name = str(symbol.data[0])
        indices = {key[1] for key in keys if key[0] == name}
        if name not in self.chance.names or self.model.plan.values.get(name):
            width = len(symbol.data[2])
            most = max((k for _, index in keys for k in index), default=0) + 1
            indices |= {(k,) for k in range(most + 1)} if width == 1 else {()} if not width else set()
        for index in sorted(indices):
            at = one.at(symbol, index, self.numbers)
            if at is not None:
                yield at, index

    # moments

    def _unit(self, key: Key, entries: tuple[int, ...], size: int, group: int) -> Unit:
        values = self._values(key)
        alike = key[0] if self._are_alike(key) else ""
        self._draw = Random(f"{self.seed}/{alike}") if alike else self.random  # noqa: S311
        mean = self._mean(key, size, values)
        covariance = self._covariance(key, size, mean, values)
        part = [[covariance[r][c] for c in entries] for r in entries]
        gaussian = self._is_declared("gaussian", key)
        return Unit(key, entries, [mean[e] for e in entries], part, gaussian, group, values, alike)

    def _values(self, key: Key) -> tuple[Fraction, ...]:
        """0 and 1 for a number that is its own square."""
        for condition in self.conditions:
            for left, right in (condition.body.args, condition.body.args[::-1]):
                is_square = left.head == "power" and left.args == (right, TWO)
                if is_square and self._at(condition, right, key) is not None:
                    return (Fraction(0), Fraction(1))
        return ()

    def _mean(self, key: Key, size: int, values: tuple[Fraction, ...]) -> Vector:
        found: Vector = [self._draw.choice(MEANS) for _ in range(size)]
        if values:
            found = [Fraction(self._draw.choice((1, 2, 3)), self._draw.choice((4, 5))) for _ in range(size)]
        for condition, moment, value in self._declared():
            if moment.head == "expectation":
                for place, number in self._told(condition, moment.args[0], value, key):
                    found[place] = number
        return found

    def _covariance(self, key: Key, size: int, mean: Vector, values: tuple[Fraction, ...]) -> Rows:
        if values:
            return [[m * (1 - m) if r == c else Fraction(0) for c in range(size)] for r, m in enumerate(mean)]
        found = self._any_covariance(size)
        for condition, moment, value in self._declared():
            target, centre = _second(moment)
            if target is None:
                continue
            for place, number in self._told_of_pairs(condition, target, value, key, size):
                r, c = place
                shift = Fraction(0)
                if moment.head == "expectation":
                    about = self._centre(centre, size)
                    shift = (mean[r] - about[r]) * (mean[c] - about[c])
                found[r][c] = number - shift
        return found

    def _any_covariance(self, size: int) -> Rows:
        spread = [self._draw.choice(SPREADS) for _ in range(size)]
        mixing = [
            [Fraction(self._draw.choice((0, 1, -1)) if c < r else int(r == c)) for c in range(size)]
            for r in range(size)
        ]
        return [
            [sum((mixing[r][k] * spread[k] * mixing[c][k] for k in range(size)), Fraction(0)) for c in range(size)]
            for r in range(size)
        ]

    def _declared(self) -> Iterator[tuple[Condition, Term, Term]]:
        for condition in self.conditions:
            for moment, value in (condition.body.args, condition.body.args[::-1]):
                if moment.head in ("expectation", "variance", "covariance"):
                    yield condition, moment, value

    def _at(self, condition: Condition, target: Term, key: Key, place: Index = ()) -> dict[Atom, int] | None:
        """The quantified indices at which a condition speaks of a member, or of an entry of it."""
        symbol, forms = (target.args[0], target.data[0]) if target.head == "entry" else (target, None)
        if symbol.head != "symbol" or symbol.data[0] != key[0]:
            return None
        fact = Fact(key[0], symbol.data[2], condition.quantifiers, "", None, forms)
        return fact.at((*key[1], *(place if forms is not None else ())), self.numbers)

    def _told(self, condition: Condition, target: Term, value: Term, key: Key) -> Iterator[tuple[int, Fraction]]:
        """What a condition says of the entries of a member, or of one of them."""
        if target.head == "entry":
            for place, index in enumerate(self._entries(target.args[0], len(target.data[0]))):
                found = self._at(condition, target, key, index)
                if found is not None:
                    yield place, self._numbers_of(value, found)[0]
            return
        found = self._at(condition, target, key)
        if found is not None:
            yield from enumerate(self._numbers_of(value, found))

    def _told_of_pairs(
        self, condition: Condition, target: Term, value: Term, key: Key, size: int
    ) -> Iterator[tuple[tuple[int, int], Fraction]]:
        if target.head == "entry":
            for place, number in self._told(condition, target, value, key):
                yield (place, place), number
            return
        found = self._at(condition, target, key)
        numbers = [] if found is None else self._numbers_of(value, found)
        if len(numbers) == size * size:
            yield from (((k // size, k % size), number) for k, number in enumerate(numbers))

    def _entries(self, symbol: Term, width: int) -> list[Index]:
        height, length = (number_at(axis, self.model.dimensions) for axis in symbol.space().axes)
        if width == 1:
            return [(k + 1,) for k in range(height * length)]
        return [(r + 1, c + 1) for r in range(height) for c in range(length)]

    def _centre(self, centre: Term | None, size: int) -> Vector:
        if centre is None:
            return [Fraction(0)] * size
        numbers = self._numbers_of(centre, dict(self.numbers))
        return numbers if len(numbers) == size else numbers * size

    def _numbers_of(self, term: Term, indices: dict[Atom, int]) -> Vector:
        value = self.model.exact.value(term, Environment(indices))
        return [fraction(entry) for entry in flat(value if isinstance(value, list) else [value])]


def _second(moment: Term) -> tuple[Term | None, Term | None]:
    """The symbol whose second moment this is, and about what: Var x, Cov(x, x), E[x xᵀ], E[(x - a)²]."""
    if moment.head != "expectation":
        return (moment.args[0], None) if moment.args[0] == moment.args[-1] else (None, None)
    match moment.args[0]:
        case Term("power", (x, Term("number", (), (exponent,)))) if exponent == 2:
            return _about(x)
        case Term("multiply", (x, Term("transpose", (y,)))) if x == y:
            return _about(x)
    return None, None


def _about(x: Term) -> tuple[Term, Term | None]:
    return (x.args[0], x.args[1]) if x.head == "subtract" else (x, None)


__all__ = ["DrawnOdds"]
