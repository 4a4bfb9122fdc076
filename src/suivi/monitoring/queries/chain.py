"""Verifying the hash chain of a plan: every link, and what each stands for, computed again from the rows."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from suivi.core.clock import end_of
from suivi.core.commands import path_of
from suivi.findings import Finding, Place, Severity
from suivi.monitoring.models import (
    AgreedStatus,
    ChainLink,
    Evidence,
    ProgressUpdate,
    UpdateState,
)
from suivi.monitoring.queries.digests import digests_of
from suivi.monitoring.rules.chain import hash_of_link
from suivi.plan.models import Plan
from suivi.values.messages import Message, gettext_noop

_AT_ONCE = 500


def head_of(plan: Plan, as_of: date | None = None) -> ChainLink | None:
    """The last link of the chain, or the last one of a day; None where nothing was chained by then."""
    links = plan.chain.all()
    if as_of is not None:
        links = links.filter(at__lte=end_of(as_of))
    return links.order_by("-number").first()


def has_head(plan: Plan, hash_: str) -> bool:
    """Whether a head that was once issued is still a link: if not, the chain was cut or rewritten."""
    return plan.chain.filter(hash=hash_).exists()


def verify(plan: Plan) -> list[Finding]:
    """Everything that does not hold, in the order of the links; nothing where all holds."""
    return [*_verify_links(plan), *_verify_unchained(plan), *_verify_files(plan)]


def _verify_links(plan: Plan) -> Iterator[Finding]:
    """Numbers without a gap, each hash from what it is made of, each object as it was when it was chained."""
    number, hash_ = 0, ""
    for links in _in_chunks(plan):
        digests = _digests(links)
        for link in links:
            number += 1
            if link.number != number:
                yield _finding(
                    "link-missing", number, gettext_noop("Link %(number)s of the chain is missing.")
                )
                number = link.number
            elif link.previous != hash_:
                yield _finding(
                    "link-does-not-follow",
                    number,
                    gettext_noop("Link %(number)s of the chain does not follow the one before it."),
                )
            if link.hash != hash_of_link(link.number, link.previous, link.kind, link.digest):
                yield _finding(
                    "link-changed", number, gettext_noop("Link %(number)s of the chain was changed.")
                )
            yield from _verify_object(link, digests.get((link.kind, link.object_pk)))
            hash_ = link.hash


def _verify_object(link: ChainLink, digest: str | None) -> Iterator[Finding]:
    named = {"kind": link.kind, "pk": link.object_pk}
    if digest is None:
        yield _finding(
            "row-gone",
            link.number,
            gettext_noop("What link %(number)s stands for is gone (%(kind)s %(pk)s)."),
            **named,
        )
    elif digest != link.digest:
        yield _finding(
            "row-changed",
            link.number,
            gettext_noop("What link %(number)s stands for was changed afterwards (%(kind)s %(pk)s)."),
            **named,
        )


def _verify_unchained(plan: Plan) -> Iterator[Finding]:
    """Rows that came into the record without a link."""
    rows: tuple[tuple[str, QuerySet[ProgressUpdate] | QuerySet[AgreedStatus] | QuerySet[Evidence]], ...] = (
        ("update", ProgressUpdate.objects.filter(plan=plan, state=UpdateState.APPROVED)),
        ("agreed_status", AgreedStatus.objects.filter(deliverable__plan=plan)),
        ("withdrawal", Evidence.objects.filter(plan=plan, withdrawn_at__isnull=False)),
    )
    for kind, candidates in rows:
        linked = ChainLink.objects.filter(plan=plan, kind=kind, object_pk=OuterRef("pk"))
        for pk in candidates.filter(~Exists(linked)).order_by("pk").values_list("pk", flat=True):
            yield _finding(
                "row-without-link",
                None,
                gettext_noop("Something stands in the record without a link of the chain (%(kind)s %(pk)s)."),
                kind=kind,
                pk=pk,
            )


def _verify_files(plan: Plan) -> Iterator[Finding]:
    """The bytes of evidence: those of the digest where it stands, and none where it was withdrawn."""
    pieces = Evidence.objects.filter(plan=plan, file__isnull=False).order_by("sha256").distinct()
    for sha256, is_withdrawn in dict(
        pieces.values_list("sha256", "file__withdrawn_at").order_by("sha256")
    ).items():
        path = path_of(sha256)
        if is_withdrawn is not None:
            if path.exists():
                yield _finding(
                    "withdrawn-bytes-remain",
                    None,
                    gettext_noop("The bytes of withdrawn content are still there (%(sha256)s)."),
                    sha256=sha256,
                )
        elif not path.exists():
            yield _finding(
                "file-missing",
                None,
                gettext_noop("A file of evidence is missing (%(sha256)s)."),
                sha256=sha256,
            )
        else:
            with path.open("rb") as handle:
                found = hashlib.file_digest(handle, "sha256").hexdigest()
            if found != sha256:
                yield _finding(
                    "file-changed",
                    None,
                    gettext_noop("A file of evidence was changed (%(sha256)s)."),
                    sha256=sha256,
                )


def _in_chunks(plan: Plan) -> Iterator[list[ChainLink]]:
    last = 0
    while links := list(plan.chain.filter(number__gt=last).order_by("number")[:_AT_ONCE]):
        yield links
        last = links[-1].number


def _digests(links: list[ChainLink]) -> dict[tuple[str, int], str]:
    """The digests of what these links stand for, by kind and primary key, from the rows as they are now."""
    by_kind: defaultdict[str, list[int]] = defaultdict(list)
    for link in links:
        by_kind[link.kind].append(link.object_pk)
    return {
        (kind, pk): digest for kind, pks in by_kind.items() for pk, digest in digests_of(kind, pks).items()
    }


def _finding(code: str, number: int | None, template: str, **params: object) -> Finding:
    message = Message(template, {"number": number, **params} if number else params)
    return Finding(code, Severity.ERROR, message, Place(line=number))
