"""What comes near to a hole: ranges, kept signs, even powers, conditions, negations. Each false claim is refused."""

from __future__ import annotations

from typing import Any

import pytest

from tests.kernel.building import (
    HOLE,
    NORMAL_FORM,
    A,
    N,
    a,
    b,
    c,
    div,
    entry,
    eq,
    every,
    linear,
    mul,
    neg,
    num,
    power,
    prop,
    proves,
    rel,
    sym,
    tr,
    use,
    x,
)
from tests.kernel.certificates import SIGN, TRUE, ZERO, both, fact, gaps, lemma, positive, refused
from verifier.kernel.linear import ONE, constant, plus, variable
from verifier.kernel.serialization import linear_to_data, term_to_data
from verifier.kernel.shapes import SCALAR
from verifier.kernel.terms import Term

K, J = variable("k"), variable("j")


# near misses: ∀, ranges and instances


def test_an_instance_of_a_lemma_is_in_its_range() -> None:
    square = rel("greater_equal", mul(entry(x, "i"), entry(x, "i")), ZERO)
    proof = {"rule": "generalise", "proof": SIGN}
    for lower, form in ((constant(5), constant(5)), (ONE, plus(N, ONE)), (ONE, ()), (constant(2), ONE), (ONE, K)):
        whole = Term("for_all", (square,), ("i", lower, N))
        refused(TRUE, gaps({**lemma(whole, proof), "at": [linear_to_data(form)]}), eq(x, x))


def test_what_a_lemma_says_of_no_index_is_no_gap() -> None:
    """∀ 5 ≤ i ≤ 4: -1 ≥ 0 holds."""
    false = rel("greater_equal", num(-1), ZERO)
    empty = Term("for_all", (false,), ("i", constant(5), constant(4)))
    refused(false, gaps(lemma(empty, {"rule": "generalise", "proof": SIGN})))
    refused(false, {"rule": "cut", **lemma(empty, {"rule": "generalise", "proof": SIGN}), "then": SIGN}, empty)
    refused(false, SIGN, empty)
    refused(false, gaps({"fact": 0}), empty)


def test_an_implication_under_a_quantifier_is_instantiated_first() -> None:
    """∀i (x_i > 0 ⟹ a > 0), and x_1 > 0."""
    first = positive(Term("entry", (x,), ((ONE,),)))
    whole = every("i", Term("implies", (positive(entry(x, "i")), positive(a))))
    good = {"implication": {"fact": 0, "at": [linear_to_data(ONE)]}, "proof": fact(1)}
    assert proves(positive(a), gaps(good), whole, first).hypotheses == (whole, first)
    refused(positive(a), gaps({"implication": {"fact": 0}, "proof": fact(1)}), whole, first)
    refused(positive(a), gaps({**good, "implication": {"fact": 0, "at": [linear_to_data(plus(N, ONE))]}}), whole, first)
    refused(positive(a), gaps({**good, "at": [linear_to_data(ONE)]}), whole, first)


def test_an_index_that_an_instance_puts_in_is_not_captured() -> None:
    """∀i∃j x_i = y_j at i := j."""
    y = sym("y", x.space())
    inner = Term("exists", (eq(entry(x, "i"), entry(y, "j")),), ("j", ONE, N))
    captured = Term("exists", (eq(entry(x, "j"), entry(y, "j")),), ("j", ONE, N))
    indices = (("j", (ONE, N)),)
    refused(captured, fact(0, J), every("i", inner), indices=indices)


# near misses: signs that are kept for the same proposition elsewhere


def test_a_fact_about_an_index_is_not_kept_for_another_range() -> None:
    """x_i > 0 for i ≥ 2 alone."""
    some = every("i", positive(entry(x, "i")), N, constant(2))
    whole = every("i", positive(entry(x, "i")))
    by_sign = {"rule": "generalise", "proof": SIGN}
    assert proves(Term("and", (some, some)), both(by_sign, by_sign), some).hypotheses == (some,)
    refused(Term("and", (some, whole)), both(by_sign, by_sign), some)
    refused(Term("and", (whole, some)), both(by_sign, by_sign), some)


def test_what_is_assumed_in_one_branch_is_not_known_in_another() -> None:
    goal = positive(mul(a, a))
    assumed = Term("implies", (positive(a), goal))
    refused(Term("and", (assumed, goal)), both({"rule": "implies", "proof": SIGN}, SIGN))
    by_cases = {"rule": "cases", "on": term_to_data(positive(a)), "then": SIGN, "else": SIGN}
    refused(goal, by_cases)
    index = every("i", Term("implies", (positive(entry(x, "i")), positive(power(entry(x, "i"), 3)))))
    bare = every("i", positive(power(entry(x, "i"), 3)))
    steps = both(
        {"rule": "generalise", "proof": {"rule": "implies", "proof": SIGN}}, {"rule": "generalise", "proof": SIGN}
    )
    refused(Term("and", (index, bare)), steps)


def test_indices_of_one_name_whose_ranges_depend_on_another_index() -> None:
    """x_j > 0 for j ≥ 2 says nothing of all j ≤ k."""
    some = every("j", positive(entry(x, "j")), N, constant(2))
    below = Term("for_all", (positive(entry(x, "j")),), ("j", ONE, K))
    above = Term("for_all", (positive(entry(x, "j")),), ("j", plus(K, ONE), N))
    by_sign = {"rule": "generalise", "proof": SIGN}
    for parts in ((above, below), (below, above)):
        goal = every("k", Term("and", parts))
        refused(goal, {"rule": "generalise", "proof": both(by_sign, by_sign)}, some)


