"""One formula in its sentence: how it is read, and the definitions, recurrences and first members in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from verifier.derivation import Hypothesis, Origin, Role
from verifier.kernel.randomness import DECLARATIONS
from verifier.kernel.terms import Term, free_names, subterms
from verifier.reading.blocks import Formula
from verifier.reading.confining import confined
from verifier.reading.definitions import defined_by
from verifier.reading.inference import Reading
from verifier.reading.layouts import read_in_layouts
from verifier.reading.minimised import said_to_be_optimal
from verifier.reading.optima import LATER
from verifier.reading.records import Recorder, Written
from verifier.reading.recurrences import (
    is_member,
    is_recursive,
    is_shifted_member,
    is_single_member,
    numbered_member,
    only_uses,
    recurrence,
)
from verifier.reading.state import Progress, State
from verifier.reading.syntax import Node, relations
from verifier.reading.tokens import ReadingError


class OneFormula:
    """A formula, with what is in force where it stands."""

    def __init__(self, progress: Progress, state: State, formula: Formula, label: str, mark: str) -> None:
        self.progress, self.state, self.formula = progress, state, formula
        self.document = progress.document
        self.cue = progress.sentence.cue()
        sentence = progress.sentence
        in_words = sentence.denies() or state.doubtful or state.among_cases() or sentence.assumes_in_words()
        in_words = in_words or (sentence.premise_in_words() and not state.scoped)
        premise = self.document.place(formula.start, formula.start).line if in_words else None
        self.first, self.linked, self.heads_case = True, False, False
        self.record = Recorder(progress, state, formula, label=label, mark=mark, premise=premise)

    def _read(self, node: Node) -> tuple[Reading, Iterable[Reading]]:
        line = self.document.place(node.start, node.start).line
        return read_in_layouts(self.state, node, self.document.source, line)

    def _in_words(self, node: Node) -> bool:
        """Whether the words before a formula claim that something is optimal; then that is judged."""
        found = said_to_be_optimal(self.progress.sentence, self.state.formulas, node)
        if found is None:
            return False
        claim, objective, verb = found
        blocks = self.document.blocks
        beside = confined(blocks, self.progress.parsed, blocks.index(self.formula), claim)
        if beside or LATER.match(self.progress.sentence.later):
            error = ReadingError("a constraint beside the formula", node.start, node.end, "s.t. within the formula")
            self.record.problem(Written(node), "unread", error, Role.CLAIM)
            return True
        reading, others = self._read(claim)
        written = Written(claim.parts[0], f"\\text{{ {verb} }}", objective, next(self.progress.chains))
        self.record.step(written, reading, others, 0)
        return True

    def _defines(self, node: Node) -> bool:
        """Enter the first equation of a chain if it defines its left side, or is a recurrence."""
        declarer = self.progress.declarer(Origin.DEFINITION)
        if numbered_member(self.state.environment(), node.parts[0]) is not None:
            return self._starts(node)
        return self._recurs(node) or bool(defined_by(self.state, declarer, node, self.cue == "declare"))

    def _recurs(self, node: Node) -> bool:
        """w_{t+1} = f(w_t) holds for every t from here on."""
        shifted = is_shifted_member(node.parts[0])
        if relations(node)[0] != "=" or not (shifted or is_member(node.parts[0])):
            return False
        first = replace(node, parts=node.parts[:2], text="=")
        reading, _ = self._read(first)
        step = reading.steps[0] if reading.steps else None
        if step is None or not (shifted or is_recursive(step)):
            return False
        hypothesis = recurrence(step, self.state.environment(), self._said(step))
        if hypothesis is None:
            return False
        self._holds(hypothesis, reading, node)
        return True

    def _starts(self, node: Node) -> bool:
        """w_0 = 1 holds from here on, unless something was said of w_0 before, or of w_2 in w_2 = 1."""
        if relations(node)[0] not in ("=", ":="):
            return False
        reading, _ = self._read(replace(node, parts=node.parts[:2], text="="))
        step = reading.steps[0] if reading.steps else None
        if step is None or step.head != "equal" or step.args[0].head != "symbol":
            return False
        member = step.args[0]
        first = member.data[2] == ((),)
        known = any(member in subterms(h.statement) for h in self.state.declared.hypotheses)
        if known or member in subterms(step.args[1]) or (member.data[0] in self._said() and not first):
            return False
        self._holds(step, reading, node)
        return True

    def _said(self, recurring: Term | None = None) -> set[str]:
        """The names of which something is in force, other than of single members, and in recurrences beside this."""
        statements = [h.statement for h in self.state.declared.hypotheses if not _is_of_chance(h.statement)]
        if recurring is not None and recurring.head == "equal" and recurring.args[0].head == "symbol":
            family = recurring.args[0].data[0]
            statements = [s for s in statements if not only_uses(s, family, recurring)]
        members = {p for s in statements for p in subterms(s) if p.head == "symbol" and not is_single_member(p)}
        return {p.data[0] for p in members} & {name for s in statements for name in free_names(s)}

    def _holds(self, statement: Term, reading: Reading, node: Node) -> None:
        """What defines members of a family holds from here on."""
        line = self.document.place(node.start, node.end).line
        self.state.fixed.update(reading.kinds)
        self.state.declared.hypotheses.append(Hypothesis(statement, Origin.DEFINITION, line))


def _is_of_chance(statement: Term) -> bool:
    """Whether a statement says that symbols are random, or independent, and nothing of their values."""
    while statement.head == "for_all":
        statement = statement.args[0]
    return statement.head in DECLARATIONS or (statement.head == "property" and statement.data[0] == "random")
