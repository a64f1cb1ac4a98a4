"""The judge of the mutants is judged: true and false claims for each head that it reads, and faults planted in it."""

from __future__ import annotations

import ast
import inspect
from fractions import Fraction
from random import Random

import pytest
from flint import arb, arb_series

from verifier.identity import identity
from verifier.kernel import functions
from verifier.kernel.linear import ONE
from verifier.kernel.sequents import Sequent
from verifier.kernel.terms import Term, free_indices, free_names, subterms
from verifier.language import (
    Chain,
    Expression,
    absolute,
    at,
    block,
    cos,
    derivative,
    determinant,
    diag,
    dims,
    entrywise,
    equals,
    exp,
    full_column_rank,
    function,
    gradient,
    hadamard,
    hessian,
    idempotent,
    identity_matrix,
    index,
    inverse,
    invertible,
    jacobian,
    less_equal,
    log,
    matrix,
    norm,
    not_equal,
    number,
    ones,
    orthogonal,
    positive,
    projection,
    pseudoinverse,
    rank,
    relu,
    scalar,
    sigmoid,
    sign,
    skew,
    softplus,
    sqrt,
    step,
    summation,
    symmetric,
    tanh,
    trace,
    unit_vector,
    vector,
    zeros,
)

from . import balls, evaluation, jets, reference, residues
from .balls import Balls
from .evaluation import BINDERS, FUNCTIONS, OPERATIONS, Point
from .jets import Jet, letter_of
from .reference import Contradiction, NotHere, Undecided, holds
from .residues import Residues, TooFewLanes

HALF = Fraction(1, 2)
m, n, p = dims("m n p")
i, j, h = index("i"), index("j"), index("h")
x, y, c, b = vector("x", n), vector("y", n), vector("c", n), vector("b", m)
A, D, S = matrix("A", n, n), matrix("D", n, n), matrix("S", n, n)
B, W = matrix("B", m, n), matrix("W", n, p)
a, s, t = scalar("a"), scalar("s"), scalar("t")
f, g = entrywise("f"), function("g")
f1, f2 = entrywise("f", 1), entrywise("f", 2)
E = summation(exp(x[j]), j, 1, n)


def said_product(body: Expression) -> Expression:
    """Π over j from 1 to n"""
    return Expression(Term("product", (body.term,), ("j", ONE, n.form)))


