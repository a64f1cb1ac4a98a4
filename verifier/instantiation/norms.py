"""Norms whose value is a formula of the entries."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from verifier.instantiation import functions, matrices
from verifier.instantiation.evaluator import Environment, Evaluator, Value
from verifier.instantiation.matrices import entrywise, flat
from verifier.instantiation.outcomes import Unsupported
from verifier.instantiation.spectral import spectral_norm, squared_spectral_norm
from verifier.kernel.terms import Term


def check_norm(term: Term) -> None:
    """Raises Unsupported for norms that are not evaluated, or on whose meaning people do not agree."""
    (kind,), shape = term.data, term.args[0].space()
    matrix = not (shape.is_vector or shape.is_scalar)
    if kind == "nuclear":
        raise Unsupported("the nuclear norm")
    if kind == "2" and matrix:
        raise Unsupported("the 2-norm of a matrix, of its entries for some and the largest singular value for others")
    if kind == "1" and matrix:
        raise Unsupported("the 1-norm of a matrix, of its entries for some and of its columns for others")


def norm(ev: Evaluator, term: Term, env: Environment) -> Value:
    """‖x‖₂, ‖x‖₁, ‖x‖∞ of a vector; ‖A‖_F, the spectral norm, and the largest row sum ‖A‖∞, of a matrix."""
    check_norm(term)
    (kind,), shape, ring = term.data, term.args[0].space(), ev.ring
    value = ev.value(term.args[0], env)
    if shape.is_scalar:
        return functions.apply(ring, "abs", value)
    if kind in ("2", "F") or (kind == "spectral" and shape.is_vector):
        return functions.power(ring, sum_of_squares(value), Fraction(1, 2))
    if kind == "spectral":
        return spectral_norm(ring, value)
    sizes = entrywise(lambda entry: functions.apply(ring, "abs", entry), value)
    if kind == "1":
        return matrices.total(flat(sizes))
    lines = flat(sizes) if shape.is_vector else [matrices.total(row) for row in sizes]
    largest = lines[0]
    for line in lines[1:]:
        largest = functions.maximum(ring, largest, line)
    return largest


def sum_of_squares(value: Value) -> Any:
    """Σ aᵢⱼ²"""
    entries = flat(value)
    return matrices.inner(entries, entries)


def even_power_of_norm(ev: Evaluator, term: Term, exponent: Fraction | None, env: Environment) -> Value | None:
    """‖A‖² and its powers without a root; None for other terms."""
    if term.head != "norm" or term.data[0] not in ("2", "F", "spectral") or exponent not in (2, 4, 6):
        return None
    check_norm(term)
    value, shape = ev.value(term.args[0], env), term.args[0].space()
    spectral = term.data[0] == "spectral" and not (shape.is_vector or shape.is_scalar)
    squares = squared_spectral_norm(ev.ring, value) if spectral else sum_of_squares(value)
    return functions.power(ev.ring, squares, Fraction(exponent, 2))
