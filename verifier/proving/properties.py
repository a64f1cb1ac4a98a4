"""Properties of matrices from properties of what they are made of: XᵀX + λI is positive definite for λ > 0.

Works backwards through the rows of the table of axioms that state a property. A product is taken as XᵀX, or as XᵀAX,
however it is bracketed; the kernel's rule ``transport`` carries the property to the matrix as it is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from verifier.kernel.axioms import AXIOMS
from verifier.kernel.context import COMPARISONS, Context
from verifier.kernel.heads import TermError
from verifier.kernel.serialization import term_to_data
from verifier.kernel.shapes import ShapeError
from verifier.kernel.terms import Term, free_names, subterms
from verifier.kernel.unfolding import unfold
from verifier.proving.scaling import may_be_scaled

Certificate = dict[str, Any]
Prove = Callable[[Context, Term], Certificate | None]
Way = tuple[str, tuple[Term, ...]]
DEEPEST = 8

ORTHOGONAL = frozenset(("orthogonal", "orthonormal_columns", "orthonormal_rows", "permutation"))
ORTHOGONAL_FORMS = frozenset(("identity", "elementwise", "block", "build_rows", "unit"))
BY_EQUATION = {
    "symmetric": "symmetric_of_transpose",
    "skew": "skew_of_transpose",
    "orthogonal": "orthogonal_of_gram",
    "orthonormal_columns": "orthonormal_columns_of_gram",
    "idempotent": "idempotent_of_mul_self",
    "projection": "projection_of_mul_self",
}


def by_structure(context: Context, goal: Term, prove: Prove, depth: int = 0) -> Certificate | None:
    """The certificate of a property of a matrix; equations among the premises are left to ``prove``."""
    if goal.head != "property" or depth > DEEPEST:
        return None
    for k, known in enumerate(context.known):
        if known.proposition == goal:
            return {"rule": "fact", "fact": k}
    (matrix,), (name,) = goal.args, goal.data
    ranked = _of_known_gram(context, goal)
    if ranked is not None:
        return ranked
    written = unfold(matrix, context.sequent.definitions)
    if context.randomness.has_moment(written):
        found = _of_known_moment(context, goal, prove, depth)
        if found is not None:
            return found
    if name == "positive_definite":
        found = _of_known_inverse(context, goal, prove, depth)
        if found is not None:
            return found
    for axiom, arguments in _ways(name, matrix, written):
        if axiom in MAYBE and (not MAYBE[axiom](context, written) or may_be_scaled(context, matrix)):
            continue
        certificate = _by_axiom(context, axiom, arguments, goal, prove, depth)
        if certificate is not None:
            return certificate
    return None


def _by_axiom(
    context: Context, axiom: str, arguments: tuple[Term, ...], goal: Term, prove: Prove, depth: int
) -> Certificate | None:
    """The goal by a row of the table; None if a premise is not shown."""
    try:
        statement, premises = AXIOMS[axiom].statement(*arguments), AXIOMS[axiom].premises(*arguments)
    except (TermError, ShapeError):
        return None
    proofs: list[Certificate] = []
    for premise in premises:
        proof = _premise(context, premise, prove, depth + 1)
        if proof is None:
            return None
        proofs.append(proof)
    data = {"rule": "axiom", "axiom": axiom, "arguments": [term_to_data(a) for a in arguments]}
    return _carried(context, goal, statement, {**data, "premises": proofs}, prove)


def _may_be_orthonormal(context: Context, matrix: Term) -> bool:
    """Whether anything that is known speaks of the product of the transpose with something, or of orthogonality.

    An equation of vectors or numbers says nothing of a matrix as a whole.
    """
    turned, is_vector = Term("transpose", (matrix,)), matrix.space().is_vector
    for known in context.known:
        proposition = known.proposition
        if proposition.head == "property" and proposition.args == (matrix,) and proposition.data[0].startswith("orth"):
            return True
        if proposition.head == "equal" and turned in subterms(proposition):
            shape = proposition.args[0].space()
            if is_vector or not (shape.is_scalar or shape.is_vector):
                return True
    return False


def _may_be_orthogonal(context: Context, matrix: Term) -> bool:
    """Whether the matrix has a form by which it may be, or something that is known speaks of its symbols."""
    if any(part.head in ORTHOGONAL_FORMS for part in subterms(matrix)):
        return True
    names = free_names(matrix)
    said = [fact.proposition for fact in context.known if _may_say_orthogonal(fact.proposition)]
    return any(not names.isdisjoint(free_names(proposition)) for proposition in said)


def _may_say_orthogonal(proposition: Term) -> bool:
    """Whether a fact is one from which it may follow that a matrix is orthogonal: no equation of vectors or numbers."""
    match proposition.head:
        case "property":
            return proposition.data[0] in ORTHOGONAL
        case "equal":
            shape = proposition.args[0].space()
            return not (shape.is_scalar or shape.is_vector)
        case head:
            return head == "for_all"


MAYBE = {"full_column_rank_of_orthonormal": _may_be_orthonormal, "orthogonal_invertible": _may_be_orthogonal}


def _of_known_gram(context: Context, goal: Term) -> Certificate | None:
    """Full rank of X from what is known: that XᵀX, or XXᵀ, is invertible."""
    (matrix,), turned = goal.args, Term("transpose", goal.args)
    match goal.data[0]:
        case "full_column_rank":
            axiom, gram = "full_column_rank_of_gram", Term("multiply", (turned, matrix))
        case "full_row_rank":
            axiom, gram = "full_row_rank_of_gram", Term("multiply", (matrix, turned))
        case _:
            return None
    for k, known in enumerate(context.known):
        if known.proposition == Term("property", (gram,), ("invertible",)):
            premises = [{"rule": "fact", "fact": k}]
            return {"rule": "axiom", "axiom": axiom, "arguments": [term_to_data(matrix)], "premises": premises}
    return None


def _of_known_moment(context: Context, goal: Term, prove: Prove, depth: int) -> Certificate | None:
    """A property of a moment, E[xxᵀ], from that of a matrix that is known to be equal to it."""
    (matrix,) = goal.args
    for other in {k.proposition.args[0]: None for k in context.known if k.proposition.head == "property"}:
        if other != matrix and other.shape == matrix.shape and not context.randomness.has_moment(other):
            statement = Term("property", (other,), goal.data)
            certificate = by_structure(context, statement, prove, depth + 1)
            found = None if certificate is None else _carried(context, goal, statement, certificate, prove)
            if found is not None:
                return found
    return None


def _of_known_inverse(context: Context, goal: Term, prove: Prove, depth: int) -> Certificate | None:
    """That M is positive definite from what is known: that it, or a matrix equal to it, is invertible."""
    (matrix,) = goal.args
    for k, known in enumerate(context.known):
        said = known.proposition
        if said.head != "property" or said.data[0] != "invertible" or said.args[0].shape != matrix.shape:
            continue
        (other,) = said.args
        for axiom, arguments in _definite("positive_semidefinite", other, unfold(other, context.sequent.definitions)):
            if axiom == "positive_semidefinite_of_positive_definite":
                continue
            proof = _by_axiom(
                context, axiom, arguments, Term("property", (other,), ("positive_semidefinite",)), prove, depth
            )
            if proof is not None:
                premises = [proof, {"rule": "fact", "fact": k}]
                data = {"rule": "axiom", "axiom": "positive_definite_of_invertible", "premises": premises}
                statement = Term("property", (other,), ("positive_definite",))
                return _carried(context, goal, statement, {**data, "arguments": [term_to_data(other)]}, prove)
    return None


def _premise(context: Context, premise: Term, prove: Prove, depth: int) -> Certificate | None:
    if premise.head == "property":
        return by_structure(context, premise, prove, depth)
    if premise.head in COMPARISONS:
        return {"rule": "sign"} if context.sign_holds(premise) else None
    return prove(context, premise)


def _carried(
    context: Context, goal: Term, statement: Term, certificate: Certificate, prove: Prove
) -> Certificate | None:
    if statement == goal:
        return certificate
    equation = prove(context, Term("equal", (statement.args[0], goal.args[0])))
    if equation is None:
        return None
    matrix = term_to_data(statement.args[0])
    return {"rule": "transport", "matrix": matrix, "proof": certificate, "equation": equation}


def _ways(name: str, matrix: Term, written: Term) -> Iterator[Way]:
    """Rows whose statement is that the matrix has the property, with the arguments."""
    match name:
        case "invertible":
            yield from _invertible(matrix, written)
        case "positive_definite" | "positive_semidefinite":
            yield from _definite(name, matrix, written)
        case "full_column_rank":
            if written.head == "transpose":
                yield "full_column_rank_transpose", written.args
            yield "full_column_rank_of_orthonormal", (matrix,)
            if matrix.space().is_square:
                yield "full_column_rank_of_invertible", (matrix,)
        case "full_row_rank":
            if written.head == "transpose":
                yield "full_row_rank_transpose", written.args
    if name in BY_EQUATION:
        yield BY_EQUATION[name], (matrix,)


def _invertible(matrix: Term, written: Term) -> Iterator[Way]:
    yield "positive_definite_invertible", (matrix,)
    yield "orthogonal_invertible", (matrix,)
    half, middle = _halves(written)
    if half is not None and middle is None:
        yield "gram_invertible", (half,)
    match written.head:
        case "transpose":
            yield "invertible_transpose", written.args
        case "inverse":
            yield "invertible_inverse", written.args
        case "multiply" if all(arg.space().is_square and not arg.space().is_scalar for arg in written.args):
            yield "invertible_mul", written.args


def _definite(name: str, matrix: Term, written: Term) -> Iterator[Way]:
    strict = name == "positive_definite"
    half, middle = _halves(written)
    if half is not None:
        yield (f"gram_{name}", (half,)) if middle is None else (f"{name}_congruence", (middle, half))
    match written.head:
        case "add" if strict:
            yield "positive_definite_add_semidefinite", written.args
            yield "positive_semidefinite_add_definite", written.args
        case "add":
            yield "positive_semidefinite_add", written.args
        case "multiply" if written.args[0].space().is_scalar and not written.args[1].space().is_scalar:
            yield f"{name}_scale", written.args
        case "inverse" if strict:
            yield "positive_definite_inverse", written.args
        case "identity" if strict:
            yield "positive_definite_of_eq_identity", (matrix,)
    if not strict:
        yield "positive_semidefinite_of_positive_definite", (matrix,)


def _halves(term: Term) -> tuple[Term | None, Term | None]:
    """X, and A or None, where the term is a product that reads XᵀAX or XᵀX however it is bracketed."""
    parts = _factors(term)
    count = len(parts)
    if count < 2:
        return None, None
    right = parts[(count + 1) // 2 :]
    left = parts[: count // 2]
    if [_turned(part) for part in reversed(left)] != right:
        return None, None
    half = right[0]
    for part in right[1:]:
        half = Term("multiply", (half, part))
    return half, parts[count // 2] if count % 2 else None


def _factors(term: Term) -> list[Term]:
    """The factors of a product of matrices, transposes carried inwards."""
    if term.head == "multiply" and not any(arg.space().is_scalar for arg in term.args):
        return _factors(term.args[0]) + _factors(term.args[1])
    if term.head == "transpose" and term.args[0].head in ("multiply", "transpose"):
        return [_turned(part) for part in reversed(_factors(term.args[0]))]
    return [term]


def _turned(term: Term) -> Term:
    return term.args[0] if term.head == "transpose" else Term("transpose", (term,))


__all__ = ["by_structure"]
