"""The claims of a derivation as they are recorded: who said what, where, as written and as understood."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from verifier.derivation import Claim, Diagnostic, Hypothesis, Later, Role
from verifier.kernel.closure import ClaimError
from verifier.kernel.functions import FUNCTIONS
from verifier.kernel.heads import TermError
from verifier.kernel.linear import variable
from verifier.kernel.sequents import Sequent
from verifier.kernel.shapes import ShapeError
from verifier.kernel.terms import OPTIMUM, Term, bound_symbols, free_names, subterms
from verifier.reading.arrays import UNDEFINED
from verifier.reading.blocks import Formula
from verifier.reading.chance_in_words import left_to_words
from verifier.reading.claims import Facts, point_of_optimum, sequent_of
from verifier.reading.environment import flexible_atoms
from verifier.reading.inference import Reading
from verifier.reading.parts import source_of
from verifier.reading.state import Progress, State
from verifier.reading.syntax import Node, relations
from verifier.reading.tokens import ReadingError

NAMED = frozenset(FUNCTIONS)
"""Functions of the table: that nobody declares them leaves nothing open."""


@dataclass(frozen=True, slots=True)
class Written:
    """A step as it is written: ``left sign right``, in a chain; ``whole`` when it joins a chain's ends."""

    left: Node
    sign: str = ""
    right: Node | None = None
    chain: int = 0
    whole: bool = False

    @property
    def end(self) -> int:
        """Where it ends in the source."""
        return self.right.end if self.right is not None else self.left.end


def step_of(node: Node, k: int, chain: int) -> Written:
    """Step k of a chain."""
    return Written(node.parts[k], relations(node)[k], node.parts[k + 1], chain)


