"""Claims about real numbers for z3, a third judge: polynomials, quotients, roots, cases, order and connectives.

A claim is meant where it is defined, so divisors are not 0, and what is under a root is not negative. A term under an
implication or a case is taken to be defined too: claims that rely on that are not for this judge.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any

import z3

from verifier.kernel.sequents import Sequent
from verifier.kernel.terms import Term

WORK = 300_000


class NotRead(ValueError):
    """The claim has a head that is no matter of real algebra."""


def verdict(claim: Sequent) -> str:
    """``true``, ``false``, ``vacuous`` where no point satisfies the hypotheses, or ``unknown``. Raises NotRead."""
    if claim.definitions or claim.indices:
        raise NotRead("definitions and indices")
    reader = _Reader()
    hypotheses = [reader.read(h) for h in claim.hypotheses]
    conclusion = reader.read(claim.conclusion)
    solver = z3.Solver()
    solver.set("rlimit", WORK)
    solver.add(*reader.domain, *hypotheses)
    if solver.check() == z3.unsat:
        return "vacuous"
    solver.add(z3.Not(conclusion))
    return {"unsat": "true", "sat": "false"}.get(str(solver.check()), "unknown")


class _Reader:
    """Reads terms, and keeps what must hold for them to be defined."""

    def __init__(self) -> None:
        self.domain: list[Any] = []

    def read(self, term: Term) -> Any:
        """The formula or the number that a term is."""
        match term.head:
            case "symbol" if term.space().is_scalar and not term.data[2]:
                return z3.Real(term.data[0])
            case "number":
                return z3.RealVal(str(term.data[0]))
            case "power":
                return self._power(*term.args)
            case "elementwise" if term.data[1] == 0 and term.data[0] in FUNCTIONS:
                return FUNCTIONS[term.data[0]](self, self.read(term.args[0]))
        if term.head not in OPERATIONS:
            raise NotRead(term.head)
        return OPERATIONS[term.head](self, *map(self.read, term.args))

    def _power(self, base: Term, exponent: Term) -> Any:
        if exponent.head != "number" or exponent.data[0] < 0 or exponent.data[0].denominator != 1:
            raise NotRead("an exponent that is no whole number")
        return reduce(lambda a, b: a * b, [self.read(base)] * int(exponent.data[0]), z3.RealVal(1))

    def divided(self, left: Any, right: Any) -> Any:
        """left / right"""
        self.domain.append(right != 0)
        return left / right

    def root(self, x: Any) -> Any:
        """√x"""
        y = z3.FreshReal()
        self.domain += [x >= 0, y >= 0, y * y == x]
        return y


def _cases(reader: _Reader, *args: Any) -> Any:
    pairs = list(zip(args[:-1:2], args[1::2], strict=True))
    return reduce(lambda otherwise, pair: z3.If(*pair, otherwise), reversed(pairs), args[-1])


ZERO, ONE = z3.RealVal(0), z3.RealVal(1)

FUNCTIONS: dict[str, Callable[[_Reader, Any], Any]] = {
    "abs": lambda reader, x: z3.If(x >= 0, x, -x),
    "relu": lambda reader, x: z3.If(x >= 0, x, ZERO),
    "sign": lambda reader, x: z3.If(x > 0, ONE, z3.If(x < 0, -ONE, ZERO)),
    "step": lambda reader, x: z3.If(x > 0, ONE, ZERO),
    "sqrt": _Reader.root,
}

OPERATIONS: dict[str, Callable[..., Any]] = {
    "add": lambda reader, a, b: a + b,
    "subtract": lambda reader, a, b: a - b,
    "negate": lambda reader, a: -a,
    "multiply": lambda reader, a, b: a * b,
    "divide": _Reader.divided,
    "maximum": lambda reader, *of: reduce(lambda a, b: z3.If(a >= b, a, b), of),
    "minimum": lambda reader, *of: reduce(lambda a, b: z3.If(a <= b, a, b), of),
    "cases": _cases,
    "indicator": lambda reader, holds: z3.If(holds, ONE, ZERO),
    "equal": lambda reader, a, b: a == b,
    "not_equal": lambda reader, a, b: a != b,
    "less": lambda reader, a, b: a < b,
    "less_equal": lambda reader, a, b: a <= b,
    "greater": lambda reader, a, b: a > b,
    "greater_equal": lambda reader, a, b: a >= b,
    "and": lambda reader, *parts: z3.And(*parts),
    "or": lambda reader, *parts: z3.Or(*parts),
    "not": lambda reader, part: z3.Not(part),
    "implies": lambda reader, a, b: z3.Implies(a, b),
    "iff": lambda reader, a, b: a == b,
}
