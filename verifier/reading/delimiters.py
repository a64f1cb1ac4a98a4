"""Where formulas begin and end: one pass over a text, linear in its length, for Markdown and for TeX."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from verifier.reading.blocks import Finding
from verifier.reading.formulas import has_mathematics, is_escaped_bracket, is_prose, is_sentence
from verifier.reading.labels import count_candidates
from verifier.reading.macros import COMMANDS, read_definition

MATHEMATICAL = frozenset(
    name + star
    for name in [
        "equation",
        "align",
        "alignat",
        "flalign",
        "gather",
        "multline",
        "eqnarray",
        "dmath",
        "dgroup",
        "darray",
        "xalignat",
        "IEEEeqnarray",
    ]
    for star in ("", "*")
) | {"displaymath", "math", "aligned", "alignedat", "gathered", "split"}
WHOLE = frozenset(
    [
        "array",
        "cases",
        "matrix",
        "bmatrix",
        "pmatrix",
        "vmatrix",
        "Bmatrix",
        "Vmatrix",
        "smallmatrix",
        "dcases",
        "rcases",
    ]
)
VERBATIM = frozenset(
    [
        "verbatim",
        "verbatim*",
        "Verbatim",
        "lstlisting",
        "minted",
        "comment",
        "alltt",
        "filecontents",
        "filecontents*",
        "tikzpicture",
        "pgfpicture",
        "pycode",
        "python",
        "sagesilent",
        "sageblock",
    ]
)
MOST_CANDIDATES = 4
MOST_FAILURES = 100
LINE = 200

# Every alternative begins with a literal character: only then does ``re`` look for these characters before it tries.
_SHARED = (
    r"\\(?P<open>[(\[])|\\(?P<close>[)\]])"
    r"|\\(?P<begin>begin[ \t]*\{[^{}\n]{1,40}\})|\\(?P<end>end[ \t]*\{[^{}\n]{1,40}\})"
    rf"|\\(?P<definition>{COMMANDS})|\\\\(?:\\\\)*+|\\[^A-Za-z\n]|\$(?P<dollar>\$?)|\n(?P<break>[ \t]*\n\s*)"
)
_TEX_ONLY = (
    r"\\(?P<verb>(?:verb\*?|lstinline|mintinline\{[^{}\n]{0,20}\})(?P<bar>[^A-Za-z\s*{])[^\n]*?(?P=bar))"
    r"|\\(?:url|href|path)[ \t]*\{[^{}\n]*\}"
    r"|%(?P<given>%*[ \t]*given[ \t]*:[^\n]*(?:\n[ \t]*%+(?:[ ]{2,}|[ ]?\t)(?![ \t]*(?:given|verifier)[ \t]*:)[^\n]*)*)"
    r"|%(?P<comment>[^\n]*)"
    r"|\\(?P<section>(?:part|chapter|(?:sub){0,2}section|(?:sub)?paragraph|question|titledquestion)\*?(?![A-Za-z]))"
    r"|\\(?P<item>(?:item|subpart|subsubpart)(?![A-Za-z]))|\\(?P<input>(?:input|include|subfile)[ \t]*\{[^{}\n]*\})|"
)
MARKDOWN_TOKEN = re.compile(_SHARED + r"|`(?P<code>`*)|<(?P<comment>!--)|-(?P<uncomment>->)")
TEX_TOKEN = re.compile(_TEX_ONLY + _SHARED + r"|\\(?P<paragraph>par(?![A-Za-z]))")
_WORK = ("$", "\\(", "\\)", "\\[", "\\]", "\\begin", "\\end", "`", "<!--", "-->")
_WORK_OF_TEX = ("%", "\\item", "section", "section{", "\\par", "\\input", "\\include", "\\subfile")
_LINES_PER_DELIMITER = 4
_ARGUMENT = re.compile(r"(?:\[[^\[\]\n]{0,20}\])?[ \t]*(?:\{[^{}\n]{0,20}\})?")
_WITH_ARGUMENT = frozenset({"alignat", "alignat*", "alignedat", "xalignat", "xalignat*"})
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_OPENER_SHAPED = re.compile(r"\s\$[^\s$.,;:!?)\]]")


class Token(NamedTuple):
    """A delimiter, comment or structural command; ``name`` is an environment's."""

    kind: str
    start: int
    end: int
    name: str = ""


