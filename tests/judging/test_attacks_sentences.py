"""How far a condition reaches within its sentence."""

from __future__ import annotations

import pytest

from tests.judging.documents import REALS, Paragraph, assert_expected, cases, document

REACHES = [
    document("two conclusions", REALS, ("If $a = b$, then $a^2 = b^2$ and $a^3 = b^3$.", "proved")),
    document("three conclusions", REALS, ("If $a = b$, $a^2 = b^2$, $a^3 = b^3$, and thus $a - b = 0$.", "proved")),
    document("so that", REALS, ("If $a = b$ then $a^2 = b^2$, so that $a^3 = b^3$.", "proved")),
    document("two values", REALS, ("For all $a > 0$ and $b > 0$, $a b > 0$ and $a + b > 0$.", "proved")),
    document("displays", REALS, ("If $a = b$, then\n$$a^2 = b^2$$\nand\n$$a^3 = b^3$$", "proved")),
]
ENDS = [
    document(
        "a new sentence after a display",
        REALS,
        ("If $a = b$, then\n$$a^2 = b^2$$\nWe see $a c = b c$.", "proved | refuted"),
    ),
    document("a new sentence", REALS, "If $a = b$, then $a^2 = b^2$ and $a^3 = b^3$.", ("Now $a c = b c$.", "refuted")),
    document("but", REALS, ("If $a = b$, then $a^2 = b^2$, but $a c = b$.", "not refuted")),
    document("otherwise", REALS, ("If $a = b$, then $a^2 = b^2$, otherwise $a c = b c$.", "not refuted")),
    document("two conditions", REALS, ("If $a = 0$, then $a^2 = 0$; if $a = 1$, then $a^2 = 1$.", "proved")),
    document(
        "a wrong second condition",
        REALS,
        ("If $a = 0$, then $a^2 = 0$; if $a = 1$, then $a^2 = 2$.", "proved | refuted"),
    ),
    document(
        "a condition of one", REALS, ("If $a = b$, $a^2 = b^2$ and, when $c = 0$, $a c = 1$.", "not refuted | refuted")
    ),
]


@pytest.mark.parametrize("paragraphs", cases(*REACHES, *ENDS))
def test_the_reach_of_a_condition(paragraphs: tuple[Paragraph, ...]) -> None:
    assert_expected(paragraphs)
