"""Brackets, braces and bars of a formula."""

from __future__ import annotations

from dataclasses import replace

from verifier.reading.commands import (
    BRACKETS,
)
from verifier.reading.parser import Parser
from verifier.reading.parsing_ahead import at_separator, bar_kind, is_comment, opens_given_bar
from verifier.reading.parsing_statements import comment_text, mark
from verifier.reading.syntax import Node


def bracket_group(parser: Parser, called: bool = False) -> Node:
    """( … ), [ … ], with separators; half-open intervals may close with the other bracket

    In the square brackets of an operator, as in E[A\\ x], there is no row of entries.
    """
    opening = parser.take()
    closing = BRACKETS[opening.text]
    bars, parser.bars = parser.bars, ["given"]
    half_open = parser.position > 1 and parser.tokens[parser.position - 2].text in ("in", "∈")
    closings = (")", "]") if half_open else (closing,)
    square, parser.square = parser.square, opening.text == "[" and not called
    items = parser.nested(lambda _: bracket_items(parser, *closings))
    parser.bars, parser.square = bars, square
    last = parser.take() if half_open and parser.at(")", "]") else parser.expect(closing)
    return Node("group", items.parts, opening.text, opening.start, last.end)


def bracket_items(parser: Parser, *closings: str) -> Node:
    """The inside of a bracket: statements, separators and bars (for 'given')."""
    items: list[Node] = []
    start = parser.here.start
    while not parser.at(*closings):
        if parser.here.kind == "end":
            parser.fail(f"{closings[0]!r}")
        if (
            at_separator(parser)
            or parser.at("mid", "parallel")
            or (bar_kind(parser.here) and not opens_given_bar(parser))
        ):
            token = parser.take()
            items.append(Node("separator", (), "|" if token.text == "mid" else token.text, token.start, token.end))
        elif is_comment(parser):
            items.append(comment_text(parser))
        else:
            items.append(parser.statement())
    return Node("list", tuple(items), "", start, parser.here.start)


def braces(parser: Parser) -> Node:
    """{ … } of TeX: invisible grouping."""
    opening = parser.take()
    if parser.at("}"):
        closing = parser.take()
        return Node("placeholder", (), "", opening.start, closing.end)
    inside = parser.nested(lambda _: parser.statements(lambda: parser.at("}") or parser.here.kind == "end"))
    closing = parser.expect("}")
    if len(inside.parts) == 1:
        return (
            replace(inside.parts[0], start=opening.start, end=closing.end)
            if _is_tight(inside.parts[0])
            else Node("group", inside.parts, "{", opening.start, closing.end)
        )
    return Node("group", inside.parts, "{", opening.start, closing.end)


def bars(parser: Parser) -> Node:
    """|x|, ‖x‖"""
    opening = parser.take()
    kind = bar_kind(opening)
    double = kind == "absolute" and parser.at("|") and not parser.here.spaced and not opening.side
    if double:
        parser.take()
        kind = "norm"
    parser.bars.append(kind)
    inside = parser.nested(Parser.statement)
    if parser.bars:
        parser.bars.pop()
    if not (parser.here.kind in ("char", "command") and bar_kind(parser.here) == ("absolute" if double else kind)):
        parser.fail("a closing bar")
    closing = parser.take()
    if double:
        closing = parser.expect("|")
    return Node(kind, (inside,), "", opening.start, closing.end)


def _is_tight(node: Node) -> bool:
    """Whether a group adds nothing: {x} is x, but {a + b} keeps its sum together."""
    return node.kind in (
        "name",
        "number",
        "script",
        "group",
        "fraction",
        "word",
        "accent",
        "face",
        "root",
        "partial",
        "big",
    )


def command_group(parser: Parser) -> Node:
    """\\{ … \\}, ⟨ … ⟩, ⌊ … ⌋"""
    opening = parser.take()
    name = "lbrace" if opening.text == "{" else opening.text
    closings = {"lbrace": ("rbrace", "}"), "langle": ("rangle",), "lfloor": ("rfloor",), "lceil": ("rceil",)}[name]
    bars, parser.bars = parser.bars, ["given"]
    items: list[Node] = []
    while not (parser.here.kind == "command" and parser.here.text in closings):
        if parser.here.kind == "end":
            parser.fail("a closing bracket")
        if at_separator(parser) or parser.at("mid") or (bar_kind(parser.here) and not opens_given_bar(parser)):
            items.append(mark(parser))
        elif is_comment(parser):
            items.append(comment_text(parser))
        else:
            items.append(parser.nested(Parser.statement))
    closing = parser.take()
    parser.bars = bars
    return Node("group", tuple(items), name, opening.start, closing.end)
