"""Connectives: a goal in parts, each proved by the engines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from verifier.kernel.context import Context
from verifier.kernel.serialization import term_to_data
from verifier.kernel.terms import Term, negation

CONNECTIVES = ("and", "iff", "implies", "or", "for_all")
Certificate = dict[str, Any]
Prove = Callable[[Context, Term], Certificate | None]


def by_parts(context: Context, goal: Term, prove: Prove) -> Certificate | None:
    """The certificate of a ∧, ∨, ⟹, ⟺ or ∀, from certificates of its parts."""
    match goal.head:
        case "and" | "iff":
            parts = goal.args
            if goal.head == "iff":
                parts = (Term("implies", goal.args), Term("implies", goal.args[::-1]))
            proofs = [prove(context, part) for part in parts]
            return None if None in proofs else {"rule": "and", "proofs": proofs}
        case "implies":
            proof = prove(context.assume(goal.args[0]), goal.args[1])
            return None if proof is None else {"rule": "implies", "proof": proof}
        case "or":
            return _one_of(context, goal, prove)
        case "for_all":
            name, lower, upper = goal.data
            proof = prove(context.fix(name, (lower, upper)), goal.args[0])
            return None if proof is None else {"rule": "generalise", "proof": proof}
    return None


def _one_of(context: Context, goal: Term, prove: Prove) -> Certificate | None:
    """The certificate of a disjunction: the first part holds, or, where it does not, one of the others."""
    for k, part in enumerate(goal.args):
        proof = prove(context, part)
        if proof is not None:
            return {"rule": "or", "which": k, "proof": proof}
    first, here = goal.args[0], len(context.known)
    otherwise = context.assume(negation(first))
    for k, part in enumerate(goal.args[1:], 1):
        proof = prove(otherwise, part)
        if proof is not None:
            then = {"rule": "or", "which": 0, "proof": {"rule": "fact", "fact": here}}
            other = {"rule": "or", "which": k, "proof": proof}
            return {"rule": "cases", "on": term_to_data(first), "then": then, "else": other}
    return None
