"""What ``symbols``, ``explain`` and ``recheck`` do: each prints and returns its exit status."""

from __future__ import annotations

import sys
from pathlib import Path

from verifier.derivation import Diagnostic
from verifier.reading import load, read
from verifier.reading.documents import DocumentError
from verifier.reporting import explain as explaining
from verifier.reporting import recheck as rechecking
from verifier.reporting import symbols as listing
from verifier.reporting.checking import check_document
from verifier.reporting.commands import Told, complain, draw, target_of, write_bytes
from verifier.reporting.json_report import to_bytes
from verifier.reporting.readable import printable
from verifier.reporting.report import FileReport, lettered
from verifier.reporting.text import counted
from verifier.reporting.verdicts import FINE, USAGE

AS_IN = "as in: verifier explain homework.md:14"


def symbols(path: str, told: Told, form: str) -> int:
    """The symbols of a document."""
    settings = told.settings()
    document = load(path, preamble=settings.macros)
    derivation = read(document, settings.contexts, settings.given)
    text = listing.symbols_json(derivation) if form == "json" else listing.symbols_text(derivation)
    write_bytes(to_bytes(text))
    for diagnostic in derivation.diagnostics:
        complain(DocumentError(lettered(diagnostic), diagnostic.path or path))
    return FINE


def explain(target: str, told: Told, numpy: bool, plot: str | None = None) -> int:
    """A claim in full, or what a code means."""
    text = explaining.explained_code(target)
    if text is not None:
        if plot is not None:
            raise DocumentError(Diagnostic("not-drawn", f"found the code {target}, expected FILE:LINE", help=AS_IN))
        sys.stdout.write(text)
        return FINE
    path, line = _place(target)
    pictures = None if plot is None else target_of(plot, line)
    settings = told.settings()
    file = check_document(load(path, preamble=settings.macros), settings)
    found = explaining.claims_at(file, line)
    if not found:
        return _nothing_there(file, path, line)
    texts = [explaining.pasteable(j) if numpy else explaining.explained(file, j) for j in found]
    if numpy and not any(texts):
        print(f"{printable(path)}:{line}: there is no counterexample", file=sys.stderr)
        return USAGE
    sys.stdout.write("\n".join(filter(None, texts)))
    return FINE if pictures is None else draw([file], pictures)


def _place(target: str) -> tuple[str, int]:
    """The file and the line of FILE:LINE or FILE:LINE:COLUMN. Raises DocumentError."""
    parts = target.split(":")
    while len(parts) > 2 and parts[-1].isdecimal() and parts[-2].isdecimal():
        parts.pop()
    if len(parts) >= 2 and parts[-1].isdecimal() and len(parts[-1]) < 10:
        return ":".join(parts[:-1]), int(parts[-1])
    close = explaining.resembling(target)
    help_text = f"did you mean {' or '.join(close)}?" if close else AS_IN
    raise DocumentError(Diagnostic("unknown-code", f"found {target!r}, expected FILE:LINE or a code", help=help_text))


def _nothing_there(file: FileReport, path: str, line: int) -> int:
    nearest = explaining.nearest_lines(file, line)
    where = f"the nearest are in line {' and line '.join(map(str, nearest))}" if nearest else "there are none"
    print(f"{printable(path)}:{line}: found no formula in this line; {where}", file=sys.stderr)
    return USAGE


def recheck(path: str, quiet: bool) -> int:
    """A report, checked against its documents and by itself."""
    report = rechecking.load_report(Path(path))
    found = rechecking.recheck(report, Path(path).parent)
    lines = (*((f"told: {found.told}",) if found.told else ()), *found.problems, *found.uncompared)
    if not quiet:
        sys.stdout.writelines(f"{printable(line)}\n" for line in lines)
    proofs, models = counted(found.certificates, "certificate"), counted(found.counterexamples, "counterexample")
    verdict = "not compared with the text" if found.uncompared else "all is as stated"
    verdict = counted(len(found.problems), "problem") if found.problems else verdict
    sys.stdout.write(f"{counted(found.claims, 'claim')}, {proofs} replayed, {models} evaluated: {verdict}\n")
    return found.exit_status
