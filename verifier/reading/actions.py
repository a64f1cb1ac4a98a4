"""What marks do to a value: transposes, inverses, powers, entries."""

from __future__ import annotations

from verifier.kernel.linear import Linear
from verifier.kernel.terms import Term, name_of, subterms
from verifier.notation import is_matrix_function
from verifier.reading.elaboration import Elaboration, Misread
from verifier.reading.indices import index_form
from verifier.reading.marks import Marks, index_nodes, is_transpose, is_turned, plain_name
from verifier.reading.syntax import EMPTY, Node
from verifier.reading.tokens import ReadingError


def at_entries(read: Elaboration, function: str, argument: Term, node: Node) -> Term:
    """A function of the table at every entry. Raises ReadingError for exp(A) of a square matrix, which is another."""
    if is_matrix_function(function, argument):
        message = f"{function} of a square matrix can be a function of the matrix or of its entries"
        raise ReadingError(message, node.start, node.end, f"\\operatorname{{{function}}}^{{\\odot}}(…) for entries")
    return read.make("elementwise", argument, data=(function, 0, ()))


def within_dimension(read: Elaboration, form: Linear, size: Linear) -> None:
    """Check that an index stays within a dimension, as far as its range is known."""
    if len(form) > 1 and any(str(a).startswith("?") for a, _ in size) and any(a in read.free for a, _ in form):
        raise Misread("an index that leaves the dimension", 0, 0, "an index within the range that is declared")
    if len(form) == 1 and form[0][1] == 1 and isinstance(form[0][0], str) and form[0][0]:
        read.index_within(form[0][0], size)


def subscripted(read: Elaboration, value: Term, script: Node) -> Term:
    """value with a subscript: x_i, A_{ij}, A_{i,:}, A_{:j}"""
    shape = value.space()
    wanted = 1 if shape.is_vector else 2
    nodes = index_nodes(script, wanted)
    if nodes is None or shape.is_scalar:
        raise Misread("a subscript that is no index of this", script.start, script.end, "an index")
    if len(nodes) == 1 and nodes[0].kind == "product" and nodes[0].parts[0].kind == "colon":
        nodes = list(nodes[0].parts)
    nodes = _split_colons(nodes)
    if len(nodes) != wanted:
        raise Misread(f"{len(nodes)} indices of {shape}", script.start, script.end, f"{wanted} indices")
    if any(n.kind == "colon" for n in nodes):
        which = "row" if nodes[1].kind == "colon" else "column"
        form = index_form(read, nodes[0] if which == "row" else nodes[1])
        within_dimension(read, form, shape.rows if which == "row" else shape.columns)
        return Term(which, (value,), (form,))
    forms = tuple(index_form(read, n) for n in nodes)
    sizes = (shape.length,) if wanted == 1 else shape.axes
    for form, size in zip(forms, sizes, strict=True):
        within_dimension(read, form, size)
    return Term("entry", (value,), (forms,))


def _split_colons(nodes: list[Node]) -> list[Node]:
    """``:c`` and ``i:`` without a comma."""
    result: list[Node] = []
    for node in nodes:
        result += node.parts if node.kind == "list" else (node,)
    return result


# marks that act on a value


def act(read: Elaboration, value: Term, marks: Marks, node: Node) -> Term:
    """Transposes, inverses, powers and subscripts, in the order in which they are written."""
    if marks.iteration is not EMPTY:
        raise Misread(
            "an iteration index on something without iterations",
            node.start,
            node.end,
            "a name that is declared as w^{(k)}",
        )
    if marks.star:
        value = _starred(read, value, marks, node)
    for _ in range(marks.primes):
        if value.space().is_scalar:
            raise Misread(
                "a prime on a number", node.start, node.end, "a function, or a declaration of the primed symbol"
            )
        if any(part.head == "symbol" and read.meaning(part.data[0]) is None for part in subterms(value)):
            message = "a prime on symbols that nobody declares: a transpose or a derivative"
            raise ReadingError(message, node.start, node.end, "^T, or declarations")
        value = read.make("transpose", value)
    if marks.subscript is not EMPTY:
        value = subscripted(read, value, marks.subscript)
    for action in marks.actions:
        if value.head == "entry" and len(value.data[0]) == 2 and is_turned(action):
            message = "the transpose or inverse of an entry, or an entry of it"
            raise ReadingError(message, node.start, node.end, "(A^T)_{ij}, (A_{ij})^{-1}")
        value = _apply_action(read, value, action)
    return value


def _starred(read: Elaboration, value: Term, marks: Marks, node: Node) -> Term:
    if marks.star == "+" and not value.space().is_scalar:
        return read.make("pseudoinverse", value)
    raise Misread(
        f"a mark {marks.star} that means nothing here",
        node.start,
        node.end,
        "a power, T, -1, or words that say what the mark means",
    )


def _apply_action(read: Elaboration, value: Term, action: Node) -> Term:
    parts = action.parts
    if len(parts) == 1:
        only = parts[0]
        if is_transpose(only) and _transposes(read, value, only):
            return read.make("transpose", value)
        if only.kind == "sum" and only.text == "-" and len(only.parts) == 1:
            inner = only.parts[0]
            if is_transpose(inner):
                return read.make("transpose", read.make("inverse", value))
            if inner.kind == "number" and inner.text == "1" and not value.space().is_scalar:
                return read.make("inverse", value)
        if (
            only.kind == "product"
            and len(only.parts) == 2
            and only.parts[0].kind == "operator"
            and only.parts[0].text == "odot"
        ):
            return read.make("hadamard_power", value, read.term(only.parts[1]))
        return power(read, value, only)
    if action.parts and parts[0].kind == "operator" and parts[0].text == "odot" and len(parts) == 2:
        return read.make("hadamard_power", value, read.term(parts[1]))
    raise ReadingError("a superscript of several parts", action.start, action.end, "a power, T, -1 or (k)")


def _transposes(read: Elaboration, value: Term, node: Node) -> bool:
    if node.kind == "transpose" or not value.space().is_scalar:
        return True
    name = plain_name(node) or ""
    known = read.range_of(name) is not None or read.meaning(name) is not None
    if known or read.assumed(name) is not None:
        return False
    leaves = [part for part in subterms(value) if part.head in ("symbol", "apply", "elementwise")]
    guessed = any(name_of(part) in read.undeclared for part in leaves)
    if guessed and all(part.space().is_scalar for part in leaves):
        raise Misread("the transpose of a number", node.start, node.end, "a vector or matrix: declare it as such")
    return True


def power(read: Elaboration, value: Term, exponent: Node) -> Term:
    """value ** exponent: a power of a scalar or of a square matrix; beside ⊙, of a vector, entry by entry"""
    term = read.term(exponent)
    if read.entrywise and not value.space().is_square:
        return read.make("hadamard_power", value, term)
    return read.make("power", value, term)
