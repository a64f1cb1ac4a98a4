"""Vectors and matrices as sums of addends c · M₁ M₂ … v, products distributed over sums."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from verifier.kernel.linear import ONE
from verifier.kernel.terms import Term


@dataclass(frozen=True)
class Addend:
    """c · v, where v is a product of matrices and a vector, or of matrices; no c is 1."""

    factor: Term | None
    core: Term

    @property
    def term(self) -> Term:
        """The addend as one term."""
        return self.core if self.factor is None else Term("multiply", (self.factor, self.core))


def addends(term: Term) -> list[Addend]:
    """The addends of a vector or a matrix, products distributed over sums."""
    match term.head:
        case "add":
            return addends(term.args[0]) + addends(term.args[1])
        case "subtract":
            return addends(term.args[0]) + [_scaled(_minus_one(), part) for part in addends(term.args[1])]
        case "negate":
            return [_scaled(_minus_one(), part) for part in addends(term.args[0])]
        case "divide":
            inverse = Term("divide", (Term("number", (), (Fraction(1),)), term.args[1]))
            return [_scaled(inverse, part) for part in addends(term.args[0])]
        case "multiply":
            left, right = term.args
            if left.space().is_scalar:
                return [_scaled(left, part) for part in addends(right)]
            if right.space().is_scalar:
                return [_scaled(right, part) for part in addends(left)]
            return [_joined(one, other) for one in addends(left) for other in addends(right)]
        case "transpose":
            return [Addend(part.factor, transposed(part.core)) for part in addends(term.args[0])]
    return [Addend(None, term)]


def _joined(left: Addend, right: Addend) -> Addend:
    if left.core.head == "identity":
        core = right.core
    elif right.core.head == "identity":
        core = left.core
    else:
        core = product_of([*factors_of(left.core), *factors_of(right.core)])
    if left.factor is None or right.factor is None:
        return Addend(left.factor or right.factor, core)
    return Addend(Term("multiply", (left.factor, right.factor)), core)


def _scaled(factor: Term, part: Addend) -> Addend:
    return Addend(factor if part.factor is None else Term("multiply", (factor, part.factor)), part.core)


def _minus_one() -> Term:
    return Term("number", (), (Fraction(-1),))


def opposite(factor: Term) -> Term:
    """-c, without a double minus."""
    if factor == _minus_one():
        return Term("number", (), (Fraction(1),))
    if factor.head == "multiply" and factor.args[0] == _minus_one():
        return factor.args[1]
    return Term("negate", (factor,))


def products(term: Term) -> Iterator[tuple[Term, Term]]:
    """M and v of the products M v among the addends of a vector, as they are written."""
    if term.head == "multiply" and not any(arg.space().is_scalar for arg in term.args):
        yield term.args[0], term.args[1]
    elif term.head in ("add", "subtract", "negate", "multiply"):
        for arg in term.args:
            if not arg.space().is_scalar:
                yield from products(arg)


def factors_of(term: Term) -> list[Term]:
    """The factors of a product, from left to right."""
    if term.head != "multiply":
        return [term]
    return factors_of(term.args[0]) + factors_of(term.args[1])


def product_of(factors: list[Term]) -> Term:
    """A (B (C v))"""
    product = factors[-1]
    for factor in reversed(factors[:-1]):
        product = Term("multiply", (factor, product))
    return product


def last(core: Term) -> Term:
    """The last factor of a product."""
    return factors_of(core)[-1]


def transposed(term: Term) -> Term:
    """The transpose, taken into products."""
    if term.head == "transpose":
        return term.args[0]
    if term.head == "multiply" and not any(arg.space().is_scalar for arg in term.args):
        return Term("multiply", (transposed(term.args[1]), transposed(term.args[0])))
    return Term("transpose", (term,))


def steps_of_gradients(parts: list[Addend]) -> Iterator[Term]:
    """I + cFᵀF, for addends v and cFᵀFv."""
    plain = [part.core for part in parts if part.factor is None]
    for part in parts:
        *gram, vector = factors_of(part.core)
        if part.factor is not None and vector in plain and len(gram) == 2 and gram[0] == transposed(gram[1]):
            identity = Term("identity", (), (vector.space().rows,))
            yield Term("add", (identity, Term("multiply", (part.factor, product_of(gram)))))


def is_column(term: Term) -> bool:
    """n×1, but not a number."""
    space = term.space()
    return len(space.axes) == 2 and space.columns == ONE and not space.is_scalar


def is_row(term: Term) -> bool:
    """1×n, but not a number."""
    space = term.space()
    return len(space.axes) == 2 and space.rows == ONE and not space.is_scalar


__all__ = [
    "Addend",
    "addends",
    "factors_of",
    "is_column",
    "is_row",
    "last",
    "opposite",
    "product_of",
    "products",
    "steps_of_gradients",
    "transposed",
]
