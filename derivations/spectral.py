"""Singular and spectral decompositions as hypotheses: X = UΣVᵀ, H = QΛQᵀ, and what follows of Gram matrices, powers,
norms and gradient steps in the eigenbasis.

X is n×d, U n×n, Σ n×d and V d×d, and H, Q and Λ are n×n; that Σ and Λ are diagonal is not stated: nothing needs it.
Sources: [H] Horn and Johnson, Matrix Analysis (2nd ed.), by section; [E] Hastie, Tibshirani and Friedman, The
Elements of Statistical Learning (2nd ed.), by section; [N] Nocedal and Wright, Numerical Optimization (2nd ed.), by
section; seeds by section.
"""

from __future__ import annotations

from verifier.identity import identity
from verifier.language import (
    determinant,
    diag,
    dims,
    equals,
    identity_matrix,
    index,
    inverse,
    invertible,
    matrix,
    norm,
    orthogonal,
    orthonormal_columns,
    pseudoinverse,
    scalar,
    summation,
    symmetric,
    vector,
    zeros,
)

_n, _d, _k = dims("n d k")
_i = index("i")
_X, _U, _Sigma, _V = matrix("X", _n, _d), matrix("U", _n, _n), matrix("\\Sigma", _n, _d), matrix("V", _d, _d)
_H, _Q, _Lambda, _D = (matrix(name, _n, _n) for name in ("H", "Q", "\\Lambda", "D"))
_A, _W, _M = matrix("A", _n, _k), matrix("W", _n, _k), matrix("M", _n, _n)
_y, _theta, _next, _star = vector("y", _n), vector("\\theta", _d), vector("\\theta^{+}", _d), vector("\\theta^{*}", _d)
_z, _z_next, _zeta, _s = vector("z", _d), vector("z^{+}", _d), vector("\\zeta", _d), vector("s", _d)
_v, _q, _p, _x = vector("v", _n), vector("q", _n), vector("p", _n), vector("x", _n)
_alpha, _lambda, _mu, _eta, _beta = (scalar(name) for name in ("\\alpha", "\\lambda", "\\mu", "\\eta", "\\beta"))
_I_n, _I_d = identity_matrix(_n), identity_matrix(_d)

_svd = equals(_X, _U @ _Sigma @ _V.T)
_eigen = equals(_H, _Q @ _Lambda @ _Q.T)
_squares = _Sigma.T @ _Sigma

_left, _core, _right = matrix("L", _n, _k), matrix("S", _k, _k), matrix("R", _d, _k)

# the singular value decomposition

svd_gram = identity(
    equals(_X.T @ _X, _V @ _squares @ _V.T),
    given=[_svd, orthonormal_columns(_U)],
    source="[H] 2.6; seed 002 §3, equation (24)",
)
svd_outer_gram = identity(
    equals(_X @ _X.T, _U @ (_Sigma @ _Sigma.T) @ _U.T), given=[_svd, orthonormal_columns(_V)], source="[H] 2.6"
)
svd_gram_squared = identity(
    equals((_X.T @ _X) @ (_X.T @ _X), _V @ (_squares @ _squares) @ _V.T),
    given=[_svd, orthonormal_columns(_U), orthonormal_columns(_V)],
    source="[H] 2.6",
)
svd_gram_cubed = identity(
    equals((_X.T @ _X) @ (_X.T @ _X) @ (_X.T @ _X), _V @ (_squares @ _squares @ _squares) @ _V.T),
    given=[_svd, orthonormal_columns(_U), orthonormal_columns(_V)],
    source="[H] 2.6",
)
svd_gram_diagonalised = identity(
    equals(_V.T @ (_X.T @ _X) @ _V, _squares),
    given=[_svd, orthonormal_columns(_U), orthonormal_columns(_V)],
    source="[H] 2.6",
)
svd_core = identity(
    equals(_U.T @ _X @ _V, _Sigma),
    given=[_svd, orthonormal_columns(_U), orthonormal_columns(_V)],
    source="[H] 2.6",
)
svd_right_vectors = identity(equals(_X @ _V, _U @ _Sigma), given=[_svd, orthonormal_columns(_V)], source="[H] 2.6")
svd_left_vectors = identity(equals(_X.T @ _U, _V @ _Sigma.T), given=[_svd, orthonormal_columns(_U)], source="[H] 2.6")
svd_least_squares = identity(
    equals(inverse(_X.T @ _X) @ _X.T @ _y, _V @ inverse(_squares) @ _Sigma.T @ _U.T @ _y),
    given=[_svd, orthonormal_columns(_U), orthogonal(_V)],
    source="[E] 3.4; seed 001 §1(g)",
)
svd_least_squares_in_eigenbasis = identity(
    equals(_V.T @ inverse(_X.T @ _X) @ _X.T @ _y, inverse(_squares) @ _Sigma.T @ (_U.T @ _y)),
    given=[_svd, orthonormal_columns(_U), invertible(_V)],
    source="seed 001 §1(g)",
)
svd_ridge = identity(
    equals(
        inverse(_X.T @ _X + _lambda * _I_d) @ _X.T @ _y,
        _V @ inverse(_squares + _lambda * _I_d) @ _Sigma.T @ _U.T @ _y,
    ),
    given=[_svd, orthonormal_columns(_U), orthogonal(_V)],
    source="[E] 3.4",
)
svd_fit = identity(
    equals(_X @ inverse(_X.T @ _X) @ _X.T, _U @ _Sigma @ inverse(_squares) @ _Sigma.T @ _U.T),
    given=[_svd, orthonormal_columns(_U), invertible(_V)],
    source="[E] 3.4",
)
svd_pseudoinverse = identity(
    equals(pseudoinverse(_X), _right @ inverse(_core) @ _left.T),
    given=[equals(_X, _left @ _core @ _right.T), orthonormal_columns(_left), orthonormal_columns(_right)],
    source="[H] 7.3",
)

