"""The table of the overview: lines of a plan with everything a row shows, ready for a lean template."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from suivi.monitoring.models import Status
from suivi.organisation.queries import UnitNode, UnitTree
from suivi.plan.models import PillarEdition
from suivi.plan.queries.overview import ActionWords, Line, Overview, Words, titles_of, words_of_lines
from suivi.plan.rules import Gap
from suivi.plan.selection import Selection
from suivi.values.folding import fold
from suivi.values.text import Text
from suivi.web.addresses import PlanAddresses, unit_address
from suivi.web.days import short_day
from suivi.web.drawings import WindowBars, shape
from suivi.web.labels import internal_mark
from suivi.web.standing import Standing
from suivi.web.templatetags.suivi import words

# Beyond this a page gets slow to read and to draw; a link shows all of them.
PAGE = 100
SORTS = ("number", "title", "ends", "target", "lead", "status")
# A row is written in one go: drawn by the template, cell by cell, the rows cost more than the rest of a page.
_ROW = (
    '<tr><td class="number nowrap">{}</td><th scope="row"><a href="{}">{}</a>{}</th>'
    '<td class="col-ends" data-label="{}">{}</td><td data-label="{}">{}</td>'
)
_LEAD = '<td data-label="{}">{}</td>'
_STATUS = '<td class="col-status" data-label="{}">{}</td></tr>'


@dataclass(slots=True)
class Section:
    """Rows under one action; `pillar` is given where a new pillar begins. Sorted otherwise there are none."""

    pillar: PillarEdition | None = None
    pillar_href: str = ""
    action: ActionWords | None = None
    action_href: str = ""
    rows: list[SafeString] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Column:
    """A heading that sorts: `next` is what its link asks for, `order` how the table is sorted by it now."""

    name: str
    label: str
    next: str
    order: str = ""
    arrow: str = ""


@dataclass(frozen=True)
class Table:
    """What the page shows of the lines that were selected."""

    sections: Sequence[Section]
    columns: Sequence[Column]
    axis: SafeString
    shown: int
    selected: int
    total: int
    sort: str
    first: int
    next_page: int | None
    previous_page: int | None

    @property
    def last(self) -> int:
        return self.first + self.shown - 1


def build_table(
    overview: Overview,
    wanted: Selection,
    tree: UnitTree | None,
    standing: Standing,
    *,
    slug: str,
    sort: str = "",
    page: str = "",
    with_sentences: bool = False,
) -> Table:
    """The rows that meet the selection, sorted, those of one page; `page` "all" is every row."""
    lines = overview.selected(wanted)
    sort = sort if sort.lstrip("-") in SORTS else "number"
    if sort != "number":
        lines = _sorted(lines, sort, overview, tree, standing)
    number = int(page) if page.isascii() and page.isdigit() and 0 < len(page) < 6 else 1
    last = max(1, -(-len(lines) // PAGE))
    number = min(max(number, 1), last)
    first = 0 if page == "all" else (number - 1) * PAGE
    shown = lines if page == "all" else lines[first : first + PAGE]
    bars = WindowBars.over(overview.years, overview.day)
    columns = _columns(sort, is_inside=tree is not None)
    labels = {column.name: column.label for column in columns}
    writer = _RowWriter(overview, tree, PlanAddresses(slug), bars, labels, standing, with_sentences)
    texts = words_of_lines([line.pk for line in shown])
    if sort == "number":
        sections = writer.sections(shown, texts)
    else:
        sections = [Section(rows=[writer.row(line, texts[line.pk]) for line in shown])]
    return Table(
        sections=[section for section in sections if section.rows],
        columns=columns,
        axis=bars.head,
        shown=len(shown),
        selected=len(lines),
        total=len(overview.lines),
        sort=sort,
        first=first + 1,
        next_page=number + 1 if page != "all" and number < last else None,
        previous_page=number - 1 if page != "all" and number > 1 else None,
    )


def _columns(sort: str, *, is_inside: bool) -> list[Column]:
    labels = {
        "number": _("No."),
        "title": _("Deliverable"),
        "ends": _("Time frame"),
        "target": _("Target"),
    }
    if is_inside:
        labels["lead"] = _("Accountable unit")
    labels["status"] = _("Status")
    columns = []
    for name, label in labels.items():
        order = {name: "ascending", f"-{name}": "descending"}.get(sort, "")
        arrow = {"ascending": "▲", "descending": "▼"}.get(order, "")
        columns.append(Column(name, label, f"-{name}" if order == "ascending" else name, order, arrow))
    return columns


def _sorted(
    lines: Sequence[Line], sort: str, overview: Overview, tree: UnitTree | None, standing: Standing
) -> list[Line]:
    """Stable, so that equal ones keep the order of the plan; what is unknown stands last either way."""
    key = _sort_key(sort.lstrip("-"), overview, tree, standing)
    known = [(key(line), line) for line in lines]
    with_value = [pair for pair in known if pair[0] is not None]
    with_value.sort(key=lambda pair: pair[0], reverse=sort.startswith("-"))
    return [line for _key, line in with_value] + [line for value, line in known if value is None]


def _sort_key(
    name: str, overview: Overview, tree: UnitTree | None, standing: Standing
) -> Callable[[Line], Any]:
    language = get_language() or "en"
    if name == "title":
        titles = titles_of(overview.edition, language)
        return lambda line: titles[line.pk]
    if name == "ends":
        return lambda line: line.ends_on and (line.ends_on, line.starts_on or date.min)
    if name == "target":
        return lambda line: line.target
    if name == "status":
        order = {str(status): place for place, status in enumerate(Status)}
        return lambda line: order.get(standing.status_of(line.deliverable))
    if name == "lead" and tree is not None:
        names = {pk: fold(node.name.shown(language).text) for pk, node in tree.nodes.items()}
        return lambda line: names.get(overview.held_for(line).accountable or 0)
    return lambda line: line.position


@dataclass(frozen=True)
class _RowWriter:
    """Writes rows; what many rows share (a unit, a state, a mark) is made once."""

    overview: Overview
    tree: UnitTree | None
    addresses: PlanAddresses
    bars: WindowBars
    labels: Mapping[str, str]
    standing: Standing
    with_sentences: bool
    leads: dict[tuple[int | None, tuple[Gap, ...]], SafeString | str] = field(default_factory=dict)
    frames: dict[tuple[Any, ...], SafeString] = field(default_factory=dict)

    def sections(self, lines: Sequence[Line], texts: Mapping[int, Words]) -> list[Section]:
        """The rows under their actions, in the order of the plan."""
        sections: list[Section] = []
        action = pillar = 0
        for line in lines:
            if line.action != action:
                action = line.action
                sections.append(self._section(line, texts[line.pk].action, pillar))
                pillar = self.overview.actions[action].pillar
            sections[-1].rows.append(self.row(line, texts[line.pk]))
        return sections

    def _section(self, line: Line, named: ActionWords, last_pillar: int) -> Section:
        action = self.overview.actions[line.action]
        section = Section(action=named, action_href=self.addresses.action(action.key))
        if action.pillar != last_pillar:
            section.pillar = self.overview.pillars[action.pillar]
            section.pillar_href = self.addresses.pillar(section.pillar.pillar.key)
        return section

    def row(self, line: Line, text: Words) -> SafeString:
        """One deliverable as the table shows it."""
        held, labels = self.overview.held_for(line), self.labels
        sentence = words(text.text) if self.with_sentences and text.title else ""
        cells = [
            format_html("{}{}", text.number, self.mark) if text.number_is_internal else text.number,
            self.addresses.deliverable(text.key),
            words(text.title) or words(text.text),
            format_html('<p class="sentence">{}</p>', sentence) if sentence else "",
            *(labels["ends"], self._frame(line, text.window)),
            labels["target"],
            self.standing.count_words(line.deliverable, line.target, text.target_unit),
        ]
        if self.tree:
            cells += [labels["lead"], self._lead(held.accountable, held.gaps)]
        cells += [labels["status"], self.standing.cell(line.deliverable)]
        return format_html(f"{_ROW}{_LEAD if self.tree else ''}{_STATUS}", *cells)

    def _frame(self, line: Line, window: str) -> SafeString:
        stated = window or _years(line.starts_on, line.ends_on)
        key = (line.starts_on, line.ends_on, line.internal_end_on, stated)
        if key not in self.frames:
            self.frames[key] = self._draw_frame(*key)
        return self.frames[key]

    def _draw_frame(
        self, starts_on: date | None, ends_on: date | None, internal_end_on: date | None, stated: str
    ) -> SafeString:
        """The bar with its time frame in words, and the day agreed inside under it."""
        bar = self.bars.bar(starts_on, ends_on, internal_end_on)
        frame = format_html('<div class="window">{}<span class="small nowrap">{}</span></div>', bar, stated)
        if internal_end_on is None:
            return frame
        agreed = _("agreed inside: %(day)s") % {"day": short_day(internal_end_on)}
        return frame + format_html('<span class="small internal">{}</span>', agreed)

    @cached_property
    def mark(self) -> SafeString:
        return internal_mark()

    def _lead(self, unit: int | None, gaps: tuple[Gap, ...]) -> SafeString | str:
        """The accountable unit, and what is missing in the assignment."""
        key = (unit, gaps)
        if key not in self.leads:
            node = self.tree.get(unit) if self.tree else None
            tags = gap_tags(gaps) if gaps else ""
            self.leads[key] = format_html("{} {}", node_link(node) if node else "", tags)
        return self.leads[key]


def node_link(node: UnitNode) -> SafeString:
    """The name of a unit as of its day, leading to its page."""
    return format_html('<a href="{}" class="quiet">{}</a>', unit_address(node.key), words(node.name))


def gap_tags(gaps: Iterable[Gap]) -> SafeString | str:
    """The gaps in an assignment as tags of shape and word; without any, the word alone."""
    looks = {
        Gap.NO_ACCOUNTABLE: ("bad", "off_track", _("no accountable unit")),
        Gap.NO_RESPONSIBLE: ("warn", "at_risk", _("no responsible unit")),
    }
    tags = SafeString("")
    for gap in gaps:
        tint, drawn, label = looks[gap]
        tags += format_html('<span class="tag {}">{} {}</span> ', tint, shape(drawn), label)
    return tags or format_html('<span class="muted">{}</span>', _("assigned"))


def _years(starts_on: date | None, ends_on: date | None) -> str:
    years = [str(day.year) for day in (starts_on, ends_on) if day]
    return "–".join(dict.fromkeys(years))


def target_words(value: Decimal | None, unit: Text | None) -> SafeString | str:
    """The count to reach with what is counted; nothing where the sentence states none."""
    if value is None:
        return ""
    return format_html("{} {}", number_format(value, use_l10n=True, force_grouping=True), words(unit))
