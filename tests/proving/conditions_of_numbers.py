"""Inequalities between real numbers: means, powers, absolute values, maxima, clipping."""

from __future__ import annotations

from tests.proving.conditions_writing import Condition, claim, iff, of
from verifier.expressions import index
from verifier.language import (
    Expression,
    absolute,
    equals,
    maximum,
    minimum,
    nonzero,
    number,
    scalars,
    sign,
    sqrt,
)

a, b, c, d, e, f, p, t, x, y, z = scalars("a b c d e f p t x y z")
eps, lam = scalars("\\epsilon \\lambda")
k = index("k")

MEANS: dict[str, Condition] = {
    "AM–GM of two": of(
        claim(sqrt(x * y) <= (x + y) / 2, x >= 0, y >= 0),
        claim(sqrt(x * y) < (x + y) / 2, x >= 0, y >= 0),
        claim(x * y <= (x + y) / 2, x >= 0, y >= 0),
    ),
    "AM–GM of two squares": of(
        claim(2 * x * y <= x**2 + y**2),
        claim(2 * x * y < x**2 + y**2),
        claim(2 * x * y <= x**2 + y),
    ),
    "four times a product": of(
        claim(4 * x * y <= (x + y) ** 2),
        claim(5 * x * y <= (x + y) ** 2),
    ),
    "AM–GM of three": of(
        claim(27 * x * y * z <= (x + y + z) ** 3, x >= 0, y >= 0, z >= 0),
        claim(27 * x * y * z <= (x + y + z) ** 3),
        claim(27 * x * y * z <= (x + y + z) ** 2, x >= 0, y >= 0, z >= 0),
    ),
    "AM–GM of three cubes": of(
        claim(3 * x * y * z <= x**3 + y**3 + z**3, x >= 0, y >= 0, z >= 0),
        claim(4 * x * y * z <= x**3 + y**3 + z**3, x >= 0, y >= 0, z >= 0),
        claim(3 * x * y * z <= x**3 + y**3 + z**3, x >= 0, y >= 0),
    ),
    "AM–GM with weights 2/3 and 1/3": of(
        claim(3 * x**2 * y <= 2 * x**3 + y**3, x >= 0, y >= 0),
        claim(3 * x * y**2 <= 2 * x**3 + y**3, x >= 0, y >= 0),
        claim(3 * x**2 * y <= 2 * x**3 + y**3, y >= 0),
    ),
    "AM–GM with weights": of(
        claim(x**t * y ** (1 - t) <= t * x + (1 - t) * y, x > 0, y > 0, t >= 0, t <= 1),
        claim(x**t * y ** (1 - t) <= t * x + (1 - t) * y, x > 0, y > 0, t >= 0),
        claim(x**t * y ** (1 - t) <= (1 - t) * x + t * y, x > 0, y > 0, t >= 0, t <= 1),
    ),
    "Young": of(
        claim(a * b <= a**2 / (2 * eps) + eps * b**2 / 2, eps > 0),
        claim(a * b <= a**2 / (4 * eps) + eps * b**2 / 2, eps > 0),
        claim(a * b <= a**2 / (2 * eps) + eps * b**2 / 2, nonzero(eps)),
        claim(a * b < a**2 / (2 * eps) + eps * b**2 / 2, eps > 0),
    ),
    "Peter and Paul": of(
        claim((a + b) ** 2 <= (1 + eps) * a**2 + (1 + 1 / eps) * b**2, eps > 0),
        claim((a + b) ** 2 <= (1 + eps) * a**2 + (1 + eps) * b**2, eps > 0),
        claim((a + b) ** 2 <= (1 + eps) * a**2 + (1 + 1 / eps) * b**2, nonzero(eps)),
    ),
    "variance of two": of(
        claim(2 * (x**2 + y**2) >= (x + y) ** 2),
        claim(x**2 + y**2 >= (x + y) ** 2),
        claim(2 * (x**2 + y**2) > (x + y) ** 2),
    ),
    "variance of three": of(
        claim(3 * (x**2 + y**2 + z**2) >= (x + y + z) ** 2),
        claim(2 * (x**2 + y**2 + z**2) >= (x + y + z) ** 2),
        claim(3 * (x**2 + y**2 + z**2) >= x + y + z),
    ),
    "variance with a probability": of(
        claim(p * x**2 + (1 - p) * y**2 - (p * x + (1 - p) * y) ** 2 >= 0, p >= 0, p <= 1),
        claim(p * x**2 + (1 - p) * y**2 - (p * x + (1 - p) * y) ** 2 >= 0, p <= 1),
        claim(p * x**2 + (1 - p) * y**2 - (p * x + (1 - p) * y) ** 2 > 0, p > 0, p < 1),
    ),
    "Popoviciu": of(
        claim(p * x**2 + (1 - p) * y**2 - (p * x + (1 - p) * y) ** 2 <= (x - y) ** 2 / 4, p >= 0, p <= 1),
        claim(p * x**2 + (1 - p) * y**2 - (p * x + (1 - p) * y) ** 2 <= (x - y) ** 2 / 8, p >= 0, p <= 1),
    ),
    "Cauchy–Schwarz of two": of(
        claim((a * c + b * d) ** 2 <= (a**2 + b**2) * (c**2 + d**2)),
        claim((a * c + b * d) ** 2 < (a**2 + b**2) * (c**2 + d**2)),
        claim((a * c + b * d) ** 2 <= (a**2 + b**2) * (c + d) ** 2),
    ),
    "Cauchy–Schwarz of three": of(
        claim((a * d + b * e + c * f) ** 2 <= (a**2 + b**2 + c**2) * (d**2 + e**2 + f**2)),
        claim((a * d + b * e + c * f) ** 2 <= (a**2 + b**2 + c**2) * (d**2 + e**2)),
        claim(2 * (a * d + b * e + c * f) ** 2 <= (a**2 + b**2 + c**2) * (d**2 + e**2 + f**2)),
    ),
    "Engel": of(
        claim((a + b) ** 2 / (x + y) <= a**2 / x + b**2 / y, x > 0, y > 0),
        claim((a + b) ** 2 / (x + y) <= a**2 / x + b**2 / y, x > 0, nonzero(y), nonzero(x + y)),
        claim((a + b) ** 2 / (x + y) < a**2 / x + b**2 / y, x > 0, y > 0),
    ),
    "Jensen of the square": of(
        claim((t * x + (1 - t) * y) ** 2 <= t * x**2 + (1 - t) * y**2, t >= 0, t <= 1),
        claim((t * x + (1 - t) * y) ** 2 <= t * x**2 + (1 - t) * y**2, t >= 0),
        claim((t * x + (1 - t) * y) ** 2 < t * x**2 + (1 - t) * y**2, t >= 0, t <= 1),
    ),
    "Jensen of the absolute value": of(
        claim(absolute(t * x + (1 - t) * y) <= t * absolute(x) + (1 - t) * absolute(y), t >= 0, t <= 1),
        claim(absolute(t * x + (1 - t) * y) <= t * absolute(x) + (1 - t) * absolute(y), t >= 0),
    ),
    "Jensen of the reciprocal": of(
        claim(1 / (t * x + (1 - t) * y) <= t / x + (1 - t) / y, t >= 0, t <= 1, x > 0, y > 0),
        claim(1 / (t * x + (1 - t) * y) <= t / x + (1 - t) / y, t >= 0, t <= 1, x > 0, nonzero(y)),
        claim(1 / (t * x + (1 - t) * y) >= t / x + (1 - t) / y, t >= 0, t <= 1, x > 0, y > 0),
    ),
    "the harmonic mean is below the geometric one": of(
        claim(2 * x * y / (x + y) <= sqrt(x * y), x > 0, y > 0),
        claim(2 * x * y / (x + y) < sqrt(x * y), x > 0, y > 0),
        claim(2 * x * y / (x + y) >= sqrt(x * y), x > 0, y > 0),
    ),
    "the quadratic mean is above the arithmetic one": of(
        claim((x + y) / 2 <= sqrt((x**2 + y**2) / 2)),
        claim((x + y) / 2 <= sqrt(x**2 + y**2) / 2),
    ),
    "squares and products of three": of(
        claim(x**2 + y**2 + z**2 >= x * y + y * z + z * x),
        claim(x**2 + y**2 + z**2 > x * y + y * z + z * x),
        claim(x**2 + y**2 + z**2 >= 2 * (x * y + y * z + z * x)),
    ),
    "Chebyshev's sums": of(
        claim((a + b) * (c + d) <= 2 * (a * c + b * d), a <= b, c <= d),
        claim((a + b) * (c + d) <= 2 * (a * c + b * d), a <= b, d <= c),
        claim((a + b) * (c + d) <= a * c + b * d, a <= b, c <= d),
    ),
    "Nesbitt": of(
        claim(2 * (a / (b + c) + b / (a + c) + c / (a + b)) >= 3, a > 0, b > 0, c > 0),
        claim(2 * (a / (b + c) + b / (a + c) + c / (a + b)) > 3, a > 0, b > 0, c > 0),
        claim(a / (b + c) + b / (a + c) + c / (a + b) >= 3, a > 0, b > 0, c > 0),
    ),
}

