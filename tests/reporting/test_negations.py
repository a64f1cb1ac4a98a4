"""Counterexamples to limits: the kernel's proof of the contrary stands in the report, and no edit of it passes."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.kernel.building import num
from tests.kernel.edits import edits
from verifier.denying import confirm_denied, failing_tails
from verifier.derivation import Counterexample
from verifier.kernel.context import HOLE, CertificateError
from verifier.kernel.linear import ZERO as NOUGHT
from verifier.kernel.linear import variable
from verifier.kernel.sequents import ClaimError, Sequent
from verifier.kernel.serialization import sequent_from_data, sequent_to_data, term_to_data
from verifier.kernel.shapes import SCALAR
from verifier.kernel.terms import Term, TermError
from verifier.kernel.theorems import Theorem, prove
from verifier.proving import NotProved, find_denial
from verifier.reporting.checking import check_file
from verifier.reporting.json_report import to_json
from verifier.reporting.recheck import recheck
from verifier.reporting.schema import problems, report_schema
from verifier.reporting.steps import steps
from verifier.sequences import Eventually, Tail, denial

Plain = Any
GIVEN = r"""```given
\theta_t \in \mathbb{R}
a, c, \alpha \in \mathbb{R}
t index
```
"""
DOCUMENT = rf"""# A

{GIVEN}
We have $a^t \to 0$.

# B

{GIVEN}
Suppose $|a| > 1$. Then $a^t \to \infty$.

# C

{GIVEN}
Suppose $\theta_{{t+1}} = (1 - \alpha) \theta_t$ for $t \geq 0$. Suppose $\alpha > 2$. Then $|\theta_t| \to \infty$.

# D

{GIVEN}
Suppose $|a| < 1$. Then $a^t \to 0$.
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("negations")
    (folder / "d.md").write_text(DOCUMENT)
    return folder


@pytest.fixture(scope="module")
def honest(folder: Path) -> str:
    return to_json(check_file(folder / "d.md")).replace(f"{folder}/", "")


def claims(report: Plain) -> list[Plain]:
    return [claim for claim in report["files"][0]["claims"] if claim["verdict"] != "given"]


def alone(report: Plain, tmp_path: Path) -> list[str]:
    """The problems that are found without the document."""
    report["files"][0]["path"] = "elsewhere.md"
    return list(recheck(report, tmp_path).problems)


def test_the_honest_report_is_accepted(honest: str, folder: Path, tmp_path: Path) -> None:
    report = json.loads(honest)
    assert [claim["verdict"] for claim in claims(report)] == ["refuted", "refuted", "conditional", "proved"]
    assert ["negation" in (claim["counterexample"] or {}) for claim in claims(report)] == [True, True, True, False]
    assert not list(problems(report, report_schema()))
    assert recheck(report, folder).exit_status == 0
    assert not alone(report, tmp_path)


def of(report: Plain, number: int) -> Plain:
    return claims(report)[number]["counterexample"]


def without_the_proof(report: Plain) -> None:
    del of(report, 0)["negation"]


def the_proof_of_another_claim(report: Plain) -> None:
    of(report, 0)["negation"] = of(report, 1)["negation"]


def a_value_at_which_it_holds(report: Plain) -> None:
    of(report, 0)["values"]["a"] = "1/2"


def a_value_that_a_hypothesis_excludes(report: Plain) -> None:
    of(report, 1)["values"]["a"] = "-1"


def no_values(report: Plain) -> None:
    of(report, 1)["values"] = {}


def another_start(report: Plain) -> None:
    of(report, 2)["values"]["theta_[0]"] = "1"


def a_value_of_something_else(report: Plain) -> None:
    of(report, 0)["values"]["q"] = "1"


def a_value_that_is_none(report: Plain) -> None:
    of(report, 0)["values"]["a"] = "1/0"


def sides(report: Plain) -> None:
    of(report, 0).update(left="1", right="0")


def a_true_claim_refuted(report: Plain) -> None:
    """That |a| < 1 excludes a = 1 makes everything provable there, and refutes nothing."""
    claim = claims(report)[3]
    claim.update(verdict="refuted", certificate=None, axioms=[], side_conditions=[])
    claim["counterexample"] = {**copy.deepcopy(of(report, 0)), "values": {"a": "1"}}
    report["totals"].update(proved=0, refuted=3)


def conditional_made_refuted(report: Plain) -> None:
    claims(report)[2].update(verdict="refuted", certificate=None, axioms=[], side_conditions=[], reason="")
    report["totals"].update(conditional=0, refuted=3)


