"""What is seen at once of moments: lemmas by what holds at every outcome."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

from verifier.kernel.context import HOLE, Context, Known
from verifier.kernel.linear import variable
from verifier.kernel.randomness import MOMENTS
from verifier.kernel.serialization import linear_to_data, term_to_data
from verifier.kernel.shapes import SCALAR, Shape
from verifier.kernel.terms import Term, fresh_name, substitute_indices, subterms
from verifier.kernel.unfolding import unfold
from verifier.proving.goals import Equation

Certificate = dict[str, Any]
Lemma = tuple[Term, Certificate]
HIGHEST_POWER = 2


def lemmas(context: Context) -> Iterator[Lemma]:
    """Lemmas with their proofs; each may be assumed before the next."""
    for k, known in enumerate(context.known):
        if not known.local and known.hypothesis is not None:
            yield from _symmetry_of_covariance(context, k, known.proposition)
            yield from _moments_of_powers(context, k, known.proposition)


def without(context: Context, left_out: Callable[[Known], bool]) -> Context:
    """What is known without some of it, in whose places stands 0 = 0."""
    if not any(map(left_out, context.known)):
        return context
    zero = Term("number", (), (Fraction(0),))
    nothing = Known(Term("equal", (zero, zero)))
    return replace(context, known=tuple(nothing if left_out(known) else known for known in context.known))


def unaveraged(context: Context) -> Context:
    """What is known of outcomes and constants: no moments."""
    if not context.randomness.names:
        return context
    return without(context, lambda known: context.randomness.has_moment(known.proposition))


def _symmetry_of_covariance(context: Context, fact: int, proposition: Term) -> Iterator[Lemma]:
    """Sᵀ = S for a matrix S that is declared to be a covariance."""
    if proposition.head != "equal" or proposition.args[0].space().is_scalar:
        return
    for sign, (left, right) in ((1, proposition.args), (-1, proposition.args[::-1])):
        shape: Shape = right.space()
        if right.head != "symbol" or right.data[2] or not shape.is_square or len(shape.axes) != 2:
            continue
        if any(part.head in MOMENTS for part in subterms(unfold(left, context.sequent.definitions))):
            lemma = Term("equal", (Term("transpose", (right,)), right))
            equation = Equation.of(context, lemma)
            if equation is not None and equation.rest:
                hole = Term("symbol", (), (HOLE, shape, ()))
                turned = Term("transpose", (hole,))
                gap = Term("subtract", (hole, turned) if sign == 1 else (turned, hole))
                yield lemma, {"rule": "linear", "uses": [{"context": term_to_data(gap), "relation": {"fact": fact}}]}


def _moments_of_powers(context: Context, fact: int, proposition: Term) -> Iterator[Lemma]:
    """E[xᵐ l] = E[xᵐ r] where l = r at every outcome, as x² = x of a variable that is 0 or 1."""
    quantifiers = []
    body, taken = proposition, {*(name for name, _ in context.indices), *context.sequent.dimension_names}
    while body.head == "for_all":
        name, lower, upper = body.data
        fresh = fresh_name(name, taken)
        taken.add(fresh)
        body = substitute_indices(body.args[0], {name: variable(fresh)})
        quantifiers.append((fresh, lower, upper))
    if body.head != "equal" or not body.args[0].space().is_scalar or not context.randomness.is_random(body):
        return
    symbols = {p for p in subterms(body) if p.head == "symbol" and p.data[0] in context.randomness.names}
    if len(symbols) != 1 or not any(part.head == "power" for part in subterms(body)):
        return
    (symbol,) = symbols
    hole = Term("symbol", (), (HOLE, SCALAR, ()))
    at = [linear_to_data(variable(name)) for name, _, _ in quantifiers]
    for exponent in range(HIGHEST_POWER + 1):
        power = Term("power", (symbol, Term("number", (), (Fraction(exponent),))))

        def mean(term: Term, power: Term = power) -> Term:
            return Term("expectation", (Term("multiply", (power, term)),), ((),))

        lemma = Term("equal", tuple(mean(side) for side in body.args))
        use = {"context": term_to_data(mean(hole)), "relation": {"fact": fact, "at": at}}
        proof: Certificate = {"rule": "linear", "uses": [use]}
        for data in reversed(quantifiers):
            lemma = Term("for_all", (lemma,), data)
            proof = {"rule": "generalise", "proof": proof}
        yield lemma, proof


__all__ = ["lemmas", "unaveraged", "without"]
