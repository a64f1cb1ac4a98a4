"""Polynomials with whole coefficients over the factors of normal forms, in which a search for certificates is quick.

A variable is a factor that normal forms do not take apart: an entry, a function of something, the reciprocal or the
root of a polynomial, a sum over an index as a whole. What is found here is written back and read by the kernel anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

from verifier.kernel.algebra import Algebra
from verifier.kernel.linear import CONSTANT, Atom, Linear
from verifier.kernel.linear import variable as index
from verifier.kernel.polynomials import (
    Base,
    Exponent,
    Factor,
    Monomial,
    NormalForm,
    rename_factor,
    scale_exponent,
    whole,
)

Power = tuple[int, ...]  # variables with repetitions, in order
Number = int | Fraction
Polynomial = dict[Power, Number]
LARGEST = 400


class TooLarge(Exception):
    """A polynomial with more terms, or of a higher degree, or more work, than a search is worth."""


@dataclass
class Budget:
    """The work that is left, in products of two terms; what is spent is also spent of the budget ``above``."""

    left: int
    above: Budget | None = None

    def spend(self, work: int) -> None:
        """Raises TooLarge when all is spent."""
        self.left -= work
        if self.left < 0:
            raise TooLarge("the budget of the search is spent")
        if self.above is not None:
            self.above.spend(work)

    @property
    def is_spent(self) -> bool:
        """Whether nothing is left, here or above."""
        return self.left < 0 or (self.above is not None and self.above.is_spent)


@dataclass(frozen=True)
class Variable:
    """What a variable stands for: a factor with a unit exponent, or a whole monomial.

    ``below`` is the variable or the polynomial of which it is the reciprocal (``degree`` -1) or a root.
    """

    monomial: Monomial
    degree: int = 1
    below: Factor | None = None


class Ring:
    """The variables met in the normal forms of one algebra."""

    def __init__(self, algebra: Algebra, budget: Budget) -> None:
        self.algebra = algebra
        self.budget = budget
        self.variables: list[Variable] = []
        self._numbers: dict[object, int] = {}
        self._powers: dict[int, Polynomial] = {}
        self._inner: dict[int, set[int]] = {}
        self._roots: dict[int, int] = {}

    # from and to normal forms

    def of(self, form: NormalForm) -> Polynomial:
        """The polynomial that a normal form is."""
        result: Polynomial = {}
        for monomial, coefficient in form.items():
            power: list[int] = []
            free, sums = self._parts(monomial)
            for factor in free:
                power += self._factor(factor)
            power += [self._number(part, Variable(part)) for part in sums]
            if len(power) > 40:
                raise TooLarge("a power of more than 40 factors")
            _accumulate(result, tuple(sorted(power)), whole(coefficient))
        return result

    def _parts(self, monomial: Monomial) -> tuple[list[Factor], list[Monomial]]:
        """The factors outside of all sums, and the sums that share no index."""
        if not monomial.bound:
            return list(monomial.factors), []
        groups: list[tuple[set[int], list[Factor]]] = []
        free: list[Factor] = []
        for factor in monomial.factors:
            indices = bound_in(factor, monomial)
            if not indices:
                free.append(factor)
                continue
            joined = [group for group in groups if group[0] & indices]
            groups = [group for group in groups if not group[0] & indices]
            everything = indices.union(*(group[0] for group in joined))
            groups.append((everything, [*(f for group in joined for f in group[1]), factor]))
        if len(set().union(*(group[0] for group in groups))) < len(monomial.bound) or _is_nested(monomial):
            return [], [monomial]
        sums: list[Monomial] = []
        for indices, factors in groups:
            order = sorted(indices)
            moved: dict[Atom, Linear] = {k: index(place) for place, k in enumerate(order)}
            bound = {place: monomial.bound[k] for place, k in enumerate(order)}
            form = self.algebra.monomial(Fraction(1), [rename_factor(f, moved) for f in factors], bound)
            if len(form) != 1 or set(form.values()) != {Fraction(1)}:
                return [], [monomial]
            sums += form
        return free, sums

    def _factor(self, factor: Factor) -> list[int]:
        base, slots, exponent = factor
        if isinstance(exponent, tuple):
            return self._symbolic(base, slots, dict(exponent))
        count, degree = abs(exponent.numerator), exponent.denominator
        if count > 40:
            raise TooLarge("a power of more than 40 factors")
        unit: int | Fraction = Fraction(1, degree) if degree > 1 else 1
        if exponent > 0:
            below = Factor(base, slots, 1) if degree > 1 else None
            return [self._unit(base, slots, unit, degree, below)] * count
        return [self._unit(base, slots, -unit, -1, Factor(base, slots, unit))] * count

    def _symbolic(self, base: Base, slots: tuple[Linear, ...], exponent: dict[Atom, Number]) -> list[int]:
        """b^(2t + 1) as b^t b^t b"""
        rest = exponent.pop(CONSTANT, 0)
        whole_parts = all(isinstance(c, int) for c in exponent.values())
        count = gcd(*(c.numerator for c in exponent.values())) if whole_parts else 1
        count = -count if all(c < 0 for c in exponent.values()) else count
        unit = scale_exponent(Fraction(1, count), tuple(exponent.items()))
        below = Factor(base, slots, unit)
        found = [self._unit(base, slots, unit, 1, None)] if count > 0 else []
        if count < 0:
            found = [self._unit(base, slots, scale_exponent(-1, unit), -1, below)]
        if abs(count) > 40:
            raise TooLarge("a power of more than 40 factors")
        return found * abs(count) + (self._factor(Factor(base, slots, rest)) if rest else [])

    def _unit(
        self, base: Base, slots: tuple[Linear, ...], exponent: Exponent, degree: int, below: Factor | None
    ) -> int:
        key = (base.key, slots, exponent)
        return self._number(key, Variable(Monomial((Factor(base, slots, exponent),), ()), degree, below))

    def _number(self, key: object, variable: Variable) -> int:
        if key not in self._numbers:
            self._numbers[key] = len(self.variables)
            if variable.degree > 1:
                self._roots[len(self.variables)] = variable.degree
            self.variables.append(variable)
        return self._numbers[key]

    def form(self, polynomial: Polynomial) -> NormalForm:
        """The normal form of a polynomial."""
        algebra = self.algebra
        result: NormalForm = {}
        for power, coefficient in polynomial.items():
            product = algebra.number(Fraction(coefficient))
            for variable in power:
                product = algebra.multiply(product, {self.variables[variable].monomial: Fraction(1)})
            algebra.add_to(result, product)
        return result

    def below(self, variable: int) -> NormalForm:
        """What a variable is the reciprocal or a root of, as a normal form."""
        factor = self.variables[variable].below
        if factor is None:
            raise ValueError("a variable that is neither a reciprocal nor a root")
        if factor.base.kind == "power" and factor.exponent == 1:
            return self.algebra.argument(factor)
        return self.algebra.factor(*factor)

    def with_inside(self, polynomial: Polynomial) -> set[int]:
        """The variables of a polynomial, and those of which they are roots or functions."""
        found: set[int] = set()
        waiting = variables_of([polynomial])
        while waiting:
            found |= waiting
            waiting = {v for variable in waiting for v in self.inside(variable)} - found
        return found

    def inside(self, variable: int) -> set[int]:
        """The variables of which a variable is a root, a reciprocal or a function."""
        if variable not in self._inner:
            held = self.variables[variable]
            forms = [self.below(variable)] if held.below is not None else []
            factors = held.monomial.factors if not held.monomial.bound else ()
            forms += [self.algebra.argument(f) for f in factors if f.base.kind == "function"]
            self._inner[variable] = variables_of(self.of(form) for form in forms) - {variable}
        return self._inner[variable]

    def square_roots(self) -> dict[int, int]:
        """The variables of which others are the square roots."""
        found: dict[int, int] = {}
        for root, variable in enumerate(tuple(self.variables)):
            below = self._root_of(root) if variable.degree == 2 else {}
            if len(below) == 1 and all(len(power) == 1 and c == 1 for power, c in below.items()):
                ((inner,),) = below
                found[inner] = root
        return found

    # arithmetic

    @property
    def has_roots(self) -> bool:
        """Whether products are not only multiplied out: powers of roots are replaced in them."""
        return bool(self._roots)

    def multiply(self, left: Polynomial, right: Polynomial) -> Polynomial:
        """left · right, with rᵈ = p for a root r of degree d."""
        if len(left) * len(right) > LARGEST:
            raise TooLarge("a product of too many terms")
        self.budget.spend(len(left) * len(right))
        result: Polynomial = {}
        for one, a in left.items():
            for other, b in right.items():
                power = tuple(sorted(one + other)) if one and other else one or other
                before = result.get(power)
                total = a * b if before is None else before + a * b
                if total:
                    result[power] = total
                elif before is not None:
                    del result[power]
        return self._reduced(result) if self._roots else result

    def _reduced(self, polynomial: Polynomial) -> Polynomial:
        for power in polynomial:
            if self._roots.keys().isdisjoint(power):
                continue
            for variable, degree in self._roots.items():
                if power.count(variable) >= degree:
                    rest = list(power)
                    for _ in range(degree):
                        rest.remove(variable)
                    others = {p: c for p, c in polynomial.items() if p != power}
                    put = self.multiply({tuple(rest): polynomial[power]}, self._root_of(variable))
                    return self._reduced(add(others, put))
        return polynomial

    def _root_of(self, variable: int) -> Polynomial:
        if variable not in self._powers:
            self._powers[variable] = self.of(self.below(variable))
        return self._powers[variable]

    def put_in(self, polynomial: Polynomial, variable: int, value: Polynomial) -> Polynomial:
        """The polynomial with a value for a variable."""
        if not any(variable in power for power in polynomial):
            return polynomial
        result: Polynomial = {}
        for power, coefficient in polynomial.items():
            product: Polynomial = {tuple(v for v in power if v != variable): coefficient}
            for _ in range(power.count(variable)):
                product = self.multiply(product, value)
            result = add(result, product)
        return self._reduced(result)

    def reciprocals(self, polynomial: Polynomial) -> list[tuple[int, int]]:
        """The variables that are reciprocals, with the highest power of each."""
        found: dict[int, int] = {}
        for power in polynomial:
            for variable in power:
                if self.variables[variable].degree < 0:
                    found[variable] = max(found.get(variable, 0), power.count(variable))
        return sorted(found.items())

    def cleared(self, polynomial: Polynomial, variable: int, degree: int) -> Polynomial:
        """polynomial · pᵈ for a reciprocal p⁻¹ that occurs at most to the power d."""
        below = self.of(self.below(variable))
        powers: list[Polynomial] = [{(): 1}]
        for _ in range(degree):
            powers.append(self.multiply(powers[-1], below))
        result: Polynomial = {}
        for power, coefficient in polynomial.items():
            count = power.count(variable)
            rest = tuple(v for v in power if v != variable)
            result = add(result, self.multiply({rest: coefficient}, powers[degree - count]))
        return result


def bound_in(factor: Factor, monomial: Monomial) -> set[int]:
    """The summed indices of a monomial that occur in one of its factors."""
    atoms = {a for slot in factor.slots for a, _ in slot}
    if isinstance(factor.exponent, tuple):
        atoms |= {a for a, _ in factor.exponent}
    return {a for a in atoms if isinstance(a, int) and a < len(monomial.bound)}


def _is_nested(monomial: Monomial) -> bool:
    """Whether the range of a summed index depends on another."""
    return any(
        isinstance(a, int) and a < len(monomial.bound) for within in monomial.bound for end in within for a, _ in end
    )


def add(left: Polynomial, right: Polynomial) -> Polynomial:
    """left + right"""
    result = dict(left)
    for power, coefficient in right.items():
        _accumulate(result, power, coefficient)
    return result


def scale(factor: Number, polynomial: Polynomial) -> Polynomial:
    """factor · polynomial"""
    return {power: factor * c for power, c in polynomial.items()} if factor else {}


def variables_of(polynomials: Iterable[Polynomial]) -> set[int]:
    """The variables that occur."""
    return {variable for polynomial in polynomials for power in polynomial for variable in power}


def degree_of(polynomial: Polynomial) -> int:
    """The highest number of variables in a term."""
    return max((len(power) for power in polynomial), default=0)


def primitive(polynomial: Polynomial) -> tuple[Polynomial, Fraction]:
    """The polynomial with whole coefficients without a common factor, and the positive number it was multiplied by."""
    if not polynomial:
        return polynomial, Fraction(1)
    bottom = lcm(*(c.denominator for c in polynomial.values()))
    top = gcd(*(c.numerator * (bottom // c.denominator) for c in polynomial.values()))
    factor = Fraction(bottom, top)
    return {power: (c * factor).numerator for power, c in polynomial.items()}, factor


def _accumulate(polynomial: Polynomial, power: Power, coefficient: Number) -> None:
    total = polynomial.get(power, 0) + coefficient
    if total:
        polynomial[power] = total
    else:
        polynomial.pop(power, None)
