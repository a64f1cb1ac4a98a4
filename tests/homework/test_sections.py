"""Sections of the seed documents, step by step: the verdict of a careful mathematician, given the context files.

    true      follows from the declarations, definitions and conditions in force: proved
    stated    what the problem states, and the context file therefore too: proved, by that
    false     does not follow, or does not conform: refuted with values, or ill-typed
    given     a definition, a condition, a declaration
    later     speaks of an optimum or an approximation: open until these are judged
    open      cannot be judged: says what a symbol is of which nothing is known, or what is to be shown

A step for which ``missing`` says what is missing is to be proved, and is not: the test fails when it is.
"""

from __future__ import annotations

import functools
from dataclasses import replace
from typing import NamedTuple

import pytest

from tests.shared import CONTEXTS, SEEDS, needs_seeds
from verifier.derivation import Judgement, Origin, Role, Verdict
from verifier.judging import judge
from verifier.kernel.sequents import Sequent
from verifier.kernel.terms import Term, free_indices
from verifier.reading import context_of, load, read

pytestmark = needs_seeds

OPEN = frozenset({Verdict.UNDECIDED, Verdict.UNREAD})
ALLOWED = {
    "true": frozenset({Verdict.PROVED}),
    "stated": frozenset({Verdict.PROVED}),
    "false": frozenset({Verdict.REFUTED, Verdict.ILL_TYPED}),
    "given": frozenset({Verdict.GIVEN}),
    "later": OPEN,
    "open": OPEN,
}
SECTIONS = {
    "000 §1": (0, 9, 42),
    "000 §2": (0, 45, 80),
    "000 §4": (0, 144, 228),
    "001 §1(a)–(f)": (1, 8, 30),
    "001 §1(g)": (1, 32, 32),
    "001 §2(a)": (1, 36, 50),
    "001 §2(b), (c)": (1, 52, 75),
    "001 §3": (1, 82, 121),
    "001 §4": (1, 125, 136),
    "002 §2": (2, 51, 65),
    "002 §3": (2, 69, 105),
    "003 §1": (3, 21, 61),
    "003 §2.2": (3, 71, 81),
    "003 §3.1": (3, 91, 104),
    "003 §3.2": (3, 108, 121),
    "003 §3.3": (3, 125, 139),
    "003 §3.4": (3, 143, 153),
    "003 §4": (3, 157, 181),
    "003 §5": (3, 185, 215),
}


class Step(NamedTuple):
    """A step by its place: the seed, line and column at which its right side or the formula begins."""

    seed: int
    line: int
    column: int
    expected: str
    reason: str
    missing: str = ""


