"""Words around formulas: premises, conditions, negations, connectives, properties."""

from __future__ import annotations

import pytest

from tests.judging.documents import REALS, Document, Paragraph, assert_expected, cases, document, group

NEGATED = (
    "Suppose not $a = b$.",
    "Suppose $a = b$ is false.",
    "Suppose that $a = b$ is wrong.",
    "Suppose $a$ does not satisfy $a = b$.",
    "Suppose it is never the case that $a = b$.",
    "Do not assume $a = b$.",
    "We do not assume that $a = b$.",
    "We cannot assume $a = b$.",
    "Suppose $a = b$ whenever $a > 7$.",
    "Suppose $a = b$ unless $a > 7$.",
    "Suppose either $a = b$ or $a > 7$.",
    "Suppose $a = b$ for some $b$.",
    "A common mistake is to assume $a = b$.",
    "One might assume $a = b$, but this is wrong.",
    "In the set where $a = b$ nothing holds.",
    "Where does $a = b$ come from?",
    "Why should we assume $a = b$?",
    "It would be a mistake to set $a = b$.",
    "Nobody says that $a = b$.",
    "No $a$ satisfies $a = b$.",
    "We want to show that $a = b$.",
    "Let us see whether $a = b$.",
    "Prove or disprove: $a = b$.",
    "If $a = b$ were true, we would be done.",
    "Even if $a = b$, nothing changes.",
    "If $a = b$, then $a - b = 0$.",
    "We know $a = b$ only in special cases.",
    "Suppose $a \\ne b$. Otherwise $a = b$.",
    "Let's not assume that $a = b$.",
    "Suppose, contrary to fact, that $a = b$.",
    "Suppose $a = b$ or $a = -b$.",
    "Suppose $a = b$ if $c > 0$.",
    "Without assuming $a = b$,",
    "Rather than set $a = b$,",
    "Set aside the case $a = b$.",
    "Suppose $a = b$ were to hold; it does not.",
    "There is no $a$ with $a = b$.",
    "Let us check that $a = b$.",
    "We try to find where $a = b$.",
    "Let $f$ be such that $a = b$ implies $f = 0$.",
    "Suppose $a = b$ for $c > 0$.",
    "Suppose hardly ever $a = b$.",
    "Assuming $a = b$ is too strong.",
    "# One\n\nSuppose $a = b$.\n\n# Two",
)
SUPPOSED = (
    "Suppose $a = b$.",
    "Assume that $a = b$.",
    "Let $a = b$.",
    "Now suppose that $a = b$ holds.",
)

PREMISES = [
    *(document(f"no hypothesis: {words}", REALS, words, (r"$$a^2 = b^2$$", "not proved")) for words in NEGATED),
    *(document(f"a hypothesis: {words}", REALS, words, (r"$$a^2 = b^2$$", "not refuted")) for words in SUPPOSED),
    document(
        "a hypothesis that is supposed is used",
        REALS,
        "Suppose $a = b$.",
        (r"$$a^2 = b^2$$", "proved"),
        (r"$$a^2 = 2 b^2$$", "not proved"),
    ),
    document(
        "symmetry that is not assumed",
        r"Let $A \in \mathbb{R}^{n \times n}$. We do not assume that $A^T = A$.",
        (r"$$A^T = A$$", "not proved"),
        (r"$$(A^T)^T = A$$", "proved"),
    ),
    document(
        "a given block before the declaration",
        "```given\na = b\n```",
        r"Let $a, b \in \mathbb{R}$.",
        (r"$$a^2 = b^2$$", "not refuted"),
    ),
]


def property_of(words: str, true: str, false: str) -> list[Document]:
    """A property in words is taken, or what follows from it is not refuted."""
    return list(document(words, words, (f"$${true}$$", "not refuted"), (f"$${false}$$", "not proved")))


