"""What homework says in passing: cases one after another, where P ⟺ Q, what is not known, derivatives at points."""

from __future__ import annotations

import pytest

from tests.judging.documents import REALS, Paragraph, assert_expected, cases, document

CASES = "We look at the following cases:"
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
        "a derivative where an equation holds",
        LOSS,
        r"Suppose $w x + b - y = 1$.",
        (r"$$\frac{\partial L}{\partial w} = x$$", "proved"),
        (r"$$\frac{\partial L}{\partial b} = x$$", "refuted"),
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
