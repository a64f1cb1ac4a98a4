"""What a claim says of randomness, for models: which symbols are random, and what is declared of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from verifier.instantiation.dependence import Dependence
from verifier.instantiation.facts import Quantifier, match
from verifier.instantiation.outcomes import Unsupported
from verifier.kernel.linear import Atom, Linear, constant_value, substitute
from verifier.kernel.terms import Term, subterms

MOMENTS = frozenset(("expectation", "variance", "covariance"))
DECLARED = frozenset(("independent", "independent_members", "independent_entries", "gaussian"))
SAID = ("random", "constant", "identically_distributed")
NONLINEAR = 99
LARGEST_DEGREE = 9
Index = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Declaration:
    """A proposition about random symbols, under its quantifiers."""

    head: str
    blocks: tuple[tuple[Term, ...], ...]
    quantifiers: tuple[Quantifier, ...]

    def at(self, symbol: Term, index: Index, values: Mapping[Atom, int]) -> tuple[int, ...] | None:
        """The values of the quantified indices at a member of a symbol that is named; None if it is not meant."""
        found = match(symbol.data[2], index, self.quantifiers, values)
        return None if found is None else tuple(found[name] for name, _, _ in self.quantifiers)


@dataclass(frozen=True)
class Chance:
    """The random symbols of a claim, what is declared of them, and up to which order Gaussian moments matter."""

    names: frozenset[str] = frozenset()
    declarations: tuple[Declaration, ...] = ()
    order: int = 0
    tainted: frozenset[str] = field(default=frozenset())

    def is_random(self, term: Term) -> bool:
        """Whether a random symbol occurs outside of moments, through definitions and equations that give symbols."""
        if term.head in MOMENTS or term.head in DECLARED or (term.head == "property" and term.data[0] in SAID):
            return False
        if term.head in ("symbol", "apply", "elementwise") and term.data[0] in self.tainted:
            return True
        return any(map(self.is_random, term.args))


NOTHING = Chance()


def chance_of(hypotheses: tuple[Term, ...], conclusion: Term, dependence: Dependence) -> Chance:
    """What the hypotheses declare. Raises Unsupported where a Gaussian is not in polynomials of moderate degree."""
    parts = [part for hypothesis in hypotheses for part in _parts(hypothesis, ())]
    names = frozenset(
        str(body.args[0].data[0])
        for body, _ in parts
        if body.head == "property" and body.data[0] == "random" and body.args[0].head == "symbol"
    )
    if not names:
        return NOTHING
    declared = tuple(
        Declaration(body.head, _blocks(body), quantifiers) for body, quantifiers in parts if body.head in DECLARED
    )
    bodies = [body for body, _ in parts]
    chance = Chance(names, declared, 0, _tainted(names, (), dependence))
    gaussian = frozenset(
        str(t.data[0]) for one in declared if one.head == "gaussian" for block in one.blocks for t in block
    )
    if not gaussian:
        return chance
    _check_pointwise(chance, gaussian, parts, conclusion)
    degrees = _Degrees(gaussian, _tainted(gaussian, bodies, dependence), dependence, _given_once(bodies))
    return replace(chance, order=degrees.highest((conclusion, *hypotheses)))


Parts = Iterable[tuple[Term, tuple[Quantifier, ...]]]


def _check_pointwise(chance: Chance, gaussian: frozenset[str], parts: Parts, conclusion: Term) -> None:
    """A finite law has not the outcomes of a Gaussian: all that is said of outcomes has to be what a symbol is.

    With z = u³ - 4u and z = 0, no u is Gaussian, though 2, -2 and 0 may have its first moments.
    """
    said = [(body, quantifiers) for body, quantifiers in parts if chance.is_random(body)]
    if not _say_what_symbols_are(chance.names - gaussian, said):
        raise Unsupported("a condition on the outcomes of Gaussian symbols")
    claimed = {part.head for part in subterms(conclusion)}
    if (conclusion.head != "equal" and chance.is_random(conclusion)) or claimed & DECLARED:
        raise Unsupported("a claim about the outcomes of Gaussian symbols that is no equation")


def _say_what_symbols_are(names: frozenset[str], parts: Parts) -> bool:
    """Whether each is an equation that gives a symbol, or members of a family, and none gives what another does."""
    given: dict[str, list[tuple[Term, tuple[Quantifier, ...]]]] = {}
    for body, quantifiers in parts:
        sides = ((side, other) for side, other in _sides(body) if side.head == "symbol" and side.data[0] in names)
        target = next((side for side, other in sides if side not in set(subterms(other))), None)
        if target is None:
            return False
        given.setdefault(str(target.data[0]), []).append((target, quantifiers))
    return all(_are_apart(several) for several in given.values())


def _are_apart(given: list[tuple[Term, tuple[Quantifier, ...]]]) -> bool:
    """Whether members are given by one recurrence at most, and otherwise one by one, before those that it gives."""
    starts: list[int | None] = []
    alone: list[int | None] = []
    for symbol, quantifiers in given:
        if not symbol.data[2] or (len(given) > 1 and len(symbol.data[2]) > 1):
            return len(given) == 1
        form = symbol.data[2][0]
        lowest: dict[Atom, Linear] = {name: lower for name, lower, _ in quantifiers}
        number = constant_value(substitute(form, lowest))
        (starts if any(atom in lowest for atom, _ in form) else alone).append(number)
    first = min((number for number in starts if number is not None), default=None)
    if len(given) == 1:
        return True
    distinct = None not in (*starts, *alone) and len(set(alone)) == len(alone) and len(starts) < 2
    return distinct and all(first is None or (number is not None and number < first) for number in alone)


def _sides(body: Term) -> Iterator[tuple[Term, Term]]:
    if body.head == "equal":
        yield body.args[0], body.args[1]
        yield body.args[1], body.args[0]


def _parts(term: Term, quantifiers: tuple[Quantifier, ...]) -> Iterator[tuple[Term, tuple[Quantifier, ...]]]:
    match term.head:
        case "and":
            for arg in term.args:
                yield from _parts(arg, quantifiers)
        case "for_all":
            yield from _parts(term.args[0], (*quantifiers, term.data))
        case _:
            yield term, quantifiers


def _blocks(term: Term) -> tuple[tuple[Term, ...], ...]:
    args, blocks = list(term.args), []
    for size in term.data[0] if term.head == "independent" else (1,) * len(args):
        blocks.append(tuple(args[:size]))
        args = args[size:]
    return tuple(blocks)


def _tainted(names: frozenset[str], parts: Iterable[Term], dependence: Dependence) -> frozenset[str]:
    """The names that are random, through definitions and through equations with a symbol on one side."""
    found = names
    bodies = [*_given(parts), *((name, d.body) for name, d in dependence.definitions.items())]
    while True:
        more = found | {name for name, body in bodies if Chance(tainted=found).is_random(body)}
        if more == found:
            return found
        found = more


def _given(parts: Iterable[Term]) -> Iterator[tuple[str, Term]]:
    """The symbols that are one side of an equation, each with the other side."""
    for body in parts:
        for side, other in _sides(body):
            if side.head == "symbol":
                yield str(side.data[0]), other


def _given_once(parts: Iterable[Term]) -> dict[str, Term]:
    """The same, without symbols that several equations give."""
    given = list(_given(parts))
    several = Counter(name for name, _ in given)
    return {name: other for name, other in given if several[name] == 1}


@dataclass
class _Degrees:
    """Degrees of terms in Gaussian symbols; ``given`` are terms that equations say symbols are."""

    gaussian: frozenset[str]
    tainted: frozenset[str]
    dependence: Dependence
    given: Mapping[str, Term]
    opened: set[str] = field(default_factory=set)

    def highest(self, statements: Iterable[Term]) -> int:
        """The highest degree of a moment."""
        highest = 0
        for statement in (*statements, *(d.body for d in self.dependence.definitions.values())):
            for part in subterms(statement):
                if part.head in MOMENTS:
                    degrees = [self.of(arg) for arg in part.args]
                    highest = max(highest, degrees[0] + (0 if part.head == "expectation" else degrees[-1]))
        if highest > LARGEST_DEGREE:
            raise Unsupported("a moment of a Gaussian that is no polynomial of a low degree")
        return highest

    def of(self, term: Term) -> int:
        """The degree; NONLINEAR where it is no polynomial."""
        if not self.dependence.names(term) & self.tainted or term.head in MOMENTS:
            return 0
        parts = [self.of(arg) for arg in term.args]
        match term.head:
            case "symbol":
                return self._of_symbol(str(term.data[0]))
            case "divide" | "hadamard_divide":
                return parts[0] if not parts[1] else NONLINEAR
            case "power" | "hadamard_power":
                exponent = term.args[1].data[0] if term.args[1].head == "number" else None
                if exponent is None or exponent.denominator != 1 or exponent < 0:
                    return NONLINEAR
                if term.args[0].head == "norm" and term.args[0].data[0] in ("2", "F") and exponent % 2 == 0:
                    return int(exponent) * self.of(term.args[0].args[0])
                return int(exponent) * parts[0]
            case "multiply" | "dot" | "hadamard" | "kronecker":
                return sum(parts)
            case head if head in LINEAR:
                return max(parts)
        return NONLINEAR

    def _of_symbol(self, name: str) -> int:
        if name in self.gaussian:
            return 1
        if name not in self.tainted:
            return 0
        definition = self.dependence.definitions.get(name)
        body = self.given.get(name) if definition is None else definition.body
        if body is None or name in self.opened:
            return NONLINEAR
        self.opened.add(name)
        try:
            return self.of(body)
        finally:
            self.opened.discard(name)


LINEAR = frozenset(
    (
        *("add", "subtract", "negate", "transpose", "trace", "diag", "diagonal", "entry", "row", "column", "block"),
        *("build_rows", "build_columns", "sum", "derivative", "gradient", "hessian"),
    )
)
