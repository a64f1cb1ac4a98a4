"""Printing then reading is the identity."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from tests.reading.terms import ENVIRONMENT, any_terms
from verifier.kernel.terms import Term
from verifier.notation import latex
from verifier.reading.grammar import parse
from verifier.reading.grammar_of_terms import elaboration
from verifier.reading.settling import settled


def read_back(text: str) -> Term:
    (node,) = parse(text).parts
    return settled(elaboration(ENVIRONMENT, source=text), node)


def reads_back(term: Term) -> None:
    text = latex(term)
    assert read_back(text) == term, text


@pytest.mark.parametrize("_", range(10))
@given(term=any_terms)
@settings(max_examples=1_000, deadline=None, suppress_health_check=list(HealthCheck))
def test_printing_then_reading_is_the_identity(_: int, term: Term) -> None:
    reads_back(term)
