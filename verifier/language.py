"""How a person writes terms in Python:  x.T @ A @ x,  jacobian(f, x),  equals(a, b, c).

Expressions wrap kernel terms; nothing is simplified. ``*`` is for scalars, ``@`` for matrices, ``==`` compares
structure (use ``equals`` to claim an equation).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NoReturn

from verifier.kernel.linear import Linear, constant, minus, plus, show, single, times, variable
from verifier.kernel.sequents import Definition
from verifier.kernel.shapes import SCALAR, Shape, ShapeError, column, rectangle
from verifier.kernel.terms import Term, TermError
from verifier.notation import latex

Size = "int | Dimension"


@dataclass(frozen=True, slots=True)
class Dimension:
    """A dimension or an index: n, N - d, i + 1."""

    form: Linear

    def __add__(self, other: int | Dimension) -> Dimension:
        return Dimension(plus(self.form, _form(other)))

    def __radd__(self, other: int) -> Dimension:
        return self + other

    def __sub__(self, other: int | Dimension) -> Dimension:
        return Dimension(minus(self.form, _form(other)))

    def __rsub__(self, other: int) -> Dimension:
        return Dimension(minus(_form(other), self.form))

    def __mul__(self, other: int) -> Dimension:
        if not isinstance(other, int):
            raise TermError("a dimension is multiplied by a whole number; number(n) makes it a scalar")
        return Dimension(times(other, self.form))

    __rmul__ = __mul__

    def __str__(self) -> str:
        return show(self.form)


def _form(size: int | Dimension) -> Linear:
    return constant(size) if isinstance(size, int) else size.form


def dim(name: str) -> Dimension:
    """A dimension: a whole number ≥ 1 that stays symbolic."""
    return Dimension(variable(name))


index = dim


def dims(names: str) -> tuple[Dimension, ...]:
    """Several dimensions: ``m, n = dims("m n")``."""
    return tuple(dim(name) for name in names.replace(",", " ").split())


class Statement:
    """A proposition: an equation, an inequality, a property. It has no truth value: check it."""

    __slots__ = ("term",)

    def __init__(self, term: Term) -> None:
        if not term.is_proposition:
            raise TermError(f"a {term.head} is no statement")
        self.term = term

    def __bool__(self) -> NoReturn:
        raise TypeError("a statement is neither true nor false until it is checked: use verifier.check_statement")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Statement) and self.term == other.term

    def __hash__(self) -> int:
        return hash(self.term)

    def __repr__(self) -> str:
        return f"Statement({latex(self.term)})"

    def _repr_latex_(self) -> str:
        return f"${latex(self.term)}$"

    def __and__(self, other: Statement) -> Statement:
        return Statement(Term("and", (self.term, other.term)))

    def __or__(self, other: Statement) -> Statement:
        return Statement(Term("or", (self.term, other.term)))

    def __invert__(self) -> Statement:
        return Statement(Term("not", (self.term,)))


class Expression:
    """A scalar, vector or matrix."""

    __slots__ = ("term",)
    __array_ufunc__ = None  # numpy arrays leave the operators to us, which refuse them by name

    def __init__(self, term: Term) -> None:
        if term.is_proposition:
            raise TermError(f"a {term.head} is no expression")
        self.term = term

    @property
    def shape(self) -> Shape:
        """The shape, of symbolic dimensions."""
        return self.term.space()

    @property
    def T(self) -> Expression:  # noqa: N802  (as in numpy)
        """The transpose."""
        return Expression(Term("transpose", (self.term,)))

    @property
    def inverse(self) -> Expression:
        """The inverse of a square matrix."""
        return Expression(Term("inverse", (self.term,)))

    def __add__(self, other: Operand) -> Expression:
        return Expression(Term("add", (self.term, _term(other))))

    def __radd__(self, other: Operand) -> Expression:
        return Expression(Term("add", (_term(other), self.term)))

    def __sub__(self, other: Operand) -> Expression:
        return Expression(Term("subtract", (self.term, _term(other))))

    def __rsub__(self, other: Operand) -> Expression:
        return Expression(Term("subtract", (_term(other), self.term)))

    def __neg__(self) -> Expression:
        return Expression(Term("negate", (self.term,)))

    def __mul__(self, other: Operand) -> Expression:
        return _scaled(self.term, _term(other))

    def __rmul__(self, other: Operand) -> Expression:
        return _scaled(_term(other), self.term)

    def __matmul__(self, other: Expression) -> Expression:
        right = _term(other)
        if self.shape.is_scalar or right.space().is_scalar:
            raise ShapeError(f"@ multiplies matrices, not {self.shape} by {right.space()}: write * for a scalar")
        return Expression(Term("multiply", (self.term, right)))

    def __truediv__(self, other: Operand) -> Expression:
        return Expression(Term("divide", (self.term, _term(other))))

    def __rtruediv__(self, other: Operand) -> Expression:
        return Expression(Term("divide", (_term(other), self.term)))

    def __pow__(self, exponent: Operand) -> Expression:
        power = _term(exponent)
        if power == _term(-1) and not self.shape.is_scalar:
            return self.inverse
        return Expression(Term("power", (self.term, power)))

    def __getitem__(self, key: object) -> Expression:
        keys = key if isinstance(key, tuple) else (key,)
        everything = slice(None)
        if len(keys) == 2 and keys[1] == everything:
            return Expression(Term("row", (self.term,), (_form(_size(keys[0])),)))
        if len(keys) == 2 and keys[0] == everything:
            return Expression(Term("column", (self.term,), (_form(_size(keys[1])),)))
        return Expression(Term("entry", (self.term,), (tuple(_form(_size(k)) for k in keys),)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Expression) and self.term == other.term

    def __hash__(self) -> int:
        return hash(self.term)

    def __bool__(self) -> NoReturn:
        raise TypeError("an expression has no truth value: == compares structure, equals(a, b) claims an equation")

    def __lt__(self, other: Operand) -> Statement:
        return Statement(Term("less", (self.term, _term(other))))

    def __le__(self, other: Operand) -> Statement:
        return Statement(Term("less_equal", (self.term, _term(other))))

    def __gt__(self, other: Operand) -> Statement:
        return Statement(Term("greater", (self.term, _term(other))))

    def __ge__(self, other: Operand) -> Statement:
        return Statement(Term("greater_equal", (self.term, _term(other))))

    def __repr__(self) -> str:
        return f"Expression({latex(self.term)} : {self.shape})"

    def _repr_latex_(self) -> str:
        return f"${latex(self.term)}$"


Operand = Expression | Dimension | int | Fraction


def _size(value: object) -> int | Dimension:
    if isinstance(value, (int, Dimension)) and not isinstance(value, bool):
        return value
    raise TermError(f"an index is a whole number or a dim, not {value!r}")


def _term(value: object) -> Term:
    match value:
        case Expression():
            return value.term
        case Dimension():
            return _of_form(value.form)
        case bool():
            pass
        case int() | Fraction():
            return Term("number", (), (Fraction(value),))
    raise TermError(
        f"{value!r} is no expression: use Fraction(1, 2) or int for numbers, vector() and matrix() for arrays"
    )


def _of_form(form: Linear) -> Term:
    """An index form as a sum of names and numbers, as one would write it."""
    result: Term | None = None
    for atom, coefficient in form:
        size = Fraction(abs(coefficient))
        part = Term("number", (), (size,)) if atom == "" else Term("index", (), (variable(atom),))
        if atom != "" and size != 1:
            part = Term("multiply", (Term("number", (), (size,)), part))
        if result is None:
            result = part if coefficient > 0 else Term("negate", (part,))
        else:
            result = Term("add" if coefficient > 0 else "subtract", (result, part))
    return result if result is not None else Term("number", (), (Fraction(0),))


def _scaled(left: Term, right: Term) -> Expression:
    if not left.space().is_scalar and not right.space().is_scalar:
        shapes = f"{left.space()} and {right.space()}"
        raise ShapeError(f"* multiplies by a scalar, not {shapes}: use @ for the product, hadamard() for entries")
    return Expression(Term("multiply", (left, right)))


# symbols


def scalar(name: str) -> Expression:
    """A real number."""
    return Expression(Term("symbol", (), (name, SCALAR, ())))


def scalars(names: str) -> tuple[Expression, ...]:
    """Several real numbers: ``a, b = scalars("a b")``."""
    return tuple(scalar(name) for name in names.replace(",", " ").split())


def vector(name: str, n: int | Dimension) -> Expression:
    """A column of n real numbers."""
    return Expression(Term("symbol", (), (name, column(_form(n)), ())))


def matrix(name: str, m: int | Dimension, n: int | Dimension) -> Expression:
    """An m×n matrix of real numbers."""
    return Expression(Term("symbol", (), (name, rectangle(_form(m), _form(n)), ())))


def family(name: str, shape: Shape = SCALAR) -> Callable[..., Expression]:
    """A symbol with index arguments: ``X = family("X", vector_shape(n)); X(i)``."""
    return lambda *at: Expression(Term("symbol", (), (name, shape, tuple(_form(_size(k)) for k in at))))


def vector_shape(n: int | Dimension) -> Shape:
    """n×1"""
    return column(_form(n))


def matrix_shape(m: int | Dimension, n: int | Dimension) -> Shape:
    """m×n"""
    return rectangle(_form(m), _form(n))


def function(name: str, result: Shape = SCALAR) -> Callable[..., Expression]:
    """An undeclared smooth function; of one scalar it applies entrywise, to anything else as a whole."""

    def applied(*arguments: Operand) -> Expression:
        terms = tuple(_term(a) for a in arguments)
        if len(terms) == 1 and terms[0].space().is_scalar and result.is_scalar:
            return Expression(Term("elementwise", terms, (name, 0, ())))
        return Expression(Term("apply", terms, (name, result, ())))

    return applied


def entrywise(name: str, order: int = 0) -> Callable[[Operand], Expression]:
    """An undeclared smooth function of one real number, applied to every entry; ``order`` counts its primes."""
    return lambda argument: Expression(Term("elementwise", (_term(argument),), (name, order, ())))


def number(value: Operand) -> Expression:
    """A number, or a dimension as a number."""
    return Expression(_term(value))


def identity_matrix(n: int | Dimension) -> Expression:
    """The n×n identity."""
    return Expression(Term("identity", (), (_form(n),)))


def zeros(m: int | Dimension, n: int | Dimension = 1) -> Expression:
    """The m×n matrix of zeros."""
    return Expression(Term("zeros", (), (rectangle(_form(m), _form(n)),)))


def ones(m: int | Dimension, n: int | Dimension = 1) -> Expression:
    """The m×n matrix of ones."""
    return Expression(Term("ones", (), (rectangle(_form(m), _form(n)),)))


def unit_vector(n: int | Dimension, i: int | Dimension) -> Expression:
    """The n-vector with 1 at i and 0 elsewhere."""
    return Expression(Term("unit", (), (_form(n), _form(i))))


# operations


def _unary(head: str) -> Callable[[Expression], Expression]:
    def operation(argument: Expression) -> Expression:
        return Expression(Term(head, (_term(argument),)))

    operation.__name__ = operation.__qualname__ = head
    operation.__doc__ = f"The {head.replace('_', ' ')}."
    return operation


def _binary(head: str) -> Callable[[Expression, Expression], Expression]:
    def operation(left: Expression, right: Expression) -> Expression:
        return Expression(Term(head, (_term(left), _term(right))))

    operation.__name__ = operation.__qualname__ = head
    operation.__doc__ = f"The {head.replace('_', ' ')} of two terms."
    return operation


def _entrywise(name: str) -> Callable[[Operand], Expression]:
    def applied(argument: Operand) -> Expression:
        return Expression(Term("elementwise", (_term(argument),), (name, 0, ())))

    applied.__name__ = applied.__qualname__ = name
    applied.__doc__ = f"{name}, applied to every entry."
    return applied


trace = _unary("trace")
determinant = _unary("determinant")
transpose = _unary("transpose")
inverse = _unary("inverse")
rank = _unary("rank")
diag = _unary("diag")
diagonal = _unary("diagonal")
dot = _binary("dot")
hadamard = _binary("hadamard")
hadamard_divide = _binary("hadamard_divide")
kronecker = _binary("kronecker")

exp = _entrywise("exp")
log = _entrywise("log")
sqrt = _entrywise("sqrt")
tanh = _entrywise("tanh")
sigmoid = _entrywise("sigmoid")
softplus = _entrywise("softplus")
relu = _entrywise("relu")
absolute = _entrywise("abs")
step = _entrywise("step")
sign = _entrywise("sign")
sin = _entrywise("sin")
cos = _entrywise("cos")
tan = _entrywise("tan")
arctan = _entrywise("arctan")
sinh = _entrywise("sinh")
cosh = _entrywise("cosh")


def norm(argument: Expression, kind: str = "") -> Expression:
    """‖·‖: Euclidean for a vector, spectral for a matrix unless ``kind`` says "F", "1", "inf" or "nuclear"."""
    plain = "2" if argument.shape.is_vector or argument.shape.is_scalar else "spectral"
    return Expression(Term("norm", (argument.term,), (kind or plain,)))


def hadamard_power(argument: Expression, exponent: Operand) -> Expression:
    """Every entry to a power."""
    return Expression(Term("hadamard_power", (argument.term, _term(exponent))))


def maximum(*arguments: Operand) -> Expression:
    """The largest of some scalars."""
    return Expression(Term("maximum", tuple(_term(a) for a in arguments)))


def minimum(*arguments: Operand) -> Expression:
    """The smallest of some scalars."""
    return Expression(Term("minimum", tuple(_term(a) for a in arguments)))


def block(rows: Sequence[Sequence[Operand]]) -> Expression:
    """A matrix of entries or blocks, by rows."""
    width = len(rows[0]) if rows else 0
    if any(len(line) != width for line in rows):
        raise ShapeError(f"the rows of a block matrix have {sorted({len(line) for line in rows})} blocks")
    return Expression(Term("block", tuple(_term(b) for line in rows for b in line), (len(rows), width)))


def summation(
    body: Operand, i: Dimension, lower: int | Dimension, upper: int | Dimension, where: Statement | None = None
) -> Expression:
    """Σ over i from lower to upper, where a condition on the indices holds."""
    args = (_term(body),) if where is None else (_term(body), where.term)
    return Expression(Term("sum", args, (_name(i), _form(lower), _form(upper))))


def _name(i: Dimension) -> str:
    atom = single(i.form)
    if not isinstance(atom, str):
        raise TermError(f"one sums over an index, not over {i}")
    return atom


def rows(body: Expression, i: Dimension, n: int | Dimension) -> Expression:
    """The matrix whose row i is ``body``, for i from 1 to n."""
    return Expression(Term("build_rows", (body.term,), (_name(i), _form(n))))


def columns(body: Expression, i: Dimension, n: int | Dimension) -> Expression:
    """The matrix whose column i is ``body``, for i from 1 to n."""
    return Expression(Term("build_columns", (body.term,), (_name(i), _form(n))))


def cases(*branches: tuple[Statement, Operand], otherwise: Operand) -> Expression:
    """The value of the first branch whose condition holds."""
    flat = tuple(t for condition, value in branches for t in (condition.term, _term(value)))
    return Expression(Term("cases", (*flat, _term(otherwise))))


def indicator(condition: Statement) -> Expression:
    """1 where the condition holds, else 0."""
    return Expression(Term("indicator", (condition.term,)))


# derivatives


def jacobian(body: Expression, by: Expression) -> Expression:
    """∂ body / ∂ by in numerator layout: a scalar by an n-vector gives a row, an m-vector by an n-vector m×n."""
    return Expression(Term("derivative", (body.term, by.term), ("numerator",)))


def derivative(body: Expression, by: Expression, layout: str = "denominator") -> Expression:
    """∂ body / ∂ by in a layout: in denominator layout the derivative of a scalar has the shape of ``by``."""
    return Expression(Term("derivative", (body.term, by.term), (layout,)))


def gradient(body: Expression, by: Expression) -> Expression:
    """∇: the derivative of a scalar, with the shape of ``by``."""
    return Expression(Term("gradient", (body.term, by.term)))


def hessian(body: Expression, by: Expression) -> Expression:
    """∇²: the n×n matrix of second derivatives of a scalar by an n-vector."""
    return Expression(Term("hessian", (body.term, by.term)))


def at(body: Expression, by: Expression, value: Operand) -> Expression:
    """The body with ``value`` put for the symbol ``by``, after any derivative in it is taken."""
    return Expression(Term("substitute", (body.term, by.term, _term(value))))


# statements


def _property(name: str) -> Callable[[Expression], Statement]:
    def statement(argument: Expression) -> Statement:
        return Statement(Term("property", (argument.term,), (name,)))

    statement.__name__ = statement.__qualname__ = name
    statement.__doc__ = f"The matrix is {name.replace('_', ' ')}."
    return statement


symmetric = _property("symmetric")
skew = _property("skew")
diagonal_matrix = _property("diagonal")
orthogonal = _property("orthogonal")
invertible = _property("invertible")
idempotent = _property("idempotent")
positive_definite = _property("positive_definite")
positive_semidefinite = _property("positive_semidefinite")
full_column_rank = _property("full_column_rank")


def positive(argument: Operand) -> Statement:
    """argument > 0"""
    return Statement(Term("greater", (_term(argument), _term(0))))


def nonzero(argument: Operand) -> Statement:
    """argument ≠ 0"""
    return Statement(Term("not_equal", (_term(argument), _term(0))))


def not_equal(left: Operand, right: Operand) -> Statement:
    """left ≠ right"""
    return Statement(Term("not_equal", (_term(left), _term(right))))


def implies(premise: Statement, conclusion: Statement) -> Statement:
    """premise ⟹ conclusion"""
    return Statement(Term("implies", (premise.term, conclusion.term)))


def less_equal(left: Operand, right: Operand) -> Statement:
    """left ≤ right"""
    return Statement(Term("less_equal", (_term(left), _term(right))))


def for_all(i: Dimension, lower: int | Dimension, upper: int | Dimension, statement: Statement) -> Statement:
    """The statement, for every index from lower to upper."""
    return Statement(Term("for_all", (statement.term,), (_name(i), _form(lower), _form(upper))))


@dataclass(frozen=True, slots=True)
class Chain:
    """a = b = c: the claims a = b and b = c, and the claim a = c of the whole."""

    sides: tuple[Expression, ...]

    @property
    def steps(self) -> tuple[Statement, ...]:
        """The equations between neighbours."""
        pairs = zip(self.sides, self.sides[1:], strict=False)
        return tuple(Statement(Term("equal", (a.term, b.term))) for a, b in pairs)

    @property
    def whole(self) -> Statement:
        """first = last"""
        return Statement(Term("equal", (self.sides[0].term, self.sides[-1].term)))

    def __bool__(self) -> NoReturn:
        raise TypeError("a chain of equations is neither true nor false until it is checked")


def equals(*sides: Operand) -> Chain:
    """The claims of a chain of equations. Raises ShapeError where neighbours have different shapes."""
    if len(sides) < 2:
        raise TermError("an equation has at least two sides")
    chain = Chain(tuple(side if isinstance(side, Expression) else Expression(_term(side)) for side in sides))
    _ = chain.steps
    return chain


def define(name: Expression, body: Operand, *parameters: Expression) -> Definition:
    """name := body, or name(parameters) := body."""
    return Definition(str(name.term.data[0]), _term(body), tuple(p.term for p in parameters))
