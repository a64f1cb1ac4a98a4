"""From the text of a formula to tokens, each with its place in the source; macros of the document are expanded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from verifier.notation import UNICODE_GREEK
from verifier.reading.commands import FUNCTION_NAMES

LONGEST_FORMULA = 40_000
DEEPEST_MACRO = 30

IGNORED = frozenset(
    [
        "displaystyle",
        "textstyle",
        "scriptstyle",
        "limits",
        "nolimits",
        "nonumber",
        "notag",
        "hfill",
        "hline",
        "thinspace",
        "medspace",
        "thickspace",
        "negthinspace",
        "bf",
        "it",
        "cal",
        "tt",
        "allowbreak",
        "nobreak",
        "noindent",
        "centering",
        "rm",
        "sf",
        "mathstrut",
        "tiny",
        "scriptsize",
        "footnotesize",
        "small",
        "normalsize",
        "large",
        "Large",
        "LARGE",
        "huge",
        "Huge",
        "strut",
        "ensuremath",
        "null",
        "unicode",
        "protect",
    ]
)
DELIMITERS = frozenset(
    """
    ( ) [ ] | || / < > { } lbrace rbrace langle rangle lfloor rfloor lceil rceil Vert vert lVert rVert lvert rvert
    uparrow downarrow Uparrow Downarrow updownarrow Updownarrow backslash lbrack rbrack Arrowvert arrowvert
    lgroup rgroup
    """.split()  # noqa: SIM905 - a list of signs is read more easily so
)
SIZES = re.compile(r"\\(?:[bB]igg?[lrm]?|left|right|middle)")
UNICODE = {
    "−": "-",
    "–": "-",
    "·": "\\cdot",
    "⋅": "\\cdot",
    "×": "\\times",
    "≤": "\\leq",
    "⩽": "\\leq",
    "≥": "\\geq",
    "⩾": "\\geq",
    "≠": "\\neq",
    "≈": "\\approx",
    "∝": "\\propto",
    "→": "\\to",
    "⇒": "\\Rightarrow",
    "⇔": "\\Leftrightarrow",
    "∴": "\\therefore",
    "∇": "\\nabla",
    "∂": "\\partial",
    "∑": "\\sum",
    "∏": "\\prod",
    "∫": "\\int",
    "√": "\\sqrt",
    "∈": "\\in",
    "∀": "\\forall",
    "∃": "\\exists",
    "∞": "\\infty",
    "⊤": "\\top",
    "ᵀ": "^\\top",
    "²": "^2",
    "³": "^3",
    "′": "'",
    "‖": "\\|",
    "∥": "\\|",
    "⊙": "\\odot",
    "∘": "\\circ",
    "⊗": "\\otimes",
    "±": "\\pm",
    "…": "\\dots",
    "⋯": "\\dots",
    "∼": "\\sim",
    "≻": "\\succ",
    "⪰": "\\succeq",
    "≪": "\\ll",
    "≫": "\\gg",
    "ℝ": "\\mathbb{R}",
    "𝔼": "\\mathbb{E}",
    "≜": "\\triangleq",
    "≡": "\\equiv",
    "⟹": "\\implies",
    "⟺": "\\iff",
    "½": "\\frac{1}{2}",
    "（": "(",
    "）": ")",
    "，": ",",
    "＝": "=",
    "：": ":",
    "；": ";",
    "¬": "\\neg",
} | {letter: f"\\{name}" for letter, name in UNICODE_GREEK.items()}
WORDS = FUNCTION_NAMES | {
    *("max", "min", "argmin", "argmax", "sup", "inf", "lim", "Trace", "var", "cov", "std", "Bias"),
    *("ReLU", "relu", "sigmoid", "softmax", "softplus", "MSE", "KL", "CE", "BCE", "NLL"),
}
BRACKETED_ONLY = frozenset(("tr", "Tr", "ln", "Pr", "KL", "std", "var", "cov", "inf", "sup", "CE", "BCE", "NLL", "MSE"))
TEXT_COMMANDS = frozenset(
    [
        "text",
        "textrm",
        "textit",
        "textbf",
        "textsf",
        "texttt",
        "mbox",
        "hbox",
        "textnormal",
        "textup",
        "textsc",
        "textsl",
        "emph",
        "mathrm",
        "mathit",
        "mathsf",
        "mathtt",
        "operatorname",
        "operatorname*",
        "intertext",
        "shortintertext",
    ]
)
DROPPED = frozenset(["hspace", "hspace*", "vspace", "label", "color", "phantom", "vphantom", "hphantom"])
WORD_STYLE = frozenset(["mathrm", "mathit", "mathsf", "mathtt", "operatorname", "operatorname*"])

TOKEN = re.compile(
    r"""
    (?P<space>\s+ | \\[,;!:>\ ] | ~)
  | (?P<newline>\\\\(?:\s*\[[^\[\]]{0,20}\])?\*? | \\newline(?![a-zA-Z]) | \\cr(?![a-zA-Z]))
  | (?P<command>\\(?:[a-zA-Z]+\*?|[{}|&%$\#_^'"`.=~-]))
  | (?P<dots>\.\.\.+)
  | (?P<number>\d{1,3}(?:\{,\}\d{3})+(?!\d)(?:\.\d+)? | \d+(?:\.\d+)? | \.\d+)
  | (?P<letter>[a-zA-Z])
  | (?P<char>:= | == | <= | >= | != | \|\| | [-+*/=<>()\[\]{}|,;:!'&^_.?"`@\#$])
  | (?P<unicode>.)
    """,
    re.VERBOSE | re.DOTALL,
)


class MacroLike(Protocol):
    """A macro of a document: how many arguments, the default of the first, the text that it stands for."""

    @property
    def arguments(self) -> int:
        """How many arguments it takes."""
        ...

    @property
    def default(self) -> str | None:
        """The default of an optional first argument."""
        ...

    @property
    def body(self) -> str:
        """What it stands for."""
        ...


@dataclass(frozen=True, slots=True)
class Token:
    """A token and where it stands.

    ``spaced``: white space before it; ``side``: a \\left or \\right delimiter; ``gap``: a "\\ " or "~".
    """

    kind: str
    text: str
    start: int
    end: int
    spaced: bool = False
    side: str = ""
    gap: bool = False


class ReadingError(Exception):
    """Text that was not understood: what was found where, and what was expected."""

    def __init__(self, message: str, start: int, end: int, expected: str = "") -> None:
        super().__init__(message)
        self.message, self.start, self.end, self.expected = message, start, end, expected


def tokenize(text: str, offset: int = 0, macros: Mapping[str, MacroLike] | None = None) -> list[Token]:
    """The tokens of a formula whose text starts at ``offset`` of the source. Raises ReadingError."""
    if len(text) > LONGEST_FORMULA:
        raise ReadingError(f"a formula of {len(text)} characters", offset, offset + len(text), "a shorter one")
    tokens = list(_words(_scan(text, offset)))
    if macros:
        tokens = _expand(tokens, macros, 0)
    return [t for t in tokens if not (t.kind == "command" and t.text in IGNORED)]


def _scan(text: str, offset: int, fixed: tuple[int, int] | None = None) -> Iterator[Token]:
    """Raw tokens. With ``fixed`` all of them stand at one place, the call of a macro."""
    position, spaced, side, fences, gap = 0, False, "", "", False
    while position < len(text):
        match = TOKEN.match(text, position)
        if match is None or match.lastgroup is None:
            raise ReadingError(
                f"the character {text[position]!r}", offset + position, offset + position + 1, "a sign of mathematics"
            )
        kind, found = match.lastgroup, match.group()
        here, position = position, match.end()
        if kind == "space":
            spaced, gap = True, gap or found in ("\\ ", "~")
            continue
        if SIZES.fullmatch(found):
            side = "l" if found in ("\\left",) or found.endswith("l") else "r" if found[-1] in "rt" else ""
            fences = found if found in ("\\left", "\\right") else ""
            null = re.compile(r"\s*\.").match(text, position)
            if null and found in ("\\left", "\\right"):
                position, side, fences = null.end(), "", ""
            continue
        made, position = _token(kind, found, text, position)
        wrong = {"\\left": (")", "]", "}"), "\\right": ("(", "[", "{")}.get(fences, ())
        if fences and (not made or made[0][1] not in DELIMITERS or made[0][1] in wrong):
            raise ReadingError(f"{fences} without a bracket", offset + here - len(fences), offset + here, "a bracket")
        fences = ""
        start, end = fixed or (offset + here, offset + position)
        for token_kind, token_text in made:
            yield Token(token_kind, token_text, start, end, spaced, side, gap)
            spaced, side, gap = False, "", False
    if fences:
        raise ReadingError(f"{fences} without a bracket", offset + len(text), offset + len(text), "a bracket")


def _token(kind: str, found: str, text: str, position: int) -> tuple[list[tuple[str, str]], int]:
    """What a match stands for, and where reading goes on."""
    if kind == "unicode":
        if found not in UNICODE:
            return [("unicode", found)], position
        return [(t.kind, t.text) for t in _scan(UNICODE[found], 0)], position
    if kind == "dots":
        return [("command", "dots")], position
    if kind != "command":
        return [(kind, found)], position
    name = found[1:]
    if name in DROPPED:
        return [], _braced(text, position)[1]
    if name in TEXT_COMMANDS:
        content, after = _braced(text, position)
        if content is not None:
            style = "operator" if name.startswith("operatorname") else "word" if name in WORD_STYLE else "text"
            return [(style, content.strip())], after
    return [("command", name)], position


def _braced(text: str, position: int) -> tuple[str | None, int]:
    """The inside of a braced group at the position (after spaces), and where it ends."""
    start = position
    while start < len(text) and text[start].isspace():
        start += 1
    if start >= len(text) or text[start] != "{":
        return None, position
    depth = 0
    for k in range(start, len(text)):
        if text[k] == "{" and text[k - 1] != "\\":
            depth += 1
        elif text[k] == "}" and text[k - 1] != "\\":
            depth -= 1
            if depth == 0:
                return text[start + 1 : k], k + 1
    return None, position


def _words(tokens: Iterator[Token]) -> Iterator[Token]:
    """Letters that stand together and spell a known function become one word."""
    waiting: list[Token] = []
    for token in tokens:
        if token.kind == "letter" and (not waiting or (not token.spaced and waiting[-1].end == token.start)):
            waiting.append(token)
            continue
        yield from _spelled(waiting, token)
        waiting = [token] if token.kind == "letter" else []
        if token.kind != "letter":
            yield token
    yield from _spelled(waiting, None)


def _spelled(letters: list[Token], following: Token | None) -> Iterator[Token]:
    word = "".join(t.text for t in letters)
    bracket = following is not None and (following.text in ("(", "[", "{", "left") or following.text in "([")
    if word in WORDS and (bracket or word not in BRACKETED_ONLY):
        yield Token("word", word, letters[0].start, letters[-1].end, letters[0].spaced)
    else:
        yield from letters


def _expand(tokens: list[Token], macros: Mapping[str, MacroLike], depth: int) -> list[Token]:
    """The tokens with macros of the document replaced by what they stand for."""
    if depth > DEEPEST_MACRO:
        raise ReadingError(
            "macros that expand without end", tokens[0].start, tokens[0].end, "macros that do not use themselves"
        )
    result: list[Token] = []
    position = 0
    while position < len(tokens):
        token = tokens[position]
        position += 1
        macro = macros.get(token.text) if token.kind == "command" else None
        if macro is None:
            result.append(token)
            continue
        arguments, position = _arguments(tokens, position, macro, token)
        end = max([token.end, *(t.end for arg in arguments for t in arg)])
        inside: list[Token] = []
        for piece in re.split(r"(#[1-9])", macro.body):
            if re.fullmatch(r"#[1-9]", piece):
                index = int(piece[1]) - 1
                inside += arguments[index] if index < len(arguments) else []
            elif piece:
                inside += _words(_scan(piece, token.start, (token.start, end)))
        if len(result) + len(inside) > LONGEST_FORMULA:
            raise ReadingError("a macro that expands to too much", token.start, token.end, "a shorter macro")
        result += _expand(inside, macros, depth + 1) if inside else []
    return result


def _arguments(tokens: list[Token], position: int, macro: MacroLike, call: Token) -> tuple[list[list[Token]], int]:
    arguments: list[list[Token]] = []
    if macro.default is not None:
        if position < len(tokens) and tokens[position].text == "[":
            argument, position = _group(tokens, position, "[", "]")
            arguments.append(argument)
        else:
            arguments.append(list(_words(_scan(macro.default, call.start, (call.start, call.end)))))
    while len(arguments) < macro.arguments:
        if position >= len(tokens):
            raise ReadingError(f"\\{call.text} at the end", call.start, call.end, f"{macro.arguments} arguments")
        if tokens[position].text == "{" and tokens[position].kind == "char":
            argument, position = _group(tokens, position, "{", "}")
        else:
            argument, position = [tokens[position]], position + 1
        arguments.append(argument)
    return arguments, position


def _group(tokens: list[Token], position: int, opening: str, closing: str) -> tuple[list[Token], int]:
    depth = 0
    for k in range(position, len(tokens)):
        if tokens[k].kind == "char":
            depth += (tokens[k].text == opening) - (tokens[k].text == closing)
        if depth == 0:
            return tokens[position + 1 : k], k + 1
    raise ReadingError(
        f"{opening!r} without {closing!r}", tokens[position].start, tokens[position].end, "the closing one"
    )
