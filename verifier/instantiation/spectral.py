"""The largest eigenvalue of a matrix in modulus: exactly where it is rational, else as a rigorous ball."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import reduce
from typing import Any

from flint import acb, acb_mat, arb, fmpq, fmpq_mat

from verifier.instantiation.balls import Balls
from verifier.instantiation.duals import plain
from verifier.instantiation.logarithms import Logarithms
from verifier.instantiation.matrices import Rows, flat, product, transpose
from verifier.instantiation.outcomes import Inconclusive, NeedsBalls, NeedsOrder, Unsupported
from verifier.instantiation.rings import PrimeField, Rationals, Ring
from verifier.instantiation.surds import Surds, rationals


def spectral_radius(ring: Ring, rows: Rows) -> Any:
    """max |λ| over the complex eigenvalues λ. Raises AnotherRing, Inconclusive, Unsupported."""
    if any(plain(entry) is not entry for entry in flat(rows)):
        raise Unsupported("the derivative of a spectral norm or radius")
    match ring:
        case PrimeField():
            raise NeedsOrder("a spectral radius")
        case Rationals():
            return _rational(rows)
        case Surds():
            return ring.convert(_rational(rationals(rows)))
        case Logarithms():
            return ring.convert(_rational([[entry.rational() for entry in row] for row in rows]))
        case Balls():
            return _ball(rows)
    raise Inconclusive("a spectral radius by floats")


def squared_spectral_norm(ring: Ring, rows: Rows) -> Any:
    """‖A‖² = ρ(AᵀA) = ρ(AAᵀ), by the smaller of the two."""
    turned = transpose(rows)
    return spectral_radius(ring, product(turned, rows) if len(turned) <= len(rows) else product(rows, turned))


def spectral_norm(ring: Ring, rows: Rows) -> Any:
    """‖A‖, the largest singular value."""
    square = squared_spectral_norm(ring, rows)
    return ring.power(square, Fraction(1, 2)) if not isinstance(ring, Balls) else _root(square)


def _root(square: Any) -> Any:
    return square.sqrt() if square >= 0 else arb(0).union(square.abs_upper().sqrt())


def _rational(rows: Rows) -> Any:
    """The modulus of a rational eigenvalue that none of the others can exceed."""
    known, others = fmpq(0), arb(0)
    for factor, _ in _characteristic(rows).factor()[1]:
        if factor.degree() == 1:
            known = max(known, abs(-factor[0] / factor[1]))
        else:
            others = others.max(_largest(root for root, _ in factor.complex_roots()))
    if not others <= arb(known):
        raise NeedsBalls("an eigenvalue that is not rational")
    return known


def _ball(rows: Rows) -> Any:
    if all(entry.is_exact() for entry in flat(rows)):
        exact = [[entry.fmpq() for entry in row] for row in rows]
        return _largest(root for root, _ in _characteristic(exact).complex_roots())
    try:
        return _largest(acb_mat([[acb(entry) for entry in row] for row in rows]).eig(multiple=True))
    except ValueError as error:
        raise Inconclusive("eigenvalues that are not apart") from error


def _characteristic(rows: Rows) -> Any:
    return fmpq_mat(len(rows), len(rows), flat(rows)).charpoly()


def _largest(roots: Iterable[Any]) -> Any:
    """A ball around the largest modulus."""
    return reduce(arb.max, (abs(root) for root in roots), arb(0))
