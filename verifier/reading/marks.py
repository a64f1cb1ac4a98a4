"""Letters with their accents, faces, primes, subscripts and superscripts, as they are written."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from verifier.reading.syntax import EMPTY, Node, of_node

TRANSPOSE_NAMES = frozenset(("T", "top", "intercal", "t"))


class Marks(NamedTuple):
    """What stands around a name: subscript, iteration superscript, stars, primes, and marks that act on the value."""

    subscript: Node = EMPTY
    iteration: Node = EMPTY
    star: str = ""
    primes: int = 0
    actions: tuple[Node, ...] = ()


BARE = Marks()


def plain_name(node: Node) -> str | None:
    """The plain name of a letter with accents and faces; None for anything else."""
    match node.kind:
        case "name" | "word":
            return node.text
        case "face":
            return plain_name(node.parts[0])
        case "accent":
            inner = plain_name(only_part(node.parts[0]))
            return None if inner is None else f"{node.text}({inner})"
        case "group" if node.text == "{" and len(node.parts) == 1:
            return plain_name(node.parts[0])
    return None


def composite_name(node: Node) -> str | None:
    """δω as one symbol: the plain names of letters side by side."""
    if node.kind != "product" or len(node.parts) > 3:
        return None
    names = [plain_name(part) for part in node.parts]
    return " ".join(name for name in names if name) if all(names) else None


def only_part(node: Node) -> Node:
    """The one part of a group that holds one."""
    return node.parts[0] if node.kind in ("group", "list", "script list") and len(node.parts) == 1 else node


def base_and_marks(node: Node) -> tuple[Node, Marks]:
    """The base of nested scripts, and all of their marks."""
    return _scripted(node) if node.kind == "script" else (node, BARE)


@of_node
def _scripted(node: Node) -> tuple[Node, Marks]:
    marks = BARE
    layers: list[Node] = []
    while node.kind == "script":
        layers.append(node)
        node = node.parts[0]
    for layer in reversed(layers):
        _, subscript, superscript = layer.parts
        if _is_entry_of_transpose(layer):
            node = Node("group", (Node("script", (node, EMPTY, superscript), "", node.start, superscript.end),), "{")
            node = replace(node, start=layer.start, end=superscript.end)
            superscript = EMPTY
        if subscript is not EMPTY and subscript.kind != "empty":
            if _is_plus(subscript):
                marks = marks._replace(star=marks.star + "+")
            elif marks.subscript is not EMPTY or marks.actions:
                marks = marks._replace(actions=(*marks.actions, subscript))
            else:
                marks = marks._replace(subscript=subscript)
        if layer.text:
            marks = marks._replace(primes=marks.primes + len(layer.text))
        if superscript.kind != "empty":
            marks = _superscript(marks, superscript)
    return node, marks


def _is_entry_of_transpose(layer: Node) -> bool:
    """A^T_{ij} is (A^T)_{ij}, A^{-1}_{ij} is (A^{-1})_{ij}."""
    _, subscript, superscript = layer.parts
    if subscript.kind == "empty" or superscript.kind == "empty" or layer.parts[0].kind == "script":
        return False
    nodes = index_nodes(subscript, 2)
    turned = is_turned(superscript)
    return turned and nodes is not None and len(nodes) == 2 and superscript.start < subscript.start


def is_turned(superscript: Node) -> bool:
    """Whether a superscript is a transpose or an inverse."""
    only = superscript.parts[0] if len(superscript.parts) == 1 else superscript
    inverse = only.kind == "sum" and only.text == "-" and only.parts[0].text == "1"
    return inverse or is_transpose(only)


def _is_plus(script: Node) -> bool:
    """[…]_+"""
    return len(script.parts) == 1 and script.parts[0].kind == "sign" and script.parts[0].text == "+"


def _superscript(marks: Marks, node: Node) -> Marks:
    """Split a superscript into an iteration index, a star, and actions (transpose, inverse, power)."""
    parts = node.parts
    if len(parts) == 1 and parts[0].kind == "product" and parts[0].parts[0].kind in ("group", "name"):
        first, *rest = parts[0].parts
        last_is_transpose = rest and all(is_transpose(r) for r in rest)
        if last_is_transpose:
            inner = _superscript(marks, replace(node, parts=(first,)))
            return inner._replace(actions=(*inner.actions, *(_listed(r, node) for r in rest)))
    if len(parts) == 1 and parts[0].kind == "group" and (parts[0].text == "(" or is_layer(parts[0])):
        return marks._replace(iteration=parts[0])
    if len(parts) == 1 and (parts[0].kind == "sign" or parts[0].kind == "operator"):
        sign = {"ast": "*", "star": "*", "times": "*", "dagger": "+"}.get(parts[0].text, parts[0].text)
        if sign in "*+-":
            return marks._replace(star=marks.star + sign)
    return marks._replace(actions=(*marks.actions, node))


def is_layer(group: Node) -> bool:
    """[2] above a letter, as in W^{[2]}: a label, as (2) is, and another than that."""
    return group.text == "[" and len(group.parts) == 1 and group.parts[0].kind == "number"


def _listed(node: Node, around: Node) -> Node:
    return Node("script list", (node,), "", around.start, around.end)


def is_transpose(node: Node) -> bool:
    """Whether a superscript is ⊤, T or the like."""
    if node.kind == "transpose":
        return True
    return plain_name(node) in TRANSPOSE_NAMES and plain_name(node) != "t"


def name_of_symbol(node: Node) -> str | None:
    """The name of a letter with nothing but accents, faces and stars."""
    base, marks = base_and_marks(node)
    name = plain_name(base)
    return None if name is None or marks != Marks(star=marks.star) else name + marks.star


# indices


def index_nodes(script: Node, wanted: int | None = None) -> list[Node] | None:
    """The index expressions of a subscript, one for each axis; None if it does not look like indices."""
    items: list[list[Node]] = [[]]
    for part in script.parts:
        if part.kind == "separator" and part.text == ",":
            items.append([])
        elif part.kind == "separator" and part.text == ":":
            items[-1].append(Node("colon", (), ":", part.start, part.end))
        else:
            items[-1].append(part)
    if len(items) == 1 and len(items[0]) == 2 and any(part.kind == "colon" for part in items[0]):
        items = [[part] for part in items[0]]
    if any(len(item) != 1 for item in items):
        return None
    nodes = [item[0] for item in items]
    if len(nodes) == 1 and wanted is not None and wanted > 1:
        only = nodes[0]
        if only.kind == "product" and len(only.parts) == wanted and all(p.kind != "operator" for p in only.parts):
            return list(only.parts)
        if only.kind == "number" and len(only.text) == wanted:
            return [Node("number", (), digit, only.start, only.end) for digit in only.text]
    return nodes


def rendered(node: Node) -> str | None:
    """The plain text of a subscript that is a label: max, (1), i, new."""
    match node.kind:
        case "name" | "word" | "face" | "accent":
            return plain_name(node)
        case "number":
            return node.text
        case "text":
            return node.text.strip() or None
        case "infinity":
            return "infty"
        case "big":
            return node.text
        case "group" if is_layer(node):
            return f"[{node.parts[0].text}]"
        case "script list" | "group":
            texts = [rendered(p) if p.kind != "separator" else p.text for p in node.parts]
            joined = "".join(t for t in texts if t is not None)
            return joined if texts and None not in texts else None
        case "product":
            texts = [rendered(p) for p in node.parts]
            return "".join(t or "" for t in texts) if None not in texts else None
        case "script":
            base, marks = base_and_marks(node)
            stem, label = rendered(base), rendered(marks.subscript) if marks.subscript is not EMPTY else ""
            iteration = rendered(marks.iteration) if marks.iteration is not EMPTY else ""
            if stem is None or label is None or iteration is None or marks.actions:
                return None
            stem += f"^({iteration})" if iteration else ""
            return stem + (f"_{label}" if label else "") + marks.star + "'" * marks.primes
        case "sum":
            texts = [rendered(p) for p in node.parts]
            signs = node.text.split(" ")
            if None in texts:
                return None
            text = "".join(s + (t or "") for s, t in zip(signs, texts, strict=True))
            return text.removeprefix("+")
        case "chain":
            texts = [rendered(p) for p in node.parts]
            return "=".join(t or "" for t in texts) if None not in texts else None
        case "sign":
            return "*" if node.text in ("ast", "star", "*") else node.text
    return None
