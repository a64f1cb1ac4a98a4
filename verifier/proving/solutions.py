"""What an optimum that is known says: that other points are no better, that a point is the solution, or equal to it."""

from __future__ import annotations

from verifier.kernel.context import Context
from verifier.kernel.optima import Optimum, is_set, is_value, optimum_of
from verifier.kernel.serialization import term_to_data
from verifier.kernel.terms import Term, free_names, subterms
from verifier.proving.feasible import (
    Certificate,
    Prove,
    as_fact,
    by_stationarity,
    defined_at,
    feasible_at,
    sides,
    speaks_of_optima,
)
from verifier.proving.minimisers import minimisers
from verifier.proving.moving import Lemmas
from verifier.proving.optima import Search


def by_uniqueness(context: Context, goal: Term, prove: Prove) -> Certificate | None:
    """q = p, or p = q, from p = argmin f that is known: because q minimises f too."""
    for k, known in enumerate(context.known):
        if known.proposition.head not in ("equal", "optimal") or not speaks_of_optima(known.proposition):
            continue
        point, optimum = sides(known.proposition)
        if not is_set(optimum) or is_set(point) or point not in goal.args:
            continue
        other = goal.args[1] if goal.args[0] == point else goal.args[0]
        found = Search(context, known.proposition, prove).equated(k, point, optimum, other, goal)
        if found is not None:
            return found
    return None


def by_instances(context: Context, goal: Term, prove: Prove) -> Certificate | None:
    """A goal, with what is known of a point p of an argmin: its constraints, and f(p) ≤ f(q) for q in the goal."""
    lemmas = Lemmas(context)
    spoken = {part for part in subterms(goal) if part.head == "symbol" and not part.data[2]}
    for constraint, proof in by_stationarity(context, prove):
        lemmas.add(constraint, proof)
    for k, known in enumerate(context.known):
        if known.proposition.head in ("equal", "optimal") and speaks_of_optima(known.proposition):
            held, optimum = sides(known.proposition)
            of = optimum_of(optimum, context.sequent.definitions, context.randomness)
            for point in sorted(spoken, key=str) if not (is_set(held) or is_value(held)) else ():
                if point != held and point.shape == of.variable.shape:
                    _compare(lemmas, k, of, point, prove)
    if not lemmas.found:
        return None
    found = prove(lemmas.context, goal)
    return None if found is None else lemmas.then(found)


def _compare(lemmas: Lemmas, fact: int, of: Optimum, point: Term, prove: Prove) -> None:
    """Add f(p) ≤ f(q), or v ≤ f(q), if q is feasible."""
    feasible = feasible_at(lemmas.context, of, point, prove)
    if feasible is None:
        return
    for lemma, proof in feasible.found:
        lemmas.add(lemma, proof)
    held, optimum = sides(lemmas.context.known[fact].proposition)
    relation = {"optimum": {"fact": fact}, "with": term_to_data(point)}
    relation["feasible"] = [as_fact(lemmas.context, c) for c in of.feasible(point)]
    compared = of.bounded(held, point) if is_value(optimum) else of.no_worse(held, point)
    lemmas.add(compared, {"rule": "from optimum", "relation": relation})


def by_solution(context: Context, goal: Term, prove: Prove) -> Certificate | None:
    """A goal about p, where p = argmin f is known of a quadratic f: with what p is, once that is shown."""
    spoken = free_names(goal)
    for known in context.known:
        if known.proposition.head != "equal" or not speaks_of_optima(known.proposition):
            continue
        point, optimum = sides(known.proposition)
        if not is_set(optimum) or point.head != "symbol" or point.data[0] not in spoken:
            continue
        for solution in minimisers(context, optimum_of(optimum, context.sequent.definitions, context.randomness)):
            lemmas = defined_at(context, solution, prove) if solution != point else None
            equation = Term("equal", (point, solution))
            proof = None if lemmas is None else by_uniqueness(lemmas.context, equation, prove)
            if lemmas is None or proof is None:
                continue
            lemmas.add(equation, proof)
            found = prove(lemmas.context, goal)
            if found is not None:
                return lemmas.then(found)
    return None


__all__ = ["by_instances", "by_solution", "by_uniqueness"]
