"""What is known of the matrices in an equation, as relations between chains: hypotheses, inverses, structure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice
from typing import Any

from verifier.kernel.axioms import AXIOMS
from verifier.kernel.context import HOLE as HOLE_NAME
from verifier.kernel.context import CertificateError, Context
from verifier.kernel.linear import CONSTANT, ONE, Linear, constant_value, minus, plus, variable
from verifier.kernel.matrices import POWER
from verifier.kernel.polynomials import Base, NormalForm, Unsupported
from verifier.kernel.references import instance
from verifier.kernel.sequents import ClaimError
from verifier.kernel.serialization import linear_to_data, term_to_data
from verifier.kernel.shapes import SCALAR, Shape, ShapeError
from verifier.kernel.terms import Term, TermError, free_names, subterms
from verifier.kernel.unfolding import unfold
from verifier.proving.chains import (
    ONE_SUMMAND,
    RIGHT,
    Alphabet,
    Polynomial,
)
from verifier.proving.goals import Equation
from verifier.proving.graphs import NoChains
from verifier.proving.induction import instances
from verifier.proving.letters import Letters
from verifier.proving.readback import NotWritten, Writer
from verifier.proving.termlaws import consequences, divided_out, is_spectral_norm, laws

Certificate = dict[str, Any]
Prove = Callable[[Context, Term], Certificate | None]
NAMED = frozenset(("inverse", "pseudoinverse", "determinant", "rank", "spectral_radius"))
INSTANCES = 8
LAWS = 40
MOST = 8
FAILURES = (CertificateError, ClaimError, TermError, ShapeError)
BY_PROPERTY = {
    "symmetric": ("symmetric",),
    "skew": ("skew",),
    "orthogonal": ("orthogonal", "orthogonal_rows"),
    "orthonormal_columns": ("orthonormal_columns",),
    "permutation": ("permutation", "permutation_rows"),
    "idempotent": ("idempotent",),
    "projection": ("projection_idempotent", "projection_symmetric"),
    "diagonal": ("diagonal_symmetric",),
    "positive_definite": ("positive_definite_symmetric",),
    "positive_semidefinite": ("positive_semidefinite_symmetric",),
}
INVERTIBLE_BY = {"positive_definite": "positive_definite_invertible", "orthogonal": "orthogonal_invertible"}


@dataclass(frozen=True)
class Relation:
    """A known equation as chains: how a certificate names it (None if it holds by normal form), and its shape there."""

    terms: Polynomial
    data: dict[str, Any] | None
    shape: Shape


class Relations:
    """Relations of one equation, and the letters in which they and the equation are written."""

    def __init__(self, equation: Equation) -> None:
        self.equation, self.context = equation, equation.context
        writer = Writer.of(self.context.sequent)
        for name, _ in self.context.indices:
            writer.names[self.context.scope().indices[name][0][0]] = name
        self.letters = Letters(self.context, writer)
        self.exponents: dict[Base, list[Linear]] = {}
        self.bases: list[Term] = []
        self._learnt: set[Term] = set()
        self.goal = unfold(equation.goal, self.context.sequent.definitions)
        self.parts = tuple(subterms(self.goal))
        self._learn(self.goal, *(known.proposition for known in self.context.known))

    def _learn(self, *statements: Term) -> None:
        """Which terms inverses, determinants and the like are, wherever they are written in the statements."""
        definitions = self.context.sequent.definitions
        for statement in statements:
            parts = self.parts if statement is self.goal else subterms(unfold(statement, definitions))
            for part in parts:
                if part in self._learnt:
                    continue
                self._learnt.add(part)
                if part.head in NAMED or is_spectral_norm(part):
                    self._name(part)
                elif part.head == "power" and not part.space().is_scalar:
                    self._name_power(part)
                elif part.head == "property" and part.data[0] in ("invertible", *INVERTIBLE_BY):
                    self._name(Term("inverse", part.args))

    def _name(self, term: Term) -> None:
        found = self._only_letter(term)
        if found is not None:
            base, fixed, turned = found
            self.letters.writer.matrices.setdefault((base, fixed), Term("transpose", (term,)) if turned else term)

    def _name_power(self, term: Term) -> None:
        if term.args[1].head != "number":
            self.bases.append(term.args[0])
        found = self._only_letter(term)
        if found is not None and found[0].name == POWER:
            base, fixed, turned = found
            matrix = term.args[0]
            self.letters.powers.setdefault(base, Term("transpose", (matrix,)) if turned else matrix)
            self.exponents.setdefault(base, []).append(fixed[0])

    def _only_letter(self, term: Term) -> tuple[Base, tuple[Linear, ...], bool] | None:
        """The base of which a term is one factor, its fixed slots, and whether it stands there transposed."""
        try:
            form, axes = self._entry(term)
        except (Unsupported, KeyError):
            return None
        if len(form) != 1:
            return None
        ((monomial, coefficient),) = form.items()
        if coefficient != 1 or len(monomial.factors) != 1 or monomial.bound or monomial.factors[0].exponent != 1:
            return None
        base, slots, _ = monomial.factors[0]
        at = [variable(axis) for axis in axes if axis is not None]
        placed = [slot for slot in slots if slot in at]
        if len(placed) != len(at):
            return None
        turned = len(at) == 2 and placed != at and not base.symmetric
        return base, tuple(slot for slot in slots if slot not in at), turned

    def _is_symmetric(self, matrix: Term) -> bool:
        """Whether the inverse of the matrix is one letter with its transpose, so that each of its laws gives both."""
        found = self._only_letter(Term("inverse", (matrix,)))
        return found is not None and bool(found[0].symmetric)

    def _entry(self, term: Term) -> tuple[NormalForm, tuple[int | None, ...]]:
        """A term at generic places, and the places."""
        algebra = self.context.algebra
        at: list[Linear] = []
        axes: list[int | None] = []
        for axis in term.space().axes:
            index = None if axis == ONE else algebra.temporary(ONE, axis)
            axes.append(index)
            at.append(ONE if index is None else variable(index))
        form = self.context.reader().entry(term, (at[0], at[1]), self.context.scope())
        return form, tuple(axes)

    def near(self, goal: Polynomial, prove: Prove) -> list[Relation]:
        """What is known as equations that share letters with the goal, or with one that does."""
        everything = (*self._all(), *self._powers(), *self._laws(prove), *self._reciprocals())
        found = list({frozenset(relation.terms.items()): relation for relation in everything}.values())
        self._weigh_symbols()
        reached = _letters_of(goal, self.letters.alphabet)
        kept: list[Relation] = []
        far = [(relation, _letters_of(relation.terms, self.letters.alphabet)) for relation in found]
        while True:
            near = [(relation, letters) for relation, letters in far if letters & reached]
            if not near:
                return kept
            far = [(relation, letters) for relation, letters in far if not letters & reached]
            for relation, letters in near:
                kept.append(relation)
                reached |= letters

    def _weigh_symbols(self) -> None:
        """Let what hypotheses give, A = QBQᵀ, be written instead of the symbol A: the longest, if there are several."""
        weights: dict[Term, int] = {}
        for known in self.context.known:
            proposition = known.proposition
            if proposition.head != "equal" or known.hypothesis is None:
                continue
            for side, other in (proposition.args, proposition.args[::-1]):
                if side.head == "symbol" and not side.data[2] and side.data[0] not in free_names(other):
                    weights[side] = max(_weight(other), weights.get(side, 0))
                    break
        for symbol, weight in weights.items():
            self.letters.weigh_symbol(symbol, weight)

    def _all(self) -> Iterator[Relation]:
        for k, known in enumerate(self.context.known):
            proposition = known.proposition
            if proposition.head == "equal":
                yield from self._relation(proposition, {"fact": k})
            elif proposition.head == "property":
                yield from self._of_property(k, proposition)
            elif proposition.head == "for_all" and proposition.args[0].head == "equal":
                yield from self._instances(k, proposition)

    def _instances(self, k: int, fact: Term) -> Iterator[Relation]:
        """A recurrence at the members of its families that the goal and what is known speak of."""
        others = tuple(known.proposition for known in self.context.known if known.proposition.head == "equal")
        for form in islice(instances(fact, (self.goal, *others)), INSTANCES):
            try:
                proposition = instance(self.context, fact, form)
            except FAILURES:
                continue
            yield from self._relation(proposition, {"fact": k, "at": [linear_to_data(form)]})

    def _of_property(self, k: int, proposition: Term) -> Iterator[Relation]:
        (matrix,), (name,) = proposition.args, proposition.data
        fact: dict[str, Any] = {"rule": "fact", "fact": k}
        arguments = [term_to_data(matrix)]
        for axiom in BY_PROPERTY.get(name, ()):
            yield from self._by_axiom(axiom, (matrix,), [fact])
        if name in INVERTIBLE_BY:
            fact = {"rule": "axiom", "axiom": INVERTIBLE_BY[name], "arguments": arguments, "premises": [fact]}
        elif name != "invertible":
            return
        self._name(Term("inverse", (matrix,)))
        for axiom in ("mul_inverse",) if self._is_symmetric(matrix) else ("mul_inverse", "inverse_mul"):
            yield from self._by_axiom(axiom, (matrix,), [fact])

    def _laws(self, prove: Prove) -> Iterator[Relation]:
        """Laws of ranks, determinants, pseudo-inverses and spectral norms whose premises are proved."""
        entries = [part for part in self.parts if part.head == "entry"]
        pending, done, seen = [self.goal], 0, set[tuple[str, tuple[Term, ...]]]()
        while done < len(pending) and len(seen) < LAWS:
            statement = pending[done]
            done += 1
            for part in subterms(statement):
                if part.head == "determinant" or is_spectral_norm(part):
                    yield from self._of_equal(part, pending)
            for law in laws((statement,), entries):
                if (law.axiom, law.arguments) in seen:
                    continue
                seen.add((law.axiom, law.arguments))
                proofs = [prove(self.context, premise) for premise in law.premises]
                if None not in proofs:
                    yield from self._by_axiom(law.axiom, law.arguments, proofs)
                    pending += [p for p in subterms(law.statement) if is_spectral_norm(p) and p not in pending]
        for k, known in enumerate(self.context.known):
            for law in consequences(known.proposition):
                hole = term_to_data(Term("symbol", (), (HOLE_NAME, law.premises[0].args[0].space(), ())))
                proof = {"rule": "linear", "uses": [{"context": hole, "relation": {"fact": k}}]}
                yield from self._by_axiom(law.axiom, law.arguments, [proof])

    def _reciprocals(self) -> Iterator[Relation]:
        """p · p⁻¹ = 1 for every sum p that is divided by; p ≠ 0 is what makes the claim defined."""
        for (base, _), letter in list(self.letters.reciprocals.items()):
            if base.kind == "power":
                yield from self._by_axiom("reciprocal", self.letters.terms[letter].args[:1], [{"rule": "sign"}])
        for inverted, reciprocal in self.letters.inverses:
            product = self.letters.alphabet.summand(*inverted[:2], (*inverted.scalars, (reciprocal, 1)))
            yield Relation({product: 1, ONE_SUMMAND: -1}, None, SCALAR)
        for one, other in self.letters.commuting:
            yield Relation({one: 1, other: -1}, None, SCALAR)
        for unit in self.letters.units:
            yield Relation({self.letters.alphabet.summand([(unit, unit)]): 1, ONE_SUMMAND: -1}, None, SCALAR)

    def _powers(self) -> Iterator[Relation]:
        """M^(a+b) = M^a M^b, for the exponents that are there and for 1."""
        for base, forms in list(self.exponents.items()):
            matrix = self.letters.powers[base]
            present = list(dict.fromkeys(forms))
            lower = [minus(form, ONE) for form in present if dict(form).get(CONSTANT, 0) > 0]
            pairs = [pair for form in (*present, *lower) for pair in ((form, ONE), (ONE, form))]
            pairs += [(a, b) for a in present for b in present if plus(a, b) in present]
            for form in present:
                yield from self._equal_powers(matrix, Term("index", (), (self.letters.writer.form(form),)))
            for pair in dict.fromkeys(pairs):
                exponents = [Term("index", (), (self.letters.writer.form(form),)) for form in pair]
                yield from self._by_axiom("matrix_power_add", (matrix, *exponents), [{"rule": "sign"}] * 2)

    def lemmas(self) -> Iterator[Term]:
        """What is worth knowing of matrices as a whole.

        XᵀX is invertible, for X of full column rank; Mᵀ = M for a power of M, and M = N for powers of both;
        A + UV = A (I + A⁻¹UV) for its determinant, where A is known to be invertible.
        """
        known = [known.proposition for known in self.context.known]
        for fact in known:
            gram = _gram_of(fact)
            if gram is not None and not any(part.head == "inverse" for part in subterms(self.equation.goal)):
                yield Term("property", (gram,), ("invertible",))
        bases = list(dict.fromkeys((*self.letters.powers.values(), *self.bases)))
        equations = [(Term("transpose", (matrix,)), matrix) for matrix in bases]
        equations += [pair for pair in combinations(bases, 2) if pair[0].shape == pair[1].shape]
        for sides in equations:
            lemma = Term("equal", sides)
            if lemma not in known:
                yield lemma
        for part in self.parts:
            if part.head == "determinant" and part.args[0].head == "add":
                for one, other in (part.args[0].args, part.args[0].args[::-1]):
                    invertible = Term("property", (one,), ("invertible",)) in known
                    lemma = Term("equal", (part.args[0], divided_out(one, other)))
                    if invertible and other.head == "multiply" and lemma not in known:
                        yield lemma

    def _equal_matrices(self) -> Iterator[tuple[int, Term, Term]]:
        """Known equations between square matrices."""
        for k, known in enumerate(self.context.known):
            if known.proposition.head == "equal" and known.proposition.args[0].space().is_square:
                left, right = known.proposition.args
                yield k, left, right

    def _of_equal(self, term: Term, pending: list[Term]) -> Iterator[Relation]:
        """F(M) = F(N) for a determinant or a norm F(M), where M = N is known; F(N) is one more to look at."""
        for k, known in enumerate(self.context.known):
            sides = known.proposition.args
            if known.proposition.head == "equal" and term.args[0] in sides:
                values = [Term(term.head, (side,), term.data) for side in sides if side.shape == term.args[0].shape]
                new = [value for value in values if value != term and value not in pending]
                if len(values) == 2 and new and (term.head != "determinant" or sides[0] == term.args[0]):
                    pending += new
                    hole = Term("symbol", (), (HOLE_NAME, sides[0].space(), ()))
                    yield from self._congruence(k, Term(term.head, (hole,), term.data), (values[0], values[1]))

    def _congruence(self, k: int, around: Term, sides: tuple[Term, Term]) -> Iterator[Relation]:
        """F(l) = F(r) of a known l = r, where ``around`` is F of the hole"""
        self._learn(*sides)
        yield from self._relation(Term("equal", sides), {"congruence": {"fact": k}, "context": term_to_data(around)})

    def _equal_powers(self, matrix: Term, exponent: Term) -> Iterator[Relation]:
        """(Mᵀ)ᵏ = Mᵏ where Mᵀ = M is known, and Nᵏ = Mᵏ where N = M is."""
        others = (Term("transpose", (matrix,)), *self.letters.powers.values(), *self.bases)
        for k, left, right in self._equal_matrices():
            if (right == matrix and left in others) or (left == matrix and right in others):
                sides = (Term("power", (left, exponent)), Term("power", (right, exponent)))
                hole = Term("symbol", (), (HOLE_NAME, matrix.space(), ()))
                yield from self._congruence(k, Term("power", (hole, exponent)), sides)

    def _by_axiom(
        self, axiom: str, arguments: tuple[Term, ...], premises: Sequence[Certificate | None]
    ) -> Iterator[Relation]:
        """A row of the table at these arguments, with proofs of its premises."""
        statement = AXIOMS[axiom].statement(*arguments)
        self._learn(statement)
        data = {"axiom": axiom, "arguments": [term_to_data(a) for a in arguments], "premises": list(premises)}
        yield from self._relation(statement, data)

    def _relation(self, proposition: Term, data: dict[str, Any]) -> Iterator[Relation]:
        left, right = proposition.args
        if len(left.space().axes) != 2:
            return
        if any(constant_value(axis) not in (None, 1) for axis in left.space().axes):
            return
        try:
            form, axes = self._entry(Term("subtract", (left, right)))
            terms = self.letters.polynomial(form, axes)
        except (Unsupported, NoChains, NotWritten, KeyError):
            return
        if terms:
            yield Relation(terms, data, left.space())


def _gram_of(fact: Term) -> Term | None:
    """XᵀX of an X of which full column rank is known, XXᵀ of one of full row rank."""
    if fact.head != "property" or fact.data[0] not in ("full_column_rank", "full_row_rank"):
        return None
    (matrix,) = fact.args
    turned = Term("transpose", (matrix,))
    return Term("multiply", (turned, matrix) if fact.data[0] == "full_column_rank" else (matrix, turned))


def _weight(term: Term) -> int:
    """How many symbols a term has, with those of a power counted as often."""
    if term.head == "symbol":
        return 1
    exponent = term.args[1].data[0] if term.head == "power" and term.args[1].head == "number" else 1
    times = exponent.numerator if exponent.denominator == 1 and 1 <= exponent <= MOST else 1
    return times * _weight(term.args[0]) if term.head == "power" else sum(map(_weight, term.args))


def _letters_of(terms: Polynomial, alphabet: Alphabet) -> set[int]:
    found: set[int] = set()
    for summand in terms:
        for word in (*summand.chains, *summand.cycles):
            found.update(min(letter, alphabet.turned[letter]) for letter in word if letter > RIGHT)
        found.update(letter for letter, _ in summand.scalars)
    return found


__all__ = ["Relation", "Relations"]
