"""A counterexample as lines of Python that a person pastes: the values as arrays, and both sides in numpy.

Every vector and matrix is a two-dimensional array, every scalar a number. Derivatives are central differences.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from verifier.derivation import Counterexample
from verifier.kernel.linear import ONE
from verifier.kernel.sequents import Sequent
from verifier.kernel.shapes import Shape
from verifier.kernel.terms import Term, subterms
from verifier.kernel.unfolding import unfold
from verifier.reporting.numpy_terms import HELPERS, NotWritten, Writer, form_text

Lines = list[str]


def numpy_lines(sequent: Sequent, counterexample: Counterexample) -> Lines:
    """The lines; a side that cannot be written says so in a comment."""
    names = _Names(_taken(sequent))
    writer = Writer(names.of)
    body = list(_sides(sequent, writer))
    values = [*_numbers(counterexample, names), *_values(sequent, counterexample, names)]
    helpers = [line for name in HELPERS if name in writer.helpers for line in (*HELPERS[name], "")]
    return ["import numpy as np", "", *helpers, *values, *_functions(counterexample, names), "", *body]


class _Names:
    """Python names for symbols, each its own."""

    def __init__(self, taken: frozenset[str]) -> None:
        self._known: dict[tuple[str, int], str] = {}
        self._taken = set(taken)

    def of(self, name: str, primes: int = 0) -> str:
        """``hat(y)`` is ``y_hat``, ``lambda`` is ``lambda_``, f″ is ``f_2``."""
        key = (name, primes)
        if key not in self._known:
            text = _python_name(name) + (f"_{primes}" if primes else "")
            while text in self._taken or keyword.iskeyword(text):
                text += "_"
            self._taken.add(text)
            self._known[key] = text
        return self._known[key]

    def orders(self, name: str) -> list[int]:
        """The orders of the derivatives of a function that were asked for."""
        return sorted(order for known, order in self._known if known == name)


def _python_name(name: str) -> str:
    text = re.sub(r"^(\w+)\((.*)\)", r"\2_\1", name.replace("^()", ""))
    for sign, word in (("'", "_prime"), ("*", "_star"), ("+", "_plus")):
        text = text.replace(sign, word)
    text = re.sub(r"\W+", "_", text).strip("_") or "value"
    return text if not text[0].isdigit() else f"_{text}"


def _taken(sequent: Sequent) -> frozenset[str]:
    """Names that stand for indices and dimensions, and those that the lines use themselves."""
    bound = {str(d) for t in _statements(sequent) for p in subterms(t) for d in p.data if isinstance(d, str)}
    indices = {name for name, _ in sequent.indices} | set(map(str, sequent.dimension_names))
    symbols = {
        p.data[0] for t in _statements(sequent) for p in subterms(t) if p.head in ("symbol", "apply", "elementwise")
    }
    return frozenset(indices | (bound - symbols) | {"np", "left", "right", "claim", *HELPERS})


def _statements(sequent: Sequent) -> Iterator[Term]:
    yield sequent.conclusion
    yield from (definition.body for definition in sequent.definitions)


# values


def _numbers(counterexample: Counterexample, names: _Names) -> Iterator[str]:
    for name, value in (*counterexample.dimensions.items(), *counterexample.indices.items()):
        yield f"{form_text(((name, 1),))} = {value}"


def _values(sequent: Sequent, counterexample: Counterexample, names: _Names) -> Iterator[str]:
    shapes = {
        p.data[0]: p.data[1]
        for t in (*_statements(sequent), *sequent.hypotheses)
        for p in subterms(t)
        if p.head == "symbol"
    }
    families: dict[str, list[str]] = {}
    for key, value in counterexample.values.items():
        name, bracket, index = key.partition("[")
        text = _array(value, shapes.get(name))
        if bracket:
            families.setdefault(name, []).append(f"({index.rstrip(']')},): {text}")
        else:
            yield f"{names.of(name)} = {text}"
    for name, members in families.items():
        yield f"{names.of(name)} = {{{', '.join(members)}}}"


def _array(value: Any, shape: Shape | None) -> str:
    if not isinstance(value, (list, tuple)):
        return _number(value)
    if all(isinstance(row, (list, tuple)) for row in value):
        return f"np.array([{', '.join(f'[{_row(row)}]' for row in value)}], float)"
    if shape is not None and shape.rows == ONE:
        return f"np.array([[{_row(value)}]], float)"
    return f"np.array([{', '.join(f'[{_number(entry)}]' for entry in value)}], float)"


def _row(entries: Any) -> str:
    return ", ".join(map(_number, entries))


def _number(text: Any) -> str:
    return str(text).partition(" ")[0]


def _functions(counterexample: Counterexample, names: _Names) -> Iterator[str]:
    """Undeclared functions: polynomials in the entries of what they are applied to; primes are their derivatives."""
    for key, law in counterexample.functions.items():
        name, bracket, _ = key.partition("[")
        if bracket:
            yield f"# {key} is {law}, which is not written here"
        elif re.search(r"x\d", law):
            text = re.sub(r"x(\d+)", lambda found: f"x[{int(found[1]) - 1}]", law).replace("^", "**")
            arguments = "np.concatenate([np.ravel(value) for value in values])"
            yield f"{names.of(name)} = lambda *values: (lambda x: {text})({arguments})"
        else:
            for order in names.orders(name):
                yield f"{names.of(name, order)} = lambda x: {_derived(law, order)}"


def _derived(law: str, order: int) -> str:
    """A derivative of a polynomial in x, as text; a constant keeps the shape of what it is applied to."""
    terms: list[str] = []
    for part in re.sub(r"\s*-\s*", " + -", law).split(" + "):
        factors = [factor for factor in part.strip().removeprefix("-").split("*") if factor]
        power = sum(int(factor.partition("^")[2] or 1) for factor in factors if factor.startswith("x"))
        coefficient = Fraction(-1 if part.strip().startswith("-") else 1) if factors else Fraction(0)
        for factor in factors:
            coefficient *= 1 if factor.startswith("x") else Fraction(factor)
        for k in range(order):
            coefficient *= power - k
        if coefficient:
            terms.append(f"{coefficient} * x**{power - order}")
    return " + ".join(terms).replace("+ -", "- ") if terms else "0 * x"


# sides

RELATIONS = ("equal", "not_equal", "less", "less_equal", "greater", "greater_equal")


def _sides(sequent: Sequent, writer: Writer) -> Iterator[str]:
    conclusion = sequent.conclusion
    if conclusion.head in RELATIONS:
        for name, side in zip(("left", "right"), conclusion.args, strict=True):
            yield from _assigned(name, side, sequent, writer)
        yield "print(left, right)"
    else:
        yield from _assigned("claim", conclusion, sequent, writer)
        yield "print(claim)"


def _assigned(name: str, term: Term, sequent: Sequent, writer: Writer) -> Iterator[str]:
    try:
        yield f"{name} = {writer.write(unfold(term, sequent.definitions))}"
    except NotWritten as error:
        yield f"{name} = None  # not written in numpy: {error}"
