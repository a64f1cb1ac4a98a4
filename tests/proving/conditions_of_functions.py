"""Inequalities of exponential functions, and norm steps for vectors and matrices of any size."""

from __future__ import annotations

from tests.proving.conditions_writing import Condition, claim, entries, iff, of
from verifier.expressions import dims, index
from verifier.language import (
    absolute,
    cosh,
    equals,
    exp,
    identity_matrix,
    log,
    matrix,
    maximum,
    minimum,
    nonzero,
    norm,
    not_equal,
    number,
    positive_definite,
    positive_semidefinite,
    relu,
    scalars,
    sigmoid,
    softplus,
    summation,
    symmetric,
    tanh,
    trace,
    vector,
    zeros,
)

a, p, q, t, x, y = scalars("a p q t x y")
eta, eps, lam, L, kappa, mu = scalars("\\eta \\epsilon \\lambda L \\kappa \\mu")
k, i = index("k"), index("i")
n, m, d = dims("n m d")
u, v, w, g, z = (vector(name, n) for name in "uvwgz")
A, B, F, C = matrix("A", n, n), matrix("B", n, m), matrix("F", m, n), matrix("C", m, d)
Id = identity_matrix(n)
target = vector("b", m)

_lse = log(exp(x) + exp(y))
_divergence = p * log(p / q) + (1 - p) * log((1 - p) / (1 - q))

EXPONENTIALS: dict[str, Condition] = {
    "log x ≤ x - 1": of(
        claim(log(x) <= x - 1, x > 0),
        claim(log(x) < x - 1, x > 0),
        claim(log(x) <= x - 2, x > 0),
    ),
    "log x ≥ 1 - 1/x": of(
        claim(log(x) >= 1 - 1 / x, x > 0),
        claim(log(x) >= 1 - x, x > 0),
        claim(log(x) > 1 - 1 / x, x > 0),
    ),
    "eˣ ≥ 1 + x": of(
        claim(exp(x) >= 1 + x),
        claim(exp(x) >= 1 + 2 * x),
        claim(exp(x) > 1 + x),
    ),
    "e⁻ˣ ≤ 1/(1 + x)": of(
        claim(exp(-x) <= 1 / (1 + x), x > -1),
        claim(exp(-x) <= 1 / (1 + x), not_equal(x, -1)),
        claim(exp(-x) < 1 / (1 + x), x > -1),
    ),
    "x log x ≥ x - 1": of(
        claim(x * log(x) >= x - 1, x > 0),
        claim(x * log(x) >= x**2 - 1, x > 0),
        claim(x * log(x) > x - 1, x > 0),
    ),
    "the exponential keeps the order": of(
        claim(iff(exp(x) <= exp(y), x <= y)),
        claim(iff(exp(x) <= exp(y), x < y)),
        claim(iff(exp(-x) <= exp(-y), x <= y)),
    ),
    "the logarithm keeps the order": of(
        claim(iff(log(x) < log(y), x < y), x > 0, y > 0),
        claim(iff(log(x) < log(y), x <= y), x > 0, y > 0),
    ),
    "the exponential is convex": of(
        claim(exp((x + y) / 2) <= (exp(x) + exp(y)) / 2),
        claim(exp((x + y) / 2) < (exp(x) + exp(y)) / 2),
        claim(exp((x + y) / 2) >= (exp(x) + exp(y)) / 2),
    ),
    "log-sum-exp is above the maximum": of(
        claim(_lse >= maximum(x, y)),
        claim(_lse >= maximum(x, y) + log(number(2))),
        claim(_lse <= maximum(x, y)),
    ),
    "log-sum-exp is below the maximum + log 2": of(
        claim(_lse <= maximum(x, y) + log(number(2))),
        claim(_lse <= minimum(x, y) + log(number(2))),
        claim(_lse <= maximum(x, y) + log(number(2)) / 2),
    ),
    "log-sum-exp is 1-Lipschitz in each": of(
        claim(absolute(_lse - log(exp(t) + exp(y))) <= absolute(x - t)),
        claim(absolute(_lse - log(exp(t) + exp(y))) <= absolute(x - t) / 2),
    ),
    "softmax is between 0 and 1": of(
        claim((exp(x) / (exp(x) + exp(y)) > 0) & (exp(x) / (exp(x) + exp(y)) < 1)),
        claim((exp(x) / (exp(x) + exp(y)) > 0) & (2 * exp(x) / (exp(x) + exp(y)) < 1)),
        claim((exp(x) / (exp(x) - exp(y)) > 0) & (exp(x) / (exp(x) - exp(y)) < 1), not_equal(x, y)),
    ),
    "the logistic function is between 0 and 1": of(
        claim((sigmoid(x) > 0) & (sigmoid(x) < 1)),
        claim((sigmoid(x) > 0) & (2 * sigmoid(x) <= 1)),
        claim((2 * sigmoid(x) > 1) & (sigmoid(x) < 1)),
    ),
    "the slope of the logistic function": of(
        claim(sigmoid(x) * (1 - sigmoid(x)) <= number(1) / 4),
        claim(sigmoid(x) * (1 - sigmoid(x)) < number(1) / 4),
        claim(sigmoid(x) * (1 - sigmoid(x)) <= number(1) / 8),
    ),
    "softplus is above ReLU": of(
        claim((softplus(x) > relu(x)) & (softplus(x) <= relu(x) + log(number(2)))),
        claim((softplus(x) > relu(x)) & (softplus(x) <= relu(x) + log(number(2)) / 2)),
        claim(softplus(x) <= relu(x)),
    ),
    "tanh is bounded": of(
        claim(absolute(tanh(x)) < 1),
        claim(absolute(tanh(x)) < number(1) / 2),
    ),
    "tanh is below its tangent": of(
        claim(tanh(x) <= x, x >= 0),
        claim(tanh(x) <= x),
        claim(tanh(x) < x, x >= 0),
    ),
    "cosh is at least 1": of(
        claim(cosh(x) >= 1),
        claim(cosh(x) > 1),
        claim(cosh(x) >= 1 + x**2),
    ),
    "Gibbs, of two": of(
        claim(_divergence >= 0, p > 0, p < 1, q > 0, q < 1),
        claim(_divergence > 0, p > 0, p < 1, q > 0, q < 1),
        claim(_divergence >= (p - q) ** 2 * 4, p > 0, p < 1, q > 0, q < 1),
    ),
    "rates and exponentials": of(
        claim((1 - x) ** k <= exp(-(number(k) * x)), x >= 0, x <= 1, each=(k,)),
        claim((1 - x) ** k <= exp(-(number(k) * x)), x >= 0, each=(k,)),
        claim((1 - x) ** k < exp(-(number(k) * x)), x >= 0, x <= 1, each=(k,)),
    ),
}

