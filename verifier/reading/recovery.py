"""A side of a chain that cannot be read: where it ends, so that the steps between other sides are read all the same.

a = b = \\foo{c} = d = e loses two steps of four. Brackets decide how far the loss goes. Where those of the side are
balanced, it is lost alone. A closing bracket without its opening may belong to any side before it: all of them are
lost. An opening bracket without its closing takes in all that follows.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from verifier.notation import CONNECTIVES
from verifier.reading.commands import BRACKETS, OPERATORS, RELATION_COMMANDS, SEPARATORS, THEREFORE
from verifier.reading.syntax import Node
from verifier.reading.tokens import ReadingError, Token

RELATION_SIGNS = frozenset(("=", "==", "<", ">", "<=", ">=", "!=", ":="))
BARS = frozenset(("|", "||", "vert", "Vert"))


def unreadable(error: ReadingError, start: int, end: int) -> Node:
    """A side that was not read, with the fault that was found in it."""
    fault = Node("fault", (), f"{error.message}\n{error.expected}", error.start, error.end)
    return Node("unreadable", (fault,), "", start, max(start, end))


def fault_of(node: Node) -> ReadingError:
    """What was wrong with a side."""
    (fault,) = node.parts
    message, _, expected = fault.text.partition("\n")
    return ReadingError(message, fault.start, fault.end, expected)


def end_of_side(tokens: Sequence[Token], position: int, error: ReadingError) -> tuple[int, bool]:
    """Where the side that starts at a token ends, and whether a bracket closes in it that does not open in it.

    Raises the error where that cannot be told: brackets of different kinds, bars that are no pairs, braces.
    """
    open_ones: list[str] = []
    lost, bars, place = False, 0, position
    while place < len(tokens):
        token = tokens[place]
        opening = _opening(token)
        if opening:
            open_ones.append(opening)
        elif _closing(token):
            if open_ones and open_ones[-1] != _closing(token):
                raise error
            if not open_ones and _closing(token) in ("}", "end"):
                break
            lost = lost or not open_ones
            open_ones = open_ones[:-1]
        elif not open_ones and _ends(tokens, place, error):
            break
        bars += not open_ones and token.text in BARS
        place += 1
    if bars % 2 or (open_ones and lost) or "}" in open_ones or "end" in open_ones:
        raise error
    return place, lost


def salvaged(sides: list[Node], error: ReadingError) -> list[Node]:
    """The sides of a chain, if two that were read stand side by side. Raises the error otherwise."""
    if not any(a.kind not in LOST and b.kind not in LOST for a, b in itertools.pairwise(sides)):
        raise error
    return sides


LOST = ("unreadable", "empty")


def all_lost(sides: list[Node], error: ReadingError) -> list[Node]:
    """The sides before a closing bracket without its opening."""
    return [unreadable(error, s.start, s.end) if s.kind != "empty" else s for s in sides]


def _opening(token: Token) -> str:
    if token.kind == "command" and token.text == "begin":
        return "end"
    return BRACKETS.get(token.text, "") if token.kind in ("char", "command") else ""


def _closing(token: Token) -> str:
    known = token.kind in ("char", "command") and (token.text in BRACKETS.values() or token.text == "end")
    return token.text if known else ""


def _ends(tokens: Sequence[Token], place: int, error: ReadingError) -> bool:
    """Whether a side ends before a token: a relation, a line that does not go on, the end.

    Raises the error at words and separators: what follows them may belong to the side.
    """
    token, rest = tokens[place], tokens[place + 1 :]
    if _relates(token):
        return True
    if token.kind == "newline":
        following = next((t for t in rest if t.kind != "newline" and t.text != "&"), None)
        return not _operates(tokens[place - 1]) and not (following is not None and _operates(following))
    separates = token.kind in ("char", "command") and (token.text in SEPARATORS or token.text in THEREFORE)
    if token.text == "&" or not (separates or token.kind == "text"):
        return False
    if any(t.text not in SEPARATORS and t.text != "end" and t.kind != "newline" for t in rest[:1]):
        raise error
    return True


def _relates(token: Token) -> bool:
    if token.kind == "char":
        return token.text in RELATION_SIGNS
    return token.kind == "command" and (token.text in RELATION_COMMANDS or "\\" + token.text in CONNECTIVES)


def _operates(token: Token) -> bool:
    sign = token.kind == "char" and (token.text in ("+", "-") or token.text in OPERATORS)
    return sign or (token.kind == "command" and (token.text in ("pm", "mp") or "\\" + token.text in OPERATORS))
