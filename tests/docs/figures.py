"""Draws the pictures of docs/reference.md: ``python -m tests.docs.figures`` writes them into docs/figures."""

from __future__ import annotations

import os
from pathlib import Path

from tests.docs.console import FILE, ROOT, blocks, story
from verifier.cli import run

PAGE, DOCUMENT = "docs/reference.md", "steps.md"
FIGURES = {"step_sizes": "The error shrinks", "momentum": "## Momentum"}


def document() -> str:
    """The document that the page has pictures of."""
    page = (ROOT / PAGE).read_text(encoding="utf-8")
    files = {match["name"]: block.text for block in blocks(page) if (match := FILE.fullmatch(block.info))}
    return files[DOCUMENT]


def line_after(text: str, words: str) -> int:
    """The number of the first line of mathematics after these words."""
    lines = text.splitlines()
    start = next(number for number, line in enumerate(lines) if words in line)
    return next(number for number, line in enumerate(lines, 1) if number > start and line.startswith("$$"))


def draw(folder: Path) -> None:
    """Write every figure into a folder."""
    text = document()
    with story() as here:
        (here / DOCUMENT).write_text(text, encoding="utf-8")
        for name, words in FIGURES.items():
            line = str(line_after(text, words))
            status = run(["check", DOCUMENT, "-q", "--plot", os.fspath(folder / f"{name}.svg"), "--line", line])
            if status != 1:
                raise SystemExit(f"{name}: exit status {status}, expected 1")


if __name__ == "__main__":
    draw(ROOT / "docs" / "figures")
