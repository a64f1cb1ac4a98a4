"""Conditions on step sizes, rates, curvature and momentum, as texts on optimisation state them."""

from __future__ import annotations

from tests.proving.conditions_writing import Condition, claim, iff, of
from verifier.language import absolute, equals, maximum, minimum, nonzero, not_equal, scalars, sqrt

eta, alpha, beta, eps = scalars("\\eta \\alpha \\beta \\epsilon")
sigma, lam, mu, kappa = scalars("\\sigma \\lambda \\mu \\kappa")
L, a, b, c, e, g, h, big, p, q, r, s, u, v, x, y = scalars("L a b c e g h l p q r s u v x y")
f0, f1, f2 = scalars("f_0 f_1 f_2")

STEP_SIZES: dict[str, Condition] = {
    "a step of 2ησ² contracts iff 0 < η < 1/σ²": of(
        claim(iff(absolute(1 - 2 * eta * sigma**2) < 1, (eta > 0) & (eta < 1 / sigma**2)), sigma > 0),
        claim(iff(absolute(1 - 2 * eta * sigma**2) < 1, (eta > 0) & (eta < 1 / (2 * sigma**2))), sigma > 0),
        claim(iff(absolute(1 - 2 * eta * sigma**2) < 1, (eta > 0) & (eta < 1 / sigma)), sigma > 0),
        claim(iff(absolute(1 - 2 * eta * sigma**2) <= 1, (eta > 0) & (eta < 1 / sigma**2)), sigma > 0),
    ),
    "the interval of the step": of(
        claim(
            iff((1 - 2 * eta * sigma**2 > -1) & (1 - 2 * eta * sigma**2 < 1), (eta > 0) & (eta < 1 / sigma**2)),
            sigma > 0,
        ),
        claim(iff((1 - 2 * eta * sigma**2 > -1) & (1 - 2 * eta * sigma**2 < 1), eta < 1 / sigma**2), sigma > 0),
    ),
    "a step that contracts is bounded": of(
        claim(eta * sigma**2 < 1, absolute(1 - 2 * eta * sigma**2) < 1),
        claim(2 * eta * sigma**2 < 1, absolute(1 - 2 * eta * sigma**2) < 1),
    ),
    "steps below 2/L contract": of(
        claim(absolute(1 - eta * lam) < 1, eta > 0, eta < 2 / L, lam > 0, lam <= L),
        claim(absolute(1 - eta * lam) < 1, eta > 0, eta < 2 / L, lam >= 0, lam <= L, L > 0),
        claim(absolute(1 - eta * lam) < 1, eta < 2 / L, lam > 0, lam <= L),
        claim(absolute(1 - eta * lam) < 1, eta > 0, eta <= 2 / L, lam > 0, lam <= L),
        claim(absolute(1 - eta * lam) < 1, eta > 0, eta < 2 / L, lam > 0, L > 0),
    ),
    "α > 2 expands": of(
        claim(absolute(1 - alpha) > 1, alpha > 2),
        claim(absolute(1 - alpha) > 1, alpha > 1),
        claim(absolute(1 - alpha) > 1, alpha >= 2),
    ),
    "α > 2/s expands": of(
        claim(absolute(1 - alpha * s) > 1, s > 0, alpha > 2 / s),
        claim(absolute(1 - alpha * s) > 1, s > 0, alpha > 1 / s),
        claim(absolute(1 - alpha * s) > 1, nonzero(s), alpha > 2 / s),
    ),
    "steps up to 1/L keep the sign": of(
        claim((1 - eta * lam >= 0) & (1 - eta * lam <= 1), eta >= 0, eta <= 1 / L, lam >= 0, lam <= L, L > 0),
        claim((1 - eta * lam >= 0) & (1 - eta * lam <= 1), eta >= 0, eta <= 2 / L, lam >= 0, lam <= L, L > 0),
        claim((1 - eta * lam >= 0) & (1 - eta * lam <= 1), eta >= 0, eta <= 1 / L, lam <= L, L > 0),
    ),
    "the largest singular value decides": of(
        claim(
            iff(
                (absolute(1 - 2 * eta * s**2) < 1) & (absolute(1 - 2 * eta * big**2) < 1),
                (eta > 0) & (eta < 1 / big**2),
            ),
            s > 0,
            s <= big,
        ),
        claim(
            iff(
                (absolute(1 - 2 * eta * s**2) < 1) & (absolute(1 - 2 * eta * big**2) < 1),
                (eta > 0) & (eta < 1 / s**2),
            ),
            s > 0,
            s <= big,
        ),
        claim(
            iff(
                (absolute(1 - 2 * eta * s**2) < 1) | (absolute(1 - 2 * eta * big**2) < 1),
                (eta > 0) & (eta < 1 / big**2),
            ),
            s > 0,
            s <= big,
        ),
    ),
    "the expected weight converges iff 0 < η < 2/(x² + σ²)": of(
        claim(
            iff(absolute(1 - (eta * x**2 + eta * sigma**2)) < 1, (eta > 0) & (eta < 2 / (x**2 + sigma**2))), sigma > 0
        ),
        claim(iff(absolute(1 - (eta * x**2 + eta * sigma**2)) < 1, eta < 2 / (x**2 + sigma**2)), sigma > 0),
        claim(
            iff(absolute(1 - (eta * x**2 + eta * sigma**2)) < 1, (eta > 0) & (eta < 1 / (x**2 + sigma**2))), sigma > 0
        ),
        claim(iff(absolute(1 - eta * x**2 + eta * sigma**2) < 1, (eta > 0) & (eta < 2 / (x**2 + sigma**2))), sigma > 0),
    ),
    "no oscillation iff η ≤ 1/λ": of(
        claim(iff(1 - eta * lam >= 0, eta <= 1 / lam), lam > 0),
        claim(iff(1 - eta * lam >= 0, eta <= 1 / lam), nonzero(lam)),
        claim(iff(1 - eta * lam > 0, eta <= 1 / lam), lam > 0),
    ),
    "a minimum attracts iff 0 < α < 2/h": of(
        claim(iff(absolute(1 - alpha * h) < 1, (alpha > 0) & (alpha < 2 / h)), h > 0),
        claim(iff(absolute(1 - alpha * h) < 1, (alpha > 0) & (alpha < 1 / h)), h > 0),
        claim(iff(absolute(1 - alpha * h) < 1, (alpha > 0) & (alpha < 2 / h)), nonzero(h)),
    ),
    "a maximum repels": of(
        claim(absolute(1 - alpha * h) > 1, h < 0, alpha > 0),
        claim(absolute(1 - alpha * h) > 1, h <= 0, alpha > 0),
        claim(absolute(1 - alpha * h) > 1, h > 0, alpha > 0),
    ),
    "the wide minimum attracts and the sharp one repels": of(
        claim(
            (absolute(1 - alpha * u) < 1) & (absolute(1 - alpha * v) > 1), u > 0, u < v, alpha > 2 / v, alpha < 2 / u
        ),
        claim(
            (absolute(1 - alpha * u) < 1) & (absolute(1 - alpha * v) > 1), u > 0, u < v, alpha > 1 / v, alpha < 1 / u
        ),
        claim((absolute(1 - alpha * u) < 1) & (absolute(1 - alpha * v) > 1), u > 0, u < v, alpha > 2 / v),
    ),
    "a damped Newton step contracts iff 0 < ε < 2": of(
        claim(iff(absolute(1 - eps) < 1, (eps > 0) & (eps < 2))),
        claim(iff(absolute(1 - eps) < 1, (eps > 0) & (eps <= 2))),
        claim(iff(absolute(1 - eps) < 1, (eps > 0) & (eps < 1))),
    ),
    "weight decay shrinks": of(
        claim((1 - eta * lam > 0) & (1 - eta * lam < 1), eta > 0, lam > 0, eta < 1 / lam),
        claim((1 - eta * lam > 0) & (1 - eta * lam < 1), eta > 0, lam > 0, eta < 2 / lam),
        claim((1 - eta * lam > 0) & (1 - eta * lam < 1), eta >= 0, lam > 0, eta < 1 / lam),
    ),
    "a proximal step always contracts": of(
        claim((1 / (1 + eta * lam) > 0) & (1 / (1 + eta * lam) < 1), eta > 0, lam > 0),
        claim((1 / (1 + eta * lam) > 0) & (1 / (1 + eta * lam) < 1), eta > 0, lam >= 0),
    ),
}

