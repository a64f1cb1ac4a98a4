"""What words in declarations say of symbols: A is symmetric, σ is the sigmoid, n dimension."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from verifier.kernel.heads import TermError
from verifier.kernel.linear import constant, variable
from verifier.kernel.shapes import ShapeError, column
from verifier.kernel.terms import Term
from verifier.reading.declared import Declared, Entering
from verifier.reading.environment import Meaning
from verifier.reading.marks import base_and_marks, plain_name
from verifier.reading.settling import settled
from verifier.reading.syntax import Node
from verifier.reading.tokens import ReadingError
from verifier.reading.vocabulary import SAYS_MORE, properties_in, role_in

ZERO = Term("number", (), (Fraction(0),))


@dataclass(frozen=True)
class Wording(Entering):
    """Takes in words about symbols."""

    def words(self, into: Declared, node: Node, words: str) -> None:
        """A is symmetric, X has full column rank, σ is the sigmoid, n dimension"""
        name = plain_name(base_and_marks(node)[0])
        if "unit vector" in words.lower() and name is not None:
            self._unit_vectors(into, name, words, node)
            return
        role = role_in(words.lower())
        if role is not None and name is not None:
            self._role(into, node, *role)
            return
        if not self.described(into, node, words):
            raise ReadingError(
                f"the words {words.strip()!r}", node.start, node.end, "a property, as in “A is symmetric”"
            )

    def described(self, into: Declared, node: Node, words: str) -> bool:
        """Take in the properties and signs that words state of a symbol. False if they state none.

        Raises ReadingError if they say more than is understood.
        """
        properties, signs, rest = properties_in(words)
        more = SAYS_MORE.search(rest)
        if more is not None:
            raise ReadingError(f"the word {more.group()!r}", node.start, node.end, "a property, as in “A is symmetric”")
        if not properties and not signs:
            return False
        symbol = settled(self.reader(into), node)
        if symbol.space().is_scalar and {"symmetric", "skew"} & set(properties):
            raise ReadingError("a symmetric number", node.start, node.end, "a matrix")
        if "constant" in properties and not _may_be_random(into, symbol):
            if "constant" in words.lower():
                raise ReadingError("the word 'constant'", node.start, node.end, "a symbol that is not random")
            properties = tuple(prop for prop in properties if prop != "constant")
        for prop in properties:
            self.note(into, Term("property", (symbol,), (prop,)), node)
        for head in signs:
            if not symbol.space().is_scalar:
                raise ReadingError("a sign of a vector or matrix", node.start, node.end, "its entries, or definite")
            self.note(into, Term(head, (symbol, ZERO)), node)
        return bool(properties or signs)

    def suits(self, into: Declared, node: Node, properties: tuple[str, ...], signs: tuple[str, ...]) -> bool:
        """Whether the properties and signs can be said of a symbol."""
        symbol = settled(self.reader(into), node)
        try:
            for prop in properties:
                Term("property", (symbol,), (prop,))
        except (ShapeError, TermError):
            return False
        return not signs or symbol.space().is_scalar

    def _role(self, into: Declared, node: Node, kind: str, target: str) -> None:
        meaning = Meaning("", kind, target=target)
        if kind == "index":
            meaning = replace(meaning, range=(constant(0), None))
        self.declare(into, node, meaning)

    def _unit_vectors(self, into: Declared, name: str, words: str, node: Node) -> None:
        match = re.search(r"R\s*\^\s*\{?\s*([A-Za-z])", words)
        if match is None:
            raise ReadingError("unit vectors of which space?", node.start, node.end, "e_i unit vectors in R^n")
        meaning = Meaning(name, "unit", column(variable(match.group(1))), origin=self.origin)
        self.enter(into, replace(meaning, line=self.line(node.start)), node)


def _may_be_random(into: Declared, symbol: Term) -> bool:
    """Whether a term is a symbol by itself: no member of a family, nothing defined, no index."""
    meaning = into.environment.find(str(symbol.data[0])) if symbol.head == "symbol" and not symbol.data[2] else None
    return meaning is not None and meaning.definition is None
