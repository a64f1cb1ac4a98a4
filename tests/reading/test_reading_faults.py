"""What other readers of LaTeX get wrong, each as a formula and the term that ours makes of it.

The faults are those that READING.md lists: of latex2sympy2 and its kin, of Math-Verify, of SymPy's parsers, and
the idioms that were found in homework solutions. Terms are compared by `outline`, which leaves out only shapes.
"""

from __future__ import annotations

import pytest

from tests.reading.outline import outline
from verifier.derivation import Claim, Role
from verifier.kernel.terms import free_names
from verifier.reading import read, read_document

DECLARED = (
    r"Let $x, y \in \mathbb{R}^n$, $A, B \in \mathbb{R}^{n \times n}$, $X \in \mathbb{R}^{m \times n}$,"
    r" $a, b, c \in \mathbb{R}$."
)

PRODUCTS = {
    r"x^T A x = x^\top A x": "(((x' * A) * x) = ((x' * A) * x))",
    r"A B = B A": "((A * B) = (B * A))",
    r"x^T A B y = x^T B A y": "((((x' * A) * B) * y) = (((x' * B) * A) * y))",
    r"x^T x y = x (x^T y)": "(((x' * x) * y) = (x * (x' * y)))",
    r"a * b = a \times b": "((a * b) = (a * b))",
    r"2ab = 2 \cdot a \cdot b": "(((2 * a) * b) = ((2 * a) * b))",
    r"a \, b \; a = a^2 b": "(((a * b) * a) = ((a ^ 2) * b))",
    r"x \odot y = y \circ x": "((x ⊙ y) = (y ⊙ x))",
    r"A^2 x = A A x": "(((A ^ 2) * x) = ((A * A) * x))",
    r"\cancel{a} + b = b": "((a + b) = b)",
}

TRANSPOSES = {
    r"x^\intercal y = x^{\sf T} y": "((x' * y) = (x' * y))",
    r"x^{\mathsf T} y = x^{\mathrm{T}} y": "((x' * y) = (x' * y))",
    r"x^{\intercal} y = x^{\top} y": "((x' * y) = (x' * y))",
    r"x' y = y^T x": "((x' * y) = (y' * x))",
    r"A^{-1} x = A^{-T} x": "((inverse(A) * x) = (inverse(A)' * x))",
    r"a^{-1} b = b/a": "(((a ^ -1) * b) = (b / a))",
}

SYMBOLS = {
    r"\mathbf{x} = \vec{x}": "(x = x)",
    r"\boldsymbol{x} = \bm{x}": "(x = x)",
    r"\mathbf{x}^T \mathbf{A} \mathbf{x} = x^T A x": "(((x' * A) * x) = ((x' * A) * x))",
    r"X x = X y": "((X * x) = (X * y))",
    r"\hat{x} + \bar{x} = \tilde{x} + x^*": "((hat(x) + bar(x)) = (tilde(x) + x*))",
    r"\overline{x} = \bar x": "(bar(x) = bar(x))",
    r"x_{\text{new}} = x": "(x_new = x)",
    r"x^{(k)} = x^{(k+1)}": "(x^()[k] = x^()[k+1])",
    r"A_{12} = x_1": "(A[1, 2] = x[1])",
    r"\alpha\beta = \beta\alpha": "((alpha * beta) = (beta * alpha))",
    r"I I = -1": "((I * I) = -1)",
    r"a + i = i": "((a + i) = i)",
    r"\mathbf{0} = x - x": "(zeros = (x - x))",
}

