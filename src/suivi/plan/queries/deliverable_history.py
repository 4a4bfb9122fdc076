"""What became of one deliverable: its row in each edition, and what each edition changed in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

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
    """The editions that touched a deliverable, latest first, and those it came from or went into.

    `row` is how it last stood; None where no edition held it by the day.
    """

    row: DeliverableEdition | None
    past: Sequence[PastRow]
    predecessors: Sequence[Deliverable]
    successors: Sequence[Deliverable]

    @property
    def dropped_by(self) -> Edition | None:
        """The edition that dropped it, where it is not in force any more."""
        return self.past[0].edition if self.past and self.past[0].row is None else None


def history_of_deliverable(
    deliverable: Deliverable, day: date, *, has_relatives: bool = True
) -> DeliverableHistory:
    """The history as of a day: a constant number of queries. Editions that left it as it was are left out.

    `has_relatives` says whether to look for those it came from or went into.
    """
    editions = (
        Edition.objects.filter(plan=deliverable.plan_id, in_force_on__lte=day)
        .select_related("decision", "plan")
        .order_by("number")
    )
    rows = {
        row.edition_id: row
        for row in DeliverableEdition.objects.filter(deliverable=deliverable)
        .select_related(
            *("deliverable__plan", "action__pillar__pillar", "action__action__continues__plan"),
            "edition__decision",
        )
        .prefetch_related(
            *("strands", "links__framework", "links__item", "action__links__framework", "action__links__item")
        )
    }
    past: list[PastRow] = []
    last: DeliverableEdition | None = None
    before: DeliverableEdition | None = None
    for edition in editions:
        row = rows.get(edition.pk)
        changes = _changes(before, row)
        if changes:
            past.append(PastRow(edition, row, changes))
        before, last = row, row or last
    relatives = _relatives(deliverable, day) if has_relatives else ((), ())
    return DeliverableHistory(last, past[::-1], *relatives)


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


def _relatives(deliverable: Deliverable, day: date) -> tuple[Sequence[Deliverable], Sequence[Deliverable]]:
    known = (
        Succession.objects.filter(
            Q(successor=deliverable) | Q(predecessor=deliverable), edition__in_force_on__lte=day
        )
        .select_related("predecessor", "successor")
        .order_by("pk")
    )
    before = [one.predecessor for one in known if one.successor_id == deliverable.pk]
    return before, [one.successor for one in known if one.predecessor_id == deliverable.pk]
