"""Objectives in a model: their values, feasible points, slope, Hessian, and the argmin of quadratic ones.

The Hessian and slope of a quadratic function are interpolated exactly; its argmin is a point and the directions in
which it is flat.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from verifier.instantiation import matrices
from verifier.instantiation.curvature import null_space
from verifier.instantiation.duals import Dual
from verifier.instantiation.evaluator import Environment, Evaluator, Value, pack
from verifier.instantiation.matrices import entrywise, flat
from verifier.instantiation.outcomes import Inconclusive, Unsupported
from verifier.instantiation.polynomial_degree import degree
from verifier.instantiation.truth import Truth, conjunction
from verifier.kernel.terms import Term

POINTS, VALUES = ("argmin", "argmax"), ("min", "max")
NEAR = Fraction(1, 8)
LARGEST = 12
OF_DUALS = "a derivative of an optimum"

Point = list[Any]


def is_optimum(term: Term) -> bool:
    """Whether a term is an argmin, an argmax, a min or a max over a variable."""
    return term.head == "optimum"


def sides(proposition: Term) -> tuple[Term, Term]:
    """A point or a value, and the optimum; two optima as they stand."""
    left, right = proposition.args
    return (left, right) if is_optimum(right) else (right, left)


@dataclass(frozen=True)
class Objective:
    """An optimum in a model: the variable has rows × columns entries."""

    ev: Evaluator
    env: Environment
    kind: str
    objective: Term
    variable: Term
    constraints: tuple[Term, ...]
    rows: int
    columns: int

    @classmethod
    def of(cls, ev: Evaluator, term: Term, env: Environment) -> Objective:
        """Raises Unsupported unless it is over one symbol that is no member of a family."""
        objective, variable, *constraints = term.args
        plain = variable.head == "symbol" and not variable.data[2] and len(variable.space().axes) == 2
        if not plain or not all(c.is_proposition for c in constraints):
            raise Unsupported("an optimum over other than one symbol")
        rows, columns = (ev.size(axis, env) for axis in variable.space().axes)
        if rows * columns > LARGEST:
            raise Inconclusive("an optimum over many numbers")
        return cls(ev, env, str(term.data[0]), objective, variable, tuple(constraints), rows, columns)

    @property
    def size(self) -> int:
        """How many numbers the variable has."""
        return self.rows * self.columns

    def packed(self, point: Point) -> Value:
        """A point as a value of the variable."""
        rows = [point[r * self.columns : (r + 1) * self.columns] for r in range(self.rows)]
        return pack(rows, self.variable.shape)

    def _at(self, point: Point) -> Environment:
        return self.ev.set_symbol(self.variable, self.packed(point), self.env)

    def value(self, point: Point) -> Any:
        """f(point)"""
        value = self.ev.value(self.objective, self._at(point))
        if isinstance(value, Dual):
            raise Unsupported(OF_DUALS)
        return value

    def cost(self, point: Point) -> Any:
        """f(point) for a minimum, -f(point) for a maximum."""
        value = self.value(point)
        return -value if self.kind in ("argmax", "max") else value

    def feasible(self, point: Point) -> Truth:
        """Whether a point meets the constraints."""
        inner = self._at(point)
        return conjunction([self.ev.truth(constraint, inner) for constraint in self.constraints])

    def gaps(self, point: Point) -> Point:
        """Left less right of each equation among the constraints, entry by entry."""
        inner, found = self._at(point), list[Any]()
        for constraint in self.constraints:
            if constraint.head == "equal":
                left, right = (self.ev.value(side, inner) for side in constraint.args)
                found += flat(entrywise(lambda a, b: a - b, left, right))
        if any(isinstance(gap, Dual) for gap in found):
            raise Unsupported(OF_DUALS)
        return found

    # quadratic objectives

    def is_quadratic(self) -> bool:
        """Whether the objective is quadratic in the variable, and the constraints are linear equations."""
        weights, dependence = {str(self.variable.data[0]): 1}, self.ev.dependence
        if degree(dependence, self.objective, weights) > 2:
            return False
        equations = all(c.head == "equal" for c in self.constraints)
        return equations and all(degree(dependence, side, weights) <= 1 for c in self.constraints for side in c.args)

    def around(self, point: Point, step: Fraction) -> tuple[Point, list[Point]]:
        """The slope and the Hessian of the cost at a point, by differences; those of a quadratic cost are exact."""
        number = self.ev.ring.number
        h, half = number(step), number(Fraction(1, 2))
        here, ahead, back = self.cost(point), [], []
        for k in range(self.size):
            ahead.append(self.cost(moved(point, k, h)))
            back.append(self.cost(moved(point, k, -h)))
        slope = [(a - b) * half / h for a, b in zip(ahead, back, strict=True)]
        hessian = [[(ahead[k] + back[k] - here - here) / (h * h)] * self.size for k in range(self.size)]
        for k in range(self.size):
            for j in range(k):
                both = self.cost(moved(moved(point, k, h), j, h))
                hessian[k][j] = (both - ahead[k] - ahead[j] + here) / (h * h)
        return slope, [[hessian[max(k, j)][min(k, j)] for j in range(self.size)] for k in range(self.size)]

    def directions(self, point: Point) -> list[Point]:
        """A basis of the directions in which linear equations among the constraints stay as they are."""
        number = self.ev.ring.number
        units = [[number(int(k == j)) for j in range(self.size)] for k in range(self.size)]
        here = self.gaps(point)
        if not here:
            return units
        columns = [
            [a - b for a, b in zip(self.gaps(moved(point, k, number(1))), here, strict=True)] for k in range(self.size)
        ]
        return null_space(self.ev.ring, matrices.transpose(columns), self.size)

    def argmin(self) -> tuple[Point, list[Point]] | None:
        """A point of the argmin, and the directions in which it extends; None if it is empty.

        Raises Inconclusive unless the objective is quadratic, under linear equations, in an exact ring.
        """
        ring = self.ev.ring
        if not ring.exact or not self.is_quadratic():
            raise Inconclusive("an optimum that is not of a quadratic function under linear equations")
        start = [ring.number(0)] * self.size
        gaps = self.gaps(start)
        if gaps:
            one = ring.number(1)
            columns = [
                [a - b for a, b in zip(self.gaps(moved(start, k, one)), gaps, strict=True)] for k in range(self.size)
            ]
            met = matrices.solve(ring, matrices.transpose(columns), [-gap for gap in gaps])
            if met is None:
                return None
            start = met
        basis = self.directions(start)
        if not basis:
            return start, []
        slope, hessian = self.reduced(start, basis)
        convex = matrices.definite(ring, hessian, False)
        if convex.holds is not True:
            if convex.fails is not True:
                raise Inconclusive("a Hessian whose signs are not decided")
            return None
        steps = matrices.solve(ring, hessian, [-entry for entry in slope])
        if steps is None:
            return None
        flat_steps = null_space(ring, hessian, len(basis))
        return added(start, combined(steps, basis)), [combined(step, basis) for step in flat_steps]

    def reduced(self, point: Point, basis: list[Point]) -> tuple[Point, list[Point]]:
        """The slope and the Hessian along a basis of directions."""
        slope, hessian = self.around(point, NEAR)
        along = matrices.transpose(basis)
        rows = matrices.product(matrices.product(basis, hessian), along)
        return flat(matrices.product(basis, [[entry] for entry in slope])), rows


def moved(point: Point, place: int, step: Any) -> Point:
    """The point with a step added to one coordinate."""
    return [entry + step if k == place else entry for k, entry in enumerate(point)]


def added(left: Point, right: Point) -> Point:
    """The sum of two points."""
    return [a + b for a, b in zip(left, right, strict=True)]


def scaled(scale: Any, point: Point) -> Point:
    """A multiple of a point."""
    return [scale * entry for entry in point]


def combined(steps: Point, basis: list[Point]) -> Point:
    """The sum of the directions of a basis, each times its step."""
    total = scaled(steps[0], basis[0])
    for step, direction in zip(steps[1:], basis[1:], strict=True):
        total = added(total, scaled(step, direction))
    return total


__all__ = ["Objective", "Point", "added", "combined", "is_optimum", "moved", "scaled", "sides"]
