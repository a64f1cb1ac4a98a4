"""Noncommutative matrix algebra from the literature: identities with their hypotheses, each true for every size."""

from __future__ import annotations

from verifier.expressions import dims, index
from verifier.identity import Identity, identity
from verifier.language import (
    Chain,
    Expression,
    Statement,
    block,
    diag,
    equals,
    full_column_rank,
    idempotent,
    identity_matrix,
    invertible,
    matrix,
    norm,
    orthogonal,
    orthonormal_columns,
    positive,
    projection,
    pseudoinverse,
    scalar,
    skew,
    symmetric,
    trace,
    unit_vector,
    vector,
    zeros,
)
from verifier.language import inverse as inv

n, m, d = dims("n m d")
A, B, C, D = (matrix(name, n, n) for name in "ABCD")
P, Q, R, S, T, X, Y = (matrix(name, n, n) for name in ("P", "Q", "R", "S", "T", "X", "Y"))
U, V, K, M = matrix("U", n, m), matrix("V", m, n), matrix("K", m, m), matrix("M", m, m)
E, F, G, W = matrix("E", m, n), matrix("F", n, m), matrix("G", n, m), matrix("W", n, d)
H, L, Z = matrix("H", m, n), matrix("L", n, m), matrix("Z", n, d)
u, v, w, y, beta = vector("u", n), vector("v", n), vector("w", n), vector("y", n), vector("\\beta", d)
s, t, i = scalar("s"), scalar("t"), index("i")
Id, J, I_d, ZERO = identity_matrix(n), identity_matrix(m), identity_matrix(d), zeros(n, n)


def commutator(left: Expression, right: Expression) -> Expression:
    """[A, B] = AB - BA"""
    return left @ right - right @ left


def penrose(matrix: Expression, plus: Expression) -> list[Chain]:
    """The four equations of R. Penrose (1955) that make ``plus`` the pseudo-inverse."""
    return [
        equals(matrix @ plus @ matrix, matrix),
        equals(plus @ matrix @ plus, plus),
        equals((matrix @ plus).T, matrix @ plus),
        equals((plus @ matrix).T, plus @ matrix),
    ]


def given(conclusion: Chain, *hypotheses: Chain | Statement) -> Identity:
    """The identity under hypotheses."""
    return identity(conclusion, given=hypotheses)


w_plus = matrix("W^{+}", d, n)
KALMAN = S @ H.T @ inv(H @ S @ H.T + M)
CAYLEY = inv(Id + A) @ (Id - A)
HOUSEHOLDER = Id - 2 * (v @ v.T) / (v.T @ v)
GLS = inv(W.T @ inv(S) @ W) @ W.T @ inv(S)

