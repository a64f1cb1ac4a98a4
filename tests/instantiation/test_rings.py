"""Rings: the prime field, the rationals, balls and floats, and linear algebra over them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from flint import arb, ctx, fmpq
from hypothesis import given, settings
from hypothesis import strategies as some

from verifier.instantiation import functions, matrices
from verifier.instantiation.balls import Balls
from verifier.instantiation.floats import Floats
from verifier.instantiation.outcomes import BudgetExceeded, Inconclusive, NeedsBalls, NeedsOrder, Undefined, Unsupported
from verifier.instantiation.rings import FUNCTIONS, PRIME, PrimeField, Rationals, Ring
from verifier.instantiation.truth import FALSE, TRUE, UNKNOWN, Truth, conjunction, disjunction

small = some.fractions(min_value=-20, max_value=20, max_denominator=12)
square = some.integers(1, 4).flatmap(
    lambda size: some.lists(some.lists(small, min_size=size, max_size=size), min_size=size, max_size=size)
)
RINGS: list[Ring] = [PrimeField(), Rationals()]


def in_ring(ring: Ring, rows: list[list[Fraction]]) -> Any:
    return [[ring.number(entry) for entry in row] for row in rows]


def test_the_prime_is_one() -> None:
    assert PRIME == 2**64 - 59
    assert all(pow(base, PRIME - 1, PRIME) == 1 for base in (2, 3, 5, 7, 11, 13))


@pytest.mark.parametrize("ring", RINGS)
@given(p=small, q=small)
def test_numbers_keep_their_arithmetic(ring: Ring, p: Fraction, q: Fraction) -> None:
    assert ring.number(p) + ring.number(q) == ring.number(p + q)
    assert ring.number(p) * ring.number(q) == ring.number(p * q)
    if q:
        assert functions.quotient(ring, ring.number(p), ring.number(q)) == ring.number(p / q)


@pytest.mark.parametrize("ring", RINGS)
@settings(deadline=None)
@given(rows=square)
def test_inverse_and_determinant(ring: Ring, rows: list[list[Fraction]]) -> None:
    held = in_ring(ring, rows)
    value = matrices.determinant(ring, held)
    if value == 0:
        with pytest.raises(Undefined):
            matrices.inverse(ring, held)
        return
    back = matrices.inverse(ring, held)
    assert matrices.product(held, back) == matrices.identity(ring, len(rows))
    assert matrices.determinant(ring, back) * value == ring.number(1)


@settings(deadline=None)
@given(rows=square)
def test_determinant_rank_and_definiteness_agree_with_numpy(rows: list[list[Fraction]]) -> None:
    ring, array = Rationals(), np.array(rows, dtype=float)
    held = in_ring(ring, rows)
    exact = matrices.determinant(ring, held)
    assert float(int(exact.p) / int(exact.q)) == pytest.approx(np.linalg.det(array), rel=1e-6, abs=1e-3)
    gram = matrices.product(matrices.transpose(held), held)
    full = matrices.rank(ring, held) == len(rows)
    assert matrices.definite(ring, gram, strict=False) is TRUE
    assert (matrices.definite(ring, gram, strict=True) is TRUE) == full
    one = ring.number(1)
    lowered = [[e - one if r == c else e for c, e in enumerate(row)] for r, row in enumerate(gram)]
    least = np.linalg.eigvalsh(array.T @ array).min()
    if abs(least - 1) > 1e-9:
        assert (matrices.definite(ring, lowered, strict=False) is TRUE) == (least > 1)


@given(rows=some.lists(some.lists(some.integers(-2, 2), min_size=3, max_size=3), min_size=1, max_size=4))
def test_pseudoinverse(rows: list[list[int]]) -> None:
    ring = Rationals()
    held = in_ring(ring, [[Fraction(entry) for entry in row] for row in rows])
    plus = matrices.pseudoinverse(ring, held)
    product, transpose = matrices.product, matrices.transpose
    assert product(product(held, plus), held) == held
    assert product(product(plus, held), plus) == plus
    assert transpose(product(held, plus)) == product(held, plus)
    assert transpose(product(plus, held)) == product(plus, held)


def test_linear_systems() -> None:
    ring = Rationals()
    rows = in_ring(ring, [[Fraction(1), Fraction(1)], [Fraction(2), Fraction(2)]])
    assert matrices.solve(ring, rows, [fmpq(3), fmpq(6)]) == [3, 0]
    assert matrices.solve(ring, rows, [fmpq(3), fmpq(7)]) is None
    with pytest.raises(Inconclusive):
        matrices.solve(Balls(), rows, [fmpq(3), fmpq(6)])


# what is asked of the wrong ring


def test_the_field_has_no_order() -> None:
    field = PrimeField()
    one = field.number(1)
    for name in ("relu", "abs", "step", "sign", "sqrt"):
        with pytest.raises(NeedsOrder):
            functions.apply(field, name, one)
    with pytest.raises(NeedsOrder):
        functions.power(field, one, Fraction(1, 2))
    with pytest.raises(NeedsOrder):
        functions.maximum(field, one, one + 1)


def test_the_rationals_know_rational_values_only() -> None:
    ring = Rationals()
    assert functions.apply(ring, "sqrt", fmpq(9, 4)) == fmpq(3, 2)
    assert functions.power(ring, fmpq(8, 27), Fraction(-2, 3)) == fmpq(9, 4)
    assert functions.apply(ring, "tanh", fmpq(0)) == 0
    assert functions.apply(ring, "sigmoid", fmpq(0)) == fmpq(1, 2)
    for name in ("exp", "tanh", "sin", "arctan", "softplus"):
        with pytest.raises(NeedsBalls):
            functions.apply(ring, name, fmpq(1))
    with pytest.raises(NeedsBalls):
        functions.apply(ring, "sqrt", fmpq(2))


@pytest.mark.parametrize(("name", "place"), [("log", 0), ("log", -1), ("sqrt", -1)])
def test_domains(name: str, place: int) -> None:
    for ring in (Rationals(), Balls()):
        with pytest.raises(Undefined):
            functions.apply(ring, name, ring.number(place))


@pytest.mark.parametrize("exponent", [-1, -2, Fraction(-1, 2)])
def test_negative_powers_of_zero(exponent: Fraction | int) -> None:
    for ring in (Rationals(), Balls()):
        with pytest.raises(Undefined):
            functions.power(ring, ring.number(0), Fraction(exponent))


def test_powers() -> None:
    ring = Rationals()
    assert functions.power(ring, fmpq(0), Fraction(0)) == 1
    assert functions.power(ring, fmpq(0), Fraction(1, 2)) == 0
    with pytest.raises(Undefined):
        functions.power(ring, fmpq(-8), Fraction(1, 3))
    with pytest.raises(Undefined):
        functions.real_power(ring, fmpq(-1), fmpq(2))
    with pytest.raises(BudgetExceeded):
        functions.power(ring, fmpq(2), Fraction(10**9))
    with pytest.raises(Unsupported):
        functions.apply(ring, "gamma", fmpq(1))


# balls


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
@given(place=some.floats(0.1, 5))
def test_balls_and_floats_agree(name: str, place: float) -> None:
    ball = functions.apply(Balls(), name, arb(place))
    value = functions.apply(Floats(), name, np.array([place]))
    assert float(ball.mid()) == pytest.approx(float(np.asarray(value).reshape(-1)[0]), rel=1e-12, abs=1e-12)


def test_balls_decide_only_what_is_apart() -> None:
    ring = Balls()
    root, third = arb(2).sqrt(), arb(fmpq(1, 3))
    assert ring.equal(root * root, arb(2)) is UNKNOWN
    assert ring.radius > 0
    assert ring.equal(root, arb(1)) is FALSE
    assert ring.equal(arb(5), arb(5)) is TRUE
    assert ring.equal(third, third) is UNKNOWN
    assert ring.less(arb(1), root) is TRUE
    assert ring.less(root, arb(1)) is FALSE
    assert ring.less(root * root, arb(2)) is UNKNOWN


def test_balls_that_are_not_decided() -> None:
    ring = Balls()
    nothing = arb(2).sqrt() ** 2 - 2
    with pytest.raises(Inconclusive):
        functions.quotient(ring, arb(1), nothing)
    with pytest.raises(Inconclusive):
        functions.apply(ring, "log", nothing)
    with pytest.raises(Inconclusive):
        matrices.inverse(ring, [[nothing]])
    with pytest.raises(Undefined):
        matrices.inverse(ring, [[arb(0)]])
    assert functions.apply(ring, "step", nothing).contains(1)
    assert functions.apply(ring, "step", nothing).contains(0)
    assert functions.apply(ring, "relu", nothing).overlaps(arb(0))


@given(place=some.floats(-50, 50), precision=some.sampled_from([53, 128, 400]))
def test_balls_hold_the_value_at_every_precision(place: float, precision: int) -> None:
    with ctx.workprec(precision):
        coarse = functions.apply(Balls(), "tanh", arb(place))
    with ctx.workprec(600):
        fine = functions.apply(Balls(), "tanh", arb(place))
    assert coarse.contains(fine)


# truth


def test_three_truths() -> None:
    assert conjunction([TRUE, UNKNOWN]) == UNKNOWN
    assert conjunction([FALSE, UNKNOWN]) == FALSE
    assert disjunction([TRUE, UNKNOWN]) == TRUE
    assert disjunction([FALSE, UNKNOWN]) == UNKNOWN
    assert UNKNOWN.negated() == UNKNOWN
    assert conjunction([]) == TRUE
    batch = Truth(np.array([True, False]), np.array([False, True]))
    assert list(conjunction([batch, TRUE]).holds) == [True, False]
    assert list(disjunction([batch, FALSE]).fails) == [False, True]


def test_floats_leave_what_is_undefined_open() -> None:
    ring = Floats()
    with np.errstate(all="ignore"):
        value = functions.apply(ring, "log", np.array([-1.0, 1.0]))
    truth = ring.less(value, ring.number(1))
    assert list(truth.holds) == [False, True]
    assert list(truth.fails) == [False, False]
