"""A^+ where words say that it is the pseudo-inverse of A: "let A^+ be the Moore–Penrose pseudo-inverse of A"."""

from __future__ import annotations

import re

from verifier.reading.environment import Environment, Meaning
from verifier.reading.marks import Marks, base_and_marks, plain_name
from verifier.reading.prose import ATTEMPT, DOUBT, FORMULA, Sentence
from verifier.reading.syntax import Node, relations

INVERSE = (
    r"(?:\(?(?:moore[\s\-–]*penrose)\)?[\s\-–]+)?pseudo[\s\-–]*inverse(?:\s+\(?matrix\)?)?"
    r"|moore[\s\-–]*penrose\s+(?:generali[sz]ed\s+)?inverse"
)
SAID = r"(?:,|\(|\s)*(?:(?:to\s+)?(?:be|is|being|denotes?|denoting|means?|for|as|stands\s+for)\s+)?(?:the|its|a)?\s*"
OF = rf"(?:\s+of\s+(?:the\s+)?(?:matrix\s+)?(?:{FORMULA}|(?P<letter>[a-z])(?![a-z])))?"
AFTER = re.compile(rf"{SAID}(?:{INVERSE})(?P<of>{OF})\)?\s*(?:$|[,;:.)]|and\b|where\b|which\b|so\b|we\b|then\b)")
BEFORE = re.compile(
    rf"(?:{INVERSE})\s+(?:of\s+(?:the\s+)?(?:matrix\s+)?(?P<of>{FORMULA}|(?P<letter>[a-z]))\s+)?"
    r"(?:(?:is|be|as|by|denoted|written|,|\()\s*)*$"
)
LINE = re.compile(
    rf"\s*\$?(?P<new>[^$]+?)\$?\s+(?:is|be|denotes?|as|:)\s+(?:the\s+)?(?:{INVERSE})\s+of\s+\$?(?P<old>[^$]+?)\$?\s*$"
    rf"|\s*(?:{INVERSE})\s*:\s*\$?(?P<bare>[^$]+?)\$?\s*$",
    re.IGNORECASE,
)


def starred(node: Node) -> str | None:
    """The name of A in A^+ or A^†; None if a formula is anything else, or more, than that and its space."""
    part = node.parts[0] if node.kind == "list" and len(node.parts) == 1 else node
    if part.kind == "chain" and relations(part) == ["\\in"]:
        part = part.parts[0]
    base, marks = base_and_marks(part)
    return plain_name(base) if marks == Marks(star="+") else None


def said_pseudoinverse(node: Node, sentence: Sentence, before: Node | None, after: Node | None) -> str | None:
    """The name of A where the sentence says that the formula, A^+, is its pseudo-inverse.

    ``before`` and ``after`` are the formulas beside it: "of A" has to speak of the same A.
    """
    name, words = starred(node), sentence.words.lower()
    if name is None or sentence.denies() or ATTEMPT.search(words) or "?" in sentence.later:
        return None
    if sentence.cue() == "consequence" or DOUBT.search(words.rsplit(FORMULA, maxsplit=1)[-1]):
        return None
    for found, other in ((AFTER.match(sentence.later.lower()), after), (BEFORE.search(words), before)):
        if found is None:
            continue
        letter = found.group("letter")
        named = name if not found.group("of") else letter.upper() if letter else _name_of(other)
        return name if named == name else None
    return None


def _name_of(node: Node | None) -> str | None:
    """The symbol that a formula is, perhaps with its space."""
    part = node.parts[0] if node is not None and len(node.parts) == 1 else None
    if part is not None and part.kind == "chain" and relations(part) == ["\\in"]:
        part = part.parts[0]
    return plain_name(part) if part is not None else None


def pseudoinverse_of(name: str) -> Meaning:
    """What A^+ stands for, from the name of A."""
    return Meaning(f"{name}+", "pseudoinverse", target=name)


def has_pseudoinverses(environment: Environment) -> bool:
    """Whether a plus above a matrix was said to be its pseudo-inverse."""
    return any(meaning.kind == "pseudoinverse" for meaning in environment.all())
