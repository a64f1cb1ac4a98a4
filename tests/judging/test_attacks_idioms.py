"""Idioms that a careful reader takes in one way, with their neighbours: what they must not be taken for."""

from __future__ import annotations

import pytest

from tests.judging.documents import (
    REALS,
    SQUARES,
    Paragraph,
    assert_expected,
    cases,
    document,
    group,
    verdicts_of_paragraphs,
)

LETTERS = [
    group(
        "macros that nobody shows",
        "Nothing is declared.",
        {
            r"\bX (\bX + \bX) = 2 \bX \bX": "proved",
            r"\Xbf \bw - \Xbf \bw = 0 \cdot \Xbf \bw": "not refuted",
            r"\va^T \va = \va \va^T": "not proved",
            r"x^\T y = y^\T x": "not refuted",
            r"A \T B = B A \T": "unread",
            r"x \T y = y \T x": "unread",
            r"a \ob b = b \ob a": "unread",
            r"a \op b = b \op a": "unread",
            r"A \ot B = B \ot A": "unread",
            r"\bs a b = a \bs b": "unread",
            r"\pd\phi\,(a\phi) = a\phi\,\pd\phi": "unread",
            r"a \xR = \xR a": "unread",
            r"\mat a = a": "not proved",
            r"\bX + 1 = X + 1": "not proved",
        },
    ),
    document(
        "a macro is not the letter that it is named after",
        r"Let $x \in \mathbb{R}$.",
        (r"$$\bx + x = 2 x$$", "not proved"),
        (r"$$\bx + x = 3 x + \bx$$", "not proved"),
    ),
]

EVALUATION = [
    group(
        "a bar with a subscript",
        REALS,
        {
            r"(a + b)^2|_{b = 1} = (a + 1)^2": "proved",
            r"\frac{d}{da} a^2 \Big|_{a = 3} = 6": "proved",
            r"\frac{d}{da} a^2 \Big|_{a = 3} = 2 a": "not proved",
            r"a \sin(a)|_{a = 0} = a \sin(0)": "not proved",
            r"a \sin(a)|_{a = 0} = 0": "not refuted",
            r"\left. a \sin(a) \right|_{a = 0} = 0": "not refuted",
            r"b \sin(a)|_{a = 0} = b \sin(0)": "proved",
            r"|a|_{a = 2} = 2": "not refuted",
            r"|a|_{a = -2} = a": "not proved",
            r"|a + b|_{b = 1}| = |a + 1|": "open",
        },
    ),
]

WORDS = [
    group(
        "functions in text",
        REALS,
        {
            r"\text{exp}\, a^2 = \exp(a^2)": "proved",
            r"\text{log} ab = b \,\text{log} a": "not proved",
            r"\text{sin} 2a = 2 \text{sin} a": "not proved",
            r"a + b = b + a \text{ log}": "proved",
            r"a = b \quad \text{det}": "not proved",
        },
    ),
]

LAYERS = [
    group(
        "labels above in brackets",
        "Nothing is declared.",
        {
            r"W^{[2]} a^{[1]} + W^{[2]} a^{[1]} = 2 W^{[2]} a^{[1]}": "proved",
            r"W^{[2]} a = W^{(2)} a": "not proved",
            r"a^{[2]} + 1 = a^2 + 1": "not proved",
            r"a^{[2]} a^{[3]} = a^{[5]} + 0": "not proved",
            r"\frac{\partial}{\partial a^{[2]}} (a^{[1]} a^{[2]}) = a^{[1]}": "proved",
            r"\frac{\partial}{\partial a^{[2]}} (a^{[2]})^2 = 2 a": "not proved",
            r"\sum_j W^{[1]}_{ij} x_j = (W^{[1]} x)_i": "not refuted",
        },
    ),
    group(
        "rows and columns by a colon",
        SQUARES,
        {
            r"(A B)_{i:} = A_{i:} B": "proved",
            r"(A B)_{:j} = A B_{:j}": "proved",
            r"A_{i:} x = (A x)_i": "proved",
            r"A_{:i} = A_{i:}": "not proved",
            r"A_{:i} = A_{i:}^T": "not proved",
        },
    ),
]

