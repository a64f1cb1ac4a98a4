"""Documents about step sizes, limits, maxima: what is wrong is not proved, what is right is not refuted."""

from __future__ import annotations

import pytest

from verifier import Verdict, check
from verifier.derivation import Role
from verifier.kernel.linear import ONE

STEP = r"""```given
w_t, \theta_t, x_t \in \mathbb{R}
a, b, c, \alpha, \eta, \lambda, L, \mu, s, h, w^* \in \mathbb{R}
t index
```

"""
NUMBERS = r"Let $a, b, c, d \in \mathbb{R}$." + "\n\n"
VECTORS = r"Let $x, y \in \mathbb{R}^n$ and $a, b \in \mathbb{R}$." + "\n\n"

WRONG = {
    "decay of a growing power": STEP + r"Suppose $|a| > 1$. Suppose $w_t = a^t$ for $t \geq 0$. Then $w_t \to 0$.",
    "decay without a bound": STEP + r"Suppose $w_t = a^t$ for $t \geq 0$. Then $w_t \to 0$.",
    "decay at 1": STEP + r"Suppose $a = 1$. Suppose $w_t = a^t$ for $t \geq 0$. Then $w_t \to 0$.",
    "decay at -1": STEP + r"Suppose $a = -1$. Suppose $w_t = a^t$ for $t \geq 0$. Then $w_t \to 0$.",
    "decay up to 1": STEP + r"Suppose $|a| \leq 1$. Suppose $w_t = a^t$ for $t \geq 0$. Then $w_t \to 0$.",
    "decay below 1": STEP + r"Suppose $a < 1$. Suppose $w_t = a^t$ for $t \geq 0$. Then $w_t \to 0$.",
    "another limit": STEP + r"Suppose $|a| < 1$. Suppose $w_t = a^t$ for $t \geq 0$. Then $w_t \to 1$.",
    "the limit is not left out": STEP + r"Suppose $|a| < 1$. Suppose $w_t = a^t + c$ for $t \geq 0$. Then $w_t \to 0$.",
    "growth of a decaying power": STEP
    + r"Suppose $|a| < 1$. Suppose $w_t = a^t$ for $t \geq 0$. Then $w_t \to \infty$.",
    "growth of a negative ratio": STEP
    + r"Suppose $a < -1$. Suppose $w_t = a^t$ for $t \geq 0$. Then $w_t \to \infty$.",
    "growth downwards": STEP + r"Suppose $w_t = -2^t$ for $t \geq 0$. Then $w_t \to \infty$.",
    "growth from nothing": STEP + r"Suppose $w_t = c \, 2^t$ for $t \geq 0$. Then $w_t \to \infty$.",
    "a start at zero": STEP
    + r"Suppose $\theta_0 = 0$. Suppose $\theta_{t+1} = 3 \theta_t$ for $t \geq 0$. Then $\theta_t \to \infty$.",
    "a start that may be zero": STEP
    + r"Suppose $\theta_{t+1} = 3 \theta_t$ for $t \geq 0$. Then $\theta_t \to \infty$.",
    "a recurrence that stays": STEP + r"Suppose $x_0 = 1$. Suppose $x_{t+1} = -x_t$ for $t \geq 0$. Then $x_t \to 0$.",
    "a step of 2": STEP
    + r"Suppose $\alpha = 2$. Suppose $\theta_{t+1} = (1 - \alpha) \theta_t$ for $t \geq 0$. Then $\theta_t \to 0$.",
    "a step of 2 diverges": STEP
    + r"Suppose $\alpha = 2$ and $\theta_0 = 1$. Suppose $\theta_{t+1} = (1 - \alpha) \theta_t$ for $t \geq 0$. "
    r"Then $\theta_t \to \infty$.",
    "steps up to 2": STEP
    + r"Suppose $0 < \alpha \leq 2$. Suppose $\theta_{t+1} = (1 - \alpha) \theta_t$ for $t \geq 0$. "
    r"Then $\theta_t \to 0$.",
    "any step": STEP
    + r"Suppose $\alpha > 0$. Suppose $\theta_{t+1} = (1 - \alpha) \theta_t$ for $t \geq 0$. Then $\theta_t \to 0$.",
    "the wrong fixed point": STEP + r"Suppose $x_{t+1} = \frac{1}{2} x_t + 1$ for $t \geq 0$. Then $x_t \to 1$.",
    "steps below 3/L": STEP + r"Suppose $L > 0$ and $0 < \eta < 3/L$. Then $$|1 - \eta L| < 1$$",
    "steps up to 2/L": STEP + r"Suppose $L > 0$ and $0 < \eta \leq 2/L$. Then $$|1 - \eta L| < 1$$",
    "no sign of L": STEP + r"Suppose $0 < \eta < 2/L$ or $\eta = 0$. Then $$|1 - \eta L| < 1$$",
    "steps of either sign": STEP + r"Suppose $L > 0$ and $\eta < 2/L$. Then $$|1 - \eta L| < 1$$",
    "a rate at the ends": STEP
    + r"Suppose $0 < \mu \leq L$. Then $$\frac{L - \mu}{L + \mu} < \frac{L - \mu}{L + \mu + 1}$$",
    "iff, one sided": STEP + r"Suppose $L > 0$. Then $$|1 - \eta L| < 1 \iff \eta < \frac{2}{L}$$",
    "a power need not decay": STEP + r"Suppose $|a| \leq 1$. Then $a^t \to 0$ as $t \to \infty$.",
    "a power below 1": STEP + r"Suppose $a < 1$. Then $a^t \to 0$ as $t \to \infty$.",
    "a power above 1": STEP + r"Suppose $|a| > 1$. Then $a^t \to 0$ as $t \to \infty$.",
    "a power grows from 1 on": STEP + r"Suppose $a \geq 1$. Then $a^t \to \infty$.",
    "a negative power grows": STEP + r"Suppose $|a| > 1$. Then $a^t \to \infty$.",
    "a factor without a sign": STEP + r"Suppose $a > 1$. Then $c a^t \to \infty$.",
    "the smaller as the larger": NUMBERS + r"$$\max(a, b) = \frac{a + b - |a - b|}{2}$$",
    "the larger as the smaller": NUMBERS + r"$$\min(a, b) \geq \max(a, b)$$",
    "max of sums": NUMBERS + r"$$\max(a + c, b + d) = \max(a, b) + \max(c, d)$$",
    "max is not min": NUMBERS + r"$$\max(a, b) + \max(a, b) = a + b$$",
    "triangle the other way": NUMBERS + r"$$|a + b| \geq |a| + |b|$$",
    "strict where it is equal": NUMBERS + r"$$2 a b < a^2 + b^2$$",
    "reciprocals without signs": NUMBERS
    + r"Suppose $a < b$ and $a \neq 0$ and $b \neq 0$. Then $$\frac{1}{b} < \frac{1}{a}$$",
    "squares without signs": NUMBERS + r"Suppose $a < b$. Then $$a^2 < b^2$$",
    "a product of inequalities": NUMBERS + r"Suppose $a < b$ and $c < d$. Then $$a c < b d$$",
    "roots of squares": NUMBERS + r"$$\sqrt{a^2} = a$$",
    "norms add": VECTORS + r"$$\|x + y\| = \|x\| + \|y\|$$",
    "norms of multiples": VECTORS + r"$$\|a x\| = a \|x\|$$",
    "the inner product is larger": VECTORS + r"$$x^T y \geq \|x\| \|y\|$$",
    "strict Cauchy": VECTORS + r"$$x^T y < \|x\| \|y\|$$",
    "not every power is positive": STEP + r"$$a^{2t+1} \geq 0 \quad \text{for all } t \geq 0$$",
    "powers of a sum with a sign": STEP + r"Suppose $|a| \leq 1$. Then $$a^t < 1 \quad \text{for all } t \geq 0$$",
    "a product of indices": STEP + r"Let $k$ be an index. $$(-2)^{t k} > 0 \quad \text{for all } t, k \geq 0$$",
}
RIGHT = {
    "decay": STEP + r"Suppose $|a| < 1$. Suppose $w_t = a^t$ for $t \geq 0$. Then $w_t \to 0$.",
    "decay with a factor": STEP + r"Suppose $|a| < 1$. Suppose $w_t = c a^t$ for $t \geq 0$. Then $w_t \to 0$.",
    "decay to a constant": STEP + r"Suppose $|a| < 1$. Suppose $w_t = b + c a^t$ for $t \geq 0$. Then $w_t \to b$.",
    "decay to a negative": STEP + r"Suppose $w_t = (-1/2)^t$ for $t \geq 0$. Then $w_t \to 0$.",
    "growth": STEP + r"Suppose $a > 1$. Suppose $w_t = a^t$ for $t \geq 0$. Then $w_t \to \infty$.",
    "growth downwards": STEP + r"Suppose $w_t = -2^t$ for $t \geq 0$. Then $w_t \to -\infty$.",
    "growth with a factor": STEP + r"Suppose $c > 0$. Suppose $w_t = c \, 2^t$ for $t \geq 0$. Then $w_t \to \infty$.",
    "a recurrence": STEP + r"Suppose $0 < \alpha < 2$. Suppose $\theta_{t+1} = (1 - \alpha) \theta_t$ for $t \geq 0$. "
    r"Then $\theta_t \to 0$.",
    "a recurrence that grows": STEP
    + r"Suppose $\theta_0 = 1$. Suppose $\theta_{t+1} = 3 \theta_t$ for $t \geq 0$. Then $\theta_t \to \infty$.",
    "the fixed point": STEP + r"Suppose $x_{t+1} = \frac{1}{2} x_t + 1$ for $t \geq 0$. Then $x_t \to 2$.",
    "nothing from nothing": STEP
    + r"Suppose $\theta_0 = 0$. Suppose $\theta_{t+1} = 3 \theta_t$ for $t \geq 0$. Then $\theta_t \to 0$.",
    "steps below 2/L": STEP + r"Suppose $L > 0$ and $0 < \eta < 2/L$. Then $$|1 - \eta L| < 1$$",
    "steps up to 2/L": STEP + r"Suppose $L > 0$ and $0 < \eta \leq 2/L$. Then $$|1 - \eta L| \leq 1$$",
    "iff": STEP + r"Suppose $L > 0$. Then $$|1 - \eta L| < 1 \iff 0 < \eta < \frac{2}{L}$$",
    "a power decays": STEP + r"Suppose $|a| < 1$. Then $a^t \to 0$ as $t \to \infty$.",
    "a power and a constant": STEP + r"Suppose $|a| < 1$. Then $b + c a^t \to b$ as $t \to \infty$.",
    "a power grows": STEP + r"Suppose $a > 1$. Then $a^t \to \infty$.",
    "max": NUMBERS + r"$$\max(a, b) = \frac{a + b + |a - b|}{2}$$",
    "min and max": NUMBERS + r"$$\max(a, b) + \min(a, b) = a + b$$",
    "triangle": NUMBERS + r"$$|a + b| \leq |a| + |b|$$",
    "squares": NUMBERS + r"$$2 a b \leq a^2 + b^2$$",
    "reciprocals": NUMBERS + r"Suppose $0 < a < b$. Then $$\frac{1}{b} < \frac{1}{a}$$",
    "roots of squares": NUMBERS + r"$$\sqrt{a^2} = |a|$$",
    "Cauchy": VECTORS + r"$$x^T y \leq \|x\| \|y\|$$",
    "norms of multiples": VECTORS + r"Suppose $a \geq 0$. Then $$\|a x\| = a \|x\|$$",
    "even powers": STEP + r"$$a^{2t} \geq 0 \quad \text{for all } t \geq 0$$",
}
PROVED = ("a power decays", "a power grows", "max", "triangle", "squares", "steps below 2/L")


