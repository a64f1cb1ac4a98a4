"""Faults planted in ourselves, one at a time: for each, a check that the suite runs anyway must fail.

A fault is planted with ``monkeypatch`` in the table or function that it is about. The check is called as the suite
calls it, on a few of its cases: as things are, all of them pass; with the fault, at least one raises AssertionError.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import pytest

from tests.derivations import test_library, test_mutations
from tests.derivations.proofs import proved
from tests.instantiation import test_axioms, test_claims, test_confirming, test_derivatives, test_evaluation
from tests.instantiation import test_sampling as samplers
from tests.instantiation.true_claims import TRUE
from tests.reading.terms import SQUARE, VECTOR, symbol
from tests.reading.test_print_read import reads_back
from verifier import check
from verifier.derivation import Verdict
from verifier.instantiation import evaluation, functions, instantiate, matrices, structured_matrices
from verifier.instantiation.examining import Examiner
from verifier.instantiation.matrices import entrywise
from verifier.instantiation.rings import Rationals
from verifier.instantiation.truth import TRUE as HOLDS
from verifier.kernel.axioms import AXIOMS, Axiom
from verifier.kernel.functions import FUNCTIONS
from verifier.kernel.linear import ONE, minus
from verifier.kernel.terms import Term
from verifier.proving import NotProved
from verifier.reading.grammar_of_terms import RULES as READING

Patch = pytest.MonkeyPatch
LIBRARY = "derivations.matrix_calculus."
A, B, x = symbol("A", SQUARE), symbol("B", SQUARE), symbol("x", VECTOR)
HALF = Term("divide", (symbol("a", Term("number", (), (Fraction(1),)).space()), Term("number", (), (Fraction(2),))))


@dataclass(frozen=True)
class Fault:
    """What is wrong, how it is planted, and the check with the cases of it that are called."""

    plant: Callable[[Patch], None]
    check: Callable[..., None]
    cases: tuple[Any, ...]


# faults of the evaluator


def _transpose_ignored(patch: Patch) -> None:
    patch.setitem(evaluation.RULES, "transpose", lambda ev, term, env: ev.value(term.args[0], env))


def _gradient_negated(patch: Patch) -> None:
    right = evaluation.RULES["gradient"]
    patch.setitem(evaluation.RULES, "gradient", lambda *args: entrywise(lambda entry: -entry, right(*args)))


def _slope_of_tanh(patch: Patch) -> None:
    patch.setitem(functions.SLOPES, "tanh", lambda at: 1 + at.y * at.y)


def _products_commuted(patch: Patch) -> None:
    right = evaluation.RULES["multiply"]

    def turned(ev: Any, term: Term, env: Any) -> Any:
        square = all(arg.space() == SQUARE for arg in term.args)
        return right(ev, Term("multiply", term.args[::-1]) if square else term, env)

    patch.setitem(evaluation.RULES, "multiply", turned)


def _sum_one_short(patch: Patch) -> None:
    right = evaluation.RULES["sum"]

    def short(ev: Any, term: Term, env: Any) -> Any:
        name, lower, upper = term.data
        return right(ev, Term("sum", term.args, (name, lower, minus(upper, ONE))), env)

    patch.setitem(evaluation.RULES, "sum", short)


def _order_reversed(patch: Patch) -> None:
    right = Rationals.less
    patch.setattr(Rationals, "less", lambda ring, a, b: right(ring, b, a))


def _equality_of_everything(patch: Patch) -> None:
    patch.setattr(Rationals, "equal", lambda ring, a, b: HOLDS)


def _determinant_without_signs(patch: Patch) -> None:
    def permanent(ring: Any, rows: Any) -> Any:
        if not rows:
            return ring.number(1)
        minors = (permanent(ring, [row[:k] + row[k + 1 :] for row in rows[1:]]) for k in range(len(rows)))
        return sum((a * minor for a, minor in zip(rows[0], minors, strict=True)), ring.number(0))

    patch.setattr(matrices, "determinant", permanent)


# faults of the samplers


def _build_as(patch: Patch, kind: str, other: Callable[..., Any]) -> None:
    table = tuple((k, other if k == {kind} else builder) for k, builder in structured_matrices.BUILDERS)
    patch.setattr(structured_matrices, "BUILDERS", table)


def _symmetric_is_not(patch: Patch) -> None:
    _build_as(patch, "symmetric", lambda draw, height, width: draw.rows(height, width))


def _only_rotations(patch: Patch) -> None:
    patch.setattr(structured_matrices.Drawer, "sign", lambda draw: draw.one)


def _definite_is_symmetric(patch: Patch) -> None:
    table = dict(structured_matrices.BUILDERS)
    _build_as(patch, "positive_definite", table[frozenset({"symmetric"})])


def _hypotheses_unchecked(patch: Patch) -> None:
    _symmetric_is_not(patch)
    patch.setattr(Examiner, "_holds", lambda *args: True)
    patch.setattr(Examiner, "require_in_field", lambda *args: None)


def _confirming_nothing(patch: Patch) -> None:
    patch.setattr(test_confirming, "confirm", lambda sequent, counterexample: counterexample)


# faults of the kernel


def _number(value: int) -> Term:
    return Term("number", (), (Fraction(value),))


def _log_of_a_sum(patch: Patch) -> None:
    """log(a + b) = log a + log b for positive a and b"""
    row = AXIOMS["log_mul"]

    def statement(a: Term, b: Term) -> Term:
        true = row.statement(a, b)
        return Term("equal", (Term("elementwise", (Term("add", (a, b)),), ("log", 0, ())), true.args[1]))

    patch.setitem(AXIOMS, "log_mul", replace(row, statement=statement))


def _axiom_without_premise(patch: Patch) -> None:
    row = AXIOMS["abs_of_nonneg"]
    patch.setitem(AXIOMS, "abs_of_nonneg", Axiom(row.arity, row.statement, row.source))


def _axiom_with_another_premise(patch: Patch) -> None:
    invertible = AXIOMS["mul_inverse"].premises
    patch.setitem(AXIOMS, "orthogonal", replace(AXIOMS["orthogonal"], premises=invertible))


def _needless_premise(patch: Patch) -> None:
    row = AXIOMS["sin_sq_add_cos_sq"]
    patch.setitem(AXIOMS, "sin_sq_add_cos_sq", replace(row, premises=AXIOMS["step_of_pos"].premises))


def _kernel_slope_of_tanh(patch: Patch) -> None:
    """(tanh)' = tanh"""
    row = FUNCTIONS["sinh"]
    wrong = replace(FUNCTIONS["exp"], derivative=FUNCTIONS["exp"].derivative)
    patch.setitem(FUNCTIONS, "tanh", replace(FUNCTIONS["tanh"], derivative=wrong.derivative, parity=row.parity))


