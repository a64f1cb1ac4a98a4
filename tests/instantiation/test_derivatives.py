"""Derivatives by duals: against finite differences, at kinks, and of terms of which nothing is known."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest
from flint import fmpq

from verifier.instantiation import instantiate, matrices
from verifier.instantiation.duals import Dual, plain, tangent
from verifier.instantiation.functions import apply, at_order
from verifier.instantiation.outcomes import Undefined, Unsupported
from verifier.instantiation.rings import FUNCTIONS, PrimeField, Rationals
from verifier.kernel.sequents import Definition
from verifier.language import (
    Expression,
    absolute,
    cases,
    define,
    determinant,
    entrywise,
    equals,
    exp,
    gradient,
    hadamard,
    hessian,
    jacobian,
    log,
    maximum,
    norm,
    relu,
    scalars,
    sigmoid,
    sqrt,
    summation,
    tanh,
    trace,
    vector,
)

from .claims import A, X, a, applied, claim, e, evaluate, family, i, m, n, p, q, residual, t, u, w, within, x, y

STEP = 2.0**-40
TERMS: dict[str, Expression] = {
    "quotient": (x.T @ A @ x) / (1 + norm(x) ** 2),
    "inverse": x.T @ (A + norm(x) ** 2 * A.T).inverse @ x,
    "determinant": determinant(A + x @ x.T),
    "power of a matrix": trace((A + x @ x.T) ** 3),
    "logarithm of exponentials": log(summation(exp(x[i] ** 2), i, 1, n)),
    "network": u.T @ tanh(X @ sigmoid(x)),
    "root": sqrt(1 + (x.T @ y) ** 2),
    "kinks": relu(x.T @ y) + absolute(x.T @ A @ y) + maximum(x[1], x[2], x[3]),
    "norm": norm(A @ x) + norm(hadamard(x, y), "1"),
    "real power": (1 + x[1] ** 2) ** (x[2] * x[3]),
    "cases": cases((x[1] > 0, x[2] ** 2), otherwise=x[3] ** 2),
}
SIZES = {"m": 2, "n": 3}


def arrays() -> dict[str, np.ndarray]:
    random = np.random.default_rng(3)
    shapes = {"A": (3, 3), "X": (2, 3), "x": (3, 1), "y": (3, 1), "u": (2, 1)}
    return {name: random.normal(size=shape) for name, shape in shapes.items()}


@pytest.mark.parametrize("name", TERMS)
def test_gradients_agree_with_finite_differences(name: str) -> None:
    held = arrays()
    found = evaluate(gradient(TERMS[name], x), held, SIZES)
    for k in range(3):
        ahead, behind = (float(evaluate(TERMS[name], moved(held, k, sign * STEP), SIZES)) for sign in (1, -1))
        assert found[k, 0] == pytest.approx((ahead - behind) / (2 * STEP), rel=1e-3, abs=1e-3)


@pytest.mark.parametrize("name", TERMS)
def test_hessians_agree_with_differences_of_gradients(name: str) -> None:
    held = arrays()
    found = evaluate(hessian(TERMS[name], x), held, SIZES)
    slope = gradient(TERMS[name], x)
    for k in range(3):
        ahead, behind = (evaluate(slope, moved(held, k, sign * STEP), SIZES) for sign in (1, -1))
        np.testing.assert_allclose(found[:, [k]], (ahead - behind) / (2 * STEP), rtol=1e-2, atol=1e-2)


def moved(held: dict[str, np.ndarray], k: int, step: float) -> dict[str, np.ndarray]:
    direction = np.zeros((3, 1))
    direction[k] = step
    return {**held, "x": held["x"] + direction}


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_slopes_of_functions(name: str) -> None:
    z = scalars("z")[0]
    body = Expression(entrywise(name)(z).term)
    for place in (0.7, 1.9):
        found = float(evaluate(jacobian(body, z), {"z": place}, {}))
        ahead, behind = (float(evaluate(body, {"z": place + sign * STEP}, {})) for sign in (1, -1))
        assert found == pytest.approx((ahead - behind) / (2 * STEP), abs=1e-3)


def test_primes_are_derivatives() -> None:
    z = scalars("z")[0]
    for name in ("tanh", "exp", "sin"):
        twice = evaluate(jacobian(jacobian(entrywise(name)(z), z), z), {"z": 0.3}, {})
        assert float(evaluate(entrywise(name, 2)(z), {"z": 0.3}, {})) == pytest.approx(float(twice), rel=1e-15)


# dual numbers


def dual(value: int, tag: int = 1, slope: int = 1) -> Dual:
    return Dual(tag, fmpq(value), {0: fmpq(slope)})


def test_arithmetic_of_duals() -> None:
    number = (3 - dual(2) * dual(2)) / (1 + dual(2))
    assert plain(number) == fmpq(-1, 3)
    assert tangent(number, 1, 0, 0) == fmpq(-4, 3) + fmpq(1, 9)
    assert tangent(dual(2) ** 3, 1, 0, 0) == 12


def parts(number: Any, tag: int = 2) -> dict[tuple[Any, ...], Any]:
    """The value and all derivatives that are not 0, by the seeds of the tags from this one down."""
    if not tag:
        return {(): number} if number != 0 else {}
    carries = isinstance(number, Dual) and number.tag == tag
    found = {("value", *seeds): part for seeds, part in parts(number.value if carries else number, tag - 1).items()}
    for seed, slope in number.tangents.items() if carries else ():
        found |= {(seed, *seeds): part for seeds, part in parts(slope, tag - 1).items()}
    return found


def test_an_inner_product_of_duals_is_the_sum_of_its_products() -> None:
    """Tags mixed, constants among them, seeds that meet: as the sum of products has it, derivative by derivative."""
    numbers = [fmpq(k, 3) for k in (2, -5, 0, 7)]
    ones = [Dual(1, number, {0: fmpq(k), k: fmpq(1)}) for k, number in enumerate(numbers, start=1)]
    nested = [Dual(2, one, {0: one, "s": fmpq(2)}) for one in ones]
    mixed = [numbers[0], ones[1], nested[2], Dual(2, numbers[3], {0: fmpq(4)})]
    for left, right in product((numbers, ones, nested, mixed), repeat=2):
        products = [a * b for a, b in zip(left, right, strict=True)]
        assert parts(matrices.inner(left, right)) == parts(matrices.total(products))
    assert len(parts(matrices.inner(nested, mixed))) > 10


def test_tags_keep_derivatives_apart() -> None:
    """d/dx (x · d/dy (x + y)) = 1: the perturbations of x and y are not confused."""
    outer, inner = dual(5, tag=1), dual(7, tag=2)
    slope = tangent(outer + inner, 2, 0, fmpq(0))
    assert tangent(outer * slope, 1, 0, fmpq(0)) == 1
    assert tangent(outer * inner, 2, 0, fmpq(0)).value == 5


def test_higher_derivatives_of_one_function() -> None:
    assert at_order(Rationals(), lambda z: z * z * z, fmpq(2), 2, 1) == 12
    assert at_order(Rationals(), lambda z: 0 * z + 4, fmpq(2), 1, 1) == 0


def test_random_oracles_have_their_derivatives() -> None:
    field = PrimeField("salt")
    number = field.number(5)
    value = apply(field, "tanh", Dual(1, number, {0: field.number(1)}))
    assert value.tangents[0] == 1 - value.value * value.value
    assert apply(field, "tanh", number) == value.value
    assert apply(PrimeField("other"), "tanh", number) != value.value


@pytest.mark.parametrize("name", ["relu", "abs", "step", "sign", "sqrt"])
def test_derivatives_at_kinks_are_undefined(name: str) -> None:
    with pytest.raises(Undefined):
        apply(Rationals(), name, dual(0))


@pytest.mark.parametrize(
    "body",
    [maximum(a, 2 * a, p), norm(a * x, "1"), norm(a * x), cases((a > 0, a), otherwise=-a), sqrt(a**2) * p],
)
def test_terms_with_kinks_at_0_are_undefined_there(body: Expression) -> None:
    with pytest.raises(Undefined):
        evaluate(jacobian(body, a), {"a": 0.0, "p": 0.0, "x": np.ones((2, 1))}, {"n": 2})


def test_a_kink_that_does_not_move_is_none() -> None:
    assert float(evaluate(jacobian(a * relu(p), a), {"a": 1.0, "p": 0.0}, {})) == 0


# dependence


def undecidable(*arguments: object, **options: object) -> str:
    return instantiate(claim(*arguments, **options)).undecidable  # type: ignore[arg-type]


def test_nobody_said_how_it_depends() -> None:
    assert undecidable(equals(jacobian(p, a), 0)) == "nothing says how p depends on a"
    assert undecidable(equals(jacobian(p * q, a), 0)) == "nothing says how p and q depends on a"
    assert undecidable(equals(jacobian(e, x), X), definitions=[define(e, X @ vector("z", n) - u)]).startswith(
        "nothing says how X and u and z"
    )


def test_numbers_are_constants() -> None:
    assert instantiate(claim(equals(jacobian(3 * exp(p - p) * a / a, a), 0))).counterexample is None
    assert undecidable(equals(jacobian(Expression((A - A).term), a), 0 * A))
    outcome = instantiate(claim(equals(gradient(log(exp(Expression((a - a).term))), a), 0)))
    assert outcome.counterexample is None


def test_dependence_goes_through_definitions_but_not_through_what_is_held() -> None:
    loss, hidden = scalars("L h")
    definitions = [define(loss, hidden**2 + p), define(hidden, relu(a * p + q))]
    assert instantiate(claim(equals(jacobian(loss, hidden), 2 * hidden), definitions=definitions)).evidence.models
    true = equals(jacobian(loss, q), 2 * hidden * entrywise("step")(a * p + q))
    assert instantiate(claim(true, definitions=definitions)).counterexample is None
    inner = equals(jacobian(jacobian(loss, hidden), q), 2 * entrywise("step")(a * p + q))
    assert instantiate(claim(inner, definitions=definitions)).counterexample is None
    held = equals(jacobian(jacobian(loss, q), hidden), 0)
    assert undecidable(held, definitions=definitions).startswith("nothing says how")


def test_conditions_tie_symbols() -> None:
    assert undecidable(equals(jacobian(a * p, a), p), given=[equals(p, a**2)]) == (
        "a condition ties a to p in a derivative by a"
    )
    assert undecidable(equals(gradient(norm(e) ** 2, x), 2 * (X.T @ e)), definitions=[residual]) == ""


def test_members_of_a_family_are_apart() -> None:
    assert instantiate(claim(equals(jacobian(w(1) * w(2), w(1)), w(2)))).counterexample is None
    assert instantiate(claim(equals(jacobian(w(2), w(1)), 0))).counterexample is None
    outcome = instantiate(claim(equals(jacobian(w(t) * w(t + 1), w(t)), w(t + 1)), indices=[within("t", (), None)]))
    assert outcome.counterexample is None


def test_parameters_shadow() -> None:
    inner = Definition("h", (jacobian(p**2, p) + a).term, (p.term,))
    assert instantiate(claim(equals(applied("h", 3 * p), 6 * p + a), definitions=[inner])).counterexample is None


def test_a_family_partly_held() -> None:
    v = family("v")
    definition = Definition("v", (a * p).term, (), (("t", ((), None)),))
    with_both = equals(jacobian(jacobian(v(1) * v(2) * a, a), v(1)), 0)
    assert undecidable(with_both, definitions=[definition])


def test_unsupported_is_an_exception_of_its_own() -> None:
    with pytest.raises(Unsupported):
        evaluate(jacobian(p, a), {"a": 1.0, "p": 2.0}, {"m": 1})
    assert m.form
