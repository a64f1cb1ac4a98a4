"""Pictures of scenes with matplotlib, the one module that knows it. The same scene gives the same bytes.

Hatches and lines differ, so that a picture can be read in grey. No window is opened and no state of matplotlib kept.
"""

from __future__ import annotations

import io
import logging
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle
from textwrap import fill
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.mathtext import MathTextParser
from matplotlib.patches import Patch
from matplotlib.transforms import offset_copy

from verifier.reporting.plots_scene import OUTSIDE, Label, Line, Plane, Region, Scene
from verifier.reporting.readable import readable

SETTINGS = {
    "svg.hashsalt": "verifier",
    "svg.fonttype": "path",
    "mathtext.fontset": "cm",
    "font.size": 10,
    "hatch.linewidth": 0.7,
    "axes.unicode_minus": True,
}
METADATA: dict[str, dict[str, Any]] = {"svg": {"Date": None, "Creator": "verifier"}, "png": {"Software": "verifier"}}
DPI = 150
WIDTH, HEIGHT, SHORT_HEIGHT, LINE = 6.4, 4.6, 3.8, 0.24
SMALLEST, SMALL, TITLE = 7, 9, 13
CHARACTERS_AN_INCH = 14
LEAST = 1e-9
WIDE = 45
THINNEST = 0.006
STYLES: dict[str, dict[str, Any]] = {
    "outside": {"facecolor": "#d5d5d5", "edgecolor": "#d5d5d5", "hatch": ""},
    "undefined": {"facecolor": "#ffffff", "edgecolor": "#777777", "hatch": "..."},
    "first": {"facecolor": "#c6dcf0", "edgecolor": "#2166ac", "hatch": "////"},
    "second": {"facecolor": "none", "edgecolor": "#b35806", "hatch": "\\\\\\\\"},
    "differ": {"facecolor": "#d6393a", "edgecolor": "#7f0000", "hatch": ""},
}
BORDERS: dict[str, dict[str, Any]] = {
    "first": {"color": "#2166ac", "linestyle": "-"},
    "second": {"color": "#b35806", "linestyle": "--"},
    "equal": {"color": "#000000", "linestyle": "-"},
}
OPACITY = {"differ": 0.8}
CURVES: tuple[dict[str, Any], ...] = (
    {"color": "#2166ac", "linestyle": "-", "linewidth": 2.4},
    {"color": "#b35806", "linestyle": "--", "linewidth": 1.8},
    {"color": "#1b7837", "linestyle": "-.", "linewidth": 1.8},
    {"color": "#762a83", "linestyle": ":", "linewidth": 2.2},
    {"color": "#444444", "linestyle": (0, (5, 1, 1, 1, 1, 1)), "linewidth": 1.6},
)
CURVE_ROLES: dict[str, dict[str, Any]] = {
    "level": {"color": "#000000", "linestyle": (0, (1, 1.5)), "linewidth": 1.2},
    "extreme": {"color": "#bdbdbd", "linestyle": "-", "linewidth": 7.0},
}
POINT: dict[str, Any] = {
    "marker": "o",
    "markersize": 8,
    "color": "#000000",
    "markeredgecolor": "#ffffff",
    "markeredgewidth": 1.5,
}
BOX: dict[str, Any] = {"boxstyle": "round,pad=0.3", "facecolor": "#ffffff", "edgecolor": "#000000", "linewidth": 0.8}
GROWING = re.compile(r"\\left([(|\[])((?:(?!\\(?:left|right|frac|sum|prod|sqrt|begin)(?![A-Za-z])).)*)\\right([)|\]])")
FORMULAS = MathTextParser("path")
SPELLINGS = (
    ("\\iff", "\\Longleftrightarrow"),
    ("\\operatorname*", "\\operatorname"),
    ("\\lVert", "\\|"),
    ("\\rVert", "\\|"),
    ("\\frac", "\\dfrac"),
)


def drawn(scene: Scene, form: str) -> bytes:
    """The picture as the bytes of a file, ``svg`` or ``png``."""
    with _quietly(), mpl.rc_context({**mpl.rcParamsDefault, **SETTINGS}):
        figure = _figure(scene)
        output = io.BytesIO()
        figure.savefig(output, format=form, dpi=DPI, metadata=METADATA[form])
    return output.getvalue()


@contextmanager
def _quietly() -> Iterator[None]:
    """Without what matplotlib says of fonts and layouts."""
    logger = logging.getLogger("matplotlib")
    level = logger.level
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        logger.setLevel(logging.CRITICAL)
        try:
            yield
        finally:
            logger.setLevel(level)


