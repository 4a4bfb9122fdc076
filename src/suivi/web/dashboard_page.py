"""What the page "Where we stand" shows: counts by status, what asks for attention, what changed, figures."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import localize
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from suivi.monitoring.models import Round
from suivi.monitoring.queries.activity import items_by_deliverable
from suivi.monitoring.queries.dashboard import Dashboard, Group
from suivi.monitoring.queries.history import (
    BurnUp,
    burn_up_of,
    heat_table,
    histories_of,
    rounds_drawn,
    signals_in,
)
from suivi.monitoring.queries.voices import balance_of
from suivi.monitoring.rules.activity import PlacedItem, activity_of
from suivi.organisation.countries import countries_in_use
from suivi.plan.models import Edition, Plan
from suivi.plan.queries.overview import Words, words_of_lines
from suivi.plan.selection import Span
from suivi.render.bars import BarRow
from suivi.reporting.pictures.activity import balance_picture
from suivi.reporting.pictures.picture import Setting
from suivi.reporting.pictures.places import map_picture
from suivi.reporting.pictures.progress import burn_up_picture
from suivi.reporting.pictures.status import heat_picture, status_picture
from suivi.web.addresses import PlanAddresses, unit_address
from suivi.web.days import long_day, short_day
from suivi.web.downloads import Download
from suivi.web.figures import WIDEST, Figure
from suivi.web.forms.overview import SPAN_WORDS
from suivi.web.labels import pillar_line
from suivi.web.looked_at import plan_looked_at, signals_looked_at, told_of_deliverables
from suivi.web.requests import Request
from suivi.web.standing import Standing, StatusCount
from suivi.web.templatetags.suivi import plain
from suivi.workbooks.model import Value

MOST_LISTED = 8
MOST_BURN_UPS = 12
MOST_HEAT_ROWS = 60
_COUNT = '<td class="right{}" data-label="{}">{}</td>'
BYTES_OVER_TIME, BYTES_OF_PLACES = 2000, 1200  # of one deliverable, as measured with a long record


@dataclass(frozen=True)
class OverTime:
    """One deliverable over time: its signal in each round, and what was counted."""

    signals: tuple[str, ...]
    burn_up: BurnUp


@dataclass(frozen=True)
class GroupLine:
    """A row of a table of counts; `counts` has one number for each status of the table, in its order."""

    label: str
    href: str
    total: int
    counts: Sequence[int]


@dataclass(frozen=True)
class GroupTable:
    """Counts by status, grouped in one way; `name` stands in the addresses of its downloads."""

    name: str
    title: str
    first: str
    statuses: Sequence[StatusCount]
    lines: Sequence[GroupLine]

    def rows(self) -> list[SafeString]:
        """The lines as the page shows them. A row is written in one go: there may be hundreds of units."""
        labels = [capfirst(status.words) for status in self.statuses]
        numbers = cache(localize)
        return [
            format_html(
                '<tr><th scope="row">{}</th><td class="right" data-label="{}">{}</td>{}</tr>',
                _linked(line.label, line.href),
                _("Deliverables"),
                numbers(line.total),
                format_html_join("", _COUNT, (
                    ("" if count else " muted", label, numbers(count))
                    for label, count in zip(labels, line.counts, strict=True)
                )),
            )
            for line in self.lines
        ]  # fmt: skip


def _linked(label: str, href: str) -> SafeString:
    if not href:
        return format_html('<span class="muted">{}</span>', label)
    return format_html('<a href="{}">{}</a>', href, label)


@dataclass(frozen=True)
class ListedDeliverable:
    """A deliverable in a short list."""

    number: str
    title: str
    href: str
    said: str = ""
    status: str = ""
    before: str = ""


@dataclass(frozen=True)
class Attention:
    """A sentence with a number, and the first of those it counts."""

    name: str
    count: int
    words: str
    listed: Sequence[ListedDeliverable]


class DashboardPage:
    """The dashboard of an edition on the two days looked at, for readers inside."""

    def __init__(self, request: Request, plan: Plan, edition: Edition) -> None:
        self.request, self.plan, self.edition = request, plan, edition
        self.up_to: date = request.up_to
        self.as_of: date = request.day

    @cached_property
    def data(self) -> Dashboard:
        dashboard = plan_looked_at(self.request, self.plan, self.edition).dashboard
        if dashboard is None:
            raise TypeError("this page needs require_management")
        return dashboard

    @cached_property
    def setting(self) -> Setting:
        return Setting(get_language() or "en", self.up_to, self.as_of)

    @cached_property
    def standing(self) -> Standing:
        return Standing(self.data.settings, is_inside=True, states=self.data.states)

    @cached_property
    def words(self) -> Mapping[int, Words]:
        """Deliverable to its words, of those that are named on the page."""
        named = {pk for _name, pks, _words in self._attention() for pk in pks[:MOST_LISTED]}
        named |= {*islice(self.changed, MOST_LISTED)}
        named |= {*self._counted, *self._in_heat}
        rows = {line.pk: line.deliverable for line in self.data.lines if line.deliverable in named}
        return {rows[pk]: text for pk, text in words_of_lines(rows).items()}

    def context(self) -> dict[str, Any]:
        return {
            "title": f"{_('Where we stand')} – {plain(self.edition.title) or self.plan.slug}",
            "plan": self.plan,
            "edition": self.edition,
            "standing": self.standing,
            "total": self.standing.counts(self.data.total.deliverables),
            "deliverables": len(self.data.lines),
            "attention": [one for one in self.attention() if one.count],
            "since": self.last_round,
            "changed": [
                self.listed(pk, before=before) for pk, before in islice(self.changed.items(), MOST_LISTED)
            ],
            "changed_count": len(self.changed),
            "bars": self.bars,
            "tables": self.tables(),
            "burn_ups": self.burn_ups(),
            "heat": self.heat,
            "map": self.map,
            "heard": self.heard,
        }

    # Counts

    def tables(self) -> list[GroupTable]:
        """By pillar, unit, region and time frame."""
        tree, data = self.data.tree, self.data
        pillars = {row.pillar.key: row for row in data.overview.pillars.values()}
        nowhere = _("none")

        def unit(key: str) -> tuple[str, str]:
            return (plain(tree.by_key[key].name), unit_address(key)) if key else (nowhere, "")

        def pillar(key: str) -> tuple[str, str]:
            return pillar_line(self.edition, pillars[key]), self.overview_with(pillar=key)

        def window(key: str) -> tuple[str, str]:
            return str(SPAN_WORDS[Span(key)]), self.overview_with(window=key)

        return [
            self._table("pillars", _("By pillar"), _("Pillar"), data.by_pillar, pillar),
            self._table("units", _("By accountable unit"), _("Unit"), data.by_unit, unit),
            self._table("regions", _("By region"), _("Region"), data.by_region, unit),
            self._table("windows", _("By time frame"), _("Time frame"), data.by_window, window),
        ]

    def _table(
        self,
        name: str,
        title: str,
        first: str,
        groups: Iterable[Group],
        labelled: Callable[[str], tuple[str, str]],
    ) -> GroupTable:
        statuses = self.standing.counts(self.data.total.deliverables)
        lines = []
        for group in groups:
            label, href = labelled(group.key)
            counts = [len(group.signals.get(status.code, ())) for status in statuses]
            lines.append(GroupLine(label, href, len(group.deliverables), counts))
        return GroupTable(name, title, first, statuses, lines)

    @cached_property
    def bars(self) -> Figure:
        """The pillars as bars."""
        pillars = {row.pillar.key: row for row in self.data.overview.pillars.values()}
        rows = [
            BarRow(
                pillar_line(self.edition, pillars[group.key]),
                {status: len(pks) for status, pks in group.signals.items()},
            )
            for group in self.data.by_pillar
        ]
        return Figure(status_picture(rows, self.standing.words, self.setting, _("Pillar")))

    # What asks for attention

    def attention(self) -> list[Attention]:
        """Late, due soon, unassigned, silent, and where units see it otherwise: those that there are."""
        return [
            Attention(name, len(pks), words, [self.listed(pk) for pk in pks[:MOST_LISTED]])
            for name, pks, words in self._attention()
        ]

    def _attention(self) -> list[tuple[str, list[int], str]]:
        data = self.data
        return [
            ("late", data.late, _("late: a dated step or the time frame has passed")),
            ("due", data.due, _("due soon: the time frame closes within thirty days")),
            ("unassigned", data.unassigned, _("without an accountable or a responsible unit")),
            ("silent", data.silent, _("without a recent update")),
            ("differing", data.differing, _("where the unit sees it otherwise than the record")),
        ]

    def listed(self, pk: int, said: str = "", before: str = "") -> ListedDeliverable:
        text = self.words[pk]
        return ListedDeliverable(
            number=text.number,
            title=plain(text.title or text.text),
            href=PlanAddresses(self.plan.slug).deliverable(text.key),
            said=said,
            status=self.standing.status_of(pk),
            before=before,
        )

    # What changed

    @cached_property
    def last_round(self) -> Round | None:
        """The last round that was closed by the day as of which is looked."""
        rounds = Round.objects.filter(plan=self.plan, period_ends_on__lt=self.up_to)
        return rounds.filter(closed_at__isnull=False).order_by("-period_ends_on").first()

    @cached_property
    def changed(self) -> Mapping[int, str]:
        """The deliverables whose signal changed since the last round that was closed, with what it was."""
        if self.last_round is None or self.last_round.closed_at is None:
            return {}
        before = signals_looked_at(self.request, self.plan, self.edition, self.last_round.period_ends_on)
        return {
            pk: before[pk]
            for pk, state in self.data.states.items()
            if pk in before and before[pk] != state.signal.status
        }

    # Figures

    @cached_property
    def _counted(self) -> list[int]:
        """The deliverables that count items towards a target."""
        pks = [
            pk
            for pk, state in self.data.states.items()
            if state.sheet and state.sheet.kind == "items" and state.measure.target is not None
        ]
        return pks[:MOST_BURN_UPS]

    @cached_property
    def _in_heat(self) -> list[int]:
        return [line.deliverable for line in self.data.lines[:MOST_HEAT_ROWS]]

    @cached_property
    def rounds(self) -> tuple[Round, ...]:
        """Those in which the heat table has a mark for each deliverable."""
        return rounds_drawn(self.edition, self.up_to, self.as_of)

    @cached_property
    def over_time(self) -> Mapping[int, OverTime]:
        """What is drawn over time."""
        drawn = frozenset({*self._counted, *self._in_heat})
        days = tuple(one.period_ends_on for one in self.rounds)
        return told_of_deliverables(
            self.request,
            self.plan,
            ("over time", self.edition.pk, self.up_to, self.as_of, days, drawn),
            lambda touched: self._over_time(drawn if touched is None else drawn.intersection(touched)),
            BYTES_OVER_TIME,
        )

    def _over_time(self, deliverables: Collection[int]) -> dict[int, OverTime]:
        histories = histories_of(self.edition, self.as_of, deliverables) if deliverables else {}
        return {
            pk: OverTime(signals_in(history, self.rounds), burn_up_of(history, self.up_to))
            for pk, history in histories.items()
        }

    def burn_ups(self) -> list[tuple[ListedDeliverable, Figure]]:
        """The burn-up of each deliverable that counts."""
        return [
            (
                self.listed(pk),
                Figure(
                    burn_up_picture(
                        self.over_time[pk].burn_up,
                        self.setting,
                        name=f"burn-up-{self.words[pk].key}",
                    )
                ),
            )
            for pk in self._counted
        ]

    @cached_property
    def heat(self) -> Figure | None:
        """Deliverables by round; None before the first round."""
        if not self.rounds:
            return None
        signals = {pk: self.over_time[pk].signals for pk in self._in_heat}
        heat = heat_table(self.rounds, signals, self.as_of)
        labels = {}
        for pk in self._in_heat:
            one = self.listed(pk)
            labels[pk] = (f"{one.number} {one.title}", one.href)
        title = _("Every deliverable, round by round")
        return Figure(heat_picture(heat, labels, self.standing.words, self.setting, title), WIDEST)

    @cached_property
    def places(self) -> Mapping[int, Sequence[PlacedItem]]:
        """Deliverable to its counted items with their places."""
        return told_of_deliverables(
            self.request,
            self.plan,
            ("places", self.edition.pk, self.up_to, self.as_of),
            lambda touched: items_by_deliverable(self.edition, self.up_to, self.as_of, touched),
            BYTES_OF_PLACES,
        )

    @cached_property
    def map(self) -> Figure:
        """Where the counted items are."""
        known = countries_in_use()
        items = [item for pk in sorted(self.places) for item in self.places[pk]]
        activity = activity_of(items, known, self.up_to)
        return Figure(map_picture(activity, known, self.setting, self._region))

    @cached_property
    def heard(self) -> Figure:
        """How many constituents spoke by the day, by group and by region."""
        return Figure(balance_picture(balance_of(self.plan, self.as_of), self.setting, self._region))

    def _region(self, key: str) -> str:
        known = countries_in_use()
        if key in known.regions:
            return known.region_name(key, self.setting.language)
        unit = self.data.tree.by_key.get(key)
        return plain(unit.name) if unit else key

    def figure(self, name: str) -> Figure | None:
        """The figure with this name, to be given out as a picture."""
        found = [self.bars, self.map, self.heard, self.heat, *(figure for _listed, figure in self.burn_ups())]
        return next((one for one in found if one is not None and one.name == name), None)

    def download(self, name: str) -> Download | None:
        """One of the tables, or the numbers of one of the figures, as a file."""
        table = next((one for one in self.tables() if one.name == name), None)
        if table is None:
            figure = self.figure(name)
            numbers = figure.picture.numbers if figure else None
            said = days_said(self.up_to, self.as_of)
            return Download(figure.title, said, numbers.heads, numbers.rows) if figure and numbers else None
        columns = [table.first, _("Deliverables"), *(status.words for status in table.statuses)]
        rows: list[list[Value]] = [[line.label, line.total, *line.counts] for line in table.lines]
        return Download(table.title, days_said(self.up_to, self.as_of), columns, rows)

    def overview_with(self, **filters: str) -> str:
        return f"{reverse('plan', args=[self.plan.slug])}?{urlencode(filters)}#deliverables"


def days_said(up_to: date, as_of: date) -> str:
    """Both days in a line, as files and pictures say them."""
    if up_to == as_of:
        return _("As of %(day)s") % {"day": long_day(as_of)}
    return _("Up to %(up_to)s, as of %(as_of)s") % {"up_to": short_day(up_to), "as_of": short_day(as_of)}