ATTACKS = (
    without_the_proof,
    the_proof_of_another_claim,
    a_value_at_which_it_holds,
    a_value_that_a_hypothesis_excludes,
    no_values,
    another_start,
    a_value_of_something_else,
    a_value_that_is_none,
    sides,
    a_true_claim_refuted,
    conditional_made_refuted,
)


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_is_noticed_without_the_document(attack: Any, honest: str, tmp_path: Path) -> None:
    report = json.loads(honest)
    attack(report)
    assert report != json.loads(honest)
    assert alone(report, tmp_path)


@pytest.mark.parametrize("proof", [None, [], "sign", {}, {"rule": "fact", "fact": 0}, {"rule": "deny"}, {"rule": 3}])
def test_what_is_no_proof_is_noticed(proof: Plain, honest: str, tmp_path: Path) -> None:
    report = json.loads(honest)
    of(report, 0)["negation"] = proof
    assert list(problems(report, report_schema())) or alone(report, tmp_path)


# the certificate by itself


def theorem_of(claim: Plain) -> tuple[Sequent, Theorem]:
    sequent = sequent_from_data(claim["claim"])
    shown = claim["counterexample"]
    model = Counterexample(shown["dimensions"], shown["values"])
    return sequent, prove(denial(sequent, model), shown["negation"])


@pytest.mark.parametrize("number", [0, 1, 2])
def test_no_edit_of_the_proof_shows_the_claim(number: int, honest: str) -> None:
    """An edited proof is none of the claim itself, at the same values, nor of the denial without them."""
    sequent, theorem = theorem_of(claims(json.loads(honest))[number])
    holding = replace(theorem.sequent, conclusion=sequent.conclusion)
    anywhere = replace(sequent, conclusion=Term("not", (sequent.conclusion,)))
    tried = 0
    for _, _, edit in edits(theorem.certificate):
        tried += 1
        for false in (holding, anywhere):
            with pytest.raises((CertificateError, TermError, ClaimError)):
                prove(false, edit)
        if tried == 300:
            break
    assert tried >= 40


# models


def a_limit(base: Term, target: Term) -> Term:
    """baseᵗ → target"""
    one, m = num(1), Term("index", (), (variable("m"),))
    power = Term("power", (base, Term("index", (), (variable("t"),))))
    apart = Term("elementwise", (Term("subtract", (power, target)),), ("abs", 0, ()))
    near = Term("less", (apart, Term("divide", (one, Term("add", (m, one))))))
    later = Term("for_all", (near,), ("t", variable("T"), None))
    return Term("for_all", (Term("exists", (later,), ("T", NOUGHT, None)),), ("m", NOUGHT, None))


A, B = (Term("symbol", (), (name, SCALAR, ())) for name in "ab")
SMALL = Term("less", (Term("elementwise", (A,), ("abs", 0, ())), num(1)))


def test_a_theorem_from_a_contradiction_refutes_nothing() -> None:
    """|a| < 1 and a = 1: the kernel proves any denial, and there is no such model."""
    sequent = Sequent(a_limit(A, num(0)), (SMALL,))
    model = Counterexample({}, {"a": "1"})
    theorem = find_denial(denial(sequent, model), Tail(1, 1, 0, 0))
    assert confirm_denied(sequent, replace(model, negation=theorem)) is None


def test_a_claim_that_is_undefined_in_the_model_is_not_refuted() -> None:
    """(b / a)ᵗ → 0 says nothing at a = 0, whatever follows from a ≠ 0."""
    sequent = Sequent(a_limit(Term("divide", (B, A)), num(0)))
    model = Counterexample({}, {"a": "0", "b": "1"})
    zero = Term("equal", (A, num(0)))
    absurd = {
        "rule": "absurd",
        "lemma": term_to_data(zero),
        "proof": {"rule": "fact", "fact": 0},
        "refutation": {"rule": "sign"},
    }
    theorem = prove(denial(sequent, model), absurd)
    assert theorem.side_conditions
    assert confirm_denied(sequent, replace(model, negation=theorem)) is None


