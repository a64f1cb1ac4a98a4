"""Entries of functions: entrywise, of several arguments, maximum and minimum, cases."""

from __future__ import annotations

from verifier.kernel import calculus, functions, matrices
from verifier.kernel.linear import Linear
from verifier.kernel.polynomials import NormalForm, Unsupported
from verifier.kernel.reader import HERE, At, Entries, Reader, Rule, Scope, slots_of
from verifier.kernel.sequents import is_single
from verifier.kernel.shapes import SCALAR
from verifier.kernel.terms import Term


def _elementwise(read: Reader, term: Term, at: At, scope: Scope) -> NormalForm:
    name, order, indices = term.data
    (argument,) = term.args
    family = tuple(read.form(form, scope) for form in indices)
    if name in read.definitions and not order:
        return read.unfolded(
            read.definitions[name], family, (lambda place: read.entry(argument, at, scope),), HERE, scope
        )
    if name in read.definitions:
        return _derivative_of_definition(read, term, at, scope)
    if family:
        raise Unsupported(f"the family of undeclared functions {name}")
    return functions.apply(read.algebra, name, order, read.entry(argument, at, scope))


def _derivative_of_definition(read: Reader, term: Term, at: At, scope: Scope) -> NormalForm:
    """f'(u) for a defined f: the derivative of its body by its parameter, at u."""
    name, order, indices = term.data
    definition = read.definitions[name]
    if len(definition.parameters) != 1 or definition.parameters[0].shape != SCALAR:
        raise Unsupported(f"primes of {name}, which is not a function of one scalar")
    letter = f"∂{read.algebra.temporary()}"
    base = read.algebra.base("symbol", letter)
    family = tuple(read.form(form, scope) for form in indices)
    form = read.unfolded(definition, family, (lambda place: read.algebra.factor(base, ()),), HERE, scope)
    for _ in range(order):
        form = calculus.differentiate(read.algebra, form, letter, ())
    return calculus.substitute_symbol(read.algebra, form, letter, lambda slots: read.entry(term.args[0], at, scope))


def _apply(read: Reader, term: Term, at: At, scope: Scope) -> NormalForm:
    name, shape, indices = term.data
    family = tuple(read.form(form, scope) for form in indices)
    if name in read.definitions:
        values = tuple(_closure(read, arg, scope) for arg in term.args)
        return read.unfolded(read.definitions[name], family, values, at, scope)
    arguments: list[matrices.Argument] = []
    sizes: list[Linear] = []
    for arg in term.args:
        place = tuple(read.axis(size) for size in arg.space().axes)
        own = slots_of(arg.space(), place)
        arguments.append((read.entry(arg, place, scope), tuple(int(index[0][0]) for index in own)))
        sizes += [size for size in arg.space().axes if not is_single(size)]
    own = (*family, *slots_of(shape, at))
    return matrices.opaque(read.algebra, "apply", name, own, tuple(arguments), tuple(sizes))


def _closure(read: Reader, term: Term, scope: Scope) -> Entries:
    return lambda at: read.entry(term, at, scope)


def _maximum(read: Reader, term: Term, at: At, scope: Scope) -> NormalForm:
    """max(a, b) = b + max(a - b, 0)"""
    result = read.scalar(term.args[0], scope)
    for arg in term.args[1:]:
        other = read.scalar(arg, scope)
        result = read.algebra.add(other, read.algebra.positive_part(read.algebra.subtract(result, other)))
    return result


def _minimum(read: Reader, term: Term, at: At, scope: Scope) -> NormalForm:
    """min(a, b) = a - max(a - b, 0)"""
    result = read.scalar(term.args[0], scope)
    for arg in term.args[1:]:
        other = read.scalar(arg, scope)
        result = read.algebra.subtract(result, read.algebra.positive_part(read.algebra.subtract(result, other)))
    return result


def _cases(read: Reader, term: Term, at: At, scope: Scope) -> NormalForm:
    result: NormalForm = {}
    left = read.algebra.number(1)
    for condition, value in zip(term.args[:-1:2], term.args[1::2], strict=True):
        holds = read.condition(condition, scope)
        here = read.algebra.multiply(left, holds)
        result = read.algebra.add(result, read.algebra.multiply(here, read.entry(value, at, scope)))
        left = read.algebra.subtract(left, here)
    return read.algebra.add(result, read.algebra.multiply(left, read.entry(term.args[-1], at, scope)))


def _indicator(read: Reader, term: Term, at: At, scope: Scope) -> NormalForm:
    return read.condition(term.args[0], scope)


RULES: dict[str, Rule] = {
    "elementwise": _elementwise,
    "apply": _apply,
    "maximum": _maximum,
    "minimum": _minimum,
    "cases": _cases,
    "indicator": _indicator,
}
