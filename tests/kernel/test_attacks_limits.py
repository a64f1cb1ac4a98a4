"""Attacks on ∃-elimination, ¬-introduction, limits, least values of indices and powers of sums: what is false."""

from __future__ import annotations

from typing import Any

import pytest

from tests.kernel.building import (
    HOLE,
    NORMAL_FORM,
    A,
    N,
    a,
    add,
    axiom,
    b,
    c,
    entry,
    eq,
    every,
    fn,
    idx,
    linear,
    mul,
    neg,
    num,
    power,
    proves,
    rel,
    sub,
    sym,
    use,
    x,
)
from tests.kernel.certificates import SIGN, TRUE, ZERO, fact, gaps, lemma, positive, refused
from verifier.kernel.linear import ONE, Linear, constant, minus, plus, times, variable
from verifier.kernel.linear import ZERO as NOUGHT
from verifier.kernel.sequents import Definition
from verifier.kernel.serialization import linear_to_data
from verifier.kernel.shapes import column
from verifier.kernel.terms import Term

K, J, T = variable("k"), variable("j"), variable("t")
LESS = rel("less", ZERO, ZERO)
Ends = tuple[Linear, Linear | None]


def at(form: Linear) -> Term:
    return Term("index", (), (form,))


def some(name: str, body: Term, size: Linear | None = N, low: Linear = ONE) -> Term:
    return Term("exists", (body,), (name, low, size))


def member(form: Linear) -> Term:
    return Term("entry", (x,), ((form,),))


def obtain(of: Any, name: Any, then: Any) -> dict[str, Any]:
    return {"rule": "obtain", "of": of, "name": name, "then": then}


def deny(proof: Any) -> dict[str, Any]:
    return {"rule": "deny", "proof": proof}


def over(**ends: Ends) -> dict[str, Any]:
    return {"indices": tuple(ends.items())}


# what exists is called by a name that is free nowhere

POSITIVE_ENTRY = some("i", positive(entry(x, "i")))
NEGATIVE_ENTRY = some("i", rel("less", entry(x, "i"), ZERO))


def test_what_exists_is_obtained_and_said_to_exist() -> None:
    """What the rule is to do: ∃i xᵢ > 0 gives ∃j xⱼ ≠ 0."""
    goal = some("j", rel("not_equal", entry(x, "j"), ZERO))
    witness = {"rule": "witness", "at": linear_to_data(K), "proof": SIGN}
    for name in ("k", "k'", "□"):
        found = {**witness, "at": linear_to_data(variable(name))}
        assert proves(goal, obtain({"fact": 0}, name, found), POSITIVE_ENTRY).hypotheses == (POSITIVE_ENTRY,)


@pytest.mark.parametrize("name", ["k", "j", "n", "", None, 1, True, ["k"], {"k": 1}])
def test_what_exists_is_no_index_that_is_in_force(name: Any) -> None:
    """∃i xᵢ > 0 does not say that x_k > 0 for a k of the claim, nor x_n > 0."""
    for form in (K, J, N):
        refused(
            positive(member(form)), obtain({"fact": 0}, name, fact(1)), POSITIVE_ENTRY, **over(k=(ONE, N), j=(ONE, N))
        )
        refused(positive(member(form)), obtain({"fact": 0}, name, SIGN), POSITIVE_ENTRY, **over(k=(ONE, N), j=(ONE, N)))


def test_what_exists_is_not_all() -> None:
    for name in ("i", "k"):
        goal = every(name, positive(entry(x, name)))
        for proof in (fact(1), SIGN, obtain({"fact": 0}, name, fact(1)), obtain({"fact": 0}, name, SIGN)):
            refused(goal, {"rule": "generalise", "proof": proof}, POSITIVE_ENTRY)
            refused(goal, obtain({"fact": 0}, name, {"rule": "generalise", "proof": proof}), POSITIVE_ENTRY)
            refused(
                goal, obtain({"fact": 0}, "q", {"rule": "generalise", "proof": fact(1, variable(name))}), POSITIVE_ENTRY
            )


