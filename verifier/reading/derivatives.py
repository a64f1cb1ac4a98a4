"""Derivatives: ∂f/∂x in a layout, ∂/∂x (…), ∇, second derivatives, derivatives by an expression."""

from __future__ import annotations

from dataclasses import replace

from verifier.kernel.terms import Term, free_names, name_of, subterms
from verifier.kernel.terms import replace as replace_terms
from verifier.kernel.unfolding import unfold
from verifier.notation import FUNCTIONS, GREEK
from verifier.reading.actions import act
from verifier.reading.elaboration import Elaboration, Misread
from verifier.reading.marks import Marks, base_and_marks, plain_name, rendered
from verifier.reading.products import factor, is_derivative_operator, operand
from verifier.reading.syntax import EMPTY, Node, walk
from verifier.reading.tokens import ReadingError

BY = ("symbol", "entry", "row", "column")
CONSTANT_HEADS = frozenset(("number", "negate", "divide", "multiply", "dot", "power", "index"))


def _ungrouped(node: Node) -> Node:
    while node.kind == "group" and node.text == "{" and len(node.parts) == 1:
        node = node.parts[0]
    return node


def _items(node: Node) -> list[Node]:
    node = _ungrouped(node)
    return list(node.parts) if node.kind == "product" else [node]


def _is_d(node: Node, letter: bool) -> bool:
    base, _ = base_and_marks(node)
    return base.kind in ("partial", "differential") or (letter and plain_name(base) == "d")


def _order(node: Node) -> int:
    """The power on ∂: 1, or 2 in ∂²."""
    _, marks = base_and_marks(node)
    if not marks.actions:
        return 1
    label = rendered(marks.actions[0])
    return int(label) if label in ("1", "2", "3") else 0


def derivative_fraction(read: Elaboration, node: Node) -> Term | None:
    """∂f/∂x, ∂²f/∂x∂y, df/dx; None if the fraction is no derivative."""
    top, bottom = (_items(part) for part in node.parts)
    letter = _is_d(bottom[0], True) and _is_d(top[0], True)
    if not (_is_d(bottom[0], letter) and _is_d(top[0], letter)):
        return None
    if len(bottom) < 2:
        if bottom[0].kind == "name":
            return None
        raise ReadingError("∂ without a variable", node.start, node.end, "∂x")
    if len(top) < 2:
        raise ReadingError("∂/∂x with nothing to act on", node.start, node.end, "a term after it")
    body = top[1] if len(top) == 2 else Node("product", tuple(top[1:]), "", top[1].start, top[-1].end)
    return differentiate(read, read.term(body), _variables(read, bottom, _order(top[0]), node), node)


def lone_partial_prefix(read: Elaboration, items: list[Node], place: int) -> tuple[Term, int]:
    """∂ on its own."""
    raise ReadingError("∂ on its own", items[place].start, items[place].end, "∂f/∂x")


def differential_prefix(read: Elaboration, items: list[Node], place: int) -> tuple[Term, int]:
    """d of what follows it."""
    value, after = operand(read, items, place + 1, whole_product=False)
    return read.make("differential", value), after


def fraction_prefix(read: Elaboration, items: list[Node], place: int) -> tuple[Term, int]:
    """∂/∂x before what it acts on"""
    node = items[place]
    if node.kind != "fraction" or not is_derivative_operator(node):
        return read.term(node), place + 1
    top, bottom = (_items(part) for part in node.parts)
    body, after = operand(read, items, place + 1, whole_product=True)
    return differentiate(read, body, _variables(read, bottom, _order(top[0]), node), node), after


def _variables(read: Elaboration, bottom: list[Node], order: int, node: Node) -> list[Term]:
    """The variables below: ∂x, ∂x ∂y, ∂x²"""
    groups: list[list[Node]] = []
    for item in bottom:
        if _is_d(item, True) and (not groups or groups[-1]):
            groups.append([])
        elif groups:
            groups[-1].append(item)
    variables: list[Term] = []
    for group in groups:
        if not group:
            raise ReadingError("∂ without a variable", node.start, node.end, "∂x")
        var, times = _repeated(group, order if len(groups) == 1 else 1)
        variables += [read.term(var)] * times
    if len(variables) != order:
        raise ReadingError(f"∂^{order} by {len(variables)} variables", node.start, node.end, "as many as the order")
    return variables


