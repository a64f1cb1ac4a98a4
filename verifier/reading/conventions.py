"""Macros that people use without showing their definition, read as everybody reads them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ConventionalMacro:
    """What a conventional macro stands for."""

    arguments: int
    body: str
    default: str | None = None


def _words(names: str) -> dict[str, ConventionalMacro]:
    return {name: ConventionalMacro(0, f"\\operatorname{{{name}}}") for name in names.split()}


CONVENTIONAL: dict[str, ConventionalMacro] = {
    **_words("Bias argmin argmax relu ReLU softmax sigmoid rank diag trace adj MSE Unif Bern KL sgn supp"),
    "E": ConventionalMacro(0, "\\mathbb{E}"),
    "EE": ConventionalMacro(0, "\\mathbb{E}"),
    "R": ConventionalMacro(0, "\\mathbb{R}"),
    "RR": ConventionalMacro(0, "\\mathbb{R}"),
    "reals": ConventionalMacro(0, "\\mathbb{R}"),
    "N": ConventionalMacro(0, "\\mathbb{N}"),
    "Z": ConventionalMacro(0, "\\mathbb{Z}"),
    "Var": ConventionalMacro(0, "\\operatorname{Var}"),
    "Cov": ConventionalMacro(0, "\\operatorname{Cov}"),
    "tr": ConventionalMacro(0, "\\operatorname{tr}"),
    "Tr": ConventionalMacro(0, "\\operatorname{tr}"),
    "dif": ConventionalMacro(0, "\\mathrm{d}"),
    "diff": ConventionalMacro(0, "\\mathrm{d}"),
    "dd": ConventionalMacro(0, "\\mathrm{d}"),
    "tran": ConventionalMacro(1, "{#1}^{\\top}"),
    "trans": ConventionalMacro(1, "{#1}^{\\top}"),
    "pdiff": ConventionalMacro(2, "\\frac{\\partial #1}{\\partial #2}"),
    "pdv": ConventionalMacro(2, "\\frac{\\partial #1}{\\partial #2}"),
    "dv": ConventionalMacro(2, "\\frac{d #1}{d #2}"),
    "norm": ConventionalMacro(1, "\\left\\|#1\\right\\|"),
    "abs": ConventionalMacro(1, "\\left|#1\\right|"),
    "paren": ConventionalMacro(1, "\\left(#1\\right)"),
    "bracket": ConventionalMacro(1, "\\left[#1\\right]"),
}
