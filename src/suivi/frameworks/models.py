from django.db import models
from django.utils.translation import gettext_lazy as _

from suivi.core.fields import TextField


class ItemKind(models.TextChoices):
    POLICY_OUTCOME = "policy_outcome", _("policy outcome")
    ENABLING_OUTCOME = "enabling_outcome", _("enabling outcome")
    OUTPUT = "output", _("output")
    INDICATOR = "indicator", _("indicator")
    UNKNOWN = "unknown", _("not described yet")


class FrameworkEdition(models.Model):
    """One edition of a results framework, e.g. a biennial programme and budget."""

    code = models.CharField(_("code"), max_length=40, unique=True)  # as links cite it: "2020-21"
    name = TextField(_("name"), blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("edition of a results framework")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class FrameworkItem(models.Model):
    """An outcome, output or indicator of one edition; the pair of edition and code names it."""

    edition = models.ForeignKey(FrameworkEdition, on_delete=models.PROTECT, related_name="items")
    code = models.CharField(_("code"), max_length=40)
    kind = models.CharField(max_length=20, choices=ItemKind, default=ItemKind.UNKNOWN)
    title = TextField(_("title"), blank=True)

    class Meta:
        verbose_name = _("item of a results framework")
        ordering = ["edition", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "code"],
                name="one_item_per_edition_and_code",
                violation_error_message=_("This edition has an item with that code already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition.code}:{self.code}"
