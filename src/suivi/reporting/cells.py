"""What the tables of reports have in common: header rows, names, statuses, counts."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from suivi.monitoring.queries.states import StateOnDay
from suivi.monitoring.rules.reasons import plain
from suivi.organisation.countries import countries_in_use
from suivi.plan.queries import DeliverableOnDay
from suivi.render.document import Cell, Content, Inline, LineBreak, Row, Run
from suivi.render.runs import inlines
from suivi.reporting.material import Material


def header(*labels: str) -> tuple[Row, ...]:
    """The header of a table in one row."""
    return (Row(tuple(Cell(label) for label in labels)),)


def named(material: Material, one: DeliverableOnDay) -> tuple[Run, ...]:
    """A deliverable by its number and short title."""
    return (Run(f"{one.row.number}  "), material.short(one.row))


def stacked(lines: Sequence[tuple[Inline, ...]]) -> Content:
    """Lines of a cell, one under the other."""
    found: list[Inline] = []
    for line in lines:
        found += [LineBreak()] if found else []
        found += line
    return tuple(found)


def mark(code: str) -> str:
    """The code of the mark of an agreed status; what nobody agreed on yet has that of no update."""
    return (code or "no_recent_update").replace("_", "-")


def status(material: Material, code: str) -> Run:
    """An agreed status as shape and word; an empty code says that none is agreed yet."""
    return Run(material.status_words[code], status=mark(code))


def agreed(material: Material, state: StateOnDay) -> Content:
    """The agreed status with the day up to which it was agreed, and the reason where one was given."""
    found = state.agreed
    if found is None:
        return status(material, "")
    said: list[Inline] = [
        status(material, found.status),
        LineBreak(),
        Run(_("up to %(day)s") % {"day": material.typography.short_day(found.up_to)}),
    ]
    if found.reason and found.status != found.signal:
        said += [LineBreak(), *reason(material, found.reason)]
    return tuple(said)


def of_plan(material: Material, by_pk: Mapping[int, DeliverableOnDay], pk: int, key: str) -> Content:
    """A deliverable by its words; by its key where the edition of the day no longer holds it."""
    return named(material, by_pk[pk]) if pk in by_pk else key


def country(material: Material, word: str) -> str:
    """A country by the organisation's list; what the list does not know stands as it was typed."""
    known = countries_in_use().find(word, material.up_to)
    return known.name(material.language) if known else word


def foreign(material: Material, words: str, *, italic: bool = False) -> Run:
    """Words as somebody of the house typed them: taken to be in the language of the plan."""
    language = material.edition.plan.language
    return Run(words, italic=italic, language="" if language == material.language else language)


def reason(material: Material, words: str) -> tuple[Inline, ...]:
    """A reason as it was given, with its language where the report is in another."""
    said = foreign(material, words)
    return (said, *material.language_mark(said.language))


def number(material: Material, value: Decimal) -> str:
    """An exact number as people write it."""
    return material.typography.number(plain(value))


def count_with_measure(material: Material, one: DeliverableOnDay) -> Content:
    """The same as `count`, with what an indicator measures where the plan sets neither target nor unit."""
    said = inlines(count(material, one))
    state = material.state(one)
    if state.sheet is None or state.measure.target is not None or material.words(one.row.target_unit).text:
        return said
    measure = material.measures.get(state.sheet.pk)
    return (*said, LineBreak(), *material.said(measure)) if measure else said


def count(material: Material, one: DeliverableOnDay, state: StateOnDay | None = None) -> Content:
    """How far a deliverable has come, in the way that fits it; never a share of what is not counted.

    `state` is another than that of the report's days, such as the one before.
    """
    state = state or material.state(one)
    said = _COUNTS.get(state.measure.kind, _target)(material, one, state)
    revised = _revised(material, state)
    return (*said, Run(f" ({revised})")) if revised else said


def _named_figure(one: DeliverableOnDay, words: str) -> Run:
    return Run(words, figure=f"d:{one.row.number}.progress")


def _unit(material: Material, one: DeliverableOnDay) -> tuple[Inline, ...]:
    words = material.words(one.row.target_unit)
    return (Run(" "), words) if words.text else ()


def _target(material: Material, one: DeliverableOnDay, state: StateOnDay) -> tuple[Inline, ...]:
    target = state.measure.target
    if target is None:
        return (Run(_("no number to reach")),)
    words = _("target: %(number)s") % {"number": number(material, target)}
    return (Run(words), *_unit(material, one))


def _counted(material: Material, one: DeliverableOnDay, state: StateOnDay) -> tuple[Inline, ...]:
    reached, target = state.signal.progress.number, state.measure.target
    if reached is None:
        none = Run(_("no value proven"))
        return (none, Run("; "), *_target(material, one, state)) if target is not None else (none,)
    if state.sheet and state.sheet.is_ratio:
        shown = material.typography.short_per_cent(plain(round(reached, 1)))
        if target is None:
            return (_named_figure(one, shown), *_unit(material, one))
        of = material.typography.short_per_cent(plain(target))
        return (_named_figure(one, _("%(number)s of %(target)s") % {"number": shown, "target": of}),)
    shown = number(material, reached)
    if target is None:
        words = _("%(number)s so far") % {"number": shown} if state.measure.kind == "items" else shown
        return (_named_figure(one, words), *_unit(material, one))
    words = _("%(number)s of %(target)s") % {"number": shown, "target": number(material, target)}
    return (_named_figure(one, words), *_unit(material, one))


def _ladder(material: Material, one: DeliverableOnDay, state: StateOnDay) -> tuple[Inline, ...]:
    ladder = state.sheet.ladder if state.sheet else None
    place = state.signal.progress.reached.get("", 0)
    if ladder is None or not place:
        words = ngettext(
            "before the only step", "before the first of %(top)s steps", len(state.measure.rungs)
        )
        return (_named_figure(one, words % {"top": len(state.measure.rungs)}),)
    words = _("step %(step)s of %(top)s") % {"step": place, "top": len(ladder.rungs)}
    return (_named_figure(one, words), Run(": "), material.words(ladder.rungs[place - 1].name))


def _parts(_material: Material, one: DeliverableOnDay, state: StateOnDay) -> tuple[Inline, ...]:
    places = list(state.signal.progress.reached.values())
    complete = sum(place == len(state.measure.rungs) for place in places)
    words = _("parts complete: %(complete)s of %(parts)s") % {"complete": complete, "parts": len(places)}
    return (_named_figure(one, words),)


def _commitment(_material: Material, one: DeliverableOnDay, state: StateOnDay) -> tuple[Inline, ...]:
    words = {
        True: _("commitment kept"),
        False: _("commitment not kept"),
        None: _("commitment not confirmed yet"),
    }[state.signal.progress.is_kept]
    return (_named_figure(one, words),)


_COUNTS = {
    "items": _counted,
    "indicator": _counted,
    "ladder": _ladder,
    "parts": _parts,
    "commitment": _commitment,
}


def _revised(material: Material, state: StateOnDay) -> str:
    """That another target than the adopted one holds, in words; empty where it is the adopted one."""
    if not state.is_revised:
        return ""
    adopted = state.measure.adopted_target
    if adopted is None:
        return _("target set inside, none adopted")
    return _("adopted: %(number)s") % {"number": number(material, adopted)}
