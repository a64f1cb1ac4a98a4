"""Statements, chains of relations and quantifiers of a formula."""

from __future__ import annotations

from collections.abc import Callable

from verifier.notation import CONNECTIVES
from verifier.reading.parser import Parser
from verifier.reading.parsing_ahead import at_separator, connective_ahead, is_comment, relation_here
from verifier.reading.recovery import all_lost, end_of_side, salvaged, unreadable
from verifier.reading.syntax import Node
from verifier.reading.tokens import ReadingError


def statements(parser: Parser, stop: Callable[[], bool], outermost: bool = False) -> Node:
    """Statements between separators; texts between them are kept."""
    items: list[Node] = []
    start = parser.here.start
    while not stop():
        before = parser.position
        if at_separator(parser):
            items += [mark(parser)]
        elif is_comment(parser):
            items.append(comment_text(parser))
        else:
            parser.outermost = outermost and not items
            items.append(parser.statement())
        if parser.position == before:
            parser.fail("a formula")
    return Node("list", tuple(items), "", start, parser.here.start)


def statement(parser: Parser) -> Node:
    """A chain of relations, or two joined by ⟹ or ⟺."""
    left = Node("empty", (), "", parser.here.start, parser.here.start) if connective_ahead(parser) else chain(parser)
    steps: list[Node] = []
    while connective_ahead(parser):
        parser.skip_breaks()
        token = parser.take()
        parser.skip_breaks()
        right = Node("empty", (), "", token.end, token.end) if parser.ends_here() else chain(parser)
        steps.append(Node("connective", (left, right), CONNECTIVES["\\" + token.text], left.start, right.end))
        left = right
    if len(steps) > 1:
        return Node("list", tuple(steps), "", steps[0].start, steps[-1].end)
    return steps[0] if steps else left


def chain(parser: Parser) -> Node:
    """sides and the relations between them; a chain may begin with a relation, and then continues another"""
    sides: list[Node] = []
    relations: list[str] = []
    errors: list[ReadingError] = []
    start, recovers, parser.outermost = parser.here.start, parser.outermost, False
    if relation_here(parser) is None:
        _side(parser, sides, errors, recovers)
    else:
        sides.append(Node("empty", (), "", start, start))
    while True:
        relation = _relation_ahead(parser)
        if relation is None:
            break
        relations.append(relation)
        parser.skip_breaks()
        if parser.ends_here():
            sides.append(Node("empty", (), "", parser.here.start, parser.here.start))
            break
        _side(parser, sides, errors, recovers)
    parser.outermost = recovers
    if errors:
        salvaged(sides, errors[0])
    if len(sides) == 1:
        return sides[0]
    return Node("chain", tuple(sides), "\n".join(relations), start, parser.tokens[parser.position - 1].end)


def _side(parser: Parser, sides: list[Node], errors: list[ReadingError], recovers: bool) -> None:
    """A side of a chain. One that cannot be read, of a chain that stands in no brackets, is passed over."""
    start, before, bars, scripts, square = parser.position, len(sides), list(parser.bars), parser.scripts, parser.square
    try:
        sides.append(
            _quantifier(parser) if not sides and parser.at("forall", "exists") else parser.nested(Parser.expression)
        )
        if recovers and parser.at(")", "]", "rbrace", "rangle"):
            parser.fail("a relation, or the end of the formula")
    except ReadingError as error:
        if not recovers:
            raise
        del sides[before:]
        parser.bars, parser.scripts, parser.square = bars, scripts, square
        parser.position, lost = end_of_side(parser.tokens, start, error)
        sides[:] = all_lost(sides, error) if lost else sides
        end = parser.tokens[parser.position - 1].end
        sides.append(unreadable(error, parser.tokens[start].start, end))
        errors.append(error)


def _relation_ahead(parser: Parser) -> str | None:
    """A relation here, or after line breaks and alignment marks; it is consumed."""
    start = parser.position
    parser.skip_breaks()
    relation = relation_here(parser)
    if relation is None:
        parser.position = start
        return None
    if parser.here.kind == "command" and parser.here.text in ("stackrel", "overset", "underset"):
        place = parser.raw_group(parser.position + 1)[1]
        parser.position = parser.raw_group(place)[1]
    elif parser.here.text == "xrightarrow":
        parser.position = parser.raw_group(parser.position + 1)[1]
    else:
        if parser.here.text == "not":
            parser.take()
        parser.take()
    while parser.at("&"):
        parser.take()
    return relation


def _quantifier(parser: Parser) -> Node:
    token = parser.take()
    variables = chain(parser)
    while parser.at(","):
        parser.take()
        follows = chain(parser)
        variables = Node("list", (variables, follows), "", variables.start, follows.end)
    if parser.at(".", ":", "quad"):
        parser.take()
        if not parser.ends_here():
            body = parser.statement()
            return Node("quantifier", (variables, body), token.text, token.start, body.end)
    return Node("quantifier", (variables,), token.text, token.start, variables.end)


def mark(parser: Parser) -> Node:
    """A separator."""
    token = parser.take()
    return Node("separator", (), "newline" if token.kind == "newline" else token.text, token.start, token.end)


def comment_text(parser: Parser) -> Node:
    """Words between statements."""
    token = parser.take()
    return Node("text", (), token.text, token.start, token.end)
