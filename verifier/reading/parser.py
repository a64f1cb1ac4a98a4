"""One formula being read: its tokens, and where the reading stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from verifier.reading.commands import (
    DEEPEST,
)
from verifier.reading.letters import letter_macros
from verifier.reading.syntax import Node
from verifier.reading.tokens import ReadingError, Token


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules that call each other round in a circle, each in a module of its own."""

    statements: Callable[[Parser, Callable[[], bool], bool], Node]
    statement: Callable[[Parser], Node]
    expression: Callable[[Parser], Node]
    atom: Callable[[Parser], Node]


class Parser:
    """One formula being read."""

    def __init__(self, tokens: list[Token], end: int, rules: Rules, letters: frozenset[str] | None = None) -> None:
        self.rules = rules
        self.tokens, self.position, self.depth = tokens, 0, 0
        self.letters = letter_macros(tokens) if letters is None else letters
        self.end = Token("end", "end of the formula", end, end)
        self.bars: list[str] = []
        self.scripts, self.square = 0, False
        self.outermost, self.called = False, False

    @property
    def here(self) -> Token:
        """The next token."""
        return self.tokens[self.position] if self.position < len(self.tokens) else self.end

    def ahead(self, distance: int = 1) -> Token:
        """A token further on."""
        place = self.position + distance
        return self.tokens[place] if place < len(self.tokens) else self.end

    def take(self) -> Token:
        """The next token, consumed."""
        token = self.here
        if token.kind != "end":
            self.position += 1
        return token

    def at(self, *texts: str) -> bool:
        """Whether the next token is one of these signs or commands."""
        return self.here.kind in ("char", "command", "newline") and self.here.text in texts

    def expect(self, text: str) -> Token:
        """The next token, which must be this one."""
        if not self.at(text):
            self.fail(f"{text!r}")
        return self.take()

    def fail(self, expected: str) -> Node:
        """Raise ReadingError at the next token."""
        token = self.here
        found = token.text if token.kind == "end" else repr(("\\" if token.kind == "command" else "") + token.text)
        raise ReadingError(f"found {found}, expected {expected}", token.start, token.end, expected)

    def nested(self, rule: Callable[[Parser], Node]) -> Node:
        """What a rule reads, one level further down."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise ReadingError(
                f"more than {DEEPEST} levels of nesting",
                self.here.start,
                self.here.end,
                "fewer brackets within brackets",
            )
        try:
            return rule(self)
        finally:
            self.depth -= 1

    def raw_group(self, place: int) -> tuple[list[Token], int]:
        """The tokens of a braced group, or the one token, at a place; and the place after it."""
        if place >= len(self.tokens):
            return [], place
        if self.tokens[place].text != "{":
            return [self.tokens[place]], place + 1
        depth = 0
        for k in range(place, len(self.tokens)):
            depth += (self.tokens[k].text == "{") - (self.tokens[k].text == "}")
            if depth == 0:
                return self.tokens[place + 1 : k], k + 1
        return [], len(self.tokens)

    def ends_here(self) -> bool:
        """Whether a side or group ends here."""
        return self.here.kind in ("end", "newline") or self.at(")", "]", "}", "rbrace", "end")

    def skip_breaks(self) -> None:
        """Line breaks, alignment marks, and the space with which a line that goes on begins."""
        broken = False
        while self.here.kind == "newline" or self.at("&") or (broken and self.is_blank()):
            broken = broken or self.here.kind == "newline"
            self.take()

    def is_blank(self) -> bool:
        """\\quad, {} before a sign or operator."""
        if self.at("quad", "qquad"):
            return True
        return (self.at("{") and self.ahead().text == "}") or (
            self.at("}") and self.tokens[self.position - 1].text == "{"
        )

    # rules

    def statements(self, stop: Callable[[], bool], outermost: bool = False) -> Node:
        """Statements between separators; texts between them are kept."""
        return self.rules.statements(self, stop, outermost)

    def statement(self) -> Node:
        """A chain of relations, or two joined by ⟹ or ⟺."""
        return self.rules.statement(self)

    def expression(self) -> Node:
        """± product ± product …"""
        return self.rules.expression(self)

    def atom(self) -> Node:
        """One item without its scripts."""
        return self.rules.atom(self)

    def formula(self) -> Node:
        """Everything, to the end."""
        node = self.statements(lambda: self.here.kind == "end", outermost=True)
        if self.here.kind != "end":
            self.fail("the end of the formula")
        return node
