"""What a claim says of randomness, for models: which symbols are random, and what is declared of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from verifier.instantiation.dependence import Dependence
from verifier.instantiation.facts import Quantifier, match
from verifier.instantiation.outcomes import Unsupported
from verifier.kernel.linear import Atom
from verifier.kernel.terms import Term, subterms

MOMENTS = frozenset(("expectation", "variance", "covariance"))
DECLARED = frozenset(("independent", "independent_members", "independent_entries", "gaussian"))
SAID = ("random", "constant")
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
    chance = Chance(names, declared, 0, _tainted(names, bodies, dependence))
    gaussian = frozenset(
        str(t.data[0]) for one in declared if one.head == "gaussian" for block in one.blocks for t in block
    )
    if not gaussian:
        return chance
    _check_pointwise(chance, bodies, conclusion)
    degrees = _Degrees(gaussian, _tainted(gaussian, bodies, dependence), dependence, dict(_given(bodies)))
    return replace(chance, order=degrees.highest((conclusion, *hypotheses)))


def _check_pointwise(chance: Chance, bodies: list[Term], conclusion: Term) -> None:
    """A finite law has not the outcomes of a Gaussian: what is said of outcomes has to be an equation."""
    giving = {body for body in bodies if body.head == "equal" and any(arg.head == "symbol" for arg in body.args)}
    if any(chance.is_random(body) for body in bodies if body not in giving):
        raise Unsupported("a condition on the outcomes of Gaussian symbols")
    if conclusion.head != "equal" and chance.is_random(conclusion):
        raise Unsupported("a claim about the outcomes of Gaussian symbols that is no equation")


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
        if body.head == "equal":
            for side, other in (body.args, body.args[::-1]):
                if side.head == "symbol":
                    yield str(side.data[0]), other


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
