"""Matrices of two or three rows: what their entries and determinants say, and what they do not."""

from __future__ import annotations

from verifier.identity import Identity, identity
from verifier.language import (
    absolute,
    block,
    determinant,
    equals,
    family,
    for_all,
    identity_matrix,
    index,
    inverse,
    matrix,
    nonzero,
    not_equal,
    scalar,
    scalars,
    symmetric,
    trace,
    vector,
    vector_shape,
    zeros,
)

A, B, C = matrix("A", 2, 2), matrix("B", 2, 2), matrix("C", 3, 3)
u, v = vector("u", 2), vector("v", 2)
a, b, c, d, p, q = scalars("a b c d p q")
lam, beta = scalar("\\lambda"), scalar("\\beta")
k, t = index("k"), index("t")
x = family("x", vector_shape(2))
I2 = identity_matrix(2)
R = block([[1 - beta, a], [-b * (1 - beta), 1 - a * b]])
STEP = for_all(k, 0, None, equals(x(k + 1), R @ x(k)).whole)
EACH = {t: (0, None)}

TRUE: dict[str, Identity] = {
    "eigenvalues of two rows": identity(
        equals(lam**2 - trace(A) * lam + determinant(A), 0), given=[equals(determinant(lam * I2 - A), 0)]
    ),
    "the roots of a printed characteristic polynomial": identity(
        equals(lam**2 - (2 - beta - a * b) * lam + 1 - beta, 0), given=[equals(determinant(R - lam * I2), 0)]
    ),
    "Cayley and Hamilton": identity(equals(A @ A - trace(A) * A + determinant(A) * I2, zeros(2, 2))),
    "an eigenvector, first row": identity(
        equals(A[1, 1] * v[1] + A[1, 2] * v[2], lam * v[1]), given=[equals(A @ v, lam * v)]
    ),
    "a symmetric matrix of positive determinant": identity(
        A[2, 2] > 0, given=[symmetric(A), determinant(A) > 0, A[1, 1] > 0]
    ),
    "rows that are multiples": identity(
        equals(determinant(A), 0), given=[equals(A[1, 1], c * A[2, 1]), equals(A[1, 2], c * A[2, 2])]
    ),
    "a determinant that is not zero": identity(
        not_equal(A[1, 1] * A[2, 2], A[1, 2] * A[2, 1]), given=[nonzero(determinant(A))]
    ),
    "a determinant below one": identity(a * d - b * c < 1, given=[absolute(determinant(block([[a, b], [c, d]]))) < 1]),
    "a product of determinants": identity(equals(determinant(A @ B), determinant(A) * determinant(B))),
    "three rows, triangular": identity(equals(determinant(block([[a, p, q], [0, b, c], [0, 0, d]])), a * b * d)),
    "three rows, a multiple": identity(equals(determinant(2 * C), 8 * determinant(C))),
    "the inverse of two rows": identity(
        equals(determinant(A) * inverse(A)[1, 2], -A[1, 2]),
        given=[equals(A[2, 1], 0), nonzero(A[1, 1])],
    ),
    "a step in two coordinates": identity(
        equals(x(t + 1)[2], -b * (1 - beta) * x(t)[1] + (1 - a * b) * x(t)[2]), given=[STEP], indices=EACH
    ),
    "equal vectors have equal entries": identity(u[1] + u[2] <= v[1] + v[2], given=[equals(u, v)]),
}
FALSE: dict[str, Identity] = {
    "a sign": identity(
        equals(lam**2 + trace(A) * lam + determinant(A), 0), given=[equals(determinant(lam * I2 - A), 0)]
    ),
    "a lost factor": identity(
        equals(lam**2 - (2 - beta - a * b) * lam + 1 + beta, 0), given=[equals(determinant(R - lam * I2), 0)]
    ),
    "Cayley and Hamilton without I at one place": identity(
        equals(A @ A - trace(A) * A - determinant(A) * I2, zeros(2, 2))
    ),
    "an eigenvector, the other row": identity(
        equals(A[1, 1] * v[1] + A[2, 1] * v[2], lam * v[1]), given=[equals(A @ v, lam * v)]
    ),
    "a positive determinant alone": identity(A[2, 2] > 0, given=[symmetric(A), determinant(A) > 0]),
    "columns that are multiples of rows": identity(
        equals(determinant(A), 0), given=[equals(A[1, 1], c * A[2, 1]), equals(A[1, 2], A[2, 2])]
    ),
    "a determinant that is not one": identity(
        not_equal(A[1, 1] * A[2, 2], A[1, 2] * A[2, 1]), given=[not_equal(determinant(A), 1)]
    ),
    "a permanent below one": identity(a * d + b * c < 1, given=[absolute(determinant(block([[a, b], [c, d]]))) < 1]),
    "a sum of determinants": identity(equals(determinant(A + B), determinant(A) + determinant(B))),
    "three rows, almost triangular": identity(equals(determinant(block([[a, p, q], [0, b, c], [1, 0, d]])), a * b * d)),
    "three rows, a multiple of the wrong power": identity(equals(determinant(2 * C), 4 * determinant(C))),
    "a step in two coordinates, exchanged": identity(
        equals(x(t + 1)[1], -b * (1 - beta) * x(t)[1] + (1 - a * b) * x(t)[2]), given=[STEP], indices=EACH
    ),
    "one entry of equal vectors": identity(u[1] + u[2] <= 2 * v[1], given=[equals(u, v)]),
}
