"""Every edit of a report that bears on what it says is noticed: beside its document, and as far as possible without."""

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from verifier.derivation import Verdict
from verifier.kernel.serialization import sequent_from_data
from verifier.notation import latex
from verifier.reporting.checking import check_file
from verifier.reporting.json_report import to_json
from verifier.reporting.recheck import recheck
from verifier.reporting.rereading import Again, Sources
from verifier.reporting.schema import problems, report_schema

Plain = Any
Tamper = Callable[[Plain], None]
DOCUMENT = r"""# S

```given
a, b, c \in \mathbb{R}
x \in \mathbb{R}^n
A \in \mathbb{R}^{n \times n}
f : \mathbb{R} \to \mathbb{R}
layout: numerator
```

$$(a+b)^2 = a^2 + 2ab + b^2$$

$$(a+b)^2 = a^2 + b^2$$

$$a (b + c) = a b - a c$$

$$\frac{a^2-b^2}{a-b} = a+b$$

$$x^T A = (A x)^T$$

$$\frac{\partial}{\partial x} x^T x = 2 x$$

$$|a+b| \le |a| + |b|$$

$$\|x\|_1 \ge 0$$

Define $L(x) := x^T x$. Then $L(x) = \|x\|^2$.

$$f(a) = f(b)$$

$$x + A = A$$

$$q = r + s$$

$$x^T x = ($$

<!-- verifier: assume -->
$$\|x + x\| \le 2 \|x\|$$

$$x_i^2 = x_i = a$$

# T

```given
c \in \mathbb{R}
c = 1
```

$$c^2 = 1$$

# U

```given
c \in \mathbb{R}
c > 0
c < 0
```

$$c = c + 0$$

# V

```given
c \in \mathbb{R}
```

$$c^2 = 1$$
"""
CONTEXT = "```given\nb \\in \\mathbb{R}\nb > 0\n```\n"
GIVEN = "t \\in \\mathbb{R}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    (folder / "d.md").write_text(DOCUMENT)
    (folder / "context.md").write_text(CONTEXT)
    return folder


@pytest.fixture(scope="module")
def honest(folder: Path) -> str:
    report = check_file(folder / "d.md", given=GIVEN, context=[folder / "context.md"])
    return to_json(report).replace(f"{folder}/", "")


@pytest.fixture(autouse=True)
def read_once(monkeypatch: pytest.MonkeyPatch, again: dict[str, Again]) -> None:
    """The document is read once for the same options."""
    read = Sources.again

    def cached(sources: Sources, number: int) -> Again:
        file = sources.report["files"][number]
        key = json.dumps([sources.options, file["path"], file["sha256"]])
        if key not in again:
            again[key] = read(sources, number)
        return again[key]

    monkeypatch.setattr(Sources, "again", cached)


@pytest.fixture(scope="module")
def again() -> dict[str, Again]:
    return {}


def noticed(report: Plain, folder: Path) -> bool:
    return any(problems(report, report_schema())) or recheck(report, folder).exit_status != 0


def test_the_honest_report_is_accepted(honest: str, folder: Path) -> None:
    report = json.loads(honest)
    verdicts = {claim["verdict"] for claim in report["files"][0]["claims"]}
    assert verdicts == {str(v) for v in Verdict} - {"follows", "conflict"}
    found = recheck(report, folder)
    assert (found.problems, found.uncompared) == ((), ())
    assert found.told == f"--given {GIVEN!r} --context context.md"
    (folder / "empty").mkdir(exist_ok=True)
    report["files"][0]["path"] = "elsewhere.md"
    found = recheck(report, folder / "empty")
    assert (found.problems, found.exit_status) == ((), 3)


# what an attacker did


def of(report: Plain, left: str, right: str, last: bool = False) -> Plain:
    found = [c for f in report["files"] for c in f["claims"] if (c["left"], c["right"]) == (left, right)]
    return found[-1] if last else found[0]


def proved(report: Plain) -> Plain:
    return of(report, "(a+b)^2", "a^2 + 2ab + b^2")


def refuted(report: Plain) -> Plain:
    return of(report, "(a+b)^2", "a^2 + b^2")


def relabelled(verdict: str, **kept: object) -> Tamper:
    def tamper(report: Plain) -> None:
        refuted(report).update(verdict=verdict, counterexample=None, suggestion=None, reason="", **kept)

    return tamper


