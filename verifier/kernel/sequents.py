"""Closed claims: definitions, hypotheses and a conclusion, in which every index is bound or declared.

Symbols that occur are arbitrary real values of their shape, so a claim is read as universal in them, in its
free indices, and in its dimensions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, NoReturn

from verifier.kernel.closure import ClaimError, Closure, Indices, Range
from verifier.kernel.linear import ONE, Linear, at_least, atoms, is_canonical, show
from verifier.kernel.shapes import Shape
from verifier.kernel.terms import Term, all_names, free_names, refuse_state, subterms


@dataclass(frozen=True, slots=True)
class Definition:
    """name[indices](parameters) := body. A symbol or a function that stands for the body, not a hypothesis."""

    name: str
    body: Term
    parameters: tuple[Term, ...] = ()
    indices: Indices = ()

    def __post_init__(self) -> None:
        if type(self.name) is not str or not self.name:
            raise ClaimError(f"{self.name!r} is no name to define")
        for parameter in self.parameters:
            if parameter.head != "symbol" or parameter.data[2]:
                raise ClaimError(f"a parameter of {self.name} is a plain symbol, not a {parameter.head} of a family")
        names = [p.data[0] for p in self.parameters]
        if len(set(names)) < len(names) or self.name in names:
            raise ClaimError(f"the parameters of {self.name} must differ from one another and from it")
        _check_indices(self.indices)

    def __reduce__(self) -> tuple[Any, ...]:
        return Definition, (self.name, self.body, self.parameters, self.indices)

    def __setstate__(self, state: object) -> NoReturn:
        refuse_state()


@dataclass(frozen=True, slots=True)
class Sequent:
    """definitions; hypotheses ⊢ conclusion, for all values of the indices in their ranges.

    ``dimensions`` are linear forms stated to be at least 1 beside those that occur as axes (N > d gives N - d).
    Raises ClaimError unless the claim is closed.
    """

    conclusion: Term
    hypotheses: tuple[Term, ...] = ()
    definitions: tuple[Definition, ...] = ()
    indices: Indices = ()
    dimensions: tuple[Linear, ...] = ()
    positive: tuple[Linear, ...] = field(init=False, compare=False, repr=False)
    dimension_names: frozenset[str | int] = field(init=False, compare=False, repr=False)
    _signatures: Mapping[str, Signature] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        for held, kind in ((self._terms(), Term), (self.definitions, Definition)):
            if any(type(one) is not kind for one in held):
                raise ClaimError("a claim is made of terms and definitions")
        for statement in (self.conclusion, *self.hypotheses):
            if not statement.is_proposition:
                raise ClaimError(f"a claim is made of propositions, not of a {statement.head}")
        for form in self.dimensions:
            if not is_canonical(form):
                raise ClaimError(f"{form!r} is no dimension")
        _check_indices(self.indices)
        parts = [part for term in self._terms() for part in subterms(term)]
        axes = {axis for part in parts for axis in _axes(part)}
        names = {a for axis in (*axes, *self.dimensions) for a in atoms(axis)}
        extra = tuple(axis for axis in (*sorted(axes, key=str), *self.dimensions) if len(axis) > 1)
        object.__setattr__(self, "positive", extra)
        object.__setattr__(self, "dimension_names", frozenset(names))
        object.__setattr__(self, "_signatures", signatures(parts, self.definitions, {}))
        self._check_definitions()
        declared = dict(self.indices)
        clash = names & declared.keys()
        if clash:
            raise ClaimError(f"{min(map(str, clash))} is both an index and a dimension")
        closure = self._closure(self.definitions)
        for definition in self.definitions:
            closure.check(definition.body, _within(declared, definition))
        for statement in (self.conclusion, *self.hypotheses):
            closure.check(statement, declared)

    def __reduce__(self) -> tuple[Any, ...]:
        return Sequent, (self.conclusion, self.hypotheses, self.definitions, self.indices, self.dimensions)

    def __setstate__(self, state: object) -> NoReturn:
        refuse_state()

    def check_further(self, term: Term, indices: Indices, *more: Definition) -> None:
        """Raises ClaimError unless a term that a proof brings in is closed, beside these indices and definitions.

        It may use the dimensions of the claim only, and states nothing about them: each axis must be at least 1 by the
        claim itself.
        """
        parts = list(subterms(term))
        signatures(parts, more, self._signatures)
        for axis in {axis for part in parts for axis in _axes(part)}:
            if not self.dimension_names.issuperset(atoms(axis)) or not at_least(axis, 1, self.positive):
                raise ClaimError(f"the claim does not say that {show(axis)} is a dimension")
        self._closure((*self.definitions, *more)).check(term, dict(indices))

    @property
    def names(self) -> frozenset[str]:
        """Every name of a symbol or a function that occurs in the claim, be it bound or a parameter."""
        own = {name for d in self.definitions for name in (d.name, *(str(p.data[0]) for p in d.parameters))}
        return frozenset(own.union(*map(all_names, self._terms())))

    def indices_of(self, name: str) -> int:
        """How many indices a name has as a family. Raises KeyError for a name that does not occur."""
        return self._signatures[name].indices

    def _closure(self, definitions: Iterable[Definition]) -> Closure:
        return Closure(self.dimension_names, self.positive, {d.name: d.indices for d in definitions})

    def _terms(self) -> Iterable[Term]:
        yield self.conclusion
        yield from self.hypotheses
        for definition in self.definitions:
            yield definition.body
            yield from definition.parameters

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


def _check_indices(indices: Indices) -> None:
    """Raises ClaimError unless the indices have different names, and ranges between index forms."""
    names = [name for name, _ in indices]
    for name, (lower, upper) in indices:
        if type(name) is not str or not name or not is_canonical(lower) or not (upper is None or is_canonical(upper)):
            raise ClaimError(f"{name!r} is no index with a range")
    if len(set(names)) < len(names):
        raise ClaimError(f"two indices have one name: {', '.join(names)}")


def _within(declared: dict[str, Range], definition: Definition) -> dict[str, Range]:
    """The indices in force in the body of a definition. Its own may not take the name of one that bounds another."""
    own = dict(definition.indices)
    bounds = {a for name, within in declared.items() if name not in own for form in within for a in atoms(form or ())}
    if bounds & own.keys():
        raise ClaimError(f"an index of {definition.name} has the name of one that bounds another")
    return {**declared, **own}


# signatures


class Signature(NamedTuple):
    """How a name is used; one name is used in one way."""

    head: str
    shape: Shape | None
    indices: int
    arguments: tuple[Shape | None, ...]

    def __str__(self) -> str:
        text = f"a symbol of {self.shape}" if self.head == "symbol" else f"a function to {self.shape}"
        text += f" of {', '.join(map(str, self.arguments))}" if self.arguments else ""
        return text + (f" with {self.indices} indices" if self.indices else "")


def signatures(
    parts: Iterable[Term], definitions: Iterable[Definition], known: Mapping[str, Signature]
) -> Mapping[str, Signature]:
    """How each name is used; ``parts`` are subterms, each of which is looked at by itself.

    Raises ClaimError where a name is used in two ways, or otherwise than it is defined.
    """
    found = dict(known)
    for d in definitions:
        head = "apply" if d.parameters else "symbol"
        _agree(found, d.name, Signature(head, d.body.shape, len(d.indices), tuple(p.shape for p in d.parameters)))
    for part in parts:
        if part.head in ("symbol", "apply"):
            name, shape, indices = part.data
            _agree(found, name, Signature(part.head, shape, len(indices), tuple([arg.shape for arg in part.args])))
    return found


def _agree(found: dict[str, Signature], name: str, signature: Signature) -> None:
    if found.setdefault(name, signature) != signature:
        raise ClaimError(f"{name} is used as {found[name]} and as {signature}")


def _axes(term: Term) -> tuple[Linear, ...]:
    return tuple([axis for held in (term.shape, *term.data) if type(held) is Shape for axis in held.axes])


__all__ = ["ClaimError", "Definition", "Indices", "Range", "Sequent", "is_single"]


def is_single(axis: Linear) -> bool:
    """Whether the axis has one entry, so that no index is needed."""
    return axis == ONE
