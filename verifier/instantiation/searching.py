"""The search: screen over the prime field, look for real models, refute in one that is real and small."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from random import Random

from verifier.derivation import Counterexample, Evidence
from verifier.instantiation.batches import candidates
from verifier.instantiation.counterexamples import describe
from verifier.instantiation.degrees import passing_bound
from verifier.instantiation.dimensions import Dimensions, Shapes
from verifier.instantiation.examining import RADIUS_EXPONENT, Examiner
from verifier.instantiation.finding import DISCARDED, Finder
from verifier.instantiation.grid import grid_models
from verifier.instantiation.laws import Law
from verifier.instantiation.outcomes import (
    AnotherRing,
    BudgetExceeded,
    Inconclusive,
    NoModel,
    Undefined,
    Unsupported,
    Work,
)
from verifier.instantiation.plans import Plan, plan_of
from verifier.instantiation.problems import Problem, problem_of
from verifier.instantiation.rings import PrimeField
from verifier.instantiation.sampling import Model
from verifier.instantiation.shrinking import Shrinker
from verifier.instantiation.small import small_models
from verifier.instantiation.solving import proposed_models
from verifier.instantiation.structured_matrices import Drawer
from verifier.kernel.sequents import Sequent
from verifier.kernel.terms import Term, subterms

BUDGET = 2_000_000
WORK_OF_REPORT = 1_000_000
ATTEMPTS = 160
UNEVEN_MODELS = 24
UNSCREENED_MODELS = 12
OPEN_MODELS = 80
RANDOM_MODELS = 8
WORK_OF_LAWS = 100_000
LAWS = 8
BATCH = 160
BATCHES = 2
BATCH_MODES = ("wide", "generic", "small", "sparse")
UNEVEN = frozenset(("maximum", "minimum", "cases", "rank", "pseudoinverse", "spectral_radius"))
UNEVEN_FUNCTIONS = frozenset(("relu", "abs", "step", "sign", "sqrt"))
EQUATIONAL = frozenset(("equal", "and", "for_all"))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What instantiation found: a counterexample, evidence, or why the claim is undecided by this channel."""

    counterexample: Counterexample | None = None
    evidence: Evidence = field(default_factory=Evidence)
    undecidable: str = ""


@dataclass(slots=True)
class _Tally:
    """What was seen so far: dimensions of the models in which the conclusion held, and why others were discarded.

    In ``open`` of them it was only not refuted: nothing better was found than the point that is said to be optimal.
    """

    screened: list[Dimensions] = field(default_factory=list)
    real: list[Dimensions] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)
    undefined: Counter[str] = field(default_factory=Counter)
    balls: bool = False
    open: int = 0
    spent: str = ""


def instantiate(
    sequent: Sequent,
    *,
    seed: int = 0,
    samples: int = 6,
    budget: int = BUDGET,
    shrink: bool = True,
    small: bool = False,
) -> Outcome:
    """Random models of a claim: a counterexample, or evidence that there is none.

    The same seed gives the same outcome. ``samples`` models are asked for (more where order or cases matter);
    ``budget`` counts visits of terms and operations. Without ``shrink``, a counterexample is left as it was drawn. With
    ``small``, thousands of models with entries -1, 0 and 1 are tried where others do not decide: this takes longer.
    Of a claim that cannot be evaluated at points, such as one about a limit, models of the hypotheses are looked for.
    """
    try:
        problem = problem_of(sequent)
        return _Search(problem, seed, samples, Work(budget)).run(shrink, small)
    except Unsupported as error:
        found = sequent.hypotheses != () and _has_model(sequent, seed, budget, small)
        evidence = Evidence(seed=seed, model_found=found, reason="" if found else str(error))
        return Outcome(evidence=evidence, undecidable=str(error))
    except RecursionError:
        return Outcome(evidence=Evidence(seed=seed, reason="terms nest too deep"), undecidable="terms nest too deep")


def _has_model(sequent: Sequent, seed: int, budget: int, small: bool) -> bool:
    """Whether a model of the hypotheses is found."""
    zero = Term("number", (), (Fraction(0),))
    alone = replace(sequent, conclusion=Term("equal", (zero, zero)), dimensions=sequent.positive)
    try:
        found = _Search(problem_of(alone), seed, 1, Work(budget)).run(False, small)
    except (Unsupported, RecursionError):
        return False
    return found.evidence.model_found


