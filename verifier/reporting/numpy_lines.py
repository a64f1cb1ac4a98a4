"""A counterexample as lines of Python that a person pastes: the values as arrays, and both sides in numpy.

Every vector and matrix is a two-dimensional array, every scalar a number. Derivatives are central differences.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Container, Iterator
from typing import Any

from verifier.derivation import Counterexample
from verifier.instantiation.signs import without_signs
from verifier.kernel.linear import ONE
from verifier.kernel.sequents import Sequent
from verifier.kernel.shapes import Shape
from verifier.kernel.terms import Term, subterms
from verifier.reporting.numpy_functions import function_lines
from verifier.reporting.numpy_members import PLACES, family, rules_of
from verifier.reporting.numpy_templates import HELPERS
from verifier.reporting.numpy_terms import NotWritten, Writer, form_text

Lines = list[str]


def numpy_lines(sequent: Sequent, counterexample: Counterexample) -> Lines:
    """The lines; a side that cannot be written says so in a comment."""
    names = _Names(_taken(sequent))
    writer = Writer(names.of, sequent.definitions)
    body = list(_sides(sequent, writer))
    families = list(_families(sequent, counterexample, writer))
    values = [*_numbers(counterexample), *_values(sequent, counterexample, names)]
    functions = function_lines(sequent, counterexample, names.of, names.orders)
    helpers = [line for name in HELPERS if name in writer.helpers for line in (*HELPERS[name], "")]
    return ["import numpy as np", "", *helpers, *values, *functions, *families, "", *body]


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
    statements = (*_statements(sequent), *sequent.hypotheses)
    bound = {str(d) for t in statements for p in subterms(t) for d in p.data if isinstance(d, str)}
    indices = {name for name, _ in sequent.indices} | set(map(str, sequent.dimension_names))
    symbols = {p.data[0] for t in statements for p in subterms(t) if p.head in ("symbol", "apply", "elementwise")}
    return frozenset(indices | (bound - symbols) | {"np", "left", "right", "claim", *HELPERS, *PLACES})


def _statements(sequent: Sequent) -> Iterator[Term]:
    yield sequent.conclusion
    yield from (definition.body for definition in sequent.definitions)


# values


def _numbers(counterexample: Counterexample) -> Iterator[str]:
    for name, value in (*counterexample.dimensions.items(), *counterexample.indices.items()):
        yield f"{form_text(((name, 1),))} = {value}"


def _values(sequent: Sequent, counterexample: Counterexample, names: _Names) -> Iterator[str]:
    shapes = _shapes(sequent)
    for key, value in counterexample.values.items():
        name, index = _member(key, shapes)
        if not index:
            yield f"{names.of(name)} = {_array(value, shapes.get(name))}"


def _shapes(sequent: Sequent) -> dict[str, Shape]:
    statements = (*_statements(sequent), *sequent.hypotheses)
    return {p.data[0]: p.data[1] for t in statements for p in subterms(t) if p.head == "symbol"}


def _member(key: str, known: Container[str]) -> tuple[str, str]:
    """The name and the indices of ``w[1,2]``; a name may itself have brackets."""
    name, bracket, index = key.rpartition("[")
    return (key, "") if key in known or not bracket else (name, index.rstrip("]"))


def _families(sequent: Sequent, counterexample: Counterexample, writer: Writer) -> Iterator[str]:
    """The members of families, after all that recurrences for them may mention."""
    shapes = _shapes(sequent)
    families: dict[str, list[str]] = {}
    for key, value in counterexample.values.items():
        name, index = _member(key, shapes)
        if index:
            families.setdefault(name, []).append(f"({index},): {_array(value, shapes.get(name))}")
    try:
        rules = rules_of(sequent, writer)
    except NotWritten as error:
        yield f"# a recurrence is not written in numpy: {error}"
        rules = {}
    for name in dict.fromkeys((*families, *rules)):
        if rules.get(name):
            writer.helpers.add("Members")
        yield f"{writer.naming(name)} = {family(families.get(name, []), rules.get(name, []))}"


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
    """A fraction, a sum of roots, or the middle of a ball."""
    return re.sub(r"√(\d+)", r"np.sqrt(\1)", str(text).partition(" ")[0])


# sides

RELATIONS = ("equal", "not_equal", "less", "less_equal", "greater", "greater_equal")


def _sides(sequent: Sequent, writer: Writer) -> Iterator[str]:
    conclusion = without_signs(sequent.conclusion)
    if conclusion.head in RELATIONS:
        for name, side in zip(("left", "right"), conclusion.args, strict=True):
            yield from _assigned(name, side, writer)
        yield "print(left, right)"
    else:
        yield from _assigned("claim", conclusion, writer)
        yield "print(claim)"


def _assigned(name: str, term: Term, writer: Writer) -> Iterator[str]:
    try:
        yield f"{name} = {writer.unfolded(term)}"
    except NotWritten as error:
        yield f"{name} = None  # not written in numpy: {error}"
