"""Families in numpy: the members that a counterexample shows, and those that recurrences give, computed on demand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verifier.instantiation.facts import Fact
from verifier.instantiation.outcomes import InstantiationError
from verifier.instantiation.plans import Plan, plan_of
from verifier.instantiation.problems import problem_of
from verifier.kernel.linear import Atom, Linear, atoms, minus, substitute, times, variable
from verifier.kernel.sequents import Sequent
from verifier.kernel.terms import Term, subterms
from verifier.reporting.numpy_terms import NotWritten, Writer, form_text

PLACES = ("k1", "k2", "k3", "k4")


def rules_of(sequent: Sequent, writer: Writer) -> Mapping[str, list[str]]:
    """For each family, functions from the indices of a member to the member, or to None."""
    if not any(part.head == "symbol" and part.data[2] for h in sequent.hypotheses for part in subterms(h)):
        return {}
    try:
        plan = plan_of(problem_of(sequent))
    except InstantiationError:
        return {}
    found: dict[str, list[str]] = {}
    for name, facts in plan.values.items():
        for fact in facts:
            if 0 < len(fact.forms) <= len(PLACES) and fact.term is not None:
                found.setdefault(name, []).append(_given(fact, fact.term, sequent, writer))
    for name in plan.constant_from:
        found.setdefault(name, []).append(_constant(name, plan, writer))
    return found


def _given(fact: Fact, term: Term, sequent: Sequent, writer: Writer) -> str:
    """w_{t+1} = f(w_t) for t ≥ 0: f(w_t) at t = k - 1, if that is at least 0."""
    ranges = {name: (lower, upper) for name, lower, upper in fact.quantifiers}
    solved: dict[Atom, Linear] = {}
    conditions: list[str] = []
    for place, form in zip(PLACES, fact.forms, strict=False):
        unknown = [atom for atom in atoms(form) if atom in ranges and atom not in solved]
        if len(unknown) > 1:
            raise NotWritten("members with several indices in one place")
        if unknown:
            solved[unknown[0]] = _solution(substitute(form, solved), unknown[0], place)
        else:
            conditions.append(f"{place} == {form_text(substitute(form, solved))}")
    for atom, form in solved.items():
        lower, upper = ranges[str(atom)]
        limits = [form_text(substitute(limit, solved)) for limit in (lower, upper) if limit is not None]
        conditions.append(" <= ".join((limits[0], form_text(form), *limits[1:])))
    body = writer.unfolded(term)
    if solved:
        names, values = (", ".join(map(form_text, forms)) for forms in (map(variable, solved), solved.values()))
        body = f"(lambda {names}: {body})({values})"
    return f"lambda {', '.join(PLACES[: len(fact.forms)])}: {body} if {' and '.join(conditions)} else None"


def _solution(form: Linear, atom: Atom, place: str) -> Linear:
    """The index in a place as a form: t + 1 = k gives t = k - 1."""
    coefficient = dict(form)[atom]
    if abs(coefficient) != 1:
        raise NotWritten("members at multiples of an index")
    rest = minus(form, times(coefficient, variable(atom)))
    return times(coefficient, minus(variable(place), rest))


def _constant(name: str, plan: Plan, writer: Writer) -> str:
    """From some member on, all are the same."""
    last = plan.constant_from[name]
    return f"lambda {PLACES[0]}: {writer.naming(name)}[{last},] if {PLACES[0]} > {last} else None"


def family(known: list[Any], rules: list[str]) -> str:
    """The members as a dictionary, one that computes the others if there are rules."""
    members = f"{{{', '.join(known)}}}"
    return f"Members({', '.join((members, *rules))})" if rules else members
