"""Laws of ranks, determinants, pseudo-inverses and spectral norms, at the terms that a goal speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from verifier.kernel.axioms import AXIOMS
from verifier.kernel.heads import TermError
from verifier.kernel.shapes import ShapeError
from verifier.kernel.terms import Term, free_indices, subterms

PENROSE = (
    "mul_pseudoinverse_mul",
    "pseudoinverse_mul_pseudoinverse",
    "mul_pseudoinverse_symmetric",
    "pseudoinverse_mul_symmetric",
)


@dataclass(frozen=True, slots=True)
class Law:
    """An instance of an axiom: its arguments, what it states, and what it asks for."""

    axiom: str
    arguments: tuple[Term, ...]
    statement: Term
    premises: tuple[Term, ...]


def laws(statements: Iterable[Term], entries: Iterable[Term] = ()) -> Iterator[Law]:
    """Instances worth trying, each once; those over indices that are bound in the statements are left out.

    ``entries`` are entries of vectors of which a law may speak.
    """
    entries = tuple(entries)
    seen: set[tuple[str, tuple[Term, ...]]] = set()
    for statement in statements:
        for part in subterms(statement):
            for axiom, arguments in (*_of(part), *_of_entries(part, entries)):
                if (axiom, arguments) in seen or _bound(statement, arguments):
                    continue
                seen.add((axiom, arguments))
                try:
                    row = AXIOMS[axiom]
                    yield Law(axiom, arguments, row.statement(*arguments), row.premises(*arguments))
                except (TermError, ShapeError):
                    continue


def consequences(proposition: Term) -> Iterator[Law]:
    """What a known equation has for a consequence that is no multiple of it: BA = I of AB = I, A = 0 of AᵀA = 0.

    The premise of each is the equation, up to how its right side is written.
    """
    if proposition.head != "equal" or proposition.args[0].head != "multiply":
        return
    left, right = proposition.args
    if any(arg.space().is_scalar for arg in left.args):
        return
    zero = right.head == "zeros" or (right.head == "number" and right.data[0] == 0)
    for axiom, arguments in (("mul_eq_one_comm", left.args), ("gram_eq_zero", left.args[1:])):
        try:
            row = AXIOMS[axiom]
            statement, premises = row.statement(*arguments), row.premises(*arguments)
        except (TermError, ShapeError):
            continue
        if premises == (proposition,) or (zero and axiom == "gram_eq_zero" and left == premises[0].args[0]):
            yield Law(axiom, arguments, statement, premises)


def divided_out(matrix: Term, product: Term) -> Term:
    """A (I + (A⁻¹U)V), which is A + UV"""
    first, *rest = _factors(product)
    inner = Term("multiply", (Term("inverse", (matrix,)), first))
    for factor in rest:
        inner = Term("multiply", (inner, factor))
    whole = Term("identity", (), (matrix.space().rows,))
    return Term("multiply", (matrix, Term("add", (whole, inner))))


def _factors(term: Term) -> list[Term]:
    if term.head == "multiply" and not any(arg.space().is_scalar for arg in term.args):
        return _factors(term.args[0]) + _factors(term.args[1])
    return [term]


def _bound(statement: Term, arguments: tuple[Term, ...]) -> bool:
    free = free_indices(statement)
    return any(not free_indices(argument) <= free for argument in arguments)


def _of(term: Term) -> Iterator[tuple[str, tuple[Term, ...]]]:
    match term.head:
        case "rank":
            yield from _rank(term.args[0])
        case "determinant":
            yield from _determinant(term.args[0])
        case "pseudoinverse":
            yield from ((axiom, term.args) for axiom in PENROSE)
        case "spectral_radius" if _is_gram(term.args[0]):
            yield "spectral_radius_gram", term.args[0].args[1:]
        case "norm" if is_spectral_norm(term):
            yield from _spectral(term.args[0])


def _rank(matrix: Term) -> Iterator[tuple[str, tuple[Term, ...]]]:
    yield "rank_of_full_column_rank", (matrix,)
    yield "rank_of_full_row_rank", (matrix,)
    if matrix.space().is_square:
        yield "trace_of_mul_self", (matrix,)
    if matrix.head == "transpose":
        yield "rank_transpose", matrix.args
    if _is_gram(matrix):
        yield "rank_gram", matrix.args[1:]
    elif _is_outer_gram(matrix):
        yield "rank_outer_gram", matrix.args[:1]


def _determinant(matrix: Term) -> Iterator[tuple[str, tuple[Term, ...]]]:
    turned = Term("transpose", (matrix,))
    yield "determinant_of_eq_identity", (matrix,)
    yield "determinant_of_eq_identity", (Term("multiply", (turned, matrix)),)
    yield "determinant_mul", (turned, matrix)
    match matrix.head:
        case "multiply" if matrix.args[0].space().is_scalar:
            yield "determinant_scale", matrix.args
        case "multiply":
            yield "determinant_mul", matrix.args
            yield from (found for arg in matrix.args if arg.space().is_square for found in _determinant(arg))
        case "inverse":
            yield "determinant_inverse", matrix.args
        case "add":
            for one, other in (matrix.args, matrix.args[::-1]):
                if one.head == "identity" and other.head == "multiply" and not other.args[0].space().is_scalar:
                    yield "determinant_sylvester", other.args


def _spectral(matrix: Term) -> Iterator[tuple[str, tuple[Term, ...]]]:
    if matrix.head == "transpose":
        yield "spectral_norm_transpose", matrix.args
    if matrix.head == "multiply" and not any(arg.space().is_scalar for arg in matrix.args):
        yield "spectral_norm_orthonormal_mul", matrix.args
        yield "spectral_norm_mul_orthonormal", matrix.args


def _of_entries(term: Term, entries: tuple[Term, ...]) -> Iterator[tuple[str, tuple[Term, ...]]]:
    if is_spectral_norm(term) and term.args[0].head == "diag":
        yield from (("spectral_norm_diagonal", (*e.args, e)) for e in entries if e.args == term.args[0].args)


def is_spectral_norm(term: Term) -> bool:
    """Whether the term is the spectral norm of a matrix."""
    return term.head == "norm" and term.data[0] in ("spectral", "2") and not term.args[0].space().is_vector


def _is_gram(term: Term) -> bool:
    return term.head == "multiply" and term.args[0] == Term("transpose", (term.args[1],))


def _is_outer_gram(term: Term) -> bool:
    return term.head == "multiply" and term.args[1] == Term("transpose", (term.args[0],))


__all__ = ["Law", "consequences", "divided_out", "is_spectral_norm", "laws"]
