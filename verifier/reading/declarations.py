"""Declarations: what a ``given`` block, a context file or a sentence with "let" says of the symbols.

X \\in \\mathbb{R}^{N \\times d}, \\operatorname{rank} X = d    A^T = A    \\Sigma \\succ 0    layout: denominator
x, c \\in \\mathbb{R}^n    \\eta > 0    f: \\mathbb{R}^n \\to \\mathbb{R}    A_h := A_{h,:}    X \\equiv \\mathbf{x}
A is symmetric    X has full column rank    \\sigma is the sigmoid    e_i unit vectors in R^n    n dimension
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from fractions import Fraction

from verifier.derivation import Diagnostic, Hypothesis, Origin, Place
from verifier.kernel.closure import ClaimError
from verifier.kernel.heads import TermError
from verifier.kernel.linear import ONE, Linear, constant, variable
from verifier.kernel.sequents import Definition
from verifier.kernel.shapes import SCALAR, ShapeError, column
from verifier.kernel.terms import Term, free_indices, free_names
from verifier.reading.elaboration import Elaboration, NeedKind
from verifier.reading.environment import Environment, Meaning
from verifier.reading.grammar import parse
from verifier.reading.grammar_of_terms import elaboration
from verifier.reading.marks import base_and_marks, composite_name, index_nodes, plain_name, rendered
from verifier.reading.recurrences import is_shifted_member, numbered_member, recurrence
from verifier.reading.sets import Space, space_of
from verifier.reading.settling import as_property, settled, settled_statement
from verifier.reading.syntax import EMPTY, Node, relations, walk
from verifier.reading.targets import Target, definition_target, is_index_letter, is_label
from verifier.reading.tokens import MacroLike, ReadingError
from verifier.reading.vocabulary import SAYS_MORE, properties_in, role_in, separated

LAYOUT = re.compile(r"^\s*(?:derivative\s+)?layout\s*[:=]\s*(\w+)", re.IGNORECASE)
LAYOUTS = ("numerator", "denominator", "mixed")
DEFINING = (":=", "\\triangleq", "\\coloneqq", "=")
ZERO = Term("number", (), (Fraction(0),))


@dataclass
class Declared:
    """What has been declared so far: the environment, hypotheses, a layout, and what was not understood.

    ``unread`` holds the names of which something was said that was not understood, with the line; ``worded`` those that
    words describe which may be a premise.
    """

    environment: Environment
    hypotheses: list[Hypothesis] = field(default_factory=list)
    layout: str = ""
    problems: list[Diagnostic] = field(default_factory=list)
    unread: dict[str, int | None] = field(default_factory=dict)
    worded: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Declarer:
    """Takes in declarations of one origin; ``place`` makes places of offsets."""

    origin: Origin
    source: str
    macros: dict[str, MacroLike]
    place: Callable[[int, int], Place | None]
    line: Callable[[int], int | None]

    def text(self, into: Declared, text: str, offset: int) -> None:
        """Every line of a block of declarations; one that needs a later line is read after it."""
        position, waiting = 0, []
        for raw in re.split(r"\n|(?<!\\);", text):
            start = offset + text.index(raw, position) if raw else offset + position
            position += len(raw) + 1
            if raw.strip() and not raw.strip().startswith(("#", "%", "//")):
                problems = len(into.problems)
                unread = dict(into.unread)
                self.one_line(into, raw, start)
                if len(into.problems) > problems:
                    waiting.append((raw, start))
                    del into.problems[problems:]
                    into.unread = unread
        for raw, start in waiting:
            self.one_line(into, raw, start)

    def one_line(self, into: Declared, raw: str, start: int) -> None:
        """One line: a layout, words about symbols, or formulas."""
        layout = LAYOUT.match(raw)
        try:
            if layout:
                self._layout(into, layout.group(1).lower(), start)
                return
            latex, words = separated(raw)
            listed = parse(latex, start, self.macros)
        except ReadingError as error:
            self._problem(into, raw, start, error)
            return
        try:
            self.statements(into, listed, words)
        except (ReadingError, ShapeError, TermError, NeedKind) as error:
            self.not_understood(into, listed)
            self._problem(into, raw, start, error)

    def not_understood(self, into: Declared, node: Node) -> None:
        """Remember of which names something was said that was not understood: nothing is judged about them."""
        for part in walk(node):
            name = plain_name(part)
            meaning = into.environment.find(name) if name is not None else None
            if name is not None and (meaning is None or meaning.kind in ("symbol", "function", "map")):
                into.unread.setdefault(name, self.line(node.start))

    def _layout(self, into: Declared, name: str, start: int) -> None:
        if name not in LAYOUTS:
            raise ReadingError(f"the layout {name!r}", start, start + len(name), "numerator, denominator or mixed")
        into.layout = name

    def _problem(self, into: Declared, raw: str, start: int, error: Exception) -> None:
        first = getattr(error, "start", start)
        last = getattr(error, "end", start + len(raw))
        if isinstance(error, NeedKind):
            message = f"{error.name} is not declared"
        else:
            message = str(getattr(error, "message", error))
        place = self.place(max(first, start), max(last, first + 1))
        help_text = "declare it before it is used, or write it as in docs/reference.md, “Declaring symbols”"
        into.problems.append(Diagnostic("bad-declaration", f"not understood: {message}", place, help_text))

    # statements

    def statements(self, into: Declared, listed: Node, words: str = "") -> None:
        """Declarations separated by commas: names before ∈ or a colon belong together."""
        waiting: list[Node] = []
        parts = list(listed.parts)
        for k, part in enumerate(parts):
            if part.kind == "text":
                words += " " + part.text
            elif part.kind == "separator":
                if part.text == ":" and waiting and k + 1 < len(parts):
                    self._function_type(into, waiting, parts[k + 1])
                    waiting, parts[k + 1] = [], Node("separator", (), ",", part.start, part.end)
            elif part.kind in ("chain", "connective", "quantifier"):
                self._statement(into, waiting, part)
                waiting = []
            else:
                waiting.append(part)
        if waiting:
            if not words.strip():
                first = waiting[0]
                raise ReadingError(
                    "a symbol with nothing said of it", first.start, first.end, "∈, :=, a relation or words"
                )
            for node in waiting:
                self.words(into, node, words)

    def _statement(self, into: Declared, names: list[Node], node: Node) -> None:
        if node.kind == "chain":
            signs = relations(node)
            if signs[0] == "\\in":
                return self._membership(into, [*names, *_listed(node.parts[0])], node)
            if signs == ["\\equiv"]:
                return self._same_symbol(into, node)
            if signs == ["\\sim"]:
                return self._distribution(node)
            if len(signs) == 1 and signs[0] in DEFINING and self._define(into, node, signs[0] == "="):
                return None
        for name in names:
            raise ReadingError("a symbol with nothing said of it", name.start, name.end, "∈, :=, a relation or words")
        self.hypothesis(into, node)
        return None

    # x ∈ R^n

    def _membership(self, into: Declared, names: list[Node], node: Node) -> None:
        """x, y ∈ R^n; a family w_t ∈ R^n; what follows the set is part of another statement."""
        if len(node.parts) > 2:
            raise ReadingError("a relation after ∈", node.parts[2].start, node.end, "a comma")
        space = space_of(self._reader(into), self.source, node.parts[1])
        for name in names:
            self.declare(into, name, space.meaning)
            self._bound(into, name, space)

    def _bound(self, into: Declared, node: Node, space: Space) -> None:
        """The properties and bounds that hold for members of a set."""
        if not space.properties and not space.bounds:
            return
        read = self._reader(into)
        member = settled(read, node)
        if member.data[2:] and member.data[2]:
            raise ReadingError("a set with bounds for a family", node.start, node.end, "x_t > 0 for the member")
        for prop in space.properties:
            self._note(into, Term("property", (member,), (prop,)), node)
        for head, bound in space.bounds:
            self._note(into, Term(head, (member, ZERO if bound is None else settled(read, bound))), node)

    def declare(self, into: Declared, node: Node, meaning: Meaning) -> None:
        """A symbol, or a member of a family (x_i ∈ R^n), of a kind and shape."""
        base, marks = base_and_marks(node)
        stem = composite_name(node) or plain_name(base)
        if stem is None:
            raise ReadingError("this is no symbol", node.start, node.end, "a letter, perhaps with an accent or index")
        indices: tuple[tuple[Linear, Linear | None], ...] = ()
        name = stem + marks.star + "'" * marks.primes
        if marks.iteration is not EMPTY and not is_label(marks.iteration):
            name, indices = f"{name}^()", ((constant(0), None),)
        elif marks.iteration is not EMPTY:
            name = f"{name}^({rendered(marks.iteration)})"
        if marks.subscript is not EMPTY:
            letters = index_nodes(marks.subscript)
            if letters and all(is_index_letter(into.environment, x) for x in letters):
                indices += tuple(self._index_range(into, x) for x in letters)
                name = name if name.endswith("^()") else f"{name}_"
            else:
                name = f"{name}_{rendered(marks.subscript)}"
        self._enter(
            into, replace(meaning, name=name, indices=indices, origin=self.origin, line=self.line(node.start)), node
        )

    def _index_range(self, into: Declared, node: Node) -> tuple[Linear, Linear | None]:
        meaning = into.environment.find(node.text)
        if meaning is not None and meaning.range is not None:
            return meaning.range
        return (constant(0), None)

    # f: R^n -> R

    def _function_type(self, into: Declared, names: list[Node], node: Node) -> None:
        if node.kind != "chain" or len(node.parts) != 2 or relations(node)[0] not in ("\\to", "\\rightarrow"):
            raise ReadingError("a colon", node.start, node.end, "f: \\mathbb{R}^n \\to \\mathbb{R}")
        read = self._reader(into)
        sources = [space_of(read, self.source, part).meaning.shape for part in _factors_of_set(node.parts[0])]
        result = space_of(read, self.source, node.parts[1]).meaning.shape
        kind = "map" if sources == [SCALAR] and result == SCALAR else "function"
        for name in names:
            self.declare(into, name, Meaning("", kind, result, arguments=tuple(sources)))

    # definitions

    def _same_symbol(self, into: Declared, node: Node) -> None:
        """X ≡ x: the second name is another face of the first"""
        first, second = (plain_name(part) for part in node.parts)
        if first is None or second is None:
            raise ReadingError("≡ between more than symbols", node.start, node.end, "two symbols")
        for new, old in ((first, second), (second, first)):
            meaning = into.environment.find(old)
            if meaning is not None and meaning.kind == "symbol":
                symbol = Term("symbol", (), (old, meaning.shape, ()))
                alias = Meaning(new, "alias", meaning.shape, template=((), symbol), origin=self.origin)
                self._enter(into, replace(alias, line=self.line(node.start)), node)
                return
        raise ReadingError("neither symbol is declared", node.start, node.end, "one of them declared before")

    def _define(self, into: Declared, node: Node, only_new: bool) -> bool:
        """left := right, where left is a new symbol, function or template. False if it is none."""
        left, right = node.parts
        if is_shifted_member(left):
            return self._recurs(into, node)
        if numbered_member(into.environment, left) is not None:
            self.hypothesis(into, replace(node, text="="))
            return True
        found = definition_target(self._reader(into), left)
        if found is None:
            if only_new:
                return False
            raise ReadingError("the left side of :=", left.start, left.end, "a new symbol or function")
        read = self._reader(into)
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
        (step,) = settled_statement(self._reader(into), replace(node, text="="))
        proposition = recurrence(step)
        if proposition is not None:
            self._note(into, proposition, node)
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
        self._enter(into, replace(alias, line=self.line(right.start)), right)
        return True

    def _distribution(self, node: Node) -> None:
        raise ReadingError("a distribution", node.start, node.end, "moments: E[…] = …, Cov[…] = …")

    # hypotheses

    def hypothesis(self, into: Declared, node: Node) -> None:
        """A relation in force from here on."""
        read = self._reader(into)
        statements = settled_statement(read, node)
        indices = {name: read.range_of(name) or bound for name, bound in read.free.items()}
        for statement in statements:
            proposition = statement
            for name, (low, high) in indices.items():
                if name in free_indices(proposition):
                    resolved = None if high is None or any(str(a).startswith("?") for a, _ in high) else high
                    proposition = Term("for_all", (proposition,), (name, low, resolved))
            self._note(into, as_property(proposition), node)

    def _note(self, into: Declared, proposition: Term, node: Node) -> None:
        into.hypotheses.append(Hypothesis(proposition, self.origin, self.line(node.start)))

    # words

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
        symbol = settled(self._reader(into), node)
        for prop in properties:
            self._note(into, Term("property", (symbol,), (prop,)), node)
        for head in signs:
            if not symbol.space().is_scalar:
                raise ReadingError("a sign of a vector or matrix", node.start, node.end, "its entries, or definite")
            self._note(into, Term(head, (symbol, ZERO)), node)
        return True

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
        self._enter(into, replace(meaning, line=self.line(node.start)), node)

    # bookkeeping

    def _reader(self, into: Declared) -> Elaboration:
        return elaboration(into.environment, source=self.source)

    def _enter(self, into: Declared, meaning: Meaning, node: Node) -> None:
        known = into.environment.find(meaning.name)
        if known is not None and known.origin is Origin.CONTEXT and meaning.origin is not Origin.CONTEXT:
            return
        before = into.environment.meanings.get(meaning.name)
        clash = before is not None and (before.kind, before.shape) != (meaning.kind, meaning.shape)
        if before is not None and clash and before.line is not None and before.origin is meaning.origin:
            place = self.place(node.start, node.end)
            message = (
                f"{meaning.name} is declared as {_kind(before)} in line {before.line} and as {_kind(meaning)} here"
            )
            help_text = "remove one of the two, or put them under different headings"
            into.problems.append(Diagnostic("declared-twice", message, place, help_text))
            return
        into.environment = into.environment.extended(meaning)


def _kind(meaning: Meaning) -> str:
    return f"a {meaning.kind} of {meaning.shape}" if meaning.kind == "symbol" else f"a {meaning.kind}"


# definitions by name, also for the running text


def define(into: Declared, declarer: Declarer, found: Target, right: Node, node: Node) -> None:
    """Enter a definition. Raises ReadingError if its body is not understood."""
    read = elaboration(into.environment, source=declarer.source)
    for letter in found.letters:
        read.free[letter] = (ONE, variable(f"?#{letter}"))
    parameters = [_parameter(read, p) for p in found.parameters]
    body = settled(read, right)
    enter_definition(into, declarer, found, parameters, body, read, node)


def enter_definition(
    into: Declared, declarer: Declarer, found: Target, parameters: list[Term], body: Term, read: Elaboration, node: Node
) -> None:
    """Enter a definition whose body is a term."""
    if found.name in free_names(body) - {p.data[0] for p in parameters}:
        raise ReadingError(
            f"{found.name} stands on both sides", node.start, node.end, "a definition that is not circular"
        )
    ranges = tuple((letter, _known_range(read, letter)) for letter in found.letters)
    try:
        definition = Definition(found.name, body, tuple(parameters), ranges)
    except ClaimError as error:
        raise ReadingError(str(error), node.start, node.end) from error
    kind = "symbol" if not parameters else "function"
    if len(parameters) == 1 and parameters[0].shape == SCALAR and body.shape == SCALAR:
        kind = "map"
    meaning = Meaning(
        found.name,
        kind,
        body.space(),
        indices=tuple(within for _, within in ranges),
        arguments=tuple(p.space() for p in parameters),
        definition=definition,
        origin=declarer.origin if declarer.origin is Origin.CONTEXT else Origin.DEFINITION,
        line=declarer.line(node.start),
    )
    into.environment = into.environment.extended(meaning)


def _known_range(read: Elaboration, letter: str) -> tuple[Linear, Linear | None]:
    low, high = read.range_of(letter) or (ONE, None)
    if high is not None and any(str(a).startswith("?") for a, _ in high):
        return (constant(0), None)
    return (low, high)


def _parameter(read: Elaboration, node: Node) -> Term:
    term = read.term(node)
    if term.head != "symbol":
        raise ReadingError("a parameter that is no symbol", node.start, node.end, "a symbol")
    return term


# helpers


def _listed(node: Node) -> list[Node]:
    return [p for p in node.parts if p.kind != "separator"] if node.kind == "group" and node.text == "(" else [node]


def _factors_of_set(node: Node) -> list[Node]:
    if node.kind == "product":
        return [p for p in node.parts if p.kind != "operator"]
    return [node]


def _is_slice(term: Term) -> bool:
    inner = term.args[0] if term.head == "transpose" else term
    return inner.head in ("row", "column", "entry")
