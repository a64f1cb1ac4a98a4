"""Sums of terms, brackets, fractions, roots, norms, matrices, cases, Σ and Π, optima."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from verifier.kernel.linear import ONE, Linear, constant, plus, variable
from verifier.kernel.shapes import Shape
from verifier.kernel.terms import Term
from verifier.reading.derivatives import derivative_fraction
from verifier.reading.elaboration import Bound, Elaboration, Misread
from verifier.reading.ellipsis import generalized_list, has_dots, sum_with_dots
from verifier.reading.environment import Restart
from verifier.reading.names import (
    Marks,
    act,
    at_entries,
    base_and_marks,
    bound_form,
    index_form,
    looks_like_index,
    name_term,
    plain_name,
    rendered,
)
from verifier.reading.products import operand
from verifier.reading.relations import proposition, sized
from verifier.reading.syntax import EMPTY, Node, relations, walk
from verifier.reading.tokens import ReadingError

CASE_WORDS = frozenset(
    ["if", "when", "for", "where", "with", "else", "otherwise", "o", "w", "other", "case", "in", "the"]
)
NO_MARKS = Marks()
OPTIMA = {"argmin": "argmin", "argmax": "argmax", "min": "min", "max": "max", "inf": "min", "sup": "max"}


def number_term(read: Elaboration, node: Node) -> Term:
    if len(node.text) > 60:
        raise ReadingError("a number of more than 60 digits", node.start, node.end)
    return read.number(Fraction(node.text))


def sum_term(read: Elaboration, node: Node) -> Term:
    """± term ± term …; an ellipsis among them is a Σ; an argmin takes in the whole of it"""
    signs = node.text.split(" ")
    if any(part.kind == "dots" for part in node.parts):
        return sum_with_dots(read, node, signs)
    if signs[0] == "+" and _starts_optimum(node.parts[0]):
        return _optimum_over_sum(read, node)
    reaching = _with_reach(read, node, signs)
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
        raise ReadingError("an empty sum", node.start, node.end)
    return value


def _with_reach(read: Elaboration, node: Node, signs: list[str]) -> Node:
    """Σ_i a_i - b_i is Σ_i (a_i - b_i) where nothing else says what i is."""
    for k, part in enumerate(node.parts[:-1]):
        items = list(part.parts) if part.kind == "product" else [part]
        place = next((p for p, item in enumerate(items) if _summed_index(item)), None)
        name = _summed_index(items[place]) if place is not None else ""
        if (
            place is None
            or place + 1 >= len(items)
            or read.range_of(name) is not None
            or read.meaning(name) is not None
        ):
            continue
        last = max((m for m in range(k + 1, len(node.parts)) if _holds_free(node.parts[m], name)), default=k)
        if last == k:
            continue
        body = _product_of(items[place + 1 :])
        inner = Node(
            "sum", (body, *node.parts[k + 1 : last + 1]), " ".join(["+", *signs[k + 1 : last + 1]]), body.start
        )
        inner = replace(inner, end=node.parts[last].end)
        group = Node("group", (inner,), "(", inner.start, inner.end)
        whole = _product_of([*items[: place + 1], group])
        parts = (*node.parts[:k], whole, *node.parts[last + 1 :])
        left = [*signs[: k + 1], *signs[last + 1 :]]
        return parts[0] if len(parts) == 1 and left == ["+"] else replace(node, parts=parts, text=" ".join(left))
    return node


def _product_of(items: list[Node]) -> Node:
    return items[0] if len(items) == 1 else Node("product", tuple(items), "", items[0].start, items[-1].end)


def _summed_index(item: Node) -> str:
    """The index of a Σ that binds one."""
    base, marks = base_and_marks(item)
    if base.kind != "big" or base.text != "sum" or len(marks.subscript.parts) != 1:
        return ""
    side = _first_side(marks.subscript.parts[0])
    return side.text if side.kind == "name" else ""


def _holds_free(node: Node, name: str) -> bool:
    """Whether an index stands in a formula outside every Σ over it."""
    if node.kind == "name":
        return node.text == name
    items = node.parts
    if node.kind == "product":
        bound = next((k for k, item in enumerate(items) if _summed_index(item) == name), len(items))
        items = items[:bound]
    return any(_holds_free(part, name) for part in items)


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
    raise ReadingError("nothing where a term is due", node.start, node.end, "a term")


def brace_term(read: Elaboration, node: Node) -> Term:
    return read.term(node.parts[0])


def fraction_term(read: Elaboration, node: Node) -> Term:
    derivative = derivative_fraction(read, node)
    if derivative is not None:
        return derivative
    top, bottom = (read.term(part) for part in node.parts)
    return read.make("divide", top, bottom)


def root_term(read: Elaboration, node: Node) -> Term:
    inner, degree = node.parts
    if degree is EMPTY or degree.kind == "empty":
        return at_entries(read, "sqrt", read.term(inner), node)
    exponent = read.make("divide", read.number(1), read.term(degree))
    return read.make("power", read.term(inner), exponent)


def binomial_term(read: Elaboration, node: Node) -> Term:
    return read.make("binomial", *(read.term(part) for part in node.parts))


def factorial_term(read: Elaboration, node: Node) -> Term:
    return read.make("factorial", read.term(node.parts[0]))


def script_term(read: Elaboration, node: Node) -> Term:
    """A name or bracket with scripts; of a norm, the subscript says which norm."""
    base, marks = base_and_marks(node)
    return norm_term(read, base, marks) if base.kind == "norm" else name_term(read, node)


def absolute_term(read: Elaboration, node: Node) -> Term:
    value = read.term(node.parts[0])
    if value.space().is_scalar:
        return read.make("elementwise", value, data=("abs", 0, ()))
    if value.space().is_vector:
        raise Misread("|·| of a vector", node.start, node.end, "‖·‖ or a number")
    if node.parts[0].kind == "group" and node.parts[0].text in ("(", "["):
        raise ReadingError("bars around a bracketed matrix", node.start, node.end, "\\det(…), ‖…‖ or entries")
    return read.make("determinant", value)


def norm_term(read: Elaboration, node: Node, marks: Marks = NO_MARKS) -> Term:
    """‖·‖ with its subscript and powers: 2 of a vector, the spectral norm of a matrix, unless the subscript says more"""
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
    return act(read, term, replace(marks, subscript=EMPTY), node)


def infinity_term(read: Elaboration, node: Node) -> Term:
    raise ReadingError("∞ where a number is due", node.start, node.end, "a limit x → ∞, or a range")


def bar_term(read: Elaboration, node: Node) -> Term:
    """f|_{x = a}"""
    body, subscript, superscript = node.parts
    chain = subscript.parts[0] if len(subscript.parts) == 1 else subscript
    if chain.kind != "chain" or len(chain.parts) != 2 or relations(chain) != ["="] or superscript.kind != "empty":
        raise ReadingError("an evaluation", node.start, node.end, "|_{x = value}")
    var, value = read.term(chain.parts[0]), read.term(chain.parts[1])
    return read.make("substitute", read.term(body), var, value)


# matrices and cases


def matrix_term(read: Elaboration, node: Node) -> Term:
    rows = [list(row.parts) for row in node.parts]
    width = max((len(row) for row in rows), default=0)
    if not rows or not width:
        raise ReadingError("an empty matrix", node.start, node.end)
    value = _matrix_value(read, rows, node)
    if node.text == "vmatrix":
        return read.make("determinant", value)
    return read.make("norm", value, data=("spectral",)) if node.text == "Vmatrix" else value


def _matrix_value(read: Elaboration, rows: list[list[Node]], node: Node) -> Term:
    if any(has_dots(cell) for row in rows for cell in row):
        lines = [row for row in rows if not _is_dots_row(row)]
        dotted = len(lines) < len(rows)
        cells = [row[0] if len(row) == 1 else Node("row", tuple(row), "", row[0].start, row[-1].end) for row in lines]
        if not dotted:
            return _stacked(read, [_row(read, row, node) for row in rows], node)
        middle = next(k for k, row in enumerate(rows) if _is_dots_row(row))
        cells.insert(middle, Node("dots", (), "vdots", node.start, node.end))
        return generalized_list(read, cells, node, by_rows=True)
    if len({len(row) for row in rows}) != 1:
        raise ReadingError("rows of different lengths", node.start, node.end, "a matrix")
    terms = [read.term(cell) for row in rows for cell in row]
    return _blocks(read, terms, len(rows), len(rows[0]))


def _blocks(read: Elaboration, terms: list[Term], rows: int, columns: int) -> Term:
    """A block matrix; a 0 or I among blocks takes the size that fits."""
    if len(terms) == 1:
        return terms[0]
    fitted = _sized_zeros(terms, rows, columns)
    for r in range(rows):
        line = fitted[r * columns : (r + 1) * columns]
        _same_axis(read, [t.space().rows for t in line])
    for c in range(columns):
        _same_axis(read, [t.space().columns for t in fitted[c::columns]])
    return read.make("block", *fitted, data=(rows, columns))


def _same_axis(read: Elaboration, sizes: list[Linear]) -> None:
    for size in sizes[1:]:
        if size != sizes[0] and read.dimensions.unify(sizes[0], size):
            raise Restart


def _sized_zeros(terms: list[Term], rows: int, columns: int) -> list[Term]:
    result = list(terms)
    for k, term in enumerate(terms):
        if term.head != "number" or term.data[0] != 0:
            continue
        r, c = divmod(k, columns)
        line = [
            terms[r * columns + j].space().rows for j in range(columns) if not terms[r * columns + j].space().is_scalar
        ]
        file = [
            terms[j * columns + c].space().columns for j in range(rows) if not terms[j * columns + c].space().is_scalar
        ]
        height = line[0] if line else ONE
        width = file[0] if file else ONE
        if height != ONE or width != ONE:
            result[k] = Term("zeros", (), (Shape((height, width)),))
    return result


def _is_dots_row(row: list[Node]) -> bool:
    return all(cell.kind in ("dots", "placeholder") for cell in row) and any(cell.kind == "dots" for cell in row)


def row_term(read: Elaboration, node: Node) -> Term:
    return _row(read, list(node.parts), node)


def _row(read: Elaboration, cells: list[Node], node: Node) -> Term:
    if any(cell.kind == "dots" for cell in cells):
        return generalized_list(read, cells, node, by_rows=False)
    terms = [read.term(cell) for cell in cells]
    return _blocks(read, terms, 1, len(terms))


def _stacked(read: Elaboration, lines: list[Term], node: Node) -> Term:
    return _blocks(read, lines, len(lines), 1)


def cases_term(read: Elaboration, node: Node) -> Term:
    args: list[Term] = []
    rows = list(node.parts)
    for k, row in enumerate(rows):
        value = read.term(_cell_term(row.parts[0]))
        condition = _condition_of(read, row, k == len(rows) - 1)
        if condition is None:
            if k != len(rows) - 1:
                raise ReadingError("otherwise before the last case", row.start, row.end)
            return read.make("cases", *args, value)
        args += [condition, value]
    if len(rows) == 2 and _complementary(args[0], args[2]):
        return read.make("cases", args[0], args[1], args[3])
    raise ReadingError("cases that leave the rest undefined", node.start, node.end, "a last case \\text{otherwise}")


def _cell_term(cell: Node) -> Node:
    if cell.kind == "list":
        parts = [p for p in cell.parts if p.kind not in ("text", "separator")]
        if len(parts) == 1:
            return parts[0]
    return cell


def _condition_of(read: Elaboration, row: Node, last: bool) -> Term | None:
    cells = [c for c in row.parts[1:] if c.kind != "placeholder"]
    words = " ".join(p.text for c in cells for p in ((c,) if c.kind == "text" else c.parts) if p.kind == "text").lower()
    formulas = [p for c in cells for p in (c.parts if c.kind == "list" else (c,)) if p.kind in ("chain", "connective")]
    odd = [w for w in re.findall(r"[a-z]+", words) if w not in CASE_WORDS]
    if odd:
        raise ReadingError(f"the word {odd[0]!r} in a case", row.start, row.end, "if, otherwise, and a relation")
    if formulas:
        if len(formulas) > 1:
            raise ReadingError("a condition of several parts", row.start, row.end)
        return proposition(read, formulas[0])
    if last and any(word in words for word in ("else", "otherwise", "o.w", "other")):
        return None
    raise ReadingError("a case without a condition", row.start, row.end, "a relation, or \\text{otherwise}")


COMPLEMENTS = {"less": "greater_equal", "less_equal": "greater", "greater": "less_equal", "greater_equal": "less"}
COMPLEMENTS |= {"equal": "not_equal", "not_equal": "equal"}


def _complementary(first: Term, second: Term) -> bool:
    return COMPLEMENTS.get(first.head) == second.head and first.args == second.args


# Σ, Π, optima, limits


def big_prefix(read: Elaboration, items: list[Node], place: int) -> tuple[Term, int]:
    base, marks = base_and_marks(items[place])
    match base.text:
        case "sum" | "product":
            return _summation(read, base.text, marks, items, place)
        case "integral":
            return _integral(read, items, place)
        case "limit":
            text = _as_written(read, marks.subscript).strip("{}") or "…"
            body, after = operand(read, items, place + 1, whole_product=True)
            return read.make("limit", body, data=(text,)), after
        case "arg":
            return _arg(read, items, place)
        case "max" | "min" if marks.subscript is EMPTY:
            return _extreme(read, base.text, marks, items, place)
        case kind if kind in OPTIMA:
            return _optimum(read, OPTIMA[kind], marks, _objective(read, items, place + 1), items[place]), len(items)
    raise ReadingError(f"the operator {base.text}", base.start, base.end, "Σ, Π, max, min or argmin")


def lone_big_term(read: Elaboration, node: Node) -> Term:
    return big_prefix(read, [node], 0)[0]


def _arg(read: Elaboration, items: list[Node], place: int) -> tuple[Term, int]:
    """\\arg\\min_w f"""
    if place + 1 < len(items):
        base, marks = base_and_marks(items[place + 1])
        if base.kind == "big" and base.text in ("min", "max"):
            body = _objective(read, items, place + 2)
            return _optimum(read, "arg" + base.text, marks, body, items[place]), len(items)
    raise ReadingError("arg without min or max", items[place].start, items[place].end)


def _starts_optimum(node: Node) -> bool:
    items = list(node.parts) if node.kind == "product" else [node]
    base, marks = base_and_marks(items[0])
    if base.kind == "big" and base.text == "arg":
        return True
    return base.kind == "big" and base.text in OPTIMA and marks.subscript is not EMPTY


def _objective(read: Elaboration, items: list[Node], place: int) -> Term:
    """What argmin, max … act on: the whole product after them."""
    if place >= len(items):
        raise ReadingError("an optimum of nothing", items[-1].start, items[-1].end, "an objective")
    return read.term(_product_of(items[place:]))


def _optimum_over_sum(read: Elaboration, node: Node) -> Term:
    """argmin_w f + g takes in f + g"""
    first = node.parts[0]
    items = list(first.parts) if first.kind == "product" else [first]
    skip = 2 if base_and_marks(items[0])[0].text == "arg" else 1
    base, marks = base_and_marks(items[skip - 1])
    rest = items[skip:]
    signs = node.text.split(" ")
    if not rest and len(node.parts) > 1:
        following = replace(node, parts=node.parts[1:], text=" ".join(signs[1:]), start=node.parts[1].start)
        return _optimum(read, "arg" + base.text if skip == 2 else OPTIMA[base.text], marks, read.term(following), node)
    if not rest:
        raise ReadingError("an optimum of nothing", first.start, first.end)
    head = rest[0] if len(rest) == 1 else replace(first, parts=tuple(rest), start=rest[0].start)
    body = read.term(replace(node, parts=(head, *node.parts[1:])))
    kind = "arg" + base.text if skip == 2 else OPTIMA[base.text]
    return _optimum(read, kind, marks, body, node)


def _optimum(read: Elaboration, kind: str, marks: Marks, body: Term, node: Node) -> Term:
    variables = [p for p in marks.subscript.parts if p.kind != "separator"] if marks.subscript is not EMPTY else []
    terms: list[Term] = []
    for var in variables:
        target = var.parts[0] if var.kind == "chain" else var
        terms.append(read.term(target))
    if not terms:
        raise ReadingError(f"{kind} over what?", node.start, node.end, "a variable below it")
    return read.make("optimum", body, *terms, data=(kind,))


def _extreme(read: Elaboration, kind: str, marks: Marks, items: list[Node], place: int) -> tuple[Term, int]:
    """max(a, b), min{a, b}"""
    if place + 1 >= len(items):
        raise ReadingError(f"{kind} of nothing", items[place].start, items[place].end)
    base, outer = base_and_marks(items[place + 1])
    if base.kind != "group":
        body, after = operand(read, items, place + 1, whole_product=True)
        raise Misread(f"{kind} over what?", items[place].start, items[after - 1].end, "a variable below it")
    values = [read.term(p) for p in base.parts[::2]]
    if any(p.kind != "separator" for p in base.parts[1::2]) or len(base.parts) % 2 == 0:
        raise ReadingError(f"the arguments of {kind}", base.start, base.end, "terms with commas between them")
    term = read.make("maximum" if kind == "max" else "minimum", *values)
    return act(read, act(read, term, marks, items[place]), outer, items[place]), place + 2


def _as_written(read: Elaboration, node: Node) -> str:
    """What stands in the source, in one line."""
    return " ".join(read.source[node.start : node.end].split())


def _integral(read: Elaboration, items: list[Node], place: int) -> tuple[Term, int]:
    """∫ f dx, with its limits as they are written"""
    start = base_and_marks(items[place])[0].end
    limits = " ".join(read.source[start : items[place].end].split())
    rest = items[place + 1 :]
    for k in range(len(rest) - 1, 0, -1):
        here, var = rest[k - 1], rest[k]
        if (here.kind == "differential" or plain_name(here) == "d") and plain_name(base_and_marks(var)[0]):
            body = rest[: k - 1] or [Node("number", (), "1", here.start, here.start)]
            inner = read.term(
                body[0] if len(body) == 1 else Node("product", tuple(body), "", body[0].start, body[-1].end)
            )
            name = rendered(var) or "x"
            if k + 1 == len(rest):
                return read.make("integral", inner, data=(name, limits)), len(items)
    raise ReadingError("an integral without d and a variable at its end", items[place].start, items[-1].end)


def _summation(read: Elaboration, head: str, marks: Marks, items: list[Node], place: int) -> tuple[Term, int]:
    if marks.actions and marks.subscript is EMPTY:
        raise ReadingError("a sum without an index", items[place].start, items[place].end, "an index below Σ")
    upper = marks.actions[0] if marks.actions else (marks.iteration if marks.iteration is not EMPTY else None)
    binders, conditions = _binders(read, marks.subscript, upper, items[place])
    end = _end_of_body(items, place, head, binders)
    rest = items[place + 1 : end]
    if not rest:
        raise ReadingError("a sum of nothing", items[place].start, items[place].end, "a term")
    body_node = rest[0] if len(rest) == 1 else Node("product", tuple(rest), "", rest[0].start, rest[-1].end)
    if isinstance(binders, str):
        body = read.term(body_node)
        return read.make("sum_over_values", body, data=(binders,)), end
    return _bound_sum(read, head, binders, conditions, body_node), end


def _end_of_body(items: list[Node], place: int, head: str, binders: list[tuple[str, Bound]] | str) -> int:
    """Σ_i and Π_i end before a Σ or Π by the same index; Π_i x_i also before Π_j y_j, which holds no i."""
    own = set() if isinstance(binders, str) else {name for name, _ in binders}
    for k in range(place + 2, len(items)):
        base, marks = base_and_marks(items[k])
        if base.kind != "big" or base.text not in ("sum", "product"):
            continue
        below = {p.text for p in walk(marks.subscript) if p.kind == "name"}
        bound = {plain_name(_first_side(p)) for p in marks.subscript.parts}
        mentioned = {p.text for item in items[k + 1 :] for p in walk(item) if p.kind == "name"} | below
        if own & bound or (head == "product" and not own & mentioned):
            return k
    return len(items)


def _first_side(node: Node) -> Node:
    return node.parts[0] if node.kind == "chain" else node


def _bound_sum(
    read: Elaboration, head: str, binders: list[tuple[str, Bound]], conditions: list[Node], body_node: Node
) -> Term:
    (name, within), *others = binders
    with read.binding(name, within):
        if others:
            body = _bound_sum(read, head, others, conditions, body_node)
            extra: list[Term] = []
        else:
            body = read.term(body_node)
            extra = [_index_condition(read, c) for c in conditions]
        low, high = read.range_of(name) or within
    args = (body,) if not extra else (body, extra[0] if len(extra) == 1 else Term("and", tuple(extra)))
    return read.make(head, *args, data=(name, low, high))


def _index_condition(read: Elaboration, node: Node) -> Term:
    """k ≠ i below a Σ: what looks like an index there is one."""
    for part in node.parts:
        if looks_like_index(read, part):
            index_form(read, part)
    return proposition(read, node)


def _binders(
    read: Elaboration, subscript: Node, upper: Node | None, node: Node
) -> tuple[list[tuple[str, Bound]] | str, list[Node]]:
    """The indices below a Σ with their ranges, and restrictions such as k ≠ i."""
    if subscript is EMPTY:
        raise ReadingError("a sum without an index", node.start, node.end, "an index below Σ")
    binders: list[tuple[str, Bound]] = []
    conditions: list[Node] = []
    for part in subscript.parts:
        if part.kind == "separator":
            continue
        if part.kind == "chain":
            if not _from_chain(read, part, upper, binders, conditions):
                return _values(read, subscript, upper), []
        else:
            for name in _index_names(part):
                if name is None or (len(name) > 1 and name not in ("ell", "tau")):
                    return _values(read, subscript, upper), []
                binders.append((name, (ONE, _upper(read, upper, name, node))))
    if not binders:
        raise ReadingError("a sum without an index", node.start, node.end, "an index below Σ")
    return binders, conditions


def _index_names(part: Node) -> Iterator[str | None]:
    if part.kind == "product" and all(p.kind == "name" for p in part.parts):
        for p in part.parts:
            yield plain_name(p)
    else:
        yield plain_name(part) if part.kind == "name" else None


def _from_chain(
    read: Elaboration, part: Node, upper: Node | None, binders: list[tuple[str, Bound]], conditions: list[Node]
) -> bool:
    """Enter what a relation below a Σ says; False if it ranges over values rather than an index."""
    left = plain_name(part.parts[0]) if part.parts[0].kind == "name" else None
    signs = relations(part)
    if signs == ["="] and left is not None and not any(left == name for name, _ in binders):
        low = index_form(read, part.parts[1])
        binders.append((left, (low, _upper(read, upper, left, part))))
        return True
    if signs == ["\\in"]:
        return False
    bounded = signs in (["\\leq"], ["<"], ["\\le"]) and left is not None and not any(left == n for n, _ in binders)
    if bounded and left is not None and not _is_new_index(read, part.parts[1], binders):
        high = index_form(read, part.parts[1])
        binders.append((left, (ONE, high if signs[0] != "<" else plus(high, constant(-1)))))
        return True
    if left is not None and not any(left == name for name, _ in binders):
        binders.append((left, (ONE, _upper(read, upper, left, part))))
        other = plain_name(part.parts[1])
        if len(part.parts) == 2 and other is not None and looks_like_index(read, part.parts[1]):
            if _is_new_index(read, part.parts[1], binders):
                binders.append((other, (ONE, _upper(read, upper, other, part))))
    if left is None:
        return False
    conditions.append(part)
    return True


def _is_new_index(read: Elaboration, node: Node, binders: list[tuple[str, Bound]]) -> bool:
    """Whether the other side of i < j is an index that stands nowhere else: the sum is then over both."""
    name = plain_name(node)
    if name is None or not looks_like_index(read, node) or node.kind == "number" or read.statement is None:
        return False
    known = read.range_of(name) is not None or read.meaning(name) is not None
    outside = _stands_outside(read.statement, name, node)
    return not known and not outside and not any(name == bound for bound, _ in binders)


def _stands_outside(statement: Node, name: str, place: Node) -> bool:
    """Whether a name stands in a statement outside the product from the Σ on that has ``place`` below it."""
    if statement.kind == "name":
        return statement.text == name
    items = statement.parts
    if statement.kind == "product":
        here = (k for k, item in enumerate(items) if item.start <= place.start < item.end)
        at = next((k for k in here if base_and_marks(items[k])[0].kind == "big"), len(items))
        bound = next((k for k, item in enumerate(items) if _binds(item, name)), len(items))
        items = items[: min(at, bound)]
    return any(_stands_outside(part, name, place) for part in items)


def _binds(item: Node, name: str) -> bool:
    base, marks = base_and_marks(item)
    return base.kind == "big" and any(p.kind == "name" and p.text == name for p in walk(marks.subscript))


def _values(read: Elaboration, subscript: Node, upper: Node | None) -> str:
    """What a sum over values, or over a set, ranges over, as it is written below and above Σ."""
    text = _as_written(read, subscript).removeprefix("{").removesuffix("}")
    return text if upper is None else f"{text}}}^{{{_as_written(read, upper).removeprefix('{').removesuffix('}')}"


def _upper(read: Elaboration, upper: Node | None, name: str, node: Node) -> Linear | None:
    if upper is None:
        return read.dimensions.resolve(variable(f"?#{name}@{node.start}"))
    parts = [p for p in upper.parts if p.kind != "separator"]
    if len(parts) == 1 and parts[0].kind == "infinity":
        return None
    if len(parts) != 1:
        raise ReadingError("the upper limit of a sum", upper.start, upper.end, "an index")
    return bound_form(read, parts[0])
