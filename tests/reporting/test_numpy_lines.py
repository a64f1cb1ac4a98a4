"""Counterexamples in numpy: the lines run, and give the sides that the report shows."""

import contextlib
import io
import math
import re
from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np
import pytest

from verifier.derivation import Counterexample, Judgement, Role
from verifier.identity import identities
from verifier.instantiation import instantiate
from verifier.kernel import linear
from verifier.kernel.sequents import Sequent
from verifier.kernel.terms import Term, subterms
from verifier.reporting.checking import check
from verifier.reporting.explain import pasteable
from verifier.reporting.library import library_modules
from verifier.reporting.numpy_lines import numpy_lines
from verifier.reporting.report import Report

SMALL = 1e-3
HOLDS = {
    "equal": lambda left, right: np.allclose(left, right, rtol=SMALL, atol=SMALL),
    "not_equal": lambda left, right: left != right,
    "less": lambda left, right: left < right + SMALL,
    "less_equal": lambda left, right: left <= right + SMALL,
    "greater": lambda left, right: left > right - SMALL,
    "greater_equal": lambda left, right: left >= right - SMALL,
}


NOT_WRITTEN = {"expectation", "variance", "covariance", "optimum", "optimal"}


def parts_of(sequent: Sequent) -> list[Term]:
    """All subterms, those of definitions too."""
    bodies = (definition.body for definition in sequent.definitions)
    return [part for term in (sequent.conclusion, *sequent.hypotheses, *bodies) for part in subterms(term)]


LIBRARY = [
    pytest.param(sequent, id=f"{name}-{number}")
    for module in library_modules()
    for name, identity in identities(module).items()
    for number, sequent in enumerate(identity.steps())
]
SEQUENTS = [one for one in LIBRARY if NOT_WRITTEN.isdisjoint(part.head for part in parts_of(one.values[0]))]
OTHERS = [one for one in LIBRARY if not NOT_WRITTEN.isdisjoint(p.head for p in subterms(one.values[0].conclusion))]


