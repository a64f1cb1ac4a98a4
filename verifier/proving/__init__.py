"""Engines: a claim to a certificate. What they find is checked by the kernel; they are trusted with nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from verifier.kernel.context import COMPARISONS, CertificateError, Context, initial_context
from verifier.kernel.polynomials import NormalForm, Unsupported
from verifier.kernel.rules import check
from verifier.kernel.sequents import ClaimError, Sequent
from verifier.kernel.serialization import term_from_data, term_to_data
from verifier.kernel.shapes import ShapeError
from verifier.kernel.terms import Term, TermError, subterms
from verifier.kernel.theorems import Theorem, prove
from verifier.proving.averages import unaveraged, without
from verifier.proving.blocks import by_blocks
from verifier.proving.closed import by_closed_forms
from verifier.proving.conditions import by_conditions
from verifier.proving.denials import by_denial, everywhere
from verifier.proving.equations import close_the_gap
from verifier.proving.explicit import by_entries, by_numbers, is_explicit
from verifier.proving.feasible import speaks_of_optima
from verifier.proving.goals import Equation
from verifier.proving.ideals import by_ideal
from verifier.proving.induction import by_induction
from verifier.proving.limits import by_limits
from verifier.proving.logarithms import by_comparing_logarithms, by_logarithms, compares_powers, speaks_of_powers
from verifier.proving.logic import CONNECTIVES, by_parts
from verifier.proving.moments import by_moments, speaks_of_moments
from verifier.proving.optima import by_optimum
from verifier.proving.properties import by_structure
from verifier.proving.rings import Budget
from verifier.proving.solutions import by_instances, by_solution, by_uniqueness
from verifier.proving.unrolling import by_unrolling, is_about_all
from verifier.sequences import Tail

Certificate = dict[str, Any]
LONGER = 3_000
Engine = Callable[[], Certificate | None]
Prove = Callable[[Context, Term], Certificate | None]
SEARCHED = frozenset(("optimum", "inverse", "pseudoinverse", "determinant", "rank"))

NOT_SHOWN = "no sum of products of at most three of the known inequalities shows it"
EXPLICIT, ORDER, UNROLLING, CLOSED, INDUCTION = "explicit", "order", "unrolling", "closed forms", "induction"
LOGARITHMS = "logarithms"
SOLUTION = "solution of an optimum"
BUDGET = 120_000
WORK = 800_000
LITTLE_WORK = 8_000
WORK_OF_DENIAL = 200_000
INEQUALITIES = tuple(COMPARISONS.keys() - {"not_equal"})
DEEPEST = 6
FAILURES = (Unsupported, CertificateError, ClaimError, TermError, ShapeError, RecursionError)


class NotProved(Exception):
    """No engine found a certificate; ``reasons`` are what stood in the way."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__("; ".join(reasons) or "no proof found")
        self.reasons = reasons


def find_proof(sequent: Sequent, *, thorough: bool = True, work: int = WORK) -> Theorem:
    """A theorem whose claim is the sequent. Raises NotProved. What takes long is tried only if ``thorough``.

    ``work`` limits the searches for inequalities, in products of two terms: about a million take some seconds.
    """
    search = _Search(thorough, Budget(work), frozenset(() if is_explicit(sequent) else (EXPLICIT,)))
    for certificate in search.of_claim(sequent):
        for attempt in _attempts(sequent, certificate):
            try:
                theorem = prove(sequent, attempt)
            except FAILURES as error:
                search.reasons.append(str(error))
                continue
            return theorem if "conditions" in certificate else search.with_conditions(theorem)
    raise NotProved(tuple(dict.fromkeys(search.reasons)))


def _attempts(sequent: Sequent, certificate: Certificate) -> Iterator[Certificate]:
    """The certificate, then without those proofs of side conditions that the kernel does not accept.

    Such a proof may use that a hypothesis is defined, which is what its side condition says.
    """
    yield certificate
    if certificate.get("conditions"):
        bare = initial_context(sequent, BUDGET).only_hypotheses()
        yield {**certificate, "conditions": [one for one in certificate["conditions"] if _is_accepted(bare, one)]}


def _is_accepted(bare: Context, condition: Certificate) -> bool:
    try:
        check(bare, term_from_data(condition["condition"]), condition["proof"])
    except FAILURES:
        return False
    return True


def find_denial(sequent: Sequent, tail: Tail) -> Theorem:
    """A theorem ¬(∀m ∃T ∀t ≥ T φ), where φ fails at the tail. Raises NotProved."""
    search = _Search(True, Budget(WORK_OF_DENIAL))
    try:
        context = initial_context(sequent, BUDGET)
        certificate = by_denial(context, sequent.conclusion, tail, search._first)
        if certificate is not None:
            return search.with_all_conditions(prove(sequent, certificate))
    except FAILURES as error:
        search.reasons.append(str(error))
    raise NotProved(tuple(dict.fromkeys(search.reasons)))


