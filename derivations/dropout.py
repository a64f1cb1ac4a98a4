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


_random = [for_all(_k, 1, _n, is_random(_delta(_k))), for_all(_k, 1, _n, independent_members(_delta(_k)))]
_gauss = [*_random, *_everywhere(expectation(_delta(_k)), 1), *_everywhere(variance(_delta(_k)), _sigma**2)]
_mask = [*_random, *_everywhere(expectation(_delta(_k)), _p), *_everywhere(_delta(_k) ** 2, _delta(_k))]
_with, _without = _over(_delta(_k) * _w[_k] * _x[_k]), _over(_w[_k] * _x[_k])
_squares = _over(_w[_k] ** 2 * _x[_k] ** 2)
_loss, _plain = (_y - _with) ** 2, (_y - _without) ** 2
_at_i = {_i: (1, _n)}

output_has_the_mean = identity(equals(expectation(_with), _without), given=_gauss, source="seed 003 §4.1")
output_variance = identity(equals(variance(_with), _sigma**2 * _squares), given=_gauss, source="seed 003 §4.2")
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
    given=_gauss,
    indices=_at_i,
    source="[S] 9.1",
)
mask_has_all_moments_alike = identity(
    equals(expectation(_delta(_i) ** 2), expectation(_delta(_i) ** 3), _p),
    given=_mask,
    indices=_at_i,
    sizes=[_n],
    source="[S] 4",
)
mask_variance = identity(
    equals(variance(_delta(_i)), _p * (1 - _p)), given=_mask, indices=_at_i, sizes=[_n], source="[S] 9.1"
)
masked_output_mean = identity(equals(expectation(_with), _p * _without), given=_mask, source="[S] 9.1")
masked_output_variance = identity(
    equals(variance(_with), _p * (1 - _p) * _squares), given=_mask, source="[S] 9.1; [W] 2"
)
masked_loss_is_regularised = identity(
    equals(expectation(_loss), (_y - _p * _without) ** 2 + _p * (1 - _p) * _squares),
    given=_mask,
    source="[S] 9.1",
)