def _logistic_is_odd(patch: Patch) -> None:
    patch.setitem(FUNCTIONS, "sigmoid", replace(FUNCTIONS["sigmoid"], parity="odd", at_zero=Fraction(0)))


# faults of the reading


def _reads(patch: Patch, kind: str, change: Callable[[Term], Term]) -> None:
    right = READING[kind]
    patch.setitem(READING, kind, lambda *args: change(right(*args)))


def _transposes_dropped(patch: Patch) -> None:
    _reads(patch, "script", lambda term: term.args[0] if term.head == "transpose" else term)


def _differences_are_sums(patch: Patch) -> None:
    _reads(patch, "sum", lambda term: Term("add", term.args) if term.head == "subtract" else term)


def _products_turned(patch: Patch) -> None:
    def turned(term: Term) -> Term:
        square = term.head == "multiply" and all(arg.space() == SQUARE for arg in term.args)
        return Term("multiply", term.args[::-1]) if square else term

    _reads(patch, "product", turned)


def _fractions_turned(patch: Patch) -> None:
    def turned(term: Term) -> Term:
        scalars = term.head == "divide" and term.args[0].space().is_scalar
        return Term("divide", term.args[::-1]) if scalars else term

    _reads(patch, "fraction", turned)


# the checks


def judged_as_before(text: str) -> None:
    """A page with known verdicts."""
    document, verdicts = PAGES[text]
    found = [str(j.verdict) for j in check(document).judgements if j.verdict is not Verdict.GIVEN]
    assert found == verdicts


GIVEN = "Let $A, B \\in \\mathbb{R}^{n \\times n}$ and $x \\in \\mathbb{R}^n$. Then\n\n"
PAGES = {
    "transposes": (GIVEN + "$$(A B)^\\top = B^\\top A^\\top$$", ["proved"]),
    "signs": (GIVEN + "$$(A - B) x - A x = -B x$$", ["proved"]),
    "order": (GIVEN + "$$A B = B A$$\n\n$$x^\\top A B x = x^\\top (A B) x$$", ["refuted", "proved"]),
}


def proved_mutants_are_true(name: str) -> None:
    test_mutations.test_only_true_mutants_are_proved(name, Counter())


