"""Functions with their arguments: f(x), exp x, tr(A), E[x], p(y | x)."""

from __future__ import annotations

from dataclasses import replace

from verifier.kernel.linear import ONE, Linear, variable
from verifier.kernel.shapes import ShapeError
from verifier.kernel.terms import Term, free_indices
from verifier.notation import FUNCTIONS, MATRIX_FUNCTIONS
from verifier.reading.actions import act, at_entries
from verifier.reading.elaboration import Elaboration, Misread
from verifier.reading.ellipsis import generalized_list
from verifier.reading.environment import Meaning
from verifier.reading.indices import index_form, looks_like_index
from verifier.reading.marks import Marks, base_and_marks, index_nodes, is_transpose, plain_name, rendered
from verifier.reading.reach import product_of
from verifier.reading.subscripts import family_indices
from verifier.reading.syntax import EMPTY, Node, walk
from verifier.reading.tokens import ReadingError

MOMENTS = {
    "bb(E)": "expectation",
    "E": "expectation",
    "Var": "variance",
    "var": "variance",
    "bb(V)": "variance",
    "Cov": "covariance",
    "cov": "covariance",
}


DENSITIES = frozenset(
    ("P", "p", "Pr", "bb(P)", "cal(L)", "Q", "q", "ell", "L", "MSE", "KL", "Bias", "cal(P)", "cal(N)")
)


FUNCTION_LETTERS = frozenset(("f", "g", "h", "F", "G", "phi", "psi", "varphi"))


ALWAYS_MOMENTS = frozenset(("bb(E)", "Var", "Cov"))


def bracket_after(
    items: list[Node], place: int, kinds: tuple[str, ...] = ("(", "[", "lbrace")
) -> tuple[Node, Marks] | None:
    """The bracket after an item, and the marks on it."""
    if place + 1 >= len(items):
        return None
    base, marks = base_and_marks(items[place + 1])
    if base.kind == "group" and base.text in kinds:
        return base, marks
    return None


def application(read: Elaboration, name: str, marks: Marks, items: list[Node], place: int) -> tuple[Term, int] | None:
    """f(x), exp x, tr(A), E[x], p(y | x): a function with its argument; None if the name is none here."""
    if name in MOMENTS and (name in ALWAYS_MOMENTS or read.meaning(name) is None or _means_moment(read, name)):
        moment = _moment(read, name, marks, items, place)
        if moment is not None:
            return moment
    bracket = bracket_after(items, place)
    if bracket is not None and _is_density(read, name, bracket[0]):
        text = read.source[items[place].start : items[place + 1].end] or name
        value = Term("probability", (), (" ".join(text.split()),))
        return act(read, value, bracket[1], items[place]), place + 2
    whole = _said_with_arguments(read, name, marks, items, place)
    if whole is not None:
        return whole
    named = _named_function(read, name)
    if named is not None:
        return _named_application(read, named, marks, items, place)
    if bracket is None or bracket[0].text != "(":
        return None
    found = function_of(read, name, marks)
    if found is None:
        known = read.meaning(name)
        function = name in FUNCTION_LETTERS if known is None else known.kind in ("function", "map")
        if function and any((rendered(a) or "").lstrip("-").isdigit() for a in marks.actions):
            here = items[place]
            message = f"a power of the function {name} can be one of its value, or of itself"
            raise ReadingError(message, here.start, here.end, f"({name}(…))^2")
        return None
    arguments = _arguments(read, bracket[0])
    value = apply_function(read, found[0], found[1], found[2], arguments, items[place])
    return act(read, value, bracket[1], items[place]), place + 2


def _said_with_arguments(
    read: Elaboration, name: str, marks: Marks, items: list[Node], place: int
) -> tuple[Term, int] | None:
    """L(x, y, φ) of an L that was defined without arguments is L: the bracket says what it depends on."""
    bracket, meaning = bracket_after(items, place, ("(",)), read.meaning(name)
    if bracket is None or meaning is None or meaning.kind != "symbol" or meaning.definition is None or marks != Marks():
        return None
    names = [plain_name(p) for p in bracket[0].parts if p.kind != "separator"]
    if None in names or len(names) < 2 or bracket[1] != Marks():
        return None
    return read.term(items[place]), place + 2


def _means_moment(read: Elaboration, name: str) -> bool:
    meaning = read.meaning(name)
    return meaning is not None and meaning.kind == "moment"


def _named_function(read: Elaboration, name: str) -> str | None:
    """A function of the table: by its name, or by a declaration such as σ := sigmoid."""
    meaning = read.meaning(name)
    if meaning is not None:
        return meaning.target if meaning.kind == "named" else None
    known = name in FUNCTIONS or name in MATRIX_FUNCTIONS or name == "softmax"
    return name if len(name) > 1 and known else None


