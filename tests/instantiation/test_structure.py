"""Structured matrices as hypotheses: models of every rank and in every component; spectral norms."""

from __future__ import annotations

from itertools import permutations
from random import Random
from typing import Any

import pytest
from flint import arb, fmpq

from verifier.instantiation import instantiate
from verifier.instantiation.balls import Balls, precision
from verifier.instantiation.examining import Examiner
from verifier.instantiation.matrices import Rows, identity, product, pseudoinverse, rank, transpose
from verifier.instantiation.outcomes import InstantiationError, NeedsBalls, NeedsOrder, Work
from verifier.instantiation.plans import plan_of
from verifier.instantiation.problems import problem_of
from verifier.instantiation.rings import PrimeField, Rationals
from verifier.instantiation.sampling import Model
from verifier.instantiation.spectral import spectral_norm, spectral_radius
from verifier.instantiation.structured_matrices import MODES, Drawer, build
from verifier.kernel.terms import Term
from verifier.language import (
    Expression,
    determinant,
    diagonal_matrix,
    equals,
    gradient,
    identity_matrix,
    matrix,
    norm,
    number,
    orthogonal,
    positive_definite,
    symmetric,
    trace,
    vector,
    zeros,
)
from verifier.language import rank as rank_of

from .claims import A, B, C, X, a, claim, eye, is_, m, n, p, pseudo, u, x, y

QQ = Rationals()
U, V, S = matrix("U", m, n), matrix("V", n, n), matrix("S", n, n)
G = matrix("G", n, m)
R, T = matrix("R", m, m), matrix("T", m, m)
rho = Expression(Term("spectral_radius", ((X.T @ X).term,)))


def drawn(kind: str, size: int, count: int = 200, mode: str = "") -> list[Rows]:
    found = []
    for seed in range(count):
        draw = Drawer(QQ, Random(seed), mode or MODES[seed % 4])
        try:
            rows = build(draw, frozenset({kind}), size, size)
        except InstantiationError:
            continue
        assert rows is not None
        found.append(rows)
    return found


def rows_of(*rows: tuple[int, ...]) -> Rows:
    return [[fmpq(entry) for entry in row] for row in rows]


# components


@pytest.mark.parametrize("kind", ["idempotent", "projection", "positive_semidefinite"])
def test_every_rank_is_drawn(kind: str) -> None:
    for size in (1, 2, 3):
        counts = [rank(QQ, rows) for rows in drawn(kind, size)]
        assert all(counts.count(r) >= 15 for r in range(size + 1))


def test_no_subspace_is_left_out() -> None:
    """Onto the second axis: no graph of a function of the first coordinate."""
    assert rows_of((0, 0), (0, 1)) in drawn("projection", 2)
    assert rows_of((1, 0), (0, 0)) in drawn("projection", 2)


def test_every_orthogonal_matrix_of_signs_is_drawn() -> None:
    found = drawn("orthogonal", 2, 400)
    for first, second in ((1, 1), (1, -1), (-1, 1), (-1, -1)):
        assert rows_of((first, 0), (0, second)) in found
        assert rows_of((0, first), (second, 0)) in found
    assert any(abs(rows[0][0]) == fmpq(3, 5) for rows in found)


def test_every_permutation_is_drawn() -> None:
    found = drawn("permutation", 3)
    assert all([list(row) for row in order] in found for order in permutations(identity(QQ, 3)))


# hypotheses with models

HYPOTHESES: dict[str, list[Any]] = {
    "tall orthonormal columns": [is_("orthonormal_columns", X)],
    "full column rank": [is_("full_column_rank", X)],
    "full row rank": [is_("full_row_rank", G)],
    "generalised least squares": [is_("full_column_rank", X), positive_definite(R)],
    "singular values": [
        is_("orthonormal_columns", U),
        orthogonal(V),
        diagonal_matrix(S),
        equals(X, U @ S @ V.T),
    ],
    "spectral decomposition": [orthogonal(V), diagonal_matrix(S), equals(A, V @ S @ V.T)],
    "a root of the precision": [positive_definite(A), equals(B.T @ B, A.inverse)],
    "permutation": [is_("permutation", A)],
    "semidefinite and idempotent": [is_("positive_semidefinite", A), is_("idempotent", A)],
    "semidefinite": [is_("positive_semidefinite", A), is_("positive_semidefinite", B)],
    "triangular": [is_("upper_triangular", A), is_("invertible", A)],
    "pseudo-inverse": [
        equals(X @ G @ X, X),
        equals(G @ X @ G, G),
        equals((X @ G).T, X @ G),
        equals((G @ X).T, G @ X),
    ],
    "intertwining": [equals(A @ B, C @ A), is_("diagonal", C)],
    "commuting projections": [is_("projection", A), equals(A @ B, B @ A)],
    "null space": [equals(X @ x, zeros(m)), equals(x.T @ y, 1)],
    "rank": [equals(rank_of(X), 1)],
    "unit vectors": [equals(norm(x), 1), is_("symmetric", A)],
}


