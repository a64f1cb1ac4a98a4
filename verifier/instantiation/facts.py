"""What a condition says about a symbol or the members of a family, and for which members it says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from verifier.kernel import linear
from verifier.kernel.linear import Atom, Linear
from verifier.kernel.terms import Term

Forms = tuple[Linear, ...]
Quantifier = tuple[str, Linear, Linear | None]


@dataclass(frozen=True, slots=True)
class Fact:
    """What a condition says about the members name[forms] of a symbol, or about their entries ``place``.

    ``kind`` is "=" (the member is ``term``), a comparison with ``term`` (of numbers, or in the Loewner order), or
    the name of a property.
    """

    name: str
    forms: Forms
    quantifiers: tuple[Quantifier, ...]
    kind: str
    term: Term | None = None
    place: Forms | None = None
    source: int = -1

    def at(self, index: tuple[int, ...], values: Mapping[Atom, int]) -> dict[Atom, int] | None:
        """The values of the quantified indices at a member (and an entry); None if it says nothing about it."""
        return match((*self.forms, *(self.place or ())), index, self.quantifiers, values)


def match(
    forms: Forms, index: tuple[int, ...], quantifiers: tuple[Quantifier, ...], values: Mapping[Atom, int]
) -> dict[Atom, int] | None:
    """The quantified indices at which the forms have these values, within their ranges; None if there are none."""
    found: dict[Atom, int] = dict(values)
    for name, _, _ in quantifiers:
        found.pop(name, None)
    if len(forms) != len(index):
        return None
    for form, number in zip(forms, index, strict=True):
        unknown = [(a, c) for a, c in form if a != "" and a not in found]
        known = linear.value(tuple((a, c) for a, c in form if a == "" or a in found), found)
        if not unknown:
            if known != number:
                return None
            continue
        if len(unknown) > 1 or (number - known) % unknown[0][1]:
            return None
        found[unknown[0][0]] = (number - known) // unknown[0][1]
    return found if all(_inside(q, found) for q in quantifiers) else None


def _inside(quantifier: Quantifier, values: dict[Atom, int]) -> bool:
    name, lower, upper = quantifier
    needed: tuple[Any, ...] = (name, *linear.atoms(lower), *(() if upper is None else linear.atoms(upper)))
    if any(atom not in values for atom in needed):
        return False
    number = values[name]
    return linear.value(lower, values) <= number and (upper is None or number <= linear.value(upper, values))
