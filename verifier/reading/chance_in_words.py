"""What running words say of chance: independence, distributions, moments. It is a premise in words, and no name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from verifier.kernel.randomness import DECLARATIONS, MOMENTS
from verifier.kernel.sequents import Sequent
from verifier.kernel.terms import subterms
from verifier.reading.chances import IID

OF_INDEPENDENCE, OF_GAUSSIANS, OF_LAWS = " of independence", " of Gaussians", " of laws"
INDEPENDENCE = DECLARATIONS - {"gaussian"}
TIED = r"\b(?:independence|dependen(?:t|ce)|(?:un)?correlat\w+|(?:cross[\s-]+)?covariances?|orthogonal\s+to|jointly)\b"
DRAWN = r"(?:distribut\w+|random|variables?|vectors?|noise|law)"
SAYS = {
    OF_INDEPENDENCE: re.compile(rf"(?<!linearly )(?:{IID.pattern}|{TIED})", re.I),
    OF_GAUSSIANS: re.compile(rf"\b(?:gaussians?|normal(?:ly)?\s+{DRAWN})\b", re.I),
    OF_LAWS: re.compile(
        r"\b(?:(?:distribution|law|density)s?\b[^.;]*\b(?:is|are|be|has|have)|symmetric(?:ally)?\s+(?:about|around|distribut\w+)"
        r"|(?:a|an|the)\s+\w+\s+distribution|odd\s+moments?|(?:third|fourth|higher)(?:[\s-]+order)?\s+(?:central\s+)?moments?"
        r"|skew\w*|kurtosis|uniform(?:ly)?\s+distribut\w+|rademacher|poisson|binomial|(?:zero|unit)[\s-]+(?:mean|variance)"
        r"|mean[\s-]+zero|takes?\s+(?:on\s+)?(?:the\s+|only\s+)?values?|almost\s+surely|with\s+probability)\b",
        re.I,
    ),
}


def said_in(text: str) -> Iterator[str]:
    """What kinds of things words say of chance."""
    return (kind for kind, pattern in SAYS.items() if pattern.search(text))


def left_to_words(sequent: Sequent) -> frozenset[str]:
    """What a claim about chance leaves to words: what was said of it, and not understood, may be a premise."""
    statements = (sequent.conclusion, *(d.body for d in sequent.definitions))
    known = {part.head for hypothesis in sequent.hypotheses for part in subterms(hypothesis)}
    random = any(part.data == ("random",) for hypothesis in sequent.hypotheses for part in subterms(hypothesis))
    if not random and not any(part.head in MOMENTS for statement in statements for part in subterms(statement)):
        return frozenset()
    understood = {OF_INDEPENDENCE: known & INDEPENDENCE, OF_GAUSSIANS: known & {"gaussian"}, OF_LAWS: frozenset()}
    return frozenset(kind for kind, heads in understood.items() if not heads)


__all__ = ["left_to_words", "said_in"]
