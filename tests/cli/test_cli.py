"""The commands, their options and exit statuses."""

import json
import os
import signal
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import verifier as package
from tests.cli.conftest import HOMEWORK, Command
from verifier import judging
from verifier.derivation import Claim, Counterexample, Diagnostic, Evidence, Judgement, Verdict
from verifier.reporting import checking, library, rereading
from verifier.reporting.schema import report_schema

LOADED = (library, rereading)  # before a test replaces what they import from checking

ROOT = Path(__file__).parents[2]

CLAIMS = [
    ("$a + b = b + a$", [], 0),
    ("$(a + b)^2 = a^2 + b^2$", [], 1),
    ("$x^T x = x$", [], 1),
    ("$2 a = ($", [], 3),
    ("Nothing at all.", [], 3),
    ("$\\frac{a b}{b} = a$", [], 0),
    ("$\\frac{a b}{b} = a$", ["--strict"], 3),
    ("<!-- verifier: assume -->\n$2 a = b$", [], 0),
    ("<!-- verifier: assume -->\n$2 a = b$", ["--strict"], 3),
    ("<!-- verifier: expect refuted -->\n$2 a = 3 b$", [], 0),
    ("<!-- verifier: expect undecided -->\n$2 a = 3 b$", [], 1),
    ("<!-- verifier: expect refuted -->\n$a + b = b + a$", [], 1),
    ("<!-- verifier: expect proved -->\n$a + b = b + a$", [], 0),
    ("$2 a = 3 b$", ["--exit-zero"], 0),
    ("$2 a = 3 b$", ["--fail-on", "unread,undecided"], 0),
    ("$2 a = 3 b$", ["--fail-on", "unread", "--fail-on", "refuted"], 1),
    ("$2 a = ($", ["--fail-on", "unread"], 1),
    ("$2 a = 3 b$\n\n$2 a = ($", [], 1),
]
DECLARED = "```given\nx \\in \\mathbb{R}^n\na, b \\in \\mathbb{R}\n```\n\n"


@pytest.mark.parametrize(("text", "options", "status"), CLAIMS)
def test_exit_statuses(verifier: Command, folder: Path, text: str, options: list[str], status: int) -> None:
    (folder / "a.md").write_text(DECLARED + text)
    assert verifier("check", "a.md", *options).status == status


