"""Sentences that state nothing: that ask, wish or call for something, name a set, or speak of numbers without names."""

from __future__ import annotations

import re

WISH = re.compile(
    r"\b(?:wants?|wish(?:es)?|hopes?|aims?|goals?|would like|desires?|ideally|hopefully|to (?:ensure|guarantee))\b"
    r"(?!.*\b(?:show|prove|verify|check|derive|establish|see)\b)"
)
VAGUE = re.compile(
    r"\b(?:sufficiently|(?:small|large|long|close|near) enough"
    r"|(?:is|are) (?:well |properly )?(?:chosen|tuned|small|large|good)"
    r"|for (?:an? |any |all |every |some )?"
    r"(?:suitabl[ey]|suitably|appropriate(?:ly)?|small|large|certain|good|most|almost))\b"
)
CALL = re.compile(
    r"\b(?:needs?|needed|requires?|requiring|required|necessary|demands?)\b"
    r"(?!.*\b(?:show|prove|verify|check|derive|establish|see|compute|find|note|recall|use)\b)"
)
DUTY = re.compile(r"\b(?:must|should|ought to|ha(?:s|ve) to)\b(?!.*\b(?:show|prove|verify|check|derive|see|note)\b)")
INFERENCE = re.compile(r"\b(?:since|because|as|so|therefore|thus|hence|then|implies|follows|consequently)\b")
CALLED_FOR = re.compile(
    r"\s*,?\s*(?:(?:is|are) (?:required|needed|necessary|desired|wanted|called for)"
    r"|(?:must|should|ought to|ha(?:s|ve) to|needs? to) (?:hold|be (?:true|met|satisfied|fulfilled)))\b"
)
SET = re.compile(
    r"\b(?:the|an?|this|these|each|every|some) "
    r"(?:(?:feasible |level )?sets?"
    r"|constraints?|lines?|(?:hyper)?planes?|circles?|spheres?|ellipses?|ellipsoids?|balls?"
    r"|regions?|curves?|surfaces?|half-?spaces?|boundar(?:y|ies)|events?)"
    r"(?: (?:is|are|given by|where|of all|that))?:?\s*$"
)


def is_no_statement(words: str, later: str) -> bool:
    """Whether a sentence, with these words before a formula and these after it, does not say that it holds."""
    before = words.lower()
    if "?" in later or any(said.search(before) for said in (WISH, VAGUE, CALL, SET)):
        return True
    return CALLED_FOR.match(later.lower()) is not None or bool(DUTY.search(before) and not INFERENCE.search(before))