STEPS = (
    # 000 §1: a bound for gradient descent that cannot diverge
    Step(0, 11, 17, "true", "t counts"),
    Step(0, 11, 31, "true", "the bound"),
    Step(0, 15, 3, "true", "the step before"),
    Step(0, 21, 110, "open", "a singular value, in words"),
    Step(0, 23, 3, "true", "the step of w"),
    Step(0, 25, 5, "false", "W at t - 1 for w at t"),
    Step(0, 27, 5, "true", "collected"),
    Step(0, 29, 17, "true", "the triangle inequality"),
    Step(0, 31, 8, "true", "the triangle inequality"),
    Step(0, 35, 30, "true", "‖Fᵀ‖ = ‖F‖ = α"),
    Step(0, 37, 27, "true", "‖I - ηFᵀF‖ ≤ 1, as η ≤ 2/α²"),
    # 000 §2: Tikhonov regularisation as least squares with augmented data
    Step(0, 48, 3, "false", "y has n entries, X̂ w has n + d"),
    Step(0, 52, 3, "false", "y has n entries, X̂ w has n + d"),
    Step(0, 56, 3, "open", "w is what minimises"),
    Step(0, 60, 3, "false", "y has n entries, X̂ w has n + d"),
    Step(0, 64, 3, "given", "the model"),
    Step(0, 66, 3, "open", "β̂ is what minimises"),
    Step(0, 68, 8, "given", "when X̂ = …"),
    Step(0, 68, 100, "given", "… and ŷ = …"),
    Step(0, 70, 3, "open", "β̂ is what minimises"),
    Step(0, 72, 10, "false", "X for X̂, a transpose for the inverse"),
    Step(0, 74, 5, "true", "products of blocks"),
    Step(0, 76, 5, "true", "ΓᵀΓ is symmetric, and 0 is 0"),
    Step(0, 78, 5, "true", "ΓᵀΓ = Σ⁻¹"),
    Step(0, 78, 48, "true", "under the brace: times 0"),
    Step(0, 80, 5, "true", "plus 0"),
    # 000 §4: the elbow of a ReLU, and one step of gradient descent
    Step(0, 150, 17, "true", "(i), as w ≠ 0"),
    Step(0, 154, 13, "true", "(ii), a norm of a number"),
    Step(0, 156, 14, "true", "(ii)"),
    Step(0, 158, 5, "true", "(ii)"),
    Step(0, 160, 5, "true", "(ii)"),
    Step(0, 166, 3, "true", "(iii), the chain rule, away from the elbow"),
    Step(0, 168, 18, "true", "(iii)"),
    Step(0, 170, 3, "true", "(iii), away from the elbow"),
    Step(0, 172, 14, "true", "(iii), away from the elbow"),
    Step(0, 176, 21, "true", "(iv), the chain rule, away from the elbow"),
    Step(0, 178, 3, "true", "(iv), away from the elbow"),
    Step(0, 180, 14, "true", "(iv), away from the elbow"),
    Step(0, 188, 3, "given", "case (i)"),
    Step(0, 192, 3, "true", "the step of b"),
    Step(0, 192, 8, "true", "what Δb is"),
    Step(0, 194, 3, "true", "the step of w"),
    Step(0, 194, 8, "true", "what Δw is"),
    Step(0, 196, 16, "true", "when φ(x) = 0"),
    Step(0, 196, 29, "true", "both vanish, away from the elbow"),
    Step(0, 196, 61, "given", "a derivative that is 0"),
    Step(0, 200, 3, "given", "case (ii)"),
    Step(0, 200, 15, "given", "case (ii)"),
    Step(0, 200, 35, "given", "case (ii)"),
    Step(0, 202, 3, "stated", "the prediction is 1 above y"),
    Step(0, 204, 10_000, "true", "the step of w and b, as η x > 0"),
    Step(0, 206, 13, "true", "w' = w - ηx"),
    Step(0, 208, 25, "given", "not known"),
    Step(0, 208, 38, "given", "not known"),
    Step(0, 212, 3, "given", "case (iii)"),
    Step(0, 212, 16, "given", "case (iii)"),
    Step(0, 212, 36, "given", "case (iii)"),
    Step(0, 214, 17, "true", "the step of w"),
    Step(0, 214, 22, "true", "η x < 0"),
    Step(0, 214, 40, "true", "the step of b"),
    Step(0, 214, 45, "false", "b - η < b, as η > 0"),
    Step(0, 216, 14, "true", "as φ(x) > 0"),
    Step(0, 216, 38, "true", "case (iii)"),
    Step(0, 216, 55, "true", "b > -w x > 0"),
    Step(0, 218, 14, "given", "e'"),
    Step(0, 218, 19, "false", "b/w for -b/w, and b' may be negative"),
    Step(0, 218, 36, "false", "b/w for -b/w"),
    Step(0, 222, 8, "given", "case (iv)"),
    Step(0, 222, 19, "given", "case (iv)"),
    Step(0, 222, 34, "given", "case (iv)"),
    Step(0, 224, 3, "open", "a system of equations, with ∴ in a row"),
    Step(0, 226, 2, "true", "w' = w - ηx < w < 0"),
    Step(0, 228, 2, "false", "b' = b - η may be negative"),
    Step(0, 228, 6, "true", "what e' is"),
    Step(0, 228, 11, "true", "b' < b and |w'| > |w|"),
    # 001 §1(a)–(f): the largest learning rate of one singular value, and of two
    Step(1, 12, 3, "true", "the recurrence"),
    Step(1, 14, 97, "true", "|1 - 2ησ²| < 1"),
    Step(1, 14, 102, "true", "|1 - 2ησ²| < 1"),
    Step(1, 14, 140, "true", "2ησ² > 0"),
    Step(1, 14, 144, "false", "1/(2σ²) for 1/σ²"),
    Step(1, 16, 79, "true", "t steps from w₀"),
    Step(1, 16, 166, "given", "when w₀ = 0"),
    Step(1, 16, 192, "true", "the logarithms of both sides"),
    Step(1, 16, 250, "true", "solved for t"),
    Step(1, 20, 10_000, "true", "as σ_l > 0"),
    Step(1, 22, 10_000, "true", "as σ_s > 0"),
    Step(1, 24, 9, "open", "much greater says how much to nobody"),
    Step(1, 24, 44, "true", "both converge"),
    Step(1, 24, 48, "true", "both converge"),
    # 001 §1(g): least squares in the basis of the SVD
    Step(1, 32, 13, "stated", "the SVD of X"),
    Step(1, 32, 81, "true", "the normal equations, XᵀX = VΣᵀΣVᵀ"),
    Step(1, 32, 154, "given", "denotes ŵ"),
    Step(1, 32, 217, "false", "two equations run into one: ŵ = y ŵ"),
    Step(1, 32, 229, "false", "two equations run into one: y ŵ = y"),
    # 001 §2(a): momentum in the eigenbasis
    Step(1, 38, 19, "true", "the step of w"),
    Step(1, 38, 36, "true", "the step of z, and w*"),
    Step(1, 38, 67, "true", "collected"),
    Step(1, 38, 152, "false", "w₀ for w*"),
    Step(1, 38, 245, "false", "Vᵀz for z"),
    Step(1, 38, 10_000, "true", "⟹ the step of x = Vᵀ(w - w*)"),
    Step(1, 41, 1, "true", "Xᵀy = XᵀX w*"),
    Step(1, 41, 12, "true", "XᵀX = VΣᵀΣVᵀ"),
    Step(1, 41, 10_000, "true", "⟹ the step of a = Vᵀz"),
    Step(1, 48, 3, "true", "the entries of the step of x"),
    Step(1, 50, 3, "true", "the entries of the step of a"),
    # 001 §2(b), (c): the matrix of one singular value, and its eigenvalues
    Step(1, 54, 3, "given", "R"),
    Step(1, 59, 1, "open", "says what a and b are"),
    Step(1, 60, 1, "open", "says what c and d are"),
    Step(1, 65, 3, "false", "matrices beside numbers: σᵢ² for ΣᵀΣ"),
    Step(1, 71, 8, "given", "complex"),
    Step(1, 73, 8, "given", "repeated"),
    Step(1, 75, 8, "given", "real"),
    # 001 §3(a): least squares with noise on the data
    Step(1, 86, 1, "false", "y is a number in the sum, and a vector in the norm"),
    Step(1, 86, 38, "true", "X̂ = X + N, multiplied out"),
    Step(
        1, 91, 4, "false", "an i without a sum; y is a number in it, and a vector in the norm; 1/m comes from nowhere"
    ),
    Step(1, 92, 4, "false", "σ² w is a vector: m σ² ‖w‖² is meant"),
    Step(1, 95, 14, "open", "λ is in the problem, of which the text says nothing"),
    # 001 §3(b): the recurrence of the mean
    Step(1, 97, 7, "true", "L of the problem"),
    Step(1, 99, 3, "given", "gradient descent"),
    Step(1, 104, 1, "false", "X for X̂"),
    Step(1, 105, 1, "true", "what X̂ is"),
    Step(1, 106, 1, "open", "the entries of a number"),
    Step(1, 107, 1, "true", "N is independent of w, with mean 0"),
    Step(1, 108, 1, "true", "Var N = σ²"),
    Step(1, 113, 3, "true", "collected"),
    # 001 §3(c), (d): when the expectation converges, and where to
    Step(1, 117, 3, "true", "the recurrence, about its fixed point"),
    Step(1, 119, 73, "false", "a misplaced bracket"),
    Step(1, 119, 124, "true", "the expectation converges"),
    Step(1, 119, 129, "true", "the expectation converges"),
    Step(1, 119, 188, "true", "x² + σ² > 0, as η (x² + σ²) > 0"),
    Step(1, 121, 58, "true", "where the expectation stays"),
    # 001 §4: ridge regression as a maximum a posteriori
    Step(1, 125, 8, "open", "a density"),
    Step(1, 129, 1, "open", "a density, and what is Gaussian, in words"),
    Step(1, 131, 1, "stated", "what the covariance of w and Y is"),
    Step(1, 131, 14, "true", "what Y is"),
    Step(1, 131, 24, "true", "multiplied out"),
    Step(1, 131, 61, "true", "E wwᵀ = I, and w is independent of N"),
    Step(1, 132, 1, "stated", "what the covariance of Y is"),
    Step(1, 132, 14, "true", "what Y is"),
    Step(1, 132, 24, "false", "x for X"),
    Step(1, 133, 4, "false", "x for X"),
    Step(1, 136, 14, "false", "the y is missing"),
    Step(1, 136, 20, "false", "a y too many; λ for λI"),
    # 002 §2: gradient descent on θ²/2
    Step(2, 53, 9, "true", "f = θ²/2"),
    Step(2, 55, 3, "stated", "(14), gradient descent"),
    Step(2, 57, 5, "true", "(15)"),
    Step(2, 61, 3, "true", "(16), where θ is not 0"),
    Step(2, 63, 14, "true", "(17), by induction"),
    Step(2, 65, 6, "given", "if α > 2"),
    Step(2, 65, 27, "true", "1 - α < -1"),
    Step(2, 65, 115, "false", "θ⁰ may be 0, and the signs alternate"),
    Step(2, 65, 154, "given", "how the limit is taken"),
    # 002 §3: gradient descent in the eigenbasis
    Step(2, 71, 3, "true", "(18)"),
    Step(2, 75, 3, "given", "(19), gradient descent"),
    Step(2, 77, 5, "true", "(20)"),
    Step(2, 79, 5, "false", "(21): XXᵀθ* for XᵀXθ*"),
    Step(2, 83, 3, "true", "(22), by XᵀXθ* = XᵀY"),
    Step(2, 87, 3, "false", "(23): a column times a matrix"),
    Step(2, 91, 3, "true", "(24), by the SVD"),
    Step(2, 93, 9, "given", "V ∈ O(p)"),
    Step(2, 93, 109, "true", "Σ is the diagonal matrix of σ"),
    Step(2, 93, 360, "true", "ρ(XᵀX) = σ₁²"),
    Step(2, 93, 396, "given", "V ∈ O(p)"),
    Step(2, 95, 3, "true", "(25)"),
    Step(2, 97, 5, "true", "(26)"),
    Step(2, 99, 3, "false", "(27): V and Vᵀ exchanged"),
    Step(2, 101, 5, "true", "(28)"),
    Step(2, 103, 5, "false", "(29): Vζ is lost, a row beside a number"),
    Step(2, 105, 9, "given", "α > 2/ρ is what implies"),
    Step(2, 105, 44, "true", "1 - ασ₁² < -1"),
    # 003 §1: optimal brain surgeon
    Step(3, 23, 3, "later", "(1), an approximation"),
    Step(3, 27, 3, "given", "(2), what is minimised"),
    Step(3, 31, 3, "stated", "(3), the constraint"),
    Step(3, 35, 3, "open", "(4): L was the loss in (1)"),
    Step(3, 39, 3, "given", "(5), set to zero"),
    Step(3, 43, 3, "true", "(6)"),
    Step(3, 47, 3, "true", "(7)"),
    Step(3, 51, 3, "true", "(8)"),
    Step(3, 55, 6, "given", "if H = I"),
    Step(3, 55, 40, "true", "H⁻¹ = I"),
    Step(3, 57, 3, "false", "(9): a vector and a number"),
    Step(3, 59, 3, "true", "(10), where H = I"),
    Step(3, 61, 274, "false", "(9) again"),
    # 003 §2.2: the algebra of the hat matrix
    Step(3, 71, 21, "true", "(11), a norm"),
    Step(3, 71, 113, "true", "(11), what B is"),
    Step(3, 73, 41, "true", "A is symmetric"),
    Step(3, 75, 3, "true", "(12)"),
    Step(3, 75, 29, "true", "(12)"),
    Step(3, 75, 85, "true", "(12), A is idempotent"),
    Step(3, 79, 21, "true", "(13), a number is its trace"),
    Step(3, 79, 121, "false", "(13): εᵀε for εεᵀ"),
    Step(3, 79, 235, "false", "(13): εᵀε for εεᵀ"),
    Step(3, 79, 349, "true", "(13), by Σ = σ²I"),
    Step(3, 79, 425, "true", "(13), by tr A = d"),
    Step(3, 81, 79, "true", "tr A = rank X"),
    # 003 §3.1: least squares
    Step(3, 94, 4, "true", "(14), an argmin"),
    Step(3, 95, 5, "true", "(14), an argmin"),
    Step(3, 96, 5, "true", "(14), an argmin"),
    Step(3, 100, 10, "given", "L, without its minus"),
    Step(3, 102, 3, "false", "(15): not the derivative of that L"),
    Step(3, 104, 3, "true", "(16), what makes (15) vanish"),
    # 003 §3.2: ridge regression
    Step(3, 111, 4, "true", "(17), an argmin"),
    Step(3, 112, 5, "true", "(17), an argmin"),
    Step(3, 113, 5, "true", "(17), an argmin"),
    Step(3, 117, 10, "given", "L, without its minus"),
    Step(3, 119, 3, "false", "(18): not the derivative of that L"),
    Step(3, 121, 3, "true", "(19), what makes (18) vanish"),
    # 003 §3.3: generalised least squares
    Step(3, 125, 136, "given", "let β* = A y"),
    Step(3, 125, 188, "given", "and β̂ = B y"),
    Step(3, 125, 247, "false", "A: Σ⁻¹Xᵀ for XᵀΣ⁻¹"),
    Step(3, 125, 362, "given", "and B = …"),
    Step(3, 127, 19, "false", "(20): B for A"),
    Step(3, 127, 55, "false", "(20): the inverse of X"),
    Step(3, 127, 161, "false", "(20): A for B"),
    Step(3, 127, 201, "false", "(20): A for B"),
    Step(3, 129, 6, "given", "if XF = ΣX"),
    Step(3, 131, 3, "true", "(21), as XᵀX = XᵀΣ⁻¹XF"),
    Step(3, 135, 19, "true", "(22), by (21)"),
    Step(3, 135, 99, "true", "(22), β̂ = B y and Var y = Σ"),
    Step(3, 135, 139, "true", "(22), by XF = ΣX, as it uses (21)"),
    Step(3, 135, 247, "true", "(22)"),
    Step(3, 139, 19, "open", "(23), what is to be shown"),
    Step(3, 139, 71, "open", "(23), what is to be shown"),
    Step(3, 139, 239, "open", "(23), what is to be shown"),
    Step(3, 139, 400, "open", "(23), what is to be shown"),
    Step(3, 139, 563, "open", "(23), what is to be shown; does not follow from the line before"),
    Step(3, 139, 698, "open", "(23), what is to be shown"),
    Step(3, 139, 826, "open", "(23), what is to be shown"),
    # 003 §3.4: elastic net by augmentation
    Step(3, 145, 19, "given", "(24) defines L"),
    Step(3, 145, 55, "true", "(24)"),
    Step(3, 145, 146, "true", "(24)"),
    Step(3, 147, 24, "given", "X̂"),
    Step(3, 147, 124, "given", "Ŷ"),
    Step(3, 149, 3, "true", "(25)"),
    Step(3, 153, 3, "open", "(26): another L, of three arguments"),
    # 003 §4: dropout
    Step(3, 159, 7, "true", "what J_D is"),
    Step(3, 159, 35, "true", "what J_N is"),
    Step(3, 159, 146, "true", "what O_D is"),
    Step(3, 161, 19, "true", "(27), the chain rule"),
    Step(3, 161, 61, "true", "(27)"),
    Step(3, 161, 116, "true", "(27), multiplied out"),
    Step(3, 161, 136, "true", "(27), the summand of i by itself"),
    Step(3, 164, 1, "true", "(28), the chain rule"),
    Step(3, 164, 43, "true", "(28)"),
    Step(3, 164, 98, "false", "(28): ωᵢ² for ωᵢ"),
    Step(3, 171, 1, "false", "(29): ωᵢ² for ωᵢ"),
    Step(3, 171, 66, "true", "(29), by (27)"),
    Step(3, 179, 3, "false", "(30): the dropped loss for its expectation"),
    # 003 §5: gradient descent and Newton's method on a quadratic
    Step(3, 187, 3, "given", "(31)"),
    Step(3, 191, 3, "true", "(32)"),
    Step(3, 191, 23, "true", "(32)"),
    Step(3, 193, 3, "true", "(33)"),
    Step(3, 193, 25, "true", "(33)"),
    Step(3, 197, 3, "given", "(34), gradient descent"),
    Step(3, 197, 20, "true", "(34), H = QΛQᵀ"),
    Step(3, 201, 3, "false", "(35): the power t + 1 is lost"),
    Step(3, 205, 2, "open", "bars around a matrix"),
    Step(3, 207, 3, "true", "(36), from |1 - ελ| < 1 for the largest eigenvalue"),
    Step(3, 213, 3, "true", "(37), Newton's step"),
    Step(3, 215, 20, "given", "a choice of ε"),
)


