"""Attacks on lemmas, implications, proofs by cases and cached signs: what is false, with a certificate made by hand."""

from __future__ import annotations

from collections.abc import Callable
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
    div,
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
    use,
    x,
)
from tests.kernel.certificates import SIGN, TRUE, ZERO, fact, gaps, lemma, positive, refused
from verifier.kernel.context import CertificateError
from verifier.kernel.linear import ONE, Linear, constant, plus, variable
from verifier.kernel.serialization import linear_to_data, term_to_data
from verifier.kernel.terms import MAX_SIZE, Term, TermError

K, J = variable("k"), variable("j")


# 1. □ as the symbol that a substitution binds


def test_a_congruence_does_not_fill_in_what_a_substitution_binds() -> None:
    """From a = b, (□ + a)[□ := c] would be (a + a)[a := c], which is 2c, and (b + a)[b := c], which is c + a."""
    context = Term("substitute", (add(HOLE, a), HOLE, c))
    relation = {"congruence": {"fact": 0}, "context": term_to_data(context)}
    refused(eq(mul(num(2), c), add(c, a)), linear({"context": term_to_data(HOLE), "relation": relation}), eq(a, b))


def test_the_hole_is_no_symbol_of_a_claim_or_a_lemma_even_if_bound() -> None:
    bound = Term("substitute", (add(HOLE, a), HOLE, c))
    refused(eq(bound, add(c, a)), NORMAL_FORM)
    refused(eq(a, a), NORMAL_FORM, eq(bound, a))
    refused(eq(a, a), {"rule": "cut", **lemma(eq(bound, bound), NORMAL_FORM), "then": NORMAL_FORM})


# 2. the range of an index of an axiom that mentions what nobody binds

STEPS = Term("build_rows", (sub(num(3), idx("i")),), ("i", constant(3)))  # 3 - i for i ≤ 3


def _step(form: Linear) -> Term:
    return Term("entry", (STEPS,), ((form,),))


@pytest.mark.parametrize("names", [("j", "k"), ("j",)])
def test_the_indices_of_an_axiom_range_between_what_is_bound(names: tuple[str, ...]) -> None:
    """|v_j| = v_j for the j from 1 to k + 3, of which there is none if k < -3, says nothing of v_4 = -1."""
    ranges = {
        "j": ["j", linear_to_data(ONE), linear_to_data(plus(K, constant(3)))],
        "k": ["k", linear_to_data(constant(-5)), linear_to_data(constant(-4))],
    }
    hypothesis = every("i", rel("greater_equal", _step(variable("i")), ZERO), constant(3))
    law = axiom("abs_of_nonneg", _step(J), premises=[fact(0, J)], indices=[ranges[name] for name in names])
    law["at"] = [linear_to_data(form) for form in (constant(4), constant(-5))[: len(names)]]
    refused(eq(num(1), num(-1)), linear(use(HOLE, **law)), hypothesis)


def test_an_index_of_an_axiom_may_range_up_to_one_before_it() -> None:
    """What the fix must keep."""
    indices = [
        ["k", linear_to_data(ONE), linear_to_data(N)],
        ["j", linear_to_data(ONE), linear_to_data(K)],
    ]
    law = axiom("mul_step_reflect", entry(x, "j"), indices=indices)
    law["at"] = [linear_to_data(constant(1))] * 2
    first = Term("entry", (x,), ((ONE,),))
    goal = eq(add(mul(first, fn("step", first)), mul(first, fn("step", neg(first)))), first)
    assert proves(goal, linear(use(HOLE, **law))).axioms == ("mul_step_reflect",)


# 3. what grows or nests: a refusal, soon, and no other exception


def test_congruences_that_double_end_soon() -> None:
    relation: Any = {"fact": 0}
    for _ in range(35):
        relation = {"congruence": relation, "context": term_to_data(add(HOLE, HOLE))}
    refused(eq(a, b), linear({"context": term_to_data(HOLE), "relation": relation}), eq(a, b))


