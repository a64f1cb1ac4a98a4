"""Lists of cases: (i), (ii), … where the text says that they are cases."""

from __future__ import annotations

from verifier import check
from verifier.derivation import Role

REALS = r"Let $a, b, c \in \mathbb{R}$."
CASES = "We look at the following cases:"


def said(text: str) -> dict[str, str]:
    report = check(f"{REALS}\n\n{text}\n", syntax="markdown")
    return {j.claim.left + j.claim.relation + j.claim.right: str(j.verdict) for j in report.judgements if j.claim.left}


def test_what_heads_a_case_is_its_condition() -> None:
    found = said(f"{CASES}\n\n$$(i) a = b$$\n\n$$a c = b c$$\n\n$$(ii) a = 2 b, b = c$$\n\n$$a c = 2 b^2$$")
    assert found["a c=b c"] == "proved"
    assert found["a c=2 b^2"] == "proved"


def test_it_holds_in_no_other_case_and_nothing_is_refuted() -> None:
    found = said(f"{CASES}\n\n$$(i) a = b$$\n\n$$(ii) a = 2 b$$\n\n$$a c = b c$$")
    assert found["a c=b c"] == "undecided"


def test_without_cases_numerals_head_claims() -> None:
    report = check(f"{REALS}\n\nShow the following:\n\n$$(i) a c = b$$\n\n$$(ii) a = a$$\n", syntax="markdown")
    claims = [j for j in report.judgements if j.claim.role is Role.CLAIM]
    assert [str(j.verdict) for j in claims] == ["refuted", "proved"]


def test_cases_end_with_their_section() -> None:
    found = said(f"## 1\n\n{CASES}\n\n$$(i) a = b$$\n\n## 2\n\n$$a c = b c$$")
    assert found["a c=b c"] == "refuted"
