"""Products of matrices and vectors as multisets of chains: the algebra in which relations between matrices are used.

A summand such as ``(vᵀA⁻¹u) · M x yᵀ`` is a product of *chains*. A chain is a row of letters between two
vectors, ``vᵀA⁻¹u``; a free row or column of the whole is an end too, so ``M x yᵀ`` is the chains ``(left, M, x)``
and ``(yᵀ, right)``. A trace is a *cycle*. Chains of one summand commute, and a chain equals its transpose, which is its
letters in reverse, each transposed; a cycle may be turned as well. What is written for each is the least of these.

With a hole for a letter, a summand is a context: ``plug`` puts a relation into it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import product
from typing import NamedTuple, TypeVar

Word = tuple[int, ...]
Power = tuple[int, int | Fraction]

LEFT, RIGHT, HOLE, HOLE_T, HOLE_VECTOR, HOLE_SCALAR = range(6)
FIRST_LETTER = 6


class Summand(NamedTuple):
    """A product of chains, cycles, and powers of scalar letters; each sorted, each as ``Alphabet`` writes it."""

    chains: tuple[Word, ...]
    cycles: tuple[Word, ...]
    scalars: tuple[Power, ...]


Key = TypeVar("Key")
Polynomial = dict[Summand, int | Fraction]
ONE_SUMMAND = Summand((), (), ())


def accumulate(total: dict[Key, int | Fraction], key: Key, coefficient: int | Fraction) -> None:
    """total += coefficient · key. Whole numbers are kept as such, which is faster."""
    value = total.get(key, 0) + coefficient
    if value:
        total[key] = value.numerator if value.denominator == 1 else value
    else:
        total.pop(key, None)


class Alphabet:
    """The letters of one problem, and how each is transposed: a vector or a symmetric matrix is its own transpose."""

    def __init__(self) -> None:
        self.turned = list(range(FIRST_LETTER))
        self.turned[HOLE], self.turned[HOLE_T] = HOLE_T, HOLE
        self.rows: list[Polynomial] = [{}] * FIRST_LETTER
        self.heavy: dict[int, int] = {}  # what some letters weigh beyond 1
        self._chains: dict[Word, Word] = {}

    def letter(self, rows: Polynomial | None = None, columns: Polynomial | None = None) -> int:
        """A new letter, its own transpose: a vector, a scalar; if ``columns`` is given, a matrix, its transpose next.

        ``rows`` and ``columns`` are how many there are, as numbers: the trace of an identity.
        """
        new = len(self.turned)
        self.turned.append(new)
        self.rows.append(rows or {})
        if columns is not None:
            self.turned[new] = new + 1
            self.turned.append(new)
            self.rows.append(columns)
        return new

    def with_symmetric(self, letters: Iterable[int]) -> Alphabet:
        """The same letters, some of which are their own transposes."""
        other = Alphabet()
        other.turned, other.rows, other.heavy = list(self.turned), self.rows, self.heavy
        for letter in letters:
            other.turned[letter] = letter
        return other

    def weigh(self, letter: int, more: int) -> None:
        """Let a letter and its transpose weigh more than 1, so that what it is equal to is written instead of it."""
        if more:
            self.heavy[letter] = self.heavy[self.turned[letter]] = more

    def degree(self, summand: Summand) -> int | Fraction:
        """The weight of the letters."""
        words = summand.chains + summand.cycles
        total: int | Fraction = sum(map(len, words)) - opens(summand)
        for _, exponent in summand.scalars:
            total += exponent if exponent > 0 else -exponent
        if self.heavy:
            total += sum(self.heavy.get(letter, 0) for word in words for letter in word)
        return total

    def order(self, summand: Summand) -> tuple[int | Fraction, tuple[Word, ...], tuple[Word, ...], tuple[Power, ...]]:
        """The sort key: by degree, then by letters; of numbers, the product with more of the first letter is less."""
        chains, cycles, scalars = summand
        return self.degree(summand), chains, cycles, tuple([(letter, -exponent) for letter, exponent in scalars])

    def reverse(self, word: Word) -> Word:
        """The transpose."""
        return tuple([self.turned[letter] for letter in reversed(word)])

    def chain(self, word: Word) -> Word:
        """The chain as it is written."""
        found = self._chains.get(word)
        if found is None:
            found = self._chains[word] = min(word, self.reverse(word))
        return found

    def cycle(self, word: Word) -> Word:
        """The cycle as it is written."""
        back = self.reverse(word)
        return min(w[k:] + w[:k] for w in (word, back) for k in range(len(word)))

    def summand(self, chains: Iterable[Word], cycles: Iterable[Word] = (), scalars: Iterable[Power] = ()) -> Summand:
        """The product of all of these."""
        powers: dict[int, int | Fraction] = {}
        for letter, exponent in scalars:
            powers[letter] = powers.get(letter, 0) + exponent
        written = [self.chain(chain) for chain in chains]
        return Summand(
            tuple(sorted(written) if len(written) > 1 else written),
            tuple(sorted(map(self.cycle, cycles))) if cycles else (),
            tuple(sorted([(letter, e) for letter, e in powers.items() if e])) if powers else (),
        )

    def times(self, one: Summand, other: Summand) -> Summand:
        """The product."""
        return self.summand(one.chains + other.chains, one.cycles + other.cycles, one.scalars + other.scalars)

    # contexts

    def plug(self, context: Summand, summand: Summand, lead: Summand) -> Polynomial:
        """The context with a summand of a relation for its hole; the lead tells the size of an identity there."""
        opened = [c for c in summand.chains if c[0] <= RIGHT]
        closed = Summand(tuple(c for c in summand.chains if c[0] > RIGHT), summand.cycles, summand.scalars)
        chains, cycles, scalars = list(context.chains), list(context.cycles), list(context.scalars)
        if (HOLE_SCALAR, 1) in scalars:
            scalars.remove((HOLE_SCALAR, 1))
            return {self.times(Summand(tuple(chains), tuple(cycles), tuple(scalars)), closed): 1}
        for k, chain in enumerate(chains):
            if HOLE_VECTOR in chain:
                before = self.reverse(chain[1:]) if chain[0] == HOLE_VECTOR else chain[:-1]
                chains[k] = before + opened[0][1:]
                break
            if HOLE in chain or HOLE_T in chain:
                oriented = chain if HOLE in chain else self.reverse(chain)
                place = oriented.index(HOLE)
                chains[k : k + 1] = self._joined(oriented[:place], opened, oriented[place + 1 :])
                break
        else:
            around = self._unhole(cycles)
            if len(opened) == 2:
                (left, right) = opened
                chains.append(self.reverse(right[1:]) + around + left[1:])
            elif opened[0][1:-1] + around:
                cycles.append(opened[0][1:-1] + around)
            else:
                rest = self.times(self.summand(chains, cycles, scalars), closed)
                return {self.times(rest, part): c for part, c in self._size(lead).items()}
        return {self.times(self.summand(chains, cycles, scalars), closed): 1}

    def _size(self, lead: Summand) -> Polynomial:
        """The number of rows of a relation."""
        first = next(c for c in lead.chains if c[0] == LEFT)[1]
        return self.rows[first]

    def _joined(self, before: Word, opened: list[Word], after: Word) -> list[Word]:
        if len(opened) == 1:
            return [before + opened[0][1:-1] + after]
        left, right = opened
        return [before + left[1:], self.reverse(right[1:]) + after]

    def _unhole(self, cycles: list[Word]) -> Word:
        """What follows the hole in the cycle that has it; that cycle is taken out."""
        for k, cycle in enumerate(cycles):
            if HOLE in cycle or HOLE_T in cycle:
                oriented = cycle if HOLE in cycle else self.reverse(cycle)
                place = oriented.index(HOLE)
                del cycles[k]
                return oriented[place + 1 :] + oriented[:place]
        raise ValueError("a context without a hole")

    # where a summand occurs in another

    def embeddings(self, lead: Summand, target: Summand) -> Iterator[Summand]:
        """Contexts which give the target when the lead, a summand of a relation, is put into them."""
        closed = [c for c in lead.chains if c[0] > RIGHT]
        rest = _without(target, closed, lead.cycles, lead.scalars)
        if rest is None:
            return
        opened = [c for c in lead.chains if c[0] <= RIGHT]
        if not opened:
            yield self.summand(rest.chains, rest.cycles, (*rest.scalars, (HOLE_SCALAR, 1)))
        elif len(opened) == 2:
            yield from self._pairs(opened[0][1:], self.reverse(opened[1][1:]), rest)
        elif opened[0][-1] <= RIGHT:
            yield from self._inside(opened[0][1:-1], rest)
        else:
            ending = opened[0][1:]
            for chain, others in self._oriented(rest, both=True):
                if _ends(chain, ending):
                    yield self.summand([*others, (*chain[: -len(ending)], HOLE_VECTOR)], rest.cycles, rest.scalars)

    def _oriented(self, rest: Summand, both: bool = False) -> Iterator[tuple[Word, tuple[Word, ...]]]:
        """Each chain as it may be read, with the other chains."""
        for k, chain in enumerate(rest.chains):
            if not k or chain != rest.chains[k - 1]:
                for way in self._ways(chain, both):
                    yield way, rest.chains[:k] + rest.chains[k + 1 :]

    def _ways(self, chain: Word, both: bool = False) -> list[Word]:
        """How a chain may be read: a closed one both ways, others from left to right (the transpose is apart)."""
        if chain[0] == LEFT and not both:
            return [chain]
        back = self.reverse(chain)
        if chain[0] == RIGHT and not both:
            return [back]
        return [chain] if back == chain else [chain, back]

    def _inside(self, word: Word, rest: Summand) -> Iterator[Summand]:
        size = len(word)
        if not size:
            if (LEFT, RIGHT) in rest.chains:
                closed = [chain for chain in rest.chains if chain != (LEFT, RIGHT)]
                yield self.summand([*closed, (LEFT, HOLE, RIGHT)], rest.cycles, rest.scalars)
            return
        for chain, others in self._oriented(rest):
            for at in range(1, len(chain) - size):
                if chain[at : at + size] == word:
                    yield self.summand([*others, (*chain[:at], HOLE, *chain[at + size :])], rest.cycles, rest.scalars)
        for k, cycle in enumerate(rest.cycles):
            cycles = rest.cycles[:k] + rest.cycles[k + 1 :]
            for way in {cycle, self.reverse(cycle)}:
                for at in range(len(way)):
                    turned = way[at:] + way[:at]
                    if turned[:size] == word:
                        yield self.summand(rest.chains, [*cycles, (HOLE, *turned[size:])], rest.scalars)

    def _pairs(self, ending: Word, start: Word, rest: Summand) -> Iterator[Summand]:
        """A chain that ends in ``ending`` and another, or the same, that starts with ``start``."""
        for first, others in self._oriented(rest):
            if not _ends(first, ending):
                continue
            if len(first) >= len(ending) + len(start) and first[: len(start)] == start:
                middle = first[len(start) : -len(ending)]
                yield self.summand(others, [*rest.cycles, (HOLE, *middle)], rest.scalars)
            for second, remaining in self._oriented(Summand(others, rest.cycles, rest.scalars)):
                if len(second) > len(start) and second[: len(start)] == start:
                    joined = (*first[: -len(ending)], HOLE, *second[len(start) :])
                    yield self.summand([*remaining, joined], rest.cycles, rest.scalars)

    # overlaps

    def superpositions(self, one: Summand, other: Summand) -> Iterator[Summand]:
        """Least summands in which both leads occur, sharing a letter; at most two ends of them are open."""
        shared = {a for a, e in one.scalars if e > 0} & {a for a, e in other.scalars if e > 0}
        if shared and opens(one) + opens(other) <= 2:
            yield self._union(one, other, None)
        free, both = opens(other) == 1, opens(one) == 1
        for k, first in enumerate(one.chains):
            for j, second in enumerate(other.chains):
                firsts = self._ways(first, both)
                if not (_is_open(first) or _is_open(second)):
                    firsts = firsts[:1]  # the second is read both ways
                for here, there in product(firsts, self._ways(second, free)):
                    for merged in _overlaps(here, there):
                        yield from self._merged(one, other, k, j, merged)

    def _merged(self, one: Summand, other: Summand, k: int, j: int, merged: Word) -> Iterator[Summand]:
        first = one._replace(chains=one.chains[:k] + one.chains[k + 1 :])
        second = other._replace(chains=other.chains[:j] + other.chains[j + 1 :])
        count = opens(first) + opens(second) + (merged[0] <= RIGHT) + (merged[-1] <= RIGHT)
        if count <= 2:
            yield self._union(first, second, merged)

    def _union(self, one: Summand, other: Summand, merged: Word | None) -> Summand:
        ends = iter((LEFT, RIGHT))
        chains: list[Word] = []
        opened = [c for c in (*one.chains, *other.chains) if _is_open(c)]
        closed = _most(*(Counter(c for c in part.chains if not _is_open(c)) for part in (one, other)))
        for chain in (*([] if merged is None else [merged]), *opened):
            start = (next(ends),) if chain[0] <= RIGHT else (chain[0],)
            last = (next(ends),) if chain[-1] <= RIGHT else (chain[-1],)
            chains.append(start + chain[1:-1] + last)
        scalars = dict(one.scalars)
        for letter, exponent in other.scalars:
            scalars[letter] = max(exponent, scalars.get(letter, exponent))
        return self.summand([*chains, *closed], _most(Counter(one.cycles), Counter(other.cycles)), scalars.items())


def _ends(chain: Word, ending: Word) -> bool:
    return len(chain) > len(ending) and chain[-len(ending) :] == ending


def _most(one: Counter[Word], other: Counter[Word]) -> list[Word]:
    return list((one | other).elements())


def _is_open(chain: Word) -> bool:
    return chain[0] <= RIGHT or chain[-1] <= RIGHT


def opens(summand: Summand) -> int:
    """How many ends are open: two of a matrix, one of a vector, none of a scalar."""
    count = 0
    for chain in summand.chains:
        count += (chain[0] <= RIGHT) + (chain[-1] <= RIGHT)
    return count


def _overlaps(first: Word, second: Word) -> Iterator[Word]:
    """Chains that contain both, sharing a letter: one laid over the other wherever they agree."""
    a_left, a_right = first[0] <= RIGHT, first[-1] <= RIGHT
    b_left, b_right = second[0] <= RIGHT, second[-1] <= RIGHT
    a = first[a_left : len(first) - a_right]
    b = second[b_left : len(second) - b_right]
    for shift in range(1 - len(b), len(a)):
        if (shift < 0 and not a_left) or (shift > 0 and not b_left):
            continue
        end = shift + len(b)
        if (end > len(a) and not a_right) or (end < len(a) and not b_right):
            continue
        low, high = max(shift, 0), min(end, len(a))
        if a[low:high] != b[low - shift : high - shift]:
            continue
        solid = (b[:-shift] if shift < 0 else ()) + a + (b[len(a) - shift :] if end > len(a) else ())
        left = (b_left if shift < 0 else a_left) if shift else (a_left and b_left)
        right = (b_right if end > len(a) else a_right) if end != len(a) else (a_right and b_right)
        yield ((LEFT,) if left else ()) + solid + ((RIGHT,) if right else ())


def _without(
    target: Summand, chains: Iterable[Word], cycles: Iterable[Word], scalars: Iterable[Power]
) -> Summand | None:
    """The target without these factors; None if it does not have them all."""
    powers = dict(target.scalars)
    for letter, exponent in scalars:
        here = powers.get(letter, 0)
        if not (here >= exponent > 0 or here <= exponent < 0):
            return None
        powers[letter] = here - exponent
    left_chains, left_cycles = list(target.chains), list(target.cycles)
    for wanted, among in ((chains, left_chains), (cycles, left_cycles)):
        for word in wanted:
            if word not in among:
                return None
            among.remove(word)
    return Summand(tuple(left_chains), tuple(left_cycles), tuple((a, e) for a, e in powers.items() if e))


__all__ = ["Alphabet", "Polynomial", "Summand", "accumulate", "opens"]
