"""Families that a recurrence gives, of numbers, vectors and matrices: their members are computed from the first one."""

from __future__ import annotations

import pytest

from verifier.instantiation import confirm, instantiate
from verifier.kernel.linear import ONE
from verifier.kernel.sequents import Sequent
from verifier.language import (
    Statement,
    absolute,
    cases,
    equals,
    family,
    for_all,
    gradient,
    identity_matrix,
    implies,
    matrix,
    matrix_shape,
    maximum,
    norm,
    number,
    relu,
    scalars,
    sign,
    symmetric,
    vector,
    vector_shape,
    zeros,
)

from .claims import always, claim, i, n, t, within

eta, beta, sigma, lam, alpha, b = scalars("η β σ λ α b")
w, z, e = family("w"), family("z"), family("e")
v, u = family("v", vector_shape(n)), family("u", vector_shape(n))
M = family("M", matrix_shape(n, n))
A, eye, B = matrix("A", n, n), identity_matrix(n), matrix("B", n, n)
target, y = vector("v_s", n), vector("y", n)
every_t, later_t = within("t", (), None), within("t", ONE, None)

decay = always(t, (), None, equals(w(t + 1), (1 - eta * sigma**2) * w(t)))
affine = always(t, (), None, equals(w(t + 1), (1 - eta) * w(t) + eta * b))
backwards = always(t, ONE, None, equals(w(t), beta * w(t - 1)))
momentum = always(t, (), None, equals(z(t + 1), beta * z(t) + sigma**2 * w(t)))
momentum_step = always(t, (), None, equals(w(t + 1), w(t) - eta * z(t + 1)))
descent = always(t, (), None, equals(v(t + 1), v(t) - eta * (A @ (v(t) - target))))
powers = always(t, (), None, equals(M(t + 1), M(t) @ A))
conjugates = always(t, (), None, equals(M(t + 1), A @ M(t) @ A.T))
clipped = always(t, (), None, equals(w(t + 1), relu(w(t) - eta)))
second = always(t, (), None, equals(w(t + 2), w(t + 1) + w(t)))
shrinks = absolute(1 - eta * sigma**2) < 1
velocity = always(t, (), None, equals(u(t + 1), beta * u(t) - eta * (A @ v(t))))
position = always(t, (), None, equals(v(t + 1), v(t) + u(t + 1)))
adaptive = always(t, (), None, equals(e(t + 1), beta * e(t) + (1 - beta) * w(t) ** 2))
signs = always(t, (), None, equals(w(t + 1), w(t) - eta * sign(w(t))))
branches = always(t, (), None, equals(w(t + 1), cases((absolute(w(t)) <= eta, 0), otherwise=w(t) - eta * sign(w(t)))))

TRUE: dict[str, Sequent] = {
    "closed form": claim(equals(w(t), (1 - eta * sigma**2) ** t * w(0)), given=[decay], indices=[every_t]),
    "affine closed form": claim(equals(w(t) - b, (1 - eta) ** t * (w(0) - b)), given=[affine], indices=[every_t]),
    "backwards": claim(equals(w(t), beta**t * w(0)), given=[backwards], indices=[every_t]),
    "decay does not grow": claim(absolute(w(t + 1)) <= absolute(w(t)), given=[decay, shrinks], indices=[every_t]),
    "decay as an implication": claim(implies(shrinks, w(t + 1) ** 2 <= w(t) ** 2), given=[decay], indices=[every_t]),
    "two families": claim(
        equals(w(t + 2), (1 + beta - eta * sigma**2) * w(t + 1) - beta * w(t)),
        given=[momentum, momentum_step],
        indices=[every_t],
    ),
    "two families shrink": claim(
        absolute(w(2)) <= absolute(w(0)),
        given=[momentum, momentum_step, beta >= 0, beta < 1, eta > 0, eta * sigma**2 <= 1, equals(z(0), 0)],
    ),
    "vectors": claim(equals(v(t) - target, (eye - eta * A) ** t @ (v(0) - target)), given=[descent], indices=[every_t]),
    "vectors, one step": claim(
        norm(v(1) - target) <= norm(v(0) - target),
        given=[descent, equals(A, B.T @ B), equals(B.T @ B, eye), eta >= 0, eta <= 2],
    ),
    "matrices": claim(equals(M(t), M(0) @ A**t), given=[powers], indices=[every_t]),
    "matrices stay symmetric": claim(symmetric(M(t)), given=[conjugates, symmetric(M(0))], indices=[every_t]),
    "relu keeps a sign": claim(w(t) >= 0, given=[clipped, w(0) >= 0], indices=[every_t]),
    "two steps back": claim(equals(w(5), 5 * w(1) + 3 * w(0)), given=[second]),
    "vectors of two families": claim(
        equals(v(t + 2) - v(t + 1), beta * (v(t + 1) - v(t)) - eta * (A @ v(t + 1))),
        given=[velocity, position],
        indices=[every_t],
    ),
    "averages of squares": claim(e(t) >= 0, given=[adaptive, e(0) >= 0, beta >= 0, beta <= 1], indices=[every_t]),
    "branches": claim(absolute(w(t + 1)) <= absolute(w(t)), given=[branches, eta > 0], indices=[every_t]),
    "a fixed point": claim(equals(w(t), b), given=[affine, equals(w(0), b)], indices=[every_t]),
}

