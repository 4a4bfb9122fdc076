"""Which texts of a plan lack words in a language, or were made from a wording that has changed since."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from suivi.documents.comparison import key_of
from suivi.documents.model import PlanDocument
from suivi.values.text import Text


class Lack(StrEnum):
    """What is the matter with a text in a language."""

    MISSING = "missing"
    STALE = "stale"


@dataclass(frozen=True)
class Untranslated:
    """One text in one language: `level` and `key` name the part, `field` its text (title, text, strand-0)."""

    level: str
    key: str
    number: str
    field: str
    language: str
    lack: Lack
    words: str  # the original wording


def untranslated(plan: PlanDocument, languages: Iterable[str]) -> list[Untranslated]:
    """Every text and language that wants work, in the order of the plan."""
    wanted = list(languages)
    return [
        Untranslated(level, key, number, field, language, lack, str(text))
        for level, key, number, field, text in _texts(plan)
        for language in wanted
        if (lack := lack_of(text, language))
    ]


def lack_of(text: Text, language: str) -> Lack | None:
    """What a text lacks in a language; None where nothing does, and for a text without any words."""
    if not text or language == text.original:
        return None
    if not text.plain().get(language):
        return Lack.MISSING
    return Lack.STALE if text.is_stale(language) else None


def _texts(plan: PlanDocument) -> Iterator[tuple[str, str, str, str, Text]]:
    if plan.header.title:
        yield "plan", "title", "", "title", plan.header.title
    for pillar in plan.pillars:
        yield "pillar", key_of(pillar), pillar.number, "title", pillar.title
        for action in pillar.actions:
            if action.title:
                yield "action", key_of(action), action.number, "title", action.title
            yield "action", key_of(action), action.number, "text", action.text
            for one in action.deliverables:
                if one.title:
                    yield "deliverable", key_of(one), one.number, "title", one.title
                yield "deliverable", key_of(one), one.number, "text", one.text
                if one.target:
                    yield "deliverable", key_of(one), one.number, "unit", one.target.unit
                for position, strand in enumerate(one.strands):
                    yield "deliverable", key_of(one), one.number, f"strand-{position}", strand
