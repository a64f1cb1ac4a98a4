"""Macros that a document does not show and that everybody takes for letters: \\X, \\vx, \\mA, \\btheta, \\Xbf, \\what.

Such a macro is a letter with the name of a face or an accent before or after it. It stays a symbol of its own, apart
from the letter that it is named after: whether \\bX and X are one thing is the document's to say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from verifier.notation import GREEK
from verifier.reading.commands import BRACKETS, NO_LETTERS, OPERATORS, RELATION_COMMANDS, SEPARATORS
from verifier.reading.tokens import Token

_GREEK = "|".join(sorted((name for name in GREEK if len(name) > 1), key=len, reverse=True))
_FACES = "bf|bm|bs|bb|cal|scr|frak|vec|mat"
_ACCENTS = "hat|bar|tilde|til"
_LETTER = re.compile(
    rf"(?P<bare>[A-SU-Za-su-z])"
    rf"|(?:{_FACES}|{_ACCENTS}|b|v)(?P<after>[A-Za-z]|{_GREEK})"
    rf"|[cm](?P<capital>[A-Z])"
    rf"|(?P<before>[A-Za-z]|{_GREEK})(?:{_FACES}|{_ACCENTS}|b|h|v)"
)
_FACES_ALONE = frozenset(("bf", "bm", "bs", "bb", "vb"))
_CLOSING = frozenset(BRACKETS.values()) | {"right", "rvert", "rVert", "end", "mid", "|", "||"}


def letter_of(name: str) -> str | None:
    """The letter that a macro is named after; None if its name is no letter's. \\T is left out: it may transpose."""
    found = None if name in NO_LETTERS or name in _FACES_ALONE else _LETTER.fullmatch(name)
    return None if found is None else next(letter for letter in found.groups() if letter)


def letter_macros(tokens: Sequence[Token]) -> frozenset[str]:
    """The macros of a formula that are letters: named like one, and somewhere not between two operands, as an operator
    would be (A \\ob B)."""
    names: set[str] = set()
    for k, token in enumerate(tokens):
        if token.kind != "command" or letter_of(token.text) is None:
            continue
        before = k > 0 and _ends_operand(tokens[k - 1])
        after = k + 1 < len(tokens) and _starts_operand(tokens[k + 1])
        if not (before and after):
            names.add(token.text)
    return frozenset(names)


def _ends_operand(token: Token) -> bool:
    if token.kind in ("number", "letter", "word", "text"):
        return True
    if token.kind == "command":
        return token.text in GREEK or letter_of(token.text) is not None or token.text in BRACKETS.values()
    return token.text in (")", "]", "}", "'")


def _starts_operand(token: Token) -> bool:
    if token.kind in ("number", "letter", "word", "operator", "text"):
        return True
    if token.kind == "command":
        known = token.text in RELATION_COMMANDS or token.text in SEPARATORS or "\\" + token.text in OPERATORS
        return not known and token.text not in _CLOSING
    return token.kind == "char" and token.text in BRACKETS
