"""Block matrices by normal form: products of them are the matrices of their products, and no other."""

from __future__ import annotations

import itertools
from random import Random

import numpy as np
import pytest

from tests.kernel.building import M, N, add, eq, mul, neg, num, proves, sub, sym, tr
from tests.kernel.numpy_terms import value
from verifier.kernel.context import CertificateError
from verifier.kernel.linear import Linear
from verifier.kernel.shapes import rectangle
from verifier.kernel.terms import Term

SIZES: dict[Linear, int] = {N: 2, M: 3}
DIMENSIONS = {"n": 2, "m": 3}
Grid = list[list[Term]]


def leaf(random: Random, rows: Linear, columns: Linear) -> Term:
    """A symbol, an identity, a zero, or a product."""
    kind = random.choice(("symbol", "symbol", "product", "identity", "zeros"))
    shape = rectangle(rows, columns)
    if kind == "zeros":
        return Term("zeros", (), (shape,))
    if kind == "identity" and rows == columns:
        return Term("identity", (), (rows,))
    name = f"{random.choice('AB')}{SIZES[rows]}{SIZES[columns]}"
    if kind == "product":
        return mul(sym(name, shape), sym(f"C{SIZES[columns]}{SIZES[columns]}", rectangle(columns, columns)))
    return sym(name, shape)


def block(grid: Grid) -> Term:
    return Term("block", tuple(cell for row in grid for cell in row), (len(grid), len(grid[0])))


def written(random: Random, depth: int) -> tuple[Term, Grid]:
    """A term of (n + m)×(n + m), and the four blocks that it has."""
    if depth == 0:
        grid = [[leaf(random, rows, columns) for columns in (N, M)] for rows in (N, M)]
        return block(grid), grid
    one, first = written(random, depth - 1)
    match random.choice(("product", "product", "sum", "difference", "transpose", "negative", "multiple")):
        case "transpose":
            return tr(one), [[tr(first[c][r]) for c in (0, 1)] for r in (0, 1)]
        case "negative":
            return neg(one), [[neg(cell) for cell in row] for row in first]
        case "multiple":
            return mul(num(3), one), [[mul(num(3), cell) for cell in row] for row in first]
        case kind:
            other, second = written(random, depth - 1)
            if kind == "product":
                products = [
                    [add(mul(first[r][0], second[0][c]), mul(first[r][1], second[1][c])) for c in (0, 1)]
                    for r in (0, 1)
                ]
                return mul(one, other), products
            join = add if kind == "sum" else sub
            return join(one, other), [[join(first[r][c], second[r][c]) for c in (0, 1)] for r in (0, 1)]


def model(seed: int) -> dict[str, object]:
    numbers = np.random.default_rng(seed)
    sizes = itertools.product("ABC", (2, 3), (2, 3))
    return {f"{letter}{r}{c}": numbers.integers(-4, 5, (r, c)).astype(float) for letter, r, c in sizes} | DIMENSIONS


def is_proved(goal: Term) -> bool:
    try:
        proves(goal)
    except CertificateError:
        return False
    return True


@pytest.mark.parametrize("seed", range(120))
def test_a_term_is_the_matrix_of_its_blocks(seed: int) -> None:
    random = Random(seed)
    term, grid = written(random, random.randint(1, 2))
    proves(eq(term, block(grid)))


@pytest.mark.parametrize("seed", range(120))
def test_a_block_that_is_another_is_not_proved(seed: int) -> None:
    random = Random(seed)
    term, grid = written(random, random.randint(1, 2))
    r, c = random.randrange(2), random.randrange(2)
    changed = [list(row) for row in grid]
    changed[r][c] = leaf(random, (N, M)[r], (N, M)[c])
    goal = eq(term, block(changed))
    here = model(seed)
    equal = np.array_equal(value(goal.args[0], here, {}), value(goal.args[1], here, {}))
    assert is_proved(goal) == equal


@pytest.mark.parametrize("seed", range(200))
def test_two_terms_that_are_proved_equal_are_equal(seed: int) -> None:
    random = Random(1000 + seed)
    (one, _), (other, _) = written(random, 1), written(random, 1)
    goal, here = eq(mul(one, other), mul(other, one)), model(seed)
    equal = np.array_equal(value(goal.args[0], here, {}), value(goal.args[1], here, {}))
    assert is_proved(goal) == equal


@pytest.mark.parametrize("holds", [True, False])
def test_an_identity_beside_a_matrix(holds: bool) -> None:
    """[I U]ᵀ A is [A; UᵀA], not [A; UᵀAᵀ]."""
    u, a = sym("U", rectangle(N, M)), sym("A", rectangle(N, N))
    product = mul(tr(Term("block", (Term("identity", (), (N,)), u), (1, 2))), a)
    below = mul(tr(u), a if holds else tr(a))
    assert is_proved(eq(product, Term("block", (a, below), (2, 1)))) == holds
