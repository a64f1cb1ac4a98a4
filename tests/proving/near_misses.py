"""Near misses of the identities of the literature: a sign, a hypothesis or a transpose from one that is true."""

from __future__ import annotations

from tests.proving.literature import (
    CAYLEY,
    GLS,
    HOUSEHOLDER,
    KALMAN,
    ZERO,
    A,
    B,
    C,
    E,
    F,
    H,
    Id,
    J,
    K,
    L,
    M,
    P,
    Q,
    S,
    T,
    U,
    V,
    W,
    X,
    commutator,
    d,
    given,
    m,
    n,
    penrose,
    s,
    t,
    u,
    v,
    w_plus,
    y,
)
from verifier.identity import Identity
from verifier.language import (
    equals,
    idempotent,
    matrix,
    norm,
    orthogonal,
    orthonormal_columns,
    positive,
    projection,
    pseudoinverse,
    skew,
    symmetric,
)
from verifier.language import inverse as inv

FALSE: dict[str, Identity] = {
    "Penrose: (AB)⁺ = B⁺A⁺ of any A and B": given(
        equals(matrix("N", d, m), w_plus @ F), *penrose(E, F), *penrose(W, w_plus), *penrose(E @ W, matrix("N", d, m))
    ),
    "Penrose: AA⁺ = I": given(equals(E @ F, J), *penrose(E, F)),
    "Penrose: A⁺A = AA⁺": given(equals(A @ X, X @ A), *penrose(A, X)),
    "Penrose: uniqueness by three equations": given(equals(A, B), *penrose(C, A)[:3], *penrose(C, B)[:3]),
    "Penrose: an inner inverse is symmetric from the left": given(equals((E @ F).T, E @ F), equals(E @ F @ E, E)),
    "Penrose: an inner inverse is an outer one": given(equals(F @ E @ F, F), equals(E @ F @ E, E)),
    "pseudo-inverse of a sum": given(equals(pseudoinverse(A + B), pseudoinverse(A) + pseudoinverse(B))),
    "pseudo-inverse of a product": given(equals(pseudoinverse(A @ B), pseudoinverse(B) @ pseudoinverse(A))),
    "pseudo-inverse is a left inverse": given(equals(pseudoinverse(E) @ E, Id)),
    "Jacobi with a sign": given(
        equals(
            commutator(A, commutator(B, C)) + commutator(B, commutator(C, A)) - commutator(C, commutator(A, B)), ZERO
        )
    ),
    "Leibniz, factors swapped": given(equals(commutator(A, B @ C), commutator(A, B) @ C + commutator(A, C) @ B)),
    "commutator of a square": given(equals(commutator(A, B @ B), 2 * (commutator(A, B) @ B))),
    "commutator of symmetric matrices is symmetric": given(
        equals(commutator(A, B).T, commutator(A, B)), symmetric(A), symmetric(B)
    ),
    "commuting is transitive": given(equals(A @ C, C @ A), equals(A @ B, B @ A), equals(B @ C, C @ B)),
    "first resolvent identity with a sign": given(
        equals(inv(A - s * Id) - inv(A - t * Id), (t - s) * (inv(A - s * Id) @ inv(A - t * Id)))
    ),
    "second resolvent identity with a sign": given(equals(inv(A) - inv(B), inv(A) @ (A - B) @ inv(B))),
    "second resolvent identity, factors swapped": given(equals(inv(A) - inv(B), (B - A) @ inv(A) @ inv(B))),
    "Hua without an inverse": given(equals(A - inv(inv(A) + inv(B - A)), A @ B @ A)),
    "Kailath with a sign": given(equals(inv(A + U @ V), inv(A) - inv(A) @ U @ inv(J - V @ inv(A) @ U) @ V @ inv(A))),
    "Woodbury without the inner inverse": given(
        equals(inv(A + U @ K @ V), inv(A) - inv(A) @ U @ inv(K + V @ inv(A) @ U) @ V @ inv(A))
    ),
    "Sherman-Morrison with a sign": given(
        equals(inv(A + u @ v.T), inv(A) - (inv(A) @ u @ v.T @ inv(A)) / (1 - v.T @ inv(A) @ u))
    ),
    "Sherman-Morrison, vectors swapped": given(
        equals(inv(A + u @ v.T), inv(A) - (inv(A) @ v @ u.T @ inv(A)) / (1 + v.T @ inv(A) @ u))
    ),
    "push-through, sides swapped": given(equals(inv(Id + A @ B) @ A, A @ inv(Id + A @ B))),
    "inverse of I - AB with a sign": given(equals(inv(Id - U @ V), Id - U @ inv(J - V @ U) @ V)),
    "nilpotent of index 3, a term short": given(equals(inv(Id + A), Id - A), equals(A @ A @ A, ZERO)),
    "cancelling what is not invertible": given(equals(B, C), equals(A @ B, A @ C)),
    "inverse of a transpose": given(equals(inv(A).T, inv(A))),
    "Schur complement with a sign": given(
        equals(inv(A - U @ inv(K) @ V), inv(A) - inv(A) @ U @ inv(K - V @ inv(A) @ U) @ V @ inv(A))
    ),
    "Sylvester: transposes": given(equals(A.T @ U, U @ K.T), equals(A @ U, U @ K)),
    "Lyapunov, any right side": given(equals(A @ X.T + X.T @ A.T, Q), equals(A @ X + X @ A.T, Q)),
    "Cayley transform of any matrix": given(equals(CAYLEY.T @ CAYLEY, Id)),
    "Cayley transform of a symmetric matrix": given(equals(CAYLEY.T @ CAYLEY, Id), symmetric(A)),
    "orthogonal: sum": given(equals((P + Q).T @ (P + Q), 2 * Id), orthogonal(P), orthogonal(Q)),
    "orthogonal matrices are involutions": given(equals(Q @ Q, Id), orthogonal(Q)),
    "isometries are onto": given(equals(L @ L.T, Id), orthonormal_columns(L)),
    "skew: square is skew": given(equals((A @ A).T, -(A @ A)), skew(A)),
    "skew: product is skew": given(equals((A @ B).T, -(A @ B)), skew(A), skew(B)),
    "idempotents: any sum": given(equals((P + Q) @ (P + Q), P + Q), idempotent(P), idempotent(Q)),
    "idempotents: any product": given(equals((P @ Q) @ (P @ Q), P @ Q), idempotent(P), idempotent(Q)),
    "idempotents: sum of one-sided": given(
        equals((P + Q) @ (P + Q), P + Q), idempotent(P), idempotent(Q), equals(P @ Q, ZERO)
    ),
    "idempotents: difference of one-sided": given(
        equals((P - Q) @ (P - Q), P - Q), idempotent(P), idempotent(Q), equals(P @ Q, Q)
    ),
    "idempotents are projections": given(equals(P.T, P), idempotent(P)),
    "Kato: P - Q commutes with P": given(equals(P @ (P - Q), (P - Q) @ P), idempotent(P), idempotent(Q)),
    "involution is orthogonal": given(equals(T.T @ T, Id), equals(T @ T, Id)),
    "Householder without the norm": given(equals((Id - 2 * (v @ v.T)) @ (Id - 2 * (v @ v.T)), Id)),
    "Householder keeps its vector": given(equals(HOUSEHOLDER @ v, v)),
    "projections: product": given(equals((P @ Q).T, P @ Q), projection(P), projection(Q)),
    "GLS variance without the inverse": given(equals(GLS @ S @ GLS.T, W.T @ inv(S) @ W)),
    "OLS is GLS": given(equals(inv(W.T @ W) @ W.T, GLS), symmetric(S)),
    "BLUE: excess variance of any estimator": given(
        equals(
            matrix("N", d, n) @ S @ matrix("N", d, n).T,
            GLS @ S @ GLS.T + (matrix("N", d, n) - GLS) @ S @ (matrix("N", d, n) - GLS).T,
        ),
        symmetric(S),
    ),
    "Kalman: Joseph form of any gain": given(
        equals((Id - L @ H) @ S @ (Id - L @ H).T + L @ M @ L.T, (Id - L @ H) @ S), symmetric(S), symmetric(M)
    ),
    "Kalman: gain without the noise": given(equals(KALMAN, inv(inv(S) + H.T @ H) @ H.T)),
    "Kalman: information added to the covariance": given(equals((Id - KALMAN @ H) @ S, inv(S + H.T @ inv(M) @ H))),
    "secant: BFGS, turned": given(equals((B - (B.T @ u @ u.T @ B) / (u.T @ B @ u) + (y @ y.T) / (y.T @ u)) @ u, y)),
    "Gram–Schmidt, roles swapped": given(equals(u.T @ (u - ((v.T @ u) / (v.T @ v)) * v), 0)),
    "1-norm of a multiple of any sign": given(equals(norm(s * v, "1"), s * norm(v, "1"))),
    "1-norm of a negative multiple": given(equals(norm(s * v, "1"), s * norm(v, "1")), positive(-s)),
}

RARE = {
    "Penrose: A⁺A = AA⁺",  # square, singular and not normal
    "nilpotent of index 3, a term short",  # A³ = 0 and A² ≠ 0
    "idempotents: sum of one-sided",  # PQ = 0 and QP ≠ 0
    "idempotents: difference of one-sided",  # PQ = Q and QP ≠ Q
    "involutions: product of commuting",
}
"""Their models are found among matrices with small entries, and not at random."""
