"""Values of terms against NumPy, written by hand from the mathematics."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from verifier.instantiation.balls import Balls
from verifier.instantiation.dependence import Dependence
from verifier.instantiation.evaluation import Fixed, evaluator
from verifier.instantiation.outcomes import Work
from verifier.kernel.terms import Term
from verifier.language import (
    Expression,
    absolute,
    arctan,
    at,
    block,
    cases,
    columns,
    cosh,
    define,
    derivative,
    determinant,
    diag,
    diagonal,
    dot,
    exp,
    gradient,
    hadamard,
    hadamard_divide,
    hadamard_power,
    hessian,
    indicator,
    jacobian,
    kronecker,
    log,
    maximum,
    minimum,
    norm,
    number,
    ones,
    rank,
    relu,
    rows,
    sigmoid,
    sign,
    sinh,
    softplus,
    sqrt,
    step,
    summation,
    tan,
    tanh,
    trace,
    unit_vector,
    zeros,
)

from .claims import (
    A,
    B,
    X,
    a,
    applied,
    are,
    define_layer,
    e,
    evaluate,
    eye,
    i,
    j,
    layer,
    loss,
    m,
    n,
    p,
    pseudo,
    q,
    residual,
    said_product,
    softmax,
    u,
    x,
    y,
)

Arrays = dict[str, Any]
SIZES = {"m": 2, "n": 3, "k": 4}


def arrays() -> Arrays:
    random = np.random.default_rng(7)
    shapes = {"A": (3, 3), "B": (3, 3), "X": (2, 3), "W": (3, 4), "Y": (2, 4), "x": (3, 1), "y": (3, 1), "u": (2, 1)}
    held: Arrays = {name: random.normal(size=shape) for name, shape in shapes.items()}
    return {**held, "a": 0.7, "p": -1.3, "q": 2.1}


def soft(v: Any) -> Any:
    return np.exp(v) / np.exp(v).sum()


CASES: dict[str, tuple[Expression, Callable[..., Any]]] = {
    "sum and difference": (A + B - 2 * A, lambda A, B, **_: B - A),
    "product": (X @ A @ x, lambda X, A, x, **_: X @ A @ x),
    "product of squares": (A @ B - 2 * (B @ A.T), lambda A, B, **_: A @ B - 2 * B @ A.T),
    "scalar times matrix": ((x.T @ y) * A / a, lambda x, y, A, a, **_: (x.T @ y).item() * A / a),
    "matrix power": (A**3, lambda A, **_: A @ A @ A),
    "negative matrix power": (
        Expression(Term("power", (A.term, number(-2).term))),
        lambda A, **_: np.linalg.inv(A @ A),
    ),
    "inverse": (A.inverse, lambda A, **_: np.linalg.inv(A)),
    "pseudo-inverse": (pseudo(ones(n) @ ones(m).T), lambda **_: np.linalg.pinv(np.ones((3, 2)))),
    "determinant": (determinant(A @ B), lambda A, B, **_: np.linalg.det(A @ B)),
    "trace": (trace(A @ B.T), lambda A, B, **_: np.trace(A @ B.T)),
    "inner product": (dot(x, y.T), lambda x, y, **_: (x.T @ y).item()),
    "Hadamard": (hadamard(A, B.T), lambda A, B, **_: A * B.T),
    "Hadamard quotient": (hadamard_divide(A, exp(B)), lambda A, B, **_: A / np.exp(B)),
    "Hadamard power": (hadamard_power(exp(A), a), lambda A, a, **_: np.exp(A) ** a),
    "real power": (a**p, lambda a, p, **_: a**p),
    "root": (sqrt(x.T @ x), lambda x, **_: np.sqrt(x.T @ x).item()),
    "Euclidean norm": (norm(X @ x - u), lambda X, x, u, **_: np.linalg.norm(X @ x - u)),
    "1-norm": (norm(x, "1"), lambda x, **_: np.abs(x).sum()),
    "infinity norm": (norm(x.T, "inf"), lambda x, **_: np.abs(x).max()),
    "row sum norm": (norm(A, "inf"), lambda A, **_: np.linalg.norm(A, np.inf)),
    "Frobenius norm": (norm(X, "F"), lambda X, **_: np.linalg.norm(X)),
    "Kronecker": (
        kronecker(block([[1, a], [p, 2]]), A),
        lambda a, p, A, **_: np.kron(np.array([[1, a], [p, 2]]), A),
    ),
    "blocks": (block([[A, x], [y.T, 5]]), lambda A, x, y, **_: np.block([[A, x], [y.T, np.array([[5.0]])]])),
    "diag": (diag(x) - diag(y.T), lambda x, y, **_: np.diag(x[:, 0] - y[:, 0])),
    "diagonal": (diagonal(A), lambda A, **_: np.diag(A)),
    "entry": (X[2, 3] * x[1], lambda X, x, **_: X[1, 2] * x[0, 0]),
    "row and column": (A[2, :] @ B[:, 3], lambda A, B, **_: A[1] @ B[:, 2]),
    "rows": (rows(number(i) * x.T, i, m), lambda x, **_: np.array([1, 2])[:, None] * x.T),
    "columns": (columns(number(j) * u, j, n), lambda u, **_: u * np.array([1, 2, 3])),
    "unit vector": (unit_vector(n, 2) + zeros(n), lambda **_: np.array([0, 1, 0])),
    "identity and ones": (eye + ones(n, n), lambda **_: np.eye(3) + np.ones((3, 3))),
    "sum over entries": (summation(x[i] * y[i], i, 1, n), lambda x, y, **_: (x.T @ y).item()),
    "sum over a triangle": (
        summation(summation(A[i, j], j, 1, i), i, 1, n),
        lambda A, **_: np.tril(A).sum(),
    ),
    "restricted sum": (
        summation(summation(A[i, j], j, 1, n, are(i, j, "not_equal")), i, 1, n),
        lambda A, **_: A.sum() - np.trace(A),
    ),
    "empty sum": (summation(x[i], i, 2, 1), lambda **_: 0.0),
    "product over a range": (said_product(x[i]), lambda x, **_: x.prod()),
    "dimension as a number": (number(n) * number(n - 1) / 2, lambda **_: 3.0),
    "softmax": (softmax, lambda x, **_: soft(x)),
    "smooth functions": (
        tanh(x) + sigmoid(y) - softplus(x) + arctan(y) + sinh(x) - cosh(y) + tan(x),
        lambda x, y, **_: (
            np.tanh(x) + 1 / (1 + np.exp(-y)) - np.log1p(np.exp(x)) + np.arctan(y) + np.sinh(x) - np.cosh(y) + np.tan(x)
        ),
    ),
    "functions with kinks": (
        relu(A) + absolute(B) - step(A) + sign(B),
        lambda A, B, **_: np.maximum(A, 0) + np.abs(B) - (A > 0) + np.sign(B),
    ),
    "maximum and minimum": (maximum(a, p, q) - minimum(a, p, q), lambda a, p, q, **_: max(a, p, q) - min(a, p, q)),
    "cases": (cases((a > 1, x), (p < 0, 2 * x), otherwise=y), lambda x, **_: 2 * x),
    "indicator": (indicator(a > 1) + 2 * indicator(p < 0), lambda **_: 2.0),
    "rank": (rank(ones(n, n)) + 0 * a, lambda **_: 1.0),
    "Jacobian, numerator layout": (jacobian(X @ tanh(x), x), lambda X, x, **_: X * (1 - np.tanh(x[:, 0]) ** 2)),
    "Jacobian, denominator layout": (
        derivative(X @ tanh(x), x),
        lambda X, x, **_: (X * (1 - np.tanh(x[:, 0]) ** 2)).T,
    ),
    "by a matrix, numerator": (jacobian(u.T @ X @ x, X), lambda u, x, **_: x @ u.T),
    "by a matrix, denominator": (derivative(u.T @ X @ x, X), lambda u, x, **_: u @ x.T),
    "by a scalar": (jacobian(exp(a * A), a), lambda a, A, **_: A * np.exp(a * A)),
    "by a scalar, denominator": (derivative(a**2 * x, a), lambda a, x, **_: 2 * a * x.T),
    "by an entry": (derivative(x.T @ A @ x, x[2]), lambda A, x, **_: ((A + A.T) @ x)[1, 0]),
    "by a row": (derivative(u.T @ X @ x, X[1, :]), lambda u, x, **_: u[0, 0] * x.T),
    "by a column": (gradient(u.T @ X @ x, X[:, 2]), lambda u, x, **_: u * x[1, 0]),
    "vector by matrix": (jacobian(X @ x, X), lambda x, **_: np.einsum("ik,j->ijk", np.eye(2), x[:, 0])),
    "row by a tensor": (u.T @ derivative(X @ x, X), lambda u, x, **_: u @ x.T),
    "gradient through a definition": (gradient(norm(e) ** 2, x), lambda X, x, u, **_: 2 * X.T @ (X @ x - u)),
    "gradient by a definition": (gradient(norm(e) ** 2, e), lambda X, x, u, **_: 2 * (X @ x - u)),
    "Hessian": (hessian(log(ones(n).T @ exp(x)), x), lambda x, **_: np.diag(soft(x)[:, 0]) - soft(x) @ soft(x).T),
    "mixed derivative": (jacobian(jacobian(tanh(a * p), a), p), lambda a, p, **_: mixed(a * p)),
    "at another point": (at(gradient(x.T @ A @ x, x), x, y), lambda A, y, **_: (A + A.T) @ y),
    "at itself plus a step": (at(x.T @ x, x, x + y), lambda x, y, **_: ((x + y).T @ (x + y)).item()),
    "function": (layer(a) + jacobian(layer(q), q), lambda a, p, q, **_: np.tanh(p * a + q) + by_q(p, q)),
}


def mixed(z: float) -> float:
    slope = 1 - np.tanh(z) ** 2
    return float(slope - 2 * z * np.tanh(z) * slope)


def by_q(p: float, q: float) -> float:
    """The derivative of tanh(p q + q) by q, which occurs twice."""
    return float((1 - np.tanh(p * q + q) ** 2) * (p + 1))


@pytest.mark.parametrize("name", CASES)
def test_values_agree_with_numpy(name: str) -> None:
    expression, expected = CASES[name]
    held = arrays()
    used = {part: held[part] for part in held}
    value = evaluate(expression, used, SIZES, definitions=(residual, define_layer))
    wanted = np.asarray(expected(**held), dtype=float)
    np.testing.assert_allclose(value.reshape(wanted.shape), wanted, rtol=1e-12, atol=1e-12)


def test_there_are_many_terms() -> None:
    assert len(CASES) >= 25


def test_definitions_are_seen_by_substitutions_and_derivatives() -> None:
    held = arrays()
    quadratic = define(loss, x.T @ A @ x)
    value = evaluate(at(gradient(loss, x), x, y), held, SIZES, definitions=(quadratic,))
    np.testing.assert_allclose(value, (held["A"] + held["A"].T) @ held["y"])
    value = evaluate(at(loss, x, y), held, SIZES, definitions=(quadratic,))
    np.testing.assert_allclose(value, (held["y"].T @ held["A"] @ held["y"]).item())


def test_free_indices_have_values() -> None:
    held = arrays()
    value = evaluate(A[i, j] + applied("h", a), held, SIZES, definitions=(define_layer,), indices={"i": 2, "j": 3})
    assert float(value) == pytest.approx(held["A"][1, 2] + np.tanh(held["p"] * held["a"] + held["q"]))


def test_sides_that_are_kept_are_those_of_this_relation_and_these_indices() -> None:
    index = Term("index", (), ((("i", 1),),))
    two = Term("number", (), (Fraction(2),))
    relation, turned = Term("equal", (index, two)), Term("equal", (two, index))
    ev = evaluator(Balls(), Fixed({}, {}, {"i": 1}), Dependence(()), Work(100))
    assert [int(side.unique_fmpz()) for side in ev.sides(relation, ev.base)] == [1, 2]
    assert ev.sides(relation, ev.base) is ev.sides(relation, ev.base)
    assert [int(side.unique_fmpz()) for side in ev.sides(relation, ev.base.bind("i", 7))] == [7, 2]
    assert [int(side.unique_fmpz()) for side in ev.sides(turned, ev.base)] == [2, 1]
    kept = ev.sides(turned, ev.base)
    ev.window_suffices = True
    assert ev.sides(turned, ev.base) is not kept
