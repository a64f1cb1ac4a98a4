"""Numbers and indices that comparisons declare: η > 0, 0 < ε < 1, |a| < 1, t ≥ 0, in given blocks and in the text."""

from __future__ import annotations

import pytest

from tests.judging.documents import Paragraph, assert_expected, cases, document
from verifier import Report, Verdict, check
from verifier.derivation import Role
from verifier.notation import latex


def given(*lines: str) -> str:
    return "```given\n" + "\n".join(lines) + "\n```"


def codes(report: Report) -> list[str]:
    return [diagnostic.code for file in report.files for diagnostic in file.diagnostics]


DECLARED = [
    document("a sign", given(r"\eta > 0"), (r"$\eta + \eta^2 > 0$", "proved"), (r"$\eta^2 = \eta$", "refuted")),
    document("bounds", given(r"0 < \epsilon < 1"), (r"$\epsilon (1 - \epsilon) > 0$", "not refuted")),
    document("a size", given(r"|a| < 1"), (r"$|a| < 1$", "proved"), (r"$a = 1$", "refuted")),
    document("several", given(r"\eta, \sigma > 0"), (r"$\eta \sigma > 0$", "proved"), (r"$\eta > \sigma$", "refuted")),
    document("by itself", given(r"t \ge 0"), (r"$t^2 + t \geq 0$", "proved"), (r"$t > 0$", "not proved")),
    document("on one line", given(r"\eta > 0; \sigma > 0, b < 0"), (r"$\eta \sigma > b$", "proved | open")),
    document("a label", given(r"\sigma_{max} \geq \sigma_l > 0"), (r"$\sigma_{max} > 0$", "not refuted")),
    document("by another", given(r"\eta < 2 / \sigma^2", r"\sigma > 0", r"\eta > 0"), (r"$\eta = \sigma$", "refuted")),
    document("a plain text", given("eta > 0"), (r"$\eta^2 > 0$", "proved")),
    document("in TeX's words", "<!-- given: \\eta > 0 -->", (r"$\eta^2 > 0$", "proved")),
    document(
        "a later line says what it is",
        given(r"\eta > 0", r"\eta \in \mathbb{R}", "w_t > 0", r"w_t \in \mathbb{R}"),
        (r"$\eta w_0 > 0$", "not refuted"),
    ),
    document(
        "an index",
        given(r"t \ge 1", r"w_t \in \mathbb{R}", r"w_{t+1} = 2 w_t"),
        (r"$w_2 = 2 w_1$", "proved"),
        (r"$w_1 = 2 w_0$", "not proved"),
    ),
    document(
        "an index of a recurrence backwards",
        given(r"t \ge 1", r"w_t \in \mathbb{R}", r"w_t = 2 w_{t-1}"),
        (r"$w_1 = 2 w_0$", "proved"),
    ),
    document("let, a size", r"Let $|a| < 1$.", (r"$|a| < 1$", "proved"), (r"$a = 0$", "refuted")),
    document("where", (r"We have $\eta > 1$, where $0 < \eta < 1$.", "refuted")),
    document("if", (r"If $\mu > 0$, then $\mu^2 > \mu$.", "refuted")),
    document("fix", r"Fix $\mu > 0$.", (r"$\mu^2 > \mu$", "refuted"), (r"$\mu^2 > 0$", "proved")),
    document("for all, several", (r"For all $a, b > 0$ and $c \ge 0$, $a b > c$.", "refuted")),
    document("let, beside a membership", r"Let $x \in \mathbb{R}^n, \eta > 0$.", (r"$\eta x = x$", "refuted")),
    document(
        "a family from an index on",
        r"Let $w_t \in \mathbb{R}$ for $t \ge 1$ and suppose $w_{t+1} = 2 w_t$.",
        (r"$w_2 = 2 w_1$", "proved"),
        (r"$w_1 = 2 w_0$", "not proved"),
    ),
    document(
        "a recurrence from an index on",
        r"Let $w_t \in \mathbb{R}$ for $t \ge 0$. Suppose $w_{t+1} = 2 w_t$ for all $t \ge 5$.",
        (r"$w_7 = 2 w_6$", "proved"),
        (r"$w_2 = 2 w_1$", "not proved"),
    ),
]


