"""Attacks on optima in documents: false claims that were proved or dropped, true ones that were refuted, crashes."""

from __future__ import annotations

import pytest

from verifier import Verdict, check

NUMBERS = r"Let $a, b, t, x \in \mathbb{R}$."
VECTORS = r"Let $v, w, u \in \mathbb{R}^d$ and $A, Q \in \mathbb{R}^{d \times d}$."
POINT = r"v = \arg\min_w \|w - v\|^2"
MATRIX = r"A \in \arg\min_Q \|Q - A\|_F^2"

CONFINED = (
    rf"We have ${POINT}$ over the unit ball.",
    rf"We have ${POINT}$ over all unit vectors $w$.",
    rf"Over all unit vectors $w$, we have ${POINT}$.",
    rf"For unit vectors $w$, ${POINT}$.",
    rf"We have ${POINT}$ for $w \ge 0$.",
    rf"The vector ${POINT}$ where $w \ge 0$.",
    rf"We have ${POINT} \quad \text{{where }} w \ge 0$.",
    rf"We have ${POINT}, \quad \|w\| = 1$.",
    rf"We have ${POINT} \quad \text{{over }} \|w\| \le 1$.",
    rf"Constrained to $\|w\| \le 1$, ${POINT}$.",
    rf"If the weights are nonnegative, then ${POINT}$.",
    rf"Then ${MATRIX}$, where $Q$ is orthogonal.",
    rf"Then ${MATRIX}$ for symmetric $Q$.",
    r"Over the unit sphere, the minimiser of $\|w - v\|^2$ over $w$ is $v$.",
)
ELSEWHERE = (
    rf"We restrict $w$ to the unit sphere. Then ${POINT}$.",
    rf"The vectors $w$ are normalised. Then ${POINT}$.",
    rf"The norm of $w$ must not exceed 1. Then ${POINT}$.",
    rf"We only look at such $w$ that have no zero entries. Then ${POINT}$.",
    rf"The entries of $w$ are probabilities. Then ${POINT}$.",
    rf"Now $w$ ranges over the lattice. Then ${POINT}$.",
    rf"Assume that all the weights are at most one in norm. Then ${POINT}$.",
    rf"All weights sum to one. Then ${POINT}$.",
    rf"Consider the constrained problem. Then ${POINT}$.",
    rf"Then ${POINT}$, $w \ge 0$.",
    rf"Then ${POINT}$, $w \in \mathcal{{W}}$.",
    rf"Then ${POINT}$. Here $w$ is on the unit sphere.",
    "All weights sum to one. The minimizer of $\\|w - v\\|^2$ over $w$ is $v$.",
    "We restrict $w$ to the unit sphere. The minimizer of $\\|w - v\\|^2$ over $w$ is $v$.",
    f"We restrict $w$ to the unit sphere.\n\n# Two\n\nThen ${POINT}$.",
)
FREE = (
    rf"Since the Hessian is positive definite, the minimizer is unique. Then ${POINT}$.",
    rf"We use stochastic gradient descent to learn the parameters. Then ${POINT}$.",
    rf"We seek the optimal $w$ of unconstrained least squares. Then ${POINT}$.",
    rf"We consider ridge regression with parameter vector $w$. Then ${POINT}$.",
    rf"Setting the derivative with respect to $w$ to zero gives the solution. Then ${POINT}$.",
    f"Then ${POINT}$.\n\n# Two\n\nNow we restrict $w$ to the unit sphere.",
    r"The minimiser of $w^T w$ over $w$ is $0$.",
    rf"We minimise over $w$ and get ${POINT}$.",
    rf"With respect to $w$ we have ${POINT}$.",
    rf"Hence, the minimiser over all $w \in \mathbb{{R}}^d$ is ${POINT}$.",
    rf"For every $v$ we have that ${POINT}$ because the norm is nonnegative.",
    r"If $A$ is positive definite, then $v = \arg\min_w (w - v)^T A (w - v)$.",
)


def verdicts(text: str) -> list[Verdict]:
    """The verdicts of a document, in order, without those of what is given."""
    return [j.verdict for j in check(text).judgements if j.verdict != Verdict.GIVEN]


@pytest.mark.parametrize("sentence", [*CONFINED, *ELSEWHERE])
def test_what_a_sentence_says_of_the_variable_may_be_a_constraint(sentence: str) -> None:
    assert Verdict.PROVED not in verdicts(f"{VECTORS}\n\n{sentence}\n")


@pytest.mark.parametrize("sentence", FREE)
def test_words_that_constrain_nothing(sentence: str) -> None:
    assert verdicts(f"{VECTORS}\n\n{sentence}\n") == [Verdict.PROVED]


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (r"0 \in \arg\min_t t^2 \text{ s.t. } t = 1", Verdict.REFUTED),
        (r"x \in \arg\min_t t^2 \text{ s.t. } t = 1", Verdict.REFUTED),
        (r"1 \in \arg\min_t t^2 \text{ s.t. } t = 1", Verdict.PROVED),
        (r"0 \in \arg\min_w w^T w", Verdict.PROVED),
        (r"a \notin \arg\min_t (t - a)^2", Verdict.UNREAD),
        (r"\arg\min_t (t - a)^2 \subseteq \arg\min_t 0", Verdict.UNREAD),
        (r"\arg\min_t 0 \neq 0", Verdict.UNREFUTED),
        (r"\arg\min_t t^2 \neq 0", Verdict.REFUTED),
        (r"\arg\min_t (t - a)^2 - \arg\min_t (t - b)^2 = a - b", Verdict.UNREAD),
        (r"\arg\min_t (t - a)^2 + \arg\min_t (t - b)^2 = a + b", Verdict.UNREAD),
        (r"\frac{d}{da} \min_t (t - a)^2 = 0", Verdict.UNDECIDED),
        (r"\frac{d}{da} \min_t \left((t - a)^2 + t^2\right) = a", Verdict.UNDECIDED),
    ],
)
def test_a_formula_about_optima(formula: str, expected: Verdict) -> None:
    """∈ with a constraint is no declaration, ∉ and ⊆ are no ∈; 0 is a vector; more points than 0 are not {0}."""
    assert verdicts(f"{NUMBERS} {VECTORS}\n\n$$\n{formula}\n$$\n") == [expected]


def test_the_variable_of_an_optimum_is_not_the_letter_in_a_function() -> None:
    """f(t) = (t - a)²: in argmin_a f(a), f(a) is not (a - a)²."""
    text = rf"{NUMBERS} Let $f(t) := (t - a)^2$." + r" Then $a = \arg\min_a f(a)$. Then $a = \arg\min_t f(t)$."
    assert verdicts(text)[-2:] == [Verdict.UNREAD, Verdict.PROVED]
