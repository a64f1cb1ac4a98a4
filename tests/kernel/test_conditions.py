"""Properties carried along equations, and side conditions that a certificate proves: only from the hypotheses."""

from __future__ import annotations

from typing import Any

import pytest

from verifier.expressions import Expression, Statement, dims
from verifier.identity import identity
from verifier.kernel.context import CertificateError
from verifier.kernel.polynomials import Unsupported
from verifier.kernel.sequents import ClaimError, Sequent
from verifier.kernel.serialization import term_to_data
from verifier.kernel.terms import Term, TermError
from verifier.kernel.theorems import Theorem, prove
from verifier.language import equals, full_column_rank, identity_matrix, inverse, invertible, matrix, scalar, symmetric

n, m = dims("n m")
A, B, X, s = matrix("A", n, n), matrix("B", n, n), matrix("X", m, n), scalar("s")
REFUSED = (CertificateError, ClaimError, TermError, Unsupported)
NORMAL_FORM = {"rule": "normal form"}
FACT = {"rule": "fact", "fact": 0}


def claim(statement: Any, *given: Any) -> Sequent:
    return identity(statement, given=given).steps()[0]


def has(name: str, term: Expression) -> Statement:
    return Statement(Term("property", (term.term,), (name,)))


def transport(term: Expression, proof: Any = FACT, equation: Any = NORMAL_FORM) -> dict[str, Any]:
    return {"rule": "transport", "matrix": term_to_data(term.term), "proof": proof, "equation": equation}


def test_a_property_is_carried_to_an_equal_matrix() -> None:
    theorem = prove(claim(invertible(A + B), invertible(B + A)), transport(B + A))
    assert theorem.hypotheses == (invertible(B + A).term,)


@pytest.mark.parametrize(
    ("goal", "given", "certificate"),
    [
        (invertible(A), invertible(B), transport(B)),
        (invertible(A), symmetric(A), transport(A)),
        (invertible(A @ B), invertible(B @ A), transport(B @ A)),
        (invertible(2 * A - A), invertible(A), transport(A, equation={"rule": "sign"})),
        (invertible(A), invertible(A), transport(X)),
        (invertible(A), invertible(A), transport(A, proof={"rule": "fact", "fact": 1})),
        (invertible(A), invertible(A), {"rule": "transport", "proof": FACT, "equation": NORMAL_FORM}),
        (invertible(A), invertible(A), {**transport(A), "matrix": term_to_data(invertible(A).term)}),
        (equals(A, B), invertible(A), transport(A)),
    ],
    ids=["another", "another property", "turned", "no proof", "shape", "no fact", "no matrix", "proposition", "goal"],
)
def test_a_property_is_carried_to_no_other(goal: Any, given: Statement, certificate: Any) -> None:
    with pytest.raises(REFUSED):
        prove(claim(goal, given), certificate)


def test_a_matrix_on_the_way_is_defined() -> None:
    """B⁻¹B A is A where B is invertible, which nobody says."""
    way = inverse(B) @ B @ A
    with pytest.raises(REFUSED):
        prove(claim(invertible(A), invertible(way)), transport(way))


# side conditions

SQUARE = X.T @ X
GOAL = equals(inverse(SQUARE) @ SQUARE, identity_matrix(n))
INVERTIBLE = term_to_data(invertible(SQUARE).term)
BY_RANK = {"rule": "axiom", "axiom": "gram_invertible", "arguments": [term_to_data(X.term)], "premises": [FACT]}


def proof(fact: int, *conditions: Any) -> dict[str, Any]:
    premise = {"rule": "fact", "fact": fact}
    data = {"axiom": "inverse_mul", "arguments": [term_to_data(SQUARE.term)], "premises": [premise]}
    hole = Term("symbol", (), ("□", SQUARE.shape, ()))
    uses = [{"context": term_to_data(hole), "relation": data}]
    return {"rule": "linear", "uses": uses, **({"conditions": list(conditions)} if conditions else {})}


def conditions(theorem: Theorem) -> list[str]:
    return [p.data[0] for p in theorem.side_conditions]


def test_a_condition_that_the_hypotheses_imply_is_none() -> None:
    of_rank = claim(GOAL, full_column_rank(X))
    assert conditions(prove(of_rank, proof(1))) == ["invertible"]
    theorem = prove(of_rank, proof(1, {"condition": INVERTIBLE, "proof": BY_RANK}))
    assert not theorem.side_conditions
    assert theorem.hypotheses == (full_column_rank(X).term,)
    assert "gram_invertible" in theorem.axioms


@pytest.mark.parametrize(
    "condition",
    [
        {"condition": INVERTIBLE, "proof": {"rule": "fact", "fact": 0}},
        {"condition": INVERTIBLE, "proof": {"rule": "fact", "fact": 1}},
        {"condition": INVERTIBLE, "proof": {"rule": "fact", "fact": 2}},
        {"condition": INVERTIBLE, "proof": {**BY_RANK, "premises": []}},
        {"condition": INVERTIBLE, "proof": {**BY_RANK, "premises": [{"rule": "fact", "fact": 1}]}},
        {"condition": INVERTIBLE},
        {"condition": INVERTIBLE, "proof": BY_RANK, "more": 1},
        {"condition": term_to_data(SQUARE.term), "proof": BY_RANK},
        "invertible",
    ],
    ids=["a hypothesis", "itself", "nothing", "no premise", "circular", "no proof", "more", "a matrix", "text"],
)
def test_a_condition_is_proved_from_the_hypotheses_alone(condition: Any) -> None:
    with pytest.raises(REFUSED):
        prove(claim(GOAL, full_column_rank(X)), proof(1, condition))


@pytest.mark.parametrize("held", [None, {}, "conditions", 3, [[]] * 300])
def test_conditions_are_a_list(held: Any) -> None:
    with pytest.raises(REFUSED):
        prove(claim(GOAL, full_column_rank(X)), {**proof(1), "conditions": held})


def test_of_a_wide_matrix_it_is_not_shown() -> None:
    """Xᵀ of full column rank has X of full row rank: then XXᵀ is invertible, and XᵀX is not, unless X is square."""
    of_rows = claim(GOAL, full_column_rank(X.T))
    data = {"rule": "axiom", "axiom": "gram_invertible", "arguments": [term_to_data(X.T.term)], "premises": [FACT]}
    with pytest.raises(REFUSED):
        prove(of_rows, proof(1, {"condition": INVERTIBLE, "proof": data}))
    other = term_to_data(invertible(X @ X.T).term)
    carried = {**transport(X.T.T @ X.T, data), "rule": "transport"}
    theorem = prove(of_rows, proof(1, {"condition": other, "proof": carried}))
    assert conditions(theorem) == ["invertible"], "what is shown is another matrix"


@pytest.mark.parametrize("name", ["random", "stated", "natural", "integer", "real"])
def test_what_does_not_depend_on_entries_alone_is_not_carried(name: str) -> None:
    """A random x may happen to be equal to a y that is not random."""
    with pytest.raises(REFUSED):
        prove(claim(has(name, A + B), has(name, B + A)), transport(B + A))
