"""Norms, spectral radii and eigenvalues under conditions: step sizes for matrices, and claims close to them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from verifier.instantiation import confirm, instantiate
from verifier.kernel.sequents import Sequent
from verifier.kernel.terms import Term
from verifier.language import (
    Expression,
    absolute,
    determinant,
    dot,
    equals,
    for_all,
    identity_matrix,
    implies,
    matrix,
    maximum,
    norm,
    not_equal,
    number,
    positive_definite,
    relu,
    scalars,
    sqrt,
    summation,
    symmetric,
    trace,
    vector,
    zeros,
)

from .claims import N, claim, d, i, j, n, said, within
from .condition_claims import is_, within_ends

eta, beta, lam, mu, L, t_, c = scalars("η β λ μ L τ c")
A, B, S = matrix("A", n, n), matrix("B", n, n), matrix("S", n, n)
X = matrix("X", N, d)
x, y, z = vector("x", n), vector("y", n), vector("z", n)
u = vector("u", d)
eye, eye_d = identity_matrix(n), identity_matrix(d)


def radius(argument: Expression) -> Expression:
    """ρ(A)"""
    return Expression(Term("spectral_radius", (argument.term,)))


def power(base: Expression, exponent: str) -> Expression:
    """A power with an index as exponent."""
    return Expression(Term("power", (base.term, Term("index", (), (((exponent, 1),),)))))


natural = within("t", (), None)
gram = X.T @ X
TRUE: dict[str, Sequent] = {
    "step of gradient descent": claim(norm(eye_d - eta * gram) <= 1, given=[eta >= 0, eta * norm(X) ** 2 <= 2]),
    "spectral below Frobenius": claim(norm(A) <= norm(A, "F")),
    "operator norm": claim(norm(A @ x) <= norm(A) * norm(x)),
    "radius below the norm": claim(radius(A) <= norm(A)),
    "radius of a symmetric matrix": claim(equals(radius(S), norm(S)), given=[symmetric(S)]),
    "submultiplicative": claim(norm(A @ B) <= norm(A) * norm(B)),
    "triangle": claim(norm(A + B) <= norm(A) + norm(B)),
    "reverse triangle": claim(absolute(norm(x) - norm(y)) <= norm(x - y)),
    "powers of a norm": claim(norm(power(A, "t")) <= power(norm(A), "t"), indices=[natural]),
    "eigenvalue is bounded": claim(absolute(lam) <= norm(A), given=[equals(A @ x, lam * x), not_equal(x, zeros(n))]),
    "eigenvalue of a Gram matrix": claim(lam >= 0, given=[equals(A.T @ A @ x, lam * x), not_equal(x, zeros(n))]),
    "Cauchy-Schwarz with roots": claim(absolute(dot(x, y)) <= norm(x) * norm(y)),
    "norms of a vector": claim(norm(x) <= norm(x, "1")),
    "norms, other way": claim(norm(x, "1") <= sqrt(number(n)) * norm(x)),
    "parallelogram": claim(equals(norm(x + y) ** 2 + norm(x - y) ** 2, 2 * norm(x) ** 2 + 2 * norm(y) ** 2)),
    "relu contracts": claim(norm(relu(x) - relu(y)) <= norm(x - y)),
    "projection onto a ball": claim(norm(x / maximum(1, norm(x))) <= 1),
    "unit ball is convex": claim(
        norm(t_ * x + (1 - t_) * y) <= 1, given=[norm(x) <= 1, norm(y) <= 1, t_ >= 0, t_ <= 1]
    ),
    "Rayleigh": claim(x.T @ S @ x <= norm(S) * norm(x) ** 2, given=[symmetric(S)]),
    "eigenvalues of 2×2": claim(trace(S) ** 2 >= 4 * determinant(S), given=[symmetric(S)], dimensions=[n - 1, 3 - n]),
    "normalised": claim(equals(norm(x / norm(x)), 1), given=[not_equal(x, zeros(n))]),
    "equal norms": claim(implies(is_(norm(x), norm(y)), is_(dot(x + y, x - y), number(0)))),
    "mean squares": claim(summation(x[i], i, 1, n) ** 2 <= number(n) * norm(x) ** 2),
    "smooth and strongly convex": claim(
        norm(eye - eta * S) <= maximum(absolute(1 - eta * mu), absolute(1 - eta * L)),
        given=[
            said("loewner_greater_equal", S, mu * eye),
            said("loewner_less_equal", S, L * eye),
            symmetric(S),
            mu > 0,
        ],
    ),
}

FALSE: dict[str, Sequent] = {
    "step of gradient descent, too long": claim(
        norm(eye_d - eta * gram) <= 1, given=[eta >= 0, eta * norm(X) ** 2 <= 3]
    ),
    "step of gradient descent, strictly": claim(norm(eye_d - eta * gram) < 1, given=[eta > 0, eta * norm(X) ** 2 < 2]),
    "step of gradient descent, power missing": claim(
        norm(eye_d - eta * gram) <= 1, given=[eta >= 0, eta * norm(X) <= 2]
    ),
    "Frobenius below spectral": claim(norm(A, "F") <= norm(A)),
    "operator norm, strictly": claim(norm(A @ x) < norm(A) * norm(x), given=[not_equal(x, zeros(n))]),
    "radius is the norm": claim(equals(radius(A), norm(A))),
    "radius is submultiplicative": claim(radius(A @ B) <= radius(A) * radius(B)),
    "radius is subadditive": claim(radius(A + B) <= radius(A) + radius(B)),
    "stable means contracting": claim(implies(radius(A) < 1, norm(A) < 1)),
    "triangle the wrong way": claim(norm(A + B) >= norm(A) + norm(B)),
    "triangle, strictly": claim(norm(x + y) < norm(x) + norm(y), given=[not_equal(x, y), not_equal(x, zeros(n))]),
    "reverse triangle without the absolute value": claim(norm(x) - norm(y) >= norm(x - y)),
    "powers of a norm": claim(equals(norm(power(A, "t")), power(norm(A), "t")), indices=[natural]),
    "eigenvalue, sign": claim(lam >= 0, given=[equals(A @ x, lam * x), not_equal(x, zeros(n))]),
    "eigenvalue, at 0": claim(lam > 0, given=[equals(A.T @ A @ x, lam * x), not_equal(x, zeros(n))]),
    "Cauchy-Schwarz, strictly": claim(
        absolute(dot(x, y)) < norm(x) * norm(y), given=[not_equal(x, zeros(n)), not_equal(y, zeros(n))]
    ),
    "norms of a vector, other way": claim(norm(x, "1") <= norm(x)),
    "norms, factor": claim(norm(x, "1") <= Fraction(7, 5) * norm(x)),
    "Pythagoras without right angle": claim(equals(norm(x + y) ** 2, norm(x) ** 2 + norm(y) ** 2)),
    "relu, strictly": claim(norm(relu(x) - relu(y)) < norm(x - y), given=[not_equal(x, y)]),
    "projection onto a ball": claim(equals(norm(x / maximum(1, norm(x))), 1)),
    "Rayleigh": claim(x.T @ A @ x >= 0, given=[determinant(A) > 0, trace(A) > 0, symmetric(A)]),
    "Rayleigh, of 2×2": claim(x.T @ A @ x >= 0, given=[determinant(A) > 0, trace(A) > 0], dimensions=[n - 1, 3 - n]),
    "normalised at 0": claim(equals(norm(x) * norm(x / norm(x, "inf")), norm(x) ** 2), given=[not_equal(x, zeros(n))]),
    "equal norms": claim(implies(is_(norm(x), norm(y)), is_(x, y))),
    "equal norms, not opposite": claim(implies(is_(norm(x), norm(y)), not_equal(x, -y))),
    "mean squares": claim(summation(x[i], i, 1, n) ** 2 <= norm(x) ** 2),
    "largest is spectral": claim(
        norm(eye - eta * S) <= absolute(1 - eta * L),
        given=[
            said("loewner_greater_equal", S, mu * eye),
            said("loewner_less_equal", S, L * eye),
            symmetric(S),
            mu > 0,
        ],
    ),
    "a definite matrix exceeds 1": claim(norm(S) >= 1, given=[positive_definite(S)]),
    "spectral norm as a root": claim(
        norm(A) < Fraction(8, 5),
        given=[for_all(i, 1, n, for_all(j, 1, n, within_ends(0, A[i, j], 1)))],
        dimensions=[n - 1, 3 - n],
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