class Piece(NamedTuple):
    """A stretch of text of one kind: "text", "math", "code", "comment", "definition", "break", and in TeX "given",
    "section", "item", "begin", "end", "input". ``inner_start`` and ``inner_end`` leave out delimiters."""

    kind: str
    start: int
    end: int
    inner_start: int
    inner_end: int
    name: str = ""
    display: bool = False


def scanning_work(text: str, tex: bool) -> int:
    """How much work scanning will be: delimiters, labels and definitions, in TeX comments and structure."""
    markers = _WORK + _WORK_OF_TEX if tex else _WORK
    costly = 3 * len(re.findall(r"\\" + COMMANDS, text)) + 2 * count_candidates(text)
    return sum(map(text.count, markers)) - text.count("$$") // 2 + costly + text.count("\n") // _LINES_PER_DELIMITER


def tokens_of(text: str, pattern: re.Pattern[str], shorthands: Mapping[str, tuple[str, str]]) -> list[Token]:
    """The tokens of a text, those inside verbatim environments left out.

    ``shorthands`` are macros for the two ends of an environment, as ``\\be`` and ``\\ee``.
    """
    if shorthands:
        names = "|".join(sorted(map(re.escape, shorthands), reverse=True))
        pattern = re.compile(rf"\\(?P<shorthand>(?:{names})(?![A-Za-z]))|" + pattern.pattern)
    tokens: list[Token] = []
    failures = 0
    unending: set[str] = set()
    matches = pattern.finditer(text)
    while (match := next(matches, None)) is not None:
        kind, start, end, name = match.lastgroup, match.start(), match.end(), ""
        if kind == "shorthand":
            kind, name = shorthands[match[0][1:]]
        elif kind in ("begin", "end"):
            name = match[0][match[0].index("{") + 1 : -1].strip()
            close = _end_of_verbatim(text, name, end, unending) if kind == "begin" and name in VERBATIM else 0
            kind, end = ("verbatim", close) if close else (kind, end)
        elif kind == "paragraph":
            kind = "break"
        elif kind == "definition":
            found = read_definition(text, start) if failures < MOST_FAILURES else None
            failures += found is None
            kind, end = ("definition", found[1]) if found else ("undefined", end)
        if kind is not None:
            tokens.append(Token(kind, start, end, name))
        if end != match.end():
            matches = pattern.finditer(text, end)
    return tokens


def _end_of_verbatim(text: str, name: str, position: int, unending: set[str]) -> int:
    """Where a verbatim environment ends, 0 if it does not: looked for once for each name."""
    if name in unending:
        return 0
    close = text.find(f"\\end{{{name}}}", position)
    if close < 0:
        unending.add(name)
        return 0
    return close + len(f"\\end{{{name}}}")