# gradient descent in the eigenbasis

_step = equals(_next, _theta - _alpha * (_X.T @ (_X @ _theta - _y)))
_solution = equals(_X.T @ _X @ _star, _X.T @ _y)

descent_error_step = identity(
    equals(_next - _star, (_I_d - _alpha * (_X.T @ _X)) @ (_theta - _star)),
    given=[_step, _solution],
    source="seed 002 §3, equation (22)",
)
descent_error_step_of_model = identity(
    equals(_next - _star, (_I_d - _alpha * (_X.T @ _X)) @ (_theta - _star)),
    given=[_step, equals(_y, _X @ _star)],
    source="seed 002 §3, equations (21) and (22)",
)
descent_matrix_in_eigenbasis = identity(
    equals(_I_d - _alpha * (_X.T @ _X), _V @ (_I_d - _alpha * _squares) @ _V.T),
    given=[_svd, orthonormal_columns(_U), orthogonal(_V)],
    source="seed 002 §3, equation (26)",
)
descent_matrix_squared_in_eigenbasis = identity(
    equals(
        (_I_d - _alpha * (_X.T @ _X)) @ (_I_d - _alpha * (_X.T @ _X)),
        _V @ ((_I_d - _alpha * _squares) @ (_I_d - _alpha * _squares)) @ _V.T,
    ),
    given=[_svd, orthonormal_columns(_U), orthogonal(_V)],
    source="seed 002 §3, equation (26)",
)
descent_error_in_eigenbasis = identity(
    equals(_V.T @ (_next - _star), (_I_d - _alpha * _squares) @ (_V.T @ (_theta - _star))),
    given=[_step, _solution, _svd, orthonormal_columns(_U), orthonormal_columns(_V)],
    source="seed 001 §2(a); seed 002 §3",
)
descent_error_norm = identity(
    equals(
        norm((_I_d - _alpha * (_V @ _squares @ _V.T)) @ _zeta) ** 2,
        _zeta.T @ _V @ (_I_d - _alpha * _squares) @ (_I_d - _alpha * _squares) @ _V.T @ _zeta,
    ),
    given=[orthogonal(_V)],
    source="seed 002 §3, equation (27)",
)
momentum_error_in_eigenbasis = identity(
    equals(
        _V.T @ (_next - _star),
        (_I_d - 2 * _eta * _beta * _squares) @ (_V.T @ (_theta - _star)) - _eta * (1 - _beta) * (_V.T @ _z),
    ),
    given=[
        equals(_next, _theta - _eta * _z_next),
        equals(_z_next, (1 - _beta) * _z + _beta * (2 * (_X.T @ _X @ _theta) - 2 * (_X.T @ _y))),
        _solution,
        _svd,
        orthonormal_columns(_U),
        orthonormal_columns(_V),
    ],
    source="seed 001 §2(a)",
)
momentum_average_in_eigenbasis = identity(
    equals(_V.T @ _z_next, (1 - _beta) * (_V.T @ _z) + 2 * _beta * (_squares @ (_V.T @ (_theta - _star)))),
    given=[
        equals(_z_next, (1 - _beta) * _z + _beta * (2 * (_X.T @ _X @ _theta) - 2 * (_X.T @ _y))),
        _solution,
        _svd,
        orthonormal_columns(_U),
        orthonormal_columns(_V),
    ],
    source="seed 001 §2(a)",
)
eigenbasis_norm_of_diagonal = identity(
    equals(norm(diag(_s) @ _zeta) ** 2, summation(_s[_i] ** 2 * _zeta[_i] ** 2, _i, 1, _d)),
    source="seed 002 §3, equation (29)",
)

# the spectral decomposition

