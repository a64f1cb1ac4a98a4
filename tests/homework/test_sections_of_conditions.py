"""What sections of the seeds say in words, or beside a formula, written out: rates, eigenvalues, divergence."""

from __future__ import annotations

import pytest

from tests.judging.documents import Paragraph, assert_expected, cases, document

TWO = r"""```given
\eta, \sigma_l, \sigma_s \in \mathbb{R}
\sigma_l > \sigma_s
\sigma_s > 0
```"""
BOTH = r"|1 - 2\eta\sigma_l^2|, |1 - 2\eta\sigma_s^2|"
MOMENTUM = r"""```given
\eta, \beta, \sigma, \lambda \in \mathbb{R}
```"""
DISCRIMINANT = r"\beta^2(2\eta\sigma^2 - 1)^2 - 8\eta(1 - \beta)\beta\sigma^2"
CHARACTERISTIC = r"\lambda^2 - (2 - \beta - 2\eta\beta\sigma^2) \lambda + 1 - \beta"
SQUARE = r"""```given
\theta^{(k)} \in \mathbb{R}
k index
\alpha > 2
\theta^{(k+1)} = (1 - \alpha) \theta^{(k)}
```"""
DOCUMENTS = [
    document(
        "001 §1(d): the slower of two rates is the maximum, not the minimum",
        TWO,
        (rf"$$\max\{{{BOTH}\}} < 1 \iff 0 < \eta < \frac{{1}}{{\sigma_l^2}}$$", "proved"),
        (rf"$$\min\{{{BOTH}\}} < 1 \iff 0 < \eta < \frac{{1}}{{\sigma_l^2}}$$", "refuted"),
        (rf"$$\min\{{{BOTH}\}} \geq |1 - 2\eta\sigma_l^2|$$", "refuted"),
    ),
    document(
        "001 §1(e): the fastest overall convergence",
        TWO,
        (
            r"If $\eta > 0$ and $|1 - 2\eta\sigma_l^2| = |1 - 2\eta\sigma_s^2|$,"
            r" then $\eta = \frac{1}{\sigma_s^2 + \sigma_l^2}$.",
            "proved",
        ),
        (
            r"If $|1 - 2\eta\sigma_l^2| = |1 - 2\eta\sigma_s^2|$, then $\eta = \frac{1}{\sigma_s^2 + \sigma_l^2}$.",
            "refuted",
        ),
        (
            rf"$$\max\{{{BOTH}\}} \geq \frac{{\sigma_l^2 - \sigma_s^2}}{{\sigma_l^2 + \sigma_s^2}}$$",
            "proved",
        ),
        (
            rf"When $\eta = \frac{{1}}{{\sigma_s^2 + \sigma_l^2}}$,"
            rf" $\max\{{{BOTH}\}} = \frac{{\sigma_l^2 - \sigma_s^2}}{{\sigma_l^2 + \sigma_s^2}}$.",
            "proved",
        ),
    ),
    document(
        "001 §2(c): the characteristic polynomial",
        MOMENTUM,
        (
            rf"$$(1 - \beta - \lambda)(1 - 2\eta\beta\sigma^2 - \lambda) + 2\beta\sigma^2 \eta(1 - \beta)"
            rf" = {CHARACTERISTIC}$$",
            "proved",
        ),
        (
            rf"$${CHARACTERISTIC} = (\lambda - \frac{{2 - \beta - 2\eta\beta\sigma^2}}{{2}})^2"
            rf" - \frac{{{DISCRIMINANT}}}{{4}}$$",
            "proved",
        ),
    ),
    document(
        "001 §2(c): complex, repeated and real eigenvalues",
        MOMENTUM,
        (rf"If ${DISCRIMINANT} < 0$, then ${CHARACTERISTIC} > 0$.", "proved"),
        (
            rf"If ${DISCRIMINANT} = 0$ and ${CHARACTERISTIC} = 0$,"
            r" then $\lambda = \frac{2 - \beta - 2\eta\beta\sigma^2}{2}$.",
            "proved",
        ),
        (rf"If ${DISCRIMINANT} > 0$, then ${CHARACTERISTIC} > 0$.", "refuted"),
        (
            rf"If ${DISCRIMINANT} > 0$ and $\lambda = \frac{{2 - \beta - 2\eta\beta\sigma^2"
            rf" + \sqrt{{{DISCRIMINANT}}}}}{{2}}$, then ${CHARACTERISTIC} = 0$.",
            "proved",
        ),
    ),
    document(
        "002 §2: divergence, if it does not start at the minimum",
        SQUARE,
        r"Suppose $\theta^{(0)} \neq 0$.",
        (r"$$|\theta^{(k)}| \to \infty$$", "proved"),
    ),
    document("002 §2: nothing diverges from the minimum", SQUARE, (r"$$|\theta^{(k)}| \to \infty$$", "conditional")),
    document(
        "002 §3: the largest eigenvalue makes it diverge",
        r"Let $\alpha, \sigma \in \mathbb{R}$.",
        (r"If $\alpha > 2 / \sigma^2$, then $|1 - \alpha \sigma^2| > 1$.", "proved if"),
        (r"If $\alpha > 1 / \sigma^2$, then $|1 - \alpha \sigma^2| > 1$.", "refuted"),
    ),
    document(
        "002 §3: what diverges is the part along v₁, if there is one",
        "```given\n\\alpha, \\sigma, u^{(k)} \\in \\mathbb{R}\nk index\n\\sigma \\neq 0\n"
        r"u^{(k+1)} = (1 - \alpha \sigma^2) u^{(k)}"
        "\n```",
        (r"If $\alpha > 2 / \sigma^2$, then $|u^{(k)}| \to \infty$.", "conditional"),
        (r"If $0 < \alpha < 2 / \sigma^2$, then $u^{(k)} \to 0$.", "proved"),
        (r"If $0 < \alpha < 3 / \sigma^2$, then $u^{(k)} \to 0$.", "refuted"),
    ),
    document(
        "002 §3: nothing diverges from the minimum",
        "```given\nX \\in \\mathbb{R}^{N \\times p}, v, \\zeta^{(k)} \\in \\mathbb{R}^p\n"
        "\\alpha, \\sigma \\in \\mathbb{R}\n"
        "k index\nI is the identity\nX^T X v = \\sigma^2 v\n\\sigma \\neq 0\n"
        r"\zeta^{(k+1)} = (I - \alpha X^T X) \zeta^{(k)}"
        "\n```",
        (r"If $\alpha > 2 / \sigma^2$, then $\zeta^{(k)} \to \infty$.", "conditional"),
    ),
    document(
        "002 §3: what is not orthogonal to v₁ diverges",
        "```given\nX \\in \\mathbb{R}^{N \\times p}, v, \\zeta^{(k)} \\in \\mathbb{R}^p\n"
        "\\alpha, \\sigma \\in \\mathbb{R}\n"
        "k index\nI is the identity\nX^T X v = \\sigma^2 v\n\\sigma \\neq 0\n"
        r"\zeta^{(k+1)} = (I - \alpha X^T X) \zeta^{(k)}"
        "\n```",
        r"Suppose $v^T \zeta^{(0)} \neq 0$.",
        (r"If $\alpha > 2 / \sigma^2$, then $\zeta^{(k)} \to \infty$.", "proved"),
    ),
    document(
        "003 §5.3: all eigenvalues",
        r"Let $\epsilon > 0$, $\mu > 0$ and $\lambda \geq \mu$.",
        (r"If $\epsilon < 2 / \lambda$, then $|1 - \epsilon \mu| < 1$.", "proved"),
        (r"If $\epsilon < 2 / \mu$, then $|1 - \epsilon \lambda| < 1$.", "refuted"),
    ),
]


@pytest.mark.parametrize("paragraphs", cases(*DOCUMENTS))
def test_what_a_section_says_in_words(paragraphs: tuple[Paragraph, ...]) -> None:
    assert_expected(paragraphs)
