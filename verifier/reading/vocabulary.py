"""The words of declarations: properties and roles of symbols; lines that mix words and LaTeX."""

from __future__ import annotations

import re
from collections.abc import Iterator

from verifier.notation import GREEK, UNICODE_GREEK

WHOLE = r"(?=\s*(?:$|[,.;]|and\b|(?:real\s+)?(?:numbers?|scalars?|vectors?|matri(?:x|ces))\b))"
CONSTANT = rf"\bnon[\s-]?random\b|\b(?:constants?|fixed|deterministic)\b{WHOLE}"
PROPERTIES: tuple[tuple[str, str], ...] = (
    (r"positive[\s-]*semi[\s-]*definite|\bpsd\b", "positive_semidefinite"),
    (r"positive[\s-]*definite|\bs?pd\b", "positive_definite"),
    (r"(?:skew|anti)[\s-]*symmetric", "skew"),
    (r"\bsymmetric", "symmetric"),
    (r"orthonormal\s+columns", "orthonormal_columns"),
    (r"orthogonal|orthonormal", "orthogonal"),
    (r"diagonal", "diagonal"),
    (r"invertible|non-?singular", "invertible"),
    (r"idempotent", "idempotent"),
    (r"projection", "projection"),
    (r"full\s+column\s+rank", "full_column_rank"),
    (r"full\s+row\s+rank", "full_row_rank"),
    (r"permutation", "permutation"),
    (r"upper[\s-]*triangular", "upper_triangular"),
    (r"lower[\s-]*triangular", "lower_triangular"),
    (CONSTANT, "constant"),
    (r"\brandom\b", "random"),
)
SIGNS: tuple[tuple[str, str], ...] = (
    (r"non-?negative", "greater_equal"),
    (r"non-?positive", "less_equal"),
    (r"non-?zero", "not_equal"),
    (r"(?:strictly\s+)?positive", "greater"),
    (r"(?:strictly\s+)?negative", "less"),
)
ROLES: tuple[tuple[str, str, str], ...] = (
    (r"\bidentity\b", "identity", ""),
    (r"\bexpectation\b", "moment", ""),
    (r"\b(?:logistic|sigmoid)\b", "named", "sigmoid"),
    (r"\brelu\b", "named", "relu"),
    (r"\btanh\b", "named", "tanh"),
    (r"\bspectral\s+radius\b", "named", "spectral_radius"),
    (r"\bnatural\s+logarithm\b", "named", "log"),
    (r"\b(?:vector\s+of\s+ones|all[\s-]*ones)\b", "ones", ""),
    (r"\bindex\b|\binteger\b|\bnatural\s+number\b", "index", ""),
    (r"\bdimensions?\b|\bsizes?\b", "dimension", ""),
    (r"\bentry\s?wise\b|\belementwise\b", "map", ""),
    (r"\bdifferentiable\b|\bsmooth\b|\bfunction\b", "function", ""),
)
SAYS_MORE = re.compile(
    r"\b(?:not|no|never|non|singular|rank|bounded|convex|concave|unitary|hermitian|complex|sparse|toeplitz|circulant|even|odd"
    r"|stochastic|normali[sz]ed|independent|distributed|constant|periodic|integer|rational|irrational|prime|distinct"
    r"|eigenvalues?|eigenvectors?|unit|increasing|decreasing|monotone|lipschitz|strictly|unique|solution|minimi[sz]er"
    r"|respectively)\b"
)
WORD = re.compile(r"(?<![\\\w{])([A-Za-z]{1,})(?![\w}])")
VOCABULARY = frozenset(
    """
    is are be has have a an the and of for all with full column row real vector vectors matrix matrices square scalar
    symmetric skew anti orthogonal orthonormal columns diagonal invertible nonsingular non singular idempotent
    projection permutation upper lower triangular positive negative nonnegative nonpositive nonzero zero definite
    semidefinite semi psd pd spd random sigmoid logistic relu natural logarithm identity expectation function functions
    differentiable smooth elementwise entrywise entry wise index integer number numbers dimension dimensions size sizes
    ones one symbol as where unit strictly spectral radius constant constants fixed deterministic
    """.split()  # noqa: SIM905 - a list of a hundred words is read more easily so
)
KEPT = frozenset(
    ("rank", "tr", "det", "diag", "exp", "log", "sin", "cos", "tanh", "max", "min", "argmin", "argmax", "Var", "Cov")
)
BETWEEN = re.compile(
    r"[=<>≤≥≠∈→:]|\\(?:in|to|leq?|geq?|neq?|[gl]g|succ|prec|sim|equiv|forall|rightarrow|triangleq|coloneqq)(?![a-zA-Z])"
)
FOR_ALL = re.compile(r"(?<![\\\w{])for\s+(?:all|every|each|any)(?=\s+[\\a-z])(?!\s+[a-z]{2})")
TEXT = re.compile(r"(?<![_^{\\])\\(?:text|textrm|mbox)\{(?P<words>[^{}\\$]*)\}(?!\s*[(_^])")
HYPHENS = re.compile(r"(?<=[A-Za-z])-(?=(?:semi|definite|symmetric|zero|negative|positive|singular|random|wise|one))")


