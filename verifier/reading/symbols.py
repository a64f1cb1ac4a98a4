"""The symbols of a section as a person sees them: kind, shape, and where each was declared or inferred."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from verifier.derivation import Hypothesis, Origin, SymbolEntry
from verifier.kernel.shapes import Shape
from verifier.notation import name_latex, shape_latex
from verifier.reading.environment import Dimensions, Environment, Meaning, flexible_shape


def symbol_entries(
    environment: Environment, assumed: Mapping[str, str], dimensions: Dimensions, hypotheses: Iterable[Hypothesis]
) -> tuple[SymbolEntry, ...]:
    """Declared symbols first, then those whose kind was inferred."""
    properties = _properties(hypotheses)
    entries = [_declared(m, properties.get(m.name, ())) for m in environment.all() if m.kind != "alias"]
    known = {e.name for e in entries}
    for name, kind in sorted(assumed.items()):
        if name not in known:
            entries.append(_inferred(name, kind, dimensions))
    return tuple(sorted(entries, key=lambda e: e.name))


def _properties(hypotheses: Iterable[Hypothesis]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for hypothesis in hypotheses:
        statement = hypothesis.statement
        if statement.head == "property" and statement.args[0].head == "symbol":
            name = statement.args[0].data[0]
            found[name] = (*found.get(name, ()), statement.data[0])
    return found


def _declared(meaning: Meaning, properties: tuple[str, ...]) -> SymbolEntry:
    shape = _shape_text(meaning.shape)
    if meaning.kind in ("function", "map"):
        sources = " \\times ".join(shape_latex(s) for s in meaning.arguments) or "\\mathbb{R}"
        shape = f"{sources} \\to {shape}"
    kind = meaning.kind if meaning.definition is None else f"{meaning.kind}, defined"
    return SymbolEntry(meaning.name, name_latex(meaning.name), kind, shape, meaning.origin, meaning.line, properties)


def _inferred(name: str, kind: str, dimensions: Dimensions) -> SymbolEntry:
    form = kind.removeprefix("family").strip()
    shape = ""
    if form in ("scalar", "vector", "row", "matrix", "square"):
        shape = _shape_text(dimensions.shape(flexible_shape(name, form)))
    return SymbolEntry(name, name_latex(name), kind, shape, Origin.INFERRED)


def _shape_text(shape: Shape) -> str:
    return shape_latex(shape)
