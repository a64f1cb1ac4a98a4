"""TeX documents: environments, sections, lists, macros, included files."""

from __future__ import annotations

from pathlib import Path

import pytest

from verifier.derivation import Place
from verifier.reading.documents import Code, Document, Formula, Given, Heading, Macro, Mark, load, read_document


def read(source: str) -> Document:
    return read_document(source, syntax="tex")


def formulas(document: Document) -> list[Formula]:
    return [block for block in document.blocks if isinstance(block, Formula)]


def texts(source: str) -> list[str]:
    return [formula.text.strip() for formula in formulas(read(source))]


def numbers(source: str) -> list[tuple[int, str]]:
    return [(block.level, block.number) for block in read(source).blocks if isinstance(block, Heading)]


ENVIRONMENTS = [
    *[name + star for name in ("equation", "align", "gather", "multline", "eqnarray", "flalign") for star in ("", "*")],
    *("displaymath", "aligned", "split", "dmath", "dmath*"),
]


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_environments(name):
    source = f"We have \\begin{{{name}}} a &= b \\\\[2pt] &= c \\end{{{name}}} and"
    (formula,) = formulas(read(source))
    assert (formula.environment, formula.display) == (name, True)
    assert formula.text == " a &= b \\\\[2pt] &= c " == source[formula.start : formula.end]
    assert source[formula.outer_start : formula.outer_end].startswith("\\begin")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("$x$, \\(y\\), \\[z\\], $$w$$", ["x", "y", "z", "w"]),
        ("\\begin{math}x\\end{math}", ["x"]),
        ("\\begin{alignat*}{2} x &= y \\end{alignat*}", ["x &= y"]),
        ("\\begin{equation}\\begin{split} x \\end{split}\\end{equation}", ["\\begin{split} x \\end{split}"]),
        ("\\[ x \\text{ if $y$ and \\(z\\)} \\]", ["x \\text{ if $y$ and \\(z\\)}"]),
        ("\\$5 and \\$6 $x$ 50\\% $y$", ["x", "y"]),
        ("$x$ % comment $y$\n$z$", ["x", "z"]),
        ("\\[ a % \\] $\n= b \\]", ["a       \n= b"]),
        ("$a = 5%$\n$", ["a = 5"]),
        ("\\begin{verbatim}$x$ % \\end{verbatim} $y$ \\verb|$z$| \\lstinline!$u$!", ["y"]),
        ("\\begin{lstlisting}\n$x$\n\\end{lstlisting}\\begin{comment}$y$\\end{comment}$z$", ["z"]),
        ("\\url{a%20$b} $x$", ["x"]),
        ("$preamble$\\begin{document} $x$ \\end{document} $after$", ["x"]),
        ("% \\begin{document}\n$x$", ["x"]),
        ("\\def\\be{\\begin{equation}}\\newcommand{\\ee}{\\end{equation}}\n\\be x \\ee $y$", ["x", "y"]),
        ("\\newcommand{\\R}{$x$} $y$", ["y"]),
        ("$a$ costs $5 and $b$", ["a", "5 and"]),
        ("$$a$$ $$\n\n$b$", ["a", "b"]),
        ("\\begin{itemize}\\item $x$\\item[$y$] $z$\\end{itemize}", ["x", "z"]),
        ("\\section{On $x = y$}\n$z$", ["x = y", "z"]),
        ("\\begin{align}\n\na\n\\end{align}", ["a"]),
    ],
)
def test_formulas_of_tex(source, expected):
    assert texts(source) == expected


@pytest.mark.parametrize(
    ("source", "code", "line", "column"),
    [
        ("a\n$x\n\nb", "unclosed-math", 2, 1),
        ("a \\(x\n\nb", "unclosed-math", 1, 3),
        ("a \\[x\n\nb", "unclosed-math", 1, 3),
        ("a $$x\n\nb", "unclosed-math", 1, 3),
        ("\\begin{align} x \\end{align*}", "unclosed-environment", 1, 1),
        ("\\begin{align} x \\section{a} \\end{align}", "unclosed-environment", 1, 1),
        ("x \\end{gather}", "stray-delimiter", 1, 3),
        ("% verifier: nonsense", "unknown-mark", 1, 2),
        ("\\begin{align} a % verifier: assume\n\\end{align}", "misplaced-mark", 1, 18),
        ("\\def\\a#1.{x}", "unread-macro", 1, 1),
        ("see \\input{other}", "input-not-followed", 1, 5),
    ],
)
def test_diagnostics_of_tex(source, code, line, column):
    diagnostic = next(d for d in read(source).diagnostics if d.code == code)
    assert diagnostic.place is not None
    assert (diagnostic.place.line, diagnostic.place.column) == (line, column)


