"""A counterexample is evaluated again from what a report shows; balls keep their precision whatever others do."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from flint import arb, ctx

from verifier.derivation import Counterexample
from verifier.instantiation import confirm, instantiate
from verifier.instantiation.balls import precision
from verifier.instantiation.counterexamples import shown
from verifier.kernel.shapes import column
from verifier.kernel.terms import Term
from verifier.language import Expression, at, equals

from .claims import claim, n, x
from .false_claims import FALSE
from .true_claims import TRUE


def test_a_counterexample_is_confirmed_only_as_a_whole() -> None:
    sequent = FALSE["positive definite at 0"]
    good = instantiate(sequent).counterexample
    assert good is not None
    assert confirm(sequent, good)
    for changed in (
        {"values": {**good.values, "x": ["1"]}},
        {"values": {**good.values, "A": [["-1"]]}},
        {"values": {"x": ["0"]}},
        {"values": {**good.values, "x": ["zero"]}},
        {"values": {**good.values, "x": ["0", "0"]}},
        {"values": {**good.values, "z": "1"}},
        {"dimensions": {}},
        {"dimensions": {"n": 2}},
        {"dimensions": {"n": 0}},
        {"dimensions": {"n": True}},
        {"indices": {"i": 1}},
        {"functions": {"f": "x"}},
    ):
        assert not confirm(sequent, replace(good, **changed))  # type: ignore[arg-type]
    assert not confirm(TRUE["positive definite"], good)


def test_confirming_indices_families_and_functions() -> None:
    names = ("symmetric entries", "recurrence", "functions are linear", "a transformed condition")
    for name in (*names, "an index that may be 0"):
        found = instantiate(FALSE[name]).counterexample
        assert found is not None
        assert confirm(FALSE[name], found)
    found = instantiate(FALSE["functions are linear"]).counterexample
    assert found is not None
    assert not confirm(FALSE["functions are linear"], replace(found, functions={"f": "x"}))
    assert not confirm(FALSE["functions are linear"], replace(found, functions={"f": "import os"}))
    outside = Counterexample({"n": 2}, {"A": [["0", "1"], ["0", "0"]]}, indices={"i": 1, "j": 3})
    assert not confirm(FALSE["symmetric entries"], outside)
    assert not confirm(FALSE["N > d is needed"], Counterexample({"N": 1, "d": 3}, {}))


def test_functions_of_vectors_are_confirmed() -> None:
    linear = Expression(Term("apply", (x.term,), ("F", column(n.form), ())))
    sequent = claim(equals(at(linear, x, 2 * x), 2 * linear))
    found = instantiate(sequent).counterexample
    assert found is not None
    assert confirm(sequent, found)
    assert all(name.startswith("F[") for name in found.functions)


def test_what_is_confirmed_shows_the_values_of_the_second_computation() -> None:
    for name in ("squares are larger", "sine of the double", "a transformed condition", "functions are linear"):
        found = instantiate(FALSE[name]).counterexample
        assert found is not None
        assert confirm(FALSE[name], replace(found, left="7", right="7", where="nowhere")) == found


def test_exact_balls_are_shown_as_numbers() -> None:
    assert [shown(arb(value)) for value in (0, 1, -3, 0.5)] == ["0", "1", "-3", "1/2"]
    assert shown(arb("1 +/- 0.001")).startswith("1.0")
    assert "±" in shown(arb(2).sqrt())
    for huge in (arb(2) ** 1000, arb(2) ** -1000):
        assert len(shown(huge)) < 50


def test_precision_is_restored_and_not_shared() -> None:
    """FLINT has one precision for all threads; what a search finds may not depend on what others set."""
    before = ctx.prec
    names = ["sine of the double", "tanh of the double", "log of a sum", "root of a square"] * 3
    alone = [instantiate(FALSE[name]) for name in names]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda name: instantiate(FALSE[name]), names)) == alone
    assert ctx.prec == before
    with precision(30):
        assert ctx.prec == 30
        assert instantiate(FALSE["sine of the double"]) == alone[0]
        assert ctx.prec == 30
    assert ctx.prec == before


def test_what_is_not_shrunk_is_confirmed_too() -> None:
    """It is drawn before anything is screened, and is as good a counterexample."""
    for name in list(FALSE)[::5]:
        found = instantiate(FALSE[name], shrink=False).counterexample
        assert found is not None, name
        assert confirm(FALSE[name], found), name


def test_a_true_claim_is_screened_without_shrinking_as_with_it() -> None:
    for name in list(TRUE)[::10]:
        without, with_it = (instantiate(TRUE[name], shrink=shrink) for shrink in (False, True))
        assert without.counterexample is with_it.counterexample is None, name
        assert without.evidence.model_found == with_it.evidence.model_found, name
