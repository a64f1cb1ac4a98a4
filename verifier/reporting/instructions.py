"""What a check was told beside the documents, as it stands in a report: with it the check can be made again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

NO_FILES = ("", "-", "<context>", "<text>")
Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Source:
    """A text that was read: of the file at ``path``, or of no file."""

    path: str
    text: str

    @property
    def data(self) -> Plain:
        """A file by its path and fingerprint; what stands in no file as it is."""
        in_file = self.path not in NO_FILES
        return {"path": self.path, "sha256": fingerprint(self.text), "text": None if in_file else self.text}


@dataclass(frozen=True, slots=True)
class Instructions:
    """Declarations, contexts, macros, and how to judge. ``library`` are the names of identities, if it was checked."""

    given: tuple[str, ...] = ()
    contexts: tuple[Source, ...] = ()
    preamble: Source | None = None
    samples: int = 6
    seed: int = 0
    trust: str = "all"
    library: tuple[str, ...] | None = None

    def data(self, syntax: list[str]) -> Plain:
        """The instructions as plain data, with the syntax of each file."""
        return {
            "given": list(self.given),
            "contexts": [context.data for context in self.contexts],
            "preamble": None if self.preamble is None else self.preamble.data,
            "samples": self.samples,
            "seed": self.seed,
            "trust": self.trust,
            "library": None if self.library is None else list(self.library),
            "syntax": syntax,
        }


def told_in_words(options: Mapping[str, Any]) -> str:
    """The options of a report as one writes them on the command line; nothing if there are none."""
    words = [f"--given {text!r}" for text in options["given"]]
    words += [f"--context {source['path'] or '(a text)'}" for source in options["contexts"]]
    if options["preamble"] is not None:
        words.append(f"--preamble {options['preamble']['path'] or '(a text)'}")
    if options["trust"] != Instructions().trust:
        words.append(f"--trust {options['trust']}")
    for name in ("samples", "seed"):
        if options[name] != getattr(Instructions(), name):
            words.append(f"--{name} {options[name]}")
    return " ".join(words)


def fingerprint(source: str) -> str:
    """The SHA-256 of a source, as it stands in a file."""
    return sha256(source.encode("utf-8", "surrogatepass")).hexdigest()
