"""Σ and Π with their indices, ranges and restrictions; optima, limits and integrals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from verifier.kernel.linear import ONE, ZERO, Linear, constant, plus, variable
from verifier.kernel.terms import Term
from verifier.reading.actions import act
from verifier.reading.elaboration import Bound, Elaboration, Misread
from verifier.reading.indices import bound_form, index_form, looks_like_index
from verifier.reading.marks import Marks, base_and_marks, plain_name, rendered
from verifier.reading.optima import variables_below
from verifier.reading.powers import only_counts, towards_infinity
from verifier.reading.products import operand
from verifier.reading.reach import first_side, product_of
from verifier.reading.relations import proposition
from verifier.reading.syntax import EMPTY, Node, relations, walk
from verifier.reading.tokens import ReadingError

OPTIMA = {"argmin": "argmin", "argmax": "argmax", "min": "min", "max": "max", "inf": "min", "sup": "max"}


# Σ, Π, optima, limits


def big_prefix(read: Elaboration, items: list[Node], place: int) -> tuple[Term, int]:
    """A Σ, Π, lim, max or argmin with what it takes in of the items after it."""
    base, marks = base_and_marks(items[place])
    match base.text:
        case "sum" | "product":
            return _summation(read, base.text, marks, items, place)
        case "integral":
            return _integral(read, items, place)
        case "limit":
            return _limit(read, marks, items, place)
        case "arg":
            return _arg(read, items, place)
        case "max" | "min" if marks.subscript is EMPTY:
            return _extreme(read, base.text, marks, items, place)
        case kind if kind in OPTIMA:
            return _optimum(read, OPTIMA[kind], marks, _objective(read, items, place + 1), items[place]), len(items)
    raise ReadingError(f"the operator {base.text}", base.start, base.end, "Σ, Π, max, min or argmin")


def lone_big_term(read: Elaboration, node: Node) -> Term:
    """A Σ or the like that stands alone."""
    return big_prefix(read, [node], 0)[0]


def _limit(read: Elaboration, marks: Marks, items: list[Node], place: int) -> tuple[Term, int]:
    """lim_{t → ∞} aᵗ: what grows is an index, declared or in exponents alone."""
    text = _as_written(read, marks.subscript).strip("{}") or "…"
    letter = towards_infinity(text)
    grows = letter is not None and read.meaning(letter) is None and read.range_of(letter) is None
    if letter is not None and grows and only_counts(letter, items[place + 1 :]):
        with read.binding(letter, (ZERO, None)):
            body, after = operand(read, items, place + 1, whole_product=True)
    else:
        body, after = operand(read, items, place + 1, whole_product=True)
    return read.make("limit", body, data=(text,)), after


def _arg(read: Elaboration, items: list[Node], place: int) -> tuple[Term, int]:
    """\\arg\\min_w f"""
    if place + 1 < len(items):
        base, marks = base_and_marks(items[place + 1])
        if base.kind == "big" and base.text in ("min", "max"):
            body = _objective(read, items, place + 2)
            return _optimum(read, "arg" + base.text, marks, body, items[place]), len(items)
    raise ReadingError("arg without min or max", items[place].start, items[place].end, "\\arg\\min or \\arg\\max")


def starts_optimum(node: Node) -> bool:
    """Whether a product begins with an optimum and its variable."""
    items = list(node.parts) if node.kind == "product" else [node]
    base, marks = base_and_marks(items[0])
    if base.kind == "big" and base.text == "arg":
        return True
    return base.kind == "big" and base.text in OPTIMA and marks.subscript is not EMPTY


def _objective(read: Elaboration, items: list[Node], place: int) -> Term:
    """What argmin, max … act on: the whole product after them."""
    if place >= len(items):
        raise ReadingError("an optimum of nothing", items[-1].start, items[-1].end, "an objective")
    return read.term(product_of(items[place:]))


def optimum_over_sum(read: Elaboration, node: Node) -> Term:
    """argmin_w f + g takes in f + g. Raises ReadingError where g is an optimum: it may be meant to stand beside it."""
    for part in node.parts[1:]:
        if starts_optimum(part):
            expected = "brackets around each optimum, or around the objective"
            raise ReadingError("a sum of optima", part.start, part.end, expected)
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
        raise ReadingError("an optimum of nothing", first.start, first.end, "an objective")
    head = rest[0] if len(rest) == 1 else replace(first, parts=tuple(rest), start=rest[0].start)
    body = read.term(replace(node, parts=(head, *node.parts[1:])))
    kind = "arg" + base.text if skip == 2 else OPTIMA[base.text]
    return _optimum(read, kind, marks, body, node)


def _optimum(read: Elaboration, kind: str, marks: Marks, body: Term, node: Node) -> Term:
    terms, constraints = variables_below(read, marks.subscript)
    if not terms:
        raise ReadingError(f"{kind} over what?", node.start, node.end, "a variable below it")
    return read.make("optimum", body, *terms, *constraints, data=(kind,))


def _extreme(read: Elaboration, kind: str, marks: Marks, items: list[Node], place: int) -> tuple[Term, int]:
    """max(a, b), min{a, b}"""
    if place + 1 >= len(items):
        raise ReadingError(f"{kind} of nothing", items[place].start, items[place].end, "a term")
    base, outer = base_and_marks(items[place + 1])
    if base.kind != "group":
        after = operand(read, items, place + 1, whole_product=True)[1]
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
    raise ReadingError(
        "an integral without d and a variable at its end", items[place].start, items[-1].end, "\\int f(x) \\, dx"
    )


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
        bound = {plain_name(first_side(p)) for p in marks.subscript.parts}
        mentioned = {p.text for item in items[k + 1 :] for p in walk(item) if p.kind == "name"} | below
        if own & bound or (head == "product" and not own & mentioned):
            return k
    return len(items)


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
        if len(part.parts) == 2 and other is not None and _is_new_index(read, part.parts[1], binders):
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
