"""The example documents: every step of one is proved, every mistake planted in the other is found."""

import json
from collections import Counter
from pathlib import Path

import pytest

from tests.docs.console import ROOT
from verifier import Judgement, Report, Verdict, check_file
from verifier.cli import run

EXAMPLES = ROOT / "docs" / "examples"
MISTAKES = [
    ("1", r"(A B + B A) x", Verdict.REFUTED),
    ("2", r"c", Verdict.OTHER_LAYOUT),
    ("3", r"2 X^T (Y - X x)", Verdict.REFUTED),
    ("4", r"2 X^T X x", Verdict.REFUTED),
    ("5", r"x^T X X^T x", Verdict.ILL_TYPED),
    ("5", r"X X^T X", Verdict.REFUTED),
    ("6", r"A^T B^T", Verdict.REFUTED),
    ("7", r"\sum_{k=1}^n A_{jk} B_{ki}", Verdict.REFUTED),
    ("8", r"a^2 + b^2", Verdict.REFUTED),
    ("8", r"\|x\|_2^2 + \|c\|_2^2", Verdict.REFUTED),
]
CHAINS = {"1(a)": 4, "1(b)": 4, "1(c)": 5, "1(d)": 15, "1(e)": 1, "2(a)": 3, "2(b)": 10}


@pytest.fixture(scope="module")
def mistakes() -> Report:
    return check_file(EXAMPLES / "with_mistakes.md")


@pytest.fixture(scope="module")
def calculus() -> Report:
    return check_file(EXAMPLES / "matrix_calculus.md")


def section_number(report: Report, judgement: Judgement) -> str:
    return report.files[0].derivation.sections[judgement.claim.section].number


def test_each_planted_mistake_is_found(mistakes: Report) -> None:
    judged = [j for j in mistakes.judgements if j.verdict is not Verdict.GIVEN]
    assert [(section_number(mistakes, j), j.claim.right, j.verdict) for j in judged] == MISTAKES
    assert mistakes.exit_status() == 1


def test_each_counterexample_is_small(mistakes: Report) -> None:
    for judgement in mistakes.judgements:
        if judgement.verdict is Verdict.REFUTED:
            found = judgement.counterexample
            assert found is not None
            assert found.exact
            assert max(found.dimensions.values(), default=1) <= 2
            assert set(numbers(list(found.values.values()))) <= {"0", "1"}


def numbers(value: object) -> list[str]:
    return [n for item in value for n in numbers(item)] if isinstance(value, (list, tuple)) else [str(value)]


def test_every_step_of_matrix_calculus_is_proved(calculus: Report) -> None:
    judged = [j for j in calculus.judgements if j.verdict is not Verdict.GIVEN]
    assert {j.verdict for j in judged} == {Verdict.PROVED}
    assert calculus.exit_status(strict=True) == 0
    steps = Counter(section_number(calculus, j) for j in judged if not j.claim.whole_chain)
    assert steps == CHAINS


def test_all_the_notation_that_is_shown_is_read_and_proved() -> None:
    report = check_file(EXAMPLES / "notation.md")
    others = [(j.claim.left, j.verdict, j.reason) for j in report.judgements if j.verdict is not Verdict.PROVED]
    assert not others
    assert report.exit_status(strict=True) == 0


@pytest.mark.parametrize("name", ["matrix_calculus", "with_mistakes"])
def test_reports_are_rechecked(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = tmp_path / "report.json"
    run(["check", str(EXAMPLES / f"{name}.md"), "-o", str(report)])
    claims = json.loads(report.read_text(encoding="utf-8"))["files"][0]["claims"]
    certificates = sum(claim["certificate"] is not None for claim in claims)
    counterexamples = sum(claim["counterexample"] is not None for claim in claims)
    capsys.readouterr()
    assert run(["recheck", str(report)]) == 0
    replayed, evaluated = counted(certificates, "certificate"), counted(counterexamples, "counterexample")
    said = f"{len(claims)} claims, {replayed} replayed, {evaluated} evaluated: all is as stated\n"
    assert capsys.readouterr().out == said


def counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
