"""Runs what a page shows: files it says to write, commands in ``console`` blocks, Python in ``pycon`` blocks.

A page is a story, told in one folder from its first block to its last:

- a block with the info string ``markdown homework.md`` is the content of that file;
- in a ``console`` block, lines that start with ``$`` are commands (``>`` continues one), and what follows is all that
  they print; a line ``...`` stands for any number of lines. ``echo $?`` prints the exit status of what came before;
- a ``pycon`` block is a doctest; its names live on until the end of the page.

``python -m tests.docs.console README.md docs/tutorial.md`` writes into pages what their commands print today: read the
difference before you commit it.
"""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import chdir, contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[2]
FENCE = re.compile(r"(?m)^(?P<ticks>`{3,})(?P<info>[^`\n]*)\n(?P<text>.*?)^(?P=ticks)[ \t]*$", re.DOTALL)
FILE = re.compile(r"\w+ (?P<name>[\w./-]+\.\w+)")
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


@dataclass(frozen=True)
class Block:
    """A fenced block of a page: its info string, its text, and the line of the page where the text starts."""

    info: str
    text: str
    line: int


@dataclass(frozen=True)
class Step:
    """A command of a page, what the page says that it prints, and the last line of the command."""

    command: str
    expected: str
    line: int


def blocks(page: str) -> Iterator[Block]:
    """The fenced blocks of a page."""
    for match in FENCE.finditer(page):
        yield Block(match["info"].strip(), match["text"], page.count("\n", 0, match.start("text")) + 1)


def steps(block: Block) -> Iterator[Step]:
    """The commands of a ``console`` block."""
    command, line, expected = "", block.line, [""]
    for number, text in enumerate(block.text.splitlines(), block.line):
        if text.startswith("$ "):
            if command:
                yield Step(command, "\n".join(expected), line)
            command, line, expected = text[2:], number, []
        elif text.startswith("> ") and not expected:
            command, line = f"{command}\n{text[2:]}", number
        else:
            expected.append(text)
    if command:
        yield Step(command, "\n".join(expected), line)


def agrees(expected: str, printed: str) -> bool:
    """Whether a page says what was printed; a line ``...`` of the page stands for any lines."""
    parts = (re.escape(line) + "\n" if line != "..." else "(?:.*\n)*?" for line in expected.rstrip("\n").splitlines())
    pattern = "".join(parts)
    return re.fullmatch(pattern, printed.rstrip("\n") + "\n" if printed.strip() else "") is not None


class Shell:
    """Runs commands in a folder, in which ``verifier`` and ``python`` are those of this test run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.status = 0
        programs = folder.with_name(folder.name + "-programs")
        programs.mkdir()
        for name, arguments in (("python", ""), ("verifier", " -m verifier")):
            program = programs / name
            program.write_text(f'#!/bin/sh\nexec "{sys.executable}"{arguments} "$@"\n')
            program.chmod(0o755)
        self.environment = {
            **os.environ,
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "PYTHONIOENCODING": "utf-8",
            "COLUMNS": "80",
        }

    def run(self, command: str) -> str:
        """What a command prints, standard error included."""
        done = subprocess.run(
            ["bash", "-c", f"(exit {self.status}); {command}"],  # noqa: S607  (the bash of the path is meant)
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        self.status = done.returncode
        return done.stdout


@dataclass(frozen=True)
class Failure:
    """Where a page and what happens differ."""

    step: Step
    printed: str

    def __str__(self) -> str:
        said = f"--- the page\n{self.step.expected}\n--- printed\n{self.printed}"
        return f"line {self.step.line}: {self.step.command}\n{said}"


def failures(page: str, folder: Path) -> Iterator[Failure]:
    """Where a page and what happens differ."""
    shell, names = Shell(folder), {"__name__": "__page__"}
    for block in blocks(page):
        file = FILE.fullmatch(block.info)
        if file is not None:
            (folder / file["name"]).write_text(block.text, encoding="utf-8")
        elif block.info == "console":
            for step in steps(block):
                printed = shell.run(step.command)
                if not agrees(step.expected, printed):
                    yield Failure(step, printed)
        elif block.info == "pycon":
            said = _doctest(block, names)
            if said:
                yield Failure(Step("python", "", block.line), said)


def _doctest(block: Block, names: dict[str, object]) -> str:
    test = doctest.DocTestParser().get_doctest(block.text, names, "page", None, block.line)
    said: list[str] = []
    doctest.DocTestRunner(optionflags=FLAGS).run(test, out=said.append, clear_globs=False)
    names.update(test.globs)
    return "".join(said)


@contextmanager
def story() -> Iterator[Path]:
    """A folder for a page, which has the example documents in it, and in which one is."""
    with TemporaryDirectory() as outer, chdir(outer):
        folder = Path(outer) / "story"
        copytree(ROOT / "docs" / "examples", folder / "docs" / "examples")
        with chdir(folder):
            yield folder


def updated(page: str, found: Iterable[Failure]) -> str:
    """The page, with what its commands print today."""
    lines = page.splitlines(keepends=True)
    for failure in sorted(found, key=lambda failure: -failure.step.line):
        if failure.step.command != "python":
            height = len(failure.step.expected.splitlines())
            lines[failure.step.line : failure.step.line + height] = failure.printed.splitlines(keepends=True)
    return "".join(lines)


def main(pages: Iterable[str]) -> None:
    """Write into pages what their commands print today."""
    for name in pages:
        path = (ROOT / name).resolve()
        page = path.read_text(encoding="utf-8")
        with story() as folder:
            found = list(failures(page, folder))
        path.write_text(updated(page, found), encoding="utf-8")
        for failure in found:
            print(f"{name}: {failure}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