class Scanner:
    """Cuts a text into pieces. What does not close is text, and reported in ``findings``."""

    def __init__(self, text: str, tex: bool, shorthands: Mapping[str, tuple[str, str]] | None = None) -> None:
        self.text = text
        self.tex = tex
        self.tokens = tokens_of(text, TEX_TOKEN if tex else MARKDOWN_TOKEN, shorthands or {})
        self.findings: list[Finding] = []
        self._pairs = self._paired()
        self._at: dict[str, list[int]] = {}
        for index, token in enumerate(self.tokens):
            self._at.setdefault(self._key(token), []).append(index)

    def pieces(self) -> Iterator[Piece]:
        """The pieces in order; together they cover the text."""
        cursor = index = 0
        while index < len(self.tokens):
            token = self.tokens[index]
            piece = self._piece(index, token) if token.start >= cursor else None
            if piece is not None:
                if piece.start > cursor:
                    yield Piece("text", cursor, piece.start, cursor, piece.start)
                yield piece
                cursor = piece.end
            index += 1
        if cursor < len(self.text):
            yield Piece("text", cursor, len(self.text), cursor, len(self.text))

    def _key(self, token: Token) -> str:
        """What tokens are looked up by: their kind, dollars by their number, backticks by theirs."""
        if token.kind == "dollar":
            return "$" * (token.end - token.start)
        return f"`{token.end - token.start}" if token.kind == "code" else token.kind

    def _next(self, key: str, index: int) -> int | None:
        found = self._at.get(key, [])
        at = bisect_right(found, index)
        return found[at] if at < len(found) else None

    def _paired(self) -> dict[int, int]:
        r"""The partners of "\(", "\[" and "\begin": of two openers in a row the first has none."""
        pairs: dict[int, int] = {}
        pending: dict[str, int] = {}
        open_environments: dict[str, list[int]] = {}
        for index, token in enumerate(self.tokens):
            if token.kind == "break":
                pending.pop("(", None)
            elif token.kind == "section":
                pending.clear()
                open_environments.clear()
            elif token.kind == "open":
                pending[self.text[token.end - 1]] = index
            elif token.kind == "close":
                opener = pending.pop("(" if self.text[token.end - 1] == ")" else "[", None)
                if opener is not None:
                    pairs[opener] = index
            elif token.kind == "begin":
                open_environments.setdefault(token.name, []).append(index)
            elif token.kind == "end" and open_environments.get(token.name):
                pairs[open_environments[token.name].pop()] = index
        return pairs

    def _piece(self, index: int, token: Token) -> Piece | None:
        match token.kind:
            case "dollar":
                return self._display(index, token) if token.end - token.start == 2 else self._inline(index, token)
            case "open":
                return self._bracketed(index, token)
            case "begin" | "end":
                return self._edge(index, token)
            case "code":
                return self._closed_by(index, token, self._key(token), "code")
            case "comment" if not self.tex:
                return self._comment(index, token)
            case "undefined":
                self._report("unread-macro", token, "found a definition of a macro in a form that is not read")
                return None
            case "close" | "uncomment":
                return None
            case "verbatim" | "verb":
                return Piece("code", token.start, token.end, token.start, token.end)
            case _:
                return Piece(token.kind, token.start, token.end, token.start, token.end, token.name)

    def _edge(self, index: int, token: Token) -> Piece | None:
        if token.name in MATHEMATICAL or token.name in WHOLE:
            if token.kind == "begin":
                return self._environment(index, token)
            self._report("stray-delimiter", token, f"found \\end{{{token.name}}} without its \\begin")
            return None
        return Piece(token.kind, token.start, token.end, token.end, token.end, token.name) if self.tex else None

    def _closed_by(self, index: int, token: Token, key: str, kind: str) -> Piece | None:
        close = self._next(key, index)
        stop = self._next("break", index)
        if close is None or (stop is not None and stop < close and kind == "code"):
            return None
        end = self.tokens[close]
        return Piece(kind, token.start, end.end, token.end, end.start)

    def _comment(self, index: int, token: Token) -> Piece | None:
        piece = self._closed_by(index, token, "uncomment", "comment")
        if piece is None:
            self._report("unclosed-comment", token, 'found "<!--" without "-->"', 'close the comment with "-->"')
        return piece

    def _report(self, code: str, token: Token, message: str, help: str = "") -> None:
        self.findings.append(Finding(code, message, token.start, token.end, help))

    def _environment(self, index: int, token: Token) -> Piece | None:
        close = self._pairs.get(index)
        if close is None:
            message = f"found \\begin{{{token.name}}}, expected \\end{{{token.name}}} after it"
            self._report("unclosed-environment", token, message, f"close it with \\end{{{token.name}}}")
            return None
        end = self.tokens[close]
        if token.name in WHOLE:
            return Piece("math", token.start, end.end, token.start, end.end, "", display=True)
        argument = _ARGUMENT.match(self.text, token.end, end.start) if token.name in _WITH_ARGUMENT else None
        inner = argument.end() if argument else token.end
        return Piece("math", token.start, end.end, inner, end.start, token.name, display=token.name != "math")

    def _bracketed(self, index: int, token: Token) -> Piece | None:
        opener = self.text[token.start : token.end]
        closer = "\\)" if opener == "\\(" else "\\]"
        close = self._pairs.get(index)
        if close is None:
            if self.tex or has_mathematics(self._rest_of_line(token)):
                self._report(
                    "unclosed-math", token, f"found {opener}, expected {closer} after it", f"close it with {closer}"
                )
            return None
        end = self.tokens[close]
        if not self.tex and is_escaped_bracket(self.text[token.end : end.start]):
            return None
        return Piece("math", token.start, end.end, token.end, end.start, display=opener == "\\[")

    def _display(self, index: int, token: Token) -> Piece | None:
        close = self._next("$$", index)
        if close is None or self._is_mispaired(index, close):
            self._report("unclosed-math", token, "found $$, expected $$ after it", "close the formula with $$")
            return None
        end = self.tokens[close]
        return Piece("math", token.start, end.end, token.end, end.start, display=True)

    def _is_mispaired(self, index: int, close: int) -> bool:
        """Whether the two $$ belong to different formulas: between them are inline formulas or paragraphs of prose.

        Blank lines are allowed in a display whose $$ stands alone on its line, or inside an environment in it.
        """
        start, end = self.tokens[index].end, self.tokens[close].start
        inline = self._next("$", index)
        if inline is not None and inline < close and _depth(self.text[start : self.tokens[inline].start]) == 0:
            return True
        stop = self._next("break", index)
        if stop is None or stop > close:
            return False
        first = self.text[start : self.tokens[stop].start]
        alone = not first.split("\n", 1)[0].strip()
        if not alone and first.count("\\begin") <= first.count("\\end"):
            return True
        return any(is_sentence(chunk) for chunk in _BLANK_LINE.split(self.text[start:end]))

    def _inline(self, index: int, token: Token) -> Piece | None:
        close = self._inline_end(index, token)
        if close is None:
            self._report_unclosed_inline(token)
            return None
        end = self.tokens[close]
        inside = self.text[token.end : end.start]
        if not self.tex:
            following = self.text[end.start + 1 : end.start + 2]
            if is_prose(inside, following.isdigit()):
                return None
            shaped = _OPENER_SHAPED.match(self.text, end.start - 1)
            if shaped and not inside[:1].isspace():
                self._report("unclosed-math", token, "found $, expected $ before the next formula", "close it with $")
                return None
        if self._key(end) == "$$":
            self.tokens[close] = Token("dollar", end.start + 1, end.end)
        ticks = not self.tex and len(inside) > 2 and inside[0] == inside[-1] == "`"
        return Piece("math", token.start, end.start + 1, token.end + ticks, end.start - ticks)

    def _inline_end(self, index: int, token: Token) -> int | None:
        """The dollar that closes: the first outside braces, else the first."""
        stop = self._next("break", index)
        limit = len(self.tokens) if stop is None else stop
        candidates: list[int] = []
        at = index
        while len(candidates) < MOST_CANDIDATES:
            following = [k for k in (self._next("$", at), self._next("$$", at)) if k is not None and k < limit]
            if not following:
                break
            at = min(following)
            candidates.append(at)
            inside = self.text[token.end : self.tokens[at].start]
            if _depth(inside) == 0:
                return at
        return candidates[0] if candidates else None

    def _rest_of_line(self, token: Token) -> str:
        return self.text[token.end : token.end + LINE].split("\n", 1)[0]

    def _report_unclosed_inline(self, token: Token) -> None:
        if self.tex or has_mathematics(self._rest_of_line(token)):
            self._report(
                "unclosed-math", token, "found $, expected $ after it", "close the formula with $, or write \\$"
            )


def _depth(text: str) -> int:
    return text.count("{") - text.count("\\{") - text.count("}") + text.count("\\}")
