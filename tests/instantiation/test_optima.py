"""Optima in models: directions of descent, degrees, argmins of quadratic functions, and what refutes a point."""

from __future__ import annotations

from random import Random

import pytest
from flint import fmpq

from verifier.identity import identity
from verifier.instantiation import instantiate, matrices
from verifier.instantiation.curvature import descent, null_space
from verifier.instantiation.dependence import Dependence
from verifier.instantiation.polynomial_degree import HIGHER, degree
from verifier.instantiation.rings import Rationals
from verifier.kernel.sequents import Definition
from verifier.kernel.terms import Term
from verifier.language import (
    absolute,
    argmin,
    define,
    dims,
    equals,
    exp,
    function,
    inverse,
    is_optimal,
    matrix,
    norm,
    scalar,
    trace,
    vector,
    zeros,
)

RING = Rationals()
n, d = dims("n d")
X, y, w, H = matrix("X", n, d), vector("y", n), vector("w", d), matrix("H", d, d)
a, s = scalar("a"), scalar("s")


def symmetric(random: Random, size: int) -> list[list[fmpq]]:
    rows = [[fmpq(random.randint(-2, 2)) for _ in range(size)] for _ in range(size)]
    return [[rows[max(r, c)][min(r, c)] for c in range(size)] for r in range(size)]


def form(rows: list[list[fmpq]], v: list[fmpq]) -> fmpq:
    return matrices.inner(v, [matrices.inner(row, v) for row in rows])


@pytest.mark.parametrize("seed", range(60))
def test_a_direction_of_descent_exists_unless_the_matrix_is_definite(seed: int) -> None:
    random = Random(seed)
    rows = symmetric(random, random.randint(1, 4))
    found = descent(RING, rows)
    strictly, weakly = (matrices.definite(RING, rows, strict).holds for strict in (True, False))
    if found is None:
        assert strictly
        return
    assert any(entry != 0 for entry in found)
    assert form(rows, found) == 0 if weakly else form(rows, found) < 0
    assert not strictly


def test_the_null_space_is_that_of_the_matrix() -> None:
    rows = [[fmpq(1), fmpq(2), fmpq(3)], [fmpq(2), fmpq(4), fmpq(6)]]
    basis = null_space(RING, rows, 3)
    assert len(basis) == 2
    assert all(matrices.inner(row, v) == 0 for row in rows for v in basis)


DEFINITIONS: tuple[Definition, ...] = (define(function("f")(s), s**2, s), define(scalar("L"), norm(y - X @ w) ** 2))
DEGREES: dict[str, tuple[Term, int]] = {
    "a square": ((norm(y - X @ w) ** 2).term, 2),
    "a form": ((w.T @ H @ w + a * (y.T @ X @ w)).term, 2),
    "a trace": (trace(w @ w.T @ H).term, 2),
    "a norm": (norm(w).term, HIGHER),
    "a quotient": ((1 / (w.T @ w)).term, HIGHER),
    "a function": (exp(w[1]).term, HIGHER),
    "a kink": (absolute(w[1]).term, HIGHER),
    "an inverse": (inverse(w @ w.T + H).term, HIGHER),
    "a fourth power": (((w.T @ w) ** 2).term, 4),
    "a constant": ((y.T @ y).term, 0),
    "a definition": (scalar("L").term, 2),
    "a function of it": (function("f")(w[1]).term, 2),
    "a function of a square": (function("f")(w[1] ** 2).term, 4),
}


@pytest.mark.parametrize("name", DEGREES)
def test_degrees(name: str) -> None:
    term, expected = DEGREES[name]
    assert degree(Dependence(DEFINITIONS), term, {"w": 1}) == expected


def test_a_quadratic_objective_is_decided_and_others_are_only_tried() -> None:
    decided = instantiate(identity(equals(argmin((s - a) ** 2, s), a)).whole())
    tried = instantiate(identity(equals(argmin((s - a) ** 4, s), a)).whole())
    assert decided.counterexample is None
    assert tried.counterexample is None
    assert tried.evidence.models > decided.evidence.models


@pytest.mark.parametrize("point", [a, -a, a + 1, 2 * a])
def test_other_points_than_the_minimiser_are_refuted(point: object) -> None:
    claims = [identity(is_optimal(point, argmin((s - a) ** power, s))).whole() for power in (2, 4)]
    assert [instantiate(claim).counterexample is None for claim in claims] == [point is a] * 2


def test_a_point_is_refuted_in_a_model_of_the_hypotheses() -> None:
    claim = identity(is_optimal(zeros(d), argmin(norm(y - X @ w) ** 2, w)), given=[equals(X.T @ y, zeros(d))]).whole()
    assert instantiate(claim).counterexample is None
    found = instantiate(identity(is_optimal(zeros(d), argmin(norm(y - X @ w) ** 2, w))).whole())
    assert found.counterexample is not None