_slow, _fast = absolute(1 - 2 * eta * s**2), absolute(1 - 2 * eta * big**2)
_best = (big**2 - s**2) / (big**2 + s**2)
_optimal = 1 / (s**2 + big**2)

RATES: dict[str, Condition] = {
    "the optimal step equalises the rates": of(
        claim(equals(_slow, _fast), s > 0, big > 0, equals(eta, _optimal)),
        claim(equals(_slow, _fast), s > 0, big > 0, equals(eta, 2 * _optimal)),
        claim(equals(_slow, _fast), s > 0, big > 0, equals(eta, 1 / (s + big))),
    ),
    "rates are equal at the optimal step only": of(
        claim((eta <= 0) | not_equal(_slow, _fast), s > 0, s < big, not_equal(eta, _optimal)),
        claim((eta <= 0) | not_equal(_slow, _fast), s > 0, s <= big, not_equal(eta, _optimal)),
        claim(not_equal(_slow, _fast), s > 0, s < big, not_equal(eta, _optimal)),
    ),
    "no step is better than the optimal one": of(
        claim(maximum(_fast, _slow) >= _best, s > 0, s <= big),
        claim(minimum(_fast, _slow) >= _best, s > 0, s <= big),
        claim(maximum(_fast, _slow) > _best, s > 0, s <= big),
    ),
    "the optimal step attains the bound": of(
        claim(equals(maximum(_fast, _slow), _best), s > 0, s <= big, equals(eta, _optimal)),
        claim(equals(maximum(_fast, _slow), _best), s > 0, big > 0, equals(eta, _optimal)),
        claim(equals(maximum(_fast, _slow), _best), s > 0, s <= big, equals(eta, 1 / big**2)),
    ),
    "any other step is worse": of(
        claim(maximum(_fast, _slow) > _best, s > 0, s <= big, not_equal(eta, _optimal)),
        claim(minimum(_fast, _slow) > _best, s > 0, s <= big, not_equal(eta, _optimal)),
        claim(maximum(_fast, _slow) > _best, s > 0, s <= big, not_equal(eta, 1 / big**2)),
    ),
    "the optimal rate is below 1": of(
        claim(((L - mu) / (L + mu) >= 0) & ((L - mu) / (L + mu) < 1), mu > 0, mu <= L),
        claim(((L - mu) / (L + mu) >= 0) & ((L - mu) / (L + mu) < 1), mu >= 0, mu <= L, L > 0),
        claim(((L - mu) / (L + mu) >= 0) & ((L - mu) / (L + mu) < 1), mu > 0, L > 0),
    ),
    "the rate by the condition number": of(
        claim(equals((L - mu) / (L + mu), (L / mu - 1) / (L / mu + 1)), mu > 0, mu <= L),
        claim(equals((L - mu) / (L + mu), (L / mu - 1) / (L / mu)), mu > 0, mu <= L),
    ),
    "a simpler bound of the rate": of(
        claim((kappa - 1) / (kappa + 1) <= 1 - 1 / kappa, kappa >= 1),
        claim((kappa - 1) / (kappa + 1) <= 1 - 2 / kappa, kappa >= 1),
        claim((kappa - 1) / (kappa + 1) < 1 - 1 / kappa, kappa >= 1),
    ),
    "condition numbers are at least 1": of(
        claim(L / mu >= 1, mu > 0, mu <= L),
        claim(L / mu > 1, mu > 0, mu <= L),
        claim(L / mu >= 1, nonzero(mu), mu <= L),
    ),
    "momentum has the better rate": of(
        claim((sqrt(kappa) - 1) / (sqrt(kappa) + 1) <= (kappa - 1) / (kappa + 1), kappa >= 1),
        claim((sqrt(kappa) - 1) / (sqrt(kappa) + 1) < (kappa - 1) / (kappa + 1), kappa >= 1),
        claim((sqrt(kappa) - 1) / (sqrt(kappa) + 1) <= (kappa - 1) / (kappa + 1), kappa >= 0),
    ),
    "the rate of short steps": of(
        claim(absolute(1 - eta * lam) <= 1 - eta * mu, mu <= lam, lam <= L, L > 0, eta >= 0, eta <= 1 / L),
        claim(absolute(1 - eta * lam) <= 1 - eta * mu, mu <= lam, lam <= L, L > 0, eta >= 0, eta <= 2 / L),
    ),
    "the ends of the spectrum decide": of(
        claim(absolute(1 - eta * lam) <= maximum(absolute(1 - eta * mu), absolute(1 - eta * L)), mu <= lam, lam <= L),
        claim(absolute(1 - eta * lam) <= minimum(absolute(1 - eta * mu), absolute(1 - eta * L)), mu <= lam, lam <= L),
        claim(absolute(1 - eta * lam) <= maximum(absolute(1 - eta * mu), absolute(1 - eta * L)), mu <= lam),
    ),
    "steps up to 2/(μ + L)": of(
        claim(absolute(1 - eta * L) <= 1 - eta * mu, mu > 0, mu <= L, eta >= 0, eta <= 2 / (mu + L)),
        claim(absolute(1 - eta * L) <= 1 - eta * mu, mu > 0, mu <= L, eta >= 0, eta <= 2 / L),
    ),
}

