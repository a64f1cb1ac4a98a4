"""Claims about numbers under conditions, as texts on optimisation make them: true ones, and false ones close to them.

Each false claim has the text of the smallest counterexample where there is one that everybody would choose.
"""

from __future__ import annotations

from fractions import Fraction

from verifier.kernel.sequents import Sequent
from verifier.language import (
    Expression,
    Operand,
    Statement,
    absolute,
    cases,
    equals,
    exp,
    implies,
    indicator,
    log,
    maximum,
    minimum,
    not_equal,
    number,
    relu,
    scalars,
    sign,
    sqrt,
)

from .claims import Given, claim, said, t, within

a, b, c, d, e = scalars("a b c d e")
eta, beta, mu, L, kappa, gamma, alpha, lam, eps, delta = scalars("η β μ L κ γ α λ ε δ")
sigma, large, small = scalars("σ σ_l σ_s")
w, x, y, z, p, q, r, s = scalars("w x y z p q r s")


def iff(left: Given, right: Given) -> Statement:
    """φ ⟺ ψ"""
    return said("iff", left, right)


def between(low: Operand, middle: Expression, high: Operand) -> Statement:
    """low < middle < high"""
    return (middle > low) & (middle < high)


def within_ends(low: Operand, middle: Expression, high: Operand) -> Statement:
    """low ≤ middle ≤ high"""
    return (middle >= low) & (middle <= high)


def is_(left: Operand, right: Operand) -> Statement:
    """left = right, as a statement"""
    return equals(left, right).steps[0]


step_factor = 1 - 2 * eta * sigma**2
contraction = 1 - eta * sigma**2
momentum = beta**2 * (2 * eta * sigma**2 - 1) ** 2 - 8 * eta * (1 - beta) * beta * sigma**2
heavy_ball = (1 + beta - eta * lam) ** 2 - 4 * beta
huber = cases((absolute(x) <= delta, x**2 / 2), otherwise=delta * (absolute(x) - delta / 2))
soft = sign(x) * maximum(absolute(x) - lam, 0)
clipped = minimum(maximum(x, a), b)
best = 2 / (mu + L)
half = Fraction(1, 2)
ordered = [mu > 0, mu <= L]