@dataclass
class _Search:
    """One search for certificates: what stood in the way, how deep the goal is in the claim, what work is left.

    ``without`` names the engines that are not asked again: those that asked for this goal.
    """

    thorough: bool
    work: Budget
    without: frozenset[str] = frozenset()
    reasons: list[str] = field(default_factory=list)
    depth: int = 0

    def of_claim(self, sequent: Sequent) -> Iterator[Certificate]:
        """Certificates worth trying, the cheapest first."""
        if sequent.conclusion.head == "equal" and not _needs_search(sequent):
            yield {"rule": "normal form"}
        try:
            context = initial_context(sequent, BUDGET)
            conditions: list[Certificate] | None = None
            for certificate in self._of(context, sequent.conclusion):
                if conditions is None:
                    conditions = self._shown(context, (p for part in context.domains for p in part))
                yield {**certificate, "conditions": conditions}
        except FAILURES as error:
            self.reasons.append(str(error))

    def with_conditions(self, theorem: Theorem) -> Theorem:
        """The theorem without those side conditions that the hypotheses imply."""
        if not any(p.head == "property" or p.head in COMPARISONS for p in theorem.side_conditions):
            return theorem
        shown = self._shown(initial_context(theorem.sequent, BUDGET), theorem.side_conditions)
        if not shown:
            return theorem
        try:
            return prove(theorem.sequent, {**theorem.certificate, "conditions": shown})
        except FAILURES:
            return theorem

    def with_all_conditions(self, theorem: Theorem) -> Theorem:
        """The same, for conditions of any form: those of limits hold for all indices."""
        bare = initial_context(theorem.sequent, BUDGET).only_hypotheses()
        quickly = replace(self, thorough=False)._first
        proofs = [(p, everywhere(bare, p, quickly)) for p in theorem.side_conditions]
        shown = [{"condition": term_to_data(p), "proof": proof} for p, proof in proofs if proof is not None]
        return prove(theorem.sequent, {**theorem.certificate, "conditions": shown}) if shown else theorem

    def _shown(self, context: Context, conditions: Iterable[Term]) -> list[Certificate]:
        """Proofs of side conditions from the hypotheses alone, by the structure of matrices or by comparisons."""
        bare = context.only_hypotheses()
        shown: list[Certificate] = []
        ordered = COMPARISONS if _is_about_order(bare, tuple(COMPARISONS)) else ()
        provable = (p for p in conditions if p.head == "property" or p.head in ordered)
        for condition in dict.fromkeys(p for p in provable if not bare.covers(p)):
            try:
                if condition.head == "property":
                    proof = by_structure(bare, condition, replace(self, thorough=False)._first)
                else:
                    proof = by_conditions(bare, condition, self.work, thorough=False)
            except FAILURES:
                continue
            if proof is not None:
                shown.append({"condition": term_to_data(condition), "proof": proof})
        return shown

    def _of(self, context: Context, goal: Term) -> Iterator[Certificate]:
        """What each engine finds for a goal; for a goal in parts, the parts are asked for in turn."""
        for engine in self._engines(context, goal):
            try:
                certificate = engine()
            except FAILURES as error:
                self.reasons.append(str(error))
                continue
            if certificate is not None:
                yield certificate

    def _inner(self, *engines: str, thorough: bool = True) -> Prove:
        """The search for a part of a goal, without some engines; what takes long is tried only if ``thorough``."""
        return replace(
            self, depth=self.depth + 1, thorough=self.thorough and thorough, without=self.without.union(engines)
        )._first

    def _engines(self, context: Context, goal: Term) -> Iterator[Engine]:
        part = self._inner()
        inner = self._inner(EXPLICIT, thorough=False)
        if speaks_of_optima(goal):
            yield partial(by_optimum, context, goal, self._inner())
            return
        if goal.head == "equal":
            yield partial(by_uniqueness, context, goal, self._inner())
        known = any(speaks_of_optima(one.proposition) for one in context.known)
        if known and goal.head in (*COMPARISONS, "equal") and SOLUTION not in self.without:
            yield partial(by_instances, context, goal, self._inner(SOLUTION))
            yield partial(by_solution, context, goal, self._inner(SOLUTION))
        if goal.head in (*COMPARISONS, "equal") and EXPLICIT not in self.without:
            yield partial(by_entries, context, goal, part)
            yield partial(by_numbers, context, goal, self._inner(EXPLICIT))
        if goal.head in ("for_all", "exists"):
            yield partial(by_limits, context, goal, part)
        if goal.head in CONNECTIVES:
            yield partial(by_parts, context, goal, part)
        elif goal.head == "property":
            yield partial(by_structure, context, goal, self._inner(thorough=False))
        elif goal.head in COMPARISONS:
            if LOGARITHMS not in self.without and compares_powers(context, goal):
                yield partial(by_comparing_logarithms, context, goal, self._inner(LOGARITHMS))
            yield from self._of_order(context, goal)
            yield from self._of_induction(context, goal)
        elif goal.head == "equal":
            yield from self._of_equation(context, goal, inner)

    def _of_equation(self, context: Context, goal: Term, inner: Prove) -> Iterator[Engine]:
        equation = self._equation(context, goal)
        if equation is not None and speaks_of_moments(context, goal):
            yield partial(by_moments, context, goal, (partial(by_ideal, prove=inner), close_the_gap))
        if equation is not None and not equation.rest:
            yield lambda: {"rule": "normal form"}
        elif equation is not None:
            yield partial(close_the_gap, equation.again())
            yield partial(by_blocks, context, goal, inner)
            apart = _without_parts(context)
            apart = apart if context.randomness.has_moment(goal) else unaveraged(apart)
            if apart is not context:
                yield partial(self._by_ideal_apart, apart, goal, inner)
            yield partial(by_ideal, equation, inner)
        if LOGARITHMS not in self.without and speaks_of_powers(context, goal):
            yield partial(by_logarithms, context, goal, self._inner(LOGARITHMS))
        if _is_about_order(context) or (equation is not None and _has_steps(equation.rest)) or _has_cases(context):
            yield from self._of_order(context, goal)
        elif _is_about_order(context, ("not_equal",)):
            yield from replace(self, thorough=False, work=Budget(LITTLE_WORK, self.work))._of_order(context, goal)
        yield from self._of_induction(context, goal)
        if self.thorough and equation is not None and INDUCTION not in self.without:
            yield partial(by_ideal, equation, inner, LONGER)

    def _of_order(self, context: Context, goal: Term) -> Iterator[Engine]:
        """By inequalities; where something is known for all indices, first with what it says at those of the goal."""
        if ORDER in self.without:
            return
        if is_about_all(context) and UNROLLING not in self.without:
            yield partial(by_unrolling, context, goal, self._inner(UNROLLING, CLOSED, INDUCTION))
        if is_about_all(context) and CLOSED not in self.without:
            yield partial(by_closed_forms, context, goal, self._inner(CLOSED))
        yield partial(self._by_conditions, context, goal)

    def _of_induction(self, context: Context, goal: Term) -> Iterator[Engine]:
        if self.thorough and INDUCTION not in self.without:
            base, step = (self._inner(INDUCTION, CLOSED, thorough=thorough) for thorough in (False, True))
            yield partial(by_induction, context, goal, base, step)

    def _equation(self, context: Context, goal: Term) -> Equation | None:
        try:
            return Equation.of(context, goal)
        except FAILURES as error:
            self.reasons.append(str(error))
            return None

    def _by_ideal_apart(self, context: Context, goal: Term, prove: Prove) -> Certificate | None:
        equation = self._equation(context, goal)
        return None if equation is None else by_ideal(equation, prove)

    def _by_conditions(self, context: Context, goal: Term) -> Certificate | None:
        equations = replace(self, work=Budget(LITTLE_WORK, self.work))._inner(EXPLICIT, thorough=False)
        found = by_conditions(context, goal, self.work, equations, thorough=self.thorough)
        if found is None and goal.head in COMPARISONS:
            self.reasons.append(NOT_SHOWN)
        return found

    def _first(self, context: Context, goal: Term) -> Certificate | None:
        """The certificate of a part of a claim."""
        if self.depth > DEEPEST:
            return None
        return next(self._of(context, goal), None)


def _without_parts(context: Context) -> Context:
    """What is known without the parts of conjunctions, of which many say nothing new."""
    return without(context, lambda known: known.is_part)


def _is_about_order(context: Context, heads: tuple[str, ...] = INEQUALITIES) -> bool:
    """Whether a comparison is known, so that an equation may follow from two."""
    return any(known.proposition.head in heads for known in context.known)


def _has_steps(form: NormalForm) -> bool:
    """Whether a number depends on the sign of something."""
    return any(factor.base.kind == "step" for monomial in form for factor in monomial.factors)


def _has_cases(context: Context) -> bool:
    """Whether an equation that is known depends on the sign of something."""
    for known in context.known:
        proposition = known.proposition
        if proposition.head == "equal" and proposition.args[0].space().is_scalar:
            try:
                if any(_has_steps(context.scalar(side)) for side in proposition.args):
                    return True
            except FAILURES:
                continue
    return False


def _needs_search(sequent: Sequent) -> bool:
    """Whether a claim speaks of what normal forms know little of: hypotheses, inverses and the like."""
    return bool(sequent.hypotheses) or any(part.head in SEARCHED for part in subterms(sequent.conclusion))


__all__ = ["NotProved", "find_denial", "find_proof"]
