"""Regression: least squares, ridge, Tikhonov, generalised and weighted least squares, and augmented data.

X is n×d. Where an inverse is written, it exists: a side condition of the identity; (XᵀX)⁻¹ says that X has full column
rank. Sources: [S] Seber and Lee, Linear Regression Analysis (2nd ed.), by section; [E] Hastie, Tibshirani and Friedman,
The Elements of Statistical Learning (2nd ed.), by section or exercise; [P] Petersen and Pedersen, The Matrix Cookbook
(2012), by equation or section; seeds by section.
"""

from __future__ import annotations

from verifier.identity import identity
from verifier.language import (
    at,
    block,
    diag,
    dims,
    equals,
    gradient,
    identity_matrix,
    index,
    inverse,
    matrix,
    norm,
    scalar,
    sqrt,
    summation,
    symmetric,
    vector,
    zeros,
)

_n, _d, _k = dims("n d k")
_i = index("i")
_X, _y = matrix("X", _n, _d), vector("y", _n)
_theta, _beta, _gamma = vector("\\theta", _d), vector("\\beta", _d), vector("\\gamma", _k)
_G, _S, _F, _P, _C = (
    matrix("\\Gamma", _d, _d),
    matrix("\\Sigma", _n, _n),
    matrix("F", _d, _d),
    matrix("P", _d, _d),
    matrix("C", _d, _n),
)
_R, _M, _Z, _w = matrix("R", _n, _n), matrix("M", _n, _n), matrix("Z", _n, _k), vector("w", _n)
_B, _c = matrix("B", _k, _d), vector("c", _k)
_x, _eta, _lambda, _mu = vector("x", _d), scalar("\\eta"), scalar("\\lambda"), scalar("\\mu")
_I_n, _I_d = identity_matrix(_n), identity_matrix(_d)

_gram, _moment = _X.T @ _X, _X.T @ _y
_ols = inverse(_gram) @ _moment
_normal_equations = equals(_gram @ _theta, _moment)

# least squares

residual_sum_of_squares_expanded = identity(
    equals(norm(_y - _X @ _beta) ** 2, _y.T @ _y - 2 * _beta.T @ _X.T @ _y + _beta.T @ _X.T @ _X @ _beta),
    source="seed 003 §3.1, equation (14)",
)
residual_is_orthogonal_to_the_data = identity(
    equals(_X.T @ (_y - _X @ _theta), zeros(_d)), given=[_normal_equations], source="[S] 3.1"
)
normal_equations_solved = identity(
    equals(_theta, _ols), given=[_normal_equations], source="[S] 3.1; seed 003 §3.1, equation (16)"
)
least_squares_solves_normal_equations = identity(equals(_gram @ _ols, _moment), source="[S] 3.1; seed 000 §2")
least_squares_is_stationary = identity(
    equals(at(gradient(norm(_y - _X @ _beta) ** 2, _beta), _beta, _ols), zeros(_d)),
    source="[S] 3.1; seed 003 §3.1, equation (15)",
)
least_squares_gap = identity(
    equals(norm(_y - _X @ _beta) ** 2, norm(_y - _X @ _theta) ** 2 + norm(_X @ (_beta - _theta)) ** 2),
    given=[_normal_equations],
    source="[S] 3.1",
)
least_squares_recovers_noiseless_weights = identity(
    equals(inverse(_gram) @ _X.T @ (_X @ _beta), _beta), source="[S] 3.2"
)
least_squares_error = identity(
    equals(inverse(_gram) @ _X.T @ (_X @ _beta + _w) - _beta, inverse(_gram) @ _X.T @ _w), source="[S] 3.2"
)
least_squares_of_transformed_features = identity(
    equals(inverse((_X @ _P).T @ (_X @ _P)) @ (_X @ _P).T, inverse(_P) @ inverse(_gram) @ _X.T), source="[S] 3.1"
)
minimum_norm_solution_fits = identity(equals(_X @ (_X.T @ inverse(_X @ _X.T) @ _y), _y), source="[P] 3.6")
minimum_norm_gap = identity(
    equals(
        norm(_beta) ** 2,
        norm(_X.T @ inverse(_X @ _X.T) @ _y) ** 2 + norm(_beta - _X.T @ inverse(_X @ _X.T) @ _y) ** 2,
    ),
    given=[equals(_X @ _beta, _y)],
    source="[P] 3.6",
)
gradient_step_contracts_the_error = identity(
    equals(_theta - _eta * (_X.T @ (_X @ _theta - _y)) - _beta, (_I_d - _eta * _gram) @ (_theta - _beta)),
    given=[equals(_gram @ _beta, _moment)],
    source="seed 002 §3, equation (22)",
)
momentum_step_of_the_error = identity(
    equals(
        _theta - _eta * ((1 - _mu) * _x + 2 * _mu * (_gram @ _theta - _moment)) - _beta,
        (_I_d - 2 * _eta * _mu * _gram) @ (_theta - _beta) - _eta * (1 - _mu) * _x,
    ),
    given=[equals(_gram @ _beta, _moment)],
    source="seed 001 §2(a)",
)

