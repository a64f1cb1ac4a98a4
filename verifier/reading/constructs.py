"""Sums of terms, brackets, fractions, roots, norms, matrices, cases, Σ and Π, optima."""

from __future__ import annotations

from fractions import Fraction

from verifier.kernel.terms import Term
from verifier.reading.actions import act, at_entries
from verifier.reading.arrays import COMPLEMENTS
from verifier.reading.big_operators import optimum_over_sum, starts_optimum
from verifier.reading.derivatives import derivative_fraction
from verifier.reading.elaboration import Elaboration, Misread
from verifier.reading.ellipsis import generalized_list, sum_with_dots, with_sign_after_dots
from verifier.reading.marks import Marks, base_and_marks, plain_name, rendered
from verifier.reading.names import name_term
from verifier.reading.products import is_derivative_operator
from verifier.reading.reach import with_reach
from verifier.reading.recovery import fault_of
from verifier.reading.relations import sized
from verifier.reading.syntax import EMPTY, Node, relations, walk
from verifier.reading.tokens import ReadingError

NO_MARKS = Marks()


def number_term(read: Elaboration, node: Node) -> Term:
    """A number of at most 60 digits."""
    if len(node.text) > 60:
        raise ReadingError("a number of more than 60 digits", node.start, node.end, "a shorter number")
    return read.number(Fraction(node.text))


def sum_term(read: Elaboration, node: Node) -> Term:
    """± term ± term …; an ellipsis among them is a Σ; an argmin takes in the whole of it"""
    node = with_sign_after_dots(node)
    signs = node.text.split(" ")
    if any(part.kind == "dots" for part in node.parts):
        return sum_with_dots(read, node, signs)
    if signs[0] == "+" and starts_optimum(node.parts[0]):
        return optimum_over_sum(read, node)
    reaching = with_reach(read, node, signs)
    if reaching is not node:
        return read.term(reaching)
    value: Term | None = None
    for sign, part in zip(signs, node.parts, strict=True):
        term = read.term(part)
        if value is None:
            value = (
                term
                if sign == "+"
                else read.make("negate", term)
                if sign == "-"
                else _plus_minus(read, None, _signed(read, sign, term))
            )
            continue
        value, term = _broadcast(read, sized(value, term), sized(term, value))
        match sign:
            case "+":
                value = read.make("add", value, term)
            case "-":
                value = read.make("subtract", value, term)
            case _:
                value = _plus_minus(read, value, _signed(read, sign, term))
    if value is None:
        raise ReadingError("an empty sum", node.start, node.end, "a term")
    return value


def _plus_minus(read: Elaboration, left: Term | None, right: Term) -> Term:
    zero = Term("zeros", (), (right.space(),)) if not right.space().is_scalar else read.number(0)
    return read.make("plus_minus", left if left is not None else zero, right)


def _signed(read: Elaboration, sign: str, term: Term) -> Term:
    """a ∓ b is a ± (-b): the signs in one statement are chosen together."""
    return read.make("negate", term) if sign == "∓" else term


def _broadcast(read: Elaboration, left: Term, right: Term) -> tuple[Term, Term]:
    """Beside ⊙ a number is the vector of that number: δ ⊙ (1 - h²)."""
    if not read.entrywise:
        return left, right
    for one, other in ((left, right), (right, left)):
        if one.space().is_scalar and not other.space().is_scalar and one.head == "number":
            ones = Term("ones", (), (other.space(),))
            filled = ones if one.data[0] == 1 else Term("multiply", (one, ones))
            return (filled, right) if one is left else (left, filled)
    return left, right


def group_term(read: Elaboration, node: Node) -> Term:
    """What is in brackets; a list of terms is a row or column."""
    if node.text in ("lfloor", "lceil"):
        raise ReadingError("a floor or ceiling", node.start, node.end, "parentheses")
    parts = [p for p in node.parts if p.kind != "text"]
    if node.text == "langle" and len(parts) == 1:
        raise ReadingError("angles around one term", node.start, node.end, "parentheses, or an inner product")
    if len(parts) == 1:
        if parts[0].kind in ("chain", "connective") and node.text in ("[", "lbrace"):
            raise ReadingError("a relation in a bracket", node.start, node.end, "a term")
        return read.term(parts[0])
    if node.text == "[" and all(p.kind != "separator" or p.text == "," for p in parts):
        cells = [p for p in parts if p.kind != "separator"]
        return generalized_list(read, cells, node, by_rows=False)
    if node.text == "(" and len(parts) >= 3 and all(p.text == "," for p in parts[1::2]):
        cells = list(parts[::2])
        return generalized_list(read, cells, node, by_rows=True)
    raise ReadingError("a list where a term is due", node.start, node.end, "a term")


def nothing_term(read: Elaboration, node: Node) -> Term:
    """Nothing where a term is due."""
    raise ReadingError("nothing where a term is due", node.start, node.end, "a term")


def unreadable_term(read: Elaboration, node: Node) -> Term:
    """A side of a chain that the grammar passed over."""
    raise fault_of(node)


