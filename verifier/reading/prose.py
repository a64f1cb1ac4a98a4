"""Words around formulas: which cue governs a formula, and where its sentence ends."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from verifier.reading.wishes import is_no_statement

CUES: tuple[tuple[str, str], ...] = (
    ("set", r"\bsetting\b|(?<!the )(?<!a )(?<!this )(?<!training )(?<!data )\bset\b|\bequat(?:e|ing)\b|\bto zero\b"),
    (
        "declare",
        r"\b(?:let|fix|assum(?:e|ing)|suppos(?:e|ing)|defin(?:e|ed|ing)|denot(?:e|ed|ing)|given|consider|where|with"
        r"|subject to|such that|write|call)\b|\bs\.\s?t\.",
    ),
    (
        "condition",
        r"\b(?:if|when|whenever|provided|in (?:the )?case|case|as long as)\b|\bfor(?: all| any| every| each)?\s*$"
        r"|\bby (?:choosing|picking|taking|letting)\b",
    ),
    (
        "consequence",
        r"\b(?:therefore|thus|so|hence|then|consequently|gets?|obtains?|derives?|follows?|impl(?:y|ies)|gives?|yields?"
        r"|shows?|prove[ds]?|proof|becomes?|result|conclude|find|rewrite|rewritten|simplif(?:y|ies)|have|knows?|sees?|means?"
        r"|since|because|equals?|solution)\b|∴|⇒",
    ),
    (
        "statement",
        r"\b(?:is|are|to|by|from|and|namely|write|written|using)\b",
    ),
)
RESULT = re.compile(
    r"\b(?:solutions?|minim[iu]\w+|maxim[iu]\w+|optim\w+|estimat\w+|answers?|roots?|values?|results?|solves?)\b"
)
LEADING = frozenset(
    """
    we us now then so also further furthermore moreover and next first second here again finally additionally can may
    will to problem assumption part solution proof note remark recall please that the as is are be by on in if let
    assume suppose throughout henceforth hereafter instead definition notation setup hint case example given for
    """.split()  # noqa: SIM905 - a list of words is read more easily so
)
DENIAL = re.compile(
    r"\b(?:unless|except|never|false|wrong|incorrect|cannot|fails?|contrary|mistakes?|mistaken(?:ly)?|neither|nor|nothing"
    r"|no longer)\b|\bnot\b(?! (?:hard|difficult|surprising|only))|\bno\b|n't\b"
)
DOUBT = re.compile(
    r"\b(?:either|or|might|could|would|some|none|without|instead|question|why|does|did|whether|whenever|if|when|iff|only"
    r"|implies|too|strong|for(?! (?:simplicity|convenience|brevity|definiteness|concreteness|clarity)\b)"
    r"|hardly|rarely|seldom|ever)\b|\?"
)
ATTEMPT = re.compile(r"\b(?:check|verify|try|tries|want|wish|hope|aim|goal|show|prove|test|ask|see|find)\b")
CONCLUDES = re.compile(r"\W*(?:so|therefore|thus|hence|then|consequently|and|this|that|we)\b")
UNTRUE = re.compile(r"\b(?:false|wrong|untrue|incorrect|not true|not the case)(?: that)?\W*$")
LATER = re.compile(r"\W*(?:for some|only if|unless|except|if and only if|iff|or)\b")
ENDING = re.compile(r"[.!?](?=\s|$)(?<!\bs\.t\.)(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\beq\.)(?<!\bw\.r\.t\.)")
FORMULA = "\N{OBJECT REPLACEMENT CHARACTER}"
ONE = re.compile(
    r"\b(?:exists?|there (?:is|are)|some|sufficiently|enough|cho(?:ose|oses|osing|sen)|pick(?:s|ed|ing)?"
    r"|tak(?:e|es|ing)|such that|satisf\w+|unique|depend\w*|determin\w*|small|large)\b"
)
QUANTIFIER = re.compile(r"\bfor(?: all| any| every| each)?(?: real)?\s*$")
QUANTIFIER_LAST = re.compile(rf"(?<={FORMULA})\s*,?\s*{QUANTIFIER.pattern}")
CONDITION = re.compile(CUES[2][1])
JOINER = re.compile(rf"^(.*){FORMULA}\s*(?:,\s*)?(?:and|and also|as well as)\s*$", re.DOTALL | re.IGNORECASE)
GOES_ON = re.compile(r"\W*(?:if|when|whenever|where|for|provided|unless|follows?|results?)\b")
IMPLIES = re.compile(
    rf"\s*(?:(?:,|and|\s)*{FORMULA}\s*)*(?:(?:would|will|must|also|clearly) )?(?:implies|imply|entails?)\b"
)
IMPLIED = re.compile(rf"{FORMULA}\s*(?:would |will |must )?(?:implies|imply|entails?)\b")
CONCLUSION = re.compile(
    r"[^\S\n]*\n?[^\S\n]*(?:(?:so|therefore|thus|hence|then|consequently)\b"
    r"|this\b(?:,[^,.\n]*,)? (?:results? in|implies|means|gives|yields|shows|leads to)\b)"
)
CITES = re.compile(
    r"\b(?:using|by|from|with|in|via)\s*\((\d+[a-z]?)\)|\b(?:eqs?\.?|equations?)\s*~?\(?(\d+[a-z]?)\b(?!\.\d)"
)
TO_ZERO = re.compile(rf"\b(?:set|setting|equat\w+)\b(?:[^{FORMULA}.]|{FORMULA}(?! *$))*\bto (?:zero|0)\b[^{FORMULA}]*$")
OBJECTIVE = re.compile(
    r"\b(?:minimi[sz]e|maximi[sz]e)(?: the| following| loss| cost| objective| error| energy| functions?)*\W*$"
)
CONTINUES = re.compile(
    r"\W*(?:$|(?:and|so|then|thus|hence|therefore|consequently|which|that|i\.e|where|with|since|because|as|we|also|it"
    r"|this|or equivalently|from|by|using|implying|giving|gives?|yields?|is|are|follows?|holds?)\b)"
)
TURNS = re.compile(
    r"\b(?:otherwise|else|but|however|whereas|while|although|though|yet|general(?:ly)?|always|unless|except|instead|or"
    r"|only|not|without|no)\b"
)
REASON = re.compile(r"\b(?:since|because)(?: we (?:have|know)(?: that)?| that)?\s*$")
LINK = re.compile(
    r"[\s,;:]*(?:and\s+)?(?:therefore|thus|hence|consequently|so(?: that)?|it follows(?: that)?|∴"
    r"|(?:which|this) (?:gives|yields|implies|means)(?: that)?"
    r"|(?:we|one)(?: can)? (?:obtains?|gets?|concludes?)(?: that)?)[\s,:]*"
    r"(?:(?:we|one)(?: can| must)? (?:have|obtains?|gets?|concludes?|see|know|need)(?: that)?)?[\s,:]*$"
)
SUPPOSITION = re.compile(
    r"\b(?:let|assum(?:e|ing)|suppos(?:e|ing))"
    r"(?: (?:that|also|further|furthermore|moreover|now|again|instead|first|next))*\W*$"
)
OF_WHICH = re.compile(rf"\bfor(?: all| any| every| each)?(?: real)?\s*{FORMULA}")
SETS = re.compile(r"(?:^|\b(?:we|us|and|then|now|also|so)\b)\W*set(?: that)?\W*$")
SETTING = re.compile(r"\bsetting\W*$")
ASSUMPTION = re.compile(r"\b(?:assum(?:e|ing)|suppos(?:e|ing))(?: that)?\b")
UNSURE = re.compile(
    r"\b(?:not (?:sure|certain|clear|known)|unsure|uncertain|unclear|(?:do not|don't|cannot|can't) (?:know|tell|say))"
    r" (?:if|whether)\b"
)
IFF = r"\s*,?\s*(?:holds? )?(?:if and only if|iff|is equivalent to|are equivalent to|exactly when|just when)\s*"
EQUIVALENT, EQUIVALENT_TO = re.compile(rf"{IFF}{FORMULA}"), re.compile(rf"{FORMULA}{IFF}$")
HOW = re.compile(r"\b(?:as|when|if|for|in the limit(?: as| of| where)?|letting|where|with)\s*$")
APPROACHES = re.compile(
    rf"{FORMULA}\s*(?:will |must |also |thus |therefore |then )*(?:converges?|diverges?|tends?|goes|go) to\s*$"
)
CASES = re.compile(r"\b(?:the\s+following|these|several|two|three|four|different)\s+cases\b")
NUMERAL = re.compile(r"\W*\((?:i{1,3}|iv|vi{0,3}|ix|x)\)(?!\w)")


def announces_cases(text: str) -> bool:
    """Whether a list of cases follows: in the following cases."""
    return CASES.search(text.lower()) is not None


@dataclass
class Sentence:
    """The words of the sentence so far, formulas in it as one sign each; ``later`` are the words up to its end.

    ``concluding`` says that it draws a conclusion from the sentence before, in the same paragraph; ``begins_anew`` that
    it began after a display, and draws none.
    """

    words: str = ""
    later: str = ""
    after_display: bool = False
    carried: bool = False
    concluding: bool = False
    begins_anew: bool = False

    def add(self, text: str) -> bool:
        """Take in words; True if a sentence ended in them.

        Displays seldom end in a full stop: a capital letter after one begins a sentence.
        """
        self.begins_anew = False
        if self.after_display and text.strip():
            if text.lstrip()[0].isupper():
                self.start()
                self.begins_anew = CONCLUDES.match(text.lower()) is None
            self.after_display = False
        endings = list(ENDING.finditer(text))
        self.concluding = False
        if endings:
            between = text[endings[0].end() : endings[-1].end()]
            self.concluding = not between and CONCLUSION.match(text[endings[-1].end() :].lower()) is not None
            self.words += text[: endings[0].start()]
            self._end(text[endings[0].end() : endings[-1].end()])
            self.words = text[endings[-1].end() :]
            return True
        self.words += text
        return False

    def goes_on(self, text: str) -> str:
        """Whether a condition of the sentence still holds after these words: on, anew (another does), or perhaps."""
        lowered = text.lower()
        if self.after_display and text.lstrip()[:1].isupper():
            return "anew"
        asks = CONDITION.search(lowered)
        if asks is not None:
            return "anew" if ";" in lowered[: asks.start()] else "perhaps"
        if TURNS.search(lowered) or (self.after_display and not CONTINUES.match(lowered)):
            return "perhaps"
        return "on"

    def _end(self, between: str) -> None:
        """A premise in words holds on in sentences that draw a conclusion: "If …, then …. So …"."""
        premise = self._asks_in_words() or (self.carried and self._concludes())
        self.carried = premise and (not between.strip() or CONCLUDES.match(between.lower()) is not None)

    def _concludes(self) -> bool:
        return CONCLUDES.match(self.words.lower()) is not None

    def in_brackets(self) -> bool:
        """Whether the formula stands in brackets of the text: a remark."""
        return self.words.count("(") > self.words.count(")")

    def formula(self, display: bool = False) -> None:
        """Take in a formula."""
        self.words += f" {FORMULA} "
        self.after_display = display

    def after_range(self) -> None:
        """The next formula is the range of an index: what "and" joins to "let … for t ≥ 0" is declared too."""
        before = QUANTIFIER_LAST.sub("", self.words)
        if before != self.words and Sentence(before).cue() == "declare":
            self.words = before

    def start(self) -> None:
        """Begin anew."""
        self.words, self.after_display = "", False

    def cue(self) -> str:
        """The kind of the last cue before this point: declare, set, condition, consequence or nothing."""
        joined = self._joined()
        if joined is not None and (kind := joined.cue()) in ("set", "declare", "condition"):
            return kind
        lowered = self.words.lower()
        found = [(m.start(), kind) for kind, pattern in CUES for m in re.finditer(pattern, lowered)]
        if not found:
            return ""
        place = max(place for place, _ in found)
        kind = next(kind for start, kind in found if start == place)
        if kind == "declare" and not self._governs(lowered, place):
            return ""
        return kind

    def _joined(self) -> Sentence | None:
        """Where "and" joins the next formula to the one before: the sentence as it stood before that one."""
        found = JOINER.match(self.words)
        if found is None or GOES_ON.match(self.later.lower()):
            return None
        return Sentence(self.words[: found.end(1)], f"{self.words[found.end(1) :]} {FORMULA} {self.later}")

    def is_premise(self) -> bool:
        """Whether the next formula is one that implies another: $a = b$ implies $c = d$."""
        return IMPLIES.match(self.later.lower()) is not None and not (self.denies() or self._supposes())

    def _supposes(self) -> bool:
        """Whether what the sentence says is only supposed, or asked."""
        return any(re.search(pattern, self.words.lower()) for kind, pattern in CUES if kind in ("declare", "condition"))

    def supposes_in_doubt(self) -> bool:
        """Whether the next formula is supposed, but not as it stands: suppose $a = b$ whenever …"""
        joined = self._joined()
        if joined is not None:
            return joined.supposes_in_doubt()
        found = SUPPOSITION.search(self.words.lower())
        return (
            found is not None
            and self.cue() != "declare"
            and ATTEMPT.search(self.words[: found.start()].lower()) is None
        )

    def says_of_which(self) -> bool:
        """Whether all that raises doubt about the next formula is of which values it is said: for $u > 0$."""
        return DOUBT.search(OF_WHICH.sub("", self.later.lower())) is None

    def gives_reason(self) -> bool:
        """Whether the next formula is a reason for what follows: since, because."""
        joined = self._joined()
        if joined is not None and joined.gives_reason():
            return True
        return REASON.search(self.words.lower()) is not None and not self.denies()

    def links(self) -> bool:
        """Whether the next formula is concluded from the one before: …, therefore …"""
        joined = self._joined()
        if joined is not None and joined.links():
            return True
        return LINK.fullmatch(self.words.lower().rsplit(FORMULA, maxsplit=1)[-1]) is not None and not self.denies()

    def only_carries_premise(self) -> bool:
        """Whether a premise in words is that of the sentence before alone."""
        return self.carried and not (self.denies() or LATER.match(self.later.lower()) or self._asks_in_words())

    def begins_equivalence(self) -> bool:
        """Whether the next formula is said to hold if and only if the one after it does."""
        return EQUIVALENT.match(self.later.lower()) is not None

    def ends_equivalence(self) -> bool:
        """Whether the next formula is what the one before is said to be equivalent to."""
        return EQUIVALENT_TO.search(self.words.lower()) is not None

    def before_equivalence(self) -> Sentence:
        """The sentence as it stood before the first of two equivalent formulas."""
        found = EQUIVALENT_TO.search(self.words.lower())
        return self if found is None else replace(self, words=self.words[: found.start()])

    def says_how(self) -> bool:
        """Whether the next formula says how a limit is taken: as t → ∞."""
        return HOW.search(self.words.lower()) is not None

    def says_limit(self) -> bool:
        """Whether the next formula is said to be the limit of the one before."""
        return APPROACHES.search(self.words.lower()) is not None

    def cites(self) -> frozenset[str]:
        """The numbers of equations that the sentence uses."""
        if self.denies() or DOUBT.search(self.words.lower()):
            return frozenset()
        return frozenset(first or second for first, second in CITES.findall(self.words.lower()))

    def opens_case(self) -> bool:
        """Whether the sentence is the heading of a case."""
        return re.match(r"\W*case\b", self.words.lower()) is not None

    def names_case(self) -> bool:
        """Whether the sentence is one of a list of cases: (ii) …"""
        return NUMERAL.match(self.words.lower()) is not None

    def is_unsure(self) -> bool:
        """Whether the next formula is what is not known: I am not sure if …, it is unclear whether …"""
        found = list(UNSURE.finditer(self.words.lower()))
        return bool(found) and re.search(r"\b(?:but|so|then|thus|hence)\b", self.words[found[-1].end() :]) is None

    def ends_in_where(self) -> bool:
        """Whether "where" or "with" comes just before the next formula."""
        return re.search(r"\b(?:where|with)\s*$", self.words.lower()) is not None

    def announces_result(self) -> bool:
        """Whether the sentence says that what follows was found: a solution, a minimiser, an estimate."""
        return RESULT.search(OBJECTIVE.sub("", self.words.lower())) is not None

    def sets_to_zero(self) -> bool:
        """Whether what follows is set to zero in words: differentiate, and set to zero."""
        return TO_ZERO.search(self.words.lower()) is not None and not (
            self.denies() or DOUBT.search(self.words.lower())
        )

    def sets(self) -> str:
        """How long the next formula is set: on (set …), for the sentence (setting …), in doubt (set … if), or not."""
        words = self.words.lower()
        how = "on" if SETS.search(words) else "sentence" if SETTING.search(words) else ""
        if not how or self.denies() or ATTEMPT.search(words):
            return ""
        return "doubt" if DOUBT.search(self.later.lower()) else how

    def names_objective(self) -> bool:
        """Whether what follows is what is minimised, rather than what minimises it."""
        return OBJECTIVE.search(self.words.lower()) is not None

    def _governs(self, lowered: str, place: int) -> bool:
        """Whether "let", "assume" … tells what holds, rather than what somebody says or denies."""
        if self.denies() or ATTEMPT.search(lowered) or DOUBT.search(f"{lowered[place:]} {self.later}".lower()):
            return False
        words = re.findall(r"[a-z']+", lowered[:place].rsplit(FORMULA, maxsplit=1)[-1])
        after = FORMULA in lowered[:place]
        return after or all(word in LEADING for word in words[-6:]) or lowered[place:].startswith(("where", "with"))

    def denies(self) -> bool:
        """Whether the sentence denies or doubts something, so that a formula in it need not be what it states."""
        return DENIAL.search(f"{self.words} {self.later}".lower()) is not None

    def says_untrue(self) -> bool:
        """Whether the next formula is said to be false."""
        return UNTRUE.search(self.words.lower()) is not None

    def premise_in_words(self) -> bool:
        """Whether the sentence denies, asks or wishes for something, or has a condition in words.

        A formula right after "if" is no condition in words.
        """
        if self.denies() or LATER.match(self.later.lower()) or (self.carried and self._concludes()):
            return True
        if self._supposes() and IMPLIED.search(f"{self.words} {FORMULA} {self.later}".lower()):
            return True
        return self._asks_in_words() or is_no_statement(self.words, self.later)

    def condition_in_words(self) -> bool:
        """Whether what the sentence says holds under a condition in words."""
        return self._asks_in_words() or self.assumes_in_words() or (self.carried and self._concludes())

    def _asks_in_words(self) -> bool:
        """Whether an "if" has its condition in words."""
        lowered = self.words.lower()
        matches = list(CONDITION.finditer(lowered))
        if not matches:
            return False
        first = lowered[matches[-1].end() :].split(FORMULA)[0]
        return len(re.findall(r"[a-z]{2,}", first)) >= 3

    def assumes_in_words(self) -> bool:
        """Whether something is assumed in words before a formula that is claimed: assume that …, we have …"""
        matches = list(ASSUMPTION.finditer(self.words.lower()))
        words = self.words.lower()[matches[-1].end() :] if matches else ""
        return self.cue() != "declare" and len(re.findall(r"[a-z]{2,}", words.split(FORMULA)[0])) >= 3

    def quantifies(self) -> bool:
        """Whether the next formula says for which values something holds: for, for all, for any."""
        joined = self._joined()
        if joined is not None:
            return joined.quantifies()
        return QUANTIFIER.search(self.words.lower()) is not None and not self.denies()

    def is_about_one(self) -> bool:
        """Whether the sentence speaks of some value rather than of any: there is, for some, large enough."""
        return ONE.search(f"{self.words} {self.later}".lower()) is not None

    def is_condition(self) -> bool:
        """Whether the next formula is what an "if" or "when" asks for: it follows closely."""
        joined = self._joined()
        if joined is not None and joined.cue() == "condition":
            return joined.is_condition()
        lowered = self.words.lower()
        matches = list(CONDITION.finditer(lowered))
        if not matches or self.denies():
            return False
        after = lowered[matches[-1].end() :]
        return FORMULA not in after and len(re.findall(r"[a-z]{2,}", after)) < 4 and "," not in after
