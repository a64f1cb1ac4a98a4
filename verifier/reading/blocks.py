"""What a document is made of: blocks in the order of the text, each with its exact place in the source."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from verifier.derivation import Diagnostic, Place


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: ``#`` lines and TeX sections have levels 1 to 6, labels at line starts 7 ("1."), 8 ("(a)"), 9 ("(i)").

    ``number`` is composed with the enclosing ones, as in "1(a)"; "" where nothing is numbered.
    """

    level: int
    title: str
    number: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Text:
    """Running words between formulas. A quote's "> " inside it is blanked, so that offsets stay linear."""

    text: str
    start: int
    end: int
    paragraph: int
    item: int


@dataclass(frozen=True, slots=True)
class Formula:
    """The inside of a formula: ``text`` is ``source[start:end]``, with what is not mathematics blanked.

    ``outer_start`` and ``outer_end`` take in the delimiters; ``environment`` is "" for dollars and brackets, "math" for
    a fence; ``tag`` is the equation's number as it is printed.
    """

    text: str
    start: int
    end: int
    display: bool
    environment: str
    paragraph: int
    item: int
    outer_start: int
    outer_end: int
    tag: str


@dataclass(frozen=True, slots=True)
class Given:
    """What a document declares about its symbols: the inside of a ``given`` fence, container or comment."""

    text: str
    start: int
    end: int
    closed: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark for the next formula: "assume", "skip", or "expect" with a verdict as its argument."""

    kind: str
    argument: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Code:
    """Code, in a block or a line: nothing in it is read."""

    start: int
    end: int


Block = Heading | Text | Formula | Given | Mark | Code


@dataclass(frozen=True, slots=True)
class Macro:
    """A macro of the document, its name without the backslash: ``arguments`` counts an optional first one too."""

    name: str
    arguments: int
    default: str | None
    body: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A diagnostic that still has offsets instead of a place."""

    code: str
    message: str
    start: int
    end: int
    help: str


class DocumentError(Exception):
    """A document that cannot be opened or decoded; ``diagnostic`` says why, ``path`` which."""

    def __init__(self, diagnostic: Diagnostic, path: str = "") -> None:
        super().__init__(diagnostic, path)
        self.diagnostic = diagnostic
        self.path = path

    def __str__(self) -> str:
        return f"{self.path}: {self.diagnostic.message}" if self.path else self.diagnostic.message


@dataclass(frozen=True, slots=True)
class Splice:
    """From ``start`` on, the text that is read stems from ``original_start`` to ``original_end`` of the file.

    ``exact``: character by character; otherwise all of it stands for that stretch, as an included file for its
    ``\\input``.
    """

    start: int
    original_start: int
    original_end: int
    exact: bool


@dataclass(frozen=True, slots=True)
class Positions:
    """Turns offsets of the text that is read into places in the file. Lines end with LF, CR LF or CR."""

    original: str
    line_starts: Sequence[int] = field(repr=False)
    splices: tuple[Splice, ...] = field(default=(), repr=False)

    def place(self, start: int, end: int) -> Place:
        """The place of ``start`` to ``end``; a byte order mark has no column."""
        first = self._original(start, after=False)
        last = max(first, self._original(end, after=True))
        return Place(*self._line_and_column(first), *self._line_and_column(last))

    def _original(self, offset: int, after: bool) -> int:
        offset = max(0, offset)
        if self.splices:
            inside = max(0, offset - 1) if after else offset
            splice = self.splices[max(0, bisect_right(self.splices, inside, key=lambda s: s.start) - 1)]
            if splice.exact:
                offset = min(splice.original_start + offset - splice.start, splice.original_end)
            else:
                offset = splice.original_end if after else splice.original_start
        return min(offset, len(self.original))

    def _line_and_column(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self.line_starts, offset)
        start = self.line_starts[line - 1]
        if line == 1 and self.original.startswith("\ufeff"):
            start = 1
        return line, max(1, offset - start + 1)


def positions_of(original: str, splices: tuple[Splice, ...] = ()) -> Positions:
    """The positions of a file's text."""
    starts = array("L", [0])
    starts.extend(match.end() for match in re.finditer(r"\r\n|\r|\n", original))
    return Positions(original, starts, splices)


@dataclass(frozen=True, slots=True)
class Document:
    """A source text and its blocks.

    Offsets in the blocks are those of ``source``. Where files are included, and for notebooks, ``source`` is the text
    put together and ``original`` the file's own; ``place`` speaks of the file.
    """

    path: str
    source: str
    syntax: str
    blocks: tuple[Block, ...]
    macros: Mapping[str, Macro]
    diagnostics: tuple[Diagnostic, ...] = ()
    positions: Positions | None = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.positions is None:
            object.__setattr__(self, "positions", positions_of(self.source))

    @property
    def original(self) -> str:
        """The text of the file itself."""
        return self.positions.original if self.positions else self.source

    def place(self, start: int, end: int) -> Place:
        """Where ``source[start:end]`` stands in the file: lines and columns from 1, code points, the end exclusive."""
        return (self.positions or positions_of(self.source)).place(start, end)


def view_of(source: str) -> str:
    """The text that is scanned: as long as the source, with line ends made LF and a byte order mark blanked."""
    if source.startswith("\ufeff"):
        source = " " + source[1:]
    return source.replace("\r\n", " \n").replace("\r", "\n")
