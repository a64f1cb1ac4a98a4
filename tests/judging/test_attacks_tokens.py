"""Every token counts: characters, commands, pieces and rows that were once dropped, or taken for factors."""

from __future__ import annotations

import pytest

from tests.judging.documents import REALS, SQUARES, VECTORS, Paragraph, assert_expected, cases, document, group

SEPARATORS = [
    group(
        "commas",
        REALS,
        {
            r"1,000 = 1000": "not refuted",
            r"10{,}000 = 10000": "not refuted",
            r"1,000 = 0": "not proved",
            r"1{,}000 = 1": "not proved",
            r"a, b = b, a": "not proved",
            r"(a, b) = (b, a)": "not proved",
            r"a = a, \quad b = b": "proved",
            r"a + b = b + a, \quad ab = ba": "proved",
            r"f(a, b) = f(a, b)": "not refuted",
            r"\max(a, b) = \max(b, a)": "not refuted",
            r"\max(c,) \ge c": "not proved",
            r"\max(c, 0) \ge c": "not refuted",
        },
    ),
    group(
        "pieces without a relation",
        REALS,
        {
            r"a:b = b:a": "not proved",
            r"3:2 = \frac{3}{2}": "not refuted",
            r"a; b = b; a": "not proved",
            r"a \& b = b \& a": "not proved",
            r"a. b = b": "not proved",
            r"a: b = b": "not proved",
            r"b = b: a": "not proved",
            r"b = b \text{ unless } a": "not proved",
            r"b = b \text{ not } a": "not proved",
            r"b = b \\ a": "not proved",
            r"b = b \newline a": "not proved",
            r"b = b \quad + a": "not proved",
            r"b = b \qquad - a": "not proved",
            r"a + b = b + a \quad (3)": "proved",
            r"a + b = b + a \tag{3}": "proved",
            r"a + b = b + a \text{ since addition commutes}": "proved",
            r"a + b = b + a.": "proved",
        },
    ),
]

CHARACTERS = [
    group(
        "characters that are no letters",
        SQUARES,
        {
            "∛a = a": "not proved",
            "A† = A": "not proved",
            "¬ a = a": "not proved",
            "∄ a = a": "not proved",
            "aⁿ = a": "not proved",
            "x₁ = x": "not proved",
            "a ₂ = a": "not proved",
            "a ¼ = a": "not proved",
            "a𝑏 = a": "not proved",
            "a\u0338 = a": "not proved",
            "a = a‡": "not proved",
            "a ⊕ b = b ⊕ a": "not proved",
            "a ∗ b ⋆ c = a": "not proved",
            "a = a…b": "not proved",
            "a № b = a b": "not proved",
            "A⁻¹A = AA^{-1}": "not refuted",
            "a÷b = \\frac ab": "not refuted",
            "a ÷ b = b": "not proved",
            "а = a": "not proved",  # the first is Cyrillic
            "a² = a \\cdot a": "not refuted",
            "a² = a": "not proved",
            "a − b = -(b − a)": "proved",
            "a · b = ba": "proved",
            "√(a²) = |a|": "not refuted",
            "½ a = \\frac{a}{2}": "not refuted",
            "½ a = a": "not proved",
        },
    ),
    *(
        document(
            f"a display that begins with {name}",
            REALS,
            (r"$$a + b = b + a$$", "proved"),
            (f"$${start} = a + b$$", "not proved"),
        )
        for name, start in (("a division sign", "÷"), ("a sharp s", "ß"), ("a dagger", "†"))
    ),
    document("a display that continues one", REALS, (r"$$a + b = b + a$$", "proved"), (r"$$= a + b$$", "proved")),
]

BRACKETS = [
    group(
        "brackets that mean something",
        REALS,
        {
            r"\lfloor a \rfloor = a": "not proved",
            r"\lceil a \rceil = a": "not proved",
            r"\left\lfloor a \right\rfloor = a": "not proved",
            r"\langle a \rangle = a": "not proved",
            r"\left\{a + b\right\} = a + b": "not refuted",
            r"⌊a⌋ = a": "not proved",
            r"|a| = a": "not proved",
            r"(a) = a": "proved",
            r"[a] = a": "not refuted",
            r"\left(a + b\right) = \bigl(b + a\bigr)": "proved",
            r"{a} = a": "proved",
            r"(a + b\left) = a + b": "not proved",
            r"a \left = a": "not proved",
            r"a = a \right": "not proved",
        },
    ),
]

