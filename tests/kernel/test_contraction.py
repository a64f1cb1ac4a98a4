"""Contraction: at once or index after index, over the range of the sum alone, and where a derivative contracts."""

from __future__ import annotations

import itertools
from random import Random

import pytest

from tests.kernel.building import NORMAL_FORM, M, N, a, der, entry, eq, idx, mul, num, power, proves, total, x
from verifier.kernel.algebra import Algebra
from verifier.kernel.context import CertificateError
from verifier.kernel.linear import ONE, Linear, constant, plus, variable
from verifier.kernel.polynomials import NormalForm, Unsupported
from verifier.kernel.shapes import rectangle
from verifier.kernel.terms import Term

NAMES = ("A", "B", "C")


def matrix_entry(algebra: Algebra, random: Random, row: Linear, column: Linear) -> NormalForm:
    """The entry of a matrix, or of a product of two with an index of its own that is summed."""
    number = algebra.number(random.choice((1, 1, 2, -3)))
    if random.random() < 0.5:
        base = algebra.base("symbol", random.choice(NAMES), own=2)
        return algebra.multiply(number, algebra.factor(base, (row, column)))
    middle = algebra.temporary(ONE, N)
    left, right = (algebra.base("symbol", random.choice(NAMES), own=2) for _ in range(2))
    product = algebra.multiply(
        algebra.factor(left, (row, variable(middle))), algebra.factor(right, (variable(middle), column))
    )
    return algebra.multiply(number, algebra.bind(product, middle, (ONE, N)))


def chain(seed: int, several: bool) -> tuple[Algebra, list[NormalForm], list[int]]:
    """The entries of factors of a product, and the indices between them; one factor may be a sum."""
    algebra, random = Algebra(), Random(seed)
    count = random.randint(2, 4)
    places = [algebra.temporary(ONE, N) for _ in range(count + 1)]
    forms = [matrix_entry(algebra, random, variable(a), variable(b)) for a, b in itertools.pairwise(places)]
    if several:
        at = random.randrange(count)
        forms[at] = algebra.add(
            forms[at], matrix_entry(algebra, random, variable(places[at]), variable(places[at + 1]))
        )
        forms[at] = algebra.add(forms[at], algebra.delta(((places[at], 1), (places[at + 1], -1))))
    return algebra, forms, places[1:-1]


@pytest.mark.parametrize("several", [False, True], ids=["one summand each", "a sum among them"])
@pytest.mark.parametrize("seed", range(60))
def test_contracting_at_once(seed: int, several: bool) -> None:
    algebra, forms, middles = chain(seed, several)
    whole = forms[0]
    for form in forms[1:]:
        whole = algebra.multiply(whole, form)
    for middle in middles:
        whole = algebra.bind(whole, middle, (ONE, N))
    assert algebra.contract_all(forms, [(middle, (ONE, N)) for middle in middles]) == whole
    stepwise = forms[0]
    for form, middle in zip(forms[1:], middles, strict=True):
        stepwise = algebra.contract(stepwise, form, middle, (ONE, N))
    assert stepwise == whole


def test_equal_letters_in_different_sums_stay_apart() -> None:
    """(Σₖ A[i,k] A[k,j]) (Σₖ A[j,k] A[k,l]), summed over j, has three summed indices."""
    algebra = Algebra()
    i, j, m, k = (algebra.temporary(ONE, N) for _ in range(4))
    base = algebra.base("symbol", "A", own=2)

    def square(row: int, column: int) -> NormalForm:
        pair = algebra.multiply(
            algebra.factor(base, (variable(row), variable(k))), algebra.factor(base, (variable(k), variable(column)))
        )
        return algebra.bind(pair, k, (ONE, N))

    for form in (
        algebra.contract_all([square(i, j), square(j, m)], [(j, (ONE, N))]),
        algebra.contract(square(i, j), square(j, m), j, (ONE, N)),
    ):
        ((monomial, coefficient),) = form.items()
        assert (len(monomial.factors), len(monomial.bound), coefficient) == (4, 3, 1)


