"""Expectations in documents: true steps of homework about noise, and the slips near them. No verdict samples."""

from __future__ import annotations

import pytest

from verifier import check

NOISE = r"""
X \in \mathbb{R}^{N \times d}, \operatorname{rank} X = d
\epsilon \in \mathbb{R}^N
\sigma > 0
I is the identity
\mathbb{E}[\epsilon] = 0, \operatorname{Cov}[\epsilon] = \sigma^2 I
H := X (X^T X)^{-1} X^T
B := H - I
"""
INSTANCE = r"""
X, M \in \mathbb{R}^{m \times d}
w \in \mathbb{R}^d, y \in \mathbb{R}^m, \sigma > 0
M_{ij} \sim \mathcal{N}(0, \sigma^2) i.i.d.
"""
DESCENT = r"""
x, \eta, y \in \mathbb{R}, \sigma > 0
w_t, N_t \in \mathbb{R}
w_{t+1} = w_t - \eta (x + N_t)((x + N_t) w_t - y)
\mathbb{E}[N_t] = 0, \operatorname{Var}(N_t) = \sigma^2
w_t and N_t are independent
"""
DROPOUT = r"""
n dimension
k \in \{1, \dots, n\}
i \in \{1, \dots, n\}
w, x \in \mathbb{R}^n
y, \sigma \in \mathbb{R}
\delta_k \in \mathbb{R}
\mathbb{E}[\delta_k] = 1, \operatorname{Var}(\delta_k) = \sigma^2
\delta_k are i.i.d.
J := (y - \sum_{k=1}^n \delta_k w_k x_k)^2
P := (y - \sum_{k=1}^n w_k x_k)^2
"""
SQUARES = r"""
X \in \mathbb{R}^{N \times d}, \beta \in \mathbb{R}^d
\epsilon \in \mathbb{R}^N
\Sigma \in \mathbb{R}^{N \times N}
\Sigma \succ 0
\mathbb{E}[\epsilon] = 0, \operatorname{Cov}[\epsilon] = \Sigma
y := X \beta + \epsilon
A := (X^T \Sigma^{-1} X)^{-1} X^T \Sigma^{-1}
G := (X^T X)^{-1} X^T
"""
MASK = r"""
p \in \mathbb{R}
b \in \mathbb{R}
b \sim \text{Bernoulli}(p)
"""
PAIR = "f: \\mathbb{R} \\to \\mathbb{R}\nx, y \\in \\mathbb{R}\nx and y are random\n"
APART = PAIR + "x is independent of y\n"
SPREAD = "x, \\sigma \\in \\mathbb{R}\n\\mathbb{E}[x] = 0, \\operatorname{Var}(x) = \\sigma^2\n"
GAUSSIAN = "x, \\sigma \\in \\mathbb{R}\nx \\sim \\mathcal{N}(0, \\sigma^2)\n"
VECTOR = "x, \\mu \\in \\mathbb{R}^n\n\\mathbb{E}[x] = \\mu\n"

