"""Figures of status that pages show and give out as pictures: bars, burn-ups, the heat table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from suivi.monitoring.queries.history import BurnUp as CountedOverTime
from suivi.monitoring.queries.history import HeatTable, OnDay
from suivi.render.bars import BarRow, draw_bars
from suivi.render.burnup import BurnUp, Point, Range, draw_burn_up
from suivi.render.heat import HeatRow, draw_heat
from suivi.render.svg import Drawing
from suivi.web.templatetags.suivi import plain

WIDE, NARROW = 640, 328  # CSS pixels: beside others on a desk, and on a phone of 360


@dataclass(frozen=True)
class Figure:
    """A picture for wide and for narrow screens, with a name in the address of its page."""

    name: str
    title: str
    wide: Drawing
    narrow: Drawing

    @property
    def wide_svg(self) -> SafeString:
        # Our own drawing; every word in it is escaped where it is written.
        return mark_safe(self.wide.svg)  # noqa: S308

    @property
    def narrow_svg(self) -> SafeString:
        return mark_safe(self.narrow.svg)  # noqa: S308


def status_bars(name: str, title: str, rows: Sequence[BarRow], words: Mapping[str, str]) -> Figure:
    """Counts by status, one bar for each row."""

    def drawn(width: int) -> Drawing:
        return draw_bars(rows, title=title, language=_language(), status_words=words, width=width)

    return Figure(name, title, drawn(WIDE), drawn(NARROW))


def burn_up(name: str, counted: CountedOverTime, ahead: Range | None = None) -> Figure:
    """The burn-up of a counted deliverable; its title says the finding."""
    title = burn_up_title(counted)
    data = BurnUp(
        starts_on=counted.starts_on or counted.up_to,
        ends_on=counted.ends_on or counted.up_to,
        counted=_points(counted.counted),
        targets=_points(counted.targets),
        expected=_points(counted.expected),
        ahead=ahead,
        up_to=counted.up_to,
    )

    def drawn(width: int) -> Drawing:
        return draw_burn_up(data, title=title, language=_language(), width=width)

    return Figure(name, title, drawn(WIDE), drawn(NARROW))


def burn_up_title(counted: CountedOverTime) -> str:
    """What stands, and how long there is: "7 of 10, 2 years left"."""
    number = counted.counted[-1].number if counted.counted else Decimal(0)
    target = counted.targets[-1].number if counted.targets else None
    stands = _number(number)
    if target is not None:
        stands = _("%(number)s of %(target)s") % {"number": stands, "target": _number(target)}
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


def heat_table(
    name: str, title: str, heat: HeatTable, labels: Mapping[int, tuple[str, str]], words: Mapping[str, str]
) -> Figure:
    """Deliverables by round. `labels`: label and address of each deliverable, in the order of the rows."""
    columns = [plain(one.title) for one in heat.rounds]
    rows = [
        HeatRow(label, [cell.status for cell in heat.rows[pk]], href)
        for pk, (label, href) in labels.items()
        if pk in heat.rows
    ]

    def drawn(width: int) -> Drawing:
        return draw_heat(rows, columns, title=title, language=_language(), status_words=words, width=width)

    return Figure(name, title, drawn(1140), drawn(NARROW))


def _points(days: Sequence[OnDay]) -> list[Point]:
    return [Point(one.on, int(one.number)) for one in days]


def _number(value: Decimal) -> str:
    return number_format(value, use_l10n=True, force_grouping=True)


def _language() -> str:
    return get_language() or "en"
