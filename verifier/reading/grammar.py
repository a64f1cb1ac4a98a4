"""The grammar of formulas: tokens to ``Node``. It knows how mathematics is written, not what the letters are.

Every token is accounted for: what is not expected raises ReadingError with its place. Products are kept as flat lists
of items, because what a Σ, a ∇, a log or an f takes in depends on what the letters are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from verifier.notation import ACCENTS, ALPHABETS, CONNECTIVES, FACES, GREEK, RELATIONS
from verifier.reading.commands import (
    ABBREVIATED_FUNCTIONS,
    ALIGNED,
    BIG,
    BRACES,
    BRACKETS,
    DEEPEST,
    DOTS,
    FUNCTION_COMMANDS,
    MATRICES,
    OPERATORS,
    RELATION_COMMANDS,
    SEPARATORS,
    SIGNS,
    THEREFORE,
    TRANSPARENT,
)
from verifier.reading.conventions import CONVENTIONAL
from verifier.reading.letters import letter_macros
from verifier.reading.marks import plain_name
from verifier.reading.recovery import all_lost, end_of_side, salvaged, unreadable
from verifier.reading.syntax import EMPTY, Node
from verifier.reading.tokens import MacroLike, ReadingError, Token, tokenize


def parse(text: str, offset: int = 0, macros: Mapping[str, MacroLike] | None = None) -> Node:
    """The statements of a formula, a ``list`` node. Raises ReadingError naming the token and what was expected."""
    tokens = tokenize(text, offset, {**CONVENTIONAL, **(macros or {})})
    return Parser(tokens, offset + len(text)).formula()


class Parser:
    """One formula being read."""

    def __init__(self, tokens: list[Token], end: int, letters: frozenset[str] | None = None) -> None:
        self.tokens, self.position, self.depth = tokens, 0, 0
        self.letters = letter_macros(tokens) if letters is None else letters
        self.end = Token("end", "end of the formula", end, end)
        self.bars: list[str] = []
        self.scripts, self.square = 0, False
        self.outermost, self.called = False, False

    # tokens

    @property
    def here(self) -> Token:
        """The next token."""
        return self.tokens[self.position] if self.position < len(self.tokens) else self.end

    def ahead(self, distance: int = 1) -> Token:
        """A token further on."""
        place = self.position + distance
        return self.tokens[place] if place < len(self.tokens) else self.end

    def take(self) -> Token:
        """The next token, consumed."""
        token = self.here
        if token.kind != "end":
            self.position += 1
        return token

    def at(self, *texts: str) -> bool:
        """Whether the next token is one of these signs or commands."""
        return self.here.kind in ("char", "command", "newline") and self.here.text in texts

    def expect(self, text: str) -> Token:
        """The next token, which must be this one."""
        if not self.at(text):
            self.fail(f"{text!r}")
        return self.take()

    def fail(self, expected: str) -> Node:
        """Raise ReadingError at the next token."""
        token = self.here
        found = token.text if token.kind == "end" else repr(("\\" if token.kind == "command" else "") + token.text)
        raise ReadingError(f"found {found}, expected {expected}", token.start, token.end, expected)

    def _nested(self, rule: Callable[[], Node]) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise ReadingError(f"more than {DEEPEST} levels of nesting", self.here.start, self.here.end)
        try:
            return rule()
        finally:
            self.depth -= 1

    # statements

    def formula(self) -> Node:
        """Everything, to the end."""
        node = self.statements(lambda: self.here.kind == "end", outermost=True)
        if self.here.kind != "end":
            self.fail("the end of the formula")
        return node

    def statements(self, stop: Callable[[], bool], outermost: bool = False) -> Node:
        """Statements between separators; texts between them are kept."""
        items: list[Node] = []
        start = self.here.start
        while not stop():
            before = self.position
            if self._separator():
                items += [self._mark()]
            elif self._is_comment():
                items.append(self._text())
            else:
                self.outermost = outermost and not items
                items.append(self.statement())
            if self.position == before:
                self.fail("a formula")
        return Node("list", tuple(items), "", start, self.here.start)

    def _separator(self) -> bool:
        if self.here.kind == "newline":
            return True
        return self.here.kind in ("char", "command") and (self.here.text in SEPARATORS or self.here.text in THEREFORE)

    def _mark(self) -> Node:
        token = self.take()
        return Node("separator", (), "newline" if token.kind == "newline" else token.text, token.start, token.end)

    def _text(self) -> Node:
        token = self.take()
        return Node("text", (), token.text, token.start, token.end)

    def _is_comment(self) -> bool:
        mark = self.here.kind == "unicode" and self.here.text in "∎□■✓。"
        return mark or (self.here.kind == "text" and not self._text_is_name())

    def _text_is_name(self) -> bool:
        """\\text{loss} is a name where an operand is due and one follows it or a bracket; a sentence is a comment."""
        text = self.here.text
        if not text or not text.replace("-", "").isalnum() or len(text) > 20:
            return False
        following = self.ahead()
        if text in ABBREVIATED_FUNCTIONS and self._operand_follows():
            return True
        if following.kind in ("char", "command") and following.text in ("_", "^", "(", "[", "{", "left"):
            return True
        relation = following.kind in ("char", "command") and (
            following.text in RELATIONS or following.text in RELATION_COMMANDS
        )
        return relation or text in BIG or text.lower() in ("argmin", "argmax", "trace", "diag", "tr", "rank", "relu")

    def _operand_follows(self) -> bool:
        """Whether an operand follows the next token."""
        self.position += 1
        try:
            return self._starts_item()
        finally:
            self.position -= 1

    def statement(self) -> Node:
        """A chain of relations, or two joined by ⟹ or ⟺."""
        left = Node("empty", (), "", self.here.start, self.here.start) if self._connective_ahead() else self.chain()
        steps: list[Node] = []
        while self._connective_ahead():
            self._skip_breaks()
            token = self.take()
            self._skip_breaks()
            right = Node("empty", (), "", token.end, token.end) if self._ends_here() else self.chain()
            steps.append(Node("connective", (left, right), CONNECTIVES["\\" + token.text], left.start, right.end))
            left = right
        if len(steps) > 1:
            return Node("list", tuple(steps), "", steps[0].start, steps[-1].end)
        return steps[0] if steps else left

    def _connective_ahead(self) -> bool:
        place = self.position
        while place < len(self.tokens) and (self.tokens[place].kind == "newline" or self.tokens[place].text == "&"):
            place += 1
        token = self.tokens[place] if place < len(self.tokens) else self.end
        return token.kind == "command" and "\\" + token.text in CONNECTIVES

    def chain(self) -> Node:
        """sides and the relations between them; a chain may begin with a relation, and then continues another"""
        sides: list[Node] = []
        relations: list[str] = []
        errors: list[ReadingError] = []
        start, recovers, self.outermost = self.here.start, self.outermost, False
        if self._relation() is None:
            self._side(sides, errors, recovers)
        else:
            sides.append(Node("empty", (), "", start, start))
        while True:
            relation = self._relation_ahead()
            if relation is None:
                break
            relations.append(relation)
            self._skip_breaks()
            if self._ends_here():
                sides.append(Node("empty", (), "", self.here.start, self.here.start))
                break
            self._side(sides, errors, recovers)
        self.outermost = recovers
        if errors:
            salvaged(sides, errors[0])
        if len(sides) == 1:
            return sides[0]
        return Node("chain", tuple(sides), "\n".join(relations), start, self.tokens[self.position - 1].end)

    def _side(self, sides: list[Node], errors: list[ReadingError], recovers: bool) -> None:
        """A side of a chain. One that cannot be read, of a chain that stands in no brackets, is passed over."""
        start, before, bars, scripts, square = self.position, len(sides), list(self.bars), self.scripts, self.square
        try:
            sides.append(
                self._quantifier() if not sides and self.at("forall", "exists") else self._nested(self.expression)
            )
            if recovers and self.at(")", "]", "rbrace", "rangle"):
                self.fail("a relation, or the end of the formula")
        except ReadingError as error:
            if not recovers:
                raise
            del sides[before:]
            self.bars, self.scripts, self.square = bars, scripts, square
            self.position, lost = end_of_side(self.tokens, start, error)
            sides[:] = all_lost(sides, error) if lost else sides
            end = self.tokens[self.position - 1].end
            sides.append(unreadable(error, self.tokens[start].start, end))
            errors.append(error)

    def _ends_here(self) -> bool:
        return self.here.kind in ("end", "newline") or self.at(")", "]", "}", "rbrace", "end")

    def _skip_breaks(self) -> None:
        """Line breaks, alignment marks, and the space with which a line that goes on begins."""
        broken = False
        while self.here.kind == "newline" or self.at("&") or (broken and self._is_blank()):
            broken = broken or self.here.kind == "newline"
            self.take()

    def _is_blank(self) -> bool:
        """\\quad, {} before a sign or operator."""
        if self.at("quad", "qquad"):
            return True
        return (self.at("{") and self.ahead().text == "}") or (
            self.at("}") and self.tokens[self.position - 1].text == "{"
        )

    def _relation(self) -> str | None:
        """The relation that the next token is, if it is one."""
        token = self.here
        if token.kind == "char" and token.text == "!=" and not token.spaced and self.position:
            self.fail("\\neq, or a space after the factorial")
        if token.kind == "char" and token.text in ("<=", ">=", "!="):
            return {"<=": "\\leq", ">=": "\\geq", "!=": "\\neq"}[token.text]
        if token.kind == "char" and token.text in RELATIONS:
            return token.text
        if token.kind == "command" and token.text in RELATION_COMMANDS and "\\" + token.text not in CONNECTIVES:
            return "\\" + token.text
        if token.kind == "command" and token.text in ("stackrel", "overset", "underset", "xrightarrow", "not"):
            return self._decorated_relation()
        return None

    def _decorated_relation(self) -> str | None:
        if self.here.text == "xrightarrow":
            return "\\to"
        if self.here.text == "not":
            return "\\neq" if self.ahead().text == "=" else None
        place = self.position + 1
        groups = []
        for _ in range(2):
            group, place = self._raw_group(place)
            groups.append(group)
        if len(groups[1]) != 1:
            return None
        only = groups[1][0]
        if only.text in RELATIONS or "\\" + only.text in RELATIONS:
            return only.text if only.text in RELATIONS else "\\" + only.text
        return None

    def _raw_group(self, place: int) -> tuple[list[Token], int]:
        if place >= len(self.tokens):
            return [], place
        if self.tokens[place].text != "{":
            return [self.tokens[place]], place + 1
        depth = 0
        for k in range(place, len(self.tokens)):
            depth += (self.tokens[k].text == "{") - (self.tokens[k].text == "}")
            if depth == 0:
                return self.tokens[place + 1 : k], k + 1
        return [], len(self.tokens)

    def _relation_ahead(self) -> str | None:
        """A relation here, or after line breaks and alignment marks; it is consumed."""
        start = self.position
        self._skip_breaks()
        relation = self._relation()
        if relation is None:
            self.position = start
            return None
        if self.here.kind == "command" and self.here.text in ("stackrel", "overset", "underset"):
            place = self._raw_group(self.position + 1)[1]
            self.position = self._raw_group(place)[1]
        elif self.here.text == "xrightarrow":
            self.position = self._raw_group(self.position + 1)[1]
        else:
            if self.here.text == "not":
                self.take()
            self.take()
        while self.at("&"):
            self.take()
        return relation

    def _quantifier(self) -> Node:
        token = self.take()
        variables = self.chain()
        while self.at(","):
            self.take()
            follows = self.chain()
            variables = Node("list", (variables, follows), "", variables.start, follows.end)
        if self.at(".", ":", "quad"):
            self.take()
            if not self._ends_here():
                body = self.statement()
                return Node("quantifier", (variables, body), token.text, token.start, body.end)
        return Node("quantifier", (variables,), token.text, token.start, variables.end)

    # sums and products

    def expression(self) -> Node:
        """± product ± product …"""
        start = self.here.start
        signs: list[str] = []
        parts: list[Node] = []
        sign = self._sign()
        signs.append(sign or "+")
        parts.append(self._nested(self.product))
        while True:
            sign = self._sign_ahead()
            if sign is None:
                break
            signs.append(sign)
            self._skip_breaks()
            parts.append(self._nested(self.product))
        if len(parts) == 1 and signs == ["+"]:
            return parts[0]
        return Node("sum", tuple(parts), " ".join(signs), start, parts[-1].end)

    def _sign(self) -> str | None:
        names = {"+": "+", "-": "-", "pm": "±", "mp": "∓"}
        if self.here.kind in ("char", "command") and self.here.text in names:
            return names[self.take().text]
        return None

    def _sign_ahead(self) -> str | None:
        """A sign here, or at the start of the next line of an alignment."""
        start = self.position
        self._skip_breaks()
        broken = self.position > start
        if broken and self.here.text == "-" and self._relation_on_this_line():
            self.position = start
            return None
        sign = self._sign()
        if sign is None:
            self.position = start
        return sign

    def _relation_on_this_line(self) -> bool:
        """Whether the line has a relation before its end, so that a leading minus starts a new statement."""
        depth = 0
        for token in self.tokens[self.position :]:
            if token.kind == "newline" and depth == 0:
                return False
            if token.kind in ("char", "command"):
                depth += (token.text in BRACKETS) - (token.text in BRACKETS.values())
                if depth == 0 and (token.text in RELATIONS or token.text in RELATION_COMMANDS):
                    return True
        return False

    def product(self) -> Node:
        """items side by side, with operators between them"""
        items = [self._item()]
        while True:
            start = self.position
            if self._operator_on_next_line():
                self._skip_breaks()
            operator = self._operator()
            if operator is not None:
                items += [operator, self._signed_item()]
            elif self._starts_item():
                if self.here.gap and self.square:
                    text = "a space between entries of a row, or in a product"
                    raise ReadingError(text, self.here.start, self.here.end, "commas between entries")
                self.called = _is_operator(items[-1])
                items.append(self._item())
            elif self.at("-", "+") and _is_big(items[-1]):
                items.append(self._nested(self._signed_product))
            else:
                self.position = start
                break
        if len(items) == 1:
            return self._evaluated(items[0])
        return self._evaluated(Node("product", tuple(items), "", items[0].start, items[-1].end))

    def _signed_product(self) -> Node:
        """Σ - x is Σ (-x)"""
        start = self.here.start
        sign = self._sign() or "+"
        inner = self.product()
        return Node("sum", (inner,), sign, start, inner.end)

    def _signed_item(self) -> Node:
        start = self.here.start
        sign = self._sign()
        item = self._item()
        return item if sign is None else Node("sum", (item,), sign, start, item.end)

    def _operator_on_next_line(self) -> bool:
        place = self.position
        while place < len(self.tokens) and (self.tokens[place].kind == "newline" or self.tokens[place].text == "&"):
            place += 1
        if place == self.position or place >= len(self.tokens):
            return False
        token = self.tokens[place]
        return token.kind in ("char", "command") and (token.text in OPERATORS or "\\" + token.text in OPERATORS)

    def _operator(self) -> Node | None:
        token = self.here
        key = "\\" + token.text if token.kind == "command" else token.text
        if token.kind not in ("char", "command") or key not in OPERATORS:
            return None
        self.take()
        self._skip_breaks()
        return Node("operator", (), OPERATORS[key], token.start, token.end)

    def _starts_item(self) -> bool:
        token = self.here
        match token.kind:
            case "number" | "letter" | "word" | "operator":
                return True
            case "text":
                return self._text_is_name()
            case "char":
                if token.text in ("|", "||"):
                    return self._opens_bar()
                return token.text in ("(", "[", "{")
            case "command":
                return self._command_starts_item(token.text)
        return False

    def _command_starts_item(self, name: str) -> bool:
        if name == "|" or name in ("Vert", "vert", "rVert", "rvert", "Arrowvert", "arrowvert"):
            return self._opens_bar()
        if "\\" + name in OPERATORS or name in RELATION_COMMANDS or name in SEPARATORS or name in THEREFORE:
            return False
        closing = ("rbrace", "}", "rangle", "rfloor", "rceil", "rvert", "rVert", "end", "mid", "pm", "mp", "right")
        if name in closing or name in ("xrightarrow", "not", "forall", "exists"):
            return False
        return not (name in ("stackrel", "overset", "underset") and self._relation() is not None)

    def _opens_bar(self) -> bool:
        """Whether a bar here opens: it is marked as a left one, or none of its kind is open. None opens before a _."""
        if self.ahead().text == "_" and self.ahead().kind == "char":
            return False
        if self.here.side:
            return self.here.side == "l"
        kind = _bar_kind(self.here)
        if self.here.text in ("lVert", "lvert"):
            return True
        if self.bars and self.bars[-1] == "given":
            return self._opens_given_bar()
        return kind not in self.bars

    # items with scripts

    def _item(self) -> Node:
        base = self._nested(self.atom)
        return self._scripts(base)

    def _scripts(self, base: Node) -> Node:
        while True:
            subscript, superscript, primes = EMPTY, EMPTY, ""
            end = base.end
            while True:
                if self.at("'"):
                    end = self.take().end
                    primes += "'"
                elif self.at("_") and subscript is EMPTY:
                    self.take()
                    subscript = self._script_argument()
                    end = subscript.end
                elif self.at("^") and superscript is EMPTY:
                    self.take()
                    if self.at("prime") or (self.at("{") and self._only_primes()):
                        primes += self._prime_group()
                        end = self.tokens[self.position - 1].end
                        continue
                    superscript = self._script_argument()
                    end = superscript.end
                else:
                    break
            if subscript is EMPTY and superscript is EMPTY and not primes:
                if self.at("!") and (self.ahead().text != "=" or self.ahead().spaced):
                    token = self.take()
                    base = Node("factorial", (base,), "", base.start, token.end)
                    continue
                return base
            base = Node("script", (base, subscript, superscript), primes, base.start, max(end, base.end))
            if self.at("_", "^"):
                which = "subscript" if self.at("_") else "superscript"
                raise ReadingError(f"a second {which}", self.here.start, self.here.end, "braces")

    def _evaluated(self, base: Node) -> Node:
        """f|_{x = a}"""
        if not (_bar_kind(self.here) == "absolute" and self.ahead().text == "_" and "absolute" not in self.bars):
            return base
        side = self.take().side
        self.take()
        subscript = self._script_argument()
        superscript = EMPTY
        if self.at("^"):
            self.take()
            superscript = self._script_argument()
        return Node("bar", (base, subscript, superscript), side, base.start, max(subscript.end, superscript.end))

    def _only_primes(self) -> bool:
        group, _ = self._raw_group(self.position)
        return bool(group) and all(t.text in ("'", "prime") for t in group)

    def _prime_group(self) -> str:
        if self.at("prime"):
            self.take()
            return "'"
        group, self.position = self._raw_group(self.position)
        return "'" * len(group)

    def _script_argument(self) -> Node:
        """A braced group, or one token. A script is a list of statements, so that i=1, k≠i and (t+1) are all read."""
        group, after = self._raw_group(self.position)
        if len(group) == 1 and group[0].text in SIGNS and group[0].kind in ("char", "command"):
            start, self.position = self.here.start, after
            sign = Node("sign", (), group[0].text, group[0].start, group[0].end)
            return Node("script list", (sign,), "", start, self.tokens[after - 1].end)
        if self.at("{"):
            opening = self.take()
            bars, self.bars = self.bars, ["given"]
            self.scripts += 1
            inside = self._nested(lambda: self._items("}"))
            self.scripts -= 1
            self.bars = bars
            closing = self.expect("}")
            return replace(inside, kind="script list", start=opening.start, end=closing.end)
        token = self.here
        if token.kind == "number" and len(token.text) > 1:
            digits = f"{token.text} without braces can be read as {token.text} and as {token.text[0]} alone"
            raise ReadingError(digits, token.start, token.end, f"{{{token.text}}}")
        self.scripts += 1
        inner = self._nested(self.atom)
        self.scripts -= 1
        return Node("script list", (inner,), "", inner.start, inner.end)

    # atoms

    def atom(self) -> Node:
        """One item without its scripts."""
        token = self.here
        called, self.called = self.called, False
        match token.kind:
            case "number":
                self._refuse_odd_number()
                self.take()
                return Node("number", (), token.text.replace("{,}", ""), token.start, token.end)
            case "letter":
                self.take()
                return Node("name", (), token.text, token.start, token.end)
            case "word" | "operator" | "text":
                return self._word()
            case "char" if token.text in ("(", "["):
                return self._group(called)
            case "char" if token.text == "{":
                return self._braces()
            case "char" if token.text in ("|", "||"):
                return self._bars()
            case "char" if token.text in ("^", "_"):
                return Node("placeholder", (), "", token.start, token.start)
            case "command":
                return self._command()
        return self.fail("a number, a letter or a bracket")

    def _refuse_odd_number(self) -> None:
        """1,000 may be one number or two; 1e3 may be a thousand or three times Euler's number."""
        first, second, third = self.here, self.ahead(), self.ahead(2)
        if third.kind != "number" or second.spaced or third.spaced:
            return
        grouped = second.text == "," and len(third.text.split(".")[0]) == 3 and len(first.text) <= 3
        if grouped and not self.scripts and "." not in first.text:
            text = f"{first.text},{third.text} can be read as one number and as two"
            raise ReadingError(text, first.start, third.end, f"{first.text}{third.text} or {first.text}, {third.text}")
        if second.text in ("e", "E") and second.kind == "letter":
            text = f"{first.text}{second.text}{third.text} can be read as a power of ten"
            raise ReadingError(text, first.start, third.end, f"{first.text} \\cdot 10^{{{third.text}}}")

    def _word(self) -> Node:
        token = self.take()
        if token.text in BIG:
            return Node("big", (), BIG[token.text], token.start, token.end)
        if len(token.text) == 1 and token.kind != "text":
            if token.text == "d" and token.kind == "word":
                return Node("differential", (), "d", token.start, token.end)
            return Node("name", (), token.text, token.start, token.end)
        lowered = token.text.replace("\\,", "").replace(" ", "").lower()
        if lowered in ("argmin", "argmax"):
            return Node("big", (), lowered, token.start, token.end)
        if token.text.startswith("\\"):
            inner = Parser(tokenize(token.text, token.start), token.end).formula()
            if len(inner.parts) == 1:
                return replace(inner.parts[0], start=token.start, end=token.end)
        return Node("word", (), token.text, token.start, token.end)

    def _group(self, called: bool = False) -> Node:
        """( … ), [ … ], with separators; half-open intervals may close with the other bracket

        In the square brackets of an operator, as in E[A\\ x], there is no row of entries.
        """
        opening = self.take()
        closing = BRACKETS[opening.text]
        bars, self.bars = self.bars, ["given"]
        half_open = self.position > 1 and self.tokens[self.position - 2].text in ("in", "∈")
        closings = (")", "]") if half_open else (closing,)
        square, self.square = self.square, opening.text == "[" and not called
        items = self._nested(lambda: self._items(*closings))
        self.bars, self.square = bars, square
        last = self.take() if half_open and self.at(")", "]") else self.expect(closing)
        return Node("group", items.parts, opening.text, opening.start, last.end)

    def _items(self, *closings: str) -> Node:
        """The inside of a bracket: statements, separators and bars (for 'given')."""
        items: list[Node] = []
        start = self.here.start
        while not self.at(*closings):
            if self.here.kind == "end":
                self.fail(f"{closings[0]!r}")
            if (
                self._separator()
                or self.at("mid", "parallel")
                or (_bar_kind(self.here) and not self._opens_given_bar())
            ):
                token = self.take()
                items.append(Node("separator", (), "|" if token.text == "mid" else token.text, token.start, token.end))
            elif self._is_comment():
                items.append(self._text())
            else:
                items.append(self.statement())
        return Node("list", tuple(items), "", start, self.here.start)

    def _opens_given_bar(self) -> bool:
        """In a bracket, a bar is one of a pair if their number up to the end of the bracket is even."""
        if self.here.side:
            return self.here.side == "l"
        kind, depth, count = _bar_kind(self.here), 0, 0
        for token in self.tokens[self.position :]:
            if token.kind in ("char", "command"):
                depth += (token.text in BRACKETS) - (token.text in BRACKETS.values())
                if depth < 0:
                    break
                count += depth == 0 and _bar_kind(token) == kind and self._is_plain_bar(token)
        return count > 0 and count % 2 == 0

    def _is_plain_bar(self, token: Token) -> bool:
        return token.text not in ("mid",)

    def _braces(self) -> Node:
        """{ … } of TeX: invisible grouping."""
        opening = self.take()
        if self.at("}"):
            closing = self.take()
            return Node("placeholder", (), "", opening.start, closing.end)
        inside = self._nested(lambda: self.statements(lambda: self.at("}") or self.here.kind == "end"))
        closing = self.expect("}")
        if len(inside.parts) == 1:
            return (
                replace(inside.parts[0], start=opening.start, end=closing.end)
                if _is_tight(inside.parts[0])
                else Node("group", inside.parts, "{", opening.start, closing.end)
            )
        return Node("group", inside.parts, "{", opening.start, closing.end)

    def _bars(self) -> Node:
        """|x|, ‖x‖"""
        opening = self.take()
        kind = _bar_kind(opening)
        double = kind == "absolute" and self.at("|") and not self.here.spaced and not opening.side
        if double:
            self.take()
            kind = "norm"
        self.bars.append(kind)
        inside = self._nested(self.statement)
        if self.bars:
            self.bars.pop()
        if not (self.here.kind in ("char", "command") and _bar_kind(self.here) == ("absolute" if double else kind)):
            self.fail("a closing bar")
        closing = self.take()
        if double:
            closing = self.expect("|")
        return Node(kind, (inside,), "", opening.start, closing.end)

    # commands

    def _command(self) -> Node:
        token = self.here
        name = token.text
        rule = COMMANDS.get(name)
        if rule is not None:
            return rule(self)
        if name in GREEK:
            self.take()
            return Node("name", (), name, token.start, token.end)
        if name in ACCENTS or name in ALPHABETS or name in FACES:
            return self._styled()
        if name in DOTS:
            self.take()
            return Node("dots", (), name, token.start, token.end)
        if name in BIG:
            self.take()
            return Node("big", (), BIG[name], token.start, token.end)
        if name in FUNCTION_COMMANDS:
            self.take()
            return Node("word", (), name, token.start, token.end)
        if name in BRACES:
            return self._brace()
        if name == "odot" and self.scripts:
            return self._leaf("name")
        if name in TRANSPARENT:
            self.take()
            return self._argument()
        if name in ("lbrace", "{", "langle", "lfloor", "lceil"):
            return self._command_group()
        if _bar_kind(token):
            return self._bars()
        if self.ahead().text != "{" and (name in self.letters or (name == "T" and self.scripts)):
            self.take()
            return Node("name", (), name, token.start, token.end)
        return self.fail("a command of mathematics, or a macro that the document defines")

    def _styled(self) -> Node:
        token = self.take()
        name = token.text
        inner = self._argument()
        place = {"start": token.start, "end": inner.end}
        if name in FACES:
            if name in ("mathrm", "mathit", "mathsf", "mathtt"):
                return replace(inner, **place)  # type: ignore[arg-type]
            return Node("face", (inner,), "vec" if name == "vec" else "bold", token.start, inner.end)
        text = ACCENTS.get(name) or ALPHABETS[name]
        return Node("accent", (inner,), text, token.start, inner.end)

    def _argument(self) -> Node:
        """The argument of a command: a group or one token."""
        if self.at("{"):
            return self._braces()
        if self.here.kind == "number" and len(self.here.text) > 1:
            self.tokens[self.position : self.position + 1] = _digits(self.here)
        return self._nested(self.atom)

    def _fraction(self) -> Node:
        token = self.take()
        top = self._argument()
        bottom = self._argument()
        return Node("fraction", (top, bottom), "", token.start, bottom.end)

    def _binomial(self) -> Node:
        token = self.take()
        top = self._argument()
        bottom = self._argument()
        return Node("binomial", (top, bottom), "", token.start, bottom.end)

    def _root(self) -> Node:
        token = self.take()
        degree = EMPTY
        if self.at("["):
            self.take()
            degree = self._nested(self.expression)
            self.expect("]")
        inner = self._argument()
        return Node("root", (inner, degree), "", token.start, inner.end)

    def _leaf(self, kind: str) -> Node:
        token = self.take()
        return Node(kind, (), token.text, token.start, token.end)

    def _command_group(self) -> Node:
        opening = self.take()
        name = "lbrace" if opening.text == "{" else opening.text
        closings = {"lbrace": ("rbrace", "}"), "langle": ("rangle",), "lfloor": ("rfloor",), "lceil": ("rceil",)}[name]
        bars, self.bars = self.bars, ["given"]
        items: list[Node] = []
        while not (self.here.kind == "command" and self.here.text in closings):
            if self.here.kind == "end":
                self.fail("a closing bracket")
            if self._separator() or self.at("mid") or (_bar_kind(self.here) and not self._opens_given_bar()):
                items.append(self._mark())
            elif self._is_comment():
                items.append(self._text())
            else:
                items.append(self._nested(self.statement))
        closing = self.take()
        self.bars = bars
        return Node("group", tuple(items), name, opening.start, closing.end)

    def _brace(self) -> Node:
        token = self.take()
        body = self._argument()
        label = EMPTY
        if self.at("_", "^"):
            self.take()
            label = self._script_argument()
        return Node("brace", (body, label), token.text, token.start, max(body.end, label.end))

    def _stacked(self) -> Node:
        """\\underset{β}{\\text{argmin}}, \\overset{…}{x}"""
        token = self.take()
        script = self._argument()
        base = self._argument()
        if token.text == "underset":
            listed = Node("script list", (script,), "", script.start, script.end)
            return Node("script", (base, listed, EMPTY), "", token.start, base.end)
        return replace(base, start=token.start)

    def _environment(self) -> Node:
        token = self.take()
        name = self._environment_name()
        if name in MATRICES:
            return self._matrix(token, name)
        if name in ("cases", "dcases", "rcases", "cases*"):
            return self._cases(token, name)
        if name in ALIGNED:
            return self._aligned(token, name)
        raise ReadingError(f"the environment {name}", token.start, self.here.start, "one of mathematics")

    def _environment_name(self) -> str:
        self.expect("{")
        name = ""
        while not self.at("}"):
            if self.here.kind == "end":
                self.fail("'}'")
            name += self.take().text
        self.take()
        return name

    def _at_end_of(self, name: str) -> bool:
        if not self.at("end"):
            return False
        start = self.position
        self.take()
        found = self._environment_name() if self.at("{") else ""
        self.position = start
        return found == name

    def _close(self, name: str) -> Token:
        self.expect("end")
        found = self._environment_name()
        if found != name:
            self.fail(f"\\end{{{name}}}")
        return self.tokens[self.position - 1]

    def _matrix(self, opening: Token, name: str) -> Node:
        if name == "array" and self.at("{"):
            _, self.position = self._raw_group(self.position)
        rows = self._rows(name)
        closing = self._close(name)
        lines = tuple(Node("row", tuple(row), "", opening.start, closing.end) for row in rows)
        return Node("matrix", lines, name, opening.start, closing.end)

    def _rows(self, name: str) -> list[list[Node]]:
        bars, self.bars = self.bars, []
        rows: list[list[Node]] = [[]]
        while not self._at_end_of(name):
            if self.here.kind == "end" or self.at("end"):
                self.fail(f"\\end{{{name}}}")
            if self.here.kind == "newline":
                self.take()
                rows.append([])
                continue
            rows[-1].append(self._cell())
            if self.at("&"):
                self.take()
                if self.here.kind == "newline" or self._at_end_of(name):
                    rows[-1].append(Node("placeholder", (), "", self.here.start, self.here.start))
        self.bars = bars
        return [row for row in rows if row]

    def _cell(self) -> Node:
        if self.at("&"):
            return Node("placeholder", (), "", self.here.start, self.here.start)
        if self._is_comment():
            return self._text()
        items: list[Node] = []
        start = self.here.start
        while not (self.at("&", "end") or self.here.kind in ("newline", "end")):
            if self.at(",", ".", ";", ":", "quad", "qquad", *THEREFORE):
                self._mark()
            elif self._is_comment():
                items.append(self._text())
            else:
                items.append(self._one_line_statement())
        if len(items) == 1:
            return items[0]
        return Node("list", tuple(items), "", start, self.here.start)

    def _one_line_statement(self) -> Node:
        """A statement that stops at the end of the cell."""
        depth, stop = 0, self.position
        while stop < len(self.tokens):
            token = self.tokens[stop]
            if token.kind == "command" and token.text == "begin":
                depth += 1
            elif token.kind == "command" and token.text == "end":
                depth -= 1
                if depth < 0:
                    break
            elif depth == 0 and (token.kind == "newline" or (token.kind == "char" and token.text == "&")):
                break
            stop += 1
        end = self.tokens[stop].start if stop < len(self.tokens) else self.end.start
        inner = Parser(self.tokens[self.position : stop], end, self.letters)
        inner.depth = self.depth
        node = inner.statement()
        self.position += inner.position
        return node

    def _cases(self, opening: Token, name: str) -> Node:
        rows = self._rows(name)
        closing = self._close(name)
        lines = tuple(Node("row", tuple(row), "", row[0].start, row[-1].end) for row in rows)
        return Node("cases", lines, "", opening.start, closing.end)

    def _aligned(self, opening: Token, name: str) -> Node:
        if name in ("alignedat", "alignat", "alignat*") and self.at("{"):
            _, self.position = self._raw_group(self.position)
        if self.at("[") and self.ahead(2).text == "]":
            self.position += 3
        first = opening is self.tokens[0]
        inside = self._nested(lambda: self.statements(lambda: self._at_end_of(name) or self.here.kind == "end", first))
        closing = self._close(name)
        if len(inside.parts) == 1:
            return inside.parts[0]
        return Node("list", inside.parts, name, opening.start, closing.end)

    def _tagged(self) -> Node:
        """\\tag{n}: says nothing."""
        self.take()
        _, self.position = self._raw_group(self.position)
        return Node("placeholder", (), "", self.here.start, self.here.start)


