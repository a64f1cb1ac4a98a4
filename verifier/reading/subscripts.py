"""What subscripts and iterations say: members of families, entries of vectors and matrices, sizes, unit vectors."""

from __future__ import annotations

from verifier.kernel.linear import Linear, variable
from verifier.kernel.shapes import Shape
from verifier.kernel.terms import Term
from verifier.reading.actions import subscripted, within_dimension
from verifier.reading.elaboration import Elaboration, Misread
from verifier.reading.environment import Meaning
from verifier.reading.indices import index_form, looks_like_index
from verifier.reading.marks import Marks, index_nodes, plain_name
from verifier.reading.syntax import EMPTY, Node
from verifier.reading.tokens import ReadingError


def family_indices(read: Elaboration, meaning: Meaning, marks: Marks, node: Node) -> tuple[tuple[Linear, ...], Marks]:
    """The index arguments that the marks give a family, and the marks that are left."""
    if not meaning.is_family:
        return (), marks
    iterated = meaning.name.endswith("^()")
    script = marks.iteration if iterated else marks.subscript
    if script is EMPTY:
        raise Misread(f"{meaning.name} without its index", node.start, node.end, "an index, as in w_t or w^{(k)}")
    nodes = index_nodes(script, len(meaning.indices))
    if nodes is None:
        raise ReadingError("this is no index", script.start, script.end, "a number, or a letter such as i")
    used = nodes[: len(meaning.indices)]
    forms = tuple(index_form(read, n) for n in used)
    for form, (_, high) in zip(forms, meaning.indices, strict=False):
        if high is not None:
            within_dimension(read, form, high)
    rest = nodes[len(meaning.indices) :]
    left = marks._replace(iteration=EMPTY) if iterated else marks._replace(subscript=EMPTY)
    if rest and not iterated:
        left = left._replace(subscript=joined(rest, script))
    return forms, left


def joined(nodes: list[Node], around: Node) -> Node:
    """Indices as a subscript with commas."""
    parts: list[Node] = []
    for node in nodes:
        parts += [Node("separator", (), ",", node.start, node.start)] if parts else []
        parts.append(node)
    return Node("script list", tuple(parts), "", around.start, around.end)


def member(read: Elaboration, meaning: Meaning, marks: Marks, node: Node) -> tuple[Term, Marks]:
    """A member of a declared family, or an entry of one."""
    if not meaning.name.endswith("^()") and marks.subscript is not EMPTY:
        wanted = len(meaning.indices) + (0 if meaning.shape.is_scalar else 1 if meaning.shape.is_vector else 2)
        for count in (wanted, len(meaning.indices)):
            nodes = index_nodes(marks.subscript, count)
            if nodes is not None and len(nodes) == count:
                marks = marks._replace(subscript=joined(nodes, marks.subscript))
                break
    indices, left = family_indices(read, meaning, marks, node)
    symbol = Term("symbol", (), (meaning.name, read.dimensions.shape(meaning.shape), indices))
    return entry(read, symbol, left, node)


def entry(read: Elaboration, value: Term, marks: Marks, node: Node) -> tuple[Term, Marks]:
    """The entry, row or column that the subscript takes of a vector or matrix."""
    script = marks.subscript
    if script is EMPTY:
        return value, marks
    return subscripted(read, value, script), marks._replace(subscript=EMPTY)


def undeclared_member(read: Elaboration, name: str, form: str, marks: Marks, node: Node) -> tuple[Term, Marks]:
    """x^{(i)}, x_i where x is a family: a symbol with index arguments, another than a bare x."""
    full = name if name.endswith("^()") else f"{name}_"
    shape: Shape = read.undeclared_shape(full, form.removeprefix("family").strip() or "scalar")
    script = marks.iteration if name.endswith("^()") else marks.subscript
    if script is EMPTY:
        raise Misread(f"{name} without its index", node.start, node.end, "an index, as in w_t or w^{(k)}")
    nodes = index_nodes(script)
    if nodes is None:
        raise Misread("this is no index", script.start, script.end, "a number, or a letter such as i")
    if len(nodes) == 1 and nodes[0].kind == "product" and all(looks_like_index(read, p) for p in nodes[0].parts):
        nodes = list(nodes[0].parts)
    count = len(nodes) if shape.is_scalar else 1
    forms = tuple(index_form(read, n) for n in nodes[:count])
    symbol = Term("symbol", (), (full, shape, forms))
    if name.endswith("^()"):
        return entry(read, symbol, marks._replace(iteration=EMPTY), node)
    rest = nodes[count:]
    left = marks._replace(subscript=joined(rest, script) if rest else EMPTY)
    return entry(read, symbol, left, node)


def identity(read: Elaboration, meaning: Meaning, marks: Marks, node: Node) -> tuple[Term, Marks]:
    """The identity, of the size that its subscript says."""
    if marks.subscript is not EMPTY:
        nodes = index_nodes(marks.subscript)
        if nodes and len(nodes) == 1:
            name = plain_name(nodes[0])
            known = name is None or name in read.environment.dimension_names or read.range_of(name) is not None
            if name is not None and not known and read.meaning(name) is None:
                read.kind(name)
            size = index_form(read, nodes[0])
            return Term("identity", (), (size,)), marks._replace(subscript=EMPTY)
    size = read.dimensions.resolve(variable(f"?{meaning.name}@{node.start}"))
    return Term("identity", (), (size,)), marks


def unit(read: Elaboration, meaning: Meaning, marks: Marks, node: Node) -> tuple[Term, Marks]:
    """The unit vector whose 1 is where the subscript says."""
    nodes = index_nodes(marks.subscript) if marks.subscript is not EMPTY else None
    if not nodes or len(nodes) != 1:
        raise ReadingError(f"{meaning.name} needs one index", node.start, node.end, "one index, as in e_i")
    form = index_form(read, nodes[0])
    size = read.dimensions.resolve(meaning.shape.rows)
    within_dimension(read, form, size)
    return Term("unit", (), (size, form)), marks._replace(subscript=EMPTY)
