"""Recurrences in conditions: what is known for all t is said at the members that a goal speaks of.

wₜ₊₁ is written f(wₜ) where w follows that recurrence, also inside of norms, absolute values and other functions; of
other statements about all t, instances become known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from verifier.kernel.context import COMPARISONS, CertificateError, Context
from verifier.kernel.linear import Atom, Linear, minus, variable
from verifier.kernel.references import instance
from verifier.kernel.sequents import ClaimError
from verifier.kernel.serialization import linear_to_data
from verifier.kernel.terms import Term, subterms
from verifier.proving.induction import instances
from verifier.proving.moving import Lemmas, moved, written

Certificate = dict[str, Any]
Prove = Callable[[Context, Term], Certificate | None]
MOST_INSTANCES = 6
ROUNDS = 4


def by_unrolling(context: Context, goal: Term, prove: Prove) -> Certificate | None:
    """The certificate of a statement about numbers, from what is known for all indices; None if that says nothing."""
    lemmas = Lemmas(context)
    written_out: list[tuple[Term, dict[Term, Term]]] = []
    wanted = goal
    for _ in range(ROUNDS):
        values = _values(lemmas, wanted)
        other = written(wanted, values)
        if other == wanted:
            break
        written_out.append((wanted, values))
        wanted = other
    for statement, proof in _instances(context, (goal, wanted)):
        lemmas.add(statement, proof)
    if not lemmas.found and wanted == goal:
        return None
    found = prove(lemmas.context, wanted)
    if found is None:
        return None
    for statement, values in reversed(written_out):
        last = lemmas.add(wanted, found)
        found = moved(lemmas.context, wanted, statement, last, values)
        wanted = statement
    return lemmas.then(found)


def is_about_all(context: Context) -> bool:
    """Whether something is known for all values of an index."""
    return any(known.proposition.head == "for_all" for known in context.known)


def _values(lemmas: Lemmas, goal: Term) -> dict[Term, Term]:
    """What recurrences give for the members of families in a goal; that they do is known after it."""
    values: dict[Term, Term] = {}
    for part in dict.fromkeys(p for p in subterms(goal) if p.head == "symbol" and p.data[2]):
        for k, known in enumerate(lemmas.context.known):
            found = _at(lemmas.context, known.proposition, part)
            if found is not None and part not in subterms(found[0].args[1]):
                equation, at = found
                if at:
                    lemmas.add(equation, {"rule": "fact", "fact": k, "at": at})
                values[part] = equation.args[1]
                break
    return values


def _at(context: Context, fact: Term, member: Term) -> tuple[Term, list[Any]] | None:
    """What gives a member: an equation, or a recurrence and where it is taken; None of others, and out of its range."""
    names, body = [], fact
    while body.head == "for_all":
        names.append(body.data[0])
        (body,) = body.args
    if body.head != "equal" or body.args[0].head != "symbol" or body.args[0].data[:2] != member.data[:2]:
        return None
    values: dict[Atom, Linear] = {}
    for here, there in zip(body.args[0].data[2], member.data[2], strict=True):
        for name in names:
            if dict(here).get(name) == 1:
                values.setdefault(name, minus(there, minus(here, variable(name))))
    if len(values) < len(names):
        return None
    found = _taken(context, fact, [values[name] for name in names])
    return found if found is not None and found[0].args[0] == member else None


def _taken(context: Context, fact: Term, forms: list[Linear]) -> tuple[Term, list[Any]] | None:
    """A fact at values of its indices; None where one is out of its range."""
    try:
        for form in forms:
            fact = instance(context, fact, form)
    except (CertificateError, ClaimError):
        return None
    return fact, [linear_to_data(form) for form in forms]


def _instances(context: Context, statements: tuple[Term, ...]) -> Iterator[tuple[Term, Certificate]]:
    """What is known for all values of one index, at those at which it speaks of members in the statements."""
    known = [one.proposition for one in context.known]
    spoken = (*statements, *(one for one in known if one.head in (*COMPARISONS, "equal")))
    for k, fact in enumerate(known):
        if fact.head != "for_all" or fact.args[0].head not in (*COMPARISONS, "equal"):
            continue
        taken = (_taken(context, fact, [form]) for form in instances(_given(fact), spoken))
        for statement, at in islice((one for one in taken if one is not None), MOST_INSTANCES):
            yield statement, {"rule": "fact", "fact": k, "at": at}


def _given(fact: Term) -> Term:
    """What a recurrence gives, of wₜ₊₁ = f(wₜ) the left side alone; any other fact as it is."""
    (body,) = fact.args
    left = body.args[0]
    if body.head != "equal" or left.head != "symbol" or not left.data[2]:
        return fact
    return Term("for_all", (Term("equal", (left, left)),), fact.data)


__all__ = ["by_unrolling", "is_about_all"]
