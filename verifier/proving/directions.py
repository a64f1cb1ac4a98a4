"""Vectors that follow a linear recurrence, along eigenvectors: vᵀxₜ = (vᵀx₀) aᵗ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from verifier.kernel.context import CertificateError, Context
from verifier.kernel.linear import ONE, ZERO, plus, variable
from verifier.kernel.terms import Term, free_indices, substitute_indices, subterms
from verifier.proving.addends import Addend, addends, factors_of, transposed
from verifier.proving.moving import opened


@dataclass(frozen=True)
class Direction:
    """An eigenvector, as a column: what the matrix times it is known to be, as a multiple of it."""

    matrix: tuple[Term, ...]
    vector: Term
    value: Term


def along_eigenvectors(context: Context, vector: Term, index: str) -> Iterator[tuple[Term, Term, Term]]:
    """vᵀx, the ratio a, and ∀t vᵀxₜ = (vᵀx₀) aᵗ, for members xₜ of a family and eigenvectors v that are known, and x₀.

    That it holds is to be proved: the recurrence and the eigenvector are only where it is read from.
    """
    if vector.head != "symbol" or vector.data[2] != (variable(index),):
        return
    known = list(directions(fact.proposition for fact in context.known))
    start = substitute_indices(vector, {index: ZERO})
    known.append(Direction((), start, Term("number", (), (Fraction(1),))))
    for fact in context.known:
        said = fact.proposition
        if said.head != "for_all" or said.args[0].head != "equal" or said.data[1:] != (ZERO, None):
            continue
        try:
            _, step, name = opened(context, said)
        except CertificateError:
            continue
        following, value = step.args
        before = Term("symbol", (), (*vector.data[:2], (variable(name),)))
        if following != Term("symbol", (), (*vector.data[:2], (plus(variable(name), ONE),))):
            continue
        for direction in known:
            ratio = _ratio(value, before, direction)
            if ratio is not None and name not in free_indices(ratio):
                yield _stated(direction.vector, vector, ratio, index)


def _stated(direction: Term, vector: Term, ratio: Term, index: str) -> tuple[Term, Term, Term]:
    body = Term("multiply", (transposed(direction), vector))
    start = substitute_indices(body, {index: ZERO})
    power = Term("power", (ratio, Term("index", (), (variable(index),))))
    equal = Term("equal", (body, Term("multiply", (start, power))))
    return body, ratio, Term("for_all", (equal,), (index, ZERO, None))


def directions(statements: Iterable[Term]) -> Iterator[Direction]:
    """v of the equations Mv = μv among statements."""
    for said in statements:
        if said.head != "equal" or said.args[0].space().columns != ONE:
            continue
        left, right = (addends(side) for side in said.args)
        if len(left) == len(right) == 1 and left[0].factor is None and right[0].factor is not None:
            *matrix, vector = factors_of(left[0].core)
            if matrix and vector == right[0].core:
                yield Direction(tuple(matrix), vector, right[0].factor)


def _ratio(value: Term, before: Term, direction: Direction) -> Term | None:
    """a where vᵀ(value) = a vᵀ(before), each addend of the value being a multiple of it or Mᵀ times it; or None."""
    turned = tuple(transposed(factor) for factor in reversed(direction.matrix))
    total: Term | None = None
    for part in addends(value):
        ratio = _multiple(part, before, turned, direction.value)
        if ratio is None or any(inner == before for inner in subterms(ratio)):
            return None
        total = ratio if total is None else Term("add", (total, ratio))
    return total


def _multiple(part: Addend, before: Term, matrix: tuple[Term, ...], value: Term) -> Term | None:
    *factors, last = factors_of(part.core)
    if last != before or tuple(factors) not in ((), matrix):
        return None
    factor = part.factor if part.factor is not None else Term("number", (), (Fraction(1),))
    return Term("multiply", (factor, value)) if factors else factor


__all__ = ["Direction", "along_eigenvectors", "directions"]
