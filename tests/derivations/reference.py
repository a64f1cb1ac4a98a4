"""Whether an equation is true at given dimensions: decided exactly, by means that neither channel of the checker uses.

False where the sides differ at a real point: their difference, a ball with certified bounds (``balls``), is without 0.
True where the sides are equal as elements of a differential field (``residues``, which says how it can err), and are
defined at a real point at all. Derivatives are exact in both (``jets``). What is neither raises Undecided: that is no
answer. Sizes are at least 5 and differ; an index of the claim takes each of its values. Hypotheses hold by charts of
their models (``charts``), and are evaluated there; a claim holds if it does on every chart.

True means: wherever both sides are defined, but where the argument of a norm, |·|, relu or step is 0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import permutations
from math import factorial
from random import Random
from typing import Any

from flint import ctx

from verifier.kernel.linear import value as number_of
from verifier.kernel.sequents import Sequent
from verifier.kernel.terms import Term, subterms

from .balls import Balls
from .charts import Chart, charts, defined_by, residuals
from .evaluation import Point, Rows, entries, value
from .jets import Arithmetic, Jet, NotHere
from .residues import Residues, TooFewLanes

BITS = 400
SMALLEST = 5
ATTEMPTS = 40
TRIES = 7
LANES = 64
MOST_LANES = 1 << 15
Numbers = dict[str | int, int]

__all__ = ["Contradiction", "NotHere", "Undecided", "holds"]


class Undecided(ArithmeticError):
    """Sides that are not shown to be equal, and not shown to differ."""


class Contradiction(AssertionError):
    """Sides that are equal in the field, and differ at a real point: a fault in the judge."""


def holds(claim: Sequent, count: int = 3, seed: int = 0) -> bool:
    """Whether the sides of an equation are equal, for ``count`` choices of the dimensions.

    Raises NotHere if they are defined nowhere, Undecided, and NotImplementedError for what is not written here.
    """
    random, before = Random(seed), ctx.prec
    ctx.prec = BITS
    try:
        return _holds_on_all(claim, count, random)
    finally:
        ctx.prec = before


def _holds_on_all(claim: Sequent, count: int, random: Random) -> bool:
    """Whether it holds on every chart on which it is defined: they cover the models of the hypotheses."""
    answers = list[bool]()
    for chart in charts(claim):
        try:
            answers.append(_holds_on(claim, chart, count, random))
        except NotHere:
            continue
    if not answers:
        raise NotHere("the claim is defined at none of the points")
    return all(answers)


def _holds_on(claim: Sequent, chart: Chart, count: int, random: Random) -> bool:
    """Whether it holds where the chart gives symbols."""
    defined: list[Numbers] = []
    chosen = 0
    for attempt in range(TRIES * count):
        found = False
        for space in _spaces(claim, random, attempt // count):
            try:
                _must_satisfy(claim, chart, space, random)
                differ = _differ(claim, chart, space, random)
            except NotHere:
                continue
            if differ:
                _must_not_vanish(claim, chart, space, random)
                return False
            found = True
            defined.append(space)
        chosen += found
        if chosen == count:
            break
    if not defined:
        raise NotHere("the claim is defined at none of the points")
    for space in defined:
        if not _vanishes(claim, chart, space, random):
            raise Undecided(f"neither shown to be equal nor to differ, at {space}")
    return True


def _spaces(claim: Sequent, random: Random, room: int) -> list[Numbers]:
    """Dimensions, and with them all values of the indices.

    With room, they are in another order, and the last is more than the others together.
    """
    if claim.definitions or claim.conclusion.head != "equal":
        raise NotImplementedError("what is not an equation without definitions")
    names = sorted(str(name) for name in claim.dimension_names)
    sizes: Numbers = {}
    while not sizes or any(number_of(form, sizes) < 1 for form in claim.positive):
        sizes = dict(zip(names, random.sample(range(SMALLEST, SMALLEST + 1 + len(names)), len(names)), strict=True))
        if not names:
            break
    if room and names:
        *order, largest = list(permutations(names))[(room - 1) % factorial(len(names))]
        sizes = {name: SMALLEST + k for k, name in enumerate(order)}
        sizes[largest] = sum(sizes.values()) + random.randint(1, 2) + SMALLEST * (not order)
        if any(number_of(form, sizes) < 1 for form in claim.positive):
            return []
    spaces = [sizes]
    for name, (low, high) in claim.indices:
        if high is None:
            raise NotImplementedError("an index without an end")
        spaces = [{**s, name: k} for s in spaces for k in range(number_of(low, s), number_of(high, s) + 1)]
    return spaces


def _differences(claim: Sequent, chart: Chart, space: Numbers, field: Arithmetic) -> Iterator[Any]:
    """The entries of left side - right side at a random point of the chart."""
    yield from _gaps([(claim.conclusion.args[0], claim.conclusion.args[1])], _point(claim, chart, space, field))


def _gaps(equations: Iterable[tuple[Term, Term]], at: Point) -> Iterator[Any]:
    for sides in equations:
        left, right = (value(side, at) for side in sides)
        for a, b in zip(entries(left), entries(right), strict=True):
            yield (a - b).base


def _point(claim: Sequent, chart: Chart, space: Numbers, field: Arithmetic) -> Point:
    """A random point where the symbols that the chart gives have the values that it gives them."""
    at, given = Point(field, space, {}), {name for name, _ in chart}
    values: dict[str, Rows] = {}
    inverses = [term for hypothesis in claim.hypotheses for term in defined_by(hypothesis)]
    for term in (claim.conclusion, *claim.hypotheses, *(term for _, term in chart)):
        for part in subterms(term):
            if part.head == "symbol" and part.data[0] not in given | values.keys():
                height, width = at.size(part.space())
                values[part.data[0]] = [[Jet({0: field.drawn()}) for _ in range(width)] for _ in range(height)]
    for name, term in chart:
        if any(size < 0 for part in subterms(term) if part.head == "zeros" for size in at.size(part.space())):
            raise NotHere("more columns than rows")
        values[name] = value(term, replace(at, values=values))
    at = replace(at, values=values)
    for term in inverses:
        value(term, at)
    return at


def _must_satisfy(claim: Sequent, chart: Chart, space: Numbers, random: Random) -> None:
    """Raises Contradiction unless the hypotheses hold on the chart, NotHere where that is defined nowhere."""
    equations = [equation for hypothesis in claim.hypotheses for equation in residuals(hypothesis)]
    if claim.hypotheses and not _vanish(
        lambda field: _gaps(equations, _point(claim, chart, space, field)), space, random
    ):
        raise Contradiction(f"a chart on which the hypotheses do not hold, at {space}")


def _differ(claim: Sequent, chart: Chart, space: Numbers, random: Random) -> bool:
    """Whether the sides differ at a real point for certain. Raises NotHere if none was found where they are defined."""
    for attempt in range(ATTEMPTS):
        try:
            return any(not d.contains(0) for d in _differences(claim, chart, space, Balls(random, attempt % 2 == 1)))
        except NotHere:
            if attempt == 0:
                _must_be_somewhere(claim, chart, space, random)
    raise NotHere(f"undefined at {ATTEMPTS} points")


def _must_be_somewhere(claim: Sequent, chart: Chart, space: Numbers, random: Random) -> None:
    """Raises NotHere if something that is divided by is 0 in the field: then it is 0 at every real point."""
    try:
        list(_differences(claim, chart, space, Residues(random, LANES)))
    except TooFewLanes:
        return


def _vanishes(claim: Sequent, chart: Chart, space: Numbers, random: Random) -> bool:
    """Whether the sides are equal in the field. Raises Undecided if that takes too many points."""
    return _vanish(lambda field: _differences(claim, chart, space, field), space, random)


def _vanish(values: Callable[[Residues], Iterable[Any]], space: Numbers, random: Random) -> bool:
    lanes = LANES
    while lanes <= MOST_LANES:
        field = Residues(random, lanes)
        try:
            return field.vanish(list(values(field)))
        except TooFewLanes:
            lanes = max(4 * lanes, LANES << field.choices)
    raise Undecided(f"too many roots and signs, at {space}")


def _must_not_vanish(claim: Sequent, chart: Chart, space: Numbers, random: Random) -> None:
    try:
        vanishes = _vanishes(claim, chart, space, random)
    except (NotHere, Undecided):
        return
    if vanishes:
        raise Contradiction(f"equal in the field, and different at a real point, at {space}")
