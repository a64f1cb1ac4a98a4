"""What each verdict means, how it counts, and what to do about it: one table for totals, statuses and ``explain``."""

from __future__ import annotations

from dataclasses import dataclass

from verifier.derivation import Verdict

FINE, FAILED, USAGE, OPEN, FAULT = 0, 1, 2, 3, 4


@dataclass(frozen=True, slots=True)
class Meaning:
    """A verdict: the exit status it leads to, its words in the totals, what it is in one line, and an explanation."""

    status: int
    counted_as: str
    title: str
    explanation: str


VERDICTS: dict[Verdict, Meaning] = {
    Verdict.PROVED: Meaning(
        FINE,
        "proved",
        "the kernel accepted a certificate",
        "The claim holds for every value of its symbols, in every dimension, under the hypotheses and side conditions "
        "that are listed. The certificate is in the JSON report; `verifier recheck` replays it with the kernel alone. "
        "A side condition that the document does not state is shown (not stated): state it, or use --strict to "
        "insist.",
    ),
    Verdict.GIVEN: Meaning(
        FINE,
        "given",
        "a declaration, a definition or a condition: used, not judged",
        "A formula that says what a symbol is (x := …), or that is assumed from there on (let, assume, set to zero), "
        "is taken as it is. Where this is not what is meant, write it without the word that makes it a premise: in "
        "doubt, a formula is a claim.",
    ),
    Verdict.ASSUMED: Meaning(
        FINE,
        "assumed",
        "marked so by the author, or resting on such a claim",
        "`<!-- verifier: assume -->` before a formula takes it as true, for example a lemma that is cited. With "
        "--trust context, what rests on conditions that the document itself sets is assumed too. --strict exits with "
        "3.",
    ),
    Verdict.REFUTED: Meaning(
        FAILED,
        "refuted",
        "real values satisfy every hypothesis and not the claim",
        "The counterexample is exact (or an enclosure of real numbers), small, and was evaluated without the kernel; "
        "of a limit, which no evaluation decides, the kernel has proved the contrary for these values. "
        "`verifier explain FILE:LINE --numpy` prints it as lines to paste. Where a right side is suggested, that one "
        "is proved. If the values are not meant to be allowed, declare what excludes them.",
    ),
    Verdict.CONDITIONAL: Meaning(
        FAILED,
        "conditional",
        "refuted as it stands, proved with one hypothesis more",
        "The missing hypothesis is named, for example that A is symmetric. State it where the symbol is declared, or "
        "correct the claim.",
    ),
    Verdict.OTHER_LAYOUT: Meaning(
        FAILED,
        "in the other layout",
        "wrong in the derivative layout in force, right in the other",
        "∂(Ax)/∂x is A in numerator layout and Aᵀ in denominator layout. The document declares one, or it was "
        "inferred from the first derivative that fits only one (then the exit status is 3). Declare it: `layout: "
        "numerator` in a given block.",
    ),
    Verdict.ILL_TYPED: Meaning(
        FAILED,
        "ill-typed",
        "shapes or kinds do not match",
        "The two sides, or two parts of one side, cannot be put together: both shapes are shown. A lost transpose is "
        "the usual reason; a symbol that was declared with another shape is the next.",
    ),
    Verdict.FOLLOWS: Meaning(
        OPEN,
        "following from a refuted claim",
        "holds only because of an earlier claim that is refuted",
        "The step itself is right, but what it starts from is not. The line that it rests on is named.",
    ),
    Verdict.UNREFUTED: Meaning(
        OPEN,
        "unrefuted",
        "no proof was found, and no values separate the sides",
        "This is not a proof. It says how many models were tried, of which shapes, and with which bound on a "
        "difference that goes unnoticed. --samples asks for more models; an intermediate step often makes the claim "
        "provable.",
    ),
    Verdict.UNDECIDED: Meaning(
        OPEN,
        "undecided",
        "neither proved nor refuted, for the reason that is given",
        "For example: a symbol of which nothing is declared, a premise in words, hypotheses of which no model was "
        "found (they may contradict one another), a construct that is not judged yet, or a budget of work that is "
        "spent.",
    ),
    Verdict.UNREAD: Meaning(
        OPEN,
        "not understood",
        "the formula was not understood",
        "The token at which reading stopped is named, and what was expected there. Nothing is guessed: a formula is "
        "read whole or not at all. `verifier symbols FILE` shows how its symbols were taken.",
    ),
    Verdict.CONFLICT: Meaning(
        FAULT,
        "in conflict",
        "a proof and a counterexample: a fault of verifier",
        "The two channels contradict each other, so one of them is wrong; or the checker failed at this claim, and "
        "says how. Please report it with the file "
        "verifier-conflict-….json that was written: it holds the claim, the certificate and the counterexample.",
    ),
}
