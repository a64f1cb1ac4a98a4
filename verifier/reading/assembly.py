"""Puts blocks together in the order of the text: paragraphs, items, numbers, tags, marks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from verifier.derivation import Diagnostic, Verdict
from verifier.reading.blocks import (
    Block,
    Code,
    Document,
    Finding,
    Formula,
    Given,
    Heading,
    Macro,
    Mark,
    Positions,
    Text,
)
from verifier.reading.delimiters import Piece
from verifier.reading.formulas import blank, clean
from verifier.reading.labels import Label, find_labels
from verifier.reading.macros import read_definition
from verifier.reading.numbering import Numbering, Part

MOST_OF_A_CODE = 100

_GIVEN = re.compile(r"\s*given\s*:", re.IGNORECASE)
_MARK = re.compile(r"\s*verifier\s*:\s*(?P<kind>[\w-]*)[ \t]*(?P<argument>[^\n]{0,200})", re.IGNORECASE)
_TAG_AFTER = re.compile(r"[ \t]*\((\d{1,3}[a-z]?)\)[ \t]*(?=\n|\Z)")
_CONTINUED_COMMENT = re.compile(r"(?m)^[ \t]*%+")
_VERDICTS = frozenset(verdict.value for verdict in Verdict)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of the source as it is scanned; its first character stands at ``start``."""

    text: str
    start: int