def test_two_that_exist_are_not_one() -> None:
    """∃i xᵢ > 0 and ∃i xᵢ < 0 are no contradiction, nor is what each obtains under the other's name."""
    both = some("j", Term("and", (positive(entry(x, "j")), rel("less", entry(x, "j"), ZERO))))
    parts = {"rule": "and", "proofs": [fact(2), fact(3)]}
    for form in (K, variable("q")):
        witness = {"rule": "witness", "at": linear_to_data(form), "proof": parts}
        for names in (("k", "k"), ("k", "q"), ("q", "k")):
            for then in (witness, {**witness, "proof": {"rule": "and", "proofs": [SIGN, SIGN]}}):
                inner = obtain({"fact": 1}, names[1], then)
                refused(both, obtain({"fact": 0}, names[0], inner), POSITIVE_ENTRY, NEGATIVE_ENTRY)


def test_what_exists_depends_on_what_it_is_said_for() -> None:
    """∀j ∃i gives no ∃i ∀j: the name that is obtained for one j is not there for another."""
    above = rel("less", entry(x, "j"), entry(sym("y", column(N)), "i"))
    hypothesis = every("j", some("i", above))
    goal = some("i", every("j", above))
    of = {"fact": 0, "at": [linear_to_data(variable("q"))]}
    for name in ("i", "k", "j", "q"):
        proof = {"rule": "generalise", "proof": obtain(of, name, fact(1))}
        refused(goal, {"rule": "witness", "at": linear_to_data(variable(name)), "proof": proof}, hypothesis)
        refused(
            goal,
            obtain(of, name, {"rule": "witness", "at": linear_to_data(variable(name)), "proof": proof}),
            hypothesis,
        )
        refused(goal, obtain({"fact": 0}, name, fact(1)), hypothesis)


def test_a_name_that_a_definition_mentions_is_not_obtained() -> None:
    """With d := x_k for the k of the claim, ∃i (d < xᵢ) is no x_k < x_k."""
    d = Definition("d", member(K))
    hypothesis = some("i", rel("less", sym("d"), entry(x, "i")))
    for name in ("k", "i", "q"):
        for then in (fact(1), SIGN, gaps({"fact": 1}), {"rule": "unfold", "proof": fact(1)}):
            goal = rel("less", sym("d"), member(K))
            refused(goal, obtain({"fact": 0}, name, then), hypothesis, definitions=(d,), **over(k=(ONE, N)))


def test_nothing_exists_in_an_empty_range() -> None:
    empty = ((constant(3), constant(2)), (plus(N, ONE), N), (ONE, NOUGHT), (K, plus(K, constant(-1))))
    for low, high in empty:
        goal = some("i", TRUE, high, low)
        for form in (low, high, ONE, NOUGHT, K, N, variable("i")):
            refused(goal, {"rule": "witness", "at": linear_to_data(form), "proof": SIGN}, eq(x, x), **over(k=(ONE, N)))


@pytest.mark.parametrize("form", [NOUGHT, plus(N, ONE), plus(K, ONE), J, times(2, K), minus(K, ONE), times(-1, K)])
def test_a_witness_is_in_its_range(form: Linear) -> None:
    ends = over(k=(ONE, N), j=(NOUGHT, N))
    refused(some("i", TRUE), {"rule": "witness", "at": linear_to_data(form), "proof": SIGN}, eq(x, x), **ends)


def test_a_witness_of_what_begins_later() -> None:
    """∃t ≥ T: T itself, T + 1, and an index that is at least T; not one that may be smaller."""
    ends = over(s=(constant(-2), None), t=(variable("s"), None), u=(NOUGHT, None))
    goal = some("i", TRUE, None, variable("s"))
    for form in (variable("s"), plus(variable("s"), ONE), T, plus(T, variable("u")), minus(times(2, T), variable("s"))):
        assert proves(goal, {"rule": "witness", "at": linear_to_data(form), "proof": SIGN}, **ends)
    for form in (variable("u"), minus(T, ONE), minus(variable("s"), variable("u")), times(2, T), NOUGHT):
        refused(goal, {"rule": "witness", "at": linear_to_data(form), "proof": SIGN}, **ends)


