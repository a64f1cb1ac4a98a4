"""A^+ and A^†: the pseudo-inverse where words say so, and nothing of that where they do not."""

from __future__ import annotations

import pytest

from tests.judging.documents import Paragraph, assert_expected, cases, document

A = r"Let $A \in \mathbb{R}^{m \times n}$ and $B \in \mathbb{R}^{n \times k}$."
LAWS = (
    (r"$A A^+ A = A$", "proved"),
    (r"$(A^+)^+ = A$", "proved"),
    (r"$(A A^+)^T = A A^+$", "proved"),
    (r"$A A^+ = A^+ A$", "not proved"),
    (r"$A^+ A = I$", "not proved"),
)
SAID = [
    r"Let $A^+$ be the pseudo-inverse of $A$.",
    r"Let $A^+$ be the (Moore-Penrose) pseudo-inverse of $A$.",
    r"Let $A^+$ denote the Moore–Penrose pseudoinverse of $A$.",
    r"$A^+$ is the pseudoinverse of A.",
    r"Let $A^+ \in \mathbb{R}^{n \times m}$ be the pseudoinverse of the matrix $A$.",
    r"Denote by $A^+$ the pseudo-inverse of $A$.",
    r"Denote the pseudo-inverse of $A$ by $A^+$.",
    r"We write $A^+$ for the pseudo-inverse of $A$.",
    r"Here $A^\dagger$ is the Moore-Penrose inverse of $A$.",
    "```given\nA^+ is the pseudoinverse of A\n```",
    "```given\n$A^\\dagger$ is the Moore-Penrose pseudo-inverse of $A$\n```",
    "```given\npseudoinverse: A^+\n```",
]
UNSAID = [
    "We use $A^+$ here.",
    r"$A^+$ is not the pseudo-inverse of $A$.",
    r"Let $A^+$ be the positive part of $A$.",
    r"Let $A^+$ be a left inverse of $A$.",
    r"Let $A^+$ be the pseudo-inverse of $B$.",
    r"Is $A^+$ the pseudo-inverse of $A$?",
    r"Let $A^+ = B^T$. So $A^+$ is the pseudo-inverse of $A$.",
    r"Let $A^+$ be the regularised pseudo-inverse of $A$.",
    r"Let $A^+$ be the pseudo-inverse of $A$ plus the identity.",
]


@pytest.mark.parametrize("words", SAID)
def test_words_make_it_the_pseudoinverse(words: str) -> None:
    assert_expected((Paragraph(A), Paragraph(words), *(Paragraph(*law) for law in LAWS)))


@pytest.mark.parametrize("words", UNSAID)
def test_without_them_it_is_a_symbol(words: str) -> None:
    assert_expected((Paragraph(A), Paragraph(words), Paragraph("$A A^+ A = A$", "not proved")))


OTHERS = [
    document(
        "where", A, (r"We have $A A^\dagger A = A$, where $A^\dagger$ denotes the pseudo-inverse of $A$.", "proved")
    ),
    document(
        "brackets",
        A,
        "Let $A^+$ be the pseudo-inverse of $A$.",
        (r"$(A B) (A B)^+ (A B) = A B$", "proved"),
        (r"$(A^T)^+ = (A^+)^T$", "not refuted"),
        (r"$B B^+ B = B$", "not proved"),
    ),
    document(
        "a positive part",
        "```given\nA \\in \\mathbb{R}^{m \\times n}\na \\in \\mathbb{R}\nA^+ is the pseudoinverse of A\n```",
        (r"$(a)^+ = \operatorname{ReLU}(a)$", "proved"),
    ),
    document(
        "two matrices",
        A,
        "Let $A^+$ be the pseudo-inverse of $A$ and let $B^+$ be the pseudo-inverse of $B$.",
        (r"$A A^+ A B B^+ B = A B$", "proved"),
        (r"$(A B)^+ = B^+ A^+$", "not proved"),
    ),
]


@pytest.mark.parametrize("paragraphs", cases(*OTHERS))
def test_pseudoinverses(paragraphs: tuple[Paragraph, ...]) -> None:
    assert_expected(paragraphs)
