"""Reports checked by themselves; reports that were tampered with are rejected."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from verifier.derivation import Claim, Derivation, Judgement, Place, Verdict
from verifier.kernel.sequents import Sequent
from verifier.language import equals, positive, scalar
from verifier.proving import find_proof
from verifier.reading.documents import DocumentError
from verifier.reporting.checking import check, check_file
from verifier.reporting.json_report import to_json
from verifier.reporting.recheck import Recheck, load_report, recheck
from verifier.reporting.report import Report, file_report

Plain = Any
NOWHERE = Path("/nowhere")


def data(report: Report) -> Plain:
    return json.loads(to_json(report))


def checked(report: Report) -> Recheck:
    return recheck(data(report), NOWHERE)


def test_true_reports_are_accepted(homework: Report, example: Report) -> None:
    for report, status in ((homework, 3), (example, 0)):
        found = checked(report)
        assert found.problems == ()
        assert found.exit_status == status
    assert checked(example).certificates == len(example.judgements) - 2
    assert checked(homework).counterexamples >= 4


def test_indices_functions_and_balls_are_accepted(given: str) -> None:
    text = (
        given
        + r"""
$$x_i c_i = c_i$$

$$\tanh(t) = t$$

```given
f : \mathbb{R} \to \mathbb{R}
```

$$f(a) = f(b)$$

