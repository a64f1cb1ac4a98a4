"""Axioms that say what properties of matrices mean: equations that follow from a property, and it from them."""

from __future__ import annotations

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
    negative,
    of_shape,
    outer_gram,
    premise,
    square,
    times,
    transpose,
)
from verifier.kernel.terms import Term


def _diagonal_part(m: Term) -> Term:
    return Term("diag", (Term("diagonal", (square(m),)),))


def _is_symmetric(m: Term) -> Term:
    return equal(transpose(square(m)), m)


def _is_skew(m: Term) -> Term:
    return equal(transpose(square(m)), negative(m))


def _is_idempotent(m: Term) -> Term:
    return equal(times(square(m), m), m)


def _has_orthonormal_columns(m: Term) -> Term:
    return equal(gram(matrix(m)), identity_of_columns(m))


def _has_orthonormal_rows(m: Term) -> Term:
    return equal(outer_gram(matrix(m)), identity_of_rows(m))


def _is_diagonal(m: Term) -> Term:
    return equal(_diagonal_part(m), m)


def _left_inverse(a: Term, b: Term) -> Term:
    """A B = I for square A and B of one shape."""
    return equal(matrix_product(square(a), of_shape(a.space(), b)), identity_of_rows(a))


STRUCTURE: dict[str, Axiom] = {
    "mul_inverse": Axiom(
        1,
        lambda m: equal(times(square(m), inverse(m)), identity_of_rows(m)),
        "definition of the inverse of a square matrix, right",
        premise("invertible"),
    ),
    "inverse_mul": Axiom(
        1,
        lambda m: equal(times(inverse(square(m)), m), identity_of_rows(m)),
        "definition of the inverse of a square matrix, left",
        premise("invertible"),
    ),
    "mul_eq_one_comm": Axiom(
        2,
        lambda a, b: _left_inverse(b, a),
        "a left inverse of a square matrix is a right inverse: rank and nullity",
        lambda a, b: (_left_inverse(a, b),),
    ),
    # equations of a property
    "symmetric": Axiom(1, _is_symmetric, "definition of a symmetric matrix", premise("symmetric")),
    "skew": Axiom(1, _is_skew, "definition of a skew-symmetric matrix", premise("skew")),
    "orthogonal": Axiom(
        1,
        lambda m: _has_orthonormal_columns(square(m)),
        "definition of an orthogonal matrix",
        premise("orthogonal"),
    ),
    "orthogonal_rows": Axiom(
        1,
        lambda m: _has_orthonormal_rows(square(m)),
        "definition of an orthogonal matrix",
        premise("orthogonal"),
    ),
    "orthonormal_columns": Axiom(
        1,
        _has_orthonormal_columns,
        "definition of orthonormal columns",
        premise("orthonormal_columns"),
    ),
    "idempotent": Axiom(1, _is_idempotent, "definition of an idempotent matrix", premise("idempotent")),
    "projection_idempotent": Axiom(
        1,
        _is_idempotent,
        "definition of an orthogonal projection: PP = P, Pᵀ = P",
        premise("projection"),
    ),
    "projection_symmetric": Axiom(
        1,
        _is_symmetric,
        "definition of an orthogonal projection: PP = P, Pᵀ = P",
        premise("projection"),
    ),
    "permutation": Axiom(
        1,
        lambda m: _has_orthonormal_columns(square(m)),
        "the columns of a permutation matrix are the unit vectors, each once",
        premise("permutation"),
    ),
    "permutation_rows": Axiom(
        1,
        lambda m: _has_orthonormal_rows(square(m)),
        "the rows of a permutation matrix are the unit vectors, each once",
        premise("permutation"),
    ),
    "diagonal": Axiom(1, _is_diagonal, "definition of a diagonal matrix", premise("diagonal")),
    "diagonal_symmetric": Axiom(1, _is_symmetric, "aᵢⱼ = 0 = aⱼᵢ for i ≠ j", premise("diagonal")),
    "positive_definite_symmetric": Axiom(
        1,
        _is_symmetric,
        "a positive definite matrix is symmetric by definition here",
        premise("positive_definite"),
    ),
    "positive_semidefinite_symmetric": Axiom(
        1,
        _is_symmetric,
        "a positive semidefinite matrix is symmetric by definition here",
        premise("positive_semidefinite"),
    ),
    # a property by its equations
    "symmetric_of_transpose": Axiom(
        1,
        lambda m: has("symmetric", square(m)),
        "definition of a symmetric matrix",
        lambda m: (_is_symmetric(m),),
    ),
    "skew_of_transpose": Axiom(
        1,
        lambda m: has("skew", square(m)),
        "definition of a skew-symmetric matrix",
        lambda m: (_is_skew(m),),
    ),
    "orthogonal_of_gram": Axiom(
        1,
        lambda m: has("orthogonal", square(m)),
        "definition of an orthogonal matrix; QᵀQ = I gives QQᵀ = I, as mul_eq_one_comm",
        lambda m: (_has_orthonormal_columns(m),),
    ),
    "orthonormal_columns_of_gram": Axiom(
        1,
        lambda m: has("orthonormal_columns", matrix(m)),
        "definition of orthonormal columns",
        lambda m: (_has_orthonormal_columns(m),),
    ),
    "idempotent_of_mul_self": Axiom(
        1,
        lambda m: has("idempotent", square(m)),
        "definition of an idempotent matrix",
        lambda m: (_is_idempotent(m),),
    ),
    "projection_of_mul_self": Axiom(
        1,
        lambda m: has("projection", square(m)),
        "definition of an orthogonal projection: PP = P, Pᵀ = P",
        lambda m: (_is_idempotent(m), _is_symmetric(m)),
    ),
    "diagonal_of_diag": Axiom(
        1,
        lambda m: has("diagonal", square(m)),
        "definition of a diagonal matrix",
        lambda m: (_is_diagonal(m),),
    ),
}
