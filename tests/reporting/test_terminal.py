"""Reports on a terminal."""

import io
import re

import pytest

from verifier.reporting.report import Report
from verifier.reporting.terminal import is_terminal, print_report, progress_bar
from verifier.reporting.text import Detail, to_text


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "400")


def plain(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def printed(report: Report, detail: Detail = Detail.NORMAL) -> str:
    stream = Terminal()
    print_report(report, detail, stream)
    return stream.getvalue()


def test_the_words_are_those_of_the_plain_text(homework: Report) -> None:
    text = printed(homework)
    assert "\x1b[" in text
    assert [line.split() for line in plain(text).splitlines()] == [
        line.split() for line in to_text(homework).splitlines()
    ]


def test_long_lines_are_folded_and_nothing_is_lost(homework: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    text = plain(printed(homework, Detail.VERBOSE))
    *lines, _ = text.splitlines()
    assert max(map(len, lines)) <= 60
    assert text.split() == to_text(homework, Detail.VERBOSE).split()


def test_no_color(monkeypatch: pytest.MonkeyPatch) -> None:
    assert is_terminal(Terminal())
    assert not is_terminal(io.StringIO())
    monkeypatch.setenv("NO_COLOR", "1")
    assert not is_terminal(Terminal())
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert not is_terminal(Terminal())


def test_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    with progress_bar(io.StringIO()) as watch:
        assert watch("a.md") is None
    stream = Terminal()
    with progress_bar(stream) as watch:
        show = watch("a.md")
        assert show is not None
        show(0, 10)
    assert stream.getvalue() == ""
    monkeypatch.setattr("verifier.reporting.terminal.PATIENCE", -1)
    with progress_bar(stream) as watch:
        show = watch("a.md")
        assert show is not None
        show(3, 10)
    assert "a.md" in stream.getvalue()