class Assembly:
    """The blocks of one document while it is read."""

    def __init__(self, tex: bool, macros: Mapping[str, Macro] | None = None) -> None:
        self.tex = tex
        self.blocks: list[Block] = []
        self.findings: list[Finding] = []
        self.macros: dict[str, Macro] = dict(macros or {})
        self._own: set[str] = set()
        self.numbering = Numbering()
        self._paragraph = 0
        self._items = [0]
        self._last_item = 0
        self._fresh = True

    def new_paragraph(self) -> None:
        """What follows belongs to another paragraph."""
        self._paragraph += 1
        self._fresh = True

    def open_item(self) -> None:
        """A list item begins, inside the one that is open."""
        self._last_item += 1
        self._items.append(self._last_item)

    def close_item(self) -> None:
        """The innermost list item ends."""
        if len(self._items) > 1:
            self._items.pop()

    def add(self, run: Run, piece: Piece) -> None:
        """A piece of a run: words, a formula, a comment, code, a definition or a blank line."""
        match piece.kind:
            case "text":
                self._add_text(run, piece.start, piece.end)
            case "math":
                self._add_mathematics(run, piece)
            case "comment" | "given":
                self.add_remark(run.text[piece.inner_start : piece.inner_end], run.start + piece.inner_start)
            case "code":
                self.blocks.append(Code(run.start + piece.start, run.start + piece.end))
            case "definition":
                found = read_definition(run.text, piece.start)
                if found:
                    self._define(found[0])
            case "break":
                self.new_paragraph()

    def add_heading(self, level: int, title: str, parts: tuple[Part, ...], start: int, end: int) -> None:
        """A heading; it ends paragraphs, and unless it is a label, items."""
        number = self.numbering.enter(parts, level) if parts else self.numbering.unnumbered(title, level)
        self.blocks.append(Heading(level, title, number, start, end))
        self.new_paragraph()

    def _define(self, macro: Macro) -> None:
        """Enter a macro. One that is defined anew has no one meaning in the document: formulas with it are unread."""
        known = self.macros.get(macro.name)
        if known is not None and known != macro and macro.name in self._own:
            macro = replace(macro, arguments=0, default=None, body=r"\definedtwice")
        self._own.add(macro.name)
        self.macros[macro.name] = macro

    def end_items(self) -> None:
        """Labels before a heading, or before the next numbered problem, govern nothing after it."""
        self._items = [0, *self._items[1:]]

    def add_formula(self, run: Run, environment: str, display: bool, outer: tuple[int, int], tag: str = "") -> None:
        """A formula whose inside is ``run``, unless nothing is in it."""
        cleaned = clean(run.text, last_line_comment=self.tex)
        for macro in cleaned.macros:
            self._define(macro)
        for offset, remark in cleaned.remarks:
            self._report_misplaced(remark, run.start + offset)
        if cleaned.text.strip():
            end = run.start + len(run.text)
            place = (self._paragraph, self._items[-1], *outer)
            self.blocks.append(Formula(cleaned.text, run.start, end, display, environment, *place, cleaned.tag or tag))
            self._fresh = False

    def add_remark(self, inner: str, start: int) -> None:
        """A comment: a declaration, a mark, or nothing to us."""
        bare = inner.lstrip("%") if self.tex else inner
        start += len(inner) - len(bare)
        if given := _GIVEN.match(bare):
            text = bare[given.end() :]
            if self.tex:
                text = _CONTINUED_COMMENT.sub(lambda found: blank(found[0]), text)
            self.blocks.append(Given(text, start + given.end(), start + len(bare), closed=True))
        elif mark := _MARK.match(bare):
            self._add_mark(mark["kind"].lower(), mark["argument"].partition(" ")[0], start, start + len(bare))

    def _add_mark(self, kind: str, argument: str, start: int, end: int) -> None:
        if kind in ("assume", "skip") or (kind == "expect" and argument in _VERDICTS):
            self.blocks.append(Mark(kind, argument, start, end))
            return
        message = f'found the mark "{f"{kind} {argument}".strip()}", expected assume, skip, or expect with a verdict'
        help = (
            "the verdicts are " + ", ".join(sorted(_VERDICTS))
            if kind == "expect"
            else "as in: verifier: expect refuted"
        )
        self.findings.append(Finding("unknown-mark", message, start, end, help))

    def _report_misplaced(self, remark: str, start: int) -> None:
        bare = remark.lstrip("%")
        if _MARK.match(bare) or _GIVEN.match(bare):
            message = "found a mark or declaration inside a formula, expected it before the formula"
            help = "move the comment to the line above the formula"
            self.findings.append(Finding("misplaced-mark", message, start, start + len(remark), help))

    def _add_mathematics(self, run: Run, piece: Piece) -> None:
        inner = Run(run.text[piece.inner_start : piece.inner_end], run.start + piece.inner_start)
        after = _TAG_AFTER.match(run.text, piece.end) if piece.display else None
        outer = (run.start + piece.start, run.start + piece.end)
        self.add_formula(inner, piece.name, piece.display, outer, after[1] if after else "")

    def _add_text(self, run: Run, start: int, end: int) -> None:
        position = start
        for label in find_labels(run.text, start, end, self._fresh):
            self._add_words(run, position, label.start)
            self._add_label(run, label)
            position = label.end
        self._add_words(run, position, end)

    def _add_words(self, run: Run, start: int, end: int) -> None:
        words = run.text[start:end]
        if words and not words.isspace():
            self.blocks.append(Text(words, run.start + start, run.start + end, self._paragraph, self._items[-1]))
            self._fresh = False

    def _add_label(self, run: Run, label: Label) -> None:
        level = self.numbering.level_of(label.parts)
        self.add_heading(level, label.title, label.parts, run.start + label.start, run.start + label.end)
        self._last_item += 1
        self._items = [self._last_item] * len(self._items)

    def document(self, path: str, source: str, syntax: str, positions: Positions) -> Document:
        """The document that has been put together."""
        diagnostics = placed(self.findings, positions)
        return Document(path, source, syntax, tuple(self.blocks), self.macros, diagnostics, positions)


def placed(findings: Sequence[Finding], positions: Positions) -> tuple[Diagnostic, ...]:
    """Findings as diagnostics, in the order of the text; of each code the first hundred, and how many more."""
    seen: Counter[str] = Counter()
    result: list[Diagnostic] = []
    for f in sorted(findings, key=lambda finding: (finding.start, finding.code)):
        seen[f.code] += 1
        if seen[f.code] <= MOST_OF_A_CODE:
            result.append(Diagnostic(f.code, f.message, positions.place(f.start, f.end), f.help))
    more = {code: count - MOST_OF_A_CODE for code, count in seen.items() if count > MOST_OF_A_CODE}
    return *result, *(Diagnostic(code, f"and {count:,} more of these") for code, count in more.items())
