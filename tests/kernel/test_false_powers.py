"""Powers and roots: false equations that no normal form may close, and their true neighbours with what these need."""

from __future__ import annotations

from typing import Any

import pytest

from tests.kernel.building import NORMAL_FORM, N, a, b, div, eq, fn, idx, mul, neg, num, power, proves, rel, sub, total
from verifier.kernel.context import CertificateError
from verifier.kernel.heads import TermError
from verifier.kernel.linear import ONE, constant
from verifier.kernel.polynomials import Unsupported
from verifier.kernel.sequents import ClaimError
from verifier.kernel.terms import Term

REFUSED = (CertificateError, ClaimError, TermError, Unsupported)
half, third = num("1/2"), num("1/3")
k = idx("k")
NATURAL = {"indices": (("k", ((), None)),)}

FALSE = {
    "√(a²) = a": eq(power(power(a, 2), half), a),
    "(a⁴)^¼ = a": eq(power(power(a, 4), "1/4"), a),
    "(a²)^¼ = √a": eq(power(power(a, 2), "1/4"), power(a, half)),
    "√(a⁻²) = 1/a": eq(power(power(a, -2), half), power(a, -1)),
    "√(a² b) = a √b": eq(power(mul(power(a, 2), b), half), mul(a, power(b, half))),
    "∛(a³ b³) = a b": eq(power(mul(power(a, 3), power(b, 3)), third), mul(a, b)),
    "∛-8 = -2": eq(power(num(-8), third), num(-2)),
    "√-4 √-9 = 6": eq(mul(power(num(-4), half), power(num(-9), half)), num(6)),
    "√((-1)²) = -1": eq(power(power(num(-1), 2), half), num(-1)),
    "|a| = a": eq(fn("abs", a), a),
    "sign(a)² = 1": eq(power(fn("sign", a), 2), num(1)),
    "step(0) = ½": eq(fn("step", num(0)), half),
    "sin(-a) = sin a": eq(fn("sin", neg(a)), fn("sin", a)),
}
FALSE_FOR_NATURAL_EXPONENTS = {
    "√(a²ᵏ) = aᵏ": eq(power(power(a, mul(num(2), k)), half), power(a, k)),
    "√((-1)²ᵏ) = (-1)ᵏ": eq(power(power(num(-1), mul(num(2), k)), half), power(num(-1), k)),
    "0ᵏ = 0": eq(power(num(0), k), num(0)),
    "(a - a)ᵏ = 0": eq(power(sub(a, a), k), num(0)),
}
TRUE = {
    "(√a)² = a": (eq(power(power(a, half), 2), a), {"greater_equal"}),
    "√a √a = a": (eq(mul(power(a, half), power(a, half)), a), {"greater_equal"}),
    "(√(ab))² = ab": (eq(power(power(mul(a, b), half), 2), mul(a, b)), {"greater_equal"}),
    "(a²)³ = a⁶": (eq(power(power(a, 2), 3), power(a, 6)), set()),
    "a²/a = a": (eq(div(power(a, 2), a), a), {"not_equal"}),
    "a⁰ = 1": (eq(power(a, 0), num(1)), set()),
}


@pytest.mark.parametrize("name", FALSE)
def test_false_equations_between_powers(name: str) -> None:
    with pytest.raises(REFUSED):
        proves(FALSE[name], NORMAL_FORM)


@pytest.mark.parametrize("name", FALSE_FOR_NATURAL_EXPONENTS)
def test_false_equations_between_powers_with_an_index(name: str) -> None:
    with pytest.raises(REFUSED):
        proves(FALSE_FOR_NATURAL_EXPONENTS[name], NORMAL_FORM, **NATURAL)


@pytest.mark.parametrize("name", TRUE)
def test_true_neighbours(name: str) -> None:
    goal, conditions = TRUE[name]
    theorem = proves(goal, NORMAL_FORM)
    assert theorem.conclusion == goal
    assert {condition.head for condition in theorem.side_conditions} == conditions


def test_an_index_from_minus_two_is_not_positive() -> None:
    for upper in (None, constant(5)):
        indices: Any = (("k", (constant(-2), upper)),)
        with pytest.raises(CertificateError):
            proves(rel("greater_equal", k, num(0)), {"rule": "sign"}, indices=indices)
    assert proves(rel("greater", idx("n"), num(0)), {"rule": "sign"}, dimensions=(N,))


def test_an_exponent_that_may_be_negative_asks_for_its_base() -> None:
    """a Σ_{k = -1}^{1} aᵏ = 1 + a + a² is not so at a = 0."""
    powers = Term("sum", (power(a, k),), ("k", constant(-1), constant(1)))
    goal = eq(mul(a, powers), Term("add", (Term("add", (num(1), a)), power(a, 2))))
    assert {condition.head for condition in proves(goal).side_conditions} == {"not_equal"}
    positive = Term("sum", (power(a, k),), ("k", ONE, constant(2)))
    assert proves(eq(positive, Term("add", (a, power(a, 2))))).side_conditions == ()


def test_a_sum_of_powers_is_not_a_power_of_a_sum() -> None:
    squares = total(power(k, 2), "k", N)
    with pytest.raises(REFUSED):
        proves(eq(squares, power(total(k, "k", N), 2)), dimensions=(N,))
    assert proves(eq(squares, total(mul(k, k), "k", N)), dimensions=(N,))