CASES = [
    group(
        "cases that leave the rest open",
        REALS,
        {
            r"\begin{cases} a & c = 0 \\ b & c = 1 \end{cases} = \begin{cases} a & c = 0 \\ b & c = 1 \end{cases}": (
                "proved"
            ),
            r"\begin{cases} a & c = 0 \\ b & c = 1 \end{cases} = a": "not proved",
            r"\begin{cases} a & c = 0 \\ b & c = 1 \end{cases} = a (1 - c) + b c": "open",
            r"\begin{cases} a & c = 0 \\ b & c = 1 \end{cases} = a c + b (1 - c)": "not proved",
            r"\begin{cases} a & c = 0 \end{cases} = \begin{cases} a & c = 1 \end{cases}": "not proved",
            r"\begin{cases} a & c = 0 \end{cases} = \begin{cases} b & c = 0 \end{cases}": "not proved",
            r"\begin{cases} a & c > 0 \\ -a & c < 0 \end{cases} = 0": "not proved",
        },
    ),
    document(
        "a function that is not defined everywhere",
        r"Let $a \in \mathbb{R}$. Let $f(a) = \begin{cases} 1 & a = 0 \\ 0 & a = 1 \end{cases}$.",
        (r"Then $$f(a) = 1 - a$$", "open"),
        (r"Then $$f(0) = 1$$", "not refuted"),
        (r"Then $$f(0) = 0$$", "not proved"),
        (r"Then $$f(2) = f(3)$$", "not refuted"),
    ),
]

GUESSES = [
    group(
        "the kind of what is transposed",
        "Nothing is declared.",
        {
            r"(x - \mu)^T (x - \mu) = \|x - \mu\|^2": "proved",
            r"(x - \mu)^T (x - \mu) = (x - \mu)(x - \mu)^T": "not proved",
            r"\nabla_A \operatorname{tr}(A B) = B": "not proved",
            r"\nabla_A (x^T A y) = x y^T": "not refuted",
            r"a_{1n} + b = a n + b": "not proved",
        },
    ),
    group(
        "a letter that only ever stands before brackets is a function",
        "Nothing is declared.",
        {
            r"(\phi(x + y))^T z = (\phi(x) + \phi(y))^T z": "not proved",
            r"h(x + y)^T A = h(x)^T A + h(y)^T A": "not proved",
            r"g(A + B) C = g(A) C + g(B) C": "not proved",
            r"\phi(x)^T z = z^T \phi(x)": "not refuted",
            r"\sigma^2 (a + b) = \sigma^2 a + \sigma^2 b": "proved",
        },
    ),
    group(
        "sizes of identities, and letters that count and limit",
        "Nothing is declared.",
        {
            r"(X^T X + a I_d)(X^T X + a I_d)^{-1} + B = I_d + B": "not refuted",
            r"\operatorname{tr}(I_d) = d": "not refuted",
            r"\operatorname{tr}(I_d) = d + 1": "not proved",
            r"g\Big(\sum_{j=1}^{i} a_j M_{j,i+1}\Big) = g\Big(\sum_{k=1}^{i} M_{k,i+1} a_k\Big)": "not refuted",
            r"\sum_{j=1}^{i} a_j = \sum_{j=1}^{i+1} a_j": "not proved",
        },
    ),
]

ELLIPSES = [
    group(
        "a last term without its sign",
        "Nothing is declared.",
        {
            r"c + a_1 x_1 + a_2 x_2 + \dots a_n x_n = c + \sum_{i=1}^n a_i x_i": "not refuted",
            r"c + a_1 x_1 + a_2 x_2 + \dots a_n x_n = c + 2 \sum_{i=1}^n a_i x_i": "not proved",
            r"c + a_1 x_1 + a_2 x_2 - \dots a_n x_n = c + \sum_{i=1}^n a_i x_i": "not proved",
            r"c + a_1 x_1 + b_2 x_2 + \dots a_n x_n = c + \sum_{i=1}^n a_i x_i": "not proved",
            r"a_1 \dots a_n + c = c + \sum_{i=1}^n a_i": "not proved",
        },
    ),
]


