"""Certificates about matrices with one edit, by every kind of edit: none shows a false claim."""

from __future__ import annotations

import pytest

from tests.kernel.edits import some_edits
from tests.kernel.test_tampering import opposite, refused
from tests.proving.test_ideals import BY_INDUCTION, STRUCTURE, TRUE, WHOLE
from verifier.identity import Identity
from verifier.instantiation import instantiate
from verifier.kernel.sequents import Sequent
from verifier.kernel.terms import Term
from verifier.proving import find_proof

PLACES = 40
IDENTITIES: dict[str, Identity] = {
    **TRUE,
    **BY_INDUCTION,
    **WHOLE,
    **{name: statement for name, (statement, holds) in STRUCTURE.items() if holds},
}


def falsified(claim: Sequent) -> Sequent:
    """A claim of the same form that is false: an equation with the other sign and 1 more, another property."""
    conclusion = claim.conclusion
    other = Term("property", conclusion.args, ("skew",)) if conclusion.head == "property" else opposite(conclusion)
    return Sequent(other, claim.hypotheses, claim.definitions, claim.indices, claim.dimensions)


@pytest.mark.parametrize("name", IDENTITIES)
def test_no_edit_shows_a_false_claim(name: str) -> None:
    claim = IDENTITIES[name].steps()[0]
    certificate = find_proof(claim).certificate
    false = falsified(claim)
    assert refused(false, certificate)
    outcome = instantiate(false)
    assert outcome.counterexample is not None or outcome.undecidable, "what is meant to be false is not refuted"
    tried = 0
    for kind, edit in some_edits(certificate, PLACES):
        if edit != certificate:
            tried += 1
            assert refused(false, edit), f"{kind}: {edit}"
    assert tried >= min(PLACES, 20) or certificate["rule"] == "normal form"
