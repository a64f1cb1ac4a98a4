"""The symbols of a document as declarations, to be pasted as a given block or used as a context file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from verifier.derivation import Derivation, Origin, Role, Section, SymbolEntry
from verifier.notation import PROPERTY_WORDS, latex
from verifier.reporting.json_report import symbol_data
from verifier.reporting.readable import printable
from verifier.reporting.typed import definition_latex

WORDS = {
    "dimension": "{} is a dimension",
    "index": "{} is an index",
    "identity": "{} is the identity",
    "ones": "{} is the vector of ones",
    "moment": "{} is the expectation",
    "map": "{} is entrywise",
}
STATED = (Origin.DECLARATION, Origin.CONTEXT)
Known = set[tuple[str, str]]


def symbols_text(derivation: Derivation) -> str:
    """Headings and given blocks: each symbol under the first section that has it so."""
    known: Known = set()
    parts: list[str] = []
    layout = ""
    for number, section in enumerate(derivation.sections):
        lines = list(_lines(derivation, number, section, known))
        if section.layout and section.layout != layout:
            inferred = f"inferred in line {section.layout_line}" if section.layout_line is not None else "declared"
            lines += [f"# {inferred}", f"layout: {section.layout}"]
        layout = section.layout or layout
        if lines:
            parts.append("\n".join((*_heading(section), "```given", *lines, "```", "")))
    return "\n".join(parts)


def _heading(section: Section) -> list[str]:
    title = printable(section.title)
    if not section.number:
        return [f"<!-- section: {title.replace('--', '-')}, line {section.line} -->", ""] if title else []
    return [f"## {section.number}", "", f"<!-- line {section.line} -->", ""]


def _lines(derivation: Derivation, number: int, section: Section, known: Known) -> Iterator[str]:
    bodies = _bodies(derivation, number)
    dimensions = [e for e in section.symbols if e.kind in ("dimension", "index")]
    defined = [e for e in section.symbols if e.kind.endswith("defined")]
    others = [e for e in section.symbols if e not in dimensions and e not in defined]
    yield from _new((_entry(e) for e in dimensions), known)
    yield from _new((_entry(e) for e in others), known)
    yield from _new((_definition(e, bodies) for e in defined), known)
    yield from _new(_conditions(derivation, number, section), known)


def _bodies(derivation: Derivation, number: int) -> dict[str, str]:
    """Definitions that claims of a section use, without those that the running text makes: it makes them again."""
    made = {claim.place.line for claim in derivation.claims if claim.role in (Role.DEFINITION, Role.DECLARATION)}
    lines = {e.name: e.line for e in derivation.sections[number].symbols}
    return {
        d.name: definition_latex(d)
        for claim in derivation.claims
        if claim.section == number and claim.sequent is not None
        for d in claim.sequent.definitions
        if lines.get(d.name) not in made
    }


def _new(items: Iterable[tuple[str, str]], known: Known) -> Iterator[str]:
    """Comments and declarations that did not stand before."""
    for comment, line in items:
        if (comment, line) not in known:
            known.add((comment, line))
            yield f"# {comment}"
            if line:
                yield line


def where(origin: Origin, line: int | None) -> str:
    """``declaration in line 9``"""
    return f"{origin}{f' in line {line}' if line is not None else ''}"


def _entry(entry: SymbolEntry) -> tuple[str, str]:
    """A comment that says where a symbol comes from, and its declaration."""
    properties = "".join(f", {PROPERTY_WORDS.get(p, p)}" for p in entry.properties)
    comment = f"{entry.name}, a {_kind(entry)}{properties}: {where(entry.origin, entry.line)}"
    if entry.kind in WORDS:
        return comment, WORDS[entry.kind].format(entry.latex)
    if entry.kind == "function" and "\\to" in entry.shape:
        return comment, f"{_with_index(entry)} : {entry.shape}"
    if entry.kind == "unit":
        return comment, f"{entry.latex}_i unit vectors in {entry.shape}"
    if entry.kind in ("named", "function") or not entry.shape:
        return comment, ""
    return comment, f"{_with_index(entry)} \\in {entry.shape}"


def _kind(entry: SymbolEntry) -> str:
    if entry.kind != "symbol":
        return entry.kind
    if "\\times" in entry.shape:
        return "matrix"
    return "vector" if "^" in entry.shape else "scalar"


def _with_index(entry: SymbolEntry) -> str:
    if entry.name.endswith("^()"):
        return f"{entry.latex}^{{(k)}}"
    return f"{entry.latex}_i" if entry.name.endswith("_") else entry.latex


def _definition(entry: SymbolEntry, bodies: dict[str, str]) -> tuple[str, str]:
    return f"{entry.name}: {where(entry.origin, entry.line)}", bodies.get(entry.name, "")


def _conditions(derivation: Derivation, number: int, section: Section) -> Iterator[tuple[str, str]]:
    """What is stated of the symbols beside their spaces."""
    for claim in derivation.claims:
        if claim.section == number:
            for hypothesis in claim.hypotheses:
                if hypothesis.origin in STATED:
                    yield where(hypothesis.origin, hypothesis.line), latex(hypothesis.statement)


def symbols_json(derivation: Derivation) -> str:
    """The sections with their symbols, as in a report."""
    sections: list[dict[str, Any]] = [
        {
            "title": section.title,
            "number": section.number,
            "line": section.line,
            "layout": section.layout,
            "layout_line": section.layout_line,
            "symbols": [symbol_data(entry) for entry in section.symbols],
        }
        for section in derivation.sections
    ]
    return json.dumps({"path": derivation.path, "sections": sections}, ensure_ascii=False, indent=1) + "\n"
