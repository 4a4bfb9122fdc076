"""Loading a plan: its first edition, a later one that a decision made, or only translations."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from django.db import transaction

from suivi.core.commands import write_audit
from suivi.core.models import Account, StoredFile
from suivi.documents.comparison import Change, Difference, compare
from suivi.documents.model import PlanDocument
from suivi.organisation.models import Scope
from suivi.organisation.queries import require
from suivi.organisation.rules import Permission
from suivi.plan.commands.edition_rows import rewrite_texts, write_rows
from suivi.plan.models import ChangeRequest, Decision, Edition, Plan, RequestState
from suivi.plan.queries.documents import document_of
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


class LoadOutcome(StrEnum):
    CREATED = "created"  # a plan that was not here, with its first edition
    AMENDED = "amended"  # a new edition of a plan that was here
    TRANSLATED = "translated"  # only translations or short titles were written into the edition in place
    UNCHANGED = "unchanged"  # the same plan once more: nothing was written


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
    slug = slug or document.slug
    if not slug:
        raise InputRefused(
            gettext_noop("The plan has no slug."),
            hint=gettext_noop('Add a line such as "plan: my-plan", or name it with --plan.'),
        )
    if not document.pillars:
        raise InputRefused(
            gettext_noop("The document holds no pillar, so there is nothing to load."),
            hint=gettext_noop("Read it again with --explain to see what became of each line."),
        )
    plan = Plan.objects.select_for_update().filter(slug=slug).first()
    if plan is None:
        require(by, Permission.ADOPT_EDITION, now=now)
        plan = _create_plan(slug, document, now)
        edition = _adopt(by, now, plan, document, decision or _own_decision(document), source, source_name)
        return Loaded(LoadOutcome.CREATED, edition)
    require(by, Permission.ADOPT_EDITION, [plan.scope_id], now=now)
    last = plan.editions.order_by("-number")[0]
    differences = compare(document_of(last), document)
    if not differences:
        return Loaded(LoadOutcome.UNCHANGED, last)
    if not any(difference.is_adopted for difference in differences):
        rewrite_texts(last, document, by=by, now=now)
        write_audit(by=by, now=now, verb="translate_plan", on=last, plan_slug=slug)
        return Loaded(LoadOutcome.TRANSLATED, last, differences)
    if decision is None:
        raise RuleBroken(
            gettext_noop("%(count)s adopted points differ from edition %(number)s."),
            {"count": sum(one.is_adopted for one in differences), "number": last.number},
            gettext_noop("Name the decision that changed them (--decided-on DAY), or mend the file."),
        )
    edition = _adopt(by, now, plan, document, decision, source, source_name)
    _settle_requests(edition, differences)
    return Loaded(LoadOutcome.AMENDED, edition, differences)


def _create_plan(slug: str, document: PlanDocument, now: datetime) -> Plan:
    plan = Plan(
        slug=slug,
        scope=Scope.objects.create(label=slug),
        language=document.header.language or "en",
        created_at=now,
    )
    plan.full_clean()
    plan.save()
    return plan


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
    decision.full_clean()
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