# ridge

_ridge = inverse(_gram + _lambda * _I_d) @ _moment

ridge_objective_expanded = identity(
    equals(
        norm(_y - _X @ _beta) ** 2 + _lambda * norm(_beta) ** 2,
        _y.T @ _y - 2 * _beta.T @ _X.T @ _y + _beta.T @ (_gram + _lambda * _I_d) @ _beta,
    ),
    source="seed 003 §3.2, equation (17)",
)
ridge_equations_solved = identity(
    equals(_theta, _ridge),
    given=[equals(_gram @ _theta + _lambda * _theta, _moment)],
    source="[E] 3.4; seed 003 §3.2, equation (19)",
)
ridge_is_stationary = identity(
    equals(
        at(gradient(norm(_y - _X @ _beta) ** 2 + _lambda * norm(_beta) ** 2, _beta), _beta, _ridge),
        zeros(_d),
    ),
    source="[E] 3.4; seed 003 §3.2, equation (18)",
)
ridge_gap = identity(
    equals(
        norm(_y - _X @ _beta) ** 2 + _lambda * norm(_beta) ** 2,
        norm(_y - _X @ _theta) ** 2
        + _lambda * norm(_theta) ** 2
        + norm(_X @ (_beta - _theta)) ** 2
        + _lambda * norm(_beta - _theta) ** 2,
    ),
    given=[equals(_gram @ _theta + _lambda * _theta, _moment)],
    source="[E] 3.4",
)
ridge_in_dual_form = identity(
    equals(
        inverse(_gram + _lambda * _I_d) @ _X.T,
        _X.T @ inverse(_X @ _X.T + _lambda * _I_n),
    ),
    source="[P] 167; seed 001 §4",
)
ridge_shrinks_least_squares = identity(
    equals(_ridge, inverse(_I_d + _lambda * inverse(_gram)) @ _ols), source="[E] 3.4"
)
ridge_bias = identity(
    equals(
        inverse(_gram + _lambda * _I_d) @ _gram @ _beta - _beta,
        -_lambda * inverse(_gram + _lambda * _I_d) @ _beta,
    ),
    source="[E] 3.4",
)
ridge_residual_in_dual_form = identity(
    equals(_y - _X @ _ridge, _lambda * inverse(_X @ _X.T + _lambda * _I_n) @ _y), source="[E] 3.4"
)

# Tikhonov: a penalty as more data

_augmented, _zero_extended = block([[_X], [_G]]), block([[_y], [zeros(_d)]])

