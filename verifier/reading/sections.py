"""A document as a derivation: sections with declarations, each formula with what it states."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from verifier.derivation import Claim, Derivation, Diagnostic, Origin, Role
from verifier.kernel.heads import TermError
from verifier.kernel.shapes import ShapeError
from verifier.reading.blocks import Block, Document, Formula, Given, Heading, Mark, Text
from verifier.reading.chance_in_words import said_in
from verifier.reading.comparisons import is_index, range_said
from verifier.reading.confining import confined
from verifier.reading.contexts import Context
from verifier.reading.declared import Declared
from verifier.reading.descriptions import (
    Description,
    described_names,
    description,
    is_said_of_all,
    joins,
    leads_all,
    take_in,
)
from verifier.reading.elaboration import NeedKind
from verifier.reading.environment import Environment
from verifier.reading.evidence import Evidence
from verifier.reading.grammar import parse
from verifier.reading.lookahead import formulas_of_sentence, governing_formulas, words_after
from verifier.reading.marks import plain_name
from verifier.reading.means import has_mean, is_known, means_said
from verifier.reading.optima import speaks_of_optimum
from verifier.reading.outline import Outline
from verifier.reading.parts import flattened
from verifier.reading.printed_sums import with_letters
from verifier.reading.prose import FORMULA, Sentence, announces_cases
from verifier.reading.pseudoinverses import said_pseudoinverse, starred
from verifier.reading.records import Recorder, expectation
from verifier.reading.state import Progress, State
from verifier.reading.statements import Statements
from verifier.reading.syntax import Node, relations, walk
from verifier.reading.tokens import ReadingError

LEVEL_OF_PARTS = 8
"""The level of (a), below which (i) is."""
LETTERS = re.compile(r"\\[A-Za-z]+|(?<![A-Za-z\\])[A-Za-z](?![A-Za-z])")


class DocumentReader:
    """Reads one document, with contexts and givens that apply to it."""

    def __init__(self, document: Document, contexts: Iterable[Context] = (), given: Iterable[str] = ()) -> None:
        self.document = document
        self.progress = Progress(document, diagnostics=list(document.diagnostics))
        self.claims, self.diagnostics = self.progress.claims, self.progress.diagnostics
        self.outline = Outline(document, contexts, given, self.diagnostics)
        self.parsed = {id(b): self._parse(b) for b in document.blocks if isinstance(b, Formula)}
        self.progress.parsed = self.parsed
        self.marks: list[Mark] = []
        self.early: set[int] = set()
        self.joined: list[Node] = []
        self.leading = ""
        self.waiting: Node | None = None

    def read(self) -> Derivation:
        """The whole document."""
        evidence = self._evidence(0, 0)
        first = State(Declared(Environment(), problems=self.diagnostics, evidence=evidence), evidence=evidence)
        stack = [first]
        self.outline.open(first, "", "", 1)
        for place, block in enumerate(self.document.blocks):
            if isinstance(block, Heading):
                self._heading(stack, block, place)
            else:
                self._block(stack[-1], block, place)
        self._leftover_marks()
        self.outline.report_unused()
        self.outline.close_all(stack)
        return Derivation(
            self.document.path,
            self.document.source,
            tuple(self.outline.sections),
            tuple(sorted(self.claims, key=lambda claim: claim.place.line)),
            tuple(self.diagnostics),
        )

    # structure

    def _parse(self, formula: Formula) -> Node | ReadingError:
        try:
            return parse(formula.text, formula.start, dict(self.document.macros))
        except ReadingError as error:
            return error
        except RecursionError:
            return ReadingError(
                "a formula that nests too deeply", formula.start, formula.end, "fewer brackets within brackets"
            )

    def _evidence(self, place: int, level: int) -> Evidence:
        """How names are used in the formulas of the section that starts at a block."""
        evidence = Evidence()
        for block in self.document.blocks[place:]:
            if isinstance(block, Heading) and level and block.level <= level:
                break
            if isinstance(block, Formula):
                node = self.parsed[id(block)]
                if isinstance(node, Node):
                    evidence.note(node)
        return evidence

    def _heading(self, stack: list[State], heading: Heading, place: int) -> None:
        while len(stack) > 1 and stack[-1].level >= heading.level:
            self.outline.close(stack.pop())
        self.progress.sentence = Sentence()
        state = stack[-1].inner(heading.level)
        if heading.level <= 7:
            state.evidence = state.declared.evidence = self._evidence(place + 1, heading.level)
        stack.append(state)
        line = self.document.place(heading.start, heading.end).line
        if stack[-2].cases and heading.level > LEVEL_OF_PARTS:
            state.cases, state.case, state.case_line = True, True, line
            stack[-2].listed = state.listed = stack[-2].listed or self.progress.only_headed
        self.progress.only_headed = state.cases
        self.outline.open(state, heading.title, heading.number, line)

    def _leftover_marks(self) -> None:
        for mark in self.marks:
            place = self.document.place(mark.start, mark.end)
            self.diagnostics.append(
                Diagnostic("mark-without-formula", f"the mark {mark.kind!r} is followed by no formula", place)
            )

    # blocks

    def _block(self, state: State, block: Block, place: int) -> None:
        match block:
            case Text():
                self._text(state, block.text)
                self._of_chance(state, block.text, block)
            case Given():
                self.progress.declarer(Origin.DECLARATION).text(state.declared, block.text, block.start)
                state.adopt_layout()
            case Mark():
                self.marks.append(block)
            case Formula():
                if id(block) not in self.early:
                    self.progress.sentence.later = self._words_after(place, state)
                    self._of_chance(state, self.progress.sentence.later, block)
                    self._governed(state, block, place)
                if self._is_range(place, state):
                    self.progress.sentence.after_range()
                self.progress.sentence.formula(block.display)

    def _of_chance(self, state: State, words: str, block: Block) -> None:
        """Words that say something of chance."""
        for kind in said_in(words):
            state.declared.worded.setdefault(kind, self.document.place(block.start, block.end).line)

    def _text(self, state: State, text: str) -> None:
        """Words; what governed the sentence that they end holds no longer, except for a conclusion from it, and in a
        case: until the next. It holds on in its sentence unless a word such as "but" may end it: then it may hold.
        """
        sentence = self.progress.sentence
        if not joins(text):
            self.joined, self.leading = [], ""
        announced = announces_cases(f"{sentence.words} {text}")
        case, goes_on = sentence.opens_case(), sentence.goes_on(text)
        ended = sentence.add(text)
        state.case = (state.case or (ended and case)) and not sentence.opens_case()
        if ended and not sentence.concluding:
            state.compared = []
        state.cases = state.cases or announced
        leaves = state.scope_used and bool(text.strip()) and goes_on != "on"
        if sentence.begins_anew:
            state.doubtful, state.compared = False, []
        if state.case or sentence.concluding:
            return
        if ended or leaves:
            state.scoped, state.ranges, state.introduced, state.scope_used = [], [], [], False
            state.doubtful = not ended and (state.doubtful or goes_on == "perhaps")

    def _governed(self, state: State, block: Formula, place: int) -> None:
        """A formula under what the rest of its sentence says; conditions that come after it are for it alone."""
        scoped, ranges, introduced = list(state.scoped), list(state.ranges), list(state.introduced)
        used, state.scope_used = state.scope_used, False
        self._governing(state, place)
        later = (len(state.scoped), len(state.ranges), len(state.introduced)) != (
            len(scoped),
            len(ranges),
            len(introduced),
        )
        self._formula(state, block)
        if later and state.scope_used:
            state.scoped, state.ranges, state.introduced, state.scope_used = scoped, ranges, introduced, bool(scoped)
        state.scope_used = state.scope_used or used

    def _governing(self, state: State, place: int) -> None:
        """Take in what the rest of the sentence says of the symbols of this formula before the formula is read."""
        sentence, side, chain = self.progress.sentence, state.last_side, state.last_chain
        governing = list(governing_formulas(self.document.blocks, place))
        if self._is_membership(place):
            governing = [(k, words) for k, words in governing[:1] if self._is_range(k)]
        elif governing and sentence.cue() == "declare" and self._is_range(governing[0][0], state):
            governing = [(k, words) for k, words in governing if self._is_range(k, state)]
        before = sentence.words
        for k, words in (*self._memberships(place), *governing):
            before = f"{before} {words}"
            block = self.document.blocks[k]
            if isinstance(block, Formula) and not isinstance(self.parsed[id(block)], Node):
                state.doubtful = True
            if isinstance(block, Formula) and isinstance(self.parsed[id(block)], Node):
                self.early.add(id(block))
                self.progress.sentence = Sentence(before, self._words_after(k, state))
                marks, self.marks = self.marks, []
                self._formula(state, block)
                self.marks = marks
            before = f"{before} {FORMULA} "
        self.progress.sentence, state.last_side, state.last_chain = sentence, side, chain

    def _is_membership(self, place: int) -> bool:
        node = self.parsed[id(self.document.blocks[place])]
        chains = [p for p in node.parts if p.kind == "chain"] if isinstance(node, Node) else []
        return any(relations(chain)[0] == "\\in" for chain in chains)

    def _is_range(self, place: int, state: State | None = None) -> bool:
        """Whether a formula is t ≥ 1 or the like, which says where the index of a family starts."""
        node = self.parsed[id(self.document.blocks[place])]
        said = range_said(node.parts[0], Environment()) if isinstance(node, Node) and len(node.parts) == 1 else None
        if said is None or state is None:
            return said is not None
        known = state.environment().find(said.name)
        return is_index(said.name, state.evidence) or (known is not None and known.kind == "index")

    def _words_after(self, place: int, state: State) -> str:
        return words_after(self.document.blocks, place, lambda k: self._is_range(k, state))

    def _memberships(self, place: int) -> list[tuple[int, str]]:
        """For a symbol that is only mentioned ("let A be symmetric, A ∈ …"): where its sentence says what it is."""
        blocks = self.document.blocks
        node = self.parsed[id(blocks[place])]
        if not isinstance(node, Node) or any(p.kind == "chain" for p in node.parts):
            return []
        names = {plain_name(name) for name in described_names(node)}
        found = []
        for k in formulas_of_sentence(blocks, place) if names else ():
            later = self.parsed[id(blocks[k])]
            if not isinstance(later, Node) or all(p.kind != "chain" for p in later.parts):
                continue
            if names & {plain_name(name) for name in described_names(later)}:
                found.append((k, "where"))
        return found

    def _formula(self, state: State, formula: Formula) -> None:
        node = self.parsed[id(formula)]
        marks, self.marks = self.marks, []
        mark = " ".join(filter(None, (marks[-1].kind, marks[-1].argument))) if marks else ""
        if mark == "skip":
            return
        label = formula.tag or state.label
        if isinstance(node, ReadingError):
            self._unread(state, formula, node, label, mark)
            return
        before = len(self.claims)
        whole = self._equivalence(with_letters(node, state.environment()))
        if whole is None:
            return
        node = whole
        if self._pseudoinverse(state, formula, node, label, mark):
            return
        if confined(self.document.blocks, self.parsed, self.document.blocks.index(formula), node):
            rest = [part for part in flattened(node) if not speaks_of_optimum(part)]
            beside = ReadingError("a constraint in words", formula.start, formula.end, "s.t. and it within the formula")
            self._unread(state, formula, beside, label, mark)
            if not any(part.kind == "chain" for part in rest):
                return
            node = replace(node, parts=tuple(rest))
        described = self._described(state, node)
        self._means(state, node)
        self._cited(state)
        try:
            Statements(self.progress, state, formula, label, mark).all(node)
        except Exception as error:
            del self.claims[before:]
            message = f"an error of the reader, please report it: {type(error).__name__}: {error}"
            self._unread(
                state,
                formula,
                ReadingError(message, formula.start, formula.end, "another way to write it"),
                label,
                mark,
            )
        if formula.tag and state.scoped:
            state.tagged[formula.tag] = tuple(state.scoped)
        self._take_in(state, node, described)
        if marks and len(self.claims) == before:
            place = self.document.place(marks[-1].start, marks[-1].end)
            self.diagnostics.append(Diagnostic("mark-changes-nothing", f"the mark {mark!r} changes nothing", place))
        for part in walk(node):
            if part.kind in ("name", "accent"):
                state.seen.update(filter(None, (plain_name(part),)))

    def _equivalence(self, node: Node) -> Node | None:
        """P and Q of "P if and only if Q" as one statement, at Q; at P nothing."""
        left, self.waiting = self.waiting, None
        single = len(node.parts) == 1 and node.parts[0].kind == "chain"
        if left is not None and single and self.progress.sentence.ends_equivalence():
            self.progress.sentence = self.progress.sentence.before_equivalence()
            both = Node("connective", (left, node.parts[0]), "iff", left.start, node.end)
            return replace(node, parts=(both,))
        if single and self.progress.sentence.begins_equivalence():
            self.waiting = node.parts[0]
            return None
        return node

    def _pseudoinverse(self, state: State, formula: Formula, node: Node, label: str, mark: str) -> bool:
        """Let A^+ be the pseudo-inverse of A."""
        formulas = list(self.parsed)
        place = formulas.index(id(formula)) if starred(node) else -1
        beside = [self.parsed[formulas[k]] if 0 <= k < len(formulas) else None for k in (place - 1, place + 1)]
        before, after = (other if isinstance(other, Node) else None for other in beside)
        name = said_pseudoinverse(node, self.progress.sentence, before, after) if place >= 0 else None
        if name is None or state.environment().find(f"{name}+") is not None:
            return False
        self.progress.declarer(Origin.DECLARATION).pseudoinverse(state.declared, name, node)
        Recorder(self.progress, state, formula, label=label, mark=mark, premise=None).given(node, Role.DECLARATION)
        return True

    def _take_in(self, state: State, node: Node, described: Description) -> None:
        """Enter what the words beside a formula say, of those that are joined to it too if they are said of all."""
        sentence, names = self.progress.sentence, described_names(node)
        others = self.joined if is_said_of_all(sentence.later) else []
        words = described.words or (self.leading if names else "")
        if words:
            cue = sentence.cue()
            for_sentence = cue in ("condition", "consequence")
            into = replace(state.declared, hypotheses=state.scoped) if for_sentence else state.declared
            take_in(into, self.progress.declarer(Origin.DECLARATION), node, words, cue == "declare", others)
        if not self.joined and leads_all(sentence.words):
            self.leading = described.words
        self.joined = [*self.joined, node] if names else []

    def _cited(self, state: State) -> None:
        """What a cited equation holds under, what is said with it holds under too."""
        for tag in sorted(self.progress.sentence.cites() & state.tagged.keys()):
            state.scoped += [h for h in state.tagged[tag] if h not in state.scoped]

    def _described(self, state: State, node: Node) -> Description:
        """What a sentence says of the symbols that a formula introduces or mentions, in words."""
        sentence = self.progress.sentence
        names = described_names(node)
        if names and has_mean(sentence):
            if not is_known(sentence):
                self._leave_to_words(state, node, names)
            return Description()
        if not names or sentence.denies():
            return Description()
        found = description(sentence.words, sentence.later)
        if found.unknown and sentence.cue() in ("declare", "condition"):
            self._leave_to_words(state, node, names)
        return found

    def _leave_to_words(self, state: State, node: Node, names: Iterable[Node]) -> None:
        """Words say something of the symbols that is not understood: nothing about them is refuted."""
        for name in filter(None, map(plain_name, names)):
            state.declared.worded[name] = self.document.place(node.start, node.end).line

    def _means(self, state: State, node: Node) -> None:
        """Enter that the symbols before have the mean that a formula is, where the text says that this is known."""
        sentence = self.progress.sentence
        scoped = sentence.cue() == "condition"
        into = replace(state.declared, hypotheses=state.scoped) if scoped else state.declared
        for equation in means_said(sentence, state.formulas, node, self.document.source):
            try:
                self.progress.declarer(Origin.CONDITION).hypothesis(into, equation)
            except (ReadingError, ShapeError, TermError, NeedKind):
                state.doubtful = True

    def _doubt(self, state: State, formula: Formula) -> None:
        """A condition that is not read: nothing is refuted in its sentence; after "let", about its letters."""
        sentence = self.progress.sentence
        cue = sentence.cue()
        if cue == "declare":
            line = self.document.place(formula.start, formula.end).line
            for name in LETTERS.findall(formula.text):
                state.declared.worded.setdefault(name.removeprefix("\\"), line)
        elif cue == "condition" or sentence.gives_reason() or sentence.is_premise():
            state.doubtful = True

    def _unread(self, state: State, formula: Formula, error: ReadingError, label: str, mark: str) -> None:
        self._doubt(state, formula)
        place = self.document.place(max(error.start, formula.start), max(error.end, error.start + 1))
        text = " ".join(formula.text.split())
        whole = self.document.place(formula.outer_start, formula.outer_end)
        self.claims.append(
            Claim(
                f"c{next(self.progress.numbers)}",
                whole,
                Role.CLAIM if formula.display or _has_relation(formula.text) else Role.MENTION,
                section=state.section,
                label=label,
                left=text,
                mark=mark,
                problem=Diagnostic("unread", error.message, place, expectation(error)),
            )
        )
        state.last_side = None


def _has_relation(text: str) -> bool:
    return any(
        sign in text for sign in ("=", "<", ">", "\\le", "\\ge", "\\approx", "\\implies", "\\Rightarrow", "\\iff")
    )
