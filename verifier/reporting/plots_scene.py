"""A claim as something to be drawn: regions over two scalars, curves and strips over one, and the words beside them.

Nothing here knows how it is drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import PurePath
from typing import NamedTuple

import numpy as np

from verifier.derivation import Judgement
from verifier.kernel.linear import constant
from verifier.kernel.shapes import SCALAR
from verifier.kernel.terms import Term, negation, subterms
from verifier.notation import RELATION_LATEX, latex, name_latex
from verifier.reporting.plots_choosing import Axis, Subject, subject_of
from verifier.reporting.plots_values import COMPARISONS, ORDERS, Array, Key, NotDrawn, Values
from verifier.reporting.readable import readable
from verifier.reporting.typed import definition_latex

FINENESS, CURVE_FINENESS = 301, 2001
LONGEST_LABEL = 60
MOST_CURVES = 5
EXTREMES = ("maximum", "minimum")


class Label(NamedTuple):
    """A formula in LaTeX, with words before and after it."""

    latex: str
    before: str = ""
    after: str = ""


OUTSIDE = Label("", "outside of what is given")


class Region(NamedTuple):
    """Where a margin is positive. ``role``: first, second (the sides), differ, outside, undefined."""

    role: str
    label: Label
    margin: Array


class Curve(NamedTuple):
    """A number over one scalar. ``role``: level where it is the same everywhere, extreme for that of other curves."""

    label: Label
    heights: Array
    role: str = ""


@dataclass(frozen=True, slots=True)
class Plane:
    """Regions over two scalars. ``borders`` are drawn as the lines where a margin is 0."""

    names: tuple[Label, Label]
    places: tuple[Array, Array]
    regions: tuple[Region, ...]
    borders: tuple[Region, ...]
    remark: tuple[Label, ...]
    point: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Line:
    """Curves over one scalar, and below them the strips of it in which something holds."""

    name: Label
    places: Array
    curves: tuple[Curve, ...]
    strips: tuple[Region, ...]
    outside: Array
    remark: tuple[Label, ...]
    point: float | None


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture: the claim, what is said of it, and one panel or two."""

    title: tuple[Label, ...]
    caption: tuple[tuple[Label, ...], ...]
    plane: Plane | None
    line: Line | None
    point: tuple[Label, ...]


def scene_of(judgement: Judgement, path: str) -> Scene:
    """The picture of a claim that was judged. Raises NotDrawn."""
    sequent = judgement.claim.sequent
    if sequent is None:
        raise NotDrawn("it was not understood")
    values = Values(sequent, judgement.counterexample)
    subject = subject_of(values)
    plane, line = _plane(subject, judgement), _line(subject, judgement)
    drawn = [axis for axis in (*(subject.regions or ()), subject.curves) if axis is not None]
    axes = subject.regions or drawn
    point = tuple(_value_label(axis.key, subject.point[axis.key]) for axis in axes) if _has_point(judgement) else ()
    caption = tuple(filter(None, _caption(subject, judgement, path)))
    return Scene((Label(chained(sequent.conclusion)),), caption, plane, line, point)


def _has_point(judgement: Judgement) -> bool:
    return judgement.counterexample is not None


# words


def chained(term: Term) -> str:
    r"""The statement in LaTeX, with comparisons in chains: ``-1 < a < 1 \Longleftrightarrow b > 0``."""
    match term.head:
        case "iff" | "implies":
            arrow = "\\Longleftrightarrow" if term.head == "iff" else "\\Longrightarrow"
            return f" \\;{arrow}\\; ".join(_inside(arg) for arg in term.args)
        case "and":
            return " \\wedge ".join(_chains(list(term.args)))
    return latex(term)


def _inside(term: Term) -> str:
    return f"\\left({chained(term)}\\right)" if term.head in ("iff", "implies") else chained(term)


def _chains(parts: list[Term]) -> Iterator[str]:
    while parts:
        part = parts.pop(0)
        if part.head not in COMPARISONS:
            yield f"\\left({chained(part)}\\right)"
            continue
        text, direction = latex(part), ORDERS.get(part.head, 0)
        while direction and parts and _goes_on(part, parts[0], direction):
            part = parts.pop(0)
            text += f" {RELATION_LATEX[part.head]} {latex(part.args[1])}"
        yield text


def _goes_on(part: Term, following: Term, direction: int) -> bool:
    return ORDERS.get(following.head, 0) == direction and part.args[1] == following.args[0]


def _named(key: Key) -> Label:
    name, index = key
    return Label(latex(Term("symbol", (), (name, SCALAR, tuple(map(constant, index))))))


