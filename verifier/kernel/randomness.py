"""What a claim says of randomness: which symbols are random, which are independent, which are Gaussian.

A claim that declares random symbols is about every probability space on which they are random variables with moments
of every order, as a claim about undeclared functions is about smooth ones. Random are the symbols that anything in the
claim calls random, or says to be independent or Gaussian; all other symbols are constants. What
mentions random symbols outside of a moment (E, Var, Cov) is meant at every outcome: so are hypotheses, and the
conclusion. A moment binds every random symbol.

``independent(x, y; 1, 1)``: the blocks are jointly independent, each with all of its entries. ``independent_members``:
of families, the tuples of members at different indices are jointly independent. ``independent_entries``: so are the
entries of a member. ``gaussian``: the entries of the member are jointly Gaussian. Only hypotheses of the claim count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from verifier.kernel.linear import Atom, Linear, minus, substitute, variable
from verifier.kernel.polynomials import Unsupported
from verifier.kernel.ranges import Ranges
from verifier.kernel.sequents import Definition, Sequent
from verifier.kernel.terms import Term, name_of, subterms

MOMENTS = frozenset(("expectation", "variance", "covariance"))
DECLARATIONS = frozenset(("independent", "independent_members", "independent_entries", "gaussian"))
NAMED = ("symbol", "apply", "elementwise")
Quantified = tuple[tuple[str, tuple[Linear, Linear | None]], ...]
Values = Mapping[Atom, Linear]


@dataclass(frozen=True, slots=True)
class Member:
    """A symbol as a declaration names it, with index forms in which the quantified names are free."""

    name: str
    forms: tuple[Linear, ...]


@dataclass(frozen=True, slots=True)
class Declaration:
    """Hypothesis number ``source``: what it says of blocks of members, for all values of the quantified indices."""

    head: str
    blocks: tuple[tuple[Member, ...], ...]
    quantified: Quantified
    source: int


@dataclass(frozen=True)
class Randomness:
    """The random symbols of a claim and what is declared of them; ``used`` collects the hypotheses that were."""

    names: frozenset[str]
    declarations: tuple[Declaration, ...] = ()
    families: Mapping[str, int] = field(default_factory=dict)
    sources: frozenset[int] = frozenset()
    used: set[int] = field(default_factory=set)
    tainted: frozenset[str] = frozenset()
    averaging: frozenset[str] = frozenset()

    def of(self, head: str) -> Iterator[Declaration]:
        """The declarations of one kind."""
        return (one for one in self.declarations if one.head == head)

    def is_random(self, term: Term) -> bool:
        """Whether a random symbol occurs in the term outside of moments, through definitions.

        A moment that is conditional, or over some of the random symbols, is as random as what it is of.
        """
        if term.head in MOMENTS and not term.data[0]:
            return False
        if term.head in NAMED and term.data[0] in self.tainted:
            return True
        return any(map(self.is_random, term.args))

    def has_moment(self, term: Term) -> bool:
        """Whether a moment occurs in the term, through definitions."""
        return any(
            part.head in MOMENTS or (part.head in NAMED and part.data[0] in self.averaging) for part in subterms(term)
        )

    def check(self, term: Term) -> None:
        """Raises Unsupported where a random value is put in under a moment, which binds it, or differentiated by."""
        for part in subterms(term):
            match part.head:
                case "apply" | "elementwise" if part.data[0] in self.averaging:
                    if any(map(self.is_random, part.args)):
                        raise Unsupported(f"{part.data[0]}, which takes an expectation, of a random value")
                case "substitute" if self.has_moment(part.args[0]):
                    if name_of(part.args[1]) in self.tainted or self.is_random(part.args[2]):
                        raise Unsupported("a random value put in under an expectation")
                case "derivative" | "gradient" | "hessian" if self.has_moment(part.args[0]):
                    if name_of(part.args[1]) in self.tainted:
                        raise Unsupported("an expectation differentiated by a random symbol, which it binds")


NOTHING = Randomness(frozenset())


def randomness_of(sequent: Sequent, used: set[int]) -> Randomness:
    """What the hypotheses of a claim declare. Raises Unsupported where a random symbol is defined, or a parameter."""
    names = _spoken_of(sequent)
    sources: set[int] = set()
    declarations: list[Declaration] = []
    for source, hypothesis in enumerate(sequent.hypotheses):
        for body, quantified in _parts(hypothesis, ()):
            if body.head == "property" and body.data[0] == "random" and body.args[0].head == "symbol":
                sources.add(source)
            elif body.head in DECLARATIONS:
                declarations.append(Declaration(body.head, _blocks(body), quantified, source))
    for definition in sequent.definitions:
        if names & {definition.name, *(p.data[0] for p in definition.parameters)}:
            raise Unsupported(f"{definition.name} is defined, or takes, what is declared random")
    tainted = _closure(sequent.definitions, names, lambda found, term: Randomness(found, tainted=found).is_random(term))
    averaging = _closure(
        sequent.definitions, (), lambda found, term: Randomness(found, averaging=found).has_moment(term)
    )
    families = {name: sequent.indices_of(name) for name in names}
    result = Randomness(frozenset(names), tuple(declarations), families, frozenset(sources), used, tainted, averaging)
    for statement in (sequent.conclusion, *sequent.hypotheses, *(d.body for d in sequent.definitions)):
        result.check(statement)
    return result


def _spoken_of(sequent: Sequent) -> set[str]:
    """The symbols that anything calls random, or says to be independent or Gaussian: those are no constants."""
    names: set[str] = set()
    defined = {definition.name for definition in sequent.definitions}
    for statement in (sequent.conclusion, *sequent.hypotheses, *(d.body for d in sequent.definitions)):
        for part in subterms(statement):
            if part.head == "property" and part.data[0] == "random":
                names |= {name_of(symbol) for symbol in subterms(part) if symbol.head == "symbol"}
            elif part.head in DECLARATIONS:
                names |= {name_of(symbol) for symbol in part.args} - defined
    return names


def _closure(
    definitions: tuple[Definition, ...], names: Iterable[str], holds: Callable[[frozenset[str], Term], bool]
) -> frozenset[str]:
    """The names, and those of definitions whose bodies have a property, given the names that have it."""
    found = frozenset(names)
    while True:
        more = found | {d.name for d in definitions if holds(found, d.body)}
        if more == found:
            return found
        found = more


def _parts(term: Term, quantified: Quantified) -> Iterator[tuple[Term, Quantified]]:
    """The parts of a conjunction, under the quantifiers around them."""
    match term.head:
        case "and":
            for arg in term.args:
                yield from _parts(arg, quantified)
        case "for_all":
            name, lower, upper = term.data
            yield from _parts(term.args[0], (*quantified, (name, (lower, upper))))
        case _:
            yield term, quantified


def _blocks(term: Term) -> tuple[tuple[Member, ...], ...]:
    members = [Member(arg.data[0], arg.data[2]) for arg in term.args]
    sizes = term.data[0] if term.head == "independent" else (1,) * len(members)
    blocks: list[tuple[Member, ...]] = []
    for size in sizes:
        blocks.append(tuple(members[:size]))
        members = members[size:]
    return tuple(blocks)


def matched(
    declaration: Declaration, member: Member, slots: tuple[Linear, ...], values: Values, outer: Values
) -> Values | None:
    """The values of the quantified indices, with those known, at which a declared member has these indices, or None."""
    if len(member.forms) != len(slots):
        return None
    names = {name for name, _ in declaration.quantified}
    found = dict(values)
    for form, slot in zip(member.forms, slots, strict=True):
        known = {**{a: f for a, f in outer.items() if a not in names}, **found}
        unknown = [a for a, _ in form if a in names and a not in found]
        if not unknown:
            if substitute(form, known) != slot:
                return None
            continue
        if len(unknown) > 1 or dict(form)[unknown[0]] != 1:
            return None
        found[unknown[0]] = minus(slot, substitute(minus(form, variable(unknown[0])), known))
    return found


def in_range(declaration: Declaration, values: Values, outer: Values, ranges: Ranges) -> bool:
    """Whether all quantified indices have values, within their ranges for all values of other indices.

    A range is read outside of its quantifier: it sees the indices that are quantified before it, and no others.
    """
    known = dict(outer)
    for name, (lower, upper) in declaration.quantified:
        if name not in values:
            return False
        low = ranges.least(minus(values[name], substitute(lower, known)))
        if low is None or not ranges.at_least(low, ()):
            return False
        if upper is not None:
            high = ranges.least(minus(substitute(upper, known), values[name]))
            if high is None or not ranges.at_least(high, ()):
                return False
        known[name] = values[name]
    return True