augmented_gram = identity(equals(_augmented.T @ _augmented, _gram + _G.T @ _G), source="[E] 3.12; seed 000 §2")
augmented_moment = identity(equals(_augmented.T @ _zero_extended, _moment), source="[E] 3.12; seed 000 §2")
augmented_objective = identity(
    equals(norm(_zero_extended - _augmented @ _beta) ** 2, norm(_y - _X @ _beta) ** 2 + norm(_G @ _beta) ** 2),
    source="[E] 3.12; seed 000 §2",
)
augmented_least_squares_is_tikhonov = identity(
    equals(
        inverse(_augmented.T @ _augmented) @ _augmented.T @ _zero_extended,
        inverse(_gram + _G.T @ _G) @ _moment,
    ),
    source="[E] 3.12; seed 000 §2",
)
tikhonov_of_inverse_covariance = identity(
    equals(
        inverse(_augmented.T @ _augmented) @ _augmented.T @ _zero_extended,
        inverse(_gram + inverse(_P)) @ _moment,
    ),
    given=[equals(_G.T @ _G, inverse(_P))],
    source="seed 000 §2",
)
tikhonov_equations_solved = identity(
    equals(_theta, inverse(_gram + _G.T @ _G) @ _moment),
    given=[equals(_X.T @ (_X @ _theta - _y) + _G.T @ _G @ _theta, zeros(_d))],
    source="seed 000 §2",
)
tikhonov_in_dual_form = identity(
    equals(
        inverse(_gram + inverse(_P)) @ _X.T,
        _P @ _X.T @ inverse(_X @ _P @ _X.T + _I_n),
    ),
    source="[P] 158",
)
ridge_by_augmentation = identity(
    equals(
        inverse(block([[_X], [sqrt(_lambda) * _I_d]]).T @ block([[_X], [sqrt(_lambda) * _I_d]]))
        @ block([[_X], [sqrt(_lambda) * _I_d]]).T
        @ _zero_extended,
        _ridge,
    ),
    source="[E] 3.12; seed 003 §3.4, equation (25)",
)
elastic_net_by_augmentation = identity(
    equals(
        norm(_y - _X @ _beta) ** 2 + _lambda * norm(_beta) ** 2 + _mu * norm(_beta, "1"),
        norm(_zero_extended - block([[_X], [sqrt(_lambda) * _I_d]]) @ _beta) ** 2 + _mu * norm(_beta, "1"),
    ),
    source="[E] 3.30; seed 003 §3.4, equations (24) to (26)",
)

# generalised least squares

_precision = _X.T @ inverse(_S) @ _X
_gls = inverse(_precision) @ _X.T @ inverse(_S)
_common = equals(_X @ _F, _S @ _X)

generalised_normal_equations_solved = identity(
    equals(_theta, _gls @ _y), given=[equals(_precision @ _theta, _X.T @ inverse(_S) @ _y)], source="[S] 3.10"
)
generalised_least_squares_gradient = identity(
    equals(
        gradient((_y - _X @ _beta).T @ inverse(_S) @ (_y - _X @ _beta), _beta),
        -2 * _X.T @ inverse(_S) @ (_y - _X @ _beta),
    ),
    given=[symmetric(_S)],
    source="[S] 3.10",
)
whitened_least_squares = identity(
    equals(inverse((_R @ _X).T @ (_R @ _X)) @ (_R @ _X).T @ (_R @ _y), _gls @ _y),
    given=[equals(_R.T @ _R, inverse(_S))],
    source="[S] 3.10",
)
whitened_objective = identity(
    equals(norm(_R @ _y - _R @ _X @ _beta) ** 2, (_y - _X @ _beta).T @ inverse(_S) @ (_y - _X @ _beta)),
    given=[equals(_R.T @ _R, inverse(_S))],
    source="[S] 3.10",
)
generalised_least_squares_is_unbiased = identity(equals(_gls @ _X, _I_d), source="[S] 3.10; seed 003 §3.3")
generalised_least_squares_variance = identity(
    equals(_gls @ _S @ _gls.T, inverse(_precision)),
    source="[S] 3.10; seed 003 §3.3, equation (20)",
)
least_squares_variance = identity(
    equals(
        (inverse(_gram) @ _X.T) @ _S @ (inverse(_gram) @ _X.T).T,
        inverse(_gram) @ _X.T @ _S @ _X @ inverse(_gram),
    ),
    source="[S] 3.10; seed 003 §3.3, equation (20)",
)
least_squares_variance_of_white_noise = identity(
    equals((inverse(_gram) @ _X.T) @ (_lambda * _I_n) @ (inverse(_gram) @ _X.T).T, _lambda * inverse(_gram)),
    source="[S] 3.2",
)
generalised_variance_of_common_columns = identity(
    equals(inverse(_precision), _F @ inverse(_gram)), given=[_common], source="seed 003 §3.3, equation (21)"
)
least_squares_variance_of_common_columns = identity(
    equals(inverse(_gram) @ _X.T @ _S @ _X @ inverse(_gram), _F @ inverse(_gram)),
    given=[_common],
    source="seed 003 §3.3, equation (22)",
)
generalised_least_squares_is_ordinary = identity(
    equals(_gls, inverse(_gram) @ _X.T), given=[_common, symmetric(_S)], source="Kruskal's theorem; seed 003 §3.3"
)
common_columns_of_equal_estimators = identity(
    equals(_S @ _X, _X @ (inverse(_gram) @ _X.T @ _S @ _X)),
    given=[equals(_gls, inverse(_gram) @ _X.T), symmetric(_S)],
    source="Kruskal's theorem; seed 003 §3.3, equation (23)",
)
variance_gap_of_unbiased_estimators = identity(
    equals(_C @ _S @ _C.T - inverse(_precision), (_C - _gls) @ _S @ (_C - _gls).T),
    given=[equals(_C @ _X, _I_d), symmetric(_S)],
    source="Gauss–Markov theorem; [S] 3.10",
)
gauss_markov_gap = identity(
    equals(
        _C @ _C.T - inverse(_gram),
        (_C - inverse(_gram) @ _X.T) @ (_C - inverse(_gram) @ _X.T).T,
    ),
    given=[equals(_C @ _X, _I_d)],
    source="Gauss–Markov theorem; [S] 3.2",
)

