"""The tables of the evaluator: one rule for each head that has a value or a truth at a point."""

from __future__ import annotations

from verifier.instantiation import arithmetic, binding, differentiation, norms, propositions, structure
from verifier.instantiation.dependence import Dependence
from verifier.instantiation.evaluator import Evaluator, Rule, Source
from verifier.instantiation.outcomes import Work
from verifier.instantiation.rings import Ring

RULES: dict[str, Rule] = {
    **arithmetic.RULES,
    **structure.RULES,
    **binding.RULES,
    "norm": norms.norm,
    "derivative": differentiation.derivative,
    "gradient": differentiation.gradient,
    "hessian": differentiation.hessian,
}
RELATIONS = propositions.RELATIONS


def evaluator(ring: Ring, source: Source, dependence: Dependence, work: Work) -> Evaluator:
    """The evaluator of a claim's terms in one model, over one ring."""
    return Evaluator(RULES, RELATIONS, ring, source, dependence, work)
