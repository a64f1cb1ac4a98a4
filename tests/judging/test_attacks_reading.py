"""Formulas with a reading that everybody shares: what binds what, what is a transpose, what a bar or a power means."""

from __future__ import annotations

import pytest

from tests.judging.documents import REALS, SQUARES, VECTORS, Paragraph, assert_expected, cases, document, group

SCRIPTS = [
    group(
        "superscripts of functions",
        REALS,
        {
            r"\sin^{-1} a = \frac{1}{\sin a}": "not proved",
            r"\tan^{-1}(a) \tan(a) = 1": "not proved",
            r"(\sin a)^{-1} = \frac{1}{\sin a}": "proved if",
            r"\sin^2 a + \cos^2 a = 1": "not refuted",
            r"\sin a^2 = (\sin a)^2": "not proved",
        },
    ),
    group(
        "arguments without brackets",
        REALS,
        {
            r"\sin(a) b = b \sin a": "proved",
            r"\sin 2a = 2 \sin a \cos a": "not refuted",
            r"\log ab = b \log a": "not proved",
            r"\exp(a) b = \exp(ab)": "refuted",
        },
    ),
    group(
        "powers of numbers",
        REALS,
        {
            r"a^{2^3} = a^8": "proved",
            r"a^{2^3} = a^6": "refuted",
            r"a^{1/2 + 1/2} = a": "proved",
            r"a^{2 \cdot 3} = a^6": "proved",
            r"a^{1+1} = a^2": "proved",
        },
    ),
    group(
        "entries of a transpose or an inverse",
        SQUARES,
        {
            r"(A^T)_{ij} = A_{ji}": "proved",
            r"A^T_{ij} = A_{ji}": "not refuted",
            r"A^T_{ij} = A_{ij}": "not proved",
            r"A_{ij}^T = A_{ji}": "not refuted",
            r"\sum_j A^T_{ij} x_j = \sum_j A_{ji} x_j": "not refuted",
            r"A^{-1}_{ij} = \frac{1}{A_{ij}}": "not proved",
            r"A^{-1}_{ij} = (A^{-1})_{ij}": "not refuted",
        },
    ),
    group(
        "a prime",
        SQUARES,
        {
            r"A' = A": "not proved",
            r"(A B)' = A' B'": "not proved",
            r"(A B)' = B' A'": "not refuted",
            r"(fg)' = f g'": "not proved",
            r"(uv)' = v u'": "not proved",
            r"(fg)' = f' g + f g'": "not refuted",
        },
    ),
    group(
        "functions that nobody declares",
        REALS,
        {
            r"f^2(a) = f(f(a))": "not proved",
            r"f^{-1}(f(a)) = a": "open",
            r"f(a + b) = f(b + a)": "not refuted",
            r"f(a + b) = f(a) + f(b)": "not proved",
        },
    ),
]

