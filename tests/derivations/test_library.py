"""Every identity of the library is proved, replays from plain data, holds in models, and says where it comes from."""

from __future__ import annotations

import importlib
import json
import pickle
import pkgutil
import re

import pytest

import derivations
from verifier.identity import Identity, identities
from verifier.instantiation import instantiate
from verifier.kernel.sequents import Sequent
from verifier.kernel.serialization import sequent_from_data, sequent_to_data
from verifier.kernel.terms import subterms
from verifier.kernel.theorems import prove

from .proofs import proved
from .reference import holds

MODULES = [importlib.import_module(f"derivations.{found.name}") for found in pkgutil.iter_modules(derivations.__path__)]
LIBRARY = {f"{module.__name__}.{name}": made for module in MODULES for name, made in identities(module).items()}
HARD = {"cases", "indicator", "maximum", "minimum"}
ABOUT_NUMBERS = {
    f"derivations.{name}" for name in ("gradient_descent", "momentum", "relu", "huber", "noise", "dropout", "moments")
}
ABOUT_OPTIMA = {"derivations.optima"}  # judged by points drawn around them in test_optima
SOURCE = re.compile(r"\[[A-Z]\] \d+(\.\d+)?|seed \d{3} §|theorem", re.IGNORECASE)


def test_there_are_many_identities_with_names_of_their_own() -> None:
    names = [path.rpartition(".")[2] for path in LIBRARY]
    assert len(names) >= 30
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z]+(_[a-z0-9]+)+", name) for name in names)
    assert len({identity.whole() for identity in LIBRARY.values()}) == len(names)
    for module in MODULES:
        assert module.__doc__
        assert len(identities(module)) >= (30 if module.__name__ == "derivations.matrix_calculus" else 20)


@pytest.mark.parametrize("path", LIBRARY)
def test_an_identity_is_imported_by_its_name_and_has_a_source(path: str) -> None:
    module, _, name = path.rpartition(".")
    found = getattr(importlib.import_module(module), name)
    assert isinstance(found, Identity)
    assert SOURCE.search(found.source), found.source


@pytest.mark.parametrize("path", LIBRARY)
def test_an_identity_is_proved_and_its_certificate_replays(path: str) -> None:
    identity = LIBRARY[path]
    for claim in dict.fromkeys((*identity.steps(), identity.whole())):
        theorem = proved(claim)
        assert theorem.sequent == claim
        assert set(theorem.hypotheses) <= set(claim.hypotheses)
        assert theorem.oracles == ()
        claim_text, certificate_text = json.dumps(sequent_to_data(claim)), json.dumps(theorem.certificate)
        again = prove(sequent_from_data(json.loads(claim_text)), json.loads(certificate_text))
        copied = pickle.loads(pickle.dumps(theorem))  # noqa: S301 -- our own, written a moment ago
        for other in (again, copied):
            assert (other.sequent, other.hypotheses, other.side_conditions, other.axioms) == (
                claim,
                theorem.hypotheses,
                theorem.side_conditions,
                theorem.axioms,
            )


@pytest.mark.parametrize("path", LIBRARY)
def test_an_identity_holds_in_models_of_several_shapes(path: str) -> None:
    for claim in LIBRARY[path].steps():
        outcome = instantiate(claim)
        assert outcome.undecidable == ""
        assert outcome.counterexample is None
        assert outcome.evidence.model_found
        assert outcome.evidence.models >= 6
        assert len(outcome.evidence.shapes) >= (3 if claim.dimension_names else 1)
        assert outcome.evidence.bound
        assert path.rpartition(".")[0] in ABOUT_NUMBERS | ABOUT_OPTIMA or holds(claim, count=3, seed=11)


@pytest.mark.parametrize("path", [path for path in LIBRARY if path.rpartition(".")[0] in ABOUT_NUMBERS])
def test_the_reference_agrees_where_it_can_read(path: str) -> None:
    """It reads equations without cases, families, definitions, and hypotheses that are inequalities."""
    for claim in LIBRARY[path].steps():
        try:
            assert holds(claim, count=3, seed=11)
        except NotImplementedError:
            assert not is_plain(claim)


def is_plain(claim: Sequent) -> bool:
    """Whether a claim is an equation between letters, without hypotheses, definitions, indices and cases."""
    parts = list(subterms(claim.conclusion))
    families = any(part.head == "symbol" and part.data[2] for part in parts)
    given = claim.hypotheses or claim.definitions or claim.indices
    return claim.conclusion.head == "equal" and not given and not families and not HARD & {p.head for p in parts}
