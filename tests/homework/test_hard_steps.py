"""The steps of the seed documents that took an idea of their own: the smallest identities that show it.

Each is true for every size. The steps that rest on them are in `test_sections.py`.
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from verifier.identity import Identity, identity
from verifier.kernel.sequents import Definition
from verifier.language import (
    diag,
    dims,
    equals,
    family,
    for_all,
    hadamard_power,
    identity_matrix,
    index,
    inverse,
    matrix,
    ones,
    orthogonal,
    scalar,
    trace,
    unit_vector,
    vector,
    vector_shape,
    zeros,
)
from verifier.proving import NotProved, find_proof

n, d = dims("n d")
i, k, t = index("i"), index("k"), index("t")
HALF = Fraction(1, 2)
ONE, E = identity_matrix(n), unit_vector(n, i)
H, M, V, S = matrix("H", n, n), matrix("M", n, n), matrix("V", n, n), matrix("S", n, n)
x, w, s = vector("x", n), vector("w", n), vector("s", n)
a, lam, sigma = scalar("a"), scalar("\\lambda"), scalar("\\sigma")
X = matrix("X", n, d)
P = X @ inverse(X.T @ X) @ X.T

BALANCE, REACHED = equals(H @ x + lam * E, zeros(n)), equals(w[i] + E.T @ x, 0)
ENTRY = inverse(H)[i, i]
WITHIN, NATURAL = {i: (1, n)}, {k: (0, None)}

z, v = family("z", vector_shape(n)), family("v", vector_shape(n))
turned, other = family("u", vector_shape(n)), family("q", vector_shape(n))
MIXED = for_all(t, 0, None, equals(z(t + 1), a * z(t) + M @ v(t)).steps[0])
DESCENT = for_all(t, 0, None, equals(z(t + 1), z(t) - a * M @ (z(t) - w)).steps[0])
EVERY_T = (("t", ((), None)),)
TURNED = [
    Definition("u", (V.T @ z(t)).term, (), EVERY_T),
    Definition("q", (V.T @ v(t)).term, (), EVERY_T),
]

CASES: dict[str, Identity] = {
    "003 (6): a multiplier, by an entry of an inverse": identity(
        equals(lam, w[i] / ENTRY), given=[BALANCE, REACHED], indices=WITHIN
    ),
    "003 (7): a step, by an entry of an inverse": identity(
        equals(x, -(w[i] / ENTRY) * (inverse(H) @ E)), given=[BALANCE, REACHED], indices=WITHIN
    ),
    "003 (8): a cost, by an entry of an inverse": identity(
        equals(HALF * (x.T @ H @ x), HALF * (w[i] ** 2 / ENTRY)), given=[BALANCE, REACHED], indices=WITHIN
    ),
    "003 (10): a cost, where H = I": identity(
        equals(x.T @ x, w[i] ** 2), given=[equals(x + lam * E, zeros(n)), REACHED], indices=WITHIN
    ),
    "003 (13): a multiple of the identity, beside a hat matrix": identity(
        equals(trace((P - ONE).T @ (P - ONE) @ S), sigma**2 * trace(ONE - P)), given=[equals(S, sigma**2 * ONE)]
    ),
    "001 2(a): a recurrence in another basis, by definitions": identity(
        equals(turned(k + 1), a * turned(k) + S @ other(k)),
        given=[MIXED, equals(M, V @ S @ V.T), orthogonal(V)],
        definitions=TURNED,
        indices=NATURAL,
    ),
    "002 (25): induction on a difference": identity(
        equals(z(k) - w, (ONE - a * M) ** k @ (z(0) - w)), given=[DESCENT], indices=NATURAL
    ),
    "002 (28): powers of matrices that are equal": identity(
        equals((ONE - a * S**2) ** k, diag(ones(n) - a * hadamard_power(s, 2)) ** k),
        given=[equals(S, diag(s))],
        indices=NATURAL,
    ),
}
UNFOLDED = identity(
    equals(V.T @ z(k + 1), a * V.T @ z(k) + S @ V.T @ v(k)),
    given=[MIXED, equals(M, V @ S @ V.T), orthogonal(V)],
    indices=NATURAL,
)
BASES = identity(equals(ONE - a * S**2, diag(ones(n) - a * hadamard_power(s, 2))), given=[equals(S, diag(s))])


CASES |= {"001 2(a), written out": UNFOLDED, "002 (28): the bases of the powers": BASES}

FALSE: dict[str, Identity] = {
    "003 (6): an entry of H": identity(equals(lam, w[i] / H[i, i]), given=[BALANCE, REACHED], indices=WITHIN),
    "003 (7): a sign": identity(equals(x, (w[i] / ENTRY) * (inverse(H) @ E)), given=[BALANCE, REACHED], indices=WITHIN),
    "003 (8): without the square": identity(
        equals(HALF * (x.T @ H @ x), HALF * (w[i] / ENTRY)), given=[BALANCE, REACHED], indices=WITHIN
    ),
    "003 (10): all entries": identity(
        equals(x.T @ x, w.T @ w), given=[equals(x + lam * E, zeros(n)), REACHED], indices=WITHIN
    ),
    "003 (13): σ for σ²": identity(
        equals(trace((P - ONE).T @ (P - ONE) @ S), sigma * trace(ONE - P)), given=[equals(S, sigma**2 * ONE)]
    ),
    "001 2(a): M for S": identity(
        equals(turned(k + 1), a * turned(k) + M @ other(k)),
        given=[MIXED, equals(M, V @ S @ V.T), orthogonal(V)],
        definitions=TURNED,
        indices=NATURAL,
    ),
    "002 (25): a power too many": identity(
        equals(z(k) - w, (ONE - a * M) ** (k + 1) @ (z(0) - w)), given=[DESCENT], indices=NATURAL
    ),
    "002 (28): s for s²": identity(
        equals((ONE - a * S**2) ** k, diag(ones(n) - a * s) ** k), given=[equals(S, diag(s))], indices=NATURAL
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_step_of_the_seeds_is_proved(case: Identity) -> None:
    for step in case.steps():
        theorem = find_proof(step)
        assert set(theorem.hypotheses) == set(step.hypotheses)


@pytest.mark.parametrize("case", FALSE.values(), ids=FALSE)
def test_its_false_neighbour_is_not(case: Identity) -> None:
    for step in case.steps():
        with pytest.raises(NotProved):
            find_proof(step)
