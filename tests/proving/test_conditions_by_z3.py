"""What the conditions and the identities about numbers are labelled is what z3 says, where it reads and decides."""

from __future__ import annotations

import pytest

pytest.importorskip("z3")

from derivations import gradient_descent, huber, momentum, relu
from tests.proving.by_z3 import NotRead, verdict
from tests.proving.conditions import FALSE, TRUE
from verifier.identity import identities
from verifier.kernel.sequents import Sequent

LIBRARY: dict[str, Sequent] = {
    f"{name}, step {number}": step
    for module in (gradient_descent, momentum, relu, huber)
    for name, made in identities(module).items()
    for number, step in enumerate(made.steps(), 1)
}


def said(claims: dict[str, Sequent]) -> dict[str, str]:
    """What z3 says of each claim that it reads."""
    found: dict[str, str] = {}
    for name, claim in claims.items():
        try:
            found[name] = verdict(claim)
        except NotRead:
            continue
    return found


@pytest.mark.parametrize(
    ("claims", "label", "decided"),
    [
        pytest.param(TRUE, "true", 120, id="true"),
        pytest.param(FALSE, "false", 225, id="false"),
        pytest.param(LIBRARY, "true", 110, id="library"),
    ],
)
def test_labels_are_right(claims: dict[str, Sequent], label: str, decided: int) -> None:
    found = said(claims)
    assert {name: what for name, what in found.items() if what not in (label, "unknown")} == {}
    assert sum(what == label for what in found.values()) >= decided
