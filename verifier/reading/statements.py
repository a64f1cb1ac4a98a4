"""What one formula states: declarations, definitions, conditions, claims, in the order in which it states them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from verifier.derivation import Hypothesis, Origin, Role
from verifier.kernel.heads import TermError
from verifier.kernel.shapes import ShapeError
from verifier.kernel.terms import Term, free_indices
from verifier.reading.comparisons import WHOLE
from verifier.reading.conditions import Conditions, is_zero
from verifier.reading.elaboration import NeedKind
from verifier.reading.governing import ORDERS, governed
from verifier.reading.inference import Reading
from verifier.reading.introductions import introduces
from verifier.reading.limits import is_mode
from verifier.reading.marks import name_of_symbol, plain_name
from verifier.reading.optima import LATER, begins_with_optimum, joined, speaks_of_optimum
from verifier.reading.parts import (
    SILENT,
    distributed,
    flattened,
    is_system,
    systems_apart,
    without_label,
    without_membership,
)
from verifier.reading.records import Written, code_of, step_of
from verifier.reading.recovery import fault_of
from verifier.reading.recurrences import (
    is_shifted_member,
)
from verifier.reading.settling import as_hypothesis
from verifier.reading.stationary import Stationary, conditions_on
from verifier.reading.syntax import Node, relations, walk
from verifier.reading.tokens import ReadingError

DECLARING = ("\\in", ":=", "\\triangleq", "\\sim", "\\equiv", "\\coloneqq")
SAYS_NOTHING = ("name", "number", "script", "accent", "face", "word", "text", "dots", "group", "big", "partial")


class Statements(Conditions):
    """The statements of one formula."""

    def all(self, node: Node) -> None:
        """Every statement of a formula."""
        self._all(node)
        parts = [part for part in node.parts if part.kind not in SILENT]
        if len(parts) == 1:
            self.state.formulas = (*self.state.formulas[-1:], parts[0])

    def _all(self, node: Node) -> None:
        try:
            parts = joined(flattened(node))
        except ReadingError as error:
            self.record.problem(Written(node), "unread", error, Role.CLAIM)
            return
        if self._says_range(node, parts) or self._asks(node, parts):
            return
        if self.cue in ("declare", "condition", "set"):
            parts = systems_apart(parts)
        if self.cue in ("declare", "condition"):
            parts = distributed(parts)
        if self._declares(parts):
            parts, types = self._with_types(parts)
            self._declare(replace(node, start=types[0].start, end=types[-1].end), types)
            if not parts:
                return
        if self.progress.sentence.says_untrue() and any(p.kind == "chain" for p in parts):
            untrue = ReadingError(
                "a formula that the text says is untrue", node.start, node.end, "a formula that the text claims"
            )
            self.record.problem(Written(node), "unread", untrue, Role.CLAIM)
            return
        try:
            found = governed(parts, self.state.environment())
        except ReadingError as error:
            self.record.problem(Written(node), "unread", error, Role.CLAIM)
            return
        ranges, scoped = list(self.state.ranges), list(self.state.scoped)
        self.state.ranges += found.ranges
        for condition in found.conditions:
            self._governing(condition)
        side, open_chain = self.state.last_side, self.state.last_chain
        self._each(found.main)
        if not self.heads_case and any(part.kind not in SILENT for part in parts):
            self.progress.only_headed = False
        if self.progress.sentence.in_brackets():
            self.state.last_side, self.state.last_chain = side, open_chain
        if any(p.kind not in SILENT for p in found.main):
            self.state.ranges = ranges
        if found.conditions:
            self.state.scoped = scoped

    def _governing(self, condition: Node) -> None:
        """A condition on the other statements of the formula; one that is not understood is a premise in words."""
        if not self._hypotheses(condition, self.state.scoped):
            self.record.premise = self.document.place(condition.start, condition.start).line
            self.record.doubtful = True

    def _each(self, parts: list[Node]) -> None:
        for part in parts:
            if part.kind == "text" and part.text.strip():
                self.progress.sentence.add(f" {part.text} ")
                self.cue = self.progress.sentence.cue()
            if part.kind in SILENT:
                self.linked = self.linked or (part.kind == "separator" and part.text == "therefore")
                continue
            if part.kind == "chain":
                try:
                    self._chain(part)
                except ReadingError as error:
                    self.record.problem(Written(part), "unread", error, Role.CLAIM)
            elif part.kind == "connective":
                self._connective(part)
            elif part.kind == "quantifier":
                quantified = ReadingError("a quantified statement", part.start, part.end, "a relation between terms")
                self.record.problem(Written(part), "unread", quantified, Role.CLAIM)
            else:
                self._mention(part)

    # declarations

    def _declares(self, parts: list[Node]) -> bool:
        chains = [p for p in parts if p.kind == "chain"]
        if any(relations(c) == ["\\in"] and begins_with_optimum(c.parts[1]) for c in chains):
            return False
        return any(relations(c)[0] in DECLARING for c in chains) and all(len(relations(c)) == 1 for c in chains)

    def _with_types(self, parts: list[Node]) -> tuple[list[Node], list[Node]]:
        """v = 2u, u ∈ R^n, unless that is supposed: what is said, and then of what; else nothing, and all of it."""
        chains = [k for k, part in enumerate(parts) if part.kind == "chain"]
        types = [k for k in chains if relations(parts[k]) == ["\\in"]]
        said = chains[: len(chains) - len(types)]
        plain = said and types and chains[len(said) :] == types and self.cue not in ("declare", "condition", "set")
        if not plain or any(relations(parts[k])[0] in DECLARING for k in said):
            return [], parts
        rest = parts[said[-1] + 1 :]
        return parts[: said[-1] + 1], rest[next(k for k, part in enumerate(rest) if part.kind not in SILENT) :]

    def _declare(self, node: Node, parts: list[Node]) -> None:
        chains = [part for part in parts if part.kind not in SILENT]
        if len(chains) == 1 and relations(chains[0])[0] != "\\in" and is_shifted_member(chains[0].parts[0]):
            self._chain(replace(chains[0], text="="))
            return
        declarer = self.progress.declarer(Origin.DECLARATION)
        if introduces(self.progress.sentence):
            declarer = replace(declarer, introduces=WHOLE)
        self._enter_ranges()
        try:
            declarer.statements(self.state.declared, replace(node, kind="list", parts=tuple(parts)))
        except (ReadingError, ShapeError, TermError, NeedKind) as error:
            if not self._is_typing(parts):
                declarer.not_understood(self.state.declared, _introduced(parts))
                self.record.problem(Written(node), "unread", error, Role.DECLARATION)
            return
        self.record.given(node, Role.DECLARATION)

    def _enter_ranges(self) -> None:
        """w_t ∈ ℝ for t ≥ 1: t is an index with this range from here on."""
        for meaning in self.state.ranges:
            if self.state.declared.environment.find(meaning.name) is None:
                self.state.declared.environment = self.state.declared.environment.extended(meaning)

    def _is_typing(self, parts: list[Node]) -> bool:
        """An expression said to be in a space: nothing to declare."""
        chain = next(p for p in parts if p.kind == "chain")
        return relations(chain)[0] == "\\in" and chain.parts[0].kind not in ("name", "script", "face", "accent")

    # chains

    def _chain(self, node: Node) -> None:
        bare = without_label(node, self.state.environment())
        self.heads_case = self.heads_case or self._heads_case(bare is not node)
        node = without_membership(bare)
        if is_mode(node) and self.progress.sentence.says_how():
            self.record.given(node, Role.CONDITION)
            return
        if node.kind != "chain":
            self._mention(node)
            return
        continued = node.parts[0].kind == "empty"
        if continued:
            if self.state.last_side is None:
                error = ReadingError("a chain that continues nothing", node.start, node.start + 1, "a left side")
                self.record.problem(Written(node), "unread", error, Role.CLAIM)
                return
            node = replace(node, parts=(self.state.last_side, *node.parts[1:]))
            chain = self.state.last_chain
        else:
            chain = next(self.progress.chains)
        if node.parts[-1].kind == "empty":
            node = replace(node, parts=node.parts[:-1], text="\n".join(relations(node)[:-1]))
        if len(node.parts) < 2:
            error = ReadingError("a relation without a right side", node.start, node.end, "a term")
            self.record.problem(Written(node), "unread", error, Role.CLAIM)
            return
        self.state.last_side, self.state.last_chain = node.parts[-1], chain
        for brace in (p for side in node.parts[continued:] for p in walk(side) if p.kind == "brace"):
            self._brace(brace)
        lost = next((part for part in node.parts if part.kind == "unreadable"), None)
        if lost is not None and self.cue in ("declare", "condition", "set"):
            self._doubt(node)
            raise fault_of(lost)
        if self.cue == "declare" and self._taken_as_given(node):
            return
        sentence = self.progress.sentence
        if speaks_of_optimum(node) and LATER.match(sentence.later):
            raise ReadingError(
                "a constraint beside the formula", node.start, node.end, "s.t. and it within the formula"
            )
        how = sentence.sets() if self.cue == "set" and not continued and self._is_constraint(node) else ""
        if how in ("on", "sentence") and self._taken_as_given(node, brief=how == "sentence"):
            return
        conditional = self.heads_case or sentence.is_premise() or (self.cue == "condition" and sentence.is_condition())
        if conditional and self._hypotheses(node, self.state.scoped):
            return
        if conditional or (self.cue == "declare" and not continued):
            self._doubt(node)
        if how == "doubt" or sentence.supposes_in_doubt():
            if sentence.says_of_which() and self._introduced(node):
                return
            self.cue = "declare"
            self._doubt(node)
            self.record.premise = self.document.place(node.start, node.start).line
            self.cue = "consequence"
        self._judged(node, chain, continued)

    def _judged(self, node: Node, chain: int, continued: bool) -> None:
        """A claim, if it defines nothing; one that is concluded from comparisons is judged under them."""
        if not continued and relations(node) == ["="] and self._in_words(node):
            if not self._introduced(node):
                self.record.given(node, Role.MENTION)
            return
        linked = self.linked or (self.first and self.progress.sentence.links())
        premise, scoped, reason = self.record.premise, list(self.state.scoped), self.progress.sentence.gives_reason()
        if linked and self.state.compared:
            self.state.scoped += self.state.compared
            if self.progress.sentence.only_carries_premise():
                self.record.premise = None
        reading = self._claimed(node, chain, continued)
        self.record.premise, self.state.scoped = premise, scoped
        self.first = self.linked = False
        if reading is None or not reading.complete:
            self.state.doubtful = self.state.doubtful or (reason and reading is not None)
            return
        line = self.document.place(node.start, node.end).line
        said = [*self.state.declared.hypotheses, *self.state.scoped]
        steps = [Hypothesis(as_hypothesis(s, said), Origin.CONDITION, line) for s in reading.steps if s is not None]
        if reason:
            self.state.scoped += steps
        elif ORDERS.issuperset(relations(node)):
            self.state.compared += steps

    def _claimed(self, node: Node, chain: int, continued: bool) -> Reading | None:
        if not continued and self.cue != "consequence" and not self._found(node) and self._defines(node):
            self.record.said(step_of(node, 0, chain), Role.DEFINITION)
            self._rest(node, chain)
            return None
        reading, others = self._read(node)
        solved = conditions_on(reading.sides[0], self._open_conditions(node)) if reading.sides else []
        if not solved:
            self._steps(node, reading, others, chain)
            return reading
        premise, scoped = self.record.premise, list(self.state.scoped)
        if self.cue != "set" and premise is None:
            self.record.premise = solved[0].line
        self.state.scoped += solved
        self._steps(node, reading, others, chain)
        self.record.premise, self.state.scoped = premise, scoped
        return reading

    def _open_conditions(self, node: Node) -> list[Stationary]:
        """The conditions that a bare symbol on the left may be the solution of: nothing else is known of it."""
        name = name_of_symbol(node.parts[0])
        meaning = self.state.environment().find(name) if name is not None else None
        known = name in self._said() or (meaning is not None and meaning.definition is not None)
        return [] if name is None or known else self.state.stationary

    def _found(self, node: Node) -> bool:
        """Whether a bare symbol is what the sentence says was found, or what makes a derivative vanish."""
        name, sentence = plain_name(node.parts[0]), self.progress.sentence
        if self.state.stationary and relations(node)[0] == "=" and name_of_symbol(node.parts[0]) is not None:
            reading, _ = self._read(replace(node, parts=node.parts[:2], text="="))
            if reading.sides and conditions_on(reading.sides[0], self._open_conditions(node)):
                return True
        if self.cue != "statement" or name is None:
            return False
        return sentence.announces_result() or (sentence.names_objective() and not _may_be_minimised(name))

    def _rest(self, node: Node, chain: int) -> None:
        """The steps of a chain after the first, which is a definition."""
        if len(node.parts) > 2:
            rest = replace(node, parts=node.parts[1:], text="\n".join(relations(node)[1:]))
            self._steps(rest, *self._read(rest), chain)

    def _steps(self, node: Node, reading: Reading, others: Iterable[Reading], chain: int) -> None:
        signs = relations(node)
        last_is_set = self._sets_to_zero(node)
        for k in range(len(signs)):
            written = step_of(node, k, chain)
            if node.parts[0].kind == "unreadable" and signs[k] == "=" and is_zero(node.parts[k + 1]):
                self.record.problem(written, "unread", fault_of(node.parts[0]), Role.CLAIM)
            elif last_is_set and k == len(signs) - 1:
                self._set(written, reading, k)
            else:
                self.record.step(written, reading, others, k)
        if not last_is_set:
            self._set_in_words(node, reading)
        if len(signs) > 1 and not last_is_set and all(s in ("=", "==") for s in signs) and reading.complete:
            self._whole(node, reading, chain)

    def _whole(self, node: Node, reading: Reading, chain: int) -> None:
        """First = last, besides the steps."""
        first, last = reading.sides[0], reading.sides[-1]
        if first is not None and last is not None and first.shape == last.shape:
            written = Written(node.parts[0], "=", node.parts[-1], chain, whole=True)
            self.record.claim(written, Term("equal", (first, last)), reading)

    def _taken_as_given(self, node: Node, brief: bool = False) -> bool:
        """After let, assume, where: a definition of a new symbol, or a condition from here on, or for the sentence."""
        if self._introduced(node):
            return True
        return self._hypotheses(node, self.state.scoped) if brief else self._suppose(node)

    def _introduced(self, node: Node) -> bool:
        """Take in a definition, and what the rest of its chain states; False if it is none."""
        if not self._defines(node):
            return False
        self.record.said(step_of(node, 0, 0), Role.DEFINITION)
        self._rest(node, self.state.last_chain)
        return True

    def _suppose(self, node: Node) -> bool:
        """Take in a condition that holds from here on; False if it is not understood."""
        supposed: list[Hypothesis] = []
        if not self._hypotheses(node, supposed):
            return False
        self.state.declared.hypotheses += [replace(h, statement=self._over_ranges(h.statement)) for h in supposed]
        return True

    def _over_ranges(self, statement: Term) -> Term:
        """What is supposed for t ≥ 1 holds at each of these; what is said of t later is no more restricted."""
        for meaning in self.state.ranges:
            if meaning.range is not None and meaning.name in free_indices(statement):
                statement = Term("for_all", (statement,), (meaning.name, *meaning.range))
        return statement

    def _brace(self, brace: Node) -> None:
        """\\underbrace{…}_0 is a claim of its own."""
        body, label = brace.parts
        if label.kind != "empty" and len(label.parts) == 1:
            value = label.parts[0]
            if value.kind == "chain" and value.parts[0].kind == "empty" and relations(value) == ["="]:
                value = value.parts[1]
            if value.kind in ("number", "name", "product", "script"):
                claim = Node("chain", (body, value), "=", body.start, label.end)
                self._steps(claim, *self._read(claim), next(self.progress.chains))

    # others

    def _connective(self, node: Node) -> None:
        if any(part.kind == "empty" for part in node.parts):
            for part in node.parts:
                if part.kind == "chain":
                    self.cue = "consequence" if node.parts[0].kind == "empty" else self.cue
                    self._chain(part)
            return
        if self._implies_words(node):
            return
        supposed = (self.cue == "declare" and not self._says_where(node)) or (
            self.cue == "condition" and self.progress.sentence.is_condition()
        )
        if supposed:
            if self._suppose(node) if self.cue == "declare" else self._hypotheses(node, self.state.scoped):
                return
            self._doubt(node)
        left, right = node.parts
        if left.kind == "chain" and len(left.parts) > 2 and "\\\\" in self.document.source[left.start : left.end]:
            self._chain(left)
        reading, others = self._read(node)
        sign = "\\Rightarrow" if node.text == "implies" else "\\Leftrightarrow"
        self.state.last_side = right.parts[-1] if right.kind == "chain" else None
        self.record.step(Written(left, sign, right, next(self.progress.chains)), reading, others, 0)

    def _implies_words(self, node: Node) -> bool:
        """A system of relations ⟹ words: what is said to imply something is claimed."""
        left, right = node.parts
        words = right.kind in ("text", "word")
        if node.text != "implies" or self.cue in ("declare", "condition") or not words:
            return False
        if left.kind != "cases" or not is_system(left):
            return False
        for part in systems_apart([left]):
            if part.kind == "chain":
                self._chain(part)
        return True

    def _says_where(self, node: Node) -> bool:
        """where P ⟺ Q: what is said to be equivalent is claimed."""
        return node.text == "iff" and self.progress.sentence.ends_in_where()

    def _mention(self, node: Node) -> None:
        """An expression by itself: it is read, and can start a chain that the next display continues."""
        if self.state.last_side is not None and self.progress.sentence.says_limit():
            sides = (self.state.last_side, node)
            self._chain(Node("chain", sides, "\\to", node.start, node.end))
            return
        if self._in_words(node):
            return
        self.state.last_side, self.state.last_chain = node, next(self.progress.chains)
        states = any(part.kind in ("chain", "connective") for part in walk(node) if part is not node) and node.kind in (
            *SAYS_NOTHING,
            "product",
        )
        if node.kind in SAYS_NOTHING and not states:
            return
        reading, _ = self._read(node)
        problem = next((p for p in reading.problems if p is not None), None)
        if node.kind == "cases" and is_system(node):
            message = "a system of equations, of which nothing says whether it is supposed or claimed"
            problem = ReadingError(message, node.start, node.end, "“suppose” before it, or aligned equations")
        if problem is not None and (self.formula.display or states):
            self.record.problem(Written(node), code_of(problem, reading), problem, Role.MENTION)


def _may_be_minimised(name: str) -> bool:
    """J, L, f, ℓ: names of functions that are minimised; w and β are what minimises them."""
    return name[:1].isupper() or name.startswith("cal(") or name in ("f", "g", "h", "ell", "phi", "varphi", "psi")


def _introduced(parts: list[Node]) -> Node:
    """What stands left of ∈ and beside it in a declaration."""
    sides = [p.parts[0] if p.kind == "chain" else p for p in parts]
    return Node("list", tuple(sides), "", sides[0].start, sides[-1].end)
