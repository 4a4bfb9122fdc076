"""The words of a paper on their way: to Word and back, to translators and back, held against others."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from suivi.core import clock
from suivi.core.commands import store_file
from suivi.render import MEDIA_TYPES
from suivi.render.repeats import repeats_as_findings
from suivi.render.translation import write_job
from suivi.reporting.checks import language_findings, repeats_of
from suivi.reporting.translation import job_of
from suivi.web.access import require_management, signed_in
from suivi.web.forms.commands import carry_out_now
from suivi.web.forms.errors import Mendable, add_errors
from suivi.web.forms.paper_words import ReturnedForm, TakeForm, TranslationForm, returned_of
from suivi.web.paper_words_page import change_lines, finding_lines, words_context
from suivi.web.papers_page import PaperPage, papers_page
from suivi.web.requests import Request

TEMPLATE = "suivi/papers/words.html"


@signed_in
def words(request: Request, slug: str, key: str) -> HttpResponse:
    """Give a file back from Word or from a translator, look at what changed, take it."""
    page = _page(request, slug, key)
    match request.POST.get("do", ""):
        case "look":
            return _look(request, page)
        case "take":
            return _take(request, page)
        case "translation":
            form = TranslationForm(request.POST, request.FILES, page.paper)
            if said := carry_out_now(request, form):
                messages.success(request, said, extra_tags="good")
                return redirect("paper-words", slug, key)
            return render(request, TEMPLATE, words_context(page, translation=form))
    return render(request, TEMPLATE, words_context(page))


def _look(request: Request, page: PaperPage) -> HttpResponse:
    """What changed in the file, nothing taken yet; the file is kept for that."""
    form = ReturnedForm(request.POST, request.FILES)
    if form.is_valid():
        data = form.content()
        try:
            returned = returned_of(page.paper, data)
        except Mendable as error:
            add_errors(form, error)
        else:
            file = store_file(data, now=clock.now())
            shown = {"found": returned.found, "changes": change_lines(returned.found), "file": file.sha256}
            return render(request, TEMPLATE, words_context(page) | shown)
    return render(request, TEMPLATE, words_context(page, returned=form))


def _take(request: Request, page: PaperPage) -> HttpResponse:
    try:
        form = TakeForm(request.POST, page.paper)
    except Mendable as error:
        empty = ReturnedForm({})
        empty.errors.clear()
        add_errors(empty, error)
        return render(request, TEMPLATE, words_context(page, returned=empty))
    if said := carry_out_now(request, form):
        messages.success(request, said, extra_tags="good")
        return redirect("paper-words", page.paper.plan.slug, page.paper.key)
    found = form.returned.found
    shown = {"found": found, "changes": change_lines(found), "file": request.POST["file"], "form": form}
    return render(request, TEMPLATE, words_context(page) | shown)


@signed_in
@require_safe
def translation(request: Request, slug: str, key: str, language: str, suffix: str) -> HttpResponse:
    """The sections of a paper for a translator, as XLIFF or as a table in Word."""
    page = _page(request, slug, key)
    if suffix not in {"docx", "xlf"}:
        raise Http404
    job = job_of(page.paper, language, request.today)
    data = write_job(job, "docx" if suffix == "docx" else "xliff")
    response = HttpResponse(data, content_type=MEDIA_TYPES.get(suffix, "application/xliff+xml"))
    name = f"{key}-{job.source_language}-{language}.{suffix}"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response


@signed_in
@require_safe
def checks(request: Request, slug: str, key: str) -> HttpResponse:
    """The same figures in every language, and what earlier papers said already."""
    page = _page(request, slug, key)
    found = language_findings(page.paper, request.today, get_language() or "")
    repeats = repeats_as_findings(repeats_of(page.paper, request.today))
    context = {"languages": finding_lines(found), "repeats": finding_lines({"": repeats})[0][1]}
    return render(request, "suivi/papers/checks.html", words_context(page) | context)


def _page(request: Request, slug: str, key: str) -> PaperPage:
    require_management(request)
    return papers_page(request, slug).paper(key)