def test_a_term_has_a_greatest_size() -> None:
    term = a
    while 2 * term.size < MAX_SIZE:
        term = add(term, term)
    with pytest.raises(TermError, match="parts"):
        add(term, term)


def test_side_conditions_of_deep_terms_are_told_apart() -> None:
    """The comparison of two deep terms ran out of frames outside of what ``prove`` guards."""
    left, right = a, b
    for _ in range(246):
        left, right = neg(left), neg(right)
    theorem = proves(eq(mul(ZERO, div(num(1), right)), ZERO), NORMAL_FORM, rel("not_equal", left, ZERO))
    assert theorem.side_conditions == (rel("not_equal", right, ZERO),)


def _cuts(inner: Any) -> Any:
    return {"rule": "cut", **lemma(TRUE, inner), "then": SIGN}


def _lemmas(inner: Any) -> Any:
    return gaps(lemma(TRUE, inner))


def _eithers(inner: Any) -> Any:
    return {
        "rule": "either",
        "of": lemma(Term("or", (TRUE,)), {"rule": "or", "which": 0, "proof": inner}),
        "proofs": [SIGN],
    }


def _absurd(inner: Any) -> Any:
    return {"rule": "absurd", **lemma(TRUE, inner), "refutation": SIGN}


def _implications(inner: Any) -> Any:
    return gaps(
        {"implication": lemma(Term("implies", (TRUE, TRUE)), {"rule": "implies", "proof": inner}), "proof": SIGN}
    )


@pytest.mark.parametrize("around", [_cuts, _lemmas, _eithers, _absurd, _implications])
def test_a_certificate_has_a_greatest_depth(around: Callable[[Any], Any]) -> None:
    certificate: Any = SIGN
    for _ in range(60):
        certificate = around(certificate)
    with pytest.raises(CertificateError):
        proves(TRUE, certificate)


def test_references_have_a_greatest_depth() -> None:
    for wrap in (
        lambda inner: {"implication": inner, "proof": SIGN},
        lambda inner: {"congruence": inner, "context": term_to_data(HOLE)},
    ):
        relation: Any = {"fact": 0}
        for _ in range(300):
            relation = wrap(relation)
        with pytest.raises(CertificateError, match="deep"):
            proves(TRUE, gaps(relation), eq(a, b))


JUNK: tuple[Any, ...] = (
    *(
        None,
        True,
        1,
        "x",
        [],
        {},
        [[]],
        [True],
        ["number"],
        ["number", []],
        ["number", [], "1/0"],
        ["number", [], True],
    ),
    ["symbol", [], "□", [[["", 1]], [["", 1]]], []],
    ["for_all", [term_to_data(eq(a, b))], "", [["", 1]], None],
    ["for_all", [term_to_data(eq(a, b))], "i", None, None],
    ["identity", [], [["i", 1]]],
    ["equal", [["identity", [], [["q", 1]]]] * 2],
    ["elementwise", [term_to_data(a)], "exp", True, []],
    {"fact": True},
    {"fact": 0, "at": [[["n", True]]]},
    {"lemma": term_to_data(TRUE), "proof": SIGN, "at": [[]]},
)


