"""The engine for matrices: a goal as a combination of inverse laws, hypotheses and laws of structure.

Normal forms are taken apart into chains (``letters``), the goal is sought in the ideal of the relations
(``completion``), and the multiples found are written as contexts around each relation, which the kernel adds up by its
linear rule.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

from verifier.kernel.context import HOLE as HOLE_NAME
from verifier.kernel.context import Context
from verifier.kernel.linear import ONE
from verifier.kernel.polynomials import Unsupported
from verifier.kernel.serialization import term_to_data
from verifier.kernel.shapes import Shape
from verifier.kernel.terms import Term
from verifier.proving.chains import (
    HOLE,
    HOLE_SCALAR,
    HOLE_T,
    HOLE_VECTOR,
    LEFT,
    RIGHT,
    Polynomial,
    Summand,
    Word,
)
from verifier.proving.completion import Completion, Multiples, NotAMember, OutOfBudget
from verifier.proving.goals import Equation
from verifier.proving.graphs import NoChains
from verifier.proving.letters import Letters
from verifier.proving.readback import NotWritten
from verifier.proving.relations import Relation, Relations
from verifier.proving.symmetry import Symmetries

Certificate = dict[str, Any]
Prove = Callable[[Context, Term], Certificate | None]
BUDGET = 500


def by_ideal(equation: Equation, prove: Prove, budget: int = BUDGET) -> Certificate | None:
    """The certificate of an equation between products of matrices, from what is known of them; None if none is found.

    ``prove`` is asked for the premises of laws. Raises Unsupported when the budget, in summands made, is spent.
    """
    relations, context = Relations(equation), equation.context
    lemmas: list[tuple[Term, Certificate]] = []
    for lemma in relations.lemmas():
        proof = _of_lemma(context, lemma, prove, budget // 4)
        if proof is not None:
            lemmas.append((lemma, proof))
            context = context.assume(lemma)
    if lemmas:
        relations = Relations(replace(equation, context=context))
    certificate = _from_relations(relations, prove, budget)
    for lemma, proof in reversed(lemmas if certificate is not None else []):
        certificate = {"rule": "cut", "lemma": term_to_data(lemma), "proof": proof, "then": certificate}
    return certificate


def _of_lemma(context: Context, lemma: Term, prove: Prove, budget: int) -> Certificate | None:
    """The certificate of a lemma; None if none is found within the budget, for the goal may do without."""
    if lemma.head == "property":
        return prove(context, lemma)
    equation = Equation.of(context, lemma)
    try:
        return None if equation is None else _from_relations(Relations(equation), prove, budget)
    except Unsupported:
        return None


def _from_relations(relations: Relations, prove: Prove, budget: int) -> Certificate | None:
    equation = relations.equation
    if not equation.rest:
        return {"rule": "normal form"}
    try:
        rest = relations.letters.polynomial(equation.rest, equation.axes)
        near = relations.near(rest, prove)
        return _Certificates(equation, relations.letters).of(near, _multiples(relations.letters, near, rest, budget))
    except OutOfBudget as error:
        raise Unsupported(f"not decided within {error}") from None
    except (NoChains, NotWritten, NotAMember):
        return None


def _multiples(letters: Letters, relations: list[Relation], goal: Polynomial, budget: int) -> Multiples:
    """The multiples of the relations, each with its place in the list, whose sum is the goal."""
    known = {number: relation.terms for number, relation in enumerate(relations)}
    symmetries = Symmetries(letters.alphabet, known)
    completion = Completion(symmetries.alphabet, budget, traces=budget > BUDGET)
    given: dict[int, int] = {}
    for number, terms in known.items():
        plain = symmetries.of(terms)
        if plain:
            given[completion.add(plain)] = number
    found = completion.members(symmetries.of(goal))
    return symmetries.completed(goal, known, {(given[k], context): c for (k, context), c in found.items()})


class _Certificates:
    """Multiples of relations as the certificate that the kernel's linear rule takes."""

    def __init__(self, equation: Equation, letters: Letters) -> None:
        self.equation, self.letters = equation, letters

    def of(self, relations: list[Relation], multiples: Multiples) -> Certificate:
        """The multiples as contexts around the relations."""
        uses = []
        for number, relation in enumerate(relations):
            parts = [(context, c) for (k, context), c in multiples.items() if k == number]
            if parts and relation.data is not None:
                term = self._sum(parts, relation.shape)
                uses.append({"context": term_to_data(term), "relation": relation.data})
        return {"rule": "linear", "uses": uses}

    def _sum(self, parts: list[tuple[Summand, int | Fraction]], gap: Shape) -> Term:
        total: Term | None = None
        for context, coefficient in parts:
            term = self._written(context, coefficient, gap)
            total = term if total is None else Term("add", (total, term))
        if total is None:
            raise NotWritten("no multiple")
        return total

    def _written(self, context: Summand, coefficient: int | Fraction, gap: Shape) -> Term:
        hole = Term("symbol", (), (HOLE_NAME, gap, ()))
        factors: list[Term] = [] if coefficient == 1 else [Term("number", (), (Fraction(coefficient),))]
        for letter, exponent in context.scalars:
            if letter == HOLE_SCALAR:
                factors.append(hole)
                continue
            base = self.letters.terms[letter]
            power = Term("number", (), (Fraction(exponent),))
            factors.append(base if exponent == 1 else Term("power", (base, power)))
        factors += [Term("trace", (self._product(cycle, hole),)) for cycle in context.cycles]
        opened = [c for c in context.chains if c[0] <= RIGHT]
        factors += [self._product(chain, hole) for chain in context.chains if chain[0] > RIGHT]
        if len(opened) == 2:
            left, right = (self._product(c[1:], hole) for c in opened)
            factors += [Term("multiply", (left, Term("transpose", (right,))))]
        elif opened and opened[0] == (LEFT, RIGHT):
            factors.append(Term("identity", (), (self.equation.shape.rows,)))
        elif opened:
            inner = opened[0][1:-1] if opened[0][-1] <= RIGHT else opened[0][1:]
            whole = self._product(inner, hole)
            factors.append(Term("transpose", (whole,)) if opened[0][0] == RIGHT else whole)
        result = factors[-1]
        for factor in reversed(factors[:-1]):
            result = Term("multiply", (factor, result))
        return result

    def _product(self, word: Word, hole: Term) -> Term:
        """The product of the letters of a word; a vector that starts a word is transposed, unless it is all of it."""
        result: Term | None = None
        for k, letter in enumerate(word):
            term = self._letter(letter, hole)
            if k == 0 and len(word) > 1 and term.space().columns == ONE:
                term = Term("transpose", (term,))
            result = term if result is None else Term("multiply", (result, term))
        if result is None:
            raise NotWritten("an empty product")
        return result

    def _letter(self, letter: int, hole: Term) -> Term:
        if letter in (HOLE, HOLE_T):
            return hole if letter == HOLE else Term("transpose", (hole,))
        if letter == HOLE_VECTOR:
            return Term("transpose", (hole,)) if hole.space().columns != ONE else hole
        terms = self.letters.terms
        if letter in terms:
            term = terms[letter]
            return Term("transpose", (term,)) if term.space().rows == ONE and term.space().columns != ONE else term
        return Term("transpose", (terms[self.letters.alphabet.turned[letter]],))


__all__ = ["by_ideal"]
