"""Optima in a model: a point is refuted by a better one that is feasible, or by a second one; confirmed where exact.

A quadratic objective under linear equations is decided: its Hessian and slope are interpolated exactly, and its argmin
is a point and the directions in which it is flat. Of others, better points are looked for, and nothing is confirmed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any, NamedTuple

from verifier.instantiation import functions, matrices
from verifier.instantiation.curvature import descent, null_space
from verifier.instantiation.dependence import Dependence
from verifier.instantiation.duals import Dual
from verifier.instantiation.evaluator import Environment, Evaluator, Value, pack
from verifier.instantiation.matrices import entrywise, flat
from verifier.instantiation.outcomes import AnotherRing, Inconclusive, NeedsBalls, NeedsOrder, Undefined, Unsupported
from verifier.instantiation.rings import PrimeField
from verifier.instantiation.truth import FALSE, TRUE, UNKNOWN, Truth, conjunction, known
from verifier.kernel.terms import Term

POINTS, VALUES = ("argmin", "argmax"), ("min", "max")
STEPS = tuple(Fraction(*pair) for pair in ((1, 1), (1, 4), (1, 16), (1, 128), (4, 1), (32, 1)))
NEAR = Fraction(1, 8)
RANDOM_POINTS = 12
LARGEST = 12
OF_DUALS = "a derivative of an optimum"
SKIPPED = (Undefined, Inconclusive, AnotherRing)

Point = list[Any]


class Witness(NamedTuple):
    """A feasible point that shows that another is not optimal, or not the only one; and both values."""

    point: Point
    value: Any
    other: Any
    strictly: bool


def is_optimum(term: Term) -> bool:
    """Whether a term is an argmin, an argmax, a min or a max over a variable."""
    return term.head == "optimum"


def sides(proposition: Term) -> tuple[Term, Term]:
    """A point or a value, and the optimum; two optima as they stand."""
    left, right = proposition.args
    return (left, right) if is_optimum(right) else (right, left)


def truth(ev: Evaluator, proposition: Term, env: Environment) -> Truth:
    """The truth of p ∈ argmin, p = argmin, argmin = argmin, v = min; of ≠ that of =. Open where neither is shown."""
    if isinstance(ev.ring, PrimeField):
        raise NeedsOrder("an optimum")
    if not ev.ring.rigorous:
        raise Inconclusive("an optimum in floats")
    left, right = sides(proposition)
    of = Objective.of(ev, right, env)
    if is_optimum(left):
        return _same(of, Objective.of(ev, left, env)) if {of.kind, *left.data} <= set(POINTS) else UNKNOWN
    value = ev.value(left, env)
    if of.kind in VALUES:
        return _is_value(of, value)
    return _is_point(of, flat(value), proposition.head != "optimal")


def optimum(ev: Evaluator, term: Term, env: Environment) -> Value:
    """The only point of an argmin, or a least value; computed for quadratic objectives under linear equations."""
    if isinstance(ev.ring, PrimeField):
        raise NeedsOrder("an optimum")
    of = Objective.of(ev, term, env)
    found = of.argmin()
    if found is None:
        raise Undefined("an optimum that is not attained")
    point, flat_directions = found
    if of.kind in VALUES:
        return of.value(point)
    if flat_directions:
        raise Undefined("an argmin of more than one point")
    return of.packed(point)


# the objective


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
            ahead.append(self.cost(_moved(point, k, h)))
            back.append(self.cost(_moved(point, k, -h)))
        slope = [(a - b) * half / h for a, b in zip(ahead, back, strict=True)]
        hessian = [[(ahead[k] + back[k] - here - here) / (h * h)] * self.size for k in range(self.size)]
        for k in range(self.size):
            for j in range(k):
                both = self.cost(_moved(_moved(point, k, h), j, h))
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
            [a - b for a, b in zip(self.gaps(_moved(point, k, number(1))), here, strict=True)] for k in range(self.size)
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
                [a - b for a, b in zip(self.gaps(_moved(start, k, one)), gaps, strict=True)] for k in range(self.size)
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
        return _added(start, _combined(steps, basis)), [_combined(step, basis) for step in flat_steps]

    def reduced(self, point: Point, basis: list[Point]) -> tuple[Point, list[Point]]:
        """The slope and the Hessian along a basis of directions."""
        slope, hessian = self.around(point, NEAR)
        along = matrices.transpose(basis)
        rows = matrices.product(matrices.product(basis, hessian), along)
        return flat(matrices.product(basis, [[entry] for entry in slope])), rows


def _moved(point: Point, place: int, step: Any) -> Point:
    return [entry + step if k == place else entry for k, entry in enumerate(point)]


def _added(left: Point, right: Point) -> Point:
    return [a + b for a, b in zip(left, right, strict=True)]


def _scaled(scale: Any, point: Point) -> Point:
    return [scale * entry for entry in point]


def _combined(steps: Point, basis: list[Point]) -> Point:
    total = _scaled(steps[0], basis[0])
    for step, direction in zip(steps[1:], basis[1:], strict=True):
        total = _added(total, _scaled(step, direction))
    return total


# the degree in the variable

HIGHER = 99
ADDING = (
    *("add", "subtract", "negate", "transpose", "trace", "diag", "diagonal", "entry", "row", "column", "block"),
    *("sum", "build_rows", "build_columns"),
)
MULTIPLYING = ("multiply", "dot", "hadamard", "kronecker")


Weights = Mapping[str, int]


def degree(dependence: Dependence, term: Term, weights: Weights) -> int:
    """The degree of a term in symbols of these degrees, through definitions; HIGHER if it is no polynomial at sight."""
    if weights.keys().isdisjoint(dependence.names(term, frozenset(weights))):
        return 0
    if term.head in ("symbol", "apply", "elementwise"):
        return _degree_of_name(dependence, term, weights)
    if term.head == "power":
        return _degree_of_power(dependence, term, weights)
    parts = [degree(dependence, arg, weights) for arg in term.args]
    if term.head == "divide":
        return HIGHER if parts[1] else parts[0]
    if term.head in ADDING and (term.head != "sum" or len(parts) == 1):
        return max(parts)
    return min(HIGHER, sum(parts)) if term.head in MULTIPLYING else HIGHER


def _degree_of_name(dependence: Dependence, term: Term, weights: Weights) -> int:
    name = str(term.data[0])
    if name in weights:
        return weights[name] if term.head == "symbol" and not term.data[2] else HIGHER
    definition = dependence.definitions.get(name)
    if definition is None or (term.head == "elementwise" and term.data[1]):
        return HIGHER
    parameters = [str(p.data[0]) for p in definition.parameters]
    given = dict(zip(parameters, (degree(dependence, arg, weights) for arg in term.args), strict=True))
    inside = {**{held: weight for held, weight in weights.items() if held not in given}, **given}
    return degree(dependence, definition.body, {held: weight for held, weight in inside.items() if weight})


def _degree_of_power(dependence: Dependence, term: Term, weights: Weights) -> int:
    base, exponent = term.args
    if exponent.head != "number" or exponent.data[0].denominator != 1 or exponent.data[0] < 0:
        return HIGHER
    if base.head == "norm" and base.data[0] in ("2", "F") and exponent.data[0] % 2 == 0:
        inside = base.args[0].space()
        if base.data[0] == "F" or inside.is_vector or inside.is_scalar:
            base = base.args[0]
    return int(min(HIGHER, exponent.data[0] * degree(dependence, base, weights)))


# points


def _is_point(of: Objective, point: Point, alone: bool) -> Truth:
    feasible = of.feasible(point)
    if feasible.fails is True:
        return FALSE
    here = of.cost(point)
    if of.ev.ring.exact and of.is_quadratic():
        found = of.argmin()
        if found is not None and feasible.holds is True:
            start, directions = found
            best = of.ev.ring.equal(of.cost(start), here)
            if best.holds is True and not (alone and directions):
                return TRUE
    return FALSE if witness(of, point, alone) is not None else UNKNOWN


def witness(of: Objective, point: Point, alone: bool) -> Witness | None:
    """A feasible point that is better than this one; where it should be alone, another one that is as good."""
    here, elsewhere = of.cost(point), False
    for candidate in _candidates(of, point):
        try:
            there = of.cost(candidate)
            better = functions.less(of.ev.ring, there, here)
            as_good = alone and functions.less(of.ev.ring, here, there).fails is True
            if better.holds is not True and not (as_good and _apart(of, candidate, point)):
                continue
            if of.feasible(candidate).holds is True:
                return Witness(candidate, of.value(candidate), of.value(point), better.holds is True)
        except NeedsBalls:
            elsewhere = True
        except SKIPPED:
            continue
    if elsewhere:
        raise NeedsBalls("an objective at points near")
    return None


def _apart(of: Objective, left: Point, right: Point) -> bool:
    return any(of.ev.ring.equal(a, b).fails is True for a, b in zip(left, right, strict=True))


def _candidates(of: Objective, point: Point) -> Iterator[Point]:
    """Points worth trying: along slopes and curvatures, the exact argmin, mirror images, and points at random."""
    number = of.ev.ring.number
    try:
        found = of.argmin() if of.ev.ring.exact else None
        if found is not None:
            yield found[0]
            yield from (_added(point, direction) for direction in found[1])
    except SKIPPED:
        pass
    for direction in _ways(of, point):
        for step in STEPS:
            yield _added(point, _scaled(number(step), direction))
            yield _added(point, _scaled(number(-step), direction))
        yield from _along_curve(of, point, direction)
    yield _scaled(number(-1), point)
    yield [number(0)] * of.size
    random = Random(of.size)  # noqa: S311
    for _ in range(RANDOM_POINTS):
        yield [number(Fraction(random.randint(-6, 6), random.choice((1, 2)))) for _ in point]


def _ways(of: Objective, point: Point) -> list[Point]:
    """Directions from a point: down the slope, by Newton's step, where it curves down or is flat, along a basis."""
    number = of.ev.ring.number
    try:
        basis = of.directions(point)
    except SKIPPED:
        basis = [[number(int(k == j)) for j in range(of.size)] for k in range(of.size)]
    if not basis:
        return []
    ways: list[Point] = []
    try:
        slope, hessian = of.reduced(point, basis)
        ways.append(_combined(slope, basis))
        if of.ev.ring.exact:
            newton = matrices.solve(of.ev.ring, hessian, [-entry for entry in slope])
            ways += [] if newton is None else [_combined(newton, basis)]
            down = descent(of.ev.ring, hessian)
            ways += [] if down is None else [_combined(down, basis)]
    except (*SKIPPED, ZeroDivisionError):
        pass
    ways += basis
    ways += [_added(a, _scaled(number(sign), b)) for k, a in enumerate(basis) for b in basis[:k] for sign in (1, -1)]
    return [way for way in ways if any(of.ev.ring.equal(entry, number(0)).holds is not True for entry in way)]


