"""Engines: a claim to a certificate. What they find is checked by the kernel; they are trusted with nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from verifier.kernel.context import CertificateError
from verifier.kernel.polynomials import Unsupported
from verifier.kernel.sequents import ClaimError, Sequent
from verifier.kernel.shapes import ShapeError
from verifier.kernel.terms import TermError
from verifier.kernel.theorems import Theorem, prove
from verifier.proving.equations import close_the_gap
from verifier.proving.logic import by_parts

Engine = Callable[[Sequent], dict[str, Any] | None]

ENGINES: tuple[tuple[str, Engine], ...] = (("equations", close_the_gap), ("logic", by_parts))


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
        except (CertificateError, Unsupported, ClaimError, TermError, ShapeError) as error:
            reasons.append(str(error))
    raise NotProved(tuple(dict.fromkeys(reasons)))


def _certificates(sequent: Sequent, reasons: list[str]) -> Iterator[dict[str, Any]]:
    if sequent.conclusion.head == "equal":
        yield {"rule": "normal form"}
    elif sequent.conclusion.head in ("greater", "greater_equal", "less", "less_equal", "not_equal"):
        yield {"rule": "sign"}
    for _, engine in ENGINES:
        try:
            certificate = engine(sequent)
        except (Unsupported, CertificateError, ClaimError, TermError, ShapeError) as error:
            reasons.append(str(error))
            continue
        if certificate is not None:
            yield certificate


__all__ = ["ENGINES", "NotProved", "find_proof"]