_sum = summation(v[i], i, 1, n)
_squares = summation(v[i] ** 2, i, 1, n)

VECTORS: dict[str, Condition] = {
    "triangle of norms": of(
        claim(norm(u + v) <= norm(u) + norm(v)),
        claim(norm(u + v) < norm(u) + norm(v)),
        claim(norm(u + v) >= norm(u) + norm(v)),
    ),
    "triangle of three norms": of(
        claim(norm(u + v - w) <= norm(u) + norm(v) + norm(w)),
        claim(norm(u + v - w) <= norm(u) + norm(v) - norm(w)),
    ),
    "reverse triangle of norms": of(
        claim(absolute(norm(u) - norm(v)) <= norm(u - v)),
        claim(norm(u - v) <= absolute(norm(u) - norm(v))),
        claim(absolute(norm(u) - norm(v)) <= norm(u + v) / 2),
    ),
    "Cauchy–Schwarz": of(
        claim(u.T @ v <= norm(u) * norm(v)),
        claim(u.T @ v < norm(u) * norm(v)),
        claim(u.T @ v <= norm(u)),
    ),
    "Cauchy–Schwarz, absolute": of(
        claim(absolute(u.T @ v) <= norm(u) * norm(v)),
        claim(absolute(u.T @ v) >= norm(u) * norm(v)),
    ),
    "Cauchy–Schwarz, squared": of(
        claim((u.T @ v) ** 2 <= (u.T @ u) * (v.T @ v)),
        claim((u.T @ v) ** 2 <= u.T @ u),
        claim(2 * (u.T @ v) ** 2 <= (u.T @ u) * (v.T @ v)),
    ),
    "squared norms are not negative": of(
        claim(norm(u) ** 2 >= 0),
        claim(norm(u) ** 2 > 0),
    ),
    "a vector is zero iff its norm is": of(
        claim(iff(equals(norm(u), 0).whole, equals(u, zeros(n)).whole)),
        claim(iff(equals(norm(u - v), 0).whole, equals(u, zeros(n)).whole)),
    ),
    "parallelogram": of(
        claim(equals(norm(u + v) ** 2 + norm(u - v) ** 2, 2 * norm(u) ** 2 + 2 * norm(v) ** 2)),
        claim(equals(norm(u + v) ** 2 + norm(u - v) ** 2, norm(u) ** 2 + norm(v) ** 2)),
    ),
    "twice an inner product": of(
        claim(2 * (u.T @ v) <= norm(u) ** 2 + norm(v) ** 2),
        claim(2 * (u.T @ v) <= norm(u) + norm(v)),
        claim(3 * (u.T @ v) <= norm(u) ** 2 + norm(v) ** 2),
    ),
    "the square of a sum": of(
        claim(norm(u + v) ** 2 <= 2 * norm(u) ** 2 + 2 * norm(v) ** 2),
        claim(norm(u + v) ** 2 <= norm(u) ** 2 + norm(v) ** 2),
    ),
    "the square of a sum of three": of(
        claim(norm(u + v + w) ** 2 <= 3 * norm(u) ** 2 + 3 * norm(v) ** 2 + 3 * norm(w) ** 2),
        claim(norm(u + v + w) ** 2 <= 2 * norm(u) ** 2 + 2 * norm(v) ** 2 + 2 * norm(w) ** 2),
    ),
    "Young of vectors": of(
        claim(u.T @ v <= norm(u) ** 2 / (2 * eps) + eps * norm(v) ** 2 / 2, eps > 0),
        claim(u.T @ v <= norm(u) ** 2 / (4 * eps) + eps * norm(v) ** 2 / 2, eps > 0),
        claim(u.T @ v <= norm(u) ** 2 / (2 * eps) + eps * norm(v) ** 2 / 2, nonzero(eps)),
    ),
    "Jensen of the squared norm": of(
        claim(norm(t * u + (1 - t) * v) ** 2 <= t * norm(u) ** 2 + (1 - t) * norm(v) ** 2, t >= 0, t <= 1),
        claim(norm(t * u + (1 - t) * v) ** 2 <= t * norm(u) ** 2 + (1 - t) * norm(v) ** 2, t >= 0),
    ),
    "variance in any dimension": of(
        claim(number(n) * _squares >= _sum**2),
        claim(_squares >= _sum**2),
        claim(number(n) * _squares >= number(n) * _sum),
    ),
    "an entry is below the norm": of(
        entries(absolute(v[i]) <= norm(v), i, n),
        entries(absolute(v[i]) < norm(v), i, n),
        entries(absolute(v[i]) >= norm(v), i, n),
    ),
    "the norms 1, 2 and ∞": of(
        claim((norm(v, "inf") <= norm(v)) & (norm(v) <= norm(v, "1"))),
        claim((norm(v, "inf") <= norm(v)) & (norm(v) >= norm(v, "1"))),
    ),
    "a gradient step that is co-coercive does not expand": of(
        claim(
            norm(u - eta * g - w) ** 2 <= norm(u - w) ** 2,
            *(L > 0, eta >= 0, eta <= 2 / L, g.T @ (u - w) >= norm(g) ** 2 / L),
        ),
        claim(
            norm(u - eta * g - w) ** 2 <= norm(u - w) ** 2,
            *(L > 0, eta >= 0, eta <= 4 / L, g.T @ (u - w) >= norm(g) ** 2 / L),
        ),
        claim(norm(u - eta * g - w) ** 2 <= norm(u - w) ** 2, L > 0, eta >= 0, eta <= 2 / L, g.T @ (u - w) >= 0),
    ),
    "the descent lemma for short steps": of(
        claim(
            y <= x - eta * norm(g) ** 2 / 2,
            *(y <= x + g.T @ (-eta * g) + L / 2 * norm(eta * g) ** 2, L > 0, eta >= 0, eta <= 1 / L),
        ),
        claim(
            y <= x - eta * norm(g) ** 2 / 2,
            *(y <= x + g.T @ (-eta * g) + L / 2 * norm(eta * g) ** 2, L > 0, eta >= 0, eta <= 2 / L),
        ),
    ),
    "a clipped step is short": of(
        claim(norm(-eta / (1 + norm(g)) * g) <= eta, eta >= 0),
        claim(norm(-eta / (1 + norm(g)) * g) <= eta),
        claim(norm(-eta / (1 + norm(g)) * g) < eta, eta >= 0),
    ),
}

