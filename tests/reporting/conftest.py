"""Documents and reports that several tests look at."""

from __future__ import annotations

from pathlib import Path

import pytest

from verifier.reporting.checking import check, check_file
from verifier.reporting.report import Report

GIVEN = r"""```given
x, c \in \mathbb{R}^n
A \in \mathbb{R}^{n \times n}
a, b, t \in \mathbb{R}
layout: numerator
```
"""
HOMEWORK = (
    r"# Homework"
    + "\n\n"
    + GIVEN
    + r"""
## 1

**(a)** The norm, $x^T x = \|x\|^2$, and

$$(a + b)^2 = a^2 + 2 a b + b^2 = a^2 + b^2$$

**(b)** Derivatives:

$$\frac{\partial}{\partial x} (x^T A x) = 2 x^T A$$

$$\frac{\partial}{\partial x} (A x) = A^T$$

$$x^T A = A x$$

$$\frac{a b}{b} = a$$

$$x^T x = ($$

<!-- verifier: expect refuted -->
$$x^T x = 2 x^T x$$

<!-- verifier: assume -->
$$\|x + c\| \leq \|x\| + \|c\|$$

<!-- verifier: expect refuted -->
$$a + b = b + a$$

$$q = r + s$$
"""
)


@pytest.fixture(scope="session")
def homework_text() -> str:
    return HOMEWORK


@pytest.fixture(scope="session")
def given() -> str:
    return GIVEN


@pytest.fixture(scope="session")
def homework() -> Report:
    return check(HOMEWORK, path="homework.md")


@pytest.fixture(scope="session")
def example() -> Report:
    return check_file(Path(__file__).parents[2] / "docs" / "examples" / "matrix_calculus.md")
