"""What lacks translation, and the page on which a part of the plan is translated."""

from collections import Counter

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from suivi.core import clock
from suivi.documents.translations import untranslated
from suivi.organisation.queries import require
from suivi.organisation.rules import Permission
from suivi.plan.commands import translate_texts
from suivi.plan.models import DeliverableEdition, Edition, Plan
from suivi.plan.queries import document_of
from suivi.plan.queries.parts import part_of
from suivi.reporting.sentences import language_name
from suivi.web.access import account_of, edition_looked_at, readable_plan, require_management, signed_in
from suivi.web.forms.errors import Mendable, add_errors
from suivi.web.forms.translation import Source, TranslationForm
from suivi.web.requests import Request

LEVELS = {"pillar", "action", "deliverable"}


@signed_in
def translations(request: Request, slug: str) -> HttpResponse:
    """Every text of the edition in force that lacks words in a language, or whose words are stale."""
    require_management(request)
    plan = readable_plan(request, slug)
    edition = edition_looked_at(request, plan)
    lacking = untranslated(document_of(edition), dict(settings.LANGUAGES))
    counts = Counter(one.language for one in lacking)
    language = request.GET.get("language", "")
    context = {
        "section": "plans",
        "plan": plan,
        "edition": edition,
        "lacking": [one for one in lacking if language in {"", one.language}],
        "counts": [(code, language_name(code), counts[code]) for code in dict(settings.LANGUAGES)],
        "language": language,
        "may_translate": _may_translate(request, plan),
    }
    return render(request, "suivi/translations.html", context)


@signed_in
def translate(request: Request, slug: str, level: str, key: str) -> HttpResponse:
    """The texts of one part: the original beside the other languages."""
    plan = readable_plan(request, slug)
    require(account_of(request), Permission.TRANSLATE_PLAN, [plan.scope_id], now=clock.now())
    edition = edition_looked_at(request, plan)
    form = TranslationForm(
        request.POST or None, sources=_sources(edition, level, key), languages=list(dict(settings.LANGUAGES))
    )
    if request.method == "POST" and not request.is_past and form.is_valid():
        try:
            count = translate_texts(by=account_of(request), now=clock.now(), wordings=form.wordings())
        except Mendable as error:
            add_errors(form, error)
        else:
            said = ngettext("%(count)s text saved.", "%(count)s texts saved.", count) % {"count": count}
            messages.success(request, said if count else _("Nothing was changed."), extra_tags="good")
            return redirect("translate", slug, level, key)
    context = {"section": "plans", "plan": plan, "edition": edition, "form": form, "level": level, "key": key}
    return render(request, "suivi/translate.html", context)


def _may_translate(request: Request, plan: Plan) -> bool:
    return not request.is_past and request.authority.allows(Permission.TRANSLATE_PLAN, [plan.scope_id])


def _sources(edition: Edition, level: str, key: str) -> list[Source]:
    """The texts of a part in the order of the page."""
    if level == "plan":
        return [Source(edition, "title", _("Title of the plan"))]
    part = part_of(edition, level, key)
    if level == "pillar":
        return [Source(part, "title", _("Title"))]
    sources = [Source(part, "title", _("Short title")), Source(part, "text", _("Text as adopted"))]
    if isinstance(part, DeliverableEdition):
        if part.target_unit:
            sources.append(Source(part, "target_unit", _("What is counted")))
        strands = enumerate(part.strands.select_related("deliverable__edition__plan"), start=1)
        sources += [Source(s, "name", _("Part %(number)s") % {"number": n}) for n, s in strands]
    return sources
