"""Optimal brain surgeon: the least increase of a quadratic error when one weight is set to 0.

The error is ½ δᵀHδ; the step δ shall take the weight w_i to 0: w_i + e_iᵀδ = 0, with the multiplier λ. H is n×n and
invertible, (H⁻¹)_ii is not 0: side conditions. Sources: [O] Hassibi, Stork and Wolff, Optimal Brain Surgeon and general
network pruning (1993), by section; [N] Nocedal and Wright, Numerical Optimization (2nd ed.), by section; seed 003 §1.
"""

from __future__ import annotations

from fractions import Fraction

from verifier.identity import identity
from verifier.language import (
    dims,
    equals,
    gradient,
    identity_matrix,
    index,
    inverse,
    matrix,
    norm,
    scalar,
    symmetric,
    unit_vector,
    vector,
    zeros,
)

_half = Fraction(1, 2)
_n, _k = dims("n k")
_i = index("i")
_range = {_i: (1, _n)}
_H, _I = matrix("H", _n, _n), identity_matrix(_n)
_delta, _w, _epsilon = vector("\\delta", _n), vector("w", _n), vector("\\epsilon", _n)
_lambda = scalar("\\lambda")
_e = unit_vector(_n, _i)
_A, _b, _nu, _g = matrix("A", _k, _n), vector("b", _k), vector("\\nu", _k), vector("g", _n)

_entry = inverse(_H)[_i, _i]
_step = -(_w[_i] / _entry) * (inverse(_H) @ _e)
_lagrangian = _half * (_delta.T @ _H @ _delta) + _lambda * (_w[_i] + _e.T @ _delta)

# the error around a point, and the Lagrangian

taylor_model_of_a_quadratic_error = identity(
    equals(
        _half * ((_w + _delta).T @ _H @ (_w + _delta)) - _g.T @ (_w + _delta),
        _half * (_w.T @ _H @ _w) - _g.T @ _w + (_H @ _w - _g).T @ _delta + _half * (_delta.T @ _H @ _delta),
    ),
    given=[symmetric(_H)],
    source="seed 003 §1.1, equation (1)",
)
taylor_model_at_a_minimum = identity(
    equals(
        _half * ((_w + _delta).T @ _H @ (_w + _delta)) - _g.T @ (_w + _delta) - (_half * (_w.T @ _H @ _w) - _g.T @ _w),
        _half * (_delta.T @ _H @ _delta),
    ),
    given=[symmetric(_H), equals(_H @ _w, _g)],
    source="seed 003 §1.1, equation (2)",
)
pruning_lagrangian_gradient = identity(
    equals(gradient(_lagrangian, _delta), _H @ _delta + _lambda * _e),
    given=[symmetric(_H)],
    indices=_range,
    source="seed 003 §1.1, equation (5)",
)
pruning_lagrangian_slope = identity(
    equals(gradient(_lagrangian, _lambda), _w[_i] + _e.T @ _delta), indices=_range, source="seed 003 §1.1, equation (3)"
)
pruning_step_is_feasible = identity(
    equals(_w[_i] + _e.T @ _step, 0), indices=_range, source="seed 003 §1.1, equation (3)"
)
pruned_weight_vanishes = identity(equals((_w + _step)[_i], 0), indices=_range, source="seed 003 §1.1; [O] 2")

# one linear constraint ω + eᵀδ = 0, for any e; the weight w_i has e = e_i, and then eᵀH⁻¹e is (H⁻¹)_ii

_omega, _any = scalar("\\omega"), vector("e", _n)
_curvature = _any.T @ inverse(_H) @ _any
_best = -(_omega / _curvature) * (inverse(_H) @ _any)
_balance = equals(_H @ _delta + _lambda * _any, zeros(_n))
_reached = equals(_omega + _any.T @ _delta, 0)