def _named_application(read: Elaboration, name: str, marks: Marks, items: list[Node], place: int) -> tuple[Term, int]:
    if marks.subscript is not EMPTY or marks.star or marks.iteration is not EMPTY:
        raise ReadingError(
            f"{name} with a subscript", items[place].start, items[place].end, "the function without a subscript"
        )
    marked = any(rendered(action) == "odot" for action in marks.actions)
    marks = marks._replace(actions=tuple(a for a in marks.actions if rendered(a) != "odot"))
    bracket = bracket_after(items, place)
    if bracket is not None:
        listed = MATRIX_FUNCTIONS.get(name) == "diag" and any(p.kind == "separator" for p in bracket[0].parts)
        if listed:
            cells = [p for p in bracket[0].parts if p.kind != "separator"]
            arguments = [generalized_list(read, cells, bracket[0], by_rows=True)]
        else:
            arguments = _arguments(read, bracket[0])
        if len(arguments) != 1:
            raise ReadingError(f"{name} of {len(arguments)} arguments", bracket[0].start, bracket[0].end, "one")
        value, after = _named_value(read, name, arguments[0], marks.primes, items[place], marked), place + 2
        value = act(read, value, bracket[1], items[place])
    else:
        stop = _simple_run(items, place + 1)
        if stop == place + 1:
            raise ReadingError(f"{name} without an argument", items[place].start, items[place].end, "its argument")
        value = _named_value(
            read, name, read.term(product_of(items[place + 1 : stop])), marks.primes, items[place], marked
        )
        after = stop
    for action in marks.actions:
        if name in FUNCTIONS and rendered(action) == "-1":
            problem = f"\\{name}^{{-1}} can be read as the inverse function or as the reciprocal"
            raise ReadingError(problem, action.start, action.end, f"1/\\{name}(…), if that is meant")
        value = act(read, value, Marks(actions=(action,)), items[place])
    return value, after


def _simple_run(items: list[Node], place: int) -> int:
    """Where the argument of a function without brackets ends: log 2π, log det A, tr A B."""
    start = place
    while place < len(items):
        base, _ = base_and_marks(items[place])
        if items[place].kind == "operator":
            break
        if base.kind in ("big", "nabla"):
            return len(items) if place == start else place
        name = plain_name(base)
        if name is not None and (name in FUNCTIONS or name in MATRIX_FUNCTIONS) and len(name) > 1:
            if place > start:
                break
            return _simple_run(items, place + 1) if not bracket_after(items, place) else place + 2
        if base.kind == "group" and base.text in ("(", "[") and place > start:
            previous = plain_name(base_and_marks(items[place - 1])[0])
            if previous is None or place - 1 > start:
                break
            return place + 1
        if base.kind in ("absolute", "norm", "fraction", "matrix", "cases") and place > start:
            break
        place += 1
        if base.kind in ("fraction", "absolute", "norm", "root"):
            break
    return place


def _named_value(read: Elaboration, name: str, argument: Term, primes: int, node: Node, marked: bool) -> Term:
    if name in MATRIX_FUNCTIONS:
        head = MATRIX_FUNCTIONS[name]
        if head == "diag" and not argument.space().is_vector and not argument.space().is_scalar:
            head = "diagonal"
        return read.make(head, argument)
    if name == "softmax":
        return _softmax(read, argument)
    function = FUNCTIONS.get(name, name)
    if primes:
        return derivative_at(read, function, primes, argument)
    if marked:
        return read.make("elementwise", argument, data=(function, 0, ()))
    return at_entries(read, function, argument, node)


def _softmax(read: Elaboration, argument: Term) -> Term:
    """exp(x) over the sum of its entries, by an index that the argument does not hold"""
    if not argument.space().is_vector:
        raise ShapeError(f"softmax is of a vector, not of {argument.space()}")
    taken = set(map(str, free_indices(argument)))
    index = next(name for name in ("κ", *(f"κ_{k}" for k in range(1, len(taken) + 2))) if name not in taken)
    entry = Term("entry", (argument,), ((variable(index),),))
    bottom = Term("sum", (Term("elementwise", (entry,), ("exp", 0, ())),), (index, ONE, argument.space().length))
    return Term("divide", (Term("elementwise", (argument,), ("exp", 0, ())), bottom))


