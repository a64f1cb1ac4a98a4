"""Dropout: the expected loss of a linear unit with multiplied inputs is a regularised loss, and so is its gradient.

The factors δ_k have mean 1 and variance σ², and are independent; with δ_k 0 or 1, the mean is the rate that is kept.
Sources: [S] Srivastava et al., Dropout (JMLR 15, 2014), section 9; [W] Wager, Wang and Liang, Dropout training as
adaptive regularization (NeurIPS 2013); seeds by section.
"""

from __future__ import annotations

from verifier.identity import identity
from verifier.language import (
    Expression,
    Statement,
    covariance,
    derivative,
    dim,
    equals,
    expectation,
    family,
    for_all,
    independent_members,
    index,
    is_random,
    scalars,
    summation,
    variance,
    vector,
)

_n = dim("n")
_k, _i = index("k"), index("i")
_w, _x = vector("w", _n), vector("x", _n)
_y, _sigma, _p = scalars("y \\sigma p")
_delta = family("\\delta")


def _over(body: Expression) -> Expression:
    return summation(body, _k, 1, _n)


def _everywhere(*sides: Expression | int) -> list[Statement]:
    return [for_all(_k, 1, _n, step) for step in equals(*sides).steps]


_random = [for_all(_k, 1, _n, is_random(_delta(_k)))]
_independent = [for_all(_k, 1, _n, independent_members(_delta(_k)))]
_one = [*_random, *_everywhere(expectation(_delta(_k)), 1)]
_spread = _everywhere(variance(_delta(_k)), _sigma**2)
_gauss = [*_one, *_spread, *_independent]
_kept = [*_random, *_everywhere(expectation(_delta(_k)), _p)]
_bits = _everywhere(_delta(_k) ** 2, _delta(_k))
_mask = [*_kept, *_bits, *_independent]
_with, _without = _over(_delta(_k) * _w[_k] * _x[_k]), _over(_w[_k] * _x[_k])
_squares = _over(_w[_k] ** 2 * _x[_k] ** 2)
_loss, _plain = (_y - _with) ** 2, (_y - _without) ** 2
_at_i = {_i: (1, _n)}


# factors with mean 1 and variance σ²

output_has_the_mean = identity(equals(expectation(_with), _without), given=_one, source="seed 003 §4.1")
output_variance = identity(
    equals(variance(_with), _sigma**2 * _squares), given=[*_random, *_spread, *_independent], source="seed 003 §4.2"
)
output_second_moment = identity(
    equals(expectation(_with**2), _without**2 + _sigma**2 * _squares), given=_gauss, source="seed 003 §4.2"
)
error_has_the_mean = identity(equals(expectation(_y - _with), _y - _without), given=_one, source="seed 003 §4.1")
error_variance = identity(
    equals(variance(_y - _with), _sigma**2 * _squares), given=[*_random, *_spread, *_independent], source="[W] 2"
)
expected_loss_is_regularised = identity(
    equals(expectation(_loss), _plain + _sigma**2 * _squares), given=_gauss, source="[S] 9.1; seed 003 §4.2"
)
expected_gradient = identity(
    equals(expectation(derivative(_loss, _w[_i])), derivative(_plain, _w[_i]) + 2 * _sigma**2 * _w[_i] * _x[_i] ** 2),
    given=_gauss,
    indices=_at_i,
    source="seed 003 §4.1",
)
gradient_of_expected_loss = identity(
    equals(derivative(expectation(_loss), _w[_i]), expectation(derivative(_loss, _w[_i]))),
    given=_random,
    indices=_at_i,
    source="[S] 9.1",
)
factor_second_moment = identity(
    equals(expectation(_delta(_i) ** 2), 1 + _sigma**2),
    given=[*_one, *_spread],
    indices=_at_i,
    sizes=[_n],
    source="[S] 9",
)
factor_with_output = identity(
    equals(covariance(_delta(_i), _with), _sigma**2 * _w[_i] * _x[_i]),
    given=[*_random, *_spread, *_independent],
    indices=_at_i,
    source="[W] 2",
)
factor_times_output = identity(
    equals(expectation(_delta(_i) * _with), _without + _sigma**2 * _w[_i] * _x[_i]),
    given=_gauss,
    indices=_at_i,
    source="seed 003 §4.1",
)

# masks: 0 or 1

mask_second_moment = identity(
    equals(expectation(_delta(_i) ** 2), _p), given=[*_kept, *_bits], indices=_at_i, sizes=[_n], source="[S] 4"
)
mask_third_moment = identity(
    equals(expectation(_delta(_i) ** 3), _p), given=[*_kept, *_bits], indices=_at_i, sizes=[_n], source="[S] 4"
)
mask_variance = identity(
    equals(variance(_delta(_i)), _p * (1 - _p)), given=[*_kept, *_bits], indices=_at_i, sizes=[_n], source="[S] 9.1"
)
masked_output_mean = identity(equals(expectation(_with), _p * _without), given=_kept, source="[S] 9.1")
masked_output_variance = identity(
    equals(variance(_with), _p * (1 - _p) * _squares), given=_mask, source="[S] 9.1; [W] 2"
)
masked_output_second_moment = identity(
    equals(expectation(_with**2), _p**2 * _without**2 + _p * (1 - _p) * _squares), given=_mask, source="[S] 9.1"
)
masked_loss_is_regularised = identity(
    equals(expectation(_loss), (_y - _p * _without) ** 2 + _p * (1 - _p) * _squares), given=_mask, source="[S] 9.1"
)
masked_factor_with_output = identity(
    equals(covariance(_delta(_i), _with), _p * (1 - _p) * _w[_i] * _x[_i]), given=_mask, indices=_at_i, source="[W] 2"
)
masked_expected_gradient = identity(
    equals(
        expectation(derivative(_loss, _w[_i])),
        -2 * _p * _x[_i] * (_y - _p * _without) + 2 * _p * (1 - _p) * _w[_i] * _x[_i] ** 2,
    ),
    given=_mask,
    indices=_at_i,
    source="[S] 9.1",
)
