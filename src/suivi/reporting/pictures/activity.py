"""Pictures of reporting: updates by month, and which constituents spoke."""

from collections.abc import Callable, Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from suivi.monitoring.queries.voices import Balance
from suivi.organisation.models import StakeholderKind
from suivi.render.charts import CountRow, MonthRow, balance_chart, fill_months, months_chart
from suivi.reporting.pictures.picture import Numbers, Picture, Setting, drawn_charts


def months_picture(months: Sequence[tuple[date, int]], setting: Setting) -> Picture:
    """How many updates were approved in each month."""
    rows = fill_months([MonthRow(month, count) for month, count in months])
    title = _months_title(rows, setting)
    return Picture(
        name="months",
        title=title,
        alt=_("A column for each month, as high as the number of updates approved in it."),
        numbers=Numbers(
            [_("Month"), _("Updates approved")],
            [[setting.typography.month(row.month), row.count] for row in rows],
        ),
        setting=setting,
        draw=drawn_charts(
            lambda width: months_chart(rows, title=title, language=setting.language, width=width)
        ),
    )


def _months_title(rows: Sequence[MonthRow], setting: Setting) -> str:
    """How many in all, and when most."""
    total = sum(row.count for row in rows)
    if not total:
        return _("No update was approved yet")
    most = max(rows, key=lambda row: row.count)
    said = ngettext("%(n)s update approved", "%(n)s updates approved", total) % {
        "n": setting.typography.number(total)
    }
    return _("%(updates)s, most in %(month)s (%(most)s)") % {
        "updates": said,
        "month": setting.typography.month(most.month),
        "most": setting.typography.number(most.count),
    }


def balance_picture(balance: Balance, setting: Setting, region_name: Callable[[str], str]) -> Picture:
    """How many constituents spoke for themselves, by group and by region."""
    groups = [
        CountRow(str(StakeholderKind(key).label), count, _("By group"))
        for key, count in balance.groups.items()
    ]
    regions = [CountRow(region_name(key), count, _("By region")) for key, count in balance.regions.items()]
    rows, title = [*groups, *regions], _balance_title(groups)
    return Picture(
        name="balance",
        title=title,
        alt=_("A bar for each group of constituents and each region, as long as the number who spoke."),
        numbers=Numbers([_("Who spoke"), _("How many")], [[row.label, row.count] for row in rows]),
        setting=setting,
        draw=drawn_charts(
            lambda width: balance_chart(rows, title=title, language=setting.language, width=width)
        ),
    )


def _balance_title(groups: Sequence[CountRow]) -> str:
    """Who spoke, or which groups nobody has heard yet."""
    total, silent = sum(row.count for row in groups), [row.label for row in groups if not row.count]
    if not total:
        return _("No constituent has spoken yet")
    said = ngettext("%(n)s constituent spoke", "%(n)s constituents spoke", total) % {"n": total}
    if not silent:
        return _("%(said)s, from each of the groups") % {"said": said}
    return _("%(said)s, nobody yet for: %(groups)s") % {"said": said, "groups": ", ".join(silent)}
