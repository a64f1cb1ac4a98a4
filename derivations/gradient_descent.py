"""Gradient descent: which steps contract, which rate is best, when iterates diverge, and what minima attract.

Scalars: L(w) = (y - σw)² with the step w⁺ = w + 2ησ(y - σw), two singular values σ_s ≤ σ_l, and f(θ) = θ²/2. Vectors:
½‖Fw - y‖² with F n×d, ½‖Xθ - y‖² with X n×d, and ½ wᵀHw. A recurrence is a hypothesis for every t ≥ 0.
Sources: [P] Polyak, Introduction to Optimization, by section; [N] Nocedal and Wright, Numerical Optimization (2nd ed.),
by section; seeds by section.
"""

from __future__ import annotations

from fractions import Fraction

from verifier.identity import identity
from verifier.language import (
    absolute,
    dims,
    entrywise,
    equals,
    family,
    for_all,
    gradient,
    hessian,
    identity_matrix,
    iff,
    index,
    inverse,
    jacobian,
    log,
    matrix,
    maximum,
    nonzero,
    norm,
    not_equal,
    number,
    orthogonal,
    scalar,
    scalars,
    symmetric,
    vector,
    vector_shape,
    zeros,
)

_half = Fraction(1, 2)
_n, _d = dims("n d")
_t, _k = index("t"), index("k")
_each = {_t: (0, None)}
_eta, _alpha, _sigma, _epsilon, _rho = (scalar(name) for name in ("\\eta", "\\alpha", "\\sigma", "\\epsilon", "\\rho"))
_small, _large, _lambda, _kappa = (scalar(name) for name in ("\\sigma_s", "\\sigma_l", "\\lambda", "\\kappa"))
_y, _w, _a, _tau, _h, _m, _x = scalars("y w a \\tau h m x")
_at, _theta, _error = family("w"), family("\\theta"), family("e")
_F, _H, _Q, _Lambda = matrix("F", _n, _d), matrix("H", _d, _d), matrix("Q", _d, _d), matrix("\\Lambda", _d, _d)
_X, _V, _S = matrix("X", _n, _d), matrix("V", _d, _d), matrix("S", _d, _d)
_target, _weights, _q, _star, _v = (
    vector("b", _n),
    vector("w", _d),
    vector("q", _d),
    vector("\\theta^{*}", _d),
    vector("v", _d),
)
_steps, _iterates, _zeta = (family(name, vector_shape(_d)) for name in ("u", "\\vartheta", "\\zeta"))
_I = identity_matrix(_d)

# steps that cannot diverge: w⁺ = w - ηFᵀ(Fw - b)

_operator = _I - _eta * (_F.T @ _F)
_descent = for_all(_k, 0, None, equals(_steps(_k + 1), _steps(_k) - _eta * (_F.T @ (_F @ _steps(_k) - _target))).whole)

