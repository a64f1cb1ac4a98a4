"""Linear algebra on nested lists over any ring, duals included, for small sizes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from operator import mul
from typing import Any

from flint import fmpq, fmpq_mat, nmod, nmod_mat

from verifier.instantiation.duals import Dual, plain
from verifier.instantiation.functions import quotient
from verifier.instantiation.outcomes import Inconclusive, Undefined
from verifier.instantiation.rings import Ring
from verifier.instantiation.truth import FALSE, TRUE, UNKNOWN, Truth

Rows = list[list[Any]]


def product(left: Sequence[Sequence[Any]], right: Sequence[Sequence[Any]]) -> Rows:
    """A B"""
    columns = [(column, _tag(column)) for column in zip(*right, strict=True)]
    rows = [(row, _tag(row)) for row in left]
    return [[_inner(row, column, max(one, other)) for column, other in columns] for row, one in rows]


def inner(left: Sequence[Any], right: Sequence[Any]) -> Any:
    """Σ aᵢ bᵢ"""
    return _inner(left, right, max(_tag(left), _tag(right)))


def _tag(entries: Sequence[Any]) -> int:
    """The largest tag of a derivative that is carried along; 0 where there is none."""
    return max((entry.tag for entry in entries if type(entry) is Dual), default=0)


def _inner(left: Sequence[Any], right: Sequence[Any], tag: int) -> Any:
    return _dual_inner(left, right, tag) if tag else total(map(mul, left, right))


def _dual_inner(left: Sequence[Any], right: Sequence[Any], tag: int) -> Dual:
    """The product rule for a whole sum at once, by the derivative with this tag, the innermost one."""
    values: list[Any] = []
    tangents: dict[Any, Any] = {}
    for first, second in zip(left, right, strict=True):
        a, da = (first.value, first.tangents) if type(first) is Dual and first.tag == tag else (first, {})
        b, db = (second.value, second.tangents) if type(second) is Dual and second.tag == tag else (second, {})
        values.append(a * b)
        for seed, slope in da.items():
            change = slope * b
            tangents[seed] = tangents[seed] + change if seed in tangents else change
        for seed, slope in db.items():
            change = a * slope
            tangents[seed] = tangents[seed] + change if seed in tangents else change
    return Dual(tag, total(values), tangents)


def total(entries: Iterable[Any]) -> Any:
    """The sum of at least one entry."""
    summands = iter(entries)
    result = next(summands)
    for entry in summands:
        result = result + entry
    return result


def transpose(rows: Sequence[Sequence[Any]]) -> Rows:
    """Aᵀ"""
    return [list(column) for column in zip(*rows, strict=True)]


def identity(ring: Ring, size: int) -> Rows:
    """I"""
    one, zero = ring.number(1), ring.number(0)
    return [[one if r == c else zero for c in range(size)] for r in range(size)]


def entrywise(function: Callable[..., Any], *values: Any) -> Any:
    """A function of entries, on nested lists of one shape or on bare numbers."""
    first = values[0]
    if not isinstance(first, list):
        return function(*values)
    if isinstance(first[0], list) and not isinstance(first[0][0], list):
        return [list(map(function, *rows)) for rows in zip(*values, strict=True)]
    return [entrywise(function, *parts) for parts in zip(*values, strict=True)]


def flat(value: Any) -> list[Any]:
    """The entries in order."""
    if not isinstance(value, list):
        return [value]
    if isinstance(value[0], list) and not isinstance(value[0][0], list):
        return [entry for row in value for entry in row]
    return [entry for part in value for entry in flat(part)]


def determinant(ring: Ring, rows: Rows) -> Any:
    """det A by expansion over sets of columns: no division, so it serves singular matrices and duals alike."""
    size = len(rows)
    partial: dict[int, Any] = {0: ring.number(1)}
    for row in rows:
        grown: dict[int, Any] = {}
        for used, minor in partial.items():
            for column in range(size):
                if used >> column & 1:
                    continue
                term = row[column] * minor
                if (used >> column).bit_count() & 1:
                    term = -term
                key = used | 1 << column
                grown[key] = grown[key] + term if key in grown else term
        partial = grown
    return partial[(1 << size) - 1]


def inverse(ring: Ring, rows: Rows) -> Rows:
    """A⁻¹. Raises Undefined for a singular matrix."""
    tags = [entry.tag for row in rows for entry in row if isinstance(entry, Dual)]
    if tags:
        return _dual_inverse(ring, rows, max(tags))
    size = len(rows)
    reduced, pivots = eliminate(ring, [row + unit for row, unit in zip(rows, identity(ring, size), strict=True)], size)
    if len(pivots) < size:
        raise Undefined("the inverse of a singular matrix")
    return [row[size:] for row in reduced]


def _dual_inverse(ring: Ring, rows: Rows, tag: int) -> Rows:
    """d(A⁻¹) = -A⁻¹ dA A⁻¹"""
    back = inverse(ring, [[e.value if isinstance(e, Dual) and e.tag == tag else e for e in row] for row in rows])
    size = range(len(rows))
    changes: dict[Any, Rows] = {}
    for a, row in enumerate(rows):
        for b, entry in enumerate(row):
            if not isinstance(entry, Dual) or entry.tag != tag:
                continue
            for seed, slope in entry.tangents.items():
                scaled = [slope * back[b][j] for j in size]
                added = [[-(back[i][a] * scaled[j]) for j in size] for i in size]
                old = changes.get(seed)
                changes[seed] = added if old is None else entrywise(lambda x, y: x + y, old, added)
    return [[Dual(tag, back[i][j], {s: change[i][j] for s, change in changes.items()}) for j in size] for i in size]


def eliminate(ring: Ring, rows: Rows, width: int) -> tuple[Rows, list[int]]:
    """The reduced echelon form in the first ``width`` columns, and the columns of its pivots.

    The columns after those go along; of the rows without a pivot, they tell only whether such a row is zero.
    """
    reduced = _reduced(rows)
    if reduced is not None:
        return reduced, [column for column in _pivots(reduced) if column < width]
    rows = [list(row) for row in rows]
    pivots: list[int] = []
    for column in range(width):
        start = len(pivots)
        if start == len(rows):
            break
        found = ring.pivot([row[column] for row in rows[start:]])
        if found is None:
            continue
        rows[start], rows[start + found] = rows[start + found], rows[start]
        scale = rows[start][column]
        head = rows[start] = [entry / scale for entry in rows[start]]
        for k, row in enumerate(rows):
            factor = row[column]
            if k != start and not (ring.exact and factor == 0):
                rows[k] = [entry - factor * lead for entry, lead in zip(row, head, strict=True)]
        pivots.append(column)
    return rows, pivots


def _reduced(rows: Rows) -> Rows | None:
    """The reduced echelon form of a matrix of residues or of rationals, by FLINT; None of any other."""
    kinds = {type(entry) for row in rows for entry in row}
    entries = [entry for row in rows for entry in row]
    table: nmod_mat | fmpq_mat
    if kinds == {nmod}:
        table = nmod_mat(len(rows), len(rows[0]), entries, entries[0].modulus())
    elif kinds == {fmpq}:
        table = fmpq_mat(len(rows), len(rows[0]), entries)
    else:
        return None
    return [list(row) for row in table.rref()[0].table()]


def _pivots(reduced: Rows) -> list[int]:
    """The column of the first entry of each row of an echelon form that is not zero."""
    leading = (next((k for k, entry in enumerate(row) if entry != 0), None) for row in reduced)
    return [column for column in leading if column is not None]


def rank(ring: Ring, rows: Rows) -> int:
    """The rank; of duals, that of their values."""
    return len(eliminate(ring, entrywise(plain, rows), len(rows[0]))[1])


def pseudoinverse(ring: Ring, rows: Rows) -> Rows:
    """A⁺ = Gᵀ (G Gᵀ)⁻¹ (Fᵀ F)⁻¹ Fᵀ for a rank factorisation A = F G."""
    reduced, pivots = eliminate(ring, rows, len(rows[0]))
    if not pivots:
        return [[ring.number(0)] * len(rows) for _ in rows[0]]
    left = [[row[column] for column in pivots] for row in rows]
    right = reduced[: len(pivots)]
    left_t, right_t = transpose(left), transpose(right)
    first = product(inverse(ring, product(left_t, left)), left_t)
    return product(product(right_t, inverse(ring, product(right, right_t))), first)


def definite(ring: Ring, rows: Rows, strict: bool) -> Truth:
    """Whether a symmetric matrix is positive definite (strict) or positive semidefinite, by symmetric elimination.

    Open where a sign is, and for floats, which have many at once.
    """
    rows, zero = [list(row) for row in rows], ring.number(0)
    for k in range(len(rows)):
        head = rows[k][k]
        positive = ring.less(zero, head)
        if positive.holds is not True:
            if strict or ring.less(head, zero).holds is True:
                return FALSE if positive.fails is True else UNKNOWN
            rest = [ring.equal(entry, zero) for entry in rows[k][k:]]
            if rest[0].holds is True and any(part.fails is True for part in rest):
                return FALSE
            if any(part.holds is not True for part in rest):
                return UNKNOWN
            continue
        for i in range(k + 1, len(rows)):
            factor = quotient(ring, rows[i][k], head)
            rows[i] = [entry - factor * lead for entry, lead in zip(rows[i], rows[k], strict=True)]
    return TRUE


def solve(ring: Ring, matrix: Rows, right: Sequence[Any]) -> list[Any] | None:
    """A solution of A x = b, zero in the columns without a pivot; None if there is none. Exact rings only."""
    if not ring.exact:
        raise Inconclusive("a linear system in a ring that is not exact")
    width = len(matrix[0])
    reduced, pivots = eliminate(ring, [[*row, b] for row, b in zip(matrix, right, strict=True)], width)
    if any(row[width] != 0 for row in reduced[len(pivots) :]):
        return None
    solution = [ring.number(0)] * width
    for row, column in zip(reduced, pivots, strict=False):
        solution[column] = row[width]
    return solution
