"""Reading terms as normal forms: what names mean, and the entry of a term at a row and a column.

``Reader.entry(term, (i, j), scope)`` is the normal form of term[i, j]. Definitions are unfolded as they are
met. Under a derivative by v the symbol v is held: it is a letter of its own until the derivative is taken, and only
then replaced by its meaning outside, so that ∂L/∂φ and ∂L/∂w are both what people mean.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import ClassVar

from verifier.kernel.algebra import Algebra
from verifier.kernel.linear import ONE, Atom, Linear, constant_value, substitute, variable
from verifier.kernel.polynomials import NormalForm, Unsupported
from verifier.kernel.randomness import NOTHING, Randomness
from verifier.kernel.sequents import Definition, is_single
from verifier.kernel.shapes import Shape
from verifier.kernel.terms import Term, free_indices, free_names

At = tuple[Linear, ...]
Entries = Callable[[At], NormalForm]
Member = Callable[[tuple[Linear, ...], At], NormalForm]
HERE: At = (ONE, ONE)


@dataclass(frozen=True)
class Scope:
    """What names mean: indices are linear forms; ``local`` are the parameters of the function whose body is read.

    ``held`` are symbols that a derivative or a substitution around has taken over. Unlike parameters they are so in
    the bodies of definitions too: ∂L/∂w and L[w := 0] see the w in the definition of L.
    """

    indices: Mapping[Atom, Linear] = field(default_factory=dict)
    local: Mapping[str, Entries] = field(default_factory=dict)
    held: Mapping[str, Member] = field(default_factory=dict)


class Reader:
    """Terms of one claim to normal forms of one algebra. ``indices`` are the claim's, free in its definitions.

    The rules for the heads are those of the class that extends this one: ``interpretation.Interpreter``.
    """

    rules: ClassVar[Mapping[str, Rule]] = MappingProxyType({})
    conditions: ClassVar[Mapping[str, Condition]] = MappingProxyType({})

    def __init__(
        self,
        algebra: Algebra,
        definitions: tuple[Definition, ...] = (),
        indices: Mapping[Atom, Linear] | None = None,
        randomness: Randomness = NOTHING,
    ) -> None:
        self.algebra = algebra
        self.indices = dict(indices or {})
        self.randomness = randomness
        self.definitions = {d.name: d for d in definitions}

    def entry(self, term: Term, at: At, scope: Scope) -> NormalForm:
        """The normal form of an entry. Raises Unsupported for heads that normal forms do not express."""
        self.algebra.spend()
        rule = self.rules.get(term.head)
        if rule is None:
            raise Unsupported(f"{term.head.replace('_', ' ')} is not decided by normal forms")
        return rule(self, term, at, scope)

    def scalar(self, term: Term, scope: Scope) -> NormalForm:
        """The normal form of a scalar."""
        return self.entry(term, HERE, scope)

    def form(self, form: Linear, scope: Scope) -> Linear:
        """An index form with the indices of the scope put in."""
        return substitute(form, scope.indices)

    def is_closed(self, term: Term, scope: Scope) -> bool:
        """Whether the entries of a term are the same wherever it stands: nothing around gives its names a meaning."""
        reach = self.algebra.reach.get(term)
        if reach is None:
            reach = self.algebra.reach[term] = free_names(term), free_indices(term)
        names, indices = reach
        unheld = names.isdisjoint(scope.local) and names.isdisjoint(scope.held) and names.isdisjoint(self.definitions)
        return unheld and indices.isdisjoint(scope.indices)

    def axis(self, size: Linear) -> Linear:
        """A fresh index along an axis; 1 where the axis has one entry."""
        return ONE if is_single(size) else variable(self.algebra.temporary(ONE, size))

    def close(self, form: NormalForm, axis: Linear, size: Linear) -> NormalForm:
        """Σ over a fresh index made by ``axis``."""
        if is_single(size):
            return form
        return self.algebra.bind(form, int(axis[0][0]), (ONE, size))

    def product(self, left: NormalForm, right: NormalForm, axis: Linear, size: Linear) -> NormalForm:
        """Σ left · right over a fresh index made by ``axis``."""
        if is_single(size):
            return self.algebra.multiply(left, right)
        return self.algebra.contract(left, right, int(axis[0][0]), (ONE, size))

    def chain(self, forms: Sequence[NormalForm], axes: Sequence[Linear], sizes: Sequence[Linear]) -> NormalForm:
        """Σ Π forms over fresh indices made by ``axis``, each between two neighbours."""
        several = sum([len(form) > 1 for form in forms]) > 1
        if several or [size for size in sizes if constant_value(size) not in (None, 1)]:
            result = forms[0]
            for form, axis, size in zip(forms[1:], axes, sizes, strict=True):
                result = self.product(result, form, axis, size)
            return result
        sums = [(int(axis[0][0]), (ONE, size)) for axis, size in zip(axes, sizes, strict=True) if not is_single(size)]
        return self.algebra.contract_all(forms, sums)

    def condition(self, term: Term, scope: Scope) -> NormalForm:
        """1 where the proposition holds, else 0."""
        rule = self.conditions.get(term.head)
        if rule is None:
            raise Unsupported(f"the condition {term.head.replace('_', ' ')}")
        return rule(self, term, scope)

    def unfolded(
        self,
        definition: Definition,
        family: tuple[Linear, ...],
        values: tuple[Entries, ...],
        at: At,
        scope: Scope,
    ) -> NormalForm:
        """The entry of the body of a definition, for a member of its family and values of its parameters."""
        if len(definition.indices) != len(family) or len(definition.parameters) != len(values):
            raise Unsupported(f"{definition.name} is used with other indices or arguments than it is defined with")
        own: dict[Atom, Linear] = {name: form for (name, _), form in zip(definition.indices, family, strict=True)}
        indices = {**self.indices, **own}
        local = {p.data[0]: value for p, value in zip(definition.parameters, values, strict=True)}
        return self.entry(definition.body, at, Scope(indices, local, scope.held))


Rule = Callable[[Reader, Term, At, Scope], NormalForm]
Condition = Callable[[Reader, Term, Scope], NormalForm]


def slots_of(shape: Shape, at: At) -> tuple[Linear, ...]:
    """The indices along the axes that have more than one entry."""
    return tuple([place for place, size in zip(at, shape.axes, strict=True) if size != ONE])


def along(shape: Shape, index: Linear) -> At:
    """The place of an entry of a column or a row."""
    return (index, ONE) if is_single(shape.columns) else (ONE, index)
