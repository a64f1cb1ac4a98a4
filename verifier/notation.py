"""Terms as LaTeX. The tables are those of ``operators``, which reading and printing share; they are had from here."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

from verifier.kernel.linear import CONSTANT, ONE, constant_value, single, variable
from verifier.kernel.shapes import SCALAR, Shape
from verifier.kernel.terms import Term, substitute_indices
from verifier.operators import (
    ACCENTS,
    ALPHABETS,
    BACKSLASH,
    CONNECTIVES,
    FACES,
    FUNCTION_LATEX,
    FUNCTIONS,
    FUNCTIONS_OF_MATRICES,
    GREEK,
    MATRIX_FUNCTION_LATEX,
    MATRIX_FUNCTIONS,
    NORM_SUBSCRIPTS,
    PROPERTY_WORDS,
    RELATION_LATEX,
    RELATIONS,
    TIMES,
    UNICODE_GREEK,
    decimal_latex,
    form_latex,
    is_matrix_function,
    name_latex,
    plain_form,
    shape_latex,
)

SUM, NEGATION, PRODUCT, POSTFIX, ATOM = 1, 2, 3, 4, 5
PRIME = "'"
Printer = Callable[[Term], tuple[str, int]]


def latex(term: Term) -> str:
    """The term in LaTeX, as it is structured: nothing is simplified, and parentheses show every grouping."""
    return _print(term)[0]


def _print(term: Term) -> tuple[str, int]:
    printer = PRINTERS.get(term.head)
    if printer is not None:
        return printer(term)
    if term.head in RELATION_LATEX:
        return f" {RELATION_LATEX[term.head]} ".join(_operand(a) for a in term.args), 0
    if term.head in MATRIX_FUNCTION_LATEX:
        inner = ", ".join(latex(arg) for arg in term.args)
        return f"{MATRIX_FUNCTION_LATEX[term.head]}\\left({inner}\\right)", ATOM
    inner = ", ".join(latex(arg) for arg in term.args)
    return f"\\operatorname{{{term.head.replace('_', '-')}}}\\left({inner}\\right)", ATOM


def _operand(term: Term) -> str:
    text, level = _print(term)
    return f"\\left({text}\\right)" if level == 0 else text


def _at(term: Term, level: int) -> str:
    text, own = _print(term)
    return text if own >= level else f"\\left({text}\\right)"


def _symbol(term: Term) -> tuple[str, int]:
    name, _, indices = term.data
    text = name_latex(name)
    if not indices:
        return text, ATOM if not text.endswith("}") or "^" not in text else POSTFIX
    inner = ",".join(form_latex(form) for form in indices)
    return (f"{text}^{{({inner})}}", POSTFIX) if name.endswith("^()") else (f"{text}_{{{inner}}}", ATOM)


def _number(term: Term) -> tuple[str, int]:
    value: Fraction = term.data[0]
    if value.denominator == 1:
        return str(value), ATOM if value >= 0 else NEGATION
    digits = decimal_latex(value)
    return (digits, ATOM if value >= 0 else NEGATION) if digits else (f"{value.numerator}/{value.denominator}", PRODUCT)


def _index(term: Term) -> tuple[str, int]:
    form = term.data[0]
    atom = single(form)
    return form_latex(form), ATOM if atom is not None or constant_value(form) is not None else SUM


def _add(term: Term) -> tuple[str, int]:
    return f"{_at(term.args[0], SUM)} + {_at(term.args[1], NEGATION + 1)}", SUM


def _subtract(term: Term) -> tuple[str, int]:
    return f"{_at(term.args[0], SUM)} - {_at(term.args[1], NEGATION + 1)}", SUM


def _negate(term: Term) -> tuple[str, int]:
    return f"-{_at(term.args[0], PRODUCT)}", NEGATION


def _opens(term: Term) -> bool:
    """Whether a term would take in what follows it, as a sum does."""
    if term.head in ("sum", "product", "expectation_over", "gradient", "hessian", "optimum", "limit"):
        return True
    if term.head in ("multiply", "dot", "hadamard", "hadamard_divide", "kronecker"):
        return _opens(term.args[-1])
    return False


def _factor(term: Term, last: bool, level: int) -> str:
    text = _at(term, level)
    return f"\\left({text}\\right)" if _opens(term) and not last and _print(term)[1] >= level else text


def _product(operator: str) -> Printer:
    def printer(term: Term) -> tuple[str, int]:
        left, right = term.args
        first, second = _factor(left, False, PRODUCT), _factor(right, True, PRODUCT + 1)
        if _opens(right) and right.head in ("sum", "product"):
            second = latex(right)
        middle = operator
        if operator == " " and _needs_dot(left, right, first, second):
            middle = " \\cdot "
        return f"{first}{middle}{second}", PRODUCT

    return printer


def _needs_dot(left: Term, right: Term, first: str, second: str) -> bool:
    """Where juxtaposition would read as one number, or as a function of what follows."""
    if second[0].isdigit() or (first[-1].isdigit() and right.head == "divide"):
        return True
    return second.startswith(("\\left(", "[")) and left.head in (
        "symbol",
        "constant",
        "index",
        "apply",
        "multiply",
        "entry",
    )


def _divide(term: Term) -> tuple[str, int]:
    return f"\\frac{{{latex(term.args[0])}}}{{{latex(term.args[1])}}}", ATOM


def _power(term: Term) -> tuple[str, int]:
    base, exponent = term.args
    return f"{_base(base)}^{{{latex(exponent)}}}", POSTFIX


def _base(term: Term) -> str:
    text, level = _print(term)
    return text if level >= ATOM and term.head != "divide" else f"\\left({text}\\right)"


def _postfix(mark: str) -> Printer:
    return lambda term: (f"{_base(term.args[0])}^{{{mark}}}", POSTFIX)


def _hadamard_power(term: Term) -> tuple[str, int]:
    return f"{_base(term.args[0])}^{{\\odot {_at(term.args[1], POSTFIX)}}}", POSTFIX


def _entry(term: Term) -> tuple[str, int]:
    inner = ",".join(form_latex(form) for form in term.data[0])
    (base,) = term.args
    plain = base.head == "symbol" and not base.data[2] and not re.search(r"[_^']", name_latex(base.data[0]))
    text = latex(base) if plain else f"\\left({latex(base)}\\right)"
    return f"{text}_{{{inner}}}", ATOM


def _slice(before: str, after: str) -> Printer:
    def printer(term: Term) -> tuple[str, int]:
        (base,) = term.args
        plain = base.head == "symbol" and not base.data[2] and not re.search(r"[_^']", name_latex(base.data[0]))
        text = latex(base) if plain else f"\\left({latex(base)}\\right)"
        return f"{text}_{{{before}{form_latex(term.data[0])}{after}}}", ATOM

    return printer


def _norm(term: Term) -> tuple[str, int]:
    return f"\\left\\|{latex(term.args[0])}\\right\\|{NORM_SUBSCRIPTS[term.data[0]]}", ATOM


def _block(term: Term) -> tuple[str, int]:
    rows, columns = term.data
    lines = [" & ".join(latex(a) for a in term.args[r * columns : (r + 1) * columns]) for r in range(rows)]
    return "\\begin{bmatrix} " + " \\\\ ".join(lines) + " \\end{bmatrix}", ATOM


def _build(term: Term) -> tuple[str, int]:
    name, size = term.data
    first, second, last = (latex(substitute_indices(term.args[0], {name: at})) for at in (ONE, ((CONSTANT, 2),), size))
    by_rows = term.head == "build_rows"
    middle, separator = ("\\vdots", " \\\\ ") if by_rows else ("\\dots", " & ")
    return "\\begin{bmatrix} " + separator.join((first, second, middle, last)) + " \\end{bmatrix}", ATOM


def _over(symbol: str) -> Printer:
    def printer(term: Term) -> tuple[str, int]:
        name, lower, upper = term.data
        condition = f", {latex(term.args[1])}" if len(term.args) == 2 else ""
        top = "\\infty" if upper is None else form_latex(upper)
        body = _at(term.args[0], PRODUCT)
        return f"{symbol}_{{{name_latex(name)}={form_latex(lower)}{condition}}}^{{{top}}} {body}", PRODUCT

    return printer


def _derivative(term: Term) -> tuple[str, int]:
    body, var = term.args
    if body.head in ("symbol", "apply", "elementwise", "entry"):
        return f"\\frac{{\\partial {latex(body)}}}{{\\partial {latex(var)}}}", ATOM
    return f"\\frac{{\\partial}}{{\\partial {latex(var)}}} \\left({latex(body)}\\right)", PRODUCT


def _nabla(power: str) -> Printer:
    return lambda term: (f"\\nabla{power}_{{{latex(term.args[1])}}} \\left({latex(term.args[0])}\\right)", PRODUCT)


def _substitute(term: Term) -> tuple[str, int]:
    body, var, value = term.args
    return f"\\left. {latex(body)} \\right|_{{{latex(var)} = {latex(value)}}}", ATOM


def _elementwise(term: Term) -> tuple[str, int]:
    name, order, indices = term.data
    (argument,) = term.args
    if is_matrix_function(name, argument) or (name == "abs" and not argument.space().is_scalar):
        head = FUNCTION_LATEX.get(name, f"\\operatorname{{{name}}}")
        return f"{head}^{{\\odot}}{PRIME * order}\\left({latex(argument)}\\right)", ATOM
    if name == "abs":
        return f"\\left|{latex(argument)}\\right|", ATOM
    if name == "sqrt":
        return f"\\sqrt{{{latex(argument)}}}", ATOM
    head = FUNCTION_LATEX.get(name, name_latex(name))
    if indices:
        inner = ",".join(form_latex(form) for form in indices)
        head += f"^{{({inner})}}" if name.endswith("^()") else f"_{{{inner}}}"
    return f"{head}{PRIME * order}\\left({latex(argument)}\\right)", ATOM


def _apply(term: Term) -> tuple[str, int]:
    head = _symbol(Term("symbol", (), (term.data[0], SCALAR, term.data[2])))[0]
    return f"{head}\\left({', '.join(latex(arg) for arg in term.args)}\\right)", ATOM


def _cases(term: Term) -> tuple[str, int]:
    rows = [f"{latex(v)} & {latex(c)}" for c, v in zip(term.args[:-1:2], term.args[1::2], strict=True)]
    rows.append(f"{latex(term.args[-1])} & \\text{{otherwise}}")
    return "\\begin{cases} " + " \\\\ ".join(rows) + " \\end{cases}", ATOM


def _indicator(term: Term) -> tuple[str, int]:
    return f"\\mathbb{{1}}\\{{{latex(term.args[0])}\\}}", ATOM


def _moment(symbol: str) -> Printer:
    def printer(term: Term) -> tuple[str, int]:
        over = ",".join(name_latex(name) for name in term.data[0])
        under = f"_{{{over}}}" if over else ""
        return f"{symbol}{under}\\left[{', '.join(latex(arg) for arg in term.args)}\\right]", ATOM

    return printer


def _optimum(term: Term) -> tuple[str, int]:
    kind = {"argmin": "\\operatorname*{argmin}", "argmax": "\\operatorname*{argmax}"}.get(
        term.data[0], f"\\{term.data[0]}"
    )
    variables = ", ".join(latex(var) for var in term.args[1:] if not var.is_proposition)
    constraints = ", ".join(latex(part) for part in term.args[1:] if part.is_proposition)
    variables += f" : {constraints}" if constraints else ""
    return f"{kind}_{{{variables}}} {_at(term.args[0], PRODUCT)}", PRODUCT


def _property(term: Term) -> tuple[str, int]:
    return f"{_operand(term.args[0])} \\text{{ is {PROPERTY_WORDS[term.data[0]]}}}", 0


def _member(term: Term) -> tuple[str, int]:
    return f"{_operand(term.args[0])} \\in {term.data[0]}", 0


def _distributed(term: Term) -> tuple[str, int]:
    inner = ", ".join(latex(arg) for arg in term.args[1:])
    return f"{latex(term.args[0])} \\sim \\mathcal{{{term.data[0][0].upper()}}}\\left({inner}\\right)", 0


def _quantifier(symbol: str) -> Printer:
    def printer(term: Term) -> tuple[str, int]:
        name, lower, upper = term.data
        within = f"{form_latex(lower)} \\leq {name_latex(name)}" + (
            "" if upper is None else f" \\leq {form_latex(upper)}"
        )
        return f"{latex(term.args[0])} \\quad {symbol} {within}", 0

    return printer


def _constant_matrix(symbol: str) -> Printer:
    def printer(term: Term) -> tuple[str, int]:
        shape: Shape = term.data[0]
        axes = shape.axes[:1] if shape.columns == ONE else shape.axes
        return f"{symbol}_{{{TIMES.join(form_latex(axis) for axis in axes)}}}", ATOM

    return printer


PRINTERS: dict[str, Printer] = {
    "symbol": _symbol,
    "number": _number,
    "index": _index,
    "constant": lambda term: (name_latex(term.data[0]), ATOM),
    "identity": lambda term: (f"I_{{{form_latex(term.data[0])}}}", ATOM),
    "zeros": _constant_matrix("\\mathbf{0}"),
    "ones": _constant_matrix("\\mathbf{1}"),
    "unit": lambda term: (f"\\mathbf{{e}}_{{{form_latex(term.data[1])}}}", ATOM),
    "add": _add,
    "subtract": _subtract,
    "negate": _negate,
    "plus_minus": lambda term: (f"{_at(term.args[0], SUM)} \\pm {_at(term.args[1], NEGATION + 1)}", SUM),
    "factorial": lambda term: (f"{_base(term.args[0])}!", POSTFIX),
    "binomial": lambda term: (f"\\binom{{{latex(term.args[0])}}}{{{latex(term.args[1])}}}", ATOM),
    "differential": lambda term: (f"\\mathrm{{d}} {_at(term.args[0], POSTFIX)}", PRODUCT),
    "sum_over_values": lambda term: (f"\\sum_{{{term.data[0]}}} {_at(term.args[0], PRODUCT)}", PRODUCT),
    "multiply": _product(" "),
    "dot": _product(" \\cdot "),
    "hadamard": _product(" \\odot "),
    "hadamard_divide": _product(" \\oslash "),
    "kronecker": _product(" \\otimes "),
    "divide": _divide,
    "power": _power,
    "hadamard_power": _hadamard_power,
    "transpose": _postfix("\\top"),
    "inverse": _postfix("-1"),
    "pseudoinverse": _postfix("+"),
    "entry": _entry,
    "row": _slice("", ",:"),
    "column": _slice(":,", ""),
    "norm": _norm,
    "block": _block,
    "build_rows": _build,
    "build_columns": _build,
    "sum": _over("\\sum"),
    "product": _over("\\prod"),
    "derivative": _derivative,
    "gradient": _nabla(""),
    "hessian": _nabla("^2"),
    "substitute": _substitute,
    "elementwise": _elementwise,
    "apply": _apply,
    "cases": _cases,
    "indicator": _indicator,
    "expectation": _moment("\\mathbb{E}"),
    "variance": _moment("\\operatorname{Var}"),
    "covariance": _moment("\\operatorname{Cov}"),
    "probability": lambda term: (f"P\\left({term.data[0]}\\right)", ATOM),
    "optimum": _optimum,
    "limit": lambda term: (f"\\lim_{{{term.data[0]}}} {_at(term.args[0], PRODUCT)}", PRODUCT),
    "integral": lambda term: (
        f"\\int{term.data[1]} {_at(term.args[0], PRODUCT)} \\, d{name_latex(term.data[0])}",
        PRODUCT,
    ),
    "property": _property,
    "member": _member,
    "optimal": lambda term: (f"{_operand(term.args[0])} \\in {_operand(term.args[1])}", 0),
    "distributed": _distributed,
    "for_all": _quantifier("\\forall"),
    "exists": _quantifier("\\exists"),
    "not": lambda term: (f"\\lnot {_operand(term.args[0])}", 0),
}

__all__ = [
    "ACCENTS",
    "ALPHABETS",
    "BACKSLASH",
    "CONNECTIVES",
    "FACES",
    "FUNCTIONS",
    "FUNCTIONS_OF_MATRICES",
    "FUNCTION_LATEX",
    "GREEK",
    "MATRIX_FUNCTIONS",
    "MATRIX_FUNCTION_LATEX",
    "NORM_SUBSCRIPTS",
    "PROPERTY_WORDS",
    "RELATIONS",
    "RELATION_LATEX",
    "UNICODE_GREEK",
    "form_latex",
    "is_matrix_function",
    "latex",
    "name_latex",
    "plain_form",
    "shape_latex",
    "variable",
]