def _repeated(group: list[Node], order: int) -> tuple[Node, int]:
    """x² below ∂² is x twice"""
    only = group[0] if len(group) == 1 else Node("product", tuple(group), "", group[0].start, group[-1].end)
    if order > 1 and only.kind == "script" and only.parts[2].kind == "script list":
        label = rendered(only.parts[2])
        if label == str(order):
            base = (
                only.parts[0]
                if only.parts[1].kind == "empty" and not only.text
                else replace(only, parts=(only.parts[0], only.parts[1], EMPTY))
            )
            return base, order
    return only, 1


def differentiate(read: Elaboration, body: Term, variables: list[Term], node: Node) -> Term:
    """The derivative of a term by variables, the last innermost."""
    if len(variables) == 2:
        first, second = (v.args[0] if v.head == "transpose" else v for v in variables)
        if first == second and not first.space().is_scalar and body.space().is_scalar:
            return read.make("hessian", body, first)
    for var in reversed(variables):
        body = _by(read, body, var, node)
    return body


def _by(read: Elaboration, body: Term, var: Term, node: Node) -> Term:
    if var.head == "transpose" and var.args[0].head in BY:
        return read.make("derivative", body, var.args[0], data=("numerator",))
    if var.head in BY and (var.head == "symbol" or var.args[0].head == "symbol"):
        return read.make("derivative", body, var, data=(_layout(read, body, var),))
    return _by_expression(read, body, var, node)


def _layout(read: Elaboration, body: Term, var: Term) -> str:
    if not (body.space().is_scalar and var.space().is_scalar):
        read.derivatives += 1
    if read.layout != "mixed":
        return read.layout
    return "numerator" if body.space().is_vector and var.space().is_vector else "denominator"


def _by_expression(read: Elaboration, body: Term, var: Term, node: Node) -> Term:
    """∂g(h)/∂h for an expression h: the derivative by a letter put for h, at h"""
    if var.head in ("number", "index", "constant"):
        raise ReadingError("a derivative by a constant", node.start, node.end, "a variable")
    letter = Term("symbol", (), ("u°", var.space(), ()))
    opened = replace_terms(body, {var: letter})
    if opened == body:
        opened = replace_terms(_unfolded(read, body, var), {var: letter})
    if letter not in subterms(opened):
        raise Misread(
            "a derivative by an expression that the term does not contain", node.start, node.end, "a variable"
        )
    if free_names(opened) & free_names(var):
        raise Misread(
            "a derivative by an expression whose letters stand elsewhere too",
            node.start,
            node.end,
            "a derivative by a symbol",
        )
    derivative = read.make("derivative", opened, letter, data=(_layout(read, opened, letter),))
    return read.make("substitute", derivative, letter, var)


def _unfolded(read: Elaboration, body: Term, var: Term) -> Term:
    """The body with what it is defined to be, except for the names in the variable."""
    kept = free_names(var)
    definitions = [m.definition for m in read.environment.all() if m.definition is not None and m.name not in kept]
    return unfold(body, definitions)


# nabla


def nabla_prefix(read: Elaboration, items: list[Node], place: int) -> tuple[Term, int]:
    """∇f, ∇_x (…), ∇²f"""
    _, marks = base_and_marks(items[place])
    order = 1
    if marks.actions:
        if rendered(marks.actions[0]) != "2":
            raise ReadingError("a power of ∇", items[place].start, items[place].end, "∇ or ∇²")
        order = 2
    opaque = _opaque_gradient(read, items, place, marks)
    if opaque is not None and order == 1:
        return opaque
    body, outer, after = _nabla_operand(read, items, place)
    grouped = base_and_marks(items[place + 1])[0].kind == "group"
    value = _gradient(read, body, marks, order, items[place], grouped)
    return act(read, value, outer, items[place]), after


def _opaque_gradient(read: Elaboration, items: list[Node], place: int, marks: Marks) -> tuple[Term, int] | None:
    """∇f of a function that nobody defined, by no variable: a vector of its own."""
    if marks.subscript is not EMPTY or place + 1 >= len(items):
        return None
    base, outer = base_and_marks(items[place + 1])
    name = plain_name(base)
    bracket = place + 2 < len(items) and base_and_marks(items[place + 2])[0].kind == "group"
    if name is None or bracket or read.meaning(name) is not None or not (outer == Marks() or _all_transposes(outer)):
        return None
    full = f"nabla({name})"
    symbol = Term("symbol", (), (full, read.undeclared_shape(full, read.kind(full)), ()))
    return act(read, symbol, Marks(actions=outer.actions), items[place]), place + 2