# ¬φ from a contradiction


def test_a_denial_needs_a_contradiction() -> None:
    said = rel("less", a, ZERO)
    both = positive(a), Term("not", (said,))
    assert proves(both[1], deny(_clash(0, 1)), both[0]).hypotheses == both[:1]
    for proof in (
        SIGN,
        fact(0),
        fact(1),
        NORMAL_FORM,
        gaps({"fact": 0}),
        gaps({"fact": 1}),
        _clash(0, 0),
        _clash(1, 1),
    ):
        refused(both[1], deny(proof), both[0])
        refused(Term("not", (positive(a),)), deny(proof), both[0])
    for goal in (positive(a), rel("greater_equal", a, ZERO), Term("and", (both[1],)), LESS):
        refused(goal, deny(_clash(0, 1)), both[0])


def _clash(above: int, below: int) -> dict[str, Any]:
    """0 < a and a < 0 add to 0 < 0."""
    parts = [{"coefficient": "1", "gaps": [{"fact": k}]} for k in (above, below)]
    return {"rule": "nonnegative", "summands": parts}


def test_what_is_denied_is_known_inside_alone() -> None:
    goal = Term("and", (Term("not", (positive(a),)), LESS))
    refused(goal, {"rule": "and", "proofs": [deny(fact(0)), fact(0)]})
    refused(Term("not", (positive(a),)), deny({"rule": "absurd", **lemma(positive(a), fact(0)), "refutation": fact(0)}))


# least values: of an index that shadows another, or begins at what is no number, no more is known than is so

WHOLE = rel("greater_equal", power(power(a, at(T)), 2), ZERO)


@pytest.mark.parametrize(
    ("wrap", "natural"),
    [
        (lambda body: every("t", body, None, NOUGHT), True),
        (lambda body: every("t", body, None, constant(-1)), False),
        (lambda body: every("t", every("t", body, None, constant(-3)), None, NOUGHT), False),
        (lambda body: every("t", every("t", body, None, NOUGHT), None, constant(-3)), True),
        (lambda body: every("s", every("t", body, None, variable("s")), None, NOUGHT), True),
        (lambda body: every("s", every("t", body, None, variable("s")), None, constant(-2)), False),
        (lambda body: every("s", every("t", body, None, times(-1, variable("s"))), None, NOUGHT), False),
        (lambda body: every("s", every("t", body, None, minus(variable("s"), ONE)), None, NOUGHT), False),
        (lambda body: every("s", every("t", body, None, times(2, variable("s"))), None, constant(-1)), False),
        (lambda body: every("s", every("t", body, None, minus(N, variable("s"))), N, ONE), False),
        (lambda body: every("t", body, None, minus(N, constant(3))), False),
        (lambda body: every("t", body, None, minus(N, ONE)), True),
        (
            lambda body: every("t", every("s", every("t", body, None, variable("s")), None, T), None, constant(-1)),
            False,
        ),
        (lambda body: some("s", every("t", body, None, variable("s")), None, NOUGHT), True),
        (lambda body: some("s", every("t", body, None, variable("s")), None, constant(-1)), False),
    ],
)
def test_a_power_is_defined_for_every_base_only_where_its_exponent_is_natural(wrap: Any, natural: bool) -> None:
    """aᵗ for t ≥ -1 has a ≠ 0 as a side condition, however the range is said."""
    hypothesis = wrap(WHOLE)
    theorem = proves(hypothesis, fact(0), hypothesis, eq(x, x))
    assert (theorem.side_conditions == ()) is natural


def test_an_index_that_shadows_another_keeps_to_its_own_range() -> None:
    """x_{s - t + 1} for s ≥ t is in range for the t that s begins at, and not for another t inside."""
    place = minus(plus(variable("s"), ONE), T)
    inside = every("t", every("s", rel("greater_equal", power(member(place), 2), ZERO), N, T))
    assert proves(inside, fact(0), inside)
    for low, high in ((ONE, constant(3)), (constant(-1), ONE), (NOUGHT, None)):
        shadowed = every(
            "t", every("s", every("t", rel("greater_equal", power(member(place), 2), ZERO), high, low), N, T)
        )
        refused(shadowed, fact(0), shadowed)


