"""Noise on the inputs: least squares with it is ridge regression, and what gradient descent does on average.

The entries of the noise N are independent, with mean 0 and variance σ². Sources: [B] Bishop, Training with noise is
equivalent to Tikhonov regularization (Neural Computation 7, 1995); [H] Hastie, Tibshirani and Friedman, The Elements of
Statistical Learning (2nd ed.), by section; seeds by section.
"""

from __future__ import annotations

from verifier.identity import identity
from verifier.language import (
    Expression,
    Statement,
    dims,
    equals,
    expectation,
    family,
    for_all,
    gradient,
    identity_matrix,
    independent,
    independent_entries,
    index,
    is_random,
    matrix,
    norm,
    number,
    scalars,
    trace,
    variance,
    vector,
    zeros,
)

_m, _d = dims("m d")
_i, _j, _t = index("i"), index("j"), index("t")
_X, _N = matrix("X", _m, _d), matrix("N", _m, _d)
_w, _y, _u = vector("w", _d), vector("y", _m), vector("u", _d)
_A, _B = matrix("A", _d, _d), matrix("B", _m, _m)
_eta, _sigma, _x, _z = scalars("\\eta \\sigma x y")


def _of_entries(statement: Statement) -> Statement:
    return for_all(_i, 1, _m, for_all(_j, 1, _d, statement))


def _square(term: Expression) -> Expression:
    return norm(term) ** 2


_mean = [is_random(_N), *(_of_entries(step) for step in equals(expectation(_N[_i, _j]), 0).steps)]
_spread = [*(_of_entries(step) for step in equals(variance(_N[_i, _j]), _sigma**2).steps), independent_entries(_N)]
_noise = [*_mean, *_spread]
_loss = _square((_X + _N) @ _w - _y)

# one input

noise_has_mean_zero = identity(equals(expectation(_N), zeros(_m, _d)), given=_mean, source="[B] 2")
noise_of_prediction = identity(
    equals(expectation(_square(_N @ _w)), number(_m) * _sigma**2 * _square(_w)), given=_noise, source="seed 001 §3(a)"
)
noise_gram = identity(
    equals(expectation(_N.T @ _N), number(_m) * _sigma**2 * identity_matrix(_d)), given=_noise, source="[B] 2"
)
noise_outer_gram = identity(
    equals(expectation(_N @ _N.T), number(_d) * _sigma**2 * identity_matrix(_m)), given=_noise, source="[B] 2"
)
prediction_with_noise = identity(equals(expectation((_X + _N) @ _w), _X @ _w), given=_mean, source="[B] 2")
gram_with_noise = identity(
    equals(expectation((_X + _N).T @ (_X + _N)), _X.T @ _X + number(_m) * _sigma**2 * identity_matrix(_d)),
    given=_noise,
    source="seed 001 §3(a)",
)

# the loss

instance_noise_is_ridge = identity(
    equals(expectation(_loss), _square(_X @ _w - _y) + number(_m) * _sigma**2 * _square(_w)),
    given=_noise,
    source="[B] 2; seed 001 §3(a)",
)
instance_noise_expanded = identity(
    equals(_loss, _square(_X @ _w - _y) + _square(_N @ _w) + 2 * ((_X @ _w - _y).T @ (_N @ _w))),
    source="seed 001 §3(a)",
)
cross_term_has_mean_zero = identity(
    equals(expectation((_X @ _w - _y).T @ (_N @ _w)), 0), given=_mean, source="seed 001 §3(a)"
)
variance_of_noise_of_prediction = identity(
    equals(variance(_N @ _w), _sigma**2 * _square(_w) * identity_matrix(_m)),
    given=[is_random(_N), *_spread],
    source="seed 001 §3(a)",
)
variance_of_prediction_with_noise = identity(
    equals(variance((_X + _N) @ _w - _y), _sigma**2 * _square(_w) * identity_matrix(_m)),
    given=[is_random(_N), *_spread],
    source="seed 001 §3(a)",
)
variance_of_noise_of_response = identity(
    equals(variance(_N.T @ _y), _sigma**2 * _square(_y) * identity_matrix(_d)),
    given=[is_random(_N), *_spread],
    source="[B] 2",
)

