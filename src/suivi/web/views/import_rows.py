"""Correcting, adding and removing rows of an import draft."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from suivi.documents.corrections import above_of, find_row, next_number
from suivi.exchange import commands
from suivi.exchange.models import ImportDraft
from suivi.exchange.queries import page_of_row, plan_of_draft, view_of
from suivi.values.errors import NotFound, RuleBroken
from suivi.values.messages import gettext_noop
from suivi.web.access import account_of, signed_in
from suivi.web.forms.errors import Mendable, add_errors
from suivi.web.forms.rows import FORMS, RowForm
from suivi.web.requests import Request
from suivi.web.sentences import sentence
from suivi.web.views.imports import own_draft


@signed_in
def correct(request: Request, pk: int, key: str) -> HttpResponse:
    """Correct a row, move it, or take it out. The address names its level and number: deliverable-1.1.1."""
    draft = own_draft(request, pk)
    level, _dash, name = key.partition("-")
    form = _form(request, draft, level, name)
    if request.method == "POST":
        answer = _answer(request, draft, form, name)
        if answer is not None:
            return answer
    row = next((one for one in view_of(draft).rows if one.anchor == key), None)
    lines = [draft.lines[position] for position in row.lines] if row else []
    context = {"section": "imports", "draft": draft, "form": form, "row": row, "lines": lines}
    return render(request, "suivi/import_row.html", {**context, "level": level, "name": name})


@signed_in
def add(request: Request, pk: int, level: str) -> HttpResponse:
    """Add a row that the document does not have, or that the reading missed."""
    draft = own_draft(request, pk)
    form = _form(request, draft, level, "", under=request.GET.get("under", ""))
    if request.method == "POST" and form.is_valid():
        part = form.corrected()
        try:
            commands.add_to_draft(
                by=account_of(request),
                draft=draft,
                level=level,
                part=part,
                under=form.cleaned_data.get("under", ""),
            )
        except Mendable as error:
            add_errors(form, error)
        else:
            return _back(draft, f"{level}-{part.number}")
    context = {"section": "imports", "draft": draft, "form": form, "level": level, "name": ""}
    return render(request, "suivi/import_row.html", context)


def _answer(request: Request, draft: ImportDraft, form: RowForm, name: str) -> HttpResponse | None:
    """Do what was asked and go back to the draft; None where the form has to be shown again."""
    by, level = account_of(request), form.level
    if "remove" in request.POST:
        try:
            commands.remove_from_draft(by=by, draft=draft, level=level, name=name)
        except RuleBroken as error:
            messages.error(request, sentence(error.message), extra_tags="bad")
            return _back(draft, f"{level}-{name}")
        messages.success(request, _("The row was taken out of the reading."), extra_tags="good")
        return _back(draft, "reading")
    if not form.is_valid():
        return None
    part = form.corrected()
    under = form.cleaned_data.get("under", "")
    moved = under if under != above_of(form.plan, level, name) else ""
    try:
        commands.correct_row(by=by, draft=draft, level=level, name=name, part=part, under=moved)
    except Mendable as error:
        add_errors(form, error)
        return None
    return _back(draft, f"{level}-{part.number}")


def _form(request: Request, draft: ImportDraft, level: str, name: str, under: str = "") -> RowForm:
    if level not in FORMS:
        raise NotFound(gettext_noop("There is no such kind of row."))
    plan = plan_of_draft(draft)
    part = find_row(plan, level, name) if name else None
    initial = {}
    if part is None:
        initial = {
            "number": next_number(plan, level, under) if under or level == "pillar" else "",
            "under": under,
        }
    return FORMS[level](request.POST or None, plan=plan, name=name, part=part, initial=initial)


def _back(draft: ImportDraft, anchor: str) -> HttpResponse:
    """To the row on its page of the draft, as it stands by now."""
    draft.refresh_from_db(fields=["plan_file"])
    page = page_of_row(draft, anchor)
    query = f"?page={page}" if page > 1 else ""
    return redirect(f"{reverse('import-draft', args=[draft.pk])}{query}#{anchor}")
