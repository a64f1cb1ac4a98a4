"""Lines that say something of several symbols, or of one index: nothing is proved from more than they say."""

from __future__ import annotations

import pytest

from verifier import Verdict, check

MATRICES = "A, B \\in \\mathbb{R}^{n \\times n}\n"
CLAIMS = ("A^T = A", "B^T = B", "(A B)^T = A B")
BOTH, FIRST, SECOND = ("proved", "proved", "refuted"), ("proved", "other", "refuted"), ("other", "proved", "refuted")
UNREAD = ("unread", "unread", "unread")
SAID = {
    "A and B are symmetric": BOTH,
    "$A$ and $B$ are symmetric": BOTH,
    "A, B are symmetric": BOTH,
    "A and B are symmetric and invertible": BOTH,
    "A is symmetric and B is diagonal": BOTH,
    "A is invertible, B is symmetric": SECOND,
    "A is invertible, and B is symmetric": SECOND,
    "A is invertible and B is symmetric": SECOND,
    "A is symmetric, B is invertible": FIRST,
    "A is symmetric; B is invertible": FIRST,
    "A is symmetric and positive definite": FIRST,
    "A is symmetric, positive definite": FIRST,
    "A or B is symmetric": UNREAD,
    "both A and B are symmetric": UNREAD,
    "A is symmetric B is invertible": UNREAD,
    r"A \text{ and } B \text{ are symmetric}": BOTH,
    r"A, B \text{ symmetric}": BOTH,
    r"\text{symmetric } A, B": BOTH,
    r"A \text{ is invertible}, B \text{ is symmetric}": SECOND,
    r"A \text{ is symmetric and } B \text{ is invertible}": FIRST,
    r"A \text{ is symmetric}, \text{ and } B \text{ is invertible}": FIRST,
    r"A \text{ is symmetric } B": UNREAD,
    r"A \text{ commutes with } B": UNREAD,
    r"A = A^T \text{ or } B = B^T": UNREAD,
    r"A = A^T \text{ and } B \text{ is invertible}": FIRST,
}


def verdicts(declared: str, *claims: str) -> list[Verdict]:
    source = f"```given\n{declared}\n```\n\n" + "\n\n".join(f"${claim}$" for claim in claims)
    return [judgement.verdict for judgement in check(source, syntax="markdown").judgements]


@pytest.mark.parametrize("said", SAID)
def test_a_word_is_said_of_the_symbols_before_it(said: str) -> None:
    for found, expected in zip(verdicts(MATRICES + said, *CLAIMS), SAID[said], strict=True):
        assert found != "proved" if expected == "other" else found == expected


@pytest.mark.parametrize(
    "declared",
    [
        r"A \in \mathbb{R}^{n \times n} is symmetric",
        r"A \in \mathbb{R}^{n \times n}, symmetric",
        r"A \in \mathbb{R}^{n \times n} \text{ symmetric}",
    ],
)
def test_a_word_after_a_set_is_said_of_its_member(declared: str) -> None:
    assert verdicts(declared, "A^T = A") == [Verdict.PROVED]


@pytest.mark.parametrize("word", ["symmetric", r"\text{ symmetric}"])
def test_a_word_after_a_set_is_not_said_of_the_next_member(word: str) -> None:
    first, second = r"A \in \mathbb{R}^{n \times n}", r"B \in \mathbb{R}^{n \times n}"
    found = verdicts(f"{first} {word}, {second}", "A^T = A", "B^T = B")
    assert found[0] == Verdict.PROVED
    assert found[1] != Verdict.PROVED
    found = verdicts(f"{first}, {second} {word}", "A^T = A", "B^T = B")
    assert found[0] != Verdict.PROVED
    assert found[1] == Verdict.PROVED


def test_the_name_of_a_function_in_text_is_no_word() -> None:
    assert verdicts(MATRICES + r"\text{rank}(A) = n", r"\text{rank}(A) = n") == [Verdict.PROVED]


POSITIVE = r"\sum_{k=1}^n x_k > 0"


