"""Kinds of names that nobody declared: the cheapest assignment under which a formula makes sense.

How a name is used in its section is evidence; from it each name has candidate kinds with costs. Assignments are tried
in the order of their cost, and names get a kind only when the reading asks for one. What is found this way is a guess
about notation, is echoed as inferred, and is never enough to call a step wrong.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count

from verifier.kernel.heads import TermError
from verifier.kernel.shapes import ShapeError
from verifier.kernel.terms import Term
from verifier.notation import GREEK
from verifier.reading.elaboration import Bound, Elaboration, Misread, TwoEntries
from verifier.reading.environment import Dimensions, Environment, Restart
from verifier.reading.evidence import COUNTERS, Evidence, Uses
from verifier.reading.grammar_of_terms import elaboration
from verifier.reading.letters import letter_of
from verifier.reading.relations import proposition, relate, sides_of
from verifier.reading.syntax import Node, relations, walk
from verifier.reading.tokens import ReadingError

ATTEMPTS = 80
RESTARTS = 80
WORK = 5_000
FUNCTION_NAMES = frozenset(
    [
        "f",
        "g",
        "h",
        "p",
        "q",
        "F",
        "G",
        "J",
        "L",
        "ell",
        "phi",
        "psi",
        "sigma",
        "rho",
        "k",
        "K",
        "Q",
        "V",
        "B",
        "R",
        "c",
        "cal(L)",
        "pi",
        "varphi",
        "a",
        "b",
    ]
)
ALWAYS_FUNCTIONS = frozenset(("f", "g", "h", "F", "G", "phi", "psi", "varphi", "Phi", "Psi", "sigma", "ell", "cal(L)"))
SCALAR_CAPITALS = frozenset(["L", "J", "E", "C", "N", "T", "M", "K", "D", "R", "cal(L)", "cal(J)"])


def candidates(
    name: str, evidence: Evidence, assumed: Mapping[str, str], fixed: Mapping[str, str]
) -> list[tuple[float, str]]:
    """Kinds for a name, with costs; a kind assumed elsewhere in the section comes first, one of a definition alone.

    A name with a trailing "_" asks what a subscript on it means: an entry, a label, or a member of a family.
    """
    if name.endswith("_"):
        costs = _subscript_costs(name[:-1], evidence.uses.get(name[:-1], Uses()))
    else:
        costs = _costs(name, evidence.uses.get(name, Uses()))
    if name in assumed:
        costs[assumed[name]] = -0.5
    if name in fixed:
        costs = {fixed[name]: 0.0}
    return sorted((cost, kind) for kind, cost in costs.items())


def _stem(name: str) -> str:
    core = name.rpartition(" ")[2].split("^(", maxsplit=1)[0].split("_", maxsplit=1)[0].rstrip("*'+")
    while "(" in core and core.endswith(")") and not core.startswith("cal"):
        core = core[core.index("(") + 1 : -1]
    return core


def _costs(name: str, uses: Uses) -> dict[str, float]:
    if name.startswith("nabla("):
        return {"vector": 0.0, "scalar": 0.9, "matrix": 1.5}
    if uses.as_limit and uses.as_index and name in COUNTERS:
        return {"index": 0.0, "dimension": 0.4, "scalar": 2.0}
    if uses.as_limit:
        return {"dimension": 0.0, "scalar": 2.0}
    if name.endswith("^()"):
        vector = uses.transposed or uses.letter_index or uses.number_index
        return {"family scalar": 0.6 if vector else 0.1, "family vector": 0.1 if vector else 0.4, "family matrix": 2.0}
    stem = _stem(name)
    stem = stem if stem in GREEK else letter_of(stem) or stem
    costs = _capital(stem, uses) if stem[:1].isupper() or stem in ("cal(L)",) else _small(stem, uses)
    if uses.called and (uses.called >= uses.bare * 0.5 or stem in FUNCTION_NAMES):
        likely = stem in FUNCTION_NAMES or (len(stem) > 1 and stem.isalpha() and stem not in GREEK)
        costs["function"] = 0.0 if likely else 1.0
        costs["map"] = 0.5 if likely else 1.2
        costs["vector function"] = 0.3 if likely else 1.2
        if name in ALWAYS_FUNCTIONS and uses.applied >= uses.bare:
            costs = {form: cost for form, cost in costs.items() if form in ("function", "map", "vector function")}
    if uses.as_index and not uses.called and uses.as_index >= uses.bare * 0.5:
        costs["index"] = 0.2
    return costs


def _capital(stem: str, uses: Uses) -> dict[str, float]:
    matrixlike = uses.transposed or uses.inverted or uses.bold or uses.double_index or uses.in_matrix_function
    scalar = 0.1 if stem in SCALAR_CAPITALS else 1.0
    costs = {"matrix": 0.0 if matrixlike else 0.5, "square": 0.3 if matrixlike else 0.6, "vector": 0.9}
    costs["scalar"] = scalar + (1.0 if matrixlike else 0.0)
    if stem == "I" and not (uses.double_index or uses.called):
        costs["identity"] = -0.2
    return costs


def _small(stem: str, uses: Uses) -> dict[str, float]:
    vectorlike = uses.transposed or uses.bold or uses.normed
    costs = {"scalar": 0.0 if not vectorlike else 0.8, "vector": 0.0 if vectorlike else 0.7, "matrix": 2.5, "row": 2.2}
    if uses.double_index:
        costs["matrix"] = 0.4
    return costs


def _subscript_costs(stem: str, uses: Uses) -> dict[str, float]:
    """What a subscript means: an entry where the bare name is used too, a label where it is a number, else a member."""
    whole = uses.bare > 0
    vectorlike = uses.transposed or uses.bold or uses.normed
    costs = {"entry": 0.0 if whole and vectorlike else 0.2 if whole else 0.5, "labelled": 0.6}
    costs["family scalar"] = 0.9 if whole else 0.3
    costs["family vector"] = 0.15 if uses.index_transposed else 0.9
    costs["family matrix"] = 2.0
    if uses.number_index and not uses.letter_index:
        costs |= {"labelled": 0.0, "entry": 0.4}
    if uses.double_index:
        costs |= {"entry": 0.0, "labelled": 1.5}
    elif stem == "I":
        costs["labelled"] = -0.1
    return costs


@dataclass
class Reading:
    """What a statement was read as: one proposition for each step, or the reason why there is none."""

    node: Node
    steps: list[Term | None] = field(default_factory=list)
    sides: list[Term | None] = field(default_factory=list)
    problems: list[Exception | None] = field(default_factory=list)
    kinds: dict[str, str] = field(default_factory=dict)
    undeclared: frozenset[str] = frozenset()
    dimensions: Dimensions = field(default_factory=Dimensions)
    indices: dict[str, Bound] = field(default_factory=dict)
    derivatives: int = 0
    layout: str = ""

    @property
    def complete(self) -> bool:
        """Whether every step was read."""
        return bool(self.steps) and all(step is not None for step in self.steps)


@dataclass(frozen=True)
class Reader:
    """Reads statements of a section."""

    environment: Environment
    evidence: Evidence
    source: str
    assumed: Mapping[str, str] = field(default_factory=dict)
    dimensions: Dimensions = field(default_factory=Dimensions)
    fixed: Mapping[str, str] = field(default_factory=dict)
    entries: str = ""
    known: dict[str, list[tuple[float, str]]] = field(default_factory=dict)

    def statement(self, node: Node, layout: str) -> Reading:
        """The reading of a chain, an implication or a lone term; of A x[i] the one in which the shapes fit."""
        reading = self._cheapest(node, layout)
        if self.entries or not any(isinstance(problem, TwoEntries) for problem in reading.problems):
            return reading
        both = [replace(self, entries=entries)._cheapest(node, layout) for entries in ("product", "factor")]
        fitting = [each for each in both if each.complete]
        return fitting[0] if len(fitting) == 1 else reading

    def _cheapest(self, node: Node, layout: str) -> Reading:
        """The cheapest reading of a chain, an implication or a lone term. ``problems`` tell why if there is none.

        Every name first gets its cheapest kind. Where that makes no sense, other kinds are tried for the names in the
        part that makes none, the cheapest change first.
        """
        failure: tuple[Exception, Elaboration] | None = None
        tried: set[frozenset[tuple[str, str]]] = set()
        queue: list[tuple[float, int, dict[str, str]]] = [(0.0, 0, {})]
        order = count(1)
        work = 0
        while queue and len(tried) < ATTEMPTS and work < WORK:
            cost, _, changes = heapq.heappop(queue)
            if frozenset(changes.items()) in tried:
                continue
            tried.add(frozenset(changes.items()))
            read = self._elaboration(changes, layout)
            try:
                return self._settle(read, node)
            except (ReadingError, ShapeError, TermError) as error:
                failure = failure or (error, read)
                work += read.work
                if isinstance(error, ReadingError) and not isinstance(error, Misread):
                    break
                for extra, name, kind in self._changes(read, changes):
                    heapq.heappush(queue, (cost + extra, next(order), {**changes, name: kind}))
        return self._loose(node, layout, failure)

    def _changes(self, read: Elaboration, changes: Mapping[str, str]) -> Iterator[tuple[float, str, str]]:
        """Other kinds for the names in the part of a formula that made no sense, and what each adds to the cost."""
        for name in sorted(_culprits(read) - changes.keys()):
            options = self._candidates(name)
            best = options[0][0]
            for cost, kind in options[1:]:
                yield cost - best, name, kind

    def _elaboration(self, kinds: dict[str, str], layout: str) -> Elaboration:
        read = elaboration(self.environment, kinds, layout, self.dimensions.copy(), self.source)
        read.entries = self.entries
        read.default = lambda name: self._candidates(name)[0][1]
        return read

    def _candidates(self, name: str) -> list[tuple[float, str]]:
        if name not in self.known:
            self.known[name] = candidates(name, self.evidence, self.assumed, self.fixed)
        return self.known[name]

    def _settle(self, read: Elaboration, node: Node) -> Reading:
        """Read again until no more dimensions are found to be equal."""
        for _ in range(RESTARTS):
            read.bound.clear()
            read.free.clear()
            read.undeclared.clear()
            read.derivatives = 0
            read.entrywise = False
            read.failed = None
            try:
                return self._once(read, node)
            except Restart:
                continue
        raise ReadingError(
            "dimensions that do not settle",
            node.start,
            node.end,
            "declared shapes, as in A \\in \\mathbb{R}^{m \\times n}",
        )

    def _once(self, read: Elaboration, node: Node) -> Reading:
        read.statement = node
        reading = Reading(node, dimensions=read.dimensions, layout=read.layout)
        if node.kind == "chain":
            sides = sides_of(read, node)
            reading.sides = list(sides)
            reading.steps += [relate(read, s, sides[k], sides[k + 1], node) for k, s in enumerate(relations(node))]
        elif node.kind == "connective":
            reading.steps = [proposition(read, node)]
        else:
            reading.sides = [read.term(node)]
        reading.problems = [None] * max(len(reading.steps), 1)
        return self._finish(read, reading)

    def _finish(self, read: Elaboration, reading: Reading) -> Reading:
        reading.kinds = dict(read.chosen)
        reading.undeclared = frozenset(read.undeclared)
        reading.indices = {name: read.range_of(name) or bound for name, bound in read.free.items()}
        reading.derivatives = read.derivatives
        return reading

    def _loose(self, node: Node, layout: str, failure: tuple[Exception, Elaboration] | None) -> Reading:
        """No assignment makes sense of the whole: say why; of a chain, read what can be read step by step."""
        error = (
            failure[0]
            if failure
            else ReadingError("too many ways to read it", node.start, node.end, "declarations of its symbols")
        )
        reading = Reading(node, layout=layout)
        reading.undeclared = frozenset(failure[1].undeclared) if failure else frozenset()
        if node.kind != "chain" or len(node.parts) == 2:
            reading.steps, reading.problems = [None], [error]
            if node.kind == "chain":
                reading.sides = [None] * len(node.parts)
            return reading
        names = set[str]()
        for k, sign in enumerate(relations(node)):
            pair = Node("chain", node.parts[k : k + 2], sign, node.parts[k].start, node.parts[k + 1].end)
            if any(p.kind == "empty" for p in pair.parts):
                reading.steps.append(None)
                reading.problems.append(None)
                continue
            one = self.statement(pair, layout)
            reading.steps += one.steps
            reading.problems += one.problems
            reading.kinds |= one.kinds
            names |= one.undeclared
            reading.indices |= one.indices
            reading.derivatives += one.derivatives
            reading.dimensions = one.dimensions
        reading.sides = [None] * len(node.parts)
        reading.undeclared = frozenset(names)
        return reading


def _culprits(read: Elaboration) -> set[str]:
    """The names with assumed kinds in the smallest part that failed."""
    if read.failed is None:
        return set(read.chosen)
    inside = {part.text for part in walk(read.failed) if part.kind in ("name", "word", "text")}
    return {name for name in read.chosen if _stem(name) in inside or name.startswith("nabla(")}
