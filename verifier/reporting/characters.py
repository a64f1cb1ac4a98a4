"""Characters for LaTeX in plain text: tables only."""

from __future__ import annotations

from verifier.notation import UNICODE_GREEK

_GREEK = {name: letter for letter, name in UNICODE_GREEK.items()} | {"varpi": "ϖ", "varsigma": "ς", "omicron": "ο"}

SUPERSCRIPTS = dict(
    zip(
        "0123456789+-=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθφχ⊤′",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿᵠᵡᵀ′",
        strict=True,
    )
)
SUBSCRIPTS = dict(zip("0123456789+-=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", strict=True))

SIGNS = _GREEK | {
    "|": "‖",
    "Vert": "‖",
    "lVert": "‖",
    "rVert": "‖",
    "vert": "|",
    "lvert": "|",
    "rvert": "|",
    "langle": "⟨",
    "rangle": "⟩",
    "lfloor": "⌊",
    "rfloor": "⌋",
    "lbrace": "{",
    "rbrace": "}",
    "lbrack": "[",
    "rbrack": "]",
    "partial": "∂",
    "nabla": "∇",
    "infty": "∞",
    "dots": "…",
    "ldots": "…",
    "cdots": "⋯",
    "vdots": "⋮",
    "ddots": "⋱",
    "top": "⊤",
    "intercal": "⊤",
    "prime": "′",
    "dagger": "†",
    "ast": "*",
    "star": "⋆",
    "circ": "∘",
    "forall": "∀",
    "exists": "∃",
    "neg": "¬",
    "lnot": "¬",
    "emptyset": "∅",
    "ell": "ℓ",
    "hbar": "ℏ",
    "Re": "Re",
    "triangledown": "∇",
    "square": "□",
    "blacksquare": "■",
    "therefore": "∴",
    "because": "∵",
    "setminus": "∖",
    "backslash": "\\",
}
PLAIN = {"'": "′", "~": " ", "&": " "}
SPACED = {
    "cdot": "·",
    "times": "×",
    "odot": "⊙",
    "otimes": "⊗",
    "oplus": "⊕",
    "oslash": "⊘",
    "pm": "±",
    "mp": "∓",
    "div": "÷",
    "leq": "≤",
    "le": "≤",
    "leqslant": "≤",
    "geq": "≥",
    "ge": "≥",
    "geqslant": "≥",
    "lt": "<",
    "gt": ">",
    "ll": "≪",
    "gg": "≫",
    "neq": "≠",
    "ne": "≠",
    "equiv": "≡",
    "approx": "≈",
    "simeq": "≃",
    "cong": "≅",
    "sim": "∼",
    "propto": "∝",
    "coloneqq": ":=",
    "triangleq": "≜",
    "doteq": "≐",
    "in": "∈",
    "notin": "∉",
    "subset": "⊂",
    "subseteq": "⊆",
    "cup": "∪",
    "cap": "∩",
    "succ": "≻",
    "succeq": "⪰",
    "succcurlyeq": "≽",
    "prec": "≺",
    "preceq": "⪯",
    "to": "→",
    "rightarrow": "→",
    "longrightarrow": "→",
    "leftarrow": "←",
    "gets": "←",
    "mapsto": "↦",
    "implies": "⟹",
    "Rightarrow": "⟹",
    "Longrightarrow": "⟹",
    "iff": "⟺",
    "Leftrightarrow": "⟺",
    "Longleftrightarrow": "⟺",
    "land": "∧",
    "wedge": "∧",
    "lor": "∨",
    "vee": "∨",
    "mid": "|",
    "parallel": "∥",
    "perp": "⊥",
}
SPACES = frozenset((",", ";", ":", "!", " ", "quad", "qquad", "enspace", "thinspace", "\n"))
IGNORED = frozenset(
    (
        *(
            "displaystyle",
            "textstyle",
            "scriptstyle",
            "limits",
            "nolimits",
            "nonumber",
            "notag",
            "hline",
            "cr",
            "rm",
            "bf",
        ),
        *("big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "biggl", "biggr", "Biggl", "Biggr", "boldmath"),
    )
)
WORDS = {
    name: name
    for name in (
        *("exp", "log", "ln", "sin", "cos", "tan", "arctan", "sinh", "cosh", "tanh", "det", "rank", "tr", "Tr", "diag"),
        *("max", "min", "sup", "inf", "lim", "arg", "argmin", "argmax", "ker", "dim", "gcd", "Pr", "Var", "Cov"),
    )
}
BIG = {"sum": "Σ", "prod": "Π", "int": "∫", "iint": "∬", "oint": "∮", "bigcup": "⋃", "bigcap": "⋂"}

ACCENTS = {
    "hat": "\u0302",
    "widehat": "\u0302",
    "bar": "\u0304",
    "overline": "\u0304",
    "tilde": "\u0303",
    "widetilde": "\u0303",
    "dot": "\u0307",
    "ddot": "\u0308",
    "check": "\u030c",
    "breve": "\u0306",
    "acute": "\u0301",
    "grave": "\u0300",
    "underline": "\u0332",
}
FACES = (
    *("mathbf", "boldsymbol", "bm", "vec", "mathbold", "pmb", "bold", "mathit", "mathsf", "mathtt", "mathnormal"),
    *("mathop", "ensuremath", "underbrace", "overbrace", "cancel", "boxed", "mathfrak"),
)
DOUBLE_STRUCK = dict(zip("RNZQCE1PIVF", "ℝℕℤℚℂ𝔼𝟙ℙ𝕀𝕍𝔽", strict=True))
SCRIPT = dict(zip("LNFRDXHSGTBEIM", "ℒ𝒩ℱℛ𝒟𝒳ℋ𝒮𝒢𝒯ℬℰℐℳ", strict=True))

MATRICES = {
    "matrix": ("", ""),
    "smallmatrix": ("[", "]"),
    "bmatrix": ("[", "]"),
    "pmatrix": ("(", ")"),
    "Bmatrix": ("{", "}"),
    "vmatrix": ("|", "|"),
    "Vmatrix": ("‖", "‖"),
    "cases": ("{ ", " }"),
}
