"""The report on progress: what changed in a plan between two days, and what is late on the second."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from suivi.monitoring.models import ProgressKind
from suivi.monitoring.queries.changes import Change, Days
from suivi.monitoring.queries.states import StateOnDay
from suivi.plan.queries import DeliverableOnDay
from suivi.render.document import (
    FIGURE_WIDTH,
    Block,
    BulletList,
    Cell,
    Column,
    Content,
    Document,
    Figure,
    Heading,
    Inline,
    LineBreak,
    Paragraph,
    Row,
    Run,
    Table,
)
from suivi.render.heat import HeatRow, draw_heat
from suivi.reporting.between import Between
from suivi.reporting.cells import agreed, count, header, mark, named, stacked, status
from suivi.reporting.lateness import late_blocks
from suivi.reporting.material import Material
from suivi.reporting.pictures import progress_between
from suivi.reporting.progress_decided import decided_blocks, update_blocks
from suivi.reporting.quoting import counted

# So many rows of the picture stand on one page; the table below it holds all.
MOST_DRAWN = 24
MOST_ITEMS = 12


def compose_progress(material: Material) -> Document:
    """What changed since the day asked for. The day before is read as the record knew it then."""
    since = material.asked.since
    if since is None:
        raise ValueError("a report on progress needs its first day")
    return Document(
        metadata=material.metadata(_("Progress report"), _("What changed in the plan between two days")),
        cover=material.cover("", _purpose(material, since)),
        notice=material.notice,
        blocks=tuple(_blocks(Between(material, since))),
    )


def _purpose(material: Material, since: date) -> str:
    return _(
        "This report says what changed in the plan between %(since)s and %(day)s: what the record held at "
        "the end of the first day against what it held at the end of the second."
    ) % {"since": material.typography.day(since), "day": material.typography.day(material.day)}


def _blocks(between: Between) -> Iterator[Block]:
    yield Heading(_("In short"))
    yield from _in_short(between)
    yield Heading(_("Agreed status"))
    yield from _status_blocks(between)
    yield Heading(_("What was reached"))
    yield from _reached_blocks(between)
    yield Heading(_("What was decided"))
    yield from decided_blocks(between)
    yield Heading(_("Updates and corrections"))
    yield from update_blocks(between)
    yield Heading(_("What is late"))
    yield from late_blocks(between.material, between.ended)


def _in_short(between: Between) -> Iterator[Block]:
    material = between.material
    yield Paragraph(
        _("Between %(since)s and %(day)s:")
        % {
            "since": material.typography.day(between.since),
            "day": material.typography.day(material.day),
        },
        role="lead",
    )
    yield BulletList(
        tuple(
            counted(material, f"changed:{name}", value, none, some)
            for name, value, none, some in _numbers(between)
        )
    )


def _numbers(between: Between) -> Iterator[tuple[str, int, str, str]]:
    """The name of each figure, its value, the sentence for none and the one for some."""
    yield (
        "agreed",
        count := len(between.with_change(Change.AGREED)),
        _("No deliverable has another agreed status than before."),
        ngettext(
            "%(count)s deliverable has another agreed status than before.",
            "%(count)s deliverables have another agreed status than before.",
            count,
        ),
    )
    yield (
        "items",
        count := sum(map(len, between.new_items.values())),
        _("No item is newly counted."),
        ngettext("%(count)s item is newly counted.", "%(count)s items are newly counted.", count),
    )
    yield (
        "steps",
        count := between.steps_reached,
        _("No further step is reached."),
        ngettext("%(count)s further step is reached.", "%(count)s further steps are reached.", count),
    )
    yield (
        "updates",
        count := between.taken_in.updates,
        _("No update was approved."),
        ngettext("%(count)s update was approved.", "%(count)s updates were approved.", count),
    )
    yield (
        "targets",
        count := len(between.with_change(Change.TARGET)),
        _("Every target is as before."),
        ngettext(
            "%(count)s target is another than before.", "%(count)s targets are other than before.", count
        ),
    )
    yield (
        "decided",
        count := len(between.added) + len(between.dropped) + len(between.with_change(Change.WINDOW)),
        _("No deliverable was added, dropped or given another time frame by decision."),
        ngettext(
            "%(count)s deliverable was added, dropped or given another time frame by decision.",
            "%(count)s deliverables were added, dropped or given another time frame by decision.",
            count,
        ),
    )


def _status_blocks(between: Between) -> Iterator[Block]:
    found = between.with_change(Change.AGREED)
    if not found:
        yield Paragraph(_("No agreed status is another than before."))
        return
    material = between.material
    drawn = found[:MOST_DRAWN]
    title = _("Agreed status of what changed, on the two days")
    days = (between.since, material.up_to)
    drawing = draw_heat(
        [
            HeatRow(
                f"{one.row.number} {material.short(one.row).text}",
                [_code(state) for state in (before, after)],
            )
            for one, before, after in drawn
        ],
        [material.typography.short_day(day) for day in days],
        title=title,
        language=material.language,
        status_words={mark(code): words for code, words in material.status_words.items()},
        width=FIGURE_WIDTH,
    )
    yield Figure(
        svg=drawing.svg, alt=_alt(len(drawn), len(found)), caption=title, data=_status_table(between, found)
    )


def _alt(drawn: int, found: int) -> str:
    if drawn < found:
        return _(
            "A table of marks for the first %(drawn)s of %(count)s deliverables: the status agreed before "
            "and the one agreed now. The table after it holds all in words."
        ) % {"drawn": drawn, "count": found}
    return ngettext(
        "A table of marks for %(count)s deliverable: the status agreed before and the one agreed now. The "
        "table after it holds the same in words.",
        "A table of marks for %(count)s deliverables: for each the status agreed before and the one agreed "
        "now. The table after it holds the same in words.",
        found,
    ) % {"count": found}


def _code(state: StateOnDay) -> str:
    """An empty cell is drawn for what was not agreed yet."""
    return mark(state.agreed.status) if state.agreed else ""


def _status_table(
    between: Between, found: Sequence[tuple[DeliverableOnDay, StateOnDay, StateOnDay]]
) -> Table:
    material = between.material
    return Table(
        caption=_("Agreed statuses that are other than before"),
        columns=(Column(5), Column(3), Column(4.4)),
        header=header(
            material.level("deliverable"),
            _("On %(day)s") % {"day": material.typography.short_day(between.since)},
            _("On %(day)s") % {"day": material.typography.short_day(material.day)},
        ),
        body=tuple(
            Row(
                (
                    Cell(named(material, one), is_header=True),
                    Cell(_short_agreed(material, before)),
                    Cell(agreed(material, after)),
                )
            )
            for one, before, after in found
        ),
    )


def _short_agreed(material: Material, state: StateOnDay) -> Content:
    agreed = state.agreed
    if agreed is None:
        return status(material, "")
    up_to = _("up to %(day)s") % {"day": material.typography.short_day(agreed.up_to)}
    return (status(material, agreed.status), LineBreak(), Run(up_to))


def _reached_blocks(between: Between) -> Iterator[Block]:
    found = between.with_change(Change.PROGRESS)
    if not found:
        yield Paragraph(_("Nothing that counts is other than before."))
        return
    material = between.material
    if any(material.state(one).measure.kind == ProgressKind.ITEMS for one in material.deliverables):
        yield progress_between(material, Days(between.since, between.since))
    yield Table(
        caption=_("Counts, values and steps that are other than before"),
        columns=(Column(4.4), Column(2.6), Column(2.6), Column(4.4)),
        header=header(
            material.level("deliverable"),
            _("On %(day)s") % {"day": material.typography.short_day(between.since)},
            _("On %(day)s") % {"day": material.typography.short_day(material.up_to)},
            _("What is new"),
        ),
        body=tuple(
            Row(
                (
                    Cell(named(material, one), is_header=True),
                    Cell(_unnamed(count(material, one, before))),
                    Cell(count(material, one)),
                    Cell(_news(between, one, before, after)),
                )
            )
            for one, before, after in found
        ),
    )


def _unnamed(content: Content) -> Content:
    """The same words without the names of figures, which belong to the second day."""
    if not isinstance(content, tuple):
        return content
    return tuple(
        Run(part.text, language=part.language) if isinstance(part, Run) else part for part in content
    )


def _news(between: Between, one: DeliverableOnDay, before: StateOnDay, after: StateOnDay) -> Content:
    """The new items or the steps reached, by name."""
    material = between.material
    items = between.new_items.get(one.row.deliverable_id, [])
    lines: list[tuple[Inline, ...]] = [
        (material.words(item.name), Run(f", {material.typography.short_day(item.happened_on)}"))
        for item in items[:MOST_ITEMS]
    ]
    if len(items) > MOST_ITEMS:
        more = len(items) - MOST_ITEMS
        said = ngettext("and %(count)s more item", "and %(count)s more items", more)
        lines.append((Run(said % {"count": more}),))
    lines += _new_steps(material, before, after)
    return stacked(lines)


def _new_steps(material: Material, before: StateOnDay, after: StateOnDay) -> list[tuple[Inline, ...]]:
    sheet = after.sheet
    if sheet is None or sheet.ladder is None:
        return []
    names = {part.key: part.name for part in sheet.parts}
    found: list[tuple[Inline, ...]] = []
    for part, place in after.signal.progress.reached.items():
        if place > before.signal.progress.reached.get(part, 0):
            step = material.words(sheet.ladder.rungs[place - 1].name)
            label = (material.words(names[part]), Run(": ")) if part in names else ()
            found.append((*label, step))
    return found
