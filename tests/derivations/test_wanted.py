"""Identities that the library is to have: they hold in models, and no engine proves them yet.

What is proved moves into ``derivations``: its test here fails then.
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from verifier.identity import Identity, identity
from verifier.instantiation import instantiate
from verifier.language import Expression, absolute, cases, maximum, scalar, scalars, sign, sqrt
from verifier.proving import NotProved, find_proof

ETA, BETA, SMALL, SIGMA, LARGE = (scalar(name) for name in ("\\eta", "\\beta", "\\sigma_s", "\\sigma", "\\sigma_l"))
u, v, x, y = scalars("u v x y")


def huber(at: Expression) -> Expression:
    """Huber's loss."""
    return cases((absolute(at) <= 1, at**2 / 2), otherwise=absolute(at) - Fraction(1, 2))


def clipped(at: Expression) -> Expression:
    """Its derivative."""
    return cases((absolute(at) <= 1, at), otherwise=sign(at))


def rate(value: Expression) -> Expression:
    """The rate of gradient descent along a singular value."""
    return absolute(1 - 2 * ETA * value**2)


WANTED: dict[str, Identity] = {
    "middle_singular_values_do_not_decide": identity(
        rate(SIGMA) <= maximum(rate(LARGE), rate(SMALL)),
        given=[SMALL >= 0, SMALL <= SIGMA, SIGMA <= LARGE],
        source="seed 001 §1(f)",
    ),
    "momentum_oscillates_between_two_values": identity(
        BETA * (1 + (1 - y) * u + y * v) ** 2 < 4 * ((1 - y) * u + y * v),
        given=[BETA * (1 + u) ** 2 < 4 * u, BETA * (1 + v) ** 2 < 4 * v, BETA >= 0, y >= 0, y <= 1],
        source="seed 001 §2(h)",
    ),
    "momentum_best_rate_of_a_range": identity(
        ((sqrt(v) - sqrt(u)) / (sqrt(v) + sqrt(u))) ** 2 <= 1 - BETA,
        given=[BETA * (1 + u) ** 2 <= 4 * u, BETA * (1 + v) ** 2 <= 4 * v],
        source="seed 001 §2(h)",
    ),
    "huber_gradient_is_one_lipschitz": identity(
        absolute(clipped(x) - clipped(y)) <= absolute(x - y), source="Boyd and Vandenberghe 9.1"
    ),
    "huber_is_one_lipschitz": identity(
        absolute(huber(x) - huber(y)) <= absolute(x - y), source="Boyd and Vandenberghe 6.1"
    ),
}


@pytest.mark.xfail(raises=NotProved, strict=True, reason="no engine proves it yet")
@pytest.mark.parametrize("name", WANTED)
def test_it_is_proved(name: str) -> None:
    find_proof(WANTED[name].whole())


@pytest.mark.parametrize("name", WANTED)
def test_it_holds_in_models(name: str) -> None:
    found = instantiate(WANTED[name].whole())
    assert found.counterexample is None
    assert found.evidence.models >= 6
