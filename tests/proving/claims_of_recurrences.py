"""What is known for all t, at the members that a condition speaks of; closed forms and powers in conditions."""

from __future__ import annotations

from verifier.identity import Identity, identity
from verifier.language import (
    Chain,
    Statement,
    absolute,
    dims,
    equals,
    family,
    for_all,
    identity_matrix,
    index,
    matrix,
    norm,
    number,
    scalars,
    vector,
    vector_shape,
    zeros,
)

m, n = dims("m n")
k, t = index("k"), index("t")
w, v = family("w"), family("v")
x, y = family("x", vector_shape(n)), family("y", vector_shape(n))
a, b, c, s = scalars("a b c s")
A, z = matrix("A", n, n), vector("z", n)
EACH = {t: (0, None)}


def always(said: Chain | Statement) -> Statement:
    """∀k ≥ 0"""
    return for_all(k, 0, None, said.whole if isinstance(said, Chain) else said)


def claim(said: Chain | Statement, *given: Chain | Statement) -> Identity:
    return identity(said, given=list(given), indices=EACH)


GEOMETRIC = always(equals(w(k + 1), a * w(k)))
AFFINE = always(equals(w(k + 1), w(k) + 2 * a * s * (b - s * w(k))))
F, y_ = matrix("F", m, n), vector("q", m)
STEPPED = always(equals(x(k + 1), x(k) - a * F.T @ (F @ x(k) - y_)))
SIZE = norm(F, "spectral")
VECTORS = always(equals(x(k + 1), A @ x(k) + z))