bounded_step_regrouped = identity(
    equals(
        _weights - _eta * (_F.T @ (_F @ _weights - _target)),
        _weights - _eta * (_F.T @ _F @ _weights) + _eta * (_F.T @ _target),
        _operator @ _weights + _eta * (_F.T @ _target),
    ),
    source="seed 000 §1",
)
bounded_step_by_triangle = identity(
    norm(_operator @ _weights + _eta * (_F.T @ _target)) <= norm(_operator @ _weights) + norm(_eta * (_F.T @ _target)),
    source="seed 000 §1",
)
bounded_step_of_the_weights = identity(
    norm(_operator @ _weights) <= norm(_weights), given=[norm(_operator) <= 1], source="seed 000 §1"
)
bounded_step_of_the_target = identity(
    norm(_eta * (_F.T @ _target)) <= _eta * _a * norm(_target),
    given=[_eta >= 0, norm(_F) <= _a],
    source="seed 000 §1",
)
bounded_step_grows_linearly = identity(
    norm(_steps(_t + 1)) <= norm(_steps(_t)) + _eta * _a * norm(_target),
    given=[_descent, norm(_operator) <= 1, _eta >= 0, norm(_F) <= _a],
    indices=_each,
    source="seed 000 §1",
)
bounded_iterates_from_zero = identity(
    norm(_steps(_t)) <= number(_t) * (_eta * _a * norm(_target)),
    given=[_descent, equals(_steps(0), zeros(_d)), norm(_operator) <= 1, _eta >= 0, norm(_F) <= _a],
    indices=_each,
    source="seed 000 §1",
)
descent_operator_norm_expanded = identity(
    equals(
        norm(_operator @ _weights) ** 2,
        norm(_weights) ** 2 - 2 * _eta * norm(_F @ _weights) ** 2 + _eta**2 * norm(_F.T @ _F @ _weights) ** 2,
    ),
    source="[P] 1.4; seed 000 §1",
)
descent_operator_does_not_expand = identity(
    norm(_operator @ _weights) <= norm(_weights),
    given=[_eta >= 0, _eta * norm(_F) ** 2 <= 2],
    source="[P] 1.4; seed 000 §1",
)
descent_operator_norm_at_most_one = identity(
    norm(_operator) <= 1, given=[_eta >= 0, _eta * norm(_F) ** 2 <= 2], source="[P] 1.4; seed 000 §1"
)

# why learning rates cannot be too big: w⁺ = w + 2ησ(y - σw)

_rate = 1 - 2 * _eta * _sigma**2
_scalar_descent = for_all(_k, 0, None, equals(_at(_k + 1), _at(_k) + 2 * _eta * _sigma * (_y - _sigma * _at(_k))).whole)

scalar_loss_gradient = identity(
    equals(gradient((_y - _sigma * _w) ** 2, _w), -2 * _sigma * (_y - _sigma * _w)), source="seed 001 §1(a)"
)
scalar_error_step = identity(
    equals(_at(_t + 1) - _y / _sigma, _rate * (_at(_t) - _y / _sigma)),
    given=[_scalar_descent],
    indices=_each,
    source="seed 001 §1(a)",
)
scalar_error_after_steps = identity(
    equals(_at(_t) - _y / _sigma, _rate**_t * (_at(0) - _y / _sigma)),
    given=[_scalar_descent],
    indices=_each,
    source="seed 001 §1(b)",
)
geometric_error_after_steps = identity(
    equals(_error(_t), _rho**_t * _error(0)),
    given=[for_all(_k, 0, None, equals(_error(_k + 1), _rho * _error(_k)).whole)],
    indices=_each,
    source="seed 001 §1(b)",
)
scalar_step_contracts_as_interval = identity(
    iff(absolute(_rate) < 1, (_rate > -1) & (_rate < 1)), source="seed 001 §1(a)"
)
scalar_step_contracts_iff = identity(
    iff(absolute(_rate) < 1, (_eta > 0) & (_eta < 1 / _sigma**2)), source="[P] 1.4; seed 001 §1(a)"
)
scalar_error_from_zero = identity(
    equals(absolute(_at(_t) - _y / _sigma), absolute(_rate) ** _t * absolute(_y / _sigma)),
    given=[_scalar_descent, equals(_at(0), 0)],
    indices=_each,
    source="seed 001 §1(b)",
)
steps_to_an_accuracy = identity(
    equals(_tau, log(_epsilon) / log(_rho)),
    given=[equals(_rho**_tau, _epsilon)],
    source="seed 001 §1(b)",
)
enough_steps_for_an_accuracy = identity(
    _rho**_tau <= _epsilon,
    given=[_rho < 1, _tau >= log(_epsilon) / log(_rho)],
    source="seed 001 §1(b)",
)

# two singular values σ_s ≤ σ_l

_slow, _fast = absolute(1 - 2 * _eta * _small**2), absolute(1 - 2 * _eta * _large**2)
_best = (_large**2 - _small**2) / (_large**2 + _small**2)
_optimal = 1 / (_large**2 + _small**2)

