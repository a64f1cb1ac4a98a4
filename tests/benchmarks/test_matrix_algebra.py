"""Time for one claim of the modules about matrices: proof, and refutation of a claim that differs from it by a factor.

``pytest tests/benchmarks/test_matrix_algebra.py -s`` prints what was measured. Nothing here asserts a time.
"""

from __future__ import annotations

from fractions import Fraction

from pytest_benchmark.fixture import BenchmarkFixture

from derivations import brain_surgeon, projections, regression, spectral, woodbury
from tests.benchmarks.test_claims import ROUNDS, report, seconds
from verifier.identity import identities
from verifier.instantiation import instantiate
from verifier.kernel.sequents import Sequent
from verifier.kernel.terms import Term
from verifier.proving import find_proof

CLAIMS = {
    (module.__name__, name, step): claim
    for module in (brain_surgeon, projections, regression, spectral, woodbury)
    for name, identity in identities(module).items()
    for step, claim in enumerate(identity.steps(), start=1)
}


def doubled(claim: Sequent) -> Sequent:
    """The claim with twice the right side, which is false wherever that is not 0."""
    left, right = claim.conclusion.args
    twice = Term("multiply", (Term("number", (), (Fraction(2),)), right))
    return Sequent(Term("equal", (left, twice)), claim.hypotheses, claim.definitions, claim.indices, claim.dimensions)


FALSE = {
    name: doubled(claim)
    for name, claim in CLAIMS.items()
    if claim.conclusion.head == "equal" and instantiate(doubled(claim)).counterexample is not None
}


def test_proof(benchmark: BenchmarkFixture) -> None:
    benchmark.pedantic(lambda: [find_proof(claim) for claim in CLAIMS.values()], rounds=2)
    times = {name: seconds(find_proof, claim) for name, claim in CLAIMS.items()}
    report("proof", times.values())
    slowest = sorted(times, key=lambda name: -times[name])[:5]
    print("slowest: " + ", ".join(f"{name[1]} {1e3 * times[name]:.0f} ms" for name in slowest))


def test_screening(benchmark: BenchmarkFixture) -> None:
    """Two samples over the prime field, and what is needed of real models."""
    benchmark.pedantic(lambda: [instantiate(claim, samples=2) for claim in CLAIMS.values()], rounds=ROUNDS)
    report("screening", (seconds(lambda c: instantiate(c, samples=2), claim) for claim in CLAIMS.values()))


def test_refutation(benchmark: BenchmarkFixture) -> None:
    """An exact counterexample: as it is drawn, and shrunk so that people can follow it."""

    def drawn(claim: Sequent) -> object:
        return instantiate(claim, samples=2, shrink=False)

    benchmark.pedantic(lambda: [drawn(claim) for claim in FALSE.values()], rounds=2)
    report("refutation", (seconds(drawn, claim) for claim in FALSE.values()))
    report("refutation, shrunk", (seconds(lambda c: instantiate(c, samples=2), claim) for claim in FALSE.values()))
