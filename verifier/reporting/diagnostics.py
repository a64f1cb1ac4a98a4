"""The table of diagnostic codes: ``explain CODE`` prints from here, and every code that is used has a row."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Severity(Enum):
    """How a diagnostic counts: shown with -v; shown; shown, and the exit status is 3; the file is not checked (2)."""

    NOTE = "note"
    WARNING = "warning"
    UNREAD = "unread"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Code:
    """A diagnostic: how it counts, its title in one line, why it is said and what to do, and an example."""

    severity: Severity
    title: str
    explanation: str
    example: str = ""


_NOTE, _WARNING, _UNREAD, _REFUSED = Severity.NOTE, Severity.WARNING, Severity.UNREAD, Severity.REFUSED

CODES: dict[str, Code] = {
    # formulas
    "unread": Code(
        _UNREAD,
        "a formula was not understood",
        "Reading stopped at the token that is named. A formula is read whole or not at all, so that nothing is "
        "silently misread. Complete the formula, declare its symbols, or write the construct in another way.",
        "x^T = A +        found the end, expected a term",
    ),
    "ill-typed": Code(
        _UNREAD,
        "shapes or kinds do not match",
        "The parts of a formula cannot be put together: both shapes are shown. A lost transpose is the usual reason; "
        "a symbol that was declared with another shape is the next. The verdict is ill-typed, exit status 1.",
        "x^T A = A x      cannot equate R^(1×n) and R^n",
    ),
    "layout-inferred": Code(
        _NOTE,
        "a derivative layout was inferred",
        "Nothing declares whether ∂(Ax)/∂x is A (numerator layout) or Aᵀ (denominator layout), so the first "
        "derivative of the section that fits only one decides. A claim that fits only the other is other-layout, exit "
        "status 3.",
        "layout: numerator        in a given block, to declare it",
    ),
    # declarations
    "bad-declaration": Code(
        _UNREAD,
        "a declaration was not understood",
        "What a given block, a context file or --given says of a symbol has to be of a form that is known; a symbol "
        "of which a condition speaks has to be declared first. What is not understood is not used: claims may then be "
        "undecided.",
        "eta > 0          not understood: eta is not declared; write  \\eta \\in \\mathbb{R}  before it",
    ),
    "declared-twice": Code(
        _UNREAD,
        "two declarations of one symbol contradict each other",
        "On one level (the document, a section) a symbol has one kind and one shape. The first declaration is kept. "
        "Remove one of the two, or put them under different headings: the deeper one wins there.",
        "x \\in \\mathbb{R}^n  and, further down,  x \\in \\mathbb{R}^{m \\times n}",
    ),
    "context-unmatched": Code(
        _WARNING,
        "a section of the context file matches no section of the document",
        "Declarations of a context file attach by number: 1(a), Problem 1a and Q1.a are the same. Those under a "
        "number that the document does not have are not used.",
        "## 7(b)          in the context of a document with six problems",
    ),
    # marks
    "mark-without-formula": Code(
        _WARNING,
        "a mark is followed by no formula",
        "A mark is for the next formula. Move it to the line above the formula that it is meant for, or remove it.",
        "<!-- verifier: assume -->        at the end of a document",
    ),
    "mark-changes-nothing": Code(
        _WARNING,
        "a mark changes nothing",
        "Without the mark the outcome would be the same: the formula is no claim, or it is proved and the mark "
        "expects that. Marks that have become idle hide what they were written for, so each is reported. Remove it.",
        "<!-- verifier: expect proved -->        before a claim that is proved",
    ),
    "unknown-mark": Code(
        _WARNING,
        "a mark that is not known",
        "A mark is assume, skip, or expect with a verdict; it stands in a comment before a formula.",
        "% verifier: expect refuted        in TeX;  <!-- verifier: assume -->  in Markdown",
    ),
    "misplaced-mark": Code(
        _WARNING,
        "a mark or a declaration inside a formula",
        "A comment inside a formula is not read. Move it to the line above the formula.",
    ),
    "unexpected-verdict": Code(
        _WARNING,
        "a mark expects another verdict",
        "The mark `expect V` before the formula says that its verdict is V, and it is not. The exit status is 1: "
        "whoever wrote the mark wants to know. Correct the claim, or the mark.",
        "found proved, expected refuted",
    ),
    "expected-verdict": Code(
        _NOTE,
        "a verdict that a mark expects",
        "The mark `expect V` before the formula says that its verdict is V, and it is. The claim counts as fine.",
    ),
    # the structure of documents
    "unclosed-math": Code(
        _UNREAD,
        "a formula that is not closed",
        "The delimiter that opens a formula has no partner before the next formula or the end of the paragraph, so "
        "what follows is taken as text. Close it; a dollar that is meant as a dollar is written \\$.",
        "Let $x = 1 be",
    ),
    "unclosed-environment": Code(
        _UNREAD,
        "an environment that is not closed",
        "\\begin{…} has no \\end{…} of the same name. What is inside is not read.",
        "\\begin{align} a &= b",
    ),
    "unclosed-comment": Code(
        _UNREAD, "a comment that is not closed", '"<!--" has no "-->". What follows it is read as text.', "<!-- note"
    ),
    "unclosed-fence": Code(
        _UNREAD,
        "a fenced block that is not closed",
        "A block that is opened by ``` or ~~~ ends with a line of the same; without it the rest of the document is "
        "inside.",
        "```given        without a line ``` after it",
    ),
    "stray-delimiter": Code(
        _UNREAD,
        "a closing delimiter without its opening one",
        "\\end{…} has no \\begin{…}: one of the two was lost, or the names differ.",
        "\\end{align}",
    ),
    "formula-in-code": Code(
        _UNREAD,
        "a formula that Markdown takes for code",
        "Four spaces of indentation make a block of code in Markdown, and code is not read. Indent by at most three "
        "spaces, or close the list before the formula.",
    ),
    "too-deep": Code(
        _UNREAD, "lists or quotes that nest too deeply", "What is nested deeper than the limit is not read. Nest less."
    ),
    "unread-macro": Code(
        _UNREAD,
        "a definition of a macro that is not read",
        "\\newcommand, \\renewcommand, \\def with plain arguments and \\DeclareMathOperator are read. Write the macro "
        "so, or give such a definition with --preamble FILE.",
        "\\def\\f[#1]{…}",
    ),
    # included files
    "input-not-followed": Code(
        _UNREAD,
        "an \\input in a text without a folder",
        "Only a document in a file has a folder from which others are included. Check the file itself.",
    ),
    "missing-input": Code(
        _UNREAD, "an included file that does not exist", "\\input{name} looks for name.tex and name in the folder."
    ),
    "outside-project": Code(
        _UNREAD,
        "an included file outside the project's folder",
        "Only files in the folder of the document, or below it, are read.",
        "\\input{../../notes}",
    ),
    "input-cycle": Code(_UNREAD, "a file that includes itself", "The \\input is left out."),
    "too-many-inputs": Code(
        _UNREAD, "too many included files", "Files beyond the limit, or nested deeper than the limit, are left out."
    ),
    # files
    "missing-file": Code(_REFUSED, "there is no such file", "Check the path, and the folder that it starts from."),
    "missing-folder": Code(_REFUSED, "there is no such folder", "Check the path, and the folder that it starts from."),
    "folder-as-file": Code(
        _REFUSED, "a folder where a file is needed", "`verifier check` takes folders; other commands take one file."
    ),
    "unreadable-file": Code(
        _REFUSED, "a file that cannot be opened", "The system's reason is shown: its permissions, say."
    ),
    "not-utf-8": Code(
        _REFUSED,
        "a file that is not UTF-8",
        "Documents are UTF-8. The first byte that is not is shown with its line; save the file as UTF-8 in your "
        "editor.",
        "found the byte 0xe9 at offset 120, line 4",
    ),
    "binary-file": Code(
        _REFUSED, "a file that is no text", "A NUL byte was found: this is a PDF, an image or the like."
    ),
    "too-large": Code(
        _REFUSED,
        "a document that is too large",
        "Work is bounded, so that hostile or mistaken input ends in a message. Split the document.",
    ),
    "broken-notebook": Code(
        _REFUSED,
        "a notebook that cannot be read",
        "A notebook is JSON with cells. Open it in Jupyter and save it again.",
    ),
    "unknown-syntax": Code(
        _REFUSED,
        "a syntax that is not known",
        "Texts are markdown, tex, plain or notebook; auto decides by looking at them.",
    ),
    "broken-report": Code(
        _REFUSED,
        "a report that cannot be read",
        "`verifier recheck` takes the JSON that `verifier check --format json` writes. The place in it is shown, what "
        "was found and what was expected. Write the report again.",
        "files[0].claims[2].verdict: found 'true', expected one of proved, given, …",
    ),
    "unknown-identity": Code(
        _REFUSED,
        "an identity that is not in the library",
        "With --library, names select modules or identities of `derivations`. Those that resemble the name are shown.",
        "verifier check --library trace_cyclic",
    ),
    "unknown-code": Code(
        _REFUSED,
        "neither a place in a file nor a code",
        "`verifier explain` takes FILE:LINE, a code of a diagnostic, or a verdict.",
        "verifier explain homework.md:14;  verifier explain unrefuted",
    ),
    "no-library": Code(
        _REFUSED,
        "the library of identities is not installed",
        "The package `derivations` comes with verifier. Install it again.",
    ),
    "unwritable-output": Code(
        _REFUSED,
        "a report or a picture that cannot be written",
        "The folder of -o FILE and of --plot OUT has to exist and to be writable. A file that is there stays as it "
        "was.",
    ),
    "no-matplotlib": Code(
        _REFUSED,
        "pictures need matplotlib",
        "--plot draws with matplotlib, which verifier does not install by itself. Nothing was checked.",
        "pip install 'verifier[plot]'",
    ),
    "not-drawn": Code(
        _REFUSED,
        "there is nothing to be drawn",
        "A picture shows comparisons of numbers, and what is made of them by and, or, implies and if and only if: with "
        "one or two numbers that vary, the others at the values of the counterexample. The message says what "
        "is in the way. The verdicts stand.",
        "|1 - \\eta \\sigma^2| < 1 \\iff 0 < \\eta < 2/\\sigma^2",
    ),
    "internal-error": Code(
        _REFUSED,
        "a fault of verifier",
        "The checker failed at this document; other documents are checked. Please report it with the document. Where "
        "it failed at one claim, that claim is in conflict, with a file to report it with, and the others are judged. "
        "The exit status is 4.",
    ),
}


def severity(code: str) -> Severity:
    """How a diagnostic counts; one that is not in the table is shown."""
    row = CODES.get(code)
    return row.severity if row is not None else Severity.WARNING
