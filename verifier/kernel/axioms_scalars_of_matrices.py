"""Axioms about numbers that matrices have: determinant, rank, trace, spectral norm, spectral radius."""

from __future__ import annotations

from itertools import permutations

from verifier.kernel.axioms_building import (
    Axiom,
    equal,
    gram,
    has,
    identity_of_columns,
    identity_of_rows,
    inverse,
    matrix,
    matrix_product,
    minus,
    nonzero,
    number,
    of_shape,
    outer_gram,
    over,
    plus,
    power,
    premise,
    scalar,
    square,
    times,
    transpose,
)
from verifier.kernel.heads import TermError
from verifier.kernel.linear import ONE, Linear, constant, constant_value
from verifier.kernel.terms import Term


def _determinant(m: Term) -> Term:
    return Term("determinant", (square(m),))


def _rank(x: Term) -> Term:
    return Term("rank", (matrix(x),))


def _size(axis: Linear) -> Term:
    """A dimension as a number."""
    return Term("index", (), (axis,))


def _spectral(x: Term) -> Term:
    return Term("norm", (matrix(x),), ("spectral",))


def _euclidean(x: Term) -> Term:
    return Term("norm", (x,), ("2",))


def _column(x: Term) -> Term:
    if matrix(x).space().columns != ONE:
        raise TermError(f"the law is about columns, not about {x.space()}")
    return x


def _at_most(left: Term, right: Term) -> Term:
    return Term("less_equal", (left, right))


def _leibniz(m: Term) -> Term:
    """Σ sgn(σ) m[1, σ(1)] … m[n, σ(n)] over the permutations σ. Raises TermError unless n is one of ``EXPANDED``."""
    size = constant_value(square(m).space().rows)
    if size not in EXPANDED:
        raise TermError(f"the law is about matrices with 2 or 3 rows, not about {m.space()}")
    total: Term | None = None
    for places in permutations(range(1, size + 1)):
        factors = [Term("entry", (m,), ((constant(r), constant(c)),)) for r, c in enumerate(places, 1)]
        inversions = sum(places[j] > places[k] for k in range(size) for j in range(k))
        if total is None:
            total = times(*factors)
        else:
            total = minus(total, times(*factors)) if inversions % 2 else plus(total, times(*factors))
    return equal(_determinant(m), total if total is not None else number(1))


EXPANDED = (2, 3)

DETERMINANTS: dict[str, Axiom] = {
    "determinant_mul": Axiom(
        2,
        lambda a, b: equal(
            _determinant(matrix_product(square(a), of_shape(a.space(), b))), times(_determinant(a), _determinant(b))
        ),
        "Cauchy–Binet",
    ),
    "determinant_of_eq_identity": Axiom(
        1,
        lambda m: equal(_determinant(m), number(1)),
        "the determinant is normed at the identity",
        lambda m: (equal(m, identity_of_rows(m)),),
    ),
    "determinant_inverse": Axiom(
        1,
        lambda m: equal(_determinant(inverse(square(m))), over(number(1), _determinant(m))),
        "det A · det A⁻¹ = det I",
        premise("invertible"),
    ),
    "determinant_scale": Axiom(
        2,
        lambda c, a: equal(
            _determinant(times(scalar(c), square(a))), times(power(c, _size(a.space().rows)), _determinant(a))
        ),
        "the determinant is linear in each of the n rows",
    ),
    "determinant_sylvester": Axiom(
        2,
        lambda u, v: equal(
            _determinant(plus(identity_of_rows(u), matrix_product(u, of_shape(matrix(u).space().transposed, v)))),
            _determinant(plus(identity_of_rows(v), matrix_product(v, u))),
        ),
        "Sylvester: both are the determinant of the block matrix [I, -U; V, I]",
    ),
    "determinant_leibniz": Axiom(1, _leibniz, "Leibniz, of the entries of a matrix with 2 or 3 rows"),
    "determinant_nonzero": Axiom(
        1,
        lambda m: nonzero(_determinant(m))[0],
        "det A · det A⁻¹ = 1",
        premise("invertible"),
    ),
    "invertible_of_determinant_nonzero": Axiom(
        1,
        lambda m: has("invertible", square(m)),
        "Cramer's rule",
        lambda m: nonzero(_determinant(m)),
    ),
    "determinant_positive": Axiom(
        1,
        lambda m: Term("greater", (_determinant(m), number(0))),
        "the product of the eigenvalues, which are positive",
        premise("positive_definite"),
    ),
}

