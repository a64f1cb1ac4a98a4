"""Names that nobody declared, by the kinds that are assumed for them."""

from __future__ import annotations

from verifier.kernel.linear import variable
from verifier.kernel.terms import Term
from verifier.reading.elaboration import Elaboration, Misread
from verifier.reading.environment import Meaning
from verifier.reading.indices import looks_like_index
from verifier.reading.marks import Marks, is_layer, rendered
from verifier.reading.subscripts import entry, identity, undeclared_member
from verifier.reading.syntax import EMPTY, Node, walk
from verifier.reading.tokens import ReadingError


def undeclared(read: Elaboration, name: str, marks: Marks, node: Node) -> tuple[Term, Marks]:
    """A name that nobody declared, by the kind assumed for it."""
    if marks.star or marks.primes:
        decorated = name + marks.star + "'" * marks.primes
        if marks.star or read.assumed(decorated) is not None or not _may_be_transposed(read, name):
            name, marks = decorated, marks._replace(star="", primes=0)
    if marks.iteration is not EMPTY:
        name, marks = _iterated(read, name, marks)
        if name.endswith("^()"):
            return undeclared_member(read, name, read.kind(name), marks, node)
    if name in read.bound or (name in read.free and marks.subscript is EMPTY):
        return Term("index", (), (variable(name),)), marks
    if marks == Marks(actions=marks.actions) and name in read.environment.dimension_names:
        return Term("index", (), (variable(name),)), marks
    if marks.subscript is EMPTY:
        return _plain_symbol(read, name, read.kind(name), marks, node)
    if not looks_like_index(read, marks.subscript):
        return _labelled(read, name, marks, node)
    form = read.kind(f"{name}_")
    if form == "labelled":
        return _labelled(read, name, marks, node)
    if form.startswith("family"):
        return undeclared_member(read, name, form, marks, node)
    return _plain_symbol(read, name, read.kind(name), marks, node)


def _plain_symbol(read: Elaboration, name: str, form: str, marks: Marks, node: Node) -> tuple[Term, Marks]:
    match form:
        case "dimension":
            return Term("index", (), (variable(name),)), marks
        case "index":
            read.new_index(name)
            return Term("index", (), (variable(name),)), marks
        case "identity":
            return identity(read, Meaning(name, "identity"), marks, node)
        case "function" | "map" | "vector function":
            raise Misread(f"{name} without its argument or index", node.start, node.end, "its argument or index")
    symbol = Term("symbol", (), (name, read.undeclared_shape(name, form), ()))
    return entry(read, symbol, marks, node)


def _may_be_transposed(read: Elaboration, name: str) -> bool:
    return read.assumed(name) in ("vector", "matrix", "square")


def _iterated(read: Elaboration, name: str, marks: Marks) -> tuple[str, Marks]:
    """x^{(i)} is a member of a family where (i) is an index, W^{(1)} is a name of its own."""
    inner = marks.iteration
    label = rendered(inner)
    numeral = len(inner.parts) == 1 and inner.parts[0].kind == "number"
    if is_layer(inner):
        return f"{name}^({label})", marks._replace(iteration=EMPTY)
    if numeral and read.assumed(f"{name}^()") is None and label is not None:
        return f"{name}^({label})", marks._replace(iteration=EMPTY)
    if looks_like_index(read, inner) or numeral:
        return f"{name}^()", marks
    if label is None:
        raise ReadingError(
            "a superscript that is neither an index nor a label",
            inner.start,
            inner.end,
            "an index such as (k), or a power",
        )
    return f"{name}^({label})", marks._replace(iteration=EMPTY)


def _labelled(read: Elaboration, name: str, marks: Marks, node: Node) -> tuple[Term, Marks]:
    """σ_max, w_new, v_1: a name of its own."""
    label = rendered(marks.subscript)
    if label is None:
        raise ReadingError(
            "a subscript that is neither an index nor a label",
            node.start,
            node.end,
            "an index, or a label in \\text{…}",
        )
    inside = {part.text for part in walk(marks.subscript) if part.kind == "name"}
    if inside & (read.bound.keys() | read.free.keys()):
        raise Misread("an index as a label", node.start, node.end, "a label in \\text{…}")
    full = f"{name}_{label}"
    form = read.kind(full)
    if form == "identity" and not any(part.kind in ("word", "text") for part in walk(marks.subscript)):
        return identity(read, Meaning(name, "identity"), marks, node)
    return _plain_symbol(read, full, form, marks._replace(subscript=EMPTY), node)
