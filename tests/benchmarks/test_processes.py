"""Time and memory of whole processes, as a person at a terminal meets them. Nothing here asserts a time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import NamedTuple

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


LAUNCHER = """
import os, sys
command = [sys.executable, "-m", "verifier", *sys.argv[1:]]
quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
_, status, used = os.wait4(os.posix_spawn(sys.executable, command, os.environ, file_actions=quiet), 0)
print(os.waitstatus_to_exitcode(status), used.ru_maxrss / 1024, used.ru_utime + used.ru_stime)
"""


class Run(NamedTuple):
    """Seconds on the clock and of the processor, peak memory in MB, and exit status of one process."""

    seconds: float
    processor: float
    megabytes: float
    status: int


def run(arguments: list[str]) -> Run:
    """One process, started by a small one: a child's peak memory counts from what its parent had."""
    command = [sys.executable, "-S", "-c", LAUNCHER, *arguments]
    started = perf_counter()
    said = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    taken = perf_counter() - started
    status, megabytes, processor = said.split()
    return Run(taken, float(processor), float(megabytes), int(status))


@pytest.mark.parametrize("name", COMMANDS)
def test_process(benchmark: BenchmarkFixture, name: str) -> None:
    found = [run(COMMANDS[name]) for _ in range(ROUNDS)]
    benchmark.extra_info["peak_megabytes"] = max(one.megabytes for one in found)
    benchmark.pedantic(run, args=(COMMANDS[name],), rounds=1)
    clock, processor = (median(getattr(one, what) for one in found) for what in ("seconds", "processor"))
    print(f"\n{name}: median {clock:.2f} s on the clock, {processor:.2f} s of the processor, ", end="")
    print(f"at most {max(one.megabytes for one in found):.0f} MB, exit status {found[0].status}")
    assert {one.status for one in found} <= {0, 1, 3}
