"""What a derivation is made of: claims with their places and hypotheses, and what is said of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from verifier.kernel.closure import Range
from verifier.kernel.sequents import Definition, Sequent
from verifier.kernel.terms import Term
from verifier.kernel.theorems import Theorem


class Verdict(StrEnum):
    """What is said of a claim. docs/reference.md explains each."""

    PROVED = "proved"
    GIVEN = "given"
    ASSUMED = "assumed"
    REFUTED = "refuted"
    CONDITIONAL = "conditional"
    OTHER_LAYOUT = "other-layout"
    ILL_TYPED = "ill-typed"
    FOLLOWS = "follows"
    UNREFUTED = "unrefuted"
    UNDECIDED = "undecided"
    UNREAD = "unread"
    CONFLICT = "conflict"


class Origin(StrEnum):
    """Where a hypothesis comes from."""

    CONTEXT = "context"
    DECLARATION = "declaration"
    DEFINITION = "definition"
    CONDITION = "condition"
    CLAIM = "claim"
    INFERRED = "inferred"


class Role(StrEnum):
    """What a formula does in its document."""

    CLAIM = "claim"
    DEFINITION = "definition"
    CONDITION = "condition"
    DECLARATION = "declaration"
    MENTION = "mention"


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a source: lines and columns from 1, in code points, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """Something a person should know: a code of the table in ``reporting``, where, what, and what to do.

    ``path`` is the context file that it is about; without one it is about the document.
    """

    code: str
    message: str
    place: Place | None = None
    help: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A proposition in force at a claim, and where it comes from."""

    statement: Term
    origin: Origin
    line: int | None = None


class Later:
    """A sequent that is worked out when it is first asked for: a claim in another layout, or with more hypotheses.

    It pickles as what it is worked out to be.
    """

    __slots__ = ("_make", "_value")

    def __init__(self, make: Callable[[], Sequent | None]) -> None:
        self._make: Callable[[], Sequent | None] | None = make
        self._value: Sequent | None = None

    def sequent(self) -> Sequent | None:
        """The sequent, or None if there is none."""
        make = self._make
        if make is not None:
            self._value = make()
            self._make = None
        return self._value

    def __reduce__(self) -> tuple[Any, ...]:
        return _known, (self.sequent(),)


def _known(sequent: Sequent | None) -> Later:
    return Later(lambda: sequent)


@dataclass(frozen=True, slots=True)
class Claim:
    """One step: a relation between two sides, as it was read.

    ``sequent`` is None where it was not understood; ``problem`` then says why. ``undeclared`` are its symbols that
    nothing in the document or its context declares or defines: of a claim about such symbols nothing is refuted.
    ``other_layout`` is the claim in the other derivative layout; ``within_optima`` the one that also rests on what the
    text says of points ŵ = argmin f that the claim does not speak of, if it says so: nothing is refuted without it.
    """

    id: str
    place: Place
    role: Role = Role.CLAIM
    sequent: Sequent | None = None
    hypotheses: tuple[Hypothesis, ...] = ()
    section: int = 0
    label: str = ""
    chain: int = 0
    whole_chain: bool = False
    left: str = ""
    relation: str = ""
    right: str = ""
    mark: str = ""
    problem: Diagnostic | None = None
    notes: tuple[Diagnostic, ...] = ()
    undeclared: tuple[str, ...] = ()
    other_layout: Later | None = field(default=None, compare=False)
    layout_inferred: bool = False
    unread_premise: int | None = None
    within_optima: Later | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class SymbolEntry:
    """A symbol of a section: its kind, its shape, and where that was declared or inferred.

    ``ranges`` are those of its indices, or its own if it is an index; ``target`` is the function that it is a name of.
    What it was defined to be, or what it abbreviates (``A_h := A_{h,:}``: letters and a term), stands there as well.
    """

    name: str
    latex: str
    kind: str
    shape: str
    origin: Origin
    line: int | None = None
    properties: tuple[str, ...] = ()
    ranges: tuple[Range, ...] = ()
    target: str = ""
    definition: Definition | None = None
    template: tuple[tuple[str, ...], Term] | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a document with its own symbols, and with what is stated of them."""

    title: str
    number: str = ""
    line: int = 1
    layout: str = ""
    layout_line: int | None = None
    symbols: tuple[SymbolEntry, ...] = ()
    aliases: tuple[SymbolEntry, ...] = ()
    hypotheses: tuple[Hypothesis, ...] = ()


@dataclass(frozen=True, slots=True)
class Derivation:
    """A document as it was read: sections, and claims in the order of the text."""

    path: str
    source: str
    sections: tuple[Section, ...] = ()
    claims: tuple[Claim, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Counterexample:
    """A real model of every hypothesis in which the conclusion fails.

    Values are rational strings, matrices nested lists; ``functions`` gives polynomials for undeclared functions.
    ``left`` and ``right`` are the sides there: exact, or balls with ``exact`` False. Of a claim that no evaluation
    decides, such as a limit, ``negation`` is the theorem that it fails where the symbols have these values.
    """

    dimensions: Mapping[str, int]
    values: Mapping[str, Any]
    left: Any = None
    right: Any = None
    functions: Mapping[str, str] = field(default_factory=dict)
    indices: Mapping[str, int] = field(default_factory=dict)
    exact: bool = True
    where: str = ""
    negation: Theorem | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What random instantiation did: how many models, of which shapes, with which bound on an undetected difference."""

    models: int = 0
    shapes: tuple[Mapping[str, int], ...] = ()
    bound: str = ""
    seed: int = 0
    model_found: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A right side that would have been true."""

    right: str
    verdict: Verdict = Verdict.PROVED


@dataclass(frozen=True, slots=True)
class Judgement:
    """A claim and what is said of it."""

    claim: Claim
    verdict: Verdict
    reason: str = ""
    theorem: Theorem | None = None
    counterexample: Counterexample | None = None
    evidence: Evidence = Evidence()
    suggestion: Suggestion | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    rests_on: tuple[str, ...] = ()
    seconds: float = 0.0
