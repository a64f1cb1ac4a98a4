"""Projections: hat matrices, residual makers, idempotents, their traces and ranks.

H = X(XᵀX)⁻¹Xᵀ projects on the columns of X, M = I - H on what is orthogonal to them; X is n×d, and XᵀX is invertible:
a side condition. Sources: [S] Seber and Lee, Linear Regression Analysis (2nd ed.), by section; [H] Horn and Johnson,
Matrix Analysis (2nd ed.), by section; [B] Ben-Israel and Greville, Generalized Inverses (2nd ed.), by section; seeds by
section.
"""

from __future__ import annotations

from verifier.identity import identity
from verifier.language import (
    dims,
    equals,
    full_column_rank,
    idempotent,
    identity_matrix,
    inverse,
    invertible,
    matrix,
    norm,
    number,
    ones,
    orthogonal,
    orthonormal_columns,
    projection,
    pseudoinverse,
    rank,
    trace,
    vector,
    zeros,
)

_n, _d, _k = dims("n d k")
_X, _Z, _V = matrix("X", _n, _d), matrix("Z", _n, _k), matrix("V", _n, _k)
_G, _C, _S, _T = matrix("G", _d, _n), matrix("C", _d, _k), matrix("\\Sigma", _n, _n), matrix("T", _d, _d)
_P, _Q, _A = matrix("P", _n, _n), matrix("Q", _n, _n), matrix("A", _n, _n)
_y, _b, _v, _u = vector("y", _n), vector("\\beta", _d), vector("v", _n), vector("u", _n)
_I, _one = identity_matrix(_n), ones(_n)


_hat = _X @ inverse(_X.T @ _X) @ _X.T
_maker = _I - _hat
_oblique = _X @ inverse(_X.T @ inverse(_S) @ _X) @ _X.T @ inverse(_S)
_nested = equals(_Z, _X @ _C)
_hat_of_z = _Z @ inverse(_Z.T @ _Z) @ _Z.T

# the hat matrix

hat_matrix_symmetric = identity(equals(_hat.T, _hat), source="[S] 3.1; seed 003 §2.2")
hat_matrix_idempotent = identity(equals(_hat @ _hat, _hat), source="[S] 3.1; seed 003 §2.2")
hat_matrix_gram = identity(equals(_hat.T @ _hat, _hat @ _hat), source="seed 003 §2.2")
hat_matrix_keeps_columns = identity(equals(_hat @ _X, _X), source="[S] 3.1")
hat_matrix_keeps_combinations = identity(equals(_hat @ _v, _v), given=[equals(_v, _X @ _b)], source="[S] 3.1")
hat_matrix_trace = identity(equals(trace(_hat), number(_d)), source="[S] 3.1; seed 003 §2.2")
hat_matrix_rank = identity(equals(rank(_hat), number(_d)), source="[S] 3.1; seed 003 §2.2")
hat_matrix_trace_is_rank_of_data = identity(equals(trace(_hat), rank(_X)), source="seed 003 §2.2, equation (13)")
hat_matrix_of_orthonormal_columns = identity(equals(_hat, _X @ _X.T), given=[orthonormal_columns(_X)], source="[S] 3.1")
hat_matrix_of_one_column = identity(
    equals(((_v @ _v.T) / (_v.T @ _v)) @ ((_v @ _v.T) / (_v.T @ _v)), (_v @ _v.T) / (_v.T @ _v)), source="[H] 0.6"
)
hat_matrix_of_invertible_data = identity(
    equals(_A @ inverse(_A.T @ _A) @ _A.T, _I), given=[invertible(_A)], source="[S] 3.1"
)
hat_matrix_of_transformed_columns = identity(
    equals((_X @ _T) @ inverse((_X @ _T).T @ (_X @ _T)) @ (_X @ _T).T, _hat), given=[invertible(_T)], source="[S] 3.1"
)
hat_matrix_of_rotated_data = identity(
    equals((_Q @ _X) @ inverse((_Q @ _X).T @ (_Q @ _X)) @ (_Q @ _X).T, _Q @ _hat @ _Q.T),
    given=[orthogonal(_Q)],
    source="[S] 3.1",
)
hat_matrices_of_nested_columns = identity(equals(_hat @ _hat_of_z, _hat_of_z), given=[_nested], source="[S] 3.1")
hat_matrix_difference_idempotent = identity(
    equals((_hat - _hat_of_z) @ (_hat - _hat_of_z), _hat - _hat_of_z), given=[_nested], source="[S] 3.1"
)
oblique_projection_idempotent = identity(equals(_oblique @ _oblique, _oblique), source="[S] 3.10")
oblique_projection_trace = identity(equals(trace(_oblique), number(_d)), source="[S] 3.10")

# residuals

