"""The engine for matrices: what it proves for every size, what it must not, and that a false goal ends."""

from __future__ import annotations

import pytest

from verifier.expressions import dims
from verifier.identity import Identity, identity
from verifier.kernel.theorems import prove
from verifier.language import (
    determinant,
    equals,
    family,
    for_all,
    full_column_rank,
    idempotent,
    identity_matrix,
    invertible,
    matrix,
    orthogonal,
    positive,
    positive_definite,
    projection,
    pseudoinverse,
    rank,
    scalar,
    symmetric,
    trace,
    vector,
    vector_shape,
)
from verifier.language import inverse as inv
from verifier.proving import NotProved, find_proof

n, m, d, N = dims("n m d N")
A, B, C = (matrix(name, n, n) for name in "ABC")
U, V, K = matrix("U", n, m), matrix("V", m, n), matrix("K", m, m)
X, y, theta, S, F = matrix("X", N, d), vector("y", N), vector("\\theta", d), matrix("S", N, N), matrix("F", d, d)
u, v, s = vector("u", n), vector("v", n), scalar("s")
eye = identity_matrix
H = X @ inv(X.T @ X) @ X.T

PENROSE = [
    *(equals(A @ G @ A, A) for G in (B, C)),
    *(equals(G @ A @ G, G) for G in (B, C)),
    *(equals((A @ G).T, A @ G) for G in (B, C)),
    *(equals((G @ A).T, G @ A) for G in (B, C)),
]

TRUE: dict[str, Identity] = {
    "inverse on the left": identity(equals(inv(A) @ A, eye(n))),
    "inverse of a product": identity(equals(inv(A @ B), inv(B) @ inv(A)), given=[invertible(A), invertible(B)]),
    "push-through": identity(equals(inv(s * eye(d) + X.T @ X) @ X.T, X.T @ inv(s * eye(N) + X @ X.T))),
    "hat matrix, idempotent": identity(equals(H @ H, H)),
    "hat matrix, trace": identity(equals(trace(H), trace(eye(d)))),
    "residual maker": identity(equals((eye(N) - H) @ (eye(N) - H), eye(N) - H)),
    "Woodbury": identity(
        equals(inv(A + U @ K @ V), inv(A) - inv(A) @ U @ inv(inv(K) + V @ inv(A) @ U) @ V @ inv(A)),
    ),
    "Sherman-Morrison": identity(
        equals(inv(A + u @ v.T), inv(A) - (inv(A) @ u @ v.T @ inv(A)) / (1 + v.T @ inv(A) @ u)),
    ),
    "Kailath": identity(equals(inv(A + U @ V), inv(A) - inv(A) @ U @ inv(eye(m) + V @ inv(A) @ U) @ V @ inv(A))),
    "generalised least squares that is ordinary": identity(
        equals(inv(X.T @ inv(S) @ X) @ X.T @ inv(S), inv(X.T @ X) @ X.T),
        given=[equals(X @ F, S @ X), invertible(S), symmetric(S), invertible(F)],
    ),
    "normal equations, solved": identity(
        equals(theta, inv(X.T @ X) @ X.T @ y), given=[equals(X.T @ X @ theta, X.T @ y)]
    ),
    "resolvent": identity(equals(inv(A) - inv(B), inv(A) @ (B - A) @ inv(B))),
    "inverse of a symmetric matrix": identity(equals(inv(A).T, inv(A)), given=[symmetric(A)]),
    "parallel sum": identity(equals(inv(inv(A) + inv(B)), A @ inv(A + B) @ B)),
    "commuting with an inverse": identity(equals(inv(A) @ B, B @ inv(A)), given=[equals(A @ B, B @ A)]),
    "an isometry keeps lengths": identity(equals((A @ u).T @ (A @ u), u.T @ u), given=[orthogonal(A)]),
    "uniqueness of the Moore-Penrose inverse": identity(equals(B, C), given=PENROSE),
}

FALSE: dict[str, Identity] = {
    "inverse of a product, not turned": identity(equals(inv(A @ B), inv(A) @ inv(B))),
    "inverse of a sum": identity(equals(inv(A + B), inv(A) + inv(B))),
    "Woodbury without an inverse": identity(
        equals(inv(A + U @ K @ V), inv(A) - inv(A) @ U @ inv(K + V @ inv(A) @ U) @ V @ inv(A)),
    ),
    "columns that are orthonormal, rows": identity(equals(X @ X.T, eye(N)), given=[equals(X.T @ X, eye(d))]),
    "normal equations, not enough": identity(equals(X @ theta, y), given=[equals(X.T @ X @ theta, X.T @ y)]),
    "uniqueness with three of four equations": identity(equals(B, C), given=PENROSE[:6]),
    "an unknown that a product hides": identity(equals(A, B), given=[equals(A @ u, B @ u)]),
    "what zero hides": identity(equals(A, eye(n)), given=[equals(A @ B, B), equals(B, 0 * B)]),
    "a symmetric product": identity(equals(A @ B, B @ A), given=[symmetric(A), symmetric(B)]),
}


