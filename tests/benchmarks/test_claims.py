"""Time for one claim of the library, from its terms: proof, screening, and both against SymPy in the same run.

``pytest tests/benchmarks -s`` prints what was measured. Nothing here asserts a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from statistics import median
from time import perf_counter

from pytest_benchmark.fixture import BenchmarkFixture
from sympy.core.cache import clear_cache

from derivations import matrix_calculus
from tests.benchmarks import sympy_claims
from verifier.identity import identities
from verifier.instantiation import instantiate
from verifier.kernel.sequents import Sequent
from verifier.proving import find_proof

CLAIMS = {
    (name, step): claim
    for name, identity in identities(matrix_calculus).items()
    for step, claim in enumerate(identity.steps(), start=1)
}
ROUNDS = 5
PATIENCE = 20.0


def seconds(judge: Callable[[Sequent], object], claim: Sequent, rounds: int = ROUNDS) -> float:
    """The least time of several rounds."""
    times = []
    for _ in range(rounds):
        started = perf_counter()
        judge(claim)
        times.append(perf_counter() - started)
    return min(times)


def report(what: str, times: Iterable[float]) -> None:
    """Median and extremes, in milliseconds."""
    sorted_times = sorted(1e3 * t for t in times)
    print(f"\n{what}: {len(sorted_times)} claims, median {median(sorted_times):.2f} ms, ", end="")
    print(f"from {sorted_times[0]:.2f} to {sorted_times[-1]:.2f} ms")


def test_proof(benchmark: BenchmarkFixture) -> None:
    benchmark.pedantic(lambda: [find_proof(claim) for claim in CLAIMS.values()], rounds=ROUNDS, warmup_rounds=1)
    report("proof", (seconds(find_proof, claim) for claim in CLAIMS.values()))


def screen(claim: Sequent) -> object:
    """Two samples over the prime field, and one real model at least: enough to see that an identity is false."""
    return instantiate(claim, samples=2)


def test_screening(benchmark: BenchmarkFixture) -> None:
    benchmark.pedantic(lambda: [screen(claim) for claim in CLAIMS.values()], rounds=ROUNDS, warmup_rounds=1)
    report("screening", (seconds(screen, claim) for claim in CLAIMS.values()))


def test_evidence(benchmark: BenchmarkFixture) -> None:
    """All the models that ``verifier check`` draws by default."""
    benchmark.pedantic(lambda: [instantiate(claim) for claim in CLAIMS.values()], rounds=ROUNDS, warmup_rounds=1)
    report("evidence", (seconds(instantiate, claim) for claim in CLAIMS.values()))


def test_against_sympy(benchmark: BenchmarkFixture) -> None:
    """SymPy at one choice of dimensions, 3×2, against a proof for all of them, with and without the screening."""
    proofs: dict[tuple[str, int], float] = {}
    ours: dict[tuple[str, int], float] = {}
    theirs: dict[tuple[str, int], float] = {}
    left_out: dict[str, str] = {}
    for name, claim in CLAIMS.items():
        clear_cache()
        try:
            with sympy_claims.at_most(PATIENCE):
                started = perf_counter()
                confirmed = sympy_claims.confirms(claim)
                taken = perf_counter() - started
        except (sympy_claims.NotAskedError, TimeoutError) as error:
            left_out[name[0]] = type(error).__name__
            continue
        if not confirmed:
            left_out[name[0]] = "not simplified to 0"
            continue
        theirs[name] = taken
        proofs[name] = seconds(find_proof, claim)
        ours[name] = proofs[name] + seconds(screen, claim)
    ratios = sorted(theirs[name] / ours[name] for name in ours)
    of_proof = median(theirs[name] / proofs[name] for name in proofs)
    benchmark.pedantic(lambda: [find_proof(claim) for name, claim in CLAIMS.items() if name in ours], rounds=ROUNDS)
    benchmark.extra_info["median_ratio"] = median(ratios)
    report("SymPy, diff and simplify of explicit 3×2 entries", theirs.values())
    report("proof and screening of the same", ours.values())
    print(f"ratio: median {median(ratios):.0f}, from {ratios[0]:.0f} to {ratios[-1]:.0f}; ", end="")
    print(f"of the proof alone, median {of_proof:.0f}; in total {sum(theirs.values()) / sum(ours.values()):.0f}")
    print(f"not done by SymPy: {left_out}")