def cite_under_other_hypotheses(report: Plain) -> None:
    lemma, claim = of(report, "c^2", "1"), of(report, "c^2", "1", last=True)
    of_what = {**claim["claim"], "hypotheses": [lemma["claim"]["conclusion"]]}
    claim.update(verdict="proved", counterexample=None, suggestion=None, reason="", rests_on=[lemma["id"]])
    claim.update(certificate={"of": of_what, "proof": {"rule": "fact", "fact": 0}}, axioms=[], side_conditions=[])


def invent_models(report: Plain) -> None:
    of(report, "c", "c + 0")["evidence"]["models"] = 6
    of(report, "c", "c + 0").update(verdict="proved", reason="")


def unrelated_certificate(report: Plain) -> None:
    other = proved(report)
    refuted(report).update(verdict="other-layout", suggestion=None, axioms=other["axioms"])
    refuted(report)["certificate"] = {"of": other["claim"], "proof": other["certificate"]}


def certificate_of_another_derivative(report: Plain) -> None:
    """A derivative, but another one: of xᵀx, for the claim that is refuted about f."""
    other = next(c for c in report["files"][0]["claims"] if c["verdict"] == "other-layout")
    of(report, "f(a)", "f(b)").update(verdict="other-layout", certificate=other["certificate"], axioms=other["axioms"])


def swap(report: Plain) -> None:
    keys = (
        "claim",
        "certificate",
        "reading",
        "verdict",
        "axioms",
        "evidence",
        "hypotheses",
        "side_conditions",
        "reason",
    )
    refuted(report).update({key: copy.deepcopy(proved(report)[key]) for key in keys})
    refuted(report).update(counterexample=None, suggestion=None)


def plant_a_hypothesis(report: Plain) -> None:
    claim = refuted(report)
    claim["claim"]["hypotheses"] = [claim["claim"]["conclusion"]]
    statement = latex(sequent_from_data(claim["claim"]).hypotheses[0])
    claim.update(verdict="proved", counterexample=None, suggestion=None, certificate={"rule": "fact", "fact": 0})
    claim.update(hypotheses=[{"statement": statement, "origin": "declaration", "line": 2}])


def unconditional(report: Plain) -> None:
    claim = next(c for c in report["files"][0]["claims"] if c["verdict"] == "conditional")
    claim.update(verdict="refuted", certificate=None, axioms=[], side_conditions=[], reason="")


def removed(report: Plain) -> None:
    report["files"][0]["claims"].remove(refuted(report))


def from_conditional(report: Plain) -> None:
    claim = next(c for c in report["files"][0]["claims"] if c["verdict"] == "conditional")
    claim.update(verdict="proved", counterexample=None, reason="")


TAMPERED: dict[str, tuple[Tamper, bool]] = {  # with whether it is noticed without the document, too
    "a: a claim proved under other hypotheses is cited": (cite_under_other_hypotheses, True),
    "b: a vacuous proof with invented models": (invent_models, True),
    "c: other-layout by an unrelated certificate": (unrelated_certificate, True),
    "c: other-layout by another derivative": (certificate_of_another_derivative, True),
    "d: claim, certificate and reading of another formula": (swap, False),
    "e: a hypothesis planted": (plant_a_hypothesis, False),
    "f: given": (relabelled("given"), False),
    "f: assumed": (relabelled("assumed"), False),
    "f: unread": (relabelled("unread"), False),
    "f: undecided": (relabelled("undecided"), False),
    "f: unrefuted": (relabelled("unrefuted"), True),
    "f: ill-typed": (relabelled("ill-typed"), False),
    "f: nothing": (removed, False),
    "f: renamed": (lambda report: refuted(report).update(id=f"{refuted(report)['id']}-whole"), False),
    "f: no sections": (lambda report: report["files"][0].update(sections=[]), False),
    "g: other sides": (lambda report: refuted(report)["counterexample"].update(left="17", right="4"), True),
    "g: a suggestion": (lambda report: refuted(report).update(suggestion={"right": "a", "verdict": "proved"}), True),
    "g: a suggestion changed": (
        lambda report: of(report, "a (b + c)", "a b - a c").update(suggestion={"right": "a", "verdict": "proved"}),
        True,
    ),
    "h: conditional made refuted": (unconditional, True),
    "conditional made proved": (from_conditional, True),
    "i: no fingerprint": (lambda report: report["files"][0].update(sha256=None), True),
    "i: another path": (lambda report: report["files"][0].update(path="elsewhere.md"), True),
    "other sources": (lambda report: refuted(report).update(left="a", right="b"), False),
    "another place": (lambda report: refuted(report).update(line=3, column=1), False),
    "no file": (lambda report: report.update(files=[]), True),
    "no context": (lambda report: report["options"].update(contexts=[]), False),
    "another given": (lambda report: report["options"].update(given=["t \\in \\mathbb{R}^n"]), False),
}


