"""What stays the same through all editions: one row for ever, with a key that never changes."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from suivi.organisation.models import Scope


class Plan(models.Model):
    """An adopted implementation plan. Its words, numbers and windows stand in editions."""

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    scope = models.OneToOneField(Scope, on_delete=models.PROTECT, related_name="plan")
    language = models.CharField(_("language of the adopted text"), max_length=10)
    follows = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by"
    )
    # Anybody may read the editions of a public plan without signing in; never the management plan.
    is_public = models.BooleanField(_("public"), default=False)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("plan")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug


class _PartOfPlan(models.Model):
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="%(class)ss")
    # The number at first adoption; an edition that renumbers leaves it as it is.
    key = models.CharField(_("key"), max_length=80)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.key


class Pillar(_PartOfPlan):
    class Meta:
        verbose_name = _("pillar")
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="pillar_key_is_unique")]


class Action(_PartOfPlan):
    # An action of an earlier plan that this one goes on with.
    continues = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="continued_by"
    )

    class Meta:
        verbose_name = _("action")
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="action_key_is_unique")]


class Deliverable(_PartOfPlan):
    class Meta:
        verbose_name = _("deliverable")
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="deliverable_key_is_unique")]
