"""The rules about equations and comparisons. Γ is what the context knows."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from typing import Any

from verifier.kernel.checking import RULES, Certificate, items, need, sub_proof
from verifier.kernel.context import COMPARISONS, CertificateError, Context
from verifier.kernel.linear import ONE, Linear, constant, constant_value, variable
from verifier.kernel.polynomials import NormalForm
from verifier.kernel.references import is_defined, quantifiers_of, read_use, reference
from verifier.kernel.serialization import fraction, term_from_data
from verifier.kernel.signs import NON_NEGATIVE, NONZERO, POSITIVE
from verifier.kernel.terms import Term

LARGEST_AXIS = 12


def _normal_form(context: Context, goal: Term, certificate: Certificate) -> None:
    """Γ ⊢ s = t, if s - t normalises to zero at every entry"""
    _linear(context, goal, {**certificate, "uses": []})


def _linear(context: Context, goal: Term, certificate: Certificate) -> None:
    """Γ ⊢ s = t, if s - t - Σ Cₖ[lₖ - rₖ] normalises to zero, where Γ ⊢ lₖ = rₖ and Cₖ is linear"""
    need(goal.head == "equal", f"linear: the goal is no equation but {goal.head}")
    uses = [read_use(context, use, certificate["depth"]) for use in items(certificate, "uses")]
    left, right = goal.args
    for _, term in uses:
        need(term.shape == left.shape, f"linear: a multiplier of {term.shape} in a goal of {left.shape}")
    for at in _entries(context, left):
        total = _gap(context, left, right, at)
        for definition, term in uses:
            read = context.reader_with(definition)
            total = context.algebra.subtract(total, read.entry(term, at, context.scope()))
        need(not total, "linear: what is left over is not zero")


def _gap(context: Context, left: Term, right: Term, at: tuple[Linear, ...]) -> NormalForm:
    read, scope = context.reader(), context.scope()
    return context.algebra.subtract(read.entry(left, at, scope), read.entry(right, at, scope))


def _entries(context: Context, term: Term) -> Iterator[tuple[Linear, ...]]:
    """Places that stand for all entries: a fresh index along a symbolic axis, every one along a short numeric one."""
    choices: list[list[Linear]] = []
    for size in term.space().axes:
        number = constant_value(size)
        if number is not None and number <= LARGEST_AXIS:
            choices.append([constant(k) for k in range(1, number + 1)])
        else:
            choices.append([variable(context.algebra.temporary(ONE, size))])
    yield from product(*choices)


def _nonnegative(context: Context, goal: Term, certificate: Certificate) -> None:
    """Γ ⊢ s ≤ t, if t - s - Σ Cₖ[lₖ - rₖ] - Σ cⱼ Π squares Π gaps is zero with cⱼ > 0; strict if some summand is"""
    comparison = COMPARISONS.get(goal.head)
    if comparison is None or goal.head == "not_equal":
        raise CertificateError(f"nonnegative: the goal is no ≤ or < but {goal.head}")
    sign, strength = comparison
    large, small = goal.args if sign > 0 else goal.args[::-1]
    total = _gap(context, large, small, (ONE, ONE))
    for use in items(certificate, "uses"):
        definition, term = read_use(context, use, certificate["depth"])
        read = context.reader_with(definition)
        total = context.algebra.subtract(total, read.scalar(term, context.scope()))
    strict = False
    for summand in items(certificate, "summands"):
        form, positive = _summand(context, summand, certificate["depth"])
        strict = strict or positive
        total = context.algebra.subtract(total, form)
    need(not total, "nonnegative: what is left over is not zero")
    need(strength == NON_NEGATIVE or strict, "nonnegative: < needs a summand that is positive")


def _summand(context: Context, data: Any, depth: int) -> tuple[NormalForm, bool]:
    """c · Π ‖square‖² · Π gap, summed over indices; and whether it is positive"""
    need(isinstance(data, dict), "a summand is a dictionary")
    coefficient = fraction(data.get("coefficient"))
    need(coefficient > 0, "nonnegative: a coefficient is positive")
    indices = quantifiers_of(data)
    inner = context
    for name, within in indices:
        inner = inner.fix(name, within)
    term: Term = Term("number", (), (coefficient,))
    strict = not indices
    for item in items(data, "squares"):
        square = term_from_data(item)
        inner.closed(square)
        is_defined(inner, square)
        norm = Term("norm", (square,), ("F",))
        term = Term("multiply", (term, Term("power", (norm, Term("number", (), (Fraction(2),))))))
        strict = False
    for item in items(data, "gaps"):
        quantifiers, relation = reference(inner, item, depth)
        comparison = COMPARISONS.get(relation.head)
        if quantifiers or comparison is None:
            raise CertificateError("nonnegative: a gap is of a comparison without quantifiers")
        need(comparison[1] != NONZERO, "nonnegative: ≠ has no gap")
        strict = strict and comparison[1] == POSITIVE
        term = Term("multiply", (term, Term("subtract", relation.args[:: comparison[0]])))
    for name, (lower, upper) in reversed(indices):
        need(upper is not None, "nonnegative: a sum is finite")
        term = Term("sum", (term,), (name, lower, upper))
    context.closed(term)
    return context.scalar(term), strict


def _sign(context: Context, goal: Term, certificate: Certificate) -> None:
    """Γ ⊢ t > 0, t ≥ 0, t ≠ 0, by the signs of summands and factors"""
    comparable = goal.head in COMPARISONS and goal.args[0].space().is_scalar
    need(comparable and context.sign_holds(goal), "sign: the signs of summands and factors do not show it")


def _antisymmetry(context: Context, goal: Term, certificate: Certificate) -> None:
    """Γ ⊢ s = t from Γ ⊢ s ≤ t and Γ ⊢ s ≥ t, for numbers"""
    need(goal.head == "equal" and goal.args[0].space().is_scalar, "antisymmetry: the goal is an equation of numbers")
    sub_proof(context, Term("less_equal", goal.args), certificate, "below")
    sub_proof(context, Term("greater_equal", goal.args), certificate, "above")


RULES.update(
    {
        "normal form": _normal_form,
        "linear": _linear,
        "nonnegative": _nonnegative,
        "sign": _sign,
        "antisymmetry": _antisymmetry,
    }
)
