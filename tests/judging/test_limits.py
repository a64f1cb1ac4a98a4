"""Claims about limits: true ones are never refuted, false ones are refuted with numbers and a proof of the contrary."""

from __future__ import annotations

import pytest

from tests.judging.documents import Paragraph, verdicts_of_paragraphs

NUMBERS = r"""```given
w_t, \theta_t, x_t \in \mathbb{R}
z^{(k)}, \zeta^{(k)} \in \mathbb{R}^n
A \in \mathbb{R}^{n \times n}
v \in \mathbb{R}^n
a, b, c, d, \alpha, \eta, s, L \in \mathbb{R}
t, k index
```

"""
STEPS = r"Suppose $\theta_{t+1} = (1 - \alpha) \theta_t$ for $t \geq 0$. "
HALVES = r"Suppose $x_{t+1} = \frac{1}{2} x_t + 1$ for $t \geq 0$. "
VECTORS = r"Suppose $z^{(k+1)} = 3 z^{(k)}$ for $k \geq 0$. "
POWERS = r"Suppose $z^{(k+1)} = A z^{(k)}$ for $k \geq 0$. "
ALONG = POWERS + r"Suppose $A^T v = c v$. "
TRUE = {
    "decay": r"Suppose $|a| < 1$. Then $a^t \to 0$ as $t \to \infty$.",
    "decay of a defined sequence": r"Suppose $|a| < 1$. Define $w_t := a^t$. Then $w_t \to 0$.",
    "decay with a factor": r"Suppose $|a| < 1$. Then $c a^t \to 0$.",
    "decay to a constant": r"Suppose $|a| < 1$. Then $b + c a^t \to b$.",
    "decay of an alternating power": r"We have $(-1/2)^t \to 0$.",
    "nearly 1": r"We have $(999/1000)^t \to 0$.",
    "nearly -1": r"We have $(-999/1000)^t \to 0$.",
    "a constant": r"We have $1^t \to 1$.",
    "a power of nothing": r"We have $0^t \to 0$.",
    "growth": r"Suppose $a > 1$. Then $a^t \to \infty$.",
    "slow growth": r"We have $(1001/1000)^t \to \infty$.",
    "slow growth from little": r"We have $\frac{1}{1000} (1001/1000)^t \to \infty$.",
    "growth downwards": r"We have $-2^t \to -\infty$.",
    "growth of the absolute value": r"Suppose $|a| > 1$. Then $|a^t| \to \infty$.",
    "growth with a factor": r"Suppose $a > 1$ and $c > 0$. Then $c a^t \to \infty$.",
    "growth of an index": r"We have $t \to \infty$.",
    "the square of an index": r"We have $t^2 - 100 t \to \infty$.",
    "a reciprocal": r"We have $\frac{1}{t + 1} \to 0$.",
    "a slow reciprocal": r"We have $\frac{1000}{t + 1} \to 0$.",
    "a fraction": r"We have $\frac{t}{t + 1} \to 1$.",
    "a recurrence": STEPS + r"Suppose $0 < \alpha < 2$. Then $\theta_t \to 0$.",
    "a recurrence from nothing": STEPS + r"Suppose $\theta_0 = 0$. Then $\theta_t \to 0$.",
    "a recurrence in one step": STEPS + r"Suppose $\alpha = 1$. Then $\theta_t \to 0$.",
    "a recurrence that grows": STEPS + r"Suppose $\alpha > 2$ and $\theta_0 \neq 0$. Then $|\theta_t| \to \infty$.",
    "a recurrence that stays": STEPS + r"Suppose $\alpha = 0$. Then $\theta_t \to \theta_0$.",
    "the fixed point": HALVES + r"Then $x_t \to 2$.",
    "the fixed point from afar": HALVES + r"Suppose $x_0 = 10000$. Then $x_t \to 2$.",
    "a step size": r"Suppose $s \neq 0$ and $0 < \eta < 1 / s^2$. Then $(1 - 2 \eta s^2)^t \to 0$ as $t \to \infty$.",
    "a step that is given": r"Suppose $b = a + 1$ and $a = -1/2$. Then $b^t \to 0$.",
    "a vector that vanishes": VECTORS + r"Suppose $z^{(0)} = 0$. Then $z^{(k)} \to 0$.",
    "a vector that grows": VECTORS + r"Suppose $z^{(0)} \neq 0$. Then $z^{(k)} \to \infty$.",
    "growth along a direction": ALONG + r"Suppose $|c| > 1$ and $v^T z^{(0)} \neq 0$. Then $z^{(k)} \to \infty$.",
    "a contradiction": r"Suppose $|a| < 1$ and $a > 1$. Then $a^t \to 1$.",
    "a limit of a limit": r"Suppose $w_t \to 0$. Then $2 w_t \to 0$.",
    "a premise": r"If $|a| < 1$ and $|b| < 1$, then $(a b)^t \to 0$.",
}
FALSE = {
    "decay of any power": r"We have $a^t \to 0$ as $t \to \infty$.",
    "decay of a defined sequence": r"Define $w_t := a^t$. Then $w_t \to 0$.",
    "decay up to 1": r"Suppose $|a| \leq 1$. Then $a^t \to 0$.",
    "decay below 1": r"Suppose $a < 1$. Then $a^t \to 0$.",
    "decay above 1": r"Suppose $|a| > 1$. Then $a^t \to 0$.",
    "another limit": r"Suppose $|a| < 1$. Then $a^t \to 1$.",
    "a limit that is a little off": r"Suppose $a = 1/2$. Then $1 + a^t \to 11/10$.",
    "the constant is left out": r"Suppose $|a| < 1$. Then $b + a^t \to 0$.",
    "growth of any power": r"We have $a^t \to \infty$.",
    "growth from 1 on": r"Suppose $a \geq 1$. Then $a^t \to \infty$.",
    "growth of a negative power": r"Suppose $|a| > 1$. Then $a^t \to \infty$.",
    "growth of a negative power alone": r"Suppose $a < -1$. Then $a^t \to \infty$.",
    "growth downwards of a negative power": r"Suppose $a < -1$. Then $a^t \to -\infty$.",
    "growth the other way": r"We have $-2^t \to \infty$.",
    "growth of a factor without a sign": r"Suppose $a > 1$. Then $c a^t \to \infty$.",
    "an alternating power": r"We have $(-1)^t \to 1$.",
    "an alternating power to nothing": r"We have $(-1)^t \to 0$.",
    "a step size twice too large": r"Suppose $s \neq 0$ and $0 < \eta < 2/s^2$. Then $(1 - 2 \eta s^2)^t \to 0$.",
    "a step size at the end": r"Suppose $s \neq 0$ and $0 < \eta \leq 1/s^2$. Then $(1 - 2 \eta s^2)^t \to 0$.",
    "a recurrence with any step": STEPS + r"Suppose $\alpha > 0$. Then $\theta_t \to 0$.",
    "a recurrence up to 2": STEPS + r"Suppose $0 < \alpha \leq 2$. Then $\theta_t \to 0$.",
    "a recurrence at 2": STEPS + r"Suppose $\alpha = 2$ and $\theta_0 = 1$. Then $\theta_t \to \infty$.",
    "a recurrence that decays": STEPS + r"Suppose $0 < \alpha < 2$. Then $\theta_t \to \infty$.",
    "a recurrence that alternates": STEPS + r"Suppose $\alpha > 2$ and $\theta_0 > 0$. Then $\theta_t \to \infty$.",
    "growth from nothing": STEPS + r"Suppose $\alpha = 3$ and $\theta_0 = 0$. Then $|\theta_t| \to \infty$.",
    "the wrong fixed point": HALVES + r"Then $x_t \to 1$.",
    "the wrong fixed point from 0": HALVES + r"Suppose $x_0 = 0$. Then $x_t \to 1$.",
    "a bounded sequence": HALVES + r"Then $x_t \to \infty$.",
    "a sum": r"Suppose $x_{t+1} = x_t + c$ for $t \geq 0$. Then $x_t \to \infty$.",
    "a sum of nothing": r"Suppose $x_{t+1} = x_t - 1$ for $t \geq 0$. Then $x_t \to \infty$.",
    "a fraction": r"We have $\frac{t}{t + 1} \to 0$.",
    "a reciprocal": r"We have $\frac{1}{t + 1} \to 1$.",
    "an index": r"We have $t^2 \to 5$.",
    "a vector from nothing": VECTORS + r"Suppose $z^{(0)} = 0$. Then $z^{(k)} \to \infty$.",
    "growth along a direction, downwards": ALONG
    + r"Suppose $|c| < 1$ and $v^T z^{(0)} \neq 0$. Then $z^{(k)} \to \infty$.",
    "growth beside a direction": ALONG + r"Suppose $|c| > 1$ and $z^{(0)} \neq 0$. Then $z^{(k)} \to \infty$.",
    "a step that is given": r"Suppose $b = a + 1$ and $a = -2$. Then $b^t \to 0$.",
    "a premise": r"If $|a| < 1$, then $(a b)^t \to 0$.",
    "two powers": r"Suppose $|a| < 1$. Then $a^t + b^t \to 0$.",
}
CONDITIONAL = {
    "growth from anywhere": STEPS + r"Suppose $\alpha > 2$. Then $|\theta_t| \to \infty$.",
    "a vector from anywhere": VECTORS + r"Then $z^{(k)} \to \infty$.",
    "growth along a direction": ALONG + r"Suppose $|c| > 1$. Then $z^{(k)} \to \infty$.",
    "growth with any factor": r"Suppose $|a| > 1$. Then $|c a^t| \to \infty$.",
}
PROVED = (
    "decay",
    "decay of a defined sequence",
    "decay with a factor",
    "decay to a constant",
    "growth",
    "growth of the absolute value",
    "a recurrence",
    "a recurrence that grows",
    "the fixed point",
    "a step size",
    "a vector that grows",
    "growth along a direction",
)
OPEN = {
    "growth at the boundary": ALONG + r"Suppose $|c| \geq 1$ and $v^T z^{(0)} \neq 0$. Then $z^{(k)} \to \infty$.",
    "growth along a direction of the other side": POWERS
    + r"Suppose $A v = c v$, $|c| > 1$ and $v^T z^{(0)} \neq 0$. Then $z^{(k)} \to \infty$.",
}


def verdicts(text: str) -> list[str]:
    (found,) = verdicts_of_paragraphs((Paragraph(NUMBERS + text),))
    claimed = [verdict for verdict in found if verdict != "given"]
    assert claimed, "nothing is claimed"
    return claimed


@pytest.mark.parametrize("name", TRUE)
def test_what_is_true_is_not_refuted(name: str) -> None:
    found = verdicts(TRUE[name])
    assert not {"refuted", "conditional", "conflict", "ill-typed"} & set(found), found
    if name in PROVED:
        assert found == ["proved"]


@pytest.mark.parametrize("name", FALSE)
def test_what_is_false_is_refuted(name: str) -> None:
    assert verdicts(FALSE[name]) == ["refuted"]


@pytest.mark.parametrize("name", CONDITIONAL)
def test_what_needs_a_start_that_is_not_nothing(name: str) -> None:
    assert verdicts(CONDITIONAL[name]) == ["conditional"]


@pytest.mark.parametrize("name", OPEN)
def test_what_is_false_is_not_proved(name: str) -> None:
    """No model is found yet in which the contrary is proved."""
    assert not {"proved", "conditional"} & set(verdicts(OPEN[name]))
