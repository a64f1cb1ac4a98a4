"""Claims, true and false, and how the tests write and evaluate them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from flint import arb, ctx

from verifier.instantiation.balls import Balls
from verifier.instantiation.dependence import Dependence
from verifier.instantiation.evaluation import Fixed, evaluator
from verifier.instantiation.outcomes import Work
from verifier.kernel.linear import ONE, Linear
from verifier.kernel.sequents import Definition, Range, Sequent
from verifier.kernel.terms import Term
from verifier.language import (
    Chain,
    Dimension,
    Expression,
    Statement,
    absolute,
    arctan,
    at,
    block,
    cases,
    cos,
    cosh,
    define,
    derivative,
    determinant,
    diag,
    dims,
    entrywise,
    equals,
    exp,
    family,
    for_all,
    full_column_rank,
    function,
    gradient,
    hadamard,
    hadamard_power,
    hessian,
    idempotent,
    identity_matrix,
    implies,
    index,
    indicator,
    jacobian,
    kronecker,
    log,
    matrix,
    maximum,
    minimum,
    norm,
    not_equal,
    number,
    ones,
    orthogonal,
    positive,
    positive_definite,
    positive_semidefinite,
    rank,
    relu,
    rows,
    scalars,
    sigmoid,
    sin,
    sinh,
    skew,
    softplus,
    sqrt,
    step,
    summation,
    symmetric,
    tan,
    tanh,
    trace,
    unit_vector,
    vector,
    zeros,
)

Given = Statement | Chain


def proposition(statement: Given) -> Term:
    """The term of a statement, or of a chain of two sides."""
    return statement.term if isinstance(statement, Statement) else statement.whole.term


def claim(
    conclusion: Given,
    *,
    given: Sequence[Given] = (),
    definitions: Sequence[Definition] = (),
    indices: Sequence[tuple[str, Range]] = (),
    dimensions: Sequence[Dimension] = (),
) -> Sequent:
    """definitions; given ⊢ conclusion"""
    return Sequent(
        proposition(conclusion),
        tuple(proposition(g) for g in given),
        tuple(definitions),
        tuple(indices),
        tuple(d.form for d in dimensions),
    )


def said(head: str, *parts: Given | Expression, data: tuple[Any, ...] = ()) -> Statement:
    """A proposition by its head."""
    terms = [part.term if isinstance(part, Expression) else proposition(part) for part in parts]
    return Statement(Term(head, tuple(terms), data))


def always(i: Dimension, lower: Linear, upper: Linear | None, statement: Given) -> Statement:
    """∀ i, also over an infinite range."""
    (name,) = (str(atom) for atom, _ in i.form)
    return said("for_all", statement, data=(name, lower, upper))


def are(i: Dimension, j: Dimension | int, head: str = "equal") -> Statement:
    """A relation between indices."""
    return said(head, number(i), number(j))


def within(i: str, lower: Linear, upper: Linear | None) -> tuple[str, Range]:
    """A free index of a claim with its range."""
    return i, (lower, upper)


def evaluate(
    expression: Expression,
    values: Mapping[str, Any],
    dimensions: Mapping[str, int],
    definitions: Sequence[Definition] = (),
    indices: Mapping[str, int] | None = None,
) -> np.ndarray:
    """The value at arrays (vectors are columns), by balls at 256 bits."""
    held = {(name, ()): _entries(np.asarray(value, dtype=float)) for name, value in values.items()}
    with ctx.workprec(256):
        ev = evaluator(Balls(), Fixed(dimensions, held, indices), Dependence(definitions), Work(10**7))
        value = ev.value(expression.term, ev.base)
        return np.vectorize(lambda ball: float(ball.mid()), otypes=[float])(np.array(value, dtype=object))


def _entries(array: np.ndarray) -> Any:
    if array.ndim == 0:
        return arb(float(array))
    return [[arb(float(entry)) for entry in row] for row in array.reshape(array.shape[0], -1)]


m, n, k, N, d = dims("m n k N d")
i, j, t = (index(name) for name in "ijt")
A, B, C = (matrix(name, n, n) for name in "ABC")
X, W, Y = matrix("X", m, n), matrix("W", n, k), matrix("Y", m, k)
x, y, c = (vector(name, n) for name in "xyc")
u, b, e = (vector(name, m) for name in "ube")
a, p, q, s = scalars("a p q s")
eye = identity_matrix(n)
f, g, w = entrywise("f"), function("g"), family("w")
half = Fraction(1, 2)
residual = define(e, X @ x - u)
hat = X @ (X.T @ X).inverse @ X.T
softmax = exp(x) / summation(exp(x[i]), i, 1, n)
recurrence = always(t, (), None, equals(w(t + 1), w(t) + a))
every_i, every_j = within("i", ONE, n.form), within("j", ONE, n.form)


def is_(kind: str, argument: Expression) -> Statement:
    """A property by its name."""
    return said("property", argument, data=(kind,))


C_m = matrix("C_m", m, m)
Z = matrix("Z", N, d)
N_ = index("l")
loss = scalars("L")[0]
constant_e = Expression(Term("constant", (), ("e",)))
layer, lexical = (lambda *at_, name=name: applied(name, *at_) for name in ("h", "r"))
define_layer = Definition("h", tanh(p * s + q).term, (s.term,))
define_lexical = Definition("r", jacobian(s * p, p).term, (s.term,))


def applied(name: str, *arguments: Expression) -> Expression:
    """A function of numbers."""
    return Expression(Term("apply", tuple(argument.term for argument in arguments), (name, arguments[0].shape, ())))


def pseudo(argument: Expression) -> Expression:
    """A⁺"""
    return Expression(Term("pseudoinverse", (argument.term,)))


def said_product(body: Expression) -> Expression:
    """Π over i from 1 to n"""
    return Expression(Term("product", (body.term,), ("i", ONE, n.form)))


TRUE: dict[str, Sequent] = {
    "gradient of a quadratic form": claim(equals(gradient(x.T @ A @ x, x), (A + A.T) @ x)),
    "gradient, A symmetric": claim(equals(gradient(x.T @ A @ x, x), 2 * (A @ x)), given=[symmetric(A)]),
    "gradient of least squares": claim(equals(gradient(norm(X @ x - u) ** 2, x), 2 * (X.T @ (X @ x - u)))),
    "Frobenius norm": claim(equals(derivative(norm(X @ W - Y, "F") ** 2, X), 2 * ((X @ W - Y) @ W.T))),
    "trace of a product": claim(equals(derivative(trace(A @ B), A), B.T)),
    "trace is cyclic": claim(equals(trace(A @ B @ C), trace(C @ A @ B))),
    "inverse of a product": claim(equals((A @ B).inverse, B.inverse @ A.inverse)),
    "push-through": claim(equals((eye + A @ B).inverse @ A, A @ (eye + B @ A).inverse)),
    "Sherman-Morrison": claim(
        equals(
            (A + x @ y.T).inverse,
            A.inverse - (A.inverse @ x @ y.T @ A.inverse) / (1 + y.T @ A.inverse @ x),
        )
    ),
    "determinant of a product": claim(equals(determinant(A @ B), determinant(A) * determinant(B))),
    "Jacobi": claim(equals(derivative(determinant(A), A), determinant(A) * A.inverse.T)),
    "log determinant": claim(equals(derivative(log(determinant(A)), A), A.inverse.T)),
    "derivative of an inverse": claim(
        equals(jacobian((A + a * B).inverse, a), -((A + a * B).inverse @ B @ (A + a * B).inverse))
    ),
    "tanh layer": claim(
        equals(
            derivative(u.T @ tanh(X @ x + b), X),
            hadamard(u, ones(m) - hadamard(tanh(X @ x + b), tanh(X @ x + b))) @ x.T,
        )
    ),
    "two layers": claim(
        equals(
            derivative(norm(Y.T @ tanh(X @ x)) ** 2, X),
            2 * hadamard(Y @ Y.T @ tanh(X @ x), ones(m) - hadamard_power(tanh(X @ x), 2)) @ x.T,
        )
    ),
    "sigmoid'": claim(equals(jacobian(sigmoid(a), a), sigmoid(a) * (1 - sigmoid(a)))),
    "softmax sums to one": claim(equals(ones(n).T @ softmax, 1)),
    "softmax Jacobian": claim(equals(jacobian(softmax, x), diag(softmax) - softmax @ softmax.T)),
    "log-sum-exp": claim(equals(gradient(log(summation(exp(x[i]), i, 1, n)), x), softmax)),
    "exp of a sum": claim(equals(exp(a + p), exp(a) * exp(p))),
    "log of a product": claim(equals(log(a * p), log(a) + log(p)), given=[positive(a), positive(p)]),
    "root of a square": claim(equals(sqrt(a**2), absolute(a))),
    "absolute value of a product": claim(equals(absolute(a * p), absolute(a) * absolute(p))),
    "relu of both signs": claim(equals(relu(a) - relu(-a), a)),
    "relu'": claim(equals(jacobian(relu(a), a), step(a))),
    "maximum": claim(equals(maximum(a, p), (a + p + absolute(a - p)) / 2)),
    "minimum": claim(equals(minimum(a, p), -maximum(-a, -p))),
    "hat matrix is idempotent": claim(equals(hat @ hat, hat)),
    "trace of the hat matrix": claim(equals(trace(hat), number(n)), given=[full_column_rank(X)]),
    "trace of the hat matrix, by rank": claim(equals(trace(hat), number(n)), given=[equals(rank(X), number(n))]),
    "orthogonal maps keep norms": claim(equals(norm(A @ x), norm(x)), given=[orthogonal(A)]),
    "determinant of an orthogonal matrix": claim(equals(determinant(A) ** 2, 1), given=[orthogonal(A)]),
    "trace of an idempotent": claim(equals(trace(A), rank(A)), given=[idempotent(A)]),
    "positive definite": claim(positive(x.T @ A @ x), given=[positive_definite(A), not_equal(x, zeros(n))]),
    "positive semidefinite": claim(x.T @ A @ x >= 0, given=[positive_semidefinite(A)]),
    "Cauchy-Schwarz": claim((x.T @ y) ** 2 <= norm(x) ** 2 * norm(y) ** 2),
    "triangle inequality": claim(norm(x + y) <= norm(x) + norm(y)),
    "arithmetic and geometric mean": claim(sqrt(a * p) <= (a + p) / 2, given=[a >= 0, p >= 0]),
    "step size": claim((1 - a * p) ** 2 < 1, given=[a > 0, p > 0, a < 2 / p]),
    "geometric sum": claim(
        equals(summation(a ** number(t), t, 0, N - 1), (1 - a ** number(N)) / (1 - a)),
        given=[not_equal(a, 1)],
        dimensions=[N],
    ),
    "sum of the first numbers": claim(
        equals(summation(number(i), i, 1, n), number(n) * (number(n) + 1) / 2), dimensions=[n]
    ),
    "chain rule": claim(equals(jacobian(g(a**2), a), 2 * a * entrywise("g", 1)(a**2))),
    "gradient of a sum of functions": claim(equals(gradient(summation(f(x[i]), i, 1, n), x), entrywise("f", 1)(x))),
    "second derivative": claim(equals(jacobian(jacobian(f(a), a), a), entrywise("f", 2)(a))),
    "Hessian": claim(equals(hessian(x.T @ A @ x, x), A + A.T)),
    "Kronecker product": claim(
        equals(kronecker(A, block([[1, 2], [3, 4]])).T, kronecker(A.T, block([[1, 3], [2, 4]])))
    ),
    "block product": claim(equals(block([[A, B]]) @ block([[x], [y]]), A @ x + B @ y)),
    "diag times a vector": claim(equals(diag(x) @ y, hadamard(x, y))),
    "δ picks an entry": claim(equals(summation(A[i, j] * indicator(are(i, j)), j, 1, n), A[i, i]), indices=[every_i]),
    "a matrix of its rows": claim(equals(rows(X[i, :], i, m), X)),
    "Jacobian of a linear map": claim(equals(jacobian(A @ x, x), A)),
    "the other layout": claim(equals(derivative(A @ x, x), A.T)),
    "vector by matrix": claim(equals(jacobian(u.T @ (X @ x), X), u.T @ jacobian(X @ x, X))),
    "through a definition": claim(equals(derivative(norm(e) ** 2, X), 2 * (e @ x.T)), definitions=[residual]),
    "a defined symbol is held": claim(equals(gradient(norm(e) ** 2, e), 2 * e), definitions=[residual]),
    "gradient at a point": claim(equals(at(gradient(x.T @ A @ x, x), x, y), (A + A.T) @ y)),
    "normal equation": claim(equals(x, (X.T @ X).inverse @ X.T @ u), given=[equals(X.T @ X @ x, X.T @ u)]),
    "stationary point": claim(
        equals(X.T @ X @ x, X.T @ u), given=[equals(gradient(norm(X @ x - u) ** 2, x), zeros(n))]
    ),
    "eigenvector of the square": claim(equals(A @ A @ x, a**2 * x), given=[equals(A @ x, a * x)]),
    "spectral square": claim(equals(A @ A, B @ C @ C @ B.T), given=[orthogonal(B), equals(A, B @ C @ B.T)]),
    "orthonormal columns": claim(equals(trace(X.T @ X), number(n)), given=[equals(X.T @ X, eye)]),
    "commuting": claim(equals(A @ A @ B, B @ A @ A), given=[equals(A @ B, B @ A)]),
    "left inverse": claim(equals(B @ A, eye), given=[equals(A @ B, eye)]),
    "recurrence": claim(equals(w(2), w(0) + 2 * a), given=[recurrence]),
    "permutation": claim(equals(A.T @ A, eye), given=[is_("permutation", A)]),
    "projections are positive": claim(x.T @ A @ x >= 0, given=[is_("projection", A)]),
    "skew form": claim(equals(x.T @ A @ x, 0), given=[skew(A)]),
    "equivalence": claim(said("iff", a**2 <= 1, absolute(a) <= 1)),
    "implication": claim(implies(a > 1, a**2 > a)),
    "total order": claim((a <= p) | (p <= a)),
    "softplus": claim(equals(softplus(a), log(1 + exp(a)))),
    "tanh and sigmoid": claim(equals(tanh(a), 2 * sigmoid(2 * a) - 1)),
    "Pythagoras": claim(equals(sin(a) ** 2 + cos(a) ** 2, 1)),
    "hyperbolic": claim(equals(cosh(a) ** 2 - sinh(a) ** 2, 1)),
    "arctan'": claim(equals(jacobian(arctan(a), a), 1 / (1 + a**2))),
    "tan'": claim(equals(jacobian(tan(a), a), 1 + tan(a) ** 2)),
    "gradient of the norm": claim(equals(gradient(norm(x), x), x / norm(x))),
    "real exponents": claim(equals(a**p * a**q, a ** (p + q)), given=[positive(a)]),
    "derivative by the base": claim(equals(jacobian(a**p, a), p * a ** (p - 1)), given=[positive(a)]),
    "derivative by the exponent": claim(equals(jacobian(a**p, p), log(a) * a**p), given=[positive(a)]),
    "cases": claim(equals(cases((a > 0, a), otherwise=-a), absolute(a))),
    "norms of a vector": claim(norm(x, "inf") <= norm(x, "1")),
    "sample variance": claim(
        equals(
            summation((x[i] - summation(x[j], j, 1, n) / number(n)) ** 2, i, 1, n),
            x.T @ x - (ones(n).T @ x) ** 2 / number(n),
        )
    ),
    "sum to one": claim(equals(2 * (ones(n).T @ x), 2), given=[equals(summation(x[i], i, 1, n), 1)]),
    "positive entries": claim(summation(x[i], i, 1, n) > 0, given=[for_all(i, 1, n, x[i] > 0)]),
    "degrees of freedom": claim(
        equals(trace(identity_matrix(N) - Z @ (Z.T @ Z).inverse @ Z.T), number(N - d)), dimensions=[N - d]
    ),
    "signs of labels": claim(
        equals(x.T @ x, number(n)), given=[for_all(i, 1, n, equals(x[i], 1).whole | equals(x[i], -1).whole)]
    ),
    "intertwining": claim(equals(X @ A @ A, C_m @ C_m @ X), given=[equals(X @ A, C_m @ X)]),
    "unit vector": claim(equals(x.T @ x, 1), given=[equals(norm(x), 1)]),
    "entry of a product": claim(
        equals((A @ B)[i, j], summation(A[i, N_] * B[N_, j], N_, 1, n)), indices=[every_i, every_j]
    ),
    "unit vectors pick columns": claim(equals(A @ unit_vector(n, i), A[:, i]), indices=[every_i]),
    "restricted sum": claim(
        equals(summation(x[j], j, 1, n, are(i, j, "not_equal")) + x[i], ones(n).T @ x),
        indices=[every_i],
    ),
    "nested ranges": claim(
        equals(
            summation(summation(x[i] * y[j], j, 1, i), i, 1, n),
            summation(summation(x[i] * y[j], i, j, n), j, 1, n),
        )
    ),
    "product over a range": claim(equals(log(said_product(exp(x[i]))), ones(n).T @ x)),
    "pseudo-inverse": claim(equals(A @ pseudo(A) @ A, A)),
    "pseudo-inverse is symmetric on one side": claim(symmetric(X @ pseudo(X))),
    "Loewner order of squares": claim(
        said("loewner_greater_equal", A.T @ A, 0 * A),
    ),
    "inverse keeps definiteness": claim(positive_definite(A.inverse), given=[positive_definite(A)]),
    "ridge": claim(
        equals((X.T @ X + a * eye).inverse @ X.T, X.T @ (X @ X.T + a * identity_matrix(m)).inverse), given=[a > 0]
    ),
    "families are functions of their index": claim(equals(summation(w(t), t, 0, 2), w(0) + w(1) + w(2))),
    "hidden layer as a function": claim(
        equals(jacobian(layer(a), a), (1 - tanh(p * a + q) ** 2) * p), definitions=[define_layer]
    ),
    "parameters are lexical": claim(equals(lexical(p), p), definitions=[define_lexical]),
    "substitution reaches into definitions": claim(
        equals(at(loss, x, zeros(n)), 0), definitions=[define(loss, x.T @ x)]
    ),
    "substitution keeps other members": claim(equals(at(w(1) + w(2), w(1), 0), w(2))),
    "cases under a derivative": claim(
        equals(derivative(summation(cases((are(i, 1), x[i]), otherwise=2 * x[i]), i, 1, n), x[1]), 1)
    ),
    "infimum norm of a matrix": claim(norm(A @ x, "inf") <= norm(A, "inf") * norm(x, "inf")),
    "Euler": claim(equals(exp(a), constant_e**a)),
}


FALSE: dict[str, Sequent] = {
    "square of a sum": claim(equals((A + B) ** 2, A**2 + 2 * (A @ B) + B**2)),
    "products commute": claim(equals(A @ B, B @ A)),
    "order of inverses": claim(equals((A @ B).inverse, A.inverse @ B.inverse)),
    "inverse of a sum": claim(equals((A + B).inverse, A.inverse + B.inverse)),
    "order of transposes": claim(equals((A @ B).T, A.T @ B.T)),
    "quadratic form, A not symmetric": claim(equals(gradient(x.T @ A @ x, x), 2 * (A @ x))),
    "missing factor": claim(equals(gradient(norm(X @ x - u) ** 2, x), X.T @ (X @ x - u))),
    "wrong sign": claim(equals(gradient(norm(X @ x - u) ** 2, x), 2 * (X.T @ (u - X @ x)))),
    "transposed derivative": claim(equals(derivative(trace(A @ B), A), B)),
    "trace of a product": claim(equals(trace(A @ B), trace(A) * trace(B))),
    "determinant of a sum": claim(equals(determinant(A + B), determinant(A) + determinant(B))),
    "determinant of a multiple": claim(equals(determinant(2 * A), 2 * determinant(A))),
    "Jacobi without transpose": claim(equals(derivative(determinant(A), A), determinant(A) * A.inverse)),
    "tanh for its derivative": claim(equals(derivative(u.T @ tanh(X @ x), X), hadamard(u, tanh(X @ x)) @ x.T)),
    "exp of a sum": claim(equals(exp(a + p), exp(a) + exp(p))),
    "log of a sum": claim(equals(log(a + p), log(a) + log(p))),
    "log of a square": claim(equals(log(a**2), 2 * log(absolute(a)) + a)),
    "root of a square": claim(equals(sqrt(a**2), a)),
    "absolute value of a sum": claim(equals(absolute(a + p), absolute(a) + absolute(p))),
    "step at 0": claim(equals(step(a) + step(-a), 1)),
    "relu is odd": claim(equals(relu(-a), -relu(a))),
    "relu is linear": claim(equals(relu(a + p), relu(a) + relu(p))),
    "maxima cancel": claim(equals(maximum(a, p) + maximum(-a, -p), 0)),
    "norm of a sum": claim(equals(norm(x + y), norm(x) + norm(y))),
    "squared norm of a sum": claim(equals(norm(x + y) ** 2, norm(x) ** 2 + norm(y) ** 2)),
    "strict means": claim(sqrt(a * p) < (a + p) / 2, given=[a >= 0, p >= 0]),
    "squares are larger": claim(a**2 >= a),
    "cubes are positive": claim(a**3 >= 0),
    "step size without its bound": claim((1 - a * p) ** 2 < 1, given=[a > 0, p > 0]),
    "step size, wrong bound": claim(
        said("iff", (1 - 2 * a * s**2 > -1) & (1 - 2 * a * s**2 < 1), (a > 0) & (a < 1 / (2 * s**2)))
    ),
    "trace of an orthogonal matrix": claim(equals(trace(A), number(n)), given=[orthogonal(A)]),
    "only rotations": claim(equals(determinant(A), 1), given=[orthogonal(A)]),
    "idempotent is I": claim(equals(A, eye), given=[idempotent(A)]),
    "idempotent is I or 0": claim(equals(A, eye).whole | equals(A, 0 * A).whole, given=[idempotent(A)]),
    "projections are lines": claim(equals(trace(A), 1), given=[is_("projection", A)]),
    "positive definite at 0": claim(positive(x.T @ A @ x), given=[positive_definite(A)]),
    "product of symmetric matrices": claim(symmetric(A @ B), given=[positive_definite(A), positive_definite(B)]),
    "semidefinite is definite": claim(positive(x.T @ A @ x), given=[positive_semidefinite(A), not_equal(x, zeros(n))]),
    "skew squares": claim(x.T @ A @ A @ x >= 0, given=[skew(A)]),
    "trace of the hat matrix": claim(equals(trace(hat), number(m))),
    "geometric sum, one too many": claim(
        equals(summation(a ** number(t), t, 0, N), (1 - a ** number(N)) / (1 - a)),
        given=[not_equal(a, 1)],
        dimensions=[N],
    ),
    "sum of the first numbers": claim(equals(summation(number(i), i, 1, n), number(n) ** 2), dimensions=[n]),
    "functions are linear": claim(equals(f(a + p), f(a) + f(p))),
    "inner derivative missing": claim(equals(jacobian(g(a**2), a), entrywise("g", 1)(a**2))),
    "product rule": claim(equals(jacobian(f(a) * g(a), a), entrywise("f", 1)(a) * entrywise("g", 1)(a))),
    "Hessian, A not symmetric": claim(equals(hessian(x.T @ A @ x, x), 2 * A)),
    "the other layout": claim(equals(derivative(A @ x, x), A)),
    "softmax is entrywise": claim(equals(jacobian(softmax, x), diag(softmax))),
    "missing factor through a definition": claim(equals(derivative(norm(e) ** 2, X), e @ x.T), definitions=[residual]),
    "gradient at another point": claim(equals(at(gradient(x.T @ A @ x, x), x, y), (A + A.T) @ x)),
    "normal equation, X orthonormal": claim(equals(x, X.T @ u), given=[equals(X.T @ X @ x, X.T @ u)]),
    "eigenvalue of the square": claim(equals(A @ A @ x, a * x), given=[equals(A @ x, a * x)]),
    "eigenvectors of one eigenvalue": claim(
        equals(x.T @ y, 0), given=[symmetric(A), equals(A @ x, a * x), equals(A @ y, p * y)]
    ),
    "spectral square": claim(equals(A @ A, B @ C @ B.T), given=[orthogonal(B), equals(A, B @ C @ B.T)]),
    "orthonormal columns are rows": claim(equals(X @ X.T, identity_matrix(m)), given=[equals(X.T @ X, eye)]),
    "cancelling": claim(equals(A @ B, A), given=[equals(A @ B, B)]),
    "recurrence": claim(equals(w(2), w(0) + a), given=[recurrence]),
    "implication": claim(implies(a > 0, a**2 > a)),
    "there is a zero entry": claim(said("exists", equals(x[i], 0), data=("i", ONE, n.form))),
    "every entry": claim(for_all(i, 1, n, x[i] ** 2 >= x[i])),
    "never equal": claim(not_equal(A @ B, B @ A)),
    "second part": claim((a**2 >= 0) & (a >= 0)),
    "negation": claim(~(a > p)),
    "tanh of the double": claim(equals(tanh(2 * a), 2 * tanh(a))),
    "sine of the double": claim(equals(sin(2 * a), 2 * sin(a))),
    "sum of powers": claim(equals(a**p + a**q, a ** (p + q)), given=[positive(a)]),
    "weights of norm one": claim(equals(x.T @ x, 1), given=[equals(summation(x[i], i, 1, n), 1)]),
    "entries of a unit vector": claim(equals(ones(n).T @ x, 1), given=[equals(norm(x), 1)]),
    "rank of a sum": claim(equals(rank(A + B), rank(A) + rank(B))),
    "full rank": claim(equals(rank(A), number(n))),
    "symmetric entries": claim(equals(A[i, j], A[j, i]), indices=[every_i, every_j]),
    "norms the wrong way": claim(norm(x, "1") <= norm(x, "inf")),
    "square of a sum of entries": claim(equals(summation(x[i] ** 2, i, 1, n), summation(x[i], i, 1, n) ** 2)),
    "Jensen the wrong way": claim(exp((a + p) / 2) >= (exp(a) + exp(p)) / 2),
    "Loewner order": claim(said("loewner_less_equal", A @ A, A), given=[symmetric(A)]),
    "diag is a product": claim(equals(diag(x) @ y, x * (x.T @ y))),
    "Kronecker product": claim(
        equals(kronecker(A, block([[1, 2], [3, 4]])).T, kronecker(A.T, block([[1, 2], [3, 4]])))
    ),
    "parameters are dynamic": claim(equals(lexical(p), 2 * p), definitions=[define_lexical]),
    "substitution misses definitions": claim(equals(at(loss, x, zeros(n)), loss), definitions=[define(loss, x.T @ x)]),
    "substitution replaces all members": claim(equals(at(w(1) + w(2), w(1), 0), 0)),
    "an index that may be 0": claim(
        equals(summation(indicator(are(i, 1)), i, 1, t), 1), indices=[within("t", (), None)]
    ),
    "definiteness of differences": claim(
        positive_semidefinite(A - B), given=[positive_definite(A), positive_definite(B)]
    ),
    "a transformed condition": claim(equals(y, x), given=[equals(y, tanh(x)), positive(ones(n).T @ x)]),
    "N > d is needed": claim(equals(number(N - d), 1), dimensions=[N - d]),
}

MINIMAL: dict[str, tuple[dict[str, int], dict[str, object]]] = {
    "inverse of a sum": ({"n": 1}, {"A": [["1"]], "B": [["1"]]}),
    "missing factor": ({"m": 1, "n": 1}, {"X": [["1"]], "u": ["0"], "x": ["1"]}),
    "wrong sign": ({"m": 1, "n": 1}, {"X": [["1"]], "u": ["0"], "x": ["1"]}),
    "determinant of a multiple": ({"n": 2}, {"A": [["1", "0"], ["0", "1"]]}),
    "tanh for its derivative": ({"m": 1, "n": 1}, {"X": [["0"]], "u": ["1"], "x": ["1"]}),
    "exp of a sum": ({}, {"a": "0", "p": "0"}),
    "log of a sum": ({}, {"a": "1", "p": "1"}),
    "log of a square": ({}, {"a": "1"}),
    "root of a square": ({}, {"a": "-1"}),
    "step at 0": ({}, {"a": "0"}),
    "relu is odd": ({}, {"a": "1"}),
    "squared norm of a sum": ({"n": 1}, {"x": ["1"], "y": ["1"]}),
    "strict means": ({}, {"a": "0", "p": "0"}),
    "squares are larger": ({}, {"a": "1/2"}),
    "cubes are positive": ({}, {"a": "-1"}),
    "trace of an orthogonal matrix": ({"n": 1}, {"A": [["-1"]]}),
    "only rotations": ({"n": 1}, {"A": [["-1"]]}),
    "idempotent is I": ({"n": 1}, {"A": [["0"]]}),
    "projections are lines": ({"n": 1}, {"A": [["0"]]}),
    "positive definite at 0": ({"n": 1}, {"A": [["1"]], "x": ["0"]}),
    "semidefinite is definite": ({"n": 1}, {"A": [["0"]], "x": ["1"]}),
    "skew squares": ({"n": 2}, {"A": [["0", "1"], ["-1", "0"]], "x": ["0", "1"]}),
    "trace of the hat matrix": ({"m": 2, "n": 1}, {"X": [["0"], ["1"]]}),
    "geometric sum, one too many": ({"N": 1}, {"a": "-1"}),
    "sum of the first numbers": ({"n": 2}, {}),
    "softmax is entrywise": ({"n": 1}, {"x": ["0"]}),
    "missing factor through a definition": ({"m": 1, "n": 1}, {"X": [["0"]], "u": ["1"], "x": ["1"]}),
    "gradient at another point": ({"n": 1}, {"A": [["1"]], "x": ["0"], "y": ["1"]}),
    "normal equation, X orthonormal": ({"m": 1, "n": 1}, {"X": [["0"]], "u": ["0"], "x": ["1"]}),
    "eigenvalue of the square": ({"n": 1}, {"A": [["-1"]], "a": "-1", "x": ["1"]}),
    "recurrence": ({}, {"a": "1", "w[0]": "0"}),
    "implication": ({}, {"a": "1"}),
    "there is a zero entry": ({"n": 1}, {"x": ["1"]}),
    "every entry": ({"n": 1}, {"x": ["1/2"]}),
    "never equal": ({"n": 1}, {"A": [["0"]], "B": [["0"]]}),
    "second part": ({}, {"a": "-1"}),
    "tanh of the double": ({}, {"a": "1"}),
    "sine of the double": ({}, {"a": "1"}),
    "sum of powers": ({}, {"a": "1", "p": "0", "q": "0"}),
    "weights of norm one": ({"n": 2}, {"x": ["2", "-1"]}),
    "entries of a unit vector": ({"n": 1}, {"x": ["-1"]}),
    "rank of a sum": ({"n": 1}, {"A": [["1"]], "B": [["1"]]}),
    "full rank": ({"n": 1}, {"A": [["0"]]}),
    "norms the wrong way": ({"n": 2}, {"x": ["1", "1"]}),
    "square of a sum of entries": ({"n": 2}, {"x": ["1", "1"]}),
    "Loewner order": ({"n": 1}, {"A": [["-1"]]}),
    "diag is a product": ({"n": 1}, {"x": ["-1"], "y": ["1"]}),
    "Kronecker product": ({"n": 1}, {"A": [["1"]]}),
    "parameters are dynamic": ({}, {"p": "1"}),
    "substitution misses definitions": ({"n": 1}, {"x": ["1"]}),
    "substitution replaces all members": ({}, {"w[2]": "1"}),
    "an index that may be 0": ({}, {}),
    "N > d is needed": ({"N": 3, "d": 1}, {}),
}
