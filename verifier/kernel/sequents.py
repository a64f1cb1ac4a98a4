"""Closed claims: definitions, hypotheses and a conclusion, in which every index is bound or declared.

Symbols that occur are arbitrary real values of their shape, so a claim is read as universal in them, in its
free indices, and in its dimensions.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from verifier.kernel.linear import ONE, Linear, at_least, atoms, constant_value, minus, plus, show, times
from verifier.kernel.shapes import Shape
from verifier.kernel.terms import Term, TermError, bound_index, free_names, index_forms, subterms

Range = tuple[Linear, Linear | None]


class ClaimError(TermError):
    """A claim that is not closed, or whose definitions are circular: it cannot be judged."""


@dataclass(frozen=True, slots=True)
class Definition:
    """name[indices](parameters) := body. A symbol or a function that stands for the body, not a hypothesis."""

    name: str
    body: Term
    parameters: tuple[Term, ...] = ()
    indices: tuple[tuple[str, Range], ...] = ()

    def __post_init__(self) -> None:
        for parameter in self.parameters:
            if parameter.head != "symbol":
                raise ClaimError(f"a parameter of {self.name} is a symbol, not a {parameter.head}")
        names = [p.data[0] for p in self.parameters]
        if len(set(names)) < len(names) or self.name in names:
            raise ClaimError(f"the parameters of {self.name} must differ from one another and from it")


@dataclass(frozen=True, slots=True)
class Sequent:
    """definitions; hypotheses ⊢ conclusion, for all values of the indices in their ranges.

    ``dimensions`` are linear forms stated to be at least 1 beside those that occur as axes (N > d gives N - d).
    Raises ClaimError unless the claim is closed.
    """

    conclusion: Term
    hypotheses: tuple[Term, ...] = ()
    definitions: tuple[Definition, ...] = ()
    indices: tuple[tuple[str, Range], ...] = ()
    dimensions: tuple[Linear, ...] = ()
    positive: tuple[Linear, ...] = field(init=False, compare=False)
    dimension_names: frozenset[str | int] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        for statement in (self.conclusion, *self.hypotheses):
            if not statement.is_proposition:
                raise ClaimError(f"a claim is made of propositions, not of a {statement.head}")
        axes = {axis for term in self._terms() for part in subterms(term) for axis in _axes(part)}
        names = {a for axis in (*axes, *self.dimensions) for a in atoms(axis)}
        extra = tuple(axis for axis in (*sorted(axes, key=str), *self.dimensions) if len(axis) > 1)
        object.__setattr__(self, "positive", extra)
        object.__setattr__(self, "dimension_names", frozenset(names))
        self._check_signatures()
        self._check_definitions()
        declared = dict(self.indices)
        clash = names & declared.keys()
        if clash:
            raise ClaimError(f"{min(map(str, clash))} is both an index and a dimension")
        families = {d.name: tuple(within for _, within in d.indices) for d in self.definitions}
        check = _Check(names, extra, families)
        for definition in self.definitions:
            check(definition.body, {**declared, **dict(definition.indices)})
        for statement in (self.conclusion, *self.hypotheses):
            check(statement, declared)

    def _terms(self) -> Iterable[Term]:
        yield self.conclusion
        yield from self.hypotheses
        for definition in self.definitions:
            yield definition.body
            yield from definition.parameters

    def _check_signatures(self) -> None:
        known: dict[str, _Signature] = {}
        for term in self._terms():
            for part in subterms(term):
                if part.head in ("symbol", "apply"):
                    name, shape, indices = part.data
                    found = _Signature(part.head, shape, len(indices), len(part.args))
                    if known.setdefault(name, found) != found:
                        raise ClaimError(f"{name} is used as {known[name]} and as {found}")

    def _check_definitions(self) -> None:
        bodies: dict[str, frozenset[str]] = {}
        for definition in self.definitions:
            if definition.name in bodies:
                raise ClaimError(f"{definition.name} is defined twice")
            parameters = {p.data[0] for p in definition.parameters}
            bodies[definition.name] = free_names(definition.body) - parameters
        done: set[str] = set()
        for start in bodies:
            _visit(start, bodies, (), done)


def _visit(name: str, bodies: dict[str, frozenset[str]], path: tuple[str, ...], done: set[str]) -> None:
    if name in path:
        raise ClaimError(f"circular definitions: {' → '.join((*path[path.index(name) :], name))}")
    if name in bodies and name not in done:
        for other in sorted(bodies[name]):
            _visit(other, bodies, (*path, name), done)
        done.add(name)


class _Signature(NamedTuple):
    """How a name is used; one name is used in one way."""

    head: str
    shape: Shape
    indices: int
    arguments: int

    def __str__(self) -> str:
        text = f"a symbol of {self.shape}" if self.head == "symbol" else f"a function to {self.shape}"
        text += f" of {self.arguments} arguments" if self.arguments else ""
        return text + (f" with {self.indices} indices" if self.indices else "")


def _axes(term: Term) -> tuple[Linear, ...]:
    axes = term.shape.axes if term.shape is not None else ()
    extra = tuple(d.axes for d in term.data if isinstance(d, Shape))
    return (*axes, *(axis for group in extra for axis in group))


@dataclass(frozen=True, slots=True)
class _Check:
    """Every index is bound or declared; every entry, row, column, unit vector and defined member exists."""

    dimensions: set[str | int]
    positive: tuple[Linear, ...]
    families: dict[str, tuple[Range, ...]]

    def __call__(self, term: Term, ranges: dict[str, Range]) -> None:
        for form in index_forms(term):
            for atom in atoms(form):
                if atom not in ranges and atom not in self.dimensions:
                    raise ClaimError(f"the index {atom} is neither bound nor declared")
        for form, within in self._places(term):
            if not self._inside(form, within, ranges):
                end = "…" if within[1] is None else f"…{show(within[1])}"
                raise ClaimError(f"the index {show(form)} may lie outside {show(within[0])}{end}")
        name = bound_index(term)
        if name is not None:
            if name in self.dimensions:
                raise ClaimError(f"{name} is both an index and a dimension")
            built = term.head.startswith("build")
            ranges = {**ranges, name: (ONE, term.data[1]) if built else (term.data[1], term.data[2])}
        for arg in term.args:
            self(arg, ranges)

    def _places(self, term: Term) -> list[tuple[Linear, Range]]:
        """Index forms of the term, each with the range it must lie within."""
        if term.head in ("symbol", "apply", "elementwise"):
            ranges = self.families.get(term.data[0])
            if ranges is None:
                return []
            if len(ranges) != len(term.data[2]):
                raise ClaimError(f"{term.data[0]} is defined with {len(ranges)} indices")
            return list(zip(term.data[2], ranges, strict=True))
        if term.head == "unit":
            return [(term.data[1], (ONE, term.data[0]))]
        if term.head not in ("entry", "row", "column"):
            return []
        shape = term.args[0].space()
        if term.head != "entry":
            return [(term.data[0], (ONE, shape.rows if term.head == "row" else shape.columns))]
        forms = term.data[0]
        sizes = (shape.length,) if len(forms) == 1 else shape.axes
        return [(form, (ONE, size)) for form, size in zip(forms, sizes, strict=True)]

    def _inside(self, form: Linear, within: Range, ranges: dict[str, Range]) -> bool:
        low = _extreme(form, ranges, 0)
        if low is None or not at_least(minus(low, within[0]), 0, self.positive):
            return False
        if within[1] is None:
            return True
        high = _extreme(form, ranges, 1)
        return high is not None and at_least(minus(within[1], high), 0, self.positive)


def _extreme(form: Linear, ranges: dict[str, Range], side: int) -> Linear | None:
    """A bound of an index form in dimensions; ranges may depend on outer indices."""
    for _ in range(8):
        if not any(a in ranges for a in atoms(form)):
            return form
        total: Linear = ()
        for atom, coefficient in form:
            end: Linear | None = ((atom, 1),)
            if isinstance(atom, str) and atom in ranges:
                end = ranges[atom][side if coefficient > 0 else 1 - side]
            if end is None:
                return None
            total = plus(total, times(coefficient, end))
        form = total
    return None


def is_single(axis: Linear) -> bool:
    """Whether the axis has one entry, so that no index is needed."""
    return constant_value(axis) == 1
