"""The lines of a Markdown text, prepared for its block parser.

Inside a display, lines may begin with "-", "+" or "#", or be blank, and are no lists, headings or ends of paragraphs:
they are masked. Lines are cut short, for blocks depend on how lines begin, so that the parser's time is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate

LONGEST_LINE = 1_000
MOST_LINES_OF_A_DISPLAY = 400
BLANK_LINES_PER_LINE = 8

_DELIMITER = re.compile(
    r"\\[\\$]|\$(?P<dollars>\$)|\\(?P<bracket>[\[\]])|\\(?P<edge>begin|end)[ \t]*\{(?P<name>[^{}\n]{1,40})\}"
)
_OBSTACLE = re.compile(r"[ \t]*(?:#{1,6}[ \t]|`{3}|~{3})")
_ODD_SPACE = re.compile(r"[^\S \t\n]")
_MARKERS = re.compile(r"^(?:[ \t]{0,8}(?:[-+*>#]|\d{1,9}[.)]))++", re.MULTILINE)
_MOST_MARKERS = 20


class Lines:
    """The lines of a text and where they start in the source."""

    def __init__(self, text: str, offset: int) -> None:
        self.lines = text.split("\n")
        self.starts = [offset, *accumulate((len(line) + 1 for line in self.lines), initial=offset)][1:]
        self.skeleton = skeleton(self.lines)

    def start(self, line: int) -> int:
        """Where a line starts; past the last one, where the text ends."""
        return self.starts[line] if line < len(self.lines) else self.end(len(self.lines) - 1)

    def end(self, line: int) -> int:
        """Where a line ends, its line end left out."""
        return self.starts[line] + len(self.lines[line])

    def aligned(self, content: list[str], first: int) -> tuple[str, int]:
        """The text of consecutive lines, the markers of quotes and lists blanked, and where it starts.

        ``content`` is what the block parser left of each line, beginning with line ``first``: an end of that line.
        """
        text, start, end = "", self.start(first), -1
        pieces: list[str] = []
        for line, rest in enumerate(content[: len(self.lines) - first], first):
            body = rest.strip(" \t")
            column = max(0, self.skeleton[line].rfind(body)) if body else len(self.lines[line])
            column = min(column, len(self.lines[line]))
            if end < 0:
                start = end = self.starts[line] + column
            else:
                pieces.append("\n" + " " * (self.starts[line] + column - end - 1))
            pieces.append(self.lines[line][column:])
            end = self.end(line)
        text = "".join(pieces)
        return text, start


def block_work(text: str) -> int:
    """How much work the block parser will have: lines, and markers of headings, lists and quotes that begin them."""
    markers = sum(min(len(found[0].replace(" ", "")), _MOST_MARKERS) for found in _MARKERS.finditer(text))
    lines = text.split("\n")
    written = sum(map(bool, lines))
    return written + (len(lines) - written) // BLANK_LINES_PER_LINE + markers


def skeleton(lines: list[str]) -> list[str]:
    """The lines as the block parser sees them."""
    result = [_shortened(line) for line in lines]
    for first, last, depth in _displays(lines):
        prefix = re.compile(rf"(?:[ \t]*>){{0,{depth}}}[ \t]*")
        for line in range(first + 1, last + 1):
            found = prefix.match(result[line])
            column = found.end() if found else 0
            result[line] = result[line][:column] + "x" + result[line][column + 1 :]
    return result


def _shortened(line: str) -> str:
    if len(line) > LONGEST_LINE:
        line = line[:LONGEST_LINE] + ("-->" if "-->" in line[LONGEST_LINE - 2 :] else "x")
    return _ODD_SPACE.sub("x", line)


def _displays(lines: list[str]) -> Iterator[tuple[int, int, int]]:
    """First line, last line and quote depth of each display of several lines."""
    failed: dict[str, int] = {}
    line = 0
    while line < len(lines):
        closer = _advance(lines[line], "") or ""
        if closer and failed.get(closer, -1) <= line:
            depth = _quote_depth(lines[line])
            last, closed = _follow(lines, line, closer, depth)
            if closed:
                yield line, last, depth
                line = last
            else:
                failed[closer] = last
        line += 1


def _quote_depth(line: str) -> int:
    return len(line[: len(line) - len(line.lstrip("> \t"))].replace(" ", "").replace("\t", ""))


def _follow(lines: list[str], first: int, closer: str, depth: int) -> tuple[int, bool]:
    """The line at whose end no display is open any more, or the one that keeps it from closing."""
    alone = lines[first].rstrip().endswith("$$")
    environments = _opened(lines[first])
    for line in range(first + 1, min(len(lines), first + MOST_LINES_OF_A_DISPLAY)):
        rest = re.sub(rf"^(?:[ \t]*>){{0,{depth}}}", "", lines[line]) if depth else lines[line]
        blank = not rest.strip()
        if _OBSTACLE.match(rest) or (blank and closer == "$$" and not alone and environments <= 0):
            return line, False
        environments += _opened(rest)
        following = _advance(rest, closer)
        if following is None:
            return line, False
        if not following:
            return line, True
        if following != closer:
            closer, alone = following, rest.rstrip().endswith("$$")
    return min(len(lines), first + MOST_LINES_OF_A_DISPLAY), False


def _opened(line: str) -> int:
    return line.count("\\begin") - line.count("\\end")


def _advance(line: str, closer: str) -> str | None:
    r"""What closes the display that is open at the end of the line; None where "\[" follows "\[": neither closes."""
    for match in _DELIMITER.finditer(line):
        kind = match.lastgroup
        if not closer:
            if kind == "dollars":
                closer = "$$"
            elif kind == "bracket" and match["bracket"] == "[":
                closer = "]"
            elif kind == "name" and match["edge"] == "begin":
                closer = match["name"]
        elif (kind == "dollars" and closer == "$$") or (kind == "bracket" and closer == match["bracket"] == "]"):
            closer = ""
        elif kind == "bracket" and closer == "]":
            return None
        elif kind == "name" and match["name"] == closer:
            if match["edge"] == "begin":
                return None
            closer = ""
    return closer
