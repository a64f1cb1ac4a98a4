"""How a person says in Python what holds of terms: properties, comparisons, chains of equations, definitions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

from verifier.expressions import Dimension, Expression, Operand, Statement, form_of, name_of_index, term_of
from verifier.kernel.sequents import Definition
from verifier.kernel.terms import Term, TermError


def _property(name: str) -> Callable[[Expression], Statement]:
    def statement(argument: Expression) -> Statement:
        return Statement(Term("property", (argument.term,), (name,)))

    statement.__name__ = statement.__qualname__ = name
    statement.__doc__ = f"The matrix is {name.replace('_', ' ')}."
    return statement


symmetric = _property("symmetric")
skew = _property("skew")
diagonal_matrix = _property("diagonal")
orthogonal = _property("orthogonal")
orthonormal_columns = _property("orthonormal_columns")
permutation = _property("permutation")
invertible = _property("invertible")
idempotent = _property("idempotent")
projection = _property("projection")
positive_definite = _property("positive_definite")
positive_semidefinite = _property("positive_semidefinite")
full_column_rank = _property("full_column_rank")
full_row_rank = _property("full_row_rank")


def _declaration(name: str, doc: str) -> Callable[[Expression], Statement]:
    def statement(argument: Expression) -> Statement:
        return Statement(Term(name, (argument.term,)))

    statement.__name__ = statement.__qualname__ = name
    statement.__doc__ = doc
    return statement


is_random = _property("random")
gaussian = _declaration("gaussian", "The entries of a random symbol are jointly Gaussian.")
independent_entries = _declaration("independent_entries", "The entries of a random symbol are jointly independent.")
independent_members = _declaration("independent_members", "The members of a random family are jointly independent.")


def independent(*symbols: Expression) -> Statement:
    """The symbols, each with all of its entries, are jointly independent."""
    return Statement(Term("independent", tuple(s.term for s in symbols), ((1,) * len(symbols),)))


def positive(argument: Operand) -> Statement:
    """argument > 0"""
    return Statement(Term("greater", (term_of(argument), term_of(0))))


def nonzero(argument: Operand) -> Statement:
    """argument ≠ 0"""
    return Statement(Term("not_equal", (term_of(argument), term_of(0))))


def not_equal(left: Operand, right: Operand) -> Statement:
    """left ≠ right"""
    return Statement(Term("not_equal", (term_of(left), term_of(right))))


def implies(premise: Statement, conclusion: Statement) -> Statement:
    """premise ⟹ conclusion"""
    return Statement(Term("implies", (premise.term, conclusion.term)))


def is_optimal(point: Operand, optimum: Expression) -> Statement:
    """point ∈ argmin: the point is feasible, and no feasible point is better."""
    return Statement(Term("optimal", (term_of(point), optimum.term)))


def iff(left: Statement, right: Statement) -> Statement:
    """left ⟺ right"""
    return Statement(Term("iff", (left.term, right.term)))


def less_equal(left: Operand, right: Operand) -> Statement:
    """left ≤ right"""
    return Statement(Term("less_equal", (term_of(left), term_of(right))))


def for_all(i: Dimension, lower: int | Dimension, upper: int | Dimension | None, statement: Statement) -> Statement:
    """The statement, for every index from lower to upper, or from lower on."""
    last = None if upper is None else form_of(upper)
    return Statement(Term("for_all", (statement.term,), (name_of_index(i), form_of(lower), last)))


@dataclass(frozen=True, slots=True)
class Chain:
    """a = b = c: the claims a = b and b = c, and the claim a = c of the whole."""

    sides: tuple[Expression, ...]

    @property
    def steps(self) -> tuple[Statement, ...]:
        """The equations between neighbours."""
        pairs = zip(self.sides, self.sides[1:], strict=False)
        return tuple(Statement(Term("equal", (a.term, b.term))) for a, b in pairs)

    @property
    def whole(self) -> Statement:
        """first = last"""
        return Statement(Term("equal", (self.sides[0].term, self.sides[-1].term)))

    def __bool__(self) -> NoReturn:
        raise TypeError("a chain of equations is neither true nor false until it is checked")


def equals(*sides: Operand) -> Chain:
    """The claims of a chain of equations. Raises ShapeError where neighbours have different shapes."""
    if len(sides) < 2:
        raise TermError("an equation has at least two sides")
    chain = Chain(tuple(side if isinstance(side, Expression) else Expression(term_of(side)) for side in sides))
    _ = chain.steps
    return chain


def define(name: Expression, body: Operand, *parameters: Expression) -> Definition:
    """name := body, or name(parameters) := body."""
    return Definition(str(name.term.data[0]), term_of(body), tuple(p.term for p in parameters))