POWERS: dict[str, Condition] = {
    "Bernoulli, squared": of(
        claim((1 + x) ** 2 >= 1 + 2 * x),
        claim((1 + x) ** 2 >= 1 + 3 * x),
        claim((1 + x) ** 2 > 1 + 2 * x),
    ),
    "Bernoulli": of(
        claim((1 + x) ** k >= 1 + number(k) * x, x >= -1, each=(k,)),
        claim((1 + x) ** k >= 1 + number(k) * x, x <= -2, each=(k,)),
        claim((1 + x) ** k > 1 + number(k) * x, x >= -1, each=(k,)),
        claim((1 + x) ** k >= 1 + number(k + 1) * x, x >= -1, each=(k,)),
    ),
    "geometric decay": of(
        claim(a ** (k + 1) <= a**k, a >= 0, a < 1, each=(k,)),
        claim(a ** (k + 1) <= a**k, a < 1, each=(k,)),
        claim(a ** (k + 1) < a**k, a >= 0, a < 1, each=(k,)),
    ),
    "powers of a contraction": of(
        claim((a**k >= 0) & (a**k <= 1), a >= 0, a <= 1, each=(k,)),
        claim((a**k >= 0) & (a**k <= 1), a <= 1, each=(k,)),
        claim((a**k > 0) & (a**k <= 1), a >= 0, a <= 1, each=(k,)),
    ),
    "powers of an expansion": of(
        claim(a**k >= 1, a >= 1, each=(k,)),
        claim(a**k > 1, a >= 1, each=(k,)),
        claim(a**k >= a, a >= 1, each=(k,)),
    ),
    "the error after k steps": of(
        claim(absolute((1 - a) ** k * x) <= absolute(x), a >= 0, a <= 2, each=(k,)),
        claim(absolute((1 - a) ** k * x) <= absolute(x), a >= 0, each=(k,)),
        claim((1 - a) ** k * x <= x, a >= 0, a <= 2, each=(k,)),
    ),
    "a number and its reciprocal": of(
        claim(x + 1 / x >= 2, x > 0),
        claim(x + 1 / x >= 2, nonzero(x)),
        claim(x + 1 / x > 2, x > 0),
        claim(x + 1 / x >= 4, x > 0),
    ),
    "a ratio with more on both sides": of(
        claim(a / b <= (a + c) / (b + c), a > 0, a <= b, c >= 0),
        claim(a / b <= (a + c) / (b + c), a > 0, b > 0, c >= 0),
        claim(a / b < (a + c) / (b + c), a > 0, a <= b, c > 0),
    ),
    "the mediant": of(
        claim((a / b <= (a + c) / (b + d)) & ((a + c) / (b + d) <= c / d), b > 0, d > 0, a / b <= c / d),
        claim((a / b <= (a + c) / (b + d)) & ((a + c) / (b + d) <= c / d), b > 0, nonzero(d), a / b <= c / d),
        claim((a / b < (a + c) / (b + d)) & ((a + c) / (b + d) <= c / d), b > 0, d > 0, a / b <= c / d),
    ),
    "reciprocals turn the order": of(
        claim(1 / y <= 1 / x, x > 0, x <= y),
        claim(1 / y <= 1 / x, nonzero(x), nonzero(y), x <= y),
        claim(1 / y < 1 / x, x > 0, x <= y),
    ),
    "squares keep the order": of(
        claim(x**2 <= y**2, x >= 0, x <= y),
        claim(x**2 <= y**2, x <= y),
        claim(x**2 < y**2, x >= 0, x <= y),
    ),
    "cubes keep the order": of(
        claim(iff(x <= y, x**3 <= y**3)),
        claim(iff(x <= y, x**2 <= y**2)),
        claim(iff(x <= y, x**3 < y**3)),
    ),
    "contraction in a square": of(
        claim(iff(x**2 < 1, (x > -1) & (x < 1))),
        claim(iff(x**2 <= 1, (x > -1) & (x < 1))),
        claim(iff(x**2 < 1, x < 1)),
    ),
    "roots of a sum": of(
        claim(sqrt(x + y) <= sqrt(x) + sqrt(y), x >= 0, y >= 0),
        claim(sqrt(x + y) < sqrt(x) + sqrt(y), x >= 0, y >= 0),
        claim(sqrt(x + y) >= sqrt(x) + sqrt(y), x >= 0, y >= 0),
    ),
    "the tangent of the root": of(
        claim(sqrt(1 + x) <= 1 + x / 2, x >= -1),
        claim(sqrt(1 + x) <= 1 + x / 3, x >= -1),
        claim(sqrt(1 + x) < 1 + x / 2, x >= -1),
    ),
}


