"""Derivatives by dual numbers: the variable is seeded, the body evaluated once, and the tangents arranged.

∂/∂v is taken over unconstrained v, every entry a seed of its own.
"""

from __future__ import annotations

from typing import Any

from verifier.instantiation.duals import Dual, tangent
from verifier.instantiation.evaluator import Environment, Evaluator, Value, pack, rows_of
from verifier.instantiation.matrices import entrywise, flat, transpose
from verifier.instantiation.matrix_rules import line, position
from verifier.kernel.terms import Term, name_of

Place = tuple[int, int]
Places = list[list[Place]]


def derivative(ev: Evaluator, term: Term, env: Environment) -> Value:
    """∂(body)/∂(variable) in the layout of the term."""
    body, variable = term.args
    numerator, inner, outer = term.data[0] == "numerator", body.space(), variable.space()
    tag = ev.tag()
    value, places = _seeded(ev, body, variable, env, tag)
    zero = ev.ring.number(0)
    if outer.is_scalar:
        slopes = entrywise(lambda entry: tangent(entry, tag, places[0][0], zero), value)
        return slopes if numerator or not inner.is_vector else transpose(slopes)
    if inner.is_scalar:
        rows = _slopes(value, tag, places, zero)
        return pack(transpose(rows) if numerator else rows, term.shape)
    entries = flat(value)
    if outer.is_vector:
        table = [[tangent(entry, tag, seed, zero) for row in places for seed in row] for entry in entries]
        return table if numerator else transpose(table)
    tensor = [_slopes(entry, tag, places, zero) for entry in entries]
    return [transpose(part) for part in tensor] if numerator else tensor


def gradient(ev: Evaluator, term: Term, env: Environment) -> Value:
    """The derivatives of a scalar, arranged as the variable is."""
    body, variable = term.args
    tag = ev.tag()
    value, places = _seeded(ev, body, variable, env, tag)
    return pack(_slopes(value, tag, places, ev.ring.number(0)), term.shape)


def hessian(ev: Evaluator, term: Term, env: Environment) -> Value:
    """The second derivatives of a scalar by a vector."""
    body, variable = term.args
    ev.dependence.check(body, name_of(variable), env.names())
    outer, inner = ev.tag(), ev.tag()
    once, places = _seed(ev, variable, env, outer)
    twice, _ = _seed(ev, variable, once, inner)
    value, zero = _carrying(ev, body, twice, places), ev.ring.number(0)
    seeds = [seed for row in places for seed in row]
    return pack([[tangent(tangent(value, inner, a, zero), outer, b, zero) for b in seeds] for a in seeds], term.shape)


def _slopes(entry: Any, tag: int, places: Places, zero: Any) -> list[list[Any]]:
    return [[tangent(entry, tag, seed, zero) for seed in row] for row in places]


def _seeded(ev: Evaluator, body: Term, variable: Term, env: Environment, tag: int) -> tuple[Value, Places]:
    """The body with the variable seeded, and the seeds in the arrangement of the variable."""
    ev.dependence.check(body, name_of(variable), env.names())
    inner, places = _seed(ev, variable, env, tag)
    return _carrying(ev, body, inner, places), places


def _carrying(ev: Evaluator, body: Term, env: Environment, places: Places) -> Value:
    weight = ev.weight
    ev.weight = weight * (1 + len(places) * len(places[0]))
    try:
        return ev.value(body, env)
    finally:
        ev.weight = weight


def _seed(ev: Evaluator, variable: Term, env: Environment, tag: int) -> tuple[Environment, Places]:
    symbol = variable if variable.head == "symbol" else variable.args[0]
    value = ev.value(symbol, env)
    rows = rows_of(value)
    places = _places(ev, variable, rows, env)
    seeded, one = [list(row) for row in rows], ev.ring.number(1)
    for seeds in places:
        for r, c in seeds:
            seeded[r][c] = Dual(tag, rows[r][c], {(r, c): one})
    return ev.set_symbol(symbol, pack(seeded, symbol.shape), env), places


def _places(ev: Evaluator, variable: Term, rows: list[list[Any]], env: Environment) -> Places:
    height, width = len(rows), len(rows[0])
    match variable.head:
        case "entry":
            r, c = position(ev, variable.data[0], variable.args[0].space(), [height, width], env)
            return [[(r, c)]]
        case "row":
            r = line(ev, variable.data[0], height, env)
            return [[(r, c) for c in range(width)]]
        case "column":
            c = line(ev, variable.data[0], width, env)
            return [[(r, c)] for r in range(height)]
    return [[(r, c) for c in range(width)] for r in range(height)]
