"""Counterexamples to claims about all later members of a sequence: a model, and a proof of the contrary in it.

A model of "φ(m, 12) fails" says nothing of a limit by itself. It is proposed, with the members at which φ fails in it;
whether the claim fails there is for the kernel to say, and that it is a model is evaluated.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import islice

from verifier.derivation import Counterexample
from verifier.instantiation import confirm, instantiate
from verifier.kernel.closure import ClaimError
from verifier.kernel.linear import constant
from verifier.kernel.sequents import Sequent
from verifier.kernel.shapes import ShapeError
from verifier.kernel.terms import Term, TermError
from verifier.proving import NotProved, find_denial
from verifier.sequences import Eventually, Tail, denial

BUDGET = 400_000
BOUNDS = (1, 100)
LATE = ((12, 13), (13,), (12,))
WINDOW = 20
LATEST_FIRST = 12
LATER = 8
FAR = (60, 61)
MOST = 8
TRUE = Term("equal", (Term("number", (), (Fraction(0),)), Term("number", (), (Fraction(0),))))
DENIED = "the contrary is proved"


def denied(sequent: Sequent, *, seed: int = 0, samples: int = 6) -> Counterexample | None:
    """A model in which a claim about all later members fails, with the theorem that says so; None if none is found."""
    for model, tail in failing_tails(sequent, seed=seed, samples=samples):
        try:
            theorem = find_denial(denial(sequent, model), tail)
        except (NotProved, ClaimError, ShapeError, TermError):
            continue
        found = confirm_denied(sequent, replace(model, negation=theorem))
        if found is not None:
            return found
    return None


def failing_tails(sequent: Sequent, *, seed: int = 0, samples: int = 6) -> Iterator[tuple[Counterexample, Tail]]:
    """Models of the hypotheses with the members at which what is claimed of all later ones fails, simple ones first."""
    claim = Eventually.of(sequent.conclusion)
    if claim is not None:
        yield from islice(_failing(sequent, claim, seed, samples), MOST)


def _failing(sequent: Sequent, claim: Eventually, seed: int, samples: int) -> Iterator[tuple[Counterexample, Tail]]:
    seen: list[tuple[int, Counterexample]] = []
    for finite, bound in _finite(sequent, claim):
        outcome = instantiate(finite, seed=seed, samples=samples, budget=BUDGET)
        model = outcome.counterexample
        if outcome.undecidable:
            return
        if model is not None and all((bound, model.values) != (b, other.values) for b, other in seen):
            seen.append((bound, model))
            for tail in _tails(sequent, claim, model, bound):
                yield model, tail


def _finite(sequent: Sequent, claim: Eventually) -> Iterator[tuple[Sequent, int]]:
    """Claims that φ(m, t) holds for a late t, or for one of two that follow each other; and that m."""
    for bound in BOUNDS if claim.bound else BOUNDS[:1]:
        for late in LATE:
            yield _instance(sequent, claim, bound, tuple(claim.first + t for t in late)), bound


def _instance(sequent: Sequent, claim: Eventually, bound: int, indices: tuple[int, ...]) -> Sequent:
    """The claim that φ(m, t) holds at one of these t."""
    parts = tuple(claim.at(bound, constant(t)) for t in indices)
    return replace(sequent, conclusion=claim.under_premises(parts[0] if len(parts) == 1 else Term("or", parts)))


def _tails(sequent: Sequent, claim: Eventually, model: Counterexample, bound: int) -> Iterator[Tail]:
    """The members, or the even or odd ones, from some on, at which φ fails, as far as is looked, and far beyond."""
    window = [claim.first + t for t in (*range(WINDOW), *FAR)]
    fails = {t for t in window if confirm(_instance(sequent, claim, bound, (t,)), model) is not None}
    for step, offset in ((1, 0), (2, 0), (2, 1)):
        numbers = [s for s in range(window[-1] + 1) if step * s + offset in window]
        holding = [s for s in numbers if step * s + offset not in fails]
        first = max([s + 1 for s in holding], default=numbers[0])
        if step * first + offset <= claim.first + LATEST_FIRST:
            yield Tail(bound, step, offset, first)
            yield Tail(bound, step, offset, first + LATER)


def confirm_denied(sequent: Sequent, shown: Counterexample) -> Counterexample | None:
    """The counterexample, if its theorem is the denial of the claim in it, and hypotheses and side conditions hold.

    Its values are those of the model, not what is shown as values: from others, the theorem may be vacuous.
    """
    negation = shown.negation
    if negation is None:
        return None
    try:
        conditions = Term("and", (_vacuous(sequent.conclusion), *negation.side_conditions, TRUE))
        holding = replace(sequent, conclusion=Term("not", (conditions,)))
        model = confirm(holding, replace(shown, negation=None))
        if model is None or model.values != shown.values or negation.sequent != denial(sequent, model):
            return None
    except (ClaimError, TermError, ShapeError, ValueError, TypeError):
        return None
    return replace(model, negation=negation, where=DENIED)


def _vacuous(conclusion: Term) -> Term:
    """What holds whatever the conclusion says, which is not evaluated: its symbols stay those of the claim."""
    return Term("implies", (Term("not", (TRUE,)), conclusion))


__all__ = ["confirm_denied", "denied", "failing_tails"]
