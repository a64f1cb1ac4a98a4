"""What homework says in passing: cases one after another, where P ⟺ Q, what is not known, derivatives at points."""

from __future__ import annotations

import pytest

from tests.judging.documents import REALS, Paragraph, assert_expected, cases, document

CASES = "We look at the following cases:"
RELU = "```given\nw, b, x, y, \\eta \\in \\mathbb{R}\n\\phi(x) := \\operatorname{relu}(w x + b)\n"
RELU += "L := \\frac{1}{2} (\\phi(x) - y)^2\n```"
PARABOLA = "```given\na, b, x, y \\in \\mathbb{R}\nf(x) := x^2 - a\ng := x + y\nh := x^2\nu := 2 x\nv := 2 y\n```"
LOSS = "```given\nw, b, x, y, \\eta \\in \\mathbb{R}\nL := \\frac{1}{2} (w x + b - y)^2\n```"
DOCUMENTS = [
    document(
        "cases, each with what is said of it",
        REALS,
        CASES,
        "$$(i) a = b$$",
        (r"$$a c = b c$$", "proved"),
        "$$(ii) a = 2 b$$",
        (r"$$a c = 2 b c$$", "proved"),
        (r"$$a c = b c$$", "refuted"),
    ),
    document("cases in a row", REALS, CASES, "$$(i) a = b$$", "$$(ii) a = 2 b$$", (r"$$a c = b c$$", "open")),
    document("what is not known", REALS, (r"I am not sure if $a > 0$ or $a < 0$.", "given")),
    document("what is not known, but", REALS, (r"It is unclear whether $a > 0$, but $a^2 < 0$.", "given | refuted")),
    document("where, an equivalence", REALS, (r"The zero is where $2 a + b = 0 \iff a = -b/2$.", "proved")),
    document("where, a wrong one", REALS, (r"$$\text{where } 2 a + b = 0 \iff a = b/2$$", "refuted")),
    document(
        "let, an equivalence", REALS, r"Suppose $a > 0 \iff b > 0$.", (r"If $b > 0$, then $a > 0$.", "not refuted")
    ),
    document(
        "from where the members exist",
        r"Let $w_t \in \mathbb{R}$ and $w_{t+1} = 2 w_t$ for all $t \ge 0$.",
        (r"$$w_t = 2 w_{t-1}$$", "proved"),
        (r"$$w_t = 3 w_{t-1}$$", "refuted"),
    ),
    document(
        "a premise in words holds no longer in the next section",
        REALS,
        "If the sequence converges to something, then $a = 1$. So $a^2 = 1$.",
        "## 2",
        (r"Therefore $a^2 = a$.", "refuted"),
    ),
    document(
        "this results in",
        REALS,
        r"If $a > 2$, then $a^2 > 4$. This, by the above, results in",
        (r"$a^3 > 8$.", "proved"),
    ),
    document(
        "a derivative where a function has a value",
        RELU,
        r"Suppose $\phi(x) - y = 1$ and $w x + b > 0$.",
        (r"$$\frac{\partial L}{\partial w} = x$$", "proved"),
        (r"$$\frac{\partial L}{\partial b} = x$$", "refuted"),
    ),
    document(
        "a derivative where a function vanishes",
        RELU,
        r"When $\phi(x) = 0$ and $w x + b < 0$, we have",
        (r"$$\frac{\partial L}{\partial w} = \frac{\partial L}{\partial b}$$", "not refuted"),
    ),
    document(
        "a derivative by the argument of a function where it vanishes",
        PARABOLA,
        r"Suppose $f(x) = 0$.",
        (r"$$\frac{d}{dx} f(x) = 2 x$$", "proved"),
        (r"$$\frac{d}{dx} f(x) = x$$", "refuted"),
    ),
    document(
        "a derivative where a name has a value",
        PARABOLA,
        r"Suppose $g = 1$.",
        (r"$$\frac{d}{dx} g^2 = 2$$", "proved"),
        (r"$$\frac{d}{dx} (x y) = y$$", "open"),
        (r"$$\frac{d}{dx} (x y g) = y$$", "open"),
        (r"$$\frac{d}{dx} (x y) = y - x$$", "open"),
    ),
    document(
        "what is known of a name is known of what it stands for",
        PARABOLA,
        r"Suppose $g = 1$.",
        (r"$$x + y = 1$$", "proved"),
        (r"$$x^2 + 2 x y + y^2 = 1$$", "proved"),
        (r"$$x^2 + y^2 = 1$$", "refuted"),
        (r"$$a + b = b + a$$", "proved"),
    ),
    document(
        "what is known of a name through another",
        PARABOLA,
        r"Let $s := g + 1$. Suppose $s > 1$.",
        (r"$$x + y > 0$$", "proved"),
        (r"$$x + y > 1$$", "refuted"),
    ),
    document(
        "a derivative along an equation about a name",
        PARABOLA,
        r"Suppose $h + y = 1$.",
        (r"$$\frac{d}{dx} (h y) = 2 x y$$", "open"),
        (r"$$\frac{d}{dx} (h y) = 2 x y - 2 x^3$$", "open"),
    ),
    document(
        "a derivative along an equation about two names",
        PARABOLA,
        r"Suppose $u + v = 1$.",
        (r"$$\frac{d}{dx} (u v) = 4 y$$", "open"),
        (r"$$\frac{d}{dx} (u v) = 4 y - 4 x$$", "open"),
    ),
    document(
        "a derivative at another place of a function that vanishes somewhere",
        PARABOLA,
        r"Suppose $f(x) = 0$.",
        (r"$$\frac{d}{dx} (a f(x)) = 2 a x$$", "open"),
        (r"$$\frac{d}{dx} (x f(y)) = f(y)$$", "open"),
    ),
    document(
        "a derivative where an equation holds that is about nothing defined",
        LOSS,
        r"Suppose $w x + b - y = 1$.",
        (r"$$\frac{\partial L}{\partial w} = x$$", "open"),
        (r"$$\frac{\partial L}{\partial b} = x$$", "open"),
    ),
    *(
        document(
            f"a derivative along a line: {supposed}",
            r"Let $x, y, z \in \mathbb{R}$.",
            supposed,
            (r"$$\frac{d}{dx} (x y) = y - x$$", "open"),
            (r"$$\frac{d}{dx} (x y) = y$$", "open"),
            (r"$$\frac{\partial}{\partial y} (x y) = y$$", "open"),
            (r"$$\frac{d}{dz} (x y z) = x y$$", "proved"),
        )
        for supposed in (
            r"Suppose $x + y = 1$.",
            "Assume that\n$$x + y = 1$$\nThen we look at what follows.",
            r"Let $x^2 + y^2 = 1$.",
            "Given $1 = x + y$, we look at what follows.",
        )
    ),
    document(
        "a derivative along a line, in one sentence",
        r"Let $x, y \in \mathbb{R}$.",
        (r"With $x + y = 1$, we have $\frac{d}{dx} (x y) = y - x$.", "open"),
        (r"If $x + y = 1$, then $\frac{d}{dx} (x y) = y$.", "open"),
        (r"$$x + y = 1 \Rightarrow \frac{d}{dx} (x y) = y$$", "open"),
        (r"$$\frac{d}{dx} (x y) = y - x \quad \text{if } x + y = 1$$", "open"),
    ),
    document(
        "a derivative on a line that is a premise of a definition",
        r"Let $x, y \in \mathbb{R}$. Suppose $x + y = 1$.",
        r"Let $p := \frac{d}{dx} (x y)$.",
        (r"$$p = y$$", "open"),
        (r"$$p = y - x$$", "open"),
    ),
    document(
        "a constraint is set",
        REALS,
        (r"Set $a + b = 1$.", "given"),
        (r"$$(a + b) c = c$$", "proved"),
        (r"$$(a - b) c = c$$", "refuted"),
    ),
    document(
        "a constraint is set for a sentence",
        REALS,
        (r"Setting $a + b = 1$, we get $(a + b) c = c$.", "proved"),
        (r"$$(a + b) c = c + b$$", "refuted"),
    ),
    document(
        "a constraint is set with a doubt",
        REALS,
        (r"We set $a + b = 1$ if $c > 0$.", "open"),
        (r"$$(a + b) c = c$$", "open"),
    ),
    document("a set is no constraint", REALS, (r"On the training set $a + b = 2 a$.", "refuted")),
    document(
        "a function is set",
        REALS,
        (r"Set $f(x) = 2 x$.", "given"),
        (r"$$f(a) = 2 a$$", "proved"),
        (r"$$f(a) = 3 a$$", "refuted"),
    ),
    document(
        "a derivative on a constraint that is set",
        REALS,
        (r"We set $a + b = 1$.", "given"),
        (r"$$\frac{d}{da} (a b) = b$$", "open"),
    ),
    document(
        "a gradient by a vector that a system ties",
        r"Let $A \in \mathbb{R}^{n \times n}$ and $w, b, c \in \mathbb{R}^n$.",
        r"Suppose $A w = b$.",
        (r"$$\nabla_w (b^T w) = b$$", "open"),
        (r"$$\nabla_w (w^T A w) = 2 b$$", "open"),
        (r"$$\frac{\partial}{\partial w} (w^T b) = b$$", "open"),
        (r"$$\nabla_w (c^T w) = c$$", "not refuted"),
    ),
    document(
        "a gradient by a vector that a system ties, which is 0",
        r"Let $A \in \mathbb{R}^{n \times n}$ and $w, b, c \in \mathbb{R}^n$.",
        r"Suppose $A w - b = 0$.",
        (r"$$\frac{\partial}{\partial w} (w^T b) = b$$", "open"),
        (r"$$\frac{\partial}{\partial w} \|A w - b\|^2 = 0$$", "open | given"),
    ),
    document(
        "the derivative of a Lagrangian on its constraint",
        "```given\nx, y, \\lambda \\in \\mathbb{R}\ng := x + y - 1\nL := x y + \\lambda g\n```",
        r"Suppose $g = 0$.",
        (r"$$\frac{\partial L}{\partial x} = y + \lambda$$", "open"),
        (r"$$\frac{\partial L}{\partial x} = y - x$$", "open"),
        (r"$$\frac{\partial L}{\partial \lambda} = g$$", "proved"),
    ),
    document(
        "a derivative by a symbol that an equation gives",
        LOSS,
        r"Suppose $2 w = b$.",
        (r"$$\frac{\partial L}{\partial w} = (w x + b - y) x$$", "open"),
    ),
    document(
        "a change as one symbol",
        LOSS,
        r"Let $\Delta b := \eta \frac{\partial L}{\partial b}$.",
        (r"$$b - \Delta b = b - \eta (w x + b - y)$$", "proved"),
    ),
    document(
        "a system implies words",
        REALS,
        (
            r"$$\begin{cases} a + b = b + a \\ 2 a + b > 2 a + b - 1 \end{cases} \Rightarrow \text{it is steeper}$$",
            "proved",
        ),
        (r"$$\begin{cases} a = a + 1 \\ b = b \end{cases} \Rightarrow \text{it is steeper}$$", "refuted | proved"),
    ),
]


@pytest.mark.parametrize("paragraphs", cases(*DOCUMENTS))
def test_idioms(paragraphs: tuple[Paragraph, ...]) -> None:
    assert_expected(paragraphs)
