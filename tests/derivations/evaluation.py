"""The values of terms at a point, in any arithmetic of ``jets``: written anew, from what the heads mean.

Values are lists of rows of jets. A derivative adds a letter to each entry of the variable and reads off its
coefficient, so a second derivative has letters of two classes. What is not written here raises NotImplementedError.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce
from itertools import starmap
from operator import add, eq, ge, gt, le, lt, mul, ne, sub
from typing import Any

from verifier.kernel.linear import Linear
from verifier.kernel.shapes import Shape
from verifier.kernel.terms import Term, name_of

from . import jets
from .jets import Arithmetic, Jet, NotHere, letter_of

Rows = list[list[Jet]]
HALF = Fraction(1, 2)


@dataclass(frozen=True)
class Point:
    """An arithmetic, dimensions and indices, the values of symbols; how many classes of letters are in use."""

    field: Arithmetic
    numbers: Mapping[str | int, int]
    values: Mapping[str, Rows]
    classes: int = 0

    def number(self, form: Linear) -> int:
        """The value of an index form."""
        return sum(c * (1 if a == "" else self.numbers[a]) for a, c in form)

    def size(self, shape: Shape) -> tuple[int, int]:
        """Height and width."""
        if len(shape.axes) != 2:
            raise NotImplementedError("a tensor of three axes")
        return self.number(shape.rows), self.number(shape.columns)

    def jet(self, number: Fraction | int) -> Jet:
        """A constant."""
        return Jet({0: self.field.number(Fraction(number))})

    def at(self, name: str, index: int) -> Point:
        """The point with another value of an index."""
        return replace(self, numbers={**self.numbers, name: index})


def value(term: Term, at: Point) -> Rows:
    """The value of a term. Raises NotHere where it has none."""
    if term.head in BINDERS:
        return BINDERS[term.head](term, at)
    if term.head not in OPERATIONS:
        raise NotImplementedError(f"the head {term.head}")
    return OPERATIONS[term.head](term, at, *(value(arg, at) for arg in term.args))


def entries(rows: Rows) -> list[Jet]:
    """Row by row."""
    return [entry for row in rows for entry in row]


def _reshaped(listed: Sequence[Jet], height: int, width: int) -> Rows:
    return [list(listed[r * width : (r + 1) * width]) for r in range(height)]


def _transposed(rows: Rows) -> Rows:
    return [list(column) for column in zip(*rows, strict=True)]


def _sum(at: Point, terms: Iterable[Jet]) -> Jet:
    return reduce(add, terms, at.jet(0))


# arithmetic


def _entrywise(operation: Callable[[Jet, Jet], Jet]) -> Callable[..., Rows]:
    def rule(term: Term, at: Point, left: Rows, right: Rows) -> Rows:
        return [list(starmap(operation, zip(a, b, strict=True))) for a, b in zip(left, right, strict=True)]

    return rule


def _product(at: Point, left: Rows, right: Rows) -> Rows:
    if left and right and right[0] and all(entry.is_constant for entry in (*entries(left), *entries(right))):
        bases = ([[entry.base for entry in row] for row in rows] for rows in (left, right))
        return [[Jet({0: base}) for base in row] for row in at.field.product(*bases)]
    columns = _transposed(right)
    return [[_sum(at, map(mul, row, column)) for column in columns] for row in left]


def _scaled(scale: Jet, rows: Rows) -> Rows:
    return [[scale * entry for entry in row] for row in rows]


def _multiply(term: Term, at: Point, left: Rows, right: Rows) -> Rows:
    for (arg, one), other in zip(zip(term.args, (left, right), strict=True), (right, left), strict=True):
        if arg.space().is_scalar:
            return _scaled(one[0][0], other)
    return _product(at, left, right)


def _divide(term: Term, at: Point, left: Rows, right: Rows) -> Rows:
    return _scaled(jets.reciprocal(at.field, right[0][0]), left)


def _power(term: Term, at: Point) -> Rows:
    """‖x‖² and its powers are polynomials: no root is drawn for them."""
    base, exponent = term.args
    even = exponent.head == "number" and exponent.data[0] > 0 and exponent.data[0] % 2 == 0
    if base.head == "norm" and base.data[0] in ("2", "F") and even:
        squares = _sum(at, (e * e for e in entries(value(base.args[0], at))))
        return [[jets.power(at.field, squares, exponent.data[0] / 2)]]
    return _raised(term, at, value(base, at))


def _raised(term: Term, at: Point, base: Rows) -> Rows:
    if term.args[1].head == "number":
        number = term.args[1].data[0]
    elif term.args[1].head == "negate" and term.args[1].args[0].head == "number":
        number = -term.args[1].args[0].data[0]
    else:
        raise NotImplementedError("an exponent that is not a number")
    if term.args[0].space().is_scalar:
        return [[jets.power(at.field, base[0][0], number)]]
    if number.denominator > 1:
        raise NotImplementedError("a broken power of a matrix")
    factors = [base if number >= 0 else _inverse(term, at, base)] * abs(int(number))
    return reduce(lambda a, b: _product(at, a, b), factors, _identity(at, len(base)))


def _identity(at: Point, size: int) -> Rows:
    return [[at.jet(int(r == c)) for c in range(size)] for r in range(size)]


def _adjugate(at: Point, rows: Rows) -> tuple[Rows, Jet]:
    """The adjugate and the determinant, by Faddeev and LeVerrier: nothing is divided by but 1, …, n."""
    size, adjugate = len(rows), _identity(at, len(rows))
    for k in range(1, size):
        product = _product(at, rows, adjugate) if k > 1 else rows
        held = at.jet(Fraction(-1, k)) * _sum(at, (product[r][r] for r in range(size)))
        adjugate = [[e + held if r == c else e for c, e in enumerate(row)] for r, row in enumerate(product)]
    sign = at.jet((-1) ** (size - 1))
    return _scaled(sign, adjugate), sign * _sum(at, (rows[0][k] * adjugate[k][0] for k in range(size)))


def _inverse(term: Term, at: Point, rows: Rows) -> Rows:
    adjugate, determinant = _adjugate(at, rows)
    return _scaled(jets.reciprocal(at.field, determinant), adjugate)


def _pivots(at: Point, rows: Rows) -> tuple[list[int], list[int]]:
    """Rows and columns of a minor that is as large as the rank."""
    if any(letters for entry in entries(rows) for letters in entry.parts):
        raise NotImplementedError("the derivative of a rank")
    return at.field.pivots([[entry.base for entry in row] for row in rows])


def _pseudoinverse(term: Term, at: Point, rows: Rows) -> Rows:
    """Rᵀ (RRᵀ)⁻¹ (LᵀL)⁻¹ Lᵀ for X = LR, where the columns of L are columns of X, and R has full row rank."""
    held, across = _pivots(at, rows)
    if not held:
        return [[at.jet(0)] * len(rows) for _ in rows[0]]
    left = [[row[c] for c in across] for row in rows]
    right = _product(at, _inverse(term, at, [left[r] for r in held]), [rows[r] for r in held])
    down, over = _transposed(left), _transposed(right)
    outer, inner = (_inverse(term, at, _product(at, a, b)) for a, b in ((right, over), (down, left)))
    return _product(at, _product(at, over, outer), _product(at, inner, down))


def _diag(term: Term, at: Point, rows: Rows) -> Rows:
    listed = entries(rows)
    return [[entry if r == c else at.jet(0) for c in range(len(listed))] for r, entry in enumerate(listed)]


def _norm(term: Term, at: Point, rows: Rows) -> Rows:
    (kind,), vector = term.data, 1 in (len(rows), len(rows[0]))
    if kind not in ("1", "inf", "2", "F") or (kind == "2" and not vector):
        raise NotImplementedError(f"the norm {kind}")
    listed = entries(rows)
    if len(listed) == 1:
        return [[_absolute(at, listed[0])]]
    if kind in ("2", "F"):
        return [[jets.power(at.field, _sum(at, (e * e for e in listed)), HALF)]]
    lines = [[e] for e in listed] if kind == "inf" else [listed]
    if not vector:
        lines = _transposed(rows) if kind == "1" else rows
    sums = [_sum(at, (_absolute(at, e) for e in line)) for line in lines]
    return [[reduce(lambda a, b: at.jet(HALF) * (a + b + _absolute(at, a - b)), sums)]]


# functions


def _absolute(at: Point, u: Jet) -> Jet:
    return jets.sign(at.field, u) * u


def _logistic(at: Point, u: Jet) -> Jet:
    return jets.reciprocal(at.field, at.jet(1) + jets.exp(at.field, -u))


FUNCTIONS: dict[str, Callable[[Point, Jet], Jet]] = {
    "exp": lambda at, u: jets.exp(at.field, u),
    "log": lambda at, u: jets.log(at.field, u),
    "sqrt": lambda at, u: jets.power(at.field, u, HALF),
    "sigmoid": _logistic,
    "tanh": lambda at, u: at.jet(2) * _logistic(at, u + u) - at.jet(1),
    "softplus": lambda at, u: jets.log(at.field, at.jet(1) + jets.exp(at.field, u)),
    "abs": _absolute,
    "sign": lambda at, u: jets.sign(at.field, u),
    "step": lambda at, u: at.jet(HALF) * (at.jet(1) + jets.sign(at.field, u)),
    "relu": lambda at, u: at.jet(HALF) * (u + _absolute(at, u)),
}
NOT_READ = {"sin", "cos", "tan", "arctan", "sinh", "cosh"}


def _elementwise(term: Term, at: Point, rows: Rows) -> Rows:
    name, order, forms = term.data
    if name in NOT_READ:
        raise NotImplementedError(f"the function {name}")
    return [[_applied(at, name, order, tuple(map(at.number, forms)), entry) for entry in row] for row in rows]


def _applied(at: Point, name: str, order: int, indices: tuple[int, ...], u: Jet) -> Jet:
    """A derivative of a function: of a known one by letters, as any derivative."""
    if name not in FUNCTIONS:
        return jets.unknown(at.field, f"{name}{indices}", (order,), [u])
    letters = [letter_of(at.classes + k, 0) for k in range(order)]
    result = FUNCTIONS[name](replace(at, classes=at.classes + order), reduce(Jet.moved, letters, u))
    return reduce(Jet.slope, letters, result)


def _apply(term: Term, at: Point, *args: Rows) -> Rows:
    name, shape, forms = term.data
    height, width = at.size(shape)
    listed = [entry for rows in args for entry in entries(rows)]
    label = f"{name}{tuple(map(at.number, forms))}"
    return [
        [jets.unknown(at.field, f"{label}{r, c}", (0,) * len(listed), listed) for c in range(width)]
        for r in range(height)
    ]


# leaves and parts


def _symbol(term: Term, at: Point) -> Rows:
    if term.data[2]:
        raise NotImplementedError("a family of symbols")
    return at.values[term.data[0]]


def _filled(number: int) -> Callable[[Term, Point], Rows]:
    def rule(term: Term, at: Point) -> Rows:
        height, width = at.size(term.space())
        return [[at.jet(number)] * width for _ in range(height)]

    return rule


def _places(term: Term, at: Point) -> list[tuple[int, int]]:
    """Where the entries of a symbol, an entry, a row or a column are, in the whole. Raises NotHere outside of it."""
    height, width = at.size((term if term.head == "symbol" else term.args[0]).space())
    held = [at.number(form) - 1 for form in (term.data[0] if term.head == "entry" else term.data)] if term.args else []
    down, across = range(height), range(width)
    if term.head == "row" or (term.head == "entry" and (len(held) == 2 or width == 1)):
        down = range(held[0], held[0] + 1)
    if term.head == "column" or (term.head == "entry" and (len(held) == 2 or width > 1)):
        across = range(held[-1], held[-1] + 1)
    if not (0 <= down.start < down.stop <= height and 0 <= across.start < across.stop <= width):
        raise NotHere("an index out of range")
    return [(r, c) for r in down for c in across]


def _block(term: Term, at: Point, *blocks: Rows) -> Rows:
    across = term.data[1]
    lines = [blocks[k : k + across] for k in range(0, len(blocks), across)]
    return [[entry for part in parts for entry in part] for line in lines for parts in zip(*line, strict=True)]


def _unit(term: Term, at: Point) -> Rows:
    size, place = map(at.number, term.data)
    if not 1 <= place <= size:
        raise NotHere("an index out of range")
    return [[at.jet(int(k == place))] for k in range(1, size + 1)]


def _part(term: Term, at: Point, rows: Rows) -> Rows:
    return _reshaped([rows[r][c] for r, c in _places(term, at)], *at.size(term.space()))


OPERATIONS: dict[str, Callable[..., Rows]] = {
    "symbol": _symbol,
    "number": lambda term, at: [[at.jet(term.data[0])]],
    "index": lambda term, at: [[at.jet(at.number(term.data[0]))]],
    "identity": lambda term, at: _identity(at, at.number(term.data[0])),
    "zeros": _filled(0),
    "ones": _filled(1),
    "unit": _unit,
    "block": _block,
    "add": _entrywise(add),
    "subtract": _entrywise(sub),
    "hadamard": _entrywise(mul),
    "negate": lambda term, at, rows: [[-entry for entry in row] for row in rows],
    "multiply": _multiply,
    "divide": _divide,
    "transpose": lambda term, at, rows: _transposed(rows),
    "inverse": _inverse,
    "trace": lambda term, at, rows: [[_sum(at, (row[k] for k, row in enumerate(rows)))]],
    "determinant": lambda term, at, rows: [[_adjugate(at, rows)[1]]],
    "rank": lambda term, at, rows: [[at.jet(len(_pivots(at, rows)[0]))]],
    "pseudoinverse": _pseudoinverse,
    "norm": _norm,
    "diag": _diag,
    "entry": _part,
    "row": _part,
    "column": _part,
    "elementwise": _elementwise,
    "apply": _apply,
}


# sums and derivatives


def _over(operation: Callable[[Jet, Jet], Jet], unit: int) -> Callable[[Term, Point], Rows]:
    def rule(term: Term, at: Point) -> Rows:
        name, lower, upper = term.data
        if upper is None:
            raise NotImplementedError("an index without an end")
        total = _filled(unit)(term, at)
        for k in range(at.number(lower), at.number(upper) + 1):
            here = at.at(name, k)
            if all(_is_met(condition, here) for condition in term.args[1:]):
                total = _entrywise(operation)(term, at, total, value(term.args[0], here))
        return total

    return rule


RELATIONS: dict[str, Callable[[int, int], bool]] = {
    "equal": eq,
    "not_equal": ne,
    "less": lt,
    "less_equal": le,
    "greater": gt,
    "greater_equal": ge,
}


def _is_met(condition: Term, at: Point) -> bool:
    """Whether a condition on indices holds."""
    match condition:
        case Term("and", parts):
            return all(_is_met(part, at) for part in parts)
        case Term(head, (Term("index" | "number") as left, Term("index" | "number") as right)) if head in RELATIONS:
            return RELATIONS[head](_integer(left, at), _integer(right, at))
    raise NotImplementedError(f"the condition {condition.head}")


def _integer(term: Term, at: Point) -> Any:
    return at.number(term.data[0]) if term.head == "index" else term.data[0]


def _slopes(body: Callable[[Point], Rows], variable: Term, at: Point) -> list[list[Jet]]:
    """For each entry of the variable, in order, the slopes of the entries of the body."""
    name, places = name_of(variable), _places(variable, at)
    letters = {place: letter_of(at.classes, k) for k, place in enumerate(places)}
    moved = [
        [entry.moved(letters[r, c]) if (r, c) in letters else entry for c, entry in enumerate(row)]
        for r, row in enumerate(at.values[name])
    ]
    there = replace(at, values={**at.values, name: moved}, classes=at.classes + 1)
    found = entries(body(there))
    return [[entry.slope(letters[place]) for entry in found] for place in places]


def _derivative(term: Term, at: Point) -> Rows:
    """By a number: of the shape of the term. Of a number: of the shape of the variable, transposed in numerator layout.

    Of a vector by a vector: in numerator layout a row for each entry of the body, else a column.
    """
    body, variable = term.args
    numerator = term.head == "derivative" and term.data[0] == "numerator"
    size = at.size(term.space())
    slopes = _slopes(lambda there: value(body, there), variable, at)
    if variable.space().is_scalar:
        return _reshaped(slopes[0], *size)
    if body.space().is_scalar:
        rows = _reshaped([slope[0] for slope in slopes], *at.size(variable.space()))
        return _transposed(rows) if numerator else rows
    return _transposed(slopes) if numerator else slopes


def _hessian(term: Term, at: Point) -> Rows:
    """The derivatives of the gradient."""
    body, variable = term.args

    def gradient(there: Point) -> Rows:
        return [[slope[0] for slope in _slopes(lambda further: value(body, further), variable, there)]]

    return _slopes(gradient, variable, at)


def _substitute(term: Term, at: Point) -> Rows:
    """The body at another value of the variable."""
    body, variable, put = term.args
    return value(body, replace(at, values={**at.values, name_of(variable): value(put, at)}))


BINDERS: dict[str, Callable[[Term, Point], Rows]] = {
    "power": _power,
    "sum": _over(add, 0),
    "product": _over(mul, 1),
    "derivative": _derivative,
    "gradient": _derivative,
    "hessian": _hessian,
    "substitute": _substitute,
}
