"""What a check found: files, their claims with judgements, totals, and the exit status that follows."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from verifier.derivation import Derivation, Diagnostic, Judgement, Place, Section, Verdict
from verifier.reporting.diagnostics import Severity, severity
from verifier.reporting.instructions import Instructions, fingerprint
from verifier.reporting.verdicts import FAILED, FAULT, FINE, OPEN, USAGE, VERDICTS

UNNAMED = re.compile(r"\?#\w+|\?[^\s?×]*?\.\d+")
IN_LATEX = re.compile(r"\\mathrm\{(\?[^\s{}]*)\}")
DIMENSIONS = ("n", "m", "p", "d", "q", "r", "s", "h", "l")


@dataclass(frozen=True, slots=True)
class FileReport:
    """A document, its judgements in the order of the text, and what else is to be said of it.

    ``error`` says why it could not be opened, or where the checker failed; then there is nothing else.
    """

    path: str
    sha256: str | None
    syntax: str
    derivation: Derivation
    judgements: tuple[Judgement, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    error: Diagnostic | None = None
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a check found. Immutable and picklable."""

    files: tuple[FileReport, ...] = ()
    instructions: Instructions = field(default_factory=Instructions)

    @property
    def judgements(self) -> tuple[Judgement, ...]:
        """Every judgement, whole chains included."""
        return tuple(judgement for file in self.files for judgement in file.judgements)

    @property
    def counted(self) -> tuple[Judgement, ...]:
        """The judgements that count: whole chains are listed, but their steps are what counts."""
        return tuple(judgement for judgement in self.judgements if not judgement.claim.whole_chain)

    @property
    def totals(self) -> dict[Verdict, int]:
        """How many claims have each verdict; every verdict is there."""
        totals = dict.fromkeys(Verdict, 0)
        for judgement in self.counted:
            totals[judgement.verdict] += 1
        return totals

    @property
    def claims(self) -> int:
        """How many formulas were judged; what is given is not."""
        return sum(count for verdict, count in self.totals.items() if verdict is not Verdict.GIVEN)

    def exit_status(
        self, *, strict: bool = False, fail_on: Collection[Verdict | str] = (), exit_zero: bool = False
    ) -> int:
        """4 (conflict) before 2 (a file cannot be opened) before 1 (wrong) before 3 (open) before 0.

        ``strict``: undeclared side conditions and ``assumed`` are open. ``fail_on``: 1 if one of these verdicts occurs,
        else 0; ``exit_zero``: 0; both leave 4 and 2 as they are.
        """
        found = set(self._statuses(strict))
        if FAULT in found:
            return FAULT
        if USAGE in found:
            return USAGE
        if exit_zero:
            return FINE
        if fail_on:
            named = {Verdict(verdict) for verdict in fail_on}
            return FAILED if any(j.verdict in named and not is_expected(j) for j in self.counted) else FINE
        return next((status for status in (FAILED, OPEN) if status in found), FINE)

    def _statuses(self, strict: bool) -> Iterator[int]:
        if not self.claims:
            yield OPEN
        for judgement in self.counted:
            yield status(judgement, strict)
        for file in self.files:
            if file.error is not None:
                yield FAULT if file.error.code == "internal-error" else USAGE
            yield from (OPEN for d in file.diagnostics if severity(d.code) is Severity.UNREAD)
            yield from (VERDICTS[j.verdict].status for j in telling_chains(file.judgements))


def status(judgement: Judgement, strict: bool = False) -> int:
    """The exit status that a judgement by itself leads to."""
    own = VERDICTS[judgement.verdict].status
    if own == FAULT:
        return own
    if expected_verdict(judgement) is not None:
        return FINE if is_expected(judgement) else FAILED
    if judgement.verdict is Verdict.OTHER_LAYOUT and judgement.claim.layout_inferred:
        return OPEN
    if strict and own == FINE and (judgement.verdict is Verdict.ASSUMED or unstated(judgement)):
        return OPEN
    return own


def unstated(judgement: Judgement) -> bool:
    """Whether a proof needs side conditions that nothing states."""
    return judgement.theorem is not None and bool(judgement.theorem.side_conditions)


def telling_chains(judgements: Sequence[Judgement]) -> Iterator[Judgement]:
    """Whole chains that say what no step says: refuted while no step is, or in conflict."""
    refuted = {j.claim.chain for j in judgements if j.verdict is Verdict.REFUTED and not j.claim.whole_chain}
    for judgement in judgements:
        if judgement.claim.whole_chain:
            alone = judgement.verdict is Verdict.REFUTED and judgement.claim.chain not in refuted
            if judgement.verdict is Verdict.CONFLICT or (alone and not judgement.claim.mark):
                yield judgement


# marks


