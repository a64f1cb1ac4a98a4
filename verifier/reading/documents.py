"""Documents: a source text as an ordered stream of blocks with exact offsets."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from verifier.reading.assembly import Assembly
from verifier.reading.blocks import (
    Block,
    Code,
    Document,
    DocumentError,
    Finding,
    Formula,
    Given,
    Heading,
    Macro,
    Mark,
    Text,
    positions_of,
    view_of,
)
from verifier.reading.delimiters import scanning_work
from verifier.reading.files import (
    LARGEST,
    LARGEST_NOTEBOOK,
    SUFFIXES,
    find_documents,
    read_stream,
    read_text,
    refusal,
)
from verifier.reading.inputs import flatten, root_of
from verifier.reading.markdown import read_markdown
from verifier.reading.notebook import read_cells
from verifier.reading.numbering import normalise_number
from verifier.reading.plain import guess_syntax, read_plain
from verifier.reading.tex import read_preamble, read_tex

__all__ = [
    "Block",
    "Code",
    "Document",
    "DocumentError",
    "Formula",
    "Given",
    "Heading",
    "Macro",
    "Mark",
    "Text",
    "find_documents",
    "load",
    "normalise_number",
    "read_document",
]

MOST_WORK = 230_000

_SYNTAXES = {
    "md": "markdown",
    "qmd": "markdown",
    "latex": "tex",
    "text": "plain",
    "txt": "auto",
    "ipynb": "notebook",
    **{name: name for name in ("auto", "markdown", "tex", "plain", "notebook")},
}


def load(
    path: str | Path,
    syntax: str = "auto",
    root: Path | None = None,
    preamble: str | None = None,
    stream: BinaryIO | None = None,
) -> Document:
    """The document in a file, or on standard input (or ``stream``) for "-". Its suffix decides the syntax.

    ``root`` is the project's folder, by default the document's own: only files in it are included. ``preamble`` is TeX
    with macros. Raises DocumentError if the file cannot be opened, decoded, or is too large.
    """
    if str(path) == "-":
        source = read_stream(stream or sys.stdin.buffer, "-")
        return read_document(source, "-", syntax, root, preamble)
    path = Path(path)
    if syntax == "auto":
        syntax = SUFFIXES.get(path.suffix.lower(), "auto")
    source = read_text(path, LARGEST_NOTEBOOK if syntax == "notebook" else LARGEST)
    try:
        return read_document(source, str(path), syntax, root or path.resolve().parent, preamble)
    except DocumentError as error:
        raise DocumentError(error.diagnostic, str(path)) from None


def read_document(
    source: str,
    path: str = "<text>",
    syntax: str = "auto",
    root: Path | None = None,
    preamble: str | None = None,
) -> Document:
    """The document in a text. No file is opened unless there is a ``root``, the project's folder.

    ``syntax`` is "markdown", "tex", "plain", "notebook" or "auto". Raises DocumentError if the text is too large or is
    no notebook though it should be.
    """
    kind = _SYNTAXES.get(syntax.lower())
    if kind is None:
        raise refusal("unknown-syntax", f"found the syntax {syntax!r}, expected markdown, tex, plain or notebook", path)
    kind = guess_syntax(source) if kind == "auto" else kind
    if len(source) > (LARGEST_NOTEBOOK if kind == "notebook" else LARGEST):
        raise refusal("too-large", f"found {len(source):,} characters, expected at most {LARGEST:,}", path)
    macros = read_preamble(view_of(preamble)) if preamble else {}
    match kind:
        case "tex":
            return _read_tex(source, path, root, macros)
        case "notebook":
            return _read_notebook(source, path, macros)
        case _:
            return _read_text(source, path, kind, macros)


def _read_text(source: str, path: str, kind: str, macros: Mapping[str, Macro]) -> Document:
    assembly = Assembly(tex=False, macros=macros)
    view = _bounded(view_of(source), path, tex=kind == "plain")
    if kind == "plain":
        read_plain(view, assembly)
    else:
        mark = source.startswith("\ufeff")
        read_markdown(view[mark:], assembly, offset=int(mark))
    return assembly.document(path, source, kind, positions_of(source))


def _read_tex(source: str, path: str, root: Path | None, macros: Mapping[str, Macro]) -> Document:
    file = Path(path) if root is not None and path not in ("-", "<text>") else None
    flat = flatten(_bounded(source, path, tex=True), file, root)
    assembly = Assembly(tex=True, macros=macros)
    assembly.findings += flat.findings
    if file and root and (main := root_of(source, file, root)):
        assembly.macros.update(_macros_of(main, root, assembly))
    read_tex(_bounded(view_of(flat.text), path, tex=True), assembly)
    positions = positions_of(source, flat.splices)
    return assembly.document(path, flat.text, "tex", positions)


def _macros_of(main: Path, root: Path, assembly: Assembly) -> Mapping[str, Macro]:
    """The macros of a main file's preamble; if it cannot be read, that is reported."""
    try:
        source = _bounded(read_text(main), str(main), tex=True)
        text = _bounded(flatten(source, main, root).text, str(main), tex=True)
    except DocumentError as error:
        message = f"the root {main.name} is not read: {error.diagnostic.message}"
        assembly.findings.append(Finding(error.diagnostic.code, message, 0, 0, error.diagnostic.help))
        return {}
    return read_preamble(view_of(text))


def _read_notebook(source: str, path: str, macros: Mapping[str, Macro]) -> Document:
    source = source.removeprefix("\ufeff")
    notebook = read_cells(source, path)
    if len(notebook.text) > LARGEST:
        raise refusal(
            "too-large", f"found {len(notebook.text):,} characters in cells, expected at most {LARGEST:,}", path
        )
    assembly = Assembly(tex=False, macros=macros)
    view = _bounded(view_of(notebook.text), path, tex=False)
    for start, end in notebook.cells:
        read_markdown(view[start:end], assembly, offset=start)
    positions = positions_of(source, notebook.splices)
    return assembly.document(path, notebook.text, "notebook", positions)


def _bounded(view: str, path: str, tex: bool) -> str:
    """The text itself, if what is in it can be read in a few seconds."""
    work = scanning_work(view, tex)
    if work > MOST_WORK:
        message = f"found {work:,} delimiters, lines and commands, expected at most {MOST_WORK:,}"
        raise refusal("too-large", message, path, "split the document")
    return view
