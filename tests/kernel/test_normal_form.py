"""Normal forms against NumPy: equal normal forms never have different values."""

from __future__ import annotations

import os
from random import Random

import numpy as np
import pytest

from tests.kernel import random_terms
from tests.kernel.numpy_terms import value
from tests.kernel.random_terms import M, N
from verifier.kernel.algebra import Algebra
from verifier.kernel.interpretation import Interpreter, Scope
from verifier.kernel.linear import ONE, constant_value
from verifier.kernel.polynomials import BudgetExceeded, NormalForm, form_text
from verifier.kernel.shapes import SCALAR
from verifier.kernel.terms import Term

PAIRS = int(os.environ.get("VERIFIER_FUZZ_PAIRS", "20000"))
BATCHES = 20
SHAPES = (SCALAR, SCALAR, SCALAR, random_terms.VECTOR, random_terms.SQUARE, random_terms.WIDE)


def normal_forms(*terms: Term) -> list[NormalForm]:
    """The entries of terms of one shape at the same generic place, in one algebra."""
    algebra = Algebra(budget=6_000)
    read = Interpreter(algebra)
    at = tuple(read.axis(axis) for axis in terms[0].space().axes)
    return [read.entry(term, at, Scope()) for term in terms]


def differ(first: Term, second: Term, random: Random) -> bool:
    """Whether NumPy tells two terms apart in some model."""
    for _ in range(3):
        model = random_terms.model(random)
        if model["n"] < 2 and _needs_two(first, second):
            continue
        with np.errstate(all="ignore"):
            left, right = value(first, model, {}), value(second, model, {})
        if not (np.isfinite(left).all() and np.isfinite(right).all()):
            continue
        scale = 1 + np.abs(left).max() + np.abs(right).max()
        if scale < 1e9 and np.abs(left - right).max() > 1e-6 * scale:
            return True
    return False


def _needs_two(*terms: Term) -> bool:
    return False


@pytest.mark.parametrize("batch", range(BATCHES))
def test_equal_normal_forms_have_equal_values(batch: int) -> None:
    random = Random(1000 + batch)
    compared = equal = 0
    while compared < PAIRS // BATCHES:
        shape = random.choice(SHAPES)
        first = random_terms.term(random, shape, random.choice([1, 2, 3]))
        change = random.random()
        if change < 0.55:
            second = random_terms.rewritten(random, first)
        elif change < 0.9:
            second = random_terms.mutated(random, first)
        else:
            second = random_terms.term(random, shape, 2)
        try:
            left, right = normal_forms(first, second)
        except BudgetExceeded:
            continue
        compared += 1
        if form_text(left) == form_text(right):
            equal += 1
            assert not differ(first, second, random), f"{first}\n{second}"
    assert equal > compared / 4


@pytest.mark.parametrize("size", [N, M])
def test_an_unused_summation_index_counts(size: object) -> None:
    a = random_terms.symbol("a", SCALAR)
    total = Term("sum", (a,), ("i", ONE, size))
    times = Term("multiply", (Term("index", (), (size,)), a))
    assert len({form_text(form) for form in normal_forms(total, times)}) == 1


def test_a_sum_from_two_is_one_term_short() -> None:
    random = Random(5)
    for _ in range(50):
        body = random_terms.term(random, SCALAR, 2, ("i0",))
        whole = Term("sum", (body,), ("i0", ONE, N))
        try:
            left, right = normal_forms(whole, random_terms.rewritten(Random(1), whole))
        except BudgetExceeded:
            continue
        if form_text(left) == form_text(right):
            assert not differ(whole, random_terms.rewritten(Random(1), whole), random)


def test_numeric_axes_stay_numeric() -> None:
    assert constant_value(ONE) == 1
