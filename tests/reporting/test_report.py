"""Totals, exit statuses, marks, pickling, threads."""

import pickle
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from verifier.derivation import Claim, Derivation, Diagnostic, Judgement, Place, Verdict
from verifier.language import dim, equals, positive, scalar, vector
from verifier.reporting.checking import check, check_statement
from verifier.reporting.json_report import to_json
from verifier.reporting.report import FileReport, Report, failed_report, file_report, in_letters, status

HERE = Place(1, 1, 1, 2)
STATUSES = {
    "proved": 0,
    "given": 0,
    "assumed": 0,
    "refuted": 1,
    "conditional": 1,
    "other-layout": 1,
    "ill-typed": 1,
    "follows": 3,
    "unrefuted": 3,
    "undecided": 3,
    "unread": 3,
    "conflict": 4,
}


def judgement(verdict: str, **about: object) -> Judgement:
    return Judgement(Claim("c1", HERE, **about), Verdict(verdict))  # type: ignore[arg-type]


def report(verdicts: Iterable[str | Judgement], **about: object) -> Report:
    judgements = [judgement(v, **about) if isinstance(v, str) else v for v in verdicts]
    return Report((file_report(Derivation("a.md", ""), judgements, "", "markdown"),))


def test_every_verdict_has_its_status() -> None:
    assert set(STATUSES) == set(Verdict)
    for verdict, expected in STATUSES.items():
        assert report([verdict, "proved"]).exit_status() == expected, verdict


ORDER = [
    (["conflict", "refuted", "undecided"], 4),
    (["refuted", "undecided", "proved"], 1),
    (["undecided", "proved"], 3),
    (["proved", "given", "assumed"], 0),
    (["given"], 3),
    ([], 3),
]


@pytest.mark.parametrize(("verdicts", "expected"), ORDER)
def test_order_of_statuses(verdicts: list[str], expected: int) -> None:
    assert report(verdicts).exit_status() == expected


def with_missing_file(verdicts: list[str]) -> Report:
    return Report((*report(verdicts).files, failed_report("b.md", Diagnostic("missing-file", "found no such file"))))


def test_a_file_that_cannot_be_opened_comes_after_conflicts_and_before_refutations() -> None:
    assert with_missing_file(["refuted"]).exit_status() == 2
    assert with_missing_file(["conflict"]).exit_status() == 4
    assert with_missing_file(["proved"]).exit_status(exit_zero=True) == 2
    assert with_missing_file(["proved"]).exit_status(fail_on=["refuted"]) == 2


def test_a_fault_of_the_checker_is_4() -> None:
    assert Report((failed_report("a.md", Diagnostic("internal-error", "…")),)).exit_status() == 4


def test_fail_on() -> None:
    found = report(["unrefuted", "refuted"])
    assert found.exit_status(fail_on=["unrefuted"]) == 1
    assert found.exit_status(fail_on=["undecided", "unread"]) == 0
    assert report(["conflict"]).exit_status(fail_on=["refuted"]) == 4
    with pytest.raises(ValueError, match="nonsense"):
        found.exit_status(fail_on=["nonsense"])


def test_exit_zero_leaves_conflicts() -> None:
    assert report(["refuted"]).exit_status(exit_zero=True) == 0
    assert report(["conflict"]).exit_status(exit_zero=True) == 4


def test_strict() -> None:
    a = scalar("a")
    unstated = check_statement(equals(a / a, 1))
    stated = check_statement(equals(a / a, 1), given=[positive(a)])
    assert isinstance(unstated, tuple)
    assert isinstance(stated, tuple)
    assert [status(j) for j in unstated] == [0]
    assert [status(j, strict=True) for j in unstated] == [3]
    assert [status(j, strict=True) for j in stated] == [0]
    assert report(["assumed"]).exit_status(strict=True) == 3


def test_other_layout_against_an_inferred_layout_is_open() -> None:
    assert report(["other-layout"], layout_inferred=True).exit_status() == 3
    assert report(["other-layout"]).exit_status() == 1


def test_what_is_not_understood_beside_the_claims_is_open() -> None:
    derivation = Derivation("a.md", "", diagnostics=(Diagnostic("bad-declaration", "not understood"),))
    assert Report((file_report(derivation, [judgement("proved")], "", "markdown"),)).exit_status() == 3
    derivation = Derivation("a.md", "", diagnostics=(Diagnostic("mark-without-formula", "…"),))
    assert Report((file_report(derivation, [judgement("proved")], "", "markdown"),)).exit_status() == 0


# marks


EXPECTED = [
    ("refuted", "expect refuted", 0, "expected-verdict"),
    ("proved", "expect refuted", 1, "unexpected-verdict"),
    ("refuted", "expect undecided", 1, "unexpected-verdict"),
    ("undecided", "expect undecided", 0, "expected-verdict"),
    ("unread", "expect unread", 0, "expected-verdict"),
    ("proved", "expect proved", 0, "mark-changes-nothing"),
    ("conflict", "expect conflict", 4, "expected-verdict"),
]


