"""A report as JSON: the contract that ``report.schema.json`` states. The same report gives the same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from verifier.derivation import Claim, Counterexample, Diagnostic, Judgement, Section, SymbolEntry
from verifier.kernel.domains import domain
from verifier.kernel.polynomials import Unsupported
from verifier.kernel.sequents import Sequent
from verifier.kernel.serialization import sequent_to_data
from verifier.kernel.shapes import ShapeError
from verifier.kernel.terms import Term, TermError
from verifier.kernel.theorems import Theorem
from verifier.notation import latex
from verifier.reporting.report import FileReport, Report
from verifier.reporting.typed import definition_latex, typed

VERSION = 1
WHOLE = "-whole"
Plain = dict[str, Any]


def to_json(report: Report, *, timings: bool = False) -> str:
    """The report as JSON text: one claim a line."""
    files = [file_data(file, timings) for file in report.files]
    totals = {str(verdict): count for verdict, count in report.totals.items()}
    options = report.instructions.data([file.syntax for file in report.files])
    return _text({"version": VERSION, "files": files, "totals": totals, "options": options}, 4) + "\n"


def to_bytes(text: str) -> bytes:
    """JSON text in UTF-8; a lone surrogate (of a broken notebook) is escaped as JSON escapes it."""
    return text.encode("utf-8", "backslashreplace")


def _text(value: Any, levels: int, indent: str = "") -> str:
    """JSON with the outer levels on lines of their own."""
    if not levels or not isinstance(value, (dict, list)) or not value:
        return json.dumps(value, ensure_ascii=False)
    inner = indent + " "
    if isinstance(value, dict):
        items = [f"{inner}{json.dumps(key)}: {_text(held, levels - 1, inner)}" for key, held in value.items()]
        return "{\n" + ",\n".join(items) + f"\n{indent}}}"
    return "[\n" + ",\n".join(f"{inner}{_text(held, levels - 1, inner)}" for held in value) + f"\n{indent}]"


def file_data(file: FileReport, timings: bool = False) -> Plain:
    """A file with its sections, claims and diagnostics, as the contract has it."""
    diagnostics = (*((file.error,) if file.error else ()), *file.diagnostics)
    data: Plain = {
        "path": file.path,
        "sha256": file.sha256,
        "sections": [_section(section) for section in file.derivation.sections],
        "claims": [claim_data(judgement, file, timings) for judgement in file.judgements],
        "diagnostics": [diagnostic_data(diagnostic) for diagnostic in diagnostics],
    }
    return {**data, "seconds": round(file.seconds, 6)} if timings else data


def _section(section: Section) -> Plain:
    return {
        "title": section.title,
        "layout": section.layout,
        "symbols": [symbol_data(entry) for entry in section.symbols],
    }


def symbol_data(entry: SymbolEntry) -> Plain:
    """A symbol as plain data."""
    return {
        "name": entry.name,
        "latex": entry.latex,
        "kind": entry.kind,
        "shape": entry.shape,
        "origin": str(entry.origin),
        "line": entry.line,
        "properties": list(entry.properties),
    }


def diagnostic_data(diagnostic: Diagnostic) -> Plain:
    """A diagnostic as plain data."""
    place = diagnostic.place
    return {
        "code": diagnostic.code,
        "message": diagnostic.message,
        "path": diagnostic.path or None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "help": diagnostic.help,
    }


# claims


def claim_id(claim: Claim) -> str:
    """The id of a claim; that a whole chain is outside the totals is seen by it."""
    return claim.id + WHOLE if claim.whole_chain else claim.id


def claim_data(judgement: Judgement, file: FileReport, timings: bool = False) -> Plain:
    """A claim of a file and its judgement, as the contract has it."""
    claim, place = judgement.claim, judgement.claim.place
    data: Plain = {
        "id": claim_id(claim),
        "section": claim.section,
        "label": claim.label,
        "chain": claim.chain,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
        "left": claim.left,
        "relation": claim.relation,
        "right": claim.right,
        "reading": typed(claim.sequent) if claim.sequent else "",
        "claim": sequent_to_data(claim.sequent) if claim.sequent else None,
        **_judgement_data(judgement, file),
    }
    return {**data, "seconds": round(judgement.seconds, 6)} if timings else data


def _judgement_data(judgement: Judgement, file: FileReport) -> Plain:
    claim, theorem, counterexample = judgement.claim, judgement.theorem, judgement.counterexample
    return {
        "hypotheses": hypotheses_data(judgement, file),
        "side_conditions": list(side_conditions(theorem)),
        "rests_on": _cited(judgement, file),
        "verdict": str(judgement.verdict),
        "reason": judgement.reason or (counterexample.where if counterexample else ""),
        "diagnostics": [diagnostic_data(d) for d in (*claim.notes, *judgement.diagnostics)],
        "counterexample": counterexample_data(counterexample) if counterexample else None,
        "suggestion": _suggestion(judgement),
        "evidence": _evidence(judgement),
        "certificate": certificate_data(claim.sequent, theorem) if theorem else None,
        "axioms": list(theorem.axioms) if theorem else [],
        "oracles": list(theorem.oracles) if theorem else [],
    }


def _cited(judgement: Judgement, file: FileReport) -> list[str]:
    whole = {j.claim.id for j in file.judgements if j.claim.whole_chain} if judgement.rests_on else set()
    return [name + WHOLE if name in whole else name for name in judgement.rests_on]


def hypotheses_data(judgement: Judgement, file: FileReport) -> list[Plain]:
    """The hypotheses that a proof of the claim used, or all that are in force; then the definitions."""
    claim, theorem = judgement.claim, judgement.theorem
    own = theorem is not None and theorem.sequent == claim.sequent
    used = set(theorem.hypotheses) if theorem is not None and own else {h.statement for h in claim.hypotheses}
    data: list[Plain] = [
        {"statement": latex(h.statement), "origin": str(h.origin), "line": h.line}
        for h in claim.hypotheses
        if h.statement in used
    ]
    definitions = claim.sequent.definitions if claim.sequent else ()
    lines = _lines(file.derivation.sections, claim.section) if definitions else {}
    data += [{"statement": definition_latex(d), "origin": "definition", "line": lines.get(d.name)} for d in definitions]
    return data


def _lines(sections: Sequence[Section], number: int) -> dict[str, int | None]:
    """The lines in which the symbols of a section are declared or defined."""
    return {e.name: e.line for e in sections[number].symbols} if number < len(sections) else {}


def side_conditions(theorem: Theorem | None) -> Iterator[Plain]:
    """The domains of a proved claim, those that its hypotheses imply included."""
    if theorem is None:
        return
    try:
        implied = [p for p in domain(theorem.sequent, theorem.conclusion) if p not in theorem.side_conditions]
    except (Unsupported, TermError, ShapeError):
        implied = []
    for proposition in theorem.side_conditions:
        yield {"statement": latex(proposition), "stated": False}
    for proposition in implied:
        if not _is_plain(proposition):
            yield {"statement": latex(proposition), "stated": True}


def _is_plain(proposition: Term) -> bool:
    """Whether a domain is about numbers alone: that 2 is not 0 needs no mention."""
    return all(arg.head in ("number", "index") for arg in proposition.args)


def counterexample_data(counterexample: Counterexample) -> Plain:
    """A counterexample; its free indices are listed with the dimensions, whole numbers all."""
    data: Plain = {
        "dimensions": {**counterexample.dimensions, **counterexample.indices},
        "values": dict(counterexample.values),
        "laws": dict(counterexample.functions),
        "left": counterexample.left,
        "right": counterexample.right,
    }
    return data if counterexample.negation is None else {**data, "negation": counterexample.negation.certificate}


def _suggestion(judgement: Judgement) -> Plain | None:
    suggestion = judgement.suggestion
    return {"right": suggestion.right, "verdict": str(suggestion.verdict)} if suggestion else None


def _evidence(judgement: Judgement) -> Plain:
    evidence = judgement.evidence
    return {
        "models": evidence.models,
        "shapes": [dict(shape) for shape in evidence.shapes],
        "bound": evidence.bound,
        "seed": evidence.seed,
    }


def certificate_data(sequent: Sequent | None, theorem: Theorem) -> Plain:
    """The certificate: of the claim itself, or else with the claim that it is ``of``."""
    if theorem.sequent == sequent:
        return dict(theorem.certificate)
    return {"of": sequent_to_data(theorem.sequent), "proof": theorem.certificate}
