"""The grammar of formulas: tokens to ``Node``. It knows how mathematics is written, not what the letters are.

Every token is accounted for: what is not expected raises ReadingError with its place. Products are kept as flat lists
of items, because what a Σ, a ∇, a log or an f takes in depends on what the letters are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from verifier.reading.commands import (
    BIG,
)
from verifier.reading.conventions import CONVENTIONAL
from verifier.reading.parser import Parser, Rules
from verifier.reading.parsing_brackets import bars, braces, bracket_group
from verifier.reading.parsing_commands import command
from verifier.reading.parsing_products import expression
from verifier.reading.parsing_statements import statement, statements
from verifier.reading.syntax import Node
from verifier.reading.tokens import MacroLike, ReadingError, tokenize


def parse(text: str, offset: int = 0, macros: Mapping[str, MacroLike] | None = None) -> Node:
    """The statements of a formula, a ``list`` node. Raises ReadingError naming the token and what was expected."""
    tokens = tokenize(text, offset, {**CONVENTIONAL, **(macros or {})})
    return Parser(tokens, offset + len(text), RULES).formula()


def atom(parser: Parser) -> Node:
    """One item without its scripts."""
    token = parser.here
    called, parser.called = parser.called, False
    match token.kind:
        case "number":
            _refuse_odd_number(parser)
            parser.take()
            return Node("number", (), token.text.replace("{,}", ""), token.start, token.end)
        case "letter":
            parser.take()
            return Node("name", (), token.text, token.start, token.end)
        case "word" | "operator" | "text":
            return _word(parser)
        case "char" if token.text in ("(", "["):
            return bracket_group(parser, called)
        case "char" if token.text == "{":
            return braces(parser)
        case "char" if token.text in ("|", "||"):
            return bars(parser)
        case "char" if token.text in ("^", "_"):
            return Node("placeholder", (), "", token.start, token.start)
        case "command":
            return command(parser)
    return parser.fail("a number, a letter or a bracket")


def _refuse_odd_number(parser: Parser) -> None:
    """1,000 may be one number or two; 1e3 may be a thousand or three times Euler's number."""
    first, second, third = parser.here, parser.ahead(), parser.ahead(2)
    if third.kind != "number" or second.spaced or third.spaced:
        return
    grouped = second.text == "," and len(third.text.split(".")[0]) == 3 and len(first.text) <= 3
    if grouped and not parser.scripts and "." not in first.text:
        text = f"{first.text},{third.text} can be read as one number and as two"
        raise ReadingError(text, first.start, third.end, f"{first.text}{third.text} or {first.text}, {third.text}")
    if second.text in ("e", "E") and second.kind == "letter":
        text = f"{first.text}{second.text}{third.text} can be read as a power of ten"
        raise ReadingError(text, first.start, third.end, f"{first.text} \\cdot 10^{{{third.text}}}")


def _word(parser: Parser) -> Node:
    token = parser.take()
    if token.text in BIG:
        return Node("big", (), BIG[token.text], token.start, token.end)
    if len(token.text) == 1 and token.kind != "text":
        if token.text == "d" and token.kind == "word":
            return Node("differential", (), "d", token.start, token.end)
        return Node("name", (), token.text, token.start, token.end)
    lowered = token.text.replace("\\,", "").replace(" ", "").lower()
    if lowered in ("argmin", "argmax"):
        return Node("big", (), lowered, token.start, token.end)
    if token.text.startswith("\\"):
        inner = Parser(tokenize(token.text, token.start), token.end, parser.rules).formula()
        if len(inner.parts) == 1:
            return replace(inner.parts[0], start=token.start, end=token.end)
    return Node("word", (), token.text, token.start, token.end)


RULES = Rules(statements, statement, expression, atom)