def derivative_at(read: Elaboration, function: str, order: int, argument: Term) -> Term:
    """f'(u) of a function of the table: the derivative of f(s) by s, at u."""
    if not argument.space().is_scalar:
        return read.make("elementwise", argument, data=(function, order, ()))
    letter = Term("symbol", (), (f"{function}°", argument.space(), ()))
    body = Term("elementwise", (letter,), (function, 0, ()))
    for _ in range(order):
        body = Term("derivative", (body, letter), ("denominator",))
    return Term("substitute", (body, letter, argument))


def _arguments(read: Elaboration, group: Node) -> list[Term]:
    """The arguments in a bracket, separated by commas or semicolons."""
    items: list[list[Node]] = [[]]
    for part in group.parts:
        if part.kind == "separator" and part.text in (",", ";"):
            items.append([])
        else:
            items[-1].append(part)
    if any(len(item) != 1 for item in items):
        raise ReadingError("arguments that are no terms", group.start, group.end, "terms separated by commas")
    return [read.term(item[0]) for item in items]


# functions by name


def function_of(read: Elaboration, name: str, marks: Marks) -> tuple[Meaning, tuple[Linear, ...], int] | None:
    """The function that a name before a bracket is, its indices, its primes; None if it is a factor there."""
    if marks.actions:
        return None
    label = rendered(marks.subscript) if marks.subscript is not EMPTY else None
    iteration = rendered(marks.iteration) if marks.iteration is not EMPTY else None
    stems = [name + marks.star] + ([f"{name}^({iteration})"] if iteration else [])
    stems += [f"{name}{marks.star}^()"] if marks.iteration is not EMPTY else []
    for stem in stems:
        for full in [*([f"{stem}_{label}", f"{stem}_"] if label else []), stem]:
            meaning = read.meaning(full)
            if meaning is None:
                continue
            if meaning.kind not in ("function", "map"):
                return None
            used_label = label is not None and full.endswith(f"_{label}")
            left = marks._replace(subscript=EMPTY) if used_label else marks
            indices, _ = family_indices(read, meaning, left, EMPTY)
            return meaning, indices, marks.primes
    return _undeclared_function(read, name, marks, label, iteration)


def _undeclared_function(
    read: Elaboration, name: str, marks: Marks, label: str | None, iteration: str | None
) -> tuple[Meaning, tuple[Linear, ...], int] | None:
    if name in read.bound or name in read.free:
        return None
    indexed = marks.subscript is not EMPTY and looks_like_index(read, marks.subscript)
    full = name + marks.star
    if iteration:
        full += f"^({iteration})"
    if label and not indexed:
        full = f"{full}_{label}"
    form = read.kind(full)
    if form not in ("function", "map", "vector function"):
        return None
    if _is_overloaded(read, name):
        here = marks.subscript if marks.subscript is not EMPTY else read.statement or EMPTY
        message = f"{name} of different numbers of arguments: one function, or several"
        raise Misread(message, here.start, here.end, "names that differ")
    indices: tuple[Linear, ...] = ()
    if indexed:
        nodes = index_nodes(marks.subscript) or []
        indices = tuple(index_form(read, node) for node in nodes)
        if form == "function":
            full += "_"
    return Meaning(full, form, declared=False), indices, marks.primes


def apply_function(
    read: Elaboration, meaning: Meaning, indices: tuple[Linear, ...], primes: int, arguments: list[Term], node: Node
) -> Term:
    """f(arguments): entrywise for a function of one number, as a whole otherwise."""
    if meaning.definition is not None:
        arguments = _fitted(read, meaning, arguments, node)
    entrywise = meaning.kind == "map" or (
        len(arguments) == 1 and arguments[0].space().is_scalar and meaning.shape.is_scalar
    )
    if entrywise and len(arguments) == 1:
        return read.make("elementwise", arguments[0], data=(meaning.name, primes, indices))
    if meaning.kind == "vector function":
        return read.make("apply", *arguments, data=(meaning.name, arguments[0].space(), indices))
    if primes:
        raise Misread(
            f"primes of {meaning.name}, which is no function of one number",
            node.start,
            node.end,
            "a function of one number, or \\nabla",
        )
    return read.make("apply", *arguments, data=(meaning.name, read.dimensions.shape(meaning.shape), indices))


def _fitted(read: Elaboration, meaning: Meaning, arguments: list[Term], node: Node) -> list[Term]:
    """The arguments of a defined function; those after a semicolon that are its own parameters may be left out."""
    parameters = meaning.definition.parameters if meaning.definition else ()
    if len(arguments) < len(parameters):
        arguments = [*arguments, *parameters[len(arguments) :]]
    if len(arguments) != len(parameters):
        raise Misread(
            f"{meaning.name} takes {len(parameters)} arguments", node.start, node.end, "as many as it is defined with"
        )
    for argument, parameter in zip(arguments, parameters, strict=True):
        if argument.space() != parameter.space() and meaning.kind != "map":
            read.make("equal", argument, parameter)
    return arguments


