"""Inverses of sums and of blocks: push-through, Woodbury, Kailath, Sherman-Morrison, Schur complements, determinants.

Every matrix of which an inverse is written is invertible, every number that is divided by is not 0: these are side
conditions, and no others are needed. Sources: [P] Petersen and Pedersen, The Matrix Cookbook (2012), by equation or
section; [H] Horn and Johnson, Matrix Analysis (2nd ed.), by section; seeds by section.
"""

from __future__ import annotations

from verifier.identity import identity
from verifier.language import (
    determinant,
    dims,
    equals,
    identity_matrix,
    inverse,
    matrix,
    orthogonal,
    scalar,
    symmetric,
    vector,
    zeros,
)

_m, _n = dims("m n")
_A, _B, _C = (matrix(name, _n, _n) for name in ("A", "B", "C"))
_U, _V, _K = matrix("U", _n, _m), matrix("V", _m, _n), matrix("K", _m, _m)
_X, _R = matrix("X", _m, _n), matrix("R", _m, _m)
_u, _v, _a, _b = vector("u", _n), vector("v", _n), scalar("a"), scalar("b")
_I, _J, _O = identity_matrix(_n), identity_matrix(_m), zeros(_n, _m)
_inverse_a, _inverse_k = inverse(_A), inverse(_K)

# push-through

push_through_identity = identity(equals(inverse(_I + _U @ _V) @ _U, _U @ inverse(_J + _V @ _U)), source="[P] 167")
push_through_of_gram = identity(
    equals(inverse(_a * _I + _X.T @ _X) @ _X.T, _X.T @ inverse(_a * _J + _X @ _X.T)), source="[P] 167; seed 001 §4"
)
push_through_of_covariances = identity(
    equals(
        inverse(_inverse_a + _X.T @ inverse(_R) @ _X) @ _X.T @ inverse(_R),
        _A @ _X.T @ inverse(_X @ _A @ _X.T + _R),
    ),
    source="[P] 158",
)
push_through_of_square_matrices = identity(
    equals(inverse(_I + _A @ _B) @ _A, _A @ inverse(_I + _B @ _A)), source="[P] 167"
)
inverse_of_one_plus_product = identity(
    equals(inverse(_I + _U @ _V), _I - _U @ inverse(_J + _V @ _U) @ _V), source="[P] 166"
)
inverse_of_one_plus_inverse = identity(equals(inverse(_I + _inverse_a), _A @ inverse(_A + _I)), source="[P] 161")
complement_of_resolvent = identity(equals(_I - inverse(_I + _A), _A @ inverse(_I + _A)), source="[P] 161")

# Woodbury and its variants

woodbury_identity = identity(
    equals(
        inverse(_A + _U @ _K @ _V),
        _inverse_a - _inverse_a @ _U @ inverse(_inverse_k + _V @ _inverse_a @ _U) @ _V @ _inverse_a,
    ),
    source="[P] 157; [H] 0.7.4",
)
woodbury_of_symmetric_update = identity(
    equals(
        inverse(_A + _U @ _K @ _U.T),
        _inverse_a - _inverse_a @ _U @ inverse(_inverse_k + _U.T @ _inverse_a @ _U) @ _U.T @ _inverse_a,
    ),
    source="[P] 156",
)
woodbury_without_inner_inverse = identity(
    equals(
        inverse(_A + _U @ _K @ _V),
        _inverse_a - _inverse_a @ _U @ inverse(_J + _K @ _V @ _inverse_a @ _U) @ _K @ _V @ _inverse_a,
    ),
    source="[H] 0.7.4",
)
kailath_variant = identity(
    equals(inverse(_A + _U @ _V), _inverse_a - _inverse_a @ _U @ inverse(_J + _V @ _inverse_a @ _U) @ _V @ _inverse_a),
    source="[P] 159",
)
update_times_factor = identity(
    equals(inverse(_A + _U @ _V) @ _U, _inverse_a @ _U @ inverse(_J + _V @ _inverse_a @ _U)), source="[P] 162"
)
update_of_weighted_factor = identity(
    equals(
        inverse(_A + _U @ _K @ _V) @ _U @ _K,
        _inverse_a @ _U @ inverse(_inverse_k + _V @ _inverse_a @ _U),
    ),
    source="[H] 0.7.4",
)
sherman_morrison_formula = identity(
    equals(inverse(_A + _u @ _v.T), _inverse_a - (_inverse_a @ _u @ _v.T @ _inverse_a) / (1 + _v.T @ _inverse_a @ _u)),
    source="[P] 160; [H] 0.7.4",
)
sherman_morrison_downdate = identity(
    equals(inverse(_A - _u @ _u.T), _inverse_a + (_inverse_a @ _u @ _u.T @ _inverse_a) / (1 - _u.T @ _inverse_a @ _u)),
    source="[H] 0.7.4",
)
inverse_of_scaled_identity_plus_rank_one = identity(
    equals(inverse(_a * _I + _u @ _v.T), (_I - (_u @ _v.T) / (_a + _v.T @ _u)) / _a), source="[P] 160"
)
inverse_of_rank_one_quadratic_form = identity(
    equals(_v.T @ inverse(_A + _u @ _v.T) @ _u, (_v.T @ _inverse_a @ _u) / (1 + _v.T @ _inverse_a @ _u)),
    source="[H] 0.7.4",
)

