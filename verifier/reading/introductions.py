"""Numbers that are introduced by a comparison: μ in "let μ > 0", where nothing says more of it than we understand."""

from __future__ import annotations

from verifier.kernel.shapes import SCALAR
from verifier.reading.descriptions import says_more
from verifier.reading.evidence import COUNTERS, Evidence
from verifier.reading.inference import Reading
from verifier.reading.prose import Sentence

COMPARED = ("less", "less_equal", "greater", "greater_equal")
WHOLE = COUNTERS | frozenset("mnpqrdKMNTPQRSD")
"""Letters that people use for whole numbers too: k ≥ 1 does not make k a real number."""


def numbers_introduced(reading: Reading, sentence: Sentence, evidence: Evidence) -> list[str]:
    """The names compared in a reading that nobody declared and that are any number for which the comparison holds."""
    if sentence.is_about_one() or says_more(sentence.words, sentence.later):
        return []
    sides = [side for step in reading.steps if step is not None and step.head in COMPARED for side in step.args]
    names = [s.data[0] for s in sides if s.head == "symbol" and s.shape == SCALAR and not s.data[2]]
    return [n for n in dict.fromkeys(names) if n in reading.undeclared and not _may_be_whole(n, evidence)]


def _may_be_whole(name: str, evidence: Evidence) -> bool:
    """Whether a name may stand for whole numbers: t ≥ 0 says of an index no more than where it starts."""
    uses = evidence.uses.get(name)
    return name in WHOLE or (uses is not None and bool(uses.as_index or uses.as_limit))
