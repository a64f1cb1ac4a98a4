"""Terms and propositions at many points at once, for pictures: floats, with NaN where something is undefined.

The evaluator is that of ``instantiation`` over arrays. What is computed here is looked at and decides nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from fractions import Fraction
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from verifier.derivation import Counterexample
from verifier.instantiation import surds
from verifier.instantiation.dependence import Dependence
from verifier.instantiation.evaluation import Fixed, evaluator
from verifier.instantiation.evaluator import Evaluator, Index, Value
from verifier.instantiation.floats import TOLERANCE, Floats
from verifier.instantiation.outcomes import InstantiationError, NoModel, Work
from verifier.instantiation.signs import without_signs
from verifier.instantiation.truth import Truth
from verifier.instantiation.undeclared import Polynomial
from verifier.kernel.closure import ClaimError
from verifier.kernel.heads import TermError
from verifier.kernel.linear import CONSTANT, ONE, constant_value
from verifier.kernel.sequents import Sequent
from verifier.kernel.shapes import Shape, ShapeError
from verifier.kernel.terms import Term, name_of, subterms
from verifier.kernel.unfolding import unfold

Array = NDArray[np.float64]
Key = tuple[str, Index]
BUDGET = 5_000
SMALL = 1e-7
FAILURES = (InstantiationError, ClaimError, TermError, ShapeError, ArithmeticError, LookupError, RecursionError)
ORDERS: dict[str, int] = {"less": 1, "less_equal": 1, "greater": -1, "greater_equal": -1}
COMPARISONS = (*ORDERS, "equal", "not_equal")
WHOLE = ("natural", "integer")
SAYS_NOTHING = ("real", "random", "constant", "identically_distributed", "stated")


class NotDrawn(Exception):
    """A claim of which there is no picture; the message says why."""


class Values:
    """A claim at points: its statements without definitions, and the free scalars in the order in which they occur.

    ``fixed`` has what the counterexample says of symbols; ``scalars`` are those of the conclusion, ``others`` are in
    the hypotheses alone. Raises NotDrawn if the claim cannot be evaluated at points.
    """

    def __init__(self, sequent: Sequent, counterexample: Counterexample | None) -> None:
        self.sequent = sequent
        self.dependence = Dependence(sequent.definitions)
        self.conclusion = self._opened(sequent.conclusion)
        self.dimensions, self.indices = _numbers(sequent, counterexample)
        self.fixed = dict(_given(self._shapes(), counterexample)) if counterexample is not None else {}
        self.origins: dict[Key, tuple[Term, dict[Any, int]]] = {}  # of symbols that a hypothesis equates with a term
        self.hypotheses = self._hypotheses([self._opened(hypothesis) for hypothesis in sequent.hypotheses])
        self.scalars = self._asked([self.conclusion])
        self.others = tuple(key for key in self._asked(self.hypotheses) if key not in self.scalars)

    def _opened(self, statement: Term) -> Term:
        try:
            return without_signs(unfold(statement, self.sequent.definitions))
        except FAILURES as error:
            raise NotDrawn(str(error)) from error

    def _shapes(self) -> dict[str, Shape]:
        terms = (self.sequent.conclusion, *self.sequent.hypotheses, *(d.body for d in self.sequent.definitions))
        return {part.data[0]: part.data[1] for term in terms for part in subterms(term) if part.head == "symbol"}

    # hypotheses

    def _hypotheses(self, hypotheses: list[Term]) -> tuple[Term, ...]:
        """Those that bear on the conclusion. An equation that says what a symbol is gives its value instead."""
        names = self.dependence.names
        hypotheses = [h for h in hypotheses if h.head != "property" or h.data[0] not in (*SAYS_NOTHING, *WHOLE)]
        reached, seen = names(self.conclusion), frozenset[str]()
        while reached != seen:
            seen = reached
            reached = reached.union(*(names(h) for h in hypotheses if names(h) & seen))
        return tuple(h for h in hypotheses if names(h) & reached and not self._tied(h))

    def _tied(self, hypothesis: Term) -> bool:
        if hypothesis.head != "equal":
            return False
        names = self.dependence.names
        held = frozenset(n for (name, _), (term, _) in self.origins.items() for n in (name, *names(term)))
        for symbol, term in (hypothesis.args, hypothesis.args[::-1]):
            plain = symbol.head == "symbol" and not symbol.data[2] and symbol.space().is_scalar
            if plain and not held & {symbol.data[0], *names(term)} and symbol.data[0] not in names(term):
                self.origins[symbol.data[0], ()] = (term, {})
                return True
        return False

    def equations(self) -> frozenset[Key]:
        """The scalars that equations among the hypotheses tie together."""
        return frozenset(self._asked([h for h in self.hypotheses if h.head == "equal"]))

    def whole(self) -> frozenset[str]:
        """The names of what is a whole number: no axis of a picture."""
        said = (h for h in self.sequent.hypotheses if h.head == "property" and h.data[0] in WHOLE)
        return frozenset(name_of(h.args[0]) for h in said if h.args[0].head in ("symbol", "entry"))

    # evaluation

    def _asked(self, statements: Iterable[Term]) -> tuple[Key, ...]:
        """The scalars whose values the statements ask for. Raises NotDrawn where one cannot be evaluated."""
        source = _Asking(self)
        for statement in statements:
            self._run(partial(_truth, statement), source)
        return tuple(source.asked)

    def value(self, term: Term, at: Mapping[Key, Any]) -> Array:
        """The values of a scalar term. Raises NotDrawn."""
        return _masked(self._run(lambda ev: ev.value(term, ev.base), self._source(at)), at)

    def truth(self, statement: Term, at: Mapping[Key, Any]) -> Array:
        """1 where the statement holds, 0 where it fails, NaN where it is undefined. Raises NotDrawn."""
        truth = self._run(partial(_truth, statement), self._source(at))
        return _masked(np.where(truth.holds, 1.0, np.where(truth.fails, 0.0, np.nan)), at)

    def margin(self, statement: Term, at: Mapping[Key, Any]) -> Array:
        """Positive where the statement holds, negative where it fails, as continuous as its sides. Raises NotDrawn."""
        rule = CONNECTIVES.get(statement.head)
        if rule is not None:
            return rule([self.margin(arg, at) for arg in statement.args])
        if statement.head in COMPARISONS and all(arg.space().is_scalar for arg in statement.args):
            return _margin(statement.head, *(self.value(arg, at) for arg in statement.args))
        return 2 * self.truth(statement, at) - 1

    def allowed(self, at: Mapping[Key, Any]) -> Array:
        """The margin of all hypotheses together; what is undefined is outside."""
        shape = np.broadcast_shapes(*(np.shape(values) for values in at.values()))
        found = np.full(shape, np.inf)
        for hypothesis in self.hypotheses:
            found = np.minimum(found, np.nan_to_num(self.margin(hypothesis, at), nan=-1.0))
        return found

    def _source(self, at: Mapping[Key, Any]) -> Fixed:
        source = _Points(self.dimensions, {**self.fixed, **at}, self.indices)
        source.origins = dict(self.origins)
        return source

    def _run(self, evaluate: Callable[[Evaluator], Any], source: Fixed) -> Any:
        ev = evaluator(Floats(), source, self.dependence, Work(BUDGET))
        ev.window_suffices = True
        ev.native = True
        try:
            with np.errstate(all="ignore"):
                return evaluate(ev)
        except FAILURES as error:
            raise NotDrawn(_reason(error)) from error


def _margin(head: str, left: Array, right: Array) -> Array:
    """Of a comparison the difference of the sides. Where they are equal it is small, with the sign of what is said."""
    size = 1 + np.abs(left) + np.abs(right)
    difference = right - left if ORDERS.get(head, 1) > 0 else left - right
    small = SMALL * size * (1 if head in ("less_equal", "greater_equal", "equal") else -1)
    if head not in ORDERS:
        difference = np.abs(difference) * (-1 if head == "equal" else 1)
    return np.where(np.abs(difference) <= TOLERANCE * size, small, difference)


def _truth(statement: Term, ev: Evaluator) -> Truth:
    return ev.truth(statement, ev.base)


class _Points(Fixed):
    """Values at points. Of functions that nothing declares there is no picture."""

    def polynomial(self, name: str, index: Index, place: Index, arity: int) -> Polynomial:  # noqa: ARG002
        """Raises NoModel."""
        raise NoModel(f"nothing says what the function {name} is")


class _Asking(_Points):
    """Remembers which scalars are asked for; of what has no value yet, scalars are 1."""

    def __init__(self, values: Values) -> None:
        super().__init__(values.dimensions, values.fixed, values.indices)
        self.origins = dict(values.origins)
        self.asked: dict[Key, None] = {}

    def drawn(self, name: str, index: Index, shape: Shape) -> Value:
        """The value. Raises NoModel for a vector or a matrix without one."""
        if shape.is_scalar:
            self.asked[name, index] = None
            return self.values.get((name, index), np.float64(1))
        if (name, index) not in self.values:
            raise NoModel(f"{name} is no number, and nothing says which {shape} to take")
        return self.values[name, index]


def _reason(error: Exception) -> str:
    return f"it has no value at points ({error})" if str(error) else "it has no value at points"


def _masked(found: Any, at: Mapping[Key, Any]) -> Array:
    """The array, of the shape of the points; NaN where it is not finite."""
    shape = np.broadcast_shapes(*(np.shape(values) for values in at.values()))
    array = np.broadcast_to(np.asarray(found, float), shape)
    return np.where(np.isfinite(array), array, np.nan)


# connectives


def _implication(parts: Sequence[Array]) -> Array:
    """What follows need only be defined where the premise holds."""
    premise, conclusion = parts
    return np.where(premise < 0, np.fmax(-premise, conclusion), np.maximum(-premise, conclusion))


def _equivalence(parts: Sequence[Array]) -> Array:
    left, right = parts
    return np.maximum(np.minimum(left, right), np.minimum(-left, -right))


CONNECTIVES: dict[str, Callable[[Sequence[Array]], Array]] = {
    "and": lambda parts: np.minimum.reduce(parts),
    "or": lambda parts: np.maximum.reduce(parts),
    "not": lambda parts: -parts[0],
    "implies": _implication,
    "iff": _equivalence,
}


# what a counterexample says


def _numbers(sequent: Sequent, counterexample: Counterexample | None) -> tuple[dict[Any, int], dict[Any, int]]:
    """Dimensions and indices: those of the counterexample; without one, the least. Raises NotDrawn."""
    if counterexample is not None:
        return dict(counterexample.dimensions), dict(counterexample.indices)
    if sequent.positive:
        raise NotDrawn("it has dimensions with conditions, and no counterexample says which to take")
    dimensions = {name: 1 for name in sequent.dimension_names if name != CONSTANT}
    starts = {name: constant_value(lower) for name, (lower, _) in sequent.indices}
    return dict(dimensions), {name: 1 if start is None else int(start) for name, start in starts.items()}


def _given(shapes: Mapping[str, Shape], counterexample: Counterexample) -> Iterator[tuple[Key, Value]]:
    for text, held in counterexample.values.items():
        name, bracket, inside = text.rpartition("[")
        known = not bracket or text in shapes
        key: Key = (text, ()) if known else (name, tuple(map(int, inside.rstrip("]").split(","))))
        shape = shapes.get(key[0])
        if shape is not None:
            yield key, _value(held, shape)


def _value(held: Any, shape: Shape) -> Value:
    if not isinstance(held, (list, tuple)):
        return np.float64(number(str(held)))
    if all(isinstance(row, (list, tuple)) for row in held):
        return [[np.float64(number(str(entry))) for entry in row] for row in held]
    entries = [np.float64(number(str(entry))) for entry in held]
    return [entries] if shape.rows == ONE else [[entry] for entry in entries]


def number(text: str) -> float:
    """A number of a counterexample: a rational, the middle of a ball, or a sum of roots. Raises NotDrawn."""
    with suppress(ValueError):
        return float(Fraction(text.partition(" ± ")[0]))
    try:
        roots = surds.parse(text).parts
    except ValueError as error:
        raise NotDrawn(str(error)) from error
    return float(sum(int(c.p) / int(c.q) * math.sqrt(d) for d, c in roots.items()))
