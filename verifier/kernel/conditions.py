"""Propositions as numbers: 1 where they hold, else 0."""

from __future__ import annotations

from fractions import Fraction

from verifier.kernel.linear import ONE, Linear, minus, plus, times
from verifier.kernel.polynomials import NormalForm, Unsupported
from verifier.kernel.reader import Condition, Reader, Scope
from verifier.kernel.terms import Term


def _index_difference(term: Term, scope: Scope, read: Reader) -> Linear | None:
    left, right = term.args
    if left.head != "index" or right.head not in ("index", "number"):
        return None
    first = read.form(left.data[0], scope)
    if right.head == "number":
        number = right.data[0]
        return minus(first, times(int(number), ONE)) if number.denominator == 1 else None
    return minus(first, read.form(right.data[0], scope))


def _difference(read: Reader, term: Term, scope: Scope) -> NormalForm:
    left, right = term.args
    if not left.space().is_scalar:
        raise Unsupported("a condition between vectors")
    return read.algebra.subtract(read.scalar(left, scope), read.scalar(right, scope))


def _equal(read: Reader, term: Term, scope: Scope) -> NormalForm:
    form = _index_difference(term, scope, read)
    if form is not None:
        return read.algebra.delta(form)
    return _not(read, _not_equal_scalars(read, term, scope))


def _not_equal_scalars(read: Reader, term: Term, scope: Scope) -> NormalForm:
    difference = _difference(read, term, scope)
    return read.algebra.add(
        read.algebra.step(difference), read.algebra.step(read.algebra.scale(Fraction(-1), difference))
    )


def _not_equal(read: Reader, term: Term, scope: Scope) -> NormalForm:
    return _not(read, _equal(read, term, scope))


def _not(read: Reader, form: NormalForm) -> NormalForm:
    return read.algebra.subtract(read.algebra.number(1), form)


def _order(sign: int, strict: bool) -> Condition:
    """sign · (left - right) > 0, or ≥ 0"""

    def rule(read: Reader, term: Term, scope: Scope) -> NormalForm:
        index = _index_difference(term, scope, read)
        if index is not None:
            return read.algebra.at_least_one(plus(times(sign, index), () if strict else ONE))
        difference = read.algebra.scale(Fraction(sign), _difference(read, term, scope))
        if strict:
            return read.algebra.step(difference)
        return _not(read, read.algebra.step(read.algebra.scale(Fraction(-1), difference)))

    return rule


def _and(read: Reader, term: Term, scope: Scope) -> NormalForm:
    result = read.algebra.number(1)
    for arg in term.args:
        result = read.algebra.multiply(result, read.condition(arg, scope))
    return result


def _or(read: Reader, term: Term, scope: Scope) -> NormalForm:
    result = read.algebra.number(1)
    for arg in term.args:
        result = read.algebra.multiply(result, _not(read, read.condition(arg, scope)))
    return _not(read, result)


CONDITIONS: dict[str, Condition] = {
    "equal": _equal,
    "not_equal": _not_equal,
    "less": _order(-1, True),
    "less_equal": _order(-1, False),
    "greater": _order(1, True),
    "greater_equal": _order(1, False),
    "and": _and,
    "or": _or,
    "not": lambda read, term, scope: _not(read, read.condition(term.args[0], scope)),
}