small_singular_value_bounds_the_step = identity(_eta < 1 / _small**2, given=[_slow < 1], source="seed 001 §1(c)")
both_errors_contract_iff = identity(
    iff((_slow < 1) & (_fast < 1), (_eta > 0) & (_eta < 1 / _large**2)),
    given=[_small > 0, _small <= _large],
    source="seed 001 §1(c)",
)
short_steps_are_slow_along_small_values = identity(
    _fast <= _slow, given=[_small >= 0, _small <= _large, _eta >= 0, _eta <= _optimal], source="seed 001 §1(d)"
)
long_steps_are_slow_along_large_values = identity(
    _slow <= _fast, given=[_small >= 0, _small <= _large, _eta >= _optimal], source="seed 001 §1(d)"
)
optimal_step_equalises_the_rates = identity(
    equals(1 - 2 * _eta * _small**2, -(1 - 2 * _eta * _large**2)),
    given=[equals(_eta, _optimal)],
    source="seed 001 §1(e)",
)
rates_equal_only_at_the_optimal_step = identity(
    equals(_eta, _optimal),
    given=[equals(_slow, _fast), nonzero(_eta), not_equal(_small**2, _large**2)],
    source="seed 001 §1(e)",
)
optimal_step_rate = identity(
    equals(1 - 2 * _eta * _small**2, _best), given=[equals(_eta, _optimal)], source="seed 001 §1(e)"
)
no_step_beats_the_optimal_rate = identity(maximum(_fast, _slow) >= _best, source="[P] 1.4; seed 001 §1(e)")
optimal_step_attains_the_rate = identity(
    equals(maximum(_fast, _slow), _best),
    given=[_small >= 0, _small <= _large, equals(_eta, _optimal)],
    source="[P] 1.4; seed 001 §1(e)",
)
optimal_rate_by_the_condition_number = identity(
    equals(_best, (_kappa - 1) / (_kappa + 1)), given=[equals(_large**2, _kappa * _small**2)], source="[P] 1.4"
)
decoupled_coordinates_solved = identity(
    equals(_w, _y / _sigma), given=[equals(_sigma**2 * _w, _sigma * _y)], source="seed 001 §1(g)"
)

# f(θ) = θ²/2 with θ⁺ = θ - αθ

_half_square = for_all(_k, 0, None, equals(_theta(_k + 1), _theta(_k) - _alpha * _theta(_k)).whole)

half_square_gradient = identity(equals(gradient(_half * _x**2, _x), _x), source="seed 002 §2")
half_square_step = identity(
    equals(_theta(_t + 1), _theta(_t) - _alpha * _theta(_t), (1 - _alpha) * _theta(_t)),
    given=[_half_square],
    indices=_each,
    source="seed 002 §2, equations (14) and (15)",
)
half_square_ratio = identity(
    equals(_theta(_t + 1) / _theta(_t), 1 - _alpha),
    given=[_half_square],
    indices=_each,
    source="seed 002 §2, equation (16)",
)
half_square_after_steps = identity(
    equals(_theta(_t), _theta(0) * (1 - _alpha) ** _t),
    given=[_half_square],
    indices=_each,
    source="seed 002 §2, equation (17)",
)
long_steps_expand = identity(absolute(1 - _alpha) > 1, given=[_alpha > 2], source="seed 002 §2")
long_steps_grow_at_least_linearly = identity(
    absolute(1 - _alpha) ** _t >= 1 + number(_t) * (_alpha - 2),
    indices=_each,
    source="Bernoulli's theorem; seed 002 §2",
)
half_square_diverges = identity(
    absolute(_theta(_t)) >= (1 + number(_t) * (_alpha - 2)) * absolute(_theta(0)),
    given=[_half_square],
    indices=_each,
    source="seed 002 §2",
)

