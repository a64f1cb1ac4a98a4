"""What is in force at a place of a document: declarations, dimensions, kinds taken, layout, scope."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count

from verifier.derivation import Claim, Diagnostic, Hypothesis, Origin
from verifier.reading.blocks import Document
from verifier.reading.declarations import Declarer
from verifier.reading.declared import Declared
from verifier.reading.environment import Dimensions, Environment, Meaning
from verifier.reading.evidence import Evidence
from verifier.reading.prose import Sentence
from verifier.reading.stationary import Stationary
from verifier.reading.syntax import Node
from verifier.reading.tokens import ReadingError


@dataclass
class Progress:
    """What has been read of a document: claims in order, what was reported, the sentence that a formula stands in.

    ``only_headed``: nothing but the heading of a case came since that; ``parsed``: formulas by the ids of their blocks.
    """

    document: Document
    claims: list[Claim] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    sentence: Sentence = field(default_factory=Sentence)
    only_headed: bool = False
    parsed: Mapping[int, Node | ReadingError] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    chains: Iterator[int] = field(default_factory=lambda: count(1))

    def declarer(self, origin: Origin) -> Declarer:
        """What takes in declarations of this document."""
        document = self.document

        def line(offset: int) -> int:
            return document.place(offset, offset).line

        return Declarer(origin, document.source, dict(document.macros), document.place, line)


@dataclass
class State:
    """Where reading has got to in one section.

    ``case``: conditions hold until the next case; ``cases``: a list of cases was announced, (i), (ii), …;
    ``case_line``: the line that heads one of them; ``listed``: one came right after another, so that what follows them
    may be about any.
    ``formulas``: the last two formulas that are one term or relation.
    ``scoped``, ``ranges`` and ``introduced`` hold for the sentence; ``doubtful``: it had a condition that may still
    hold; ``compared``: the comparisons that it claimed, from which the next may be concluded.
    """

    declared: Declared
    dimensions: Dimensions = field(default_factory=Dimensions)
    evidence: Evidence = field(default_factory=Evidence)
    assumed: dict[str, str] = field(default_factory=dict)
    fixed: dict[str, str] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    layout: str = ""
    layout_line: int | None = None
    last_side: Node | None = None
    last_chain: int = 0
    formulas: tuple[Node, ...] = ()
    scoped: list[Hypothesis] = field(default_factory=list)
    ranges: list[Meaning] = field(default_factory=list)
    introduced: list[Meaning] = field(default_factory=list)
    scope_used: bool = False
    doubtful: bool = False
    compared: list[Hypothesis] = field(default_factory=list)
    case: bool = False
    cases: bool = False
    case_line: int = 0
    listed: bool = False
    tagged: dict[str, tuple[Hypothesis, ...]] = field(default_factory=dict)
    stationary: list[Stationary] = field(default_factory=list)
    contexts: frozenset[tuple[int, str]] = frozenset()
    level: int = 0
    section: int = 0
    label: str = ""

    def inner(self, level: int) -> State:
        """The state at the start of a section inside this one."""
        declared = replace(
            self.declared,
            environment=self.declared.environment.inner(),
            hypotheses=list(self.declared.hypotheses),
            unread=dict(self.declared.unread),
            worded=dict(self.declared.worded),
        )
        return replace(
            self,
            declared=declared,
            dimensions=self.dimensions.copy(),
            assumed=dict(self.assumed),
            fixed=dict(self.fixed),
            seen=set(self.seen),
            last_side=None,
            formulas=(),
            scoped=[],
            ranges=[],
            introduced=[],
            tagged=dict(self.tagged),
            stationary=list(self.stationary),
            case=False,
            cases=False,
            listed=False,
            scope_used=False,
            doubtful=False,
            compared=[],
            level=level,
        )

    def among_cases(self) -> bool:
        """Whether it is not clear of which case of a list what follows is said."""
        return self.cases and (self.listed or not self.case)

    def environment(self) -> Environment:
        """What names mean here, with what the sentence quantifies over, and the ranges of indices of the formula."""
        environment = self.declared.environment
        for meaning in (*self.introduced, *self.ranges):
            environment = environment.extended(meaning)
        return environment

    def adopt_layout(self) -> None:
        """A layout that was declared is in force from here on."""
        if self.declared.layout and self.declared.layout != self.layout:
            self.layout, self.layout_line = self.declared.layout, None
