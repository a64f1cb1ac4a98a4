"""Checks a JSON value by the schema of reports; only what that schema uses of JSON Schema 2020-12 is known here."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib import resources
from typing import Any

Schema = dict[str, Any]
TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}


def report_schema() -> Schema:
    """The JSON Schema of a report."""
    text = resources.files("verifier.reporting").joinpath("report.schema.json").read_text("utf-8")
    schema: Schema = json.loads(text)
    return schema


def problems(value: Any, schema: Schema, root: Schema | None = None, path: str = "") -> Iterator[str]:
    """What in a value is not as the schema says, each with its place: ``files[0].path: found 3, expected a string``."""
    root = schema if root is None else root
    if "$ref" in schema:
        yield from problems(value, _resolved(schema, root), root, path)
        return
    if "anyOf" in schema:
        yield from _of_any(value, schema["anyOf"], root, path)
        return
    wrong = _mismatch(value, schema)
    if wrong:
        yield f"{path or 'the report'}: found {_short(value)}, expected {wrong}"
        return
    if isinstance(value, dict):
        yield from _members(value, schema, root, path)
    elif isinstance(value, list) and "items" in schema:
        for k, item in enumerate(value):
            yield from problems(item, schema["items"], root, f"{path}[{k}]")


def _resolved(schema: Schema, root: Schema) -> Schema:
    while "$ref" in schema:
        schema = root["$defs"][schema["$ref"].removeprefix("#/$defs/")]
    return schema


def _of_any(value: Any, options: list[Schema], root: Schema, path: str) -> Iterator[str]:
    """The problems of the option that comes closest, or of all if none comes closer than the others."""
    found = [list(problems(value, option, root, path)) for option in options]
    if not all(found):
        return
    closest = next((k for k, option in enumerate(options) if not _mismatch(value, _resolved(option, root))), None)
    if closest is not None:
        yield from found[closest]
    else:
        start = f"{path or 'the report'}: "
        expected = dict.fromkeys(texts[0].rpartition(", expected ")[2] for texts in found)
        yield f"{start}found {_short(value)}, expected {' or '.join(expected)}"


def _mismatch(value: Any, schema: Schema) -> str:
    """What was expected, if the value itself is something else."""
    if "const" in schema and (value != schema["const"] or isinstance(value, bool)):
        return json.dumps(schema["const"])
    if "enum" in schema and value not in schema["enum"]:
        return "one of " + ", ".join(map(json.dumps, schema["enum"]))
    if "type" in schema and not _has_type(value, schema["type"]):
        name = schema["type"]
        return name if name == "null" else f"{'an' if name[0] in 'aeio' else 'a'} {name}"
    if "pattern" in schema and not re.search(schema["pattern"], value):
        return f"text of the form {schema['pattern']}"
    if "minimum" in schema and value < schema["minimum"]:
        return f"at least {schema['minimum']}"
    return ""


def _has_type(value: Any, name: str) -> bool:
    if isinstance(value, bool):
        return name == "boolean"
    return isinstance(value, TYPES[name])


def _members(value: Schema, schema: Schema, root: Schema, path: str) -> Iterator[str]:
    known = schema.get("properties", {})
    prefix = f"{path}." if path else ""
    for key in schema.get("required", []):
        if key not in value:
            yield f"{path or 'the report'}: found no {key!r}, expected it"
    for key, held in value.items():
        if key in known:
            yield from problems(held, known[key], root, prefix + key)
            continue
        others = schema.get("additionalProperties", True)
        if others is False:
            yield f"{path or 'the report'}: found {_short(key)}, expected no such member"
        elif isinstance(others, dict):
            yield from problems(held, others, root, prefix + key)


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=True, default=str)
    return text if len(text) <= 60 else text[:57] + "…"
