"""What became of one deliverable: its row in each edition, and what each edition changed in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from suivi.documents import model as documents
from suivi.documents.comparison import Change, Difference, compare
from suivi.plan.models import Deliverable, DeliverableEdition, Edition, Succession
from suivi.plan.queries.documents import deliverable_part
from suivi.values.text import Text


@dataclass(frozen=True)
class PastRow:
    """What one edition did to the deliverable; `row` is None where the edition no longer holds it."""

    edition: Edition
    row: DeliverableEdition | None
    changes: Sequence[Difference]


@dataclass(frozen=True)
class DeliverableHistory:
    """The editions that touched a deliverable, latest first, and those it came from or went into."""

    past: Sequence[PastRow]
    predecessors: Sequence[Deliverable]
    successors: Sequence[Deliverable]

    @property
    def dropped_by(self) -> Edition | None:
        """The edition that dropped it, where it is not in force any more."""
        return self.past[0].edition if self.past and self.past[0].row is None else None


def history_of_deliverable(deliverable: Deliverable, day: date) -> DeliverableHistory:
    """The history as of a day: a constant number of queries. Editions that left it as it was are left out."""
    editions = (
        Edition.objects.filter(plan=deliverable.plan_id, in_force_on__lte=day)
        .select_related("decision", "plan")
        .order_by("number")
    )
    rows = {
        row.edition_id: row
        for row in DeliverableEdition.objects.filter(deliverable=deliverable)
        .select_related("deliverable", "action__action")
        .prefetch_related("strands", "links__framework")
    }
    past: list[PastRow] = []
    before: DeliverableEdition | None = None
    for edition in editions:
        row = rows.get(edition.pk)
        changes = _changes(before, row)
        if changes:
            past.append(PastRow(edition, row, changes))
        before = row
    return DeliverableHistory(past[::-1], *_relatives(deliverable, day))


def _changes(before: DeliverableEdition | None, after: DeliverableEdition | None) -> list[Difference]:
    """What a decision of the body changed in the deliverable itself; translations are no decisions."""
    differences = compare(_document(before), _document(after))
    return [one for one in differences if one.level == "deliverable" and _is_of_the_body(one)]


def _is_of_the_body(difference: Difference) -> bool:
    return difference.is_adopted and difference.change is not Change.FOLLOWS


def _document(row: DeliverableEdition | None) -> documents.PlanDocument:
    """A document that holds this one deliverable: the rules that compare plans compare it too."""
    if row is None:
        return documents.PlanDocument(header=documents.Header(language=""))
    language = row.text.original
    action = documents.Action(
        number=row.action.action.key,
        text=Text.of("", language),
        deliverables=[deliverable_part(row, [])],
    )
    pillar = documents.Pillar(number="", title=Text.of("", language), actions=[action])
    return documents.PlanDocument(header=documents.Header(language=language), pillars=[pillar])


def _relatives(deliverable: Deliverable, day: date) -> tuple[list[Deliverable], list[Deliverable]]:
    known = Succession.objects.filter(edition__in_force_on__lte=day)
    before = known.filter(successor=deliverable).select_related("predecessor").order_by("pk")
    after = known.filter(predecessor=deliverable).select_related("successor").order_by("pk")
    return [one.predecessor for one in before], [one.successor for one in after]
