"""Models with entries -1, 0 and 1, thousands at once in floats: what is rare among random matrices is common here.

One-sided products of idempotents, nilpotent matrices, commuting involutions: their equations are not linear, so that
no value of one symbol can be solved for, but 2×2 and 3×3 matrices of such entries are few enough to try.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

from verifier.instantiation.dimensions import Dimensions
from verifier.instantiation.evaluation import evaluator
from verifier.instantiation.evaluator import Index, Odds, Value, pack
from verifier.instantiation.outcomes import InstantiationError, NoModel, Work
from verifier.instantiation.plans import Plan, plan_of
from verifier.instantiation.problems import Problem
from verifier.instantiation.rings import Rationals
from verifier.instantiation.sampling import Key, Model, Start
from verifier.instantiation.structured_matrices import Drawer
from verifier.instantiation.undeclared import Polynomial
from verifier.kernel.linear import Atom
from verifier.kernel.shapes import Shape
from verifier.kernel.terms import Term

DIGITS = 9
COUNT = 3**DIGITS
LARGEST = 3
SHAPES = 3
CHECKED = 12


class _Digits:
    """COUNT models at once: the first entries that are asked for run through all values, others are random."""

    odds: Odds | None = None

    def __init__(self, base: Model, random: Random) -> None:
        self.base, self.random = base, random
        self.dimensions, self.indices = base.dimensions, base.indices
        self.entries: dict[Key, list[list[Any]]] = {}
        self.shapes: dict[Key, Shape] = {}
        self._asked = 0

    def origin(self, name: str, index: Index) -> tuple[Term, dict[Atom, int]] | None:  # noqa: ARG002
        return None

    def polynomial(self, name: str, index: Index, place: Index, arity: int) -> Polynomial:
        return self.base.polynomial(name, index, place, arity)

    def drawn(self, name: str, index: Index, shape: Shape) -> Value:
        key = self.base.key(name, index)
        if key not in self.entries:
            height, width = (self.base.exact.size(axis, self.base.exact.base) for axis in shape.axes)
            self.entries[key] = [[self._next() for _ in range(width)] for _ in range(height)]
            self.shapes[key] = shape
        return pack(self.entries[key], shape)

    def _next(self) -> Any:
        import numpy as np  # noqa: PLC0415 -- 100 ms, and most claims never need it

        numbers = np.arange(COUNT)
        if self._asked < DIGITS:
            values = numbers // 3**self._asked % 3 - 1
        else:
            values = mixed(numbers.astype(np.uint64) + np.uint64(self.random.getrandbits(63))) % 3 - 1
        self._asked += 1
        return values.astype(float)

    def model(self, number: int, draw: Drawer, work: Work) -> Model:
        """One of the models, in the rationals."""
        values = {
            key: pack([[draw.ring.number(int(entry[number])) for entry in row] for row in rows], self.shapes[key])
            for key, rows in self.entries.items()
        }
        start = Start(values, self.shapes, self.base.polynomials, self.indices, ())
        return Model(self.base.plan, draw, self.dimensions, work, start)


def mixed(numbers: Any) -> Any:
    """Numbers that look random, by the last steps of SplitMix64 (Steele, Lea and Flood, 2014)."""
    import numpy as np  # noqa: PLC0415

    for factor, shift in ((0x9E3779B97F4A7C15, 30), (0xBF58476D1CE4E5B9, 27), (0x94D049BB133111EB, 31)):
        numbers = numbers * np.uint64(factor)
        numbers = numbers ^ (numbers >> np.uint64(shift))
    return (numbers >> np.uint64(2)).astype(np.int64)


def small_models(problem: Problem, wanted: Sequence[Dimensions], seed: int, work: Work) -> Iterator[Model]:
    """Models in which, by floats, the hypotheses hold: first those in which the conclusion fails, then others."""
    random = Random(f"{seed}/small")  # noqa: S311
    draw = Drawer(Rationals(), random, "small")
    plan = Plan(problem, constant_from=plan_of(problem).constant_from)
    sizes = sorted(wanted, key=lambda d: (not all(size > 1 for size in d.values()), sum(d.values())))
    for dimensions in [d for d in sizes if all(size <= LARGEST for size in d.values())][:SHAPES]:
        try:
            digits = _Digits(Model(plan, draw, dimensions, work), random)
            for number in _chosen(problem, digits, random, work):
                yield digits.model(number, draw, work)
        except (NoModel, InstantiationError):
            continue


def _chosen(problem: Problem, digits: _Digits, random: Random, work: Work) -> list[int]:
    import numpy as np  # noqa: PLC0415

    from verifier.instantiation.floats import Floats  # noqa: PLC0415

    ev = evaluator(Floats(), digits, problem.dependence, work)
    ev.window_suffices = True
    with np.errstate(all="ignore"):
        allowed: Any = np.ones(COUNT, dtype=bool)
        for hypothesis in problem.hypotheses:
            allowed = allowed & np.logical_not(ev.truth(hypothesis, ev.base).fails)
        failing = np.broadcast_to(allowed & ev.truth(problem.conclusion, ev.base).fails, (COUNT,))
    chosen: list[int] = []
    for marks in (failing, allowed & np.logical_not(failing)):
        numbers = [int(k) for k in np.flatnonzero(marks)]
        chosen += random.sample(numbers, min(CHECKED, len(numbers)))
    return chosen
