"""The documents of a report, read and judged again as the report says that they were."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from verifier.derivation import Counterexample, Derivation, Judgement, Verdict
from verifier.judging import Options
from verifier.kernel.theorems import Theorem
from verifier.reading import Document, context_of, load, read, read_document
from verifier.reading.documents import DocumentError
from verifier.reading.files import read_text
from verifier.reporting.checking import Settings, judged
from verifier.reporting.instructions import Source, fingerprint
from verifier.reporting.json_report import claim_id, counterexample_data, file_data
from verifier.reporting.library import library_derivations
from verifier.reporting.replaying import Replay, has_model
from verifier.reporting.report import file_report

LARGEST = 256 * 1024 * 1024
MOST_PROBLEMS = 100
NAMELESS = "(a text)"
Plain = Any


class NotHere(Exception):
    """A source is not here, or it is another one now."""


@dataclass(frozen=True, slots=True)
class Again:
    """A document of a report as it is read and judged now."""

    derivation: Derivation
    judgements: tuple[Judgement, ...]
    original: str
    syntax: str

    def differences(self, stated: Plain, replay: Replay, told: Options) -> Iterator[str]:
        """Everything in which the report of a file differs from the file: nothing is exempt but timings.

        A certificate that the kernel accepts, and a counterexample that holds, need not be those that are found now.
        """
        by_id = {claim["id"]: claim for claim in stated["claims"]}
        judgements = [self._settled(judgement, by_id, replay, told) for judgement in self.judgements]
        found = file_data(file_report(self.derivation, judgements, self.original, self.syntax))
        for key in found:
            if key != "claims" and found[key] != stated[key]:
                yield f"{stated['path']}: {difference(key, stated[key], found[key])}"
        yield from _claims(stated, found)

    def _settled(self, judgement: Judgement, stated: Mapping[str, Plain], replay: Replay, told: Options) -> Judgement:
        """The judgement with the certificate and the values of the report, where they hold for it as well."""
        name = claim_id(judgement.claim)
        theorem, values = replay.theorems.get(name), replay.counterexamples.get(name)
        if theorem is not None and judgement.theorem is not None and judgement.theorem.sequent == theorem.sequent:
            judgement = replace(judgement, theorem=theorem)
        elif theorem is not None and _is_proof(judgement, stated[name], theorem, told):
            judgement = replace(judgement, verdict=Verdict.PROVED, reason="", theorem=theorem)
        if values is not None and judgement.counterexample is not None and _shows(stated[name], values):
            judgement = replace(judgement, counterexample=values)
        return judgement


def _is_proof(judgement: Judgement, stated: Plain, theorem: Theorem, told: Options) -> bool:
    """Whether the report proves what is open now: the kernel decides, whoever found the certificate."""
    open_now = judgement.verdict is Verdict.UNREFUTED and stated["verdict"] == Verdict.PROVED and told.trust == "all"
    return open_now and theorem.sequent == judgement.claim.sequent and has_model(theorem, told)


def _shows(stated: Plain, values: Counterexample) -> bool:
    return bool(stated["counterexample"] == counterexample_data(values))


def _claims(stated: Plain, found: Plain) -> Iterator[str]:
    """Differences, claim by claim, each with its place."""
    path, there = stated["path"], {claim["id"]: claim for claim in stated["claims"]}
    here = {claim["id"]: claim for claim in found["claims"]}
    for name, claim in here.items():
        where = f"{path}:{claim['line']}:{claim['column']} ({name})"
        if name not in there:
            yield f"{where}: the claim is in the document, but not in the report"
            continue
        for key in claim:
            if claim[key] != there[name][key]:
                yield f"{where}: {difference(key, there[name][key], claim[key])}"
    for name, claim in there.items():
        if name not in here:
            where = f"{path}:{claim['line']}:{claim['column']} ({name})"
            yield f"{where}: the claim is in the report, but not in the document"
    if list(there) != list(here) and there.keys() == here.keys():
        yield f"{path}: the claims are not in the order of the document"


def difference(key: str, stated: Plain, found: Plain) -> str:
    """``verdict: stated is "given", found "refuted"``, as deep inside as there is one difference."""
    while isinstance(stated, dict) and isinstance(found, dict) and stated.keys() == found.keys():
        different = [name for name in found if stated[name] != found[name]]
        if len(different) != 1:
            break
        key, stated, found = f"{key}.{different[0]}", stated[different[0]], found[different[0]]
    while isinstance(stated, list) and isinstance(found, list) and len(stated) == len(found):
        places = [k for k, (one, other) in enumerate(zip(stated, found, strict=True)) if one != other]
        if len(places) != 1:
            break
        key, stated, found = f"{key}[{places[0]}]", stated[places[0]], found[places[0]]
        if isinstance(stated, dict) and isinstance(found, dict):
            return difference(key, stated, found)
    return f"{key}: stated is {_short(stated)}, found {_short(found)}"


def _short(value: Plain) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else f"{text[:77]}…"


# sources


class Sources:
    """The documents of a report, with the options that it states; they are looked for here and in the ``folder``."""

    def __init__(self, report: Plain, folder: Path) -> None:
        self.report, self.options, self.folder = report, report["options"], folder

    def again(self, number: int) -> Again:
        """A file of the report, read and judged. Raises NotHere."""
        file, syntax = self.report["files"][number], self._syntax(number)
        if file["sha256"] is None:
            raise NotHere("it was not opened when the report was written")
        if syntax == "python":
            return self._library(file)
        place, text = self._found(file["path"], file["sha256"])
        try:
            document = load(place, syntax, preamble=self.settings.macros)
        except DocumentError as error:
            raise NotHere(str(error)) from error
        if fingerprint(document.original) != fingerprint(text):
            raise NotHere("the file changes while it is read")
        return self._read(replace(document, path=file["path"]))

    def _syntax(self, number: int) -> str:
        syntaxes = self.options["syntax"]
        return str(syntaxes[number]) if number < len(syntaxes) else "auto"

    def _read(self, document: Document) -> Again:
        told = self.settings
        derivation = read(document, told.contexts, told.given)
        return Again(derivation, judged(derivation, told), document.original, document.syntax)

    def _library(self, file: Plain) -> Again:
        for derivation in self._derivations:
            if derivation.path == file["path"] and fingerprint(derivation.source) == file["sha256"]:
                return Again(derivation, judged(derivation, self.settings), derivation.source, "python")
        raise NotHere("it is no module of the library that is installed, or has changed since")

    @cached_property
    def _derivations(self) -> tuple[Derivation, ...]:
        names = self.options["library"]
        try:
            return () if names is None else tuple(library_derivations(names))
        except DocumentError as error:
            raise NotHere(str(error)) from error

    @cached_property
    def settings(self) -> Settings:
        """What the check was told. Raises NotHere if a context file, or the preamble, is not as it was."""
        options = self.options
        contexts = tuple(context_of(self._context(source)) for source in options["contexts"])
        preamble = options["preamble"]
        macros = None if preamble is None else Source(preamble["path"], self._text(preamble))
        told = Options(options["samples"], options["seed"], options["trust"])
        return Settings(tuple(options["given"]), contexts, told, macros)

    def _context(self, source: Plain) -> Document:
        if source["text"] is not None:
            return read_document(self._text(source), source["path"])
        place, _ = self._found(source["path"], source["sha256"], source["path"])
        try:
            return replace(load(place), path=source["path"])
        except DocumentError as error:
            raise NotHere(str(error)) from error

    def _text(self, source: Plain) -> str:
        if source["text"] is None:
            return self._found(source["path"], source["sha256"], source["path"])[1]
        if fingerprint(source["text"]) != source["sha256"]:
            raise NotHere(f"{source['path'] or NAMELESS} has not the SHA-256 that is stated")
        return str(source["text"])

    def _found(self, path: str, stated: str, what: str = "the file") -> tuple[Path, str]:
        """The file with a path, and its text. Raises NotHere."""
        changed = False
        for place in (Path(path), self.folder / path):
            try:
                if path and place.is_file():
                    text = read_text(place, LARGEST)
                    if fingerprint(text) == stated:
                        return place, text
                    changed = True
            except (DocumentError, OSError, ValueError) as error:
                raise NotHere(f"{what} cannot be opened: {error}") from error
        raise NotHere(f"{what} has changed since the report was written" if changed else f"{what} is not here")
