"""Whether an equation is true at given dimensions: decided exactly, by means that neither channel of the checker uses.

False where the sides differ at a real point: their difference, a ball with certified bounds (``balls``), is without 0.
True where the sides are equal as elements of a differential field (``residues``, which says how it can err), and are
defined at a real point at all. Derivatives are exact in both (``jets``). What is neither raises Undecided: that is no
answer. Sizes are at least 5 and differ; an index of the claim takes each of its values.

True means: wherever both sides are defined, but where the argument of a norm, |·|, relu or step is 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from flint import ctx

from verifier.kernel.linear import value as number_of
from verifier.kernel.sequents import Sequent
from verifier.kernel.terms import subterms

from .balls import Balls
from .evaluation import Point, Rows, entries, value
from .jets import Arithmetic, Jet, NotHere
from .residues import Residues, TooFewLanes

BITS = 400
SMALLEST = 5
ATTEMPTS = 40
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
        spaces = [space for _ in range(count) for space in _spaces(claim, random)]
        defined: list[Numbers] = []
        for space in spaces:
            try:
                differ = _differ(claim, space, random)
            except NotHere:
                continue
            if differ:
                _must_not_vanish(claim, space, random)
                return False
            defined.append(space)
    finally:
        ctx.prec = before
    if not defined:
        raise NotHere("the claim is defined at none of the points")
    for space in defined:
        if not _vanishes(claim, space, random):
            raise Undecided(f"neither shown to be equal nor to differ, at {space}")
    return True


def _spaces(claim: Sequent, random: Random) -> list[Numbers]:
    """Dimensions, and with them all values of the indices."""
    if claim.definitions or claim.conclusion.head != "equal":
        raise NotImplementedError("what is not an equation without definitions")
    names = sorted(str(name) for name in claim.dimension_names)
    sizes: Numbers = {}
    while not sizes or any(number_of(form, sizes) < 1 for form in claim.positive):
        sizes = dict(zip(names, random.sample(range(SMALLEST, SMALLEST + 1 + len(names)), len(names)), strict=True))
        if not names:
            break
    spaces = [sizes]
    for name, (low, high) in claim.indices:
        if high is None:
            raise NotImplementedError("an index without an end")
        spaces = [{**s, name: k} for s in spaces for k in range(number_of(low, s), number_of(high, s) + 1)]
    return spaces


def _differences(claim: Sequent, space: Numbers, field: Arithmetic) -> Iterator[Any]:
    """The entries of left side - right side at a random point where the hypotheses hold."""
    at = Point(field, space, _drawn(claim, Point(field, space, {})))
    left, right = (value(side, at) for side in claim.conclusion.args)
    for a, b in zip(entries(left), entries(right), strict=True):
        yield (a - b).base


def _drawn(claim: Sequent, at: Point) -> dict[str, Rows]:
    symmetric = {h.args[0].data[0] for h in claim.hypotheses if h.head == "property" and h.data == ("symmetric",)}
    if len(symmetric) < len(claim.hypotheses):
        raise NotImplementedError("hypotheses other than symmetry")
    values: dict[str, Rows] = {}
    for part in (part for term in (claim.conclusion, *claim.hypotheses) for part in subterms(term)):
        if part.head == "symbol" and part.data[0] not in values:
            height, width = at.size(part.space())
            rows = [[Jet({0: at.field.drawn()}) for _ in range(width)] for _ in range(height)]
            if part.data[0] in symmetric:
                rows = [[rows[max(r, c)][min(r, c)] for c in range(width)] for r in range(height)]
            values[part.data[0]] = rows
    return values


def _differ(claim: Sequent, space: Numbers, random: Random) -> bool:
    """Whether the sides differ at a real point for certain. Raises NotHere if none was found where they are defined."""
    for attempt in range(ATTEMPTS):
        try:
            return any(not d.contains(0) for d in _differences(claim, space, Balls(random, attempt % 2 == 1)))
        except NotHere:
            continue
    raise NotHere(f"undefined at {ATTEMPTS} points")


def _vanishes(claim: Sequent, space: Numbers, random: Random) -> bool:
    """Whether the sides are equal in the field. Raises Undecided if that takes too many points."""
    lanes = LANES
    while lanes <= MOST_LANES:
        field = Residues(random, lanes)
        try:
            return field.vanish(list(_differences(claim, space, field)))
        except TooFewLanes:
            lanes = max(4 * lanes, LANES << field.choices)
    raise Undecided(f"too many roots and signs, at {space}")


def _must_not_vanish(claim: Sequent, space: Numbers, random: Random) -> None:
    try:
        vanishes = _vanishes(claim, space, random)
    except (NotHere, Undecided):
        return
    if vanishes:
        raise Contradiction(f"equal in the field, and different at a real point, at {space}")
