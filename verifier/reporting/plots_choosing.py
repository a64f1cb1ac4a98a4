"""What of a claim is drawn: over which scalars, within which bounds, with what fixed where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from itertools import pairwise
from typing import Any

import numpy as np

from verifier.kernel.terms import Term, subterms
from verifier.reporting.plots_values import COMPARISONS, Array, Key, NotDrawn, Values

STEP_SIZES = ("eta", "alpha", "tau", "gamma", "h")
SECOND = ("beta", "mu", "lambda_", "lambda", "sigma", "L", "s")
CONNECTED = ("and", "or", "not", "implies", "iff")
EXAMPLES = (1.0, 0.5, 2.0, 0.25, 3.0, 0.75, 4.0, 0.1, -1.0, 0.0, 10.0, -0.5, -2.0)
ZERO = Fraction(0)
MOST_POINTS = 40_000
SCANNED = np.concatenate([-np.geomspace(1e3, 1e-3, 300), [0.0], np.geomspace(1e-3, 1e3, 300)])
MOST_CHANGES = 8
FARTHEST, FARTHEST_ASIDE = 6.0, 3.0


@dataclass(frozen=True, slots=True)
class Axis:
    """A scalar along which one looks, from ``low`` to ``high``."""

    key: Key
    low: float
    high: float

    def points(self, count: int) -> Array:
        """Evenly spaced."""
        return np.linspace(self.low, self.high, count)


@dataclass(frozen=True, slots=True)
class Subject:
    """A claim with the point about which it is drawn. ``axes`` are of the regions, ``rates`` of the curves.

    A claim in one scalar, and an equation, has curves and no regions.
    """

    values: Values
    point: Mapping[Key, float]
    regions: tuple[Axis, Axis] | None
    curves: Axis | None
    rates: tuple[Term, ...] = ()

    def fixed(self, drawn: Iterable[Axis]) -> dict[Key, float]:
        """What does not vary along these axes."""
        return {key: value for key, value in self.point.items() if key not in {axis.key for axis in drawn}}


def subject_of(values: Values) -> Subject:
    """What to draw of a claim. Raises NotDrawn."""
    if not _is_condition(values.conclusion):
        raise NotDrawn(f"a picture shows comparisons and what is made of them, not a {_words(values.conclusion.head)}")
    scalars = [key for key in values.scalars if key[0] not in values.whole()]
    if not scalars:
        raise NotDrawn("no number in it varies")
    point = _point(values, (*values.scalars, *values.others))
    rates, step = _rates(values, scalars, point)
    ordered = sorted(scalars, key=lambda key: (key != step, _rank(key)))
    if len(scalars) > 1 and values.conclusion.head != "equal":
        _refuse_ties(values, ordered[:2])
        horizontal, vertical = _windows(values, ordered[:2], point)
        curves = horizontal if horizontal.key == step else None
        return Subject(values, point, (horizontal, vertical), curves, rates if curves else ())
    _refuse_ties(values, ordered[:1])
    (axis,) = _windows(values, ordered[:1], point)
    return Subject(values, point, None, axis, rates)


def _refuse_ties(values: Values, keys: list[Key]) -> None:
    if values.equations() & set(keys):
        raise NotDrawn("an equation among the hypotheses leaves a curve, on which nothing is drawn")


def _words(head: str) -> str:
    return head.replace("_", " ")


def _is_condition(term: Term) -> bool:
    if term.head in CONNECTED:
        return all(map(_is_condition, term.args))
    return term.head in COMPARISONS and all(arg.space().is_scalar for arg in term.args)


def _rank(key: Key) -> tuple[int, int]:
    """Step sizes before what people draw against them, these before others, which stay as they occur."""
    for place, names in enumerate((STEP_SIZES, SECOND)):
        if key[0] in names:
            return place, names.index(key[0]) if place == 0 else 0
    return 2, 0


# the point about which one looks


def _point(values: Values, keys: tuple[Key, ...]) -> dict[Key, float]:
    """The counterexample; without one, an example in which the hypotheses hold, by preference near where sides change.

    Raises NotDrawn if there is none among simple numbers.
    """
    if all(key in values.fixed for key in keys):
        return {key: float(values.fixed[key]) for key in keys}
    count = max(2, min(len(EXAMPLES), int(MOST_POINTS ** (1 / len(keys)))))
    tried = [np.array([values.fixed[key]]) if key in values.fixed else np.array(EXAMPLES[:count]) for key in keys]
    places = np.meshgrid(*(np.arange(len(each)) for each in tried), indexing="ij")
    at = {key: each[place.ravel()] for key, each, place in zip(keys, tried, places, strict=True)}
    simple: Array = reduce(np.add, (place.ravel() for place in places)).astype(float)
    simple = simple + 1000 * (values.allowed(at) < 0) + 500 * np.isnan(values.margin(values.conclusion, at))
    if values.conclusion.head in ("iff", "implies"):
        simple = simple + 5 * (values.truth(values.conclusion.args[0], at) != 1)
    best = int(np.argmin(simple))
    if simple[best] >= 500:
        raise NotDrawn("no simple numbers satisfy the hypotheses")
    return {key: float(each[best]) for key, each in at.items()}


# rates


def _rates(values: Values, scalars: list[Key], point: Mapping[Key, float]) -> tuple[tuple[Term, ...], Key | None]:
    """The rates |1 - c η| of a claim (1 at η = 0, affine in η), and η: what most of them have in common."""
    found = list(dict.fromkeys(_absolute_values(values.conclusion)))
    steps = {key: [rate for rate in found if _is_rate(values, rate.args[0], key, point)] for key in scalars}
    step = min(scalars, key=lambda key: (-len(steps[key]), _rank(key)))
    return (tuple(steps[step]), step) if steps[step] else ((), None)


def _absolute_values(term: Term) -> Iterator[Term]:
    for part in subterms(term):
        if part.head == "elementwise" and part.data == ("abs", 0, ()) and part.space().is_scalar:
            yield part
        if part.head == "and":
            comparisons = [arg for arg in part.args if arg.head in ("less", "less_equal")]
            for low, high in pairwise(comparisons):
                if low.args[1] == high.args[0] and _is_number(low.args[0], -1) and _is_number(high.args[1], 1):
                    yield Term("elementwise", (low.args[1],), ("abs", 0, ()))


def _is_number(term: Term, number: int) -> bool:
    if term.head == "negate":
        return _is_number(term.args[0], -number)
    return term.head == "number" and term.data[0] == number


def _is_rate(values: Values, inside: Term, key: Key, point: Mapping[Key, float]) -> bool:
    try:
        at_0, at_1, at_3 = values.value(inside, {**_arrays(point, 3), key: np.array([0.0, 1.0, 3.0])})
    except NotDrawn:
        return False
    slope = at_1 - at_0
    return bool(abs(abs(at_0) - 1) < 1e-9 and abs(slope) > 1e-9 and abs(at_3 - at_0 - 3 * slope) < 1e-9 * abs(slope))


def _arrays(point: Mapping[Key, float], count: int) -> dict[Key, Any]:
    return {key: np.full(count, value) for key, value in point.items()}


# bounds


def _windows(values: Values, keys: list[Key], point: Mapping[Key, float]) -> tuple[Axis, ...]:
    """Bounds in which the point and what changes near it can be seen."""
    axes = [_window(values, key, point, (), None) for key in keys]
    if len(axes) == 2:
        axes[0] = _window(values, keys[0], point, axes[1].points(7), keys[1])
        axes[1] = _window(values, keys[1], point, axes[0].points(7), keys[0])
    return tuple(axes)


def _window(values: Values, key: Key, point: Mapping[Key, float], aside: Iterable[float], other: Key | None) -> Axis:
    here = point[key]
    changes = _all_changes(values, key, point)
    sizes = [size for size in map(abs, changes) if size > 1e-6]
    scale = max(abs(here), min(sizes, default=0.0)) or 1.0
    near = sorted(changes, key=lambda change: abs(change - here))[:MOST_CHANGES]
    kept = [change for change in near if abs(change) <= FARTHEST * scale]
    for beside in aside:
        moved = {**point, other: beside} if other is not None else point
        kept += [change for change in _all_changes(values, key, moved) if abs(change) <= FARTHEST_ASIDE * scale]
    low, high = min((here, *kept)), max((here, *kept))
    if high - low < 0.2 * scale:
        low, high = low - scale, high + scale
    elif max(kept) - min(kept) < 0.2 * scale:  # one change: it stands in the middle
        low, high = min(low, 2 * kept[0] - high), max(high, 2 * kept[0] - low)
    span = high - low
    below, above = np.linspace(low - 0.3 * span, low, 20)[:-1], np.linspace(high, high + 0.3 * span, 20)[1:]
    pads = [0.06 if _outside(values, key, point, strip) else 0.3 for strip in (below, above)]
    return Axis(key, low - pads[0] * span, high + pads[1] * span)


def _all_changes(values: Values, key: Key, point: Mapping[Key, float]) -> list[float]:
    """Where something changes along a scalar, save where no hypotheses hold nearby."""
    changes = [change for edge in _edges(values) for change in _changes(values, edge, key, point)]
    nearby = [(change, np.array([-1, 1]) * 1e-4 * (abs(change) or 1) + change) for change in changes]
    return [change for change, strip in nearby if not _outside(values, key, point, strip)]


def _outside(values: Values, key: Key, point: Mapping[Key, float], strip: Array) -> bool:
    return bool((values.allowed({**_arrays(point, len(strip)), key: strip}) < 0).all())


def _edges(values: Values) -> Iterator[tuple[Term, Term]]:
    """Pairs of terms at whose equality something may change: the sides of comparisons, and kinks."""
    zero = Term("number", (), (ZERO,))
    for statement in (values.conclusion, *values.hypotheses):
        for part in subterms(statement):
            if part.head in COMPARISONS and part.args[0].space().is_scalar:
                yield part.args[0], part.args[1]
            elif part.head in ("maximum", "minimum"):
                yield from pairwise(part.args)
            elif part.head == "elementwise" and part.data[0] in ("abs", "relu") and part.space().is_scalar:
                yield part.args[0], zero


def _changes(values: Values, edge: tuple[Term, Term], key: Key, point: Mapping[Key, float]) -> Iterator[float]:
    """Where, along one scalar, the difference of two terms changes its sign."""
    places = np.unique(np.append(SCANNED, point[key]))
    try:
        signs = _signs(values, edge, key, point, places)
        for k in np.flatnonzero(signs[:-1] * signs[1:] < 0):
            low, high = places[k], places[k + 1]
            for _ in range(3):
                finer = np.linspace(low, high, 65)
                inside = _signs(values, edge, key, point, finer)
                crossings = np.flatnonzero(inside[:-1] * inside[1:] <= 0)
                if not len(crossings):
                    break
                low, high = finer[crossings[0]], finer[crossings[0] + 1]
            yield float(low + high) / 2
        yield from (float(place) for place in places[1:-1][(signs[1:-1] == 0) & (signs[:-2] != signs[2:])])
    except NotDrawn:  # a part that has no value by itself, such as one under a binder
        return


def _signs(values: Values, edge: tuple[Term, Term], key: Key, point: Mapping[Key, float], places: Array) -> Array:
    at = {**_arrays(point, len(places)), key: places}
    difference: Array = np.sign(values.value(edge[0], at) - values.value(edge[1], at))
    return difference
