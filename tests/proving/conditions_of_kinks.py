"""Conditions on what has a kink: ReLU and Huber's loss."""

from __future__ import annotations

from tests.proving.conditions_writing import Condition, claim, of
from verifier.language import Expression, absolute, cases, equals, maximum, minimum, relu, scalars, sign

a, b, c, eta, t, w, x, y = scalars("a b c \\eta t w x y")


def huber(number: Expression) -> Expression:
    """x²/2 where |x| ≤ 1, else |x| - 1/2"""
    return cases((absolute(number) <= 1, number**2 / 2), otherwise=(2 * absolute(number) - 1) / 2)


RELU: dict[str, Condition] = {
    "ReLU is above 0 and its argument": of(
        claim((relu(x) >= 0) & (relu(x) >= x)),
        claim((relu(x) > 0) & (relu(x) >= x)),
        claim((relu(x) >= 0) & (relu(x) > x)),
    ),
    "a ReLU that is on has a positive argument": of(
        claim(w * x + b > 0, relu(w * x + b) > 0),
        claim(w * x + b > 0, relu(w * x + b) >= 0),
        claim(w * x + b > 1, relu(w * x + b) > 0),
        claim(w * x - b > 0, relu(w * x + b) > 0),
    ),
    "a ReLU that is off has no positive argument": of(
        claim(w * x + b <= 0, equals(relu(w * x + b), 0)),
        claim(w * x + b < 0, equals(relu(w * x + b), 0)),
        claim(w * x + b <= 0, relu(w * x + b) >= 0),
    ),
    "a ReLU that is on moves its weight": of(
        claim(w - eta * x * relu(w * x + b) < w, eta > 0, x > 0, relu(w * x + b) > 0),
        claim(w - eta * x * relu(w * x + b) < w, eta > 0, x > 0),
        claim(w - eta * x * relu(w * x + b) < w, eta > 0, relu(w * x + b) > 0),
    ),
    "ReLU is a maximum": of(
        claim(equals(relu(x), maximum(0, x))),
        claim(equals(relu(x), minimum(0, x))),
        claim(equals(relu(x), maximum(0, -x))),
    ),
    "ReLU by cases": of(
        claim(equals(relu(x), cases((x > 0, x), otherwise=0))),
        claim(equals(relu(x), cases((x < 0, x), otherwise=0))),
    ),
    "ReLU is 1-Lipschitz": of(
        claim(absolute(relu(x) - relu(y)) <= absolute(x - y)),
        claim(absolute(relu(x) - relu(y)) <= absolute(x - y) / 2),
        claim(absolute(relu(x) - relu(y)) >= absolute(x - y)),
    ),
    "ReLU is subadditive": of(
        claim(relu(x + y) <= relu(x) + relu(y)),
        claim(relu(x + y) >= relu(x) + relu(y)),
        claim(relu(x - y) <= relu(x) - relu(y)),
    ),
    "ReLU is monotone": of(
        claim(relu(x) <= relu(y), x <= y),
        claim(relu(x) < relu(y), x < y),
        claim(relu(x) <= relu(y), x <= y + 1),
    ),
    "ReLU of multiples": of(
        claim(equals(relu(c * x), c * relu(x)), c >= 0),
        claim(equals(relu(c * x), c * relu(x))),
    ),
    "ReLU is convex": of(
        claim(relu(t * x + (1 - t) * y) <= t * relu(x) + (1 - t) * relu(y), t >= 0, t <= 1),
        claim(relu(t * x + (1 - t) * y) <= t * relu(x) + (1 - t) * relu(y), t >= 0),
    ),
    "ReLU and the absolute value": of(
        claim((relu(x) <= absolute(x)) & equals(relu(x), (x + absolute(x)) / 2).whole),
        claim((relu(x) < absolute(x)) & equals(relu(x), (x + absolute(x)) / 2).whole),
        claim((relu(x) <= absolute(x)) & equals(relu(x), (x - absolute(x)) / 2).whole),
    ),
    "leaky ReLU": of(
        claim(equals(maximum(a * x, x), relu(x) - a * relu(-x)), a >= 0, a <= 1),
        claim(equals(maximum(a * x, x), relu(x) - a * relu(-x)), a >= 0),
    ),
    "the unit is off beyond its elbow": of(
        claim(equals(relu(a * x + b), 0), a > 0, x <= -b / a),
        claim(equals(relu(a * x + b), 0), a < 0, x <= -b / a),
        claim(equals(relu(a * x + b), 0), a > 0, x >= -b / a),
    ),
    "hinge loss bounds the 0-1 loss": of(
        claim(relu(1 - x) >= cases((x <= 0, 1), otherwise=0)),
        claim(relu(1 - x) > cases((x <= 0, 1), otherwise=0)),
        claim(relu(-x) >= cases((x <= 0, 1), otherwise=0)),
    ),
    "Huber's loss is below the square": of(
        claim((huber(x) >= 0) & (huber(x) <= x**2 / 2)),
        claim((huber(x) >= 0) & (huber(x) < x**2 / 2)),
        claim((huber(x) >= 0) & (huber(x) <= x**2 / 4)),
    ),
    "Huber's loss is near the absolute value": of(
        claim((absolute(x) - huber(x) >= 0) & (2 * (absolute(x) - huber(x)) <= 1)),
        claim((absolute(x) - huber(x) >= 0) & (2 * (absolute(x) - huber(x)) < 1)),
        claim((absolute(x) - huber(x) > 0) & (2 * (absolute(x) - huber(x)) <= 1)),
    ),
    "Huber's loss is 1-Lipschitz": of(
        claim(absolute(huber(x) - huber(y)) <= absolute(x - y)),
        claim(absolute(huber(x) - huber(y)) <= absolute(x - y) / 2),
        claim(absolute(huber(x) - huber(y)) <= absolute(absolute(x) - absolute(y)) ** 2),
    ),
    "Huber's gradient clips": of(
        claim(equals(cases((absolute(x) <= 1, x), otherwise=sign(x)), minimum(maximum(x, -1), 1))),
        claim(equals(cases((absolute(x) <= 1, x), otherwise=sign(x)), minimum(maximum(x, 0), 1))),
        claim(equals(cases((absolute(x) <= 1, x), otherwise=x / 2), minimum(maximum(x, -1), 1))),
    ),
}
