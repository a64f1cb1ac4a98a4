"""Limits of sequences: as what they say for every m, with how the limit is taken as no claim of its own."""

from __future__ import annotations

import pytest

from verifier import Verdict, check
from verifier.derivation import Role
from verifier.notation import latex

GIVEN = """```given
w_t \\in \\mathbb{R}
x^{(k)}, y \\in \\mathbb{R}^n
A^{(k)} \\in \\mathbb{R}^{n \\times n}
a, c \\in \\mathbb{R}
t, k index
```

"""
TO_C = r"\left|w_{t} - c\right| < \frac{1}{m + 1} \quad \forall T \leq t \quad \exists 0 \leq T \quad \forall 0 \leq m"
TO_INFINITY = r"w_{t} > m \quad \forall T \leq t \quad \exists 0 \leq T \quad \forall 0 \leq m"
READ = {
    r"$\lim_{t\to\infty} w_t = c$.": TO_C,
    r"$\lim_{t \rightarrow \infty} w_t = c$.": TO_C,
    r"$w_t \to c$ as $t \to \infty$.": TO_C,
    r"$$w_t \to c \text{ as } t \to \infty$$": TO_C,
    r"$w_t \xrightarrow{t \to \infty} c$.": TO_C,
    r"$w_t \to c$.": TO_C,
    r"So $w_t$ converges to $c$.": TO_C,
    r"So $w_t$ tends to $c$ as $t \to \infty$.": TO_C,
    r"$w_t \to \infty$ as $t \to \infty$.": TO_INFINITY,
    r"$\lim_{t \to \infty} w_t = \infty$.": TO_INFINITY,
    r"So $w_t$ diverges to $\infty$.": TO_INFINITY,
    r"$w_t \to -\infty$.": TO_INFINITY.replace("> m", "< -m"),
    r"$x^{(k)} \to y$.": r"\left\|x^{(k)} - y\right\|_2 < \frac{1}{m + 1}"
    r" \quad \forall T \leq k \quad \exists 0 \leq T \quad \forall 0 \leq m",
    r"$A^{(k)} \to 0$.": r"\left\|A^{(k)} - \mathbf{0}_{n \times n}\right\|_F < \frac{1}{m + 1}"
    r" \quad \forall T \leq k \quad \exists 0 \leq T \quad \forall 0 \leq m",
}
NOT_READ = (r"$w_t + w_k \to 0$.", r"$x^{(k)} \to -\infty$.", r"$\lim_{t \to \infty} w_t \to c$.", r"$a \to \infty$.")


@pytest.mark.parametrize("text", READ)
def test_a_limit_is_what_it_says(text: str) -> None:
    (judgement,) = [j for j in check(GIVEN + text + "\n").judgements if j.claim.role is Role.CLAIM]
    assert judgement.claim.sequent is not None
    assert latex(judgement.claim.sequent.conclusion) == READ[text]
    assert not judgement.claim.sequent.indices
    assert judgement.verdict in (Verdict.UNDECIDED, Verdict.UNREFUTED)


@pytest.mark.parametrize("text", NOT_READ)
def test_what_is_no_limit_of_a_sequence_is_left_open(text: str) -> None:
    judgements = [j for j in check(GIVEN + text + "\n").judgements if j.claim.role is Role.CLAIM]
    assert judgements
    assert all(j.verdict in (Verdict.UNREAD, Verdict.UNDECIDED) for j in judgements)


def test_a_limit_as_a_hypothesis_refutes_nothing() -> None:
    """No finite number of members says what a sequence tends to."""
    text = r"Suppose $w_{t+1} = w_t$ and $w_t \to 0$ as $t \to \infty$. Then $w_0 = 0$ and $w_0 < 1/100$."
    assert all(j.verdict is not Verdict.REFUTED for j in check(GIVEN + text + "\n").judgements)
