"""The steps of certificates about optima: which propositions are shown, and what is assumed for each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from verifier.kernel.optima import Optimum, is_set, is_value, optimum_of
from verifier.kernel.sequents import Sequent
from verifier.kernel.serialization import term_from_data
from verifier.kernel.terms import Term

Part = tuple[str, Term, tuple[Term, ...], Any]


def parts_of(sequent: Sequent, goal: Term, certificate: Any) -> Iterator[Part]:
    """For each part of a proof by ``optimum``: words with {} for what is shown, that, assumptions, its proof."""
    left, right = goal.args
    if not (is_set(right) or is_value(right)):
        left, right = right, left
    of = optimum_of(right, sequent.definitions)
    fresh = Term("symbol", (), (certificate["name"], of.variable.shape, ()))
    name = certificate["name"]
    if is_set(left):
        for one, other, proof in zip(goal.args, goal.args[::-1], certificate["proofs"], strict=True):
            said = Term("optimal", (fresh, other))
            yield f"of any {name} that is a point of one, {{}}:", said, (Term("optimal", (fresh, one)),), proof
        return
    point = left if is_set(right) else term_from_data(certificate["with"])
    for constraint, proof in zip(of.feasible(point), certificate.get("feasible", []), strict=True):
        yield "the point meets the constraint {}:", constraint, (), proof
    if is_value(right):
        yield "the value is attained, {}:", Term("equal", (of.at(point), left)), (), certificate["attained"]
    admitted = of.feasible(fresh)
    least = of.bounded(left, fresh) if is_value(right) else of.no_worse(left, fresh)
    yield f"for any {name}{_admitted(of)}, {{}}:", least, admitted, certificate["least"]
    if "unique" in certificate:
        no_worse = of.no_worse(fresh, point)
        yield (
            f"and {name} is that point if it is no worse, {{}}:",
            Term("equal", (fresh, point)),
            (
                *admitted,
                no_worse,
            ),
            certificate["unique"],
        )


def _admitted(of: Optimum) -> str:
    return " that meets the constraints" if of.constraints else ""


__all__ = ["parts_of"]