BINDERS = [
    group(
        "sums over two indices",
        SQUARES,
        {
            r"\left(\sum_i x_i\right)^2 = \sum_i x_i^2 + \sum_{i<j} x_i x_j": "not proved",
            r"\sum_{i<j} A_{ij} = \sum_{i>j} A_{ij}": "not proved",
            r"\sum_{i \le j} x_i x_j = \sum_{i < j} x_i x_j": "not proved",
            r"\sum_{i,j} x_i A_{ij} x_j = x^T A x": "proved",
            r"\sum_{k \ne i} x_k + x_i = \sum_{k=1}^n x_k": "not refuted",
            r"\sum_{k \ne i} x_k = \sum_{k=1}^n x_k": "not proved",
            r"\left(\sum_i x_i\right)^2 = \sum_i x_i^2 + 2\sum_{i<j} x_i x_j": "not refuted",
            r"\sum_{i \ne j} x_i x_j = \sum_i \sum_{j \ne i} x_i x_j": "not refuted",
            r"\sum_{i<j} A_{ij} = \sum_{i>j} A_{ji}": "not refuted",
        },
    ),
    group(
        "how far a sum or a product reaches",
        VECTORS,
        {
            r"\prod_i x_i y_i = \prod_i x_i \prod_i y_i": "not refuted",
            r"\prod_i 2 x_i = 2 \prod_i x_i": "not proved",
            r"\sum_i x_i y_i = \sum_i x_i \sum_i y_i": "not proved",
            r"\sum_i x_i + y_i = \sum_i x_i + \sum_i y_i": "not refuted",
            r"\sum_i (x_i + y_i) = \sum_i x_i + \sum_i y_i": "proved",
            r"\sum_i a x_i - y_i = a \sum_i x_i - \sum_i y_i": "not refuted",
        },
    ),
    group(
        "sums whose range nobody declares",
        REALS,
        {
            r"\sum_k a = \sum_k a": "not refuted",
            r"\sum_k ab = a \sum_k b": "not refuted",
            r"\sum_k a = a": "not proved",
            r"\sum_i \sum_j 1 = \sum_j \sum_i 1": "not refuted",
        },
    ),
    group(
        "sums over some entries",
        VECTORS,
        {
            r"\sum_{i=1}^3 x_i = x_1 + x_2 + x_3": "not refuted",
            r"\sum_{i=1}^3 x_i = x_1 + x_2": "not proved",
        },
    ),
    group(
        "an index that is declared as a number",
        r"Let $i \in \mathbb{R}$.",
        {
            r"\sum_{i=1}^3 i = 3i": "not proved",
            r"\sum_{i=1}^3 i = 6": "not refuted",
            r"\prod_{i=1}^3 i = i^3": "not proved",
            r"\prod_{i=1}^3 i = 6": "not refuted",
            r"i + i = 2i": "proved",
        },
    ),
    group(
        "the size of a vector of ones",
        VECTORS,
        {
            r"\mathbf{1}^T \mathbf{1} = n": "not refuted",
            r"\mathbf{1}^T x = \sum_i x_i": "not refuted",
            r"\mathbf{1}^T x = x": "not proved",
            r"\frac{1}{n} \mathbf{1}^T \mathbf{1} = 1": "not refuted",
            r"\mathbf{1} \mathbf{1}^T \mathbf{1} = n \mathbf{1}": "not refuted",
            r"\mathbf{1}^T \mathbf{1} = 1": "not proved",
            r"\frac{1}{n} x^T x = \frac{x^T x}{n}": "proved",
        },
    ),
    group(
        "zero takes the shape it stands in",
        SQUARES,
        {
            r"x + 0 = x": "not refuted",
            r"x + 0 = 2x": "not proved",
            r"A + 0 = A": "not refuted",
            r"x - x = 0": "proved",
            r"A x - 0 = A x": "not refuted",
        },
    ),
]

MATRICES = [
    group(
        "functions of square matrices",
        SQUARES,
        {
            r"e^{A+B} = e^A \odot e^B": "not proved",
            r"\exp(A)_{ij} = \exp(A_{ij})": "not proved",
            r"\exp(A + B) = \exp(A) \odot \exp(B)": "not proved",
            r"\sqrt{A} \odot \sqrt{A} = A": "not proved",
            r"\log(A)_{ij} = \log(A_{ij})": "not proved",
            r"\exp(x + y) = \exp(x) \odot \exp(y)": "not refuted",
            r"\exp(x + y) = \exp(x) + \exp(y)": "not proved",
        },
    ),
    group(
        "functions of the entries of a matrix",
        r"Let $A, B \in \mathbb{R}^{n \times n}$.",
        {
            r"\exp^{\odot}(A + B) = \exp^{\odot}(A) \odot \exp^{\odot}(B)": "proved",
            r"\exp^{\odot}(A)_{ij} = \exp(A_{ij})": "proved",
        },
    ),
    group(
        "determinants between bars",
        SQUARES,
        {
            r"|cA| = c^n |A|": "not refuted",
            r"|cA| = c |A|": "not proved",
            r"|AB| = |A| |B|": "not refuted",
            r"|A + B| = |A| + |B|": "not proved",
            r"|I - \frac12 A| < 1": "not proved",
        },
    ),
    group(
        "the dot between vectors",
        SQUARES,
        {
            r"x \cdot A y = x^T A y": "not refuted",
            r"A x \cdot y = x \cdot A^T y": "not refuted",
            r"x \cdot A y = y^T A x": "not proved",
            r"x \cdot y = y \cdot x": "proved",
            r"2 \cdot A x = A x + A x": "proved",
        },
    ),
    group(
        "rows of numbers",
        REALS,
        {
            r"[a, b][c, d]^T = ac + bd": "not refuted",
            r"\begin{bmatrix} a & b \end{bmatrix} \begin{bmatrix} c \\ d \end{bmatrix} = ac + bd": "proved",
        },
    ),
    group(
        "the identity that nobody declares",
        SQUARES,
        {
            r"(I - A) x = x - A x": "not refuted",
            r"(I - A) x = x + A x": "not proved",
            r"A^{-1} A = I": "not refuted",
        },
    ),
    document(
        "an inverse that is declared",
        r"Let $A, B \in \mathbb{R}^{n \times n}$ be invertible.",
        (r"$$(A^{-1})^T = (A^T)^{-1}$$", "not refuted"),
        (r"$$(A B)^{-1} = B^{-1} A^{-1}$$", "not refuted"),
        (r"$$(A B)^{-1} = A^{-1} B^{-1}$$", "refuted"),
    ),
]