residual_maker_symmetric = identity(equals(_maker.T, _maker), source="[S] 3.1")
residual_maker_idempotent = identity(equals(_maker @ _maker, _maker), source="[S] 3.1")
residual_maker_gram = identity(
    equals((_hat - _I).T @ (_hat - _I), _hat @ _hat - 2 * _hat + _I, _I - _hat), source="seed 003 §2.2, equation (12)"
)
residual_maker_trace = identity(
    equals(trace(_maker), number(_n) - number(_d)), source="[S] 3.1; seed 003 §2.2, equation (13)"
)
residual_maker_rank = identity(equals(rank(_maker), number(_n) - number(_d)), source="[S] 3.1")
residual_maker_annihilates_columns = identity(equals(_maker @ _X, zeros(_n, _d)), source="[S] 3.1")
residual_maker_annihilates_hat_matrix = identity(equals(_maker @ _hat, zeros(_n, _n)), source="[S] 3.1")
residual_of_model_is_that_of_noise = identity(
    equals(_maker @ (_X @ _b + _v), _maker @ _v), source="[S] 3.3; seed 003 §2.2"
)
residual_norm_squared = identity(
    equals(norm((_hat - _I) @ _v) ** 2, _v.T @ (_hat - _I).T @ (_hat - _I) @ _v, _v.T @ (_I - _hat) @ _v),
    source="seed 003 §2.2, equation (11)",
)
residual_norm_squared_as_trace = identity(
    equals(norm((_hat - _I) @ _v) ** 2, trace((_I - _hat) @ _v @ _v.T)), source="seed 003 §2.2, equation (13)"
)
residual_is_orthogonal_to_the_fit = identity(equals((_maker @ _y).T @ (_hat @ _y), 0), source="[S] 3.1")
pythagoras_of_the_fit = identity(equals(norm(_y) ** 2, norm(_hat @ _y) ** 2 + norm(_maker @ _y) ** 2), source="[S] 3.1")
reflection_in_columns_orthogonal = identity(equals((_I - 2 * _hat).T @ (_I - 2 * _hat), _I), source="[H] 2.1")
centring_matrix_idempotent = identity(
    equals(
        (_I - (_one @ _one.T) / number(_n)) @ (_I - (_one @ _one.T) / number(_n)), _I - (_one @ _one.T) / number(_n)
    ),
    source="[S] 3.11",
)
centring_matrix_annihilates_ones = identity(
    equals((_I - (_one @ _one.T) / number(_n)) @ _one, zeros(_n)), source="[S] 3.11"
)
centring_matrix_trace = identity(equals(trace(_I - (_one @ _one.T) / number(_n)), number(_n) - 1), source="[S] 3.11")

# idempotents

idempotent_complement = identity(equals((_I - _P) @ (_I - _P), _I - _P), given=[idempotent(_P)], source="[H] 1.1")
idempotent_annihilates_complement = identity(
    equals(_P @ (_I - _P), zeros(_n, _n)), given=[idempotent(_P)], source="[H] 1.1"
)
idempotent_reflection_squares_to_one = identity(
    equals((_I - 2 * _P) @ (_I - 2 * _P), _I), given=[idempotent(_P)], source="[H] 1.1"
)
idempotent_trace_is_rank = identity(
    equals(trace(_P), rank(_P)), given=[idempotent(_P)], source="[H] 1.1; seed 003 §2.2, equation (13)"
)
idempotent_complement_rank = identity(
    equals(rank(_I - _P), number(_n) - rank(_P)), given=[idempotent(_P)], source="[H] 1.1"
)
idempotent_of_left_inverse = identity(
    equals((_X @ _G) @ (_X @ _G), _X @ _G), given=[equals(_G @ _X, identity_matrix(_d))], source="[B] 2.4"
)
idempotent_of_inner_inverse = identity(
    equals((_X @ _G) @ (_X @ _G), _X @ _G), given=[equals(_X @ _G @ _X, _X)], source="[B] 2.4"
)
idempotent_and_invertible_is_one = identity(equals(_P, _I), given=[idempotent(_P), invertible(_P)], source="[H] 1.1")
idempotent_product_of_commuting = identity(
    equals((_P @ _Q) @ (_P @ _Q), _P @ _Q),
    given=[idempotent(_P), idempotent(_Q), equals(_P @ _Q, _Q @ _P)],
    source="[H] 1.1",
)
idempotent_sum_of_disjoint = identity(
    equals((_P + _Q) @ (_P + _Q), _P + _Q),
    given=[idempotent(_P), idempotent(_Q), equals(_P @ _Q + _Q @ _P, zeros(_n, _n))],
    source="[H] 1.1",
)
idempotent_similar = identity(
    equals((inverse(_A) @ _P @ _A) @ (inverse(_A) @ _P @ _A), inverse(_A) @ _P @ _A),
    given=[idempotent(_P)],
    source="[H] 1.1",
)
eigenvalue_of_idempotent = identity(
    equals((_P - _I) @ _P @ _v, zeros(_n)), given=[idempotent(_P)], source="[H] 1.1; seed 003 §2.2"
)

