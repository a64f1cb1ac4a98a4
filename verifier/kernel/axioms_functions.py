"""Axioms about numbers: reciprocals, powers, and functions of one number."""

from __future__ import annotations

from verifier.kernel.axioms_building import (
    Axiom,
    call,
    equal,
    minus,
    negative,
    non_negative,
    nonzero,
    number,
    over,
    plus,
    positive,
    power,
    scalar,
    times,
)
from verifier.kernel.terms import Term


def _half(u: Term) -> Term:
    return times(scalar(u), call("step", u))


FUNCTIONS: dict[str, Axiom] = {
    "reciprocal": Axiom(
        1,
        lambda a: equal(times(a, power(a, number(-1))), number(1)),
        "field axiom",
        nonzero,
    ),
    "power_add_one": Axiom(
        2,
        lambda a, e: equal(times(a, power(a, e)), power(a, plus(e, number(1)))),
        "laws of real exponents",
        lambda a, e: positive(a),
    ),
    "log_mul": Axiom(
        2,
        lambda a, b: equal(call("log", times(a, b)), plus(call("log", a), call("log", b))),
        "functional equation of the logarithm",
        lambda a, b: positive(a, b),
    ),
    "log_pow": Axiom(
        2,
        lambda a, e: equal(call("log", power(a, e)), times(e, call("log", a))),
        "functional equation of the logarithm",
        lambda a, e: positive(a),
    ),
    "sqrt_mul": Axiom(
        2,
        lambda a, b: equal(call("sqrt", times(a, b)), times(call("sqrt", a), call("sqrt", b))),
        "square roots of non-negative numbers",
        non_negative,
    ),
    "abs_of_nonneg": Axiom(
        1,
        lambda a: equal(call("abs", a), a),
        "definition of the absolute value",
        non_negative,
    ),
    "step_of_pos": Axiom(1, lambda a: equal(call("step", a), number(1)), "definition of the step", positive),
    "step_of_nonpos": Axiom(
        1,
        lambda a: equal(call("step", a), number(0)),
        "definition of the step",
        lambda a: (Term("less_equal", (a, number(0))),),
    ),
    "step_mul_pos": Axiom(
        2,
        lambda a, b: equal(call("step", times(scalar(a), b)), call("step", b)),
        "a positive factor keeps the sign",
        lambda a, b: positive(a),
    ),
    "step_reflect": Axiom(
        1,
        lambda a: equal(call("step", negative(a)), minus(number(1), call("step", a))),
        "definition of the step",
        nonzero,
    ),
    "mul_step_reflect": Axiom(
        1,
        lambda a: equal(plus(_half(a), times(a, call("step", negative(a)))), a),
        "definition of the step",
    ),
    "sigmoid_exp": Axiom(
        1,
        lambda a: equal(call("sigmoid", a), over(number(1), plus(number(1), call("exp", negative(a))))),
        "definition of the logistic function",
    ),
    "log_sigmoid": Axiom(
        1,
        lambda a: equal(
            call("log", call("sigmoid", a)), negative(call("log", plus(number(1), call("exp", negative(a)))))
        ),
        "definition of the logistic function",
    ),
    "tanh_exp": Axiom(
        1,
        lambda a: equal(
            call("tanh", a),
            over(minus(call("exp", a), call("exp", negative(a))), plus(call("exp", a), call("exp", negative(a)))),
        ),
        "definition of the hyperbolic tangent",
    ),
    "sinh_exp": Axiom(
        1,
        lambda a: equal(call("sinh", a), over(minus(call("exp", a), call("exp", negative(a))), number(2))),
        "definition of the hyperbolic sine",
    ),
    "cosh_exp": Axiom(
        1,
        lambda a: equal(call("cosh", a), over(plus(call("exp", a), call("exp", negative(a))), number(2))),
        "definition of the hyperbolic cosine",
    ),
    "sin_sq_add_cos_sq": Axiom(
        1,
        lambda a: equal(plus(power(call("sin", a), number(2)), power(call("cos", a), number(2))), number(1)),
        "Pythagorean identity",
    ),
}