@pytest.mark.parametrize(
    "made",
    [
        lambda junk: {"rule": "cut", "lemma": junk, "proof": SIGN, "then": SIGN},
        lambda junk: {"rule": "cut", **lemma(TRUE, SIGN), "then": junk},
        lambda junk: {"rule": "absurd", **lemma(TRUE, junk), "refutation": SIGN},
        lambda junk: {"rule": "absurd", **lemma(TRUE, SIGN), "refutation": junk},
        lambda junk: {"rule": "either", "of": junk, "proofs": []},
        lambda junk: {"rule": "either", "of": {"fact": 1}, "proofs": junk},
        lambda junk: {"rule": "antisymmetry", "below": junk, "above": junk},
        lambda junk: {"rule": "cases", "on": junk, "then": junk, "else": junk},
        lambda junk: {"rule": "or", "which": junk, "proof": SIGN},
        lambda junk: linear(use(HOLE, implication=junk, proof=SIGN)),
        lambda junk: linear(use(HOLE, **{"implication": {"fact": 0}, "from": junk, "proof": SIGN})),
        lambda junk: linear(use(HOLE, implication={"fact": 0}, proof=junk)),
        lambda junk: linear(use(HOLE, **lemma(eq(a, c), junk))),
        lambda junk: linear(use(HOLE, **lemma(eq(a, a), NORMAL_FORM), at=junk)),
        lambda junk: {"rule": "sign", "conditions": [{"condition": junk, "proof": junk}]},
    ],
)
def test_what_is_no_certificate_is_refused_as_one(made: Callable[[Any], Any]) -> None:
    hypotheses = (Term("implies", (eq(a, c), eq(a, b))), Term("or", (eq(a, b), eq(a, c))))
    for junk in JUNK:
        for goal in (eq(a, b), rel("less", a, b), Term("or", (eq(a, b), eq(b, a)))):
            refused(goal, made(junk), *hypotheses)


# near misses: lemmas and conditions that are not defined wherever the claim is

UNDEFINED = (
    positive(power(a, -2)),
    rel("greater_equal", fn("sqrt", a), ZERO),
    eq(fn("log", a), fn("log", a)),
    eq(mul(ZERO, div(b, a)), ZERO),
    every("i", eq(div(b, entry(x, "i")), div(b, entry(x, "i")))),
    Term("or", (eq(a, ZERO), positive(power(a, -2)))),
    Term("implies", (positive(a), positive(fn("sqrt", a)))),
    Term("not", (positive(div(num(1), a)),)),
    positive(Term("norm", (Term("inverse", (A,)),), ("F",))),
)


@pytest.mark.parametrize("proposition", UNDEFINED)
def test_what_is_not_defined_is_no_lemma(proposition: Term) -> None:
    refused(TRUE, {"rule": "cut", **lemma(proposition, SIGN), "then": SIGN}, dimensions=(N,))
    refused(TRUE, {"rule": "absurd", **lemma(proposition, SIGN), "refutation": SIGN}, dimensions=(N,))
    refused(TRUE, {"rule": "cases", "on": term_to_data(proposition), "then": SIGN, "else": SIGN}, dimensions=(N,))
    refused(TRUE, gaps(lemma(proposition, SIGN)), dimensions=(N,))
    with pytest.raises(CertificateError, match="not defined wherever"):
        proves(TRUE, {"rule": "cut", **lemma(proposition, SIGN), "then": SIGN}, dimensions=(N,))


def test_a_lemma_is_closed() -> None:
    """x_k for an index that nobody binds, x_{n + 1}, and dimensions that the claim does not have."""
    outside = Term("entry", (x,), ((plus(N, ONE),),))
    other = Term("identity", (), (variable("q"),))
    for term in (entry(x, "k"), outside, idx("k"), idx("q"), Term("trace", (other,))):
        square = rel("greater_equal", mul(term, term), ZERO)
        refused(TRUE, {"rule": "cut", **lemma(square, SIGN), "then": SIGN}, eq(x, x))
        refused(TRUE, {"rule": "cases", "on": term_to_data(square), "then": SIGN, "else": SIGN}, eq(x, x))


def test_an_undefined_lemma_does_not_show_its_own_domain() -> None:
    """√a √a ≥ 0 by a sign, and it is a."""
    root = lemma(rel("greater_equal", fn("sqrt", a), ZERO), SIGN)
    refused(rel("greater_equal", a, ZERO), gaps(root, root))
    refused(rel("not_equal", a, ZERO), {"rule": "absurd", **lemma(positive(power(a, -2)), SIGN), "refutation": SIGN})
