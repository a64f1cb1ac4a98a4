"""Entries of expectations, variances and covariances: polynomials in random symbols, by joint cumulants.

    E[f₁ … fₘ] = Σ over the partitions of the factors, Π over the parts, κ(part)

holds for all random variables with moments. A joint cumulant is a constant; it is zero if its factors fall into two
independent groups, and, of more than two factors, if they are jointly Gaussian. So means are κ(x), covariances κ(x, y),
and what is declared of them are equations like others. What is no polynomial in random symbols is not decided.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from verifier.kernel.linear import Linear, minus
from verifier.kernel.polynomials import CUMULANT, Base, Factor, NormalForm, Unsupported, slot_text
from verifier.kernel.randomness import Declaration, Member, Randomness, Values, in_range, matched
from verifier.kernel.reader import HERE, At, Entries, Reader, Rule, Scope, along
from verifier.kernel.reader import Member as Held
from verifier.kernel.terms import Term

LARGEST_DEGREE = 8


def _expectation(read: Reader, term: Term, at: At, scope: Scope) -> NormalForm:
    mean = Mean(read, scope)
    return mean.of(mean.entry(_bare(term).args[0], at))


def _variance(read: Reader, term: Term, at: At, scope: Scope) -> NormalForm:
    (body,) = _bare(term).args
    return _between(read, body, body, at, scope)


def _covariance(read: Reader, term: Term, at: At, scope: Scope) -> NormalForm:
    return _between(read, _bare(term).args[0], term.args[-1], at, scope)


def _between(read: Reader, left: Term, right: Term, at: At, scope: Scope) -> NormalForm:
    """Cov(u, v)[i, j] = E[u[i] v[j]] - E[u[i]] E[v[j]]"""
    mean = Mean(read, scope)
    sides = []
    for side, index in ((left, at[0]), (right, at[1])):
        place = HERE if side.space().is_scalar else along(side.space(), index)
        sides.append(mean.entry(side, place))
    algebra = read.algebra
    product = algebra.multiply(mean.of(sides[0]), mean.of(sides[1]))
    return algebra.subtract(mean.of(algebra.multiply(*sides)), product)


def _bare(term: Term) -> Term:
    """The moment, if it is over all that is random. Conditional moments are not decided here."""
    if term.data[0]:
        raise Unsupported("a moment that is conditional, or over some of the random symbols")
    return term


def is_random(base: Base, names: frozenset[str]) -> bool:
    """Whether a base depends on what a moment binds; a cumulant does not."""
    if base.kind == CUMULANT:
        return False
    if base.kind in ("symbol", "apply") and base.name in names:
        return True
    return any(is_random(f.base, names) for form in base.closed for m in form.terms for f in m.factors)


class Mean:
    """The expectation of normal forms of one claim, read in one scope."""

    def __init__(self, read: Reader, scope: Scope) -> None:
        self.read, self.algebra, self.randomness = read, read.algebra, read.randomness
        if not self.randomness.names:
            raise Unsupported("nothing is declared random")
        self.randomness.used.update(self.randomness.sources)
        if self.randomness.names & (scope.held.keys() | scope.local.keys()):
            raise Unsupported("an expectation of what a random symbol stands for")
        local = {name: self._guarded(entries) for name, entries in scope.local.items()}
        held = {name: self._guarded_member(member) for name, member in scope.held.items()}
        self.scope = replace(scope, local=local, held=held)

    def entry(self, term: Term, at: At) -> NormalForm:
        """The normal form of an entry of what is averaged. Raises Unsupported for random values put in under E."""
        return self.read.entry(term, at, self.scope)

    def _constant(self, form: NormalForm) -> NormalForm:
        if any(is_random(f.base, self.randomness.names) for monomial in form for f in monomial.factors):
            raise Unsupported("a random value put in under an expectation")
        return form

    def _guarded(self, entries: Entries) -> Entries:
        return lambda at: self._constant(entries(at))

    def _guarded_member(self, member: Held) -> Held:
        return lambda family, at: self._constant(member(family, at))

    def of(self, form: NormalForm) -> NormalForm:
        """E of a normal form, summand by summand."""
        result: NormalForm = {}
        for monomial, coefficient in form.items():
            factors, sums = self.algebra.unbind(monomial)
            outside = [f for f in factors if not is_random(f.base, self.randomness.names)]
            inside = [one for f in factors if f not in outside for one in _repeated(f)]
            if len(inside) > LARGEST_DEGREE:
                raise Unsupported(f"a moment of order {len(inside)}")
            total = self.algebra.multiply(self.algebra.monomial(coefficient, outside, {}), self.product(inside))
            for index, within in sums:
                total = self.algebra.bind(total, index, within)
            self.algebra.add_to(result, total)
        return result

    def product(self, factors: Sequence[Factor]) -> NormalForm:
        """E of a product of entries: the part of the first factor, and the rest."""
        if not factors:
            return self.algebra.number(1)
        first, rest = factors[0], range(1, len(factors))
        result: NormalForm = {}
        for count in range(len(factors)):
            for chosen in combinations(rest, count):
                self.algebra.spend()
                cumulant = self.cumulant([first, *(factors[k] for k in chosen)])
                if cumulant:
                    others = self.product([factors[k] for k in rest if k not in chosen])
                    self.algebra.add_to(result, self.algebra.multiply(cumulant, others))
        return result

    # joint cumulants

    def cumulant(self, factors: list[Factor]) -> NormalForm:
        """κ of entries of random symbols."""
        if len(factors) > 1 and any(self._splits(one, factors) for one in self.randomness.of("independent")):
            return {}
        deltas: list[Linear] = []
        for declaration in self.randomness.of("independent_members"):
            moved = self._at_one_index(declaration, factors)
            if moved is not None:
                factors = moved[0]
                deltas += moved[1]
        result = self._of_one_member(factors) if _are_of_one_member(factors, self.randomness) else None
        if result is None:
            factors = sorted(factors, key=lambda f: (f.base.name, [slot_text(slot) for slot in f.slots]))
            names = [f.base.name for f in factors]
            slots = tuple(slot for f in factors for slot in f.slots)
            alike = len(set(names)) == 1 and len(slots) == len(names)
            result = self._factor("apart", names, slots, (tuple(range(len(slots))),) if alike else ())
        for form in deltas:
            result = self.algebra.multiply(self.algebra.delta(form), result)
        return result

    def _factor(
        self, how: str, names: list[str], slots: tuple[Linear, ...], groups: tuple[tuple[int, ...], ...]
    ) -> NormalForm:
        name = json.dumps([how, *names])
        return self.algebra.factor(self.algebra.base(CUMULANT, name, own=len(slots), symmetric=groups), slots)

    def _of_one_member(self, factors: list[Factor]) -> NormalForm:
        """κ of entries of one symbol, or of one member of a family."""
        name, order = factors[0].base.name, len(factors)
        count = self.randomness.families[name]
        family, width = factors[0].slots[:count], len(factors[0].slots) - count
        if order > 2 and self._holds("gaussian", name, family):
            return {}
        places = [f.slots[count:] for f in factors]
        if self._holds("independent_entries", name, family):
            result = self._factor("entry", [name] * order, (*family, *places[0]), ())
            for place in places[1:]:
                for here, there in zip(places[0], place, strict=True):
                    result = self.algebra.multiply(self.algebra.delta(minus(here, there)), result)
            return result
        group = tuple(range(count, count + order))
        if width != 1:
            places.sort(key=lambda place: [slot_text(slot) for slot in place])
        slots = (*family, *(slot for place in places for slot in place))
        return self._factor("member", [name] * order, slots, (group,) if width == 1 and order > 1 else ())

    def _holds(self, head: str, name: str, family: tuple[Linear, ...]) -> bool:
        """Whether a declaration of this kind is about this member."""
        for one in self.randomness.of(head):
            members = (member for block in one.blocks for member in block if member.name == name)
            if any(self._values(one, member, family, {}) is not None for member in members):
                self.randomness.used.add(one.source)
                return True
        return False

    def _values(
        self, one: Declaration, member: Member, slots: tuple[Linear, ...], values: Values, *, partly: bool = False
    ) -> Values | None:
        """The quantified indices at which the declaration is about this member, all in their ranges."""
        found = matched(one, member, slots, values, self.read.indices)
        if found is None or (not partly and not in_range(one, found, self.read.indices, self.algebra)):
            return None
        return found

    def _splits(self, one: Declaration, factors: list[Factor]) -> bool:
        """Whether the factors lie in at least two of the blocks that are independent."""
        return any(True for _ in self._assigned(one, factors, {}, frozenset()))

    def _assigned(
        self, one: Declaration, factors: list[Factor], values: Values, met: frozenset[int]
    ) -> Iterator[Values]:
        if not factors:
            if len(met) > 1 and in_range(one, values, self.read.indices, self.algebra):
                self.randomness.used.add(one.source)
                yield values
            return
        first, *rest = factors
        for number, block in enumerate(one.blocks):
            for member in block:
                if member.name == first.base.name:
                    family = first.slots[: self.randomness.families[member.name]]
                    found = self._values(one, member, family, values, partly=True)
                    if found is not None:
                        yield from self._assigned(one, rest, found, met | {number})

    def _at_one_index(self, one: Declaration, factors: list[Factor]) -> tuple[list[Factor], list[Linear]] | None:
        """The factors at the index of the first, and what vanishes where their indices are the same."""
        members = {block[0].name: block[0] for block in one.blocks}
        if not all(f.base.name in members for f in factors) or len(members) < len(one.blocks):
            return None
        found: list[Values] = []
        for factor in factors:
            family = factor.slots[: self.randomness.families[factor.base.name]]
            values = self._values(one, members[factor.base.name], family, {})
            if values is None:
                return None
            found.append(values)
        self.randomness.used.add(one.source)
        deltas = [minus(found[0][name], one_of[name]) for one_of in found[1:] for name, _ in one.quantified]
        moved = []
        for factor, values in zip(factors, found, strict=True):
            count = self.randomness.families[factor.base.name]
            shift = zip(factor.slots[:count], members[factor.base.name].forms, strict=True)
            family = tuple(_moved(slot, form, values, found[0]) for slot, form in shift)
            moved.append(Factor(factor.base, (*family, *factor.slots[count:]), factor.exponent))
        return moved, [form for form in deltas if form]


def _moved(slot: Linear, form: Linear, here: Values, there: Values) -> Linear:
    """An index of a member, with the quantified indices in it at other values; their coefficients are 1."""
    for name, _ in form:
        if name in here:
            slot = minus(slot, minus(here[name], there[name]))
    return slot


def _repeated(factor: Factor) -> list[Factor]:
    """The factors of a natural power of an entry of a symbol."""
    base, slots, exponent = factor
    if base.kind != "symbol" or not isinstance(exponent, int) or exponent < 1:
        what = "a power" if base.kind in ("symbol", "power") else f"a {base.name or base.kind}"
        raise Unsupported(f"the expectation of {what} of what is random, which is no polynomial")
    return [Factor(base, slots, 1)] * exponent


def _are_of_one_member(factors: list[Factor], randomness: Randomness) -> bool:
    name = factors[0].base.name
    count = randomness.families.get(name, 0)
    return all(f.base.name == name and f.slots[:count] == factors[0].slots[:count] for f in factors)


RULES: dict[str, Rule] = {
    "expectation": _expectation,
    "variance": _variance,
    "covariance": _covariance,
}
