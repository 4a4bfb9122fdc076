"""Reporting rounds: which units are asked for updates on which deliverables, and by when."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from suivi.core.fields import TextField
from suivi.core.models import Account
from suivi.organisation.models import Unit
from suivi.plan.models import Deliverable, Plan


class Round(models.Model):
    """A period about which units are asked, open from a first to a closing day. Closing freezes its list."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="rounds")
    key = models.SlugField(max_length=80)
    title = TextField(_("title"))
    period_starts_on = models.DateField(_("about the time from"))
    period_ends_on = models.DateField(_("to"))
    opens_on = models.DateField(_("opens on"))
    due_on = models.DateField(_("closes on"))
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("reporting round")
        ordering = ["plan", "period_ends_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "key"], name="round_key_is_unique"),
            models.CheckConstraint(
                name="round_ends_after_start",
                condition=Q(period_ends_on__gte=F("period_starts_on")) & Q(due_on__gte=F("opens_on")),
                violation_error_message=_("The round ends before it starts."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)


class AskedState(models.TextChoices):
    """What had become of a question when the round closed."""

    ANSWERED = "answered", _("answered")
    LATE = "late", _("answered late")
    MISSING = "missing", _("not answered")
    EXCUSED = "excused", _("excused")


class Asked(models.Model):
    """One unit asked in a round about one deliverable. `outcome` is empty until the round closes."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="asked")
    deliverable = models.ForeignKey(Deliverable, on_delete=models.PROTECT, related_name="asked")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="asked")
    asked_at = models.DateTimeField()
    excused_reason = models.TextField(blank=True)
    outcome = models.CharField(max_length=10, choices=AskedState, blank=True)

    class Meta:
        verbose_name = _("asked for an update")
        ordering = ["round", "deliverable", "unit"]
        constraints = [
            models.UniqueConstraint(fields=["round", "deliverable", "unit"], name="asked_once_per_round"),
        ]
        indexes = [models.Index(fields=["unit", "round"], name="asked_by_unit")]

    def __str__(self) -> str:
        return f"{self.round}: {self.deliverable} {self.unit}"
