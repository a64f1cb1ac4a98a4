"""Idioms of homework solutions that were misread: each in a document of a few lines."""

from __future__ import annotations

import pytest

from tests.judging.documents import REALS, Paragraph, assert_expected, cases, document, group

QUADRATIC = (
    r"Let $x_i \in \mathbb{R}^{1 \times d}$, $y_i \in \mathbb{R}$ for $i = 1, \dots, n$, and $\theta \in \mathbb{R}^d$."
)
DATA = (
    r"Let $X \in \mathbb{R}^{N \times d}$, $y \in \mathbb{R}^N$, $\beta \in \mathbb{R}^d$ and $\sigma \in \mathbb{R}$."
)

REACH = [
    document(
        "a sum reaches over the minus where its index does",
        r"Let $X \in \mathbb{R}^{n \times d}$, $y \in \mathbb{R}^n$.",
        (r"$$\sum_i X_{i1} y_i - y_i^2 = \sum_i (X_{i1} y_i - y_i^2)$$", "not refuted"),
    ),
    document(
        "a sum over two terms",
        r"Let $u, v \in \mathbb{R}^n$.",
        (r"$$\sum_i u_i (u_i - v_i) = \sum_i u_i^2 - u_i v_i$$", "not refuted"),
        (r"$$\sum_i u_i (u_i - v_i) = \sum_i u_i^2 + u_i v_i$$", "not proved"),
    ),
]

DIMENSIONS = [
    document(
        "dimensions that are used as numbers",
        DATA,
        (r"$$\frac{N - d}{N} \sigma^2 = \sigma^2 - \frac{d}{N} \sigma^2$$", "proved"),
        (r"$$\frac{1}{N} y^T y = \frac{y^T y}{N}$$", "proved"),
        (r"$$\operatorname{tr}(I_N) = N$$", "not refuted"),
        (r"$$N > 0$$", "not refuted"),
        (r"$$N \sigma^2 = d \sigma^2$$", "not proved"),
    ),
    document(
        "a dimension in running text",
        r"Let $x \in \mathbb{R}^n$.",
        (r"Therefore $\frac{1}{n} x^T x = x^T x / n$.", "proved"),
        (r"Therefore $\frac{1}{n} x^T x = x^T x$.", "not proved"),
    ),
]

CHAINS = [
    document(
        "a chain whose last row is an implication",
        REALS,
        (
            "$$\\begin{aligned} a + b &= b + a \\\\ &= b + a + 0 \\\\ \\implies 2(a + b) &= 2b + 2a \\end{aligned}$$",
            "not refuted",
        ),
    ),
    document(
        "therefore before a relation",
        REALS,
        (r"$$a + b = b + a$$", "proved"),
        (r"$$\therefore = a + b$$", "not refuted"),
    ),
    document(
        "a remark in brackets does not become the chain",
        REALS,
        (r"$$(a + b)^2 = a^2 + 2ab + b^2$$", "proved"),
        r"(We know that $2 a b \le a^2 + b^2$.)",
        (r"$$= (b + a)^2$$", "not refuted"),
    ),
]

