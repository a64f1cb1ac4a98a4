"""Means in words, and covariances printed as sums: what is known is taken in, what is claimed is not."""

from __future__ import annotations

import pytest

from verifier import Verdict, check
from verifier.notation import latex

GIVEN = r"""```given
x, y, m \in \mathbb{R}
x, y random
m is constant
```
"""
SQUARE = "$$E[(x - m)^2] = E[x^2] - m^2$$"


def last(text: str) -> Verdict:
    return check(f"{GIVEN}\n{text}\n", syntax="markdown").judgements[-1].verdict


@pytest.mark.parametrize(
    "sentence",
    [
        "We know that $x$ has mean $m$.",
        "Let $x$ have mean $m$.",
        "We know that $x$ has an expected value of $m$.",
    ],
)
def test_a_mean_that_is_known_is_a_hypothesis(sentence: str) -> None:
    assert last(f"{sentence} {SQUARE}") is Verdict.PROVED


@pytest.mark.parametrize(
    "sentence",
    [
        "We know that both $x$ and $y$ have an expectation value of $m$.",
        "Assume that $y$ and $x$ have the same mean $m$.",
    ],
)
def test_a_mean_is_said_of_both(sentence: str) -> None:
    (judgement,) = check(f"{GIVEN}\n{sentence} $$x y = y x$$\n", syntax="markdown").judgements
    means = {h.statement for h in judgement.claim.hypotheses if h.statement.head == "equal"}
    assert {latex(mean) for mean in means} == {f"\\mathbb{{E}}\\left[{name}\\right] = m" for name in "xy"}


@pytest.mark.parametrize(
    "sentence",
    ["", "We know that $y$ has mean $m$.", "Then $x$ has mean $m$.", "We do not know that $x$ has mean $m$."],
)
def test_a_mean_that_is_claimed_denied_or_of_another_is_none(sentence: str) -> None:
    assert last(f"{sentence} {SQUARE}") is not Verdict.PROVED


@pytest.mark.parametrize("sentence", ["Then $x$ has mean $m$.", "Here $x$ and $y$ have mean $m$."])
def test_what_may_follow_from_a_mean_in_words_is_not_refuted(sentence: str) -> None:
    assert last(f"{sentence} {SQUARE}") is not Verdict.REFUTED


COVARIANCE = r"""```given
X \in \mathbb{R}^{n \times n}
\Sigma_{YY} \in \mathbb{R}^{n \times n}
\Sigma_{YY} = X X^T
```

$$\sum_{YY} = X X^T$$

$$\sum_{YY} = 2 X X^T$$
"""


def test_a_sum_sign_with_the_subscript_of_a_declared_symbol_is_that_symbol() -> None:
    found = [judgement.verdict for judgement in check(COVARIANCE, syntax="markdown").judgements]
    assert found == [Verdict.PROVED, Verdict.REFUTED]


def test_a_sum_sign_with_another_subscript_is_a_sum() -> None:
    given = "x \\in \\mathbb{R}^n\n\\Sigma_{YY} \\in \\mathbb{R}^{n \\times n}"
    text = f"```given\n{given}\n```\n\n$$\\sum_i x_i = \\sum_{{k=1}}^n x_k$$\n"
    assert check(text, syntax="markdown").judgements[-1].verdict is Verdict.PROVED
