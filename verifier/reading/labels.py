"""Labels at line starts, as people number the parts of their answers: "1.", "(a)", "(b).", "ii.", "1.2 Title"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from verifier.reading.numbering import Part, parse_number

LONGEST_TITLE = 300
MOST_LABELS_OF_A_LINE = 4

_WORD = r"(?i:problem|exercise|question|task|part|section|prob\.?|ex\.?|q)"
_PREFIX = (
    r"(?:\\(?:noindent|bigskip|medskip|smallskip|newpage|clearpage|indent)(?![A-Za-z])\s*"
    r"|\\text(?:bf|it|sc)\{|\{\\(?:bf|it|bfseries|itshape)\s+|[*_]){0,8}"
)
_LINE = re.compile(
    rf"^[ \t]*+(?P<label>(?P<prefix>{_PREFIX})"
    rf"(?=\(\w{{1,4}}\)|\d{{1,2}}[.)(a-z]|(?:[a-z]|[ivx]{{2,5}})[.)](?:\s|$)|{_WORD}\s{{0,3}}[\d(A-Za-z]))",
    re.MULTILINE,
)
_TITLED = re.compile(
    r"\d{1,2}(?:\.\d{1,2}){1,2}\.?[ \t]+[A-Z(][^\n$\\=]{0,80}(?<![.,;:\s])[ \t]*(?=\n[ \t]*(?:\n|\Z)|\Z)"
)
_LETTERED = re.compile(r"\((?:[A-Za-z]|[ivx]{2,5})\)[.:]?(?=[\s$\\*_}]|\Z)|(?:[a-z]|[ivx]{2,5})[.)](?=\s|\Z)")
_COUNTED = re.compile(r"\(\d{1,2}\)[.:]?(?=\s+(?:[A-Z$]|\\\())")
_NUMBERED = re.compile(r"\d{1,2}(?:\.?\([a-z]\)|\.?[a-z][.)]|[.)])[.:]?(?=[\s*_}]|\Z)")
_WORDED = re.compile(rf"{_WORD}[^\n]{{0,24}}")
_NEXT = re.compile(r"[ \t]+")
_ENDS_SENTENCE = ".:;?!)]}$"


@dataclass(frozen=True, slots=True)
class Label:
    """A label and its place; ``title`` is the rest of its line."""

    parts: tuple[Part, ...]
    title: str
    start: int
    end: int


def count_candidates(text: str) -> int:
    """How many lines of a text may begin with a label: each costs as much as a formula or two."""
    return sum(1 for _ in _LINE.finditer(text))


def find_labels(text: str, start: int, end: int, fresh: bool) -> Iterator[Label]:
    """The labels in ``text[start:end]``; ``fresh`` if a paragraph begins at ``start``.

    In the midst of a paragraph a line begins with a label only if the line before it ends a sentence or a formula, or
    begins with a label itself.
    """
    if start and text[start - 1] != "\n" and text.find("\n", start, end) < 0:
        return
    after, labelled = start, -1
    for match in _LINE.finditer(text, start, end):
        line = match.start("label")
        before = line - 1
        while before >= 0 and text[before].isspace():
            before -= 1
        first = before < start and fresh
        follows = labelled >= 0 and text.find("\n", text.find("\n", labelled) + 1, line) < 0
        if before < after or first or follows or text[before] in _ENDS_SENTENCE:
            for label in _labels_of_line(text, line, match.end("prefix"), end, first or before < 0):
                yield label
                after, labelled = label.end, line


def _labels_of_line(text: str, line: int, position: int, end: int, first: bool) -> Iterator[Label]:
    decorated = position > line
    found = _first_label(text, position, end, first)
    start = line
    for _ in range(MOST_LABELS_OF_A_LINE):
        if found is None:
            return
        parts, stop = found
        if decorated:
            while stop < end and text[stop] in "*_}":
                stop += 1
        title = text[stop : stop + LONGEST_TITLE].split("\n", 1)[0].strip()
        yield Label(parts, title, start, stop)
        space = _NEXT.match(text, stop, end)
        if space is None:
            return
        start = space.end()
        found = _match(_LETTERED, text, start, end)


def _first_label(text: str, position: int, end: int, first: bool) -> tuple[tuple[Part, ...], int] | None:
    titled = _TITLED.match(text, position, end) if first else None
    if titled and text[titled.end() : titled.end() + 1] in ("", "\n"):
        return parse_number(text, position)
    for pattern in (_LETTERED, _NUMBERED, _COUNTED):
        if found := _match(pattern, text, position, end):
            return found
    return _worded(text, position, end)


def _match(pattern: re.Pattern[str], text: str, position: int, end: int) -> tuple[tuple[Part, ...], int] | None:
    match = pattern.match(text, position, end)
    if match is None:
        return None
    parts, _ = parse_number(match[0])
    return (parts, match.end()) if parts else None


def _worded(text: str, position: int, end: int) -> tuple[tuple[Part, ...], int] | None:
    """ "Problem 2." and "Part (a)", but not "Problem 2 asks for" or "Part (a) shows"."""
    match = _WORDED.match(text, position, end)
    parts, length = parse_number(match[0]) if match else ((), 0)
    if not parts:
        return None
    stop = position + length
    closed = text[stop - 1] in ".:" or (text[stop - 1] == ")" and "(" not in text[position:stop])
    rest = text[stop : min(end, stop + LONGEST_TITLE)].split("\n", 1)[0].strip()
    if closed or not rest or rest[0] in "*_}" or (text[stop - 1] == ")" and rest[0].isupper()):
        return parts, stop
    return None
