"""Integer linear forms over dimension and index names: ``n``, ``N - d``, ``i + 1``, ``3``.

A form is a tuple of ``(atom, coefficient)`` pairs, sorted, without zeros; the constant part has the
atom ``""``. Names written by people are strings. The normal form numbers the indices that it binds,
so there an atom may also be an integer. Plain tuples keep equality and hashing fast and structural.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

Atom = str | int
Linear = tuple[tuple[Atom, int], ...]

CONSTANT: Atom = ""
ZERO: Linear = ()
ONE: Linear = ((CONSTANT, 1),)


def constant(value: int) -> Linear:
    """The form with no atoms."""
    return ((CONSTANT, value),) if value else ZERO


def variable(atom: Atom) -> Linear:
    """The form that is one atom."""
    return ((atom, 1),)


def order(item: tuple[Atom, object]) -> tuple[bool, int, str]:
    """The sort key of an item of a form: numbered indices, then the constant, then names."""
    atom = item[0]
    return (True, 0, atom) if isinstance(atom, str) else (False, atom, "")


def collect(items: Iterable[tuple[Atom, int]]) -> Linear:
    """The canonical form of a sum of multiples of atoms."""
    total: dict[Atom, int] = {}
    for atom, coefficient in items:
        total[atom] = total.get(atom, 0) + coefficient
    kept = [(a, c) for a, c in total.items() if c]
    return tuple(sorted(kept, key=order) if len(kept) > 1 else kept)


def plus(left: Linear, right: Linear) -> Linear:
    """left + right"""
    if not (left and right):
        return left or right
    return collect(left + right)


def times(factor: int, form: Linear) -> Linear:
    """factor · form"""
    if factor == 1:
        return form
    return tuple([(a, factor * c) for a, c in form]) if factor else ZERO


def minus(left: Linear, right: Linear) -> Linear:
    """left - right"""
    if left == right or not right:
        return ZERO if right else left
    if len(left) == len(right) == 1 and left[0][1] == right[0][1] == 1 and left[0][0] != right[0][0]:
        one, other = left[0], (right[0][0], -1)
        return (one, other) if order(one) < order(other) else (other, one)
    return plus(left, times(-1, right))


def constant_value(form: Linear) -> int | None:
    """The value of a form without atoms, else None."""
    if not form:
        return 0
    return form[0][1] if len(form) == 1 and form[0][0] == CONSTANT else None


def atoms(form: Linear) -> tuple[Atom, ...]:
    """The atoms that occur, without the constant."""
    return tuple(a for a, _ in form if a != CONSTANT)


def is_canonical(form: object) -> bool:
    """Whether this is a form over names as ``collect`` leaves it: sorted, each name once, no zeros."""
    if type(form) is not tuple:
        return False
    last: str | None = None
    for item in form:
        if type(item) is not tuple or len(item) != 2:
            return False
        atom, coefficient = item
        if type(atom) is not str or type(coefficient) is not int or coefficient == 0:
            return False
        if last is not None and atom <= last:
            return False
        last = atom
    return True


def single(form: Linear) -> Atom | None:
    """The atom, if the form is just one atom with coefficient 1."""
    if len(form) == 1 and form[0][1] == 1 and form[0][0] != CONSTANT:
        return form[0][0]
    return None


def substitute(form: Linear, values: Mapping[Atom, Linear]) -> Linear:
    """The form with atoms replaced, all at once."""
    if len(form) == 1 and form[0][1] == 1:
        return values.get(form[0][0], form)
    if not any(a in values for a, _ in form):
        return form
    items: list[tuple[Atom, int]] = []
    for atom, coefficient in form:
        items += times(coefficient, values[atom]) if atom in values else ((atom, coefficient),)
    return collect(items)


def value(form: Linear, values: Mapping[Atom, int]) -> int:
    """The number that the form denotes; KeyError names an atom without a value."""
    return sum(c if a == CONSTANT else c * values[a] for a, c in form)


def at_least(form: Linear, bound: int, positive: tuple[Linear, ...] = ()) -> bool:
    """Whether ``form ≥ bound`` follows from: every atom is ≥ 1, every form in ``positive`` is ≥ 1.

    Sound and incomplete: one multiple of one form of ``positive`` is tried at a time. Atoms here must be
    dimensions; an index is first replaced by a bound of its range.
    """
    if _least(form, bound):
        return True
    return any(_least(minus(form, times(k, other)), bound - k) for other in positive for k in (1, 2))


def _least(form: Linear, bound: int) -> bool:
    return all(c > 0 for a, c in form if a != CONSTANT) and sum(c for _, c in form) >= bound


def show(form: Linear) -> str:
    """Plain text: ``N - d + 1``."""
    if not form:
        return "0"
    parts: list[str] = []
    for atom, coefficient in sorted(form, key=lambda item: (item[0] == CONSTANT, item[1] < 0)):
        size = abs(coefficient)
        body = str(size) if atom == CONSTANT else f"{atom}" if size == 1 else f"{size}{atom}"
        sign = "-" if coefficient < 0 else "+"
        parts.append(f" {sign} {body}" if parts else body if coefficient > 0 else f"-{body}")
    return "".join(parts)
