"""Each derivative layout says which of two transposes is meant: by it one is proved and the other is not."""

from __future__ import annotations

import pytest

from verifier import check

GIVEN = "```given\nx, c \\in \\mathbb{R}^n\nA \\in \\mathbb{R}^{m \\times n}\nlayout: "
SCALAR_BY_VECTOR = r"\frac{\partial}{\partial x} (c^T x)"
VECTOR_BY_VECTOR = r"\frac{\partial (A x)}{\partial x}"
MEANT = {
    "numerator": ("c^T", "A"),
    "denominator": ("c", "A^T"),
    "mixed": ("c", "A"),
}
OTHER = {"c": "c^T", "c^T": "c", "A": "A^T", "A^T": "A"}


@pytest.mark.parametrize("layout", MEANT)
@pytest.mark.parametrize("kind", [0, 1], ids=("scalar by vector", "vector by vector"))
def test_a_layout_decides_between_a_matrix_and_its_transpose(layout: str, kind: int) -> None:
    derivative, right = (SCALAR_BY_VECTOR, VECTOR_BY_VECTOR)[kind], MEANT[layout][kind]
    text = f"{GIVEN}{layout}\n```\n\n$${derivative} = {right}$$\n\n$${derivative} = {OTHER[right]}$$\n"
    assert [str(j.verdict) for file in check(text).files for j in file.judgements] == ["proved", "other-layout"]