def _value_label(key: Key, value: float) -> Label:
    fraction = Fraction(value).limit_denominator(1000)
    exact = abs(float(fraction) - value) <= 1e-12 * max(1.0, abs(value))
    sign = "=" if exact else "\\approx"
    return Label(f"{_named(key).latex} {sign} {fraction if exact else f'{value:.4g}'}")


def _short(term: Term) -> str:
    text = chained(term)
    return text if len(readable(text)) <= LONGEST_LABEL else ""


def _caption(subject: Subject, judgement: Judgement, path: str) -> Iterator[tuple[Label, ...]]:
    sequent = subject.values.sequent
    where = f"{judgement.verdict}: {PurePath(path).name}, line {judgement.claim.place.line}"
    yield (Label("", where),)
    yield _listed("given ", [Label(chained(h)) for h in sequent.hypotheses if h.head != "property"])
    yield _listed("where ", [Label(definition_latex(d).replace(":=", "=")) for d in sequent.definitions])


def _remark(subject: Subject, judgement: Judgement, axes: Sequence[Axis]) -> tuple[Label, ...]:
    """What else has to have a value, and which was taken."""
    whose = "the counterexample's" if _has_point(judgement) else "an example"
    whole = {**subject.values.dimensions, **subject.values.indices}
    fixed = [Label(f"{name_latex(str(name))} = {number}") for name, number in whole.items()]
    fixed += [_value_label(key, value) for key, value in subject.fixed(axes).items()]
    return _listed("drawn at ", fixed, f", {whose}")


def _listed(word: str, labels: Sequence[Label], after: str = "") -> tuple[Label, ...]:
    """``given a > 0, b > 0``"""
    if not labels:
        return ()
    first = [label._replace(before=", " if place else word) for place, label in enumerate(labels)]
    return (*first[:-1], first[-1]._replace(after=after))


class Part(NamedTuple):
    """A statement whose region is drawn."""

    role: str
    label: Label
    statement: Term


def _parts(conclusion: Term) -> tuple[Part, ...]:
    """The sides of an equivalence and where they differ; of another claim, where it holds and where it fails."""
    denied = Term("not", (conclusion,))
    if conclusion.head in ("iff", "implies"):
        names = ("left side", "right side") if conclusion.head == "iff" else ("premise", "conclusion")
        sides = [
            Part(role, Label(_short(side), f"{name}: " if _short(side) else name), side)
            for role, name, side in zip(("first", "second"), names, conclusion.args, strict=True)
        ]
        return (*sides, Part("differ", Label("", "they differ" if conclusion.head == "iff" else "it fails"), denied))
    holds, fails = Label("", "the claim holds"), Label("", "the claim fails")
    if conclusion.head in COMPARISONS:
        holds, fails = (_compared(term) for term in (conclusion, negation(conclusion)))
    return Part("first", holds._replace(after=" (it holds)" if holds.latex else ""), conclusion), Part(
        "differ", fails._replace(after=" (it fails)" if fails.latex else ""), denied
    )


def _compared(comparison: Term) -> Label:
    """A comparison as a label; sides that are too long are called so."""
    if _short(comparison):
        return Label(_short(comparison))
    names = ["\\mathrm{left\\ side}", "\\mathrm{right\\ side}"]
    left, right = (
        latex(arg) if len(readable(latex(arg))) <= LONGEST_LABEL // 4 else name
        for arg, name in zip(comparison.args, names, strict=True)
    )
    return Label(f"{left} {RELATION_LATEX[comparison.head]} {right}")


def _strictly(comparison: Term, role: str) -> Label:
    """What is so in a region, or on the line between them, of a comparison: <, = or >."""
    below = ("less", "greater")
    first, differ = below if ORDERS.get(comparison.head) == 1 else below[::-1]
    head = {"first": first, "differ": differ}.get(role, "equal") if comparison.head in ORDERS else comparison.head
    if comparison.head == "not_equal" and role != "first":
        head = "equal"
    fails = role == "differ" or (role == "equal" and comparison.head in ("less", "greater", "not_equal"))
    return _compared(Term(head, comparison.args))._replace(after=" (it fails)" if fails else " (it holds)")


# two scalars