# pᵏ⁺ⁿ is pᵏ pⁿ for k ≥ 0 alone: where p = 0 and k + n = 0 it is 1

RELU, STEP = fn("relu", a), fn("step", a)
VANISHING = (
    (RELU, STEP),
    (mul(b, STEP), STEP),
    (sub(num(1), STEP), sub(num(1), STEP)),
    (fn("relu", sub(a, b)), fn("step", sub(a, b))),
)


@pytest.mark.parametrize("number", [1, 2, 3, 8])
@pytest.mark.parametrize(("base", "factor"), VANISHING)
def test_a_sum_that_vanishes_to_the_power_of_nought(base: Term, factor: Term, number: int) -> None:
    """max(a, 0)ᵏ⁺² [a > 0] = max(a, 0)ᵏ⁺² holds for k ≥ 0, and not for k = -2 and a ≤ 0."""
    for form in (plus(K, constant(number)), plus(times(2, K), constant(2 * number))):
        raised = power(base, at(form))
        goal = eq(mul(raised, factor), raised)
        assert proves(goal, NORMAL_FORM, **over(k=(NOUGHT, None))).side_conditions == ()
        assert proves(goal, NORMAL_FORM, **over(k=(ONE, N)), dimensions=(N,)).side_conditions == ()
        for high in (None, constant(3), N):
            refused(goal, NORMAL_FORM, **over(k=(constant(-number), high)), dimensions=(N,))


def test_minus_one_to_an_index_divides_zero_too() -> None:
    """(1 - (-1)ʲ)ᵏ⁺¹ (1 + (-1)ʲ) is 0, and 2 for k = -1 and even j."""
    sign = power(num(-1), idx("j"))
    goal = eq(mul(power(sub(num(1), sign), at(plus(K, ONE))), add(num(1), sign)), ZERO)
    assert proves(goal, NORMAL_FORM, **over(k=(NOUGHT, None), j=(ONE, None))).side_conditions == ()
    refused(goal, NORMAL_FORM, **over(k=(constant(-1), None), j=(ONE, None)))


def test_a_sum_of_such_powers() -> None:
    """Σ over k from -1 to n of max(a, 0)ᵏ⁺¹ has a summand 1 for a ≤ 0 as well."""
    raised = power(RELU, at(plus(K, ONE)))
    for low, found in ((NOUGHT, True), (constant(-1), False)):
        goal = eq(mul(Term("sum", (raised,), ("k", low, N)), STEP), Term("sum", (raised,), ("k", low, N)))
        if found:
            assert proves(goal, NORMAL_FORM, dimensions=(N,)).side_conditions == ()
        else:
            refused(goal, NORMAL_FORM, dimensions=(N,))


# a product of indices as an exponent is whole: its base may be negative, and is no exponential function


@pytest.mark.parametrize(
    "exponent", [mul(idx("t"), idx("t")), mul(idx("t"), idx("u")), sub(mul(idx("t"), idx("u")), idx("t"))]
)
@pytest.mark.parametrize("base", [num(-2), neg(num(2)), a, neg(power(a, 2)), sub(a, b)])
def test_a_negative_number_to_a_product_of_indices(base: Term, exponent: Term) -> None:
    """(-2)^(t t) > 0 was proved by the sign of exp(t t log(-2)), and is -2 for t = 1."""
    ends = over(t=(NOUGHT, None), u=(NOUGHT, None))
    refused(positive(power(base, exponent)), SIGN, rel("less", base, ZERO), **ends)
    refused(rel("not_equal", power(base, exponent), ZERO), SIGN, **ends)
    doubled = mul(num(2), exponent)
    refused(eq(power(base, doubled), power(neg(base), doubled)), NORMAL_FORM, **ends)


def test_a_positive_number_to_a_product_of_indices() -> None:
    ends = over(t=(NOUGHT, None), u=(NOUGHT, None))
    exponent = mul(idx("t"), idx("u"))
    assert proves(positive(power(num(2), exponent)), SIGN, **ends).side_conditions == ()