CURVATURE: dict[str, Condition] = {
    "a quadratic is strongly convex": of(
        claim(a * y**2 / 2 >= a * x**2 / 2 + a * x * (y - x) + mu * (y - x) ** 2 / 2, a >= mu),
        claim(a * y**2 / 2 >= a * x**2 / 2 + a * x * (y - x) + mu * (y - x) ** 2, a >= mu),
        claim(a * y**2 / 2 >= a * x**2 / 2 + a * x * (y - x) + mu * (y - x) ** 2 / 2, a <= mu),
    ),
    "a quadratic is smooth": of(
        claim(a * y**2 / 2 <= a * x**2 / 2 + a * x * (y - x) + L * (y - x) ** 2 / 2, a <= L),
        claim(a * y**2 / 2 <= a * x**2 / 2 + a * x * (y - x) + L * (y - x) ** 2 / 4, a <= L),
    ),
    "descent lemma: the decrease of short steps": of(
        claim(eta - L * eta**2 / 2 >= eta / 2, L > 0, eta >= 0, eta <= 1 / L),
        claim(eta - L * eta**2 / 2 >= eta / 2, L > 0, eta >= 0, eta <= 2 / L),
        claim(eta - L * eta**2 / 2 >= eta / 2, L > 0, eta <= 1 / L),
        claim(eta - L * eta / 2 >= eta / 2, L > 0, eta >= 0, eta <= 1 / L),
    ),
    "descent lemma: a decrease iff 0 < η < 2/L": of(
        claim(iff(eta - L * eta**2 / 2 > 0, (eta > 0) & (eta < 2 / L)), L > 0),
        claim(iff(eta - L * eta**2 / 2 > 0, (eta > 0) & (eta < 1 / L)), L > 0),
        claim(iff(eta - L * eta**2 / 2 >= 0, (eta > 0) & (eta < 2 / L)), L > 0),
    ),
    "descent lemma: the best step": of(
        claim(eta - L * eta**2 / 2 <= 1 / (2 * L), L > 0),
        claim(eta - L * eta**2 / 2 <= 1 / (4 * L), L > 0),
        claim(eta - L * eta**2 / 2 < 1 / (2 * L), L > 0),
        claim(eta - L * eta**2 / 2 <= 1 / (2 * L), nonzero(L)),
    ),
    "Polyak and Łojasiewicz, of a quadratic": of(
        claim((a * x) ** 2 >= 2 * mu * (a * x**2 / 2), a >= mu, a >= 0),
        claim((a * x) ** 2 >= 2 * mu * (a * x**2 / 2), a >= mu),
        claim((a * x) ** 2 >= 2 * mu * (a * x**2), a >= mu, a >= 0),
    ),
    "co-coercive": of(
        claim((a * x - a * y) ** 2 <= L * (a * x - a * y) * (x - y), a >= 0, a <= L),
        claim((a * x - a * y) ** 2 <= L * (a * x - a * y) * (x - y), a <= L),
        claim((a * x - a * y) ** 2 <= L * (a * x - a * y), a >= 0, a <= L),
    ),
    "strongly monotone": of(
        claim((a * x - a * y) * (x - y) >= mu * (x - y) ** 2, a >= mu),
        claim((a * x - a * y) * (x - y) > mu * (x - y) ** 2, a >= mu),
    ),
    "a gradient step in two scalars decreases": of(
        claim(
            (a * (x - eta * a * x) ** 2 + b * (y - eta * b * y) ** 2) / 2
            <= (a * x**2 + b * y**2) / 2 - eta / 2 * (a**2 * x**2 + b**2 * y**2),
            *(a >= 0, a <= L, b >= 0, b <= L, L > 0, eta >= 0, eta <= 1 / L),
        ),
        claim(
            (a * (x - eta * a * x) ** 2 + b * (y - eta * b * y) ** 2) / 2
            <= (a * x**2 + b * y**2) / 2 - eta / 2 * (a**2 * x**2 + b**2 * y**2),
            *(a >= 0, a <= L, b >= 0, b <= L, L > 0, eta >= 0, eta <= 2 / L),
        ),
    ),
    "a gradient step in two scalars contracts": of(
        claim(
            (x - eta * a * x) ** 2 + (y - eta * b * y) ** 2 <= (1 - eta * mu) ** 2 * (x**2 + y**2),
            *(a >= mu, a <= L, b >= mu, b <= L, L > 0, eta >= 0, eta <= 1 / L),
        ),
        claim(
            (x - eta * a * x) ** 2 + (y - eta * b * y) ** 2 <= (1 - eta * mu) ** 2 * (x**2 + y**2),
            *(a >= mu, a <= L, b >= mu, b <= L, L > 0, eta >= 0, eta <= 2 / L),
        ),
        claim(
            (x - eta * a * x) ** 2 + (y - eta * b * y) ** 2 <= (1 - eta * L) ** 2 * (x**2 + y**2),
            *(a >= mu, a <= L, b >= mu, b <= L, L > 0, eta >= 0, eta <= 1 / L),
        ),
    ),
    "descent along an inexact gradient": of(
        claim(-g * (g + e) <= -(g**2) / 2 + e**2 / 2),
        claim(-g * (g + e) <= -(g**2) + e**2 / 2),
    ),
    "two steps that decrease": of(
        claim(f2 < f0, f1 <= f0 - c, f2 <= f1 - c, c > 0),
        claim(f2 < f0, f1 <= f0 - c, f2 <= f1 - c, c >= 0),
        claim(f2 < f0 - 2 * c, f1 <= f0 - c, f2 <= f1 - c, c > 0),
    ),
    "a Lyapunov function decreases": of(
        claim(v <= u, v <= (1 - r) * u, u >= 0, r >= 0),
        claim(v <= u, v <= (1 - r) * u, r >= 0),
        claim(v < u, v <= (1 - r) * u, u >= 0, r > 0),
    ),
    "the reciprocal lies above its tangents": of(
        claim(1 / y >= 1 / x - (y - x) / x**2, x > 0, y > 0),
        claim(1 / y >= 1 / x - (y - x) / x**2, x > 0, nonzero(y)),
        claim(1 / y > 1 / x - (y - x) / x**2, x > 0, y > 0),
    ),
}

