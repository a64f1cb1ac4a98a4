"""TeX to blocks. Our own scanner: pylatexenc descends recursively into braces and takes five seconds for a megabyte."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from verifier.reading.assembly import Assembly, Run
from verifier.reading.blocks import Macro
from verifier.reading.delimiters import MATHEMATICAL, Piece, Scanner
from verifier.reading.macros import group, read_definition
from verifier.reading.numbering import Part, parse_number

LONGEST_TITLE = 1_000
MOST_UNTITLED = 100
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")

_SECTIONS = {
    "part": 1,
    "chapter": 1,
    "section": 2,
    "subsection": 3,
    "subsubsection": 4,
    "paragraph": 5,
    "subparagraph": 6,
    "question": 3,
    "titledquestion": 3,
}
_COUNTED = ("section", "subsection", "subsubsection")
_PROBLEM = 3
_PROBLEMS = frozenset(
    [
        "problem",
        "exercise",
        "question",
        "homeworkProblem",
        "hwproblem",
        "prob",
        "exer",
        "exo",
        "task",
        "Problem",
        "Exercise",
        "Question",
    ]
)
_LISTS = frozenset(
    [
        "itemize",
        "enumerate",
        "description",
        "compactitem",
        "compactenum",
        "parts",
        "subparts",
        "subsubparts",
        "tasks",
        "enumerate*",
    ]
)
_STYLES = {"parts": "letter", "subparts": "roman", "subsubparts": "letter"}
_NUMBERED_LISTS = frozenset({"enumerate", "enumerate*", "compactenum", "tasks"})
_STYLES_IN_ORDER = ("number", "letter", "roman")
_THEOREM = re.compile(r"\\newtheorem\*?\{(\w+)\}(?:\[\w*\])?\{(?:Problem|Exercise|Question|Task)\w*\}", re.IGNORECASE)
_SHORTHAND = re.compile(
    r"\\(?:(?:re)?newcommand|providecommand|def)\*?\s*\{?\\([A-Za-z]+)\}?\s*"
    r"\{\s*\\(begin|end)\s*\{([A-Za-z]+\*?)\}\s*\}"
)
_OPTION = re.compile(r"[ \t]*\[([^\]\n]{0,200})\]")
_ARGUMENT = re.compile(r"[ \t]*(?:\[([^\]\n]{0,200})\]|\{([^{}\n]{0,200})\})")
_DOLLARS = re.compile(r"\$|\\[(\[]")


@dataclass(slots=True)
class _List:
    name: str
    style: str
    count: int = 0


def shorthands_of(text: str) -> Mapping[str, tuple[str, str]]:
    r"""Macros that stand for one end of a mathematical environment, as ``\def\be{\begin{equation}}``."""
    return {name: (edge, kind) for name, edge, kind in _SHORTHAND.findall(text) if kind in MATHEMATICAL}


def read_preamble(text: str) -> Mapping[str, Macro]:
    r"""The macros defined before ``\begin{document}``; comments and verbatim text are left out."""
    macros: dict[str, Macro] = {}
    for token in Scanner(text, tex=True).tokens:
        if token.kind == "begin" and token.name == "document":
            break
        found = read_definition(text, token.start) if token.kind == "definition" else None
        if found:
            macros[found[0].name] = found[0]
    return macros


def read_tex(text: str, assembly: Assembly) -> None:
    """Adds the blocks of a TeX text: of its document environment, if there is one."""
    _TexReader(text, assembly).read()


class _TexReader:
    def __init__(self, text: str, assembly: Assembly) -> None:
        self._run = Run(text, 0)
        self._assembly = assembly
        self._scanner = Scanner(text, tex=True, shorthands=shorthands_of(text))
        self._problems = _PROBLEMS | set(_THEOREM.findall(text))
        self._skip = 0
        self._lists: list[_List] = []
        self._counts: dict[str, int] = {}
        self._untitled = 0

    def read(self) -> None:
        edges = [token for token in self._scanner.tokens if token.name == "document"]
        start = next((token.end for token in edges if token.kind == "begin"), 0)
        ends = (token.start for token in edges if token.kind == "end" and token.start > start)
        end = next(ends, len(self._run.text))
        for piece in self._scanner.pieces():
            if piece.start >= end:
                break
            if piece.end > start or piece.kind == "definition":
                self._piece(piece)
        self._assembly.findings += [f for f in self._scanner.findings if start <= f.start < end]

    def _piece(self, piece: Piece) -> None:
        handlers: dict[str, Callable[[Piece], None]] = {
            "section": self._section,
            "item": self._item,
            "begin": self._begin,
            "end": self._end,
        }
        if piece.end <= self._skip:
            return
        if piece.start < self._skip and piece.kind == "text":
            piece = piece._replace(start=self._skip)
        handler = handlers.get(piece.kind)
        if handler is not None:
            handler(piece)
        else:
            self._assembly.add(self._run, piece)

    def _section(self, piece: Piece) -> None:
        text = self._run.text
        command = text[piece.start + 1 : piece.end]
        if command == "part" and self._lists and self._lists[-1].name in _STYLES:
            self._item(piece)
            return
        option = _OPTION.match(text, piece.end)
        title, end = self._title(command, option.end() if option else piece.end)
        parts = self._parts_of_section(command, title)
        self._lists.clear()
        self._assembly.end_items()
        self._assembly.add_heading(_SECTIONS[command.rstrip("*")], " ".join(title.split()), parts, piece.start, end)
        self._skip = end - len(title) - 1 if _DOLLARS.search(title) else end

    def _title(self, command: str, position: int) -> tuple[str, int]:
        """A section's title and where it ends; titles are no longer looked for when many did not close."""
        if command == "question" or self._untitled > MOST_UNTITLED:
            return "", position
        found = group(self._run.text, position, LONGEST_TITLE)
        self._untitled += found is None
        return found or ("", position)

    def _parts_of_section(self, command: str, title: str) -> tuple[Part, ...]:
        """The number in the title, else the one that TeX would count."""
        parts, _ = parse_number(title.strip())
        kind = command.rstrip("*")
        if kind in ("question", "titledquestion"):
            return parts or (self._counted("problem"),)
        if kind not in _COUNTED or command.endswith("*"):
            return parts
        depth = _COUNTED.index(kind)
        self._counts[kind] = self._counts.get(kind, 0) + 1
        for deeper in _COUNTED[depth + 1 :]:
            self._counts.pop(deeper, None)
        number = ".".join(str(self._counts.get(name, 0)) for name in _COUNTED[: depth + 1])
        return parts or (Part("number", number, fresh=True),)

    def _counted(self, name: str) -> Part:
        self._counts[name] = self._counts.get(name, 0) + 1
        return Part("number", str(self._counts[name]), fresh=True)

    def _begin(self, piece: Piece) -> None:
        if piece.name in _LISTS:
            self._begin_list(piece)
        elif piece.name in self._problems:
            argument = _ARGUMENT.match(self._run.text, piece.end)
            title = (argument[1] or argument[2] or "") if argument else ""
            counted = self._counted("problem")
            parts = parse_number(title.strip())[0] or (counted,)
            end = argument.end() if argument else piece.end
            self._assembly.end_items()
            self._assembly.add_heading(_PROBLEM, title, parts, piece.start, end)
            self._skip = end
        self._assembly.new_paragraph()

    def _begin_list(self, piece: Piece) -> None:
        option = _OPTION.match(self._run.text, piece.end)
        style = _STYLES.get(piece.name, "")
        if piece.name in _NUMBERED_LISTS:
            used = {entry.style for entry in self._lists}
            style = _style(option[1] if option else "") or next((s for s in _STYLES_IN_ORDER if s not in used), "")
        self._skip = option.end() if option else self._skip
        self._lists.append(_List(piece.name, style))
        self._assembly.open_item()
        self._assembly.end_items()

    def _end(self, piece: Piece) -> None:
        if self._lists and piece.name == self._lists[-1].name:
            self._lists.pop()
            self._assembly.close_item()
        self._assembly.new_paragraph()

    def _item(self, piece: Piece) -> None:
        option = _OPTION.match(self._run.text, piece.end)
        end = option.end() if option else piece.end
        self._skip = max(self._skip, end)
        self._assembly.close_item()
        self._assembly.open_item()
        parts = parse_number(option[1].strip())[0] if option else ()
        if self._lists and not parts:
            entry = self._lists[-1]
            entry.count += 1
            parts = _numbered(entry.style, entry.count)
        if parts:
            level = {"number": 7, "letter": 8, "roman": 9}.get(parts[-1].kind, 8)
            rest = self._run.text[end : end + LONGEST_TITLE].split("\n", 1)[0].strip()
            self._assembly.add_heading(level, rest, parts, piece.start, end)
        self._assembly.new_paragraph()


def _style(option: str) -> str:
    """How the option of a list numbers its items: ``label=(\\alph*)``, ``(a)``, ``i.``; "" if it does not say."""
    option = option.lower()
    for word, style in (("alph", "letter"), ("roman", "roman"), ("arabic", "number")):
        if word in option:
            return style
    found = re.search(r"(?<![a-z])([ai1])(?![a-z])", option)
    return {"a": "letter", "i": "roman", "1": "number"}[found[1]] if found and "=" not in option else ""


def _numbered(style: str, count: int) -> tuple[Part, ...]:
    match style:
        case "number":
            return (Part("number", str(count)),)
        case "letter" if count <= 26:
            return (Part("letter", chr(ord("a") + count - 1)),)
        case "roman" if count <= len(ROMAN):
            return (Part("roman", ROMAN[count - 1]),)
        case _:
            return ()
