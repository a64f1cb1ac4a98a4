"""Edits of certificates, each of which says something else than before. Certificates are plain data."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from random import Random
from typing import Any

Path = tuple[Any, ...]
Edit = tuple[str, Any]
EVEN = (["number", [], "2"], ["number", [], "-2"])
NEUTRAL_KINDS = ("sign", "number", "nesting", "sides", "name", "relation")

OTHER_HEAD = {
    "add": "subtract",
    "subtract": "add",
    "multiply": "add",
    "divide": "multiply",
    "transpose": "negate",
    "negate": "transpose",
    "sum": "product",
    "power": "multiply",
    "inverse": "transpose",
    "greater": "less",
    "greater_equal": "less_equal",
    "less": "greater",
    "less_equal": "greater_equal",
    "equal": "not_equal",
    "not_equal": "equal",
    "elementwise": "negate",
}
OTHER_RULE = {
    "linear": "normal form",
    "nonnegative": "sign",
    "fact": "sign",
    "sign": "fact",
    "generalise": "implies",
    "implies": "generalise",
    "cut": "cases",
    "cases": "cut",
    "induction": "generalise",
    "witness": "generalise",
    "and": "or",
    "axiom": "normal form",
}
OTHER_AXIOM = {"log_mul": "sqrt_mul", "log_pow": "power_add_one", "reciprocal": "step_of_pos", "symmetric": "skew"}
OTHER_NAME = {"a": "b", "b": "a", "x": "y", "y": "x", "A": "B", "B": "A", "c": "a", "□": "a"}
OTHER_TYPE: dict[type, tuple[Any, ...]] = {
    str: (0, None, [], {}),
    int: ("0", None, [], 0.5, True),
    list: ({}, "", 0, None, ()),
    dict: ([], "rule", 0, None),
}
RELATIONS = ("equal", "not_equal", "less", "less_equal", "greater", "greater_equal")
LISTS = ("uses", "premises", "arguments", "summands", "squares", "gaps", "indices", "proofs", "at")


def paths(data: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every part of plain data, with where it is."""
    yield path, data
    if isinstance(data, dict):
        for key, item in data.items():
            yield from paths(item, (*path, key))
    elif isinstance(data, list):
        for k, item in enumerate(data):
            yield from paths(item, (*path, k))


def put(data: Any, path: Path, value: Any) -> Any:
    """Data with another value at a place; what is beside the path is shared."""
    if not path:
        return value
    changed = copy.copy(data)
    changed[path[0]] = put(data[path[0]], path[1:], value)
    return changed


def without(data: Any, path: Path) -> Any:
    """Data without what is at a place; what is beside the path is shared."""
    changed = copy.copy(data)
    if len(path) == 1:
        del changed[path[0]]
    else:
        changed[path[0]] = without(data[path[0]], path[1:])
    return changed


def _is_term(item: Any) -> bool:
    return isinstance(item, list) and len(item) > 1 and isinstance(item[0], str) and isinstance(item[1], list)


def _is_form(item: Any) -> bool:
    return isinstance(item, list) and all(
        isinstance(p, list) and len(p) == 2 and isinstance(p[0], str) and type(p[1]) is int for p in item
    )


def edits(certificate: Any) -> Iterator[tuple[str, bool, Any]]:
    """(kind, whether what is left may be a proof again, certificate with one edit)"""
    for path, item in paths(certificate):
        for kind, value in (*_of_values(path, item), *_of_terms(path, item)):
            yield kind, _may_be_neutral(kind, path, certificate), put(certificate, path, value)
        if path:
            yield "deletion", item == [], without(certificate, path)


def some_edits(certificate: Any, count: int, seed: int = 0) -> Iterator[tuple[str, Any]]:
    """(kind, certificate with one edit) at so many places, from all over the certificate."""
    random = Random(seed)
    places = list(paths(certificate))
    for path, item in random.sample(places, min(count, len(places))):
        values = [*_of_values(path, item), *_of_terms(path, item)]
        if values:
            kind, value = random.choice(values)
            yield kind, put(certificate, path, value)
        elif path:
            yield "deletion", without(certificate, path)