def _nabla_operand(read: Elaboration, items: list[Node], place: int) -> tuple[Term, Marks, int]:
    """The scalar that ∇ acts on, and marks that act on the gradient: ∇f(x)^T is (∇f(x))^T."""
    following = items[place + 1 : place + 3]
    if following:
        last = (
            following[-1] if len(following) == 2 and base_and_marks(following[-1])[0].kind == "group" else following[0]
        )
        base, marks = base_and_marks(last)
        if marks.actions and (base.kind == "group" or plain_name(base) is not None) and _all_transposes(marks):
            bare = [f if f is not last else base for f in following]
            trial = [*items[: place + 1], *bare, *items[place + 1 + len(bare) :]]
            value, after = factor(read, trial, place + 1)
            if value.space().is_scalar and after >= place + 1 + (0 if last is following[0] else 1):
                return value, Marks(actions=marks.actions), after
    start = place + 1
    if start >= len(items):
        raise ReadingError("∇ of nothing", items[place].start, items[place].end, "a function")
    value, after = operand(read, items, start, whole_product=False)
    if after < len(items) and (not value.space().is_scalar or _is_coefficient(read, items, place, value)):
        value, after = operand(read, items, start, whole_product=True)
    return value, Marks(), after


def _is_coefficient(read: Elaboration, items: list[Node], place: int, value: Term) -> bool:
    """Whether the factor after ∇ only scales what follows: ∇_x ½ ‖x‖², ∇_w λ wᵀw.

    Raises ReadingError where ∇_w L wᵀv may be (∇_w L) wᵀv or ∇_w (L wᵀv).
    """
    if all(part.head in CONSTANT_HEADS for part in subterms(value)):
        return True
    _, marks = base_and_marks(items[place])
    variables = {name for p in walk(marks.subscript) if (name := plain_name(p)) is not None}
    mentioned = {name for p in walk(items[place + 1]) if (name := plain_name(p)) is not None}
    rest = {name for item in items[place + 2 :] for p in walk(item) if (name := plain_name(p)) is not None}
    if value.head != "symbol" or not variables or variables & mentioned or not variables & rest:
        return False
    name = plain_name(base_and_marks(items[place + 1])[0]) or ""
    meaning = read.meaning(name)
    if meaning is not None and meaning.definition is not None:
        return False
    if name in GREEK and name.islower() and name != "ell":
        return True
    whole, _ = operand(read, items, place + 1, whole_product=True)
    if whole.space().is_scalar:
        here = items[place + 1]
        raise ReadingError("the reach of ∇ can be read in two ways", here.start, here.end, "brackets")
    return False


def _all_transposes(marks: Marks) -> bool:
    return all(
        len(a.parts) == 1 and (a.parts[0].kind == "transpose" or plain_name(a.parts[0]) == "T") for a in marks.actions
    )


def _gradient(read: Elaboration, body: Term, marks: Marks, order: int, node: Node, grouped: bool) -> Term:
    """∇_x f(A z) is the gradient of f at A z; ∇_x (f(A z)) is taken as written, and so is ∇_x log z."""
    head = "gradient" if order == 1 else "hessian"
    if not body.space().is_scalar:
        raise Misread("∇ of a vector", node.start, node.end, "a scalar")
    if marks.subscript is EMPTY:
        return _gradient_of_application(read, head, body, None, node)
    parts = [p for p in marks.subscript.parts if p.kind != "separator"]
    if len(parts) != 1:
        raise ReadingError("∇ by several variables", node.start, node.end, "one variable")
    var = read.term(parts[0])
    if var.head not in BY:
        return _by_expression(read, body, var, node)
    named = body.head in ("apply", "elementwise") and body.data[0] not in FUNCTIONS.values()
    applied = named and name_of(var) not in free_names(body)
    if applied and not grouped and body.args[0].space() == var.space():
        return _gradient_of_application(read, head, body, var, node)
    return read.make(head, body, var)


def _gradient_of_application(read: Elaboration, head: str, body: Term, var: Term | None, node: Node) -> Term:
    """∇f(a): the gradient of f by its argument, at a"""
    if body.head not in ("apply", "elementwise") or not body.args:
        raise Misread("∇ without a variable", node.start, node.end, "∇_x")
    argument = body.args[0]
    if argument.head == "symbol" and var is None and not _repeats(body, argument):
        return read.make(head, body, argument)
    letter = var if var is not None else Term("symbol", (), ("u°", argument.space(), ()))
    opened = Term(body.head, (letter, *body.args[1:]), body.data)
    return read.make("substitute", read.make(head, opened, letter), letter, argument)


def _repeats(body: Term, argument: Term) -> bool:
    return sum(part == argument for part in subterms(body)) > 1