def run(lines: str) -> dict[str, Any]:
    names: dict[str, Any] = {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(lines, names)  # noqa: S102
    return names


def model(sequent: Sequent, random: Random) -> Counterexample:
    """Any values of the symbols of a claim, as a counterexample would have them; symmetric where that is stated."""
    dimensions = {str(name): random.randint(2, 4) for name in sequent.dimension_names}
    values: dict[str, Any] = {}
    functions: dict[str, str] = {}
    stated = {h.args[0] for h in sequent.hypotheses if h.head == "property"}
    defined = {definition.name for definition in sequent.definitions}
    for part in parts_of(sequent):
        if part.head == "symbol" and part.data[0] not in defined:
            values[part.data[0]] = value_of(part, dimensions, part in stated, random)
        elif part.head == "elementwise" and part.data[0] in ("f", "g"):
            functions[part.data[0]] = "x^3 - 1/2*x + 2"
        elif part.head == "apply":
            functions[part.data[0]] = "x1^2*x2 + 3*x2 - 1"
    return Counterexample(dimensions, values, functions=functions, indices={name: 1 for name, _ in sequent.indices})


def value_of(symbol: Term, dimensions: dict[str, int], symmetric: bool, random: Random) -> Any:
    height, width = (linear.value(axis, dimensions) for axis in symbol.data[1].axes)
    rows = [[str(Fraction(random.randint(1, 9), 4)) for _ in range(width)] for _ in range(height)]
    if symmetric and height == width:
        rows = [[rows[min(r, c)][max(r, c)] for c in range(width)] for r in range(height)]
    if symbol.data[1].is_scalar:
        return rows[0][0]
    return [entry for row in rows for entry in row] if symbol.data[1].is_vector else rows


def is_root(part: Term) -> bool:
    return part.head == "elementwise" and part.data[0] in ("sqrt", "log")


SPECIAL = ("inverse", "pseudoinverse", "determinant", "rank")


def any_model(sequent: Sequent) -> Counterexample | None:
    """Values at which the hypotheses hold: any, where none but symmetry is stated; else those that refute s = t + 1."""
    free = all(h.data == ("symmetric",) for h in sequent.hypotheses)
    if free and not any(part.head in SPECIAL or is_root(part) for part in parts_of(sequent)):
        return model(sequent, Random(1))
    if sequent.conclusion.head not in HOLDS:
        return instantiate(replace(sequent, conclusion=Term("not", (sequent.conclusion,)))).counterexample
    left, right = sequent.conclusion.args
    more = Term("add", (right, Term("ones", (), (right.space(),))))
    return instantiate(replace(sequent, conclusion=Term("equal", (left, more)))).counterexample


@pytest.mark.parametrize("sequent", SEQUENTS)
def test_both_sides_of_an_identity_are_the_same_in_numpy(sequent: Sequent) -> None:
    """numpy is a third channel here: what is written is evaluated by neither of ours."""
    values = any_model(sequent)
    assert values is not None, "no values are found at which the hypotheses hold"
    names = run("\n".join(numpy_lines(sequent, values)))
    if sequent.conclusion.head not in HOLDS:
        assert names["claim"]
        return
    assert np.shape(names["left"]) == np.shape(names["right"])
    assert HOLDS[sequent.conclusion.head](names["left"], names["right"])


@pytest.mark.parametrize("sequent", OTHERS)
def test_what_is_not_written_in_numpy_is_named(sequent: Sequent) -> None:
    lines = numpy_lines(sequent, model(sequent, Random(1)))
    assert any(f"# not written in numpy: {head}" in line for line in lines for head in NOT_WRITTEN)


FUNCTIONS = {"√": math.sqrt, "log ": math.log}
PART = re.compile(r"([+-]?) ?(\d*\.?\d*(?:e[+-]\d+)?(?:/\d+)?)[* ]?(?:(√|log )(\d+))?")


def number(text: str) -> float:
    """A number as reports show it: a fraction, a sum of roots or of logarithms, a ball."""
    total, rest = 0.0, text.partition(" ±")[0]
    while rest:
        found = PART.match(rest)
        assert found is not None
        assert found[0]
        sign, size, function, argument = found.groups()
        value = float(Fraction(size or 1)) * (FUNCTIONS[function](int(argument)) if function else 1)
        total, rest = total + (-value if sign == "-" else value), rest[found.end() :].lstrip()
    return total


def test_numbers_as_reports_show_them() -> None:
    assert [number(t) for t in ("-3/4", "1.5e-3 ± 1e-9", "log 3", "0")] == [-0.75, 0.0015, math.log(3), 0]
    assert number("1/2-3/2*√5+√2") == pytest.approx(0.5 - 1.5 * math.sqrt(5) + math.sqrt(2))
    assert number("-1 + 2 log 2 - 1/2 log 3") == pytest.approx(-1 + 2 * math.log(2) - math.log(3) / 2)


def assert_shows_what_the_report_says(judgement: Judgement) -> None:
    shown = judgement.counterexample
    assert shown is not None, judgement.reason
    names = run(pasteable(judgement))
    if "claim" in names:
        assert names["claim"] is not None
        assert not names["claim"]
        return
    for name, side in (("left", shown.left), ("right", shown.right)):
        entries = np.array([number(entry) for entry in np.ravel(np.array(side, dtype=object))])
        assert np.allclose(np.ravel(names[name]), entries, atol=1e-4), name


def test_the_sides_are_those_of_the_report(homework: Report) -> None:
    refuted = [j for j in homework.judgements if j.counterexample is not None]
    assert len(refuted) >= 4
    for judgement in refuted:
        assert_shows_what_the_report_says(judgement)


REALS = "Let $a, b, c, x, y \\in \\mathbb{R}$."
RELU = "```given\nw, b, x, y \\in \\mathbb{R}\n\\phi(x) := \\operatorname{relu}(w x + b)\n"
RELU += "L := \\frac{1}{2} (\\phi(x) - y)^2\n```"
CHAIN = "```given\nx, y \\in \\mathbb{R}\nu := x^2 + y\nv := u^3\n```"
STEPS = r"Let $\eta \in \mathbb{R}$, $w_t \in \mathbb{R}$ and $w_{t+1} = (1 - \eta) w_t$ for all $t \ge 0$."
TWO = "Let $a_t, b_t \\in \\mathbb{R}$ and $a_{t+1} = b_t + 1$ and $b_{t+1} = a_{t+1} + b_t$ for all $t \\ge 0$."
SQUARE = r"Let $A, B \in \mathbb{R}^{n \times n}$ be symmetric and $v \in \mathbb{R}^n$."
DOCUMENTS = [
    ("a root", REALS + " Suppose $x^2 = 2$.", "x = x^3"),
    ("a root and a number", REALS + " Suppose $x^2 = 2$.", "x + a = x a"),
    ("sums of roots", REALS + " Suppose $x^2 = 2$ and $y^2 = 3$.", "(x + y)^2 = 5"),
    ("roots in a solution", REALS + " Suppose $x^2 = x + 1$.", "x^3 = x + 2"),
    ("a root in a root", REALS + r" Suppose $x^2 = 2$.", r"|x - 1| = \sqrt{2}"),
    ("a logarithm", REALS, r"\log(2 + a^2) = \log 3"),
    ("balls", REALS, r"\exp(a) + \sin(a) = 1 + 2 a"),
    ("a value that is a ball", REALS + r" Suppose $x = \exp(1)$.", "x y = y + 1"),
    ("by a defined name", RELU, r"\frac{\partial L}{\partial \phi} = \phi(x) + y"),
    (
        "by a defined name, in a product",
        RELU,
        r"\frac{\partial L}{\partial \phi} \frac{\partial \phi}{\partial w} = x + y",
    ),
    ("by a name, and again by another", CHAIN, r"\frac{\partial}{\partial x} \frac{\partial v}{\partial u} = 6 u"),
    ("by a name, twice", CHAIN, r"\frac{\partial^2 v}{\partial u^2} = 6 x^2"),
    ("by a name and what it is made of", CHAIN, r"\frac{\partial v}{\partial x} = \frac{\partial v}{\partial u}"),
    ("a recurrence", STEPS, "w_{t+1} = (1 + \\eta) w_t"),
    ("two steps", STEPS, "w_3 = (1 - \\eta)^3 w_1"),
    ("a recurrence and its start", STEPS + " Suppose $w_0 = 1$.", "w_2 = 1 - \\eta^2"),
    ("two recurrences", TWO, "b_2 = a_2 + b_0"),
    ("by a member", "Let $w_t \\in \\mathbb{R}$.", r"\frac{\partial}{\partial w_1} (w_1^2 w_2) = w_1 w_2"),
    ("not symmetric", SQUARE, r"(A B)^T = A B"),
    ("not positive definite", SQUARE, r"A^T A \succ 0"),
    ("Loewner", SQUARE + r" Suppose $A \succeq 0$.", r"2 A \preceq A"),
    ("a conjunction of signs", REALS, r"(a \pm b)^2 = a^2 \mp 2 a b + b^2"),
    ("a factorial", REALS, "3! = 5"),
    ("labels with brackets", "Let $a, a^{[2]} \\in \\mathbb{R}$.", "a^{[2]} a = a^2 + 1"),
    (
        "an unknown function",
        "```given\nf: \\mathbb{R}^n \\to \\mathbb{R}^n\nv \\in \\mathbb{R}^n\n```",
        "f(2 v) = 2 f(v)",
    ),
    (
        "an unknown function of a number",
        "```given\nf: \\mathbb{R} \\to \\mathbb{R}\nx \\in \\mathbb{R}\n```",
        "f'(x) = 2 f(x)",
    ),
    (
        "a defined function of entries",
        r"Let $f(u) = u^2$ for $u \in \mathbb{R}$. Let $v \in \mathbb{R}^n$.",
        r"f(v) = v",
    ),
    (
        "a spectral radius",
        "```given\nA \\in \\mathbb{R}^{n \\times n}\n\\rho is the spectral radius\n```",
        r"\rho(A) = \operatorname{tr} A",
    ),
]


@pytest.mark.parametrize(("given", "formula"), [d[1:] for d in DOCUMENTS], ids=[d[0] for d in DOCUMENTS])
def test_every_counterexample_runs_and_shows_what_the_report_says(given: str, formula: str) -> None:
    (judgement,) = [j for j in check(f"{given}\n\n$${formula}$$").counted if j.claim.role is Role.CLAIM]
    assert_shows_what_the_report_says(judgement)


MISTAKES = [
    r"$$\sum_{i=1}^n x_i^2 = \sum_{i=1}^n x_i$$",
    r"$$\|x\|_1 = \|x\|_\infty$$",
    r"$$2 \operatorname{tr}(A) = \det A$$",
    r"$$\exp(t) = 1 + t$$",
    r"$$\max(a, b) = a$$",
    r"$$\nabla_x (x^T A x) = A x$$",
    r"$$x^T x + 1 < 2$$",
    r"$$a > 0 \implies a > 1$$",
    r"$$[x_1, \dots, x_n]^T = 2 x$$",
    r"$$A_{1,:} x = x_1$$",
    r"$$x \odot c = x + c$$",
    r"$$\frac{\partial}{\partial x_1} (c^T x) = x_1$$",
]


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistakes_separate_the_sides_in_numpy_too(mistake: str, given: str) -> None:
    (judgement,) = check(given + mistake).counted
    assert judgement.counterexample is not None, judgement.reason
    names = run(pasteable(judgement))
    if "claim" in names:
        assert not names["claim"]
    elif judgement.claim.relation == "=":
        assert not np.allclose(names["left"], names["right"], atol=1e-4)
    else:
        assert not names["left"] < names["right"]


def test_names_that_python_does_not_have() -> None:
    text = (
        "```given\n\\lambda, \\hat{y}, n', \\theta_0 \\in \\mathbb{R}\n```\n\n$$\\lambda + \\hat{y} + \\theta_0 = 1$$"
    )
    (judgement,) = check(text).counted
    lines = pasteable(judgement)
    assert "lambda_ = " in lines
    assert "y_hat = " in lines
    assert run(lines)["left"] != 1