def models(hypotheses: list[Any], count: int = 60) -> list[Model]:
    """Models in which every hypothesis was checked."""
    values = (x.T @ A @ B @ C @ V @ S @ y, u.T @ X @ G @ U @ x, u.T @ R @ u, a)
    problem = problem_of(claim(equals(sum(values[1:], values[0]), 0), given=hypotheses))
    plan, found = plan_of(problem), []
    for seed in range(count):
        draw = Drawer(QQ, Random(seed), MODES[seed % len(MODES)])
        model = Model(plan, draw, [{"m": 3, "n": 2}, {"m": 2, "n": 2}, {"m": 4, "n": 3}][seed % 3], Work(10**6))
        try:
            Examiner(problem).require_hypotheses(model)
        except InstantiationError:
            continue
        found.append(model)
    return found


@pytest.mark.parametrize("name", HYPOTHESES)
def test_hypotheses_have_models(name: str) -> None:
    assert len(models(HYPOTHESES[name])) >= 12


def test_hypotheses_have_models_over_the_field() -> None:
    for name, hypotheses in HYPOTHESES.items():
        problem, found = problem_of(claim(equals(x.T @ A @ y + u.T @ X @ x, a), given=hypotheses)), 0
        for seed in range(20):
            model = Model(plan_of(problem), Drawer(PrimeField(), Random(seed)), {"m": 3, "n": 2}, Work(10**6))
            try:
                Examiner(problem).require_in_field(model)
            except InstantiationError:
                continue
            found += 1
        assert found >= 5, name


def test_pseudoinverses_of_every_rank() -> None:
    """The four Penrose equations together give the one by the other."""
    ranks = set()
    for model in models(HYPOTHESES["pseudo-inverse"]):
        value = model.exact.member("X", (), X.shape, None)
        other = model.exact.member("G", (), G.shape, None)
        assert other == pseudoinverse(QQ, value)
        ranks.add(rank(QQ, value))
    assert ranks >= {0, 2, 3}


@pytest.mark.parametrize("left_out", range(4))
def test_each_penrose_equation_is_needed(left_out: int) -> None:
    equations = HYPOTHESES["pseudo-inverse"]
    given = equations[:left_out] + equations[left_out + 1 :]
    assert instantiate(claim(equals(G, pseudo(X)), given=given)).counterexample is not None
    assert instantiate(claim(equals(G, pseudo(X)), given=equations)).counterexample is None


# claims about them

FALSE: dict[str, tuple[Any, list[Any]]] = {
    "rows of a tall orthonormal matrix": (equals(X @ X.T, identity_matrix(m)), [is_("orthonormal_columns", X)]),
    "XᵀX of a wide matrix": (is_("invertible", X.T @ X), [is_("full_row_rank", X)]),
    "idempotents are symmetric": (symmetric(A), [is_("idempotent", A)]),
    "idempotents are 0 or I": (equals(trace(A) * (trace(A) - number(n)), 0), [is_("idempotent", A)]),
    "rotations alone": (equals(determinant(A), 1), [orthogonal(A)]),
    "semidefinite is definite": (determinant(A) > 0, [is_("positive_semidefinite", A)]),
    "permutations are symmetric": (symmetric(A), [is_("permutation", A)]),
    "the trace is the rank": (equals(trace(A), rank_of(A)), [symmetric(A)]),
    "the reverse order law without a hypothesis": (equals(pseudo(A @ B), pseudo(B) @ pseudo(A)), []),
    "the norm is multiplicative": (equals(norm(A @ B), norm(A) * norm(B)), []),
    "the spectral norm is that of Frobenius": (equals(norm(A), norm(A, "F")), []),
    "the spectral radius is the norm": (equals(Expression(Term("spectral_radius", (A.term,))), norm(A)), []),
    "an idempotent has norm at most 1": (norm(A) <= 1, [is_("idempotent", A)]),
    "a scaled matrix keeps its norm": (equals(norm(a * A), a * norm(A)), []),
}
TRUE: dict[str, tuple[Any, list[Any]]] = {
    "columns of a tall orthonormal matrix": (equals(X.T @ X, eye), [is_("orthonormal_columns", X)]),
    "XᵀX of a tall matrix": (is_("invertible", X.T @ X), [is_("full_column_rank", X)]),
    "the trace is the rank of an idempotent": (equals(trace(A), rank_of(A)), [is_("idempotent", A)]),
    "a projection has norm at most 1": (norm(A) <= 1, [is_("projection", A)]),
    "a rotation keeps the norm": (equals(norm(A @ B), norm(B)), [orthogonal(A)]),
    "the spectral radius of a gram matrix": (equals(rho, norm(X) ** 2), []),
    "the norm is submultiplicative": (norm(A @ B) <= norm(A) * norm(B), []),
    "the operator norm": (norm(X @ x) <= norm(X) * norm(x), []),
    "between the norms": ((norm(A) <= norm(A, "F")) & (norm(A, "F") ** 2 <= number(n) * norm(A) ** 2), []),
    "the normal equations": (equals(X.T @ X @ pseudo(X), X.T), []),
}


