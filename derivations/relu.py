"""One ReLU unit φ(x) = relu(wx + b): its elbow, its derivatives, and where a step of gradient descent moves it.

The loss is L = ½(φ(x) - y)², r = φ(x) - y the residual, e = -b/w the elbow and η the step size. Where the unit is on,

    w' = w - ηrx        b' = b - ηr        e' - e = ηr (w - bx) / (w w')

and where wx + b ≤ 0 nothing moves (at the kink, by the convention relu'(0) = 0). In the cases with residual 1 the elbow
moves right or left by the sign of (w - bx)/(w w').
Source: seeds by section; [G] Goodfellow, Bengio and Courville, Deep Learning, by section.
"""

from __future__ import annotations

from fractions import Fraction

from verifier.identity import identity
from verifier.language import (
    Expression,
    absolute,
    cases,
    define,
    derivative,
    dim,
    equals,
    gradient,
    iff,
    index,
    jacobian,
    maximum,
    nonzero,
    norm,
    relu,
    scalar,
    scalars,
    step,
    vector,
)

_half = Fraction(1, 2)
_n, _i = dim("n"), index("i")
_w, _b, _x, _y, _phi, _e, _s = scalars("w b x y \\phi e s")
_eta, _r = scalar("\\eta"), scalar("r")
_values, _targets, _weights, _biases = vector("\\varphi", _n), vector("t", _n), vector("v", _n), vector("c", _n)

_z = _w * _x + _b
_on, _off = _z > 0, _z <= 0
_unit = define(_phi, relu(_z))
_loss = _half * (relu(_z) - _y) ** 2
_slope_gradient = cases((_on, _x * (relu(_z) - _y)), otherwise=0)
_bias_gradient = cases((_on, relu(_z) - _y), otherwise=0)


def _elbow(bias: Expression, slope: Expression) -> Expression:
    """-b/w"""
    return -bias / slope


_moved = _elbow(_b - _eta, _w - _eta * _x)

# the elbow

elbow_is_a_root = identity(equals(_w * _elbow(_b, _w) + _b, 0), source="seed 000 §4(a)(i)")
elbow_is_the_only_root = identity(equals(_x, _elbow(_b, _w)), given=[equals(_z, 0)], source="seed 000 §4(a)(i)")
elbow_iff_zero = identity(iff(equals(_z, 0).whole, equals(_x, _elbow(_b, _w)).whole), source="seed 000 §4(a)(i)")
elbow_of_each_unit = identity(
    equals(_weights[_i] * _elbow(_biases[_i], _weights[_i]) + _biases[_i], 0),
    indices={_i: (1, _n)},
    source="seed 000 §4(c)",
)
relu_is_a_slope_from_the_elbow = identity(
    equals(relu(_z), _z, _w * (_x - _elbow(_b, _w))), given=[_on], source="seed 000 §4(a)"
)
relu_is_on_right_of_the_elbow = identity(iff(_on, _x > _elbow(_b, _w)), given=[_w > 0], source="seed 000 §4(a)")
relu_is_on_left_of_the_elbow = identity(iff(_on, _x < _elbow(_b, _w)), given=[_w < 0], source="seed 000 §4(a)")
relu_is_zero_where_off = identity(equals(relu(_z), 0), given=[_off], source="seed 000 §4(b)(i)")
relu_zero_iff_off = identity(iff(equals(relu(_z), 0).whole, _off), source="seed 000 §4(b)(i)")

# derivatives

relu_loss_by_the_output = identity(
    equals(gradient(_half * (_phi - _y) ** 2, _phi), _phi - _y), source="seed 000 §4(a)(ii)"
)
relu_loss_by_the_output_of_a_layer = identity(
    equals(gradient(_half * norm(_values - _targets) ** 2, _values), _values - _targets), source="seed 000 §4(a)(ii)"
)
relu_by_the_slope = identity(
    equals(jacobian(relu(_z), _w), step(_z) * _x, cases((_on, _x), otherwise=0)), source="seed 000 §4(a)(iii)"
)
relu_by_the_bias = identity(
    equals(jacobian(relu(_z), _b), step(_z), cases((_on, 1), otherwise=0)), source="seed 000 §4(a)(iv)"
)
relu_loss_by_the_slope = identity(
    equals(jacobian(_loss, _w), (relu(_z) - _y) * jacobian(relu(_z), _w), _slope_gradient),
    source="seed 000 §4(a)(iii)",
)
relu_loss_by_the_bias = identity(
    equals(jacobian(_loss, _b), (relu(_z) - _y) * jacobian(relu(_z), _b), _bias_gradient),
    source="seed 000 §4(a)(iv)",
)
relu_chain_rule_by_the_slope = identity(
    equals(
        derivative(_half * (_phi - _y) ** 2, _w),
        derivative(_half * (_phi - _y) ** 2, _phi) * derivative(_phi, _w),
    ),
    definitions=[_unit],
    source="seed 000 §4(a)(iii)",
)
relu_chain_rule_by_the_bias = identity(
    equals(
        derivative(_half * (_phi - _y) ** 2, _b),
        derivative(_half * (_phi - _y) ** 2, _phi) * derivative(_phi, _b),
    ),
    definitions=[_unit],
    source="seed 000 §4(a)(iv)",
)

# one step of gradient descent