def verdicts(text: str) -> list[Verdict]:
    found = [j.verdict for j in check(text + "\n", syntax="markdown").judgements if j.claim.role is Role.CLAIM]
    assert found, "nothing is claimed"
    return found


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_not_proved(name: str) -> None:
    found = verdicts(WRONG[name])
    assert Verdict.CONFLICT not in found
    assert not all(verdict is Verdict.PROVED for verdict in found), found


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_right_is_not_refuted(name: str) -> None:
    found = verdicts(RIGHT[name])
    assert not {Verdict.REFUTED, Verdict.CONFLICT, Verdict.ILL_TYPED} & set(found), found
    if name in PROVED:
        assert found == [Verdict.PROVED]


SUPPOSED = [
    r"$b = c$ for $t \geq 0$ and $|a| < 1$",
    r"$b = c$ for $t \geq 0$, and $|a| < 1$",
    r"$|a| < 1$ and $w_t = a^t$ for $t \geq 0$",
    r"$|a| < 1$, $w_t = a^t$ for all $t \geq 0$, and $b = c$",
    r"$w_t > b$ for every $t \geq 1$ and $|a| < 1$",
    r"$|a| < 1$ for simplicity",
]


@pytest.mark.parametrize("supposed", SUPPOSED)
def test_what_is_supposed_for_all_indices_is_no_claim(supposed: str) -> None:
    assert verdicts(f"{STEP}Suppose {supposed}. Then $a < 1$.") == [Verdict.PROVED]


