"""Every hypothesis of an identity is needed; the side conditions of its theorem are those that are written in it."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import pytest

import derivations
from verifier.identity import Identity, identities
from verifier.instantiation import instantiate
from verifier.kernel.sequents import Sequent
from verifier.kernel.terms import Term, bound_symbols, free_names, subterms
from verifier.notation import latex
from verifier.proving import NotProved, find_proof

from .proofs import proved

MODULES = [importlib.import_module(f"derivations.{found.name}") for found in pkgutil.iter_modules(derivations.__path__)]
LIBRARY = {name: (module, made) for module in MODULES for name, made in identities(module).items()}


def declares_kind(hypothesis: Term) -> bool:
    """Whether it says which symbol is random, as others are declared vectors: without it E has no meaning."""
    while hypothesis.head == "for_all":
        (hypothesis,) = hypothesis.args
    return hypothesis.data == ("random",)


PAIRS = [
    (name, k) for name, (_, made) in LIBRARY.items() for k, one in enumerate(made.given) if not declares_kind(one.term)
]
WITH_CONDITIONS = [name for name, (module, _) in LIBRARY.items() if not module.__name__.endswith("matrix_calculus")]

IMPLIED = "a square factor of an invertible product is invertible, which no combination of equations says"
WITHOUT_COUNTEREXAMPLE = {
    ("hat_matrix_of_invertible_data", 0): IMPLIED,
    ("hat_matrix_of_transformed_columns", 0): IMPLIED,
    ("svd_least_squares_in_eigenbasis", 2): IMPLIED,
    ("svd_fit", 2): IMPLIED,
}
"""Hypotheses that follow from the side conditions: left out, the identity is true, but not proved."""

NOT_DRAWN = {
    ("common_columns_of_equal_estimators", 1): "no unsymmetric Σ is drawn that makes the two estimators equal",
    ("bounded_iterates_from_zero", 3): "no F = 0 is drawn together with η < 0",
    ("mean_of_step", 2): "twelve numbers that are random at once have too many outcomes",
    ("mean_away_from_fixed_point", 2): "twelve numbers that are random at once have too many outcomes",
}
"""Hypotheses that are needed, as an example below shows; the sampler finds none."""


def without(name: str, k: int) -> Identity:
    """The identity without hypothesis number k."""
    made = LIBRARY[name][1]
    fewer = made.given[:k] + made.given[k + 1 :]
    return Identity(made.statement, fewer, made.definitions, made.indices, made.source, made.sizes)


@pytest.mark.parametrize(("name", "k"), PAIRS)
def test_without_a_hypothesis_it_is_not_proved(name: str, k: int) -> None:
    with pytest.raises(NotProved):
        find_proof(without(name, k).whole())


@pytest.mark.parametrize(("name", "k"), PAIRS)
def test_without_a_hypothesis_there_is_a_counterexample(name: str, k: int) -> None:
    found = instantiate(without(name, k).whole())
    assert found.undecidable == ""
    exceptions = (name, k) in WITHOUT_COUNTEREXAMPLE or (name, k) in NOT_DRAWN
    assert (found.counterexample is None) == exceptions


def test_an_unsymmetric_covariance_for_which_estimators_are_equal() -> None:
    """X = e₁, Σ = [1, 0; 1, 1]: both estimators are [1, 0], and ΣX = [1; 1] is no multiple of X."""
    covariance, precision = [[1, 0], [1, 1]], [[1, 0], [-1, 1]]
    product = [[sum(covariance[r][k] * precision[k][c] for k in range(2)) for c in range(2)] for r in range(2)]
    assert product == [[1, 0], [0, 1]]
    weighted, moved = precision[0], [row[0] for row in covariance]
    generalised, ordinary = [Fraction(w, weighted[0]) for w in weighted], [1, 0]
    assert generalised == ordinary
    assert moved != [moved[0], 0]


def test_weights_that_follow_no_recurrence() -> None:
    """wₜ = 1 always and Nₜ = ±1, with η = σ = 1, x = y = 0: N has mean 0 and mean square 1, and 1 = (1 - 1)·1 fails."""
    eta, sigma, x, y, weight = 1, 1, 0, 0, 1
    outcomes = [(Fraction(1, 2), 1), (Fraction(1, 2), -1)]
    assert sum(p * noise for p, noise in outcomes) == 0
    assert sum(p * noise**2 for p, noise in outcomes) == sigma**2
    assert weight != (1 - eta * (x**2 + sigma**2)) * weight + eta * x * y
    assert weight - 0 != (1 - eta * (x**2 + sigma**2)) * (weight - 0)


def test_a_negative_step_of_a_map_that_is_zero() -> None:
    """F = 0, η = -1, a = b = 1: ‖I - ηFᵀF‖ = 1 and ‖F‖ ≤ a, the iterates stay 0, and 0 ≤ 1·η·a·‖b‖ = -1 fails."""
    operator, step, bound, target = 0, -1, 1, 1
    iterate = 0 - step * operator * (operator * 0 - target)
    assert abs(1 - step * operator**2) <= 1
    assert abs(operator) <= bound
    assert abs(iterate) > 1 * step * bound * abs(target)


# side conditions

FOLLOWING = {
    "pruning_step_of_identity",
    "pruning_cost_of_identity",
    "hat_matrix_of_orthonormal_columns",
    "hat_matrix_of_invertible_data",
    "rotation_inverse_is_transpose",
    "momentum_real_eigenvalues_are_apart",
}
"""Here what is written under ⁻¹ is invertible by the hypotheses, or is I, or D > 0 under √: no side conditions."""

DEFINITE = {name for name, (module, _) in LIBRARY.items() if module.__name__.endswith(".optima")}
"""Here a matrix may be invertible because hypotheses say that it is definite: then that is proved of it."""

ELBOW, JOINT, ZERO = r"w x + b \neq 0", r"\left|x\right| \neq 1", r"x \neq 0"
LOGARITHMS = {r"\mathrm{\epsilon} > 0", r"\mathrm{\rho} > 0"}
KINKS = {
    **{f"relu{of}_by_the_{by}": {ELBOW} for of in ("", "_loss", "_chain_rule") for by in ("slope", "bias")},
    "huber_gradient": {JOINT, ZERO},
    "huber_gradient_inside": {ZERO},
    **{f"{name}_an_accuracy": LOGARITHMS for name in ("steps_to", "enough_steps_for")},
    "huber_gradient_of_a_threshold": {r"\left|x\right| \neq \mathrm{\delta}", ZERO},
}
"""Derivatives of what has a kink are taken away from it, also where another branch has it; logarithms too."""


def written(claim: Sequent) -> Iterator[Term]:
    """What has to hold: matrices under ⁻¹ are invertible, divisors are not 0, and what is under a root not negative.

    What varies in an optimum is admitted there: of it, the proof shows the same.
    """
    for condition in _written(claim):
        if not any(varying & free_names(condition) for varying in _varying(claim)):
            yield condition


def _varying(claim: Sequent) -> Iterator[frozenset[str]]:
    for statement in (claim.conclusion, *claim.hypotheses):
        yield from map(bound_symbols, subterms(statement))


def _written(claim: Sequent) -> Iterator[Term]:
    zero = Term("number", (), (Fraction(0),))
    for statement in (claim.conclusion, *claim.hypotheses):
        for part in subterms(statement):
            if part.head == "inverse":
                yield Term("property", part.args, ("invertible",))
            elif part.head == "divide" and part.args[1].head not in ("number", "index"):
                yield Term("not_equal", (part.args[1], zero))
            elif part.head == "elementwise" and part.data[0] == "sqrt":
                yield Term("greater_equal", (part.args[0], zero))


def may_be_implied(name: str, condition: Term) -> bool:
    """Whether hypotheses may imply it without saying it: then the theorem does not repeat it."""
    return condition.head != "property" or name in DEFINITE


@pytest.mark.parametrize("name", WITH_CONDITIONS)
def test_side_conditions_are_those_that_are_written(name: str) -> None:
    used: set[Term] = set()
    found: set[str] = set()
    for claim in LIBRARY[name][1].steps():
        theorem = proved(claim)
        stated = set() if name in FOLLOWING else set(written(claim)) - set(claim.hypotheses)
        kinks = KINKS.get(name, set())
        unsaid = {condition for condition in stated - set(theorem.side_conditions) if may_be_implied(name, condition)}
        for condition in unsaid:
            find_proof(replace(claim, conclusion=condition))
        expected = {latex(s) for s in stated - unsaid}
        assert {latex(s) for s in theorem.side_conditions} - kinks == expected
        found |= {latex(s) for s in theorem.side_conditions} & kinks
        used |= set(theorem.hypotheses)
    assert found == KINKS.get(name, set())
    assert used == {one.term for one in LIBRARY[name][1].given}
