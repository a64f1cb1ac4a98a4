"""Checking from Python: a text, a file, a statement, the library of identities. Nothing is kept between calls."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import perf_counter

from verifier.derivation import Claim, Derivation, Diagnostic, Judgement, Place, Verdict
from verifier.identity import Identity
from verifier.judging import Options, judge, judge_claim
from verifier.kernel.sequents import Definition
from verifier.language import Chain, Statement
from verifier.notation import latex
from verifier.reading import Context, Document, context_of, load, read, read_document
from verifier.reporting.instructions import Instructions, Source
from verifier.reporting.report import FileReport, Report, file_report

Texts = str | Path | Iterable[str | Path]
Progress = Callable[[int, int], None]
TRUSTS = ("all", "context")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a check is told beside the document."""

    given: tuple[str, ...] = ()
    contexts: tuple[Context, ...] = ()
    options: Options = field(default_factory=Options)
    preamble: Source | None = None
    timings: bool = False

    @property
    def macros(self) -> str | None:
        """The text of the preamble."""
        return None if self.preamble is None else self.preamble.text

    def instructions(self, library: Iterable[str] | None = None) -> Instructions:
        """The settings as they stand in a report."""
        contexts = tuple(Source(context.document.path, context.document.original) for context in self.contexts)
        names = None if library is None else tuple(library)
        options = self.options
        return Instructions(self.given, contexts, self.preamble, options.samples, options.seed, options.trust, names)


def settings(given: Texts = (), context: Texts = (), samples: int = 6, seed: int = 0, trust: str = "all") -> Settings:
    """Settings from the arguments of ``check``. Raises ValueError for numbers and words that mean nothing."""
    if samples < 1:
        raise ValueError(f"samples: found {samples}, expected at least 1")
    if trust not in TRUSTS:
        raise ValueError(f"trust: found {trust!r}, expected one of {', '.join(TRUSTS)}")
    contexts = tuple(context_of(_context(item)) for item in _items(context))
    return Settings(tuple(map(str, _items(given))), contexts, Options(samples, seed, trust))


def _items(items: Texts) -> tuple[str | Path, ...]:
    return (items,) if isinstance(items, (str, Path)) else tuple(items)


def _context(item: str | Path) -> Document:
    return load(item) if isinstance(item, Path) else read_document(item, "<context>")


def check(
    text: str,
    *,
    syntax: str = "auto",
    given: Texts = (),
    context: Texts = (),
    samples: int = 6,
    seed: int = 0,
    trust: str = "all",
    path: str = "<text>",
) -> Report:
    """Every claim of a text, judged.

    ``syntax`` is "markdown", "tex", "plain", "notebook" or "auto". ``given`` are declarations, one a string;
    ``context`` are texts of context files, or Paths of them. ``path`` is what the report calls the text.
    Raises DocumentError if the text is too large, or no notebook; ValueError for options that mean nothing.
    """
    told = settings(given, context, samples, seed, trust)
    return Report((check_document(read_document(text, path, syntax), told),), told.instructions())


def check_file(
    path: str | Path,
    *,
    syntax: str = "auto",
    given: Texts = (),
    context: Texts = (),
    samples: int = 6,
    seed: int = 0,
    trust: str = "all",
) -> Report:
    """Every claim of a file, judged; the suffix decides the syntax unless it is named.

    Raises DocumentError if the file cannot be opened, decoded, or is too large.
    """
    told = settings(given, context, samples, seed, trust)
    return Report((check_document(load(path, syntax), told),), told.instructions())


def check_document(document: Document, told: Settings, progress: Progress | None = None) -> FileReport:
    """A document, read and judged."""
    start = perf_counter()
    derivation = read(document, told.contexts, told.given)
    judgements = judged(derivation, told, progress)
    seconds = perf_counter() - start if told.timings else 0.0
    return file_report(derivation, judgements, document.original, document.syntax, seconds)


def judged(derivation: Derivation, told: Settings, progress: Progress | None = None) -> tuple[Judgement, ...]:
    """The judgements of a derivation; with ``timings``, each with the seconds that it took.

    A claim at which the checker fails does not keep others from being judged: it is in ``conflict``, our fault.
    """
    judgements: list[Judgement] = []
    for number, claim in enumerate(derivation.claims):
        if progress is not None:
            progress(number, len(derivation.claims))
        start = perf_counter()
        judgement = _judged(claim, told.options, judgements)
        seconds = perf_counter() - start if told.timings else 0.0
        judgements.append(replace(judgement, seconds=seconds))
    return tuple(judgements)


def _judged(claim: Claim, options: Options, earlier: Sequence[Judgement]) -> Judgement:
    try:
        return judge_claim(claim, options, earlier)
    except Exception as error:  # whatever it is, it is a fault of ours, and of this claim alone
        message = f"the checker failed: {type(error).__name__}: {error}"
        help_text = "please report this with the file that was written"
        fault = Diagnostic("internal-error", message, claim.place, help_text)
        return Judgement(claim, Verdict.CONFLICT, message, diagnostics=(fault,))


# statements


def check_statement(
    statement: Statement | Chain | Identity,
    *,
    given: Statement | Iterable[Statement] = (),
    definitions: Iterable[Definition] = (),
    samples: int = 6,
    seed: int = 0,
) -> Judgement | tuple[Judgement, ...]:
    """A statement written in Python, judged; of a chain, or an identity with one, every step.

    ``given`` are hypotheses. Raises ClaimError where the claim is not closed.
    """
    premises = (given,) if isinstance(given, Statement) else tuple(given)
    if isinstance(statement, Identity):
        identity = replace(statement, given=(*statement.given, *premises))
    else:
        identity = Identity(statement, premises, tuple(definitions))
    derivation = Derivation("<statement>", "", claims=claims_of(identity, Place(1, 1, 1, 1)))
    judgements = judge(derivation, Options(samples, seed))
    return judgements if isinstance(identity.statement, Chain) else judgements[0]


def claims_of(
    identity: Identity, place: Place, first: int = 1, label: str = "", whole: bool = False
) -> tuple[Claim, ...]:
    """The steps of an identity as claims numbered from ``first``; with ``whole``, its whole chain after them."""
    sequents = [(sequent, False) for sequent in identity.steps()]
    if whole and len(sequents) > 1:
        sequents.append((identity.whole(), True))
    claims = []
    for number, (sequent, is_whole) in enumerate(sequents, first):
        conclusion = sequent.conclusion
        sides = [latex(arg) for arg in conclusion.args] if conclusion.head == "equal" else [latex(conclusion), ""]
        relation = "=" if conclusion.head == "equal" else ""
        claim = Claim(f"c{number}", place, sequent=sequent, label=label, chain=first, whole_chain=is_whole)
        claims.append(replace(claim, left=sides[0], relation=relation, right=sides[1]))
    return tuple(claims)
