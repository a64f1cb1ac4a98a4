"""Everything about one claim."""

from verifier.derivation import Verdict
from verifier.kernel.sequents import Sequent
from verifier.kernel.serialization import term_to_data
from verifier.kernel.terms import Term
from verifier.kernel.theorems import prove
from verifier.language import Expression, dim, equals, log, matrix, positive, scalar
from verifier.proving import find_proof
from verifier.reporting.checking import check
from verifier.reporting.explain import claims_at, explained, nearest_lines, pasteable
from verifier.reporting.report import Report
from verifier.reporting.steps import steps


def explained_line(report: Report, line: int) -> str:
    (file,) = report.files
    return "\n".join(explained(file, judgement) for judgement in claims_at(file, line))


def test_a_refuted_claim(homework: Report) -> None:
    text = explained_line(homework, 29)
    for row in (
        "homework.md:29:3  refuted   xᵀ x = 2 xᵀ x",
        "  verdict         refuted: real values satisfy every hypothesis and not the claim",
        "  read as         xᵀ x = 2 xᵀ x for x ∈ ℝⁿ",
        "  in LaTeX        x^{\\top} x = 2 x^{\\top} x \\quad \\text{for } x \\in \\mathbb{R}^{n}",
        "  layout          numerator",
    ):
        assert row in text.splitlines()


def test_a_proved_claim(homework: Report) -> None:
    text = explained_line(homework, 24)
    assert "  side condition  b ≠ 0  (not stated)" in text
    assert "  proof           " in text
    assert "models agree" in text


def test_every_claim_can_be_explained(homework: Report, example: Report) -> None:
    for report in (homework, example):
        for file in report.files:
            for judgement in file.judgements:
                text = explained(file, judgement)
                assert str(judgement.verdict) in text
                assert "cannot be shown" not in text


def test_definitions_and_hypotheses_with_their_origins() -> None:
    report = check(
        "Let $x \\in \\mathbb{R}$. Assume $x > 0$. Define $L(x) := x^2$.\n\n$$\\log L(x) = 2 \\log x$$", path="a.md"
    )
    text = explained_line(report, 3)
    assert "  with            L(x) := x²  (definition, line 1)" in text
    assert "  given           x > 0  (condition, line 1)" in text


def test_lines_without_claims(homework: Report) -> None:
    (file,) = homework.files
    assert claims_at(file, 16) == []
    assert nearest_lines(file, 16) == [14, 18]
    assert nearest_lines(file, 1) == [12]


def test_what_rests_on_a_refuted_claim_says_so() -> None:
    report = check("```given\na, b, c \\in \\mathbb{R}\n```\n\nFrom $b^2 = c$", path="a.md")
    assert all(j.verdict is not Verdict.CONFLICT for j in report.judgements)


# steps in words


def words(sequent: Sequent) -> str:
    return "\n".join(steps(sequent, find_proof(sequent).certificate))


def test_steps_name_axioms_and_their_premises() -> None:
    a = scalar("a")
    text = words(Sequent(equals(log(a**2), 2 * log(a)).whole.term, (positive(a).term,)))
    assert "log_pow" in text
    assert "where" in text
    assert "·" not in text


def test_steps_name_hypotheses() -> None:
    n = dim("n")
    A, B = matrix("A", n, n), matrix("B", n, n)
    sequent = Sequent(equals(2 * A, 2 * B).whole.term, (equals(A, B).whole.term,))
    twice = term_to_data((2 * Expression(Term("symbol", (), ("□", A.shape, ())))).term)
    certificate = {"rule": "linear", "uses": [{"relation": {"fact": 0}, "context": twice}]}
    assert prove(sequent, certificate)
    assert steps(sequent, certificate)[1] == "  A = B,  as □ = left - right in 2 □"


def test_parts_of_a_conjunction() -> None:
    a, b = scalar("a"), scalar("b")
    both = Term("and", (equals(a + b, b + a).whole.term, equals(a * b, b * a).whole.term))
    assert words(Sequent(both)).splitlines() == [
        "a + b = b + a:",
        "  both sides have the same normal form, in every dimension",
        "a b = b a:",
        "  both sides have the same normal form, in every dimension",
    ]


LOGIC = {
    "cases": {"on": None, "then": {"rule": "sign"}, "else": {"rule": "sign"}},
    "fact": {"fact": 0},
    "fact of nothing": {"rule": "fact", "fact": 99},
    "nonsense": {"rule": "nonsense"},
}


def test_certificates_that_are_wrong_are_shown_all_the_same() -> None:
    sequent = Sequent((scalar("a") > 0).term, (positive(scalar("a")).term,))
    for rule, rest in LOGIC.items():
        assert steps(sequent, {"rule": rule, **rest})
    assert steps(sequent, None)
    assert steps(sequent, {"rule": "fact", "fact": 0}) == ["it is known: a > 0"]


# numpy


def test_lines_to_paste(homework: Report) -> None:
    for judgement in homework.judgements:
        lines = pasteable(judgement)
        assert bool(lines) == (judgement.counterexample is not None)
