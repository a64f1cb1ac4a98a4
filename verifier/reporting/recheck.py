"""Checks a report: against its documents, which are read and judged again, and its proofs by the kernel alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from verifier.derivation import Diagnostic, Verdict
from verifier.reading.documents import DocumentError
from verifier.reading.files import read_text
from verifier.reporting.instructions import Instructions, told_in_words
from verifier.reporting.json_report import WHOLE
from verifier.reporting.replaying import Replay
from verifier.reporting.rereading import LARGEST, Again, NotHere, Sources
from verifier.reporting.schema import problems, report_schema
from verifier.reporting.verdicts import FAILED, FINE, OPEN

MOST_PROBLEMS = 20
ALONE = "only the certificates and counterexamples were checked, not that they are of this text"
Plain = Any


@dataclass(frozen=True, slots=True)
class Recheck:
    """What a recheck found: how much was checked, what is wrong, and what could not be compared with its source.

    ``told`` are the options with which the documents were read and judged again.
    """

    certificates: int
    counterexamples: int
    claims: int
    problems: tuple[str, ...]
    uncompared: tuple[str, ...]
    told: str = ""

    @property
    def exit_status(self) -> int:
        """1 if something is wrong, 3 if something could not be compared with its source, else 0."""
        return FAILED if self.problems else OPEN if self.uncompared else FINE


def load_report(path: Path) -> Plain:
    """The JSON of a report that has the form of one. Raises DocumentError."""
    text = read_text(path, LARGEST)
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise _broken(path, f"line {error.lineno}, column {error.colno}: {error.msg}") from error
    except (RecursionError, ValueError) as error:
        raise _broken(path, "found JSON nested too deeply, or a number too long, for a report") from error
    found = list(problems(data, report_schema()))[:MOST_PROBLEMS]
    if found:
        raise _broken(path, "; ".join(found[:3]))
    return data


def _broken(path: Path, message: str) -> DocumentError:
    help_text = "recheck takes what `verifier check --format json` writes; write the report again"
    return DocumentError(Diagnostic("broken-report", message, help=help_text), str(path))


def recheck(report: Plain, folder: Path) -> Recheck:
    """A report, checked; its documents are looked for here and in the ``folder``."""
    stated = {"options": Instructions().data([]), **report}
    sources = Sources(stated, folder)
    found: list[str] = []
    uncompared: list[str] = [] if report["files"] else ["the report is of no document"]
    certificates = counterexamples = claims = 0
    for number, file in enumerate(stated["files"]):
        again = _again(sources, number)
        replay = Replay(file, stated["options"], judging=isinstance(again, str))
        found += replay.problems()
        if isinstance(again, Again):
            found += again.differences(file, replay, sources.settings.options)
        else:
            uncompared.append(f"{file['path']}: {again}: {ALONE}")
        certificates, counterexamples = certificates + replay.replayed, counterexamples + replay.evaluated
        claims += len(file["claims"])
    found += _totals(report)
    told = told_in_words(stated["options"])
    return Recheck(certificates, counterexamples, claims, tuple(dict.fromkeys(found)), tuple(uncompared), told)


def _again(sources: Sources, number: int) -> Again | str:
    """A file of the report as it is read and judged now, or why it is not."""
    try:
        return sources.again(number)
    except NotHere as error:
        return str(error)


def _totals(report: Plain) -> Iterator[str]:
    counts = dict.fromkeys(map(str, Verdict), 0)
    for file in report["files"]:
        for claim in file["claims"]:
            if not claim["id"].endswith(WHOLE):
                counts[claim["verdict"]] += 1
    for verdict, count in counts.items():
        stated = report["totals"][verdict]
        if stated != count:
            yield f"totals: {stated} {verdict} are stated, {count} are there"
