"""The Python face."""

import subprocess
import sys
from pathlib import Path

import pytest

import verifier
from verifier import (
    check,
    check_file,
    check_library,
    check_statement,
    dim,
    equals,
    language,
    matrix,
    symmetric,
    trace,
    vector,
)
from verifier.kernel.sequents import ClaimError
from verifier.reading.documents import DocumentError

ROOT = Path(__file__).parents[2]


def verdicts(text: str, **options: object) -> list[str]:
    return [str(j.verdict) for j in check(text, **options).counted]  # type: ignore[arg-type]


def test_a_text() -> None:
    assert verdicts("$x^T x = 2 x^T x$", given=r"x \in \mathbb{R}^n") == ["refuted"]
    assert verdicts("$x^T x = x^T x$", given=[r"x \in \mathbb{R}^n"]) == ["proved"]


def test_context_as_text_and_as_a_file(tmp_path: Path) -> None:
    text = "# 1\n\n$$(A + A^T)^T = 2 A$$\n"
    context = "# 1\n\n```given\nA \\in \\mathbb{R}^{n \\times n}\nA is symmetric\n```\n"
    file = tmp_path / "context.md"
    file.write_text(context)
    assert verdicts(text, context=context) == verdicts(text, context=file) == ["proved"]
    assert verdicts(text, context=[file]) == ["proved"]


def test_syntax_is_named() -> None:
    assert len(verdicts("\\begin{equation} 1 + 1 = 2 \\end{equation}", syntax="tex")) == 1
    with pytest.raises(DocumentError, match="syntax"):
        check("x", syntax="word")


@pytest.mark.parametrize("options", [{"samples": 0}, {"trust": "nobody"}])
def test_options_that_mean_nothing(options: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="expected"):
        check("$1 = 1$", **options)  # type: ignore[arg-type]


def test_trust() -> None:
    text = "Let $x \\in \\mathbb{R}$. Assume $x > 0$.\n\n$$\\frac{x}{x} = 1, \\quad \\log(x^2) = 2 \\log x$$"
    assert "assumed" in verdicts(text, trust="context")
    assert "assumed" not in verdicts(text, trust="all")


def test_a_file(tmp_path: Path) -> None:
    file = tmp_path / "a.tex"
    file.write_text("\\documentclass{article}\\begin{document}\n$1 + 1 = 3$\n\\end{document}")
    report = check_file(file)
    assert report.files[0].syntax == "tex"
    assert report.exit_status() == 1
    with pytest.raises(DocumentError, match="no such file"):
        check_file(tmp_path / "missing.md")


def test_too_large_a_text() -> None:
    with pytest.raises(DocumentError, match="expected at most"):
        check("x" * 5_000_000)


def test_a_statement() -> None:
    n = dim("n")
    A, x = matrix("A", n, n), vector("x", n)
    chain = check_statement(equals(A.T, A, A), given=[symmetric(A)])
    assert isinstance(chain, tuple)
    assert [str(j.verdict) for j in chain] == ["proved", "proved"]
    single = check_statement(symmetric(A + A.T))
    assert not isinstance(single, tuple)
    with pytest.raises(ClaimError):
        check_statement(equals(x[dim("i")], x[1]))


def test_given_may_be_one_statement() -> None:
    n = dim("n")
    A = matrix("A", n, n)
    (judgement,) = check_statement(equals(A.T, A), given=symmetric(A))  # type: ignore[misc]
    assert judgement.verdict == "proved"


def test_the_library_by_names() -> None:
    report = check_library(["trace_cyclic", "matrix_calculus.linear_form_jacobian"])
    assert [file.path for file in report.files] == ["derivations/matrix_calculus.py"]
    labels = [j.claim.label for j in report.counted]
    assert sorted(labels) == ["linear_form_jacobian", "trace_cyclic"]
    place = report.judgements[0].claim.place
    line = (ROOT / report.files[0].path).read_text("utf-8").split("\n")[place.line - 1]
    assert line.startswith(report.judgements[0].claim.label)
    with pytest.raises(DocumentError, match="trace_cycle"):
        check_library("trace_cycle")


def test_timings_are_asked_for() -> None:
    report = check("$1 + 1 = 2$")
    assert report.files[0].seconds == 0
    assert all(judgement.seconds == 0 for judgement in report.judgements)


# the package


def test_public_names_are_there() -> None:
    for name in verifier.__all__:
        assert getattr(verifier, name) is not None, name
    assert set(verifier.__all__) <= set(dir(verifier))
    with pytest.raises(AttributeError, match="nonsense"):
        _ = verifier.nonsense


def test_every_word_of_the_language_is_public() -> None:
    plumbing = {"annotations", "Callable", "Sequence", "dataclass", "Fraction", "NoReturn", "ONE", "Linear", "SCALAR"}
    words = {
        name
        for name, value in vars(language).items()
        if not name.startswith("_") and getattr(value, "__module__", "verifier.language") == "verifier.language"
    }
    assert words - plumbing - {"Size", "Operand"} <= set(verifier.__all__)


def test_trace_is_the_one_of_the_language() -> None:
    assert trace is verifier.language.trace


@pytest.mark.parametrize("start", ["import verifier", "import verifier.cli"])
def test_importing_is_cheap(start: str) -> None:
    heavy = ["numpy", "flint", "sympy", "rich", "markdown_it", "pylatexenc", "verifier.kernel.terms"]
    code = f"import sys\n{start}\nprint([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"
