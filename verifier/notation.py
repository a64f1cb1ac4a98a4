"""One table operator ↔ LaTeX ↔ plain text. Reading looks things up here, printing writes from here.

A symbol is called by a plain name, from which its LaTeX follows and to which its LaTeX is read back:

    theta  \\theta        hat(y)  \\hat{y}         w*      w^{*}            sigma_max  \\sigma_{\\mathrm{max}}
    x'     x'            cal(L)  \\mathcal{L}     W^(1)   W^{(1)}          theta^()   \\theta^{(k)}, a family
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

from verifier.kernel.linear import CONSTANT, ONE, Linear, constant_value, show, single, variable
from verifier.kernel.shapes import SCALAR, Shape
from verifier.kernel.terms import Term, substitute_indices

GREEK = (
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi varpi rho varrho "
    "sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega ell"
).split()
UNICODE_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΥΦΨΩℓϵϕϑϱ",
        (
            "alpha beta gamma delta varepsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon "
            "varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega ell epsilon phi vartheta "
            "varrho"
        ).split(),
        strict=True,
    )
)
ACCENTS = {"hat": "hat", "widehat": "hat", "bar": "bar", "overline": "bar", "tilde": "tilde", "widetilde": "tilde"} | {
    name: name for name in ("dot", "ddot", "check", "breve", "acute", "grave", "underline")
}
ALPHABETS = {"mathcal": "cal", "mathscr": "scr", "mathbb": "bb", "mathfrak": "frak"}
FACES = ("mathbf", "boldsymbol", "bm", "vec", "mathbold", "pmb", "bold", "mathrm", "mathit", "mathsf", "mathtt")

FUNCTIONS_OF_MATRICES = frozenset(("exp", "log", "sqrt", "sin", "cos", "tan", "arctan", "sinh", "cosh", "abs"))
FUNCTIONS = {
    "exp": "exp",
    "log": "log",
    "ln": "log",
    "tanh": "tanh",
    "sin": "sin",
    "cos": "cos",
    "tan": "tan",
    "arctan": "arctan",
    "sinh": "sinh",
    "cosh": "cosh",
    "relu": "relu",
    "ReLU": "relu",
    "Relu": "relu",
    "sigmoid": "sigmoid",
    "softplus": "softplus",
    "sign": "sign",
    "sgn": "sign",
    "sqrt": "sqrt",
    "abs": "abs",
}
FUNCTION_LATEX = {
    name: f"\\{name}" for name in ("exp", "log", "tanh", "sin", "cos", "tan", "arctan", "sinh", "cosh")
} | {
    "relu": "\\operatorname{ReLU}",
    "sigmoid": "\\operatorname{sigmoid}",
    "softplus": "\\operatorname{softplus}",
    "sign": "\\operatorname{sgn}",
    "step": "\\operatorname{step}",
}
MATRIX_FUNCTIONS = {
    "tr": "trace",
    "Tr": "trace",
    "trace": "trace",
    "Trace": "trace",
    "det": "determinant",
    "diag": "diag",
    "Diag": "diag",
    "rank": "rank",
    "rk": "rank",
}
MATRIX_FUNCTION_LATEX = {
    "trace": "\\operatorname{tr}",
    "determinant": "\\det",
    "diag": "\\operatorname{diag}",
    "diagonal": "\\operatorname{diag}",
    "rank": "\\operatorname{rank}",
    "spectral_radius": "\\operatorname{\\rho}",
    "maximum": "\\max",
    "minimum": "\\min",
}
RELATIONS = {
    "=": "equal",
    "==": "equal",
    "\\equiv": "equal",
    "\\neq": "not_equal",
    "\\ne": "not_equal",
    "<": "less",
    "\\lt": "less",
    "\\le": "less_equal",
    "\\leq": "less_equal",
    "\\leqslant": "less_equal",
    ">": "greater",
    "\\gt": "greater",
    "\\ge": "greater_equal",
    "\\geq": "greater_equal",
    "\\geqslant": "greater_equal",
    "\\ll": "much_less",
    "\\gg": "much_greater",
    "\\approx": "approximately",
    "\\simeq": "approximately",
    "\\cong": "approximately",
    "\\propto": "proportional",
    "\\to": "tends_to",
    "\\rightarrow": "tends_to",
    "\\longrightarrow": "tends_to",
    "\\sim": "distributed",
    "\\succ": "loewner_greater",
    "\\succeq": "loewner_greater_equal",
    "\\succcurlyeq": "loewner_greater_equal",
    "\\prec": "loewner_less",
    "\\preceq": "loewner_less_equal",
    "\\triangleq": "equal",
    "\\doteq": "equal",
    ":=": "equal",
    "\\coloneqq": "equal",
    "\\leftarrow": "equal",
    "\\gets": "equal",
    "\\in": "member",
    "\\notin": "member",
    "\\subset": "member",
    "\\subseteq": "member",
}
RELATION_LATEX = {
    "equal": "=",
    "not_equal": "\\neq",
    "less": "<",
    "less_equal": "\\leq",
    "greater": ">",
    "greater_equal": "\\geq",
    "much_less": "\\ll",
    "much_greater": "\\gg",
    "approximately": "\\approx",
    "proportional": "\\propto",
    "tends_to": "\\to",
    "loewner_greater": "\\succ",
    "loewner_greater_equal": "\\succeq",
    "loewner_less": "\\prec",
    "loewner_less_equal": "\\preceq",
    "implies": "\\Rightarrow",
    "iff": "\\Leftrightarrow",
    "and": "\\land",
    "or": "\\lor",
}
CONNECTIVES = {
    "\\implies": "implies",
    "\\Rightarrow": "implies",
    "\\Longrightarrow": "implies",
    "\\iff": "iff",
    "\\Leftrightarrow": "iff",
    "\\Longleftrightarrow": "iff",
}
NORM_SUBSCRIPTS = {"2": "_2", "F": "_F", "1": "_1", "inf": "_{\\infty}", "spectral": "_2", "nuclear": "_{*}"}
PROPERTY_WORDS = {
    "symmetric": "symmetric",
    "skew": "skew-symmetric",
    "orthogonal": "orthogonal",
    "diagonal": "diagonal",
    "invertible": "invertible",
    "idempotent": "idempotent",
    "positive_definite": "positive definite",
    "positive_semidefinite": "positive semidefinite",
    "full_column_rank": "of full column rank",
    "full_row_rank": "of full row rank",
    "orthonormal_columns": "with orthonormal columns",
    "permutation": "a permutation matrix",
    "projection": "a projection",
    "upper_triangular": "upper triangular",
    "lower_triangular": "lower triangular",
    "random": "random",
    "natural": "a natural number",
    "integer": "an integer",
    "real": "real",
    "stated": "as stated",
}

# names

BACKSLASH = "\\"
_ACCENTED = re.compile(
    r"^(hat|bar|tilde|dot|ddot|check|breve|acute|grave|underline|cal|scr|bb|frak|bold|nabla)\((.*)\)$"
)
_LATEX_OF = {"cal": "\\mathcal", "scr": "\\mathscr", "bb": "\\mathbb", "frak": "\\mathfrak", "bold": "\\mathbf"}


def name_latex(name: str) -> str:
    """The LaTeX of a plain name (without the index of a family)."""
    stem, superscript = _split(name, "^(", ")")
    if superscript is not None:
        return name_latex(stem) + (f"^{{({_part(superscript)})}}" if superscript else "")
    if " " in name:
        return " ".join(name_latex(part) for part in name.split(" "))
    if name.endswith("_") and len(name) > 1:
        return name_latex(name[:-1])
    for mark, latex in (("*", "^{*}"), ("+", "^{+}"), ("'", "'")):
        if name.endswith(mark) and len(name) > 1:
            return name_latex(name[:-1]) + latex
    wrapped = _ACCENTED.match(name)
    if wrapped:
        kind, inner = wrapped.groups()
        if kind == "nabla":
            return f"\\nabla {name_latex(inner)}"
        return f"{_LATEX_OF.get(kind, BACKSLASH + kind)}{{{name_latex(inner)}}}"
    stem, _, subscript = name.partition("_")
    if subscript and stem:
        return f"{name_latex(stem)}_{{{_part(subscript)}}}"
    return _part(name)


def _split(name: str, opening: str, closing: str) -> tuple[str, str | None]:
    if name.endswith(closing) and opening in name:
        stem, _, inner = name[: -len(closing)].rpartition(opening)
        if stem:
            return stem, inner
    return name, None


def _part(text: str) -> str:
    if text in GREEK:
        return f"\\{text}"
    if len(text) <= 1 or re.fullmatch(r"[0-9.,\-]+", text):
        return text
    pieces = text.split(",")
    if len(pieces) > 1:
        return ",".join(_part(piece) for piece in pieces)
    return f"\\mathrm{{{text}}}"


def plain_form(form: Linear) -> str:
    """An index form in plain text, constants last."""
    return show(form)


def form_latex(form: Linear) -> str:
    """An index form in LaTeX: n - d, i + 1."""
    if not form:
        return "0"
    text = ""
    for atom, coefficient in sorted(form, key=lambda item: (item[0] == CONSTANT, item[1] < 0)):
        size = abs(coefficient)
        body = (
            str(size)
            if atom == CONSTANT
            else (name_latex(str(atom)) if size == 1 else f"{size} {name_latex(str(atom))}")
        )
        text += (" - " if coefficient < 0 else " + ") + body if text else ("-" if coefficient < 0 else "") + body
    return text


# printing

SUM, NEGATION, PRODUCT, POSTFIX, ATOM = 1, 2, 3, 4, 5
TIMES, PRIME = " \\times ", "'"
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
    digits = _decimal(value)
    return (digits, ATOM if value >= 0 else NEGATION) if digits else (f"{value.numerator}/{value.denominator}", PRODUCT)


def _decimal(value: Fraction) -> str | None:
    for places in range(1, 12):
        scaled = value * 10**places
        if scaled.denominator == 1:
            sign, digits = "-" if scaled < 0 else "", str(abs(scaled.numerator)).rjust(places + 1, "0")
            return f"{sign}{digits[:-places]}.{digits[-places:]}"
    return None


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


def is_matrix_function(name: str, argument: Term) -> bool:
    """Whether a bare exp(A) would be read as a function of the matrix rather than of its entries."""
    shape = argument.space()
    return name in FUNCTIONS_OF_MATRICES and shape.is_square and not shape.is_scalar


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


def shape_latex(shape: Shape) -> str:
    """\\mathbb{R}^{m \\times n}"""
    if shape.is_scalar:
        return "\\mathbb{R}"
    axes = shape.axes[:1] if len(shape.axes) == 2 and shape.columns == ONE else shape.axes
    return f"\\mathbb{{R}}^{{{TIMES.join(form_latex(axis) for axis in axes)}}}"


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
    "distributed": _distributed,
    "for_all": _quantifier("\\forall"),
    "exists": _quantifier("\\exists"),
    "not": lambda term: (f"\\lnot {_operand(term.args[0])}", 0),
}

__all__ = ["GREEK", "RELATIONS", "form_latex", "latex", "name_latex", "plain_form", "shape_latex", "variable"]
