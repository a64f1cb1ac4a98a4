"""Connectives: a goal in parts, each proved by the engines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from verifier.kernel.context import Context
from verifier.kernel.terms import Term

CONNECTIVES = ("and", "iff", "implies", "for_all")
Certificate = dict[str, Any]
Prove = Callable[[Context, Term], Certificate | None]


def by_parts(context: Context, goal: Term, prove: Prove) -> Certificate | None:
    """The certificate of a conjunction, an equivalence, an implication or a ∀, from certificates of its parts."""
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
        case "for_all":
            name, lower, upper = goal.data
            proof = prove(context.fix(name, (lower, upper)), goal.args[0])
            return None if proof is None else {"rule": "generalise", "proof": proof}
    return None
