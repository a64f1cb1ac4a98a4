"""Axioms that are inequalities: functions of one number, powers, inner products and norms, quadratic forms."""

from __future__ import annotations

from collections.abc import Callable

from verifier.kernel.axioms_building import (
    Axiom,
    call,
    equal,
    gram,
    has,
    identity_of_columns,
    identity_of_rows,
    matrix,
    matrix_product,
    minus,
    non_negative,
    number,
    of_shape,
    over,
    plus,
    positive,
    power,
    scalar,
    square,
    times,
    transpose,
)
from verifier.kernel.axioms_special import entry_of
from verifier.kernel.heads import TermError
from verifier.kernel.linear import ONE, ZERO, variable
from verifier.kernel.terms import Term, free_indices, fresh_name


def _at_most(left: Term, right: Term) -> Term:
    return Term("less_equal", (left, right))


def _below(left: Term, right: Term) -> Term:
    return Term("less", (left, right))


def _column(x: Term) -> Term:
    if matrix(x).space().columns != ONE:
        raise TermError(f"the law is about columns, not about {x.space()}")
    return x


def _norm(x: Term) -> Term:
    return Term("norm", (_column(x),), ("2",))


def _spectral(x: Term) -> Term:
    return Term("norm", (matrix(x),), ("spectral",))


def _zero_of(x: Term) -> Term:
    return Term("zeros", (), (x.space(),))


def _dot(x: Term, y: Term) -> Term:
    return matrix_product(transpose(_column(x)), of_shape(x.space(), y))


def _quadratic(m: Term, x: Term) -> Term:
    return matrix_product(matrix_product(transpose(_column(x)), square(m)), x)


ORDER: dict[str, Axiom] = {
    "exp_tangent": Axiom(
        2,
        lambda a, b: _at_most(times(call("exp", b), plus(number(1), minus(a, b))), call("exp", a)),
        "a convex function is above its tangents",
    ),
    "log_tangent": Axiom(
        2,
        lambda a, b: _at_most(call("log", a), plus(call("log", b), minus(over(a, b), number(1)))),
        "a concave function is below its tangents",
        positive,
    ),
    "sigmoid_lt_one": Axiom(
        1,
        lambda a: _below(call("sigmoid", a), number(1)),
        "σ(u) = 1/(1 + e⁻ᵘ)",
    ),
    "tanh_lt_one": Axiom(
        1,
        lambda a: _below(call("tanh", a), number(1)),
        "tanh u = (e²ᵘ - 1)/(e²ᵘ + 1)",
    ),
    "tanh_le_self": Axiom(
        1,
        lambda a: _at_most(call("tanh", a), a),
        "tanh 0 = 0 and tanh' ≤ 1",
        non_negative,
    ),
    "one_le_cosh": Axiom(
        1,
        lambda a: _at_most(number(1), call("cosh", a)),
        "cosh u - 1 = (eᵘ + e⁻ᵘ)/2 - 1 = (e^(u/2) - e^(-u/2))²/2",
    ),
    "power_le_power": Axiom(
        3,
        lambda a, b, e: _at_most(power(a, e), power(b, e)),
        "powers with an exponent that is not negative keep the order of numbers that are not negative",
        lambda a, b, e: (*non_negative(a), _at_most(a, b), *non_negative(e)),
    ),
}

