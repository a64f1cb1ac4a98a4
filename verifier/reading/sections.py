"""A document as a derivation: sections with declarations; each formula a declaration, definition, condition or claim."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import count

from verifier.derivation import Claim, Derivation, Diagnostic, Hypothesis, Origin, Role, Section
from verifier.kernel.heads import TermError
from verifier.kernel.sequents import ClaimError, Sequent
from verifier.kernel.shapes import ShapeError
from verifier.kernel.terms import Term, free_names, subterms
from verifier.reading.blocks import Block, Document, Formula, Given, Heading, Mark, Text
from verifier.reading.claims import Facts, sequent_of
from verifier.reading.contexts import Context
from verifier.reading.declarations import Declared, Declarer, as_property
from verifier.reading.definitions import defined_by
from verifier.reading.elaboration import NeedKind
from verifier.reading.environment import Dimensions, Environment
from verifier.reading.grammar import parse
from verifier.reading.inference import Evidence, Reader, Reading
from verifier.reading.names import plain_name
from verifier.reading.prose import Sentence
from verifier.reading.symbols import symbol_entries
from verifier.reading.syntax import Node, relations, walk
from verifier.reading.tokens import ReadingError

LAYOUTS = ("numerator", "denominator", "mixed")
NOTHING = ("text", "separator", "placeholder")


@dataclass
class State:
    """Where reading has got to in one section."""

    declared: Declared
    dimensions: Dimensions = field(default_factory=Dimensions)
    evidence: Evidence = field(default_factory=Evidence)
    assumed: dict[str, str] = field(default_factory=dict)
    fixed: dict[str, str] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    layout: str = ""
    layout_line: int | None = None
    last_side: Node | None = None
    last_chain: int = 0
    scoped: list[Hypothesis] = field(default_factory=list)
    scope_used: bool = False
    level: int = 0
    section: int = 0
    label: str = ""

    def inner(self, level: int) -> State:
        """The state at the start of a section inside this one."""
        declared = replace(
            self.declared, environment=self.declared.environment.inner(), hypotheses=list(self.declared.hypotheses)
        )
        return replace(
            self,
            declared=declared,
            dimensions=self.dimensions.copy(),
            assumed=dict(self.assumed),
            fixed=dict(self.fixed),
            seen=set(self.seen),
            last_side=None,
            scoped=[],
            scope_used=False,
            level=level,
        )


class DocumentReader:
    """Reads one document, with contexts and givens that apply to it."""

    def __init__(self, document: Document, contexts: Iterable[Context] = (), given: Iterable[str] = ()) -> None:
        self.document, self.contexts, self.given = document, tuple(contexts), tuple(given)
        self.source = document.source
        self.claims: list[Claim] = []
        self.sections: list[Section] = []
        self.diagnostics: list[Diagnostic] = list(document.diagnostics)
        self.parsed = {id(b): self._parse(b) for b in document.blocks if isinstance(b, Formula)}
        self.numbers = count(1)
        self.chains = count(1)
        self.sentence = Sentence()
        self.marks: list[Mark] = []
        self.used_contexts: set[tuple[int, str]] = set()

    def read(self) -> Derivation:
        """The whole document."""
        first = State(Declared(Environment(), problems=self.diagnostics), evidence=self._evidence(0, 0))
        stack = [first]
        self._open_section(first, "", "", 1)
        for place, block in enumerate(self.document.blocks):
            if isinstance(block, Heading):
                self._heading(stack, block, place)
            else:
                self._block(stack[-1], block)
        self._leftover_marks()
        self._unused_contexts()
        self._close_sections(stack)
        return Derivation(
            self.document.path, self.source, tuple(self.sections), tuple(self.claims), tuple(self.diagnostics)
        )

    # structure

    def _parse(self, formula: Formula) -> Node | ReadingError:
        try:
            return parse(formula.text, formula.start, dict(self.document.macros))
        except ReadingError as error:
            return error
        except RecursionError:
            return ReadingError("a formula that nests too deeply", formula.start, formula.end)

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
            self._close_section(stack.pop())
        self.sentence.start()
        state = stack[-1].inner(heading.level)
        if heading.level <= 7:
            state.evidence = self._evidence(place + 1, heading.level)
        stack.append(state)
        line = self.document.place(heading.start, heading.end).line
        self._open_section(state, heading.title, heading.number, line)

    def _open_section(self, state: State, title: str, number: str, line: int) -> None:
        state.section, state.label = len(self.sections), number
        self.sections.append(Section(title, number, line))
        if not number and state.section == 0:
            for text in self.given:
                self._context_declarer(text, Origin.CONTEXT).text(state.declared, text, 0)
        for k, context in enumerate(self.contexts):
            for part in context.parts:
                if part.number == number and (number or state.section == 0):
                    self.used_contexts.add((k, part.number))
                    context.declarer(part).text(state.declared, part.text, part.offset)
        self._adopt_layout(state)

    def _adopt_layout(self, state: State) -> None:
        if state.declared.layout and state.declared.layout != state.layout:
            state.layout, state.layout_line = state.declared.layout, None

    def _close_section(self, state: State) -> None:
        entries = symbol_entries(state.declared.environment, state.assumed, state.dimensions, state.declared.hypotheses)
        self.sections[state.section] = replace(
            self.sections[state.section], layout=state.layout, layout_line=state.layout_line, symbols=entries
        )

    def _close_sections(self, stack: list[State]) -> None:
        while stack:
            self._close_section(stack.pop())

    def _leftover_marks(self) -> None:
        for mark in self.marks:
            place = self.document.place(mark.start, mark.end)
            self.diagnostics.append(
                Diagnostic("mark-without-formula", f"the mark {mark.kind!r} is followed by no formula", place)
            )

    def _unused_contexts(self) -> None:
        for k, context in enumerate(self.contexts):
            for part in context.parts:
                if part.number and (k, part.number) not in self.used_contexts and part.text.strip():
                    message = f"the context section {part.number} matches no section of {self.document.path}"
                    self.diagnostics.append(Diagnostic("context-unmatched", message, context.place(part)))

    # declarers

    def _declarer(self, origin: Origin) -> Declarer:
        def line(offset: int) -> int:
            return self.document.place(offset, offset).line

        return Declarer(origin, self.source, dict(self.document.macros), self.document.place, line)

    def _context_declarer(self, text: str, origin: Origin) -> Declarer:
        def nowhere(offset: int) -> int | None:
            return None

        return Declarer(origin, text, dict(self.document.macros), lambda start, end: None, nowhere)

    # blocks

    def _block(self, state: State, block: Block) -> None:
        match block:
            case Text():
                if self.sentence.add(block.text) or (state.scope_used and block.text.strip()):
                    state.scoped, state.scope_used = [], False
            case Given():
                self._declarer(Origin.DECLARATION).text(state.declared, block.text, block.start)
                self._adopt_layout(state)
            case Mark():
                self.marks.append(block)
            case Formula():
                self._formula(state, block)
                self.sentence.formula()

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
        _Statements(self, state, formula, label, mark).all(node)
        if marks and len(self.claims) == before:
            place = self.document.place(marks[-1].start, marks[-1].end)
            self.diagnostics.append(Diagnostic("mark-changes-nothing", f"the mark {mark!r} changes nothing", place))
        for part in walk(node):
            if part.kind in ("name", "accent"):
                state.seen.update(filter(None, (_plain(part),)))

    def _unread(self, state: State, formula: Formula, error: ReadingError, label: str, mark: str) -> None:
        place = self.document.place(max(error.start, formula.start), max(error.end, error.start + 1))
        text = " ".join(formula.text.split())
        whole = self.document.place(formula.outer_start, formula.outer_end)
        self.claims.append(
            Claim(
                f"c{next(self.numbers)}",
                whole,
                Role.CLAIM if _has_relation(formula.text) else Role.MENTION,
                section=state.section,
                label=label,
                left=text,
                mark=mark,
                problem=Diagnostic("unread", error.message, place, _expected(error)),
            )
        )
        state.last_side = None


def _plain(node: Node) -> str | None:
    return plain_name(node)


def _expected(error: ReadingError) -> str:
    return f"expected {error.expected}" if error.expected and "expected" not in error.message else ""


def _has_relation(text: str) -> bool:
    return any(
        sign in text for sign in ("=", "<", ">", "\\le", "\\ge", "\\approx", "\\implies", "\\Rightarrow", "\\iff")
    )


class _Statements:
    """The statements of one formula."""

    def __init__(self, reader: DocumentReader, state: State, formula: Formula, label: str, mark: str) -> None:
        self.reader, self.state, self.formula, self.label, self.mark = reader, state, formula, label, mark
        self.document = reader.document
        self.cue = reader.sentence.cue()
        self.premise = (
            self.document.place(formula.start, formula.start).line
            if reader.sentence.premise_in_words() and not state.scoped
            else None
        )

    def all(self, node: Node) -> None:
        """Every statement of a formula."""
        parts = _flattened(node)
        if self._declares(parts):
            self._declare(node, parts)
            return
        words = " ".join(p.text for p in parts if p.kind == "text").strip()
        if words:
            self.reader.sentence.add(f" {words} ")
            self.cue = self.reader.sentence.cue()
        for part in parts:
            if part.kind in NOTHING:
                continue
            if part.kind == "chain":
                self._chain(part)
            elif part.kind == "connective":
                self._connective(part)
            elif part.kind == "quantifier":
                self._other(part)
            else:
                self._mention(part)

    # declarations

    def _declares(self, parts: list[Node]) -> bool:
        chains = [p for p in parts if p.kind == "chain"]
        if any(relations(c)[0] in ("\\in", ":=", "\\triangleq", "\\sim", "\\equiv", "\\coloneqq") for c in chains):
            return not any(len(relations(c)) > 1 for c in chains)
        return False

    def _declare(self, node: Node, parts: list[Node]) -> None:
        into = self.state.declared
        declarer = self.reader._declarer(Origin.DECLARATION)
        try:
            declarer.statements(into, replace(node, kind="list", parts=tuple(parts)))
        except (ReadingError, ShapeError, TermError, NeedKind) as error:
            if self._is_typing(parts):
                return
            self._problem(node, "unread", error, Role.DECLARATION)
            return
        self._given(node, Role.DECLARATION)

    def _is_typing(self, parts: list[Node]) -> bool:
        """An expression said to be in a space: nothing to declare."""
        chain = next(p for p in parts if p.kind == "chain")
        return relations(chain)[0] == "\\in" and chain.parts[0].kind not in ("name", "script", "face", "accent")

    def _given(self, node: Node, role: Role, reason: str = "") -> None:
        self._add(node, role, None, node, "", None, reason=reason)

    # chains

    def _chain(self, node: Node) -> None:
        node = _without_membership(node)
        if node.kind != "chain":
            self._mention(node)
            return
        continued = node.parts[0].kind == "empty"
        if continued:
            if self.state.last_side is None:
                error = ReadingError("a chain that continues nothing", node.start, node.start + 1, "a left side")
                self._problem(node, "unread", error, Role.CLAIM)
                return
            node = replace(node, parts=(self.state.last_side, *node.parts[1:]))
            chain = self.state.last_chain
        else:
            chain = next(self.reader.chains)
        if node.parts[-1].kind == "empty":
            node = replace(node, parts=node.parts[:-1], text="\n".join(relations(node)[:-1]))
        if len(node.parts) < 2:
            return
        self.state.last_side, self.state.last_chain = node.parts[-1], chain
        for brace in (p for p in walk(node) if p.kind == "brace"):
            self._brace(brace)
        if self.cue == "declare" and self._taken_as_given(node):
            return
        if self.cue == "condition" and self.reader.sentence.is_condition() and self._condition(node):
            return
        self._judged(node, chain, continued)

    def _judged(self, node: Node, chain: int, continued: bool) -> None:
        first = 0
        if (not continued and self.cue != "consequence") or (not continued and self._is_function_head(node)):
            first = defined_by(self.state, self.reader._declarer(Origin.DEFINITION), node)
            if first:
                self._add(node, Role.DEFINITION, None, node.parts[0], relations(node)[0], node.parts[1], chain=chain)
        rest = node
        if first:
            rest = replace(node, parts=node.parts[1:], text="\n".join(relations(node)[1:]))
            if len(rest.parts) < 2:
                return
        reading, others = self._read(rest)
        self._steps(rest, reading, others, chain)

    def _is_function_head(self, node: Node) -> bool:
        """L(w) = … defines L even after "therefore we minimise"."""
        return False

    def _steps(self, node: Node, reading: Reading, others: list[Reading], chain: int) -> None:
        signs = relations(node)
        last_is_set = self._sets_to_zero(node)
        for k, sign in enumerate(signs):
            left, right = node.parts[k], node.parts[k + 1]
            if last_is_set and k == len(signs) - 1:
                self._set(node, reading, k, chain)
                continue
            self._step(node, reading, others, k, sign, left, right, chain)
        if len(signs) > 1 and not last_is_set and all(s in ("=", "==") for s in signs) and reading.complete:
            self._whole(node, reading, chain)

    def _step(
        self,
        node: Node,
        reading: Reading,
        others: list[Reading],
        k: int,
        sign: str,
        left: Node,
        right: Node,
        chain: int,
    ) -> None:
        step = reading.steps[k] if k < len(reading.steps) else None
        if step is None:
            problem = reading.problems[k] if k < len(reading.problems) else None
            error = problem or ReadingError("not understood", left.start, right.end)
            ill = isinstance(error, ShapeError) and not reading.undeclared
            other = self._other_sequent(others, k)
            self._problem(
                node, "ill-typed" if ill else "unread", error, Role.CLAIM, left, sign, right, chain, other_layout=other
            )
            return
        self._claim(step, reading, others, k, left, sign, right, chain)

    def _claim(
        self,
        step: Term,
        reading: Reading,
        others: list[Reading],
        k: int,
        left: Node,
        sign: str,
        right: Node,
        chain: int,
        whole: bool = False,
    ) -> None:
        facts = self._facts(reading)
        try:
            sequent, hypotheses = sequent_of(step, reading.indices, facts)
        except (ClaimError, ShapeError, TermError) as error:
            self._problem(
                left, "ill-typed" if not reading.undeclared else "unread", error, Role.CLAIM, left, sign, right, chain
            )
            return
        names = _names(sequent)
        undeclared = tuple(sorted(n for n in reading.undeclared if n in names))
        other = self._other_sequent(others, k)
        self._add(
            left,
            Role.CLAIM,
            sequent,
            left,
            sign,
            right,
            chain=chain,
            hypotheses=hypotheses,
            undeclared=undeclared,
            other_layout=other,
            whole=whole,
            layout_inferred=self.state.layout_line is not None or not self.state.layout,
        )

    def _whole(self, node: Node, reading: Reading, chain: int) -> None:
        first, last = reading.sides[0], reading.sides[-1]
        if first is None or last is None or first.shape != last.shape:
            return
        step = Term("equal", (first, last))
        self._claim(step, reading, [], 0, node.parts[0], "=", node.parts[-1], chain, whole=True)

    def _other_sequent(self, others: list[Reading], k: int) -> Sequent | None:
        for other in others:
            step = other.steps[k] if k < len(other.steps) else None
            if step is not None and other.derivatives:
                try:
                    return sequent_of(step, other.indices, self._facts(other))[0]
                except (ClaimError, ShapeError, TermError):
                    continue
        return None

    def _facts(self, reading: Reading) -> Facts:
        hypotheses = (*self.state.declared.hypotheses, *self.state.scoped)
        if self.state.scoped:
            self.state.scope_used = True
        return Facts(self.state.declared.environment, hypotheses, reading.dimensions)

    # reading in a layout

    def _read(self, node: Node) -> tuple[Reading, list[Reading]]:
        """The reading in the layout in force, and readings in others; a layout that alone fits is inferred."""
        state = self.state
        if state.layout:
            reading = self._in(node, state.layout)
            others = [self._in(node, o) for o in LAYOUTS if o != state.layout] if _mentions_derivative(node) else []
            self._adopt(reading)
            return reading, others
        first = self._in(node, LAYOUTS[0])
        if not _mentions_derivative(node) or (first.complete and not first.derivatives):
            self._adopt(first)
            return first, []
        readings = [first, *(self._in(node, layout) for layout in LAYOUTS[1:])]
        complete = [r for r in readings if r.complete]
        chosen = complete[0] if complete else max(readings, key=lambda r: sum(s is not None for s in r.steps))
        plain = [r for r in complete if r.layout != "mixed"]
        if (len(plain) == 1 and chosen.derivatives) or (not plain and complete):
            state.layout = chosen.layout
            state.layout_line = self.document.place(node.start, node.start).line
        self._adopt(chosen)
        return chosen, [r for r in readings if r is not chosen]

    def _in(self, node: Node, layout: str) -> Reading:
        state = self.state
        environment = state.declared.environment
        reader = Reader(environment, state.evidence, self.reader.source, state.assumed, state.dimensions, state.fixed)
        return reader.statement(node, layout)

    def _adopt(self, reading: Reading) -> None:
        if reading.complete:
            self.state.dimensions = reading.dimensions
            self.state.assumed.update(reading.kinds)

    # conditions

    def _sets_to_zero(self, node: Node) -> bool:
        """∇L = … = 0, or an equation after "set to zero": the last step is a condition."""
        last = node.parts[-1]
        if relations(node)[-1] != "=" or last.kind not in ("number", "face", "name", "script") or not _is_zero(last):
            return False
        return self.cue == "set" or _mentions_derivative(node)

    def _set(self, node: Node, reading: Reading, k: int, chain: int) -> None:
        step = reading.steps[k] if k < len(reading.steps) else None
        left, right = node.parts[k], node.parts[k + 1]
        if step is not None:
            line = self.document.place(left.start, right.end).line
            self.state.declared.hypotheses.append(Hypothesis(step, Origin.CONDITION, line))
        self._add(node, Role.CONDITION, None, left, "=", right, chain=chain)

    def _taken_as_given(self, node: Node) -> bool:
        """After let, assume, where: a definition of a new symbol, or a condition from here on."""
        first = defined_by(self.state, self.reader._declarer(Origin.DEFINITION), node)
        if first:
            self._add(node, Role.DEFINITION, None, node.parts[0], relations(node)[0], node.parts[1])
            if len(node.parts) > 2:
                rest = replace(node, parts=node.parts[1:], text="\n".join(relations(node)[1:]))
                reading, others = self._read(rest)
                self._steps(rest, reading, others, self.state.last_chain)
            return True
        return self._hypotheses(node, self.state.declared.hypotheses)

    def _condition(self, node: Node) -> bool:
        return self._hypotheses(node, self.state.scoped)

    def _hypotheses(self, node: Node, into: list[Hypothesis]) -> bool:
        reading, _ = self._read(node)
        if not reading.complete:
            return False
        line = self.document.place(node.start, node.end).line
        self.state.fixed.update(reading.kinds)
        for step in reading.steps:
            if step is not None:
                into.append(Hypothesis(as_property(step), Origin.CONDITION, line))
        self._given(node, Role.CONDITION)
        return True

    def _brace(self, brace: Node) -> None:
        """\\underbrace{…}_0 is a claim of its own."""
        body, label = brace.parts
        if (
            label.kind == "empty"
            or len(label.parts) != 1
            or label.parts[0].kind not in ("number", "name", "product", "script")
        ):
            return
        claim = Node("chain", (body, label.parts[0]), "=", body.start, label.end)
        reading, others = self._read(claim)
        self._steps(claim, reading, others, next(self.reader.chains))

    # others

    def _connective(self, node: Node) -> None:
        if any(part.kind == "empty" for part in node.parts):
            for part in node.parts:
                if part.kind == "chain":
                    self.cue = "consequence" if node.parts[0].kind == "empty" else self.cue
                    self._chain(part)
            return
        reading, others = self._read(node)
        left, right = node.parts
        sign = "\\Rightarrow" if node.text == "implies" else "\\Leftrightarrow"
        self.state.last_side = right.parts[-1] if right.kind == "chain" else None
        self._step(node, reading, others, 0, sign, left, right, next(self.reader.chains))

    def _other(self, node: Node) -> None:
        error = ReadingError("a quantified statement", node.start, node.end, "a relation between terms")
        self._problem(node, "unread", error, Role.CLAIM)

    def _mention(self, node: Node) -> None:
        """An expression by itself: it is read, and can start a chain that the next display continues."""
        self.state.last_side, self.state.last_chain = node, next(self.reader.chains)
        if node.kind in (
            "name",
            "number",
            "script",
            "accent",
            "face",
            "word",
            "text",
            "dots",
            "group",
            "big",
            "partial",
        ):
            return
        reading, _ = self._read(node)
        problem = next((p for p in reading.problems if p is not None), None)
        if problem is not None and self.formula.display:
            self._problem(node, "unread", problem, Role.MENTION)

    # bookkeeping

    def _add(
        self,
        node: Node,
        role: Role,
        sequent: Sequent | None,
        left: Node,
        sign: str,
        right: Node | None,
        chain: int = 0,
        hypotheses: tuple[Hypothesis, ...] = (),
        undeclared: tuple[str, ...] = (),
        other_layout: Sequent | None = None,
        whole: bool = False,
        layout_inferred: bool = False,
        problem: Diagnostic | None = None,
        reason: str = "",
    ) -> None:
        end = right.end if right is not None else node.end
        start = left.start if right is None or self._inside(left) else right.start
        self.reader.claims.append(
            Claim(
                f"c{next(self.reader.numbers)}",
                self.document.place(start, max(end, start)),
                role,
                sequent,
                hypotheses,
                self.state.section,
                self.label,
                chain,
                whole,
                self._text(left),
                sign,
                self._text(right) if right is not None else "",
                self.mark,
                problem,
                undeclared=undeclared,
                other_layout=other_layout,
                layout_inferred=layout_inferred,
                unread_premise=self.premise,
            )
        )

    def _inside(self, node: Node) -> bool:
        return self.formula.start <= node.start <= self.formula.end

    def _text(self, node: Node) -> str:
        return " ".join(self.reader.source[node.start : node.end].split())

    def _problem(
        self,
        node: Node,
        code: str,
        error: Exception,
        role: Role,
        left: Node | None = None,
        sign: str = "",
        right: Node | None = None,
        chain: int = 0,
        other_layout: Sequent | None = None,
    ) -> None:
        start = getattr(error, "start", None)
        end = getattr(error, "end", None)
        if start is None or end is None or not self.formula.start <= start <= self.formula.end:
            start, end = node.start, node.end
        message = str(getattr(error, "message", error))
        help_text = _expected(error) if isinstance(error, ReadingError) else ""
        diagnostic = Diagnostic(code, message, self.document.place(start, max(end, start)), help_text)
        self._add(
            node, role, None, left or node, sign, right, chain=chain, problem=diagnostic, other_layout=other_layout
        )


def _names(sequent: Sequent) -> frozenset[str]:
    names = set(free_names(sequent.conclusion))
    for definition in sequent.definitions:
        names |= free_names(definition.body) - {p.data[0] for p in definition.parameters}
    names |= {str(d) for part in subterms(sequent.conclusion) if part.head == "index" for d, _ in part.data[0]}
    return frozenset(names)


def _flattened(node: Node) -> list[Node]:
    parts: list[Node] = []
    for part in node.parts:
        parts += _flattened(part) if part.kind == "list" else [part]
    return parts


def _without_membership(node: Node) -> Node:
    """a = b ∈ R^n says a = b."""
    signs = relations(node)
    if signs and signs[-1] in ("\\in", "\\notin", "\\subset") and len(signs) > 1:
        return replace(node, parts=node.parts[:-1], text="\n".join(signs[:-1]))
    return node


def _is_zero(node: Node) -> bool:
    inner = node
    while inner.kind in ("face", "script", "group") and inner.parts:
        inner = inner.parts[0]
    return inner.kind == "number" and inner.text == "0"


def _mentions_derivative(node: Node) -> bool:
    return any(part.kind in ("partial", "nabla", "differential") for part in walk(node)) or any(
        part.kind == "fraction" and _is_plain_d(part) for part in walk(node)
    )


def _is_plain_d(fraction: Node) -> bool:
    bottom = fraction.parts[1]
    while bottom.kind == "group" and len(bottom.parts) == 1:
        bottom = bottom.parts[0]
    return bottom.kind == "product" and bottom.parts[0].kind == "name" and bottom.parts[0].text == "d"
