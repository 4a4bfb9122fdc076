"""Pictures of status: the pillars as bars, and every deliverable round by round."""

from collections import Counter
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from suivi.monitoring.models import Status
from suivi.monitoring.queries.history import HeatTable
from suivi.render.bars import BarRow, draw_bars
from suivi.render.heat import HeatRow, draw_heat
from suivi.reporting.pictures.picture import Numbers, Picture, Setting, drawn_each
from suivi.reporting.status_words import NOT_AGREED

_GOOD = (Status.ACHIEVED, Status.ACHIEVED_LATE, Status.ON_TRACK)


def status_title(counts: Mapping[str, int]) -> str:
    """How many of all deliverables stand well."""
    total = sum(counts.values())
    return ngettext(
        "%(good)s of %(n)s deliverable achieved or on track",
        "%(good)s of %(n)s deliverables achieved or on track",
        total,
    ) % {"good": sum(counts.get(status, 0) for status in _GOOD), "n": total}


def status_picture(
    rows: Sequence[BarRow], words: Mapping[str, str], setting: Setting, first: str, name: str = "bars"
) -> Picture:
    """Counts by status, one bar for each row; `first` is the head of the column of rows."""
    total: Counter[str] = Counter()
    for row in rows:
        total.update(row.counts)
    statuses = [code for code in (*(str(status) for status in Status), NOT_AGREED) if total[code]]
    title = status_title(total)
    return Picture(
        name=name,
        title=title,
        alt=_("A bar for each row, with as many parts as there are statuses; the table holds the numbers."),
        numbers=Numbers(
            [first, _("Deliverables"), *(words.get(code, code) for code in statuses)],
            [
                [row.label, sum(row.counts.values()), *(row.counts.get(code, 0) for code in statuses)]
                for row in rows
            ],
        ),
        setting=setting,
        draw=drawn_each(
            lambda width: draw_bars(
                rows, title=title, language=setting.language, status_words=words, width=width
            )
        ),
    )


def heat_picture(
    heat: HeatTable,
    labels: Mapping[int, tuple[str, str]],
    words: Mapping[str, str],
    setting: Setting,
    title: str,
) -> Picture:
    """Deliverables by round. `labels`: label and address of each, in the order of the rows."""
    columns = [one.title.shown(setting.language).text for one in heat.rounds]
    rows = [
        HeatRow(label, [cell.status for cell in heat.rows[pk]], href)
        for pk, (label, href) in labels.items()
        if pk in heat.rows
    ]
    return Picture(
        name="heat",
        title=title,
        alt=_("A row for each deliverable and a mark for its status in each round; the table says them."),
        numbers=Numbers(
            [_("Deliverable"), *columns],
            [
                [row.label, *(words.get(code, code) if code else None for code in row.statuses)]
                for row in rows
            ],
        ),
        setting=setting,
        draw=drawn_each(
            lambda width: draw_heat(
                rows, columns, title=title, language=setting.language, status_words=words, width=width
            )
        ),
    )
