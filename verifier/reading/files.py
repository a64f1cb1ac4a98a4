"""Opening and decoding files: whatever goes wrong is said, with its place."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

from verifier.derivation import Diagnostic
from verifier.reading.blocks import DocumentError, positions_of

LARGEST = 4 * 1024 * 1024
LARGEST_NOTEBOOK = 32 * 1024 * 1024
SKIPPED_FOLDERS = frozenset({"node_modules", "venv", "__pycache__", "site-packages"})
SUFFIXES = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".qmd": "markdown",
    ".rmd": "markdown",
    ".tex": "tex",
    ".ltx": "tex",
    ".txt": "auto",
    ".ipynb": "notebook",
}
FOUND_SUFFIXES = frozenset({".md", ".qmd", ".tex", ".txt", ".ipynb"})


def refusal(code: str, message: str, path: str, help: str = "") -> DocumentError:
    """The error for a document that cannot be read."""
    return DocumentError(Diagnostic(code, message, help=help), path)


def read_text(path: Path, limit: int = LARGEST) -> str:
    """The text of a file, its line ends kept. Raises DocumentError."""
    name = str(path)
    try:
        if path.is_dir():
            raise refusal("folder-as-file", "found a folder, expected a file", name, "name a file in it")
        with path.open("rb") as stream:
            content = stream.read(limit + 1)
    except FileNotFoundError:
        raise refusal("missing-file", "found no such file", name, "check the path") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise refusal(
            "unreadable-file", f"the file cannot be opened: {reason}", name, "check its permissions"
        ) from None
    return decoded(content, name, limit)


def read_stream(stream: BinaryIO, path: str) -> str:
    """The text of a stream such as standard input. Raises DocumentError."""
    return decoded(stream.read(LARGEST + 1), path, LARGEST)


def decoded(content: bytes, path: str, limit: int = LARGEST) -> str:
    """UTF-8 as text. Raises DocumentError where it is something else, or too long."""
    if len(content) > limit:
        message = f"found more than {limit:,} bytes, which is the most that is read"
        raise refusal("too-large", message, path, "split the document")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refusal("not-utf-8", "found UTF-16, expected UTF-8", path, "save the file as UTF-8")
    null = content.find(b"\0")
    if null >= 0:
        message = f"found a NUL byte at offset {null}, expected text"
        raise refusal("binary-file", message, path, "name a Markdown, TeX or notebook file")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _not_utf_8(content, error, path) from None


def _not_utf_8(content: bytes, error: UnicodeDecodeError, path: str) -> DocumentError:
    before = content[: error.start].decode("utf-8", "replace")
    place = positions_of(before).place(len(before), len(before))
    byte = f"0x{content[error.start]:02x}"
    message = f"found the byte {byte} at offset {error.start}, line {place.line}, which is not UTF-8"
    return DocumentError(Diagnostic("not-utf-8", message, place, "save the file as UTF-8"), path)


def find_documents(folder: str | Path) -> list[Path]:
    """The documents below a folder, sorted; hidden files and folders and those of package managers are left out.

    Raises DocumentError if there is no such folder.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise refusal("missing-folder", "found no such folder", str(folder), "check the path")
    found: list[Path] = []
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in SKIPPED_FOLDERS)
        paths = (Path(place, name) for name in names if not name.startswith("."))
        found += [path for path in paths if path.suffix.lower() in FOUND_SUFFIXES and path.is_file()]
    return sorted(found)
