"""The JSON report: its schema, its bytes, its places."""

import copy
import json
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any

import jsonschema
import pytest

from verifier.reporting.checking import check
from verifier.reporting.json_report import to_bytes, to_json
from verifier.reporting.report import Report
from verifier.reporting.schema import problems, report_schema

ROOT = Path(__file__).parents[2]
CLAIM_KEYS = [
    *("id", "section", "label", "chain", "line", "column", "end_line", "end_column", "left", "relation", "right"),
    *("reading", "claim", "hypotheses", "side_conditions", "rests_on", "verdict", "reason", "diagnostics"),
    *("counterexample", "suggestion", "evidence", "certificate", "axioms", "oracles"),
]


def data(report: Report, **options: bool) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(to_json(report, **options))
    return loaded


def test_reports_are_as_the_schema_says(homework: Report, example: Report) -> None:
    schema = report_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    for report in (homework, example, Report()):
        jsonschema.validate(data(report), schema)
        jsonschema.validate(data(report, timings=True), schema)
        assert list(problems(data(report), schema)) == []


def test_the_contract(homework: Report) -> None:
    report = data(homework)
    assert list(report) == ["version", "files", "totals", "options"]
    (file,) = report["files"]
    assert list(file) == ["path", "sha256", "sections", "claims", "diagnostics"]
    assert list(file["sections"][0]) == ["title", "layout", "symbols"]
    assert all(list(claim) == CLAIM_KEYS for claim in file["claims"])
    shown = [claim["counterexample"] for claim in file["claims"] if claim["counterexample"]]
    assert all(list(c) == ["dimensions", "values", "laws", "left", "right"] for c in shown)


def test_a_refuted_claim(homework: Report) -> None:
    claim = next(c for c in data(homework)["files"][0]["claims"] if c["verdict"] == "refuted")
    assert (claim["left"], claim["relation"], claim["right"]) == ("a^2 + 2 a b + b^2", "=", "a^2 + b^2")
    assert claim["label"] == "1(a)"
    assert claim["counterexample"]["values"] == {"a": "1", "b": "1"}
    assert claim["reading"].startswith("a^{2} + 2 a b + b^{2} = a^{2} + b^{2}")
    assert claim["reading"].endswith("\\text{for } a, b \\in \\mathbb{R}")
    assert claim["certificate"] is None


def test_places_are_columns_of_the_source(homework_text: str, homework: Report) -> None:
    lines = homework_text.split("\n")
    for claim in data(homework)["files"][0]["claims"]:
        if claim["line"] == claim["end_line"] and claim["right"]:
            text = lines[claim["line"] - 1][claim["column"] - 1 : claim["end_column"] - 1]
            assert text.endswith(claim["right"])


def test_side_conditions_that_are_stated() -> None:
    text = "```given\nb \\in \\mathbb{R}\nb > 0\n```\n\n$$\\frac{b}{b} = 1$$"
    claim = data(check(text))["files"][0]["claims"][-1]
    assert claim["side_conditions"] == [{"statement": "b \\neq 0", "stated": True}]
    assert claim["hypotheses"] == [] or claim["hypotheses"][0]["origin"] == "declaration"


def test_whole_chains_are_seen_by_their_ids(homework: Report) -> None:
    ids = [claim["id"] for claim in data(homework)["files"][0]["claims"]]
    assert len(set(ids)) == len(ids)
    assert [name for name in ids if name.endswith("-whole")]


def test_timings_only_where_asked_for(homework: Report) -> None:
    assert "seconds" not in to_json(homework)
    assert "seconds" in data(homework, timings=True)["files"][0]


def test_lone_surrogates_are_escaped() -> None:
    assert json.loads(to_bytes('"\ud800"').decode("utf-8")) == "\ud800"


def test_the_same_bytes_with_any_hash_seed(tmp_path: Path, homework_text: str) -> None:
    file = tmp_path / "homework.md"
    file.write_text(homework_text)
    outputs = set()
    for seed in ("0", "1", "4242"):
        command = [sys.executable, "-m", "verifier", "check", "homework.md", "--format", "json"]
        environment = {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "PATH": ""}
        done = subprocess.run(command, capture_output=True, cwd=tmp_path, env=environment, check=False)
        assert done.returncode == 1, done.stderr
        outputs.add(done.stdout)
    assert len(outputs) == 1


# our own validator, which needs no library, against the library


def _mutated(report: Any, random: Random) -> Any:
    """The report with one value somewhere replaced, removed, or added."""
    report = copy.deepcopy(report)
    here, path = report, []
    while isinstance(here, (dict, list)) and here and (len(path) < 2 or random.random() < 0.8):
        key = random.choice(list(here)) if isinstance(here, dict) else random.randrange(len(here))
        path.append((here, key))
        here = here[key]
    holder, key = path[-1]
    match random.randrange(4):
        case 0 if isinstance(holder, dict):
            del holder[key]
        case 1 if isinstance(holder, dict):
            holder["extra"] = 1
        case _:
            holder[key] = random.choice([None, -1, 1.5, True, "x", [], {}, ["x"], {"x": 1}, "0" * 64])
    return report


def test_the_validator_agrees_with_jsonschema(homework: Report) -> None:
    random, schema = Random(1), report_schema()
    library = jsonschema.Draft202012Validator(schema)
    report = data(homework)
    broken = 0
    for _ in range(400):
        mutant = _mutated(report, random)
        found = list(problems(mutant, schema))
        assert bool(found) == (not library.is_valid(mutant)), found
        broken += bool(found)
    assert broken > 200


MESSAGES = [
    (
        ["files", 0, "claims", 2, "verdict"],
        "true",
        'files[0].claims[2].verdict: found "true", expected one of "proved"',
    ),
    (["files", 0, "claims", 0, "line"], 0, "files[0].claims[0].line: found 0, expected at least 1"),
    (["files", 0, "claims", 0, "axioms"], None, "files[0].claims[0].axioms: found null, expected an array"),
    (["version"], 2, "version: found 2, expected 1"),
    (["files", 0, "claims", 0, "counterexample"], 5, "found 5, expected an object or null"),
    (["files", 0, "claims", 0, "claim"], {}, "files[0].claims[0].claim: found no 'conclusion', expected it"),
]


@pytest.mark.parametrize(("path", "value", "message"), MESSAGES)
def test_messages_have_the_place(homework: Report, path: list[str | int], value: object, message: str) -> None:
    report: Any = data(homework)
    here = report
    for key in path[:-1]:
        here = here[key]
    here[path[-1]] = value
    assert message in next(iter(problems(report, report_schema())))
