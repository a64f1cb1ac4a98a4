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
    ("a derivative that is claimed to vanish is judged", r"$\nabla_x (x^T x) = 0$", Verdict.REFUTED),
    ("an undeclared L is said to be stationary", r"$\frac{\partial L}{\partial x} = 0$", Verdict.GIVEN),
    ("a declared f is said to be stationary", r"$\nabla_x f(x) = 0$", Verdict.GIVEN),
    ("a number is said to be stationary", r"$\frac{\partial a}{\partial x} = 0$", Verdict.GIVEN),
    ("a bare symbol is bounded", "$a > 0$", Verdict.UNDECIDED),
    ("a bare symbol is set", "Therefore $x = 2 c$", Verdict.UNDECIDED),
    ("an expression is bounded", "$a b > 0$", Verdict.REFUTED),
    ("the identity that nobody declares", "$A I x = A x$", Verdict.PROVED),
    ("nothing is refuted about it", "$A I = 2 A$", Verdict.UNDECIDED),
    ("an index in brackets", "$x[i] + x[2] = x_2 + x_i$", Verdict.PROVED),
    ("a step is one symbol", r"$\Delta u\, a = a\, \Delta u$", Verdict.PROVED),
    ("a step is no product", r"$\Delta u\, v = u\, \Delta v$", Verdict.UNDECIDED),
    ("a sum takes in what has its index", r"$\sum_i x_i - c_i = \sum_i (x_i - c_i)$", Verdict.PROVED),
    ("and leaves what has not", r"$\sum_i x_i - a = (\mathbf{1}^T x) - a$", Verdict.PROVED),
    ("a sum over two indices", r"$\sum_{i<j} A_{ij} = \sum_{i=1}^n \sum_{j>i} A_{ij}$", Verdict.PROVED),
    ("the entry of a transpose", r"$A^T_{ij} = A_{ji}$", Verdict.PROVED),
    ("a function of the entries of a matrix", r"$\exp^{\odot}(A)_{ij} = \exp(A_{ij})$", Verdict.PROVED),
    ("a function of the entries of a vector", r"$\exp(x + c) = \exp(x) \odot \exp(c)$", Verdict.PROVED),
    ("nothing says how L depends on a", r"$\frac{\partial L}{\partial a} + 1 = 1$", Verdict.UNDECIDED),
    ("undeclared functions are smooth", r"$\nabla_x^2 f(x) = (\nabla_x^2 f(x))^T$", Verdict.PROVED),
    ("e is the base of the exponential function", r"$\frac{d}{da} e^{2 a} = 2 e^{2 a}$", Verdict.PROVED),
    ("sizes that are written are implied", "$x_3 + x_1 = x_1 + x_3$", Verdict.PROVED),
]

