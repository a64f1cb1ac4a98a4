"""Pictures of claims: which are drawn, and into which files. A picture is no evidence: it changes no verdict."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import chain, count
from pathlib import Path, PurePath

from verifier.derivation import Diagnostic, Judgement, Role, Verdict
from verifier.reading.documents import DocumentError
from verifier.reporting.explain import claims_at
from verifier.reporting.plots_scene import scene_of
from verifier.reporting.plots_values import NotDrawn
from verifier.reporting.readable import printable
from verifier.reporting.report import FileReport
from verifier.reporting.text import counted
from verifier.reporting.verdicts import FAULT, FINE
from verifier.reporting.writing import unwritable, write_whole

FORMS = {".svg": "svg", ".png": "png"}
IN_FOLDERS = ".svg"
MOST_REASONS = 3
SHOWN = (Verdict.REFUTED, Verdict.CONDITIONAL, Verdict.PROVED)


@dataclass(frozen=True, slots=True)
class Target:
    """Where pictures go: into a file of a form or, without one, a folder. ``line``: of claims in that line alone."""

    path: Path
    form: str
    line: int | None = None


def target_of(out: str, line: int | None = None) -> Target:
    """The target that a person named. Raises DocumentError where it cannot be written, or matplotlib is not there."""
    path = Path(out)
    form = FORMS.get(path.suffix.lower(), "")
    if path.is_dir():
        form = ""
    elif not path.parent.is_dir():
        raise unwritable(f"there is no folder {path.parent}", "make the folder, or name another", out)
    elif not form:
        message = f"found the suffix {path.suffix!r}, expected {' or '.join(FORMS)}, or a folder that exists"
        raise unwritable(message, "name such a file, or make the folder", out)
    if find_spec("matplotlib") is None:
        message, help_text = "a picture needs matplotlib, which is not installed", "pip install 'verifier[plot]'"
        raise DocumentError(Diagnostic("no-matplotlib", message, help=help_text))
    return Target(path, form, line)


def write_pictures(files: Sequence[FileReport], target: Target) -> int:
    """Draw claims that were judged; what was written is said on standard error. The exit status.

    Raises DocumentError where a file was asked for and no claim can be drawn, or a file cannot be written.
    """
    names, missing, drawn, status = _Names(target), list[str](), 0, FINE
    for file, judgement in _candidates(files, target):
        where = f"{printable(file.path)}:{judgement.claim.place.line}"
        try:
            content = _picture(judgement, file.path, target)
        except NotDrawn as error:
            missing.append(f"line {judgement.claim.place.line}: {error}")
        except Exception as error:  # a fault of a picture is none of the verdict, and keeps no others from being drawn
            status = FAULT
            message = f"the picture failed: {type(error).__name__}: {error} [internal-error]"
            print(f"{where}: {printable(message)}", file=sys.stderr)
        else:
            drawn, path = drawn + 1, names.path(file, judgement)
            write_whole(path, content, "picture")
            print(f"{where}: drawn in {printable(str(path))}", file=sys.stderr)
            if target.form:
                return status
    if not target.form:
        print(f"{counted(drawn, 'picture')}, {counted(len(missing), 'claim')} without", file=sys.stderr)
    elif status == FINE:
        raise _not_drawn(target, missing)
    return status


def _candidates(files: Sequence[FileReport], target: Target) -> Iterator[tuple[FileReport, Judgement]]:
    for file in files:
        for judgement in claims_at(file, target.line) if target.line is not None else file.judgements:
            claim = judgement.claim
            asked = claim.role is Role.CLAIM if target.line is not None else judgement.verdict in SHOWN
            if asked and not claim.whole_chain:
                yield file, judgement


def _picture(judgement: Judgement, path: str, target: Target) -> bytes:
    """The picture. Raises NotDrawn, also where nobody asked for this claim and it would show two equal curves."""
    scene = scene_of(judgement, path)
    sequent = judgement.claim.sequent
    equation = sequent is not None and sequent.conclusion.head == "equal" and judgement.verdict is Verdict.PROVED
    if equation and target.line is None and scene.line is not None and scene.line.remark:
        raise NotDrawn("an equation in several numbers that is proved is drawn where its line is named")
    from verifier.reporting.plots_drawing import drawn  # noqa: PLC0415  (matplotlib, which may not be there)

    return drawn(scene, target.form or FORMS[IN_FOLDERS])


def _not_drawn(target: Target, missing: Sequence[str]) -> DocumentError:
    nothing = (
        f"found no claim in line {target.line}"
        if target.line is not None
        else "found no claim that is refuted, conditional or proved"
    )
    message = "; ".join(missing[:MOST_REASONS]) + ("; …" if len(missing) > MOST_REASONS else "")
    message = f"nothing can be drawn: {message or nothing}"
    return DocumentError(
        Diagnostic("not-drawn", message, help="a picture shows conditions on numbers, such as 0 < a < 2/b")
    )


class _Names:
    """Names of files: of the one that was named, or in a folder by document and line."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self._taken: set[str] = set()

    def path(self, file: FileReport, judgement: Judgement) -> Path:
        """``homework-14.svg``; ``homework-14-2.svg`` is of a second claim in this line."""
        if self._target.form:
            return self._target.path
        stem = re.sub(r"[^\w.-]+", "_", PurePath(file.path).stem).strip("_.") or "text"
        first = f"{stem}-{judgement.claim.place.line}"
        name = next(n for n in chain((first,), (f"{first}-{k}" for k in count(2))) if n not in self._taken)
        self._taken.add(name)
        return self._target.path / f"{name}{IN_FOLDERS}"