OPERATORS = {
    r"\mathbb{E}[a + b] = E[a + b]": "(expectation((a + b)) = expectation((a + b)))",
    r"\operatorname{E}[ab] = \E[a] \mathbb{E}\left[b\right]": (
        "(expectation((a * b)) = (expectation(a) * expectation(b)))"
    ),
    r"E(ab) + a = a + \mathbb{E}(ab)": "((expectation((a * b)) + a) = (a + expectation((a * b))))",
    r"\operatorname{Var}(a) = \mathrm{Var}[a]": "(variance(a) = variance(a))",
    r"\operatorname{Cov}(a, b) = \text{Cov}[a, b]": "(covariance(a, b) = covariance(a, b))",
    r"\text{diag}(x) y = \operatorname{diag}(x) y": "((diag(x) * y) = (diag(x) * y))",
    r"\text{Trace}(A) + a = a + \operatorname{tr} A": "((trace(A) + a) = (a + trace(A)))",
    r"\mathrm{tr}(A B) = \operatorname{trace}(B A)": "(trace((A * B)) = trace((B * A)))",
    r"\det A + a = |A| + a": "((determinant(A) + a) = (determinant(A) + a))",
    r"(a - b)^+ = [a]_+": "(relu((a - b)) = relu(a))",
    r"\text{ReLU}(a) + b = \max(0, a) + b": "((relu(a) + b) = (maximum(0, a) + b))",
    r"\max(a, b) + a = a + \max\{a, b\}": "((maximum(a, b) + a) = (a + maximum(a, b)))",
    r"\tanh^2 a = (\tanh a)^2": "((tanh(a) ^ 2) = (tanh(a) ^ 2))",
    r"\exp(a) b = e^a b": "((exp(a) * b) = (exp(a) * b))",
    r"\exp\left(-\frac{a^2}{2}\right) = e^{-a^2/2}": "(exp(-((a ^ 2) / 2)) = exp(-((a ^ 2) / 2)))",
}

NORMS = {
    r"\|x\|_2^2 = \lVert x \rVert_2^{2}": "((norm_2(x) ^ 2) = (norm_2(x) ^ 2))",
    r"\Vert x \Vert = ||x||": "(norm_2(x) = norm_2(x))",
    r"\left\|x\right\|_1 = \bigl\| x \bigr\|_\infty": "(norm_1(x) = norm_inf(x))",
    r"\|A\|_F^2 = \|A\|^2": "((norm_F(A) ^ 2) = (norm_spectral(A) ^ 2))",
    r"\|A x - y\|^2 = a": "((norm_2(((A * x) - y)) ^ 2) = a)",
}

FRACTIONS = {
    r"\frac ab = \frac12": "((a / b) = (1 / 2))",
    r"\frac1a = \frac a2": "((1 / a) = (a / 2))",
    r"\tfrac12 a = \dfrac{a}{2}": "(((1 / 2) * a) = (a / 2))",
    r"a/b/a = a": "(((a / b) / a) = a)",
    r"-a^2 = a": "(-(a ^ 2) = a)",
    r"(-a)^2 = a": "((-a ^ 2) = a)",
    r"a^2b = b^{2a}": "(((a ^ 2) * b) = (b ^ (2 * a)))",
    r"\sqrt{a}\, b = \sqrt[3]{a}": "((sqrt(a) * b) = (a ^ (1 / 3)))",
}

SUMS = {
    r"\sum_i x_i = a": "(sum(i=1..n, x[i]) = a)",
    r"\sum_{i=1}^n x_i y_i = a": "(sum(i=1..n, (x[i] * y[i])) = a)",
    r"\sum_{i,j} A_{ij} = \sum_i \sum_j A_{ij}": (
        "(sum(i=1..n, sum(j=1..n, A[i, j])) = sum(i=1..n, sum(j=1..n, A[i, j])))"
    ),
    r"\sum_{i=1}^n \sum_{j \neq i} A_{ij} = a": "(sum(i=1..n, sum(j=1..n, (j ≠ i), A[i, j])) = a)",
    r"\sum_i x_i y_i + a = a": "((sum(i=1..n, (x[i] * y[i])) + a) = a)",
    r"\sum_{k=1}^{3} k = 6": "(sum(k=1..3, k) = 6)",
    r"\prod_{i=1}^n x_i = a": "(product(i=1..n, x[i]) = a)",
}

OPTIMA = {
    r"\argmin_x \|A x\| = y": "(optimum_argmin(norm_2((A * x)), x) = y)",
    r"\arg\min_x \|A x\| = y": "(optimum_argmin(norm_2((A * x)), x) = y)",
    r"\underset{x}{\text{argmin}} \|A x\| = y": "(optimum_argmin(norm_2((A * x)), x) = y)",
    r"\operatorname*{argmax}_{x} \|A x\| = y": "(optimum_argmax(norm_2((A * x)), x) = y)",
}

DERIVATIVES = {
    r"\nabla_x x^T x = \triangledown_x x^T x": "(gradient((x' * x), x) = gradient((x' * x), x))",
    r"\frac{\partial}{\partial x} x^T y = \frac{\partial x^T y}{\partial x}": (
        "(derivative((x' * y), x) = derivative((x' * y), x))"
    ),
    r"\frac{\partial^2}{\partial a^2} a^3 = 6a": "(derivative(derivative((a ^ 3), a), a) = (6 * a))",
    r"\nabla^2_x x^T A x = A": "(hessian(((x' * A) * x), x) = A)",
    r"\left.\frac{d}{da} a^2\right|_{a=2} = 4": "(substitute(derivative((a ^ 2), a), a, 2) = 4)",
}

