"""From what is written to terms: names get their meaning, kinds decide what a mark means, shapes are checked.

``Elaboration`` is one attempt to read one formula: an environment, kinds assumed for names that nobody declared, a
layout. Where a name has no kind yet it raises ``NeedKind``; where two inferred dimensions must be equal it notes that
and raises ``Restart``; ``ReadingError`` says that the formula is not understood, ``ShapeError`` that it is understood
and ill-typed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from verifier.kernel.linear import ONE, Linear, variable
from verifier.kernel.shapes import Shape, ShapeError
from verifier.kernel.terms import Term, TermError
from verifier.reading.environment import Dimensions, Environment, Meaning, Restart, flexible_shape
from verifier.reading.syntax import Node
from verifier.reading.tokens import ReadingError

Bound = tuple[Linear, Linear | None]


class NeedKind(Exception):
    """A name whose kind must be assumed before reading can go on."""

    def __init__(self, name: str) -> None:
        shown = name.removesuffix("^()").rstrip("_")
        self.message = f"{shown} is not declared: say what it is, as in {shown} \\in \\mathbb{{R}}"
        super().__init__(self.message)
        self.name = name


class Misread(ReadingError):
    """Text that is read, but means nothing with the kinds assumed for undeclared names."""


class TwoEntries(ReadingError):
    """A x[i], which is the entry (A x)_i, or A times the entry x_i: what is around it has to tell."""


Rule = Callable[["Elaboration", Node], Term]
Prefix = Callable[["Elaboration", list[Node], int], tuple[Term, int]]


@dataclass
class Elaboration:
    """One attempt at one formula. ``rules`` and ``prefixes`` are the tables of ``grammar_of_terms``.

    ``entries`` says of what A x[i] takes an entry: of the "product" or of the last "factor"; if nothing, it is refused.
    """

    environment: Environment
    kinds: Mapping[str, str] = field(default_factory=dict)
    layout: str = "numerator"
    dimensions: Dimensions = field(default_factory=Dimensions)
    bound: dict[str, Bound] = field(default_factory=dict)
    free: dict[str, Bound] = field(default_factory=dict)
    undeclared: set[str] = field(default_factory=set)
    derivatives: int = 0
    entrywise: bool = False
    entries: str = ""
    source: str = ""
    rules: Mapping[str, Rule] = field(default_factory=dict)
    prefixes: Mapping[str, Prefix] = field(default_factory=dict)
    chosen: dict[str, str] = field(default_factory=dict)
    failed: Node | None = None
    statement: Node | None = None
    work: int = 0
    default: Callable[[str], str] | None = None

    # building

    def make(self, head: str, *args: Term, data: tuple[Any, ...] = ()) -> Term:
        """A term. Where shapes differ only by dimensions that are to be inferred, they are made equal (Restart)."""
        try:
            return Term(head, args, data)
        except ShapeError:
            learnt = [self.dimensions.unify(a, b) for a, b in _constraints(head, args)]
            if any(learnt):
                raise Restart from None
            raise

    def number(self, value: int | Fraction) -> Term:
        """A rational number."""
        return Term("number", (), (Fraction(value),))

    def term(self, node: Node) -> Term:
        """The term that a node stands for."""
        self.work += 1
        rule = self.rules.get(node.kind)
        if rule is None:
            raise ReadingError(
                f"found {_show(node, self.source)}, which is no term here", node.start, node.end, "a term"
            )
        try:
            return rule(self, node)
        except TermError as error:
            raise ReadingError(str(error), node.start, node.end, "what the declarations allow") from error
        except (ShapeError, Misread):
            if self.failed is None:
                self.failed = node
            raise

    def fail(self, node: Node, message: str) -> ReadingError:
        """The error to raise about a node."""
        return ReadingError(message, node.start, node.end, "a term")

    # names

    def meaning(self, name: str) -> Meaning | None:
        """The declared meaning of a name."""
        return self.environment.find(name)

    def kind(self, name: str) -> str:
        """The kind assumed for an undeclared name. Raises NeedKind if none is."""
        if name not in self.kinds and self.default is None:
            raise NeedKind(name)
        if name not in self.chosen:
            self.chosen[name] = self.kinds[name] if name in self.kinds else self.default(name)  # type: ignore[misc]
        self.undeclared.add(name)
        return self.chosen[name]

    def assumed(self, name: str) -> str | None:
        """The kind assumed for a name so far, if any."""
        return self.chosen.get(name) or self.kinds.get(name)

    def undeclared_shape(self, name: str, form: str) -> Shape:
        """The shape of an undeclared symbol."""
        return self.dimensions.shape(flexible_shape(name, form))

    # indices

    @contextmanager
    def binding(self, name: str, within: Bound) -> Iterator[None]:
        """Inside, the name is an index with this range."""
        before = self.bound.get(name)
        self.bound[name] = within
        try:
            yield
        finally:
            if before is None:
                del self.bound[name]
            else:
                self.bound[name] = before

    def range_of(self, name: str) -> Bound | None:
        """The range of an index in force."""
        found = self.bound.get(name) or self.free.get(name)
        if found is None:
            meaning = self.meaning(name)
            return meaning.range if meaning is not None and meaning.kind == "index" else None
        low, high = found
        return self.dimensions.resolve(low), None if high is None else self.dimensions.resolve(high)

    def index_within(self, name: str, size: Linear) -> None:
        """The index runs along an axis of this size: infer its range, or the size, from that."""
        found = self.range_of(name)
        if found is None or found[1] is None:
            return
        if found[1] != size and self.dimensions.unify(found[1], size):
            raise Restart

    def new_index(self, name: str) -> None:
        """A free index of the claim, whose range is to be inferred."""
        if name not in self.free:
            self.free[name] = (ONE, variable(f"?#{name}"))


def _constraints(head: str, args: tuple[Term, ...]) -> list[tuple[Linear, Linear]]:
    """Pairs of dimensions that must be equal for a head to apply."""
    shapes = [arg.shape for arg in args if arg.shape is not None]
    if not shapes or len(shapes[0].axes) != 2:
        return []
    first = shapes[0]
    if head in ("inverse", "trace", "determinant", "diagonal", "power", "property", "spectral_radius"):
        return [(first.rows, first.columns)]
    if len(shapes) < 2:
        return []
    second = shapes[1]
    if head == "multiply":
        return [(first.columns, second.rows)]
    if head == "dot":
        return [(first.length, second.length)] if first.is_vector and second.is_vector else []
    pairs: list[tuple[Linear, Linear]] = []
    for other in shapes[1:]:
        if (first.rows == ONE) == (other.rows == ONE) and (first.columns == ONE) == (other.columns == ONE):
            pairs += list(zip(first.axes, other.axes, strict=False))
    return pairs


def _show(node: Node, source: str) -> str:
    text = source[node.start : node.end] if source else ""
    return repr(text[:40]) if text else node.kind