FALSE: dict[str, Sequent] = {
    "closed form, one too many": claim(
        equals(w(t), (1 - eta * sigma**2) ** (t + 1) * w(0)), given=[decay], indices=[every_t]
    ),
    "closed form, factor": claim(equals(w(t), (1 - 2 * eta * sigma**2) ** t * w(0)), given=[decay], indices=[later_t]),
    "affine without its limit": claim(equals(w(t), (1 - eta) ** t * w(0)), given=[affine], indices=[every_t]),
    "decay, strictly": claim(absolute(w(t + 1)) < absolute(w(t)), given=[decay, shrinks], indices=[every_t]),
    "decay, at the end": claim(
        w(t + 1) ** 2 < w(t) ** 2,
        given=[decay, eta >= 0, eta <= 2 / sigma**2, sigma > 0, w(0) > 0],
        indices=[every_t],
    ),
    "decay, positive": claim(w(t) >= 0, given=[decay, shrinks, w(0) >= 0], indices=[every_t]),
    "two families, sign": claim(
        equals(w(t + 2), (1 + beta + eta * sigma**2) * w(t + 1) - beta * w(t)),
        given=[momentum, momentum_step],
        indices=[every_t],
    ),
    "two families, too long a step": claim(
        absolute(w(2)) <= absolute(w(0)),
        given=[momentum, momentum_step, beta >= 0, beta < 1, eta > 0, eta * sigma**2 <= 3, equals(z(0), 0)],
    ),
    "vectors, transposed": claim(
        equals(v(t) - target, (eye - eta * A.T) ** t @ (v(0) - target)), given=[descent], indices=[every_t]
    ),
    "vectors, too long a step": claim(
        norm(v(1) - target) <= norm(v(0) - target), given=[descent, equals(A, eye), eta >= 0, eta <= 3]
    ),
    "matrices, the other side": claim(equals(M(t), A**t @ M(0)), given=[powers], indices=[every_t]),
    "matrices, symmetric": claim(symmetric(M(t)), given=[powers, symmetric(M(0)), symmetric(A)], indices=[every_t]),
    "relu keeps no sign": claim(w(t) > 0, given=[clipped, w(0) > 0, eta > 0], indices=[every_t]),
    "two steps back": claim(equals(w(5), 3 * w(1) + 5 * w(0)), given=[second]),
    "averages of squares": claim(e(t) > 0, given=[adaptive, e(0) > 0, beta >= 0, beta <= 1], indices=[every_t]),
    "signs overshoot": claim(absolute(w(t + 1)) <= absolute(w(t)), given=[signs, eta > 0], indices=[every_t]),
    "largest of the first": claim(maximum(absolute(w(0)), absolute(w(1))) >= absolute(w(2)), given=[decay, eta > 0]),
    "gradient step": claim(
        equals(v(1), v(0) - 2 * eta * (A @ v(0))),
        given=[always(t, (), None, equals(v(t + 1), v(t) - eta * gradient(y.T @ A @ y, y))), equals(y, v(0))],
    ),
    "a sum, not a power": claim(equals(w(t), number(t) * beta * w(0)), given=[backwards], indices=[later_t]),
    "state becomes 0": claim(
        equals(v(t), zeros(n)), given=[always(t, (), None, equals(v(t + 1), A @ v(t)))], indices=[later_t]
    ),
}


@pytest.mark.parametrize("name", TRUE)
def test_true_claims_are_not_refuted(name: str) -> None:
    outcome = instantiate(TRUE[name])
    assert outcome.undecidable == ""
    assert outcome.counterexample is None
    assert outcome.evidence.model_found, outcome.evidence.reason


@pytest.mark.parametrize("name", FALSE)
def test_false_claims_are_refuted(name: str) -> None:
    outcome = instantiate(FALSE[name])
    assert outcome.counterexample is not None, outcome
    assert confirm(FALSE[name], outcome.counterexample)


# inequalities