class _Search:
    def __init__(self, problem: Problem, seed: int, samples: int, work: Work) -> None:
        self.problem, self.seed, self.samples, self.work = problem, seed, samples, work
        self.plans: list[Plan] = [plan_of(problem), *(plan_of(problem, hint) for hint in problem.hints)]
        self.examiner, self.shapes, self.tally = Examiner(problem), Shapes(problem), _Tally()
        self.random = bool(problem.chance.names)
        self.uneven = not self.random and (self.shapes.as_numbers or _is_uneven(problem, self.plans[0]))
        self.finder = Finder(self.examiner, self.plans, seed, work)
        self.attempts, self.drawn = 0, False  # to draw a real model, and whether one succeeded
        self.gridded = 0  # models of a grid in which the conclusion holds

    def run(self, shrink: bool = True, small: bool = False) -> Outcome:
        """A counterexample, or evidence."""
        found: Model | None = None
        try:
            wanted = self.shapes.wanted()
            if not (self.uneven and shrink):
                found = self._real(wanted, False, 1)
            differs = found is None and self._screen(wanted)
            if found is None and self.uneven:
                found = self._of_grid(wanted)
            gridded = not self.shapes.names and self.gridded > 0
            if found is None:
                found = self._real(wanted, differs)
            if found is None and self.uneven and not gridded and not _is_equational(self.problem.conclusion):
                found = self._batch(wanted)
            if found is None and self.uneven:
                found = self._proposed(wanted, True)
            if found is None and not self.tally.real and not self.random:
                found = self._proposed(wanted, False)
            if found is None and small and not self.random:
                found = self._small(wanted)
        except NoModel as error:
            self.tally.reasons[str(error)] += 1
        except BudgetExceeded as error:
            self.tally.spent = str(error)
        if found is None:
            return Outcome(evidence=self._evidence())
        shrunk = self._shrunk(found) if shrink else found
        return Outcome(describe(Examiner(self.problem), shrunk), self._evidence(found))

    # the field

    def _screen(self, wanted: Sequence[Dimensions]) -> bool:
        """Whether the two sides differ in a model over the prime field, which is a hint only."""
        if not _is_equational(self.problem.conclusion) or self.problem.chance.names:
            return False
        passed: list[Dimensions] = []
        random = Random(f"{self.seed}/field")  # noqa: S311
        for number in range(2 * self.samples):
            if len(passed) == self.samples:
                break
            dimensions = wanted[number % len(wanted)]
            draw = Drawer(PrimeField(f"{self.seed}/{number}"), random)
            try:
                model = Model(self.plans[0], draw, dimensions, self.work)
                self.examiner.require_in_field(model)
                truth = model.exact.truth(self.problem.conclusion, model.exact.base)
            except AnotherRing:
                return False
            except (NoModel, Undefined, Inconclusive):
                continue
            if truth.fails:
                return True
            passed.append(dimensions)
        self.tally.screened = passed
        return False

    # real models

    def _real(self, wanted: Sequence[Dimensions], differs: bool, most: int = ATTEMPTS) -> Model | None:
        """A real model of the hypotheses in which the conclusion fails, if one of those drawn is one.

        Of claims that fail nearly everywhere the first does, before anything else is looked at.
        """
        needed = 1 if self.tally.screened else max(self.samples, UNSCREENED_MODELS)
        if self.uneven or differs or self.random:
            needed = max(self.samples, UNEVEN_MODELS)
        if self.shapes.names:
            needed += self.gridded
        enough = self.work.left - WORK_OF_LAWS if self.random else 0
        order = sorted(wanted, key=lambda d: (not _is_spacious(d), sum(d.values())))
        for number in range(self.attempts, most):
            least = needed + min(self.tally.open, OPEN_MODELS)
            if self.work.left <= enough:
                least = max(self.samples, RANDOM_MODELS)
            if self.drawn and len(self.tally.real) >= least and any(map(_is_spacious, self.tally.real)):
                break
            self.attempts = number + 1
            try:
                model = self.finder.model(number, order[number % len(order)], len(order))
            except DISCARDED as error:
                self.tally.reasons[str(error)] += 1
                continue
            self.drawn = True
            if self._fails(model):
                return model
        return None

    def _fails(self, model: Model) -> bool:
        """Whether the conclusion fails; if not, and if it is defined, the model is counted."""
        try:
            finding = self.examiner.conclusion(model)
        except DISCARDED as error:
            self.tally.undefined[str(error)] += 1
            return False
        if finding.truth.fails:
            return True
        self.tally.real.append(model.dimensions)
        self.tally.open += finding.exact and finding.truth.holds is not True
        self.tally.balls = self.tally.balls or not finding.exact
        return False

    def _shrunk(self, model: Model) -> Model:
        def fails(candidate: Model) -> bool:
            self.examiner.require_hypotheses(candidate)
            return bool(self.examiner.conclusion(candidate).truth.fails)

        shrunk = Shrinker(self.shapes, fails, str(self.seed)).shrink(model)
        self.work.left = max(self.work.left, WORK_OF_REPORT)
        shrunk = self._simpler_law(shrunk, fails) if self.random else shrunk
        fails(shrunk)
        return shrunk.pruned()

    def _simpler_law(self, model: Model, fails: Callable[[Model], bool]) -> Model:
        """The model, with a law of fewer outcomes if one is drawn with which the conclusion fails too."""
        best = model
        for seed in range(LAWS):
            candidate = Model(model.plan, model.draw, model.dimensions, self.work, replace(model.start(), law=seed))
            try:
                fewer = len(_law_of(candidate).probabilities) < len(_law_of(best).probabilities)
                best = candidate if fewer and fails(candidate) else best
            except DISCARDED:
                continue
        return best

    # floats

    def _of_grid(self, wanted: Sequence[Dimensions]) -> Model | None:
        """A model of simple numbers; others in which the hypotheses hold are counted."""
        before = len(self.tally.real)
        found = self._borne_out(grid_models(self.plans[0], wanted, self.seed, self.work))
        self.gridded = len(self.tally.real) - before
        return found

    def _batch(self, wanted: Sequence[Dimensions]) -> Model | None:
        """A model among many that floats point to, if its hypotheses and its conclusion bear that out exactly."""
        for dimensions in (*wanted, *wanted)[:BATCHES]:
            draws = [self.finder.drawer(BATCH_MODES[k % len(BATCH_MODES)]) for k in range(BATCH)]
            found = self._borne_out(candidates(self.problem, self.plans, draws, dimensions, self.work))
            if found is not None:
                return found
        return None

    def _small(self, wanted: Sequence[Dimensions]) -> Model | None:
        """A model with small entries; others in which the hypotheses hold are counted."""
        return self._borne_out(small_models(self.problem, wanted, self.seed, self.work))

    def _proposed(self, wanted: Sequence[Dimensions], with_denial: bool) -> Model | None:
        """A model that z3 proposes; of the hypotheses alone, if these are to be shown not to contradict one another."""
        return self._borne_out(proposed_models(self.plans[0], wanted, self.seed, self.work, with_denial))

    def _borne_out(self, models: Iterable[Model]) -> Model | None:
        """The first of the models in which, exactly, the hypotheses hold and the conclusion fails."""
        for model in models:
            try:
                self.examiner.require_hypotheses(model)
            except DISCARDED:
                continue
            if self._fails(model):
                return model
        return None

    # what is said of it

    def _evidence(self, found: Model | None = None) -> Evidence:
        tally = self.tally
        shapes = [dict(pairs) for pairs in dict.fromkeys(tuple(d.items()) for d in (*tally.screened, *tally.real))]
        exists = found is not None or any(map(_is_spacious, tally.real))
        forced = not exists and bool(tally.real) and any(map(self.shapes.forced, tally.real))
        return Evidence(
            models=len(tally.screened) + len(tally.real),
            shapes=tuple({str(name): size for name, size in shape.items()} for shape in shapes),
            bound=self._bound(),
            seed=self.seed,
            model_found=exists or forced,
            reason="" if exists or forced else self._reason(),
        )

    def _bound(self) -> str:
        tally = self.tally
        if tally.screened and not self.uneven:
            largest = max(tally.screened, key=lambda d: sum(d.values()))
            return passing_bound(self.problem, largest)
        if tally.balls:
            return f"the sides are not apart by balls of radius ≤ 2^-{RADIUS_EXPONENT}"
        count = len(tally.real) + len(tally.screened)
        return f"{count} exact models" if count else ""

    def _reason(self) -> str:
        tally = self.tally
        if tally.real:
            return "every model that was found has a dimension of 1"
        if tally.spent:
            return tally.spent
        if tally.undefined:
            what, count = tally.undefined.most_common(1)[0]
            return f"the claim is undefined where its hypotheses hold: {what} ({count} times)"
        if tally.reasons:
            what, count = tally.reasons.most_common(1)[0]
            return f"no model of the hypotheses was found: {what} ({count} times)"
        return "no model was drawn"


