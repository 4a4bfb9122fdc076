"""Evidence: adding a file or a link, saying anew who may see it, and withdrawing content for good."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from suivi.core.commands import lock_file, store_file, withdraw_file, write_audit, write_row
from suivi.core.models import Account
from suivi.monitoring.commands.chain import append
from suivi.monitoring.commands.steps import require_report
from suivi.monitoring.models import Evidence, EvidenceClass
from suivi.monitoring.queries.evidence import classes_open_to
from suivi.monitoring.rules.chain import digest_of_address
from suivi.monitoring.rules.media import media_type_of, safe_name
from suivi.organisation.models import Unit
from suivi.organisation.queries import authority_of, require, unit_tree
from suivi.organisation.rules import Permission
from suivi.plan.models import Edition, Plan
from suivi.values.errors import InputRefused, NotAllowed, RuleBroken
from suivi.values.messages import gettext_noop


@transaction.atomic
def add_file(
    *,
    by: Account | None,
    now: datetime,
    plan: Plan,
    unit: Unit,
    title: str,
    data: bytes,
    file_name: str,
    classification: str = EvidenceClass.INTERNAL,
    shows_persons: bool = False,
    consent: str = "",
) -> Evidence:
    """Keep a file as evidence of a unit. The same bytes under the same title are one piece of evidence.

    Raises InputRefused for a kind that is not taken and for a file above the limit; RuleBroken for bytes
    that were withdrawn once.
    """
    require_report(by, unit, plan, now)
    refuse_large(len(data))
    media_type = media_type_of(data, file_name)
    stored = store_file(data, now=now)
    there = Evidence.objects.filter(
        plan=plan,
        owner_unit=unit,
        sha256=stored.sha256,
        title=title.strip(),
        classification=classification,
        shows_persons=shows_persons,
    ).first()
    if there is not None:
        return there
    evidence = Evidence(
        file=stored,
        sha256=stored.sha256,
        file_name=safe_name(file_name, media_type),
        media_type=media_type,
        **_said(by, now, plan, unit, title, classification, shows_persons, consent),
    )
    return _save(evidence, by, now)


@transaction.atomic
def add_link(
    *,
    by: Account | None,
    now: datetime,
    plan: Plan,
    unit: Unit,
    title: str,
    url: str,
    classification: str = EvidenceClass.INTERNAL,
    shows_persons: bool = False,
    consent: str = "",
) -> Evidence:
    """Keep a link (http or https) as evidence of a unit; the same link and title are one piece."""
    require_report(by, unit, plan, now)
    if not url.lower().startswith(("http://", "https://")):
        raise InputRefused(
            gettext_noop("The link begins with neither http:// nor https://."),
            hint=gettext_noop("Copy the whole address from the browser."),
        )
    there = Evidence.objects.filter(
        plan=plan, owner_unit=unit, url=url, title=title.strip(), classification=classification
    ).first()
    if there is not None:
        return there
    said = _said(by, now, plan, unit, title, classification, shows_persons, consent)
    return _save(Evidence(url=url, **said), by, now)


@transaction.atomic
def withdraw_evidence(
    *, by: Account | None, now: datetime, evidence: Evidence, reason: str
) -> list[Evidence]:
    """Take content away for good: the bytes go once this is committed, and may not be stored again.

    Its digest, who withdrew it and why stay, in the row and in the chain. Every other piece of evidence with
    the same bytes is withdrawn alike; all of them are given back. A link loses its address.
    """
    require(by, Permission.WITHDRAW_EVIDENCE, [evidence.plan.scope_id], now=now)
    if not reason.strip():
        raise RuleBroken(
            gettext_noop("Say why the content is withdrawn."),
            hint=gettext_noop("Write in a sentence why; it stays with the evidence."),
        )
    for piece in (alike := _alike(evidence)):
        piece.withdrawn_at, piece.withdrawn_by, piece.withdrawn_reason = now, by, reason.strip()
        if piece.url:
            _forget_address(piece)
        write_row(piece)
        append(plan=piece.plan, kind="withdrawal", row=piece, now=now)
        _audit(by, now, "withdraw_evidence", piece, reason=reason.strip())
    if evidence.file is not None:
        withdraw_file(evidence.file, now=now)
    return alike


@transaction.atomic
def classify_evidence(
    *, by: Account | None, now: datetime, evidence: Evidence, classification: str, reason: str
) -> Evidence:
    """Say anew who may see a piece of evidence, with the reason, which stays in the trail.

    Only its own unit opens it to more people; who may withdraw it for the plan may close it.
    """
    pieces = Evidence.objects.select_for_update(of=("self",)).select_related("plan", "owner_unit")
    piece: Evidence = pieces.get(pk=evidence.pk)
    wanted, before = EvidenceClass(classification), piece.classification
    if piece.withdrawn_at is not None:
        raise RuleBroken(gettext_noop("The content was withdrawn already."))
    if by is not None:
        today = timezone.localdate(now)
        if wanted not in {before, *classes_open_to(authority_of(by, today), piece, unit_tree(today))}:
            raise NotAllowed(
                gettext_noop("Only the unit that gave the evidence may open it to more people."),
                hint=gettext_noop("Ask the unit, or close it to more people instead."),
            )
    if not reason.strip():
        raise RuleBroken(
            gettext_noop("Say why others may see it from now on."),
            hint=gettext_noop("Write in a sentence why; it stays in the audit trail."),
        )
    if wanted == before:
        return piece
    piece.classification = wanted
    write_row(piece, fields=["classification"])
    _audit(by, now, "classify_evidence", piece, before=before, reason=reason.strip())
    return piece


def refuse_large(size_bytes: int) -> None:
    """Stop with InputRefused for more bytes than the setting lets in."""
    most: int = settings.SUIVI_EVIDENCE_MEGABYTES
    if size_bytes > most * 2**20:
        raise InputRefused(
            gettext_noop("The file is larger than %(most)s MB."),
            {"most": most},
            gettext_noop("Make it smaller, or put it elsewhere and give a link."),
        )


def _alike(evidence: Evidence) -> list[Evidence]:
    """The evidence that holds these bytes and still stands, nobody adding to it meanwhile; plan by plan."""
    same = Evidence.objects.filter(pk=evidence.pk)
    if evidence.file is not None:
        lock_file(evidence.file)
        if Edition.objects.filter(source_file=evidence.file).exists():
            raise RuleBroken(
                gettext_noop("The file is also the adopted document of a plan."),
                hint=gettext_noop("An adopted document stays in the record."),
            )
        same = Evidence.objects.filter(sha256=evidence.sha256)
    found = list(
        same.filter(withdrawn_at__isnull=True)
        .select_for_update(of=("self",))
        .select_related("plan", "file")
        .order_by("plan", "pk")
    )
    if evidence.pk not in {piece.pk for piece in found}:
        raise RuleBroken(gettext_noop("The content was withdrawn already."))
    return found


def _forget_address(piece: Evidence) -> None:
    """Of a link only the digest of its address stays, also where the address is the title."""
    digest = digest_of_address(piece.url)
    if piece.title in piece.url or piece.url in piece.title:
        piece.title = digest[:12]
    piece.sha256, piece.url = digest, ""


def _said(
    by: Account | None,
    now: datetime,
    plan: Plan,
    unit: Unit,
    title: str,
    classification: str,
    shows_persons: bool,
    consent: str,
) -> dict[str, object]:
    return {
        "plan": plan,
        "owner_unit": unit,
        "title": title.strip(),
        "classification": EvidenceClass(classification),
        "shows_persons": shows_persons,
        "consent": consent.strip(),
        "added_at": now,
        "added_by": by,
    }


def _save(evidence: Evidence, by: Account | None, now: datetime) -> Evidence:
    write_row(evidence)
    _audit(by, now, "add_evidence", evidence)
    return evidence


def _audit(by: Account | None, now: datetime, verb: str, evidence: Evidence, **details: str) -> None:
    more = {"unit": evidence.owner_unit.key, "classification": str(evidence.classification), **details}
    write_audit(
        by=by,
        now=now,
        verb=verb,
        on=evidence,
        key=str(evidence.key),
        plan_slug=evidence.plan.slug,
        details=more,
    )