TRUE: dict[str, Sequent] = {
    "step size": claim(iff(between(-1, step_factor, 1), between(0, eta, 1 / sigma**2)), given=[sigma > 0]),
    "step size, one direction": claim(absolute(step_factor) < 1, given=[between(0, eta, 1 / sigma**2), sigma > 0]),
    "step size, the other": claim(
        implies((contraction > -1) & (contraction < 1), eta < 2 / sigma**2), given=[sigma > 0]
    ),
    "step size by a maximum": claim(
        iff(
            maximum(absolute(1 - 2 * eta * large**2), absolute(1 - 2 * eta * small**2)) < 1,
            between(0, eta, 1 / large**2),
        ),
        given=[large > small, small > 0],
    ),
    "factor is positive": claim(contraction >= 0, given=[within_ends(0, eta, 1 / sigma**2), sigma > 0]),
    "closed step": claim(contraction**2 <= 1, given=[within_ends(0, eta, 2 / a**2), is_(sigma, a), not_equal(a, 0)]),
    "best step": claim(maximum(absolute(1 - best * mu), absolute(1 - best * L)) <= (L - mu) / (L + mu), given=ordered),
    "best step is best": claim(
        maximum(absolute(1 - eta * mu), absolute(1 - eta * L)) >= (L - mu) / (L + mu), given=ordered
    ),
    "condition number": claim((L - mu) / (L + mu) < 1, given=ordered),
    "condition number, rewritten": claim(equals((L / mu - 1) / (L / mu + 1), (L - mu) / (L + mu)), given=ordered),
    "descent": claim(eta * (1 - L * eta / 2) >= eta / 2, given=[eta > 0, eta <= 1 / L, L > 0]),
    "descent, strictly": claim(eta - L * eta**2 / 2 > 0, given=[between(0, eta, 2 / L), L > 0]),
    "strong convexity below smoothness": claim(mu / L <= 1, given=ordered),
    "rates": claim(1 - mu / L >= (1 - mu / L) ** 2, given=ordered),
    "square roots of rates": claim(1 - sqrt(mu / L) <= 1 - mu / L, given=ordered),
    "momentum is stable": claim(beta < 1, given=[momentum < 0, eta > 0, sigma > 0, beta > 0]),
    "complex roots have modulus √β": claim(beta > 0, given=[heavy_ball < 0]),
    "heavy ball": claim(
        iff(heavy_ball < 0, between((1 - sqrt(beta)) ** 2, eta * lam, (1 + sqrt(beta)) ** 2)), given=[beta > 0]
    ),
    "critical momentum": claim((1 - sqrt(eta * lam)) ** 2 < 1, given=[between(0, eta * lam, 1)]),
    "weights": claim(x**2 + y**2 <= 1, given=[is_(x + y, 1), x >= 0, y >= 0]),
    "weights below": claim(x**2 + y**2 >= half, given=[is_(x + y, 1)]),
    "convex combination": claim(x * a + y * b <= maximum(a, b), given=[is_(x + y, 1), x >= 0, y >= 0]),
    "circle": claim(absolute(a + b) <= sqrt(number(2)), given=[is_(a**2 + b**2, 1)]),
    "circle, product": claim(a * b <= half, given=[is_(a**2 + b**2, 1)]),
    "active neuron": claim(x > -b / w, given=[w * x + b > 0, w > 0, b < 0]),
    "active neuron is positive": claim(x > 0, given=[w * x + b > 0, w > 0, b < 0]),
    "inactive neuron": claim(equals(relu(w * x + b), 0), given=[w * x + b <= 0]),
    "relu is the positive part": claim(equals(relu(x), maximum(x, 0))),
    "relu is 1-Lipschitz": claim(absolute(relu(x) - relu(y)) <= absolute(x - y)),
    "relu at two points": claim(equals(relu(x) + relu(-x), absolute(x))),
    "soft threshold vanishes": claim(equals(soft, 0), given=[absolute(x) <= lam]),
    "soft threshold shrinks": claim(absolute(soft) <= absolute(x), given=[lam >= 0]),
    "Huber below the square": claim(huber <= x**2 / 2, given=[delta > 0]),
    "Huber below the absolute value": claim(huber <= delta * absolute(x), given=[delta > 0]),
    "Huber is quadratic inside": claim(equals(huber, x**2 / 2), given=[absolute(x) <= delta]),
    "clipping": claim(within_ends(a, clipped, b), given=[a <= b]),
    "clipping twice": claim(equals(minimum(maximum(clipped, a), b), clipped), given=[a <= b]),
    "maximum and minimum": claim(equals(maximum(a, b) + minimum(a, b), a + b)),
    "largest difference": claim(absolute(maximum(a, b) - maximum(c, b)) <= absolute(a - c)),
    "sign times size": claim(equals(sign(x) * absolute(x), x)),
    "signs of factors": claim(equals(sign(x * y), sign(x) * sign(y))),
    "hinge above the indicator": claim(maximum(0, 1 - x) >= indicator(x <= 0)),
    "Young": claim(a * b <= a**2 / (2 * eps) + eps * b**2 / 2, given=[eps > 0]),
    "Young with halves": claim((a + b) ** 2 <= 2 * a**2 + 2 * b**2),
    "Peter and Paul": claim((a + b) ** 2 <= (1 + eps) * a**2 + (1 + 1 / eps) * b**2, given=[eps > 0]),
    "discriminant": claim(implies(b**2 - 4 * a * c < 0, a * x**2 + b * x + c > 0), given=[a > 0]),
    "double root": claim(
        implies(is_(a * x**2 + b * x + c, 0), is_(x, -b / (2 * a))), given=[is_(b**2, 4 * a * c), not_equal(a, 0)]
    ),
    "root of a quadratic": claim(
        is_(x, (-b + sqrt(b**2 - 4 * a * c)) / (2 * a)) | is_(x, (-b - sqrt(b**2 - 4 * a * c)) / (2 * a)),
        given=[is_(a * x**2 + b * x + c, 0), not_equal(a, 0)],
    ),
    "stable quadratic": claim(
        implies((absolute(c) < 1) & (absolute(b) < 1 + c), (1 + b + c > 0) & (1 - b + c > 0)),
    ),
    "geometric decay": claim(r**t < 1, given=[between(0, r, 1)], indices=[within("t", (("", 1),), None)]),
    "Bernoulli": claim((1 + x) ** t >= 1 + number(t) * x, given=[x >= -1], indices=[within("t", (), None)]),
    "rate as an exponential": claim(
        (1 - x) ** t <= exp(-(number(t) * x)), given=[within_ends(0, x, 1)], indices=[within("t", (), None)]
    ),
    "logarithm": claim(log(x) <= x - 1, given=[x > 0]),
    "logarithm below": claim(1 - 1 / x <= log(x), given=[x > 0]),
    "entropy of two": claim(-(p * log(p)) - q * log(q) <= log(number(2)), given=[is_(p + q, 1), p > 0, q > 0]),
    "spectral gap": claim(large**2 - small**2 > 0, given=[large > small, small > 0]),
    "regularised inverse": claim(sigma / (sigma**2 + lam) <= 1 / (2 * sqrt(lam)), given=[sigma > 0, lam > 0]),
    "shrinkage": claim(between(0, sigma**2 / (sigma**2 + lam), 1), given=[sigma > 0, lam > 0]),
    "shrinkage is monotone": claim(
        large**2 / (large**2 + lam) > small**2 / (small**2 + lam), given=[large > small, small > 0, lam > 0]
    ),
    "bias and variance": claim(
        implies(lam < 2 * s / a, (lam**2 * a + s) / (1 + lam) ** 2 < s), given=[a > 0, s > 0, lam > 0, a > s]
    ),
    "2×2 definite": claim(a * x**2 + 2 * b * x * y + c * y**2 >= 0, given=[a > 0, a * c - b**2 >= 0]),
    "eigenvalues of 2×2": claim((a - d) ** 2 + 4 * b**2 >= 0),
    "thin strip": claim(x > 0, given=[x**2 < 4, x**3 > 1]),
    "far away": claim(x > 100, given=[x > 1000]),
    "narrow ring": claim(absolute(x) > 1, given=[x**2 + y**2 > Fraction(399, 100), absolute(y) < half]),
    "Bregman": claim(x * log(x / y) - x + y >= 0, given=[x > 0, y > 0]),
    "Polyak": claim(implies(2 * a <= b**2 / mu, a <= b**2 / (2 * mu)), given=[mu > 0]),
    "telescoping": claim(a - c <= 2 * eps, given=[a - b <= eps, b - c <= eps]),
    "ordering": claim(a**2 >= b**2, given=[a >= b, b > 0]),
    "cubic step": claim(implies(is_(x**3, 8), is_(x, 2))),
}

