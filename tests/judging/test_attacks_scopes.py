"""How far what a text sets reaches."""

from __future__ import annotations

import pytest

from tests.judging.documents import Paragraph, assert_expected, cases, document

FAMILY = "```given\nw_t, z_t \\in \\mathbb{R}^d\n\\eta \\in \\mathbb{R}\nt index\nw_{t+1} = w_t - \\eta z_{t+1}\n```"

RECURRENCES = [
    document(
        "a recurrence in a given block holds for every t",
        FAMILY,
        (r"$$w_{t+1} = w_t - \eta z_{t+1}$$", "proved"),
        (r"$$w_{t+2} = w_{t+1} - \eta z_{t+2}$$", "proved"),
        (r"$$w_{2} = w_{1} - \eta z_{2}$$", "proved"),
        (r"$$w_{t+1} = w_t - \eta z_{t}$$", "not proved"),
        (r"$$w_{t} = w_{t+1} + \eta z_{t+1}$$", "proved"),
    ),
    document(
        "a recurrence of a family that nobody declared is no symbol w_{t+1}",
        "```given\nt index\nb \\in \\mathbb{R}\nw_{t+1} := b w_t\n```",
        (r"$$w_{t+1} = w_t$$", "given | open"),
    ),
    document(
        "a first member that is set is no symbol of its own",
        "```given\nw_t \\in \\mathbb{R}\nt index\n```",
        "Let $w_0 = 1$ and suppose $w_{t+1} = 2 w_t$.",
        ("Then $w_1 = 2 w_0$ and $w_1 = 2$ and $w_2 = 4$.", "proved"),
        ("Then $w_1 = w_0$.", "not proved"),
        ("Now $w_0 = 3$.", "not proved"),
        ("Now $w_2 = 3$.", "not proved"),
    ),
    document(
        "a first member that is set in a chain",
        "```given\nw_t \\in \\mathbb{R}\nt index\n```",
        (r"$$w_0 = 2 \cdot 1 = 2$$", "proved"),
        (r"$$w_{t+1} = 2 w_t$$", "given"),
        (r"$$w_1 = 4$$", "proved"),
        (r"$$w_1 = 2$$", "not proved"),
    ),
    document(
        "a member at a fixed index can still be set",
        "```given\nw_t \\in \\mathbb{R}\nt index\nw_0 = 1\nw_{t+1} = 2 w_t\n```",
        (r"$$w_1 = 2$$", "proved"),
        (r"$$w_2 = 2$$", "not proved"),
    ),
]


@pytest.mark.parametrize("paragraphs", cases(*RECURRENCES))
def test_recurrences_of_given_blocks(paragraphs: tuple[Paragraph, ...]) -> None:
    assert_expected(paragraphs)
