"""How a person writes terms in Python:  x.T @ A @ x,  jacobian(f, x),  equals(a, b, c).

Expressions wrap kernel terms; nothing is simplified. ``*`` is for scalars, ``@`` for matrices, ``==`` compares
structure (use ``equals`` to claim an equation).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from verifier.claiming import (
    Chain,
    define,
    diagonal_matrix,
    equals,
    for_all,
    full_column_rank,
    full_row_rank,
    gaussian,
    idempotent,
    iff,
    implies,
    independent,
    independent_entries,
    independent_members,
    invertible,
    is_optimal,
    is_random,
    less_equal,
    nonzero,
    not_equal,
    orthogonal,
    orthonormal_columns,
    permutation,
    positive,
    positive_definite,
    positive_semidefinite,
    projection,
    skew,
    symmetric,
)
from verifier.expressions import (
    Dimension,
    Expression,
    Operand,
    Statement,
    dim,
    dims,
    form_of,
    index,
    name_of_index,
    size_of,
    term_of,
)
from verifier.kernel.shapes import SCALAR, Shape, ShapeError, column, rectangle
from verifier.kernel.terms import Term

# symbols


def scalar(name: str) -> Expression:
    """A real number."""
    return Expression(Term("symbol", (), (name, SCALAR, ())))


def scalars(names: str) -> tuple[Expression, ...]:
    """Several real numbers: ``a, b = scalars("a b")``."""
    return tuple(scalar(name) for name in names.replace(",", " ").split())


def vector(name: str, n: int | Dimension) -> Expression:
    """A column of n real numbers."""
    return Expression(Term("symbol", (), (name, column(form_of(n)), ())))


def matrix(name: str, m: int | Dimension, n: int | Dimension) -> Expression:
    """An m×n matrix of real numbers."""
    return Expression(Term("symbol", (), (name, rectangle(form_of(m), form_of(n)), ())))


def family(name: str, shape: Shape = SCALAR) -> Callable[..., Expression]:
    """A symbol with index arguments: ``X = family("X", vector_shape(n)); X(i)``."""
    return lambda *at: Expression(Term("symbol", (), (name, shape, tuple(form_of(size_of(k)) for k in at))))


def vector_shape(n: int | Dimension) -> Shape:
    """n×1"""
    return column(form_of(n))


def matrix_shape(m: int | Dimension, n: int | Dimension) -> Shape:
    """m×n"""
    return rectangle(form_of(m), form_of(n))


def function(name: str, result: Shape = SCALAR) -> Callable[..., Expression]:
    """An undeclared smooth function; of one scalar it applies entrywise, to anything else as a whole."""

    def applied(*arguments: Operand) -> Expression:
        terms = tuple(term_of(a) for a in arguments)
        if len(terms) == 1 and terms[0].space().is_scalar and result.is_scalar:
            return Expression(Term("elementwise", terms, (name, 0, ())))
        return Expression(Term("apply", terms, (name, result, ())))

    return applied


def entrywise(name: str, order: int = 0) -> Callable[[Operand], Expression]:
    """An undeclared smooth function of one real number, applied to every entry; ``order`` counts its primes."""
    return lambda argument: Expression(Term("elementwise", (term_of(argument),), (name, order, ())))


def number(value: Operand) -> Expression:
    """A number, or a dimension as a number."""
    return Expression(term_of(value))


def identity_matrix(n: int | Dimension) -> Expression:
    """The n×n identity."""
    return Expression(Term("identity", (), (form_of(n),)))


def zeros(m: int | Dimension, n: int | Dimension = 1) -> Expression:
    """The m×n matrix of zeros."""
    return Expression(Term("zeros", (), (rectangle(form_of(m), form_of(n)),)))


def ones(m: int | Dimension, n: int | Dimension = 1) -> Expression:
    """The m×n matrix of ones."""
    return Expression(Term("ones", (), (rectangle(form_of(m), form_of(n)),)))


def unit_vector(n: int | Dimension, i: int | Dimension) -> Expression:
    """The n-vector with 1 at i and 0 elsewhere."""
    return Expression(Term("unit", (), (form_of(n), form_of(i))))


# operations


def _unary(head: str) -> Callable[[Expression], Expression]:
    def operation(argument: Expression) -> Expression:
        return Expression(Term(head, (term_of(argument),)))

    operation.__name__ = operation.__qualname__ = head
    operation.__doc__ = f"The {head.replace('_', ' ')}."
    return operation


def _binary(head: str) -> Callable[[Expression, Expression], Expression]:
    def operation(left: Expression, right: Expression) -> Expression:
        return Expression(Term(head, (term_of(left), term_of(right))))

    operation.__name__ = operation.__qualname__ = head
    operation.__doc__ = f"The {head.replace('_', ' ')} of two terms."
    return operation


def _entrywise(name: str) -> Callable[[Operand], Expression]:
    def applied(argument: Operand) -> Expression:
        return Expression(Term("elementwise", (term_of(argument),), (name, 0, ())))

    applied.__name__ = applied.__qualname__ = name
    applied.__doc__ = f"{name}, applied to every entry."
    return applied


trace = _unary("trace")
determinant = _unary("determinant")
transpose = _unary("transpose")
inverse = _unary("inverse")
pseudoinverse = _unary("pseudoinverse")
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
    return Expression(Term("hadamard_power", (argument.term, term_of(exponent))))


def maximum(*arguments: Operand) -> Expression:
    """The largest of some scalars."""
    return Expression(Term("maximum", tuple(term_of(a) for a in arguments)))


def minimum(*arguments: Operand) -> Expression:
    """The smallest of some scalars."""
    return Expression(Term("minimum", tuple(term_of(a) for a in arguments)))


def block(rows: Sequence[Sequence[Operand]]) -> Expression:
    """A matrix of entries or blocks, by rows."""
    width = len(rows[0]) if rows else 0
    if any(len(line) != width for line in rows):
        raise ShapeError(f"the rows of a block matrix have {sorted({len(line) for line in rows})} blocks")
    return Expression(Term("block", tuple(term_of(b) for line in rows for b in line), (len(rows), width)))


def summation(
    body: Operand, i: Dimension, lower: int | Dimension, upper: int | Dimension, where: Statement | None = None
) -> Expression:
    """Σ over i from lower to upper, where a condition on the indices holds."""
    args = (term_of(body),) if where is None else (term_of(body), where.term)
    return Expression(Term("sum", args, (name_of_index(i), form_of(lower), form_of(upper))))


def rows(body: Expression, i: Dimension, n: int | Dimension) -> Expression:
    """The matrix whose row i is ``body``, for i from 1 to n."""
    return Expression(Term("build_rows", (body.term,), (name_of_index(i), form_of(n))))


def columns(body: Expression, i: Dimension, n: int | Dimension) -> Expression:
    """The matrix whose column i is ``body``, for i from 1 to n."""
    return Expression(Term("build_columns", (body.term,), (name_of_index(i), form_of(n))))


def cases(*branches: tuple[Statement, Operand], otherwise: Operand) -> Expression:
    """The value of the first branch whose condition holds."""
    flat = tuple(t for condition, value in branches for t in (condition.term, term_of(value)))
    return Expression(Term("cases", (*flat, term_of(otherwise))))


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


def expectation(body: Expression) -> Expression:
    """E of a term, over all that is random."""
    return Expression(Term("expectation", (body.term,), ((),)))


def variance(body: Expression) -> Expression:
    """Var of a scalar; of an n-vector, its n×n covariance matrix."""
    return Expression(Term("variance", (body.term,), ((),)))


def covariance(left: Expression, right: Expression) -> Expression:
    """Cov(u, v): m×n for an m-vector u and an n-vector v."""
    return Expression(Term("covariance", (left.term, right.term), ((),)))


def at(body: Expression, by: Expression, value: Operand) -> Expression:
    """The body with ``value`` put for the symbol ``by``, after any derivative in it is taken."""
    return Expression(Term("substitute", (body.term, by.term, term_of(value))))


# optima


def _optimum(
    kind: str, objective: Expression, by: Expression, constraints: tuple[Chain | Statement, ...]
) -> Expression:
    said = [part for one in constraints for part in (one.steps if isinstance(one, Chain) else (one,))]
    return Expression(Term("optimum", (objective.term, by.term, *(one.term for one in said)), (kind,)))


def argmin(objective: Expression, by: Expression, *constraints: Chain | Statement) -> Expression:
    """The set of the points at which the objective is least among those that meet the constraints."""
    return _optimum("argmin", objective, by, constraints)


def argmax(objective: Expression, by: Expression, *constraints: Chain | Statement) -> Expression:
    """The set of the points at which the objective is greatest among those that meet the constraints."""
    return _optimum("argmax", objective, by, constraints)


def least(objective: Expression, by: Expression, *constraints: Chain | Statement) -> Expression:
    """The least value of the objective at points that meet the constraints, attained at one of them."""
    return _optimum("min", objective, by, constraints)


def greatest(objective: Expression, by: Expression, *constraints: Chain | Statement) -> Expression:
    """The greatest value of the objective at points that meet the constraints, attained at one of them."""
    return _optimum("max", objective, by, constraints)


__all__ = [
    "Chain",
    "Dimension",
    "Expression",
    "Operand",
    "Statement",
    "absolute",
    "arctan",
    "argmax",
    "argmin",
    "at",
    "block",
    "cases",
    "columns",
    "cos",
    "cosh",
    "covariance",
    "define",
    "derivative",
    "determinant",
    "diag",
    "diagonal",
    "diagonal_matrix",
    "dim",
    "dims",
    "dot",
    "entrywise",
    "equals",
    "exp",
    "expectation",
    "family",
    "for_all",
    "full_column_rank",
    "full_row_rank",
    "function",
    "gaussian",
    "gradient",
    "greatest",
    "hadamard",
    "hadamard_divide",
    "hadamard_power",
    "hessian",
    "idempotent",
    "identity_matrix",
    "iff",
    "implies",
    "independent",
    "independent_entries",
    "independent_members",
    "index",
    "indicator",
    "inverse",
    "invertible",
    "is_optimal",
    "is_random",
    "jacobian",
    "kronecker",
    "least",
    "less_equal",
    "log",
    "matrix",
    "matrix_shape",
    "maximum",
    "minimum",
    "nonzero",
    "norm",
    "not_equal",
    "number",
    "ones",
    "orthogonal",
    "orthonormal_columns",
    "permutation",
    "positive",
    "positive_definite",
    "positive_semidefinite",
    "projection",
    "pseudoinverse",
    "rank",
    "relu",
    "rows",
    "scalar",
    "scalars",
    "sigmoid",
    "sign",
    "sin",
    "sinh",
    "skew",
    "softplus",
    "sqrt",
    "step",
    "summation",
    "symmetric",
    "tan",
    "tanh",
    "trace",
    "transpose",
    "unit_vector",
    "variance",
    "vector",
    "vector_shape",
    "zeros",
]
