"""Runs the command line in a folder of its own."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from verifier.cli import run

HOMEWORK = r"""```given
x \in \mathbb{R}^n
a, b \in \mathbb{R}
```

$$x^T x = \|x\|^2$$
"""


class Result(NamedTuple):
    """What a command printed, and its exit status."""

    status: int
    output: str
    errors: str


Command = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def verifier(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    def command(*arguments: str, given: bytes = b"") -> Result:
        output, errors = (io.TextIOWrapper(io.BytesIO(), "utf-8") for _ in range(2))
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
            patch.setattr(sys, "stdout", output)
            patch.setattr(sys, "stderr", errors)
            status = run(arguments)
        texts = []
        for stream in (output, errors):
            stream.flush()
            texts.append(stream.buffer.getvalue().decode("utf-8"))  # type: ignore[attr-defined]
        assert "Traceback" not in texts[1]
        return Result(status, *texts)

    return command


@pytest.fixture
def homework(folder: Path) -> str:
    (folder / "homework.md").write_text(HOMEWORK)
    return "homework.md"
