"""What a search for inequalities starts from: known comparisons as polynomials that are not negative.

A gap is large side less small side, multiplied by denominators until it is a polynomial. It remembers by what it was
multiplied, so that the certificate can say the same of the terms of the claim.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from verifier.kernel.context import COMPARISONS, Context
from verifier.kernel.linear import Linear
from verifier.kernel.polynomials import Base, Factor, Monomial, NormalForm, Unsupported, form_text
from verifier.kernel.sequents import ClaimError
from verifier.kernel.serialization import term_to_data
from verifier.kernel.signs import NON_NEGATIVE, POSITIVE
from verifier.kernel.terms import Term, subterms
from verifier.proving.readback import NotWritten, Writer
from verifier.proving.rings import (
    Budget,
    Polynomial,
    Power,
    Ring,
    TooLarge,
    Variable,
    add,
    bound_in,
    primitive,
    scale,
    variables_of,
)
from verifier.proving.unequal import SIGN, ZERO, Unequal

ONE = Fraction(1)
WORK_OF_READING = 150
OF_MATRICES = ("spectral_radius", "norm", "determinant", "trace", "rank")
Prove = Callable[[Term], Any]


@dataclass(frozen=True)
class Known:
    """A polynomial of which something is known: ``factor`` times the normal form ``exact``, without its denominators.

    ``fact`` is the number of the known proposition that says it, if one does.
    """

    polynomial: Polynomial
    factor: Fraction
    exact: NormalForm
    fact: int | None


@dataclass(frozen=True)
class Gap(Known):
    """A polynomial that is ≥ 0, or > 0 if it is ``strict``: the product of the gaps of ``relations``.

    ``exact`` is that product as a normal form, with its denominators.
    """

    strict: bool
    relations: tuple[Any, ...]


@dataclass(frozen=True)
class Equality(Known):
    """A polynomial that is 0: the gap of a relation, multiplied by ``multiplier``."""

    relation: Any
    multiplier: NormalForm


class Gaps:
    """The gaps of one context: what is known, and what follows from the signs of single factors."""

    def __init__(
        self,
        context: Context,
        budget: Budget,
        prove: Prove | None = None,
        known: Writer | None = None,
    ) -> None:
        self.context = context
        self.prove = prove
        self._positive: dict[str, Any] = {}
        self._steps: dict[str, int | None] = {}
        self.lemmas: list[Gap] = []  # what was proved to be positive, beside what is known
        self.algebra = context.algebra
        self.ring = Ring(context.algebra, budget)
        self.signs = context.signs()
        known = known or Writer.of(context.sequent)
        self.writer = Writer(known.shapes, families=known.families)
        self.norms: dict[tuple[Base, tuple[Linear, ...]], Term] = {}
        self.writer.norms = self.norms
        self.unequal = Unequal(context, self.signs, self.writer, self._difference)
        self.numbers: dict[tuple[Base, tuple[Linear, ...]], Term] = {}
        for name, _ in context.indices:
            self.writer.names[context.scope().indices[name][0][0]] = name

    def known(self) -> tuple[list[Gap], list[Equality]]:
        """The comparisons and the equations between numbers that the context knows."""
        gaps: list[Gap] = []
        equalities: list[Equality] = []
        for k, known in enumerate(self.context.known):
            proposition = known.proposition
            if proposition.head not in COMPARISONS and proposition.head != "equal":
                continue
            if not proposition.args[0].space().is_scalar:
                continue
            try:
                if proposition.head == "not_equal":
                    gaps.append(self._square(k, proposition))
                elif proposition.head == "equal":
                    equalities.append(self.equality({"fact": k}, proposition, k))
                else:
                    gaps.append(self.gap({"fact": k}, proposition, k))
            except (Unsupported, TooLarge, NotWritten):
                continue
        return gaps, equalities

    def gap(self, relation: Any, comparison: Term, fact: int | None = None) -> Gap:
        """The gap of a comparison, without denominators."""
        sign, strength = COMPARISONS[comparison.head]
        large, small = comparison.args if sign > 0 else comparison.args[::-1]
        form = self._difference(large, small)
        return self.cleared(Gap({}, ONE, form, fact, strength == POSITIVE, (relation,)))

    def _square(self, k: int, unequal: Term) -> Gap:
        """(l - r)² > 0 from l ≠ r."""
        lemma, relation = self.unequal.squared(k, unequal)
        return replace(self.gap(relation, lemma), fact=k)

    def equality(self, relation: Any, equation: Term, fact: int | None = None) -> Equality:
        """The gap of an equation, without denominators."""
        left, right = equation.args
        form = self._difference(left, right)
        polynomial, multiplier = self.ring.of(self.decided(form)), self.algebra.number(1)
        for variable, degree in self.ring.reciprocals(polynomial):
            polynomial = self.ring.cleared(polynomial, variable, degree)
            below = self.algebra.power(self.ring.below(variable), degree)
            multiplier = self.algebra.multiply(multiplier, below)
        polynomial = self._settled(polynomial)
        for variable in self._common(polynomial):
            polynomial = {_without(power, variable): c for power, c in polynomial.items()}
            nonzero: NormalForm = {self.ring.variables[variable].monomial: Fraction(1)}
            multiplier = self.algebra.multiply(multiplier, self.algebra.power(nonzero, -1))
        return Equality(*primitive(polynomial), form, fact, relation, multiplier)

    def _common(self, polynomial: Polynomial) -> list[int]:
        """The variables in all terms that are known not to be 0, as often as they are there; of several terms alone."""
        if len(polynomial) < 2:
            return []
        first, *others = polynomial
        common = [v for v in dict.fromkeys(first) if all(v in power for power in others)]
        forms: dict[int, NormalForm] = {v: {self.ring.variables[v].monomial: Fraction(1)} for v in common}
        found = [v for v in common if not self.ring.variables[v].monomial.bound and self.signs.nonzero(forms[v])]
        return [v for v in found for _ in range(min(power.count(v) for power in polynomial))]

    def _difference(self, left: Term, right: Term) -> NormalForm:
        """left - right"""
        for side in (left, right):
            for part in subterms(side):
                if part.head in OF_MATRICES:
                    self._note(part)
        return self.algebra.subtract(self.context.scalar(left), self.context.scalar(right))

    def _note(self, number: Term) -> None:
        """Write √(Σ vᵢ²) as ‖v‖, and a spectral radius, a determinant, … as it stands in the claim."""
        try:
            form = self.context.scalar(number)
        except (Unsupported, ClaimError):
            return
        if len(form) != 1:
            return
        ((monomial, coefficient),) = form.items()
        if len(monomial.factors) != 1 or monomial.bound:
            return
        base, slots, exponent = monomial.factors[0]
        if exponent == Fraction(1, 2):
            scaled = Term("multiply", (Term("number", (), (1 / coefficient,)), number))
            self.norms[base, slots] = number if coefficient == 1 else scaled
        elif base.kind in ("opaque", "determinant") and exponent == coefficient == 1:
            self.numbers[base, slots] = self.writer.matrices[base, slots] = number

    def cleared(self, gap: Gap) -> Gap:
        """The gap without steps that are decided, and multiplied by denominators until it has none."""
        self.ring.budget.spend(WORK_OF_READING)
        polynomial = self.ring.of(self.decided(gap.exact))
        for variable, degree in self.ring.reciprocals(polynomial):
            below = self.ring.below(variable)
            negative = self.algebra.scale(Fraction(-1), below)
            if (relation := self._is_positive(below)) is not None:
                gap = self._times(gap, below, degree, relation)
                polynomial = self.ring.cleared(polynomial, variable, degree)
            elif (relation := self._is_positive(negative)) is not None:
                gap = self._times(gap, negative, degree, relation)
                polynomial = scale((-1) ** degree, self.ring.cleared(polynomial, variable, degree))
            else:
                even = degree + degree % 2
                gap = self._times(gap, self.algebra.power(below, 2), even // 2, self.unequal.nonzero(below))
                polynomial = self.ring.cleared(polynomial, variable, even)
        polynomial, factor = primitive(self._settled(polynomial))
        return replace(gap, polynomial=polynomial, factor=factor)

    def _settled(self, polynomial: Polynomial) -> Polynomial:
        """The polynomial with their values for steps that are decided: denominators bring theirs with them."""
        if not any(steps_of(self.ring.variables[v].monomial) for v in variables_of([polynomial])):
            return polynomial
        result: Polynomial = {}
        for power, coefficient in polynomial.items():
            values = {v: self._value(self.ring.variables[v]) for v in set(power)}
            if 0 not in values.values():
                left = tuple(v for v in power if values[v] is None)
                result = add(result, {left: coefficient})
        return result

    def _value(self, variable: Variable) -> int | None:
        """The value of a variable that is a step, if that is decided."""
        steps = steps_of(variable.monomial)
        only = len(steps) == len(variable.monomial.factors) == 1
        return self.step_value(self.algebra.argument(steps[0])) if only else None

    def _times(self, gap: Gap, form: NormalForm, degree: int, relation: Any) -> Gap:
        """The gap multiplied by a power of a form that is positive by a relation."""
        exact = self.algebra.multiply(gap.exact, self.algebra.power(form, degree))
        return replace(gap, relations=gap.relations + (relation,) * degree, exact=exact)

    def _is_positive(self, form: NormalForm) -> Any:
        """The relation form > 0, by its sign or by a proof of its own; None if there is none."""
        key = form_text(form)
        if key not in self._positive:
            positive = Term("greater", (self.writer.scalar(form), ZERO))
            proof = SIGN if self.signs.of(form) == POSITIVE else None
            if proof is None and (k := self.unequal.differing(form)) is not None:
                positive = Term("greater", self.context.known[k].proposition.args)
                proof = self.unequal.above(k, positive)
            if proof is None and self.prove is not None:
                proof = self.prove(positive)
            relation = None if proof is None else {"lemma": term_to_data(positive), "proof": proof}
            if proof is not None and proof is not SIGN:
                self.lemmas.append(Gap(self._settled(self.ring.of(form)), ONE, form, None, True, (relation,)))
            self._positive[key] = relation
        return self._positive[key]

    def decided(self, form: NormalForm) -> NormalForm:
        """The form with 1 for [u > 0] where u > 0 is known, 0 where u ≤ 0 is."""
        if not any(map(steps_of, form)):
            return form
        result: NormalForm = {}
        for monomial, coefficient in form.items():
            values = {f: self.step_value(self.algebra.argument(f)) for f in steps_of(monomial)}
            if 0 in values.values():
                continue
            kept = [f for f in monomial.factors if values.get(f) != 1]
            bound = dict(enumerate(monomial.bound))
            same = len(kept) == len(monomial.factors)
            whole = {monomial: coefficient} if same else self.algebra.monomial(coefficient, kept, bound)
            self.algebra.add_to(result, whole)
        return result

    def step_value(self, argument: NormalForm) -> int | None:
        """1 if the argument of a step is known to be positive, 0 if it is known not to be.

        Steps inside the argument are put in where they are decided.
        """
        key = form_text(argument)
        if key not in self._steps:
            value = self._sign_value(argument)
            if value is None and any(steps_of(monomial) for monomial in argument):
                inner = self.decided(argument)
                value = self._sign_value(inner) if inner != argument else None
            self._steps[key] = value
        return self._steps[key]

    def _sign_value(self, argument: NormalForm) -> int | None:
        if not argument:
            return 0
        if self.signs.of(argument) == POSITIVE:
            return 1
        return 0 if self.signs.of(self.algebra.scale(Fraction(-1), argument)) >= NON_NEGATIVE else None

    def put_in(self, gaps: list[Gap], equalities: list[Equality]) -> tuple[list[Gap], list[Equality]]:
        """What is known with terms for the symbols that hypotheses s = term give, which the certificate puts in too."""
        ring = self.ring
        for equality in list(equalities):
            if equality.fact is None or self.context.known[equality.fact].hypothesis is None:
                continue
            variable = self._given(self.context.known[equality.fact].proposition)
            polynomial = next(one.polynomial for one in equalities if one.fact == equality.fact)
            coefficient = polynomial.get((variable,), 0) if variable is not None else 0
            if variable is None or not coefficient or sum(variable in power for power in polynomial) != 1:
                continue
            value = scale(Fraction(-1) / coefficient, {p: c for p, c in polynomial.items() if p != (variable,)})
            equalities = [one for one in equalities if one.fact != equality.fact]
            gaps = [replace(one, polynomial=ring.put_in(one.polynomial, variable, value)) for one in gaps]
            equalities = [replace(one, polynomial=ring.put_in(one.polynomial, variable, value)) for one in equalities]
        return gaps, equalities

    def _given(self, equation: Term) -> int | None:
        """The variable of a bare symbol that is one side of an equation."""
        for side in equation.args:
            if side.head == "symbol" and not side.data[2] and side.space().is_scalar:
                ((power, _),) = self.ring.of(self.context.scalar(side)).items() or (((), 0),)
                if len(power) == 1:
                    return power[0]
        return None

    def of_signs(self, variables: set[int], known: Iterable[Gap]) -> list[Gap]:
        """For each variable that occurs, that it is positive or not negative, if its sign is plain and not known."""
        found: list[Gap] = []
        said = [gap.polynomial for gap in known if gap.strict and len(gap.polynomial) == 1]
        for variable in sorted(variables):
            form: NormalForm = {self.ring.variables[variable].monomial: Fraction(1)}
            for signed in (form, self.algebra.scale(Fraction(-1), form)):
                polynomial = self.ring.of(signed)
                if polynomial in said:
                    continue
                sign = self.signs.of(signed)
                if sign < NON_NEGATIVE:
                    continue
                head = "greater" if sign == POSITIVE else "greater_equal"
                try:
                    lemma = Term(head, (self.writer.scalar(signed), ZERO))
                except NotWritten:
                    continue
                relation = {"lemma": term_to_data(lemma), "proof": SIGN}
                found.append(Gap(polynomial, ONE, signed, None, sign == POSITIVE, (relation,)))
        return found


def _without(power: Power, variable: int) -> Power:
    """The power with one of the variable less."""
    rest = list(power)
    rest.remove(variable)
    return tuple(rest)


def steps_of(monomial: Monomial) -> list[Factor]:
    """The steps among the factors that stand outside of all sums."""
    return [f for f in monomial.factors if f.base.kind == "step" and not bound_in(f, monomial)]


__all__ = ["SIGN", "ZERO", "Equality", "Gap", "Gaps", "Known", "steps_of"]
