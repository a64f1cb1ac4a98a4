"""What proofs about optima share: fresh points, that a point is feasible, and that it and the objective are defined."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from verifier.kernel.context import Context
from verifier.kernel.optima import Optimum, is_set, is_value, optimum_of
from verifier.kernel.terms import Term, fresh_name, subterms
from verifier.proving.moving import Lemmas

Certificate = dict[str, Any]
Prove = Callable[[Context, Term], Certificate | None]


def speaks_of_optima(proposition: Term) -> bool:
    """Whether a proposition is about an argmin, an argmax, a min or a max."""
    return proposition.head in ("equal", "optimal") and any(is_set(arg) or is_value(arg) for arg in proposition.args)


def sides(proposition: Term) -> tuple[Term, Term]:
    """A point, or a value, and the optimum; two argmins as they stand."""
    left, right = proposition.args
    return (left, right) if is_set(right) or is_value(right) else (right, left)


def with_fresh(context: Context, of: Optimum, spoken: tuple[Term, ...]) -> tuple[Term, Context]:
    """A fresh symbol, and a context for the engines in which it has a shape."""
    taken: set[str | int] = set(context.sequent.names)
    for term in (*spoken, *(known.proposition for known in context.known)):
        taken |= {str(part.data[0]) for part in subterms(term) if part.head in ("symbol", "apply", "elementwise")}
    name = fresh_name(f"{of.variable.data[0]}'", taken)
    fresh = Term("symbol", (), (name, of.variable.shape, ()))
    sequent = context.sequent
    said = replace(sequent, hypotheses=(*sequent.hypotheses, Term("equal", (fresh, fresh))))
    return fresh, replace(context, sequent=said)


def undefined_of(context: Context, proposition: Term) -> Iterator[Term]:
    """What has to hold for a proposition to be defined, and is not known."""
    yield from (p for p in context.domain(proposition) if not context.covers(p))


def feasible_at(context: Context, of: Optimum, point: Term, prove: Prove) -> Lemmas | None:
    """That a point is feasible, as lemmas; None if it is not shown."""
    lemmas = Lemmas(context)
    for constraint in of.feasible(point):
        if any(known.proposition == constraint for known in lemmas.context.known):
            continue
        proof = prove(context, constraint)
        if proof is None:
            return None
        lemmas.add(constraint, proof)
    return lemmas


def as_fact(context: Context, proposition: Term) -> Certificate:
    """The certificate of a proposition that is known."""
    return {"rule": "fact", "fact": next(k for k, one in enumerate(context.known) if one.proposition == proposition)}


def admitting(context: Context, of: Optimum, fresh: Term, prove: Prove) -> tuple[Context, list[Certificate]] | None:
    """Γ, C(u), and proofs that C and f are defined there, where the kernel does not see it."""
    proofs: list[Certificate] = []
    inner = context
    for statement in (*of.feasible(fresh), None):
        whole = Term("equal", (of.at(fresh), of.at(fresh))) if statement is None else statement
        known = inner.where_defined(whole)
        for condition in undefined_of(known, whole):
            proof = prove(known, condition)
            if proof is None:
                return None
            proofs.append(proof)
        if statement is not None:
            inner = inner.assume(statement)
    return inner, proofs


def defined_at(context: Context, point: Term, prove: Prove) -> Lemmas | None:
    """That a point is defined, as lemmas; None if it is not shown."""
    lemmas = Lemmas(context)
    for condition in undefined_of(context, Term("equal", (point, point))):
        proof = prove(lemmas.context, condition)
        if proof is None:
            return None
        lemmas.add(condition, proof)
    return lemmas


def shown(lemmas: Lemmas, proposition: Term, prove: Prove) -> int | None:
    """The number of a proposition among what is known after the lemmas, once it is proved there."""
    proof = prove(lemmas.context, proposition)
    return None if proof is None else lemmas.add(proposition, proof)


def by_stationarity(context: Context, prove: Prove) -> Iterator[tuple[Term, Certificate]]:
    """What is known of a point of an argmin: that it is feasible."""
    for k, known in enumerate(context.known):
        if known.proposition.head in ("equal", "optimal") and speaks_of_optima(known.proposition):
            point, optimum = sides(known.proposition)
            if is_set(optimum) and not is_set(point):
                of = optimum_of(optimum, context.sequent.definitions, context.randomness)
                for which, constraint in enumerate(of.feasible(point)):
                    relation = {"admitted": {"fact": k}, "which": which}
                    yield constraint, {"rule": "from optimum", "relation": relation}


__all__ = [
    "Certificate",
    "Prove",
    "admitting",
    "as_fact",
    "by_stationarity",
    "defined_at",
    "feasible_at",
    "shown",
    "sides",
    "speaks_of_optima",
    "undefined_of",
    "with_fresh",
]