# moments and probabilities


def _moment(read: Elaboration, name: str, marks: Marks, items: list[Node], place: int) -> tuple[Term, int] | None:
    brackets = ("[", "(", "lbrace") if name != "E" else ("[", "(")
    bracket = bracket_after(items, place, brackets)
    if bracket is None:
        if name not in ALWAYS_MOMENTS or place + 1 >= len(items):
            return None
        value = read.term(product_of(items[place + 1 :]))
        return read.make(MOMENTS[name], value, data=(_over(marks, ()),)), len(items)
    group, outer = bracket
    if name == "E" and group.text == "(" and read.assumed("E") in ("matrix", "square", "identity"):
        return None
    if MOMENTS[name] == "expectation" and group.text == "(":
        _one_reading(group, outer, items[place + 2 : place + 3])
    given = _after_bar(group)
    arguments = _arguments(read, replace(group, parts=group.parts[: given if given is not None else len(group.parts)]))
    head = MOMENTS[name]
    if head != "covariance" and len(arguments) != 1:
        raise ReadingError(f"{name} of {len(arguments)} arguments", group.start, group.end, "one")
    conditions = group.parts[given + 1 :] if given is not None else ()
    value = read.make(head, *arguments, data=(_over(marks, conditions),))
    value = act(read, value, marks._replace(subscript=EMPTY), items[place])
    return act(read, value, outer, items[place]), place + 2


def _one_reading(group: Node, outer: Marks, following: list[Node]) -> None:
    """Raises ReadingError for E(x - m)^2 and E(x - m)(y - m), which are E[(x - m)^2] to some and products to others."""
    actions = [part for node in outer.actions for part in (node.parts if node.kind == "script list" else (node,))]
    powers = [action for action in actions if not is_transpose(action)]
    is_symbol = len(group.parts) == 1 and plain_name(base_and_marks(group.parts[0])[0]) is not None
    beside = [node for node in following if node.kind != "operator"]
    brackets = [node for node in beside if base_and_marks(node)[0].kind == "group"]
    moments = [node for node in beside if plain_name(base_and_marks(node)[0]) in MOMENTS]
    if powers or brackets or (beside and not moments and not is_symbol):
        message = "E with round brackets, which may take in what follows them"
        raise ReadingError(message, group.start, group.end, "E[…] around all that is averaged")


def _after_bar(group: Node) -> int | None:
    for k, part in enumerate(group.parts):
        if part.kind == "separator" and part.text in ("|", ";", "||", "vert", "mid"):
            return k
    return None


def _over(marks: Marks, conditions: tuple[Node, ...]) -> tuple[str, ...]:
    names: list[str] = []
    if marks.subscript is not EMPTY:
        listed = [part for part in marks.subscript.parts if part.kind != "separator"]
        several = marks.subscript.kind == "script list" and len(listed) > 1 and all(map(plain_name, listed))
        names += [rendered(part) or "…" for part in (listed if several else [marks.subscript])]
    names += [rendered(part) or "…" for part in conditions if part.kind != "separator"]
    return tuple(names)


def _is_density(read: Elaboration, name: str, group: Node) -> bool:
    """p(y | x; θ), P(A ∪ B), P(y = 1), f(x | μ): something that only a probability or density can be."""
    meaning = read.meaning(name)
    if meaning is not None and meaning.kind != "moment":
        return False
    bar = any(p.kind == "separator" and p.text in ("|", "||", "mid", "vert", ";") for p in group.parts)
    relation = any(p.kind in ("chain", "connective", "quantifier") for p in group.parts)
    if name in ("P", "Pr", "bb(P)", "KL"):
        return True
    if name in DENSITIES or len(name) > 1:
        return bar or (relation and group.text == "(") or (name in ("p", "q", "Q") and _is_overloaded(read, name))
    return meaning is None and any(p.kind == "separator" and p.text in ("|", "mid", "vert") for p in group.parts)


def _is_overloaded(read: Elaboration, name: str) -> bool:
    """Whether a statement applies a name to different numbers of arguments, as densities are: p(x, y) = p(x) p(y)."""
    counts: set[int] = set()
    for product in walk(read.statement) if read.statement is not None else ():
        items = product.parts if product.kind == "product" else ()
        for k, item in enumerate(items):
            bracket = bracket_after(list(items), k, ("(",)) if plain_name(base_and_marks(item)[0]) == name else None
            if bracket is not None:
                counts.add(sum(p.kind == "separator" and p.text == "," for p in bracket[0].parts))
    return len(counts) > 1