BLOCKS = {
    r"\begin{cases} a & a > 0 \\ b & \text{else} \end{cases} = a": "(cases((a > 0), a, b) = a)",
    r"\begin{cases} a, & \text{if } a > 0 \\ b, & \text{otherwise} \end{cases} = a": "(cases((a > 0), a, b) = a)",
    r"\begin{bmatrix} a & b \\ b & a \end{bmatrix} = \left[\begin{matrix} a & b \\ b & a \end{matrix}\right]": (
        "(block 2×2(a, b, b, a) = block 2×2(a, b, b, a))"
    ),
    r"\begin{pmatrix} a \\ b \end{pmatrix} = [a, b]^T": "(block 2×1(a, b) = block 1×2(a, b)')",
    r"\begin{bmatrix} x & y \end{bmatrix} = [x, y]": "(block 1×2(x, y) = block 1×2(x, y))",
    r"x = [x_1, x_2, \dots, x_n]^T": "(x = build_columns(i=1..n, x[i])')",
    r"A = \begin{bmatrix} A_{11} & \dots & A_{1n} \\ \vdots & & \vdots \\ A_{n1} & \dots & A_{nn} \end{bmatrix}": (
        "(A = build_rows(i=1..n, build_columns(j=1..n, A[i, j])))"
    ),
    r"x_1 + x_2 + \dots + x_n = a": "(sum(i=1..n, x[i]) = a)",
}

UNICODE = {
    "∇_x (x^T y) = y": "(gradient((x' * y), x) = y)",
    "a − b · a ≤ b": "((a - (b * a)) ≤ b)",
    "α β = β α": "((alpha * beta) = (beta * alpha))",
    "a ≠ b": "(a ≠ b)",
    "2 θ = θ + θ": "((2 * theta) = (theta + theta))",
}

READINGS = {
    "products keep their order": PRODUCTS,
    "transposes and inverses": TRANSPOSES,
    "symbols and their faces": SYMBOLS,
    "operators": OPERATORS,
    "norms": NORMS,
    "fractions and powers": FRACTIONS,
    "sums": SUMS,
    "optima": OPTIMA,
    "derivatives": DERIVATIVES,
    "blocks": BLOCKS,
    "unicode": UNICODE,
}

SEVERAL = {
    r"a = b = a + b": ["(a = b)", "(b = (a + b))"],
    r"a < b \le c": ["(a < b)", "(b ≤ c)"],
    r"a \geq b \geqslant 0": ["(a ≥ b)", "(b ≥ 0)"],
    r"\begin{aligned} a &= b \\ &= c \\ &= a \end{aligned}": ["(a = b)", "(b = c)", "(c = a)"],
    r"\begin{aligned} a &= b \\ b &= c \end{aligned}": ["(a = b)", "(b = c)"],
    r"a = b, \quad b = a": ["(a = b)", "(b = a)"],
    r"a = b \text{ and } b = c": ["(a = b)", "(b = c)"],
    r"\underbrace{a - a}_{0} + b = b": ["((a - a) = 0)", "(((a - a) + b) = b)"],
    r"\underbrace{a + b}_{c} = a": ["((a + b) = c)", "((a + b) = a)"],
    r"\underbrace{a + b}_{= c} = a": ["((a + b) = c)", "((a + b) = a)"],
    r"a = b \quad \text{by symmetry}": ["(a = b)"],
    r"a = b \text{ (a and b are equal)}": ["(a = b)"],
    r"a = b \tag{3}": ["(a = b)"],
    r"a = b \quad (3)": ["(a = b)"],
    r"a \stackrel{(1)}{=} b": ["(a = b)"],
    r"a \overset{!}{=} b": ["(a = b)"],
}

UNFINISHED = (
    r"a = b +",
    r"a = b + + \times c",
    r"a = (b",
    r"a = b)",
    r"a = \frac{b}",
    r"a = b_",
    r"a = b \unheardof{c}",
    r"a = b @ c",
    r"x^T A x = x^T A x \sum",
    r"a = \left( b \right.",
)

