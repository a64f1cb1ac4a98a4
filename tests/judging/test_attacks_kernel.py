"""Documents whose proofs would need a side condition, a model, or a derivative that does not exist."""

from __future__ import annotations

import pytest

from tests.judging.documents import REALS, SQUARES, Paragraph, assert_expected, cases, document, group

EXPONENTS = [
    group(
        "negative exponents under a sum",
        REALS,
        {
            r"c^2 \sum_{k=-2}^{-1} c^k = 1 + c": "proved if | open",
            r"c \sum_{k=-1}^{1} c^k = 1 + c + c^2": "proved if | open",
            r"\left(\sum_{k=-1}^{1} c^k\right) c = 1 + c + c^2": "proved if | open",
            r"\sum_{k=0}^{2} c^k = 1 + c + c^2": "not refuted",
            r"c \sum_{k=0}^{1} c^k = c + c^2": "not refuted",
            r"c \sum_{k=-1}^{1} c^k = c + c^2": "not proved",
        },
    ),
    group(
        "exponents that vanish",
        r"Let $k \in \mathbb{N}$ and $a \in \mathbb{R}$.",
        {
            r"0^{k-k} = 1": "proved | open",
            r"a^{k-k} = 1": "proved | proved if | open",
            r"a^{k+1} = a a^k": "not refuted",
            r"a^{k+1} = a^k": "not proved",
        },
    ),
    group(
        "roots and their squares",
        REALS,
        {
            r"\sqrt{a^2} = |a|": "not refuted",
            r"\sqrt{a^2} = a": "refuted",
            r"\sqrt{a}^2 = a": "proved if | open",
            r"(a^2)^{1/2} = a": "not proved",
            r"\frac{a}{a} = 1": "proved if",
            r"\frac{a^2}{a} = a": "proved if",
            r"a \frac{1}{a} = 1": "proved if",
            r"\log(ab) = \log a + \log b": "proved if | open",
            r"\log(a^2) = 2 \log a": "proved if | open",
            r"\log(a^2) = 2 \log |a|": "proved if | open",
        },
    ),
]

KINKS = [
    group(
        "the kink of a function that is defined",
        r"Let $u \in \mathbb{R}$. Let $f(u) = \max(u, 0)$.",
        {
            r"f'(0) = 0": "not proved",
            r"f'(0) = 1": "not proved",
            r"f'(u)^2 = f'(u)": "proved if | open",
            r"f(u) f(u) = u f(u)": "not refuted",
            r"f(u) = u": "refuted",
        },
    ),
    group(
        "the domain of a function that is defined",
        r"Let $u \in \mathbb{R}$. Let $f(u) = \log u$.",
        {
            r"u f'(u) = 1": "proved if | open",
            r"f(u) - f(u) = 0": "proved if | open",
            r"u f'(u) = 2": "not proved",
        },
    ),
    group(
        "an inverse entry by entry",
        r"Let $u \in \mathbb{R}$, $v \in \mathbb{R}^n$. Let $f(u) = 1/u$.",
        {
            r"f(v) \odot v = \mathbf{1}": "proved if | open",
            r"f(v) \odot v = v": "not proved",
        },
    ),
    group(
        "a root entry by entry",
        r"Let $u \in \mathbb{R}$, $v \in \mathbb{R}^n$. Let $f(u) = \sqrt{u}$.",
        {
            r"f(v)^T f(v) = \mathbf{1}^T v": "proved if | open",
            r"f(v)^T f(v) = v^T v": "not proved",
        },
    ),
    group(
        "roots of squares under a derivative",
        r"Let $t \in \mathbb{R}$.",
        {
            r"t \frac{d}{dt} |t| = |t|": "proved if | open",
            r"\frac{d}{dt} \sqrt{t^2} = 1": "not proved",
            r"\frac{d}{dt} \sqrt{t^2 + 1} = \frac{t}{\sqrt{t^2 + 1}}": "not refuted",
            r"\frac{d}{dt} t^2 = 2t": "proved",
            r"t \frac{d}{dt} \sqrt{t^2} = \sqrt{t^2}": "proved if | open",
            r"t \frac{d}{dt} (t^2)^{1/2} = |t|": "proved if | open",
        },
    ),
    group(
        "norms under a derivative",
        SQUARES,
        {
            r"\nabla_x \|x\|^2 = 2x": "proved",
            r"\nabla_x \|x\| = \frac{x}{\|x\|}": "proved if | open",
            r"\nabla_x \|x\| = x": "not proved",
        },
    ),
]

TIES = [
    document(
        "a derivative through a definition",
        r"Let $u = x^2$, $v = u + x$, $x \in \mathbb{R}$.",
        (r"$$\frac{dv}{dx} = 2x + 1$$", "not refuted"),
        (r"$$\frac{dv}{dx} = 2x$$", "not proved"),
    ),
    document(
        "a derivative by an entry that is free",
        r"Let $x \in \mathbb{R}^n$.",
        (r"$$\frac{\partial}{\partial x_1} (x_1 x_2) = x_2$$", "not refuted"),
        (r"$$\frac{\partial}{\partial x_1} (x_1 x_2) = x_1$$", "not proved"),
    ),
    document(
        "a derivative by an entry that is tied to another",
        r"Let $x \in \mathbb{R}^n$. Suppose $x_1 = x_2$.",
        (r"$$\frac{\partial}{\partial x_1} (x_1 x_2) = x_2$$", "not proved"),
    ),
    document(
        "a premise that ties the variable",
        REALS,
        (r"$$a = b \Rightarrow \frac{d}{da} (a b) = b$$", "not proved"),
    ),
]

VACUOUS = [
    document(
        "hypotheses that contradict one another",
        REALS,
        "Suppose $c > 0$. Suppose $c < 0$.",
        (r"$$c = c + 1$$", "open"),
        (r"$$c = c$$", "open"),
    ),
    document(
        "a false equation as hypothesis",
        REALS,
        "Suppose $c^2 = -1$.",
        (r"$$c = 5$$", "open"),
    ),
    document(
        "a hypothesis that can hold",
        REALS,
        "Suppose $c^2 = 1$.",
        (r"$$c^4 = 1$$", "not refuted"),
        (r"$$c = 1$$", "not proved"),
    ),
]

STEPS = [
    group(
        "steps and signs of matrices",
        SQUARES,
        {
            r"\operatorname{relu}(a) + \operatorname{relu}(-a) = |a|": "not refuted",
            r"\operatorname{relu}(a) - \operatorname{relu}(-a) = a": "not refuted",
            r"\operatorname{relu}(a) = a": "refuted",
            r"\operatorname{sign}(a)^2 = 1": "not proved",
            r"\operatorname{sign}(a) |a| = a": "not refuted",
        },
    ),
]


@pytest.mark.parametrize("paragraphs", cases(*EXPONENTS, *KINKS, *TIES, *VACUOUS, *STEPS))
def test_what_a_proof_needs(paragraphs: tuple[Paragraph, ...]) -> None:
    assert_expected(paragraphs)
