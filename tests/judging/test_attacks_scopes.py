"""How far what a text sets reaches: recurrences, joined conditions, "implies", conclusions, cited equations, optima."""

from __future__ import annotations

import pytest

from tests.judging.documents import REALS, SQUARES, VECTORS, Paragraph, assert_expected, cases, document

FAMILY = "```given\nw_t, z_t \\in \\mathbb{R}^d\n\\eta \\in \\mathbb{R}\nt index\nw_{t+1} = w_t - \\eta z_{t+1}\n```"

RECURRENCES = [
    document(
        "a recurrence in a given block holds for every t",
        FAMILY,
        (r"$$w_{t+1} = w_t - \eta z_{t+1}$$", "proved"),
        (r"$$w_{t+2} = w_{t+1} - \eta z_{t+2}$$", "proved"),
        (r"$$w_{2} = w_{1} - \eta z_{2}$$", "proved"),
        (r"$$w_{t+1} = w_t - \eta z_{t}$$", "not proved"),
        (r"$$w_{t} = w_{t+1} + \eta z_{t+1}$$", "proved"),
    ),
    document(
        "a recurrence of a family that nobody declared is no symbol w_{t+1}",
        "```given\nt index\nb \\in \\mathbb{R}\nw_{t+1} := b w_t\n```",
        (r"$$w_{t+1} = w_t$$", "given | open"),
    ),
    document(
        "a first member that is set is no symbol of its own",
        "```given\nw_t \\in \\mathbb{R}\nt index\n```",
        "Let $w_0 = 1$ and suppose $w_{t+1} = 2 w_t$.",
        ("Then $w_1 = 2 w_0$ and $w_1 = 2$ and $w_2 = 4$.", "proved"),
        ("Then $w_1 = w_0$.", "not proved"),
        ("Now $w_0 = 3$.", "not proved"),
        ("Now $w_2 = 3$.", "not proved"),
    ),
    document(
        "a first member that is set in a chain",
        "```given\nw_t \\in \\mathbb{R}\nt index\n```",
        (r"$$w_0 = 2 \cdot 1 = 2$$", "proved"),
        (r"$$w_{t+1} = 2 w_t$$", "given"),
        (r"$$w_1 = 4$$", "proved"),
        (r"$$w_1 = 2$$", "not proved"),
    ),
    document(
        "a member at a fixed index can still be set",
        "```given\nw_t \\in \\mathbb{R}\nt index\nw_0 = 1\nw_{t+1} = 2 w_t\n```",
        (r"$$w_1 = 2$$", "proved"),
        (r"$$w_2 = 2$$", "not proved"),
    ),
]


@pytest.mark.parametrize("paragraphs", cases(*RECURRENCES))
def test_recurrences_of_given_blocks(paragraphs: tuple[Paragraph, ...]) -> None:
    assert_expected(paragraphs)


JOINED = [
    document(f"joined conditions: {words}", REALS, (f"{words} then $a = c$.", "proved"))
    for words in (
        "If $a = b$ and $b = c$,",
        "If $a = b$, and $b = c$,",
        "When $a = b$ and also $b = c$,",
        "If $a = b$ and $d > 0$ and $b = c$,",
    )
] + [
    document(
        "a supposition of two equations",
        REALS,
        "Suppose $a = b$ and $b = c$.",
        (r"$$a = c$$", "proved"),
        (r"$$a = 2 c$$", "not proved"),
    ),
    document(
        "two suppositions about what was declared",
        SQUARES,
        r"Let $x = A y$ and $y = B z$.",
        (r"$$x = A B z$$", "proved"),
        (r"$$x = B A z$$", "not proved"),
    ),
    document(
        "a case and what follows from it are joined by more than a word",
        REALS,
        ("If $a = b$ and therefore $b = c$, then $a = c$.", "not proved"),
    ),
    document(
        "two conditionals in a sentence", REALS, ("$a^2 = b^2$ if $a = b$ and $c = d$ if $c = b$.", "proved | refuted")
    ),
    document("a condition of the second", REALS, ("When $a = 0$ and $b = 1$ when $a = 1$, $b = 1$.", "not proved")),
    document("a consequence is joined", REALS, "Suppose $a = b$ and $c = d$ follows.", (r"$$c = d$$", "not proved")),
    document("a denial that is joined", REALS, "Do not suppose $a = b$ and $c = d$.", (r"$$c = d$$", "not proved")),
    document("a claim and another", REALS, ("So $a = a$ and $a = b$.", "not proved | proved")),
]


