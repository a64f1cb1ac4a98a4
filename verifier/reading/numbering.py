"""Numbers of problems and their parts: "Problem 1a", "Q1.a" and "(a)" below "1." are all "1(a)"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

LAST_HEADING_LEVEL = 6
LEVELS = {"number": 7, "count": 8, "letter": 8, "roman": 9}

_WORD = re.compile(
    r"(?P<word>problem|exercise|question|section|part|task|prob|exer|ex|q)\.?[ \t]*[#:]?[ \t]*"
    r"(?=\d|\(\w{1,4}\)|[a-z](?![a-z])|[ivx]{2,5}\b)|§[ \t]*",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})*(?!\d)")
_BRACKETED = re.compile(r"[ \t]*[.:\-]?[ \t]*\((?P<value>[A-Za-z]|[ivx]{2,5}|\d{1,2})\)")
_ATTACHED = re.compile(r"[.\-]?(?P<value>[a-z]|[ivx]{2,5})(?=$|[\s.:)\],;*])")
_SPACED = re.compile(r"[ \t]+(?P<value>[a-z]|[ivx]{2,5})(?=\s*$|[.:)])")
_BARE = re.compile(r"(?P<value>[A-Za-z]|[ivx]{2,5}|[IVX]{2,5})(?=\s*$|[.:)])")
_CLOSING = re.compile(r"[.:)]*")
_KEEPS_NUMBER = re.compile(r"\W*(?:solution|answer|proof|hint|remark|note|claim|lemma|derivation)", re.IGNORECASE)
_ROMAN = re.compile(r"[ivx]+")
_ROMAN_BEFORE = {"v": "iv", "x": "ix"}


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a number; ``fresh`` where it starts a numbering of its own, as "Problem 2" and "3.2" do."""

    kind: str
    value: str
    fresh: bool = False


def _part(value: str) -> Part:
    value = value.lower()
    kind = "count" if value.isdigit() else "roman" if _ROMAN.fullmatch(value) else "letter"
    return Part(kind, value)


def parse_number(text: str, position: int = 0) -> tuple[tuple[Part, ...], int]:
    """The parts of the number that ``text`` has at ``position``, and where it ends; no parts if there is none."""
    word = _WORD.match(text, position)
    start = word.end() if word else position
    number = _NUMBER.match(text, start)
    if number:
        fresh = "." in number[0] or (word is not None and (word["word"] or "").lower() != "part")
        parts, end = [Part("number", number[0], fresh)], number.end()
    else:
        first = _BRACKETED.match(text, start) or _BARE.match(text, start)
        if first is None:
            return (), position
        parts, end = [_part(first["value"])], first.end()
    while found := _BRACKETED.match(text, end) or _ATTACHED.match(text, end) or _SPACED.match(text, end):
        parts.append(_part(found["value"]))
        end = found.end()
    if text[end : end + 1].isalnum():
        return (), position
    closing = _CLOSING.match(text, end)
    return tuple(parts), closing.end() if closing else end


def written(parts: tuple[Part, ...]) -> str:
    """Parts as one number: "1(a)", "3.2", "4(b)(iv)"."""
    result = ""
    for before, part in zip((None, *parts), parts, strict=False):
        if part.kind != "number":
            result += f"({part.value})"
        else:
            result += ("." if before and before.kind == "number" else "") + part.value
    return result


def normalise_number(text: str) -> str:
    """The number a title or label begins with, in one form; "" if there is none.

    >>> normalise_number("Problem 1a"), normalise_number("Q1.a"), normalise_number("1.(a) Show that")
    ('1(a)', '1(a)', '1(a)')
    """
    return written(parse_number(text.strip(" \t\r\n*_#"))[0])


class Numbering:
    """Composes numbers as a text goes on. Authors change levels freely, so that successors decide, not levels."""

    def __init__(self) -> None:
        self._stack: list[tuple[int, Part]] = []

    @property
    def current(self) -> str:
        """The number in force."""
        return written(tuple(part for _, part in self._stack))

    def enter(self, parts: tuple[Part, ...], level: int) -> str:
        """The composed number after ``parts`` at a heading of ``level`` (7 and more: a label at a line start)."""
        for part in parts:
            if part.kind in ("number", "count"):
                self._enter_numeral(part, level)
            else:
                self._enter_letter(self._settled(part), level)
        return self.current

    def level_of(self, parts: tuple[Part, ...]) -> int:
        """The level of a label that would be entered now."""
        return LEVELS[self._settled(parts[-1]).kind]

    def unnumbered(self, title: str, level: int) -> str:
        """The number after a heading without one: "Solution" keeps the problem's, others end what they enclose."""
        if not _KEEPS_NUMBER.match(title):
            self._stack = [entry for entry in self._stack if entry[0] < level]
        return self.current

    def _enter_numeral(self, part: Part, level: int) -> None:
        if part.fresh:
            self._stack = [(level, part)]
            return
        value = int(part.value.split(".")[0])
        at = self._sibling(value, level)
        if at is not None:
            self._stack[at:] = [(level, replace(self._stack[at][1], value=part.value))]
            return
        if level <= LAST_HEADING_LEVEL:
            self._stack = [entry for entry in self._stack if entry[0] < level]
        elif self._stack and self._stack[-1][1].kind == "count":
            self._stack.pop()
        kind = "count" if self._stack and level > LAST_HEADING_LEVEL else part.kind
        self._stack.append((level, Part(kind, part.value)))

    def _sibling(self, value: int, level: int) -> int | None:
        """Where in the stack a numeral follows on: at its own level, after its predecessor, after a smaller one."""
        numerals = [k for k, (_, part) in enumerate(self._stack) if part.kind in ("number", "count")]
        if level <= LAST_HEADING_LEVEL:
            same = next((k for k in numerals if self._stack[k][0] == level), None)
            if same is not None:
                return same
        values = {k: int(self._stack[k][1].value.split(".")[0]) for k in numerals}
        follows = next((k for k in reversed(numerals) if value == values[k] + 1), None)
        return follows if follows is not None else next((k for k in numerals if value > values[k]), None)

    def _settled(self, part: Part) -> Part:
        """(i) after (h) is a letter, otherwise a Roman numeral."""
        if part.value not in ("i", "v", "x"):
            return part
        letter, roman = self._value("letter"), self._value("roman")
        succeeds = letter == chr(ord(part.value) - 1) and roman != _ROMAN_BEFORE.get(part.value, "")
        return replace(part, kind="letter") if succeeds else part

    def _value(self, kind: str) -> str | None:
        return next((part.value for _, part in self._stack if part.kind == kind), None)

    def _enter_letter(self, part: Part, level: int) -> None:
        kinds = [entry[1].kind for entry in self._stack]
        if part.kind in kinds:
            del self._stack[kinds.index(part.kind) :]
        elif part.kind == "letter" and "roman" in kinds and part.value != "a":
            del self._stack[kinds.index("roman") :]
        self._stack.append((level, part))


def encloses(outer: str, inner: str) -> bool:
    """Whether a number is of a section around another: 4 of 4.2, 1 of 1(a).

    >>> encloses("4", "4.2"), encloses("1", "1(a)"), encloses("1", "12")
    (True, True, False)
    """
    return bool(outer) and inner.startswith(outer) and inner[len(outer) : len(outer) + 1] in (".", "(")
