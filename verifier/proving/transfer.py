"""A point of one argmin is one of another: the two objectives order points alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from verifier.kernel.context import Context
from verifier.kernel.optima import Optimum, optimum_of
from verifier.kernel.polynomials import NormalForm
from verifier.kernel.serialization import term_to_data
from verifier.kernel.terms import Term
from verifier.proving.feasible import (
    Certificate,
    Prove,
    admitting,
    as_fact,
    feasible_at,
    shown,
    sides,
    with_fresh,
)
from verifier.proving.gap_identity import GAP
from verifier.proving.moving import Lemmas
from verifier.proving.quadratics import ONE, multiplied

ZERO = Term("number", (), (Fraction(0),))


@dataclass
class Transfer:
    """u ∈ argmin g, where u ∈ argmin f is known: f and g order points alike."""

    context: Context
    fact: int
    prove: Prove

    def point(self, point: Term, optimum: Term) -> Certificate | None:
        """The certificate, if the difference of the objectives, scaled, does not vary."""
        definitions = self.context.sequent.definitions
        of, known = (
            optimum_of(one, definitions, self.context.randomness) for one in (optimum, sides(self._known())[1])
        )
        lemmas = feasible_at(self.context, of, point, self.prove)
        if lemmas is None:
            return None
        context = lemmas.context
        fresh, inner = with_fresh(context, of, (point, optimum, self._known()))
        admitted = admitting(inner, of, fresh, self.prove)
        if admitted is None:
            return None
        inner, defined = admitted
        least = self._least(inner, of, known, point, fresh)
        if least is None:
            return None
        certificate = {"rule": "optimum", "name": fresh.data[0], "defined": defined, "least": least}
        return lemmas.then({**certificate, "feasible": [as_fact(context, c) for c in of.feasible(point)]})

    def _known(self) -> Term:
        return self.context.known[self.fact].proposition

    def _least(self, inner: Context, of: Optimum, known: Optimum, point: Term, fresh: Term) -> Certificate | None:
        feasible = feasible_at(inner, known, fresh, self.prove)
        if feasible is None:
            return None
        lemmas = feasible
        relation = {"optimum": {"fact": self.fact}, "with": term_to_data(fresh)}
        relation["feasible"] = [as_fact(lemmas.context, c) for c in known.feasible(fresh)]
        compared, wanted = known.no_worse(point, fresh), of.no_worse(point, fresh)
        here = lemmas.add(compared, {"rule": "from optimum", "relation": relation})
        for scale in _scales(lemmas.context, known, of, compared, wanted):
            found = self._scaled(lemmas, here, compared, wanted, scale)
            if found is not None:
                return found
        proof = self.prove(lemmas.context, wanted)
        return None if proof is None else lemmas.then(proof)

    def _scaled(self, lemmas: Lemmas, here: int, compared: Term, wanted: Term, scale: Term) -> Certificate | None:
        """g(v) - g(u) = c (f(v) - f(u)) for a number c > 0"""
        gaps = [Term("subtract", relation.args[::-1]) for relation in (wanted, compared)]
        identity = Term("equal", (gaps[0], multiplied(scale, gaps[1])))
        inner = Lemmas(lemmas.context)
        at = shown(inner, identity, self.prove)
        if at is None:
            return None
        relations: list[Any] = [{"fact": here}]
        coefficient = Fraction(1)
        if scale.head == "number":
            coefficient = scale.data[0]
        else:
            bound = Term("greater_equal", (scale, ZERO))
            positive = self.prove(inner.context, bound)
            if positive is None:
                return None
            relations.append({"lemma": term_to_data(bound), "proof": positive})
        number = f"{coefficient.numerator}/{coefficient.denominator}"
        summand = {"coefficient": number, "squares": [], "gaps": relations}
        uses = [{"context": term_to_data(GAP), "relation": {"fact": at}}]
        return lemmas.then(inner.then({"rule": "nonnegative", "uses": uses, "summands": [summand]}))


def _scales(context: Context, known: Optimum, of: Optimum, compared: Term, wanted: Term) -> Iterator[Term]:
    """Numbers by which one objective may be the other's multiple: 1, a ratio of coefficients, of factors in front."""
    ratio = _ratio(context, compared, wanted)
    if ratio is None:
        yield ONE
    elif ratio > 0:
        yield Term("number", (), (ratio,))
    above, below = _ahead(of.objective), _ahead(known.objective)
    if of.kind != known.kind:
        above = Term("negate", (above,))
    if below != ONE or above.head != "number":
        yield above if below == ONE else Term("divide", (above, below))


def _ratio(context: Context, compared: Term, wanted: Term) -> Fraction | None:
    """The rational c, if there is one, of g(v) - g(u) = c (f(v) - f(u)) at one of their summands."""
    forms: list[NormalForm] = []
    for relation in (compared, wanted):
        large, small = (context.scalar(side) for side in relation.args[::-1])
        forms.append(context.algebra.subtract(large, small))
    shared = [monomial for monomial in forms[0] if monomial in forms[1]]
    return forms[1][shared[0]] / forms[0][shared[0]] if shared else None


def _ahead(objective: Term) -> Term:
    """The scalar factor in front of an objective, or of its first summand."""
    match objective.head:
        case "add" | "subtract":
            return _ahead(objective.args[0])
        case "multiply" if objective.args[0].space().is_scalar:
            return objective.args[0]
        case "divide":
            return Term("divide", (ONE, objective.args[1]))
        case "negate":
            return Term("negate", (_ahead(objective.args[0]),))
    return ONE


__all__ = ["Transfer"]
