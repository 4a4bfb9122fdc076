"""The report on a region: what its units answer for, where things happened, who was heard there."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from suivi.learning.queries import reported_elsewhere_on
from suivi.monitoring.models import EvidenceClass
from suivi.monitoring.queries.evidence_counts import Rests, evidence_of_plan
from suivi.monitoring.queries.items_told import ItemTold, counted_of, items_told
from suivi.monitoring.queries.voices import CONSTITUENTS, Heard, heard_in
from suivi.organisation.countries import countries_in_use
from suivi.organisation.models import StakeholderKind
from suivi.plan.queries import DeliverableOnDay
from suivi.render.bars import BarRow
from suivi.render.document import (
    Block,
    Cell,
    Column,
    Content,
    Document,
    Figure,
    Heading,
    Inline,
    Paragraph,
    Row,
    Run,
    Table,
)
from suivi.render.runs import plain_text
from suivi.reporting.cells import agreed, count, country, header, named, stacked
from suivi.reporting.learning_parts import elsewhere_note
from suivi.reporting.material import Material
from suivi.reporting.parts import unit_of
from suivi.reporting.phrases import joined, phrase
from suivi.reporting.pictures.picture import Setting
from suivi.reporting.pictures.status import status_picture
from suivi.reporting.quoting import counted, figure, sentences
from suivi.reporting.said import quote_box
from suivi.reporting.unit_view import UnitView
from suivi.values.folding import fold

MOST_ITEMS = 15


def compose_region_report(material: Material) -> Document:
    """One region: deliverables, activity by country, voices, balance, evidence."""
    region = _Region(material, unit_of(material))
    name = material.words(region.unit.name).text
    return Document(
        metadata=material.metadata(
            _("%(region)s: where the plan stands") % {"region": name}, _("Report on a region")
        ),
        cover=material.cover("", _purpose(material)),
        notice=material.notice,
        blocks=tuple(_blocks(region)),
    )


def _purpose(material: Material) -> str:
    return _(
        "This report shows what the units of the region answer for and where it stands, what was reported "
        "from its countries, and who was heard there, up to %(up_to)s, as the record knew it on %(day)s."
    ) % {"up_to": material.typography.day(material.up_to), "day": material.typography.day(material.day)}


class _Region(UnitView):
    """The material, seen from a regional unit with those below it."""

    @cached_property
    def places(self) -> set[str]:
        """By what items and invitations name the region: its units, and its countries by all their words."""
        known = countries_in_use()
        units = {node.key for node in self.material.units.below(self.unit.pk)}
        countries = [one for one in known.on(self.material.up_to) if one.region == self.unit.key]
        return {fold(word) for word in (*units, *(word for one in countries for word in one.words))} - {""}

    def is_here(self, place: str) -> bool:
        return fold(place) in self.places

    @cached_property
    def items(self) -> list[ItemTold]:
        """The items that count and took place in the region, wherever in the plan, in the order of days."""
        material = self.material
        since = counted_of(material.edition, material.up_to, material.day)
        told = items_told(material.edition.plan, material.up_to, material.day, since.keys())
        found = [item for item in told.values() if any(map(self.is_here, item.regions + item.countries))]
        return sorted(found, key=lambda item: (since[item.item], item.item))

    @cached_property
    def by_country(self) -> dict[str, list[ItemTold]]:
        """Name of a country to its items; under an empty name those that name none of the region, last."""
        found: dict[str, list[ItemTold]] = {}
        for item in self.items:
            names = {country(self.material, word) for word in item.countries if self.is_here(word)}
            for name in names or {""}:
                found.setdefault(name, []).append(item)
        return dict(sorted(found.items(), key=lambda pair: (not pair[0], fold(pair[0]))))

    @cached_property
    def heard(self) -> Heard:
        return heard_in(self.material.edition.plan, self.material.day, self.is_here)


def _blocks(region: _Region) -> Iterator[Block]:
    material = region.material
    yield Heading(_("In short"))
    yield Paragraph(_summary(region), role="lead")
    yield Heading(_("Where the deliverables of the region stand"))
    yield from _standing_blocks(region)
    yield from elsewhere_note(reported_elsewhere_on(material.edition.plan, material.day), region.deliverables)
    yield Heading(_("What was reported, by country"))
    yield from _country_blocks(region)
    yield Heading(_("Who was heard"))
    yield from _heard_blocks(region)


def _summary(region: _Region) -> tuple[Inline, ...]:
    material = region.material
    total, items, heard = len(region.deliverables), len(region.items), region.heard.total
    return sentences(
        counted(
            material,
            "region.deliverables",
            total,
            _("The units of the region are accountable or responsible for no deliverable."),
            ngettext(
                "The units of the region are accountable or responsible for %(count)s deliverable.",
                "The units of the region are accountable or responsible for %(count)s deliverables.",
                total,
            ),
        ),
        counted(
            material,
            "region.items",
            items,
            _("Nothing that counts was reported from its countries."),
            ngettext(
                "%(count)s counted item was reported from its countries.",
                "%(count)s counted items were reported from its countries.",
                items,
            ),
        ),
        counted(
            material,
            "region.heard",
            heard,
            _("No constituent was heard there."),
            ngettext(
                "%(count)s constituent was heard there.", "%(count)s constituents were heard there.", heard
            ),
        ),
    )


def _standing_blocks(region: _Region) -> Iterator[Block]:
    material = region.material
    if not region.deliverables:
        yield Paragraph(_("There is nothing to show."))
        return
    evidence = evidence_of_plan(
        material.edition.plan,
        material.up_to,
        material.day,
        [one.row.deliverable_id for one in region.deliverables],
    )
    yield _bars(region)
    yield Table(
        caption=_("Deliverables of the region up to %(day)s")
        % {"day": material.typography.day(material.up_to)},
        columns=(Column(4.4), Column(3.6), Column(2.6), Column(3), Column(2.4)),
        header=header(
            material.level("deliverable"),
            _("Units of the region"),
            _("Target and count"),
            _("Agreed status"),
            _("Evidence"),
        ),
        body=tuple(
            Row(
                (
                    Cell(named(material, one), is_header=True),
                    Cell(_units(region, one)),
                    Cell(count(material, one)),
                    Cell(agreed(material, material.state(one))),
                    Cell(_evidence(material, evidence.get(one.row.deliverable_id, Rests()))),
                )
            )
            for one in region.deliverables
        ),
        source=material.source,
    )


def _bars(region: _Region) -> Figure:
    """How many of the region's deliverables have which agreed status, by pillar."""
    material = region.material
    counts: dict[str, Counter[str]] = {}
    for one in region.deliverables:
        label = plain_text(material.pillar(one.row.action.pillar))
        counts.setdefault(label, Counter())[material.agreed(one)] += 1
    rows = [BarRow(label, found) for label, found in counts.items()]
    setting = Setting(material.language, material.up_to, material.day)
    return status_picture(rows, material.status_words, setting, material.level("pillar")).figure()


