"""Checks a report from itself alone: certificates by the kernel, counterexamples by evaluation, and what is listed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from verifier.derivation import Counterexample, Diagnostic, Verdict
from verifier.instantiation import confirm
from verifier.kernel.context import CertificateError
from verifier.kernel.polynomials import Unsupported
from verifier.kernel.sequents import Sequent
from verifier.kernel.serialization import sequent_from_data
from verifier.kernel.shapes import ShapeError
from verifier.kernel.terms import TermError
from verifier.kernel.theorems import Theorem, prove
from verifier.notation import latex
from verifier.reading.documents import DocumentError
from verifier.reading.files import read_text
from verifier.reporting.json_report import WHOLE, side_conditions
from verifier.reporting.report import fingerprint
from verifier.reporting.schema import problems, report_schema
from verifier.reporting.typed import hypotheses_latex, typed

LARGEST = 256 * 1024 * 1024
MOST_PROBLEMS = 20
Plain = Any


@dataclass(frozen=True, slots=True)
class Recheck:
    """What a recheck found: how much was checked, what is wrong, and what could not be compared."""

    certificates: int
    counterexamples: int
    claims: int
    problems: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def exit_status(self) -> int:
        """0 if nothing is wrong, else 1."""
        return 1 if self.problems else 0


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
    """Everything in a report that can be checked from the report alone; sources are looked for in the ``folder``."""
    found: list[str] = []
    notes: list[str] = []
    certificates = counterexamples = claims = 0
    for file in report["files"]:
        wrong, note = _source(file, folder)
        found += wrong
        notes += note
        rechecked = _File(file)
        found += rechecked.problems()
        certificates += rechecked.certificates
        counterexamples += rechecked.counterexamples
        claims += len(file["claims"])
    found += _totals(report)
    return Recheck(certificates, counterexamples, claims, tuple(found), tuple(notes))


def _source(file: Plain, folder: Path) -> tuple[list[str], list[str]]:
    path, stated = file["path"], file["sha256"]
    if stated is None:
        return [], [f"{path}: was not opened when the report was written"]
    for place in (Path(path), folder / path):
        try:
            if path and place.is_file():
                same = fingerprint(read_text(place, LARGEST)) == stated
                return ([] if same else [f"{path}: the file has changed since the report was written"]), []
        except (DocumentError, OSError, ValueError) as error:
            return [], [f"{path}: cannot be compared with its source: {error}"]
    return [], [f"{path}: is not here, so that it is not compared with its source"]


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


class _File:
    """The claims of one file."""

    def __init__(self, file: Plain) -> None:
        self.path, self.claims = file["path"], file["claims"]
        self.by_id = {claim["id"]: claim for claim in self.claims}
        self.sequents: dict[str, Sequent] = {}
        self.certificates = self.counterexamples = 0

    def problems(self) -> Iterator[str]:
        """What is wrong, with the place of the claim in the document."""
        if len(self.by_id) < len(self.claims):
            yield f"{self.path}: two claims have one id"
        for claim in self.claims:
            where = f"{self.path}:{claim['line']}:{claim['column']} ({claim['id']})"
            yield from (f"{where}: {problem}" for problem in self._claim(claim))
        yield from (f"{self.path}: {problem}" for problem in self._cycles())

    def _claim(self, claim: Plain) -> Iterator[str]:
        try:
            sequent = sequent_from_data(claim["claim"]) if claim["claim"] is not None else None
        except (TermError, ShapeError, RecursionError) as error:
            yield f"the claim cannot be built: {error}"
            return
        if sequent is not None:
            self.sequents[claim["id"]] = sequent
        if claim["reading"] != (typed(sequent) if sequent is not None else ""):
            yield "the reading is not that of the claim"
        theorem, problem = self._theorem(claim, sequent)
        if problem:
            yield problem
            return
        yield from _needs(claim)
        yield from self._proved(claim, sequent, theorem)
        yield from _listed(claim, sequent, theorem)
        yield from self._refuted(claim, sequent)

    # certificates

    def _theorem(self, claim: Plain, sequent: Sequent | None) -> tuple[Theorem | None, str]:
        certificate = claim["certificate"]
        if certificate is None:
            return None, ""
        self.certificates += 1
        try:
            if "of" in certificate:
                sequent, certificate = sequent_from_data(certificate["of"]), certificate.get("proof")
            if sequent is None:
                return None, "a certificate without a claim"
            return prove(sequent, certificate), ""
        except (CertificateError, Unsupported, TermError, ShapeError) as error:
            return None, f"the kernel rejects the certificate: {error}"
        except RecursionError:
            return None, "the kernel rejects the certificate: it nests too deeply"
        except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
            return None, f"the kernel rejects the certificate: it is malformed ({type(error).__name__}: {error})"

    def _proved(self, claim: Plain, sequent: Sequent | None, theorem: Theorem | None) -> Iterator[str]:
        """The theorem is the claim, or the claim under what the verdict names."""
        if theorem is None or claim["verdict"] == Verdict.OTHER_LAYOUT:
            return
        proved = theorem.sequent
        if sequent is None or proved.conclusion != sequent.conclusion or proved.definitions != sequent.definitions:
            yield "the certificate is of another claim"
            return
        if (proved.indices, proved.dimensions) != (sequent.indices, sequent.dimensions):
            yield "the certificate is of a claim with other indices or dimensions"
        extra = [hypothesis for hypothesis in proved.hypotheses if hypothesis not in sequent.hypotheses]
        if claim["verdict"] == Verdict.CONDITIONAL:
            if [latex(hypothesis) for hypothesis in extra] != [claim["reason"]]:
                yield "the certificate needs another hypothesis than the one that is named"
            return
        cited = [self.sequents[name].conclusion for name in claim["rests_on"] if name in self.sequents]
        for hypothesis in extra:
            if hypothesis not in cited:
                yield f"the certificate uses what is neither a hypothesis nor a cited claim: {latex(hypothesis)}"
        for name in claim["rests_on"] if claim["verdict"] == Verdict.PROVED else ():
            other = self.by_id[name]["verdict"] if name in self.by_id else "not there"
            if other != Verdict.PROVED:
                yield f"proved, but resting on {name}, which is {other}"

    # counterexamples

    def _refuted(self, claim: Plain, sequent: Sequent | None) -> Iterator[str]:
        shown = claim["counterexample"]
        if shown is None:
            return
        if sequent is None:
            yield "a counterexample without a claim"
            return
        self.counterexamples += 1
        if not confirm(sequent, counterexample_of(shown, sequent)):
            yield "the counterexample does not hold: a hypothesis fails there, or the claim does not"

    # citations

    def _cycles(self) -> Iterator[str]:
        done: set[str] = set()
        for start in self.by_id:
            path: list[str] = []
            waiting: list[tuple[str, bool]] = [(start, False)]
            while waiting:
                name, left = waiting.pop()
                if left:
                    path.remove(name)
                    done.add(name)
                elif name in path:
                    yield f"the citations go round in a circle: {' → '.join((*path[path.index(name) :], name))}"
                    return
                elif name not in done:
                    if name not in self.by_id:
                        yield f"a claim rests on {name}, which is not there"
                        done.add(name)
                        continue
                    path.append(name)
                    waiting.append((name, True))
                    waiting += [(other, False) for other in self.by_id[name]["rests_on"]]


def counterexample_of(shown: Plain, sequent: Sequent) -> Counterexample:
    """The counterexample that a report shows; indices stand among the dimensions there."""
    indices = {name for name, _ in sequent.indices}
    return Counterexample(
        dimensions={name: value for name, value in shown["dimensions"].items() if name not in indices},
        values=shown["values"],
        left=shown["left"],
        right=shown["right"],
        functions=shown["laws"],
        indices={name: value for name, value in shown["dimensions"].items() if name in indices},
    )


CERTIFIED = (Verdict.PROVED, Verdict.CONDITIONAL, Verdict.OTHER_LAYOUT, Verdict.FOLLOWS, Verdict.CONFLICT)
REFUTING = (Verdict.REFUTED, Verdict.CONDITIONAL, Verdict.CONFLICT)
UNSEPARATED = (Verdict.PROVED, Verdict.GIVEN, Verdict.ASSUMED, Verdict.UNREFUTED, Verdict.FOLLOWS, Verdict.UNREAD)


def _needs(claim: Plain) -> Iterator[str]:
    """What a verdict has to come with, and what it cannot come with."""
    verdict = Verdict(claim["verdict"])
    if verdict in CERTIFIED and claim["certificate"] is None:
        yield f"{verdict} without a certificate"
    if verdict in REFUTING and claim["counterexample"] is None:
        yield f"{verdict} without a counterexample"
    if verdict in UNSEPARATED and claim["counterexample"] is not None:
        yield f"{verdict} with a counterexample"
    if verdict is Verdict.REFUTED and claim["certificate"] is not None:
        yield "refuted with a certificate"
    if verdict is Verdict.FOLLOWS and not claim["rests_on"]:
        yield "follows, but from nothing"
    if verdict is Verdict.CONFLICT:
        yield "a proof and a counterexample stand against each other: a fault of verifier"


def _listed(claim: Plain, sequent: Sequent | None, theorem: Theorem | None) -> Iterator[str]:
    """What is listed for people to read is what the kernel says."""
    if claim["axioms"] != list(theorem.axioms if theorem else ()) or claim["oracles"]:
        yield "the axioms and oracles that are listed are not those of the certificate"
    if claim["side_conditions"] != list(side_conditions(theorem)):
        yield "the side conditions that are listed are not those of the certificate"
    known = hypotheses_latex(sequent) if sequent is not None else []
    own = theorem is not None and theorem.sequent == sequent
    used = [latex(h) for h in theorem.hypotheses] if theorem is not None and own else known[: _count(sequent)]
    listed = [item["statement"] for item in claim["hypotheses"]]
    if listed != [*used, *known[_count(sequent) :]]:
        yield "the hypotheses that are listed are not those of the claim"
    constrained = sequent is not None and bool(sequent.hypotheses or (theorem and theorem.side_conditions))
    if claim["verdict"] == Verdict.PROVED and constrained and not claim["evidence"]["models"]:
        yield "proved under hypotheses of which no model was found"


def _count(sequent: Sequent | None) -> int:
    return len(sequent.hypotheses) if sequent is not None else 0
