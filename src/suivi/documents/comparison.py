"""What differs between two states of a plan: added, dropped, and field by field."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from suivi.documents.model import Action, Deliverable, Link, Pillar, PlanDocument, Target
from suivi.values.text import Text

Part: TypeAlias = Pillar | Action | Deliverable


class Change(StrEnum):
    """The kinds of difference. A translation is no change of what was adopted."""

    ADDED = "added"
    DROPPED = "dropped"
    NUMBER = "number"
    MOVED = "moved"
    TEXT = "text"
    TITLE = "title"
    WINDOW = "window"
    TARGET = "target"
    STRANDS = "strands"
    LINKS = "links"
    LEAD = "lead"
    INDICATOR = "indicator"
    FOLLOWS = "follows"
    CONTINUES = "continues"
    NOTES = "notes"
    HEADER = "header"
    LABELS = "labels"
    TRANSLATION = "translation"
    LINK_TITLE = "link_title"


@dataclass(frozen=True)
class Difference:
    """One difference. `level` is plan, pillar, action or deliverable; before and after are words to read."""

    change: Change
    level: str
    key: str
    number: str
    before: str = ""
    after: str = ""
    language: str = ""  # of a translation

    @property
    def is_adopted(self) -> bool:
        """Whether this needs a decision of the body. Translations and the short titles (ours) do not."""
        is_short_title = self.change is Change.TITLE and self.level in {"action", "deliverable"}
        return self.change not in {Change.TRANSLATION, Change.LINK_TITLE} and not is_short_title


def key_of(part: Part) -> str:
    """The key by which a part is known through the editions."""
    return part.key or part.number


def compare(before: PlanDocument, after: PlanDocument) -> list[Difference]:
    """The differences in the order of the later plan, what was dropped at the end of its level."""
    found = list(_compare_plan(before, after))
    old, new = _index(before), _index(after)
    for (level, key), (part, parent) in new.items():
        if (level, key) not in old:
            found.append(Difference(Change.ADDED, level, key, part.number, after=words_of(part)))
        else:
            found.extend(_compare_part(level, old[level, key], (part, parent)))
    found.extend(
        Difference(Change.DROPPED, level, key, part.number, before=words_of(part))
        for (level, key), (part, _parent) in old.items()
        if (level, key) not in new
    )
    return found


def likeness(one: PlanDocument, two: PlanDocument) -> float:
    """The share of deliverables, 0 to 1, that stand in both under one key with the same wording.

    Where the plans are in different languages the time frames are compared instead of the words.
    """
    same_language = one.header.language == two.header.language
    first, second = (
        {key_of(d): str(d.text) if same_language else str(d.ends_on) for d in plan.deliverables()}
        for plan in (one, two)
    )
    shared = sum(second.get(key) == said for key, said in first.items())
    return shared / max(len(first), len(second), 1)


def words_of(part: Part) -> str:
    """The adopted words of a part, in the original language."""
    return str(part.title if isinstance(part, Pillar) else part.text)


def _index(plan: PlanDocument) -> dict[tuple[str, str], tuple[Part, str]]:
    parts: dict[tuple[str, str], tuple[Part, str]] = {}
    for pillar in plan.pillars:
        parts["pillar", key_of(pillar)] = (pillar, "")
        for action in pillar.actions:
            parts["action", key_of(action)] = (action, key_of(pillar))
            for deliverable in action.deliverables:
                parts["deliverable", key_of(deliverable)] = (deliverable, key_of(action))
    return parts


def _compare_plan(before: PlanDocument, after: PlanDocument) -> Iterator[Difference]:
    one, two = _header_fields(before), _header_fields(after)
    for name in one:
        if one[name] != two[name]:
            yield Difference(Change.HEADER, "plan", name, "", one[name], two[name])
    for level in sorted(before.labels.keys() | after.labels.keys()):
        yield from _compare_text(
            Change.LABELS, "plan", level, "", before.labels.get(level), after.labels.get(level)
        )
    yield from _compare_text(Change.TITLE, "plan", "", "", before.header.title, after.header.title)


def _header_fields(plan: PlanDocument) -> dict[str, str]:
    header = plan.header
    return {
        "language": header.language,
        "symbol": header.symbol,
        "body": header.body,
        "session": header.session,
        "item": _words(header.item),
        "date": _words(header.dated_on),
        "author_unit": header.author_unit,
        "original_language": header.original_language,
        "paragraphs": str(plan.paragraphs),
        "decision_paragraph": _words(plan.decision_paragraph),
        "footnotes": "; ".join(f"{note.mark} {note.text}" for note in plan.footnotes),
        "cited": "; ".join(plan.cited),
    }


def _compare_part(level: str, old: tuple[Part, str], new: tuple[Part, str]) -> Iterator[Difference]:
    (before, old_parent), (after, new_parent) = old, new
    key = key_of(after)

    def differ(change: Change, one: str, two: str) -> Iterator[Difference]:
        if one != two:
            yield Difference(change, level, key, after.number, one, two)

    yield from differ(Change.NUMBER, _number(before), _number(after))
    yield from differ(Change.MOVED, old_parent, new_parent)
    yield from differ(Change.NOTES, ", ".join(before.footnotes), ", ".join(after.footnotes))
    yield from _compare_text(Change.TITLE, level, key, after.number, before.title, after.title)
    if isinstance(before, Action | Deliverable) and isinstance(after, Action | Deliverable):
        yield from _compare_text(Change.TEXT, level, key, after.number, before.text, after.text)
        yield from differ(Change.LINKS, _links(before.links), _links(after.links))
        yield from _compare_link_titles(level, before, after)
    if isinstance(before, Action) and isinstance(after, Action):
        yield from differ(Change.CONTINUES, before.continues, after.continues)
    if isinstance(before, Deliverable) and isinstance(after, Deliverable):
        yield from differ(Change.WINDOW, _window(before), _window(after))
        yield from differ(Change.TARGET, _target(before.target), _target(after.target))
        if before.target and after.target and str(before.target.unit) == str(after.target.unit):
            units = (before.target.unit, after.target.unit)
            yield from _compare_text(Change.TARGET, level, key, after.number, *units)
        yield from differ(Change.LEAD, before.lead, after.lead)
        yield from differ(Change.INDICATOR, before.indicator, after.indicator)
        yield from differ(Change.FOLLOWS, ", ".join(before.follows), ", ".join(after.follows))
        yield from _compare_strands(key, before, after)


def _compare_link_titles(
    level: str, before: Action | Deliverable, after: Action | Deliverable
) -> Iterator[Difference]:
    """What a link is called is not adopted with the plan, in no language."""
    titles: dict[str, list[Text | None]] = {}  # a part may cite the same thing twice
    for link in before.links:
        titles.setdefault(link.key, []).append(link.title)
    for link in after.links:
        if waiting := titles.get(link.key):
            old = waiting.pop(0)
            yield from _compare_text(Change.TRANSLATION, level, key_of(after), after.number, old, link.title)


def _compare_strands(key: str, before: Deliverable, after: Deliverable) -> Iterator[Difference]:
    one, two = "; ".join(map(str, before.strands)), "; ".join(map(str, after.strands))
    if one != two:
        yield Difference(Change.STRANDS, "deliverable", key, after.number, one, two)
        return
    for old, new in zip(before.strands, after.strands, strict=True):
        yield from _compare_text(Change.STRANDS, "deliverable", key, after.number, old, new)


def _compare_text(
    change: Change, level: str, key: str, number: str, before: Text | None, after: Text | None
) -> Iterator[Difference]:
    """The original wording against the original wording; other languages are translations."""
    one, two = before.plain() if before else {}, after.plain() if after else {}
    original = (after or before or Text.of("", "")).original
    for language in sorted(one.keys() | two.keys()):
        if one.get(language, "") == two.get(language, ""):
            continue
        is_original = language == original
        yield Difference(
            change if is_original else Change.TRANSLATION,
            level,
            key,
            number,
            one.get(language, ""),
            two.get(language, ""),
            "" if is_original else language,
        )


def _number(part: Part) -> str:
    return f"{part.number} (internal)" if part.number_is_internal else part.number


def _links(links: Iterable[Link]) -> str:
    return ", ".join(link.key for link in links)


def _window(deliverable: Deliverable) -> str:
    days = " – ".join(_words(day) or "?" for day in (deliverable.starts_on, deliverable.ends_on))
    stated = deliverable.window or ""
    if deliverable.starts_on is None and deliverable.ends_on is None:
        return stated
    return f"{stated} ({days})" if stated else days


def _target(target: Target | None) -> str:
    return f"{target.value:f} {target.unit}".strip() if target else ""


def _words(value: date | int | None) -> str:
    return "" if value is None else str(value)