@pytest.mark.parametrize(
    "declared",
    [
        "x_k \\in \\mathbb{R}\nk \\in \\{1, \\ldots, n\\}\nx_k > 0",
        "x_k \\in \\mathbb{R}\nx_k > 0 for all k",
        "x_k \\in \\mathbb{R}\nx_k > 0",
    ],
)
def test_what_is_said_of_an_index_may_be_said_of_each(declared: str) -> None:
    (found,) = verdicts(declared, POSITIVE)
    assert found not in (Verdict.REFUTED, Verdict.CONDITIONAL)


def test_what_is_false_for_each_index_is_refuted() -> None:
    declared = "x_k \\in \\mathbb{R}\nk \\in \\{1, \\ldots, n\\}\nx_k > 0"
    assert verdicts(declared, r"\sum_{k=1}^n x_k < 0") == [Verdict.REFUTED]


def test_a_bound_for_all_indices_is_no_product_with_one() -> None:
    """0 · k for "0 for all k"."""
    (found,) = verdicts("x_k \\in \\mathbb{R}\nk index\nx_k > 1 for all k", "x_k > k")
    assert found != Verdict.PROVED


AFTER = {
    r"$$v = 2 v, \quad v \in \mathbb{R}^d$$": "refuted",
    r"$$v^T v = \|v\|^2, \quad v \in \mathbb{R}^d$$": "proved",
    r"$$\|v\|^2 = 2 v^T v, \quad v \in \mathbb{R}^d$$": "refuted",
    r"$$u^T w = w^T u, \quad u, w \in \mathbb{R}^d$$": "proved",
    r"Let $v \in \mathbb{R}^d$. $$v = 2 v, \quad v \in \mathbb{R}^d$$": "refuted",
}


@pytest.mark.parametrize("source", AFTER)
def test_what_is_said_before_a_set_is_claimed(source: str) -> None:
    found = [judgement.verdict for judgement in check(source, syntax="markdown").judgements]
    assert [verdict for verdict in found if verdict != Verdict.GIVEN] == [AFTER[source]]


def test_what_is_supposed_before_a_set_is_given() -> None:
    source = r"Let $v, w \in \mathbb{R}^d$. Suppose $v = 2 w, \quad w \in \mathbb{R}^d$. Then $v - w = w$."
    found = [judgement.verdict for judgement in check(source, syntax="markdown").judgements]
    assert [verdict for verdict in found if verdict != Verdict.GIVEN] == [Verdict.PROVED]


@pytest.mark.parametrize(
    ("declared", "line", "claim"),
    [
        (r"x \in \mathbb{R}", "x > 0 ) y", "|x| = x"),
        (r"x \in \mathbb{R}", r"x > 0 \unknownmacro", "|x| = x"),
        (r"x, a \in \mathbb{R}", r"ax \geq \{ 0", "|x| = x"),
        (r"x_t \in \mathbb{R}", r"x_t \geq \{ 0", "|x_1| = x_1"),
        (r"\sigma \in \mathbb{R}", r"\sigma \geq ) 0", r"|\sigma| = \sigma"),
        (r"\hat{x} \in \mathbb{R}", r"\hat{x} \geq ) 0", r"|\hat{x}| = \hat{x}"),
    ],
)
def test_what_a_line_that_is_no_formula_speaks_of_is_not_refuted(declared: str, line: str, claim: str) -> None:
    report = check(f"```given\n{declared}\n{line}\n```\n\n$$ {claim} $$\n", syntax="markdown")
    assert report.judgements[-1].verdict is Verdict.UNREAD


def test_other_symbols_are_judged_beside_such_a_line() -> None:
    given = "x, f, c \\in \\mathbb{R}\nx > \\frac{0 ) 1}\n"
    report = check(f"```given\n{given}```\n\n$$ |c| = c $$\n", syntax="markdown")
    assert report.judgements[-1].verdict is not Verdict.UNREAD


@pytest.mark.parametrize("claim", ["x_2 > 0", "|x_3| = x_3", "x_1 + x_2 > 0"])
def test_members_that_are_written_exist(claim: str) -> None:
    given = "n dimension\ni \\in \\{1, \\dots, n\\}\nx_i \\in \\mathbb{R}\nx_i > 0\n"
    report = check(f"```given\n{given}```\n\n$$ {claim} $$\n", syntax="markdown")
    assert report.judgements[-1].verdict is not Verdict.REFUTED