NORMS: dict[str, Axiom] = {
    "cauchy_schwarz": Axiom(
        2,
        lambda x, y: _at_most(_dot(x, y), times(_norm(x), _norm(y))),
        "Cauchy–Schwarz",
    ),
    "norm_add_le": Axiom(
        2,
        lambda x, y: _at_most(_norm(plus(x, of_shape(x.space(), y))), plus(_norm(x), _norm(y))),
        "triangle inequality of the Euclidean norm",
    ),
    "norm_smul": Axiom(
        2,
        lambda c, x: equal(_norm(times(scalar(c), x)), times(call("abs", c), _norm(x))),
        "a norm is homogeneous",
    ),
    "norm_smul_nonneg": Axiom(
        2,
        lambda c, x: equal(_norm(times(scalar(c), x)), times(c, _norm(x))),
        "a norm is homogeneous",
        lambda c, x: non_negative(c),
    ),
    "norm_positive": Axiom(
        1,
        lambda x: _below(number(0), _norm(x)),
        "a norm is definite",
        lambda x: (Term("not_equal", (x, _zero_of(x))),),
    ),
    "eq_zero_of_norm": Axiom(
        1,
        lambda x: equal(_column(x), _zero_of(x)),
        "a norm is definite",
        lambda x: (equal(_norm(x), number(0)),),
    ),
    "entry_le_norm": Axiom(
        2,
        lambda x, e: _at_most(power(entry_of(x, e), number(2)), power(_norm(x), number(2))),
        "a square is at most a sum of squares with it among them",
    ),
    "spectral_norm_add_le": Axiom(
        2,
        lambda a, b: _at_most(_spectral(plus(a, of_shape(a.space(), b))), plus(_spectral(a), _spectral(b))),
        "triangle inequality of the spectral norm",
    ),
    "spectral_norm_smul": Axiom(
        2,
        lambda c, a: equal(_spectral(times(scalar(c), a)), times(call("abs", c), _spectral(a))),
        "a norm is homogeneous",
    ),
    "spectral_norm_smul_nonneg": Axiom(
        2,
        lambda c, a: equal(_spectral(times(scalar(c), a)), times(c, _spectral(a))),
        "a norm is homogeneous",
        lambda c, a: non_negative(c),
    ),
    "spectral_norm_le_frobenius": Axiom(
        1,
        lambda a: _at_most(_spectral(a), Term("norm", (matrix(a),), ("F",))),
        "‖A‖_F² is the sum of the squares of all singular values",
    ),
    "spectral_norm_of_eq_identity": Axiom(
        1,
        lambda m: equal(_spectral(square(m)), number(1)),
        "‖Ix‖ = ‖x‖",
        lambda m: (equal(m, identity_of_rows(m)),),
    ),
    "spectral_norm_one_minus_gram": Axiom(
        2,
        lambda c, f: _at_most(_spectral(minus(identity_of_columns(matrix(f)), times(scalar(c), gram(f)))), number(1)),
        "the eigenvalues of I - cFᵀF are 1 - cσ² for the singular values σ of F (and σ = 0), so between -1 and 1",
        lambda c, f: (*non_negative(c), _at_most(times(c, power(_spectral(f), number(2))), number(2))),
    ),
    "quadratic_form_nonneg": Axiom(
        2,
        lambda m, x: _at_most(number(0), _quadratic(m, x)),
        "definition of a positive semidefinite matrix",
        lambda m, x: (has("positive_semidefinite", m),),
    ),
    "quadratic_form_positive": Axiom(
        2,
        lambda m, x: _below(number(0), _quadratic(m, x)),
        "definition of a positive definite matrix",
        lambda m, x: (has("positive_definite", m), Term("not_equal", (x, _zero_of(x)))),
    ),
}


def _eventually(statement: Callable[[Term], Term], *fixed: Term) -> Term:
    """∃T ≥ 0 ∀t ≥ T statement(t)"""
    taken = frozenset().union(*(free_indices(term) for term in fixed))
    last = fresh_name("t", taken)
    first = fresh_name("T", taken | {last})
    later = Term("for_all", (statement(Term("index", (), (variable(last),))),), (last, variable(first), None))
    return Term("exists", (later,), (first, ZERO, None))


def _member(c: Term, a: Term, t: Term) -> Term:
    """c aᵗ"""
    return times(scalar(c), power(scalar(a), t))


LIMITS: dict[str, Axiom] = {
    "geometric_vanishes": Axiom(
        3,
        lambda a, c, e: _eventually(lambda t: _below(call("abs", _member(c, a, t)), scalar(e)), a, c, e),
        "|a|ᵗ |c| < e for t > log(e/|c|)/log|a|",
        lambda a, c, e: (_below(call("abs", a), number(1)), *positive(e)),
    ),
    "geometric_unbounded": Axiom(
        3,
        lambda a, c, b: _eventually(lambda t: _below(scalar(b), call("abs", _member(c, a, t))), a, c, b),
        "|a|ᵗ ≥ 1 + t(|a| - 1) (Bernoulli)",
        lambda a, c, b: (_below(number(1), call("abs", a)), Term("not_equal", (c, number(0)))),
    ),
    "geometric_grows": Axiom(
        3,
        lambda a, c, b: _eventually(lambda t: _below(scalar(b), _member(c, a, t)), a, c, b),
        "aᵗ ≥ 1 + t(a - 1) (Bernoulli)",
        lambda a, c, b: (_below(number(1), a), *positive(c)),
    ),
}

INEQUALITIES: dict[str, Axiom] = {**ORDER, **NORMS, **LIMITS}