# ½‖Xθ - y‖² with y = Xθ*: ζ = θ - θ*

_contraction = _I - _alpha * (_X.T @ _X)
_response = vector("y", _n)
_least_squares = for_all(
    _k, 0, None, equals(_iterates(_k + 1), _iterates(_k) - _alpha * (_X.T @ (_X @ _iterates(_k) - _response))).whole
)
_errors = for_all(_k, 0, None, equals(_zeta(_k + 1), _contraction @ _zeta(_k)).whole)
_spectrum = equals(_X.T @ _X, _V @ _S @ _V.T)

descent_error_of_iterates = identity(
    equals(
        _iterates(_t + 1) - _star,
        _iterates(_t) - _alpha * (_X.T @ _X @ _iterates(_t)) + _alpha * (_X.T @ _X @ _star) - _star,
        _contraction @ (_iterates(_t) - _star),
    ),
    given=[_least_squares, equals(_response, _X @ _star)],
    indices=_each,
    source="seed 002 §3, equations (19) to (22)",
)
descent_error_after_steps = identity(
    equals(_zeta(_t), _contraction**_t @ _zeta(0)),
    given=[_errors],
    indices=_each,
    source="seed 002 §3, equation (23)",
)
descent_powers_in_eigenbasis = identity(
    equals(_contraction**_t, (_V @ (_I - _alpha * _S) @ _V.T) ** _t, _V @ (_I - _alpha * _S) ** _t @ _V.T),
    given=[_spectrum, orthogonal(_V)],
    indices=_each,
    source="seed 002 §3, equations (25) and (26)",
)
descent_error_norm_after_steps = identity(
    equals(
        norm(_V @ (_I - _alpha * _S) ** _t @ _V.T @ _v) ** 2, _v.T @ _V @ (_I - _alpha * _S) ** (2 * _t) @ _V.T @ _v
    ),
    given=[orthogonal(_V), symmetric(_S)],
    indices=_each,
    source="seed 002 §3, equation (27)",
)
descent_error_along_a_singular_vector = identity(
    equals(_v.T @ _zeta(_t + 1), (1 - _alpha * _sigma**2) * (_v.T @ _zeta(_t))),
    given=[_errors, equals(_X.T @ _X @ _v, _sigma**2 * _v)],
    indices=_each,
    source="seed 002 §3",
)
long_steps_expand_along_a_singular_vector = identity(
    absolute(1 - _alpha * _sigma**2) > 1, given=[_alpha > 2 / _sigma**2], source="seed 002 §3"
)

# ½ wᵀHw

_quadratic = for_all(_k, 0, None, equals(_steps(_k + 1), _steps(_k) - _epsilon * (_H @ _steps(_k))).whole)
_newton = for_all(_k, 0, None, equals(_steps(_k + 1), _steps(_k) - _epsilon * (inverse(_H) @ (_H @ _steps(_k)))).whole)

