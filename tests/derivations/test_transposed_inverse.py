"""A⁻ᵀ is not A⁻¹. Found by the mutants of ``test_mutants_of_matrices``."""

from __future__ import annotations

import pytest

from verifier.identity import Identity, identity
from verifier.language import dims, equals, identity_matrix, inverse, matrix
from verifier.proving import NotProved, find_proof

(n,) = dims("n")
A, B = matrix("A", n, n), matrix("B", n, n)

FALSE: dict[str, Identity] = {
    "of a symbol": identity(equals(inverse(A.T), inverse(A))),
    "of a sum": identity(equals(inverse((A + B).T), inverse(A + B))),
    "of a product": identity(equals(inverse((A @ B).T) @ (A @ B), identity_matrix(n))),
}


@pytest.mark.parametrize("name", FALSE)
def test_the_inverse_of_a_transpose_is_another(name: str) -> None:
    with pytest.raises(NotProved):
        find_proof(FALSE[name].whole())
