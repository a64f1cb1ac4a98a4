"""The engine for denials: ¬(∀m ∃T ∀t ≥ T φ) where the symbols have values.

A lemma says that φ(m, t) fails for one m and for t = step · s + offset, whatever s is. Assumed that the claim holds, it
gives a T from which on φ does; the s = T + first of the lemma contradicts that. The lemma is shown by induction, or
from closed forms of what recurrences say and from how powers of numbers grow, by induction too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

from verifier.kernel.context import CertificateError, Context
from verifier.kernel.linear import ONE, Linear, constant, constant_value, minus, plus, times, variable
from verifier.kernel.polynomials import UNIT, NormalForm, Unsupported
from verifier.kernel.serialization import linear_to_data, term_to_data
from verifier.kernel.terms import Term, free_indices, fresh_name, index_term, negation, substitute_indices, subterms
from verifier.kernel.unfolding import unfold
from verifier.sequences import Eventually, Tail

Certificate = dict[str, Any]
Prove = Callable[[Context, Term], Certificate | None]
Fact = tuple[Term, Certificate]
LARGEST_POWER = 64
MOST_FACTS = 12


def by_denial(context: Context, goal: Term, tail: Tail, prove: Prove) -> Certificate | None:
    """The certificate of ¬(∀m ∃T ∀t ≥ T φ), premises included; None if the tail does not help to find one."""
    claim = Eventually.of(goal.args[0])
    if goal.head != "not" or claim is None:
        return None
    number = fresh_name("s", _taken(context, goal))
    failing = negation(claim.at(tail.bound, tail.member(variable(number))))
    lemma = Term("for_all", (failing,), (number, constant(tail.first), None))
    proof = _lemma(context, lemma, prove)
    if proof is None:
        return None
    known = context.assume(lemma)
    contradiction = _contradiction(known.assume(goal.args[0]), claim, tail, prove)
    if contradiction is None:
        return None
    then = {"rule": "deny", "proof": contradiction}
    return {"rule": "cut", "lemma": term_to_data(lemma), "proof": proof, "then": then}


def _taken(context: Context, goal: Term) -> set[Any]:
    names = {name for name, _ in context.indices} | context.sequent.dimension_names
    bound = {part.data[0] for part in subterms(goal) if part.head in ("for_all", "exists")}
    return {*names, *bound, *free_indices(goal)}


def _contradiction(context: Context, claim: Eventually, tail: Tail, prove: Prove) -> Certificate | None:
    """0 < 0 from the lemma and the claim, the last two facts that are known."""
    lemma, assumed = len(context.known) - 2, len(context.known) - 1
    existence: Certificate = {"fact": assumed}
    for premise in claim.premises:
        shown = prove(context, premise)
        if shown is None:
            return None
        existence = {"implication": existence, "proof": shown}
    if claim.bound:
        existence["at"] = [linear_to_data(constant(tail.bound))]
    start = fresh_name("T", _taken(context, context.known[lemma].proposition))
    number = plus(variable(start), constant(tail.first))
    index = tail.member(number)
    later = {"rule": "fact", "fact": assumed + 1, "at": [linear_to_data(index)]}
    fails = {"rule": "fact", "fact": lemma, "at": [linear_to_data(number)]}
    absurd = {
        "rule": "absurd",
        "lemma": term_to_data(claim.at(tail.bound, index)),
        "proof": later,
        "refutation": fails,
    }
    return {"rule": "obtain", "of": existence, "name": start, "then": absurd}


# the lemma


def _lemma(context: Context, lemma: Term, prove: Prove) -> Certificate | None:
    """The certificate of ∀s ≥ first ψ(s), by what is known of the members at s, or by induction alone."""
    name, first, _ = lemma.data
    here = context.fix(name, (first, None))
    facts: list[Fact] = []
    for fact in _about_members(here, lemma.args[0], name, first, prove):
        here = here.assume(fact[0])
        facts.append(fact)
        if len(facts) == MOST_FACTS:
            break
    proof = prove(here, lemma.args[0]) if facts else None
    if proof is None:
        return prove(context, lemma)
    for statement, shown in reversed(facts):
        proof = {"rule": "cut", "lemma": term_to_data(statement), "proof": shown, "then": proof}
    return {"rule": "generalise", "proof": proof}


def _about_members(context: Context, body: Term, name: str, first: Linear, prove: Prove) -> Iterator[Fact]:
    """Equations for the members of families, and bounds of the powers, that a statement about s and they speak of.

    Each is proved in the context with those before it.
    """
    waiting = [unfold(body, context.sequent.definitions)]
    seen: set[Term] = set()
    for statement in waiting:
        for part in subterms(statement):
            if part in seen or name not in free_indices(part):
                continue
            seen.add(part)
            if part.head == "symbol":
                for fact in _closed_forms(context, part, prove):
                    context = context.assume(fact[0])
                    yield fact
                    waiting.append(unfold(fact[0].args[1], context.sequent.definitions))
            elif part.head == "power":
                for fact in _bounds(context, part, name, first, prove):
                    context = context.assume(fact[0])
                    yield fact


def _instance(context: Context, lemma: Term, at: Linear, prove: Prove) -> Fact | None:
    """What a ∀ says at an index, from a proof of the ∀."""
    proof = prove(context, lemma)
    if proof is None:
        return None
    statement = substitute_indices(lemma.args[0], {lemma.data[0]: at})
    then = {"rule": "fact", "fact": len(context.known), "at": [linear_to_data(at)]}
    return statement, {"rule": "cut", "lemma": term_to_data(lemma), "proof": proof, "then": then}


# members of families


def _closed_forms(context: Context, member: Term, prove: Prove) -> Iterator[Fact]:
    """Equations member = term: those that are known for all indices, and what recurrences give by induction."""
    for number, known in enumerate(context.known):
        said = known.proposition
        if said.head != "for_all" or said.args[0].head != "equal" or said.data[2] is not None:
            continue
        place = _place(said, member)
        if place is None:
            continue
        if not _speaks_of(said.args[0].args[1], member):
            statement = substitute_indices(said.args[0], {said.data[0]: place})
            yield statement, {"rule": "fact", "fact": number, "at": [linear_to_data(place)]}
            return
        for lemma in _of_recurrence(context, said):
            fact = _instance(context, lemma, member.data[2][0], prove)
            if fact is not None:
                yield fact
                return


def _place(said: Term, member: Term) -> Linear | None:
    """The index at which a ∀ of an equation is about a member."""
    left, name = said.args[0].args[0], said.data[0]
    if left.head != "symbol" or left.data[:2] != member.data[:2] or len(left.data[2]) != 1:
        return None
    shift = minus(left.data[2][0], variable(name))
    return minus(member.data[2][0], shift) if constant_value(shift) is not None else None


def _speaks_of(term: Term, member: Term) -> bool:
    return any(part.head == "symbol" and part.data[0] == member.data[0] for part in subterms(term))


def _of_recurrence(context: Context, said: Term) -> Iterator[Term]:
    """∀u w_u = c where the first member is c; ∀u w_u = f + (w_first - f) pᵘ for w_{t+1} = p w_t + q with numbers."""
    left, value = said.args[0].args
    name, lower = said.data[0], constant_value(said.data[1])
    shift = constant_value(minus(left.data[2][0], variable(name)))
    if lower is None or shift is None:
        return
    first = lower + shift - 1
    family, shape, _ = left.data
    start = Term("symbol", (), (family, shape, (constant(first),)))
    known = _given(context, start)
    unknown = fresh_name("u", {name for name, _ in context.indices})
    member = Term("symbol", (), (family, shape, (variable(unknown),)))
    for closed in _members(context, said, start, known, minus(variable(unknown), constant(first))):
        yield Term("for_all", (Term("equal", (member, closed)),), (unknown, constant(first), None))


def _members(context: Context, said: Term, start: Term, known: Term | None, count: Linear) -> Iterator[Term]:
    """The values that a member may have, so many steps after the first."""
    rule = _linear_rule(context, said) if start.space().is_scalar else None
    if rule is None:
        if known is not None:
            yield known
        return
    ratio, added = rule
    first = known or start
    if ratio == 1:
        yield Term("add", (first, Term("multiply", (_number(added), index_term(count)))))
        return
    fixed = added / (1 - ratio)
    if known is not None and known == _number(fixed):
        yield known
        return
    power = Term("power", (_number(ratio), index_term(count)))
    yield Term("add", (_number(fixed), Term("multiply", (Term("subtract", (first, _number(fixed))), power))))


def _given(context: Context, member: Term) -> Term | None:
    """The number, or the zeros, that a known equation says a member is."""
    for known in context.known:
        said = known.proposition
        if said.head == "equal" and said.args[0] == member and said.args[1].head in ("number", "zeros"):
            return said.args[1]
    return None


def _linear_rule(context: Context, said: Term) -> tuple[Fraction, Fraction] | None:
    """p and q of ∀t w_{t+1} = p w_t + q, if these are numbers."""
    left, value = said.args[0].args
    name = said.data[0]
    try:
        inner = context.fix(name, (said.data[1], None))
        before = Term("symbol", (), (*left.data[:2], (minus(left.data[2][0], ONE),)))
        member = inner.scalar(before)
        form = inner.scalar(value)
    except (CertificateError, Unsupported):
        return None
    if len(member) != 1:
        return None
    (monomial,) = member
    rest = {key: coefficient for key, coefficient in form.items() if key != monomial}
    added = _constant(rest)
    return None if added is None else (form.get(monomial, Fraction(0)), added)


def _constant(form: NormalForm) -> Fraction | None:
    """The number that a normal form is, if it is one."""
    return form.get(UNIT, Fraction(0)) if form.keys() <= {UNIT} else None


def _number(value: Fraction) -> Term:
    return Term("number", (), (value,))


# powers


def _bounds(context: Context, power: Term, name: str, first: Linear, prove: Prove) -> Iterator[Fact]:
    """What is known of pᵅˢ⁺ᵝ for s ≥ first, where p is a number: it grows from its first value on, or falls to 0."""
    base, exponent = power.args
    if exponent.head != "index":
        return
    rate = dict(exponent.data[0]).get(name, 0)
    least = constant_value(first)
    rest = constant_value(minus(exponent.data[0], times(rate, variable(name))))
    try:
        number = _constant(context.scalar(base))
    except Unsupported:
        return
    if number is None or least is None or rest is None or rate <= 0 or rate * least + rest < 0:
        return
    if rate * least + rest > LARGEST_POWER or (number < 0 and rate % 2):
        return
    start, step = number ** int(rate * least + rest), number**rate
    for head, value in _monotone(start, step):
        comparison = Term(head, (power, _number(value)))
        bound = fresh_name("u", {n for n, _ in context.indices} | set(map(str, free_indices(comparison))))
        general = substitute_indices(comparison, {name: variable(bound)})
        fact = _instance(context, Term("for_all", (general,), (bound, first, None)), variable(name), prove)
        if fact is not None:
            context = context.assume(fact[0])
            yield fact


def _monotone(start: Fraction, step: Fraction) -> Iterator[tuple[str, Fraction]]:
    """Comparisons that hold of a sequence with a first member, each a multiple of the one before."""
    if step == 1 or start == 0:
        yield "equal", start
    elif step > 1:
        yield ("greater_equal" if start > 0 else "less_equal"), start
    elif step > 0:
        yield ("greater" if start > 0 else "less"), Fraction(0)
        yield ("less_equal" if start > 0 else "greater_equal"), start


__all__ = ["by_denial"]
