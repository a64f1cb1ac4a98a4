"""The engine for limits of sequences: from some T on, |xₜ - b| < ε, or |xₜ| > B, by geometric sequences.

The distance is c aᵗ, by its form or by a lemma that a recurrence xₜ₊₁ = a xₜ + … gives by induction; then the axioms
about geometric sequences say from which T on it is small, or large.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from verifier.kernel.axioms import AXIOMS
from verifier.kernel.context import Context
from verifier.kernel.linear import ZERO, Linear, plus, variable
from verifier.kernel.polynomials import Factor, NormalForm, add_exponents
from verifier.kernel.serialization import linear_to_data, term_to_data
from verifier.kernel.terms import Term, free_indices, fresh_name, substitute_indices
from verifier.kernel.terms import replace as replace_terms
from verifier.proving.addends import transposed
from verifier.proving.directions import along_eigenvectors
from verifier.proving.moving import last_alone, moved
from verifier.proving.readback import NotWritten
from verifier.proving.recurrences import closed_forms, writer_of

Certificate = dict[str, Any]
Prove = Callable[[Context, Term], Certificate | None]


def by_limits(context: Context, goal: Term, prove: Prove) -> Certificate | None:
    """The certificate of ∃T ∀t ≥ T φ(t) for a comparison φ, or of ∀m of that; None for other goals."""
    if goal.head == "for_all" and goal.args[0].head == "exists":
        name, lower, upper = goal.data
        proof = by_limits(context.fix(name, (lower, upper)), goal.args[0], prove)
        return None if proof is None else {"rule": "generalise", "proof": proof}
    if goal.head != "exists" or goal.args[0].head != "for_all" or goal.data[2] is not None:
        return None
    later = goal.args[0]
    name, lower, upper = later.data
    if lower != variable(goal.data[0]) or upper is not None:
        return None
    claim = _Eventually.of(later.args[0], name)
    return None if claim is None else _Limit(context, goal, claim, prove).certificate()


@dataclass(frozen=True)
class _Eventually:
    """A comparison of |body| or body with a bound that does not depend on the index."""

    body: Term
    bound: Term
    axiom: str
    index: str

    @classmethod
    def of(cls, comparison: Term, index: str) -> _Eventually | None:
        if comparison.head in ("greater", "less") and comparison.args[0].space().is_scalar:
            large, small = comparison.args if comparison.head == "greater" else comparison.args[::-1]
            if index not in free_indices(large) and _is_absolute(small):
                return cls(_inside(small), large, "geometric_vanishes", index)
            if index not in free_indices(small):
                if _is_absolute(large):
                    return cls(_inside(large), small, "geometric_unbounded", index)
                return cls(large, small, "geometric_grows", index)
        return None


@dataclass
class _Limit:
    """The search for one limit."""

    context: Context
    goal: Term
    claim: _Eventually
    prove: Prove

    def certificate(self) -> Certificate | None:
        """By the form of the body, or by each recurrence that is known."""
        for ratio, factor in self._by_form():
            found = self._from(self.context, ratio, factor)
            if found is not None:
                return found
        for ratio, factor, lemma in closed_forms(self.context, self.claim.body, self.claim.index):
            found = self._after(lemma, ratio, factor)
            if found is not None:
                return found
        return self._along()

    def _after(self, lemma: Term, ratio: Term, factor: Term) -> Certificate | None:
        """By a lemma that says what the body is at every index."""
        proof = self.prove(self.context, lemma)
        then = None if proof is None else self._from(self.context.assume(lemma), ratio, factor, len(self.context.known))
        return None if then is None else {"rule": "cut", "lemma": term_to_data(lemma), "proof": proof, "then": then}

    def _along(self) -> Certificate | None:
        """‖x‖ > B from |vᵀx| > B‖v‖, for the eigenvectors v that are known."""
        norm = self.claim.body
        if self.claim.axiom != "geometric_grows" or norm.head != "norm" or norm.data != ("2",):
            return None
        for body, ratio, lemma in along_eigenvectors(self.context, norm.args[0], self.claim.index):
            size = Term("norm", (transposed(body.args[0]),), ("2",))
            bound = Term("multiply", (self.claim.bound, size))
            part = replace(self, claim=_Eventually(body, bound, "geometric_unbounded", self.claim.index))
            found = part._after(lemma, ratio, substitute_indices(body, {self.claim.index: ZERO}))
            if found is not None:
                return found
        return None

    # c aᵗ

    def _by_form(self) -> Iterator[tuple[Term, Term]]:
        """a and c, if the body is c aᵗ as it stands."""
        fresh = fresh_name(self.claim.index, {name for name, _ in self.context.indices})
        context = self.context.fix(fresh, (ZERO, None))
        form = context.scalar(substitute_indices(self.claim.body, {self.claim.index: variable(fresh)}))
        atom = context.scope().indices[fresh][0][0]
        bases: set[tuple[str, tuple[Linear, ...]]] = set()
        rest: NormalForm = {}
        ratio: Factor | None = None
        for monomial, coefficient in form.items():
            powers = [f for f in monomial.factors if isinstance(f.exponent, tuple) and dict(f.exponent).get(atom)]
            if len(powers) != 1 or monomial.bound or dict(powers[0].exponent).get(atom) != 1:  # type: ignore[arg-type]
                return
            ratio = powers[0]
            bases.add((ratio.base.key, ratio.slots))
            left = add_exponents(ratio.exponent, ((atom, -1),))
            others = [f for f in monomial.factors if f is not ratio]
            kept = [*others, Factor(ratio.base, ratio.slots, left)] if left != 0 else others
            context.algebra.add_to(rest, context.algebra.monomial(coefficient, kept, {}))
        if ratio is not None and len(bases) == 1:
            try:
                writer = writer_of(self.context)
                yield writer.base(ratio), writer.scalar(rest)
            except NotWritten:
                return

    # the certificate

    def _from(self, context: Context, ratio: Term, factor: Term, lemma: int | None = None) -> Certificate | None:
        """From the axiom for c aᵗ: its T is a witness; what it says of t gives what the goal says of t."""
        arguments = (ratio, factor, self.claim.bound)
        row = AXIOMS[self.claim.axiom]
        premises = [self.prove(context, premise) for premise in row.premises(*arguments)]
        if None in premises:
            return None
        existence = row.statement(*arguments)
        bound = {existence.data[0], self.goal.args[0].data[0]}
        taken = {name for name, _ in context.indices} | set(map(str, free_indices(self.goal))) | bound
        last = fresh_name("T", taken)
        after = context.fix(last, (ZERO, None))
        eventually = substitute_indices(existence.args[0], {existence.data[0]: variable(last)})
        after = after.assume(eventually)
        first = plus(variable(last), self.goal.data[1])
        whole = substitute_indices(self.goal.args[0], {self.goal.data[0]: first})
        inner = after.fix(whole.data[0], (first, None))
        at = variable(whole.data[0])
        said = substitute_indices(eventually.args[0], {eventually.data[0]: at})
        wanted = substitute_indices(whole.args[0], {whole.data[0]: at})
        steps: list[tuple[Term, Certificate]] = [(said, _instance(len(after.known) - 1, at))]
        if lemma is not None:
            stated = context.known[lemma].proposition
            member = substitute_indices(stated.args[0], {stated.data[0]: at})
            steps.append((member, _instance(lemma, at)))
        here = inner
        for statement, _ in steps:
            here = here.assume(statement)
        if lemma is not None:
            here = self._of_body(here, said, member, steps)
        proof = self.prove(last_alone(here), wanted) or self.prove(here, wanted)
        if proof is None:
            return None
        for statement, instance in reversed(steps):
            proof = {"rule": "cut", "lemma": term_to_data(statement), "proof": instance, "then": proof}
        general: Certificate = {"rule": "generalise", "proof": proof}
        witness = {"rule": "witness", "at": linear_to_data(first), "proof": general}
        data = [term_to_data(argument) for argument in arguments]
        of = {"axiom": self.claim.axiom, "arguments": data, "premises": premises, "indices": []}
        return {"rule": "obtain", "of": of, "name": last, "then": witness}

    def _of_body(self, here: Context, said: Term, member: Term, steps: list[tuple[Term, Certificate]]) -> Context:
        """What is said of c aᵗ is said of the body, which is one step more."""
        body, value = member.args
        wanted = replace_terms(said, {value: body})
        if wanted == said:
            return here
        fact = len(here.known) - len(steps)
        steps.append((wanted, moved(here, said, wanted, fact, {body: value})))
        return here.assume(wanted)


def _instance(fact: int, at: Linear) -> Certificate:
    return {"rule": "fact", "fact": fact, "at": [linear_to_data(at)]}


def _is_absolute(term: Term) -> bool:
    return term.head == "elementwise" and term.data[0] == "abs"


def _inside(term: Term) -> Term:
    return term.args[0]


__all__ = ["by_limits"]