surgeon_lagrangian_gradient = identity(
    equals(
        gradient(_half * (_delta.T @ _H @ _delta) + _lambda * (_omega + _any.T @ _delta), _delta),
        _H @ _delta + _lambda * _any,
    ),
    given=[symmetric(_H)],
    source="seed 003 §1.1, equation (5)",
)
surgeon_stationarity_solved = identity(
    equals(_delta, -_lambda * (inverse(_H) @ _any)), given=[_balance], source="seed 003 §1.1, equation (5)"
)
surgeon_multiplier = identity(
    equals(_lambda, _omega / _curvature),
    given=[_balance, _reached],
    source="seed 003 §1.1, equation (6); [O] 2",
)
surgeon_step = identity(equals(_delta, _best), given=[_balance, _reached], source="seed 003 §1.1, equation (7); [O] 2")
surgeon_step_from_multiplier = identity(
    equals(_delta, _best),
    given=[_balance, equals(_lambda, _omega / _curvature)],
    source="seed 003 §1.1, equation (7)",
)
surgeon_cost = identity(
    equals(_half * (_delta.T @ _H @ _delta), _half * (_omega**2 / _curvature)),
    given=[_balance, _reached],
    source="seed 003 §1.1, equation (8); [O] 2",
)
surgeon_cost_by_plugging_in = identity(
    equals(_half * (_best.T @ _H @ _best), _half * (_omega**2 / _curvature)), source="seed 003 §1.1, equation (8)"
)
surgeon_cost_by_multiplier = identity(
    equals(_half * (_delta.T @ _H @ _delta), _half * _lambda * _omega),
    given=[_balance, _reached],
    source="[O] 2",
)
surgeon_step_is_feasible = identity(equals(_omega + _any.T @ _best, 0), source="seed 003 §1.1, equation (3)")
surgeon_step_is_stationary = identity(
    equals(_H @ _best + (_omega / _curvature) * _any, zeros(_n)), source="seed 003 §1.1, equation (5)"
)
surgeon_gap = identity(
    equals(
        _half * (_epsilon.T @ _H @ _epsilon),
        _half * (_delta.T @ _H @ _delta) + _half * ((_epsilon - _delta).T @ _H @ (_epsilon - _delta)),
    ),
    given=[symmetric(_H), _balance, _reached, equals(_omega + _any.T @ _epsilon, 0)],
    source="[N] 16.1; seed 003 §1.1",
)
surgeon_multiplier_of_identity = identity(
    equals(_lambda, _omega),
    given=[equals(_delta + _lambda * _any, zeros(_n)), _reached, equals(_any.T @ _any, 1)],
    source="seed 003 §1.2",
)
surgeon_step_of_identity = identity(
    equals(_delta, -_omega * _any),
    given=[equals(_delta + _lambda * _any, zeros(_n)), _reached, equals(_any.T @ _any, 1)],
    source="seed 003 §1.2, equation (9)",
)
surgeon_cost_of_identity = identity(
    equals(_half * norm(_delta) ** 2, _half * _omega**2),
    given=[equals(_delta + _lambda * _any, zeros(_n)), _reached, equals(_any.T @ _any, 1)],
    source="seed 003 §1.2, equation (10)",
)

# H = I: magnitude pruning

pruning_step_of_identity = identity(
    equals(-(_w[_i] / inverse(_I)[_i, _i]) * (inverse(_I) @ _e), -_w[_i] * _e),
    indices=_range,
    source="seed 003 §1.2, equation (9)",
)
pruning_cost_of_identity = identity(
    equals(_half * (_w[_i] ** 2 / inverse(_I)[_i, _i]), _half * _w[_i] ** 2),
    indices=_range,
    source="seed 003 §1.2, equation (10)",
)
pruning_cost_of_diagonal_hessian = identity(
    equals(_half * ((-_w[_i] * _e).T @ _H @ (-_w[_i] * _e)), _half * _H[_i, _i] * _w[_i] ** 2),
    indices=_range,
    source="[O] 1",
)

# several linear constraints

constrained_quadratic_step = identity(
    equals(_delta, inverse(_H) @ _A.T @ inverse(_A @ inverse(_H) @ _A.T) @ _b),
    given=[equals(_H @ _delta + _A.T @ _nu, zeros(_n)), equals(_A @ _delta, _b)],
    source="[N] 16.1",
)
constrained_quadratic_multiplier = identity(
    equals(_nu, -(inverse(_A @ inverse(_H) @ _A.T) @ _b)),
    given=[equals(_H @ _delta + _A.T @ _nu, zeros(_n)), equals(_A @ _delta, _b)],
    source="[N] 16.1",
)
constrained_quadratic_cost = identity(
    equals(_delta.T @ _H @ _delta, _b.T @ inverse(_A @ inverse(_H) @ _A.T) @ _b),
    given=[equals(_H @ _delta + _A.T @ _nu, zeros(_n)), equals(_A @ _delta, _b)],
    source="[N] 16.1",
)
newton_step_is_stationary = identity(
    equals(_g + _H @ (-(inverse(_H) @ _g)), zeros(_n)), source="[N] 2.2; seed 003 §5.4"
)
newton_decrease = identity(
    equals(
        _g.T @ (-(inverse(_H) @ _g)) + _half * ((-(inverse(_H) @ _g)).T @ _H @ (-(inverse(_H) @ _g))),
        -_half * (_g.T @ inverse(_H) @ _g),
    ),
    source="[N] 2.2",
)
