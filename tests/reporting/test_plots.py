"""Pictures: what is drawn over which numbers, where it lies, and that the same claim gives the same bytes."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import matplotlib as mpl
import numpy as np
import pytest

from verifier.derivation import Judgement, Verdict
from verifier.reporting.checking import check
from verifier.reporting.plots_choosing import Subject, subject_of
from verifier.reporting.plots_drawing import drawn, text_of
from verifier.reporting.plots_scene import Label, Scene, chained, scene_of
from verifier.reporting.plots_values import NotDrawn, Values, number

GIVEN = r"""```given
a, b, c, d, x, y, \eta, \sigma, \beta, \mu, L \in \mathbb{R}
v \in \mathbb{R}^n
f : \mathbb{R} \to \mathbb{R}
\sigma > 0; \mu > 0; L > \mu
0 < \beta < 1
```

"""
TWICE = r"-1 < 1 - 2 \eta \sigma^2 < 1 \iff 0 < \eta < \frac{1}{2 \sigma^2}"
RIGHT = r"|1 - 2 \eta \sigma^2| < 1 \iff 0 < \eta < \frac{1}{\sigma^2}"
SLOWEST = r"\max(|1 - \eta \mu|, |1 - \eta L|) < 1 \iff 0 < \eta < \frac{2}{\mu}"
MOMENTUM = r"\beta^2 (2 \eta \sigma^2 - 1)^2 - 8 \eta (1 - \beta) \beta \sigma^2 < 0"
HINGE = r"\begin{cases} x & x > 0 \\ 0 & \text{otherwise} \end{cases} \leq \frac{x}{2}"

DRAWN = [
    (TWICE, ["eta", "sigma"], "eta", 1),
    (RIGHT, ["eta", "sigma"], "eta", 1),
    (SLOWEST, ["eta", "mu"], "eta", 2),
    (MOMENTUM, ["eta", "beta"], "", 0),
    (HINGE, [], "x", 0),
    (r"\sqrt{x^2} = x", [], "x", 0),
    ("(a + b)^2 = a^2 + b^2", [], "a", 0),
    ("a^2 + b^2 \\geq 2 a b", ["a", "b"], "", 0),
    ("|1 - a| < 1 \\iff 0 < a < 2", [], "a", 1),
    ("a < b \\Rightarrow a c < b c", ["a", "b"], "", 0),
]


def judged(claim: str) -> Judgement:
    (found,) = (j for j in check(f"{GIVEN}${claim}$").judgements if not j.claim.whole_chain)
    return found


def values_of(judgement: Judgement) -> Values:
    assert judgement.claim.sequent is not None
    return Values(judgement.claim.sequent, judgement.counterexample)


def subject(claim: str) -> Subject:
    return subject_of(values_of(judged(claim)))


def scene(claim: str) -> Scene:
    return scene_of(judged(claim), "a.md")


@pytest.mark.parametrize(("claim", "regions", "curves", "rates"), DRAWN)
def test_what_is_drawn_over_which_numbers(claim: str, regions: list[str], curves: str, rates: int) -> None:
    found = subject(claim)
    assert [axis.key[0] for axis in found.regions or ()] == regions
    assert (found.curves.key[0] if found.curves else "") == curves
    assert len(found.rates) == rates


@pytest.mark.parametrize("claim", [claim for claim, *_ in DRAWN])
def test_the_picture_shows_the_point_and_what_is_said_of_it(claim: str) -> None:
    judgement = judged(claim)
    values = values_of(judgement)
    found = subject_of(values)
    at = {key: np.array([value]) for key, value in found.point.items()}
    assert values.truth(values.conclusion, at)[0] == (judgement.verdict is Verdict.PROVED)
    assert values.allowed(at)[0] > 0
    for axis in (*(found.regions or ()), *([found.curves] if found.curves else ())):
        assert axis.low < found.point[axis.key] < axis.high


@pytest.mark.parametrize("claim", [claim for claim, *_ in DRAWN])
def test_sides_differ_somewhere_just_if_the_claim_is_refuted(claim: str) -> None:
    judgement, picture = judged(claim), scene(claim)
    regions = [*(picture.plane.regions if picture.plane else ()), *(picture.line.strips if picture.line else ())]
    differ = any((region.margin > 1e-6).any() for region in regions if region.role == "differ")
    assert differ == (judgement.verdict is Verdict.REFUTED)
    assert (picture.point != ()) == (judgement.verdict is Verdict.REFUTED)


def test_bounds_hold_the_boundaries() -> None:
    found = subject(TWICE)
    assert found.regions is not None
    eta, sigma = found.regions
    assert eta.low < 0 < 1 < eta.high < 4  # both bounds of η at σ = 1: 1/2 and 1
    assert -0.5 < sigma.low < 0 < 1.4 < sigma.high < 6  # little of what the hypotheses exclude


def test_regions_are_where_the_sides_hold() -> None:
    plane = scene(TWICE).plane
    assert plane is not None
    eta, sigma = np.meshgrid(*plane.places)
    clear = (np.abs(eta) > 0.01) & (np.abs(eta * sigma**2 - 0.5) > 0.01) & (np.abs(eta * sigma**2 - 1) > 0.01)
    clear &= np.abs(sigma) > 0.01
    said = {region.role: (region.margin > 0)[clear] for region in plane.regions}
    first, second = (eta > 0) & (eta * sigma**2 < 1), (eta > 0) & (eta * sigma**2 < 0.5)
    expected = {"first": first, "second": second, "differ": first ^ second}
    for role, holds in expected.items():
        assert (said[role] == (holds & (sigma > 0))[clear]).all(), role
    assert (said["outside"] == (sigma < 0)[clear]).all()


def test_a_discriminant_has_three_regimes() -> None:
    plane = scene(MOMENTUM).plane
    assert plane is not None
    labels = [text_of(region.label) for region in (*plane.regions, *plane.borders)]
    for sign, verdict in ((" < 0", "holds"), (" > 0", "fails"), (" = 0", "fails")):
        assert any(sign in label and f"(it {verdict})" in label for label in labels)


def test_rates_are_drawn_with_their_maximum_and_1() -> None:
    line = scene(SLOWEST).line
    assert line is not None
    assert [curve.role for curve in line.curves] == ["extreme", "", "", "level"]
    rates = np.array([curve.heights for curve in line.curves if not curve.role])
    assert np.allclose(line.curves[0].heights, rates.max(axis=0))
    assert (line.curves[-1].heights == 1).all()


def test_other_numbers_are_fixed_and_named() -> None:
    found = scene(SLOWEST)
    assert found.plane is not None
    assert found.line is not None
    assert "".join(map(text_of, found.plane.remark)) == "drawn at $L = 2$, the counterexample's"
    assert "".join(map(text_of, found.line.remark)) == r"drawn at $\mu = 1$, $L = 2$, the counterexample's"
    proved = scene("(a + b)^2 = a^2 + 2 a b + b^2")
    assert proved.line is not None
    assert "".join(map(text_of, proved.line.remark)) == "drawn at $b = 1$, an example"


def test_a_hypothesis_that_says_what_a_number_is_is_put_in() -> None:
    (found,) = (j for j in check(f"{GIVEN}Let $b = 2 a$.\n\n$$b^2 \\geq 3 a$$").judgements if j.verdict != "given")
    regions = scene_of(found, "a.md")
    assert regions.plane is None
    assert regions.line is not None
    assert text_of(regions.line.name) == "$a$"


NOT_DRAWN = [
    ("v^T v \\geq v^T v + 1", "no number in it varies"),
    ("f(a) < f(b)", "nothing says what the function f is"),
    ("v = 2 v", "a picture shows comparisons"),
    ("1 < 2", "no number in it varies"),
]


@pytest.mark.parametrize(("claim", "why"), NOT_DRAWN)
def test_what_cannot_be_drawn_says_why(claim: str, why: str) -> None:
    with pytest.raises(NotDrawn, match=why):
        scene(claim)


def test_an_equation_that_ties_what_is_drawn_is_no_region() -> None:
    (found,) = (j for j in check(f"{GIVEN}Let $a b = 1$.\n\n$$a + b \\geq 2$$").judgements if j.verdict != "given")
    with pytest.raises(NotDrawn, match="leaves a curve"):
        scene_of(found, "a.md")


def test_undefined_points_are_masked() -> None:
    values = values_of(judged(r"\log(a) < a"))
    places = {values.scalars[0]: np.array([-1.0, 0.0, 1.0])}
    assert np.isnan(values.margin(values.conclusion, places)).tolist() == [True, True, False]
    assert np.isnan(values.truth(values.conclusion, places)).tolist() == [True, True, False]


@pytest.mark.parametrize(
    ("claim", "at", "holds"),
    [
        ("a < b", (1, 1), False),
        ("a \\leq b", (1, 1), True),
        ("a \\neq b", (1, 1), False),
        ("a \\neq b", (1, 2), True),
        ("a > b", (1, 1), False),
        ("a < 1 \\Rightarrow \\frac{1}{b} > 0", (2, 0), True),  # undefined where nothing is said of it
        ("a > 1 \\iff b > 1", (2, 0), False),
        ("a > 1 \\iff b > 1", (0, 0), True),
    ],
)
def test_margins_have_the_sign_of_the_truth(claim: str, at: tuple[float, float], holds: bool) -> None:
    values = values_of(judged(claim))
    places = {(name, ()): np.array([float(value)]) for name, value in zip("ab", at, strict=True)}
    assert (values.margin(values.conclusion, places)[0] > 0) == holds
    assert values.truth(values.conclusion, places)[0] == holds


@pytest.mark.parametrize(
    ("text", "value"),
    [("3/4", 0.75), ("-2", -2.0), ("0.5 ± 1e-20", 0.5), ("-√2", -(2**0.5)), ("1+1/2*√3", 1 + 3**0.5 / 2)],
)
def test_numbers_of_counterexamples(text: str, value: float) -> None:
    assert number(text) == pytest.approx(value)


# words


def test_comparisons_are_written_as_chains() -> None:
    sequent = judged(TWICE).claim.sequent
    assert sequent is not None
    expected = r"-1 < 1 - 2 \eta \sigma^{2} < 1 \;\Longleftrightarrow\; 0 < \eta < \frac{1}{2 \sigma^{2}}"
    assert chained(sequent.conclusion) == expected


@pytest.mark.parametrize(
    ("label", "text"),
    [
        (Label(r"\frac{a}{2}", "left: "), r"left: $\dfrac{a}{2}$"),
        (Label(r"\left(a\right)^{2}"), "$(a)^{2}$"),
        (Label(r"\begin{cases} a & b > 0 \\ 0 & \text{otherwise} \end{cases}"), "{ a, b > 0; 0, otherwise }"),
        (Label("", "5 $"), r"5 \$"),
        (Label(r"\unheard{a}", after=" (it holds)"), "\\unheard{a} (it holds)"),
    ],
)
def test_what_mathtext_cannot_set_is_plain(label: Label, text: str) -> None:
    assert text_of(label) == text


# files


@pytest.mark.parametrize("claim", [TWICE, SLOWEST, MOMENTUM, HINGE, "a < b \\Rightarrow a c < b c"])
def test_svg_is_whole_and_the_same_each_time(claim: str) -> None:
    picture = scene(claim)
    content = drawn(picture, "svg")
    assert content == drawn(scene(claim), "svg")
    assert ElementTree.fromstring(content).tag.endswith("svg")  # noqa: S314
    assert b"dc:date" not in content


def test_png_and_what_matplotlib_is_told() -> None:
    before: dict[str, Any] = dict(mpl.rcParams)
    picture = scene(HINGE)
    content = drawn(picture, "png")
    assert content.startswith(b"\x89PNG\r\n")
    with mpl.rc_context({"font.size": 30, "axes.facecolor": "black"}):  # what a person has set changes nothing
        assert drawn(picture, "png") == content
    assert dict(mpl.rcParams) == before


def test_long_claims_fit() -> None:
    claim = " + ".join(f"(a + {k})^{{{k}}} (b - {k})" for k in range(1, 12)) + " < 0"
    assert drawn(scene(claim), "svg")
