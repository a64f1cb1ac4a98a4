"""The gap identity of a quadratic objective: f(u) - f(p) = Σ cₖ (Dₖd)ᵀMₖ(Dₖd), d = u - p.

The other engines prove it from what makes p stationary. With cₖ ≥ 0 and Mₖ ⪰ 0 it says that p is optimal, with a
positive definite Hessian that nothing else is.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from verifier.kernel.context import HOLE, Context
from verifier.kernel.optima import Optimum
from verifier.kernel.serialization import linear_to_data, term_to_data
from verifier.kernel.shapes import SCALAR, ShapeError
from verifier.kernel.terms import Term, TermError
from verifier.proving.feasible import (
    Certificate,
    Prove,
    shown,
)
from verifier.proving.moving import Lemmas
from verifier.proving.quadratics import ONE, NotQuadratic, Piece, pieces_of

ZERO = Term("number", (), (Fraction(0),))
FALSE = Term("less", (ZERO, ZERO))
GAP = Term("symbol", (), (HOLE, SCALAR, ()))


@dataclass(frozen=True)
class Gap:
    """f(u) - f(p) as the sum of its pieces, of -f for a maximum."""

    of: Optimum
    point: Term
    fresh: Term
    change: Term
    pieces: tuple[Piece, ...]

    @classmethod
    def between(cls, of: Optimum, point: Term, fresh: Term) -> Gap | None:
        """The pieces of an objective that is read as a quadratic function; None of others."""
        change = Term("subtract", (fresh, point))
        objective = of.objective if of.kind in ("argmin", "min") else Term("negate", (of.objective,))
        try:
            pieces = tuple(pieces_of(objective, of.variable.data[0], change, of.randomness.names))
        except (NotQuadratic, TermError, ShapeError):
            return None
        return cls(of, point, fresh, change, pieces)

    def identity(self) -> Term:
        """f(u) - f(p) = Σ pieces"""
        large, small = self.of.no_worse(self.point, self.fresh).args[::-1]
        total: Term | None = None
        for piece in self.pieces:
            total = piece.form() if total is None else Term("add", (total, piece.form()))
        return Term("equal", (Term("subtract", (large, small)), ZERO if total is None else total))

    def least(self, context: Context, prove: Prove) -> Certificate | None:
        """f(p) ≤ f(u), from the identity and pieces that are not negative."""
        lemmas = Lemmas(context)
        here = shown(lemmas, self.identity(), prove)
        summands = None if here is None else self._summands(lemmas.context, prove)
        if summands is None:
            return None
        uses = [{"context": term_to_data(GAP), "relation": {"fact": here}}]
        return lemmas.then({"rule": "nonnegative", "uses": uses, "summands": summands})

    def _summands(self, context: Context, prove: Prove) -> list[Any] | None:
        """What each piece is as a summand; a Hessian for all of them where they are not so one by one."""
        found: list[Any] = []
        for piece in self.pieces:
            summand = _summand(context, piece, prove)
            if summand is None:
                break
            found.append(summand)
        else:
            return found
        matrix = self.hessian()
        if matrix is None:
            return None
        whole = Piece(ONE, matrix, self.change, None, True)
        summand = _summand(context, whole, prove)
        return None if summand is None else [summand]

    def _unique_number(self, context: Context, prove: Prove) -> Certificate | None:
        """The same for numbers: f(u) - f(p) = a (u - p)² with a > 0, so neither u > p nor u < p."""
        here = len(context.known) - 1
        lemmas = Lemmas(context)
        above = shown(lemmas, Term("greater", (self._at_one(), ZERO)), prove)
        of_gap = None if above is None else shown(lemmas, self.identity(), prove)
        if of_gap is None:
            return None
        last = len(lemmas.context.known)
        gaps = [{"fact": above}, {"fact": last}, {"fact": last}]
        summands = [
            {"coefficient": "1", "squares": [], "gaps": gaps},
            {"coefficient": "1", "squares": [], "gaps": [{"fact": here}]},
        ]
        uses = [{"context": term_to_data(GAP), "relation": {"fact": of_gap}}]
        absurd = {"rule": "nonnegative", "uses": uses, "summands": summands}
        otherwise = {"rule": "absurd", "lemma": term_to_data(FALSE), "proof": absurd, "refutation": {"rule": "sign"}}
        sides: Certificate = {"rule": "antisymmetry"}
        for side, head in (("below", "less_equal"), ("above", "greater_equal")):
            on = term_to_data(Term(head, (self.fresh, self.point)))
            sides[side] = {"rule": "cases", "on": on, "then": {"rule": "fact", "fact": last}, "else": otherwise}
        return lemmas.then(sides)

    def definiteness(self) -> Term | None:
        """What makes a stationary point the only one: a > 0, or H ≻ 0; None if H is not read off."""
        if self.change.space().is_scalar:
            return Term("greater", (self._at_one(), ZERO))
        matrix = self.hessian()
        return None if matrix is None else Term("property", (matrix,), ("positive_definite",))

    def _at_one(self) -> Term:
        """a with Σ pieces = a d²: the pieces at d = 1."""
        objective = self.of.objective if self.of.kind in ("argmin", "min") else Term("negate", (self.of.objective,))
        total: Term = ZERO
        for piece in pieces_of(objective, self.of.variable.data[0], ONE, self.of.randomness.names):
            total = piece.form() if total == ZERO else Term("add", (total, piece.form()))
        return total

    def hessian(self) -> Term | None:
        """The matrix H of Σ pieces = dᵀH d; None if it is not read off, or d is no column."""
        total: Term | None = None
        if not self.change.space().is_vector or self.change.space().is_scalar:
            return None
        for piece in self.pieces:
            matrix = piece.hessian()
            if matrix is None:
                return None
            total = matrix if total is None else Term("add", (total, matrix))
        return total

    def unique(self, context: Context, prove: Prove) -> Certificate | None:
        """u = p from f(u) ≤ f(p), the last that is known, where the Hessian is positive definite."""
        if self.change.space().is_scalar:
            return self._unique_number(context, prove)
        here, matrix = len(context.known) - 1, self.hessian()
        if matrix is None:
            return None
        lemmas = Lemmas(context)
        at = shown(lemmas, Term("property", (matrix,), ("positive_definite",)), prove)
        of_gap = None if at is None else shown(lemmas, self.identity(), prove)
        if of_gap is None:
            return None
        nothing = Term("equal", (self.change, Term("zeros", (), (self.change.space(),))))
        last = len(lemmas.context.known)
        then = {"rule": "linear", "uses": [{"context": _hole(self.change), "relation": {"fact": last}}]}
        premises = [{"rule": "fact", "fact": at}, {"rule": "fact", "fact": last}]
        form = {"axiom": "quadratic_form_positive", "arguments": [term_to_data(matrix), term_to_data(self.change)]}
        summands = [
            {"coefficient": "1", "squares": [], "gaps": [{**form, "premises": premises}]},
            {"coefficient": "1", "squares": [], "gaps": [{"fact": here}]},
        ]
        uses = [{"context": term_to_data(GAP), "relation": {"fact": of_gap}}]
        absurd = {"rule": "nonnegative", "uses": uses, "summands": summands}
        otherwise = {"rule": "absurd", "lemma": term_to_data(FALSE), "proof": absurd, "refutation": {"rule": "sign"}}
        return lemmas.then({"rule": "cases", "on": term_to_data(nothing), "then": then, "else": otherwise})


def _hole(term: Term) -> Any:
    return term_to_data(Term("symbol", (), (HOLE, term.space(), ())))


def _summand(context: Context, piece: Piece, prove: Prove) -> Any:
    """A piece as a summand of the kernel's rule, once its scale and its middle are shown to be not negative."""
    coefficient, scale = Fraction(1), piece.scale
    if scale.head == "number":
        coefficient, scale = scale.data[0], ONE
    if coefficient <= 0:
        return None
    gaps: list[Any] = []
    inner = context
    for name, low, high in piece.sums:
        inner = inner.fix(name, (low, high))
    if scale != ONE:
        bound = Term("greater_equal", (scale, ZERO))
        proof = prove(inner, bound)
        if proof is None:
            return None
        gaps.append({"lemma": term_to_data(bound), "proof": proof})
    if piece.middle is not None:
        definite = Term("property", (piece.middle,), ("positive_semidefinite",))
        proof = prove(inner, definite)
        if proof is None:
            return None
        arguments = [term_to_data(piece.middle), term_to_data(piece.change)]
        gaps.append({"axiom": "quadratic_form_nonneg", "arguments": arguments, "premises": [proof]})
    squares = [] if piece.middle is not None else [term_to_data(piece.change)]
    number = f"{coefficient.numerator}/{coefficient.denominator}"
    indices = [[name, linear_to_data(low), linear_to_data(high)] for name, low, high in piece.sums]
    return {"coefficient": number, "squares": squares, "gaps": gaps, "indices": indices}


__all__ = ["GAP", "Gap"]
