"""What z3 is asked means what the evaluator means; z3 is asked with limits, and is not believed."""

from __future__ import annotations

from random import Random

import pytest
import z3

from verifier.instantiation import instantiate, solving
from verifier.instantiation.grid import bases
from verifier.instantiation.outcomes import InstantiationError, Work
from verifier.instantiation.plans import plan_of
from verifier.instantiation.problems import problem_of
from verifier.instantiation.rings import Rationals
from verifier.instantiation.solving import _Question
from verifier.instantiation.structured_matrices import Drawer
from verifier.kernel.sequents import Sequent
from verifier.language import equals, norm, number, positive_definite, scalars, sqrt

from .claims import A, claim, x
from .condition_claims import FALSE, TRUE

CLAIMS: dict[str, Sequent] = {**TRUE, **{f"false: {name}": sequent for name, (sequent, _) in FALSE.items()}}
a, b = scalars("a b")


def question_of(sequent: Sequent) -> _Question:
    plan = plan_of(problem_of(sequent))
    draw = Drawer(Rationals(), Random(0), "generic")
    return _Question(next(iter(bases(plan, [{}], draw, Work(10**6)))))


@pytest.mark.parametrize("name", CLAIMS)
def test_formulas_mean_what_is_evaluated(name: str) -> None:
    """At random points: the formula of each statement, with numbers put for its unknowns, is as true as it is."""
    question, random, compared = question_of(CLAIMS[name]), Random(name), 0
    problem = question.base.plan.problem
    truths = [(s, question._truth(s)) for s in (*problem.hypotheses, problem.conclusion)]
    if question.ring._roots:
        return
    for _ in range(20):
        values = {place: Drawer(Rationals(), random, "sparse").entry() for place in question.unknowns}
        pairs = [
            (unknown, z3.RealVal(str(values[place]), question.context)) for place, unknown in question.unknowns.items()
        ]
        if not all(z3.is_true(z3.simplify(z3.substitute(formula, *pairs))) for formula in question.ring.beside):
            continue
        model = question.model(values)
        for statement, truth in truths:
            if truth is None:
                continue
            try:
                known = model.exact.truth(statement, model.exact.base)
            except InstantiationError:
                continue
            formulas = [truth.holds, truth.fails]
            said = [
                part if isinstance(part, bool) else z3.is_true(z3.simplify(z3.substitute(part.term, *pairs)))
                for part in formulas
            ]
            assert said == [known.holds, known.fails]
            compared += 1
    assert compared or not question.unknowns or any(truth is None for _, truth in truths)


def test_many_formulas_are_compared() -> None:
    assert sum(not question_of(sequent).ring._roots for sequent in CLAIMS.values()) >= 100


def test_what_z3_says_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A z3 that answers nonsense leads to no counterexample, and to no model of hypotheses that have none."""

    class Liar(_Question):
        def _solution(self, formulas):  # noqa: ARG002
            return {place: z3.RealVal(7, self.context) for place in self.unknowns}

    monkeypatch.setattr(solving, "_Question", Liar)
    outcome = instantiate(claim(a**2 + 1 >= 2 * a))
    assert outcome.counterexample is None
    contradiction = claim(a > b, given=[a > b + 1, b > a])
    assert not instantiate(contradiction).evidence.model_found


def test_z3_that_fails_is_done_without(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise z3.Z3Exception("out of everything")

    monkeypatch.setattr(z3, "Tactic", fail)
    assert instantiate(claim(a**2 + 1 >= 2 * a)).counterexample is None


def test_contradictions_have_no_models() -> None:
    for given in (
        [a > 0, a < 0],
        [equals(a**2, -1)],
        [a * b > 0, a > 0, b < 0],
        [a + b > 2, equals(a**2 + b**2, 2)],
        [sqrt(a) < 0],
        [norm(x) < 0],
    ):
        outcome = instantiate(claim(equals(a, a + 0 * b), given=given), small=True)
        assert not outcome.evidence.model_found
        assert outcome.evidence.reason


def test_matrices_of_a_formula_are_small() -> None:
    sequent = claim(x.T @ A @ x <= number(2) * (x.T @ x), given=[positive_definite(A), norm(A, "F") <= 2])
    assert instantiate(sequent).counterexample is None


def test_towers_of_powers_are_not_multiplied_out() -> None:
    """9^9^9^9, and squares of squares: no formula is as long as that."""
    tower = number(9) ** (number(9) ** (number(9) ** number(9)))
    assert instantiate(claim(tower >= 1 + 0 * a)).counterexample is None
    squares = number(9) + 0 * a
    for _ in range(12):
        squares = squares * squares
    assert instantiate(claim(squares >= a)).undecidable == ""
