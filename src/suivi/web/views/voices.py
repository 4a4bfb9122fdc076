"""Constituents who speak for themselves: the invitation inside, the answer outside."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache

from suivi.core import clock
from suivi.monitoring.commands.voices import invitation_of, speak
from suivi.organisation.rules import Permission
from suivi.plan.models import DeliverableEdition
from suivi.web.access import signed_in
from suivi.web.edited_deliverable import edited_deliverable
from suivi.web.forms.commands import carry_out
from suivi.web.forms.errors import Mendable, add_errors
from suivi.web.forms.voices import InviteForm, VoiceForm
from suivi.web.requests import Request


@never_cache
@signed_in
def invite(request: Request, slug: str, key: str) -> HttpResponse:
    """Invite a constituent; the link is shown once, in the answer, to be sent by the one who asks."""
    page = edited_deliverable(request, slug, key)
    page.require(Permission.REPORT_PROGRESS)
    form = InviteForm(request.POST if request.method == "POST" else None, page)
    link = ""
    if form.is_bound and carry_out(request, form):
        link = f"{settings.SUIVI_ADDRESS}{reverse('voice', args=[form.token])}"
    return render(request, "suivi/voices/invite.html", page.context() | {"form": form, "link": link})


@never_cache
def voice(request: Request, token: str) -> HttpResponse:
    """The page of a link: the question in their language, and the answer."""
    invitation = invitation_of(token, now=clock.now())
    with translation.override(invitation.language):
        form = VoiceForm(request.POST if request.method == "POST" else None)
        is_said = hasattr(invitation, "voice")
        if not is_said and form.is_bound and form.is_valid():
            try:
                speak(now=clock.now(), token=token, **form.cleaned_data)
                is_said = True
            except Mendable as error:
                add_errors(form, error)
        row = DeliverableEdition.objects.filter(deliverable=invitation.deliverable).order_by(
            "-edition__number"
        )
        context = {"invitation": invitation, "form": form, "is_said": is_said, "row": row.first()}
        return render(request, "suivi/voices/voice.html", context)
