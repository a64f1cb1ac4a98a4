"""Terms with the hole □ in them: what may stand around a relation that is used."""

from __future__ import annotations

from verifier.kernel.context import HOLE, CertificateError, has_hole
from verifier.kernel.randomness import MOMENTS
from verifier.kernel.terms import Term, subterms


def vanishes(term: Term) -> bool:
    """Whether the term is zero wherever □ is zero, by its form alone."""
    return _kind(term) == VANISHING


PLAIN, VANISHING, OTHER = range(3)


def _kind(term: Term) -> int:
    """Whether a term is without □, or zero with it, or neither."""
    if term.head == "symbol":
        return VANISHING if term.data[0] == HOLE else PLAIN
    kinds = [_kind(arg) for arg in term.args]
    if HOLE in term.data[:1]:
        return OTHER
    if all(kind == PLAIN for kind in kinds):
        return PLAIN
    if OTHER in kinds:
        return OTHER
    match term.head:
        case "add" | "subtract":
            return VANISHING if PLAIN not in kinds else OTHER
        case "multiply" | "hadamard" | "dot" | "kronecker":
            return VANISHING
        case "negate" | "transpose" | "trace" | "diag" | "diagonal" | "entry" | "row" | "column" | "divide":
            return VANISHING if kinds[0] == VANISHING and VANISHING not in kinds[1:] else OTHER
        case "expectation" | "variance" | "covariance":
            return VANISHING
        case "sum" | "build_rows" | "build_columns":
            return VANISHING if kinds[0] == VANISHING and VANISHING not in kinds[1:] else OTHER
    return OTHER


def is_averaged(term: Term) -> bool:
    """Whether □ stands under a moment, which takes it at every outcome."""
    return any(part.head in MOMENTS and has_hole(part) for part in subterms(term))


def is_plain(term: Term) -> bool:
    """Whether □ does not occur."""
    return not has_hole(term)


TRANSPARENT = frozenset(
    (
        *("add", "subtract", "negate", "multiply", "divide", "power", "dot", "hadamard", "hadamard_divide"),
        *("hadamard_power", "kronecker", "transpose", "inverse", "pseudoinverse", "trace", "determinant", "rank"),
        *("spectral_radius", "norm", "diag", "diagonal", "entry", "row", "column", "block", "elementwise", "apply"),
        *("maximum", "minimum"),
    )
)


def is_transparent(term: Term) -> bool:
    """Whether □ stands under nothing that binds, differentiates, substitutes or averages."""
    if is_plain(term) or term.head == "symbol":
        return True
    return term.head in TRANSPARENT and all(is_transparent(arg) for arg in term.args)


def filled(term: Term, value: Term) -> Term:
    """The term with a value for □. Raises CertificateError if it has another shape."""
    if term.head == "symbol" and term.data[0] == HOLE:
        if term.shape != value.shape or term.data[2]:
            raise CertificateError("congruence: □ has another shape")
        return value
    return Term(term.head, tuple(filled(arg, value) for arg in term.args), term.data)