@pytest.mark.parametrize("name", FALSE)
def test_what_is_false_is_refuted(name: str) -> None:
    conclusion, given = FALSE[name]
    assert instantiate(claim(conclusion, given=given)).counterexample is not None


@pytest.mark.parametrize("name", TRUE)
def test_what_is_true_has_models_and_no_counterexample(name: str) -> None:
    conclusion, given = TRUE[name]
    outcome = instantiate(claim(conclusion, given=given))
    assert outcome.counterexample is None
    assert outcome.undecidable == ""
    assert outcome.evidence.model_found


# the largest eigenvalue


@pytest.mark.parametrize(
    ("rows", "radius"),
    [
        (rows_of((0, 0), (0, 0)), 0),
        (rows_of((2, 1), (0, -3)), 3),
        (rows_of((1, 1), (0, 1)), 1),
        (rows_of((0, 1), (1, 0)), 1),
        (rows_of((1, 2, 0), (2, 1, 0), (0, 0, -4)), 4),
        (rows_of((0, -1, 0), (1, 0, 0), (0, 0, 2)), 2),
    ],
)
def test_a_rational_spectral_radius(rows: Rows, radius: int) -> None:
    assert spectral_radius(QQ, rows) == radius
    with precision(128):
        ball = spectral_radius(Balls(), [[arb(entry) for entry in row] for row in rows])
        assert ball.contains(radius)
        assert ball.rad() < arb(2) ** -90


def test_an_irrational_one_needs_balls() -> None:
    rows = rows_of((1, 1), (1, 0))
    with pytest.raises(NeedsBalls):
        spectral_radius(QQ, rows)
    with pytest.raises(NeedsBalls):
        spectral_norm(QQ, rows)
    with pytest.raises(NeedsOrder):
        spectral_radius(PrimeField(), rows)
    with precision(128):
        golden = (1 + arb(5).sqrt()) / 2
        assert spectral_radius(Balls(), [[arb(entry) for entry in row] for row in rows]).overlaps(golden)


def test_norms_in_balls_enclose_the_singular_values() -> None:
    """Of a third of an orthogonal matrix, whose singular values are all the same, and of inexact entries."""
    for seed in range(30):
        rows = drawn("orthogonal", 3, 40, "small")[seed]
        third = [[entry * fmpq(1, 3) for entry in row] for row in rows]
        assert product(transpose(rows), rows) == identity(QQ, 3)
        assert spectral_norm(QQ, third) == fmpq(1, 3)
        with precision(128):
            ball = spectral_norm(Balls(), [[arb(entry) for entry in row] for row in third])
            assert abs(ball - arb(fmpq(1, 3))) < arb(2) ** -60


def test_the_norm_of_a_vector_and_of_zero() -> None:
    assert spectral_norm(QQ, rows_of((3, 4))) == 5
    assert spectral_norm(QQ, rows_of((3,), (4,))) == 5
    assert spectral_norm(QQ, rows_of((0, 0), (0, 0))) == 0
    with precision(128):
        assert spectral_norm(Balls(), [[arb(0), arb(0)]]) == 0


def test_a_spectral_norm_is_not_differentiated() -> None:
    w = vector("w", n)
    outcome = instantiate(claim(equals(gradient(norm(p * A) * (w.T @ w), p), 0)))
    assert "the derivative of a spectral norm" in outcome.undecidable
    assert outcome.counterexample is None
