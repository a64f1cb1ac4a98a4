"""Each axiom about matrices in exact models: it holds where its premises do, and without any one of them it fails."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

import pytest

from tests.kernel import exact_matrices
from tests.kernel.axiom_arguments import ABOUT_MATRICES, ABOUT_SYMBOLS, NAMES, stronger, typed
from tests.kernel.building import M, N, sym
from tests.kernel.exact_matrices import is_true, matrix
from tests.kernel.matrix_models import models
from verifier.kernel.axioms import AXIOMS
from verifier.kernel.axioms_order import NORMS
from verifier.kernel.heads import TermError
from verifier.kernel.linear import ONE, Linear
from verifier.kernel.shapes import SCALAR, Shape, ShapeError, rectangle
from verifier.kernel.terms import Term, subterms

ROWS = sorted(ABOUT_MATRICES)
EQUATIONS = {name for name, row in NORMS.items() if row.source == "a norm is homogeneous"} | {
    "eq_zero_of_norm",
    "spectral_norm_of_eq_identity",
}
AT_ONE_VALUE = {"eq_zero_of_norm"}  # of each shape one value alone satisfies the premise
SIZES = [{"m": m, "n": n} for m, n in ((1, 1), (2, 1), (1, 2), (2, 2), (3, 2), (2, 3))]


def at(form: Linear, sizes: dict[str, int]) -> int:
    return sum(c * (1 if a == "" else sizes[str(a)]) for a, c in form)


def instances(name: str) -> Iterator[tuple[Term, tuple[Term, ...], dict[str, Any], dict[str, int]]]:
    """Statement, premises, values for the arguments, dimensions."""
    random = Random(7)
    for arguments in typed(name):
        statement, premises = AXIOMS[name].statement(*arguments), AXIOMS[name].premises(*arguments)
        seen = {a for argument in arguments for axis in argument.space().axes for a, _ in axis if a != ""}
        done = set()
        for sizes in SIZES:
            shapes = [tuple(at(axis, sizes) for axis in argument.space().axes) for argument in arguments]
            if tuple(shapes) in done:
                continue
            done.add(tuple(shapes))
            scalars = [argument.space() == SCALAR for argument in arguments]
            for values in models(name, random, shapes, scalars):
                held = dict(zip(NAMES, values, strict=False))
                yield statement, premises, held, {str(a): sizes[str(a)] for a in seen}


@pytest.mark.parametrize("name", ROWS)
def test_an_axiom_holds_where_its_premises_do(name: str) -> None:
    used = large = 0
    for statement, premises, model, sizes in instances(name):
        if all(is_true(premise, model, sizes) for premise in premises):
            assert is_true(statement, model, sizes) is True, (model, sizes)
            used += 1
            large += all(size > 1 for size in sizes.values())
    alone = name in AT_ONE_VALUE
    assert used >= (5 if alone else 20)
    assert large >= (2 if alone else 6)


@pytest.mark.parametrize("name", [name for name in NORMS if name in ABOUT_MATRICES and name not in EQUATIONS])
def test_an_inequality_says_no_more_than_it_may(name: str) -> None:
    """The models tell it from its converse, and from a strict one where equality occurs."""
    refuted, wanted = set[int](), set[int]()
    for statement, premises, model, sizes in instances(name):
        if all(is_true(premise, model, sizes) for premise in premises):
            others = stronger(statement)
            wanted = set(range(len(others)))
            refuted |= {k for k, other in enumerate(others) if is_true(other, model, sizes) is False}
            if refuted == wanted:
                return
    pytest.fail(f"of {wanted} the models refute {refuted}")


@pytest.mark.parametrize("name", ABOUT_SYMBOLS)
def test_every_argument_occurs_in_the_statement(name: str) -> None:
    """So that the kernel, which looks whether the statement is closed, has looked at the premises too."""
    row = AXIOMS[name]
    found = list(typed(name))
    assert found
    for arguments in found:
        parts = set(subterms(row.statement(*arguments)))
        assert parts >= set(arguments)
        symbols = {p for premise in row.premises(*arguments) for p in subterms(premise) if p.head == "symbol"}
        assert symbols <= set(arguments)


# what is false without a premise: for each premise values at which the others hold, and neither it nor the statement

TWO, MINUS = [[2]], [[-1]]
SINGULAR = [[1, 1], [1, 1]]
SHEAR = [[1, 1], [0, 1]]
TWICE = [[2, 0], [0, 2]]
NEGATIVE = [[-1, 0], [0, -1]]
EYE = [[1, 0], [0, 1]]
NONE = [[0, 0], [0, 0]]
NOWHERE = [[0], [0]]
TALL, WIDE = [[1], [2]], [[1, 2]]
DEPENDENT = [[1, 2], [2, 4], [0, 0]]
FLAT = [[1, 2, 0], [2, 4, 0]]
Rows = list[list[int]]

COUNTEREXAMPLES: dict[str, Sequence[tuple[Rows, ...]]] = {
    "mul_inverse": ((SINGULAR,),),
    "inverse_mul": ((SINGULAR,),),
    "mul_eq_one_comm": [(SINGULAR, EYE)],
    **dict.fromkeys(("symmetric", "positive_definite_symmetric", "positive_semidefinite_symmetric"), ((SHEAR,),)),
    **dict.fromkeys(("projection_symmetric", "diagonal_symmetric", "symmetric_of_transpose"), ((SHEAR,),)),
    **dict.fromkeys(("skew", "skew_of_transpose", "diagonal", "diagonal_of_diag"), ((SHEAR,),)),
    **dict.fromkeys(("orthogonal", "orthogonal_rows", "orthogonal_of_gram"), ((SHEAR,),)),
    **dict.fromkeys(("orthonormal_columns", "orthonormal_columns_of_gram"), ((TALL,),)),
    **dict.fromkeys(("idempotent", "projection_idempotent", "idempotent_of_mul_self"), ((SHEAR,),)),
    **dict.fromkeys(("permutation", "permutation_rows"), ((SHEAR,),)),
    "projection_of_mul_self": [(TWICE,), ([[1, 1], [0, 0]],)],
    **dict.fromkeys(("positive_definite_invertible", "orthogonal_invertible"), ((SINGULAR,),)),
    "invertible_mul": [(SINGULAR, EYE), (EYE, SINGULAR)],
    **dict.fromkeys(("invertible_transpose", "invertible_inverse"), ((SINGULAR,),)),
    **dict.fromkeys(("gram_invertible", "gram_positive_definite"), ((DEPENDENT,),)),
    **dict.fromkeys(("outer_gram_invertible", "outer_gram_positive_definite"), ((FLAT,),)),
    **dict.fromkeys(("full_column_rank_of_gram", "full_column_rank_of_orthonormal"), ((DEPENDENT,),)),
    "full_row_rank_of_gram": ((FLAT,),),
    "full_row_rank_transpose": ((DEPENDENT,),),
    "full_column_rank_transpose": ((FLAT,),),
    **dict.fromkeys(("full_column_rank_of_invertible", "invertible_of_full_column_rank"), ((SINGULAR,),)),
    "gram_eq_zero": ((TALL,),),
    **dict.fromkeys(("positive_definite_of_eq_identity", "determinant_of_eq_identity"), ((NONE,),)),
    "positive_semidefinite_of_positive_definite": ((NEGATIVE,),),
    "positive_definite_congruence": [(NEGATIVE, EYE), (EYE, [[1, 2], [2, 4]])],
    "positive_semidefinite_congruence": [(NEGATIVE, EYE)],
    "positive_definite_add_semidefinite": [(NONE, SINGULAR), (EYE, NEGATIVE)],
    "positive_semidefinite_add_definite": [(NEGATIVE, EYE), (SINGULAR, NONE)],
    "positive_semidefinite_add": [(NEGATIVE, NONE), (NONE, NEGATIVE)],
    "positive_definite_scale": [(MINUS, EYE), (TWO, NEGATIVE)],
    "positive_semidefinite_scale": [(MINUS, EYE), (TWO, NEGATIVE)],
    "positive_definite_inverse": ((NEGATIVE,),),
    "positive_definite_of_invertible": [(NEGATIVE,), (SINGULAR,)],
    "pseudoinverse_unique": [
        (TALL, [[0, 0]]),
        ([[1, 0], [0, 0]], EYE),
        ([[1], [0]], [[1, 1]]),
        ([[1, 0]], [[1], [1]]),
    ],
    **dict.fromkeys(("determinant_inverse", "determinant_nonzero"), ((SINGULAR,),)),
    "invertible_of_determinant_nonzero": ((SINGULAR,),),
    "determinant_positive": [([[1, 0], [0, -1]],)],
    "trace_of_mul_self": ((TWICE,),),
    "rank_of_full_column_rank": ((DEPENDENT,),),
    "full_column_rank_of_rank": ((DEPENDENT,),),
    "rank_of_full_row_rank": ((FLAT,),),
    "full_row_rank_of_rank": ((FLAT,),),
    "spectral_norm_orthonormal_mul": [(TALL, [[1, 3]])],
    "spectral_norm_mul_orthonormal": [([[1], [3]], WIDE)],
    "norm_smul_nonneg": [(MINUS, TALL)],
    "spectral_norm_smul_nonneg": [(MINUS, TWICE)],
    "norm_positive": ((NOWHERE,),),
    "eq_zero_of_norm": ((TALL,),),
    "spectral_norm_of_eq_identity": ((TWICE,),),
    "spectral_norm_one_minus_gram": [(MINUS, EYE), (TWO, TWICE)],
    "quadratic_form_nonneg": [(NEGATIVE, TALL)],
    "quadratic_form_positive": [(NONE, TALL), (EYE, NOWHERE)],
}
UNDEFINED_WITHOUT = {"mul_inverse", "inverse_mul", "invertible_inverse", "determinant_inverse"}


def test_every_premise_has_its_counterexample() -> None:
    for name in ROWS:
        (arguments, *_) = typed(name)
        assert len(COUNTEREXAMPLES.get(name, [])) == len(AXIOMS[name].premises(*arguments)), name


def free_symbols(values: tuple[Rows, ...]) -> tuple[tuple[Term, ...], dict[str, int]]:
    """Symbols whose dimensions have one name for each size, and the sizes."""
    names = {2: N, 3: M}
    terms = tuple(
        sym(symbol, Shape(tuple(ONE if size == 1 else names[size] for size in (len(rows), len(rows[0])))))
        for symbol, rows in zip(NAMES, values, strict=False)
    )
    return terms, {"n": 2, "m": 3}


@pytest.mark.parametrize(
    ("name", "k"), [(name, k) for name, found in COUNTEREXAMPLES.items() for k in range(len(found))]
)
def test_without_a_premise_an_axiom_is_false(name: str, k: int) -> None:
    values = COUNTEREXAMPLES[name][k]
    arguments, sizes = free_symbols(values)
    model = {symbol: matrix(rows) for symbol, rows in zip(NAMES, values, strict=False)}
    truths = [is_true(premise, model, sizes) for premise in AXIOMS[name].premises(*arguments)]
    assert truths == [j != k for j in range(len(truths))]
    assert is_true(AXIOMS[name].statement(*arguments), model, sizes) is (None if name in UNDEFINED_WITHOUT else False)


# what the shapes rule out: a law of products of matrices says nothing of multiples by a number

SCALAR_MULTIPLES = ["mul_eq_one_comm", "invertible_mul", "determinant_mul", "determinant_sylvester"]


@pytest.mark.parametrize("name", SCALAR_MULTIPLES)
def test_a_number_is_no_matrix_to_multiply_by(name: str) -> None:
    for arguments in ((sym("c"), sym("A", rectangle(N, N))), (sym("A", rectangle(N, N)), sym("c"))):
        with pytest.raises(TermError):
            AXIOMS[name].statement(*arguments)


def test_the_determinant_of_a_multiple_is_not_the_product() -> None:
    """What determinant_mul would say, were its arguments not checked."""
    c, a = sym("c"), sym("A", rectangle(N, N))
    wrong = Term(
        "equal",
        (
            Term("determinant", (Term("multiply", (c, a)),)),
            Term("multiply", (Term("determinant", (c,)), Term("determinant", (a,)))),
        ),
    )
    assert is_true(wrong, {"c": exact_matrices.number(2), "A": matrix(EYE)}, {"n": 2}) is False


@pytest.mark.parametrize("name", ROWS)
def test_an_axiom_refuses_three_axes(name: str) -> None:
    tensor = sym("T", Shape((N, N, N)))
    with pytest.raises((TermError, ShapeError)):
        AXIOMS[name].statement(*(tensor,) * AXIOMS[name].arity)
