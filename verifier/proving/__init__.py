"""Engines: a claim to a certificate. What they find is checked by the kernel; they are trusted with nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from verifier.kernel.context import COMPARISONS, CertificateError, Context, initial_context
from verifier.kernel.polynomials import Unsupported
from verifier.kernel.sequents import ClaimError, Sequent
from verifier.kernel.serialization import term_to_data
from verifier.kernel.shapes import ShapeError
from verifier.kernel.terms import Term, TermError
from verifier.kernel.theorems import Theorem, prove
from verifier.proving.equations import close_the_gap
from verifier.proving.ideals import by_ideal
from verifier.proving.induction import by_induction
from verifier.proving.logic import CONNECTIVES, by_parts
from verifier.proving.properties import by_structure

Certificate = dict[str, Any]
LONGER = 3_000
Engine = Callable[[Context, Term], Certificate | None]

BUDGET = 120_000
DEEPEST = 6
FAILURES = (Unsupported, CertificateError, ClaimError, TermError, ShapeError)


class NotProved(Exception):
    """No engine found a certificate; ``reasons`` are what stood in the way."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__("; ".join(reasons) or "no proof found")
        self.reasons = reasons


def find_proof(sequent: Sequent, *, thorough: bool = True) -> Theorem:
    """A theorem whose claim is the sequent. Raises NotProved. What takes long is tried only if ``thorough``."""
    search = _Search(thorough)
    for certificate in search.of_claim(sequent):
        try:
            theorem = prove(sequent, certificate)
        except FAILURES as error:
            search.reasons.append(str(error))
            continue
        return search.with_conditions(theorem)
    raise NotProved(tuple(dict.fromkeys(search.reasons)))


@dataclass
class _Search:
    """One search for certificates: what stood in the way, and how deep the goal is in the claim."""

    thorough: bool
    reasons: list[str] = field(default_factory=list)
    depth: int = 0

    def of_claim(self, sequent: Sequent) -> Iterator[Certificate]:
        """Certificates worth trying, the cheapest first."""
        if sequent.conclusion.head == "equal":
            yield {"rule": "normal form"}
        elif sequent.conclusion.head in COMPARISONS:
            yield {"rule": "sign"}
        try:
            yield from self._of(initial_context(sequent, BUDGET), sequent.conclusion)
        except FAILURES as error:
            self.reasons.append(str(error))

    def with_conditions(self, theorem: Theorem) -> Theorem:
        """The theorem without those side conditions that the hypotheses imply by the structure of matrices."""
        conditions = [p for p in theorem.side_conditions if p.head == "property"]
        if not conditions:
            return theorem
        bare = initial_context(theorem.sequent, BUDGET).only_hypotheses()
        shown: list[Certificate] = []
        for condition in conditions:
            try:
                proof = by_structure(bare, condition, replace(self, thorough=False)._first)
            except FAILURES:
                continue
            if proof is not None:
                shown.append({"condition": term_to_data(condition), "proof": proof})
        if not shown:
            return theorem
        try:
            return prove(theorem.sequent, {**theorem.certificate, "conditions": shown})
        except FAILURES:
            return theorem

    def _of(self, context: Context, goal: Term) -> Iterator[Certificate]:
        """What each engine finds for a goal; for a goal in parts, the parts are asked for in turn."""
        for engine in self._engines(goal):
            try:
                certificate = engine(context, goal)
            except FAILURES as error:
                self.reasons.append(str(error))
                continue
            if certificate is not None:
                yield certificate

    def _engines(self, goal: Term) -> tuple[Engine, ...]:
        part = replace(self, depth=self.depth + 1)
        if goal.head in CONNECTIVES:
            return (partial(by_parts, prove=part._first),)
        if goal.head == "property":
            return (partial(by_structure, prove=replace(part, thorough=False)._first),)
        if goal.head != "equal":
            return ()
        inner = replace(part, thorough=False)
        quick = (close_the_gap, partial(by_ideal, prove=inner._first))
        if not self.thorough:
            return quick
        return *quick, partial(by_induction, prove=inner._first), partial(by_ideal, prove=inner._first, budget=LONGER)

    def _first(self, context: Context, goal: Term) -> Certificate | None:
        """The certificate of a part of a claim."""
        if self.depth > DEEPEST:
            return None
        if goal.head in COMPARISONS:
            return {"rule": "sign"}
        return next(self._of(context, goal), None)


__all__ = ["NotProved", "find_proof"]
