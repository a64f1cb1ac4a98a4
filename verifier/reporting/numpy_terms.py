"""Terms as expressions of numpy: one template or one small function for each head."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Protocol

from verifier.kernel.linear import CONSTANT, ONE, Linear
from verifier.kernel.shapes import Shape
from verifier.kernel.terms import Term, name_of

HELPERS: dict[str, tuple[str, ...]] = {
    "derivative": (
        "def derivative(f, x, h=1e-6):  # one column for each entry of x, by central differences",
        "    x = np.array(x, float)",
        "    def at(k, step):",
        "        moved = x.copy()",
        "        moved.flat[k] += step",
        "        return np.ravel(f(moved if x.ndim else moved.item()))",
        "    return np.array([(at(k, h) - at(k, -h)) / (2 * h) for k in range(x.size)]).T",
    ),
    "gradient": (
        "def gradient(f, x, h=1e-6):  # of a scalar, with the shape of x",
        "    return derivative(f, x, h).reshape(np.shape(x))[()]",
    ),
    "hessian": (
        "def hessian(f, x):",
        "    return derivative(lambda y: gradient(f, y, 1e-4), x, 1e-4)",
    ),
}


class NotWritten(Exception):
    """A term that numpy has no short expression for; the message names it."""


class Naming(Protocol):
    """Gives the Python name of a symbol, or of a derivative of a function."""

    def __call__(self, name: str, primes: int = 0) -> str:
        """The name."""


class Writer:
    """Writes terms without definitions; ``helpers`` are the functions that what was written calls."""

    def __init__(self, naming: Naming) -> None:
        self.naming = naming
        self.helpers: set[str] = set()

    def write(self, term: Term) -> str:
        """The expression. Raises NotWritten."""
        rule = RULES.get(term.head)
        if rule is not None:
            return rule(self, term)
        template = TEMPLATES.get(term.head)
        if template is None:
            raise NotWritten(term.head.replace("_", " "))
        return template.format(*(self.write(arg) for arg in term.args))


def form_text(form: Linear) -> str:
    """An index form in Python."""
    parts = [str(c) if a == CONSTANT else f"{c} * {_plain(str(a))}" if c != 1 else _plain(str(a)) for a, c in form]
    text = " + ".join(parts) or "0"
    return text if len(form) < 2 and "*" not in text else f"({text})"


def _plain(name: str) -> str:
    return re.sub(r"\W+", "_", name.replace("'", "_prime"))


def _less_one(form: Linear) -> str:
    return f"{form_text(form)} - 1"


TEMPLATES = {
    "add": "({} + {})",
    "subtract": "({} - {})",
    "negate": "(-{})",
    "divide": "({} / {})",
    "inverse": "np.linalg.inv({})",
    "pseudoinverse": "np.linalg.pinv({})",
    "trace": "np.trace({})",
    "determinant": "np.linalg.det({})",
    "rank": "np.linalg.matrix_rank({})",
    "diag": "np.diagflat({})",
    "diagonal": "np.diag({}).reshape(-1, 1)",
    "hadamard": "({} * {})",
    "hadamard_divide": "({} / {})",
    "hadamard_power": "({} ** {})",
    "kronecker": "np.kron({}, {})",
    "indicator": "float({})",
    "equal": "np.allclose({}, {})",
    "not_equal": "(not np.allclose({}, {}))",
    "less": "({} < {})",
    "less_equal": "({} <= {})",
    "greater": "({} > {})",
    "greater_equal": "({} >= {})",
    "not": "(not {})",
    "implies": "(not {} or {})",
    "iff": "({} == {})",
}
FUNCTIONS = {
    **{
        name: f"np.{name}({{}})"
        for name in ("exp", "log", "sqrt", "tanh", "sin", "cos", "tan", "arctan", "sinh", "cosh")
    },
    "abs": "np.abs({})",
    "sign": "np.sign({})",
    "relu": "np.maximum({}, 0)",
    "step": "np.heaviside({}, 0)",
    "sigmoid": "(1 / (1 + np.exp(-{})))",
    "softplus": "np.log1p(np.exp({}))",
}
NORMS = {"F": "", "spectral": ", 2", "nuclear": ", 'nuc'"}


def _symbol(writer: Writer, term: Term) -> str:
    name, _, indices = term.data
    if not indices:
        return writer.naming(name)
    return f"{writer.naming(name)}[{', '.join(map(form_text, indices))},]"


def _number(writer: Writer, term: Term) -> str:
    value = term.data[0]
    return str(value) if value.denominator == 1 and value >= 0 else f"({value})"


def _index(writer: Writer, term: Term) -> str:
    return form_text(term.data[0])


def _constant(writer: Writer, term: Term) -> str:
    return f"np.{term.data[0]}"


def _identity(writer: Writer, term: Term) -> str:
    return f"np.eye({form_text(term.data[0])})"


def _multiply(writer: Writer, term: Term) -> str:
    left, right = (writer.write(arg) for arg in term.args)
    if any(arg.space().is_scalar for arg in term.args):
        return f"({left} * {right})"
    if any(len(arg.space().axes) != 2 for arg in term.args):
        raise NotWritten("a product of tensors")
    return f"({left} @ {right})" + (".item()" if term.space().is_scalar else "")


def _transpose(writer: Writer, term: Term) -> str:
    inner = writer.write(term.args[0])
    return inner if term.space().is_scalar else f"{inner}.T"


def _dot(writer: Writer, term: Term) -> str:
    return f"np.vdot({writer.write(term.args[0])}, {writer.write(term.args[1])})"


def _power(writer: Writer, term: Term) -> str:
    base, exponent = (writer.write(arg) for arg in term.args)
    return f"({base} ** {exponent})" if term.space().is_scalar else f"np.linalg.matrix_power({base}, {exponent})"


def _norm(writer: Writer, term: Term) -> str:
    (argument,), kind = term.args, term.data[0]
    text = writer.write(argument)
    shape = argument.space()
    if kind in NORMS and not shape.is_vector and not shape.is_scalar:
        return f"np.linalg.norm({text}{NORMS[kind]})"
    if shape.is_vector or shape.is_scalar:
        order = {"1": ", 1", "inf": ", np.inf"}.get(kind, "")
        return f"np.linalg.norm(np.ravel({text}){order})"
    raise NotWritten(f"the {kind}-norm of a matrix")


def _entry(writer: Writer, term: Term) -> str:
    return _picked(writer.write(term.args[0]), term.args[0].space(), term.data[0])


def _picked(text: str, shape: Shape, forms: tuple[Linear, ...]) -> str:
    if shape.is_scalar:
        return text
    places = [_less_one(form) for form in forms]
    if len(places) == 1:
        places = ["0", *places] if shape.rows == ONE else [*places, "0"]
    return f"{text}[{', '.join(places)}]"


def _row(writer: Writer, term: Term) -> str:
    return f"{writer.write(term.args[0])}[[{_less_one(term.data[0])}], :]" + _scalar(term)


def _column(writer: Writer, term: Term) -> str:
    return f"{writer.write(term.args[0])}[:, [{_less_one(term.data[0])}]]" + _scalar(term)


def _scalar(term: Term) -> str:
    return ".item()" if term.space().is_scalar else ""


def _filled(function: str) -> Rule:
    def rule(writer: Writer, term: Term) -> str:
        shape = term.data[0]
        if shape.is_scalar:
            return "1.0" if function == "ones" else "0.0"
        return f"np.{function}(({', '.join(map(form_text, shape.axes))}))"

    return rule


def _unit(writer: Writer, term: Term) -> str:
    size, place = term.data
    return f"np.eye({form_text(size)})[:, [{_less_one(place)}]]"


def _block(writer: Writer, term: Term) -> str:
    _, columns = term.data
    parts = [writer.write(arg) for arg in term.args]
    lines = [f"[{', '.join(parts[k : k + columns])}]" for k in range(0, len(parts), columns)]
    return f"np.block([{', '.join(lines)}])"


def _build(writer: Writer, term: Term) -> str:
    name, size = term.data
    each = f"for {_plain(name)} in range(1, {form_text(size)} + 1)"
    body = writer.write(term.args[0])
    if term.args[0].space().is_scalar:
        return f"np.array([[{body}] {each}])" if term.head == "build_rows" else f"np.array([[{body} {each}]])"
    return f"np.{'vstack' if term.head == 'build_rows' else 'hstack'}([{body} {each}])"


def _over(function: str) -> Rule:
    def rule(writer: Writer, term: Term) -> str:
        name, lower, upper = term.data
        if upper is None:
            raise NotWritten(f"an infinite {term.head}")
        condition = f" if {writer.write(term.args[1])}" if len(term.args) == 2 else ""
        each = f"for {_plain(name)} in range({form_text(lower)}, {form_text(upper)} + 1)"
        return f"{function}([{writer.write(term.args[0])} {each}{condition}])"

    return rule


def _for_all(writer: Writer, term: Term) -> str:
    return _over("all")(writer, term)


def _joined(word: str) -> Rule:
    return lambda writer, term: f"({f' {word} '.join(writer.write(arg) for arg in term.args)})"


def _elementwise(writer: Writer, term: Term) -> str:
    name, order, indices = term.data
    argument = writer.write(term.args[0])
    if name in FUNCTIONS and not order and not indices:
        return FUNCTIONS[name].format(argument)
    if name in FUNCTIONS or indices or order > 3:
        raise NotWritten(f"a derivative of {name}" if order else name)
    return f"{writer.naming(name, order)}({argument})"


def _apply(writer: Writer, term: Term) -> str:
    if term.data[2] or not term.space().is_scalar:
        raise NotWritten(f"the function {term.data[0]}")
    return f"{writer.naming(term.data[0])}({', '.join(writer.write(arg) for arg in term.args)})"


def _extreme(function: str) -> Rule:
    return lambda writer, term: f"{function}({', '.join(writer.write(arg) for arg in term.args)},)"


def _cases(writer: Writer, term: Term) -> str:
    text = writer.write(term.args[-1])
    for condition, value in reversed(list(zip(term.args[:-1:2], term.args[1::2], strict=True))):
        text = f"({writer.write(value)} if {writer.write(condition)} else {text})"
    return text


def _substitute(writer: Writer, term: Term) -> str:
    body, symbol, value = term.args
    if symbol.data[2]:
        raise NotWritten("a substitution for a member of a family")
    return f"(lambda {writer.naming(symbol.data[0])}: {writer.write(body)})({writer.write(value)})"


# derivatives


def _variable(term: Term) -> Term:
    variable = term.args[1]
    symbol = variable.args[0] if variable.head in ("entry", "row", "column") else variable
    if symbol.data[2]:
        raise NotWritten("a derivative by a member of a family")
    return symbol


def _differentiated(writer: Writer, term: Term, helper: str) -> str:
    symbol = _variable(term)
    name = writer.naming(name_of(symbol))
    writer.helpers.update(("derivative", *(("gradient",) if helper != "derivative" else ()), helper))
    return f"{helper}(lambda {name}: {writer.write(term.args[0])}, {name})"


def _gradient(writer: Writer, term: Term) -> str:
    variable = term.args[1]
    text = _differentiated(writer, term, "gradient")
    if variable.head == "entry":
        return _picked(text, variable.args[0].space(), variable.data[0])
    if variable.head != "symbol":
        raise NotWritten("a gradient by a row or a column")
    return text


def _hessian(writer: Writer, term: Term) -> str:
    if term.args[1].head != "symbol":
        raise NotWritten("a Hessian by an entry")
    return _differentiated(writer, term, "hessian")


def _derivative(writer: Writer, term: Term) -> str:
    body, variable = term.args[0].space(), term.args[1].space()
    layout = term.data[0]
    if body.is_scalar:
        text = _gradient(writer, term)
        return text if layout == "denominator" or variable.is_scalar else f"{text}.T"
    if term.args[1].head != "symbol" or not (body.is_vector or variable.is_scalar) or len(term.space().axes) != 2:
        raise NotWritten("this derivative")
    if variable.is_scalar:
        shape = f"({', '.join(map(form_text, term.space().axes))})"
        return f"{_differentiated(writer, term, 'derivative')}.reshape({shape})"
    return _differentiated(writer, term, "derivative") + ("" if layout == "numerator" else ".T")


Rule = Callable[[Writer, Term], str]
RULES: dict[str, Rule] = {
    "symbol": _symbol,
    "number": _number,
    "index": _index,
    "constant": _constant,
    "identity": _identity,
    "zeros": _filled("zeros"),
    "ones": _filled("ones"),
    "unit": _unit,
    "multiply": _multiply,
    "transpose": _transpose,
    "dot": _dot,
    "power": _power,
    "norm": _norm,
    "entry": _entry,
    "row": _row,
    "column": _column,
    "block": _block,
    "build_rows": _build,
    "build_columns": _build,
    "sum": _over("sum"),
    "product": _over("np.prod"),
    "for_all": _for_all,
    "and": _joined("and"),
    "or": _joined("or"),
    "elementwise": _elementwise,
    "apply": _apply,
    "maximum": _extreme("max"),
    "minimum": _extreme("min"),
    "cases": _cases,
    "substitute": _substitute,
    "gradient": _gradient,
    "hessian": _hessian,
    "derivative": _derivative,
}
