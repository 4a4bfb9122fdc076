"""The figures of reports, each from the material of a report: a drawing, its data table, its source line.

In what goes out only the agreed status is shown. Pages show some of the same pictures at two widths; they
take them from the modules of this folder.
"""

from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext as _

from suivi.monitoring.queries.activity import placed_items, updates_by_month
from suivi.monitoring.queries.changes import Days
from suivi.monitoring.queries.history import burn_up_of, heat_of, histories_of
from suivi.monitoring.queries.states import StateOnDay, states_of
from suivi.monitoring.queries.voices import balance_of
from suivi.monitoring.rules.activity import activity_of
from suivi.organisation.countries import countries_in_use
from suivi.plan.queries import DeliverableOnDay, edition_on
from suivi.render.bars import BarRow
from suivi.render.charts import MovedRow
from suivi.render.document import Figure
from suivi.render.runs import plain_text
from suivi.reporting.material import Material
from suivi.reporting.pictures.activity import balance_picture, months_picture
from suivi.reporting.pictures.picture import Setting
from suivi.reporting.pictures.places import map_picture
from suivi.reporting.pictures.progress import burn_up_picture, moved_picture
from suivi.reporting.pictures.status import heat_picture, status_picture
from suivi.reporting.pictures.windows import timelines

__all__ = [
    "activity_map",
    "burn_ups",
    "constituent_balance",
    "heat_tables",
    "progress_between",
    "reporting_activity",
    "status_by_pillar",
    "timelines",
]


def _setting(material: Material) -> Setting:
    return Setting(material.language, material.up_to, material.day)


def _words(material: Material) -> dict[str, str]:
    return dict(material.status_words)


def _label(material: Material, one: DeliverableOnDay) -> str:
    return f"{one.row.number} {material.short(one.row).text}"


def _region(material: Material, key: str) -> str:
    """A region by the organisation's list, else by the unit that has this key."""
    known = countries_in_use()
    if key in known.regions:
        return known.region_name(key, material.language)
    unit = material.units.by_key.get(key)
    return unit.name.shown(material.language).text if unit else key


def status_by_pillar(material: Material, *, is_public: bool = True) -> Figure:
    """The deliverables of each pillar by status: as agreed, or inside (`is_public` False) as signalled."""
    rows = []
    for pillar, found in material.by_pillar():
        if is_public:
            counts = Counter(material.agreed(one) for one in found)
        else:
            counts = Counter(str(material.state(one).signal.status) for one in found)
        rows.append(BarRow(plain_text(material.pillar(pillar)), counts))
    return status_picture(rows, _words(material), _setting(material), material.level("pillar")).figure()


def activity_map(material: Material) -> Figure:
    """Where the counted items are, by country and region."""
    known = countries_in_use()
    items = placed_items(material.edition, material.up_to, material.day)
    activity = activity_of(items, known, material.up_to)
    return map_picture(activity, known, _setting(material), lambda key: _region(material, key)).figure()


def burn_ups(material: Material, deliverables: Sequence[DeliverableOnDay] | None = None) -> list[Figure]:
    """The burn-up of each deliverable that counts items towards a target: of all, or of these."""
    wanted = {one.row.deliverable_id: one for one in deliverables or material.deliverables}
    counting = [pk for pk in wanted if _counts_items(material.states[pk])]
    if not counting:
        return []
    histories = histories_of(material.edition, material.day, counting)
    return [
        burn_up_picture(
            burn_up_of(histories[pk], material.up_to),
            _setting(material),
            name="burn-up",
            label=_label(material, wanted[pk]),
        ).figure()
        for pk in counting
    ]


def _counts_items(state: StateOnDay) -> bool:
    return state.measure.kind == "items" and state.measure.target is not None


def heat_tables(material: Material, *, is_public: bool = True) -> list[Figure]:
    """The deliverables of each pillar, round by round: rounds in which something was agreed, or inside
    (`is_public` False) every round with what was signalled. Empty before the first."""
    heat = heat_of(material.edition, material.up_to, material.day)
    if is_public:
        heat = heat.with_what_was_agreed()
    words, setting = _words(material), _setting(material)
    found = []
    for pillar, deliverables in material.by_pillar() if heat.rounds else ():
        labels = {one.row.deliverable_id: (_label(material, one), "") for one in deliverables}
        title = _("%(pillar)s: every deliverable, round by round") % {
            "pillar": f"{material.level('pillar')} {pillar.number}"
        }
        found.append(heat_picture(heat, labels, words, setting, title).figure())
    return found


def reporting_activity(material: Material) -> Figure:
    """How many updates were approved in each month."""
    months = updates_by_month(material.edition, material.up_to, material.day)
    return months_picture(months, _setting(material)).figure()


def constituent_balance(material: Material) -> Figure:
    """How many constituents spoke for themselves, by group and by region."""
    balance = balance_of(material.edition.plan, material.day)
    return balance_picture(balance, _setting(material), lambda key: _region(material, key)).figure()


def progress_between(material: Material, before: Days) -> Figure:
    """What was counted by `before` and by the days of the report, for each deliverable that counts items."""
    edition = edition_on(material.edition.plan, before.as_of)
    earlier = states_of(edition, before.up_to, before.as_of) if edition else {}
    rows = []
    for one in material.deliverables:
        state = material.state(one)
        if state.measure.kind == "items":
            first = earlier.get(one.row.deliverable_id)
            target = state.measure.target
            rows.append(
                MovedRow(
                    _label(material, one),
                    _number(first) if first else 0,
                    _number(state),
                    None if target is None else int(target),
                )
            )
    return moved_picture(rows, (before.up_to, material.up_to), _setting(material)).figure()


def _number(state: StateOnDay) -> int:
    return int(state.signal.progress.number or 0)
