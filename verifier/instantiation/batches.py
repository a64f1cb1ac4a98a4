"""Many models at once in floats, to find candidates for a refutation; each is then evaluated exactly elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import cycle
from typing import Any

from verifier.instantiation.evaluation import evaluator
from verifier.instantiation.evaluator import Evaluator, Index, Odds, Value
from verifier.instantiation.matrices import entrywise
from verifier.instantiation.outcomes import InstantiationError, NoModel, Work
from verifier.instantiation.plans import Plan
from verifier.instantiation.problems import Problem
from verifier.instantiation.sampling import Model
from verifier.instantiation.structured_matrices import Drawer
from verifier.instantiation.truth import Truth
from verifier.instantiation.undeclared import Polynomial
from verifier.kernel.linear import Atom
from verifier.kernel.shapes import Shape
from verifier.kernel.terms import Term

CHECKED = 24


class _Batch:
    """Models of one shape as one model whose entries are arrays. All share the first one's functions."""

    odds: Odds | None = None

    def __init__(self, models: Sequence[Model]) -> None:
        self.models = models
        self.dimensions, self.indices = models[0].dimensions, models[0].indices
        for model in models:
            model.polynomials = models[0].polynomials

    def origin(self, name: str, index: Index) -> tuple[Term, dict[Atom, int]] | None:
        return self.models[0].origin(name, index)

    def polynomial(self, name: str, index: Index, place: Index, arity: int) -> Polynomial:
        return self.models[0].polynomial(name, index, place, arity)

    def drawn(self, name: str, index: Index, shape: Shape) -> Value:
        import numpy as np  # noqa: PLC0415 -- 100 ms, and most claims never need it

        drawn = [_drawn(model, name, index, shape) for model in self.models]
        first = next((value for value in drawn if value is not None), None)
        if first is None:
            raise NoModel(f"no value for {name}")
        blank = entrywise(lambda _: None, first)

        def stacked(*entries: Any) -> Any:
            return np.array([float("nan") if entry is None else int(entry.p) / int(entry.q) for entry in entries])

        return entrywise(stacked, *(blank if value is None else value for value in drawn))


def _drawn(model: Model, name: str, index: Index, shape: Shape) -> Value | None:
    try:
        return model.drawn(name, index, shape)
    except InstantiationError:
        return None


def candidates(
    problem: Problem, plans: Sequence[Plan], draws: Iterable[Drawer], dimensions: dict[Atom, int], work: Work
) -> Iterator[Model]:
    """The models, of those drawn, in which by floats all hypotheses hold and the conclusion fails; a few at most."""
    models: list[Model] = []
    for draw, plan in zip(draws, cycle(plans), strict=False):
        try:
            models.append(Model(plan, draw, dimensions, work))
        except NoModel:
            continue
    for plan in plans:
        group = [m for m in models if m.plan is plan]
        group = [m for m in group if m.indices == group[0].indices]
        if group:
            yield from _pointed_to(problem, group, work)


def _pointed_to(problem: Problem, models: list[Model], work: Work) -> Iterator[Model]:
    import numpy as np  # noqa: PLC0415

    from verifier.instantiation.floats import Floats  # noqa: PLC0415

    batch = _Batch(models)
    ev = evaluator(Floats(), batch, problem.dependence, work)
    ev.window_suffices = True
    with np.errstate(all="ignore"):
        try:
            marks = _failing(ev, problem)
        except InstantiationError:
            return
    found = np.flatnonzero(np.broadcast_to(marks, (len(models),)))
    for k in found[:CHECKED]:
        yield models[int(k)]


def _failing(ev: Evaluator, problem: Problem) -> Any:
    import numpy as np  # noqa: PLC0415

    marks: Any = ev.truth(problem.conclusion, ev.base).fails
    for hypothesis in problem.hypotheses:
        truth: Truth = ev.truth(hypothesis, ev.base)
        marks = marks & np.logical_not(truth.fails)
    return marks