@pytest.mark.parametrize("paragraphs", cases(*JOINED))
def test_conditions_that_are_joined(paragraphs: tuple[Paragraph, ...]) -> None:
    assert_expected(paragraphs)


IMPLIES = [
    document("an implication in words", REALS, ("Note that $a = b$ implies $a^2 = b^2$.", "proved")),
    document("an implication with that", REALS, ("$a > 2$ implies that $a^2 > 4$.", "not refuted")),
    document("a false implication in words", REALS, ("$a^2 = b^2$ implies $a = b$.", "refuted")),
    document("two premises", REALS, ("$a = b$ and $b = c$ imply $a = c$.", "proved")),
    document("the premise holds for its sentence", REALS, "$a = b$ implies $a^2 = b^2$.", (r"$$a = b$$", "not proved")),
    document("a denied implication", REALS, ("$a^2 = b^2$ does not imply $a = b$.", "open")),
    document("which implies", REALS, ("We have $a = b$, which implies $a^2 = b^2$.", "not proved")),
    document("this implies", REALS, ("We have $a = b$. This implies that $a^2 = b^2$.", "not proved")),
    document("it would imply", REALS, ("$a = b$ would imply $a^2 = b^2$.", "proved")),
    document("a supposed implication", REALS, ("Suppose $a = b$ implies $c = d$.", "open")),
    document("an implication that is asked for", REALS, ("When does $a = b$ imply $c = d$?", "open | refuted")),
]


@pytest.mark.parametrize("paragraphs", cases(*IMPLIES))
def test_implications_in_words(paragraphs: tuple[Paragraph, ...]) -> None:
    assert_expected(paragraphs)


CONCLUSIONS = [
    document(
        "a conclusion under the condition of the sentence before",
        SQUARES,
        ("If $A = 2 B$, then $A - B = B$. Therefore $A x - B x = B x$.", "proved"),
        ("Therefore $A x - B x = B x$.", "not proved"),
    ),
    document(
        "a new sentence that is no conclusion",
        REALS,
        ("If $a = b$, then $a - b = 0$. In general $a - b = 0$.", "proved | refuted"),
        (r"$$a = b$$", "not proved"),
    ),
    document(
        "a conclusion of another paragraph",
        REALS,
        ("If $a = b$, then $a - b = 0$.", "proved"),
        ("Therefore $a^2 = b^2$.", "not proved"),
    ),
]


@pytest.mark.parametrize("paragraphs", cases(*CONCLUSIONS))
def test_conclusions_from_a_condition(paragraphs: tuple[Paragraph, ...]) -> None:
    assert_expected(paragraphs)


OBJECTIVES = [
    document(
        "what is minimised is defined",
        VECTORS,
        "So, our problem is to minimize:\n\n$$J = x^T x$$",
        (r"$$J = \|x\|^2$$", "proved"),
        (r"$$J = 2 x^T x$$", "not proved"),
    ),
    document(
        "what minimises is not",
        r"Let $A \in \mathbb{R}^{n \times n}$ and $b \in \mathbb{R}^n$.",
        ("This is easy to minimize:\n\n$$w = A^{-1} b$$", "open"),
        (r"$$w = 2 A^{-1} b$$", "open"),
    ),
    document(
        "the minimum is not",
        VECTORS,
        ("We minimize the loss $x^T x$. The minimum is $M = x^T y$.", "open"),
    ),
    document(
        "a choice holds for its sentence",
        VECTORS,
        ("Then by choosing $a = 1$ we get $a x = x$.", "proved"),
        (r"$$a x = x$$", "not proved"),
    ),
    document("a choice that is no choice", REALS, ("By choosing a small rate, $a = 1$.", "open | refuted")),
]


@pytest.mark.parametrize("paragraphs", cases(*OBJECTIVES))
def test_objectives_and_choices(paragraphs: tuple[Paragraph, ...]) -> None:
    assert_expected(paragraphs)


