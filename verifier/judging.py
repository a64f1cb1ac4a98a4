"""The loop over the claims of a derivation: prove, instantiate, and say what follows from both."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction

from verifier.denying import denied
from verifier.derivation import (
    Claim,
    Counterexample,
    Derivation,
    Evidence,
    Judgement,
    Origin,
    Role,
    Suggestion,
    Verdict,
)
from verifier.doubting import doubtful, left_open, speaks_of_chance, unsaid
from verifier.generality import index_that_may_be_any, only_at_zero
from verifier.instantiation import Outcome, instantiate
from verifier.kernel.closure import ClaimError
from verifier.kernel.context import CertificateError
from verifier.kernel.heads import TermError
from verifier.kernel.polynomials import BudgetExceeded, Unsupported
from verifier.kernel.sequents import Sequent
from verifier.kernel.shapes import ShapeError
from verifier.kernel.terms import OPTIMUM, Term, free_indices, free_names, index_name, subterms
from verifier.kernel.theorems import Theorem, prove
from verifier.notation import latex
from verifier.proving import NotProved, find_proof
from verifier.proving.corrections import corrections
from verifier.proving.directions import directions
from verifier.proving.moments import UNDECLARED
from verifier.sequences import values_of

NORMAL_FORM = {"rule": "normal form"}
ZERO = Term("number", (), (Fraction(0),))
SUGGESTION_BUDGET = 2_000
MOST_EARLIER = 8
UNSAID = "nothing before this says what "


@dataclass(frozen=True, slots=True)
class Options:
    """How to judge: how many models, which seed, whose conditions to trust ("all" or "context")."""

    samples: int = 6
    seed: int = 0
    trust: str = "all"
    suggest: bool = True


@dataclass
class _Known:
    """What has been judged so far, for claims that rest on earlier ones."""

    judgements: list[Judgement] = field(default_factory=list)


def judge(
    derivation: Derivation, options: Options | None = None, progress: Callable[[int, int], None] | None = None
) -> tuple[Judgement, ...]:
    """Every claim of a derivation, judged in order."""
    known = _Known()
    for k, claim in enumerate(derivation.claims):
        if progress is not None:
            progress(k, len(derivation.claims))
        known.judgements.append(judge_claim(claim, options or Options(), known.judgements))
    return tuple(known.judgements)


def judge_claim(claim: Claim, options: Options, earlier: Iterable[Judgement] = ()) -> Judgement:
    """One claim. Never raises for a claim that was read."""
    if claim.problem is not None:
        return _not_read(claim, options)
    if claim.role is not Role.CLAIM:
        return Judgement(claim, Verdict.GIVEN, f"taken as a {claim.role}")
    if claim.sequent is None:
        return Judgement(claim, Verdict.UNREAD, "nothing was read")
    if claim.mark.startswith("assume"):
        return Judgement(claim, Verdict.ASSUMED, "marked so by the author")
    return _judged(claim, claim.sequent, options, tuple(earlier))


def _not_read(claim: Claim, options: Options) -> Judgement:
    problem = claim.problem
    if problem is None:
        return Judgement(claim, Verdict.UNREAD, "nothing was read")
    if problem.code != "ill-typed":
        return Judgement(claim, Verdict.UNREAD, problem.message, diagnostics=(problem,))
    other = _in_other_layout(claim)
    if other is not None:
        theorem, _ = _proof(other)
        if theorem is not None:
            return Judgement(claim, Verdict.OTHER_LAYOUT, problem.message, theorem, diagnostics=(problem,))
    return Judgement(claim, Verdict.ILL_TYPED, problem.message, diagnostics=(problem,))


def _in_other_layout(claim: Claim) -> Sequent | None:
    return None if claim.other_layout is None else claim.other_layout.sequent()


def _proof(sequent: Sequent, thorough: bool = True) -> tuple[Theorem | None, str]:
    try:
        return find_proof(sequent, thorough=thorough), ""
    except NotProved as error:
        return None, str(error)


def _judged(claim: Claim, sequent: Sequent, options: Options, earlier: tuple[Judgement, ...]) -> Judgement:
    outcome = instantiate(sequent, seed=options.seed, samples=options.samples)
    theorem, why = _proof(sequent, thorough=outcome.counterexample is None)
    further = sequent.hypotheses and not speaks_of_chance(sequent)
    if outcome.counterexample is None and (theorem is None or not outcome.evidence.model_found) and further:
        outcome = instantiate(sequent, seed=options.seed, samples=options.samples, small=True)
    if theorem is None and outcome.counterexample is None:
        outcome = replace(outcome, counterexample=denied(sequent, seed=options.seed, samples=options.samples))
    if theorem is not None and outcome.counterexample is not None:
        reason = "a proof and a counterexample: please report this with the file that was written"
        return Judgement(claim, Verdict.CONFLICT, reason, theorem, outcome.counterexample, outcome.evidence)
    if theorem is not None:
        reason = unsaid(claim, theorem)
        if reason:
            return Judgement(claim, Verdict.UNDECIDED, reason, theorem, None, outcome.evidence)
        return _proved(claim, theorem, outcome, options)
    if outcome.counterexample is not None:
        return _separated(claim, sequent, outcome, options, earlier)
    return _open(claim, sequent, outcome, why, earlier)


# proved


def _proved(claim: Claim, theorem: Theorem, outcome: Outcome, options: Options) -> Judgement:
    constrained = bool(claim.sequent and claim.sequent.hypotheses) or bool(theorem.side_conditions)
    if constrained and not outcome.evidence.model_found:
        reason = outcome.evidence.reason or outcome.undecidable or "no model of the hypotheses was found"
        return Judgement(claim, Verdict.UNDECIDED, reason, theorem, None, outcome.evidence)
    if theorem.side_conditions and not _has_model(theorem, options):
        reason = "no model of the hypotheses and side conditions was found"
        return Judgement(claim, Verdict.UNDECIDED, reason, theorem, None, outcome.evidence)
    if options.trust == "context" and _rests_on_own_conditions(claim, theorem):
        reason = "rests on conditions that the document itself sets"
        return Judgement(claim, Verdict.ASSUMED, reason, theorem, None, outcome.evidence)
    return Judgement(claim, Verdict.PROVED, "", theorem, None, outcome.evidence)


def _has_model(theorem: Theorem, options: Options) -> bool:
    """Whether some model satisfies the side conditions together with the hypotheses: a proof that is not vacuous."""
    premises = (*theorem.sequent.hypotheses, *theorem.side_conditions)
    sequent = replace(theorem.sequent, hypotheses=premises)
    return any(
        instantiate(sequent, seed=options.seed, samples=options.samples, small=small).evidence.model_found
        for small in ((False,) if speaks_of_chance(sequent) else (False, True))
    )


def _rests_on_own_conditions(claim: Claim, theorem: Theorem) -> bool:
    own = {h.statement for h in claim.hypotheses if h.origin in (Origin.CONDITION, Origin.DECLARATION)}
    return any(statement in own for statement in theorem.hypotheses)


# refuted


def _separated(
    claim: Claim, sequent: Sequent, outcome: Outcome, options: Options, earlier: tuple[Judgement, ...]
) -> Judgement:
    """The sides differ in a model: what that means depends on what the document says of the symbols."""
    counterexample, evidence = outcome.counterexample, outcome.evidence
    if claim.undeclared:
        names = ", ".join(name.removesuffix("^()").rstrip("_") for name in claim.undeclared)
        reason = f"some values separate the sides, but nothing declares {names}"
        return Judgement(claim, Verdict.UNDECIDED, reason, None, counterexample, evidence)
    free = _free_side(sequent)
    if free:
        reason = f"{UNSAID}{free} is"
        return Judgement(claim, Verdict.UNDECIDED, reason, None, counterexample, evidence)
    line = _line_that_may_set(claim, sequent, earlier)
    if line is not None:
        reason = f"line {line} may set what this speaks of"
        return Judgement(claim, Verdict.UNDECIDED, reason, None, counterexample, evidence)
    if only_at_zero(sequent, lambda other: _is_separated(other, options)):
        reason = "some values separate the sides, but only where a natural number is 0"
        return Judgement(claim, Verdict.UNDECIDED, reason, None, counterexample, evidence)
    index = index_that_may_be_any(sequent, lambda other: _is_separated(other, options))
    if index is not None:
        reason = f"some values separate the sides, but what is known of one {index} may be meant for every {index}"
        return Judgement(claim, Verdict.UNDECIDED, reason, None, counterexample, evidence)
    if claim.within_optima is not None and not _is_separated_by(claim.within_optima.sequent(), options):
        reason = "some values separate the sides, but in none of them the optimal points that the text speaks of exist"
        return Judgement(claim, Verdict.UNDECIDED, reason, None, counterexample, evidence)
    if claim.unread_premise is not None:
        reason = f"premise in words, line {claim.unread_premise}"
        return Judgement(claim, Verdict.UNDECIDED, reason, None, None, evidence)
    other = _in_other_layout(claim)
    if other is not None:
        theorem, _ = _proof(other)
        if theorem is not None:
            return Judgement(claim, Verdict.OTHER_LAYOUT, "", theorem, counterexample, evidence)
        if claim.layout_inferred and not _is_separated(other, options):
            reason = "the sides differ in this layout, which nobody declared, and no model separates them in another"
            return Judgement(claim, Verdict.UNDECIDED, reason, None, counterexample, evidence)
    for extra in _candidate_hypotheses(sequent, counterexample):
        further = replace(sequent, hypotheses=(*sequent.hypotheses, extra))
        theorem, _ = _proof(further, thorough=counterexample is not None and counterexample.negation is not None)
        if theorem is not None and _has_model(theorem, options):
            return Judgement(claim, Verdict.CONDITIONAL, latex(extra), theorem, counterexample, evidence)
    suggestion = _suggestion(sequent) if options.suggest and not claim.whole_chain else None
    return Judgement(claim, Verdict.REFUTED, "", None, counterexample, evidence, suggestion)


def _line_that_may_set(claim: Claim, sequent: Sequent, earlier: tuple[Judgement, ...]) -> int | None:
    """An earlier line of the section with a relation about a free symbol of this claim, such as a > 0."""
    names = free_names(sequent.conclusion)
    for judgement in reversed(earlier):
        said = judgement.reason.removeprefix(UNSAID).removesuffix(" is")
        same = judgement.claim.section == claim.section and judgement.reason.startswith(UNSAID)
        if same and (said in names or f"{said}_" in names):
            return judgement.claim.place.line
    return None


def _is_separated(sequent: Sequent, options: Options) -> bool:
    return instantiate(sequent, seed=options.seed, samples=options.samples).counterexample is not None


def _is_separated_by(sequent: Sequent | None, options: Options) -> bool:
    return sequent is not None and _is_separated(sequent, options)


ORDERS = ("greater", "greater_equal", "less", "less_equal", "not_equal")


def _free_side(sequent: Sequent) -> str:
    """The bare symbol that a relation is about, where nothing else speaks of it: any value would refute the relation.

    x = 2y and a > 0 are then rather what the text sets than what it claims.
    """
    head, sides = sequent.conclusion.head, sequent.conclusion.args
    if head == "equal":
        candidates = [(sides[0], sides[1])] if sides[1].head != "symbol" or sides[0].data[-1:] != ((),) else []
    elif head in ORDERS:
        candidates = [(sides[0], sides[1]), (sides[1], sides[0])]
    else:
        return ""
    for side, other in candidates:
        name = _bare_name(side)
        said = (h for h in sequent.hypotheses if h.data not in (("constant",), ("random",)))
        spoken = any(name in free_names(h) for h in said) or any(d.name == name for d in sequent.definitions)
        if name and not spoken and name not in free_names(other) and name not in map(str, free_indices(other)):
            return name.rstrip("_")
    return ""


def _bare_name(side: Term) -> str:
    if side.head == "symbol":
        return str(side.data[0])
    name = index_name(side)
    return "" if name is None else str(name)


def _candidate_hypotheses(sequent: Sequent, counterexample: Counterexample | None) -> Iterator[Term]:
    """Hypotheses worth naming: that a square matrix of the claim is symmetric; of a limit, what may not vanish."""
    if counterexample is not None and counterexample.negation is not None:
        yield from _not_vanishing(sequent, counterexample)
    seen: dict[Term, None] = {}
    for part in subterms(sequent.conclusion):
        square = part.head == "symbol" and part.shape is not None and part.shape.is_square and not part.shape.is_scalar
        if square and not part.data[2] and part not in seen:
            seen[part] = None
            yield Term("property", (part,), ("symmetric",))
    if any(part.head == OPTIMUM for part in subterms(sequent.conclusion)):
        yield from (Term("property", (part,), ("positive_definite",)) for part in seen)


def _not_vanishing(sequent: Sequent, counterexample: Counterexample) -> Iterator[Term]:
    """x ≠ 0 for each symbol, and each member of a family, that is 0 in the counterexample.

    First vᵀx ≠ 0 for an x with directions v that a hypothesis Mv = μv names.
    """
    vanishing = [
        (s, value) for s, value in values_of(sequent, counterexample) if value.head == "zeros" or value.data == (0,)
    ]
    named = list(dict.fromkeys(direction.vector for direction in directions(sequent.hypotheses)))
    for symbol, _ in vanishing:
        for vector in named:
            if vector != symbol and vector.shape == symbol.shape:
                yield Term("not_equal", (Term("multiply", (Term("transpose", (vector,)), symbol)), ZERO))
    for symbol, value in vanishing:
        yield Term("not_equal", (symbol, value))


def _suggestion(sequent: Sequent) -> Suggestion | None:
    """A small change of the right side that makes the equation true by normal forms alone."""
    if sequent.conclusion.head != "equal":
        return None
    left, right = sequent.conclusion.args
    for candidate in corrections(right):
        try:
            prove(replace(sequent, conclusion=Term("equal", (left, candidate))), NORMAL_FORM, SUGGESTION_BUDGET)
        except BudgetExceeded:
            return None
        except (CertificateError, Unsupported, ClaimError, ShapeError, TermError):
            continue
        return Suggestion(latex(candidate))
    return None


# neither


def _open(claim: Claim, sequent: Sequent, outcome: Outcome, why: str, earlier: tuple[Judgement, ...]) -> Judgement:
    resting = _from_earlier(claim, sequent, earlier)
    if resting is not None:
        return resting
    doubts = doubtful(sequent)
    if doubts:
        return Judgement(claim, Verdict.UNDECIDED, left_open(doubts), None, None, outcome.evidence)
    if outcome.undecidable:
        return Judgement(claim, Verdict.UNDECIDED, outcome.undecidable, None, None, outcome.evidence)
    if UNDECLARED in why:
        return Judgement(claim, Verdict.UNDECIDED, why, None, None, outcome.evidence)
    if outcome.evidence.models and not claim.undeclared:
        shapes = len(outcome.evidence.shapes)
        reason = f"{outcome.evidence.models} models in {shapes} shapes agree; no proof: {why}"
        return Judgement(claim, Verdict.UNREFUTED, reason, None, None, outcome.evidence)
    reason = outcome.evidence.reason if not outcome.evidence.model_found else why
    return Judgement(claim, Verdict.UNDECIDED, reason or why or "no proof found", None, None, outcome.evidence)


def _from_earlier(claim: Claim, sequent: Sequent, earlier: tuple[Judgement, ...]) -> Judgement | None:
    """A claim that an earlier equation for one of its symbols implies."""
    tried = 0
    for judgement in reversed(earlier):
        other = judgement.claim.sequent
        if other is None or judgement.claim.section != claim.section or not _gives_symbol(other.conclusion):
            continue
        if other.definitions != sequent.definitions or judgement.verdict is Verdict.CONFLICT:
            continue
        tried += 1
        if tried > MOST_EARLIER:
            return None
        lemma = _closed(other)
        try:
            extended = replace(
                sequent,
                hypotheses=(*sequent.hypotheses, lemma),
                dimensions=(*sequent.dimensions, *other.dimensions),
            )
        except (ClaimError, ShapeError, TermError):
            continue
        theorem, _ = _proof(extended, thorough=False)
        if theorem is None or lemma not in theorem.hypotheses:
            continue
        rests = (judgement.claim.id,)
        if judgement.verdict in (Verdict.REFUTED, Verdict.CONDITIONAL, Verdict.FOLLOWS):
            reason = f"only because of line {judgement.claim.place.line}, which is {judgement.verdict}"
            return Judgement(claim, Verdict.FOLLOWS, reason, theorem, rests_on=rests, evidence=Evidence())
        if judgement.verdict is Verdict.ASSUMED:
            reason = f"rests on line {judgement.claim.place.line}, which is assumed"
            return Judgement(claim, Verdict.ASSUMED, reason, theorem, rests_on=rests, evidence=Evidence())
    return None


def _closed(sequent: Sequent) -> Term:
    """The conclusion of a claim, for all values of its free indices."""
    conclusion = sequent.conclusion
    for name, (low, high) in reversed(sequent.indices):
        if name in free_indices(conclusion):
            conclusion = Term("for_all", (conclusion,), (name, low, high))
    return conclusion


def _gives_symbol(conclusion: Term) -> bool:
    return conclusion.head == "equal" and any(side.head == "symbol" for side in conclusion.args)
