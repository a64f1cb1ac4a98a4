"""Sums and products of normal forms, summation over an index, closing over indices."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import product

from verifier.kernel.bases import Bases
from verifier.kernel.exponents import fold
from verifier.kernel.labelling import canonical, free_of, orders
from verifier.kernel.linear import (
    CONSTANT,
    ONE,
    Atom,
    Linear,
    at_least,
    constant,
    constant_value,
    minus,
    plus,
    single,
    substitute,
    variable,
)
from verifier.kernel.polynomials import (
    TEMPORARY,
    UNIT,
    Base,
    Closed,
    Exponent,
    Factor,
    Monomial,
    NormalForm,
    Range,
    Unsupported,
    accumulate,
    add_exponents,
    content,
    form_text,
    merged,
    rename_factor,
    rename_factors,
)

EXPANDED_POWER = 16
EXPANDED_RANGE = 12
INDICATORS = ("delta", "positive", "step")
_ONE, _MINUS_ONE = Fraction(1), Fraction(-1)


class Products(Bases, ABC):
    """One space of normal forms, with a budget of work. Forms of different spaces do not mix.

    ``positive`` are linear forms of dimensions known to be at least 1, such as N - d.
    """

    @abstractmethod
    def power(self, form: NormalForm, exponent: Exponent) -> NormalForm:
        """form ** exponent"""

    # monomials

    def monomial(self, coefficient: Fraction, factors: Iterable[Factor], bound: dict[int, Range]) -> NormalForm:
        """The normal form of coefficient · Π factors, summed over ``bound`` (which is used up)."""
        factors = list(factors)
        self.spend(1 + len(factors) * len(bound) // 8)
        special = [f for f in factors if not f.base.plain]
        if [f for f in special if f.base.kind == "delta"]:
            solved = self.solve_deltas(factors, bound)
            if solved is None:
                return {}
            factors = solved
        if len(factors) > 1:
            factors = merged(factors)
        if not special:
            return self._finish(coefficient, [f for f in factors if f.exponent != 0], bound)
        kept: list[Factor] = []
        scale = coefficient
        for factor in factors:
            base, slots, exponent = factor
            if exponent == 0:
                continue
            if base.plain:
                kept.append(factor)
                continue
            if _is_expanded(base, slots, exponent):
                return self._expand(coefficient, [f for f in factors if f is not factor], bound, factor)
            whole_part = self._whole_part(factor, bound)
            if whole_part:
                rest = Factor(base, slots, add_exponents(exponent, -whole_part))
                others = [f for f in factors if f is not factor]
                return self._expand(coefficient, [*others, rest], bound, Factor(base, slots, whole_part))
            if base.kind == "number":
                part, left = fold(int(base.name), exponent)
                scale *= part
                if left != 0:
                    kept.append(Factor(base, slots, left))
            elif base.kind in INDICATORS:
                decided = self.indicator(base, slots, bound)
                if decided == 0:
                    return {}
                if decided is None:
                    kept.append(Factor(base, slots, 1))
            else:
                kept.append(Factor(base, slots, exponent))
        if self._exclusive([f for f in kept if f.base.kind == "step"]):
            return {}
        return self._finish(scale, kept, bound)

    def _finish(self, coefficient: Fraction, kept: list[Factor], bound: dict[int, Range]) -> NormalForm:
        if not coefficient:
            return {}
        if not bound:
            if len(kept) == 1 and kept[0].base.rigid:
                return {Monomial((kept[0],), ()): coefficient}
            return {canonical(kept, bound): coefficient}
        pending: list[NormalForm] = []
        used = {atom for factor in kept for slot in factor.slots for atom, _ in slot}
        used.update([atom for factor in kept if type(factor.exponent) is tuple for atom, _ in factor.exponent])
        for index in [k for k in bound if k not in used]:
            low, high = bound[index]
            size = plus(minus(high, low), ONE)
            if at_least(size, 0, self.positive):
                del bound[index]
                pending.append(self.value(size))
        result: NormalForm = {canonical(kept, bound): coefficient}
        for form in pending:
            result = self.multiply(result, form)
        return result

    def _whole_part(self, factor: Factor, bound: Mapping[int, Range]) -> int:
        """n of a sum to the power k + n, where it is multiplied out: pᵏ⁺ⁿ = pᵏ pⁿ for k ≥ 0, also if p = 0; else 0."""
        if factor.base.kind != "power" or not isinstance(factor.exponent, tuple):
            return 0
        form = tuple([(a, c) for a, c in factor.exponent if isinstance(c, int)])
        number = dict(form).get(CONSTANT, 0)
        if len(form) < len(factor.exponent) or not 0 < number <= EXPANDED_POWER:
            return 0
        low = self.least(minus(form, constant(number)), bound)
        return number if low is not None and at_least(low, 0, self.positive) else 0

    def _exclusive(self, steps: list[Factor]) -> bool:
        """Whether both [u > 0] and [-u > 0] are among the factors."""
        if len(steps) < 2:
            return False
        present = {(f.base.key, f.slots) for f in steps}
        for base, slots, _ in steps:
            outside: dict[Atom, Linear] = {self.temporary(): form for form in slots}
            argument = self.open(base.closed[0], (), tuple(variable(a) for a in outside))
            for monomial in self.step(self.scale(Fraction(-1), argument)):
                moved = rename_factors(monomial.factors, outside)
                if any((f.base.key, f.slots) in present for f in moved):
                    return True
        return False

    def _expand(
        self,
        coefficient: Fraction,
        others: Iterable[Factor],
        bound: Mapping[int, Range],
        chosen: Factor,
    ) -> NormalForm:
        """Multiply out one factor: the summed indices are made free, and summed over again at the end."""
        freed: dict[Atom, Linear] = {}
        sums: list[tuple[int, Range]] = []
        for index, within in bound.items():
            fresh = self.temporary(*within)
            freed[index] = variable(fresh)
            sums.append((fresh, within))
        rest = rename_factors(others, freed)
        base, slots = chosen.base, tuple(substitute(form, freed) for form in chosen.slots)
        opened = self.value(slots[0]) if base.kind == "value" else self.open(base.closed[0], (), slots)
        result = self.multiply(self.monomial(coefficient, rest, {}), self.power(opened, chosen.exponent))
        for fresh, within in sums:
            result = self.bind(result, fresh, within)
        return result

    # sums and products

    def number(self, value: Fraction | int) -> NormalForm:
        """A rational number."""
        if value == 1:
            return {UNIT: _ONE}
        return {UNIT: Fraction(value)} if value else {}

    def factor(self, base: Base, slots: tuple[Linear, ...], exponent: Exponent = 1) -> NormalForm:
        """One factor."""
        if base.plain and base.rigid and exponent == 1:
            self.spend()
            return {Monomial((Factor(base, slots, 1),), ()): _ONE}
        return self.monomial(_ONE, [Factor(base, slots, exponent)], {})

    def value(self, form: Linear) -> NormalForm:
        """An index form as a number: n, N - d, i + 1."""
        result: NormalForm = {}
        for atom, coefficient in form:
            if atom == CONSTANT:
                accumulate(result, UNIT, Fraction(coefficient))
            else:
                factor = Factor(self.base("value", "", own=1), (variable(atom),), 1)
                accumulate(result, Monomial((factor,), ()), Fraction(coefficient))
        return result

    def exponent_value(self, exponent: Exponent) -> NormalForm:
        """An exponent as a number."""
        if not isinstance(exponent, tuple):
            return self.number(exponent)
        parts = [
            self.scale(Fraction(c), self.number(1) if a == CONSTANT else self.value(variable(a))) for a, c in exponent
        ]
        return self.add(*parts)

    def delta(self, form: Linear) -> NormalForm:
        """1 where the index form is 0, else 0."""
        factor = Factor(self.base("delta", "", own=1), (form,), 1)
        if self.may_vanish(form):
            return {Monomial((rename_factor(factor, {}),), ()): _ONE}
        return self.monomial(_ONE, [factor], {})

    def at_least_one(self, form: Linear) -> NormalForm:
        """1 where the index form is at least 1, else 0."""
        return self.factor(self.base("positive", "", own=1), (form,))

    def add(self, *forms: NormalForm) -> NormalForm:
        """The sum."""
        result = dict(forms[0]) if forms else {}
        for form in forms[1:]:
            for monomial, coefficient in form.items():
                accumulate(result, monomial, coefficient)
        return result

    def add_to(self, total: NormalForm, form: NormalForm, *, negative: bool = False) -> None:
        """total += form, or total -= form, in place."""
        for monomial, coefficient in form.items():
            accumulate(total, monomial, _times(_MINUS_ONE, coefficient) if negative else coefficient)

    def _joined(self, total: NormalForm, form: NormalForm) -> NormalForm:
        """total + form, of which both are used up."""
        if not total:
            return form
        self.add_to(total, form)
        return total

    def scale(self, factor: Fraction, form: NormalForm) -> NormalForm:
        """factor · form"""
        if factor == 1:
            return dict(form)
        return {m: _times(factor, c) for m, c in form.items()} if factor else {}

    def subtract(self, left: NormalForm, right: NormalForm) -> NormalForm:
        """left - right"""
        result = dict(left)
        self.add_to(result, right, negative=True)
        return result

    def multiply(self, left: NormalForm, right: NormalForm) -> NormalForm:
        """left · right"""
        for one, other in ((left, right), (right, left)):
            if not one:
                return {}
            if len(one) == 1 and UNIT in one:
                return self.scale(one[UNIT], other)
        result: NormalForm = {}
        single = len(left) == 1 and len(right) == 1
        for first, a in left.items():
            shift = len(first.bound)
            for second, b in right.items():
                bound = dict(enumerate(first.bound + second.bound))
                form = self.monomial(_times(a, b), first.factors + _shifted(second, shift), bound)
                if single:
                    return form
                self.add_to(result, form)
        return result

    def contract(self, left: NormalForm, right: NormalForm, index: int, within: Range) -> NormalForm:
        """Σ left · right over a free index in a range whose ends are dimensions: ``bind`` of ``multiply``, at once."""
        if constant_value(within[0]) is not None and constant_value(within[1]) is not None:
            return self.bind(self.multiply(left, right), index, within)
        result: NormalForm = {}
        for first, a in left.items():
            shift = len(first.bound)
            for second, b in right.items():
                bound = dict(enumerate(first.bound + second.bound))
                bound[index] = within
                form = self.monomial(_times(a, b), first.factors + _shifted(second, shift), bound)
                result = self._joined(result, form)
        return result

    def contract_all(self, forms: Sequence[NormalForm], sums: Sequence[tuple[int, Range]]) -> NormalForm:
        """Σ Π forms over free indices in ranges whose ends are dimensions, of which at most one has several terms."""
        result: NormalForm = {}
        for chosen in product(*(form.items() for form in forms)):
            factors: list[Factor] = []
            bound = dict(sums)
            coefficient = _ONE
            shift = 0
            for monomial, c in chosen:
                factors += _shifted(monomial, shift)
                bound.update(enumerate(monomial.bound, shift))
                shift += len(monomial.bound)
                coefficient = _times(coefficient, c)
            result = self._joined(result, self.monomial(coefficient, factors, bound))
        return result

    def squared(self, form: NormalForm, sums: Sequence[tuple[int, Range]]) -> NormalForm:
        """Σ form² over free indices in ranges whose ends are dimensions; a product of two summands is made once."""
        if any(constant_value(low) is not None and constant_value(high) is not None for _, (low, high) in sums):
            result = self.multiply(form, form)
            for index, within in sums:
                result = self.bind(result, index, within)
            return result
        result = {}
        summands = list(form.items())
        for k, (first, a) in enumerate(summands):
            shift = len(first.bound)
            for second, b in summands[k:]:
                bound = dict(enumerate(first.bound + second.bound)) | dict(sums)
                coefficient = a * b if second is first else 2 * a * b
                summand = self.monomial(coefficient, first.factors + _shifted(second, shift), bound)
                result = self._joined(result, summand)
        return result

    def sum_over(self, form: NormalForm, index: int, lower: Linear, upper: Linear) -> NormalForm:
        """Σ over a free index from lower to upper, where the ends may depend on other indices."""
        low, high = lower, upper
        if any(isinstance(a, int) for a, _ in lower):
            low = self._end(lower, 0)
            form = self.multiply(form, self.at_least_one(plus(minus(variable(index), lower), ONE)))
        if any(isinstance(a, int) for a, _ in upper):
            high = self._end(upper, 1)
            form = self.multiply(form, self.at_least_one(plus(minus(upper, variable(index)), ONE)))
        return self.bind(form, index, (low, high))

    def _end(self, form: Linear, side: int) -> Linear:
        ends = self.extremes(form, {})
        if ends is None:
            raise Unsupported("a sum whose limits depend on an index without a range")
        return ends[side]

    def bind(self, form: NormalForm, index: int, within: Range) -> NormalForm:
        """Σ over a free index in a range whose ends are dimensions. Short numeric ranges are written out."""
        first, last = constant_value(within[0]), constant_value(within[1])
        if first is not None and last is not None and last - first < EXPANDED_RANGE:
            terms = [self.substitute(form, {index: constant(k)}) for k in range(first, last + 1)]
            return self.add({}, *terms)
        result: NormalForm = {}
        for monomial, coefficient in form.items():
            bound = dict(enumerate(monomial.bound))
            bound[index] = within
            result = self._joined(result, self.monomial(coefficient, monomial.factors, bound))
        return result

    def substitute(self, form: NormalForm, values: Mapping[Atom, Linear]) -> NormalForm:
        """The form with free indices replaced, all at once."""
        result: NormalForm = {}
        for monomial, coefficient in form.items():
            factors = rename_factors(monomial.factors, values)
            result = self._joined(result, self.monomial(coefficient, factors, dict(enumerate(monomial.bound))))
        return result

    def unbind(self, monomial: Monomial) -> tuple[list[Factor], list[tuple[int, Range]]]:
        """The factors with the summed indices made free, and what to sum over again."""
        freed: dict[Atom, Linear] = {}
        sums: list[tuple[int, Range]] = []
        for index, within in enumerate(monomial.bound):
            fresh = self.temporary(*within)
            freed[index] = variable(fresh)
            sums.append((fresh, within))
        factors = rename_factors(monomial.factors, freed) if freed else list(monomial.factors)
        return factors, sums

    # closed forms

    def close(self, form: NormalForm, axes: tuple[int, ...] = ()) -> tuple[Closed, tuple[Linear, ...]]:
        """The form as a function of its free indices: ``axes`` first, then the others, which are returned."""
        outer = sorted({a for a in free_of(form) if a >= TEMPORARY and a not in axes})
        if not (outer or axes):
            return Closed(form_text(form), 0, 0, dict(form), ()), ()
        found: list[tuple[str, NormalForm, tuple[int, ...]]] = []
        for order in orders(form, outer):
            values: dict[Atom, Linear] = {a: variable(-1 - k) for k, a in enumerate((*axes, *order))}
            renamed: NormalForm = {}
            for m, c in form.items():
                factors = rename_factors(m.factors, values)
                accumulate(renamed, canonical(factors, dict(enumerate(m.bound))), c)
            found.append((form_text(renamed), renamed, order))
        best = min(found, key=lambda one: one[0])
        start = len(axes)
        same = len(outer) == 2 and len(found) == 2 and found[0][0] == found[1][0]
        closed = Closed(best[0], start, len(outer), best[1], ((0, 1),) if same else ())
        return closed, tuple(variable(a) for a in best[2])

    def open(self, closed: Closed, axes: tuple[Linear, ...], parameters: tuple[Linear, ...]) -> NormalForm:
        """The form that a closed form is at these indices."""
        values: dict[Atom, Linear] = {-1 - k: form for k, form in enumerate((*axes, *parameters))}
        return self.substitute(closed.terms, values)

    def argument(self, factor: Factor) -> NormalForm:
        """The argument of a function of one scalar, at the slots of the factor (which must be free indices)."""
        closed = factor.base.closed[0]
        return self.open(closed, (), factor.slots[factor.base.own :])

    # steps: [u > 0], with which max(u, 0) = u [u > 0] and |u| = 2 u [u > 0] - u everywhere

    def step(self, form: NormalForm) -> NormalForm:
        """1 where the form is positive, else 0."""
        if not form:
            return {}
        if len(form) == 1 and UNIT in form:
            return self.number(1 if form[UNIT] > 0 else 0)
        closed, slots = self.close(self.primitive(form))
        return self.factor(self.base("step", "", closed=(closed,)), slots)

    def primitive(self, form: NormalForm) -> NormalForm:
        """The form divided by the positive content of its coefficients."""
        size = content(form) if form else _ONE
        return form if size == 1 else self.scale(1 / size, form)


def _is_expanded(base: Base, slots: tuple[Linear, ...], exponent: Exponent) -> bool:
    """Whether a factor is multiplied out: n - d as a number, and a sum to the power of a small number."""
    if base.kind == "value":
        return single(slots[0]) is None
    return base.kind == "power" and isinstance(exponent, int) and 0 < exponent <= EXPANDED_POWER


def _shifted(monomial: Monomial, shift: int) -> tuple[Factor, ...]:
    """The factors with the summed indices called by numbers that are larger by ``shift``."""
    if not (shift and monomial.bound):
        return monomial.factors
    moved: dict[Atom, Linear] = {k: variable(k + shift) for k in range(len(monomial.bound))}
    return tuple(rename_factors(monomial.factors, moved))


def _times(left: Fraction, right: Fraction) -> Fraction:
    """left · right; most coefficients are the one 1, or the one -1, which need not be multiplied."""
    if left is _ONE:
        return right
    if right is _ONE:
        return left
    if left is _MINUS_ONE:
        return _ONE if right is _MINUS_ONE else -right
    return -left if right is _MINUS_ONE else left * right