gap = family("g")
decrease = always(t, (), None, gap(t + 1) <= (1 - eta) * gap(t))
non_negative = always(t, (), None, gap(t) >= 0)
noisy = always(t, (), None, gap(t + 1) <= (1 - eta) * gap(t) + sigma)
rate = [eta >= 0, eta <= 1]
growing = always(t, (), None, w(t + 1) >= w(t))
lipschitz = always(t, (), None, absolute(w(t + 1) - w(t)) <= lam)
vectors = always(t, (), None, norm(v(t + 1) - target) <= beta * norm(v(t) - target))

each_entry = for_all(i, 1, n, v(t + 1)[i] <= v(t)[i])

TRUE_BOUNDS: dict[str, Sequent] = {
    "decrease": claim(gap(t) <= (1 - eta) ** t * gap(0), given=[decrease, non_negative, *rate], indices=[every_t]),
    "noise": claim(
        gap(t) <= (1 - eta) ** t * gap(0) + sigma / eta,
        given=[noisy, non_negative, eta > 0, eta < 1, sigma >= 0],
        indices=[every_t],
    ),
    "growing": claim(w(t) >= w(0), given=[growing], indices=[every_t]),
    "Lipschitz": claim(absolute(w(t) - w(0)) <= number(t) * lam, given=[lipschitz], indices=[every_t]),
    "a start": claim(gap(t) <= 1, given=[decrease, non_negative, *rate, equals(gap(0), 1)], indices=[every_t]),
    "vectors": claim(
        norm(v(t) - target) <= beta**t * norm(v(0) - target), given=[vectors, beta >= 0], indices=[every_t]
    ),
}
TRUE_BOUNDS["entries"] = claim(v(t)[1] <= v(0)[1], given=[always(t, (), None, each_entry)], indices=[every_t])
FALSE_BOUNDS: dict[str, Sequent] = {
    "decrease, one too many": claim(
        gap(t) <= (1 - eta) ** (t + 1) * gap(0), given=[decrease, non_negative, *rate], indices=[every_t]
    ),
    "decrease, strictly": claim(
        gap(t + 1) < gap(t), given=[decrease, non_negative, eta > 0, eta <= 1], indices=[every_t]
    ),
    "decrease, from below": claim(gap(t) >= 0, given=[decrease, *rate], indices=[every_t]),
    "noise, forgotten": claim(
        gap(t) <= (1 - eta) ** t * gap(0),
        given=[noisy, non_negative, eta > 0, eta < 1, sigma >= 0],
        indices=[every_t],
    ),
    "growing, strictly": claim(w(t + 1) > w(t), given=[growing], indices=[every_t]),
    "Lipschitz, a step less": claim(absolute(w(t) - w(0)) <= number(t - 1) * lam, given=[lipschitz], indices=[later_t]),
    "entries": claim(v(t)[1] < v(0)[1], given=[always(t, (), None, each_entry)], indices=[later_t]),
    "a start": claim(gap(t) < 1, given=[decrease, non_negative, *rate, equals(gap(0), 1)], indices=[every_t]),
}


@pytest.mark.parametrize("name", TRUE_BOUNDS)
def test_true_bounds_are_not_refuted(name: str) -> None:
    outcome = instantiate(TRUE_BOUNDS[name])
    assert outcome.undecidable == ""
    assert outcome.counterexample is None
    assert outcome.evidence.model_found, outcome.evidence.reason


@pytest.mark.parametrize("name", FALSE_BOUNDS)
def test_false_bounds_are_refuted(name: str) -> None:
    outcome = instantiate(FALSE_BOUNDS[name])
    assert outcome.counterexample is not None, outcome
    assert confirm(FALSE_BOUNDS[name], outcome.counterexample)


def test_conditions_that_no_model_meets_for_ever() -> None:
    """The first members alone would be a model; all of them are none."""
    falling = always(t, (), None, gap(t + 1) <= gap(t) - 1)
    for given in ([falling, non_negative], [falling, always(t, (), None, gap(t) > -100), gap(0) > 50]):
        outcome = instantiate(claim(gap(0) < 0, given=given), small=True)
        assert outcome.counterexample is None
        assert not outcome.evidence.model_found


@pytest.mark.parametrize(
    "condition",
    [
        always(t, (), None, gap(t + 1) <= number(t) * gap(t)),
        always(t, (), None, gap(t + 1) <= beta**t),
        always(t, (), None, gap(2 * t) <= gap(t)),
    ],
)
def test_conditions_that_change_with_the_index_are_not_checked(condition: Statement) -> None:
    assert "infinite range" in instantiate(claim(gap(1) <= gap(0), given=[condition])).undecidable


def test_a_given_member_may_not_be_late() -> None:
    late = claim(gap(9) < 1, given=[decrease, *rate, equals(gap(9), 1)])
    assert "infinite range" in instantiate(late).undecidable
