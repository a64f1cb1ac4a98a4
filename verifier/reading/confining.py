"""What a text says in words of the variable of an optimum: "over the unit ball", "for symmetric Q", "w is normalised".

It may be meant as a constraint, without which the claim is another one, and may be true.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from verifier.reading.blocks import Block, Formula, Heading, Text
from verifier.reading.descriptions import described_names, says_more
from verifier.reading.marks import plain_name
from verifier.reading.optima import speaks_of_optimum, variables_of
from verifier.reading.prose import ENDING, FORMULA
from verifier.reading.syntax import Node, relations, walk
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
LIMITED = (
    rf"(?:restrict|confin|constrain)\w*|subject to|feasible|(?:in|on|onto|to) (?:the|an?) (?:[a-z-]+ ){{0,3}}(?:{SETS})"
)
LIMITS = re.compile(
    rf"\b(?:{LIMITED}|(?:normali[sz]|bound)\w*|non-?(?:negative|positive|zero)|positive|negative|unit|sparse|integers?"
    r"|binary|discrete|sums? (?:up )?to|at (?:most|least)|no more|(?:larger|smaller|less|greater|more) than|between"
    r"|in norm|orthogonal|orthonormal|symmetric|diagonal|definite|low[- ]rank)\b"
)
VARIABLE = re.compile(rf"\b(?:{LIMITED}|weights?|parameters?|coefficients?|vectors?|variables?|entries|components?)\b")
WHOLE = re.compile(r"\\mathbb\s*\{?\s*R")
BESIDE = re.compile(r"[\s,;]*")
NEUTRAL = re.compile(
    r"\b(?:over|with respect to|w\.r\.t\.|(?:minim|maxim|optim)\w*|solution|estimat\w+|values?|choices?|unconstrained"
    r"|differentiat\w*|derivatives?|gradient|set(?:ting)?|equat\w+|to zero|we|get|obtain|satisf(?:y|ies)"
    r"|train\w*|learn\w*|fit\w*|find\w*|found|seek\w*|want\w*|best|descent|updat\w*|ridge|linear|least squares"
    r"|comput\w*|solv\w*|wish\w*|method|algorithm|problem|by|from|using|use[sd]?|can|will|gives?|yields?|expect\w+|(?:where|when)\s*$)\b"
)


def confined(blocks: Sequence[Block], parsed: Mapping[int, Node | ReadingError], place: int, node: Node) -> bool:
    """Whether words may constrain an optimum in the formula at ``place``.

    They may stand in its sentence, in one up to the end of its section that mentions its variable, or in a sentence of
    its section without formulas.
    """
    if not speaks_of_optimum(node):
        return False
    stated = any(part.kind == "constrained" for part in walk(node))
    bound = variables_of(node)
    here = sum(isinstance(block, Heading) for block in blocks[:place])
    for section, sentence in _sentences(blocks):
        at = next((k for k, part in enumerate(sentence) if part is blocks[place]), None)
        if at is None and section <= here and _limits(sentence, parsed, bound, stated, section == here):
            return True
        if at is not None and _confines(sentence, parsed, at, bound, stated):
            return True
    return False


def _confines(
    parts: Sequence[Block],
    parsed: Mapping[int, Node | ReadingError],
    at: int,
    bound: frozenset[str],
    stated: bool,
) -> bool:
    """Whether the sentence of an optimum, which is its part ``at``, may constrain it."""
    words = [_words(parts[:at]), _words(parts[at + 1 :])]
    if any(CONFINES.search(text) or (CONSTRAINED.search(text) and not stated) for text in words):
        return True
    lone = (k for k in range(len(parts)) if k != at and _mentions(parts[k], parsed, bound))
    return any(_is_described(parts, k) for k in lone) or _has_relation_beside(parts, parsed, at, bound)


def _limits(
    parts: Sequence[Block],
    parsed: Mapping[int, Node | ReadingError],
    bound: frozenset[str],
    stated: bool,
    near: bool,
) -> bool:
    """Whether another sentence may say where the variable of an optimum lies."""
    words = _words(parts)
    if any(_mentions(part, parsed, bound) and _is_described(parts, k) for k, part in enumerate(parts)):
        return True
    if LIMITS.search(words) is None or (stated and CONSTRAINED.search(words) is not None):
        return False
    if FORMULA in words:
        return any(_mentions(part, parsed, bound) for part in parts)
    return near and VARIABLE.search(words) is not None


def _mentions(part: Block, parsed: Mapping[int, Node | ReadingError], bound: frozenset[str]) -> bool:
    """Whether a formula is a lone letter, or several, among them one of those bound."""
    said = parsed.get(id(part)) if isinstance(part, Formula) else None
    if not isinstance(said, Node) or not all(p.kind in SINGLE for p in said.parts):
        return False
    return not bound.isdisjoint(filter(None, map(plain_name, described_names(said))))


def _has_relation_beside(
    parts: Sequence[Block], parsed: Mapping[int, Node | ReadingError], at: int, bound: frozenset[str]
) -> bool:
    """Whether a relation for a variable stands after an optimum, with a comma between them: …, w ≥ 0."""
    for k in range(at + 1, len(parts)):
        part = parts[k]
        if isinstance(part, Text):
            if BESIDE.fullmatch(part.text) is None:
                return False
            continue
        said = parsed.get(id(part))
        for chain in said.parts if isinstance(said, Node) and said.kind == "list" else (said,):
            if isinstance(chain, Node) and chain.kind == "chain" and _relates(chain, bound, part):
                return True
    return False


def _relates(chain: Node, bound: frozenset[str], formula: Block) -> bool:
    """Whether a chain compares one of the names, or says of which set, other than the whole space, it is."""
    signs = set(relations(chain))
    if signs <= {"="} or bound.isdisjoint(filter(None, map(plain_name, walk(chain)))):
        return False
    return signs != {"\\in"} or (isinstance(formula, Formula) and WHOLE.search(formula.text) is None)


SINGLE = ("name", "face", "accent", "script", "separator")


def _is_described(parts: Sequence[Block], k: int) -> bool:
    """Whether the words on either side of a lone letter say what it is like."""
    near = [NEUTRAL.sub(" ", _words(side)) for side in (parts[max(0, k - 1) : k], parts[k + 1 : k + 2])]
    return says_more(*near) or any(SIGNS.search(text) is not None for text in near)


def _words(parts: Sequence[Block]) -> str:
    return "".join(part.text.lower() if isinstance(part, Text) else f" {FORMULA} " for part in parts)


def _sentences(blocks: Sequence[Block]) -> Iterator[tuple[int, list[Block]]]:
    """Every sentence as words and formulas, with the number of headings before it."""
    section, sentence = 0, list[Block]()
    for k, block in enumerate(blocks):
        if not isinstance(block, Text | Formula) or _begins_anew(blocks, k):
            yield section, sentence
            section, sentence = section + isinstance(block, Heading), []
        if isinstance(block, Formula):
            sentence.append(block)
        elif isinstance(block, Text):
            start = 0
            for ending in ENDING.finditer(block.text):
                yield section, [*sentence, replace(block, text=block.text[start : ending.start()])]
                sentence, start = [], ending.end()
            sentence.append(replace(block, text=block.text[start:]))
    yield section, sentence


def _begins_anew(blocks: Sequence[Block], k: int) -> bool:
    """Whether words after a display begin with a capital letter; displays seldom end in a full stop."""
    here, last = blocks[k], blocks[k - 1] if k else None
    displayed = isinstance(last, Formula) and last.display
    return displayed and isinstance(here, Text) and here.text.lstrip()[:1].isupper()


__all__ = ["confined"]
