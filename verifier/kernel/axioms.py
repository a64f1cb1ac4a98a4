"""The table of axiom schemas. Each row: arguments, premises, statement, source.

A row is used by naming it with terms for its arguments; the kernel then asks for a proof of each premise. Every row
has a test on independent models, and a test that each premise is needed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from verifier.kernel.heads import TermError
from verifier.kernel.terms import Term


@dataclass(frozen=True, slots=True)
class Axiom:
    """premises(arguments) ⟹ statement(arguments)"""

    arity: int
    statement: Callable[..., Term]
    source: str
    premises: Callable[..., tuple[Term, ...]] = lambda *arguments: ()


def _number(value: int | Fraction) -> Term:
    return Term("number", (), (Fraction(value),))


def _call(name: str, argument: Term) -> Term:
    return Term("elementwise", (argument,), (name, 0, ()))


def _equal(left: Term, right: Term) -> Term:
    return Term("equal", (left, right))


def _times(left: Term, right: Term) -> Term:
    return Term("multiply", (left, right))


def _over(top: Term, bottom: Term) -> Term:
    return Term("divide", (top, bottom))


def _plus(left: Term, right: Term) -> Term:
    return Term("add", (left, right))


def _minus(left: Term, right: Term) -> Term:
    return Term("subtract", (left, right))


def _power(base: Term, exponent: Term) -> Term:
    return Term("power", (base, exponent))


def _negative(term: Term) -> Term:
    return Term("negate", (term,))


def _nonzero(term: Term) -> tuple[Term, ...]:
    return (Term("not_equal", (term, _number(0))),)


def _positive(*terms: Term) -> tuple[Term, ...]:
    return tuple(Term("greater", (term, _number(0))) for term in terms)


def _invertible(matrix: Term) -> tuple[Term, ...]:
    return (Term("property", (matrix,), ("invertible",)),)


def _identity(matrix: Term) -> Term:
    return Term("identity", (), (matrix.space().rows,))


def _square(matrix: Term) -> Term:
    if not matrix.space().is_square:
        raise TermError(f"an inverse is of a square matrix, not of {matrix.space()}")
    return matrix


def _scalar(term: Term) -> Term:
    if not term.space().is_scalar:
        raise TermError(f"a law of numbers is not for {term.space()}")
    return term


def _half(u: Term) -> Term:
    return _times(_scalar(u), _call("step", u))


AXIOMS: dict[str, Axiom] = {
    "reciprocal": Axiom(
        1,
        lambda a: _equal(_times(a, _power(a, _number(-1))), _number(1)),
        "field axiom",
        lambda a: _nonzero(a),
    ),
    "power_add_one": Axiom(
        2,
        lambda a, e: _equal(_times(a, _power(a, e)), _power(a, _plus(e, _number(1)))),
        "laws of real exponents",
        lambda a, e: _positive(a),
    ),
    "mul_inverse": Axiom(
        1,
        lambda m: _equal(_times(_square(m), Term("inverse", (m,))), _identity(m)),
        "definition of the inverse of a square matrix, right",
        _invertible,
    ),
    "inverse_mul": Axiom(
        1,
        lambda m: _equal(_times(Term("inverse", (_square(m),)), m), _identity(m)),
        "definition of the inverse of a square matrix, left",
        _invertible,
    ),
    "log_mul": Axiom(
        2,
        lambda a, b: _equal(_call("log", _times(a, b)), _plus(_call("log", a), _call("log", b))),
        "functional equation of the logarithm",
        lambda a, b: _positive(a, b),
    ),
    "log_pow": Axiom(
        2,
        lambda a, e: _equal(_call("log", _power(a, e)), _times(e, _call("log", a))),
        "functional equation of the logarithm",
        lambda a, e: _positive(a),
    ),
    "sqrt_mul": Axiom(
        2,
        lambda a, b: _equal(_call("sqrt", _times(a, b)), _times(_call("sqrt", a), _call("sqrt", b))),
        "square roots of non-negative numbers",
        lambda a, b: tuple(Term("greater_equal", (x, _number(0))) for x in (a, b)),
    ),
    "abs_of_nonneg": Axiom(
        1,
        lambda a: _equal(_call("abs", a), a),
        "definition of the absolute value",
        lambda a: (Term("greater_equal", (a, _number(0))),),
    ),
    "step_of_pos": Axiom(1, lambda a: _equal(_call("step", a), _number(1)), "definition of the step", _positive),
    "step_of_nonpos": Axiom(
        1,
        lambda a: _equal(_call("step", a), _number(0)),
        "definition of the step",
        lambda a: (Term("less_equal", (a, _number(0))),),
    ),
    "step_reflect": Axiom(
        1,
        lambda a: _equal(_call("step", _negative(a)), _minus(_number(1), _call("step", a))),
        "definition of the step",
        lambda a: _nonzero(a),
    ),
    "mul_step_reflect": Axiom(
        1,
        lambda a: _equal(_plus(_half(a), _times(a, _call("step", _negative(a)))), a),
        "definition of the step",
    ),
    "sigmoid_exp": Axiom(
        1,
        lambda a: _equal(_call("sigmoid", a), _over(_number(1), _plus(_number(1), _call("exp", _negative(a))))),
        "definition of the logistic function",
    ),
    "log_sigmoid": Axiom(
        1,
        lambda a: _equal(
            _call("log", _call("sigmoid", a)), _negative(_call("log", _plus(_number(1), _call("exp", _negative(a)))))
        ),
        "definition of the logistic function",
    ),
    "tanh_exp": Axiom(
        1,
        lambda a: _equal(
            _call("tanh", a),
            _over(
                _minus(_call("exp", a), _call("exp", _negative(a))), _plus(_call("exp", a), _call("exp", _negative(a)))
            ),
        ),
        "definition of the hyperbolic tangent",
    ),
    "sinh_exp": Axiom(
        1,
        lambda a: _equal(_call("sinh", a), _over(_minus(_call("exp", a), _call("exp", _negative(a))), _number(2))),
        "definition of the hyperbolic sine",
    ),
    "cosh_exp": Axiom(
        1,
        lambda a: _equal(_call("cosh", a), _over(_plus(_call("exp", a), _call("exp", _negative(a))), _number(2))),
        "definition of the hyperbolic cosine",
    ),
    "sin_sq_add_cos_sq": Axiom(
        1,
        lambda a: _equal(_plus(_power(_call("sin", a), _number(2)), _power(_call("cos", a), _number(2))), _number(1)),
        "Pythagorean identity",
    ),
    "symmetric": Axiom(
        1,
        lambda m: _equal(Term("transpose", (_square(m),)), m),
        "definition of a symmetric matrix",
        lambda m: (Term("property", (m,), ("symmetric",)),),
    ),
    "skew": Axiom(
        1,
        lambda m: _equal(Term("transpose", (_square(m),)), _negative(m)),
        "definition of a skew-symmetric matrix",
        lambda m: (Term("property", (m,), ("skew",)),),
    ),
    "orthogonal": Axiom(
        1,
        lambda m: _equal(_times(Term("transpose", (_square(m),)), m), _identity(m)),
        "definition of an orthogonal matrix",
        lambda m: (Term("property", (m,), ("orthogonal",)),),
    ),
    "orthogonal_rows": Axiom(
        1,
        lambda m: _equal(_times(m, Term("transpose", (_square(m),))), _identity(m)),
        "definition of an orthogonal matrix",
        lambda m: (Term("property", (m,), ("orthogonal",)),),
    ),
    "idempotent": Axiom(
        1,
        lambda m: _equal(_times(_square(m), m), m),
        "definition of an idempotent matrix",
        lambda m: (Term("property", (m,), ("idempotent",)),),
    ),
    "diagonal": Axiom(
        1,
        lambda m: _equal(Term("diag", (Term("diagonal", (_square(m),)),)), m),
        "definition of a diagonal matrix",
        lambda m: (Term("property", (m,), ("diagonal",)),),
    ),
    "positive_definite_symmetric": Axiom(
        1,
        lambda m: _equal(Term("transpose", (_square(m),)), m),
        "a positive definite matrix is symmetric by definition here",
        lambda m: (Term("property", (m,), ("positive_definite",)),),
    ),
    "positive_definite_invertible": Axiom(
        1,
        lambda m: Term("property", (_square(m),), ("invertible",)),
        "xᵀMx > 0 for x ≠ 0 leaves no kernel",
        lambda m: (Term("property", (m,), ("positive_definite",)),),
    ),
}
