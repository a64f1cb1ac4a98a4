"""What is known while a certificate is checked: hypotheses, side conditions, and what rules add on the way."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

from verifier.kernel.algebra import Algebra
from verifier.kernel.domains import ZERO, domain
from verifier.kernel.interpretation import Interpreter, Scope
from verifier.kernel.labelling import free_of
from verifier.kernel.linear import Atom, Linear, atoms, variable
from verifier.kernel.optima import check_places
from verifier.kernel.polynomials import NormalForm, Unsupported
from verifier.kernel.randomness import NOTHING, Randomness, randomness_of
from verifier.kernel.sequents import ClaimError, Definition, Indices, Range, Sequent
from verifier.kernel.signs import NON_NEGATIVE, NONZERO, POSITIVE, Fact, Signs, fact
from verifier.kernel.terms import Term, free_indices, free_names, symbols

HOLE = "□"
COMPARISONS = {
    "greater": (1, POSITIVE),
    "greater_equal": (1, NON_NEGATIVE),
    "less": (-1, POSITIVE),
    "less_equal": (-1, NON_NEGATIVE),
    "not_equal": (1, NONZERO),
}


class CertificateError(Exception):
    """A certificate that does not prove its claim: which rule, and what is wrong."""


def has_hole(term: Term) -> bool:
    """Whether □ occurs, be it as the symbol that a substitution or a derivative binds."""
    return any(symbol.data[0] == HOLE for symbol in symbols(term))


@dataclass
class Log:
    """What the proof used."""

    hypotheses: set[int] = field(default_factory=set)
    axioms: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Known:
    """A proposition that may be used; ``hypothesis`` is the number of the hypothesis it rests on, if any.

    ``is_part`` says that it is a part of a conjunction that is known too, ``local`` that it is known at one outcome
    only: it was assumed, and mentions random symbols.
    """

    proposition: Term
    hypothesis: int | None = None
    is_part: bool = False
    local: bool = False


@dataclass(frozen=True)
class Context:
    """Γ, with the indices fixed in it. Rules return extended copies; only the log, the algebra and what was read of
    single terms, for the indices then fixed, are shared.

    ``domains`` are those of the conclusion and of each hypothesis of the claim, in this order.
    """

    sequent: Sequent
    algebra: Algebra
    log: Log
    known: tuple[Known, ...]
    indices: Indices
    domains: tuple[tuple[Term, ...], ...]
    randomness: Randomness = NOTHING
    _said: dict[tuple[Term, Indices], tuple[Fact, ...]] = field(default_factory=dict, compare=False, repr=False)
    _read: dict[tuple[Term, Indices], NormalForm] = field(default_factory=dict, compare=False, repr=False)
    _closed: set[tuple[Term, Indices]] = field(default_factory=set, compare=False, repr=False)

    def use(self, k: int) -> Term:
        """The known proposition number k; CertificateError if there is none."""
        if not isinstance(k, int) or isinstance(k, bool) or not 0 <= k < len(self.known):
            raise CertificateError(f"there is no fact {k!r}")
        self._mark(k)
        return self.known[k].proposition

    def _mark(self, k: int) -> None:
        source = self.known[k].hypothesis
        if source is not None:
            self.log.hypotheses.add(source)

    def assume(self, proposition: Term) -> Context:
        """Γ, φ; of a conjunction, its parts too."""
        self.closed(proposition)
        assumed = Known(proposition, local=self.randomness.is_random(proposition))
        return replace(self, known=(*self.known, assumed, *_parts(assumed)))

    def surely(self) -> Context:
        """Γ without what is assumed at one outcome only, in whose places stands 0 = 0: what may be used under E."""
        if not any(known.local for known in self.known):
            return self
        nothing = Known(Term("equal", (ZERO, ZERO)))
        return replace(self, known=tuple(nothing if known.local else known for known in self.known))

    def fix(self, name: str, within: Range) -> Context:
        """Γ with a fresh index. Raises CertificateError if the name is free in Γ, or bounds an index."""
        taken = any(name == other for other, _ in self.indices) or name in self.sequent.dimension_names
        if taken or name in _bounds(self.indices) or any(name in _bounds(d.indices) for d in self.sequent.definitions):
            raise CertificateError(f"the index {name} is not fresh")
        for known in self.known:
            if name in free_indices(known.proposition):
                raise CertificateError(f"the index {name} is free in a hypothesis")
        return replace(self, indices=(*self.indices, (name, within)))

    def only_hypotheses(self) -> Context:
        """Γ without side conditions."""
        stated = [Known(h, k) for k, h in enumerate(self.sequent.hypotheses)]
        known = (*stated, *(part for one in stated for part in _parts(one)))
        return replace(self, known=known, indices=self.sequent.indices)

    def closed(self, proposition: Term) -> None:
        """Raises ClaimError unless the proposition is closed and consistent with the claim."""
        if (proposition, self.indices) in self._closed:
            return
        if has_hole(proposition):
            raise CertificateError(f"{HOLE} is no symbol")
        self.sequent.check_further(proposition, self.indices)
        check_places(proposition, self.sequent.definitions)
        self.randomness.check(proposition)
        self._closed.add((proposition, self.indices))

    def speaks_of(self, name: str) -> bool:
        """Whether the claim, or anything that is known, has a symbol or a function of this name."""
        if name in self.sequent.names:
            return True
        return any(name in free_names(known.proposition) for known in self.known)

    def reader(self) -> Interpreter:
        """The interpreter of the claim's terms."""
        return self.reader_with()

    def reader_with(self, *more: Definition) -> Interpreter:
        """The interpreter, with more definitions."""
        definitions = (*self.sequent.definitions, *more)
        return Interpreter(self.algebra, definitions, self.scope().indices, self.randomness)

    def scope(self) -> Scope:
        """A scope in which the fixed indices are fresh ones, the same at each call."""
        values: dict[Atom, Linear] = {}
        for name, (lower, upper) in self.indices:
            values[name] = variable(self._index(name, lower, upper))
        return Scope(values)

    def _index(self, name: str, lower: Linear, upper: Linear | None) -> int:
        named = {other for other, _ in self.indices}
        if any(a in named for a, _ in (*lower, *(upper or ()))):
            return self.algebra.named(name, None, None)
        return self.algebra.named(name, lower, upper)

    def scalar(self, term: Term) -> NormalForm:
        """The normal form of a scalar, a copy; read once for these indices."""
        key = (term, self.indices)
        if key not in self._read:
            self._read[key] = self.reader().scalar(term, self.scope())
        return dict(self._read[key])

    def signs(self) -> Signs:
        """Signs of normal forms, from what is known."""
        return Signs(self.algebra, lambda: self._sign_facts)

    @cached_property
    def _sign_facts(self) -> tuple[tuple[int, Fact], ...]:
        return tuple([(k, one) for k, known in enumerate(self.known) for one in self._facts(known.proposition)])

    def _facts(self, proposition: Term) -> tuple[Fact, ...]:
        """The fact about a sign that a known comparison states, quantifiers included; read once for these indices."""
        key = (proposition, self.indices)
        if key not in self._said:
            self._said[key] = tuple(self._read_facts(proposition))
        return self._said[key]

    def _read_facts(self, proposition: Term) -> list[Fact]:
        if proposition.head != "for_all" and proposition.head not in COMPARISONS:
            return []
        scope, over = self.scope(), set[Atom]()
        while proposition.head == "for_all":
            name, lower, upper = proposition.data
            if upper is None or any(isinstance(a, str) and a in scope.indices for a, _ in (*lower, *upper)):
                return []
            index = self.algebra.temporary(lower, upper)
            over.add(index)
            scope = replace(scope, indices={**scope.indices, name: variable(index)})
            proposition = proposition.args[0]
        comparison = COMPARISONS.get(proposition.head)
        if comparison is None or not proposition.args[0].space().is_scalar:
            return []
        sign, strength = comparison
        try:
            read = self.reader()
            left, right = (read.scalar(arg, scope) if over else self.scalar(arg) for arg in proposition.args)
        except Unsupported:
            return []
        form = self.algebra.subtract(left, right) if sign > 0 else self.algebra.subtract(right, left)
        spoken = free_of(form)
        if any(index not in spoken and not self._is_inhabited(index) for index in over):
            return []
        return [fact(self.algebra, form, strength, frozenset(over))]

    def _is_inhabited(self, index: Atom) -> bool:
        """Whether the range of an index has a value for all dimensions: over an empty one, a ∀ says nothing."""
        low, high = self.algebra.ranges[index]
        return self.algebra.at_least(high, low)

    def domain(self, term: Term) -> tuple[Term, ...]:
        """Where a term is defined, with the indices that the proof has fixed."""
        return domain(self.sequent, term, self.indices)

    def where_defined(self, term: Term) -> Context:
        """Γ as far as it says where a term is defined: what is averaged has to be defined at every outcome."""
        return self.surely() if self.randomness.has_moment(term) else self

    def covers(self, proposition: Term) -> bool:
        """Whether what is known implies the proposition at sight: as a fact, or by signs; what is used is logged."""
        for k, known in enumerate(self.known):
            if known.proposition == proposition:
                self._mark(k)
                return True
        match proposition.head:
            case "for_all":
                name, lower, upper = proposition.data
                try:
                    return self.fix(name, (lower, upper)).covers(proposition.args[0])
                except (CertificateError, ClaimError):
                    return False
            case "implies":
                return replace(self, known=(*self.known, Known(proposition.args[0]))).covers(proposition.args[1])
            case "and":
                return all(self.covers(arg) for arg in proposition.args)
            case "property":
                return self._covers_property(proposition)
            case head if head in COMPARISONS and proposition.args[0].space().is_scalar:
                return self.sign_holds(proposition)
        return False

    def _covers_property(self, proposition: Term) -> bool:
        if proposition.data[0] != "invertible":
            return False
        stronger = ("positive_definite", "orthogonal")
        for k, known in enumerate(self.known):
            wanted = (Term("property", proposition.args, (name,)) for name in stronger)
            if known.proposition in wanted:
                self._mark(k)
                return True
        return False

    def sign_holds(self, proposition: Term) -> bool:
        """Whether a comparison of scalars follows from signs."""
        sign, strength = COMPARISONS[proposition.head]
        signs = self.signs()
        try:
            left, right = (self.scalar(arg) for arg in proposition.args)
            form = self.algebra.subtract(left, right) if sign > 0 else self.algebra.subtract(right, left)
            holds = signs.nonzero(form) if strength == NONZERO else signs.of(form) >= strength
        except Unsupported:
            return False
        if holds:
            for k in signs.used:
                self._mark(k)
        return holds


