"""Optima: which point minimises, how little is lost there, and which problems have the same minimisers.

argmin is the set of the points at which an objective is least; a point beside an equals sign is the only one of them. X
is n×d, S and P are n×n and d×d. Where an inverse is written, it exists: a side condition of the identity. Sources: [B]
Boyd and Vandenberghe, Convex Optimization, by section or exercise; [E] Hastie, Tibshirani and Friedman, The Elements of
Statistical Learning (2nd ed.), by section; [K] Anderson and Moore, Optimal Filtering, by section; [N] Nocedal and
Wright, Numerical Optimization (2nd ed.), by section; [S] Seber and Lee, Linear Regression Analysis (2nd ed.), by
section; seeds by section.
"""

from __future__ import annotations

from fractions import Fraction

from verifier.identity import identity
from verifier.language import (
    absolute,
    argmax,
    argmin,
    block,
    dims,
    equals,
    identity_matrix,
    iff,
    index,
    inverse,
    is_optimal,
    least,
    less_equal,
    matrix,
    maximum,
    norm,
    positive,
    positive_definite,
    positive_semidefinite,
    scalar,
    sign,
    sqrt,
    summation,
    unit_vector,
    vector,
    zeros,
)

_half = Fraction(1, 2)
_n, _d, _k = dims("n d k")
_i = index("i")
_X, _y = matrix("X", _n, _d), vector("y", _n)
_beta, _theta, _v, _g = vector("\\beta", _d), vector("\\theta", _d), vector("v", _d), vector("g", _d)
_S, _P, _R, _H, _G = (
    matrix("S", _n, _n),
    matrix("P", _d, _d),
    matrix("R", _n, _n),
    matrix("H", _d, _d),
    matrix("\\Gamma", _k, _d),
)
_B, _b, _a = matrix("B", _k, _d), vector("b", _k), vector("a", _d)
_Y, _W = matrix("Y", _n, _k), matrix("W", _d, _k)
_c, _lambda, _eta, _sigma, _tau = (scalar(name) for name in ("c", "\\lambda", "\\eta", "\\sigma", "\\tau"))
_x, _t = scalar("x"), scalar("t")
_I, _gram, _moment = identity_matrix(_d), _X.T @ _X, _X.T @ _y
_squares = norm(_y - _X @ _beta) ** 2
_ols = inverse(_gram) @ _moment
_penalised = _squares + _lambda * norm(_beta) ** 2
_ridge = inverse(_gram + _lambda * _I) @ _moment
_normal_equations = equals(_gram @ _theta, _moment)

# least squares

least_squares_minimises = identity(
    equals(argmin(_squares, _beta), _ols), source="[S] 3.1; seed 003 §3.1, equation (16)"
)
normal_equations_suffice = identity(
    is_optimal(_theta, argmin(_squares, _beta)), given=[_normal_equations], source="[S] 3.1"
)
least_squares_point_is_the_formula = identity(
    equals(_theta, _ols), given=[equals(_theta, argmin(_squares, _beta))], source="[S] 3.1; seed 000 §2"
)
least_squares_point_is_no_worse = identity(
    less_equal(norm(_y - _X @ _theta) ** 2, norm(_y - _X @ _v) ** 2),
    given=[is_optimal(_theta, argmin(_squares, _beta))],
    source="[S] 3.1",
)
least_sum_of_squares = identity(
    equals(least(_squares, _beta), _y.T @ _y - _moment.T @ inverse(_gram) @ _moment), source="[S] 3.3"
)
least_squares_expanded_and_without_the_constant = identity(
    equals(
        argmin(_squares, _beta),
        argmin((_y - _X @ _beta).T @ (_y - _X @ _beta), _beta),
        argmin(_y.T @ _y - 2 * _beta.T @ _X.T @ _y + _beta.T @ _X.T @ _X @ _beta, _beta),
        argmin(-2 * _beta.T @ _X.T @ _y + _beta.T @ _X.T @ _X @ _beta, _beta),
    ),
    source="seed 003 §3.1, equation (14)",
)
norm_and_its_square_are_least_together = identity(
    equals(argmin(norm(_y - _X @ _beta), _beta), argmin(_squares, _beta)), source="[B] 1.2"
)
scaled_objective_has_the_same_minimisers = identity(
    equals(argmin(_c * _squares, _beta), argmin(_squares, _beta)), given=[positive(_c)], source="[B] 4.1"
)
negated_objective_is_greatest_where_it_is_least = identity(
    equals(argmax(-_squares, _beta), argmin(_squares, _beta)), source="[B] 4.1"
)
a_constant_moves_no_minimiser = identity(
    iff(is_optimal(_theta, argmin(_squares, _beta)), is_optimal(_theta, argmin(_squares + _c, _beta))),
    source="[B] 4.1",
)
least_squares_of_several_outputs = identity(
    is_optimal(inverse(_gram) @ _X.T @ _Y, argmin(norm(_Y - _X @ _W, "F") ** 2, _W)), source="[E] 3.2"
)
mean_minimises_squares = identity(
    equals(argmin(summation((_y[_i] - _t) ** 2, _i, 1, _n), _t), summation(_y[_i], _i, 1, _n) / _n),
    source="[S] 3.1",
)

