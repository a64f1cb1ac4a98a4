"""Writing reports and pictures to files: whole or not at all."""

from __future__ import annotations

import json
import os
import stat
from hashlib import sha256
from pathlib import Path

from verifier.derivation import Diagnostic, Judgement
from verifier.kernel.serialization import sequent_to_data
from verifier.reading.documents import DocumentError
from verifier.reporting.json_report import certificate_data, counterexample_data, to_bytes


def unwritable(message: str, help_text: str, path: str) -> DocumentError:
    """That a file cannot be written, and what to do."""
    return DocumentError(Diagnostic("unwritable-output", message, help=help_text), path)


def write_whole(path: Path, content: bytes, what: str = "report") -> None:
    """Write a file: first beside it under another name, then in its place. Raises DocumentError.

    A device or a pipe (/dev/stdout) is written to as it is; a link is followed.
    """
    try:
        if path.exists() and not stat.S_ISREG(path.stat().st_mode):
            if path.is_dir():
                raise IsADirectoryError(21, "it is a folder")
            path.write_bytes(content)
            return
        _replace(Path(os.path.realpath(path)), content)
    except OSError as error:
        missing = not path.parent.is_dir()
        reason = f"there is no folder {path.parent}" if missing else (error.strerror or str(error)).lower()
        raise unwritable(f"the {what} cannot be written: {reason}", "name another file", str(path)) from error


def _replace(path: Path, content: bytes) -> None:
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        beside.write_bytes(content)
        if path.exists():
            if not os.access(path, os.W_OK):
                raise PermissionError(13, "permission denied")
            beside.chmod(stat.S_IMODE(path.stat().st_mode))
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def write_conflict(judgement: Judgement, folder: Path) -> Path:
    """The file that reproduces a fault of ours: claim, certificate and counterexample. Raises DocumentError."""
    claim, theorem, counterexample = judgement.claim.sequent, judgement.theorem, judgement.counterexample
    data = {
        "reason": judgement.reason,
        "source": f"{judgement.claim.left} {judgement.claim.relation} {judgement.claim.right}",
        "claim": sequent_to_data(claim) if claim else None,
        "certificate": certificate_data(claim, theorem) if theorem else None,
        "counterexample": counterexample_data(counterexample) if counterexample else None,
    }
    content = to_bytes(json.dumps(data, ensure_ascii=False, indent=1) + "\n")
    path = folder / f"verifier-conflict-{sha256(content).hexdigest()[:12]}.json"
    write_whole(path, content)
    return path