CALCULUS = [
    group(
        "rows of numbers",
        REALS,
        {
            r"[a\ b][c\ d]^T = ac + bd": "not refuted",
            r"[a\ b][c\ d]^T = abcd": "not proved",
            r"[a, b][c, d]^T = ac + bd": "proved",
        },
    ),
    document(
        "a recurrence of what nobody declares",
        r"Let $a \in \mathbb{R}$. Suppose $w_{t+1} = a w_t$ for all $t \ge 0$.",
        (r"$$w_2 = a^3 w_0$$", "not proved"),
        (r"$$w_2 = a^2 w_0$$", "not refuted"),
    ),
    group(
        "how far a gradient reaches",
        SQUARES,
        {
            r"\nabla_x \frac12 \|A x - y\|^2 = A^T (A x - y)": "not refuted",
            r"\nabla_x \frac12 \|A x - y\|^2 = A (A x - y)": "not proved",
            r"\nabla_x 2 x^T y = 2 y": "not refuted",
            r"\nabla_x 2 x^T y = y": "not proved",
            r"\nabla_x \left(\tfrac{1}{2} x^T x + y^T x\right) = x + y": "not refuted",
        },
    ),
    group(
        "a derivative at a point",
        r"Let $w \in \mathbb{R}^n$. Let $L(w) = w^T w$.",
        {
            r"\nabla L(w) = 2w": "not refuted",
            r"\nabla L(2w) = 4w": "not refuted",
            r"\nabla L(2w) = 2w": "not proved",
            r"\frac{\partial L}{\partial w}(2w) = 2w": "not proved",
        },
    ),
    group(
        "differentials",
        VECTORS,
        {
            r"\mathrm{d}(x^T x) = x^T \mathrm{d}x": "not proved",
            r"\delta(ab) = a\,\delta b": "not proved",
            r"\Delta(ab) = a \Delta b": "not proved",
        },
    ),
    group(
        "differentials where d is no number",
        r"Let $a, b \in \mathbb{R}$ and $x \in \mathbb{R}^n$.",
        {
            r"d(a^2) = a\,da": "not proved",
            r"d(ab) = a\,db": "not proved",
            r"d(ab) = b\,da": "not proved",
            r"da^2 = a\,da": "not proved",
            r"d(x^T x) = x^T dx": "not proved",
            r"d(a^2) = 2a\,da": "not refuted",
            r"d(ab) = b\,da + a\,db": "not refuted",
            r"d(x^T x) = 2x^T dx": "not refuted",
        },
    ),
    group(
        "a layout that nobody declares",
        SQUARES,
        {
            r"\frac{\partial \log|\det A|}{\partial A} = A^{-T}": "not refuted | other-layout",
            r"\frac{\partial \log|\det A|}{\partial A} = A": "not proved",
            r"\frac{\partial x^T A x}{\partial x} = (A + A^T) x": "not refuted | other-layout",
            r"\frac{\partial x^T A x}{\partial x} = 2 A x": "not proved",
            r"\frac{\partial \operatorname{tr}(A B)}{\partial A} = B^T": "not refuted | other-layout",
        },
    ),
]

MACROS = [
    document(
        "a macro of the document",
        r"\newcommand{\one}{1}",
        (r"$$\one + \one = 2$$", "proved"),
        (r"$$\one + \one = 3$$", "refuted"),
    ),
    document(
        "a macro does not hold before it stands",
        r"\newcommand{\one}{1}",
        (r"$$\one + \one = 4$$", "not proved"),
        r"\renewcommand{\one}{2}",
    ),
]


@pytest.mark.parametrize("paragraphs", cases(*SCRIPTS, *BINDERS, *MATRICES, *CALCULUS, *MACROS))
def test_what_a_formula_means(paragraphs: tuple[Paragraph, ...]) -> None:
    assert_expected(paragraphs)
