"""The engine for connectives: a claim in parts, each proved by the others."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from verifier.kernel.sequents import Sequent
from verifier.kernel.terms import Term
from verifier.proving.equations import close_the_gap

DEEPEST = 6


def by_parts(sequent: Sequent) -> dict[str, Any] | None:
    """The certificate of a conjunction, an equivalence, an implication or a ∀, from certificates of its parts."""
    if sequent.conclusion.head not in ("and", "iff", "implies", "for_all"):
        return None
    return _certificate(sequent, 0)


def _certificate(sequent: Sequent, depth: int) -> dict[str, Any] | None:
    if depth > DEEPEST:
        return None
    goal = sequent.conclusion
    match goal.head:
        case "and" | "iff":
            parts = goal.args
            if goal.head == "iff":
                parts = (Term("implies", goal.args), Term("implies", goal.args[::-1]))
            proofs = [_certificate(replace(sequent, conclusion=part), depth + 1) for part in parts]
            return None if None in proofs else {"rule": "and", "proofs": proofs}
        case "implies":
            return None
        case "for_all":
            name, lower, upper = goal.data
            if any(name == other for other, _ in sequent.indices):
                return None
            inner = replace(sequent, conclusion=goal.args[0], indices=(*sequent.indices, (name, (lower, upper))))
            proof = _certificate(inner, depth + 1)
            return None if proof is None else {"rule": "generalise", "proof": proof}
        case "equal":
            return close_the_gap(sequent) or {"rule": "normal form"}
    return {"rule": "sign"}
