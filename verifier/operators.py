"""The table operator ↔ LaTeX ↔ plain text, and names. ``notation`` prints with it; reading looks things up in it.

A symbol is called by a plain name, from which its LaTeX follows and to which its LaTeX is read back:

    theta  \\theta        hat(y)  \\hat{y}         w*      w^{*}            sigma_max  \\sigma_{\\mathrm{max}}
    x'     x'            cal(L)  \\mathcal{L}     W^(1)   W^{(1)}          theta^()   \\theta^{(k)}, a family
"""

from __future__ import annotations

import re
from fractions import Fraction

from verifier.kernel.linear import CONSTANT, ONE, Linear, show
from verifier.kernel.shapes import Shape
from verifier.kernel.terms import Term

TIMES = " \\times "

GREEK = (  # noqa: SIM905  (words read best as words)
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi varpi rho varrho "
    "sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega ell"
).split()
UNICODE_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΥΦΨΩℓϵϕϑϱ",
        (  # noqa: SIM905
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
    "spectral_radius": "spectral_radius",
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
    "constant": "constant",
    "identically_distributed": "distributed as the others",
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
    if superscript is not None and superscript.startswith("["):
        return f"{name_latex(stem)}^{{{superscript}}}"
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


def shape_latex(shape: Shape) -> str:
    """\\mathbb{R}^{m \\times n}"""
    if shape.is_scalar:
        return "\\mathbb{R}"
    axes = shape.axes[:1] if len(shape.axes) == 2 and shape.columns == ONE else shape.axes
    sizes = [form_latex(axis) for axis in axes]
    if len(axes) > 1:
        sizes = [f"({size})" if len(axis) > 1 else size for size, axis in zip(sizes, axes, strict=True)]
    return f"\\mathbb{{R}}^{{{TIMES.join(sizes)}}}"


def is_matrix_function(name: str, argument: Term) -> bool:
    """Whether a bare exp(A) would be read as a function of the matrix rather than of its entries."""
    shape = argument.space()
    return name in FUNCTIONS_OF_MATRICES and shape.is_square and not shape.is_scalar


def decimal_latex(value: Fraction) -> str | None:
    """A finite decimal of few places; None for any other number."""
    for places in range(1, 12):
        scaled = value * 10**places
        if scaled.denominator == 1:
            sign, digits = "-" if scaled < 0 else "", str(abs(scaled.numerator)).rjust(places + 1, "0")
            return f"{sign}{digits[:-places]}.{digits[-places:]}"
    return None