NO_STATEMENTS = [
    r"For a sufficiently small $a$, $a c < 1$.",
    r"If $\eta$ is chosen well, $a c < 1$.",
    r"If $\eta$ is small enough, then $a c < 1$.",
    r"We want $a c < 1$.",
    r"Our goal is $a c < 1$.",
    r"Ideally $a c < 1$.",
    r"To ensure $a c < 1$, take $\eta$ small.",
    r"When is $a c < 1$?",
    r"For which $\eta$ does $a c < 1$ hold?",
    r"Is $a c < 1$?",
    r"For convergence we need $a c < 1$.",
    r"Convergence requires that $a c < 1$.",
    r"Hence we need $a c < 1$ for stability.",
    r"It is necessary that $a c < 1$.",
    r"To converge, $a c < 1$ has to hold.",
    r"For stability, $a c < 1$ is required.",
    r"Here $a c < 1$ is needed.",
    r"The step must satisfy $a c < 1$.",
    r"The constraint is $a c < 1$.",
    r"The region $a c < 1$ is drawn below.",
]


@pytest.mark.parametrize("said", NO_STATEMENTS)
def test_what_is_asked_or_wished_for_is_not_refuted(said: str) -> None:
    assert Verdict.REFUTED not in verdicts(rf"{STEP}Suppose $c = \eta a$. {said}")
    step = r"Suppose $w_{t+1} = (1 - \eta) w_t$ for $t \geq 0$."
    assert Verdict.REFUTED not in verdicts(f"{STEP}{step} {said.replace('a c < 1', 'w_t ' + chr(92) + 'to 0')}")


