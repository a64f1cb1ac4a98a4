"""Proofs of claims of the library, found once in a process: several tests look at the same theorem."""

from __future__ import annotations

from functools import cache

from verifier.kernel.sequents import Sequent
from verifier.kernel.theorems import Theorem
from verifier.proving import find_proof


@cache
def proved(claim: Sequent) -> Theorem:
    """The theorem that is found for a claim. Raises NotProved."""
    return find_proof(claim)