MACROS = (
    (r"\newcommand{\vx}{\mathbf{x}}", r"\vx^T \vx = a"),
    (r"\newcommand{\sq}[1]{#1^T #1}", r"\sq{x} = a"),
    (r"\newcommand\half{\frac12}\def\vx{x}", r"\half \vx^T \vx = a"),
    (r"\DeclareMathOperator{\norm}{N}\def\v#1{\mathbf{#1}}", r"\v{x}^T \v x = a"),
    (r"\newcommand{\T}{^{\top}}", r"x\T x = a"),
)


def claims(formula: str, declared: str = DECLARED, syntax: str = "markdown") -> list[Claim]:
    derivation = read(read_document(f"{declared}\n\n$$\n{formula}\n$$\n", "<text>", syntax))
    return [c for c in derivation.claims if c.role is not Role.DECLARATION and not c.whole_chain]


def readings(formula: str, declared: str = DECLARED) -> list[str]:
    return [outline(c.sequent.conclusion) if c.sequent else f"unread: {c.problem}" for c in claims(formula, declared)]


@pytest.mark.parametrize(
    ("formula", "expected"),
    [pytest.param(f, e, id=f"{name}: {f}") for name, table in READINGS.items() for f, e in table.items()],
)
def test_a_formula_is_this_term(formula: str, expected: str) -> None:
    assert readings(formula) == [expected]


@pytest.mark.parametrize(("formula", "expected"), SEVERAL.items(), ids=SEVERAL)
def test_a_formula_is_these_claims(formula: str, expected: list[str]) -> None:
    assert readings(formula) == expected


@pytest.mark.parametrize("formula", UNFINISHED)
def test_the_tail_of_a_formula_is_not_dropped(formula: str) -> None:
    found = claims(formula)
    assert found
    assert any(claim.sequent is None and claim.problem is not None for claim in found)


@pytest.mark.parametrize(("macros", "formula"), MACROS, ids=[formula for _, formula in MACROS])
def test_macros_of_the_document(macros: str, formula: str) -> None:
    (reading,) = readings(formula, f"{DECLARED}\n\n${macros}$")
    assert "(x' * x)" in reading or "* x') * x)" in reading
    assert reading.endswith(" = a)")


def test_an_equation_is_read_and_not_solved() -> None:
    assert readings(r"2 a + 4 = 0") == ["(((2 * a) + 4) = 0)"]
    assert readings(r"a + a = 2a - 0 \cdot b") == ["((a + a) = ((2 * a) - (0 * b)))"]


def test_capital_and_small_letters_are_two_symbols() -> None:
    (claim,) = claims(r"X x + X y = X (x + y)")
    assert claim.sequent is not None
    assert free_names(claim.sequent.conclusion) >= {"X", "x", "y"}


def test_every_face_of_a_symbol_is_that_symbol() -> None:
    (claim,) = claims(r"\mathbf{x} + \vec{x} + \boldsymbol{x} + \bm{x} + \mathrm{x} = 5 x")
    assert claim.sequent is not None
    assert free_names(claim.sequent.conclusion) & {"x", "mathbf", "vec", "m", "t", "h", "b", "f"} == {"x"}


def test_no_state_leaks_from_one_formula_to_the_next() -> None:
    formulas = [formula for table in READINGS.values() for formula in table]
    broken = (r"\frac{a", r"\mathbf{", r"x_", r"\newcommand{\x}{5}", r"a = \begin{bmatrix} a", r"\left( a = b")
    before = [readings(formula) for formula in formulas[:12]]
    for formula in broken:
        claims(formula)
    assert [readings(formula) for formula in formulas[:12]] == before


def test_no_state_leaks_from_one_document_to_the_next() -> None:
    assert readings("a + b = b", "Let $a, b \\in \\mathbb{R}^n$.") == ["((a + b) = b)"]
    assert readings("X^2 = X", "Let $X \\in \\mathbb{R}$.") == ["((X ^ 2) = X)"]
    (claim,) = claims("X x = X y", DECLARED)
    assert claim.undeclared == ()
    (alone,) = claims(r"q^T q = q + q^2", "Nothing is declared.")
    assert "q" in alone.undeclared or alone.sequent is None


def test_a_broken_formula_does_not_change_its_neighbours() -> None:
    text = f"{DECLARED}\n\n$$\na = \\frac{{b\n$$\n\n$$\nx^T A x = a\n$$\n"
    derivation = read(read_document(text, "<text>", "markdown"))
    found = [c for c in derivation.claims if c.role is not Role.DECLARATION]
    assert found[0].sequent is None
    assert found[-1].sequent is not None
    assert outline(found[-1].sequent.conclusion) == "(((x' * A) * x) = a)"
