"""What comes after a formula in its sentence and governs it: "… where A ∈ ℝⁿˣⁿ", "… if c > 0", "… for i = 1, …, n"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from verifier.reading.blocks import Block, Formula, Text
from verifier.reading.governing import CONDITION
from verifier.reading.prose import ENDING

JOINED = re.compile(r"(?:\s|,|;|\band\b)*")
LONGEST = 12


def governing_formulas(blocks: Sequence[Block], place: int) -> Iterator[tuple[int, str]]:
    """Places of later formulas of the sentence that say what holds for the formula at ``place``, with the words before."""
    displayed = isinstance(here := blocks[place], Formula) and here.display
    words, taken = "", False
    for k in range(place + 1, min(place + 1 + LONGEST, len(blocks))):
        block = blocks[k]
        if isinstance(block, Text):
            text = block.text
            starts_anew = displayed and text.strip() and text.lstrip()[0].isupper()
            if ENDING.search(text) or starts_anew:
                return
            words += text
            continue
        if not isinstance(block, Formula):
            return
        governs = CONDITION.search(words.lower()) is not None or (taken and JOINED.fullmatch(words) is not None)
        if not governs or (block.display and not taken and displayed):
            return
        yield k, words
        words, taken, displayed = "", True, block.display
