"""The rules ``obtain`` and ``deny``, and proofs of limits: what they accept, and every field tampered with."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.kernel.building import N, a, axiom, b, c, claim, entry, every, fn, idx, mul, num, power, proves, rel, x
from tests.kernel.certificates import SIGN, ZERO, fact, positive, refused
from tests.kernel.edits import edits
from tests.kernel.test_rules_of_conditions import accepted
from verifier.kernel.linear import ONE, Linear, plus, variable
from verifier.kernel.linear import ZERO as NOUGHT
from verifier.kernel.sequents import Sequent
from verifier.kernel.serialization import linear_to_data, sequent_from_data, sequent_to_data
from verifier.kernel.terms import Term, negation
from verifier.kernel.theorems import prove

K = variable("k")


def some(name: str, body: Term, size: Linear | None = N, low: Linear = ONE) -> Term:
    return Term("exists", (body,), (name, low, size))


def obtain(of: Any, name: str, then: Any) -> dict[str, Any]:
    return {"rule": "obtain", "of": of, "name": name, "then": then}


def witness(form: Linear, proof: Any) -> dict[str, Any]:
    return {"rule": "witness", "at": linear_to_data(form), "proof": proof}


def clash(*facts: int) -> dict[str, Any]:
    return {"rule": "nonnegative", "summands": [{"coefficient": "1", "gaps": [{"fact": k}]} for k in facts]}


def eventually(body: Term) -> Term:
    return some("T", every("t", body, None, variable("T")), None, NOUGHT)


SMALL = rel("less", fn("abs", mul(c, power(a, idx("t")))), b)
PREMISES = (rel("less", fn("abs", a), num(1)), positive(b))
LAW = axiom("geometric_vanishes", a, c, b, premises=[fact(0), fact(1)])
HAS_POSITIVE = some("i", positive(entry(x, "i")))
EXAMPLES: dict[str, tuple[Sequent, Any]] = {
    "obtain": (
        claim(some("j", rel("not_equal", entry(x, "j"), ZERO)), HAS_POSITIVE),
        obtain({"fact": 0}, "k", witness(K, SIGN)),
    ),
    "obtain an instance": (
        claim(some("j", positive(entry(x, "j"))), every("m", HAS_POSITIVE, None, NOUGHT)),
        obtain({"fact": 0, "at": [linear_to_data(ONE)]}, "k", witness(K, fact(1))),
    ),
    "deny": (claim(Term("not", (rel("less", a, ZERO),)), positive(a)), {"rule": "deny", "proof": clash(0, 1)}),
    "a limit": (claim(eventually(SMALL), *PREMISES), {"rule": "axiom", **LAW}),
    "from a later index on": (
        claim(eventually(SMALL), *PREMISES),
        obtain(LAW, "k", witness(plus(K, ONE), {"rule": "generalise", "proof": fact(2, variable("t"))})),
    ),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_no_edit_of_a_certificate_is_accepted(name: str) -> None:
    sequent, certificate = EXAMPLES[name]
    assert accepted(sequent, certificate)
    false = Sequent(negation(sequent.conclusion), sequent.hypotheses)
    tried = 0
    for kind, neutral, edit in edits(certificate):
        if edit == certificate:
            continue
        tried += 1
        assert not accepted(false, edit), (kind, edit)
        assert neutral or _is_another_witness(name, kind) or not accepted(sequent, edit), (kind, edit)
    assert tried >= 15


def _is_another_witness(name: str, kind: str) -> bool:
    """Any later index will do as well, and any instance of what holds for all."""
    return name in ("from a later index on", "obtain an instance") and kind in (
        "range",
        "duplication",
        "deletion",
        "type",
    )


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_hypothesis_is_needed(name: str) -> None:
    sequent, certificate = EXAMPLES[name]
    assert prove(sequent, certificate).hypotheses == sequent.hypotheses
    for k in range(len(sequent.hypotheses)):
        kept = sequent.hypotheses[:k] + sequent.hypotheses[k + 1 :]
        assert not accepted(Sequent(sequent.conclusion, kept), certificate)


@pytest.mark.parametrize("name", EXAMPLES)
def test_claims_with_their_certificates_go_through_text(name: str) -> None:
    sequent, certificate = EXAMPLES[name]
    read = json.loads(json.dumps({"claim": sequent_to_data(sequent), "certificate": certificate}))
    again, first = prove(sequent_from_data(read["claim"]), read["certificate"]), prove(sequent, certificate)
    assert (again.sequent, again.hypotheses, again.certificate) == (sequent, first.hypotheses, certificate)


def test_obtain_is_from_an_existence_alone() -> None:
    goal = some("j", positive(entry(x, "j")))
    proof = obtain({"fact": 0}, "k", witness(K, fact(1)))
    assert proves(goal, proof, HAS_POSITIVE)
    others = (
        every("i", positive(entry(x, "i"))),
        Term("not", (HAS_POSITIVE,)),
        Term("or", (HAS_POSITIVE, positive(a))),
        Term("implies", (positive(a), HAS_POSITIVE)),
        every("m", HAS_POSITIVE),
        positive(a),
    )
    for other in others:
        refused(goal, proof, other)


def test_what_is_obtained_is_in_its_range() -> None:
    """That is known of the index: ∃t ≥ 1 gives a t that is not 0."""
    later = some("t", rel("less", a, idx("t")), None, ONE)
    goal = some("s", Term("and", (rel("less", a, idx("s")), positive(idx("s")))), None, NOUGHT)
    proof = obtain({"fact": 0}, "k", witness(K, {"rule": "and", "proofs": [fact(1), SIGN]}))
    assert proves(goal, proof, later).hypotheses == (later,)
    refused(goal, proof, some("t", rel("less", a, idx("t")), None, NOUGHT))