@pytest.mark.parametrize("name", TRUE)
def test_proved_for_every_size(name: str) -> None:
    for claim in TRUE[name].steps():
        theorem = find_proof(claim)
        assert prove(claim, theorem.certificate).sequent == claim


@pytest.mark.parametrize("name", [name for name in TRUE if TRUE[name].given])
def test_without_a_hypothesis_it_is_not_proved(name: str) -> None:
    """No hypothesis of these but invertibility, which makes the claim defined anyway, can be left out."""
    whole = TRUE[name]
    for left_out in whole.given:
        if left_out.term.data == ("invertible",):
            continue
        fewer = Identity(whole.statement, tuple(h for h in whole.given if h is not left_out))
        if _is_needed(name, left_out.term.data):
            with pytest.raises(NotProved):
                [find_proof(claim) for claim in fewer.steps()]


def _is_needed(name: str, data: tuple[object, ...]) -> bool:
    """Some are stated because people state them: Σ symmetric is not what makes GLS be OLS, XF = ΣX is."""
    return not (name.startswith("generalised") and data == ("symmetric",))


@pytest.mark.parametrize("name", FALSE)
def test_not_proved_and_it_ends(name: str) -> None:
    with pytest.raises(NotProved):
        [find_proof(claim) for claim in FALSE[name].steps()]


# powers and recurrences

k, j, t = dims("k j t")
M, P, Q, D = (matrix(name, n, n) for name in "MPQD")
z = family("z", vector_shape(n))
NATURAL = {k: (0, None)}
RECURRENCE = for_all(t, 0, None, equals(z(t + 1), M @ z(t)).steps[0])

BY_INDUCTION: dict[str, Identity] = {
    "one more": identity(equals(M ** (k + 1), M @ M**k, M**k @ M), indices=NATURAL),
    "the law of exponents": identity(equals(M ** (k + j), M**k @ M**j), indices={k: (0, None), j: (0, None)}),
    "commuting with a power": identity(equals(M**k @ B, B @ M**k), given=[equals(M @ B, B @ M)], indices=NATURAL),
    "a matrix in another basis": identity(
        equals((Q @ D @ Q.T) ** k, Q @ D**k @ Q.T),
        given=[equals(Q.T @ Q, eye(n)), equals(Q @ Q.T, eye(n))],
        indices=NATURAL,
    ),
    "in another basis, from k = 1": identity(
        equals((U @ K @ U.T) ** k, U @ K**k @ U.T), given=[equals(U.T @ U, eye(m))], indices={k: (1, None)}
    ),
    "in another basis, by one equation": identity(
        equals((Q @ D @ Q.T) ** k, Q @ D**k @ Q.T), given=[equals(Q.T @ Q, eye(n))], indices=NATURAL
    ),
    "a recurrence, solved": identity(equals(z(k), M**k @ z(0)), given=[RECURRENCE], indices=NATURAL),
    "an idempotent": identity(equals(P**k, P), given=[equals(P @ P, P)], indices={k: (1, None)}),
    "a length in another basis": identity(
        equals((Q @ D**k @ Q.T @ u).T @ (Q @ D**k @ Q.T @ u), u.T @ Q @ D ** (2 * k) @ Q.T @ u),
        given=[equals(Q.T @ Q, eye(n)), symmetric(D)],
        indices=NATURAL,
    ),
}

NOT_BY_INDUCTION: dict[str, Identity] = {
    "another basis at k = 0": identity(
        equals((U @ K @ U.T) ** k, U @ K**k @ U.T), given=[equals(U.T @ U, eye(m))], indices=NATURAL
    ),
    "a recurrence, one too many": identity(equals(z(k), M ** (k + 1) @ z(0)), given=[RECURRENCE], indices=NATURAL),
    "a recurrence, from a later start": identity(
        equals(z(k), M**k @ z(0)), given=[for_all(t, 1, None, equals(z(t + 1), M @ z(t)).steps[0])], indices=NATURAL
    ),
    "an idempotent at k = 0": identity(equals(P**k, P), given=[equals(P @ P, P)], indices=NATURAL),
    "a square root of the identity": identity(equals(M**k, M), given=[equals(M @ M, eye(n))], indices=NATURAL),
    "powers of a product": identity(equals((A @ B) ** k, A**k @ B**k), indices=NATURAL),
}


@pytest.mark.parametrize("name", BY_INDUCTION)
def test_proved_for_every_exponent(name: str) -> None:
    for claim in BY_INDUCTION[name].steps():
        theorem = find_proof(claim)
        assert prove(claim, theorem.certificate).sequent == claim


