"""Functions of one number over any ring and over duals: values, slopes, powers, choices."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, NamedTuple

from verifier.instantiation.duals import Dual, plain
from verifier.instantiation.outcomes import BudgetExceeded, Inconclusive, Undefined, Unsupported
from verifier.instantiation.rings import FUNCTIONS, LARGEST_EXPONENT, Ring
from verifier.instantiation.truth import Truth


class Point(NamedTuple):
    """A number x of a ring (or a dual) and y = f(x)."""

    ring: Ring
    x: Any
    y: Any


def _half_over(at: Point) -> Any:
    at.ring.need_nonzero(plain(at.y), "the derivative of a root at 0")
    return at.ring.number(Fraction(1, 2)) / at.y


SLOPES: dict[str, Callable[[Point], Any]] = {
    "exp": lambda at: at.y,
    "log": lambda at: 1 / at.x,
    "sqrt": _half_over,
    "tanh": lambda at: 1 - at.y * at.y,
    "sigmoid": lambda at: at.y * (1 - at.y),
    "softplus": lambda at: apply(at.ring, "sigmoid", at.x),
    "sin": lambda at: apply(at.ring, "cos", at.x),
    "cos": lambda at: -apply(at.ring, "sin", at.x),
    "tan": lambda at: 1 + at.y * at.y,
    "arctan": lambda at: 1 / (1 + at.x * at.x),
    "sinh": lambda at: apply(at.ring, "cosh", at.x),
    "cosh": lambda at: apply(at.ring, "sinh", at.x),
}


def apply(ring: Ring, name: str, x: Any) -> Any:
    """f(x) for a function of the table; x may be a dual. Raises Undefined outside of the domain and at kinks."""
    piecewise = PIECEWISE.get(name)
    if piecewise is not None:
        return piecewise(ring, x)
    if isinstance(x, Dual):
        value = apply(ring, name, x.value)
        slope = SLOPES[name](Point(ring, x.value, value))
        return Dual(x.tag, value, {s: slope * t for s, t in x.tangents.items()})
    if name not in FUNCTIONS:
        raise Unsupported(f"the function {name}")
    if name == "log":
        ring.need_positive(x, "the logarithm of a number that is not positive")
    elif name == "sqrt":
        ring.need_non_negative(x, "the square root of a negative number")
    return ring.function(name, x)


def at_order(ring: Ring, function: Callable[[Any], Any], x: Any, order: int, tag: int) -> Any:
    """The derivative of a function, of any order, by nested duals with tags from ``tag`` on."""
    argument = x
    for k in range(order):
        argument = Dual(tag + k, argument, {0: ring.number(1)})
    value = function(argument)
    for k in reversed(range(order)):
        carries = isinstance(value, Dual) and value.tag == tag + k
        value = value.tangents[0] if carries else ring.number(0)
    return value


# order


def apart(ring: Ring, left: Any, right: Any) -> tuple[Any, Any]:
    """The plain values of two numbers that are compared. Raises Undefined where a derivative meets a kink."""
    if isinstance(left, Dual) or isinstance(right, Dual):
        left, right = plain(left), plain(right)
        tie = ring.equal(left, right)
        if tie.holds is True:
            raise Undefined("a derivative at a kink")
        if tie.fails is False:
            raise Inconclusive("a derivative near a kink")
    return left, right


def less(ring: Ring, left: Any, right: Any) -> Truth:
    """left < right"""
    return ring.less(*apart(ring, left, right))


def choose(ring: Ring, truth: Truth, left: Any, right: Any) -> Any:
    """left where φ holds, right where it fails; for lists, entry by entry."""
    if truth.holds is True:
        return left
    if truth.fails is True:
        return right
    if isinstance(left, list):
        return [choose(ring, truth, a, b) for a, b in zip(left, right, strict=True)]
    if isinstance(left, Dual) or isinstance(right, Dual):
        return _choose_dual(ring, truth, left, right)
    return ring.undecided(truth, left, right)


def _choose_dual(ring: Ring, truth: Truth, left: Any, right: Any) -> Dual:
    if truth.holds is False:
        raise Inconclusive("a derivative where a condition is not decided")
    tag = max(side.tag for side in (left, right) if isinstance(side, Dual))
    zero = ring.number(0)
    sides = [side if isinstance(side, Dual) and side.tag == tag else Dual(tag, side, {}) for side in (left, right)]
    seeds = dict.fromkeys((*sides[0].tangents, *sides[1].tangents))
    tangents = {s: choose(ring, truth, *(side.tangents.get(s, zero) for side in sides)) for s in seeds}
    return Dual(tag, choose(ring, truth, sides[0].value, sides[1].value), tangents)


def maximum(ring: Ring, left: Any, right: Any) -> Any:
    """max(a, b)"""
    return choose(ring, less(ring, left, right), right, left)


def minimum(ring: Ring, left: Any, right: Any) -> Any:
    """min(a, b)"""
    return choose(ring, less(ring, left, right), left, right)


def _positive(ring: Ring, x: Any) -> Truth:
    return less(ring, ring.number(0), x)


def _step(ring: Ring, x: Any) -> Any:
    value = choose(ring, _positive(ring, x), ring.number(1), ring.number(0))
    return constant_like(x, value)


def _sign(ring: Ring, x: Any) -> Any:
    negative = less(ring, x, ring.number(0))
    below = choose(ring, negative, ring.number(-1), ring.number(0))
    return constant_like(x, choose(ring, _positive(ring, x), ring.number(1), below))


def constant_like(x: Any, value: Any) -> Any:
    """A value that depends on what x depends on, with derivatives that are zero."""
    if isinstance(x, Dual):
        return Dual(x.tag, constant_like(x.value, value), {s: 0 * t for s, t in x.tangents.items()})
    return value


PIECEWISE: dict[str, Callable[[Ring, Any], Any]] = {
    "relu": lambda ring, x: choose(ring, _positive(ring, x), x, constant_like(x, ring.number(0))),
    "abs": lambda ring, x: choose(ring, _positive(ring, x), x, -x),
    "step": _step,
    "sign": _sign,
}


# powers


def power(ring: Ring, base: Any, exponent: Fraction) -> Any:
    """base ** exponent for a rational exponent; x⁰ = 1 throughout."""
    if exponent.denominator == 1:
        return _integer_power(ring, base, exponent.numerator)
    bare = plain(base)
    if exponent > 0:
        ring.need_non_negative(bare, "a root of a negative number")
    else:
        ring.need_positive(bare, "a negative power of a number that is not positive")
    if isinstance(base, Dual):
        ring.need_nonzero(bare, "the derivative of a root at 0")
        slope = ring.number(exponent) * power(ring, base.value, exponent - 1)
        return Dual(base.tag, power(ring, base.value, exponent), {s: slope * t for s, t in base.tangents.items()})
    return ring.power(base, exponent)


def _integer_power(ring: Ring, base: Any, exponent: int) -> Any:
    if abs(exponent) > LARGEST_EXPONENT:
        raise BudgetExceeded(f"a power with the exponent {exponent}")
    if exponent < 0:
        ring.need_nonzero(plain(base), "a negative power of 0")
        return 1 / base**-exponent
    return constant_like(base, ring.number(1)) if exponent == 0 else base**exponent


def real_power(ring: Ring, base: Any, exponent: Any) -> Any:
    """base ** exponent for a real exponent, base > 0."""
    ring.need_positive(plain(base), "a real power of a number that is not positive")
    if isinstance(exponent, Dual):
        return apply(ring, "exp", exponent * apply(ring, "log", base))
    if isinstance(base, Dual):
        value = real_power(ring, base.value, exponent)
        slope = exponent * value / base.value
        return Dual(base.tag, value, {s: slope * t for s, t in base.tangents.items()})
    return ring.real_power(base, exponent)


def quotient(ring: Ring, top: Any, bottom: Any) -> Any:
    """top / bottom. Raises Undefined for a zero denominator."""
    ring.need_nonzero(plain(bottom), "division by 0")
    return top / bottom
