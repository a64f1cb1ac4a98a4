"""The shrinker: an order, steps down in it, and an exact check of everything at every step."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from verifier.instantiation import confirm, instantiate
from verifier.instantiation.dimensions import Shapes
from verifier.instantiation.examining import Examiner
from verifier.instantiation.matrices import flat
from verifier.instantiation.outcomes import Work
from verifier.instantiation.plans import plan_of
from verifier.instantiation.problems import problem_of
from verifier.instantiation.propositions import PROPERTIES
from verifier.instantiation.rings import Rationals, fraction
from verifier.instantiation.sampling import Model
from verifier.instantiation.shrinking import Shrinker, complexity, simpler, weight
from verifier.instantiation.structured_matrices import Drawer
from verifier.instantiation.truth import TRUE
from verifier.kernel.sequents import Sequent
from verifier.language import dims, equals, norm, positive_definite, summation, symmetric, trace, vector

from .claims import A, B, C, a, claim, f, g, i, is_, n, number, p, q, t, w, within, x, y


def shrunk(sequent: Sequent, sizes: dict[str, int], fails: Callable[[Model], bool] | None = None, seed: int = 0) -> Any:
    """A model of the claim drawn at these dimensions, shrunk while ``fails``, or else while it is a counterexample."""
    problem = problem_of(sequent)
    examiner, shapes = Examiner(problem), Shapes(problem)

    def counterexample(model: Model) -> bool:
        examiner.require_hypotheses(model)
        return bool(examiner.conclusion(model).truth.fails)

    check = fails or counterexample
    for attempt in range(400):
        draw = Drawer(Rationals(), Random(1000 * seed + attempt), "wide")
        model = Model(plan_of(problem), draw, sizes, Work(10**7))
        try:
            found = check(model)
        except Exception:  # noqa: S112
            continue
        if found:
            return Shrinker(shapes, check, "0").shrink(model)
    raise AssertionError("no counterexample was drawn")


def values(model: Model) -> dict[str, list[Fraction]]:
    return {name: [fraction(entry) for entry in flat(value)] for (name, _), value in sorted(model.values.items())}


def test_the_order_of_numbers() -> None:
    listed = [Fraction(k) for k in (0, 1, -1, 2, -2, 3)] + [Fraction(k, 2) for k in (1, -1, 3)]
    assert sorted([*listed[4:], *listed[:4]], key=complexity) == listed
    for number_ in listed:
        assert all(complexity(other) < complexity(number_) for other in simpler(number_))
    assert simpler(Fraction(0)) == []
    assert simpler(Fraction(-2)) == [0, 1, -1, 2]


@pytest.mark.parametrize("seed", range(4))
def test_least_numbers(seed: int) -> None:
    assert values(shrunk(claim(a < 10), {}, seed=seed)) == {"a": [10]}
    assert values(shrunk(claim(a**2 + p**2 < 1), {}, seed=seed)) in ({"a": [0], "p": [1]}, {"a": [1], "p": [0]})
    assert values(shrunk(claim(equals(a, p)), {}, seed=seed)) in ({"a": [0], "p": [1]}, {"a": [1], "p": [0]})
    assert values(shrunk(claim(a <= p, given=[p > 2]), {}, seed=seed)) == {"a": [4], "p": [3]}
    assert values(shrunk(claim(a * p * q <= 0), {}, seed=seed)) in (
        {"a": [1], "p": [1], "q": [1]},
        {"a": [-1], "p": [-1], "q": [1]},
        {"a": [-1], "p": [1], "q": [-1]},
        {"a": [1], "p": [-1], "q": [-1]},
    )


@pytest.mark.parametrize("seed", range(4))
def test_least_dimensions(seed: int) -> None:
    total = claim(summation(x[i], i, 1, n) < 3)
    model = shrunk(total, {"n": 5}, lambda m: m.dimensions["n"] >= 3 and _sum(m) >= 3, seed=seed)
    assert model.dimensions == {"n": 3}
    assert sum(values(model)["x"]) == 3
    assert shrunk(claim(number(n) <= 3, dimensions=[n]), {"n": 6}).dimensions == {"n": 4}


def _sum(model: Model) -> Fraction:
    return sum((fraction(entry) for entry in flat(model.exact.member("x", (), x.shape, None))), Fraction(0))


def test_indices_are_least() -> None:
    model = shrunk(claim(equals(w(t), 0), indices=[within("t", (), None)]), {})
    assert model.indices == {"t": 0}
    assert values(model) == {"w": [1]}


@pytest.mark.parametrize("seed", range(4))
def test_structure_is_kept(seed: int) -> None:
    for kind, failing in (
        ("symmetric", equals(A, 0 * A)),
        ("skew", equals(A, 0 * A)),
        ("positive_definite", equals(A, 2 * A)),
        ("orthogonal", equals(A + A, 0 * A)),
        ("projection", equals(A, 0 * A)),
        ("upper_triangular", equals(A, A.T)),
    ):
        model = shrunk(claim(failing, given=[is_(kind, A)]), {"n": 3}, seed=seed)
        assert PROPERTIES[kind](Rationals(), model.values[("A", ())]) == TRUE
        assert weight(model.values[("A", ())]) <= 2 + 2 * (kind == "skew")


def test_hypotheses_are_checked_again_at_every_step() -> None:
    """Every step from a definite Σ to 0 leaves the claim false; those that leave Σ indefinite are not taken."""
    sigma = claim(equals(trace(A), 7), given=[positive_definite(A)])
    model = shrunk(sigma, {"n": 3})
    assert model.dimensions == {"n": 1}
    assert values(model) == {"A": [1]}
    tight = claim(a <= 0, given=[positive_definite(A), a > 0, a < x.T @ A @ x])
    least = [{"A": [1], "a": [1], "x": [2]}, {"A": [1], "a": [Fraction(1, 2)], "x": [1]}]
    assert values(shrunk(tight, {"n": 2})) in least


def test_a_check_that_forgets_a_hypothesis_would_go_too_far() -> None:
    sequent = claim(equals(trace(A), 7), given=[positive_definite(A)])
    examiner = Examiner(problem_of(sequent))
    careless = shrunk(sequent, {"n": 3}, lambda m: bool(examiner.conclusion(m).truth.fails))
    assert values(careless) == {"A": [0]}


def test_solved_values_follow_what_is_shrunk() -> None:
    sequent = claim(equals(x, y), given=[equals(A @ x, y), symmetric(A)])
    counterexample = instantiate(sequent).counterexample
    assert counterexample is not None
    assert counterexample.dimensions == {"n": 1}
    assert confirm(sequent, counterexample)


def test_functions_shrink() -> None:
    outcome = instantiate(claim(equals(f(a) * g(p), f(p) * g(a))))
    assert outcome.counterexample is not None
    assert sorted(outcome.counterexample.functions.values()) == ["1", "x"]
    assert sorted(outcome.counterexample.values.values()) == ["0", "1"]


def test_work_is_bounded() -> None:
    checks = []

    def always_fails(model: Model) -> bool:
        checks.append(model)
        return True

    many = claim(equals(norm(A @ B @ C @ x), norm(y)))
    problem = problem_of(many)
    model = Model(plan_of(problem), Drawer(Rationals(), Random(0), "wide"), {"n": 6}, Work(10**7))
    Examiner(problem).conclusion(model)
    Shrinker(Shapes(problem), always_fails, "0", checks=50).shrink(model)
    assert len(checks) <= 50


def test_many_dimensions_are_shrunk_without_listing_all() -> None:
    names = "abcdefgh"
    sizes = dims(" ".join(names))
    squares = [norm(vector(f"v{name}", size)) ** 2 for name, size in zip(names, sizes, strict=True)]
    total = sum(squares[1:], squares[0])
    counterexample = instantiate(claim(equals(total, 0))).counterexample
    assert counterexample is not None
    assert set(counterexample.dimensions.values()) == {1}
