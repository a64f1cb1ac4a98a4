"""What declarations of randomness are read as; what is not understood of them leaves claims unread."""

from __future__ import annotations

import pytest

from verifier import check
from verifier.notation import latex

FAMILY = "n dimension\nk \\in \\{1, \\dots, n\\}\nd_k, p \\in \\mathbb{R}\n"
VECTOR = "x, \\mu \\in \\mathbb{R}^n\nS \\in \\mathbb{R}^{n \\times n}\n\\sigma \\in \\mathbb{R}\n"
MATRIX = "M \\in \\mathbb{R}^{m \\times n}\n\\sigma \\in \\mathbb{R}\n"

READ = [
    (VECTOR, r"x \sim \mathcal{N}(\mu, S)", "x", {"property", "gaussian", "equal"}),
    (VECTOR, r"x \sim \mathcal{N}(0, \sigma^2 I)", "x", {"property", "gaussian", "equal"}),
    (VECTOR, r"\mathbb{E}[x] = 0, \mathbb{E}[x x^T] = \sigma^2 I", "x", {"property", "equal"}),
    (VECTOR, "x is Gaussian", "x", {"property", "gaussian"}),
    (VECTOR, "x is random", "x", {"property"}),
    (
        MATRIX,
        r"M_{ij} \sim \mathcal{N}(0, \sigma^2) i.i.d.",
        "M",
        {"property", "for_all", "independent_entries", "gaussian"},
    ),
    (MATRIX, r"M_{ij} \sim \mathcal{N}(0, \sigma^2)", "M", {"property", "for_all"}),
    (MATRIX, "the entries of M are independent", "M", {"property", "independent_entries"}),
]
MEMBERS = [
    (r"d_k \sim \text{Bernoulli}(p)", ["equal", "equal", "property"]),
    (r"d_k \sim \text{Bernoulli}(p) i.i.d.", ["equal", "equal", "independent_members", "property"]),
    ("the d_k are i.i.d.", ["identically_distributed", "independent_members", "property"]),
    (r"\mathbb{E}[d_k] = p", ["equal", "property"]),
]
NOT_READ = [
    r"x \sim \text{Cauchy}(0, 1)",
    r"x \sim \mathcal{N}(\mu)",
    r"x \sim p(x)",
    "x is independent",
    "x + \\mu is independent of \\sigma",
]


def hypotheses(given: str, formula: str) -> tuple[str, list[tuple[str, str]]]:
    report = check(f"```given\n{given}\n```\n\n$${formula}$$\n", syntax="markdown")
    (judgement,) = report.files[0].judgements
    sequent = judgement.claim.sequent
    known = sequent.hypotheses if sequent is not None else ()
    return str(judgement.verdict), [(h.head, latex(h)) for h in known]


@pytest.mark.parametrize(("given", "line", "symbol", "heads"), READ)
def test_a_declaration_is_read(given: str, line: str, symbol: str, heads: set[str]) -> None:
    verdict, found = hypotheses(given + line, f"\\mathbb{{E}}[{symbol}] = \\mathbb{{E}}[{symbol}]")
    assert verdict == "proved"
    assert {head for head, _ in found} == heads


@pytest.mark.parametrize(("line", "heads"), MEMBERS)
def test_what_is_declared_of_a_member_holds_for_each(line: str, heads: list[str]) -> None:
    _, found = hypotheses(FAMILY + line, r"\mathbb{E}[\sum_{k=1}^n d_k] = \sum_{k=1}^n \mathbb{E}[d_k]")
    assert {head for head, _ in found} == {"for_all"}
    assert len(found) == len(heads)


def test_a_distribution_without_words_says_nothing_of_independence() -> None:
    _, found = hypotheses(MATRIX + r"M_{ij} \sim \mathcal{N}(0, \sigma^2)", r"\mathbb{E}[M] = \mathbb{E}[M]")
    assert not any("independent" in text or "gaussian" in text for _, text in found)


@pytest.mark.parametrize("line", NOT_READ)
def test_what_is_not_understood_of_a_symbol_leaves_its_claims_open(line: str) -> None:
    verdict, _ = hypotheses(VECTOR + "x is random\n" + line, r"\mathbb{E}[x x^T] = \mu \mu^T")
    assert verdict in ("unread", "undecided")


def test_what_an_equation_says_is_made_of_noise_is_random() -> None:
    given = VECTOR + "y \\in \\mathbb{R}^n\n\\mathbb{E}[x] = \\mu\ny = S x\n"
    assert hypotheses(given, r"\mathbb{E}[y] = S \mu")[0] == "proved"
    assert hypotheses(given, r"\operatorname{Var}(y) = S \operatorname{Var}(x) S^T")[0] == "proved"
