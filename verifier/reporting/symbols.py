"""The symbols of a document as declarations, to be pasted as a given block or used as a context file."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from verifier.derivation import Derivation, Origin, Role, Section, SymbolEntry
from verifier.kernel.closure import Range
from verifier.kernel.linear import ZERO
from verifier.kernel.randomness import DECLARATIONS
from verifier.kernel.terms import Term
from verifier.notation import PROPERTY_WORDS, form_latex, latex, name_latex
from verifier.reporting.json_report import symbol_data
from verifier.reporting.readable import printable
from verifier.reporting.report import in_letters
from verifier.reporting.typed import definition_latex

WORDS = {
    "dimension": "{} is a dimension",
    "index": "{} is an index",
    "identity": "{} is the identity",
    "ones": "{} is the vector of ones",
    "moment": "{} is the expectation",
    "map": "{} is entrywise",
}
FUNCTIONS = {
    "sigmoid": "the sigmoid",
    "relu": "the relu",
    "tanh": "the tanh",
    "log": "the natural logarithm",
    "spectral_radius": "the spectral radius",
}
STATED = (Origin.DECLARATION, Origin.CONTEXT)
FROM_ZERO: Range = (ZERO, None)
LETTERS = ("i", "j", "k")
REALS = "\\mathbb{R}"
Line = tuple[str, str]


def symbols_text(derivation: Derivation) -> str:
    """Headings and given blocks: each symbol under the first section that has it so."""
    printed: list[tuple[str, set[Line]]] = []
    layouts: list[tuple[str, str]] = []
    parts: list[str] = []
    for number, section in enumerate(derivation.sections):
        known = {line for outer, lines in printed if _contains(outer, section.number) for line in lines}
        new = [line for line in dict.fromkeys(_lines(derivation, number, section)) if line not in known]
        printed.append((section.number, set(new)))
        layout = next((held for outer, held in reversed(layouts) if _contains(outer, section.number)), "")
        layouts.append((section.number, section.layout))
        if section.layout and section.layout != layout:
            inferred = f"inferred in line {section.layout_line}" if section.layout_line is not None else "declared"
            new.append((inferred, f"layout: {section.layout}"))
        if new:
            lines = [text for comment, line in new for text in (f"# {comment}", line) if text]
            parts.append(in_letters("\n".join((*_heading(section), "```given", *lines, "```", ""))))
    return "\n".join(parts)


def _contains(outer: str, inner: str) -> bool:
    """Whether what is declared under one number holds under the other; without a number, in the whole document."""
    return inner.startswith(outer) and not (outer[-1:].isdigit() and inner[len(outer) :][:1].isdigit())


def _heading(section: Section) -> list[str]:
    title = printable(section.title)
    if not section.number:
        return [f"<!-- section: {title.replace('--', '-')}, line {section.line} -->", ""] if title else []
    return [f"## {section.number}", "", f"<!-- line {section.line} -->", ""]


def _lines(derivation: Derivation, number: int, section: Section) -> Iterator[Line]:
    """Comments and declarations: indices, symbols, abbreviations, definitions, what is stated."""
    made = {claim.place.line for claim in derivation.claims if claim.role in (Role.DEFINITION, Role.DECLARATION)}
    letters = {e.ranges[0]: e.latex for e in reversed(section.symbols) if e.kind == "index" and e.ranges}
    first = [e for e in section.symbols if e.kind in ("dimension", "index")]
    defined = [e for e in section.symbols if e.definition is not None]
    yield from (_entry(e, letters) for e in first)
    yield from (_entry(e, letters) for e in section.symbols if e not in first and e not in defined)
    yield from (_alias(e) for e in section.aliases)
    yield from (_definition(e, made) for e in _in_order(defined))
    for hypothesis in section.hypotheses:
        if hypothesis.origin in STATED:
            yield where(hypothesis.origin, hypothesis.line), _stated(hypothesis.statement)


def where(origin: Origin, line: int | None) -> str:
    """``declaration in line 9``"""
    return f"{origin}{f' in line {line}' if line is not None else ''}"


def _entry(entry: SymbolEntry, letters: Mapping[Range, str]) -> Line:
    """A comment that says where a symbol comes from, and its declaration."""
    properties = "".join(f", {PROPERTY_WORDS.get(p, p)}" for p in entry.properties)
    comment = f"{entry.name}, {_kind(entry)}{properties}: {where(entry.origin, entry.line)}"
    if entry.kind == "index" and entry.ranges and entry.ranges[0] != FROM_ZERO:
        return comment, f"{entry.latex} \\in {_range(entry.ranges[0])}"
    if entry.kind in WORDS:
        return comment, WORDS[entry.kind].format(entry.latex)
    if entry.kind == "named":
        return comment, f"{entry.latex} is {FUNCTIONS[entry.target]}" if entry.target in FUNCTIONS else ""
    if entry.kind == "function":
        typed = "\\to" in entry.shape
        return comment, f"{_with_index(entry, letters)} : {entry.shape}" if typed else f"{entry.latex} is a function"
    if entry.kind == "unit":
        return comment, f"{entry.latex}_i unit vectors in {entry.shape.replace(REALS, 'R')}"
    if not entry.shape:
        return comment, ""
    return comment, f"{_with_index(entry, letters)} \\in {entry.shape}"


def _range(within: Range) -> str:
    """``\\{1, \\dots, n\\}``"""
    lower, upper = within
    end = "\\dots" if upper is None else f"\\dots, {form_latex(upper)}"
    return f"\\{{{form_latex(lower)}, {end}\\}}"


def _kind(entry: SymbolEntry) -> str:
    if entry.kind == "named":
        return f"a name of {entry.target}"
    if entry.kind != "symbol":
        return f"{'an' if entry.kind[0] in 'aeiou' else 'a'} {entry.kind}"
    if "\\times" in entry.shape:
        return "a matrix"
    return "a vector" if "^" in entry.shape else "a scalar"


def _with_index(entry: SymbolEntry, letters: Mapping[Range, str]) -> str:
    """``w^{(k)}``, ``A_{i,j}``: a member of a family, with letters that have its ranges."""
    text, ranges = entry.latex, list(entry.ranges)
    if "^()" in entry.name:
        text, ranges = f"{text}^{{(k)}}", ranges[1:]
    if not ranges:
        return f"{text}_i" if entry.name.endswith("_") else text
    free = iter(letter for letter in LETTERS if letter not in letters.values())
    chosen = [letters.get(within) or next(free, "i") for within in ranges]
    return f"{text}_{{{','.join(chosen)}}}" if len(chosen) > 1 else f"{text}_{chosen[0]}"


def _alias(entry: SymbolEntry) -> Line:
    """``A_{h} := A_{h,:}``, ``X \\equiv x``"""
    comment = f"{entry.name}: {where(entry.origin, entry.line)}"
    if entry.template is None:
        return comment, ""
    letters, term = entry.template
    if not letters:
        return comment, f"{latex(term)} \\equiv {entry.latex}"
    stem = name_latex(entry.name[:-1])
    return comment, f"{stem}{entry.name[-1]}{{{','.join(map(name_latex, letters))}}} := {latex(term)}"


def _in_order(entries: Iterable[SymbolEntry]) -> list[SymbolEntry]:
    """Definitions in the order in which they are made, so that each uses what is defined before."""
    return sorted(entries, key=lambda entry: entry.line or 0)


def _definition(entry: SymbolEntry, made: Collection[int]) -> Line:
    """What the running text defines, it defines again: then only the comment."""
    body = "" if entry.definition is None or entry.line in made else definition_latex(entry.definition)
    return f"{entry.name}: {where(entry.origin, entry.line)}", body


def _stated(statement: Term) -> str:
    """A hypothesis as a declaration: that it holds for all values of an index need not be said."""
    while statement.head == "for_all":
        statement = statement.args[0]
    if statement.head == "property" and statement.data[0].startswith("full_"):
        return f"{latex(statement.args[0])} has {statement.data[0].replace('_', ' ')}"
    if statement.head in DECLARATIONS:
        return _of_chance(statement)
    if statement.head == "property" and statement.data[0] in ("random", "constant", "identically_distributed"):
        return f"{latex(statement.args[0])} is {statement.data[0].replace('_', ' ')}"
    return latex(statement)


def _of_chance(statement: Term) -> str:
    """What is declared of independence, or of a law, in the words that declare it."""
    names = [latex(symbol) for symbol in statement.args]
    match statement.head:
        case "independent":
            return f"{' and '.join(names)} are independent"
        case "independent_entries":
            return f"the entries of {names[0]} are independent"
        case "independent_members":
            return f"the {names[0]} are i.i.d."
    return f"{names[0]} is Gaussian"


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
