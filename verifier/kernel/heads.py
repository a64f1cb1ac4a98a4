"""The table of term heads: what each takes, the shape it gives, the index it binds.

A head is one row. Its sort function raises ShapeError where shapes do not match, and returns None for a
proposition. ``data`` names the kinds of the data in order; serialisation and checks follow from it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from verifier.kernel import sorts
from verifier.kernel.linear import is_canonical
from verifier.kernel.shapes import SCALAR, Shape, column, rectangle
from verifier.kernel.sorts import Sort, TermError

RESERVED = "∂"  # the normal form calls the letters that it differentiates by ∂1, ∂2, …: no name may look like one
LAYOUTS = ("numerator", "denominator")
NORMS = ("2", "F", "1", "inf", "spectral", "nuclear")
PROPERTIES = (
    "symmetric",
    "skew",
    "diagonal",
    "orthogonal",
    "orthonormal_columns",
    "invertible",
    "idempotent",
    "projection",
    "positive_definite",
    "positive_semidefinite",
    "full_column_rank",
    "full_row_rank",
    "permutation",
    "upper_triangular",
    "lower_triangular",
    "random",
    "constant",
    "identically_distributed",
    "natural",
    "integer",
    "real",
    "stated",
)


def _all(check: Callable[[object], bool]) -> Callable[[object], bool]:
    return lambda value: type(value) is tuple and all(check(item) for item in value)


def _is_name(value: object) -> bool:
    return type(value) is str and value != "" and not value.startswith(RESERVED)


KINDS: dict[str, Callable[[object], bool]] = {
    "name": _is_name,
    "names": _all(_is_name),
    "text": lambda v: type(v) is str,
    "shape": lambda v: type(v) is Shape,
    "fraction": lambda v: type(v) is Fraction,
    "count": lambda v: type(v) is int and v >= 0,
    "counts": _all(lambda v: type(v) is int and v >= 1),
    "linear": is_canonical,
    "linears": _all(is_canonical),
    "bound": lambda v: v is None or is_canonical(v),
    "layout": lambda v: v in LAYOUTS,
    "norm": lambda v: v in NORMS,
    "property": lambda v: v in PROPERTIES,
}


@dataclass(frozen=True, slots=True)
class Head:
    """One row: the shape rule, the kinds of the data, and the position of a name that is bound.

    ``indices`` are the positions in the data that hold index forms, ``many`` those that hold a tuple of them.
    """

    sort: Sort
    data: tuple[str, ...] = ()
    binds: int | None = None
    indices: tuple[int, ...] = field(init=False)
    many: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        for name, kinds in (("indices", ("linear", "linears", "bound")), ("many", ("linears",))):
            object.__setattr__(self, name, tuple(k for k, kind in enumerate(self.data) if kind in kinds))

    def check_data(self, head: str, data: tuple[Any, ...]) -> None:
        """Raises TermError unless the data has the kinds that the row names."""
        if len(data) != len(self.data):
            raise TermError(f"{head} takes the data {self.data}, not {data!r}")
        for kind, held in zip(self.data, data, strict=True):
            if not KINDS[kind](held):
                raise TermError(f"{head}: {held!r} is no {kind}")


_SYMBOL = ("name", "shape", "linears")

HEADS: dict[str, Head] = {
    # leaves
    "symbol": Head(sorts.leaf(lambda d: d[1]), _SYMBOL),
    "number": Head(sorts.leaf(lambda d: SCALAR), ("fraction",)),
    "index": Head(sorts.leaf(lambda d: SCALAR), ("linear",)),
    "constant": Head(sorts.leaf(lambda d: SCALAR), ("name",)),
    "identity": Head(sorts.leaf(lambda d: rectangle(d[0], d[0])), ("linear",)),
    "zeros": Head(sorts.leaf(lambda d: d[0]), ("shape",)),
    "ones": Head(sorts.leaf(lambda d: d[0]), ("shape",)),
    "unit": Head(sorts.leaf(lambda d: column(d[0])), ("linear", "linear")),
    # arithmetic
    "add": Head(sorts.same("add")),
    "subtract": Head(sorts.same("subtract")),
    "negate": Head(sorts.unary(lambda s: s)),
    "multiply": Head(sorts.multiply),
    "divide": Head(sorts.divide),
    "power": Head(sorts.power),
    "dot": Head(sorts.dot),
    "hadamard": Head(sorts.same("take the Hadamard product of")),
    "hadamard_divide": Head(sorts.same("divide entrywise")),
    "hadamard_power": Head(sorts.hadamard_power),
    "kronecker": Head(sorts.kronecker),
    # structure
    "transpose": Head(sorts.unary(lambda s: s.transposed)),
    "inverse": Head(sorts.square("inverse", lambda s: s)),
    "pseudoinverse": Head(sorts.unary(lambda s: s.transposed)),
    "trace": Head(sorts.square("trace", lambda s: SCALAR)),
    "determinant": Head(sorts.square("determinant", lambda s: SCALAR)),
    "spectral_radius": Head(sorts.square("spectral radius", lambda s: SCALAR)),
    "rank": Head(sorts.unary(sorts.scalar_of("the rank"))),
    "norm": Head(sorts.unary(sorts.scalar_of("the norm")), ("norm",)),
    "diag": Head(sorts.unary(sorts.diag)),
    "diagonal": Head(sorts.square("diagonal", lambda s: column(s.rows))),
    "entry": Head(sorts.entry, ("linears",)),
    "row": Head(sorts.line(True), ("linear",)),
    "column": Head(sorts.line(False), ("linear",)),
    "block": Head(sorts.block, ("count", "count")),
    "build_rows": Head(sorts.build(True), ("name", "linear"), binds=0),
    "build_columns": Head(sorts.build(False), ("name", "linear"), binds=0),
    # binders
    "sum": Head(sorts.binder, ("name", "linear", "bound"), binds=0),
    "product": Head(sorts.product_over, ("name", "linear", "bound"), binds=0),
    "derivative": Head(sorts.derivative, ("layout",)),
    "gradient": Head(sorts.gradient),
    "hessian": Head(sorts.hessian),
    "substitute": Head(sorts.substitute),
    # functions
    "elementwise": Head(sorts.unary(lambda s: s), ("name", "count", "linears")),
    "apply": Head(lambda a, d: (sorts.shapes(a), d[1])[1], _SYMBOL),
    "maximum": Head(sorts.scalars),
    "minimum": Head(sorts.scalars),
    "cases": Head(sorts.cases),
    "indicator": Head(sorts.indicator),
    "plus_minus": Head(sorts.same("add")),
    "factorial": Head(sorts.scalars),
    "binomial": Head(sorts.scalars),
    "differential": Head(sorts.unary(lambda s: s)),
    # randomness, optima, limits: read and typed; each names what it is taken over
    "expectation": Head(sorts.any_first, ("names",)),
    "variance": Head(lambda a, d: SCALAR if a[0].space().is_scalar else sorts.covariance(a[:1], d), ("names",)),
    "covariance": Head(sorts.covariance, ("names",)),
    "probability": Head(lambda a, d: SCALAR, ("text",)),
    "optimum": Head(sorts.optimum, ("name",)),
    "limit": Head(sorts.any_first, ("text",)),
    "integral": Head(sorts.any_first, ("name", "text")),
    "sum_over_values": Head(sorts.any_first, ("text",)),
    # propositions
    "equal": Head(sorts.relation("equate")),
    "not_equal": Head(sorts.relation("compare")),
    "less": Head(sorts.ordered),
    "less_equal": Head(sorts.ordered),
    "greater": Head(sorts.ordered),
    "greater_equal": Head(sorts.ordered),
    "much_less": Head(sorts.ordered),
    "much_greater": Head(sorts.ordered),
    "approximately": Head(sorts.relation("compare")),
    "proportional": Head(sorts.relation("compare")),
    "tends_to": Head(sorts.any_proposition),
    "distributed": Head(sorts.any_proposition, ("name",)),
    "loewner_less": Head(sorts.relation("compare")),
    "loewner_less_equal": Head(sorts.relation("compare")),
    "loewner_greater": Head(sorts.relation("compare")),
    "loewner_greater_equal": Head(sorts.relation("compare")),
    "member": Head(sorts.any_proposition, ("text",)),
    "optimal": Head(sorts.optimal),
    "property": Head(sorts.said_of, ("property",)),
    "independent": Head(sorts.independent, ("counts",)),
    "independent_members": Head(sorts.about_symbols),
    "independent_entries": Head(sorts.about_symbols),
    "gaussian": Head(sorts.about_symbols),
    "and": Head(sorts.connective()),
    "or": Head(sorts.connective()),
    "not": Head(sorts.connective(1)),
    "implies": Head(sorts.connective(2)),
    "iff": Head(sorts.connective(2)),
    "for_all": Head(sorts.connective(1), ("name", "linear", "bound"), binds=0),
    "exists": Head(sorts.connective(1), ("name", "linear", "bound"), binds=0),
}

__all__ = ["HEADS", "KINDS", "LAYOUTS", "NORMS", "PROPERTIES", "Head", "Sort", "TermError"]
