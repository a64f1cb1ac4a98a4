r"""A claim as it was understood, in LaTeX: its conclusion, what each symbol in it is, definitions and hypotheses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from verifier.kernel.closure import Range
from verifier.kernel.linear import CONSTANT, Linear
from verifier.kernel.sequents import Definition, Sequent
from verifier.kernel.shapes import Shape
from verifier.kernel.terms import Term, free_names, subterms
from verifier.notation import FUNCTION_LATEX, form_latex, latex, name_latex, shape_latex

KNOWN_FUNCTIONS = frozenset((*FUNCTION_LATEX, "sqrt", "abs", "log"))
DERIVATIVES = frozenset(("derivative", "gradient", "hessian"))
SMOOTH = " \\text{ smooth}"
NAMED = {
    "identity": "\\text{ the identity}",
    "ones": "\\text{ of ones}",
    "zeros": "\\text{ of zeros}",
    "unit": "\\text{ a unit vector}",
}


def typed(sequent: Sequent) -> str:
    r"""The claim with all that it rests on.

    ``L(x) = 1 \quad \text{for } x \in \mathbb{R}^{n},\; \text{with } L(x) := \dots,\; \text{given } x^{\top} x = 1``
    """
    parts = (
        claim_latex(sequent),
        _joined("with", (definition_latex(definition) for definition in sequent.definitions)),
        _joined("given", (latex(hypothesis) for hypothesis in sequent.hypotheses)),
    )
    return ",\\; ".join(filter(None, parts))


def claim_latex(sequent: Sequent) -> str:
    r"""``x^{\top} c = c^{\top} x \quad \text{for } c, x \in \mathbb{R}^{n}``"""
    return " \\quad \\text{for } ".join(filter(None, (latex(sequent.conclusion), types(sequent))))


def _joined(word: str, texts: Iterable[str]) -> str:
    listed = ",\\; ".join(texts)
    return f"\\text{{{word} }} {listed}" if listed else ""


def types(sequent: Sequent) -> str:
    """What each symbol of a claim is, symbols of one space together; ranges of its free indices, and implied sizes."""
    spaces: dict[str, list[str]] = {}
    for name, space in sorted(_spaces(sequent).items()):
        spaces.setdefault(space, []).append(name)
    texts = [f"{', '.join(names)} {space}" for space, names in spaces.items()]
    ranges = (range_latex(name, within) for name, within in sequent.indices)
    return ",\\; ".join((*texts, *dict.fromkeys(_constants(sequent)), *ranges, *dict.fromkeys(_sizes(sequent))))


def _constants(sequent: Sequent) -> Iterator[str]:
    """The identity, and vectors of ones, with their sizes: what nobody declared, but a letter was taken for."""
    for term in _terms(sequent):
        for part in subterms(term):
            if part.head == "identity":
                yield f"{latex(part)} {NAMED['identity']}"
            elif part.head in NAMED and not part.space().is_scalar:
                yield f"{latex(part)} \\in {shape_latex(part.space())} {NAMED[part.head]}"


def _sizes(sequent: Sequent) -> Iterator[str]:
    r"""What a claim says of dimensions: ``n \geq 3`` since it names a third entry, ``N > d`` since N - d is a size."""
    for form in sequent.positive:
        more = tuple((atom, c) for atom, c in form if c > 0 and atom != CONSTANT)
        less = tuple((atom, -c) for atom, c in form if c < 0 and atom != CONSTANT)
        number = dict(form).get(CONSTANT, 0)
        if less:
            yield f"{form_latex(more)} > {_plus(less, -number)}"
        elif number < 0:
            yield f"{form_latex(more)} \\geq {1 - number}"


def _plus(form: Linear, number: int) -> str:
    return form_latex((*form, (CONSTANT, number)) if number else form)


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
    defined = {definition.name for definition in sequent.definitions}
    found: dict[str, str] = {}
    smooth = _differentiated(sequent)
    bodies = [(d.body, {p.data[0] for p in d.parameters}) for d in sequent.definitions]
    free: set[str] = set()
    for term, bound in (*((t, free) for t in (sequent.conclusion, *sequent.hypotheses)), *bodies):
        for part in subterms(term):
            if part.head not in ("symbol", "apply", "elementwise") or part.data[0] in defined:
                continue
            name, space = part.data[0], _space(part, part.data[0] in smooth)
            if (part.head == "elementwise" and name in KNOWN_FUNCTIONS) or (part.head == "symbol" and name in bound):
                continue
            found[_head(part)] = space
    return found


def _differentiated(sequent: Sequent) -> frozenset[str]:
    """What occurs under a derivative, definitions unfolded: functions among these are taken to be smooth."""
    bodies = {definition.name: free_names(definition.body) for definition in sequent.definitions}
    waiting = [
        name
        for term in _terms(sequent)
        for part in subterms(term)
        if part.head in DERIVATIVES or (part.head == "elementwise" and part.data[1])
        for name in (*free_names(part), *((part.data[0],) if part.head == "elementwise" else ()))
    ]
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += bodies.get(name, ())
    return frozenset(found)


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


def _space(part: Term, smooth: bool) -> str:
    if part.head == "symbol":
        return f"\\in {shape_latex(part.data[1])}"
    source = "\\mathbb{R}" if part.head == "elementwise" else _product(arg.space() for arg in part.args)
    target = "\\mathbb{R}" if part.head == "elementwise" else shape_latex(part.data[1])
    return f": {source} \\to {target}{SMOOTH if smooth else ''}"


def _product(shapes: Iterable[Shape]) -> str:
    return " \\times ".join(shape_latex(shape) for shape in shapes)
