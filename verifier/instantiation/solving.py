"""Models that z3 proposes: of the hypotheses and the denied conclusion, or of the hypotheses alone.

z3 gets a fixed seed and a limit of its work, so that its answers are always the same. It is not believed: what it
proposes is evaluated exactly, as any other model is. An irrational number is replaced by rational ones close to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import islice
from math import prod
from random import Random
from typing import Any

from flint import fmpq

from verifier.instantiation.dimensions import Dimensions
from verifier.instantiation.evaluation import evaluator
from verifier.instantiation.evaluator import Odds
from verifier.instantiation.formulas import Formula, Formulas
from verifier.instantiation.grid import Place, Unknowns, bases
from verifier.instantiation.outcomes import InstantiationError, Unsupported, Work
from verifier.instantiation.plans import Plan
from verifier.instantiation.rings import Rationals
from verifier.instantiation.sampling import Key, Model
from verifier.instantiation.structured_matrices import Drawer
from verifier.instantiation.surds import Surd, term_of
from verifier.instantiation.surds import root as root_of
from verifier.instantiation.truth import Truth
from verifier.kernel.terms import Term

MOST = 8
SHAPES = 6
LIMIT = 300_000
HIGHEST = 10  # degree, and terms when multiplied out, of what is asked: beyond it z3's limits of work do not hold
MOST_TERMS = 120
DIGITS = (4, 12, 40)
FEW_DIGITS = (0, 1, 2, 4)
ORDERS = 3


class _Question(Unknowns):
    """The hypotheses and the conclusion of a claim as formulas in unknown entries."""

    odds: Odds | None = None

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
        try:
            return self.ev.truth(statement, self.ev.base)
        except (InstantiationError, RecursionError):
            return None

    def answers(self, formulas: Sequence[Any]) -> Iterator[Model]:
        """The model that z3 finds, if it finds one; where that has irrational numbers, models close to it."""
        values = self._solution(formulas)
        if values is None:
            return
        if all(map(_is_rational, values.values())):
            yield self._exactly(values)
            return
        for digits in DIGITS:
            yield self.model({place: _near(value, digits) for place, value in values.items()})
        yield from self._with_roots(formulas, values)

    def _with_roots(self, formulas: Sequence[Any], values: dict[Place, Any]) -> Iterator[Model]:
        """Models near by, of which as few numbers as possible are irrational, and these are quadratic.

        The irrational numbers are replaced by rational ones as long as z3 finds others to go with them: in several
        orders, as the one that is left to the end is the one that has to be irrational.
        """
        if self._may_be_roots(values):
            yield self._exactly(values)
        irrational = [place for place, value in values.items() if not _is_rational(value)]
        for turn in range(min(len(irrational), ORDERS)):
            fixed, found = list(formulas), values
            for place in (*irrational[turn + 1 :], *irrational[: turn + 1]):
                for digits in FEW_DIGITS:
                    if self.gave_up or _is_rational(found[place]):
                        break
                    here = self.unknowns[place] == self.ring.number(_near(found[place], digits)).top
                    other = self._solution([*fixed, here])
                    if other is not None:
                        fixed, found = [*fixed, here], other
            if found is not values and self._may_be_roots(found):
                yield self._exactly(found)

    def _may_be_roots(self, values: dict[Place, Any]) -> bool:
        """Whether the irrational numbers are quadratic, and those of symbols that are no vectors or matrices."""
        irrational = [(key, value) for (key, _, _), value in values.items() if not _is_rational(value)]
        single = all(self.shapes[key].is_scalar and key[0] not in self.base.plan.values for key, _ in irrational)
        return single and all(len(value.poly()) == 3 for _, value in irrational)

    def _exactly(self, values: dict[Place, Any]) -> Model:
        rational = {place: value.as_fraction() for place, value in values.items() if _is_rational(value)}
        terms = {place[0]: term_of(_root(value)) for place, value in values.items() if not _is_rational(value)}
        return self.model(rational, terms)

    def _solution(self, formulas: Sequence[Any]) -> dict[Place, Any] | None:
        """The numbers of a model that z3 finds."""
        import z3  # noqa: PLC0415

        measured: dict[int, tuple[int, int]] = {}
        if any(_is_large(formula, measured) for formula in (*formulas, *self.ring.beside)):
            self.gave_up = True
            return None
        try:
            solver = z3.Tactic("qfnra-nlsat", ctx=self.context).solver()
            solver.set("seed", 0)
            solver.set("rlimit", LIMIT)
            solver.add(*formulas, *self.ring.beside)
            answer = solver.check()
            self.gave_up = answer == z3.unknown
            if answer != z3.sat:
                return None
            found = solver.model()
            return {place: found.eval(unknown, model_completion=True) for place, unknown in self.unknowns.items()}
        except z3.Z3Exception:
            self.gave_up = True
            return None


def _is_large(formula: Any, measured: dict[int, tuple[int, int]]) -> bool:
    """Whether a polynomial in a formula is of a higher degree, or has more terms, than z3 is asked about."""
    degree, terms = _measure(formula, measured)
    return degree > HIGHEST or terms > MOST_TERMS


def _measure(term: Any, measured: dict[int, tuple[int, int]]) -> tuple[int, int]:
    """The degree, and a bound of the number of terms, of the largest polynomial in a formula."""
    import z3  # noqa: PLC0415

    key = term.get_id()
    if key not in measured:
        inner = [_measure(part, measured) for part in term.children()]
        if not inner:
            found = (0, 1) if z3.is_rational_value(term) else (1, 1)
        elif z3.is_mul(term):
            found = (sum(degree for degree, _ in inner), min(prod(terms for _, terms in inner), 10**6))
        elif z3.is_add(term) or z3.is_sub(term) or z3.is_eq(term) or z3.is_le(term) or z3.is_lt(term):
            found = (max(degree for degree, _ in inner), sum(terms for _, terms in inner))
        else:
            found = (max(degree for degree, _ in inner), max(terms for _, terms in inner))
        measured[key] = found
    return measured[key]


def _is_rational(value: Any) -> bool:
    import z3  # noqa: PLC0415

    return bool(z3.is_rational_value(value))


def _near(value: Any, digits: int) -> Fraction:
    """The number, or a rational one near an irrational one."""
    if _is_rational(value):
        return Fraction(value.as_fraction())
    return Fraction(value.approx(digits + 4).as_fraction()).limit_denominator(10**digits)


def _root(value: Any) -> Surd:
    """(-b ± √(b² - 4ac)) / 2a, which of the two z3 says."""
    c, b, a = (fmpq(int(entry.numerator_as_long()), int(entry.denominator_as_long())) for entry in value.poly())
    root = root_of(Surd({1: b * b - 4 * a * c}))
    larger = (value.index() == 2) == (a > 0)
    number: Surd = ((root if larger else -root) - b) / (2 * a)
    return number


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
