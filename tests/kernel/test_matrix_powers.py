"""Powers of matrices with symbolic exponents: the law of exponents in exact models, and what must not be shown."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from random import Random
from typing import Any

import pytest

from verifier.expressions import Expression, dims
from verifier.identity import Identity, identity
from verifier.kernel.axioms import AXIOMS
from verifier.kernel.context import CertificateError
from verifier.kernel.heads import TermError
from verifier.kernel.polynomials import Unsupported
from verifier.kernel.serialization import term_to_data
from verifier.kernel.terms import Term
from verifier.kernel.theorems import prove
from verifier.language import diag, equals, hadamard, hadamard_power, identity_matrix, matrix, scalar, vector

Rows = list[list[Fraction]]
n, j, k = dims("n j k")
A, M, u, w, s = matrix("A", n, n), matrix("M", n, n), vector("u", n), vector("w", n), scalar("s")
NATURAL = {k: (0, None)}
NORMAL_FORM = {"rule": "normal form"}


def times(left: Rows, right: Rows) -> Rows:
    columns = list(zip(*right, strict=True))
    return [[sum((a * b for a, b in zip(row, c, strict=True)), Fraction(0)) for c in columns] for row in left]


def raised(rows: Rows, exponent: int) -> Rows:
    size = range(len(rows))
    result = [[Fraction(r == c) for c in size] for r in size]
    for _ in range(exponent):
        result = times(result, rows)
    return result


def test_the_law_holds_for_natural_exponents() -> None:
    random = Random(3)
    for size, a, b in product((1, 2, 3), range(5), range(5)):
        for _ in range(5):
            rows = [[Fraction(random.randint(-3, 3), random.randint(1, 3)) for _ in range(size)] for _ in range(size)]
            assert raised(rows, a + b) == times(raised(rows, a), raised(rows, b))


def law(m: Expression, a: Expression, b: Expression, premises: int = 2) -> dict[str, Any]:
    """□ = M^(a+b) - M^a M^b, as the whole of a proof."""
    arguments = [term_to_data(t.term) for t in (m, a, b)]
    relation = {"axiom": "matrix_power_add", "arguments": arguments, "premises": [{"rule": "sign"}] * premises}
    hole = Term("symbol", (), ("□", m.shape, ()))
    return {"rule": "linear", "uses": [{"context": term_to_data(hole), "relation": relation}]}


def index(form: Any) -> Expression:
    return Expression(Term("index", (), (form.form,)))


def claim(statement: Any, low: int = 0) -> Any:
    return identity(statement, indices={k: (low, None), j: (low, None)}).steps()[0]


def test_a_certificate() -> None:
    theorem = prove(claim(equals(M ** (k + j), M**k @ M**j)), law(M, index(k), index(j)))
    assert set(theorem.axioms) == {"matrix_power_add"}


@pytest.mark.parametrize(("low", "premises"), [(-1, 2), (0, 1), (0, 0)], ids=["may be negative", "one", "none"])
def test_the_premises_are_asked_for(low: int, premises: int) -> None:
    """M⁻¹⁺¹ = I = M⁻¹ M says that M is invertible."""
    with pytest.raises((CertificateError, Unsupported)):
        prove(claim(equals(M ** (k + j), M**k @ M**j), low), law(M, index(k), index(j), premises))


@pytest.mark.parametrize("exponent", [Fraction(1, 2), Fraction(-1, 3)])
def test_exponents_are_whole_by_their_form(exponent: Fraction) -> None:
    half = Term("number", (), (exponent,))
    with pytest.raises(TermError):
        AXIOMS["matrix_power_add"].statement(M.term, half, half)
    with pytest.raises(TermError):
        AXIOMS["matrix_power_add"].statement(M.term, s.term, half)


TRUE: dict[str, Identity] = {
    "to the power 0": identity(equals(M**0, identity_matrix(n))),
    "to the power 1": identity(equals(M**1, M)),
    "a transpose": identity(equals((M**k).T, M.T**k), indices=NATURAL),
    "a diagonal matrix": identity(equals(diag(w) ** k @ u, hadamard(hadamard_power(w, k), u)), indices=NATURAL),
    "an even power of a diagonal matrix": identity(
        equals(diag(w) ** (2 * k), diag(hadamard_power(w, 2 * k))), indices=NATURAL
    ),
}

FALSE: dict[str, Identity] = {
    "another exponent": identity(equals(M**k, M ** (k + 1)), indices=NATURAL),
    "another matrix": identity(equals(M**k, A**k), indices=NATURAL),
    "not turned": identity(equals((M**k).T, M**k), indices=NATURAL),
    "of a product": identity(equals((A @ M) ** k, A**k @ M**k), indices=NATURAL),
    "of a sum": identity(equals((A + M) ** k, A**k + M**k), indices=NATURAL),
    "entrywise": identity(equals(M**k, hadamard_power(M, k)), indices=NATURAL),
    "a factor": identity(equals((s * M) ** k, s * M**k), indices=NATURAL),
    "of no exponent": identity(equals(M**k, identity_matrix(n)), indices=NATURAL),
}


@pytest.mark.parametrize("name", TRUE)
def test_by_normal_form(name: str) -> None:
    for step in TRUE[name].steps():
        prove(step, NORMAL_FORM)


@pytest.mark.parametrize("name", FALSE)
def test_not_by_normal_form(name: str) -> None:
    with pytest.raises((CertificateError, Unsupported)):
        [prove(step, NORMAL_FORM) for step in FALSE[name].steps()]
