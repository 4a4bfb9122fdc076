"""The part that a report is about: a unit, a region or a pillar, by its key."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Literal, NamedTuple, TypeAlias

from suivi.organisation.models import UnitKind
from suivi.organisation.queries import UnitNode, UnitTree, unit_tree
from suivi.plan.models import Edition, PillarEdition
from suivi.reporting.material import Material
from suivi.values.errors import NotFound
from suivi.values.messages import gettext_noop
from suivi.values.text import Text

PartKind: TypeAlias = Literal["", "unit", "region", "pillar"]


PART_KINDS: tuple[PartKind, ...] = ("unit", "region", "pillar")


class Choice(NamedTuple):
    """One part that there is: its key in commands and addresses, and its name."""

    key: str
    name: Text


def part_choices(part: PartKind, edition: Edition, day: date) -> list[Choice]:
    """The parts that a report of a kind can be about on a day, in the order of the organisation or plan."""
    if part == "pillar":
        return [Choice(row.number, row.title) for row in _pillars(edition)]
    return [Choice(node.key, node.name) for node in _units(unit_tree(day), part)] if part else []


def require_part(part: PartKind, asked: str, edition: Edition, day: date) -> None:
    """Stop with NotFound, which names the choices, unless a report of a kind can be about what is asked."""
    if not part:
        if asked:
            raise NotFound(
                gettext_noop("This report is about the whole plan, not about %(asked)s alone."),
                {"asked": asked},
                gettext_noop("Ask for it without a part."),
            )
        return
    known = {choice.key for choice in part_choices(part, edition, day)}
    if part == "pillar":
        known |= {row.pillar.key for row in _pillars(edition)}
    if asked not in known:
        raise NotFound(_MISSING[part], {"asked": asked, "choices": ", ".join(sorted(known))}, _CHOOSE)


def unit_of(material: Material) -> UnitNode:
    """The unit or region that the report is about."""
    return material.units.by_key[material.asked.part]


def pillar_of(material: Material) -> PillarEdition:
    """The pillar that the report is about; its number is taken before a key."""
    asked = material.asked.part
    rows = list(_pillars(material.edition))
    return next((row for row in rows if row.number == asked), None) or next(
        row for row in rows if row.pillar.key == asked
    )


_CHOOSE = gettext_noop("Choose one of: %(choices)s.")
_MISSING = {
    "unit": gettext_noop("This report is about one unit, and there is no unit “%(asked)s” on that day."),
    "region": gettext_noop("This report is about one region, and “%(asked)s” is no regional unit."),
    "pillar": gettext_noop("This report is about one pillar, and the plan has no pillar “%(asked)s”."),
}


def _pillars(edition: Edition) -> Iterable[PillarEdition]:
    return edition.pillareditions.select_related("pillar").order_by("position")


def _units(tree: UnitTree, part: PartKind) -> Iterable[UnitNode]:
    """Those there are on the day of the tree, each below the one it belongs to."""
    wanted: Callable[[UnitNode], bool] = (
        (lambda node: node.kind == UnitKind.REGIONAL) if part == "region" else (lambda _node: True)
    )
    return (node for _depth, node in tree.walk() if node.exists_on(tree.day) and wanted(node))
