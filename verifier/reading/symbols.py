"""The symbols of a section as a person sees them: kind, shape, and where each was declared or inferred."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from verifier.derivation import Hypothesis, Origin, SymbolEntry
from verifier.kernel.linear import Linear, atoms, substitute, variable
from verifier.kernel.shapes import Shape
from verifier.notation import name_latex, shape_latex
from verifier.reading.claims import NAMES
from verifier.reading.environment import FLEXIBLE, Dimensions, Environment, Meaning, flexible_shape

SECOND = ("alias", "pseudoinverse")
"""Kinds of names that stand for something made of other symbols."""


def symbol_entries(
    environment: Environment, assumed: Mapping[str, str], dimensions: Dimensions, hypotheses: Iterable[Hypothesis]
) -> tuple[SymbolEntry, ...]:
    """Those that are declared and those whose kind was inferred, by name."""
    properties = _properties(hypotheses)
    meanings = {m.name: m for m in environment.all() if m.kind not in SECOND}
    spaces = {name: _inferred_shape(name, kind, dimensions) for name, kind in assumed.items() if name not in meanings}
    shapes = [*(s for m in meanings.values() for s in (*m.arguments, m.shape)), *(s for s in spaces.values() if s)]
    names = _letters(shapes, environment.dimension_names)
    entries = [_declared(m, properties.get(m.name, ()), names) for m in meanings.values()]
    for name, space in spaces.items():
        text = _shape_text(space, names) if space is not None else ""
        entries.append(SymbolEntry(name, name_latex(name), assumed[name], text, Origin.INFERRED))
    return tuple(sorted(entries, key=lambda e: e.name))


def alias_entries(environment: Environment) -> tuple[SymbolEntry, ...]:
    """Abbreviations: names for rows, columns and entries, and second names of symbols."""
    aliases = [_declared(m, (), {}) for m in environment.all() if m.kind in SECOND]
    return tuple(sorted(aliases, key=lambda e: e.name))


def _letters(shapes: Iterable[Shape], taken: Collection[str]) -> dict[Any, Linear]:
    """Names for dimensions that nobody named, in the order in which they are met."""
    letters = (name for name in (*NAMES, *(f"n_{k}" for k in range(1, 200))) if name not in taken)
    found: dict[Any, Linear] = {}
    for shape in shapes:
        for axis in shape.axes:
            for atom in atoms(axis):
                if str(atom).startswith(FLEXIBLE) and atom not in found:
                    found[atom] = variable(next(letters))
    return found


def _properties(hypotheses: Iterable[Hypothesis]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for hypothesis in hypotheses:
        statement = hypothesis.statement
        if statement.head == "property" and statement.args[0].head == "symbol":
            name = statement.args[0].data[0]
            found[name] = (*found.get(name, ()), statement.data[0])
    return found


def _declared(meaning: Meaning, properties: tuple[str, ...], names: Mapping[Any, Linear]) -> SymbolEntry:
    shape = _shape_text(meaning.shape, names)
    if meaning.kind in ("function", "map"):
        sources = " \\times ".join(_shape_text(s, names) for s in meaning.arguments) or "\\mathbb{R}"
        shape = f"{sources} \\to {shape}"
    return SymbolEntry(
        meaning.name,
        name_latex(meaning.name),
        meaning.kind if meaning.definition is None else f"{meaning.kind}, defined",
        shape,
        meaning.origin,
        meaning.line,
        properties,
        meaning.indices if meaning.range is None else (meaning.range,),
        meaning.target,
        meaning.definition,
        meaning.template,
    )


def _inferred_shape(name: str, kind: str, dimensions: Dimensions) -> Shape | None:
    form = kind.removeprefix("family").strip()
    if form not in ("scalar", "vector", "row", "matrix", "square"):
        return None
    return dimensions.shape(flexible_shape(name, form))


def _shape_text(shape: Shape, names: Mapping[Any, Linear]) -> str:
    return shape_latex(Shape(tuple(substitute(axis, names) for axis in shape.axes)))
