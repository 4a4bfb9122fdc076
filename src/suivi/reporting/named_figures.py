"""The figures of a report by name, so that a sentence quotes them and never types them.

A text says `{{achieved}}` or `{{achieved|words}}`; the words come from the record of the report's two days.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from suivi.monitoring.models import Status
from suivi.render.document import Run
from suivi.render.typography import Typography
from suivi.reporting.material import Material
from suivi.reporting.number_words import GENDERS, in_words

DONE = ("achieved", "achieved_late")
NEEDS_PROGRESS = ("at_risk", "off_track", "not_started", "no_recent_update", "not_achieved")
Value = int | Decimal | date


@dataclass(frozen=True)
class NamedFigure:
    """A figure: its name, its value on the two days of the report, and what it is, in words."""

    name: str
    value: Value
    about: str

    def words(self, typography: Typography, form: str = "") -> str:
        """The value in the forms of a language.

        Forms: none, in figures; "words", spelled out up to ten, with "words-f" for a feminine noun and
        "words-m" before a masculine one; "Words", the same at the start of a sentence; "short", a day as
        tables have it.
        """
        if isinstance(self.value, date):
            return typography.short_day(self.value) if form == "short" else typography.day(self.value)
        spelling, _dash, gender = form.partition("-")
        if spelling.lower() == "words" and gender in GENDERS:
            spelled = in_words(self.value, typography.language, gender)
            if spelled:
                return spelled[0].upper() + spelled[1:] if spelling == "Words" else spelled
        return typography.number(self.value)


def named_figures(material: Material) -> dict[str, NamedFigure]:
    """Name to figure, in the order in which writers look for them."""
    return {figure.name: figure for figure in _all(material)}


def figure_run(material: Material, figures: dict[str, NamedFigure]) -> Callable[[str], Run]:
    """What turns a name (with its form) into words that carry it; an unknown name shows as such."""

    def run(quoted: str) -> Run:
        name, _bar, form = quoted.partition("|")
        found = figures.get(name)
        if found is None:
            return Run(f"[? {quoted}]", bold=True)
        return Run(found.words(material.typography, form), figure=quoted)

    return run


def _all(material: Material) -> Iterator[NamedFigure]:
    yield NamedFigure("up-to", material.up_to, _("the day up to which the report speaks"))
    yield NamedFigure("as-of", material.day, _("the day as of which the record was read"))
    if material.asked.since:
        yield NamedFigure("since", material.asked.since, _("the day since which changes are counted"))
    pillars = list(material.by_pillar())
    yield NamedFigure("pillars", len(pillars), _("pillars of the plan"))
    actions = {one.row.action_id for one in material.deliverables}
    yield NamedFigure("actions", len(actions), _("actions of the plan"))
    yield from _group(material, "", [one.row.deliverable_id for one in material.deliverables], "")
    for pillar, found in pillars:
        named = f"{material.level('pillar')} {pillar.number}"
        keys = [one.row.deliverable_id for one in found]
        yield from _group(material, f"pillar:{pillar.number}.", keys, f"{named}: ")
    yield from _counts(material)


def _group(material: Material, prefix: str, deliverables: list[int], label: str) -> Iterator[NamedFigure]:
    """How many deliverables of a group there are, and how many in each agreed status."""
    agreed = Counter(material.agreed_of(pk) for pk in deliverables)
    yield NamedFigure(f"{prefix}deliverables", len(deliverables), label + _("deliverables"))
    done = sum(agreed[status] for status in DONE)
    yield NamedFigure(f"{prefix}done", done, label + _("deliverables achieved, in time or late"))
    wanting = sum(agreed[status] for status in NEEDS_PROGRESS)
    yield NamedFigure(
        f"{prefix}needs-progress", wanting, label + _("deliverables where further progress is needed")
    )
    for status in Status:
        about = label + _("deliverables whose agreed status is: %(status)s") % {"status": status.label}
        yield NamedFigure(f"{prefix}{status.value.replace('_', '-')}", agreed[status.value], about)
    yield NamedFigure(
        f"{prefix}not-agreed", agreed[""], label + _("deliverables without an agreed status yet")
    )


def _counts(material: Material) -> Iterator[NamedFigure]:
    """What was counted or measured of each deliverable, and the number to reach."""
    for one in material.deliverables:
        state = material.state(one)
        number, target = state.signal.progress.number, state.measure.target
        words = f"{one.row.number} {material.short(one.row).text}"
        if number is not None:
            about = _("%(deliverable)s: reached so far") % {"deliverable": words}
            yield NamedFigure(f"d:{one.row.number}.count", number, about)
        if target is not None:
            about = _("%(deliverable)s: number to reach") % {"deliverable": words}
            yield NamedFigure(f"d:{one.row.number}.target", target, about)
        adopted = state.measure.adopted_target
        if adopted is not None and state.is_revised:
            about = _("%(deliverable)s: number to reach, as adopted") % {"deliverable": words}
            yield NamedFigure(f"d:{one.row.number}.adopted", adopted, about)
