"""The internal management plan: responsibilities, expectations, milestones, staff time and money.

Nothing here is overwritten: each row is `Recorded`, so the plan of any day can be shown again.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from suivi.core.fields import ScaledDecimalField, TextField
from suivi.core.models import Account, Recorded
from suivi.organisation.models import Stakeholder, Unit
from suivi.plan.models.identity import Deliverable

ENDS_AFTER_START = Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on"))


class ResponsibilityRole(models.TextChoices):
    ACCOUNTABLE = "accountable", _("accountable")
    RESPONSIBLE = "responsible", _("responsible")
    SUPPORTS = "supports", _("supports")
    CONSULTED = "consulted", _("consulted")
    INFORMED = "informed", _("informed")


class Responsibility(Recorded):
    """What a unit has to do with a deliverable, from a first to a last day.

    At most one unit is accountable on any day: an exclusion constraint on PostgreSQL and a trigger on
    SQLite hold it (migration `one_accountable`), the rule in `rules.py` says it kindly before.
    """

    deliverable = models.ForeignKey(Deliverable, on_delete=models.PROTECT, related_name="responsibilities")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="responsibilities")
    role = models.CharField(_("responsibility"), max_length=20, choices=ResponsibilityRole)
    contact = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="responsibilities"
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        verbose_name = _("responsibility")
        ordering = ["deliverable", "role", "starts_on"]
        # Holds all that counting the work of a large unit needs, so that no row is read for it.
        indexes = [
            models.Index(
                name="responsibilities_of_unit",
                fields=[
                    "unit",
                    "role",
                    "deliverable",
                    "starts_on",
                    "ends_on",
                    "superseded_at",
                    "recorded_at",
                ],
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="responsibility_ends_after_start",
                condition=ENDS_AFTER_START,
                violation_error_message=_("The last day is before the first day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deliverable} {self.role} {self.unit}"


class Expectation(Recorded):
    """What is expected of somebody outside: a group of constituents, a partner, a bank."""

    deliverable = models.ForeignKey(Deliverable, on_delete=models.PROTECT, related_name="expectations")
    stakeholder = models.ForeignKey(Stakeholder, on_delete=models.PROTECT, related_name="expectations")
    text = TextField(_("what is expected"))

    class Meta:
        verbose_name = _("expectation")
        ordering = ["deliverable", "stakeholder"]

    def __str__(self) -> str:
        return f"{self.deliverable} {self.stakeholder}"


class Milestone(models.Model):
    """A dated step of the internal management plan: one row for ever; what it says stands in its states."""

    deliverable = models.ForeignKey(Deliverable, on_delete=models.PROTECT, related_name="milestones")
    key = models.SlugField(max_length=80)

    class Meta:
        verbose_name = _("milestone")
        ordering = ["deliverable", "key"]
        constraints = [
            models.UniqueConstraint(fields=["deliverable", "key"], name="milestone_key_is_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.deliverable} {self.key}"


class MilestoneState(Recorded):
    """What a milestone said from one moment of the record to another."""

    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="states")
    title = TextField(_("title"))
    due_on = models.DateField(_("due on"))
    done_on = models.DateField(_("done on"), null=True, blank=True)
    # The count or value that will be reached with it, where the plan says one: "four partnerships signed".
    expected = ScaledDecimalField(_("number to be reached by then"), null=True, blank=True)
    owner_unit = models.ForeignKey(
        Unit,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="milestones",
        db_index=False,  # `milestones_of_unit` begins with it
    )
    owner = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="milestones"
    )
    depends_on = models.ManyToManyField(Milestone, related_name="needed_by", blank=True)
    is_dropped = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("state of a milestone")
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(
                name="milestones_of_unit",
                fields=[
                    *("owner_unit", "due_on", "done_on", "is_dropped"),
                    *("superseded_at", "recorded_at", "milestone"),
                ],
            ),
            models.Index(name="milestones_by_due_day", fields=["due_on"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["milestone"],
                condition=Q(superseded_at__isnull=True),
                name="one_current_state_per_milestone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.milestone} {self.due_on}"


class ResourceKind(models.TextChoices):
    STAFF = "staff", _("staff time in person-months")
    MONEY = "money", _("money")


class Resource(Recorded):
    """Staff time or money planned and secured for a deliverable; unknown stays unknown."""

    deliverable = models.ForeignKey(Deliverable, on_delete=models.PROTECT, related_name="resources")
    kind = models.CharField(max_length=10, choices=ResourceKind)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    planned = ScaledDecimalField(_("planned"), null=True, blank=True)
    secured = ScaledDecimalField(_("secured"), null=True, blank=True)

    class Meta:
        verbose_name = _("staff time or money")
        ordering = ["deliverable", "kind", "currency"]
        constraints = [
            models.UniqueConstraint(
                fields=["deliverable", "kind", "currency"],
                condition=Q(superseded_at__isnull=True),
                name="one_current_resource_per_kind",
            ),
            models.CheckConstraint(
                name="money_has_a_currency",
                condition=Q(kind="staff", currency="") | (Q(kind="money") & ~Q(currency="")),
                violation_error_message=_("Money needs its currency, staff time has none."),
            ),
            models.CheckConstraint(
                name="resource_is_not_negative",
                condition=(Q(planned__isnull=True) | Q(planned__gte=0))
                & (Q(secured__isnull=True) | Q(secured__gte=0)),
                violation_error_message=_("An amount below zero is not taken."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deliverable} {self.kind}"
