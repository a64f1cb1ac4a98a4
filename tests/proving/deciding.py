"""What holds of claims whose truth is known: of a true one, and of one that is nearly so."""

from __future__ import annotations

import pytest

from verifier.identity import Identity
from verifier.instantiation import instantiate
from verifier.proving import NotProved, find_proof


def is_found_true(made: Identity) -> None:
    """Every step is proved, and no model says otherwise."""
    for claim in made.steps():
        find_proof(claim)
        assert instantiate(claim).counterexample is None


def is_found_false(made: Identity) -> None:
    """There is a model in which it fails, and no proof."""
    (claim,) = made.steps()
    assert instantiate(claim).counterexample is not None
    with pytest.raises(NotProved):
        find_proof(claim)
