"""Requests of units for a change, and the plan manager's answer."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from suivi.core.fields import TextField
from suivi.core.models import Account
from suivi.organisation.models import Unit
from suivi.plan.models.edition import Edition
from suivi.plan.models.identity import Deliverable


class ChangeKind(models.TextChoices):
    POSTPONEMENT = "postponement", _("postponement")
    REWORDING = "rewording", _("rewording")
    MERGER = "merger", _("merger")
    CANCELLATION = "cancellation", _("cancellation")
    ACCOUNTABLE_UNIT = "accountable_unit", _("another accountable unit")


class RequestState(models.TextChoices):
    OPEN = "open", _("open")
    ACCEPTED = "accepted", _("accepted")
    REJECTED = "rejected", _("rejected")
    WITHDRAWN = "withdrawn", _("withdrawn")


class ChangeRequest(models.Model):
    """A unit asks for a change with a reason; once answered it stays as it is.

    Accepted, a postponement sets the internal day and another accountable unit takes over. Wording,
    mergers and cancellations wait for a decision of the body: `settled_by` is the edition that took it.
    """

    deliverable = models.ForeignKey(Deliverable, on_delete=models.PROTECT, related_name="change_requests")
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="change_requests"
    )
    kind = models.CharField(max_length=20, choices=ChangeKind)
    reason = models.TextField(_("reason"))
    proposed_end_on = models.DateField(_("proposed last day"), null=True, blank=True)
    proposed_text = TextField(_("proposed wording"), null=True, blank=True)
    merge_into = models.ForeignKey(
        Deliverable, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    proposed_unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.OPEN)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    settled_by = models.ForeignKey(
        Edition, null=True, blank=True, on_delete=models.PROTECT, related_name="settled_requests"
    )

    class Meta:
        verbose_name = _("change request")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="answered_request_has_an_answer",
                condition=Q(state__in=["open", "withdrawn"]) | Q(answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="request_says_what_it_proposes",
                condition=~Q(kind="postponement", proposed_end_on__isnull=True)
                & ~Q(kind="rewording", proposed_text__isnull=True)
                & ~Q(kind="merger", merge_into__isnull=True)
                & ~Q(kind="accountable_unit", proposed_unit__isnull=True),
                violation_error_message=_("The request does not say what it proposes."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deliverable} {self.kind}"
