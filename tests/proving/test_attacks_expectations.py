"""Attacks on proofs about expectations: what is not proved says so."""

from __future__ import annotations

import pytest

from tests.kernel.building import mul, num, power
from tests.kernel.test_moments import XY, declared, equal, mean, var, x, y
from verifier.kernel.sequents import Sequent
from verifier.proving import NotProved, find_proof


def test_a_moment_of_a_high_order_that_is_left_over_is_not_proved() -> None:
    """E[x² y²] of what is Gaussian each, not jointly, has a cumulant of order four, which no term is."""
    moments = (equal(mean(x), num(0)), equal(mean(y), num(0)), equal(var(x), num(1)), equal(var(y), num(1)))
    goal = equal(mean(mul(power(x, 2), power(y, 2))), num(1))
    with pytest.raises(NotProved):
        find_proof(Sequent(goal, (*XY, declared("gaussian", x), declared("gaussian", y), *moments)))
