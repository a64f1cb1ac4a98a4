"""Axioms about powers of matrices with symbolic exponents. That M⁰ = I and M¹ = M is by normal form."""

from __future__ import annotations

from verifier.kernel.axioms_building import Axiom, equal, non_negative, plus, power, square, times
from verifier.kernel.heads import TermError
from verifier.kernel.terms import Term


def _whole(exponent: Term) -> Term:
    """The exponent. Raises TermError unless it is a form of indices and dimensions, or a whole number."""
    integral = exponent.head == "index" or (exponent.head == "number" and exponent.data[0].denominator == 1)
    if not integral:
        raise TermError("a law of powers of a matrix is for exponents that are whole by their form")
    return exponent


POWERS: dict[str, Axiom] = {
    "matrix_power_add": Axiom(
        3,
        lambda m, a, b: equal(power(square(m), plus(_whole(a), _whole(b))), times(power(m, a), power(m, b))),
        "definition of the power of a matrix by recursion, and induction",
        lambda m, a, b: non_negative(a, b),
    ),
}
