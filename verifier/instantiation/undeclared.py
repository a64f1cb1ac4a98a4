"""Functions that nothing declares, as explicit random polynomials with small rational coefficients."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

from verifier.instantiation.outcomes import Undefined
from verifier.instantiation.rings import Ring

DEGREE = 3
TERMS = 3
COEFFICIENTS = tuple(Fraction(k, 2) for k in (2, -2, 4, -4, 6, 1, -1))


@dataclass(frozen=True, slots=True)
class Polynomial:
    """Σ coefficient · Π x[v], over pairs of a coefficient and the (sorted, repeated) numbers v of the variables."""

    terms: tuple[tuple[Fraction, tuple[int, ...]], ...]
    arity: int

    def __call__(self, ring: Ring, arguments: Sequence[Any]) -> Any:
        """The value; ``arguments`` are ring elements or duals."""
        total = 0 * sum(arguments[1:], arguments[0]) if arguments else ring.number(0)
        for coefficient, variables in self.terms:
            term = ring.number(coefficient)
            for variable in variables:
                term = term * arguments[variable]
            total = total + term
        return total

    def of(self, arity: int) -> Polynomial:
        """The same terms, those with variables that there are not left out."""
        return Polynomial(tuple(term for term in self.terms if all(v < arity for v in term[1])), arity)

    def __str__(self) -> str:
        parts = [_term_text(coefficient, variables, self.arity) for coefficient, variables in self.terms]
        return " + ".join(parts).replace("+ -", "- ") if parts else "0"


def _term_text(coefficient: Fraction, variables: tuple[int, ...], arity: int) -> str:
    names = ["x" if arity == 1 else f"x{v + 1}" for v in dict.fromkeys(variables)]
    powers = [variables.count(v) for v in dict.fromkeys(variables)]
    factors = [name if power == 1 else f"{name}^{power}" for name, power in zip(names, powers, strict=True)]
    if not factors or abs(coefficient) != 1:
        factors.insert(0, str(abs(coefficient)))
    return ("-" if coefficient < 0 else "") + "*".join(factors)


def parse(text: str, arity: int) -> Polynomial:
    """The polynomial that ``str`` wrote. Raises Undefined if the text is none."""
    terms: list[tuple[Fraction, tuple[int, ...]]] = []
    for part in re.sub(r"\s*-\s*", " + -", text).split(" + "):
        if part.strip() in ("", "0"):
            continue
        body, coefficient, variables = part.strip().removeprefix("-"), Fraction(1), []
        for factor in body.split("*"):
            match = re.fullmatch(r"x(\d*)(?:\^(\d))?", factor)
            if match:
                variables += [int(match[1] or 1) - 1] * int(match[2] or 1)
            elif re.fullmatch(r"\d+(/\d+)?", factor):
                coefficient *= Fraction(factor)
            else:
                raise Undefined(f"{factor!r} is no factor of a polynomial")
        if any(v >= arity for v in variables):
            raise Undefined(f"{text!r} has more than {arity} variables")
        sign = -1 if part.strip().startswith("-") else 1
        terms.append((sign * coefficient, tuple(sorted(variables))))
    return Polynomial(tuple(terms), arity)


def random_polynomial(random: Random, arity: int) -> Polynomial:
    """A few random terms of degree at most 3, of which the first is of degree at least 2 where there are variables."""
    terms: dict[tuple[int, ...], Fraction] = {}
    for k in range(TERMS):
        degree = random.randint(2 if k == 0 else 0, DEGREE) if arity else 0
        variables = tuple(sorted(random.randrange(arity) for _ in range(degree)))
        terms[variables] = random.choice(COEFFICIENTS)
    return Polynomial(tuple((c, v) for v, c in sorted(terms.items())), arity)
