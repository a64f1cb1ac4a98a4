r"""A claim as it was understood, in LaTeX: its conclusion, and what each symbol in it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from verifier.kernel.closure import Range
from verifier.kernel.sequents import Definition, Sequent
from verifier.kernel.shapes import Shape
from verifier.kernel.terms import Term, subterms
from verifier.notation import FUNCTION_LATEX, form_latex, latex, name_latex, shape_latex

KNOWN_FUNCTIONS = frozenset((*FUNCTION_LATEX, "sqrt", "abs", "log"))


def typed(sequent: Sequent) -> str:
    r"""``x^{\top} c = c^{\top} x \quad \text{for } c, x \in \mathbb{R}^{n}``"""
    return " \\quad \\text{for } ".join(filter(None, (latex(sequent.conclusion), types(sequent))))


def types(sequent: Sequent) -> str:
    """What each symbol of a claim is, symbols of one space together, and the ranges of its free indices."""
    spaces: dict[str, list[str]] = {}
    for name, space in sorted(_spaces(sequent).items()):
        spaces.setdefault(space, []).append(name)
    texts = [f"{', '.join(names)} {space}" for space, names in spaces.items()]
    return ",\\; ".join((*texts, *(range_latex(name, within) for name, within in sequent.indices)))


def definition_latex(definition: Definition) -> str:
    r"""``\ell_{i}\left(\theta\right) := …``"""
    indices = ",".join(name_latex(name) for name, _ in definition.indices)
    head = name_latex(definition.name)
    if indices:
        head += f"^{{({indices})}}" if definition.name.endswith("^()") else f"_{{{indices}}}"
    if definition.parameters:
        head += f"\\left({', '.join(latex(p) for p in definition.parameters)}\\right)"
    return f"{head} := {latex(definition.body)}"


def range_latex(name: str, within: Range) -> str:
    r"""``i = 1, \dots, n``"""
    lower, upper = within
    end = "\\dots" if upper is None else f"\\dots, {form_latex(upper)}"
    return f"{name_latex(name)} = {form_latex(lower)}, {end}"


def hypotheses_latex(sequent: Sequent) -> list[str]:
    """The hypotheses of a claim and its definitions, in this order."""
    return [*(latex(h) for h in sequent.hypotheses), *(definition_latex(d) for d in sequent.definitions)]


def _spaces(sequent: Sequent) -> dict[str, str]:
    """LaTeX of each free symbol and undeclared function, with its space."""
    defined = {definition.name: definition for definition in sequent.definitions}
    bound = {p.data[0] for definition in sequent.definitions for p in definition.parameters}
    found: dict[str, str] = {}
    for term in _terms(sequent):
        for part in subterms(term):
            if part.head not in ("symbol", "apply", "elementwise") or part.data[0] in defined:
                continue
            name, space = part.data[0], _space(part)
            if (part.head == "elementwise" and name in KNOWN_FUNCTIONS) or (part.head == "symbol" and name in bound):
                continue
            found[_head(part)] = space
    return found


def _terms(sequent: Sequent) -> Iterator[Term]:
    yield sequent.conclusion
    yield from sequent.hypotheses
    for definition in sequent.definitions:
        yield definition.body


def _head(part: Term) -> str:
    text = name_latex(part.data[0])
    count = len(part.data[2])
    if not count:
        return text
    letters = ",".join("tkl"[:count] if part.data[0].endswith("^()") else "ijk"[:count])
    return f"{text}^{{({letters})}}" if part.data[0].endswith("^()") else f"{text}_{{{letters}}}"


def _space(part: Term) -> str:
    match part.head:
        case "symbol":
            return f"\\in {shape_latex(part.data[1])}"
        case "elementwise":
            return ": \\mathbb{R} \\to \\mathbb{R}"
    return f": {_product(arg.space() for arg in part.args)} \\to {shape_latex(part.data[1])}"


def _product(shapes: Iterable[Shape]) -> str:
    return " \\times ".join(shape_latex(shape) for shape in shapes)
