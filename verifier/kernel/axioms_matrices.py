"""Axioms about invertibility, rank conditions, definiteness and the pseudo-inverse."""

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
    non_negative,
    of_shape,
    outer_gram,
    plus,
    positive,
    premise,
    scalar,
    square,
    times,
    transpose,
)
from verifier.kernel.terms import Term


def _congruent(a: Term, x: Term) -> Term:
    """XᵀAX, as (XᵀA)X"""
    return times(matrix_product(transpose(matrix(x)), square(a)), x)


def _sum(a: Term, b: Term) -> Term:
    return plus(square(a), b)


def _zeros(term: Term) -> Term:
    return Term("zeros", (), (term.space(),))


def _pseudoinverse(x: Term) -> Term:
    return Term("pseudoinverse", (matrix(x),))


def _mul_mul_left(x: Term, y: Term) -> Term:
    """X Y X = X"""
    return equal(times(x, y, x), x)


def _mul_mul_right(x: Term, y: Term) -> Term:
    """Y X Y = Y"""
    return equal(times(y, x, y), y)


def _symmetric_left(x: Term, y: Term) -> Term:
    """(X Y)ᵀ = X Y"""
    return equal(transpose(times(x, y)), times(x, y))


def _symmetric_right(x: Term, y: Term) -> Term:
    """(Y X)ᵀ = Y X"""
    return equal(transpose(times(y, x)), times(y, x))


PENROSE = (_mul_mul_left, _mul_mul_right, _symmetric_left, _symmetric_right)
PENROSE_SOURCE = "Penrose, A generalized inverse for matrices (1955), Theorem 1"
HORN_JOHNSON = "Horn and Johnson, Matrix Analysis, 7.1"

INVERTIBILITY: dict[str, Axiom] = {
    "positive_definite_invertible": Axiom(
        1,
        lambda m: has("invertible", square(m)),
        "xᵀMx > 0 for x ≠ 0 leaves no kernel",
        premise("positive_definite"),
    ),
    "orthogonal_invertible": Axiom(
        1,
        lambda m: has("invertible", square(m)),
        "QᵀQ = I makes Qᵀ the inverse",
        premise("orthogonal"),
    ),
    "invertible_mul": Axiom(
        2,
        lambda a, b: has("invertible", matrix_product(square(a), of_shape(a.space(), b))),
        "B⁻¹A⁻¹ is the inverse of AB",
        lambda a, b: (has("invertible", a), has("invertible", b)),
    ),
    "invertible_transpose": Axiom(
        1,
        lambda m: has("invertible", transpose(square(m))),
        "(A⁻¹)ᵀ is the inverse of Aᵀ",
        premise("invertible"),
    ),
    "invertible_inverse": Axiom(
        1,
        lambda m: has("invertible", inverse(square(m))),
        "A is the inverse of A⁻¹",
        premise("invertible"),
    ),
}

RANK_CONDITIONS: dict[str, Axiom] = {
    "gram_invertible": Axiom(
        1,
        lambda x: has("invertible", gram(matrix(x))),
        "XᵀXv = 0 gives ‖Xv‖² = 0, so v = 0 if the columns are independent",
        premise("full_column_rank"),
    ),
    "outer_gram_invertible": Axiom(
        1,
        lambda x: has("invertible", outer_gram(matrix(x))),
        "gram_invertible of Xᵀ",
        premise("full_row_rank"),
    ),
    "full_column_rank_of_gram": Axiom(
        1,
        lambda x: has("full_column_rank", matrix(x)),
        "Xv = 0 gives XᵀXv = 0, so v = 0 if XᵀX is invertible",
        lambda x: (has("invertible", gram(x)),),
    ),
    "full_row_rank_of_gram": Axiom(
        1,
        lambda x: has("full_row_rank", matrix(x)),
        "full_column_rank_of_gram of Xᵀ",
        lambda x: (has("invertible", outer_gram(x)),),
    ),
    "full_column_rank_of_orthonormal": Axiom(
        1,
        lambda x: has("full_column_rank", matrix(x)),
        "Vv = 0 gives v = VᵀVv = 0",
        lambda x: (equal(gram(x), identity_of_columns(x)),),
    ),
    "full_row_rank_transpose": Axiom(
        1,
        lambda x: has("full_row_rank", transpose(matrix(x))),
        "the rows of Xᵀ are the columns of X",
        premise("full_column_rank"),
    ),
    "full_column_rank_transpose": Axiom(
        1,
        lambda x: has("full_column_rank", transpose(matrix(x))),
        "the columns of Xᵀ are the rows of X",
        premise("full_row_rank"),
    ),
    "full_column_rank_of_invertible": Axiom(
        1,
        lambda m: has("full_column_rank", square(m)),
        "Av = 0 gives v = A⁻¹Av = 0",
        premise("invertible"),
    ),
    "invertible_of_full_column_rank": Axiom(
        1,
        lambda m: has("invertible", square(m)),
        "a square matrix without a kernel is invertible: rank and nullity",
        premise("full_column_rank"),
    ),
    "gram_eq_zero": Axiom(
        1,
        lambda x: equal(matrix(x), _zeros(x)),
        "tr XᵀX is the sum of the squares of the entries of a real matrix",
        lambda x: (equal(gram(x), _zeros(gram(x))),),
    ),
}

