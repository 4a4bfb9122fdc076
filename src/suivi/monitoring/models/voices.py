"""What is said beside updates: the thread of a deliverable, and constituents who speak for themselves."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from suivi.core.models import Account
from suivi.organisation.models import StakeholderKind, Unit
from suivi.plan.models import Deliverable


class Comment(models.Model):
    """A remark in the thread of a deliverable. Who is mentioned is told."""

    deliverable = models.ForeignKey(Deliverable, on_delete=models.PROTECT, related_name="comments")
    at = models.DateTimeField()
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="comments")
    text = models.TextField(_("comment"))
    mentions = models.ManyToManyField(Account, related_name="mentioned_in", blank=True)

    class Meta:
        verbose_name = _("comment")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.text[:80]


class Invitation(models.Model):
    """A link by which a constituent without an account may speak on a deliverable, once.

    Only the digest of the link's token is kept.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    deliverable = models.ForeignKey(Deliverable, on_delete=models.PROTECT, related_name="invitations")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="invitations")
    group = models.CharField(_("group"), max_length=20, choices=StakeholderKind)
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(max_length=10)
    country = models.CharField(max_length=80, blank=True)
    region = models.CharField(max_length=80, blank=True)
    question = models.TextField(_("question"))
    token_digest = models.CharField(max_length=64, unique=True)
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    expires_on = models.DateField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        ordering = ["-invited_at", "-pk"]

    def __str__(self) -> str:
        return self.name


class Consent(models.TextChoices):
    NAME = "name", _("by name")
    GROUP = "group", _("by group only")
    NONE = "none", _("not at all")


class Voice(models.Model):
    """What a constituent said, and how it may be quoted."""

    invitation = models.OneToOneField(Invitation, on_delete=models.PROTECT, related_name="voice")
    said_at = models.DateTimeField()
    text = models.TextField(_("what you want to say"))
    consent = models.CharField(_("may be quoted"), max_length=10, choices=Consent)

    class Meta:
        verbose_name = _("statement of a constituent")
        ordering = ["-said_at"]

    def __str__(self) -> str:
        return self.text[:80]
