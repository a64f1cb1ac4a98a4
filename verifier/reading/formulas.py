"""What stands inside a formula and is not mathematics: comments, numbers of equations, labels, macros defined."""

from __future__ import annotations

import re
from dataclasses import dataclass

from verifier.reading.blocks import Macro
from verifier.reading.macros import COMMANDS, read_definition

_NOT_MATHEMATICS = re.compile(
    r"\\[^A-Za-z]"
    r"|%(?P<comment>[^\n]*)"
    r"|\\(?P<tag>tag\*?\s*\{(?P<number>[^{}\n]{0,80})\}|l?eqno\s*\((?P<plain>[^()\n]{0,20})\))"
    r"|\\(?P<label>label\s*\{[^{}\n]{0,200}\}|(?:nonumber|notag)(?![A-Za-z]))"
    rf"|\\(?P<definition>{COMMANDS})"
)
_WORTH_A_LOOK = re.compile(
    r"%|\\(?:tag|l?eqno|label|nonumber|notag|[egx]?def|let|(?:new|renew|provide)command|Declare)"
)
_NUMBER_AT_END = re.compile(
    r"(?P<gap>\\q?quad|\\h(?:fill|space\*?\s*\{[^{}]{0,20}\})|[ \t]{3}|\n|~|\\[ ;,])\s*"
    r"\((?P<number>\d{1,3}(?:\.\d{1,3}){0,2}[a-z]?'?|\*{1,3})\)\s*\Z"
)
_AT_END = 120
_GAPS_BEFORE = re.compile(r"(?:\\q?quad|\\[ ;,]|~|\s)+\Z")

_TEX = re.compile(r"[\\^_=<>{}+±×·≤≥≠≈∈∑∏∂∇√∞→⇒Α-ωϕϵℝ]")
_WORDS = re.compile(r"[A-Za-z]{3,}|\b(?:is|or|to|of|in|if|we|so|as|at|by|on|be|an|it|do|no|my|us)\b")
_AMOUNT = re.compile(r"\s*\d[\d,.]*(?:\s|[kKMB]\b|$)")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A formula's text with everything else blanked; ``remarks`` are the comments in it, with their offsets."""

    text: str
    tag: str = ""
    macros: tuple[Macro, ...] = ()
    remarks: tuple[tuple[int, str], ...] = ()


def blank(text: str) -> str:
    """As many spaces, lines kept."""
    return re.sub(r"[^\n]", " ", text)


def clean(text: str, last_line_comment: bool) -> Cleaned:
    """A formula's inside without what is not mathematics, of the same length.

    ``last_line_comment``: a "%" on the last line begins a comment too, as in TeX; in Markdown it may be per cent.
    """
    tags, macros, remarks = [], [], []
    pieces: list[str] = []
    done = 0
    for match in _NOT_MATHEMATICS.finditer(text) if _WORTH_A_LOOK.search(text) else ():
        kind, end = match.lastgroup, match.end()
        if kind is None or match.start() < done or (kind == "comment" and end == len(text) and not last_line_comment):
            continue
        if kind == "definition":
            found = read_definition(text, match.start())
            if found is None:
                continue
            macros.append(found[0])
            end = found[1]
        elif kind == "tag":
            tags.append((match["number"] or match["plain"] or "").strip(" ()"))
        elif kind == "comment":
            remarks.append((match.start() + 1, match[0][1:]))
        pieces += [text[done : match.start()], blank(text[match.start() : end])]
        done = end
    rest = "".join(pieces) + text[done:]
    rest, number = _without_number(rest) if not tags else (rest, "")
    return Cleaned(rest, number or ",".join(tags), tuple(macros), tuple(remarks))


def _without_number(text: str) -> tuple[str, str]:
    r"""The text without "\quad (7)" at its end, and "7"."""
    match = _NUMBER_AT_END.search(text, max(0, len(text) - _AT_END))
    if match is None or not text[: match.start()].strip():
        return text, ""
    start = match.start()
    gap = _GAPS_BEFORE.search(text, max(0, start - _AT_END), start)
    start = gap.start() if gap else start
    return text[:start] + blank(text[start:]), match["number"]


def has_mathematics(text: str) -> bool:
    """Whether something in the text is written as only mathematics is: a command, an index, a relation, an operator."""
    return _TEX.search(text) is not None


def is_prose(inside: str, before_digit: bool) -> bool:
    """Whether what stands between two dollars is words or money, as in "costs $5 and $6", rather than a formula."""
    if has_mathematics(inside):
        return False
    words = len(_WORDS.findall(inside))
    if before_digit and _AMOUNT.match(inside):
        return True
    loose = inside[:1].isspace() or inside[-1:].isspace()
    return words >= (1 if loose or _AMOUNT.match(inside) else 4) and inside.strip() != "mod"


def is_sentence(text: str) -> bool:
    """Whether a paragraph is words without any mathematics."""
    return not has_mathematics(text) and len(_WORDS.findall(text)) > 2


def is_escaped_bracket(inside: str) -> bool:
    r"""Whether Markdown's "\[1\]" or "\(see below\)" is a bracket in the text rather than a formula."""
    if has_mathematics(inside):
        return False
    return inside.strip(" ,;-").isdigit() or _WORDS.search(inside) is not None or not inside.strip()