# texts with several claims, and what is said of each
TEXTS = [
    ("the end of a chain", r"$\nabla_x (x^T x) = 2 x = 0$", "proved given"),
    ("a chain without a derivative", "$a + a = 2 a = 0$", "proved refuted"),
    ("a defined s is said to be stationary", r"Let $s = x^T x$. $$\nabla_x s = 0$$", "given given"),
    (
        "a recurrence holds for every t",
        r"Let $w_t \in \mathbb{R}$. Suppose $w_{t+1} = a w_t$. $$w_2 = a w_0$$",
        "given given refuted",
    ),
    ("words beside a symbol", "Let $A$ be symmetric. $$A^T = A$$ $$A^T = -A$$", "proved refuted"),
    ("words before a symbol", "For a positive definite matrix $A$ we have $A^T = A$.", "proved"),
    ("words of a reason", "Since $A$ is symmetric, $A^T = A$.", "proved"),
    ("words that are not understood after let", "Let $A$ be sparse. $$A^T = A$$ $$x = x$$", "unread proved"),
    ("words that are not understood", "Since $A$ is sparse, $A^T = A$.", "undecided"),
    ("a declaration after its formula", r"$C + C = 2 C$, where $C \in \mathbb{R}^{n \times n}$.", "given proved"),
    ("a condition after its formula", "$a^2 = b^2$ if $a = b$. Always $a^2 = b^2$.", "given proved refuted"),
    ("a range after its formula", r"$x_i = c_i + (x_i - c_i)$ for $i = 1, \dots, n$.", "proved"),
    (
        "a case holds until the next",
        "Case 1: $a = b$. Then $$a^2 = b^2$$ Case 2: $a = -b$. Then $$a^2 = b^2$$ $$a = b$$",
        "given proved given proved refuted",
    ),
    (
        "a derivative along an equation, or across it",
        r"Suppose $a + b = 1$. $$\frac{d}{da} (a b) = b$$ $$\frac{d}{da} (a b) = b - a$$",
        "given undecided undecided",
    ),
    (
        "a derivative where something defined has a value",
        r"Let $g := a b$ and $h := g^2$. Suppose $g = 1$. $$\frac{\partial h}{\partial a} = 2 b$$",
        "given given given proved",
    ),
    (
        "what is known of a name is known of what it stands for",
        r"Let $g := a + b$. Suppose $g > 0$. $$a^3 > -b^3$$ $$b > -a$$",
        "given given proved proved",
    ),
    (
        "a macro that is defined twice",
        r"\newcommand{\one}{1} $\one = 1$ \newcommand{\one}{2} $\one = 2$ $a = a$",
        "unread unread proved",
    ),
    ("a macro that is defined twice alike", r"\newcommand{\one}{1} \newcommand{\one}{1} $\one = 1$", "proved"),
]

# what can be read in two ways
AMBIGUOUS = [
    r"\exp(A) = \exp(A)",
    r"\log A = \log A",
    r"\sqrt{A} = \sqrt{A}",
    r"\sin(A) = \sin(A)",
    "A' = A'",
    "f^2(x) = f^2(x)",
    r"\sin^{-1} a = \sin^{-1} a",
    "1,000 = 1000",
    "2½ = 2½",
    "2^34 = 2^34",
    r"dx = dx",
    r"\mathcal{F} x = \mathcal{F} x",
    "|(A + B)| = |(A + B)|",
    "A < B",
    r"\|A\|_1 = \|A\|_1",
    r"\|A\|_\infty = \|A\|_\infty",
]


def only(report: Report) -> Verdict:
    [judgement] = report.judgements
    return judgement.verdict


@pytest.mark.parametrize(("text", "verdict"), [case[1:] for case in VERDICTS], ids=[case[0] for case in VERDICTS])
def test_verdicts(text: str, verdict: Verdict) -> None:
    assert only(check(text, given=DECLARED)) is verdict


@pytest.mark.parametrize(("text", "verdicts"), [case[1:] for case in TEXTS], ids=[case[0] for case in TEXTS])
def test_verdicts_of_texts(text: str, verdicts: str) -> None:
    judged = check(text.replace(" $$", "\n\n$$").replace("$$ ", "$$\n\n"), given=DECLARED).counted
    assert [str(j.verdict) for j in judged] == verdicts.split()


@pytest.mark.parametrize("formula", AMBIGUOUS)
def test_what_can_be_read_in_two_ways_is_asked_about(formula: str) -> None:
    [judgement] = check(f"${formula}$", given=(*DECLARED, r"B \in \mathbb{R}^{n \times n}")).judgements
    assert judgement.verdict is Verdict.UNREAD
    [diagnostic] = judgement.diagnostics
    assert diagnostic.help.startswith("expected ")


def test_a_bare_symbol_is_named() -> None:
    [judgement] = check("$a > 0$", given=DECLARED).judgements
    assert judgement.reason == "nothing before this says what a is"


def test_the_identity_that_nobody_declares_is_shown() -> None:
    [claim] = json.loads(to_json(check("$A I = 2 A$", given=DECLARED)))["files"][0]["claims"]
    assert "I_{n}" in claim["reading"]


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
