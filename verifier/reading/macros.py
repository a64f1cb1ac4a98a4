"""Macros that a document defines for itself."""

from __future__ import annotations

import re

from verifier.reading.blocks import Macro

LONGEST_DEFINITION = 4_000

COMMANDS = (
    r"(?:newcommand|renewcommand|providecommand|DeclareRobustCommand|DeclareMathOperator|DeclarePairedDelimiter"
    r"|[gex]?def|let)(?![A-Za-z])"
)
_DEFINITION = re.compile(r"\\" + COMMANDS)
_NAME = re.compile(r"\s*(?:\{\s*\\(?P<braced>[A-Za-z@]+|.)\s*\}|\\(?P<bare>[A-Za-z@]+|[^A-Za-z\s]))")
_COUNT = re.compile(r"\s*\[(\d)\]")
_DEFAULT = re.compile(r"\s*\[([^\[\]]{0,200})\]")
_PARAMETERS = re.compile(r"\s*((?:#[1-9])*)\s*(?=\{)")
_TARGET = re.compile(r"\s*=?\s*(\\(?:[A-Za-z@]+|.)|[^\s\\{}])")
_BRACE = re.compile(r"\\[\\{}]|[{}]")

Definition = tuple[Macro, int]


def group(text: str, position: int, limit: int = LONGEST_DEFINITION) -> tuple[str, int] | None:
    """The inside of the braces at ``position``, white space skipped, and the place after them; None if none close."""
    while position < len(text) and text[position] in " \t\n":
        position += 1
    if text[position : position + 1] != "{":
        return None
    depth = 0
    for match in _BRACE.finditer(text, position, position + limit):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if depth == 0:
            return text[position + 1 : match.start()], match.end()
    return None


def read_definition(text: str, position: int) -> Definition | None:
    r"""The macro that the command at ``position`` defines, and where its definition ends; None if it is not understood.

    >>> read_definition(r"\newcommand{\norm}[1]{\|#1\|} rest", 0)
    (Macro(name='norm', arguments=1, default=None, body='\\|#1\\|'), 29)
    """
    command = _DEFINITION.match(text, position)
    if command is None:
        return None
    kind = command[0][1:]
    end = command.end()
    starred = text[end : end + 1] == "*"
    name = _NAME.match(text, end + starred)
    if name is None:
        return None
    word = name["braced"] or name["bare"]
    if kind == "let":
        target = _TARGET.match(text, name.end())
        return (Macro(word, 0, None, target[1]), target.end()) if target else None
    if kind.endswith("def"):
        return _plain_definition(text, word, name.end())
    if kind == "DeclareMathOperator":
        body = group(text, name.end())
        star = "*" if starred else ""
        return (Macro(word, 0, None, f"\\operatorname{star}{{{body[0]}}}"), body[1]) if body else None
    if kind == "DeclarePairedDelimiter":
        return _paired_delimiter(text, word, name.end())
    return _new_command(text, word, name.end())


def _plain_definition(text: str, word: str, position: int) -> Definition | None:
    parameters = _PARAMETERS.match(text, position)
    body = group(text, parameters.end()) if parameters else None
    if parameters is None or body is None:
        return None
    return Macro(word, len(parameters[1]) // 2, None, body[0]), body[1]


def _paired_delimiter(text: str, word: str, position: int) -> Definition | None:
    left = group(text, position)
    right = group(text, left[1]) if left else None
    if left is None or right is None:
        return None
    return Macro(word, 1, None, f"{left[0]} #1 {right[0]}"), right[1]


def _new_command(text: str, word: str, position: int) -> Definition | None:
    count = _COUNT.match(text, position)
    position = count.end() if count else position
    default = _DEFAULT.match(text, position) if count else None
    position = default.end() if default else position
    body = group(text, position)
    if body is None:
        return None
    return Macro(word, int(count[1]) if count else 0, default[1] if default else None, body[0]), body[1]