# weighted least squares

weighted_objective_as_quadratic_form = identity(
    equals(
        summation(_w[_i] * (_y[_i] - (_X @ _beta)[_i]) ** 2, _i, 1, _n),
        (_y - _X @ _beta).T @ diag(_w) @ (_y - _X @ _beta),
    ),
    source="[S] 3.10",
)
weighted_objective_gradient = identity(
    equals(
        gradient((_y - _X @ _beta).T @ diag(_w) @ (_y - _X @ _beta), _beta),
        -2 * _X.T @ diag(_w) @ (_y - _X @ _beta),
    ),
    source="[S] 3.10",
)
weighted_normal_equations_solved = identity(
    equals(_theta, inverse(_X.T @ _M @ _X) @ _X.T @ _M @ _y),
    given=[equals(_X.T @ _M @ _X @ _theta, _X.T @ _M @ _y)],
    source="[S] 3.10",
)
weighted_gap = identity(
    equals(
        (_y - _X @ _beta).T @ _M @ (_y - _X @ _beta),
        (_y - _X @ _theta).T @ _M @ (_y - _X @ _theta) + (_X @ (_beta - _theta)).T @ _M @ (_X @ (_beta - _theta)),
    ),
    given=[equals(_X.T @ _M @ _X @ _theta, _X.T @ _M @ _y), symmetric(_M)],
    source="[S] 3.10",
)

# more data, fewer weights, constraints

one_more_observation = identity(
    equals(
        inverse(_gram + _x @ _x.T) @ (_moment + _eta * _x),
        _ols + inverse(_gram) @ _x * ((_eta - _x.T @ _ols) / (1 + _x.T @ inverse(_gram) @ _x)),
    ),
    source="[S] 11.6",
)
residual_with_one_more_observation = identity(
    equals(
        _eta - _x.T @ inverse(_gram + _x @ _x.T) @ (_moment + _eta * _x),
        (_eta - _x.T @ _ols) / (1 + _x.T @ inverse(_gram) @ _x),
    ),
    source="[S] 11.6",
)
residual_without_one_observation = identity(
    equals(
        _eta - _x.T @ inverse(_gram - _x @ _x.T) @ (_moment - _eta * _x),
        (_eta - _x.T @ _ols) / (1 - _x.T @ inverse(_gram) @ _x),
    ),
    source="[S] 10.6",
)
partialled_out_normal_equations = identity(
    equals(
        _X.T @ (_I_n - _Z @ inverse(_Z.T @ _Z) @ _Z.T) @ _X @ _beta,
        _X.T @ (_I_n - _Z @ inverse(_Z.T @ _Z) @ _Z.T) @ _y,
    ),
    given=[
        equals(_gram @ _beta + _X.T @ _Z @ _gamma, _moment),
        equals(_Z.T @ _X @ _beta + _Z.T @ _Z @ _gamma, _Z.T @ _y),
    ],
    source="Frisch–Waugh–Lovell theorem; [S] 3.7",
)
constrained_least_squares = identity(
    equals(
        _theta,
        _ols - inverse(_gram) @ _B.T @ inverse(_B @ inverse(_gram) @ _B.T) @ (_B @ _ols - _c),
    ),
    given=[equals(_gram @ _theta + _B.T @ _gamma, _moment), equals(_B @ _theta, _c)],
    source="[S] 3.8",
)
