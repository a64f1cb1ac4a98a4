"""The report as text."""

from dataclasses import replace

from verifier.derivation import Claim, Counterexample, Derivation, Judgement, Place, Suggestion, Verdict
from verifier.reporting.checking import check
from verifier.reporting.report import Report, file_report
from verifier.reporting.text import Detail, counterexample_text, key_text, law_text, to_text, value_text

GOLDEN = """\
homework.md:14:15  refuted   a² + 2 a b + b² = a² + b²
                   counterexample  a = 1, b = 1
                   there           the sides are 4 and 2
homework.md:18:3  conditional  ∂/∂x (xᵀ A x) = 2 xᵀ A
                  counterexample  n = 2, A = [0, 0; 1, 0], x = (0, 1)
                  there           the sides are (1, 0) and (2, 0), at entry 1
                  proved if       A is symmetric
homework.md:20:3  other-layout  ∂/∂x (A x) = Aᵀ
                  counterexample  n = 2, A = [0, 0; 1, 0], x = (0, 0)
                  there           the sides are [0, 0; 1, 0] and [0, 1; 0, 0], at entry (1, 2)
                  layout          numerator; proved in the other
homework.md:22:3  ill-typed  xᵀ A = A x
                  because         cannot equate R^(1×n) and R^n
homework.md:24:3  proved, if b ≠ 0 (not stated)  a b/b = a
homework.md:26:12  unread    xᵀ x = (
                   because         found nothing
homework.md:29:3  refuted, as expected  xᵀ x = 2 xᵀ x
homework.md:32:3  assumed   ‖x + c‖ ≤ ‖x‖ + ‖c‖
                  because         marked so by the author
homework.md:35:3  proved    a + b = b + a
                  unexpected-verdict  found proved, expected refuted
                  help            correct the claim, or the mark
11 claims: 4 proved, 1 assumed, 2 refuted (1 as expected), 1 conditional, 1 in the other layout, 1 ill-typed, \
1 not understood
"""
OF_OTHER_ROOMS = ("counterexample", "there", "because", "help            expected")


def without_values(text: str) -> list[str]:
    """The lines without those that depend on the search for counterexamples, or on the words of the reader."""
    return [line for line in text.splitlines() if not line.strip().startswith(OF_OTHER_ROOMS)]


def test_a_document_with_mistakes(homework: Report) -> None:
    text = to_text(homework)
    assert without_values(text) == without_values(GOLDEN)
    assert text.splitlines()[:3] == GOLDEN.splitlines()[:3]


def test_quiet_is_the_totals(homework: Report) -> None:
    assert to_text(homework, Detail.QUIET) == GOLDEN.splitlines()[-1] + "\n"


def test_verbose_is_everything_with_its_reading(homework: Report) -> None:
    lines = to_text(homework, Detail.VERBOSE).splitlines()
    assert "homework.md:12:20  proved    xᵀ x = ‖x‖²" in lines
    assert "                   read as         xᵀ x = ‖x‖₂² for x ∈ ℝⁿ" in lines
    assert "homework.md:37:3  given     q = r + s" in lines


def test_a_suggestion() -> None:
    claim = Claim("c1", Place(3, 5, 3, 9), left="(A B)^T", relation="=", right="A^T B^T")
    judgement = Judgement(claim, Verdict.REFUTED, suggestion=Suggestion("B^{\\top} A^{\\top}"))
    text = to_text(Report((file_report(Derivation("a.md", ""), [judgement], "", "markdown"),)))
    assert text == (
        "a.md:3:5  refuted   (A B)ᵀ = Aᵀ Bᵀ\n          did you mean    Bᵀ Aᵀ     (proved)\n1 claim: 1 refuted\n"
    )


def test_a_whole_chain_that_alone_is_refuted() -> None:
    claim = Claim("c1", Place(3, 5, 3, 9), chain=1, left="a", relation="=", right="b")
    step = Judgement(claim, Verdict.UNREFUTED, "no proof")
    whole = Judgement(replace(claim, id="c2", whole_chain=True, right="c"), Verdict.REFUTED)
    text = to_text(Report((file_report(Derivation("a.md", ""), [step, whole], "", "markdown"),)))
    assert "a.md:3:5  refuted   a = c\n          whole chain " in text
    assert text.endswith("1 claim: 1 unrefuted\n")


def test_no_claims() -> None:
    assert to_text(check("Nothing here.")) == "no claims found\n"


def test_the_path_does_not_steer_the_terminal() -> None:
    text = to_text(check("$1 = 2$", path="a\x1b[31m\n.md"), Detail.VERBOSE)
    assert "\x1b" not in text
    assert text.startswith("a\N{REPLACEMENT CHARACTER}[31m .md:1:2")


def test_declarations_that_were_not_understood_come_in_their_place() -> None:
    lines = to_text(check("```given\nlayout: sideways\n```\n\n$1 = 2$", path="a.md")).splitlines()
    assert lines[0].startswith("a.md:2:1  bad-declaration  not understood: the layout 'sideways'")
    assert lines[1].startswith("          help  ")
    assert "refuted" in lines[2]


# counterexamples


def test_values() -> None:
    assert value_text("3/4") == "3/4"
    assert value_text(["1", "0"]) == "(1, 0)"
    assert value_text([["1", "0"], ["0", "2"]]) == "[1, 0; 0, 2]"


def test_names_of_values() -> None:
    assert key_text("hat(y)") == "ŷ"
    assert key_text("X_[2]") == "X₂"
    assert key_text("w^()[3]") == "w⁽³⁾"


def test_functions() -> None:
    assert law_text("x^2 - 1/2*x") == "x² - 1/2 x"
    assert law_text("x1^2*x2 + 3") == "x₁² x₂ + 3"
    shown = Counterexample({"n": 2}, {"sigma": "1"}, functions={"f": "x^2"}, indices={"i": 1})
    assert counterexample_text(shown) == "n = 2, i = 1, σ = 1, f(x) = x²"
    assert counterexample_text(Counterexample({}, {})) == "at any values"
