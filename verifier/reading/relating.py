"""Relations in declarations: definitions, names for one symbol, recurrences, and hypotheses."""

from __future__ import annotations

from dataclasses import dataclass, replace

from verifier.kernel.linear import ONE, variable
from verifier.kernel.terms import Term, free_indices
from verifier.reading.chances import Chances
from verifier.reading.declared import Declared
from verifier.reading.defining import define
from verifier.reading.elaboration import Elaboration, NeedKind
from verifier.reading.environment import Meaning
from verifier.reading.marks import plain_name
from verifier.reading.recurrences import first_member, is_recursive, is_shifted_member, numbered_member, recurrence
from verifier.reading.settling import as_hypothesis, settled, settled_statement
from verifier.reading.syntax import Node
from verifier.reading.targets import Target, definition_target
from verifier.reading.tokens import ReadingError


@dataclass(frozen=True)
class Relating(Chances):
    """Takes in relations that are in force from here on."""

    # definitions

    def same_symbol(self, into: Declared, node: Node) -> None:
        """X ≡ x: the second name is another face of the first"""
        first, second = (plain_name(part) for part in node.parts)
        if first is None or second is None:
            raise ReadingError("≡ between more than symbols", node.start, node.end, "two symbols")
        for new, old in ((first, second), (second, first)):
            meaning = into.environment.find(old)
            if meaning is not None and meaning.kind == "symbol":
                symbol = Term("symbol", (), (old, meaning.shape, ()))
                alias = Meaning(new, "alias", meaning.shape, template=((), symbol), origin=self.origin)
                self.enter(into, replace(alias, line=self.line(node.start)), node)
                return
        raise ReadingError("neither symbol is declared", node.start, node.end, "one of them declared before")

    def defines(self, into: Declared, node: Node, only_new: bool) -> bool:
        """left := right, where left is a new symbol, function or template. False if it is none."""
        left, right = node.parts
        if is_shifted_member(left):
            return self._recurs(into, node)
        if numbered_member(into.environment, left) is not None:
            self.hypothesis(into, replace(node, text="="))
            return True
        found = definition_target(self.reader(into), left)
        if found is None:
            if only_new:
                return False
            raise ReadingError("the left side of :=", left.start, left.end, "a new symbol or function")
        read = self.reader(into)
        if found.letters and not found.parameters and self._alias(into, found, right, read):
            return True
        if only_new and into.environment.find(found.name) is not None:
            return False
        if found.above:
            raise ReadingError("a superscript on the left", left.start, left.end, "a name, as in A^h := A_{:,h}")
        define(into, self, found, right, node)
        return True

    def _recurs(self, into: Declared, node: Node) -> bool:
        """w_{t+1} = f(w_t) holds for every t: no definition of a symbol w_{t+1}."""
        (step,) = settled_statement(self.reader(into), replace(node, text="="))
        proposition = recurrence(step, into.environment)
        if proposition is not None:
            self.note(into, proposition, node)
        return proposition is not None

    def _alias(self, into: Declared, found: Target, right: Node, read: Elaboration) -> bool:
        """A_h := A_{h,:}, x_i := (X)_{i,:}^T: a name for rows, columns, entries"""
        for letter in found.letters:
            read.free[letter] = (ONE, variable(f"?#{letter}"))
        stem = found.name.removesuffix("_")
        known = into.environment.find(stem)
        if known is None or known.kind != "symbol" or known.is_family:
            return False
        term = settled(read, right)
        if not _is_slice(term):
            return False
        name = stem + ("^" if found.above else "_")
        alias = Meaning(name, "alias", term.space(), template=(found.letters, term), origin=self.origin)
        self.enter(into, replace(alias, line=self.line(right.start)), right)
        return True

    # hypotheses

    def hypothesis(self, into: Declared, node: Node) -> None:
        """A relation in force from here on."""
        read = self.reader(into)
        try:
            statements = settled_statement(read, node)
        except NeedKind as error:
            if error.name != "I":
                raise
            read = self.reader(replace(into, environment=into.environment.extended(Meaning("I", "identity"))))
            statements = settled_statement(read, node)
        indices = {name: read.range_of(name) or bound for name, bound in read.free.items()}
        for statement in statements:
            proposition = statement
            if is_recursive(statement):
                proposition = recurrence(statement, into.environment) or statement
            for name, (low, high) in indices.items():
                if name in free_indices(proposition):
                    first = first_member(statement, name, into.environment, low)
                    resolved = None if high is None or any(str(a).startswith("?") for a, _ in high) else high
                    proposition = Term("for_all", (proposition,), (name, first, resolved))
            self.note(into, as_hypothesis(self.for_every_index(into, proposition), into.hypotheses), node)


def _is_slice(term: Term) -> bool:
    inner = term.args[0] if term.head == "transpose" else term
    return inner.head in ("row", "column", "entry")
