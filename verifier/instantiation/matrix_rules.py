"""Evaluation of functions of matrices, entries, rows, columns, and matrices built from parts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from verifier.instantiation import matrices
from verifier.instantiation.duals import plain
from verifier.instantiation.evaluator import Environment, Evaluator, Rule, Value, pack, rows_of
from verifier.instantiation.functions import quotient
from verifier.instantiation.matrices import flat
from verifier.instantiation.outcomes import Inconclusive, Undefined, Unsupported
from verifier.instantiation.spectral import spectral_radius
from verifier.kernel import linear
from verifier.kernel.linear import Linear
from verifier.kernel.shapes import Shape
from verifier.kernel.terms import Term


def _inverse(ev: Evaluator, term: Term, env: Environment) -> Value:
    value = ev.value(term.args[0], env)
    if not isinstance(value, list):
        return quotient(ev.ring, ev.ring.number(1), value)
    ev.work.spend(len(value) ** 3)
    return matrices.inverse(ev.ring, value)


def _pseudoinverse(ev: Evaluator, term: Term, env: Environment) -> Value:
    rows = rows_of(ev.value(term.args[0], env))
    if any(plain(entry) is not entry for entry in flat(rows)):
        raise Unsupported("the derivative of a pseudo-inverse")
    _need_rigour(ev, "a pseudo-inverse")
    return pack(matrices.pseudoinverse(ev.ring, rows), term.shape)


def _need_rigour(ev: Evaluator, what: str) -> None:
    if not ev.ring.rigorous:
        raise Inconclusive(f"{what} by floats")


def _determinant(ev: Evaluator, term: Term, env: Environment) -> Value:
    value = rows_of(ev.value(term.args[0], env))
    ev.work.spend(1 << len(value))
    return matrices.determinant(ev.ring, value)


def _rank(ev: Evaluator, term: Term, env: Environment) -> Value:
    _need_rigour(ev, "a rank")
    return ev.ring.number(matrices.rank(ev.ring, rows_of(ev.value(term.args[0], env))))


def _spectral_radius(ev: Evaluator, term: Term, env: Environment) -> Value:
    rows = rows_of(ev.value(term.args[0], env))
    ev.work.spend(len(rows) ** 4)
    return spectral_radius(ev.ring, rows)


def _trace(ev: Evaluator, term: Term, env: Environment) -> Value:
    rows = rows_of(ev.value(term.args[0], env))
    return matrices.total([row[k] for k, row in enumerate(rows)])


# structure


def _transpose(ev: Evaluator, term: Term, env: Environment) -> Value:
    value = ev.value(term.args[0], env)
    return matrices.transpose(value) if isinstance(value, list) else value


def _kronecker(ev: Evaluator, term: Term, env: Environment) -> Value:
    left, right = (rows_of(ev.value(arg, env)) for arg in term.args)
    return pack([[a * b for a in top for b in inner] for top in left for inner in right], term.shape)


def _diag(ev: Evaluator, term: Term, env: Environment) -> Value:
    entries, zero = flat(ev.value(term.args[0], env)), ev.ring.number(0)
    rows = [[entry if r == c else zero for c in range(len(entries))] for r, entry in enumerate(entries)]
    return pack(rows, term.shape)


def _diagonal(ev: Evaluator, term: Term, env: Environment) -> Value:
    rows = rows_of(ev.value(term.args[0], env))
    return pack([[row[k]] for k, row in enumerate(rows)], term.shape)


def position(ev: Evaluator, forms: tuple[Linear, ...], shape: Shape, sizes: list[int], env: Environment) -> list[int]:
    """The axes' positions, from 0, that index forms name. Raises Undefined outside of the term."""
    numbers = [ev.number(form, env) for form in forms]
    if len(numbers) == 1 and len(sizes) == 2:
        numbers = [1, numbers[0]] if shape.rows == linear.ONE and not shape.is_scalar else [numbers[0], 1]
    for number, size in zip(numbers, sizes, strict=True):
        if not 1 <= number <= size:
            raise Undefined(f"an entry {number} of {size}")
    return [number - 1 for number in numbers]


def _entry(ev: Evaluator, term: Term, env: Environment) -> Value:
    value, shape = ev.value(term.args[0], env), term.args[0].space()
    held: Any = rows_of(value) if len(shape.axes) == 2 else value
    sizes, inner = [], held
    for _ in shape.axes:
        sizes.append(len(inner))
        inner = inner[0]
    for number in position(ev, term.data[0], shape, sizes, env):
        held = held[number]
    return held


def _row(ev: Evaluator, term: Term, env: Environment) -> Value:
    rows = rows_of(ev.value(term.args[0], env))
    return pack([list(rows[line(ev, term.data[0], len(rows), env)])], term.shape)


def _column(ev: Evaluator, term: Term, env: Environment) -> Value:
    rows = rows_of(ev.value(term.args[0], env))
    c = line(ev, term.data[0], len(rows[0]), env)
    return pack([[row[c]] for row in rows], term.shape)


def line(ev: Evaluator, form: Linear, size: int, env: Environment) -> int:
    """The position, from 0, of a row or a column. Raises Undefined outside of the matrix."""
    number = ev.number(form, env)
    if not 1 <= number <= size:
        raise Undefined(f"a row or column {number} of {size}")
    return number - 1


def _block(ev: Evaluator, term: Term, env: Environment) -> Value:
    rows, columns = term.data
    result: list[list[Any]] = []
    for r in range(rows):
        blocks = [rows_of(ev.value(arg, env)) for arg in term.args[r * columns : (r + 1) * columns]]
        result += [[entry for part in line for entry in part] for line in zip(*blocks, strict=True)]
    return pack(result, term.shape)


def _build_rows(ev: Evaluator, term: Term, env: Environment) -> Value:
    return pack([rows_of(part)[0] for part in _members(ev, term, env)], term.shape)


def _build_columns(ev: Evaluator, term: Term, env: Environment) -> Value:
    columns = [[row[0] for row in rows_of(part)] for part in _members(ev, term, env)]
    return pack(matrices.transpose(columns), term.shape)


def _members(ev: Evaluator, term: Term, env: Environment) -> Iterator[Value]:
    name, count = term.data
    for k in range(1, ev.size(count, env) + 1):
        yield ev.value(term.args[0], env.bind(name, k))


RULES: dict[str, Rule] = {
    "inverse": _inverse,
    "pseudoinverse": _pseudoinverse,
    "determinant": _determinant,
    "rank": _rank,
    "spectral_radius": _spectral_radius,
    "trace": _trace,
    "transpose": _transpose,
    "kronecker": _kronecker,
    "diag": _diag,
    "diagonal": _diagonal,
    "entry": _entry,
    "row": _row,
    "column": _column,
    "block": _block,
    "build_rows": _build_rows,
    "build_columns": _build_columns,
}
