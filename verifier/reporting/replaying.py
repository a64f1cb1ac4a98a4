"""The claims of a report, checked from the report alone: certificates by the kernel, counterexamples by evaluation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from verifier.denying import confirm_denied
from verifier.derivation import Claim, Counterexample, Place, Verdict
from verifier.instantiation import confirm, instantiate
from verifier.judging import Options, judge_claim
from verifier.kernel.closure import ClaimError
from verifier.kernel.context import CertificateError
from verifier.kernel.polynomials import Unsupported
from verifier.kernel.sequents import Definition, Sequent
from verifier.kernel.serialization import sequent_from_data
from verifier.kernel.shapes import ShapeError
from verifier.kernel.terms import Term, TermError, free_indices, free_names, subterms
from verifier.kernel.theorems import Theorem, prove
from verifier.notation import latex
from verifier.reporting.json_report import counterexample_data, side_conditions
from verifier.reporting.typed import hypotheses_latex, typed
from verifier.sequences import denial

Plain = Any
CERTIFIED = (Verdict.PROVED, Verdict.CONDITIONAL, Verdict.OTHER_LAYOUT, Verdict.FOLLOWS, Verdict.CONFLICT)
REFUTING = (Verdict.REFUTED, Verdict.CONDITIONAL, Verdict.CONFLICT)
UNSEPARATED = (Verdict.PROVED, Verdict.GIVEN, Verdict.ASSUMED, Verdict.UNREFUTED, Verdict.FOLLOWS, Verdict.UNREAD)
DERIVATIVES = ("derivative", "gradient", "hessian")
NOT_CLOSED = (TermError, ShapeError, ClaimError, RecursionError)


class Replay:
    """The claims of one file. ``theorems`` and ``counterexamples`` are, by ids, what was replayed and evaluated.

    ``judging``: of claims that no document stands behind, models are looked for again, and refutations judged again.
    """

    def __init__(self, file: Plain, options: Mapping[str, Any], judging: bool) -> None:
        self.path, self.claims = file["path"], file["claims"]
        self.options = Options(samples=options["samples"], seed=options["seed"], trust=options["trust"])
        self.judging = judging
        self.by_id = {claim["id"]: claim for claim in self.claims}
        self.sequents: dict[str, Sequent] = {}
        self.theorems: dict[str, Theorem] = {}
        self.counterexamples: dict[str, Counterexample] = {}
        self.replayed = self.evaluated = 0

    def problems(self) -> Iterator[str]:
        """What is wrong, with the place of the claim in the document."""
        if len(self.by_id) < len(self.claims):
            yield f"{self.path}: two claims have one id"
        for claim in self.claims:
            where = f"{self.path}:{claim['line']}:{claim['column']} ({claim['id']})"
            yield from (f"{where}: {problem}" for problem in self._claim(claim))
        yield from (f"{self.path}: {problem}" for problem in self._cycles())

    def _claim(self, claim: Plain) -> Iterator[str]:
        try:
            sequent = sequent_from_data(claim["claim"]) if claim["claim"] is not None else None
        except NOT_CLOSED as error:
            yield f"the claim cannot be built: {error}"
            return
        if sequent is not None:
            self.sequents[claim["id"]] = sequent
        if claim["reading"] != (typed(sequent) if sequent is not None else ""):
            yield "the reading is not that of the claim"
        theorem, problem = self._theorem(claim, sequent)
        if problem:
            yield problem
            return
        if theorem is not None:
            self.theorems[claim["id"]] = theorem
        yield from _needs(claim)
        yield from self._proved(claim, sequent, theorem)
        yield from _listed(claim, sequent, theorem)
        yield from self._refuted(claim, sequent)
        if self.judging:
            yield from self._judged(claim, sequent, theorem)

    # certificates

    def _theorem(self, claim: Plain, sequent: Sequent | None) -> tuple[Theorem | None, str]:
        certificate = claim["certificate"]
        if certificate is None:
            return None, ""
        self.replayed += 1
        if "of" in certificate:
            return _replayed(certificate.get("proof"), lambda: sequent_from_data(certificate["of"]))
        if sequent is None:
            return None, "a certificate without a claim"
        return _replayed(certificate, lambda: sequent)

    def _proved(self, claim: Plain, sequent: Sequent | None, theorem: Theorem | None) -> Iterator[str]:
        """The theorem is the claim, or the claim under what the verdict names."""
        if theorem is None:
            return
        proved = theorem.sequent
        if claim["verdict"] == Verdict.OTHER_LAYOUT:
            yield from _other_layout(sequent, proved)
            return
        if sequent is None or proved.conclusion != sequent.conclusion or proved.definitions != sequent.definitions:
            yield "the certificate is of another claim"
            return
        lemmas = dict(self._lemmas(claim, sequent))
        sizes = {*sequent.dimensions, *(form for lemma in lemmas.values() for form in lemma.dimensions)}
        if proved.indices != sequent.indices or not sizes.issuperset(proved.dimensions):
            yield "the certificate is of a claim with other indices or dimensions"
        extra = [hypothesis for hypothesis in proved.hypotheses if hypothesis not in sequent.hypotheses]
        if claim["verdict"] == Verdict.CONDITIONAL:
            if [latex(hypothesis) for hypothesis in extra] != [claim["reason"]]:
                yield "the certificate needs another hypothesis than the one that is named"
            return
        for hypothesis in extra:
            if hypothesis not in lemmas:
                yield f"the certificate uses what is neither a hypothesis nor a cited claim: {latex(hypothesis)}"
        yield from self._cited(claim, sequent, [lemmas[h] for h in extra if h in lemmas])

    def _lemmas(self, claim: Plain, sequent: Sequent) -> Iterator[tuple[Term, Sequent]]:
        """The claims that a claim rests on, for all values of their indices."""
        for name in claim["rests_on"]:
            if name in self.sequents and self.sequents[name].definitions == sequent.definitions:
                yield closed(self.sequents[name]), self.sequents[name]

    def _cited(self, claim: Plain, sequent: Sequent, lemmas: list[Sequent]) -> Iterator[str]:
        """What is proved, or assumed, rests on what is proved (or assumed) under no more than its own hypotheses."""
        verdict = claim["verdict"]
        if verdict not in (Verdict.PROVED, Verdict.ASSUMED):
            return
        for lemma in lemmas:
            for hypothesis in lemma.hypotheses:
                if hypothesis not in sequent.hypotheses:
                    yield f"a cited claim holds under a hypothesis that is none here: {latex(hypothesis)}"
            if not set(sequent.dimensions).issuperset(lemma.dimensions):
                yield "a cited claim holds for other dimensions"
        for name in claim["rests_on"] if verdict == Verdict.PROVED else ():
            other = self.by_id[name]["verdict"] if name in self.by_id else "not there"
            if other != Verdict.PROVED:
                yield f"proved, but resting on {name}, which is {other}"

    # counterexamples

    def _refuted(self, claim: Plain, sequent: Sequent | None) -> Iterator[str]:
        shown = claim["counterexample"]
        if shown is None:
            return
        if sequent is None:
            yield "a counterexample without a claim"
            return
        self.evaluated += 1
        counterexample, problem = _with_negation(shown, sequent)
        if problem:
            yield problem
            return
        how = confirm if counterexample.negation is None else confirm_denied
        found = how(sequent, counterexample)
        if found is None:
            yield "the counterexample does not hold: a hypothesis fails there, or the claim does not"
            return
        self.counterexamples[claim["id"]] = found
        evaluated = counterexample_data(found)
        for key in ("left", "right", "values", "laws", "dimensions"):
            if evaluated[key] != shown[key]:
                yield f"the counterexample shows {key} {_short(shown[key])}, evaluated {_short(evaluated[key])}"

    # without the document

    def _judged(self, claim: Plain, sequent: Sequent | None, theorem: Theorem | None) -> Iterator[str]:
        verdict = Verdict(claim["verdict"])
        if verdict is Verdict.PROVED and theorem is not None and not has_model(theorem, self.options):
            yield "proved, but no model of its hypotheses and side conditions was found"
        if sequent is None or verdict not in (Verdict.REFUTED, Verdict.UNREFUTED):
            return
        whole = claim["id"].endswith("-whole")
        again = judge_claim(Claim(claim["id"], Place(1, 1, 1, 1), sequent=sequent, whole_chain=whole), self.options)
        if verdict is Verdict.UNREFUTED and again.counterexample is not None:
            yield "unrefuted, but there is a counterexample"
        if verdict is Verdict.REFUTED and again.verdict is Verdict.CONDITIONAL:
            yield f"refuted, but conditional: it is proved under {again.reason}"
        suggestion = again.suggestion.right if again.suggestion else None
        stated = claim["suggestion"]["right"] if claim["suggestion"] else None
        if verdict is Verdict.REFUTED and suggestion != stated:
            yield f"suggested is {_short(stated)}, found {_short(suggestion)}"

    # citations

    def _cycles(self) -> Iterator[str]:
        done: set[str] = set()
        for start in self.by_id:
            path: list[str] = []
            waiting: list[tuple[str, bool]] = [(start, False)]
            while waiting:
                name, left = waiting.pop()
                if left:
                    path.remove(name)
                    done.add(name)
                elif name in path:
                    yield f"the citations go round in a circle: {' → '.join((*path[path.index(name) :], name))}"
                    return
                elif name not in done:
                    if name not in self.by_id:
                        yield f"a claim rests on {name}, which is not there"
                        done.add(name)
                        continue
                    path.append(name)
                    waiting.append((name, True))
                    waiting += [(other, False) for other in self.by_id[name]["rests_on"]]


def closed(sequent: Sequent) -> Term:
    """The conclusion of a claim, for all values of its indices."""
    conclusion = sequent.conclusion
    for name, (low, high) in reversed(sequent.indices):
        if name in free_indices(conclusion):
            conclusion = Term("for_all", (conclusion,), (name, low, high))
    return conclusion


def has_model(theorem: Theorem, options: Options) -> bool:
    """Whether the proof is not vacuous: some model satisfies the hypotheses and side conditions, if there are any."""
    premises = (*theorem.sequent.hypotheses, *theorem.side_conditions)
    if not premises:
        return True
    sequent = replace(theorem.sequent, hypotheses=premises)
    return instantiate(sequent, seed=options.seed, samples=options.samples).evidence.model_found


def counterexample_of(shown: Plain, sequent: Sequent) -> Counterexample:
    """The counterexample that a report shows; indices stand among the dimensions there."""
    indices = {name for name, _ in sequent.indices}
    return Counterexample(
        dimensions={name: value for name, value in shown["dimensions"].items() if name not in indices},
        values=shown["values"],
        left=shown["left"],
        right=shown["right"],
        functions=shown["laws"],
        indices={name: value for name, value in shown["dimensions"].items() if name in indices},
    )


def _with_negation(shown: Plain, sequent: Sequent) -> tuple[Counterexample, str]:
    """The counterexample with the theorem that the claim fails in it, if the report shows one, or what is wrong."""
    counterexample = counterexample_of(shown, sequent)
    if "negation" not in shown:
        return counterexample, ""
    theorem, problem = _replayed(shown["negation"], lambda: denial(sequent, counterexample))
    return replace(counterexample, negation=theorem), problem


def _replayed(certificate: Plain, claim: Callable[[], Sequent]) -> tuple[Theorem | None, str]:
    """The theorem that a certificate shows of a claim, or why the kernel rejects it."""
    try:
        return prove(claim(), certificate), ""
    except (CertificateError, Unsupported, *NOT_CLOSED) as error:
        deep = isinstance(error, RecursionError)
        return None, f"the kernel rejects the certificate: {'it nests too deeply' if deep else error}"
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        return None, f"the kernel rejects the certificate: it is malformed ({type(error).__name__}: {error})"


# one claim


def _other_layout(sequent: Sequent | None, proved: Sequent) -> Iterator[str]:
    """What can be seen without the text: that the theorem is about derivatives of the same symbols, as the claim is."""
    if not any(part.head in DERIVATIVES for part in _parts(proved)):
        yield "the certificate is of a claim without a derivative, which has no layout"
    if sequent is None:
        return
    if not set(proved.hypotheses) <= set(sequent.hypotheses) or proved.definitions != sequent.definitions:
        yield "the certificate is of a claim under other hypotheses or definitions"
    if free_names(proved.conclusion) != free_names(sequent.conclusion) or proved.conclusion == sequent.conclusion:
        yield "the certificate is not of the claim in another layout"


def _parts(sequent: Sequent) -> Iterator[Term]:
    definitions: tuple[Definition, ...] = sequent.definitions
    for statement in (sequent.conclusion, *(d.body for d in definitions)):
        yield from subterms(statement)


def _needs(claim: Plain) -> Iterator[str]:
    """What a verdict has to come with, and what it cannot come with."""
    verdict = Verdict(claim["verdict"])
    if verdict in CERTIFIED and claim["certificate"] is None:
        yield f"{verdict} without a certificate"
    needs_values = verdict in REFUTING or (verdict is Verdict.OTHER_LAYOUT and claim["claim"] is not None)
    if needs_values and claim["counterexample"] is None:
        yield f"{verdict} without a counterexample"
    if verdict in UNSEPARATED and claim["counterexample"] is not None:
        yield f"{verdict} with a counterexample"
    if verdict is Verdict.REFUTED and claim["certificate"] is not None:
        yield "refuted with a certificate"
    if verdict is not Verdict.REFUTED and claim["suggestion"] is not None:
        yield f"{verdict} with a suggestion"
    if verdict is Verdict.FOLLOWS and not claim["rests_on"]:
        yield "follows, but from nothing"
    if verdict is Verdict.CONFLICT:
        yield "a proof and a counterexample stand against each other: a fault of verifier"


def _listed(claim: Plain, sequent: Sequent | None, theorem: Theorem | None) -> Iterator[str]:
    """What is listed for people to read is what the kernel says."""
    if claim["axioms"] != list(theorem.axioms if theorem else ()) or claim["oracles"]:
        yield "the axioms and oracles that are listed are not those of the certificate"
    if claim["side_conditions"] != list(side_conditions(theorem)):
        yield "the side conditions that are listed are not those of the certificate"
    known = hypotheses_latex(sequent) if sequent is not None else []
    own = theorem is not None and theorem.sequent == sequent
    used = [latex(h) for h in theorem.hypotheses] if theorem is not None and own else known[: _count(sequent)]
    listed = [item["statement"] for item in claim["hypotheses"]]
    if listed != [*used, *known[_count(sequent) :]]:
        yield "the hypotheses that are listed are not those of the claim"
    constrained = sequent is not None and bool(sequent.hypotheses or (theorem and theorem.side_conditions))
    if claim["verdict"] == Verdict.PROVED and constrained and not claim["evidence"]["models"]:
        yield "proved under hypotheses of which no model was found"


def _count(sequent: Sequent | None) -> int:
    return len(sequent.hypotheses) if sequent is not None else 0


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…"