# ridge and more data

ridge_minimises = identity(
    equals(argmin(_penalised, _beta), _ridge), given=[positive(_lambda)], source="[E] 3.4; seed 003 §3.2, equation (19)"
)
ridge_without_the_constant = identity(
    equals(
        argmin(_penalised, _beta),
        argmin(-2 * _beta.T @ _X.T @ _y + _beta.T @ _X.T @ _X @ _beta + _lambda * _beta.T @ _beta, _beta),
    ),
    source="seed 003 §3.2, equation (17)",
)
ridge_by_more_data_has_the_same_minimiser = identity(
    equals(
        argmin(norm(block([[_y], [zeros(_d)]]) - block([[_X], [sqrt(_lambda) * _I]]) @ _beta) ** 2, _beta),
        argmin(_penalised, _beta),
    ),
    source="[E] 3.12; seed 003 §3.4, equation (25)",
)
tikhonov_minimises = identity(
    equals(argmin(_squares + norm(_G @ _beta) ** 2, _beta), inverse(_gram + _G.T @ _G) @ _moment),
    source="[E] 3.12; seed 000 §2",
)
tikhonov_by_more_data_has_the_same_minimiser = identity(
    equals(
        argmin(norm(block([[_y], [zeros(_k)]]) - block([[_X], [_G]]) @ _beta) ** 2, _beta),
        argmin(_squares + norm(_G @ _beta) ** 2, _beta),
    ),
    source="[E] 3.12; seed 000 §2",
)
posterior_mode_by_precisions = identity(
    equals(
        argmax(-_half * _sigma * _squares - _half * _tau * norm(_beta) ** 2, _beta),
        inverse(_sigma * _gram + _tau * _I) @ (_sigma * _moment),
    ),
    given=[positive(_sigma), positive(_tau)],
    source="[E] 3.4; seed 001 §4",
)
posterior_mode_of_gaussians = identity(
    equals(
        argmin(
            (_y - _X @ _beta).T @ inverse(_S) @ (_y - _X @ _beta) + (_beta - _v).T @ inverse(_P) @ (_beta - _v), _beta
        ),
        inverse(_X.T @ inverse(_S) @ _X + inverse(_P)) @ (_X.T @ inverse(_S) @ _y + inverse(_P) @ _v),
    ),
    given=[positive_definite(_S), positive_definite(_P)],
    source="[K] 3.1",
)
kalman_update_is_a_posterior_mode = identity(
    equals(
        argmin(
            (_y - _X @ _beta).T @ inverse(_S) @ (_y - _X @ _beta) + (_beta - _v).T @ inverse(_P) @ (_beta - _v), _beta
        ),
        _v + _P @ _X.T @ inverse(_X @ _P @ _X.T + _S) @ (_y - _X @ _v),
    ),
    given=[positive_definite(_S), positive_definite(_P)],
    source="[K] 3.1",
)

# weights and constraints

generalised_least_squares_minimises = identity(
    equals(
        argmin((_y - _X @ _beta).T @ inverse(_S) @ (_y - _X @ _beta), _beta),
        inverse(_X.T @ inverse(_S) @ _X) @ (_X.T @ inverse(_S) @ _y),
    ),
    given=[positive_definite(_S)],
    source="[S] 3.10",
)
whitened_problem_has_the_same_minimiser = identity(
    equals(
        argmin(norm(_R @ _y - _R @ _X @ _beta) ** 2, _beta),
        argmin((_y - _X @ _beta).T @ inverse(_S) @ (_y - _X @ _beta), _beta),
    ),
    given=[equals(_R.T @ _R, inverse(_S))],
    source="[S] 3.10",
)
constrained_least_squares_minimises = identity(
    equals(
        argmin(_squares, _beta, equals(_B @ _beta, _b)),
        _ols - inverse(_gram) @ _B.T @ inverse(_B @ inverse(_gram) @ _B.T) @ (_B @ _ols - _b),
    ),
    source="[S] 3.8",
)
smallest_solution = identity(
    equals(argmin(norm(_beta) ** 2, _beta, equals(_X @ _beta, _y)), _X.T @ inverse(_X @ _X.T) @ _y), source="[B] 10.1"
)
nearest_point_of_a_hyperplane = identity(
    equals(argmin(norm(_beta - _v) ** 2, _beta, equals(_a.T @ _beta, _c)), _v - ((_a.T @ _v - _c) / (_a.T @ _a)) * _a),
    source="[B] 8.1",
)
best_linear_predictor = identity(
    equals(argmin(_c - 2 * _beta.T @ _g + _beta.T @ _P @ _beta, _beta), inverse(_P) @ _g),
    given=[positive_definite(_P)],
    source="[K] 2.3",
)

# models of functions