spectral_inverse = identity(
    equals(inverse(_H), _Q @ inverse(_Lambda) @ _Q.T), given=[_eigen, orthogonal(_Q)], source="[H] 2.5"
)
spectral_square = identity(
    equals(_H @ _H, _Q @ (_Lambda @ _Lambda) @ _Q.T), given=[_eigen, orthonormal_columns(_Q)], source="[H] 2.5"
)
spectral_shift = identity(
    equals(_H + _mu * _I_n, _Q @ (_Lambda + _mu * _I_n) @ _Q.T), given=[_eigen, orthogonal(_Q)], source="[H] 2.5"
)
spectral_resolvent = identity(
    equals(inverse(_H + _mu * _I_n), _Q @ inverse(_Lambda + _mu * _I_n) @ _Q.T),
    given=[_eigen, orthogonal(_Q)],
    source="[H] 2.5",
)
spectral_diagonalises = identity(
    equals(_Q.T @ _H @ _Q, _Lambda), given=[_eigen, orthonormal_columns(_Q)], source="[H] 2.5"
)
spectral_cube = identity(
    equals(_H @ _H @ _H, _Q @ (_Lambda @ _Lambda @ _Lambda) @ _Q.T),
    given=[_eigen, orthonormal_columns(_Q)],
    source="[H] 2.5",
)
spectral_determinant = identity(
    equals(determinant(_H), determinant(_Lambda)), given=[_eigen, orthogonal(_Q)], source="[H] 2.5"
)
spectral_quadratic_form = identity(
    equals(_x.T @ _H @ _x, (_Q.T @ _x).T @ _Lambda @ (_Q.T @ _x)), given=[_eigen], source="[H] 2.5"
)
spectral_root_squares = identity(
    equals((_Q @ _D @ _Q.T) @ (_Q @ _D @ _Q.T), _H),
    given=[_eigen, orthonormal_columns(_Q), equals(_D @ _D, _Lambda)],
    source="[H] 7.2",
)
spectral_symmetric = identity(equals(_H.T, _H), given=[_eigen, symmetric(_Lambda)], source="[H] 2.5")
spectral_commuting = identity(
    equals(_H @ _M, _M @ _H),
    given=[
        _eigen,
        equals(_M, _Q @ _D @ _Q.T),
        orthonormal_columns(_Q),
        equals(_Lambda @ _D, _D @ _Lambda),
    ],
    source="[H] 2.5",
)
spectral_gradient_step = identity(
    equals(_x - _alpha * (_H @ _x), _Q @ (_I_n - _alpha * _Lambda) @ _Q.T @ _x),
    given=[_eigen, orthogonal(_Q)],
    source="seed 003 §5.1, equation (34)",
)
spectral_two_gradient_steps = identity(
    equals(
        (_I_n - _alpha * _H) @ (_I_n - _alpha * _H) @ _x,
        _Q @ ((_I_n - _alpha * _Lambda) @ (_I_n - _alpha * _Lambda)) @ _Q.T @ _x,
    ),
    given=[_eigen, orthogonal(_Q)],
    source="seed 003 §5.2",
)
newton_step_shrinks = identity(
    equals(_x - _alpha * (inverse(_H) @ (_H @ _x)), (1 - _alpha) * _x), source="[N] 2.2; seed 003 §5.4, equation (37)"
)

# eigenvectors

_pair = equals(_H @ _q, _lambda * _q)

eigenvalue_of_square = identity(equals(_H @ (_H @ _q), _lambda**2 * _q), given=[_pair], source="[H] 1.1")
eigenvalue_of_shift = identity(equals((_H + _mu * _I_n) @ _q, (_lambda + _mu) * _q), given=[_pair], source="[H] 1.1")
eigenvalue_of_inverse = identity(equals(inverse(_H) @ _q, _q / _lambda), given=[_pair], source="[H] 1.1")
eigenvalue_of_similar_matrix = identity(
    equals((inverse(_M) @ _H @ _M) @ (inverse(_M) @ _q), _lambda * (inverse(_M) @ _q)), given=[_pair], source="[H] 1.3"
)
eigenvalue_of_gradient_step = identity(
    equals((_I_n - _alpha * _H) @ _q, (1 - _alpha * _lambda) * _q), given=[_pair], source="seed 003 §5.3"
)
eigenvalue_as_rayleigh_quotient = identity(
    equals((_q.T @ _H @ _q) / (_q.T @ _q), _lambda), given=[_pair], source="[H] 4.2"
)
eigenvalue_deflated = identity(
    equals((_H - (_lambda / (_q.T @ _q)) * (_q @ _q.T)) @ _q, zeros(_n)), given=[_pair], source="[H] 1.2"
)

# isometries

isometry_keeps_norm = identity(
    equals(norm(_W @ vector("c", _k)) ** 2, norm(vector("c", _k)) ** 2),
    given=[orthonormal_columns(_W)],
    source="[H] 2.1",
)
isometry_keeps_inner_product = identity(
    equals((_W @ vector("b", _k)).T @ (_W @ vector("c", _k)), vector("b", _k).T @ vector("c", _k)),
    given=[orthonormal_columns(_W)],
    source="[H] 2.1",
)
rotation_keeps_frobenius_norm = identity(
    equals(norm(_Q @ _A, "F") ** 2, norm(_A, "F") ** 2), given=[orthogonal(_Q)], source="[H] 5.6"
)
rotation_inverse_is_transpose = identity(equals(inverse(_Q), _Q.T), given=[orthogonal(_Q)], source="[H] 2.1")
rotation_product_orthogonal = identity(
    equals((_Q @ _U).T @ (_Q @ _U), _I_n), given=[orthogonal(_Q), orthogonal(_U)], source="[H] 2.1"
)