COMMANDS = [
    group(
        "commands are no factors",
        SQUARES,
        {
            r"a \bmod b = b \bmod a": "not proved",
            r"{a \over b} = {b \over a}": "not proved",
            r"{5 \choose 2} = {2 \choose 5}": "not proved",
            r"a \backslash b = b \backslash a": "not proved",
            r"a \oplus b = a \oplus b \oplus 0": "not proved",
            r"\coth(ab) = b \coth a": "not proved",
            r"\operatorname{sinc}(ab) = a \operatorname{sinc} b": "not proved",
            r"\operatorname{foo} ab = a \operatorname{foo} b": "not proved",
            r"\mathrm{sech}(ab) = b\,\mathrm{sech}(a)": "not proved",
            r"\Re(ab) = b \Re(a)": "not proved",
            r"\Im a = a \Im": "not proved",
            r"\operatorname{vec}(AB) = \operatorname{vec}(A) B": "not proved",
            r"\ker(AB) = \ker(A) B": "not proved",
            r"\deg(ab) = a \deg b": "not proved",
            r"a \mid b = b \mid a": "not proved",
            r"\large 1 = 2": "not proved",
            r"\tanh(ab) = b \tanh a": "not proved",
            r"ab = ba": "proved",
            r"\alpha \beta = \beta \alpha": "not refuted",
            r"\operatorname{tr}(AB) = \operatorname{tr}(BA)": "proved",
            r"{a \over b} = \frac{a}{b}": "not refuted",
            r"\displaystyle \frac{a + b}{2} = \tfrac{a}{2} + \dfrac{b}{2}": "proved",
            r"\mathcal{F} ab = a \mathcal{F} b": "not proved",
            r"a \unheardof b = b \unheardof a": "not proved",
            r"a \blah b = b a \blah": "not proved",
            r"\unheardof a = a \unheardof": "not proved",
        },
    ),
    group(
        "factorials",
        REALS,
        {
            r"3!=7": "not proved",
            r"2!=2": "not refuted",
            r"3! = 6": "not refuted",
            r"3! = 5": "not proved",
            r"3 \ne 7": "proved",
            r"3 \ne 3": "not proved",
        },
    ),
    group(
        "plus or minus",
        REALS,
        {
            r"(a \pm b)(a \mp b) = a^2 - b^2": "not refuted",
            r"(a \pm b)(a \pm b) = a^2 - b^2": "not proved",
            r"(a \pm b)^2 = a^2 \pm 2ab + b^2": "not refuted",
            r"(a \pm b)^2 = a^2 \mp 2ab + b^2": "not proved",
            r"a = \pm a": "not proved",
        },
    ),
]

UNSEEN = [
    group(
        "relations in a frame",
        REALS,
        {
            r"\boxed{a = a + 1}": "not proved",
            r"\boxed{a + b = b + a}": "not refuted",
            r"\neg (a = a)": "not proved",
            r"\lnot (a = a + 1)": "not refuted",
            r"(1 = 2)": "not proved",
            r"[1 = 2]": "not proved",
            r"\boldsymbol{1 = 2}": "not proved",
            r"\mathbf{1 = 2}": "not proved",
            r"\underline{1 = 2}": "not proved",
            r"\overline{1 = 2}": "not proved",
            r"(1 + 1 = 2)": "not refuted",
            r"\textbf{1 = 2}": "not proved",
        },
    ),
    group(
        "relations that are not in the table",
        REALS,
        {
            r"1 \leqq 0": "not proved",
            r"1 \nleq 2": "not proved",
            r"1 \lesssim 0": "not proved",
            r"2 \eqqcolon 3": "not proved",
            r"1 \longequal 2": "not proved",
            r"1 \le 2": "proved",
            r"1 \leqslant 2": "proved",
            r"1 \ge 2": "refuted",
        },
    ),
    group(
        "sides that are no numbers",
        REALS,
        {
            r"a =": "not proved",
            r"\text{1} = 2": "not proved",
            r"\mathrm{1} = 2": "not proved",
            r"\mbox{1} = 2": "not proved",
            r"2 = 1 + 1": "proved",
        },
    ),
]

