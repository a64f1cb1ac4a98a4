"""Means, variances and covariances: quadratic forms, linear estimators, sample means, decompositions of errors.

Sources: [S] Seber and Lee, Linear Regression Analysis (2nd ed.), by section; [M] Mardia, Kent and Bibby, Multivariate
Analysis, by section; [G] Grimmett and Stirzaker, Probability and Random Processes (3rd ed.), by section; [H] Hastie,
Tibshirani and Friedman, The Elements of Statistical Learning (2nd ed.), by section; seeds by section.
"""

from __future__ import annotations

from verifier.identity import identity
from verifier.language import (
    Chain,
    Expression,
    Statement,
    covariance,
    define,
    dims,
    equals,
    expectation,
    family,
    for_all,
    gaussian,
    identity_matrix,
    independent,
    independent_members,
    index,
    inverse,
    is_random,
    matrix,
    norm,
    number,
    scalars,
    summation,
    symmetric,
    trace,
    variance,
    vector,
    vector_shape,
    zeros,
)

_Given = list[Chain | Statement]

_n, _d, _m = dims("n d m")
_i, _j = index("i"), index("j")
_a, _b, _sigma, _mu, _c = scalars("a b \\sigma \\mu c")
_p, _q = scalars("p q")
_x, _y, _e, _b0 = vector("x", _n), vector("y", _n), vector("\\epsilon", _n), vector("\\beta", _d)
_A, _B, _S = matrix("A", _n, _n), matrix("B", _m, _n), matrix("\\Sigma", _n, _n)
_X, _L = matrix("X", _n, _d), matrix("L", _d, _n)
_mean = vector("m", _n)
_I = identity_matrix(_n)


def _square(term: Expression) -> Expression:
    return norm(term) ** 2


# numbers

_pair: _Given = [is_random(_p), is_random(_q)]
_apart: _Given = [*_pair, independent(_p, _q)]

mean_linear = identity(
    equals(expectation(_a * _p + _b * _q + _c), _a * expectation(_p) + _b * expectation(_q) + _c),
    given=_pair,
    source="[G] 3.3",
)
variance_of_affine = identity(equals(variance(_a * _p + _b), _a**2 * variance(_p)), given=_pair, source="[G] 3.3")
variance_by_second_moment = identity(
    equals(variance(_p), expectation(_p**2) - expectation(_p) ** 2), given=_pair, source="[G] 3.3"
)
covariance_by_product = identity(
    equals(covariance(_p, _q), expectation(_p * _q) - expectation(_p) * expectation(_q)), given=_pair, source="[G] 3.6"
)
variance_of_sum = identity(
    equals(variance(_p + _q), variance(_p) + 2 * covariance(_p, _q) + variance(_q)), given=_pair, source="[G] 3.3"
)
variance_of_independent_sum = identity(
    equals(variance(_p + _q), variance(_p) + variance(_q)), given=_apart, source="[G] 3.3"
)
mean_of_independent_product = identity(
    equals(expectation(_p * _q), expectation(_p) * expectation(_q)), given=_apart, source="[G] 3.3"
)
variance_of_independent_product = identity(
    equals(
        variance(_p * _q),
        variance(_p) * variance(_q) + variance(_p) * expectation(_q) ** 2 + variance(_q) * expectation(_p) ** 2,
    ),
    given=_apart,
    source="[G] 3.11, problem",
)
mean_square_about_a_point = identity(
    equals(expectation((_p - _c) ** 2), variance(_p) + (expectation(_p) - _c) ** 2), given=_pair, source="[H] 7.3"
)
fourth_moment_of_gaussian = identity(
    equals(expectation((_p - _mu) ** 4), 3 * variance(_p) ** 2),
    given=[is_random(_p), gaussian(_p), equals(expectation(_p), _mu)],
    source="[M] 3.1",
)
third_moment_of_gaussian = identity(
    equals(expectation(_p**3), _mu**3 + 3 * _mu * _sigma**2),
    given=[is_random(_p), gaussian(_p), equals(expectation(_p), _mu), equals(variance(_p), _sigma**2)],
    source="[M] 3.1",
)

# the error of a prediction f(x) = q of y = c + p, with p the noise

bias_variance_decomposition = identity(
    equals(expectation((_c + _p - _q) ** 2), variance(_p) + (_c - expectation(_q)) ** 2 + variance(_q)),
    given=[*_apart, equals(expectation(_p), 0)],
    source="[H] 7.3",
)

# vectors

_known: _Given = [is_random(_x), equals(expectation(_x), _mean), equals(variance(_x), _S)]

second_moment = identity(equals(expectation(_x @ _x.T), _S + _mean @ _mean.T), given=_known, source="[M] 1.4")
covariance_of_linear_map = identity(
    equals(variance(_B @ _x), _B @ _S @ _B.T), given=[_known[0], *_known[2:]], source="[S] 1.5"
)
covariance_of_shifted = identity(equals(variance(_x - _mean), _S), given=[_known[0], *_known[2:]], source="[S] 1.5")
cross_covariance_of_linear_maps = identity(
    equals(covariance(_B @ _x, _A @ _x), _B @ _S @ _A.T), given=[_known[0], *_known[2:]], source="[S] 1.5"
)
mean_of_quadratic_form = identity(
    equals(expectation(_x.T @ _A @ _x), trace(_A @ _S) + _mean.T @ _A @ _mean), given=_known, source="[S] 1.6"
)
mean_of_square_norm = identity(
    equals(expectation(_square(_x)), trace(_S) + _square(_mean)), given=_known, source="[S] 1.6"
)
covariance_of_difference = identity(
    equals(variance(_x - _y), variance(_x) + variance(_y)),
    given=[is_random(_x), is_random(_y), independent(_x, _y)],
    source="[S] 1.5",
)
variance_of_gaussian_quadratic_form = identity(
    equals(variance(_x.T @ _A @ _x), 2 * trace(_A @ _S @ _A @ _S) + 4 * (_mean.T @ _A @ _S @ _A @ _mean)),
    given=[*_known, gaussian(_x), symmetric(_A)],
    source="[S] 1.6",
)
variance_of_gaussian_square_norm = identity(
    equals(variance(_square(_e)), 2 * number(_n) * _sigma**4),
    given=[is_random(_e), gaussian(_e), equals(expectation(_e), zeros(_n)), equals(variance(_e), _sigma**2 * _I)],
    source="[M] 3.4",
)

