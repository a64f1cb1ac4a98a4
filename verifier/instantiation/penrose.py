"""The four Penrose equations among hypotheses: together they say that one matrix is the pseudo-inverse of another.

They are not linear, and only few matrices satisfy all of them where ranks are deficient: so the one is computed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from verifier.kernel.terms import Term

Factors = tuple[Term, ...]


def pseudoinverses(equations: Iterable[Term]) -> Iterator[tuple[Term, Term]]:
    """The pairs X, Y with X Y X = X, Y X Y = Y, (X Y)ᵀ = X Y, (Y X)ᵀ = Y X among the equations."""
    absorbed: set[Factors] = set()
    symmetric: set[Factors] = set()
    for equation in equations:
        for left, right in (equation.args, equation.args[::-1]):
            factors = _factors(left)
            if len(factors) == 3 and factors[0] == factors[2] == right:
                absorbed.add(factors[:2])
            if left.head == "transpose" and len(_factors(right)) == 2 and _factors(left.args[0]) == _factors(right):
                symmetric.add(_factors(right))
    both = absorbed & symmetric
    yield from ((x, y) for x, y in sorted(both, key=str) if (y, x) in both)


def _factors(term: Term) -> Factors:
    """A product of matrices, however it is bracketed, as its factors."""
    if term.head != "multiply":
        return (term,)
    return (*_factors(term.args[0]), *_factors(term.args[1]))