@pytest.mark.parametrize(("verdict", "mark", "expected", "code"), EXPECTED)
def test_expect(verdict: str, mark: str, expected: int, code: str) -> None:
    found = report([verdict], mark=mark)
    assert found.exit_status() == expected
    assert [d.code for d in found.judgements[0].diagnostics] == [code]


def test_nothing_is_expected_of_what_is_given() -> None:
    found = report([judgement("given", mark="expect refuted"), judgement("refuted", mark="expect refuted")])
    assert found.exit_status() == 0
    assert not found.judgements[0].diagnostics


def test_a_mark_for_what_is_given_changes_nothing() -> None:
    for mark in ("assume", "expect refuted"):
        (judged,) = report(["given"], mark=mark).judgements
        assert [d.code for d in judged.diagnostics] == ["mark-changes-nothing"]
    assert (
        not report([judgement("given", mark="assume"), judgement("assumed", mark="assume")]).judgements[0].diagnostics
    )


def test_an_expected_verdict_is_no_failure() -> None:
    assert report(["refuted"], mark="expect refuted").exit_status(fail_on=["refuted"]) == 0


# whole chains


def chain(steps: list[str], whole: str) -> Report:
    parts = [judgement(verdict, chain=1) for verdict in steps]
    return report([*parts, judgement(whole, chain=1, whole_chain=True)])


def test_whole_chains_are_outside_the_totals() -> None:
    found = chain(["proved", "refuted"], "refuted")
    assert (found.claims, found.totals[Verdict.REFUTED]) == (2, 1)
    assert len(found.judgements) == 3


CHAINS = [
    (["proved", "proved"], "undecided", 0),
    (["proved", "unrefuted"], "refuted", 1),
    (["proved", "refuted"], "refuted", 1),
    (["refuted", "refuted"], "proved", 1),
    (["proved", "proved"], "conflict", 4),
]


@pytest.mark.parametrize(("steps", "whole", "expected"), CHAINS)
def test_a_whole_chain_counts_where_it_alone_is_refuted(steps: list[str], whole: str, expected: int) -> None:
    assert chain(steps, whole).exit_status() == expected


# real reports


def test_totals_of_a_document(homework: Report) -> None:
    counts = {str(verdict): count for verdict, count in homework.totals.items() if count}
    assert counts == {
        "proved": 4,
        "given": 1,
        "assumed": 1,
        "refuted": 2,
        "conditional": 1,
        "other-layout": 1,
        "ill-typed": 1,
        "unread": 1,
    }
    assert homework.claims == 11
    assert homework.exit_status() == 1


def test_an_inferred_layout_is_said_with_its_line() -> None:
    found = check(
        "$$\\frac{\\partial}{\\partial x} (x^T A x) = x^T (A + A^T)$$",
        given=[r"x \in \mathbb{R}^n", r"A \in \mathbb{R}^{n \times n}"],
    )
    (said,) = found.files[0].diagnostics
    assert (said.code, said.place and said.place.line) == ("layout-inferred", 1)


def test_pickling(homework: Report) -> None:
    assert pickle.loads(pickle.dumps(homework)).totals == homework.totals  # noqa: S301


def test_a_report_cannot_be_changed(homework: Report) -> None:
    with pytest.raises(AttributeError):
        homework.files = ()  # type: ignore[misc]


def test_threads_do_not_disturb_one_another(homework_text: str, homework: Report) -> None:
    with ThreadPoolExecutor(4) as pool:
        reports = list(pool.map(lambda _: check(homework_text, path="homework.md"), range(8)))
    expected = [(j.claim.id, j.verdict) for j in homework.judgements]
    assert all([(j.claim.id, j.verdict) for j in report.judgements] == expected for report in reports)


def test_file_reports_are_plain() -> None:
    empty = FileReport("a.md", None, "", Derivation("a.md", ""))
    assert replace(empty, path="b.md").path == "b.md"
    assert Report((empty,)).exit_status() == 3


def test_vectors_in_python() -> None:
    x = vector("x", dim("n"))
    assert [j.verdict for j in check_statement(equals(x.T @ x, 2 * (x.T @ x)))] == ["refuted"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("cannot add R^(?x.0) and R^(?A.0×?A.1)", "cannot add R^(n) and R^(m×p)"),
        ("cannot add R^?hat(y).0 and R^n", "cannot add R^m and R^n"),
        ("cannot equate R^(?theta^().0×?x.0) and R", "cannot equate R^(n×m) and R"),
        ("Σ up to ?#i", "Σ up to n"),
        ("found '?', expected 3.0", "found '?', expected 3.0"),
    ],
)
def test_dimensions_that_nobody_named_have_letters(message: str, expected: str) -> None:
    assert in_letters(message) == expected
    said = Diagnostic("ill-typed", message, None, message)
    claim = Claim("c1", Place(1, 1, 1, 2), problem=said)
    judged = Judgement(claim, Verdict.ILL_TYPED, message, diagnostics=(said,))
    assert "?x." not in to_json(Report((file_report(Derivation("a.md", ""), [judged], "", "markdown"),)))