def _is_big(node: Node) -> bool:
    while node.kind == "script":
        node = node.parts[0]
    return node.kind == "big" and node.text in ("sum", "product", "integral")


def _is_operator(node: Node) -> bool:
    """Whether a bracket after it holds its argument: Var, Cov, a blackboard E."""
    while node.kind == "script":
        node = node.parts[0]
    return node.kind == "word" or plain_name(node) == "bb(E)"


def _digits(token: Token) -> list[Token]:
    """\\frac12 takes one digit at a time."""
    return [Token("number", digit, token.start, token.end, token.spaced) for digit in token.text]


def _bar_kind(token: Token) -> str:
    if token.text in ("|", "vert", "lvert", "rvert", "arrowvert") and not (
        token.kind == "command" and token.text == "|"
    ):
        return "absolute"
    if token.text in ("||", "Vert", "lVert", "rVert", "Arrowvert") or (token.kind == "command" and token.text == "|"):
        return "norm"
    return ""


def _is_tight(node: Node) -> bool:
    """Whether a group adds nothing: {x} is x, but {a + b} keeps its sum together."""
    return node.kind in (
        "name",
        "number",
        "script",
        "group",
        "fraction",
        "word",
        "accent",
        "face",
        "root",
        "partial",
        "big",
    )


COMMANDS: dict[str, Callable[[Parser], Node]] = {
    "frac": Parser._fraction,
    "dfrac": Parser._fraction,
    "tfrac": Parser._fraction,
    "cfrac": Parser._fraction,
    "binom": Parser._binomial,
    "sqrt": Parser._root,
    "partial": lambda parser: parser._leaf("partial"),
    "nabla": lambda parser: parser._leaf("nabla"),
    "triangledown": lambda parser: parser._leaf("nabla"),
    "infty": lambda parser: parser._leaf("infinity"),
    "top": lambda parser: parser._leaf("transpose"),
    "intercal": lambda parser: parser._leaf("transpose"),
    "prime": lambda parser: parser._leaf("prime"),
    "emptyset": lambda parser: parser._leaf("set"),
    "begin": Parser._environment,
    "underset": Parser._stacked,
    "overset": Parser._stacked,
    "stackrel": Parser._stacked,
    "tag": Parser._tagged,
    "tag*": Parser._tagged,
    "cdot": lambda parser: parser._leaf("placeholder"),
    "star": lambda parser: parser._leaf("sign"),
    "dagger": lambda parser: parser._leaf("sign"),
    "ast": lambda parser: parser._leaf("sign"),
}
