"""The table of codes: every code that is used is in it, and every code in it is used."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import verifier
from verifier.derivation import Verdict
from verifier.reporting.diagnostics import CODES, Severity, severity
from verifier.reporting.explain import explained_code, resembling
from verifier.reporting.verdicts import VERDICTS

SOURCES = Path(verifier.__file__).parent
MAKERS = {"Diagnostic", "Finding", "refusal", "_refuse", "_report", "_problem", "_add_problem"}
CODE = re.compile(r"[a-z]+(-[a-z0-9]+)+|unread")


def trees() -> Iterator[tuple[Path, ast.AST]]:
    for path in sorted(SOURCES.rglob("*.py")):
        if path.name != "diagnostics.py":
            yield path, ast.parse(path.read_text("utf-8"))


def called(node: ast.AST) -> str:
    if not isinstance(node, ast.Call):
        return ""
    return getattr(node.func, "id", "") or getattr(node.func, "attr", "")


def used_codes() -> set[str]:
    """The codes that stand as constants in calls of what makes diagnostics, or in tuples assigned to ``code``."""
    found = set()
    for _, tree in trees():
        for node in ast.walk(tree):
            if called(node) in MAKERS and isinstance(node, ast.Call):
                found |= {text for argument in node.args[:2] for text in constants(argument)}
            if isinstance(node, ast.Assign) and "code" in ast.unparse(node.targets[0]):
                found |= constants(node.value)
    return {text for text in found if CODE.fullmatch(text)}


def constants(node: ast.AST) -> set[str]:
    if isinstance(node, (ast.Tuple, ast.IfExp)):
        return {text for child in ast.iter_child_nodes(node) for text in constants(child)}
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


def test_every_code_that_is_used_is_explained() -> None:
    assert used_codes() - set(CODES) == set()


def test_every_code_that_is_explained_is_used() -> None:
    every = {n.value for _, tree in trees() for n in ast.walk(tree) if isinstance(n, ast.Constant)}
    assert set(CODES) - every == set()


def test_every_verdict_is_explained() -> None:
    assert set(VERDICTS) == set(Verdict)
    for verdict in Verdict:
        text = explained_code(verdict)
        assert text is not None
        assert text.startswith(f"{verdict}: {VERDICTS[verdict].title}")


def test_explanations_say_something() -> None:
    for code, row in CODES.items():
        assert row.title == row.title.rstrip("."), code
        assert row.explanation.endswith((".", ":")), code
        assert len(row.title) < 80, code
        text = explained_code(code) or ""
        assert all(len(line) < 130 for line in text.split("\n")), code


def test_codes_that_are_not_known() -> None:
    assert explained_code("nonsense") is None
    assert severity("nonsense") is Severity.WARNING
    assert "unread" in resembling("unred")