# matrices around the noise

noise_square_norm = identity(
    equals(expectation(norm(_N, "F") ** 2), number(_m) * number(_d) * _sigma**2),
    given=[*_mean, *_spread[:-1]],
    source="[B] 2",
)
noise_conjugation = identity(
    equals(expectation(_N @ _A @ _N.T), _sigma**2 * trace(_A) * identity_matrix(_m)), given=_noise, source="[B] 2"
)
noise_conjugation_of_rows = identity(
    equals(expectation(_N.T @ _B @ _N), _sigma**2 * trace(_B) * identity_matrix(_d)), given=_noise, source="[B] 2"
)
noise_of_two_predictions = identity(
    equals(expectation((_N @ _w) @ (_N @ _u).T), _sigma**2 * (_w.T @ _u) * identity_matrix(_m)),
    given=_noise,
    source="[B] 2",
)
noise_inner_product = identity(
    equals(expectation(_u.T @ _N.T @ _N @ _w), number(_m) * _sigma**2 * (_u.T @ _w)), given=_noise, source="[B] 2"
)
response_with_noise = identity(equals(expectation((_X + _N).T @ _y), _X.T @ _y), given=_mean, source="seed 001 §3(b)")

# its gradient

response_gram_with_noise = identity(
    equals(expectation((_X + _N).T @ (_y - (_X + _N) @ _w)), _X.T @ (_y - _X @ _w) - number(_m) * _sigma**2 * _w),
    given=_noise,
    source="seed 001 §3(b)",
)
expected_gradient_with_noise = identity(
    equals(expectation((_X + _N).T @ ((_X + _N) @ _w - _y)), _X.T @ (_X @ _w - _y) + number(_m) * _sigma**2 * _w),
    given=_noise,
    source="seed 001 §3(b)",
)
gradient_of_loss_with_noise = identity(
    equals(gradient(expectation(_loss), _w), 2 * (_X.T @ (_X @ _w - _y) + number(_m) * _sigma**2 * _w)),
    given=_noise,
    source="[B] 2; seed 001 §3(a)",
)

# gradient descent, for one input x with noise N_t

_w_of, _n_of = family("w"), family("N")
_seen = _x + _n_of(_t)
_step = equals(_w_of(_t + 1), _w_of(_t) - _eta * _seen * (_seen * _w_of(_t) - _z)).steps
_descent = [
    for_all(_t, 0, None, is_random(_w_of(_t))),
    for_all(_t, 0, None, is_random(_n_of(_t))),
    *(for_all(_t, 0, None, step) for step in _step),
    *(for_all(_t, 0, None, step) for step in equals(expectation(_n_of(_t)), 0).steps),
    *(for_all(_t, 0, None, step) for step in equals(expectation(_n_of(_t) ** 2), _sigma**2).steps),
    for_all(_t, 0, None, independent(_w_of(_t), _n_of(_t))),
]
_fixed = _x * _z / (_x**2 + _sigma**2)
_rate = 1 - _eta * (_x**2 + _sigma**2)

mean_of_step = identity(
    equals(
        expectation(_w_of(_t + 1)),
        expectation(_w_of(_t)) - _eta * (_x**2 * expectation(_w_of(_t)) - _x * _z + _sigma**2 * expectation(_w_of(_t))),
        _rate * expectation(_w_of(_t)) + _eta * _x * _z,
    ),
    given=_descent,
    indices={_t: (0, None)},
    source="seed 001 §3(b)",
)
mean_away_from_fixed_point = identity(
    equals(expectation(_w_of(_t + 1)) - _fixed, _rate * (expectation(_w_of(_t)) - _fixed)),
    given=_descent,
    indices={_t: (0, None)},
    source="seed 001 §3(c)",
)
