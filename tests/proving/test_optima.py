"""Claims about optima, true and false: the false ones are refuted exactly, and no engine proves them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from verifier.identity import Identity, identity
from verifier.instantiation import confirm, instantiate
from verifier.kernel.terms import Term
from verifier.kernel.theorems import prove
from verifier.language import (
    absolute,
    argmax,
    argmin,
    block,
    dims,
    equals,
    exp,
    full_column_rank,
    greatest,
    identity_matrix,
    iff,
    inverse,
    is_optimal,
    least,
    less_equal,
    matrix,
    maximum,
    norm,
    positive,
    positive_definite,
    positive_semidefinite,
    relu,
    scalar,
    sign,
    symmetric,
    vector,
    zeros,
)
from verifier.proving import NotProved, find_proof

half = Fraction(1, 2)
n, d, k = dims("n d k")
X, y, w = matrix("X", n, d), vector("y", n), vector("w", d)
p, b, e, g = (vector(name, d) for name in "pbeg")
H, G, S, A = matrix("H", d, d), matrix("G", k, d), matrix("S", n, n), matrix("A", k, d)
a, c, s, rate, omega = (scalar(name) for name in ("a", "c", "s", "\\lambda", "\\omega"))
eye, gram, moment = identity_matrix(d), X.T @ X, X.T @ y
squares, ols = norm(y - X @ w) ** 2, inverse(gram) @ moment
penalised = squares + rate * norm(w) ** 2
form, line = half * (w.T @ H @ w), equals(omega + e.T @ w, 0)
wells = (s**2 - 1) ** 2

TRUE: dict[str, Identity] = {
    "a convex form has a minimiser": identity(is_optimal(zeros(d), argmin(form, w)), given=[positive_semidefinite(H)]),
    "a concave form has a maximiser": identity(
        is_optimal(zeros(d), argmax(-form, w)), given=[positive_semidefinite(H)]
    ),
    "one well": identity(is_optimal(1, argmin(wells, s))),
    "the other well": identity(is_optimal(-1, argmin(wells, s))),
    "the depth of wells": identity(is_optimal(1, argmin(wells - 1, s))),
    "rows for columns": identity(equals(argmin((y.T - w.T @ X.T) @ (y - X @ w), w), ols)),
    "full rank by a hypothesis": identity(equals(argmin(squares, w), ols), given=[full_column_rank(X)]),
    "a point that is given": identity(
        equals(X.T @ (y - X @ p), zeros(d)), given=[equals(p, argmin(squares, w)), full_column_rank(X)]
    ),
    "a point under a constraint": identity(equals(e.T @ p, -omega), given=[is_optimal(p, argmin(form, w, line))]),
    "no feasible point is better": identity(
        less_equal(half * (p.T @ H @ p), half * (b.T @ H @ b)),
        given=[is_optimal(p, argmin(form, w, line)), equals(omega + e.T @ b, 0)],
    ),
    "its cost": identity(
        equals(half * (p.T @ H @ p), half * omega**2 / (e.T @ inverse(H) @ e)),
        given=[positive_definite(H), equals(p, argmin(form, w, line))],
    ),
    "a least value": identity(equals(least(squares, w), norm(y - X @ p) ** 2), given=[equals(gram @ p, moment)]),
    "a greatest value": identity(
        equals(greatest(-squares, w), -(norm(y - X @ p) ** 2)), given=[equals(gram @ p, moment)]
    ),
    "a least value bounds": identity(less_equal(c, norm(y - X @ p) ** 2), given=[equals(c, least(squares, w))]),
    "scaled": identity(equals(argmin(c * squares, w), argmin(squares, w)), given=[positive(c)]),
    "negated": identity(equals(argmax(-squares, w), argmin(squares, w))),
    "shifted": identity(equals(argmin(squares + c, w), argmin(squares, w))),
    "shifted, of a point": identity(iff(is_optimal(p, argmin(squares, w)), is_optimal(p, argmin(squares + c, w)))),
    "a norm and its square": identity(equals(argmin(norm(y - X @ w), w), argmin(squares, w))),
    "the same constraint": identity(equals(argmin(form + c, w, line), argmin(form, w, line))),
    "a number that is not negative": identity(equals(argmin(half * (s - a) ** 2, s, s >= 0), relu(a))),
    "am-gm": identity(equals(argmin(s + 1 / s, s, s > 0), 1)),
}

FALSE: dict[str, Identity] = {
    "indefinite": identity(equals(argmin(form, w), zeros(d)), given=[symmetric(H)]),
    "indefinite, a point": identity(is_optimal(zeros(d), argmin(form, w)), given=[symmetric(H)]),
    "semidefinite, the only one": identity(equals(argmin(form, w), zeros(d)), given=[positive_semidefinite(H)]),
    "stationary but a saddle": identity(
        is_optimal(p, argmin(form - g.T @ w, w)), given=[symmetric(H), equals(H @ p, g)]
    ),
    "a multiplier without convexity": identity(
        is_optimal(p, argmin(form, w, line)),
        given=[symmetric(H), equals(H @ p + c * e, zeros(d)), equals(omega + e.T @ p, 0)],
    ),
    "two wells": identity(equals(argmin(wells, s), 1)),
    "between the wells": identity(is_optimal(0, argmin(wells, s))),
    "an infeasible constraint": identity(equals(argmin(s**2, s, equals(s**2, -1)), 0)),
    "an infeasible constraint, a point": identity(is_optimal(0, argmin(s**2, s, equals(s**2, -1)))),
    "infeasible linear equations": identity(is_optimal(zeros(d), argmin(norm(w) ** 2, w, equals(zeros(d).T @ w, 1)))),
    "greatest for least": identity(equals(argmax(squares, w), ols)),
    "a concave function": identity(equals(argmin(-((s - a) ** 2), s), a)),
    "the bound name outside": identity(equals(argmin((s - a) ** 2, s), s)),
    "a hypothesis on the bound name": identity(equals(argmin(s**2, s), 1), given=[s >= 1]),
    "a hypothesis on the bound name, a point": identity(is_optimal(1, argmin(s**2, s)), given=[s >= 1]),
    "a term that varies is dropped": identity(equals(argmin(penalised, w), argmin(squares, w)), given=[positive(rate)]),
    "a linear term is dropped": identity(equals(argmin(squares + g.T @ w, w), argmin(squares, w))),
    "scaled by what may be negative": identity(equals(argmin(c * squares, w), argmin(squares, w))),
    "scaled by what may vanish": identity(equals(argmin(c * squares, w), argmin(squares, w)), given=[c >= 0]),
    "negated, and not turned": identity(equals(argmin(-squares, w), argmin(squares, w))),
    "an inverse is left out": identity(equals(argmin(squares, w), moment)),
    "least squares for ridge": identity(equals(argmin(penalised, w), ols), given=[positive(rate)]),
    "ridge with another sign": identity(
        equals(argmin(penalised, w), inverse(gram - rate * eye) @ moment), given=[positive(rate)]
    ),
    "half of the penalty": identity(
        equals(argmin(half * squares + rate * norm(w) ** 2, w), inverse(gram + rate * eye) @ moment),
        given=[positive(rate)],
    ),
    "a negative penalty": identity(equals(argmin(penalised, w), inverse(gram + rate * eye) @ moment)),
    "more data without the root": identity(
        equals(argmin(norm(block([[y], [zeros(d)]]) - block([[X], [rate * eye]]) @ w) ** 2, w), argmin(penalised, w)),
        given=[positive(rate)],
    ),
    "an indefinite weight": identity(
        equals(argmin((y - X @ w).T @ S @ (y - X @ w), w), inverse(X.T @ S @ X) @ (X.T @ S @ y)), given=[symmetric(S)]
    ),
    "a constraint is forgotten": identity(equals(argmin(squares, w, equals(A @ w, zeros(k))), ols)),
    "another constraint": identity(equals(argmin(form + c, w, line), argmin(form, w))),
    "the surgeon's sign": identity(
        equals(argmin(form, w, line), (omega / (e.T @ inverse(H) @ e)) * (inverse(H) @ e)), given=[positive_definite(H)]
    ),
    "the surgeon's cost without its half": identity(
        equals(least(form, w, line), omega**2 / (e.T @ inverse(H) @ e)), given=[positive_definite(H)]
    ),
    "Newton's sign": identity(equals(argmin(g.T @ w + form, w), inverse(H) @ g), given=[positive_definite(H)]),
    "Newton's decrease": identity(
        equals(least(g.T @ w + form, w), -(g.T @ inverse(H) @ g)), given=[positive_definite(H)]
    ),
    "a value that is not attained": identity(equals(least(squares + 1, w), 0)),
    "thresholding without a threshold": identity(
        equals(argmin(half * (s - a) ** 2 + rate * absolute(s), s), sign(a) * (absolute(a) - rate)), given=[rate >= 0]
    ),
    "thresholding with a negative rate": identity(
        equals(argmin(half * (s - a) ** 2 + rate * absolute(s), s), sign(a) * maximum(absolute(a) - rate, 0)),
    ),
    "thresholding of whole squares": identity(
        equals(argmin((s - a) ** 2 + rate * absolute(s), s), sign(a) * maximum(absolute(a) - rate, 0)),
        given=[rate >= 0],
    ),
    "a projection that goes outside": identity(equals(argmin((s - a) ** 2, s, s >= 0), a)),
    "the other end": identity(equals(argmin((s - a) ** 2, s, s <= 0), maximum(a, 0))),
    "the greatest on a circle": identity(
        is_optimal(p, argmax(w.T @ H @ w, w, equals(w.T @ w, 1))), given=[symmetric(H), equals(p.T @ p, 1)]
    ),
}

OPEN: dict[str, Identity] = {
    "a least value that is only approached": identity(equals(least(exp(s), s), 0)),
    "approached from the other side": identity(equals(least(exp(-s), s), 0)),
}


@pytest.mark.parametrize("name", TRUE)
def test_what_is_true_is_proved_and_not_refuted(name: str) -> None:
    claim = TRUE[name].whole()
    theorem = find_proof(claim)
    assert prove(claim, theorem.certificate).conclusion == claim.conclusion
    found = instantiate(claim)
    assert found.counterexample is None
    assert found.undecidable == ""
    assert found.evidence.model_found


@pytest.mark.parametrize("name", FALSE)
def test_what_is_false_is_refuted_and_not_proved(name: str) -> None:
    claim = FALSE[name].whole()
    found = instantiate(claim)
    assert found.counterexample is not None
    assert found.counterexample.exact
    assert found.counterexample.where
    assert confirm(claim, found.counterexample) is not None
    with pytest.raises(NotProved):
        find_proof(claim)


@pytest.mark.parametrize("name", OPEN)
def test_what_is_not_attained_is_not_proved(name: str) -> None:
    with pytest.raises(NotProved):
        find_proof(OPEN[name].whole())


def test_a_counterexample_says_which_point_is_better() -> None:
    found = instantiate(FALSE["between the wells"].whole()).counterexample
    assert found is not None
    assert found.where == "the objective is 1 at the point, and 0 at 1"
    found = instantiate(FALSE["two wells"].whole()).counterexample
    assert found is not None
    assert found.where == "the objective is 0 at the point, and at -1 too"
    found = instantiate(FALSE["an infeasible constraint"].whole()).counterexample
    assert found is not None
    assert found.where == "the point does not meet the constraints"


def test_a_hypothesis_that_nothing_satisfies_is_no_model() -> None:
    """p = argmin of an unbounded function: there is no such p, so that nothing may rest on it."""
    claim = identity(equals(p, zeros(d)), given=[equals(p, argmin(-(norm(w) ** 2), w))]).whole()
    assert not instantiate(claim).evidence.model_found


def test_the_name_of_the_variable_does_not_matter() -> None:
    """A claim with its bound variable called by a name of the claim says the same."""
    claim = identity(equals(argmin(norm(y - X @ w) ** 2, w), ols)).whole()
    objective, variable = claim.conclusion.args[0].args
    other = Term("symbol", (), ("p", *variable.data[1:]))
    renamed = Term("optimum", (norm(y - X @ p).term, other), ("argmin",))
    assert objective != renamed.args[0]
    mixed = replace(claim, conclusion=Term("equal", (claim.conclusion.args[0], renamed)))
    find_proof(mixed)
    point = identity(equals(argmin(norm(p - w) ** 2, w), p)).whole()
    find_proof(point)
    with pytest.raises(NotProved):
        find_proof(identity(equals(argmin(norm(p - w) ** 2, w), w)).whole())
