"""What is said of several symbols at once: "let A and K be invertible"."""

from __future__ import annotations

import pytest

from tests.judging.documents import Paragraph, assert_expected, cases, document

A, K = r"$A \in \mathbb{R}^{n \times n}$", r"$K \in \mathbb{R}^{n \times n}$"
BOTH = r"Let $A, K, M \in \mathbb{R}^{n \times n}$."
EACH = (r"$A^T = A$", "proved"), (r"$K^T = K$", "proved")
ONLY_K = (r"$K^T = K$", "proved"), (r"$A^T = A$", "not proved")
SAID_OF_BOTH = [
    document("let, be", f"Let {A} and {K} be symmetric.", *EACH),
    document("a comma", f"Let {A}, {K} be symmetric matrices.", *EACH),
    document("are", BOTH, "Suppose $A$ and $K$ are symmetric.", *EACH),
    document("both", BOTH, "Assume that $A$ and $K$ are both symmetric.", *EACH),
    document("three", BOTH, "Suppose $A$, $M$, and $K$ are symmetric.", *EACH, ("$M^T = M$", "proved")),
    document("a noun before", BOTH, "For symmetric matrices $A$ and $K$ we have $A^T = A$, $K^T = K$."),
    document("where", (r"We have $A^T K^T = A K$, where $A$ and $K$ are symmetric.", "not refuted")),
    document(
        "inverses",
        f"Let {A} and {K} be invertible.",
        (r"$A^{-1} A = K^{-1} K$", "proved"),
        (r"$(A K)^{-1} = K^{-1} A^{-1}$", "proved"),
    ),
    document("numbers", r"Let $a \in \mathbb{R}$ and $b \in \mathbb{R}$ be positive.", ("$a + b > 0$", "proved")),
]
SAID_OF_ONE = [
    document("is", BOTH, "Suppose $A M = M A$ for $A$ and $K$ is symmetric.", ("$A^T = A$", "not proved")),
    document("each its own", f"Let {A} be invertible and {K} be symmetric.", *ONLY_K),
    document("let twice", f"Let {A} and let {K} be symmetric.", *ONLY_K),
    document("where", f"Let {A} and {K}, where $K$ is symmetric.", *ONLY_K),
    document("an equation", BOTH, "Suppose $A = M$ and $K$ be symmetric.", *ONLY_K),
    document("a vector", rf"Let $x \in \mathbb{{R}}^n$ and {K} be symmetric.", ("$K^T = K$", "proved")),
    document(
        "respectively", BOTH, "Let $A$ and $K$ be symmetric and invertible, respectively.", ("$K^T = K$", "not proved")
    ),
    document("not", BOTH, "Suppose $A$ and $K$ are not symmetric.", (r"$A^T = A$, $K^T = K$", "not proved")),
    document("or", BOTH, "Suppose $A$ or $K$ are symmetric.", ("$A^T = A$", "not proved")),
    document("an adjective", BOTH, "Let $A$ and symmetric $K$ be given.", ("$A^T = A$", "not proved")),
]


@pytest.mark.parametrize("paragraphs", cases(*SAID_OF_BOTH, *SAID_OF_ONE))
def test_what_is_said_of_several(paragraphs: tuple[Paragraph, ...]) -> None:
    assert_expected(paragraphs)
