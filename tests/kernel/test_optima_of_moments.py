"""Optima of what holds an expectation: E binds what is random, so no random point is put in under it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.kernel.building import add, eq, mul, num, power, proves, sub, sym
from tests.kernel.certificates import refused
from tests.kernel.test_moments import mean, random
from tests.kernel.test_rules_of_optima import argmin, best, by, optimal
from verifier.kernel.serialization import term_to_data
from verifier.kernel.terms import Term

a, u, w, y, z = (sym(name) for name in "auwyz")
HERE = sub(w, mean(y))
GAP = sym("□")


def off(point: Term) -> Term:
    return mean(power(sub(point, y), 2))


def least(fresh: Term) -> dict[str, Any]:
    """E[(u - y)²] - E[(E[y] - y)²] = (u - E[y])²"""
    return {
        "rule": "nonnegative",
        "summands": [{"coefficient": "1", "squares": [term_to_data(sub(fresh, mean(y)))]}],
    }


def test_a_mean_is_the_best_constant() -> None:
    proves(optimal(mean(y), argmin(off(w), w)), by("u", least=least(u)), *random(y))


@pytest.mark.parametrize("point", [y, add(y, num(1)), mul(y, z), Term("power", (z, y))])
def test_a_random_point_is_not_put_in_under_an_expectation(point: Term) -> None:
    """E[(y - y)²] = 0 is not what the best y costs."""
    anything = {"rule": "nonnegative", "summands": [{"coefficient": "1", "squares": [term_to_data(sub(u, mean(y)))]}]}
    refused(optimal(point, argmin(off(w), w)), by("u", least=anything), *random(y))


def test_a_random_point_is_no_attained_value() -> None:
    """min_w E[(w - y)²] is Var y, not E[(y - y)²]."""
    certificate = {
        **by("u", least={"rule": "nonnegative", "summands": [{"coefficient": "1", "squares": []}]}),
        "with": term_to_data(y),
        "attained": {"rule": "normal form"},
    }
    refused(eq(num(0), best("min", off(w), w)), certificate, *random(y))


def test_a_variable_that_is_random_elsewhere_is_not_bound_twice() -> None:
    """argmin_y E[(y - a)²] where y is random: E binds it, and so does argmin."""
    objective = mean(power(sub(y, a), 2))
    refused(optimal(a, argmin(objective, y)), by("u", least={"rule": "nonnegative", "summands": []}), *random(y))


def test_what_is_known_of_an_optimum_is_not_used_at_a_random_point() -> None:
    """From a = argmin_w E[(w - y)²] follows E[(a - y)²] ≤ E[(u - y)²] for constants u alone."""
    known = optimal(a, argmin(off(w), w))
    for q, is_sound in ((z, True), (y, False)):
        goal = Term("less_equal", (off(a), off(q)))
        certificate = {
            "rule": "from optimum",
            "relation": {"optimum": {"fact": 0}, "with": term_to_data(q), "feasible": []},
        }
        if is_sound:
            proves(goal, certificate, known, *random(y))
        else:
            refused(goal, certificate, known, *random(y))


def test_a_conditional_expectation_in_an_objective_is_not_decided() -> None:
    conditional = Term("expectation", (power(sub(w, y), 2),), (("y",),))
    refused(optimal(mean(y), argmin(conditional, w)), by("u", least=least(u)), *random(y), *random(z))


def test_what_holds_at_one_outcome_defines_no_expectation() -> None:
    """y ≠ 0 ⇒ 0 ∈ argmin_w {E[w² + 0/(y + 0w)] : y ≠ 0}: that y is not 0 here says nothing of other outcomes."""
    divisor = add(y, mul(num(0), w))
    objective = mean(add(power(w, 2), Term("divide", (num(0), divisor))))
    constraint = Term("not_equal", (y, num(0)))
    square = {"rule": "nonnegative", "summands": [{"coefficient": "1", "squares": [term_to_data(u)]}]}
    inner = by("u", least=square, feasible=[{"rule": "fact", "fact": 1}])
    goal = Term("implies", (constraint, optimal(num(0), argmin(objective, w, constraint))))
    for hypotheses, is_sound in ((random(y), False), ((), True)):
        proof = {**inner, "feasible": [{"rule": "fact", "fact": len(hypotheses)}]}
        if is_sound:
            plain = argmin(objective.args[0], w, constraint)
            proves(Term("implies", (constraint, optimal(num(0), plain))), {"rule": "implies", "proof": proof})
        else:
            refused(goal, {"rule": "implies", "proof": proof}, *hypotheses)