@pytest.mark.parametrize("name", NOT_BY_INDUCTION)
def test_not_proved_for_every_exponent(name: str) -> None:
    with pytest.raises(NotProved):
        [find_proof(claim) for claim in NOT_BY_INDUCTION[name].steps()]


# ranks, determinants, pseudo-inverses

WHOLE: dict[str, Identity] = {
    "the trace of the hat matrix is a rank": identity(equals(trace(H), rank(X))),
    "the rank of the hat matrix": identity(equals(rank(H), rank(X))),
    "the trace of an idempotent": identity(equals(trace(P), rank(P)), given=[idempotent(P)]),
    "ranks of an idempotent and its complement": identity(equals(rank(eye(n) - P) + rank(P), n), given=[idempotent(P)]),
    "determinants of products": identity(equals(determinant(A @ B), determinant(B @ A))),
    "similar matrices": identity(equals(determinant(inv(A) @ B @ A), determinant(B))),
    "the determinant of an orthogonal matrix": identity(equals(determinant(A) ** 2, 1), given=[orthogonal(A)]),
    "Sylvester": identity(equals(determinant(eye(n) + U @ V), determinant(eye(m) + V @ U))),
    "the determinant lemma": identity(
        equals(determinant(A + u @ v.T), determinant(A) * (1 + v.T @ inv(A) @ u)), given=[invertible(A)]
    ),
    "a projection": identity(equals(X @ pseudoinverse(X) @ X @ pseudoinverse(X), X @ pseudoinverse(X))),
    "of full column rank": identity(equals(pseudoinverse(X), inv(X.T @ X) @ X.T), given=[full_column_rank(X)]),
    "back again": identity(equals(pseudoinverse(pseudoinverse(X)), X)),
}

NOT_WHOLE: dict[str, Identity] = {
    "a rank that nobody states": identity(equals(rank(X), d)),
    "a trace that is no rank": identity(equals(trace(P), rank(P)), given=[symmetric(P)]),
    "a determinant of a sum": identity(equals(determinant(A + B), determinant(A) + determinant(B))),
    "a determinant of a multiple": identity(equals(determinant(s * A), s * determinant(A))),
    "the determinant of an orthogonal matrix is 1": identity(equals(determinant(A), 1), given=[orthogonal(A)]),
    "a pseudo-inverse from the left": identity(equals(pseudoinverse(X) @ X, eye(d))),
    "of full column rank, from the right": identity(equals(X @ pseudoinverse(X), eye(N)), given=[full_column_rank(X)]),
    "the reverse order law without hypotheses": identity(
        equals(pseudoinverse(A @ B), pseudoinverse(B) @ pseudoinverse(A))
    ),
}

STRUCTURE: dict[str, tuple[Identity, bool]] = {
    "the hat matrix is a projection": (identity(projection(H), given=[full_column_rank(X)]), True),
    "a ridge is positive definite": (identity(positive_definite(X.T @ X + s * eye(d)), given=[positive(s)]), True),
    "without a ridge": (identity(positive_definite(X.T @ X)), False),
    "a ridge of any sign": (identity(positive_definite(X.T @ X + s * eye(d))), False),
    "a Gram matrix is symmetric": (identity(symmetric(X.T @ X)), True),
    "symmetric is not idempotent": (identity(idempotent(A), given=[symmetric(A)]), False),
    "a product of symmetric matrices": (identity(symmetric(A @ B), given=[symmetric(A), symmetric(B)]), False),
    "a wide Gram matrix": (identity(invertible(X @ X.T), given=[full_column_rank(X)]), False),
    "weights": (
        identity(invertible(X.T @ (inv(S) @ X)), given=[positive_definite(S), full_column_rank(X)]),
        True,
    ),
}


@pytest.mark.parametrize("name", WHOLE)
def test_functions_of_the_whole_matrix(name: str) -> None:
    for claim in WHOLE[name].steps():
        theorem = find_proof(claim)
        assert prove(claim, theorem.certificate).sequent == claim


@pytest.mark.parametrize("name", NOT_WHOLE)
def test_functions_of_the_whole_matrix_not_proved(name: str) -> None:
    with pytest.raises(NotProved):
        [find_proof(claim) for claim in NOT_WHOLE[name].steps()]


@pytest.mark.parametrize("name", STRUCTURE)
def test_properties(name: str) -> None:
    statement, holds = STRUCTURE[name]
    (claim,) = statement.steps()
    if holds:
        assert find_proof(claim).side_conditions == ()
        return
    with pytest.raises(NotProved):
        find_proof(claim)


def test_conditions_that_hypotheses_imply_are_none() -> None:
    ridge = identity(equals(inv(X.T @ X + s * eye(d)) @ (X.T @ X + s * eye(d)), eye(d)), given=[positive(s)])
    assert find_proof(ridge.steps()[0]).side_conditions == ()
    free = identity(ridge.statement)
    assert [c.data for c in find_proof(free.steps()[0]).side_conditions] == [("invertible",)]
