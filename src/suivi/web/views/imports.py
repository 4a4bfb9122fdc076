"""Import with preview: drop a document, look at the reading beside it, correct, load."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from suivi.core import clock
from suivi.core.commands import path_of
from suivi.documents.child import ReadingRefused
from suivi.exchange import commands
from suivi.exchange.models import ImportDraft
from suivi.exchange.queries import can_import
from suivi.values.errors import InputRefused, NotAllowed
from suivi.values.messages import gettext_noop
from suivi.web.access import account_of, signed_in
from suivi.web.forms.errors import Mendable, add_errors
from suivi.web.forms.imports import DocumentForm
from suivi.web.import_page import page_context, said_of_load
from suivi.web.numbers import whole_number
from suivi.web.requests import Request
from suivi.web.sentences import sentence


@signed_in
def imports(request: Request) -> HttpResponse:
    """Give a document, or go on with one that was read before."""
    _require_import(request)
    form = DocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data, name = form.content()
        try:
            draft = commands.start_import(by=account_of(request), now=clock.now(), data=data, name=name)
        except InputRefused as error:
            _add_refusal(form, error)
        else:
            return redirect("import-draft", draft.pk)
    drafts = account_of(request).import_drafts.select_related("loaded_as__plan").defer("lines", "sources")
    context = {"section": "imports", "form": form, "drafts": drafts}
    return render(request, "suivi/imports.html", context)


def _add_refusal(form: DocumentForm, error: InputRefused) -> None:
    add_errors(form, error)
    for finding in error.findings if isinstance(error, ReadingRefused) else []:
        form.add_error(None, f"{finding.place.in_words(_)}: {sentence(finding.message)}")


@signed_in
def draft(request: Request, pk: int) -> HttpResponse:
    """The document and its reading side by side, what is to be looked at, and what loading would do."""
    shown = own_draft(request, pk)
    if request.method == "POST" and "settle" in request.POST:
        commands.settle_finding(
            by=account_of(request),
            draft=shown,
            position=_whole(request.POST["settle"]),
            is_settled=request.POST.get("is_settled") == "yes",
        )
        return redirect(f"{reverse('import-draft', args=[pk])}#findings")
    return render(request, "suivi/import_draft.html", page_context(request, shown))


@signed_in
@require_POST
def load(request: Request, pk: int) -> HttpResponse:
    """Load the corrected reading."""
    shown = own_draft(request, pk)
    context = page_context(request, shown)
    form = context["load_form"]
    if form is not None and form.is_valid():
        try:
            loaded = commands.load_draft(
                by=account_of(request),
                now=clock.now(),
                draft=shown,
                slug=context["slug"],
                decision=form.decision(),
                is_public=form.cleaned_data.get("is_public"),
            )
        except Mendable as error:
            add_errors(form, error)
        else:
            messages.success(request, said_of_load(loaded), extra_tags="good")
            return redirect("edition", loaded.edition.plan.slug, loaded.edition.number)
    return render(request, "suivi/import_draft.html", context)


@signed_in
@require_POST
def discard(request: Request, pk: int) -> HttpResponse:
    """Leave a draft."""
    commands.discard_draft(by=account_of(request), draft=own_draft(request, pk))
    messages.success(request, _("The draft was discarded. What was loaded stays loaded."), extra_tags="good")
    return redirect("imports")


@signed_in
@require_safe
def source(request: Request, pk: int) -> HttpResponse:
    """The document as it was given, to download."""
    shown = own_draft(request, pk)
    response = HttpResponse(path_of(shown.file.sha256).read_bytes(), content_type="application/octet-stream")
    return _as_download(response, shown.file_name)


@signed_in
def plan_file(request: Request, pk: int) -> HttpResponse:
    """The corrected reading as plan.yaml, to download, edit by hand and give back."""
    shown = own_draft(request, pk)
    if request.method != "POST":
        response = HttpResponse(shown.plan_file, content_type="application/yaml; charset=utf-8")
        return _as_download(response, f"{shown.file_name.rpartition('.')[0] or shown.file_name}.yaml")
    form = DocumentForm(request.POST, request.FILES)
    data = form.content()[0] if form.is_valid() else b""
    try:
        text = data.decode("utf-8-sig", errors="replace")
        commands.replace_by_file(by=account_of(request), draft=shown, text=text)
    except InputRefused as error:
        messages.error(request, _refusal_in_words(error), extra_tags="bad")
    else:
        messages.success(request, _("Your plan file stands in the draft now."), extra_tags="good")
    return redirect("import-draft", pk)


def _refusal_in_words(error: InputRefused) -> str:
    findings = getattr(error, "findings", [])
    lines = [f"{one.place.in_words(_)}: {sentence(one.message)}" for one in findings]
    return " ".join([sentence(error.message), *lines])


def _as_download(response: HttpResponse, name: str) -> HttpResponse:
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "_" for c in name)
    response.headers["Content-Disposition"] = f'attachment; filename="{plain}"'
    return response


def _require_import(request: Request) -> None:
    if not can_import(request.authority):
        raise NotAllowed(
            gettext_noop("Your roles do not let you load plans."),
            hint=gettext_noop("Ask the plan manager for the role, or to do it for you."),
        )


def own_draft(request: Request, pk: int) -> ImportDraft:
    """A draft of one's own; those of others do not exist."""
    _require_import(request)
    found = ImportDraft.objects.select_related("file", "loaded_as__plan").filter(
        pk=pk, account=account_of(request)
    )
    shown = found.first()
    if shown is None:
        raise Http404(_("There is no such draft, or it is not yours."))
    return shown


def _whole(written: str) -> int:
    number = whole_number(written)
    return -1 if number is None else number