newton_step_minimises = identity(
    equals(argmin(_c + _g.T @ _beta + _half * (_beta.T @ _H @ _beta), _beta), -(inverse(_H) @ _g)),
    given=[positive_definite(_H)],
    source="[N] 2.2; seed 003 §5.4",
)
newton_step_decreases_to = identity(
    equals(least(_c + _g.T @ _beta + _half * (_beta.T @ _H @ _beta), _beta), _c - _half * (_g.T @ inverse(_H) @ _g)),
    given=[positive_definite(_H)],
    source="[N] 2.2",
)
stationary_point_of_a_convex_quadratic = identity(
    is_optimal(_theta, argmin(_half * (_beta.T @ _H @ _beta) - _g.T @ _beta, _beta)),
    given=[positive_semidefinite(_H), equals(_H @ _theta, _g)],
    source="[B] 4.2",
)
gradient_step_minimises = identity(
    equals(argmin(_g.T @ (_beta - _v) + norm(_beta - _v) ** 2 / (2 * _eta), _beta), _v - _eta * _g),
    given=[positive(_eta)],
    source="[N] 2.2",
)

# optimal brain surgeon: the least increase of a quadratic error when a weight is set to 0

_omega, _e, _nu = scalar("\\omega"), vector("e", _d), scalar("\\nu")
_increase, _reached = _half * (_beta.T @ _H @ _beta), equals(_omega + _e.T @ _beta, 0)
_w, _unit = vector("w", _d), unit_vector(_d, _i)
_weight = equals(_w[_i] + _unit.T @ _beta, 0)
_range = {_i: (1, _d)}
_pruned = inverse(_H)[_i, _i]

surgeon_step_minimises = identity(
    equals(argmin(_increase, _beta, _reached), -(_omega / (_e.T @ inverse(_H) @ _e)) * (inverse(_H) @ _e)),
    given=[positive_definite(_H)],
    source="seed 003 §1.1, equation (7)",
)
surgeon_least_increase = identity(
    equals(least(_increase, _beta, _reached), _half * (_omega**2 / (_e.T @ inverse(_H) @ _e))),
    given=[positive_definite(_H)],
    source="seed 003 §1.1, equation (8)",
)
surgeon_multiplier_makes_a_minimiser = identity(
    is_optimal(_theta, argmin(_increase, _beta, _reached)),
    given=[positive_semidefinite(_H), equals(_H @ _theta + _nu * _e, zeros(_d)), equals(_omega + _e.T @ _theta, 0)],
    source="[N] 16.1; seed 003 §1.1, equation (5)",
)
surgeon_point_meets_the_constraint = identity(
    equals(_e.T @ _theta, -_omega), given=[is_optimal(_theta, argmin(_increase, _beta, _reached))], source="[N] 12.1"
)
pruning_step_minimises = identity(
    equals(argmin(_increase, _beta, _weight), -(_w[_i] / _pruned) * (inverse(_H) @ _unit)),
    given=[positive_definite(_H)],
    indices=_range,
    source="seed 003 §1.1, equation (7)",
)
pruning_least_increase = identity(
    equals(least(_increase, _beta, _weight), _half * (_w[_i] ** 2 / _pruned)),
    given=[positive_definite(_H)],
    indices=_range,
    source="seed 003 §1.1, equation (8)",
)
pruning_by_magnitude_minimises = identity(
    equals(argmin(_half * norm(_beta) ** 2, _beta, _weight), -_w[_i] * _unit),
    indices=_range,
    source="seed 003 §1.2, equation (9)",
)
pruning_by_magnitude_least_increase = identity(
    equals(least(_half * norm(_beta) ** 2, _beta, _weight), _half * _w[_i] ** 2),
    indices=_range,
    source="seed 003 §1.2, equation (10)",
)
smallest_weight_is_pruned_first = identity(
    iff(less_equal(_half * _x**2, _half * _t**2), less_equal(absolute(_x), absolute(_t))), source="seed 003 §1.2"
)
least_quadratic_under_linear_equations = identity(
    equals(
        argmin(_increase, _beta, equals(_B @ _beta, _b)), inverse(_H) @ _B.T @ inverse(_B @ inverse(_H) @ _B.T) @ _b
    ),
    given=[positive_definite(_H)],
    source="[N] 16.1",
)

# numbers

soft_thresholding = identity(
    equals(
        argmin(_half * (_t - _x) ** 2 + _lambda * absolute(_t), _t),
        sign(_x) * maximum(absolute(_x) - _lambda, 0),
    ),
    given=[_lambda >= 0],
    source="[E] 3.4",
)
nearest_number_that_is_not_negative = identity(
    equals(argmin((_t - _x) ** 2, _t, _t >= 0), maximum(_x, 0)), source="[B] 8.1"
)
nearest_number = identity(equals(argmin(absolute(_t - _x), _t), _x), source="[B] 6.1")
number_and_its_reciprocal = identity(equals(argmin(_t + 1 / _t, _t, _t > 0), 1), source="[B] 3.1")
one_of_two_minimisers = identity(is_optimal(-1, argmin((_t**2 - 1) ** 2, _t)), source="[N] 2.1")
weighted_mean_of_two = identity(
    equals(argmin(_eta * (_t - _x) ** 2 + _c * (_t - _tau) ** 2, _t), (_eta * _x + _c * _tau) / (_eta + _c)),
    given=[positive(_eta), positive(_c)],
    source="[S] 3.10",
)