@pytest.mark.parametrize("member", [False, True])
def test_a_value_that_a_hypothesis_gives_is_that_value(member: bool) -> None:
    """With b = a² there is no model with a = 1/2 and b = 5, whatever is shown as b."""
    given = Term("symbol", (), ("b", SCALAR, (NOUGHT,))) if member else B
    square = Term("equal", (given, Term("multiply", (A, A))))
    sequent = Sequent(a_limit(A, num(0)), (square,))
    model = Counterexample({}, {"a": "1/2", "b[0]" if member else "b": "5"})
    theorem = prove(denial(sequent, model), from_a_contradiction(("4/19", 0), *([("-4/19", 1)] if member else [])))
    assert confirm_denied(sequent, replace(model, negation=theorem)) is None


def from_a_contradiction(*multiples: tuple[str, int]) -> Plain:
    """Anything, from 1 = 0, which is a combination of hypotheses."""
    hole = Term("symbol", (), (HOLE, SCALAR, ()))
    uses = [
        {"context": term_to_data(Term("multiply", (num(c), hole))), "relation": {"fact": fact}} for c, fact in multiples
    ]
    lemma = term_to_data(Term("equal", (num(1), num(0))))
    return {"rule": "absurd", "lemma": lemma, "proof": {"rule": "linear", "uses": uses}, "refutation": {"rule": "sign"}}


def test_a_theorem_about_other_values_refutes_nothing() -> None:
    sequent = Sequent(a_limit(A, num(0)))
    model = Counterexample({}, {"a": "2"})
    theorem = find_denial(denial(sequent, model), Tail(1, 1, 0, 0))
    assert confirm_denied(sequent, replace(model, negation=theorem)) is not None
    for values in ({"a": "1/2"}, {"a": "3"}, {}, {"a": "2", "b": "1"}):
        assert confirm_denied(sequent, Counterexample({}, values, negation=theorem)) is None
    for other in (a_limit(A, num(1)), a_limit(B, num(0))):
        assert confirm_denied(Sequent(other), replace(model, negation=theorem)) is None
    assert confirm_denied(Sequent(sequent.conclusion, (SMALL,)), replace(model, negation=theorem)) is None


@pytest.mark.parametrize(("base", "target"), [("1/2", "0"), ("-1/2", "0"), ("0", "0"), ("1", "1"), ("999/1000", "0")])
@pytest.mark.parametrize("tail", [Tail(1, 1, 0, 0), Tail(1, 2, 1, 8), Tail(100, 1, 0, 0), Tail(0, 1, 0, 0)])
def test_nothing_denies_what_is_true(base: str, target: str, tail: Tail) -> None:
    """Whatever the tail that is proposed."""
    sequent = Sequent(a_limit(A, num(target)))
    with pytest.raises(NotProved):
        find_denial(denial(sequent, Counterexample({}, {"a": base})), tail)


def test_what_is_proposed_is_a_model() -> None:
    sequent = Sequent(a_limit(A, num(0)), (Term("greater", (A, num(0))), Term("less_equal", (A, num(1)))))
    found = list(failing_tails(sequent))
    assert found
    assert all(0 < Fraction(model.values["a"]) <= 1 for model, _ in found)


# what is no claim about all later members


def test_other_forms_are_left_alone() -> None:
    limit = a_limit(A, num(0))
    later = limit.args[0].args[0]
    assert Eventually.of(limit) is not None
    assert Eventually.of(Term("implies", (SMALL, limit))) is not None
    assert Eventually.of(limit.args[0]) is not None
    others = (
        SMALL,
        later,
        Term("not", (limit,)),
        Term("and", (limit, SMALL)),
        Term("for_all", (limit.args[0],), ("m", NOUGHT, variable("n"))),
        Term("exists", (Term("for_all", later.args, ("t", NOUGHT, None)),), ("T", NOUGHT, None)),
        Term("exists", (Term("for_all", later.args, ("t", variable("T"), variable("n"))),), ("T", NOUGHT, None)),
    )
    assert not [other for other in others if Eventually.of(other) is not None]


def test_a_claim_goes_through_text_with_its_denial(honest: str) -> None:
    sequent, theorem = theorem_of(claims(json.loads(honest))[1])
    again = prove(sequent_from_data(sequent_to_data(theorem.sequent)), theorem.certificate)
    assert again.sequent == denial(sequent, Counterexample({}, {"a": "-2"}))


def test_the_proof_is_shown_in_words(honest: str, folder: Path) -> None:
    for claim in claims(json.loads(honest))[:3]:
        _, theorem = theorem_of(claim)
        shown = steps(theorem.sequent, theorem.certificate)
        assert not [line for line in shown if "not known here" in line or "cannot be shown" in line]
        assert any(line.strip().startswith("there is a T with") for line in shown)
