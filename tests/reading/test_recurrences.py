"""Recurrences beside one another, what is declared beside them, and limits in which their index grows."""

from __future__ import annotations

import pytest

from tests.judging.documents import Paragraph, assert_expected, cases, document

FAMILIES = r"Let $w_t, z_t \in \mathbb{R}$ and $\beta, \eta \in \mathbb{R}$."
DOCUMENTS = [
    document(
        "the second uses the first, for all",
        FAMILIES,
        r"Gradient descent with $z_{t+1} = \beta z_t + w_t$ and $w_{t+1} = w_t - \eta z_{t+1}$ for all $t \ge 0$.",
        (r"Then $w_1 = w_0 - \eta z_1$.", "proved"),
    ),
    document(
        "the first uses the second",
        FAMILIES,
        r"$$w_{t+1} = w_t - \eta z_{t+1}$$",
        r"$$z_{t+1} = \beta z_t + w_t$$",
        (r"Then $z_1 = \beta z_0 + w_0$.", "proved"),
    ),
    document(
        "each by the other at the same index",
        FAMILIES,
        r"$$w_{t+1} = w_t - \eta z_{t+1}$$",
        (r"$$z_{t+1} = \beta z_t + w_{t+1}$$", "not proved"),
    ),
    document(
        "a second of the same family is a claim",
        FAMILIES,
        r"$$z_{t+1} = \beta z_t + w_t$$",
        (r"$$z_{t+1} = w_t + \beta z_t$$", "proved"),
        (r"$$z_{t+1} = \beta w_t$$", "not proved"),
    ),
    document(
        "let, for the range of an index, and",
        r"Let $w_t \in \mathbb{R}$ for $t \ge 0$ and $|a| < 1$.",
        (r"Then $a^2 < 1$.", "proved"),
        (r"Then $a = 0$.", "refuted"),
    ),
    document(
        "let, for all of a range, and",
        r"Let $w_t \in \mathbb{R}$ for all $t \ge 0$, and $\mu > 0$.",
        (r"Then $\mu + 1 > 1$.", "proved"),
    ),
    document(
        "for a range and a number, without let",
        r"For $t \ge 1$ and $\mu > 0$, $\mu t > 0$.",
        (r"Then $\mu > 0$.", "not proved"),
    ),
    document(
        "an identity in it, which has a size of its own",
        "```given\n"
        r"A \in \mathbb{R}^{p \times p}, v, z^{(k)} \in \mathbb{R}^p, \alpha, \lambda \in \mathbb{R}"
        "\nk index\nI is the identity\nA^T v = \\lambda v\n"
        r"z^{(k+1)} = (I - \alpha A) z^{(k)}"
        "\n```",
        (r"$$v^T z^{(k)} = (1 - \alpha \lambda)^k v^T z^{(0)}$$", "not refuted"),
        (r"$$v^T z^{(2)} = (1 - \alpha \lambda)^2 v^T z^{(0)}$$", "not refuted"),
        (r"$$v^T z^{(k)} = (1 + \alpha \lambda)^k v^T z^{(0)}$$", "refuted"),
    ),
    document("an index that grows", r"Let $|a| < 1$.", (r"$$\lim_{t \to \infty} a^t = 0$$", "proved")),
    document(
        "an index that grows, more",
        r"Let $0 < a < 1$ and $c \in \mathbb{R}$.",
        (r"$$\lim_{t \to \infty} c a^{2 t} = 0$$", "not refuted"),
        (r"$$\lim_{t \to \infty} (a^t + c) = c$$", "proved"),
        (r"$$\lim_{t \to \infty} a^{t} = 1$$", "not proved"),
    ),
    document("a letter that may be real", (r"$$\lim_{t \to \infty} t (1 - \cos(1 / t)) = 0$$", "open")),
]


@pytest.mark.parametrize("paragraphs", cases(*DOCUMENTS))
def test_recurrences_and_what_is_said_beside_them(paragraphs: tuple[Paragraph, ...]) -> None:
    assert_expected(paragraphs)
