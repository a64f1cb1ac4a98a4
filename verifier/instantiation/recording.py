"""A model at one outcome with arbitrary values: which members of random symbols are asked for."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING

from verifier.instantiation.evaluator import Index, Odds, Value, number_at, pack
from verifier.instantiation.laws import Key
from verifier.instantiation.rings import Rationals
from verifier.kernel.shapes import Shape
from verifier.kernel.terms import Term

if TYPE_CHECKING:
    from verifier.instantiation.sampling import Model


class Recorder:
    """The model at one outcome, with arbitrary values of random symbols: it notes which are asked for."""

    def __init__(self, model: Model) -> None:
        chance = model.plan.problem.chance
        self.names, self.tainted, self.order = chance.names, chance.tainted, 0
        self.dimensions, self.indices = model.dimensions, model.indices
        self.origin, self.polynomial, self._drawn = model.origin, model.polynomial, model.drawn
        self.odds: Odds | None = _Any(self)
        self.asked: dict[Key, Shape] = {}
        self._numbers = Random(0)  # noqa: S311

    def drawn(self, name: str, index: Index, shape: Shape) -> Value:
        """What the model has."""
        return self._drawn(name, index, shape)

    def any(self, name: str, index: Index, shape: Shape) -> Value:
        """Any value of a random symbol."""
        self.asked[name, index] = shape
        height, width = (number_at(axis, self.dimensions) for axis in shape.axes)
        number = Rationals().number
        rows = [[number(Fraction(self._numbers.randint(1, 9), 3)) for _ in range(width)] for _ in range(height)]
        return pack(rows, shape)


class _Any:
    """One outcome, with any values."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self.names, self.tainted, self.order = recorder.names, recorder.tainted, 0

    def probabilities(self) -> list[Value]:
        """One outcome."""
        return [Rationals().number(1)]

    def at(self, name: str, index: Index, shape: Shape, outcome: int) -> Value:
        """Any value."""
        return self._recorder.any(name, index, shape) if outcome == 0 else None

    def members(self, name: str) -> dict[Index, tuple[tuple[Fraction, ...], ...]]:
        """Those that were asked for have no law yet."""
        return {index: () for symbol, index in self._recorder.asked if symbol == name}

    def sources(self, symbol: Term, index: Index) -> frozenset[Key] | None:
        """Itself: what it is made of is asked when there is a law."""
        return frozenset({(str(symbol.data[0]), index)})
