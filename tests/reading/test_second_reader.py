"""Scalar formulas that latex2sympy2_extended reads too: the two readers agree at random points.

It reads ``\\log`` to base 10, ``\\frac12`` not at all, and ``I`` as the imaginary unit; such formulas are left out.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Mapping

import pytest

from verifier.kernel.linear import Linear
from verifier.kernel.terms import Term
from verifier.reading import read, read_document

latex2sympy2_extended = pytest.importorskip("latex2sympy2_extended", reason="latex2sympy2_extended is not installed")

GIVEN = "```given\na, b, c, x, y, \\eta, \\sigma, \\lambda \\in \\mathbb{R}\n```\n\n"
FORMULAS = [
    r"a + b - c",
    r"a - (b - c)",
    r"a - b - c",
    r"2 a b",
    r"-a^2",
    r"(-a)^2",
    r"a^2 - 2ab + b^2",
    r"a b c - c b a",
    r"\frac{a+b}{2}",
    r"\frac{a}{b} c",
    r"\frac{1}{1 + e^{-x}}",
    r"\frac{e^{x} - e^{-x}}{e^{x} + e^{-x}}",
    r"\sqrt{a^2 + 1}",
    r"\sqrt[3]{x^2 + 1}",
    r"a^{2}b^{3}",
    r"a^{-1}",
    r"{(a + b)}^{2}",
    r"\left(a + b\right)^2",
    r"\left(1 - \eta \sigma^2\right) x",
    r"\exp(a - b)",
    r"\ln(a^2 + 1)",
    r"\tanh(a x + b)",
    r"\sin(a) \cos(b)",
    r"\sin^2(x) + \cos^2(x)",
    r"|a - b|",
    r"\left|a\right| + \left|b\right|",
    r"\max(a, b)",
    r"\min(a, b, c)",
    r"a \cdot b + c",
    r"\frac{\lambda}{2} x^2",
    r"0.5 x^2 - 1.25",
    r"\sum_{k=1}^{5} k a",
    r"\sum_{k=0}^{3} a^k",
    r"2(a + b)(a - b)",
    r"\frac{a^2 - b^2}{1 + c^2}",
    r"\cosh(x) + \sinh(x)",
]
FUNCTIONS: Mapping[str, Callable[[float], float]] = {
    "exp": math.exp,
    "log": math.log,
    "sqrt": math.sqrt,
    "tanh": math.tanh,
    "sin": math.sin,
    "cos": math.cos,
    "sinh": math.sinh,
    "cosh": math.cosh,
    "abs": abs,
}


def value(term: Term, at: Mapping[str, float]) -> float:
    """The number that a scalar term denotes."""
    match term.head:
        case "number":
            return float(term.data[0])
        case "symbol":
            return at[term.data[0]]
        case "index":
            return number(term.data[0], at)
        case "sum":
            name, low, high = term.data
            steps = range(int(number(low, at)), int(number(high, at)) + 1)
            return sum(value(term.args[0], {**at, name: float(k)}) for k in steps)
    args = [value(arg, at) for arg in term.args]
    match term.head:
        case "add":
            return args[0] + args[1]
        case "subtract":
            return args[0] - args[1]
        case "negate":
            return -args[0]
        case "multiply" | "dot":
            return args[0] * args[1]
        case "divide":
            return args[0] / args[1]
        case "power":
            return math.pow(args[0], args[1])
        case "maximum":
            return max(args)
        case "minimum":
            return min(args)
        case "elementwise":
            return FUNCTIONS[term.data[0]](args[0])
    raise AssertionError(f"{term.head} is not expected here")


def number(form: Linear, at: Mapping[str, float]) -> float:
    return sum(count * (1.0 if atom == "" else at[str(atom)]) for atom, count in form)


@pytest.mark.parametrize("formula", FORMULAS)
def test_two_readers_agree(formula: str) -> None:
    (claim,) = read(read_document(f"{GIVEN}$${formula} = y$$\n", "x.md")).claims
    assert claim.sequent is not None, claim.problem
    ours = claim.sequent.conclusion.args[0]
    theirs = latex2sympy2_extended.latex2sympy(formula)
    dice = random.Random(formula)
    for _ in range(5):
        at = {name: dice.uniform(0.2, 1.5) for name in ("a", "b", "c", "x", "y", "eta", "sigma", "lambda")}
        other = float(theirs.subs({s: at[str(s).strip("\\")] for s in theirs.free_symbols}).evalf())
        assert math.isclose(value(ours, at), other, rel_tol=1e-9, abs_tol=1e-12), f"{ours} and {theirs}"
