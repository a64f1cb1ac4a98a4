"""How long a document takes to be read into blocks: for 64 kB and for four times as much of what it may hold."""

from __future__ import annotations

import contextlib

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from verifier.reading import read_document
from verifier.reading.documents import DocumentError

SIZES = {"64 kB": 1 << 16, "256 kB": 1 << 18}
UNITS = ("$x$ ", "$$x$$\n", "- a\n", "(a) x\n", "\\[", "\\begin{align}", "> - a\n", "\\def\\a{")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("syntax", ["markdown", "tex"])
@pytest.mark.parametrize("unit", UNITS)
def test_time_grows_no_faster_than_the_text(benchmark: BenchmarkFixture, unit: str, syntax: str, size: str) -> None:
    """Four times the text should take about four times as long."""
    source = unit * (SIZES[size] // len(unit))

    def read() -> None:
        with contextlib.suppress(DocumentError):
            read_document(source, syntax=syntax)

    benchmark.group = f"{unit!r} in {syntax}"
    benchmark.pedantic(read, rounds=3, warmup_rounds=1)
