"""Ideal membership: a polynomial as a combination of relations, found by completion, with the multiples kept.

Each relation rewrites its greatest summand. Where two of them rewrite one summand in two ways, the difference is a new
relation; how it comes from the given ones is kept, so that what reduces to zero is a sum of multiples of those
(Mora, "An introduction to commutative and noncommutative Gröbner bases", 1994; for matrices of symbolic size, Raab,
Regensburger and Hofstadler, arXiv 2212.11662). What does not finish within the budget is not decided.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from heapq import heappop, heappush
from itertools import count

from verifier.proving.chains import HOLE, HOLE_T, LEFT, RIGHT, Alphabet, Polynomial, Summand, accumulate, opens

TRANSPOSED = Summand(((LEFT, HOLE_T, RIGHT),), (), ())
TRACED = Summand((), ((HOLE,),), ())
Multiples = dict[tuple[int, Summand], int | Fraction]
"""(number of a relation, context) to coefficient."""


LONGEST = 24
"""The degree of the longest overlap that is looked at."""


class NotAMember(Exception):
    """A goal that is no combination of the relations."""


class OutOfBudget(Exception):
    """The work allowed is spent; says how much that was."""


@dataclass(slots=True)
class Relation:
    """A polynomial that is zero, its greatest summand, and those of the same degree.

    ``origin`` says how it comes from relations before it; None for a given one.
    """

    terms: Polynomial
    origin: Multiples | None
    lead: Summand
    ties: tuple[Summand, ...]
    letters: frozenset[int]
    active: bool = True


def _letters(summand: Summand) -> Iterable[int]:
    for word in (*summand.chains, *summand.cycles):
        yield from (letter for letter in word if letter > RIGHT)
    yield from (-letter for letter, _ in summand.scalars)


def _quotient(coefficient: int | Fraction, divisor: int | Fraction) -> int | Fraction:
    return coefficient * divisor if divisor in (1, -1) else Fraction(coefficient) / divisor


class Completion:
    """Relations that grow. ``budget`` counts summands; with ``traces``, the traces of relations are relations too."""

    def __init__(self, alphabet: Alphabet, budget: int, *, traces: bool = False) -> None:
        self.alphabet, self.left, self.budget, self.traces = alphabet, budget, budget, traces
        self.relations: list[Relation] = []
        self._pairs: list[tuple[Fraction | int, int, Summand, int, int]] = []
        self._counter = count()
        self._waiting: deque[int] = deque()

    def add(self, terms: Polynomial) -> int:
        """A given relation, not zero, and its transpose. What it is called is the number that is returned."""
        number = len(self.relations)
        self._append(self._relation(terms, None))
        if any(opens(summand) == 2 for summand in terms):
            turned: Polynomial = {}
            origin: Multiples = {}
            self._take(turned, number, TRANSPOSED, -1, origin)
            if turned != terms and turned != {s: -c for s, c in terms.items()}:
                self._append(self._relation(turned, {key: -value for key, value in origin.items()}))
        if self.traces and len([c for c in self.relations[number].lead.chains if c[0] <= RIGHT]) == 2:
            self._close(number)
        return number

    def _close(self, number: int) -> None:
        """Add the trace of a relation with a lead such as u vᵀ.

        What it says of vᵀu is no news, but with it the relation overlaps with itself: (u vᵀ) u = u (vᵀu).
        """
        traced: Polynomial = {}
        origin: Multiples = {}
        self._take(traced, number, TRACED, -1, origin)
        if traced:
            self._append(self._relation(traced, {key: -value for key, value in origin.items()}))

    def _append(self, relation: Relation) -> None:
        self._waiting.append(len(self.relations))
        self.relations.append(relation)

    def _settle(self) -> None:
        """Overlaps of relations that are new with those before them; what a new one rewrites is replaced."""
        while self._waiting:
            new = self._waiting.popleft()
            if self.relations[new].active:
                self._pair(new)

    def _pair(self, new: int) -> None:
        relation = self.relations[new]
        near = self._both_ways(relation.letters)
        superseded: list[int] = []
        for old, other in enumerate(self.relations[: new + 1]):
            if not other.active or near.isdisjoint(other.letters):
                continue
            if old != new and self._rewrites(relation, other.lead):
                superseded.append(old)
                continue
            for merged in dict.fromkeys(self.alphabet.superpositions(relation.lead, other.lead)):
                size = self.alphabet.degree(merged)
                if size <= LONGEST:
                    heappush(self._pairs, (size, next(self._counter), merged, new, old))
        for old in superseded:
            self._supersede(old)

    def _rewrites(self, relation: Relation, lead: Summand) -> bool:
        return relation.letters <= self._both_ways(_letters(lead)) and any(
            True for _ in self.alphabet.embeddings(relation.lead, lead)
        )

    def _both_ways(self, letters: Iterable[int]) -> set[int]:
        """The letters with their transposes."""
        found = set(letters)
        return found | {self.alphabet.turned[letter] for letter in found if letter > 0}

    def _supersede(self, old: int) -> None:
        """Replace a relation whose lead a newer one rewrites by what is left of it."""
        relation = self.relations[old]
        if not relation.active:
            return
        relation.active = False
        whole = next(self.alphabet.embeddings(relation.lead, relation.lead))
        terms: Polynomial = {}
        origin: Multiples = {}
        self._take(terms, old, whole, -1, origin)
        self._derive(terms, origin)

    def _derive(self, terms: Polynomial, origin: Multiples) -> None:
        """Add what is left of terms = -Σ origin as a relation."""
        rest = self.reduced(terms, origin)
        if rest:
            self._append(self._relation(rest, {key: -value for key, value in origin.items()}))

    def members(self, goal: Polynomial) -> Multiples:
        """The multiples of the given relations whose sum is the goal. Raises OutOfBudget or NotAMember."""
        multiples: Multiples = {}
        rest = self.reduced(goal, multiples)
        while rest:
            before = len(self.relations)
            self._settle()
            if len(self.relations) == before:
                if not self._pairs:
                    raise NotAMember("the relations are complete, and the goal is no combination of them")
                self._next_pair()
            if len(self.relations) > before:
                rest = self.reduced(rest, multiples)
        return self._expanded(multiples)

    def _relation(self, terms: Polynomial, origin: Multiples | None) -> Relation:
        lead = max(terms, key=self.alphabet.order)
        size = self.alphabet.degree(lead)
        ties = tuple(s for s in terms if s != lead and self.alphabet.degree(s) == size)
        return Relation(terms, origin, lead, ties, frozenset(_letters(lead)))

    def _spend(self, work: int) -> None:
        self.left -= work
        if self.left < 0:
            raise OutOfBudget(f"{self.budget} summands of relations between matrices")

    def reduced(self, terms: Polynomial, multiples: Multiples) -> Polynomial:
        """What is left of a polynomial; the multiples taken away are added to ``multiples``."""
        rest: Polynomial = {}
        terms = dict(terms)
        while terms:
            summand = max(terms, key=self.alphabet.order)
            found = self._rewriting(summand)
            if found is None:
                rest[summand] = terms.pop(summand)
                continue
            number, context, coefficient = found
            self._take(terms, number, context, _quotient(terms[summand], coefficient), multiples)
        return rest

    def _rewriting(self, summand: Summand) -> tuple[int, Summand, int | Fraction] | None:
        """A relation and a context in which it has the summand, with this coefficient, and else smaller ones."""
        letters = self._both_ways(_letters(summand))
        for number, relation in enumerate(self.relations):
            if relation.active and relation.letters <= letters:
                for context in self.alphabet.embeddings(relation.lead, summand):
                    coefficient = self._coefficient(context, relation, summand)
                    if coefficient:
                        return number, context, coefficient
        return None

    def _coefficient(self, context: Summand, relation: Relation, summand: Summand) -> int | Fraction:
        """That of the summand in the relation in its context; 0 if the summand is not the greatest there.

        Read from its other end, Aᵀ x is xᵀ A: Aᵀ = A could be used for ever, and Aᵀ = -A says that xᵀ A x is 0.
        """
        total = relation.terms[relation.lead]
        order = self.alphabet.order
        for tie in relation.ties:
            for plugged, factor in self.alphabet.plug(context, tie, relation.lead).items():
                if plugged == summand:
                    total = total + relation.terms[tie] * factor
                elif order(plugged) > order(summand):
                    return 0
        return total

    def _take(
        self, terms: Polynomial, number: int, context: Summand, scale: int | Fraction, multiples: Multiples
    ) -> None:
        """terms -= scale · context[relation]"""
        relation = self.relations[number]
        self._spend(len(relation.terms))
        for summand, coefficient in relation.terms.items():
            for plugged, factor in self.alphabet.plug(context, summand, relation.lead).items():
                accumulate(terms, plugged, -scale * coefficient * factor)
        accumulate(multiples, (number, context), scale)

    def _next_pair(self) -> None:
        _, _, merged, new, old = heappop(self._pairs)
        one, other = self.relations[new], self.relations[old]
        if not (one.active and other.active):
            return
        contexts = [list(self.alphabet.embeddings(r.lead, merged)) for r in (one, other)]
        for first in contexts[0]:
            for second in contexts[1]:
                if (new, first) == (old, second):
                    continue
                terms: Polynomial = {}
                origin: Multiples = {}
                self._take(terms, new, first, _quotient(-1, one.terms[one.lead]), origin)
                self._take(terms, old, second, _quotient(1, other.terms[other.lead]), origin)
                self._derive(terms, origin)

    def _expanded(self, multiples: Multiples) -> Multiples:
        """The multiples of derived relations, as multiples of the given ones."""
        pending = dict(multiples)
        result: Multiples = {}
        for number in range(len(self.relations) - 1, -1, -1):
            here = [(key, value) for key, value in pending.items() if key[0] == number]
            origin = self.relations[number].origin
            for key, value in here:
                del pending[key]
                if origin is None:
                    result[key] = value
                    continue
                for (earlier, inner), factor in origin.items():
                    for context, scale in self.alphabet.plug(key[1], inner, self.relations[number].lead).items():
                        self._spend(1)
                        accumulate(pending, (earlier, context), value * factor * scale)
        return result