dead_unit_keeps_its_slope = identity(equals(_w - _eta * _slope_gradient, _w), given=[_off], source="seed 000 §4(b)(i)")
dead_unit_keeps_its_bias = identity(equals(_b - _eta * _bias_gradient, _b), given=[_off], source="seed 000 §4(b)(i)")
active_unit_moves_by_its_residual = identity(
    equals(_w - _eta * _slope_gradient, _w - _eta * (relu(_z) - _y) * _x, _w - _eta * (_z - _y) * _x),
    given=[_on],
    source="seed 000 §4(b)",
)
active_unit_shifts_by_its_residual = identity(
    equals(_b - _eta * _bias_gradient, _b - _eta * (relu(_z) - _y), _b - _eta * (_z - _y)),
    given=[_on],
    source="seed 000 §4(b)",
)
active_unit_moves_its_slope = identity(
    equals(_w - _eta * _slope_gradient, _w - _eta * _x),
    given=[_on, equals(relu(_z) - _y, 1)],
    source="seed 000 §4(b)(ii)",
)
active_unit_moves_its_bias = identity(
    equals(_b - _eta * _bias_gradient, _b - _eta),
    given=[_on, equals(relu(_z) - _y, 1)],
    source="seed 000 §4(b)(ii)",
)
elbow_movement_of_a_residual = identity(
    equals(
        _elbow(_b - _eta * _r, _w - _eta * _r * _x) - _elbow(_b, _w),
        _eta * _r * (_w - _b * _x) / (_w * (_w - _eta * _r * _x)),
    ),
    source="seed 000 §4(b)",
)
elbow_movement = identity(
    equals(_moved - _elbow(_b, _w), _eta * (_w - _b * _x) / (_w * (_w - _eta * _x))), source="seed 000 §4(b)"
)
activation_after_a_step = identity(
    equals((_w - _eta * _r * _x) * _x + (_b - _eta * _r), _z - _eta * _r * (1 + _x**2)), source="seed 000 §4(b)"
)
residual_of_an_active_unit_shrinks_iff = identity(
    iff(absolute(1 - _eta * (1 + _x**2)) < 1, (_eta > 0) & (_eta < 2 / (1 + _x**2))), source="seed 000 §4(b)"
)

# (ii) w > 0, x > 0, φ > 0

rising_slope_gets_smaller = identity(_w - _eta * _x < _w, given=[_x > 0, _eta > 0], source="seed 000 §4(b)(ii)")
rising_slope_stays_positive_iff = identity(
    iff(_w - _eta * _x > 0, _eta < _w / _x), given=[_x > 0], source="seed 000 §4(b)(ii)"
)
elbow_moves_right_iff_the_bias_is_small = identity(
    iff(_moved > _elbow(_b, _w), _b * _x < _w),
    given=[_w > 0, _eta > 0, _eta * _x < _w],
    source="seed 000 §4(b)(ii)",
)
elbow_moves_left_iff_the_bias_is_large = identity(
    iff(_moved < _elbow(_b, _w), _b * _x > _w),
    given=[_w > 0, _eta > 0, _eta * _x < _w],
    source="seed 000 §4(b)(ii)",
)
elbow_stays_iff = identity(
    iff(equals(_moved, _elbow(_b, _w)).whole, equals(_b * _x, _w).whole),
    given=[nonzero(_eta)],
    source="seed 000 §4(b)(ii)",
)

# (iii) w > 0, x < 0, φ > 0

slope_left_of_zero_gets_steeper = identity(
    absolute(_w - _eta * _x) > absolute(_w), given=[_w > 0, _x < 0, _eta > 0], source="seed 000 §4(b)(iii)"
)
bias_of_a_rising_unit_on_at_the_left = identity(_b > 0, given=[_w > 0, _x < 0, _on], source="seed 000 §4(b)(iii)")
elbow_of_a_rising_unit_moves_right = identity(
    _moved > _elbow(_b, _w), given=[_w > 0, _x < 0, _on, _eta > 0], source="seed 000 §4(b)(iii)"
)

# (iv) w < 0, x > 0, φ > 0

falling_slope_gets_steeper = identity(
    absolute(_w - _eta * _x) > absolute(_w), given=[_w < 0, _x > 0, _eta > 0], source="seed 000 §4(b)(iv)"
)
bias_of_a_falling_unit_on_at_the_right = identity(_b > 0, given=[_w < 0, _x > 0, _on], source="seed 000 §4(b)(iv)")
elbow_of_a_falling_unit_moves_left = identity(
    _moved < _elbow(_b, _w), given=[_w < 0, _x > 0, _on, _eta > 0], source="seed 000 §4(b)(iv)"
)
elbow_of_a_falling_unit_stays_positive_iff = identity(
    iff(_moved > 0, _eta < _b), given=[_w < 0, _x > 0, _eta > 0], source="seed 000 §4(b)(iv)"
)

# what a ReLU is

relu_is_a_maximum = identity(equals(relu(_x), maximum(0, _x)), source="[G] 6.3")
relu_by_cases = identity(equals(relu(_x), cases((_x > 0, _x), otherwise=0)), source="[G] 6.3")
relu_parts_of_a_number = identity(equals(relu(_x) - relu(-_x), _x), source="[G] 6.3")
relu_parts_of_an_absolute_value = identity(equals(relu(_x) + relu(-_x), absolute(_x)), source="[G] 6.3")
relu_of_a_positive_multiple = identity(equals(relu(_s * _x), _s * relu(_x)), given=[_s >= 0], source="[G] 6.3")
relu_is_one_lipschitz = identity(absolute(relu(_x) - relu(_y)) <= absolute(_x - _y), source="[G] 6.3")
