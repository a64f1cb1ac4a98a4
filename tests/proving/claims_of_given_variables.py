"""Equations that give a variable or a product, factors that are not zero: what follows from them, and what does not."""

from __future__ import annotations

from verifier.identity import Identity, identity
from verifier.language import Chain, Statement, absolute, equals, maximum, nonzero, not_equal, scalars, sqrt

a, b, c, d, p, q, r, s, u, v = scalars("a b c d p q r s u v")


def claim(said: Chain | Statement, *given: Chain | Statement) -> Identity:
    return identity(said, given=list(given))


TRUE: dict[str, Identity] = {
    "a factor that is not zero": claim(u > 1, equals(v * u, 2 * v), nonzero(v)),
    "a factor that is positive, twice": claim(u >= p**2, equals(v**2 * u, v**2 * p**2 + v**2), v > 0),
    "a chain of equations": claim(a < d, equals(a, b - c), equals(b, d + p), p < c),
    "equations in a circle": claim(a >= 0, equals(a, b), equals(b, c**2), equals(c, a)),
    "a variable of two equations": claim(p * q <= 1, equals(a, p + q), equals(a, 2)),
    "a product that is given": claim(p**2 * c**4 < 2, equals(p * c**2, 1), q > 1),
    "a product that is given, in another": claim(a * b * c > 1, equals(a * b, 2), c > 1),
    "a divisor of several factors": claim(p < q / (a * b**2), p * a * b**2 < q, a > 0, nonzero(b)),
    "a divisor known by its product": claim(p / b**2 < q / b**2, p < q, not_equal(a * b, 0)),
    "a square root beside what is given": claim(sqrt(a) <= b + 3, equals(a, 9 + c), equals(c, 0), b >= sqrt(a) - 3),
    "an equation under |·|": claim(absolute(a - b) <= c, equals(a, b + d), d <= c, -d <= c),
    "the greater of two that are given": claim(maximum(a, b) <= c, equals(a, c - 1), equals(b, c - p**2)),
}
FALSE: dict[str, Identity] = {
    "a factor that may be zero": claim(u > 1, equals(v * u, 2 * v)),
    "a factor that is not negative": claim(u >= p**2, equals(v**2 * u, v**2 * p**2 + v**2), v >= 0),
    "another factor that is not zero": claim(u > 1, equals(v * u, 2 * v), nonzero(u)),
    "a sum that is not zero": claim(u > 1, equals(v * u, 2 * v), nonzero(v + u)),
    "a chain of equations, a sign": claim(a < d, equals(a, b + c), equals(b, d + p), p < c),
    "equations in a circle, strictly": claim(a > 0, equals(a, b), equals(b, c**2), equals(c, a)),
    "a variable of two equations, too much": claim(p * q < 1, equals(a, p + q), equals(a, 2)),
    "a product that is given, less": claim(p**2 * c**4 < 1, equals(p * c**2, 1), q > 1),
    "a product that is given, not its factor": claim(a > 1, equals(a * b, 2), b >= 0),
    "a divisor of several factors, of any sign": claim(p < q / (a * b**2), p * a * b**2 < q, nonzero(a), nonzero(b)),
    "a divisor that may be negative": claim(p / b < q / b, p < q, not_equal(a * b, 0)),
    "a square root that is given, less": claim(sqrt(a) < 3, equals(a, 9)),
    "an equation under |·|, one side": claim(absolute(a - b) <= c, equals(a, b + d), d <= c),
    "the greater of two that are given, less": claim(maximum(a, b) <= c - 1, equals(a, c - 1), equals(b, c - p**2)),
    "a divisor known by a sum": claim(p / b**2 < q / b**2 + r * s, p < q, not_equal(a + b, 0)),
}
