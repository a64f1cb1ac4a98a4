"""Short names for building claims in tests."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from verifier.kernel.linear import ONE, Linear, variable
from verifier.kernel.sequents import Sequent
from verifier.kernel.serialization import linear_to_data, term_to_data
from verifier.kernel.shapes import SCALAR, Shape, column, rectangle
from verifier.kernel.terms import Term
from verifier.kernel.theorems import Theorem, prove

N, M = variable("n"), variable("m")
VECTOR, SQUARE, WIDE = column(N), rectangle(N, N), rectangle(M, N)
NORMAL_FORM: dict[str, Any] = {"rule": "normal form"}


def sym(name: str, shape: Shape = SCALAR, *indices: Linear) -> Term:
    return Term("symbol", (), (name, shape, indices))


def num(value: int | str) -> Term:
    return Term("number", (), (Fraction(value),))


def idx(name: str) -> Term:
    return Term("index", (), (variable(name),))


def mul(*factors: Term) -> Term:
    product = factors[0]
    for factor in factors[1:]:
        product = Term("multiply", (product, factor))
    return product


def add(left: Term, right: Term) -> Term:
    return Term("add", (left, right))


def sub(left: Term, right: Term) -> Term:
    return Term("subtract", (left, right))


def neg(term: Term) -> Term:
    return Term("negate", (term,))


def div(left: Term, right: Term) -> Term:
    return Term("divide", (left, right))


def power(base: Term, exponent: int | str | Term) -> Term:
    return Term("power", (base, exponent if isinstance(exponent, Term) else num(exponent)))


def tr(term: Term) -> Term:
    return Term("transpose", (term,))


def inv(term: Term) -> Term:
    return Term("inverse", (term,))


def fn(name: str, argument: Term, order: int = 0) -> Term:
    return Term("elementwise", (argument,), (name, order, ()))


def entry(term: Term, *names: str) -> Term:
    return Term("entry", (term,), (tuple(variable(n) for n in names),))


def total(body: Term, name: str = "i", size: Linear = N, condition: Term | None = None) -> Term:
    return Term("sum", (body,) if condition is None else (body, condition), (name, ONE, size))


def der(body: Term, by: Term, layout: str = "numerator") -> Term:
    return Term("derivative", (body, by), (layout,))


def eq(left: Term, right: Term) -> Term:
    return Term("equal", (left, right))


def rel(head: str, left: Term, right: Term) -> Term:
    return Term(head, (left, right))


def prop(name: str, term: Term) -> Term:
    return Term("property", (term,), (name,))


def every(name: str, body: Term, size: Linear | None = N, low: Linear = ONE) -> Term:
    return Term("for_all", (body,), (name, low, size))


def claim(conclusion: Term, *hypotheses: Term, **rest: Any) -> Sequent:
    return Sequent(conclusion, hypotheses, **rest)


def proves(conclusion: Term, certificate: Any = NORMAL_FORM, *hypotheses: Term, **rest: Any) -> Theorem:
    return prove(claim(conclusion, *hypotheses, **rest), certificate)


def use(context: Term, **relation: Any) -> dict[str, Any]:
    return {"context": term_to_data(context), "relation": relation}


def linear(*uses: dict[str, Any]) -> dict[str, Any]:
    return {"rule": "linear", "uses": list(uses)}


def axiom(
    name: str, *arguments: Term, premises: list[Any] | None = None, indices: list[Any] | None = None
) -> dict[str, Any]:
    return {
        "axiom": name,
        "arguments": [term_to_data(a) for a in arguments],
        "premises": premises or [],
        "indices": indices or [],
    }


def over(name: str, size: Linear = N) -> list[Any]:
    return [name, linear_to_data(ONE), linear_to_data(size)]


a, b, c, s, t = (sym(name) for name in "abcst")
x, y, z = (sym(name, VECTOR) for name in "xyz")
A, B, C = (sym(name, SQUARE) for name in "ABC")
X = sym("X", WIDE)
I = Term("identity", (), (N,))  # noqa: E741
HOLE_SQUARE = sym("□", SQUARE)
HOLE = sym("□")
