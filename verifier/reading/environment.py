"""What the names of a section mean, and the dimensions that are still to be inferred."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Any

from verifier.derivation import Origin
from verifier.kernel.closure import Range
from verifier.kernel.heads import HEADS
from verifier.kernel.linear import ONE, Linear, atoms, constant_value, minus, substitute, times, variable
from verifier.kernel.sequents import Definition
from verifier.kernel.shapes import SCALAR, Shape, column, rectangle
from verifier.kernel.terms import Term

FLEXIBLE = "?"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one name stands for.

    kinds: symbol, function (of whole arguments), map (of one number, applied entrywise), index, dimension, identity,
    unit (e_i), ones, alias (a template in indices, such as A_h := A_{h,:}), named (a function of the table), moment.
    ``indices`` are the ranges of index arguments. ``definition`` is what it was defined to be.
    """

    name: str
    kind: str = "symbol"
    shape: Shape = SCALAR
    indices: tuple[Range, ...] = ()
    arguments: tuple[Shape, ...] = ()
    template: tuple[tuple[str, ...], Term] | None = None
    definition: Definition | None = None
    range: Range | None = None
    target: str = ""
    declared: bool = True
    origin: Origin = Origin.DECLARATION
    line: int | None = None

    @property
    def is_family(self) -> bool:
        """Whether it takes index arguments."""
        return bool(self.indices)


@dataclass(frozen=True)
class Environment:
    """Names and their meanings; an inner one is consulted before the outer."""

    meanings: Mapping[str, Meaning] = field(default_factory=dict)
    outer: Environment | None = None

    def find(self, name: str) -> Meaning | None:
        """The meaning of a name, innermost first."""
        here: Environment | None = self
        while here is not None:
            if name in here.meanings:
                return here.meanings[name]
            here = here.outer
        return None

    def all(self) -> Iterator[Meaning]:
        """Every meaning in force, each name once."""
        seen: set[str] = set()
        here: Environment | None = self
        while here is not None:
            for name, meaning in here.meanings.items():
                if name not in seen:
                    seen.add(name)
                    yield meaning
            here = here.outer

    def extended(self, *meanings: Meaning) -> Environment:
        """The environment with more meanings on the same level; a later one replaces an earlier."""
        return replace(self, meanings={**self.meanings, **{m.name: m for m in meanings}})

    def inner(self) -> Environment:
        """A new level."""
        return Environment({}, self)

    def defined_names(self) -> frozenset[str]:
        """Names that were defined."""
        return frozenset(m.name for m in self.all() if m.definition is not None)

    @cached_property
    def dimension_names(self) -> frozenset[str]:
        """Names of dimensions, declared as such or used in a declared shape."""
        names: set[str] = set()
        for meaning in self.all():
            if meaning.kind == "dimension":
                names.add(meaning.name)
            shapes = (meaning.shape, *meaning.arguments)
            names.update(str(a) for shape in shapes for axis in shape.axes for a in atoms(axis))
            for low, high in meaning.indices:
                names.update(str(a) for a in (*atoms(low), *atoms(high or ())))
        return frozenset(names)


class Restart(Exception):
    """Two dimensions were found equal: what was built with them is built again."""


class Dimensions:
    """Dimensions that nobody declared, by unification. A flexible one is an atom that starts with "?"."""

    def __init__(self) -> None:
        self._values: dict[Any, Linear] = {}

    def resolve(self, form: Linear) -> Linear:
        """The form with what is known put in."""
        for _ in range(64):
            following = substitute(form, self._values)
            if following is form or following == form:
                return form
            form = following
        return form

    def shape(self, shape: Shape) -> Shape:
        """The shape with what is known put in."""
        axes = tuple([self.resolve(axis) for axis in shape.axes])
        return shape if axes == shape.axes else Shape(axes)

    def unify(self, left: Linear, right: Linear) -> bool:
        """Make two dimensions equal if one is flexible. True if something was learnt, False if they cannot be equal."""
        left, right = self.resolve(left), self.resolve(right)
        difference = minus(left, right)
        for atom, coefficient in difference:
            if not (isinstance(atom, str) and atom.startswith(FLEXIBLE) and abs(coefficient) == 1):
                continue
            value = times(-coefficient, minus(difference, ((atom, coefficient),)))
            number = constant_value(value)
            if atom in atoms(value) or (number is not None and number < 2 and not atom.startswith("?#")):
                continue
            self._values[atom] = value
            return True
        return False

    def copy(self) -> Dimensions:
        """An independent copy."""
        other = Dimensions()
        other._values = dict(self._values)
        return other


def flexible(name: str, axes: int) -> tuple[Linear, ...]:
    """Flexible dimensions for a symbol."""
    return tuple(variable(f"{FLEXIBLE}{name}.{k}") for k in range(axes))


@lru_cache(maxsize=4096)
def flexible_shape(name: str, form: str) -> Shape:
    """The shape of an undeclared symbol of a kind: scalar, vector, row, matrix, square."""
    first, second = flexible(name, 2)
    match form:
        case "vector":
            return column(first)
        case "row":
            return Shape((ONE, first))
        case "matrix":
            return rectangle(first, second)
        case "square":
            return rectangle(first, first)
    return SCALAR


def rename_dimensions(term: Term, values: Mapping[Any, Linear]) -> Term:
    """The term with dimension names replaced everywhere, also in the shapes of its symbols."""
    if not values:
        return term

    def held(kind: str, value: Any) -> Any:
        match kind:
            case "shape":
                return Shape(tuple(substitute(axis, values) for axis in value.axes))
            case "linear":
                return substitute(value, values)
            case "bound":
                return None if value is None else substitute(value, values)
            case "linears":
                return tuple(substitute(form, values) for form in value)
        return value

    kinds = HEADS[term.head].data
    data = tuple(held(kind, value) for kind, value in zip(kinds, term.data, strict=True))
    args = tuple(rename_dimensions(arg, values) for arg in term.args)
    same = data == term.data and all(new is old for new, old in zip(args, term.args, strict=True))
    return term if same else Term(term.head, args, data)


def flexible_atoms(term: Term) -> list[str]:
    """The flexible dimensions of a term, in the order in which they are met."""
    found: dict[str, None] = {}

    def note(form: Linear) -> None:
        for atom in atoms(form):
            if isinstance(atom, str) and atom.startswith(FLEXIBLE):
                found[atom] = None

    def visit(here: Term) -> None:
        for kind, value in zip(HEADS[here.head].data, here.data, strict=True):
            if kind == "shape":
                for axis in value.axes:
                    note(axis)
            elif kind in ("linear", "bound") and value is not None:
                note(value)
            elif kind == "linears":
                for form in value:
                    note(form)
        for arg in here.args:
            visit(arg)

    visit(term)
    return list(found)
