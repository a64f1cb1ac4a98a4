"""Terms as expressions of numpy: one template or one small function for each head."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Protocol

from verifier.kernel.linear import CONSTANT, ONE, Linear
from verifier.kernel.sequents import Definition
from verifier.kernel.shapes import Shape
from verifier.kernel.terms import Term, name_of
from verifier.kernel.unfolding import unfold_except
from verifier.reporting.numpy_templates import FUNCTIONS, LOEWNER, NORMS, TEMPLATES, said


class NotWritten(Exception):
    """A term that numpy has no short expression for; the message names it."""


class Naming(Protocol):
    """Gives the Python name of a symbol, or of a derivative of a function."""

    def __call__(self, name: str, primes: int = 0) -> str:
        """The name."""


class Writer:
    """Writes terms, definitions unfolded; ``helpers`` are the functions that what was written calls."""

    def __init__(self, naming: Naming, definitions: Iterable[Definition] = ()) -> None:
        self.naming = naming
        self.helpers: set[str] = set()
        self._definitions = tuple(definitions)
        self._defined = {definition.name for definition in self._definitions}
        self._held: frozenset[str] = frozenset()

    def unfolded(self, term: Term) -> str:
        """The expression, with every definition unfolded but those of what is differentiated by around it."""
        return self.write(unfold_except(term, self._definitions, self._held, everywhere=True))

    def within(self, name: str, term: Term) -> str:
        """The expression where a name is a variable."""
        outside, self._held = self._held, self._held | {name}
        try:
            return self.write(term)
        finally:
            self._held = outside

    def at(self, symbol: Term) -> str:
        """Where a derivative by a symbol is taken: at its value, also if that is defined."""
        name = name_of(symbol)
        if name in self._defined and name not in self._held:
            return self.unfolded(symbol)
        return self.write(symbol)

    def write(self, term: Term) -> str:
        """The expression of a term without definitions. Raises NotWritten."""
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


def _symbol(writer: Writer, term: Term) -> str:
    name, _, indices = term.data
    return f"{writer.naming(name)}{_index_text(indices)}"


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


def _joined(word: str) -> Rule:
    return lambda writer, term: f"({f' {word} '.join(writer.write(arg) for arg in term.args)})"


def _elementwise(writer: Writer, term: Term) -> str:
    name, order, indices = term.data
    argument = writer.write(term.args[0])
    if name in FUNCTIONS and not order and not indices:
        return FUNCTIONS[name].format(argument)
    if name in FUNCTIONS or order > 3:
        raise NotWritten(f"a derivative of {name}" if order else name)
    return f"{writer.naming(name, order)}{_index_text(indices)}({argument})"


def _apply(writer: Writer, term: Term) -> str:
    arguments = ", ".join(writer.write(arg) for arg in term.args)
    return f"{writer.naming(term.data[0])}{_index_text(term.data[2])}({arguments})"


def _index_text(indices: tuple[Linear, ...]) -> str:
    return f"[{', '.join(map(form_text, indices))},]" if indices else ""


def _extreme(function: str) -> Rule:
    return lambda writer, term: f"{function}({', '.join(writer.write(arg) for arg in term.args)},)"


def _cases(writer: Writer, term: Term) -> str:
    text = writer.write(term.args[-1])
    for condition, value in reversed(list(zip(term.args[:-1:2], term.args[1::2], strict=True))):
        text = f"({writer.write(value)} if {writer.write(condition)} else {text})"
    return text


def _property(writer: Writer, term: Term) -> str:
    text = said(str(term.data[0]), writer.write(term.args[0]))
    if text is None:
        raise NotWritten(f"being {term.data[0]}")
    return text


def _loewner(writer: Writer, term: Term) -> str:
    kind, difference = LOEWNER[term.head]
    return str(said(kind, difference.format(*(writer.write(arg) for arg in term.args))))


def _substitute(writer: Writer, term: Term) -> str:
    body, symbol, value = term.args
    return _bound(writer, symbol, body)(writer.write(value))


# derivatives


def _bound(writer: Writer, symbol: Term, body: Term) -> Callable[[str], str]:
    """A term in which a symbol, or a member of a family, is a variable, as a function of its text."""
    name = writer.naming(name_of(symbol))
    function = f"(lambda {name}: {writer.within(name_of(symbol), body)})"
    if not symbol.data[2]:
        return lambda value: f"{function}({value})"
    index = ", ".join(map(form_text, symbol.data[2]))
    return lambda value: f"{function}({name} | {{({index},): {value}}})"


def _differentiated(writer: Writer, term: Term, helper: str) -> str:
    variable = term.args[1]
    symbol = variable.args[0] if variable.head in ("entry", "row", "column") else variable
    writer.helpers.update(("derivative", *(("gradient",) if helper != "derivative" else ()), helper))
    moved = writer.naming(name_of(symbol) if not symbol.data[2] else f"{name_of(symbol)} member")
    function = f"lambda {moved}: {writer.within(name_of(symbol), term.args[0])}"
    if symbol.data[2]:
        function = f"lambda {moved}: {_bound(writer, symbol, term.args[0])(moved)}"
    return f"{helper}({function}, {writer.at(symbol)})"


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
    "for_all": _over("all"),
    "exists": _over("any"),
    "and": _joined("and"),
    "or": _joined("or"),
    "elementwise": _elementwise,
    "apply": _apply,
    "maximum": _extreme("max"),
    "minimum": _extreme("min"),
    "cases": _cases,
    "substitute": _substitute,
    "property": _property,
    **dict.fromkeys(LOEWNER, _loewner),
    "gradient": _gradient,
    "hessian": _hessian,
    "derivative": _derivative,
}