SPACE = r"\in \mathbb{R}^{n \times n}"
PROPERTIES = [
    property_of(rf"Let $A {SPACE}$ be symmetric.", "A^T = A", "A^T = -A"),
    property_of(rf"Let $A$ be symmetric, $A {SPACE}$.", "A^T = A", "A^T = 2A"),
    property_of(r"Let $A$ be a symmetric $n \times n$ matrix.", "A^T = A", "A^T = -A"),
    property_of(rf"Let $A {SPACE}$ be a symmetric matrix.", "A^T = A", "A^2 = A"),
    property_of(rf"Let $A {SPACE}$ be skew-symmetric.", "A^T = -A", "A^T = A"),
    property_of(rf"Let $Q {SPACE}$ be orthogonal.", "Q^T Q = Q Q^T", "Q^T Q = Q"),
    property_of(rf"Let $Q {SPACE}$ be an orthogonal matrix.", "Q Q^T Q = Q", "Q Q^T Q = Q^T"),
    property_of(rf"Let $A {SPACE}$ be invertible.", r"A A^{-1} A = A", r"A A^{-1} = A"),
    property_of(rf"Let $P {SPACE}$ be idempotent.", "P^3 = P", "P^3 = P^T"),
    property_of(r"Let $a \in \mathbb{R}$ be positive.", r"\sqrt{a^2} = a", r"\sqrt{a^2} = -a"),
    property_of(r"Let $a \in \mathbb{R}$ be nonnegative.", "|a| = a", "|a| = -a"),
    property_of(r"Let $a \in \mathbb{R}_{+}$.", r"|a| = a", r"|a| = -a"),
    property_of(r"Let $a \in \mathbb{R}_{>0}$.", r"\sqrt{a^2} = a", r"a^2 = a"),
    property_of(r"Let $a \in (0, \infty)$.", r"\sqrt{a^2} = a", r"a^2 = a"),
    property_of(r"Let $a \in [0, 1]$.", r"a^2 \le a", r"a \le \frac12"),
    property_of(r"Let $p \in [0, 1]$.", r"p \le 1", r"p \le 0"),
    property_of(r"Let $\gamma \in (0, 1)$.", r"\gamma^2 \le \gamma", r"\gamma \le \gamma^2"),
    property_of("```given\np \\in [0, 1]\n```", r"p \le 1", r"p \ge 1"),
    property_of("```given\n\\gamma \\in (0, 1)\n```", r"\gamma^2 \le \gamma", r"\gamma^2 \ge \gamma"),
    property_of("```given\nK in R^(n x n), K is skew-symmetric\n```", "K^T = -K", "K^T = K"),
    property_of("```given\nV in R^(n x k), V^T V = I\n```", r"V V^T V = V", r"V V^T V = 2V"),
    property_of(r"Let $u, v$ be unit vectors in $\mathbb{R}^n$.", "u^T u = 1", "u^T v = 2"),
    property_of(r"Let $u \in \mathbb{R}^n$ with $\|u\| = 1$.", "u^T u = 1", "u^T u = 2"),
    property_of(r"Let $P$ be a projection matrix in $\mathbb{R}^{n \times n}$.", "P^2 = P", "P^2 = 2P"),
    property_of(rf"Let $A {SPACE}$ be diagonal.", "A^T = A", "A^T = -A"),
    property_of(rf"Let $A {SPACE}$ with $A^2 = 0$.", "A^3 = 0", "A^3 = A^T"),
    property_of(r"Let $u, v \in \mathbb{R}^n$ be orthogonal.", "u^T v = 0", "u^T v = 1"),
    property_of(r"Let $a \in \mathbb{R}$ be nonzero.", r"a \ne 0", "a > 0"),
    property_of(rf"Let $A {SPACE}$ where $A$ is symmetric.", "A^T = A", "A^T = -A"),
    property_of(rf"Let $A {SPACE}$, which is symmetric.", "A^T = A", "A^T = -A"),
    property_of(rf"Consider a symmetric $A {SPACE}$.", "A^T = A", "A^T = -A"),
    property_of(r"Let $f: \mathbb{R} \to \mathbb{R}$ be even, $a \in \mathbb{R}$.", "f(-a) = f(a)", "f(-a) = -f(a)"),
    property_of(r"Let $x \in \mathbb{R}^n$ satisfy $x^T x = 1$.", "2 x^T x = 2", "2 x^T x = 1"),
    property_of(r"Let $x \in \mathbb{R}^n$ be such that $x^T x = 1$.", "2 x^T x = 2", "2 x^T x = 1"),
    property_of(r"Let $a$ be a real number with $a^2 = 2$.", "a^4 = 4", "a^4 = 2"),
    property_of(r"Let $p \in \mathbb{R}^n$ be a probability vector.", r"\sum_i p_i = 1", r"\sum_i p_i = 2"),
    property_of(r"Let $A, B \in \mathbb{R}^{n \times n}$ be commuting matrices.", r"A B = B A", r"A B = 2 B A"),
    property_of(r"Let $A, B \in \mathbb{R}^{n \times n}$ commute.", r"A B = B A", r"A B = 2 B A"),
    property_of(r"Let $a \in \mathbb{R}$ be a root of $t^2 - 2$.", r"a^2 = 2", r"a^2 = 1"),
    property_of(r"Let $A \in \mathbb{R}^{n \times n}$ with $A$ symmetric.", r"A^T = A", r"A^T = -A"),
    property_of(r"Let $A \in \mathbb{R}^{n \times n}$. Since $A$ is symmetric,", r"A^T = A", r"A^T = -A"),
    property_of(r"Let $A \in \mathbb{R}^{n \times n}$. The matrix $A$ is symmetric.", r"A^T = A", r"A^T = -A"),
    property_of(r"Let $A \in \mathbb{R}^{n \times n}$. We assume $A$ symmetric.", r"A^T = A", r"A^T = -A"),
    property_of(r"Let $A \in \mathbb{R}^{n \times n}$. $A$ is assumed to be symmetric.", r"A^T = A", r"A^T = -A"),
    property_of(r"For symmetric $A \in \mathbb{R}^{n \times n}$ we have", r"A^T = A", r"A^T = -A"),
    property_of(r"Let $A \in \mathbb{R}^{n \times n}$ (symmetric).", r"A^T = A", r"A^T = -A"),
    property_of(r"Let $A \in \mathbb{R}^{n \times n}$ be a covariance matrix.", r"A^T = A", r"A^T = -A"),
    property_of(r"Let $A \in \mathbb{R}^{n \times n}$ be a Gram matrix.", r"A^T = A", r"A^T = -A"),
    property_of(r"Let $a \in \mathbb{R}$ be greater than one.", r"a > 1", r"a < 1"),
    property_of(r"Let $a \in \mathbb{R}$ be small.", r"a < 1", r"a > 1"),
    property_of(r"Let $a, b \in \mathbb{R}$ be equal.", r"a = b", r"a = 2b"),
    property_of(
        r"Let $a \in \mathbb{R}$ denote the mean of $b \in \mathbb{R}$ and $c \in \mathbb{R}$.",
        r"2a = b + c",
        r"a = b + c",
    ),
    property_of(
        r"Let $x \in \mathbb{R}^n$ lie in the kernel of $A \in \mathbb{R}^{n \times n}$.", r"A x = 0", r"A x = x"
    ),
]

