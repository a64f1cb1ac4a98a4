"""What holds in a model: exactly in the rationals, else by balls, which decide only where they are apart.

What they leave open is decided exactly where all numbers are sums of square roots, or all are sums of logarithms.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flint import arb

from verifier.instantiation.balls import PRECISIONS, Balls, precision
from verifier.instantiation.chance import DECLARED
from verifier.instantiation.evaluator import Evaluator, at_outcomes
from verifier.instantiation.logarithms import Logarithms
from verifier.instantiation.outcomes import AnotherRing, Inconclusive, InstantiationError, NeedsBalls, NoModel
from verifier.instantiation.problems import Problem
from verifier.instantiation.rings import Ring
from verifier.instantiation.sampling import Model
from verifier.instantiation.surds import Surds
from verifier.instantiation.truth import Truth, conjunction
from verifier.kernel.terms import Term

RADIUS_EXPONENT = 90
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Finding:
    """The truth of a statement in a model, and whether it was found exactly."""

    truth: Truth
    exact: bool


class Examiner:
    """Evaluates the statements of one problem in its models; it remembers if the conclusion needs balls."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._irrational = False
        hypotheses = problem.hypotheses
        self._order = sorted(range(len(hypotheses)), key=lambda k: _takes_long(problem, hypotheses[k]))

    def conclusion(self, model: Model) -> Finding:
        """The truth of the conclusion; open where balls overlap though they are small.

        Raises Undefined, Inconclusive, NoModel, BudgetExceeded.
        """
        if not self._irrational:
            try:
                return Finding(_exactly(model, self.problem.conclusion), True)
            except NeedsBalls:
                self._irrational = True
        return _irrationally(model, self.problem.conclusion)

    def require_hypotheses(self, model: Model) -> None:
        """Raises NoModel unless every hypothesis holds: exactly, by separated balls, or by construction."""
        failing = self.failing_hypothesis(model)
        if failing is not None:
            raise NoModel(f"hypothesis {failing + 1} does not hold")

    def failing_hypothesis(self, model: Model) -> int | None:
        """The number of the first hypothesis that is not known to hold, if there is one."""
        model.exact.window_suffices = True
        try:
            for number in self._order:
                if not self._holds(model, self.problem.hypotheses[number], number in model.plan.given):
                    return number
        finally:
            model.exact.window_suffices = False
        return None

    def _holds(self, model: Model, hypothesis: Term, given: bool) -> bool:
        try:
            return _exactly(model, hypothesis).holds is True
        except NeedsBalls:
            truth = _irrationally(model, hypothesis).truth
        return truth.holds is True or (given and truth.fails is False)

    def require_in_field(self, model: Model) -> None:
        """Raises NoModel if a hypothesis that needs no order fails in a model over the prime field."""
        for number, hypothesis in enumerate(self.problem.hypotheses):
            model.exact.window_suffices = True
            try:
                if model.exact.truth(hypothesis, model.exact.base).fails:
                    raise NoModel(f"hypothesis {number + 1} does not hold")
            except AnotherRing:
                continue
            finally:
                model.exact.window_suffices = False


def _takes_long(problem: Problem, hypothesis: Term) -> bool:
    """Whether a hypothesis is about several members of random families: it is looked at after the others."""
    return bool(problem.chance.names) and (hypothesis.head == "for_all" or hypothesis.head in DECLARED)


def _exactly(model: Model, statement: Term) -> Truth:
    return _everywhere(model, statement)(model.exact)


def _irrationally(model: Model, statement: Term) -> Finding:
    """By balls; by roots or logarithms, where balls do not tell, or where the model has roots itself."""
    decided = _exactly_beyond(model, statement) if model.terms else None
    if decided is not None:
        return Finding(decided, True)
    try:
        truth = _by_balls(model, statement)
    except Inconclusive:
        decided = _exactly_beyond(model, statement)
        if decided is None:
            raise
        return Finding(decided, True)
    decided = None if truth.holds or truth.fails else _exactly_beyond(model, statement)
    return Finding(truth, False) if decided is None else Finding(decided, True)


def _exactly_beyond(model: Model, statement: Term) -> Truth | None:
    try:
        return beyond_rationals(model, _everywhere(model, statement))
    except InstantiationError:
        return None


def beyond_rationals(model: Model, compute: Callable[[Evaluator], Result]) -> Result:
    """A result over sums of square roots, or over sums of logarithms. Raises AnotherRing and others."""
    try:
        return _over(Surds(), model, compute)
    except AnotherRing:
        return _over(Logarithms(), model, compute)


def _over(ring: Ring, model: Model, compute: Callable[[Evaluator], Result]) -> Result:
    ev = model.evaluator(ring)
    ev.window_suffices = model.exact.window_suffices
    return compute(ev)


def _by_balls(model: Model, statement: Term) -> Truth:
    return in_balls(model, _everywhere(model, statement), lambda truth: truth.holds or truth.fails)


def _everywhere(model: Model, statement: Term) -> Callable[[Evaluator], Truth]:
    """The truth of a statement: at every outcome, if it is about random symbols."""
    chance = model.plan.problem.chance
    if not chance.names or not chance.is_random(statement):
        return lambda ev: ev.truth(statement, ev.base)
    return lambda ev: conjunction(ev.truth(statement, env) for _, env in at_outcomes(ev, ev.base))


def in_balls(
    model: Model, compute: Callable[[Evaluator], Result], settled: Callable[[Result], Any] = lambda _: False
) -> Result:
    """A result over balls, at a higher precision unless it is settled or open at small balls. Raises Inconclusive."""
    problem = Inconclusive("balls that are too large")
    for bits in PRECISIONS:
        with precision(bits):
            ring = Balls()
            ev = model.evaluator(ring)
            ev.window_suffices = model.exact.window_suffices
            try:
                result = compute(ev)
            except Inconclusive as error:
                problem = error
                continue
            if settled(result) or ring.radius <= arb(2) ** -RADIUS_EXPONENT:
                return result
    raise problem