def clip(number: Expression) -> Expression:
    """The number of the interval from a to b that is next to this one."""
    return minimum(maximum(number, a), b)


ABSOLUTE: dict[str, Condition] = {
    "triangle": of(
        claim(absolute(x + y) <= absolute(x) + absolute(y)),
        claim(absolute(x + y) < absolute(x) + absolute(y)),
        claim(absolute(x + y) >= absolute(x) + absolute(y)),
    ),
    "reverse triangle": of(
        claim(absolute(absolute(x) - absolute(y)) <= absolute(x - y)),
        claim(absolute(absolute(x) - absolute(y)) >= absolute(x - y)),
        claim(absolute(absolute(x) - absolute(y)) <= x - y),
    ),
    "an absolute value as an interval": of(
        claim(iff(absolute(x) <= a, (-a <= x) & (x <= a))),
        claim(iff(absolute(x) <= a, (-a <= x) | (x <= a))),
        claim(iff(absolute(x) <= a, (-a < x) & (x < a))),
    ),
    "outside of an interval": of(
        claim(iff(absolute(x) > a, (x > a) | (x < -a))),
        claim(iff(absolute(x) > a, (x > a) & (x < -a))),
        claim(iff(absolute(x) > a, x > a)),
    ),
    "an absolute value is a maximum": of(
        claim(equals(absolute(x), maximum(x, -x))),
        claim(equals(absolute(x), minimum(x, -x))),
    ),
    "absolute values of a product": of(
        claim(absolute(x * y) <= (x**2 + y**2) / 2),
        claim(absolute(x * y) <= (x + y) ** 2 / 4),
    ),
    "squares and absolute values": of(
        claim(iff(x**2 <= y**2, absolute(x) <= absolute(y))),
        claim(iff(x**2 <= y**2, absolute(x) <= y)),
    ),
    "the sign and the absolute value": of(
        claim(equals(sign(x) * x, absolute(x))),
        claim(equals(sign(x) * absolute(x), absolute(x))),
        claim(equals(sign(x), absolute(x))),
    ),
    "signs are bounded": of(
        claim(absolute(sign(x)) <= 1),
        claim(absolute(sign(x)) < 1),
        claim(equals(absolute(sign(x)), 1)),
    ),
    "a maximum is above the mean": of(
        claim(maximum(x, y) >= (x + y) / 2),
        claim(minimum(x, y) >= (x + y) / 2),
        claim(maximum(x, y) > (x + y) / 2),
    ),
    "maximum and minimum": of(
        claim(equals(maximum(x, y) + minimum(x, y), x + y)),
        claim(equals(maximum(x, y) - minimum(x, y), x - y)),
    ),
    "their distance": of(
        claim(equals(maximum(x, y) - minimum(x, y), absolute(x - y))),
        claim(equals(maximum(x, y) - minimum(x, y), absolute(x) - absolute(y))),
    ),
    "a maximum is below that of absolute values": of(
        claim(maximum(x, y) <= maximum(absolute(x), absolute(y))),
        claim(maximum(x, y) <= minimum(absolute(x), absolute(y))),
        claim(maximum(x, y) >= maximum(absolute(x), absolute(y))),
    ),
    "a maximum is 1-Lipschitz": of(
        claim(absolute(maximum(x, z) - maximum(y, z)) <= absolute(x - y)),
        claim(absolute(maximum(x, z) - maximum(y, z)) <= absolute(x - y) / 2),
        claim(absolute(maximum(x, z) - maximum(y, z)) <= x - y),
    ),
    "a maximum of multiples": of(
        claim(equals(maximum(c * x, c * y), c * maximum(x, y)), c >= 0),
        claim(equals(maximum(c * x, c * y), c * maximum(x, y))),
        claim(equals(maximum(c * x, c * y), c * maximum(x, y)), c <= 0),
    ),
    "clipping lands in the interval": of(
        claim((a <= clip(x)) & (clip(x) <= b), a <= b),
        claim((a <= clip(x)) & (clip(x) <= b)),
        claim((a < clip(x)) & (clip(x) < b), a < b),
    ),
    "clipping leaves what is inside": of(
        claim(equals(clip(x), x), a <= x, x <= b),
        claim(equals(clip(x), x), a <= x),
    ),
    "clipping is 1-Lipschitz": of(
        claim(absolute(clip(x) - clip(y)) <= absolute(x - y)),
        claim(absolute(clip(x) - clip(y)) < absolute(x - y)),
        claim(absolute(clip(x) - clip(y)) >= absolute(x - y)),
    ),
    "a clipped gradient is bounded": of(
        claim(absolute(x * minimum(1, c / absolute(x))) <= c, c > 0, nonzero(x)),
        claim(absolute(x * maximum(1, c / absolute(x))) <= c, c > 0, nonzero(x)),
        claim(absolute(x * minimum(1, c / absolute(x))) < c, c > 0, nonzero(x)),
    ),
    "soft thresholds move by at most λ": of(
        claim(absolute(x - sign(x) * maximum(absolute(x) - lam, 0)) <= lam, lam >= 0),
        claim(absolute(x - sign(x) * maximum(absolute(x) - lam, 0)) < lam, lam >= 0),
        claim(absolute(sign(x) * maximum(absolute(x) - lam, 0)) <= lam, lam >= 0),
    ),
}
