"""Each axiom about numbers in NumPy: it holds where its premises do, and where one of them fails it can fail.

Nothing here but the terms themselves is shared with the kernel or with the instantiation of claims. Axioms about
matrices are in ``test_matrix_axioms``. That the kernel asks for the premises is tested for all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import pytest

from tests.kernel.axiom_arguments import ABOUT_NUMBERS, ABOUT_SYMBOLS, NAMES, WITH_TESTS_OF_THEIR_OWN, largest, stronger
from tests.kernel.building import C, a, axiom, proves
from tests.kernel.numpy_terms import value
from verifier.kernel.axioms import AXIOMS
from verifier.kernel.axioms_order import ORDER
from verifier.kernel.context import CertificateError
from verifier.kernel.heads import TermError
from verifier.kernel.terms import Term

# of a difference, and of what rounding may have made of it; what is strict is clear by more than that
COMPARED: dict[str, Callable[[Any, float], Any]] = {
    "equal": lambda gap, rounding: np.abs(gap) <= rounding,
    "not_equal": lambda gap, rounding: np.abs(gap) > rounding,
    "less": lambda gap, rounding: gap < -rounding,
    "less_equal": lambda gap, rounding: gap <= rounding,
    "greater": lambda gap, rounding: gap > rounding,
    "greater_equal": lambda gap, rounding: gap >= -rounding,
}
NUMBERS = (0.0, 1.0, -1.0, 2.0, -2.0, 0.5, -0.5, 3.0, 1.7, -1.3, 0.125, 7.0)


def statement(name: str) -> tuple[Term, tuple[Term, ...]]:
    """The statement and the premises at free symbols."""
    arguments = largest(name)
    return AXIOMS[name].statement(*arguments), AXIOMS[name].premises(*arguments)


def is_true(proposition: Term, model: dict[str, Any]) -> bool | None:
    """The truth of a proposition; None where a side is not defined."""
    try:
        with np.errstate(all="ignore"):
            left, right = (value(arg, model, {}) for arg in proposition.args)
    except ZeroDivisionError:
        return None
    if not (np.isfinite(left).all() and np.isfinite(right).all()):
        return None
    gap, rounding = left - right, 1e-9 * (1 + np.abs(left).max())
    return bool(COMPARED[proposition.head](gap, rounding).all())


def models(name: str) -> Iterator[dict[str, Any]]:
    """Values for the arguments: numbers on a grid."""
    for values in product(NUMBERS, repeat=AXIOMS[name].arity):
        yield {symbol: np.array([[held]]) for symbol, held in zip(NAMES, values, strict=False)}


@pytest.mark.parametrize("name", ABOUT_NUMBERS)
def test_an_axiom_holds_where_its_premises_do(name: str) -> None:
    conclusion, premises = statement(name)
    used = 0
    for model in models(name):
        if all(is_true(premise, model) for premise in premises):
            used += 1
            assert is_true(conclusion, model) is True, model
    assert used >= 4


@pytest.mark.parametrize("name", [name for name in ABOUT_NUMBERS if statement(name)[1]])
def test_without_a_premise_an_axiom_fails_or_says_nothing(name: str) -> None:
    conclusion, premises = statement(name)
    for k in range(len(premises)):
        others = premises[:k] + premises[k + 1 :]
        left_out = (model for model in models(name) if all(is_true(other, model) for other in others))
        assert any(is_true(conclusion, model) is not True for model in left_out), premises[k]


@pytest.mark.parametrize("name", ORDER)
def test_an_inequality_says_no_more_than_it_may(name: str) -> None:
    """The models tell it from its converse, and from a strict one where equality occurs."""
    conclusion, premises = statement(name)
    found = [model for model in models(name) if all(is_true(premise, model) for premise in premises)]
    for other in stronger(conclusion):
        assert any(is_true(other, model) is False for model in found), other


@pytest.mark.parametrize("name", ABOUT_SYMBOLS)
def test_the_kernel_asks_for_each_premise(name: str) -> None:
    conclusion, premises = statement(name)
    arguments = largest(name)
    facts = [{"rule": "fact", "fact": k} for k in range(len(premises))]
    whole = {"rule": "axiom", **axiom(name, *arguments, premises=facts)}
    assert proves(conclusion, whole, *premises).axioms == (name,)
    for k, premise in enumerate(premises):
        others = (*premises[:k], *premises[k + 1 :])
        for kept in (facts[:k] + facts[k + 1 :], [*facts[:k], {"rule": "sign"}, *facts[k + 1 :]], [], facts):
            law = {"rule": "axiom", **axiom(name, *arguments, premises=kept)}
            left_open = _left_open(conclusion, law, others)
            assert left_open is None or premise in left_open or _strict(premise) in left_open


def _strict(premise: Term) -> Term:
    """A premise t ≥ 0 is left open too where the law is said to hold for t > 0."""
    return Term("greater", premise.args) if premise.head == "greater_equal" else premise


def _left_open(conclusion: Term, certificate: Any, hypotheses: tuple[Term, ...]) -> tuple[Term, ...] | None:
    """The side conditions of the theorem; None if the kernel refuses the certificate."""
    try:
        return proves(conclusion, certificate, *hypotheses).side_conditions
    except (CertificateError, TermError):
        return None


@pytest.mark.parametrize("name", ABOUT_SYMBOLS)
@pytest.mark.parametrize("arguments", [(), (a, a, a), (C,) * 3, ("a",), (Fraction(1),)], ids=len)
def test_an_axiom_takes_its_own_arguments(name: str, arguments: tuple[Any, ...]) -> None:
    law = {"rule": "axiom", "axiom": name, "arguments": list(map(str, arguments)), "premises": []}
    with pytest.raises(CertificateError):
        proves(statement(name)[0], law)


def test_every_axiom_is_tested() -> None:
    assert AXIOMS.keys() - WITH_TESTS_OF_THEIR_OWN == ABOUT_SYMBOLS.keys()
    assert all(row.source for row in AXIOMS.values())
