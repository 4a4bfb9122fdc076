"""Importing a plan: read a document into a draft, correct it row by row, load it, or leave it.

Drafts belong to the account that made them. Saving one writes no audit line; loading does.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from suivi.core.commands import store_file
from suivi.core.models import Account
from suivi.documents import planfile
from suivi.documents.child import read_in_child
from suivi.documents.corrections import add_row, remove_row, replace_row
from suivi.documents.model import Action, Deliverable, Pillar, PlanDocument
from suivi.exchange.models import ImportDraft
from suivi.exchange.queries import blocking_findings, can_import, corrections_of, plan_of_draft
from suivi.organisation.queries import authority_of
from suivi.organisation.rules import PERMISSION_WORDS, Permission
from suivi.plan.commands import DecisionGiven, Loaded, load_plan, publish_plan
from suivi.values.errors import NotAllowed, RuleBroken
from suivi.values.messages import gettext_noop


def start_import(*, by: Account, now: datetime, data: bytes, name: str) -> ImportDraft:
    """Read a file in a child process and keep it with what came out; ReadingRefused keeps nothing."""
    _require_import(by, now)
    read = read_in_child(data, name)
    with transaction.atomic():
        return ImportDraft.objects.create(
            account=by,
            file=store_file(data, now=now),
            file_name=name[-255:],
            read_at=now,
            original=read.plan_file,
            plan_file=read.plan_file,
            findings=read.findings,
            lines=read.lines,
            sources=read.sources,
        )


@transaction.atomic
def correct_row(
    *,
    by: Account,
    draft: ImportDraft,
    level: str,
    name: str,
    part: Pillar | Action | Deliverable,
    under: str = "",
) -> None:
    """Put a corrected pillar, action or deliverable in the place of a row, or move it under another one."""
    draft = _open_draft(by, draft)
    plan = replace_row(plan_of_draft(draft), level, name, part, under)
    was = draft.renamed.pop(f"{level} {name}", f"{level} {name}")
    if f"{level} {part.number}" != was:
        draft.renamed[f"{level} {part.number}"] = was
    _save(draft, plan)


@transaction.atomic
def add_to_draft(
    *, by: Account, draft: ImportDraft, level: str, part: Pillar | Action | Deliverable, under: str = ""
) -> None:
    """Add a row that the document does not have, or that the reading missed."""
    draft = _open_draft(by, draft)
    _save(draft, add_row(plan_of_draft(draft), level, part, under))


@transaction.atomic
def remove_from_draft(*, by: Account, draft: ImportDraft, level: str, name: str) -> None:
    """Take a row out of the reading."""
    draft = _open_draft(by, draft)
    draft.renamed.pop(f"{level} {name}", None)
    _save(draft, remove_row(plan_of_draft(draft), level, name))


@transaction.atomic
def settle_finding(*, by: Account, draft: ImportDraft, position: int, is_settled: bool) -> None:
    """Say that a finding was dealt with, or that it was not."""
    draft = _open_draft(by, draft)
    settled = set(draft.settled) - {position}
    if is_settled and 0 <= position < len(draft.findings):
        settled.add(position)
    draft.settled = sorted(settled)
    draft.save(update_fields=["settled"])


@transaction.atomic
def replace_by_file(*, by: Account, draft: ImportDraft, text: str) -> None:
    """Take a plan.yaml that was edited by hand for the draft. Raises PlanFileRefused where it is broken."""
    draft = _open_draft(by, draft)
    plan, _findings = planfile.load(text)
    _save(draft, plan)


@transaction.atomic
def load_draft(
    *,
    by: Account,
    now: datetime,
    draft: ImportDraft,
    slug: str,
    decision: DecisionGiven,
    is_public: bool | None = None,
) -> Loaded:
    """Load the corrected reading, all of it or nothing. `is_public` None leaves that as it is."""
    draft = _open_draft(by, draft)
    plan = plan_of_draft(draft)
    blocking = blocking_findings(draft, plan)
    if blocking:
        raise RuleBroken(
            gettext_noop("%(count)s errors stand in the way; the first: %(first)s"),
            {"count": len(blocking), "first": blocking[0].message},
            gettext_noop("Correct the rows, or say of each error that it is settled."),
        )
    loaded = load_plan(
        by=by,
        now=now,
        document=plan,
        slug=slug,
        decision=decision,
        source=draft.file,
        source_name=draft.file_name,
    )
    if is_public is not None:
        publish_plan(by=by, now=now, plan=loaded.edition.plan, is_public=is_public)
    draft.loaded_as = loaded.edition
    draft.save(update_fields=["loaded_as"])
    return loaded


@transaction.atomic
def discard_draft(*, by: Account, draft: ImportDraft) -> None:
    """Leave a draft; what was loaded from it stays loaded."""
    _own(by, draft).delete()


def _require_import(by: Account, now: datetime) -> None:
    if not can_import(authority_of(by, timezone.localdate(now))):
        raise NotAllowed(
            gettext_noop("Your roles do not let you do this here (%(permission)s)."),
            {"permission": PERMISSION_WORDS[Permission.ADOPT_EDITION]},
            gettext_noop("Ask the plan manager for the role, or to do it for you."),
        )


def _own(by: Account, draft: ImportDraft) -> ImportDraft:
    """The draft as it stands now, held for this change; drafts of others are not touched."""
    return ImportDraft.objects.select_for_update().get(pk=draft.pk, account=by)


def _open_draft(by: Account, draft: ImportDraft) -> ImportDraft:
    held = _own(by, draft)
    if held.loaded_as_id is not None:
        raise RuleBroken(
            gettext_noop("This draft was loaded already."),
            hint=gettext_noop("Read the document again to load it once more."),
        )
    return held


def _save(draft: ImportDraft, plan: PlanDocument) -> None:
    draft.plan_file = planfile.dump(plan)
    draft.corrections = len(corrections_of(draft))
    draft.save(update_fields=["plan_file", "corrections", "renamed"])
