"""Directions in which a symmetric matrix is not positive, and null spaces, exactly."""

from __future__ import annotations

from typing import Any

from verifier.instantiation import matrices
from verifier.instantiation.rings import Ring

Rows = list[list[Any]]


def null_space(ring: Ring, rows: Rows, width: int) -> list[list[Any]]:
    """A basis of the x with A x = 0."""
    reduced, pivots = matrices.eliminate(ring, rows, width)
    free = [column for column in range(width) if column not in pivots]
    basis = []
    for column in free:
        vector = [ring.number(int(k == column)) for k in range(width)]
        for row, pivot in zip(reduced, pivots, strict=False):
            vector[pivot] = -row[column]
        basis.append(vector)
    return basis


def descent(ring: Ring, rows: Rows) -> list[Any] | None:
    """A direction v ≠ 0 with vᵀAv < 0, else one with vᵀAv = 0; None if A is positive definite."""
    size = len(rows)
    zero = ring.number(0)
    if not size:
        return None
    flat: list[Any] | None = None
    for k in range(size):
        if ring.less(rows[k][k], zero).holds is True:
            return [ring.number(int(j == k)) for j in range(size)]
        if ring.equal(rows[k][k], zero).holds is True:
            flat = [ring.number(int(j == k)) for j in range(size)]
            other = next((j for j in range(size) if ring.equal(rows[k][j], zero).fails is True), None)
            if other is not None:
                return _across(ring, rows, k, other)
    if flat is not None:
        rest = [j for j in range(size) if ring.equal(rows[j][j], zero).fails is True]
        inner = descent(ring, [[rows[a][b] for b in rest] for a in rest])
        if inner is None:
            return flat
        lifted = [zero] * size
        for place, entry in zip(rest, inner, strict=True):
            lifted[place] = entry
        return lifted
    head = rows[0][0]
    inner = descent(
        ring, [[rows[a][b] - rows[a][0] * rows[0][b] / head for b in range(1, size)] for a in range(1, size)]
    )
    if inner is None:
        return None
    first = -matrices.inner(rows[0][1:], inner) / head
    return [first, *inner]


def _across(ring: Ring, rows: Rows, place: int, other: int) -> list[Any]:
    """t e_k + e_j with a t that makes 2 t a_kj + a_jj negative, where a_kk = 0 and a_kj ≠ 0."""
    step = -(rows[other][other] + ring.number(1)) / (ring.number(2) * rows[place][other])
    return [step if j == place else ring.number(int(j == other)) for j in range(len(rows))]


__all__ = ["descent", "null_space"]
