"""What is a definition or a condition, and so never judged, and what is a claim."""

from __future__ import annotations

import pytest

from tests.judging.documents import REALS, SQUARES, VECTORS, Paragraph, assert_expected, cases, document, group

ENTRIES = [
    group(
        "entries of what is declared are no new symbols",
        SQUARES,
        {
            r"x_i = x_j": "not proved",
            r"x_0 = 0": "not proved",
            r"x_{n+1} = 0": "not proved",
            r"x_1 = 0": "not proved",
            r"A_{11} = 0": "not proved",
            r"A_{ij} = A_{ji}": "not proved",
            r"A_{11} = x_1": "not proved",
            r"x_i = x_i": "proved",
            r"A_{ij} = (A^T)_{ji}": "proved",
        },
    ),
    document(
        "an entry that is claimed to be zero",
        VECTORS,
        (r"$$x_1 = 0$$", "not proved"),
        (r"$$x_1 + x_2 = x_2$$", "not proved"),
        (r"$$x_1 x_2 = 0$$", "not proved"),
        (r"$$x_1 + x_2 = x_2 + x_1$$", "proved"),
    ),
    document(
        "an entry of a matrix that is claimed to be zero",
        SQUARES,
        (r"$$A_{11} = 0$$", "not proved"),
        (r"$$A_{11} + A_{12} = A_{12}$$", "not proved"),
        (r"$$A_{11} + A_{12} = A_{12} + A_{11}$$", "proved"),
    ),
    document(
        "an entry that is claimed to be a sum",
        VECTORS,
        (r"$$x_3 = x_1 + x_2$$", "not proved"),
        (r"$$x_3 - x_1 = x_2$$", "not proved"),
    ),
    document(
        "an entry that is supposed to be zero",
        VECTORS,
        r"Suppose $x_1 = 0$.",
        (r"$$x_1 + x_2 = x_2$$", "not refuted"),
        (r"$$x_1 + x_2 = x_1$$", "not proved"),
    ),
    document(
        "an entry in a given block",
        "```given\nx \\in \\mathbb{R}^n\n```",
        (r"$$x_3 = x_1 + x_2$$", "not proved"),
        (r"$$x_3 = x_3 + 0$$", "proved"),
    ),
]

RECURRENCE = r"Suppose $w_{t+1} = a w_t$ for all $t \ge 0$, where $a \in \mathbb{R}$ and $w_t \in \mathbb{R}$."
ITERATES = (
    r"Suppose $x^{(k+1)} = c x^{(k)}$ for all $k \ge 0$, where $c \in \mathbb{R}$ and $x^{(k)} \in \mathbb{R}^n$."
)

FAMILIES = [
    group(
        "members of a family are no new symbols",
        RECURRENCE,
        {
            r"w_2 = a^3 w_0": "not proved",
            r"w_2 = a^2 w_0": "not refuted",
            r"w_1 = a w_0": "not refuted",
            r"w_{t+2} = a w_t": "not proved",
            r"w_{t+2} = a^2 w_t": "not refuted",
            r"w_{t+1} - a w_t = 0": "not refuted",
            r"\frac{\partial}{\partial a}(a^2) = 2a": "not refuted",
            r"\frac{\partial}{\partial w_t}(w_{t+1} w_t) = w_{t+1}": "not proved",
            r"\frac{\partial}{\partial w_t}(w_{t+1} + w_t) = 1": "not proved",
        },
    ),
    document(
        "a false member and what would follow from it",
        RECURRENCE,
        (r"$$w_2 = a^3 w_0$$", "not proved"),
        (r"$$\frac{w_2}{w_0} = a^3$$", "not proved"),
    ),
    group(
        "iterates are no new symbols",
        ITERATES,
        {
            r"x^{(2)} = c^3 x^{(0)}": "not proved",
            r"x^{(2)} = c^2 x^{(0)}": "not refuted",
            r"x^{(1)} = c x^{(0)}": "not refuted",
        },
    ),
]

