"""Values of terms in NumPy, written from the meaning of the heads and from nothing of the kernel's arithmetic."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from verifier.kernel.linear import Linear
from verifier.kernel.terms import Term

Array = np.ndarray[Any, Any]


def value(term: Term, model: Mapping[str, Any], at: Mapping[str, int]) -> Array:
    """The 2-dimensional array that a term denotes. ``model`` gives dimensions and symbols, ``at`` gives indices."""

    def of(t: Term) -> Array:
        return value(t, model, at)

    def number(form: Linear) -> int:
        return sum(c * (1 if a == "" else at[a] if a in at else model[a]) for a, c in form)

    def full(shape: Any) -> tuple[int, ...]:
        return tuple(number(axis) for axis in shape.axes)

    args, data = term.args, term.data
    match term.head:
        case "symbol":
            held = model[data[0]]
            return held(*(number(i) for i in data[2])) if data[2] else held
        case "number":
            return np.array([[float(data[0])]])
        case "index":
            return np.array([[float(number(data[0]))]])
        case "identity":
            return np.eye(number(data[0]))
        case "ones":
            return np.ones(full(data[0]))
        case "zeros":
            return np.zeros(full(data[0]))
        case "unit":
            return np.eye(number(data[0]))[:, [number(data[1]) - 1]]
        case "add":
            return of(args[0]) + of(args[1])
        case "subtract":
            return of(args[0]) - of(args[1])
        case "negate":
            return -of(args[0])
        case "multiply":
            left, right = of(args[0]), of(args[1])
            return left * right if 1 in (left.size, right.size) else left @ right
        case "divide":
            return of(args[0]) / of(args[1])
        case "power":
            base, exponent = of(args[0]), of(args[1])
            return base**exponent if base.size == 1 else np.linalg.matrix_power(base, int(exponent[0, 0]))
        case "dot":
            return np.array([[float(of(args[0]).ravel() @ of(args[1]).ravel())]])
        case "hadamard":
            return of(args[0]) * of(args[1])
        case "transpose":
            return of(args[0]).T
        case "inverse":
            return np.linalg.inv(of(args[0]))
        case "trace":
            return np.array([[np.trace(of(args[0]))]])
        case "determinant":
            return np.array([[np.linalg.det(of(args[0]))]])
        case "diag":
            return np.diag(of(args[0]).ravel())
        case "diagonal":
            return np.diag(of(args[0])).reshape(-1, 1)
        case "entry":
            held, forms = of(args[0]), [number(i) - 1 for i in data[0]]
            return np.array([[held.ravel()[forms[0]] if len(forms) == 1 else held[forms[0], forms[1]]]])
        case "row":
            return of(args[0])[[number(data[0]) - 1], :]
        case "column":
            return of(args[0])[:, [number(data[0]) - 1]]
        case "norm":
            order = {"2": None, "F": None, "1": 1}[data[0]]
            held = of(args[0])
            return np.array([[np.linalg.norm(held.ravel() if order else held, order)]])
        case "elementwise":
            functions = {
                "exp": np.exp,
                "log": np.log,
                "sqrt": np.sqrt,
                "sinh": np.sinh,
                "cosh": np.cosh,
                "tanh": np.tanh,
                "sin": np.sin,
                "cos": np.cos,
                "relu": lambda u: np.maximum(u, 0),
                "abs": np.abs,
                "sigmoid": lambda u: 1 / (1 + np.exp(-u)),
                "sign": np.sign,
                "step": lambda u: (u > 0).astype(float),
            }
            return functions[data[0]](of(args[0]))
        case "sum" | "product":
            name, lower, upper = data
            total: Any = 0.0 if term.head == "sum" else 1.0
            for k in range(number(lower), number(upper) + 1):
                inner = {**at, name: k}
                if len(args) == 2 and not holds(args[1], model, inner):
                    continue
                here = value(args[0], model, inner)
                total = total + here if term.head == "sum" else total * here
            return np.zeros(full(term.space())) + total
        case "build_rows":
            return np.vstack([value(args[0], model, {**at, data[0]: k}) for k in range(1, number(data[1]) + 1)])
        case "build_columns":
            return np.hstack([value(args[0], model, {**at, data[0]: k}) for k in range(1, number(data[1]) + 1)])
        case "block":
            rows, columns = data
            return np.block([[of(args[r * columns + c]) for c in range(columns)] for r in range(rows)])
        case "maximum":
            return np.array([[max(float(of(a)[0, 0]) for a in args)]])
        case "minimum":
            return np.array([[min(float(of(a)[0, 0]) for a in args)]])
        case "cases":
            for condition, branch in zip(args[:-1:2], args[1::2], strict=True):
                if holds(condition, model, at):
                    return of(branch)
            return of(args[-1])
    raise NotImplementedError(term.head)


def holds(term: Term, model: Mapping[str, Any], at: Mapping[str, int]) -> bool:
    """The truth of a proposition about numbers."""
    if term.head == "and":
        return all(holds(arg, model, at) for arg in term.args)
    left, right = (float(value(arg, model, at)[0, 0]) for arg in term.args)
    return {
        "equal": left == right,
        "not_equal": left != right,
        "less": left < right,
        "less_equal": left <= right,
        "greater": left > right,
        "greater_equal": left >= right,
    }[term.head]
