"""Declarations: what a ``given`` block, a context file or a sentence with "let" says of the symbols.

X \\in \\mathbb{R}^{N \\times d}, \\operatorname{rank} X = d        A^T = A        \\Sigma \\succ 0        layout: denominator
x, c \\in \\mathbb{R}^n      \\eta > 0      f: \\mathbb{R}^n \\to \\mathbb{R}      A_h := A_{h,:}      X \\equiv \\mathbf{x}
A is symmetric      X has full column rank      \\sigma is the sigmoid      e_i unit vectors in R^n      n dimension
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from verifier.derivation import Diagnostic, Hypothesis, Origin
from verifier.kernel.linear import ONE, Linear, constant, variable
from verifier.kernel.sequents import ClaimError, Definition
from verifier.kernel.shapes import SCALAR, Shape, ShapeError, column, rectangle
from verifier.kernel.terms import Term, TermError, free_indices, free_names
from verifier.notation import FUNCTIONS, MATRIX_FUNCTIONS, GREEK, UNICODE_GREEK
from verifier.reading.elaboration import Elaboration, NeedKind
from verifier.reading.environment import Environment, Meaning, Restart
from verifier.reading.grammar import parse
from verifier.reading.grammar_of_terms import elaboration
from verifier.reading.names import base_and_marks, composite_name, index_form, index_nodes, plain_name, rendered
from verifier.reading.relations import proposition, relate
from verifier.reading.syntax import EMPTY, Node, relations
from verifier.reading.tokens import MacroLike, ReadingError

LAYOUT = re.compile(r"^\s*(?:derivative\s+)?layout\s*[:=]\s*(\w+)", re.IGNORECASE)
INDEX_LETTERS = frozenset(("i", "j", "k", "t", "h", "r"))
LAYOUTS = ("numerator", "denominator", "mixed")
PROPERTIES: tuple[tuple[str, str], ...] = (
    (r"positive[\s-]*semi[\s-]*definite|\bpsd\b", "positive_semidefinite"),
    (r"positive[\s-]*definite|\bs?pd\b", "positive_definite"),
    (r"skew[\s-]*symmetric", "skew"),
    (r"symmetric", "symmetric"),
    (r"orthonormal\s+columns", "orthonormal_columns"),
    (r"orthogonal|orthonormal", "orthogonal"),
    (r"diagonal", "diagonal"),
    (r"invertible|non-?singular", "invertible"),
    (r"idempotent", "idempotent"),
    (r"projection", "projection"),
    (r"full\s+column\s+rank", "full_column_rank"),
    (r"full\s+row\s+rank", "full_row_rank"),
    (r"permutation", "permutation"),
    (r"upper[\s-]*triangular", "upper_triangular"),
    (r"lower[\s-]*triangular", "lower_triangular"),
    (r"\brandom\b", "random"),
)
ROLES: tuple[tuple[str, str, str], ...] = (
    (r"\bidentity\b", "identity", ""),
    (r"\bexpectation\b", "moment", ""),
    (r"\b(?:logistic|sigmoid)\b", "named", "sigmoid"),
    (r"\brelu\b", "named", "relu"),
    (r"\btanh\b", "named", "tanh"),
    (r"\bnatural\s+logarithm\b", "named", "log"),
    (r"\b(?:vector\s+of\s+ones|all[\s-]*ones)\b", "ones", ""),
    (r"\bindex\b|\binteger\b|\bnatural\s+number\b", "index", ""),
    (r"\bdimensions?\b|\bsizes?\b", "dimension", ""),
    (r"\bentry\s?wise\b|\belementwise\b", "map", ""),
    (r"\bdifferentiable\b|\bsmooth\b|\bfunction\b", "function", ""),
)


@dataclass
class Declared:
    """What has been declared so far: the environment, hypotheses, a layout, and what was not understood."""

    environment: Environment
    hypotheses: list[Hypothesis] = field(default_factory=list)
    layout: str = ""
    problems: list[Diagnostic] = field(default_factory=list)
    conventions: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Declarer:
    """Takes in declarations of one origin; ``place`` makes places of offsets."""

    origin: Origin
    source: str
    macros: dict[str, MacroLike]
    place: Callable[[int, int], object]
    line: Callable[[int], int | None]

    def text(self, into: Declared, text: str, offset: int) -> None:
        """Every line of a block of declarations."""
        position = 0
        for raw in re.split(r"\n|(?<!\\);", text):
            start = offset + text.index(raw, position) if raw else offset + position
            position += len(raw) + 1
            if raw.strip() and not raw.strip().startswith(("#", "%", "//")):
                self.one_line(into, raw, start)

    def one_line(self, into: Declared, raw: str, start: int) -> None:
        """One line: a layout, words about symbols, or formulas."""
        layout = LAYOUT.match(raw)
        try:
            if layout:
                self._layout(into, layout.group(1).lower(), start)
            else:
                latex, words = _latex(raw)
                self.statements(into, parse(latex, start, self.macros), words)
        except (ReadingError, ShapeError, TermError, NeedKind) as error:
            self._problem(into, raw, start, error)

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
        into.problems.append(Diagnostic("bad-declaration", f"not understood: {message}", place, help_text))  # type: ignore[arg-type]

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
                nodes = [*names, *_listed(node.parts[0])]
                return self._membership(into, nodes, node.parts[1])
            if signs == ["\\equiv"]:
                return self._same_symbol(into, node)
            if signs == ["\\sim"]:
                return self._distribution(into, node)
            if signs in ([":="], ["\\triangleq"], ["\\coloneqq"], ["="]) and self._define(into, node, signs[0] == "="):
                return None
        for name in names:
            raise ReadingError("a symbol with nothing said of it", name.start, name.end, "∈, :=, a relation or words")
        self.hypothesis(into, node)
        return None

    # x ∈ R^n

    def _membership(self, into: Declared, names: list[Node], target: Node) -> None:
        meaning = self._set(into, target)
        for node in names:
            self.declare(into, node, meaning)

    def declare(self, into: Declared, node: Node, meaning: Meaning) -> None:
        """A symbol, or a member of a family (x_i ∈ R^n), of a kind and shape."""
        base, marks = base_and_marks(node)
        stem = composite_name(node) or plain_name(base)
        if stem is None:
            raise ReadingError("this is no symbol", node.start, node.end, "a letter, perhaps with an accent or index")
        indices: tuple[tuple[Linear, Linear | None], ...] = ()
        name = stem + marks.star + "'" * marks.primes
        if marks.iteration is not EMPTY and not _is_label(marks.iteration):
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
        declared = replace(meaning, name=name, indices=indices, origin=self.origin, line=self.line(node.start))
        self._enter(into, declared, node)
        for prop in _properties_of_set(meaning):
            symbol = Term("symbol", (), (name, declared.shape, ()))
            self._note(into, Term("property", (symbol,), (prop,)), node)

    def _index_range(self, into: Declared, node: Node) -> tuple[Linear, Linear | None]:
        meaning = into.environment.find(node.text)
        if meaning is not None and meaning.range is not None:
            return meaning.range
        return (constant(0), None)

    def _set(self, into: Declared, node: Node) -> Meaning:
        """R, R^n, R^{n × d}, N, Z, O(p), {1, …, n}"""
        base, marks = base_and_marks(node)
        name = plain_name(base)
        if name in ("bb(R)", "R", "reals") and not marks.actions and marks.iteration is EMPTY:
            shape = column(ONE)
            return Meaning("", shape=shape)
        if name in ("bb(R)", "R", "reals"):
            axes = _axes(marks.actions[0] if marks.actions else marks.iteration)
            sizes = [_size(self._reader(into), axis) for axis in axes]
            return Meaning("", shape=column(sizes[0]) if len(sizes) == 1 else rectangle(*sizes[:2]))
        if name in ("bb(N)", "bb(Z)", "N", "Z"):
            return Meaning("", "index", range=(constant(0) if name.endswith(("N)", "N")) else constant(0), None))
        return self._special_set(into, node, name)

    def _special_set(self, into: Declared, node: Node, name: str | None) -> Meaning:
        if node.kind == "product" and len(node.parts) == 2 and plain_name(node.parts[0]) == "O":
            size = _size(self._reader(into), node.parts[1])
            return Meaning("", shape=rectangle(size, size), target="orthogonal")
        if node.kind == "group" and node.text == "lbrace":
            numbers = [p for p in node.parts if p.kind not in ("separator", "dots")]
            dotted = any(p.kind == "dots" for p in node.parts)
            if dotted and len(numbers) >= 2:
                read = self._reader(into)
                return Meaning("", "index", range=(_size(read, numbers[0]), _size(read, numbers[-1])))
        if node.kind in ("group", "product") or name:
            shape = SCALAR
            return Meaning("", shape=shape) if _is_interval(node) else self._unknown_set(node)
        return self._unknown_set(node)

    def _unknown_set(self, node: Node) -> Meaning:
        raise ReadingError(
            "a set that is not known", node.start, node.end, "\\mathbb{R}, \\mathbb{R}^n, \\mathbb{R}^{m \\times n}"
        )

    # f: R^n -> R

    def _function_type(self, into: Declared, names: list[Node], node: Node) -> None:
        if node.kind != "chain" or len(node.parts) != 2 or relations(node)[0] not in ("\\to", "\\rightarrow"):
            raise ReadingError("a colon", node.start, node.end, "f: \\mathbb{R}^n \\to \\mathbb{R}")
        sources = [self._set(into, part).shape for part in _factors_of_set(node.parts[0])]
        result = self._set(into, node.parts[1]).shape
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

    def _distribution(self, into: Declared, node: Node) -> None:
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
        lowered = words.lower()
        name = plain_name(base_and_marks(node)[0])
        for pattern, prop in PROPERTIES:
            if re.search(pattern, lowered):
                symbol = self._reader(into).term(node)
                self._note(into, Term("property", (symbol,), (prop,)), node)
                return None
        if "unit vector" in lowered and name is not None:
            return self._unit_vectors(into, name, words, node)
        for pattern, kind, target in ROLES:
            if re.search(pattern, lowered) and name is not None:
                self._role(into, node, kind, target)
                return None
        raise ReadingError(f"the words {words.strip()!r}", node.start, node.end, "a property, as in “A is symmetric”")

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
            into.problems.append(Diagnostic("declared-twice", message, place, help_text))  # type: ignore[arg-type]
            return
        into.environment = into.environment.extended(meaning)


def _kind(meaning: Meaning) -> str:
    return f"a {meaning.kind} of {meaning.shape}" if meaning.kind == "symbol" else f"a {meaning.kind}"


def is_index_letter(environment: Environment, node: Node) -> bool:
    """Whether a subscript in a declaration is an index (x_i, w_t) rather than a label (σ_l, y_d)."""
    if node.kind != "name":
        return False
    meaning = environment.find(node.text)
    return meaning.kind == "index" if meaning is not None else node.text in INDEX_LETTERS


# definitions by name, also for the running text


@dataclass(frozen=True)
class Target:
    """The left side of a definition: a name, index letters, parameters."""

    name: str
    letters: tuple[str, ...] = ()
    parameters: tuple[Node, ...] = ()
    above: bool = False


def definition_target(read: Elaboration, left: Node) -> Target | None:
    """What a left side defines: z, l_i(θ), f(x), A_h; None if it is no bare new name."""
    group: Node | None = None
    head = left
    if left.kind == "product" and len(left.parts) == 2 and left.parts[1].kind == "group" and left.parts[1].text == "(":
        head, group = left.parts
    base, marks = base_and_marks(head)
    stem = plain_name(base)
    if stem is None or (len(stem) > 1 and (stem in FUNCTIONS or stem in MATRIX_FUNCTIONS)):
        return None
    if marks.actions:
        above = marks.actions[0].parts
        letter = above[0].text if len(above) == 1 and above[0].kind == "name" else ""
        plain = len(marks.actions) == 1 and len(letter) == 1 and letter.islower() and group is None
        return Target(stem, (letter,), above=True) if plain else None
    parameters = tuple(p for p in group.parts if p.kind != "separator") if group is not None else ()
    if any(p.kind not in ("name", "face", "accent", "script") for p in parameters):
        return None
    if marks.primes and parameters:
        return None
    name = stem + marks.star + "'" * marks.primes
    letters: tuple[str, ...] = ()
    if marks.iteration is not EMPTY:
        label = rendered(marks.iteration)
        if not _is_label(marks.iteration):
            inner = [p.text for p in marks.iteration.parts if p.kind == "name"]
            if len(inner) != 1:
                return None
            name, letters = f"{name}^()", (inner[0],)
        else:
            name = f"{name}^({label})"
    if marks.subscript is not EMPTY:
        nodes = index_nodes(marks.subscript)
        plain = nodes is not None and all(is_index_letter(read.environment, n) for n in nodes)
        if plain and nodes is not None and read.meaning(f"{name}_{rendered(marks.subscript)}") is None:
            letters = (*letters, *(n.text for n in nodes))
            name = name if name.endswith("^()") else f"{name}_"
        else:
            name = f"{name}_{rendered(marks.subscript)}"
    return Target(name, letters, parameters)


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


def settled(read: Elaboration, node: Node) -> Term:
    """The term of a node, read until its dimensions are settled."""
    for _ in range(60):
        try:
            return read.term(node)
        except Restart:
            continue
    raise ReadingError("dimensions that do not settle", node.start, node.end)


def settled_statement(read: Elaboration, node: Node) -> list[Term]:
    """The steps of a relation, read until its dimensions are settled."""
    for _ in range(60):
        try:
            if node.kind == "chain":
                sides = [read.term(part) for part in node.parts]
                return [relate(read, s, sides[k], sides[k + 1], node) for k, s in enumerate(relations(node))]
            return [proposition(read, node)]
        except Restart:
            continue
    raise ReadingError("dimensions that do not settle", node.start, node.end)


def as_property(statement: Term) -> Term:
    """Σ ≻ 0 says positive definite; rank X = d says full column rank where X has d columns."""
    square = statement.args and statement.args[0].shape is not None and statement.args[0].shape.is_square
    definite = statement.head in ("loewner_greater", "loewner_greater_equal")
    if definite and square and statement.args[1].head == "zeros":
        name = "positive_definite" if statement.head == "loewner_greater" else "positive_semidefinite"
        return Term("property", (statement.args[0],), (name,))
    if statement.head == "equal" and statement.args[0].head == "rank" and statement.args[1].head == "index":
        matrix, size = statement.args[0].args[0], statement.args[1].data[0]
        for name, axis in (("full_column_rank", matrix.space().columns), ("full_row_rank", matrix.space().rows)):
            if axis == size:
                return Term("property", (matrix,), (name,))
    return statement


def _listed(node: Node) -> list[Node]:
    return [p for p in node.parts if p.kind != "separator"] if node.kind == "group" and node.text == "(" else [node]


def _is_label(iteration: Node) -> bool:
    return all(p.kind in ("number", "word", "text") for p in iteration.parts)


def _axes(script: Node) -> list[Node]:
    """n × d, (n x d), n"""
    only = script.parts[0] if len(script.parts) == 1 else script
    while only.kind == "group" and len(only.parts) == 1 and not _is_sum_group(only):
        only = only.parts[0]
    if only.kind == "product":
        parts = [p for p in only.parts if not (p.kind == "operator" and p.text == "times")]
        if len(parts) == 3 and plain_name(parts[1]) == "x":
            parts = [parts[0], parts[2]]
        if len(parts) < len(only.parts):
            return parts
    return [only]


def _is_sum_group(node: Node) -> bool:
    return node.parts[0].kind == "sum"


def _factors_of_set(node: Node) -> list[Node]:
    if node.kind == "product":
        return [p for p in node.parts if p.kind != "operator"]
    return [node]


def _size(read: Elaboration, node: Node) -> Linear:
    """A dimension: n, N - d, 3; a new name becomes one."""
    for part in (node, *node.parts, *(p for q in node.parts for p in q.parts)):
        name = plain_name(part)
        if name is not None and read.range_of(name) is None and read.meaning(name) is None:
            read.kinds = {**read.kinds, name: "dimension"}
    return index_form(read, node)


def _is_interval(node: Node) -> bool:
    return (
        node.kind == "group" and node.text in ("(", "[") and len([p for p in node.parts if p.kind != "separator"]) == 2
    )


def _is_slice(term: Term) -> bool:
    inner = term.args[0] if term.head == "transpose" else term
    return inner.head in ("row", "column", "entry")


def _properties_of_set(meaning: Meaning) -> tuple[str, ...]:
    return (meaning.target,) if meaning.kind == "symbol" and meaning.target else ()


WORD = re.compile(r"(?<![\\\w{])([A-Za-z]{1,})(?![\w}])")
VOCABULARY = frozenset(
    [
        "is",
        "are",
        "be",
        "has",
        "have",
        "a",
        "an",
        "the",
        "and",
        "of",
        "for",
        "all",
        "with",
        "full",
        "column",
        "row",
        "real",
        "vector",
        "vectors",
        "matrix",
        "matrices",
        "square",
        "scalar",
        "symmetric",
        "skew",
        "orthogonal",
        "orthonormal",
        "columns",
        "diagonal",
        "invertible",
        "nonsingular",
        "non",
        "singular",
        "idempotent",
        "projection",
        "permutation",
        "upper",
        "lower",
        "triangular",
        "positive",
        "definite",
        "semidefinite",
        "semi",
        "psd",
        "pd",
        "spd",
        "random",
        "sigmoid",
        "logistic",
        "relu",
        "natural",
        "logarithm",
        "identity",
        "expectation",
        "function",
        "functions",
        "differentiable",
        "smooth",
        "elementwise",
        "entrywise",
        "entry",
        "wise",
        "index",
        "integer",
        "number",
        "numbers",
        "dimension",
        "dimensions",
        "size",
        "sizes",
        "ones",
        "one",
        "symbol",
        "as",
        "where",
        "unit",
    ]
)
KEPT = frozenset(
    ("rank", "tr", "det", "diag", "exp", "log", "sin", "cos", "tanh", "max", "min", "argmin", "argmax", "Var", "Cov")
)


def _latex(raw: str) -> tuple[str, str]:
    """A line of declarations as LaTeX of the same length, words about symbols taken out and returned."""
    text = re.sub(r"\$", " ", raw)
    text = re.sub(r"->", "→ ", text)
    words: list[str] = []

    def word(match: re.Match[str]) -> str:
        found = match.group(1)
        if found == "rank" and re.search(r"\b(?:column|row)\s*$", raw[: match.start()]):
            words.append(found)
            return " " * len(found)
        if found in KEPT or (len(found) == 1 and found != "a"):
            return found
        if found == "a" and not re.search(r"\b(?:is|are)\s*$", raw[: match.start()]):
            return found
        if found == "in" and not re.search(r"unit\s+vectors?\s*$", raw[: match.start()]):
            return "∈" + " "
        if found in GREEK:
            return _greek(found)
        if found.lower() not in VOCABULARY:
            return found
        words.append(found)
        return " " * len(found)

    latex = WORD.sub(word, text) if not _is_unit_line(raw) else text.split("unit")[0]
    if _is_unit_line(raw):
        return latex, raw[len(latex) :]
    return latex, " ".join(words)


def _greek(name: str) -> str:
    letter = next(k for k, v in UNICODE_GREEK.items() if v == name)
    return letter + " " * (len(name) - 1)


def _is_unit_line(raw: str) -> bool:
    return re.search(r"unit\s+vector", raw) is not None


__all__ = ["Declared", "Declarer", "Shape", "Target", "definition_target", "enter_definition"]
