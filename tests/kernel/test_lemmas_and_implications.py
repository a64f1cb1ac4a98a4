"""References to lemmas and implications: what each accepts, what it uses, and what it must not accept."""

from __future__ import annotations

from typing import Any

import pytest

from tests.kernel.building import (
    HOLE,
    NORMAL_FORM,
    a,
    add,
    axiom,
    b,
    c,
    div,
    entry,
    eq,
    every,
    fn,
    linear,
    mul,
    num,
    power,
    proves,
    rel,
    sub,
    use,
    x,
)
from tests.kernel.certificates import SIGN, ZERO, fact, gaps, lemma, positive, refused
from verifier.kernel.linear import ONE
from verifier.kernel.serialization import linear_to_data, term_to_data
from verifier.kernel.terms import Term

NONZERO_A = rel("not_equal", a, ZERO)


def implies(premise: Term, conclusion: Term) -> Term:
    return Term("implies", (premise, conclusion))


def iff(left: Term, right: Term) -> Term:
    return Term("iff", (left, right))


def detached(implication: Any, proof: Any, side: int = 0) -> dict[str, Any]:
    return {"implication": implication, "proof": proof, "from": side}


# lemmas


def test_a_lemma_is_a_relation_that_is_proved_where_it_is_used() -> None:
    square = lemma(rel("greater_equal", power(sub(a, b), 2), ZERO), SIGN_OF_SQUARE)
    goal = rel("less_equal", mul(num(2), a, b), add(power(a, 2), power(b, 2)))
    assert proves(goal, gaps(square)).hypotheses == ()
    equation = lemma(eq(a, b), linear(use(HOLE, fact=0)))
    doubled = eq(add(a, a), add(b, b))
    assert proves(eq(mul(a, c), mul(b, c)), linear(use(mul(HOLE, c), **equation)), eq(a, b)).hypotheses == (eq(a, b),)
    halved = lemma(eq(a, b), linear(use(div(HOLE, num(2)), fact=0)))
    assert proves(eq(mul(a, c), mul(b, c)), linear(use(mul(HOLE, c), **halved)), doubled).hypotheses == (doubled,)


SIGN_OF_SQUARE = {
    "rule": "nonnegative",
    "summands": [{"coefficient": "1", "squares": [term_to_data(sub(a, b))]}],
}


def test_an_instance_of_a_lemma() -> None:
    whole = every("i", positive(fn("exp", entry(x, "i"))))
    proof = {"rule": "generalise", "proof": SIGN}
    first = Term("entry", (x,), ((ONE,),))
    assert (
        proves(positive(fn("exp", first)), gaps({**lemma(whole, proof), "at": [linear_to_data(ONE)]})).hypotheses == ()
    )


def test_a_lemma_logs_the_hypotheses_and_axioms_of_its_proof() -> None:
    hypotheses = (positive(a), positive(b))
    log = axiom("log_mul", a, b, premises=[fact(0), fact(1)])
    equation = eq(fn("log", mul(a, b)), add(fn("log", a), fn("log", b)))
    certificate = linear(use(mul(HOLE, c), **lemma(equation, {"rule": "axiom", **log})))
    theorem = proves(mul_by(c, equation), certificate, *hypotheses)
    assert theorem.hypotheses == hypotheses
    assert theorem.axioms == ("log_mul",)


def mul_by(factor: Term, equation: Term) -> Term:
    return eq(*(mul(side, factor) for side in equation.args))


@pytest.mark.parametrize(
    "data",
    [
        lemma(positive(a), fact(1)),
        lemma(positive(a), SIGN),
        lemma(positive(b), fact(0)),
        {"lemma": term_to_data(positive(a))},
        {"proof": SIGN},
        lemma(a, SIGN),
        lemma(eq(a, a), NORMAL_FORM),
        lemma(rel("greater", HOLE, ZERO), SIGN),
        {**lemma(NONZERO_A, fact(0)), "at": [linear_to_data(ONE)]},
    ],
)
def test_a_lemma_is_what_its_proof_proves(data: Any) -> None:
    refused(positive(a), gaps(data), NONZERO_A)


# implications


def test_modus_ponens() -> None:
    hypotheses = (implies(positive(a), positive(b)), positive(a))
    assert proves(positive(b), gaps(detached({"fact": 0}, fact(1))), *hypotheses).hypotheses == hypotheses
    without_side = {"implication": {"fact": 0}, "proof": fact(1)}
    assert proves(positive(b), gaps(without_side), *hypotheses).hypotheses == hypotheses


def test_an_equivalence_both_ways() -> None:
    equivalence = iff(positive(a), positive(b))
    forth = proves(positive(b), gaps(detached({"fact": 0}, fact(1))), equivalence, positive(a))
    back = proves(positive(a), gaps(detached({"fact": 0}, fact(1), 1)), equivalence, positive(b))
    assert (forth.hypotheses[0], back.hypotheses[0]) == (equivalence, equivalence)
    refused(positive(b), gaps(detached({"fact": 0}, fact(1), 1)), equivalence, positive(a))
    refused(positive(a), gaps(detached({"fact": 0}, fact(1), 0)), equivalence, positive(b))


def test_an_implication_of_an_equation_is_used_in_a_linear_combination() -> None:
    given = implies(NONZERO_A, eq(b, c))
    certificate = linear(use(mul(HOLE, a), **detached({"fact": 0}, fact(1))))
    assert proves(eq(mul(b, a), mul(c, a)), certificate, given, NONZERO_A).hypotheses == (given, NONZERO_A)
    refused(eq(mul(b, a), mul(c, a)), certificate, given)


def test_implications_one_after_another() -> None:
    chain = (implies(positive(a), implies(positive(b), positive(c))), positive(a), positive(b))
    nested = detached(detached({"fact": 0}, fact(1)), fact(2))
    assert proves(positive(c), gaps(nested), *chain).hypotheses == chain
    refused(positive(c), gaps(detached(detached({"fact": 0}, fact(2)), fact(1))), *chain)
    refused(positive(c), gaps(detached({"fact": 0}, fact(1))), *chain)


@pytest.mark.parametrize(
    "data",
    [
        detached({"fact": 0}, SIGN),
        detached({"fact": 0}, fact(0)),
        detached({"fact": 0}, fact(1)),
        detached({"fact": 0}, fact(2), 1),
        detached({"fact": 1}, fact(1)),
        *(detached({"fact": 0}, fact(2), side) for side in (True, False, 2, -1, "0", None, 0.0, [])),  # type: ignore[arg-type]
        {"implication": {"fact": 0}},
        {"proof": fact(2)},
        {**detached({"fact": 0}, fact(2)), "at": [linear_to_data(ONE)]},
    ],
)
def test_an_implication_needs_its_own_premise(data: Any) -> None:
    """From a > 0 ⟹ b > 0 and b > 0 nothing follows for a; fact 2, which would be a > 0, is not there."""
    for goal in (positive(a), positive(b)):
        refused(goal, gaps(data), implies(positive(a), positive(b)), NONZERO_A)
    refused(positive(a), gaps(data), implies(positive(a), positive(b)), positive(b))
