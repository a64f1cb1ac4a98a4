"""Everything that is known of one claim, and what codes and verdicts mean."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from textwrap import fill

from verifier.derivation import Judgement, Verdict
from verifier.kernel.axioms import AXIOMS
from verifier.notation import latex
from verifier.reporting.diagnostics import CODES
from verifier.reporting.json_report import side_conditions
from verifier.reporting.numpy_lines import numpy_lines
from verifier.reporting.readable import printable, readable
from verifier.reporting.report import FileReport
from verifier.reporting.steps import steps
from verifier.reporting.text import Detail, Entry, basis, claim_text, entry_of, shown_place
from verifier.reporting.typed import claim_latex
from verifier.reporting.verdicts import VERDICTS

WIDTH, TEXT_WIDTH = 16, 88
Row = tuple[str, str]


def claims_at(file: FileReport, line: int) -> list[Judgement]:
    """The judgements whose claim, or whose place as it is shown, takes in a line."""
    found = []
    for judgement in file.judgements:
        place, shown = judgement.claim.place, shown_place(judgement)
        if place.line <= line <= place.end_line or shown.line == line:
            found.append(judgement)
    return found


def nearest_lines(file: FileReport, line: int) -> list[int]:
    """The lines of claims before and after a line."""
    lines = {judgement.claim.place.line for judgement in file.judgements}
    before, after = [k for k in lines if k < line], [k for k in lines if k > line]
    return [*([max(before)] if before else []), *([min(after)] if after else [])]


def explained(file: FileReport, judgement: Judgement) -> str:
    """A claim in full: how it was read, what it rests on, why the verdict is what it is."""
    entry = entry_of(file, judgement, Detail.NORMAL)
    title = Entry(entry.place, entry.kind, str(judgement.verdict), claim_text(judgement))
    lines = [*title.lines(), ""]
    for label, text in _rows(file, judgement, entry):
        lines.append(f"  {label:<{WIDTH}}{text}".rstrip())
    return "\n".join(lines) + "\n"


def _rows(file: FileReport, judgement: Judgement, entry: Entry) -> Iterator[Row]:
    verdict, claim = judgement.verdict, judgement.claim
    yield "verdict", f"{verdict}: {VERDICTS[verdict].title}"
    if claim.whole_chain:
        yield "", "a chain's first side against its last, outside the totals"
    yield from entry.details
    if claim.sequent is not None:
        yield "read as", readable(claim_latex(claim.sequent))
        yield "in LaTeX", printable(claim_latex(claim.sequent))
    yield from _layout(file, judgement)
    yield from basis(file, judgement)
    for item in side_conditions(judgement.theorem):
        yield "side condition", f"{readable(item['statement'])}{'' if item['stated'] else '  (not stated)'}"
    yield from _cited(file, judgement)
    yield from _evidence(judgement)
    yield from _proof(judgement)
    yield from _contrary(judgement)


def _layout(file: FileReport, judgement: Judgement) -> Iterator[Row]:
    sections, number = file.derivation.sections, judgement.claim.section
    section = sections[number] if number < len(sections) else None
    if section is not None and section.layout and judgement.verdict is not Verdict.OTHER_LAYOUT:
        line = section.layout_line
        yield "layout", f"{section.layout}{f' (inferred in line {line})' if line is not None else ''}"


def _cited(file: FileReport, judgement: Judgement) -> Iterator[Row]:
    for name in judgement.rests_on:
        for other in file.judgements:
            if other.claim.id == name:
                yield "rests on", f"line {other.claim.place.line}, {other.verdict}: {claim_text(other)}"


def _evidence(judgement: Judgement) -> Iterator[Row]:
    evidence = judgement.evidence
    if not evidence.models:
        if evidence.reason:
            yield "instantiation", printable(evidence.reason)
        return
    shapes = "; ".join(", ".join(f"{name} = {size}" for name, size in shape.items()) for shape in evidence.shapes)
    yield "instantiation", f"{evidence.models} models agree{f', of {shapes}' if shapes else ''} (seed {evidence.seed})"
    if evidence.bound:
        yield "", printable(evidence.bound)


def _proof(judgement: Judgement) -> Iterator[Row]:
    theorem = judgement.theorem
    if theorem is None:
        return
    if theorem.sequent != judgement.claim.sequent:
        yield "what is proved", readable(latex(theorem.conclusion))
    for number, step in enumerate(steps(theorem.sequent, theorem.certificate)):
        yield "" if number else "proof", step
    for name in theorem.axioms:
        row = AXIOMS.get(name)
        yield "axiom", f"{name}{f': {row.source}' if row else ''}"


def _contrary(judgement: Judgement) -> Iterator[Row]:
    """How the kernel denies the claim in the counterexample, where no evaluation does."""
    negation = None if judgement.counterexample is None else judgement.counterexample.negation
    if negation is not None:
        for number, step in enumerate(steps(negation.sequent, negation.certificate)):
            yield "" if number else "the contrary", step


def pasteable(judgement: Judgement) -> str:
    """The counterexample as lines of Python; nothing if there is none."""
    claim = judgement.claim
    if judgement.counterexample is None or claim.sequent is None:
        return ""
    return "\n".join((f"# {claim_text(judgement)}", *numpy_lines(claim.sequent, judgement.counterexample))) + "\n"


# codes


def explained_code(code: str) -> str | None:
    """What a diagnostic code or a verdict means; None if it is neither."""
    if code in set(Verdict):
        meaning = VERDICTS[Verdict(code)]
        status = f"exit status {meaning.status}"
        return f"{code}: {meaning.title} ({status})\n\n{_indented(meaning.explanation)}\n"
    row = CODES.get(code)
    if row is None:
        return None
    example = f"\n\n  Example:  {row.example}" if row.example else ""
    return f"{code}: {row.title}\n\n{_indented(row.explanation)}{example}\n"


def _indented(text: str) -> str:
    return fill(text, TEXT_WIDTH, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)


def resembling(code: str) -> list[str]:
    """Codes and verdicts that resemble a text."""
    return get_close_matches(code, [*CODES, *map(str, Verdict)], 3)