def _along_curve(of: Objective, point: Point, direction: Point) -> Iterator[Point]:
    """The second point of a line on a quadratic curve g = 0: p + s v with s = (g(p-v) - g(p+v)) / (g(p+v) + g(p-v))."""
    if not of.constraints or not of.ev.ring.exact:
        return
    try:
        ahead = of.gaps(_added(point, direction))
        back = of.gaps(_added(point, _scaled(of.ev.ring.number(-1), direction)))
    except SKIPPED:
        return
    for a, b in zip(ahead, back, strict=True):
        if of.ev.ring.equal(a + b, of.ev.ring.number(0)).fails is True:
            yield _added(point, _scaled((b - a) / (a + b), direction))


# values, and two optima


def _is_value(of: Objective, value: Any) -> Truth:
    try:
        found = of.argmin()
    except Inconclusive:
        start = [of.ev.ring.number(0)] * of.size
        below = (c for c in _candidates(of, start) if _is_below(of, c, value))
        return UNKNOWN if next(below, None) is None else FALSE
    return FALSE if found is None else of.ev.ring.equal(of.value(found[0]), value)


def _is_below(of: Objective, candidate: Point, value: Any) -> bool:
    try:
        cost = of.cost(candidate)
        limit = -value if of.kind == "max" else value
        return functions.less(of.ev.ring, cost, limit).holds is True and of.feasible(candidate).holds is True
    except SKIPPED:
        return False


