"""The axioms about geometric sequences and entries in exact fractions: members up to a large index, each premise."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import Any

import pytest

from tests.kernel.building import N, a, axiom, b, c, entry, proves, rel, sym, x
from tests.kernel.certificates import fact, refused
from tests.proving.at_points import truth
from verifier.kernel.axioms import AXIOMS
from verifier.kernel.axioms_order import LIMITS
from verifier.kernel.heads import TermError
from verifier.kernel.linear import ONE, ZERO, variable
from verifier.kernel.shapes import ShapeError, column
from verifier.kernel.terms import Term, free_indices

FAR = 400
RATIOS = [
    Fraction(text) for text in ("0", "1/2", "-1/2", "9/10", "-9/10", "1/10", "1", "-1", "2", "-2", "11/10", "-11/10")
]
FACTORS = [Fraction(text) for text in ("0", "1", "-1", "3", "-1/7")]
BOUNDS = [Fraction(text) for text in ("0", "1", "-1", "1/100", "5", "-5")]
ARGUMENTS = (a, c, b)


def said(name: str) -> tuple[Term, str, tuple[Term, ...]]:
    """What is said of a member, its index, and the premises."""
    statement = AXIOMS[name].statement(*ARGUMENTS)
    later = statement.args[0]
    assert (statement.head, later.head) == ("exists", "for_all")
    assert statement.data[1:] == (ZERO, None)
    assert later.data[1:] == (variable(statement.data[0]), None)
    return later.args[0], later.data[0], AXIOMS[name].premises(*ARGUMENTS)


def holds_from_some_index_on(body: Term, index: str, point: dict[str, Any]) -> bool:
    """Whether it holds for the last tenth of all members up to a far one."""
    return all(member(body, {**point, index: t}) for t in range(FAR - FAR // 10, FAR + 1))


def member(body: Term, point: dict[str, Any]) -> bool:
    left, right = (exact(arg, point) for arg in body.args)
    assert body.head == "less"
    return left < right


def exact(term: Term, point: dict[str, Any]) -> Fraction:
    """Numbers, products, powers, absolute values."""
    match term.head:
        case "symbol":
            return Fraction(point[term.data[0]])
        case "index":
            return Fraction(sum(k * (1 if atom == "" else point[atom]) for atom, k in term.data[0]))
    parts = [exact(arg, point) for arg in term.args]
    match term.head:
        case "multiply":
            return parts[0] * parts[1]
        case "power":
            return parts[0] ** int(parts[1])
    assert term.data[0] == "abs"
    return abs(parts[0])


def points() -> list[dict[str, Any]]:
    return [dict(zip("acb", drawn, strict=True)) for drawn in product(RATIOS, FACTORS, BOUNDS)]


@pytest.mark.parametrize("name", LIMITS)
def test_members_are_as_is_said_from_some_index_on(name: str) -> None:
    body, index, premises = said(name)
    found = [point for point in points() if all(truth(premise, point) for premise in premises)]
    assert len(found) >= 20
    for point in found:
        assert holds_from_some_index_on(body, index, point), point


@pytest.mark.parametrize(("name", "k"), [(name, k) for name in LIMITS for k in range(2)])
def test_without_a_premise_members_are_not_as_is_said(name: str, k: int) -> None:
    body, index, premises = said(name)
    assert len(premises) == 2
    others = [p for j, p in enumerate(premises) if j != k]
    found = [
        point
        for point in points()
        if all(truth(p, point) for p in others) and not truth(premises[k], point)
        if not holds_from_some_index_on(body, index, point)
    ]
    assert found


def test_a_ratio_of_one_or_minus_one_is_on_neither_side() -> None:
    for ratio in (Fraction(1), Fraction(-1)):
        point = {"a": ratio, "c": Fraction(1), "b": Fraction(1)}
        for name in LIMITS:
            body, index, premises = said(name)
            assert not truth(premises[0], point)
            assert not holds_from_some_index_on(body, index, point)


@pytest.mark.parametrize("name", LIMITS)
def test_the_kernel_asks_for_each_premise_of_a_limit(name: str) -> None:
    statement, premises = AXIOMS[name].statement(*ARGUMENTS), AXIOMS[name].premises(*ARGUMENTS)
    whole = {"rule": "axiom", **axiom(name, *ARGUMENTS, premises=[fact(0), fact(1)])}
    assert proves(statement, whole, *premises).axioms == (name,)
    for kept in ([fact(0)], [fact(1)], [], [fact(0), fact(0)], [fact(1), fact(0)], [fact(0), {"rule": "sign"}]):
        refused(statement, {**whole, "premises": kept}, *premises[:1])
        refused(statement, {**whole, "premises": kept}, *premises[1:])
    for k, premise in enumerate(premises):
        weaker = {"less": "less_equal", "greater": "greater_equal"}.get(premise.head)
        if weaker is not None:
            others = [*premises[:k], Term(weaker, premise.args), *premises[k + 1 :]]
            refused(statement, whole, *others)


@pytest.mark.parametrize("name", LIMITS)
def test_a_limit_is_of_numbers(name: str) -> None:
    for k in range(3):
        arguments = [*ARGUMENTS]
        for other in (x, sym("A", column(N).transposed), rel("less", a, b)):
            arguments[k] = other
            with pytest.raises((TermError, ShapeError)):
                AXIOMS[name].statement(*arguments)


@pytest.mark.parametrize("name", LIMITS)
@pytest.mark.parametrize("names", [("t",), ("T",), ("t", "T"), ("t", "t'", "T", "T'")])
def test_indices_of_the_arguments_are_not_bound(name: str, names: tuple[str, ...]) -> None:
    family = [Term("symbol", (), (letter, a.space(), tuple(variable(one) for one in names))) for letter in "fgh"]
    assert free_indices(AXIOMS[name].statement(*family)) == set(names)


def test_an_entry_is_at_most_the_norm() -> None:
    statement = AXIOMS["entry_le_norm"].statement(x, entry(x, "k"))
    assert AXIOMS["entry_le_norm"].premises(x, entry(x, "k")) == ()
    equality = strict = 0
    for size in (1, 2, 3):
        for drawn in product((-2, -1, 0, 1, 3), repeat=size):
            point: dict[str, Any] = {"x": [Fraction(value) for value in drawn], "n": size}
            square = sum(value**2 for value in drawn)
            for k in range(1, size + 1):
                assert statement.head == "less_equal"
                assert truth(Term("less_equal", (statement.args[0], number(square))), {**point, "k": k})
                equality += drawn[k - 1] ** 2 == square
                strict += drawn[k - 1] ** 2 < square
    assert equality > 20 < strict
    assert statement.args[1] == Term("power", (Term("norm", (x,), ("2",)), number(2)))


def number(value: int) -> Term:
    return Term("number", (), (Fraction(value),))


def test_an_entry_of_another_vector_is_not() -> None:
    y = sym("y", column(N))
    for vector, one in ((x, entry(y, "k")), (x, a), (x, x), (sym("A", column(N).transposed), entry(x, "k"))):
        with pytest.raises((TermError, ShapeError)):
            AXIOMS["entry_le_norm"].statement(vector, one)
    whole = {"rule": "axiom", **axiom("entry_le_norm", x, entry(x, "k"))}
    assert proves(AXIOMS["entry_le_norm"].statement(x, entry(x, "k")), whole, indices=(("k", (ONE, N)),)).axioms
