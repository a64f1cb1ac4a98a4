"""Bad input ends in a message with its place, in bounded time, and with the right exit status."""

import json
import os
from pathlib import Path

import pytest

from tests.cli.conftest import Command

FILES: list[tuple[str, bytes, int, str]] = [
    ("binary.md", b"\x89PNG\r\n\x1a\n\x00\x00\x00", 2, "found a NUL byte"),
    ("utf16.md", "$x = x$".encode("utf-16"), 2, "found UTF-16, expected UTF-8"),
    (
        "latin.md",
        "caf\u00e9 $x = x$\n\u00e9".encode("latin-1"),
        2,
        "latin.md:1:4: found the byte 0xe9 at offset 3, line 1",
    ),
    ("large.md", b"$x = x$\n" * (5 * 1024 * 1024 // 8), 2, "found more than 4,194,304 bytes"),
    ("broken.ipynb", b'{"cells": [', 2, "found broken JSON"),
    ("empty.md", b"", 3, "no claims found"),
    ("braces.md", b"$x = {{x$\n\n$y} = y$", 3, "not understood"),
    ("power.md", b"$9^{9^{9^9}} = 9^{9^{9^9}}$", 0, ""),
    ("tower.md", b"$9^{9^{9^9}} = 1$", 3, ""),
    ("nested.md", b"$" + b"{" * 2000 + b"x" + b"}" * 2000 + b" = x$", 3, "unread"),
    ("fractions.md", b"$" + b"\\frac{" * 2000 + b"x" + b"}{2}" * 2000 + b" = x$", 3, "unread"),
    ("parentheses.md", b"$" + b"(" * 2000 + b"x" + b")" * 2000 + b" = x$", 3, "unread"),
    ("sum.md", b"$\\sum_{i=1}^{1000000000000} i = 5$", 3, ""),
    (
        "twice.md",
        b"```given\nx \\in \\mathbb{R}^n\nx \\in \\mathbb{R}^{n \\times n}\n```\n\n$x = x$",
        3,
        "twice.md:3:1  declared-twice",
    ),
    ("shape.md", b"```given\nx \\in \\mathbb{R}^{0}\n```\n\n$1 = 1$", 3, "shape.md:2:"),
    ("negative.md", b"```given\nx \\in \\mathbb{R}^{n - n}\n```\n\n$1 = 1$", 3, "negative.md:2:"),
    ("control.md", b"$x\x1b[31m = x$", 3, "control.md:1:"),
    ("unclosed.md", b"$$x = x", 3, "unclosed-math"),
]
LOOSE = ("power.md", "tower.md", "sum.md")


@pytest.mark.parametrize(("name", "content", "status", "message"), FILES)
def test_files(verifier: Command, folder: Path, name: str, content: bytes, status: int, message: str) -> None:
    (folder / name).write_bytes(content)
    found = verifier("check", name)
    if name in LOOSE:  # a verdict is as good as saying that it is too large
        assert found.status in (0, 1, 3)
    else:
        assert found.status == status, found
    assert message in found.output + found.errors
    assert "\x1b" not in found.output + found.errors
    assert max(map(len, found.output.splitlines()), default=0) < 3000
    report = json.loads(verifier("check", name, "--format", "json").output)
    assert report["version"] == 1


def test_contradictory_conditions_prove_nothing(verifier: Command, folder: Path) -> None:
    (folder / "a.md").write_text(
        "```given\na \\in \\mathbb{R}\na > 1\na < 0\n```\n\n$$a^2 = a^2 + 0 a, \\quad 2 \\log a = \\log(a^2)$$"
    )
    found = verifier("check", "a.md")
    assert found.status == 3
    assert "undecided" in found.output
    assert "proved" not in found.output.splitlines()[-1]


def test_other_files_are_checked_all_the_same(verifier: Command, folder: Path) -> None:
    (folder / "a.md").write_bytes(b"\x00")
    (folder / "b.md").write_text("$1 + 1 = 3$")
    found = verifier("check", "a.md", "b.md", "c.md")
    assert found.status == 2
    assert "1 claim: 1 refuted, 2 files not checked" in found.output
    assert found.errors.count("help:") == 2
    report = json.loads(verifier("check", "a.md", "b.md", "--format", "json").output)
    assert [file["sha256"] is None for file in report["files"]] == [True, False]
    assert report["files"][0]["diagnostics"][0]["code"] == "binary-file"


def test_names_that_are_no_text(verifier: Command, folder: Path) -> None:
    name = os.fsdecode(b"caf\xe9.md")
    (folder / name).write_text("$1 + 1 = 3$")
    found = verifier("check", name)
    assert found.status == 1
    assert found.output.startswith("caf\N{REPLACEMENT CHARACTER}.md:1:2  refuted")
    assert json.loads(verifier("check", ".", "--format", "json").output)["files"][0]["path"] == name


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read and write everything")
def test_permissions(verifier: Command, folder: Path) -> None:
    (folder / "a.md").write_text("$1 + 1 = 2$")
    (folder / "closed").mkdir(mode=0o500)
    found = verifier("check", "a.md", "-o", "closed/report.json")
    assert (found.status, "permission denied" in found.errors) == (2, True)
    (folder / "a.md").chmod(0)
    found = verifier("check", "a.md")
    assert (found.status, "cannot be opened" in found.errors) == (2, True)


def test_declarations_on_the_command_line(verifier: Command, folder: Path) -> None:
    (folder / "a.md").write_text("$1 + 1 = 2$")
    found = verifier("check", "a.md", "--given", "layout: sideways")
    assert found.status == 3
    assert "bad-declaration  not understood: the layout 'sideways'" in found.output
