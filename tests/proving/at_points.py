"""Conditions at points, in exact fractions (floats where a root is irrational): nothing is shared with the verifier."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import product
from random import Random
from typing import Any

from verifier.kernel.linear import Linear
from verifier.kernel.sequents import Sequent
from verifier.kernel.terms import Term, subterms

Number = Fraction | float
Point = dict[str, Any]
SPECIAL = [Fraction(n) for n in ("0", "1", "-1", "2", "-2", "1/2", "-1/2", "3", "-3", "1/3", "3/2", "4", "1/100", "-7")]
LONGEST = 7
TINY = Fraction(1, 1000)


class Undefined(Exception):
    """A term that has no value."""


class Unclear(ArithmeticError):
    """A condition between branches that floats do not tell, or numbers that are too large."""


def value(term: Term, point: Point) -> Any:
    """The value of a term: a number, or a list for a column."""
    match term.head:
        case "number":
            return term.data[0]
        case "index":
            return Fraction(form_value(term.data[0], point))
        case "symbol":
            if term.data[2]:
                return point[term.data[0]][tuple(form_value(form, point) for form in term.data[2])]
            return point[term.data[0]]
        case "cases":
            for condition, then in zip(term.args[:-1:2], term.args[1::2], strict=True):
                if decided(condition, point):
                    return value(then, point)
            return value(term.args[-1], point)
        case "sum":
            name, low, high = term.data
            ends = form_value(low, point), form_value(high, point)
            return sum((value(term.args[0], {**point, name: k}) for k in range(ends[0], ends[1] + 1)), Fraction(0))
        case "entry":
            return value(term.args[0], point)[form_value(term.data[0][0], point) - 1]
        case "transpose":
            return ("row", value(term.args[0], point))
    parts = [value(arg, point) for arg in term.args]
    match term.head:
        case "add" | "subtract":
            return entrywise(operator.add if term.head == "add" else operator.sub, *parts)
        case "negate":
            return entrywise(operator.neg, *parts)
        case "multiply" if isinstance(parts[0], tuple):
            return inner(parts[0][1], parts[1])
        case "multiply":
            return scaled(*parts)
        case "divide":
            if parts[1] == 0:
                raise Undefined
            return scaled(parts[0], 1 / parts[1])
        case "power":
            return raised(parts[0], parts[1], is_whole(term.args[1]))
        case "dot":
            return inner(*parts)
        case "maximum":
            return max(parts)
        case "minimum":
            return min(parts)
        case "norm":
            if not isinstance(parts[0], list):
                return abs(parts[0])
            return root(inner(parts[0], parts[0]))
        case "elementwise":
            return FUNCTIONS[term.data[0]](parts[0])
    raise NotImplementedError(term.head)


def decided(proposition: Term, point: Point) -> bool:
    """The truth of a condition between branches. Raises Unclear where floats do not tell."""
    found = truth(proposition, point)
    if found is None:
        raise Unclear
    return found


def form_value(form: Linear, point: Point) -> int:
    return int(sum(c if a == "" else c * point[str(a)] for a, c in form))


def entrywise(operation: Callable[..., Any], *parts: Any) -> Any:
    if isinstance(parts[0], list):
        return [operation(*entries) for entries in zip(*parts, strict=True)]
    return operation(*parts)


def scaled(left: Any, right: Any) -> Any:
    if isinstance(left, list):
        return [entry * right for entry in left]
    return [left * entry for entry in right] if isinstance(right, list) else left * right


def inner(left: list[Number], right: list[Number]) -> Number:
    return sum((a * b for a, b in zip(left, right, strict=True)), Fraction(0))


def is_whole(exponent: Term) -> bool:
    """Whether an exponent is an integer by its form, so that its base may be negative."""
    return all(
        part.head in ("index", "add", "subtract", "negate", "multiply")
        or (part.head == "number" and part.data[0].denominator == 1)
        for part in subterms(exponent)
    )


def raised(base: Number, exponent: Number, whole: bool) -> Number:
    if isinstance(exponent, Fraction) and exponent.denominator == 1 and (whole or base > 0):
        if base == 0 and exponent < 0:
            raise Undefined
        if abs(exponent) > 40:
            raise Unclear
        return base ** int(exponent)
    if base < 0 or (base == 0 and exponent <= 0):
        raise Undefined
    if base == 0:
        return Fraction(0)
    if exponent == Fraction(1, 2):
        return root(base)
    return float(base) ** float(exponent)


def root(number: Number) -> Number:
    if number < 0:
        raise Undefined
    if isinstance(number, Fraction):
        top, bottom = math.isqrt(number.numerator), math.isqrt(number.denominator)
        if top * top == number.numerator and bottom * bottom == number.denominator:
            return Fraction(top, bottom)
    return math.sqrt(number)


def _exp(u: Number) -> Number:
    return Fraction(1) if u == 0 else math.exp(min(float(u), 300.0))


def _log(u: Number) -> Number:
    if u <= 0:
        raise Undefined
    return Fraction(0) if u == 1 else math.log(u)


FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    "abs": abs,
    "relu": lambda u: max(u, Fraction(0)),
    "sqrt": root,
    "sign": lambda u: Fraction((u > 0) - (u < 0)),
    "step": lambda u: Fraction(u > 0),
    "exp": _exp,
    "log": _log,
}
COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    "equal": operator.eq,
    "not_equal": operator.ne,
    "less": operator.lt,
    "less_equal": operator.le,
    "greater": operator.gt,
    "greater_equal": operator.ge,
}


def truth(proposition: Term, point: Point) -> bool | None:
    """The truth of a proposition; None where floats do not tell. Raises Undefined where a side has no value."""
    match proposition.head:
        case "and" | "or" | "implies" | "iff" | "not":
            parts = [truth(arg, point) for arg in proposition.args]
            return _connected(proposition.head, parts)
        case "for_all":
            name, low, high = proposition.data
            first = form_value(low, point)
            last = first + LONGEST if high is None else form_value(high, point)
            found = [truth(proposition.args[0], {**point, name: k}) for k in range(first, last + 1)]
            return False if False in found else None if None in found else True
    left, right = (value(arg, point) for arg in proposition.args)
    if isinstance(left, list):
        entries = [_compared("equal", a, b) for a, b in zip(left, right, strict=True)]
        same = False if False in entries else None if None in entries else True
        return same if proposition.head == "equal" or same is None else not same
    return _compared(proposition.head, left, right)


def _compared(head: str, left: Number, right: Number) -> bool | None:
    if isinstance(left, float) or isinstance(right, float):
        gap = float(left) - float(right)
        if not math.isfinite(gap) or abs(gap) <= 1e-9 * (1 + abs(float(left)) + abs(float(right))):
            return None
    return COMPARED[head](left, right)


def _connected(head: str, parts: list[bool | None]) -> bool | None:
    match head:
        case "not":
            return None if parts[0] is None else not parts[0]
        case "implies":
            parts = [None if parts[0] is None else not parts[0], parts[1]]
        case "iff":
            return None if None in parts else parts[0] == parts[1]
        case "and":
            return False if False in parts else None if None in parts else True
    return True if True in parts else None if None in parts else False


# points


def names(sequent: Sequent) -> tuple[list[str], list[str]]:
    """The numbers and the columns among the symbols of a claim."""
    scalars, vectors = dict[str, None](), dict[str, None]()
    for statement in (sequent.conclusion, *sequent.hypotheses):
        for part in subterms(statement):
            if part.head == "symbol" and not part.data[2]:
                (scalars if part.space().is_scalar else vectors)[part.data[0]] = None
    return list(scalars), list(vectors)


def points(sequent: Sequent, random: Random, count: int) -> Iterator[Point]:
    """Special values, equal ones, random ones, and the ends of what the hypotheses allow."""
    scalars, vectors = names(sequent)
    comparisons = [p for h in (*sequent.hypotheses, sequent.conclusion) for p in subterms(h) if p.head in COMPARED]
    grid = product(SPECIAL[:7], repeat=len(scalars)) if len(scalars) <= 2 else iter(())
    for number in range(count):
        drawn = next(grid, None) if not vectors else None
        if drawn is None:
            pool = [
                random.choice(SPECIAL),
                Fraction(random.randint(-40, 40), random.randint(1, 12)),
                random.choice(SPECIAL),
            ]
            drawn = tuple(random.choice(pool) if random.random() < 0.6 else _any(random) for _ in scalars)
        point: Point = dict(zip(scalars, drawn, strict=True))
        size = 1 + number % 3
        point["n"] = size
        for name in vectors:
            point[name] = [random.choice(SPECIAL) if random.random() < 0.7 else _any(random) for _ in range(size)]
        if len(vectors) > 1 and random.random() < 0.4:
            factor = random.choice(SPECIAL)
            point[vectors[0]] = [factor * entry for entry in point[vectors[1]]]
        for name, (low, _) in sequent.indices:
            point[name] = form_value(low, point) + random.choice((0, 0, 1, 1, 2, 3, 4, 5))
        if number % 2 and comparisons:
            for comparison in random.sample(comparisons, min(len(comparisons), 3)):
                _to_the_end(comparison, point, random)
        yield point


def _any(random: Random) -> Fraction:
    if random.random() < 0.1:
        return random.choice((-1, 1)) * Fraction(random.choice((1, 999, 1001, 100000)), 1000)
    return Fraction(random.randint(-12, 12), random.choice((1, 1, 2, 3, 4)))


def _to_the_end(comparison: Term, point: Point, random: Random) -> None:
    """Put the point where the sides of a comparison are equal, or nearly so, if one of them is a symbol."""
    for side, there in (comparison.args, comparison.args[::-1]):
        here = side.args[0] if side.head == "elementwise" and side.data[0] == "abs" else side
        if here.head != "symbol" or here.data[2] or not here.space().is_scalar:
            continue
        try:
            end = value(there, point)
        except (Undefined, KeyError, ArithmeticError):
            return
        if isinstance(end, Fraction) and abs(end.numerator) < 10**12 and end.denominator < 10**12:
            point[here.data[0]] = end * random.choice((1, 1, 1, -1)) + random.choice((0, 0, 0, TINY, -TINY))
            return


def fault(sequent: Sequent, conditions: tuple[Term, ...], random: Random, count: int = 300) -> tuple[str, Point] | None:
    """A point where the hypotheses hold, and the conclusion fails, or has no value though the conditions hold."""
    for point in points(sequent, random, count):
        try:
            if not all(truth(h, point) for h in sequent.hypotheses):
                continue
        except (Undefined, ArithmeticError):
            continue
        try:
            if not all(truth(c, point) for c in conditions):
                continue
        except (Undefined, ArithmeticError):
            continue
        try:
            if truth(sequent.conclusion, point) is False:
                return "false", point
        except ArithmeticError:
            continue
        except Undefined:
            return "undefined", point
    return None
