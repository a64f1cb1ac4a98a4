"""Numbers introduced by a comparison: "let μ > 0" declares μ, "let μ > 0 be the smallest eigenvalue" does not."""

from __future__ import annotations

import pytest

from verifier import Verdict, check

CLAIM = "\n$$\\mu^2 = \\mu.$$\n"
DECLARES = [
    r"Let $\mu > 0$. Then",
    r"For all $\mu > 0$,",
    r"For any $\mu \ge 0$, we have",
    r"If $\mu > 0$, then",
    r"Assume $\mu > 0$. Then",
    r"Suppose that $0 < \mu < 1$. Then",
    r"Let $\mu > 0$ and $\nu > 0$. Then",
    r"Let $\mu, \nu > 0$. Then",
    r"Let $\mu > 0$ be fixed. Then",
    r"Let $\mu > 0$ be a constant. Then",
    r"Let $\mu > 0$ be the step size. Then",
    r"Let $x \in \mathbb{R}^n$ and $\mu > 0$. Then",
    r"Let $\mu > 0$, and let $f$ be convex. Then",
    r"Moreover, assume that $\mu > 0$. Then",
    r"Let $x \in \mathbb{R}^n$ be a vector and let $\mu > 0$ be a scalar. Then",
]
SAYS_MORE = [
    r"Let $\mu > 0$ be the smallest eigenvalue of $A$. Then",
    r"Let $\mu > 0$ denote the spectral radius of $A$. Then",
    r"Let $\mu > 0$ be a constant to be chosen later. Then",
    r"Let $\mu > 0$ be such that $f(\mu) = 1$. Then",
    r"Let $\mu \ge 1$ denote the condition number. Then",
    r"There is a constant with $\mu > 0$. Then",
    r"Let $\mu > 0$ (the largest singular value) be given. Then",
    r"Suppose $\mu > 0$ is a Lipschitz constant of $f$. Then",
    r"Let the largest eigenvalue $\mu > 0$ be given. Then",
    r"where $\mu > 0$ bounds the gradient. Then",
    r"where $\mu > 0$ solves the equation. Then",
    r"There exists $\mu > 0$ such that",
    r"For some $\mu > 0$ we have",
    r"For $\mu > 0$ sufficiently small,",
    r"Let $\mu = \lambda_{\min} > 0$. Then",
]


@pytest.mark.parametrize("words", DECLARES)
def test_a_comparison_after_let_declares_a_number(words: str) -> None:
    (judgement,) = [j for j in check(words + CLAIM).counted if j.claim.left == r"\mu^2"]
    assert judgement.verdict is Verdict.REFUTED


@pytest.mark.parametrize("words", SAYS_MORE)
def test_what_is_one_number_or_of_which_more_is_said_is_not_refuted(words: str) -> None:
    judgements = [j for j in check(words + CLAIM).counted if j.claim.left == r"\mu^2"]
    assert all(j.verdict in (Verdict.UNDECIDED, Verdict.UNREAD, Verdict.GIVEN) for j in judgements)


@pytest.mark.parametrize("letter", ["k", "t", "n"])
def test_what_may_be_a_whole_number_is_no_real_one(letter: str) -> None:
    """(-1)^{2k} = 1 holds for whole k."""
    text = f"For all ${letter} \\ge 1$,\n$$(-1)^{{2{letter}}} = 1.$$\n"
    assert all(j.verdict is not Verdict.REFUTED for j in check(text).counted)


def test_a_range_of_an_index_is_none_either() -> None:
    text = "Suppose $w_{t+1} = a w_t$ for all $t \\ge 0$, where $a, w_t \\in \\mathbb{R}$.\n$$w_2 = a^3 w_0$$\n"
    assert all(j.verdict is not Verdict.PROVED for j in check(text).counted)


def test_several_names_of_which_one_thing_is_said() -> None:
    """a, b > 0 says that of both."""
    judgements = list(check("Let $a, b > 0$. Then\n$$a + b > 0, \\quad a b > a.$$\n").counted)
    assert [j.verdict for j in judgements[-2:]] == [Verdict.PROVED, Verdict.REFUTED]


def test_what_is_defined_by_a_symbol_that_nobody_declared_is_not_refuted() -> None:
    text = "Let $x \\in \\mathbb{R}$. Let $\\mu = c^2$. Then\n$$\\mu x = x.$$\n"
    (judgement,) = [j for j in check(text).counted if j.claim.left == r"\mu x"]
    assert judgement.verdict is Verdict.UNDECIDED


@pytest.mark.parametrize("said", ["Suppose $x = c$.", "Suppose $x = f(3)$.", "Suppose $x + c = 2$."])
def test_nothing_is_refuted_by_what_nobody_declared_in_a_premise(said: str) -> None:
    report = check(f"Let $x \\in \\mathbb{{R}}$. {said} Then $$x > 0$$", syntax="markdown")
    assert report.judgements[-1].verdict is Verdict.UNDECIDED


def test_what_a_premise_gives_a_name_to_is_known() -> None:
    text = "Let $x \\in \\mathbb{R}$. Suppose $c = x$ and $x = 3$. Then $$x > 4$$"
    assert check(text, syntax="markdown").judgements[-1].verdict is Verdict.REFUTED


def test_what_is_said_of_two_indices_may_be_said_of_all() -> None:
    text = "Let $x_i \\in \\mathbb{R}$. Suppose $x_i > 0$, $x_j < 5$. Then $$x_1 > 0$$"
    assert check(text, syntax="markdown").judgements[-1].verdict is Verdict.UNDECIDED
