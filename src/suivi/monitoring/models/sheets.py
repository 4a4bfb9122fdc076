"""How a deliverable progresses: the rules of a plan, its ladders, the reference sheet of each deliverable.

All of it belongs to an edition and is `Recorded`: what a state rested on can be looked up for any day. An
edition without rows of its own goes on with those of the edition before.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from suivi.core.fields import ScaledDecimalField, TextField
from suivi.core.models import Recorded
from suivi.organisation.models import Unit
from suivi.plan.models import Deliverable, Edition, Plan


class PlanRules(Recorded):
    """What a plan decides about its own follow-up: thresholds, steps of an update, words for statuses.

    `settings` holds what differs from `monitoring.rules.settings.DEFAULTS`, by the same names.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="monitoring_rules")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="monitoring_rules")
    settings = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("rules of follow-up")
        constraints = [
            models.UniqueConstraint(
                fields=["edition"],
                condition=Q(superseded_at__isnull=True),
                name="one_current_set_of_rules_per_edition",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition}"


class Ladder(Recorded):
    """Ordered steps that a deliverable, or each part of it, climbs: the last one means achieved."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="ladders")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="ladders")
    key = models.SlugField(max_length=80)
    name = TextField(_("name"))

    class Meta:
        verbose_name = _("ladder")
        ordering = ["plan", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "key"],
                condition=Q(superseded_at__isnull=True),
                name="one_current_ladder_per_key",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Rung(models.Model):
    """One step of a ladder. `outside` says on whom outside it depends, where it does."""

    ladder = models.ForeignKey(Ladder, on_delete=models.CASCADE, related_name="rungs")
    position = models.PositiveIntegerField()  # from 1, the lowest
    key = models.SlugField(max_length=80)
    name = TextField(_("name"))
    meaning = TextField(_("when it is reached"), blank=True)
    outside = TextField(_("depends on"), blank=True)

    class Meta:
        verbose_name = _("step of a ladder")
        ordering = ["ladder", "position"]
        constraints = [
            models.UniqueConstraint(fields=["ladder", "position"], name="rung_position_is_unique"),
            models.UniqueConstraint(fields=["ladder", "key"], name="rung_key_is_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.ladder}/{self.key}"


class ProgressKind(models.TextChoices):
    ITEMS = "items", _("counted items")
    LADDER = "ladder", _("a ladder of steps")
    PARTS = "parts", _("named strands or coverage, each on a ladder")
    COMMITMENT = "commitment", _("a standing commitment")
    INDICATOR = "indicator", _("an indicator value")


class ReportFrequency(models.TextChoices):
    EVERY_ROUND = "every_round", _("in every round")
    YEARLY = "yearly", _("once a year")
    AT_THE_END = "at_the_end", _("when the time frame ends")


class ExpectedPath(models.TextChoices):
    """From what the expected progress of a day follows."""

    MILESTONES = "milestones", _("the milestones of the management plan")
    STRAIGHT = "straight", _("a straight line over the time frame")


class ReferenceSheet(Recorded):
    """What a deliverable means, what counts and what does not, who validates: one page, in versions.

    `criteria` are the questions an item has to answer with yes: a list of {key, text: Text as JSON}.
    `dimensions` is the disaggregation asked for: a list of {key, name: Text, values: [{key, name: Text}]}.
    """

    deliverable = models.ForeignKey(Deliverable, on_delete=models.PROTECT, related_name="sheets")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="sheets")
    version = models.PositiveIntegerField()
    kind = models.CharField(_("how it progresses"), max_length=12, choices=ProgressKind)
    meaning = TextField(_("meaning"), blank=True)
    counts = TextField(_("what counts"), blank=True)
    counts_not = TextField(_("what does not count"), blank=True)
    verification = TextField(_("means of verification"), blank=True)
    criteria = models.JSONField(default=list, blank=True)
    needs_evidence = models.BooleanField(_("counts only with evidence"), default=False)
    validated_by = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="validates"
    )
    frequency = models.CharField(
        _("reported"), max_length=12, choices=ReportFrequency, default=ReportFrequency.EVERY_ROUND
    )
    expected_path = models.CharField(
        _("expected progress"), max_length=10, choices=ExpectedPath, default=ExpectedPath.MILESTONES
    )
    ladder = models.ForeignKey(Ladder, null=True, blank=True, on_delete=models.PROTECT, related_name="sheets")
    # An indicator: what is measured, from where it starts, and whether less is better.
    measure = TextField(_("what is measured"), blank=True)
    baseline = ScaledDecimalField(_("baseline"), null=True, blank=True)
    baseline_on = models.DateField(_("day of the baseline"), null=True, blank=True)
    is_ratio = models.BooleanField(_("numerator and denominator are kept"), default=False)
    less_is_better = models.BooleanField(_("less is better"), default=False)
    dimensions = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = _("reference sheet")
        ordering = ["deliverable", "version"]
        constraints = [
            models.UniqueConstraint(fields=["deliverable", "version"], name="sheet_version_is_unique"),
            models.UniqueConstraint(
                fields=["deliverable", "edition"],
                condition=Q(superseded_at__isnull=True),
                name="one_current_sheet_per_edition",
            ),
            models.CheckConstraint(
                name="steps_need_a_ladder",
                condition=~Q(kind__in=["ladder", "parts"]) | Q(ladder__isnull=False),
                violation_error_message=_("Steps need a ladder. Choose one."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deliverable} ({self.version})"


class PartKind(models.TextChoices):
    STRAND = "strand", _("strand")
    COVERAGE = "coverage", _("coverage")


class SheetPart(models.Model):
    """A strand or a place to cover that is followed on its own."""

    sheet = models.ForeignKey(ReferenceSheet, on_delete=models.CASCADE, related_name="parts")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=PartKind)
    key = models.SlugField(max_length=80)
    name = TextField(_("name"))

    class Meta:
        verbose_name = _("part of a deliverable")
        ordering = ["sheet", "position"]
        constraints = [models.UniqueConstraint(fields=["sheet", "key"], name="part_key_is_unique")]

    def __str__(self) -> str:
        return f"{self.sheet}: {self.key}"


class TargetRevision(Recorded):
    """A target that was revised inside, with the reason and who decided; the adopted one stays beside it."""

    deliverable = models.ForeignKey(Deliverable, on_delete=models.PROTECT, related_name="target_revisions")
    target = ScaledDecimalField(_("target"))
    decided_on = models.DateField(_("decided on"))
    decided_by = models.CharField(_("decided by"), max_length=200)
    reason = models.TextField(_("reason"))

    class Meta:
        verbose_name = _("revised target")
        ordering = ["deliverable", "decided_on", "pk"]

    def __str__(self) -> str:
        return f"{self.deliverable}: {self.target}"
