"""The editions of a plan, and what differs between two."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from suivi.documents import planfile
from suivi.documents.comparison import compare
from suivi.documents.differences import sort_differences
from suivi.documents.translations import untranslated
from suivi.organisation.rules import Permission
from suivi.plan.models import Edition, Plan
from suivi.plan.queries import document_of, documents_of, edition_on
from suivi.plan.queries.history import history_of, known_edition, known_editions, number_in_force
from suivi.web.access import readable_plan, sees_management
from suivi.web.numbers import whole_number
from suivi.web.requests import Request


@require_safe
def editions(request: Request, slug: str) -> HttpResponse:
    """Every edition known on the day looked at, the latest first."""
    plan = readable_plan(request, slug)
    numbers = [whole_number(request.GET.get(name, "")) for name in ("before", "after")]
    if None not in numbers:
        return redirect("differences", slug, *numbers)
    history = history_of(plan, request.day)
    latest = [one.edition for one in history[:2]]
    context = {
        "section": "plans",
        "plan": plan,
        "history": history,
        "edition": edition_on(plan, request.day) or next(iter(latest), None),
        "choices": [one.edition for one in reversed(history)],
        "before": latest[-1] if latest else None,
        "after": latest[0] if latest else None,
        "later": plan.editions.count() - len(history) if request.is_past else 0,
        "untranslated": _untranslated(request, plan),
        "may_adopt": request.authority.allows(Permission.ADOPT_EDITION, [plan.scope_id]),
    }
    return render(request, "suivi/editions.html", context)


def _untranslated(request: Request, plan: Plan) -> int | None:
    """How many texts of the edition in force want translation; None for readers who translate nothing."""
    edition: Edition | None = edition_on(plan, request.day)
    if edition is None or not request.authority.allows(Permission.TRANSLATE_PLAN, [plan.scope_id]):
        return None
    return len(untranslated(document_of(edition), dict(settings.LANGUAGES)))


@require_safe
def edition(request: Request, slug: str, number: int) -> HttpResponse:
    """One edition: the decision it rests on, the head of its document, its contents as adopted."""
    plan = readable_plan(request, slug)
    shown = known_edition(plan, number, request.day)
    numbers = list(known_editions(plan, request.day))
    context = {
        "section": "plans",
        "plan": plan,
        "edition": shown,
        "document": document_of(shown),
        "is_in_force": number_in_force(numbers, request.day) == number,
        "is_to_come": shown.in_force_on > request.day,
        "last": numbers[-1].number,
        "sees_people": sees_management(request),
    }
    return render(request, "suivi/edition.html", context)


@require_safe
def differences(request: Request, slug: str, before: int, after: int) -> HttpResponse:
    """What differs between two editions, by kind, word by word."""
    plan = readable_plan(request, slug)
    one = known_edition(plan, before, request.day)
    two = known_edition(plan, after, request.day)
    documents = documents_of([one, two])
    context = {
        "section": "plans",
        "plan": plan,
        "before": one,
        "after": two,
        "found": sort_differences(compare(documents[one.pk], documents[two.pk])),
        "choices": known_editions(plan, request.day),
    }
    return render(request, "suivi/differences.html", context)


@require_safe
def export(request: Request, slug: str, number: int) -> HttpResponse:
    """An edition as plan.yaml, equal as data to what was loaded."""
    shown = known_edition(readable_plan(request, slug), number, request.day)
    response = HttpResponse(planfile.dump(document_of(shown)), content_type="application/yaml; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-edition-{number}.yaml"'
    return response
