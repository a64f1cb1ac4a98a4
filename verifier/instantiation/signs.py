"""Equations with ±: what they say of the two signs.

x = a ± b says that x is one of the two values. Where each side has one ± (or ∓, which is ± of the negative), the upper
signs go together, and both equations are said. Any other use of ± has no agreed meaning, and is not evaluated.
"""

from __future__ import annotations

from verifier.kernel.terms import Term, subterms

HEAD = "plus_minus"


def without_signs(statement: Term) -> Term:
    """The statement with its equations with ± written as two equations, where it is plain which."""
    if all(part.head != HEAD for part in subterms(statement)):
        return statement
    if statement.head == "equal":
        counts = [sum(part.head == HEAD for part in subterms(side)) for side in statement.args]
        if max(counts) == 1:
            return Term(
                "and" if counts == [1, 1] else "or", (_signed(statement, "add"), _signed(statement, "subtract"))
            )
        return statement
    if statement.is_proposition:
        return Term(statement.head, tuple(map(without_signs, statement.args)), statement.data)
    return statement


def _signed(term: Term, head: str) -> Term:
    args = tuple(_signed(arg, head) for arg in term.args)
    return Term(head if term.head == HEAD else term.head, args, term.data)