# an index that a δ determines is summed out only where the value lies in the range of the sum

HERE = total(num(1), "k", N, eq(idx("k"), idx("j")))
PICKED = total(entry(x, "k"), "k", N, eq(idx("k"), idx("j")))


def test_an_index_of_the_same_range_is_met_once() -> None:
    proves(eq(HERE, num(1)), NORMAL_FORM, indices=(("j", (ONE, N)),), dimensions=(N,))
    proves(eq(PICKED, entry(x, "j")), NORMAL_FORM, indices=(("j", (ONE, N)),), dimensions=(N,))


@pytest.mark.parametrize(
    "within",
    [((), N), (ONE, plus(N, ONE)), (ONE, M), (ONE, None), (constant(2), plus(N, constant(2)))],
    ids=["from 0", "one more", "another dimension", "without an end", "moved"],
)
def test_an_index_of_another_range_may_not_be_met(within: tuple[Linear, Linear | None]) -> None:
    """Σ_{k ≤ n} [k = j] is 0 for a j outside of 1, …, n."""
    with pytest.raises((CertificateError, Unsupported)):
        proves(eq(HERE, num(1)), NORMAL_FORM, indices=(("j", within),), dimensions=(N, M))


@pytest.mark.parametrize("outer", [plus(N, ONE), M])
def test_a_summed_index_of_another_range_may_not_be_met(outer: Linear) -> None:
    """Σ_{j ≤ n+1} Σ_{k ≤ n} [k = j] is n, not n + 1."""
    both = total(HERE, "j", outer)
    with pytest.raises((CertificateError, Unsupported)):
        proves(eq(both, Term("index", (), (outer,))), NORMAL_FORM, dimensions=(N, M))


# powers under a derivative


@pytest.mark.parametrize("exponent", [3, 4, -1, -2])
def test_the_power_rule(exponent: int) -> None:
    slope = der(power(a, exponent), a)
    proves(eq(slope, mul(num(exponent), power(a, exponent - 1))))
    for wrong in (power(a, exponent - 1), mul(num(exponent), a), mul(num(exponent), power(a, exponent))):
        with pytest.raises((CertificateError, Unsupported)):
            proves(eq(slope, wrong))


@pytest.mark.parametrize("axis", [N, constant(1), constant(2), constant(30)], ids=["n", "1", "2", "30"])
@pytest.mark.parametrize("seed", range(30))
def test_a_square_is_the_product_with_itself_summed(seed: int, axis: Linear) -> None:
    algebra, random = Algebra(), Random(seed)
    row, column = (algebra.temporary(ONE, size) for size in (axis, N))
    form: NormalForm = {}
    for _ in range(random.randint(0, 3)):
        form = algebra.add(form, matrix_entry(algebra, random, variable(row), variable(column)))
    if random.random() < 0.3:
        form = algebra.add(form, algebra.delta(((row, 1), (column, -1))))
    whole = algebra.multiply(form, form)
    for index, size in ((row, axis), (column, N)):
        whole = algebra.bind(whole, index, (ONE, size))
    assert algebra.squared(form, [(row, (ONE, axis)), (column, (ONE, N))]) == whole


def test_identities_in_products_change_nothing_but_their_shape_counts() -> None:
    eye, other = Term("identity", (), (N,)), Term("identity", (), (M,))
    left, right = Term("symbol", (), ("L", rectangle(M, N), ())), Term("symbol", (), ("R", rectangle(N, M), ()))
    proves(eq(mul(left, eye, right), mul(left, right)), NORMAL_FORM)
    proves(eq(mul(other, left, eye, eye), left), NORMAL_FORM)
    proves(eq(mul(eye, eye), eye), NORMAL_FORM)
    proves(eq(mul(eye, Term("inverse", (mul(eye, eye),))), eye), NORMAL_FORM)
    for false in (eq(mul(eye, eye), mul(num(2), eye)), eq(mul(left, right, other), mul(left, right, left, right))):
        with pytest.raises(CertificateError):
            proves(false, NORMAL_FORM)
