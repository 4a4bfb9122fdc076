"""Guidance of the body and the answers to it, lessons, and what was reported elsewhere."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from suivi.learning.commands.guidance import scopes_of_guidance
from suivi.learning.commands.lessons import scopes_of_lesson, scopes_of_lessons
from suivi.learning.queries import rows_of_lesson, wordings_of
from suivi.organisation.rules import Permission
from suivi.web.access import account_of, signed_in
from suivi.web.forms.commands import CommandForm, carry_out
from suivi.web.forms.learning import (
    AnswerGuidanceForm,
    GuidanceForm,
    LessonForm,
    WithdrawForm,
)
from suivi.web.learning_page import learning_page, learning_page_inside
from suivi.web.reported_page import ReportedPage
from suivi.web.requests import Request


def learning(request: Request, slug: str) -> HttpResponse:
    """What the body asked for and what became of it, and what was learned."""
    return render(request, "suivi/learning/list.html", learning_page(request, slug).context())


@signed_in
def add_guidance(request: Request, slug: str) -> HttpResponse:
    """Record what the body asked for."""
    page = learning_page_inside(request, slug)
    page.require(Permission.RECORD_GUIDANCE, [page.plan.scope_id])
    form = GuidanceForm(_sent(request), page.edition, page.tree)
    if _is_done(request, form):
        return redirect("learning", slug)
    return render(request, "suivi/learning/guidance_form.html", page.base() | {"form": form})


@signed_in
def answer_guidance(request: Request, slug: str, number: int) -> HttpResponse:
    """Say what is done about a piece of guidance."""
    page = learning_page_inside(request, slug)
    one = page.guidance(number)
    page.require(Permission.ANSWER_GUIDANCE, scopes_of_guidance(one.wording, page.tree))
    form = AnswerGuidanceForm(_sent(request), one.wording, one.answer.state if one.answer else "")
    if _is_done(request, form):
        return redirect(f"{reverse('learning', args=[slug])}#guidance-{number}")
    return render(request, "suivi/learning/answer.html", page.base() | {"one": one, "form": form})


@signed_in
def edit_guidance(request: Request, slug: str, number: int) -> HttpResponse:
    """Write guidance anew, or withdraw it, with the reason."""
    page = learning_page_inside(request, slug)
    one = page.guidance(number)
    page.require(Permission.RECORD_GUIDANCE, [page.plan.scope_id])
    anew, withdraw = _either(request)
    form = GuidanceForm(anew, page.edition, page.tree, one.wording)
    leaving = WithdrawForm(withdraw, one.wording)
    if _is_done(request, form if withdraw is None else leaving):
        return redirect("learning", slug)
    history = wordings_of(one.guidance, request.day)
    context = {"one": one, "form": form, "withdraw": leaving, "history": history}
    return render(request, "suivi/learning/guidance_form.html", page.base() | context)


@signed_in
def add_lesson(request: Request, slug: str) -> HttpResponse:
    """Write a lesson, perhaps about the deliverable or the update that the address names."""
    page = learning_page_inside(request, slug)
    page.require(Permission.WRITE_LESSON, scopes_of_lessons(page.plan, page.tree))
    initial = {"about": request.GET.get("of", ""), "update": request.GET.get("update", "")}
    form = LessonForm(_sent(request), page.edition, initial=initial, may_publish=page.may_publish())
    if _is_done(request, form):
        return redirect("learning", slug)
    return render(request, "suivi/learning/lesson_form.html", page.base() | {"form": form})


@signed_in
def edit_lesson(request: Request, slug: str, number: int) -> HttpResponse:
    """Write a lesson anew, or withdraw it, with the reason."""
    page = learning_page_inside(request, slug)
    lesson = page.lesson(number)
    page.require(Permission.WRITE_LESSON, scopes_of_lesson(account_of(request), lesson, page.tree))
    anew, withdraw = _either(request)
    form = LessonForm(anew, page.edition, lesson, may_publish=page.may_publish())
    leaving = WithdrawForm(withdraw, lesson)
    if _is_done(request, form if withdraw is None else leaving):
        return redirect("learning", slug)
    history = rows_of_lesson(lesson, request.day)
    context = {"lesson": lesson, "form": form, "withdraw": leaving, "history": history}
    return render(request, "suivi/learning/lesson_form.html", page.base() | context)


@signed_in
def reported_elsewhere(request: Request, slug: str, key: str) -> HttpResponse:
    """Say which documents told of a deliverable already, and take such lines back."""
    page = ReportedPage(request, slug, key)
    sent = page.form_sent() if request.method == "POST" else None
    if sent is not None and _is_done(request, sent):
        return redirect(f"{reverse('deliverable', args=[slug, key])}#learned")
    return render(request, "suivi/learning/reported.html", page.context(sent))


def _sent(request: Request) -> "Mapping[str, Any] | None":
    return request.POST if request.method == "POST" else None


def _is_done(request: Request, form: CommandForm) -> bool:
    """Whether a form was sent and its command carried out; then the reader is told."""
    said = carry_out(request, form) if form.is_bound else ""
    if said:
        messages.success(request, said, extra_tags="good")
    return bool(said)


def _either(request: Request) -> "tuple[Mapping[str, Any] | None, Mapping[str, Any] | None]":
    """What was sent to the form that writes anew, and to the one that withdraws."""
    sent = _sent(request)
    return (None, sent) if sent and sent.get("do") == "withdraw" else (sent, None)
