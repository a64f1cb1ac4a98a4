"""LaTeX in plain text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verifier.reporting.readable import LONGEST, is_atom, printable, readable

FORMULAS = [
    (r"-1 < 1 - 2\eta\sigma^2 < 1 \implies 0 < \eta < \frac{1}{2\sigma^2}", "-1 < 1 - 2ησ² < 1 ⟹ 0 < η < 1/(2σ²)"),
    (r"\frac{\partial}{\partial x} (x^T c)", "∂/∂x (xᵀ c)"),
    (r"\frac{\partial l_i(\theta)}{\partial \theta_j}", "∂lᵢ(θ)/∂θⱼ"),
    (r"\frac{1}{\eta}\|x\|^2", "(1/η)‖x‖²"),
    (r"\frac{1}{2}\|x\|^2", "1/2 ‖x‖²"),
    (r"\frac{a + b}{c}", "(a + b)/c"),
    (r"\frac{x^T x}{c^T c} c", "(xᵀ x/(cᵀ c)) c"),
    (r"\hat{\beta} = (X^\top X)^{-1} X^\intercal y", "β̂ = (XᵀX)⁻¹ Xᵀy"),
    (r"w^{(t+1)} = w^{(t)} - \eta \nabla L(w^{(t)})", "w⁽ᵗ⁺¹⁾ = w⁽ᵗ⁾ - η∇L(w⁽ᵗ⁾)"),
    (r"\begin{bmatrix} A_{11} & \dots \\ B & C \end{bmatrix}", "[A₁₁, …; B, C]"),
    (r"\sum_{j=1}^n A_{ij} x_j", "Σⱼ₌₁ⁿ Aᵢⱼ xⱼ"),
    (r"\mathcal{L}(\theta) \le \operatorname{tr}(A)", "ℒ(θ) ≤ tr(A)"),
    (r"A_{h,:} \in \mathbb{R}^{m \times n}", "A_(h,:) ∈ ℝ^(m × n)"),
    (r"\left\|x\right\|_2^{2}", "‖x‖₂²"),
    (r"\sqrt{x + 1} + \sqrt[3]{y}", "√(x + 1) + ³√y"),
    (r"f(x) = \begin{cases} 1 & x > 0 \\ 0 & \text{otherwise} \end{cases}", "f(x) = { 1, x > 0; 0, otherwise }"),
    (r"A \text{ is symmetric}", "A is symmetric"),
    (r"\left. x \right|_{y = 3}", "x |_(y = 3)"),
    (r"\foo{x} + \bar x", "\\foo{x} + x̄"),
    (r"9^{9^{9^9}}", "9^(9^(9⁹))"),
    (r"\begin{aligned} a &= b \\ &= c \end{aligned}", "a = b = c"),
]


@pytest.mark.parametrize(("latex", "text"), FORMULAS)
def test_formulas_are_readable(latex: str, text: str) -> None:
    assert readable(latex) == text


@pytest.mark.parametrize(
    "latex", ["", "\\", "^", "_", "x^", "}{", r"\frac", r"\begin{", r"\end", r"\left", r"\sqrt[", "\\\\", "&", r"\not"]
)
def test_broken_formulas_do_not_fail(latex: str) -> None:
    assert "\n" not in readable(latex)


@pytest.mark.parametrize(
    "latex", ["{" * 3000, r"\frac{" * 3000, r"\frac" * 3000, r"\begin{a}" * 900, "^" * 9000, "x^{" * 999]
)
def test_deep_formulas_are_cut(latex: str) -> None:
    assert len(readable(latex)) <= LONGEST


ALPHABET = [
    "\\frac",
    "\\left",
    "\\right",
    "\\begin",
    "\\end",
    "\\text",
    "{",
    "}",
    "^",
    "_",
    "x",
    " ",
    "[",
    "]",
    "&",
    "\\\\",
    "|",
]


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(st.text(), st.lists(st.sampled_from([*ALPHABET, "\\sqrt", "{matrix}", "\\hat", "\\not"])).map("".join))
)
def test_any_text_is_taken(latex: str) -> None:
    text = readable(latex)
    assert len(text) <= LONGEST
    assert text == printable(text)
    assert "\n" not in text


def test_nothing_steers_the_terminal() -> None:
    assert "\x1b" not in readable("x = \x1b[31m y")
    assert "\u202e" not in printable("a\u202eb")


@pytest.mark.parametrize("text", ["x", "xᵢ", "12", "0.5", "(a + b)", "‖x‖", "∂x", "β̂", "x⁻¹", "σ²", "(a (b))"])
def test_atoms(text: str) -> None:
    assert is_atom(text)


@pytest.mark.parametrize("text", ["2x", "ab", "a b", "a + b", "(a)(b)", "xᵀ x", "log x", "‖x‖‖y‖"])
def test_what_is_no_atom(text: str) -> None:
    assert not is_atom(text)