quadratic_loss_gradient = identity(
    equals(gradient(_half * _weights.T @ _H @ _weights, _weights), _H @ _weights),
    given=[symmetric(_H)],
    source="seed 003 §5, equation (32)",
)
quadratic_loss_hessian = identity(
    equals(hessian(_half * _weights.T @ _H @ _weights, _weights), _H),
    given=[symmetric(_H)],
    source="seed 003 §5, equation (33)",
)
quadratic_step_in_eigenbasis = identity(
    equals(
        _steps(_t + 1),
        _steps(_t) - _epsilon * (_H @ _steps(_t)),
        _Q @ (_I - _epsilon * _Lambda) @ _Q.T @ _steps(_t),
    ),
    given=[_quadratic, equals(_H, _Q @ _Lambda @ _Q.T), orthogonal(_Q)],
    indices=_each,
    source="seed 003 §5.1, equation (34)",
)
quadratic_iterates_in_eigenbasis = identity(
    equals(_steps(_t), (_I - _epsilon * _H) ** _t @ _steps(0), _Q @ (_I - _epsilon * _Lambda) ** _t @ _Q.T @ _steps(0)),
    given=[_quadratic, equals(_H, _Q @ _Lambda @ _Q.T), orthogonal(_Q)],
    indices=_each,
    source="seed 003 §5.2, equation (35)",
)
eigenvalue_contracts_iff = identity(
    iff(absolute(1 - _epsilon * _lambda) < 1, (_epsilon > 0) & (_epsilon < 2 / _lambda)),
    given=[_lambda > 0],
    source="seed 003 §5.3, equation (36)",
)
eigenvalues_up_to_the_largest_contract = identity(
    absolute(1 - _epsilon * _lambda) < 1,
    given=[_epsilon > 0, _lambda > 0, _lambda <= _h, _epsilon < 2 / _h],
    source="seed 003 §5.3, equation (36)",
)
newton_step_of_iterates = identity(
    equals(_steps(_t + 1), (1 - _epsilon) * _steps(_t)),
    given=[_newton],
    indices=_each,
    source="seed 003 §5.4, equation (37)",
)
newton_iterates_after_steps = identity(
    equals(_steps(_t), (1 - _epsilon) ** _t * _steps(0)),
    given=[_newton],
    indices=_each,
    source="seed 003 §5.4, equation (37)",
)
newton_converges_in_one_step = identity(
    equals(_steps(1), zeros(_d)), given=[_newton, equals(_epsilon, 1)], source="seed 003 §5.4"
)
newton_step_contracts_iff = identity(
    iff(absolute(1 - _epsilon) < 1, (_epsilon > 0) & (_epsilon < 2)), source="[N] 3.3; seed 003 §5.4"
)

# sharp and wide minima: near a minimum m, f'(x) = h (x - m), and h = f''(m)

_f, _slope, _curvature = entrywise("f"), entrywise("f", 1), entrywise("f", 2)
_sharp, _wide = scalar("h_s"), scalar("h_w")

slope_of_a_step = identity(
    equals(jacobian(_x - _alpha * jacobian(_f(_x), _x), _x), 1 - _alpha * _curvature(_x)), source="seed 002 §4"
)
minima_are_fixed_points = identity(
    equals(_m - _alpha * _slope(_m), _m), given=[equals(_slope(_m), 0)], source="seed 002 §4"
)
distance_to_a_minimum_after_a_step = identity(
    equals(_x - _alpha * (_h * (_x - _m)) - _m, (1 - _alpha * _h) * (_x - _m)), source="seed 002 §4"
)
minima_attract_iff_the_step_is_short = identity(
    iff(absolute(1 - _alpha * _h) < 1, _alpha < 2 / _h), given=[_alpha > 0], source="seed 002 §4"
)
step_toward_a_minimum = identity(
    absolute(_x - _alpha * (_h * (_x - _m)) - _m) < absolute(_x - _m),
    given=[_alpha > 0, _alpha < 2 / _h, not_equal(_x, _m)],
    source="seed 002 §4",
)
minima_repel_long_steps = identity(
    absolute(_x - _alpha * (_h * (_x - _m)) - _m) > absolute(_x - _m),
    given=[_h > 0, _alpha > 2 / _h, not_equal(_x, _m)],
    source="seed 002 §4",
)
short_steps_reach_sharp_and_wide_minima = identity(
    (absolute(1 - _alpha * _sharp) < 1) & (absolute(1 - _alpha * _wide) < 1),
    given=[_wide > 0, _wide <= _sharp, _alpha > 0, _alpha < 2 / _sharp],
    source="seed 002 §4",
)
middle_steps_reach_wide_minima_only = identity(
    (absolute(1 - _alpha * _wide) < 1) & (absolute(1 - _alpha * _sharp) > 1),
    given=[_sharp > 0, _alpha > 2 / _sharp, _alpha < 2 / _wide],
    source="seed 002 §4",
)
