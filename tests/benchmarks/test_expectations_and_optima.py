"""Time for one claim about moments, and for one about optima: the identities of the library, a step each.

``pytest tests/benchmarks/test_expectations_and_optima.py -s`` prints what was measured. Nothing here asserts a time.
"""

from __future__ import annotations

from types import ModuleType

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from derivations import dropout, moments, noise, optima
from tests.benchmarks.test_claims import report, seconds
from verifier.identity import identities
from verifier.kernel.sequents import Sequent
from verifier.proving import find_proof

SUBJECTS = {"moments": (moments, noise, dropout), "optima": (optima,)}


def steps(modules: tuple[ModuleType, ...]) -> list[Sequent]:
    return [step for module in modules for made in identities(module).values() for step in made.steps()]


@pytest.mark.parametrize("subject", SUBJECTS)
def test_proof(benchmark: BenchmarkFixture, subject: str) -> None:
    claims = steps(SUBJECTS[subject])
    benchmark.pedantic(lambda: [find_proof(claim) for claim in claims], rounds=1)
    report(f"proof, {subject}", [seconds(find_proof, claim) for claim in claims])
