"""The engine for denials: ¬(∀m ∃T ∀t ≥ T φ) where the symbols have values.

A lemma says that φ(m, t) fails for one m and for t = step · s + offset, whatever s is. Assumed that the claim holds, it
gives a T from which on φ does; the s = T + first of the lemma contradicts that. The lemma is shown by induction, or
from closed forms of what recurrences say and from how powers of numbers grow, by induction too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

from verifier.kernel.context import HOLE, CertificateError, Context
from verifier.kernel.linear import ONE, Linear, constant, constant_value, minus, plus, times, variable
from verifier.kernel.polynomials import UNIT, NormalForm, Unsupported
from verifier.kernel.serialization import linear_to_data, term_to_data
from verifier.kernel.terms import Term, free_indices, fresh_name, index_term, negation, substitute_indices, subterms
from verifier.kernel.terms import replace as substituted
from verifier.kernel.unfolding import unfold
from verifier.proving.gaps import ZERO
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
    proof = prove(here, lemma.args[0])
    if proof is None:
        return prove(context, lemma)
    for statement, shown in reversed(facts):
        proof = {"rule": "cut", "lemma": term_to_data(statement), "proof": shown, "then": proof}
    return {"rule": "generalise", "proof": proof}


def _about_members(context: Context, body: Term, name: str, first: Linear, prove: Prove) -> Iterator[Fact]:
    """Equations for the members of families, and bounds of the powers, that a statement about s and they speak of.

    Each is proved in the context with those before it.
    """
    least = _from_first_on(context, body, name, first, prove)
    if least is not None:
        context = context.assume(least[0])
        yield least
    waiting = [unfold(body, context.sequent.definitions)]
    seen: set[Term] = set()
    norms: list[Term] = []
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
            elif part.head == "norm":
                norms.append(part)
            elif part.head == "power":
                for fact in _bounds(context, part, name, first, prove):
                    context = context.assume(fact[0])
                    yield fact
    for norm in norms:
        for fact in _vanishing(context, norm):
            context = context.assume(fact[0])
            yield fact


def _from_first_on(context: Context, body: Term, name: str, first: Linear, prove: Prove) -> Fact | None:
    """s ≥ first, of an s that stands for a number."""
    if not any(part.head == "index" and name in free_indices(part) for part in subterms(body)):
        return None
    bound = fresh_name("u", {n for n, _ in context.indices})
    general = Term("greater_equal", (index_term(variable(bound)), index_term(first)))
    following = substitute_indices(general, {bound: plus(variable(bound), ONE)})
    base = prove(context, substitute_indices(general, {bound: first}))
    step = prove(context.fix(bound, (first, None)).assume(general), following)
    if base is None or step is None:
        return None
    induction = {"rule": "induction", "base": base, "step": step}
    lemma = Term("for_all", (general,), (bound, first, None))
    return _said_at(context, lemma, induction, variable(name))


def _instance(context: Context, lemma: Term, at: Linear, prove: Prove) -> Fact | None:
    """What a ∀ says at an index, from a proof of the ∀."""
    proof = prove(context, lemma)
    return None if proof is None else _said_at(context, lemma, proof, at)


def _said_at(context: Context, lemma: Term, proof: Certificate, at: Linear) -> Fact:
    statement = substitute_indices(lemma.args[0], {lemma.data[0]: at})
    then = {"rule": "fact", "fact": len(context.known), "at": [linear_to_data(at)]}
    return statement, {"rule": "cut", "lemma": term_to_data(lemma), "proof": proof, "then": then}


def everywhere(context: Context, condition: Term, prove: Prove) -> Certificate | None:
    """The certificate of ∀T ≥ 0 ∀t ≥ T φ(t) for a φ that only t ≥ T ≥ 0 makes true, such as t + 1 ≠ 0."""
    if condition.head != "for_all":
        return prove(context, condition)
    name, lower, upper = condition.data
    inner, body = context.fix(name, (lower, upper)), condition.args[0]
    least = None if body.head == "for_all" else _from_first_on(inner, body, name, lower, prove)
    proof = everywhere(inner if least is None else inner.assume(least[0]), body, prove)
    if proof is None:
        return None
    if least is not None:
        proof = {"rule": "cut", "lemma": term_to_data(least[0]), "proof": least[1], "then": proof}
    return {"rule": "generalise", "proof": proof}


# members of families


def _vanishing(context: Context, norm: Term) -> Iterator[Fact]:
    """‖v‖ = 0 for a v with a member of a family in it that is known to be 0."""
    for number, known in enumerate(context.known):
        said = known.proposition
        if said.head != "equal" or said.args[1].head != "zeros" or said.args[0] not in subterms(norm):
            continue
        hole = Term("symbol", (), (HOLE, said.args[0].space(), ()))
        congruence = {"congruence": {"fact": number}, "context": term_to_data(substituted(norm, {said.args[0]: hole}))}
        use = {"context": term_to_data(Term("symbol", (), (HOLE, norm.space(), ()))), "relation": congruence}
        yield Term("equal", (norm, ZERO)), {"rule": "linear", "uses": [use]}
        return


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
            zero = None if member.space().is_scalar else _zero(context, said, member)
            fact = None if zero is None else _instance(context, zero, place, prove)
            if fact is not None:
                yield fact
                return
            statement = substitute_indices(said.args[0], {said.data[0]: place})
            yield statement, {"rule": "fact", "fact": number, "at": [linear_to_data(place)]}
            return
        for lemma in _of_recurrence(context, said):
            fact = _instance(context, lemma, member.data[2][0], prove)
            if fact is not None:
                yield fact
                return


def _zero(context: Context, said: Term, member: Term) -> Term | None:
    """∀t w_t = 0 for the members that a ∀ is about, if some member is known to be 0."""
    symbols = [part for known in context.known for part in known.proposition.args if part.head == "symbol"]
    if not any(part.data[0] == member.data[0] and _given(context, part) is not None for part in symbols):
        return None
    equation = Term("equal", (said.args[0].args[0], Term("zeros", (), (member.space(),))))
    return Term("for_all", (equation,), said.data)


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
    left = said.args[0].args[0]
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


def _numbers(context: Context) -> dict[Term, Term]:
    """The symbols that known equations say are numbers."""
    equations = [one.proposition for one in context.known if one.proposition.head == "equal"]
    return {e.args[0]: e.args[1] for e in equations if e.args[0].head == "symbol" and e.args[1].head == "number"}


def _linear_rule(context: Context, said: Term) -> tuple[Fraction, Fraction] | None:
    """p and q of ∀t w_{t+1} = p w_t + q, if these are numbers."""
    left, value = said.args[0].args
    name = said.data[0]
    try:
        inner = context.fix(name, (said.data[1], None))
        before = Term("symbol", (), (*left.data[:2], (minus(left.data[2][0], ONE),)))
        member = inner.scalar(before)
        form = inner.scalar(substituted(value, _numbers(context)))
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
        number = _constant(context.scalar(substituted(base, _numbers(context))))
    except Unsupported:
        return
    if number is None or least is None or rest is None or rate <= 0 or rate * least + rest < 0:
        return
    if rate * least + rest > LARGEST_POWER or (number < 0 and rate % 2):
        return
    start, step = number ** int(rate * least + rest), number**rate
    for head, value in _monotone(start, step):
        comparison = Term(head, (power, _number(value)))
        bound = fresh_name("u", {*dict(context.indices), *free_indices(comparison)})
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


__all__ = ["by_denial", "everywhere"]
