"""Sections of a paper: writing one, clearing it, saying who does so, choosing examples."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from suivi.web.access import require_management, signed_in
from suivi.web.examples_page import ExamplesPage
from suivi.web.forms.commands import CommandForm, carry_out_now
from suivi.web.forms.paper_sections import AssignForm, ClearForm, ExampleForm, WriteForm
from suivi.web.papers_page import papers_page
from suivi.web.requests import Request
from suivi.web.section_page import SectionPage

TEMPLATE = "suivi/papers/section.html"


@signed_in
def section(request: Request, slug: str, key: str, section: str) -> HttpResponse:
    """Write a section in a language, preview it, clear it, say who writes it."""
    page = _page(request, slug, key, section)
    if request.method != "POST":
        return render(request, TEMPLATE, page.context(page.form()))
    do = request.POST.get("do", "save")
    if do == "preview":
        return render(request, TEMPLATE, page.context(page.form(request.POST), is_preview=True))
    form = _sent(page, do, request)
    if said := carry_out_now(request, form):
        messages.success(request, said, extra_tags="good")
        query = urlencode({"language": page.language})
        return redirect(f"{reverse('section', args=[slug, key, section])}?{query}")
    return render(request, TEMPLATE, page.refused(form), status=409 if _is_conflict(form) else 200)


def _sent(page: SectionPage, do: str, request: Request) -> CommandForm:
    if do == "clear":
        return ClearForm(request.POST, page.section, page.language)
    if do == "assign":
        return AssignForm(request.POST, page.section)
    return page.form(request.POST)


def _is_conflict(form: CommandForm) -> bool:
    return isinstance(form, WriteForm) and form.meanwhile is not None


@signed_in
def examples(request: Request, slug: str, key: str, section: str) -> HttpResponse:
    """Choose what units reported in public, and what constituents said, for a section."""
    page = ExamplesPage(_page(request, slug, key, section))
    form = ExampleForm(request.POST, page.section) if request.method == "POST" else None
    if form is not None and (said := carry_out_now(request, form)):
        messages.success(request, said, extra_tags="good")
        return redirect("examples", slug, key, section)
    return render(request, "suivi/papers/examples.html", page.context(form))


def _page(request: Request, slug: str, key: str, section: str) -> SectionPage:
    require_management(request)
    page = papers_page(request, slug).paper(key)
    language = request.GET.get("language") or page.paper.original_language
    return SectionPage(page, section, language)
