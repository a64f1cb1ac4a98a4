"""Instances of the axioms about norms, inner products and quadratic forms, for the vectors and matrices of a claim.

Terms are taken apart into addends, c · M₁ M₂ … v; the triangle inequality is used for each addend and for what is left
without it, homogeneity and operator norms for each addend, Cauchy–Schwarz for pairs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import chain, combinations, islice
from typing import Any

from verifier.kernel.context import Context
from verifier.kernel.linear import ONE, variable
from verifier.kernel.serialization import term_to_data
from verifier.kernel.shapes import SCALAR
from verifier.kernel.terms import Term, subterms
from verifier.kernel.unfolding import unfold
from verifier.proving.addends import (
    Addend,
    addends,
    factors_of,
    is_column,
    is_row,
    last,
    opposite,
    product_of,
    products,
    steps_of_gradients,
    transposed,
)
from verifier.proving.gaps import ZERO, Equality, Gap, Gaps
from verifier.proving.instances import Instances

MOST_VECTORS = 7
MOST_INSTANCES = 60


@dataclass
class Speech:
    """What the statements speak of: arguments of norms, operands of inner products, matrices with a property."""

    vectors: dict[Term, None] = field(default_factory=dict)
    matrices: dict[Term, None] = field(default_factory=dict)
    pairs: dict[tuple[Term, Term], None] = field(default_factory=dict)
    forms: dict[tuple[Term, Term], None] = field(default_factory=dict)
    frobenius: dict[Term, None] = field(default_factory=dict)
    entries: dict[Term, None] = field(default_factory=dict)

    @classmethod
    def of(cls, statements: Iterable[Term]) -> Speech:
        """Of these statements, definitions unfolded."""
        speech = cls()
        for statement in statements:
            for part in subterms(statement):
                if part.head == "norm":
                    speech._norm(part)
                elif part.head == "entry" and is_column(part.args[0]):
                    speech.entries[part] = None
                elif part.head == "sum" and len(part.args) == 1:
                    speech._sum(part)
                elif part.head in ("multiply", "dot") and part.shape == SCALAR:
                    speech._product(part)
        return speech

    def _norm(self, norm: Term) -> None:
        (argument,) = norm.args
        if is_column(argument) and norm.data[0] == "2":
            self.vectors[argument] = None
        elif norm.data[0] == "spectral":
            self.matrices[argument] = None
        elif norm.data[0] == "F" and not argument.space().is_vector:
            self.frobenius[argument] = None

    def _sum(self, total: Term) -> None:
        """Σ vᵢ is the inner product of v with a vector of ones."""
        (body,), (name, lower, upper) = total.args, total.data
        if body.head == "entry" and is_column(body.args[0]) and body.data[0] == (variable(name),):
            (vector,) = body.args
            if lower == ONE and upper == vector.space().rows:
                self.pairs[Term("ones", (), (vector.space(),)), vector] = None

    def _product(self, product: Term) -> None:
        if product.head == "dot":
            self.pairs[product.args[0], product.args[1]] = None
            return
        for part in addends(product):
            factors = factors_of(part.core)
            vectors = [f for f in factors if not f.space().is_scalar]
            if len(vectors) >= 2 and is_row(vectors[0]) and is_column(vectors[-1]):
                for k in range(1, len(vectors)):
                    self.pairs[transposed(product_of(vectors[:k])), product_of(vectors[k:])] = None
                middle = vectors[1:-1]
                if middle and transposed(vectors[0]) == vectors[-1]:
                    self.forms[product_of(middle), vectors[-1]] = None


def of_norms(gaps: Gaps, statements: Iterable[Term]) -> Iterator[list[Gap | Equality]]:
    """The instances for what the statements speak of, in stages: definite forms and norms, squares, Cauchy–Schwarz."""
    definitions = gaps.context.sequent.definitions
    speech = Speech.of(unfold(statement, definitions) for statement in statements)
    if not (speech.vectors or speech.matrices or speech.pairs or speech.forms):
        return
    found = _Norms(gaps, speech)
    for stage in (chain(found.forms(), found.of_arguments()), found.squares(), found.of_pairs()):
        yield [one for one in islice(stage, MOST_INSTANCES) if one is not None]


class _Norms:
    """The instances for one search."""

    def __init__(self, gaps: Gaps, speech: Speech) -> None:
        self.instances = Instances(gaps)
        self.gaps = gaps
        self.context: Context = gaps.context
        self.speech = speech
        self.done: set[tuple[str, tuple[Term, ...]]] = set()

    def of_arguments(self) -> Iterator[Gap | Equality | None]:
        """Triangles, homogeneity and operator norms, for the arguments of norms."""
        for vector in list(self.speech.vectors):
            for matrix, factor in products(vector):
                if matrix.head in ("add", "subtract"):
                    self.speech.matrices[matrix] = None
                    yield self._once("norm_mul", matrix, factor)
            yield from self._of_vector(vector)
        for matrix in list(self.speech.matrices):
            yield from self._of_matrix(matrix)

    def of_pairs(self) -> Iterator[Gap | Equality | None]:
        """Cauchy–Schwarz, for the operands of inner products and the addends of vectors."""
        for left, right in (*self.speech.pairs, *combinations(self._cores(), 2)):
            yield from self._of_pair(left, right)

    def squares(self) -> Iterator[Gap | Equality | None]:
        """‖v‖² ≥ 0, of vectors, their sums and differences; entries are below norms."""
        cores = self._cores()
        for entry in self.speech.entries:
            if entry.args[0] in self.speech.vectors:
                yield self._once("entry_le_norm", entry.args[0], entry)
        for left, right in self.speech.pairs:
            if left == right:
                yield self._square(left)
        for core in cores:
            yield self._square(core)
            yield self._once("norm_positive", core)
        for left, right in combinations(cores, 2):
            if left.space() == right.space():
                for head in ("add", "subtract"):
                    yield self._square(Term(head, (left, right)))

    def _once(self, axiom: str, *arguments: Term) -> Gap | Equality | None:
        key = (axiom, arguments)
        if key in self.done:
            return None
        self.done.add(key)
        return self.instances.of(axiom, *arguments)

    def _homogeneous(self, axiom: str, factor: Term, core: Term) -> Gap | Equality | None:
        """‖cv‖ = c‖v‖, or ‖cv‖ = ‖(-c)v‖ = -c‖v‖, where the sign of c is known; else |c|‖v‖"""
        for signed in (factor, opposite(factor)):
            found = self._once(f"{axiom}_nonneg", signed, core)
            if found is not None:
                return found
        return self._once(axiom, factor, core)

    # vectors

    def _of_vector(self, vector: Term) -> Iterator[Gap | Equality | None]:
        parts = addends(vector)
        if len(parts) == 1 or not self._is_added(vector):
            for part in parts:
                yield from self._of_addend(part)
        if len(parts) > 1:
            yield from self._triangles(vector, [part.term for part in parts])
            for part in parts:
                yield from self._of_addend(part)
            yield from self._of_common_matrix(parts)
        for matrix in steps_of_gradients(parts):
            self.speech.matrices[matrix] = None
        for matrix in self.speech.matrices:
            for core in dict.fromkeys(last(part.core) for part in parts):
                if matrix.space().columns == core.space().rows and matrix.space().rows == vector.space().rows:
                    image = Term("multiply", (matrix, core))
                    yield from self._of_addend(Addend(None, image))
                    if len(parts) > 1:
                        rest = Term("subtract", (vector, image))
                        yield self._once("norm_add_le", image, rest)

    def _of_common_matrix(self, parts: list[Addend]) -> Iterator[Gap | Equality | None]:
        """‖Mx + My‖ ≤ ‖M‖‖x + y‖"""
        matrix = factors_of(parts[0].core)[0]
        if any(len(factors_of(part.core)) < 2 or factors_of(part.core)[0] != matrix for part in parts):
            return
        inner = [Addend(part.factor, product_of(factors_of(part.core)[1:])).term for part in parts]
        total = inner[0]
        for one in inner[1:]:
            total = Term("add", (total, one))
        yield self._once("norm_mul", matrix, total)

    def _is_added(self, vector: Term) -> bool:
        return vector.head in ("add", "subtract")

    def _triangles(self, vector: Term, parts: list[Term]) -> Iterator[Gap | Equality | None]:
        """‖a + b + c‖ ≤ ‖a‖ + ‖b + c‖ and so on."""
        rest = vector
        for part in parts[:-1]:
            left = Term("subtract", (rest, part))
            yield self._once("norm_add_le", part, left)
            rest = left

    def _of_addend(self, part: Addend) -> Iterator[Gap | Equality | None]:
        if part.factor is not None:
            yield self._homogeneous("norm_smul", part.factor, part.core)
        core = part.core
        while core.head == "multiply" and not core.args[0].space().is_scalar:
            matrix, core = core.args
            yield self._once("norm_mul", matrix, core)
            if matrix.head == "transpose":
                yield self._once("spectral_norm_transpose", matrix.args[0])

    def _of_pair(self, left: Term, right: Term) -> Iterator[Gap | Equality | None]:
        if left.space() == right.space():
            yield self._once("cauchy_schwarz", left, right)
            yield self._once("cauchy_schwarz", left, Term("negate", (right,)))

    def _cores(self) -> list[Term]:
        """The vectors that addends are made of, without their factors."""
        found: dict[Term, None] = {}
        whole = [*self.speech.vectors, *(v for pair in self.speech.pairs for v in pair)]
        for vector in whole:
            for part in addends(vector):
                found[part.core] = None
        columns = [core for core in found if is_column(core)]
        return sorted(columns, key=lambda core: len(factors_of(core)))[:MOST_VECTORS]

    # matrices

    def _of_matrix(self, matrix: Term) -> Iterator[Gap | Equality | None]:
        parts = addends(matrix)
        for part in parts:
            if part.factor is not None:
                yield self._homogeneous("spectral_norm_smul", part.factor, part.core)
            core = part.core
            if core.head == "identity":
                yield self._once("spectral_norm_of_eq_identity", core)
            while core.head == "multiply" and not core.args[0].space().is_scalar:
                yield self._once("spectral_norm_mul", *core.args)
                core = core.args[1]
            if core.head == "transpose":
                yield self._once("spectral_norm_transpose", core.args[0])
        rest = matrix
        for part in parts[:-1]:
            left = Term("subtract", (rest, part.term))
            yield self._once("spectral_norm_add_le", part.term, left)
            rest = left
        if matrix in self.speech.frobenius:
            yield self._once("spectral_norm_le_frobenius", matrix)
        yield from self._one_minus_gram(parts)

    def _one_minus_gram(self, parts: list[Addend]) -> Iterator[Gap | Equality | None]:
        """‖I - cFᵀF‖ ≤ 1"""
        if len(parts) != 2 or not any(p.core.head == "identity" and p.factor is None for p in parts):
            return
        for part in parts:
            core = part.core
            if core.head == "multiply" and core.args[0].head == "transpose" and core.args[0].args[0] == core.args[1]:
                factor = part.factor if part.factor is not None else Term("number", (), (Fraction(1),))
                yield self._once("spectral_norm_one_minus_gram", opposite(factor), core.args[1])

    # forms

    def forms(self) -> Iterator[Gap | Equality | None]:
        """xᵀAx ≥ 0 for the matrices that are known to be definite."""
        for known in self.context.known:
            said = known.proposition
            if said.head != "property" or said.data[0] not in ("positive_definite", "positive_semidefinite"):
                continue
            (matrix,) = said.args
            fitting = [core for core in self._cores() if core.space().rows == matrix.space().rows]
            vectors = [*fitting, *(Term(h, p) for p in combinations(fitting, 2) for h in ("add", "subtract"))]
            vectors += [vector for _, vector in self.speech.forms if vector not in vectors]
            for vector in vectors[: 2 * MOST_VECTORS]:
                if said.data[0] == "positive_definite":
                    yield self._once("quadratic_form_positive", matrix, vector)
                    yield self._semidefinite(matrix, vector)
                else:
                    yield self._once("quadratic_form_nonneg", matrix, vector)

    def _semidefinite(self, matrix: Term, vector: Term) -> Gap | Equality | None:
        weaker = Term("property", (matrix,), ("positive_semidefinite",))
        fact = next(k for k, known in enumerate(self.context.known) if known.proposition.args == (matrix,))
        premise = {"rule": "fact", "fact": fact}
        proof = {
            "rule": "axiom",
            "axiom": "positive_semidefinite_of_positive_definite",
            "arguments": [term_to_data(matrix)],
            "premises": [premise],
        }
        return self.instances.of("quadratic_form_nonneg", matrix, vector, shown={weaker: proof})

    def _square(self, vector: Term) -> Gap | None:
        """‖v‖² ≥ 0"""
        norm = Term("power", (Term("norm", (vector,), ("2",)), Term("number", (), (Fraction(2),))))
        lemma = Term("greater_equal", (norm, ZERO))
        summand = {"coefficient": "1", "squares": [term_to_data(vector)], "gaps": []}
        proof: dict[str, Any] = {"rule": "nonnegative", "summands": [summand]}
        return self.instances.gap({"lemma": term_to_data(lemma), "proof": proof}, lemma)


__all__ = ["Speech", "of_norms"]