TRUE = {
    "sum": equals(x + y, y + x),
    "difference": equals(x - y, -(y - x)),
    "zero": equals(x - x, zeros(n)),
    "product": equals((A @ B.T).T, B @ A.T),
    "quotient": equals(x / (2 * a), HALF * x / a),
    "power": equals((a + t) ** 2, a**2 + 2 * a * t + t**2),
    "negative power": equals(a**-2 * a**3, a),
    "broken power": equals(gradient(a ** Fraction(1, 3), a), Fraction(1, 3) * a ** Fraction(1, 3) / a),
    "power of a matrix": equals(A**3, A @ A @ A),
    "inverse power of a matrix": equals(A**-1 @ A, identity_matrix(n)),
    "inverse": equals(inverse(A) @ A, identity_matrix(n)),
    "inverse of a product": equals(inverse(A @ D), inverse(D) @ inverse(A)),
    "determinant": equals(determinant(A @ D), determinant(D) * determinant(A)),
    "singular": equals(determinant(x @ y.T), 0),
    "trace": equals(trace(B @ W @ W.T @ B.T), norm(B @ W, "F") ** 2),
    "Euclidean norm": equals(norm(x) ** 2, x.T @ x),
    "norm 1": equals(norm(x, "1"), summation(absolute(x[j]), j, 1, n)),
    "norm of a number": equals(norm(a), absolute(a)),
    "diag": equals(diag(x) @ y, hadamard(x, y)),
    "entry": equals((B @ x)[i], summation(B[i, j] * x[j], j, 1, n)),
    "row": equals(B[i, :] @ x, (B @ x)[i]),
    "column": equals(A[:, h], A @ identity_matrix(n)[:, h]),
    "sum over some": equals(
        summation(x[j], j, 1, n, where=not_equal(number(j), number(h))), summation(x[j], j, 1, n) - x[h]
    ),
    "sum over fewer": equals(
        summation(x[j], j, 1, n, where=less_equal(number(j), number(h))), summation(x[j], j, 1, h)
    ),
    "product over an index": equals(said_product(exp(x[j])), exp(ones(n).T @ x)),
    "gradient": equals(gradient(x.T @ A @ x, x), (A + A.T) @ x),
    "gradient under symmetry": equals(gradient(x.T @ S @ x, x), 2 * S @ x),
    "gradient by a row": equals(gradient(B[i, :] @ x, B[i, :]), x.T),
    "derivative by an entry": equals(jacobian(x.T @ A @ x, A[h, h]), x[h] ** 2),
    "derivative by a number": equals(jacobian(a**3 * x, a), 3 * a**2 * x),
    "derivative by a number, denominator": equals(derivative(a**3 * x, a), 3 * a**2 * x.T),
    "numerator layout": equals(jacobian(B @ x, x), B),
    "denominator layout": equals(derivative(B @ x, x), B.T),
    "numerator layout of a number": equals(jacobian(trace(A @ D), A), D),
    "denominator layout of a number": equals(derivative(trace(A @ D), A), D.T),
    "derivative of a determinant": equals(derivative(determinant(A), A), determinant(A) * inverse(A).T),
    "derivative of an inverse": equals(gradient(trace(inverse(A)), A), -(inverse(A) @ inverse(A)).T),
    "Hessian": equals(hessian(x.T @ A @ x, x), A + A.T),
    "Hessian of a norm": equals(norm(x) ** 3 * hessian(norm(x), x), norm(x) ** 2 * identity_matrix(n) - x @ x.T),
    "Hessian as a Jacobian": equals(hessian(g(x), x), jacobian(gradient(g(x), x), x)),
    "Hessian of a log-sum-exp": equals(hessian(log(E), x), diag(exp(x) / E) - exp(x) @ exp(x).T / E**2),
    "exp": equals(exp(a + t) * exp(a - t), exp(2 * a)),
    "exp of a number": equals(exp(number(1)) ** 2, exp(number(2))),
    "log of exp": equals(log(exp(a)), a),
    "exp of log": equals(exp(2 * log(a)), a**2),
    "log": equals(gradient(log(a * t), a), 1 / a),
    "sqrt": equals(gradient(sqrt(a), a), HALF / sqrt(a)),
    "tanh": equals(tanh(a), 2 * sigmoid(2 * a) - 1),
    "derivative of tanh": equals(gradient(tanh(a), a), 1 - tanh(a) ** 2),
    "tanh'": equals(entrywise("tanh", 1)(x), ones(n) - hadamard(tanh(x), tanh(x))),
    "tanh''": equals(entrywise("tanh", 2)(a), -2 * tanh(a) * (1 - tanh(a) ** 2)),
    "sigmoid": equals(sigmoid(-a), 1 - sigmoid(a)),
    "derivative of sigmoid": equals(gradient(sigmoid(a), a), sigmoid(a) * sigmoid(-a)),
    "softplus": equals(softplus(a), log(1 + exp(a))),
    "derivative of softplus": equals(gradient(softplus(a), a), sigmoid(a)),
    "absolute value": equals(absolute(-a) ** 2, a**2),
    "derivative of an absolute value": equals(gradient(absolute(a), a), sign(a)),
    "relu": equals(relu(x) - relu(-x), x),
    "derivative of relu": equals(jacobian(relu(x), x), diag(step(x))),
    "step": equals(step(a) + step(-a), 1),
    "unknown function": equals(gradient(f(a) * f(t), a), f1(a) * f(t)),
    "chain rule": equals(hessian(f(c.T @ x), x), f2(c.T @ x) * (c @ c.T)),
    "function of a vector": equals(hessian(g(x), x), hessian(g(x), x).T),
    "function of two": equals(jacobian(jacobian(g(a, t), a), t), jacobian(jacobian(g(a, t), t), a)),
    "unit vector": equals(A @ unit_vector(n, h), A[:, h]),
    "block": equals(block([[A], [B]]).T @ block([[D], [B]]), A.T @ D + B.T @ B),
    "rank": equals(rank(B.T @ B), rank(B)),
    "pseudo-inverse": equals(B @ pseudoinverse(B) @ B, B),
    "pseudo-inverse of a Gram matrix": equals(pseudoinverse(B.T @ B) @ B.T, pseudoinverse(B)),
    "value of a derivative": equals(at(gradient(a**3 * t, a), a, t), 3 * t**3),
}

