"""Optima in a model: a point is refuted by a better one that is feasible, or by a second one; confirmed where exact.

A quadratic objective under linear equations is decided: its Hessian and slope are interpolated exactly, and its argmin
is a point and the directions in which it is flat. Of others, better points are looked for, and nothing is confirmed.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from random import Random
from typing import Any, NamedTuple

from verifier.instantiation import functions, matrices
from verifier.instantiation.curvature import descent
from verifier.instantiation.evaluator import Environment, Evaluator, Value
from verifier.instantiation.matrices import flat
from verifier.instantiation.objectives import (
    POINTS,
    VALUES,
    Objective,
    Point,
    added,
    combined,
    is_optimum,
    scaled,
    sides,
)
from verifier.instantiation.outcomes import AnotherRing, Inconclusive, NeedsBalls, NeedsOrder, Undefined
from verifier.instantiation.rings import PrimeField
from verifier.instantiation.truth import FALSE, TRUE, UNKNOWN, Truth, known
from verifier.kernel.terms import Term

STEPS = tuple(Fraction(*pair) for pair in ((1, 1), (1, 4), (1, 16), (1, 128), (4, 1), (32, 1)))
RANDOM_POINTS = 12
SKIPPED = (Undefined, Inconclusive, AnotherRing)


class Witness(NamedTuple):
    """A feasible point that shows that another is not optimal, or not the only one; and both values."""

    point: Point
    value: Any
    other: Any
    strictly: bool


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
            yield from (added(point, direction) for direction in found[1])
    except SKIPPED:
        pass
    for direction in _ways(of, point):
        for step in STEPS:
            yield added(point, scaled(number(step), direction))
            yield added(point, scaled(number(-step), direction))
        yield from _along_curve(of, point, direction)
    yield scaled(number(-1), point)
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
        ways.append(combined(slope, basis))
        if of.ev.ring.exact:
            newton = matrices.solve(of.ev.ring, hessian, [-entry for entry in slope])
            ways += [] if newton is None else [combined(newton, basis)]
            down = descent(of.ev.ring, hessian)
            ways += [] if down is None else [combined(down, basis)]
    except (*SKIPPED, ZeroDivisionError):
        pass
    ways += basis
    ways += [added(a, scaled(number(sign), b)) for k, a in enumerate(basis) for b in basis[:k] for sign in (1, -1)]
    return [way for way in ways if any(of.ev.ring.equal(entry, number(0)).holds is not True for entry in way)]


def _along_curve(of: Objective, point: Point, direction: Point) -> Iterator[Point]:
    """The second point of a line on a quadratic curve g = 0: p + s v with s = (g(p-v) - g(p+v)) / (g(p+v) + g(p-v))."""
    if not of.constraints or not of.ev.ring.exact:
        return
    try:
        ahead = of.gaps(added(point, direction))
        back = of.gaps(added(point, scaled(of.ev.ring.number(-1), direction)))
    except SKIPPED:
        return
    for a, b in zip(ahead, back, strict=True):
        if of.ev.ring.equal(a + b, of.ev.ring.number(0)).fails is True:
            yield added(point, scaled((b - a) / (a + b), direction))


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
