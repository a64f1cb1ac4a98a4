"""Means and covariances by what is declared of them, and by the recurrences of what they are of.

Normal forms write moments by joint cumulants: E[x] is κ(x), Cov(x, y) is κ(x, y). A declaration gives one of them, in
terms of lower ones; a recurrence is put in under the moment, where it holds at every outcome.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from verifier.kernel.algebra import Algebra
from verifier.kernel.context import HOLE, CertificateError, Context, Known
from verifier.kernel.linear import ONE, Atom, Linear, minus, variable
from verifier.kernel.moments import Mean
from verifier.kernel.polynomials import CUMULANT, Factor, Monomial, NormalForm, Unsupported
from verifier.kernel.randomness import MOMENTS
from verifier.kernel.reader import slots_of
from verifier.kernel.sequents import ClaimError
from verifier.kernel.serialization import term_to_data
from verifier.kernel.terms import Term, free_names, subterms
from verifier.kernel.terms import replace as replace_terms
from verifier.proving.averages import lemmas, unaveraged
from verifier.proving.goals import Equation, Use
from verifier.proving.members import Solved, named_instance, solved
from verifier.proving.moving import opened
from verifier.proving.readback import NotWritten, Writer
from verifier.proving.relations import Relations
from verifier.proving.rewriting import Rewriting, rewrite

Certificate = dict[str, Any]
FAILURES = (Unsupported, CertificateError, ClaimError)
STEPS = 80
UNDECLARED = "undeclared moment"


@dataclass(frozen=True)
class Declared(Solved):
    """A known equation as cumulant · coefficient + rest = 0, at entries ``places`` of it."""

    places: tuple[Linear, ...] = ()

    def matched(self, slots: tuple[Linear, ...]) -> dict[Atom, Linear] | None:
        """The values of its free indices at which the cumulant has these slots; None if there are none."""
        values: dict[Atom, Linear] = {}
        free = {*self.axes, *self.quantified}
        for here, there in zip(self.member.slots, slots, strict=True):
            open_atoms = [a for a, _ in here if a in free]
            if not open_atoms:
                if here != there:
                    return None
                continue
            if len(open_atoms) > 1 or dict(here)[open_atoms[0]] != 1:
                return None
            value = minus(there, minus(here, variable(open_atoms[0])))
            if values.setdefault(open_atoms[0], value) != value:
                return None
        return values if len(values) == len(free) else None


def speaks_of_moments(context: Context, goal: Term) -> bool:
    """Whether a moment stands in a goal, or it speaks of a symbol that is known to be one."""
    random = context.randomness
    if not random.names or random.has_moment(goal):
        return bool(random.names)
    names = free_names(goal)
    equations = (known.proposition.args for known in context.known if known.proposition.head == "equal")
    return any(
        side.head == "symbol" and side.data[0] in names and random.has_moment(other)
        for args in equations
        for side, other in (args, args[::-1])
    )


def declared(context: Context) -> Iterator[Declared]:
    """The known equations that give a cumulant."""
    for k, known in enumerate(context.known):
        if not known.local and any(part.head in MOMENTS for part in subterms(known.proposition)):
            try:
                found = _declared(context, k, known.proposition)
            except FAILURES:
                continue
            if found is not None:
                yield found


def _declared(context: Context, fact: int, proposition: Term) -> Declared | None:
    names = []
    while proposition.head == "for_all":
        context, proposition, name = opened(context, proposition)
        names.append(name)
    if proposition.head != "equal" or len(proposition.args[0].space().axes) != 2:
        return None
    shape, algebra = proposition.args[0].space(), context.algebra
    read, scope = context.reader(), context.scope()
    place = [ONE if axis == ONE else variable(algebra.temporary(ONE, axis)) for axis in shape.axes]
    left, right = (read.entry(side, (place[0], place[1]), scope) for side in proposition.args)
    form = algebra.subtract(left, right)
    axes = tuple(int(index[0][0]) for index in place if index != ONE)
    places = tuple(variable(axis) for axis in axes)
    quantified = tuple(int(scope.indices[name][0][0]) for name in names)
    on_diagonal = _on_diagonal(form, axes)
    if on_diagonal is not None:
        form = algebra.substitute(form, {axes[1]: places[0]})
        axes, places = axes[:1], (places[0], places[0])
    chosen = _leading(form)
    if chosen is None:
        return None
    rest = {m: c for m, c in form.items() if m != chosen}
    return Declared(fact, chosen.factors[0], form[chosen], rest, axes, quantified, shape, places)


def _on_diagonal(form: NormalForm, axes: tuple[int, ...]) -> bool | None:
    """Whether cumulants stand at equal places only, as those of independent entries do."""
    for monomial in form:
        cumulants = [f for f in monomial.factors if f.base.kind == CUMULANT and _order(f) > 1]
        deltas = [f for f in monomial.factors if f.base.kind == "delta"]
        if cumulants and deltas and len(axes) == 2 and {a for f in deltas for a, _ in f.slots[0]} == set(axes):
            return True
    return None


def _order(factor: Factor) -> int:
    return len(json.loads(factor.base.name)) - 1


def _leading(form: NormalForm) -> Monomial | None:
    """The summand that is a cumulant of the highest order, up to a number."""
    found = [m for m in form if not m.bound and len(m.factors) == 1 and m.factors[0].exponent == 1]
    found = [m for m in found if m.factors[0].base.kind == CUMULANT]
    return max(found, key=lambda m: (_order(m.factors[0]), m.factors[0].base.key), default=None)


def use_declared(equation: Equation, rules: list[Declared]) -> bool:
    """κ = … by what is declared of it"""
    by_key: dict[str, list[Declared]] = {}
    for rule in rules:
        by_key.setdefault(rule.member.base.key, []).append(rule)

    def finder(equation: Equation, factor: Factor) -> Rewriting | None:
        found = (_rewritten(equation, factor, rule) for rule in by_key[factor.base.key])
        return next((one for one in found if one is not None), None)

    return bool(by_key) and rewrite(equation, lambda factor: factor.base.key in by_key, finder)


def _rewritten(equation: Equation, factor: Factor, rule: Declared) -> Rewriting | None:
    values, algebra = rule.matched(factor.slots), equation.context.algebra
    if values is None or not all(_is_in_range(algebra, values[index], index) for index in rule.quantified):
        return None
    value = algebra.scale(-1 / rule.coefficient, algebra.substitute(rule.rest, values))
    places = (*rule.quantified, *(int(place[0][0]) for place in rule.places))
    slots = tuple(values[place] for place in places)
    return Rewriting({"fact": rule.fact}, value, slots, rule.gap, 1 / rule.coefficient)


def _is_in_range(algebra: Algebra, form: Linear, index: int) -> bool:
    """Whether an index form lies in the range of a quantified index."""
    if index in algebra.ranges:
        return algebra.contained(form, algebra.ranges[index], {}) is True
    low = algebra.least(form)
    return low is not None and index in algebra.lowest and algebra.at_least(low, algebra.lowest[index])


# recurrences under moments


def use_recurrence(equation: Equation, rules: list[Solved]) -> bool:
    """κ(w[t + 1], …) by a recurrence for w, which holds at every outcome"""
    for monomial, coefficient in list(equation.rest.items()):
        for k, factor in enumerate(monomial.factors):
            whole = isinstance(factor.exponent, int) and factor.exponent > 0
            if whole and factor.base.kind == CUMULANT and _order(factor) < 3:
                for rule in rules:
                    if _put_in(equation, monomial, coefficient, k, rule):
                        return True
    return False


def parts_of(context: Context, factor: Factor) -> list[tuple[str, tuple[Linear, ...]]]:
    """The symbols of a cumulant, each with its indices."""
    how, *names = json.loads(factor.base.name)
    if how == "entry":
        return [(name, factor.slots) for name in names]
    shapes, families = Writer.of(context.sequent).shapes, context.randomness.families
    shared = families[names[0]] if how == "member" else 0
    found, start = [], shared
    for name in names:
        own = 0 if how == "member" else families[name]
        stop = start + own + sum(axis != ONE for axis in shapes[name].axes)
        found.append((name, (*factor.slots[:shared], *factor.slots[start:stop])))
        start = stop
    return found


def _put_in(equation: Equation, monomial: Monomial, coefficient: Fraction, k: int, rule: Solved) -> bool:
    context, algebra = equation.context, equation.context.algebra
    factors, sums = algebra.unbind(monomial)
    chosen = factors[k]
    parts = parts_of(context, chosen)
    place = next((j for j, (symbol, _) in enumerate(parts) if symbol == rule.member.base.name), None)
    if place is None or chosen.exponent != 1:
        return False
    _, slots = parts.pop(place)
    count = len(rule.indices)
    values = rule.at(slots[:count])
    at = None if values is None else named_instance(context, rule, values)
    if values is None or at is None:
        return False
    here: dict[Atom, Linear] = {**values, **dict(zip(rule.axes, slots[count:], strict=True))}
    rest = algebra.substitute(rule.rest, here) if here else rule.rest
    name = f"{HOLE}{len(equation.uses)}"
    value = _cumulant_with(context, algebra.scale(-1 / rule.coefficient, rest), parts)
    places = (*slots[count:], *(slot for _, others in parts for slot in others))
    base = algebra.base(CUMULANT, json.dumps(["apart", name, *(symbol for symbol, _ in parts)]), own=len(places))
    hole = algebra.factor(base, places)
    outside = algebra.monomial(coefficient, [*factors[:k], *factors[k + 1 :]], {})
    multiplier = algebra.scale(1 / rule.coefficient, algebra.multiply(outside, hole))
    new = algebra.multiply(outside, value)
    for index, within in sums:
        multiplier, new = algebra.bind(multiplier, index, within), algebra.bind(new, index, within)
    equation.uses.append(Use(multiplier, {"fact": rule.fact, "at": at}, rule.gap, name))
    equation.rest = algebra.add(algebra.subtract(equation.rest, {monomial: coefficient}), new)
    return True


def _cumulant_with(context: Context, form: NormalForm, others: list[tuple[str, tuple[Linear, ...]]]) -> NormalForm:
    """κ of a normal form, or of it and one entry of a symbol."""
    algebra, mean = context.algebra, Mean(context.reader(), context.scope())
    if not others:
        return mean.of(form)
    ((name, slots),) = others
    other = algebra.factor(algebra.base("symbol", name, own=len(slots)), slots)
    product = algebra.multiply(mean.of(form), mean.of(other))
    return algebra.subtract(mean.of(algebra.multiply(form, other)), product)


def _given(context: Context) -> Iterator[Solved]:
    """The known equations that say what a random symbol is, as y = Xβ + ε."""
    for k, known in enumerate(context.known):
        proposition = known.proposition
        sides = [(1, proposition.args), (-1, proposition.args[::-1])] if proposition.head == "equal" else []
        for sign, (left, right) in sides:
            if known.local or left.head != "symbol" or left.data[2]:
                continue
            name, shape = left.data[0], left.space()
            if name not in context.randomness.names or name in free_names(right) or len(shape.axes) != 2:
                continue
            place = [ONE if axis == ONE else variable(context.algebra.temporary(ONE, axis)) for axis in shape.axes]
            read, scope = context.reader(), context.scope()
            try:
                value = read.entry(right, (place[0], place[1]), scope)
            except FAILURES:
                continue
            slots = slots_of(shape, tuple(place))
            axes = tuple(int(slot[0][0]) for slot in slots)
            member = Factor(context.algebra.base("symbol", name, own=len(slots)), slots, 1)
            scaled = context.algebra.scale(Fraction(-sign), value)
            yield Solved(k, member, Fraction(sign), scaled, axes, (), shape)
            break


# the engine

Engine = Callable[[Equation], Certificate | None]


def by_moments(context: Context, goal: Term, engines: tuple[Engine, ...]) -> Certificate | None:
    """The certificate of an equation between moments, or with symbols that are known to be moments.

    Raises Unsupported, which names a moment that nothing declares, if one is left.
    """
    try:
        found, left = _by_declared(context, goal, engines), None
    except Unsupported as error:
        found, left = None, error
    written = goal if found is not None else _written_out(context, goal)
    proof = None if written == goal else _by_declared(context, written, engines)
    equation = None if proof is None else Equation.of(context.assume(written), goal)
    then = None if equation is None else _rest(equation, engines)
    if then is not None:
        return {"rule": "cut", "lemma": term_to_data(written), "proof": proof, "then": then}
    if left is not None:
        raise left
    return found


def _by_declared(context: Context, goal: Term, engines: tuple[Engine, ...]) -> Certificate | None:
    """What is declared is put in, the rest is left to the engines."""
    found = list(lemmas(context))
    for lemma, _ in found:
        context = context.assume(lemma)
    equation = Equation.of(context, goal)
    if equation is None:
        return None
    rules, recurrences = list(declared(context)), [*_given(context), *solved(context)]
    for _ in range(STEPS):
        if not use_declared(equation, rules) and not use_recurrence(equation, recurrences):
            break
    if equation.uses:
        equation.numbers = dict(Relations(equation).letters.writer.matrices)
    try:
        certificate = _rest(equation, engines)
    except NotWritten:
        certificate = None
    if certificate is None:
        _name_undeclared(equation, rules)
    for lemma, proof in reversed(found if certificate is not None else []):
        certificate = {"rule": "cut", "lemma": term_to_data(lemma), "proof": proof, "then": certificate}
    return certificate


def _written_out(context: Context, goal: Term) -> Term:
    """The goal with moments for the symbols that are known to be equal to one."""
    random, values = context.randomness, dict[Term, Term]()
    for known in context.known:
        for side, other in (known.proposition.args, known.proposition.args[::-1]) if _is_equation(known) else ():
            constant = side.head == "symbol" and not side.data[2] and side.data[0] not in random.names
            if constant and random.has_moment(other) and side.data[0] not in free_names(other):
                values.setdefault(side, other)
    return replace_terms(goal, values)


def _is_equation(known: Known) -> bool:
    return known.proposition.head == "equal" and not known.local


def _name_undeclared(equation: Equation, rules: list[Declared]) -> None:
    """Raises Unsupported, which names a moment that is left and that nothing declares, if there is one."""
    known = {rule.member.base.key for rule in rules}
    for monomial in equation.rest:
        for factor in monomial.factors:
            if factor.base.kind == CUMULANT and factor.base.key not in known:
                names = [name.rstrip("_") for name in json.loads(factor.base.name)[1:]]
                what = f"E[{names[0]}]" if len(names) == 1 else f"Cov({', '.join(names)})"
                raise Unsupported(f"{UNDECLARED} {what if len(names) < 3 else ' '.join(('of', *names))}")


def _rest(equation: Equation, engines: tuple[Engine, ...]) -> Certificate | None:
    if not equation.rest:
        return equation.certificate()
    own = equation.certificate().get("uses", [])
    averaged = any(factor.base.kind == CUMULANT for monomial in equation.rest for factor in monomial.factors)
    contexts = [equation.context] if averaged else [unaveraged(equation.context), equation.context]
    for context in contexts:
        for engine in engines:
            try:
                found = engine(replace(equation, context=context, uses=[], cleared=set()))
            except Unsupported:
                continue
            if found is not None:
                return _joined(found, own)
    return None


def _joined(certificate: Certificate, uses: list[Any]) -> Certificate:
    """The certificate with further multiples of relations, under the lemmas that it cuts in."""
    if certificate["rule"] == "cut":
        return {**certificate, "then": _joined(certificate["then"], uses)}
    return {"rule": "linear", "uses": [*uses, *certificate.get("uses", [])]}


__all__ = ["UNDECLARED", "by_moments", "declared", "speaks_of_moments"]
