"""A report as text, a claim a line, place first:  ``homework.md:14:58  refuted   x² = 2x``  and below it why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from verifier.derivation import Counterexample, Diagnostic, Judgement, Origin, Place, Verdict
from verifier.kernel.terms import OPTIMUM, Term, subterms
from verifier.notation import latex, name_latex
from verifier.reporting.diagnostics import Severity, severity
from verifier.reporting.json_report import hypotheses_data
from verifier.reporting.readable import printable, readable
from verifier.reporting.report import FileReport, Report, is_expected, telling_chains, unstated
from verifier.reporting.typed import claim_latex
from verifier.reporting.verdicts import FINE, VERDICTS

WORD, LABEL = 8, 14
LONGEST = 300


class Detail(Enum):
    """How much is shown: the totals, everything that is not clean, or everything."""

    QUIET = "quiet"
    NORMAL = "normal"
    VERBOSE = "verbose"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a report with what stands below it: labels with their texts. ``kind`` is a verdict or a severity."""

    place: str
    kind: str
    word: str
    text: str
    details: tuple[tuple[str, str], ...] = ()

    def lines(self) -> Iterator[str]:
        """The entry as text, without an end of line."""
        yield f"{self.place}  {self.word:<{WORD}}  {self.text}".rstrip()
        for label, text in self.details:
            yield f"{' ' * (len(self.place) + 2)}{label:<{LABEL}}  {text}".rstrip()


def to_text(report: Report, detail: Detail = Detail.NORMAL) -> str:
    """The report as plain text."""
    lines = [line for entry in entries(report, detail) for line in entry.lines()]
    return "".join(f"{line}\n" for line in (*lines, totals_in_words(report)))


def entries(report: Report, detail: Detail) -> Iterator[Entry]:
    """What is shown, in the order of the files and of their lines."""
    if detail is Detail.QUIET:
        return
    for file in report.files:
        found = [*_claims(file, detail), *_diagnostics(file, detail)]
        yield from (entry for _, entry in sorted(found, key=lambda item: item[0]))


def totals_in_words(report: Report) -> str:
    """``61 claims: 54 proved, 4 refuted, 2 undecided, 1 not understood``"""
    broken = sum(file.error is not None for file in report.files)
    unchecked = f"{counted(broken, 'file')} not checked" if broken else ""
    if not report.claims:
        return "; ".join(filter(None, ("no claims found", unchecked)))
    expected = [j.verdict for j in report.counted if is_expected(j) and VERDICTS[j.verdict].status != FINE]
    parts = []
    for verdict, count in report.totals.items():
        if count and verdict is not Verdict.GIVEN:
            marked = expected.count(verdict)
            note = f" ({'as' if marked == count else f'{marked} as'} expected)" if marked else ""
            parts.append(f"{count} {VERDICTS[verdict].counted_as}{note}")
    checked = len(report.files) - broken
    where = f" in {counted(checked, 'file')}" if checked > 1 else ""
    return f"{counted(report.claims, 'claim')}{where}: {', '.join(filter(None, (*parts, unchecked)))}"


def counted(number: int, what: str) -> str:
    """``1 claim``, ``2 claims``"""
    return f"{number} {what}{'' if number == 1 else 's'}"


# claims

Sorted = tuple[tuple[int, int, int], Entry]


def _claims(file: FileReport, detail: Detail) -> Iterator[Sorted]:
    telling = {judgement.claim.id for judgement in telling_chains(file.judgements)}
    for number, judgement in enumerate(file.judgements):
        claim = judgement.claim
        shown = claim.id in telling if claim.whole_chain else not _is_clean(judgement)
        if shown or detail is Detail.VERBOSE:
            place = shown_place(judgement)
            yield (place.line, place.column, number), entry_of(file, judgement, detail)


def _is_clean(judgement: Judgement) -> bool:
    """Proved or given, with nothing to be said of it."""
    remarks = any(severity(d.code) is not Severity.NOTE for d in (*judgement.claim.notes, *judgement.diagnostics))
    return judgement.verdict in (Verdict.PROVED, Verdict.GIVEN) and not unstated(judgement) and not remarks


def shown_place(judgement: Judgement) -> Place:
    """Where an editor should jump to: the token that is wrong, or else the claim."""
    problem = judgement.claim.problem
    return problem.place if problem is not None and problem.place is not None else judgement.claim.place


def entry_of(file: FileReport, judgement: Judgement, detail: Detail) -> Entry:
    """A judgement as it is shown."""
    place = shown_place(judgement)
    where = f"{printable(file.path)}:{place.line}:{place.column}"
    word, details = str(judgement.verdict), list(_reasons(file, judgement))
    if is_expected(judgement) and VERDICTS[judgement.verdict].status != FINE:
        word, details = f"{word}, as expected", []
    elif judgement.verdict is Verdict.PROVED and unstated(judgement):
        word = f"proved, if {conditions(judgement)} (not stated)"
    if judgement.claim.whole_chain:
        details.append(("whole chain", "its first side against its last; the steps are listed by themselves"))
    if detail is Detail.VERBOSE and judgement.claim.sequent is not None:
        details.append(("read as", readable(claim_latex(judgement.claim.sequent), 4 * LONGEST)))
        details += basis(file, judgement)
    return Entry(where, str(judgement.verdict), word, claim_text(judgement), tuple(details))


def basis(file: FileReport, judgement: Judgement) -> Iterator[tuple[str, str]]:
    """What a verdict rests on: hypotheses that were used, or are in force, definitions, with their origins; axioms."""
    for item in hypotheses_data(judgement, file):
        where = f", line {item['line']}" if item["line"] is not None else ""
        label = "with" if item["origin"] == Origin.DEFINITION else "given"
        yield label, f"{readable(item['statement'], LONGEST)}  ({item['origin']}{where})"
    if judgement.theorem is not None and judgement.theorem.axioms:
        yield "by", ", ".join(judgement.theorem.axioms)