FALSE: dict[str, tuple[Sequent, dict[str, str] | None]] = {
    "step size, half": (
        claim(iff(between(-1, step_factor, 1), between(0, eta, 1 / (2 * sigma**2))), given=[sigma > 0]),
        {"η": "1/2", "σ": "1"},
    ),
    "step size, twice": (
        claim(iff(between(-1, step_factor, 1), between(0, eta, 2 / sigma**2)), given=[sigma > 0]),
        {"η": "1", "σ": "1"},
    ),
    "step size, power missing": (
        claim(iff(between(-1, step_factor, 1), between(0, eta, 1 / sigma)), given=[sigma > 0]),
        {"η": "2", "σ": "1/2"},
    ),
    "step size, closed": (
        claim(iff(between(-1, step_factor, 1), within_ends(0, eta, 1 / sigma**2)), given=[sigma > 0]),
        {"η": "0", "σ": "1"},
    ),
    "step size, closed above": (
        claim(absolute(step_factor) < 1, given=[eta > 0, eta <= 1 / sigma**2, sigma > 0]),
        {"η": "1", "σ": "1"},
    ),
    "step size, sign forgotten": (
        claim(implies(absolute(step_factor) < 1, eta < 1 / (2 * sigma**2)), given=[sigma > 0]),
        {"η": "1/2", "σ": "1"},
    ),
    "step size by the smaller": (
        claim(
            iff(
                maximum(absolute(1 - 2 * eta * large**2), absolute(1 - 2 * eta * small**2)) < 1,
                between(0, eta, 1 / small**2),
            ),
            given=[large > small, small > 0],
        ),
        {"η": "1", "σ_l": "1", "σ_s": "1/2"},
    ),
    "step size by a minimum": (
        claim(
            implies(
                minimum(absolute(1 - 2 * eta * large**2), absolute(1 - 2 * eta * small**2)) < 1, eta < 1 / large**2
            ),
            given=[large > small, small > 0],
        ),
        {"η": "1", "σ_l": "1", "σ_s": "1/2"},
    ),
    "factor is positive": (
        claim(contraction > 0, given=[eta > 0, eta <= 1 / sigma**2, sigma > 0]),
        {"η": "1", "σ": "1"},
    ),
    "closed step, strictly": (
        claim(contraction**2 < 1, given=[within_ends(0, eta, 2 / a**2), is_(sigma, a), not_equal(a, 0)]),
        {"a": "1", "η": "0", "σ": "1"},
    ),
    "best step, other end": (
        claim(maximum(absolute(1 - best * mu), absolute(1 - best * L)) < (L - mu) / (L + mu), given=ordered),
        {"L": "1", "μ": "1"},
    ),
    "best step, without 2": (
        claim(maximum(absolute(1 - mu / (mu + L)), absolute(1 - L / (mu + L))) <= (L - mu) / (L + mu), given=ordered),
        {"L": "1", "μ": "1"},
    ),
    "condition number, at equality": (
        claim((L - mu) / (L + mu) > 0, given=ordered),
        {"L": "1", "μ": "1"},
    ),
    "descent, twice as much": (
        claim(eta * (1 - L * eta / 2) >= eta / 2, given=[eta > 0, eta <= 2 / L, L > 0]),
        {"L": "1", "η": "2"},
    ),
    "descent, at the end": (
        claim(eta - L * eta**2 / 2 > 0, given=[eta > 0, eta <= 2 / L, L > 0]),
        {"L": "1", "η": "2"},
    ),
    "rates, strictly": (claim(1 - mu / L > (1 - mu / L) ** 2, given=ordered), {"L": "1", "μ": "1"}),
    "rates the wrong way": (
        claim(1 - sqrt(mu / L) >= 1 - mu / L, given=ordered),
        None,
    ),
    "momentum region": (
        claim(eta * sigma**2 < 1, given=[momentum < 0, eta > 0, sigma > 0, between(0, beta, 1)]),
        None,
    ),
    "momentum, thin": (
        claim(beta < Fraction(9, 10), given=[momentum < 0, eta > 0, sigma > 0, between(0, beta, 1)]),
        None,
    ),
    "momentum, boundary": (
        claim(beta < 1, given=[momentum <= 0, eta > 0, sigma > 0, beta > 0]),
        {"β": "1", "η": "1/2", "σ": "1"},
    ),
    "heavy ball, one side": (
        claim(implies(eta * lam < (1 + sqrt(beta)) ** 2, heavy_ball < 0), given=[beta > 0, eta > 0, lam > 0]),
        None,
    ),
    "heavy ball, closed": (
        claim(
            iff(heavy_ball < 0, within_ends((1 - sqrt(beta)) ** 2, eta * lam, (1 + sqrt(beta)) ** 2)), given=[beta > 0]
        ),
        {"β": "1", "η": "0", "λ": "0"},
    ),
    "weights, strictly": (
        claim(x**2 + y**2 < 1, given=[is_(x + y, 1), x >= 0, y >= 0]),
        None,
    ),
    "weights, signs": (claim(x**2 + y**2 <= 1, given=[is_(x + y, 1)]), {"x": "-1", "y": "2"}),
    "weights, middle": (
        claim(x**2 + y**2 > half, given=[is_(x + y, 1), x >= 0, y >= 0]),
        {"x": "1/2", "y": "1/2"},
    ),
    "convex combination, minimum": (
        claim(x * a + y * b <= minimum(a, b), given=[is_(x + y, 1), x >= 0, y >= 0]),
        None,
    ),
    "circle, one": (claim(absolute(a + b) <= 1, given=[is_(a**2 + b**2, 1)]), {"a": "4/5", "b": "3/5"}),
    "circle, product": (claim(a * b <= Fraction(2, 5), given=[is_(a**2 + b**2, 1)]), {"a": "4/5", "b": "3/5"}),
    "circle, thin": (claim(a * b <= Fraction(49, 100), given=[is_(a**2 + b**2, 1)]), None),
    "active neuron, sign": (claim(x > b / w, given=[w * x + b > 0, w < 0, b < 0]), None),
    "active neuron, far": (claim(x > 1, given=[w * x + b > 0, w > 0, b < 0]), None),
    "inactive neuron": (claim(equals(relu(w * x + b), 0), given=[w * x + b < 1, w > 0]), None),
    "relu is odd": (claim(equals(relu(x) - relu(-x), absolute(x))), {"x": "-1"}),
    "relu contracts": (
        claim(absolute(relu(x) - relu(y)) < absolute(x - y), given=[not_equal(x, y)]),
        {"x": "1", "y": "0"},
    ),
    "soft threshold, closed": (claim(not_equal(soft, 0), given=[absolute(x) >= lam, lam > 0]), {"x": "1", "λ": "1"}),
    "soft threshold, without sign": (
        claim(equals(maximum(absolute(x) - lam, 0), soft), given=[lam > 0]),
        {"x": "-2", "λ": "1"},
    ),
    "Huber above the absolute value": (claim(huber >= delta * absolute(x), given=[delta > 0]), {"x": "1", "δ": "1"}),
    "Huber is below": (claim(huber < x**2 / 2, given=[delta > 0]), {"x": "0", "δ": "1"}),
    "Huber, half missing": (
        claim(
            equals(huber, cases((absolute(x) <= delta, x**2 / 2), otherwise=delta * (absolute(x) - delta))),
            given=[delta > 0],
        ),
        {"x": "2", "δ": "1"},
    ),
    "clipping without order": (claim(within_ends(a, clipped, b)), {"a": "1", "b": "0", "x": "0"}),
    "clipping, the other order": (
        claim(equals(clipped, maximum(minimum(x, b), a))),
        {"a": "1", "b": "0", "x": "0"},
    ),
    "maximum of differences": (
        claim(maximum(a, b) - maximum(c, d) <= minimum(a - c, b - d)),
        None,
    ),
    "sign at 0": (claim(equals(sign(x) ** 2, 1)), {"x": "0"}),
    "hinge below the indicator": (claim(maximum(0, 1 - x) <= indicator(x <= 0)), {"x": "-1"}),
    "hinge strictly above": (claim(maximum(0, 1 - x) > indicator(x <= 0)), {"x": "0"}),
    "Young, factor": (claim(a * b <= a**2 / (2 * eps) + eps * b**2 / 4, given=[eps > 0]), None),
    "Young, strictly": (
        claim(a * b < a**2 / (2 * eps) + eps * b**2 / 2, given=[eps > 0]),
        {"a": "0", "b": "0", "ε": "1"},
    ),
    "squares of sums": (claim((a + b) ** 2 <= a**2 + b**2), {"a": "1", "b": "1"}),
    "Peter and Paul, thin": (
        claim((a + b) ** 2 <= (1 + eps) * a**2 + (1 + 1 / eps) * b**2 - (a - 3 * b) ** 2 / 100, given=[eps > 0]),
        None,
    ),
    "discriminant, closed": (
        claim(implies(b**2 - 4 * a * c <= 0, a * x**2 + b * x + c > 0), given=[a > 0]),
        {"a": "1", "b": "0", "c": "0", "x": "0"},
    ),
    "discriminant, sign of a": (claim(implies(b**2 - 4 * a * c < 0, a * x**2 + b * x + c > 0)), None),
    "double root, factor": (
        claim(implies(is_(a * x**2 + b * x + c, 0), is_(x, -b / a)), given=[is_(b**2, 4 * a * c), not_equal(a, 0)]),
        None,
    ),
    "one root of a quadratic": (
        claim(is_(x, (-b + sqrt(b**2 - 4 * a * c)) / (2 * a)), given=[is_(a * x**2 + b * x + c, 0), not_equal(a, 0)]),
        None,
    ),
    "stable quadratic": (
        claim(implies((absolute(c) <= 1) & (absolute(b) < 1 + c), absolute(b) < c + half)),
        None,
    ),
    "geometric decay from 0": (
        claim(r**t < 1, given=[between(0, r, 1)], indices=[within("t", (), None)]),
        {"r": "1/2"},
    ),
    "geometric decay, twice": (
        claim(r**t <= 1 - r, given=[between(0, r, 1)], indices=[within("t", (("", 1),), None)]),
        None,
    ),
    "Bernoulli, too far": (
        claim((1 + x) ** t >= 1 + number(t) * x, indices=[within("t", (), None)]),
        None,
    ),
    "logarithm, strictly": (claim(log(x) < x - 1, given=[x > 0]), {"x": "1"}),
    "logarithm of a sum": (claim(log(x) <= x - 2, given=[x > 0]), {"x": "1"}),
    "entropy of two": (
        claim(-(p * log(p)) - q * log(q) <= half, given=[is_(p + q, 1), p > 0, q > 0]),
        {"p": "1/2", "q": "1/2"},
    ),
    "spectral gap": (claim(large - small > half, given=[large > small, small > 0]), None),
    "regularised inverse": (
        claim(sigma / (sigma**2 + lam) < 1 / (2 * sqrt(lam)), given=[sigma > 0, lam > 0]),
        {"λ": "1", "σ": "1"},
    ),
    "regularised inverse, factor": (
        claim(sigma / (sigma**2 + lam) <= 1 / (4 * sqrt(lam)), given=[sigma > 0, lam > 0]),
        {"λ": "1", "σ": "1"},
    ),
    "shrinkage the wrong way": (
        claim(large**2 / (large**2 + lam) <= small**2 / (small**2 + lam), given=[large > small, small > 0, lam > 0]),
        {"λ": "1", "σ_l": "2", "σ_s": "1"},
    ),
    "bias and variance": (
        claim(implies(lam < 4 * s / a, (lam**2 * a + s) / (1 + lam) ** 2 < s), given=[a > 0, s > 0, lam > 0, a > s]),
        None,
    ),
    "2×2 definite": (
        claim(a * x**2 + 2 * b * x * y + c * y**2 >= 0, given=[a > 0, a * c - b**2 >= -1]),
        None,
    ),
    "2×2 definite, thin": (
        claim(a * x**2 + 2 * b * x * y + c * y**2 >= 0, given=[a > 0, a * c - b**2 >= -Fraction(1, 100)]),
        None,
    ),
    "2×2 semidefinite is not definite": (
        claim(
            a * x**2 + 2 * b * x * y + c * y**2 > 0,
            given=[a > 0, a * c - b**2 >= 0, not_equal(x, 0), not_equal(y, 0)],
        ),
        None,
    ),
    "thin strip": (claim(x < Fraction(7, 5), given=[x**2 < 2, x > 0]), None),
    "thinner strip": (claim(x**2 <= 2 - Fraction(1, 1000), given=[x**2 < 2, x > 0]), None),
    "far away": (claim(x > 1001, given=[x > 1000]), None),
    "far away squared": (claim(x**2 < 10**6, given=[x > 999]), {"x": "1000"}),
    "narrow ring": (
        claim(absolute(x) > Fraction(19, 10), given=[x**2 + y**2 > Fraction(399, 100), absolute(y) <= 1]),
        None,
    ),
    "Polyak": (claim(implies(2 * a <= b**2 / mu, a <= b**2 / (4 * mu)), given=[mu > 0]), None),
    "telescoping": (claim(a - c <= eps, given=[a - b <= eps, b - c <= eps]), None),
    "telescoping in a chain": (
        claim(a - e <= 3 * eps, given=[a - b <= eps, b - c <= eps, c - d <= eps, d - e <= eps]),
        None,
    ),
    "ordering of squares": (claim(a**2 >= b**2, given=[a >= b]), {"a": "0", "b": "-1"}),
    "cubic step": (claim(implies(is_(x**2, 4), is_(x, 2))), {"x": "-2"}),
    "cubic root": (claim(not_equal(x**3 - 6 * x**2 + 11 * x - 6, 0), given=[x > 2]), {"x": "3"}),
    "one point only": (claim((x - Fraction(7, 3)) ** 2 + (y - Fraction(5, 4)) ** 2 > 0), {"x": "7/3", "y": "5/4"}),
    "one point of a step size": (
        claim(maximum(absolute(1 - eta * mu), absolute(1 - eta * L)) > (L - mu) / (L + mu), given=ordered),
        None,
    ),
    "largest of three": (claim(maximum(a, b, c) <= a + b + c, given=[a + b + c >= 0]), None),
    "product of negatives": (claim(a * b <= 0, given=[a <= 0]), None),
    "roots of sums": (claim(sqrt(a + b) >= sqrt(a) + sqrt(b), given=[a >= 0, b >= 0]), None),
    "irrational": (claim(not_equal(x**2, 2)), None),
    "entropy of two, strictly": (
        claim(-(p * log(p)) - q * log(q) < log(number(2)), given=[is_(p + q, 1), p > 0, q > 0]),
        {"p": "1/2", "q": "1/2"},
    ),
    "logarithm of a power": (claim(log(x**2) > 2 * log(x), given=[x > 0]), {"x": "1"}),
    "logarithm of a power of two": (claim(log(x**2) > 2 * log(x), given=[x > 1]), {"x": "2"}),
    "flat circle": (claim(absolute(a + b) <= sqrt(number(2)), given=[is_(a**4 + b**2, 1)]), None),
    "flat circle, turned": (claim(absolute(a + b) <= sqrt(number(2)), given=[is_(a**2 + b**4, 1)]), None),
    "double root of a cubic": (
        claim(
            implies(is_(a * x**3 + b * x + c, 0), is_(x, -b / (2 * a))), given=[is_(b**2, 4 * a * c), not_equal(a, 0)]
        ),
        None,
    ),
    "double root of a quartic": (
        claim(
            implies(is_(a * x**4 + b * x + c, 0), is_(x, -b / (2 * a))), given=[is_(b**2, 4 * a * c), not_equal(a, 0)]
        ),
        None,
    ),
    "sphere, strictly": (claim(a + b + c < sqrt(number(3)), given=[is_(a**2 + b**2 + c**2, 1)]), None),
    "ellipse": (claim(a + b <= 2, given=[is_(a**2 + 2 * b**2, 3)]), None),
    "two circles": (
        claim(a * b * c <= Fraction(1, 3), given=[is_(a**2 + b**2, 1), is_(b**2 + c**2, 1)]),
        None,
    ),
    "a number and its inverse": (claim(x + 2 / x > 2 * sqrt(number(2)), given=[x > 0]), {"x": "√2"}),
    "hyperbola": (claim(x + y > 2 * sqrt(a), given=[is_(x * y, a), x > 0, y > 0]), {"a": "1", "x": "1", "y": "1"}),
}
