"""What follows from l ≠ r: a square that is positive, a difference that is, a factor that is not 0."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from verifier.kernel.context import HOLE, Context
from verifier.kernel.polynomials import NormalForm
from verifier.kernel.serialization import term_to_data
from verifier.kernel.signs import NON_NEGATIVE, POSITIVE, Signs
from verifier.kernel.terms import Term
from verifier.proving.readback import NotWritten, Writer

SIGN = {"rule": "sign"}
ZERO = Term("number", (), (Fraction(0),))


@dataclass(frozen=True)
class Unequal:
    """Proofs from the ≠ that a context knows; ``difference`` reads l - r."""

    context: Context
    signs: Signs
    writer: Writer
    difference: Callable[[Term, Term], NormalForm]

    def squared(self, k: int, unequal: Term, more: int = 0) -> tuple[Term, Any]:
        """(l - r)² > 0 and its proof from l ≠ r, fact number k: either l > r or l < r. ``more`` facts are known."""
        difference = Term("subtract", unequal.args)
        square = Term("power", (difference, Term("number", (), (Fraction(2),))))
        here = len(self.context.known) + more
        larger, smaller = (Term(head, unequal.args) for head in ("greater", "less"))
        positive = {
            "rule": "nonnegative",
            "summands": [{"coefficient": "1", "gaps": [{"fact": here}, {"fact": here}]}],
        }
        between = [{"rule": "fact", "fact": here}, {"rule": "fact", "fact": here + 1}]
        equal = {"rule": "antisymmetry", "below": between[0], "above": between[1]}
        equated = term_to_data(Term("equal", unequal.args))
        never = {"rule": "absurd", "lemma": equated, "proof": equal, "refutation": {"rule": "fact", "fact": k}}
        below = {
            "rule": "cases",
            "on": term_to_data(smaller),
            "then": {**positive, "summands": [{"coefficient": "1", "gaps": [{"fact": here + 1}, {"fact": here + 1}]}]},
            "else": never,
        }
        proof = {"rule": "cases", "on": term_to_data(larger), "then": positive, "else": below}
        lemma = Term("greater", (square, ZERO))
        return lemma, {"lemma": term_to_data(lemma), "proof": proof}

    def differing(self, form: NormalForm) -> int | None:
        """The fact that u ≠ v, where form = u - v is not negative by its sign."""
        if self.signs.of(form) < NON_NEGATIVE:
            return None
        for k, known in enumerate(self.context.known):
            sides = known.proposition.args
            differ = known.proposition.head == "not_equal" and sides[0].space().is_scalar
            if differ and self.difference(*sides) == form:
                return k
        return None

    def above(self, k: int, positive: Term) -> Any:
        """The proof of u > v from u ≠ v, fact k, and u ≥ v, by its sign."""
        here = len(self.context.known)
        equal = {"rule": "antisymmetry", "below": {"rule": "fact", "fact": here}, "above": SIGN}
        equated = term_to_data(Term("equal", self.context.known[k].proposition.args))
        never = {"rule": "absurd", "lemma": equated, "proof": equal, "refutation": {"rule": "fact", "fact": k}}
        return {"rule": "cases", "on": term_to_data(positive), "then": {"rule": "fact", "fact": here}, "else": never}

    def nonzero(self, form: NormalForm) -> Any:
        """The relation form² > 0 from form ≠ 0. Raises NotWritten where that is not known."""
        if self.signs.of(self.context.algebra.power(form, 2)) == POSITIVE:
            square = Term("greater", (self.writer.scalar(self.context.algebra.power(form, 2)), ZERO))
            return {"lemma": term_to_data(square), "proof": SIGN}
        for k, known in enumerate(self.context.known):
            if known.proposition.head == "not_equal" and known.proposition.args[0].space().is_scalar:
                difference = self.difference(*known.proposition.args)
                if difference in (form, self.context.algebra.scale(Fraction(-1), form)):
                    return self.squared(k, known.proposition)[1]
                if _divides(form, difference):
                    return self._of_factor(k, known.proposition, form)
        raise NotWritten("the sign of a denominator")

    def _of_factor(self, k: int, unequal: Term, form: NormalForm) -> Any:
        """form² > 0 from l ≠ r, where l - r is a product of which form is a factor: if it were 0, so were l - r."""
        here = len(self.context.known)
        factor = self.writer.scalar(form)
        nonzero = Term("not_equal", (factor, ZERO))
        others = self.context.algebra.multiply(self.difference(*unequal.args), self.context.algebra.power(form, -1))
        hole = Term("symbol", (), (HOLE, ZERO.space(), ()))
        around = Term("multiply", (self.writer.scalar(others), hole))
        product = {"rule": "linear", "uses": [{"context": term_to_data(around), "relation": {"fact": here}}]}
        refuted = {"rule": "fact", "fact": k}
        equal = term_to_data(Term("equal", unequal.args))
        never = {"rule": "absurd", "lemma": equal, "proof": product, "refutation": refuted}
        stays = {"rule": "fact", "fact": here}
        proof = {"rule": "cases", "on": term_to_data(nonzero), "then": stays, "else": never}
        lemma, squared = self.squared(here, nonzero, 1)
        then = {"rule": "cut", "lemma": term_to_data(nonzero), "proof": proof, "then": squared["proof"]}
        return {"lemma": term_to_data(lemma), "proof": then}


def _divides(factor: NormalForm, product: NormalForm) -> bool:
    """Whether a form that is one letter is a factor of a product of letters with whole exponents."""
    if len(factor) != 1 or len(product) != 1:
        return False
    (one,), (other,) = factor, product
    if one.bound or other.bound or len(one.factors) != 1:
        return False
    base, slots, exponent = one.factors[0]
    return exponent == 1 and any(
        f.base is base and f.slots == slots and isinstance(f.exponent, int) and f.exponent > 0 for f in other.factors
    )


__all__ = ["SIGN", "ZERO", "Unequal"]
