"""What a round asked, and what came: the chase list, and whom to ask."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Min, OuterRef, Q, Subquery
from django.utils import timezone

from suivi.core.models import Account
from suivi.monitoring.models import Asked, AskedState, ProgressUpdate, Round, UpdateState
from suivi.monitoring.queries.people import acting_for, who_reports
from suivi.monitoring.rules.rounds import outcome_of
from suivi.organisation.models import Unit
from suivi.organisation.queries import unit_tree
from suivi.plan.models import Deliverable, Plan
from suivi.plan.queries import responsibilities_on
from suivi.plan.queries.scopes import WORKING_ROLES

# What lists of updates do not show.
_LONG = ("draft", "difficulties", "assessment_reason")


@dataclass(frozen=True)
class Answer:
    """The update with which a unit answers a question, and the day its first version arrived for review."""

    update: ProgressUpdate
    first_submitted_on: date | None


@dataclass(frozen=True)
class Owed:
    """One question of a round on a day: what has come, and since when it is late.

    `state` is "answered", "late" (answered late), "missing" or "excused"; of an open round "missing" means
    that it is still owed. `last_word` is the last update of the unit on the deliverable, of any round.
    """

    asked: Asked
    state: str
    answer: Answer | None
    days_late: int
    contact: Account | None
    last_word: ProgressUpdate | None

    @property
    def is_owed(self) -> bool:
        return self.state == AskedState.MISSING


def answers_of(rounds: Iterable[Round]) -> dict[tuple[int, int, int], Answer]:
    """The answers to all questions of rounds, by round, deliverable and unit. One query."""
    updates = (
        ProgressUpdate.objects.filter(round__in=list(rounds), corrects=None)
        .exclude(state=UpdateState.DISCARDED)
        .annotate(first_submitted_at=Min("events__at", filter=Q(events__verb="submitted")))
        .select_related("changed_by", "submitted_by")
        .defer(*_LONG)
        .order_by("pk")
    )
    return {
        (update.round_id or 0, update.deliverable_id, update.unit_id): Answer(
            update,
            timezone.localdate(update.first_submitted_at) if update.first_submitted_at else None,
        )
        for update in updates
    }


def chase_list(round: Round, today: date) -> list[Owed]:
    """Every question of a round with what has become of it: seven queries at any size.

    A closed round shows what was frozen.
    """
    rows = list(
        round.asked.select_related("deliverable__plan", "unit", "round").order_by("unit__key", "deliverable")
    )
    answers = answers_of([round])
    contacts = _contacts(rows, today)
    words = _last_words(round)
    found = []
    for row in rows:
        answer = answers.get((round.pk, row.deliverable_id, row.unit_id))
        state = row.outcome or outcome_of(
            is_excused=bool(row.excused_reason),
            state=answer.update.state if answer else "",
            first_submitted_on=answer.first_submitted_on if answer else None,
            due_on=round.due_on,
        )
        thing = (row.deliverable_id, row.unit_id)
        late = max(0, (today - round.due_on).days) if state == AskedState.MISSING else 0
        found.append(Owed(row, state, answer, late, contacts.get(thing), words.get(thing)))
    return found


def whom_to_ask(plan: Plan, deliverables: Iterable[Deliverable], day: date) -> list[tuple[Deliverable, Unit]]:
    """Each deliverable with each unit that is accountable or responsible for it on a day, in order."""
    by_pk = {deliverable.pk: deliverable for deliverable in deliverables}
    held = (
        responsibilities_on(day)
        .filter(deliverable__in=list(by_pk), deliverable__plan=plan, role__in=WORKING_ROLES)
        .select_related("unit")
        .order_by("deliverable", "role", "unit__key")
    )
    return list(dict.fromkeys((by_pk[row.deliverable_id], row.unit) for row in held))


def _contacts(rows: list[Asked], today: date) -> dict[tuple[int, int], Account]:
    """Whom to write to: who is named for the deliverable, else who reports for the unit; of who is away the
    officer-in-charge."""
    reports = who_reports({row.unit_id for row in rows}, unit_tree(today), today)
    found = {
        (row.deliverable_id, row.unit_id): reports[row.unit_id] for row in rows if row.unit_id in reports
    } | _named(rows, today)
    acting = acting_for(found.values(), today)
    return {thing: acting.get(account.pk, account) for thing, account in found.items()}


def _named(rows: list[Asked], today: date) -> dict[tuple[int, int], Account]:
    held = (
        responsibilities_on(today)
        .filter(deliverable__in={row.deliverable_id for row in rows}, contact__is_active=True)
        .select_related("contact")
    )
    return {(row.deliverable_id, row.unit_id): row.contact for row in held if row.contact is not None}


def _last_words(round: Round) -> dict[tuple[int, int], ProgressUpdate]:
    """The last update that arrived from each unit on each deliverable, whatever round asked for it."""
    sent = (
        ProgressUpdate.objects.filter(
            deliverable=OuterRef("deliverable"), unit=OuterRef("unit"), submitted_at__isnull=False
        )
        .order_by("-submitted_at", "-pk")
        .values("pk")[:1]
    )
    last = round.asked.order_by().values(last=Subquery(sent))
    updates = ProgressUpdate.objects.filter(pk__in=last).select_related("submitted_by").defer(*_LONG)
    return {(update.deliverable_id, update.unit_id): update for update in updates}
