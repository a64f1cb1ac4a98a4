"""What comes after a formula in its sentence and governs it: "… where A ∈ ℝⁿˣⁿ", "… if c > 0", "… for i = 1, …, n"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from verifier.reading.blocks import Block, Formula, Text
from verifier.reading.governing import CONDITION
from verifier.reading.prose import ENDING, FORMULA, QUANTIFIER, REASON

JOINED = re.compile(r"(?:\s|,|;|\band\b)*")
POSTFIX = ("where", "with")
LONGEST = 12


def governing_formulas(blocks: Sequence[Block], place: int) -> Iterator[tuple[int, str]]:
    """Places of later formulas of the sentence that govern the formula at ``place``, each with the words before it.

    Between two displays "when …" may belong to either; it is then taken to open the second.
    """
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
        cue = CONDITION.search(words.lower()) or REASON.search(words.lower())
        governs = (cue is not None and ";" not in words) or (taken and JOINED.fullmatch(words) is not None)
        if not governs or (block.display and not taken and displayed):
            return
        if displayed and cue is not None and cue.group().split()[0] not in POSTFIX and _display_follows(blocks, k):
            return
        yield k, words
        words, taken, displayed = "", True, block.display


def _display_follows(blocks: Sequence[Block], place: int) -> bool:
    """Whether the sentence goes on to a display."""
    for block in blocks[place + 1 : place + 1 + LONGEST]:
        if isinstance(block, Text) and ENDING.search(block.text):
            return False
        if isinstance(block, Formula) and block.display:
            return True
        if not isinstance(block, Text | Formula):
            return False
    return False


def words_after(blocks: Sequence[Block], place: int, is_range: Callable[[int], bool] = lambda place: False) -> str:
    """The words from a formula to the end of its sentence, later formulas as one sign each.

    "For t ≥ 0", of an index, only says which members are spoken of: without the "for", which may raise doubts.
    """
    here = blocks[place]
    displayed = isinstance(here, Formula) and here.display
    words = ""
    for k, block in enumerate(blocks[place + 1 : place + 1 + LONGEST], start=place + 1):
        if isinstance(block, Formula):
            if displayed and block.display:
                break
            words = QUANTIFIER.sub("", words) if is_range(k) else words
            words, displayed = f"{words} {FORMULA} ", block.display
            continue
        if not isinstance(block, Text) or (displayed and block.text.strip() and block.text.lstrip()[0].isupper()):
            break
        ending = ENDING.search(block.text)
        words += block.text[: ending.end()] if ending else block.text
        if ending:
            break
    return words


def formulas_of_sentence(blocks: Sequence[Block], place: int) -> Iterator[int]:
    """The places of the later formulas of the sentence."""
    for k in range(place + 1, min(place + 1 + LONGEST, len(blocks))):
        block = blocks[k]
        if isinstance(block, Formula):
            yield k
        elif not isinstance(block, Text) or ENDING.search(block.text):
            return
