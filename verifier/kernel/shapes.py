"""Shapes with symbolic dimensions. A scalar is 1×1, a vector n×1, a row 1×n; ℝ and ℝ^{1×1} are one.

A shape with three axes is a derivative of a vector by a matrix: it occurs inside chains only.
A declared ``n`` is not 1 for typing, and every dimension is at least 1.
"""

from __future__ import annotations

from dataclasses import dataclass

from verifier.kernel.linear import CONSTANT, ONE, Linear, constant_value, is_canonical, show


class ShapeError(ValueError):
    """Shapes that do not match; the message shows both."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The dimensions of a term, two or three axes."""

    axes: tuple[Linear, ...]

    def __post_init__(self) -> None:
        if type(self.axes) is not tuple or not 2 <= len(self.axes) <= 3:
            raise ShapeError(f"a shape has two or three axes, not {self.axes!r}")
        for axis in self.axes:
            if not is_canonical(axis):
                raise ShapeError(f"{axis!r} is no dimension")
            growing = [a for a, c in axis if c > 0 and a != CONSTANT]
            if not growing and (constant_value(axis) or 0) < 1:
                raise ShapeError(f"a dimension is at least 1, not {show(axis)}")

    def __reduce__(self) -> tuple[object, ...]:
        return Shape, (self.axes,)

    def __setstate__(self, state: object) -> None:
        raise TypeError("a shape is made by its constructor alone")

    @property
    def rows(self) -> Linear:
        """The first axis."""
        return self.axes[0]

    @property
    def columns(self) -> Linear:
        """The second axis."""
        return self.axes[1]

    @property
    def is_scalar(self) -> bool:
        """1×1"""
        return self.axes == (ONE, ONE)

    @property
    def is_vector(self) -> bool:
        """n×1 or 1×n, scalars excluded."""
        return len(self.axes) == 2 and (self.rows == ONE) != (self.columns == ONE)

    @property
    def is_square(self) -> bool:
        """n×n, scalars included."""
        return len(self.axes) == 2 and self.rows == self.columns

    @property
    def length(self) -> Linear:
        """The number of entries of a vector."""
        return self.columns if self.rows == ONE else self.rows

    @property
    def transposed(self) -> Shape:
        """The shape of the transpose."""
        if len(self.axes) != 2:
            raise ShapeError(f"cannot transpose {self}, which has three axes")
        return Shape((self.columns, self.rows))

    def __str__(self) -> str:
        if self.is_scalar:
            return "R"
        if len(self.axes) == 2 and self.columns == ONE:
            return "R^" + _axis(self.rows)
        return f"R^({'×'.join(_axis(axis) for axis in self.axes)})"


def _axis(axis: Linear) -> str:
    text = show(axis)
    return f"({text})" if " " in text else text


SCALAR = Shape((ONE, ONE))


def column(dimension: Linear) -> Shape:
    """n×1"""
    return Shape((dimension, ONE))


def rectangle(rows: Linear, columns: Linear) -> Shape:
    """m×n"""
    return Shape((rows, columns))
