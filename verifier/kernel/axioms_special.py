"""Axioms whose arguments are no arbitrary terms: whole exponents of a matrix, entries of a vector.

That M⁰ = I and M¹ = M is by normal form.
"""

from __future__ import annotations

from verifier.kernel.axioms_building import Axiom, equal, non_negative, number, plus, power, square, times
from verifier.kernel.heads import TermError
from verifier.kernel.linear import ONE, variable
from verifier.kernel.terms import Term, free_indices, fresh_name


def _whole(exponent: Term) -> Term:
    """The exponent. Raises TermError unless it is a form of indices and dimensions, or a whole number."""
    integral = exponent.head == "index" or (exponent.head == "number" and exponent.data[0].denominator == 1)
    if not integral:
        raise TermError("a law of powers of a matrix is for exponents that are whole by their form")
    return exponent


def entry_of(vector: Term, entry: Term) -> Term:
    """The entry. Raises TermError unless it is one of the vector, by its form."""
    if not vector.space().is_vector or entry.head != "entry" or entry.args != (vector,):
        raise TermError("the law is about a vector and one of its entries")
    return entry


def _greatest(vector: Term, entry: Term) -> tuple[Term, ...]:
    """∀i vᵢ² ≤ e²"""
    entry_of(vector, entry)
    name = fresh_name("i", free_indices(vector) | free_indices(entry))
    size = vector.space().length
    other = Term("entry", (vector,), ((variable(name),),))
    bounded = Term("less_equal", (power(other, number(2)), power(entry, number(2))))
    return (Term("for_all", (bounded,), (name, ONE, size)),)


def _spectral_of_diagonal(vector: Term, entry: Term) -> Term:
    norm = Term("norm", (Term("diag", (vector,)),), ("spectral",))
    return equal(power(norm, number(2)), power(entry_of(vector, entry), number(2)))


SPECIAL: dict[str, Axiom] = {
    "matrix_power_add": Axiom(
        3,
        lambda m, a, b: equal(power(square(m), plus(_whole(a), _whole(b))), times(power(m, a), power(m, b))),
        "definition of the power of a matrix by recursion, and induction",
        lambda m, a, b: non_negative(a, b),
    ),
    "spectral_norm_diagonal": Axiom(
        2,
        _spectral_of_diagonal,
        "‖diag(v) x‖² = Σ vᵢ²xᵢ² ≤ e²‖x‖², with equality at the unit vector of e",
        _greatest,
    ),
}
