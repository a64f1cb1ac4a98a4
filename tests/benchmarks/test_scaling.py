"""How the time of a proof grows with the number of factors and of summands of a true identity of matrices.

``pytest tests/benchmarks/test_scaling.py -s`` prints what was measured, and the exponent of the growth. With
``VERIFIER_PLOT=file.svg`` it is drawn as well (matplotlib).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import reduce
from math import log
from operator import add, matmul
from time import perf_counter

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from verifier.expressions import Expression, dims
from verifier.identity import identity
from verifier.kernel.sequents import Sequent
from verifier.language import equals, matrix
from verifier.proving import find_proof

(n,) = dims("n")
B = matrix("B", n, n)
FACTORS = (2, 4, 8, 16, 32, 64)
SUMMANDS = (2, 4, 8, 16, 32, 64, 128, 256)
ROUNDS = 5


def letters(count: int) -> list[Expression]:
    return [matrix(f"A{k}", n, n) for k in range(count)]


def transposed_product(count: int) -> Sequent:
    """(A₁ ⋯ Aₖ)ᵀ = Aₖᵀ ⋯ A₁ᵀ"""
    parts = letters(count)
    return identity(equals(reduce(matmul, parts).T, reduce(matmul, [part.T for part in parts[::-1]]))).steps()[0]


def one_letter(count: int) -> Sequent:
    """(A ⋯ A)ᵀ = Aᵀ ⋯ Aᵀ: factors that cannot be told apart"""
    return identity(equals(reduce(matmul, [B] * count).T, reduce(matmul, [B.T] * count))).steps()[0]


def distributed(count: int) -> Sequent:
    """B (A₁ + ⋯ + Aₖ) = B Aₖ + ⋯ + B A₁"""
    parts = letters(count)
    return identity(equals(B @ halved(parts), halved([B @ part for part in parts[::-1]]))).steps()[0]


def halved(parts: list[Expression]) -> Expression:
    """The sum, bracketed in halves, so that 256 summands nest 8 deep."""
    middle = len(parts) // 2
    return parts[0] if len(parts) == 1 else add(halved(parts[:middle]), halved(parts[middle:]))


CLAIMS: dict[str, tuple[Callable[[int], Sequent], tuple[int, ...]]] = {
    "factors": (transposed_product, FACTORS),
    "factors of one letter": (one_letter, FACTORS),
    "summands": (distributed, SUMMANDS),
}


def seconds(claim: Sequent) -> float:
    times = []
    for _ in range(ROUNDS):
        started = perf_counter()
        find_proof(claim)
        times.append(perf_counter() - started)
    return min(times)


@pytest.mark.parametrize("name", CLAIMS)
def test_growth(benchmark: BenchmarkFixture, name: str) -> None:
    make, counts = CLAIMS[name]
    largest = make(counts[-1])
    benchmark.pedantic(lambda: find_proof(largest), rounds=ROUNDS, warmup_rounds=1)
    times = {count: seconds(make(count)) for count in counts}
    exponent = log(times[counts[-1]] / times[counts[-3]]) / log(counts[-1] / counts[-3])
    print(f"\n{name}: " + ", ".join(f"{count} in {1e3 * t:.2f} ms" for count, t in times.items()))
    print(f"grows as the power {exponent:.1f} at the end")
    benchmark.extra_info["exponent"] = exponent
    MEASURED[name] = times
    if len(MEASURED) == len(CLAIMS) and "VERIFIER_PLOT" in os.environ:
        draw(os.environ["VERIFIER_PLOT"])


MEASURED: dict[str, dict[int, float]] = {}


def draw(path: str) -> None:
    """The measured times on two logarithmic axes, with a line of the power 2."""
    pyplot = pytest.importorskip("matplotlib.pyplot")
    figure, axes = pyplot.subplots(figsize=(6.4, 4.0), layout="constrained")
    for name, times in MEASURED.items():
        axes.plot(list(times), [1e3 * t for t in times.values()], marker="o", label=name)
    axes.plot([8, 256], [0.05 * 8**2 / 8, 0.05 * 256**2 / 8], color="0.6", linestyle="--", label="quadratic")
    axes.set(xscale="log", yscale="log", xlabel="factors, or summands", ylabel="time of a proof (ms)")
    axes.set_xscale("log", base=2)
    axes.legend()
    figure.savefig(path)