PROVED = [
    (NOISE, r"\frac{1}{N} \mathbb{E}[\|B \epsilon\|_2^2] = \frac{1}{N} \mathbb{E}[\epsilon^T B^T B \epsilon]"),
    (NOISE, r"\mathbb{E}[\epsilon^T B^T B \epsilon] = \mathbb{E}[\operatorname{tr}(B^T B \epsilon \epsilon^T)]"),
    (NOISE, r"\mathbb{E}[\operatorname{tr}(B^T B \epsilon \epsilon^T)] = \sigma^2 \operatorname{tr}(B^T B)"),
    (NOISE, r"\frac{1}{N} \mathbb{E}[\|B \epsilon\|_2^2] = \frac{N - d}{N} \sigma^2"),
    (INSTANCE, r"\mathbb{E}[\|(X + M) w - y\|^2] = \|X w - y\|^2 + m \sigma^2 \|w\|^2"),
    (INSTANCE, r"\mathbb{E}[2 (X w - y)^T M w] = 0"),
    (DESCENT, r"E[w_{t+1}] = E[w_t] - \eta (x^2 E[w_t] - x y + \sigma^2 E[w_t])"),
    (DESCENT, r"E[w_{t+1}] = (1 - (\eta x^2 + \eta \sigma^2)) E[w_t] + \eta x y"),
    (DROPOUT, r"\mathbb{E}[J] = P + \sigma^2 \sum_{k=1}^n w_k^2 x_k^2"),
    (DROPOUT, r"\mathbb{E}[\frac{\partial J}{\partial w_i}] = \frac{\partial P}{\partial w_i} + 2 \sigma^2 w_i x_i^2"),
    (SQUARES, r"\operatorname{Var}(G y) = (X^T X)^{-1} X^T \Sigma X (X^T X)^{-1}"),
    (SQUARES, r"\operatorname{Var}(A y) = (X^T \Sigma^{-1} X)^{-1}"),
    (SQUARES, r"\mathbb{E}[A y] = \beta"),
    (MASK, r"\operatorname{Var}(b) = p (1 - p)"),
    (MASK, r"\mathbb{E}[b^3] = p"),
    (APART, r"\operatorname{Var}(x + y) = \operatorname{Var}(x) + \operatorname{Var}(y)"),
    (GAUSSIAN, r"\mathbb{E}[x^4] = 3 \sigma^4"),
    (SPREAD, r"\mathbb{E}[x^2] = \sigma^2"),
]
REFUTED = [
    (NOISE, r"\mathbb{E}[\operatorname{tr}(B^T B \epsilon^T \epsilon)] = \sigma^2 \operatorname{tr}(B^T B)"),
    (NOISE, r"\frac{1}{N} \mathbb{E}[\|B \epsilon\|_2^2] = \frac{d}{N} \sigma^2"),
    (INSTANCE, r"\mathbb{E}[\|(X + M) w - y\|^2] = \frac{1}{m} \|X w - y\|^2 + m \sigma^2 \|w\|^2"),
    (INSTANCE, r"\mathbb{E}[\|(X + M) w - y\|^2] = \|X w - y\|^2 + \sigma^2 \|w\|^2"),
    (DESCENT, r"E[w_{t+1}] = (1 - \eta x^2) E[w_t] + \eta x y"),
    (
        DROPOUT,
        r"\mathbb{E}[\frac{\partial J}{\partial w_i}] = \frac{\partial P}{\partial w_i} + 2 \sigma^2 w_i^2 x_i^2",
    ),
    (DROPOUT, r"\mathbb{E}[J] = J + \sigma^2 \sum_{k=1}^n w_k^2 x_k^2"),
    (SQUARES, r"\operatorname{Var}(A y) = (X^T X)^{-1} X^T \Sigma X (X^T X)^{-1}"),
    (MASK, r"\operatorname{Var}(b) = p"),
    (PAIR, r"\operatorname{Var}(x + y) = \operatorname{Var}(x) + \operatorname{Var}(y)"),
    (PAIR, r"\mathbb{E}[x y] = \mathbb{E}[x] \mathbb{E}[y]"),
    (PAIR, r"\mathbb{E}[\frac{1}{x}] = \frac{1}{\mathbb{E}[x]}"),
    (PAIR, r"\mathbb{E}[|x|] = 0"),
    (PAIR, r"\mathbb{E}[f(x)] = f(\mathbb{E}[x])"),
    (SPREAD, r"\mathbb{E}[x^4] = 3 \sigma^4"),
    (SPREAD, r"\mathbb{E}[x^3] = 0"),
    (GAUSSIAN, r"\mathbb{E}[x^4] = \sigma^4"),
    (VECTOR, r"\mathbb{E}[x x^T] = \mu \mu^T"),
]
DESCENT_ALONE = DESCENT.replace("w_t and N_t are independent\n", "")
NOT_PROVED = [
    (DESCENT_ALONE, r"E[w_{t+1}] = (1 - (\eta x^2 + \eta \sigma^2)) E[w_t] + \eta x y"),
    (SPREAD, r"\mathbb{E}[\tanh(x)] = 0"),
    (GAUSSIAN, r"\mathbb{E}[\tanh(x)] = 0"),
    (PAIR, r"\mathbb{E}[z] = z"),
    ("x, y \\in \\mathbb{R}\n", r"\mathbb{E}[x] = x"),
    (PAIR + "z is independent of\n", r"\mathbb{E}[x y] = \mathbb{E}[x] \mathbb{E}[y]"),
]


def verdicts(given: str, formula: str) -> list[str]:
    report = check(f"```given\n{given}```\n\n$${formula}$$\n", syntax="markdown")
    return [str(judgement.verdict) for judgement in report.files[0].judgements if judgement.claim.label != "chain"]


@pytest.mark.parametrize(("given", "formula"), PROVED)
def test_what_follows_is_proved(given: str, formula: str) -> None:
    assert verdicts(given, formula) == ["proved"]


@pytest.mark.parametrize(("given", "formula"), REFUTED)
def test_a_slip_is_refuted(given: str, formula: str) -> None:
    assert verdicts(given, formula) in (["refuted"], ["conditional"])


@pytest.mark.parametrize(("given", "formula"), NOT_PROVED)
def test_what_is_not_declared_is_not_used(given: str, formula: str) -> None:
    assert "proved" not in verdicts(given, formula)
