"""Huber's loss: half the square up to 1, the absolute value less ½ beyond; its gradient clips at ±1.

    h(x) = x²/2 if |x| ≤ 1, else |x| - ½        g(x) = x if |x| ≤ 1, else sgn x

With a threshold δ > 0: h_δ(x) = x²/2 if |x| ≤ δ, else δ|x| - δ²/2.
Sources: [B] Boyd and Vandenberghe, Convex Optimization, by section; seeds by section.
"""

from __future__ import annotations

from fractions import Fraction

from verifier.identity import identity
from verifier.language import (
    Expression,
    absolute,
    at,
    cases,
    dims,
    entrywise,
    equals,
    gradient,
    index,
    indicator,
    jacobian,
    matrix,
    maximum,
    minimum,
    norm,
    scalar,
    scalars,
    sign,
    summation,
    vector,
)

_half = Fraction(1, 2)
_m, _n = dims("m n")
_i = index("i")
_x, _y, _u = scalars("x y u")
_delta, _lambda = scalar("\\delta"), scalar("\\lambda")
_A, _b, _v = matrix("A", _m, _n), vector("b", _m), vector("v", _n)


def _huber(x: Expression) -> Expression:
    """x²/2 where |x| ≤ 1, else |x| - ½"""
    return cases((absolute(x) <= 1, x**2 / 2), otherwise=absolute(x) - _half)


def _clipped(x: Expression) -> Expression:
    """x where |x| ≤ 1, else sgn x"""
    return cases((absolute(x) <= 1, x), otherwise=sign(x))


_scaled = cases((absolute(_x) <= _delta, _x**2 / 2), otherwise=_delta * absolute(_x) - _delta**2 / 2)
_scaled_slope = cases((absolute(_x) <= _delta, _x), otherwise=_delta * sign(_x))
_shrunk = _x - _clipped(_x)

# by cases

huber_inside = identity(equals(_huber(_x), _x**2 / 2), given=[absolute(_x) <= 1], source="[B] 6.1; seed 002 §5")
huber_outside = identity(
    equals(_huber(_x), absolute(_x) - _half), given=[absolute(_x) > 1], source="[B] 6.1; seed 002 §5"
)
huber_right_of_the_joint = identity(equals(_huber(_x), _x - _half), given=[_x >= 1], source="[B] 6.1")
huber_left_of_the_joint = identity(equals(_huber(_x), -_x - _half), given=[_x <= -1], source="[B] 6.1")
huber_by_indicators = identity(
    equals(
        _huber(_x),
        _half * _x**2 * indicator(absolute(_x) <= 1) + (sign(_x) * _x - _half) * indicator(absolute(_x) > 1),
    ),
    source="seed 002 §5",
)
huber_gradient_by_indicators = identity(
    equals(_clipped(_x), _x * indicator(absolute(_x) <= 1) + sign(_x) * indicator(absolute(_x) > 1)),
    source="seed 002 §5",
)
huber_is_even = identity(equals(_huber(-_x), _huber(_x)), source="[B] 6.1")
huber_gradient_is_odd = identity(equals(_clipped(-_x), -_clipped(_x)), source="[B] 6.1")

# the joint

huber_pieces_meet = identity(
    equals(_x**2 / 2, absolute(_x) - _half), given=[equals(absolute(_x), 1)], source="[B] 6.1; seed 002 §5"
)
huber_gradient_pieces_meet = identity(
    equals(_x, sign(_x)), given=[equals(absolute(_x), 1)], source="[B] 6.1; seed 002 §5"
)
huber_gap_of_the_pieces = identity(
    equals(_x**2 / 2 - (absolute(_x) - _half), _half * (absolute(_x) - 1) ** 2), source="[B] 6.1"
)
huber_gap_of_the_pieces_at_a_threshold = identity(
    equals(_x**2 / 2 - (_delta * absolute(_x) - _delta**2 / 2), _half * (absolute(_x) - _delta) ** 2), source="[B] 6.1"
)
huber_at_the_joint = identity(equals(at(_huber(_x), _x, 1), _half), source="[B] 6.1")
huber_pieces_meet_at_a_threshold = identity(
    equals(_x**2 / 2, _delta * absolute(_x) - _delta**2 / 2), given=[equals(absolute(_x), _delta)], source="[B] 6.1"
)

# the gradient

huber_gradient = identity(equals(jacobian(_huber(_x), _x), _clipped(_x)), source="[B] 6.1; seed 002 §5")
huber_gradient_inside = identity(
    equals(jacobian(_huber(_x), _x), _x), given=[absolute(_x) < 1], source="[B] 6.1; seed 002 §5"
)
huber_gradient_outside = identity(
    equals(jacobian(_huber(_x), _x), sign(_x)), given=[absolute(_x) > 1], source="[B] 6.1; seed 002 §5"
)
huber_gradient_is_bounded = identity(absolute(_clipped(_x)) <= 1, source="[B] 6.1; seed 002 §5")
huber_gradient_is_clipping = identity(equals(_clipped(_x), minimum(maximum(_x, -1), 1)), source="[B] 6.1")
huber_gradient_of_a_threshold = identity(equals(jacobian(_scaled, _x), _scaled_slope), source="[B] 6.1")
huber_gradient_is_bounded_by_the_threshold = identity(
    absolute(_scaled_slope) <= _delta, given=[_delta >= 0], source="[B] 6.1"
)
huber_regression_gradient = identity(
    equals(
        gradient(summation(entrywise("f")((_A @ _v - _b)[_i]), _i, 1, _m) + _half * _lambda * norm(_v) ** 2, _v),
        _A.T @ entrywise("f", 1)(_A @ _v - _b) + _lambda * _v,
    ),
    source="seed 002 §5",
)

# bounds

huber_is_not_negative = identity(_huber(_x) >= 0, source="[B] 6.1")
huber_is_below_half_the_square = identity(_huber(_x) <= _x**2 / 2, source="[B] 6.1")
huber_is_below_the_absolute_value = identity(_huber(_x) <= absolute(_x), source="[B] 6.1")
huber_is_near_the_absolute_value = identity(_huber(_x) >= absolute(_x) - _half, source="[B] 6.1")
huber_by_its_gradient = identity(equals(_huber(_x), _x * _clipped(_x) - _half * _clipped(_x) ** 2), source="[B] 3.3")
huber_is_above_its_tangents = identity(_huber(_y) >= _huber(_x) + _clipped(_x) * (_y - _x), source="[B] 3.1")
huber_is_below_its_parabolas = identity(
    _huber(_y) <= _huber(_x) + _clipped(_x) * (_y - _x) + (_y - _x) ** 2 / 2, source="[B] 9.1"
)
huber_is_a_least_sum = identity(_huber(_x) <= (_x - _u) ** 2 / 2 + absolute(_u), source="[B] 3.2")
huber_least_sum_is_attained = identity(
    equals(_huber(_x), (_x - _shrunk) ** 2 / 2 + absolute(_shrunk)), source="[B] 3.2"
)
huber_is_midpoint_convex = identity(_huber((_x + _y) / 2) <= (_huber(_x) + _huber(_y)) / 2, source="[B] 3.1")