@functools.cache
def judged(seed: int) -> dict[tuple[int, int], Judgement]:
    """The judgements of the sections of a document, by line and column; an implication is at column 10,000."""
    derivation = read(load(str(SEEDS[seed])), [context_of(load(str(CONTEXTS[seed])))])
    ranges = [(first, last) for number, first, last in SECTIONS.values() if number == seed]
    claims = tuple(c for c in derivation.claims if any(a <= c.place.line <= b for a, b in ranges))
    found = judge(replace(derivation, claims=claims))
    return {
        (j.claim.place.line, 10_000 if j.claim.relation == r"\Rightarrow" else j.claim.place.column): j
        for j in found
        if not j.claim.whole_chain
    }


def _closed(sequent: Sequent) -> Term:
    """The conclusion, for all of its indices."""
    conclusion = sequent.conclusion
    for name, (low, high) in sequent.indices:
        if name in free_indices(conclusion):
            conclusion = Term("for_all", (conclusion,), (name, low, high))
    return conclusion


def name_of(step: Step) -> str:
    return f"{step.seed:03}:{step.line}:{step.column}"


@pytest.mark.parametrize("step", STEPS, ids=name_of)
def test_a_step_gets_the_verdict_of_a_careful_mathematician(step: Step) -> None:
    judgement = judged(step.seed)[step.line, step.column]
    agrees = judgement.verdict in ALLOWED[step.expected]
    if step.missing:
        assert judgement.verdict in OPEN | {Verdict.UNREFUTED}, f"{judgement.verdict}, and nothing is missing any more"
        pytest.xfail(f"{step.expected} ({step.reason}); missing: {step.missing}")
    assert agrees, f"{judgement.verdict} ({judgement.reason}), but {step.expected}: {step.reason}"


