"""A claim as SymPy can be asked it: explicit entries, ``diff``, and ``simplify`` of the difference of the sides."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import sympy

from verifier.kernel.linear import Linear
from verifier.kernel.sequents import Sequent
from verifier.kernel.terms import Term

SIZES: Mapping[str, int] = {"m": 3, "n": 2, "p": 2, "k": 2}


class NotAskedError(NotImplementedError):
    """A claim that has no counterpart here."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raises TimeoutError after a while."""

    def stop(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def confirms(claim: Sequent) -> bool:
    """Whether SymPy simplifies every entry of the difference of the sides to 0, at one choice of dimensions.

    Raises NotAskedError for what is not translated.
    """
    symmetric = frozenset(h.args[0].data[0] for h in claim.hypotheses if h.data == ("symmetric",))
    if len(symmetric) < len(claim.hypotheses):
        raise NotAskedError("hypotheses")
    indices = {name: 1 for name, _ in claim.indices}
    left, right = (_Translation({**SIZES, **indices}, symmetric).of(side) for side in claim.conclusion.args)
    return all(sympy.simplify(entry) == 0 for entry in left - right)


class _Translation:
    def __init__(self, numbers: Mapping[str, int], symmetric: frozenset[str]) -> None:
        self.numbers, self.symmetric = numbers, symmetric

    def number(self, form: Linear) -> int:
        return sum(c * (1 if a == "" else self.numbers[str(a)]) for a, c in form)

    def of(self, term: Term) -> Any:
        """The matrix that a term is."""
        if term.head in WITH_NAMES:
            return WITH_NAMES[term.head](self, term)
        if term.head not in OPERATIONS:
            raise NotAskedError(term.head)
        return OPERATIONS[term.head](term, *(self.of(arg) for arg in term.args))

    def symbol(self, term: Term) -> Any:
        """A matrix of real symbols."""
        name = term.data[0]
        height, width = (self.number(axis) for axis in term.space().axes)

        def entry(r: int, c: int) -> Any:
            place = sorted((r, c)) if name in self.symmetric else (r, c)
            return sympy.Symbol(f"{name}_{place[0]}_{place[1]}", real=True)

        return sympy.Matrix(height, width, entry)

    def constant(self, term: Term) -> Any:
        """I, 0 or 1"""
        height, width = (self.number(axis) for axis in term.space().axes)
        build = {"identity": sympy.eye, "zeros": sympy.zeros, "ones": sympy.ones}[term.head]
        return sympy.Matrix(build(height, width))

    def part(self, term: Term) -> Any:
        """An entry, row or column."""
        rows = self.of(term.args[0])
        places = [self.number(form) - 1 for form in (term.data[0] if term.head == "entry" else term.data)]
        if term.head == "row":
            return rows[places[0], :]
        if term.head == "column":
            return rows[:, places[0]]
        return sympy.Matrix([[rows[places[0]] if len(places) == 1 else rows[places[0], places[1]]]])

    def sum(self, term: Term) -> Any:
        """Σ, written out"""
        name, lower, upper = term.data
        low, high = self.number(lower), self.number(upper)
        parts = [_Translation({**self.numbers, name: k}, self.symmetric).of(term.args[0]) for k in range(low, high + 1)]
        total = parts[0]
        for part in parts[1:]:
            total = total + part
        return total

    def derivative(self, term: Term) -> Any:
        """Entries differentiated by entries."""
        body, variable = (self.of(arg) for arg in term.args)
        numerator = term.head == "derivative" and term.data[0] == "numerator"
        if body.shape == (1, 1):
            slopes = variable.applyfunc(lambda entry: sympy.diff(body[0], entry))
            return slopes.T if numerator else slopes
        if 1 not in body.shape or 1 not in variable.shape:
            raise NotAskedError("a derivative by a matrix")
        table = sympy.Matrix([[sympy.diff(a, b) for b in variable] for a in body])
        return table if numerator or variable.shape == (1, 1) else table.T

    def hessian(self, term: Term) -> Any:
        """All second derivatives"""
        body, variable = (self.of(arg) for arg in term.args)
        return sympy.Matrix([[sympy.diff(body[0], a, b) for b in variable] for a in variable])

    def elementwise(self, term: Term) -> Any:
        """A function of each entry."""
        name, order, _ = term.data
        function = FUNCTIONS.get(name)
        if function is None or order:
            raise NotAskedError(name)
        return self.of(term.args[0]).applyfunc(function)


def _multiply(term: Term, left: Any, right: Any) -> Any:
    if left.shape == (1, 1):
        return left[0] * right
    return left * (right[0] if right.shape == (1, 1) else right)


def _norm(term: Term, rows: Any) -> Any:
    if term.data[0] == "2" and 1 not in rows.shape:
        raise NotAskedError("the spectral norm")
    return sympy.Matrix([[sympy.sqrt(sum(entry**2 for entry in rows))]])


OPERATIONS: dict[str, Callable[..., Any]] = {
    "add": lambda term, a, b: a + b,
    "subtract": lambda term, a, b: a - b,
    "negate": lambda term, a: -a,
    "multiply": _multiply,
    "divide": lambda term, a, b: a / b[0],
    "power": lambda term, a, b: a ** b[0] if a.shape != (1, 1) else sympy.Matrix([[a[0] ** b[0]]]),
    "hadamard": lambda term, a, b: a.multiply_elementwise(b),
    "transpose": lambda term, a: a.T,
    "inverse": lambda term, a: a.inv(),
    "trace": lambda term, a: sympy.Matrix([[a.trace()]]),
    "determinant": lambda term, a: sympy.Matrix([[a.det()]]),
    "diag": lambda term, a: sympy.diag(*a),
    "norm": _norm,
}
WITH_NAMES: dict[str, Callable[[_Translation, Term], Any]] = {
    "symbol": _Translation.symbol,
    "number": lambda here, term: sympy.Matrix([[sympy.Rational(str(term.data[0]))]]),
    "index": lambda here, term: sympy.Matrix([[here.number(term.data[0])]]),
    **dict.fromkeys(("identity", "zeros", "ones"), _Translation.constant),
    **dict.fromkeys(("entry", "row", "column"), _Translation.part),
    "sum": _Translation.sum,
    "derivative": _Translation.derivative,
    "gradient": _Translation.derivative,
    "hessian": _Translation.hessian,
    "elementwise": _Translation.elementwise,
}
FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    "exp": sympy.exp,
    "log": sympy.log,
    "tanh": sympy.tanh,
    "sigmoid": lambda x: 1 / (1 + sympy.exp(-x)),
    "softplus": lambda x: sympy.log(1 + sympy.exp(x)),
}