# sums of two matrices

parallel_sum_of_inverses = identity(
    equals(inverse(_inverse_a + inverse(_B)), _A @ inverse(_A + _B) @ _B, _B @ inverse(_A + _B) @ _A), source="[P] 163"
)
parallel_sum_symmetric = identity(
    equals(_A - _A @ inverse(_A + _B) @ _A, _B - _B @ inverse(_A + _B) @ _B), source="[P] 164"
)
sum_of_inverses = identity(equals(_inverse_a + inverse(_B), _inverse_a @ (_A + _B) @ inverse(_B)), source="[P] 165")
difference_of_inverses = identity(
    equals(_inverse_a - inverse(_B), _inverse_a @ (_B - _A) @ inverse(_B)), source="[H] 5.8"
)
inverse_of_sum = identity(
    equals(inverse(_A + _B), _inverse_a - _inverse_a @ inverse(_inverse_a + inverse(_B)) @ _inverse_a),
    source="[H] 0.7.4",
)
inverse_of_sum_by_one_inverse = identity(
    equals(inverse(_A + _B), _inverse_a - _inverse_a @ _B @ inverse(_I + _inverse_a @ _B) @ _inverse_a),
    source="[H] 0.7.4",
)
inverse_of_sum_symmetric = identity(
    equals(inverse(_A + _B).T, inverse(_A + _B)), given=[symmetric(_A), symmetric(_B)], source="[H] 0.7"
)
hua_identity = identity(
    equals(_A - inverse(_inverse_a + inverse(inverse(_B) - _A)), _A @ _B @ _A), source="Hua's theorem (1949)"
)

# blocks

_schur = _A - _U @ _inverse_k @ _V
_other = _K - _V @ _inverse_a @ _U

_left, _below = matrix("P", _n, _n), matrix("Q", _m, _n)

block_inverse_first_column = identity(
    equals(_left, inverse(_schur)),
    given=[equals(_A @ _left + _U @ _below, _I), equals(_V @ _left + _K @ _below, zeros(_m, _n))],
    source="[H] 0.7.3",
)
block_inverse_first_column_below = identity(
    equals(_below, -(_inverse_k @ _V @ inverse(_schur))),
    given=[equals(_A @ _left + _U @ _below, _I), equals(_V @ _left + _K @ _below, zeros(_m, _n))],
    source="[H] 0.7.3",
)
block_inverse_solves_first_rows = identity(
    equals(_A @ inverse(_schur) - _U @ _inverse_k @ _V @ inverse(_schur), _I), source="[H] 0.7.3"
)
block_inverse_upper_left = identity(
    equals(inverse(_schur), _inverse_a + _inverse_a @ _U @ inverse(_other) @ _V @ _inverse_a), source="[H] 0.7.3"
)
block_inverse_upper_right = identity(
    equals(inverse(_schur) @ _U @ _inverse_k, _inverse_a @ _U @ inverse(_other)), source="[H] 0.7.3; [P] 9.1"
)

# determinants

determinant_lemma = identity(
    equals(determinant(_A + _u @ _v.T), determinant(_A) * (1 + _v.T @ _inverse_a @ _u)), source="[P] 24; [H] 0.8.5"
)
determinant_of_one_plus_rank_one = identity(equals(determinant(_I + _u @ _v.T), 1 + _u.T @ _v), source="[P] 24")
determinant_lemma_of_rank_m = identity(
    equals(determinant(_A + _U @ _V), determinant(_A) * determinant(_J + _V @ _inverse_a @ _U)), source="[H] 0.8.5"
)
determinant_of_exchanged_factors = identity(
    equals(determinant(_I + _U @ _V), determinant(_J + _V @ _U)), source="Sylvester's determinant theorem; [H] 1.3"
)
determinant_of_product = identity(
    equals(determinant(_A @ _B), determinant(_A) * determinant(_B)), source="[P] 21; [H] 0.3"
)
determinant_of_inverse = identity(equals(determinant(_inverse_a), 1 / determinant(_A)), source="[P] 22")
determinant_of_transpose = identity(equals(determinant(_A.T), determinant(_A)), source="[P] 20")
determinant_of_gram = identity(equals(determinant(_A.T @ _A), determinant(_A) ** 2), source="[H] 0.3")
determinant_of_similar_matrix = identity(equals(determinant(inverse(_B) @ _A @ _B), determinant(_A)), source="[H] 1.3")
determinant_of_orthogonal = identity(equals(determinant(_A) ** 2, 1), given=[orthogonal(_A)], source="[H] 2.1")
