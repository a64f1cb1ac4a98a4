"""Claims about all later members of a sequence: how they are taken apart, and what denies them in a model.

"∀m ∃T ∀t ≥ T φ(m, t)" fails in a model if φ(m, t) fails there for one m and arbitrarily late t. No finite number of
members shows that: it takes a proof, of ¬claim, from the hypotheses and the values of the model.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from verifier.derivation import Counterexample
from verifier.kernel.linear import Linear, constant, constant_value, plus, times, variable
from verifier.kernel.sequents import Definition, Sequent
from verifier.kernel.shapes import Shape
from verifier.kernel.terms import Term, free_indices, name_of, substitute_indices, subterms

BINDING = ("substitute", "derivative", "gradient", "hessian")


@dataclass(frozen=True, slots=True)
class Eventually:
    """premises ⟹ ∀m ≥ least ∃T ≥ first ∀t ≥ T φ; without ∀m, ``bound`` is empty."""

    premises: tuple[Term, ...]
    bound: str
    least: int
    first: int
    index: str
    body: Term

    @classmethod
    def of(cls, conclusion: Term) -> Eventually | None:
        """The parts of a conclusion; None if it has another form."""
        premises: list[Term] = []
        while conclusion.head == "implies":
            premises.append(conclusion.args[0])
            conclusion = conclusion.args[1]
        bound, least = "", constant_value(())
        if conclusion.head == "for_all" and conclusion.data[2] is None:
            bound, least = conclusion.data[0], constant_value(conclusion.data[1])
            conclusion = conclusion.args[0]
        if conclusion.head != "exists" or conclusion.data[2] is not None:
            return None
        start, first, later = conclusion.data[0], constant_value(conclusion.data[1]), conclusion.args[0]
        if later.head != "for_all" or later.data[1] != variable(start) or later.data[2] is not None:
            return None
        if least is None or first is None or first < 0 or start in (bound, later.data[0]) or bound == later.data[0]:
            return None
        if start in free_indices(later.args[0]):
            return None
        return cls(tuple(premises), bound, int(least), int(first), later.data[0], later.args[0])

    def at(self, bound: int, index: Linear) -> Term:
        """φ(m, t)"""
        return substitute_indices(self.body, {**self.fixed(bound), self.index: index})

    def fixed(self, bound: int) -> dict[str | int, Linear]:
        """m as a number."""
        return {self.bound: constant(bound)} if self.bound else {}

    def under_premises(self, conclusion: Term) -> Term:
        """premises ⟹ another conclusion"""
        for premise in reversed(self.premises):
            conclusion = Term("implies", (premise, conclusion))
        return conclusion


@dataclass(frozen=True, slots=True)
class Tail:
    """The members at t = step · s + offset for s ≥ first, at which φ(bound, t) is to fail."""

    bound: int
    step: int
    offset: int
    first: int

    def member(self, number: Linear) -> Linear:
        """The index t of the member with a number s."""
        return plus(times(self.step, number), constant(self.offset))


# the denial of a claim in a model


def denial(sequent: Sequent, counterexample: Counterexample) -> Sequent:
    """hypotheses, symbols = their values ⊢ ¬conclusion

    A number is put in as a definition is, but 0 is an equation, because normal forms have no 0ᵗ. Of vectors and
    matrices only those that vanish are given: that is said for every dimension. What is proved without a value holds
    for all. Raises ClaimError, TermError where the values are of another claim.
    """
    definitions: list[Definition] = []
    equations: list[Term] = []
    bound = _bound_names(sequent)
    for symbol, value in values_of(sequent, counterexample):
        if symbol.data[2] or symbol.data[0] in bound or value.data == (0,):
            equations.append(Term("equal", (symbol, value)))
        else:
            definitions.append(Definition(symbol.data[0], value))
    return replace(
        sequent,
        conclusion=Term("not", (sequent.conclusion,)),
        hypotheses=(*sequent.hypotheses, *equations),
        definitions=(*sequent.definitions, *definitions),
    )


def values_of(sequent: Sequent, counterexample: Counterexample) -> Iterator[tuple[Term, Term]]:
    """The symbols of a claim, and members of its families, whose values are rational numbers or vanish."""
    shapes = {part.data[0]: part.data[1] for part in _parts(sequent) if part.head == "symbol"}
    defined = {definition.name for definition in sequent.definitions}
    for text, held in counterexample.values.items():
        name, places = _split(text, shapes)
        value = None if name in defined or name not in shapes else _term(held, shapes[name])
        if value is not None:
            yield Term("symbol", (), (name, shapes[name], tuple(map(constant, places)))), value


def _parts(sequent: Sequent) -> Iterator[Term]:
    for statement in (sequent.conclusion, *sequent.hypotheses, *(d.body for d in sequent.definitions)):
        yield from subterms(statement)


def _bound_names(sequent: Sequent) -> frozenset[str]:
    """The names that something binds, or differentiates by: their values are equations, not definitions."""
    bound = {name_of(part.args[1]) for part in _parts(sequent) if part.head in BINDING}
    return frozenset(bound | {p.data[0] for d in sequent.definitions for p in d.parameters})


def _split(text: str, shapes: dict[str, Shape]) -> tuple[str, tuple[int, ...]]:
    """A name, and the numbers in brackets after it."""
    if text in shapes or not text.endswith("]"):
        return text, ()
    name, _, inside = text[:-1].rpartition("[")
    return name, tuple(int(number) for number in inside.split(","))


def _term(held: Any, shape: Shape) -> Term | None:
    """The value as a term; None for an irrational number, and for a vector or matrix that does not vanish."""
    if not shape.is_scalar:
        return Term("zeros", (), (shape,)) if all(entry == "0" for entry in _entries(held)) else None
    try:
        return Term("number", (), (Fraction(held),))
    except (TypeError, ValueError, ZeroDivisionError):
        return None


def _entries(held: Any) -> Iterator[Any]:
    if isinstance(held, list):
        for item in held:
            yield from _entries(item)
    else:
        yield held