def claim_text(judgement: Judgement) -> str:
    """The claim as it stands in the source, readable."""
    claim = judgement.claim
    return readable(f"{claim.left} {claim.relation} {claim.right}", LONGEST)


def conditions(judgement: Judgement) -> str:
    """The side conditions that nothing states."""
    theorem = judgement.theorem
    return " and ".join(statement_text(p) for p in theorem.side_conditions) if theorem else ""


def statement_text(proposition: Term) -> str:
    """A proposition, readable."""
    return readable(latex(proposition), LONGEST)


def _is_about_an_optimum(judgement: Judgement) -> bool:
    sequent = judgement.claim.sequent
    return sequent is not None and any(part.head == OPTIMUM for part in subterms(sequent.conclusion))


def _reasons(file: FileReport, judgement: Judgement) -> Iterator[tuple[str, str]]:
    """Why the verdict is what it is, and what can be done: labels with texts."""
    counterexample = judgement.counterexample
    if counterexample is not None:
        refuting = judgement.verdict is not Verdict.UNDECIDED
        yield "counterexample" if refuting else "separated by", counterexample_text(counterexample)
        if counterexample.left is not None:
            sides = f"the sides are {value_text(counterexample.left)} and {value_text(counterexample.right)}"
            yield "there", f"{sides}{f', at {counterexample.where}' if counterexample.where else ''}"
        elif counterexample.negation is not None or _is_about_an_optimum(judgement):
            yield "there", counterexample.where
    if judgement.suggestion is not None:
        yield "did you mean", f"{readable(judgement.suggestion.right, LONGEST)}     ({judgement.suggestion.verdict})"
    if judgement.verdict is Verdict.CONDITIONAL:
        yield "proved if", readable(judgement.reason, LONGEST)
    elif judgement.reason and judgement.verdict is not Verdict.GIVEN:
        yield "because", printable(judgement.reason)
    if judgement.verdict is Verdict.OTHER_LAYOUT:
        yield "layout", _layout(file, judgement)
    for diagnostic in (*judgement.claim.notes, *judgement.diagnostics):
        if diagnostic.message != judgement.reason and severity(diagnostic.code) is not Severity.NOTE:
            yield diagnostic.code, printable(diagnostic.message)
        if diagnostic.help:
            yield "help", printable(diagnostic.help)


def _layout(file: FileReport, judgement: Judgement) -> str:
    sections, number = file.derivation.sections, judgement.claim.section
    section = sections[number] if number < len(sections) else None
    if section is None or not section.layout:
        return "proved in the other layout"
    inferred = f" (inferred in line {section.layout_line})" if section.layout_line is not None else ""
    return f"{section.layout}{inferred}; proved in the other"


# counterexamples


def counterexample_text(counterexample: Counterexample) -> str:
    """``n = 2, A = [1, 0; 0, 1], x = (1, 0)``"""
    numbers: Mapping[str, Any] = {**counterexample.dimensions, **counterexample.indices}
    parts = [f"{key_text(name)} = {value}" for name, value in numbers.items()]
    parts += [f"{key_text(name)} = {value_text(value)}" for name, value in counterexample.values.items()]
    outcomes = counterexample.functions.get("probabilities")
    for name, law in counterexample.functions.items():
        if outcomes is not None and (name == "probabilities" or law.count(";") == outcomes.count(";")):
            parts.append(f"{name} {law}" if name == "probabilities" else f"{key_text(name)} = {law}")
        else:
            parts.append(f"{key_text(name)}(x) = {law_text(law)}")
    return ", ".join(parts) or "at any values"


def key_text(key: str) -> str:
    """The name of a value: ``X[1,2]`` is the member of a family, ``X₁,₂``."""
    name, bracket, index = key.partition("[")
    if not bracket:
        return readable(name_latex(name))
    index = index.rstrip("]").replace("][", ";")
    return readable(f"{name_latex(name)}{f'^{{({index})}}' if name.endswith('^()') else f'_{{{index}}}'}")


def value_text(value: Any) -> str:
    """A number, a vector in brackets, a matrix by rows."""
    if not isinstance(value, (list, tuple)):
        return str(value)
    if value and all(isinstance(row, (list, tuple)) for row in value):
        return f"[{'; '.join(', '.join(map(value_text, row)) for row in value)}]"
    return f"({', '.join(map(value_text, value))})"


def law_text(law: str) -> str:
    """A polynomial that stands for a function: ``x₁² - 1/2 x₂``"""
    subscripted = re.sub(r"x([0-9]+)", r"x_{\1}", law)
    return readable(subscripted.replace("*", " "))


# the document


def _diagnostics(file: FileReport, detail: Detail) -> Iterator[Sorted]:
    for number, diagnostic in enumerate(file.diagnostics):
        if severity(diagnostic.code) is not Severity.NOTE or detail is Detail.VERBOSE:
            place = diagnostic.place
            key = (place.line, place.column, -1) if place and not diagnostic.path else (0, 0, number)
            yield key, diagnostic_entry(file.path, diagnostic)


def diagnostic_entry(path: str, diagnostic: Diagnostic) -> Entry:
    """A diagnostic of a document as it is shown."""
    place, path = diagnostic.place, diagnostic.path or path
    where = f"{printable(path)}:{place.line}:{place.column}" if place else printable(path)
    help_text = (("help", printable(diagnostic.help)),) if diagnostic.help else ()
    kind = severity(diagnostic.code).value
    return Entry(where, kind, diagnostic.code, printable(diagnostic.message), help_text)
