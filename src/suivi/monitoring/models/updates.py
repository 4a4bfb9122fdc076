"""Progress updates: drafts while they are written, for ever once they are approved.

An update carries facts (items, steps, values), words, and the unit's own assessment. Facts name the day they
happened (`happened_on`); the update names the day up to which it speaks (`reported_on`) and the moment from
which the record knew it (`approved_at`). A correction is a new update that names the one it corrects.
"""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from suivi.core.fields import ScaledDecimalField, TextField
from suivi.core.models import Account
from suivi.monitoring.models.rounds import Round
from suivi.monitoring.models.sheets import Rung
from suivi.organisation.models import Unit
from suivi.plan.models import Deliverable, Plan


class UpdateKind(models.TextChoices):
    CONTRIBUTION = "contribution", _("contribution of a unit")
    UPDATE = "update", _("progress update")


class UpdateState(models.TextChoices):
    DRAFT = "draft", _("draft")
    IN_CLEARANCE = "in_clearance", _("waiting for clearance")
    SUBMITTED = "submitted", _("submitted")
    RETURNED = "returned", _("returned")
    APPROVED = "approved", _("approved")
    DISCARDED = "discarded", _("discarded")


class Assessment(models.TextChoices):
    """What a unit says of itself."""

    ON_TRACK = "on_track", _("on track")
    AT_RISK = "at_risk", _("at risk")
    OFF_TRACK = "off_track", _("off track")
    ACHIEVED = "achieved", _("achieved")


class ProgressUpdate(models.Model):
    """What a unit reports on a deliverable. Only `kind` update sets the state of the deliverable."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="updates")
    deliverable = models.ForeignKey(Deliverable, on_delete=models.PROTECT, related_name="updates")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="updates")
    round = models.ForeignKey(Round, null=True, blank=True, on_delete=models.PROTECT, related_name="updates")
    kind = models.CharField(max_length=12, choices=UpdateKind, default=UpdateKind.UPDATE)
    state = models.CharField(max_length=12, choices=UpdateState, default=UpdateState.DRAFT)
    # Counts every saving of the draft: who saves an older one is shown the difference.
    version = models.PositiveIntegerField(default=1)
    # While it is written: `UpdateContent` as JSON, unfinished or not. Sending it writes the words and facts
    # below; approving it empties this.
    draft = models.JSONField(default=dict, blank=True)
    reported_on = models.DateField(_("speaks of the time up to"))
    language = models.CharField(max_length=10)
    narrative = TextField(_("what was done"), blank=True)
    difficulties = TextField(_("difficulties and risks"), blank=True)
    assessment = models.CharField(_("own assessment"), max_length=10, choices=Assessment, blank=True)
    assessment_reason = TextField(_("reason of the assessment"), blank=True)
    expected_on = models.DateField(_("expected completion"), null=True, blank=True)
    # A standing commitment: kept or not; null where this is no such deliverable.
    is_commitment_kept = models.BooleanField(_("the commitment is kept"), null=True, blank=True)
    is_no_change = models.BooleanField(_("no change"), default=False)
    is_public = models.BooleanField(_("words and evidence may be shown in public"), default=False)
    consolidates = models.ManyToManyField(
        "self", symmetrical=False, related_name="consolidated_in", blank=True
    )
    # Few updates correct another: the index below holds those alone.
    corrects = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrections", db_index=False
    )
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # Entered by the one above on behalf of this one.
    on_behalf_of = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # When the approval was written down; later than `approved_at` for history that was imported.
    recorded_at = models.DateTimeField(null=True, blank=True)
    # Where it came from, if not from the pages: "workbook", "tracker", "demonstration"; and its row there.
    source = models.CharField(max_length=20, blank=True)
    source_row = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = _("progress update")
        ordering = ["-changed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="approved_update_says_when",
                condition=Q(state="approved", approved_at__isnull=False, recorded_at__isnull=False)
                | (~Q(state="approved") & Q(approved_at__isnull=True, recorded_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="nobody_approves_their_own_update",
                condition=Q(approved_by__isnull=True)
                | (
                    (Q(submitted_by__isnull=True) | ~Q(approved_by=F("submitted_by")))
                    & (Q(created_by__isnull=True) | ~Q(approved_by=F("created_by")))
                ),
                violation_error_message=_("Nobody approves an update that they wrote or submitted."),
            ),
            models.UniqueConstraint(
                fields=["round", "deliverable", "unit", "kind"],
                condition=Q(state__in=["draft", "in_clearance", "submitted", "returned"]),
                name="one_open_update_per_question",
            ),
            models.UniqueConstraint(
                fields=["plan", "source", "source_row"],
                condition=~Q(source_row=""),
                name="imported_row_comes_in_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["deliverable", "kind", "state", "-reported_on", "-key"], name="update_by_deliverable"
            ),
            models.Index(fields=["corrects"], condition=Q(corrects__isnull=False), name="update_corrected"),
            models.Index(fields=["plan", "state", "submitted_at"], name="update_queue"),
            models.Index(fields=["unit", "state"], name="update_by_unit"),
            models.Index(fields=["plan", "approved_at"], name="update_by_approval"),
        ]

    def __str__(self) -> str:
        return f"{self.deliverable} {self.reported_on}"


class UpdateEvent(models.Model):
    """A step in the life of an update, with the reason given. Reasons of a return stay for ever."""

    update_row = models.ForeignKey(ProgressUpdate, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField()
    by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # started, written (by somebody for the first time), sent (to clearance), cleared, submitted, returned,
    # approved, recalled, discarded, decision_asked, decided
    verb = models.CharField(max_length=20)
    reason = models.TextField(blank=True)

    class Meta:
        verbose_name = _("step of an update")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.update_row}: {self.verb}"


class ItemStage(models.TextChoices):
    IDENTIFIED = "identified", _("identified")
    NEGOTIATION = "negotiation", _("under negotiation")
    CONCLUDED = "concluded", _("concluded")
    DROPPED = "dropped", _("given up")


class Item(models.Model):
    """One counted thing, for ever: the tenth partnership. What is known of it stands in its states."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    deliverable = models.ForeignKey(Deliverable, on_delete=models.PROTECT, related_name="items")
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("counted item")
        ordering = ["deliverable", "created_at", "pk"]

    def __str__(self) -> str:
        return str(self.key)


