"""Evaluation of leaves and arithmetic. Each rule gives the value of a term in an environment."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import comb, factorial
from operator import add, mul, neg, sub
from typing import Any

from verifier.instantiation import functions, matrices
from verifier.instantiation.duals import Dual, plain
from verifier.instantiation.evaluator import Environment, Evaluator, Rule, Value, filled, pack
from verifier.instantiation.functions import quotient
from verifier.instantiation.matrices import entrywise, flat
from verifier.instantiation.norms import even_power_of_norm
from verifier.instantiation.outcomes import BudgetExceeded, Inconclusive, NeedsOrder, Undefined, Unsupported
from verifier.instantiation.rings import PrimeField, Rationals, fraction
from verifier.kernel.terms import Term

LARGEST_COUNTED = 100


def _symbol(ev: Evaluator, term: Term, env: Environment) -> Value:
    name, shape, forms = term.data
    if name in env.local:
        return env.local[name]
    index = tuple(ev.number(form, env) for form in forms) if forms else ()
    return ev.member(name, index, shape, env.link)


def _number(ev: Evaluator, term: Term, env: Environment) -> Value:
    return ev.ring.number(term.data[0])


def _constant(ev: Evaluator, term: Term, env: Environment) -> Value:
    return ev.ring.constant(term.data[0])


def _identity(ev: Evaluator, term: Term, env: Environment) -> Value:
    return pack(matrices.identity(ev.ring, ev.size(term.data[0], env)), term.shape)


def _unit(ev: Evaluator, term: Term, env: Environment) -> Value:
    size, place = ev.size(term.data[0], env), ev.number(term.data[1], env)
    if not 1 <= place <= size:
        raise Undefined("a unit vector outside of its space")
    return pack([[ev.ring.number(int(k == place))] for k in range(1, size + 1)], term.shape)


# arithmetic


def _add(ev: Evaluator, term: Term, env: Environment) -> Value:
    left, right = term.args
    return entrywise(add, ev.value(left, env), ev.value(right, env))


def _subtract(ev: Evaluator, term: Term, env: Environment) -> Value:
    left, right = term.args
    return entrywise(sub, ev.value(left, env), ev.value(right, env))


def _negate(ev: Evaluator, term: Term, env: Environment) -> Value:
    return entrywise(neg, ev.value(term.args[0], env))


def _multiply(ev: Evaluator, term: Term, env: Environment) -> Value:
    left, right = ev.value(term.args[0], env), ev.value(term.args[1], env)
    if not isinstance(left, list):
        return entrywise(lambda a: left * a, right)
    if not isinstance(right, list):
        return entrywise(lambda a: a * right, left)
    ev.work.spend(len(left) * len(right) * ev.weight)
    if len(term.args[1].space().axes) == 2:
        return pack(matrices.product(left, right), term.shape)
    scaled = [entrywise(lambda a, f=factor: f * a, part) for factor, part in zip(left[0], right, strict=True)]
    result = scaled[0]
    for part in scaled[1:]:
        result = entrywise(add, result, part)
    return pack(result, term.shape)


def _divide(ev: Evaluator, term: Term, env: Environment) -> Value:
    top, bottom = (ev.value(arg, env) for arg in term.args)
    return entrywise(lambda a: quotient(ev.ring, a, bottom), top)


def literal(ev: Evaluator, term: Term, env: Environment) -> Fraction | None:
    """The number that a term of numbers and indices is, in every ring; None for other terms."""
    match term.head:
        case "number":
            number: Fraction = term.data[0]
            return number
        case "index":
            return Fraction(ev.number(term.data[0], env))
        case "negate" | "add" | "subtract" | "multiply" | "divide":
            if not term.space().is_scalar:
                return None
            parts = [literal(ev, arg, env) for arg in term.args]
            known = [part for part in parts if part is not None]
            if len(known) < len(parts):
                return None
            return _arithmetic(term.head, known)
    return None


def _arithmetic(head: str, parts: list[Fraction]) -> Fraction:
    match head:
        case "negate":
            return -parts[0]
        case "add":
            return parts[0] + parts[1]
        case "subtract":
            return parts[0] - parts[1]
        case "multiply":
            return parts[0] * parts[1]
    if parts[1] == 0:
        raise Undefined("division by 0")
    return parts[0] / parts[1]


def _any_base(exponent: Term) -> bool:
    """Whether a power with this exponent is meant for every base for which its value makes sense: 3, -1, 1/2, t + 1.

    Another exponent is a real number that happens to have a value, and its base has to be positive.
    """
    return _is_number(exponent) or _is_integral(exponent)


def _is_number(exponent: Term) -> bool:
    if exponent.head in ("negate", "divide"):
        return all(_is_number(arg) for arg in exponent.args)
    return exponent.head == "number"


def _is_integral(exponent: Term) -> bool:
    parts, seen = [exponent], False
    while parts:
        part = parts.pop()
        whole = part.head != "number" or part.data[0].denominator == 1
        if part.head not in ("index", "add", "subtract", "negate", "multiply", "number") or not whole:
            return False
        seen = seen or part.head == "index"
        parts += part.args
    return seen


def _raise_to(ev: Evaluator, exponent: Term, env: Environment) -> Callable[[Any], Any]:
    """entry ↦ entry ** exponent"""
    number, ring = literal(ev, exponent, env), ev.ring
    if number is None:
        element = ev.value(exponent, env)
        return lambda base: functions.real_power(ring, base, element)
    if _any_base(exponent):
        return lambda base: functions.power(ring, ev.bounded(base), number)

    def positive_base(base: Any) -> Any:
        ring.need_positive(plain(base), "a real power of a number that is not positive")
        return functions.power(ring, base, number)

    return positive_base


def _power(ev: Evaluator, term: Term, env: Environment) -> Value:
    base, exponent = term.args
    number = literal(ev, exponent, env)
    if not base.space().is_scalar:
        return _matrix_power(ev, ev.value(base, env), number)
    squares = even_power_of_norm(ev, base, number, env)
    return _raise_to(ev, exponent, env)(ev.value(base, env)) if squares is None else squares


def _matrix_power(ev: Evaluator, rows: Value, exponent: Fraction | None) -> Value:
    if exponent is None or exponent.denominator != 1 or abs(exponent) > 32:
        raise Unsupported("a power of a matrix other than a small integer")
    base = matrices.inverse(ev.ring, rows) if exponent < 0 else rows
    result = matrices.identity(ev.ring, len(rows))
    for _ in range(abs(int(exponent))):
        ev.work.spend(len(rows) ** 3 * ev.weight)
        result = ev.bounded(matrices.product(result, base))
    return result


def _dot(ev: Evaluator, term: Term, env: Environment) -> Value:
    left, right = (flat(ev.value(arg, env)) for arg in term.args)
    return matrices.inner(left, right)


def _hadamard(ev: Evaluator, term: Term, env: Environment) -> Value:
    left, right = (ev.value(arg, env) for arg in term.args)
    return entrywise(mul, left, right)


def _hadamard_divide(ev: Evaluator, term: Term, env: Environment) -> Value:
    left, right = (ev.value(arg, env) for arg in term.args)
    return entrywise(lambda a, b: quotient(ev.ring, a, b), left, right)


def _hadamard_power(ev: Evaluator, term: Term, env: Environment) -> Value:
    return entrywise(_raise_to(ev, term.args[1], env), ev.value(term.args[0], env))


# counting


def _counted(ev: Evaluator, term: Term, env: Environment) -> list[int]:
    """The arguments as natural numbers. Raises Undefined for others, and Unsupported where that is not known."""
    numbers = []
    for arg in term.args:
        number = literal(ev, arg, env)
        if number is None:
            value = ev.value(arg, env)
            if isinstance(value, Dual):
                raise Unsupported(f"the derivative of a {term.head}")
            if isinstance(ev.ring, PrimeField):
                raise NeedsOrder(f"a {term.head}")
            if not isinstance(ev.ring, Rationals):
                raise Inconclusive(f"the {term.head} of a number that is not known to be whole")
            number = fraction(value)
        if number.denominator != 1 or number < 0:
            raise Undefined(f"the {term.head} of a number that is not natural")
        if number > LARGEST_COUNTED:
            raise BudgetExceeded(f"the {term.head} of {number}")
        numbers.append(int(number))
    return numbers


def _factorial(ev: Evaluator, term: Term, env: Environment) -> Value:
    return ev.ring.number(Fraction(factorial(*_counted(ev, term, env))))


def _binomial(ev: Evaluator, term: Term, env: Environment) -> Value:
    return ev.ring.number(Fraction(comb(*_counted(ev, term, env))))


RULES: dict[str, Rule] = {
    "factorial": _factorial,
    "binomial": _binomial,
    "symbol": _symbol,
    "number": _number,
    "index": lambda ev, term, env: ev.ring.number(ev.number(term.data[0], env)),
    "constant": _constant,
    "identity": _identity,
    "zeros": lambda ev, term, env: filled(ev, term.data[0], 0, env),
    "ones": lambda ev, term, env: filled(ev, term.data[0], 1, env),
    "unit": _unit,
    "add": _add,
    "subtract": _subtract,
    "negate": _negate,
    "multiply": _multiply,
    "divide": _divide,
    "power": _power,
    "dot": _dot,
    "hadamard": _hadamard,
    "hadamard_divide": _hadamard_divide,
    "hadamard_power": _hadamard_power,
}
