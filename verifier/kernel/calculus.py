"""Differentiation of normal forms by the entries of a symbol, and substitution for a symbol."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from verifier.kernel.algebra import Algebra
from verifier.kernel.functions import apply, derivative
from verifier.kernel.linear import ONE, Linear, minus, variable
from verifier.kernel.matrices import arguments_of, derivative_of_application, determinant, inverse, opaque
from verifier.kernel.polynomials import (
    CUMULANT,
    Factor,
    Monomial,
    NormalForm,
    Unsupported,
    add_exponents,
    rename_factor,
)

Entries = Callable[[tuple[Linear, ...]], NormalForm]


def differentiate(algebra: Algebra, form: NormalForm, name: str, slots: tuple[Linear, ...]) -> NormalForm:
    """∂ form / ∂ name[slots], for a symbol whose entries are independent of one another and of all else."""
    result: NormalForm = {}
    for monomial, coefficient in form.items():
        touched = [k for k, f in enumerate(monomial.factors) if name in f.base.names]
        if not touched:
            continue
        if all(_is_entry(monomial.factors[k]) for k in touched):
            for k in touched:
                algebra.add_to(result, _by_entry(algebra, monomial, coefficient, k, slots))
            continue
        factors, sums = algebra.unbind(monomial)
        total: NormalForm = {}
        for k in touched:
            rest = algebra.monomial(coefficient, factors[:k] + factors[k + 1 :], {})
            total = algebra.add(total, algebra.multiply(rest, _of_factor(algebra, factors[k], name, slots)))
        for index, within in sums:
            total = algebra.bind(total, index, within)
        result = algebra.add(result, total)
    return result


def _is_entry(factor: Factor) -> bool:
    """An entry of a symbol to the power of a number."""
    return factor.base.kind == "symbol" and not isinstance(factor.exponent, tuple)


def _by_entry(
    algebra: Algebra, monomial: Monomial, coefficient: Fraction, k: int, slots: tuple[Linear, ...]
) -> NormalForm:
    """The term of the product rule for factor k, an entry: e · base^(e-1) · Π δ, summed as the monomial is."""
    base, places, exponent = monomial.factors[k]
    factors = [*monomial.factors[:k], *monomial.factors[k + 1 :]]
    if isinstance(exponent, tuple):
        raise TypeError("a symbolic exponent has a rule of its own")
    if exponent != 1:
        factors.append(Factor(base, places, add_exponents(exponent, -1)))
    deltas = _deltas(algebra, base.name, places, slots)
    return algebra.monomial(coefficient * Fraction(exponent), factors + deltas, dict(enumerate(monomial.bound)))


def _deltas(algebra: Algebra, name: str, places: tuple[Linear, ...], slots: tuple[Linear, ...]) -> list[Factor]:
    """Whether two entries of a symbol are the same one."""
    if len(places) != len(slots):
        raise Unsupported(f"{name} is used with {len(places)} and with {len(slots)} indices")
    delta = algebra.base("delta", "", own=1)
    return [
        rename_factor(Factor(delta, (minus(here, there),), 1), {}) for here, there in zip(places, slots, strict=True)
    ]


def _of_factor(algebra: Algebra, factor: Factor, name: str, slots: tuple[Linear, ...]) -> NormalForm:
    """The power rule: e · base^(e-1) · ∂base"""
    base, places, exponent = factor
    lower = algebra.factor(base, places, add_exponents(exponent, -1))
    outer = algebra.multiply(algebra.exponent_value(exponent), lower)
    return algebra.multiply(outer, _of_base(algebra, Factor(base, places, 1), name, slots))


def _of_base(algebra: Algebra, factor: Factor, name: str, slots: tuple[Linear, ...]) -> NormalForm:
    base, places, _ = factor
    match base.kind:
        case "symbol":
            return algebra.monomial(Fraction(1), _deltas(algebra, name, places, slots), {})
        case "power":
            return differentiate(algebra, algebra.argument(factor), name, slots)
        case "function":
            argument = algebra.argument(factor)
            outer = derivative(algebra, base.name, base.order[0], argument)
            return algebra.multiply(outer, differentiate(algebra, argument, name, slots))
        case "step":
            return {}
        case "inverse":
            return _of_inverse(algebra, factor, name, slots)
        case "determinant":
            return _of_determinant(algebra, factor, name, slots)
        case "apply":
            return _of_application(algebra, factor, name, slots)
        case _:
            raise Unsupported(f"the derivative of {base.name or base.kind}")


def _of_inverse(algebra: Algebra, factor: Factor, name: str, slots: tuple[Linear, ...]) -> NormalForm:
    """∂(M⁻¹) = -M⁻¹ ∂M M⁻¹"""
    base, (row, column, *outer), _ = factor
    ((form, (p, q)),) = arguments_of(algebra, factor)
    left = algebra.factor(base, (row, variable(p), *outer))
    right = algebra.factor(base, (variable(q), column, *outer))
    inner = algebra.multiply(algebra.multiply(left, differentiate(algebra, form, name, slots)), right)
    for index in (p, q):
        inner = algebra.bind(inner, index, (ONE, base.sizes[0]))
    return algebra.scale(Fraction(-1), inner)


def _of_determinant(algebra: Algebra, factor: Factor, name: str, slots: tuple[Linear, ...]) -> NormalForm:
    """∂ det M = det M · tr(M⁻¹ ∂M)  (Jacobi)"""
    ((form, (p, q)),) = arguments_of(algebra, factor)
    size = factor.base.sizes[0]
    backward = inverse(algebra, form, (p, q), size, (variable(q), variable(p)))
    inner = algebra.multiply(backward, differentiate(algebra, form, name, slots))
    for index in (p, q):
        inner = algebra.bind(inner, index, (ONE, size))
    return algebra.multiply(algebra.factor(factor.base, factor.slots), inner)


def _of_application(algebra: Algebra, factor: Factor, name: str, slots: tuple[Linear, ...]) -> NormalForm:
    """The chain rule: Σ over the arguments u of f, ∂f/∂u ∂u"""
    result: NormalForm = {}
    for k, (form, axes) in enumerate(arguments_of(algebra, factor)):
        outer = derivative_of_application(algebra, factor, k, axes)
        term = algebra.multiply(outer, differentiate(algebra, form, name, slots))
        for axis in axes:
            term = algebra.bind(term, axis, algebra.ranges[axis])
        result = algebra.add(result, term)
    return result


def substitute_symbol(algebra: Algebra, form: NormalForm, name: str, entries: Entries) -> NormalForm:
    """The form with every entry name[slots] replaced by entries(slots)."""
    result: NormalForm = {}
    for monomial, coefficient in form.items():
        if not any(name in f.base.names for f in monomial.factors):
            result = algebra.add(result, {monomial: coefficient})
            continue
        factors, sums = algebra.unbind(monomial)
        total = algebra.number(coefficient)
        for factor in factors:
            total = algebra.multiply(total, _rebuilt(algebra, factor, name, entries))
        for index, within in sums:
            total = algebra.bind(total, index, within)
        result = algebra.add(result, total)
    return result


def _rebuilt(algebra: Algebra, factor: Factor, name: str, entries: Entries) -> NormalForm:
    base, places, exponent = factor
    if name not in base.names:
        return algebra.factor(base, places, exponent)
    if base.kind == "symbol":
        return algebra.power(entries(places), exponent)
    if base.kind == CUMULANT:
        raise Unsupported(f"a value put for {name}, which an expectation binds")
    arguments = [
        (substitute_symbol(algebra, form, name, entries), axes)
        for form, axes in arguments_of(algebra, Factor(base, places, 1))
    ]
    form, axes = arguments[0]
    match base.kind:
        case "power":
            value = form
        case "function":
            value = apply(algebra, base.name, base.order[0], form)
        case "step":
            value = algebra.step(form)
        case "inverse":
            value = inverse(algebra, form, (axes[0], axes[1]), base.sizes[0], (places[0], places[1]))
        case "determinant":
            value = determinant(algebra, form, (axes[0], axes[1]), base.sizes[0])
        case _:
            groups = tuple(group for group in base.symmetric if all(k < base.own for k in group))
            value = opaque(
                algebra, base.kind, base.name, places[: base.own], tuple(arguments), base.sizes, base.order, groups
            )
    return algebra.power(value, exponent)