STATEMENTS = [
    r"Then $a c < 1$.",
    r"Hence $a c < 1$.",
    r"We want to show that $a c < 1$.",
    r"We need to show that $a c < 1$.",
    r"Therefore we must have $a c < 1$.",
    r"This gives the condition $a c < 1$.",
    r"We get $a c < 1$, as required.",
]


@pytest.mark.parametrize("said", STATEMENTS)
def test_what_is_stated_is_refuted(said: str) -> None:
    assert verdicts(rf"{STEP}Suppose $c = \eta a$. {said}") == [Verdict.REFUTED]


def test_what_is_supposed_for_some_indices_is_not_known_of_others() -> None:
    supposed = f"{STEP}Suppose $w_t > b$ for $t \\geq 1$ and $c > 0$. Then "
    assert verdicts(supposed + r"$w_0 - b > 0$.") == [Verdict.REFUTED]
    assert verdicts(supposed + r"$w_2 - b > 0$.") != [Verdict.REFUTED]
    judgements = check(supposed + "$w_t - b > 0$.\n", syntax="markdown").judgements
    (found,) = [j for j in judgements if j.claim.role is Role.CLAIM]
    assert found.claim.sequent is not None
    assert found.claim.sequent.indices == (("t", (ONE, None)),)
    assert found.verdict is Verdict.PROVED
    assert verdicts(supposed + r"$c w_2 - c b < 0$.") == [Verdict.REFUTED]


DOUBTFUL = [
    "$b = c$ if $L > 0$",
    "$b = c$ whenever $L > 0$",
    "$b = c$ for $L > 0$ and $|a| < 1$",
    r"$b = c$ for $a \in \mathbb{R}$",
    "$b = c$ for some $a$",
    "$b = c$ only if $L > 0$",
    "$b = c$ or $b = -c$",
]


@pytest.mark.parametrize("supposed", DOUBTFUL)
def test_what_is_supposed_with_a_doubt_is_neither_claimed_nor_known(supposed: str) -> None:
    found = verdicts(f"{STEP}Suppose {supposed}. Then $b + c = 2 c$. Then $b + c = 3 c$.")
    assert set(found) == {Verdict.UNDECIDED}


@pytest.mark.parametrize("which", [r"for $u \in \mathbb{R}$", r"for all real $u$", "for $u > 0$"])
def test_a_function_may_be_defined_for_some_values(which: str) -> None:
    assert verdicts(f"{STEP}Let $f(u) = u^2$ {which}. Then $f(a) = a^2$. Then $f(2) = 5$.") == [
        Verdict.PROVED,
        Verdict.REFUTED,
    ]


def test_what_is_defined_with_a_doubt_is_not_known() -> None:
    assert Verdict.PROVED not in verdicts(f"{STEP}Let $u = 2 a$ if $L > 0$. Then $u = 2 a$.")


def test_what_one_wants_to_show_is_a_claim() -> None:
    assert Verdict.REFUTED in verdicts(f"{STEP}We want to show that $b + c = 2 c$ for $t \\geq 0$.")


@pytest.mark.parametrize(
    "sentence",
    [
        "We have $b c > 0$ if $b > 0$ and $c > 0$.",
        "$b c > 0$ whenever $b > 0$ and $c > 0$.",
        "$b c > 0$ for $b > 0$ and $c > 0$.",
    ],
)
def test_conditions_that_come_after_a_claim_may_be_joined(sentence: str) -> None:
    assert verdicts(NUMBERS + sentence) == [Verdict.PROVED]
    assert verdicts(NUMBERS + sentence.replace("$c > 0$", "$c > -1$")) == [Verdict.REFUTED]
