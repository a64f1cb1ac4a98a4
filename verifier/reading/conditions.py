"""The conditions in a formula: what is set, supposed or asked for, and how far it reaches."""

from __future__ import annotations

from verifier.derivation import Hypothesis, Origin, Role
from verifier.kernel.shapes import SCALAR
from verifier.kernel.terms import Term
from verifier.reading.comparisons import is_index, range_said
from verifier.reading.environment import Meaning
from verifier.reading.inference import Reading
from verifier.reading.introductions import numbers_introduced
from verifier.reading.layouts import differentiates_name, mentions_derivative
from verifier.reading.marks import name_of_symbol, plain_name
from verifier.reading.one_formula import OneFormula
from verifier.reading.parts import (
    SILENT,
)
from verifier.reading.prose import FORMULA
from verifier.reading.records import Written
from verifier.reading.settling import as_hypothesis
from verifier.reading.stationary import vanishes, variable_of
from verifier.reading.syntax import Node, relations, walk


class Conditions(OneFormula):
    """A formula that may set conditions."""

    def _says_range(self, node: Node, parts: list[Node]) -> bool:
        """For t ≥ 1, where t stands as an index: its range, for the sentence."""
        chains = [part for part in parts if part.kind not in SILENT]
        if len(chains) != 1 or not self.progress.sentence.quantifies():
            return False
        meaning = range_said(chains[0], self.state.environment())
        if meaning is None or not is_index(meaning.name, self.state.evidence):
            return False
        known = self.state.environment().find(meaning.name)
        if known is not None and known.kind != "index":
            return False
        self.state.ranges.append(meaning)
        self.record.given(node, Role.CONDITION)
        return True

    def _asks(self, node: Node, parts: list[Node]) -> bool:
        """I am not sure if a > 0: what is not known is no claim."""
        if not self.progress.sentence.is_unsure() or not any(part.kind == "chain" for part in parts):
            return False
        self.record.given(node, Role.MENTION)
        return True

    def _heads_case(self, labelled: bool) -> bool:
        """Whether a chain heads one of a list of cases: (ii) a > 0. What held in another holds no longer."""
        named = self.progress.sentence.names_case()
        line = self.document.place(self.formula.start, self.formula.end).line
        if self.state.cases and line == self.state.case_line:
            return True
        if not self.state.cases or not (labelled or named):
            return False
        if labelled or FORMULA not in self.progress.sentence.words:
            self.state.scoped, self.state.case = [], True
            self.state.listed = self.state.listed or self.progress.only_headed
            self.progress.only_headed = True
            self.state.doubtful = False
            self.progress.sentence.start()
        return True

    def _doubt(self, node: Node) -> None:
        """A condition that is not understood: nothing is refuted in its sentence, or about what it speaks of."""
        if self.cue != "declare":
            self.state.doubtful = True
            return
        if self._is_defined(node):
            return
        line = self.document.place(node.start, node.end).line
        for name in {plain_name(part) for part in walk(node)} - {None}:
            self.state.declared.worded.setdefault(str(name), line)

    def _is_defined(self, node: Node) -> bool:
        """Whether an equation says anew what a symbol is that is defined already: that is what is meant by it."""
        name = name_of_symbol(node.parts[0]) if node.kind == "chain" and relations(node)[0] == "=" else None
        meaning = self.state.environment().find(name) if name is not None else None
        return meaning is not None and meaning.definition is not None

    def _sets_to_zero(self, node: Node) -> bool:
        """∇L = … = 0, or an equation after "set to zero": the last step is a condition."""
        if relations(node)[-1] != "=" or not is_zero(node.parts[-1]):
            return False
        if self.cue == "set":
            return True
        first = node.parts[0]
        return mentions_derivative(first) and (
            len(node.parts) > 2 or differentiates_name(first, self.state.environment())
        )

    def _is_constraint(self, node: Node) -> bool:
        """Whether a chain is an equation between terms: not for a bare symbol, of no derivative, and not to zero."""
        bare = any(name_of_symbol(part) is not None for part in node.parts)
        equation = relations(node) == ["="] and not is_zero(node.parts[-1])
        return equation and not bare and not any(map(mentions_derivative, node.parts))

    def _set(self, written: Written, reading: Reading, k: int) -> None:
        step = reading.steps[k] if k < len(reading.steps) else None
        if step is not None:
            self._is_set(step, reading, self.document.place(written.left.start, written.end).line)
        self.record.said(written, Role.CONDITION)

    def _set_in_words(self, node: Node, reading: Reading) -> None:
        """After "differentiate and set to zero", the last side of ∂L/∂w = … is zero from here on."""
        last = reading.sides[-1] if reading.sides else None
        equations = all(sign in ("=", "==") for sign in relations(node))
        if self.cue != "set" or last is None or not equations or variable_of(reading.sides[0]) is None:
            return
        if self.progress.sentence.sets_to_zero():
            self._is_set(vanishes(last), reading, self.document.place(node.start, node.end).line)

    def _is_set(self, statement: Term, reading: Reading, line: int) -> None:
        """A condition in force from here on, and what it is a condition on."""
        condition = Hypothesis(statement, Origin.CONDITION, line)
        if self.state.cases:
            self.state.scoped.append(condition)
            return
        self.state.declared.hypotheses.append(condition)
        variable = variable_of(reading.sides[0]) if reading.sides else None
        if variable is not None:
            self.state.stationary.append((variable, condition))

    def _hypotheses(self, node: Node, into: list[Hypothesis]) -> bool:
        reading, _ = self._read(node)
        if not reading.complete:
            return False
        line = self.document.place(node.start, node.end).line
        self.state.fixed.update(reading.kinds)
        said = [*self.state.declared.hypotheses, *self.state.scoped]
        steps = [as_hypothesis(s, said) for s in reading.steps if s is not None]
        into.extend(Hypothesis(step, Origin.CONDITION, line) for step in steps)
        self._introduce(reading, line)
        self.record.given(node, Role.CONDITION)
        return True

    def _introduce(self, reading: Reading, line: int) -> None:
        """After let, assume, for all, if: a name that nobody declared, compared with a number, is one from here on.

        After "for" and "if" it is one for the sentence; after "if", only if it was not spoken of before.
        """
        quantified = self.progress.sentence.quantifies()
        if self.cue != "declare" and not quantified and not self.progress.sentence.is_condition():
            return
        for name in numbers_introduced(reading, self.progress.sentence, self.state.evidence):
            meaning = Meaning(name, "symbol", SCALAR, origin=Origin.DECLARATION, line=line)
            if quantified or (self.cue != "declare" and name not in self.state.seen):
                self.state.introduced.append(meaning)
            elif self.cue != "declare":
                continue
            else:
                self.state.declared.environment = self.state.declared.environment.extended(meaning)


def is_zero(node: Node) -> bool:
    """Whether a side is a bare 0."""
    while node.kind in ("face", "script", "group") and node.parts:
        node = node.parts[0]
    return node.kind == "number" and node.text == "0"
