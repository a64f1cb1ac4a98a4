"""Which symbols are random: those of which moments or distributions are declared, and what is made of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from verifier.derivation import Hypothesis, Origin
from verifier.kernel.linear import Linear
from verifier.kernel.randomness import DECLARATIONS, MOMENTS
from verifier.kernel.sequents import Definition
from verifier.kernel.terms import Term, subterms


def random_names(statements: Iterable[Term]) -> frozenset[str]:
    """The symbols that are said to be random."""
    said = [_opened(statement)[0] for statement in statements]
    return frozenset(str(p.args[0].data[0]) for p in said if p.data == ("random",) and p.args[0].head == "symbol")


def inferred_randomness(hypotheses: Sequence[Hypothesis], definitions: Iterable[Definition]) -> list[Hypothesis]:
    """That symbols are random of which moments are declared, and symbols that equations say are made of such."""
    every = [(*_opened(h.statement), h) for h in hypotheses]
    names = random_names(h.statement for h in hypotheses)
    found: list[Hypothesis] = []
    tainted = dict.fromkeys(names)
    bodies = {d.name: d.body for d in definitions}
    for body, wrap, hypothesis in every:
        for symbol in _of_moments(body):
            if symbol.data[0] not in tainted and symbol.data[0] not in bodies:
                tainted[symbol.data[0]] = None
                found.append(Hypothesis(_wrapped(symbol, wrap), Origin.INFERRED, hypothesis.line))
    changed = bool(tainted)
    while changed:
        changed = False
        for body, wrap, hypothesis in every:
            for side, other in (body.args, body.args[::-1]) if body.head == "equal" else ():
                new = side.head == "symbol" and side.data[0] not in tainted and side.data[0] not in bodies
                if new and _is_random(other, frozenset(tainted), bodies):
                    tainted[side.data[0]] = None
                    found.append(Hypothesis(_wrapped(side, wrap), Origin.INFERRED, hypothesis.line))
                    changed = True
    return found


Wrap = tuple[tuple[str, Linear, Linear | None], ...]


def _opened(statement: Term) -> tuple[Term, Wrap]:
    wrap: Wrap = ()
    while statement.head == "for_all":
        wrap = (*wrap, statement.data)
        statement = statement.args[0]
    return statement, wrap


def _wrapped(symbol: Term, wrap: Wrap) -> Term:
    proposition = Term("property", (symbol,), ("random",))
    free = {a for form in symbol.data[2] for a, _ in form}
    for data in reversed(wrap):
        if data[0] in free:
            proposition = Term("for_all", (proposition,), data)
    return proposition


def _of_moments(body: Term) -> Iterator[Term]:
    """The symbols that a declared moment, or a declaration, says are random."""
    if body.head in DECLARATIONS or body.data == ("identically_distributed",):
        yield from (arg.args[0] if arg.head == "entry" else arg for arg in body.args)
    for side in body.args if body.head == "equal" else ():
        if side.head not in MOMENTS:
            continue
        for arg in side.args:
            symbols = {p.data[0]: p for p in subterms(arg) if p.head == "symbol"}
            alone = arg.args[0] if arg.head == "entry" else arg
            if alone.head == "symbol":
                yield alone
            elif len(symbols) == 1:
                yield from symbols.values()


def _is_random(term: Term, names: frozenset[str], bodies: dict[str, Term]) -> bool:
    if term.head in MOMENTS:
        return False
    if term.head in ("symbol", "apply", "elementwise"):
        if term.data[0] in names:
            return True
        body = bodies.get(str(term.data[0]))
        if body is not None and _is_random(body, names, {k: v for k, v in bodies.items() if k != term.data[0]}):
            return True
    return any(_is_random(arg, names, bodies) for arg in term.args)


def over_all(term: Term, names: frozenset[str]) -> Term:
    """The term, moments over all the random symbols by name written as moments without names."""
    args = tuple(over_all(arg, names) for arg in term.args)
    data = ((),) if term.head in MOMENTS and term.data[0] and set(term.data[0]) == names else term.data
    return term if args == term.args and data == term.data else Term(term.head, args, data)


__all__ = ["inferred_randomness", "over_all", "random_names"]