def _units(region: _Region, one: DeliverableOnDay) -> Content:
    """Which units of the region are accountable or responsible: "Office (responsible)"."""
    lines = [
        (
            Run(
                _("%(unit)s (%(role)s)")
                % {"unit": region.material.unit(held.unit_id), "role": held.get_role_display()}
            ),
        )
        for held in one.responsibilities
        if held.unit_id in region.units and held.role in ("accountable", "responsible")
    ]
    return stacked(lines)


def _evidence(material: Material, rests: Rests) -> Content:
    pieces = sum(rests.counts.values())
    if not pieces:
        return _("none given")
    public = rests.counts.get(EvidenceClass.PUBLIC, 0)
    words = ngettext("%(count)s piece, %(public)s public", "%(count)s pieces, %(public)s public", pieces)
    return words % {
        "count": material.typography.number(pieces),
        "public": material.typography.number(public),
    }


def _country_blocks(region: _Region) -> Iterator[Block]:
    material = region.material
    if not region.items:
        yield Paragraph(_("Nothing that counts was reported from the countries of the region."))
        return
    yield Table(
        caption=_("Counted items by country up to %(day)s")
        % {"day": material.typography.day(material.up_to)},
        columns=(Column(3.4), Column(2.2, "end"), Column(9)),
        header=header(_("Country"), _("Items"), _("What was reported")),
        body=tuple(
            Row(
                (
                    Cell(name or _("the region as a whole"), is_header=True),
                    Cell(figure(material, f"region.items:{name or 'all'}", len(items)), align="end"),
                    Cell(_item_lines(region, items)),
                )
            )
            for name, items in region.by_country.items()
        ),
        source=material.source,
    )
    yield Paragraph(
        _("An item that took place in several countries stands under each of them."), role="small"
    )


def _item_lines(region: _Region, items: Sequence[ItemTold]) -> Content:
    material = region.material
    lines = []
    for item in items[:MOST_ITEMS]:
        row = material.row_of(item.deliverable)
        day = material.typography.short_day(item.happened_on)
        partners = [Run(", ".join(item.partners))] if item.partners else []
        details = joined([*partners, Run(day)])
        number = f"{row.number}  " if row else ""
        lines.append((Run(number), material.words(item.name), Run(" ("), *details, Run(")")))
    more = len(items) - MOST_ITEMS
    if more > 0:
        words = ngettext("and %(count)s more item", "and %(count)s more items", more)
        lines.append((Run(words % {"count": material.typography.number(more)}),))
    return stacked(lines)


def _heard_blocks(region: _Region) -> Iterator[Block]:
    material, heard = region.material, region.heard
    if not heard.total:
        yield Paragraph(_("No constituent of the region has spoken up to that day."))
        return
    yield Table(
        caption=_("Constituents heard in the region, by group"),
        columns=(Column(6), Column(2, "end")),
        header=header(_("Group"), _("Heard")),
        body=tuple(
            Row(
                (
                    Cell(str(StakeholderKind(group).label), is_header=True),
                    Cell(figure(material, f"region.heard:{group}", heard.groups[group]), align="end"),
                )
            )
            for group in heard.groups
        ),
    )
    silent = [str(StakeholderKind(group).label) for group in CONSTITUENTS if not heard.groups[group]]
    if silent:
        yield Paragraph(phrase(_("Not heard yet: %(groups)s."), groups=", ".join(silent)))
    if heard.quotes:
        yield Heading(_("In the words of constituents"), level=2)
        for quote in heard.quotes:
            yield quote_box(material, quote)
    if heard.unquoted:
        words = ngettext(
            "%(count)s statement may not be quoted.",
            "%(count)s statements may not be quoted.",
            heard.unquoted,
        )
        yield Paragraph(
            phrase(words, count=figure(material, "region.unquoted", heard.unquoted)), role="small"
        )
