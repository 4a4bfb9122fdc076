"""Files that come in pieces: begin, ask how much arrived, send the next. A script reads the answers."""

from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from suivi.core import clock
from suivi.monitoring.commands.uploads import receive_piece, start_upload
from suivi.monitoring.models import Upload
from suivi.organisation.rules import Permission
from suivi.values.errors import InputRefused, NotAllowed
from suivi.values.messages import gettext_noop
from suivi.web.access import account_of, signed_in
from suivi.web.numbers import whole_number
from suivi.web.requests import Request
from suivi.web.sentences import sentence


@signed_in
@require_POST
def uploads(request: Request) -> HttpResponse:
    """Begin a file: its name and size. Only for those who report for a unit."""
    if not request.authority.allows_somewhere(Permission.REPORT_PROGRESS):
        raise NotAllowed(
            gettext_noop("You report for no unit, so there is nothing that a file could show."),
            hint=gettext_noop("Ask the plan manager for the role."),
        )
    size = whole_number(request.POST.get("size_bytes", "")) or 0
    name = request.POST.get("file_name", "")
    try:
        begun = start_upload(by=account_of(request), now=clock.now(), file_name=name, size_bytes=size)
    except InputRefused as error:
        return _refused(error)
    return _state(begun)


@signed_in
def upload(request: Request, key: UUID) -> HttpResponse:
    """How much of one's own file arrived; sent with a piece, takes it at `offset`."""
    own = get_object_or_404(Upload, key=key, account=account_of(request))
    if request.method != "POST":
        return _state(own)
    offset = whole_number(request.GET.get("offset", ""))
    try:
        own = receive_piece(
            by=account_of(request), upload=own, offset=-1 if offset is None else offset, data=request.body
        )
    except InputRefused as error:
        return _refused(error)
    return _state(own)


def _state(upload: Upload) -> JsonResponse:
    address = reverse("upload", args=[upload.key])
    return JsonResponse({"key": str(upload.key), "address": address, "received": upload.received_bytes})


def _refused(error: InputRefused) -> JsonResponse:
    return JsonResponse({"said": f"{sentence(error.message)} {sentence(error.hint)}".strip()}, status=400)
