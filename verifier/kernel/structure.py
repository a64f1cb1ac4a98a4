"""Entries of transposes, inverses, traces, norms, parts of matrices, and matrices made of parts."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from verifier.kernel import matrices
from verifier.kernel.linear import ONE, Linear, minus, plus, variable
from verifier.kernel.polynomials import NormalForm
from verifier.kernel.reader import At, Reader, Rule, Scope, along, slots_of
from verifier.kernel.sequents import is_single
from verifier.kernel.terms import Term


def _transpose(read: Reader, term: Term, at: At, scope: Scope) -> NormalForm:
    return read.entry(term.args[0], (at[1], at[0]), scope)


def _free_entry(read: Reader, matrix: Term, scope: Scope) -> tuple[NormalForm, tuple[int, int]]:
    rows, columns = (read.algebra.temporary(ONE, size) for size in matrix.space().axes)
    return read.entry(matrix, (variable(rows), variable(columns)), scope), (rows, columns)


def _once(rule: Rule) -> Rule:
    """The rule, of which the entry of a closed term is computed once, at free indices, and then put in its place."""

    def entry(read: Reader, term: Term, at: At, scope: Scope) -> NormalForm:
        if not read.is_closed(term, scope):
            return rule(read, term, at, scope)
        if term not in read.algebra.entries:
            place = tuple([read.axis(size) for size in term.space().axes])
            read.algebra.entries[term] = rule(read, term, place, scope), place
        form, place = read.algebra.entries[term]
        moved = {here[0][0]: there for here, there in zip(place, at, strict=True) if here != ONE}
        return read.algebra.substitute(form, moved) if moved else dict(form)

    return entry


def _inverse(read: Reader, term: Term, at: At, scope: Scope) -> NormalForm:
    (matrix,) = term.args
    if matrix.space().is_scalar:
        return read.algebra.power(read.scalar(matrix, scope), -1)
    form, axes = _free_entry(read, matrix, scope)
    return matrices.inverse(read.algebra, form, axes, matrix.space().rows, (at[0], at[1]))


def _determinant(read: Reader, term: Term, at: At, scope: Scope) -> NormalForm:
    (matrix,) = term.args
    if matrix.space().is_scalar:
        return read.scalar(matrix, scope)
    form, axes = _free_entry(read, matrix, scope)
    return matrices.determinant(read.algebra, form, axes, matrix.space().rows)


def _opaque(read: Reader, term: Term, at: At, scope: Scope) -> NormalForm:
    """Spectral norm, spectral radius, rank, pseudo-inverse: functions of all entries of a matrix."""
    (matrix,) = term.args
    sizes = tuple(size for size in matrix.space().axes if not is_single(size))
    place = tuple(read.axis(size) for size in matrix.space().axes)
    axes = tuple(int(index[0][0]) for index in slots_of(matrix.space(), place))
    form = read.entry(matrix, place, scope)
    own = slots_of(term.space(), at)
    name = term.head + (f" {term.data[0]}" if term.data else "")
    return matrices.opaque(read.algebra, "opaque", name, own, ((form, axes),), sizes)


def _trace(read: Reader, term: Term, at: At, scope: Scope) -> NormalForm:
    size = term.args[0].space().rows
    k = read.axis(size)
    return read.close(read.entry(term.args[0], (k, k), scope), k, size)


def _norm(read: Reader, term: Term, at: At, scope: Scope) -> NormalForm:
    (kind,), shape = term.data, term.args[0].space()
    if is_root(term):
        return read.algebra.power(_summed(read, term, scope), Fraction(1, 2))
    if kind == "1" and (shape.is_vector or shape.is_scalar):
        return _summed(read, term, scope)
    return _opaque(read, term, at, scope)


def is_root(term: Term) -> bool:
    """Whether the term is a norm that is the root of the sum of the squares of all entries."""
    if term.head != "norm" or term.data[0] not in ("2", "F"):
        return False
    shape = term.args[0].space()
    return term.data[0] == "F" or shape.is_vector or shape.is_scalar


def even_power(read: Reader, norm: Term, half: int, scope: Scope) -> NormalForm:
    """‖x‖ to an even power: that of the sum of squares, without a root."""
    return read.algebra.power(_summed(read, norm, scope), half)


def _summed(read: Reader, norm: Term, scope: Scope) -> NormalForm:
    """The sum over all entries of their squares, for the norm 1 of their absolute values."""
    (inner,) = norm.args
    place = tuple(read.axis(size) for size in inner.space().axes)
    entry = read.entry(inner, place, scope)
    if norm.data[0] == "1":
        size = read.algebra.absolute(entry)
        for index, axis in zip(place, inner.space().axes, strict=True):
            size = read.close(size, index, axis)
        return size
    axes = zip(place, inner.space().axes, strict=True)
    return read.algebra.squared(entry, [(int(index[0][0]), (ONE, axis)) for index, axis in axes if not is_single(axis)])


def _diag(read: Reader, term: Term, at: At, scope: Scope) -> NormalForm:
    (vector,) = term.args
    return read.algebra.multiply(
        read.algebra.delta(minus(*at)), read.entry(vector, along(vector.space(), at[0]), scope)
    )


def _diagonal(read: Reader, term: Term, at: At, scope: Scope) -> NormalForm:
    return read.entry(term.args[0], (at[0], at[0]), scope)


def _entry(read: Reader, term: Term, at: At, scope: Scope) -> NormalForm:
    (inner,) = term.args
    places = tuple(read.form(form, scope) for form in term.data[0])
    if len(places) == 1:
        return read.entry(inner, along(inner.space(), places[0]), scope)
    return read.entry(inner, places, scope)


def _row(read: Reader, term: Term, at: At, scope: Scope) -> NormalForm:
    return read.entry(term.args[0], (read.form(term.data[0], scope), at[1]), scope)


def _column(read: Reader, term: Term, at: At, scope: Scope) -> NormalForm:
    return read.entry(term.args[0], (at[0], read.form(term.data[0], scope)), scope)


def _block(read: Reader, term: Term, at: At, scope: Scope) -> NormalForm:
    rows, columns = term.data
    result: NormalForm = {}
    top: Linear = ()
    for r in range(rows):
        line = term.args[r * columns : (r + 1) * columns]
        left: Linear = ()
        for block in line:
            result = read.algebra.add(result, _placed(read, block, (minus(at[0], top), minus(at[1], left)), scope))
            left = plus(left, block.space().columns)
        top = plus(top, line[0].space().rows)
    return result


def _placed(read: Reader, block: Term, at: At, scope: Scope) -> NormalForm:
    """block[i, j], and 0 where (i, j) is outside of the block."""
    place: list[Linear] = []
    sums: list[tuple[Linear, Linear]] = []
    indicator = read.algebra.number(1)
    for index, size in zip(at, block.space().axes, strict=True):
        inside = read.axis(size)
        sums.append((inside, size))
        place.append(inside)
        indicator = read.algebra.multiply(indicator, read.algebra.delta(minus(index, inside)))
    result = read.algebra.multiply(indicator, read.entry(block, tuple(place), scope))
    for inside, size in sums:
        result = read.close(result, inside, size)
    return result


def _build_rows(read: Reader, term: Term, at: At, scope: Scope) -> NormalForm:
    inner = replace(scope, indices={**scope.indices, term.data[0]: at[0]})
    return read.entry(term.args[0], (ONE, at[1]), inner)


def _build_columns(read: Reader, term: Term, at: At, scope: Scope) -> NormalForm:
    inner = replace(scope, indices={**scope.indices, term.data[0]: at[1]})
    return read.entry(term.args[0], (at[0], ONE), inner)


RULES: dict[str, Rule] = {
    "transpose": _transpose,
    "inverse": _once(_inverse),
    "pseudoinverse": _once(_opaque),
    "trace": _trace,
    "determinant": _once(_determinant),
    "spectral_radius": _once(_opaque),
    "rank": _once(_opaque),
    "norm": _norm,
    "diag": _diag,
    "diagonal": _diagonal,
    "entry": _entry,
    "row": _row,
    "column": _column,
    "block": _block,
    "build_rows": _build_rows,
    "build_columns": _build_columns,
}
