"""The decisions that docs/architecture.md states, as they show in what verifier does."""

import json
from pathlib import Path

import pytest

from verifier import Report, Verdict, check, to_json
from verifier.cli import run

DECLARED = (
    r"x, c \in \mathbb{R}^n",
    r"A \in \mathbb{R}^{n \times n}",
    r"a, b \in \mathbb{R}",
    r"f: \mathbb{R}^n \to \mathbb{R}",
)
VERDICTS = [
    ("nothing is refuted about what nobody declared", "$2 u = 3 u$", Verdict.UNDECIDED),
    ("what holds for all values needs no declaration", "$2 u + u = 3 u$", Verdict.PROVED),
    ("what is declared is refuted", "$2 a = 3 a$", Verdict.REFUTED),
    ("a derivative that ends in = 0 is a condition", r"$\nabla_x (x^T x) = 0$", Verdict.GIVEN),
    ("nothing says how L depends on a", r"$\frac{\partial L}{\partial a} + 1 = 1$", Verdict.UNDECIDED),
    ("undeclared functions are smooth", r"$\nabla_x^2 f(x) = (\nabla_x^2 f(x))^T$", Verdict.PROVED),
    ("e is the base of the exponential function", r"$\frac{d}{da} e^{2 a} = 2 e^{2 a}$", Verdict.PROVED),
    ("sizes that are written are implied", "$x_3 + x_1 = x_1 + x_3$", Verdict.PROVED),
]


def only(report: Report) -> Verdict:
    [judgement] = report.judgements
    return judgement.verdict


@pytest.mark.parametrize(("text", "verdict"), [case[1:] for case in VERDICTS], ids=[case[0] for case in VERDICTS])
def test_verdicts(text: str, verdict: Verdict) -> None:
    assert only(check(text, given=DECLARED)) is verdict


def test_an_undeclared_symbol_is_shown_a_separating_model() -> None:
    [judgement] = check("$2 u = 3 u$").judgements
    assert judgement.counterexample is not None
    assert "nothing declares u" in judgement.reason


def test_a_declared_e_is_what_was_declared() -> None:
    assert only(check("$e^{2 a} = e^a e^a$", given=(*DECLARED, r"e \in \mathbb{R}", "e = 1"))) is not Verdict.REFUTED
    [judgement] = check("$e^2 = 4$", given=r"e \in \mathbb{R}").judgements
    assert judgement.verdict is Verdict.REFUTED


def test_models_have_the_sizes_that_are_written() -> None:
    [judgement] = check("$x_3 = x_1$", given=DECLARED).judgements
    assert judgement.counterexample is not None
    assert judgement.counterexample.dimensions["n"] >= 3


def test_the_whole_chain_is_outside_the_totals() -> None:
    report = check("$a + a = 2 a = a + a$", given=DECLARED)
    ids = [claim["id"] for claim in json.loads(to_json(report))["files"][0]["claims"]]
    assert sum(name.endswith("-whole") for name in ids) == 1
    assert report.totals[Verdict.PROVED] == 2


def test_the_certificate_of_a_conditional_claim_names_what_it_proves() -> None:
    report = check(r"$\nabla_x (x^T A x) = 2 A x$", given=DECLARED)
    [claim] = json.loads(to_json(report))["files"][0]["claims"]
    assert claim["verdict"] == "conditional"
    assert claim["certificate"].keys() == {"of", "proof"}


def test_functions_of_a_counterexample_are_laws() -> None:
    [claim] = json.loads(to_json(check("$f(x) + f(x) = f(x)$", given=DECLARED)))["files"][0]["claims"]
    assert list(claim["counterexample"]["laws"]) == ["f"]


def test_a_bad_declaration_is_a_diagnostic_of_the_file() -> None:
    report = check("$1 = 1$", given="x foo bar")
    [file] = json.loads(to_json(report))["files"]
    assert [diagnostic["code"] for diagnostic in file["diagnostics"]] == ["bad-declaration"]
    assert report.exit_status() == 3


def test_an_empty_folder_is_3(tmp_path: Path) -> None:
    assert run(["check", str(tmp_path)]) == 3


def test_fail_on_is_literal() -> None:
    report = check("$2 a = 3 a$", given=DECLARED)
    assert report.exit_status(fail_on=["unread"]) == 0
    assert report.exit_status(fail_on=["refuted"]) == 1
