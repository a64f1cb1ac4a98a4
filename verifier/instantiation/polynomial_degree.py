"""The degree of a term in symbols, seen without a model: what is quadratic is decided, not searched."""

from __future__ import annotations

from collections.abc import Mapping

from verifier.instantiation.dependence import Dependence
from verifier.kernel.terms import Term

HIGHER = 99
ADDING = (
    *("add", "subtract", "negate", "transpose", "trace", "diag", "diagonal", "entry", "row", "column", "block"),
    *("sum", "build_rows", "build_columns", "expectation"),
)
MULTIPLYING = ("multiply", "dot", "hadamard", "kronecker", "covariance")


Weights = Mapping[str, int]


def degree(dependence: Dependence, term: Term, weights: Weights) -> int:
    """The degree of a term in symbols of these degrees, through definitions; HIGHER if it is no polynomial at sight."""
    if weights.keys().isdisjoint(dependence.names(term, frozenset(weights))):
        return 0
    if term.head in ("symbol", "apply", "elementwise"):
        return _degree_of_name(dependence, term, weights)
    if term.head == "power":
        return _degree_of_power(dependence, term, weights)
    parts = [degree(dependence, arg, weights) for arg in term.args]
    if term.head == "variance":
        return min(HIGHER, 2 * parts[0])
    if term.head == "divide":
        return HIGHER if parts[1] else parts[0]
    if term.head in ADDING and (term.head not in ("sum", "expectation") or len(parts) == 1):
        return max(parts)
    return min(HIGHER, sum(parts)) if term.head in MULTIPLYING else HIGHER


def _degree_of_name(dependence: Dependence, term: Term, weights: Weights) -> int:
    name = str(term.data[0])
    if name in weights:
        return weights[name] if term.head == "symbol" and not term.data[2] else HIGHER
    definition = dependence.definitions.get(name)
    if definition is None or (term.head == "elementwise" and term.data[1]):
        return HIGHER
    parameters = [str(p.data[0]) for p in definition.parameters]
    given = dict(zip(parameters, (degree(dependence, arg, weights) for arg in term.args), strict=True))
    inside = {**{held: weight for held, weight in weights.items() if held not in given}, **given}
    return degree(dependence, definition.body, {held: weight for held, weight in inside.items() if weight})


def _degree_of_power(dependence: Dependence, term: Term, weights: Weights) -> int:
    base, exponent = term.args
    if exponent.head != "number" or exponent.data[0].denominator != 1 or exponent.data[0] < 0:
        return HIGHER
    if base.head == "norm" and base.data[0] in ("2", "F") and exponent.data[0] % 2 == 0:
        inside = base.args[0].space()
        if base.data[0] == "F" or inside.is_vector or inside.is_scalar:
            base = base.args[0]
    return int(min(HIGHER, exponent.data[0] * degree(dependence, base, weights)))


__all__ = ["HIGHER", "degree"]
