r"""LaTeX as a person reads it in a terminal: ``\frac{a}{2\sigma^2}`` becomes ``a/(2σ²)``. No text fails."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from unicodedata import normalize

from verifier.reporting.characters import (
    ACCENTS,
    BIG,
    DOUBLE_STRUCK,
    FACES,
    IGNORED,
    MATRICES,
    PLAIN,
    SCRIPT,
    SIGNS,
    SPACED,
    SPACES,
    SUBSCRIPTS,
    SUPERSCRIPTS,
    WORDS,
)

DEEPEST = 40
LONGEST = 2000
AFTER = frozenset(("\\", "right", "middle", "end", "}", "tag", "label"))
_PIECE = re.compile(r"\\[A-Za-z]+\*?|\\.|\s+|.", re.DOTALL)
_SCRIPTS = re.escape("".join(sorted({*SUPERSCRIPTS.values(), *SUBSCRIPTS.values(), "*"})))
_ATOM = re.compile(rf"(?:[∂∇√]?[^\W\d_][\u0300-\u036f]*|\d+(?:\.\d+)?|.)[{_SCRIPTS}]*")
_SUM = re.compile(r"[-+−±=<>≤≥,/·]")
_CLOSING = {"(": ")", "[": "]", "‖": "‖", "|": "|"}
_STEERING = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def readable(latex: str, longest: int = LONGEST) -> str:
    """The formula in plain text, on one line; cut where it is longer than a person reads."""
    cut = latex[: 4 * longest]
    text = normalize("NFC", _one_line(printable(_Reader(_PIECE.findall(cut)).all())))
    return text if len(text) <= longest and cut == latex else text[: longest - 1].rstrip() + "…"


def printable(text: str) -> str:
    """The text without characters that would steer a terminal."""
    return _STEERING.sub("\N{REPLACEMENT CHARACTER}", re.sub(r"[\t\r\n]", " ", text))


def is_atom(text: str) -> bool:
    """Whether a text holds together: a name or a number with its marks, or something in brackets."""
    closing = _CLOSING.get(text[:1])
    if closing is None or len(text) == 1 or not text.endswith(closing):
        return _ATOM.fullmatch(text) is not None
    inner, level = text[1:-1], 0
    if closing == text[0]:
        return closing not in inner
    for character in inner:
        level += (character == text[0]) - (character == closing)
        if level < 0:
            return False
    return level == 0


def _one_line(text: str) -> str:
    return re.sub(r" ([,)\]])|([(\[]) ", r"\1\2", " ".join(text.split()))


@dataclass
class _Reader:
    """Reads pieces from left to right; ``place`` is the next. Nesting beyond ``DEEPEST`` is kept as it is written."""

    pieces: list[str]
    place: int = 0
    depth: int = 0

    def all(self) -> str:
        """Everything, closing braces that nothing opened left out."""
        text = ""
        while self.place < len(self.pieces):
            text += self.until_brace()
        return text

    def until_brace(self) -> str:
        """Everything before the next closing brace, which is passed over."""
        text = ""
        while self.place < len(self.pieces):
            piece = self.next()
            if piece == "}":
                break
            text += self.script(piece) if piece in ("^", "_") else self.one(piece)
        return text

    def peek(self) -> str:
        """The next piece, or nothing."""
        return self.pieces[self.place] if self.place < len(self.pieces) else ""

    def next(self) -> str:
        """The next piece, which is passed over."""
        piece = self.peek()
        self.place += 1
        return piece

    def skip_space(self) -> None:
        """Pass over white space, as TeX does after a command."""
        while self.peek().isspace():
            self.place += 1

    def one(self, piece: str) -> str:
        """What one piece stands for, with its arguments."""
        if piece == "{":
            return self.group()
        if not piece.startswith("\\") or len(piece) == 1:
            return " " if piece.isspace() else PLAIN.get(piece, piece)
        name = piece[1:].rstrip("*") or "*"
        command = COMMANDS.get(name)
        if command is not None:
            return command(self, name)
        if name in SPACED:
            return f" {SPACED[name]} "
        if name in SPACES or name == "\\":
            return " "
        if name in WORDS:
            return WORDS[name] + self.gap()
        if name.isalpha():
            self._close_up()
        if name in IGNORED or name in SIGNS or not name.isalpha():
            return "" if name in IGNORED else SIGNS.get(name, name)
        return piece + self._unknown_arguments()

    def _unknown_arguments(self) -> str:
        """What follows a command that is not known stays in its braces."""
        text = ""
        while self.peek() == "{" and self.depth < DEEPEST:
            self.next()
            text += f"{{{self.group()}}}"
        return text or self.gap()

    def _close_up(self) -> None:
        """White space after a letter's command is dropped where another letter follows."""
        following = self.pieces[self.place + 1] if self.peek().isspace() and self.place + 1 < len(self.pieces) else ""
        if following[:1].isalnum() or following[1:] in SIGNS:
            self.place += 1

    def gap(self) -> str:
        """A function's name stands apart from a letter that follows it at once."""
        following = self.peek()
        close = following[:1] in ("", " ", "(", "[", "^", "_", "{", "}") or following in ("\\left", "\\big", "\\Big")
        return "" if close else " "

    def before_factor(self) -> bool:
        """Whether what follows would be read as multiplied."""
        following = next((piece for piece in self.pieces[self.place : self.place + 2] if not piece.isspace()), "")
        name = following[1:]
        if following.startswith("\\"):
            return name not in SPACED and name not in SPACES and name not in AFTER
        return following.isalnum() or following in ("(", "[", "{", "|")

    def group(self) -> str:
        """The inside of braces, of which the opening one is passed over."""
        if self.depth >= DEEPEST:
            return self.raw()
        self.depth += 1
        text = self.until_brace()
        self.depth -= 1
        return text

    def raw(self) -> str:
        """The inside of braces as it is written."""
        level, start = 1, self.place
        while self.place < len(self.pieces) and level:
            piece = self.next()
            level += (piece == "{") - (piece == "}")
        return "".join(self.pieces[start : self.place - (level == 0)])

    def argument(self) -> str:
        """A group in braces, or one piece."""
        self.skip_space()
        piece = self.next()
        if self.depth >= DEEPEST:
            return piece
        self.depth += 1
        text = self.one(piece)
        self.depth -= 1
        return text.strip()

    def words(self) -> str:
        """A group in braces as text."""
        self.skip_space()
        if self.peek() != "{":
            return self.argument()
        self.place += 1
        return self.raw()

    def script(self, kind: str) -> str:
        """A superscript or a subscript, in the small characters if there are such."""
        text = self.argument().replace("−", "-")
        table = SUPERSCRIPTS if kind == "^" else SUBSCRIPTS
        close = text.replace(" ", "")
        if close and all(character in table for character in close):
            return "".join(table[character] for character in close)
        if kind == "^" and text in ("*", "†", "∘"):
            return text
        return kind + (text if len(text) == 1 else f"({text})")

    def environment(self) -> str:
        """A matrix by rows, cases, or aligned lines."""
        opening, closing = MATRICES.get(name := self.words().rstrip("*"), ("", ""))
        if name in ("array", "tabular"):
            self.words()
        inside = self._inside()
        if self.depth >= DEEPEST:
            return f"{opening}…{closing}"
        if name not in MATRICES:
            return f" {_Reader(inside, depth=self.depth + 1).all()} "
        lines = [", ".join(self._cell(cell) for cell in _split(row, "&")) for row in _split(inside, "\\\\")]
        return f"{opening}{'; '.join(line for line in lines if line)}{closing}"

    def _cell(self, pieces: list[str]) -> str:
        return _one_line(_Reader(pieces, depth=self.depth + 1).all())

    def _inside(self) -> list[str]:
        """The pieces up to the ``\\end`` that belongs to the ``\\begin``, which is passed over."""
        level, start = 1, self.place
        while self.place < len(self.pieces) and level:
            piece = self.next()
            level += (piece == "\\begin") - (piece == "\\end")
        inside = self.pieces[start : self.place - (level == 0)]
        if level == 0:
            self.words()
        return inside


