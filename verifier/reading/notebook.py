"""Jupyter notebooks, formats 3 and 4: their Markdown cells, with places in the file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from verifier.derivation import Diagnostic
from verifier.reading.blocks import DocumentError, Splice, positions_of

READ_CELLS = frozenset({"markdown", "raw", "heading"})
BETWEEN_CELLS = "\n\n"
MOST_PIECES = 400_000

_SPACE = re.compile(r"[ \t\r\n]*")
_ESCAPE = re.compile(r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)")
_ESCAPED = {"\\n": "\n", "\\\\": "\\", '\\"': '"', "\\t": "\t", "\\/": "/", "\\r": "\r"}


@dataclass(frozen=True, slots=True)
class Cells:
    """The text of the cells that are read, where each of them starts and ends in it, and where it stems from."""

    text: str
    cells: tuple[tuple[int, int], ...]
    splices: tuple[Splice, ...]


@dataclass(slots=True)
class _Text:
    """Text put together from pieces, with their origins."""

    path: str
    pieces: list[str] = field(default_factory=list)
    splices: list[Splice] = field(default_factory=list)
    length: int = 0

    def add(self, piece: str, start: int, end: int, exact: bool) -> None:
        if piece:
            self.pieces.append(piece)
            self.splices.append(Splice(self.length, start, end, exact))
            self.length += len(piece)


def read_cells(source: str, path: str) -> Cells:
    """The Markdown and raw cells of a notebook. Raises DocumentError if it is not one."""
    try:
        content = json.loads(source)
    except json.JSONDecodeError as error:
        place = positions_of(source).place(error.pos, error.pos + 1)
        message = f"found broken JSON: {error.msg} (line {place.line})"
        raise DocumentError(
            Diagnostic("broken-notebook", message, place, "open and save it in Jupyter"), path
        ) from None
    except (RecursionError, ValueError):
        raise _broken("found JSON nested too deeply, or a number too long, for a notebook", path) from None
    if not isinstance(content, dict) or not ("cells" in content or "worksheets" in content):
        raise _broken("found JSON without cells, expected a notebook", path)
    text = _Text(path)
    cells: list[tuple[int, int]] = []
    for start in _cells(source):
        before = text.length
        _add_cell(source, start, text)
        if text.length > before:
            cells.append((before, text.length))
            at = text.splices[-1].original_end
            text.add(BETWEEN_CELLS, at, at, exact=False)
    return Cells("".join(text.pieces), tuple(cells), tuple(text.splices))


def _broken(message: str, path: str) -> DocumentError:
    return DocumentError(Diagnostic("broken-notebook", message, help="open and save it in Jupyter"), path)


def _skip(source: str, position: int) -> int:
    found = _SPACE.match(source, position)
    return found.end() if found else position


def _elements(source: str, position: int) -> Iterator[tuple[int, int]]:
    """Start and end of each element of the array at ``position`` of valid JSON; nothing if there is none."""
    if source[position] != "[":
        return
    decoder = json.JSONDecoder()
    position = _skip(source, position + 1)
    while source[position] != "]":
        _, end = decoder.raw_decode(source, position)
        yield position, end
        position = _skip(source, end)
        if source[position] == ",":
            position = _skip(source, position + 1)


def _members(source: str, position: int) -> Iterator[tuple[str, int, int]]:
    """Key, start and end of each value of the object at ``position`` of valid JSON; nothing if there is none."""
    if source[position] != "{":
        return
    decoder = json.JSONDecoder()
    position = _skip(source, position + 1)
    while source[position] != "}":
        key, end = decoder.raw_decode(source, position)
        start = _skip(source, _skip(source, end) + 1)
        _, end = decoder.raw_decode(source, start)
        yield key, start, end
        position = _skip(source, end)
        if source[position] == ",":
            position = _skip(source, position + 1)


def _cells(source: str) -> Iterator[int]:
    for key, start, _ in _members(source, _skip(source, 0)):
        if key == "cells":
            yield from (cell for cell, _ in _elements(source, start))
        elif key == "worksheets":
            for sheet, _ in _elements(source, start):
                for inner, cells, _ in _members(source, sheet):
                    if inner == "cells":
                        yield from (cell for cell, _ in _elements(source, cells))


def _add_cell(source: str, cell: int, text: _Text) -> None:
    members = {key: (start, end) for key, start, end in _members(source, cell)}
    kind, content = members.get("cell_type"), members.get("source")
    if kind is None or content is None:
        return
    name = json.loads(source[slice(*kind)])
    if not isinstance(name, str) or name not in READ_CELLS:
        return
    if name == "heading":
        level = members.get("level")
        digits = source[slice(*level)] if level else "1"
        text.add("#" * (int(digits) if digits in "123456" else 1) + " ", content[0], content[0], exact=False)
    strings = [content] if source[content[0]] == '"' else list(_elements(source, content[0]))
    for start, end in strings:
        if source[start] == '"':
            _add_string(source, start + 1, end - 1, text)


def _add_string(source: str, start: int, end: int, text: _Text) -> None:
    """A JSON string: its plain stretches character by character, each escape as a whole."""
    if len(text.splices) + source.count("\\", start, end) > MOST_PIECES:
        message = f"found more than {MOST_PIECES:,} lines and backslashes in the cells, which is the most that is read"
        raise DocumentError(Diagnostic("too-large", message, help="split the notebook"), text.path)
    for escape in _ESCAPE.finditer(source, start, end):
        text.add(source[start : escape.start()], start, escape.start(), exact=True)
        character = _ESCAPED.get(escape[0]) or json.loads(f'"{escape[0]}"')
        text.add(character, escape.start(), escape.end(), exact=False)
        start = escape.end()
    text.add(source[start:end], start, end, exact=True)
