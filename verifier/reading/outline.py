"""The sections of a document: what context files and givens bring into each, and what is known at its end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from verifier.derivation import Diagnostic, Origin, Section
from verifier.reading.blocks import Document
from verifier.reading.contexts import Context
from verifier.reading.declarations import Declarer
from verifier.reading.numbering import encloses
from verifier.reading.state import State
from verifier.reading.symbols import alias_entries, symbol_entries


class Outline:
    """The sections that were opened, in order; contexts and givens are entered where they belong."""

    def __init__(
        self,
        document: Document,
        contexts: Iterable[Context],
        given: Iterable[str],
        diagnostics: list[Diagnostic],
    ) -> None:
        self.document, self.contexts, self.given = document, tuple(contexts), tuple(given)
        self.diagnostics = diagnostics
        self.sections: list[Section] = []
        self.used_contexts: set[tuple[int, str]] = set()

    def open(self, state: State, title: str, number: str, line: int) -> None:
        """Begin a section: what is said for it elsewhere is declared in its state."""
        state.section, state.label = len(self.sections), number
        self.sections.append(Section(title, number, line))
        if not number and state.section == 0:
            for text in self.given:
                before = len(self.diagnostics)
                self._context_declarer(text, Origin.CONTEXT).text(state.declared, text, 0)
                self._found_in("--given", before)
        for k, context in enumerate(self.contexts):
            for part in sorted(context.parts, key=lambda part: len(part.number)):
                here = part.number == number and (number or state.section == 0)
                outside = encloses(part.number, number) and (k, part.number) not in state.contexts
                if here or outside:
                    self.used_contexts.add((k, part.number))
                    state.contexts |= {(k, part.number)}
                    before = len(self.diagnostics)
                    context.declarer().text(state.declared, part.text, part.offset)
                    self._found_in(context.document.path, before)
        state.adopt_layout()

    def _found_in(self, path: str, before: int) -> None:
        """What was found since then is about another file."""
        self.diagnostics[before:] = [replace(diagnostic, path=path) for diagnostic in self.diagnostics[before:]]

    def close(self, state: State) -> None:
        """End a section: note its layout, symbols and hypotheses."""
        environment, hypotheses = state.declared.environment, tuple(state.declared.hypotheses)
        self.sections[state.section] = replace(
            self.sections[state.section],
            layout=state.layout,
            layout_line=state.layout_line,
            symbols=symbol_entries(environment, state.assumed, state.dimensions, hypotheses),
            aliases=alias_entries(environment),
            hypotheses=hypotheses,
        )

    def close_all(self, stack: list[State]) -> None:
        """End all that are open, the innermost first."""
        while stack:
            self.close(stack.pop())

    def report_unused(self) -> None:
        """Say which parts of context files match no section."""
        for k, context in enumerate(self.contexts):
            for part in context.parts:
                if part.number and (k, part.number) not in self.used_contexts and part.text.strip():
                    message = f"the context section {part.number} matches no section of {self.document.path}"
                    path = context.document.path
                    self.diagnostics.append(Diagnostic("context-unmatched", message, context.place(part), path=path))

    def _context_declarer(self, text: str, origin: Origin) -> Declarer:
        def nowhere(offset: int) -> int | None:
            return None

        return Declarer(origin, text, dict(self.document.macros), lambda *_: None, nowhere)
