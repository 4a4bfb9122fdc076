"""What the page of an import draft says about loading: as which plan, and what it would do."""

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from suivi.documents.differences import sort_differences
from suivi.exchange.models import ImportDraft
from suivi.exchange.queries import DraftView, corrections_of, likely_slug, view_of
from suivi.organisation.rules import Permission
from suivi.plan.commands import Loaded, LoadOutcome
from suivi.plan.models import Plan
from suivi.plan.queries.loading import proposed_slug, prospect_of, slug_from
from suivi.web.forms.imports import LoadForm
from suivi.web.numbers import whole_number
from suivi.web.requests import Request


def page_context(request: Request, draft: ImportDraft) -> dict[str, Any]:
    """What the page of a draft shows: one page of rows and the lines beside them, findings, loading."""
    view = view_of(draft)
    page = min(max(1, whole_number(request.GET.get("page", "")) or 1), view.pages)
    return {
        "section": "imports",
        "draft": draft,
        "view": view,
        "page": page,
        "pages": range(1, view.pages + 1),
        "rows": view.rows_on(page),
        "lines": view.lines_on(page),
        "corrected": corrections_of(draft) if draft.corrections else [],
        **load_context(request, draft, view),
    }


def load_context(request: Request, draft: ImportDraft, view: DraftView) -> dict[str, Any]:
    """The chosen plan, what loading would do, and the form for it; no form where nothing can be loaded."""
    asked = request.POST if request.method == "POST" else request.GET
    plans = [
        plan
        for plan in Plan.objects.order_by("slug")
        if request.authority.allows(Permission.ADOPT_EDITION, [plan.scope_id])
    ]
    slug = _chosen(asked, view, {plan.slug for plan in plans})
    prospect = prospect_of(view.plan, slug)
    form = None
    if not view.is_blocked and draft.loaded_as_id is None:
        data = request.POST if request.method == "POST" and "slug" in request.POST else None
        form = LoadForm(data, plan=view.plan, prospect=prospect)
    return {
        "slug": slug,
        "plans": plans,
        "is_new": slug not in {plan.slug for plan in plans},
        "prospect": prospect,
        "found": sort_differences(prospect.differences),
        "load_form": form,
        "sizes": _sizes(view),
    }


def _chosen(asked: QueryDict, view: DraftView, taken: set[str]) -> str:
    """The plan that was chosen, the new one that was named, or what the document most likely is."""
    named = asked.get("slug", "").replace("\x00", "")  # PostgreSQL takes no such text
    chosen = named or slug_from(asked.get("new", ""))
    if not chosen and "slug" not in asked:
        chosen = likely_slug(view.plan)
    return chosen or _free(proposed_slug(view.plan) or "plan", taken)


def _free(slug: str, taken: set[str]) -> str:
    """The slug, or with a number behind it where a plan has it already."""
    return next(one for one in (slug, *(f"{slug}-{n}" for n in range(2, 999))) if one not in taken)


def _sizes(view: DraftView) -> dict[str, int]:
    counts = {"pillar": 0, "action": 0, "deliverable": 0}
    for row in view.rows:
        counts[row.level] += 1
    return counts


def said_of_load(loaded: Loaded) -> str:
    """What loading did, for the page that follows."""
    edition = loaded.edition
    params = {"slug": edition.plan.slug, "number": edition.number}
    if loaded.outcome is LoadOutcome.CREATED:
        return _("The plan %(slug)s is here, with its first edition.") % params
    if loaded.outcome is LoadOutcome.AMENDED:
        return _("Edition %(number)s of %(slug)s is here.") % params
    if loaded.outcome is LoadOutcome.UNCHANGED:
        return _("Unchanged: edition %(number)s of %(slug)s says the same. Nothing was written.") % params
    count = len(loaded.differences)
    said = ngettext(
        "%(count)s text of edition %(number)s was written.",
        "%(count)s texts of edition %(number)s were written.",
        count,
    )
    return said % {**params, "count": count}
