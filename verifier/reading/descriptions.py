"""What running text says of a symbol beside it: "let A be symmetric", "a positive definite matrix A"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from verifier.kernel.heads import TermError
from verifier.kernel.shapes import ShapeError
from verifier.reading.declarations import Declarer
from verifier.reading.declared import Declared
from verifier.reading.elaboration import NeedKind
from verifier.reading.marks import plain_name
from verifier.reading.prose import FORMULA
from verifier.reading.syntax import Node, relations
from verifier.reading.tokens import ReadingError
from verifier.reading.vocabulary import SAYS_MORE, properties_in

VERBS = re.compile(
    r"^\s*[,(]?\s*((?:to |is |are |be |being |denotes? |denoting |was |were |which |has |have |with |assumed |taken "
    r"|also |both |an? |the |given by |lies? |commutes?|satisf\w+ )*)"
)
PHRASE = re.compile(r"[^,;:.()]*")
BEFORE = re.compile(r"((?:\b[a-z]+(?:-[a-z]+)*[\s-]+){0,6})$")
LEADS = (
    r"\b(?:let|assume|suppose|and|be|is|are|where|for|given|with|if|when|consider|then|that|has|have|since|the|an?)\b"
)
NOUN = re.compile(r"\b(?:matrix|matrices|vectors?|scalars?|numbers?|constants?|reals?|functions?)\b")
SAYS = re.compile(r"\b(?:be|is|are|being|denote[sd]?|denoting|lies?|lie|commutes?|has|have|satisf\w+)\b")
JOINS = re.compile(r"\s*(?:,|,?\s*(?:and|as well as))\s*")
OF_ALL = re.compile(r"\s*[,(]?\s*(?:both |all |which |that )*(?:are|be|were|have|being)\b")
SEVERAL = re.compile(r"\b(?:matrices|vectors|scalars|numbers|constants|reals)\s*$")
HARMLESS = frozenset(
    """
    a an the be is are being to of and with in for our its their some any all given fixed arbitrary real known
    unknown denote denotes denoting which that we have has as by on let where vector vectors matrix matrices scalar
    scalars number numbers constant constants parameter parameters weight weights data design input inputs output
    outputs target targets label labels loss losses cost costs objective function functions learning rate step size
    sizes variable variables feature features sample samples dataset set observation observations error errors
    residual residuals gradient prediction predictions predicted model network layer layers bias biases response
    responses coefficient coefficients regression noise signal image point points iterate iterates row rows column
    columns dimension square rectangular hidden state activation activations hyperparameter regularization
    regularisation momentum decay temperature score scores logit logits embedding embeddings token tokens kernel
    training test term terms two three first second differentiable smooth then
    """.split()  # noqa: SIM905 - a list of words is read more easily so
)


INTRODUCING = frozenset(
    """
    assume assuming suppose supposing consider define also further furthermore moreover now again additionally finally
    throughout every each fix if when positive negative nonnegative non strictly it follows holds hold so thus hence
    prove show
    """.split()  # noqa: SIM905 - a list of words is read more easily so
)


@dataclass(frozen=True, slots=True)
class Description:
    """What words beside a formula say: ``words`` that may state properties, ``unknown`` ones not understood."""

    words: str = ""
    unknown: str = ""


def described_names(node: Node) -> list[Node]:
    """The symbols that a formula introduces or just mentions: A, or x and y of x, y ∈ ℝⁿ."""
    names: list[Node] = []
    for part in node.parts if node.kind == "list" else (node,):
        if part.kind == "chain" and relations(part)[0] == "\\in":
            names.append(part.parts[0])
        elif plain_name(part) is not None:
            names.append(part)
        elif part.kind not in ("separator", "text"):
            return []
    return names


def description(before: str, after: str) -> Description:
    """The words beside a formula that may say what its symbols are."""
    first = after.split(FORMULA, maxsplit=1)[0].lower()
    verbs = VERBS.match(first)
    start = verbs.end() if verbs else 0
    phrase = PHRASE.match(first, start)
    text = phrase.group() if phrase else ""
    if FORMULA in after and re.match(r"\s*(?:and|or)\b", text):
        text = ""
    if "respectively" in first:
        text += " respectively"
    says = SAYS.search(verbs.group(1)) if verbs else None
    close = " ".join(text.split()[:5])
    leads = BEFORE.search(before.lower())
    lead = re.split(LEADS, leads.group(1))[-1] if leads else ""
    stated = any(properties_in(close)[:2])
    if NOUN.search(lead) is None and not any(properties_in(lead)[:2]):
        lead = ""
    unknown = ""
    if says and not stated:
        rest = properties_in(f"{verbs.group(1) if verbs else ''} {text}")[2]
        unknown = next((w for w in re.findall(r"[a-z]+", rest) if w not in HARMLESS), "")
    return Description(f"{lead} {text if stated or says else ''}".strip(), unknown)


def joins(text: str) -> bool:
    """Whether words between two formulas only join them."""
    return JOINS.fullmatch(text.lower()) is not None


def is_said_of_all(after: str) -> bool:
    """Whether what follows a formula is said of those that are joined to it, too: A and K are, let A and K be."""
    return OF_ALL.match(after.lower()) is not None


def leads_all(before: str) -> bool:
    """Whether what comes before a formula is said of those that are joined to it, too: the matrices A and K."""
    leads = BEFORE.search(before.lower())
    return leads is not None and SEVERAL.search(leads.group(1)) is not None


def says_more(before: str, after: str) -> bool:
    """Whether the words on either side of a formula, up to a comma or another one, say what we do not understand."""
    close = [re.split(rf"[,;:.()]|{FORMULA}", before.lower())[-1], re.split(rf"[,;:.]|{FORMULA}", after.lower())[0]]
    words = re.findall(r"[a-z]+", " ".join(close))
    return any(word not in HARMLESS and word not in INTRODUCING for word in words)


def take_in(
    into: Declared, declarer: Declarer, node: Node, words: str, declares: bool, others: Iterable[Node] = ()
) -> None:
    """Enter what the words say of the symbols of a formula, and of ``others`` that are joined to it.

    Words that say something which is not understood leave the symbols unread if they declare, and are a premise in
    words if they only mention. What cannot be said of one of the others is not said of it.
    """
    properties, signs, rest = properties_in(words)
    if not (properties or signs or SAYS_MORE.search(rest)):
        return
    joined = [name for other in others for name in described_names(other)]
    for name in (*joined, *described_names(node)):
        try:
            if name not in joined or declarer.suits(into, name, properties, signs):
                declarer.described(into, name, words)
        except (ReadingError, ShapeError, TermError, NeedKind):
            if declares:
                declarer.not_understood(into, name)
            else:
                into.worded[plain_name(name) or ""] = declarer.line(name.start) or 0
