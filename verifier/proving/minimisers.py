"""Points at which a minimum may be attained: those that are known, and the stationary point of a quadratic function."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from verifier.kernel.context import Context
from verifier.kernel.optima import Optimum, is_set
from verifier.kernel.shapes import ShapeError
from verifier.kernel.terms import Term, TermError, subterms
from verifier.proving.quadratics import ONE, NotQuadratic, pieces_of


def minimisers(context: Context, of: Optimum, value: Term | None = None) -> Iterator[Term]:
    """Candidates, the known ones first, then symbols in the value at them; under an expectation, no random ones."""
    averaged = of.randomness.has_moment(of.objective)
    for point in _candidates(context, of, value):
        if not (averaged and of.randomness.is_random(point)):
            yield point


def _candidates(context: Context, of: Optimum, value: Term | None) -> Iterator[Term]:
    for known in context.known:
        proposition = known.proposition
        if proposition.head in ("equal", "optimal"):
            for point, optimum in (proposition.args, proposition.args[::-1]):
                if is_set(optimum) and not is_set(point) and point.shape == of.variable.shape:
                    yield point
    for part in dict.fromkeys(subterms(value)) if value is not None else ():
        if part.head == "symbol" and not part.data[2] and part.shape == of.variable.shape and part != value:
            yield part
    try:
        yield from _stationary(of)
    except (NotQuadratic, ShapeError, TermError):
        return


def _stationary(of: Optimum) -> Iterator[Term]:
    """-H⁻¹∇f(0) / 2c; with constraints c(w) = 0, that less H⁻¹Aᵀ(A H⁻¹Aᵀ)⁻¹ c of it, A the Jacobian of c."""
    variable, objective = of.variable, of.objective
    shape = variable.space()
    if not (shape.is_vector or shape.is_scalar):
        return
    origin = Term("number", (), (Fraction(0),)) if shape.is_scalar else Term("zeros", (), (shape,))
    scale, matrix = _matrix(of)
    slope = Term("substitute", (Term("gradient", (objective, variable)), variable, origin))
    inverse = Term("inverse", (matrix,))
    back = Term("number", (), (Fraction(-1, 2) / scale,))
    free = Term("multiply", (back, Term("multiply", (inverse, slope))))
    if not of.constraints:
        yield free
    elif len(of.constraints) == 1 and of.constraints[0].head == "equal":
        gap = Term("subtract", of.constraints[0].args)
        jacobian = Term("substitute", (Term("derivative", (gap, variable), ("numerator",)), variable, origin))
        across = Term("multiply", (inverse, Term("transpose", (jacobian,))))
        met = Term("inverse", (Term("multiply", (jacobian, across)),))
        off = Term("substitute", (gap, variable, free))
        yield Term("subtract", (free, Term("multiply", (across, Term("multiply", (met, off))))))


def _matrix(of: Optimum) -> tuple[Fraction, Term]:
    """c and H with f(w) = c wᵀH w + …, c the number before all pieces if there is one. Raises NotQuadratic."""
    pieces = pieces_of(of.objective, of.variable.data[0], of.variable, of.randomness.names)
    scales = {piece.scale for piece in pieces}
    common = next(iter(scales)) if len(scales) == 1 else ONE
    scale = common.data[0] if common.head == "number" and common.data[0] else Fraction(1)
    total: Term | None = None
    for piece in pieces:
        matrix = (replace(piece, scale=ONE) if scale != 1 else piece).hessian()
        if matrix is None:
            raise NotQuadratic("a piece that is no form in the variable")
        total = matrix if total is None else Term("add", (total, matrix))
    if total is None:
        raise NotQuadratic("a linear function")
    return scale, total


__all__ = ["minimisers"]
