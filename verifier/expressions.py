"""Terms as Python values: dimensions, expressions and statements, with their operators. ``language`` makes them.

Expressions wrap kernel terms; nothing is simplified. ``*`` is for scalars, ``@`` for matrices, ``==`` compares
structure (use ``language.equals`` to claim an equation).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import NoReturn

from verifier.kernel.linear import Linear, constant, minus, plus, show, single, times, variable
from verifier.kernel.shapes import Shape, ShapeError
from verifier.kernel.terms import Term, TermError
from verifier.notation import latex


@dataclass(frozen=True, slots=True)
class Dimension:
    """A dimension or an index: n, N - d, i + 1."""

    form: Linear

    def __add__(self, other: int | Dimension) -> Dimension:
        return Dimension(plus(self.form, form_of(other)))

    def __radd__(self, other: int) -> Dimension:
        return self + other

    def __sub__(self, other: int | Dimension) -> Dimension:
        return Dimension(minus(self.form, form_of(other)))

    def __rsub__(self, other: int) -> Dimension:
        return Dimension(minus(form_of(other), self.form))

    def __mul__(self, other: int) -> Dimension:
        if not isinstance(other, int):
            raise TermError("a dimension is multiplied by a whole number; number(n) makes it a scalar")
        return Dimension(times(other, self.form))

    __rmul__ = __mul__

    def __str__(self) -> str:
        return show(self.form)


def form_of(size: int | Dimension) -> Linear:
    """The form of a whole number or a dimension."""
    return constant(size) if isinstance(size, int) else size.form


def name_of_index(i: Dimension) -> str:
    """The name of an index to sum over. Raises TermError for any other size."""
    atom = single(i.form)
    if not isinstance(atom, str):
        raise TermError(f"one sums over an index, not over {i}")
    return atom


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
        return Expression(Term("add", (self.term, term_of(other))))

    def __radd__(self, other: Operand) -> Expression:
        return Expression(Term("add", (term_of(other), self.term)))

    def __sub__(self, other: Operand) -> Expression:
        return Expression(Term("subtract", (self.term, term_of(other))))

    def __rsub__(self, other: Operand) -> Expression:
        return Expression(Term("subtract", (term_of(other), self.term)))

    def __neg__(self) -> Expression:
        return Expression(Term("negate", (self.term,)))

    def __mul__(self, other: Operand) -> Expression:
        return _scaled(self.term, term_of(other))

    def __rmul__(self, other: Operand) -> Expression:
        return _scaled(term_of(other), self.term)

    def __matmul__(self, other: Expression) -> Expression:
        right = term_of(other)
        if self.shape.is_scalar or right.space().is_scalar:
            raise ShapeError(f"@ multiplies matrices, not {self.shape} by {right.space()}: write * for a scalar")
        return Expression(Term("multiply", (self.term, right)))

    def __truediv__(self, other: Operand) -> Expression:
        return Expression(Term("divide", (self.term, term_of(other))))

    def __rtruediv__(self, other: Operand) -> Expression:
        return Expression(Term("divide", (term_of(other), self.term)))

    def __pow__(self, exponent: Operand) -> Expression:
        power = term_of(exponent)
        if power == term_of(-1) and not self.shape.is_scalar:
            return self.inverse
        return Expression(Term("power", (self.term, power)))

    def __getitem__(self, key: object) -> Expression:
        keys = key if isinstance(key, tuple) else (key,)
        everything = slice(None)
        if len(keys) == 2 and keys[1] == everything:
            return Expression(Term("row", (self.term,), (form_of(size_of(keys[0])),)))
        if len(keys) == 2 and keys[0] == everything:
            return Expression(Term("column", (self.term,), (form_of(size_of(keys[1])),)))
        return Expression(Term("entry", (self.term,), (tuple(form_of(size_of(k)) for k in keys),)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Expression) and self.term == other.term

    def __hash__(self) -> int:
        return hash(self.term)

    def __bool__(self) -> NoReturn:
        raise TypeError("an expression has no truth value: == compares structure, equals(a, b) claims an equation")

    def __lt__(self, other: Operand) -> Statement:
        return Statement(Term("less", (self.term, term_of(other))))

    def __le__(self, other: Operand) -> Statement:
        return Statement(Term("less_equal", (self.term, term_of(other))))

    def __gt__(self, other: Operand) -> Statement:
        return Statement(Term("greater", (self.term, term_of(other))))

    def __ge__(self, other: Operand) -> Statement:
        return Statement(Term("greater_equal", (self.term, term_of(other))))

    def __repr__(self) -> str:
        return f"Expression({latex(self.term)} : {self.shape})"

    def _repr_latex_(self) -> str:
        return f"${latex(self.term)}$"


Operand = Expression | Dimension | int | Fraction


def size_of(value: object) -> int | Dimension:
    """The value, if it is a whole number or a dimension. Raises TermError."""
    if isinstance(value, (int, Dimension)) and not isinstance(value, bool):
        return value
    raise TermError(f"an index is a whole number or a dim, not {value!r}")


def term_of(value: object) -> Term:
    """The term of an operand. Raises TermError."""
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
