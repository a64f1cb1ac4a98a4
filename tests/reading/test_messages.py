"""What is said of a formula that is not read: what was found, and what to write instead."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from verifier import Verdict, check

READING = Path(__file__).parents[2] / "verifier" / "reading"
ERRORS = ("ReadingError", "Misread", "TwoEntries")


def test_every_error_of_the_reader_says_what_was_expected() -> None:
    missing = []
    for path in sorted(READING.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ERRORS
            if named and len(node.args) + len(node.keywords) < 4:
                missing.append(f"{path.name}:{node.lineno}")
    assert not missing


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        ("```given\nw_{t+1} := a w_t + b\n```\n\n$a = 1$", "w is not declared", "say what it is, as in w"),
        ("Let $b \\in \\mathbb{R}$. Let $X := \\mathcal{F} b$.", "cal(F)", ""),
        ("$$\\begin{cases} a = b \\\\ b = c \\end{cases}$$", "a system of equations", "suppose"),
        ("$$a = b \\Rightarrow \\text{it becomes steeper}$$", "words where a relation is due", "a = b"),
    ],
)
def test_a_message_names_what_is_wrong(text: str, found: str, expected: str) -> None:
    report = check(text + "\n", syntax="markdown")
    said = [d for file in report.files for d in file.diagnostics] + [
        d for j in report.judgements for d in j.diagnostics
    ]
    said += [j.claim.problem for j in report.judgements if j.claim.problem is not None]
    assert any(found in d.message and expected in f"{d.message} {d.help}" for d in said)
    assert all(j.verdict is not Verdict.REFUTED for j in report.judgements)
