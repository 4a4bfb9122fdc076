"""Evidence: its page, its download, its class, its withdrawal."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from suivi.core.commands import path_of
from suivi.monitoring.models import EvidenceClass
from suivi.monitoring.queries.evidence import can_read_evidence
from suivi.web.access import signed_in
from suivi.web.evidence_page import evidence_page
from suivi.web.forms.commands import carry_out_now
from suivi.web.forms.evidence import ClassForm, WithdrawForm
from suivi.web.requests import Request


@signed_in
def evidence(request: Request, key: UUID) -> HttpResponse:
    """What a piece of evidence is; for those who may, its withdrawal."""
    page = evidence_page(request, key)
    form = WithdrawForm(request.POST, page.piece) if request.method == "POST" else None
    if form is not None and (said := carry_out_now(request, form)):
        messages.success(request, said, extra_tags="good")
        return redirect("evidence", page.piece.key)
    return render(request, "suivi/evidence/evidence.html", page.context(form))


@signed_in
@require_POST
def evidence_class(request: Request, key: UUID) -> HttpResponse:
    """Say anew who may see a piece of evidence."""
    page = evidence_page(request, key)
    # Who may give it no other class is told so by the command.
    form = ClassForm(request.POST, page.piece, page.classes or EvidenceClass)
    if said := carry_out_now(request, form):
        messages.success(request, said, extra_tags="good")
        # Who closes it to more people may be one of them.
        may_see = can_read_evidence(request.authority, form.piece, page.tree)
        return redirect("evidence", page.piece.key) if may_see else redirect("mine")
    return render(request, "suivi/evidence/evidence.html", page.context(class_form=form))


@signed_in
@require_safe
def evidence_file(request: Request, key: UUID) -> HttpResponse:
    """The bytes, to save and never to show: whatever they are, no browser runs them from here."""
    piece = evidence_page(request, key).piece
    if piece.file is None or piece.withdrawn_at is not None:
        raise Http404(_("There is no file: it is a link, or its content was withdrawn."))
    response = HttpResponse(path_of(piece.file.sha256).read_bytes(), content_type="application/octet-stream")
    disposition = content_disposition_header(as_attachment=True, filename=piece.file_name)
    response.headers["Content-Disposition"] = disposition or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "private, no-store"
    return response
