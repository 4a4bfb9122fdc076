"""Forms about guidance of the body, lessons, and what was reported elsewhere."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext, gettext_lazy

from suivi.core.models import Account
from suivi.learning.commands import (
    GuidanceGiven,
    LessonGiven,
    answer_guidance,
    link_reported_elsewhere,
    record_guidance,
    record_lesson,
    rewrite_guidance,
    rewrite_lesson,
    unlink_reported_elsewhere,
    withdraw_guidance,
    withdraw_lesson,
)
from suivi.learning.models import AnswerState, GuidanceWording, Lesson, ReportedElsewhere
from suivi.monitoring.models import ProgressUpdate, UpdateState
from suivi.organisation.queries import UnitTree
from suivi.plan.models import Deliverable, Edition, Pillar
from suivi.values.text import Text
from suivi.web.days import short_day
from suivi.web.forms.commands import CommandForm
from suivi.web.forms.fields import TextFields, UnitField, day_field


class _AboutForm(CommandForm):
    """What speaks of deliverables and pillars, by their numbers in the edition."""

    about = forms.CharField(
        label=gettext_lazy("Deliverables and pillars it speaks of"),
        help_text=gettext_lazy("Their numbers, with commas between them: 1.3.3, 3."),
        max_length=1000,
        required=False,
    )
    source_symbol = forms.CharField(
        label=gettext_lazy("Symbol of the document"), max_length=80, required=False
    )
    source_paragraph = forms.CharField(label=gettext_lazy("Paragraph"), max_length=40, required=False)
    reason = forms.CharField(label=gettext_lazy("Why it is written anew"), max_length=2000, required=False)
    based_on = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        edition: Edition,
        old: GuidanceWording | Lesson | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.edition, self.old = edition, old
        if old is None:
            del self.fields["reason"], self.fields["based_on"]
            return
        self.fields["reason"].required = True
        names = [name for name in self.fields if name != "reason" and hasattr(old, name)]
        self.initial.update({name: getattr(old, name) for name in names})
        self.initial.update(based_on=old.pk, about=", ".join(numbers_of(edition, old)))

    def clean_about(self) -> tuple[list[Deliverable], list[Pillar]]:
        """The deliverables and the pillars with these numbers."""
        wanted = [number.strip() for number in self.cleaned_data["about"].split(",") if number.strip()]
        rows = self.edition.deliverableeditions.filter(number__in=wanted).select_related("deliverable")
        tops = self.edition.pillareditions.filter(number__in=wanted).select_related("pillar")
        unknown = set(wanted) - {row.number for row in rows} - {top.number for top in tops}
        if unknown:
            raise forms.ValidationError(
                gettext("The edition has no deliverable and no pillar with the number %(numbers)s."),
                params={"numbers": ", ".join(sorted(unknown))},
            )
        return [row.deliverable for row in rows], [top.pillar for top in tops]

    def _parts(self) -> dict[str, Any]:
        deliverables, pillars = self.cleaned_data["about"]
        if self.old is not None:  # what the edition in force dropped was spoken of all the same
            deliverables += self.old.deliverables.exclude(in_editions__edition=self.edition)
        said = {name: self.cleaned_data[name] for name in ("source_symbol", "source_paragraph")}
        return {"deliverables": deliverables, "pillars": pillars, **said}


def numbers_of(edition: Edition, old: GuidanceWording | Lesson) -> Iterable[str]:
    """The numbers that what an earlier row speaks of has in an edition: pillars, then deliverables."""
    tops = edition.pillareditions.filter(pillar__in=old.pillars.all())
    rows = edition.deliverableeditions.filter(deliverable__in=old.deliverables.all())
    return [part.number for part in (*tops, *rows)]


class GuidanceForm(_AboutForm):
    """A piece of guidance, new or written anew."""

    given_on = day_field(gettext_lazy("Given on"))
    owner_unit = UnitField(label=gettext_lazy("Unit that sees to it"), required=False)
    due_on = day_field(gettext_lazy("Due on"), required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        edition: Edition,
        tree: UnitTree,
        old: GuidanceWording | None = None,
    ) -> None:
        super().__init__(data, edition, old, auto_id="guidance-%s")
        self.wording = old
        unit = self.fields["owner_unit"]
        assert isinstance(unit, UnitField)  # noqa: S101
        unit.offer(tree, gettext("nobody yet"))
        given_by = old.given_by if old else _body_of(edition)
        text = old.text if old else None
        self.text = TextFields(self, "text", gettext("What was asked for"), text, long=True)
        self.given_by = TextFields(self, "given_by", gettext("Body or committee"), given_by)
        if old is not None:
            node = tree.get(old.owner_unit_id)
            self.initial["owner_unit"] = node.key if node else ""

    def carry_out(self, *, by: Account, now: datetime) -> str:
        said = self.cleaned_data
        given = GuidanceGiven(
            text=self.text.text(by, now),
            given_by=self.given_by.text(by, now),
            **{name: said[name] for name in ("given_on", "owner_unit", "due_on")},
            **self._parts(),
        )
        if self.wording is None:
            record_guidance(by=by, now=now, plan=self.edition.plan, given=given)
            return gettext("The guidance was recorded.")
        rewrite_guidance(
            by=by,
            now=now,
            guidance=self.wording.guidance,
            given=given,
            reason=said["reason"],
            based_on=said["based_on"],
        )
        return gettext("The guidance was written anew. What it said before stays in the record.")


def _body_of(edition: Edition) -> Text | None:
    """The body that adopted the plan, as a first proposal."""
    return Text.of(edition.decision.body, get_language() or "en") if edition.decision.body else None


class AnswerGuidanceForm(CommandForm):
    """What is done about a piece of guidance."""

    state = forms.ChoiceField(label=gettext_lazy("Where it stands"), choices=AnswerState.choices)
    done_on = day_field(
        gettext_lazy("Day on which it was done"), gettext_lazy("Only where it is done."), required=False
    )
    reported_in_symbol = forms.CharField(
        label=gettext_lazy("Symbol of the document that told the body"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("With it the answer is shown in public too."),
    )
    reported_in_paragraph = forms.CharField(label=gettext_lazy("Paragraph"), max_length=40, required=False)

    def __init__(self, data: Mapping[str, Any] | None, wording: GuidanceWording, state: str = "") -> None:
        super().__init__(data, auto_id="answer-%s", initial={"state": state or AnswerState.IN_HAND.value})
        self.wording = wording
        self.text = TextFields(self, "text", gettext("What is done, or why not"), long=True)

    def carry_out(self, *, by: Account, now: datetime) -> str:
        said = ("state", "done_on", "reported_in_symbol", "reported_in_paragraph")
        answer_guidance(
            by=by,
            now=now,
            guidance=self.wording.guidance,
            text=self.text.text(by, now),
            **{name: self.cleaned_data[name] for name in said},
        )
        return gettext("Your answer stands beside the guidance.")


class LessonForm(_AboutForm):
    """A lesson, new or written anew, with the update or document it comes from."""

    update = forms.UUIDField(widget=forms.HiddenInput, required=False)
    source_text = forms.CharField(label=gettext_lazy("Another source"), max_length=300, required=False)
    is_public = forms.BooleanField(label=gettext_lazy("The public may read it"), required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        edition: Edition,
        old: Lesson | None = None,
        *,
        initial: Mapping[str, Any] | None = None,
        may_publish: bool = False,
    ) -> None:
        super().__init__(data, edition, old, auto_id="lesson-%s", initial=dict(initial or {}))
        self.lesson = old
        if old is not None and old.update_row is not None:
            self.initial["update"] = old.update_row.key
        if not may_publish:
            del self.fields["is_public"]
        labels = {
            "title": gettext("In one line"),
            "happened": gettext("What happened"),
            "why": gettext("Why it happened"),
            "audience": gettext("For whom it matters"),
            "next_time": gettext("What to do next time"),
        }
        self.texts = {
            name: TextFields(
                self, name, label, getattr(old, name, None), long=name in {"happened", "why", "next_time"}
            )
            for name, label in labels.items()
        }

    def clean_update(self) -> ProgressUpdate | None:
        key = self.cleaned_data["update"]
        if key is None:
            return None
        found = ProgressUpdate.objects.filter(plan=self.edition.plan, state=UpdateState.APPROVED, key=key)
        if (update := found.select_related("unit", "deliverable").first()) is None:
            raise forms.ValidationError(gettext("This is no approved update of the plan."))
        return update

    def carry_out(self, *, by: Account, now: datetime) -> str:
        said = self.cleaned_data
        texts: dict[str, Any] = {name: fields.text(by, now) for name, fields in self.texts.items()}
        given = LessonGiven(
            **texts,
            update=said["update"],
            source_text=said["source_text"],
            is_public=said.get("is_public", False),
            **self._parts(),
        )
        if self.lesson is None:
            record_lesson(by=by, now=now, plan=self.edition.plan, given=given)
            return gettext("The lesson was kept.")
        rewrite_lesson(
            by=by,
            now=now,
            lesson=self.lesson,
            given=given,
            reason=said["reason"],
            based_on=said["based_on"],
        )
        return gettext("The lesson was written anew. What it said before stays in the record.")


class WithdrawForm(CommandForm):
    """Takes back a piece of guidance, a lesson, or a line that says where something was reported."""

    why = forms.CharField(label=gettext_lazy("Why it is taken back"), max_length=2000)

    def __init__(
        self, data: Mapping[str, Any] | None, row: GuidanceWording | Lesson | ReportedElsewhere
    ) -> None:
        super().__init__(data, auto_id=f"withdraw-{row.pk}-%s")
        self.row = row

    def carry_out(self, *, by: Account, now: datetime) -> str:
        reason = self.cleaned_data["why"]
        if isinstance(self.row, GuidanceWording):
            withdraw_guidance(by=by, now=now, guidance=self.row.guidance, reason=reason)
            return gettext("The guidance was withdrawn. Earlier days still show it.")
        if isinstance(self.row, Lesson):
            withdraw_lesson(by=by, now=now, lesson=self.row, reason=reason)
            return gettext("The lesson was withdrawn. Earlier days still show it.")
        unlink_reported_elsewhere(by=by, now=now, line=self.row, reason=reason)
        return gettext("The line was taken back. Earlier days still show it.")


class ReportedForm(CommandForm):
    """A document that told of a deliverable, or of one of its approved updates, already."""

    symbol = forms.CharField(label=gettext_lazy("Symbol of the document"), max_length=80)
    paragraph = forms.CharField(label=gettext_lazy("Paragraph"), max_length=40, required=False)
    title = forms.CharField(label=gettext_lazy("Title of the document"), max_length=300, required=False)
    reported_on = day_field(gettext_lazy("Day of the document"), required=False)
    update = forms.ChoiceField(label=gettext_lazy("What it told of"), required=False)

    def __init__(self, data: Mapping[str, Any] | None, deliverable: Deliverable, tree: UnitTree) -> None:
        super().__init__(data, auto_id="reported-%s")
        self.deliverable = deliverable
        approved = deliverable.updates.filter(state=UpdateState.APPROVED)
        update = self.fields["update"]
        assert isinstance(update, forms.ChoiceField)  # noqa: S101
        update.choices = [
            ("", gettext("the deliverable")),
            *(
                (str(key), _named(tree, unit, day))
                for key, unit, day in approved.order_by("-reported_on", "pk").values_list(
                    "key", "unit_id", "reported_on"
                )
            ),
        ]

    def clean_update(self) -> ProgressUpdate | None:
        key = self.cleaned_data["update"]
        found = self.deliverable.updates.select_related("deliverable__plan", "unit")
        return found.get(key=key) if key else None

    def carry_out(self, *, by: Account, now: datetime) -> str:
        said = self.cleaned_data
        link_reported_elsewhere(
            by=by,
            now=now,
            about=said["update"] or self.deliverable,
            symbol=said["symbol"],
            paragraph=said["paragraph"],
            title=Text.of(said["title"], get_language() or "en"),
            reported_on=said["reported_on"],
        )
        return gettext("It is noted where this was reported already.")


def _named(tree: UnitTree, unit: int, day: date) -> str:
    node = tree.get(unit)
    words = {"unit": node.short_name if node else "", "day": short_day(day)}
    return gettext("the update of %(unit)s up to %(day)s") % words