def _bounds(indices: Indices) -> set[Atom]:
    """The names between which indices range, their own aside."""
    own = {name for name, _ in indices}
    return {a for _, within in indices for form in within for a in atoms(form or ())} - own


def _parts(known: Known) -> list[Known]:
    """What a conjunction says: its parts, and theirs."""
    if known.proposition.head != "and":
        return []
    parts = [Known(part, known.hypothesis, is_part=True, local=known.local) for part in known.proposition.args]
    return [one for part in parts for one in (part, *_parts(part))]


def initial_context(sequent: Sequent, budget: int) -> Context:
    """Γ of a claim: its hypotheses, the domains of its conclusion and of each hypothesis, parts of conjunctions."""
    statements = (sequent.conclusion, *sequent.hypotheses, *(d.body for d in sequent.definitions))
    if any(map(has_hole, statements)):
        raise CertificateError(f"{HOLE} is no symbol")
    known = [Known(h, k) for k, h in enumerate(sequent.hypotheses)]
    domains = tuple(domain(sequent, statement) for statement in (sequent.conclusion, *sequent.hypotheses))
    known += [Known(p) for p in domains[0]]
    known += [Known(p, k) for k, conditions in enumerate(domains[1:]) for p in conditions]
    known += [part for one in tuple(known) for part in _parts(one)]
    log = Log()
    randomness = randomness_of(sequent, log.hypotheses)
    algebra = Algebra(sequent.positive, budget)
    return Context(sequent, algebra, log, tuple(known), sequent.indices, domains, randomness)
