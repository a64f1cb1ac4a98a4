"""The shape that each head gives to its arguments. A shape rule raises ShapeError where shapes do not match, TermError
where arguments are missing, and gives None for a proposition.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from verifier.kernel.linear import ONE, Linear, constant_value, plus, show, times
from verifier.kernel.shapes import SCALAR, Shape, ShapeError, rectangle

if TYPE_CHECKING:
    from verifier.kernel.terms import Term


class TermError(ValueError):
    """A head, its arguments and its data that do not go together."""


Sort = Callable[[tuple["Term", ...], tuple[Any, ...]], Shape | None]


def shapes(args: Iterable[Term]) -> list[Shape]:
    """The shapes of terms that are no propositions."""
    return [arg.shape or arg.space() for arg in args]


def _arity(args: tuple[Term, ...], *counts: int) -> None:
    if len(args) not in counts:
        raise TermError(f"takes {' or '.join(map(str, counts))} arguments, not {len(args)}")


def leaf(shape: Callable[[tuple[Any, ...]], Shape]) -> Sort:
    """No arguments; the shape is said by the data."""

    def sort(args: tuple[Term, ...], data: tuple[Any, ...]) -> Shape:
        if args:
            _arity(args, 0)
        return shape(data)

    return sort


def same(verb: str) -> Sort:
    """R^(m×n), R^(m×n) → R^(m×n)"""

    def sort(args: tuple[Term, ...], data: tuple[Any, ...]) -> Shape:
        _arity(args, 2)
        left, right = shapes(args)
        if left != right:
            raise ShapeError(f"cannot {verb} {left} and {right}")
        return left

    return sort


def unary(shape: Callable[[Shape], Shape]) -> Sort:
    """One argument, whose shape gives that of the result."""

    def sort(args: tuple[Term, ...], data: tuple[Any, ...]) -> Shape:
        _arity(args, 1)
        return shape(args[0].space())

    return sort


def square(what: str, result: Callable[[Shape], Shape]) -> Sort:
    """One argument, R^(n×n)."""

    def shape(given: Shape) -> Shape:
        if not given.is_square:
            raise ShapeError(f"the {what} is of a square matrix, not of {given}")
        return result(given)

    return unary(shape)


def scalar_of(what: str) -> Callable[[Shape], Shape]:
    """R^(m×n) → R"""

    def shape(given: Shape) -> Shape:
        if len(given.axes) != 2:
            raise ShapeError(f"{what} of {given}, which has three axes")
        return SCALAR

    return shape


def multiply(args: tuple[Term, ...], data: tuple[Any, ...]) -> Shape:
    """R^(m×n), R^(n×p) → R^(m×p); a scalar multiplies anything"""
    _arity(args, 2)
    left, right = shapes(args)
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


def divide(args: tuple[Term, ...], data: tuple[Any, ...]) -> Shape:
    """R^(m×n), R → R^(m×n)"""
    _arity(args, 2)
    left, right = shapes(args)
    if not right.is_scalar:
        raise ShapeError(f"cannot divide by {right}: a denominator is a scalar")
    return left


def power(args: tuple[Term, ...], data: tuple[Any, ...]) -> Shape:
    """R^(n×n), R → R^(n×n)"""
    _arity(args, 2)
    base, exponent = shapes(args)
    if not exponent.is_scalar:
        raise ShapeError(f"an exponent is a scalar, not {exponent}")
    if not base.is_square:
        raise ShapeError(f"a power is of a scalar or a square matrix, not of {base}")
    return base


def hadamard_power(args: tuple[Term, ...], data: tuple[Any, ...]) -> Shape:
    """R^(m×n), R → R^(m×n)"""
    _arity(args, 2)
    scalars(args[1:], data)
    return args[0].space()


def dot(args: tuple[Term, ...], data: tuple[Any, ...]) -> Shape:
    """R^n, R^n → R"""
    _arity(args, 2)
    left, right = shapes(args)
    both = all(s.is_vector or s.is_scalar for s in (left, right))
    if not both or left.length != right.length:
        raise ShapeError(f"the inner product is of two vectors of one length, not of {left} and {right}")
    return SCALAR


def kronecker(args: tuple[Term, ...], data: tuple[Any, ...]) -> Shape:
    """R^(m×n), R^(p×q) → R^(mp×nq), where one of each pair is a number"""
    _arity(args, 2)
    left, right = shapes(args)
    return Shape((_product(left.rows, right.rows), _product(left.columns, right.columns)))


def _product(left: Linear, right: Linear) -> Linear:
    for one, other in ((left, right), (right, left)):
        number = constant_value(one)
        if number is not None:
            return times(number, other)
    raise ShapeError("a Kronecker product needs a numeric dimension in each pair of axes")


def diag(given: Shape) -> Shape:
    """R^n → R^(n×n)"""
    if not (given.is_vector or given.is_scalar):
        raise ShapeError(f"diag is of a vector, not of {given}")
    return rectangle(given.length, given.length)


def entry(args: tuple[Term, ...], data: tuple[Any, ...]) -> Shape:
    """R^(m×n) with two indices, or R^n with one, → R"""
    _arity(args, 1)
    shape, count = args[0].space(), len(data[0])
    expected = 1 if shape.is_vector else len(shape.axes)
    if count != expected and not (shape.is_scalar and count == 1):
        raise ShapeError(f"an entry of {shape} has {expected} indices, not {count}")
    return SCALAR


def line(of_row: bool) -> Sort:
    """R^(m×n) → R^(1×n), a row, or R^(m×1), a column"""

    def sort(args: tuple[Term, ...], data: tuple[Any, ...]) -> Shape:
        _arity(args, 1)
        shape = args[0].space()
        if len(shape.axes) != 2:
            raise ShapeError(f"rows and columns are of a matrix, not of {shape}")
        return Shape((ONE, shape.columns)) if of_row else Shape((shape.rows, ONE))

    return sort


def block(args: tuple[Term, ...], data: tuple[Any, ...]) -> Shape:
    """A grid of matrices of fitting shapes → one matrix"""
    rows, columns = data
    if rows * columns != len(args) or not args:
        raise TermError(f"a {rows}×{columns} block matrix takes {rows * columns} blocks, not {len(args)}")
    grid = [shapes(args[r * columns : (r + 1) * columns]) for r in range(rows)]
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


def build(rows: bool) -> Sort:
    """R^(1×n), for each of m rows, → R^(m×n); the same for columns"""

    def sort(args: tuple[Term, ...], data: tuple[Any, ...]) -> Shape:
        _arity(args, 1)
        shape = args[0].space()
        if len(shape.axes) != 2 or (shape.rows if rows else shape.columns) != ONE:
            raise ShapeError(f"each of the {'rows' if rows else 'columns'} of a matrix cannot be {shape}")
        return rectangle(data[1], shape.columns) if rows else rectangle(shape.rows, data[1])

    return sort


def binder(args: tuple[Term, ...], data: tuple[Any, ...]) -> Shape:
    """A term, and a condition on the index that is bound"""
    _arity(args, 1, 2)
    if len(args) == 2:
        _need_proposition(args[1])
    return args[0].space()


def product_over(args: tuple[Term, ...], data: tuple[Any, ...]) -> Shape:
    """R → R, and a condition on the index that is bound"""
    shape = binder(args, data)
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


def derivative(args: tuple[Term, ...], data: tuple[Any, ...]) -> Shape:
    """∂u/∂v: R^m by R^n is R^(m×n) in numerator layout, R^(n×m) in denominator layout"""
    _arity(args, 2)
    _variable(args[1])
    body, var = shapes(args)
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


def gradient(args: tuple[Term, ...], data: tuple[Any, ...]) -> Shape:
    """∇u of R by R^(m×n) is R^(m×n)"""
    _arity(args, 2)
    _variable(args[1])
    body, var = shapes(args)
    if not body.is_scalar:
        raise ShapeError(f"the gradient is of a scalar, not of {body}")
    return var


def hessian(args: tuple[Term, ...], data: tuple[Any, ...]) -> Shape:
    """∇²u of R by R^n is R^(n×n)"""
    var = gradient(args, data)
    if not (var.is_vector or var.is_scalar):
        raise ShapeError(f"the Hessian is by a vector, not by {var}")
    return rectangle(var.length, var.length)


def substitute(args: tuple[Term, ...], data: tuple[Any, ...]) -> Shape | None:
    """A body, a symbol, and a value of the shape of the symbol"""
    _arity(args, 3)
    body, var, value = args
    if var.head != "symbol":
        raise TermError(f"one substitutes for a symbol, not for a {var.head}")
    if var.data[2]:
        raise TermError(f"one substitutes for a symbol, not for one member of the family {var.data[0]}")
    if var.space() != value.space():
        raise ShapeError(f"cannot put {value.space()} for {var.data[0]}, which is {var.space()}")
    return body.shape


def scalars(args: tuple[Term, ...], data: tuple[Any, ...]) -> Shape:
    """R, R, … → R"""
    for shape in shapes(args):
        if not shape.is_scalar:
            raise ShapeError(f"takes scalars, not {shape}")
    if not args:
        raise TermError("takes at least one argument")
    return SCALAR


def cases(args: tuple[Term, ...], data: tuple[Any, ...]) -> Shape:
    """condition, value, …, otherwise: all values of one shape"""
    if len(args) < 3 or len(args) % 2 == 0:
        raise TermError("cases take condition, value, …, otherwise")
    for condition in args[:-1:2]:
        _need_proposition(condition)
    values = [*args[1::2], args[-1]]
    for value in values[1:]:
        if value.space() != values[0].space():
            raise ShapeError(f"cases of {values[0].space()} and {value.space()}")
    return values[0].space()


def indicator(args: tuple[Term, ...], data: tuple[Any, ...]) -> Shape:
    """A proposition → R"""
    _arity(args, 1)
    _need_proposition(args[0])
    return SCALAR


def covariance(args: tuple[Term, ...], data: tuple[Any, ...]) -> Shape:
    """R^m, R^n → R^(m×n)"""
    _arity(args, 1, 2)
    given = shapes(args)
    for shape in given:
        if not (shape.is_vector or shape.is_scalar):
            raise ShapeError(f"a covariance is of vectors, not of {shape}")
    return rectangle(given[0].length, given[-1].length)


def any_first(args: tuple[Term, ...], data: tuple[Any, ...]) -> Shape | None:
    """The shape of the first argument."""
    if not args:
        raise TermError("takes at least one argument")
    return args[0].space()


def optimum(args: tuple[Term, ...], data: tuple[Any, ...]) -> Shape:
    """An objective, its variable, constraints: → the shape of the variable for an argmin, R for a min"""
    if len(args) < 2:
        raise TermError("takes an objective and a variable")
    if not args[0].space().is_scalar:
        raise ShapeError(f"an objective is a scalar, not {args[0].space()}")
    return args[1].space() if data[0].startswith("arg") else SCALAR


def optimal(args: tuple[Term, ...], data: tuple[Any, ...]) -> None:
    """A proposition about a point and an argmin or argmax: that the point is one of its points"""
    same("compare")(args, data)
    if args[1].head != "optimum" or not args[1].data[0].startswith("arg"):
        raise TermError(f"a point is optimal in an argmin or an argmax, not in a {args[1].head}")


def relation(verb: str) -> Sort:
    """A proposition about two terms of one shape."""
    alike = same(verb)

    def sort(args: tuple[Term, ...], data: tuple[Any, ...]) -> None:
        alike(args, data)

    return sort


def ordered(args: tuple[Term, ...], data: tuple[Any, ...]) -> None:
    """A proposition about two scalars."""
    same("compare")(args, data)
    if not args[0].space().is_scalar:
        raise ShapeError(f"< and ≤ are between scalars, not {args[0].space()}")


def connective(*counts: int) -> Sort:
    """A proposition made of propositions."""

    def sort(args: tuple[Term, ...], data: tuple[Any, ...]) -> None:
        if (counts and len(args) not in counts) or not args:
            raise TermError(f"a connective takes {counts or 'some'} propositions, not {len(args)}")
        for arg in args:
            _need_proposition(arg)

    return sort


def said_of(args: tuple[Term, ...], data: tuple[Any, ...]) -> None:
    """A proposition about one matrix."""
    _arity(args, 1)
    shape = args[0].space()
    needs_square = data[0] in ("symmetric", "skew", "diagonal", "orthogonal", "invertible", "idempotent", "projection")
    if (needs_square or data[0].startswith("positive")) and not shape.is_square:
        raise ShapeError(f"{data[0].replace('_', ' ')} is said of a square matrix, not of {shape}")


def about_symbols(args: tuple[Term, ...], data: tuple[Any, ...]) -> None:
    """A proposition about random symbols, or members of families of them."""
    if not args:
        raise TermError("takes at least one symbol")
    for arg in args:
        if arg.head != "symbol":
            raise TermError(f"what is declared of randomness is about symbols, not about a {arg.head}")


def independent(args: tuple[Term, ...], data: tuple[Any, ...]) -> None:
    """A proposition about at least two blocks of symbols; the data are the sizes of the blocks."""
    about_symbols(args, data)
    if len(data[0]) < 2 or sum(data[0]) != len(args):
        raise TermError("independence is of at least two blocks, which hold all the symbols")


def any_proposition(args: tuple[Term, ...], data: tuple[Any, ...]) -> None:
    """A proposition that is typed no further."""
