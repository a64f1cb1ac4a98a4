"""Whatever a file holds: a document or a DocumentError, in bounded time, with offsets inside the text."""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from verifier.reading.documents import (
    Document,
    DocumentError,
    Formula,
    Given,
    Heading,
    Text,
    find_documents,
    load,
    normalise_number,
    read_document,
)
from verifier.reading.numbering import Numbering, parse_number

SYNTAXES = ("markdown", "tex", "plain", "notebook", "auto")
MEGABYTES_4 = 4 * 1024 * 1024


def refusal(path: Path | str, **how: object) -> DocumentError:
    with pytest.raises(DocumentError) as error:
        load(path, **how)  # type: ignore[arg-type]
    assert error.value.diagnostic.help
    assert str(path) in str(error.value)
    return error.value


# ---- files ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"a\0b", "binary-file"),
        (b"\x89PNG\r\n\x1a\n\0\0", "binary-file"),
        (b"ok\nbad \xff here", "not-utf-8"),
        ("α".encode()[:1], "not-utf-8"),
        ("$x$".encode("utf-16"), "not-utf-8"),
        (b"a" * (MEGABYTES_4 + 1), "too-large"),
        (b"a\n" * (MEGABYTES_4 // 2), "too-large"),
    ],
)
@pytest.mark.parametrize("suffix", [".md", ".tex", ".txt"])
def test_files_that_cannot_be_read(tmp_path, content, code, suffix):
    path = tmp_path / f"file{suffix}"
    path.write_bytes(content)
    assert refusal(path).diagnostic.code == code


def test_broken_utf_8_names_byte_and_line(tmp_path):
    path = tmp_path / "broken.md"
    path.write_bytes("α\r\nβ\n bad \xe9".encode("latin-1", "replace")[:4] + b"\n x \xe9")
    diagnostic = refusal(path).diagnostic
    assert diagnostic.message == "found the byte 0xe9 at offset 8, line 3, which is not UTF-8"
    assert diagnostic.place is not None
    assert (diagnostic.place.line, diagnostic.place.column) == (3, 4)


def test_missing_files_and_folders(tmp_path):
    assert refusal(tmp_path / "none.md").diagnostic.code == "missing-file"
    assert refusal(tmp_path).diagnostic.code == "folder-as-file"
    assert refusal("a\0b.md").diagnostic.code == "unreadable-file"
    assert refusal("x" * 5000).diagnostic.code == "unreadable-file"
    with pytest.raises(DocumentError) as error:
        find_documents(tmp_path / "none")
    assert error.value.diagnostic.code == "missing-folder"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(tmp_path):
    path = tmp_path / "secret.md"
    path.write_text("$x$")
    path.chmod(0)
    assert refusal(path).diagnostic.code == "unreadable-file"


def test_an_endless_file_is_refused():
    assert refusal("/dev/zero").diagnostic.code == "too-large"


def test_standard_input():
    stream = io.BytesIO(b"\\documentclass{article}\\begin{document}$x$\\end{document}")
    assert load("-", stream=stream).syntax == "tex"
    assert load("-", stream=io.BytesIO(b"$x$")).syntax == "markdown"
    assert load("-", syntax="tex", stream=io.BytesIO(b"$x$")).syntax == "tex"
    with pytest.raises(DocumentError):
        load("-", stream=io.BytesIO(b"\xff"))


def test_an_unknown_syntax():
    with pytest.raises(DocumentError) as error:
        read_document("x", syntax="word")
    assert error.value.diagnostic.code == "unknown-syntax"


@pytest.mark.parametrize("syntax", ["markdown", "tex", "plain", "auto"])
@pytest.mark.parametrize("source", ["", "\n", "\ufeff", " \r\n\t", "\x00", "\x1b[31m$x$"])
def test_empty_texts_and_control_characters(source, syntax):
    document = read_document(source, syntax=syntax)
    assert document.diagnostics == ()
    assert document.place(0, len(source)).line == 1


# ---- bounded time --------------------------------------------------------------------------------------------------