RANKS: dict[str, Axiom] = {
    "trace_of_mul_self": Axiom(
        1,
        lambda m: equal(Term("trace", (square(m),)), _rank(m)),
        "the eigenvalues of an idempotent matrix are 0 and 1, the 1 r times",
        lambda m: (equal(times(m, m), m),),
    ),
    "rank_transpose": Axiom(1, lambda x: equal(_rank(transpose(x)), _rank(x)), "row rank is column rank"),
    "rank_gram": Axiom(
        1,
        lambda x: equal(_rank(gram(matrix(x))), _rank(x)),
        "XᵀXv = 0 gives ‖Xv‖² = 0: XᵀX and X have one kernel",
    ),
    "rank_outer_gram": Axiom(1, lambda x: equal(_rank(outer_gram(matrix(x))), _rank(x)), "rank_gram of Xᵀ"),
    "rank_of_full_column_rank": Axiom(
        1,
        lambda x: equal(_rank(x), _size(x.space().columns)),
        "definition of full column rank",
        premise("full_column_rank"),
    ),
    "rank_of_full_row_rank": Axiom(
        1,
        lambda x: equal(_rank(x), _size(x.space().rows)),
        "definition of full row rank",
        premise("full_row_rank"),
    ),
    "full_column_rank_of_rank": Axiom(
        1,
        lambda x: has("full_column_rank", matrix(x)),
        "definition of full column rank",
        lambda x: (equal(_rank(x), _size(x.space().columns)),),
    ),
    "full_row_rank_of_rank": Axiom(
        1,
        lambda x: has("full_row_rank", matrix(x)),
        "definition of full row rank",
        lambda x: (equal(_rank(x), _size(x.space().rows)),),
    ),
}

SPECTRAL: dict[str, Axiom] = {
    "spectral_radius_gram": Axiom(
        1,
        lambda x: equal(Term("spectral_radius", (gram(matrix(x)),)), power(_spectral(x), number(2))),
        "the largest eigenvalue of XᵀX is the square of the largest singular value of X",
    ),
    "spectral_norm_transpose": Axiom(
        1,
        lambda x: equal(_spectral(transpose(x)), _spectral(x)),
        "X and Xᵀ have the same singular values, 0 aside",
    ),
    "spectral_norm_mul": Axiom(
        2,
        lambda a, b: _at_most(_spectral(matrix_product(a, b)), times(_spectral(a), _spectral(b))),
        "an operator norm is submultiplicative",
    ),
    "norm_mul": Axiom(
        2,
        lambda a, x: _at_most(_euclidean(matrix_product(a, _column(x))), times(_spectral(a), _euclidean(x))),
        "definition of the operator norm",
    ),
    "spectral_norm_orthonormal_mul": Axiom(
        2,
        lambda v, a: equal(_spectral(matrix_product(v, a)), _spectral(a)),
        "‖VAx‖² = xᵀAᵀVᵀVAx = ‖Ax‖²",
        lambda v, a: (equal(gram(v), identity_of_columns(v)),),
    ),
    "spectral_norm_mul_orthonormal": Axiom(
        2,
        lambda a, v: equal(_spectral(matrix_product(a, v)), _spectral(a)),
        "spectral_norm_orthonormal_mul of Vᵀ and Aᵀ",
        lambda a, v: (equal(outer_gram(v), identity_of_rows(v)),),
    ),
}

SCALARS_OF_MATRICES: dict[str, Axiom] = {**DETERMINANTS, **RANKS, **SPECTRAL}
