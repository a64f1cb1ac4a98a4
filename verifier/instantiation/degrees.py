"""How likely an unequal identity is to pass over the prime field: the degree of a term as a rational function.

A degree is a pair, of numerator and denominator; solves, determinants and derivatives are counted. Random oracles and
undeclared functions count as fresh variables and as polynomials.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from verifier.instantiation.problems import Problem
from verifier.instantiation.undeclared import DEGREE
from verifier.kernel import linear
from verifier.kernel.linear import Atom, Linear
from verifier.kernel.terms import Term, subterms

Degree = tuple[int, int]


class Degrees:
    """Degrees of the terms of one problem at some dimensions."""

    def __init__(self, problem: Problem, numbers: Mapping[Atom, int]) -> None:
        self.problem, self.numbers = problem, numbers
        self._known: dict[str, Degree] = {}

    def of(self, term: Term) -> Degree:
        """A bound on the degree of each entry of a term, or of each equation of a proposition."""
        if term.head in ("symbol", "apply", "elementwise"):
            return self._of_name(term)
        parts = [self.of(arg) for arg in term.args]
        rule = RULES.get(term.head)
        if rule is not None:
            return rule(self, term, parts)
        return _common(parts) if parts else (0, 0)

    def _of_name(self, term: Term) -> Degree:
        name = str(term.data[0])
        inner = _common([self.of(arg) for arg in term.args]) if term.args else (1, 0)
        definition = self.problem.dependence.definitions.get(name)
        if definition is None:
            order = DEGREE if term.args else 1
            return order * inner[0], order * inner[1]
        if name not in self._known:
            self._known[name] = self.of(definition.body)
        top, bottom = self._known[name]
        return (top + bottom) * max(1, sum(inner)), bottom * max(1, sum(inner))

    def size(self, form: Linear) -> int:
        """The value of a dimension, or of an index form; 1 where an index in it has no value here."""
        try:
            return max(1, linear.value(form, self.numbers))
        except KeyError:
            return max(1, max((int(v) for v in self.numbers.values()), default=1))

    def inner_size(self, term: Term) -> int:
        """The number of terms in a sum over the columns of a term."""
        return self.size(term.space().axes[-1])


def passing_bound(problem: Problem, numbers: Mapping[Atom, int]) -> str:
    """The bound in words."""
    top, bottom = Degrees(problem, numbers).of(problem.conclusion)
    chance = f"{max(1, top + bottom)}/(2^64 - 59)"
    text = f"an identity that fails at these dimensions passes with probability ≤ {chance} per model"
    if any(part.head in ("apply", "elementwise") for part in subterms(problem.conclusion)):
        text += ", functions taken as random"
    return text


def _common(parts: list[Degree]) -> Degree:
    """A sum over a common denominator."""
    bottom = sum(b for _, b in parts)
    return max((a + bottom - b for a, b in parts), default=0), bottom


def _repeated(degree: Degree, count: int) -> Degree:
    return degree[0] + (count - 1) * degree[1], count * degree[1]


def _times(*parts: Degree) -> Degree:
    return sum(a for a, _ in parts), sum(b for _, b in parts)


def _multiply(degrees: Degrees, term: Term, parts: list[Degree]) -> Degree:
    left = term.args[0]
    once = _times(*parts)
    single = left.space().is_scalar or term.args[1].space().is_scalar
    return once if single else _repeated(once, degrees.inner_size(left))


def _over(degrees: Degrees, term: Term, parts: list[Degree]) -> Degree:
    return _times(parts[0], parts[1][::-1])


def _power(degrees: Degrees, term: Term, parts: list[Degree]) -> Degree:
    exponent = term.args[1].data[0] if term.args[1].head in ("number",) else Fraction(8)
    count = max(1, abs(int(exponent)))
    base = parts[0] if exponent >= 0 else parts[0][::-1]
    return count * base[0], count * base[1]


def _solve(degrees: Degrees, term: Term, parts: list[Degree]) -> Degree:
    """Entries of an inverse over the determinant, denominators of all entries cleared."""
    size = degrees.inner_size(term.args[0])
    top, bottom = _repeated(parts[0], size * size)
    return size * top + bottom, size * top


def _determinant(degrees: Degrees, term: Term, parts: list[Degree]) -> Degree:
    size = degrees.inner_size(term.args[0])
    top, bottom = _repeated(parts[0], size * size)
    return size * top, size * bottom


def _over_entries(degrees: Degrees, term: Term, parts: list[Degree]) -> Degree:
    axes = [degrees.size(axis) for axis in term.args[0].space().axes]
    return _repeated(_times(parts[0], parts[0]), axes[0] * axes[-1])


def _over_range(degrees: Degrees, term: Term, parts: list[Degree]) -> Degree:
    _, lower, upper = term.data
    count = degrees.size(linear.plus(linear.minus(upper or lower, lower), linear.ONE))
    return (count * parts[0][0], count * parts[0][1]) if term.head == "product" else _repeated(parts[0], count)


def _once_more(count: int) -> Callable[[Degrees, Term, list[Degree]], Degree]:
    """A derivative: numerator a + b, denominator 2b, for each time."""

    def rule(degrees: Degrees, term: Term, parts: list[Degree]) -> Degree:
        top, bottom = parts[0]
        for _ in range(count):
            top, bottom = top + bottom, 2 * bottom
        return top, bottom

    return rule


def _put(degrees: Degrees, term: Term, parts: list[Degree]) -> Degree:
    inner = max(1, sum(parts[2]))
    return sum(parts[0]) * inner, parts[0][1] * inner


RULES: dict[str, Callable[[Degrees, Term, list[Degree]], Degree]] = {
    "multiply": _multiply,
    "dot": lambda degrees, term, parts: _repeated(_times(*parts), degrees.size(term.args[0].space().length)),
    "hadamard": lambda _, term, parts: _times(*parts[: len(term.args)]),
    "kronecker": lambda _, term, parts: _times(*parts[: len(term.args)]),
    "divide": _over,
    "hadamard_divide": _over,
    "power": _power,
    "hadamard_power": _power,
    "inverse": _solve,
    "pseudoinverse": _solve,
    "determinant": _determinant,
    "trace": lambda degrees, term, parts: _repeated(parts[0], degrees.inner_size(term.args[0])),
    "norm": _over_entries,
    "sum": _over_range,
    "product": _over_range,
    "derivative": _once_more(1),
    "gradient": _once_more(1),
    "hessian": _once_more(2),
    "substitute": _put,
}
