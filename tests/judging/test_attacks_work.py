"""Short documents that ask for endless work: each ends, whatever it says, and says nothing false."""

from __future__ import annotations

import subprocess
import sys

import pytest

DECLARED = r"Let $a, b, c \in \mathbb{R}$, $A, B \in \mathbb{R}^{n \times n}$." + "\n\n"
SECONDS = 60  # far above what they take: who fails here does not end

BRANCHES = r"\\".join(f"{k} & a > {k}" for k in range(40))
DOUBLING = " ".join(rf"Define $\text{{d{k + 1}}} = \text{{d{k}}} + \text{{d{k}}}^2$." for k in range(25))

DOCUMENTS = {
    "cases with many branches": rf"{DECLARED}$$a = \begin{{cases}} {BRANCHES} \\ a & \text{{else}} \end{{cases}}$$",
    "definitions that double": rf"Let $\text{{d0}} \in \mathbb{{R}}$. {DOUBLING}"
    + "\n\n"
    + r"$$\text{d25} = \text{d0}$$",
    "nested squares": f"{DECLARED}$$((((a+b)^2+c)^2+a)^2+b)^2 = 1 + ((((b+a)^2+c)^2+a)^2+b)^2$$",
    "a 12th power of a sum of matrices": f"{DECLARED}$$(A+B)^{{12}} = (B+A)^{{12}}$$",
    "a tower of exponents": f"{DECLARED}$${'e^{' * 20}a{'}' * 20} = 1$$",
    "a tower without braces": f"{DECLARED}$${'e^' * 20}a = 1$$",
}
EXPECTED = {"a 12th power of a sum of matrices": {"proved", "unrefuted"}}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_ends(name: str) -> None:
    run = "import sys; from verifier import check; print(*(j.verdict for j in check(sys.stdin.read()).counted))"
    done = subprocess.run(
        [sys.executable, "-c", run], input=DOCUMENTS[name], capture_output=True, text=True, timeout=SECONDS, check=True
    )
    last = done.stdout.split()[-1]
    assert last in EXPECTED.get(name, {"refuted", "undecided", "unread"}), done.stdout
