"""Linear programs of a search: non-negative solutions of linear equations, found in floats and made exact.

The method is Lawson and Hanson's (Solving Least Squares Problems, 1974, chapter 23). SciPy has it too, but takes
nearly a second to load.
"""

# ruff: noqa: PLC0415  (NumPy and FLINT are loaded for inequalities only)

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

Column = dict[int, int] | dict[int, Fraction] | dict[int, int | Fraction]
ENOUGH = 1e-9
MOST_USED = 70
LARGEST = 1e8


@dataclass(frozen=True)
class Answer:
    """The coefficients of the columns that are used, or None; then ``residual`` separates target and columns."""

    coefficients: dict[int, Fraction] | None
    residual: tuple[float, ...] = ()


def combination(columns: Sequence[Column], rows: int, target: Column) -> Answer:
    """Coefficients c ≥ 0 with Σ c[k] · columns[k] = target, for few k."""
    chosen, residual = _least_squares(columns, rows, target)
    if chosen is None:
        return Answer(None, residual)
    solution = solve([columns[k] for k in chosen], target)
    if solution is None or any(value < 0 for value in solution):
        return Answer(None, residual)
    return Answer({k: value for k, value in zip(chosen, solution, strict=True) if value})


def _least_squares(columns: Sequence[Column], rows: int, target: Column) -> tuple[list[int] | None, tuple[float, ...]]:
    """The columns that the non-negative solution with the least residual uses, if that residual is 0 to rounding."""
    import numpy as np

    matrix = np.zeros((rows, len(columns)))
    places = [(row, k) for k, column in enumerate(columns) for row in column]
    if places:
        matrix[tuple(zip(*places, strict=True))] = [float(value) for column in columns for value in column.values()]
    lengths = np.sqrt((matrix * matrix).sum(axis=0))
    lengths[lengths == 0] = 1.0
    matrix /= lengths
    wanted = np.zeros(rows)
    for row, value in target.items():
        wanted[row] = float(value)
    used = np.zeros(len(columns), dtype=bool)
    x = np.zeros(len(columns))
    residual = wanted
    for _ in range(3 * rows + 10):
        slope = matrix.T @ residual
        slope[used] = -1.0
        best = int(slope.argmax())
        if residual @ residual < ENOUGH**2 or slope[best] < ENOUGH or used.sum() > MOST_USED:
            break
        used[best] = True
        while True:
            where = np.flatnonzero(used)
            found = _nearest(matrix[:, where], wanted)
            if (found > 0).all():
                break
            below = found <= 0
            before = x[where]
            ratios = before[below] / np.maximum(before[below] - found[below], 1e-300)
            step = ratios.min() if ratios.size else 0.0
            moved = before + step * (found - before)
            moved[below & (before / np.maximum(before - found, 1e-300) <= step)] = 0.0
            x[:] = 0.0
            x[where] = moved
            used[where[moved <= 1e-12]] = False
            x[~used] = 0.0
            if not used.any():
                found, where = np.zeros(0), np.zeros(0, dtype=int)
                break
        x[:] = 0.0
        x[where] = found
        residual = wanted - matrix @ x
    if residual @ residual > 1e-12:
        return None, tuple(map(float, residual))
    return [int(k) for k in np.flatnonzero(x > ENOUGH)], ()


def _nearest(matrix: Any, wanted: Any) -> Any:
    """The least-squares solution: by normal equations, or, where columns depend on one another, by singular values."""
    import numpy as np

    try:
        found = np.linalg.solve(matrix.T @ matrix, matrix.T @ wanted)
    except np.linalg.LinAlgError:
        return np.linalg.lstsq(matrix, wanted, rcond=None)[0]
    if not np.isfinite(found).all() or np.abs(found).max() > LARGEST:
        return np.linalg.lstsq(matrix, wanted, rcond=None)[0]
    return found


class Moments:
    """A symmetric matrix whose entries are sums of multiples of weights: which weights, with which coefficients."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._places: list[int] = []
        self._weights: list[int] = []
        self._coefficients: list[float] = []

    def add(self, row: int, column: int, summands: Sequence[tuple[int, float]]) -> None:
        """Numbers of weights, and coefficients, for one entry and its mirror image."""
        for place in {row * self.size + column, column * self.size + row}:
            for weight, coefficient in summands:
                self._places.append(place)
                self._weights.append(weight)
                self._coefficients.append(coefficient)

    def at(self, weights: Sequence[float]) -> Any:
        """The matrix for some weights."""
        import numpy as np

        values = np.array(weights)[self._weights] * np.array(self._coefficients)
        return np.bincount(self._places, values, self.size**2).reshape(self.size, self.size)


def largest_eigenvector(moments: Moments, weights: Sequence[float]) -> tuple[float, list[float]]:
    """The largest eigenvalue of the matrix for some weights, and its eigenvector."""
    import numpy as np

    values, vectors = np.linalg.eigh(moments.at(weights))
    return float(values[-1]), [float(entry) for entry in vectors[:, -1]]


def solve(columns: Sequence[Column], target: Column) -> list[Fraction] | None:
    """The exact solution of Σ x[k] · columns[k] = target, free unknowns 0; None if there is none."""
    from flint import fmpq, fmpq_mat

    rows = sorted({row for column in (*columns, target) for row in column})
    width = len(columns) + 1
    held = [[Fraction(column.get(row, 0)) for column in (*columns, target)] for row in rows]
    reduced, rank = fmpq_mat(len(rows), width, [fmpq(v.numerator, v.denominator) for row in held for v in row]).rref()
    solution = [Fraction(0)] * len(columns)
    for r in range(rank):
        pivot = next(k for k in range(width) if reduced[r, k])
        if pivot == len(columns):
            return None
        value = reduced[r, width - 1]
        solution[pivot] = Fraction(int(value.p), int(value.q))
    return solution
