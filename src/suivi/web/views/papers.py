"""Papers for the governing body: the list, starting one, one paper, its facts, its life, its files."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language

from suivi.core import clock
from suivi.core.commands import path_of
from suivi.organisation.queries import require
from suivi.organisation.rules import Permission
from suivi.reporting.asked import Asked
from suivi.reporting.kinds import FORMATS, file_name, make_report
from suivi.reporting.paper_comparison import make_comparison, make_tracked
from suivi.reporting.quoted import asked_of
from suivi.web.access import account_of, require_management, signed_in
from suivi.web.documents import document_response
from suivi.web.forms.commands import CommandForm, carry_out_now
from suivi.web.forms.papers import ChangeForm, FreezeForm, IssueForm, ReviseForm, StartForm, ThawForm
from suivi.web.papers_page import PaperPage, papers_page
from suivi.web.requests import Request


def papers(request: Request, slug: str) -> HttpResponse:
    """The papers of a plan; outside those that were released."""
    return render(request, "suivi/papers/papers.html", papers_page(request, slug).context())


@signed_in
def start(request: Request, slug: str) -> HttpResponse:
    """Begin a paper."""
    page = papers_page(request, slug)
    require(account_of(request), Permission.WRITE_PAPER, [page.plan.scope_id], now=clock.now())
    sent = request.POST if request.method == "POST" else None
    form = StartForm(sent, page.plan, str(page.edition.header.get("body", "")), get_language() or "en")
    if form.is_bound and (said := carry_out_now(request, form)):
        messages.success(request, said, extra_tags="good")
        return redirect("paper", slug, form.cleaned_data["key"])
    return render(request, "suivi/papers/facts.html", page.base() | {"form": form})


def paper(request: Request, slug: str, key: str) -> HttpResponse:
    """One paper: its facts and files, and for people inside the work on it."""
    page = papers_page(request, slug).paper(key)
    return render(request, "suivi/papers/paper.html", page.context())


@signed_in
def change(request: Request, slug: str, key: str) -> HttpResponse:
    """Change the facts and days of a paper."""
    page = papers_page(request, slug).paper(key)
    require(account_of(request), Permission.WRITE_PAPER, [page.paper.plan.scope_id], now=clock.now())
    form = ChangeForm(request.POST if request.method == "POST" else None, page.paper)
    if form.is_bound and (said := carry_out_now(request, form)):
        messages.success(request, said, extra_tags="good")
        return redirect("paper", slug, key)
    return render(
        request, "suivi/papers/facts.html", page.papers.base() | {"form": form, "paper": page.paper}
    )


@signed_in
def life(request: Request, slug: str, key: str) -> HttpResponse:
    """Freeze a paper, thaw it, issue it, revise it: what can be done next, with what is missing first."""
    page = papers_page(request, slug).paper(key)
    require(account_of(request), Permission.ISSUE_PAPER, [page.paper.plan.scope_id], now=clock.now())
    form = _life_form(page, request) if request.method == "POST" else None
    if form is not None and (said := carry_out_now(request, form)):
        messages.success(request, said, extra_tags="good")
        if isinstance(form, IssueForm):
            return redirect("paper-life", slug, key)
        made = form.made if isinstance(form, ReviseForm) else None
        return redirect("paper", slug, made.key if made else key)
    return render(request, "suivi/papers/life.html", page.life_context(form))


def _life_form(page: PaperPage, request: Request) -> CommandForm:
    match request.POST.get("do"):
        case "freeze":
            return FreezeForm(request.POST, page.paper, request.today)
        case "thaw":
            return ThawForm(request.POST, page.paper)
        case "issue":
            return IssueForm(request.POST, page.paper, request.today)
        case "revise":
            return ReviseForm(request.POST, page.paper)
    raise Http404


@signed_in
def preview(request: Request, slug: str, key: str, suffix: str) -> HttpResponse:
    """The paper as it would be made now, in one language, for people inside."""
    require_management(request)
    page = papers_page(request, slug).paper(key)
    asked = asked_of(page.paper, _language(request), page.papers.day)
    return _made(asked, suffix)


@signed_in
def corrigendum(request: Request, slug: str, key: str, suffix: str) -> HttpResponse:
    """A draft of what an issued paper should read by now."""
    require_management(request)
    page = papers_page(request, slug).paper(key)
    day = page.papers.day
    asked = Asked(
        kind="corrigendum",
        plan=page.paper.plan,
        up_to=day,
        as_of=day,
        language=_language(request),
        paper=page.paper,
    )
    return _made(asked, suffix)


@signed_in
def comparison(request: Request, slug: str, key: str, earlier: str, suffix: str) -> HttpResponse:
    """What moved between an earlier paper and this one; or this one with what is new as tracked changes."""
    require_management(request)
    papers, language = papers_page(request, slug), _language(request)
    before, now = (asked_of(papers.paper(one).paper, language, papers.day) for one in (earlier, key))
    if request.GET.get("tracked"):
        if suffix != "docx":
            raise Http404
        data, name = make_tracked(before, now), f"{key}-against-{earlier}-{language}.docx"
    else:
        data, name = make_comparison(before, now, suffix), f"{earlier}-to-{key}-{language}.{suffix}"
    return document_response(data, name, suffix)


def _made(asked: Asked, suffix: str) -> HttpResponse:
    if suffix not in FORMATS:
        raise Http404
    return document_response(make_report(asked, suffix), file_name(asked, suffix), suffix)


def _language(request: Request) -> str:
    language = request.GET.get("language", get_language() or "en")
    if language not in dict(settings.LANGUAGES):
        raise Http404
    return language


def issued(request: Request, slug: str, key: str, language: str, suffix: str) -> HttpResponse:
    """A file of an issued paper, as it was given out."""
    page = papers_page(request, slug).paper(key)
    found = get_object_or_404(page.paper.files.select_related("file"), language=language, suffix=suffix)
    data = path_of(found.file.sha256).read_bytes()
    return document_response(data, f"{page.paper.key}-{language}.{suffix}", suffix)
