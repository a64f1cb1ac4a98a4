"""Symbols of which nothing says whether they are random, among random ones: nothing rests silently on that."""

from __future__ import annotations

import pytest

from verifier import Judgement, Verdict, check

WITH = "\nx, y, m, c \\in \\mathbb{R}\n\\mathbb{E}[x] = m\n\\mathbb{E}[x y] = c\n"
LINE = r"""
X \in \mathbb{R}^{n \times d}
y, \epsilon, h \in \mathbb{R}^n
\beta \in \mathbb{R}^d
\sigma \in \mathbb{R}
\mathbb{E}[\epsilon] = 0
\operatorname{Cov}[\epsilon] = \sigma^2 I
"""
ONE_NOISE = LINE + "y - X \\beta = \\epsilon\n"
TWO_NOISES = LINE + "\\mathbb{E}[h] = 0\n\\operatorname{Cov}[h] = \\sigma^2 I\ny - X \\beta = \\epsilon + h\n"
PINNED = LINE + "\\mathbb{E}[h] = 0\n\\epsilon = y - X \\beta - h\n"
STEPS = r"""
w_t, N_t \in \mathbb{R}
a, b \in \mathbb{R}
\mathbb{E}[N_t] = 0
w_{t+1} - a w_t - b = N_t
"""


def judged(given: str, claim: str) -> Judgement:
    report = check(f"```given{given}```\n\n$$ {claim} $$\n", syntax="markdown")
    assert not report.files[0].diagnostics
    return report.judgements[-1]


RESTS_ON_CONSTANTS = [
    (WITH, r"\mathbb{E}[x y] = y \mathbb{E}[x]", "whether y is random"),
    (WITH, r"\operatorname{Var}(y) = 0", "whether y is random"),
    (WITH, r"c = m y", "whether y is random"),
    (ONE_NOISE, r"\mathbb{E}[y] = y", "which of X, beta, y are random"),
    (ONE_NOISE, r"y = X \beta", "which of X, beta, y are random"),
    (ONE_NOISE, r"\mathbb{E}[y] = X \beta", "which of X, beta, y are random"),
    (TWO_NOISES, r"\mathbb{E}[y] = y", "which of X, beta, y are random"),
    (TWO_NOISES, r"\mathbb{E}[y] = X \beta", "which of X, beta, y are random"),
    (PINNED, r"\mathbb{E}[y] = y", "which of X, beta, y are random"),
    (PINNED, r"y = X \beta", "which of X, beta, y are random"),
    (STEPS, r"\mathbb{E}[w_t] = w_t", "which of a, b, w are random"),
]


@pytest.mark.parametrize(("given", "claim", "reason"), RESTS_ON_CONSTANTS)
def test_what_rests_on_constants_that_nobody_declared_is_undecided(given: str, claim: str, reason: str) -> None:
    found = judged(given, claim)
    assert (found.verdict, found.reason) == (Verdict.UNDECIDED, f"nothing says {reason}")


HOLDS_EITHER_WAY = [
    (WITH, r"\mathbb{E}[x y] = c"),
    (WITH, r"\mathbb{E}[x + x y] = m + c"),
    (WITH, r"\mathbb{E}[y (x - 1)] = c - \mathbb{E}[y]"),
    (ONE_NOISE, r"\mathbb{E}[\epsilon^T \epsilon] = n \sigma^2"),
    (ONE_NOISE, r"X \beta - y + \epsilon = 0"),
]


@pytest.mark.parametrize(("given", "claim"), HOLDS_EITHER_WAY)
def test_what_holds_either_way_is_proved(given: str, claim: str) -> None:
    assert judged(given, claim).verdict is Verdict.PROVED


SAYS_SO = [
    (WITH + "y is constant\n", r"\mathbb{E}[x y] = y \mathbb{E}[x]"),
    (WITH + "y is fixed\n", r"\mathbb{E}[x y] = y m"),
    (WITH + "y is deterministic\n", r"\mathbb{E}[x y] = y m"),
    (WITH + "y is non-random\n", r"\mathbb{E}[x y] = y m"),
    (WITH + "y \\text{ constant}\n", r"\mathbb{E}[x y] = y m"),
    (LINE + "y = X \\beta + \\epsilon\n", r"\mathbb{E}[y] = X \beta"),
    (LINE + "y = X \\beta + \\epsilon\n\\mathbb{E}[y] = X \\beta\n", r"\mathbb{E}[X^T y] = X^T X \beta"),
]


@pytest.mark.parametrize(("given", "claim"), SAYS_SO)
def test_what_is_said_to_be_constant_is(given: str, claim: str) -> None:
    assert judged(given, claim).verdict is Verdict.PROVED


def test_what_is_said_to_be_constant_and_random_has_no_model() -> None:
    found = judged(WITH + "y is constant\ny is random\n", r"\mathbb{E}[x y] = c")
    assert found.verdict is Verdict.UNDECIDED


@pytest.mark.parametrize(
    "said",
    ["w_t is constant", "x has constant variance", "x has a fixed point", "y is not constant", "y is not fixed"],
)
def test_other_constancy_is_not_understood(said: str) -> None:
    report = check(f"```given{WITH}w_t \\in \\mathbb{{R}}\n{said}\n```\n\n$$ E[x] = m $$\n", syntax="markdown")
    assert report.files[0].diagnostics


def test_a_definition_that_is_constant_says_more_than_that_it_is_not_random() -> None:
    given = "\nx, a \\in \\mathbb{R}\nz := a x\nz is constant\n"
    report = check(f"```given{given}```\n\n$$ z = 0 $$\n", syntax="markdown")
    assert report.files[0].diagnostics


# what is not understood of a family


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (r"e_t, \sigma \in \mathbb{R}", r"e_t \sim \mathcal{N}(0, \sigma^2) not i.i.d."),
        (r"e_t, \sigma \in \mathbb{R}", r"e_t \sim \text{Cauchy}(0, \sigma)"),
        (r"e^{(t)}, \sigma \in \mathbb{R}", r"e^{(t)} \sim \text{Cauchy}(0, \sigma)"),
        (r"e_t, \sigma \in \mathbb{R}", r"e_t is exchangeable"),
    ],
)
def test_a_line_that_is_not_understood_is_named_at_claims_about_the_family(given: str, said: str) -> None:
    member = (lambda t: f"e^{{({t})}}") if "^{(t)}" in given else (lambda t: f"e_{t}")
    claim = rf"\mathbb{{E}}[{member(1)} {member(2)}] = 0"
    report = check(f"```given\n{given}\n{said}\n```\n\n$$ {claim} $$\n", syntax="markdown")
    found = report.judgements[-1]
    assert found.verdict is Verdict.UNREAD
    assert found.reason == "what is said of e in line 3 is not understood"