CITED = [
    document(
        "an equation that is cited brings its condition",
        SQUARES,
        ("If $A = 2 B$, then\n\n$$A - B = B \\tag{7}$$", "proved"),
        ("Some remark. Using (7), we can write\n\n$$A x - B x = B x \\tag{8}$$", "proved"),
        ("In general\n\n$$A x - B x = B x$$", "not proved"),
        ("From equation 8 we have\n\n$$A x - 2 B x = 0$$", "proved"),
    ),
    document(
        "a number that cites nothing",
        SQUARES,
        ("If $A = 2 B$, then\n\n$$A - B = B \\tag{7}$$", "proved"),
        ("Using 9 samples, we can write\n\n$$A x - B x = B x$$", "not proved"),
        ("Unlike (7), in general\n\n$$A x - B x = B x$$", "not proved"),
    ),
]


@pytest.mark.parametrize("paragraphs", cases(*CITED))
def test_equations_that_are_cited(paragraphs: tuple[Paragraph, ...]) -> None:
    assert_expected(paragraphs)


FAMILIES = r"""```given
x^{(k)} \in \mathbb{R}^n
M^{(k)} \in \mathbb{R}^{n \times n}
a^{(k)} \in \mathbb{R}
A \in \mathbb{R}^{n \times n}
k, T index
x^{(k+1)} = A x^{(k)}
```"""

SUPERSCRIPTS = [
    document(
        "a member without its brackets",
        FAMILIES,
        (r"$$x^k = A^k x^{(0)}$$", "proved"),
        (r"$$x^k = A^{k+1} x^{(0)}$$", "not proved"),
        (r"$$x^k = x^{(0)} A$$", "ill-typed"),
        (r"$$x^{(k)} = x^{(0)} (A + A)$$", "ill-typed"),
        (r"$$(x^k)^T x^k = \|x^{(k)}\|^2$$", "proved"),
        (r"$$x^T x = \|x\|^2$$", "proved | open"),
        (r"$$x^T x = \|x^{(T)}\|^2$$", "open"),
        (r"$$a^k = a^{(k)}$$", "open"),
        (r"$$M^k = M^{(k)}$$", "open"),
    ),
    document(
        "an identity of a declared size is declared",
        r"Let $A \in \mathbb{R}^{n \times p}$. Let $I$ be the identity.",
        (r"$$I_p A = A$$", "ill-typed | open"),
        (r"$$I_n A = A$$", "proved"),
        (r"$$I_q A = A$$", "open"),
        (r"$$A I_p = A$$", "proved"),
    ),
]


@pytest.mark.parametrize("paragraphs", cases(*SUPERSCRIPTS))
def test_members_without_brackets(paragraphs: tuple[Paragraph, ...]) -> None:
    assert_expected(paragraphs)


LEAST_SQUARES = r"""```given
X \in \mathbb{R}^{n \times d}
Y \in \mathbb{R}^n
\beta, \hat{\beta}, \beta^* \in \mathbb{R}^d
X has full column rank
layout: denominator
```

Define $L(\beta) = \|Y - X \beta\|^2$."""
SLOPE = r"$$\frac{\partial L(\beta)}{\partial \beta} = -2 X^T Y + 2 X^T X \beta \tag{1}$$"
SET = f"We differentiate with respect to $\\beta$ and set to zero:\n\n{SLOPE}"
SOLVED = r"\beta} = (X^T X)^{-1} X^T Y$$"

