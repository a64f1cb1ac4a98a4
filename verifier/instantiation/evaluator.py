"""One evaluator of terms, over any ring: values are nested lists of entries, a scalar is a bare entry.

Definitions are closures: a name is looked up in an environment, never replaced in a term. The parameters of a
function are lexical; a symbol that a derivative seeds, or that a substitution sets, is dynamic, so that definitions
that depend on it are evaluated again, while it is held itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Protocol

from verifier.instantiation.dependence import Dependence, Names
from verifier.instantiation.duals import plain
from verifier.instantiation.logarithms import Logarithms
from verifier.instantiation.matrices import entrywise, flat
from verifier.instantiation.outcomes import BudgetExceeded, NoModel, Undefined, Unsupported, Work
from verifier.instantiation.rings import Rationals, Ring
from verifier.instantiation.surds import Surds
from verifier.instantiation.truth import Truth
from verifier.instantiation.undeclared import Polynomial
from verifier.kernel import linear
from verifier.kernel.linear import Atom, Linear
from verifier.kernel.sequents import Definition
from verifier.kernel.shapes import Shape
from verifier.kernel.terms import Term

Value = Any
Index = tuple[int, ...]
SIZE_LIMIT = 1024
LARGEST_BITS = 20_000
OUTCOME = "∂outcome"  # no symbol is called so


class Odds(Protocol):
    """The outcomes of a model in which symbols are random; ``tainted`` are names that depend on the outcome.

    ``order`` is the one up to which the moments of Gaussian symbols are to be those of a Gaussian.
    """

    names: Names
    tainted: Names
    order: int

    def probabilities(self) -> Sequence[Value]:
        """The probabilities of the outcomes, rational."""

    def at(self, name: str, index: Index, shape: Shape, outcome: int) -> Value:
        """The value of a random symbol at an outcome, in the rationals."""

    def members(self, name: str) -> Mapping[Index, Sequence[tuple[Fraction, ...]]]:
        """The entries of each member of a random family that the law has, at each outcome."""

    def sources(self, symbol: Term, index: Index) -> frozenset[tuple[str, Index]] | None:
        """The members that are drawn on which a member depends; None where all laws are what they seem to be."""


class Source(Protocol):
    """Where the evaluator gets dimensions, indices, the values of free symbols, and undeclared functions."""

    dimensions: dict[Atom, int]
    indices: dict[Atom, int]

    @property
    def odds(self) -> Odds | None:
        """The outcomes; None where nothing is random."""

    def origin(self, name: str, index: Index) -> tuple[Term, dict[Atom, int]] | None:
        """The term, with the indices in it, that a condition says a free symbol is."""

    def drawn(self, name: str, index: Index, shape: Shape) -> Value:
        """The value of a free symbol of which no condition says what it is, in the ring of the model."""

    def polynomial(self, name: str, index: Index, place: Index, arity: int) -> Polynomial:
        """The polynomial that stands for an entry of an undeclared function."""


class Link:
    """A symbol that has a value of its own inside of a derivative or a substitution.

    While an equation is solved for a symbol, the symbols that conditions say are terms in it follow its value too.
    """

    __slots__ = ("cache", "followers", "index", "name", "outer", "value")

    def __init__(
        self, name: str, index: Index, value: Value, outer: Link | None, followers: frozenset[str] = frozenset()
    ) -> None:
        self.name, self.index, self.value, self.outer, self.followers = name, index, value, outer, followers
        self.cache: dict[tuple[str, Index], Value] = {}


class Environment:
    """What names mean here: dimensions and indices, parameters, and symbols that are held. Never changed once made."""

    __slots__ = ("indices", "link", "local")

    def __init__(
        self, indices: dict[Atom, int], local: dict[str, Value] | None = None, link: Link | None = None
    ) -> None:
        self.indices = indices
        self.local: dict[str, Value] = {} if local is None else local
        self.link = link

    def bind(self, name: str, number: int) -> Environment:
        """The environment with one more index."""
        return Environment({**self.indices, name: number}, self.local, self.link)

    def names(self) -> frozenset[str]:
        """The names that are not looked up among the definitions."""
        held = set(self.local)
        link = self.link
        while link is not None:
            held.add(link.name)
            link = link.outer
        return frozenset(held)


class Evaluator:
    """Terms to values in one model. Raises what ``outcomes`` lists.

    ``native``: the model's values are of this ring. ``window_suffices``: a statement about an infinite range holds if
    it holds for the first few indices. ``weight``: what a visit costs, more where many derivatives are carried along.
    """

    def __init__(self, tables: Tables, ring: Ring, source: Source, dependence: Dependence, work: Work) -> None:
        self.rules, self.relations = tables
        self.ring, self.source, self.work, self.dependence = ring, source, work, dependence
        self.definitions: dict[str, Definition] = dependence.definitions
        self._outcomes: dict[int, Link] = {}
        self.base = Environment({**source.dimensions, **source.indices})
        if source.odds is not None:
            self.base = self.outcome(0, self.base)
        self.tags = 0
        self.weight = 1
        self.window_suffices = False
        self.native = False
        self._open: set[tuple[tuple[str, Index], Link | None]] = set()
        self._cache: dict[tuple[str, Index], Value] = {}
        self._compared: tuple[Term, Environment, bool, tuple[Value, Value]] | None = None

    def value(self, term: Term, env: Environment) -> Value:
        """The value of a term that is no proposition."""
        self.work.left -= self.weight
        if self.work.left < 0:
            self.work.spend(0)
        rule = self.rules.get(term.head)
        if rule is None:
            raise Unsupported(f"{term.head.replace('_', ' ')} is not evaluated at points")
        return rule(self, term, env)

    def sides(self, relation: Term, env: Environment) -> tuple[Value, Value]:
        """The values of the two sides of a relation; those of the last one are kept, to be compared and then shown."""
        last = self._compared
        if last is not None and last[0] is relation and last[1] is env and last[2] == self.window_suffices:
            return last[3]
        values = self.value(relation.args[0], env), self.value(relation.args[1], env)
        self._compared = relation, env, self.window_suffices, values
        return values

    def truth(self, term: Term, env: Environment) -> Truth:
        """The truth of a proposition."""
        self.work.spend(1)
        rule = self.relations.get(term.head)
        if rule is None:
            raise Unsupported(f"the relation {term.head.replace('_', ' ')} is not evaluated at points")
        return rule(self, term, env)

    def number(self, form: Linear, env: Environment) -> int:
        """The value of an index form."""
        return number_at(form, env.indices)

    def size(self, form: Linear, env: Environment) -> int:
        """The value of a dimension. Raises Undefined unless it is at least 1."""
        size = number_at(form, env.indices)
        if not 1 <= size <= SIZE_LIMIT:
            raise Undefined(f"a dimension of {size}")
        return size

    def member(self, name: str, index: Index, shape: Shape, link: Link | None) -> Value:
        """The value of a symbol that is no parameter."""
        if link is None and (name, index) in self._cache:
            return self._cache[name, index]
        held = link
        while held is not None and held.name != name:
            held = held.outer
        if held is not None:
            if held.index != index and held is not link and name in self.definitions:
                raise Unsupported(f"one member of {name} held while another is differentiated")
            return held.value if held.index == index else self.member(name, index, shape, held.outer)
        definition = self.definitions.get(name)
        if definition is not None:
            return self._defined(definition, index, link)
        return self._free(name, index, shape, link)

    def _free(self, name: str, index: Index, shape: Shape, link: Link | None) -> Value:
        while link is not None and name not in link.followers:
            link = link.outer
        cache, key = self._cache if link is None else link.cache, (name, index)
        if key not in cache:
            origin = self.source.origin(name, index)
            if origin is None:
                value = self._drawn(name, index, shape, link)
                cache[key] = value if self.native else entrywise(self.ring.convert, value)
            else:
                cache[key] = self._once(key, *origin, link)
        return cache[key]

    def _drawn(self, name: str, index: Index, shape: Shape, link: Link | None) -> Value:
        odds = self.source.odds
        if odds is None or name not in odds.names:
            return self.source.drawn(name, index, shape)
        while link is not None and link.name != OUTCOME:
            link = link.outer
        if link is None:
            raise NoModel(f"{name} is random, where a number is needed")
        return odds.at(name, index, shape, link.value)

    def outcome(self, number: int, env: Environment) -> Environment:
        """The environment at an outcome."""
        outside, tainted = env.link, odds_of(self).tainted
        if outside is None or (outside.name == OUTCOME and outside.outer is None):
            link = self._outcomes.setdefault(number, Link(OUTCOME, (), number, None, tainted))
        else:
            link = Link(OUTCOME, (), number, outside, tainted)
        return Environment(env.indices, env.local, link)

    def furthest(self) -> int:
        """The largest index of a member of a random family that the law has: what is said of all is said of it."""
        odds = self.source.odds
        if odds is None:
            return 0
        try:
            return max((k for name in odds.names for index in odds.members(name) for k in index), default=0)
        except NoModel:
            return 0

    def _once(self, key: tuple[str, Index], term: Term, indices: dict[Atom, int], link: Link | None) -> Value:
        opened = (key, link)
        if opened in self._open:
            raise NoModel(f"{key[0]} is given through itself")
        self._open.add(opened)
        try:
            return self.value(term, Environment(indices, {}, link))
        finally:
            self._open.discard(opened)

    def _defined(self, definition: Definition, index: Index, link: Link | None) -> Value:
        if definition.parameters:
            raise Unsupported(f"{definition.name} is a function, used without its arguments")
        below = self.dependence.below(definition.name)
        while link is not None and link.name not in below and not link.followers & below:
            link = link.outer
        cache = self._cache if link is None else link.cache
        key = (definition.name, index)
        if key not in cache:
            cache[key] = self.bounded(self.value(definition.body, self._inside(definition, index, {}, link)))
        return cache[key]

    def _inside(self, definition: Definition, index: Index, local: dict[str, Value], link: Link | None) -> Environment:
        if len(index) != len(definition.indices):
            raise Unsupported(f"{definition.name} is used with other indices than it is defined with")
        names = [name for name, _ in definition.indices]
        return Environment({**self.base.indices, **dict(zip(names, index, strict=True))}, local, link)

    def call(self, definition: Definition, index: Index, values: list[Value], env: Environment) -> Value:
        """The value of a defined function."""
        if len(values) != len(definition.parameters):
            raise Unsupported(f"{definition.name} is used with other arguments than it is defined with")
        local = {p.data[0]: self.bounded(value) for p, value in zip(definition.parameters, values, strict=True)}
        return self.value(definition.body, self._inside(definition, index, local, env.link))

    def set_symbol(self, symbol: Term, value: Value, env: Environment) -> Environment:
        """The environment in which a symbol has this value."""
        name, _, forms = symbol.data
        self.bounded(value)
        if name in env.local:
            return Environment(env.indices, {**env.local, name: value}, env.link)
        index = tuple(self.number(form, env) for form in forms)
        return Environment(env.indices, env.local, Link(name, index, value, env.link))

    def bounded(self, value: Value) -> Value:
        """The value. Raises BudgetExceeded for numbers of too many digits: sharing makes them grow exponentially."""
        if isinstance(self.ring, (Rationals, Surds, Logarithms)):
            for entry in flat(value):
                if plain(entry).height_bits() > LARGEST_BITS:
                    raise BudgetExceeded("numbers of too many digits")
        return value

    def tag(self, count: int = 1) -> int:
        """A fresh tag for a derivative (the first of several)."""
        first = self.tags + 1
        self.tags += count
        return first


def odds_of(ev: Evaluator) -> Odds:
    """The outcomes. Raises NoModel if there are none."""
    if ev.source.odds is None:
        raise NoModel("nothing is random")
    return ev.source.odds


def at_outcomes(ev: Evaluator, env: Environment) -> Iterator[tuple[Any, Environment]]:
    """The outcomes, each with its probability in the ring."""
    for number, probability in enumerate(odds_of(ev).probabilities()):
        ev.work.spend(1)
        yield ev.ring.convert(probability), ev.outcome(number, env)


Rule = Callable[[Evaluator, Term, Environment], Value]
Relation = Callable[[Evaluator, Term, Environment], Truth]
Tables = tuple[Mapping[str, Rule], Mapping[str, Relation]]


def number_at(form: Linear, values: Mapping[Atom, int]) -> int:
    """The number that a form denotes; most are one name, or a constant. Raises KeyError for a name without a value."""
    if len(form) == 1:
        atom, count = form[0]
        return count if atom == linear.CONSTANT else count * values[atom]
    return linear.value(form, values)


def pack(rows: Any, shape: Shape | None) -> Value:
    """A value from its rows: a scalar is a bare entry."""
    return rows[0][0] if shape is not None and shape.is_scalar else rows


def rows_of(value: Value) -> list[list[Any]]:
    """The rows of a value, a scalar included."""
    return value if isinstance(value, list) else [[value]]


def filled(ev: Evaluator, shape: Shape, number: int, env: Environment) -> Value:
    """The value of this shape with all entries the same."""
    result: Any = ev.ring.number(number)
    if shape.is_scalar:
        return result
    for axis in reversed(shape.axes):
        result = [result] * ev.size(axis, env)
    return result


def within(low: int, high: int, ev: Evaluator) -> range:
    """A range of an index, its length charged as work."""
    ev.work.spend(max(0, high - low))
    return range(low, high + 1)
