r"""Follows ``\input`` and ``\include``, inside the project's folder only.

The included text is put in place of the command; what is said of it carries the place of the command in the including
file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from verifier.reading.blocks import DocumentError, Finding, Splice, view_of
from verifier.reading.delimiters import TEX_TOKEN, Token, tokens_of
from verifier.reading.files import LARGEST, read_text

DEEPEST_INPUT = 20
MOST_INPUTS = 500

_ROOT = re.compile(r"^%[ \t]*![ \t]*TeX[ \t]+root[ \t]*=[ \t]*([^\n]+?)[ \t]*$", re.IGNORECASE | re.MULTILINE)
_HEAD = 2_000
_BODY = re.compile(r"\\begin[ \t]*\{document\}(.*?)(?:\\end[ \t]*\{document\}|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Flattened:
    """A text with the files it includes, and where each stretch of it stems from."""

    text: str
    splices: tuple[Splice, ...]
    findings: tuple[Finding, ...]


class _RefusedError(Exception):
    """An ``\\input`` that is not followed: code, message, help."""

    def __init__(self, code: str, message: str, help: str = "") -> None:
        super().__init__(code, message, help)
        self.problem = (code, message, help)


@dataclass(slots=True)
class _Inputs:
    """What is followed: ``folder`` is where names start, ``root`` the project's folder."""

    folder: Path | None
    root: Path | None
    count: int = 0
    size: int = 0
    problems: list[tuple[str, str, str]] = field(default_factory=list)

    def included(self, command: str, stack: tuple[Path, ...]) -> str | None:
        """The text that an ``\\input`` stands for, what it includes itself followed; None if it cannot be had."""
        try:
            path = self._allowed(command, stack)
            text = self._text(command, path)
        except _RefusedError as refused:
            self.problems.append(refused.problem)
            return None
        pieces, done = [], 0
        for token in inputs_of(text):
            inside = self.included(text[token.start : token.end], (*stack, path))
            if inside is not None:
                pieces += [text[done : token.start], inside]
                done = token.end
        return "".join(pieces) + text[done:]

    def _text(self, command: str, path: Path) -> str:
        try:
            text = read_text(path)
        except DocumentError as error:
            said = error.diagnostic
            raise _RefusedError(said.code, f"{command}: {said.message}", said.help) from None
        body = _BODY.search(text)
        text = body[1] if body else text
        self.size += len(text)
        if self.size > LARGEST:
            raise _RefusedError("too-large", f"{command} makes the text longer than {LARGEST:,} characters")
        return text

    def _allowed(self, command: str, stack: tuple[Path, ...]) -> Path:
        """The file to include. Raises _RefusedError."""
        if self.folder is None or self.root is None:
            raise _RefusedError("input-not-followed", f"found {command}, but the text has no folder")
        self.count += 1
        if self.count > MOST_INPUTS or len(stack) > DEEPEST_INPUT:
            message = f"found more than {MOST_INPUTS} inputs, or {DEEPEST_INPUT} in one another"
            raise _RefusedError("too-many-inputs", message)
        path = located(self.folder, command[command.index("{") + 1 : -1].strip())
        if path is None:
            raise _RefusedError("missing-input", f"found {command}, but no such file", "check the path")
        if not path.is_relative_to(self.root.resolve()):
            message = f"found {command}, which is outside {self.root}"
            raise _RefusedError("outside-project", message, "only files of the project's folder are read")
        if path in stack:
            raise _RefusedError("input-cycle", f"found {command}, which includes itself")
        return path


def located(folder: Path, name: str) -> Path | None:
    """The file that TeX would find, symbolic links resolved; None if there is none."""
    try:
        for candidate in (folder / f"{name}.tex", folder / name):
            if candidate.is_file():
                return candidate.resolve()
    except (OSError, ValueError):
        return None
    return None


def inputs_of(text: str) -> list[Token]:
    r"""The ``\input`` commands of a text that are not in comments or verbatim text."""
    if not re.search(r"\\(?:input|include|subfile)[ \t]*\{", text):
        return []
    return [token for token in tokens_of(view_of(text), TEX_TOKEN, {}) if token.kind == "input"]


def flatten(text: str, path: Path | None, root: Path | None) -> Flattened:
    """The text with its inputs in place. Without a ``root`` nothing is followed."""
    inputs = _Inputs(path.parent if path else root, root)
    stack = (path.resolve(),) if path else ()
    pieces: list[str] = []
    splices, findings = [], []
    done = length = 0

    def add(piece: str, start: int, end: int, exact: bool) -> None:
        nonlocal length
        pieces.append(piece)
        splices.append(Splice(length, start, end, exact))
        length += len(piece)

    for token in inputs_of(text):
        add(text[done : token.start], done, token.start, True)
        inside = inputs.included(text[token.start : token.end], stack)
        place = length
        add(text[token.start : token.end] if inside is None else inside, token.start, token.end, False)
        findings += [Finding(code, message, place, length, help) for code, message, help in inputs.problems]
        inputs.problems.clear()
        done = token.end
    add(text[done:], done, len(text), True)
    return Flattened("".join(pieces), tuple(splices) if done else (), tuple(findings))


def root_of(text: str, path: Path, root: Path) -> Path | None:
    """The main file that ``% !TeX root`` names, if it is in the project's folder."""
    found = _ROOT.search(view_of(text[:_HEAD]))
    main = located(path.parent, found[1]) if found else None
    return main if main and main.is_relative_to(root.resolve()) and main != path.resolve() else None