@pytest.mark.parametrize("seed", sorted({step.seed for step in STEPS}))
def test_every_step_of_the_sections_is_in_the_table(seed: int) -> None:
    assert set(judged(seed)) == {(step.line, step.column) for step in STEPS if step.seed == seed}


@pytest.mark.parametrize("step", [s for s in STEPS if s.expected == "false" and not s.missing], ids=name_of)
def test_what_is_wrong_is_shown(step: Step) -> None:
    judgement = judged(step.seed)[step.line, step.column]
    assert judgement.counterexample is not None or judgement.claim.problem is not None


@pytest.mark.parametrize("step", [s for s in STEPS if s.expected in ("true", "stated")], ids=name_of)
def test_the_context_declares_no_more_than_the_problem_states(step: Step) -> None:
    claim = judged(step.seed)[step.line, step.column].claim
    if claim.sequent is not None:
        declared = {h.statement for h in claim.hypotheses if h.origin is Origin.CONTEXT}
        said = {claim.sequent.conclusion, _closed(claim.sequent)}
        assert bool(said & declared) == (step.expected == "stated")


@pytest.mark.parametrize("step", [s for s in STEPS if s.expected == "given"], ids=name_of)
def test_what_is_given_is_no_claim(step: Step) -> None:
    assert judged(step.seed)[step.line, step.column].claim.role is not Role.CLAIM
