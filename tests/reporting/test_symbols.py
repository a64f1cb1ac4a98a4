"""Symbols as declarations: pasted back, they give the same readings."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from verifier.derivation import Derivation, Origin
from verifier.reading import context_of, read, read_document
from verifier.reporting.symbols import symbols_json, symbols_text

DECLARED = r"""# Homework

```given
x, c \in \mathbb{R}^n
A \in \mathbb{R}^{n \times n}
A is symmetric
X_i \in \mathbb{R}^p
w^{(k)} \in \mathbb{R}^p
\hat{\beta}, \theta_0 \in \mathbb{R}^p
f : \mathbb{R}^n \to \mathbb{R}
h is entrywise
\eta \in \mathbb{R}
\eta > 0
layout: denominator
```

## 1

$$\frac{\partial}{\partial x} (x^T A x) = 2 A x + \eta c$$

$$X_i^T \hat{\beta} + \theta_0^T w^{(k)} = w^{(k)T} \theta_0$$

**(a)** Let $u \in \mathbb{R}^n$. Then

$$f(u) + u^T h(u) = h(u)^T u + f(u)$$

## 2

```given
x \in \mathbb{R}^{m \times n}
layout: numerator
```

$$x^T x = (x^T x)^T$$
"""


EVERYTHING = r"""## 1

```given
i \in \{1, \dots, n\}
k \in \{0, \dots, T\}
t is an index
N, d dimensions
N > d
x, w, u, v \in \mathbb{R}^n
A, S, U, C \in \mathbb{R}^{n \times n}
A^T = A
S \succ 0
U is orthogonal
P \in \mathbb{R}^{n \times n}
P is positive semidefinite
X \in \mathbb{R}^{N \times d}
X has full column rank
X^T X is invertible
A_h := A_{h,:}
C \equiv \mathbf{c}
\eta, p \in \mathbb{R}
\eta > 0
p \in [0, 1]
w_t \in \mathbb{R}^n
y_i \in \mathbb{R}
y_i > 0
L(w) := \|x - A w\|^2
M := A + A^T
g(u, v) := u^T v
f : \mathbb{R}^n \to \mathbb{R}
q : \mathbb{R}^n \times \mathbb{R} \to \mathbb{R}^n
b is entrywise
\sigma is the sigmoid
E is the expectation
I is the identity
e_i unit vectors in R^n
x is random
layout: denominator
```

## 2

