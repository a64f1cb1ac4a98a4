"""Reports on a terminal: colours for verdicts, long lines folded under themselves, progress on standard error."""

# ruff: noqa: PLC0415  (rich is loaded for terminals only: a pipe starts faster without it)

from __future__ import annotations

import os
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, TextIO

from verifier.reporting.report import Report
from verifier.reporting.text import LABEL, WORD, Detail, Entry, entries, totals_in_words

if TYPE_CHECKING:
    from rich.text import Text

STYLES = {
    "proved": "green",
    "given": "dim",
    "assumed": "cyan",
    "refuted": "bold red",
    "conditional": "bold red",
    "other-layout": "bold red",
    "ill-typed": "bold red",
    "conflict": "bold white on red",
    "note": "dim",
}
OTHERWISE = "yellow"
NARROWEST = 40
PATIENCE = 0.5
Progress = Callable[[int, int], None]


def is_terminal(stream: TextIO) -> bool:
    """Whether a person looks at a stream in colours; NO_COLOR and dumb terminals are respected."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def print_report(report: Report, detail: Detail, stream: TextIO) -> None:
    """The report in colours, folded to the width of the terminal."""
    from rich.console import Console
    from rich.text import Text

    console = Console(file=stream, highlight=False, soft_wrap=True)
    for entry in entries(report, detail):
        for line in _folded(entry, max(NARROWEST, console.width)):
            console.print(_coloured(line, entry))
    console.print(Text(totals_in_words(report), style="bold"))


def _folded(entry: Entry, width: int) -> Iterator[str]:
    """The lines of an entry; what is too long goes on below where its text begins."""
    indents = [len(entry.place) + max(len(entry.word), WORD) + 4]
    indents += [len(entry.place) + LABEL + 4] * len(entry.details)
    for line, indent in zip(entry.lines(), indents, strict=True):
        hanging = " " * min(indent, width // 2)
        start = len(line) - len(line.lstrip())
        folded = textwrap.wrap(
            line[start:],
            width,
            initial_indent=" " * start,
            subsequent_indent=hanging,
            break_long_words=False,
            break_on_hyphens=False,
            replace_whitespace=False,
            drop_whitespace=True,
        )
        yield from folded


def _coloured(line: str, entry: Entry) -> Text:
    from rich.text import Text

    text = Text(line)
    if line.startswith(entry.place):
        text.stylize("dim", 0, len(entry.place))
        start = len(entry.place) + 2
        text.stylize(STYLES.get(entry.kind, OTHERWISE), start, start + len(entry.word))
    elif line.startswith(" " * (len(entry.place) + 2)):
        text.stylize("dim", 0, len(entry.place) + 2 + LABEL)
    return text


@contextmanager
def progress_bar(stream: TextIO) -> Iterator[Callable[[str], Progress | None]]:
    """Gives what makes a progress function for a document; nothing is shown at once, or without a terminal."""
    if not is_terminal(stream):
        yield _no_progress
        return
    bar = _Bar(stream)
    try:
        yield bar.of
    finally:
        bar.stop()


def _no_progress(path: str) -> None:
    """Without a terminal nobody looks."""


class _Bar:
    """One bar, which starts when it is worth it."""

    def __init__(self, stream: TextIO) -> None:
        from rich.console import Console
        from rich.progress import Progress as RichProgress

        self._bar = RichProgress(console=Console(file=stream), transient=True)
        self._began, self._shown = monotonic(), False
        self._task = self._bar.add_task("")

    def of(self, path: str) -> Progress:
        def show(done: int, total: int) -> None:
            if not self._shown and monotonic() - self._began > PATIENCE:
                self._bar.start()
                self._shown = True
            if self._shown:
                self._bar.update(self._task, description=path[-40:], completed=done, total=total)

        return show

    def stop(self) -> None:
        if self._shown:
            self._bar.stop()