def _may_be_neutral(kind: str, path: Path, certificate: Any) -> bool:
    """Whether an edit may leave a proof of the very same claim.

    Sums and products have no order. Another rule may prove the same, where signs do. A law at -u or 2u, and a square of
    -u, can be the same relation, up to a number; so can a congruence F(□) + 1. An even power of -u is that of u. The
    index of an axis with one entry, and one that is bound, may have any name. That none of them proves a *false* claim
    is tested of all edits alike.
    """
    if kind in ("order", "rule", "index name"):
        return True
    inside_law = any(key in path for key in ("arguments", "squares", "relation"))
    return kind in NEUTRAL_KINDS and (inside_law or _under_an_even_power(path, certificate))


def _under_an_even_power(path: Path, certificate: Any) -> bool:
    here = certificate
    for step in path:
        if _is_term(here) and here[0] == "power" and here[1][1] in EVEN:
            return True
        here = here[step]
    return False


def _of_values(path: Path, item: Any) -> Iterator[Edit]:
    key = path[-1] if path else None
    for other in OTHER_TYPE.get(type(item), ()):
        yield "type", other
    if isinstance(item, list) and key in LISTS:
        for k, one in enumerate(item):
            yield "duplication", [*item[: k + 1], one, *item[k + 1 :]]
        if len(item) > 1:
            yield "order", item[::-1]
    if key == "rule":
        yield "rule", OTHER_RULE.get(item, "sorry")
        yield "rule", "sorry"
    if key == "axiom":
        yield "axiom", OTHER_AXIOM.get(item, "reciprocal" if item != "reciprocal" else "log_mul")
        yield "axiom", "sorry"
    if key == "fact":
        yield from (("fact", other) for other in (item + 7, -1, item + 1))
    if key == "premises":
        yield from (
            ("premise", put(item, (k,), other))
            for k in range(len(item))
            for other in ({"rule": "normal form"}, {"rule": "fact", "fact": 99}, {"rule": "implies"}, {})
        )
    if key == "coefficient":
        yield from (("coefficient", other) for other in ("0", "-1", "1/0", "7/3", "1.0", ""))
    if isinstance(item, dict):
        yield "nesting", {"rule": "cut", "proof": item}
        yield "nesting", [item]


def _of_terms(path: Path, item: Any) -> Iterator[Edit]:
    if _is_form(item) and item:
        yield "range", [*item, ["", 1]] if item[-1][0] != "" else [*item[:-1], ["", item[-1][1] + 1]]
        yield "range", [["", -3]]
        yield "sign", [[atom, -k] for atom, k in item]
        yield "index name", [[f"{atom}?" if atom else "n", k] for atom, k in item]
    if not _is_term(item):
        return
    head, args, *data = item
    yield "nesting", ["transpose", [["transpose", [["negate", [item]]]]]]
    yield "sign", ["negate", [item]]
    yield "number", ["multiply", [["number", [], "2"], item]]
    yield "number", ["add", [item, ["number", [], "1"]]]
    yield "number", ["number", [], "0"]
    if head in OTHER_HEAD:
        yield ("relation" if head in RELATIONS else "head"), [OTHER_HEAD[head], *item[1:]]
    if head in (*RELATIONS, "subtract", "divide", "power"):
        yield "sides", [head, args[::-1], *data]
    if head == "number":
        yield "number", [head, args, str(int(data[0].split("/")[0]) + 1)]
        yield "number", [head, args, "1/0"]
    if head == "symbol":
        yield "name", [head, args, OTHER_NAME.get(data[0], "a"), *data[1:]]
        yield "name", [head, args, "∂1000001", *data[1:]]
        yield "shape", [head, args, data[0], [[["n", 1]], [["", 2]]], *data[2:]]
    if head in ("sum", "build_rows", "build_columns", "for_all"):
        yield "index name", [head, args, "j?", *data[1:]]