```given
a \in \mathbb{R}
a^2 = 2
layout: numerator
```
"""
ROOT = Path(__file__).parents[2]
DOCUMENTS = [*sorted((ROOT / "docs" / "examples").glob("*.md")), *sorted((ROOT / "tests" / "homework").glob("*.md"))]
NUMBERED = re.compile(r"\d")


def facts(derivation: Derivation) -> dict[str, tuple[set[Any], set[Any], str]]:
    """What is known in each numbered section: symbols, what is stated of them, the layout."""
    return {
        section.number: (
            {
                (e.name, e.kind, e.shape, frozenset(e.properties), e.ranges, e.target, e.definition, e.template)
                for e in (*section.symbols, *section.aliases)
                if e.origin is not Origin.INFERRED
            },
            {hypothesis.statement for hypothesis in section.hypotheses},
            section.layout,
        )
        for section in derivation.sections
        if NUMBERED.search(section.number)
    }


def test_pasted_back_everything_that_can_be_declared_is_the_same() -> None:
    derivation = read(read_document(EVERYTHING, "a.md", "markdown"))
    assert not derivation.diagnostics
    text = symbols_text(derivation)
    again = read(read_document(text, "b.md", "markdown"))
    assert not again.diagnostics
    assert facts(again) == facts(derivation)
    assert facts(read(read_document(symbols_text(again), "c.md", "markdown"))) == facts(derivation)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_pasted_back_for_documents_and_contexts(path: Path) -> None:
    """Contexts are nothing but declarations; of documents, the declarations are taken away and given as a context."""
    text = path.read_text()
    derivation = read(read_document(text, path.name, "markdown"))
    printed = symbols_text(derivation)
    assert "?" not in "".join(line for line in printed.splitlines() if not line.startswith("<!--"))
    context = context_of(read_document(printed, "symbols.md", "markdown"))
    again = read(read_document(without_declarations(text), path.name, "markdown"), [context])
    assert not again.diagnostics
    before, after = facts(derivation), facts(again)
    for number, (declared, stated, layout) in before.items():
        assert declared <= after[number][0]
        assert stated <= after[number][1]
        assert layout == after[number][2]
    assert readings(again) == readings(derivation)


def test_dimensions_that_nobody_named_have_letters() -> None:
    derivation = read(read_document("$$x^T z = z^T x$$\n\n$$A^T A = B$$\n", "a.md", "markdown"))
    shapes = {e.name: e.shape for section in derivation.sections for e in section.symbols}
    assert shapes["x"] == shapes["z"] == "\\mathbb{R}^{n}"
    assert "?" not in symbols_text(derivation) + symbols_json(derivation)


def readings(derivation: Derivation) -> list[object]:
    return [claim.sequent for claim in derivation.claims if claim.sequent is not None]


def without_declarations(text: str) -> str:
    return re.sub(r"```given\n.*?```\n", "", text, flags=re.DOTALL)


def test_pasted_back_as_a_context_file_the_readings_are_the_same() -> None:
    derivation = read(read_document(DECLARED, "a.md", "markdown"))
    assert not derivation.diagnostics
    assert len(readings(derivation)) == 4
    context = context_of(read_document(symbols_text(derivation), "symbols.md", "markdown"))
    again = read(read_document(without_declarations(DECLARED), "a.md", "markdown"), [context])
    assert not again.diagnostics
    assert readings(again) == readings(derivation)


def test_pasted_into_the_document_beside_what_it_declares_nothing_changes() -> None:
    derivation = read(read_document(DECLARED, "a.md", "markdown"))
    blocks = re.findall(r"```given\n(.*?)```", symbols_text(derivation), flags=re.DOTALL)
    pasted = DECLARED.replace("layout: denominator\n", f"layout: denominator\n{blocks[0]}")
    again = read(read_document(pasted, "a.md", "markdown"))
    assert not again.diagnostics
    assert readings(again) == readings(derivation)


def test_where_each_symbol_comes_from() -> None:
    text = symbols_text(read(read_document(DECLARED + "\n$$r + s = s + r$$\n", "a.md", "markdown")))
    assert "# A, a matrix, symmetric: declaration in line 5\nA \\in \\mathbb{R}^{n \\times n}\n" in text
    assert "# x, a vector: declaration in line 4\nx \\in \\mathbb{R}^{n}\n" in text
    assert "# r, a scalar: inferred\nr \\in \\mathbb{R}\n" in text
    assert "\nlayout: denominator\n" in text


def test_definitions_of_the_running_text_stay_there() -> None:
    text = "Let $x \\in \\mathbb{R}^n$. Define $L(x) := x^T x$.\n\n$$L(x) = \\|x\\|^2$$\n"
    derivation = read(read_document(text, "a.md", "markdown"))
    printed = symbols_text(derivation)
    assert "# L: definition in line 1\n" in printed
    assert "L\\left(x\\right) :=" not in printed


def test_definitions_of_given_blocks_are_printed() -> None:
    text = "```given\nx \\in \\mathbb{R}^n\nL(x) := x^T x\n```\n\n$$L(x) = \\|x\\|^2$$\n"
    derivation = read(read_document(text, "a.md", "markdown"))
    context = context_of(read_document(symbols_text(derivation), "symbols.md", "markdown"))
    again = read(read_document(without_declarations(text), "a.md", "markdown"), [context])
    assert readings(again) == readings(derivation)


@pytest.mark.parametrize("text", ["", "Nothing.", "$$x = $$", "# --> <!-- given: x\n\n$y \\in \\mathbb{R}$"])
def test_documents_without_much(text: str) -> None:
    printed = symbols_text(read(read_document(text, "a.md", "markdown")))
    read(read_document(printed, "b.md", "markdown"))


def test_json() -> None:
    derivation = read(read_document(DECLARED, "a.md", "markdown"))
    sections = json.loads(symbols_json(derivation))["sections"]
    (entry,) = [e for e in sections[1]["symbols"] if e["name"] == "A"]
    assert entry == {
        "name": "A",
        "latex": "A",
        "kind": "symbol",
        "shape": "\\mathbb{R}^{n \\times n}",
        "origin": "declaration",
        "line": 5,
        "properties": ["symmetric"],
    }