_step = 1 - eta * lam
_parts = (equals(u**2 - v**2 - p * u + q, 0), equals(2 * u * v, p * v))  # u + iv is a root of λ² - pλ + q

MOMENTUM: dict[str, Condition] = {
    "roots inside the unit circle bound the trace": of(
        claim(absolute(r + s) < 1 + r * s, absolute(r) < 1, absolute(s) < 1),
        claim(absolute(r + s) < 1 + r * s, absolute(r) <= 1, absolute(s) < 1),
        claim(absolute(r + s) < r * s, absolute(r) < 1, absolute(s) < 1),
    ),
    "Jury, a real root": of(
        claim(absolute(r) < 1, equals(r**2 - p * r + q, 0), absolute(p) < 1 + q, q < 1),
        claim(absolute(r) < 1, equals(r**2 - p * r + q, 0), absolute(p) < 1 + q),
        claim(absolute(r) < 1, equals(r**2 - p * r + q, 0), absolute(p) <= 1 + q, q < 1),
    ),
    "Jury, both real roots": of(
        claim(iff((absolute(r) < 1) & (absolute(s) < 1), (absolute(r + s) < 1 + r * s) & (r * s < 1))),
        claim(iff((absolute(r) < 1) & (absolute(s) < 1), absolute(r + s) < 1 + r * s)),
        claim(iff((absolute(r) < 1) & (absolute(s) < 1), (absolute(r + s) < 1 + r * s) | (r * s < 1))),
    ),
    "Jury, complex roots": of(
        claim(u**2 + v**2 < 1, *_parts, nonzero(v), q < 1),
        claim(u**2 + v**2 < 1, *_parts, q < 1),
        claim(u**2 + v**2 < 1, *_parts, nonzero(v), q <= 1),
    ),
    "the squared modulus is the product of the roots": of(
        claim(equals(u**2 + v**2, q), *_parts, nonzero(v)),
        claim(equals(u**2 + v**2, q), *_parts),
        claim(equals(u**2 + v**2, p), *_parts, nonzero(v)),
    ),
    "a negative discriminant leaves no real root": of(
        claim(r**2 - p * r + q > 0, p**2 < 4 * q),
        claim(r**2 - p * r + q > 0, p**2 <= 4 * q),
        claim(r**2 - p * r + q > 0, p**2 < 5 * q),
    ),
    "roots that are not real have a negative discriminant": of(
        claim(p**2 < 4 * q, *_parts, nonzero(v)),
        claim(p**2 < 4 * q, *_parts),
        claim(p**2 > 4 * q, *_parts, nonzero(v)),
    ),
    "the range of the averaged gradient": of(
        claim(
            iff(
                absolute(2 - beta - 2 * eta * beta * sigma**2) < 1 + (1 - beta),
                (eta > 0) & (eta < (2 - beta) / (beta * sigma**2)),
            ),
            *(beta > 0, beta < 1, sigma > 0),
        ),
        claim(
            iff(absolute(2 - beta - 2 * eta * beta * sigma**2) < 1 + (1 - beta), (eta > 0) & (eta < 1 / sigma**2)),
            *(beta > 0, beta < 1, sigma > 0),
        ),
    ),
    "averaging widens the range": of(
        claim((2 - beta) / (beta * sigma**2) > 1 / sigma**2, beta > 0, beta < 1, sigma > 0),
        claim((2 - beta) / (beta * sigma**2) > 1 / sigma**2, beta > 0, beta <= 1, sigma > 0),
        claim((2 - beta) / (beta * sigma**2) > 2 / sigma**2, beta > 0, beta < 1, sigma > 0),
    ),
    "the range of heavy balls": of(
        claim(absolute(1 + beta - eta * lam) < 1 + beta, eta * lam > 0, eta * lam < 2 * (1 + beta)),
        claim(absolute(1 + beta - eta * lam) < 1 + beta, eta * lam >= 0, eta * lam < 2 * (1 + beta)),
        claim(absolute(1 + beta - eta * lam) < 1 + beta, eta * lam > 0, eta * lam < 4, beta >= 0, beta < 1),
    ),
    "Nesterov with short steps": of(
        claim(
            (absolute((1 + beta) * _step) < 1 + beta * _step) & (beta * _step < 1),
            *(beta >= 0, beta < 1, eta * lam > 0, eta * lam <= 1),
        ),
        claim(
            (absolute((1 + beta) * _step) < 1 + beta * _step) & (beta * _step < 1),
            *(beta >= 0, beta < 1, eta * lam > 0, eta * lam < 2),
        ),
    ),
    "the range of Nesterov": of(
        claim(iff(absolute((1 + beta) * x) < 1 + beta * x, (-1 / (1 + 2 * beta) < x) & (x < 1)), beta >= 0),
        claim(iff(absolute((1 + beta) * x) < 1 + beta * x, (x > -1) & (x < 1)), beta >= 0),
    ),
    "heavy balls oscillate iff |1 - √β| ≤ √ηλ ≤ 1 + √β": of(
        claim(iff((1 + r**2 - s**2) ** 2 <= 4 * r**2, (absolute(1 - r) <= s) & (s <= 1 + r)), r >= 0, s >= 0),
        claim(iff((1 + r**2 - s**2) ** 2 <= 4 * r**2, absolute(1 - r) <= s), r >= 0, s >= 0),
        claim(iff((1 + r**2 - s**2) ** 2 <= 4 * r**2, (1 - r <= s) & (s <= 1 + r)), r >= 0, s >= 0),
    ),
    "averaged gradients oscillate iff β(1 + c)² < 4c": of(
        claim(iff((2 - beta - beta * c) ** 2 < 4 * (1 - beta), beta * (1 + c) ** 2 < 4 * c), beta > 0),
        claim(iff((2 - beta - beta * c) ** 2 < 4 * (1 - beta), beta * (1 + c) ** 2 < 4 * c)),
        claim(iff((2 - beta - beta * c) ** 2 < 4 * (1 - beta), beta * (1 - c) ** 2 < 4 * c), beta > 0),
    ),
    "the threshold of β is at most 1": of(
        claim(4 * c / (1 + c) ** 2 <= 1, c > -1),
        claim(4 * c / (1 + c) ** 2 < 1, c > -1),
        claim(4 * c / (1 + c) <= 1, c > -1),
    ),
    "the rate of oscillation": of(
        claim((sqrt(1 - beta) > 0) & (sqrt(1 - beta) < 1), beta > 0, beta < 1),
        claim((sqrt(1 - beta) > 0) & (sqrt(1 - beta) < 1), beta > 0, beta <= 1),
        claim((sqrt(1 - beta) > 0) & (sqrt(1 - beta) < 1 - beta / 2), beta >= 0, beta < 1),
    ),
}
