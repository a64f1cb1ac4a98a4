"""What ``check`` does, and how every command speaks. Wrong input ends in a DocumentError, never in a traceback."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from verifier.derivation import Diagnostic, Verdict
from verifier.judging import Options
from verifier.reading import context_of, load
from verifier.reading.documents import DocumentError, find_documents
from verifier.reading.files import read_text
from verifier.reporting.checking import Settings, check_document
from verifier.reporting.instructions import Source
from verifier.reporting.json_report import to_bytes, to_json
from verifier.reporting.library import library_report
from verifier.reporting.readable import printable
from verifier.reporting.report import FileReport, Report, failed_report
from verifier.reporting.terminal import is_terminal, print_report, progress_bar
from verifier.reporting.text import Detail, to_text
from verifier.reporting.verdicts import FAILED, FAULT, FINE, OPEN, USAGE
from verifier.reporting.writing import unwritable, write_conflict, write_whole

if TYPE_CHECKING:
    from verifier.reporting.plots import Target

SUFFIXES = {".json": "json", ".txt": "text", ".text": "text"}
Watch = Callable[[str], Callable[[int, int], None] | None]


@dataclass(frozen=True, slots=True)
class Told:
    """The options that say how to read and judge, as they are written on the command line."""

    given: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    preamble: str | None = None
    samples: int = 6
    seed: int = 0
    trust: str = "all"
    timings: bool = False

    def settings(self) -> Settings:
        """The settings; context files and the preamble are opened. Raises DocumentError."""
        contexts = tuple(context_of(load(path)) for path in self.contexts)
        preamble = None if self.preamble is None else Source(self.preamble, read_text(Path(self.preamble)))
        return Settings(self.given, contexts, Options(self.samples, self.seed, self.trust), preamble, self.timings)


@dataclass(frozen=True, slots=True)
class Output:
    """Where a report goes and how it looks."""

    form: str = ""
    path: str | None = None
    detail: Detail = Detail.NORMAL
    timings: bool = False
    strict: bool = False
    fail_on: tuple[Verdict, ...] = field(default=())
    exit_zero: bool = False
    plot: str | None = None
    line: int | None = None


def check(paths: Sequence[str], library: bool, told: Told, output: Output) -> int:
    """Check documents, or the library of identities."""
    form = _form(output)
    pictures = None if output.plot is None else target_of(output.plot, output.line)
    settings = told.settings()
    with progress_bar(sys.stderr) as watch:
        report = _library(paths, settings, watch) if library else _checked(paths, settings, watch)
    for file in report.files:
        if file.error is not None:
            complain(DocumentError(file.error, file.path))
    _deliver(report, form, output)
    _write_conflicts(report, output)
    status = report.exit_status(strict=output.strict, fail_on=output.fail_on, exit_zero=output.exit_zero)
    return status if pictures is None else _worse(status, draw(report.files, pictures))


def target_of(plot: str, line: int | None = None) -> Target:
    """Where pictures go. Raises DocumentError."""
    from verifier.reporting import plots  # noqa: PLC0415  (numpy, which most commands do not need)

    return plots.target_of(plot, line)


def draw(files: Sequence[FileReport], target: Target) -> int:
    """The exit status of the pictures, after the report is out: they change nothing in it."""
    from verifier.reporting import plots  # noqa: PLC0415

    sys.stdout.flush()
    try:
        return plots.write_pictures(files, target)
    except DocumentError as error:
        complain(error)
        return USAGE


def _worse(*statuses: int) -> int:
    return next((status for status in (FAULT, USAGE, FAILED, OPEN) if status in statuses), FINE)


def _form(output: Output) -> str:
    """text or json: as named, or by the suffix of the file. Raises DocumentError where the file cannot be written."""
    if output.path is None:
        return output.form or "text"
    path = Path(output.path)
    form = output.form or SUFFIXES.get(path.suffix.lower(), "")
    if not form:
        message = f"found the suffix {path.suffix!r}, expected one of {', '.join(SUFFIXES)}"
        raise unwritable(message, "name such a file, or the format with --format", output.path)
    if path.is_dir():
        raise unwritable("found a folder, expected a file", "name a file in it", output.path)
    if not path.parent.is_dir():
        raise unwritable(f"there is no folder {path.parent}", "make the folder, or name another", output.path)
    return form


def _library(names: Sequence[str], settings: Settings, watch: Watch) -> Report:
    return library_report(names, settings, watch("derivations"))


def _checked(paths: Sequence[str], settings: Settings, watch: Watch) -> Report:
    return Report(tuple(_files(paths or ["."], settings, watch)), settings.instructions())


def _files(paths: Sequence[str], settings: Settings, watch: Watch) -> Iterator[FileReport]:
    for path in dict.fromkeys(path for given in paths for path in _documents(given)):
        try:
            document = load(path, preamble=settings.macros)
            yield check_document(document, settings, watch(path))
        except DocumentError as error:
            yield failed_report(path, error.diagnostic)
        except Exception as error:  # one document that breaks the checker does not keep others from it
            message = f"the checker failed: {type(error).__name__}: {error}"
            help_text = "please report this with the document"
            yield failed_report(path, Diagnostic("internal-error", message, help=help_text))


def _documents(path: str) -> list[str]:
    """The documents that a path stands for: of a folder, all in it."""
    if path in ("-", "") or not Path(path).is_dir():
        return [path]
    found = [str(document) for document in find_documents(path)]
    if not found:
        print(f"{printable(path)}: found no documents (md, qmd, tex, txt, ipynb) in this folder", file=sys.stderr)
    return found


# output


def _deliver(report: Report, form: str, output: Output) -> None:
    if output.path is not None:
        text = to_json(report, timings=output.timings) if form == "json" else _text(report, output)
        write_whole(Path(output.path), to_bytes(text))
        sys.stdout.write(to_text(report, Detail.QUIET))
    elif form == "json":
        write_bytes(to_bytes(to_json(report, timings=output.timings)))
    elif is_terminal(sys.stdout):
        print_report(report, output.detail, sys.stdout)
        sys.stdout.write(_timings(report, output))
    else:
        sys.stdout.write(_text(report, output))


def _text(report: Report, output: Output) -> str:
    return to_text(report, output.detail) + _timings(report, output)


def _timings(report: Report, output: Output) -> str:
    files = report.files if output.timings else ()
    return "".join(f"{file.seconds:8.3f} s  {printable(file.path)}\n" for file in files)


def write_bytes(content: bytes) -> None:
    """Bytes to standard output."""
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def complain(error: DocumentError) -> None:
    """What is wrong with the input, on standard error: place, what was found, what to do, and the code."""
    diagnostic = error.diagnostic
    place = f":{diagnostic.place.line}:{diagnostic.place.column}" if diagnostic.place else ""
    where = f"{printable(error.path)}{place}: " if error.path else ""
    help_text = f"\n  help: {printable(diagnostic.help)}" if diagnostic.help else ""
    print(f"{where}{printable(diagnostic.message)} [{diagnostic.code}]{help_text}", file=sys.stderr)


def _write_conflicts(report: Report, output: Output) -> None:
    folder = Path(output.path).parent if output.path is not None else Path()
    for judgement in report.judgements:
        if judgement.verdict is Verdict.CONFLICT:
            path = write_conflict(judgement, folder)
            print(f"a fault of verifier: please report it with the file {path}", file=sys.stderr)
