"""Random terms over a fixed vocabulary, and rewritings that keep their value."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import Any

import numpy as np

from verifier.kernel.linear import ONE, constant, plus, variable
from verifier.kernel.shapes import SCALAR, Shape, column, rectangle
from verifier.kernel.terms import Term, substitute_indices

N, M = variable("n"), variable("m")
VECTOR, SQUARE, WIDE = column(N), rectangle(N, N), rectangle(M, N)
SYMBOLS = {
    SCALAR: ("a", "b"),
    VECTOR: ("x", "y"),
    column(M): ("u",),
    SQUARE: ("A", "B"),
    WIDE: ("X",),
}


def symbol(name: str, shape: Shape) -> Term:
    """A symbol."""
    return Term("symbol", (), (name, shape, ()))


def model(random: Random) -> dict[str, Any]:
    """Dimensions and values for the vocabulary."""
    generator = np.random.default_rng(random.randrange(2**32))
    n, m = random.choice([(1, 2), (2, 1), (2, 3), (3, 2), (3, 3), (4, 2)])
    sizes = {SCALAR: (1, 1), VECTOR: (n, 1), column(M): (m, 1), SQUARE: (n, n), WIDE: (m, n)}
    values: dict[str, Any] = {"n": n, "m": m}
    for shape, names in SYMBOLS.items():
        for name in names:
            values[name] = generator.uniform(-1.5, 1.5, sizes[shape])
    return values


def leaf(random: Random, shape: Shape, indices: tuple[str, ...]) -> Term:
    """A symbol, number or entry."""
    if shape == SCALAR:
        kind = random.randrange(5 + 3 * len(indices))
        if kind == 0:
            return Term("number", (), (Fraction(random.randrange(-3, 4), random.choice([1, 1, 2])),))
        if kind == 1:
            return Term("index", (), (random.choice([N, M]),))
        if kind >= 5:
            i, j = random.choice(indices), random.choice(indices)
            if random.random() < 0.5:
                return Term("entry", (symbol(random.choice("xy"), VECTOR),), ((variable(i),),))
            if random.random() < 0.2:
                return Term("index", (), (variable(i),))
            return Term("entry", (symbol(random.choice("AB"), SQUARE),), ((variable(i), variable(j)),))
        return symbol(random.choice("ab"), SCALAR)
    if shape in SYMBOLS:
        if shape == SQUARE and random.random() < 0.15:
            return Term("identity", (), (N,))
        return symbol(random.choice(SYMBOLS[shape]), shape)
    if shape.transposed in SYMBOLS:
        return Term("transpose", (symbol(random.choice(SYMBOLS[shape.transposed]), shape.transposed),))
    left, right = leaf(random, Shape((shape.rows, ONE)), indices), leaf(random, Shape((ONE, shape.columns)), indices)
    return Term("multiply", (left, right))


def term(random: Random, shape: Shape, depth: int, indices: tuple[str, ...] = ()) -> Term:
    """A random term of a shape."""
    if depth <= 0:
        return leaf(random, shape, indices)

    def sub(other: Shape = shape, more: tuple[str, ...] = ()) -> Term:
        return term(random, other, depth - 1 - random.randrange(2), (*indices, *more))

    heads = ["add", "subtract", "negate", "scale", "product", "product", "sum", "transpose", "leaf", "cases"]
    heads += (
        ["trace", "dot", "square", "tanh", "norm2", "max", "quadratic"] if shape == SCALAR else ["hadamard", "tanh"]
    )
    heads += ["diag"] if shape == SQUARE else []
    match random.choice(heads):
        case "add" | "subtract" | "hadamard" as head:
            return Term(head, (sub(), sub()))
        case "negate":
            return Term("negate", (sub(),))
        case "scale":
            return Term("multiply", (sub(SCALAR), sub()))
        case "product":
            size = random.choice([N, M])
            return Term("multiply", (sub(Shape((shape.rows, size))), sub(Shape((size, shape.columns)))))
        case "sum":
            name = f"i{len(indices)}"
            low = random.choice([ONE, ONE, ONE, constant(2)])
            body = sub(shape, (name,))
            if indices and random.random() < 0.4:
                condition = Term(
                    random.choice(["not_equal", "less", "less_equal"]),
                    (Term("index", (), (variable(name),)), Term("index", (), (variable(indices[-1]),))),
                )
                return Term("sum", (body, condition), (name, ONE, N))
            return Term("sum", (body,), (name, low, N))
        case "transpose":
            return Term("transpose", (sub(shape.transposed),))
        case "cases":
            condition = Term(random.choice(["less", "greater_equal"]), (sub(SCALAR), sub(SCALAR)))
            return Term("cases", (condition, sub(), sub()))
        case "trace":
            return Term("trace", (sub(SQUARE),))
        case "dot":
            return Term("dot", (sub(VECTOR), sub(VECTOR)))
        case "square":
            return Term("power", (sub(), Term("number", (), (Fraction(2),))))
        case "tanh":
            return Term("elementwise", (sub(),), (random.choice(["tanh", "relu", "abs", "sin", "exp"]), 0, ()))
        case "norm2":
            norm = Term("norm", (sub(WIDE),), ("F",))
            return Term("power", (norm, Term("number", (), (Fraction(2),))))
        case "max":
            return Term(random.choice(["maximum", "minimum"]), (sub(), sub()))
        case "quadratic":
            x = sub(VECTOR)
            return Term("multiply", (Term("multiply", (Term("transpose", (x,)), sub(SQUARE))), x))
        case "diag":
            return Term("diag", (sub(VECTOR),))
    return leaf(random, shape, indices)


def rewritten(random: Random, t: Term) -> Term:
    """A term with the same value, one law applied somewhere."""
    args = t.args
    if args and random.random() < 0.7:
        k = random.randrange(len(args))
        if not args[k].is_proposition:
            changed = (*args[:k], rewritten(random, args[k]), *args[k + 1 :])
            return Term(t.head, changed, t.data)
    match t.head:
        case "add" | "hadamard" | "dot" | "maximum":
            return Term(t.head, args[::-1])
        case "subtract":
            return Term("add", (args[0], Term("negate", (args[1],))))
        case "transpose" if args[0].head == "multiply" and not any(a.space().is_scalar for a in args[0].args):
            left, right = args[0].args
            return Term("multiply", (Term("transpose", (right,)), Term("transpose", (left,))))
        case "multiply" if args[1].head == "add" and args[1].args[0].shape == args[1].shape:
            left, (p, q) = args[0], args[1].args
            return Term("add", (Term("multiply", (left, p)), Term("multiply", (left, q))))
        case "multiply" if all(a.space().is_scalar for a in args):
            return Term("multiply", args[::-1])
        case "trace":
            return Term("trace", (Term("transpose", args),))
        case "power":
            return Term("multiply", (args[0], args[0])) if args[0].space().is_scalar else t
        case "sum" if len(args) == 1 and t.data[1] == ONE:
            name = t.data[0]
            first = substitute_indices(args[0], {name: ONE})
            rest = Term("sum", args, (name, constant(2), t.data[2]))
            return Term("add", (first, rest))
    two = Term("number", (), (Fraction(2),))
    return Term("subtract", (Term("multiply", (two, t)), t))


def mutated(random: Random, t: Term) -> Term:
    """A term that looks alike and mostly has another value."""
    if t.args and random.random() < 0.75:
        k = random.randrange(len(t.args))
        if not t.args[k].is_proposition:
            return Term(t.head, (*t.args[:k], mutated(random, t.args[k]), *t.args[k + 1 :]), t.data)
    if t.head == "symbol" and t.space() == SQUARE:
        return Term("transpose", (t,)) if random.random() < 0.5 else symbol("B" if t.data[0] == "A" else "A", SQUARE)
    if t.head == "number":
        return Term("number", (), (t.data[0] + 1,))
    if t.head in ("add", "subtract"):
        return Term("subtract" if t.head == "add" else "add", t.args)
    if t.head == "sum" and t.data[1] == ONE:
        return Term("sum", t.args, (t.data[0], constant(2), t.data[2]))
    if t.head == "index" and t.data[0] in (N, M):
        return Term("index", (), (plus(t.data[0], ONE),))
    return Term("negate", (t,))