def _split(pieces: list[str], at: str) -> list[list[str]]:
    """The pieces between the separators that are in no braces and no environment."""
    parts: list[list[str]] = [[]]
    level = 0
    for piece in pieces:
        level += (piece in ("{", "\\begin")) - (piece in ("}", "\\end"))
        opens_after = piece in ("\\begin", "\\end")
        if piece == at and level <= 0 and not opens_after:
            parts.append([])
        else:
            parts[-1].append(piece)
    return parts


# commands with arguments

Command = Callable[[_Reader, str], str]


def _fraction(reader: _Reader, name: str) -> str:
    """A fraction before a factor is put in brackets, unless it is a number or a derivative: 1/η x is no 1/(ηx)."""
    top, bottom = reader.argument(), reader.argument()
    above = f"({top})" if _SUM.search(top) and not is_atom(top) else top
    text = f"{above}/{bottom if is_atom(bottom) else f'({bottom})'}"
    if not reader.before_factor() or top.startswith(("∂", "d")):
        return text
    return f"{text} " if bottom.isdigit() else f"({text})"


def _root(reader: _Reader, name: str) -> str:
    degree = ""
    if reader.peek() == "[":
        while reader.place < len(reader.pieces) and (piece := reader.next()) != "]":
            degree += SUPERSCRIPTS.get(piece, "")
    inside = reader.argument()
    return f"{degree}√{inside if is_atom(inside) else f'({inside})'}"


