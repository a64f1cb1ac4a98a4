"""Each row of the axiom table in NumPy: it holds where its premises do, and where one of them fails it can fail.

Nothing here but the terms themselves is shared with the kernel or with the instantiation of claims.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from tests.kernel.building import SQUARE, C, a, axiom, proves, sym
from tests.kernel.numpy_terms import holds, value
from verifier.kernel.axioms import AXIOMS
from verifier.kernel.context import CertificateError
from verifier.kernel.heads import TermError
from verifier.kernel.shapes import SCALAR, ShapeError
from verifier.kernel.terms import Term

Array = np.ndarray[Any, Any]
NAMES = ("p", "q")
NUMBERS = (0.0, 1.0, -1.0, 2.0, -2.0, 0.5, -0.5, 3.0, 1.7, -1.3)


def _with_eigenvalues(generator: Any, values: list[float]) -> Array:
    basis, _ = np.linalg.qr(generator.normal(size=(len(values), len(values))))
    return np.asarray(basis @ np.diag(values) @ basis.T)


def _projection(generator: Any, n: int) -> Array:
    """An idempotent matrix that need not be symmetric."""
    basis = generator.normal(size=(n, n)) + 2 * np.eye(n)
    return np.asarray(basis @ np.diag([1.0] * (n // 2) + [0.0] * (n - n // 2)) @ np.linalg.inv(basis))


MEMBERS: dict[str, Callable[[Any, int], Array]] = {
    "invertible": lambda g, n: g.normal(size=(n, n)) + 3 * np.eye(n),
    "symmetric": lambda g, n: _with_eigenvalues(g, list(g.normal(size=n))),
    "skew": lambda g, n: np.triu(np.ones((n, n)), 1) - np.triu(np.ones((n, n)), 1).T,
    "orthogonal": lambda g, n: np.linalg.qr(g.normal(size=(n, n)))[0],
    "idempotent": _projection,
    "diagonal": lambda g, n: np.diag(g.normal(size=n)),
    "positive_definite": lambda g, n: _with_eigenvalues(g, list(g.uniform(0.5, 2, size=n))),
}


def statement(name: str) -> tuple[Term, tuple[Term, ...], bool]:
    """The statement and the premises at free symbols: of square matrices if it fits them, else of numbers."""
    row = AXIOMS[name]
    for shape in (SQUARE, SCALAR):
        arguments = tuple(sym(symbol, shape) for symbol in NAMES[: row.arity])
        try:
            return row.statement(*arguments), row.premises(*arguments), shape == SCALAR
        except (TermError, ShapeError):
            continue
    raise AssertionError(f"{name} fits neither numbers nor matrices")


def is_true(proposition: Term, model: dict[str, Any]) -> bool | None:
    """The truth of a proposition; None where a side is not defined."""
    if proposition.head == "property":
        return _has(proposition.data[0], value(proposition.args[0], model, {}))
    if proposition.head != "equal":
        return holds(proposition, model, {})
    try:
        with np.errstate(all="ignore"):
            left, right = (value(arg, model, {}) for arg in proposition.args)
    except (np.linalg.LinAlgError, ZeroDivisionError):
        return None
    if not (np.isfinite(left).all() and np.isfinite(right).all()):
        return None
    return bool(np.abs(left - right).max() <= 1e-9 * (1 + np.abs(left).max()))


def _has(name: str, matrix: Array) -> bool:
    n = len(matrix)
    checks: dict[str, Callable[[], bool]] = {
        "invertible": lambda: abs(np.linalg.det(matrix)) > 1e-9,
        "symmetric": lambda: np.allclose(matrix, matrix.T),
        "skew": lambda: np.allclose(matrix, -matrix.T),
        "orthogonal": lambda: np.allclose(matrix.T @ matrix, np.eye(n)),
        "idempotent": lambda: np.allclose(matrix @ matrix, matrix),
        "diagonal": lambda: np.allclose(matrix, np.diag(np.diag(matrix))),
        "positive_definite": lambda: np.allclose(matrix, matrix.T) and bool((np.linalg.eigvalsh(matrix) > 1e-9).all()),
    }
    return bool(checks[name]())


def models(name: str) -> Iterator[dict[str, Any]]:
    """Values for the arguments: numbers on a grid, or matrices of every kind and some singular and plain ones."""
    arity, of_numbers = AXIOMS[name].arity, statement(name)[2]
    generator = np.random.default_rng(11)
    if of_numbers:
        for first in NUMBERS:
            for second in NUMBERS if arity == 2 else (0.0,):
                yield {"p": np.array([[first]]), "q": np.array([[second]])}
        return
    for n in (1, 2, 3, 4):
        for make in MEMBERS.values():
            yield {"n": n, "p": make(generator, n)}
        yield {"n": n, "p": np.zeros((n, n))}
        yield {"n": n, "p": generator.normal(size=(n, n))}
        yield {"n": n, "p": np.ones((n, n))}


@pytest.mark.parametrize("name", AXIOMS)
def test_an_axiom_holds_where_its_premises_do(name: str) -> None:
    conclusion, premises, _ = statement(name)
    used = 0
    for model in models(name):
        if all(is_true(premise, model) for premise in premises):
            used += 1
            assert is_true(conclusion, model) is True, model
    assert used >= 4


@pytest.mark.parametrize("name", [name for name in AXIOMS if statement(name)[1]])
def test_without_a_premise_an_axiom_fails_or_says_nothing(name: str) -> None:
    conclusion, premises, _ = statement(name)
    for k in range(len(premises)):
        others = premises[:k] + premises[k + 1 :]
        left_out = (model for model in models(name) if all(is_true(other, model) for other in others))
        assert any(is_true(conclusion, model) is not True for model in left_out), premises[k]


@pytest.mark.parametrize("name", AXIOMS)
def test_the_kernel_asks_for_each_premise(name: str) -> None:
    conclusion, premises, of_numbers = statement(name)
    arguments = tuple(sym(symbol, SCALAR if of_numbers else SQUARE) for symbol in NAMES[: AXIOMS[name].arity])
    facts = [{"rule": "fact", "fact": k} for k in range(len(premises))]
    whole = {"rule": "axiom", **axiom(name, *arguments, premises=facts)}
    assert proves(conclusion, whole, *premises).axioms == (name,)
    for k, premise in enumerate(premises):
        others = (*premises[:k], *premises[k + 1 :])
        for kept in (facts[:k] + facts[k + 1 :], [*facts[:k], {"rule": "sign"}, *facts[k + 1 :]], [], facts):
            law = {"rule": "axiom", **axiom(name, *arguments, premises=kept)}
            assert premise in _left_open(conclusion, law, others)


def _left_open(conclusion: Term, certificate: Any, hypotheses: tuple[Term, ...]) -> tuple[Term, ...]:
    """The side conditions of the theorem; every premise there is, if the kernel refuses the certificate."""
    try:
        return proves(conclusion, certificate, *hypotheses).side_conditions
    except (CertificateError, TermError):
        return tuple(premise for name in AXIOMS for premise in statement(name)[1])


@pytest.mark.parametrize("name", AXIOMS)
@pytest.mark.parametrize("arguments", [(), (a, a, a), (C,) * 3, ("a",), (Fraction(1),)], ids=len)
def test_an_axiom_takes_its_own_arguments(name: str, arguments: tuple[Any, ...]) -> None:
    law = {"rule": "axiom", "axiom": name, "arguments": list(map(str, arguments)), "premises": []}
    with pytest.raises(CertificateError):
        proves(statement(name)[0], law)