NUMBER_SETS = [
    group(
        "natural numbers that may begin at one",
        r"Let $a \in \mathbb{R}$ and $k \in \mathbb{N}$.",
        {
            r"0^k = 0": "not refuted",
            r"k + 1 > 1": "not refuted",
            r"a^k a = a^{k+1}": "proved",
            r"a^k a = a^{k+2}": "refuted",
        },
    ),
    group(
        "complex numbers are no real numbers",
        r"Let $z \in \mathbb{C}$ and $u \in \mathbb{C}^n$.",
        {
            r"|z|^2 = z^2": "not proved",
            r"z^2 \ne -1": "not proved",
            r"z^2 + 1 > 0": "not proved",
            r"\|u\|^2 = u^T u": "not proved",
            r"z + z = 2z": "not refuted",
        },
    ),
    group(
        "real numbers are",
        r"Let $z \in \mathbb{R}$ and $u \in \mathbb{R}^n$.",
        {
            r"|z|^2 = z^2": "proved",
            r"z^2 + 1 > 0": "not refuted",
            r"\|u\|^2 = u^T u": "proved",
            r"z^2 = -1": "refuted",
        },
    ),
    group(
        "integers may be negative",
        r"Let $a, b \in \mathbb{R}$ and $k \in \mathbb{Z}$.",
        {
            r"(ab)^k = a^k b^k": "proved if | open",
            r"k \ge 0": "not proved",
            r"|k| = k": "not proved",
            r"\sum_{i=1}^k 1 = k": "not proved",
            r"k + k = 2k": "not refuted",
        },
    ),
    group(
        "natural numbers that may begin at one",
        r"Let $k \in \mathbb{N}$.",
        {r"k \ge 1": "not refuted", r"k + 1 > 0": "not refuted", r"k \ge 2": "not proved"},
    ),
    group(
        "a finite set is not read as the reals",
        r"Let $a \in \{1, 2\}$.",
        {r"a \ge 1": "not refuted", r"a > 2": "not proved", r"a^2 - 3a + 2 = 0": "not refuted"},
    ),
]