DEFINITENESS: dict[str, Axiom] = {
    "positive_definite_of_eq_identity": Axiom(
        1,
        lambda m: has("positive_definite", square(m)),
        "xᵀx > 0 for x ≠ 0",
        lambda m: (equal(m, identity_of_rows(m)),),
    ),
    "positive_semidefinite_of_positive_definite": Axiom(
        1,
        lambda m: has("positive_semidefinite", square(m)),
        "xᵀMx ≥ 0, with > for x ≠ 0",
        premise("positive_definite"),
    ),
    "gram_positive_definite": Axiom(
        1,
        lambda x: has("positive_definite", gram(matrix(x))),
        f"vᵀXᵀXv = ‖Xv‖² > 0 for v ≠ 0; {HORN_JOHNSON}",
        premise("full_column_rank"),
    ),
    "outer_gram_positive_definite": Axiom(
        1,
        lambda x: has("positive_definite", outer_gram(matrix(x))),
        "gram_positive_definite of Xᵀ",
        premise("full_row_rank"),
    ),
    "gram_positive_semidefinite": Axiom(
        1,
        lambda x: has("positive_semidefinite", gram(matrix(x))),
        f"vᵀXᵀXv = ‖Xv‖² ≥ 0; {HORN_JOHNSON}",
    ),
    "outer_gram_positive_semidefinite": Axiom(
        1,
        lambda x: has("positive_semidefinite", outer_gram(matrix(x))),
        "gram_positive_semidefinite of Xᵀ",
    ),
    "positive_definite_congruence": Axiom(
        2,
        lambda a, x: has("positive_definite", _congruent(a, x)),
        f"vᵀXᵀAXv = (Xv)ᵀA(Xv) > 0 where Xv ≠ 0; {HORN_JOHNSON}",
        lambda a, x: (has("positive_definite", a), has("full_column_rank", x)),
    ),
    "positive_semidefinite_congruence": Axiom(
        2,
        lambda a, x: has("positive_semidefinite", _congruent(a, x)),
        f"vᵀXᵀAXv = (Xv)ᵀA(Xv) ≥ 0; {HORN_JOHNSON}",
        lambda a, x: (has("positive_semidefinite", a),),
    ),
    "positive_definite_add_semidefinite": Axiom(
        2,
        lambda a, b: has("positive_definite", _sum(a, b)),
        "xᵀAx > 0 and xᵀBx ≥ 0 add to xᵀ(A + B)x > 0",
        lambda a, b: (has("positive_definite", a), has("positive_semidefinite", b)),
    ),
    "positive_semidefinite_add_definite": Axiom(
        2,
        lambda a, b: has("positive_definite", _sum(a, b)),
        "xᵀAx ≥ 0 and xᵀBx > 0 add to xᵀ(A + B)x > 0",
        lambda a, b: (has("positive_semidefinite", a), has("positive_definite", b)),
    ),
    "positive_semidefinite_add": Axiom(
        2,
        lambda a, b: has("positive_semidefinite", _sum(a, b)),
        "xᵀAx ≥ 0 and xᵀBx ≥ 0 add to xᵀ(A + B)x ≥ 0",
        lambda a, b: (has("positive_semidefinite", a), has("positive_semidefinite", b)),
    ),
    "positive_definite_scale": Axiom(
        2,
        lambda c, a: has("positive_definite", times(scalar(c), square(a))),
        "c · xᵀAx > 0",
        lambda c, a: (*positive(c), has("positive_definite", a)),
    ),
    "positive_semidefinite_scale": Axiom(
        2,
        lambda c, a: has("positive_semidefinite", times(scalar(c), square(a))),
        "c · xᵀAx ≥ 0",
        lambda c, a: (*non_negative(c), has("positive_semidefinite", a)),
    ),
    "positive_definite_of_invertible": Axiom(
        1,
        lambda m: has("positive_definite", square(m)),
        f"xᵀMx = 0 gives Mx = 0 where M ⪰ 0, and x = 0 where M is invertible; {HORN_JOHNSON}",
        lambda m: (has("positive_semidefinite", m), has("invertible", m)),
    ),
    "positive_definite_inverse": Axiom(
        1,
        lambda m: has("positive_definite", inverse(square(m))),
        "xᵀA⁻¹x = (A⁻¹x)ᵀA(A⁻¹x) > 0 for x ≠ 0",
        premise("positive_definite"),
    ),
}

PSEUDOINVERSE: dict[str, Axiom] = {
    "mul_pseudoinverse_mul": Axiom(1, lambda x: _mul_mul_left(x, _pseudoinverse(x)), PENROSE_SOURCE),
    "pseudoinverse_mul_pseudoinverse": Axiom(1, lambda x: _mul_mul_right(x, _pseudoinverse(x)), PENROSE_SOURCE),
    "mul_pseudoinverse_symmetric": Axiom(1, lambda x: _symmetric_left(x, _pseudoinverse(x)), PENROSE_SOURCE),
    "pseudoinverse_mul_symmetric": Axiom(1, lambda x: _symmetric_right(x, _pseudoinverse(x)), PENROSE_SOURCE),
    "pseudoinverse_unique": Axiom(
        2,
        lambda x, y: equal(of_shape(matrix(x).space().transposed, y), _pseudoinverse(x)),
        PENROSE_SOURCE,
        lambda x, y: tuple(equation(x, y) for equation in PENROSE),
    ),
}

MATRICES: dict[str, Axiom] = {**INVERTIBILITY, **RANK_CONDITIONS, **DEFINITENESS, **PSEUDOINVERSE}