def _plane(subject: Subject, judgement: Judgement) -> Plane | None:
    if subject.regions is None:
        return None
    values, axes = subject.values, subject.regions
    places = (axes[0].points(FINENESS), axes[1].points(FINENESS))
    at = _filled(subject, dict(zip((axis.key for axis in axes), np.meshgrid(*places), strict=True)))
    outside = _squashed(-values.allowed(at))
    regions, borders = [], []
    for role, label, statement in _parts(values.conclusion):
        margin = _squashed(values.margin(statement, at))
        regions.append(Region(role, label, np.where(outside > 0, np.minimum(-outside, margin), margin)))
        if role != "differ" and values.conclusion.head in ("iff", "implies"):
            borders.append(Region(role, label, margin))
    if values.conclusion.head in (*ORDERS, "not_equal"):
        left, right = (values.value(arg, at) for arg in values.conclusion.args)
        borders.append(Region("equal", _strictly(values.conclusion, "equal"), _squashed(left - right)))
        regions = [region._replace(label=_strictly(values.conclusion, region.role)) for region in regions]
    undefined = (outside <= 0) & np.isnan(values.margin(values.conclusion, at))
    regions.append(Region("undefined", Label("", "not defined"), np.where(undefined, 1.0, -1.0)))
    regions.append(Region("outside", OUTSIDE, outside))
    kept = tuple(region for region in regions if region.role in ("first", "second") or _has_area(region))
    point = (subject.point[axes[0].key], subject.point[axes[1].key]) if _has_point(judgement) else None
    names = (_named(axes[0].key), _named(axes[1].key))
    return Plane(names, places, kept, tuple(borders), _remark(subject, judgement, axes), point)


def _has_area(region: Region) -> bool:
    """Whether it is more than single points of the grid, such as a line is."""
    inside = region.margin > 0
    return bool((inside[1:, 1:] & inside[:-1, 1:] & inside[1:, :-1] & inside[:-1, :-1]).any())


def _filled(subject: Subject, at: Mapping[Key, Array]) -> dict[Key, Array]:
    shape = np.broadcast_shapes(*(np.shape(values) for values in at.values()))
    rest = {key: np.full(shape, value) for key, value in subject.point.items() if key not in at}
    return {**rest, **at}


def _squashed(margin: Array) -> Array:
    """The margin within -1 and 1, with its sign, so that lines between grid points are drawn well near poles too."""
    sizes = np.abs(margin[np.isfinite(margin) & (margin != 0)])
    scale = float(np.median(sizes)) if sizes.size else 1.0
    bounded = np.clip(margin, -1e6 * scale, 1e6 * scale)
    squashed: Array = bounded / (np.abs(bounded) + scale)
    return squashed


# one scalar


def _line(subject: Subject, judgement: Judgement) -> Line | None:
    axis = subject.curves
    if axis is None:
        return None
    values = subject.values
    places = np.union1d(axis.points(CURVE_FINENESS), [subject.point[axis.key]])
    at = _filled(subject, {axis.key: places})
    outside = values.allowed(at) < 0
    strips = []
    for role, label, statement in _parts(values.conclusion):
        holds = np.where(outside, 0.0, values.truth(statement, at))
        if role != "differ" or (holds > 0).any():
            strips.append(Region(role, label, np.nan_to_num(holds)))
    curves = tuple(_curves(subject, axis, places))
    point = subject.point[axis.key] if _has_point(judgement) else None
    remark = _remark(subject, judgement, (axis,))
    return Line(_named(axis.key), places, curves, tuple(strips), outside.astype(float), remark, point)


def _curves(subject: Subject, axis: Axis, places: Array) -> Iterator[Curve]:
    """The rates with 1 marked; without rates, the sides of the comparisons."""
    values, at = subject.values, _filled(subject, {axis.key: places})
    if subject.rates:
        for extreme in dict.fromkeys(part for part in subterms(values.conclusion) if part.head in EXTREMES):
            if set(extreme.args) <= set(subject.rates):
                yield Curve(Label(latex(extreme)), values.value(extreme, at), "extreme")
        for rate in subject.rates[:MOST_CURVES]:
            yield Curve(Label(latex(rate)), values.value(rate, at))
        yield Curve(Label("1"), np.ones_like(places), "level")
        return
    for side in list(_sides(values.conclusion))[:MOST_CURVES]:
        heights = values.value(side, at)
        varies = any(part.head in ("symbol", "apply") for part in subterms(side))
        named = varies or side.head not in ("number", "negate")  # a number can be read off the axis
        label = Label(_short(side) or "\\mathrm{a\\ side}") if named else Label("")
        yield Curve(label, heights, "" if varies else "level")


def _sides(conclusion: Term) -> Iterator[Term]:
    """The sides of the comparisons; a bare symbol only where there is but one comparison."""
    comparisons = [part for part in subterms(conclusion) if part.head in COMPARISONS and part.args[0].space().is_scalar]
    outermost = comparisons[:1] if conclusion.head in COMPARISONS else comparisons
    sides = dict.fromkeys(side for part in outermost for side in part.args)
    if len(outermost) > 1 and any(side.head not in ("symbol", "number", "negate") for side in sides):
        sides = dict.fromkeys(side for side in sides if side.head != "symbol")
    yield from sides
