"""A term in one short line, for tables of what is read: heads in words, nothing left out but shapes."""

from __future__ import annotations

from verifier.kernel.linear import Linear
from verifier.kernel.terms import Term

WORDS = {"multiply": "*", "add": "+", "subtract": "-", "divide": "/", "power": "^", "hadamard": "⊙", "kronecker": "⊗"}
RELATIONS = {"equal": "=", "less": "<", "greater": ">", "less_equal": "≤", "greater_equal": "≥", "not_equal": "≠"}


def form(linear: Linear | None) -> str:
    """``n - 1`` as it is written."""
    if linear is None:
        return "∞"
    parts = [str(k) if name == "" else name if k == 1 else f"{k}{name}" for name, k in sorted(linear, reverse=True)]
    return "+".join(parts).replace("+-", "-") or "0"


def outline(term: Term) -> str:
    """``(x' * A)``: binary heads as infixes, a transpose as a prime, entries in square brackets."""
    inner = [outline(arg) for arg in term.args]
    match term.head, term.data:
        case "symbol", (name, _, indices):
            return f"{name}[{', '.join(map(form, indices))}]" if indices else str(name)
        case "number", (value,):
            return str(value)
        case "index", (linear,):
            return form(linear)
        case "constant", (name,):
            return str(name)
        case "transpose", _:
            return f"{inner[0]}'"
        case "negate", _:
            return f"-{inner[0]}"
        case "entry", (places,):
            return f"{inner[0]}[{', '.join(map(form, places))}]"
        case (("sum" | "product" | "for_all"), (name, low, high)):
            return f"{term.head}({', '.join((f'{name}={form(low)}..{form(high)}', *reversed(inner)))})"
        case "elementwise", (name, order, _):
            return f"{name}{chr(34) * (order // 2)}{'′' * (order % 2)}({inner[0]})"
        case "apply", (name, *_):
            return f"{name}({', '.join(inner)})"
        case (("norm" | "optimum"), (kind,)):
            return f"{term.head}_{kind}({', '.join(inner)})"
        case (("build_columns" | "build_rows"), (name, size)):
            return f"{term.head}({name}=1..{form(size)}, {inner[0]})"
        case "block", (rows, columns):
            return f"block {rows}×{columns}({', '.join(inner)})"
        case (("row" | "column"), (place,)):
            return f"{term.head}({inner[0]}, {form(place)})"
        case ("identity", (size,)):
            return f"identity({form(size)})"
        case ("derivative", (layout,)):
            return f"derivative({', '.join(inner)})" if layout else "derivative"
        case ("property", (name,)):
            return f"{inner[0]} is {name}"
        case (("zeros" | "ones"), _):
            return term.head
    word = {**WORDS, **RELATIONS}.get(term.head)
    return f"({inner[0]} {word} {inner[1]})" if word else f"{term.head}({', '.join(inner)})"