TRUE: dict[str, Identity] = {
    # Moore and Penrose: E is m×n, F its pseudo-inverse
    "Penrose: uniqueness": given(equals(F, G), *penrose(E, F), *penrose(E, G)),
    "Penrose: (A⁺)⁺ = A": given(equals(E, H), *penrose(E, F), *penrose(F, H)),
    "Penrose: (Aᵀ)⁺ = (A⁺)ᵀ": given(equals(H, F.T), *penrose(E, F), *penrose(E.T, H)),
    "Penrose: A⁺AA⁺": given(equals(F @ E @ F @ E, F @ E), equals(F @ E @ F, F)),
    "Penrose: AA⁺ is a projection": given(
        equals((E @ F).T @ (E @ F), E @ F), equals(E @ F @ E, E), equals((E @ F).T, E @ F)
    ),
    "Penrose: A⁺ = AᵀA⁺ᵀA⁺": given(equals(F, E.T @ F.T @ F), equals(F @ E @ F, F), equals((F @ E).T, F @ E)),
    "Penrose: A⁺ = A⁺A⁺ᵀAᵀ": given(equals(F, F @ F.T @ E.T), equals(F @ E @ F, F), equals((E @ F).T, E @ F)),
    "Penrose: AᵀAA⁺ = Aᵀ": given(equals(E.T @ E @ F, E.T), equals(E @ F @ E, E), equals((E @ F).T, E @ F)),
    "Penrose: A⁺AAᵀ = Aᵀ": given(equals(F @ E @ E.T, E.T), equals(E @ F @ E, E), equals((F @ E).T, F @ E)),
    "Penrose: (AᵀA)⁺ = A⁺A⁺ᵀ": given(equals(X, F @ F.T), *penrose(E, F), *penrose(E.T @ E, X)),
    "Penrose: (AAᵀ)⁺ = A⁺ᵀA⁺": given(equals(M, F.T @ F), *penrose(E, F), *penrose(E @ E.T, M)),
    "Penrose: A⁺ of a left inverse": given(
        equals(F, inv(E.T @ E) @ E.T), equals(E @ F @ E, E), equals((E @ F).T, E @ F)
    ),
    "Penrose: A⁺ of a right inverse": given(
        equals(F, E.T @ inv(E @ E.T)), equals(E @ F @ E, E), equals((E @ F).T, E @ F), equals((F @ E).T, F @ E)
    ),
    "Penrose: A⁺ = A⁻¹": given(equals(X, inv(A)), equals(A @ X @ A, A)),
    "Penrose: A⁺ of a projection": given(equals(X, P), projection(P), *penrose(P, X)),
    "Penrose: A⁺ of an isometry": given(equals(F, E.T), equals(E.T @ E, Id), *penrose(E, F)),
    "Penrose: Aᵀ and A⁺ have one range": given(
        equals(F @ E @ y, y), equals(y, E.T @ vector("z", m)), equals(E @ F @ E, E), equals((F @ E).T, F @ E)
    ),
    "Penrose: least squares": given(
        equals(E.T @ (E @ F @ vector("z", m)), E.T @ vector("z", m)), equals(E @ F @ E, E), equals((E @ F).T, E @ F)
    ),
    "Greville: (AB)⁺ = B⁺A⁺ where A has orthonormal columns": given(
        equals(matrix("N", d, m), w_plus @ E.T),
        equals(E.T @ E, Id),
        *penrose(W, w_plus),
        *penrose(E @ W, matrix("N", d, m)),
    ),
    "Greville: B⁺A⁺ is an inner inverse of AB if A⁺A and BB⁺ commute": given(
        equals(E @ W @ w_plus @ F @ E @ W, E @ W),
        equals(E @ F @ E, E),
        equals(W @ w_plus @ W, W),
        equals(F @ E @ W @ w_plus, W @ w_plus @ F @ E),
    ),
    "pseudo-inverse of a multiple": given(equals(X, pseudoinverse(A) / s), *penrose(s * A, X)),
    "Bjerhammar: solutions by an inner inverse": given(
        equals(E @ (F @ vector("z", m) + y - F @ E @ y), vector("z", m)),
        equals(E @ F @ E, E),
        equals(vector("z", m), E @ u),
    ),
    # commutators
    "Jacobi": given(
        equals(
            commutator(A, commutator(B, C)) + commutator(B, commutator(C, A)) + commutator(C, commutator(A, B)), ZERO
        )
    ),
    "Leibniz": given(equals(commutator(A, B @ C), commutator(A, B) @ C + B @ commutator(A, C))),
    "trace of a commutator": given(equals(trace(commutator(A, B)), 0)),
    "trace of a product with a commutator": given(equals(trace(A @ commutator(B, C)), trace(commutator(A, B) @ C))),
    "commutator with an inverse": given(equals(commutator(inv(A), B), -inv(A) @ commutator(A, B) @ inv(A))),
    "commutator that commutes": given(
        equals(commutator(A, B @ B), 2 * (commutator(A, B) @ B)),
        equals(B @ commutator(A, B), commutator(A, B) @ B),
    ),
    "commuting with both, with the product": given(
        equals(A @ (B @ C), B @ C @ A), equals(A @ B, B @ A), equals(A @ C, C @ A)
    ),
    "commutator of symmetric matrices is skew": given(
        equals(commutator(A, B).T, -commutator(A, B)), symmetric(A), symmetric(B)
    ),
    "commutator of skew matrices is skew": given(equals(commutator(A, B).T, -commutator(A, B)), skew(A), skew(B)),
    "Jordan identity": given(
        equals(
            (A @ B + B @ A) @ (A @ A) + (A @ A) @ (A @ B + B @ A),
            A @ (B @ A @ A + A @ A @ B) + (B @ A @ A + A @ A @ B) @ A,
        )
    ),
    # resolvents, sums and differences of inverses
    "first resolvent identity": given(
        equals(inv(A - s * Id) - inv(A - t * Id), (s - t) * (inv(A - s * Id) @ inv(A - t * Id)))
    ),
    "second resolvent identity": given(
        equals(inv(A - s * Id) - inv(B - s * Id), inv(A - s * Id) @ (B - A) @ inv(B - s * Id))
    ),
    "resolvents commute": given(equals(inv(A - s * Id) @ inv(A - t * Id), inv(A - t * Id) @ inv(A - s * Id))),
    "resolvent and its matrix": given(equals(A @ inv(A - s * Id), Id + s * inv(A - s * Id))),
    "Hua": given(equals(A - inv(inv(A) + inv(inv(B) - A)), A @ B @ A)),
    "Hua, second form": given(equals(inv(inv(A) + inv(B)), A - A @ inv(A + B) @ A)),
    "Kailath": given(equals(inv(A + U @ V), inv(A) - inv(A) @ U @ inv(J + V @ inv(A) @ U) @ V @ inv(A))),
    "Woodbury": given(equals(inv(A + U @ K @ V), inv(A) - inv(A) @ U @ inv(inv(K) + V @ inv(A) @ U) @ V @ inv(A))),
    "Duncan": given(
        equals(
            inv(A - U @ inv(K) @ V) @ U @ inv(K),
            inv(A) @ U @ inv(K - V @ inv(A) @ U),
        )
    ),
    "inverse of I - AB by that of I - BA": given(equals(inv(Id - U @ V), Id + U @ inv(J - V @ U) @ V)),
    "geometric series of three": given(equals(inv(Id - A) @ (Id - A @ A @ A), Id + A + A @ A)),
    "nilpotent": given(equals(inv(Id - A), Id + A), equals(A @ A, ZERO)),
    "nilpotent of index 3": given(equals(inv(Id + A), Id - A + A @ A), equals(A @ A @ A, ZERO)),
    "cancelling an inverse on both sides": given(equals(B, C), invertible(A), equals(A @ B, A @ C)),
    "inverse of a triple product": given(
        equals(inv(A @ B @ C), inv(C) @ inv(B) @ inv(A)), invertible(A), invertible(B)
    ),
    "inverse of a symmetric product": given(equals(inv(A @ B), inv(B) @ inv(A)), invertible(A)),
    # Schur complements and blocks
    "Banachiewicz: upper left": given(
        equals(inv(A - U @ inv(K) @ V), inv(A) + inv(A) @ U @ inv(K - V @ inv(A) @ U) @ V @ inv(A))
    ),
    "Schur complement solves": given(
        equals((A - U @ inv(K) @ V) @ u, v - U @ inv(K) @ vector("z", m)),
        equals(A @ u + U @ vector("x", m), v),
        equals(V @ u + K @ vector("x", m), vector("z", m)),
    ),
    "Schur complement of the inverse": given(
        equals(inv(X), A - U @ inv(K) @ V),
        equals(X @ A + F @ V, Id),
        equals(X @ U + F @ K, zeros(n, m)),
    ),
    # Sylvester, Lyapunov, Riccati
    "Sylvester: B is similar to A": given(equals(inv(X) @ A @ X, B), invertible(X), equals(A @ X - X @ B, ZERO)),
    "Sylvester: powers": given(equals(A @ A @ U, U @ K @ K), equals(A @ U, U @ K)),
    "Sylvester: inverses": given(equals(inv(A) @ U, U @ inv(K)), equals(A @ U, U @ K)),
    "Sylvester: resolvents": given(equals(inv(A - s * Id) @ U, U @ inv(K - s * J)), equals(A @ U, U @ K)),
    "Roth: a solution removes the corner": given(equals(A @ U - U @ K + F, zeros(n, m)), equals(F, U @ K - A @ U)),
    "Lyapunov, symmetric right side": given(equals(A @ X.T + X.T @ A.T, Q), equals(A @ X + X @ A.T, Q), symmetric(Q)),
    "Riccati, from an invariant subspace": given(
        equals(A.T @ Y @ inv(X) + Y @ inv(X) @ A - Y @ inv(X) @ B @ Y @ inv(X) + C, ZERO),
        equals(A @ X - B @ Y, X @ T),
        equals(-C @ X - A.T @ Y, Y @ T),
    ),
    "Stein: unrolled once": given(equals(X, Q + A @ Q @ A.T + A @ A @ X @ A.T @ A.T), equals(X, A @ X @ A.T + Q)),
    # orthogonal, skew, symmetric
    "Cayley transform is orthogonal": given(equals(CAYLEY.T @ CAYLEY, Id), skew(A)),
    "Cayley transform commutes": given(equals((Id - A) @ inv(Id + A), CAYLEY)),
    "Cayley transform of an orthogonal matrix is skew": given(
        equals((inv(Id + Q) @ (Id - Q)).T, -(inv(Id + Q) @ (Id - Q))), orthogonal(Q)
    ),
    "Cayley transform is an involution": given(equals(inv(Id + CAYLEY) @ (Id - CAYLEY), A)),
    "orthogonal: product": given(equals((P @ Q).T @ (P @ Q), Id), orthogonal(P), orthogonal(Q)),
    "orthogonal: conjugate of a symmetric matrix": given(equals((Q.T @ A @ Q).T, Q.T @ A @ Q), symmetric(A)),
    "orthogonal: conjugate of an idempotent": given(
        equals((Q @ P @ Q.T) @ (Q @ P @ Q.T), Q @ P @ Q.T), orthogonal(Q), idempotent(P)
    ),
    "orthogonal and symmetric": given(equals(Q @ Q, Id), orthogonal(Q), symmetric(Q)),
    "skew: square is symmetric": given(equals((A @ A).T, A @ A), skew(A)),
    "skew: inverse is skew": given(equals(inv(A).T, -inv(A)), skew(A)),
    "skew and symmetric parts": given(equals(A @ B + (A @ B).T, A @ B - B @ A), symmetric(A), skew(B)),
    "isometries compose": given(
        equals((L @ matrix("N", m, d)).T @ (L @ matrix("N", m, d)), I_d),
        orthonormal_columns(L),
        orthonormal_columns(matrix("N", m, d)),
    ),
    # idempotents and involutions
    "idempotents: sum": given(equals((P + Q) @ (P + Q), P + Q), idempotent(P), idempotent(Q), equals(P @ Q, -(Q @ P))),
    "idempotents: difference": given(
        equals((P - Q) @ (P - Q), P - Q), idempotent(P), idempotent(Q), equals(P @ Q, Q), equals(Q @ P, Q)
    ),
    "idempotents: product": given(equals((P @ Q) @ (P @ Q), P @ Q), idempotent(P), idempotent(Q), equals(P @ Q, Q @ P)),
    "idempotents: union": given(
        equals((P + Q - P @ Q) @ (P + Q - P @ Q), P + Q - P @ Q), idempotent(P), idempotent(Q), equals(P @ Q, Q @ P)
    ),
    "idempotents: anticommuting are disjoint": given(equals(P @ Q, ZERO), idempotent(P), equals(P @ Q + Q @ P, ZERO)),
    "Kato: (P - Q)² commutes with P": given(
        equals(P @ (P - Q) @ (P - Q), (P - Q) @ (P - Q) @ P), idempotent(P), idempotent(Q)
    ),
    "Kato: (P - Q)² + (I - P - Q)² = I": given(
        equals((P - Q) @ (P - Q) + (Id - P - Q) @ (Id - P - Q), Id), idempotent(P), idempotent(Q)
    ),
    "idempotent: inverse of I + cP": given(equals(inv(Id + P), Id - P / 2), idempotent(P)),
    "involution from an idempotent": given(equals((2 * P - Id) @ (2 * P - Id), Id), idempotent(P)),
    "idempotent from an involution": given(equals(((Id + T) / 2) @ ((Id + T) / 2), (Id + T) / 2), equals(T @ T, Id)),
    "involution: its own inverse": given(equals(inv(T), T), equals(T @ T, Id)),
    "involutions: product of commuting": given(
        equals((S @ T) @ (S @ T), Id), equals(S @ S, Id), equals(T @ T, Id), equals(S @ T, T @ S)
    ),
    "Householder: symmetric": given(equals(HOUSEHOLDER.T, HOUSEHOLDER)),
    "Householder: involution": given(equals(HOUSEHOLDER @ HOUSEHOLDER, Id)),
    "Householder: reverses its vector": given(equals(HOUSEHOLDER @ v, -v)),
    "Householder: keeps what is orthogonal": given(equals(HOUSEHOLDER @ w, w), equals(v.T @ w, 0)),
    "Householder: maps u to w": given(
        equals((Id - 2 * ((u - w) @ (u - w).T) / ((u - w).T @ (u - w))) @ u, w), equals(u.T @ u, w.T @ w)
    ),
    "projections: alternate": given(equals((P @ Q @ P).T, P @ Q @ P), projection(P), projection(Q)),
    "projections: nested from one side": given(equals(Q @ P, P), projection(P), projection(Q), equals(P @ Q, P)),
    # estimation
    "GLS is unbiased": given(equals(GLS @ W, I_d)),
    "GLS variance": given(equals(GLS @ S @ GLS.T, inv(W.T @ inv(S) @ W))),
    "GLS of a singular model: residual": given(equals(W.T @ inv(S) @ (y - W @ GLS @ y), zeros(d))),
    "BLUE: excess variance": given(
        equals(
            matrix("N", d, n) @ S @ matrix("N", d, n).T,
            GLS @ S @ GLS.T + (matrix("N", d, n) - GLS) @ S @ (matrix("N", d, n) - GLS).T,
        ),
        equals(matrix("N", d, n) @ W, I_d),
        symmetric(S),
    ),
    "BLUE: uncorrelated with what is unbiased for 0": given(
        equals(matrix("N", d, n) @ S @ GLS.T, zeros(d, d)), equals(matrix("N", d, n) @ W, zeros(d, d)), symmetric(S)
    ),
    "Zyskind: HΣ = ΣH makes OLS best": given(
        equals(inv(W.T @ W) @ W.T, GLS),
        equals(W @ inv(W.T @ W) @ W.T @ S, S @ W @ inv(W.T @ W) @ W.T),
    ),
    "Aitken: whitening": given(equals(inv((R @ W).T @ (R @ W)) @ (R @ W).T @ R, GLS), equals(R.T @ R, inv(S))),
    "Theil and Goldberger: mixed estimation": given(
        equals(
            inv(W.T @ W + Z.T @ Z) @ (W.T @ y + Z.T @ w) - inv(W.T @ W) @ W.T @ y,
            inv(W.T @ W + Z.T @ Z) @ Z.T @ (w - Z @ inv(W.T @ W) @ W.T @ y),
        )
    ),
    # Kalman: S the covariance before, H the observation, M its noise
    "Kalman: gain in information form": given(equals(KALMAN, inv(inv(S) + H.T @ inv(M) @ H) @ H.T @ inv(M))),
    "Kalman: covariance in information form": given(equals((Id - KALMAN @ H) @ S, inv(inv(S) + H.T @ inv(M) @ H))),
    "Kalman: Joseph form": given(
        equals((Id - KALMAN @ H) @ S @ (Id - KALMAN @ H).T + KALMAN @ M @ KALMAN.T, (Id - KALMAN @ H) @ S),
        symmetric(S),
    ),
    "Kalman: gain from the covariance after": given(equals((Id - KALMAN @ H) @ S @ H.T @ inv(M), KALMAN)),
    "Kalman: any gain": given(
        equals(
            (Id - L @ H) @ S @ (Id - L @ H).T + L @ M @ L.T,
            (Id - KALMAN @ H) @ S + (L - KALMAN) @ (H @ S @ H.T + M) @ (L - KALMAN).T,
        ),
        symmetric(S),
        symmetric(M),
    ),
    "Kalman: residual covariance inverted": given(
        equals(inv(H @ S @ H.T + M), inv(M) - inv(M) @ H @ inv(inv(S) + H.T @ inv(M) @ H) @ H.T @ inv(M))
    ),
    # updates
    "secant: Broyden": given(equals((B + ((y - B @ u) @ u.T) / (u.T @ u)) @ u, y)),
    "secant: DFP keeps symmetry": given(
        equals(((Id - (y @ u.T) / (y.T @ u)) @ B @ (Id - (u @ y.T) / (y.T @ u)) + (y @ y.T) / (y.T @ u)) @ u, y)
    ),
    "secant: BFGS": given(equals((B - (B @ u @ u.T @ B) / (u.T @ B @ u) + (y @ y.T) / (y.T @ u)) @ u, y), symmetric(B)),
    "secant: symmetric rank one": given(equals((B + ((y - B @ u) @ (y - B @ u).T) / ((y - B @ u).T @ u)) @ u, y)),
    "conjugate gradients: step": given(equals(u.T @ (y - A @ (w + ((u.T @ (y - A @ w)) / (u.T @ A @ u)) * u)), 0)),
    "Gram–Schmidt": given(equals(v.T @ (u - ((v.T @ u) / (v.T @ v)) * v), 0)),
    "skew: quadratic form": given(equals(v.T @ A @ v, 0), skew(A)),
    "trace of a decomposition": given(equals(trace(A), trace(B)), equals(A, Q @ B @ Q.T), orthogonal(Q)),
    "left inverse of a square matrix": given(equals(B @ A, Id), equals(A @ B, Id)),
    "Gram matrix that is zero": given(equals(E, zeros(m, n)), equals(E.T @ E, ZERO)),
    "unit vectors": identity(equals(A @ (inv(A) @ unit_vector(n, i)), unit_vector(n, i)), indices={i: (1, n)}),
    "Lyapunov: quadratic form": given(
        equals(2 * (v.T @ S @ A @ v), -(v.T @ Q @ v)), equals(S @ A + A.T @ S, -Q), symmetric(S)
    ),
    "symmetric: eigenvectors": given(
        equals((s - t) * (u.T @ v), 0), equals(A @ u, s * u), equals(A @ v, t * v), symmetric(A)
    ),
    "cancelling a full column rank": given(equals(u, v), full_column_rank(E), equals(E @ u, E @ v)),
    "pseudo-inverse of full column rank": given(equals(pseudoinverse(E) @ E, Id), full_column_rank(E)),
    "diagonal weights": given(
        equals(beta, inv(W.T @ diag(v) @ W) @ W.T @ diag(v) @ y),
        equals(W.T @ diag(v) @ W @ beta, W.T @ diag(v) @ y),
    ),
    "Sherman-Morrison: solution": given(equals(inv(A + u @ v.T) @ u, inv(A) @ u / (1 + v.T @ inv(A) @ u))),
    "inverse of a block diagonal matrix": given(
        equals(
            block([[A, zeros(n, m)], [zeros(m, n), K]]) @ block([[inv(A), zeros(n, m)], [zeros(m, n), inv(K)]]),
            block([[Id, zeros(n, m)], [zeros(m, n), J]]),
        )
    ),
    "a block row turned": given(equals(block([[Id, U]]).T @ A, block([[A], [U.T @ A]]))),
    "1-norm of a multiple": given(equals(norm(s * v, "1"), s * norm(v, "1")), positive(s)),
    "1-norm of a multiple of a difference": given(equals(norm(s * v - s * u, "1"), s * norm(v - u, "1")), positive(s)),
}
