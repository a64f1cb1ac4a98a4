"""Every structured sampler gives what it says, in all components, and hypotheses hold in every model."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from verifier.instantiation import matrices
from verifier.instantiation.examining import Examiner
from verifier.instantiation.facts import match
from verifier.instantiation.intervals import Interval
from verifier.instantiation.matrices import determinant, flat, rank
from verifier.instantiation.outcomes import InstantiationError, NoModel, Unsupported, Work
from verifier.instantiation.plans import plan_of
from verifier.instantiation.problems import problem_of
from verifier.instantiation.propositions import PROPERTIES
from verifier.instantiation.rings import PrimeField, Rationals, Ring, fraction
from verifier.instantiation.sampling import Model
from verifier.instantiation.structured_matrices import MODES, Drawer, build, of_rank
from verifier.instantiation.truth import TRUE
from verifier.kernel.linear import ONE, constant, plus, variable
from verifier.language import (
    absolute,
    define,
    equals,
    for_all,
    gradient,
    log,
    norm,
    not_equal,
    number,
    orthogonal,
    positive,
    positive_definite,
    summation,
    symmetric,
    tanh,
    vector,
    zeros,
)
from verifier.language import (
    rank as rank_of,
)

from .claims import (
    A,
    B,
    C,
    X,
    a,
    always,
    are,
    claim,
    e,
    eye,
    i,
    is_,
    j,
    m,
    n,
    p,
    q,
    residual,
    said,
    t,
    u,
    w,
    within,
    x,
    y,
)

STRUCTURES = [
    "symmetric",
    "skew",
    "diagonal",
    "orthogonal",
    "orthonormal_columns",
    "idempotent",
    "projection",
    "positive_definite",
    "positive_semidefinite",
    "permutation",
    "upper_triangular",
    "lower_triangular",
    "natural",
    "integer",
]
ORDERED = {"positive_definite", "positive_semidefinite", "natural", "integer"}


def dice(seed: int) -> Random:
    return Random(seed)


def drawn(kinds: Sequence[str], ring: Ring, size: int = 3, count: int = 40) -> list[Any]:
    found = []
    for seed in range(count):
        draw = Drawer(ring, dice(seed), MODES[seed % 4])
        try:
            rows = build(draw, frozenset(kinds), size, size)
        except NoModel:
            continue
        found.append(rows)
    assert len(found) > count / 2
    return found


@pytest.mark.parametrize("kind", STRUCTURES)
def test_a_structure_has_its_property(kind: str) -> None:
    for rows in drawn([kind], Rationals()):
        assert PROPERTIES[kind](Rationals(), rows) == TRUE


@pytest.mark.parametrize("kind", sorted(set(STRUCTURES) - ORDERED))
def test_a_structure_has_its_property_over_the_field(kind: str) -> None:
    for rows in drawn([kind], PrimeField()):
        assert PROPERTIES[kind](PrimeField(), rows) == TRUE


@pytest.mark.parametrize(
    "kinds",
    [
        ("symmetric", "orthogonal"),
        ("diagonal", "orthogonal"),
        ("diagonal", "positive_definite"),
        ("symmetric", "idempotent"),
        ("diagonal", "projection"),
        ("positive_definite", "symmetric"),
    ],
)
def test_structures_combine(kinds: tuple[str, ...]) -> None:
    for rows in drawn(kinds, Rationals()):
        assert all(PROPERTIES[kind](Rationals(), rows) == TRUE for kind in kinds)


def test_both_components_of_the_orthogonal_group_are_drawn() -> None:
    for ring in (Rationals(), PrimeField()):
        signs = [determinant(ring, rows) == ring.number(1) for rows in drawn(["orthogonal"], ring)]
        assert 5 < sum(signs) < len(signs) - 5


@pytest.mark.parametrize("kind", ["idempotent", "projection"])
def test_idempotents_of_every_rank_are_drawn(kind: str) -> None:
    assert {rank(Rationals(), rows) for rows in drawn([kind], Rationals())} == {0, 1, 2, 3}


def test_semidefinite_matrices_are_singular_at_times() -> None:
    values = [determinant(Rationals(), rows) for rows in drawn(["positive_semidefinite"], Rationals())]
    assert any(value == 0 for value in values)
    assert any(value != 0 for value in values)


def test_rectangles() -> None:
    for seed in range(20):
        draw = Drawer(Rationals(), dice(seed))
        tall = build(draw, frozenset({"orthonormal_columns"}), 4, 2)
        assert tall is not None
        assert PROPERTIES["orthonormal_columns"](Rationals(), tall) == TRUE
        assert rank(Rationals(), of_rank(draw, 4, 3, 2)) == 2
    with pytest.raises(NoModel):
        build(draw, frozenset({"orthonormal_columns"}), 2, 4)
    with pytest.raises(NoModel):
        of_rank(draw, 2, 2, 3)


# hypotheses

HYPOTHESES: dict[str, list[Any]] = {
    "signs": [a > 0, p < 0, q >= a],
    "box": [a > 0, a < 1, (p > a) & (p < 2 * a)],
    "absolute value": [absolute(a) < 1],
    "entries": [for_all(i, 1, n, (x[i] > 0) & (x[i] < 1))],
    "matrix entries": [for_all(i, 1, n, for_all(j, 1, n, A[i, j] > 0)), symmetric(A)],
    "given": [equals(y, A @ x), equals(a, x.T @ y)],
    "given the other way": [equals(A @ x, y)],
    "given by a transcendental function": [equals(y, tanh(x)), positive(p)],
    "definite and given": [positive_definite(A), equals(A, B @ B.T)],
    "orthogonal conjugation": [orthogonal(B), is_("diagonal", C), equals(A, B @ C @ B.T)],
    "unit vector": [equals(norm(x), 1), equals(x.T @ y, 0)],
    "weights": [for_all(i, 1, n, x[i] >= 0), equals(summation(x[i], i, 1, n), 1)],
    "eigenvectors": [symmetric(A), equals(A @ x, a * x), equals(A @ y, p * y), not_equal(a, p)],
    "commuting": [equals(A @ B, B @ A), not_equal(A, eye), not_equal(A, zeros(n, n))],
    "two-sided inverse": [equals(A @ B, eye), equals(B @ A, eye)],
    "normal equation": [equals(X.T @ X @ x, X.T @ u)],
    "stationary point": [equals(gradient(norm(X @ x - u) ** 2, x), zeros(n))],
    "by entries": [for_all(i, 1, m, equals(summation(X[i, j] * x[j], j, 1, n), u[i]).whole)],
    "rank": [equals(rank_of(X), 1)],
    "full rank": [is_("full_column_rank", X)],
    "invertible product": [is_("invertible", X.T @ X)],
    "recurrence": [always(t, (), None, equals(w(t + 1), a * w(t))), equals(w(0), 1), not_equal(w(3), 0)],
    "backwards": [always(t, ONE, constant(3), equals(w(t), w(t - 1) + number(t)))],
    "family bounds": [always(t, (), None, w(t) > 0), always(t, (), None, w(t) < 1), w(3) < w(2)],
    "labels": [for_all(i, 1, n, equals(x[i], 1).whole | equals(x[i], -1).whole)],
    "Cayley by hand": [equals(A.T @ A, eye), equals(A.T, A)],
    "logarithm": [log(a) > 0, log(p) < a],
    "dimensions": [are(n, m, "less"), are(n, 2, "greater_equal")],
    "implication": [positive_definite(A), not_equal(x, zeros(n))],
    "Loewner": [is_("positive_semidefinite", A - B), positive_definite(B)],
    "Loewner, of a sum": [is_("positive_semidefinite", A - B - a * eye), positive_definite(B), a > 0],
    "Loewner, between": [
        a > 0,
        p > a,
        said("loewner_less_equal", a * eye, A),
        said("loewner_greater_equal", p * eye, A),
    ],
    "Loewner, from above": [positive_definite(A), said("loewner_less", A, eye)],
    "Loewner, a chain": [positive_definite(A), said("loewner_less", A, B), said("loewner_less_equal", B, C)],
    "Loewner, of a diagonal matrix": [is_("diagonal", A), said("loewner_greater_equal", A, B), is_("diagonal", B)],
    "Loewner, of no symbol": [is_("positive_definite", A @ B), symmetric(A), symmetric(B)],
    "natural": [is_("natural", a), is_("integer", p)],
}


def models(hypotheses: list[Any], count: int = 60) -> list[Model]:
    """Models in which every hypothesis was checked."""
    values = (a, p, q, x.T @ y, u.T @ X @ x, x.T @ A @ B @ C @ y)
    problem = problem_of(claim(equals(sum(values[1:], values[0]), 0), given=hypotheses))
    plan, found = plan_of(problem), []
    for seed in range(count):
        draw = Drawer(Rationals(), dice(seed), MODES[seed % 4])
        sizes = [{"m": 3, "n": 2}, {"m": 1, "n": 1}, {"m": 4, "n": 3}][seed % 3]
        try:
            model = Model(plan, draw, sizes, Work(10**6))
            Examiner(problem).require_hypotheses(model)
        except InstantiationError:
            continue
        found.append(model)
    return found


@pytest.mark.parametrize("name", HYPOTHESES)
def test_hypotheses_have_models_and_hold_in_them(name: str) -> None:
    found = models(HYPOTHESES[name])
    assert len(found) >= 4
    if name != "given by a transcendental function":
        for model in found:
            model.exact.window_suffices = True
            for hypothesis in HYPOTHESES[name]:
                term = problem_of(claim(hypothesis, dimensions=[m, n])).conclusion
                if name != "logarithm":
                    assert model.exact.truth(term, model.exact.base) == TRUE


def test_models_of_a_recurrence_are_computed() -> None:
    for model in models(HYPOTHESES["recurrence"]):
        ratio = model.values[("a", ())]
        assert model.exact.member("w", (3,), w(0).shape, None) == ratio**3
        assert ("w", (3,)) not in model.values


def test_families_have_independent_members() -> None:
    values = set()
    for model in models([not_equal(w(0), w(1))]):
        values.add((str(model.values[("w", (0,))]), str(model.values[("w", (1,))])))
    assert len(values) > 5


def test_definitions_are_not_drawn() -> None:
    problem = problem_of(claim(equals(norm(e) ** 2, 0), definitions=[residual]))
    model = Model(plan_of(problem), Drawer(Rationals(), dice(1)), {"m": 2, "n": 2}, Work(10**6))
    model.exact.truth(problem.conclusion, model.exact.base)
    assert sorted(name for name, _ in model.values) == ["X", "u", "x"]


def test_indices_are_drawn_within_their_ranges() -> None:
    ranges = [within("i", ONE, n.form), within("j", variable("i"), plus(variable("i"), constant(2)))]
    problem = problem_of(claim(equals(x[i], number(j)), indices=ranges))
    seen = set()
    for seed in range(60):
        model = Model(plan_of(problem), Drawer(Rationals(), dice(seed)), {"n": 3}, Work(10**6))
        seen.add((model.indices["i"], model.indices["j"]))
    assert {i for i, _ in seen} == {1, 2, 3}
    assert all(i <= j <= i + 2 for i, j in seen)
    assert {j - i for i, j in seen} == {0, 1, 2}


def test_an_infinite_hypothesis_that_no_window_settles() -> None:
    with pytest.raises(Unsupported):
        plan_of(problem_of(claim(a < 1, given=[always(t, (), None, number(t) * a < 10)])))
    growing = [always(t, (), None, equals(w(t + 1), w(t) + 1)), always(t, (), None, w(t) < 10)]
    with pytest.raises(Unsupported):
        plan_of(problem_of(claim(a < 1, given=growing)))


def test_a_definition_below_an_equation_follows_the_unknown() -> None:
    """Solving for x, what is said to be a term in x, and what is defined by that, moves with x."""
    z, loss = vector("z", m), vector("l", m)
    hypotheses = [equals(z, X @ x), equals(X.T @ loss, zeros(n))]
    problem = problem_of(claim(equals(x.T @ x, 0), given=hypotheses, definitions=[define(loss, z - u)]))
    plan, found = plan_of(problem), 0
    assert [equation.candidates for equation in plan.equations] == [("u", "x")]
    for seed in range(30):
        model = Model(plan, Drawer(Rationals(), dice(seed)), {"m": 3, "n": 2}, Work(10**6))
        try:
            Examiner(problem).require_hypotheses(model)
        except InstantiationError:
            continue
        found += 1
    assert found > 20


# pieces


def test_matching_indices() -> None:
    quantifier = ("t", (), constant(4))
    assert match((plus(variable("t"), ONE),), (3,), (quantifier,), {}) == {"t": 2}
    assert match((plus(variable("t"), ONE),), (6,), (quantifier,), {}) is None
    assert match((constant(0),), (0,), (), {"n": 2}) == {"n": 2}
    assert match((constant(0),), (1,), (), {}) is None
    assert match((variable("t"), variable("t")), (2, 2), (quantifier,), {}) == {"t": 2}
    assert match((variable("t"), variable("t")), (2, 3), (quantifier,), {}) is None
    assert match((plus(variable("t"), variable("t")),), (3,), (quantifier,), {}) is None


@pytest.mark.parametrize(
    ("conditions", "inside", "outside"),
    [
        ([(">", 0), ("<", 1)], [Fraction(1, 2)], [0, 1]),
        ([(">=", 0), ("<=", 0)], [0], [1, -1]),
        ([(">", 0), (">=", 0), (">", -1)], [1], [0]),
        ([("<=", 3), ("<", 3)], [2], [3]),
        ([], [5, -5], []),
    ],
)
def test_intervals(conditions: list[tuple[str, int]], inside: list[Any], outside: list[Any]) -> None:
    ring, interval = Rationals(), Interval()
    for relation, limit in conditions:
        interval.narrow(relation, ring.number(limit))
    assert all(interval.contains(ring.number(value)) for value in inside)
    assert not any(interval.contains(ring.number(value)) for value in outside)
    for seed in range(20):
        assert interval.contains(interval.pick(Drawer(ring, dice(seed), MODES[seed % 4])))


def test_an_empty_interval() -> None:
    interval = Interval()
    interval.narrow(">", Rationals().number(1))
    interval.narrow("<", Rationals().number(1))
    with pytest.raises(NoModel):
        interval.pick(Drawer(Rationals(), dice(0)))


def test_modes_draw_what_they_say() -> None:
    sparse = Drawer(Rationals(), dice(0), "sparse")
    assert {fraction(entry) for _ in range(50) for entry in flat(sparse.rows(2, 2))} <= {-1, 0, 1}
    assert any(not any(entry != 0 for entry in flat(sparse.rows(3, 3))) for _ in range(50))
    tied = Drawer(Rationals(), dice(0), "tied")
    assert len({str(tied.entry()) for _ in range(50)}) == 2
    assert matrices.rank(Rationals(), sparse.rows(1, 1)) in (0, 1)
