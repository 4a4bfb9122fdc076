"""What is said beside updates: the thread of a deliverable, and answers to those who asked for support."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from suivi.core import clock
from suivi.monitoring.commands.talk import answer_support, comment
from suivi.monitoring.models import Support
from suivi.organisation.queries import unit_tree
from suivi.plan.models import Deliverable
from suivi.values.errors import RuleBroken
from suivi.web.access import account_of, readable_plan, require_management, signed_in
from suivi.web.requests import Request
from suivi.web.sentences import sentence
from suivi.web.support_lines import support_lines
from suivi.web.update_rights import can_see, parts_played
from suivi.web.way_back import way_back


@signed_in
@require_POST
def comment_on(request: Request, slug: str, key: str) -> HttpResponse:
    """Say something in the thread of a deliverable; who is mentioned is told."""
    plan = readable_plan(request, slug)
    require_management(request)
    deliverable = get_object_or_404(Deliverable.objects.select_related("plan"), plan=plan, key=key)
    text = request.POST.get("text", "")
    try:
        comment(by=account_of(request), now=clock.now(), deliverable=deliverable, text=text)
    except RuleBroken as error:
        messages.error(request, f"{sentence(error.message)} {sentence(error.hint)}", extra_tags="bad")
    return redirect(f"{way_back(request, 'deliverable', slug, key)}#thread")


@signed_in
@require_POST
def answer(request: Request, pk: int) -> HttpResponse:
    """Answer somebody who asked for support, on the page where they asked."""
    asked = get_object_or_404(
        Support.objects.select_related(
            "update_row__deliverable", "update_row__plan__scope", "update_row__unit", "owner_unit"
        ),
        pk=pk,
    )
    tree = unit_tree(request.today)
    [line] = support_lines(request, asked.update_row.plan, [asked], tree)
    if not line.can_answer and not can_see(asked.update_row, parts_played(request, asked.update_row, tree)):
        raise Http404
    said = request.POST.get("answer", "")
    try:
        answer_support(by=account_of(request), now=clock.now(), support=asked, answer=said)
    except RuleBroken as error:
        messages.error(request, f"{sentence(error.message)} {sentence(error.hint)}", extra_tags="bad")
    else:
        messages.success(request, _("Your answer stands beside what was asked."), extra_tags="good")
    return redirect(way_back(request, "update", asked.update_row.key))
