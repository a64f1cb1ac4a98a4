"""Which normal forms are positive or non-negative: by squares, positive functions, and facts about their factors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from verifier.kernel.algebra import Algebra
from verifier.kernel.linear import ONE, Atom, Linear, at_least, minus, plus
from verifier.kernel.polynomials import Factor, Monomial, NormalForm, Range

UNKNOWN, NON_NEGATIVE, POSITIVE, NONZERO = 0, 1, 2, -1
POSITIVE_FUNCTIONS = ("exp", "sigmoid", "cosh")


@dataclass(frozen=True)
class Fact:
    """A form of ``size`` summands whose sign is known. Each of its slots is one index, or any index of a range."""

    key: str
    size: int
    slots: tuple[Linear | Range, ...]
    quantified: tuple[bool, ...]
    sign: int


def fact(algebra: Algebra, form: NormalForm, sign: int, quantified: frozenset[Atom] = frozenset()) -> Fact:
    """The fact that the form has this sign, for every value of the quantified free indices in their ranges."""
    form = algebra.primitive(form)
    closed, slots = algebra.close(form)
    over = tuple(slot[0][0] in quantified for slot in slots)
    places = tuple(algebra.ranges[slot[0][0]] if q else slot for slot, q in zip(slots, over, strict=True))
    return Fact(closed.key, len(form), places, over, sign)


def _is_about(known: Fact, wanted: int) -> bool:
    """Whether a fact is of the kind that is wanted: that a form is not 0, or which sign it has."""
    return (known.sign == NONZERO) == (wanted == NONZERO)


class Signs:
    """Signs of forms of one algebra, from facts, each with the number of what says it; ``used`` are those numbers.

    The facts are asked for when a sign may depend on one.
    """

    def __init__(self, algebra: Algebra, facts: Callable[[], Sequence[tuple[int, Fact]]]) -> None:
        self.algebra = algebra
        self.facts = facts
        self.used: set[int] = set()

    def of(self, form: NormalForm) -> int:
        """POSITIVE, NON_NEGATIVE or UNKNOWN; zero counts as NON_NEGATIVE."""
        known = self._known(form)
        if known == POSITIVE or not form:
            return known or NON_NEGATIVE
        signs = [self._monomial(monomial) if c > 0 else UNKNOWN for monomial, c in form.items()]
        return max(known, UNKNOWN if UNKNOWN in signs else max(signs))

    def nonzero(self, form: NormalForm) -> bool:
        """Whether the form is never zero: by its sign, that of its negative, or factor by factor."""
        negative = self.algebra.scale(Fraction(-1), form)
        if (
            POSITIVE in (self.of(form), self.of(negative))
            or self._known(form, NONZERO)
            or self._known(negative, NONZERO)
        ):
            return True
        if len(form) != 1:
            return False
        ((monomial, _),) = form.items()
        parts = [self.algebra.factor(f.base, f.slots) for f in monomial.factors]
        alone = len(monomial.factors) > 1 or (monomial.factors and monomial.factors[0].exponent != 1)
        return not monomial.bound and bool(alone) and all(self.nonzero(part) for part in parts)

    def _known(self, form: NormalForm, wanted: int = POSITIVE) -> int:
        """The best sign that a fact gives the form; with NONZERO, whether a fact says that it is not zero."""
        if not form:
            return UNKNOWN
        facts = [(k, one) for k, one in self.facts() if one.size == len(form) and _is_about(one, wanted)]
        if not facts:
            return UNKNOWN
        closed, slots = self.algebra.close(self.algebra.primitive(form))
        best = UNKNOWN
        for source, known in facts:
            if known.key != closed.key or not self._covers(known, slots):
                continue
            self.used.add(source)
            best = known.sign if wanted == NONZERO else max(best, known.sign)
        return best

    def _covers(self, known: Fact, slots: tuple[Linear, ...]) -> bool:
        return all(
            self.algebra.contained(slot, place, {}) is True if over else slot == place  # type: ignore[arg-type]
            for slot, place, over in zip(slots, known.slots, known.quantified, strict=True)
        )

    def _monomial(self, monomial: Monomial) -> int:
        factors, sums = self.algebra.unbind(monomial)
        sign = min((self._factor(f) for f in factors), default=POSITIVE)
        positive = self.algebra.positive
        empty = any(not at_least(plus(minus(high, low), ONE), 1, positive) for _, (low, high) in sums)
        return min(sign, NON_NEGATIVE) if empty else sign

    def _factor(self, factor: Factor) -> int:
        base, slots, exponent = factor
        if isinstance(exponent, int) and exponent % 2 == 0:
            inner = self._base(Factor(base, slots, 1))
            if inner == POSITIVE or exponent < 0 or self._known(self.algebra.factor(base, slots), NONZERO):
                return POSITIVE
            return NON_NEGATIVE
        inner = self._base(Factor(base, slots, 1))
        if not isinstance(exponent, tuple) and exponent.denominator != 1:
            return POSITIVE if inner == POSITIVE or exponent < 0 else NON_NEGATIVE
        if not isinstance(exponent, tuple) and exponent < 0:
            return POSITIVE if inner >= NON_NEGATIVE else UNKNOWN
        return inner

    def _base(self, factor: Factor) -> int:
        base = factor.base
        match base.kind:
            case "number":
                return POSITIVE if int(base.name) > 0 else UNKNOWN
            case "constant":
                return POSITIVE
            case "delta" | "positive" | "step":
                return NON_NEGATIVE
            case "value":
                low = self.algebra.least(factor.slots[0])
                if low is None:
                    return UNKNOWN
                return POSITIVE if at_least(low, 1) else NON_NEGATIVE if at_least(low, 0) else UNKNOWN
            case "function" if base.name in POSITIVE_FUNCTIONS:
                return POSITIVE
            case "opaque" if base.name.startswith(("norm", "spectral_radius", "rank")):
                return NON_NEGATIVE
            case "power":
                inner = self.of(self.algebra.argument(factor))
                if inner:
                    return inner
        return self._known(self.algebra.factor(base, factor.slots))
