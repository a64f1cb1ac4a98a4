"""Matrices that are known to be symmetric, as letters that are their own transposes.

With Aᵀ = A as one relation among others, ``xᵀA y`` and ``yᵀA x`` are two chains, and what follows from reading one from
both ends is found late or not at all. So what is sought is sought where A and Aᵀ are one letter, and what this leaves
out is put in afterwards: each Aᵀ that was taken for A is one multiple of the relation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from verifier.proving.chains import HOLE, LEFT, RIGHT, Alphabet, Polynomial, Summand, Word, accumulate
from verifier.proving.completion import Multiples


class Symmetries:
    """The letters that some relations, named by numbers, say to be symmetric."""

    def __init__(self, alphabet: Alphabet, relations: Mapping[int, Polynomial]) -> None:
        self.written = alphabet
        self.numbers: dict[int, tuple[int, int | Fraction]] = {}
        for number, terms in relations.items():
            found = self._symmetric(terms)
            if found is not None:
                self.numbers.setdefault(found[0], (number, found[1]))
        self.alphabet = alphabet.with_symmetric(self.numbers) if self.numbers else alphabet
        self._straight = {alphabet.turned[letter]: letter for letter in self.numbers}

    def _symmetric(self, terms: Polynomial) -> tuple[int, int | Fraction] | None:
        """The letter a of c (aᵀ - a) = 0, and c."""
        if len(terms) != 2:
            return None
        (one, coefficient), (other, opposite) = terms.items()
        for summand in (one, other):
            if summand.cycles or summand.scalars or len(summand.chains) != 1 or len(summand.chains[0]) != 3:
                return None
        (left, first, right), (_, second, _) = one.chains[0], other.chains[0]
        if (left, right) != (LEFT, RIGHT) or self.written.turned[first] != second or coefficient != -opposite:
            return None
        return min(first, second), coefficient if first > second else opposite

    def of(self, terms: Polynomial) -> Polynomial:
        """A polynomial in which each Aᵀ is A."""
        if not self.numbers:
            return terms
        result: Polynomial = {}
        for summand, coefficient in terms.items():
            accumulate(result, self._plain(summand), coefficient)
        return result

    def _plain(self, summand: Summand) -> Summand:
        chains, cycles = (map(self._word, words) for words in summand[:2])
        return self.alphabet.summand(chains, cycles, summand.scalars)

    def _word(self, word: Word) -> Word:
        return tuple([self._straight.get(letter, letter) for letter in word])

    def completed(self, goal: Polynomial, relations: Mapping[int, Polynomial], multiples: Multiples) -> Multiples:
        """Multiples whose sum is the goal, from multiples of which that holds where each Aᵀ is A."""
        if not self.numbers:
            return multiples
        rest, result = dict(goal), dict(multiples)
        for (number, context), scale in multiples.items():
            terms = relations[number]
            lead = next(iter(terms))
            for summand, coefficient in terms.items():
                for plugged, factor in self.written.plug(context, summand, lead).items():
                    accumulate(rest, plugged, -scale * coefficient * factor)
        for summand, coefficient in rest.items():
            for letter, context in self._straightened(summand):
                number, factor = self.numbers[letter]
                accumulate(result, (number, context), Fraction(coefficient) / factor)
        return result

    def _straightened(self, summand: Summand) -> Iterable[tuple[int, Summand]]:
        """The contexts in which Aᵀ is to be replaced by A, one after the other, so that the plain summand is left."""
        plain = self._plain(summand)
        chains, cycles = list(summand.chains), list(summand.cycles)
        for words, wanted, is_cycle in ((chains, plain.chains, False), (cycles, plain.cycles, True)):
            for k in range(len(words)):
                word = self._as_wanted(words[k], wanted, is_cycle)
                for at, letter in enumerate(word):
                    if letter in self._straight:
                        words[k] = (*word[:at], HOLE, *word[at + 1 :])
                        yield self._straight[letter], self.written.summand(chains, cycles, summand.scalars)
                        word = (*word[:at], self._straight[letter], *word[at + 1 :])
                words[k] = word

    def _as_wanted(self, word: Word, wanted: tuple[Word, ...], is_cycle: bool) -> Word:
        """The word, read from the end and turned so that it is one of those wanted where each Aᵀ is A."""
        for way in (word, self.written.reverse(word)):
            for at in range(len(way)) if is_cycle else (0,):
                turned = way[at:] + way[:at]
                if self._word(turned) in wanted:
                    return turned
        raise ValueError(f"{word} is none of {wanted}")


__all__ = ["Symmetries"]
