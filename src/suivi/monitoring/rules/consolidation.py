"""Making one update of the contributions of several units."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from suivi.monitoring.rules.content import UpdateContent, category_key


def consolidated(start: UpdateContent, contributions: Mapping[str, UpdateContent]) -> UpdateContent:
    """The facts and words of all contributions in one content; the key is the name of the unit that speaks.

    Facts of one thing come in once: of an item and a step what is told of the latest day, of a value what
    comes first. A commitment is kept when nobody says that it is not. The assessment stays the accountable
    unit's own.
    """
    parts = [start, *contributions.values()]
    return replace(
        start,
        narrative=_words(start.narrative, {name: one.narrative for name, one in contributions.items()}),
        difficulties=_words(
            start.difficulties, {name: one.difficulties for name, one in contributions.items()}
        ),
        is_commitment_kept=_kept([one.is_commitment_kept for one in parts]),
        items=_latest((item for one in parts for item in one.items), lambda item: item.key),
        steps=_latest((step for one in parts for step in one.steps), lambda step: (step.part, step.rung)),
        values=_first(
            (value for one in parts for value in one.values),
            lambda value: (value.happened_on, category_key(value.category)),
        ),
        support=_first((ask for one in parts for ask in one.support), lambda ask: ask.text),
        evidence=_first((use for one in parts for use in one.evidence), lambda use: (use.key, use.about)),
    )


def _words(own: str, said: Mapping[str, str]) -> str:
    """The words of each unit under its name, in Markdown, after what the accountable unit wrote."""
    parts = [own.strip(), *(f"**{name}**: {words.strip()}" for name, words in said.items() if words.strip())]
    return "\n\n".join(part for part in parts if part)


def _kept(said: list[bool | None]) -> bool | None:
    known = [one for one in said if one is not None]
    return all(known) if known else None


def _first(facts: Iterable[Any], key_of: Callable[[Any], Any]) -> tuple[Any, ...]:
    found: dict[Any, Any] = {}
    for fact in facts:
        found.setdefault(key_of(fact), fact)
    return tuple(found.values())


def _day(fact: Any) -> date:
    return fact.happened_on or date.min


def _latest(facts: Iterable[Any], key_of: Callable[[Any], Any]) -> tuple[Any, ...]:
    found: dict[Any, Any] = {}
    for fact in facts:
        key = key_of(fact)
        there = found.get(key)
        if there is None or _day(fact) > _day(there):
            found[key] = fact
    return tuple(found.values())
