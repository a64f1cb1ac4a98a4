"""The engine for optima: that a point is the argmin, that two argmins are the same, that a value is the minimum.

The kernel's rules ask for comparisons f(p) ≤ f(u) at a fresh u. Of quadratic objectives they follow from the gap
identity f(u) - f(p) = Σ cₖ (Dₖd)ᵀMₖ(Dₖd), d = u - p, an equation which the other engines prove from what makes p
stationary, and from cₖ ≥ 0 and Mₖ ⪰ 0; uniqueness from a positive definite Hessian. All others are left to the engine
for conditions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from verifier.kernel.context import HOLE, Context
from verifier.kernel.optima import Optimum, is_set, is_value, optimum_of
from verifier.kernel.serialization import term_to_data
from verifier.kernel.shapes import SCALAR
from verifier.kernel.terms import Term
from verifier.proving.branches import by_branches, kink_of
from verifier.proving.feasible import (
    Certificate,
    Prove,
    admitting,
    as_fact,
    by_stationarity,
    defined_at,
    feasible_at,
    shown,
    sides,
    speaks_of_optima,
    with_fresh,
)
from verifier.proving.gap_identity import GAP, Gap
from verifier.proving.minimisers import minimisers
from verifier.proving.moving import Lemmas
from verifier.proving.transfer import Transfer


def by_optimum(context: Context, goal: Term, prove: Prove) -> Certificate | None:
    """The certificate of a proposition about an optimum; None if none is found."""
    return Search(context, goal, prove).run() if speaks_of_optima(goal) else None


@dataclass
class Search:
    """The search for one goal."""

    context: Context
    goal: Term
    prove: Prove

    def run(self) -> Certificate | None:
        """The certificate of the goal; None if none is found."""
        left, right = sides(self.goal)
        if is_set(left) and is_set(right):
            return self._same(left, right)
        if is_value(right):
            return None if is_value(left) else self._value(left, right)
        if left.shape == SCALAR and kink_of(left) is not None:
            return by_branches(self.context, Term(self.goal.head, (left, right)), self.prove)
        if self.goal.head == "equal":
            return self._point(self.context, left, right, True)
        return self._transferred(left, right) or self._point(self.context, left, right, False)

    def _transferred(self, point: Term, optimum: Term) -> Certificate | None:
        """p ∈ argmin g from p ∈ argmin f that is known."""
        for k, known in enumerate(self.context.known):
            if known.proposition.head in ("optimal", "equal") and speaks_of_optima(known.proposition):
                held, other = sides(known.proposition)
                if held == point and is_set(other):
                    lemmas = Lemmas(self.context)
                    for constraint, proof in by_stationarity(self.context, self.prove):
                        lemmas.add(constraint, proof)
                    found = Transfer(lemmas.context, k, self.prove).point(point, optimum)
                    if found is not None:
                        return lemmas.then(found)
        return None

    # a point

    def _point(self, context: Context, point: Term, optimum: Term, alone: bool) -> Certificate | None:
        of = self._of(optimum)
        lemmas = feasible_at(context, of, point, self.prove)
        if lemmas is None:
            return None
        self._foresee(lemmas, of, point, alone)
        context = lemmas.context
        fresh, inner = with_fresh(context, of, (point, optimum))
        admitted = admitting(inner, of, fresh, self.prove)
        if admitted is None:
            return None
        inner, defined = admitted
        gap = Gap.between(of, point, fresh)
        least = self._least(inner, of, point, fresh, gap)
        if least is None:
            return None
        feasible = [as_fact(context, c) for c in of.feasible(point)]
        certificate = {"rule": "optimum", "name": fresh.data[0], "feasible": feasible, "defined": defined}
        certificate["least"] = least
        if alone:
            unique = self._unique(inner.assume(of.no_worse(fresh, point)), point, fresh, gap)
            if unique is None:
                return None
            certificate["unique"] = unique
        return lemmas.then(certificate)

    def _foresee(self, lemmas: Lemmas, of: Optimum, point: Term, alone: bool) -> None:
        """Show that the Hessian is definite, before more is known about another point than helps with that."""
        gap = Gap.between(of, point, of.variable) if alone else None
        definite = None if gap is None else gap.definiteness()
        if definite is not None and all(known.proposition != definite for known in lemmas.context.known):
            shown(lemmas, definite, self.prove)

    def _of(self, optimum: Term) -> Optimum:
        return optimum_of(optimum, self.context.sequent.definitions, self.context.randomness)

    def _least(self, inner: Context, of: Optimum, point: Term, fresh: Term, gap: Gap | None) -> Certificate | None:
        if gap is not None:
            found = gap.least(inner, self.prove)
            if found is not None:
                return found
        return self.prove(inner, of.no_worse(point, fresh))

    def _unique(self, inner: Context, point: Term, fresh: Term, gap: Gap | None) -> Certificate | None:
        if gap is not None:
            found = gap.unique(inner, self.prove)
            if found is not None:
                return found
        return self.prove(inner, Term("equal", (fresh, point)))

    # a value

    def _value(self, value: Term, optimum: Term) -> Certificate | None:
        of = self._of(optimum)
        for point in minimisers(self.context, of, value):
            found = self._attained(value, optimum, of, point)
            if found is not None:
                return found
        return None

    def _attained(self, value: Term, optimum: Term, of: Optimum, point: Term) -> Certificate | None:
        lemmas = defined_at(self.context, point, self.prove)
        if lemmas is None:
            return None
        feasible = feasible_at(lemmas.context, of, point, self.prove)
        if feasible is None:
            return None
        for lemma, proof in feasible.found:
            lemmas.add(lemma, proof)
        here = shown(lemmas, Term("equal", (of.at(point), value)), self.prove)
        if here is None:
            return None
        context = lemmas.context
        fresh, inner = with_fresh(context, of, (point, value, optimum))
        admitted = admitting(inner, of, fresh, self.prove)
        if admitted is None:
            return None
        inner, defined = admitted
        least = self._least(inner, of, point, fresh, Gap.between(of, point, fresh))
        if least is None:
            return None
        order = of.no_worse(point, fresh)
        use = {"context": term_to_data(GAP if of.kind == "min" else Term("negate", (GAP,))), "relation": {"fact": here}}
        gaps = [{"fact": len(inner.known)}]
        then = {"rule": "nonnegative", "uses": [use], "summands": [{"coefficient": "1", "squares": [], "gaps": gaps}]}
        bounded = {"rule": "cut", "lemma": term_to_data(order), "proof": least, "then": then}
        certificate = {"rule": "optimum", "name": fresh.data[0], "with": term_to_data(point), "defined": defined}
        certificate["feasible"] = [as_fact(context, c) for c in of.feasible(point)]
        return lemmas.then({**certificate, "attained": {"rule": "fact", "fact": here}, "least": bounded})

    # two optima

    def _same(self, left: Term, right: Term) -> Certificate | None:
        of = self._of(left)
        fresh, inner = with_fresh(self.context, of, (left, right))
        both = [admitting(inner, self._of(side), fresh, self.prove) for side in (left, right)]
        proofs = []
        for side, other in ((left, right), (right, left)):
            proof = self._included(inner.assume(Term("optimal", (fresh, side))), fresh, other)
            if proof is None:
                return None
            proofs.append(proof)
        if None in both:
            return None
        defined = [one[1] for one in both if one is not None]
        return {"rule": "optimum", "name": fresh.data[0], "defined": defined, "proofs": proofs}

    def _included(self, inner: Context, fresh: Term, other: Term) -> Certificate | None:
        """u ∈ argmin g from u ∈ argmin f, the last that is known."""
        lemmas = Lemmas(inner)
        for constraint, proof in by_stationarity(inner, self.prove):
            lemmas.add(constraint, proof)
        found = Transfer(lemmas.context, len(inner.known) - 1, self.prove).point(fresh, other)
        return None if found is None else lemmas.then(found)

    # an equation

    def equated(self, fact: int, point: Term, optimum: Term, other: Term, goal: Term) -> Certificate | None:
        """q = p from p = argmin f: by f(q) ≤ f(p)."""
        of = self._of(optimum)
        context, alone = self.context, self.goal.head == "equal"
        if not alone:
            return self._equated_to_unique(fact, point, optimum, other, goal)
        lemmas = feasible_at(context, of, other, self.prove)
        if lemmas is None:
            return None
        for constraint, proof in by_stationarity(context, self.prove):
            lemmas.add(constraint, proof)
        context = lemmas.context
        least = self._least(context, of, other, point, Gap.between(of, other, point))
        if least is None:
            return None
        relation = {"unique": {"fact": fact}, "with": term_to_data(other), "proof": least}
        relation["feasible"] = [as_fact(context, c) for c in of.feasible(other)]
        return lemmas.then(_oriented(relation, Term("equal", (other, point)), goal))

    def _equated_to_unique(self, fact: int, point: Term, optimum: Term, other: Term, goal: Term) -> Certificate | None:
        """q = p from p ∈ argmin f, where q is shown to be the only point of it."""
        only = Term("equal", (other, optimum))
        proof = self._point(self.context, other, optimum, True)
        if proof is None:
            return None
        lemmas = Lemmas(self.context)
        here = lemmas.add(only, proof)
        for constraint, admitted in by_stationarity(lemmas.context, self.prove):
            lemmas.add(constraint, admitted)
        of, context = self._of(optimum), lemmas.context
        compared = {"optimum": {"fact": fact}, "with": term_to_data(other)}
        compared["feasible"] = [as_fact(context, c) for c in of.feasible(other)]
        relation = {"unique": {"fact": here}, "with": term_to_data(point)}
        relation["feasible"] = [as_fact(context, c) for c in of.feasible(point)]
        relation["proof"] = {"rule": "from optimum", "relation": compared}
        return lemmas.then(_oriented(relation, Term("equal", (point, other)), goal))


def _oriented(relation: Any, equation: Term, goal: Term) -> Certificate:
    """The equation that a relation gives, or its mirror image."""
    if equation == goal:
        return {"rule": "from optimum", "relation": relation}
    hole = Term("symbol", (), (HOLE, goal.args[0].space(), ()))
    return {"rule": "linear", "uses": [{"context": term_to_data(Term("negate", (hole,))), "relation": relation}]}


__all__ = ["Search", "by_optimum"]
