"""1,481 steps of other people's derivations: how much is read, and that no verdict contradicts a label."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pytest

from tests.shared import CASES, needs_cases
from verifier.derivation import Judgement, Verdict
from verifier.judging import judge
from verifier.reading import read, read_document

SLICES = 6
NOT_READ = (Verdict.UNREAD, Verdict.ILL_TYPED)
ACCUSING = (Verdict.REFUTED, Verdict.ILL_TYPED, Verdict.CONDITIONAL, Verdict.OTHER_LAYOUT, Verdict.CONFLICT)


@dataclass(frozen=True)
class Step:
    """A step with its label, and what is said of it; None where its chain is not read."""

    name: str
    label: str
    by_numpy: bool
    judgement: Judgement | None

    @property
    def verdict(self) -> Verdict:
        return Verdict.UNREAD if self.judgement is None else self.judgement.verdict


def steps_of(chain: dict[str, Any]) -> list[Step]:
    """The steps of a chain, read with no context but the chain itself, and judged."""
    derivation = read(read_document(f"$${chain['chain']}$$\n", f"{chain['id']}.md"))
    judged = [j for j in judge(derivation) if not j.claim.whole_chain]
    found: list[Judgement | None] = [*judged, *([None] * len(chain["steps"]))]
    return [
        Step(f"{chain['id']}:{k} {step['from']} {step['rel']} {step['to']}", step["truth"], by_numpy, found[k])
        for k, (step, by_numpy) in enumerate((s, bool(chain["checked_by_numpy"])) for s in chain["steps"])
    ]


@needs_cases
@pytest.mark.parametrize("part", range(SLICES))
def test_no_verdict_contradicts_a_label(part: int, record_property: Any) -> None:
    steps = [step for chain in json.loads(CASES.read_text())[part::SLICES] for step in steps_of(chain)]
    proved = [step.name for step in steps if step.label == "false" and step.verdict is Verdict.PROVED]
    assert not proved
    sure = [step for step in steps if step.label == "condition" or (step.label == "true" and step.by_numpy)]
    assert not [f"{step.verdict}: {step.name}" for step in sure if step.verdict in ACCUSING]
    read_well = sum(step.verdict not in NOT_READ for step in steps)
    record_property("verdicts", dict(Counter(f"{step.label} {step.verdict}" for step in steps)))
    assert read_well >= 0.7 * len(steps), f"{read_well} of {len(steps)} steps are read"