class ItemState(models.Model):
    """What an update says of an item: where it stands, since which day, with whom.

    `partners` is a list of names, `countries` and `regions` of keys of the organisation's list, `groups` of
    constituent groups. `criteria` is what the unit claims, `confirmed` what the reviewer confirmed: criterion
    of the sheet to yes or no. An item counts when it is concluded and every criterion is confirmed.
    """

    update_row = models.ForeignKey(ProgressUpdate, on_delete=models.CASCADE, related_name="item_states")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="states")
    name = TextField(_("name"))
    stage = models.CharField(_("stage"), max_length=12, choices=ItemStage)
    happened_on = models.DateField(_("since"))
    expected_on = models.DateField(_("conclusion expected on"), null=True, blank=True)
    partners = models.JSONField(default=list, blank=True)
    countries = models.JSONField(default=list, blank=True)
    regions = models.JSONField(default=list, blank=True)
    groups = models.JSONField(default=list, blank=True)
    criteria = models.JSONField(default=dict, blank=True)
    confirmed = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("state of an item")
        ordering = ["update_row", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["update_row", "item"], name="item_once_per_update"),
        ]
        indexes = [models.Index(fields=["item", "-happened_on"], name="latest_state_of_item")]

    def __str__(self) -> str:
        return str(self.name)


class StepReached(models.Model):
    """A step of a ladder that was reached on a day, of the whole deliverable (`part` empty) or of a part."""

    update_row = models.ForeignKey(ProgressUpdate, on_delete=models.CASCADE, related_name="steps_reached")
    # That of the update, kept here so that the steps of a deliverable are found without reading its updates.
    deliverable = models.ForeignKey(Deliverable, on_delete=models.PROTECT, related_name="steps_reached")
    part = models.SlugField(max_length=80, blank=True)
    rung = models.ForeignKey(Rung, on_delete=models.PROTECT, related_name="reached")
    happened_on = models.DateField(_("reached on"))

    class Meta:
        verbose_name = _("step reached")
        ordering = ["update_row", "part", "happened_on"]
        constraints = [
            models.UniqueConstraint(fields=["update_row", "part", "rung"], name="step_once_per_update"),
        ]

    def __str__(self) -> str:
        return f"{self.part} {self.rung}".strip()


class ReportedValue(models.Model):
    """An indicator value of a day. `category` is empty for the total, else dimension to value.

    A ratio keeps its numerator and denominator; `value` is then their quotient in percent.
    """

    update_row = models.ForeignKey(ProgressUpdate, on_delete=models.CASCADE, related_name="values")
    # That of the update, as for a step.
    deliverable = models.ForeignKey(Deliverable, on_delete=models.PROTECT, related_name="values")
    happened_on = models.DateField(_("day of the value"))
    category = models.JSONField(default=dict, blank=True)
    value = ScaledDecimalField(_("value"))
    numerator = ScaledDecimalField(_("numerator"), null=True, blank=True)
    denominator = ScaledDecimalField(_("denominator"), null=True, blank=True)
    differs_because = TextField(_("why the parts do not add up"), blank=True)

    class Meta:
        verbose_name = _("reported value")
        ordering = ["update_row", "happened_on", "pk"]
        indexes = [models.Index(fields=["deliverable", "-happened_on"], name="value_by_deliverable")]

    def __str__(self) -> str:
        return f"{self.value}"


class Support(models.Model):
    """Help that an update asks for: an action with an owner and a due day, answered where it was asked."""

    update_row = models.ForeignKey(ProgressUpdate, on_delete=models.CASCADE, related_name="support")
    text = models.TextField(_("support needed"))
    owner_unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="support_asked"
    )
    owner = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="support_asked"
    )
    due_on = models.DateField(_("needed by"), null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("support needed")
        ordering = ["update_row", "pk"]

    def __str__(self) -> str:
        return self.text[:80]
