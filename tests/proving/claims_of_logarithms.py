"""How many steps it takes: an index that is a quotient of logarithms, or is bounded by one."""

from __future__ import annotations

from verifier.identity import Identity, identity
from verifier.language import (
    Chain,
    Statement,
    absolute,
    equals,
    family,
    for_all,
    index,
    log,
    not_equal,
    number,
    scalars,
)

k, t = index("k"), index("t")
w = family("w")
a, b, c, e, s = scalars("a b c e s")
T = number(t)


def claim(said: Chain | Statement, *given: Chain | Statement) -> Identity:
    return identity(said, given=list(given), indices={t: (0, None)})


GEOMETRIC = for_all(k, 0, None, equals(w(k + 1), a * w(k)).whole)
AFFINE = for_all(k, 0, None, equals(w(k + 1), w(k) - 2 * a * s * (s * w(k) - b)).whole)
SHRINKS = (a > 0, a < 1)
REACHED = equals(absolute(w(t)), e * absolute(w(0)))

TRUE: dict[str, Identity] = {
    "t log a = log e": claim(equals(T * log(a), log(e)), equals(a**t, e), a > 0),
    "t = log e / log a": claim(equals(T, log(e) / log(a)), equals(a**t, e), *SHRINKS),
    "a number as the base": claim(equals(T, log(b) / log(2)), equals(number(2) ** t, b)),
    "steps to a factor": claim(equals(T, log(e) / log(a)), GEOMETRIC, REACHED, not_equal(w(0), 0), e > 0, *SHRINKS),
    "steps to a factor, in bars": claim(
        equals(T, log(absolute(e)) / log(absolute(a))), GEOMETRIC, REACHED, not_equal(w(0), 0), e > 0, *SHRINKS
    ),
    "steps to a factor of an error": claim(
        equals(T, log(e) / log(1 - 2 * a * s**2)),
        AFFINE,
        equals(absolute(w(t) - b / s), e * absolute(b / s)),
        equals(w(0), 0),
        not_equal(b, 0),
        s > 0,
        e > 0,
        1 - 2 * a * s**2 > 0,
        1 - 2 * a * s**2 < 1,
    ),
    "steps to a factor, of any sign": claim(
        equals(T * log(absolute(a)), log(e)), GEOMETRIC, REACHED, not_equal(w(0), 0), e > 0, not_equal(a, 0)
    ),
    "enough steps": claim(a**t <= e, log(e) / log(a) <= T, e > 0, *SHRINKS),
    "no fewer steps": claim(log(e) / log(a) <= T, a**t <= e, e > 0, *SHRINKS),
    "steps of growth": claim(a**t >= c, log(c) / log(a) <= T, a > 1, c > 0),
    "logarithms keep the order of powers": claim(T * log(a) <= log(e), a**t <= e, a > 0, e > 0),
}
FALSE: dict[str, Identity] = {
    "another base": claim(equals(T, log(e) / log(c)), equals(a**t, e), c > 1, *SHRINKS),
    "upside down": claim(equals(T, log(a) / log(e)), equals(a**t, e), e < 1, *SHRINKS),
    "a step fewer": claim(equals((T - 1) * log(a), log(e)), equals(a**t, e), a > 0),
    "from zero": claim(equals(T, log(e) / log(a)), GEOMETRIC, REACHED, e > 0, *SHRINKS),
    "too few steps": claim(a**t <= e, log(e) / log(a) >= T, e > 0, *SHRINKS),
    "growth is turned": claim(a**t <= e, log(e) / log(a) <= T, e > 0, a > 1),
    "strictly": claim(a**t < e, log(e) / log(a) <= T, e > 0, *SHRINKS),
}
