"""What the lines of the audit trail name: deliverables, units, plans and stakeholders, found all at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from suivi.core.models import AuditEntry
from suivi.organisation.models import Stakeholder
from suivi.organisation.queries import UnitNode, UnitTree, unit_tree
from suivi.plan.models import DeliverableEdition, MilestoneState
from suivi.plan.queries import editions_on, rows_in_force
from suivi.values.text import Text


@dataclass(frozen=True)
class Names:
    """By plan and key, by key, by slug. What is not in here is named in the words of the entry itself."""

    deliverables: Mapping[tuple[str, str], DeliverableEdition]
    units: Mapping[str, UnitNode]
    plans: Mapping[str, Text]
    stakeholders: Mapping[str, Text]
    milestones: Mapping[tuple[str, str, str], Text]  # by plan, deliverable and the words of the entry


def names_in(entries: Iterable[AuditEntry], day: date, tree: UnitTree | None = None) -> Names:
    """The names these lines need, as of a day: a constant number of queries."""
    lines = list(entries)
    wanted = {(e.plan_slug, e.object_key) for e in lines if e.object_kind == "deliverable"}
    slugs = {e.plan_slug for e in lines if e.plan_slug}
    stakeholders = {e.details["stakeholder"] for e in lines if e.details.get("stakeholder")}
    stakeholders |= {e.object_key for e in lines if e.object_kind == "stakeholder"}
    rows = rows_in_force(day).filter(
        deliverable__plan__slug__in=slugs, deliverable__key__in={key for _slug, key in wanted}
    )
    return Names(
        deliverables={(row.deliverable.plan.slug, row.deliverable.key): row for row in rows},
        units=(tree or unit_tree(day)).by_key,
        plans={e.plan.slug: e.title for e in editions_on(day).filter(plan__slug__in=slugs)},
        stakeholders={s.key: s.name for s in Stakeholder.objects.filter(key__in=stakeholders)},
        milestones=_milestones([entry for entry in lines if entry.details.get("milestone")]),
    )


def _milestones(lines: list[AuditEntry]) -> dict[tuple[str, str, str], Text]:
    """The titles of milestones in all their languages; an entry keeps the words of one."""
    if not lines:
        return {}
    states = MilestoneState.objects.filter(
        milestone__deliverable__plan__slug__in={entry.plan_slug for entry in lines},
        milestone__deliverable__key__in={entry.object_key for entry in lines},
    ).select_related("milestone__deliverable__plan")
    named = ((state.milestone.deliverable, state.title) for state in states.order_by("pk"))
    return {(of.plan.slug, of.key, str(title)): title for of, title in named}
