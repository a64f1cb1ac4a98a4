"""Context files: declarations for the sections of another document, by their numbers."""

from __future__ import annotations

from dataclasses import dataclass

from verifier.derivation import Origin, Place
from verifier.reading.blocks import Document, Formula, Given, Heading, Text
from verifier.reading.declarations import Declarer


@dataclass(frozen=True, slots=True)
class ContextPart:
    """The declarations under one heading; an empty number means for the whole document."""

    number: str
    text: str
    offset: int


@dataclass(frozen=True)
class Context:
    """A context file."""

    document: Document
    parts: tuple[ContextPart, ...]

    def declarer(self) -> Declarer:
        """What takes in the declarations of a part."""
        document = self.document

        def line(offset: int) -> int:
            return document.place(offset, offset).line

        return Declarer(Origin.CONTEXT, document.source, dict(document.macros), document.place, line)

    def place(self, part: ContextPart) -> Place:
        """Where a part stands."""
        return self.document.place(part.offset, part.offset + len(part.text))


def context_of(document: Document) -> Context:
    """The declarations of a context file: its given blocks, and the formulas under each heading."""
    number = ""
    parts: list[ContextPart] = []
    for block in document.blocks:
        match block:
            case Heading():
                number = block.number
                parts.append(ContextPart(number, "", block.start))
            case Given():
                parts.append(ContextPart(number, block.text, block.start))
            case Formula():
                parts.append(ContextPart(number, block.text, block.start))
            case Text():
                continue
    return Context(document, tuple(p for p in parts if p.text.strip() or p.number))
