"""The identities about optima against NumPy: at random values, nothing near a point, or far from it, does better.

Each is written anew here, from its source: an objective, the point or the value, and the directions that constraints
leave. Beside each stands a wrong neighbour, which the same comparison tells from it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import pytest

from derivations import optima
from verifier.identity import identities

Array = Any
N, D, K = 7, 4, 2
SCALES = (1e-3, 1e-1, 1.0, 10.0)


class Problem(NamedTuple):
    """An objective, its minimiser, a wrong one, the directions to move in; the least value where there is one."""

    objective: Callable[[Array], Any]
    point: Array
    wrong: Array
    directions: Array
    value: float | None = None


def definite(random: np.random.Generator, size: int) -> Array:
    root = random.normal(size=(size, size))
    return root @ root.T + 0.1 * np.eye(size)


def null(rows: Array) -> Array:
    return np.linalg.svd(np.atleast_2d(rows))[2][np.linalg.matrix_rank(np.atleast_2d(rows)) :].T


def squares(y: Array, x: Array) -> Callable[[Array], Any]:
    return lambda b: np.sum((y - x @ b) ** 2)


def regression(random: np.random.Generator) -> tuple[Array, Array, Array]:
    x = random.normal(size=(N, D))
    return x, random.normal(size=N), x.T @ x


def least_squares(random: np.random.Generator) -> Problem:
    x, y, gram = regression(random)
    best = np.linalg.solve(gram, x.T @ y)
    rest = y @ y - (x.T @ y) @ np.linalg.solve(gram, x.T @ y)
    return Problem(squares(y, x), best, np.linalg.solve(gram + np.eye(D), x.T @ y), np.eye(D), rest)


def several_outputs(random: np.random.Generator) -> Problem:
    x, _, gram = regression(random)
    y = random.normal(size=(N, K))
    best = np.linalg.solve(gram, x.T @ y)
    return Problem(
        lambda b: np.sum((y - x @ b.reshape(D, K)) ** 2), best.ravel(), best.ravel()[::-1].copy(), np.eye(D * K)
    )


def mean(random: np.random.Generator) -> Problem:
    y = random.normal(size=N)
    return Problem(lambda t: np.sum((y - t) ** 2), np.array([y.mean()]), np.array([np.median(y)]), np.eye(1))


def ridge(random: np.random.Generator) -> Problem:
    x, y, gram = regression(random)
    best = np.linalg.solve(gram + 0.7 * np.eye(D), x.T @ y)
    wrong = np.linalg.solve(gram - 0.7 * np.eye(D), x.T @ y)
    return Problem(lambda b: np.sum((y - x @ b) ** 2) + 0.7 * b @ b, best, wrong, np.eye(D))


def tikhonov(random: np.random.Generator) -> Problem:
    x, y, gram = regression(random)
    g = random.normal(size=(K, D))
    wrong = np.linalg.solve(gram, x.T @ y)
    best = np.linalg.solve(gram + g.T @ g, x.T @ y)
    return Problem(lambda b: np.sum((y - x @ b) ** 2) + np.sum((g @ b) ** 2), best, wrong, np.eye(D))


def posterior(random: np.random.Generator) -> Problem:
    x, y, _ = regression(random)
    s, p, v = definite(random, N), definite(random, D), random.normal(size=D)
    gain = p @ x.T @ np.linalg.inv(x @ p @ x.T + s)

    def cost(b: Array) -> Any:
        return (y - x @ b) @ np.linalg.solve(s, y - x @ b) + (b - v) @ np.linalg.solve(p, b - v)

    return Problem(cost, v + gain @ (y - x @ v), v + gain @ y, np.eye(D))


def information(random: np.random.Generator) -> Problem:
    x, y, _ = regression(random)
    s, p, v = np.linalg.inv(definite(random, N)), np.linalg.inv(definite(random, D)), random.normal(size=D)
    best = np.linalg.solve(x.T @ s @ x + p, x.T @ s @ y + p @ v)
    wrong = np.linalg.solve(x.T @ s @ x + p, x.T @ s @ y)
    return Problem(lambda b: (y - x @ b) @ s @ (y - x @ b) + (b - v) @ p @ (b - v), best, wrong, np.eye(D))


def precisions(random: np.random.Generator) -> Problem:
    x, y, gram = regression(random)
    best = np.linalg.solve(2 * gram + 3 * np.eye(D), 2 * x.T @ y)
    wrong = np.linalg.solve(2 * gram + 3 * np.eye(D), x.T @ y)
    return Problem(lambda b: np.sum((y - x @ b) ** 2) + 1.5 * b @ b, best, wrong, np.eye(D))


def generalised(random: np.random.Generator) -> Problem:
    x, y, gram = regression(random)
    s = np.linalg.inv(definite(random, N))
    best, wrong = np.linalg.solve(x.T @ s @ x, x.T @ s @ y), np.linalg.solve(gram, x.T @ y)
    return Problem(lambda b: (y - x @ b) @ s @ (y - x @ b), best, wrong, np.eye(D))


def constrained(random: np.random.Generator) -> Problem:
    x, y, gram = regression(random)
    b, c = random.normal(size=(K, D)), random.normal(size=K)
    free = np.linalg.solve(gram, x.T @ y)
    step = np.linalg.solve(gram, b.T)
    best = free - step @ np.linalg.solve(b @ step, b @ free - c)
    return Problem(squares(y, x), best, free - b.T @ np.linalg.solve(b @ b.T, b @ free - c), null(b))


def smallest(random: np.random.Generator) -> Problem:
    x, y = random.normal(size=(K, D)), random.normal(size=K)
    best = x.T @ np.linalg.solve(x @ x.T, y)
    return Problem(lambda b: b @ b, best, best + null(x)[:, 0], null(x))


def hyperplane(random: np.random.Generator) -> Problem:
    a, v, c = random.normal(size=D), random.normal(size=D), 0.3
    best = v - (a @ v - c) / (a @ a) * a
    return Problem(lambda b: np.sum((b - v) ** 2), best, best + null(a)[:, 0], null(a))


def predictor(random: np.random.Generator) -> Problem:
    p, g = definite(random, D), random.normal(size=D)
    return Problem(lambda b: -2 * b @ g + b @ p @ b, np.linalg.solve(p, g), g, np.eye(D))


def newton(random: np.random.Generator) -> Problem:
    h, g = definite(random, D), random.normal(size=D)
    best = -np.linalg.solve(h, g)
    least = 2.0 - g @ np.linalg.solve(h, g) / 2
    return Problem(lambda b: 2.0 + g @ b + b @ h @ b / 2, best, -best, np.eye(D), least)


def gradient_step(random: np.random.Generator) -> Problem:
    g, v = random.normal(size=D), random.normal(size=D)
    return Problem(lambda b: g @ (b - v) + np.sum((b - v) ** 2) / 0.6, v - 0.3 * g, v - 0.6 * g, np.eye(D))


def surgeon(random: np.random.Generator) -> Problem:
    h, e, omega = definite(random, D), random.normal(size=D), 0.8
    step = np.linalg.solve(h, e)
    best = -omega / (e @ step) * step
    wrong = -omega / (e @ e) * e
    return Problem(lambda b: b @ h @ b / 2, best, wrong, null(e), omega**2 / (e @ step) / 2)


def pruning(random: np.random.Generator) -> Problem:
    h, w, i = definite(random, D), random.normal(size=D), 2
    back = np.linalg.inv(h)
    wrong = np.zeros(D)
    wrong[i] = -w[i]
    best = -w[i] / back[i, i] * back[:, i]
    return Problem(lambda b: b @ h @ b / 2, best, wrong, null(np.eye(D)[i]), w[i] ** 2 / back[i, i] / 2)


def magnitude(random: np.random.Generator) -> Problem:
    w, i = random.normal(size=D), 2
    best = np.zeros(D)
    best[i] = -w[i]
    return Problem(lambda b: b @ b / 2, best, best + np.eye(D)[0], null(np.eye(D)[i]), w[i] ** 2 / 2)


def linear_equations(random: np.random.Generator) -> Problem:
    h, b, c = definite(random, D), random.normal(size=(K, D)), random.normal(size=K)
    step = np.linalg.solve(h, b.T)
    best = step @ np.linalg.solve(b @ step, c)
    return Problem(lambda v: v @ h @ v / 2, best, b.T @ np.linalg.solve(b @ b.T, c), null(b))


def thresholding(random: np.random.Generator) -> Problem:
    x, rate = random.normal(scale=2.0), 0.6
    best = np.array([np.sign(x) * max(abs(x) - rate, 0)])
    return Problem(lambda t: np.sum((t - x) ** 2 / 2 + rate * abs(t)), best, np.array([x]), np.eye(1))


def weighted(random: np.random.Generator) -> Problem:
    x, z = random.normal(size=2)
    best = np.array([(0.4 * x + 1.7 * z) / 2.1])
    return Problem(lambda t: np.sum(0.4 * (t - x) ** 2 + 1.7 * (t - z) ** 2), best, np.array([(x + z) / 2]), np.eye(1))


PROBLEMS: dict[str, Callable[[np.random.Generator], Problem]] = {
    "least_squares_minimises": least_squares,
    "least_sum_of_squares": least_squares,
    "least_squares_of_several_outputs": several_outputs,
    "mean_minimises_squares": mean,
    "ridge_minimises": ridge,
    "tikhonov_minimises": tikhonov,
    "posterior_mode_by_precisions": precisions,
    "posterior_mode_of_gaussians": information,
    "kalman_update_is_a_posterior_mode": posterior,
    "generalised_least_squares_minimises": generalised,
    "constrained_least_squares_minimises": constrained,
    "smallest_solution": smallest,
    "nearest_point_of_a_hyperplane": hyperplane,
    "best_linear_predictor": predictor,
    "newton_step_minimises": newton,
    "newton_step_decreases_to": newton,
    "gradient_step_minimises": gradient_step,
    "surgeon_step_minimises": surgeon,
    "surgeon_least_increase": surgeon,
    "pruning_step_minimises": pruning,
    "pruning_least_increase": pruning,
    "pruning_by_magnitude_minimises": magnitude,
    "pruning_by_magnitude_least_increase": magnitude,
    "least_quadratic_under_linear_equations": linear_equations,
    "soft_thresholding": thresholding,
    "weighted_mean_of_two": weighted,
}


def beaten(problem: Problem, point: Array, random: np.random.Generator) -> bool:
    """Whether some point in the directions left is better by more than rounding."""
    here = problem.objective(point)
    for scale in SCALES:
        for _ in range(40):
            other = point + problem.directions @ random.normal(scale=scale, size=problem.directions.shape[1])
            if problem.objective(other) < here - 1e-9 * (1 + abs(here)):
                return True
    return False


def test_the_problems_are_those_of_the_library() -> None:
    assert set(PROBLEMS) <= identities(optima).keys()
    assert len(identities(optima)) >= 40


@pytest.mark.parametrize("name", PROBLEMS)
@pytest.mark.parametrize("seed", range(3))
def test_nothing_is_better_than_the_minimiser(name: str, seed: int) -> None:
    random = np.random.default_rng(seed)
    problem = PROBLEMS[name](random)
    assert not beaten(problem, problem.point, random)
    assert beaten(problem, problem.wrong, random)
    if problem.value is not None:
        assert problem.objective(problem.point) == pytest.approx(problem.value)
