"""Text without mark-up: paragraphs and labels; and the guess which syntax a text is written in."""

from __future__ import annotations

import re

from verifier.reading.assembly import Assembly, Run
from verifier.reading.delimiters import Piece

_TEX = re.compile(r"^[^%\n]*\\(?:documentclass|begin[ \t]*\{document\})", re.MULTILINE)
_MARKDOWN = re.compile(r"\$|\\\[|\\\(|\\begin\{|^[ \t>]*(?:#{1,6}[ \t]|```|~~~|:::|<!--)", re.MULTILINE)
_NOTEBOOK = re.compile(r'\s*\{.{0,200}?"(?:cells|nbformat|metadata|worksheets)"\s*:', re.DOTALL)
_PARAGRAPH = re.compile(r"^[^\S\n]*\S[^\n]*(?:\n[^\S\n]*\S[^\n]*)*", re.MULTILINE)


def guess_syntax(text: str) -> str:
    """ "notebook", "tex", "markdown", or "plain" where nothing is marked up."""
    if _NOTEBOOK.match(text):
        return "notebook"
    if _TEX.search(text):
        return "tex"
    return "markdown" if _MARKDOWN.search(text) else "plain"


def read_plain(text: str, assembly: Assembly) -> None:
    """Adds the paragraphs of a plain text."""
    for match in _PARAGRAPH.finditer(text):
        assembly.new_paragraph()
        words = match[0]
        assembly.add(Run(words, match.start()), Piece("text", 0, len(words), 0, len(words)))
