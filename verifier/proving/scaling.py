"""What cannot be orthogonal because it may be scaled: a search that would be in vain is told before it is begun.

Let each symbol s be multiplied by c^w(s), for a weight w(s) of its own and any c > 0. Where everything that is known
stays true, and M becomes c^d M with d ≠ 0, no proof makes MᵀM = I of what is known, unless that contradicts itself.
"""

from __future__ import annotations

from fractions import Fraction

from verifier.kernel.context import COMPARISONS, Context
from verifier.kernel.terms import Term
from verifier.kernel.unfolding import unfold

Degree = dict[str, Fraction]
KEPT = frozenset(("negate", "transpose", "trace", "diag", "diagonal", "entry", "row", "column", "norm"))
CONSTANT = frozenset(("identity", "ones", "unit", "constant", "index"))
ADDED = frozenset(("multiply", "dot", "hadamard", "kronecker"))
SCALED = frozenset(
    (
        *("invertible", "symmetric", "skew", "diagonal", "positive_definite", "positive_semidefinite"),
        *("full_column_rank", "full_row_rank", "upper_triangular", "lower_triangular", "random", "real", "stated"),
    )
)
FIXED = frozenset(
    ("orthogonal", "orthonormal_columns", "permutation", "idempotent", "projection", "natural", "integer")
)


class _NoDegree(Exception):
    """A term of which nothing is known when its symbols are scaled."""


def may_be_scaled(context: Context, matrix: Term) -> bool:
    """Whether what is known stays true when symbols are scaled by which the matrix is, too."""
    definitions = context.sequent.definitions
    equations: list[Degree] = []
    try:
        degree = _degree(unfold(matrix, definitions), equations)
        for known in context.known:
            _of_statement(unfold(known.proposition, definitions), equations)
    except _NoDegree:
        return False
    return degree is not None and bool(_reduced(degree, equations))


def _of_statement(statement: Term, equations: list[Degree]) -> None:
    """Notes what of the degrees is 0, so that the statement stays true. Raises _NoDegree."""
    if statement.head in ("and", "for_all"):
        for part in statement.args:
            _of_statement(part, equations)
    elif statement.head == "equal" or statement.head in COMPARISONS:
        _same(statement.args, equations)
    elif statement.head == "property" and statement.data[0] in FIXED:
        equations.append(_degree(statement.args[0], equations) or {})
    elif statement.head == "property" and statement.data[0] in SCALED:
        _degree(statement.args[0], equations)
    else:
        raise _NoDegree


def _same(terms: tuple[Term, ...], equations: list[Degree]) -> Degree | None:
    """The degree that all of the terms have, which is noted; None if they are all 0."""
    degrees = [degree for term in terms if (degree := _degree(term, equations)) is not None]
    equations += [_plus(degree, degrees[0], -1) for degree in degrees[1:]]
    return degrees[0] if degrees else None


def _degree(term: Term, equations: list[Degree]) -> Degree | None:
    """By which power of c a term is multiplied, in weights of symbols; None of 0. Raises _NoDegree."""
    head, args = term.head, term.args
    if head == "symbol":
        return {term.data[0]: Fraction(1)}
    if head == "zeros" or (head == "number" and not term.data[0]):
        return None
    if head in CONSTANT or head == "number":
        return {}
    if head in ("add", "subtract"):
        return _same(args, equations)
    if head in KEPT or (head == "sum" and len(args) == 1):
        return _degree(args[0], equations)
    if head in ADDED or head == "divide":
        left, right = (_degree(arg, equations) for arg in args)
        return None if left is None or right is None else _plus(left, right, -1 if head == "divide" else 1)
    if head in ("inverse", "pseudoinverse"):
        return _times(-1, _degree(args[0], equations))
    if head == "power" and args[1].head == "number":
        return _times(args[1].data[0], _degree(args[0], equations))
    raise _NoDegree


def _times(factor: int | Fraction, degree: Degree | None) -> Degree | None:
    return None if degree is None else _plus({}, degree, factor)


def _plus(left: Degree, right: Degree, factor: int | Fraction) -> Degree:
    """left + factor · right"""
    total = dict(left)
    for name, weight in right.items():
        total[name] = total.get(name, Fraction(0)) + factor * weight
    return {name: weight for name, weight in total.items() if weight}


def _reduced(degree: Degree, equations: list[Degree]) -> Degree:
    """What is left of a degree where these are 0: something, unless it is a sum of multiples of them."""
    solved: list[tuple[str, Degree]] = []
    for equation in equations:
        rest = _without(equation, solved)
        if rest:
            solved.append((next(iter(rest)), rest))
    return _without(degree, solved)


def _without(degree: Degree, solved: list[tuple[str, Degree]]) -> Degree:
    """A degree less multiples of others, so that the name that goes with each is gone."""
    for name, other in solved:
        degree = _plus(degree, other, -degree.get(name, Fraction(0)) / other[name])
    return degree


__all__ = ["may_be_scaled"]
