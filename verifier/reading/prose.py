"""Words around formulas: which cue governs a formula, and where its sentence ends."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

CUES: tuple[tuple[str, str], ...] = (
    ("set", r"\bset(?:ting)?\b|\bequat(?:e|ing)\b|\bto zero\b"),
    (
        "declare",
        r"\b(?:let|assum(?:e|ing)|suppos(?:e|ing)|defin(?:e|ed|ing)|denot(?:e|ed|ing)|given|consider|where|with"
        r"|subject to|such that|write|call)\b|\bs\.\s?t\.",
    ),
    (
        "condition",
        r"\b(?:if|when|whenever|provided|in (?:the )?case|case|as long as)\b|\bfor(?: all| any| every| each)?\s*$",
    ),
    (
        "consequence",
        r"\b(?:therefore|thus|so|hence|then|consequently|have|get|gets|obtain|obtains|derive|know|follows|follow"
        r"|impl(?:y|ies)|gives?|yields?|shows?|prove[ds]?|proof|becomes?|is|are|equals?|to|by|from|and|namely|since|because"
        r"|result|means?|conclude|see|find|write|written|rewrite|rewritten|using|solution)\b|∴|⇒",
    ),
)
DENIAL = re.compile(
    r"\b(?:unless|except|never|false|wrong|incorrect|cannot|fails?|contrary|instead|mistak\w+)\b"
    r"|\bnot\b(?! (?:hard|difficult|surprising|only))|n't\b"
)
ENDING = re.compile(r"[.!?](?=\s|$)(?<!\bs\.t\.)(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\beq\.)(?<!\bw\.r\.t\.)")
FORMULA = "\N{OBJECT REPLACEMENT CHARACTER}"


@dataclass
class Sentence:
    """The words of the sentence so far, formulas in it as one sign each."""

    words: str = ""
    formulas: int = 0
    after_display: bool = field(default=False)

    def add(self, text: str) -> bool:
        """Take in words; True if a sentence ended in them.

        Displays seldom end in a full stop: a capital letter after one begins a sentence.
        """
        if self.after_display and text.strip():
            if text.lstrip()[0].isupper():
                self.start()
            self.after_display = False
        endings = list(ENDING.finditer(text))
        if endings:
            self.words = text[endings[-1].end() :]
            self.formulas = 0
            return True
        self.words += text
        return False

    def formula(self, display: bool = False) -> None:
        """Take in a formula."""
        self.words += f" {FORMULA} "
        self.formulas += 1
        self.after_display = display

    def start(self) -> None:
        """Begin anew."""
        self.words, self.formulas, self.after_display = "", 0, False

    def cue(self) -> str:
        """The kind of the last cue before this point: declare, set, condition, consequence or nothing."""
        found = [(m.start(), kind) for kind, pattern in CUES for m in re.finditer(pattern, self.words.lower())]
        if not found:
            return ""
        place = max(place for place, _ in found)
        kinds = [kind for start, kind in found if start == place]
        return kinds[0]

    def premise_in_words(self) -> bool:
        """Whether the sentence denies something, or has a condition in words, with no formula right after "if"."""
        lowered = self.words.lower()
        if DENIAL.search(lowered):
            return True
        matches = list(re.finditer(CUES[2][1], lowered))
        if not matches:
            return False
        after = self.words[matches[-1].end() :]
        first = after.split(FORMULA)[0]
        return len(re.findall(r"[A-Za-z]{2,}", first)) >= 3

    def is_condition(self) -> bool:
        """Whether the next formula is what an "if" or "when" asks for: it follows closely."""
        lowered = self.words.lower()
        matches = list(re.finditer(CUES[2][1], lowered))
        if not matches:
            return False
        after = lowered[matches[-1].end() :]
        return FORMULA not in after and len(re.findall(r"[a-z]{2,}", after)) < 4 and "," not in after
