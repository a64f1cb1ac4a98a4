"""What governs a statement within its formula: ranges of indices, conditions after a comma, words such as "if"."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from verifier.kernel.linear import Linear, constant, constant_value, minus, plus, variable
from verifier.reading.environment import Environment, Meaning
from verifier.reading.marks import plain_name
from verifier.reading.syntax import Node, relations
from verifier.reading.tokens import ReadingError

LOGIC = re.compile(
    r"\b(?:or|nor|iff|if and only if|implies|imply|unless|except|not|neither|either|only if|xor|never|false)\b|n't\b"
)
CONDITION = re.compile(
    r"\b(?:(?<!only )if|when|whenever|where|provided(?: that)?|given(?: that)?|as long as|assuming(?: that)?|with|on"
    r"|for(?: all| any| every| each)?)\s*$"
)
ORDERS = frozenset(
    (
        "<",
        ">",
        "\\le",
        "\\leq",
        "\\leqslant",
        "\\ge",
        "\\geq",
        "\\geqslant",
        "\\ne",
        "\\neq",
        "\\lt",
        "\\gt",
        "<=",
        ">=",
    )
)
STATEMENTS = ("chain", "connective", "quantifier")
SPACES = frozenset(("quad", "qquad", "newline", ";", "&"))


@dataclass
class Governed:
    """The statements of a formula, and what governs them."""

    main: list[Node] = field(default_factory=list)
    conditions: list[Node] = field(default_factory=list)
    ranges: list[Meaning] = field(default_factory=list)


def governed(parts: list[Node], environment: Environment) -> Governed:
    """Sort the parts of a formula. Raises ReadingError where a word or comma makes it say something else."""
    _refuse_logic(parts)
    found = Governed()
    items = list(parts)
    while items:
        taken, meaning = _range(items, environment)
        if meaning is not None:
            found.ranges.append(meaning)
            del items[:taken]
            continue
        part = items.pop(0)
        if part.kind == "chain" and _is_condition(part, found.main):
            found.conditions.append(part)
            continue
        aside = _aside(part, found.main)
        if aside is not None:
            found.conditions.append(aside)
            continue
        found.main.append(part)
    found.main = _joined(found.main)
    _refuse_lists(found.main)
    _refuse_pieces(found.main)
    return found


def _joined(parts: list[Node]) -> list[Node]:
    """a > 0, b > 0 ⟹ a b > 0: premises and conclusions that stand beside an implication belong to it."""
    for k, part in enumerate(parts):
        if part.kind != "connective" or any(p.kind == "empty" for p in part.parts):
            continue
        first, last = k, k
        while first >= 2 and _is_comma(parts[first - 1]) and parts[first - 2].kind == "chain":
            first -= 2
        while last + 2 < len(parts) and _is_comma(parts[last + 1]) and parts[last + 2].kind == "chain":
            last += 2
        if (first, last) == (k, k):
            continue
        before, after = parts[first:k:2], parts[k + 2 : last + 1 : 2]
        sides = (_all_of([*before, part.parts[0]]), _all_of([part.parts[1], *after]))
        whole = Node("connective", sides, part.text, sides[0].start, sides[1].end)
        return [*parts[:first], whole, *parts[last + 1 :]]
    return parts


def _is_comma(node: Node) -> bool:
    return node.kind == "separator" and node.text == ","


def _all_of(parts: list[Node]) -> Node:
    return parts[0] if len(parts) == 1 else Node("list", tuple(parts), "", parts[0].start, parts[-1].end)


def _refuse_logic(parts: list[Node]) -> None:
    """Words between formulas that join or deny them are no comments."""
    formulas = [k for k, p in enumerate(parts) if p.kind in ("chain", "connective")]
    hidden = next((p for p in parts if p.kind == "text" and re.search(r"[$=<>]|\\\(", p.text)), None)
    if hidden is not None:
        raise ReadingError("a formula within text", hidden.start, hidden.end, "it beside the text")
    for k, part in enumerate(parts):
        found = LOGIC.search(part.text.lower()) if part.kind == "text" else None
        before = any(f < k for f in formulas)
        after = any(f > k for f in formulas)
        if found and after and (before or found.group() in ("not", "never", "false", "neither", "unless")):
            raise ReadingError(
                f"the word {found.group()!r} between formulas", part.start, part.end, "signs, or sentences"
            )


def _aside(part: Node, before: list[Node]) -> Node | None:
    """The condition in |c| = c \\quad (c > 0)."""
    apart = bool(before) and before[-1].kind == "separator" and before[-1].text in ("quad", "qquad")
    if not apart or part.kind != "group" or len(part.parts) != 1 or not any(p.kind == "chain" for p in before):
        return None
    inside = part.parts[0]
    return inside if inside.kind == "chain" and all(s in ORDERS for s in relations(inside)) else None


def _refuse_pieces(parts: list[Node]) -> None:
    """A piece without a relation beside one that has it would be lost: rows that go on, a : b = c, b = b \\ a."""
    if not any(p.kind in STATEMENTS for p in parts):
        return
    for k, part in enumerate(parts):
        apart = k > 0 and parts[k - 1].kind == "separator" and parts[k - 1].text in ("quad", "qquad")
        tag = apart and part.kind == "group" and part.text in ("(", "[")
        tag = tag and (len(part.parts) == 1 or any(p.kind == "text" for p in part.parts))
        if part.kind not in (*STATEMENTS, "separator", "text", "dots", "placeholder", "big") and not tag:
            raise ReadingError("a piece without a relation", part.start, part.end, "a relation, or text")


def _refuse_lists(parts: list[Node]) -> None:
    """a, b = b, a is no single relation; a list beside one would be lost."""
    for k, part in enumerate(parts):
        if part.kind != "separator" or part.text != ",":
            continue
        before, after = parts[k - 1] if k else None, parts[k + 1] if k + 1 < len(parts) else None
        pair = [p.kind for p in (before, after) if p is not None]
        if {"chain", "connective"} & set(pair) and any(
            kind not in ("chain", "connective", "text", "separator", "quantifier") for kind in pair
        ):
            listed = next(p for p in (before, after) if p is not None and p.kind != "chain")
            raise ReadingError("a list beside a relation", listed.start, listed.end, "one term on each side")


def _is_condition(part: Node, before: list[Node]) -> bool:
    """c > 0 after "for", "if" or, set apart from a relation, after a comma or space."""
    if not any(p.kind in ("chain", "connective") for p in before):
        return False
    texts = list(_trailing(before, ("text",)))
    if texts:
        return CONDITION.search(" ".join(t.text for t in reversed(texts)).lower().rstrip()) is not None
    apart = any(p.text in SPACES for p in _trailing(before, ("separator",)))
    signs = relations(part)
    bare = plain_name(part.parts[0]) is not None or part.parts[0].kind in ("norm", "absolute", "number", "script")
    return apart and all(s in ORDERS for s in signs) and bare and not any(s == "newline" for s in _texts(before))


def _texts(before: list[Node]) -> list[str]:
    return [p.text for p in _trailing(before, ("separator",))]


def _trailing(before: list[Node], kinds: tuple[str, ...]) -> Iterator[Node]:
    """The texts or separators just before this point."""
    for part in reversed(before):
        if part.kind not in ("text", "separator"):
            return
        if part.kind in kinds:
            yield part


def _range(items: list[Node], environment: Environment) -> tuple[int, Meaning | None]:
    """i = 1, …, n: how many parts it takes, and the index with its range."""
    first = items[0]
    if first.kind != "chain" or relations(first) != ["="] or len(items) < 3:
        return 0, None
    name = plain_name(first.parts[0])
    low = form_of(first.parts[1], environment)
    if name is None or low is None or (len(name) > 1 and name not in ("ell", "tau")):
        return 0, None
    values: list[Node] = [first.parts[1]]
    place = 1
    while place + 1 < len(items) and items[place].kind == "separator" and items[place].text == ",":
        if items[place + 1].kind not in ("number", "name", "dots", "sum", "product", "face"):
            break
        values.append(items[place + 1])
        place += 2
    dots = [k for k, v in enumerate(values) if v.kind == "dots"]
    forms = [form_of(v, environment) for v in values if v.kind != "dots"]
    if len(dots) != 1 or None in forms or dots[0] == 0:
        return 0, None
    steps = [form for form in forms[: dots[0]] if form is not None]
    if any(constant_value(minus(b, a)) != 1 for a, b in itertools.pairwise(steps)):
        return 0, None
    if dots[0] < len(values) - 2:
        return 0, None
    high = forms[-1] if dots[0] == len(values) - 2 else None
    return place, Meaning(name, "index", range=(low, high))


def form_of(node: Node, environment: Environment) -> Linear | None:
    """A limit of a range as a linear form of numbers, dimensions and indices."""
    match node.kind:
        case "number" if node.text.isdigit() and len(node.text) < 10:
            return constant(int(node.text))
        case "name":
            meaning = environment.find(node.text)
            return variable(node.text) if meaning is None or meaning.kind in ("dimension", "index") else None
        case "group" if len(node.parts) == 1:
            return form_of(node.parts[0], environment)
        case "sum":
            total: Linear = ()
            for sign, part in zip(node.text.split(" "), node.parts, strict=True):
                form = form_of(part, environment)
                if form is None or sign not in "+-":
                    return None
                total = plus(total, form) if sign == "+" else minus(total, form)
            return total
    return None
