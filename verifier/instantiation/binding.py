"""Evaluation of sums, products, substitutions, choices, and applied functions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from operator import add
from typing import Any

from verifier.instantiation import functions
from verifier.instantiation.evaluator import Environment, Evaluator, Index, Rule, Value, filled, pack, within
from verifier.instantiation.matrices import entrywise, flat
from verifier.instantiation.outcomes import Unsupported
from verifier.instantiation.rings import FUNCTIONS
from verifier.instantiation.truth import Truth
from verifier.kernel.terms import Term


def _terms_of(ev: Evaluator, term: Term, env: Environment) -> Iterator[tuple[Truth | None, Value]]:
    """The summands (or factors) where the restriction holds; beside those of which it is not known, its truth."""
    name, lower, upper = term.data
    if upper is None:
        raise Unsupported(f"an infinite {term.head}")
    for k in within(ev.number(lower, env), ev.number(upper, env), ev):
        inner = env.bind(name, k)
        condition = ev.truth(term.args[1], inner) if len(term.args) == 2 else None
        if condition is None or condition.holds is True:
            yield None, ev.value(term.args[0], inner)
        elif condition.fails is not True:
            yield condition, ev.value(term.args[0], inner)


def _sum(ev: Evaluator, term: Term, env: Environment) -> Value:
    result: Value = None
    for condition, part in _terms_of(ev, term, env):
        added = part
        if condition is not None:
            zeros = entrywise(lambda a: functions.constant_like(a, ev.ring.number(0)), part)
            added = functions.choose(ev.ring, condition, part, zeros)
        result = added if result is None else entrywise(add, result, added)
    return filled(ev, term.space(), 0, env) if result is None else result


def _product(ev: Evaluator, term: Term, env: Environment) -> Value:
    result = ev.ring.number(1)
    for condition, part in _terms_of(ev, term, env):
        factor = part
        if condition is not None:
            one = functions.constant_like(part, ev.ring.number(1))
            factor = functions.choose(ev.ring, condition, part, one)
        result = result * factor
    return result


def _substitute(ev: Evaluator, term: Term, env: Environment) -> Value:
    body, symbol, value = term.args
    return ev.value(body, ev.set_symbol(symbol, ev.value(value, env), env))


def _maximum(ev: Evaluator, term: Term, env: Environment) -> Value:
    return _extreme(ev, term, env, functions.maximum)


def _minimum(ev: Evaluator, term: Term, env: Environment) -> Value:
    return _extreme(ev, term, env, functions.minimum)


def _extreme(ev: Evaluator, term: Term, env: Environment, better: Callable[..., Any]) -> Value:
    values = [ev.value(arg, env) for arg in term.args]
    for k, left in enumerate(values):
        for right in values[k + 1 :]:
            functions.apart(ev.ring, left, right)
    result = values[0]
    for other in values[1:]:
        result = better(ev.ring, result, other)
    return result


def _cases(ev: Evaluator, term: Term, env: Environment) -> Value:
    """A branch is evaluated only where it may be taken."""
    return _branch(ev, list(zip(term.args[:-1:2], term.args[1::2], strict=True)), term.args[-1], env)


def _branch(ev: Evaluator, branches: list[tuple[Term, Term]], otherwise: Term, env: Environment) -> Value:
    if not branches:
        return ev.value(otherwise, env)
    condition, value = branches[0]
    holds = ev.truth(condition, env)
    if holds.holds is True:
        return ev.value(value, env)
    rest = _branch(ev, branches[1:], otherwise, env)
    return rest if holds.fails is True else functions.choose(ev.ring, holds, ev.value(value, env), rest)


def _indicator(ev: Evaluator, term: Term, env: Environment) -> Value:
    truth = ev.truth(term.args[0], env)
    return functions.choose(ev.ring, truth, ev.ring.number(1), ev.ring.number(0))


# applied functions


def _elementwise(ev: Evaluator, term: Term, env: Environment) -> Value:
    name, order, forms = term.data
    index = tuple(ev.number(form, env) for form in forms)
    function = _scalar_function(ev, name, index, env)
    value = ev.value(term.args[0], env)
    if order:
        first = ev.tag(order)
        return entrywise(lambda entry: functions.at_order(ev.ring, function, entry, order, first), value)
    return entrywise(function, value)


def _scalar_function(ev: Evaluator, name: str, index: Index, env: Environment) -> Callable[[Any], Any]:
    definition = ev.definitions.get(name)
    if definition is not None:
        if len(definition.parameters) != 1 or not definition.parameters[0].space().is_scalar:
            raise Unsupported(f"{name}, applied to entries, is no function of one number")
        return lambda entry: ev.call(definition, index, [entry], env)
    if name in FUNCTIONS and not index:
        return lambda entry: functions.apply(ev.ring, name, entry)
    polynomial = ev.source.polynomial(name, index, (), 1)
    return lambda entry: polynomial(ev.ring, [ev.bounded(entry)])


def _apply(ev: Evaluator, term: Term, env: Environment) -> Value:
    name, shape, forms = term.data
    index = tuple(ev.number(form, env) for form in forms)
    values = [ev.value(arg, env) for arg in term.args]
    definition = ev.definitions.get(name)
    if definition is not None:
        return ev.call(definition, index, values, env)
    if name in FUNCTIONS:
        raise Unsupported(f"{name} as an undeclared function")
    if len(shape.axes) != 2:
        raise Unsupported(f"an undeclared function {name} to {shape}")
    arguments = [entry for value in values for entry in flat(ev.bounded(value))]
    if shape.is_scalar:
        return ev.source.polynomial(name, index, (), len(arguments))(ev.ring, arguments)
    rows, columns = (ev.size(axis, env) for axis in shape.axes)
    result = [
        [ev.source.polynomial(name, index, (r, c), len(arguments))(ev.ring, arguments) for c in range(columns)]
        for r in range(rows)
    ]
    return pack(result, shape)


RULES: dict[str, Rule] = {
    "sum": _sum,
    "product": _product,
    "substitute": _substitute,
    "elementwise": _elementwise,
    "apply": _apply,
    "maximum": _maximum,
    "minimum": _minimum,
    "cases": _cases,
    "indicator": _indicator,
}
