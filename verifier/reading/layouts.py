"""A statement read in the layout in force, and in the others; a layout that alone fits is inferred from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from verifier.notation import FUNCTIONS
from verifier.reading.environment import Environment
from verifier.reading.inference import Reader, Reading
from verifier.reading.marks import plain_name
from verifier.reading.state import State
from verifier.reading.syntax import Node, walk

LAYOUTS = ("numerator", "denominator", "mixed")


def read_in_layouts(state: State, node: Node, source: str, line: int) -> tuple[Reading, Iterable[Reading]]:
    """The reading of a statement, and its readings in other layouts when it holds derivatives.

    ``line`` is where an inferred layout is said to come from. What the reading found out about dimensions and kinds is
    kept in the state.
    """
    if state.layout:
        reading = _in(state, node, source, state.layout)
        others = Others(_reader(state, source), node, [layout for layout in LAYOUTS if layout != state.layout])
        _adopt(state, reading)
        return reading, others if mentions_derivative(node) else ()
    first = _in(state, node, source, LAYOUTS[0])
    if not mentions_derivative(node) or (first.complete and not first.derivatives):
        _adopt(state, first)
        return first, ()
    readings = [first, *(_in(state, node, source, layout) for layout in LAYOUTS[1:])]
    complete = [r for r in readings if r.complete]
    chosen = complete[0] if complete else max(readings, key=lambda r: sum(s is not None for s in r.steps))
    plain = [r for r in complete if r.layout != "mixed"]
    if (len(plain) == 1 and chosen.derivatives) or (not plain and complete):
        state.layout, state.layout_line = chosen.layout, line
    _adopt(state, chosen)
    return chosen, [r for r in readings if r is not chosen]


def mentions_derivative(node: Node) -> bool:
    """Whether a formula holds ∂, ∇, d/dx or a differential."""
    return any(
        part.kind in ("partial", "nabla", "differential") or (part.kind == "fraction" and _is_plain_d(part))
        for part in walk(node)
    )


@dataclass
class Others:
    """Readings of a statement in further layouts, each made when it is asked for."""

    reader: Reader
    node: Node
    layouts: list[str]
    readings: list[Reading] = field(default_factory=list)

    def __iter__(self) -> Iterator[Reading]:
        """The readings, in the order of the layouts."""
        for k, layout in enumerate(self.layouts):
            if k == len(self.readings):
                self.readings.append(self.reader.statement(self.node, layout))
            yield self.readings[k]


def _reader(state: State, source: str) -> Reader:
    environment, dimensions = state.environment(), state.dimensions.copy()
    return Reader(environment, state.evidence, source, dict(state.assumed), dimensions, dict(state.fixed))


def _in(state: State, node: Node, source: str, layout: str) -> Reading:
    return _reader(state, source).statement(node, layout)


def _adopt(state: State, reading: Reading) -> None:
    if reading.complete:
        state.dimensions = reading.dimensions
        state.assumed.update(reading.kinds)


def _is_plain_d(fraction: Node) -> bool:
    bottom = fraction.parts[1]
    while bottom.kind == "group" and len(bottom.parts) == 1:
        bottom = bottom.parts[0]
    return bottom.kind == "product" and bottom.parts[0].kind == "name" and bottom.parts[0].text == "d"


def differentiates_name(node: Node, environment: Environment) -> bool:
    """∂L/∂w, ∇L(w), \\frac{d}{dw} J: the derivative of something that has a name, rather than of an expression."""
    items = node.parts if node.kind == "product" else (node,)
    for k, item in enumerate(items):
        base = item.parts[0] if item.kind == "script" else item
        if base.kind == "fraction":
            top = _items_of(base.parts[0])
            rest = top[1:] if len(top) > 1 else items[k + 1 : k + 2]
            return bool(rest) and _is_loss(rest[0], environment) and len(top) <= 3
        if base.kind == "nabla":
            return k + 1 < len(items) and _is_loss(items[k + 1], environment)
    return False


def _items_of(node: Node) -> tuple[Node, ...]:
    while node.kind == "group" and len(node.parts) == 1:
        node = node.parts[0]
    return node.parts if node.kind == "product" else (node,)


def _is_loss(node: Node, environment: Environment) -> bool:
    """Whether a name can be what is minimised: no function of the table, no entry of what was declared."""
    base = node.parts[0] if node.kind == "script" else node
    name = plain_name(base)
    if name is None or name in FUNCTIONS:
        return False
    meaning = environment.find(name)
    if meaning is None:
        return base.kind != "name" or base.text not in "xyzabctuvwi"
    return (
        meaning.definition is not None
        or meaning.kind in ("function", "map")
        or (meaning.shape.is_scalar and node is base)
    )
