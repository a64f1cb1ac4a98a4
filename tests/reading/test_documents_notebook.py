"""Jupyter notebooks: which cells are read, and where their formulas stand in the file."""

from __future__ import annotations

import json

import pytest

from verifier.reading.documents import Code, Document, DocumentError, Formula, Heading, read_document

CELLS = [
    {"cell_type": "markdown", "metadata": {}, "source": ["# Title\n", "\n", "Let $x \\in \\mathbb{R}$ and α $y$\n"]},
    {"cell_type": "code", "source": ["z = '$no$'"], "outputs": [{"data": {"image/png": "$no$" * 10}}]},
    {"cell_type": "raw", "source": '$$\n"raw" + \t\\frac{1}{2}\n$$'},
    {"cell_type": "markdown", "source": ["```\n", "unclosed"]},
    {"cell_type": "markdown", "source": ["$after$"]},
    {"cell_type": "markdown", "source": []},
]


def read(content: object, **how: object) -> Document:
    return read_document(json.dumps(content, **how), syntax="notebook")  # type: ignore[arg-type]


def formulas(document: Document) -> list[Formula]:
    return [block for block in document.blocks if isinstance(block, Formula)]


@pytest.mark.parametrize("how", [{}, {"indent": 1}, {"indent": 2, "ensure_ascii": False}])
def test_markdown_and_raw_cells_are_read(how):
    document = read({"cells": CELLS, "nbformat": 4}, **how)
    assert [f.text.strip() for f in formulas(document)] == [
        "x \\in \\mathbb{R}",
        "y",
        '"raw" + \t\\frac{1}{2}',
        "after",
    ]
    assert [d.code for d in document.diagnostics] == ["unclosed-fence"]
    assert sum(isinstance(block, Code) for block in document.blocks) == 1


@pytest.mark.parametrize("how", [{}, {"indent": 1}, {"indent": 2, "ensure_ascii": False}])
def test_places_are_those_of_the_file(how):
    document = read({"cells": CELLS}, **how)
    lines = document.original.split("\n")
    for formula in formulas(document):
        place = document.place(formula.start, formula.end)
        if place.line == place.end_line:
            written = lines[place.line - 1][place.column - 1 : place.end_column - 1]
            assert json.loads(f'"{written}"') == formula.text
    heading = next(block for block in document.blocks if isinstance(block, Heading))
    place = document.place(heading.start, heading.end)
    assert lines[place.line - 1][place.column - 1 : place.end_column - 1] == "# Title"


def test_format_3():
    cells = [{"cell_type": "heading", "level": 2, "source": "Problem 2"}, {"cell_type": "markdown", "source": "$x$"}]
    document = read({"nbformat": 3, "worksheets": [{"cells": cells}]})
    heading, formula = document.blocks
    assert isinstance(heading, Heading)
    assert (heading.level, heading.title, heading.number) == (2, "Problem 2", "2")
    assert isinstance(formula, Formula)


@pytest.mark.parametrize(
    "source",
    [
        "",
        "{",
        '{"cells": [}',
        "[]",
        "3",
        "{}",
        "[" * 100_000,
        '{"cells": ' + "[" * 100_000,
        '{"cells": 1' + "0" * 5000 + "}",
        '{"cells": []} trailing',
        '{"cells": ["\\ud800"]',
    ],
)
def test_broken_notebooks(source):
    with pytest.raises(DocumentError) as error:
        read_document(source, syntax="notebook")
    assert error.value.diagnostic.code == "broken-notebook"


def test_broken_json_has_a_place():
    with pytest.raises(DocumentError) as error:
        read_document('{\n  "cells": [}\n', syntax="notebook")
    place = error.value.diagnostic.place
    assert place is not None
    assert (place.line, place.column) == (2, 13)


@pytest.mark.parametrize(
    "content",
    [
        {"cells": 3},
        {"cells": {"a": 1}},
        {"cells": [3, None, [], {}, {"cell_type": 3, "source": 4}, {"cell_type": "markdown"}]},
        {"cells": [{"cell_type": "markdown", "source": 3}, {"cell_type": "markdown", "source": [1, None, {}]}]},
        {"worksheets": [1, {"cells": [{"cell_type": "heading", "level": "x", "source": "a"}]}]},
        {"cells": [{"cell_type": "markdown", "source": ["\ud800 \u0000 $x$"]}]},
    ],
)
def test_strange_notebooks_are_read_as_far_as_they_go(content):
    assert read(content).syntax == "notebook"