def _same(one: Objective, other: Objective) -> Truth:
    """Whether two argmins are the same set: both are computed, or one is and a point of it is refuted in the other."""
    found = [_argmin(one), _argmin(other)]
    if found[0] is not None and found[1] is not None:
        return known(_is_same(one, found[0].points, found[1].points))
    for known_one, here in ((found[0], other), (found[1], one)):
        if known_one is not None and known_one.points is not None:
            point = known_one.points[0]
            alone = not known_one.points[1]
            if here.feasible(point).fails is True or witness(here, point, alone) is not None:
                return FALSE
    return UNKNOWN


class _Points(NamedTuple):
    """An argmin that was computed; None if it is empty."""

    points: tuple[Point, list[Point]] | None


def _argmin(of: Objective) -> _Points | None:
    try:
        return _Points(of.argmin())
    except Inconclusive:
        return None


def _is_same(of: Objective, left: tuple[Point, list[Point]] | None, right: tuple[Point, list[Point]] | None) -> bool:
    """Whether two affine sets are one: each direction, and the step from one to the other, lies in both."""
    if left is None or right is None:
        return left is right
    ring = of.ev.ring
    across = [a - b for a, b in zip(left[0], right[0], strict=True)]
    sizes = {matrices.rank(ring, [*rows]) if rows else 0 for rows in (left[1], right[1], [*left[1], *right[1]])}
    if len(sizes) > 1:
        return False
    whole = [*left[1], across]
    return matrices.rank(ring, whole) == len(left[1])


__all__ = ["Objective", "Witness", "is_optimum", "optimum", "sides", "truth", "witness"]
