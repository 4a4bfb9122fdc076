"""A text in several languages that knows which of them is the original."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


def digest_of(text: str) -> str:
    """A short digest of a wording, by which a translation remembers what it was made from."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Version:
    """The text in one language.

    `by` names who wrote it, `at` is a moment in ISO form, `source` is the digest of the original wording
    that a translation was made from (empty: unknown, or the original itself).
    """

    text: str
    by: str = ""
    at: str = ""
    source: str = ""


@dataclass(frozen=True)
class Shown:
    """What a reader gets: the words, their language, and whether that is second best."""

    text: str
    language: str
    is_fallback: bool
    is_stale: bool

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Text:
    """Language to version, with the original language named. Empty is allowed: no words in any language."""

    original: str
    versions: Mapping[str, Version]

    @classmethod
    def of(cls, text: str, language: str) -> "Text":
        """A text that so far exists in one language only."""
        return cls(language, {language: Version(text)} if text else {})

    @classmethod
    def of_many(cls, texts: Mapping[str, str], original: str) -> "Text":
        """A text given in several languages at once, the translations made from this original."""
        source = digest_of(texts.get(original, ""))
        return cls(
            original,
            {k: Version(v, source="" if k == original else source) for k, v in texts.items() if v},
        )

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Text":
        return cls(data["original"], {k: Version(**v) for k, v in data["texts"].items()})

    def to_json(self) -> dict[str, Any]:
        """Plain data for one JSON column; empty members are left out."""
        return {
            "original": self.original,
            "texts": {
                language: {k: v for k, v in vars(version).items() if v or k == "text"}
                for language, version in sorted(self.versions.items())
            },
        }

    def plain(self) -> dict[str, str]:
        """Language to words, the original first."""
        order = sorted(self.versions, key=lambda code: (code != self.original, code))
        return {code: self.versions[code].text for code in order}

    def is_stale(self, language: str) -> bool:
        """Whether the original was reworded after this translation was made."""
        version = self.versions.get(language)
        if version is None or language == self.original or not version.source:
            return False
        source = self.versions.get(self.original)
        return source is not None and version.source != digest_of(source.text)

    def shown(self, language: str) -> Shown:
        """The words for a reader of `language`: that language, else the original, else any."""
        for code in (language, self.original, *sorted(self.versions)):
            if code in self.versions:
                return Shown(self.versions[code].text, code, code != language, self.is_stale(code))
        return Shown("", language, is_fallback=False, is_stale=False)

    def with_version(self, language: str, text: str, *, by: str = "", at: str = "") -> "Text":
        """This text with one language written anew; a translation notes the original it was made from."""
        original = self.versions.get(self.original)
        source = digest_of(original.text) if original and language != self.original else ""
        return Text(self.original, {**self.versions, language: Version(text, by, at, source)})

    def without(self, language: str) -> "Text":
        """This text with one language taken away."""
        return Text(self.original, {k: v for k, v in self.versions.items() if k != language})

    def __bool__(self) -> bool:
        return any(version.text for version in self.versions.values())

    def __str__(self) -> str:
        return self.shown(self.original).text
