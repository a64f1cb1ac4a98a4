"""Time and memory of whole processes, as a person at a terminal meets them. Nothing here asserts a time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "docs" / "examples"
ROUNDS = 7
COMMANDS = {
    "verifier --help": ["--help"],
    "verifier check docs/examples/matrix_calculus.md": ["check", str(EXAMPLES / "matrix_calculus.md")],
    "verifier check docs/examples/with_mistakes.md": ["check", str(EXAMPLES / "with_mistakes.md")],
    "verifier check --library": ["check", "--library"],
}


def run(arguments: list[str]) -> tuple[float, float, int]:
    """Seconds, peak memory in MB, and exit status of one process."""
    started = perf_counter()
    child = subprocess.Popen([sys.executable, "-m", "verifier", *arguments], cwd=ROOT, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    taken = perf_counter() - started
    child.returncode = os.waitstatus_to_exitcode(status)
    return taken, usage.ru_maxrss / 1024, child.returncode


@pytest.mark.parametrize("name", COMMANDS)
def test_process(benchmark: BenchmarkFixture, name: str) -> None:
    found = [run(COMMANDS[name]) for _ in range(ROUNDS)]
    times, memory, statuses = zip(*found, strict=True)
    benchmark.extra_info["peak_megabytes"] = max(memory)
    benchmark.pedantic(run, args=(COMMANDS[name],), rounds=1)
    print(f"\n{name}: median {median(times):.2f} s, at most {max(memory):.0f} MB, exit status {statuses[0]}")
    assert set(statuses) <= {0, 1, 3}
