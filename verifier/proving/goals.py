"""What engines work on: the difference of two sides as a normal form, and the multiples of relations taken from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from verifier.kernel.context import HOLE, Context
from verifier.kernel.linear import ONE, Linear, constant_value, variable
from verifier.kernel.polynomials import Base, NormalForm
from verifier.kernel.serialization import term_to_data
from verifier.kernel.shapes import Shape
from verifier.kernel.terms import Term
from verifier.proving.readback import Writer

Norms = Mapping[tuple[Base, tuple[Linear, ...]], Term]


@dataclass
class Use:
    """A multiple of a relation: a multiplier with the hole in it, and how the certificate names the relation."""

    multiplier: NormalForm
    relation: dict[str, Any]
    gap: Shape
    hole: str


@dataclass
class Equation:
    """An equation to prove. ``rest`` is the difference of its sides less the multiples taken so far.

    ``members`` are the known equations that give members of families, once they were looked for.
    """

    context: Context
    goal: Term
    axes: tuple[int | None, ...]
    rest: NormalForm
    uses: list[Use] = field(default_factory=list)
    cleared: set[str] = field(default_factory=set)
    members: list[Any] | None = None
    norms: Norms = field(default_factory=dict)
    numbers: Norms = field(default_factory=dict)

    @classmethod
    def of(cls, context: Context, goal: Term) -> Equation | None:
        """The equation that a goal is, at generic entries; None for other goals and for axes of numbers."""
        if goal.head != "equal":
            return None
        left, right = goal.args
        shape = left.space()
        if len(shape.axes) != 2 or any(constant_value(axis) not in (None, 1) for axis in shape.axes):
            return None
        at: list[Linear] = []
        axes: list[int | None] = []
        for axis in shape.axes:
            if axis == ONE:
                at.append(ONE)
                axes.append(None)
            else:
                index = context.algebra.temporary(ONE, axis)
                at.append(variable(index))
                axes.append(index)
        read, scope = context.reader(), context.scope()
        place = (at[0], at[1])
        rest = context.algebra.subtract(read.entry(left, place, scope), read.entry(right, place, scope))
        return cls(context, goal, tuple(axes), rest)

    def again(self) -> Equation:
        """The equation before anything was taken."""
        return Equation(self.context, self.goal, self.axes, self.rest)

    @property
    def shape(self) -> Shape:
        """The shape of both sides."""
        return self.goal.args[0].space()

    def hole(self, slots: tuple[Linear, ...]) -> tuple[str, NormalForm]:
        """A hole, named by its number, at index slots."""
        name = f"{HOLE}{len(self.uses)}"
        base = self.context.algebra.base("symbol", name, own=len(slots))
        return name, self.context.algebra.factor(base, slots)

    def certificate(self) -> dict[str, Any]:
        """The certificate of what has been taken."""
        if not self.uses:
            return {"rule": "normal form"}
        known = Writer.of(self.context.sequent)
        return {"rule": "linear", "uses": [self._use(use, known) for use in self.uses]}

    def _use(self, use: Use, known: Writer) -> dict[str, Any]:
        writer = Writer({**known.shapes, use.hole: use.gap}, families=known.families)
        writer.norms = self.norms
        writer.matrices.update(self.numbers)
        for name, _ in self.context.indices:
            index = self.context.scope().indices[name][0][0]
            writer.names[index] = name
        term = writer.shaped(use.multiplier, self.shape, self.axes)
        return {"context": _renamed(term_to_data(term), use.hole), "relation": use.relation}


def _renamed(data: Any, hole: str) -> Any:
    """Plain data with the numbered hole renamed to the one of the kernel."""
    if isinstance(data, list):
        return [_renamed(item, hole) for item in data]
    return HOLE if data == hole else data
