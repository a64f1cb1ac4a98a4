"""Symbols as declarations: pasted back, they give the same readings."""

import json
import re

import pytest

from verifier.derivation import Derivation
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
