"""A mutation test of the library: what differs from an identity in one place is not proved unless it is true.

The judge of what is true is ``reference``: exactly, for three choices of dimensions that are all at least five. Where
it cannot decide it raises, and the test fails.
With VERIFIER_ALL_MUTANTS=1 every mutant is instantiated and compared with it too, else one in ``SHARE``.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator

import pytest

from derivations import matrix_calculus
from verifier.identity import Identity, identities
from verifier.instantiation import confirm, instantiate
from verifier.kernel.context import CertificateError
from verifier.kernel.polynomials import Unsupported
from verifier.kernel.sequents import Sequent
from verifier.kernel.theorems import Theorem, prove
from verifier.notation import latex
from verifier.proving import NotProved, find_proof

from .mutating import RULES, mutants
from .reference import NotHere, holds

LIBRARY = identities(matrix_calculus)
SHARE = 1 if os.environ.get("VERIFIER_ALL_MUTANTS") else 12


@pytest.fixture(scope="module")
def counts() -> Iterator[Counter[str]]:
    """Counts of what was seen, printed at the end (``pytest -s``)."""
    counted: Counter[str] = Counter()
    yield counted
    print("\n" + ", ".join(f"{what}: {number}" for what, number in sorted(counted.items())))


def proof_of(claim: Sequent) -> Theorem | None:
    try:
        return find_proof(claim)
    except NotProved:
        return None


def accepts(claim: Sequent, certificate: object) -> bool:
    """Whether the kernel accepts for a claim the certificate that was made for another."""
    try:
        prove(claim, certificate)
    except (CertificateError, Unsupported):
        return False
    return True


def is_true(claim: Sequent) -> bool | None:
    """What the reference says; None where the claim is defined nowhere, or has a head that it does not read."""
    try:
        return holds(claim)
    except (NotHere, NotImplementedError):
        return None


@pytest.mark.parametrize("name", LIBRARY)
def test_only_true_mutants_are_proved(name: str, counts: Counter[str]) -> None:
    for claim in LIBRARY[name].steps():
        original = proof_of(claim)
        assert original is not None
        for rule, mutant in mutants(claim):
            proved = proof_of(mutant) is not None or accepts(mutant, original.certificate)
            counts["mutants"] += 1
            counts["not proved"] += not proved
            counts["proved and true"] += proved
            if proved:
                assert holds(mutant), f"proved and false ({rule}): {latex(mutant.conclusion)}"


@pytest.mark.parametrize("name", LIBRARY)
def test_false_mutants_are_refuted_and_true_ones_are_not(name: str, counts: Counter[str]) -> None:
    everything = [mutant for claim in LIBRARY[name].steps() for _, mutant in mutants(claim)]
    for mutant in everything[sum(map(ord, name)) % SHARE :: SHARE]:
        outcome, true = instantiate(mutant), is_true(mutant)
        found = outcome.counterexample
        verdict = "undecidable" if outcome.undecidable else "not refuted" if found is None else "refuted"
        counts[f"{verdict}, {'undefined' if true is None else 'true' if true else 'false'}"] += 1
        if found is not None:
            assert true is not True, latex(mutant.conclusion)
            assert confirm(mutant, found), latex(mutant.conclusion)
        elif true is False:
            assert outcome.undecidable or not outcome.evidence.model_found, f"missed: {latex(mutant.conclusion)}"


def test_mutants_are_many_and_of_every_kind() -> None:
    made = [rule for identity in LIBRARY.values() for claim in identity.steps() for rule, _ in mutants(claim)]
    assert len(made) > 1500
    assert set(made) == {*RULES, "hypothesis dropped"}


def test_the_judge_knows_true_from_false() -> None:
    truths: list[Identity] = list(LIBRARY.values())
    assert all(holds(claim, count=2, seed=7) for identity in truths for claim in identity.steps())
    wrong = [m for rule, m in mutants(LIBRARY["norm_hessian_scaled"].whole()) if rule in ("coefficient", "number")]
    assert wrong
    assert not any(is_true(mutant) for mutant in wrong)
