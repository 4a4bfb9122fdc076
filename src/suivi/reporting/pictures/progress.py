"""Pictures of progress: burn-ups of what is counted, and how far it moved between two days."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from suivi.monitoring.queries.history import BurnUp as CountedOverTime
from suivi.monitoring.queries.history import OnDay
from suivi.render.burnup import BurnUp, Point, Range, draw_burn_up
from suivi.render.charts import MovedRow, moved_chart
from suivi.render.svg import Drawing
from suivi.reporting.pictures.picture import Numbers, Picture, Setting, Value, drawn_charts, drawn_each

DRAWINGS_KEPT = 512  # of about eight kB each


def burn_up_picture(
    counted: CountedOverTime, setting: Setting, *, name: str, label: str = "", ahead: Range | None = None
) -> Picture:
    """The burn-up of a counted deliverable; its title says the finding, after the `label` if there is one."""
    typography, title = setting.typography, burn_up_title(counted, setting)
    if label:
        title = typography.labelled(label, title)
    told = [(one, _("counted")) for one in counted.counted] + [(one, _("target")) for one in counted.targets]
    rows: list[list[Value]] = [
        [typography.short_day(one.on), what, one.number]
        for one, what in sorted(told, key=lambda pair: pair[0].on)
    ]
    return Picture(
        name=name,
        title=title,
        alt=_("A line of steps for what was counted, with the target; the table holds each step."),
        numbers=Numbers([_("Day"), _("What"), _("How many")], rows),
        setting=setting,
        draw=drawn_each(lambda width: _drawn(counted, ahead, title, setting.language, width)),
    )


@lru_cache(DRAWINGS_KEPT)
def _drawn(counted: CountedOverTime, ahead: Range | None, title: str, language: str, width: int) -> Drawing:
    """The drawing. From one look to the next most burn-ups stay as they were."""
    data = BurnUp(
        starts_on=counted.starts_on or counted.up_to,
        ends_on=counted.ends_on or counted.up_to,
        counted=_points(counted.counted),
        targets=_points(counted.targets),
        expected=_points(counted.expected),
        ahead=ahead,
        up_to=counted.up_to,
    )
    return draw_burn_up(data, title=title, language=language, width=width)


def burn_up_title(counted: CountedOverTime, setting: Setting) -> str:
    """What stands, and how long there is: "7 of 10, 2 years left"."""
    number = counted.counted[-1].number if counted.counted else Decimal(0)
    target = counted.targets[-1].number if counted.targets else None
    stands = setting.typography.number(number)
    if target is not None:
        stands = _("%(number)s of %(target)s") % {
            "number": stands,
            "target": setting.typography.number(target),
        }
    return f"{stands}, {time_left(counted.up_to, counted.ends_on)}"


def time_left(day: date, ends_on: date | None) -> str:
    """How long there is until a last day, in months or years."""
    if ends_on is None:
        return _("no last day")
    months = (ends_on.year - day.year) * 12 + ends_on.month - day.month
    if ends_on < day:
        return _("the time frame has ended")
    if months < 24:
        return ngettext("%(n)s month left", "%(n)s months left", months) % {"n": months}
    return ngettext("%(n)s year left", "%(n)s years left", months // 12) % {"n": months // 12}


def _points(days: Sequence[OnDay]) -> list[Point]:
    return [Point(one.on, int(one.number)) for one in days]


def moved_picture(rows: Sequence[MovedRow], days: tuple[date, date], setting: Setting) -> Picture:
    """What was counted on two days, deliverable by deliverable."""
    moved = sum(row.before != row.after for row in rows)
    title = _moved_title(moved, len(rows), days, setting)
    return Picture(
        name="moved",
        title=title,
        alt=_("For each deliverable a line from the number on the first day to that on the second."),
        numbers=Numbers(
            [_("Deliverable"), *(setting.typography.short_day(day) for day in days), _("Target")],
            [[row.label, row.before, row.after, row.target] for row in rows],
        ),
        setting=setting,
        draw=drawn_charts(
            lambda width: moved_chart(rows, days=days, title=title, language=setting.language, width=width)
        ),
    )


def _moved_title(moved: int, total: int, days: tuple[date, date], setting: Setting) -> str:
    return ngettext(
        "%(moved)s of %(n)s counted deliverable moved between %(first)s and %(second)s",
        "%(moved)s of %(n)s counted deliverables moved between %(first)s and %(second)s",
        total,
    ) % {
        "moved": moved,
        "n": total,
        "first": setting.typography.day(days[0]),
        "second": setting.typography.day(days[1]),
    }
