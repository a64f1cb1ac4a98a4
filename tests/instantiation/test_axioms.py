"""The kernel's table of axioms, seen by the other channel: each row holds in models, and no premise can be left out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest

from verifier.instantiation import instantiate
from verifier.kernel.axioms import AXIOMS
from verifier.kernel.axioms_order import LIMITS
from verifier.kernel.sequents import Sequent
from verifier.kernel.shapes import SCALAR, Shape, ShapeError, column, rectangle
from verifier.kernel.terms import Term, TermError, subterms

from .claims import m, n

SHAPES: dict[str, Shape] = {
    "number": SCALAR,
    "vector": column(n.form),
    "row": column(n.form).transposed,
    "square": rectangle(n.form, n.form),
    "wide": rectangle(m.form, n.form),
}
NAMES = ("a", "b", "c")
# exponents, entries, sizes that are numbers, quantified statements
WITH_TESTS_OF_THEIR_OWN = {
    *("matrix_power_add", "spectral_norm_diagonal", "entry_le_norm", "determinant_leibniz"),
    *LIMITS,
}
PREMISE_OF_CONVENIENCE = {"power_add_one"}  # a negative base has whole exponents, for which the law holds too


def instances(name: str) -> Iterator[Sequent]:
    """premises ⊢ statement, at free symbols of every combination of shapes for which it is well typed."""
    row = AXIOMS[name]
    for shapes in product(SHAPES.values(), repeat=row.arity):
        arguments = tuple(Term("symbol", (), (a, shape, ())) for a, shape in zip(NAMES, shapes, strict=False))
        try:
            yield Sequent(row.statement(*arguments), row.premises(*arguments))
        except (ShapeError, TermError):
            continue


def check_axiom(name: str, seeds: int = 3) -> None:
    """Raises AssertionError unless the row holds in every model that is found, and some are.

    A row of full column rank has one entry, as has a column of full row rank: where a premise is about such an
    argument, there may be models of dimension 1 alone.
    """
    found = list(instances(name))
    assert found, "no arguments fit"
    for claim in found:
        for seed in range(seeds):
            outcome = instantiate(claim, seed=seed)
            assert outcome.undecidable == ""
            assert outcome.counterexample is None, outcome.counterexample
            assert outcome.evidence.models >= 6
            assert outcome.evidence.model_found or is_of_one_line(claim)
    assert not all(map(is_of_one_line, found)), "no arguments that have models of any size"


def is_of_one_line(claim: Sequent) -> bool:
    """Whether a premise is about a vector."""
    parts = [part for h in claim.hypotheses for part in subterms(h)]
    return any(part.head == "symbol" and part.space().is_vector for part in parts)


def is_needed(claim: Sequent, k: int) -> bool:
    """Whether without a premise the claim fails in a model, or where the premise fails is defined in none."""
    others = claim.hypotheses[:k] + claim.hypotheses[k + 1 :]
    if instantiate(Sequent(claim.conclusion, others)).counterexample is not None:
        return True
    denied = instantiate(Sequent(claim.conclusion, (*others, Term("not", (claim.hypotheses[k],)))))
    return "undefined" in denied.evidence.reason and not denied.evidence.models


@pytest.mark.parametrize("name", sorted(AXIOMS.keys() - WITH_TESTS_OF_THEIR_OWN))
def test_an_axiom_holds_in_models(name: str) -> None:
    check_axiom(name)


@pytest.mark.parametrize("name", sorted(AXIOMS.keys() - WITH_TESTS_OF_THEIR_OWN - PREMISE_OF_CONVENIENCE))
def test_each_premise_of_an_axiom_is_needed(name: str) -> None:
    claims = list(instances(name))
    for k in range(len(claims[0].hypotheses)):
        assert any(is_needed(claim, k) for claim in claims)


def test_a_row_has_a_source() -> None:
    for row in AXIOMS.values():
        assert row.source
        assert row.arity <= len(NAMES)