UNITS = [
    *("\n", " ", "\t", "\r", "\\", "{", "}", "$", "`", "*", "_", ">", "-", "#", "%", "<", "[", "(", ":", "1", "=", "x"),
    *("a\n", "a\n\n", "word ", "$$", "$x$ ", "${", "${$ ", "$$\n", "$$x$$\n\n", "$`", "\\[", "\\]", "\\(", "\\[ x \\]"),
    *("\\begin{align}", "\\end{align}", "\\begin{x}", "\\begin{aligned}\\begin{aligned}\\end{aligned}"),
    *(
        "$\\begin{bmatrix}",
        "\\begin{verbatim}",
        "\\verb|",
        "\\item ",
        "\\section{",
        "\\section{a}",
        "\\input{a}",
        "\\url{",
    ),
    *("\\newcommand{\\a}{", "\\def\\a{", "\\def\\a{b}", "$$\\tag{", "$$\\label{1}$$", "$\\quad (1)$", "\\textbf{"),
    *(
        "- ",
        "- a\n",
        "1. a\n",
        "> a\n",
        "> ",
        "# a\n",
        "a\n=\n",
        "    $$a\n\n",
        "<div>\n",
        "<!--",
        "<!-- x\n",
        "` ",
        "|",
    ),
    *("```\n", "```given\n", ":::a\n", ":::given\n", "% given: x\n", "$$ a % b\n$$\n", "costs $5 and $6 "),
    *(
        "(a) \n",
        "(a)",
        "(a) ",
        "i. ",
        "1.1 A\n",
        "(1) A\n",
        "Problem 1.\n",
        "q 1\n",
        "*(a)*\n",
        "\\noindent ",
        "\x0c\n",
    ),
]


def ends(source: str, syntax: str) -> None:
    """The document is read, or refused as too large: with more than linear work, this would take hours."""
    try:
        document = read_document(source, syntax=syntax)
    except DocumentError as error:
        refused = error.diagnostic.message
    else:
        refused = ""
    assert refused or all(0 <= block.start <= block.end <= len(document.source) for block in document.blocks)


def as_notebook(text: str) -> str:
    return json.dumps({"cells": [{"cell_type": "markdown", "source": text}]})