OPERATORS = [
    document(
        "a trace that is claimed to vanish",
        SQUARES,
        (r"$$\operatorname{tr}(A) = 0$$", "not proved"),
        (r"$$\operatorname{tr}(B) = 0$$", "not proved"),
        (r"$$\operatorname{tr}(A + B) = 0$$", "not proved"),
        (r"$$\operatorname{tr}(A) - \operatorname{tr}(A) = 0$$", "proved"),
    ),
    document(
        "a determinant that is claimed to be one",
        SQUARES,
        (r"$$\det(A) = 1$$", "not proved"),
        (r"$$\det(B) = 1$$", "not proved"),
    ),
    document(
        "a spectral radius that is claimed to be small",
        SQUARES,
        (r"$$\rho(A) = 0$$", "not proved | given"),
        (r"$$\rho(B) = 0$$", "not proved"),
    ),
    group(
        "operators are no new symbols",
        SQUARES,
        {
            r"\operatorname{tr}(A) = \operatorname{tr}(A^T)": "proved",
            r"\operatorname{tr}(A) = \operatorname{tr}(B)": "not proved",
            r"\text{tr}(A) = 0": "not proved",
            r"\mathrm{tr}(A) = 0": "not proved",
            r"\operatorname{trace}(A) = 0": "not proved",
            r"\operatorname{Trace}(A) = 0": "not proved",
            r"\operatorname{rank}(A) = 2": "not proved",
            r"\operatorname{diag}(y) = \operatorname{diag}(x)": "not proved",
            r"\operatorname{diag}(x) y = x \odot y": "proved",
            r"\operatorname{Var}(a) = 0": "not proved",
            r"\arcsin(a) = a": "not proved",
            r"\operatorname{sgn}(a) = 1": "not proved",
            r"A^{-1} = B": "not proved",
            r"A^{1/2} = A": "not proved",
            r"A^H = A": "not proved",
            r"\gcd(a, b) = a": "not proved",
            r"\sin(a) = a": "refuted",
            r"\max(a, b) = a": "refuted",
            r"|a| = 1": "refuted",
            r"\|x\| = 1": "refuted",
            r"\operatorname{E}(a) = 0": "not proved",
            r"P(a) = 0": "not proved",
            r"\mathrm{vec}(A) = 0": "not proved",
            r"\ker(A) = 0": "not proved",
            r"\operatorname{range}(A) = 0": "not proved",
            r"\operatorname{span}(x) = 0": "not proved",
            r"\operatorname{erf}(a) = 1": "not proved",
            r"\lambda_{\max}(A) = 0": "not proved",
            r"\mathrm{mean}(x) = a": "not proved",
            r"A^+ = A": "not proved",
            r"A^{\dagger} = A": "not proved",
        },
    ),
]

EXPECTATIONS = [
    document(
        "an expectation in square brackets",
        REALS,
        (r"$$\mathbb{E}[a] = 0$$", "not proved"),
        (r"$$\mathbb{E}[b] = 0$$", "not proved"),
        (r"$$\mathbb{E}[a] + \mathbb{E}[b] = \mathbb{E}[b] + \mathbb{E}[a]$$", "not refuted"),
    ),
    document(
        "an expectation that is claimed to vanish",
        REALS,
        (r"$$E(a) = 0$$", "not proved"),
        (r"$$E(b) = 0$$", "not proved"),
        (r"$$E(a + b) = E(a) + E(b)$$", "not refuted"),
    ),
    document(
        "a function that is a constant at one number",
        REALS,
        r"$$g(a) = 0$$",
        (r"$$g(b) = 0$$", "not proved"),
        (r"$$g(a) = g(a) + 0$$", "not refuted"),
    ),
    document(
        "a function that is defined",
        REALS,
        r"Define $g(a) := a^2$.",
        (r"$$g(b) = b^2$$", "proved"),
        (r"$$g(b) = b$$", "refuted"),
    ),
]

CONSTANTS = [
    group(
        "constants are no new symbols",
        REALS,
        {
            r"\pi = 3": "not proved",
            r"\pi = \frac{22}{7}": "not proved",
            r"\pi + \pi = 2 \pi": "proved",
            r"\infty - \infty = 0": "not proved",
            r"\frac{\infty}{\infty} = 1": "not proved",
        },
    ),
    document("a false value of pi", REALS, (r"$$\pi = 3$$", "not proved"), (r"$$2 \pi = 6$$", "not proved")),
]