TRUE: dict[str, Identity] = {
    "a step of least squares": claim(norm(z - a * F.T @ F @ z) <= norm(z), a >= 0, a * SIZE**2 <= 2),
    "steps of least squares": claim(
        norm(x(t + 1)) <= norm(x(t)) + a * SIZE * norm(y_), STEPPED, a >= 0, a * SIZE**2 <= 2
    ),
    "a member for its value": claim(w(t + 1) <= absolute(v(t)), always(equals(w(k + 1), v(k)))),
    "norms of members": claim(norm(y(t + 1)) <= norm(x(t)), always(equals(y(k + 1), x(k)))),
    "a contraction, a step": claim(absolute(w(t + 1)) <= absolute(w(t)), absolute(a) < 1, GEOMETRIC),
    "a contraction, all steps": claim(absolute(w(t)) <= absolute(w(0)), absolute(a) <= 1, GEOMETRIC),
    "bounds at two steps": claim(w(t + 2) <= v(t), always(w(k + 1) <= w(k)), always(w(k + 1) <= v(k))),
    "what does not increase": claim(w(t) <= w(0), always(w(k + 1) <= w(k))),
    "a step about another point": claim(
        absolute(w(t + 1) - c) <= absolute(a) * absolute(w(t) - c), always(equals(w(k + 1) - c, a * (w(k) - c)))
    ),
    "a multiple of a vector": claim(norm(y(t + 1)) <= absolute(a) * norm(y(t)), always(equals(y(k + 1), a * y(k)))),
    "signs are kept": claim(w(t) > 0, w(0) > 0, a > 0, GEOMETRIC),
    "increments add up": claim(w(t) <= w(0) + number(t) * c, always(w(k + 1) <= w(k) + c)),
    "two steps at once": claim(w(t + 2) <= a**2 * w(t), a >= 0, always(w(k + 1) <= a * w(k))),
    "a geometric bound": claim(w(t) <= a**t * w(0), a >= 0, always(w(k + 1) <= a * w(k))),
    "an affine step, solved": claim(equals(w(t) - b / s, (1 - 2 * a * s**2) ** t * (w(0) - b / s)), AFFINE),
    "the size of an affine error": claim(
        equals(absolute(w(t) - b / s), absolute(1 - 2 * a * s**2) ** t * absolute(w(0) - b / s)), AFFINE
    ),
    "a vector that is moved": claim(norm(x(t + 1)) <= norm(A) * norm(x(t)) + norm(z), VECTORS),
    "vectors from zero": claim(norm(x(t)) <= number(t) * norm(z), VECTORS, equals(x(0), zeros(n)), norm(A) <= 1),
    "powers of a matrix": claim(equals(x(t), A**t @ x(0)), always(equals(x(k + 1), A @ x(k)))),
    "powers of I - A": claim(
        equals(x(t), (identity_matrix(n) - a * (A.T @ A)) ** t @ x(0)),
        always(equals(x(k + 1), x(k) - a * (A.T @ (A @ x(k))))),
    ),
    "Bernoulli": claim(a**t >= 1 + number(t) * (a - 1), a >= 0),
    "Bernoulli, of |a|": claim(absolute(a) ** t >= 1 + number(t) * (a - 1)),
    "a power of |a|": claim(absolute(a) ** t >= 0),
    "a power below one": claim(b * absolute(a) ** t <= b, absolute(a) <= 1, b >= 0),
}
FALSE: dict[str, Identity] = {
    "a step of least squares that is too long": claim(norm(z - a * F.T @ F @ z) <= norm(z), a >= 0, a * SIZE**2 <= 3),
    "a step of least squares upwards": claim(norm(z - a * F.T @ F @ z) <= norm(z), a * SIZE**2 <= 2),
    "steps of least squares, half the rest": claim(
        norm(x(t + 1)) <= norm(x(t)) + a * SIZE * norm(y_) / 2, STEPPED, a >= 0, a * SIZE**2 <= 2
    ),
    "a member for another value": claim(w(t + 1) <= absolute(v(t + 1)), always(equals(w(k + 1), v(k)))),
    "the first member": claim(w(t) <= absolute(v(t)), always(equals(w(k + 1), v(k)))),
    "norms the other way": claim(norm(y(t)) <= norm(x(t)), always(equals(y(k + 1), x(k)))),
    "no contraction": claim(absolute(w(t + 1)) <= absolute(w(t)), a < 1, GEOMETRIC),
    "no contraction, all steps": claim(absolute(w(t)) <= absolute(w(0)), absolute(a) <= 2, GEOMETRIC),
    "strictly at the start": claim(absolute(w(t)) < absolute(w(0)), absolute(a) < 1, GEOMETRIC, w(0) > 0),
    "bounds at one step": claim(w(t + 1) <= v(t + 1), always(w(k + 1) <= w(k)), always(w(k + 1) <= v(k))),
    "what does not decrease": claim(w(t) >= w(0), always(w(k + 1) <= w(k))),
    "from one on": claim(w(t) <= w(0), for_all(k, 1, None, w(k + 1) <= w(k))),
    "a step about another point, not taken": claim(
        absolute(w(t + 1)) <= absolute(a) * absolute(w(t)), always(equals(w(k + 1) - c, a * (w(k) - c)))
    ),
    "signs are not kept": claim(w(t) > 0, w(0) > 0, GEOMETRIC),
    "increments, one too few": claim(w(t + 1) <= w(0) + number(t) * c, always(w(k + 1) <= w(k) + c)),
    "two steps at once, of any sign": claim(w(t + 2) <= a**2 * w(t), always(w(k + 1) <= a * w(k))),
    "a geometric bound of any sign": claim(w(t) <= a**t * w(0), always(w(k + 1) <= a * w(k))),
    "an affine step, half of it": claim(equals(w(t) - b / s, (1 - a * s**2) ** t * (w(0) - b / s)), AFFINE),
    "the size of an affine error, from zero": claim(
        equals(absolute(w(t)), absolute(1 - 2 * a * s**2) ** t * absolute(w(0))), AFFINE
    ),
    "a vector that is moved, not bounded": claim(norm(x(t + 1)) <= norm(x(t)) + norm(z), VECTORS),
    "vectors from anywhere": claim(norm(x(t)) <= number(t) * norm(z), VECTORS, norm(A) <= 1),
    "powers of the transpose": claim(equals(x(t), A.T**t @ x(0)), always(equals(x(k + 1), A @ x(k)))),
    "one power too many": claim(equals(x(t), A ** (t + 1) @ x(0)), always(equals(x(k + 1), A @ x(k)))),
    "Bernoulli, reversed": claim(a**t <= 1 + number(t) * (a - 1), a >= 0),
    "Bernoulli, of any sign": claim(a**t >= 1 + number(t) * (a - 1)),
    "Bernoulli, too much": claim(a**t >= 1 + number(t + 1) * (a - 1), a >= 0),
    "a power of a": claim(a**t >= 0),
    "a power below one, of any sign": claim(b * absolute(a) ** t <= b, absolute(a) <= 1),
    "a power that is not below one": claim(b * absolute(a) ** t <= b, b >= 0),
}