def test_what_follows_an_unclosed_formula_is_read():
    assert texts("\\begin{align} a\n\n$b$ \\[ c \\[ d \\] $e") == ["b", "d"]


def test_macros():
    document = read(
        "% \\newcommand{\\no}{x}\n\\newcommand{\\R}{\\mathbb{R}}\\newcommand*\\norm[1]{\\|#1\\|}\n"
        "\\renewcommand{\\vec}[2][x]{#1_{#2}}\\providecommand\\E{\\mathbb E}\\def\\tr#1{\\mathrm{tr}(#1)}\n"
        "\\let\\eps=\\epsilon\\DeclareMathOperator{\\rank}{rank}\\DeclareMathOperator*{\\argmin}{arg\\,min}\n"
        "\\DeclarePairedDelimiter{\\abs}{\\lvert}{\\rvert}\\begin{document}\\newcommand{\\late}{y}$x$\\end{document}"
    )
    assert dict(document.macros) == {
        "R": Macro("R", 0, None, "\\mathbb{R}"),
        "norm": Macro("norm", 1, None, "\\|#1\\|"),
        "vec": Macro("vec", 2, "x", "#1_{#2}"),
        "E": Macro("E", 0, None, "\\mathbb E"),
        "tr": Macro("tr", 1, None, "\\mathrm{tr}(#1)"),
        "eps": Macro("eps", 0, None, "\\epsilon"),
        "rank": Macro("rank", 0, None, "\\operatorname{rank}"),
        "argmin": Macro("argmin", 0, None, "\\operatorname*{arg\\,min}"),
        "abs": Macro("abs", 1, None, "\\lvert #1 \\rvert"),
        "late": Macro("late", 0, None, "y"),
    }


def test_macros_of_a_preamble_yield_to_those_of_the_document():
    preamble = "\\newcommand{\\a}{1}\\newcommand{\\b}{1}\\begin{document}\\newcommand{\\c}{1}"
    for source, syntax in (("\\newcommand{\\b}{2} $\\b$", "tex"), ("\\newcommand{\\b}{2} $\\b$", "markdown")):
        macros = read_document(source, syntax=syntax, preamble=preamble).macros
        assert {name: macro.body for name, macro in macros.items()} == {"a": "1", "b": "2"}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            "\\section{One}\\subsection{Two}\\subsection{Three}\\section{Four}",
            [(2, "1"), (3, "1.1"), (3, "1.2"), (2, "2")],
        ),
        ("\\section*{Problem 3}\\paragraph{(b)}", [(2, "3"), (5, "3(b)")]),
        ("\\begin{problem} a \\end{problem}\\begin{problem} b \\end{problem}", [(3, "1"), (3, "2")]),
        ("\\begin{exercise}[4] a", [(3, "4")]),
        ("\\newtheorem{aufgabe}{Problem}\\begin{aufgabe} a", [(3, "1")]),
        ("\\begin{problem}\\begin{enumerate}[label=(\\alph*)]\\item a\\item b", [(3, "1"), (8, "1(a)"), (8, "1(b)")]),
        ("\\begin{enumerate}\\item a\\begin{enumerate}\\item b\\item c", [(7, "1"), (8, "1(a)"), (8, "1(b)")]),
        ("\\begin{enumerate}[i.]\\item a\\item b", [(9, "(i)"), (9, "(ii)")]),
        ("\\begin{itemize}\\item a\\item[(c)] b", [(8, "(c)")]),
        ("\\question a \\begin{parts}\\part b \\part c \\end{parts}", [(3, "1"), (8, "1(a)"), (8, "1(b)")]),
        ("\\section*{Problem 1}\n\n\\textbf{(a)} Show\n\n\\noindent (b) Then", [(2, "1"), (8, "1(a)"), (8, "1(b)")]),
    ],
)
def test_numbers_of_tex(source, expected):
    assert numbers(source) == expected


def test_items_and_paragraphs():
    inner = "\\begin{itemize}\\item $f$\\end{itemize}"
    source = f"$a$ b\n\n$c$ \\begin{{itemize}} \\item $d$ \\item $e$ {inner} $g$ \\end{{itemize}} $h$"
    found = {formula.text: formula for formula in formulas(read(source))}
    assert found["a"].item == found["c"].item == found["h"].item == 0
    assert len({found[name].item for name in "def"} - {0}) == 3
    assert found["g"].item == found["e"].item
    assert found["a"].paragraph != found["c"].paragraph