FALSE = {
    "sum": equals(x + y, x + 2 * y),
    "difference": equals(x - y, y - x),
    "zero": equals(x - y, zeros(n)),
    "product": equals(A @ D, D @ A),
    "quotient": equals(x / (2 * a), 2 * x / a),
    "power": equals((a + t) ** 2, a**2 + t**2),
    "power of a matrix": equals(A**3, A @ A),
    "inverse": equals(inverse(A), A.T),
    "inverse of a product": equals(inverse(A @ D), inverse(A) @ inverse(D)),
    "determinant": equals(determinant(2 * A), 2 * determinant(A)),
    "trace": equals(trace(A @ D), trace(A) * trace(D)),
    "Euclidean norm": equals(norm(x + y), norm(x) + norm(y)),
    "norm 1": equals(norm(x, "1"), norm(x)),
    "norm inf": equals(norm(x, "inf"), norm(x, "1")),
    "norm 1 of a matrix": equals(norm(B, "1"), norm(B, "inf")),
    "diag": equals(diag(x) @ y, x),
    "Hadamard product": equals(ones(n).T @ hadamard(x, y), (ones(n).T @ x) * (ones(n).T @ y)),
    "product over an index": equals(said_product(x[j]), ones(n).T @ x),
    "entry": equals((B @ x)[i], summation(B[i, j] * x[j], j, 2, n)),
    "entry that is another at one place": equals(A[h, h], A[h, 1]),
    "row": equals(A[h, :].T, A[:, h]),
    "sum over some": equals(summation(x[j], j, 1, n, where=not_equal(number(j), number(h))), summation(x[j], j, 1, n)),
    "gradient": equals(gradient(x.T @ A @ x, x), 2 * A @ x),
    "derivative by an entry": equals(jacobian(x.T @ A @ x, A[h, h]), x[h]),
    "numerator layout": equals(jacobian(A @ x, x), A.T),
    "denominator layout": equals(derivative(A @ x, x), A),
    "numerator layout of a number": equals(jacobian(trace(A @ D), A), D.T),
    "Hessian": equals(hessian(x.T @ A @ x, x), 2 * A),
    "Hessian of a norm": equals(hessian(norm(x), x), identity_matrix(n) / norm(x)),
    "Hessian as a Jacobian": equals(hessian(g(x), x), jacobian(gradient(g(x), y), x)),
    "exp": equals(exp(a + t), exp(a) + exp(t)),
    "log": equals(log(a + t), log(a) + log(t)),
    "sqrt": equals(gradient(sqrt(a), a), 1 / sqrt(a)),
    "tanh": equals(gradient(tanh(a), a), 1 + tanh(a) ** 2),
    "tanh'": equals(entrywise("tanh", 1)(x), ones(n) - tanh(x)),
    "sigmoid": equals(sigmoid(-a), -sigmoid(a)),
    "softplus": equals(gradient(softplus(a), a), tanh(a)),
    "absolute value": equals(absolute(a), a),
    "sign": equals(sign(-a), sign(a)),
    "relu": equals(relu(x) + relu(-x), x),
    "relu for all but one sign": equals(relu(x[h]), step(x[h]) * absolute(x[1])),
    "step": equals(step(a), sigmoid(a)),
    "unknown function": equals(f(a + t), f(a) + f(t)),
    "another unknown function": equals(f(a), entrywise("k")(a)),
    "chain rule": equals(hessian(f(c.T @ x), x), f1(c.T @ x) * (c @ c.T)),
    "function of a vector": equals(hessian(g(x), x), zeros(n, n)),
    "inverse of a Hessian": equals(inverse(hessian(g(x), x)), hessian(g(x), x)),
    "unit vector": equals(A @ unit_vector(n, h), A[:, 1]),
    "block": equals(block([[x], [b]]), block([[y], [b]])),
    "rank": equals(rank(A), number(n)),
    "pseudo-inverse": equals(B @ pseudoinverse(B), identity_matrix(m)),
    "pseudo-inverse of a product": equals(pseudoinverse(A @ D), pseudoinverse(D) @ pseudoinverse(A)),
    "value of a derivative": equals(at(gradient(a**3 * t, a), a, t), 3 * a**2 * t),
    "differs by a trifle": equals(x + Fraction(1, 10**80) * y, x),
    "small for real numbers": equals((1 + exp(-((10 + a**2) ** 2))) * t, t),
}


# the sides are equal, but the judge does not know of relations between logarithms, or between roots
NOT_KNOWN = {
    "log of a product": equals(log(a * t), log(a) + log(t)),
    "root of a multiple": equals(norm(2 * x), 2 * norm(x)),
}

NOT_READ = {
    "cos": equals(cos(a), cos(-a)),
    "an exponent that is a number of the claim": equals(a**t, a**t),
    "the spectral norm": equals(norm(A), norm(A.T)),
    "a tensor": equals(y.T @ jacobian(A @ x, A), y.T @ jacobian(A @ x, A)),
}

NOWHERE = {
    "inverse of what is singular": equals(inverse(x @ y.T), A),
    "division by zero": equals(a / (t - t), a),
    "log of what is negative": equals(log(-(a**2)), t),
    "root of what is negative": equals(sqrt(-(a**2)), t),
    "sign of zero": equals(sign(t - t), 0),
}


