"""Optima: what ``argmin_w {f(w) : C(w)}`` says, with the bound variable put in.

An argmin is the set of its points, and a point p beside an equals sign is {p}. So, for every w that C admits,

- p ∈ argmin_w {f : C}  is  C(p), and f(p) ≤ f(w);
- p = argmin_w {f : C}  is that, and w = p where f(w) ≤ f(p);
- v = min_w {f : C}  is  C(p) and f(p) = v for some p, and v ≤ f(w);

and all of them include that C(w) is defined for every w, and f(w) wherever C(w) holds. argmax and max are those of -f.
The w are constants: in E[f(w)], which binds what is random, no random p is put, nor is w random elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from verifier.kernel.closure import ClaimError
from verifier.kernel.polynomials import Unsupported
from verifier.kernel.randomness import DECLARATIONS, MOMENTS, NOTHING, Randomness
from verifier.kernel.sequents import Definition
from verifier.kernel.terms import OPTIMUM, Term, bound_symbols, subterms
from verifier.kernel.unfolding import substitute_symbols, unfold

POINTS = {"argmin": 1, "argmax": -1}
VALUES = {"min": 1, "max": -1}
BESIDE = ("equal", "not_equal", "optimal")
OPAQUE = (
    *("probability", "limit", "integral", "sum_over_values", "differential", "member", "distributed", "tends_to"),
    *DECLARATIONS,
)
OF_SYMBOLS = ("random", "constant", "stated")


@dataclass(frozen=True, slots=True)
class Optimum:
    """An objective and constraints in which definitions are unfolded, but for what the variable binds."""

    kind: str
    objective: Term
    variable: Term
    constraints: tuple[Term, ...]
    definitions: tuple[Definition, ...] = ()
    randomness: Randomness = NOTHING

    def at(self, point: Term) -> Term:
        """f(point)"""
        return self._put(self.objective, point)

    def feasible(self, point: Term) -> tuple[Term, ...]:
        """C(point), part by part."""
        return tuple(self._put(constraint, point) for constraint in self.constraints)

    def no_worse(self, one: Term, other: Term) -> Term:
        """f(one) ≤ f(other) for a minimum, f(one) ≥ f(other) for a maximum."""
        return self.bounded(self.at(one), other)

    def bounded(self, value: Term, other: Term) -> Term:
        """value ≤ f(other) for a minimum, value ≥ f(other) for a maximum."""
        least = {**POINTS, **VALUES}[self.kind] > 0
        sides = (value, self.at(other)) if least else (self.at(other), value)
        return Term("less_equal", sides)

    def _put(self, body: Term, point: Term) -> Term:
        if point.shape != self.variable.shape:
            raise ClaimError(f"{point.shape} is no value for a variable of {self.variable.shape}")
        value = unfold(point, self.definitions, everywhere=True)
        if self.randomness.is_random(value) and self.randomness.has_moment(body):
            raise Unsupported("a random point of what holds an expectation")
        return substitute_symbols(body, {self.variable.data[0]: value})


def optimum_of(term: Term, definitions: Iterable[Definition], randomness: Randomness | None = None) -> Optimum:
    """What an optimum is of. Raises Unsupported unless it is over one symbol that is no member of a family.

    Nothing is put into an integral, a limit or a conditional expectation: what they bind is named in words. Nor is it
    into an expectation, unless it is known what is random.
    """
    if term.head != OPTIMUM:
        raise Unsupported(f"a {term.head} is no optimum")
    (kind,), bodies = term.data, tuple(definitions)
    objective, variable, *constraints = unfold(term, bodies, everywhere=True).args
    if kind not in POINTS and kind not in VALUES:
        raise Unsupported(f"the optimum {kind}")
    if variable.head != "symbol" or variable.data[2] or not all(c.is_proposition for c in constraints):
        raise Unsupported("an optimum is decided over one symbol")
    for part in (part for one in (objective, *constraints) for part in subterms(one)):
        if part.head in OPAQUE or (part.head == "property" and part.data[0] in OF_SYMBOLS):
            raise Unsupported(f"an optimum of what holds a {part.head.replace('_', ' ')}")
        if part.head in MOMENTS and (randomness is None or part.data[0] or variable.data[0] in randomness.names):
            raise Unsupported("an optimum of an expectation that is conditional, or binds its variable")
    return Optimum(kind, objective, variable, tuple(constraints), bodies, randomness or NOTHING)


def is_set(term: Term) -> bool:
    """Whether the term is an argmin or an argmax."""
    return term.head == OPTIMUM and term.data[0] in POINTS


def is_value(term: Term) -> bool:
    """Whether the term is a min or a max over a variable."""
    return term.head == OPTIMUM and term.data[0] in VALUES


def check_places(term: Term, definitions: Iterable[Definition]) -> None:
    """Raises Unsupported where an optimum is no side of an equation: there it would have to exist, and be one point.

    So it would have to as a point of another, p in p ∈ argmin.
    """
    bodies = tuple(definitions)
    if not any(part.head == OPTIMUM for one in (term, *(d.body for d in bodies)) for part in subterms(one)):
        return
    for part in subterms(unfold(term, bodies, everywhere=True)):
        for k, arg in enumerate(part.args):
            if arg.head == OPTIMUM and (part.head not in BESIDE or (part.head == "optimal" and k == 0)):
                raise Unsupported(
                    f"an optimum is decided beside an equals sign, not in a {part.head.replace('_', ' ')}"
                )


__all__ = ["Optimum", "bound_symbols", "check_places", "is_set", "is_value", "optimum_of"]
