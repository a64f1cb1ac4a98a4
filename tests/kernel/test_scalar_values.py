"""The normal form of a scalar has the value of the scalar: roots, powers, logarithms, steps, in plain floats.

The evaluator here is written from what a normal form says, and the terms are built beside their values, so that
neither shares code with the kernel. A kernel of ours lost a factor 2 in (√2 √(a + b))²; this finds it.
"""

from __future__ import annotations

import math
from fractions import Fraction
from random import Random

import pytest

from tests.kernel.building import a, add, b, c, div, eq, fn, mul, num, power, proves, rel, sub
from verifier.kernel.algebra import Algebra
from verifier.kernel.context import CertificateError
from verifier.kernel.interpretation import Interpreter, Scope
from verifier.kernel.polynomials import Factor, NormalForm, Unsupported
from verifier.kernel.terms import Term

FUNCTIONS = {
    "exp": math.exp,
    "log": math.log,
    "sin": math.sin,
    "cos": math.cos,
    "tanh": math.tanh,
    "sigmoid": lambda u: 1 / (1 + math.exp(-u)),
    "arctan": math.atan,
    "sinh": math.sinh,
    "cosh": math.cosh,
}
TERM_FUNCTIONS = {
    **FUNCTIONS,
    "sqrt": math.sqrt,
    "relu": lambda u: max(u, 0.0),
    "abs": abs,
    "step": lambda u: float(u > 0),
    "sign": lambda u: float(u > 0) - float(u < 0),
    "softplus": lambda u: math.log(1 + math.exp(u)),
    "tan": math.tan,
}
Built = tuple[Term, float]


def value(form: NormalForm, model: dict[str, float]) -> float:
    """What a normal form without indices denotes."""
    return sum(float(k) * math.prod(_factor(f, model) for f in m.factors) for m, k in form.items())


def _factor(factor: Factor, model: dict[str, float]) -> float:
    base, slots, exponent = factor
    assert not slots
    assert not isinstance(exponent, tuple)
    match base.kind:
        case "symbol":
            here = model[base.name]
        case "number":
            here = float(base.name)
        case "constant":
            here = {"pi": math.pi, "e": math.e}[base.name]
        case "power":
            here = value(base.closed[0].terms, model)
        case "step":
            here = float(value(base.closed[0].terms, model) > 0)
        case "function":
            here = FUNCTIONS[base.name](value(base.closed[0].terms, model))
        case _:
            raise NotImplementedError(base.kind)
    if here < 0 and Fraction(exponent).denominator != 1:
        raise ValueError("a root of a negative number")
    return here ** float(exponent) if Fraction(exponent).denominator != 1 else here ** int(exponent)


def build(random: Random, depth: int, model: dict[str, float]) -> Built:
    """A random scalar and its value. ValueError, ZeroDivisionError or OverflowError where it is not defined."""
    if depth == 0 or random.random() < 0.1:
        if random.random() < 0.35:
            number = Fraction(random.choice([-2, -1, 1, 2, 3, 4, 6, 8]), random.choice([1, 1, 2, 3]))
            return num(str(number)), float(number)
        name = random.choice("abc")
        return {"a": a, "b": b, "c": c}[name], model[name]
    first, x = build(random, depth - 1, model)
    match random.randrange(9):
        case 0 | 1:
            second, y = build(random, depth - 1, model)
            return add(first, second), x + y
        case 2:
            second, y = build(random, depth - 1, model)
            return sub(first, second), x - y
        case 3 | 4:
            second, y = build(random, depth - 1, model)
            return mul(first, second), x * y
        case 5:
            second, y = build(random, depth - 1, model)
            return div(first, second), x / y
        case 6:
            exponent = Fraction(random.choice(["2", "3", "-1", "-2", "1/2", "3/2", "-1/2", "1/3", "5/2", "2/3"]))
            if x < 0 and exponent.denominator != 1:
                raise ValueError("a root of a negative number")
            return power(first, str(exponent)), x ** float(exponent) if exponent.denominator != 1 else x ** int(
                exponent
            )
        case 7:
            name = random.choice(sorted(TERM_FUNCTIONS))
            return fn(name, first), float(TERM_FUNCTIONS[name](x))
        case _:
            second, y = build(random, depth - 1, model)
            head, chosen = random.choice([("maximum", max), ("minimum", min)])
            return Term(head, (first, second)), chosen(x, y)


@pytest.mark.parametrize("batch", range(8))
def test_a_normal_form_has_the_value_of_its_term(batch: int) -> None:
    random = Random(7000 + batch)
    compared = 0
    while compared < 700:
        model = {name: random.uniform(-1.5, 1.5) for name in "abc"}
        try:
            term, expected = build(random, random.choice([2, 3, 3, 4]), model)
            form = Interpreter(Algebra(budget=5_000)).scalar(term, Scope())
            found = value(form, model)
        except (ValueError, ZeroDivisionError, OverflowError, Unsupported):
            continue
        if not math.isfinite(expected) or abs(expected) > 1e6 or abs(found) > 1e9:
            continue
        compared += 1
        error = abs(found - expected)
        if error > 1e-3 * (1 + abs(expected)) and not _is_cancellation(form, model, error):
            pytest.fail(f"{term}\n{found} for {expected} at {model}")


def _is_cancellation(form: NormalForm, model: dict[str, float], error: float) -> bool:
    """Whether the difference is within what floats lose when large summands cancel."""
    largest = max((abs(value({m: k}, model)) for m, k in form.items()), default=0.0)
    return error < 1e-9 * largest


def test_numbers_with_roots_and_sums_with_roots() -> None:
    root = mul(fn("sqrt", num(2)), fn("sqrt", add(a, b)))
    goal = eq(mul(root, root), mul(num(2), add(a, b)))
    assert {s.head for s in proves(goal).side_conditions} == {"greater_equal"}
    for wrong in (1, 4, 8):
        with pytest.raises(CertificateError):
            proves(eq(mul(root, root), mul(num(wrong), add(a, b))))
    assert proves(rel("greater_equal", mul(root, root), num(0)), {"rule": "sign"})
