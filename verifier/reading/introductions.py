"""Numbers that are introduced by a comparison: μ in "let μ > 0", where nothing says more of it than we understand."""

from __future__ import annotations

import re

from verifier.kernel.shapes import SCALAR
from verifier.kernel.terms import Term
from verifier.reading.comparisons import is_number
from verifier.reading.descriptions import says_more
from verifier.reading.evidence import Evidence
from verifier.reading.inference import Reading
from verifier.reading.prose import FORMULA, Sentence

COMPARED = ("less", "less_equal", "greater", "greater_equal")
SAID_LATER = re.compile(rf"\b(?:where|with|here|when)\s+{FORMULA}\s*(?:is|are|be|being|denotes?|denoting)\b")
ASKED = re.compile(r"\b(?:where|with|here|is|are|be|being|denot\w+)\b")


def numbers_introduced(reading: Reading, sentence: Sentence, evidence: Evidence) -> list[str]:
    """The names compared in a reading that nobody declared and that are any number for which the comparison holds."""
    asks = sentence.cue() == "condition" and not sentence.quantifies()
    if not introduces(sentence) or (asks and ASKED.search(sentence.later.lower())):
        return []
    sides = [side for step in reading.steps if step is not None and step.head in COMPARED for side in step.args]
    symbols = [_inside_bars(side) for side in sides]
    names = [s.data[0] for s in symbols if s.head == "symbol" and s.shape == SCALAR and not s.data[2]]
    return [n for n in dict.fromkeys(names) if n in reading.undeclared and is_number(n, evidence)]


def introduces(sentence: Sentence) -> bool:
    """Whether a comparison in the sentence may introduce a number: it speaks of any, and says no more of it."""
    more = says_more(sentence.words, sentence.later) or SAID_LATER.search(sentence.later.lower())
    return not (sentence.is_about_one() or more)


def _inside_bars(term: Term) -> Term:
    """What |a| is about."""
    return term.args[0] if term.head == "elementwise" and term.data[0] == "abs" else term
