"""Attacks on optima: a certificate, or a document, that says of an optimum what is not so. Each was accepted once."""

from __future__ import annotations

from typing import Any

from tests.kernel.building import SCALAR, add, eq, fn, mul, num, power, rel, s, sub, sym, x
from tests.kernel.certificates import ZERO, lemma, refused
from tests.kernel.test_rules_of_optima import argmin, best, by, given, only, optimal, squares
from verifier.kernel.sequents import Definition
from verifier.kernel.serialization import term_to_data
from verifier.kernel.terms import Term

a, b, k, p, t, u, v, w = (sym(name) for name in "abkptuvw")
NORMAL = {"rule": "normal form"}
ANYWHERE = argmin(ZERO, w)
EVERY_POINT = by("v", least=NORMAL, unique=NORMAL)
NOTHING = {"rule": "nonnegative", "summands": []}


def same(**parts: Any) -> dict[str, Any]:
    inner = by("v", least=NOTHING)
    return by(defined=[[], []], proofs=[inner, inner], **parts)


def test_a_set_is_no_point_of_a_set() -> None:
    """argmin_s s is empty: it is the same set as itself, and no point of it."""
    empty = argmin(s)
    inner = by(
        "v",
        least={
            "rule": "nonnegative",
            "summands": [{"coefficient": "1", "gaps": [{"optimum": {"fact": 0}, "with": term_to_data(v)}]}],
        },
    )
    refused(optimal(empty, empty), by(defined=[[], []], proofs=[inner, inner]))


def test_a_set_of_many_points_is_no_point_of_a_set() -> None:
    refused(optimal(argmin(ZERO, s), ANYWHERE), same())


def test_a_defined_set_is_no_point_of_a_set() -> None:
    """P := argmin_s s is empty, and in no set."""
    refused(optimal(p, ANYWHERE), by(least=NOTHING), definitions=(Definition("p", argmin(s)),))


def test_a_least_value_that_is_not_attained_is_no_point() -> None:
    refused(optimal(best("min", s, s), ANYWHERE), by(least=NOTHING))


def test_a_set_is_the_only_point_of_no_set() -> None:
    """P := argmin_w 0 is all numbers; P = argmin_w 0 does not say that 5 = P."""
    whole = Definition("p", argmin(ZERO, s))
    known = lemma(eq(p, ANYWHERE), {"rule": "unfold", "proof": same()})
    refused(
        eq(num(5), p),
        given(unique=known, **{"with": term_to_data(num(5))}, proof=NOTHING),
        definitions=(whole,),
    )


def test_a_set_is_no_least_value() -> None:
    refused(eq(argmin(s), best("min", ZERO, w)), by(**{"with": term_to_data(num(5))}, attained=NORMAL, least=NOTHING))


def test_a_function_of_entries_is_unfolded_under_its_binder() -> None:
    """With f(k) := k w and h(a) := argmin_w ‖f(x) - a x‖² + (w - 5)², h(w) is 5 only if w is."""
    scaled = Definition("f", mul(k, w), (k,))
    difference = Term("norm", (sub(fn("f", x), mul(a, x)),), ("2",))
    objective = add(power(difference, 2), power(sub(w, num(5)), 2))
    definitions = (scaled, Definition("h", argmin(objective, w), (a,)))
    goal = eq(num(5), Term("apply", (w,), ("h", SCALAR, ())))
    proof = by(least=squares(sub(u, num(5))), unique=only(num(5), 0))
    refused(goal, {"rule": "unfold", "proof": proof}, definitions=definitions)


def test_an_integral_captures_no_point() -> None:
    """w² - w ∫ 2(1 - t) dt is least at 1/2; of t = 1/2 this says nothing about the t under the integral."""

    def at(value: Term) -> Term:
        return Term("integral", (sub(power(value, 2), mul(value, mul(num(2), sub(num(1), t)))),), ("t", "0, 1"))

    goal = rel("less_equal", at(t), at(b))
    refused(goal, given(optimum={"fact": 0}, **{"with": term_to_data(b)}), optimal(t, argmin(at(s))))


def test_a_defined_point_is_put_in_under_no_derivative() -> None:
    """∂(w t²)/∂t is 2 w t, also for w = L := t: L is not in (∂(w t²)/∂t - 3t²)², where 3t/2 is least."""
    slope = Term("derivative", (mul(w, power(t, 2)), t), ("numerator",))
    goal = optimal(sym("L"), argmin(power(sub(slope, mul(num(3), power(t, 2))), 2), w))
    least = {
        "rule": "nonnegative",
        "summands": [
            {"coefficient": "1", "squares": [term_to_data(sub(mul(num(2), mul(u, t)), mul(num(3), power(t, 2))))]}
        ],
    }
    refused(goal, by(least=least), definitions=(Definition("L", t),))


def test_a_defined_point_is_put_in_under_no_optimum() -> None:
    """0 ∈ argmin_t (t - w)² says w = 0, and of L := t that t = 0."""
    goal = optimal(sym("L"), argmin(ZERO, w, optimal(ZERO, argmin(power(sub(t, w), 2), t))))
    refused(goal, by(feasible=[by("v", least=NOTHING)], least=NOTHING), definitions=(Definition("L", t),))


def test_an_argument_of_a_function_of_entries_is_not_captured() -> None:
    """With f(k) := k w and h(y) := argmin_w ‖y - w x‖² + (w - 5)², the w in h(f(x)) is not the one that is bound."""
    y = sym("y", x.shape)
    difference = power(Term("norm", (sub(y, mul(w, x)),), ("2",)), 2)
    h = Definition("h", argmin(add(difference, power(sub(w, num(5)), 2)), w), (y,))
    goal = eq(num(5), Term("apply", (fn("f", x),), ("h", SCALAR, ())))
    proof = by(least=squares(sub(u, num(5))), unique=only(num(5), 0))
    refused(goal, {"rule": "unfold", "proof": proof}, definitions=(Definition("f", mul(k, w), (k,)), h))
