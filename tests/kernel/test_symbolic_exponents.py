"""Powers with an index as the exponent, inside functions, inverses and powers: no other number is taken for one."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import pytest

from tests.kernel.building import A, M, N, add, claim, div, entry, eq, fn, idx, inv, mul, num, power, sym, x
from verifier.kernel.context import CertificateError
from verifier.kernel.linear import ONE, Linear, plus, times, variable
from verifier.kernel.polynomials import Exponent, exponent_text
from verifier.kernel.terms import Term
from verifier.kernel.theorems import prove
from verifier.proving import NotProved, find_proof

K, J = variable("k"), variable("j")
E = Term("constant", (), ("e",))
W = sym("w")
INDICES = (("j", (ONE, N)), ("k", (ONE, N)))
FORMS: list[Linear] = [K, J, plus(K, ONE), plus(K, J), times(2, K), times(-1, K), plus(times(-1, K), ONE)]
EXPONENTS = [Term("index", (), (form,)) for form in FORMS] + [num(n) for n in (-4, -3, -2, -1, 1, 2, 3, 4)]


def around(name: str, base: Term, exponent: Term) -> Term:
    """The power times a number that depends on k and j, so that both are indices of what is around it."""
    inside = mul(power(base, exponent), add(entry(x, "k"), entry(x, "j")))
    match name:
        case "sin" | "f":
            return fn(name, inside)
        case "reciprocal":
            return div(num(1), add(inside, idx("k")))
        case "inverse":
            return inv(add(Term("identity", (), (N,)), mul(inside, A)))
        case "determinant":
            return Term("determinant", (add(Term("identity", (), (N,)), mul(inside, A)),))
    return Term("apply", (inside,), ("g", sym("s").space(), ()))


@pytest.mark.parametrize("base", [E, W], ids=["e", "w"])
@pytest.mark.parametrize("name", ["sin", "f", "reciprocal", "inverse", "determinant", "apply"])
def test_different_exponents_are_told_apart(name: str, base: Term) -> None:
    for first, second in combinations(EXPONENTS, 2):
        goal = eq(around(name, base, first), around(name, base, second))
        with pytest.raises(CertificateError):
            prove(claim(goal, indices=INDICES, dimensions=(N,)), {"rule": "normal form"})
    for exponent in EXPONENTS:
        term = around(name, base, exponent)
        prove(claim(eq(term, term), indices=INDICES, dimensions=(N,)), {"rule": "normal form"})


def test_texts_of_exponents_are_texts_of_nothing_else() -> None:
    """Numbers, summed indices, free ones, parameters of closed forms, names, and sums of them."""
    numbers: list[Exponent] = [Fraction(1, 2), Fraction(-1, 2), *range(-5, 6), 1_000_001]
    atoms = [-3, -2, -1, 0, 1, 2, 3, 1_000_001, "k", "n", "1", "-1"]
    forms: list[Exponent] = [((a, c),) for a in atoms for c in (1, -1, 2, Fraction(1, 2))]
    forms += [((a, 1), ("", c)) for a in atoms for c in (1, -1)]
    texts = [exponent_text(exponent) for exponent in (*numbers, *forms)]
    assert len(set(texts)) == len(texts)


# an index as a number beside a δ that ties it to a summed one


def index(form: Linear) -> Term:
    return Term("index", (), (form,))


def tied(body: Term) -> Term:
    """Σ over i = j + 1"""
    condition = Term("equal", (index(variable("i")), index(plus(J, ONE))))
    return Term("sum", (body, condition), ("i", ONE, N))


def test_an_index_beside_a_sum_that_it_ties() -> None:
    """Σ_{i = j+1} j = j Σ_{i = j+1} 1: j may be n, where the sum is empty."""
    indices = (("j", (ONE, N)),)
    goal = eq(tied(idx("j")), mul(idx("j"), tied(num(1))))
    assert find_proof(claim(goal, indices=indices, dimensions=(N,))).side_conditions == ()
    with pytest.raises(NotProved):
        find_proof(claim(eq(tied(idx("j")), idx("j")), indices=indices, dimensions=(N,)))


@pytest.mark.parametrize(
    ("place", "value"), [(M, index(M)), (ONE, num(1)), (plus(M, times(-1, ONE)), None)], ids=["last", "first", "before"]
)
def test_a_row_of_indices_times_a_unit_vector(place: Linear, value: Term | None) -> None:
    """[0ᵀ, (1 … m)] [1; eₚ] = p"""
    row = Term("build_columns", (idx("q"),), ("q", M))
    unit = Term("unit", (), (M, place))
    zeros = Term("zeros", (), (Term("transpose", (Term("ones", (), (x.space(),)),)).space(),))
    ones = Term("ones", (), (x.space(),))
    product = mul(Term("block", (zeros, row), (1, 2)), Term("block", (ones, unit), (2, 1)))
    if value is None:
        with pytest.raises(NotProved):
            find_proof(claim(eq(product, index(M)), dimensions=(M, N, place)))
    else:
        find_proof(claim(eq(product, value), dimensions=(M, N)))


def test_a_power_of_a_power_that_is_not_symmetric() -> None:
    """((Bⁱ)¹)ᵀ is not (Bⁱ)¹, and that is said without a failure of the engines."""
    for name in ("A", "B", "B_n", "Z"):
        inner = power(sym(name, A.space()), idx("i"))
        goal = eq(power(inner, 1), Term("transpose", (power(inner, 1),)))
        with pytest.raises(NotProved):
            find_proof(claim(goal, indices=(("i", (ONE, N)), ("j", (ONE, N)))))
