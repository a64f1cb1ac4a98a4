"""Evaluation of moments, and of what is declared of random symbols, over the outcomes of a finite law: exact sums."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import accumulate, combinations_with_replacement, pairwise
from math import prod
from typing import Any

from verifier.instantiation import propositions
from verifier.instantiation.evaluator import (
    Environment,
    Evaluator,
    Index,
    Relation,
    Rule,
    Value,
    at_outcomes,
    odds_of,
    rows_of,
)
from verifier.instantiation.matrices import entrywise, flat
from verifier.instantiation.outcomes import NoModel, Unsupported, Work
from verifier.instantiation.rings import fraction
from verifier.instantiation.truth import TRUE, Truth, known
from verifier.kernel.linear import ONE
from verifier.kernel.terms import Term, subterms

Column = tuple[Fraction, ...]
COST = 2  # of an outcome of a block, in visits of terms


def _bare(term: Term) -> None:
    if term.data[0]:
        raise Unsupported("a moment that is conditional, or over some of the random symbols")


def _mean(ev: Evaluator, term: Term, env: Environment) -> Value:
    result: Value = None
    for probability, inner in at_outcomes(ev, env):
        part = entrywise(lambda entry, p=probability: entry * p, ev.value(term, inner))
        result = part if result is None else entrywise(lambda a, b: a + b, result, part)
    return result


def _expectation(ev: Evaluator, term: Term, env: Environment) -> Value:
    _bare(term)
    return _mean(ev, term.args[0], env)


def _between(ev: Evaluator, term: Term, env: Environment) -> Value:
    """Cov(u, v) = E[(u - E u)(v - E v)ᵀ]"""
    _bare(term)
    centres = [flat(_mean(ev, arg, env)) for arg in term.args]
    total: list[list[Any]] | None = None
    for probability, inner in at_outcomes(ev, env):
        sides = [
            [a - b for a, b in zip(flat(ev.value(arg, inner)), centre, strict=True)]
            for arg, centre in zip(term.args, centres, strict=True)
        ]
        part = [[a * b * probability for b in sides[-1]] for a in sides[0]]
        total = part if total is None else entrywise(lambda a, b: a + b, total, part)
    return total if total is None or not term.space().is_scalar else total[0][0]


RULES: dict[str, Rule] = {"expectation": _expectation, "variance": _between, "covariance": _between}


# what is declared


def _columns(ev: Evaluator, terms: Sequence[Term], env: Environment) -> tuple[list[Fraction], list[Column]]:
    """The probabilities, and the entries of the terms together, at each outcome."""
    probabilities: list[Fraction] = []
    columns: list[Column] = []
    for probability, inner in at_outcomes(ev, env):
        probabilities.append(fraction(probability))
        columns.append(tuple(fraction(e) for t in terms for e in flat(rows_of(ev.value(t, inner)))))
    return probabilities, columns


def are_independent(
    probabilities: Sequence[Fraction], blocks: Sequence[Sequence[Column]], work: Work | None = None
) -> bool:
    """Whether blocks of values are jointly independent: their joint law is the product of the laws of each."""
    possible = [k for k, probability in enumerate(probabilities) if probability]
    numbered = [_numbered([block[k] for k in possible]) for block in blocks]
    if work is not None:
        work.spend(COST * len(possible) * len(blocks))
    joint: dict[tuple[int, ...], Fraction] = {}
    laws: list[dict[int, Fraction]] = [{} for _ in blocks]
    for place, k in enumerate(possible):
        here = tuple(numbers[place] for numbers in numbered)
        joint[here] = joint.get(here, Fraction(0)) + probabilities[k]
        for law, value in zip(laws, here, strict=True):
            law[value] = law.get(value, Fraction(0)) + probabilities[k]
    if prod(map(len, laws)) != len(joint):
        return False
    return all(joint[here] == prod(law[v] for law, v in zip(laws, here, strict=True)) for here in joint)


def _numbered(values: Sequence[Column]) -> list[int]:
    """Equal values as equal numbers, which are compared quickly."""
    numbers: dict[Column, int] = {}
    return [numbers.setdefault(value, len(numbers)) for value in values]


def _require_apart(ev: Evaluator, blocks: Iterable[Iterable[tuple[Term, Index]]]) -> None:
    """Raises NoModel where members of different blocks depend on the same ones, and some symbol is Gaussian.

    A function of a Gaussian may be constant on the few values that stand for it.
    """
    seen: set[tuple[str, Index]] = set()
    for block in blocks:
        sources = [odds_of(ev).sources(symbol, index) for symbol, index in block]
        here = frozenset[tuple[str, Index]]().union(*(one for one in sources if one is not None))
        if seen & here:
            raise NoModel("independent symbols that are made of the same ones")
        seen |= here


def _place(ev: Evaluator, symbol: Term, env: Environment) -> tuple[Term, Index]:
    return symbol, tuple(ev.number(form, env) for form in symbol.data[2])


def _independent(ev: Evaluator, term: Term, env: Environment) -> Truth:
    blocks: list[list[Column]] = []
    members = [_place(ev, symbol, env) for symbol in term.args]
    ends = [0, *accumulate(term.data[0])]
    _require_apart(ev, (members[a:b] for a, b in pairwise(ends)))
    probabilities: list[Fraction] = []
    place = 0
    for size in term.data[0]:
        probabilities, columns = _columns(ev, term.args[place : place + size], env)
        blocks.append(columns)
        place += size
    return known(are_independent(probabilities, blocks, ev.work))


def _independent_entries(ev: Evaluator, term: Term, env: Environment) -> Truth:
    for arg in term.args:
        probabilities, columns = _columns(ev, (arg,), env)
        own = _place(ev, arg, env)
        if odds_of(ev).sources(*own) not in (None, frozenset({(arg.data[0], own[1])})):
            raise NoModel("independent entries of what is made of others")
        blocks = [[(column[k],) for column in columns] for k in range(len(columns[0]))]
        if not are_independent(probabilities, blocks, ev.work):
            return known(False)
    return TRUE


def _independent_members(ev: Evaluator, term: Term, env: Environment) -> Truth:
    """Whether the members at this index are independent of all others together; for every index, they are jointly."""
    probabilities, here = _columns(ev, term.args, env)
    others: list[Column] = [()] * len(probabilities)
    for arg in term.args:
        _, own = _place(ev, arg, env)
        if odds_of(ev).sources(arg, own) not in (None, frozenset({(arg.data[0], own)})):
            raise NoModel("independent members of what is made of others")
        for index, columns in odds_of(ev).members(arg.data[0]).items():
            if index != own and columns:
                others = [a + b for a, b in zip(others, columns, strict=True)]
    return known(are_independent(probabilities, [here, others], ev.work))


def _gaussian(ev: Evaluator, term: Term, env: Environment) -> Truth:
    """Whether the moments are those of a Gaussian, as far as the claim asks: the finite law stands for one."""
    for arg in term.args:
        probabilities, columns = _columns(ev, (arg,), env)
        if not _has_gaussian_moments(probabilities, columns, odds_of(ev).order):
            return known(False)
    return TRUE


def _has_gaussian_moments(probabilities: Sequence[Fraction], columns: Sequence[Column], order: int) -> bool:
    size = range(len(columns[0]))
    weighted = list(zip(probabilities, columns, strict=True))
    means = [sum((p * c[k] for p, c in weighted), Fraction(0)) for k in size]
    centred = [(p, tuple(c[k] - means[k] for k in size)) for p, c in weighted]

    def moment(places: tuple[int, ...]) -> Fraction:
        return sum((p * prod((c[k] for k in places), start=Fraction(1)) for p, c in centred), Fraction(0))

    second: dict[tuple[int, ...], Fraction] = {pair: moment(pair) for pair in combinations_with_replacement(size, 2)}
    return all(
        moment(places) == _by_pairs(places, second)
        for degree in range(3, order + 1)
        for places in combinations_with_replacement(size, degree)
    )


def _by_pairs(places: tuple[int, ...], second: Mapping[tuple[int, ...], Fraction]) -> Fraction:
    """Isserlis: the sum over all pairings of the products of covariances."""
    if not places:
        return Fraction(1)
    first, rest = places[0], places[1:]
    pairs = ((second[first, other], (*rest[:k], *rest[k + 1 :])) for k, other in enumerate(rest))
    return sum((c * _by_pairs(left, second) for c, left in pairs), Fraction(0))


def _alike(ev: Evaluator, term: Term, env: Environment) -> Truth:
    """Whether a member has the law of all other members that there are, or an entry that of the first entry."""
    (arg,) = term.args
    probabilities, columns = _columns(ev, (arg,), env)
    own = _law(probabilities, columns)
    if arg.head == "entry":
        first = Term("entry", arg.args, (tuple(ONE for _ in arg.data[0]),))
        return known(own == _law(*_columns(ev, (first,), env)))
    others = odds_of(ev).members(arg.data[0]).values()
    return known(all(own == _law(probabilities, others) for others in others if others))


def _law(probabilities: Sequence[Fraction], columns: Sequence[Column]) -> dict[Column, Fraction]:
    law: dict[Column, Fraction] = {}
    for probability, column in zip(probabilities, columns, strict=True):
        law[column] = law.get(column, Fraction(0)) + probability
    return {column: probability for column, probability in law.items() if probability}


def _property(ev: Evaluator, term: Term, env: Environment) -> Truth:
    """What is said of a symbol beside its value: that it is random, constant, distributed as the others."""
    match term.data:
        case ("random",):
            return TRUE
        case ("constant",):
            odds = ev.source.odds
            return known(
                odds is None or not any(p.data[0] in odds.tainted for p in subterms(term) if p.head == "symbol")
            )
        case ("identically_distributed",):
            return _alike(ev, term, env)
    return propositions.RELATIONS["property"](ev, term, env)


RELATIONS: dict[str, Relation] = {
    "property": _property,
    "independent": _independent,
    "independent_members": _independent_members,
    "independent_entries": _independent_entries,
    "gaussian": _gaussian,
}


__all__ = ["RELATIONS", "RULES", "are_independent"]