DENSITIES = [
    group(
        "bars and commas in brackets",
        "Nothing is declared but $x, y \\in \\mathbb{R}$.",
        {
            r"G(x|\mu) + 1 = G(x|\mu) + 1": "not refuted",
            r"G(x|\mu) = G(\mu|x)": "not proved",
            r"p(x, y) = p(x) p(y)": "not proved",
            r"\frac{p(x, y)}{p(y)} p(y) = p(x, y)": "not refuted",
            r"\frac{f(x, y)}{f(y)} f(y) = f(x, y)": "not refuted",
            r"f(x, y) = f(x) f(y)": "not proved",
            r"x (|y|) = x |y|": "proved",
            r"\frac{\partial}{\partial \mu} G(x|\mu) + 1 = 1": "not proved",
            r"\sum_{i=1}^m G(z_i|x) = m G(z_i|x)": "not proved",
        },
    ),
    group(
        "gradients of functions of the table",
        REALS,
        {
            r"\nabla_a \sin(b) = \cos(b)": "not proved",
            r"\nabla_a \sin(b) = 0": "not refuted",
            r"\nabla_a \log q = \frac{1}{q}": "not proved",
            r"\nabla_a \log a = \frac{1}{a}": "not refuted",
            r"\nabla_a \log p(b|a) = \frac{1}{p(b|a)}": "not proved",
        },
    ),
    document(
        "an index that depends on an index",
        r"Let $\theta_k \in \mathbb{R}$ for $k = 1, \dots, K$ and $m \in \mathbb{N}$.",
        (r"$$\sum_{j=1}^m \theta_{z^{(j)}} = m \theta_{z^{(j)}}$$", "unread"),
        (r"$$\sum_{j=1}^m \theta_{z_j} = m \theta_{z_j}$$", "unread"),
    ),
    document(
        "gaps in brackets",
        r"Let $a, b \in \mathbb{R}$.",
        (r"$$[a~b] = [b~a]$$", "unread"),
        (r"$$\mathbb{E}[a~b] = \mathbb{E}[b~a]$$", "not refuted"),
        (r"$$\mathbb{E}[a]\, [a~b] = [b~a]$$", "unread"),
    ),
]

LOSSES = {
    r"a b = b a = \foo{c} = (a + b)^2 = a^2 + 2 a b + b^2": ["proved", "unread", "unread", "proved"],
    r"a b = b a = \foo{c} = a + b = 0": ["proved", "unread", "unread", "refuted"],
    r"\foo{a} = a + b = 0": ["unread"] * 2,
    r"\foo{a} = a - a + b = b = 0": ["unread", "proved", "unread"],
    r"a b = b a = c b) = b c = c b": ["unread"] * 3 + ["proved"],
    r"a b = b a = c (b = b c = c b": ["proved", "unread"],
    r"a b = b a = [c b) = b c = c b": ["unread"],
    r"a b = b a = \foo \text{loss}(c) + b = c = a": ["unread"],
    r"a b = b a = \foo, c = b c = a": ["unread"],
    r"a b = b a = \foo + |c = c b| = b c = c b": ["unread"],
    r"\begin{aligned} a b &= b a \\ &= \foo + \\ & c = c b \\ &= b c \end{aligned}": [
        "proved",
        "unread",
        "unread",
        "proved",
    ],
    r"\begin{aligned} a b &= b a \\ &= \foo{c} \\ &= c b \\ &= b c \end{aligned}": [
        "proved",
        "unread",
        "unread",
        "proved",
    ],
    r"\left( a b = b a = \foo{c} = c b = b c \right)": ["unread"],
    r"(a b = b a = \foo{c} = c b = b c) = 1": ["unread"],
    r"a b = b a = \foo{c} = a \implies a = 1": ["unread"],
    r"a b = b a = \frac{c} = c b = b c": ["proved", "unread", "unread", "proved"],
    r"a = \foo{b} = c": ["unread"],
    r"a b = a^b^c = c b = b c": ["unread", "unread", "proved"],
}


@pytest.mark.parametrize(("formula", "expected"), LOSSES.items(), ids=LOSSES)
def test_a_side_that_cannot_be_read_costs_the_steps_beside_it(formula: str, expected: list[str]) -> None:
    ((found,), *_) = [verdicts_of_paragraphs((Paragraph(REALS), Paragraph(f"$$\n{formula}\n$$")))[1:]]
    assert found == expected


@pytest.mark.parametrize("start", ["If", "Let", "Assume"])
def test_a_premise_that_is_not_read_whole_is_no_claim(start: str) -> None:
    source = rf"{start} $a = \foo{{c}} = b = 2$, then $$b + 0 = b$$"
    assert verdicts_of_paragraphs((Paragraph(REALS), Paragraph(source)))[1][0] == "unread"


@pytest.mark.parametrize(
    "paragraphs", cases(*LETTERS, *EVALUATION, *WORDS, *LAYERS, *CASES, *GUESSES, *ELLIPSES, *DENSITIES)
)
def test_idioms(paragraphs: tuple[Paragraph, ...]) -> None:
    assert_expected(paragraphs)
