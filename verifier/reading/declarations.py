"""Declarations: what a ``given`` block, a context file or a sentence with "let" says of the symbols.

X \\in \\mathbb{R}^{N \\times d}, \\operatorname{rank} X = d    A^T = A    \\Sigma \\succ 0    layout: denominator
x, c \\in \\mathbb{R}^n    \\eta > 0    f: \\mathbb{R}^n \\to \\mathbb{R}    A_h := A_{h,:}    X \\equiv \\mathbf{x}
A is symmetric    X has full column rank    \\sigma is the sigmoid    e_i unit vectors in R^n    n dimension
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from verifier.derivation import Diagnostic
from verifier.kernel.heads import TermError
from verifier.kernel.shapes import SCALAR, ShapeError
from verifier.kernel.terms import Term
from verifier.reading.chances import IID
from verifier.reading.comparisons import COUNTING, is_index, is_number, names_compared, range_said
from verifier.reading.declared import Declared
from verifier.reading.elaboration import NeedKind
from verifier.reading.environment import Meaning
from verifier.reading.evidence import Evidence
from verifier.reading.grammar import parse
from verifier.reading.marks import base_and_marks, name_of_symbol, plain_name, rendered
from verifier.reading.parts import compared
from verifier.reading.pseudoinverses import LINE, pseudoinverse_of, starred
from verifier.reading.relating import Relating
from verifier.reading.sets import Space, space_of
from verifier.reading.settling import settled
from verifier.reading.syntax import Node, relations, walk
from verifier.reading.tokens import ReadingError
from verifier.reading.vocabulary import clauses, is_unit_line, properties_in, separated
from verifier.reading.wording import ZERO

LAYOUT = re.compile(r"^\s*(?:derivative\s+)?layout\s*[:=]\s*(\w+)", re.IGNORECASE)
LAYOUTS = ("numerator", "denominator", "mixed")
SPOKEN_OF = ("symbol", "function", "map")
DEFINING = (":=", "\\triangleq", "\\coloneqq", "=")


@dataclass(frozen=True)
class Declarer(Relating):
    """Takes in declarations of one origin.

    ``introduces``: a comparison may say that a new name is a number, unless it is one of these letters; None: it never
    does. ``block``: how names are used in the block that is read.
    """

    introduces: frozenset[str] | None = None
    block: Evidence = field(default_factory=Evidence)

    def text(self, into: Declared, text: str, offset: int) -> None:
        """Every line of a block of declarations; one that needs a later line is read after it.

        A comparison introduces a number only if no other line says what that is.
        """
        position, lines = 0, []
        for raw in re.split(r"\n|(?<!\\);", text):
            start = offset + text.index(raw, position) if raw else offset + position
            position += len(raw) + 1
            if raw.strip() and not raw.strip().startswith(("#", "%", "//")):
                lines.append((raw, start))
        inventive = replace(self, introduces=COUNTING, block=self._uses(lines))
        lines = inventive._ranges(into, lines)
        lines = self._understood(into, lines)
        lines = self._understood(into, lines)
        while lines:
            left = inventive._understood(into, lines)
            if len(left) == len(lines):
                break
            lines = left
        for raw, start in lines:
            inventive.one_line(into, raw, start)

    def _uses(self, lines: list[tuple[str, int]]) -> Evidence:
        """How names are used in the lines."""
        evidence = Evidence()
        for raw, start in lines:
            try:
                evidence.note(parse(separated(raw)[0], start, self.macros))
            except ReadingError:
                continue
        return evidence

    def _ranges(self, into: Declared, lines: list[tuple[str, int]]) -> list[tuple[str, int]]:
        """Take in the lines that say where an index starts; the others."""
        left = []
        for raw, start in lines:
            try:
                parts = parse(raw, start, self.macros).parts
            except ReadingError:
                parts = ()
            if len(parts) != 1 or not self._is_range(into, parts[0]):
                left.append((raw, start))
        return left

    def _understood(self, into: Declared, lines: list[tuple[str, int]]) -> list[tuple[str, int]]:
        """Take in the lines that are understood; the others."""
        left = []
        for raw, start in lines:
            environment, hypotheses, problems = into.environment, len(into.hypotheses), len(into.problems)
            unread = dict(into.unread)
            self.one_line(into, raw, start)
            if len(into.problems) > problems:
                left.append((raw, start))
                into.environment, into.unread = environment, unread
                del into.problems[problems:], into.hypotheses[hypotheses:]
        return left

    def one_line(self, into: Declared, raw: str, start: int) -> None:
        """One line: a layout, words about symbols, or formulas."""
        layout = LAYOUT.match(raw)
        try:
            if layout:
                self._layout(into, layout.group(1).lower(), start)
                return
            if self._pseudoinverse(into, raw, start) or self.is_of_chance(into, raw, start):
                return
            parts, apart = clauses(raw)
            if len(parts) > 1:
                for part, place in parts:
                    self.one_line(into, part, start + place)
                return
            latex, words = separated(raw)
            if "\\sim" in latex or "∼" in latex:
                latex, words = re.sub(rf"(?<![{{\\]){IID.pattern}", lambda m: " " * len(m[0]), latex), raw
            listed = parse(latex, start, self.macros)
        except (ReadingError, ShapeError, TermError, NeedKind) as error:
            self._line_not_understood(into, raw, start)
            self._problem(into, raw, start, error)
            return
        try:
            if apart and not is_unit_line(raw):
                raise ReadingError("words between two formulas", start, start + len(raw), "a comma, or a line for each")
            self.statements(into, listed, words)
        except (ReadingError, ShapeError, TermError, NeedKind) as error:
            self.not_understood(into, listed)
            self._problem(into, raw, start, error)

    def not_understood(self, into: Declared, node: Node) -> None:
        """Remember of which names something was said that was not understood: nothing is judged about them."""
        for part in walk(node):
            name = plain_name(part)
            for full in (name, f"{name}_", f"{name}^()") if name is not None else ():
                meaning = into.environment.find(full)
                if full == name if meaning is None else meaning.kind in SPOKEN_OF:
                    into.unread.setdefault(full, self.line(node.start))

    def _line_not_understood(self, into: Declared, raw: str, start: int) -> None:
        """The same for a line that is no formula: it may say something of every symbol that is spelled in it."""
        latex = separated(raw)[0]
        spelled = {*re.findall(r"[^\W\d_]+", latex), *re.sub(r"\\[A-Za-z]+", " ", latex)}
        for meaning in into.environment.all():
            if meaning.kind in SPOKEN_OF and spelled.issuperset(re.findall(r"[^\W\d_]+", meaning.name)):
                into.unread.setdefault(meaning.name, self.line(start))

    def _layout(self, into: Declared, name: str, start: int) -> None:
        if name not in LAYOUTS:
            raise ReadingError(f"the layout {name!r}", start, start + len(name), "numerator, denominator or mixed")
        into.layout = name

    def _pseudoinverse(self, into: Declared, raw: str, start: int) -> bool:
        """A^+ is the pseudo-inverse of A"""
        said = LINE.match(raw)
        if said is None:
            return False
        place = "new" if said.group("new") else "bare"
        node = parse(said.group(place), start + said.start(place), self.macros)
        name = starred(node)
        old = parse(said.group("old"), start, self.macros).parts if said.group("old") else ()
        if name is None or (old and (len(old) > 1 or plain_name(old[0]) != name)):
            raise ReadingError("a pseudo-inverse", node.start, node.end, "A^+ is the pseudo-inverse of A")
        self.pseudoinverse(into, name, node)
        return True

    def pseudoinverse(self, into: Declared, name: str, node: Node) -> None:
        """A^+ is the pseudo-inverse of A from here on."""
        meaning = pseudoinverse_of(name)
        self.enter(into, replace(meaning, origin=self.origin, line=self.line(node.start)), node)

    def _problem(self, into: Declared, raw: str, start: int, error: Exception) -> None:
        first = getattr(error, "start", start)
        last = getattr(error, "end", start + len(raw))
        message = str(getattr(error, "message", error))
        place = self.place(max(first, start), max(last, first + 1))
        help_text = "declare it before it is used, or write it as in docs/reference.md, “Declaring symbols”"
        into.problems.append(Diagnostic("bad-declaration", f"not understood: {message}", place, help_text))

    # statements

    def statements(self, into: Declared, listed: Node, words: str = "") -> None:
        """Declarations separated by commas: names before ∈ or a colon belong together."""
        waiting: list[Node] = []
        members: list[Node] = []
        drawn: list[Node] = []
        parts = list(listed.parts)
        said = " ".join((words, *(part.text for part in parts if part.kind == "text")))
        for k, part in enumerate(parts):
            if part.kind == "text":
                if 0 < k < len(parts) - 1:
                    message, expected = f"the words {part.text.strip()!r} between formulas", "a line for each"
                    raise ReadingError(message, part.start, part.end, expected)
                words += " " + part.text
            elif part.kind == "separator":
                if part.text == ":" and waiting and k + 1 < len(parts):
                    self._function_type(into, waiting, parts[k + 1])
                    waiting, parts[k + 1] = [], Node("separator", (), ",", part.start, part.end)
            elif part.kind in ("chain", "connective", "quantifier"):
                if part.kind == "chain" and relations(part) == ["\\sim"]:
                    drawn += [replace(part, parts=(name, part.parts[1])) for name in (*waiting, part.parts[0])]
                else:
                    self._statement(into, waiting, part)
                    members = [*waiting, *_listed(part.parts[0])] if _is_membership(part) else []
                waiting = []
            else:
                waiting.append(part)
        self.distributions(into, drawn, said)
        if waiting:
            if not words.strip():
                raise nothing_said(waiting[0])
            members = waiting
        if waiting or any(properties_in(words)[:2]):
            if not members:
                raise ReadingError(
                    f"the words {words.strip()!r}", listed.start, listed.end, "a symbol they are said of"
                )
            for node in members:
                self.words(into, node, words)

    def _statement(self, into: Declared, names: list[Node], node: Node) -> None:
        if node.kind == "chain":
            signs = relations(node)
            if signs[0] == "\\in":
                return self._membership(into, [*names, *_listed(node.parts[0])], node)
            if signs == ["\\equiv"]:
                return self.same_symbol(into, node)
            if len(signs) == 1 and signs[0] in DEFINING and self.defines(into, node, signs[0] == "="):
                return None
            for one in compared(names, node):
                self._compared(into, one)
            return None
        for name in names:
            raise nothing_said(name)
        self.hypothesis(into, node)
        return None

    # η > 0

    def _compared(self, into: Declared, node: Node) -> None:
        """A relation in force from here on; a comparison may introduce its names as numbers, or an index."""
        if self.introduces is not None and self._is_range(into, node):
            return
        for name in names_compared(node) if self.introduces is not None else ():
            self._introduce(into, name)
        self.hypothesis(into, node)

    def _is_range(self, into: Declared, node: Node) -> bool:
        """t ≥ 0 where t stands as an index says where that starts."""
        meaning = range_said(node, into.environment)
        if (
            meaning is None
            or into.environment.find(meaning.name)
            or not is_index(meaning.name, into.evidence, self.block)
        ):
            return False
        self.enter(into, replace(meaning, origin=self.origin, line=self.line(node.start)), node)
        return True

    def _introduce(self, into: Declared, node: Node) -> None:
        """η in η > 0 is a number if nothing else is said of it. Raises ReadingError if it may be something else."""
        base, marks = base_and_marks(node)
        stem = plain_name(base) or ""
        known = into.environment.find(stem)
        name = name_of_symbol(node) or f"{stem}{marks.star}_{rendered(marks.subscript)}"
        if into.environment.find(name) is not None or name in into.environment.dimension_names:
            return
        if known is not None and (known.kind != "symbol" or not known.shape.is_scalar):
            return
        indexed = is_index(name, self.block)
        if indexed or not is_number(name, into.evidence, self.introduces or COUNTING):
            what = "a matrix" if stem[:1].isupper() else "a whole number, a vector or an index"
            message = f"{name} is not declared: it may be a number, or {what}"
            raise ReadingError(message, node.start, node.end, f"{name} \\in \\mathbb{{R}}, or what else it is")
        self.declare(into, node, Meaning("", "symbol", SCALAR))

    # x ∈ R^n

    def _membership(self, into: Declared, names: list[Node], node: Node) -> None:
        """x, y ∈ R^n; a family w_t ∈ R^n; what follows the set is part of another statement."""
        if len(node.parts) > 2:
            raise ReadingError("a relation after ∈", node.parts[2].start, node.end, "a comma")
        space = space_of(self.reader(into), self.source, node.parts[1])
        for name in names:
            self.declare(into, name, space.meaning)
            self._bound(into, name, space)

    def _bound(self, into: Declared, node: Node, space: Space) -> None:
        """The properties and bounds that hold for members of a set."""
        if not space.properties and not space.bounds:
            return
        read = self.reader(into)
        member = settled(read, node)
        if member.data[2:] and member.data[2]:
            raise ReadingError("a set with bounds for a family", node.start, node.end, "x_t > 0 for the member")
        for prop in space.properties:
            self.note(into, Term("property", (member,), (prop,)), node)
        for head, bound in space.bounds:
            self.note(into, Term(head, (member, ZERO if bound is None else settled(read, bound))), node)

    # f: R^n -> R

    def _function_type(self, into: Declared, names: list[Node], node: Node) -> None:
        if node.kind != "chain" or len(node.parts) != 2 or relations(node)[0] not in ("\\to", "\\rightarrow"):
            raise ReadingError("a colon", node.start, node.end, "f: \\mathbb{R}^n \\to \\mathbb{R}")
        read = self.reader(into)
        sources = [space_of(read, self.source, part).meaning.shape for part in _factors_of_set(node.parts[0])]
        result = space_of(read, self.source, node.parts[1]).meaning.shape
        kind = "map" if sources == [SCALAR] and result == SCALAR else "function"
        for name in names:
            self.declare(into, name, Meaning("", kind, result, arguments=tuple(sources)))


def _is_membership(node: Node) -> bool:
    """A ∈ R^{n×n}"""
    return node.kind == "chain" and relations(node) == ["\\in"]


def nothing_said(node: Node) -> ReadingError:
    """The error for a symbol by itself."""
    return ReadingError("a symbol with nothing said of it", node.start, node.end, "∈, :=, a relation or words")


def _listed(node: Node) -> list[Node]:
    return [p for p in node.parts if p.kind != "separator"] if node.kind == "group" and node.text == "(" else [node]


def _factors_of_set(node: Node) -> list[Node]:
    if node.kind == "product":
        return [p for p in node.parts if p.kind != "operator"]
    return [node]