class Recorder:
    """Records what one formula says, as claims of the derivation."""

    def __init__(
        self, progress: Progress, state: State, formula: Formula, *, label: str, mark: str, premise: int | None
    ) -> None:
        self.progress, self.state, self.formula = progress, state, formula
        self.label, self.mark, self.premise = label, mark, premise
        self.doubtful = state.doubtful or progress.sentence.condition_in_words()

    def given(self, node: Node, role: Role, chain: int = 0) -> None:
        """What is used, not judged."""
        self._add(Written(node, chain=chain), role)

    def said(self, written: Written, role: Role) -> None:
        """A definition or condition, as written."""
        self._add(written, role)

    def step(self, written: Written, reading: Reading, others: Iterable[Reading], k: int) -> None:
        """Step k of a reading: a claim, or why there is none."""
        step = reading.steps[k] if k < len(reading.steps) else None
        if step is not None:
            self.claim(written, step, reading, self._in_other_layout(others, k))
            return
        problem = reading.problems[k] if k < len(reading.problems) else None
        error = problem or ReadingError(
            "not understood", written.left.start, written.end, "declarations of its symbols"
        )
        self.problem(written, code_of(error, reading), error, Role.CLAIM, self._in_other_layout(others, k))

    def claim(self, written: Written, step: Term, reading: Reading, other: Later | None = None) -> None:
        """A claim under what is in force."""
        try:
            sequent, hypotheses = sequent_of(step, reading.indices, self.facts(reading))
        except (ClaimError, ShapeError, TermError) as error:
            self.problem(written, code_of(error, reading), error, Role.CLAIM)
            return
        names = _names(sequent)
        bound = frozenset(n for s in (step, *sequent.hypotheses) for p in subterms(s) for n in bound_symbols(p))
        constraint = self._constraint_beside(bound)
        if constraint is not None:
            message = (
                f"{', '.join(sorted(bound))} varies in an optimum, and line {constraint.line} says something of it"
            )
            expected = "s.t. and what is said as a constraint, or another letter"
            beside = ReadingError(message, written.left.start, written.end, expected)
            self.problem(written, "unread", beside, Role.CLAIM)
            return
        if bound and (self.doubtful or not bound.isdisjoint(self.state.declared.worded)):
            message = f"{', '.join(sorted(bound))} varies in an optimum, and a condition beside it is not understood"
            beside = ReadingError(message, written.left.start, written.end, "s.t. and a relation, if it constrains")
            self.problem(written, "unread", beside, Role.CLAIM)
            return
        taken = sorted(_captured(sequent, bound))
        if taken:
            message = f"{taken[0]} varies in an optimum, and a function in it depends on another {taken[0]}"
            beside = ReadingError(message, written.left.start, written.end, "another letter for the variable")
            self.problem(written, "unread", beside, Role.CLAIM)
            return
        unread = sorted((names | bound) & self.state.declared.unread.keys())
        if unread:
            line = self.state.declared.unread[unread[0]]
            where = "" if line is None else f" in line {line}"
            message = f"what is said of {unread[0].removesuffix('^()').rstrip('_')}{where} is not understood"
            self.problem(
                written,
                "unread",
                ReadingError(
                    message,
                    written.left.start,
                    written.end,
                    "",
                ),
                Role.CLAIM,
            )
            return
        premises = {name for h in sequent.hypotheses for name in free_names(h)}
        open_names = reading.undeclared | {UNDEFINED} | self._left_open(sequent)
        assumed = (n for n in open_names if n in names | premises or reading.kinds.get(n) == "identity")
        undeclared = tuple(sorted([*assumed, *_open_ranges(step, reading)]))
        said = {*names, *left_to_words(sequent)}
        worded = [line for name, line in self.state.declared.worded.items() if name in said | bound]
        self._add(
            written,
            Role.CLAIM,
            premise=worded[0] if worded else None,
            sequent=sequent,
            hypotheses=hypotheses,
            undeclared=undeclared,
            other_layout=other,
            within_optima=self._within_optima(step, reading, names),
        )

    def _within_optima(self, step: Term, reading: Reading, names: frozenset[str]) -> Later | None:
        """The claim with what is said of optimal points that it does not speak of; None if nothing is."""
        facts = self.facts(reading)
        points = {point_of_optimum(h.statement) for h in facts.hypotheses} - {None}
        if points <= names:
            return None

        def closed() -> Sequent | None:
            try:
                return sequent_of(step, reading.indices, facts, within_optima=True)[0]
            except (ClaimError, ShapeError, TermError):
                return None

        return Later(closed)

    def _constraint_beside(self, bound: frozenset[str]) -> Hypothesis | None:
        """What is said of a symbol that an optimum binds, and may be meant as a constraint.

        That a derivative by it vanishes is none, nor is it that it is such an optimum itself.
        """
        exempt = [condition for _, condition in self.state.stationary]
        for hypothesis in (*self.state.declared.hypotheses, *self.state.scoped) if bound else ():
            said = hypothesis.statement
            solves = said.head == "equal" and any(arg.head == OPTIMUM for arg in said.args)
            if not solves and hypothesis not in exempt and not bound.isdisjoint(free_names(said)):
                return hypothesis
        return None

    def _left_open(self, sequent: Sequent) -> set[str]:
        """The symbols in definitions and hypotheses that nobody declared: what these say is not known either.

        With ŷ = …, the left side is what it is said to be.
        """
        environment = self.state.environment()
        given = {h.args[0].data[0] for h in sequent.hypotheses if h.head == "equal" and h.args[0].head == "symbol"}
        said = {name for hypothesis in sequent.hypotheses for name in free_names(hypothesis)} - NAMED - given
        found = {name for name in said if environment.find(name) is None}
        for definition in sequent.definitions:
            parameters = {parameter.data[0] for parameter in definition.parameters}
            names = free_names(definition.body) - parameters - NAMED
            found |= {name for name in names if environment.find(name) is None}
        return found

    def problem(self, written: Written, code: str, error: Exception, role: Role, other: Later | None = None) -> None:
        """What is not understood, or ill-typed, with the place that is at fault."""
        start, end = getattr(error, "start", None), getattr(error, "end", None)
        if start is None or end is None or not self.formula.start <= start <= self.formula.end:
            start, end = written.left.start, written.end
        message = str(getattr(error, "message", error))
        help_text = expectation(error) if isinstance(error, ReadingError) else ""
        place = self.progress.document.place(start, max(end, start))
        self._add(written, role, other_layout=other, problem=Diagnostic(code, message, place, help_text))

    def facts(self, reading: Reading) -> Facts:
        """The hypotheses and declarations in force."""
        hypotheses = (*self.state.declared.hypotheses, *self.state.scoped)
        if self.state.scoped:
            self.state.scope_used = True
        return Facts(self.state.environment(), hypotheses, reading.dimensions)

    def _in_other_layout(self, others: Iterable[Reading], k: int) -> Later | None:
        """Step k in another layout, under what is in force now, to be read when it is asked for."""
        if isinstance(others, tuple):
            return None
        environment = self.state.environment()
        hypotheses = (*self.state.declared.hypotheses, *self.state.scoped)

        def read() -> Sequent | None:
            for other in others:
                step = other.steps[k] if k < len(other.steps) else None
                if step is not None and other.derivatives:
                    try:
                        return sequent_of(step, other.indices, Facts(environment, hypotheses, other.dimensions))[0]
                    except (ClaimError, ShapeError, TermError):
                        continue
            return None

        return Later(read)

    def _add(
        self,
        written: Written,
        role: Role,
        *,
        premise: int | None = None,
        sequent: Sequent | None = None,
        hypotheses: tuple[Hypothesis, ...] = (),
        undeclared: tuple[str, ...] = (),
        other_layout: Later | None = None,
        within_optima: Later | None = None,
        problem: Diagnostic | None = None,
    ) -> None:
        left, right = written.left, written.right
        start = left.start if right is None or self.formula.start <= left.start <= self.formula.end else right.start
        self.progress.claims.append(
            Claim(
                f"c{next(self.progress.numbers)}",
                self.progress.document.place(start, max(written.end, start)),
                role,
                sequent,
                hypotheses,
                self.state.section,
                self.label,
                written.chain,
                written.whole,
                self._text(left),
                written.sign,
                self._text(right) if right is not None else "",
                self.mark,
                problem,
                undeclared=undeclared,
                other_layout=other_layout,
                layout_inferred=self.state.layout_line is not None or not self.state.layout,
                unread_premise=self.premise if self.premise is not None else premise,
                within_optima=within_optima,
            )
        )

    def _text(self, node: Node) -> str:
        return source_of(node, self.progress.document.source)


