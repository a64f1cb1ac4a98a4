"""Commands of a formula: letters, accents, fractions, roots, braces."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from verifier.notation import ACCENTS, ALPHABETS, FACES, GREEK
from verifier.reading.commands import (
    BIG,
    BRACES,
    DOTS,
    FUNCTION_COMMANDS,
    TRANSPARENT,
)
from verifier.reading.parser import Parser
from verifier.reading.parsing_ahead import bar_kind
from verifier.reading.parsing_brackets import bars, braces, command_group
from verifier.reading.parsing_environments import environment
from verifier.reading.parsing_products import script_argument
from verifier.reading.syntax import EMPTY, Node
from verifier.reading.tokens import Token


def command(parser: Parser) -> Node:
    """What starts with a command."""
    token = parser.here
    name = token.text
    rule = COMMANDS.get(name)
    if rule is not None:
        return rule(parser)
    if name in GREEK:
        parser.take()
        return Node("name", (), name, token.start, token.end)
    if name in ACCENTS or name in ALPHABETS or name in FACES:
        return _styled(parser)
    if name in DOTS:
        parser.take()
        return Node("dots", (), name, token.start, token.end)
    if name in BIG:
        parser.take()
        return Node("big", (), BIG[name], token.start, token.end)
    if name in FUNCTION_COMMANDS:
        parser.take()
        return Node("word", (), name, token.start, token.end)
    if name in BRACES:
        return _brace(parser)
    if name == "odot" and parser.scripts:
        return _leaf(parser, "name")
    if name in TRANSPARENT:
        parser.take()
        return _argument(parser)
    if name in ("lbrace", "{", "langle", "lfloor", "lceil"):
        return command_group(parser)
    if bar_kind(token):
        return bars(parser)
    if parser.ahead().text != "{" and (name in parser.letters or (name == "T" and parser.scripts)):
        parser.take()
        return Node("name", (), name, token.start, token.end)
    return parser.fail("a command of mathematics, or a macro that the document defines")


def _styled(parser: Parser) -> Node:
    token = parser.take()
    name = token.text
    inner = _argument(parser)
    place = {"start": token.start, "end": inner.end}
    if name in FACES:
        if name in ("mathrm", "mathit", "mathsf", "mathtt"):
            return replace(inner, **place)  # type: ignore[arg-type]
        return Node("face", (inner,), "vec" if name == "vec" else "bold", token.start, inner.end)
    text = ACCENTS.get(name) or ALPHABETS[name]
    return Node("accent", (inner,), text, token.start, inner.end)


def _argument(parser: Parser) -> Node:
    """The argument of a command: a group or one token."""
    if parser.at("{"):
        return braces(parser)
    if parser.here.kind == "number" and len(parser.here.text) > 1:
        parser.tokens[parser.position : parser.position + 1] = _digits(parser.here)
    return parser.nested(Parser.atom)


def _fraction(parser: Parser) -> Node:
    token = parser.take()
    top = _argument(parser)
    bottom = _argument(parser)
    return Node("fraction", (top, bottom), "", token.start, bottom.end)


def _binomial(parser: Parser) -> Node:
    token = parser.take()
    top = _argument(parser)
    bottom = _argument(parser)
    return Node("binomial", (top, bottom), "", token.start, bottom.end)


def _root(parser: Parser) -> Node:
    token = parser.take()
    degree = EMPTY
    if parser.at("["):
        parser.take()
        degree = parser.nested(Parser.expression)
        parser.expect("]")
    inner = _argument(parser)
    return Node("root", (inner, degree), "", token.start, inner.end)


def _leaf(parser: Parser, kind: str) -> Node:
    token = parser.take()
    return Node(kind, (), token.text, token.start, token.end)


def _brace(parser: Parser) -> Node:
    token = parser.take()
    body = _argument(parser)
    label = EMPTY
    if parser.at("_", "^"):
        parser.take()
        label = script_argument(parser)
    return Node("brace", (body, label), token.text, token.start, max(body.end, label.end))


def _stacked(parser: Parser) -> Node:
    """\\underset{β}{\\text{argmin}}, \\overset{…}{x}"""
    token = parser.take()
    script = _argument(parser)
    base = _argument(parser)
    if token.text == "underset":
        listed = Node("script list", (script,), "", script.start, script.end)
        return Node("script", (base, listed, EMPTY), "", token.start, base.end)
    return replace(base, start=token.start)


def _tagged(parser: Parser) -> Node:
    """\\tag{n}: says nothing."""
    parser.take()
    _, parser.position = parser.raw_group(parser.position)
    return Node("placeholder", (), "", parser.here.start, parser.here.start)


def _digits(token: Token) -> list[Token]:
    """\\frac12 takes one digit at a time."""
    return [Token("number", digit, token.start, token.end, token.spaced) for digit in token.text]


COMMANDS: dict[str, Callable[[Parser], Node]] = {
    "frac": _fraction,
    "dfrac": _fraction,
    "tfrac": _fraction,
    "cfrac": _fraction,
    "binom": _binomial,
    "sqrt": _root,
    "partial": lambda parser: _leaf(parser, "partial"),
    "nabla": lambda parser: _leaf(parser, "nabla"),
    "triangledown": lambda parser: _leaf(parser, "nabla"),
    "infty": lambda parser: _leaf(parser, "infinity"),
    "top": lambda parser: _leaf(parser, "transpose"),
    "intercal": lambda parser: _leaf(parser, "transpose"),
    "prime": lambda parser: _leaf(parser, "prime"),
    "emptyset": lambda parser: _leaf(parser, "set"),
    "begin": environment,
    "underset": _stacked,
    "overset": _stacked,
    "stackrel": _stacked,
    "tag": _tagged,
    "tag*": _tagged,
    "cdot": lambda parser: _leaf(parser, "placeholder"),
    "star": lambda parser: _leaf(parser, "sign"),
    "dagger": lambda parser: _leaf(parser, "sign"),
    "ast": lambda parser: _leaf(parser, "sign"),
}
