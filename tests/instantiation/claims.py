"""How the tests write claims and evaluate terms, and the symbols that they share."""

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
    define,
    dims,
    entrywise,
    equals,
    exp,
    family,
    function,
    identity_matrix,
    index,
    jacobian,
    matrix,
    number,
    scalars,
    summation,
    tanh,
    vector,
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
