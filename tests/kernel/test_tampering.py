"""Certificates with one edit prove nothing: not their own claim, and not a false one."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

import derivations.matrix_calculus as library
from tests.kernel.building import (
    HOLE,
    NORMAL_FORM,
    A,
    B,
    N,
    a,
    add,
    axiom,
    b,
    c,
    claim,
    der,
    div,
    entry,
    eq,
    every,
    fn,
    linear,
    mul,
    neg,
    num,
    over,
    power,
    prop,
    rel,
    sub,
    sym,
    total,
    tr,
    use,
    x,
    y,
)
from tests.kernel.edits import edits
from verifier.identity import identities
from verifier.kernel.context import CertificateError
from verifier.kernel.heads import TermError
from verifier.kernel.linear import ONE, constant, plus, variable
from verifier.kernel.polynomials import Unsupported
from verifier.kernel.sequents import ClaimError, Sequent
from verifier.kernel.serialization import linear_to_data, sequent_from_data, sequent_to_data, term_to_data
from verifier.kernel.shapes import SCALAR, ShapeError
from verifier.kernel.terms import Term
from verifier.kernel.theorems import prove
from verifier.proving import find_proof

PER_KIND = 14
REFUSED = (CertificateError, ClaimError, TermError, ShapeError, Unsupported)
POSITIVE = (rel("greater", a, num(0)), rel("greater", b, num(0)))
CLAIMS: dict[str, Sequent] = {
    "log of a product": claim(
        eq(fn("log", mul(a, power(b, 2))), add(fn("log", a), mul(num(2), fn("log", b)))), *POSITIVE
    ),
    "fractions": claim(eq(add(div(a, add(a, b)), div(b, add(a, b))), num(1)), rel("not_equal", add(a, b), num(0))),
    "partial fractions": claim(
        eq(sub(div(num(1), sub(a, b)), div(num(1), add(a, b))), div(mul(num(2), b), sub(power(a, 2), power(b, 2))))
    ),
    "symmetric": claim(eq(der(mul(tr(x), A, x), x), mul(num(2), tr(x), A)), prop("symmetric", A)),
    "symmetric, by an equation": claim(eq(der(mul(tr(x), A, x), x), mul(num(2), tr(x), A)), eq(tr(A), A)),
    "a substitution": claim(eq(mul(A, x), mul(A, B, y)), eq(x, mul(B, y))),
    "logistic": claim(eq(sub(num(1), fn("sigmoid", a)), div(fn("exp", neg(a)), add(num(1), fn("exp", neg(a)))))),
    "tanh by exponentials": claim(eq(fn("tanh", a), sub(mul(num(2), fn("sigmoid", mul(num(2), a))), num(1)))),
    "sum of logarithms": claim(
        eq(
            total(fn("log", mul(entry(x, "i"), entry(y, "i")))),
            total(add(fn("log", entry(x, "i")), fn("log", entry(y, "i")))),
        ),
    ),
    "a reflected step": claim(eq(fn("step", sub(b, a)), sub(num(1), fn("step", sub(a, b)))), rel("not_equal", a, b)),
    **{
        name: step
        for name, identity in identities(library).items()
        for step in identity.steps()[:1]
        if find_proof(step).certificate["rule"] == "linear"
    },
}

Z = sym("z", x.space())
FOLLOWING = Term("entry", (x,), ((plus(variable("t"), ONE),),))
RECURRENCE = Term("for_all", (eq(FOLLOWING, entry(x, "t")),), ("t", ONE, plus(N, constant(-1))))
CONGRUENCE = {"congruence": {"fact": 0}, "context": term_to_data(fn("tanh", HOLE))}
OTHERS: dict[str, tuple[Sequent, Any]] = {
    "a square": (
        claim(rel("less_equal", mul(num(2), a, b), add(power(a, 2), power(b, 2)))),
        {"rule": "nonnegative", "summands": [{"coefficient": "1", "squares": [term_to_data(sub(a, b))]}]},
    ),
    "a product of gaps": (
        claim(rel("greater", mul(a, b), num(0)), rel("less", num(0), a), rel("greater", b, num(0))),
        {"rule": "nonnegative", "summands": [{"coefficient": "1", "gaps": [{"fact": 0}, {"fact": 1}]}]},
    ),
    "a sum of squares": (
        claim(rel("greater_equal", mul(tr(x), x), num(0))),
        {
            "rule": "nonnegative",
            "summands": [{"coefficient": "1", "indices": [over("i")], "squares": [term_to_data(entry(x, "i"))]}],
        },
    ),
    "a member of a family": (
        claim(eq(mul(tr(Z), x), mul(tr(Z), y)), every("i", eq(entry(x, "i"), entry(y, "i")))),
        linear(use(total(mul(entry(Z, "i"), sym("□", SCALAR, variable("i")))), fact=0)),
    ),
    "induction": (
        claim(every("t", eq(entry(x, "t"), num(0))), eq(Term("entry", (x,), ((ONE,),)), num(0)), RECURRENCE),
        {
            "rule": "induction",
            "base": {"rule": "fact", "fact": 0},
            "step": linear(use(HOLE, fact=1, at=[linear_to_data(variable("t"))]), use(HOLE, fact=2)),
        },
    ),
    "for every index": (
        claim(
            every("i", eq(mul(entry(x, "i"), a), mul(entry(y, "i"), a))), every("i", eq(entry(x, "i"), entry(y, "i")))
        ),
        {
            "rule": "generalise",
            "proof": linear(use(mul(a, HOLE), fact=0, at=[linear_to_data(variable("i"))])),
        },
    ),
    "an axiom for every index": (
        claim(
            every("i", eq(fn("log", power(entry(x, "i"), 2)), mul(num(2), fn("log", entry(x, "i"))))),
            every("i", rel("greater", entry(x, "i"), num(0))),
        ),
        {
            "rule": "axiom",
            **axiom(
                "log_pow",
                entry(x, "i"),
                num(2),
                premises=[{"rule": "fact", "fact": 0, "at": [linear_to_data(variable("i"))]}],
                indices=[over("i")],
            ),
        },
    ),
    "a cut": (
        claim(eq(mul(a, c), mul(b, c)), eq(add(a, num(1)), add(b, num(1)))),
        {
            "rule": "cut",
            "lemma": term_to_data(eq(a, b)),
            "proof": linear(use(HOLE, fact=0)),
            "then": linear(use(mul(HOLE, c), fact=1)),
        },
    ),
    "a witness": (
        claim(Term("exists", (eq(entry(x, "i"), num(0)),), ("i", ONE, N)), eq(Term("entry", (x,), ((ONE,),)), num(0))),
        {"rule": "witness", "at": linear_to_data(ONE), "proof": {"rule": "fact", "fact": 0}},
    ),
    "both": (
        claim(Term("and", (eq(a, b), eq(b, c))), eq(a, b), eq(b, c)),
        {"rule": "and", "proofs": [{"rule": "fact", "fact": 0}, {"rule": "fact", "fact": 1}]},
    ),
    "a congruence": (
        claim(eq(fn("tanh", a), fn("tanh", b)), eq(a, b)),
        {"rule": "linear", "uses": [{"context": term_to_data(HOLE), "relation": CONGRUENCE}]},
    ),
    "an implication": (
        claim(Term("implies", (eq(a, b), eq(mul(a, c), mul(b, c))))),
        {"rule": "implies", "proof": linear(use(mul(HOLE, c), fact=0))},
    ),
}


def proofs() -> dict[str, tuple[Sequent, Any]]:
    """Claims with their certificates."""
    return {name: (sequent, find_proof(sequent).certificate) for name, sequent in CLAIMS.items()} | OTHERS


def opposite(term: Term) -> Term:
    """A false statement of the same form."""
    if term.head == "equal":
        return eq(term.args[0], add(Term("negate", (term.args[1],)), _one(term.args[1])))
    if term.head in ("for_all", "exists", "and"):
        return Term(term.head, (opposite(term.args[0]), *term.args[1:]), term.data)
    if term.head == "implies":
        return Term("implies", (term.args[0], opposite(term.args[1])))
    return Term({"less_equal": "less", "greater_equal": "greater"}.get(term.head, term.head), term.args[::-1])


def _one(term: Term) -> Term:
    return Term("ones", (), (term.space(),))


def refused(sequent: Sequent, certificate: Any) -> bool:
    """Whether the kernel refuses, in one of the ways in which it says so."""
    try:
        prove(sequent, certificate)
    except REFUSED:
        return True
    return False


def _spread(certificate: Any) -> Iterator[tuple[str, bool, Any]]:
    """Some different edits of each kind, from all over the certificate."""
    kinds: dict[str, dict[str, tuple[str, bool, Any]]] = {}
    for kind, neutral, edit in edits(certificate):
        if edit != certificate:
            kinds.setdefault(kind, {})[json.dumps(edit, default=repr)] = (kind, neutral, edit)
    for found in kinds.values():
        chosen = list(found.values())
        yield from chosen[:: max(1, len(chosen) // PER_KIND)][:PER_KIND]


def test_no_tampered_certificate_is_accepted() -> None:
    tried: Counter[str] = Counter()
    for name, (sequent, certificate) in proofs().items():
        assert certificate["rule"] != "normal form", name
        assert not refused(sequent, certificate), name
        false = Sequent(opposite(sequent.conclusion), sequent.hypotheses, sequent.definitions, sequent.indices)
        for kind, neutral, edit in _spread(certificate):
            tried[kind] += 1
            assert refused(false, edit), f"{name}: a false claim, by {kind}: {edit}"
            assert neutral or refused(sequent, edit), f"{name}: {kind}: {edit}"
    assert sum(tried.values()) >= 2500, tried
    assert len(tried) >= 18, tried


def test_a_certificate_does_not_fit_another_claim() -> None:
    certificates = [certificate for _, certificate in proofs().values()]
    for name, (sequent, _) in proofs().items():
        false = Sequent(opposite(sequent.conclusion), sequent.hypotheses, sequent.definitions, sequent.indices)
        for certificate in certificates:
            assert refused(false, certificate), name


# what is plain data


def test_certificates_and_claims_go_through_text() -> None:
    for name, (sequent, certificate) in proofs().items():
        text = json.dumps({"claim": sequent_to_data(sequent), "certificate": certificate})
        read = json.loads(text)
        again = prove(sequent_from_data(read["claim"]), read["certificate"])
        first = prove(sequent, certificate)
        assert again.sequent == sequent, name
        assert again.certificate == certificate
        assert (again.hypotheses, again.side_conditions, again.axioms) == (
            first.hypotheses,
            first.side_conditions,
            first.axioms,
        )


class _Fickle(dict[str, Any]):
    """Behaves like a dictionary, and says something else each time."""


@pytest.mark.parametrize(
    "certificate", [_Fickle(NORMAL_FORM), {"rule": ("normal form",)}, {"rule": "normal form", 1: 2}]
)
def test_a_certificate_is_nothing_but_plain_data(certificate: Any) -> None:
    with pytest.raises(CertificateError, match="plain data"):
        prove(claim(eq(a, a)), certificate)


def test_a_certificate_cannot_be_changed_afterwards() -> None:
    certificate = {"rule": "normal form"}
    theorem = prove(claim(eq(a, a)), certificate)
    certificate["rule"] = "sorry"
    theorem.certificate["rule"] = "sorry"
    assert theorem.certificate == NORMAL_FORM
