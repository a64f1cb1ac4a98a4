"""Models with entries -1, 0 and 1: found where equations are not linear, and exact like any others."""

from __future__ import annotations

import pytest

from verifier.identity import Identity, identity
from verifier.instantiation import instantiate
from verifier.language import dims, equals, idempotent, identity_matrix, inverse, matrix, symmetric, zeros

(n,) = dims("n")
A, B, P, Q = (matrix(name, n, n) for name in "ABPQ")
I = identity_matrix(n)  # noqa: E741
ZERO = zeros(n, n)

FALSE: dict[str, Identity] = {
    "nilpotent: A² = 0 of A³ = 0": identity(equals(A @ A, ZERO), given=[equals(A @ A @ A, ZERO)]),
    "idempotents: QP = 0 of PQ = 0": identity(
        equals(Q @ P, ZERO), given=[idempotent(P), idempotent(Q), equals(P @ Q, ZERO)]
    ),
    "a square root of I is ±I": identity(equals(A @ B, B @ A), given=[equals(A @ A, I), equals(B @ B, I)]),
    "AB = 0 and BA = 0 of AB = 0": identity(equals(B @ A, ZERO), given=[equals(A @ B @ A, ZERO), equals(A @ B, ZERO)]),
}
TRUE: dict[str, Identity] = {
    "commuting involutions": identity(
        equals(A @ B @ A @ B, I), given=[equals(A @ A, I), equals(B @ B, I), equals(A @ B, B @ A)]
    ),
    "orthogonal and symmetric": identity(equals(A @ A, I), given=[symmetric(A), equals(A.T @ A, I)]),
}


@pytest.mark.parametrize("case", FALSE.values(), ids=FALSE)
@pytest.mark.parametrize("seed", [0, 1])
def test_a_counterexample_is_found(case: Identity, seed: int) -> None:
    (claim,) = case.steps()
    assert instantiate(claim, seed=seed, small=True).counterexample is not None


@pytest.mark.parametrize("case", TRUE.values(), ids=TRUE)
def test_hypotheses_have_a_model_and_no_counterexample(case: Identity) -> None:
    (claim,) = case.steps()
    outcome = instantiate(claim, small=True)
    assert outcome.counterexample is None
    assert outcome.evidence.model_found


def test_no_model_is_made_up() -> None:
    """AB - BA = I has no solution: its trace is 0."""
    (claim,) = identity(equals(A, B), given=[equals(A @ B - B @ A, I)]).steps()
    outcome = instantiate(claim, small=True)
    assert outcome.counterexample is None
    assert not outcome.evidence.model_found


def test_what_is_undefined_is_no_counterexample() -> None:
    """A⁻¹ = A of A² = A holds wherever A⁻¹ is defined: there A is I."""
    (claim,) = identity(equals(inverse(A), A), given=[idempotent(A)]).steps()
    assert instantiate(claim, small=True).counterexample is None