def test_given_and_marks():
    source = (
        "% given: X \\in R,\n%    y > 0\n% a comment\n%% verifier: assume (Lemma 3)\n$x$ % verifier: expect refuted\n"
    )
    document = read(source)
    (given,) = [block for block in document.blocks if isinstance(block, Given)]
    assert given.text == " X \\in R,\n     y > 0"
    assert given.closed
    marks = [block for block in document.blocks if isinstance(block, Mark)]
    assert [(mark.kind, mark.argument) for mark in marks] == [("assume", "(Lemma"), ("expect", "refuted")]


def test_code_is_code():
    document = read("\\begin{verbatim}x\\end{verbatim} \\verb|y|")
    assert [document.source[b.start : b.end] for b in document.blocks if isinstance(b, Code)] == [
        "\\begin{verbatim}x\\end{verbatim}",
        "\\verb|y|",
    ]


# ---- included files ------------------------------------------------------------------------------------------------


def project(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / f"{name.replace('__', '/')}.tex"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder / "main.tex"


def test_included_formulas_carry_the_place_of_the_command(tmp_path):
    main = project(
        tmp_path,
        main="$a$\n\\input{parts/one} $d$\n\\include{two.tex}",
        parts__one="line\n$b$ \\input{parts/three}",
        parts__three="\\documentclass{x}$no$\\begin{document}$c$\\end{document}",
        two="\\newcommand{\\R}{r}$e$",
    )
    document = load(main)
    assert [formula.text for formula in formulas(document)] == ["a", "b", "c", "d", "e"]
    assert all(document.source[f.start : f.end] == f.text for f in formulas(document))
    places = [document.place(f.start, f.end) for f in formulas(document)]
    command = Place(2, 1, 2, 18)
    assert places == [Place(1, 2, 1, 3), command, command, Place(2, 20, 2, 21), Place(3, 1, 3, 18)]
    assert document.original == main.read_text()
    assert "R" in document.macros


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"main": "x \\input{main}"}, "input-cycle"),
        ({"main": "x \\input{a}", "a": "\\input{b}", "b": "\\input{a} $y$"}, "input-cycle"),
        ({"main": "x \\input{nothing}"}, "missing-input"),
        ({"main": "x \\input{../secret}"}, "outside-project"),
        ({"main": "x \\input{/etc/passwd}"}, "outside-project"),
        ({"main": "x " + "\\input{a}" * 600, "a": "y"}, "too-many-inputs"),
        ({"main": "x \\input{a0}", **{f"a{k}": f"\\input{{a{k + 1}}}" for k in range(30)}}, "too-many-inputs"),
        ({"main": "x " + "\\input{a}" * 50, "a": "y" * 100_000}, "too-large"),
    ],
)
def test_inputs_that_are_not_followed(tmp_path, files, code):
    (tmp_path / "secret.tex").write_text("$secret$")
    document = load(project(tmp_path / "project", **files))
    assert code in [diagnostic.code for diagnostic in document.diagnostics]
    assert "$secret$" not in document.source
    place = next(d.place for d in document.diagnostics if d.code == code)
    assert place is not None
    assert place.line == 1


def test_a_link_out_of_the_project_is_not_followed(tmp_path):
    (tmp_path / "secret.tex").write_text("$secret$")
    main = project(tmp_path / "project", main="\\input{link}")
    (main.parent / "link.tex").symlink_to(tmp_path / "secret.tex")
    assert [d.code for d in load(main).diagnostics] == ["outside-project"]


def test_a_broken_included_file_is_reported(tmp_path):
    main = project(tmp_path, main="$a$ \\input{b} $c$")
    (tmp_path / "b.tex").write_bytes(b"\xff\xfe\x00")
    document = load(main)
    assert [d.code for d in document.diagnostics] == ["not-utf-8"]
    assert [formula.text for formula in formulas(document)] == ["a", "c"]


def test_macros_of_the_root_file(tmp_path):
    main = project(tmp_path, main="\\input{macros}\\begin{document}$x$", macros="\\newcommand{\\R}{r}")
    part = tmp_path / "part.tex"
    part.write_text("% !TeX root = main.tex\n$\\R$")
    document = load(part)
    assert list(document.macros) == ["R"]
    assert [formula.text for formula in formulas(document)] == ["\\R"]
    main.write_bytes(b"\0")
    assert [d.code for d in load(part).diagnostics] == ["binary-file"]


def test_a_text_without_a_folder_opens_no_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.tex").write_text("$x$")
    assert formulas(read("\\input{a}")) == []
    assert [f.text for f in formulas(read_document("\\input{a}", syntax="tex", root=tmp_path))] == ["x"]
