"""What was agreed about a deliverable, and what was looked ahead to. The signal is computed, never stored."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from suivi.core.fields import ScaledDecimalField
from suivi.core.models import Recorded
from suivi.monitoring.models.rounds import Round
from suivi.plan.models import Decision, Deliverable


class Status(models.TextChoices):
    """In the order in which they are shown everywhere."""

    ACHIEVED = "achieved", _("achieved")
    ACHIEVED_LATE = "achieved_late", _("achieved late")
    ON_TRACK = "on_track", _("on track")
    IN_PROGRESS = "in_progress", _("in progress")
    AT_RISK = "at_risk", _("at risk")
    OFF_TRACK = "off_track", _("off track")
    NOT_STARTED = "not_started", _("not started")
    PARTIALLY_ACHIEVED = "partially_achieved", _("partially achieved")
    NOT_ACHIEVED = "not_achieved", _("not achieved")
    NO_RECENT_UPDATE = "no_recent_update", _("no recent update")
    POSTPONED = "postponed", _("postponed")
    DISCONTINUED = "discontinued", _("discontinued")
    SUSPENDED = "suspended", _("suspended")


ONLY_BY_DECISION = ("postponed", "discontinued", "suspended")


class AgreedStatus(Recorded):
    """Set by the plan manager when a round closes. It differs from the signal only with a reason."""

    deliverable = models.ForeignKey(Deliverable, on_delete=models.PROTECT, related_name="agreed_statuses")
    round = models.ForeignKey(
        Round, null=True, blank=True, on_delete=models.PROTECT, related_name="agreed_statuses"
    )
    up_to = models.DateField(_("up to"))
    status = models.CharField(_("agreed status"), max_length=20, choices=Status)
    signal = models.CharField(_("signal on that day"), max_length=20, choices=Status)
    reason = models.TextField(_("reason"), blank=True)
    # What the body decided, where it was decided otherwise than by progress.
    decision = models.ForeignKey(
        Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="agreed_statuses"
    )

    class Meta:
        verbose_name = _("agreed status")
        ordering = ["deliverable", "up_to", "pk"]
        constraints = [
            models.CheckConstraint(
                name="agreed_otherwise_has_a_reason",
                condition=Q(status=models.F("signal")) | ~Q(reason=""),
                violation_error_message=_("It differs from the signal: write the reason."),
            ),
            models.CheckConstraint(
                name="decided_status_names_its_decision",
                condition=~Q(status__in=ONLY_BY_DECISION) | Q(decision__isnull=False),
                violation_error_message=_("This status needs a decision of the governing body."),
            ),
            models.UniqueConstraint(
                fields=["deliverable", "round"],
                condition=Q(superseded_at__isnull=True, round__isnull=False),
                name="one_agreed_status_per_round",
            ),
        ]
        indexes = [models.Index(fields=["deliverable", "-up_to"], name="agreed_by_deliverable")]

    def __str__(self) -> str:
        return f"{self.deliverable}: {self.status}"


class Look(models.Model):
    """A look ahead as it was made on a day, kept so that looks can be held against what happened."""

    deliverable = models.ForeignKey(Deliverable, on_delete=models.PROTECT, related_name="looks")
    made_on = models.DateField()
    end_on = models.DateField()
    target = ScaledDecimalField()
    counted = models.PositiveIntegerField()
    low = models.PositiveIntegerField()
    middle = models.PositiveIntegerField()
    high = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("look ahead")
        ordering = ["deliverable", "made_on"]
        constraints = [models.UniqueConstraint(fields=["deliverable", "made_on"], name="one_look_per_day")]

    def __str__(self) -> str:
        return f"{self.deliverable}: {self.low}-{self.high}"
