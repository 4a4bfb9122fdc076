"""What a plan hears and learns: guidance of the body with its answers, lessons, what was reported elsewhere.

Nothing is overwritten. A piece of guidance is one row for ever; what it says stands in its wordings, and what
became of it in its answers. Lessons and "already reported in" are recorded rows.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from suivi.core.fields import TextField
from suivi.core.models import Recorded
from suivi.monitoring.models import ProgressUpdate
from suivi.organisation.models import Unit
from suivi.plan.models import Deliverable, Pillar, Plan


class Guidance(models.Model):
    """One thing that a body asked of those who carry out the plan, by its number in the plan."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="guidance")
    number = models.PositiveIntegerField(_("number"))

    class Meta:
        verbose_name = _("guidance")
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="guidance_number_is_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.plan} {self.number}"


class GuidanceWording(Recorded):
    """What a piece of guidance says, who gave it and who sees to it, until it is written anew.

    `reason` says why it was written anew or withdrawn; the first wording has none.
    """

    guidance = models.ForeignKey(Guidance, on_delete=models.PROTECT, related_name="wordings")
    text = TextField(_("guidance"))
    given_by = TextField(_("given by"))
    given_on = models.DateField(_("given on"))
    source_symbol = models.CharField(_("symbol"), max_length=80, blank=True)
    source_paragraph = models.CharField(_("paragraph"), max_length=40, blank=True)
    deliverables = models.ManyToManyField(Deliverable, related_name="guidance_wordings", blank=True)
    pillars = models.ManyToManyField(Pillar, related_name="guidance_wordings", blank=True)
    owner_unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="guidance_wordings"
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    reason = models.TextField(_("reason of the change"), blank=True)
    is_withdrawn = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("wording of guidance")
        ordering = ["guidance", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["guidance"],
                condition=Q(superseded_at__isnull=True),
                name="one_current_wording_per_guidance",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.guidance}"


class AnswerState(models.TextChoices):
    OPEN = "open", pgettext_lazy("guidance", "open")
    IN_HAND = "in_hand", pgettext_lazy("guidance", "in hand")
    DONE = "done", pgettext_lazy("guidance", "done")
    NOT_ACCEPTED = "not_accepted", pgettext_lazy("guidance", "not accepted")


class GuidanceAnswer(Recorded):
    """What is done about a piece of guidance. The latest answer speaks; the earlier ones stay readable."""

    guidance = models.ForeignKey(Guidance, on_delete=models.PROTECT, related_name="answers")
    state = models.CharField(max_length=12, choices=AnswerState)
    text = TextField(_("answer"))
    done_on = models.DateField(_("done on"), null=True, blank=True)
    # The document that told the body of it.
    reported_in_symbol = models.CharField(_("symbol"), max_length=80, blank=True)
    reported_in_paragraph = models.CharField(_("paragraph"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("answer to guidance")
        ordering = ["guidance", "recorded_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["guidance"],
                condition=Q(superseded_at__isnull=True),
                name="one_current_answer_per_guidance",
            ),
            models.CheckConstraint(
                name="done_guidance_says_when",
                condition=Q(state="done", done_on__isnull=False)
                | (~Q(state="done") & Q(done_on__isnull=True)),
                violation_error_message=_("Only guidance that is done has a day, and it needs one."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.guidance} {self.state}"


class Lesson(Recorded):
    """What happened, why, for whom it matters and what to do next time, with the source that shows it.

    The number stays through all rows of a lesson; `reason` says why it was written anew or withdrawn.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="lessons")
    number = models.PositiveIntegerField(_("number"))
    title = TextField(_("title"))
    happened = TextField(_("what happened"))
    why = TextField(_("why it happened"))
    audience = TextField(_("for whom"))
    next_time = TextField(_("what to do next time"))
    # One source at least: an update, a document, or words.
    update_row = models.ForeignKey(
        ProgressUpdate, null=True, blank=True, on_delete=models.PROTECT, related_name="lessons"
    )
    source_symbol = models.CharField(_("symbol"), max_length=80, blank=True)
    source_paragraph = models.CharField(_("paragraph"), max_length=40, blank=True)
    source_text = models.CharField(_("another source"), max_length=300, blank=True)
    deliverables = models.ManyToManyField(Deliverable, related_name="lessons", blank=True)
    pillars = models.ManyToManyField(Pillar, related_name="lessons", blank=True)
    is_public = models.BooleanField(_("may be shown in public"), default=False)
    reason = models.TextField(_("reason of the change"), blank=True)
    is_withdrawn = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("lesson learned")
        ordering = ["plan", "number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"],
                condition=Q(superseded_at__isnull=True),
                name="one_current_row_per_lesson",
            ),
            models.CheckConstraint(
                name="lesson_names_its_source",
                condition=Q(update_row__isnull=False) | ~Q(source_symbol="") | ~Q(source_text=""),
                violation_error_message=_(
                    "A lesson names its source: a progress update, a document or something else."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan} {self.number}"


class ReportedElsewhere(Recorded):
    """A document told of an update, or of a deliverable, already: reports refer to it."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="reported_elsewhere")
    deliverable = models.ForeignKey(
        Deliverable, null=True, blank=True, on_delete=models.PROTECT, related_name="reported_elsewhere"
    )
    update_row = models.ForeignKey(
        ProgressUpdate, null=True, blank=True, on_delete=models.PROTECT, related_name="reported_elsewhere"
    )
    symbol = models.CharField(_("symbol"), max_length=80)
    paragraph = models.CharField(_("paragraph"), max_length=40, blank=True)
    title = TextField(_("title of the document"), blank=True)
    reported_on = models.DateField(_("day of the document"), null=True, blank=True)

    class Meta:
        verbose_name = _("already reported in")
        ordering = ["plan", "reported_on", "symbol", "pk"]
        constraints = [
            models.CheckConstraint(
                name="reported_of_one_thing",
                condition=Q(deliverable__isnull=False, update_row__isnull=True)
                | Q(deliverable__isnull=True, update_row__isnull=False),
                violation_error_message=_("It is about one deliverable or one update, not both."),
            ),
            models.UniqueConstraint(
                fields=["deliverable", "symbol", "paragraph"],
                condition=Q(superseded_at__isnull=True, deliverable__isnull=False),
                name="deliverable_reported_once_per_paragraph",
                violation_error_message=_("This paragraph is linked already."),
            ),
            models.UniqueConstraint(
                fields=["update_row", "symbol", "paragraph"],
                condition=Q(superseded_at__isnull=True, update_row__isnull=False),
                name="update_reported_once_per_paragraph",
                violation_error_message=_("This paragraph is linked already."),
            ),
        ]

    def __str__(self) -> str:
        return " ".join(part for part in (self.symbol, self.paragraph) if part)
