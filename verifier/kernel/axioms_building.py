"""What rows of the table of axioms are made of: the row itself, terms, and checks of the shapes of arguments."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from verifier.kernel.heads import TermError
from verifier.kernel.shapes import Shape
from verifier.kernel.terms import Term


@dataclass(frozen=True, slots=True)
class Axiom:
    """premises(arguments) ⟹ statement(arguments). Every argument occurs in the statement.

    The kernel checks that the statement is closed, and says no more of dimensions than the claim does; so are then the
    arguments, and the premises, which are made of nothing else.
    """

    arity: int
    statement: Callable[..., Term]
    source: str
    premises: Callable[..., tuple[Term, ...]] = lambda *arguments: ()


# terms


def number(value: int | Fraction) -> Term:
    """A number."""
    return Term("number", (), (Fraction(value),))


def call(name: str, argument: Term) -> Term:
    """A function of one number."""
    return Term("elementwise", (argument,), (name, 0, ()))


def equal(left: Term, right: Term) -> Term:
    """s = t"""
    return Term("equal", (left, right))


def plus(left: Term, right: Term) -> Term:
    """s + t"""
    return Term("add", (left, right))


def minus(left: Term, right: Term) -> Term:
    """s - t"""
    return Term("subtract", (left, right))


def negative(term: Term) -> Term:
    """-t"""
    return Term("negate", (term,))


def times(*factors: Term) -> Term:
    """A B C as (A B) C"""
    product = factors[0]
    for factor in factors[1:]:
        product = Term("multiply", (product, factor))
    return product


def over(top: Term, bottom: Term) -> Term:
    """s / t"""
    return Term("divide", (top, bottom))


def power(base: Term, exponent: Term) -> Term:
    """s ^ t"""
    return Term("power", (base, exponent))


def transpose(term: Term) -> Term:
    """Aᵀ"""
    return Term("transpose", (term,))


def inverse(term: Term) -> Term:
    """A⁻¹"""
    return Term("inverse", (term,))


def gram(term: Term) -> Term:
    """XᵀX"""
    return times(transpose(term), term)


def outer_gram(term: Term) -> Term:
    """XXᵀ"""
    return times(term, transpose(term))


def identity_of_rows(term: Term) -> Term:
    """I, with as many rows as the term has."""
    return Term("identity", (), (term.space().rows,))


def identity_of_columns(term: Term) -> Term:
    """I, with as many columns as the term has."""
    return Term("identity", (), (term.space().columns,))


# propositions


def has(name: str, term: Term) -> Term:
    """The term has the property."""
    return Term("property", (term,), (name,))


def premise(name: str) -> Callable[[Term], tuple[Term, ...]]:
    """The one premise that the argument has the property."""
    return lambda term: (has(name, term),)


def nonzero(term: Term) -> tuple[Term, ...]:
    """The one premise t ≠ 0."""
    return (Term("not_equal", (term, number(0))),)


def positive(*terms: Term) -> tuple[Term, ...]:
    """The premises t > 0."""
    return tuple(Term("greater", (term, number(0))) for term in terms)


def non_negative(*terms: Term) -> tuple[Term, ...]:
    """The premises t ≥ 0."""
    return tuple(Term("greater_equal", (term, number(0))) for term in terms)


# checks: a product of terms is their product as matrices, or as numbers, only where the shapes say so


def scalar(term: Term) -> Term:
    """The term. Raises TermError unless it is a number."""
    if not term.space().is_scalar:
        raise TermError(f"a law of numbers is not for {term.space()}")
    return term


def matrix(term: Term) -> Term:
    """The term. Raises TermError if it has three axes."""
    if len(term.space().axes) != 2:
        raise TermError(f"a law of matrices is not for {term.space()}")
    return term


def square(term: Term) -> Term:
    """The term. Raises TermError unless it has as many rows as columns."""
    if not term.space().is_square:
        raise TermError(f"a law of square matrices is not for {term.space()}")
    return term


def of_shape(shape: Shape, term: Term) -> Term:
    """The term. Raises TermError unless it has the shape."""
    if term.space() != shape:
        raise TermError(f"the law asks for {shape} here, not for {term.space()}")
    return term


def matrix_product(left: Term, right: Term) -> Term:
    """A B. Raises TermError unless the columns of A meet the rows of B: a scalar multiple is no product of matrices."""
    if matrix(left).space().columns != matrix(right).space().rows:
        raise TermError(f"the law multiplies matrices, not {left.space()} by {right.space()}")
    return times(left, right)