_unit = Id - eta * (F.T @ F)

MATRICES: dict[str, Condition] = {
    "a matrix times a vector": of(
        claim(norm(F @ v) <= norm(F) * norm(v)),
        claim(norm(F @ v) >= norm(F) * norm(v)),
        claim(norm(F @ v) <= norm(F)),
    ),
    "the norm of a product": of(
        claim(norm(B @ C) <= norm(B) * norm(C)),
        claim(norm(B @ C) >= norm(B) * norm(C)),
        claim(norm(B @ C) <= norm(B)),
    ),
    "the norm of a sum of matrices": of(
        claim(norm(A + Id) <= norm(A) + 1),
        claim(norm(A + Id) <= norm(A)),
    ),
    "the spectral norm is below Frobenius'": of(
        claim(norm(B) <= norm(B, "F")),
        claim(norm(B) >= norm(B, "F")),
    ),
    "a Lipschitz layer": of(
        claim(norm(F @ u - F @ v) <= norm(F) * norm(u - v)),
        claim(norm(F @ u - F @ v) <= norm(F) * absolute(norm(u) - norm(v))),
    ),
    "quadratic forms of semidefinite matrices": of(
        claim(u.T @ A @ u >= 0, positive_semidefinite(A)),
        claim(u.T @ A @ u >= 0, symmetric(A)),
        claim(u.T @ A @ u > 0, positive_semidefinite(A), not_equal(u, zeros(n))),
    ),
    "quadratic forms of definite matrices": of(
        claim(u.T @ A @ u > 0, positive_definite(A), not_equal(u, zeros(n))),
        claim(u.T @ A @ u > 0, positive_definite(A)),
    ),
    "Gram matrices": of(
        claim(u.T @ (F.T @ F) @ u >= 0),
        claim(u.T @ (F.T @ F) @ u > 0, not_equal(u, zeros(n))),
        claim(u.T @ (A @ A) @ u >= 0),
    ),
    "ridge is definite": of(
        claim(u.T @ (F.T @ F + lam * Id) @ u > 0, lam > 0, not_equal(u, zeros(n))),
        claim(u.T @ (F.T @ F + lam * Id) @ u > 0, lam >= 0, not_equal(u, zeros(n))),
        claim(u.T @ (F.T @ F + lam * Id) @ u > 0, lam > 0),
    ),
    "a semidefinite form is convex": of(
        claim((u + v).T @ A @ (u + v) <= 2 * (u.T @ A @ u) + 2 * (v.T @ A @ v), positive_semidefinite(A)),
        claim((u + v).T @ A @ (u + v) <= 2 * (u.T @ A @ u) + 2 * (v.T @ A @ v), symmetric(A)),
        claim((u + v).T @ A @ (u + v) <= u.T @ A @ u + v.T @ A @ v, positive_semidefinite(A)),
    ),
    "trace of a Gram matrix": of(
        claim(trace(B.T @ B) >= 0),
        claim(trace(A @ A) >= 0),
        claim(trace(B.T @ B) > 0),
    ),
    "a step that cannot diverge": of(
        claim(norm(_unit @ w) <= norm(w), norm(_unit) <= 1),
        claim(norm(_unit @ w) < norm(w), norm(_unit) <= 1),
        claim(norm(_unit @ w) <= norm(w), norm(_unit) <= 2),
    ),
    "gradient descent does not go nuts": of(
        claim(
            norm(w - eta * (F.T @ (F @ w - target))) <= norm(w) + eta * a * norm(target),
            *(norm(_unit) <= 1, norm(F.T) <= a, eta >= 0),
        ),
        claim(norm(w - eta * (F.T @ (F @ w - target))) <= norm(w) + eta * a * norm(target), norm(F.T) <= a, eta >= 0),
        claim(
            norm(w - eta * (F.T @ (F @ w - target))) <= norm(w),
            *(norm(_unit) <= 1, norm(F.T) <= a, eta >= 0),
        ),
    ),
}
