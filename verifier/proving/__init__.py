"""Engines: a claim to a certificate. What they find is checked by the kernel; they are trusted with nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from verifier.kernel.context import COMPARISONS, CertificateError, Context, initial_context
from verifier.kernel.polynomials import Unsupported
from verifier.kernel.sequents import ClaimError, Sequent
from verifier.kernel.shapes import ShapeError
from verifier.kernel.terms import Term, TermError
from verifier.kernel.theorems import Theorem, prove
from verifier.proving.equations import close_the_gap
from verifier.proving.ideals import by_ideal
from verifier.proving.induction import by_induction
from verifier.proving.logic import CONNECTIVES, by_parts

Certificate = dict[str, Any]
LONGER = 3_000
Engine = Callable[[Context, Term], Certificate | None]


def _by_induction(context: Context, goal: Term) -> Certificate | None:
    return by_induction(context, goal, lambda inner, part: _part(inner, part, [], DEEPEST))


ENGINES: tuple[tuple[str, Engine], ...] = (
    ("equations", close_the_gap),
    ("ideals", by_ideal),
    ("induction", _by_induction),
    ("ideals, longer", partial(by_ideal, budget=LONGER)),
)
LAST = ("induction", "ideals, longer")
BUDGET = 120_000
DEEPEST = 6
FAILURES = (Unsupported, CertificateError, ClaimError, TermError, ShapeError)


class NotProved(Exception):
    """No engine found a certificate; ``reasons`` are what stood in the way."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__("; ".join(reasons) or "no proof found")
        self.reasons = reasons


def find_proof(sequent: Sequent) -> Theorem:
    """A theorem whose claim is the sequent. Raises NotProved."""
    reasons: list[str] = []
    for certificate in _certificates(sequent, reasons):
        try:
            return prove(sequent, certificate)
        except FAILURES as error:
            reasons.append(str(error))
    raise NotProved(tuple(dict.fromkeys(reasons)))


def _certificates(sequent: Sequent, reasons: list[str]) -> Iterator[Certificate]:
    if sequent.conclusion.head == "equal":
        yield {"rule": "normal form"}
    elif sequent.conclusion.head in COMPARISONS:
        yield {"rule": "sign"}
    try:
        context = initial_context(sequent, BUDGET)
        yield from _engines(context, sequent.conclusion, reasons, 0)
    except FAILURES as error:
        reasons.append(str(error))


def _engines(context: Context, goal: Term, reasons: list[str], depth: int) -> Iterator[Certificate]:
    """What each engine finds for a goal; for a goal in parts, the parts are asked for in turn."""
    if goal.head in CONNECTIVES:
        found = by_parts(context, goal, lambda inner, part: _part(inner, part, reasons, depth + 1))
        if found is not None:
            yield found
        return
    for name, engine in ENGINES:
        if depth >= DEEPEST and name in LAST:
            continue
        try:
            certificate = engine(context, goal)
        except FAILURES as error:
            reasons.append(str(error))
            continue
        if certificate is not None:
            yield certificate


def _part(context: Context, goal: Term, reasons: list[str], depth: int) -> Certificate | None:
    if depth > DEEPEST:
        return None
    if goal.head in COMPARISONS:
        return {"rule": "sign"}
    return next(_engines(context, goal, reasons, depth), None)


__all__ = ["ENGINES", "NotProved", "find_proof"]
