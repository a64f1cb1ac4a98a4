"""Symbols among random ones of which nothing says whether they are random, and whether a theorem rests on that.

The kernel takes every symbol for a constant that nobody calls random. With y - X b = e and a random e, one of y, X and
b is random too; with E[x y] = c, y may be. A theorem that holds where they are random does not rest on their constancy.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from verifier.derivation import Claim
from verifier.kernel.closure import ClaimError
from verifier.kernel.linear import single
from verifier.kernel.polynomials import Unsupported
from verifier.kernel.randomness import DECLARATIONS, MOMENTS, randomness_of
from verifier.kernel.sequents import Sequent
from verifier.kernel.shapes import ShapeError
from verifier.kernel.terms import Term, TermError, free_names, name_of, subterms
from verifier.kernel.theorems import Theorem
from verifier.kernel.unfolding import unfold
from verifier.proving import NotProved, find_proof

Quantifiers = tuple[tuple[object, ...], ...]
CONNECTED = ("and", "or", "implies", "iff", "not")


@dataclass(frozen=True, slots=True)
class _Said:
    """A relation among the hypotheses, with the quantifiers around it."""

    body: Term
    quantifiers: Quantifiers

    def pointwise(self) -> Iterator[Term]:
        """The symbols that stand outside of moments."""
        return _outside(self.body)

    def averaged(self) -> Iterator[Term]:
        """The moments."""
        return (part for part in subterms(self.body) if part.head in MOMENTS)


def doubtful(sequent: Sequent) -> tuple[Term, ...]:
    """That symbols are random of which nothing says it, and which stand in a hypothesis with symbols that are.

    A relation of outcomes leaves open which of its other symbols are random, unless it says what a symbol is that is
    random and of which no moment is declared: with y = X b + e, the randomness of e is that of y.
    """
    try:
        names = randomness_of(sequent, set()).names
    except Unsupported:
        return ()
    if not names:
        return ()
    said = [one for hypothesis in sequent.hypotheses for one in _relations(unfold(hypothesis, sequent.definitions), ())]
    settled = _constants(said, names) | {definition.name for definition in sequent.definitions}
    settled |= {name_of(p.args[0]) for h in sequent.hypotheses for p in subterms(h) if p.data == ("constant",)}
    pinned = {name_of(p) for one in said if one.body.head == "equal" for p in _averaged_members(one)}
    found: dict[str, Term] = {}
    while True:
        more = {
            name_of(symbol): _random(symbol, one.quantifiers)
            for one in said
            for symbol in _left_open(one, names | found.keys(), pinned)
            if name_of(symbol) not in names | settled | found.keys()
        }
        if not more:
            return tuple(found[name] for name in sorted(found))
        found |= more


def unsaid(claim: Claim, theorem: Theorem) -> str:
    """What nobody said of symbols that may be random, and on which a theorem rests; empty if on nothing."""
    sequent = theorem.sequent
    open_ones = doubtful(sequent)
    if open_ones and not _holds_with(sequent, open_ones):
        return left_open(open_ones)
    said = {name_of(p.args[0]) for h in sequent.hypotheses for p in subterms(h) if p.data == ("random",)}
    bodies = (d.body for d in sequent.definitions)
    averaged = [p for s in (sequent.conclusion, *bodies) for p in subterms(s) if p.head in MOMENTS]
    names = {name for moment in averaged for name in free_names(moment)} - said
    undeclared = next((name for name in claim.undeclared if name in names), "")
    return undeclared and f"nothing declares {_shown(undeclared)}, which may be random"


def left_open(open_ones: tuple[Term, ...]) -> str:
    """The reason why nothing is decided where it is left open which symbols are random."""
    names = sorted({_shown(name) for one in open_ones for name in free_names(one)})
    return (
        f"nothing says which of {', '.join(names)} are random"
        if names[1:]
        else f"nothing says whether {names[0]} is random"
    )


def speaks_of_chance(sequent: Sequent) -> bool:
    """Whether a claim calls symbols random."""
    return any(part.data == ("random",) for hypothesis in sequent.hypotheses for part in subterms(hypothesis))


def _shown(name: str) -> str:
    return name.removesuffix("^()").rstrip("_")


def _holds_with(sequent: Sequent, random: tuple[Term, ...]) -> bool:
    """Whether a proof is found in which those symbols are random, as constants are too."""
    try:
        find_proof(replace(sequent, hypotheses=(*sequent.hypotheses, *random)))
    except (NotProved, ClaimError, ShapeError, TermError):
        return False
    return True


def _relations(term: Term, quantifiers: Quantifiers) -> Iterator[_Said]:
    if term.head in ("for_all", "exists"):
        yield from _relations(term.args[0], (*quantifiers, term.data))
    elif term.head in CONNECTED:
        for arg in term.args:
            yield from _relations(arg, quantifiers)
    elif term.head not in (*DECLARATIONS, "property"):
        yield _Said(term, quantifiers)


def _outside(term: Term) -> Iterator[Term]:
    if term.head in MOMENTS:
        return
    if term.head == "symbol":
        yield term
    for arg in term.args:
        yield from _outside(arg)


def _averaged_members(one: _Said) -> Iterator[Term]:
    """The symbols in moments, and the members of families that are no single ones."""
    for moment in one.averaged():
        for part in subterms(moment):
            if part.head == "symbol" and (not part.data[2] or any(single(form) is not None for form in part.data[2])):
                yield part


def _constants(said: list[_Said], names: frozenset[str]) -> set[str]:
    """The symbols that make up what a moment is said to be."""
    found: set[str] = set()
    for one in said:
        outside = {name_of(symbol) for symbol in one.pointwise()}
        if one.body.head == "equal" and any(True for _ in one.averaged()) and not outside & names:
            found |= outside
    return found


def _left_open(one: _Said, names: frozenset[str] | set[str], pinned: set[str]) -> Iterator[Term]:
    """The symbols of a relation that may be random because others in it are."""
    if any(moment.data[0] for moment in one.averaged()):
        return
    for moment in one.averaged():
        inside = [part for part in subterms(moment) if part.head == "symbol"]
        if any(name_of(symbol) in names for symbol in inside):
            yield from inside
    outside = list(one.pointwise())
    random = {symbol for symbol in outside if name_of(symbol) in names}
    explained = one.body.head == "equal" and len(random) > 1 and any(name_of(s) not in pinned for s in random)
    if random and not explained:
        yield from outside


def _random(symbol: Term, quantifiers: Quantifiers) -> Term:
    proposition = Term("property", (symbol,), ("random",))
    free = {atom for form in symbol.data[2] for atom, _ in form}
    for data in reversed(quantifiers):
        if data[0] in free:
            proposition = Term("for_all", (proposition,), data)
    return proposition


__all__ = ["doubtful", "left_open", "speaks_of_chance", "unsaid"]
