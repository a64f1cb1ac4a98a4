"""Identities: statements with their hypotheses and source, to be verified, imported and cited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import ModuleType

from verifier.kernel.linear import Linear, constant
from verifier.kernel.sequents import Definition, Range, Sequent
from verifier.kernel.terms import TermError
from verifier.language import Chain, Dimension, Statement


@dataclass(frozen=True, slots=True)
class Identity:
    """A chain of equations, or another statement, under hypotheses, with the source of the formula.

    ``indices`` gives the range of each index that is free in the statement. ``steps()`` are the closed claims.
    """

    statement: Chain | Statement
    given: tuple[Statement, ...] = ()
    definitions: tuple[Definition, ...] = ()
    indices: tuple[tuple[str, Range], ...] = ()
    source: str = ""
    sizes: tuple[Linear, ...] = field(default=())

    def steps(self) -> tuple[Sequent, ...]:
        """One claim for each step, in order."""
        statements = self.statement.steps if isinstance(self.statement, Chain) else (self.statement,)
        return tuple(self._sequent(statement) for statement in statements)

    def whole(self) -> Sequent:
        """The claim that the first side is related to the last."""
        statement = self.statement.whole if isinstance(self.statement, Chain) else self.statement
        return self._sequent(statement)

    def _sequent(self, statement: Statement) -> Sequent:
        hypotheses = tuple(h.term for h in self.given)
        return Sequent(statement.term, hypotheses, self.definitions, self.indices, self.sizes)


def identity(
    statement: Chain | Statement,
    *,
    given: Iterable[Chain | Statement] = (),
    definitions: Iterable[Definition] = (),
    indices: Mapping[Dimension, tuple[int | Dimension, int | Dimension | None]] | None = None,
    sizes: Iterable[Dimension] = (),
    source: str = "",
) -> Identity:
    """An identity: ``identity(equals(a, b), given=[invertible(A)], source="…")``.

    A chain among the hypotheses gives each of its equations. ``indices`` maps free indices to their first and last
    value, None for no last one; ``sizes`` are forms stated to be at least 1.
    Raises ClaimError where the claim is not closed.
    """
    ends = {_name(i): (_form(low), None if high is None else _form(high)) for i, (low, high) in (indices or {}).items()}
    hypotheses = tuple(part for one in given for part in (one.steps if isinstance(one, Chain) else (one,)))
    given_sizes = tuple(size.form for size in sizes)
    made = Identity(statement, hypotheses, tuple(definitions), tuple(ends.items()), source, given_sizes)
    made.steps()
    return made


def _form(size: int | Dimension) -> Linear:
    return constant(size) if isinstance(size, int) else size.form


def _name(i: Dimension) -> str:
    if len(i.form) != 1 or not isinstance(i.form[0][0], str):
        raise TermError(f"{i} is no index")
    return i.form[0][0]


def identities(module: ModuleType) -> dict[str, Identity]:
    """The identities of a module by their names, in the order in which they are written."""
    return {name: value for name, value in vars(module).items() if isinstance(value, Identity)}
