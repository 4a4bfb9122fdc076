"""Loading a plan: its first edition, a later one that a decision made, or only translations."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from suivi.core.commands import write_audit
from suivi.core.models import Account, StoredFile
from suivi.documents.comparison import Change, Difference
from suivi.documents.model import PlanDocument
from suivi.organisation.models import Scope
from suivi.organisation.queries import require
from suivi.organisation.rules import Permission
from suivi.plan.commands.edition_rows import rewrite_texts, write_rows
from suivi.plan.commands.limits import check_document
from suivi.plan.models import ChangeRequest, Decision, Edition, Plan, RequestState
from suivi.plan.queries.loading import LoadOutcome, Prospect, default_slug, prospect_of
from suivi.plan.rules import is_settled
from suivi.values.errors import InputRefused, RuleBroken
from suivi.values.messages import gettext_noop
from suivi.values.text import Text


@dataclass(frozen=True)
class DecisionGiven:
    """The decision an edition rests on, as the one who loads it states it."""

    decided_on: date
    body: str = ""
    session: str = ""
    symbol: str = ""
    paragraph: str = ""
    text: Text | None = None


@dataclass(frozen=True)
class Loaded:
    """What loading a plan did."""

    outcome: LoadOutcome
    edition: Edition
    differences: list[Difference] = field(default_factory=list)


@transaction.atomic
def load_plan(
    *,
    by: Account | None,
    now: datetime,
    document: PlanDocument,
    slug: str = "",
    decision: DecisionGiven | None = None,
    source: StoredFile | None = None,
    source_name: str = "",
) -> Loaded:
    """Take a plan document into the record, all of it or nothing.

    The same document twice changes nothing. Where only translations differ they are written into the edition
    in force; anything else that was adopted needs the decision that changed it and makes a new edition.
    """
    check_document(document)
    slug = slug or document.slug or default_slug(document)
    # Whoever loads the same plan at this moment waits, and then compares with what is there by then.
    list(Plan.objects.select_for_update().filter(slug=slug))
    prospect = prospect_of(document, slug)
    require(by, Permission.ADOPT_EDITION, _scopes(prospect), now=now)
    if prospect.last is None:
        plan = _create_plan(slug, document, now)
        edition = _adopt(by, now, plan, document, decision or _own_decision(document), source, source_name)
        return Loaded(LoadOutcome.CREATED, edition)
    plan = prospect.last.plan
    if prospect.outcome is LoadOutcome.TRANSLATED:
        rewrite_texts(prospect.last, prospect.document, by=by, now=now)
        write_audit(by=by, now=now, verb="translate_plan", on=prospect.last, plan_slug=plan.slug)
    if prospect.outcome is not LoadOutcome.AMENDED:
        return Loaded(prospect.outcome, prospect.last, prospect.differences)
    if decision is None:
        raise _needs_decision(prospect, prospect.last)
    edition = _adopt(by, now, plan, prospect.document, decision, source, source_name)
    _settle_requests(edition, prospect.differences)
    return Loaded(LoadOutcome.AMENDED, edition, prospect.differences)


def _scopes(prospect: Prospect) -> list[int]:
    return [prospect.last.plan.scope_id] if prospect.last else []


def _needs_decision(prospect: Prospect, last: Edition) -> RuleBroken:
    if prospect.repeats is not None:
        return RuleBroken(
            gettext_noop("This is edition %(number)s once more; since %(day)s edition %(last)s is in force."),
            {
                "number": prospect.repeats.number,
                "day": last.in_force_on.isoformat(),
                "last": last.number,
            },
            gettext_noop("Name a decision (--decided-on DAY) only if the body went back to it."),
        )
    return RuleBroken(
        gettext_noop("Adopted points that differ from edition %(number)s of %(slug)s: %(count)s."),
        {"count": prospect.adopted_count, "number": last.number, "slug": prospect.slug},
        gettext_noop(
            "Name the decision that changed them (--decided-on DAY), mend the file, or, if this is another "
            "plan, give it a name of its own (--plan NAME)."
        ),
    )


def _create_plan(slug: str, document: PlanDocument, now: datetime) -> Plan:
    plan = Plan(
        slug=slug,
        scope=Scope.objects.create(label=slug[:80]),
        language=document.header.language or "en",
        created_at=now,
    )
    _clean(plan)
    try:
        with transaction.atomic():
            plan.save()
    except IntegrityError as error:  # PostgreSQL: somebody else's first load was committed meanwhile
        raise RuleBroken(
            gettext_noop("A plan with the name %(slug)s was loaded by somebody else at this moment."),
            {"slug": slug},
            gettext_noop("Load the file again: it is then compared with that plan."),
        ) from error
    return plan


def _clean(row: Plan | Decision) -> None:
    """Validate what came from outside; a breach stops the loading in one sentence."""
    try:
        row.full_clean()
    except ValidationError as error:
        reasons = "; ".join(f"{name}: {' '.join(said)}" for name, said in error.message_dict.items())
        raise InputRefused("%(reasons)s", {"reasons": reasons}) from error


def _own_decision(document: PlanDocument) -> DecisionGiven:
    """Without a decision named, the day of the document stands for the day of adoption."""
    header = document.header
    if header.dated_on is None:
        raise InputRefused(
            gettext_noop("The document has no date, so the day of adoption is not known."),
            hint=gettext_noop("Name it with --decided-on DAY, or write document: date: in the file."),
        )
    return DecisionGiven(header.dated_on, header.body, header.session, header.symbol)


def _adopt(
    by: Account | None,
    now: datetime,
    plan: Plan,
    document: PlanDocument,
    given: DecisionGiven,
    source: StoredFile | None,
    source_name: str,
) -> Edition:
    last = plan.editions.order_by("-number").first()
    if last is not None and given.decided_on < last.in_force_on:
        raise RuleBroken(
            gettext_noop("Edition %(number)s is in force from %(day)s, later than this decision."),
            {"number": last.number, "day": last.in_force_on.isoformat()},
            gettext_noop("Check the day of the decision."),
        )
    decision = Decision(
        plan=plan,
        decided_on=given.decided_on,
        body=given.body,
        session=given.session,
        symbol=given.symbol,
        paragraph=given.paragraph,
        text=given.text or Text.of("", plan.language),
    )
    _clean(decision)
    decision.save()
    edition = write_rows(
        plan=plan,
        number=last.number + 1 if last else 1,
        decision=decision,
        document=document,
        source=source,
        source_name=source_name,
        by=by,
        now=now,
    )
    write_audit(
        by=by,
        now=now,
        verb="adopt_edition",
        on=edition,
        plan_slug=plan.slug,
        details={"in force from": given.decided_on.isoformat(), "decision": str(decision)},
    )
    return edition


def _settle_requests(edition: Edition, differences: Iterable[Difference]) -> None:
    """Accepted requests that waited for the body are settled by the edition that took them up."""
    changed: dict[str, set[str]] = {}
    for difference in differences:
        if difference.level == "deliverable" and difference.change is not Change.TRANSLATION:
            changed.setdefault(difference.key, set()).add(difference.change.value)
    waiting = ChangeRequest.objects.filter(
        deliverable__plan=edition.plan, state=RequestState.ACCEPTED, settled_by__isnull=True
    ).select_related("deliverable")
    for request in waiting:
        if is_settled(request.kind, changed.get(request.deliverable.key, ())):
            request.settled_by = edition
            request.save(update_fields=["settled_by"])


@transaction.atomic
def publish_plan(*, by: Account | None, now: datetime, plan: Plan, is_public: bool) -> None:
    """Let everybody read the editions of a plan, or stop that. The management plan stays inside."""
    require(by, Permission.ADOPT_EDITION, [plan.scope_id], now=now)
    if plan.is_public != is_public:
        plan.is_public = is_public
        plan.save(update_fields=["is_public"])
        write_audit(
            by=by, now=now, verb="publish_plan", on=plan, plan_slug=plan.slug, details={"public": is_public}
        )
