"""The table of term heads: what each takes, the shape it gives, the index it binds.

A head is one row. Its sort function raises ShapeError where shapes do not match, and returns None for a
proposition. ``data`` names the kinds of the data in order; serialisation and checks follow from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from verifier.kernel.linear import ONE, Linear, constant_value, is_canonical, plus, show, times
from verifier.kernel.shapes import SCALAR, Shape, ShapeError, column, rectangle

if TYPE_CHECKING:
    from verifier.kernel.terms import Term


class TermError(ValueError):
    """A head, its arguments and its data that do not go together."""


Sort = Callable[[tuple["Term", ...], tuple[Any, ...]], Shape | None]
RESERVED = "∂"  # the normal form calls the letters that it differentiates by ∂1, ∂2, …: no name may look like one
LAYOUTS = ("numerator", "denominator")
NORMS = ("2", "F", "1", "inf", "spectral", "nuclear")
PROPERTIES = (
    "symmetric",
    "skew",
    "diagonal",
    "orthogonal",
    "orthonormal_columns",
    "invertible",
    "idempotent",
    "projection",
    "positive_definite",
    "positive_semidefinite",
    "full_column_rank",
    "full_row_rank",
    "permutation",
    "upper_triangular",
    "lower_triangular",
    "random",
    "natural",
    "integer",
    "real",
    "stated",
)


def _all(check: Callable[[object], bool]) -> Callable[[object], bool]:
    return lambda value: type(value) is tuple and all(check(item) for item in value)


def _is_name(value: object) -> bool:
    return type(value) is str and value != "" and not value.startswith(RESERVED)


KINDS: dict[str, Callable[[object], bool]] = {
    "name": _is_name,
    "names": _all(_is_name),
    "text": lambda v: type(v) is str,
    "shape": lambda v: type(v) is Shape,
    "fraction": lambda v: type(v) is Fraction,
    "count": lambda v: type(v) is int and v >= 0,
    "linear": is_canonical,
    "linears": _all(is_canonical),
    "bound": lambda v: v is None or is_canonical(v),
    "layout": lambda v: v in LAYOUTS,
    "norm": lambda v: v in NORMS,
    "property": lambda v: v in PROPERTIES,
}


@dataclass(frozen=True, slots=True)
class Head:
    """One row: the shape rule, the kinds of the data, and the position of a name that is bound."""

    sort: Sort
    data: tuple[str, ...] = ()
    binds: int | None = None

    @property
    def indices(self) -> tuple[int, ...]:
        """The positions in the data that hold index forms."""
        return tuple(k for k, kind in enumerate(self.data) if kind in ("linear", "linears", "bound"))

    @property
    def many(self) -> tuple[int, ...]:
        """Those of them that hold a tuple of forms."""
        return tuple(k for k, kind in enumerate(self.data) if kind == "linears")

    def check_data(self, head: str, data: tuple[Any, ...]) -> None:
        """Raises TermError unless the data has the kinds that the row names."""
        if len(data) != len(self.data):
            raise TermError(f"{head} takes the data {self.data}, not {data!r}")
        for kind, held in zip(self.data, data, strict=True):
            if not KINDS[kind](held):
                raise TermError(f"{head}: {held!r} is no {kind}")


def _shapes(args: Iterable[Term]) -> list[Shape]:
    return [arg.space() for arg in args]


def _arity(args: tuple[Term, ...], *counts: int) -> None:
    if len(args) not in counts:
        raise TermError(f"takes {' or '.join(map(str, counts))} arguments, not {len(args)}")


def _leaf(shape: Callable[[tuple[Any, ...]], Shape]) -> Sort:
    def sort(args: tuple[Term, ...], data: tuple[Any, ...]) -> Shape:
        _arity(args, 0)
        return shape(data)

    return sort


def _same(verb: str) -> Sort:
    def sort(args: tuple[Term, ...], data: tuple[Any, ...]) -> Shape:
        _arity(args, 2)
        left, right = _shapes(args)
        if left != right:
            raise ShapeError(f"cannot {verb} {left} and {right}")
        return left

    return sort


def _unary(shape: Callable[[Shape], Shape]) -> Sort:
    def sort(args: tuple[Term, ...], data: tuple[Any, ...]) -> Shape:
        _arity(args, 1)
        return shape(args[0].space())

    return sort


def _square(what: str, result: Callable[[Shape], Shape]) -> Sort:
    def shape(given: Shape) -> Shape:
        if not given.is_square:
            raise ShapeError(f"the {what} is of a square matrix, not of {given}")
        return result(given)

    return _unary(shape)


def _scalar_of(what: str) -> Callable[[Shape], Shape]:
    def shape(given: Shape) -> Shape:
        if len(given.axes) != 2:
            raise ShapeError(f"{what} of {given}, which has three axes")
        return SCALAR

    return shape


def _multiply(args: tuple[Term, ...], data: tuple[Any, ...]) -> Shape:
    _arity(args, 2)
    left, right = _shapes(args)
    if left.is_scalar:
        return right
    if right.is_scalar:
        return left
    if len(left.axes) != 2 or left.columns != right.rows:
        what = f"{left} by {right}"
        raise ShapeError(f"cannot multiply {what}: {_count(left.axes[-1])} columns meet {_count(right.rows)} rows")
    if len(right.axes) == 2:
        return Shape((left.rows, right.columns))
    if left.rows != ONE:
        raise ShapeError(f"only a row multiplies a tensor, not {left} by {right}")
    return Shape(right.axes[1:])


def _count(axis: Linear) -> str:
    return show(axis)


def _divide(args: tuple[Term, ...], data: tuple[Any, ...]) -> Shape:
    _arity(args, 2)
    left, right = _shapes(args)
    if not right.is_scalar:
        raise ShapeError(f"cannot divide by {right}: a denominator is a scalar")
    return left


def _power(args: tuple[Term, ...], data: tuple[Any, ...]) -> Shape:
    _arity(args, 2)
    base, exponent = _shapes(args)
    if not exponent.is_scalar:
        raise ShapeError(f"an exponent is a scalar, not {exponent}")
    if not base.is_square:
        raise ShapeError(f"a power is of a scalar or a square matrix, not of {base}")
    return base


def _hadamard_power(args: tuple[Term, ...], data: tuple[Any, ...]) -> Shape:
    _arity(args, 2)
    _scalars(args[1:], data)
    return args[0].space()


def _dot(args: tuple[Term, ...], data: tuple[Any, ...]) -> Shape:
    _arity(args, 2)
    left, right = _shapes(args)
    both = all(s.is_vector or s.is_scalar for s in (left, right))
    if not both or left.length != right.length:
        raise ShapeError(f"the inner product is of two vectors of one length, not of {left} and {right}")
    return SCALAR


def _kronecker(args: tuple[Term, ...], data: tuple[Any, ...]) -> Shape:
    _arity(args, 2)
    left, right = _shapes(args)
    return Shape((_product(left.rows, right.rows), _product(left.columns, right.columns)))


def _product(left: Linear, right: Linear) -> Linear:
    for one, other in ((left, right), (right, left)):
        number = constant_value(one)
        if number is not None:
            return times(number, other)
    raise ShapeError("a Kronecker product needs a numeric dimension in each pair of axes")


def _diag(given: Shape) -> Shape:
    if not (given.is_vector or given.is_scalar):
        raise ShapeError(f"diag is of a vector, not of {given}")
    return rectangle(given.length, given.length)


def _entry(args: tuple[Term, ...], data: tuple[Any, ...]) -> Shape:
    _arity(args, 1)
    shape, count = args[0].space(), len(data[0])
    expected = 1 if shape.is_vector else len(shape.axes)
    if count != expected and not (shape.is_scalar and count == 1):
        raise ShapeError(f"an entry of {shape} has {expected} indices, not {count}")
    return SCALAR


def _slice(of_row: bool) -> Sort:
    def sort(args: tuple[Term, ...], data: tuple[Any, ...]) -> Shape:
        _arity(args, 1)
        shape = args[0].space()
        if len(shape.axes) != 2:
            raise ShapeError(f"rows and columns are of a matrix, not of {shape}")
        return Shape((ONE, shape.columns)) if of_row else Shape((shape.rows, ONE))

    return sort


def _block(args: tuple[Term, ...], data: tuple[Any, ...]) -> Shape:
    rows, columns = data
    if rows * columns != len(args) or not args:
        raise TermError(f"a {rows}×{columns} block matrix takes {rows * columns} blocks, not {len(args)}")
    grid = [_shapes(args[r * columns : (r + 1) * columns]) for r in range(rows)]
    for r, line in enumerate(grid):
        for c, shape in enumerate(line):
            if len(shape.axes) != 2 or shape.rows != line[0].rows or shape.columns != grid[0][c].columns:
                raise ShapeError(f"block ({r + 1}, {c + 1}) is {shape} beside {line[0]} and below {grid[0][c]}")
    height: Linear = ()
    width: Linear = ()
    for line in grid:
        height = plus(height, line[0].rows)
    for shape in grid[0]:
        width = plus(width, shape.columns)
    return rectangle(height, width)


def _build(rows: bool) -> Sort:
    def sort(args: tuple[Term, ...], data: tuple[Any, ...]) -> Shape:
        _arity(args, 1)
        shape = args[0].space()
        if len(shape.axes) != 2 or (shape.rows if rows else shape.columns) != ONE:
            raise ShapeError(f"each of the {'rows' if rows else 'columns'} of a matrix cannot be {shape}")
        return rectangle(data[1], shape.columns) if rows else rectangle(shape.rows, data[1])

    return sort


def _binder(args: tuple[Term, ...], data: tuple[Any, ...]) -> Shape:
    _arity(args, 1, 2)
    if len(args) == 2:
        _need_proposition(args[1])
    return args[0].space()


def _product_over(args: tuple[Term, ...], data: tuple[Any, ...]) -> Shape:
    shape = _binder(args, data)
    if not shape.is_scalar:
        raise ShapeError(f"a product over an index is of scalars, not of {shape}")
    return shape


def _need_proposition(term: Term) -> None:
    if term.shape is not None:
        raise TermError(f"a condition is a relation, not a term of {term.shape}")


def _variable(term: Term) -> None:
    inner = term.args[0] if term.head in ("entry", "row", "column") else term
    if inner.head != "symbol":
        raise TermError(f"one differentiates by a symbol or an entry of one, not by a {inner.head}")


def _derivative(args: tuple[Term, ...], data: tuple[Any, ...]) -> Shape:
    _arity(args, 2)
    _variable(args[1])
    body, var = _shapes(args)
    layout = data[0]
    if var.is_scalar:
        return body if layout == "numerator" or not body.is_vector else body.transposed
    if body.is_scalar:
        return var if layout == "denominator" else var.transposed
    if body.is_vector and var.is_vector:
        m, n = body.length, var.length
        return rectangle(m, n) if layout == "numerator" else rectangle(n, m)
    if body.is_vector and len(var.axes) == 2:
        return Shape((body.length, *(var if layout == "denominator" else var.transposed).axes))
    raise ShapeError(f"the derivative of {body} by {var} has no shape here")


def _gradient(args: tuple[Term, ...], data: tuple[Any, ...]) -> Shape:
    _arity(args, 2)
    _variable(args[1])
    body, var = _shapes(args)
    if not body.is_scalar:
        raise ShapeError(f"the gradient is of a scalar, not of {body}")
    return var


def _hessian(args: tuple[Term, ...], data: tuple[Any, ...]) -> Shape:
    var = _gradient(args, data)
    if not (var.is_vector or var.is_scalar):
        raise ShapeError(f"the Hessian is by a vector, not by {var}")
    return rectangle(var.length, var.length)


def _substitute(args: tuple[Term, ...], data: tuple[Any, ...]) -> Shape | None:
    _arity(args, 3)
    body, var, value = args
    if var.head != "symbol":
        raise TermError(f"one substitutes for a symbol, not for a {var.head}")
    if var.data[2]:
        raise TermError(f"one substitutes for a symbol, not for one member of the family {var.data[0]}")
    if var.space() != value.space():
        raise ShapeError(f"cannot put {value.space()} for {var.data[0]}, which is {var.space()}")
    return body.shape


def _scalars(args: tuple[Term, ...], data: tuple[Any, ...]) -> Shape:
    for shape in _shapes(args):
        if not shape.is_scalar:
            raise ShapeError(f"takes scalars, not {shape}")
    if not args:
        raise TermError("takes at least one argument")
    return SCALAR


def _cases(args: tuple[Term, ...], data: tuple[Any, ...]) -> Shape:
    if len(args) < 3 or len(args) % 2 == 0:
        raise TermError("cases take condition, value, …, otherwise")
    for condition in args[:-1:2]:
        _need_proposition(condition)
    values = [*args[1::2], args[-1]]
    for value in values[1:]:
        if value.space() != values[0].space():
            raise ShapeError(f"cases of {values[0].space()} and {value.space()}")
    return values[0].space()


def _indicator(args: tuple[Term, ...], data: tuple[Any, ...]) -> Shape:
    _arity(args, 1)
    _need_proposition(args[0])
    return SCALAR


def _covariance(args: tuple[Term, ...], data: tuple[Any, ...]) -> Shape:
    _arity(args, 1, 2)
    shapes = _shapes(args)
    for shape in shapes:
        if not (shape.is_vector or shape.is_scalar):
            raise ShapeError(f"a covariance is of vectors, not of {shape}")
    return rectangle(shapes[0].length, shapes[-1].length)


def _any_first(args: tuple[Term, ...], data: tuple[Any, ...]) -> Shape | None:
    if not args:
        raise TermError("takes at least one argument")
    return args[0].space()


def _optimum(args: tuple[Term, ...], data: tuple[Any, ...]) -> Shape:
    if len(args) < 2:
        raise TermError("takes an objective and a variable")
    if not args[0].space().is_scalar:
        raise ShapeError(f"an objective is a scalar, not {args[0].space()}")
    return args[1].space() if data[0].startswith("arg") else SCALAR


def _relation(verb: str) -> Sort:
    same = _same(verb)

    def sort(args: tuple[Term, ...], data: tuple[Any, ...]) -> None:
        same(args, data)

    return sort


def _ordered(args: tuple[Term, ...], data: tuple[Any, ...]) -> None:
    _same("compare")(args, data)
    if not args[0].space().is_scalar:
        raise ShapeError(f"< and ≤ are between scalars, not {args[0].space()}")


def _connective(*counts: int) -> Sort:
    def sort(args: tuple[Term, ...], data: tuple[Any, ...]) -> None:
        if (counts and len(args) not in counts) or not args:
            raise TermError(f"a connective takes {counts or 'some'} propositions, not {len(args)}")
        for arg in args:
            _need_proposition(arg)

    return sort


def _property(args: tuple[Term, ...], data: tuple[Any, ...]) -> None:
    _arity(args, 1)
    shape = args[0].space()
    needs_square = data[0] in ("symmetric", "skew", "diagonal", "orthogonal", "invertible", "idempotent", "projection")
    if (needs_square or data[0].startswith("positive")) and not shape.is_square:
        raise ShapeError(f"{data[0].replace('_', ' ')} is said of a square matrix, not of {shape}")


def _any_proposition(args: tuple[Term, ...], data: tuple[Any, ...]) -> None:
    return None


_SYMBOL = ("name", "shape", "linears")

HEADS: dict[str, Head] = {
    # leaves
    "symbol": Head(_leaf(lambda d: d[1]), _SYMBOL),
    "number": Head(_leaf(lambda d: SCALAR), ("fraction",)),
    "index": Head(_leaf(lambda d: SCALAR), ("linear",)),
    "constant": Head(_leaf(lambda d: SCALAR), ("name",)),
    "identity": Head(_leaf(lambda d: rectangle(d[0], d[0])), ("linear",)),
    "zeros": Head(_leaf(lambda d: d[0]), ("shape",)),
    "ones": Head(_leaf(lambda d: d[0]), ("shape",)),
    "unit": Head(_leaf(lambda d: column(d[0])), ("linear", "linear")),
    # arithmetic
    "add": Head(_same("add")),
    "subtract": Head(_same("subtract")),
    "negate": Head(_unary(lambda s: s)),
    "multiply": Head(_multiply),
    "divide": Head(_divide),
    "power": Head(_power),
    "dot": Head(_dot),
    "hadamard": Head(_same("take the Hadamard product of")),
    "hadamard_divide": Head(_same("divide entrywise")),
    "hadamard_power": Head(_hadamard_power),
    "kronecker": Head(_kronecker),
    # structure
    "transpose": Head(_unary(lambda s: s.transposed)),
    "inverse": Head(_square("inverse", lambda s: s)),
    "pseudoinverse": Head(_unary(lambda s: s.transposed)),
    "trace": Head(_square("trace", lambda s: SCALAR)),
    "determinant": Head(_square("determinant", lambda s: SCALAR)),
    "spectral_radius": Head(_square("spectral radius", lambda s: SCALAR)),
    "rank": Head(_unary(_scalar_of("the rank"))),
    "norm": Head(_unary(_scalar_of("the norm")), ("norm",)),
    "diag": Head(_unary(_diag)),
    "diagonal": Head(_square("diagonal", lambda s: column(s.rows))),
    "entry": Head(_entry, ("linears",)),
    "row": Head(_slice(True), ("linear",)),
    "column": Head(_slice(False), ("linear",)),
    "block": Head(_block, ("count", "count")),
    "build_rows": Head(_build(True), ("name", "linear"), binds=0),
    "build_columns": Head(_build(False), ("name", "linear"), binds=0),
    # binders
    "sum": Head(_binder, ("name", "linear", "bound"), binds=0),
    "product": Head(_product_over, ("name", "linear", "bound"), binds=0),
    "derivative": Head(_derivative, ("layout",)),
    "gradient": Head(_gradient),
    "hessian": Head(_hessian),
    "substitute": Head(_substitute),
    # functions
    "elementwise": Head(_unary(lambda s: s), ("name", "count", "linears")),
    "apply": Head(lambda a, d: (_shapes(a), d[1])[1], _SYMBOL),
    "maximum": Head(_scalars),
    "minimum": Head(_scalars),
    "cases": Head(_cases),
    "indicator": Head(_indicator),
    "plus_minus": Head(_same("add")),
    "factorial": Head(_scalars),
    "binomial": Head(_scalars),
    "differential": Head(_unary(lambda s: s)),
    # randomness, optima, limits: read and typed; each names what it is taken over
    "expectation": Head(_any_first, ("names",)),
    "variance": Head(lambda a, d: SCALAR if a[0].space().is_scalar else _covariance(a[:1], d), ("names",)),
    "covariance": Head(_covariance, ("names",)),
    "probability": Head(lambda a, d: SCALAR, ("text",)),
    "optimum": Head(_optimum, ("name",)),
    "limit": Head(_any_first, ("text",)),
    "integral": Head(_any_first, ("name", "text")),
    "sum_over_values": Head(_any_first, ("text",)),
    # propositions
    "equal": Head(_relation("equate")),
    "not_equal": Head(_relation("compare")),
    "less": Head(_ordered),
    "less_equal": Head(_ordered),
    "greater": Head(_ordered),
    "greater_equal": Head(_ordered),
    "much_less": Head(_ordered),
    "much_greater": Head(_ordered),
    "approximately": Head(_relation("compare")),
    "proportional": Head(_relation("compare")),
    "tends_to": Head(_any_proposition),
    "distributed": Head(_any_proposition, ("name",)),
    "loewner_less": Head(_relation("compare")),
    "loewner_less_equal": Head(_relation("compare")),
    "loewner_greater": Head(_relation("compare")),
    "loewner_greater_equal": Head(_relation("compare")),
    "member": Head(_any_proposition, ("text",)),
    "property": Head(_property, ("property",)),
    "and": Head(_connective()),
    "or": Head(_connective()),
    "not": Head(_connective(1)),
    "implies": Head(_connective(2)),
    "iff": Head(_connective(2)),
    "for_all": Head(_connective(1), ("name", "linear", "bound"), binds=0),
    "exists": Head(_connective(1), ("name", "linear", "bound"), binds=0),
}