def _captured(sequent: Sequent, bound: frozenset[str]) -> frozenset[str]:
    """The bound symbols that the body of a function speaks of, other than as its parameters."""
    functions = (definition for definition in sequent.definitions if definition.parameters)
    bodies = (free_names(d.body) - {str(parameter.data[0]) for parameter in d.parameters} for d in functions)
    return bound & frozenset().union(*bodies)


def expectation(error: ReadingError) -> str:
    """What was expected where reading stopped, as help."""
    return f"expected {error.expected}" if error.expected and "expected" not in error.message else ""


def code_of(error: Exception, reading: Reading) -> str:
    """A clash of shapes is an error of the author only if every symbol's shape is declared."""
    return "ill-typed" if isinstance(error, ShapeError) and not reading.undeclared else "unread"


def _open_ranges(step: Term, reading: Reading) -> Iterator[str]:
    """Indices of Σ or Π whose range nothing says, and vectors of ones and zeros whose size nothing says."""
    atoms = {a for form in flexible_atoms(step) for a, _ in reading.dimensions.resolve(variable(form))}
    for name in sorted({str(a).removeprefix("?#").split("@")[0] for a in atoms if str(a).startswith("?#")}):
        yield f"the range of {name}"
    if any(str(a).startswith("?ones@") for a in atoms):
        yield "the size of the vector of ones"


def _names(sequent: Sequent) -> frozenset[str]:
    names = set(free_names(sequent.conclusion))
    for definition in sequent.definitions:
        names |= free_names(definition.body) - {p.data[0] for p in definition.parameters}
    names |= {str(d) for part in subterms(sequent.conclusion) if part.head == "index" for d, _ in part.data[0]}
    return frozenset(names)