def claim_of(chain: Chain) -> Sequent:
    free = free_indices(chain.whole.term)
    indices = {k: (1, last) for k, last in ((i, m), (h, n)) if str(k) in free}
    return identity(chain, indices=indices, given=[symmetric(S)] if "S" in free_names(chain.whole.term) else []).whole()


@pytest.mark.parametrize("name", TRUE)
def test_what_is_true_holds(name: str) -> None:
    assert holds(claim_of(TRUE[name]))


@pytest.mark.parametrize("name", FALSE)
def test_what_is_false_does_not_hold(name: str) -> None:
    assert not holds(claim_of(FALSE[name]))


@pytest.mark.parametrize("name", NOT_KNOWN)
def test_what_is_neither_shown_to_be_equal_nor_to_differ_is_undecided(name: str) -> None:
    with pytest.raises(Undecided):
        holds(claim_of(NOT_KNOWN[name]))


@pytest.mark.parametrize("name", NOT_READ)
def test_what_is_not_read_is_not_judged(name: str) -> None:
    with pytest.raises(NotImplementedError):
        holds(claim_of(NOT_READ[name]))


@pytest.mark.parametrize("name", NOWHERE)
def test_what_is_defined_nowhere_is_neither_true_nor_false(name: str) -> None:
    with pytest.raises(NotHere):
        holds(claim_of(NOWHERE[name]))


def test_the_claims_are_of_every_head_and_function_that_is_read() -> None:
    for claims in (TRUE, FALSE):
        parts = [part for chain in claims.values() for part in subterms(chain.whole.term)]
        assert {part.head for part in parts} >= {*OPERATIONS, *BINDERS}
        assert {part.data[0] for part in parts if part.head == "elementwise"} >= FUNCTIONS.keys()
    assert FUNCTIONS.keys() | evaluation.NOT_READ == functions.FUNCTIONS.keys()


def test_every_true_claim_is_false_with_a_factor() -> None:
    for name, chain in TRUE.items():
        left, right = chain.sides
        if name not in ("zero", "singular"):
            assert not holds(claim_of(equals(left, Fraction(1001, 1000) * right)), count=1), name


def test_the_judge_shares_nothing_with_the_channels_but_terms() -> None:
    for module in (balls, evaluation, jets, reference, residues):
        found = {
            node.module for node in ast.walk(ast.parse(inspect.getsource(module))) if isinstance(node, ast.ImportFrom)
        }
        assert {name for name in found if name and name.startswith("verifier")} <= {
            f"verifier.kernel.{name}" for name in ("linear", "sequents", "shapes", "terms")
        }
        assert not any(name.startswith("verifier") for name in vars(module))


def test_a_fault_in_either_arithmetic_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    claim = claim_of(TRUE["sigmoid"])
    with monkeypatch.context() as planted:
        planted.setattr(Residues, "exp", lambda field, u: u * u)
        with pytest.raises(Undecided):
            holds(claim)
    with monkeypatch.context() as planted:
        planted.setattr(Balls, "exp", lambda field, u: u * u)
        with pytest.raises(Contradiction):
            holds(claim)
    with monkeypatch.context() as planted:
        planted.setattr(Residues, "vanish", lambda field, values: True)
        with pytest.raises(Contradiction):
            holds(claim_of(FALSE["sigmoid"]))


def test_a_false_claim_on_one_branch_of_many_is_seen() -> None:
    """relu x₁ … relu x₅ = 0 but where all five are positive, which one point in 32 shows."""
    field = Residues(Random(1), 1 << 11)
    product = field.number(Fraction(1))
    for _ in range(5):
        product = product * (field.sign(field.drawn()) + 1)
    assert field.choices == 5
    assert not field.vanish([product])


def test_signs_and_roots_need_enough_points() -> None:
    field = Residues(Random(1), 64)
    field.sign(field.drawn())
    assert field.vanish([field.number(Fraction(0))])
    field.sign(field.drawn())
    with pytest.raises(TooFewLanes):
        field.vanish([field.number(Fraction(0))])


def test_jets_of_a_polynomial_are_its_derivatives() -> None:
    one, two, three, other = letter_of(0, 0), letter_of(1, 0), letter_of(2, 5), letter_of(2, 6)
    at = Jet({0: Fraction(3)}).moved(one).moved(two).moved(three)
    cube = at * at * at
    assert cube.base == 27
    assert cube.slope(two).base == 27
    assert cube.slope(one).slope(three).base == 18
    assert cube.slope(one).slope(two).slope(three).base == 6
    assert (cube * at).slope(three).slope(two).slope(one).base == 72
    assert cube.slope(other).parts == {0: 0}
    assert (at * Jet({0: Fraction(2)}).moved(other)).slope(other).slope(three).base == 0


