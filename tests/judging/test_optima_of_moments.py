"""Optima of expectations in documents: the best constant, the best linear predictor."""

from __future__ import annotations

import pytest

from verifier import Verdict, check

NUMBERS = r"""```given
y, x \in \mathbb{R}
\mu, c, q, a, w \in \mathbb{R}
x, y random
E[y] = \mu
E[x y] = c
E[x^2] = q
q > 0
```
"""
VECTORS = r"""```given
x, w, r \in \mathbb{R}^n
y \in \mathbb{R}
x, y random
\Sigma \in \mathbb{R}^{n \times n}
\Sigma \succ 0
E[x x^T] = \Sigma
E[x y] = r
```
"""
PROVED = {
    r"\mu = \arg\min_w E[(w - y)^2]": NUMBERS,
    r"E[y] = \arg\min_w E[(w - y)^2]": NUMBERS,
    r"\min_w E[(w - y)^2] = \operatorname{Var}(y)": NUMBERS,
    r"\frac{c}{q} = \arg\min_w E[(y - w x)^2]": NUMBERS,
    r"\frac{c}{q + a^2} = \arg\min_w (E[(y - w x)^2] + a^2 w^2)": NUMBERS,
    r"\Sigma^{-1} r = \arg\min_w E[(y - w^T x)^2]": VECTORS,
    r"\Sigma^{-1} r = \arg\min_w E[(y - x^T w)^2]": VECTORS,
}
REFUTED = {
    r"\mu + 1 = \arg\min_w E[(w - y)^2]": NUMBERS,
    r"y \in \arg\min_w E[(w - y)^2]": NUMBERS,
    r"E[y] = \arg\min_w (w - y)^2": NUMBERS,
    r"\frac{2c}{q} = \arg\min_w E[(y - w x)^2]": NUMBERS,
    r"\Sigma r = \arg\min_w E[(y - w^T x)^2]": VECTORS,
}
HELD = (
    r"\min_w E[(w - y)^2] = 0",
    r"\min_w E[(w - y)^2] = E[\min_w (w - y)^2]",
    r"0 = \arg\min_y E[(y - x)^2]",
)


def verdict(given: str, claim: str) -> Verdict:
    (judgement,) = check(f"{given}\n$${claim}$$\n", syntax="markdown").judgements
    return judgement.verdict


@pytest.mark.parametrize("claim", PROVED)
def test_the_optimum_of_an_expectation_is_proved(claim: str) -> None:
    assert verdict(PROVED[claim], claim) is Verdict.PROVED


@pytest.mark.parametrize("claim", REFUTED)
def test_what_is_no_optimum_of_an_expectation_is_refuted(claim: str) -> None:
    assert verdict(REFUTED[claim], claim) is Verdict.REFUTED


@pytest.mark.parametrize("claim", HELD)
def test_what_would_put_a_random_point_under_an_expectation_is_not_proved(claim: str) -> None:
    assert verdict(NUMBERS, claim) is not Verdict.PROVED


def test_an_optimum_of_what_is_random_is_no_constant() -> None:
    """ŵ = argmin_w (w - y)² is y: E[ŵ] is no ŵ."""
    text = NUMBERS + "\nLet $\\hat w = \\arg\\min_w (w - y)^2$.\n\n$$E[\\hat w] = \\hat w$$\n"
    assert check(text, syntax="markdown").judgements[-1].verdict is not Verdict.PROVED