FAULTS: dict[str, Fault] = {
    "evaluator: transpose ignored": Fault(
        _transpose_ignored, test_evaluation.test_values_agree_with_numpy, tuple(test_evaluation.CASES)
    ),
    "evaluator: gradient negated": Fault(
        _gradient_negated,
        test_derivatives.test_gradients_agree_with_finite_differences,
        tuple(test_derivatives.TERMS),
    ),
    "evaluator: slope of tanh": Fault(_slope_of_tanh, test_derivatives.test_slopes_of_functions, ("tanh", "exp")),
    "evaluator: products commuted": Fault(
        _products_commuted, test_evaluation.test_values_agree_with_numpy, tuple(test_evaluation.CASES)
    ),
    "evaluator: sums one short": Fault(
        _sum_one_short, test_evaluation.test_values_agree_with_numpy, tuple(test_evaluation.CASES)
    ),
    "evaluator: order reversed": Fault(
        _order_reversed, test_claims.test_true_claims_are_not_refuted, ("Cauchy-Schwarz", "step size")
    ),
    "evaluator: everything is equal": Fault(
        _equality_of_everything, test_claims.test_false_claims_are_refuted, ("products commute", "missing factor")
    ),
    "evaluator: determinant without signs": Fault(
        _determinant_without_signs, test_claims.test_true_claims_are_not_refuted, ("determinant of a product", "Jacobi")
    ),
    "evaluator against the library": Fault(
        _gradient_negated,
        test_library.test_an_identity_holds_in_models_of_several_shapes,
        (LIBRARY + "quadratic_form_gradient", LIBRARY + "trace_cyclic"),
    ),
    "sampler: symmetric is not": Fault(
        _symmetric_is_not, samplers.test_a_structure_has_its_property, ("symmetric", "diagonal")
    ),
    "sampler: symmetric is not, hypotheses checked": Fault(
        _symmetric_is_not, test_claims.test_true_claims_are_not_refuted, ("gradient, A symmetric",)
    ),
    "sampler: symmetric is not, hypotheses unchecked": Fault(
        _hypotheses_unchecked, test_claims.test_true_claims_are_not_refuted, ("gradient, A symmetric",)
    ),
    "sampler: definite is only symmetric": Fault(
        _definite_is_symmetric, samplers.test_a_structure_has_its_property, ("positive_definite",)
    ),
    "sampler: only rotations": Fault(
        _only_rotations, lambda _: samplers.test_both_components_of_the_orthogonal_group_are_drawn(), ("",)
    ),
    "confirming: nothing is checked": Fault(
        _confirming_nothing, lambda _: test_confirming.test_a_counterexample_is_confirmed_only_as_a_whole(), ("",)
    ),
    "kernel: a false axiom": Fault(_log_of_a_sum, test_axioms.check_axiom, ("log_mul", "log_pow")),
    "kernel: an axiom without its premise": Fault(_axiom_without_premise, test_axioms.check_axiom, ("abs_of_nonneg",)),
    "kernel: an axiom with another premise": Fault(
        _axiom_with_another_premise, test_axioms.check_axiom, ("orthogonal",)
    ),
    "kernel: an axiom with a needless premise": Fault(
        _needless_premise, test_axioms.test_each_premise_of_an_axiom_is_needed, ("sin_sq_add_cos_sq",)
    ),
    "kernel: slope of tanh": Fault(
        _kernel_slope_of_tanh,
        test_library.test_an_identity_is_proved_and_its_certificate_replays,
        (LIBRARY + "tanh_jacobian", LIBRARY + "linear_map_jacobian"),
    ),
    "kernel: the logistic function is odd": Fault(
        _logistic_is_odd, proved_mutants_are_true, ("logistic_loss_gradient", "layer_bias_gradient")
    ),
    "reading: transposes dropped": Fault(_transposes_dropped, reads_back, (Term("transpose", (A,)), x)),
    "reading: differences are sums": Fault(_differences_are_sums, reads_back, (Term("subtract", (A, B)),)),
    "reading: products turned": Fault(_products_turned, reads_back, (Term("multiply", (A, B)),)),
    "reading: fractions turned": Fault(_fractions_turned, reads_back, (HALF,)),
    "reading: transposes dropped, in a page": Fault(_transposes_dropped, judged_as_before, ("transposes",)),
    "reading: differences are sums, in a page": Fault(_differences_are_sums, judged_as_before, ("signs",)),
}


def fails(check: Callable[..., None], case: Any) -> bool:
    """Whether a check fails on a case: an assertion of it, or a proof that it counts on. No proof is kept."""
    proved.cache_clear()
    try:
        check(case)
    except (AssertionError, NotProved):
        return True
    finally:
        proved.cache_clear()
    return False


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_found(name: str, monkeypatch: Patch) -> None:
    fault = FAULTS[name]
    assert not any(fails(fault.check, case) for case in fault.cases)
    fault.plant(monkeypatch)
    assert any(fails(fault.check, case) for case in fault.cases)


def test_a_wrong_sampler_refutes_nothing(monkeypatch: Patch) -> None:
    """Every hypothesis is checked after sampling, so the fault costs models, not soundness."""
    _symmetric_is_not(monkeypatch)
    for seed in range(5):
        assert instantiate(TRUE["gradient, A symmetric"], seed=seed).counterexample is None


def test_channels_that_contradict_each_other_are_a_conflict(monkeypatch: Patch) -> None:
    text = GIVEN + "$$\\nabla_x (x^\\top A x) = (A + A^\\top) x$$"
    assert [j.verdict for j in check(text).judgements if j.verdict is not Verdict.GIVEN] == [Verdict.PROVED]
    _gradient_negated(monkeypatch)
    assert [j.verdict for j in check(text).judgements if j.verdict is not Verdict.GIVEN] == [Verdict.CONFLICT]
