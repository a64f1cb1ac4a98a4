"""Models that z3 proposes: of the hypotheses and the denied conclusion, or of the hypotheses alone.

z3 gets a fixed seed and a limit of its work, so that its answers are always the same. It is not believed: what it
proposes is evaluated exactly, as any other model is. An irrational number is replaced by rational ones close to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import islice
from random import Random
from typing import Any

from verifier.instantiation.dimensions import Dimensions
from verifier.instantiation.evaluation import evaluator
from verifier.instantiation.formulas import Formula, Formulas
from verifier.instantiation.grid import Unknowns, bases
from verifier.instantiation.outcomes import InstantiationError, Unsupported, Work
from verifier.instantiation.plans import Plan
from verifier.instantiation.rings import Rationals
from verifier.instantiation.sampling import Key, Model
from verifier.instantiation.structured_matrices import Drawer
from verifier.instantiation.truth import Truth
from verifier.kernel.terms import Term

MOST = 12
SHAPES = 6
LIMIT = 500_000
PLACES = (4, 12, 40)
Place = tuple[Key, int, int]


class _Question(Unknowns):
    """The hypotheses and the conclusion of a claim as formulas in unknown entries."""

    def __init__(self, base: Model) -> None:
        import z3  # noqa: PLC0415 -- 200 ms, and most claims never need it

        super().__init__(base)
        self.context = z3.Context()
        self.ring = Formulas(self.context)
        self.unknowns: dict[Place, Any] = {}
        self.gave_up = False
        self.ev = evaluator(self.ring, self, base.plan.problem.dependence, base.work)
        self.ev.window_suffices = True

    def entry(self, key: Key, place: tuple[int, int]) -> Any:
        if len(self.unknowns) >= MOST:
            raise Unsupported("too many unknowns for a formula")
        unknown = self.ring.unknown(f"unknown {len(self.unknowns)}")
        self.unknowns[key, *place] = unknown.top
        return unknown

    def hypotheses(self) -> list[Any]:
        """Those of the hypotheses that can be written as formulas."""
        truths = (self._truth(hypothesis) for hypothesis in self.base.plan.problem.hypotheses)
        return [truth.holds.term for truth in truths if truth is not None and isinstance(truth.holds, Formula)]

    def denial(self) -> Any:
        """That the conclusion fails; None if that cannot be written as a formula."""
        truth = self._truth(self.base.plan.problem.conclusion)
        return truth.fails.term if truth is not None and isinstance(truth.fails, Formula) else None

    def _truth(self, statement: Term) -> Truth | None:
        known = len(self.ring.beside)
        try:
            return self.ev.truth(statement, self.ev.base)
        except (InstantiationError, RecursionError):
            del self.ring.beside[known:]
            return None

    def answers(self, formulas: Sequence[Any]) -> Iterator[Model]:
        """Models close to the one that z3 finds, if it finds one."""
        import z3  # noqa: PLC0415

        solver = z3.Tactic("qfnra-nlsat", ctx=self.context).solver()
        solver.set("seed", 0)
        solver.set("rlimit", LIMIT)
        solver.add(*formulas, *self.ring.beside)
        answer = solver.check()
        self.gave_up = answer == z3.unknown
        if answer != z3.sat:
            return
        found = solver.model()
        values = {place: found.eval(unknown, model_completion=True) for place, unknown in self.unknowns.items()}
        if all(z3.is_rational_value(value) for value in values.values()):
            yield self.model({place: value.as_fraction() for place, value in values.items()})
            return
        for places in PLACES:
            yield self.model({place: _near(value, places) for place, value in values.items()})


def _near(value: Any, places: int) -> Fraction:
    """The number, or a rational one near an irrational one."""
    import z3  # noqa: PLC0415

    if z3.is_rational_value(value):
        return Fraction(value.as_fraction())
    return Fraction(value.approx(places + 4).as_fraction()).limit_denominator(10**places)


def proposed_models(
    plan: Plan, wanted: Sequence[Dimensions], seed: int, work: Work, with_denial: bool
) -> Iterator[Model]:
    """Models that z3 proposes, of the hypotheses with the denial of the conclusion or without it."""
    draw = Drawer(Rationals(), Random(f"{seed}/formulas"), "generic")  # noqa: S311
    for base in islice(bases(plan, wanted, draw, work), SHAPES):
        question = _Question(base)
        try:
            formulas = question.hypotheses()
            denial = question.denial()
        except InstantiationError:
            continue
        if with_denial and denial is not None:
            yield from question.answers([*formulas, denial])
        elif not with_denial and question.unknowns:
            yield from question.answers(formulas)
        if question.gave_up:
            return
