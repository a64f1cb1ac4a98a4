"""Small changes of a right side that people mean: a lost transpose, a sign, a factor 2, an order of factors."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from verifier.kernel.shapes import ShapeError
from verifier.kernel.terms import Term, TermError

MOST = 60


def corrections(term: Term) -> Iterator[Term]:
    """Terms one small change away, of the same shape, the likeliest first."""
    seen: set[Term] = {term}
    for candidate in _changes(term):
        if candidate.shape == term.shape and candidate not in seen:
            seen.add(candidate)
            yield candidate
            if len(seen) > MOST:
                return


def _changes(term: Term) -> Iterator[Term]:
    yield from _at_top(term)
    for place, part in _places(term):
        for changed in _local(part):
            try:
                yield _put(term, place, changed)
            except (ShapeError, TermError):
                continue


def _at_top(term: Term) -> Iterator[Term]:
    two = Term("number", (), (Fraction(2),))
    yield Term("multiply", (two, term))
    yield Term("divide", (term, two))
    yield Term("negate", (term,))
    if term.shape is not None and len(term.shape.axes) == 2 and not term.shape.is_scalar:
        yield Term("transpose", (term,))


def _places(term: Term, path: tuple[int, ...] = ()) -> Iterator[tuple[tuple[int, ...], Term]]:
    yield path, term
    for k, arg in enumerate(term.args):
        yield from _places(arg, (*path, k))


def _put(term: Term, path: tuple[int, ...], value: Term) -> Term:
    if not path:
        return value
    args = list(term.args)
    args[path[0]] = _put(args[path[0]], path[1:], value)
    return Term(term.head, tuple(args), term.data)


def _local(part: Term) -> Iterator[Term]:
    """One mistake undone here."""
    if part.shape is None or len(part.shape.axes) != 2:
        return
    match part.head:
        case "symbol" if not part.shape.is_scalar:
            yield Term("transpose", (part,))
        case "transpose":
            yield part.args[0]
        case "add" | "subtract":
            yield Term("subtract" if part.head == "add" else "add", part.args)
        case "number":
            yield Term("number", (), (-part.data[0],))
            yield Term("number", (), (2 * part.data[0],))
            yield Term("number", (), (part.data[0] / 2,))
        case "negate":
            yield part.args[0]
        case "multiply" if all(arg.shape is not None and not arg.shape.is_scalar for arg in part.args):
            yield from _swapped(part)
        case "maximum" | "minimum":
            yield Term("minimum" if part.head == "maximum" else "maximum", part.args)


def _swapped(part: Term) -> Iterator[Term]:
    try:
        yield Term("multiply", part.args[::-1])
    except ShapeError:
        return
