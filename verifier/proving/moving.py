"""Lemmas on the way to a goal, and statements that differ in how numbers or vectors in them are written.

With t = t' known, φ(t) follows from φ(t') by congruence, for a comparison or an equation φ between numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from dataclasses import replace as replace_in
from fractions import Fraction
from typing import Any

from verifier.kernel.context import COMPARISONS, HOLE, CertificateError, Context, Known
from verifier.kernel.linear import variable
from verifier.kernel.multipliers import is_transparent
from verifier.kernel.serialization import term_to_data
from verifier.kernel.shapes import SCALAR, Shape
from verifier.kernel.terms import Term, free_indices, fresh_name, negation, replace, substitute_indices

Certificate = dict[str, Any]
RELATIONS = (*COMPARISONS, "equal")
NOTHING = Known(Term("equal", (Term("number", (), (Fraction(0),)),) * 2))


@dataclass
class Lemmas:
    """Lemmas with their proofs, and the context in which they are known."""

    context: Context
    found: list[tuple[Term, Certificate]] = field(default_factory=list)

    def add(self, lemma: Term, proof: Certificate) -> int:
        """The number of the lemma as a fact."""
        for k, known in enumerate(self.context.known):
            if known.proposition == lemma:
                return k
        here = len(self.context.known)
        self.context = self.context.assume(lemma)
        self.found.append((lemma, proof))
        return here

    def hidden(self) -> Context:
        """The context with 0 = 0 in the place of each lemma, for a search that is better off without them."""
        count = sum(1 + _parts_of(lemma) for lemma, _ in self.found)
        known = self.context.known
        return replace_in(self.context, known=(*known[: len(known) - count], *(NOTHING,) * count))

    def then(self, certificate: Certificate) -> Certificate:
        """The certificate, after all lemmas."""
        for lemma, proof in reversed(self.found):
            certificate = {"rule": "cut", "lemma": term_to_data(lemma), "proof": proof, "then": certificate}
        return certificate


def last_alone(context: Context) -> Context:
    """The context with 0 = 0 in the place of all that is known but the last, for a search that is better off so."""
    return replace_in(context, known=(*(NOTHING,) * (len(context.known) - 1), context.known[-1]))


def _parts_of(proposition: Term) -> int:
    """How many parts of a conjunction become known with it."""
    if proposition.head != "and":
        return 0
    return sum(1 + _parts_of(part) for part in proposition.args)


def opened(context: Context, statement: Term) -> tuple[Context, Term, str]:
    """What ∀k φ(k) says of an index that is new, the context in which that is fixed, and its name."""
    bound, lower, upper = statement.data
    taken = {name for name, _ in context.indices} | free_indices(statement) | context.sequent.dimension_names
    name = fresh_name(bound, taken)
    body = substitute_indices(statement.args[0], {bound: variable(name)})
    return context.fix(name, (lower, upper)), body, name


def is_of_numbers(statement: Term) -> bool:
    """Whether a statement compares or equates two numbers."""
    return statement.head in RELATIONS and statement.args[0].space().is_scalar


def hole(shape: Shape = SCALAR) -> Term:
    """□"""
    return Term("symbol", (), (HOLE, shape, ()))


def use(context: Term, relation: dict[str, Any]) -> dict[str, Any]:
    """A multiple of a relation, as certificates write it."""
    return {"context": term_to_data(context), "relation": relation}


def written(statement: Term, values: Mapping[Term, Term]) -> Term:
    """The statement with values for terms; as it is, if something binds or differentiates around one of them."""
    holes = {term: hole(term.space()) for term in values}
    if not is_of_numbers(statement) or not all(is_transparent(replace(side, holes)) for side in statement.args):
        return statement
    return replace(statement, values)


def moved(context: Context, known: Term, wanted: Term, fact: int, values: Mapping[Term, Term]) -> Certificate:
    """The proof of a statement from one, fact number ``fact``, that differs from it in how terms are written.

    One of them is the other with values for terms; that they are equal is known.
    """
    if known.head == "not_equal":
        return _denied(context, known, wanted, fact, values)
    sign = COMPARISONS[known.head][0] if known.head in COMPARISONS else 1
    uses: list[dict[str, Any]] = []
    for k, (one, other) in enumerate(zip(known.args, wanted.args, strict=True)):
        uses += _steps(context, one, other, values, -sign if k == 0 else sign)
    if known.head == "equal":
        return {"rule": "linear", "uses": [use(hole(), {"fact": fact}), *uses]}
    return {"rule": "nonnegative", "summands": [{"coefficient": "1", "gaps": [{"fact": fact}]}], "uses": uses}


def _steps(
    context: Context, one: Term, other: Term, values: Mapping[Term, Term], sign: int
) -> Iterator[dict[str, Any]]:
    """Uses that are together ±(one - other), one term after the other."""
    here, sign = (one, sign) if replace(one, values) == other else (other, -sign)
    multiplier = hole() if sign > 0 else Term("negate", (hole(),))
    facts = {known.proposition: k for k, known in enumerate(context.known)}
    waiting = {term: value for term, value in values.items() if replace(here, {term: value}) != here}
    last = replace(here, values)
    for term, value in waiting.items():
        around = replace(here, {term: hole(term.space())})
        relation = {"fact": facts[Term("equal", (term, value))]}
        yield use(multiplier, {"congruence": relation, "context": term_to_data(around)})
        here = replace(here, {term: value})
    if here != last:
        raise CertificateError("values in which others are to be put in")


def _denied(context: Context, known: Term, wanted: Term, fact: int, values: Mapping[Term, Term]) -> Certificate:
    """a' ≠ b' from a ≠ b: if a' = b' were true, so were a = b."""
    here = len(context.known)
    equal = Term("equal", known.args)
    proof = moved(context, negation(wanted), equal, here, values)
    refuted = {"rule": "fact", "fact": fact}
    absurd = {"rule": "absurd", "lemma": term_to_data(equal), "proof": proof, "refutation": refuted}
    return {"rule": "cases", "on": term_to_data(wanted), "then": {"rule": "fact", "fact": here}, "else": absurd}


__all__ = ["Lemmas", "hole", "is_of_numbers", "last_alone", "moved", "use", "written"]