def test_a_conflict_is_4_and_leaves_a_file(
    verifier: Command, folder: Path, homework: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrong(*arguments: object, **options: object) -> object:
        return judging.Outcome(Counterexample({"n": 1}, {"x": ["1"]}, "1", "2"), Evidence(1))

    monkeypatch.setattr(judging, "instantiate", wrong)
    for options in ([], ["--exit-zero"], ["--fail-on", "refuted"]):
        found = verifier("check", homework, *options)
        assert found.status == 4
        assert "conflict" in found.output
    (file,) = folder.glob("verifier-conflict-*.json")
    assert file.name in found.errors
    assert set(json.loads(file.read_text())) == {"reason", "source", "claim", "certificate", "counterexample"}
    (folder / "out").mkdir()
    assert verifier("check", homework, "-o", "out/report.json").status == 4
    assert list((folder / "out").glob("verifier-conflict-*.json"))


def test_a_fault_of_ours_is_4_and_no_traceback(
    verifier: Command, folder: Path, homework: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "other.md").write_text("$1 + 1 = 2$")

    def fails(derivation: object, *rest: object) -> tuple[Judgement, ...]:
        if getattr(derivation, "path", "") == homework:
            raise ZeroDivisionError("by accident")
        return real(derivation, *rest)  # type: ignore[arg-type]

    real = checking.judged
    monkeypatch.setattr(checking, "judged", fails)
    found = verifier("check", homework, "other.md")
    assert found.status == 4
    assert "homework.md: the checker failed: ZeroDivisionError: by accident [internal-error]" in found.errors
    assert "1 claim: 1 proved, 1 file not checked" in found.output
    assert verifier("explain", "homework.md:6").status == 4


# what is checked


def test_files_folders_and_standard_input(verifier: Command, folder: Path, homework: str) -> None:
    (folder / "notes").mkdir()
    (folder / "notes" / "a.tex").write_text("$1 + 1 = 3$")
    (folder / "notes" / "b.txt").write_text("The sum $1 + 1 = 2$.")
    (folder / "notes" / "ignored.py").write_text("1 + 1 == 3")
    found = verifier("check")
    assert found.output.endswith("3 claims in 3 files: 2 proved, 1 refuted\n")
    assert found.output.startswith(f"{Path('notes', 'a.tex')}:1:2  refuted   1 + 1 = 3\n")
    assert verifier("check", "notes", homework, "notes").output.endswith("3 claims in 3 files: 2 proved, 1 refuted\n")
    found = verifier("check", "-", given=b"$1 + 1 = 4$")
    assert found.output.startswith("-:1:2  refuted   1 + 1 = 4\n")


def test_an_empty_folder(verifier: Command, folder: Path) -> None:
    (folder / "empty").mkdir()
    found = verifier("check", "empty")
    assert found.status == 3
    assert found.output == "no claims found\n"
    assert found.errors == "empty: found no documents (md, qmd, tex, txt, ipynb) in this folder\n"


def test_given_context_and_preamble(verifier: Command, folder: Path) -> None:
    (folder / "a.md").write_text("# 1\n\n$$\\half (A + A^T) = A$$\n")
    (folder / "context.md").write_text("# 1\n\n```given\nA is symmetric\n```\n")
    (folder / "macros.tex").write_text("\\newcommand{\\half}{\\frac12}")
    common = ["check", "a.md", "--given", "A \\in \\mathbb{R}^{n \\times n}", "--preamble", "macros.tex"]
    assert verifier(*common).status == 1
    assert verifier(*common, "--context", "context.md").status == 0
    assert verifier(*common, "--given", "A is symmetric").status == 0
    assert verifier("check", "a.md", "--context", "context.md").status == 3


def test_seeds_and_samples(verifier: Command, homework: str) -> None:
    texts = {verifier("check", homework, "--format", "json", "--seed", seed).output for seed in ("0", "0", "7")}
    assert len(texts) == 2
    few, many = (
        json.loads(verifier("check", homework, "--format", "json", "--samples", samples).output) for samples in "26"
    )
    evidence = [report["files"][0]["claims"][0]["evidence"]["models"] for report in (few, many)]
    assert evidence[0] < evidence[1]


def test_the_library(verifier: Command) -> None:
    found = verifier("check", "--library", "trace_cyclic", "-v")
    assert found.status == 0
    assert "proved    tr(B C) = tr(C B)" in found.output
    assert verifier("check", "--library", "nonsense").status == 2


# output


def test_json(verifier: Command, homework: str) -> None:
    found = verifier("check", homework, "--format", "json")
    report = json.loads(found.output)
    jsonschema.validate(report, report_schema())
    assert report["files"][0]["path"] == homework
    assert found.output == verifier("check", homework, "--format", "json").output


def test_a_report_in_a_file(verifier: Command, folder: Path, homework: str) -> None:
    found = verifier("check", homework, "-o", "report.json")
    assert (found.status, found.output) == (0, "1 claim: 1 proved\n")
    assert (folder / "report.json").read_text() == verifier("check", homework, "--format", "json").output
    verifier("check", homework, "-v", "-o", "report.txt")
    assert "read as" in (folder / "report.txt").read_text()
    verifier("check", homework, "-o", "report.of.mine", "--format", "json")
    assert json.loads((folder / "report.of.mine").read_text())["version"] == 1


def test_detail(verifier: Command, homework: str) -> None:
    assert verifier("check", homework).output == "1 claim: 1 proved\n"
    assert verifier("check", homework, "-q").output == "1 claim: 1 proved\n"
    assert verifier("check", homework, "-v").output.startswith("homework.md:6:3  proved    xᵀ x = ‖x‖²\n")


def test_timings(verifier: Command, homework: str) -> None:
    assert verifier("check", homework, "--timings").output.endswith(" s  homework.md\n")
    report = json.loads(verifier("check", homework, "--timings", "--format", "json").output)
    assert report["files"][0]["claims"][0]["seconds"] > 0


# the other commands


def test_symbols(verifier: Command, homework: str) -> None:
    found = verifier("symbols", homework)
    assert found.status == 0
    assert "# x, a vector: declaration in line 2\nx \\in \\mathbb{R}^{n}\n" in found.output
    sections = json.loads(verifier("symbols", homework, "--format", "json").output)["sections"]
    assert {e["name"] for s in sections for e in s["symbols"]} == {"a", "b", "x"}


def test_symbols_says_what_was_not_understood(verifier: Command, folder: Path) -> None:
    (folder / "a.md").write_text("```given\nlayout: sideways\n```\n")
    found = verifier("symbols", "a.md")
    assert found.status == 0
    assert "a.md:2:1: not understood: the layout 'sideways' [bad-declaration]" in found.errors


def test_explain(verifier: Command, folder: Path, homework: str) -> None:
    found = verifier("explain", f"{homework}:6")
    assert found.status == 0
    assert found.output.startswith("homework.md:6:3  proved    xᵀ x = ‖x‖²\n\n  verdict         proved: ")
    assert verifier("explain", f"{homework}:6:3").output == found.output
    assert "the kernel accepted" in verifier("explain", "proved").output
    assert verifier("explain", "declared-twice").status == 0


def test_explain_in_numpy(verifier: Command, folder: Path, homework: str) -> None:
    (folder / "a.md").write_text(DECLARED + "$x^T x = 2 x^T x$")
    found = verifier("explain", "a.md:6", "--numpy")
    assert found.status == 0
    names: dict[str, object] = {}
    exec(found.output, names)  # noqa: S102
    assert names["left"] != names["right"]
    found = verifier("explain", f"{homework}:6", "--numpy")
    assert (found.status, found.errors) == (2, "homework.md:6: there is no counterexample\n")


EXPLANATIONS = [
    ("homework.md:5", "found no formula in this line; the nearest are in line 6"),
    ("homework.md:99", "found no formula in this line; the nearest are in line 6"),
    ("homework.md", "expected FILE:LINE or a code"),
    ("refuten", "did you mean refuted"),
    ("missing.md:3", "found no such file"),
    (":3", "found a folder, expected a file"),
]


@pytest.mark.parametrize(("target", "message"), EXPLANATIONS)
def test_explain_nothing(verifier: Command, homework: str, target: str, message: str) -> None:
    found = verifier("explain", target)
    assert found.status == 2
    assert message in found.errors


def test_recheck(verifier: Command, folder: Path, homework: str) -> None:
    verifier("check", homework, "-o", "report.json")
    found = verifier("recheck", "report.json")
    assert found.status == 0
    assert found.output == "1 claim, 1 certificate replayed, 0 counterexamples evaluated: all is as stated\n"
    report = json.loads((folder / "report.json").read_text())
    report["totals"]["proved"] = 5
    (folder / "report.json").write_text(json.dumps(report))
    found = verifier("recheck", "report.json")
    assert found.status == 1
    assert found.output.startswith("totals: 5 proved are stated, 1 are there\n")
    assert verifier("recheck", "report.json", "-q").output.count("\n") == 1
    assert verifier("recheck", homework).status == 2
    assert verifier("recheck", "missing.json").status == 2


# help


OPTIONS = (
    *("--given", "--context", "--preamble", "--samples", "--seed", "--trust", "--strict", "--fail-on", "--exit-zero"),
    *("--format", "--output", "--verbose", "--quiet", "--timings", "--library"),
)


def test_help(verifier: Command) -> None:
    for arguments in (["--help"], ["-h"], *([name, "--help"] for name in ("check", "symbols", "explain", "recheck"))):
        found = verifier(*arguments)
        assert found.status == 0
        assert "Usage: verifier" in found.output
    text = verifier("check", "--help").output
    assert all(option in text for option in OPTIONS)
    assert "Exit status:\n    0  every claim" in text


def test_version(verifier: Command) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["version"] == package.__version__
    assert verifier("--version").output == f"verifier, version {package.__version__}\n"
    assert project["scripts"]["verifier"] == "verifier.cli:main"


def test_no_command(verifier: Command) -> None:
    found = verifier()
    assert found.status == 2
    assert "Usage: verifier" in found.errors


USAGE = [
    (["nonsense"], "No such command 'nonsense'"),
    (["check", "--nonsense"], "No such option '--nonsense'"),
    (["check", "--samples", "0"], "is not in the range"),
    (["check", "--seed", "x"], "is not a valid integer"),
    (["check", "--format", "pdf"], "'pdf' is not one of 'text', 'json'"),
    (["check", "--trust", "nobody"], "'nobody' is not one of 'all', 'context'"),
    (["check", "--fail-on", "wrong"], "found 'wrong', expected verdicts: proved, given"),
    (["check", "--fail-on", ","], "found no verdict"),
    (["check", "-v", "-q"], "contradict each other"),
    (["check", "-o", "report.pdf"], "found the suffix '.pdf', expected one of .json"),
    (["check", "-o", "report"], "found the suffix ''"),
    (["check", "-o", "missing/report.json"], "there is no folder missing"),
    (["check", "-o", "."], "found the suffix ''"),
    (["check", "--context", "missing.md"], "missing.md: found no such file"),
    (["check", "--preamble", "missing.tex"], "missing.tex: found no such file"),
    (["check", "missing.md"], "missing.md: found no such file [missing-file]\n  help: check the path"),
    (["check", ""], "found a folder, expected a file"),
    (["symbols"], "Missing argument 'FILE'"),
    (["symbols", "."], "found a folder, expected a file"),
    (["explain"], "Missing argument"),
    (["recheck"], "Missing argument"),
]


@pytest.mark.parametrize(("arguments", "message"), USAGE)
def test_wrong_usage(verifier: Command, homework: str, arguments: list[str], message: str) -> None:
    found = verifier(*arguments)
    assert found.status == 2
    assert message in found.errors


# processes


def start(*arguments: str, **options: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "verifier", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, **options)  # type: ignore[call-overload,no-any-return]


def test_as_a_module(folder: Path, homework: str) -> None:
    process = start("check", homework, cwd=folder)
    output, errors = process.communicate(timeout=60)
    assert (process.returncode, output, errors) == (0, b"1 claim: 1 proved\n", b"")


def test_without_utf_8(folder: Path) -> None:
    (folder / "a.md").write_text(DECLARED + "$x^T x = 2 x^T x$")
    command = [sys.executable, "-m", "verifier", "check", "a.md"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, capture_output=True, env=environment, cwd=folder, check=False)
    assert (done.returncode, done.stderr) == (1, b"")
    assert b"x\\u1d40 x = 2 x\\u1d40 x" in done.stdout


def test_a_reader_that_goes_away(folder: Path) -> None:
    (folder / "a.md").write_text(DECLARED + "$2 a = 3 b$\n\n" * 30)
    process = start("check", "a.md", cwd=folder)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(60) == 141


def test_an_interruption(folder: Path) -> None:
    os.mkfifo(folder / "a.md")
    process = start("check", "a.md", cwd=folder)
    with (folder / "a.md").open("wb"):  # returns when the other side has opened it too
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert errors.strip() == b"interrupted"


def test_a_claim_at_which_the_checker_fails_does_not_lose_the_others(
    verifier: Command, folder: Path, homework: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge = checking.judge_claim

    def failing(claim: Claim, *rest: Any) -> Judgement:
        if claim.left == "a":
            raise ZeroDivisionError("zero")
        return judge(claim, *rest)

    monkeypatch.setattr(checking, "judge_claim", failing)
    (folder / "homework.md").write_text((folder / "homework.md").read_text() + "\n$$a = a$$\n\n$$a = b$$\n")
    found = verifier("check", homework, "-o", "report.json")
    assert found.status == 4
    claims = json.loads((folder / "report.json").read_text())["files"][0]["claims"]
    assert [claim["verdict"] for claim in claims] == ["proved", "conflict", "conflict"]
    assert claims[1]["reason"] == "the checker failed: ZeroDivisionError: zero"
    files = [json.loads(file.read_text()) for file in folder.glob("verifier-conflict-*.json")]
    assert sorted(file["source"] for file in files) == ["a = a", "a = b"]
    assert "a fault of verifier: please report it with the file" in found.errors
    assert verifier("recheck", "report.json").status == 1


def test_conflicts_are_of_the_verdict(homework: str) -> None:
    assert Verdict.CONFLICT == "conflict"
    assert Diagnostic("internal-error", "…").code
    assert HOMEWORK


def test_what_is_wrong_in_a_context_file_is_said_of_that_file(verifier: Command, folder: Path, homework: str) -> None:
    (folder / "context.md").write_text(
        "```given\nx \\in \\mathbb{R}^n\nZ > 0\n```\n\n## 7\n\n```given\na \\in \\mathbb{R}\n```\n"
    )
    found = verifier("check", homework, "--context", "context.md")
    assert "context.md:3:1  bad-declaration" in found.output
    assert "context.md:9:1  context-unmatched" in found.output
    assert "context.md:3:1: not understood" in verifier("symbols", homework, "--context", "context.md").errors
    found = verifier("check", homework, "--context", "context.md", "--given", "Y > 0", "--format", "json")
    paths = [d["path"] for d in json.loads(found.output)["files"][0]["diagnostics"]]
    assert sorted(paths) == ["--given", "context.md", "context.md"]
    assert verifier("check", homework, "--context", "context.md", "-o", "report.json").status == 3
    found = verifier("recheck", "report.json")
    assert (found.status, found.output.splitlines()[0]) == (0, "told: --context context.md")
    (folder / "context.md").write_text("```given\nx \\in \\mathbb{R}^m\n```\n")
    found = verifier("recheck", "report.json")
    assert found.status == 3
    assert "context.md has changed since the report was written" in found.output


def test_verbose_shows_what_a_verdict_rests_on(verifier: Command, folder: Path) -> None:
    (folder / "a.md").write_text(
        "```given\nx \\in \\mathbb{R}^n\nx^T x = 1\nf : \\mathbb{R} \\to \\mathbb{R}\nt \\in \\mathbb{R}\n"
        "L(x) := x^T x + x_3\n```\n\n$$L(x) = 1 + x_3$$\n\n$$\\frac{d}{dt} f(t) = f'(t)$$\n"
    )
    brief, full = verifier("check", "a.md").output, verifier("check", "a.md", "-v").output
    for text in (
        "read as         L(x) = 1 + x₃ for x ∈ ℝⁿ, n ≥ 3",
        "with            L(x) := xᵀ x + x₃  (definition, line 6)",
        "given           xᵀ x = 1  (declaration, line 3)",
        "for f : ℝ → ℝ smooth, t ∈ ℝ",
    ):
        assert text in full
        assert text not in brief
    report = json.loads(verifier("check", "a.md", "--format", "json").output)
    reading = report["files"][0]["claims"][0]["reading"]
    assert reading.endswith(
        "n \\geq 3,\\; \\text{with } L\\left(x\\right) := x^{\\top} x + x_{3},\\; \\text{given } x^{\\top} x = 1"
    )


def test_recheck_makes_the_check_again_as_it_was_told(verifier: Command, folder: Path, homework: str) -> None:
    """A folder, macros, declarations, seed and samples, identities; standard input cannot be read again."""
    (folder / "macros.tex").write_text("\\newcommand{\\R}{\\mathbb{R}}\n")
    (folder / "more").mkdir()
    (folder / "more" / "b.tex").write_text("Let $y \\in \\R^n$. $$y^T y = y^T y + z$$")
    told = ("--preamble", "macros.tex", "--given", "z \\in \\R", "--seed", "3", "--samples", "4")
    assert verifier("check", ".", *told, "-o", "report.json").status == 1
    found = verifier("recheck", "report.json")
    assert found.output.startswith("told: --given 'z \\\\in \\\\R' --preamble macros.tex --samples 4 --seed 3\n")
    assert found.status == 0
    (folder / "macros.tex").write_text("\\newcommand{\\R}{\\mathbb{Z}}\n")
    assert "macros.tex has changed since the report was written" in verifier("recheck", "report.json").output
    assert verifier("check", "--library", "matrix_calculus.softmax_jacobian", "-o", "library.json").status == 0
    assert verifier("recheck", "library.json").status == 0
    assert verifier("check", "-", "-o", "input.json", given=b"$1 + 1 = 2$").status == 0
    found = verifier("recheck", "input.json")
    assert (found.status, "-: the file is not here: only the certificates" in found.output) == (3, True)
