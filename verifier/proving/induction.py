"""Induction on an index of the claim: powers of matrices and families that a recurrence gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from verifier.kernel.context import COMPARISONS, Context
from verifier.kernel.linear import ONE, Atom, Linear, constant, minus, plus, variable
from verifier.kernel.sequents import Range
from verifier.kernel.serialization import linear_to_data, term_to_data
from verifier.kernel.terms import Term, free_indices, substitute_indices, subterms

Certificate = dict[str, Any]
Prove = Callable[[Context, Term], Certificate | None]


def by_induction(context: Context, goal: Term, prove: Prove, thoroughly: Prove) -> Certificate | None:
    """The certificate of a goal φ(k), by the lemma ∀t φ(t): φ at the first t, and φ(t + 1) from φ(t).

    The step, for which more is known, may be proved ``thoroughly``.
    """
    if goal.head != "equal" and goal.head not in COMPARISONS:
        return None
    for name, within in context.indices:
        if name in _inductive(goal):
            found = _on(context, goal, name, within, prove, thoroughly)
            if found is not None:
                return found
    return None


def _on(context: Context, goal: Term, name: str, within: Range, prove: Prove, thoroughly: Prove) -> Certificate | None:
    lower, upper = within
    fresh = f"{name}′"
    general = substitute_indices(goal, {name: variable(fresh)})
    lemma = Term("for_all", (general,), (fresh, lower, upper))
    base = prove(context, substitute_indices(goal, {name: lower}))
    if base is None:
        return None
    inner = context.fix(fresh, (lower, None if upper is None else plus(upper, constant(-1)))).assume(general)
    step = thoroughly(inner, substitute_indices(goal, {name: plus(variable(fresh), ONE)}))
    if step is None:
        return None
    return {
        "rule": "cut",
        "lemma": term_to_data(lemma),
        "proof": {"rule": "induction", "base": base, "step": step},
        "then": {"rule": "fact", "fact": len(context.known), "at": [linear_to_data(variable(name))]},
    }


def _inductive(goal: Term) -> set[Atom]:
    """The indices in exponents, and in the places of families."""
    found: set[Atom] = set()
    for part in subterms(goal):
        if part.head == "power":
            found |= free_indices(part.args[1])
        elif part.head == "symbol":
            found |= {atom for form in part.data[2] for atom, _ in form}
    return found


def instances(fact: Term, statements: tuple[Term, ...]) -> Iterator[Linear]:
    """Values of the index of a ∀ at which a member of a family in it is one that the statements speak of."""
    name = fact.data[0]
    found: dict[Linear, None] = {}
    members = [part for statement in statements for part in subterms(statement) if part.head == "symbol"]
    for part in subterms(fact.args[0]):
        if part.head != "symbol" or not part.data[2]:
            continue
        for other in members:
            if other.data[0] != part.data[0] or len(other.data[2]) != len(part.data[2]):
                continue
            for here, there in zip(part.data[2], other.data[2], strict=True):
                if dict(here).get(name) == 1:
                    found[minus(there, minus(here, variable(name)))] = None
    yield from found


__all__ = ["by_induction", "instances"]