STATIONARY = [
    document(
        "set to zero in words",
        LEAST_SQUARES,
        (SET, "proved"),
        (r"$$\hat{" + SOLVED, "proved"),
        (r"$$\hat{\beta} = 2 (X^T X)^{-1} X^T Y$$", "not proved"),
        (r"So $X^T X \beta = X^T Y$.", "proved"),
    ),
    document(
        "a wrong solution of what was set to zero",
        LEAST_SQUARES,
        (SET, "proved"),
        (r"$$\hat{\beta} = 2 (X^T X)^{-1} X^T Y$$", "refuted"),
    ),
    document(
        "a starred solution, in another sentence",
        LEAST_SQUARES,
        (SET, "proved"),
        (r"The minimiser is $\beta^* = (X^T X)^{-1} X^T Y$.", "proved"),
        (r"Another estimate is $\hat{\beta} = 2 (X^T X)^{-1} X^T Y$.", "open"),
    ),
    document(
        "set to zero in a chain",
        LEAST_SQUARES,
        (r"$$\frac{\partial L(\beta)}{\partial \beta} = -2 X^T Y + 2 X^T X \beta = 0$$", "proved"),
        (r"$$\hat{" + SOLVED, "proved"),
    ),
    document(
        "a derivative that is not set to zero",
        LEAST_SQUARES,
        (f"We differentiate with respect to $\\beta$:\n\n{SLOPE}", "proved"),
        (r"$$X^T X \beta = X^T Y$$", "not proved"),
        (r"$$\hat{" + SOLVED, "given | open"),
    ),
    document(
        "a derivative that cannot be set to zero",
        LEAST_SQUARES,
        (f"We differentiate, but we cannot set it to zero:\n\n{SLOPE}", "proved | open"),
        (r"$$X^T X \beta = X^T Y$$", "not proved"),
    ),
    document(
        "something else was set to zero",
        LEAST_SQUARES,
        (f"The bias is set to zero. We differentiate:\n\n{SLOPE}", "proved"),
        (r"$$X^T X \beta = X^T Y$$", "not proved"),
    ),
    document(
        "what is defined otherwise is no solution",
        LEAST_SQUARES,
        r"Let $\hat{\beta} = \beta + \beta$.",
        (SET, "proved"),
        (r"$$\hat{" + SOLVED, "not proved"),
    ),
]


@pytest.mark.parametrize("paragraphs", cases(*STATIONARY))
def test_derivatives_that_are_set_to_zero(paragraphs: tuple[Paragraph, ...]) -> None:
    assert_expected(paragraphs)


BLOCKS = r"""```given
X \in \mathbb{R}^{n \times d}
Y \in \mathbb{R}^n
\beta \in \mathbb{R}^d
\lambda \in \mathbb{R}
\lambda > 0
I is the identity
```

Define $\hat{X} = \begin{bmatrix} X \\ \sqrt{\lambda} I \end{bmatrix}$,
and $\hat{Y} = \begin{bmatrix} Y \\ \mathbf{0} \end{bmatrix}$."""

ZEROS = [
    document(
        "a bold zero among blocks",
        BLOCKS,
        (r"$$\|\hat{Y} - \hat{X} \beta\|^2 = \|Y - X \beta\|^2 + \lambda \|\beta\|^2$$", "proved"),
        (r"$$\|\hat{Y} - \hat{X} \beta\|^2 = \|Y - X \beta\|^2$$", "not proved"),
        (r"$$\hat{X}^T \hat{Y} = X^T Y$$", "proved"),
        (r"$$\hat{Y} = Y$$", "ill-typed | open"),
    ),
    document(
        "a bold zero in a row of blocks",
        BLOCKS,
        (
            r"$$\begin{bmatrix} Y^T & \mathbf{0} \end{bmatrix} \begin{bmatrix} Y \\ \mathbf{0} \end{bmatrix} = Y^T Y$$",
            "not refuted",
        ),
        (r"$$\begin{bmatrix} X \\ \mathbf{0} \end{bmatrix} \beta = X \beta$$", "not proved"),
    ),
]


@pytest.mark.parametrize("paragraphs", cases(*ZEROS))
def test_zeros_among_blocks(paragraphs: tuple[Paragraph, ...]) -> None:
    assert_expected(paragraphs)


ENTRIES = [
    document(
        "an entry of a product, or of its last factor, whichever fits",
        SQUARES,
        (r"$$(A x)_i = A x[i]$$", "proved"),
        (r"$$y[i] = A x[i] - a z[i]$$", "not proved"),
        (r"$$(a (A + B) x)_i = a (A + B) x[i]$$", "proved"),
        (r"$$(A + A) x[i] = A x_i + A x_i$$", "proved"),
        (r"$$A x[i] = B x[i]$$", "unread"),
        (r"$$A x[i] = A x[i]$$", "unread"),
        (r"$$A x[i] = x^T A^T x[i]$$", "ill-typed | open"),
    ),
]


@pytest.mark.parametrize("paragraphs", cases(*ENTRIES))
def test_entries_of_products(paragraphs: tuple[Paragraph, ...]) -> None:
    assert_expected(paragraphs)
