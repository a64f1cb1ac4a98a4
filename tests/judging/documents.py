"""Small documents, and what may be said of each of their claims.

What a table expects of a paragraph:

    proved        proved as it stands
    proved if     proved under side conditions that the document does not state
    refuted, given, unread, …      this verdict
    open          neither proved nor refuted: unread, undecided, unrefuted, follows
    not refuted   true: proved, or open
    not proved    false, or nothing that a mathematician would call a statement: refuted in some way, or open

Several may be allowed (``proved if | open``). A paragraph that has no claim at all fails: nothing is passed over.
A condition or definition beside a claim is ``given`` without being expected.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import pytest

from verifier import Judgement, Verdict, check
from verifier.derivation import Role

OPEN = frozenset({"unread", "undecided", "unrefuted", "follows"})
WRONG = frozenset({"refuted", "conditional", "other-layout", "ill-typed"})
MEANINGS = {
    "open": OPEN,
    "not refuted": OPEN | {"proved", "proved if"},
    "not proved": OPEN | WRONG,
}
SINGLE = frozenset({"proved", "proved if", "given"}) | OPEN | WRONG

REALS = r"Let $a, b, c, d \in \mathbb{R}$."
VECTORS = REALS + r" Let $x, y, z \in \mathbb{R}^n$."
SQUARES = VECTORS + r" Let $A, B \in \mathbb{R}^{n \times n}$."


class Paragraph(NamedTuple):
    """A paragraph of a document and what is expected of its claims; "" is a paragraph that is not looked at."""

    source: str
    expected: str = ""


class Document(NamedTuple):
    """A document whose claims depend on one another."""

    name: str
    paragraphs: tuple[Paragraph, ...]


def group(name: str, preamble: str, formulas: Mapping[str, str]) -> Iterable[Document]:
    """Each formula in a document of its own, as a display after the same preamble."""
    for formula, expected in formulas.items():
        label = f"{name}: {' '.join(formula.split())} is {expected}"
        yield Document(label, (Paragraph(preamble), Paragraph(f"$$\n{formula}\n$$", expected)))


def document(name: str, *paragraphs: str | tuple[str, str]) -> Iterable[Document]:
    """One document: paragraphs of text, and (paragraph, expected)."""
    made = tuple(Paragraph(p) if isinstance(p, str) else Paragraph(*p) for p in paragraphs)
    yield Document(name, made)


def cases(*tables: Iterable[Document]) -> list[object]:
    """The documents of several tables, as parameters of a test."""
    return [pytest.param(d.paragraphs, id=d.name) for table in tables for d in table]


def allowed(expected: str) -> frozenset[str]:
    """The verdicts that an expectation allows."""
    words = [word.strip() for word in expected.split("|")]
    unknown = [word for word in words if word not in MEANINGS and word not in SINGLE]
    if unknown:
        raise ValueError(f"{unknown[0]!r} is no expectation")
    return frozenset().union(*(MEANINGS.get(word, frozenset({word})) for word in words))


def said(judgement: Judgement) -> str:
    """The verdict, with whether it rests on side conditions that nobody stated."""
    if judgement.verdict is Verdict.PROVED and judgement.theorem and judgement.theorem.side_conditions:
        return "proved if"
    return str(judgement.verdict)


def verdicts_of_paragraphs(paragraphs: tuple[Paragraph, ...]) -> list[list[str]]:
    """What is said of the claims of each paragraph, in the order of the text."""
    report = check("\n\n".join(source for source, _ in paragraphs) + "\n", syntax="markdown")
    found, line = [], 1
    for source, _ in paragraphs:
        lines = range(line, line + source.count("\n") + 1)
        found.append([said(j) for j in report.judgements if _is_a_claim(j) and j.claim.place.line in lines])
        line = lines.stop + 1
    return found


def _is_a_claim(judgement: Judgement) -> bool:
    return judgement.claim.role is not Role.DECLARATION and not judgement.claim.whole_chain


def assert_expected(paragraphs: tuple[Paragraph, ...]) -> None:
    """Every paragraph got verdicts that are expected of it."""
    for (source, expected), found in zip(paragraphs, verdicts_of_paragraphs(paragraphs), strict=True):
        if not expected:
            continue
        judged = [word for word in found if word != "given"] or found
        assert judged, f"no claim was found in {source!r}"
        assert set(judged) <= allowed(expected), f"{source!r}: {found}, expected {expected}"