def brace_term(read: Elaboration, node: Node) -> Term:
    """What stands above or below an underbrace is what is inside."""
    return read.term(node.parts[0])


def fraction_term(read: Elaboration, node: Node) -> Term:
    """A derivative, or a quotient."""
    derivative = derivative_fraction(read, node)
    if derivative is not None:
        return derivative
    top, bottom = (read.term(part) for part in node.parts)
    return read.make("divide", top, bottom)


def root_term(read: Elaboration, node: Node) -> Term:
    """A root, of its degree."""
    inner, degree = node.parts
    if degree is EMPTY or degree.kind == "empty":
        return at_entries(read, "sqrt", read.term(inner), node)
    exponent = read.make("divide", read.number(1), read.term(degree))
    return read.make("power", read.term(inner), exponent)


def binomial_term(read: Elaboration, node: Node) -> Term:
    """A binomial coefficient."""
    return read.make("binomial", *(read.term(part) for part in node.parts))


def factorial_term(read: Elaboration, node: Node) -> Term:
    """n!"""
    return read.make("factorial", read.term(node.parts[0]))


def script_term(read: Elaboration, node: Node) -> Term:
    """A name or bracket with scripts; of a norm, the subscript says which norm."""
    base, marks = base_and_marks(node)
    return norm_term(read, base, marks) if base.kind == "norm" else name_term(read, node)


def absolute_term(read: Elaboration, node: Node) -> Term:
    """Bars: the absolute value of a number, the determinant of a matrix."""
    value = read.term(node.parts[0])
    if value.space().is_scalar:
        return read.make("elementwise", value, data=("abs", 0, ()))
    if value.space().is_vector:
        raise Misread("|·| of a vector", node.start, node.end, "‖·‖ or a number")
    if node.parts[0].kind == "group" and node.parts[0].text in ("(", "["):
        message = "bars around a bracketed matrix can be its determinant, or the size of its entries"
        raise ReadingError(message, node.start, node.end, "\\det(…), ‖…‖ or entries")
    return read.make("determinant", value)


def norm_term(read: Elaboration, node: Node, marks: Marks = NO_MARKS) -> Term:
    """‖·‖ with its subscript and powers: 2 of a vector, the spectral norm of a matrix, unless it says more."""
    value = read.term(node.parts[0])
    label = rendered(marks.subscript) if marks.subscript is not EMPTY else ""
    vector = value.space().is_vector or value.space().is_scalar
    kinds = {"": "2" if vector else "spectral", "2": "2" if vector else "spectral", "F": "2" if vector else "F"}
    kinds |= {"1": "1", "infty": "inf", "*": "nuclear", "op": "spectral"}
    if label is None or label not in kinds:
        raise Misread(f"the norm with subscript {label}", node.start, node.end, "2, F, 1, ∞ or none")
    if not vector and label in ("1", "infty"):
        twofold = f"the norm with subscript {label} of a matrix: over its entries, or of the map"
        raise ReadingError(twofold, node.start, node.end, "the sum or the maximum written out")
    term = read.make("norm", value, data=(kinds[label],))
    return act(read, term, marks._replace(subscript=EMPTY), node)


def infinity_term(read: Elaboration, node: Node) -> Term:
    """∞ is no number."""
    raise ReadingError("∞ where a number is due", node.start, node.end, "a limit x → ∞, or a range")


def bar_term(read: Elaboration, node: Node) -> Term:
    """f|_{x = a}"""
    body, subscript, superscript = node.parts
    chain = subscript.parts[0] if len(subscript.parts) == 1 else subscript
    if chain.kind != "chain" or len(chain.parts) != 2 or relations(chain) != ["="] or superscript.kind != "empty":
        raise ReadingError("an evaluation", node.start, node.end, "|_{x = value}")
    if body.kind == "product" and not node.text:
        _refuse_open_reach(body, chain.parts[0])
    var, value = read.term(chain.parts[0]), read.term(chain.parts[1])
    return read.make("substitute", read.term(body), var, value)


def _refuse_open_reach(body: Node, var: Node) -> None:
    """x f(x)|_{x = 0} can be x f(0), or 0; Σ, ∇ and d/dx take in what follows them, and the bar all of it."""
    items = [item for item in body.parts if item.kind != "operator"]
    applied = base_and_marks(items[-1])[0].kind == "group" and plain_name(base_and_marks(items[-2])[0]) is not None
    names = {part.text for part in walk(var) if part.kind == "name"}
    for item in items[: -2 if applied else -1]:
        if base_and_marks(item)[0].kind in ("big", "nabla") or is_derivative_operator(item):
            return
        if names & {part.text for part in walk(item) if part.kind == "name"}:
            message = "what is evaluated can be the last factor, or the product"
            raise ReadingError(message, body.start, body.end, "brackets, or \\left. … \\right|")


COMPLEMENTS |= {"equal": "not_equal", "not_equal": "equal"}