ROWS = [
    group(
        "rows that continue a row",
        REALS,
        {
            r"\begin{split} a &= a \\ &\quad + b \end{split}": "not proved",
            r"\begin{aligned} b &= b \\ &\qquad - a \end{aligned}": "not proved",
            r"\begin{aligned} b &= b \\ & a \end{aligned}": "not proved",
            r"\begin{aligned} b &= b \\ &\frac{a}{2} \end{aligned}": "not proved",
            r"\begin{aligned} b &= b \\ &{} + a \end{aligned}": "not proved",
            r"\begin{aligned} b &= b \\ &\text{ plus } a \end{aligned}": "not proved",
            r"\begin{aligned} b &= b \\ \text{and } & + a \end{aligned}": "not proved",
            r"\begin{aligned} b &= b \\ &^2 \end{aligned}": "not proved",
            r"\begin{aligned} b &= b\, \\ &\quad \cdot a \end{aligned}": "not proved",
            r"\begin{aligned} a &= b \\ &+ a - b \end{aligned}": "not refuted",
            r"\begin{aligned} (a+b)^2 &= a^2 \\ &\quad{} + 2ab + b^2 \end{aligned}": "not refuted",
            r"\begin{aligned} (a+b)^2 &= a^2 \\ &\hspace{1em} + 2ab + b^2 \end{aligned}": "not refuted",
            r"\begin{aligned} (a+b)^2 &= a^2 \\ &\phantom{=} + 2ab + b^2 \end{aligned}": "not refuted",
            r"\begin{aligned} (a+b)^2 &= a^2 + \\ & 2ab + b^2 \end{aligned}": "not refuted",
            r"\begin{aligned} (a+b)^2 &= a^2 \\ &+ 2ab + b^2 \end{aligned}": "proved",
            r"\begin{aligned} (a+b)^2 &= a^2 + 2ab \\ &\quad + b^2 \\ &= b^2 + 2ab + a^2 \end{aligned}": "not refuted",
            r"\begin{aligned} a &= a \\ b &= b \end{aligned}": "proved",
            r"\begin{aligned} a + b &= b + a \\ &= a + b \end{aligned}": "proved",
            r"\begin{aligned} a + b &= \\ & b + a \end{aligned}": "not refuted",
            r"\begin{aligned} b &= b \\ &\left(a\right) \end{aligned}": "not proved",
        },
    ),
]

BROKEN = [
    group(
        "what TeX itself refuses",
        VECTORS,
        {
            r"\begin{bmatrix} a \end{batrix} = 1": "not proved",
            r"\begin{cases} a \end{case} = 1": "not proved",
            r"\begin{bmatrix} a \end bmatrix} = 1": "not proved",
            r"\begin{bmatrix} a = 1": "not proved",
            r"a \end{bmatrix} = 1": "not proved",
            r"\begin{aligned} a &= 1 \end{align}": "not proved",
            r"[] = 1": "not proved",
            r"() = 1": "not proved",
            r"\{\} = 1": "not proved",
            r"x[] = 1": "not proved",
            r"\mathbb{E}x[]^2 = 1": "not proved",
            r"\sum_{} x_k = 1": "not proved",
            r"\sum _{ } x_k = \sum _k x_k": "not proved",
            r"a^2^3 = a^8": "not proved",
            r"a_1_2 = a": "not proved",
            r"\frac{a} = a": "not proved",
            r"a^{} = a": "not refuted",
            r"\begin{bmatrix} a \end{bmatrix} = a": "not refuted",
        },
    ),
]


@pytest.mark.parametrize("paragraphs", cases(*SEPARATORS, *CHARACTERS, *BRACKETS, *COMMANDS, *UNSEEN, *ROWS, *BROKEN))
def test_every_token_counts(paragraphs: tuple[Paragraph, ...]) -> None:
    assert_expected(paragraphs)
