"""Optima as documents write them: s.t., conditions below an argmin, words; what may be a constraint is not dropped."""

from __future__ import annotations

import pytest

from verifier import Verdict, check

GIVEN = (
    r"Let $X \in \mathbb{R}^{n \times d}$, $y \in \mathbb{R}^n$, $A \in \mathbb{R}^{k \times d}$, $b \in \mathbb{R}^k$,"
    r" $H \in \mathbb{R}^{d \times d}$, $H \succ 0$, $\lambda > 0$, $a, c \in \mathbb{R}$, $e \in \mathbb{R}^d$."
)
OLS, RIDGE = r"(X^T X)^{-1} X^T y", r"(X^T X + \lambda I)^{-1} X^T y"
F = r"\|y - X w\|_2^2"
FORM = r"\tfrac12 w^T H w"
SOLUTION = r"H^{-1} A^T (A H^{-1} A^T)^{-1} b"
PROVED, REFUTED, UNREAD = Verdict.PROVED, Verdict.REFUTED, Verdict.UNREAD
"""UNREAD stands for neither proved nor refuted: unread, or no claim at all."""

FORMULAS: dict[str, Verdict] = {
    rf"\arg\min_w {F} = {OLS}": PROVED,
    rf"{OLS} = \operatorname*{{argmin}}_{{w \in \mathbb{{R}}^d}} {F}": PROVED,
    rf"\underset{{w}}{{\text{{argmin}}}} {F} + \lambda \|w\|^2 = {RIDGE}": PROVED,
    rf"{OLS} \in \arg\min_w {F}": PROVED,
    rf"\arg\min_w {F} \text{{ has the same solution as }} w = {OLS}": PROVED,
    rf"\arg\min_w {F} \text{{ has the same minimiser as }} \arg\min_w 2 {F} + c": PROVED,
    rf"\arg\min_w {F} = \arg\min_w -2 w^T X^T y + w^T X^T X w": PROVED,
    rf"\arg\min_w {FORM} \text{{ s.t. }} A w = b": UNREAD,
    rf"{SOLUTION} = \arg\min_w {FORM} \quad \text{{s.t.}} \quad A w = b": PROVED,
    rf"{SOLUTION} = \arg\min_w {FORM} \text{{ subject to }} A w = b": PROVED,
    rf"\arg\min_{{w : A w = b}} {FORM} = {SOLUTION}": PROVED,
    rf"\min_{{w : e^T w = c}} {FORM} = \frac{{c^2}}{{2 e^T H^{{-1}} e}}": PROVED,
    r"\arg\min_{t \geq 0} (t - a)^2 = \max(a, 0)": PROVED,
    rf"\arg\min_w {F} + \lambda \|w\|^2 = {OLS}": REFUTED,
    rf"\arg\max_w {F} = {OLS}": REFUTED,
    rf"\arg\min_w {F} = \arg\min_w {F} + \lambda \|w\|^2": REFUTED,
    rf"\arg\min_w c {F} = \arg\min_w {F}": REFUTED,
    rf"0 = \arg\min_w {FORM} \quad \text{{s.t.}} \quad A w = b": REFUTED,
    r"\arg\min_{t \geq 0} (t - a)^2 = a": REFUTED,
    rf"\min_{{w : e^T w = c}} {FORM} = \frac{{c^2}}{{e^T H^{{-1}} e}}": REFUTED,
    r"\min_{w \in C} w^T w = 0": UNREAD,
    r"0 = \arg\min_w w^T w \text{ s.t. } w_i \geq 1": UNREAD,
    r"\arg\min_t (t - a)^2 \text{ s.t. } t \geq 0 = \max(a, 0)": UNREAD,
}

PARAGRAPHS: dict[str, Verdict] = {
    rf"The minimiser of ${F}$ is $\hat w = {OLS}$.": PROVED,
    rf"The minimizer of ${F}$ over $w$ is ${OLS}$.": PROVED,
    rf"${OLS}$ minimises $\|y - X w\|^2$ over $w$.": UNREAD,
    rf"${F}$ is minimised at $w = {OLS}$.": PROVED,
    rf"${F}$ is maximised at $w = {OLS}$.": REFUTED,
    rf"The minimiser of ${F}$ is $w^* = 2 {OLS}$.": REFUTED,
    rf"$\arg\min_w {FORM} = 0$ subject to $A w = b$.": UNREAD,
    rf"Let $w \in \mathbb{{R}}^d$ be such that $A w = b$. Then $\arg\min_w {FORM} = 0$.": UNREAD,
    r"Let $t \geq 0$. Then $\arg\min_t (t - a)^2 = a$.": UNREAD,
}


def verdicts(text: str) -> list[Verdict]:
    return [j.verdict for j in check(text).counted if j.verdict is not Verdict.GIVEN]


def assert_verdict(text: str, expected: Verdict) -> None:
    found = verdicts(text)
    if expected is UNREAD:
        assert not {PROVED, REFUTED} & set(found)
    else:
        assert found == [expected]


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula(formula: str) -> None:
    assert_verdict(f"{GIVEN}\n\n$$\n{formula}\n$$\n", FORMULAS[formula])


@pytest.mark.parametrize("paragraph", PARAGRAPHS)
def test_a_paragraph(paragraph: str) -> None:
    assert_verdict(f"{GIVEN}\n\n{paragraph}\n", PARAGRAPHS[paragraph])


def test_what_is_an_argmin_is_known_by_that() -> None:
    text = rf"""{GIVEN} Let $\hat w = \arg\min_w {FORM} \text{{ s.t. }} A w = b$.

Then $\hat w = {SOLUTION}$. Then $A \hat w = b$. Then $\hat w = e$.
"""
    assert verdicts(text) == [PROVED, PROVED, REFUTED]


def test_that_a_point_is_alone_is_used_by_those_who_speak_of_it() -> None:
    """ŵ = argmin f says that X has full column rank: a claim about X alone is neither proved by it nor refuted."""
    text = rf"""{GIVEN} Let $\hat w = \arg\min_w {F}$.

Then $X^T (y - X \hat w) = 0$. Then $\operatorname{{rank}} X = d$. Then $X^T y = 0$.
"""
    assert verdicts(text)[-2:] == [Verdict.UNDECIDED, REFUTED]


def test_what_two_optima_at_one_point_say_is_not_refuted() -> None:
    text = r"""Let $a, b, s \in \mathbb{R}$. Let $s = \arg\min_t (t - a)^2$ and $s = \arg\min_t (t - b)^2$.

Then $a = b$.
"""
    assert verdicts(text)[-1] is not REFUTED


def test_a_chain_of_problems() -> None:
    text = rf"""{GIVEN}

$$\begin{{aligned}}
& \underset{{w}}{{\text{{argmin}}}} \|y - X w\|_2^2 \\
&= \underset{{w}}{{\text{{argmin}}}} (y - X w)^T (y - X w) \\
&= \underset{{w}}{{\text{{argmin}}}} y^T y - 2 w^T X^T y + w^T X^T X w \\
&= \underset{{w}}{{\text{{argmin}}}} -2 w^T X^T y + w^T X^T X w \\
&= \underset{{w}}{{\text{{argmin}}}} -2 w^T X^T y
\end{{aligned}}$$
"""
    assert verdicts(text) == [PROVED, PROVED, PROVED, REFUTED]
