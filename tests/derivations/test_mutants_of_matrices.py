"""A mutation test of the identities of matrix algebra: what differs from one in a single place is proved only if true.

The judge of what is true is ``reference``, which samples models of the hypotheses by its own means (``charts``), for
dimensions that are at least five. Where it cannot decide it raises, and the test fails. With VERIFIER_ALL_MUTANTS=1
every mutant is tried, else about ``EACH`` of each identity.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator

import pytest

from derivations import brain_surgeon, projections, regression, spectral, woodbury
from verifier.identity import identities
from verifier.instantiation import instantiate
from verifier.kernel.sequents import Sequent
from verifier.notation import latex
from verifier.proving import NotProved, find_proof

from .mutating import mutants
from .reference import NotHere, holds

MODULES = (brain_surgeon, projections, regression, spectral, woodbury)
LIBRARY = {name: made for module in MODULES for name, made in identities(module).items()}
EACH = 5


def tried(name: str) -> list[tuple[str, Sequent]]:
    """Mutants of the steps of an identity, spread over all that there are."""
    everything = [mutant for claim in LIBRARY[name].steps() for mutant in mutants(claim)]
    stride = 1 if os.environ.get("VERIFIER_ALL_MUTANTS") else max(1, len(everything) // EACH)
    return everything[sum(map(ord, name)) % stride :: stride]


@pytest.fixture(scope="module")
def counts() -> Iterator[Counter[str]]:
    """Counts of what was seen, printed at the end (``pytest -s``)."""
    counted: Counter[str] = Counter()
    yield counted
    print("\n" + ", ".join(f"{what}: {number}" for what, number in sorted(counted.items())))


@pytest.mark.parametrize("name", LIBRARY)
def test_only_true_mutants_are_proved(name: str, counts: Counter[str]) -> None:
    for rule, mutant in tried(name):
        counts["mutants"] += 1
        try:
            find_proof(mutant)
        except NotProved:
            counts["not proved"] += 1
            continue
        try:
            assert holds(mutant, count=2), f"proved and false ({rule}): {latex(mutant.conclusion)}"
            counts["proved and true"] += 1
        except NotHere:
            assert not instantiate(mutant).evidence.model_found
            counts["proved and defined nowhere"] += 1


def test_mutants_are_many() -> None:
    assert sum(len(tried(name)) for name in LIBRARY) >= 300
