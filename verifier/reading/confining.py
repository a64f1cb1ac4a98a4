"""What a sentence says in words of the variable of an optimum: "over the unit ball", "for symmetric Q".

It may be meant as a constraint, without which the claim is another one, and may be true.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from verifier.reading.blocks import Block, Formula, Text
from verifier.reading.descriptions import described_names, says_more
from verifier.reading.marks import plain_name
from verifier.reading.optima import speaks_of_optimum, variables_of
from verifier.reading.prose import ENDING, FORMULA
from verifier.reading.syntax import Node, walk
from verifier.reading.tokens import ReadingError

SETS = r"balls?|spheres?|simplex|orthant|cone|box|interval|poly(?:tope|hedron)|subspace|half-?space|hyperplane|manifold"
ALL = r"(?:(?:all|any|every|each|the|possible|choices of|values of|variables?|parameters?|vectors?|weights?)\s+)*"
DATA = r"(?:the\s+)?(?:whole\s+|entire\s+)?(?:training|test|validation|data|samples?|mini-?batch|batch|points?)"
CONFINES = re.compile(
    rf"\b(?:(?:over|among|within|inside)\s+(?!\s|{ALL}{FORMULA}|{DATA})"
    rf"|(?:restrict|confin)\w*|(?:in|on|onto|to)\s+(?:the|an?)\s+(?:[a-z-]+\s+){{0,3}}(?:{SETS})\b)"
)
CONSTRAINED = re.compile(r"\b(?:constrain\w*|subject to|feasible)\b")
SIGNS = re.compile(r"\b(?:non-?)?(?:positive|negative|zero)\b")
NEUTRAL = re.compile(
    r"\b(?:over|with respect to|w\.r\.t\.|(?:minim|maxim|optim)\w*|solution|estimat\w+|values?|choices?|unconstrained"
    r"|differentiat\w*|derivatives?|gradient|set|we|get|obtain|satisf(?:y|ies)|(?:where|when)\s*$)\b"
)


def confined(blocks: Sequence[Block], parsed: Mapping[int, Node | ReadingError], place: int, node: Node) -> bool:
    """Whether the words of its sentence may constrain an optimum in the formula at ``place``."""
    if not speaks_of_optimum(node):
        return False
    before, after = _sentence(blocks, place)
    words = [_words(before), _words(after)]
    if confines(*words, stated=any(part.kind == "constrained" for part in walk(node))):
        return True
    bound = variables_of(node)
    parts = [*before, blocks[place], *after]
    for k, part in enumerate(parts):
        said = parsed.get(id(part)) if isinstance(part, Formula) else None
        if not isinstance(said, Node) or said is node or not all(p.kind in SINGLE for p in said.parts):
            continue
        if not bound.isdisjoint(filter(None, map(plain_name, described_names(said)))) and _is_described(parts, k):
            return True
    return False


def confines(*words: str, stated: bool = False) -> bool:
    """Whether words name a set, or a constraint; one that is ``stated`` may be what they mean by it."""
    return any(CONFINES.search(text) or (CONSTRAINED.search(text) and not stated) for text in words)


SINGLE = ("name", "face", "accent", "script", "separator")


def _is_described(parts: Sequence[Block], k: int) -> bool:
    """Whether the words on either side of a lone letter say what it is like."""
    near = [NEUTRAL.sub(" ", _words(side)) for side in (parts[max(0, k - 1) : k], parts[k + 1 : k + 2])]
    return says_more(*near) or any(SIGNS.search(text) is not None for text in near)


def _words(parts: Sequence[Block]) -> str:
    return "".join(part.text.lower() if isinstance(part, Text) else f" {FORMULA} " for part in parts)


def _sentence(blocks: Sequence[Block], place: int) -> tuple[list[Block], list[Block]]:
    """The words and formulas of the sentence before and after a formula."""
    before: list[Block] = []
    for k in range(place - 1, -1, -1):
        block = blocks[k]
        if isinstance(block, Text) and (endings := list(ENDING.finditer(block.text))):
            before.append(replace(block, text=block.text[endings[-1].end() :]))
            break
        if not isinstance(block, Text | Formula):
            break
        before.append(block)
        if _begins_anew(blocks, k):
            break
    after: list[Block] = []
    for k in range(place + 1, len(blocks)):
        block = blocks[k]
        if not isinstance(block, Text | Formula) or _begins_anew(blocks, k):
            break
        if isinstance(block, Text) and (ending := ENDING.search(block.text)) is not None:
            after.append(replace(block, text=block.text[: ending.start()]))
            break
        after.append(block)
    return before[::-1], after


def _begins_anew(blocks: Sequence[Block], k: int) -> bool:
    """Whether words after a display begin with a capital letter; displays seldom end in a full stop."""
    here, last = blocks[k], blocks[k - 1] if k else None
    displayed = isinstance(last, Formula) and last.display
    return displayed and isinstance(here, Text) and here.text.lstrip()[:1].isupper()


__all__ = ["confined", "confines"]