SYMBOLS = [
    document(
        "an entry in square brackets",
        r"Let $x, y \in \mathbb{R}^n$ and $A \in \mathbb{R}^{n \times n}$. Let $y = A x$.",
        (r"$$y[i] = \sum_j A_{ij} x_j$$", "not refuted"),
        (r"$$x[i] + x[i] = 2 x[i]$$", "not refuted"),
        (r"$$x[i] = i x$$", "not proved"),
    ),
    group(
        "item numbers are no factors",
        REALS,
        {
            r"(i)\ a + b = b + a": "not refuted",
            r"(ii)\ a + b = a b": "not proved",
            r"(iii)\quad ab = ba": "not refuted",
        },
    ),
    document(
        "a step that is one symbol",
        REALS,
        (r"$$\Delta a + \Delta b = \Delta (a + b)$$", "open"),
        (r"$$\Delta a\, b = a\, \Delta b$$", "open"),
    ),
    document(
        "a minus sign that was lost",
        r"Let $y \in \mathbb{R}$.",
        (r"$$(1 y) = 1 - y$$", "not proved"),
    ),
    document(
        "the identity may be said after it is used",
        "```given\nX \\in \\mathbb{R}^{N \\times d}, rank X = d\nB := X (X^T X)^{-1} X^T - I\nI is the identity\n```",
        (r"$$B X = 0$$", "not refuted"),
        (r"$$B X = X$$", "not proved"),
        (r"$$B^T = B$$", "not refuted"),
    ),
    document(
        "a bold zero below a vector",
        r"Let $y \in \mathbb{R}^n$.",
        (
            r"$$2 \begin{bmatrix} y \\ \mathbf{0} \end{bmatrix} = \begin{bmatrix} 2y \\ \mathbf{0} \end{bmatrix}$$",
            "not refuted",
        ),
    ),
    document(
        "a probability is not applied twice",
        r"Let $a, b \in \mathbb{R}$.",
        (r"$$P(a + b) = P(b + a)$$", "not refuted"),
        (r"$$P(a) = P(P(a))$$", "not proved"),
    ),
]

SCOPES = [
    document(
        "headings of cases are no claims",
        REALS,
        ("(i) $a > 0$ and $b > 0$. Then $ab > 0$.", "not refuted"),
        ("(ii) $a < 0$ and $b < 0$. Then $ab > 0$.", "not refuted"),
    ),
    document(
        "when governs its sentence only",
        REALS,
        "When $a = 0$, we have $ab = 0$.",
        "When $a = 1$, we have",
        (r"$$ab = b$$", "not refuted"),
        "In general,",
        (r"$$ab = 0$$", "not proved"),
        (r"$$ab = ba$$", "proved"),
    ),
    document(
        "doubt is no condition",
        REALS,
        r"I am not sure whether $b > 0$ or $b < 0$.",
        (r"$$|b| = b$$", "not proved"),
        (r"$$|b|^2 = b^2$$", "proved"),
    ),
    document(
        "a result that was computed is no condition",
        REALS,
        r"Let $s := a + b$. Using this, we can write",
        (r"$$s^2 = a^2 + b^2$$", "not proved"),
        "and",
        (r"$$s^2 - a^2 - b^2 = 0$$", "not proved"),
        (r"$$s^2 - a^2 - b^2 = 2ab$$", "not refuted"),
    ),
    document(
        "a caption is no claim about everything",
        r"Let $\alpha \in \mathbb{R}$.",
        (r"$$(\alpha + 1)^2 = \alpha^2 + 2 \alpha + 1$$", "proved"),
        (r"Figure 2: the curve corresponding to $\alpha = 4$.", "given | open"),
        (r"$$\alpha^2 = 16$$", "not proved"),
    ),
    document(
        "a premise in words",
        r"Let $\eta, \sigma \in \mathbb{R}$.",
        r"If the recurrence is stable, then $|1 - 2 \eta \sigma^2|$ is less than $1$. So",
        (r"$$-1 < 1 - 2 \eta \sigma^2 < 1$$", "not refuted"),
    ),
]

OPTIMA = [
    document(
        "the objective of a minimum is the whole product",
        DATA,
        (r"$$\min_\beta (y - X\beta)^T (y - X\beta) = \min_\beta \|y - X\beta\|^2$$", "not refuted"),
        (
            r"$$\underset{\beta}{\text{argmin}} (y - X\beta)^T (y - X\beta) = \argmin_\beta \|y - X\beta\|^2$$",
            "not refuted",
        ),
        (r"$$\min_\beta (y - X\beta)^T (y - X\beta) = \min_\beta \|X\beta\|^2$$", "not proved"),
    ),
]


@pytest.mark.parametrize("paragraphs", cases(*REACH, *DIMENSIONS, *CHAINS, *SYMBOLS, *SCOPES, *OPTIMA))
def test_homework_is_read(paragraphs: tuple[Paragraph, ...]) -> None:
    assert_expected(paragraphs)
