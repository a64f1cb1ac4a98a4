"""The tables of the evaluator: one rule for each head that has a value or a truth at a point."""

from __future__ import annotations

from collections.abc import Mapping

from verifier.instantiation import (
    arithmetic,
    averaging,
    binding,
    differentiation,
    matrix_rules,
    norms,
    optima,
    propositions,
)
from verifier.instantiation.dependence import Dependence
from verifier.instantiation.evaluator import Evaluator, Index, Odds, Rule, Source, Value
from verifier.instantiation.outcomes import NoModel, Work
from verifier.instantiation.rings import Ring
from verifier.instantiation.undeclared import Polynomial
from verifier.kernel.linear import Atom
from verifier.kernel.shapes import Shape
from verifier.kernel.terms import Term

RULES: dict[str, Rule] = {
    **arithmetic.RULES,
    **matrix_rules.RULES,
    **binding.RULES,
    **averaging.RULES,
    "norm": norms.norm,
    "derivative": differentiation.derivative,
    "gradient": differentiation.gradient,
    "hessian": differentiation.hessian,
    "optimum": optima.optimum,
}
RELATIONS = {**propositions.RELATIONS, **averaging.RELATIONS}


def evaluator(ring: Ring, source: Source, dependence: Dependence, work: Work) -> Evaluator:
    """The evaluator of a claim's terms in one model, over one ring."""
    return Evaluator((RULES, RELATIONS), ring, source, dependence, work)


class Fixed:
    """A model whose values are all given: by name and index, in the ring they are evaluated in. Nothing is random."""

    odds: Odds | None = None

    def __init__(
        self,
        dimensions: Mapping[Atom, int],
        values: Mapping[tuple[str, Index], Value] | None = None,
        indices: Mapping[Atom, int] | None = None,
        polynomials: Mapping[tuple[str, Index, Index], Polynomial] | None = None,
    ) -> None:
        self.dimensions, self.indices = dict(dimensions), dict(indices or {})
        self.values, self.polynomials = values or {}, polynomials or {}
        self.origins: dict[tuple[str, Index], tuple[Term, dict[Atom, int]]] = {}

    def origin(self, name: str, index: Index) -> tuple[Term, dict[Atom, int]] | None:
        """Nothing, unless ``origins`` says so."""
        return self.origins.get((name, index))

    def drawn(self, name: str, index: Index, shape: Shape) -> Value:
        """The value. Raises NoModel if there is none."""
        if (name, index) not in self.values:
            raise NoModel(f"no value for {name}{list(index) or ''} in {shape}")
        return self.values[name, index]

    def polynomial(self, name: str, index: Index, place: Index, arity: int) -> Polynomial:
        """The polynomial. Raises NoModel if there is none."""
        found = self.polynomials.get((name, index, place))
        if found is None or found.arity != arity:
            raise NoModel(f"no polynomial in {arity} variables for {name}")
        return found
