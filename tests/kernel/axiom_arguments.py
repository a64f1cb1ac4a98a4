"""Symbols to which an axiom can be applied, in every combination of shapes that it takes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from tests.kernel.building import M, N, sym
from verifier.kernel.axioms import AXIOMS
from verifier.kernel.axioms_functions import FUNCTIONS
from verifier.kernel.axioms_matrices import MATRICES
from verifier.kernel.axioms_order import LIMITS, NORMS, ORDER
from verifier.kernel.axioms_scalars_of_matrices import SCALARS_OF_MATRICES
from verifier.kernel.axioms_structure import STRUCTURE
from verifier.kernel.heads import TermError
from verifier.kernel.shapes import SCALAR, ShapeError, column, rectangle
from verifier.kernel.terms import Term

ABOUT_NUMBERS = {**FUNCTIONS, **ORDER}
WITH_TESTS_OF_THEIR_OWN = {
    *("matrix_power_add", "spectral_norm_diagonal", "entry_le_norm", "determinant_leibniz"),
    *LIMITS,
}
OF_MATRICES = {**STRUCTURE, **MATRICES, **SCALARS_OF_MATRICES, **NORMS}
ABOUT_MATRICES = {name: row for name, row in OF_MATRICES.items() if name not in WITH_TESTS_OF_THEIR_OWN}
ABOUT_SYMBOLS = {**ABOUT_NUMBERS, **ABOUT_MATRICES}
NAMES = ("p", "q", "r")
SHAPES = (SCALAR, column(N), column(N).transposed, rectangle(N, N), rectangle(M, N), rectangle(N, M), rectangle(M, M))


def typed(name: str) -> Iterator[tuple[Term, ...]]:
    """Symbols for the arguments, numbers first."""
    row = AXIOMS[name]
    for shapes in product(SHAPES, repeat=row.arity):
        arguments = tuple(sym(symbol, shape) for symbol, shape in zip(NAMES, shapes, strict=False))
        try:
            row.statement(*arguments), row.premises(*arguments)
        except (TermError, ShapeError):
            continue
        yield arguments


def largest(name: str) -> tuple[Term, ...]:
    """Those arguments with the most axes that are no 1."""
    return max(
        typed(name), key=lambda found: [sum(str(a.space()).count("×") for a in found), found[0].space() != SCALAR]
    )


def stronger(inequality: Term) -> tuple[Term, ...]:
    """What would be too much: the converse, and < for ≤."""
    converse = Term(inequality.head, inequality.args[::-1])
    return (converse, Term("less", inequality.args)) if inequality.head == "less_equal" else (converse,)
