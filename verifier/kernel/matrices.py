"""Functions of whole vectors and matrices in normal forms: inverse, determinant, undeclared functions.

Each is a base whose closed arguments have axes; their entries are asked for by slots.
"""

from __future__ import annotations

from verifier.kernel.algebra import Algebra
from verifier.kernel.linear import ONE, Linear, minus, variable
from verifier.kernel.polynomials import Base, Closed, Factor, Monomial, NormalForm

POWER = "matrix power"
Argument = tuple[NormalForm, tuple[int, ...]]


def inverse(
    algebra: Algebra, form: NormalForm, axes: tuple[int, int], size: Linear, at: tuple[Linear, Linear]
) -> NormalForm:
    """The entry ``at`` of the inverse of the matrix with entries ``form`` at ``axes``. (Aᵀ)⁻¹ is (A⁻¹)ᵀ."""
    diagonal = _diagonal(form, axes)
    if diagonal is not None:
        entry = algebra.power(algebra.substitute(diagonal, dict.fromkeys(axes, at[0])), -1)
        return algebra.multiply(algebra.delta(minus(*at)), entry)
    closed, slots = algebra.close(form, axes)
    other, other_slots = algebra.close(form, axes[::-1])
    symmetric = ((0, 1),) if other.key == closed.key and len(slots) < 2 else ()
    if other.key < closed.key:
        closed, slots, at = other, other_slots, at[::-1]
    base = algebra.base("inverse", "", closed=(closed,), own=2, symmetric=symmetric, sizes=(size, size))
    return algebra.factor(base, (*at, *slots))


def power(
    algebra: Algebra, form: NormalForm, axes: tuple[int, int], size: Linear, at: tuple[Linear, Linear], exponent: Linear
) -> NormalForm:
    """The entry ``at`` of the matrix with entries ``form`` at ``axes``, to a symbolic power. (Aᵀ)ᵏ is (Aᵏ)ᵀ."""
    diagonal = _diagonal(form, axes)
    if diagonal is not None:
        entry = algebra.power(algebra.substitute(diagonal, dict.fromkeys(axes, at[0])), exponent)
        return algebra.multiply(algebra.delta(minus(*at)), entry)
    closed, slots = algebra.close(form, axes)
    other, other_slots = algebra.close(form, axes[::-1])
    if other.key < closed.key:
        closed, slots, at = other, other_slots, at[::-1]
    base = algebra.base("opaque", POWER, closed=(closed,), own=3, sizes=(size, size))
    return algebra.factor(base, (*at, exponent, *slots))


def determinant(algebra: Algebra, form: NormalForm, axes: tuple[int, int], size: Linear) -> NormalForm:
    """The determinant of the matrix with entries ``form`` at ``axes``; that of the transpose is the same."""
    closed, slots = min((algebra.close(form, axes), algebra.close(form, axes[::-1])), key=lambda pair: pair[0].key)
    return algebra.factor(algebra.base("determinant", "", closed=(closed,), sizes=(size, size)), slots)


def _diagonal(form: NormalForm, axes: tuple[int, int]) -> NormalForm | None:
    """The diagonal entries, if every summand of the matrix has the factor δ of its two axes."""
    result: NormalForm = {}
    both = {variable(axes[0]), variable(axes[1])}
    for monomial, coefficient in form.items():
        deltas = [f for f in monomial.factors if f.base.kind == "delta" and {(i,) for i in _atoms(f)} == both]
        if len(deltas) != 1:
            return None
        rest = tuple(f for f in monomial.factors if f is not deltas[0])
        result[Monomial(rest, monomial.bound)] = coefficient
    return result or None


def _atoms(factor: Factor) -> list[tuple[str | int, int]]:
    return [(a, abs(c)) for a, c in factor.slots[0]]


def opaque(
    algebra: Algebra,
    kind: str,
    name: str,
    own: tuple[Linear, ...],
    arguments: tuple[Argument, ...],
    sizes: tuple[Linear, ...],
    order: tuple[int, ...] = (),
    symmetric: tuple[tuple[int, ...], ...] = (),
) -> NormalForm:
    """A function of which nothing is known but that equal arguments give equal values (and, if smooth, derivatives)."""
    closed: list[Closed] = []
    slots: list[Linear] = list(own)
    for form, axes in arguments:
        one, outer = algebra.close(form, axes)
        closed.append(one)
        slots += outer
    base = algebra.base(kind, name, order, tuple(closed), len(own), symmetric, sizes)
    return algebra.factor(base, tuple(slots))


def arguments_of(algebra: Algebra, factor: Factor) -> list[Argument]:
    """The arguments of a factor, opened at fresh axes; its slots must be free indices."""
    result: list[Argument] = []
    place, axis = factor.base.own, 0
    for closed in factor.base.closed:
        sizes = factor.base.sizes[axis : axis + closed.axes]
        axes = tuple(algebra.temporary(ONE, size) for size in sizes)
        outer = factor.slots[place : place + closed.parameters]
        result.append((algebra.open(closed, tuple(map(variable, axes)), outer), axes))
        place, axis = place + closed.parameters, axis + closed.axes
    return result


def derivative_of_application(algebra: Algebra, factor: Factor, argument: int, axes: tuple[int, ...]) -> NormalForm:
    """∂f(…)/∂(argument)[axes] for an undeclared smooth f: one more derivative, mixed ones in one order."""
    base = factor.base
    counts = [closed.axes for closed in base.closed]
    result_axes = base.own - sum(counts[k] for k in base.order)
    before = sum(1 for k in base.order if k <= argument)
    place = result_axes + sum(counts[k] for k in base.order[:before])
    slots = (*factor.slots[:place], *map(variable, axes), *factor.slots[place:])
    order = (*base.order[:before], argument, *base.order[before:])
    groups = _interchangeable(order, counts, result_axes)
    grown: Base = algebra.base(
        "apply", base.name, order, base.closed, base.own + len(axes), symmetric=groups, sizes=base.sizes
    )
    return algebra.factor(grown, slots)


def _interchangeable(order: tuple[int, ...], counts: list[int], start: int) -> tuple[tuple[int, ...], ...]:
    """Slots of repeated derivatives by one vector argument: partial derivatives of smooth functions commute."""
    groups: dict[int, list[int]] = {}
    for argument in order:
        if counts[argument] == 1:
            groups.setdefault(argument, []).append(start)
        start += counts[argument]
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)
