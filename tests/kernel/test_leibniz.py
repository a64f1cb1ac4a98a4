"""The determinant of a matrix with 2 or 3 rows by its entries: in exact models, and what must not be shown by it."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from tests.kernel.building import HOLE, N, axiom, claim, div, eq, linear, mul, num, proves, rel, sub, sym, tr, use
from tests.kernel.exact_matrices import is_true, matrix
from verifier.instantiation import instantiate
from verifier.kernel.axioms import AXIOMS
from verifier.kernel.context import CertificateError
from verifier.kernel.heads import TermError
from verifier.kernel.linear import ONE, constant
from verifier.kernel.polynomials import Unsupported
from verifier.kernel.sequents import ClaimError, Definition
from verifier.kernel.serialization import term_to_data
from verifier.kernel.shapes import SCALAR, Shape, ShapeError, rectangle
from verifier.kernel.terms import Term, subterms

REFUSED = (CertificateError, ClaimError, TermError, ShapeError, Unsupported)
TWO, THREE = (rectangle(constant(k), constant(k)) for k in (2, 3))
P, Q = sym("P", TWO), sym("Q", THREE)


def at(term: Term, row: int, column: int) -> Term:
    return Term("entry", (term,), ((constant(row), constant(column)),))


def det(term: Term) -> Term:
    return Term("determinant", (term,))


def block(rows: int, *cells: Term) -> Term:
    return Term("block", cells, (rows, len(cells) // rows))


def by_leibniz(term: Term) -> Any:
    return linear(use(HOLE, **axiom("determinant_leibniz", term)))


def cross(term: Term) -> Term:
    return sub(mul(at(term, 1, 1), at(term, 2, 2)), mul(at(term, 1, 2), at(term, 2, 1)))


@pytest.mark.parametrize("argument", [P, Q])
def test_the_law_holds_in_exact_models(argument: Term) -> None:
    statement = AXIOMS["determinant_leibniz"].statement(argument)
    size, random = (2, 3)[argument is Q], Random(3)
    for _ in range(60):
        rows = [[random.randint(-4, 4) for _ in range(size)] for _ in range(size)]
        assert is_true(statement, {argument.data[0]: matrix(rows)}, {}) is True


@pytest.mark.parametrize("argument", [P, Q])
def test_the_law_holds_in_the_models_of_the_other_channel(argument: Term) -> None:
    outcome = instantiate(claim(AXIOMS["determinant_leibniz"].statement(argument)))
    assert outcome.counterexample is None
    assert outcome.evidence.models >= 6


@pytest.mark.parametrize("argument", [P, Q])
def test_another_sign_or_another_entry_makes_it_false(argument: Term) -> None:
    """Of the law with one + and - exchanged, or one entry for its neighbour, the models know better."""
    statement = AXIOMS["determinant_leibniz"].statement(argument)
    random = Random(5)
    size = (2, 3)[argument is Q]
    values = [[[random.randint(-9, 9) for _ in range(size)] for _ in range(size)] for _ in range(12)]
    others = [*_with_other_signs(statement.args[1]), *_with_other_entries(statement.args[1], size)]
    assert len(others) >= 3
    for other in others:
        wrong = eq(statement.args[0], other)
        assert any(is_true(wrong, {argument.data[0]: matrix(rows)}, {}) is False for rows in values)
        with pytest.raises(REFUSED):
            proves(wrong, by_leibniz(argument))


def _with_other_signs(term: Term) -> list[Term]:
    if term.head not in ("add", "subtract"):
        return []
    turned = Term({"add": "subtract", "subtract": "add"}[term.head], term.args)
    return [turned, *(Term(term.head, (one, term.args[1])) for one in _with_other_signs(term.args[0]))]


def _with_other_entries(term: Term, size: int) -> list[Term]:
    """The sum with one column for another, in each factor of its last product."""
    if term.head == "entry":
        row, ((_, column),) = term.data[0][0], term.data[0][1]
        return [Term("entry", term.args, ((row, constant(column % size + 1)),))]
    if term.head in ("add", "subtract"):
        return [Term(term.head, (term.args[0], one)) for one in _with_other_entries(term.args[1], size)]
    pairs = [(k, one) for k in (0, 1) for one in _with_other_entries(term.args[k], size)]
    return [Term(term.head, (one, term.args[1]) if k == 0 else (term.args[0], one)) for k, one in pairs]


def test_it_is_about_the_entries_of_blocks_and_of_products() -> None:
    p, q, r, s = (sym(name) for name in "pqrs")
    theorem = proves(eq(det(block(2, p, q, r, s)), sub(mul(p, s), mul(q, r))), by_leibniz(block(2, p, q, r, s)))
    assert theorem.axioms == ("determinant_leibniz",)
    assert theorem.side_conditions == ()
    proves(eq(det(tr(P)), cross(P)), by_leibniz(tr(P)))
    proves(eq(det(mul(p, P)), mul(p, p, cross(P))), by_leibniz(mul(p, P)))
    for wrong in (mul(p, cross(P)), sub(num(0), mul(p, p, cross(P)))):
        with pytest.raises(REFUSED):
            proves(eq(det(mul(p, P)), wrong), by_leibniz(mul(p, P)))


@pytest.mark.parametrize(
    "argument",
    [
        sym("A", rectangle(N, N)),
        sym("R", Shape((constant(2), constant(3)))),
        sym("v", Shape((constant(2), ONE))),
        sym("B", rectangle(constant(4), constant(4))),
        sym("T", Shape((constant(2), constant(2), constant(2)))),
        sym("c", SCALAR),
        eq(P, P),
    ],
)
def test_other_shapes_are_refused(argument: Term) -> None:
    with pytest.raises((TermError, ShapeError)):
        AXIOMS["determinant_leibniz"].statement(argument)


def test_a_matrix_that_is_not_defined_is_refused() -> None:
    """P/c has no determinant where c = 0; the claim does not say c ≠ 0."""
    over = div(P, sym("c"))
    goal = rel("greater_equal", num(1), num(0))
    lemma = AXIOMS["determinant_leibniz"].statement(over)
    through = {
        "rule": "cut",
        "lemma": term_to_data(lemma),
        "proof": {"rule": "axiom", **axiom("determinant_leibniz", over)},
        "then": {"rule": "sign"},
    }
    with pytest.raises(REFUSED):
        proves(goal, through)
    proves(goal, through, rel("not_equal", sym("c"), num(0)))


def test_no_dimension_comes_in_that_the_claim_does_not_have() -> None:
    """Of a claim about n × n matrices it says nothing, also where n is read as 2 by somebody."""
    a = sym("A", rectangle(N, N))
    with pytest.raises(REFUSED):
        proves(eq(det(a), cross(a)), by_leibniz(a))


def test_a_definition_is_seen_through() -> None:
    """D := [p q; q p] has p² - q², also if the claim names it; and nothing else."""
    p, q, d = sym("p"), sym("q"), sym("D", TWO)
    definition = Definition("D", block(2, p, q, q, p))
    goal = eq(det(d), sub(mul(p, p), mul(q, q)))
    proves(goal, by_leibniz(d), definitions=(definition,))
    with pytest.raises(REFUSED):
        proves(eq(det(d), sub(mul(q, q), mul(p, p))), by_leibniz(d), definitions=(definition,))


def test_every_argument_occurs_in_the_statement() -> None:
    assert P in set(subterms(AXIOMS["determinant_leibniz"].statement(P)))
    assert AXIOMS["determinant_leibniz"].premises(P) == ()