def counted(report: Plain) -> Plain:
    """The report with totals that are right."""
    totals = dict.fromkeys(map(str, Verdict), 0)
    for file in report["files"]:
        for claim in file["claims"]:
            totals[claim["verdict"]] += not claim["id"].endswith("-whole")
    return {**report, "totals": totals}


@pytest.mark.parametrize("name", TAMPERED)
def test_an_attack_is_noticed(name: str, honest: str, folder: Path) -> None:
    report = json.loads(honest)
    TAMPERED[name][0](report)
    assert report != json.loads(honest)
    found = recheck(counted(report), folder)
    assert found.exit_status == (3 if name.startswith("i:") or not report["files"] else 1)


@pytest.mark.parametrize("name", [name for name, (_, alone) in TAMPERED.items() if alone and not name.startswith("i")])
def test_an_attack_is_noticed_without_the_document(name: str, honest: str, tmp_path: Path) -> None:
    report = json.loads(honest)
    TAMPERED[name][0](report)
    for file in report["files"]:
        file["path"] = "elsewhere.md"
    assert recheck(counted(report), tmp_path).exit_status == (1 if report["files"] else 3)


# any leaf

Place = tuple[Any, ...]
EXEMPT = {
    "certificate": "another certificate that the kernel accepts is a proof as well: such changes are not to be noticed",
    "library": "of no meaning for documents; the library is found by its names",
}
DEEP = ("claim", "certificate")
SAMPLE = 60


def leaves(value: Plain, place: Place = ()) -> Iterator[tuple[Place, Plain]]:
    """Each number, text, truth value or nothing in a report, with its place."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    if items is None:
        yield place, value
        return
    for key, held in items:
        yield from leaves(held, (*place, key))


def changed(value: Plain) -> Plain:
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case str():
            return next((str(v) for v in Verdict if v != value), "") if value in set(Verdict) else f"{value} x"
    return "x"


def with_leaf(report: Plain, place: Place, value: Plain) -> Plain:
    """The report with another value at a place; all else is shared with it."""
    if not place:
        return value
    edited = dict(report) if isinstance(report, dict) else list(report)
    edited[place[0]] = with_leaf(report[place[0]], place[1:], value)
    return edited


def test_a_change_of_any_leaf_is_noticed(honest: str, folder: Path) -> None:
    report = json.loads(honest)
    every = [(place, value) for place, value in leaves(report) if not EXEMPT.keys() & set(place)]
    deep = [item for item in every if set(DEEP) & set(item[0])]
    chosen = [item for item in every if item not in deep] + Random(5).sample(deep, SAMPLE)
    missed = [place for place, value in chosen if not noticed(with_leaf(report, place, changed(value)), folder)]
    assert missed == []


def test_a_changed_certificate_is_rejected_or_still_a_proof(honest: str, folder: Path) -> None:
    report = json.loads(honest)
    places = [(place, value) for place, value in leaves(report) if "certificate" in place and value is not None]
    for place, value in Random(6).sample(places, min(SAMPLE, len(places))):
        found = recheck(with_leaf(report, place, changed(value)), folder)
        assert found.exit_status in (0, 1)


@pytest.mark.parametrize("verdict", [str(v) for v in Verdict])
def test_no_verdict_can_be_put_for_another(verdict: str, honest: str, folder: Path) -> None:
    report = json.loads(honest)
    for k, claim in enumerate(report["files"][0]["claims"]):
        if claim["verdict"] != verdict:
            edited = with_leaf(report, ("files", 0, "claims", k, "verdict"), verdict)
            assert recheck(counted(edited), folder).exit_status == 1, claim["id"]
