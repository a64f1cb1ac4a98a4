"""Real models of hypotheses: drawn in turn in several modes, and repaired where one inequality fails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from random import Random

from verifier.instantiation.dimensions import Dimensions
from verifier.instantiation.examining import Examiner
from verifier.instantiation.outcomes import AnotherRing, Inconclusive, NoModel, Undefined, Work
from verifier.instantiation.plans import Plan
from verifier.instantiation.rings import Rationals
from verifier.instantiation.sampling import Model
from verifier.instantiation.structured_matrices import MODES, Drawer

REPAIRS = 10
REDRAWN = ("small", "generic", "wide", "sparse")
DISCARDED = (NoModel, Undefined, Inconclusive, AnotherRing)


class Finder:
    """Draws models for one problem; the same seed gives the same models in the same order."""

    def __init__(self, examiner: Examiner, plans: Sequence[Plan], seed: int, work: Work) -> None:
        self.examiner, self.plans, self.work = examiner, plans, work
        self._seed = seed
        self._drawers: dict[str, Drawer] = {}

    @cached_property
    def random(self) -> Random:
        """Which symbols are drawn again."""
        return Random(f"{self._seed}/repair")  # noqa: S311

    def drawer(self, mode: str) -> Drawer:
        """The drawer of a mode."""
        if mode not in self._drawers:
            self._drawers[mode] = Drawer(Rationals(), Random(f"{self._seed}/real/{mode}"), mode)  # noqa: S311
        return self._drawers[mode]

    def model(self, number: int, dimensions: Dimensions, period: int) -> Model:
        """Attempt ``number``, of which every ``period`` are in one mode. Raises one of ``DISCARDED``."""
        mode, plan = MODES[number // period % len(MODES)], self.plans[number % len(self.plans)]
        model = Model(plan, self.drawer(mode), dimensions, self.work)
        failing = self.examiner.failing_hypothesis(model)
        for _ in range(REPAIRS):
            if failing is None or self.examiner.problem.hypotheses[failing].head == "equal":
                break
            candidate = self._redrawn(model, failing)
            try:
                later = None if candidate is None else self.examiner.failing_hypothesis(candidate)
            except DISCARDED:
                continue
            if candidate is not None and (later is None or later > failing):
                model, failing = candidate, later
        if failing is not None:
            raise NoModel(f"hypothesis {failing + 1} does not hold")
        return model

    def _redrawn(self, model: Model, failing: int) -> Model | None:
        """The model with one symbol of a hypothesis drawn again; None if there is none."""
        names = model.plan.reach(self.examiner.problem.hypotheses[failing])
        keys = [key for key in sorted(model.values) if key[0] in names]
        if not keys:
            return None
        again = self.random.choice(keys)
        kept = {key: value for key, value in model.values.items() if key != again}
        drawer = self.drawer(self.random.choice(REDRAWN))
        return Model(model.plan, drawer, model.dimensions, self.work, replace(model.start(), values=kept))