def expected_verdict(judgement: Judgement) -> Verdict | None:
    """The verdict that a mark ``expect V`` demands of a claim; of what is given nothing else is expected."""
    kind, _, argument = judgement.claim.mark.partition(" ")
    if kind != "expect" or judgement.claim.whole_chain or argument not in set(Verdict):
        return None
    expected = Verdict(argument)
    return None if judgement.verdict is Verdict.GIVEN and expected is not Verdict.GIVEN else expected


def is_expected(judgement: Judgement) -> bool:
    """Whether a mark demands the verdict that the claim has."""
    return expected_verdict(judgement) is judgement.verdict


def with_expectation(judgement: Judgement) -> Judgement:
    """The judgement, with a diagnostic where a mark demands a verdict."""
    expected, verdict = expected_verdict(judgement), judgement.verdict
    if expected is None:
        return judgement
    place = judgement.claim.place
    if expected is not verdict:
        help_text = "correct the claim, or the mark"
        said = Diagnostic("unexpected-verdict", f"found {verdict}, expected {expected}", place, help_text)
    elif VERDICTS[verdict].status == FINE:
        said = Diagnostic("mark-changes-nothing", f"the mark 'expect {verdict}' changes nothing", place, "remove it")
    else:
        said = Diagnostic("expected-verdict", f"{verdict}, as the mark says", place)
    return replace(judgement, diagnostics=(*judgement.diagnostics, said))


def with_idle_marks(judgements: Sequence[Judgement]) -> Iterator[Judgement]:
    """The judgements, with a diagnostic where a mark is for a formula in which nothing is judged."""
    for mark, group in groupby(judgements, lambda judgement: judgement.claim.mark):
        marked = list(group)
        if mark and all(judgement.verdict is Verdict.GIVEN for judgement in marked):
            message = f"the mark {mark!r} changes nothing: the formula is taken as given"
            said = Diagnostic("mark-changes-nothing", message, marked[0].claim.place, "remove it")
            marked[0] = replace(marked[0], diagnostics=(*marked[0].diagnostics, said))
        yield from marked


# building


def file_report(
    derivation: Derivation, judgements: Sequence[Judgement], original: str, syntax: str, seconds: float = 0.0
) -> FileReport:
    """The report of a document that was read and judged."""
    found = (*map(lettered, derivation.diagnostics), *inferred_layouts(derivation.sections))
    diagnostics = tuple(sorted(found, key=_position))
    readable = [_in_letters(judgement) for judgement in judgements]
    judged = tuple(with_expectation(judgement) for judgement in with_idle_marks(readable))
    return FileReport(derivation.path, fingerprint(original), syntax, derivation, judged, diagnostics, seconds=seconds)


def _in_letters(judgement: Judgement) -> Judgement:
    """The judgement with letters for the dimensions that nobody named, in all that is said of it."""
    claim = judgement.claim
    problem = None if claim.problem is None else lettered(claim.problem)
    claim = replace(claim, problem=problem, notes=tuple(map(lettered, claim.notes)))
    diagnostics = tuple(map(lettered, judgement.diagnostics))
    return replace(judgement, claim=claim, reason=in_letters(judgement.reason), diagnostics=diagnostics)


def lettered(diagnostic: Diagnostic) -> Diagnostic:
    """The diagnostic with letters for dimensions that nobody named."""
    return replace(diagnostic, message=in_letters(diagnostic.message), help=in_letters(diagnostic.help))


def in_letters(message: str) -> str:
    """A message with letters for dimensions that nobody named: the reader calls them ``?x.0``, people n, m, …"""
    message = IN_LATEX.sub(r"\1", message)
    unnamed = list(dict.fromkeys(UNNAMED.findall(message)))
    if not unnamed:
        return message
    taken = set(re.findall(r"[A-Za-z]+", UNNAMED.sub("", message)))
    names = dict(zip(unnamed, (name for name in DIMENSIONS if name not in taken), strict=False))
    return UNNAMED.sub(lambda found: names.get(found[0], found[0].lstrip("?#")), message)


def failed_report(path: str, error: Diagnostic) -> FileReport:
    """The report of a document that could not be opened, or that could not be checked."""
    return FileReport(path, None, "", Derivation(path, ""), error=error)


def inferred_layouts(sections: Sequence[Section]) -> Iterator[Diagnostic]:
    """Each derivative layout that was inferred, once, with its line."""
    seen: set[tuple[str, int]] = set()
    for section in sections:
        line = section.layout_line
        if section.layout and line is not None and (section.layout, line) not in seen:
            seen.add((section.layout, line))
            message = f"layout: {section.layout}, inferred from the derivative here"
            yield Diagnostic(
                "layout-inferred", message, Place(line, 1, line, 1), f'declare it: "layout: {section.layout}"'
            )


def _position(diagnostic: Diagnostic) -> tuple[int, int]:
    return (diagnostic.place.line, diagnostic.place.column) if diagnostic.place else (0, 0)
