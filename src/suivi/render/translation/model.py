"""What travels to a translator, and the check of what comes back."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from suivi.findings import Finding, Severity
from suivi.render.markdown import MARKS
from suivi.render.translation.segments import quotes_of
from suivi.values.errors import InputRefused
from suivi.values.messages import Message, gettext_noop

_WORD = re.compile(r"[^\W\d_]{2,}")
_WORDS_OF_SENTENCE = 6

TranslationFormat: TypeAlias = Literal["docx", "xliff"]

_MISSING = gettext_noop("%(place)s: the placeholder %(quote)s is missing in the translation.")
_DOUBLED = gettext_noop("%(place)s: the placeholder %(quote)s stands there too often.")
_UNKNOWN = gettext_noop("%(place)s: the placeholder %(quote)s does not stand in the original.")
_EMPTY = gettext_noop("%(place)s is not translated: %(words)s")
_PUT_BACK = gettext_noop("Put each figure once where it belongs in the sentence, then try again.")
_COMPLETE = gettext_noop("Translate the whole section, then try again.")


@dataclass(frozen=True)
class Section:
    """A section: its lines in the original and in the translation, by the name of the piece.

    `digest` is that of the original wording. `shown` gives the words of placeholders, and `notes` what the
    translator should know of a piece, both for the eye.
    """

    key: str
    heading: str
    digest: str
    source: Mapping[str, str]
    target: Mapping[str, str] = field(default_factory=dict)
    shown: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)

    @property
    def lines(self) -> dict[str, str]:
        """The pieces that say something else than the original."""
        return {
            name: line for name, line in self.target.items() if line.strip() and line != self.source.get(name)
        }


@dataclass(frozen=True)
class Job:
    """Sections of one paper, from one language to another."""

    plan: str
    paper: str
    title: str
    source_language: str
    target_language: str
    sections: tuple[Section, ...]


def check_section(source: Mapping[str, str], section: Section) -> list[Finding]:
    """What keeps a translated section from being taken, against the lines it was made from."""
    return list(_check(source, section))


def _check(source: Mapping[str, str], section: Section) -> Iterator[Finding]:
    for name, line in source.items():
        place = f"{section.heading or section.key}, {name}"
        translated = section.target.get(name, "")
        if not translated.strip() or (translated == line and _is_sentence(line)):
            params = {"place": place, "words": line[:80]}
            yield _finding("empty", _EMPTY, params, _COMPLETE)
            continue
        wanted, found = quotes_of(line), quotes_of(translated)
        for quote in sorted(wanted | found):
            if found[quote] == wanted[quote]:
                continue
            code, template = "doubled", _DOUBLED
            if not wanted[quote]:
                code, template = "unknown", _UNKNOWN
            elif found[quote] < wanted[quote]:
                code, template = "missing", _MISSING
            yield _finding(code, template, {"place": place, "quote": quote}, _PUT_BACK)


def _is_sentence(line: str) -> bool:
    """Names and figures may be the same in two languages; a sentence that is was left as it went out."""
    return len(_WORD.findall(MARKS.sub(" ", line))) >= _WORDS_OF_SENTENCE


def _finding(code: str, template: str, params: Mapping[str, object], hint: str) -> Finding:
    return Finding(f"translation.{code}", Severity.ERROR, Message(template, params), hint=Message(hint))


def no_translation_file() -> InputRefused:
    """The refusal of a file that was not given out for translation."""
    return InputRefused(
        gettext_noop("The file is no translation file of a paper."),
        hint=gettext_noop("Give back the XLIFF 2.0 or DOCX file that was given out for translation."),
    )


def write_job(job: Job, kind: TranslationFormat) -> bytes:
    """The job as a file."""
    from suivi.render.translation.table import write_table
    from suivi.render.translation.xliff import write_xliff

    return write_xliff(job) if kind == "xliff" else write_table(job)


def read_job(data: bytes) -> Job:
    """The job in a file that came back, whichever of the two formats. Raises InputRefused for others."""
    from suivi.render.translation.table import read_table
    from suivi.render.translation.xliff import read_xliff

    return read_table(data) if data.startswith(b"PK") else read_xliff(data)
