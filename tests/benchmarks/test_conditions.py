"""Time for one condition over the reals: proof of the true ones, refutation of their near misses.

``pytest tests/benchmarks/test_conditions.py -s`` prints what was measured. Nothing here asserts a time.
"""

from __future__ import annotations

from pytest_benchmark.fixture import BenchmarkFixture

from tests.benchmarks.test_claims import report, seconds
from tests.proving.conditions import FALSE, TRUE
from tests.proving.conditions_not_yet import NOT_YET
from verifier.instantiation import instantiate
from verifier.proving import NotProved, find_proof

PROVED = {name: claim for name, claim in TRUE.items() if name not in NOT_YET}


def test_proof(benchmark: BenchmarkFixture) -> None:
    benchmark.pedantic(lambda: [find_proof(claim) for claim in PROVED.values()], rounds=1)
    times = {name: seconds(find_proof, claim) for name, claim in PROVED.items()}
    report("proof", times.values())
    slowest = sorted(times, key=lambda name: -times[name])[:5]
    print("slowest: " + ", ".join(f"{name} {1e3 * times[name]:.0f} ms" for name in slowest))


def test_a_search_in_vain_ends(benchmark: BenchmarkFixture) -> None:
    """What a false claim costs the prover, before its counterexample is asked for."""

    def in_vain(name: str) -> None:
        try:
            find_proof(FALSE[name])
        except NotProved:
            return
        raise AssertionError(name)

    names = list(FALSE)[::4]
    benchmark.pedantic(lambda: [in_vain(name) for name in names], rounds=1)
    report("search in vain", (seconds(in_vain, name) for name in names))


def test_refutation(benchmark: BenchmarkFixture) -> None:
    claims = list(FALSE.values())[::4]
    benchmark.pedantic(lambda: [instantiate(claim) for claim in claims], rounds=1)
    report("refutation", (seconds(instantiate, claim) for claim in claims))