AFTERWARDS = [
    *(
        document(f"a condition after the display: {words}", REALS, (rf"$$\sqrt{{a^2}} = a$$ {words}", "not refuted"))
        for words in (
            "where $a > 0$.",
            "for all $a > 0$.",
            "provided that $a > 0$.",
            "if $a > 0$.",
            "whenever $a > 0$.",
            "for $a \\ge 0$.",
        )
    ),
    document("a condition before the display", REALS, (r"For $a > 0$ we get $$\sqrt{a^2} = a.$$", "not refuted")),
    document("the other case", REALS, "Case 1: $a = b$. Then", (r"$$a^2 = 2 b^2$$", "not proved")),
    group(
        "a condition in the display",
        REALS,
        {
            r"|c| = c, \quad c > 0": "not refuted",
            r"|c| = -c, \quad c > 0": "not proved",
            r"|c| = c \text{ for all } c > 0": "not refuted",
            r"|c| = c \quad \text{if } c > 0": "not refuted",
            r"|c| = -c \quad \text{if } c > 0": "not proved",
            r"|c| = c \quad (c > 0)": "not refuted",
            r"|c| = c \quad \text{for } c \ge 0": "not refuted",
        },
    ),
    document("a case", REALS, "Case 1: $a = b$. Then", (r"$$a^2 = b^2$$", "not refuted")),
    document("an existential", REALS, ("$$a = b$$ for some $b$.", "not refuted")),
    document("what is said to be false", REALS, ("It is false that $$a = a.$$", "not proved")),
    document("only if", REALS, ("We have $$a = a + 1$$ only if $a > 7$.", "not refuted")),
]

CONNECTIVES = [
    group(
        "or, iff, not",
        REALS,
        {
            r"a = b \text{ or } a \neq b": "not refuted",
            r"a = 2 \text{ or } a = -2": "not proved",
            r"a = b \text{ iff } b = a": "not refuted",
            r"a = b \text{ if and only if } b = a": "not refuted",
            r"a = b \text{ implies } a^2 = b^2": "not refuted",
            r"a^2 = b^2 \text{ implies } a = b": "not proved",
            r"\text{not } a = a": "not proved",
            r"a = a \text{ and } b = b": "proved",
            r"ab = 0 \Rightarrow a = 0 \text{ or } b = 0": "not refuted",
            r"ab = 0 \Rightarrow a = 0": "refuted",
        },
    ),
    group(
        "implications",
        REALS,
        {
            r"a > 0, b > 0 \Rightarrow ab > 0": "not refuted",
            r"a, b > 0 \Rightarrow ab > 0": "not refuted",
            r"a > 0 \Rightarrow ab > 0": "not proved",
            r"b > 0 \Rightarrow ab > 0": "not proved",
            r"a > 1 \Rightarrow a > 0 \Rightarrow a > -1": "not refuted",
            r"a = b \Rightarrow a^2 = b^2 \Rightarrow a^4 = b^4": "not refuted",
            r"a > 1 \iff a - 1 > 0 \iff 2a > 2": "not refuted",
            r"a > 1 \iff a - 1 > 0": "not refuted",
            r"a > 1 \iff a^2 > 1": "not proved",
            r"a = b \Rightarrow a^2 = b^2": "not refuted",
        },
    ),
]


def test_a_false_step_at_the_end_of_implications_is_not_proved() -> None:
    steps = Paragraph(r"$$a = b \Rightarrow a^2 = b^2 \Rightarrow a = b$$", "proved | not proved")
    assert_expected((Paragraph(REALS), steps))
    assert_expected((Paragraph(REALS), Paragraph(r"$$a^2 = b^2 \Rightarrow a = b$$", "not proved")))


@pytest.mark.parametrize("paragraphs", cases(*PREMISES, *PROPERTIES, *NUMBER_SETS, *AFTERWARDS, *CONNECTIVES))
def test_words_around_formulas(paragraphs: tuple[Paragraph, ...]) -> None:
    assert_expected(paragraphs)
