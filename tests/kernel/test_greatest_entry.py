"""‖diag(v)‖² = vⱼ² where vⱼ² is the greatest: in exact models, and what must not be shown by it."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest
from flint import fmpq_mat

from tests.kernel.building import VECTOR, M, N, axiom, entry, eq, every, linear, num, power, proves, rel, sym, use, x, y
from tests.kernel.exact_matrices import spectral_norm
from verifier.kernel.axioms import AXIOMS
from verifier.kernel.context import CertificateError
from verifier.kernel.heads import TermError
from verifier.kernel.linear import ONE, constant, variable
from verifier.kernel.polynomials import Unsupported
from verifier.kernel.sequents import ClaimError
from verifier.kernel.shapes import SCALAR, ShapeError, column
from verifier.kernel.terms import Term

REFUSED = (CertificateError, ClaimError, TermError, ShapeError, Unsupported)
HOLE = sym("□")
FIRST = Term("entry", (x,), ((constant(1),),))
BY_GENERAL = {"rule": "generalise", "proof": {"rule": "sign"}}


def squared_norm(vector: Term) -> Term:
    return power(Term("norm", (Term("diag", (vector,)),), ("spectral",)), 2)


def at_most(vector: Term, least: Term, name: str = "k", size: object = N) -> Term:
    """∀k v_k² ≤ e²"""
    return every(name, rel("less_equal", power(entry(vector, name), 2), power(least, 2)), size)


def by_row(vector: Term, least: Term, proof: object = BY_GENERAL) -> object:
    return linear(use(HOLE, **axiom("spectral_norm_diagonal", vector, least, premises=[proof])))


def test_the_law_holds_in_exact_models() -> None:
    random = Random(5)
    for size, _ in product((1, 2, 3, 4), range(20)):
        values = [random.randint(-5, 5) for _ in range(size)]
        rows = [[v if r == c else 0 for c in range(size)] for r, v in enumerate(values)]
        norm = spectral_norm(fmpq_mat(rows)) ** 2
        for value in values:
            greatest = all(other**2 <= value**2 for other in values)
            assert bool(abs(norm - value**2) < 1e-9) == greatest


def test_it_is_used_where_the_entry_is_known_to_be_the_greatest() -> None:
    theorem = proves(eq(squared_norm(x), power(FIRST, 2)), by_row(x, FIRST), at_most(x, FIRST))
    assert theorem.side_conditions == ()
    j = entry(x, "j")
    proves(eq(squared_norm(x), power(j, 2)), by_row(x, j), at_most(x, j), indices=(("j", (ONE, N)),))


def test_an_index_of_the_entry_is_not_captured() -> None:
    """The law quantifies over an index that is not the i of the entry: vᵢ² ≤ vᵢ² for all i says nothing."""
    i = entry(x, "i")
    (premise,) = AXIOMS["spectral_norm_diagonal"].premises(x, i)
    assert premise.data[0] != "i"
    with pytest.raises(REFUSED):
        proves(eq(squared_norm(x), power(i, 2)), by_row(x, i), indices=(("i", (ONE, N)),))
    family = sym("x", VECTOR, variable("i"))
    (premise,) = AXIOMS["spectral_norm_diagonal"].premises(family, Term("entry", (family,), ((constant(1),),)))
    assert premise.data[0] != "i"


@pytest.mark.parametrize(
    "hypotheses",
    [
        (),
        (at_most(y, FIRST),),
        (at_most(x, Term("entry", (y,), ((constant(1),),))),),
        (every("k", rel("less_equal", entry(x, "k"), FIRST)),),
        (every("k", rel("less_equal", power(entry(x, "k"), 2), power(FIRST, 2)), N, constant(2)),),
        (rel("less_equal", power(Term("entry", (x,), ((constant(2),),)), 2), power(FIRST, 2)),),
    ],
)
def test_without_its_premise_it_is_refused(hypotheses: tuple[Term, ...]) -> None:
    with pytest.raises(REFUSED):
        proves(eq(squared_norm(x), power(FIRST, 2)), by_row(x, FIRST), *hypotheses)


@pytest.mark.parametrize(
    "least",
    [num(3), sym("s"), Term("entry", (y,), ((constant(1),),)), power(FIRST, 2), sym("x", SCALAR, constant(1)), x],
)
def test_what_is_no_entry_of_the_vector_is_refused(least: Term) -> None:
    with pytest.raises(REFUSED):
        proves(eq(squared_norm(x), power(FIRST, 2)), by_row(x, least), at_most(x, FIRST))


def test_an_entry_out_of_range_is_refused() -> None:
    """x_{n+1} is no entry, whatever it is said to be greater than."""
    beyond = Term("entry", (x,), (((("", 1), ("n", 1)),),))
    with pytest.raises(REFUSED):
        proves(eq(squared_norm(x), power(FIRST, 2)), by_row(x, beyond), at_most(x, FIRST))
    other = sym("z", column(M))
    with pytest.raises(REFUSED):
        proves(eq(squared_norm(x), power(FIRST, 2)), by_row(other, FIRST), at_most(x, FIRST))
