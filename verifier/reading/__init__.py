"""Reading: text to ``Derivation``, every claim typed and with its place, or said to be not understood."""

from __future__ import annotations

from collections.abc import Iterable

from verifier.derivation import Derivation
from verifier.reading.blocks import Document
from verifier.reading.contexts import Context, context_of
from verifier.reading.documents import load, read_document
from verifier.reading.sections import DocumentReader


def read(document: Document, contexts: Iterable[Context] = (), given: Iterable[str] = ()) -> Derivation:
    """The derivation that a document is, with declarations from contexts and ``given`` lines."""
    return DocumentReader(document, contexts, given).read()


__all__ = ["Context", "Document", "context_of", "load", "read", "read_document"]
