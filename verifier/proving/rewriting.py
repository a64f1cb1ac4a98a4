"""Rewriting a factor of what is left of an equation by a relation, and naming instances of axioms for it.

``factor = value ± □`` is how a rewriting is noted, □ being left side less right side of the relation.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from verifier.kernel.linear import Linear, variable
from verifier.kernel.polynomials import Factor, Monomial, NormalForm, Range
from verifier.kernel.serialization import linear_to_data, term_to_data
from verifier.kernel.shapes import SCALAR, Shape
from verifier.kernel.terms import Term
from verifier.proving.goals import Equation, Use
from verifier.proving.readback import NotWritten, Writer

SIGN = {"rule": "sign"}


@dataclass(frozen=True)
class Rewriting:
    """factor = value + sign · □[slots], where □ is the gap of a relation."""

    relation: dict[str, Any]
    value: NormalForm
    slots: tuple[Linear, ...]
    gap: Shape = SCALAR
    sign: int | Fraction = 1


Finder = Callable[[Equation, Factor], Rewriting | None]


def rewrite(equation: Equation, wanted: Callable[[Factor], bool], finder: Finder) -> bool:
    """Replace one power of one factor that is wanted."""
    for monomial, coefficient in list(equation.rest.items()):
        for k, factor in enumerate(monomial.factors):
            natural = isinstance(factor.exponent, int) and factor.exponent > 0
            if natural and wanted(factor) and rewrite_at(equation, monomial, coefficient, k, finder):
                return True
    return False


def rewrite_at(equation: Equation, monomial: Monomial, coefficient: Fraction, k: int, finder: Finder) -> bool:
    """Replace one power of factor k of one summand."""
    algebra = equation.context.algebra
    factors, sums = algebra.unbind(monomial)
    chosen = factors[k]
    found = finder(equation, powered(chosen, 1))
    if found is None:
        return False
    others = [*factors[:k], powered(chosen, int(chosen.exponent) - 1), *factors[k + 1 :]]  # type: ignore[arg-type]
    name, hole = equation.hole(found.slots)
    outside = algebra.monomial(coefficient, others, {})
    multiplier = algebra.scale(Fraction(found.sign), algebra.multiply(outside, hole))
    new = algebra.multiply(outside, found.value)
    multiplier, new = _summed(equation, multiplier, sums), _summed(equation, new, sums)
    equation.uses.append(Use(multiplier, found.relation, found.gap, name))
    equation.rest = algebra.add(algebra.subtract(equation.rest, {monomial: coefficient}), new)
    return True


def _summed(equation: Equation, form: NormalForm, sums: list[tuple[int, Range]]) -> NormalForm:
    for index, within in sums:
        form = equation.context.algebra.bind(form, index, within)
    return form


def powered(factor: Factor, exponent: int) -> Factor:
    """The factor with another exponent."""
    return Factor(factor.base, factor.slots, exponent)


def instance(
    equation: Equation, axiom: str, factor: Factor, arguments: Callable[[Writer], list[Term]], premises: int
) -> tuple[dict[str, Any], tuple[Linear, ...]] | None:
    """An axiom at the slots of a factor (free indices): how a certificate names it, and the indices of its gap."""
    context = equation.context
    fixed = {context.scope().indices[name][0][0]: name for name, _ in context.indices}
    writer = Writer.of(context.sequent)
    writer.names.update(fixed)
    indices: list[Any] = []
    slots: list[Linear] = []
    for slot in factor.slots:
        atom = slot[0][0] if len(slot) == 1 and slot[0][1] == 1 else None
        if not isinstance(atom, int):
            return None
        within = context.algebra.ranges.get(atom)
        if atom in writer.names:
            continue
        if within is None:
            return None
        writer.names[atom] = f"∗{len(indices)}"
        indices.append([writer.names[atom], linear_to_data(within[0]), linear_to_data(within[1])])
        slots.append(variable(atom))
    try:
        data = [term_to_data(term) for term in arguments(writer)]
    except NotWritten:
        return None
    relation = {"axiom": axiom, "indices": indices, "arguments": data, "premises": [SIGN] * premises}
    return relation, tuple(slots)
