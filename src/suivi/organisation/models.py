from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from suivi.core.fields import TextField
from suivi.core.models import Account, Recorded


class UnitKind(models.TextChoices):
    HEADQUARTERS = "headquarters", _("headquarters")
    REGIONAL = "regional", _("regional office")
    COUNTRY = "country", _("country office")
    TRAINING = "training", _("training centre")


class StakeholderKind(models.TextChoices):
    GOVERNMENTS = "governments", _("governments")
    EMPLOYERS = "employers", _("employers' organisations")
    WORKERS = "workers", _("workers' organisations")
    TRAINING = "training", _("training centre")
    UNITED_NATIONS = "united_nations", _("United Nations bodies")
    BANKS = "banks", _("development banks")
    OTHER = "other", _("other partners")


class Scope(models.Model):
    """What a role can be given for: a unit with those below it, or a plan. Each of these owns one."""

    label = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("scope")

    def __str__(self) -> str:
        return self.label


class Unit(models.Model):
    """A part of the organisation: one row for ever. Its name and place stand in versions with dates."""

    key = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=20, choices=UnitKind)
    scope = models.OneToOneField(Scope, on_delete=models.PROTECT, related_name="unit")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    successors = models.ManyToManyField("self", symmetrical=False, related_name="predecessors", blank=True)

    class Meta:
        verbose_name = _("unit")
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(
                name="unit_ends_after_start",
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The unit ends before it starts."),
            ),
        ]

    def __str__(self) -> str:
        return self.key


class UnitVersion(Recorded):
    """How a unit is called and where it stands, from a first to a last day."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="versions")
    name = TextField(_("name"))
    short_name = models.CharField(_("short name"), max_length=40)
    parent = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("name and place of a unit")
        ordering = ["unit", "starts_on"]

    def __str__(self) -> str:
        return self.short_name


class Stakeholder(models.Model):
    """Somebody outside of whom the plan expects something: constituents, partners, banks."""

    key = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=20, choices=StakeholderKind)
    name = TextField(_("name"))

    class Meta:
        verbose_name = _("stakeholder")
        ordering = ["key"]

    def __str__(self) -> str:
        return str(self.name)


class Grant(Recorded):
    """A role given to an account, for a scope or (scope empty) for the whole installation."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(_("role"), max_length=30)
    scope = models.ForeignKey(Scope, null=True, blank=True, on_delete=models.PROTECT, related_name="grants")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("role given")
        ordering = ["account", "role"]

    def __str__(self) -> str:
        return f"{self.account}: {self.role}"


class DeputyKind(models.TextChoices):
    ABSENCE = "absence", _("absence")
    OFFICER_IN_CHARGE = "officer_in_charge", _("officer-in-charge")
    DELEGATION = "delegation", _("delegation")


class Deputy(Recorded):
    """Somebody who acts for an account from a first to a last day, with the roles of that account.

    An absence may have no deputy: then it only says that no answer is to be expected.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="deputies")
    deputy = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="deputises_for"
    )
    kind = models.CharField(max_length=20, choices=DeputyKind)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))

    class Meta:
        verbose_name = _("deputy")
        ordering = ["account", "starts_on"]
        constraints = [
            models.CheckConstraint(
                name="deputy_ends_after_start",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The last day is before the first day."),
            ),
            models.CheckConstraint(
                name="nobody_deputises_for_themselves",
                condition=Q(deputy__isnull=True) | ~Q(deputy=F("account")),
                violation_error_message=_("Nobody is their own deputy."),
            ),
            models.CheckConstraint(
                name="only_an_absence_has_no_deputy",
                condition=Q(kind="absence") | Q(deputy__isnull=False),
                violation_error_message=_("Name the person who acts."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account}: {self.deputy}"
