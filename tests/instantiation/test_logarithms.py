"""Sums of logarithms: exact, and ordered as balls order them."""

from __future__ import annotations

from random import Random

import pytest
from flint import arb, fmpq

from verifier.instantiation import instantiate
from verifier.instantiation.balls import precision
from verifier.instantiation.logarithms import Logarithm, Logarithms, logarithm
from verifier.instantiation.outcomes import NeedsBalls
from verifier.language import exp, log, number, scalars

from .claims import claim

x, y = scalars("x y")
ring = Logarithms()


@pytest.mark.parametrize("seed", range(40))
def test_arithmetic_is_that_of_balls(seed: int) -> None:
    random = Random(seed)
    p, q = (fmpq(random.randint(1, 60), random.randint(1, 60)) for _ in range(2))
    c = fmpq(random.randint(-5, 5), random.randint(1, 5))
    combined = c * logarithm(p) - logarithm(q) / 3 + c
    with precision(256):
        ball = arb(c) * arb(p).log() - arb(q).log() / 3 + arb(c)
        if combined == 0:
            assert ball.contains(0)
        else:
            assert combined.is_positive() == bool(ball > 0)
            assert bool(ring.less(combined, ring.number(0)).holds) == bool(ball < 0)
    assert logarithm(p * q) == logarithm(p) + logarithm(q)
    assert logarithm(1 / p) == -logarithm(p)
    assert combined - combined == 0


def test_products_are_not_known() -> None:
    two = logarithm(fmpq(2))
    assert 3 / ring.number(2) == fmpq(3, 2)
    assert str(two * 2 + 1) == "1 + 2 log 2"
    for wrong in (lambda: two * two, lambda: 1 / two, lambda: two**2, lambda: ring.function("exp", two)):
        with pytest.raises(NeedsBalls):
            wrong()
    assert isinstance(two**1, Logarithm)


def test_true_equalities_are_not_refuted() -> None:
    for conclusion in (log(x * y) <= log(x) + log(y), log(x**2) >= 2 * log(x), exp(log(x)) <= x):
        outcome = instantiate(claim(conclusion, given=[x > 0, y > 0, x + y > number(0)]))
        assert outcome.counterexample is None
        assert outcome.evidence.model_found
