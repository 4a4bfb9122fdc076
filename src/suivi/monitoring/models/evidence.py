"""Evidence: files and links that show what an update says, with who may see them."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from suivi.core.models import Account, StoredFile
from suivi.monitoring.models.updates import ProgressUpdate
from suivi.organisation.models import Unit
from suivi.plan.models import Plan


class EvidenceClass(models.TextChoices):
    PUBLIC = "public", _("public")
    INTERNAL = "internal", _("internal")
    RESTRICTED = "restricted", _("restricted")
    CONFIDENTIAL = "confidential", _("confidential")


class Evidence(models.Model):
    """A file or a link, kept once and used by any number of updates.

    Withdrawn, its bytes or its address are gone; the digest of them, who withdrew it and why stay.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="evidence")
    owner_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="evidence")
    title = models.CharField(_("title"), max_length=300)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=255, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    url = models.URLField(_("link"), max_length=2000, blank=True)
    classification = models.CharField(
        _("who may see it"), max_length=12, choices=EvidenceClass, default=EvidenceClass.INTERNAL
    )
    shows_persons = models.BooleanField(_("persons can be recognised"), default=False)
    consent = models.CharField(_("how they agreed"), max_length=300, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        verbose_name = _("evidence")
        ordering = ["-added_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="evidence_is_file_or_link",
                condition=(Q(url="") & ~Q(sha256="")) | (~Q(url="") & Q(sha256="", file__isnull=True)),
            ),
            models.CheckConstraint(
                name="withdrawn_evidence_says_why",
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_reason=""),
                violation_error_message=_("Say why the content is withdrawn."),
            ),
            models.CheckConstraint(
                name="persons_have_agreed",
                condition=Q(shows_persons=False) | ~Q(consent=""),
                violation_error_message=_("Persons can be recognised: say how they agreed."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class EvidenceUse(models.Model):
    """What a piece of evidence shows in an update.

    `about` is empty for the update as a whole, "item:KEY", "step:PART/RUNG" or "value".
    """

    update_row = models.ForeignKey(ProgressUpdate, on_delete=models.CASCADE, related_name="evidence_uses")
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="uses")
    about = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("use of evidence")
        ordering = ["update_row", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["update_row", "evidence", "about"], name="evidence_used_once"),
        ]

    def __str__(self) -> str:
        return f"{self.evidence} {self.about}".strip()


class Upload(models.Model):
    """A file that arrives in pieces, so that an upload goes on after the line was cut."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="uploads")
    file_name = models.CharField(max_length=255)
    size_bytes = models.PositiveBigIntegerField()
    received_bytes = models.PositiveBigIntegerField(default=0)
    started_at = models.DateTimeField()

    class Meta:
        verbose_name = _("upload")

    def __str__(self) -> str:
        return self.file_name
