"""Matrices, cases and alignments of a formula."""

from __future__ import annotations

from verifier.reading.commands import (
    ALIGNED,
    MATRICES,
    THEREFORE,
)
from verifier.reading.parser import Parser
from verifier.reading.parsing_ahead import is_comment
from verifier.reading.parsing_statements import comment_text, mark
from verifier.reading.syntax import Node
from verifier.reading.tokens import ReadingError, Token


def environment(parser: Parser) -> Node:
    """\\begin{…} … \\end{…}"""
    token = parser.take()
    name = _environment_name(parser)
    if name in MATRICES:
        return _matrix(parser, token, name)
    if name in ("cases", "dcases", "rcases", "cases*"):
        return _cases(parser, token, name)
    if name in ALIGNED:
        return _aligned(parser, token, name)
    raise ReadingError(f"the environment {name}", token.start, parser.here.start, "one of mathematics")


def _environment_name(parser: Parser) -> str:
    parser.expect("{")
    name = ""
    while not parser.at("}"):
        if parser.here.kind == "end":
            parser.fail("'}'")
        name += parser.take().text
    parser.take()
    return name


def _at_end_of(parser: Parser, name: str) -> bool:
    if not parser.at("end"):
        return False
    start = parser.position
    parser.take()
    found = _environment_name(parser) if parser.at("{") else ""
    parser.position = start
    return found == name


def _close_environment(parser: Parser, name: str) -> Token:
    parser.expect("end")
    found = _environment_name(parser)
    if found != name:
        parser.fail(f"\\end{{{name}}}")
    return parser.tokens[parser.position - 1]


def _matrix(parser: Parser, opening: Token, name: str) -> Node:
    if name == "array" and parser.at("{"):
        _, parser.position = parser.raw_group(parser.position)
    rows = _rows_of(parser, name)
    closing = _close_environment(parser, name)
    lines = tuple(Node("row", tuple(row), "", opening.start, closing.end) for row in rows)
    return Node("matrix", lines, name, opening.start, closing.end)


def _rows_of(parser: Parser, name: str) -> list[list[Node]]:
    bars, parser.bars = parser.bars, []
    rows: list[list[Node]] = [[]]
    while not _at_end_of(parser, name):
        if parser.here.kind == "end" or parser.at("end"):
            parser.fail(f"\\end{{{name}}}")
        if parser.here.kind == "newline":
            parser.take()
            rows.append([])
            continue
        rows[-1].append(_cell(parser))
        if parser.at("&"):
            parser.take()
            if parser.here.kind == "newline" or _at_end_of(parser, name):
                rows[-1].append(Node("placeholder", (), "", parser.here.start, parser.here.start))
    parser.bars = bars
    return [row for row in rows if row]


def _cell(parser: Parser) -> Node:
    if parser.at("&"):
        return Node("placeholder", (), "", parser.here.start, parser.here.start)
    if is_comment(parser):
        return comment_text(parser)
    items: list[Node] = []
    start = parser.here.start
    while not (parser.at("&", "end") or parser.here.kind in ("newline", "end")):
        if parser.at(",", ".", ";", ":", "quad", "qquad", *THEREFORE):
            mark(parser)
        elif is_comment(parser):
            items.append(comment_text(parser))
        else:
            items.append(_one_line_statement(parser))
    if len(items) == 1:
        return items[0]
    return Node("list", tuple(items), "", start, parser.here.start)


def _one_line_statement(parser: Parser) -> Node:
    """A statement that stops at the end of the cell."""
    depth, stop = 0, parser.position
    while stop < len(parser.tokens):
        token = parser.tokens[stop]
        if token.kind == "command" and token.text == "begin":
            depth += 1
        elif token.kind == "command" and token.text == "end":
            depth -= 1
            if depth < 0:
                break
        elif depth == 0 and (token.kind == "newline" or (token.kind == "char" and token.text == "&")):
            break
        stop += 1
    end = parser.tokens[stop].start if stop < len(parser.tokens) else parser.end.start
    inner = Parser(parser.tokens[parser.position : stop], end, parser.rules, parser.letters)
    inner.depth = parser.depth
    node = inner.statement()
    parser.position += inner.position
    return node


def _cases(parser: Parser, opening: Token, name: str) -> Node:
    rows = _rows_of(parser, name)
    closing = _close_environment(parser, name)
    lines = tuple(Node("row", tuple(row), "", row[0].start, row[-1].end) for row in rows)
    return Node("cases", lines, "", opening.start, closing.end)


def _aligned(parser: Parser, opening: Token, name: str) -> Node:
    if name in ("alignedat", "alignat", "alignat*") and parser.at("{"):
        _, parser.position = parser.raw_group(parser.position)
    if parser.at("[") and parser.ahead(2).text == "]":
        parser.position += 3
    first = opening is parser.tokens[0]
    inside = parser.nested(
        lambda _: parser.statements(lambda: _at_end_of(parser, name) or parser.here.kind == "end", first)
    )
    closing = _close_environment(parser, name)
    if len(inside.parts) == 1:
        return inside.parts[0]
    return Node("list", inside.parts, name, opening.start, closing.end)
