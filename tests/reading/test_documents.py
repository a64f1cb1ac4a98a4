"""Documents on the real homework solutions, and what the blocks of Markdown and plain text are."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from verifier.derivation import Place
from verifier.reading.documents import (
    Code,
    Document,
    Formula,
    Given,
    Heading,
    Mark,
    Text,
    find_documents,
    load,
    normalise_number,
    read_document,
)

SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"
FORMULAS = {"000": (110, 58), "001": (57, 18), "002": (74, 29), "003": (89, 39), "004": (84, 15)}

needs_seeds = pytest.mark.skipif(not SEEDS.is_dir(), reason="the homework solutions are not here")


def seed(name: str) -> Document:
    return load(next(SEEDS.glob(f"{name}_*.txt")))


def formulas(document: Document) -> list[Formula]:
    return [block for block in document.blocks if isinstance(block, Formula)]


def texts(source: str, syntax: str = "markdown") -> list[str]:
    return [formula.text.strip() for formula in formulas(read_document(source, syntax=syntax))]


def codes(source: str, syntax: str = "markdown") -> list[str]:
    return [diagnostic.code for diagnostic in read_document(source, syntax=syntax).diagnostics]


def numbers(source: str, syntax: str = "markdown") -> list[str]:
    blocks = read_document(source, syntax=syntax).blocks
    return [block.number for block in blocks if isinstance(block, Heading)]


def labels(document: Document) -> dict[int, str]:
    """The number in force at the line of each formula."""
    found, number = {}, ""
    for block in document.blocks:
        if isinstance(block, Heading):
            number = block.number
        if isinstance(block, Formula):
            found[document.place(block.start, block.end).line] = number
    return found


def is_slice(block: Formula | Text | Given, source: str) -> bool:
    """The text of a block is its stretch of the source, except for what is blanked."""
    stretch = source[block.start : block.end]
    return len(stretch) == len(block.text) and all(
        mine == theirs or mine in " \n" for mine, theirs in zip(block.text, stretch, strict=True)
    )


# ---- the five homework solutions -----------------------------------------------------------------------------------


@needs_seeds
@pytest.mark.parametrize("name", FORMULAS)
def test_each_formula_of_the_seeds_is_found_once_and_nothing_else(name):
    document = seed(name)
    found = formulas(document)
    assert (len(found), sum(formula.display for formula in found)) == FORMULAS[name]
    assert document.diagnostics == ()


@needs_seeds
@pytest.mark.parametrize("name", FORMULAS)
def test_offsets_in_the_seeds_are_exact(name):
    document = seed(name)
    for block in document.blocks:
        if isinstance(block, Formula | Text):
            assert is_slice(block, document.source)
        if isinstance(block, Formula):
            dollars = "$$" if block.display else "$"
            outer = document.source[block.outer_start : block.outer_end]
            assert outer == f"{dollars}{document.source[block.start : block.end]}{dollars}"


@needs_seeds
@pytest.mark.parametrize("name", FORMULAS)
def test_words_and_formulas_of_the_seeds_leave_out_only_labels_headings_and_code(name):
    document = seed(name)
    covered = bytearray(len(document.source))
    for block in document.blocks:
        start, end = (block.outer_start, block.outer_end) if isinstance(block, Formula) else (block.start, block.end)
        covered[start:end] = b"\1" * (end - start)
    rest = "".join(character for character, done in zip(document.source, covered, strict=True) if not done)
    assert set(rest.split()) <= {"-", "---"}


@needs_seeds
@pytest.mark.parametrize(
    ("name", "line", "label"),
    [
        ("000", 15, "1"),
        ("000", 48, "2"),
        ("000", 108, "3(d)"),
        ("000", 158, "4(ii)"),
        ("000", 192, "4(b)"),
        ("000", 223 + 1, "4(b)(iv)"),
        ("000", 237, "4(c)"),
        ("001", 12, "1(a)"),
        ("001", 14, "1(a)"),
        ("001", 65, "2(b)"),
        ("001", 77, "2(h)"),
        ("001", 113, "3(b)"),
        ("001", 136, "4"),
        ("002", 15, "1(a)"),
        ("002", 45, "1(b)"),
        ("002", 99, "3"),
        ("003", 31, "1.1"),
        ("003", 127, "3.3"),
        ("003", 179, "4.2"),
        ("004", 11, "1.2(a)(i)"),
        ("004", 28, "1.2(c)(iii)"),
        ("004", 64, "1.3(d)(iii)"),
        ("004", 125, "1.4(e)(ii)"),
    ],
)
def test_labels_of_the_seeds(name, line, label):
    assert labels(seed(name))[line] == label


@needs_seeds
def test_a_letter_after_h_is_a_letter():
    headings = [block for block in seed("001").blocks if isinstance(block, Heading)]
    assert [(h.level, h.number) for h in headings if h.number in ("2(h)", "2(i)")] == [(8, "2(h)"), (8, "2(i)")]


@needs_seeds
def test_tags_of_the_seeds():
    assert [f.tag for f in formulas(seed("002")) if f.display] == [str(n) for n in range(1, 30)]
    assert [f.tag for f in formulas(seed("003")) if f.display] == [str(n) for n in range(1, 40)]
    assert all("tag" not in f.text and not f.text.rstrip().endswith("quad") for f in formulas(seed("003")))


@needs_seeds
def test_code_of_the_seeds_is_not_read():
    document = seed("002")
    spans = [document.place(b.start, b.end) for b in document.blocks if isinstance(b, Code)]
    assert [(span.line, span.end_line) for span in spans] == [(116, 137), (143, 151), (155, 200)]


@needs_seeds
def test_documents_are_picklable():
    document = seed("003")
    assert pickle.loads(pickle.dumps(document)) == document  # noqa: S301


# ---- numbers -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "number"),
    [
        *[
            (text, "1(a)")
            for text in ("Problem 1a", "Q1.a", "1(a)", "1.(a)", "Exercise 1 (a)", "1a)", "Problem 1. (a)")
        ],
        *[(text, "3.2") for text in ("3.2", "3.2 Foo", "Section 3.2", "§3.2", "### 3.2")],
        ("1(a)(ii)", "1(a)(ii)"),
        ("Problem 1.2(b): energy", "1.2(b)"),
        ("(C)", "(c)"),
        ("a", "(a)"),
        ("Part (b)", "(b)"),
        ("2. Regularization from the Augmentation Perspective", "2"),
        ("**Question 3**", "3"),
        *[
            (text, "")
            for text in ("Homework 1: Theory", "2nd part", "3D rotations", "A note", "2023", "Exercise in style")
        ],
    ],
)
def test_normalise_number(written, number):
    assert normalise_number(written) == number
    assert normalise_number(number) == number


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# Problem 2\n\n1. a\n2. b\n", ["2", "2(1)", "2(2)"]),
        ("# Problem 1\n\n1. a\n\n# Problem 2\n\n1. a\n", ["1", "1(1)", "2", "2(1)"]),
        ("## 1\n\n### Solution\n\n(a) x\n\n## References\n", ["1", "1", "1(a)", ""]),
        ("1. a\n\n## 2. b\n\n### 3. c\n\n4. d\n", ["1", "2", "3", "4"]),
        ("## 1\n### 1\n### 2\n## 2\n### 1\n", ["1", "1.1", "1.2", "2", "2.1"]),
        (
            "## Problem 1\n(i) x\n(ii) x\n\n(a) x\n\n(b) x\n\n(i) x\n",
            ["1", "1(i)", "1(ii)", "1(ii)(a)", "1(ii)(b)", "1(i)"],
        ),
        ("**Problem 3.** Show\n\n**(a)** x\n\n(b): y\n", ["3", "3(a)", "3(b)"]),
        ("Q2: x\n\n- (a) ii. y\n", ["2", "2(a)", "2(a)(ii)"]),
        ("1.2 Regression Task\n\n(a) x\n", ["1.2", "1.2(a)"]),
        ("As we saw in part\n(a) we have\n\n0.5 is half\n\n(see below) x\n\nProblem 1 asks\n\nPart (a) shows\n", []),
        ("a) x\n\nb) y\n\n(1) Show\n\n2023. Then\n", ["(a)", "(b)", "(b)(1)"]),
    ],
)
def test_numbers_compose(source, expected):
    assert numbers(source) == expected


# ---- Markdown ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("$x$ and $ y \\geq 0 $", ["x", "y \\geq 0"]),
        ("\\(x\\) and \\[y = 1\\]", ["x", "y = 1"]),
        ("costs $5 and $6", []),
        ("costs $5 or $6, and $x$ is $y = 1$", ["x", "y = 1"]),
        ("it was $5 then. We pay 6$ now", []),
        ("\\$5 and \\$6 $x$", ["x"]),
        ("see \\[1\\] and \\(below the line\\)", []),
        ("`$x$` and ``a ` $y$`` $z$", ["z"]),
        ("$`a = b`$", ["a = b"]),
        ("$a$$b$", ["a", "b"]),
        ("$a \\text{ if $b$ } c$ d", ["a \\text{ if $b$ } c"]),
        ("$5$ is $0$", ["5", "0"]),
        ("$a\nb$", ["a\nb"]),
        ("$a\n\nb$ c", []),
        ("$$a$$", ["a"]),
        ("text $$\na\n- b\n+ c\n# d\n$$ text", []),
        ("text $$\na\n- b\n+ c\n1. d\n$$ text", ["a\n- b\n+ c\n1. d"]),
        ("$$\na\n\n- b\n$$", ["a\n\n- b"]),
        ("$$\n\\begin{aligned}\na\n\nb\\end{aligned}\n$$", ["\\begin{aligned}\na\n\nb\\end{aligned}"]),
        ("\\begin{align*}\na &= b\n\\end{align*}", ["a &= b"]),
        ("\\begin{alignat}{2} a &= b \\end{alignat}", ["a &= b"]),
        ("\\begin{bmatrix} a \\end{bmatrix}", ["\\begin{bmatrix} a \\end{bmatrix}"]),
        ("```math\na = b\n```", ["a = b"]),
        ("```{math}\n:label: eq\na = b\n```", ["a = b"]),
        (":::{math}\na = b\n:::", ["a = b"]),
        ("```\n$x$\n```\n\n~~~tex\n$y$\n~~~\n\n    $z$\n\n<pre>$u$</pre>", []),
        ("---\ntitle: $x$\n---\n\n$y$", ["y"]),
        ("<!-- $x$ --> $y$\n\n<!--\n$z$\n-->\n", ["y"]),
        ("::: note\n$x$\n:::", ["x"]),
        ("- a $x$\n  - b $y$\n\n    $$z$$\n", ["x", "y", "z"]),
        ("> a $x\n> = y$\n>\n> $$\n> z\n>\n> w\n> $$\n", ["x\n  = y", "z\n \n  w"]),
        ("# Show $x = 1$ #\n\nSetext $y$\n====\n", ["x = 1", "y"]),
        ("| $a$ | $b$ |\n|---|---|\n| $c$ | $|d|$ |", ["a", "b", "c", "|d|"]),
        ("$$ $$ $ $ $$$$", []),
        ("a\u00a0\n\x0c\n$x$\r\n\r\n$y$\r$z$", ["x", "y", "z"]),
    ],
)
def test_formulas_of_markdown(source, expected):
    assert texts(source) == expected
    document = read_document(source, syntax="markdown")
    assert all(is_slice(formula, source) for formula in formulas(document))


@pytest.mark.parametrize(
    ("source", "code", "line", "column"),
    [
        ("a\n\n$$\nx\n\nb", "unclosed-math", 3, 1),
        ("a $x = 1\n\nb $y$", "unclosed-math", 1, 3),
        ("so $a = b and $c = d$", "unclosed-math", 1, 4),
        ("a \\[ x = 1\n\nb", "unclosed-math", 1, 3),
        ("\\begin{align}\nx", "unclosed-environment", 1, 1),
        ("x \\end{align}", "stray-delimiter", 1, 3),
        ("a\n\n> ```\n> x\n\nb", "unclosed-fence", 3, 1),
        ("```given\nx", "unclosed-fence", 1, 1),
        ("a <!-- x", "unclosed-comment", 1, 3),
        ("<!-- verifier: foo -->", "unknown-mark", 1, 5),
        ("<!-- verifier: expect nonsense -->", "unknown-mark", 1, 5),
        ("a\n\n    $$ x = 1 $$\n", "formula-in-code", 3, 1),
        ("$$\na % verifier: skip\n$$", "misplaced-mark", 2, 4),
        ("> " * 30 + "$x$", "too-deep", 1, 1),
    ],
)
def test_diagnostics_of_markdown(source, code, line, column):
    diagnostic = next(d for d in read_document(source, syntax="markdown").diagnostics if d.code == code)
    assert diagnostic.place is not None
    assert (diagnostic.place.line, diagnostic.place.column) == (line, column)
    assert "found" in diagnostic.message


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("$$\nlost\n\nThe next display is a new one:\n\n$$\nx = 1\n$$\n", ["x = 1"]),
        ("$$lost\n\nwe know $a$\n\n$$x = 1$$\n", ["a", "x = 1"]),
        ("so $a = b and $c = d$", ["c = d"]),
        ("\\begin{align} a\n\n$b$", ["b"]),
        ("\\[ a \\[ b = 1 \\]", ["b = 1"]),
    ],
)
def test_what_follows_an_unclosed_formula_is_read(source, expected):
    assert texts(source) == expected
    assert codes(source)[0].startswith("unclosed")


def test_a_lone_dollar_is_no_formula():
    assert codes("it costs $5, that is 5 $ in all") == []


def test_given_marks_and_containers():
    source = (
        "```given\nX \\in R\n```\n\n:::{given}\ny > 0\n:::\n\n> ```given\n> a > 0\n>\n> b > 0\n> ```\n\n"
        "<!-- given: z > 0 -->\n<!-- verifier: expect refuted -->\n$x$ <!-- verifier: skip -->\n\n::: {.given}\nw\n"
    )
    document = read_document(source)
    given = [block for block in document.blocks if isinstance(block, Given)]
    assert [block.text.split() for block in given] == [
        ["X", "\\in", "R"],
        ["y", ">", "0"],
        ["a", ">", "0", "b", ">", "0"],
        ["z", ">", "0"],
        ["w"],
    ]
    assert [block.closed for block in given] == [True, True, True, True, False]
    assert all(is_slice(block, source) for block in given)
    marks = [block for block in document.blocks if isinstance(block, Mark)]
    assert [(mark.kind, mark.argument) for mark in marks] == [("expect", "refuted"), ("skip", "")]


@pytest.mark.parametrize(
    ("formula", "tag", "text"),
    [
        ("x = 1 \\tag{7}", "7", "x = 1"),
        ("x = 1 \\tag*{(A)}", "A", "x = 1"),
        ("x = 1 \\quad (12)", "12", "x = 1"),
        ("x = 1 \\qquad\\qquad (2.1a)", "2.1a", "x = 1"),
        ("x = 1 \\hfill (*)", "*", "x = 1"),
        ("x = 1 \\eqno(3)", "3", "x = 1"),
        ("\\label{eq:a} x = 1 \\nonumber", "", "x = 1"),
        ("f (3)", "", "f (3)"),
        ("x = \\quad (\\eta \\text{ small})", "", "x = \\quad (\\eta \\text{ small})"),
        ("\\quad (3)", "", "\\quad (3)"),
        ("5\\% x", "", "5\\% x"),
        ("5% x", "", "5% x"),
    ],
)
def test_tags(formula, tag, text):
    (found,) = formulas(read_document(f"$${formula}$$"))
    assert (found.tag, found.text.strip()) == (tag, text)
    assert len(found.text) == len(formula)


def test_a_number_after_a_display_is_its_tag():
    found = formulas(read_document("$$x = 1$$ (4)\n\n$$y$$ (see (5))"))
    assert [formula.tag for formula in found] == ["4", ""]


def test_paragraphs_and_items():
    source = "a $x$\n$$y$$\nb $z$\n\n$u$\n\n- c $v$\n- d\n\n  $w$\n  1. $t$\n\n$s$\n\n(a) $r$\n\n$q$\n\n## H\n\n$p$\n"
    found = {f.text: f for f in formulas(read_document(source))}
    assert found["x"].paragraph == found["y"].paragraph == found["z"].paragraph != found["u"].paragraph
    assert found["x"].item == found["s"].item == found["p"].item == 0
    assert len({found[name].item for name in "vwtr"} - {0}) == 4
    assert found["r"].item == found["q"].item


def test_macros_of_markdown_are_found_and_blanked():
    document = read_document("\\newcommand{\\R}{\\mathbb{R}}\n\n$\\def\\tr#1{\\mathrm{tr}(#1)} \\tr{A}$ and $\\R$")
    assert {name: (m.arguments, m.body) for name, m in document.macros.items()} == {
        "R": (0, "\\mathbb{R}"),
        "tr": (1, "\\mathrm{tr}(#1)"),
    }
    assert [formula.text.strip() for formula in formulas(document)] == ["\\tr{A}", "\\R"]


def test_places_count_code_points_and_every_kind_of_line_end():
    source = "α\r\nβ\rγ\n𝛅 $x + y$\n"
    document = read_document(source, syntax="markdown")
    (formula,) = formulas(document)
    assert document.place(formula.start, formula.end) == Place(4, 4, 4, 9)
    assert document.place(0, len(source)) == Place(1, 1, 5, 1)


def test_a_byte_order_mark_has_no_column():
    document = read_document("\ufeff# A\n\n$x$", syntax="markdown")
    heading, formula = document.blocks
    assert document.place(heading.start, heading.end) == Place(1, 1, 1, 4)
    assert document.source[formula.start : formula.end] == "x"


# ---- plain text, suffixes, folders ---------------------------------------------------------------------------------


def test_plain_text_has_paragraphs_and_labels():
    document = read_document("Problem 1.\n\n(a) We have\n    no formulas\n\n1. here\n", syntax="auto")
    assert document.syntax == "plain"
    assert [(type(block).__name__, getattr(block, "number", "")) for block in document.blocks] == [
        ("Heading", "1"),
        ("Heading", "1(a)"),
        ("Text", ""),
        ("Heading", "1(a)(1)"),
        ("Text", ""),
    ]


@pytest.mark.parametrize(
    ("source", "syntax"),
    [
        ("just words", "plain"),
        ("a $x$", "markdown"),
        ("\\[x\\]", "markdown"),
        ("# Title", "markdown"),
        ("\\documentclass{article}", "tex"),
        ("% \\documentclass{article}\nwords", "plain"),
        ("\\begin{document} $x$", "tex"),
        ('{"cells": []}', "notebook"),
    ],
)
def test_syntax_is_guessed(source, syntax):
    assert read_document(source).syntax == syntax


def test_suffix_decides_the_syntax(tmp_path):
    expected = {"a.md": "markdown", "b.qmd": "markdown", "c.tex": "tex", "d.txt": "plain", "e.ipynb": "notebook"}
    for name in expected:
        (tmp_path / name).write_text('{"cells": []}' if name == "e.ipynb" else "words")
    assert {path.name: load(path).syntax for path in find_documents(tmp_path)} == expected


def test_hidden_folders_and_packages_are_left_out(tmp_path):
    for name in ("b/x.md", "a.tex", ".git/y.md", "node_modules/z.md", ".venv/w.txt", "b/.hidden.md", "b/c.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("words")
    assert [str(path.relative_to(tmp_path)) for path in find_documents(tmp_path)] == ["a.tex", "b/x.md"]