# orthogonal projections

projection_is_its_gram = identity(equals(_P.T @ _P, _P), given=[projection(_P)], source="[H] 0.6; seed 003 §2.2")
projection_by_its_gram = identity(equals(_P @ _P, _P), given=[equals(_P.T @ _P, _P)], source="[H] 0.6")
projection_quadratic_form = identity(
    equals(_v.T @ _P @ _v, norm(_P @ _v) ** 2), given=[projection(_P)], source="[H] 0.6; seed 003 §2.2"
)
projection_pythagoras = identity(
    equals(norm(_v) ** 2, norm(_P @ _v) ** 2 + norm(_v - _P @ _v) ** 2), given=[projection(_P)], source="[H] 0.6"
)
projection_splits_distance = identity(
    equals(norm(_v - _P @ _u) ** 2, norm(_v - _P @ _v) ** 2 + norm(_P @ (_v - _u)) ** 2),
    given=[projection(_P)],
    source="[H] 0.6",
)
projection_trace_is_rank = identity(equals(trace(_P), rank(_P)), given=[projection(_P)], source="[H] 0.6")
projection_on_orthonormal_columns = identity(
    equals((_V @ _V.T) @ (_V @ _V.T), _V @ _V.T), given=[orthonormal_columns(_V)], source="[H] 0.6"
)
projection_on_orthonormal_columns_trace = identity(
    equals(trace(_V @ _V.T), number(_k)), given=[orthonormal_columns(_V)], source="[H] 0.6"
)
projection_on_orthonormal_columns_rank = identity(
    equals(rank(_V @ _V.T), number(_k)), given=[orthonormal_columns(_V)], source="[H] 0.6"
)
projection_reflection_orthogonal = identity(
    equals((_I - 2 * _P).T @ (_I - 2 * _P), _I), given=[projection(_P)], source="[H] 2.1"
)

# ranks

rank_of_gram = identity(equals(rank(_X.T @ _X), rank(_X)), source="[H] 0.4")
rank_of_outer_gram = identity(equals(rank(_X @ _X.T), rank(_X)), source="[H] 0.4")
rank_of_full_column_rank = identity(equals(rank(_X), number(_d)), given=[full_column_rank(_X)], source="[H] 0.4")
rank_of_gram_of_full_column_rank = identity(
    equals(rank(_X.T @ _X), number(_d)), given=[full_column_rank(_X)], source="[H] 0.4"
)

# the pseudo-inverse

_plus = pseudoinverse(_X)

projection_by_pseudoinverse_idempotent = identity(equals((_X @ _plus) @ (_X @ _plus), _X @ _plus), source="[B] 1.2")
projection_by_pseudoinverse_symmetric = identity(equals((_X @ _plus).T, _X @ _plus), source="[B] 1.2")
projection_by_pseudoinverse_keeps_columns = identity(equals(_X @ _plus @ _X, _X), source="[B] 1.2")
projection_on_rows_by_pseudoinverse_idempotent = identity(
    equals((_plus @ _X) @ (_plus @ _X), _plus @ _X), source="[B] 1.2"
)
projection_by_pseudoinverse_trace = identity(equals(trace(_X @ _plus), rank(_X @ _plus)), source="[B] 1.2")
hat_matrix_by_pseudoinverse = identity(equals(_hat, _X @ _plus), source="[B] 1.6")
pseudoinverse_of_full_column_rank = identity(equals(_plus, inverse(_X.T @ _X) @ _X.T), source="[B] 1.6; seed 003 §3.1")
pseudoinverse_of_full_row_rank = identity(equals(_plus, _X.T @ inverse(_X @ _X.T)), source="[B] 1.6")
pseudoinverse_solves_normal_equations = identity(
    equals(_X.T @ _X @ (_plus @ _y), _X.T @ _y), source="[B] 3.1; seed 003 §3.1"
)
pseudoinverse_of_pseudoinverse = identity(equals(pseudoinverse(_plus), _X), source="[B] 1.2")
pseudoinverse_of_transpose = identity(equals(pseudoinverse(_X.T), _plus.T), source="[B] 1.2")
pseudoinverse_through_gram = identity(equals(_plus, pseudoinverse(_X.T @ _X) @ _X.T), source="[B] 1.2")
pseudoinverse_of_invertible = identity(equals(pseudoinverse(_A), inverse(_A)), source="[B] 1.2")
pseudoinverse_of_orthonormal_columns = identity(
    equals(pseudoinverse(_V), _V.T), given=[orthonormal_columns(_V)], source="[B] 1.2"
)
pseudoinverse_of_projection = identity(equals(pseudoinverse(_P), _P), given=[projection(_P)], source="[B] 1.2")
