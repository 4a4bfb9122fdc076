"""IATI files checked on a page: give a file, watch the check, read what was found."""

from typing import BinaryIO, cast

from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from suivi.core import clock
from suivi.exchange.iati_checks import findings_of_check, start_check, state_of_check
from suivi.web.access import account_of, signed_in
from suivi.web.forms.iati import IatiFileForm
from suivi.web.requests import Request


@signed_in
def give(request: Request) -> HttpResponse:
    """Give a file to check."""
    form = IatiFileForm(request.POST, request.FILES) if request.method == "POST" else IatiFileForm()
    if form.is_valid():
        file, previous = form.cleaned_data["file"], form.cleaned_data["previous"]
        key = start_check(
            by=account_of(request),
            now=clock.now(),
            file=cast(BinaryIO, file.file),
            name=file.name or "",
            language=get_language() or "en",
            previous=cast(BinaryIO, previous.file) if previous else None,
        )
        return redirect("iati-check", key)
    return render(request, "suivi/iati_give.html", {"section": "iati", "form": form})


@signed_in
@require_safe
def check(request: Request, key: str) -> HttpResponse:
    """How far the check is; when it has ended, what was found."""
    state = state_of_check(by=account_of(request), now=clock.now(), key=key)
    return render(request, "suivi/iati_check.html", {"section": "iati", "state": state})


@signed_in
@require_safe
def findings(request: Request, key: str, kind: str) -> HttpResponse:
    """All findings as a file, to download."""
    path = findings_of_check(by=account_of(request), key=key, kind=kind)
    return cast(HttpResponse, FileResponse(path.open("rb"), as_attachment=True, filename=path.name))