DERIVATIVES = [
    group(
        "an equation with zero that nobody sets is a claim",
        SQUARES,
        {
            r"\frac{d}{da} a^2 = 0": "not proved",
            r"\frac{d}{da} 3 = 0": "not refuted",
            r"\frac{\partial x_i}{\partial x_j} = 0": "not proved",
            r"\frac{d}{da} a^b = 0": "not proved",
            r"\frac{d}{da} b^2 = 0": "not refuted",
            r"\frac{d^2}{da^2} |a| = 0": "proved if | open",
            r"\nabla_x x^T x = 0": "not proved",
            r"\nabla_x y^T y = 0": "not refuted",
            r"\frac{\partial A_{ij}}{\partial A_{kl}} = 0": "not proved",
            r"\frac{d}{da} \operatorname{sign}(a) = 0": "proved if | open",
        },
    ),
    document(
        "an equation that is set is a condition",
        VECTORS,
        "We set the gradient to zero:",
        (r"$$\nabla_x \left(x^T x - 2 y^T x\right) = 0$$", "given"),
    ),
]

OPENINGS = [
    document(
        "a loss that is said to be something",
        r"Let $X \in \mathbb{R}^{n \times p}$, $y \in \mathbb{R}^n$, $w \in \mathbb{R}^p$. The loss is",
        r"$$L(w) = \|y - Xw\|^2$$",
        (r"$$L(w) = y^T y - 2 y^T X w + w^T X^T X w$$", "not refuted"),
        (r"$$L(w) = y^T y - y^T X w + w^T X^T X w$$", "not proved"),
    ),
    document(
        "a loss that is defined, and then multiplied out",
        r"Let $X \in \mathbb{R}^{n \times p}$, $y \in \mathbb{R}^n$, $w \in \mathbb{R}^p$. Define the loss",
        (r"$$L(w) = \|y - Xw\|^2$$", "given"),
        "Multiplied out,",
        (r"$$L(w) = y^T y - 2 y^T X w + w^T X^T X w$$", "not refuted"),
        "With a mistake,",
        (r"$$L(w) = y^T y - y^T X w + w^T X^T X w$$", "not proved"),
        (r"$$\nabla_w L(w) = 2 X^T (X w - y)$$", "not refuted"),
        (r"$$\nabla_w L(w) = 2 X^T (X w + y)$$", "not proved"),
    ),
    document(
        "a definition whose symbols are declared after it",
        r"Let $s = \sum_i x_i$, $x \in \mathbb{R}^n$.",
        (r"$$\sum_i s x_i = s^2$$", "not refuted"),
        (r"$$\sum_i s x_i = s$$", "not proved"),
    ),
    document(
        "a definition of entries whose matrix is declared after it",
        r"Let $s_i = \sum_j A_{ij}$, $A \in \mathbb{R}^{n \times n}$.",
        (r"$$\sum_i s_i = \sum_{i,j} A_{ij}$$", "not refuted"),
        (r"$$\sum_i s_i = \sum_i A_{ii}$$", "not proved"),
    ),
    document(
        "a condition that stands after the declaration",
        r"Let $c \in \mathbb{R}$ with $c = 1$.",
        (r"$$c^2 = 1$$", "not refuted"),
        (r"$$c^2 = 2$$", "not proved"),
    ),
    document(
        "a sign that stands after the declaration",
        r"Let $c \in \mathbb{R}$ with $c > 0$.",
        (r"$$|c| = c$$", "not refuted"),
        (r"$$|c| = -c$$", "not proved"),
    ),
    document(
        "a result after therefore is no definition",
        REALS,
        r"Let $s := a + b$. Therefore",
        (r"$$s = a - b$$", "not proved"),
        (r"$$s = b + a$$", "proved"),
    ),
]


@pytest.mark.parametrize(
    "paragraphs", cases(*ENTRIES, *FAMILIES, *OPERATORS, *EXPECTATIONS, *CONSTANTS, *DERIVATIVES, *OPENINGS)
)
def test_what_is_judged(paragraphs: tuple[Paragraph, ...]) -> None:
    assert_expected(paragraphs)
