"""The rules about optima: what they accept, what they refuse, and every field of a certificate tampered with."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.kernel.building import (
    VECTOR,
    N,
    a,
    add,
    axiom,
    b,
    claim,
    div,
    eq,
    fn,
    mul,
    neg,
    num,
    power,
    proves,
    rel,
    s,
    sub,
    sym,
    use,
    x,
    y,
)
from tests.kernel.certificates import REFUSED, SIGN, ZERO, fact, gaps, lemma, positive, refused
from tests.kernel.edits import edits
from tests.kernel.test_rules_of_conditions import accepted
from verifier.kernel.heads import TermError
from verifier.kernel.optima import optimum_of
from verifier.kernel.polynomials import Unsupported
from verifier.kernel.sequents import Definition, Sequent
from verifier.kernel.serialization import sequent_from_data, sequent_to_data, term_to_data
from verifier.kernel.shapes import SCALAR, ShapeError
from verifier.kernel.terms import Term, free_names, negation
from verifier.kernel.theorems import prove
from verifier.kernel.unfolding import substitute_symbols, unfold

FALSE = rel("less", ZERO, ZERO)
HOLE = sym("□")
u, v, w = (sym(name) for name in "uvw")


def best(kind: str, objective: Term, variable: Term, *constraints: Term) -> Term:
    return Term("optimum", (objective, variable, *constraints), (kind,))


def argmin(objective: Term, variable: Term = s, *constraints: Term) -> Term:
    return best("argmin", objective, variable, *constraints)


def optimal(point: Term, optimum: Term) -> Term:
    return Term("optimal", (point, optimum))


def square(term: Term) -> Term:
    return power(term, 2)


def squares(*terms: Term) -> dict[str, Any]:
    return {"rule": "nonnegative", "summands": [{"coefficient": "1", "squares": [term_to_data(t) for t in terms]}]}


def by(name: str = "u", **parts: Any) -> dict[str, Any]:
    return {"rule": "optimum", "name": name, **parts}


def given(**relation: Any) -> dict[str, Any]:
    return {"rule": "from optimum", "relation": relation}


def only(point: Term, known: int, fresh: Term = u) -> dict[str, Any]:
    """u = p from (u - p)² ≤ 0, fact number ``known``: neither u > p nor u < p."""
    strictly = {"fact": known + 1}
    product = {"coefficient": "1", "gaps": [strictly, strictly]}
    proof = {"rule": "nonnegative", "summands": [product, {"coefficient": "1", "gaps": [{"fact": known}]}]}
    absurd = {"rule": "absurd", **lemma(FALSE, proof), "refutation": SIGN}
    parts = {}
    for part, head in (("below", "less_equal"), ("above", "greater_equal")):
        on = term_to_data(rel(head, fresh, point))
        parts[part] = {"rule": "cases", "on": on, "then": fact(known + 1), "else": absurd}
    return {"rule": "antisymmetry", **parts}


NEAR = square(sub(s, a))
LEAST = squares(sub(u, a))
ON_LINE = rel("equal", s, b)
EXAMPLES: dict[str, tuple[Sequent, Any]] = {
    "a point": (claim(optimal(a, argmin(NEAR))), by(least=LEAST)),
    "the only point": (claim(eq(a, argmin(NEAR))), by(least=LEAST, unique=only(a, 0))),
    "a greatest": (claim(optimal(a, best("argmax", neg(NEAR), s))), by(least=LEAST)),
    "a value": (
        claim(eq(b, best("min", add(NEAR, b), s))),
        by(**{"with": term_to_data(a)}, attained={"rule": "normal form"}, least=LEAST),
    ),
    "under a constraint": (
        claim(optimal(b, argmin(NEAR, s, ON_LINE))),
        by(
            feasible=[{"rule": "normal form"}],
            least={
                "rule": "nonnegative",
                "summands": [],
                "uses": [use(mul(HOLE, sub(add(u, b), mul(num(2), a))), fact=0)],
            },
        ),
    ),
    "the same points": (
        claim(eq(argmin(NEAR), argmin(sub(square(s), mul(num(2), mul(a, s)))))),
        by(
            defined=[[], []],
            proofs=[
                by("v", least=gaps({"optimum": {"fact": 0}, "with": term_to_data(v)})),
                by("v", least=gaps({"optimum": {"fact": 0}, "with": term_to_data(v)})),
            ],
        ),
    ),
    "a comparison": (
        claim(rel("less_equal", square(sub(w, a)), square(sub(b, a))), optimal(w, argmin(NEAR))),
        given(optimum={"fact": 0}, **{"with": term_to_data(b)}),
    ),
    "a constraint": (
        claim(eq(w, b), eq(w, argmin(NEAR, s, ON_LINE))),
        given(admitted={"fact": 0}, which=0),
    ),
    "one point": (
        claim(eq(a, w), eq(w, argmin(NEAR))),
        given(unique={"fact": 0}, **{"with": term_to_data(a)}, proof=squares(sub(w, a))),
    ),
    "the same point": (
        claim(optimal(b, argmin(NEAR)), eq(a, b)),
        {"rule": "same point", "with": term_to_data(a), "proof": by(least=LEAST), "equation": fact(0)},
    ),
    "the same only point": (
        claim(eq(argmin(NEAR), b), eq(a, b)),
        {
            "rule": "same point",
            "with": term_to_data(a),
            "proof": by(least=LEAST, unique=only(a, 1)),
            "equation": fact(0),
        },
    ),
    "a bound": (
        claim(rel("less_equal", w, square(sub(b, a))), eq(w, best("min", NEAR, s))),
        given(optimum={"fact": 0}, **{"with": term_to_data(b)}),
    ),
}


def without_absurdity(data: Any) -> Any:
    """A certificate without the lemmas 0 < 0, which may be written as 0 > 0, or as -0 < 0."""
    if isinstance(data, dict):
        absurd = data.get("rule") == "absurd"
        return {k: without_absurdity(v) for k, v in data.items() if not (absurd and k == "lemma")}
    return [without_absurdity(item) for item in data] if isinstance(data, list) else data


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
        as_absurd = without_absurdity(edit) == without_absurdity(certificate)
        assert neutral or as_absurd or not accepted(sequent, edit), (kind, edit)
    assert tried >= 8


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


# the fresh symbol


@pytest.mark.parametrize("name", ["a", "s", "b", "f", "k", "□", "∂1", "", "w"])
def test_the_symbol_is_fresh(name: str) -> None:
    """Neither in the point, nor bound, nor in a hypothesis, nor defined, nor a parameter, nor an unused definition."""
    definition = Definition("f", add(sym("k"), b), (sym("k"),))
    goal, least = optimal(a, argmin(NEAR)), squares(sub(sym(name) if name not in ("", "∂1") else u, a))
    assert proves(goal, by(least=LEAST), positive(w), definitions=(definition,))
    refused(goal, by(name, least=least), positive(w), definitions=(definition,))


def test_a_hypothesis_on_the_bound_variable_says_nothing_of_it() -> None:
    """s ≥ 1 is about another s than the one that argmin binds: 1 does not minimise s² over the reals."""
    above = rel("greater_equal", s, num(1))
    goal = optimal(num(1), argmin(square(s)))
    for name in ("s", "u"):
        fresh = sym(name)
        product = {"coefficient": "1", "gaps": [{"fact": 0}, {"fact": 0}]}
        twice = {"coefficient": "2", "gaps": [{"fact": 0}]}
        refused(goal, by(name, least={"rule": "nonnegative", "summands": [product, twice]}), above)
        refused(goal, by(name, least=squares(sub(fresh, num(1)))), above)


def test_a_hypothesis_on_the_fresh_symbol_is_refused() -> None:
    refused(optimal(num(1), argmin(square(s))), by(least=gaps({"fact": 0})), rel("greater_equal", square(u), num(1)))


def test_what_is_assumed_inside_does_not_leave_it() -> None:
    """Of two fresh symbols, the second is none of the first: neither of the assumptions is about the other."""
    goal = eq(argmin(NEAR), argmin(square(sub(s, b))))
    stale = by("u", least=gaps({"optimum": {"fact": 0}, "with": term_to_data(u)}))
    refused(goal, by(defined=[[], []], proofs=[stale, stale]))


# what is bound


def test_a_bound_variable_is_not_free() -> None:
    assert free_names(argmin(NEAR)) == {"a"}
    assert free_names(optimal(s, argmin(square(s)))) == {"s"}
    assert free_names(argmin(square(s), s, positive(add(s, b)))) == {"b"}


def test_nothing_is_captured() -> None:
    """With h(a) := min over w of (w - a)², h(w) is 0: the w in it is not the one that is bound."""
    inside = best("min", square(sub(w, a)), w)
    put = substitute_symbols(inside, {"a": w})
    assert put.args[1] != w
    assert free_names(put) == {"w"}
    assert substitute_symbols(inside, {"w": b}) == inside
    unfolded = unfold(Term("apply", (w,), ("h", SCALAR, ())), (Definition("h", inside, (a,)),))
    assert unfolded.args[1] != w
    assert free_names(unfolded) == {"w"}


def test_a_letter_that_avoids_capture_is_not_captured_itself() -> None:
    """The letters that unfolding makes are no names of bound variables."""
    bound = sym("a°")
    inside = best("min", square(sub(bound, a)), bound)
    unfolded = unfold(Term("apply", (b,), ("h", SCALAR, ())), (Definition("h", inside, (a,)),))
    assert free_names(unfolded) == {"b"}


def test_a_point_that_mentions_the_bound_name() -> None:
    """s ∈ argmin_s (s - a)² says (s - a)² ≤ (u - a)² of the s outside, and is not true of every s."""
    goal = optimal(s, argmin(NEAR))
    assert accepted(claim(goal, eq(s, a)), by(least=by_equation()))
    refused(goal, by(least={"rule": "nonnegative", "summands": []}))


def by_equation() -> dict[str, Any]:
    """(s - a)² ≤ (u - a)² from s = a."""
    summand = {"coefficient": "1", "squares": [term_to_data(sub(u, a))]}
    return {"rule": "nonnegative", "summands": [summand], "uses": [use(neg(mul(HOLE, sub(s, a))), fact=0)]}


def test_a_definition_that_mentions_the_bound_name_is_opened() -> None:
    """With L := (s - a)², argmin_s L is a; with s defined too, the s in L is the bound one."""
    loss = Definition("L", NEAR)
    goal = eq(a, argmin(sym("L")))
    proof = by(least=LEAST, unique=only(a, 0))
    assert accepted(claim(goal, definitions=(loss,)), proof)
    assert accepted(claim(goal, definitions=(loss, Definition("s", b))), proof)
    refused(eq(b, argmin(sym("L"))), by(least=squares(sub(u, b)), unique=only(b, 0)), definitions=(loss,))


# false claims

VALUE = by(**{"with": term_to_data(a)}, attained={"rule": "normal form"}, least=LEAST)


@pytest.mark.parametrize(
    ("goal", "certificate"),
    [
        (optimal(a, best("argmax", NEAR, s)), by(least=LEAST)),
        (optimal(b, argmin(NEAR)), by(least=squares(sub(u, b)))),
        (eq(a, argmin(NEAR)), by(least=LEAST)),
        (eq(num(1), argmin(square(sub(square(s), num(1))))), by(least=squares(sub(square(u), num(1))), unique=fact(0))),
        (optimal(a, argmin(NEAR, s, eq(s, b))), by(least=LEAST)),
        (optimal(a, argmin(NEAR, s, eq(s, b))), by(least=LEAST, feasible=[fact(0)])),
        (optimal(ZERO, argmin(square(s), s, FALSE)), by(least=squares(u), feasible=[{"rule": "nonnegative"}])),
        (eq(b, best("min", NEAR, s)), VALUE),
        (eq(ZERO, best("max", NEAR, s)), VALUE),
        (optimal(a, argmin(neg(NEAR))), by(least=LEAST)),
    ],
)
def test_what_is_not_so_is_refused(goal: Term, certificate: Any) -> None:
    refused(goal, certificate)


def test_two_points_are_both_optimal() -> None:
    both = argmin(square(sub(square(s), num(1))))
    for point in (1, -1):
        assert accepted(claim(optimal(num(point), both)), by(least=squares(sub(square(u), num(1)))))


def test_scaling_by_a_number_of_which_nothing_is_known() -> None:
    scaled = argmin(mul(b, NEAR))
    inner = by("v", least=gaps({"optimum": {"fact": 0}, "with": term_to_data(v)}, {"fact": 0}))
    refused(eq(argmin(NEAR), scaled), by(defined=[[], []], proofs=[inner, inner]))


# where an objective is not defined


def test_an_objective_is_defined_at_all_feasible_points() -> None:
    """s + 1/s has no least value over all s; for s > 0 it is least at 1."""
    body = add(s, div(num(1), s))
    gap = {
        "coefficient": "1",
        "squares": [term_to_data(sub(u, num(1)))],
        "gaps": [lemma(positive(div(num(1), u)), SIGN)],
    }
    uses = [use(mul(sub(u, num(2)), HOLE), **axiom("reciprocal", u, premises=[SIGN]))]
    proof = {"rule": "nonnegative", "summands": [gap], "uses": uses}
    feasible = claim(optimal(num(1), argmin(body, s, positive(s))))
    assert accepted(feasible, by(least=proof, feasible=[SIGN]))
    refused(optimal(num(1), argmin(body)), by(least=proof))
    refused(optimal(num(1), argmin(body)), by(least=proof, defined=[SIGN]))
    refused(optimal(num(1), argmin(body, s, rel("greater_equal", s, ZERO))), by(least=proof, feasible=[SIGN]))


def test_a_domain_that_does_not_vary_is_a_side_condition() -> None:
    theorem = proves(optimal(a, argmin(add(NEAR, div(num(1), b)))), by(least=LEAST))
    assert theorem.side_conditions == (rel("not_equal", b, ZERO),)


def test_a_known_optimum_compares_where_the_objective_is_defined() -> None:
    body = fn("log", s)
    known = optimal(w, best("argmax", body, s, rel("less_equal", s, a)))
    goal = rel("less_equal", fn("log", b), fn("log", w))
    proof = given(optimum={"fact": 0}, feasible=[fact(1)], **{"with": term_to_data(b)})
    below = rel("less_equal", b, a)
    assert accepted(claim(goal, known, below, positive(b), positive(w)), proof)
    assert not accepted(claim(goal, known, positive(b), positive(w)), proof)


def test_a_point_is_not_put_under_what_may_bind_its_symbols() -> None:
    """The minimiser of E(x - s)² is no function of the random x; that of an integral over a no function of a.

    Nor is any other symbol put in: it may be random too, and depend on what is averaged.
    """
    expected = Term("expectation", (square(sub(s, a)),), ((),))
    integral = Term("integral", (square(sub(s, a)),), ("a", "_0^1"))
    for body in (expected, integral, Term("variance", (sub(s, a),), (("a",),))):
        with pytest.raises(Unsupported):
            optimum_of(argmin(body), ())
        refused(optimal(a, argmin(body)), by(least=LEAST))


# where an optimum may stand


@pytest.mark.parametrize(
    "goal",
    [
        eq(add(argmin(NEAR), num(1)), add(a, num(1))),
        eq(mul(ZERO, argmin(NEAR)), ZERO),
        rel("less_equal", best("min", NEAR, s), num(1)),
        rel("less_equal", add(num(1), best("min", s, s)), fn("exp", best("min", s, s))),
        positive(argmin(NEAR)),
        optimal(a, argmin(best("min", NEAR, s), w)),
    ],
)
def test_an_optimum_stands_beside_an_equals_sign(goal: Term) -> None:
    """Elsewhere it would have to exist, and to be one number: min over s of s is none."""
    for proof in (SIGN, {"rule": "normal form"}, fact(0), {"rule": "axiom", **axiom("exp_tangent", best("min", s, s))}):
        refused(goal, proof)
        refused(goal, proof, goal)


def test_a_definition_does_not_hide_an_optimum() -> None:
    nothing = Definition("m", best("min", s, s))
    goal = rel("less_equal", add(num(1), sym("m")), fn("exp", sym("m")))
    refused(goal, {"rule": "axiom", **axiom("exp_tangent", sym("m"))}, definitions=(nothing,))
    refused(eq(sym("m"), sym("m")), {"rule": "normal form"}, definitions=(nothing,))


def test_a_defined_point_is_unfolded() -> None:
    goal, definition = eq(sym("p"), a), Definition("p", argmin(NEAR))
    proof = {"rule": "unfold", "proof": by(least=LEAST, unique=only(a, 0))}
    assert accepted(claim(goal, definitions=(definition,)), proof)


def test_no_reflexivity_by_normal_forms() -> None:
    refused(eq(argmin(NEAR), argmin(NEAR)), {"rule": "normal form"})
    refused(eq(a, argmin(NEAR)), {"rule": "antisymmetry", "below": SIGN, "above": SIGN})


def test_a_value_is_no_point() -> None:
    with pytest.raises(TermError):
        optimal(a, best("min", NEAR, s))
    with pytest.raises(ShapeError):
        optimal(x, argmin(NEAR))
    with pytest.raises(ShapeError):
        eq(x, argmin(NEAR))
    with pytest.raises(REFUSED):
        proves(eq(best("min", NEAR, s), best("min", NEAR, s)), by(least=LEAST))


def test_an_optimum_is_over_one_symbol() -> None:
    entry = Term("entry", (x,), (((("", 1),),),))
    for term in (best("argmin", square(entry), entry), best("argmin", square(s), s, s), best("sup", s, s)):
        with pytest.raises((Unsupported, *REFUSED)):
            optimum_of(term, ())


def test_points_of_vectors() -> None:
    """‖x - y‖² is least at x = y, in every dimension."""
    z = sym("z", VECTOR)
    norm = Term("power", (Term("norm", (sub(x, y),), ("2",)), num(2)))
    theorem = proves(optimal(y, argmin(norm, x)), by("z", least=squares(sub(z, y))))
    assert theorem.side_conditions == ()
    assert N in theorem.conclusion.args[0].space().axes
