"""Instances of axioms that a search for inequalities starts from, beside what is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations
from typing import Any

from verifier.kernel.axioms import AXIOMS
from verifier.kernel.context import COMPARISONS, Context
from verifier.kernel.heads import TermError
from verifier.kernel.polynomials import Exponent, Unsupported
from verifier.kernel.sequents import ClaimError
from verifier.kernel.serialization import term_to_data
from verifier.kernel.shapes import ShapeError
from verifier.kernel.terms import Term
from verifier.proving.gaps import SIGN, Equality, Gap, Gaps
from verifier.proving.readback import NotWritten
from verifier.proving.rings import TooLarge

MOST_ARGUMENTS = 4
FAILURES = (TermError, ShapeError, ClaimError, Unsupported, NotWritten, TooLarge)
Certificate = dict[str, Any]


@dataclass
class Instances:
    """Instances of axioms in one context, each once; those whose premises are not plain are left out."""

    gaps: Gaps

    @property
    def context(self) -> Context:
        """The context in which premises are proved."""
        return self.gaps.context

    def of(
        self, axiom: str, *arguments: Term, shown: Mapping[Term, Certificate] | None = None
    ) -> Gap | Equality | None:
        """The instance as a gap or an equality. ``shown`` are proofs of premises."""
        row = AXIOMS[axiom]
        try:
            statement, premises = row.statement(*arguments), row.premises(*arguments)
            proofs = [(shown or {}).get(premise) or self._premise(premise) for premise in premises]
            if None in proofs:
                return None
            data = [term_to_data(argument) for argument in arguments]
            relation = {"axiom": axiom, "arguments": data, "premises": proofs, "indices": []}
            if statement.head == "equal":
                return self.gaps.equality(relation, statement)
            return self.gaps.gap(relation, statement)
        except FAILURES:
            return None

    def gap(self, relation: Any, comparison: Term) -> Gap | None:
        """The gap of a comparison that a relation gives; None where it is not read."""
        try:
            return self.gaps.gap(relation, comparison)
        except FAILURES:
            return None

    def _premise(self, premise: Term) -> Certificate | None:
        for k, known in enumerate(self.context.known):
            if known.proposition == premise:
                return {"rule": "fact", "fact": k}
        if premise.head == "equal":
            return {"rule": "normal form"}
        comparable = premise.head in COMPARISONS and premise.args[0].space().is_scalar
        if not comparable:
            return None
        if self.context.sign_holds(premise):
            return SIGN
        return self.gaps.prove(premise) if self.gaps.prove is not None else None


def of_functions(gaps: Gaps, variables: set[int]) -> Iterator[Gap | Equality]:
    """What convexity and bounds say of the functions among the variables."""
    instances = Instances(gaps)
    held: dict[str, list[Term]] = {}
    powers: list[tuple[Term, Exponent]] = []
    for variable in sorted(variables):
        monomial = gaps.ring.variables[variable].monomial
        if monomial.bound or len(monomial.factors) != 1:
            continue
        factor = monomial.factors[0]
        try:
            if factor.base.kind == "function" and not any(factor.base.order):
                held.setdefault(factor.base.name, []).append(gaps.writer.closed(factor))
            elif isinstance(factor.exponent, tuple):
                powers.append((gaps.writer.base(factor), factor.exponent))
        except NotWritten:
            continue
    found = [*_tangents(instances, held), *_bounds(instances, held), *_powers(instances, powers)]
    yield from (one for one in found if one is not None)


def _number(value: int | Fraction) -> Term:
    return Term("number", (), (Fraction(value),))


def _call(name: str, argument: Term) -> Term:
    return Term("elementwise", (argument,), (name, 0, ()))


def _times(left: Term, right: Term) -> Term:
    return Term("multiply", (left, right))


def _tangents(instances: Instances, held: dict[str, list[Term]]) -> Iterator[Gap | Equality | None]:
    """exp above its tangents, log below them, at the arguments that occur."""
    exponents = held.get("exp", [])[:MOST_ARGUMENTS]
    for a, b in permutations([*exponents, _number(0)], 2) if exponents else ():
        yield instances.of("exp_tangent", a, b)
    logarithms = held.get("log", [])
    numbers = [u for u in logarithms if u.head == "number"]
    others = [u for u in logarithms if u.head != "number"][:MOST_ARGUMENTS]
    at: list[Term] = [_number(1), *(_call("exp", u) for u in exponents)]
    at += [_times(number, one) for number in numbers for one in at]
    for a in others:
        for b in [*at, *(u for u in others if u != a)]:
            yield instances.of("log_tangent", a, b)
            yield instances.of("log_tangent", b, a)
    for number in numbers[:2]:
        yield instances.of("log_tangent", _number(1), number)


BOUNDS: dict[str, tuple[str, ...]] = {
    "sigmoid": ("sigmoid_lt_one",),
    "tanh": ("tanh_lt_one", "tanh_le_self"),
    "cosh": ("one_le_cosh",),
    "sin": ("sin_sq_add_cos_sq",),
    "cos": ("sin_sq_add_cos_sq",),
}


def _bounds(instances: Instances, held: dict[str, list[Term]]) -> Iterator[Gap | Equality | None]:
    """The bounds of functions at the arguments that occur, and at their negatives."""
    for name, arguments in held.items():
        for axiom in BOUNDS.get(name, ()):
            for argument in arguments[:MOST_ARGUMENTS]:
                yield instances.of(axiom, argument)
                if name == "tanh":
                    yield instances.of(axiom, Term("negate", (argument,)))


def _powers(instances: Instances, powers: list[tuple[Term, Exponent]]) -> Iterator[Gap | Equality | None]:
    """Powers with one exponent keep the order of their bases, and of 1."""
    for exponent in dict.fromkeys(exponent for _, exponent in powers):
        try:
            term = instances.gaps.writer.exponent(exponent)
        except NotWritten:
            continue
        bases = [base for base, other in powers if other == exponent][:MOST_ARGUMENTS]
        for a, b in permutations([*bases, _number(1)], 2):
            yield instances.of("power_le_power", a, b, term)


__all__ = ["Instances", "of_functions"]