# least squares: y = Xβ + ε

_centred: _Given = [is_random(_e), equals(expectation(_e), zeros(_n))]
_white: _Given = [is_random(_e), equals(variance(_e), _sigma**2 * _I)]
_noise: _Given = [*_centred, *_white[1:]]
_coloured: _Given = [is_random(_e), equals(variance(_e), _S)]
_model = [define(_y, _X @ _b0 + _e)]
_gram = _X.T @ _X
_estimate = inverse(_gram) @ _X.T @ _y
_hat = _X @ inverse(_gram) @ _X.T
_weighted = inverse(_X.T @ inverse(_S) @ _X) @ _X.T @ inverse(_S) @ _y

least_squares_unbiased = identity(
    equals(expectation(_estimate), _b0), given=_centred, definitions=_model, source="[S] 3.2"
)
least_squares_covariance = identity(
    equals(variance(_estimate), _sigma**2 * inverse(_gram)), given=_white, definitions=_model, source="[S] 3.2"
)
least_squares_mean_square_error = identity(
    equals(expectation(_square(_estimate - _b0)), _sigma**2 * trace(inverse(_gram))),
    given=_noise,
    definitions=_model,
    source="[S] 3.2",
)
residual_noise = identity(
    equals(expectation(_square((_hat - _I) @ _e) / number(_n)), _sigma**2 * number(_n - _d) / number(_n)),
    given=_noise,
    source="[S] 3.3; seed 003 §2.2",
)
residual_sum_of_squares = identity(
    equals(expectation(_square(_y - _X @ _estimate)), _sigma**2 * number(_n - _d)),
    given=_noise,
    definitions=_model,
    source="[S] 3.3",
)
fitted_values_covariance = identity(
    equals(variance(_X @ _estimate), _sigma**2 * _hat), given=_white, definitions=_model, source="[S] 3.3"
)
residuals_uncorrelated_with_estimate = identity(
    equals(covariance(_y - _X @ _estimate, _estimate), zeros(_n, _d)),
    given=_white,
    definitions=_model,
    source="[S] 3.4",
)
least_squares_covariance_coloured = identity(
    equals(variance(_estimate), inverse(_gram) @ _X.T @ _S @ _X @ inverse(_gram)),
    given=_coloured,
    definitions=_model,
    source="[S] 3.10; seed 003 §3.3",
)
generalised_least_squares_unbiased = identity(
    equals(expectation(_weighted), _b0), given=_centred, definitions=_model, source="[S] 3.10"
)
generalised_least_squares_covariance = identity(
    equals(variance(_weighted), inverse(_X.T @ inverse(_S) @ _X)),
    given=_coloured,
    definitions=_model,
    source="[S] 3.10; seed 003 §3.3",
)
linear_estimator_covariance = identity(
    equals(variance(_L @ _y), _sigma**2 * (_L @ _L.T)), given=_white, definitions=_model, source="[S] 3.2"
)

# samples: x_1, …, x_n independent, with one mean and variance

_of = family("x")
_sample: _Given = [
    for_all(_i, 1, _n, is_random(_of(_i))),
    *(for_all(_i, 1, _n, step) for step in equals(expectation(_of(_i)), _mu).steps),
    *(for_all(_i, 1, _n, step) for step in equals(variance(_of(_i)), _sigma**2).steps),
    for_all(_i, 1, _n, independent_members(_of(_i))),
]
_spread: _Given = [_sample[0], *_sample[2:]]
_average = summation(_of(_j), _j, 1, _n) / number(_n)

sample_mean_unbiased = identity(equals(expectation(_average), _mu), given=_sample[:2], sizes=[_n], source="[G] 3.3")
sample_mean_variance = identity(
    equals(variance(_average), _sigma**2 / number(_n)),
    given=_spread,
    sizes=[_n],
    source="[G] 3.3",
)
sample_variance_unbiased = identity(
    equals(expectation(summation((_of(_i) - _average) ** 2, _i, 1, _n)), number(_n - 1) * _sigma**2),
    given=_sample,
    sizes=[_n],
    source="[G] 4.10",
)

# vectors x_1, …, x_n: the mean of a Wishart matrix

_row = family("z", vector_shape(_d))
_T = matrix("T", _d, _d)
_draws: _Given = [
    for_all(_i, 1, _n, is_random(_row(_i))),
    *(for_all(_i, 1, _n, step) for step in equals(expectation(_row(_i)), zeros(_d)).steps),
    *(for_all(_i, 1, _n, step) for step in equals(variance(_row(_i)), _T).steps),
    for_all(_i, 1, _n, independent_members(_row(_i))),
]

wishart_mean = identity(
    equals(expectation(summation(_row(_i) @ _row(_i).T, _i, 1, _n)), number(_n) * _T),
    given=_draws[:3],
    sizes=[_n],
    source="[M] 3.4",
)
