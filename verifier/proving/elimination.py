"""Equations that give a variable or a product: put in before a search for a vanishing sum, and paid for afterwards.

An equation a x = v between polynomials is divided out of all others; it knows the multiples of what it is made of.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from verifier.proving.gaps import Equality, Gap, Known
from verifier.proving.rings import Polynomial, Power, Ring, TooLarge, add, degree_of, scale, variables_of

MOST_TERMS = 4
DEEPEST = 4
MOST = 12
MOST_STEPS = 200
Multiples = dict[int, Polynomial]


@dataclass(frozen=True)
class Equation:
    """A polynomial that is 0: the sum of multiples of known equations."""

    number: int
    polynomial: Polynomial
    multiples: Multiples


class Elimination:
    """The variables and products that equations give, in the order in which they were put in.

    What gives a product stays an equation too, for products of others may hold it again.
    """

    def __init__(self, ring: Ring, gaps: Sequence[Gap], equalities: Sequence[Equality]) -> None:
        self.ring = ring
        self.equalities = tuple(equalities)
        self.gaps = list(gaps)
        self.given: list[tuple[Power, Equation]] = []
        waiting = [Equation(k, one.polynomial, {k: {(): 1}}) for k, one in enumerate(equalities)]
        hidden = self._hidden()
        while len(self.given) < MOST:
            found = next((pair for one in waiting if (pair := _solved(one, hidden)) is not None), None)
            if found is None:
                break
            try:
                following = [replace(gap, polynomial=self._divided(gap.polynomial, *found)[1]) for gap in self.gaps]
                others = [self._without(one, *found) for one in waiting if one is not found[1]]
            except TooLarge:
                break
            self.given.append(found)
            self.gaps, waiting = following, others
        products = [equation for lead, equation in self.given if len(lead) > 1]
        left = [one for one in (*waiting, *products) if one.polynomial]
        self.left = [replace(self.equalities[one.number], polynomial=one.polynomial) for one in left]

    def multiples(self, polynomial: Polynomial) -> list[tuple[Equality, Polynomial]]:
        """The multiples of known equations that a polynomial is, where what was put in makes it vanish."""
        total: Multiples = {}
        for lead, equation in self.given:
            quotient, polynomial = self._divided(polynomial, lead, equation)
            for k, multiple in equation.multiples.items():
                total[k] = add(total.get(k, {}), self.ring.multiply(quotient, multiple))
        return [(self.equalities[k], multiple) for k, multiple in total.items() if multiple]

    def _hidden(self) -> set[int]:
        """The variables inside of others: roots, reciprocals and functions of them."""
        everything: list[Known] = [*self.gaps, *self.equalities]
        plain = variables_of(one.polynomial for one in everything)
        return {inner for outer in plain for inner in self.ring.inside(outer)}

    def _divided(self, polynomial: Polynomial, lead: Power, by: Equation) -> tuple[Polynomial, Polynomial]:
        """Quotient and rest, in which no term is a multiple of the leading one. Raises TooLarge."""
        quotient: Polynomial = {}
        coefficient = by.polynomial[lead]
        for _ in range(MOST_STEPS):
            held = [(power, rest) for power in polynomial if (rest := _less(power, lead)) is not None]
            if not held:
                return quotient, polynomial
            power, others = max(held, key=lambda one: len(one[0]))
            multiple: Polynomial = {others: Fraction(polynomial[power]) / coefficient}
            quotient = add(quotient, multiple)
            polynomial = add(polynomial, scale(-1, self.ring.multiply(multiple, by.polynomial)))
        raise TooLarge("a division that does not end")

    def _without(self, one: Equation, lead: Power, by: Equation) -> Equation:
        quotient, rest = self._divided(one.polynomial, lead, by)
        multiples = dict(one.multiples)
        for k, multiple in by.multiples.items() if quotient else ():
            multiples[k] = add(multiples.get(k, {}), scale(-1, self.ring.multiply(quotient, multiple)))
        return Equation(one.number, rest, multiples)


def _solved(one: Equation, hidden: set[int]) -> tuple[Power, Equation] | None:
    """What a short equation gives: a variable, the one of the highest number, or else its one term of highest degree.

    None if it gives neither, or what is inside of other variables.
    """
    if len(one.polynomial) > MOST_TERMS or degree_of(one.polynomial) > DEEPEST:
        return None
    alone = {power[0] for power in one.polynomial if len(power) == 1} - hidden
    found = [v for v in alone if sum(v in power for power in one.polynomial) == 1]
    if found:
        return (max(found),), one
    highest = [power for power in one.polynomial if len(power) == degree_of(one.polynomial)]
    return (highest[0], one) if len(highest) == 1 and not hidden.intersection(highest[0]) and highest[0] else None


def _less(power: Power, lead: Power) -> Power | None:
    """The power without the factors of the leading one; None if they are not all there."""
    rest = list(power)
    for variable in lead:
        if variable not in rest:
            return None
        rest.remove(variable)
    return tuple(rest)


__all__ = ["Elimination"]
