"""Values of claims at random points, to 30 digits at least, by means that neither channel of the checker uses.

Derivatives are central differences with a step of 2⁻²⁰⁰ in arithmetic of 1200 bits, so their error is near 2⁻⁴⁰⁰, that
of a second derivative near 2⁻²⁰⁰; undeclared functions are fixed analytic ones. Values are lists of rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from random import Random
from typing import Any

from flint import arb, arb_mat, ctx

from verifier.kernel.linear import Linear
from verifier.kernel.sequents import Sequent
from verifier.kernel.shapes import Shape
from verifier.kernel.terms import Term, name_of, subterms

BITS = 1200
STEP_BITS = 200
AGREEMENT = 100
Rows = list[list[Any]]


class NotHere(ArithmeticError):
    """A claim that is undefined at the point."""


@dataclass(frozen=True)
class Point:
    """Dimensions, indices and values."""

    numbers: Mapping[str, int]
    values: Mapping[str, Rows]

    def number(self, form: Linear) -> int:
        """The value of an index form."""
        return sum(c * (1 if a == "" else self.numbers[str(a)]) for a, c in form)

    def size(self, shape: Shape) -> tuple[int, int]:
        """Height and width."""
        rows, columns = (self.number(axis) for axis in shape.axes)
        return rows, columns


def points(claim: Sequent, seed: int, smallest: int = 5) -> Iterator[Point]:
    """Random points at which the hypotheses (of symmetry) hold, with dimensions that differ, from ``smallest`` on."""
    random = Random(seed)
    terms = [part for t in (claim.conclusion, *claim.hypotheses) for part in subterms(t)]
    names = sorted(str(name) for name in claim.dimension_names)
    symmetric = {h.args[0].data[0] for h in claim.hypotheses if h.head == "property" and h.data == ("symmetric",)}
    if len(symmetric) < len(claim.hypotheses):
        raise NotImplementedError("hypotheses other than symmetry")
    while True:
        sizes = random.sample(range(smallest, smallest + len(names)), len(names))
        point = Point(dict(zip(names, sizes, strict=True)), {})
        for name, (low, high) in claim.indices:
            if high is None:
                raise NotImplementedError("an index without an end")
            chosen = random.randint(point.number(low), point.number(high))
            point = replace(point, numbers={**point.numbers, name: chosen})
        values: dict[str, Rows] = {}
        for part in terms:
            if part.head == "symbol" and part.data[0] not in values:
                values[part.data[0]] = _drawn(random, *point.size(part.space()), part.data[0] in symmetric)
        yield replace(point, values=values)


def _drawn(random: Random, height: int, width: int, symmetric: bool) -> Rows:
    rows = [[arb(2 * random.randint(-40, 40) + 1) / 64 for _ in range(width)] for _ in range(height)]
    for r in range(height):
        if height == width:
            rows[r][r] += 1 + height // 3
        for c in range(r):
            if symmetric:
                rows[r][c] = rows[c][r]
    return rows


def holds(claim: Sequent, count: int = 3, seed: int = 0) -> bool:
    """Whether both sides of an equation agree to 30 digits at ``count`` points. Raises NotHere if too few are found."""
    before = ctx.prec
    ctx.prec = BITS
    try:
        return _holds(claim, count, seed)
    finally:
        ctx.prec = before


def _holds(claim: Sequent, count: int, seed: int) -> bool:
    found = 0
    for attempt, point in enumerate(points(claim, seed)):
        if found == count:
            return True
        if attempt == 40:
            raise NotHere(f"undefined at {attempt - found} points of {attempt}")
        try:
            left, right = (value(side, point) for side in claim.conclusion.args)
        except NotHere:
            continue
        for a, b in zip(_flat(left), _flat(right), strict=True):
            gap = abs(a - b)
            if not gap < arb(2) ** -AGREEMENT * (1 + abs(a) + abs(b)):
                return False
        found += 1
    return True


def _flat(rows: Rows) -> list[Any]:
    entries = [entry for row in rows for entry in row]
    if not all(entry.is_finite() for entry in entries):
        raise NotHere("no finite value")
    return [entry.mid() for entry in entries]


# arithmetic


def value(term: Term, at: Point) -> Rows:
    """The value of a term. Raises NotHere where it has none."""
    if term.head in LEAVES:
        return LEAVES[term.head](term, at)
    if term.head in BINDERS:
        return BINDERS[term.head](term, at)
    return OPERATIONS[term.head](term, *(value(arg, at) for arg in term.args))


def _entrywise(operation: Callable[..., Any]) -> Callable[..., Rows]:
    def rule(term: Term, *args: Rows) -> Rows:
        return [[operation(*entries) for entries in zip(*rows, strict=True)] for rows in zip(*args, strict=True)]

    return rule


def _multiply(term: Term, left: Rows, right: Rows) -> Rows:
    for one, other in ((left, right), (right, left)):
        if len(one) == len(one[0]) == 1:
            return [[one[0][0] * entry for entry in row] for row in other]
    columns = list(zip(*right, strict=True))
    return [[_sum(a * b for a, b in zip(row, column, strict=True)) for column in columns] for row in left]


def _sum(entries: Iterator[Any]) -> Any:
    return sum(entries, arb(0))


def _divide(term: Term, left: Rows, right: Rows) -> Rows:
    if right[0][0].contains(0):
        raise NotHere("division by 0")
    return [[entry / right[0][0] for entry in row] for row in left]


def _power(term: Term, base: Rows, exponent: Rows) -> Rows:
    number = Fraction(str(term.args[1].data[0]))
    if len(base) > 1 and number.denominator == 1 and number >= 0:
        result = [[arb(int(r == c)) for c in range(len(base))] for r in range(len(base))]
        for _ in range(int(number)):
            result = _multiply(term, result, base)
        return result
    if len(base) > 1:
        raise NotHere("a power of a matrix")
    if number.denominator == 1:
        if number < 0 and base[0][0].contains(0):
            raise NotHere("division by 0")
        return [[base[0][0] ** int(number)]]
    return [[base[0][0] ** (arb(number.numerator) / number.denominator)]]


def _inverse(term: Term, rows: Rows) -> Rows:
    try:
        found = arb_mat(rows).inv()
    except ZeroDivisionError as error:
        raise NotHere("a singular matrix") from error
    return [[found[r, c] for c in range(len(rows))] for r in range(len(rows))]


def _norm(term: Term, rows: Rows) -> Rows:
    (kind,) = term.data
    entries = [entry for row in rows for entry in row]
    if kind == "1":
        sums = [_sum(abs(e) for e in column) for column in zip(*rows, strict=True)] if len(rows) > 1 else []
        return [[max(sums) if len(sums) > 1 else _sum(abs(e) for e in entries)]]
    if kind == "2" and min(len(rows), len(rows[0])) > 1:
        raise NotHere("the spectral norm is not computed here")
    return [[_sum(e * e for e in entries).sqrt()]]


def _diag(term: Term, rows: Rows) -> Rows:
    entries = [entry for row in rows for entry in row]
    return [[entry if r == c else arb(0) for c in range(len(entries))] for r, entry in enumerate(entries)]


def _one(x: Any) -> Any:
    return 1 / (1 + (-x).exp())


FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    "exp": lambda x: x.exp(),
    "log": lambda x: x.log(),
    "sqrt": lambda x: x.sqrt(),
    "tanh": lambda x: x.tanh(),
    "sigmoid": _one,
    "softplus": lambda x: (1 + x.exp()).log(),
    "relu": lambda x: max(x, arb(0)),
    "step": lambda x: arb(int(x > 0)),
    "f": lambda x: (x / 3).exp() + x**3 / 5 - (2 * x).sin(),
}


def _elementwise(term: Term, rows: Rows) -> Rows:
    name, order, _ = term.data
    function = FUNCTIONS[name]
    for _ in range(order):
        function = _differenced(function)
    return [[function(entry) for entry in row] for row in rows]


def _differenced(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
    step = arb(2) ** -STEP_BITS
    return lambda x: ((function(x + step) - function(x - step)).mid() / (2 * step)).mid()


def _apply(term: Term, rows: Rows) -> Rows:
    """g(x) = exp(Σ xᵢ / (i + 2)) + Σ xᵢ³ xᵢ₊₁"""
    entries = [entry for row in rows for entry in row]
    first = _sum(entry / (k + 3) for k, entry in enumerate(entries)).exp()
    return [[first + _sum(a**3 * b for a, b in pairwise(entries))]]


OPERATIONS: dict[str, Callable[..., Rows]] = {
    "add": _entrywise(lambda a, b: a + b),
    "subtract": _entrywise(lambda a, b: a - b),
    "hadamard": _entrywise(lambda a, b: a * b),
    "negate": _entrywise(lambda a: -a),
    "multiply": _multiply,
    "divide": _divide,
    "power": _power,
    "transpose": lambda term, rows: [list(column) for column in zip(*rows, strict=True)],
    "inverse": _inverse,
    "trace": lambda term, rows: [[_sum(rows[k][k] for k in range(len(rows)))]],
    "determinant": lambda term, rows: [[arb_mat(rows).det()]],
    "norm": _norm,
    "diag": _diag,
    "elementwise": _elementwise,
    "apply": _apply,
}


# leaves, parts, and what binds


def _symbol(term: Term, at: Point) -> Rows:
    return at.values[term.data[0]]


def _filled(number: int) -> Callable[[Term, Point], Rows]:
    def rule(term: Term, at: Point) -> Rows:
        height, width = at.size(term.space())
        return [[arb(number)] * width for _ in range(height)]

    return rule


def _number(term: Term, at: Point) -> Rows:
    return [[arb(term.data[0].numerator) / term.data[0].denominator]]


def _identity(term: Term, at: Point) -> Rows:
    size = at.number(term.data[0])
    return [[arb(int(r == c)) for c in range(size)] for r in range(size)]


def _part(term: Term, at: Point) -> tuple[Rows, list[int]]:
    held = term.data[0] if term.head == "entry" else (term.data[0],)
    return value(term.args[0], at), [at.number(form) - 1 for form in held]


def _entry(term: Term, at: Point) -> Rows:
    rows, places = _part(term, at)
    return [[[entry for row in rows for entry in row][places[0]] if len(places) == 1 else rows[places[0]][places[1]]]]


def _row(term: Term, at: Point) -> Rows:
    rows, places = _part(term, at)
    return [rows[places[0]]]


def _column(term: Term, at: Point) -> Rows:
    rows, places = _part(term, at)
    return [[row[places[0]]] for row in rows]


def _summed(term: Term, at: Point) -> Rows:
    name, lower, upper = term.data
    total = _filled(0)(term, at)
    for k in range(at.number(lower), at.number(upper) + 1):
        part = value(term.args[0], replace(at, numbers={**at.numbers, name: k}))
        total = [[a + b for a, b in zip(p, q, strict=True)] for p, q in zip(total, part, strict=True)]
    return total


LEAVES: dict[str, Callable[[Term, Point], Rows]] = {
    "symbol": _symbol,
    "number": _number,
    "index": lambda term, at: [[arb(at.number(term.data[0]))]],
    "identity": _identity,
    "zeros": _filled(0),
    "ones": _filled(1),
}


# derivatives


def _slopes(body: Term, variable: Term, at: Point) -> list[list[Any]]:
    """For each entry of the variable, in order, the slopes of the entries of the body."""
    name, step = name_of(variable), arb(2) ** -STEP_BITS
    places = [(r, c) for r, row in enumerate(at.values[name]) for c in range(len(row))]
    if variable.head == "entry":
        held = [at.number(form) - 1 for form in variable.data[0]]
        places = [places[held[0]]] if len(held) == 1 else [(held[0], held[1])]
    elif variable.head != "symbol":
        raise NotImplementedError(f"a derivative by a {variable.head}")
    slopes: list[list[Any]] = []
    for place in places:
        ends = []
        for sign in (1, -1):
            rows = [list(row) for row in at.values[name]]
            rows[place[0]][place[1]] += sign * step
            ends.append(_flat(value(body, replace(at, values={**at.values, name: rows}))))
        slopes.append([((a - b) / (2 * step)).mid() for a, b in zip(*ends, strict=True)])
    return slopes


def _derivative(term: Term, at: Point) -> Rows:
    body, variable = term.args
    numerator = term.head == "derivative" and term.data[0] == "numerator"
    slopes = _slopes(body, variable, at)
    if len(slopes) == 1 and variable.space().is_scalar:
        return _reshaped(slopes[0], *at.size(term.space()))
    if len(slopes[0]) == 1:
        rows = _reshaped([slope[0] for slope in slopes], *at.size(variable.space()))
        return [list(column) for column in zip(*rows, strict=True)] if numerator else rows
    return [list(column) for column in zip(*slopes, strict=True)] if numerator else slopes


def _reshaped(entries: list[Any], height: int, width: int) -> Rows:
    return [entries[r * width : (r + 1) * width] for r in range(height)]


def _hessian(term: Term, at: Point) -> Rows:
    return _slopes(Term("gradient", term.args), term.args[1], at)


BINDERS: dict[str, Callable[[Term, Point], Rows]] = {
    "sum": _summed,
    "entry": _entry,
    "row": _row,
    "column": _column,
    "derivative": _derivative,
    "gradient": _derivative,
    "hessian": _hessian,
}
