"""What has been declared, and how a symbol is entered into it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from verifier.derivation import Diagnostic, Hypothesis, Origin, Place
from verifier.kernel.linear import Linear, constant
from verifier.kernel.terms import Term
from verifier.reading.elaboration import Elaboration
from verifier.reading.environment import Environment, Meaning
from verifier.reading.evidence import Evidence
from verifier.reading.grammar_of_terms import elaboration
from verifier.reading.marks import base_and_marks, composite_name, index_nodes, plain_name, rendered
from verifier.reading.syntax import EMPTY, Node
from verifier.reading.targets import is_index_letter, is_label
from verifier.reading.tokens import MacroLike, ReadingError


@dataclass
class Declared:
    """What has been declared so far: the environment, hypotheses, a layout, and what was not understood.

    ``unread`` holds the names of which something was said that was not understood, with the line; ``worded`` those that
    words describe which may be a premise. ``evidence`` is how names are used in the section.
    """

    environment: Environment
    hypotheses: list[Hypothesis] = field(default_factory=list)
    layout: str = ""
    problems: list[Diagnostic] = field(default_factory=list)
    unread: dict[str, int | None] = field(default_factory=dict)
    worded: dict[str, int] = field(default_factory=dict)
    evidence: Evidence = field(default_factory=Evidence)


@dataclass(frozen=True)
class Entering:
    """Enters symbols and hypotheses of one origin; ``place`` makes places of offsets."""

    origin: Origin
    source: str
    macros: dict[str, MacroLike]
    place: Callable[[int, int], Place | None]
    line: Callable[[int], int | None]

    def declare(self, into: Declared, node: Node, meaning: Meaning) -> None:
        """A symbol, or a member of a family (x_i ∈ R^n), of a kind and shape."""
        base, marks = base_and_marks(node)
        stem = composite_name(node) or plain_name(base)
        if stem is None:
            raise ReadingError("this is no symbol", node.start, node.end, "a letter, perhaps with an accent or index")
        indices: tuple[tuple[Linear, Linear | None], ...] = ()
        name = stem + marks.star + "'" * marks.primes
        if marks.iteration is not EMPTY and not is_label(marks.iteration):
            name, indices = f"{name}^()", ((constant(0), None),)
        elif marks.iteration is not EMPTY:
            name = f"{name}^({rendered(marks.iteration)})"
        if marks.subscript is not EMPTY:
            letters = index_nodes(marks.subscript)
            if letters and all(is_index_letter(into.environment, x) for x in letters):
                indices += tuple(self._index_range(into, x) for x in letters)
                name = name if name.endswith("^()") else f"{name}_"
            else:
                name = f"{name}_{rendered(marks.subscript)}"
        self.enter(
            into, replace(meaning, name=name, indices=indices, origin=self.origin, line=self.line(node.start)), node
        )

    def _index_range(self, into: Declared, node: Node) -> tuple[Linear, Linear | None]:
        meaning = into.environment.find(node.text)
        if meaning is not None and meaning.range is not None:
            return meaning.range
        return (constant(0), None)

    def note(self, into: Declared, proposition: Term, node: Node) -> None:
        """A hypothesis."""
        into.hypotheses.append(Hypothesis(proposition, self.origin, self.line(node.start)))

    def reader(self, into: Declared) -> Elaboration:
        """What reads terms of declarations."""
        return elaboration(into.environment, source=self.source)

    def enter(self, into: Declared, meaning: Meaning, node: Node) -> None:
        """A meaning; one that contradicts another of the same origin and level is reported."""
        known = into.environment.find(meaning.name)
        if known is not None and known.origin is Origin.CONTEXT and meaning.origin is not Origin.CONTEXT:
            return
        before = into.environment.meanings.get(meaning.name)
        clash = before is not None and (before.kind, before.shape) != (meaning.kind, meaning.shape)
        if before is not None and clash and before.line is not None and before.origin is meaning.origin:
            place = self.place(node.start, node.end)
            message = (
                f"{meaning.name} is declared as {_kind(before)} in line {before.line} and as {_kind(meaning)} here"
            )
            help_text = "remove one of the two, or put them under different headings"
            into.problems.append(Diagnostic("declared-twice", message, place, help_text))
            return
        into.environment = into.environment.extended(meaning)


def _kind(meaning: Meaning) -> str:
    return f"a {meaning.kind} of {meaning.shape}" if meaning.kind == "symbol" else f"a {meaning.kind}"
