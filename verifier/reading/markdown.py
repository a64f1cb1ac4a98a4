"""Markdown to blocks: markdown-it finds the blocks, our scanner the formulas in their lines."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from mdit_py_plugins.front_matter import front_matter_plugin

from verifier.derivation import Diagnostic
from verifier.reading.assembly import Assembly, Run
from verifier.reading.blocks import Code, DocumentError, Finding, Given
from verifier.reading.delimiters import Scanner
from verifier.reading.markdown_lines import Lines, block_work
from verifier.reading.numbering import Part, parse_number

DEEPEST_NESTING = 20
MOST_WORK = 110_000
LARGEST_LABEL = 99

_INFO = re.compile(r"[{\s.]*([\w-]*)")
_ORDERED = re.compile(r"(\d{1,9})[.)]")
_RAW_HTML = re.compile(r"\s*<(?:script|pre|style|textarea)\b", re.IGNORECASE)
_HASHES = re.compile(r"#{1,6}[ \t]*")
_OPTION = re.compile(r"(?m)^[ \t]*:[\w-]+:[^\n]*")
_FORMULA_AHEAD = re.compile(r"\s*(?:\$|\\\[|\\begin\{)")


def block_parser() -> MarkdownIt:
    """A CommonMark parser for blocks only, with front matter and ``:::`` containers."""
    parser = MarkdownIt("commonmark", {"maxNesting": DEEPEST_NESTING}).use(front_matter_plugin)
    parser.disable(["reference", "inline", "text_join"], ignoreInvalid=True)
    parser.block.ruler.before("fence", "colons", _colons, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    return parser


def _colons(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    """A line of colons. ``:::{given}`` and ``:::{math}`` reach to their closing line; others are read as usual."""
    start = state.bMarks[first] + state.tShift[first]
    line = state.src[start : state.eMarks[first]]
    if state.is_code_block(first) or not line.startswith(":::"):
        return False
    if silent:
        return True
    markup = line[: len(line) - len(line.lstrip(":"))]
    info = line[len(markup) :]
    after, closed = first + 1, False
    if _name(info) in ("given", "math"):
        while after < last and not closed and (state.isEmpty(after) or state.sCount[after] >= state.blkIndent):
            closed = state.src[state.bMarks[after] : state.eMarks[after]].strip() == markup
            after += 1
    state.line = after
    token = state.push("fence" if after > first + 1 or closed else "colons", "", 0)
    token.markup, token.info, token.map = markup, info, [first, after]
    token.content = state.getLines(first + 1, after - closed, state.sCount[first], True)
    return True


def _name(info: str) -> str:
    found = _INFO.match(info)
    return found[1].lower() if found else ""


def read_markdown(text: str, assembly: Assembly, offset: int = 0) -> None:
    """Adds the blocks of a Markdown text that starts at ``offset`` of the source. DocumentError if it is too large."""
    work = block_work(text)
    if work > MOST_WORK:
        message = f"found {work:,} lines and list markers, expected at most {MOST_WORK:,}"
        raise DocumentError(Diagnostic("too-large", message, help="split the document"))
    _MarkdownReader(Lines(text, offset), assembly).read()


class _MarkdownReader:
    def __init__(self, lines: Lines, assembly: Assembly) -> None:
        self._lines = lines
        self._assembly = assembly
        self._heading: Token | None = None
        self._ordered = False
        self._labelled: dict[int, int] = {}
        self._too_deep = False

    def read(self) -> None:
        for token in block_parser().parse("\n".join(self._lines.skeleton)):
            self._block(token)
            self._check_depth(token)

    def _block(self, token: Token) -> None:
        match token.type:
            case "heading_open":
                self._heading = token
            case "heading_close":
                self._heading = None
            case "inline" if self._heading is not None:
                self._read_heading(token, self._heading)
            case "inline":
                self._read_lines(token.content.split("\n"), token)
            case "fence":
                self._read_fence(token)
            case "code_block":
                self._read_code(token)
            case "html_block":
                self._read_html(token)
            case "list_item_open":
                self._assembly.open_item()
                self._read_label(token)
            case "list_item_close":
                self._assembly.close_item()
            case "hr" | "colons":
                self._assembly.new_paragraph()

    def _span(self, token: Token) -> tuple[int, int]:
        """The first line of a token and the one after its last."""
        first, last = token.map or [0, 0]
        return first, min(last, len(self._lines.lines))

    def _outer(self, token: Token) -> tuple[int, int]:
        first, last = self._span(token)
        return self._lines.start(first), self._lines.end(max(first, last - 1))

    def _read_lines(self, content: list[str], token: Token) -> None:
        self._assembly.new_paragraph()
        self._read_run(Run(*self._lines.aligned(content, self._span(token)[0])))

    def _read_run(self, run: Run) -> None:
        scanner = Scanner(run.text, tex=False)
        for piece in scanner.pieces():
            self._assembly.add(run, piece)
        for f in scanner.findings:
            self._report(f.code, f.message, (run.start + f.start, run.start + f.end), f.help)

    def _report(self, code: str, message: str, place: tuple[int, int], help: str) -> None:
        self._assembly.findings.append(Finding(code, message, *place, help))

    def _read_heading(self, token: Token, opening: Token) -> None:
        """The heading, and if there are formulas in it, its words and formulas too."""
        first, _ = self._span(token)
        line = self._lines.lines[first]
        hashes = _HASHES.search(line) if opening.markup.startswith("#") else None
        if hashes and "\n" not in token.content:
            column = max(line.find(token.content[:100], hashes.end()), hashes.end())
            run = Run(line[column : column + len(token.content)], self._lines.start(first) + column)
        else:
            run = Run(*self._lines.aligned(token.content.split("\n"), first))
        title = run.text.strip()
        decoration = len(title) - len(title.lstrip("*_ "))
        parts, skipped = parse_number(title, decoration)
        self._assembly.end_items()
        level = int(opening.tag[1:])
        self._assembly.add_heading(level, title, parts, *self._outer(opening))
        if "$" in title or "\\" in title:
            skipped += len(run.text) - len(run.text.lstrip()) - (0 if parts else decoration)
            self._read_run(Run(run.text[skipped:], run.start + skipped))
            self._assembly.new_paragraph()

    def _read_label(self, token: Token) -> None:
        first, _ = self._span(token)
        if token.markup not in (".", ")"):
            return
        line = self._lines.lines[first]
        label = _ORDERED.search(line, self._labelled.get(first, 0), len(line))
        if label is None:
            return
        self._labelled[first] = label.end()
        value = int(label[1])
        if value <= LARGEST_LABEL:
            start = self._lines.start(first)
            parts = (Part("number", str(value)),)
            title = line[label.end() :].strip()
            self._assembly.add_heading(7, title, parts, start + label.start(), start + label.end())
            if self._assembly.numbering.current == label[1]:
                self._assembly.end_items()

    def _read_fence(self, token: Token) -> None:
        first, last = self._span(token)
        closing = self._lines.lines[last - 1].strip("> \t") if last - 1 > first else ""
        closed = len(closing) >= len(token.markup) and not closing.strip(token.markup[0])
        if not closed:
            message = f"found a {token.markup} block, expected a line with {token.markup} after it"
            end = self._lines.end(first)
            self._report("unclosed-fence", message, (self._lines.start(first), end), f"close it with {token.markup}")
        content = token.content.split("\n")[: last - first - 1 - closed]
        text, start = self._lines.aligned(content, first + 1) if content else ("", self._lines.start(first + 1))
        self._assembly.new_paragraph()
        match _name(token.info):
            case "given":
                self._assembly.blocks.append(Given(text, start, start + len(text), closed))
            case "math":
                body = _OPTION.sub(lambda found: " " * len(found[0]), text)
                self._assembly.add_formula(Run(body, start), "math", True, self._outer(token))
            case _:
                self._assembly.blocks.append(Code(*self._outer(token)))
        self._assembly.new_paragraph()

    def _read_code(self, token: Token) -> None:
        outer = self._outer(token)
        self._assembly.new_paragraph()
        self._assembly.blocks.append(Code(*outer))
        if _FORMULA_AHEAD.match(token.content):
            message = "found a formula indented by four spaces or more, which Markdown takes for code"
            self._report(
                "formula-in-code", message, outer, "indent it by at most three spaces, or close the list before it"
            )

    def _read_html(self, token: Token) -> None:
        if _RAW_HTML.match(token.content):
            self._assembly.blocks.append(Code(*self._outer(token)))
        else:
            self._read_lines(token.content.removesuffix("\n").split("\n"), token)

    def _check_depth(self, token: Token) -> None:
        if token.level >= DEEPEST_NESTING - 1 and token.map and not self._too_deep:
            self._too_deep = True
            message = f"found lists or quotes nested more than {DEEPEST_NESTING // 2} deep, which are not read"
            self._report("too-deep", message, self._outer(token), "nest them less")
