"""What the next tokens of a formula are: a relation, an operator, the start of an item, a bar that opens, words."""

from __future__ import annotations

from verifier.notation import CONNECTIVES, RELATIONS
from verifier.reading.commands import (
    ABBREVIATED_FUNCTIONS,
    BIG,
    BRACKETS,
    OPERATORS,
    RELATION_COMMANDS,
    SEPARATORS,
    THEREFORE,
)
from verifier.reading.parser import Parser
from verifier.reading.tokens import Token


def relation_here(parser: Parser) -> str | None:
    """The relation that the next token is, if it is one."""
    token = parser.here
    if token.kind == "char" and token.text == "!=" and not token.spaced and parser.position:
        parser.fail("\\neq, or a space after the factorial")
    if token.kind == "char" and token.text in ("<=", ">=", "!="):
        return {"<=": "\\leq", ">=": "\\geq", "!=": "\\neq"}[token.text]
    if token.kind == "char" and token.text in RELATIONS:
        return token.text
    if token.kind == "command" and token.text in RELATION_COMMANDS and "\\" + token.text not in CONNECTIVES:
        return "\\" + token.text
    if token.kind == "command" and token.text in ("stackrel", "overset", "underset", "xrightarrow", "not"):
        return _decorated_relation(parser)
    return None


def _decorated_relation(parser: Parser) -> str | None:
    if parser.here.text == "xrightarrow":
        return "\\to"
    if parser.here.text == "not":
        return "\\neq" if parser.ahead().text == "=" else None
    place = parser.position + 1
    groups = []
    for _ in range(2):
        group, place = parser.raw_group(place)
        groups.append(group)
    if len(groups[1]) != 1:
        return None
    only = groups[1][0]
    if only.text in RELATIONS or "\\" + only.text in RELATIONS:
        return only.text if only.text in RELATIONS else "\\" + only.text
    return None


def connective_ahead(parser: Parser) -> bool:
    """Whether ⟹ or ⟺ follows, perhaps on the next line."""
    place = parser.position
    while place < len(parser.tokens) and (parser.tokens[place].kind == "newline" or parser.tokens[place].text == "&"):
        place += 1
    token = parser.tokens[place] if place < len(parser.tokens) else parser.end
    return token.kind == "command" and "\\" + token.text in CONNECTIVES


def relation_on_this_line(parser: Parser) -> bool:
    """Whether the line has a relation before its end, so that a leading minus starts a new statement."""
    depth = 0
    for token in parser.tokens[parser.position :]:
        if token.kind == "newline" and depth == 0:
            return False
        if token.kind in ("char", "command"):
            depth += (token.text in BRACKETS) - (token.text in BRACKETS.values())
            if depth == 0 and (token.text in RELATIONS or token.text in RELATION_COMMANDS):
                return True
    return False


def operator_on_next_line(parser: Parser) -> bool:
    """Whether the next line goes on with an operator."""
    place = parser.position
    while place < len(parser.tokens) and (parser.tokens[place].kind == "newline" or parser.tokens[place].text == "&"):
        place += 1
    if place == parser.position or place >= len(parser.tokens):
        return False
    token = parser.tokens[place]
    return token.kind in ("char", "command") and (token.text in OPERATORS or "\\" + token.text in OPERATORS)


def starts_item(parser: Parser) -> bool:
    """Whether the next token starts an item of a product."""
    token = parser.here
    match token.kind:
        case "number" | "letter" | "word" | "operator":
            return True
        case "text":
            return _text_is_name(parser)
        case "char":
            if token.text in ("|", "||"):
                return _opens_bar(parser)
            return token.text in ("(", "[", "{")
        case "command":
            return _command_starts_item(parser, token.text)
    return False


def _command_starts_item(parser: Parser, name: str) -> bool:
    if name == "|" or name in ("Vert", "vert", "rVert", "rvert", "Arrowvert", "arrowvert"):
        return _opens_bar(parser)
    if "\\" + name in OPERATORS or name in RELATION_COMMANDS or name in SEPARATORS or name in THEREFORE:
        return False
    closing = ("rbrace", "}", "rangle", "rfloor", "rceil", "rvert", "rVert", "end", "mid", "pm", "mp", "right")
    if name in closing or name in ("xrightarrow", "not", "forall", "exists"):
        return False
    return not (name in ("stackrel", "overset", "underset") and relation_here(parser) is not None)


def _opens_bar(parser: Parser) -> bool:
    """Whether a bar here opens: it is marked as a left one, or none of its kind is open. None opens before a _."""
    if parser.ahead().text == "_" and parser.ahead().kind == "char":
        return False
    if parser.here.side:
        return parser.here.side == "l"
    kind = bar_kind(parser.here)
    if parser.here.text in ("lVert", "lvert"):
        return True
    if parser.bars and parser.bars[-1] == "given":
        return opens_given_bar(parser)
    return kind not in parser.bars


def opens_given_bar(parser: Parser) -> bool:
    """In a bracket, a bar is one of a pair if their number up to the end of the bracket is even."""
    if parser.here.side:
        return parser.here.side == "l"
    kind, depth, count = bar_kind(parser.here), 0, 0
    for token in parser.tokens[parser.position :]:
        if token.kind in ("char", "command"):
            depth += (token.text in BRACKETS) - (token.text in BRACKETS.values())
            if depth < 0:
                break
            count += depth == 0 and bar_kind(token) == kind and _is_plain_bar(parser, token)
    return count > 0 and count % 2 == 0


def _is_plain_bar(parser: Parser, token: Token) -> bool:
    return token.text not in ("mid",)


def _text_is_name(parser: Parser) -> bool:
    """\\text{loss} is a name where an operand is due and one follows it or a bracket; a sentence is a comment."""
    text = parser.here.text
    if not text or not text.replace("-", "").isalnum() or len(text) > 20:
        return False
    following = parser.ahead()
    if text in ABBREVIATED_FUNCTIONS and _operand_follows(parser):
        return True
    if following.kind in ("char", "command") and following.text in ("_", "^", "(", "[", "{", "left"):
        return True
    relation = following.kind in ("char", "command") and (
        following.text in RELATIONS or following.text in RELATION_COMMANDS
    )
    return relation or text in BIG or text.lower() in ("argmin", "argmax", "trace", "diag", "tr", "rank", "relu")


def _operand_follows(parser: Parser) -> bool:
    """Whether an operand follows the next token."""
    parser.position += 1
    try:
        return starts_item(parser)
    finally:
        parser.position -= 1


def at_separator(parser: Parser) -> bool:
    """Whether the next token stands between statements."""
    if parser.here.kind == "newline":
        return True
    return parser.here.kind in ("char", "command") and (parser.here.text in SEPARATORS or parser.here.text in THEREFORE)


def is_comment(parser: Parser) -> bool:
    """Whether the next token is words that are no name, or a mark such as ∎."""
    mark = parser.here.kind == "unicode" and parser.here.text in "∎□■✓。"
    return mark or (parser.here.kind == "text" and not _text_is_name(parser))


def bar_kind(token: Token) -> str:
    """absolute, norm, or nothing if the token is no bar."""
    if token.text in ("|", "vert", "lvert", "rvert", "arrowvert") and not (
        token.kind == "command" and token.text == "|"
    ):
        return "absolute"
    if token.text in ("||", "Vert", "lVert", "rVert", "Arrowvert") or (token.kind == "command" and token.text == "|"):
        return "norm"
    return ""
