"""What may be scaled is not orthogonal; what is orthogonal is never said to be scaled."""

from __future__ import annotations

import pytest

from tests.kernel.building import SQUARE, N, eq, mul, num, rel, sym
from verifier.kernel.context import initial_context
from verifier.kernel.linear import ONE, variable
from verifier.kernel.sequents import Definition, Sequent
from verifier.kernel.shapes import column, rectangle
from verifier.kernel.terms import Term
from verifier.proving import find_proof
from verifier.proving.scaling import may_be_scaled

A, B, Q, L = (sym(name, SQUARE) for name in "ABQL")
X, x = sym("X", rectangle(variable("m"), N)), sym("x", column(N))
c, f = sym("c"), sym("f")
EYE = Term("identity", (), (N,))


def turned(matrix: Term) -> Term:
    return Term("transpose", (matrix,))


def inverse(matrix: Term) -> Term:
    return Term("inverse", (matrix,))


def has(name: str, matrix: Term) -> Term:
    return Term("property", (matrix,), (name,))


def add(left: Term, right: Term) -> Term:
    return Term("add", (left, right))


def scaled(matrix: Term, *given: Term, definitions: tuple[Definition, ...] = ()) -> bool:
    sequent = Sequent(eq(matrix, matrix), given, definitions)
    return may_be_scaled(initial_context(sequent, 10_000), matrix)


GRAM, SPECTRAL = mul(turned(X), X), eq(A, mul(Q, L, turned(Q)))
MAY_BE = {
    "anything": (A,),
    "an inverse": (inverse(A), has("invertible", A)),
    "a Gram matrix": (GRAM, has("full_column_rank", X)),
    "a Gram matrix and more": (add(GRAM, mul(c, EYE)), rel("greater", c, num(0))),
    "a spectrum": (L, SPECTRAL, has("orthogonal", Q)),
    "a matrix with a spectrum": (A, SPECTRAL, has("orthogonal", Q)),
    "a matrix with a spectrum, by an equation": (A, SPECTRAL, eq(mul(turned(Q), Q), EYE)),
    "one of two that are inverse": (A, eq(mul(A, B), EYE)),
    "normal equations": (GRAM, eq(mul(GRAM, x), mul(turned(X), sym("y", column(variable("m")))))),
    "a root": (A, eq(mul(A, A), B)),
}
MAY_NOT = {
    "what is said to be orthogonal": (Q, has("orthogonal", Q)),
    "orthogonal by an equation": (Q, eq(mul(turned(Q), Q), EYE)),
    "orthogonal by a power": (Q, eq(Term("power", (Q, num(2))), EYE)),
    "orthogonal by two": (A, eq(mul(A, B), EYE), eq(B, turned(A))),
    "orthogonal by what is not stated of it": (mul(A, B), has("orthogonal", A), has("orthogonal", B)),
    "a product with a number": (mul(c, Q), has("orthogonal", Q), eq(mul(c, c), num(1))),
    "a unit vector": (x, eq(Term("norm", (x,), ("2",)), num(1))),
    "a projection": (A, eq(mul(A, A), A)),
    "an involution": (A, eq(A, inverse(A)), has("invertible", A)),
    "the identity": (EYE,),
    "one and more": (add(EYE, mul(A, B)),),
    "a difference": (add(EYE, A), has("skew", A)),
    "0": (Term("zeros", (), (SQUARE,)),),
    "an order with a number": (mul(c, EYE), rel("greater", c, num(1))),
    "a function": (A, eq(Term("elementwise", (c,), ("exp", 0, ())), c)),
    "a conjunction": (A, Term("and", (has("orthogonal", A), rel("greater", c, num(0))))),
    "for all": (
        A,
        Term("for_all", (eq(mul(Term("index", (), (variable("i"),)), c), num(1)),), ("i", ONE, N)),
        eq(mul(c, A), EYE),
    ),
}


@pytest.mark.parametrize("name", MAY_BE)
def test_what_may_be_scaled(name: str) -> None:
    assert scaled(*MAY_BE[name])


@pytest.mark.parametrize("name", MAY_NOT)
def test_what_may_not(name: str) -> None:
    assert not scaled(*MAY_NOT[name])


def test_definitions_are_seen_through() -> None:
    assert not scaled(Q, eq(mul(f, mul(turned(Q), Q)), EYE), definitions=(Definition("f", num(1)),))
    assert scaled(Q, eq(mul(f, mul(turned(Q), Q)), EYE), definitions=(Definition("f", c),))


@pytest.mark.parametrize(
    "name", ["orthogonal by an equation", "orthogonal by two", "orthogonal by what is not stated of it"]
)
def test_what_is_orthogonal_is_found_to_be_invertible(name: str) -> None:
    matrix, *given = MAY_NOT[name]
    assert find_proof(Sequent(has("invertible", matrix), tuple(given)))