# limits: members are taken at an index that the arguments do not mention

EVENTUALLY_SMALL = "geometric_vanishes"


def _limit(name: str, *arguments: Term, indices: list[Any] | None = None, premises: Any = None) -> dict[str, Any]:
    return {"rule": "axiom", **axiom(name, *arguments, premises=premises or [fact(0), fact(1)], indices=indices)}


def _eventually(body: Term, t: str = "t", first: str = "T") -> Term:
    return some(first, every(t, body, None, variable(first)), None, NOUGHT)


HALF = num("1/2")
SMALL = rel("less", fn("abs", HALF), num(1))


@pytest.mark.parametrize("name", ["t", "T", "t'", "T'"])
def test_an_argument_may_mention_the_names_of_an_axiom(name: str) -> None:
    """(1/2)ˢ < 3⁻ˢ for no s ≥ 1: what is small is so for a bound that does not move with the index."""
    bound = power(num(3), neg(idx(name)))
    premises = [{"rule": "nonnegative", "summands": [{"coefficient": "1/2"}]}, SIGN]
    law = axiom(
        EVENTUALLY_SMALL, HALF, num(1), bound, premises=premises, indices=[[name, linear_to_data(NOUGHT), None]]
    )
    for inner in ("t", "T", "t'", "t''", "T'"):
        for first in ("T", "T'", "t", "S"):
            if inner == first:
                continue
            member_of = fn("abs", mul(num(1), power(HALF, idx(inner))))
            false = _eventually(rel("less", member_of, power(num(3), neg(idx(inner)))), inner, first)
            refused(false, {"rule": "axiom", **law, "at": [linear_to_data(variable(inner))]})
            refused(false, {"rule": "axiom", **law})
            for quantified in (inner, first, name):
                refused(every(quantified, false, None, NOUGHT), {"rule": "axiom", **law})


@pytest.mark.parametrize("name", ["t", "T"])
def test_a_definition_that_mentions_the_names_of_an_axiom(name: str) -> None:
    """e := 3⁻ᵗ for the t of the claim, which is another than the t of the axiom."""
    e = Definition("e", power(num(3), neg(idx(name))))
    premises = [{"rule": "nonnegative", "summands": [{"coefficient": "1/2"}]}, SIGN]
    law = {"rule": "axiom", **axiom(EVENTUALLY_SMALL, HALF, num(1), sym("e"), premises=premises)}
    ends = {"definitions": (e,), **over(**{name: (NOUGHT, None)})}
    said = _eventually(rel("less", fn("abs", mul(num(1), power(HALF, idx("t")))), sym("e")))
    proves(said, law, **ends)
    for inner, first in (("t", "T"), ("s", "T"), ("t'", "T'"), ("T", "t")):
        member_of = fn("abs", mul(num(1), power(HALF, idx(inner))))
        false = _eventually(rel("less", member_of, power(num(3), neg(idx(inner)))), inner, first)
        for certificate in (law, {"rule": "unfold", "proof": law}):
            refused(false, certificate, **ends)
        cut = {"rule": "cut", **lemma(said, law), "then": {"rule": "unfold", "proof": fact(0)}}
        refused(false, cut, **ends)


def test_a_limit_is_no_statement_about_the_first_members() -> None:
    """∃T ∀t ≥ T |c aᵗ| < e gives neither ∀t ≥ 0 nor a T that is chosen."""
    hypotheses = (rel("less", fn("abs", a), num(1)), positive(b))
    law = axiom(EVENTUALLY_SMALL, a, c, b, premises=[fact(0), fact(1)])
    small = rel("less", fn("abs", mul(c, power(a, idx("t")))), b)
    said = _eventually(small)
    assert proves(said, {"rule": "axiom", **law}, *hypotheses).axioms == (EVENTUALLY_SMALL,)
    goals = (
        every("t", small, None, NOUGHT),
        every("t", small, None, constant(1000)),
        rel("less", fn("abs", mul(c, a)), b),
    )
    for goal in goals:
        for name in ("T", "t", "k"):
            refused(goal, obtain(law, name, fact(len(hypotheses))), *hypotheses)
            refused(goal, obtain(law, name, {"rule": "generalise", "proof": fact(2, T)}), *hypotheses)
            refused(
                goal, obtain(law, name, {"rule": "generalise", "proof": fact(2, plus(T, variable(name)))}), *hypotheses
            )
            refused(goal, obtain(law, name, fact(2, variable(name))), *hypotheses)


