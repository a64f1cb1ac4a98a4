"""What is concluded from what: "P, therefore Q" between comparisons, "since P, we have Q"."""

from __future__ import annotations

import pytest

from verifier import check
from verifier.derivation import Role

REALS = r"Let $a, b, c, \eta \in \mathbb{R}$ and $\sigma > 0$."
STABLE = r"$-1 < 1 - 2 \eta \sigma^2 < 1$"
WRONG, RIGHT = r"$\eta < 1/(2 \sigma^2)$", r"$1 - 2 \eta \sigma^2 < 1$"


def last_of(text: str) -> str:
    """The verdict on the last claim of a paragraph."""
    report = check(f"{REALS}\n\n{text}\n", syntax="markdown")
    return str([j for j in report.judgements if j.claim.role is Role.CLAIM and not j.claim.whole_chain][-1].verdict)


@pytest.mark.parametrize("words", [", therefore,", ", so that", ", hence", ". Therefore,", ", thus we have", ", so"])
def test_a_comparison_is_concluded_from_the_one_before(words: str) -> None:
    assert last_of(f"We have {STABLE}{words} {RIGHT}.") == "proved"
    assert last_of(f"We have {STABLE}{words} {WRONG}.") == "refuted"


def test_a_premise_in_words_of_the_sentence_before_is_passed_on_to_the_first() -> None:
    before = "If the recurrence is stable, then the size is small. So that we have"
    assert last_of(f"{before} {STABLE}, therefore, {WRONG}.") == "refuted"
    assert last_of(f"{before} {WRONG}.") == "undecided"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"$$a c > b \quad \therefore \quad a c > b$$", "proved"),
        ("We see $a c > b$, therefore $b < a c$ and $a c > b$.", "proved"),
        ("We see $a^2 > b^2$, therefore $a > b$.", "refuted"),
        ("We see $a c > a b$. Now $a c > a b$.", "refuted"),
        ("We have $a c > a b$.\n\nTherefore $a c > a b$.", "refuted"),
        ("We have $a c > a b$ and $a c > a b$.", "refuted"),
        ("We do not have $a c > b$, therefore $a c > b$.", "undecided"),
        ("If the loss is convex, $a c > b$, therefore $a c > b + 1$.", "undecided"),
        ("Since $a c = b$, we have $a^2 c = a b$.", "proved"),
        ("Since $a c = b$, we have $a c + 1 = b + 1$ and $a^2 c = a b$.", "proved"),
        ("Since $a c = b$ and $b = c$, we have $a c = c$.", "proved"),
        ("Since $a c = b$, we have $a^2 c = a b$. Now $a^2 c = a b$.", "refuted"),
        ("We have $a^2 c = a b$ because $a c = b$.", "proved"),
        (r"Since $a \bowtie b$, we have $a^2 c = a b$.", "undecided"),
        ("We do not have $a c = 1$ since $a^2 c = a b$.", "undecided"),
    ],
)
def test_conclusions(text: str, expected: str) -> None:
    assert last_of(text) == expected


@pytest.mark.parametrize("unread", [r"$a \bowtie b$", "$a = (b$", "$a^ = b$", r"$a = \mathcal{F} x$"])
@pytest.mark.parametrize(
    "words", ["If P, then Q.", "Q if P.", "Q, where P.", "Let P. Then Q.", "Since P, Q.", "P implies Q."]
)
def test_nothing_is_refuted_under_a_condition_that_is_not_read(unread: str, words: str) -> None:
    report = check(f"{REALS}\n\n{words.replace('Q', '$a^2 = a b$').replace('P', unread)}\n", syntax="markdown")
    assert all(str(j.verdict) in ("given", "unread", "undecided") for j in report.judgements)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We have $a > b$ if and only if $a - b > 0$.", "proved"),
        ("We have $a > b$ iff $a - b > 1$.", "refuted"),
        ("We have $a^2 = b^2$ iff $a = b$.", "refuted"),
        ("$a = b$ is equivalent to $a - b = 0$.", "proved"),
        ("If $a = b$ iff $b = c$, then $a = c$.", "refuted"),
        ("If $a = b$ iff $b = c$, and $b = c$, then $a = c$.", "proved|unrefuted"),
        (r"Suppose $a = b \Rightarrow b = c$ and $a = b$. Then $a = c$.", "proved|unrefuted"),
        (r"Suppose $a = b \iff b = c$. Then $a = c$.", "refuted"),
        ("We do not have $a = b$ iff $a - b = 1$.", "undecided"),
    ],
)
def test_equivalences_and_implications_that_are_supposed(text: str, expected: str) -> None:
    assert last_of(text) in expected.split("|")


def test_what_is_concluded_from_is_judged_by_itself() -> None:
    assert last_of("Since $a c = b$.") == "refuted"