$$\sum_{i=1}^n f(x_i) = n$$
"""
    )
    report = check(text)
    found = checked(report)
    assert found.problems == ()
    assert found.counterexamples >= 3


# tampering: each changes one claim with a verdict and has to be noticed


def the(verdict: str, report: Plain) -> Plain:
    return next(c for f in report["files"] for c in f["claims"] if c["verdict"] == verdict and "-whole" not in c["id"])


def relabel(old: str, new: str) -> Callable[[Plain], None]:
    def tamper(report: Plain) -> None:
        the(old, report)["verdict"] = new
        report["totals"][old] -= 1
        report["totals"][new] += 1

    return tamper


def put(verdict: str, key: str, value: object) -> Callable[[Plain], None]:
    def tamper(report: Plain) -> None:
        the(verdict, report)[key] = value

    return tamper


def inside(verdict: str, *path: str | int, value: object) -> Callable[[Plain], None]:
    def tamper(report: Plain) -> None:
        here = the(verdict, report)
        for key in path[:-1]:
            here = here[key]
        here[path[-1]] = value

    return tamper


def swap_claims(report: Plain) -> None:
    for key in ("claim", "reading"):
        proved, refuted = the("proved", report), the("refuted", report)
        proved[key], refuted[key] = refuted[key], proved[key]


def prove_the_refuted(report: Plain) -> None:
    relabel("refuted", "proved")(report)
    claim = next(c for c in report["files"][0]["claims"] if c["verdict"] == "proved" and c["counterexample"])
    claim["counterexample"], claim["certificate"] = None, {"rule": "normal form"}


def name_twice(report: Plain) -> None:
    claims = report["files"][0]["claims"]
    claims[0]["id"] = claims[1]["id"]


TAMPERED = {
    "proved, it says, of a refuted claim": (relabel("refuted", "proved"), "proved without a certificate"),
    "refuted, it says, of a proved claim": (relabel("proved", "refuted"), "refuted without a counterexample"),
    "conditional made proved": (relabel("conditional", "proved"), "neither a hypothesis nor a cited claim"),
    "unread made proved": (relabel("unread", "proved"), "proved without a certificate"),
    "assumed made proved": (relabel("assumed", "proved"), "proved without a certificate"),
    "proved made follows": (relabel("proved", "follows"), "from nothing"),
    "proved made conflict": (relabel("proved", "conflict"), "without a counterexample"),
    "a certificate of something else": (prove_the_refuted, "the kernel rejects the certificate"),
    "claims exchanged": (swap_claims, "the kernel rejects the certificate"),
    "another reading": (put("proved", "reading", "1 = 1"), "the reading is not that of the claim"),
    "no reading": (put("proved", "reading", ""), "the reading is not that of the claim"),
    "no claim": (put("proved", "claim", None), "the reading is not that of the claim"),
    "an unknown rule": (put("proved", "certificate", {"rule": "trust me"}), "there is no rule"),
    "no rule": (put("proved", "certificate", {}), "the kernel rejects"),
    "rubbish": (put("proved", "certificate", {"rule": "linear", "uses": 5}), "the kernel rejects"),
    "of rubbish": (put("proved", "certificate", {"of": 5, "proof": 5}), "the kernel rejects"),
    "deep rubbish": (put("proved", "certificate", {"rule": "and", "proofs": [[[[]]]]}), "the kernel rejects"),
    "an oracle": (put("proved", "oracles", ["the author"]), "axioms and oracles"),
    "an axiom": (put("proved", "axioms", ["mul_inverse"]), "axioms and oracles"),
    "a side condition": (put("proved", "side_conditions", [{"statement": "x", "stated": True}]), "side conditions"),
    "a hypothesis": (
        put("proved", "hypotheses", [{"statement": "x", "origin": "claim", "line": None}]),
        "hypotheses that are listed",
    ),
    "another counterexample": (
        inside("refuted", "counterexample", "values", value={"a": "0", "b": "0"}),
        "does not hold",
    ),
    "half a counterexample": (inside("refuted", "counterexample", "values", value={"a": "1"}), "does not hold"),
    "too much counterexample": (
        inside("refuted", "counterexample", "values", value={"a": "1", "b": "1", "q": "1"}),
        "does not hold",
    ),
    "a counterexample of text": (inside("refuted", "counterexample", "values", "a", value="many"), "does not hold"),
    "a long number": (inside("refuted", "counterexample", "values", "a", value="9" * 100_000), "does not hold"),
    "a dimension too many": (inside("refuted", "counterexample", "dimensions", value={"n": 2}), "does not hold"),
    "a huge dimension": (inside("conditional", "counterexample", "dimensions", value={"n": 10**9}), "does not hold"),
    "a counterexample for a proof": (
        put("proved", "counterexample", {"dimensions": {}, "values": {}, "laws": {}, "left": None, "right": None}),
        "proved with a counterexample",
    ),
    "another condition": (put("conditional", "reason", "A \\text{ is invertible}"), "another hypothesis"),
    "a claim that is not there": (put("proved", "rests_on", ["c99"]), "which is not there"),
    "a claim that rests on itself": (put("proved", "rests_on", ["c1"]), "round in a circle"),
    "two claims with one id": (name_twice, "two claims have one id"),
    "a broken claim": (
        put(
            "proved",
            "claim",
            {"conclusion": ["nonsense", []], "hypotheses": [], "definitions": [], "indices": [], "dimensions": []},
        ),
        "cannot be built",
    ),
    "a false total": (lambda report: report["totals"].update(proved=99), "99 proved are stated"),
}


@pytest.mark.parametrize("name", TAMPERED)
def test_tampering_is_noticed(name: str, homework: Report) -> None:
    tamper, message = TAMPERED[name]
    report = data(homework)
    tamper(report)
    found = recheck(report, NOWHERE)
    assert found.exit_status == 1
    assert any(message in problem for problem in found.problems), found.problems


def test_terms_that_are_changed_anywhere_are_noticed(example: Report) -> None:
    """A leaf of a serialised claim is replaced: then the reading, or the certificate, no longer fits."""
    random = Random(1)
    report = data(example)
    claims = [c for c in report["files"][0]["claims"] if c["claim"]]
    for _ in range(150):
        claim = random.choice(claims)
        changed = copy.deepcopy(claim)
        if not _change_a_leaf(changed["claim"]["conclusion"], random):
            continue
        mutant = {
            **report,
            "files": [{**report["files"][0], "claims": [changed], "sha256": None}],
            "totals": {**dict.fromkeys(report["totals"], 0), "proved": 1},
        }
        assert recheck(mutant, NOWHERE).problems, changed["claim"]


def _change_a_leaf(term: Plain, random: Random) -> bool:
    """Another name, number, coefficient or index somewhere in a term."""
    places = [
        (holder, k) for holder in _lists(term) for k, held in enumerate(holder) if isinstance(held, (str, int)) and k
    ]
    holder, k = random.choice(places)
    holder[k] = "zz" if isinstance(holder[k], str) else holder[k] + 1
    return True


def _lists(term: Plain) -> list[list[Plain]]:
    here = [term] if isinstance(term, list) else []
    return here + [inner for item in here for part in item for inner in _lists(part)]


# citations


def cited(verdict: str, earlier: str) -> Report:
    """a = 1 (with a verdict), and 2a = 2, which rests on it."""
    a, here = scalar("a"), Place(1, 1, 1, 2)
    first = Sequent(equals(a, 1).whole.term)
    second = Sequent(equals(2 * a, 2).whole.term)
    theorem = find_proof(Sequent(second.conclusion, (first.conclusion,)))
    judgements = [
        Judgement(Claim("c1", here, sequent=first), Verdict(earlier)),
        Judgement(Claim("c2", here, sequent=second), Verdict(verdict), theorem=theorem, rests_on=("c1",)),
    ]
    return Report((file_report(Derivation("a.md", ""), judgements, "", "markdown"),))


def test_a_claim_that_rests_on_another() -> None:
    assert checked(cited("follows", "undecided")).problems == ()


def test_what_rests_on_what_is_not_cited() -> None:
    report = data(cited("follows", "undecided"))
    report["files"][0]["claims"][1]["rests_on"] = []
    found = recheck(report, NOWHERE).problems
    assert any("neither a hypothesis nor a cited claim" in problem for problem in found)


def test_citations_in_a_circle() -> None:
    report = data(cited("follows", "undecided"))
    report["files"][0]["claims"][0]["rests_on"] = ["c2"]
    assert any("c1 → c2 → c1" in problem for problem in recheck(report, NOWHERE).problems)


def test_a_proof_does_not_rest_on_what_is_not_proved() -> None:
    found = checked(cited("proved", "undecided"))
    assert any("which is undecided" in problem for problem in found.problems)


def test_proved_without_a_model_of_its_hypotheses() -> None:
    a, here = scalar("a"), Place(1, 1, 1, 2)
    sequent = Sequent(equals(a / a, 1).whole.term, (positive(a).term,))
    judgement = Judgement(Claim("c1", here, sequent=sequent), Verdict.PROVED, theorem=find_proof(sequent))
    found = checked(Report((file_report(Derivation("a.md", ""), [judgement], "", "markdown"),)))
    assert any("no model was found" in problem for problem in found.problems)


def test_a_conflict_is_a_problem_even_where_both_sides_of_it_hold(homework: Report) -> None:
    """It cannot be made with a sound kernel: the certificate, or the counterexample, is rejected."""
    report = data(homework)
    claim = the("refuted", report)
    claim["verdict"], claim["certificate"] = "conflict", {"rule": "normal form"}
    assert recheck(report, NOWHERE).exit_status == 1


# sources


def test_a_source_that_has_changed(tmp_path: Path, homework: Report, homework_text: str) -> None:
    report = data(homework)
    assert "the file is not here: only the certificates" in recheck(report, tmp_path).uncompared[0]
    (tmp_path / "homework.md").write_text(homework_text)
    assert recheck(report, tmp_path) == Recheck(*_counts(homework), (), ())
    (tmp_path / "homework.md").write_text(homework_text + " ")
    found = recheck(report, tmp_path)
    assert "the file has changed since the report was written: only the certificates" in found.uncompared[0]
    assert (found.problems, found.exit_status) == ((), 3)


def _counts(report: Report) -> tuple[int, int, int]:
    found = checked(report)
    return found.certificates, found.counterexamples, found.claims


@pytest.mark.parametrize("source", ["\ufeff$1 = 1$", "$1 = 1$\r\n\r\n$2 = 2$", "$1 = 1$"])
def test_fingerprints_are_those_of_the_bytes(tmp_path: Path, source: str) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(source.encode())
    assert recheck(data(check_file(file)), tmp_path).problems == ()


# files that are no reports


BROKEN = [
    ("", "line 1, column 1"),
    ("{", "line 1, column 2"),
    ("[" * 100_000, "nested too deeply"),
    ("{}", "found no 'version', expected it"),
    ("[]", "found [], expected an object"),
    ('{"version": 1, "files": [{}], "totals": {}}', "files[0]: found no 'path', expected it"),
]


@pytest.mark.parametrize(("text", "message"), BROKEN)
def test_what_is_no_report(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "report.json"
    file.write_text(text)
    with pytest.raises(DocumentError, match=r"report\.json") as error:
        load_report(file)
    assert message in str(error.value)
    assert error.value.diagnostic.code == "broken-report"


def test_a_report_is_loaded(tmp_path: Path, homework: Report) -> None:
    file = tmp_path / "report.json"
    file.write_text(to_json(homework))
    assert load_report(file) == data(homework)
