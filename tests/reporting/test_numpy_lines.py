"""Counterexamples in numpy: the lines run, and give the sides that the report shows."""

import contextlib
import io
from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np
import pytest

from verifier.derivation import Counterexample
from verifier.identity import identities
from verifier.instantiation import instantiate
from verifier.kernel import linear
from verifier.kernel.sequents import Sequent
from verifier.kernel.terms import Term, name_of, subterms
from verifier.kernel.unfolding import DERIVATIVES
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


def is_written(sequent: Sequent) -> bool:
    """Whether the sides are numbers or matrices, and members of families are not tied by recurrences.

    A derivative by a defined name has no lines yet.
    """
    tied = any(part.head == "for_all" for hypothesis in sequent.hypotheses for part in subterms(hypothesis))
    defined = {definition.name for definition in sequent.definitions}
    by_defined = any(
        part.head in DERIVATIVES and name_of(part.args[1]) in defined for part in subterms(sequent.conclusion)
    )
    return sequent.conclusion.head in HOLDS and not tied and not by_defined


SEQUENTS = [
    pytest.param(sequent, id=f"{name}-{number}")
    for module in library_modules()
    for name, identity in identities(module).items()
    for number, sequent in enumerate(identity.steps())
    if is_written(sequent)
]


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
    if symmetric:
        rows = [[rows[min(r, c)][max(r, c)] for c in range(width)] for r in range(height)]
    if symbol.data[1].is_scalar:
        return rows[0][0]
    return [entry for row in rows for entry in row] if symbol.data[1].is_vector else rows


def parts_of(sequent: Sequent) -> list[Term]:
    """All subterms, those of definitions too."""
    bodies = (definition.body for definition in sequent.definitions)
    return [part for term in (sequent.conclusion, *sequent.hypotheses, *bodies) for part in subterms(term)]


def is_root(part: Term) -> bool:
    return part.head == "elementwise" and part.data[0] in ("sqrt", "log")


SPECIAL = ("inverse", "pseudoinverse", "determinant", "rank")


def any_model(sequent: Sequent) -> Counterexample | None:
    """Values at which the hypotheses hold: any, where none but symmetry is stated; else those that refute s = t + 1."""
    free = all(h.data == ("symmetric",) for h in sequent.hypotheses)
    if free and not any(part.head in SPECIAL or is_root(part) for part in parts_of(sequent)):
        return model(sequent, Random(1))
    left, right = sequent.conclusion.args
    more = Term("add", (right, Term("ones", (), (right.space(),))))
    return instantiate(replace(sequent, conclusion=Term("equal", (left, more)))).counterexample


@pytest.mark.parametrize("sequent", SEQUENTS)
def test_both_sides_of_an_identity_are_the_same_in_numpy(sequent: Sequent) -> None:
    """numpy is a third channel here: what is written is evaluated by neither of ours."""
    values = any_model(sequent)
    assert values is not None, "no values are found at which the hypotheses hold"
    names = run("\n".join(numpy_lines(sequent, values)))
    assert np.shape(names["left"]) == np.shape(names["right"])
    assert HOLDS[sequent.conclusion.head](names["left"], names["right"])


def test_the_sides_are_those_of_the_report(homework: Report) -> None:
    compared = 0
    for judgement in homework.judgements:
        shown = judgement.counterexample
        if shown is not None and shown.left is not None:
            names = run(pasteable(judgement))
            for name, side in (("left", shown.left), ("right", shown.right)):
                entries = np.array([float(Fraction(entry)) for entry in np.ravel(np.array(side, dtype=object))])
                assert np.allclose(np.ravel(names[name]), entries, atol=1e-4)
            compared += 1
    assert compared >= 4


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
