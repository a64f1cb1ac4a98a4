"""What declarations say of random symbols: ε ∼ N(0, Σ), δ_k ∼ Bernoulli(p), independent, i.i.d., Gaussian.

A distribution says which moments there are, and what else is known: of N that the symbol is Gaussian, of Bernoulli that
its values are 0 and 1. Independence is what words say, and nothing more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations

from verifier.kernel.linear import ONE, Linear, constant_value, minus, single, variable
from verifier.kernel.randomness import MOMENTS
from verifier.kernel.shapes import SCALAR
from verifier.kernel.terms import Term, free_indices, subterms
from verifier.reading.declared import Declared
from verifier.reading.environment import Meaning, flexible_atoms, rename_dimensions
from verifier.reading.grammar import parse
from verifier.reading.marks import base_and_marks, plain_name
from verifier.reading.settling import settled
from verifier.reading.syntax import Node
from verifier.reading.tokens import ReadingError
from verifier.reading.wording import Wording

IID = re.compile(r"\bi\.?\s?i\.?\s?d\b\.?|\bindependent(?:ly)?\b")
_SYMBOLS = r"(?P<{}>[^=<>]*?)"
_BE, _HOW = r"\s+(?:is|are)\s+", r"(?:jointly\s+|mutually\s+)?"
TEXT = re.compile(r"\\(?:text|textrm|mathrm|mbox)\s*\{([^{}]*)\}")
COMMAND = re.compile(r"\\[A-Za-z]+")
BESIDE = frozenset(
    ("and", "identically", "distributed", "for", "all", "every", "each", "any", "is", "are", "be", "let")
)
TOGETHER = re.compile(rf"^\s*{_SYMBOLS.format('one')}{_BE}{_HOW}independent\s*\.?\s*$")
OF_OTHERS = re.compile(
    rf"^\s*{_SYMBOLS.format('one')}{_BE}{_HOW}independent\s+(?:of|from)\s+{_SYMBOLS.format('two')}\s*\.?\s*$"
)
_ALIKE = r"identically\s+distributed"
_IID = rf"(?:i\.?i\.?d\b\.?|independent\s+and\s+{_ALIKE})"
_THE = rf"^\s*(?:the\s+)?(?!.*\bentries\b){_SYMBOLS.format('one')}"
_ENTRIES = rf"^\s*(?:the\s+)?entries\s+of\s+{_SYMBOLS.format('one')}"
MEMBERS = re.compile(rf"{_THE}{_BE}{_IID}\s*\.?\s*$")
ENTRIES = re.compile(rf"{_ENTRIES}{_BE}{_HOW}(?:independent|{_IID})\s*\.?\s*$")
MEMBERS_ALIKE = re.compile(rf"{_THE}{_BE}(?:{_IID}|{_ALIKE})\s*\.?\s*$")
ENTRIES_ALIKE = re.compile(rf"{_ENTRIES}{_BE}(?:{_IID}|{_ALIKE})\s*\.?\s*$")
GAUSSIAN = re.compile(rf"^\s*{_SYMBOLS.format('one')}{_BE}(?:gaussian|normal(?:ly\s+distributed)?)\s*\.?\s*$", re.I)
RANDOM = re.compile(rf"^\s*{_SYMBOLS.format('one')}{_BE}random(?:\s+(?:variables?|vectors?|matri(?:x|ces)))?\s*\.?\s*$")


def _about(head: str, *data: str) -> Callable[[Term], Term]:
    return lambda symbol: Term(head, (symbol,), data)


def _entries_alike(symbol: Term) -> Term:
    """That all entries of a symbol have one law."""
    sizes = [size for size in symbol.space().axes if size != ONE]
    names = [name for name in ("i", "j", "k", "l") if name not in free_indices(symbol)][: len(sizes)]
    entry = Term("entry", (symbol,), (tuple(variable(name) for name in names),)) if names else symbol
    proposition = Term("property", (entry,), ("identically_distributed",))
    for name, size in reversed(list(zip(names, sizes, strict=True))):
        proposition = Term("for_all", (proposition,), (name, ONE, size))
    return proposition


MEMBERS_ARE, MEMBERS_ARE_ALIKE = _about("independent_members"), _about("property", "identically_distributed")
OF_MEMBERS = (MEMBERS_ARE, MEMBERS_ARE_ALIKE)
SAID = (
    (RANDOM, _about("property", "random")),
    (ENTRIES, _about("independent_entries")),
    (ENTRIES_ALIKE, _entries_alike),
    (MEMBERS, MEMBERS_ARE),
    (MEMBERS_ALIKE, MEMBERS_ARE_ALIKE),
    (GAUSSIAN, _about("gaussian")),
)
NORMAL = ("cal(N)", "N", "Normal")
BERNOULLI = ("Bernoulli", "Bern", "Ber")
SAYS = "moments: \\mathbb{E}[x] = …, \\operatorname{Cov}[x] = …"


@dataclass(frozen=True)
class Chances(Wording):
    """Takes in what is said of randomness."""

    def is_of_chance(self, into: Declared, raw: str, start: int) -> bool:
        """Take in a line of words about independence. False if it is none."""
        text = raw.replace("$", " ")
        read = False
        for pattern, said in SAID:
            found = pattern.match(text)
            if found is not None:
                read = True
                symbols = self._symbols(into, text, start, *found.span("one"))
                if said in OF_MEMBERS and (len(symbols) > 1 or not free_indices(symbols[0])):
                    raise ReadingError("members of one family", start, start + len(raw), "x_t are i.i.d.")
                for symbol in symbols:
                    self._note_chance(into, said(symbol), start)
        if read:
            return True
        found = OF_OTHERS.match(text)
        if found is not None:
            one, two = (self._symbols(into, text, start, *found.span(name)) for name in ("one", "two"))
            self._note_chance(into, Term("independent", (*one, *two), ((len(one), len(two)),)), start)
            return True
        found = TOGETHER.match(text)
        if found is None:
            return False
        symbols = self._symbols(into, text, start, *found.span("one"))
        if len(symbols) < 2:
            raise ReadingError("independent of what?", start, start + len(raw), "x and y are independent")
        self._note_chance(into, Term("independent", symbols, ((1,) * len(symbols),)), start)
        return True

    def _symbols(self, into: Declared, text: str, start: int, low: int, high: int) -> tuple[Term, ...]:
        """The symbols of a list: x, y and z."""
        listed = re.sub(r"\band\b", " , ", text[low:high])
        found: list[Term] = []
        place = start + low
        for part in listed.split(","):
            if part.strip():
                node = parse(part, place, self.macros)
                if len(node.parts) != 1:
                    raise ReadingError(f"{part.strip()!r}", node.start, node.end, "a symbol")
                symbol = settled(self.reader(into), node.parts[0])
                if symbol.head != "symbol":
                    raise ReadingError("what is no symbol", node.start, node.end, "a symbol")
                found.append(symbol)
            place += len(part) + 1
        return tuple(found)

    def _note_chance(self, into: Declared, proposition: Term, start: int) -> None:
        place = Node("name", (), "", start, start + 1)
        if proposition.head == "independent" and _of_itself(proposition):
            raise ReadingError("what may be independent of itself", start, start + 1, "i.i.d.")
        spoken = [part for part in subterms(proposition) if part.head == "symbol"]
        for name in sorted(
            {str(atom) for symbol in spoken for form in symbol.data[2] for atom, _ in form if atom != ""}
        ):
            if name in free_indices(proposition):
                within = self._range_of(into, name, spoken, place)
                proposition = Term("for_all", (proposition,), (name, *within))
        self.note(into, proposition, place)

    def _range_of(self, into: Declared, name: str, symbols: Iterable[Term], node: Node) -> tuple[Linear, Linear | None]:
        """The range of an index: as it is declared, or as that of a family at which it stands."""
        meaning = into.environment.find(name)
        if meaning is not None and meaning.range is not None:
            return meaning.range
        for symbol in symbols:
            family = into.environment.find(str(symbol.data[0])) if symbol.head == "symbol" else None
            for form, within in zip(symbol.data[2], family.indices, strict=False) if family is not None else ():
                if single(form) == name:
                    return within
        raise ReadingError(f"the index {name} without a range", node.start, node.end, "i = 1, \\dots, n")

    def for_every_index(self, into: Declared, proposition: Term) -> Term:
        """A declared moment of a member is that of each member: E[δ_k] = 1 for every k in its range."""
        if not any(part.head in MOMENTS for part in subterms(proposition)):
            return proposition
        for name in sorted(map(str, free_indices(proposition))):
            meaning = into.environment.find(name)
            if meaning is not None and meaning.kind == "index" and meaning.range is not None:
                proposition = Term("for_all", (proposition,), (name, *meaning.range))
        return proposition

    # x ∼ …

    def distributions(self, into: Declared, nodes: list[Node], words: str) -> None:
        """x ∼ N(μ, Σ), N_{ij} ∼ N(0, σ²) i.i.d., δ_k ∼ Bernoulli(p); x, y ∼ N(0, 1) independent: of one another."""
        alike = [node for node in nodes if self._says_independent(node, words)]
        targets = [self._distribution(into, node, bool(alike)) for node in nodes]
        if not alike:
            return
        symbols = tuple(target.args[0] if target.head == "entry" else target for target in targets)
        several, place = len(set(symbols)) > 1, nodes[-1]
        if len(set(symbols)) < len(symbols) or (several and any(symbol.data[2] for symbol in symbols)):
            raise ReadingError("independence of several families", place.start, place.end, "a line for each")
        if several:
            self.note(into, Term("independent", symbols, ((1,) * len(symbols),)), place)
        elif targets[0].head != "entry" and not symbols[0].data[2]:
            raise ReadingError("independent of what?", place.start, place.end, "x and y are independent")

    def _distribution(self, into: Declared, node: Node, alike: bool) -> Term:
        left, right = node.parts
        name = plain_name(base_and_marks(right.parts[0])[0]) if right.kind == "product" else None
        if right.kind == "product" and right.parts[0].kind == "word":
            name = right.parts[0].text
        group = right.parts[1] if right.kind == "product" and len(right.parts) == 2 else None
        if group is None or group.kind != "group" or group.text != "(" or name not in (*NORMAL, *BERNOULLI):
            raise ReadingError("a distribution", node.start, node.end, SAYS)
        target = settled(self.reader(into), left)
        symbol = target.args[0] if target.head == "entry" else target
        if symbol.head != "symbol":
            raise ReadingError("a distribution of what is no symbol", node.start, node.end, SAYS)
        arguments = [self.of_size(into, part, target) for part in _arguments(group)]
        said = _bernoulli(target, arguments) if name in BERNOULLI else _normal(target, arguments)
        if said is None:
            raise ReadingError(f"{name} of {len(arguments)} arguments", group.start, group.end, SAYS)
        for proposition in (Term("property", (symbol,), ("random",)), *said, *_together(target, name, alike)):
            self._for_all(into, proposition, target, node)
        return target

    def _says_independent(self, node: Node, words: str) -> bool:
        """Whether words beside a distribution say i.i.d., and nothing else: not independent, pairwise, of the past."""
        formula = self.source[node.start : node.end]
        beside = " ".join((words.replace(formula, " "), *TEXT.findall(formula)))
        if not IID.search(beside) and not IID.search(formula):
            return False
        others = set(re.findall(r"[a-z]{2,}", COMMAND.sub(" ", IID.sub(" ", beside)).lower())) - BESIDE
        others -= {name.lower() for name in (*NORMAL, *BERNOULLI)}
        if others:
            raise ReadingError(f"independent, and {min(others)!r}", node.start, node.end, "i.i.d.")
        return True

    def of_size(self, into: Declared, node: Node, target: Term) -> Term:
        """A parameter; 0 and I have the size of what is distributed."""
        environment = into.environment
        if environment.find("I") is None:
            environment = environment.extended(Meaning("I", "identity"))
        value = settled(self.reader(replace(into, environment=environment)), node)
        size = target.space().length if target.space().is_vector else ONE
        return rename_dimensions(value, dict.fromkeys(flexible_atoms(value), size))

    def _for_all(self, into: Declared, proposition: Term, target: Term, node: Node) -> None:
        free = free_indices(proposition)
        if target.head == "entry":
            shape = target.args[0].space()
            sizes = (shape.length,) if len(target.data[0]) == 1 else shape.axes
            for form, size in reversed(list(zip(target.data[0], sizes, strict=True))):
                if len(form) != 1 or form[0][1] != 1:
                    raise ReadingError("a distribution of one entry", node.start, node.end, SAYS)
                if form[0][0] in free:
                    proposition = Term("for_all", (proposition,), (str(form[0][0]), ONE, size))
                    free -= {form[0][0]}
        symbol = target.args[0] if target.head == "entry" else target
        for form in symbol.data[2]:
            for atom, _ in form:
                if isinstance(atom, str) and atom in free:
                    within = self._range_of(into, atom, (symbol,), node)
                    proposition = Term("for_all", (proposition,), (atom, *within))
        self.note(into, proposition, node)


def _of_itself(proposition: Term) -> bool:
    """Whether a symbol stands in two blocks, and may be the same member there: x_i and x_j, where i may be j."""
    blocks = [k for k, size in enumerate(proposition.data[0]) for _ in range(size)]
    for (j, left), (k, right) in combinations(zip(blocks, proposition.args, strict=True), 2):
        gaps = [minus(a, b) for a, b in zip(left.data[2], right.data[2], strict=False)]
        if j != k and left.data[0] == right.data[0] and not any(constant_value(gap) for gap in gaps):
            return True
    return False


def _arguments(group: Node) -> list[Node]:
    return [part for part in group.parts if part.kind != "separator"]


def _moment(head: str, target: Term) -> Term:
    return Term(head, (target,), ((),))


def _normal(target: Term, arguments: list[Term]) -> list[Term] | None:
    """E x = μ, Var x = Σ"""
    if len(arguments) != 2:
        return None
    mean, spread = arguments
    if mean.head == "number" and mean.data[0] == 0 and target.space() != SCALAR:
        mean = Term("zeros", (), (target.space(),))
    return [
        Term("equal", (_moment("expectation", target), mean)),
        Term("equal", (_moment("variance", target), spread)),
    ]


def _bernoulli(target: Term, arguments: list[Term]) -> list[Term] | None:
    """E x = p, x² = x"""
    if len(arguments) != 1 or target.space() != SCALAR:
        return None
    square = Term("power", (target, Term("number", (), (Fraction(2),))))
    return [Term("equal", (_moment("expectation", target), arguments[0])), Term("equal", (square, target))]


def _together(target: Term, name: str, alike: bool) -> Iterator[Term]:
    """What is known of several entries or members together."""
    symbol = target.args[0] if target.head == "entry" else target
    if target.head == "entry" and alike:
        yield Term("independent_entries", (symbol,))
    if symbol.data[2] and alike:
        yield Term("independent_members", (symbol,))
    if name in NORMAL and (target.head != "entry" or alike):
        yield Term("gaussian", (symbol,))


__all__ = ["IID", "Chances"]
