"""The reference names everything that there is, and says of it what the tables in the program say."""

import re

import verifier
from tests.docs.console import ROOT
from verifier import Verdict
from verifier.reading.layouts import LAYOUTS
from verifier.reading.vocabulary import PROPERTIES
from verifier.reporting.schema import report_schema
from verifier.reporting.verdicts import VERDICTS

PAGE = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")


def test_every_verdict_with_its_status() -> None:
    rows = re.findall(r"(?m)^\| `([a-z-]+)` \| .* \| (\d) \|$", PAGE)
    assert rows == [(str(verdict), str(VERDICTS[verdict].status)) for verdict in Verdict]


def test_every_public_name() -> None:
    written = set(re.findall(r"\w+", PAGE))
    assert set(verifier.__all__) <= written


def test_every_property_and_layout() -> None:
    for _, name in PROPERTIES:
        words = name.replace("_", " ").replace("full ", "").replace("triangular", "")
        assert all(word in PAGE for word in words.split()), name
    assert all(layout in PAGE for layout in LAYOUTS)


def test_every_key_of_the_report() -> None:
    schema = report_schema()
    parts = [schema, *(schema["$defs"][name] for name in ("file", "section", "symbol", "claim", "diagnostic"))]
    overview = PAGE[PAGE.index("## The JSON report") :]
    for key in (key for part in parts for key in part["properties"]):
        assert f'"{key}"' in overview or key == "seconds", key