# near misses: even powers of what is not zero


@pytest.mark.parametrize(
    ("goal", "hypothesis"),
    [
        (positive(power(b, 2)), rel("not_equal", a, ZERO)),
        (positive(power(a, 3)), rel("not_equal", a, ZERO)),
        (positive(mul(power(a, 2), b)), rel("not_equal", a, ZERO)),
        (positive(mul(tr(x), x)), every("i", rel("not_equal", entry(x, "i"), ZERO), N, constant(2))),
        (
            positive(Term("sum", (power(entry(x, "i"), 2),), ("i", constant(2), N))),
            every("i", rel("not_equal", entry(x, "i"), ZERO)),
        ),
        (
            every("i", positive(power(entry(A, "i", "i"), 2))),
            every("i", every("j", rel("not_equal", entry(A, "i", "j"), ZERO), N, constant(2))),
        ),
        (positive(power(a, 2)), Term("or", (rel("not_equal", a, ZERO), eq(b, ZERO)))),
        (positive(power(a, 2)), Term("not", (rel("not_equal", a, ZERO),))),
        (positive(power(a, 2)), rel("not_equal", a, num(1))),
    ],
)
def test_even_powers_of_what_may_be_zero(goal: Term, hypothesis: Term) -> None:
    proof: Any = {"rule": "generalise", "proof": SIGN} if goal.head == "for_all" else SIGN
    refused(goal, proof, hypothesis, dimensions=(N,))


def test_even_powers_of_what_is_not_zero() -> None:
    whole = every("i", rel("not_equal", entry(x, "i"), ZERO))
    assert proves(positive(mul(tr(x), x)), SIGN, whole).hypotheses == (whole,)
    assert proves(positive(power(a, 4)), SIGN, rel("not_equal", a, ZERO)).hypotheses == (rel("not_equal", a, ZERO),)


# near misses: conditions are proved from the hypotheses alone

NONZERO = rel("not_equal", a, ZERO)


@pytest.mark.parametrize(
    "proof",
    [
        fact(0),
        fact(1),
        SIGN,
        {"rule": "absurd", **lemma(NONZERO, fact(0)), "refutation": fact(0)},
        {
            "rule": "cases",
            "on": term_to_data(NONZERO),
            "then": fact(0),
            "else": {
                "rule": "absurd",
                **lemma(eq(ZERO, num(1)), linear(use(mul(power(a, -1), HOLE), fact=0))),
                "refutation": SIGN,
            },
        },
        {"rule": "cut", **lemma(positive(power(a, -2)), SIGN), "then": SIGN},
        {"rule": "cut", **lemma(eq(div(a, a), num(1)), NORMAL_FORM), "then": SIGN},
    ],
)
def test_a_condition_is_not_shown_by_what_the_claim_presupposes(proof: Any) -> None:
    condition = {"condition": term_to_data(NONZERO), "proof": proof}
    refused(eq(div(a, a), num(1)), {**NORMAL_FORM, "conditions": [condition]})


def test_a_condition_by_a_part_of_a_hypothesis_names_it() -> None:
    both = Term("and", (eq(b, c), Term("and", (eq(c, b), positive(a)))))
    for proof in (None, fact(4), SIGN):
        conditions = {"conditions": [{"condition": term_to_data(NONZERO), "proof": proof}]} if proof == SIGN else {}
        theorem = proves(eq(div(a, a), num(1)), {**NORMAL_FORM, **conditions}, both)
        assert theorem.hypotheses == (both,)
        assert not theorem.side_conditions


# near misses: what is negated is negated as a whole


@pytest.mark.parametrize(
    "proposition",
    [
        Term("and", (positive(a), positive(b))),
        Term("or", (positive(a), positive(b))),
        every("i", positive(entry(x, "i"))),
        prop("positive_definite", A),
        Term("loewner_less", (A, sym("B", A.space()))),
        Term("much_less", (a, b)),
        Term("member", (a,), ("S",)),
        Term("iff", (positive(a), positive(b))),
    ],
)
def test_the_negation_of_a_proposition_says_nothing_of_its_parts(proposition: Term) -> None:
    """In the second branch of a proof by cases there is nothing but ¬φ."""
    for goal in (positive(neg(a)), rel("less_equal", a, ZERO), rel("less_equal", b, a), prop("symmetric", A)):
        for other in (SIGN, fact(0), fact(1), gaps({"fact": 0}), NORMAL_FORM):
            by_cases = {"rule": "cases", "on": term_to_data(proposition), "then": other, "else": other}
            refused(goal, by_cases, dimensions=(N,))
    denied = {"rule": "absurd", **lemma(proposition, fact(0)), "refutation": fact(1)}
    negated = Term("not", (proposition,))
    assert proves(eq(a, b), denied, proposition, negated).hypotheses == (proposition, negated)
    for part in proposition.args:
        if part.is_proposition and proposition.head != "for_all":
            refused(eq(a, b), {**denied, "lemma": term_to_data(part)}, proposition, negated)


def test_a_member_of_a_family_is_no_other() -> None:
    """w_1 > 0 or w_2 > 0 does not give w_1 > 0."""
    one, two = (positive(sym("w", SCALAR, constant(k))) for k in (1, 2))
    for proofs in ([fact(1), fact(1)], [SIGN, SIGN], [fact(1)], [fact(1), SIGN]):
        refused(one, {"rule": "either", "of": {"fact": 0}, "proofs": proofs}, Term("or", (one, two)))