def test_an_entry_is_one_of_the_vector() -> None:
    """xₖ² ≤ ‖x‖² for the k in range, and for entries of x."""
    y = sym("y", column(N))
    norm = power(Term("norm", (x,), ("2",)), 2)
    goal = rel("less_equal", power(member(K), 2), norm)
    law = {"rule": "axiom", **axiom("entry_le_norm", x, member(K))}
    assert proves(goal, law, **over(k=(ONE, N))).axioms == ("entry_le_norm",)
    for ends in ((NOUGHT, N), (ONE, plus(N, ONE)), (ONE, None)):
        refused(goal, law, **over(k=ends))
    other = Term("entry", (y,), ((K,),))
    for argument in (other, a, mul(num(2), member(K)), power(member(K), 2), x):
        for wanted in (goal, rel("less_equal", power(argument, 2), norm) if argument != x else goal):
            refused(wanted, {"rule": "axiom", **axiom("entry_le_norm", x, argument)}, **over(k=(ONE, N)))


def test_a_multiple_with_a_sign() -> None:
    """‖c x‖ = c ‖x‖ is for c ≥ 0."""
    for norm, kind, law in ((x, "2", "norm_smul_nonneg"), (A, "spectral", "spectral_norm_smul_nonneg")):
        goal = eq(Term("norm", (mul(c, norm),), (kind,)), mul(c, Term("norm", (norm,), (kind,))))
        whole = axiom(law, c, norm, premises=[fact(0)])
        assert proves(goal, linear(use(HOLE, **whole)), rel("greater_equal", c, ZERO)).axioms == (law,)
        for kept in ((), (rel("less_equal", c, ZERO),), (rel("not_equal", c, ZERO),)):
            refused(goal, linear(use(HOLE, **whole)), *kept)
            refused(goal, linear(use(HOLE, **{**whole, "premises": [SIGN]})), *kept)
            refused(goal, linear(use(HOLE, **{**whole, "premises": []})), *kept)


# a name that a range mentions and nobody binds is no name to fix


def test_what_bounds_an_index_of_the_claim_is_not_fixed() -> None:
    """j ≤ q + 5 for any size q is no j ≤ 1, whatever a proof says of a q from -5 to -4."""
    q, goal = variable("q"), rel("less_equal", idx("j"), num(1))
    known = every("i", rel("less_equal", idx("i"), num(1)), ONE)
    ends = over(j=(ONE, plus(q, constant(5))))
    low, high = constant(-5), constant(-4)
    exists = lemma(some("q", TRUE, high, low), {"rule": "witness", "at": linear_to_data(low), "proof": SIGN})
    refused(goal, obtain(exists, "q", fact(0, J)), known, **ends)
    refused(every("q", goal, high, low), {"rule": "generalise", "proof": fact(0, J)}, known, **ends)
    assert proves(goal, obtain(exists, "p", fact(0, J)), known, **over(j=(ONE, ONE)))


def test_what_bounds_a_family_is_not_fixed() -> None:
    """dᵢ := i for the i up to q - 4 has no d₅ for a q from 9 that a proof fixes."""
    d = Definition("d", idx("i"), (), (("i", (ONE, minus(variable("q"), constant(4)))),))
    five = Term("symbol", (), ("d", a.space(), (constant(5),)))
    refused(eq(five, num(5)), NORMAL_FORM, definitions=(d,))
    goal = every("q", eq(five, num(5)), None, constant(9))
    refused(goal, {"rule": "generalise", "proof": NORMAL_FORM}, definitions=(d,))
