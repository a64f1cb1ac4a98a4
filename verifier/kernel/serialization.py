"""Terms and sequents as plain data (JSON), and back. What is read back is checked by the constructors."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from verifier.kernel.heads import HEADS, TermError
from verifier.kernel.linear import Linear, collect
from verifier.kernel.sequents import Definition, Sequent
from verifier.kernel.shapes import Shape
from verifier.kernel.terms import MAX_DEPTH, Term

Plain = Any
LARGEST = 1_000_000
NUMBER = re.compile(r"-?\d+(/\d+)?", re.ASCII)


def linear_to_data(form: Linear) -> Plain:
    """[[atom, coefficient], …]"""
    return [[atom, coefficient] for atom, coefficient in form]


def linear_from_data(data: Plain) -> Linear:
    """The form; TermError if the data is none."""
    try:
        items = [(atom, coefficient) for atom, coefficient in data]
    except (TypeError, ValueError) as error:
        raise TermError(f"{data!r} is no index form") from error
    if [atom for atom, coefficient in items if type(atom) is not str or type(coefficient) is not int]:
        raise TermError(f"{data!r} is no index form")
    return (items[0],) if len(items) == 1 and items[0][1] else collect(items)


def shape_to_data(shape: Shape) -> Plain:
    """[axis, …]"""
    return [linear_to_data(axis) for axis in shape.axes]


def shape_from_data(data: Plain) -> Shape:
    """The shape; TermError or ShapeError if the data is none."""
    if not isinstance(data, list):
        raise TermError(f"{data!r} is no shape")
    return Shape(tuple([linear_from_data(axis) for axis in data]))


def plain(data: Plain, size: list[int] | None = None) -> Plain:
    """A copy of plain data: dictionaries with text keys, lists, texts, integers, booleans, None, and nothing that only
    behaves like these. TermError if it is something else, or larger than LARGEST parts."""
    size = [LARGEST] if size is None else size
    size[0] -= 1
    if size[0] < 0:
        raise TermError(f"plain data has at most {LARGEST} parts")
    kind = type(data)
    if kind is str or kind is int or kind is bool or data is None:
        return data
    if kind is list:
        return [plain(item, size) for item in data]
    if kind is dict and not [key for key in data if type(key) is not str]:
        return {key: plain(item, size) for key, item in data.items()}
    raise TermError(f"{kind.__name__} is no plain data")


def _same(value: Plain) -> Plain:
    return value


TO_DATA: dict[str, Callable[[Any], Plain]] = {
    "shape": shape_to_data,
    "fraction": str,
    "linear": linear_to_data,
    "linears": lambda forms: [linear_to_data(form) for form in forms],
    "bound": lambda form: None if form is None else linear_to_data(form),
    "names": list,
    "counts": list,
}
FROM_DATA: dict[str, Callable[[Plain], Any]] = {
    "shape": shape_from_data,
    "fraction": lambda text: fraction(text),
    "linear": linear_from_data,
    "linears": lambda forms: tuple(linear_from_data(form) for form in _list(forms)),
    "bound": lambda form: None if form is None else linear_from_data(form),
    "names": lambda names: tuple(_list(names)),
    "counts": lambda counts: tuple(_list(counts)),
}


READERS = {head: tuple([FROM_DATA.get(kind, _same) for kind in row.data]) for head, row in HEADS.items()}
WRITERS = {head: tuple([TO_DATA.get(kind, _same) for kind in row.data]) for head, row in HEADS.items()}


def fraction(text: Plain) -> Fraction:
    """A rational number from its text, of bounded length; TermError if it is none."""
    if not isinstance(text, str) or len(text) > 4000 or not NUMBER.fullmatch(text):
        raise TermError(f"{str(text)[:40]!r} is no rational number")
    top, _, bottom = text.partition("/")
    try:
        return Fraction(int(top), int(bottom)) if bottom else Fraction(int(top))
    except (ValueError, ZeroDivisionError) as error:
        raise TermError(f"{text[:40]!r} is no rational number") from error


def _list(data: Plain) -> list[Plain]:
    if not isinstance(data, list):
        raise TermError(f"{data!r} is no list")
    return data


def term_to_data(term: Term) -> Plain:
    """[head, [arguments], data…]"""
    data = [write(held) for write, held in zip(WRITERS[term.head], term.data, strict=True)] if term.data else []
    return [term.head, [term_to_data(arg) for arg in term.args], *data]


def term_from_data(data: Plain, depth: int = 0) -> Term:
    """The term; TermError or ShapeError if the data is none."""
    if depth > MAX_DEPTH:
        raise TermError(f"terms nest at most {MAX_DEPTH} deep")
    if not isinstance(data, list) or len(data) < 2 or not isinstance(data[0], str) or data[0] not in HEADS:
        raise TermError(f"{str(data)[:60]} is no term")
    head = data[0]
    readers = READERS[head]
    if len(data) != len(readers) + 2:
        raise TermError(f"{head} takes the data {HEADS[head].data}")
    held = tuple([read(item) for read, item in zip(readers, data[2:], strict=True)]) if readers else ()
    return Term(head, tuple([term_from_data(arg, depth + 1) for arg in _list(data[1])]), held)


def _range_to_data(within: tuple[Linear, Linear | None]) -> Plain:
    lower, upper = within
    return [linear_to_data(lower), None if upper is None else linear_to_data(upper)]


def _range_from_data(data: Plain) -> tuple[Linear, Linear | None]:
    lower, upper = _list(data)
    return linear_from_data(lower), None if upper is None else linear_from_data(upper)


def _indices_to_data(indices: tuple[tuple[str, tuple[Linear, Linear | None]], ...]) -> Plain:
    return [[name, *_range_to_data(within)] for name, within in indices]


def _indices_from_data(data: Plain) -> tuple[tuple[str, tuple[Linear, Linear | None]], ...]:
    return tuple((str(name), _range_from_data([lower, upper])) for name, lower, upper in _list(data))


def definition_to_data(definition: Definition) -> Plain:
    """A definition as plain data."""
    return {
        "name": definition.name,
        "parameters": [term_to_data(p) for p in definition.parameters],
        "indices": _indices_to_data(definition.indices),
        "body": term_to_data(definition.body),
    }


def sequent_to_data(sequent: Sequent) -> Plain:
    """A sequent as plain data."""
    return {
        "conclusion": term_to_data(sequent.conclusion),
        "hypotheses": [term_to_data(h) for h in sequent.hypotheses],
        "definitions": [definition_to_data(d) for d in sequent.definitions],
        "indices": _indices_to_data(sequent.indices),
        "dimensions": [linear_to_data(form) for form in sequent.dimensions],
    }


def sequent_from_data(data: Plain) -> Sequent:
    """The sequent; TermError, ShapeError or ClaimError if the data is none."""
    try:
        return Sequent(
            conclusion=term_from_data(data["conclusion"]),
            hypotheses=tuple(term_from_data(h) for h in _list(data["hypotheses"])),
            definitions=tuple(
                Definition(
                    name=d["name"],
                    body=term_from_data(d["body"]),
                    parameters=tuple(term_from_data(p) for p in _list(d["parameters"])),
                    indices=_indices_from_data(d["indices"]),
                )
                for d in _list(data["definitions"])
            ),
            indices=_indices_from_data(data["indices"]),
            dimensions=tuple(linear_from_data(form) for form in _list(data["dimensions"])),
        )
    except (KeyError, TypeError, ValueError, IndexError) as error:
        if isinstance(error, TermError):
            raise
        raise TermError(f"no sequent: {error}") from error