def properties_in(words: str) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """The properties and signs that words state, and the words that are left."""
    rest, found, signs = words.lower(), [], []
    for pattern, name in PROPERTIES:
        if re.search(pattern, rest):
            found.append(name)
            rest = re.sub(pattern, " ", rest)
    for pattern, head in SIGNS:
        if re.search(pattern, rest):
            signs.append(head)
            rest = re.sub(pattern, " ", rest)
    return tuple(found), tuple(signs), rest


def role_in(words: str) -> tuple[str, str] | None:
    """The role that words give to a symbol: its kind and target."""
    return next(((kind, target) for pattern, kind, target in ROLES if re.search(pattern, words)), None)


def separated(raw: str) -> tuple[str, str]:
    """A line of declarations as LaTeX of the same length, words about symbols taken out and returned."""
    text = _plain(raw)
    if is_unit_line(raw):
        latex = text.split("unit")[0]
        return latex, raw[len(latex) :]
    pieces = list(_pieces(text))
    return "".join(latex for latex, _ in pieces), " ".join(word for _, word in pieces if word)


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Parts of the line as LaTeX of the same length, each with the word that was taken out of it."""
    place = 0
    for match in WORD.finditer(text):
        yield text[place : match.start()], ""
        place = match.end()
        if match.group(1) == "and" and _joins(text[: match.start()], text[place:]):
            yield "   " if text[: match.start()].rstrip().endswith(",") else ",  ", "and"
        else:
            yield _word(match.group(1), text[: match.start()])
    yield text[place:], ""


def _joins(before: str, after: str) -> bool:
    """Whether "and" stands between two symbols, rather than between words about them."""
    ends = [end.strip(",") for end in (*before.split()[-1:], *after.split()[:1])]
    return len(ends) == 2 and all(len(end) == 1 or (end and end.lower() not in VOCABULARY) for end in ends)


def clauses(raw: str) -> tuple[list[tuple[str, int]], bool]:
    """The parts of a line that say something each, with their places: A is invertible, B is symmetric.

    Also whether words stand between two formulas that no comma or "and" tells apart.
    """
    starts, apart = [0], False
    symbol = comma = False
    words: list[str] = []
    for latex, word, place in _placed(raw):
        if word and word != "and":
            words.append(word)
        comma = comma or word == "and" or latex.lstrip().startswith((",", ";"))
        content = latex.strip(" ,;")
        if not content:
            continue
        if symbol and words and not BETWEEN.match(content):
            if comma:
                starts.append(place + latex.index(content))
            else:
                apart = True
        symbol, comma, words = True, latex.rstrip().endswith((",", ";")), []
    ends = [*starts[1:], len(raw)]
    return [(raw[start:end], start) for start, end in zip(starts, ends, strict=True)], apart


def _placed(raw: str) -> Iterator[tuple[str, str, int]]:
    place = 0
    for latex, word in _pieces(_plain(raw)):
        yield latex, word, place
        place += len(latex)


def _plain(raw: str) -> str:
    """The line with signs for words and for what Markdown needs, as long as before."""
    text = re.sub(r"->", "→ ", re.sub(r"\$", " ", TEXT.sub(_bare, HYPHENS.sub(" ", raw))))
    return FOR_ALL.sub(lambda found: "\\forall".ljust(len(found[0])), text)


def _bare(found: re.Match[str]) -> str:
    """The words of \\text by themselves, if they are words of declarations."""
    known = all(word.strip(",").lower() in VOCABULARY and word != "A" for word in found["words"].split())
    return found["words"].rjust(len(found[0]) - 1) + " " if known else found[0]


def _word(found: str, before: str) -> tuple[str, str]:
    blank = " " * len(found)
    if found == "rank" and re.search(r"\b(?:column|row)\s*$", before):
        return blank, found
    if found in KEPT or (len(found) == 1 and found != "a"):
        return found, ""
    if found == "a" and not re.search(r"\b(?:is|are|be)\s*$", before):
        return found, ""
    if found == "in" and not re.search(r"unit\s+vectors?\s*$", before):
        return "∈ ", ""
    if found in GREEK:
        letter = next(k for k, v in UNICODE_GREEK.items() if v == found)
        return letter + " " * (len(found) - 1), ""
    return (found, "") if found.lower() not in VOCABULARY else (blank, found)


def is_unit_line(raw: str) -> bool:
    """e_i unit vectors in R^n"""
    return re.search(r"unit\s+vector", raw) is not None