@pytest.mark.parametrize("paragraphs", cases(*DECLARED))
def test_a_comparison_declares_a_number(paragraphs: tuple[Paragraph, ...]) -> None:
    assert_expected(paragraphs)


@pytest.mark.parametrize("line", ["A > 0", r"\Sigma > 0", r"n \ge 2", r"k \geq 1", "x_1 > 0", r"x_i > 0", r"a \neq 0"])
def test_what_may_be_no_number_is_not_declared_by_a_comparison(line: str) -> None:
    report = check(given(line) + "\n\n$n^2 = n$, $A x = x A$.\n")
    assert "bad-declaration" in codes(report)


@pytest.mark.parametrize("use", [r"$x^T x = 1$", r"$\|x\| = 1$", r"$\mathbf{x} = 1$", r"$x_i = 1$", r"$x(1) = 1$"])
def test_what_stands_as_a_vector_is_no_number(use: str) -> None:
    report = check(f"{given('x > 0')}\n\n{use}\n")
    assert "bad-declaration" in codes(report)
    assert all(j.verdict in (Verdict.UNREAD, Verdict.GIVEN) for j in report.judgements)


UNSURE = [
    r"The eigenvalue $\mu$ is simple. If $\mu > 0$, then",
    r"If $\mu > 0$ is the smallest eigenvalue,",
    r"Let $\mu > 0$, where $\mu$ is the smallest eigenvalue of $A$. Then",
    r"Let $\Sigma > 0$. Then",
]


@pytest.mark.parametrize("words", UNSURE)
def test_what_may_be_more_than_a_number_is_not_refuted(words: str) -> None:
    claim = r"$\mu^2 = \mu$, $\Sigma^2 = \Sigma$."
    judgements = [j for j in check(f"{words} {claim}\n").counted if "^2" in j.claim.left]
    assert judgements
    assert all(j.verdict in (Verdict.UNREAD, Verdict.UNDECIDED) for j in judgements)


def test_after_if_it_is_a_number_for_its_sentence() -> None:
    judgements = check(r"If $\mu > 0$, then $\mu^2 > 0$. And $\mu^2 = \mu$." + "\n").judgements
    assert [j.verdict for j in judgements] == [Verdict.GIVEN, Verdict.PROVED, Verdict.UNDECIDED]


def test_each_of_several_names_shows_what_is_said_of_it() -> None:
    claims = [j.claim for j in check("Let $a, b > 0$ and $c, d, e \\le 1$.\n").judgements]
    assert [c.left for c in claims if c.role is Role.CONDITION] == [
        "a > 0",
        "b > 0",
        r"c \le 1",
        r"d \le 1",
        r"e \le 1",
    ]


def test_a_recurrence_holds_from_where_its_index_starts() -> None:
    (judgement,) = check(given(r"t \ge 2", r"w_t \in \mathbb{R}", "w_{t+1} = w_t") + "\n\n$w_3 = w_2$\n").judgements
    assert judgement.claim.sequent is not None
    assert [latex(h) for h in judgement.claim.sequent.hypotheses] == [r"w_{t + 1} = w_{t} \quad \forall 2 \leq t"]


SIZES = [
    document(
        "a size in the text", r"Let $x \in \mathbb{R}^n$, $n > 2$.", ("$n^2 > 4$", "not refuted"), ("$n > 2$", "proved")
    ),
    document(
        "two sizes",
        given(r"X \in \mathbb{R}^{n \times d}", "n > d"),
        ("$n - d > 0$", "proved"),
        ("$n^2 = d^2$", "refuted"),
    ),
]


@pytest.mark.parametrize("paragraphs", cases(*SIZES))
def test_what_is_said_of_sizes_holds_for_claims_about_them(paragraphs: tuple[Paragraph, ...]) -> None:
    assert_expected(paragraphs)