@pytest.mark.parametrize("syntax", ["markdown", "tex"])
@pytest.mark.parametrize("unit", UNITS)
def test_a_megabyte_of_anything_is_read(unit, syntax):
    ends(unit * (MEGABYTES_4 // 4 // len(unit)), syntax)


@pytest.mark.parametrize("syntax", ["markdown", "tex", "plain", "notebook"])
@pytest.mark.parametrize("unit", ["\n", " ", "{", "$", "*", "\\", "a\n", "$x$ ", "- ", "(a) \n", "\\verb|", "word "])
def test_four_megabytes_of_anything_are_read(unit, syntax):
    source = unit * (MEGABYTES_4 // len(unit))
    ends(as_notebook(source) if syntax == "notebook" else source, syntax)


def work_of(source, syntax):
    """How many functions are called until the document is there: the same on every machine."""
    calls = 0

    def count(frame, event, argument):
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        ends(source, syntax)
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("syntax", ["markdown", "tex"])
@pytest.mark.parametrize(
    "unit", ["$x$ ", "$$x$$\n", "- a\n", "(a) x\n", "\\[", "\\begin{align}", "> - a\n", "\\def\\a{"]
)
def test_work_grows_no_faster_than_the_text(unit, syntax):
    work_of(unit * 100, syntax)
    few, many = (work_of(unit * count, syntax) for count in (500, 2_000))
    assert many < 4 * 1.25 * few


@pytest.mark.parametrize("syntax", ["markdown", "tex", "plain"])
@pytest.mark.parametrize(("opening", "closing"), [("{", "}"), ("(", ")"), ("\\text{", "}"), ("> ", ""), ("- ", "")])
def test_deep_nesting_is_no_recursion(opening, closing, syntax):
    depth = 2_000
    inside = opening * depth + "x" + closing * depth
    for source in (inside, f"${inside}$", f"\\newcommand{{\\a}}{{{inside}}}", f"\\section{{{inside}}}"):
        read_document(source, syntax=syntax)
    if opening == "{":
        (formula,) = [b for b in read_document(f"${inside}$", syntax="tex").blocks if isinstance(b, Formula)]
        assert formula.text == inside


def test_a_real_text_of_almost_four_megabytes_is_read():
    paragraph = (
        "Let $x \\in \\mathbb{R}^n$ be a vector, and suppose that the matrix $A$ is symmetric. " + "Words " * 10 + "\n"
    )
    source = (paragraph + "\n$$\nx^T A x = \\sum_{i,j} A_{ij} x_i x_j\n$$\n\n") * 21_000
    assert 3_800_000 < len(source) < MEGABYTES_4
    document = read_document(source)
    assert sum(isinstance(block, Formula) for block in document.blocks) == 63_000


def test_diagnostics_are_counted_beyond_a_hundred():
    diagnostics = read_document("\\[ x = 1\n\n" * 150, syntax="tex").diagnostics
    assert len(diagnostics) == 101
    assert diagnostics[-1].message == "and 50 more of these"


# ---- properties ----------------------------------------------------------------------------------------------------

FRAGMENTS = st.sampled_from(
    [unit for unit in UNITS if unit not in ("\r",)]
    + [
        "\r\n",
        "\\end{document}",
        "\\begin{document}",
        "\\end{verbatim}",
        "-->",
        "\ufeff",
        "é",
        "𝛅",
        "\u2028",
        "\x00",
        "\ud800",
    ]
    + ["$x = 1$", "\\tag{3}", "```math\n", "verifier: assume", "<!-- verifier: skip -->", "given: ", "\\item[", "---\n"]
)
SOURCES = st.one_of(
    st.lists(FRAGMENTS, max_size=40).map("".join),
    st.text(max_size=80),
    st.text(alphabet="$\\[]() \n`{}>-#ax1.%", max_size=60),
)


def check_offsets(document: Document) -> None:
    source, position = document.source, 0
    for block in document.blocks:
        assert 0 <= block.start <= block.end <= len(source)
        assert position <= block.start
        position = block.start
        place = document.place(block.start, block.end)
        assert (1, 1) <= (place.line, place.column) <= (place.end_line, place.end_column)
        if isinstance(block, Formula):
            assert block.outer_start <= block.start <= block.end <= block.outer_end <= len(source)
        if isinstance(block, Formula | Text | Given):
            stretch = source[block.start : block.end]
            assert len(stretch) == len(block.text)
            assert all(mine == theirs or mine in " \n" for mine, theirs in zip(block.text, stretch, strict=True))
        if not isinstance(block, Heading):
            position = block.end


@settings(max_examples=600, deadline=None)
@given(SOURCES, st.sampled_from(SYNTAXES))
@example("$$ `$$`", "markdown")
@example("> $$\n>\n> $$", "markdown")
@example("\ufeff\ufeff# $x$", "markdown")
@example("- \t$x$\n\t\t$$", "markdown")
@example("#\u2028 $x$ #", "markdown")
def test_any_text_is_a_document_or_a_document_error(source, syntax):
    try:
        document = read_document(source, syntax=syntax)
    except DocumentError:
        return
    check_offsets(document)
    for diagnostic in document.diagnostics:
        assert diagnostic.code
        assert diagnostic.message


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_a_document_or_a_document_error(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "any.txt"
    path.write_bytes(content)
    with contextlib.suppress(DocumentError):
        check_offsets(load(path))


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.text(alphabet="abcxyz+-^_ ", min_size=1, max_size=12), max_size=6), st.sampled_from(("markdown", "tex"))
)
def test_formulas_put_between_dollars_are_found_again(bodies, syntax):
    bodies = [f"a_{{{body.strip()}}}" for body in bodies]
    source = "\n\n".join(f"We have ${body}$ here.\n\n$${body}$$" for body in bodies)
    blocks = read_document(source, syntax=syntax).blocks
    found = [(block.text, block.display) for block in blocks if isinstance(block, Formula)]
    assert found == [(body, display) for body in bodies for display in (False, True)]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.text(max_size=12), max_size=8), st.integers(1, 9))
def test_numbers_never_fail(titles, level):
    numbering = Numbering()
    for title in titles:
        parts, end = parse_number(title)
        assert 0 <= end <= len(title)
        number = numbering.enter(parts, level) if parts else numbering.unnumbered(title, level)
        assert normalise_number(number) == number or "(" in number