def test_letters_are_not_without_end() -> None:
    with pytest.raises(NotImplementedError):
        holds(claim_of(equals(entrywise("tanh", 9)(a), 0)))


@pytest.mark.parametrize("name", ["exp", "log", "sqrt", "tanh", "sigmoid", "softplus"])
def test_second_derivatives_of_balls_are_those_of_arb(name: str) -> None:
    """A power series in arb, whose coefficient of ε² is half of the second derivative."""
    one, two = letter_of(0, 0), letter_of(1, 0)
    x = Jet({0: arb(3) / 7}).moved(one).moved(two)
    found = FUNCTIONS[name](Point(Balls(Random(0), True), {}, {}, 2), x).slope(one).slope(two).base
    u = arb_series([arb(3) / 7, 1])
    expected = {
        "exp": u.exp(),
        "log": u.log(),
        "sqrt": u.sqrt(),
        "tanh": 1 - 2 / (1 + (2 * u).exp()),
        "sigmoid": 1 / (1 + (-u).exp()),
        "softplus": (1 + u.exp()).log(),
    }[name]
    assert abs(found - 2 * expected[2]) < 1e-12


# hypotheses

P, Q, eigenvector = matrix("P", n, n), matrix("Q", n, n), vector("q", n)
GIVEN_TRUE = {
    "a projection is its Gram matrix": (equals(P.T @ P, P), [projection(P)]),
    "the trace of an idempotent": (equals(trace(P), rank(P)), [idempotent(P)]),
    "an orthogonal matrix of either determinant": (equals(determinant(Q) ** 2, 1), [orthogonal(Q)]),
    "an equation that gives a symbol": (equals(trace(A), trace(D)), [equals(A, D.T)]),
    "a quadratic form of a skew matrix": (equals(x.T @ A @ x, 0), [skew(A)]),
    "an idempotent with an inverse": (equals(P, identity_matrix(n)), [idempotent(P), invertible(P)]),
}
GIVEN_FALSE = {
    "an idempotent is not symmetric": (equals(P, P.T), [idempotent(P)]),
    "a projection of rank 2": (equals(trace(P), 2), [projection(P)]),
    "a projection that is not all": (equals(P, identity_matrix(n)), [projection(P)]),
    "a rotation that may be a reflection": (equals(determinant(Q), 1), [orthogonal(Q)]),
    "a full column rank is not a full row rank": (equals(rank(B), number(m)), [full_column_rank(B)]),
    "commuting idempotents": (equals(P @ Q, P), [idempotent(P), idempotent(Q), equals(P @ Q, Q @ P)]),
    "an eigenvector that is 0": (
        equals(eigenvector.T @ eigenvector, x.T @ x),
        [equals(matrix("H", n, n) @ eigenvector, scalar("\\lambda") * eigenvector)],
    ),
}
GIVEN_NOT_READ = {
    "two properties of one symbol": (equals(A, A), [symmetric(A), orthogonal(A)]),
    "an inequality": (equals(a, a), [positive(a)]),
    "an equation without a chart": (equals(A, A), [equals(A @ A @ D, D @ D)]),
    "a symbol given twice": (equals(A, A), [equals(A, 2 * D), equals(A, D @ D)]),
}


@pytest.mark.parametrize("name", GIVEN_TRUE)
def test_what_is_true_under_hypotheses_holds(name: str) -> None:
    conclusion, given = GIVEN_TRUE[name]
    assert holds(identity(conclusion, given=given).whole(), count=2)


@pytest.mark.parametrize("name", GIVEN_FALSE)
def test_what_is_false_under_hypotheses_does_not_hold(name: str) -> None:
    conclusion, given = GIVEN_FALSE[name]
    assert not holds(identity(conclusion, given=given).whole(), count=2)


@pytest.mark.parametrize("name", GIVEN_NOT_READ)
def test_hypotheses_without_charts_are_refused(name: str) -> None:
    conclusion, given = GIVEN_NOT_READ[name]
    with pytest.raises(NotImplementedError):
        holds(identity(conclusion, given=given).whole())


def test_a_chart_on_which_the_hypotheses_do_not_hold_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    claim = identity(equals(P @ P, P), given=[idempotent(P)]).whole()
    monkeypatch.setattr(reference, "charts", lambda claim: [(("P", (A + A.T).term),)])
    with pytest.raises(Contradiction):
        holds(claim)
