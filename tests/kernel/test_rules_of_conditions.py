"""Rules of comparisons and cases, and parts of conjunctions: what each accepts, uses, and must not accept."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.kernel.building import (
    HOLE,
    NORMAL_FORM,
    A,
    N,
    a,
    add,
    b,
    c,
    claim,
    div,
    entry,
    eq,
    every,
    fn,
    linear,
    mul,
    num,
    power,
    prop,
    proves,
    rel,
    tr,
    use,
    x,
    y,
)
from tests.kernel.certificates import REFUSED, SIGN, TRUE, ZERO, fact, gaps, lemma, positive, refused
from tests.kernel.edits import edits
from verifier.kernel.linear import ONE
from verifier.kernel.sequents import Sequent
from verifier.kernel.serialization import linear_to_data, sequent_from_data, sequent_to_data, term_to_data
from verifier.kernel.terms import Term, negation
from verifier.kernel.theorems import prove

NEGATIVE_A = rel("less", a, ZERO)
NONZERO_A = rel("not_equal", a, ZERO)


def or_(*parts: Term) -> Term:
    return Term("or", parts)


def and_(*parts: Term) -> Term:
    return Term("and", parts)


def implies(premise: Term, conclusion: Term) -> Term:
    return Term("implies", (premise, conclusion))


def iff(left: Term, right: Term) -> Term:
    return Term("iff", (left, right))


def either(of: Any, *proofs: Any) -> dict[str, Any]:
    return {"rule": "either", "of": of, "proofs": list(proofs)}


def absurd(proposition: Term, proof: Any, refutation: Any) -> dict[str, Any]:
    return {"rule": "absurd", **lemma(proposition, proof), "refutation": refutation}


def squeezed(below: Any, above: Any) -> dict[str, Any]:
    return {"rule": "antisymmetry", "below": below, "above": above}


def detached(implication: Any, proof: Any, side: int = 0) -> dict[str, Any]:
    return {"implication": implication, "proof": proof, "from": side}


# absurd


def test_what_is_contradictory_proves_anything() -> None:
    hypotheses = (positive(a), rel("less_equal", a, ZERO))
    assert proves(eq(b, c), absurd(positive(a), fact(0), fact(1)), *hypotheses).hypotheses == hypotheses
    assert proves(prop("symmetric", A), absurd(positive(a), fact(0), fact(1)), *hypotheses).hypotheses == hypotheses


@pytest.mark.parametrize(
    "proposition",
    [
        positive(a),
        rel("less", a, b),
        rel("less_equal", a, b),
        rel("greater_equal", a, b),
        eq(x, y),
        rel("not_equal", A, tr(A)),
        and_(positive(a), positive(b)),
        or_(positive(a), positive(b)),
        implies(positive(a), positive(b)),
        every("i", positive(entry(x, "i"))),
        Term("exists", (positive(entry(x, "i")),), ("i", ONE, N)),
        prop("symmetric", A),
        Term("not", (prop("symmetric", A),)),
        Term("loewner_less_equal", (A, tr(A))),
    ],
)
def test_a_proposition_and_its_negation(proposition: Term) -> None:
    hypotheses = (proposition, negation(proposition))
    assert proves(eq(b, c), absurd(proposition, fact(0), fact(1)), *hypotheses).hypotheses == hypotheses
    for kept in hypotheses:
        refused(eq(b, c), absurd(proposition, fact(0), fact(1)), kept)
        refused(eq(b, c), absurd(proposition, fact(0), fact(0)), kept)


def test_absurd_needs_both_proofs() -> None:
    hypotheses = (positive(a), rel("less_equal", a, ZERO))
    whole = absurd(positive(a), fact(0), fact(1))
    for key in ("lemma", "proof", "refutation"):
        refused(eq(b, c), {k: held for k, held in whole.items() if k != key}, *hypotheses)
    for other in (rel("greater_equal", a, ZERO), positive(b), a, rel("less_equal", a, ZERO)):
        refused(eq(b, c), {**whole, "lemma": term_to_data(other)}, *hypotheses)


def test_a_contrary_is_no_negation() -> None:
    """a > 0 and b < 0, or a ≥ 0 and a ≤ 0, are no contradiction."""
    refused(eq(b, c), absurd(positive(a), fact(0), fact(1)), positive(a), rel("less", b, ZERO))
    weak = (rel("greater_equal", a, ZERO), rel("less_equal", a, ZERO))
    refused(eq(b, c), absurd(weak[0], fact(0), fact(1)), *weak)


# either


def test_either_part_of_a_disjunction_will_do() -> None:
    disjunction = or_(positive(a), NEGATIVE_A)
    assert proves(NONZERO_A, either({"fact": 0}, SIGN, SIGN), disjunction).hypotheses == (disjunction,)
    assert proves(NONZERO_A, either({"fact": 0}, fact(1), fact(1)), or_(NONZERO_A, NONZERO_A)).hypotheses


@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_either_of_so_many_parts(count: int) -> None:
    disjunction = or_(*(rel("greater", a, num(k)) for k in range(count)))
    proofs = [gaps({"fact": 1}) if k == 0 else SIGN for k in range(count)]
    for k in range(1, count):
        summands = [{"coefficient": "1", "gaps": [{"fact": 1}]}, {"coefficient": str(k)}]
        proofs[k] = {"rule": "nonnegative", "summands": summands}
    assert proves(positive(a), either({"fact": 0}, *proofs), disjunction).hypotheses == (disjunction,)
    refused(positive(a), either({"fact": 0}, *proofs[:-1]), disjunction)
    refused(positive(a), either({"fact": 0}, *proofs, SIGN), disjunction)


def test_one_part_is_not_enough() -> None:
    for parts in ((positive(a), NEGATIVE_A), (NEGATIVE_A, positive(a)), (positive(a), positive(b))):
        refused(positive(a), either({"fact": 0}, fact(1), fact(1)), or_(*parts))
        refused(positive(a), either({"fact": 0}, SIGN, SIGN), or_(*parts))
        refused(positive(a), either({"fact": 0}, fact(1)), or_(*parts))
    refused(positive(b), either({"fact": 0}, SIGN, SIGN), or_(positive(a), and_(positive(b), positive(a))))


def test_parts_of_a_part_are_known() -> None:
    disjunction = or_(and_(positive(a), positive(b)), and_(positive(b), eq(a, c)))
    assert proves(positive(b), either({"fact": 0}, fact(3), fact(2)), disjunction).hypotheses == (disjunction,)


def test_either_is_of_a_disjunction() -> None:
    for other in (and_(positive(a), positive(a)), positive(a), Term("not", (or_(positive(a), positive(b)),))):
        refused(positive(a), either({"fact": 0}, SIGN, SIGN), other)
    refused(positive(a), either({"fact": 0}, SIGN), every("i", or_(positive(a))))
    instance = {"fact": 0, "at": [linear_to_data(ONE)]}
    whole = every("i", or_(positive(entry(x, "i")), positive(a)))
    goal = or_(positive(a), positive(Term("entry", (x,), ((ONE,),))))
    proofs = [{"rule": "or", "which": k, "proof": fact(1)} for k in (1, 0)]
    assert proves(goal, either(instance, *proofs), whole).hypotheses == (whole,)


def test_a_disjunction_may_be_a_lemma_or_follow_from_an_implication() -> None:
    disjunction = or_(positive(a), NEGATIVE_A)
    given = implies(NONZERO_A, disjunction)
    square = positive(power(a, 2))
    branch = gaps({"fact": 2}, {"fact": 2})
    assert proves(square, either(detached({"fact": 0}, fact(1)), branch, branch), given, NONZERO_A).hypotheses == (
        given,
        NONZERO_A,
    )
    by_lemma = either(lemma(or_(TRUE, positive(b)), {"rule": "or", "which": 0, "proof": SIGN}), SIGN, SIGN)
    assert proves(TRUE, by_lemma).hypotheses == ()


# antisymmetry


def test_two_inequalities_are_an_equation() -> None:
    hypotheses = (rel("less_equal", a, b), rel("greater_equal", a, b))
    assert proves(eq(a, b), squeezed(fact(0), fact(1)), *hypotheses).hypotheses == hypotheses
    square = (rel("less_equal", power(a, 2), ZERO),)
    assert proves(eq(power(a, 2), ZERO), squeezed(fact(0), SIGN), *square).hypotheses == square


@pytest.mark.parametrize(
    ("goal", "certificate"),
    [
        (eq(a, b), squeezed(fact(0), fact(0))),
        (eq(a, b), squeezed(fact(1), fact(0))),
        (eq(a, b), squeezed(fact(0), NORMAL_FORM)),
        (eq(a, b), squeezed(SIGN, fact(0))),
        (eq(b, a), squeezed(fact(0), fact(1))),
        (eq(a, b), {"rule": "antisymmetry", "below": fact(0)}),
        (eq(a, b), {"rule": "antisymmetry", "above": fact(1)}),
        (rel("less_equal", a, b), squeezed(fact(0), fact(1))),
        (rel("not_equal", a, b), squeezed(fact(0), fact(1))),
        (eq(a, c), squeezed(fact(0), fact(1))),
    ],
)
def test_antisymmetry_needs_both_for_this_equation(goal: Term, certificate: Any) -> None:
    refused(goal, certificate, rel("less_equal", a, b), rel("greater_equal", a, b))


def test_antisymmetry_is_for_numbers() -> None:
    loewner = (Term("loewner_less_equal", (A, tr(A))), Term("loewner_greater_equal", (A, tr(A))))
    refused(eq(A, tr(A)), squeezed(fact(0), fact(1)), *loewner)


# conjunctions that are known


def test_the_parts_of_a_conjunction_are_known_and_name_it() -> None:
    nested = and_(positive(a), and_(positive(b), eq(a, c)))
    for goal, certificate in ((positive(a), fact(1)), (positive(b), fact(3)), (eq(a, c), fact(4))):
        assert proves(goal, certificate, nested).hypotheses == (nested,)
    assert proves(positive(mul(a, b)), SIGN, nested).hypotheses == (nested,)
    other = positive(c)
    assert proves(positive(mul(a, c)), SIGN, nested, other).hypotheses == (nested, other)
    assert proves(positive(c), SIGN, nested, other).hypotheses == (other,)


@pytest.mark.parametrize("head", ["or", "implies", "iff"])
def test_the_parts_of_nothing_else_are_known(head: str) -> None:
    for certificate in (SIGN, fact(1), fact(2), gaps({"fact": 1})):
        refused(positive(a), certificate, Term(head, (positive(a), positive(b))))
    for certificate in (SIGN, fact(1), fact(2)):
        refused(positive(a), certificate, Term("not", (and_(positive(a), positive(b)),)))


def test_the_parts_of_what_is_assumed_are_known() -> None:
    goal = implies(and_(positive(a), positive(b)), positive(mul(a, b)))
    assert proves(goal, {"rule": "implies", "proof": SIGN}).hypotheses == ()
    assert proves(goal, {"rule": "implies", "proof": gaps({"fact": 1}, {"fact": 2})}).hypotheses == ()
    refused(goal, {"rule": "implies", "proof": gaps({"fact": 1}, {"fact": 3})})


def test_a_part_shows_a_side_condition_and_names_its_hypothesis() -> None:
    whole = and_(eq(b, c), positive(a))
    theorem = proves(eq(div(a, a), num(1)), NORMAL_FORM, whole)
    assert (theorem.hypotheses, theorem.side_conditions) == ((whole,), ())
    other = proves(eq(div(a, a), num(1)), NORMAL_FORM, and_(eq(b, c), positive(b)))
    assert (other.hypotheses, other.side_conditions) == ((), (NONZERO_A,))


def test_where_a_conjunction_is_defined_is_a_side_condition_of_what_uses_a_part() -> None:
    whole = and_(positive(a), positive(div(num(1), b)))
    theorem = proves(positive(a), fact(2), whole)
    assert theorem.side_conditions == (rel("not_equal", b, ZERO),)


# tampering: no edit of a certificate leaves a proof, or proves the opposite

FIRST = Term("entry", (x,), ((ONE,),))
EXPONENTIALS = every("i", rel("greater", fn("exp", entry(x, "i")), num(-1)))
HALVED = linear(use(div(HOLE, num(2)), fact=0))
EXAMPLES: dict[str, tuple[Sequent, Any]] = {
    "absurd": (claim(rel("less", b, c), positive(a), NEGATIVE_A), absurd(positive(a), fact(0), gaps({"fact": 1}))),
    "either": (claim(NONZERO_A, or_(positive(a), NEGATIVE_A)), either({"fact": 0}, SIGN, SIGN)),
    "either, by facts": (
        claim(positive(a), or_(and_(positive(a), positive(b)), and_(eq(b, c), positive(a)))),
        either({"fact": 0}, fact(2), fact(3)),
    ),
    "antisymmetry": (
        claim(eq(a, b), rel("less_equal", a, b), rel("greater_equal", a, b)),
        squeezed(fact(0), fact(1)),
    ),
    "a lemma": (
        claim(eq(mul(a, c), mul(b, c)), eq(add(a, a), add(b, b))),
        linear(use(mul(HOLE, c), **lemma(eq(a, b), HALVED))),
    ),
    "an instance of a lemma": (
        claim(rel("greater", fn("exp", FIRST), num(-1)), eq(x, x)),
        gaps({**lemma(EXPONENTIALS, {"rule": "generalise", "proof": SIGN}), "at": [linear_to_data(ONE)]}),
    ),
    "an implication": (
        claim(rel("greater", b, c), implies(positive(a), rel("greater", b, c)), positive(a)),
        gaps({"implication": {"fact": 0}, "proof": fact(1)}),
    ),
    "an equivalence": (
        claim(rel("greater", b, c), iff(rel("greater", b, c), positive(a)), positive(a)),
        gaps(detached({"fact": 0}, fact(1), 1)),
    ),
    "parts": (claim(positive(mul(a, b)), and_(positive(a), positive(b))), gaps({"fact": 1}, {"fact": 2})),
}


def accepted(sequent: Sequent, certificate: Any) -> bool:
    try:
        prove(sequent, certificate)
    except REFUSED:
        return False
    return True


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
        assert neutral or not accepted(sequent, edit), (kind, edit)
        if name != "absurd":
            assert not accepted(false, edit), (kind, edit)
    assert tried >= 20


@pytest.mark.parametrize("name", EXAMPLES)
def test_claims_with_their_certificates_go_through_text(name: str) -> None:
    sequent, certificate = EXAMPLES[name]
    read = json.loads(json.dumps({"claim": sequent_to_data(sequent), "certificate": certificate}))
    again, first = prove(sequent_from_data(read["claim"]), read["certificate"]), prove(sequent, certificate)
    assert (again.sequent, again.hypotheses, again.certificate) == (sequent, first.hypotheses, certificate)
