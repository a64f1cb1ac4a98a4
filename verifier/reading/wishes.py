"""Sentences that state nothing: that ask or wish for something, or say it of numbers that they do not name."""

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


def is_no_statement(words: str, later: str) -> bool:
    """Whether a sentence, with these words before a formula and these after it, does not say that it holds."""
    before = words.lower()
    return "?" in later or WISH.search(before) is not None or VAGUE.search(before) is not None
