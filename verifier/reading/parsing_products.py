"""Sums, products and scripts of a formula."""

from __future__ import annotations

from dataclasses import replace

from verifier.reading.commands import (
    OPERATORS,
    SIGNS,
)
from verifier.reading.marks import plain_name
from verifier.reading.parser import Parser
from verifier.reading.parsing_ahead import bar_kind, operator_on_next_line, relation_on_this_line, starts_item
from verifier.reading.parsing_brackets import bracket_items
from verifier.reading.syntax import EMPTY, Node
from verifier.reading.tokens import ReadingError


def expression(parser: Parser) -> Node:
    """± product ± product …"""
    start = parser.here.start
    signs: list[str] = []
    parts: list[Node] = []
    sign = _sign(parser)
    signs.append(sign or "+")
    parts.append(parser.nested(product))
    while True:
        sign = _sign_ahead(parser)
        if sign is None:
            break
        signs.append(sign)
        parser.skip_breaks()
        parts.append(parser.nested(product))
    if len(parts) == 1 and signs == ["+"]:
        return parts[0]
    return Node("sum", tuple(parts), " ".join(signs), start, parts[-1].end)


def _sign(parser: Parser) -> str | None:
    names = {"+": "+", "-": "-", "pm": "±", "mp": "∓"}
    if parser.here.kind in ("char", "command") and parser.here.text in names:
        return names[parser.take().text]
    return None


def _sign_ahead(parser: Parser) -> str | None:
    """A sign here, or at the start of the next line of an alignment."""
    start = parser.position
    parser.skip_breaks()
    broken = parser.position > start
    if broken and parser.here.text == "-" and relation_on_this_line(parser):
        parser.position = start
        return None
    sign = _sign(parser)
    if sign is None:
        parser.position = start
    return sign


def product(parser: Parser) -> Node:
    """items side by side, with operators between them"""
    items = [_item(parser)]
    while True:
        start = parser.position
        if operator_on_next_line(parser):
            parser.skip_breaks()
        operator = _operator(parser)
        if operator is not None:
            items += [operator, _signed_item(parser)]
        elif starts_item(parser):
            if parser.here.gap and parser.square:
                text = "a space between entries of a row, or in a product"
                raise ReadingError(text, parser.here.start, parser.here.end, "commas between entries")
            parser.called = _takes_brackets(items[-1])
            items.append(_item(parser))
        elif parser.at("-", "+") and _is_big(items[-1]):
            items.append(parser.nested(_signed_product))
        else:
            parser.position = start
            break
    if len(items) == 1:
        return _evaluated(parser, items[0])
    return _evaluated(parser, Node("product", tuple(items), "", items[0].start, items[-1].end))


def _signed_product(parser: Parser) -> Node:
    """Σ - x is Σ (-x)"""
    start = parser.here.start
    sign = _sign(parser) or "+"
    inner = product(parser)
    return Node("sum", (inner,), sign, start, inner.end)


def _signed_item(parser: Parser) -> Node:
    start = parser.here.start
    sign = _sign(parser)
    item = _item(parser)
    return item if sign is None else Node("sum", (item,), sign, start, item.end)


def _operator(parser: Parser) -> Node | None:
    token = parser.here
    key = "\\" + token.text if token.kind == "command" else token.text
    if token.kind not in ("char", "command") or key not in OPERATORS:
        return None
    parser.take()
    parser.skip_breaks()
    return Node("operator", (), OPERATORS[key], token.start, token.end)


def _item(parser: Parser) -> Node:
    base = parser.nested(Parser.atom)
    return _scripts_of(parser, base)


def _scripts_of(parser: Parser, base: Node) -> Node:
    while True:
        subscript, superscript, primes = EMPTY, EMPTY, ""
        end = base.end
        while True:
            if parser.at("'"):
                end = parser.take().end
                primes += "'"
            elif parser.at("_") and subscript is EMPTY:
                parser.take()
                subscript = script_argument(parser)
                end = subscript.end
            elif parser.at("^") and superscript is EMPTY:
                parser.take()
                if parser.at("prime") or (parser.at("{") and _only_primes(parser)):
                    primes += _prime_group(parser)
                    end = parser.tokens[parser.position - 1].end
                    continue
                superscript = script_argument(parser)
                end = superscript.end
            else:
                break
        if subscript is EMPTY and superscript is EMPTY and not primes:
            if parser.at("!") and (parser.ahead().text != "=" or parser.ahead().spaced):
                token = parser.take()
                base = Node("factorial", (base,), "", base.start, token.end)
                continue
            return base
        base = Node("script", (base, subscript, superscript), primes, base.start, max(end, base.end))
        if parser.at("_", "^"):
            which = "subscript" if parser.at("_") else "superscript"
            raise ReadingError(f"a second {which}", parser.here.start, parser.here.end, "braces")


def _evaluated(parser: Parser, base: Node) -> Node:
    """f|_{x = a}"""
    if not (bar_kind(parser.here) == "absolute" and parser.ahead().text == "_" and "absolute" not in parser.bars):
        return base
    side = parser.take().side
    parser.take()
    subscript = script_argument(parser)
    superscript = EMPTY
    if parser.at("^"):
        parser.take()
        superscript = script_argument(parser)
    return Node("bar", (base, subscript, superscript), side, base.start, max(subscript.end, superscript.end))


def _only_primes(parser: Parser) -> bool:
    group, _ = parser.raw_group(parser.position)
    return bool(group) and all(t.text in ("'", "prime") for t in group)


def _prime_group(parser: Parser) -> str:
    if parser.at("prime"):
        parser.take()
        return "'"
    group, parser.position = parser.raw_group(parser.position)
    return "'" * len(group)


def script_argument(parser: Parser) -> Node:
    """A braced group, or one token. A script is a list of statements, so that i=1, k≠i and (t+1) are all read."""
    group, after = parser.raw_group(parser.position)
    if len(group) == 1 and group[0].text in SIGNS and group[0].kind in ("char", "command"):
        start, parser.position = parser.here.start, after
        sign = Node("sign", (), group[0].text, group[0].start, group[0].end)
        return Node("script list", (sign,), "", start, parser.tokens[after - 1].end)
    if parser.at("{"):
        opening = parser.take()
        bars, parser.bars = parser.bars, ["given"]
        parser.scripts += 1
        inside = parser.nested(lambda _: bracket_items(parser, "}"))
        parser.scripts -= 1
        parser.bars = bars
        closing = parser.expect("}")
        return replace(inside, kind="script list", start=opening.start, end=closing.end)
    token = parser.here
    if token.kind == "number" and len(token.text) > 1:
        digits = f"{token.text} without braces can be read as {token.text} and as {token.text[0]} alone"
        raise ReadingError(digits, token.start, token.end, f"{{{token.text}}}")
    parser.scripts += 1
    inner = parser.nested(Parser.atom)
    parser.scripts -= 1
    return Node("script list", (inner,), "", inner.start, inner.end)


def _is_big(node: Node) -> bool:
    while node.kind == "script":
        node = node.parts[0]
    return node.kind == "big" and node.text in ("sum", "product", "integral")


def _takes_brackets(node: Node) -> bool:
    """Whether a bracket after it holds its argument: Var, Cov, a blackboard E."""
    while node.kind == "script":
        node = node.parts[0]
    return node.kind == "word" or plain_name(node) == "bb(E)"