def _figure(scene: Scene) -> Figure:
    both = scene.plane is not None and scene.line is not None
    size = (1.75 * WIDTH if both else WIDTH, HEIGHT if scene.plane is not None else SHORT_HEIGHT)
    figure = Figure(figsize=size, layout="constrained")
    FigureCanvasAgg(figure)
    places = iter(figure.add_gridspec(1, 2 if both else 1, wspace=0.04))
    if scene.plane is not None:
        _draw_plane(figure.add_subplot(next(places)), scene.plane, scene.point)
    if scene.line is not None:
        _draw_line(figure, next(places), scene.line, () if both else scene.point)
    rows = max(_rows(axes.get_legend()) for axes in figure.axes)
    figure.set_figheight(size[1] + LINE * (rows + len(scene.caption)))
    _fitted(figure.suptitle("", fontsize=TITLE), (scene.title,), TITLE)
    _fitted(figure.supxlabel("", fontsize=SMALL), scene.caption, SMALL)
    return figure


def _rows(legend: Any) -> int:
    return 0 if legend is None else -(-len(legend.legend_handles) // legend._ncols)


# text


def text_of(label: Label) -> str:
    """The label as matplotlib writes it: mathematics where it can be set, else plain text."""
    formula = label.latex
    for old, new in SPELLINGS:
        formula = re.sub(rf"{re.escape(old)}(?![A-Za-z])", re.escape(new), formula)
    while (plainer := GROWING.sub(r"\1\2\3", formula)) != formula:  # mathtext makes brackets about x smaller than x
        formula = plainer
    middle = f"${formula}$" if formula else ""
    if middle and not _can_be_set(middle):
        middle = _plain(readable(label.latex))
    return f"{_plain(label.before)}{middle}{_plain(label.after)}"


def _plain(text: str) -> str:
    return text.replace("$", r"\$")


def _can_be_set(formula: str) -> bool:
    try:
        FORMULAS.parse(formula)
    except (ValueError, RuntimeError, RecursionError):
        return False
    return True


def _joined(labels: Sequence[Label]) -> str:
    return "".join(map(text_of, labels))


def _fitted(text: Any, lines: Sequence[Sequence[Label]], size: int) -> None:
    """Lines that fit into the width: in smaller letters, or else as plain text that is broken."""
    figure = text.figure
    width = 0.97 * figure.bbox.width
    shown = []
    for line in lines:
        text.set_text(_joined(line))
        text.set_fontsize(SMALLEST)
        fits = text.get_window_extent().width <= width
        plain = _plain(readable(" ".join(f"{label.before} {label.latex}{label.after}" for label in line)))
        shown.append(_joined(line) if fits else fill(plain, int(figure.get_figwidth() * CHARACTERS_AN_INCH)))
    text.set_text("\n".join(shown))
    while size > SMALLEST and (text.set_fontsize(size) or text.get_window_extent().width > width):
        size -= 1


# two scalars


def _draw_plane(axes: Any, plane: Plane, point: Sequence[Label]) -> None:
    handles: list[Any] = []
    for region in plane.regions:
        _fill(axes, plane, region)
        handles.append(Patch(**STYLES[region.role], alpha=OPACITY.get(region.role, 1.0), label=text_of(region.label)))
    for border in plane.borders:
        margin, style = np.ma.masked_invalid(border.margin), BORDERS[border.role]
        crosses = bool(margin.min() < 0 < margin.max())
        if crosses:
            colors, dashes = style["color"], style["linestyle"]
            axes.contour(*plane.places, margin, [0.0], zorder=6, linewidths=1.6, colors=colors, linestyles=dashes)
        if crosses and border.role == "equal":
            handles.append(Line2D([], [], linewidth=1.6, **style, label=text_of(border.label)))
    if plane.point is not None:
        axes.plot(*plane.point, **POINT, linestyle="", zorder=9)
        _say(axes, plane.point, ", ".join(map(text_of, point)))
        handles.append(Line2D([], [], **POINT, linestyle="", label="the counterexample"))
    axes.set(xlim=_ends(plane.places[0]), ylim=_ends(plane.places[1]))
    axes.set_xlabel(text_of(plane.names[0]), fontsize=TITLE)
    axes.set_ylabel(text_of(plane.names[1]), fontsize=TITLE, rotation=0, labelpad=12)
    axes.set_title(_joined(plane.remark), fontsize=SMALL)
    _legend(axes, handles)


def _ends(places: Any) -> tuple[float, float]:
    return float(places[0]), float(places[-1])


def _fill(axes: Any, plane: Plane, region: Region) -> None:
    """The region in its style. What is outside hides the lines that go on there."""
    margin = np.ma.masked_invalid(region.margin)
    if margin.max() <= LEAST:
        return
    style = STYLES[region.role]
    depth = 8 if region.role == "outside" else 1 + list(STYLES).index(region.role)
    levels, hatches, opacity = [LEAST, 2.0], [style["hatch"]], OPACITY.get(region.role)
    colors = style["facecolor"] if style["facecolor"] == "none" else [style["facecolor"]]
    filled = axes.contourf(*plane.places, margin, levels, colors=colors, alpha=opacity, hatches=hatches, zorder=depth)
    filled.set(edgecolor=style["edgecolor"], linewidth=0.0)


def _say(axes: Any, place: tuple[float, float], text: str) -> None:
    """A text in a box beside a point, towards the middle of the axes."""
    middle = [sum(axes.dataLim.intervalx) / 2, sum(axes.dataLim.intervaly) / 2]
    right, up = place[0] <= middle[0], place[1] <= middle[1]
    axes.annotate(
        text,
        place,
        xytext=(14 if right else -14, 14 if up else -14),
        textcoords="offset points",
        ha="left" if right else "right",
        va="bottom" if up else "top",
        bbox=BOX,
        zorder=10,
    )


def _legend(axes: Any, handles: Sequence[Any]) -> None:
    """Below the axes and the name of the scalar."""
    below = offset_copy(axes.transAxes, fig=axes.figure, y=-36, units="points")
    columns = 1 if any(len(handle.get_label()) > WIDE for handle in handles) else 2
    corner = {"loc": "upper center", "bbox_to_anchor": (0.5, 0), "bbox_transform": below}
    look = {"frameon": False, "fontsize": 10, "handlelength": 2.6, "handleheight": 1.3}
    axes.legend(handles=handles, ncols=columns, **look, **corner)


# one scalar


def _draw_line(figure: Figure, place: Any, line: Line, point: Sequence[Label]) -> None:
    """Curves above strips; the strips are named unless the regions beside them are, which look the same."""
    grid = place.subgridspec(2, 1, height_ratios=[3.4, 0.42 * len(line.strips)], hspace=0.03)
    upper = figure.add_subplot(grid[0])
    lower = figure.add_subplot(grid[1], sharex=upper)
    handles: list[Any] = list(_draw_curves(upper, line))
    strips = list(_draw_strips(lower, line))
    if point or len(figure.axes) == 2:
        handles += strips
    for axes in (upper, lower):
        for start, end in _runs(line.places, line.outside > 0):
            axes.axvspan(start, end, facecolor=STYLES["outside"]["facecolor"], linewidth=0, zorder=0)
        if line.point is not None:
            axes.axvline(line.point, color="#000000", linewidth=1.0, linestyle=(0, (4, 2)), zorder=3)
    if line.outside.any():
        handles.append(Patch(**STYLES["outside"], label=text_of(OUTSIDE)))
    if line.point is not None:
        handles.append(Line2D([], [], **POINT, linestyle="", label="the counterexample"))
        if point:
            low, high = upper.get_ylim()
            _say(upper, (line.point, low + 0.02 * (high - low)), ", ".join(map(text_of, point)))
    upper.set_title(_joined(line.remark), fontsize=SMALL)
    upper.tick_params(labelbottom=False)
    upper.grid(visible=True, color="#e5e5e5", linewidth=0.6)
    lower.set_xlim(_ends(line.places))
    lower.set_xlabel(text_of(line.name), fontsize=TITLE)
    _legend(lower, handles)


def _draw_curves(axes: Any, line: Line) -> Iterator[Line2D]:
    styles = cycle(CURVES)
    for depth, curve in enumerate(line.curves, 4):
        style = CURVE_ROLES.get(curve.role) or next(styles)
        (drawn_line,) = axes.plot(line.places, curve.heights, **style, zorder=depth, label=text_of(curve.label))
        if curve.label != Label(""):
            yield drawn_line
        if line.point is not None and not curve.role:
            axes.plot(line.point, curve.heights[np.searchsorted(line.places, line.point)], **POINT, zorder=20)
    axes.set_ylim(*_heights(line))


def _heights(line: Line) -> tuple[float, float]:
    """Bounds for the curves: all of them, save where they go off to infinity."""
    found = [curve.heights[np.isfinite(curve.heights)] for curve in line.curves]
    found = [heights for heights in found if heights.size]
    if not found:
        return -1.0, 1.0
    spans = [np.quantile(heights, (0.04, 0.96)) for heights in found]
    low, high = min(span[0] for span in spans), max(span[1] for span in spans)
    margin = 0.15 * (high - low) or 1.0
    low, high = low - margin, high + margin
    ends = min(float(heights.min()) for heights in found), max(float(heights.max()) for heights in found)
    return max(low, ends[0] - margin), min(high, ends[1] + margin)


def _draw_strips(axes: Any, line: Line) -> Iterator[Patch]:
    """Bars where each part holds, the first at the top."""
    for row, strip in enumerate(line.strips):
        style = {**STYLES[strip.role], "alpha": OPACITY.get(strip.role, 1.0)}
        runs = list(_runs(line.places, strip.margin > 0))
        least = THINNEST * float(np.ptp(line.places))
        bars = [((start + end - max(end - start, least)) / 2, max(end - start, least)) for start, end in runs]
        axes.broken_barh(bars, (-row - 0.84, 0.68), **style, linewidth=0.8, zorder=2)
        yield Patch(**style, label=text_of(strip.label))
    axes.set(ylim=(-len(line.strips), 0), yticks=[])


def _runs(places: Any, holds: Any) -> Iterator[tuple[float, float]]:
    """The stretches of an axis in which something holds."""
    padded = np.concatenate([[False], holds, [False]])
    starts, ends = np.flatnonzero(padded[1:] & ~padded[:-1]), np.flatnonzero(~padded[1:] & padded[:-1])
    for start, end in zip(starts, ends, strict=True):
        yield float(places[start]), float(places[end - 1])