def _accent(reader: _Reader, name: str) -> str:
    text = reader.argument()
    return text + ACCENTS[name] if len(text) == 1 else f"{name}({text})"


def _letters(table: Mapping[str, str]) -> Command:
    def command(reader: _Reader, name: str) -> str:
        text = reader.argument()
        return table.get(text, text)

    return command


def _text(reader: _Reader, name: str) -> str:
    text = reader.words()
    return text if len(text) == 1 or text.endswith(" ") else text + reader.gap()


def _operator(reader: _Reader, name: str) -> str:
    return _one_line(_Reader(_PIECE.findall(reader.words()), depth=DEEPEST).all()) + reader.gap()


def _stacked(reader: _Reader, name: str) -> str:
    """Something over or under something: the base alone."""
    reader.argument()
    return reader.argument()


def _delimiter(reader: _Reader, name: str) -> str:
    """``\\left.`` is nothing; any other delimiter is itself."""
    reader.skip_space()
    if reader.peek() == ".":
        reader.place += 1
    return ""


def _dropped(reader: _Reader, name: str) -> str:
    reader.words()
    return ""


def _binomial(reader: _Reader, name: str) -> str:
    return f"C({reader.argument()}, {reader.argument()})"


def _big(reader: _Reader, name: str) -> str:
    return BIG[name]


def _begin(reader: _Reader, name: str) -> str:
    return reader.environment()


def _not(reader: _Reader, name: str) -> str:
    return reader.argument() + "\u0338"


COMMANDS: dict[str, Command] = {
    **dict.fromkeys(("frac", "dfrac", "tfrac", "cfrac", "nicefrac"), _fraction),
    **dict.fromkeys(("binom", "dbinom", "tbinom"), _binomial),
    **dict.fromkeys(ACCENTS, _accent),
    **dict.fromkeys(FACES, _letters({})),
    **dict.fromkeys(("mathbb", "Bbb"), _letters(DOUBLE_STRUCK)),
    **dict.fromkeys(("mathcal", "mathscr"), _letters(SCRIPT)),
    **dict.fromkeys(("text", "textrm", "textbf", "textit", "mbox", "mathrm", "textsf"), _text),
    **dict.fromkeys(("left", "right", "middle"), _delimiter),
    **dict.fromkeys(("stackrel", "overset", "underset"), _stacked),
    **dict.fromkeys(("label", "tag", "color", "phantom", "vspace", "hspace", "end"), _dropped),
    **dict.fromkeys(BIG, _big),
    "operatorname": _operator,
    "sqrt": _root,
    "begin": _begin,
    "not": _not,
}