def _law_of(model: Model) -> Law:
    if model.odds is None:
        raise NoModel("nothing is random")
    return model.odds.law.merged()


def _is_spacious(dimensions: Dimensions) -> bool:
    return all(size > 1 for size in dimensions.values())


def _is_equational(conclusion: Term) -> bool:
    """Whether a conclusion is made of equations alone, so that a difference can be seen in any field."""
    if conclusion.head == "equal":
        return True
    return conclusion.head in EQUATIONAL and all(_is_equational(arg) for arg in conclusion.args)


def _is_uneven(problem: Problem, plan: Plan) -> bool:
    """Whether the conclusion may fail on a part of the models only.

    So it is with an order, a case, a kink, a rank, a root, indices to choose, hypotheses whose models have components.
    """
    if not _is_equational(problem.conclusion) or problem.sequent.indices or plan.components:
        return True
    reached = problem.dependence.names(problem.conclusion)
    bodies = (d.body for name, d in problem.dependence.definitions.items() if name in reached)
    for statement in (problem.conclusion, *bodies):
        for part in subterms(statement):
            if part.head in UNEVEN or (part.head == "elementwise" and part.data[0] in UNEVEN_FUNCTIONS):
                return True
            if part.head == "norm" and part.data[0] in ("1", "inf", "spectral"):
                return True
            if part.head in ("power", "hadamard_power") and not _is_whole(part.args[1]):
                return True
            if part.head == "indicator" and problem.dependence.names(part):
                return True
    return False


def _is_whole(exponent: Term) -> bool:
    return exponent.head == "index" or (exponent.head == "number" and exponent.data[0].denominator == 1)
